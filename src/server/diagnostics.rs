//! Findings as the client is shown them.
//!
//! A key changes a few of some hundred findings. What was written of a paragraph is kept as long as nobody touches its
//! lines; only the numbers of its lines are written anew where they have changed.

use std::ops::Range;
use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::analysis::{Analysis, Chosen, Kept, Placed, Typing};
use crate::list::Counts;
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
    /// What is on it, in the order that it is sent in, without the note at its end.
    entries: Vec<Arc<Entry>>,
    /// The note as JSON.
    note: Option<Box<str>>,
    /// What was written of each paragraph, by the address of its text: paragraphs that say the same may share what was
    /// found in them.
    paragraphs: FxHashMap<usize, Arc<Written>>,
}

/// What was written of one paragraph.
#[derive(Debug)]
struct Written {
    /// What was found in it, of which so many; and its text, on which the columns depend.
    found: Kept,
    counts: Counts,
    text: Arc<Joined>,
    entries: Vec<(Severity, Arc<Entry>)>,
}

/// A diagnostic.
#[derive(Clone, Debug)]
struct Entry {
    /// The line that its paragraph starts in, above the text where an edit took its start away.
    line: i64,
    /// Its ends: lines after the paragraph's first, and columns.
    ends: [(i64, u32); 2],
    /// The whole of it as JSON, and where in that the range has ended.
    json: Box<str>,
    rest: usize,
}

impl PartialEq for Shown {
    fn eq(&self, other: &Shown) -> bool {
        let same = |(one, two): (&Arc<Entry>, &Arc<Entry>)| Arc::ptr_eq(one, two) || one.json == two.json;
        self.entries.len() == other.entries.len()
            && self.note == other.note
            && self.entries.iter().zip(&other.entries).all(same)
    }
}

impl Shown {
    /// All findings in the order of the text; or, where they are more than the settings allow, those around the last
    /// edit and the worst, and last a note that says how many are not shown. What `before` has of paragraphs that were
    /// left alone is kept.
    pub(crate) fn of(analysis: &Analysis, encoding: Encoding, before: Option<&Shown>) -> Shown {
        let limit = analysis.settings().limit();
        let chosen = analysis.chosen(limit);
        let count: usize = chosen.iter().flat_map(|it| it.counts).map(|it| it as usize).sum();
        let hidden = analysis.finding_count() - count;
        let mut shown = Shown::default();
        shown.paragraphs.reserve(chosen.len());
        let mut ranges = Ranges::of(analysis.text(), encoding);
        let mut entries: [Vec<Arc<Entry>>; Severity::ALL.len()] = Default::default();
        for own in chosen {
            let address = Arc::as_ptr(own.text) as usize;
            let line = own.line as i64;
            let known = before.and_then(|it| it.paragraphs.get(&address)).filter(|it| it.is_of(&own));
            let written = match known {
                Some(written) => Written::on(written, line),
                None => {
                    let entry =
                        |it: Placed<'_>| (it.finding.severity, Entry::of(&it, line, &mut ranges).into());
                    let entries = own.findings().map(entry).collect();
                    let (found, counts, text) = (own.found, own.counts, Arc::clone(own.text));
                    Arc::new(Written { found, counts, text, entries })
                }
            };
            for (severity, entry) in &written.entries {
                let list = if hidden > 0 { *severity as usize } else { 0 };
                entries[list].push(Arc::clone(entry));
            }
            shown.paragraphs.insert(address, written);
        }
        shown.entries = entries.into_iter().flatten().collect();
        if hidden > 0 {
            let message = analysis.settings().locale.say(
                format_args!("另有 {hidden} 处未显示（设置 limit = {limit}）"),
                format_args!("{hidden} more are not shown (setting limit = {limit})"),
            );
            shown.note = Some(note(analysis.text(), message, encoding));
        }
        shown
    }

