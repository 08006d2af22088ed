//! Names for the client: where they stand, renaming, completion, symbols of the workspace, growing selections.

use tower_lsp::jsonrpc::{Error, Result};

use crate::analysis::Analysis;
use crate::entity::EntityKind;
use crate::feature::{completion, day_names, names, rename, selection};

use super::analyst::Analysed;
use super::capabilities::Session;
use super::{actions, convert, lsp};

/// The byte of a position.
fn byte(analysis: &Analysis, session: &Session, position: lsp::Position) -> usize {
    convert::offset(analysis.text(), position, session.encoding)
}

/// `textDocument/references`: all places of the name, but for the one that introduces it where the client wants none.
pub(super) fn references(
    analysed: &Analysed,
    session: &Session,
    params: &lsp::ReferenceParams,
) -> Option<Vec<lsp::Location>> {
    let analysis = analysed.analysis.as_ref()?;
    let position = &params.text_document_position;
    let places = names::references(analysis, byte(analysis, session, position.position))?;
    let wanted = |it: &names::Place| params.context.include_declaration || !it.introduces;
    let mut ranges = convert::Ranges::of(analysis.text(), session.encoding);
    let location =
        |it: names::Place| lsp::Location::new(position.text_document.uri.clone(), ranges.range(it.range));
    Some(places.into_iter().filter(wanted).map(location).collect())
}

/// `textDocument/documentHighlight`: the place that introduces a name counts as the one that writes it.
pub(super) fn highlights(
    analysed: &Analysed,
    session: &Session,
    position: lsp::Position,
) -> Option<Vec<lsp::DocumentHighlight>> {
    let analysis = analysed.analysis.as_ref()?;
    let places = names::references(analysis, byte(analysis, session, position))?;
    let mut ranges = convert::Ranges::of(analysis.text(), session.encoding);
    let highlight = |it: names::Place| lsp::DocumentHighlight {
        range: ranges.range(it.range),
        kind: Some(match it.introduces {
            true => lsp::DocumentHighlightKind::WRITE,
            false => lsp::DocumentHighlightKind::READ,
        }),
    };
    Some(places.into_iter().map(highlight).collect())
}

/// `textDocument/definition`: where the name is introduced.
pub(super) fn definition(
    analysed: &Analysed,
    session: &Session,
    place: &lsp::TextDocumentPositionParams,
) -> Option<lsp::GotoDefinitionResponse> {
    let analysis = analysed.analysis.as_ref()?;
    let range = names::definition(analysis, byte(analysis, session, place.position))?;
    let range = convert::range(analysis.text(), range, session.encoding);
    Some(lsp::Location::new(place.text_document.uri.clone(), range).into())
}

/// `textDocument/prepareRename`.
///
/// # Errors
/// The reason why nothing there can be renamed, for the client to show.
pub(super) fn prepare_rename(
    analysed: &Analysed,
    session: &Session,
    position: lsp::Position,
) -> Result<Option<lsp::PrepareRenameResponse>> {
    let Some(analysis) = &analysed.analysis else { return Ok(None) };
    let found = rename::prepare(analysis, byte(analysis, session, position)).map_err(refused)?;
    let range = convert::range(analysis.text(), found.range, session.encoding);
    Ok(Some(lsp::PrepareRenameResponse::RangeWithPlaceholder { range, placeholder: found.name }))
}

/// `textDocument/rename`.
///
/// # Errors
/// The reason why it cannot be renamed, for the client to show.
pub(super) fn rename(
    analysed: &Analysed,
    session: &Session,
    params: &lsp::RenameParams,
) -> Result<Option<lsp::WorkspaceEdit>> {
    let Some(analysis) = &analysed.analysis else { return Ok(None) };
    let position = &params.text_document_position;
    let byte = byte(analysis, session, position.position);
    let edits = rename::rename(analysis, byte, &params.new_name).map_err(refused)?;
    Ok(Some(actions::workspace_edit(analysed, analysis, session, &position.text_document.uri, &edits)))
}

/// A refusal that clients show as it is.
fn refused(reason: String) -> Error {
    Error { code: tower_lsp::jsonrpc::ErrorCode::ServerError(-32803), message: reason.into(), data: None }
}

/// The brackets that a day's second name stands in: typed, they ask for completion.
pub(super) const DAY_BRACKETS: &[&str] = &["（", "("];

