//! Counts findings that flicker while someone types.
//!
//!     cargo run --release --example flicker -- [--every N] [--list] [GOLD.tsv|PAGES.jsonl…]
//!
//! On each page (every N-th; the seed page without files) someone types and deletes as people do, key by key: a clause
//! at the end of a line, one inside a line, a new paragraph, two lines joined and parted again, a clause deleted, a
//! headline typed anew. After each key the text is analysed as the server does. A *flick* is a finding away from the
//! edited line and its neighbours that appears and vanishes again, or vanishes and appears again, before the typing
//! ends; one that comes or goes to stay is none.

#[path = "common/pages.rs"]
#[allow(dead_code, reason = "labels are of no use here")]
mod pages;

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use jiaodui::analysis::Analysis;
use jiaodui::page::{Markup, Page, Role};
use jiaodui::settings::Settings;
use jiaodui::text::{Edit, Text};

/// Lines on either side of the cursor's that the typing bears upon.
const NEAR: usize = 1;

/// What someone does, one edit a key.
struct Typing {
    name: &'static str,
    keys: Vec<Edit>,
}

/// Keys that write `words` from byte `at` on.
fn typed(words: &str, at: usize) -> Vec<Edit> {
    let keys = words.char_indices().map(|(done, c)| Edit { range: at + done..at + done, text: c.into() });
    keys.collect()
}

/// Keys that delete `words`, which end at byte `end`, from their end on.
fn deleted(words: &str, end: usize) -> Vec<Edit> {
    let mut end = end;
    let key = |c: char| {
        let start = end - c.len_utf8();
        let edit = Edit { range: start..end, text: String::new() };
        end = start;
        edit
    };
    words.chars().rev().map(key).collect()
}

/// What is typed on `page`: each kind at two places.
fn typings(text: &Text, page: &Page, salt: usize) -> Vec<Typing> {
    const CLAUSES: [&str; 4] = [
        "各级各部门要提高认识，",
        "截至2月13日18时，",
        "记者王晓明在现场看到，",
        "为“菜篮子”工程新增3家企业。",
    ];
    const NEWS: [&str; 2] =
        ["会议强调，要把各项工作抓实抓细，确保取得实效。", "2020 年 2 月 14 日，该县又有5名患者治愈出院。"];
    const TITLES: [&str; 2] = ["全市春季造林工作会议召开", "爱心企业为一线捐赠物资"];
    let mut all = Vec::new();
    let n = page.lines.len();
    let body = |at: &usize| page.lines[*at].role.is_body() && page.lines[*at].squashed.chars().count() > 8;
    let inner = |at: &usize| body(at) && page.boundaries[*at].kind.is_join();
    let pick = |third: usize, wanted: &dyn Fn(&usize) -> bool| {
        (n * third / 7 + salt % 5..n.saturating_sub(1)).find(|it| wanted(it))
    };
    for (round, third) in [1 + salt % 3, 4 + salt % 2].into_iter().enumerate() {
        let words = CLAUSES[(salt + round) % CLAUSES.len()];
        if let Some(at) = pick(third, &inner) {
            let span = page.lines[at].span.clone();
            all.push(Typing { name: "a clause at a line's end", keys: typed(words, span.end) });
            let line = text.slice(span.clone());
            let middle = span.start + line.char_indices().nth(line.chars().count() / 2).map_or(0, |it| it.0);
            all.push(Typing { name: "a clause inside a line", keys: typed(words, middle) });
            let clause: String = line[middle - span.start..].chars().take(6).collect();
            let keys = deleted(&clause, middle + clause.len());
            all.push(Typing { name: "a clause deleted", keys });
            let gap = span.end..page.lines[at + 1].span.start;
            let back = Edit { range: gap.start..gap.start, text: text.slice(gap.clone()).into_owned() };
            let joined = Edit { range: gap, text: String::new() };
            all.push(Typing { name: "lines joined and parted", keys: vec![joined, back] });
        }
        let ends = |at: &usize| body(at) && !page.boundaries[*at].kind.is_join();
        if let Some(at) = pick(third, &ends) {
            let words = format!("\n{}", NEWS[(salt + round) % NEWS.len()]);
            all.push(Typing { name: "a new paragraph", keys: typed(&words, page.lines[at].span.end) });
        }
        if let Some(at) = pick(third, &|at| page.lines[*at].role == Role::Headline) {
            let span = page.lines[at].span.clone();
            let mut keys = deleted(&text.slice(span.clone()), span.end);
            keys.extend(typed(TITLES[(salt + round) % TITLES.len()], span.start));
            all.push(Typing { name: "a headline typed anew", keys });
        }
    }
    all
}

