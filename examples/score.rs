//! Scores the page tagger against labelled pages.
//!
//!     cargo run --release --example score -- [--errors] [--by-tool] [--model DIR] [GOLD.tsv|PAGES.jsonl…]
//!     cargo run --release --example score -- [--errors] --clean CORPUS.jsonl
//!     cargo run --release --example score -- --marked TEXT…
//!     cargo run --release --example score -- --show TEXT…
//!
//! `--clean` reads the articles that nothing was learnt from as unbroken paragraphs and counts findings about line
//! ends, all of which are wrong. `--marked` counts the line ends read wrongly in pages written by hand, marked as in
//! `tests/pages/marked`. `--show` prints how any text is read.
//!
//! Without files: the seed page, its articles compared as well. Join and break are two-way figures (is this line end
//! the column's or the author's?), labels five-way; `ORDER` boundaries are not scored. *Sure* is what the server
//! reports as a warning: decisions at p ≥ 0.97.

#[path = "common/pages.rs"]
mod pages;

use std::collections::BTreeMap;
use std::fs;
use std::time::Instant;

use jiaodui::analysis::Analysis;
use jiaodui::lexicon::Lexicon;
use jiaodui::page::bigram::Bigrams;
use jiaodui::page::model::Model;
use jiaodui::page::{Boundary, BoundaryKind, Markup, Page, boundary};
use jiaodui::rule::Severity;
use jiaodui::text::Text;
use pages::Labelled;

const SEED: &str = "seeds/jiaozuo-daily-2020-02";
const LABELS: [&str; 5] = ["JOIN", "BLANKJOIN", "PARA", "HEAD", "ARTICLE"];

/// Hits, false alarms and misses.
#[derive(Clone, Copy, Default)]
struct Tally {
    hit: u32,
    alarm: u32,
    miss: u32,
}

impl Tally {
    fn add(&mut self, gold: bool, found: bool) {
        self.hit += u32::from(gold && found);
        self.alarm += u32::from(!gold && found);
        self.miss += u32::from(gold && !found);
    }

    /// Precision, recall and F1 in percent.
    fn figures(self) -> String {
        let share =
            |part: u32, whole: u32| if whole == 0 { 0.0 } else { 100.0 * f64::from(part) / f64::from(whole) };
        let (p, r) = (share(self.hit, self.hit + self.alarm), share(self.hit, self.hit + self.miss));
        let f = if p + r > 0.0 { 2.0 * p * r / (p + r) } else { 0.0 };
        format!("{p:.1}/{r:.1}/{f:.2}")
    }
}

#[derive(Default)]
struct Score {
    pages: u32,
    boundaries: u32,
    right4: u32,
    right2: u32,
    join: Tally,
    apart: Tally,
    labels: [Tally; 5],
    flags: BTreeMap<String, (u32, u32)>,
    /// Decisions at p ≥ 0.97 and how many of them are wrong: all, as to join or break only, blank joins, and
    /// breaks without a blank.
    sure: [(u32, u32); 4],
    /// The same for 0.90 ≤ p < 0.97.
    likely: (u32, u32),
    /// Articles whose first and last line are right, of how many.
    articles: (u32, u32),
}

fn label(kind: BoundaryKind) -> &'static str {
    match kind {
        BoundaryKind::Join => "JOIN",
        BoundaryKind::BlankJoin => "BLANKJOIN",
        BoundaryKind::Paragraph => "PARA",
        BoundaryKind::Heading => "HEAD",
        BoundaryKind::Article => "ARTICLE",
        BoundaryKind::End => "END",
    }
}

