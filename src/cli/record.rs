//! The records that scripts read. Offsets are bytes of the UTF-8 text — those of the file itself, where it is
//! UTF-8 —, lines are 1-based, `range` is the LSP range in UTF-16.

use std::ops::Range;

use serde::Serialize;

use super::document::Document;
use crate::rule::{Finding, Fix};
use crate::text::{Edit, Encoding, Position};

impl Document {
    /// The bytes `range` of the text, as a record counts them.
    pub(super) fn bytes_of(&self, range: &Range<usize>) -> (usize, usize) {
        let mark = self.charset.utf8_mark();
        (range.start + mark, range.end + mark)
    }

    /// The 1-based line that holds byte `byte` of the text.
    pub(super) fn line_of(&self, byte: usize) -> usize {
        self.analysis.text().line_of(byte) + 1
    }

    /// The record of one of its findings, with the `path` of the document where records of several stand together.
    pub(super) fn finding<'a>(&self, finding: &'a Finding, path: Option<&'a str>) -> FindingRecord<'a> {
        let (start, end) = self.bytes_of(&finding.range);
        let edit = |it: &'a Edit| {
            let (start, end) = self.bytes_of(&it.range);
            EditRecord { start, end, text: &it.text }
        };
        let fix = |it: &'a Fix| FixRecord { title: &it.title, edits: it.edits.iter().map(edit).collect() };
        FindingRecord {
            path,
            code: finding.rule.code,
            severity: finding.severity.as_str(),
            message: &finding.message,
            start,
            end,
            range: self.range(&finding.range),
            fixes: finding.fixes.iter().map(fix).collect(),
        }
    }

    /// The LSP range of the bytes `range` of the text.
    pub(super) fn range(&self, range: &Range<usize>) -> RangeRecord {
        let position = |byte: usize| {
            let Position { line, column } = self.analysis.text().position(byte, Encoding::Utf16);
            PositionRecord { line, character: column }
        };
        RangeRecord { start: position(range.start), end: position(range.end) }
    }
}

/// A finding.
#[derive(Serialize)]
pub(super) struct FindingRecord<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    path: Option<&'a str>,
    code: &'static str,
    severity: &'static str,
    message: &'a str,
    start: usize,
    end: usize,
    range: RangeRecord,
    fixes: Vec<FixRecord<'a>>,
}

/// A fix of a finding.
#[derive(Serialize)]
struct FixRecord<'a> {
    title: &'a str,
    edits: Vec<EditRecord<'a>>,
}

/// An edit of a fix.
#[derive(Serialize)]
struct EditRecord<'a> {
    start: usize,
    end: usize,
    text: &'a str,
}

/// An LSP range.
#[derive(Serialize)]
pub(super) struct RangeRecord {
    start: PositionRecord,
    end: PositionRecord,
}

/// An LSP position.
#[derive(Serialize)]
struct PositionRecord {
    line: u32,
    character: u32,
}

/// A record as JSON.
pub(super) fn json(record: &impl Serialize) -> String {
    // Only keys that are no strings can fail.
    serde_json::to_string(record).unwrap_or_default()
}