    /// What to show of this list to one who sees `before` and types: see [`Typing::steadied`]. `None` where that is all of
    /// it, as where the typing has come to another part of a text of which not all is shown.
    pub(crate) fn steadied(&self, before: &Shown, typing: &Typing) -> Option<Shown> {
        let lines = |it: &Arc<Entry>| it.ends.map(|end| (it.line + end.0).max(0) as usize);
        let beside = |shown: &Shown, old| shown.entries.iter().any(|it| typing.is_beside(lines(it), old));
        if before.note.is_some() && !beside(before, true) && beside(self, false) {
            return None;
        }
        let moved = |it: &Arc<Entry>, by: isize| Entry::on(it, it.line + by as i64);
        let entries = typing.steadied(&before.entries, &self.entries, lines, moved);
        let shown = Shown { entries, note: self.note.clone(), paragraphs: self.paragraphs.clone() };
        Some(shown).filter(|it| it != self)
    }

    /// A word about the whole document and nothing else.
    pub(crate) fn note(text: &Text, message: String, encoding: Encoding) -> Shown {
        Shown { note: Some(note(text, message, encoding)), ..Shown::default() }
    }

    /// How many diagnostics there are, without the note.
    pub(crate) fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether nothing is shown.
    pub(crate) fn is_empty(&self) -> bool {
        self.entries.is_empty() && self.note.is_none()
    }

    /// All that is shown, each as JSON.
    fn parts(&self) -> impl Iterator<Item = &str> {
        self.entries.iter().map(|it| &*it.json).chain(self.note.as_deref())
    }

    /// Bytes of the list as a JSON array.
    pub(crate) fn json_len(&self) -> usize {
        let commas = (self.len() + usize::from(self.note.is_some())).saturating_sub(1);
        self.parts().map(str::len).sum::<usize>() + commas + 2
    }

    /// Adds the list as a JSON array to `json`.
    pub(crate) fn write_json(&self, json: &mut Vec<u8>) {
        json.push(b'[');
        for (at, part) in self.parts().enumerate() {
            if at > 0 {
                json.push(b',');
            }
            json.extend_from_slice(part.as_bytes());
        }
        json.push(b']');
    }

    /// The list in the protocol's types.
    fn items(&self) -> Vec<lsp::Diagnostic> {
        self.parts().filter_map(|it| serde_json::from_str(it).ok()).collect()
    }
}

impl Written {
    /// Whether this would be written of `chosen`, but for the numbers of lines.
    fn is_of(&self, chosen: &Chosen<'_>) -> bool {
        self.found == chosen.found && self.counts == chosen.counts && Arc::ptr_eq(&self.text, chosen.text)
    }

    /// What was written, the paragraph starting in line `line`.
    fn on(written: &Arc<Written>, line: i64) -> Arc<Written> {
        if written.entries.iter().all(|it| it.1.line == line) {
            return Arc::clone(written);
        }
        let entries = written.entries.iter().map(|it| (it.0, Entry::on(&it.1, line))).collect();
        let (found, text) = (written.found.clone(), Arc::clone(&written.text));
        Arc::new(Written { found, counts: written.counts, text, entries })
    }
}

impl Entry {
    /// A finding of a paragraph that starts in line `line`.
    fn of(placed: &Placed<'_>, line: i64, ranges: &mut Ranges<'_>) -> Entry {
        let diagnostic = shown(placed.finding, placed.range(), ranges);
        let ends = [diagnostic.range.start, diagnostic.range.end]
            .map(|it| (i64::from(it.line) - line, it.character));
        let json = serde_json::to_string(&diagnostic).unwrap_or_default().into_boxed_str();
        // The range comes first, and holds the only braces before what follows it.
        let rest = json.find("}},").map_or(json.len(), |it| it + 2);
        Entry { line, ends, json, rest }
    }

