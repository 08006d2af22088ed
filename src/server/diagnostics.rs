//! Findings as the client is shown them.
//!
//! A key changes a few of some hundred findings. What was written of a paragraph is kept as long as nobody touched its
//! lines: where its findings stand in it, and all that is said of them but the number of the line.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use crate::analysis::{Analysis, Placed, Typing};
use crate::page::Joined;
use crate::rule::{Finding, Severity};
use crate::text::{Encoding, Text};

use super::analyst::Analysed;
use super::convert::{self, Ranges};
use super::lsp;

/// The name that our diagnostics carry.
pub(crate) const SOURCE: &str = "jiaodui";

/// A list of diagnostics, ready to be sent. Equal to another where the client is told the same.
#[derive(Debug, Default)]
pub(crate) struct Shown {
    /// A JSON array; nothing for an empty one.
    json: Vec<u8>,
    /// What the array holds, each with the line that its paragraph starts in, above the text where an
    /// edit took its start away; without the note at its end.
    entries: Vec<(i64, Entry)>,
    /// The note.
    note: Option<lsp::Diagnostic>,
    /// What was written of each paragraph, by the address of its text.
    paragraphs: HashMap<usize, Arc<Written>>,
}

/// What was written of one paragraph.
#[derive(Debug)]
struct Written {
    /// Keeps the address taken.
    text: Arc<Joined>,
    findings: Vec<(Arc<Finding>, Entry)>,
}

/// A diagnostic but the number of its line.
#[derive(Clone, Debug)]
struct Entry {
    /// Its ends: lines after the paragraph's first, and columns.
    ends: [(i64, u32); 2],
    /// What follows the range.
    rest: Arc<str>,
}

impl PartialEq for Shown {
    fn eq(&self, other: &Shown) -> bool {
        self.json == other.json
    }
}

impl Shown {
    /// All findings in the order of the text; or, where they are more than the settings allow, those around the last
    /// edit and the worst, and last a note that says how many are not shown. What `before` has of paragraphs that were
    /// left alone is kept.
    pub(crate) fn of(analysis: &Analysis, encoding: Encoding, before: Option<&Shown>) -> Shown {
        let limit = analysis.settings().limit();
        let mut placed = analysis.foremost(limit);
        let hidden = analysis.finding_count() - placed.len();
        let mut shown = Shown { json: Vec::with_capacity(256 * placed.len()), ..Shown::default() };
        let mut ranges = Ranges::of(analysis.text(), encoding);
        let mut entries: Vec<(Severity, i64, Entry)> = Vec::with_capacity(placed.len());
        placed.sort_by_key(|it| (it.paragraph, it.range().start, it.range().end));
        for own in placed.chunk_by(|one, two| one.paragraph == two.paragraph) {
            let text = analysis.text_of(own[0].paragraph);
            let line = analysis.line_of(own[0].paragraph) as i64;
            let address = Arc::as_ptr(text) as usize;
            let known = before.and_then(|it| it.paragraphs.get(&address));
            let same = |it: &&Arc<Written>| {
                Arc::ptr_eq(&it.text, text)
                    && it.findings.len() == own.len()
                    && it.findings.iter().zip(own).all(|it| Arc::ptr_eq(&it.0.0, it.1.finding))
            };
            let written = known.filter(same).cloned().unwrap_or_else(|| {
                let entry = |it: &Placed<'_>| (Arc::clone(it.finding), Entry::of(it, line, &mut ranges));
                Arc::new(Written { text: Arc::clone(text), findings: own.iter().map(entry).collect() })
            });
            entries.extend(written.findings.iter().map(|it| (it.0.severity, line, it.1.clone())));
            shown.paragraphs.insert(address, written);
        }
        if hidden > 0 {
            entries.sort_by_key(|it| it.0);
        }
        shown.entries.extend(entries.into_iter().map(|it| (it.1, it.2)));
        if hidden > 0 {
            let message = analysis.settings().locale.say(
                format_args!("另有 {hidden} 处未显示（设置 limit = {limit}）"),
                format_args!("{hidden} more are not shown (setting limit = {limit})"),
            );
            shown.note = Some(note(analysis.text(), message, encoding));
        }
        shown.write();
        shown
    }

