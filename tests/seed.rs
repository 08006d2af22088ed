//! What is found on the seed page, and what becomes of it: committed as it is, and held against the hand-made labels.

mod kept;

use std::sync::{Arc, LazyLock};

use jiaodui::analysis::Analysis;
use jiaodui::page::Markup;
use jiaodui::rule::Finding;
use jiaodui::text::{Encoding, Text};
use kept::{keep, read};

/// The page, analysed with the settings that nobody changed.
static SEED: LazyLock<Analysis> = LazyLock::new(|| analysis(&read("seeds/jiaozuo-daily-2020-02.txt")));

/// The page after everything that is safe to mend was mended.
static MENDED: LazyLock<Analysis> = LazyLock::new(|| analysis(&mended(&SEED)));

/// A line of the hand-made labels.
struct Label {
    line: usize,
    boundary: String,
    flags: String,
    role: String,
    text: String,
}

/// The labels of the lines that hold text.
static LABELS: LazyLock<Vec<Label>> = LazyLock::new(|| {
    let labels = read("seeds/jiaozuo-daily-2020-02.lines.tsv");
    let label = |row: &str| {
        let [line, boundary, flags, role, _article, _note, text] =
            row.split('\t').collect::<Vec<_>>().try_into().expect("seven columns");
        Label {
            line: line.parse().expect("a number"),
            boundary: boundary.into(),
            flags: flags.into(),
            role: role.into(),
            text: squashed(text),
        }
    };
    labels.lines().skip(1).map(label).filter(|it| !it.text.is_empty()).collect()
});

impl Label {
    fn is(&self, flag: &str) -> bool {
        self.flags.split(',').any(|it| it == flag)
    }

    /// Whether its line end stays: the author's, or a display line's.
    fn ends_paragraph(&self) -> bool {
        !self.boundary.ends_with("JOIN") || !matches!(self.role.as_str(), "BODY" | "CONT")
    }
}

fn analysis(source: &str) -> Analysis {
    Analysis::of(&Text::new(source), Markup::Plain, &Arc::default())
}

fn mended(analysis: &Analysis) -> String {
    let mut text = analysis.text().clone();
    text.apply_all(&analysis.safe_edits(None));
    text.to_source()
}

fn squashed(text: &str) -> String {
    text.split_whitespace().collect()
}

/// The 1-based lines that a finding stands on.
fn lines(finding: &Finding) -> std::ops::RangeInclusive<usize> {
    let line = |it| SEED.text().line_of(it) + 1;
    line(finding.range.start)..=line(finding.range.end)
}

fn words(finding: &Finding) -> String {
    SEED.text().slice(finding.range.clone()).replace('\n', "⏎")
}

/// The findings of `code`.
fn found(code: &str) -> impl Iterator<Item = &'static Finding> {
    SEED.findings().iter().filter(move |it| it.rule.code == code)
}

/// Fails unless each line with `flag` has a finding of `code`; a cut is found where it reaches the next line.
#[track_caller]
fn finds_each(flag: &str, code: &str, cut: bool) {
    let flagged: Vec<&Label> = LABELS.iter().filter(|it| it.is(flag)).collect();
    assert!(!flagged.is_empty());
    let here = |it: &Label| {
        found(code).any(|finding| {
            let lines = lines(finding);
            if cut { *lines.start() <= it.line && it.line < *lines.end() } else { lines.contains(&it.line) }
        })
    };
    let missed: Vec<String> =
        flagged.iter().filter(|it| !here(it)).map(|it| format!("{} {}", it.line, it.text)).collect();
    assert!(missed.is_empty(), "{code} misses {} of {}: {missed:#?}", missed.len(), flagged.len());
}

#[test]
fn its_findings_are_as_committed() {
    let mut list = String::new();
    for finding in SEED.findings() {
        let at = SEED.text().position(finding.range.start, Encoding::Utf32);
        let (severity, code) = (finding.severity.as_str(), finding.rule.code);
        list += &format!("{}:{} {severity} {code} {}\n", at.line + 1, at.column + 1, words(finding));
        list += &format!("    {}\n", finding.message);
    }
    keep(vec![("tests/seed/findings.txt", list)]);
}

#[test]
fn its_articles_are_as_committed() {
    let page = SEED.page();
    let mut list = String::new();
    for article in &page.articles {
        let paragraphs = page.paragraphs.slice(article.paragraphs.clone());
        let (Some(first), Some(last)) = (paragraphs.first(), paragraphs.last()) else { continue };
        let line = |it: usize| page.lines[it].number + 1;
        list += &format!("lines {}–{}\n", line(first.lines.start), line(last.lines.end - 1));
        for (what, words) in [
            ("kicker", &article.kicker),
            ("headline", &article.headline),
            ("subhead", &article.subhead),
            ("byline", &article.byline),
            ("continued from", &article.continued_from),
        ] {
            list.extend(words.as_ref().map(|it| format!("  {what}: {it}\n")));
        }
        list.extend(article.sections.iter().map(|it| format!("  section: {}\n", it.text)));
        list += &format!("  paragraphs: {}\n", paragraphs.iter().filter(|it| it.role.is_body()).count());
    }
    keep(vec![("tests/seed/articles.txt", list)]);
}

