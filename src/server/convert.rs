//! Between the core's bytes and the protocol's lines and columns.

use std::ops::Range;
use std::path::PathBuf;

use crate::feature::folding::Fold;
use crate::feature::inlay::Hint;
use crate::rule::Severity;
use crate::text::{Edit, Encoding, Position, Positions, SplitCharacter, Text};

use super::lsp;

/// The position of `byte`.
pub(crate) fn position(text: &Text, byte: usize, encoding: Encoding) -> lsp::Position {
    let Position { line, column } = text.position(byte, encoding);
    lsp::Position::new(line, column)
}

/// The range of `bytes`.
pub(crate) fn range(text: &Text, bytes: Range<usize>, encoding: Encoding) -> lsp::Range {
    lsp::Range::new(position(text, bytes.start, encoding), position(text, bytes.end, encoding))
}

/// Ranges of one text, cheaper than one by one where they are asked for in order: the text is walked through once.
pub(crate) struct Ranges<'a>(Positions<'a>);

impl<'a> Ranges<'a> {
    /// Ranges of `text`.
    pub(crate) fn of(text: &'a Text, encoding: Encoding) -> Ranges<'a> {
        Ranges(text.positions(encoding))
    }

    /// The range of `bytes`, as [`range`] gives it.
    pub(crate) fn range(&mut self, bytes: Range<usize>) -> lsp::Range {
        let mut position = |byte| {
            let Position { line, column } = self.0.at(byte);
            lsp::Position::new(line, column)
        };
        lsp::Range::new(position(bytes.start), position(bytes.end))
    }
}

/// Hints behind dates, each a space away from them.
pub(crate) fn inlay_hints(text: &Text, hints: Vec<Hint>, encoding: Encoding) -> Vec<lsp::InlayHint> {
    let hint = |it: Hint| lsp::InlayHint {
        position: position(text, it.at, encoding),
        label: lsp::InlayHintLabel::String(it.label),
        kind: None,
        text_edits: None,
        tooltip: None,
        padding_left: Some(true),
        padding_right: None,
        data: None,
    };
    hints.into_iter().map(hint).collect()
}

/// The byte at `position`, or at the start of the character that it would cut: enough for a question, where an edit
/// must be refused ([`exact_bytes`]).
pub(crate) fn offset(text: &Text, position: lsp::Position, encoding: Encoding) -> usize {
    let position = Position { line: position.line, column: position.character };
    text.offset(position, encoding).unwrap_or_else(|it| it.start)
}

/// The bytes of `range`, its ends in order, for a question.
pub(crate) fn bytes(text: &Text, range: lsp::Range, encoding: Encoding) -> Range<usize> {
    let (start, end) = (offset(text, range.start, encoding), offset(text, range.end, encoding));
    start.min(end)..start.max(end)
}

/// The bytes of the range `from`–`to` of an edit.
///
/// # Errors
/// Where an end would cut a character.
pub(crate) fn exact_bytes(
    text: &Text,
    [from, to]: [Position; 2],
    encoding: Encoding,
) -> Result<Range<usize>, SplitCharacter> {
    Ok(text.offset(from, encoding)?..text.offset(to, encoding)?)
}

/// `edits` for the client.
pub(crate) fn text_edits(text: &Text, edits: &[Edit], encoding: Encoding) -> Vec<lsp::TextEdit> {
    let mut ranges = Ranges::of(text, encoding);
    let edit = |it: &Edit| lsp::TextEdit { range: ranges.range(it.range.clone()), new_text: it.text.clone() };
    edits.iter().map(edit).collect()
}

/// `folds` for the client, by whole lines, which every client can fold; no more than `limit`.
pub(crate) fn folding_ranges(folds: &[Fold], limit: usize) -> Vec<lsp::FoldingRange> {
    folds
        .iter()
        .take(limit)
        .map(|it| lsp::FoldingRange {
            start_line: it.start_line as u32,
            end_line: it.end_line as u32,
            ..lsp::FoldingRange::default()
        })
        .collect()
}

/// The protocol's word for `severity`.
pub(crate) fn severity(severity: Severity) -> lsp::DiagnosticSeverity {
    match severity {
        Severity::Error => lsp::DiagnosticSeverity::ERROR,
        Severity::Warning => lsp::DiagnosticSeverity::WARNING,
        Severity::Information => lsp::DiagnosticSeverity::INFORMATION,
        Severity::Hint => lsp::DiagnosticSeverity::HINT,
    }
}

/// `uri` as the protocol's types take it: what some clients leave bare (Chinese, spaces, brackets) is
/// percent-encoded.
pub(crate) fn encoded_uri(uri: &str) -> String {
    let mut encoded = String::with_capacity(uri.len());
    for byte in uri.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'%' => encoded.push(char::from(byte)),
            _ if b"-._~:/?#@!$&'()*+,;=".contains(&byte) => encoded.push(char::from(byte)),
            _ => encoded.push_str(&format!("%{byte:02X}")),
        }
    }
    encoded
}

/// The file that `uri` names; `None` for what is not on disk (`untitled:`, `git:`).
pub(crate) fn path(uri: &str) -> Option<PathBuf> {
    let uri: lsp::Uri = encoded_uri(uri).parse().ok()?;
    if !uri.scheme().as_str().eq_ignore_ascii_case("file") {
        return None;
    }
    Some(uri.to_file_path()?.into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bare_chinese_uri_names_its_file() {
        for uri in
            ["file:///pages/焦作 日报.txt", "file:///pages/%E7%84%A6%E4%BD%9C%20%E6%97%A5%E6%8A%A5.txt"]
        {
            assert_eq!(path(uri), Some(PathBuf::from("/pages/焦作 日报.txt")));
        }
        assert_eq!(path("untitled:Untitled-1"), None);
    }

    #[test]
    fn ranges_in_any_order_are_those_one_by_one() {
        let text = Text::new("周𬱖说\r\n\n一\r二\u{2028}𬱖");
        for encoding in [Encoding::Utf8, Encoding::Utf16, Encoding::Utf32] {
            let mut ranges = Ranges::of(&text, encoding);
            for end in (0..text.len() + 2).chain([3, 0, 99]) {
                assert_eq!(ranges.range(0..end), range(&text, 0..end, encoding), "{end}");
            }
        }
    }

    #[test]
    fn an_edit_through_a_surrogate_pair_is_refused() {
        let text = Text::new("周𬱖说");
        let at = |column| Position { line: 0, column };
        assert!(exact_bytes(&text, [at(1), at(2)], Encoding::Utf16).is_err());
        assert_eq!(exact_bytes(&text, [at(1), at(3)], Encoding::Utf16), Ok(3..7));
    }
}
