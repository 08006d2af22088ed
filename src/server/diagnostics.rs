//! Findings as the client is shown them.

use std::ops::Range;

use crate::analysis::Analysis;
use crate::rule::Finding;
use crate::text::{Encoding, Text};

use super::analyst::Analysed;
use super::convert::{self, Ranges};
use super::lsp;

/// The name that our diagnostics carry.
pub(crate) const SOURCE: &str = "jiaodui";

/// All findings in the order of the text; or, where they are more than the settings allow, those around the last edit
/// and the worst, and last a note that says how many are not shown.
pub(crate) fn list(analysis: &Analysis, encoding: Encoding) -> Vec<lsp::Diagnostic> {
    let limit = analysis.settings().limit();
    let shown_findings = analysis.foremost(limit);
    let hidden = analysis.finding_count() - shown_findings.len();
    let mut ranges = Ranges::of(analysis.text(), encoding);
    let mut list: Vec<lsp::Diagnostic> =
        shown_findings.iter().map(|it| shown(it.finding, it.range(), &mut ranges)).collect();
    if hidden == 0 {
        return list;
    }
    list.sort_by_key(|it| it.severity);
    let message = analysis.settings().locale.say(
        format_args!("另有 {hidden} 处未显示（设置 limit = {limit}）"),
        format_args!("{hidden} more are not shown (setting limit = {limit})"),
    );
    list.push(note(analysis.text(), message, encoding));
    list
}

/// A word about the whole document, on its first line.
pub(crate) fn note(text: &Text, message: String, encoding: Encoding) -> lsp::Diagnostic {
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
            let items = analysed.map(|it| it.diagnostics.clone()).unwrap_or_default();
            lsp::DocumentDiagnosticReport::Full(lsp::RelatedFullDocumentDiagnosticReport {
                related_documents: None,
                full_document_diagnostic_report: lsp::FullDocumentDiagnosticReport { result_id, items },
            })
        }
    };
    lsp::DocumentDiagnosticReportResult::Report(report)
}