    /// What to show of this list to one who sees `before` and types: see [`Typing::steadied`].
    pub(crate) fn steadied(&self, before: &Shown, typing: &Typing) -> Shown {
        let lines = |it: &(i64, Entry)| it.1.ends.map(|end| (it.0 + end.0).max(0) as usize);
        let moved = |it: &(i64, Entry), by: isize| (it.0 + by as i64, it.1.clone());
        let mut shown = Shown {
            entries: typing.steadied(&before.entries, &self.entries, lines, moved),
            note: self.note.clone(),
            paragraphs: self.paragraphs.clone(),
            ..Shown::default()
        };
        shown.write();
        shown
    }

    /// A word about the whole document and nothing else.
    pub(crate) fn note(text: &Text, message: String, encoding: Encoding) -> Shown {
        let mut shown = Shown { note: Some(note(text, message, encoding)), ..Shown::default() };
        shown.write();
        shown
    }

    /// Writes the array.
    fn write(&mut self) {
        for (line, entry) in &self.entries {
            entry.write(*line, &mut self.json);
        }
        if let Some(note) = self.note.clone() {
            self.add(&note);
        }
    }

    fn add(&mut self, diagnostic: &lsp::Diagnostic) {
        self.json.push(if self.json.is_empty() { b'[' } else { b',' });
        // Writing to memory does not fail, nor do these types.
        let _ = serde_json::to_writer(&mut self.json, diagnostic);
    }

    /// How many diagnostics there are, without the note.
    pub(crate) fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether nothing is shown.
    pub(crate) fn is_empty(&self) -> bool {
        self.json.is_empty()
    }

    /// The list as JSON, in two parts.
    pub(crate) fn json(&self) -> [&[u8]; 2] {
        if self.json.is_empty() { [b"[", b"]"] } else { [&self.json, b"]"] }
    }

    /// The list in the protocol's types.
    fn items(&self) -> Vec<lsp::Diagnostic> {
        serde_json::from_slice(&self.json().concat()).unwrap_or_default()
    }
}

impl Entry {
    /// A finding of a paragraph that starts in line `line`.
    fn of(placed: &Placed<'_>, line: i64, ranges: &mut Ranges<'_>) -> Entry {
        let diagnostic = shown(placed.finding, placed.range(), ranges);
        let ends = [diagnostic.range.start, diagnostic.range.end]
            .map(|it| (i64::from(it.line) - line, it.character));
        let whole = serde_json::to_string(&diagnostic).unwrap_or_default();
        // The range comes first, and holds the only braces before what follows it.
        let rest = whole.find("}},").map_or("}", |it| &whole[it + 2..]);
        Entry { ends, rest: rest.into() }
    }

