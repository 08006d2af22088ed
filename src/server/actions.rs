//! Code actions: quick fixes, accepting a finding, joining lines, fixing all.

use serde_json::{Value, json};

use crate::analysis::Analysis;
use crate::feature::fix::{self, Action, ActionKind};
use crate::feature::names;
use crate::rule::Finding;
use crate::text::Edit;

use super::analyst::Analysed;
use super::capabilities::{FIX_ALL, Session};
use super::{commands, convert, diagnostics, lsp};

/// What can be done at the request's range, and about the diagnostics that the client names: one that miscounts
/// columns names the right ones all the same.
pub(crate) fn offered(
    analysed: &Analysed,
    session: &Session,
    params: &lsp::CodeActionParams,
) -> Option<lsp::CodeActionResponse> {
    let analysis = analysed.analysis.as_ref()?;
    let only = params.context.only.as_deref();
    let automatic = params.context.trigger_kind == Some(lsp::CodeActionTriggerKind::AUTOMATIC);
    let uri = &params.text_document.uri;
    let range = convert::bytes(analysis.text(), params.range, session.encoding);

    let asked = |action: &ActionKind| {
        let kind = kind(action);
        match only {
            Some(only) => only.iter().any(|it| holds(it, &kind)),
            // What a client asks for at every move of the cursor is for the light bulb: faults alone light it.
            None => !automatic || kind == lsp::CodeActionKind::QUICKFIX,
        }
    };
    let mut actions = fix::actions(analysis, range.clone(), asked);
    for named in &params.context.diagnostics {
        let named_range = convert::bytes(analysis.text(), named.range, session.encoding);
        if named_range.start <= range.end && range.start <= named_range.end {
            continue;
        }
        let Some(lsp::NumberOrString::String(code)) = &named.code else { continue };
        let about = |it: &Finding| it.range == named_range && it.rule.code == code;
        let more = fix::actions(analysis, named_range.clone(), asked);
        actions.extend(more.into_iter().filter(|it| finding(&it.kind).is_some_and(about)));
    }

    let mut offered: Vec<lsp::CodeActionOrCommand> = Vec::with_capacity(actions.len());
    for action in actions {
        if !asked(&action.kind) {
            continue;
        }
        let kind = kind(&action.kind);
        let action = code_action(analysed, analysis, session, uri, action, kind);
        let action = match session.action_literals {
            true => Some(action.into()),
            false => commands::of_action(action).map(Into::into),
        };
        if let Some(action) = action.filter(|it| !offered.contains(it)) {
            offered.push(action);
        }
    }
    Some(offered)
}

/// `action`, of which the client kept all but the edit, with its edit.
pub(crate) fn resolved(
    analysed: &Analysed,
    session: &Session,
    mut action: lsp::CodeAction,
) -> lsp::CodeAction {
    let data = action.data.clone().unwrap_or_default();
    let uri = data["uri"].as_str().and_then(|it| it.parse::<lsp::Uri>().ok());
    let (Some(uri), Some(analysis)) = (uri, &analysed.analysis) else { return action };
    if data["result"] != analysed.result {
        return action;
    }
    let edits = match data["do"].as_str() {
        Some("fixAll") => mending(analysis),
        Some("joinDocument") => fix::join_lines(analysis, 0..analysis.text().len()),
        Some("fixRule") => analysis.safe_edits_of(|it| data["rule"] == it.rule.code),
        _ => return action,
    };
    action.edit = Some(workspace_edit(analysed, analysis, session, &uri, &edits));
    action
}

/// The edits that mend all that can be mended unseen, until nothing more changes.
pub(crate) fn mending(analysis: &Analysis) -> Vec<Edit> {
    analysis.mended().map_or_else(Vec::new, |it| it.0)
}

/// The edit of `edits` in the document at `uri`, tied to its version where the client can check that.
pub(crate) fn workspace_edit(
    analysed: &Analysed,
    analysis: &Analysis,
    session: &Session,
    uri: &lsp::Uri,
    edits: &[Edit],
) -> lsp::WorkspaceEdit {
    let edits = convert::text_edits(analysis.text(), edits, session.encoding);
    if session.document_changes {
        let edit = lsp::TextDocumentEdit {
            text_document: lsp::OptionalVersionedTextDocumentIdentifier {
                uri: uri.clone(),
                version: analysed.version,
            },
            edits: edits.into_iter().map(lsp::OneOf::Left).collect(),
        };
        lsp::WorkspaceEdit {
            document_changes: Some(lsp::DocumentChanges::Edits(vec![edit])),
            ..lsp::WorkspaceEdit::default()
        }
    } else {
        lsp::WorkspaceEdit {
            changes: Some([(uri.clone(), edits)].into_iter().collect()),
            ..lsp::WorkspaceEdit::default()
        }
    }
}

