//! What the door, the routes and the analysts share: the client, the documents, the settings.

use std::sync::{Arc, OnceLock};

use serde_json::{Value, json};
use tokio::runtime::Handle;
use tokio::sync::{Notify, OwnedSemaphorePermit, Semaphore, watch};
use tower_lsp::Client;
use tower_lsp::jsonrpc::{Error, Request, Result};
use tower_service::Service;

use super::analyst::Analysed;
use super::capabilities::Session;
use super::configuration::Configuration;
use super::diagnostics::Shown;
use super::documents::{Arrived, Documents};
use super::lsp;
use super::writer::{Message, Writer};

tokio::task_local! {
    /// The document that the request under way is about, as it was when the request came through the door.
    pub(crate) static ARRIVED: Option<Arrived>;
}

/// The shared state.
#[derive(Debug)]
pub(crate) struct Desk {
    /// The way to the client.
    pub(crate) client: Client,
    /// The same for what is published.
    writer: Writer,
    /// The open documents.
    pub(crate) documents: Documents,
    session: OnceLock<Arc<Session>>,
    session_opened: Notify,
    configuration: watch::Sender<Arc<Configuration>>,
    attention: Arc<Semaphore>,
}

/// Documents that a thread of its own may wait for keys of, at a time.
const ATTENDED: usize = 2;

impl Desk {
    /// A desk without documents, before `initialize`.
    pub(crate) fn new(client: Client, writer: Writer) -> Desk {
        Desk {
            client,
            writer,
            documents: Documents::default(),
            session: OnceLock::new(),
            session_opened: Notify::new(),
            configuration: watch::Sender::new(Arc::default()),
            attention: Arc::new(Semaphore::new(ATTENDED)),
        }
    }

    /// Settles the session by the `params` of the first `initialize`.
    pub(crate) fn open_session(&self, params: &Value) {
        let session = Arc::new(Session::of(params));
        if self.session.set(Arc::clone(&session)).is_ok() {
            self.configuration.send_replace(Arc::new(Configuration::of(&session)));
            self.session_opened.notify_one();
        }
    }

    /// Waits for the session. For one that waits.
    pub(crate) async fn opened(&self) -> &Arc<Session> {
        self.session_opened.notified().await;
        self.session()
    }

    /// The session, once there is one.
    pub(crate) fn try_session(&self) -> Option<&Arc<Session>> {
        self.session.get()
    }

    /// The session. The framework answers no route before `initialize` has opened it.
    pub(crate) fn session(&self) -> &Arc<Session> {
        self.session.get_or_init(|| Arc::new(Session::of(&Value::Null)))
    }

    /// The settings, now and as they change.
    pub(crate) fn configuration(&self) -> watch::Receiver<Arc<Configuration>> {
        self.configuration.subscribe()
    }

    /// The right to keep a thread waiting for the keys of one document.
    pub(crate) fn attention(&self) -> Option<OwnedSemaphorePermit> {
        Arc::clone(&self.attention).try_acquire_owned().ok()
    }

    /// How often the settings have changed.
    pub(crate) fn generation(&self) -> u64 {
        self.configuration.borrow().generation
    }

    /// The document of `uri` as it is now.
    pub(crate) fn arrived(&self, uri: &str) -> Option<Arrived> {
        let document = self.documents.get(uri)?;
        let revision = document.now().revision;
        Some(Arrived { document, revision, generation: self.generation() })
    }

    /// The document that the `data` of one of our actions, or the argument of one of our commands, names.
    pub(crate) fn document_of(&self, value: &Value) -> Option<Arrived> {
        let uri = value.as_str().or_else(|| value["uri"].as_str()).or(value["textDocument"]["uri"].as_str());
        self.arrived(uri?)
    }