/// A finding, wherever the text before or after it went: its rule, and its bytes from the start of the text where it
/// stands before the cursor, from its end where it stands after.
type Key = (&'static str, bool, usize);

/// How one finding came and went.
#[derive(Clone, Copy, Default)]
struct Course {
    first: bool,
    last: bool,
    changes: usize,
    seen: usize,
}

/// Counts of one kind of typing.
#[derive(Default)]
struct Count {
    times: usize,
    keys: usize,
    flicks: usize,
}

/// The stretch that typing bears upon: what is left of the text before it and after it, in bytes.
fn zone(text: &Text, first: &Edit) -> [usize; 2] {
    let start = text.line_range(text.line_of(first.range.start).saturating_sub(NEAR)).start;
    let last = (text.line_of(first.range.end) + NEAR).min(text.line_count() - 1);
    [start, text.len() - text.line_range(last).end]
}

/// The findings outside of `zone`, and their 1-based lines.
fn away(analysis: &Analysis, zone: [usize; 2]) -> Vec<(Key, usize)> {
    let text = analysis.text();
    let after = text.len() - zone[1];
    let key = |start: usize, end: usize| match () {
        () if end <= zone[0] => Some((true, start)),
        () if start >= after => Some((false, text.len() - start)),
        () => None,
    };
    let all = analysis.findings().iter();
    let far = all.filter_map(|it| {
        let (before, place) = key(it.range.start, it.range.end)?;
        Some(((it.rule.code, before, place), text.line_of(it.range.start) + 1))
    });
    far.collect()
}

fn main() {
    let mut files = Vec::new();
    let (mut every, mut list) = (1, false);
    let mut args = std::env::args().skip(1);
    while let Some(arg) = args.next() {
        match arg.as_str() {
            "--every" => every = args.next().and_then(|it| it.parse().ok()).unwrap_or(1),
            "--list" => list = true,
            _ => files.push(arg),
        }
    }
    if files.is_empty() {
        files.push("seeds/jiaozuo-daily-2020-02.lines.tsv".to_owned());
    }
    let settings = Arc::new(Settings::default());
    let mut counts: BTreeMap<&str, Count> = BTreeMap::new();
    let mut rules: BTreeMap<&str, usize> = BTreeMap::new();
    let mut findings = 0;
    let pages = files.iter().flat_map(|it| pages::load(it)).step_by(every.max(1));
    for (salt, page) in pages.enumerate() {
        let start = Analysis::of(&page.text, Markup::Plain, &settings);
        findings += start.findings().len();
        for typing in typings(&page.text, start.page(), salt) {
            let mut text = page.text.clone();
            let mut analysis = start.clone();
            let mut courses: HashMap<Key, Course> = HashMap::new();
            let Some(zone) = typing.keys.first().map(|it| zone(&text, it)) else { continue };
            for (key, _) in away(&analysis, zone) {
                courses.insert(key, Course { first: true, last: true, ..Course::default() });
            }
            for (at, edit) in typing.keys.iter().enumerate() {
                text.apply(edit);
                analysis = analysis.edited(&text, &settings, &|| false).expect("nothing asked it to stop");
                let there = away(&analysis, zone);
                for (key, line) in &there {
                    let course = courses.entry(*key).or_default();
                    course.seen = at + 1;
                    if !course.last {
                        (course.last, course.changes) = (true, course.changes + 1);
                        if list {
                            println!("{} {} key {at}: + {} line {line}", page.id, typing.name, key.0);
                        }
                    }
                }
                for (key, course) in &mut courses {
                    if course.last && course.seen != at + 1 {
                        (course.last, course.changes) = (false, course.changes + 1);
                        if list {
                            println!("{} {} key {at}: - {}", page.id, typing.name, key.0);
                        }
                    }
                }
            }
            let count = counts.entry(typing.name).or_default();
            count.times += 1;
            count.keys += typing.keys.len();
            for (key, course) in &courses {
                let flicks = (course.changes - usize::from(course.first != course.last)) / 2;
                count.flicks += flicks;
                *rules.entry(key.0).or_default() += flicks;
            }
        }
    }
    let (mut keys, mut flicks) = (0, 0);
    for (name, it) in &counts {
        println!("{name}: {} times, {} keys, {} flicks", it.times, it.keys, it.flicks);
        (keys, flicks) = (keys + it.keys, flicks + it.flicks);
    }
    let rate = 1e3 * flicks as f64 / f64::from(keys.max(1) as u32);
    println!("## {flicks} flicks at {keys} keys, {rate:.2} in a thousand; {findings} findings on the pages");
    for (rule, flicks) in rules.iter().filter(|it| *it.1 > 0) {
        println!("   {rule}: {flicks}");
    }
}
