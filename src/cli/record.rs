//! The records that scripts read. Offsets are bytes of the UTF-8 text — those of the file itself, where it is
//! UTF-8 —, lines are 1-based, `range` is the LSP range in UTF-16.

use std::ops::Range;

use serde::Serialize;

use super::document::Document;
use crate::analysis::Placed;
use crate::rule::Fix;
use crate::text::{Edit, Encoding, Position, Positions};

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

    /// The LSP range of the bytes `range` of the text.
    pub(super) fn range(&self, range: &Range<usize>) -> RangeRecord {
        let position = |byte: usize| self.analysis.text().position(byte, Encoding::Utf16).into();
        RangeRecord { start: position(range.start), end: position(range.end) }
    }
}

/// Makes the records of findings of a document that are told in order.
pub(super) struct Findings<'a> {
    document: &'a Document,
    /// The name of the document, where records of several stand together.
    path: Option<&'a str>,
    starts: Positions<'a>,
    ends: Positions<'a>,
}

impl<'a> Findings<'a> {
    pub(super) fn of(document: &'a Document, path: Option<&'a str>) -> Findings<'a> {
        let [starts, ends] = [(); 2].map(|()| document.analysis.text().positions(Encoding::Utf16));
        Findings { document, path, starts, ends }
    }

    /// The record of `placed`.
    pub(super) fn record(&mut self, placed: &Placed<'a>) -> FindingRecord<'a> {
        let (document, finding) = (self.document, &**placed.finding);
        let edit = |it: &'a Edit| {
            let (start, end) = document.bytes_of(&placed.bytes(&it.range));
            EditRecord { start, end, text: &it.text }
        };
        let fix = |it: &'a Fix| FixRecord { title: &it.title, edits: it.edits.iter().map(edit).collect() };
        let range = placed.range();
        let (start, end) = document.bytes_of(&range);
        FindingRecord {
            path: self.path,
            code: finding.rule.code,
            severity: finding.severity.as_str(),
            message: &finding.message,
            start,
            end,
            range: RangeRecord {
                start: self.starts.at(range.start).into(),
                end: self.ends.at(range.end).into(),
            },
            fixes: finding.fixes.iter().map(fix).collect(),
        }
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

impl From<Position> for PositionRecord {
    fn from(Position { line, column }: Position) -> PositionRecord {
        PositionRecord { line, character: column }
    }
}

/// Writes a record as JSON.
pub(super) fn write(record: &impl Serialize, written: &mut Vec<u8>) {
    // Only keys that are no strings can fail.
    let _ = serde_json::to_writer(written, record);
}