impl Score {
    fn add(&mut self, page: &Labelled, boundaries: &[Boundary], errors: bool) {
        self.pages += 1;
        for (k, boundary) in boundaries.iter().enumerate() {
            let gold = page.labels[k].as_str();
            let found = label(boundary.kind);
            if !LABELS.contains(&gold) || found == "END" {
                continue;
            }
            let (gold_join, join) = (gold.ends_with("JOIN"), boundary.kind.is_join());
            let (right, right2) = (gold == found, gold_join == join);
            self.boundaries += 1;
            self.right4 += u32::from(right);
            self.right2 += u32::from(right2);
            self.join.add(gold_join, join);
            self.apart.add(!gold_join, !join);
            for (tally, label) in self.labels.iter_mut().zip(LABELS) {
                tally.add(gold == label, found == label);
            }
            for flag in &page.flags[k] {
                let (n, ok) = self.flags.entry(flag.clone()).or_default();
                *n += 1;
                *ok += u32::from(right2);
            }
            let p = boundary.confidence;
            let bare_break = !join && page.lines[k].blanks_after == 0;
            if p >= 0.97 {
                let counted = [true, true, found == "BLANKJOIN", bare_break];
                for (at, (n, wrong)) in self.sure.iter_mut().enumerate() {
                    *n += u32::from(counted[at]);
                    *wrong += u32::from(counted[at] && if at == 0 { !right } else { !right2 });
                }
            } else if p >= 0.90 {
                self.likely.0 += 1;
                self.likely.1 += u32::from(!right);
            }
            if errors && !right {
                println!(
                    "{}\t{}\tgold={gold}\tfound={found}\tp={p:.3}\tblanks={}\t{} / {}",
                    page.id,
                    page.lines[k].number + 1,
                    page.lines[k].blanks_after,
                    page.text.slice(page.lines[k].span.clone()),
                    page.text.slice(page.lines[k + 1].span.clone())
                );
            }
        }
        self.add_articles(page, boundaries);
    }

    fn add_articles(&mut self, page: &Labelled, boundaries: &[Boundary]) {
        let mut start = 0;
        for k in 0..page.labels.len() {
            let ends = |k: usize| matches!(boundaries[k].kind, BoundaryKind::Article | BoundaryKind::End);
            if page.labels[k] == "ARTICLE" || page.labels[k] == "END" {
                let clean = (start..k).all(|it| page.labels[it] != "ORDER" && !ends(it));
                let opens = start == 0 || ends(start - 1);
                if (start..k).all(|it| page.labels[it] != "ORDER") {
                    self.articles.1 += 1;
                    self.articles.0 += u32::from(clean && opens && ends(k));
                }
                start = k + 1;
            } else if page.labels[k] == "ORDER" {
                start = k + 1;
            }
        }
    }

    fn print(&self, name: &str) {
        let share = |part: u32| 100.0 * f64::from(part) / f64::from(self.boundaries.max(1));
        println!("## {name}: {} pages, {} boundaries", self.pages, self.boundaries);
        println!(
            "   join P/R/F1 {}  break {}  acc2 {:.2}  acc4 {:.2}",
            self.join.figures(),
            self.apart.figures(),
            share(self.right2),
            share(self.right4)
        );
        let labels: Vec<String> =
            LABELS.iter().zip(self.labels).map(|(label, it)| format!("{label} {}", it.figures())).collect();
        println!("   {}", labels.join("  "));
        let flags: Vec<String> =
            self.flags.iter().map(|(flag, (n, ok))| format!("{flag} {ok}/{n}")).collect();
        println!("   {}  articles {}/{}", flags.join("  "), self.articles.0, self.articles.1);
        let sure: Vec<String> = ["any label", "join or break", "blank joins", "missing breaks"]
            .iter()
            .zip(self.sure)
            .map(|(name, (n, wrong))| {
                format!("{name} {wrong}/{n} wrong ({:.3} %)", 100.0 * f64::from(wrong) / f64::from(n.max(1)))
            })
            .collect();
        println!("   p ≥ 0.97: {}", sure.join("; "));
        println!("   0.90 ≤ p < 0.97: {}/{} wrong", self.likely.1, self.likely.0);
    }
}

/// The page with its paragraphs joined, read again: the same paragraphs and articles?
fn again(page: &Page) -> String {
    let mut text = String::new();
    for paragraph in &page.paragraphs {
        let last = paragraph.lines.end - 1;
        text.push_str(&paragraph.joined.text);
        text.push_str(if page.lines[last].blanks_after > 0 { "\n\n" } else { "\n" });
    }
    let second = Page::of(&Text::new(&text), Markup::Plain, Lexicon::shared());
    let words = |page: &Page| page.paragraphs.iter().map(|it| it.joined.text.clone()).collect::<Vec<_>>();
    format!(
        "paragraphs {}, articles {}",
        if words(page) == words(&second) { "the same" } else { "differ" },
        if page.articles == second.articles { "the same" } else { "differ" }
    )
}

