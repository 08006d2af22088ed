//! Counts what the rules find in clean text, where nearly all they find is wrong.
//!
//!     cargo run --release --example alarms -- [--every N] [--show RULE] TEXTS.jsonl…
//!
//! A file holds one JSON object a line: an article with its `title` and its paragraphs `paras`, which is read as its
//! headline and one paragraph a line, or a page with its `text`. `--every N` reads each Nth of them. All rules are
//! switched on; the table says which are so by default. `--show` prints the findings of a rule, or of `all`, each with the
//! words it stands in, to be looked at one by one.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::sync::Arc;

use jiaodui::analysis::Analysis;
use jiaodui::page::Markup;
use jiaodui::rule::Severity;
use jiaodui::rules;
use jiaodui::settings::Settings;
use jiaodui::text::Text;
use serde_json::Value;

fn main() {
    let (mut every, mut shown, mut files) = (1, None, Vec::new());
    let mut args = std::env::args().skip(1);
    while let Some(arg) = args.next() {
        match &*arg {
            "--every" => every = args.next().and_then(|it| it.parse().ok()).unwrap_or(1),
            "--show" => shown = args.next(),
            _ => files.push(arg),
        }
    }
    let mut settings = Settings::default();
    for rule in rules::ALL {
        settings.set_severity(rule, Some(settings.severity(rule).unwrap_or(Severity::Hint)));
    }
    let settings = Arc::new(settings);
    let (mut texts, mut characters) = (0_usize, 0_usize);
    let mut found: BTreeMap<&str, usize> = BTreeMap::new();
    for file in &files {
        let lines = BufReader::new(File::open(file).unwrap_or_else(|it| panic!("{file}: {it}"))).lines();
        for line in lines.step_by(every) {
            let text = text(&serde_json::from_str(&line.expect("UTF-8")).expect("JSON"));
            texts += 1;
            characters += text.chars().filter(|it| !it.is_whitespace()).count();
            let analysis = Analysis::of(&Text::new(&text), Markup::Plain, &settings);
            for finding in analysis.findings() {
                *found.entry(finding.rule.code).or_default() += 1;
                let wanted = shown.as_deref().is_some_and(|it| it == finding.rule.code || it == "all");
                if wanted {
                    println!("{}\t{}\t{}", finding.rule.code, finding.words, finding.message);
                }
            }
        }
    }
    let per = |count: usize| 100_000.0 * count as f64 / characters.max(1) as f64;
    println!("{texts} texts, {characters} characters\n");
    println!("| rule | default | findings | per 100,000 characters |\n|---|---|---|---|");
    let mut total = 0;
    for rule in rules::ALL {
        let count = found.get(rule.code).copied().unwrap_or(0);
        total += if rule.severity.is_some() { count } else { 0 };
        let default = rule.severity.map_or("off", Severity::as_str);
        println!("| {} | {default} | {count} | {:.2} |", rule.code, per(count));
    }
    println!("| all that are on by default | | {total} | {:.2} |", per(total));
}

/// An article as a headline and one paragraph a line, or a page as it is.
fn text(record: &Value) -> String {
    if let Some(text) = record["text"].as_str() {
        return text.to_owned();
    }
    let paragraphs = record["paras"].as_array().map_or(&[][..], Vec::as_slice);
    let paragraphs: Vec<&str> = paragraphs.iter().filter_map(Value::as_str).collect();
    format!("{}\n\n{}\n", record["title"].as_str().unwrap_or_default(), paragraphs.join("\n"))
}
