//! The door that every message of the client comes through, one after the other.
//!
//! The framework polls the handlers of messages concurrently; only the call that makes a handler is in the order of
//! the wire, by its signature (`&mut self`). So the text changes here, and here a request is tied to the text it was
//! asked about. The door is also lenient where the framework's types are strict: what clients add, leave out or
//! spell their own way does not keep them out.

use std::future::{Future, ready};
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll};

use serde_json::{Value, json};
use tower_lsp::jsonrpc::{Error, Id, Request, Response};
use tower_lsp::{ExitedError, LspService};
use tower_service::Service;

use super::desk::{ARRIVED, Desk};
use super::{Server, convert, lsp, wire};

/// The door.
#[derive(Debug)]
pub(crate) struct Door {
    inner: LspService<Server>,
    desk: Arc<Desk>,
    shut_down: Arc<AtomicBool>,
}

type Answer = Pin<Box<dyn Future<Output = Result<Option<Response>, ExitedError>> + Send>>;

impl Door {
    /// The door to `inner`. `shut_down` becomes true when the client says so.
    pub(crate) fn new(inner: LspService<Server>, desk: Arc<Desk>, shut_down: Arc<AtomicBool>) -> Door {
        Door { inner, desk, shut_down }
    }
}

impl Service<Request> for Door {
    type Response = Option<Response>;
    type Error = ExitedError;
    type Future = Answer;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), ExitedError>> {
        self.inner.poll_ready(context)
    }

    fn call(&mut self, request: Request) -> Answer {
        let (method, id, params) = request.into_parts();
        let mut params = params.unwrap_or(Value::Null);
        let opened = self.desk.try_session().is_some();
        match (&*method, &id) {
            ("initialize", Some(_)) => {
                self.desk.open_session(&params);
                // All that we want of it is read; the framework's types would refuse capabilities unknown to them.
                params = json!({"capabilities": {}});
            }
            ("textDocument/didOpen", None) if opened => {
                self.desk.documents.open(&self.desk, &params);
                return Box::pin(ready(Ok(None)));
            }
            ("textDocument/didChange", None) if opened => {
                self.desk.documents.change(&self.desk, &params);
                return Box::pin(ready(Ok(None)));
            }
            ("textDocument/didClose", None) if opened => {
                if let Some(uri) = params["textDocument"]["uri"].as_str() {
                    self.desk.documents.close(uri);
                }
                return Box::pin(ready(Ok(None)));
            }
            (wire::MALFORMED, None) => {
                let answer = Response::from_error(Id::Null, Error::parse_error());
                return Box::pin(ready(Ok(Some(answer))));
            }
            ("initialized", None) => params = json!({}),
            ("shutdown", _) => {
                self.shut_down.store(true, Ordering::Relaxed);
                params = Value::Null;
            }
            ("workspace/didChangeConfiguration", None) if params.is_null() => {
                params = json!({"settings": null});
            }
            _ => (),
        }
        let arrived = params["textDocument"]["uri"].as_str().and_then(|it| self.desk.arrived(it));
        if let Some(uri) = params.pointer_mut("/textDocument/uri")
            && let Some(bare) = uri.as_str().filter(|it| it.parse::<lsp::Uri>().is_err())
        {
            *uri = convert::encoded_uri(bare).into();
        }
        Box::pin(ARRIVED.scope(arrived, self.inner.call(message(method, id, params))))
    }
}

/// The message of these parts.
fn message(method: std::borrow::Cow<'static, str>, id: Option<Id>, params: Value) -> Request {
    let mut message = Request::build(method);
    if !params.is_null() {
        message = message.params(params);
    }
    match id {
        Some(id) => message.id(id).finish(),
        None => message.finish(),
    }
}
