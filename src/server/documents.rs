//! The open documents and their texts, which follow the client's edits to the letter.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use serde_json::Value;
use tokio::sync::watch;
use tokio::task::JoinHandle;

use crate::page::Markup;
use crate::text::{Edit, Encoding, Position, Text};

use super::analyst::{self, Analysed};
use super::desk::Desk;
use super::{convert, lsp, wire};

/// A document's text at one moment.
#[derive(Clone, Debug)]
pub(crate) struct Revised {
    /// The text.
    pub(crate) text: Text,
    /// The client's version, if it counts any.
    pub(crate) version: Option<i32>,
    /// Our own count of changes.
    pub(crate) revision: u64,
    /// Whether the text is the client's. An edit that cannot be applied ends that, the whole text mends it.
    pub(crate) in_sync: bool,
    /// Whether the client has closed it.
    pub(crate) closed: bool,
}

/// An open document.
#[derive(Debug)]
pub(crate) struct Document {
    /// Its name, as the client writes it.
    pub(crate) uri: Arc<str>,
    /// Its file, if it has one.
    pub(crate) path: Option<PathBuf>,
    /// How it marks up its text.
    pub(crate) markup: Markup,
    texts: watch::Sender<Revised>,
    analyses: watch::Receiver<Option<Arc<Analysed>>>,
}

/// A document, and what of it a request may rely on.
#[derive(Clone, Debug)]
pub(crate) struct Arrived {
    /// The document.
    pub(crate) document: Arc<Document>,
    /// Its revision when the request came.
    pub(crate) revision: u64,
    /// The generation of the settings when it came.
    pub(crate) generation: u64,
}

impl Arrived {
    /// The first analysis that knows the text and the settings of the request's time. `None` when the document is
    /// closed before there is one.
    pub(crate) async fn analysed(&self) -> Option<Arc<Analysed>> {
        let mut analyses = self.document.analyses.clone();
        let known = |it: &Option<Arc<Analysed>>| {
            it.as_ref().is_some_and(|it| self.revision <= it.revision && self.generation <= it.generation)
        };
        analyses.wait_for(known).await.ok()?.clone()
    }
}

impl Document {
    /// The text as it is now. O(1).
    pub(crate) fn now(&self) -> Revised {
        self.texts.borrow().clone()
    }
}

/// The open documents by URI, percent-encoded.
#[derive(Debug, Default)]
pub(crate) struct Documents {
    shelf: Mutex<Shelf>,
}

#[derive(Debug, Default)]
struct Shelf {
    open: HashMap<String, (Arc<Document>, JoinHandle<()>)>,
    /// Analysts of closed documents that still clear their diagnostics.
    leaving: HashMap<String, JoinHandle<()>>,
}

impl Documents {
    /// The open document of `uri`.
    pub(crate) fn get(&self, uri: &str) -> Option<Arc<Document>> {
        self.shelf().open.get(&convert::encoded_uri(uri)).map(|(it, _)| Arc::clone(it))
    }

    /// The URIs of the open documents, in order.
    pub(crate) fn uris(&self) -> Vec<String> {
        let mut uris: Vec<String> = self.shelf().open.keys().cloned().collect();
        uris.sort();
        uris
    }

    /// `textDocument/didOpen`: the text is known and its analysis under way when this returns.
    pub(crate) fn open(&self, desk: &Arc<Desk>, params: &Value) {
        let item = &params["textDocument"];
        let (Some(uri), Some(text)) = (item["uri"].as_str(), item["text"].as_str()) else {
            return desk.log(lsp::MessageType::ERROR, "didOpen without uri or text: ignored".into());
        };
        self.close(uri);
        let in_sync = !text.contains(wire::HALF);
        if !in_sync {
            out_of_step(desk, uri, "half a character");
        }
        let revised =
            Revised { text: Text::new(text), version: version(item), revision: 0, in_sync, closed: false };
        let (texts, text_changes) = watch::channel(revised);
        let (found, analyses) = watch::channel(None);
        let document = Arc::new(Document {
            uri: uri.into(),
            path: convert::path(uri),
            markup: match item["languageId"].as_str() {
                // HTML is a part of Markdown, in which tags and their blocks are left alone.
                Some("markdown" | "html") => Markup::Markdown,
                _ => Markup::Plain,
            },
            texts,
            analyses,
        });
        let key = convert::encoded_uri(uri);
        let mut shelf = self.shelf();
        let before = shelf.leaving.remove(&key);
        let analyst = analyst::attend(Arc::clone(desk), Arc::clone(&document), text_changes, found, before);
        shelf.open.insert(key, (document, tokio::spawn(analyst)));
    }

