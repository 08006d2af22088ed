//! Properties of fixes, on the seed page and on pages made from it.

use std::sync::Arc;

use jiaodui::analysis::Analysis;
use jiaodui::page::Markup;
use jiaodui::settings::{OptValue, Settings};
use jiaodui::text::Text;

const SEED: &str = include_str!("../seeds/jiaozuo-daily-2020-02.txt");

/// Pages with what extractors, typists and platforms do to them.
fn pages() -> Vec<(&'static str, String)> {
    let first: String = SEED.split_inclusive('\n').take(120).collect();
    let last: String = SEED.split_inclusive('\n').skip(420).collect();
    vec![
        ("the seed page", SEED.into()),
        ("without line ends at its end", first.trim_end().into()),
        ("with CRLF", first.replace('\n', "\r\n")),
        ("with CR alone", last.replace('\n', "\r")),
        (
            "with a BOM, form feeds and U+2028",
            format!("\u{feff}\u{c}{}", first.replace("\n\n", "\n\n\u{c}\u{2028}")),
        ),
        ("with radicals", last.replace('人', "⼈").replace('民', "⺠").replace('一', "⼀")),
        ("with full-width digits", last.replace('0', "０").replace('2', "２")),
        ("with indents", first.replace("\n\n", "\n\n\u{3000}\u{3000}")),
        ("with spaces at line ends", first.replace('\n', " \n")),
        ("spaced throughout", spaced(&last)),
        ("spaced here and there", spaced(&first) + &last),
        ("without blank lines", SEED.replace("\n\n", "\n")),
        ("with names beyond the basic plane", first.replace('晋', "𬱖")),
        ("with Latin words", first.replace('村', " the village ")),
        ("with half of each quotation", first.replace('”', "")),
    ]
}

/// `text` with a space on either side of each number.
fn spaced(text: &str) -> String {
    let mut spaced = String::new();
    let mut before = '\n';
    for char in text.chars() {
        let meet = |one: char, two: char| one.is_ascii_digit() && ('\u{4e00}'..='\u{9fff}').contains(&two);
        if meet(before, char) || meet(char, before) {
            spaced.push(' ');
        }
        spaced.push(char);
        before = char;
    }
    spaced
}

/// Settings that bear on fixes: each option of each rule and `lines`, one at a time.
fn settings() -> Vec<(&'static str, Arc<Settings>)> {
    let with = |code: Option<&str>, key: &'static str, word: &'static str| {
        let mut settings = Settings::default();
        assert!(settings.set_value(code.and_then(jiaodui::rules::by_code), key, OptValue::Word(word)));
        Arc::new(settings)
    };
    vec![
        ("", Arc::default()),
        ("lines kept", with(None, "lines", "keep")),
        ("numbers spaced", with(Some("number-spacing"), "style", "spaced")),
        ("dates spaced", with(Some("date-spacing"), "style", "spaced")),
        ("wraps line by line", with(Some("hard-wrap"), "per", "line")),
    ]
}

fn analysis(source: &str, settings: &Arc<Settings>) -> Analysis {
    Analysis::of(&Text::new(source), Markup::Plain, settings)
}

fn mended(analysis: &Analysis) -> String {
    let mut text = analysis.text().clone();
    if let Some((edits, after)) = analysis.mended() {
        text.apply_all(&edits);
        assert!(text == *after.text());
    }
    text.to_source()
}

/// What no fix may touch: all but white space, with what rules name folded.
fn kept(text: &str) -> String {
    let fold = |it: char| match it {
        '０'..='９' => char::from_digit(it as u32 - '０' as u32, 10).unwrap_or(it),
        '⼈' => '人',
        '⺠' => '民',
        '⼀' => '一',
        // Half-width marks between Chinese characters.
        ',' => '，',
        '.' => '。',
        ':' => '：',
        ';' => '；',
        '?' => '？',
        '!' => '！',
        '(' => '（',
        ')' => '）',
        _ => it,
    };
    text.chars().filter(|it| !it.is_whitespace()).map(fold).collect()
}

