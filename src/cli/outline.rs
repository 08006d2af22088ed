//! `jiaodui outline`: the page article by article.

use serde_json::{Value, json};

use super::args::{Format, Options};
use super::document::{Document, Reader, inputs};
use super::output::Output;
use super::{CLEAN, FAILED, say};
use crate::feature::outline::{Entry, EntryKind, outline};

/// Prints the outline of the file that is named.
pub(super) fn run(options: &Options, output: &mut Output) -> u8 {
    let Some(reader) = Reader::new(options, output) else { return FAILED };
    let inputs = inputs(&options.operands, options.locale);
    let document = match &inputs[..] {
        [input] => reader.read(input),
        _ => Err(say(options.locale, "请给一个文件".into(), "one file is wanted, not a folder".into())),
    };
    let document = match document {
        Ok(it) => it,
        Err(sentence) => {
            output.complain(&sentence);
            return FAILED;
        }
    };
    match options.format {
        Format::Text => output.print(&told(&document)),
        _ => {
            let entries = outline(&document.analysis);
            let entries: Vec<Value> = entries.iter().map(|it| record(&document, it)).collect();
            output.print(&(Value::Array(entries).to_string() + "\n"));
        }
    }
    if reader.complain(output) { FAILED } else { CLEAN }
}

/// The articles of `document` with what they hold, a line each.
pub(super) fn told(document: &Document) -> String {
    outline(&document.analysis).iter().map(|it| tree(document, it, 0)).collect()
}

/// The 1-based lines of `entry`.
fn lines(document: &Document, entry: &Entry) -> (usize, usize) {
    let last = entry.range.end.max(entry.range.start + 1) - 1;
    (document.line_of(entry.range.start), document.line_of(last))
}

/// `entry` and what it holds, each on a line of its own, indented by depth.
fn tree(document: &Document, entry: &Entry, depth: usize) -> String {
    let (start, end) = lines(document, entry);
    let detail = if entry.detail.is_empty() { String::new() } else { format!("  （{}）", entry.detail) };
    let place = if start == end { start.to_string() } else { format!("{start}–{end}") };
    let own = format!("{}{}{detail}  {place}\n", "  ".repeat(depth), entry.name);
    own + &entry.children.iter().map(|it| tree(document, it, depth + 1)).collect::<String>()
}

/// The record of `entry`.
fn record(document: &Document, entry: &Entry) -> Value {
    let (start_line, end_line) = lines(document, entry);
    let (start, end) = document.bytes_of(&entry.range);
    let kind = match entry.kind {
        EntryKind::Article => "article",
        EntryKind::Byline => "byline",
        EntryKind::Section => "section",
        EntryKind::Paragraph => "paragraph",
    };
    let children: Vec<Value> = entry.children.iter().map(|it| record(document, it)).collect();
    json!({
        "name": entry.name,
        "detail": entry.detail,
        "kind": kind,
        "start_line": start_line,
        "end_line": end_line,
        "start": start,
        "end": end,
        "range": document.range(&entry.range),
        "selection": document.range(&entry.selection),
        "children": children,
    })
}
