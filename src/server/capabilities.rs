//! What the client can do, and what it is therefore offered.
//!
//! Read from the raw message, key by key: an unknown, misspelt or ill-typed capability counts as absent and never
//! keeps a client out.

use std::path::PathBuf;

use serde_json::Value;

use crate::settings::Locale;
use crate::text::Encoding;

use super::{commands, convert, lsp, names, tokens};

/// The kind of *fix all*.
pub(crate) const FIX_ALL: lsp::CodeActionKind = lsp::CodeActionKind::new("source.fixAll.jiaodui");

/// What was settled with the client when it said `initialize`.
#[derive(Debug)]
pub(crate) struct Session {
    /// The unit of columns.
    pub(crate) encoding: Encoding,
    /// The language of messages.
    pub(crate) locale: Locale,
    /// Whether the client asks for diagnostics; else they are published. Never both.
    pub(crate) pulls: bool,
    /// Whether it asks again when told to.
    pub(crate) refreshes: bool,
    /// Whether hovers may be Markdown; else they are plain text.
    pub(crate) hover_markdown: bool,
    /// Whether an outline may be nested; else it is a flat list.
    pub(crate) nested_symbols: bool,
    /// Whether it asks what can be renamed before it renames.
    pub(crate) prepares_rename: bool,
    /// Folds that it takes at most.
    pub(crate) fold_limit: usize,
    /// Whether edits may name the version that they are for.
    pub(crate) document_changes: bool,
    /// Whether actions may be more than commands.
    pub(crate) action_literals: bool,
    /// Whether the edit of an action may be asked for later.
    pub(crate) resolves_edits: bool,
    /// Whether it can be asked for settings.
    pub(crate) answers_configuration: bool,
    /// Whether it takes a registration for changes of settings.
    pub(crate) registers_configuration: bool,
    /// Whether it watches files for us.
    pub(crate) watches_files: bool,
    /// Whether it shows how far something long has come.
    pub(crate) shows_progress: bool,
    /// `initializationOptions`.
    pub(crate) options: Value,
    /// The workspace, if there is one.
    pub(crate) root: Option<PathBuf>,
    /// The client's process.
    pub(crate) process: Option<u32>,
}

impl Session {
    /// What the `params` of `initialize` say.
    pub(crate) fn of(params: &Value) -> Session {
        let can = |path: &str| params["capabilities"].pointer(path);
        let says = |path: &str| can(path).and_then(Value::as_bool).unwrap_or(false);
        let names = |path: &str, word: &str| {
            can(path).and_then(Value::as_array).is_some_and(|it| it.iter().any(|it| it == word))
        };
        Session {
            encoding: encoding(can("/general/positionEncodings")),
            locale: params["locale"].as_str().map(Locale::of_tag).unwrap_or_default(),
            pulls: can("/textDocument/diagnostic").is_some_and(Value::is_object),
            refreshes: says("/workspace/diagnostics/refreshSupport"),
            hover_markdown: can("/textDocument/hover/contentFormat/0").is_some_and(|it| it == "markdown"),
            nested_symbols: says("/textDocument/documentSymbol/hierarchicalDocumentSymbolSupport"),
            prepares_rename: says("/textDocument/rename/prepareSupport"),
            fold_limit: can("/textDocument/foldingRange/rangeLimit")
                .and_then(Value::as_u64)
                .map_or(usize::MAX, |it| it as usize),
            document_changes: says("/workspace/workspaceEdit/documentChanges"),
            action_literals: can("/textDocument/codeAction/codeActionLiteralSupport")
                .is_some_and(Value::is_object),
            resolves_edits: names("/textDocument/codeAction/resolveSupport/properties", "edit")
                && says("/textDocument/codeAction/dataSupport"),
            answers_configuration: says("/workspace/configuration"),
            registers_configuration: says("/workspace/didChangeConfiguration/dynamicRegistration"),
            watches_files: says("/workspace/didChangeWatchedFiles/dynamicRegistration"),
            shows_progress: says("/window/workDoneProgress"),
            options: params["initializationOptions"].clone(),
            root: root(params),
            process: params["processId"].as_u64().and_then(|it| u32::try_from(it).ok()),
        }
    }

