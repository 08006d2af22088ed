//! How fast numbers, dates and amounts are read, on one core.
//!
//! `cargo bench --bench expressions [-- [--profile] TEXTS.jsonl…]` joins the lines of the seed page, and of pages made
//! of its words in other columns with other digits, and reads the expressions of every paragraph. A file holds one
//! JSON object a line, an article with its paragraphs `paras` or a page with its `text`; the first megabytes of it are
//! read as well. Prints a Markdown row for each text; MB/s are 10⁶ bytes of UTF-8 a second.
//!
//! `--profile` reads each text once, for `valgrind --tool=callgrind`.

#[path = "parts/text.rs"]
mod text;

use std::hint::black_box;
use std::sync::Arc;
use std::time::{Duration, Instant};

use jiaodui::analysis::Analysis;
use jiaodui::expression::expressions;
use jiaodui::page::Markup;
use jiaodui::settings::Settings;
use jiaodui::text::Text;
use serde_json::Value;

/// Rounds, of which the best counts.
const ROUNDS: usize = 25;
/// Paragraphs that are read in one round: some hundred microseconds.
const RUN: usize = 40;
/// Bytes of a file that are read.
const MOST: usize = 4_000_000;

fn main() {
    let (mut files, mut profile) = (Vec::new(), false);
    for argument in std::env::args().skip(1) {
        match &*argument {
            "--profile" => profile = true,
            _ if argument.starts_with("--") => {}
            _ => files.push(argument),
        }
    }
    println!("| text | paragraphs | bytes | expressions | MB/s |\n|---|--:|--:|--:|--:|");
    row("the seed page", &joined(&text::repeated(1)), profile);
    row("pages made of it", &joined(&text::generated(20)), profile);
    for file in files {
        row(&file, &paragraphs(&file), profile);
    }
}

/// The joined text of each paragraph of a page.
fn joined(page: &str) -> Vec<String> {
    let analysis = Analysis::of(&Text::new(page), Markup::Plain, &Arc::new(Settings::default()));
    analysis.readings().map(|it| it.text().to_owned()).collect()
}

/// The paragraphs of the articles in a file.
fn paragraphs(file: &str) -> Vec<String> {
    let source = std::fs::read_to_string(file).unwrap_or_else(|it| panic!("{file}: {it}"));
    let (mut found, mut bytes) = (Vec::new(), 0);
    for line in source.lines() {
        let article: Value = serde_json::from_str(line).expect("an object a line");
        let paras = article["paras"].as_array().map_or(&[][..], Vec::as_slice);
        let text = article["text"].as_str().into_iter().flat_map(str::lines);
        found.extend(paras.iter().filter_map(Value::as_str).chain(text).map(str::to_owned));
        bytes += line.len();
        if bytes > MOST {
            break;
        }
    }
    found
}

/// Reads `paragraphs` again and again and prints how fast they were read: the sum of the best times of short runs of
/// them, so that what else the machine does stays out of it.
fn row(name: &str, paragraphs: &[String], profile: bool) {
    let bytes: usize = paragraphs.iter().map(String::len).sum();
    let read =
        |run: &[String]| run.iter().map(|it| black_box(expressions(black_box(it))).len()).sum::<usize>();
    let found = read(paragraphs);
    if profile {
        println!("| {name} | {} | {bytes} | {found} | |", paragraphs.len());
        return;
    }
    let best = |run: &[String]| {
        let round = |_| {
            let began = Instant::now();
            read(run);
            began.elapsed()
        };
        (0..ROUNDS).map(round).min().unwrap_or_default()
    };
    let best: Duration = paragraphs.chunks(RUN).map(best).sum();
    let speed = bytes as f64 / best.as_secs_f64() / 1e6;
    println!("| {name} | {} | {bytes} | {found} | {speed:.1} |", paragraphs.len());
}