    /// `textDocument/didChange`: applies the changes in their order, each to the text that the one before left.
    pub(crate) fn change(&self, desk: &Desk, params: &Value) {
        let item = &params["textDocument"];
        let Some(document) = item["uri"].as_str().and_then(|it| self.get(it)) else {
            let message = format!("didChange for a document that is not open: {}", item["uri"]);
            return desk.log(lsp::MessageType::WARNING, message);
        };
        let encoding = desk.session().encoding;
        let mut refused = None;
        document.texts.send_modify(|it| {
            let was_in_sync = it.in_sync;
            let mut reason = None;
            for change in params["contentChanges"].as_array().into_iter().flatten() {
                match applied(&mut it.text, change, encoding, it.in_sync) {
                    Ok(in_sync) => it.in_sync = in_sync,
                    Err(why) => {
                        it.in_sync = false;
                        reason = Some(why);
                    }
                }
            }
            it.version = version(item).or(it.version);
            it.revision += 1;
            refused = reason.filter(|_| was_in_sync && !it.in_sync);
        });
        if let Some(reason) = refused {
            out_of_step(desk, &document.uri, &reason);
        }
    }

    /// `textDocument/didClose`: what was published is cleared.
    pub(crate) fn close(&self, uri: &str) {
        let key = convert::encoded_uri(uri);
        let mut shelf = self.shelf();
        shelf.leaving.retain(|_, it| !it.is_finished());
        if let Some((document, analyst)) = shelf.open.remove(&key) {
            document.texts.send_modify(|it| it.closed = true);
            shelf.leaving.insert(key, analyst);
        }
    }

    fn shelf(&self) -> MutexGuard<'_, Shelf> {
        self.shelf.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Tells that the text of `uri` is no longer the client's.
fn out_of_step(desk: &Desk, uri: &str, reason: &str) {
    let message = desk.session().locale.say(
        format_args!("{uri}：有一处修改无法套用（{reason}），校对暂停。请关闭后重新打开该文件。"),
        format_args!(
            "{uri}: an edit could not be applied ({reason}), so proofreading stops. Close the file and open it again."
        ),
    );
    desk.log(lsp::MessageType::ERROR, message.clone());
    desk.show(lsp::MessageType::ERROR, message);
}

fn version(item: &Value) -> Option<i32> {
    item["version"].as_i64().and_then(|it| i32::try_from(it).ok())
}

/// Applies one of the `contentChanges`. Whether the text is the client's afterwards; an edit of a part is skipped
/// while it is not.
///
/// # Errors
/// Why the change could not be applied; the text stays as it was.
fn applied(text: &mut Text, change: &Value, encoding: Encoding, in_sync: bool) -> Result<bool, String> {
    let Some(new) = change["text"].as_str() else { return Err("no text".into()) };
    if new.contains(wire::HALF) {
        return Err("half a character".into());
    }
    let range = &change["range"];
    if range.is_null() {
        *text = Text::new(new);
        return Ok(true);
    }
    if !in_sync {
        return Ok(false);
    }
    let at = |end: &str| {
        let place = &range[end];
        let unit = |key: &str| place[key].as_u64().and_then(|it| u32::try_from(it).ok());
        unit("line").zip(unit("character")).map(|(line, column)| Position { line, column })
    };
    let (Some(start), Some(end)) = (at("start"), at("end")) else { return Err(format!("range {range}")) };
    let bytes = convert::exact_bytes(text, [start, end], encoding).map_err(|it| {
        let Position { line, column } = it.position;
        format!("{}:{column} splits a character", line + 1)
    })?;
    if bytes.end < bytes.start {
        return Err(format!("range {range}"));
    }
    text.apply(&Edit { range: bytes, text: new.into() });
    Ok(true)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn change(text: &mut Text, range: Option<[u32; 4]>, new: &str) -> Result<bool, String> {
        let range = range.map(
            |[a, b, c, d]| json!({"start": {"line": a, "character": b}, "end": {"line": c, "character": d}}),
        );
        applied(text, &json!({"range": range, "text": new}), Encoding::Utf16, true)
    }

    #[test]
    fn a_change_without_range_is_the_whole_text() {
        let mut text = Text::new("旧");
        assert_eq!(change(&mut text, None, "新"), Ok(true));
        assert_eq!(text.to_source(), "新");
    }

    #[test]
    fn a_range_past_the_line_ends_with_the_line() {
        let mut text = Text::new("王\r\n晋");
        assert_eq!(change(&mut text, Some([0, 1, 0, 9]), "·"), Ok(true));
        assert_eq!(change(&mut text, Some([9, 0, 9, 0]), "豫"), Ok(true));
        assert_eq!(text.to_source(), "王·\r\n晋豫");
    }

    #[test]
    fn a_change_that_cannot_be_placed_changes_nothing() {
        let mut text = Text::new("周𬱖说");
        for range in [[0, 2, 0, 3], [0, 3, 0, 0]] {
            assert!(change(&mut text, Some(range), "x").is_err());
        }
        assert_eq!(text.to_source(), "周𬱖说");
    }
}