/// Compares the seed page's articles with those labelled by hand; prints what differs.
fn seed_articles(page: &Page) {
    let gold = fs::read_to_string(format!("{SEED}.articles.json")).unwrap_or_default();
    let gold: serde_json::Value = serde_json::from_str(&gold).unwrap_or_default();
    let gold = gold.as_array().cloned().unwrap_or_default();
    let mut exact = 0;
    for (at, gold) in gold.iter().enumerate() {
        let Some(article) = page.articles.get(at) else { break };
        let lines = page.paragraphs[article.paragraphs.start].lines.start
            ..page.paragraphs[article.paragraphs.end - 1].lines.end;
        let number = |it: usize| (page.lines[it].number + 1) as u64;
        let string = |it: &Option<String>| it.clone().map_or(serde_json::Value::Null, Into::into);
        let sections: Vec<serde_json::Value> = article
            .sections
            .iter()
            .map(|it| serde_json::json!([number(page.paragraphs[it.paragraph].lines.start), it.text]))
            .collect();
        let found = [
            ("first_line", number(lines.start).into()),
            ("last_line", number(lines.end - 1).into()),
            ("title", string(&article.headline)),
            ("kicker", string(&article.kicker)),
            ("subtitle", string(&article.subhead)),
            ("byline", string(&article.byline)),
            ("continuation", string(&article.continued_from)),
            ("sections", sections.into()),
        ];
        let wrong: Vec<_> = found.iter().filter(|it| gold[it.0] != it.1).collect();
        exact += u32::from(wrong.is_empty());
        for (key, value) in wrong {
            println!("   article {}: {key} {value}, should be {}", at + 1, gold[*key]);
        }
    }
    println!("   articles exact: {exact} of {}, {} found", gold.len(), page.articles.len());
}

/// Reads the articles that nothing was learnt from as unbroken paragraphs, every 40 of them as one document, and counts
/// what each rule about line ends finds: all of it is wrong.
fn clean(path: &str, errors: bool) {
    const RULES: [&str; 6] =
        ["split-paragraph", "split-number", "split-word", "hard-wrap", "missing-break", "letter-spacing"];
    let corpus = fs::read_to_string(path).unwrap_or_default();
    let articles: Vec<Vec<String>> = corpus
        .lines()
        .skip(1)
        .step_by(4)
        .map(|line| {
            let record: serde_json::Value = serde_json::from_str(line).unwrap_or_default();
            let paragraphs = record["paras"].as_array().into_iter().flatten().filter_map(|it| it.as_str());
            let all = record["title"].as_str().into_iter().chain(paragraphs);
            all.map(|it| it.trim_start_matches('§').trim().to_owned()).collect()
        })
        .collect();
    let layouts = [
        ("a paragraph a line", "", "\n", "\n"),
        ("a paragraph a line, blank lines between articles", "", "\n", "\n\n"),
        ("a paragraph a line, indented", "　　", "\n", "\n"),
        ("blank lines between paragraphs", "", "\n\n", "\n\n"),
        ("blank lines between paragraphs, indented", "　　", "\n\n", "\n\n\n"),
    ];
    for (name, indent, gap, between) in layouts {
        let mut counts = [[0usize; 2]; RULES.len()];
        let (mut n_chars, mut joins) = (0, 0);
        for articles in articles.chunks(40) {
            let written: Vec<String> = articles
                .iter()
                .map(|it| it[..1].iter().cloned().chain(it[1..].iter().map(|it| format!("{indent}{it}"))))
                .map(|it| it.collect::<Vec<_>>().join(gap))
                .collect();
            let text = Text::new(&written.join(between));
            n_chars += articles.iter().flatten().map(|it| it.chars().count()).sum::<usize>();
            let analysis = Analysis::of(&text, Markup::Plain, &Default::default());
            joins += analysis.page().paragraphs.iter().map(|it| it.joined.breaks.len()).sum::<usize>();
            for finding in analysis.findings() {
                let Some(at) = RULES.iter().position(|it| *it == finding.rule.code) else { continue };
                counts[at][usize::from(finding.severity < Severity::Hint)] += 1;
                if errors {
                    let range = &finding.range;
                    let near = |at: usize| text.floor(at.min(text.len()));
                    let words = text.slice(near(range.start.saturating_sub(60))..near(range.end + 60));
                    println!("{name}\t{}\t{}", finding.rule.code, words.replace('\n', "⏎"));
                }
            }
        }
        let all: usize = counts.iter().flatten().sum();
        println!("## {name}: {n_chars} characters, {joins} joins, one finding in {}", n_chars / all.max(1));
        for (rule, [hints, others]) in RULES.iter().zip(counts) {
            let rate = (hints + others) as f64 * 1e5 / n_chars as f64;
            println!("   {rule}: {others} and {hints} hints, {rate:.2} in 100,000 characters");
        }
    }
}