    /// Writes it to the list `json`, the paragraph starting in line `line`.
    fn write(&self, line: i64, json: &mut Vec<u8>) {
        json.push(if json.is_empty() { b'[' } else { b',' });
        let mut number = |before: &str, it: i64| {
            json.extend_from_slice(before.as_bytes());
            let mut digits = [0; 20];
            let (mut at, mut it) = (digits.len(), it.max(0));
            loop {
                at -= 1;
                digits[at] = b'0' + (it % 10) as u8;
                it /= 10;
                if it == 0 {
                    break;
                }
            }
            json.extend_from_slice(&digits[at..]);
        };
        let [start, end] = self.ends.map(|it| (it.0 + line, i64::from(it.1)));
        number(r#"{"range":{"start":{"line":"#, start.0);
        number(r#","character":"#, start.1);
        number(r#"},"end":{"line":"#, end.0);
        number(r#","character":"#, end.1);
        json.extend_from_slice(b"}}");
        json.extend_from_slice(self.rest.as_bytes());
    }
}

/// A word about the whole document, on its first line.
fn note(text: &Text, message: String, encoding: Encoding) -> lsp::Diagnostic {
    lsp::Diagnostic {
        range: convert::range(text, text.line_range(0), encoding),
        severity: Some(lsp::DiagnosticSeverity::INFORMATION),
        source: Some(SOURCE.into()),
        message,
        ..lsp::Diagnostic::default()
    }
}

/// One finding.
pub(crate) fn diagnostic(analysis: &Analysis, finding: &Finding, encoding: Encoding) -> lsp::Diagnostic {
    shown(finding, finding.range.clone(), &mut Ranges::of(analysis.text(), encoding))
}

fn shown(finding: &Finding, range: Range<usize>, ranges: &mut Ranges<'_>) -> lsp::Diagnostic {
    lsp::Diagnostic {
        range: ranges.range(range),
        severity: Some(convert::severity(finding.severity)),
        code: Some(lsp::NumberOrString::String(finding.rule.code.into())),
        source: Some(SOURCE.into()),
        message: finding.message.clone(),
        ..lsp::Diagnostic::default()
    }
}

/// The answer to `textDocument/diagnostic` of a client that holds the list named `previous`.
pub(crate) fn report(
    analysed: Option<&Analysed>,
    previous: Option<&str>,
) -> lsp::DocumentDiagnosticReportResult {
    let result = analysed.map(|it| it.result.to_string());
    let report = match result {
        Some(result) if Some(&*result) == previous => {
            let unchanged = lsp::UnchangedDocumentDiagnosticReport { result_id: result };
            lsp::DocumentDiagnosticReport::Unchanged(lsp::RelatedUnchangedDocumentDiagnosticReport {
                related_documents: None,
                unchanged_document_diagnostic_report: unchanged,
            })
        }
        result_id => {
            let items = analysed.map(|it| it.diagnostics.items()).unwrap_or_default();
            lsp::DocumentDiagnosticReport::Full(lsp::RelatedFullDocumentDiagnosticReport {
                related_documents: None,
                full_document_diagnostic_report: lsp::FullDocumentDiagnosticReport { result_id, items },
            })
        }
    };
    lsp::DocumentDiagnosticReportResult::Report(report)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::page::Markup;
    use crate::settings::{OptValue, Settings};
    use crate::text::Edit;

    /// All that is shown, made without anything that was kept.
    fn plainly(analysis: &Analysis, encoding: Encoding) -> Vec<lsp::Diagnostic> {
        analysis.findings().iter().map(|it| diagnostic(analysis, it, encoding)).collect()
    }

    #[test]
    fn what_is_kept_says_what_would_be_written_anew() {
        let settings = Arc::new(Settings::default());
        let mut text = Text::new(include_str!("../../seeds/jiaozuo-daily-2020-02.txt"));
        for encoding in [Encoding::Utf8, Encoding::Utf16] {
            let mut analysis = Analysis::of(&text, Markup::Plain, &settings);
            let mut before = Shown::of(&analysis, encoding, None);
            assert_eq!(before.items(), plainly(&analysis, encoding));
            for (line, new) in [
                (40, "校"),
                (40, "\n"),
                (41, " "),
                (300, "\r"),
                (300, "\n𬱖"),
                (2, ""),
                (90, "\n\n"),
                (0, "\u{feff}"),
            ] {
                let at = text.line_range(line).start;
                text.apply(&Edit { range: at..at, text: new.into() });
                analysis = analysis.edited(&text, &settings, &|| false).expect("not stopped");
                let now = Shown::of(&analysis, encoding, Some(&before));
                let kept = now
                    .paragraphs
                    .iter()
                    .filter(|it| before.paragraphs.get(it.0).is_some_and(|old| Arc::ptr_eq(old, it.1)));
                assert!(kept.count() >= 40, "most paragraphs are left alone");
                assert_eq!(now.items(), plainly(&analysis, encoding), "line {line}, {new:?}");
                before = now;
            }
        }
    }

    #[test]
    fn a_finding_keeps_its_line_when_an_edit_takes_its_paragraphs_start_away() {
        let mut json = Vec::new();
        Entry { ends: [(4, 0), (4, 1)], rest: "}".into() }.write(-1, &mut json);
        let start = br#"[{"range":{"start":{"line":3,"character":0},"end":{"line":3,"character":1}}}"#;
        assert_eq!(json, start);
    }

    #[test]
    fn where_not_all_are_shown_the_last_says_so() {
        let mut settings = Settings::default();
        assert!(settings.set_value(None, "limit", OptValue::Number(Some(20))));
        let text = Text::new(include_str!("../../seeds/jiaozuo-daily-2020-02.txt"));
        let analysis = Analysis::of(&text, Markup::Plain, &Arc::new(settings));
        let shown = Shown::of(&analysis, Encoding::Utf16, None).items();
        assert_eq!(shown.len(), 21);
        assert!(shown[..20].is_sorted_by_key(|it| it.severity));
        assert!(shown[20].message.contains(&format!("{}", analysis.finding_count() - 20)));
        assert_eq!(Shown::default().items(), []);
    }
}
