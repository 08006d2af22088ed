//! Scores the recogniser of names: strict span and kind over people, places and organisations.
//!
//!     cargo run --release --example names_score -- [--model names.bin [--clear N]] [--errors] [GOLD.iob2|SILVER.jsonl…]
//!     cargo run --release --example names_score -- --pages PAGES.jsonl…
//!
//! Without files: the seed page, as it stands in its file. Of silver sentences, every fiftieth, from which nothing was
//! learnt. Of gold, all. With `--pages`, of generated pages: what is found in the lines of a page against what is found
//! in the paragraphs that it was made from, each on one line; names are compared as a page has them, with how often.

#[path = "common/labelled.rs"]
mod labelled;
#[path = "common/pages.rs"]
#[allow(dead_code, reason = "shared with examples that score pages")]
mod pages;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fs;
use std::sync::Arc;
use std::time::Instant;

use jiaodui::analysis::Analysis;
use jiaodui::entity::label::KINDS;
use jiaodui::entity::tagger::Tagger;
use jiaodui::entity::{self, EntityKind, table};
use jiaodui::expression;
use jiaodui::lexicon::Lexicon;
use jiaodui::page::Markup;
use jiaodui::settings::Settings;
use jiaodui::text::Text;

const SEED: &str = "seeds/jiaozuo-daily-2020-02";
const NAMES: [&str; 3] = ["person", "place", "organization"];

/// Hits, found and wanted, by kind.
#[derive(Clone, Copy, Default)]
struct Tally {
    hit: [u32; 3],
    found: [u32; 3],
    gold: [u32; 3],
}

impl Tally {
    fn add(&mut self, gold: &[(usize, usize, usize)], found: &[(usize, usize, usize)]) {
        gold.iter().for_each(|it| self.gold[it.2] += 1);
        found.iter().for_each(|it| self.found[it.2] += 1);
        found.iter().filter(|it| gold.contains(it)).for_each(|it| self.hit[it.2] += 1);
    }

    fn print(&self, name: &str) {
        let score = |hit: u32, found: u32, gold: u32| {
            let share = |of: u32| if of == 0 { 0.0 } else { 100.0 * f64::from(hit) / f64::from(of) };
            let (precision, recall) = (share(found), share(gold));
            let f = if hit == 0 { 0.0 } else { 2.0 * precision * recall / (precision + recall) };
            format!("{precision:5.1}/{recall:5.1}/{f:5.1}")
        };
        let sum = |it: [u32; 3]| it.iter().sum();
        print!("{name:32} all {}", score(sum(self.hit), sum(self.found), sum(self.gold)));
        for (kind, name) in NAMES.iter().enumerate() {
            print!("  {name} {}", score(self.hit[kind], self.found[kind], self.gold[kind]));
        }
        println!("  ({})", sum(self.gold));
    }
}

fn main() {
    let mut files = Vec::new();
    let (mut errors, mut generated) = (false, false);
    let mut model = None;
    let mut clear: Option<i16> = None;
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--errors" => errors = true,
            "--pages" => generated = true,
            "--model" => model = arguments.next(),
            "--clear" => clear = arguments.next().and_then(|it| it.parse().ok()),
            _ => files.push(argument),
        }
    }
    let other = model.map(|path| {
        let packed = fs::read(&path).unwrap_or_else(|error| panic!("{path}: {error}"));
        let packed = miniz_oxide::inflate::decompress_to_vec_zlib(&packed).expect("a zlib stream");
        Tagger::of(Cow::Owned(table::expand(&packed).expect("a packed model")))
    });
    let other = match (other, clear) {
        (Some(other), Some(clear)) => Some(other.with_clear(clear)),
        (other, _) => other,
    };
    let tagger = other.as_ref().unwrap_or(Tagger::shared());
    if files.is_empty() {
        seed(errors);
    }
    for file in files {
        if generated {
            wrapped(&file, errors);
        } else {
            score(&file, tagger, errors);
        }
    }
}

/// Scores the names of the lines of generated pages against those of their paragraphs.
fn wrapped(file: &str, errors: bool) {
    let mut tallies: BTreeMap<String, Tally> = BTreeMap::new();
    for page in pages::load(file) {
        let paragraphs: Vec<&str> = page.segments.iter().map(|it| it.1.as_str()).collect();
        let joined = counted(&analysed(&Text::new(&paragraphs.join("\n\n"))));
        let lines = counted(&analysed(&page.text));
        let tally = tallies.entry(page.tool.clone()).or_default();
        let count = |of: &BTreeMap<(usize, String), u32>, name| of.get(name).copied().unwrap_or(0);
        for name in joined.keys().chain(lines.keys().filter(|it| !joined.contains_key(it))) {
            let (gold, found) = (count(&joined, name), count(&lines, name));
            tally.gold[name.0] += gold;
            tally.found[name.0] += found;
            tally.hit[name.0] += gold.min(found);
            if errors && gold != found {
                println!("{}: {} {} {gold} joined, {found} in lines", page.id, NAMES[name.0], name.1);
            }
        }
    }
    for (tool, tally) in &tallies {
        tally.print(tool);
    }
}