    /// The same where its paragraph starts in line `line`.
    fn on(entry: &Arc<Entry>, line: i64) -> Arc<Entry> {
        if entry.line == line {
            return Arc::clone(entry);
        }
        let [(start, from), (end, to)] = entry.ends.map(|it| ((it.0 + line).max(0), it.1));
        let range = format!(
            r#"{{"range":{{"start":{{"line":{start},"character":{from}}},"end":{{"line":{end},"character":{to}}}}}"#
        );
        let json = [&range, &entry.json[entry.rest..]].concat().into_boxed_str();
        Arc::new(Entry { line, ends: entry.ends, json, rest: range.len() })
    }
}

/// A word about the whole document, on its first line, as JSON.
fn note(text: &Text, message: String, encoding: Encoding) -> Box<str> {
    let note = lsp::Diagnostic {
        range: convert::range(text, text.line_range(0), encoding),
        severity: Some(lsp::DiagnosticSeverity::INFORMATION),
        source: Some(SOURCE.into()),
        message,
        ..lsp::Diagnostic::default()
    };
    // These types do not fail.
    serde_json::to_string(&note).unwrap_or_default().into_boxed_str()
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
                let same = |it: &Written, old: &Arc<Written>| {
                    it.found == old.found && it.counts == old.counts && Arc::ptr_eq(&it.text, &old.text)
                };
                let kept = now
                    .paragraphs
                    .iter()
                    .filter(|(address, it)| before.paragraphs.get(address).is_some_and(|old| same(it, old)));
                assert!(kept.count() >= 40, "most paragraphs are left alone");
                assert_eq!(now.items(), plainly(&analysis, encoding), "line {line}, {new:?}");
                before = now;
            }
        }
    }

    #[test]
    fn of_a_page_that_stands_there_twice_both_are_kept() {
        let settings = Arc::new(Settings::default());
        let page = include_str!("../../seeds/jiaozuo-daily-2020-02.txt");
        let once = Analysis::of(&Text::new(page), Markup::Plain, &settings);
        let mut text = Text::new(&format!("校\n\n{page}\n\n{page}\n\n校"));
        let twice = once.edited(&text, &settings, &|| false).expect("not stopped");
        let before = Shown::of(&twice, Encoding::Utf16, None);
        let at = text.line_range(40).start;
        text.apply(&Edit { range: at..at, text: "校".into() });
        let after = twice.edited(&text, &settings, &|| false).expect("not stopped");
        let now = Shown::of(&after, Encoding::Utf16, Some(&before));
        let kept = |it: &&Arc<Entry>| before.entries.iter().any(|old| Arc::ptr_eq(old, it));
        assert!(now.entries.iter().filter(kept).count() + 40 >= now.len());
        assert_eq!(now.items(), plainly(&after, Encoding::Utf16));
    }

    #[test]
    fn a_finding_keeps_its_line_when_an_edit_takes_its_paragraphs_start_away() {
        let range = |line| {
            let end = |character| format!(r#"{{"line":{line},"character":{character}}}"#);
            format!(r#"{{"range":{{"start":{},"end":{}}},"severity":2}}"#, end(0), end(1))
        };
        let json = range(7).into_boxed_str();
        let rest = json.find(",\"severity").expect("it follows the range");
        let entry = Arc::new(Entry { line: 3, ends: [(4, 0), (4, 1)], json, rest });
        for line in [-1, 3, 120] {
            assert_eq!(*Entry::on(&entry, line).json, range(line + 4));
        }
    }

    #[test]
    fn a_list_is_as_long_as_it_says() {
        let text = Text::new("在 2月\n30日，在的的。\n");
        let analysis = Analysis::of(&text, Markup::Plain, &Arc::default());
        let word = || Shown::note(&text, "太长".into(), Encoding::Utf8);
        let findings = || Shown::of(&analysis, Encoding::Utf8, None);
        assert!(findings().len() > 1);
        for shown in [Shown::default(), word(), findings(), Shown { note: word().note, ..findings() }] {
            let mut json = Vec::new();
            shown.write_json(&mut json);
            assert_eq!(json.len(), shown.json_len());
            let items: Vec<lsp::Diagnostic> = serde_json::from_slice(&json).expect("an array");
            assert_eq!(items, shown.items());
        }
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
