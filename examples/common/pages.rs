//! Labelled pages: what `make_pages.py` writes (one JSON record a line), and hand-labelled tables.

use std::fs;
use std::io::{BufRead, BufReader};

use jiaodui::page::line::{self, Line};
use jiaodui::text::Text;
use serde_json::Value;

/// A page with its labels.
pub(crate) struct Labelled {
    /// Name of the page.
    pub(crate) id: String,
    /// What extracted it: `mutool`, `sim`, `seed` …
    pub(crate) tool: String,
    /// Its text.
    pub(crate) text: Text,
    /// Its lines.
    pub(crate) lines: Vec<Line>,
    /// For each line the label of the boundary after it; `ORDER` where no label can be right.
    pub(crate) labels: Vec<String>,
    /// For each line its role: `BODY`, `HEADLINE` …, or empty when unknown.
    pub(crate) roles: Vec<String>,
    /// For each line its flags: `CUTWORD`, `MISSINGBLANK` …
    pub(crate) flags: Vec<Vec<String>>,
    /// What the page was made from, where the record has it: the role and text of each paragraph, and its article.
    pub(crate) segments: Vec<(String, String, u64)>,
}

/// The lines of `text`.
pub(crate) fn lines_of(text: &Text) -> Vec<Line> {
    line::lines(&text.lines().collect::<Vec<_>>())
}

impl Labelled {
    /// A page whose labels are given by 1-based line number.
    pub(crate) fn of(id: &str, tool: &str, source: &str, rows: impl Iterator<Item = Row>) -> Labelled {
        let text = Text::new(source);
        let lines = lines_of(&text);
        let mut page = Labelled {
            id: id.to_owned(),
            tool: tool.to_owned(),
            labels: vec!["ORDER".to_owned(); lines.len()],
            roles: vec![String::new(); lines.len()],
            flags: vec![Vec::new(); lines.len()],
            segments: Vec::new(),
            text,
            lines,
        };
        for row in rows {
            if let Ok(at) = page.lines.binary_search_by_key(&(row.line - 1), |it| it.number) {
                page.labels[at] = row.label;
                page.roles[at] = row.role;
                page.flags[at] = row.flags;
            }
        }
        page
    }
}

/// The labels of one line.
pub(crate) struct Row {
    pub(crate) line: usize,
    pub(crate) label: String,
    pub(crate) role: String,
    pub(crate) flags: Vec<String>,
}

/// Reads labelled pages from `path`: a table (`.tsv`) or records (`.jsonl`).
pub(crate) fn load(path: &str) -> Vec<Labelled> {
    if path.ends_with(".tsv") {
        return vec![table(path)];
    }
    let file = fs::File::open(path).unwrap_or_else(|it| fail(path, &it));
    BufReader::new(file).lines().map(|it| record(&it.unwrap_or_else(|it| fail(path, &it)))).collect()
}

fn fail(path: &str, error: &dyn std::fmt::Display) -> ! {
    eprintln!("{path}: {error}");
    std::process::exit(2)
}

fn table(path: &str) -> Labelled {
    let table = fs::read_to_string(path).unwrap_or_else(|it| fail(path, &it));
    let rows: Vec<Vec<&str>> = table.lines().skip(1).map(|it| it.split('\t').collect()).collect();
    let source: Vec<&str> = rows.iter().map(|it| it.get(6).copied().unwrap_or("")).collect();
    let labels = rows.iter().filter(|it| it[1] != "-").map(|it| Row {
        line: it[0].parse().unwrap_or(1),
        label: it[1].to_owned(),
        role: it[3].to_owned(),
        flags: it[2].split(',').filter(|it| *it != "-").map(str::to_owned).collect(),
    });
    Labelled::of("seed", "seed", &source.join("\n"), labels)
}

fn record(json: &str) -> Labelled {
    let record: Value = serde_json::from_str(json).unwrap_or_else(|it| fail("record", &it));
    let string = |it: &Value| it.as_str().unwrap_or("").to_owned();
    let rows = record["lines"].as_array().into_iter().flatten().map(|it| Row {
        line: it["line"].as_u64().unwrap_or(1) as usize,
        label: string(&it["label"]),
        role: string(&it["role"]),
        flags: it["flags"].as_array().into_iter().flatten().map(string).collect(),
    });
    let text = record["text"].as_str().unwrap_or("");
    let mut page = Labelled::of(&string(&record["id"]), &string(&record["tool"]), text, rows);
    page.segments = record["segments"]
        .as_array()
        .into_iter()
        .flatten()
        .map(|it| (string(&it["kind"]), string(&it["text"]), it["article"].as_u64().unwrap_or(0)))
        .collect();
    page
}
