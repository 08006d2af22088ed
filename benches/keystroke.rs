//! What an editor waits for, over real standard input and output: start, first diagnostics, each key.
//!
//! `cargo bench --bench keystroke [-- PAGES…]` types into the middle of the seed page repeated PAGES times, and prints
//! one line for each. Times in milliseconds; a key is counted from the write of the edit to the arrival of its
//! diagnostics, memory is the server's peak.

#[path = "../tests/support/mod.rs"]
mod support;

use std::time::{Duration, Instant};

use serde_json::json;
use support::{Client, Start, range};

const PAGE: &str = include_str!("../seeds/jiaozuo-daily-2020-02.txt");
const URI: &str = "file:///pages/jiaozuo.txt";
const STARTS: usize = 10;
const KEYS: i64 = 200;

fn main() {
    let pages: Vec<usize> = std::env::args().skip(1).filter_map(|it| it.parse().ok()).collect();
    println!(
        "{:>6} {:>10} {:>10} {:>8} {:>8} {:>8} {:>8}",
        "pages", "initialize", "first", "key p50", "p95", "max", "MB"
    );
    for pages in if pages.is_empty() { vec![1, 10] } else { pages } {
        let text = PAGE.repeat(pages);
        let (initialize, first): (Vec<Duration>, Vec<Duration>) = (0..STARTS).map(|_| start(&text)).unzip();
        let (keys, memory) = keys(&text);
        println!(
            "{pages:>6} {:>10.1} {:>10.1} {:>8.2} {:>8.2} {:>8.2} {memory:>8.1}",
            share(initialize, 50),
            share(first, 50),
            share(keys.clone(), 50),
            share(keys.clone(), 95),
            share(keys, 100),
        );
    }
}

/// The time from the start of the process to the answer of `initialize`, and to the first diagnostics.
fn start(text: &str) -> (Duration, Duration) {
    let begun = Instant::now();
    let mut client = Client::start_with(&Start {
        params: json!({"capabilities": {"general": {"positionEncodings": ["utf-8"]}}}),
        ..Start::default()
    });
    let initialize = client.came - begun;
    client.open(URI, text);
    client.published(URI, 1);
    let first = client.came - begun;
    client.leave();
    (initialize, first)
}

/// Each key's time to its diagnostics, and the peak of memory in MB.
fn keys(text: &str) -> (Vec<Duration>, f64) {
    let mut client = Client::start(json!({"general": {"positionEncodings": ["utf-16"]}}));
    let found = client.diagnostics(URI, text);
    // Before a finding, so that each key moves it and is answered.
    let middle = text.lines().count() as u64 / 2;
    let line = found
        .iter()
        .filter_map(|it| {
            it["range"]["start"]["line"].as_u64().filter(|_| it["range"]["start"]["character"] != 0)
        })
        .min_by_key(|line| line.abs_diff(middle));
    let Some(line) = line else { return (Vec::new(), memory(client.process())) };
    let mut lines: Vec<String> = text.split('\n').map(String::from).collect();
    let typed: Vec<char> = "报纸校对".chars().collect();
    let keys = (0..KEYS).map(|key| {
        let char = typed[key as usize % typed.len()];
        let written = &mut lines[line as usize];
        let column = key as u32 % 4;
        let at = written.char_indices().nth(column as usize).map_or(written.len(), |it| it.0);
        written.insert(at, char);
        let text = lines.join("\n");
        let change = json!([{"range": range([line as u32, column], [line as u32, column]), "text": char}]);
        let begun = Instant::now();
        client.change(URI, key + 2, change, &text);
        client.published(URI, key + 2);
        client.came - begun
    });
    let keys = keys.collect();
    (keys, memory(client.process()))
}

/// The value that `percent` of `times` do not exceed, in milliseconds.
fn share(mut times: Vec<Duration>, percent: usize) -> f64 {
    times.sort();
    let last = times.len().saturating_sub(1);
    times.get(last * percent / 100).map_or(f64::NAN, |it| it.as_secs_f64() * 1e3)
}

/// The peak of a process's memory in MB, where the system tells.
fn memory(process: u32) -> f64 {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
    let peak = status.lines().find_map(|it| it.strip_prefix("VmHWM:"));
    let kilobytes = peak.and_then(|it| it.trim().trim_end_matches("kB").trim().parse::<f64>().ok());
    kilobytes.map_or(f64::NAN, |it| it / 1024.0)
}
