//! Findings as the client is shown them.

use crate::analysis::Analysis;
use crate::rule::Finding;
use crate::text::Encoding;

use super::analyst::Analysed;
use super::convert::{self, Ranges};
use super::lsp;

/// The name that our diagnostics carry.
pub(crate) const SOURCE: &str = "jiaodui";

/// All findings in the order of the text; or, where they are more than the settings allow, the worst of them first,
/// and last a note that says how many are not shown.
pub(crate) fn list(analysis: &Analysis, encoding: Encoding) -> Vec<lsp::Diagnostic> {
    let findings = analysis.findings();
    let limit = analysis.settings().limit();
    if findings.len() <= limit {
        let mut ranges = Ranges::of(analysis.text(), encoding);
        return findings.iter().map(|it| shown(it, &mut ranges)).collect();
    }
    let mut worst: Vec<&Finding> = findings.iter().collect();
    worst.sort_by_key(|it| (it.severity, it.range.start));
    let mut list: Vec<lsp::Diagnostic> =
        worst[..limit].iter().map(|it| diagnostic(analysis, it, encoding)).collect();
    let hidden = findings.len() - limit;
    let message = analysis.settings().locale.say(
        format_args!("另有 {hidden} 处未显示（设置 limit = {limit}）"),
        format_args!("{hidden} more are not shown (setting limit = {limit})"),
    );
    let first_line = analysis.text().line_range(0);
    list.push(lsp::Diagnostic {
        range: convert::range(analysis.text(), first_line, encoding),
        severity: Some(lsp::DiagnosticSeverity::INFORMATION),
        source: Some(SOURCE.into()),
        message,
        ..lsp::Diagnostic::default()
    });
    list
}

/// One finding.
pub(crate) fn diagnostic(analysis: &Analysis, finding: &Finding, encoding: Encoding) -> lsp::Diagnostic {
    shown(finding, &mut Ranges::of(analysis.text(), encoding))
}

fn shown(finding: &Finding, ranges: &mut Ranges<'_>) -> lsp::Diagnostic {
    lsp::Diagnostic {
        range: ranges.range(finding.range.clone()),
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
