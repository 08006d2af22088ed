//! Edits: the server's text is the client's after any of them, and an analysis after an edit is the one from scratch.

mod support;

use std::ops::Range;
use std::sync::Arc;

use proptest::prelude::*;
use proptest::sample::{Index, select};
use proptest::test_runner::{Config, TestRunner};
use serde_json::{Value, json};

use jiaodui::analysis::{Analysis, Work};
use jiaodui::page::{Markup, Page};
use jiaodui::rule::Severity;
use jiaodui::settings::Settings;
use jiaodui::text::{Edit, Text};

use support::{Client, range, shape};

/// What texts and edits are made of: what newspapers hold, and what is hard to count.
const PIECES: &[&str] = &[
    "王",
    "晋豫",
    "𬱖",
    "👨‍👩‍👧",
    "e\u{301}",
    " ",
    "\u{3000}\u{3000}",
    "\n",
    "\r\n",
    "\r",
    "\n\n",
    "\u{c}",
    "\u{2028}",
    "\u{85}",
    "\u{feff}",
    "\0",
    "，",
    "。",
    "“",
    "”",
    "（",
    "）",
    "2 月",
    "12⽇",
    "3 年",
    "2020",
    "本报讯（记者李秋）",
    "smart-\ngrid ",
    " smartgrid ",
    "compre-\nhensive",
    "责任。在疫情防控的关键时",
    "战 疫 情",
    "# ",
    "```\n",
    "3—5天",
    "8～9时",
    "用APP买",
    "用 APP 买",
    "12,000元",
    "记者王晋豫说，王晋豫、",
    "记者王晋裕说，",
    "1月27日（农历正月初四）",
    "疫\n情\n就\n是\n命\n令\n",
];

fn text() -> impl Strategy<Value = String> {
    prop::collection::vec(select(PIECES), 0..24).prop_map(|it| it.concat())
}

/// Where an edit starts and ends, and what it writes; the whole text where it does not say.
type Change = (Option<(Index, Index)>, String);

fn change() -> impl Strategy<Value = Change> {
    let places = prop::option::weighted(0.95, (any::<Index>(), any::<Index>()));
    (places, prop::collection::vec(select(PIECES), 0..4).prop_map(|it| it.concat()))
}

/// The places of `text` that a position can name: before each character but the second half of a CR LF.
fn places(text: &str) -> Vec<usize> {
    let bounds = text.char_indices().map(|it| it.0).chain([text.len()]);
    bounds.filter(|it| !(text[..*it].ends_with('\r') && text[*it..].starts_with('\n'))).collect()
}

/// The bytes that a change replaces, its ends in order.
fn replaced(text: &str, ends: &(Index, Index)) -> Range<usize> {
    let places = places(text);
    let (a, b) = (*ends.0.get(&places), *ends.1.get(&places));
    a.min(b)..a.max(b)
}

/// The protocol's position of `byte`, counted from the start, slowly and plainly.
fn position(text: &str, byte: usize, encoding: &str) -> [u32; 2] {
    let lines = shape::lines(&text[..byte]);
    let last = lines.last().expect("there is always a line");
    let column: u64 = last.chars().map(|it| shape::width(it, encoding)).sum();
    [lines.len() as u32 - 1, column as u32]
}

#[test]
fn the_servers_text_is_the_clients_after_any_edits() {
    for encoding in ["utf-8", "utf-16", "utf-32"] {
        let mut client = Client::start(json!({"general": {"positionEncodings": [encoding]}}));
        let mut document = 0;
        let batches = prop::collection::vec(prop::collection::vec(change(), 0..4), 1..6);
        let mut runner =
            TestRunner::new(Config { cases: 128, failure_persistence: None, ..Config::default() });
        let client = std::cell::RefCell::new(&mut client);
        let document = std::cell::RefCell::new(&mut document);
        let outcome = runner.run(&(text(), batches), |(mut text, batches)| {
            let mut client = client.borrow_mut();
            **document.borrow_mut() += 1;
            let uri = format!("untitled:{}", document.borrow());
            client.open(&uri, &text);
            for (version, batch) in (2..).zip(batches) {
                let mut changes = Vec::new();
                for (ends, new) in batch {
                    let bytes = ends.map(|it| replaced(&text, &it));
                    changes.push(match &bytes {
                        None => json!({"text": new}),
                        Some(it) => {
                            let place = |byte| position(&text, byte, encoding);
                            json!({"range": range(place(it.start), place(it.end)), "text": new})
                        }
                    });
                    text.replace_range(bytes.unwrap_or(0..text.len()), &new);
                }
                client.change(&uri, version, Value::Array(changes), &text);
            }
            prop_assert_eq!(client.text(&uri), text);
            client.close(&uri);
            Ok(())
        });
        assert!(outcome.is_ok(), "{encoding}: {outcome:?}");
        client.into_inner().request_of("jiaodui/text", "untitled:none");
    }
}

