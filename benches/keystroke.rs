//! What an editor waits for, over real standard input and output: start, first diagnostics, each key.
//!
//! `cargo bench --bench keystroke [-- [--generated] [--write FILE.svg] PAGES…]` types into the middle of the seed page
//! repeated PAGES times (or of as much generated text), and prints a Markdown row for each. Times are milliseconds; a
//! key is counted from the write of the edit to the arrival of its diagnostics. Memory is the server's peak, in MB.
//!
//! A key types one character before a finding, the next one takes it away again: the finding moves or goes, so that
//! the diagnostics of two neighbouring texts are never the same, and each key is answered.

#[path = "parts/client.rs"]
mod client;
#[path = "parts/curve.rs"]
mod curve;
#[path = "parts/text.rs"]
mod text;

use std::time::{Duration, Instant};

use client::Client;
use serde_json::Value;

/// Keys that are timed, on as many as [`PLACES`] lines.
const KEYS: usize = 200;
const PLACES: usize = 20;
/// Keys that are sent at once.
const BURST: usize = 50;
/// Silence that ends a burst.
const QUIET: Duration = Duration::from_millis(700);

/// What was measured of one size. Times in milliseconds.
pub(crate) struct Row {
    pub(crate) pages: usize,
    pub(crate) bytes: usize,
    pub(crate) initialize: f64,
    pub(crate) first: f64,
    pub(crate) whole: f64,
    pub(crate) p50: f64,
    pub(crate) p95: f64,
    pub(crate) max: f64,
    pub(crate) computed: f64,
    pub(crate) answer: usize,
    pub(crate) burst: f64,
    pub(crate) publishes: usize,
    pub(crate) peak: f64,
}

fn main() {
    let mut pages = Vec::new();
    let (mut generated, mut picture) = (false, None);
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        match &*argument {
            "--generated" => generated = true,
            "--write" => picture = arguments.next(),
            it => pages.extend(it.parse::<usize>()),
        }
    }
    if pages.is_empty() {
        pages = vec![1, 10, 50, 500, 5000];
    }
    if let Ok(load) = std::fs::read_to_string("/proc/loadavg") {
        println!("load average {}", load.trim());
    }
    println!(
        "| pages | bytes | start → initialize | start → first diagnostics | start → all analysed | key p50 | p95 | max | computing a key | bytes a key | {BURST} keys at once | publishes | MB |"
    );
    println!("|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|");
    let mut rows = Vec::new();
    for pages in pages {
        let text = if generated { text::generated(pages) } else { text::repeated(pages) };
        let shift =
            if generated { 0 } else { pages as u64 / 2 * text::repeated(1).matches('\n').count() as u64 };
        let row = measured(pages, &text, shift);
        println!(
            "| {} | {} | {:.1} | {:.1} | {:.1} | {:.2} | {:.2} | {:.2} | {:.2} | {} | {:.1} | {} | {:.1} |",
            row.pages,
            row.bytes,
            row.initialize,
            row.first,
            row.whole,
            row.p50,
            row.p95,
            row.max,
            row.computed,
            row.answer,
            row.burst,
            row.publishes,
            row.peak
        );
        rows.push(row);
    }
    if let Some(path) = picture {
        std::fs::write(path, curve::svg(&rows)).expect("the picture is written");
    }
}

/// Types `shift` lines after the first findings: each page of a repeated one has the same.
fn measured(pages: usize, text: &str, shift: u64) -> Row {
    // The median of several starts; a large text is opened once.
    let starts = if text.len() < 500_000 { 9 } else { 1 };
    let (mut initialize, mut first) = (Vec::new(), Vec::new());
    let (mut whole, mut began_last) = (Vec::new(), Instant::now());
    let mut run = None;
    for _ in 0..starts {
        let began = Instant::now();
        began_last = began;
        let (mut client, answered) = Client::start(began);
        let (found, came) = client.open(text);
        initialize.push(answered);
        first.push(came - began);
        run = Some((client, found));
    }
    let (mut client, found) = run.expect("at least one start");
    whole.push(client.settled() - began_last);
    let places = places(&found, shift);
    let before = client.computed();
    let keys = keys(&mut client, &places);
    let computed = (client.computed() - before).as_secs_f64() * 1e3 / keys.len().max(1) as f64;
    let answer = client.bytes / client.publishes.max(1);
    let (burst, publishes) = burst(&mut client, &places);
    Row {
        pages,
        bytes: text.len(),
        initialize: share(&initialize, 50),
        first: share(&first, 50),
        whole: share(&whole, 50),
        p50: share(&keys, 50),
        p95: share(&keys, 95),
        max: share(&keys, 100),
        computed,
        answer,
        burst,
        publishes,
        peak: client.peak(),
    }
}

/// Lines that a finding starts in, past their first character, and so many lines further on.
fn places(found: &[Value], shift: u64) -> Vec<u64> {
    let start = |it: &Value| {
        Some((it["range"]["start"]["line"].as_u64()?, it["range"]["start"]["character"].as_u64()?))
    };
    let mut lines: Vec<u64> = found.iter().filter_map(start).filter(|it| it.1 > 0).map(|it| it.0).collect();
    lines.sort_unstable();
    lines.dedup();
    lines.iter().take(PLACES).map(|it| it + shift).collect()
}

/// Each key's time to its diagnostics.
fn keys(client: &mut Client, places: &[u64]) -> Vec<Duration> {
    let mut times = Vec::new();
    let Some(each) = KEYS.checked_div(2 * places.len()) else { return times };
    for &line in places {
        for _ in 0..each {
            for (range, typed) in [([0, 0], "校"), ([0, 1], "")] {
                let began = client.change(line, range, typed);
                let answer = client.current().expect("each key changes the diagnostics");
                times.push(answer.came - began);
            }
        }
    }
    times
}

/// Time from the first of many keys, sent at once, to the last diagnostics, and how often some came.
fn burst(client: &mut Client, places: &[u64]) -> (f64, usize) {
    let Some(&line) = places.first() else { return (f64::NAN, 0) };
    let before = client.publishes;
    let began = client.change(line, [0, 0], "校");
    for key in 1..BURST as u64 {
        client.change(line, [key, key], "报");
    }
    let mut last = began;
    while let Some(message) = client.published(QUIET) {
        last = message.came;
    }
    ((last - began).as_secs_f64() * 1e3, client.publishes - before)
}

/// The value that `percent` of `times` do not exceed, in milliseconds.
fn share(times: &[Duration], percent: usize) -> f64 {
    let mut times = times.to_vec();
    times.sort();
    let last = times.len().saturating_sub(1);
    times.get(last * percent / 100).map_or(f64::NAN, |it| it.as_secs_f64() * 1e3)
}