#[test]
fn it_mends_as_committed() {
    keep(vec![("tests/seed/mended.txt", MENDED.text().to_source())]);
}

#[test]
fn every_cut_number_pushed_quotation_and_spread_line_is_found() {
    finds_each("CUTNUM", "split-number", true);
    finds_each("QUOTEPUSH", "split-paragraph", true);
    finds_each("SPACED", "letter-spacing", false);
}

#[test]
fn stray_spaces_are_found() {
    for (code, what) in [
        ("date-spacing", "2016 年"),
        ("date-spacing", "2 月 12 日"),
        ("date-spacing", "于 1 月⏎28日"),
        ("date-spacing", "2 月 12⏎日"),
        ("split-number", "1 月⏎28日"),
        ("split-number", "2 月 12⏎日"),
        ("split-number", "（农历大⏎年初三）"),
        ("number-spacing", "140 户"),
        ("punctuation-spacing", "） 2"),
        ("punctuation-spacing", "》 等"),
        ("punctuation-spacing", "） 接"),
    ] {
        assert!(found(code).any(|it| words(it).contains(what)), "{code} misses {what}");
    }
}

#[test]
fn what_is_in_order_is_left_alone() {
    for finding in SEED.findings().iter().filter(|it| it.rule.code.ends_with("-spacing")) {
        let words = words(finding);
        for right in ["3年", "2000平方米", "64227"] {
            assert!(!words.contains(right), "{} finds {words}", finding.rule.code);
        }
    }
}

#[test]
fn the_one_unpaired_mark_is_found() {
    let found: Vec<_> = found("unpaired-mark").map(lines).collect();
    assert_eq!(found, [47..=47]);
}

#[test]
fn mending_leaves_nothing_to_mend() {
    let left: Vec<String> = MENDED
        .findings()
        .iter()
        .filter(|it| it.fixes.iter().any(|it| it.safe))
        .map(|it| format!("{} {}", it.rule.code, it.message))
        .collect();
    assert!(left.is_empty(), "{left:#?}");
    assert_eq!(mended(&MENDED), MENDED.text().to_source());
}

#[test]
fn mended_paragraphs_are_those_of_the_labels() {
    let mut paragraphs = vec![String::new()];
    for label in LABELS.iter() {
        if let Some(last) = paragraphs.last_mut() {
            last.push_str(&label.text);
        }
        if label.ends_paragraph() {
            paragraphs.push(String::new());
        }
    }
    paragraphs.pop();
    let mended: Vec<String> =
        MENDED.text().lines().map(|it| squashed(&it.1)).filter(|it| !it.is_empty()).collect();
    let odd = |these: &[String], those: &[String]| {
        these.iter().filter(|it| !those.contains(it)).cloned().collect::<Vec<_>>()
    };
    assert_eq!(odd(&mended, &paragraphs), Vec::<String>::new(), "not in the labels");
    assert_eq!(odd(&paragraphs, &mended), Vec::<String>::new(), "only in the labels");
}

#[test]
fn mending_changes_white_space_alone_and_keeps_indents() {
    assert_eq!(squashed(&MENDED.text().to_source()), squashed(&SEED.text().to_source()));
    let indent = |it: &str| it.len() - it.trim_start().len();
    let text = SEED.text();
    let before = SEED.page().paragraphs.iter().map(|it| indent(&text.line(text.line_of(it.start))));
    let after = MENDED.text().lines().filter(|it| !it.1.trim().is_empty()).map(|it| indent(&it.1));
    assert_eq!(after.collect::<Vec<_>>(), before.collect::<Vec<_>>());
}

/// So that the first thing a newcomer types works: taken from the README as it stands there.
#[test]
fn the_readmes_first_command_shows_the_articles_and_what_is_wrong() {
    let readme = include_str!("../README.md");
    let command = readme.lines().find_map(|it| it.strip_prefix("cargo run --release -- "));
    let args = command.and_then(|it| it.split('#').next()).expect("the README's command");
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_jiaodui"))
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .args(args.split_whitespace())
        .output()
        .expect("the program runs");
    let said = String::from_utf8_lossy(&output.stdout);
    assert_eq!(output.status.code(), Some(1), "{}", String::from_utf8_lossy(&output.stderr));
    let (articles, findings) = said.split_once("\n\n").expect("articles, then findings");
    assert!(articles.starts_with("焦作移动扶贫干部投身抗疫一线"), "{articles}");
    assert!(findings.contains("split-word") && findings.contains("2016 年"), "{findings}");
}
