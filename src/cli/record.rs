//! The records that scripts read. Offsets are bytes of the UTF-8 text — those of the file itself, where it is
//! UTF-8 —, lines are 1-based, `range` is the LSP range in UTF-16.

use std::ops::Range;

use serde_json::{Value, json};

use super::document::Document;
use crate::rule::Finding;
use crate::text::{Encoding, Position};

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

    /// The record of one of its findings.
    pub(super) fn finding(&self, finding: &Finding) -> Value {
        let (start, end) = self.bytes_of(&finding.range);
        let fixes: Vec<Value> = finding
            .fixes
            .iter()
            .map(|fix| {
                let edits: Vec<Value> = fix
                    .edits
                    .iter()
                    .map(|it| {
                        let (start, end) = self.bytes_of(&it.range);
                        json!({"start": start, "end": end, "text": it.text})
                    })
                    .collect();
                json!({"title": fix.title, "edits": edits})
            })
            .collect();
        json!({
            "code": finding.rule.code,
            "severity": finding.severity.as_str(),
            "message": finding.message,
            "start": start,
            "end": end,
            "range": self.range(&finding.range),
            "fixes": fixes,
        })
    }

    /// The LSP range of the bytes `range` of the text.
    pub(super) fn range(&self, range: &Range<usize>) -> Value {
        let position = |byte: usize| {
            let Position { line, column } = self.analysis.text().position(byte, Encoding::Utf16);
            json!({"line": line, "character": column})
        };
        json!({"start": position(range.start), "end": position(range.end)})
    }
}