    /// What the client is offered.
    pub(crate) fn capabilities(&self) -> lsp::ServerCapabilities {
        let sync = lsp::TextDocumentSyncOptions {
            open_close: Some(true),
            change: Some(lsp::TextDocumentSyncKind::INCREMENTAL),
            save: Some(lsp::TextDocumentSyncSaveOptions::SaveOptions(lsp::SaveOptions {
                include_text: Some(false),
            })),
            ..lsp::TextDocumentSyncOptions::default()
        };
        let actions = lsp::CodeActionOptions {
            code_action_kinds: Some(vec![
                lsp::CodeActionKind::QUICKFIX,
                FIX_ALL,
                lsp::CodeActionKind::REFACTOR_REWRITE,
            ]),
            resolve_provider: self.resolves_edits.then_some(true),
            ..lsp::CodeActionOptions::default()
        };
        let folders = lsp::WorkspaceFoldersServerCapabilities {
            supported: Some(true),
            change_notifications: Some(lsp::OneOf::Left(false)),
        };
        lsp::ServerCapabilities {
            position_encoding: Some(match self.encoding {
                Encoding::Utf8 => lsp::PositionEncodingKind::UTF8,
                Encoding::Utf16 => lsp::PositionEncodingKind::UTF16,
                Encoding::Utf32 => lsp::PositionEncodingKind::UTF32,
            }),
            text_document_sync: Some(lsp::TextDocumentSyncCapability::Options(sync)),
            hover_provider: Some(lsp::HoverProviderCapability::Simple(true)),
            references_provider: Some(lsp::OneOf::Left(true)),
            document_highlight_provider: Some(lsp::OneOf::Left(true)),
            definition_provider: Some(lsp::OneOf::Left(true)),
            rename_provider: Some(match self.prepares_rename {
                true => lsp::OneOf::Right(lsp::RenameOptions {
                    prepare_provider: Some(true),
                    work_done_progress_options: lsp::WorkDoneProgressOptions::default(),
                }),
                false => lsp::OneOf::Left(true),
            }),
            completion_provider: Some(lsp::CompletionOptions {
                trigger_characters: Some(names::DAY_BRACKETS.iter().map(|it| (*it).into()).collect()),
                ..lsp::CompletionOptions::default()
            }),
            semantic_tokens_provider: Some(tokens::options().into()),
            selection_range_provider: Some(lsp::SelectionRangeProviderCapability::Simple(true)),
            workspace_symbol_provider: Some(lsp::OneOf::Left(true)),
            document_symbol_provider: Some(lsp::OneOf::Left(true)),
            folding_range_provider: Some(lsp::FoldingRangeProviderCapability::Simple(true)),
            code_action_provider: Some(match self.action_literals {
                true => lsp::CodeActionProviderCapability::Options(actions),
                false => lsp::CodeActionProviderCapability::Simple(true),
            }),
            inlay_hint_provider: Some(lsp::OneOf::Left(true)),
            document_formatting_provider: Some(lsp::OneOf::Left(true)),
            document_range_formatting_provider: Some(lsp::OneOf::Left(true)),
            execute_command_provider: Some(lsp::ExecuteCommandOptions {
                commands: commands::ALL.iter().map(|it| (*it).into()).collect(),
                ..lsp::ExecuteCommandOptions::default()
            }),
            diagnostic_provider: self.pulls.then(|| {
                lsp::DiagnosticServerCapabilities::Options(lsp::DiagnosticOptions {
                    identifier: Some("jiaodui".into()),
                    ..lsp::DiagnosticOptions::default()
                })
            }),
            workspace: Some(lsp::WorkspaceServerCapabilities {
                workspace_folders: Some(folders),
                file_operations: None,
            }),
            ..lsp::ServerCapabilities::default()
        }
    }
}

/// UTF-8, which costs us nothing, if the client offers it; else the first that it offers and we know; UTF-16 for a
/// client that offers none (LSP 3.17, PositionEncodingKind).
fn encoding(offered: Option<&Value>) -> Encoding {
    let known = |it: &Value| match it.as_str()? {
        "utf-8" => Some(Encoding::Utf8),
        "utf-16" => Some(Encoding::Utf16),
        "utf-32" => Some(Encoding::Utf32),
        _ => None,
    };
    let offered: Vec<Encoding> =
        offered.and_then(Value::as_array).into_iter().flatten().filter_map(known).collect();
    match offered.contains(&Encoding::Utf8) {
        true => Encoding::Utf8,
        false => offered.first().copied().unwrap_or(Encoding::Utf16),
    }
}

/// The first workspace folder, or the older ways to name one.
fn root(params: &Value) -> Option<PathBuf> {
    let uri = params.pointer("/workspaceFolders/0/uri").or_else(|| params.get("rootUri"));
    let of_uri = uri.and_then(Value::as_str).and_then(convert::path);
    of_uri.or_else(|| params["rootPath"].as_str().map(PathBuf::from))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn offered(encodings: Value) -> Encoding {
        Session::of(&json!({"capabilities": {"general": {"positionEncodings": encodings}}})).encoding
    }

    #[test]
    fn prefers_bytes_and_else_what_the_client_prefers() {
        assert_eq!(offered(json!(["utf-16", "utf-8"])), Encoding::Utf8);
        assert_eq!(offered(json!(["utf-32", "utf-16"])), Encoding::Utf32);
        assert_eq!(offered(json!(["utf-7"])), Encoding::Utf16);
        assert_eq!(Session::of(&json!({})).encoding, Encoding::Utf16);
    }

    #[test]
    fn ill_typed_capabilities_count_as_absent() {
        let session = Session::of(&json!({
            "processId": "seven", "rootUri": 3, "workspaceFolders": null,
            "capabilities": {"textDocument": {"hover": [], "diagnostic": true}, "workspace": null},
        }));
        assert!(!session.pulls && !session.hover_markdown && session.root.is_none());
    }
}