    /// Asks `question` of the analysis of the text that the client saw when it sent the request under way. `None`
    /// for a document that is not open.
    ///
    /// # Errors
    /// *Content modified* where the text has moved on, so that places mean something else.
    pub(crate) async fn read<T: Send + 'static>(
        &self,
        question: impl FnOnce(&Analysed, &Session) -> T + Send + 'static,
    ) -> Result<Option<T>> {
        match ARRIVED.try_get() {
            Ok(Some(arrived)) => self.read_document(arrived, question).await,
            _ => Ok(None),
        }
    }

    /// The same of a document that was looked up before.
    pub(crate) async fn read_document<T: Send + 'static>(
        &self,
        arrived: Arrived,
        question: impl FnOnce(&Analysed, &Session) -> T + Send + 'static,
    ) -> Result<Option<T>> {
        let Some(analysed) = arrived.analysed().await else { return Ok(None) };
        if analysed.revision != arrived.revision {
            return Err(Error::content_modified());
        }
        self.ask(analysed, question).await.map(Some)
    }

    /// Asks `question` of the newest analysis that knows all that the client had sent: for what concerns the whole
    /// document.
    pub(crate) async fn read_latest<T: Send + 'static>(
        &self,
        question: impl FnOnce(&Analysed, &Session) -> T + Send + 'static,
    ) -> Result<Option<T>> {
        match self.latest().await? {
            Some(analysed) => self.ask(analysed, question).await.map(Some),
            None => Ok(None),
        }
    }

    /// The newest analysis that knows all that the client had sent.
    pub(crate) async fn latest(&self) -> Result<Option<Arc<Analysed>>> {
        match ARRIVED.try_get() {
            Ok(Some(arrived)) => Ok(arrived.analysed().await),
            _ => Ok(None),
        }
    }

    /// Answers off the protocol task. A panic ends this answer alone.
    pub(crate) async fn ask<T: Send + 'static>(
        &self,
        analysed: Arc<Analysed>,
        question: impl FnOnce(&Analysed, &Session) -> T + Send + 'static,
    ) -> Result<T> {
        let session = Arc::clone(self.session());
        let (uri, revision) = (Arc::clone(&analysed.uri), analysed.revision);
        let answer = tokio::task::spawn_blocking(move || question(&analysed, &session)).await;
        answer.map_err(|panic| {
            self.report_panic(&uri, revision, &panic);
            Error::internal_error()
        })
    }

    /// Tells the log of a panic, with the text that it happened on.
    pub(crate) fn report_panic(&self, uri: &str, revision: u64, panic: &dyn std::fmt::Display) {
        self.log(lsp::MessageType::ERROR, format!("panic in {uri}, revision {revision}: {panic}"));
    }

    /// Writes to the client's log.
    pub(crate) fn log(&self, kind: lsp::MessageType, message: String) {
        let client = self.client.clone();
        tokio::spawn(async move { client.log_message(kind, message).await });
    }

    /// Tells the user.
    pub(crate) fn show(&self, kind: lsp::MessageType, message: String) {
        let client = self.client.clone();
        tokio::spawn(async move { client.show_message(kind, message).await });
    }

    /// Publishes the diagnostics of a document. Waits until the client takes them.
    pub(crate) async fn publish(&self, uri: &str, version: Option<i32>, diagnostics: &Shown) {
        self.writer.write(published(uri, version, diagnostics)).await;
    }

    /// The same from a thread that may wait.
    pub(crate) fn publish_here(&self, uri: &str, version: Option<i32>, diagnostics: &Shown) {
        if let Err(message) = self.writer.try_write(published(uri, version, diagnostics)) {
            Handle::current().block_on(self.writer.write(message));
        }
    }

    /// Registers for what the client tells only when asked to.
    pub(crate) async fn register(&self) {
        let session = self.session();
        let mut registrations = Vec::new();
        let mut push = |method: &str, options| {
            let id = format!("jiaodui {method}");
            let method = method.into();
            registrations.push(lsp::Registration { id, method, register_options: Some(options) });
        };
        if session.watches_files {
            let watchers = json!({"watchers": [{"globPattern": "**/jiaodui.toml"}]});
            push("workspace/didChangeWatchedFiles", watchers);
        }
        if session.registers_configuration {
            push("workspace/didChangeConfiguration", json!({"section": "jiaodui"}));
        }
        if !registrations.is_empty()
            && let Err(error) = self.client.register_capability(registrations).await
        {
            self.log(lsp::MessageType::WARNING, format!("the client refused a registration: {error}"));
        }
    }

    /// Asks the client for its settings, if it answers such questions.
    pub(crate) async fn fetch_configuration(&self) {
        if !self.session().answers_configuration {
            return;
        }
        let item = lsp::ConfigurationItem { scope_uri: None, section: Some("jiaodui".into()) };
        match self.client.configuration(vec![item]).await {
            Ok(answers) => {
                if let Some(settings) = answers.into_iter().next().filter(|it| !it.is_null()) {
                    self.configure(|now| now.with_client(settings)).await;
                }
            }
            Err(error) => {
                self.log(lsp::MessageType::WARNING, format!("the client gave no settings: {error}"));
            }
        }
    }

    /// The client's settings are others; `settings` holds them, for clients that cannot be asked.
    pub(crate) async fn configuration_changed(&self, settings: Value) {
        if self.session().answers_configuration {
            self.fetch_configuration().await;
        } else if !settings.is_null() {
            self.configure(|now| now.with_client(settings)).await;
        }
    }

    /// Reads all `jiaodui.toml` again.
    pub(crate) async fn reread_configuration(&self) {
        self.configure(|now| Some(now.reread())).await;
    }

    /// Changes the settings; the analysts see it at once, and a client that asks for diagnostics is told to.
    async fn configure(&self, change: impl FnOnce(&Configuration) -> Option<Configuration>) {
        let changed = self.configuration.send_if_modified(|now| match change(now) {
            Some(new) => {
                *now = Arc::new(new);
                true
            }
            None => false,
        });
        if changed {
            self.refresh().await;
        }
    }

    /// Tells a client that asks for diagnostics to ask again.
    pub(crate) async fn refresh(&self) {
        let session = self.session();
        if session.pulls && session.refreshes {
            let id = self.client.next_request_id();
            self.send(Request::build("workspace/diagnostic/refresh").id(id).finish()).await;
        }
    }

    /// Sends a message as it is; the framework's own way would add `"params": null` or copy them once more.
    async fn send(&self, message: Request) {
        // It fails only when the client has left.
        let _ = self.client.clone().call(message).await;
    }
}

/// `textDocument/publishDiagnostics`.
fn published(uri: &str, version: Option<i32>, diagnostics: &Shown) -> Message {
    let uri = Value::from(uri);
    let version = version.map_or_else(String::new, |it| format!(r#","version":{it}"#));
    let method = "textDocument/publishDiagnostics";
    let head =
        format!(r#"{{"jsonrpc":"2.0","method":"{method}","params":{{"uri":{uri}{version},"diagnostics":"#);
    Message::of(head.len() + diagnostics.json_len() + 2, |bytes| {
        bytes.extend_from_slice(head.as_bytes());
        diagnostics.write_json(bytes);
        bytes.extend_from_slice(b"}}");
    })
}