/// Runs `property` on each page, and on the first and the unevenly spaced one with each setting.
fn each(property: impl Fn(&str, &Analysis)) {
    for (page, source) in pages() {
        let all = page == "the seed page" || page == "spaced here and there";
        for (setting, settings) in settings().iter().take(if all { usize::MAX } else { 1 }) {
            property(&format!("{page}, {setting}"), &analysis(&source, settings));
        }
    }
}

#[test]
fn mending_keeps_every_character_but_white_space_and_what_a_rule_names() {
    each(|page, analysis| {
        assert_eq!(kept(&mended(analysis)), kept(&analysis.text().to_source()), "{page}");
    });
}

#[test]
fn mending_twice_changes_nothing_more() {
    each(|page, analysis| {
        let settings = Arc::new(analysis.settings().clone());
        let once = mended(analysis);
        assert_eq!(mended(&self::analysis(&once, &settings)), once, "{page}");
    });
}

#[test]
fn each_fix_takes_its_finding_away() {
    let settings = Arc::default();
    let before = analysis(&SEED.split_inclusive('\n').take(120).collect::<String>(), &settings);
    let like = |analysis: &Analysis, code: &str, words: &str| {
        analysis.findings().iter().filter(|it| it.rule.code == code && it.words == words).count()
    };
    for finding in before.findings() {
        for fix in &finding.fixes {
            let mut text = before.text().clone();
            text.apply_all(&fix.edits);
            let after = before.edited(&text, &settings, &|| false).expect("nothing stops it");
            let (code, words) = (finding.rule.code, finding.words.as_str());
            let (was, is) = (like(&before, code, words), like(&after, code, words));
            assert!(is < was, "{code}: {}", finding.message);
        }
    }
}

#[test]
fn edits_of_a_fix_are_in_order_and_disjoint() {
    each(|page, analysis| {
        for fix in analysis.findings().iter().flat_map(|it| &it.fixes) {
            let ordered = fix.edits.windows(2).all(|it| it[0].range.end <= it[1].range.start);
            assert!(ordered && !fix.edits.is_empty(), "{page}: {fix:?}");
        }
    });
}

#[test]
fn kept_lines_stay() {
    let mut settings = Settings::default();
    settings.set_value(None, "lines", OptValue::Word("keep"));
    let analysis = analysis(SEED, &Arc::new(settings));
    let lines = |text: &str| text.lines().map(kept).filter(|it| !it.is_empty()).collect::<Vec<_>>();
    assert_eq!(lines(&mended(&analysis)), lines(SEED));
}

#[test]
fn odd_text_keeps_its_characters_too() {
    const ODDS: &str = "人|⼈|⻓|2|０|.|%| | |\n|\n|\n|\n\n|\r\n|\r|\u{3000}|\t|“|”|‘|’|（|）|《|》|年|月|日|1 月 2 日|2月1日|3 家|4家|\
                        ，|。|、|：|a|the|\u{c}|\u{feff}|\u{200b}|\u{2028}|𬱖|王晋豫|本报讯（记者李秋）|关键时刻|疫情防控|- |# |区 是 疫 情 ";
    let odds: Vec<&str> = ODDS.split('|').chain(["|", "\u{ad}\n", "```\n"]).collect();
    let invisible = |it: &char| !matches!(it, '\u{feff}' | '\u{200b}' | '\u{ad}');
    let kept = |it: &str| kept(it).chars().filter(invisible).collect::<String>().replace('⻓', "长");
    let mut random = 0x9E37_79B9_7F4A_7C15_u64;
    for round in 0..400 {
        let mut source = String::new();
        for _ in 0..round % 90 {
            random ^= random << 13;
            random ^= random >> 7;
            random ^= random << 17;
            source += odds[(random % odds.len() as u64) as usize];
        }
        for (_, settings) in settings() {
            for markup in [Markup::Plain, Markup::Markdown] {
                let analysis = Analysis::of(&Text::new(&source), markup, &settings);
                assert_eq!(kept(&mended(&analysis)), kept(&source), "{source:?}");
            }
        }
    }
}