/// Everything that an analysis says, with the places where it says it.
fn assert_same(kept: &Analysis, anew: &Analysis) -> Result<(), TestCaseError> {
    prop_assert_eq!(&kept.page().lines, &anew.page().lines);
    prop_assert_eq!(&kept.page().boundaries, &anew.page().boundaries);
    prop_assert_eq!(&kept.page().paragraphs, &anew.page().paragraphs);
    prop_assert_eq!(&kept.page().articles, &anew.page().articles);
    prop_assert_eq!(kept.readings().len(), anew.readings().len());
    for (kept, anew) in kept.readings().zip(anew.readings()) {
        prop_assert_eq!(kept.text(), anew.text());
        prop_assert_eq!(kept.role, anew.role);
        prop_assert_eq!(kept.expressions(), anew.expressions());
        prop_assert_eq!(kept.mentions(), anew.mentions());
    }
    prop_assert_eq!(kept.style(), anew.style());
    prop_assert_eq!(kept.findings(), anew.findings());
    prop_assert_eq!(kept.safe_edits(None), anew.safe_edits(None));
    Ok(())
}

/// Settings under which every rule speaks.
fn all_rules() -> Arc<Settings> {
    let mut settings = Settings::default();
    for rule in jiaodui::rules::ALL {
        settings.set_severity(rule, Some(rule.severity.unwrap_or(Severity::Information)));
    }
    Arc::new(settings)
}

/// Edits `source` step by step and compares at each.
fn edited_is_anew(source: &str, changes: Vec<Change>, markup: Markup) -> Result<(), TestCaseError> {
    let settings = all_rules();
    let mut text = Text::new(source);
    let mut analysis = Analysis::of(&text, markup, &settings);
    for (ends, new) in changes {
        let bytes = ends.map_or(0..text.len(), |it| replaced(&text.to_source(), &it));
        // An edit of a page is a few lines long; what is longer would leave nothing to keep.
        let end = bytes.end.min(bytes.start + 60);
        text.apply(&Edit { range: bytes.start..end, text: new });
        analysis = analysis.edited(&text, &settings, &|| false).expect("nothing asked it to stop");
        assert_same(&analysis, &Analysis::of(&text, markup, &settings))?;
    }
    Ok(())
}

proptest! {
    #![proptest_config(Config { cases: 64, failure_persistence: None, ..Config::default() })]

    #[test]
    fn an_edited_analysis_is_the_one_from_scratch(
        source in text(),
        changes in prop::collection::vec(change(), 1..6),
        markup in select(&[Markup::Plain, Markup::Markdown][..]),
    ) {
        edited_is_anew(&source, changes, markup)?;
    }
}

proptest! {
    #![proptest_config(Config { cases: 8, failure_persistence: None, ..Config::default() })]

    #[test]
    fn so_is_that_of_a_real_page(
        changes in prop::collection::vec(change().prop_filter("a part", |it| it.0.is_some()), 1..4),
    ) {
        edited_is_anew(include_str!("../seeds/jiaozuo-daily-2020-02.txt"), changes, Markup::Plain)?;
    }
}

/// What analyses had to do for a key on the same line of the first page, with so many pages after it.
fn work(pages: usize) -> Work {
    let page = include_str!("../seeds/jiaozuo-daily-2020-02.txt");
    let settings = Arc::new(Settings::default());
    let mut text = Text::new(&page.repeat(pages));
    let before = Analysis::of(&text, Markup::Plain, &settings);
    let middle = text.line_range(text.line_count() / pages / 2).start;
    text.apply(&Edit { range: middle..middle, text: "校".into() });
    before.edited(&text, &settings, &|| false).expect("nothing asked it to stop").work()
}

#[test]
fn a_key_costs_the_same_in_a_short_document_and_in_a_long_one() {
    let (some, many) = (work(2), work(12));
    assert_eq!(some, many);
    assert!(some.lines_read <= 8, "{some:?}");
    assert!(some.boundaries_scored <= 24, "{some:?}");
    assert!(some.paragraphs_read <= 3, "{some:?}");
    assert!(some.paragraphs_compared <= 24, "{some:?}");
}

/// What the lists of a page make anew for a key, and what copying them takes.
fn copied(pages: usize) -> [usize; 2] {
    let page = include_str!("../seeds/jiaozuo-daily-2020-02.txt");
    let lexicon = jiaodui::lexicon::Lexicon::shared();
    let text = Text::new(&page.repeat(pages));
    let before = Page::of(&text, Markup::Plain, lexicon);
    let mut after = text.clone();
    let middle = text.line_range(text.line_count() / 2).start;
    after.apply(&Edit { range: middle..middle, text: "校".into() });
    let (edited, _) = before.edited(&text, &after, Markup::Plain, lexicon);
    let lists = [
        (edited.lines.unlike(&before.lines), edited.lines.groups()),
        (edited.boundaries.unlike(&before.boundaries), edited.boundaries.groups()),
        (edited.paragraphs.unlike(&before.paragraphs), edited.paragraphs.groups()),
        (edited.articles.unlike(&before.articles), edited.articles.groups()),
    ];
    lists.iter().fold([0, 0], |sum, it| [sum[0] + it.0, sum[1] + it.1])
}