fn code_action(
    analysed: &Analysed,
    analysis: &Analysis,
    session: &Session,
    uri: &lsp::Uri,
    action: Action,
    kind: lsp::CodeActionKind,
) -> lsp::CodeAction {
    let diagnostics =
        finding(&action.kind).map(|it| vec![diagnostics::diagnostic(analysis, it, session.encoding)]);
    let mut offered = lsp::CodeAction {
        title: action.title,
        kind: Some(kind),
        diagnostics,
        is_preferred: action.preferred.then_some(true),
        ..lsp::CodeAction::default()
    };
    let later = later(&action.kind).filter(|_| session.resolves_edits);
    if let ActionKind::Ignore(finding) = &action.kind {
        offered.command = Some(commands::ignore(&offered.title, uri, finding));
    } else if let ActionKind::Define(finding, kind) = &action.kind {
        if let Some(named) = names::at(analysis, finding.range.start) {
            let name = named.mention.name(analysis.reading(named.paragraph).text());
            offered.command = Some(commands::define(&offered.title, uri, *kind, &name));
        }
    } else if let Some(mut data) = later {
        data["uri"] = uri.as_str().into();
        data["result"] = analysed.result.into();
        offered.data = Some(data);
    } else {
        let whole = fix::document_edits(analysis, &action.kind);
        let edits = if whole.is_empty() { action.edits } else { whole };
        offered.edit = Some(workspace_edit(analysed, analysis, session, uri, &edits));
    }
    offered
}

/// What must be known to make the edit later, for the actions on the whole document: their edits are long, and asked
/// for at each place the cursor comes to.
fn later(kind: &ActionKind) -> Option<Value> {
    match kind {
        ActionKind::FixAll => Some(json!({"do": "fixAll"})),
        ActionKind::JoinDocument => Some(json!({"do": "joinDocument"})),
        ActionKind::FixRule(finding) => Some(json!({"do": "fixRule", "rule": finding.rule.code})),
        ActionKind::QuickFix(_)
        | ActionKind::Ignore(_)
        | ActionKind::Define(..)
        | ActionKind::JoinParagraph => None,
    }
}

/// The finding that an action is about.
fn finding(kind: &ActionKind) -> Option<&Finding> {
    match kind {
        ActionKind::QuickFix(it)
        | ActionKind::Ignore(it)
        | ActionKind::Define(it, _)
        | ActionKind::FixRule(it) => Some(it),
        ActionKind::JoinParagraph | ActionKind::JoinDocument | ActionKind::FixAll => None,
    }
}

fn kind(action: &ActionKind) -> lsp::CodeActionKind {
    match action {
        ActionKind::QuickFix(_) | ActionKind::Ignore(_) | ActionKind::Define(..) | ActionKind::FixRule(_) => {
            lsp::CodeActionKind::QUICKFIX
        }
        ActionKind::JoinParagraph | ActionKind::JoinDocument => lsp::CodeActionKind::REFACTOR_REWRITE,
        ActionKind::FixAll => FIX_ALL,
    }
}

/// Whether `kind` is `asked` or one of its kinds: `source` holds `source.fixAll.jiaodui`.
fn holds(asked: &lsp::CodeActionKind, kind: &lsp::CodeActionKind) -> bool {
    let rest = kind.as_str().strip_prefix(asked.as_str());
    asked.as_str().is_empty() || rest.is_some_and(|it| it.is_empty() || it.starts_with('.'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_hold_their_kinds() {
        for (asked, held) in [
            ("source.fixAll.jiaodui", true),
            ("source.fixAll", true),
            ("source", true),
            ("", true),
            ("source.fix", false),
            ("source.organizeImports", false),
            ("source.fixAll.jiaodui.more", false),
        ] {
            assert_eq!(holds(&asked.into(), &FIX_ALL), held, "{asked}");
        }
    }
}
