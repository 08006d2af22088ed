//! The language server: jiaodui for editors, over standard input and output, or one for many that [`listen`]s.
//!
//! The [`door`](self::door) sees every message first, in the order of the wire, and changes the text there; an
//! [`analyst`] for each document keeps its analysis current and publishes it; the routes in this file wait for the
//! analysis of the text that their client saw, and answer from it off the protocol task. So no request holds back an
//! edit, a panic ends one answer and not the server, and an answer never mixes two texts.
//!
//! Besides the LSP there is one request of our own: `jiaodui/text` with `{textDocument: {uri}}` gives
//! `{text, version, inSync}`, the server's copy of a document, for tests and bug reports. With the environment
//! variable `JIAODUI_LOG` set, every message is recorded there ([`record`]).

mod actions;
mod analyst;
mod capabilities;
mod chunks;
mod commands;
mod configuration;
mod convert;
mod desk;
mod diagnostics;
mod documents;
mod door;
mod fault;
mod job;
mod lifetime;
mod listener;
mod names;
mod record;
mod stories;
mod style;
mod symbols;
mod tokens;
mod wire;
mod writer;

use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use serde_json::{Value, json};
use tokio::io::AsyncRead;
use tokio::sync::Notify;
use tower_lsp::jsonrpc::Result;
use tower_lsp::ls_types as lsp;
use tower_lsp::{LanguageServer, LspService};

use crate::feature::{folding, hover, inlay, outline};
use crate::lexicon::Lexicon;

use chunks::Chunks;
use desk::Desk;
use door::Door;
use writer::Writer;

pub use listener::{listen, listen_at};

/// Requests and notifications that may be under way at once. The framework's 4 lets slow requests hold back edits and
/// cancellations; none of ours computes on the protocol task, so this bounds memory alone.
const CONCURRENCY: usize = 64;