/// The names of a document by kind, with how often each stands in it.
fn counted(analysis: &Analysis) -> BTreeMap<(usize, String), u32> {
    let mut counts = BTreeMap::new();
    for (index, reading) in analysis.readings().enumerate() {
        for (mention, _) in analysis.names().mentions(index) {
            if let Some(kind) = KINDS.iter().position(|it| *it == mention.kind) {
                *counts.entry((kind, mention.name(reading.text()).into_owned())).or_default() += 1;
            }
        }
    }
    counts
}

/// A document read with the settings that a user starts with.
fn analysed(text: &Text) -> Analysis {
    Analysis::of(text, Markup::Plain, &Arc::new(Settings::default()))
}

/// Scores a file of labelled texts, by their sources.
fn score(file: &str, tagger: &Tagger, errors: bool) {
    let gold = file.ends_with(".iob2") || file.ends_with(".gold.jsonl");
    let lexicon = Lexicon::shared();
    let mut tallies: BTreeMap<String, Tally> = BTreeMap::new();
    let texts = labelled::read(file);
    let texts: Vec<_> =
        texts.into_iter().enumerate().filter(|it| gold || it.0 % 50 == 0).map(|it| it.1).collect();
    let started = Instant::now();
    for labelled in &texts {
        let expressions = expression::expressions(&labelled.text);
        let mentions = entity::mentions_by(tagger, &labelled.text, &expressions, lexicon);
        let found = labelled::names_of(&labelled.text, &mentions);
        tallies.entry(labelled.source.clone()).or_default().add(&labelled.names, &found);
        tallies.entry("~ all".into()).or_default().add(&labelled.names, &found);
        if errors {
            show(&labelled.text, &labelled.names, &found);
        }
    }
    let bytes: usize = texts.iter().map(|it| it.text.len()).sum();
    for (source, tally) in &tallies {
        tally.print(source);
    }
    println!("{file}: {:.2} MB/s", bytes as f64 / 1e6 / started.elapsed().as_secs_f64());
}

/// Prints what is wrong in a text.
fn show(text: &str, gold: &[(usize, usize, usize)], found: &[(usize, usize, usize)]) {
    let chars: Vec<char> = text.chars().collect();
    let list = |of: &[(usize, usize, usize)], but: &[(usize, usize, usize)]| {
        let rest = of.iter().filter(|it| !but.contains(it));
        rest.map(|it| format!("{}:{}", &NAMES[it.2][..2], chars[it.0..it.1].iter().collect::<String>()))
            .collect::<Vec<_>>()
            .join(" ")
    };
    let (missed, alarms) = (list(gold, found), list(found, gold));
    if !missed.is_empty() || !alarms.is_empty() {
        println!("{text}\n    missed {missed}\n    found  {alarms}");
    }
}

/// Scores the seed page: its lines as they stand, and joined.
fn seed(errors: bool) {
    let page = fs::read_to_string(format!("{SEED}.txt")).expect("the seed page");
    let rows = fs::read_to_string(format!("{SEED}.entities.tsv")).expect("its names");
    let kind = |it: &str| NAMES.iter().position(|name| *name == it);
    let gold: Vec<(usize, usize, usize)> = rows
        .lines()
        .skip(1)
        .filter_map(|row| {
            let mut columns = row.split('\t');
            let mut number = || columns.next()?.parse().ok();
            let (start, end): (usize, usize) = (number()?, number()?);
            Some((start, end, kind(columns.next()?)?))
        })
        .collect();
    let found = |text: &str| -> Vec<(usize, usize, usize)> {
        let analysis = analysed(&Text::new(text));
        let mut found = Vec::new();
        for (index, paragraph) in analysis.page().paragraphs.iter().enumerate() {
            for (mention, _) in analysis.names().mentions(index) {
                let kind = KINDS.iter().position(|it: &EntityKind| *it == mention.kind);
                let source = paragraph.source(mention.span);
                found.extend(kind.map(|kind| (source.start, source.end, kind)));
            }
        }
        found
    };
    let mut tally = Tally::default();
    let wrapped = found(&page);
    tally.add(&gold, &wrapped);
    tally.print("seed page");
    if errors {
        let word = |it: &(usize, usize, usize)| {
            format!("{} {}", NAMES[it.2], page[it.0..it.1].replace(char::is_whitespace, ""))
        };
        let line = |it: &(usize, usize, usize)| page[..it.0].matches('\n').count() + 1;
        for it in gold.iter().filter(|it| !wrapped.contains(it)) {
            println!("    line {:3}: missed {}", line(it), word(it));
        }
        for it in wrapped.iter().filter(|it| !gold.contains(it)) {
            println!("    line {:3}: found  {}", line(it), word(it));
        }
    }
}
