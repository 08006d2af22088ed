//! Counts findings that flicker while someone types.
//!
//!     cargo run --release --example flicker -- [--every N] [--list] [GOLD.tsv|PAGES.jsonl…]
//!
//! On each page (every N-th; the seed page without files) someone types and deletes as people do, key by key: a clause
//! at the end of a line, one inside a line, a new paragraph, two lines joined and parted again, a clause deleted, a
//! headline typed anew. After each key the text is analysed as the server does. A *flick* is a finding away from the
//! edited line and its neighbours that appears and vanishes again, or vanishes and appears again, before the typing
//! ends; one that comes or goes to stay is none. What was *found* is the analysis; what is *shown* waits until the
//! typing pauses, here where a clause ends.

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

/// A finding and its first and last line.
#[derive(Clone, Debug)]
struct Placed {
    rule: &'static str,
    lines: [usize; 2],
    column: usize,
}

/// A finding away from the typing, wherever its line went: its rule, whether it stands before the typing, its line
/// from the start of the text or from its end, its byte in that line.
type Key = (&'static str, bool, usize, usize);

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
    /// Of what was found, and of what is shown.
    flicks: [usize; 2],
}

/// How the findings of one list came and went.
#[derive(Default)]
struct Courses(HashMap<Key, Course>);

impl Courses {
    /// Notes what stands on `list` after key `at`, outside of the lines `zone`: the last line before, and how many lines
    /// before the end the first one after stands.
    fn note(&mut self, list: &[Placed], zone: [usize; 2], count: usize, at: usize) {
        for it in list {
            let key = match () {
                () if it.lines[1] < zone[0] => (it.rule, true, it.lines[0], it.column),
                () if it.lines[0] + zone[1] >= count => (it.rule, false, count - it.lines[0], it.column),
                () => continue,
            };
            let course = self.0.entry(key).or_default();
            if at == 0 {
                (course.first, course.last) = (true, true);
            } else if !course.last {
                (course.last, course.changes) = (true, course.changes + 1);
            }
            course.seen = at;
        }
        for course in self.0.values_mut().filter(|it| it.last && it.seen != at) {
            (course.last, course.changes) = (false, course.changes + 1);
        }
    }

    /// How often each finding appeared and vanished again, or vanished and appeared again.
    fn flicks(&self) -> impl Iterator<Item = (&'static str, usize)> {
        self.0.iter().map(|(key, it)| (key.0, (it.changes - usize::from(it.first != it.last)) / 2))
    }
}

/// What was found, in the order of the text.
fn found(analysis: &Analysis) -> Vec<Placed> {
    let text = analysis.text();
    let place = |it: &jiaodui::rule::Finding| {
        let lines = [it.range.start, it.range.end].map(|it| text.line_of(it));
        Placed { rule: it.rule.code, lines, column: it.range.start - text.line_start(lines[0]) }
    };
    analysis.findings().iter().map(place).collect()
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
    let mut rules: [BTreeMap<&str, usize>; 2] = Default::default();
    let mut findings = 0;
    let pages = files.iter().flat_map(|it| pages::load(it)).step_by(every.max(1));
    for (salt, page) in pages.enumerate() {
        let start = Analysis::of(&page.text, Markup::Plain, &settings);
        findings += start.findings().len();
        for typing in typings(&page.text, start.page(), salt) {
            let Some(first) = typing.keys.first() else { continue };
            let mut text = page.text.clone();
            let mut analysis = start.clone();
            let ends = [first.range.start, first.range.end].map(|it| text.line_of(it));
            let zone = [
                ends[0].saturating_sub(NEAR),
                text.line_count() - (ends[1] + NEAR + 1).min(text.line_count()),
            ];
            let mut shown = found(&analysis);
            let mut courses = [Courses::default(), Courses::default()];
            courses.iter_mut().for_each(|it| it.note(&shown, zone, text.line_count(), 0));
            for (at, edit) in typing.keys.iter().enumerate() {
                let before = text.clone();
                text.apply(edit);
                analysis = analysis.edited(&text, &settings, &|| false).expect("nothing asked it to stop");
                let found = found(&analysis);
                let moved = |it: &Placed, by: isize| Placed {
                    lines: it.lines.map(|it| it.wrapping_add_signed(by)),
                    ..it.clone()
                };
                // One who types pauses where a clause ends.
                let pauses = edit.text.ends_with(['，', '。', '\n']) || at + 1 == typing.keys.len();
                shown = match jiaodui::analysis::Typing::between(&before, &text).filter(|_| !pauses) {
                    Some(it) => it.steadied(&shown, &found, |it| it.lines, moved),
                    None => found.clone(),
                };
                courses[0].note(&found, zone, text.line_count(), at + 1);
                courses[1].note(&shown, zone, text.line_count(), at + 1);
            }
            let count = counts.entry(typing.name).or_default();
            count.times += 1;
            count.keys += typing.keys.len();
            for (which, courses) in courses.iter().enumerate() {
                for (rule, flicks) in courses.flicks().filter(|it| it.1 > 0) {
                    count.flicks[which] += flicks;
                    *rules[which].entry(rule).or_default() += flicks;
                    if list {
                        let list = ["found", "shown"][which];
                        println!("{} {} {list} {rule} {flicks}", page.id, typing.name);
                    }
                }
            }
        }
    }
    let mut sums = Count::default();
    for (name, it) in &counts {
        let [found, shown] = it.flicks;
        println!("{name}: {} times, {} keys, {found} flicks, {shown} of them shown", it.times, it.keys);
        sums.keys += it.keys;
        sums.flicks = [sums.flicks[0] + found, sums.flicks[1] + shown];
    }
    for (which, name) in ["found", "shown"].into_iter().enumerate() {
        let rate = 1e3 * sums.flicks[which] as f64 / sums.keys.max(1) as f64;
        println!("## {name}: {} flicks at {} keys, {rate:.2} in a thousand", sums.flicks[which], sums.keys);
        let rules: Vec<String> =
            rules[which].iter().map(|(rule, flicks)| format!("{rule} {flicks}")).collect();
        println!("   {}", rules.join("  "));
    }
    println!("   {findings} findings on the pages");
}