/// Serves one client on standard input and output until it leaves. Succeeds when the client said `shutdown` before.
pub fn run() -> ExitCode {
    std::thread::spawn(Lexicon::shared);
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
    let Ok(runtime) = runtime else { return ExitCode::FAILURE };
    let shut_down = Arc::new(AtomicBool::new(false));
    let [from_client, to_client] = record::records(None);
    let (writer, finish) = Writer::start(writer::standard_output(), to_client);
    let (left, input) = wire::Input::new(Chunks::of(std::io::stdin()), from_client);
    runtime.block_on(serve(input, left, writer, Arc::clone(&shut_down)));
    finish.finish(lifetime::GRACE);
    // The thread that reads standard input cannot be interrupted; the process does not wait for it.
    runtime.shutdown_background();
    if shut_down.load(Ordering::Relaxed) { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// Serves the client that `input` comes from, until it leaves.
async fn serve(
    input: impl AsyncRead + Unpin,
    client_left: Arc<Notify>,
    writer: Writer,
    shut_down: Arc<AtomicBool>,
) {
    let output = writer::Output::new(writer.clone());
    let mut desk = None;
    let (service, socket) = LspService::build(|client| {
        let shared = Arc::new(Desk::new(client, writer));
        desk = Some(Arc::clone(&shared));
        Server { desk: shared, told: Arc::default() }
    })
    .custom_method("jiaodui/text", Server::text)
    .custom_method("jiaodui/articles", Server::articles)
    .custom_method("jiaodui/style", Server::style)
    .finish();
    let Some(desk) = desk else { return };
    let door = Door::new(service, Arc::clone(&desk), shut_down);
    let server = tower_lsp::Server::new(input, output, socket).concurrency_level(CONCURRENCY).serve(door);
    tokio::select! {
        () = server => (),
        () = lifetime::client_is_gone(client_left, &desk) => (),
    }
}

/// The routes.
#[derive(Debug)]
struct Server {
    desk: Arc<Desk>,
    told: Arc<tokens::Told>,
}

impl LanguageServer for Server {
    async fn initialize(&self, _: lsp::InitializeParams) -> Result<lsp::InitializeResult> {
        Ok(lsp::InitializeResult {
            capabilities: self.desk.session().capabilities(),
            server_info: Some(lsp::ServerInfo {
                name: "jiaodui".into(),
                version: Some(env!("CARGO_PKG_VERSION").into()),
            }),
            offset_encoding: None,
        })
    }

    async fn initialized(&self, _: lsp::InitializedParams) {
        let desk = Arc::clone(&self.desk);
        tokio::spawn(async move {
            desk.register().await;
            desk.fetch_configuration().await;
        });
    }

    async fn shutdown(&self) -> Result<()> {
        Ok(())
    }

    async fn did_save(&self, _: lsp::DidSaveTextDocumentParams) {
        if !self.desk.session().watches_files {
            self.desk.reread_configuration().await;
        }
    }

    async fn did_change_configuration(&self, params: lsp::DidChangeConfigurationParams) {
        let desk = Arc::clone(&self.desk);
        tokio::spawn(async move { desk.configuration_changed(params.settings).await });
    }

    async fn did_change_watched_files(&self, _: lsp::DidChangeWatchedFilesParams) {
        self.desk.reread_configuration().await;
    }

    async fn hover(&self, params: lsp::HoverParams) -> Result<Option<lsp::Hover>> {
        let position = params.text_document_position_params.position;
        let card = self.desk.read(move |analysed, session| {
            let analysis = analysed.analysis.as_ref()?;
            let byte = convert::offset(analysis.text(), position, session.encoding);
            let card = hover::card(analysis, byte, Some(&analysed.uri))?;
            let (kind, value) = match session.hover_markdown {
                true => (lsp::MarkupKind::Markdown, card.markdown),
                false => (lsp::MarkupKind::PlainText, card.plain),
            };
            Some(lsp::Hover {
                contents: lsp::HoverContents::Markup(lsp::MarkupContent { kind, value }),
                range: Some(convert::range(analysis.text(), card.range, session.encoding)),
            })
        });
        Ok(card.await?.flatten())
    }

    async fn references(&self, params: lsp::ReferenceParams) -> Result<Option<Vec<lsp::Location>>> {
        let found = self.desk.read(move |analysed, session| names::references(analysed, session, &params));
        Ok(found.await?.flatten())
    }

    async fn document_highlight(
        &self,
        params: lsp::DocumentHighlightParams,
    ) -> Result<Option<Vec<lsp::DocumentHighlight>>> {
        let position = params.text_document_position_params.position;
        let found = self.desk.read(move |analysed, session| names::highlights(analysed, session, position));
        Ok(found.await?.flatten())
    }

    async fn goto_definition(
        &self,
        params: lsp::GotoDefinitionParams,
    ) -> Result<Option<lsp::GotoDefinitionResponse>> {
        let place = params.text_document_position_params;
        let found = self.desk.read(move |analysed, session| names::definition(analysed, session, &place));
        Ok(found.await?.flatten())
    }

    async fn prepare_rename(
        &self,
        params: lsp::TextDocumentPositionParams,
    ) -> Result<Option<lsp::PrepareRenameResponse>> {
        let position = params.position;
        let found =
            self.desk.read(move |analysed, session| names::prepare_rename(analysed, session, position));
        found.await?.unwrap_or(Ok(None))
    }

    async fn rename(&self, params: lsp::RenameParams) -> Result<Option<lsp::WorkspaceEdit>> {
        let edit = self.desk.read(move |analysed, session| names::rename(analysed, session, &params));
        edit.await?.unwrap_or(Ok(None))
    }

    async fn completion(&self, params: lsp::CompletionParams) -> Result<Option<lsp::CompletionResponse>> {
        let position = params.text_document_position.position;
        let items = self.desk.read(move |analysed, session| names::completion(analysed, session, position));
        Ok(items.await?.flatten().map(lsp::CompletionResponse::Array))
    }

    async fn semantic_tokens_full(
        &self,
        _: lsp::SemanticTokensParams,
    ) -> Result<Option<lsp::SemanticTokensResult>> {
        let told = Arc::clone(&self.told);
        told.keep(|uri| self.desk.documents.get(uri).is_some());
        let tokens = self.desk.read(move |analysed, session| told.full(analysed, session));
        Ok(tokens.await?.flatten().map(Into::into))
    }

    async fn semantic_tokens_full_delta(
        &self,
        params: lsp::SemanticTokensDeltaParams,
    ) -> Result<Option<lsp::SemanticTokensFullDeltaResult>> {
        let told = Arc::clone(&self.told);
        let before = params.previous_result_id;
        let tokens = self.desk.read(move |analysed, session| told.changes(analysed, session, &before));
        Ok(tokens.await?.flatten())
    }

    async fn semantic_tokens_range(
        &self,
        params: lsp::SemanticTokensRangeParams,
    ) -> Result<Option<lsp::SemanticTokensRangeResult>> {
        let tokens = self.desk.read(move |analysed, session| tokens::within(analysed, session, params.range));
        Ok(tokens.await?.flatten().map(Into::into))
    }

    async fn selection_range(
        &self,
        params: lsp::SelectionRangeParams,
    ) -> Result<Option<Vec<lsp::SelectionRange>>> {
        let positions = params.positions;
        let found = self.desk.read(move |analysed, session| names::selections(analysed, session, &positions));
        Ok(found.await?.flatten())
    }

    async fn symbol(
        &self,
        params: lsp::WorkspaceSymbolParams,
    ) -> Result<Option<lsp::WorkspaceSymbolResponse>> {
        let mut symbols = Vec::new();
        for uri in self.desk.documents.uris() {
            let query = params.query.clone();
            let Some(arrived) = self.desk.arrived(&uri) else { continue };
            let Some(analysed) = arrived.analysed().await else { continue };
            let found =
                self.desk.ask(analysed, move |analysed, session| names::symbols(analysed, session, &query));
            symbols.extend(found.await?);
        }
        Ok(Some(lsp::WorkspaceSymbolResponse::Flat(symbols)))
    }

    async fn document_symbol(
        &self,
        params: lsp::DocumentSymbolParams,
    ) -> Result<Option<lsp::DocumentSymbolResponse>> {
        let uri = params.text_document.uri;
        let symbols = self.desk.read_latest(move |analysed, session| {
            let analysis = analysed.analysis.as_ref()?;
            let entries = outline::outline(analysis);
            Some(match session.nested_symbols {
                true => symbols::nested(entries, analysis.text(), session.encoding).into(),
                false => symbols::flat(&entries, &uri, analysis.text(), session.encoding).into(),
            })
        });
        Ok(symbols.await?.flatten())
    }

    async fn folding_range(&self, _: lsp::FoldingRangeParams) -> Result<Option<Vec<lsp::FoldingRange>>> {
        let folds = self.desk.read_latest(move |analysed, session| {
            let folds = folding::folds(analysed.analysis.as_ref()?);
            Some(convert::folding_ranges(&folds, session.fold_limit))
        });
        Ok(folds.await?.flatten())
    }

    async fn inlay_hint(&self, params: lsp::InlayHintParams) -> Result<Option<Vec<lsp::InlayHint>>> {
        let hints = self.desk.read(move |analysed, session| {
            let analysis = analysed.analysis.as_ref()?;
            let range = convert::bytes(analysis.text(), params.range, session.encoding);
            let hints = inlay::hints(analysis, range);
            Some(convert::inlay_hints(analysis.text(), hints, session.encoding))
        });
        Ok(hints.await?.flatten())
    }

    async fn code_action(&self, params: lsp::CodeActionParams) -> Result<Option<lsp::CodeActionResponse>> {
        let found =
            self.desk.read(move |analysed, session| actions::offered(analysed, session, &params)).await?;
        Ok(found.flatten())
    }

    async fn code_action_resolve(&self, action: lsp::CodeAction) -> Result<lsp::CodeAction> {
        let Some(document) = action.data.as_ref().and_then(|it| self.desk.document_of(it)) else {
            return Ok(action);
        };
        let resolve = {
            let action = action.clone();
            move |analysed: &_, session: &_| actions::resolved(analysed, session, action)
        };
        Ok(self.desk.read_document(document, resolve).await?.unwrap_or(action))
    }

    async fn formatting(&self, _: lsp::DocumentFormattingParams) -> Result<Option<Vec<lsp::TextEdit>>> {
        self.format(None).await
    }

    async fn range_formatting(
        &self,
        params: lsp::DocumentRangeFormattingParams,
    ) -> Result<Option<Vec<lsp::TextEdit>>> {
        self.format(Some(params.range)).await
    }

    async fn diagnostic(
        &self,
        params: lsp::DocumentDiagnosticParams,
    ) -> Result<lsp::DocumentDiagnosticReportResult> {
        let analysed = self.desk.latest().await?;
        Ok(diagnostics::report(analysed.as_deref(), params.previous_result_id.as_deref()))
    }

    async fn execute_command(&self, params: lsp::ExecuteCommandParams) -> Result<Option<Value>> {
        commands::execute(&self.desk, &params.command, params.arguments).await
    }
}

impl Server {
    /// All safe fixes, or those of the findings within `range`.
    async fn format(&self, range: Option<lsp::Range>) -> Result<Option<Vec<lsp::TextEdit>>> {
        let edits = self.desk.read(move |analysed, session| {
            let analysis = analysed.analysis.as_ref()?;
            let range = range.map(|it| convert::bytes(analysis.text(), it, session.encoding));
            let edits = match range {
                Some(range) => analysis.safe_edits(Some(range)),
                None => actions::mending(analysis),
            };
            Some(convert::text_edits(analysis.text(), &edits, session.encoding))
        });
        Ok(edits.await?.flatten())
    }

    /// `jiaodui/articles`: the page's articles in reading order.
    async fn articles(&self, params: Value) -> Result<Value> {
        let articles =
            self.desk.read_latest(move |analysed, session| stories::articles(analysed, session, &params));
        Ok(articles.await?.unwrap_or_default())
    }

    /// `jiaodui/style`: how the page spaces numbers and dates.
    async fn style(&self, _: Value) -> Result<Value> {
        Ok(self.desk.read_latest(|analysed, _| style::style(analysed)).await?.unwrap_or_default())
    }

    /// `jiaodui/text`: the server's copy of a document.
    async fn text(&self, params: Value) -> Result<Value> {
        let document = params["textDocument"]["uri"].as_str().and_then(|it| self.desk.documents.get(it));
        Ok(document.map_or(Value::Null, |it| {
            let now = it.now();
            json!({"text": now.text.to_source(), "version": now.version, "inSync": now.in_sync})
        }))
    }
}