#[test]
fn a_key_copies_few_pointers_however_long_the_document_is() {
    for pages in [2, 60] {
        let [made, groups] = copied(pages);
        assert!(made <= 12, "{pages} pages: {made} pieces");
        assert!(groups <= 20, "{pages} pages: {groups} pointers");
    }
}

#[test]
fn a_document_in_parts_is_the_document_at_once() {
    let page = include_str!("../seeds/jiaozuo-daily-2020-02.txt");
    let settings = all_rules();
    let text = Text::new(&page.repeat(2));
    let mut parts = Analysis::of(&Text::default(), Markup::Plain, &settings);
    for end in [1, 4_000, 20_000, 30_001, text.len()] {
        parts = parts.edited(&text.start(end), &settings, &|| false).expect("nothing asked it to stop");
    }
    assert_same(&parts, &Analysis::of(&text, Markup::Plain, &settings)).expect("the same");
}

#[test]
fn what_is_told_of_the_page_goes_with_what_it_told_of_where_its_paragraph_comes_again() {
    let settings = all_rules();
    let mut text = Text::new("疫\n情\n就\n是\n疫\n情\n就\n是\n命\n令\n2020\n");
    let before = Analysis::of(&text, Markup::Plain, &settings);
    assert!(before.findings().iter().any(|it| it.rule.code == "vertical-text"));
    text.apply(&Edit { range: 4..39, text: "\n smartgrid ".into() });
    let after = before.edited(&text, &settings, &|| false).expect("nothing asked it to stop");
    assert_same(&after, &Analysis::of(&text, Markup::Plain, &settings)).expect("the same");
}

/// Names are read where they may be slips of one another, or all of them, in a long text that is edited.
#[test]
fn slips_of_names_are_found_in_a_long_text_that_grew_as_in_one_that_is_read() {
    let slips = "记者王晋裕报道。\n\n王晋豫说，大家辛苦了。\n\n王晋豫表示感谢。\n\n记者王晋豫。\n\n";
    let text = Text::new(&format!("{slips}{}", format!("{}\n\n", "＊".repeat(1500)).repeat(60)));
    let settings = Arc::new(Settings::default());
    let slip = |it: &Analysis| it.findings().iter().filter(|it| it.rule.code == "name-variant").count();
    let read = Analysis::of(&text, Markup::Plain, &settings);
    let mut grown = Analysis::of(&Text::default(), Markup::Plain, &settings);
    for end in [200, 150_000, text.len()] {
        grown = grown.edited(&text.start(end), &settings, &|| false).expect("nothing asked it to stop");
    }
    assert_eq!((slip(&read), slip(&grown)), (1, 1));
    assert_same(&grown, &read).expect("the same");
}

#[test]
fn a_name_that_is_written_a_second_time_is_no_slip_where_it_stood_before() {
    let settings = Arc::new(Settings::default());
    let names = "王晋豫说，大家辛苦了。\n\n王晋豫表示感谢。\n\n记者王晋豫。\n\n";
    let mut text =
        Text::new(&format!("{}{names}记者王晋裕报道。\n", "今天天气晴好，大家都很高兴。\n\n".repeat(80)));
    let slip = |it: &Analysis| it.findings().iter().filter(|it| it.rule.code == "name-variant").count();
    let before = Analysis::of(&text, Markup::Plain, &settings);
    text.apply(&Edit { range: 0..0, text: "记者王晋裕报道。\n\n".into() });
    let after = before.edited(&text, &settings, &|| false).expect("nothing asked it to stop");
    assert_eq!((slip(&before), slip(&after)), (1, 0));
    assert_same(&after, &Analysis::of(&text, Markup::Plain, &settings)).expect("the same");
}

#[test]
fn where_findings_are_many_those_around_the_edit_and_the_worst_are_given() {
    let page = include_str!("../seeds/jiaozuo-daily-2020-02.txt");
    let settings = Arc::new(Settings::default());
    let mut text = Text::new(&page.repeat(3));
    let before = Analysis::of(&text, Markup::Plain, &settings);
    assert_eq!(before.finding_count(), before.findings().len());
    assert_eq!(before.foremost(usize::MAX).len(), before.findings().len());
    let worst = before.foremost(100);
    assert_eq!(worst.len(), 100);
    assert!(worst.is_sorted_by_key(|it| it.range().start));
    let middle = text.line_range(text.line_count() / 2).start;
    text.apply(&Edit { range: middle..middle, text: "校".into() });
    let after = before.edited(&text, &settings, &|| false).expect("nothing asked it to stop");
    let near = after.foremost(100).iter().filter(|it| it.range().start.abs_diff(middle) < 4_000).count();
    assert!(near >= 20, "{near}");
}