/// Counts the line ends that are read wrongly in pages with a `⏎` at those that are the column's and a `≈` where either
/// reading will do.
fn marked(paths: impl Iterator<Item = String>, model: &Model, bigrams: &Bigrams) {
    let (mut n, mut wrong, mut reported) = (0, 0, 0);
    for path in paths {
        let marked = fs::read_to_string(&path).unwrap_or_default();
        let text = Text::new(&marked.replace(['⏎', '≈', '≠'], ""));
        let lines = pages::lines_of(&text);
        let (boundaries, _) = boundary::tag(&lines, Lexicon::shared(), model, bigrams);
        let marks: Vec<char> = marked.lines().map(|it| it.chars().next_back().unwrap_or(' ')).collect();
        for (at, (line, boundary)) in lines.iter().zip(&boundaries).enumerate() {
            let mark = marks[line.number];
            if mark == '≈' || boundary.kind == BoundaryKind::End {
                continue;
            }
            n += 1;
            if boundary.kind.is_join() != (mark == '⏎') {
                wrong += 1;
                reported += u32::from(boundary.confidence >= 0.9);
                let (kind, p) = (boundary.kind.as_str(), boundary.confidence);
                let next = lines.get(at + 1).map_or("", |it| &it.squashed);
                println!("{path}:{} {kind} {p:.3} {} / {next}", line.number + 1, line.squashed);
            }
        }
    }
    println!("## {wrong} of {n} line ends wrong, {reported} of them at p ≥ 0.90");
}

/// Prints a text as it is read.
fn show(path: &str, lexicon: &Lexicon) {
    let markup = if path.ends_with(".md") { Markup::Markdown } else { Markup::Plain };
    let text = Text::new(&fs::read_to_string(path).unwrap_or_default());
    let page = Page::of(&text, markup, lexicon);
    for (line, boundary) in page.lines.iter().zip(&page.boundaries) {
        let content = text.slice(line.span.clone());
        let content: String = content.chars().take(60).collect();
        let (role, kind) = (line.role.as_str(), boundary.kind.as_str());
        let spaced = if line.letter_spaced { " spaced" } else { "" };
        println!("{:4} {role:8} {kind:10} {:.3}{spaced} {content}", line.number + 1, boundary.confidence);
    }
    for article in &page.articles {
        println!("{article:?}");
    }
}

fn main() {
    let mut files = Vec::new();
    let (mut errors, mut by_tool, mut by_hand) = (false, false, false);
    let mut directory = None;
    let mut args = std::env::args().skip(1);
    while let Some(arg) = args.next() {
        match arg.as_str() {
            "--errors" => errors = true,
            "--by-tool" => by_tool = true,
            "--clean" => return args.for_each(|it| clean(&it, errors)),
            "--show" => return args.for_each(|it| show(&it, Lexicon::shared())),
            "--marked" => by_hand = true,
            "--model" => directory = args.next(),
            _ => files.push(arg),
        }
    }
    if files.is_empty() {
        files.push(format!("{SEED}.lines.tsv"));
    }
    let lexicon = Lexicon::shared();
    let other = directory.map(|it| {
        let read = |name: &str| fs::read(format!("{it}/{name}")).unwrap_or_default();
        (Model::from_bytes(&read("model.bin")), Bigrams::from_bytes(&read("bigrams.bin")))
    });
    let (model, bigrams) = other.as_ref().map_or((Model::shared(), Model::bigrams()), |it| (&it.0, &it.1));
    if by_hand {
        return marked(files.into_iter(), model, bigrams);
    }
    for file in files {
        let mut all = Score::default();
        let mut tools: BTreeMap<String, Score> = BTreeMap::new();
        for page in pages::load(&file) {
            let (boundaries, _) = boundary::tag(&page.lines, lexicon, model, bigrams);
            all.add(&page, &boundaries, errors);
            if by_tool {
                tools.entry(page.tool.clone()).or_default().add(&page, &boundaries, false);
            }
            if page.tool == "seed" {
                let read = Page::of(&page.text, Markup::Plain, lexicon);
                let times = (0..200).map(|_| {
                    let started = Instant::now();
                    std::hint::black_box(Page::of(&page.text, Markup::Plain, lexicon));
                    started.elapsed()
                });
                let put_right = again(&read);
                println!("   put right and read again: {put_right}");
                let fastest = times.min().unwrap_or_default();
                println!("   read in {:.3} ms (fastest of 200)", fastest.as_secs_f64() * 1e3);
                seed_articles(&read);
            }
        }
        all.print(&file);
        for (tool, score) in &tools {
            score.print(&format!("… {tool}"));
        }
    }
}