/// `textDocument/completion`: the second names of a day in brackets, names from what stands before the cursor.
pub(super) fn completion(
    analysed: &Analysed,
    session: &Session,
    position: lsp::Position,
) -> Option<Vec<lsp::CompletionItem>> {
    let analysis = analysed.analysis.as_ref()?;
    let byte = byte(analysis, session, position);
    let days = day_names::day_names(analysis, byte);
    if !days.is_empty() {
        return Some(days.into_iter().enumerate().map(|it| day_item(analysis, session, it)).collect());
    }
    let candidates = completion::names(analysis, byte);
    let item = |(index, it): (usize, completion::Candidate)| lsp::CompletionItem {
        label: it.name.clone(),
        kind: Some(match it.kind {
            EntityKind::Person => lsp::CompletionItemKind::CLASS,
            EntityKind::Place => lsp::CompletionItemKind::MODULE,
            EntityKind::Organization => lsp::CompletionItemKind::INTERFACE,
            EntityKind::Work | EntityKind::Post => lsp::CompletionItemKind::TEXT,
        }),
        detail: Some(match it.times {
            0 => session.locale.say(format_args!("词典"), format_args!("dictionary")),
            times => session.locale.say(format_args!("本文 {times} 处"), format_args!("{times} here")),
        }),
        sort_text: Some(format!("{index:04}")),
        filter_text: Some(it.name.clone()),
        text_edit: Some(lsp::CompletionTextEdit::Edit(lsp::TextEdit {
            range: convert::range(analysis.text(), it.replaces, session.encoding),
            new_text: it.name,
        })),
        ..lsp::CompletionItem::default()
    };
    Some(candidates.into_iter().enumerate().map(item).collect())
}

/// A day's second name, the `index`th to be offered.
fn day_item(
    analysis: &Analysis,
    session: &Session,
    (index, it): (usize, day_names::DayName),
) -> lsp::CompletionItem {
    lsp::CompletionItem {
        label: it.name.clone(),
        kind: Some(lsp::CompletionItemKind::VALUE),
        detail: Some(it.date.to_string()),
        sort_text: Some(format!("{index:04}")),
        filter_text: Some(it.name.clone()),
        text_edit: Some(lsp::CompletionTextEdit::Edit(lsp::TextEdit {
            range: convert::range(analysis.text(), it.replaces, session.encoding),
            new_text: it.name + it.close,
        })),
        ..lsp::CompletionItem::default()
    }
}

/// Symbols of a document that one query gets at most.
const SYMBOLS: usize = 256;

/// `workspace/symbol` for one document: the names that hold the query.
#[expect(deprecated, reason = "the type has no other constructor; the field stays empty")]
pub(super) fn symbols(analysed: &Analysed, session: &Session, query: &str) -> Vec<lsp::SymbolInformation> {
    let uri = convert::encoded_uri(&analysed.uri).parse::<lsp::Uri>();
    let (Some(analysis), Ok(uri)) = (&analysed.analysis, uri) else { return Vec::new() };
    let symbol = |(entity, range): (&crate::entity::document::Entity, _)| lsp::SymbolInformation {
        name: entity.name.clone(),
        kind: match entity.kind {
            EntityKind::Person => lsp::SymbolKind::CLASS,
            EntityKind::Place => lsp::SymbolKind::NAMESPACE,
            EntityKind::Organization => lsp::SymbolKind::INTERFACE,
            EntityKind::Work | EntityKind::Post => lsp::SymbolKind::STRING,
        },
        tags: None,
        deprecated: None,
        location: lsp::Location::new(uri.clone(), convert::range(analysis.text(), range, session.encoding)),
        container_name: None,
    };
    names::matching(analysis, query).take(SYMBOLS).map(symbol).collect()
}

/// `textDocument/selectionRange`.
pub(super) fn selections(
    analysed: &Analysed,
    session: &Session,
    positions: &[lsp::Position],
) -> Option<Vec<lsp::SelectionRange>> {
    let analysis = analysed.analysis.as_ref()?;
    let selection = |position: &lsp::Position| {
        let at = byte(analysis, session, *position);
        let ranges = selection::around(analysis, at).into_iter().rev();
        let mut grown: Option<lsp::SelectionRange> = None;
        for range in ranges {
            let range = convert::range(analysis.text(), range, session.encoding);
            grown = Some(lsp::SelectionRange { range, parent: grown.map(Box::new) });
        }
        grown.unwrap_or(lsp::SelectionRange { range: lsp::Range::new(*position, *position), parent: None })
    };
    Some(positions.iter().map(selection).collect())
}
