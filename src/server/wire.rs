//! The bytes from the client, made whole messages before the framework sees them.
//!
//! The framework ends the session at the first body that it cannot parse. Editors do send such bodies: one that cuts
//! a surrogate pair writes half a character as `"\ud840"`, which is no text. Here half a character becomes [`HALF`],
//! by which the document is known to be out of step, and what is no message at all becomes [`MALFORMED`], which the
//! door answers with an error.

use std::io;
use std::ops::Range;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use serde_json::Value;
use tokio::io::{AsyncRead, ReadBuf};
use tokio::sync::Notify;

use super::record::Record;

/// Stands where the client sent half a character: noncharacters, which no text holds.
pub(crate) const HALF: &str = "\u{fdd0}\u{fdef}";

/// The notification that stands for what is no message.
pub(crate) const MALFORMED: &str = "$/malformed";

/// What both headers of the protocol begin with.
const HEADER: &[u8] = b"content-";

/// Bytes that the headers of a guarded connection may have.
const HEADERS: usize = 4 << 10;

/// Bytes that a message of a guarded connection may have.
const LONGEST: usize = 64 << 20;

/// Bytes that are kept free for messages to come.
const ROOM: usize = 1 << 20;

/// Bytes read at a time.
const CHUNK: usize = 16 * 1024;

/// Input in whole, well-formed messages, which also tells of its end.
#[derive(Debug)]
pub(crate) struct Input<R> {
    inner: R,
    record: Option<Record>,
    ended: Arc<Notify>,
    /// Bytes of a message that is not complete yet.
    partial: Vec<u8>,
    /// Messages that were checked, `given` bytes of which are handed on.
    checked: Vec<u8>,
    given: usize,
    /// Whether anybody may have sent it.
    guarded: bool,
}

impl<R> Input<R> {
    /// The messages in `inner`. Gives also what is notified at their end.
    pub(crate) fn new(inner: R, record: Option<Record>) -> (Arc<Notify>, Input<R>) {
        let ended = Arc::new(Notify::new());
        let (partial, checked) = (Vec::new(), Vec::new());
        (Arc::clone(&ended), Input { inner, record, ended, partial, checked, given: 0, guarded: false })
    }

    /// The same from a connection that anybody may have opened, a browser's page among them: ends at the first bytes
    /// that are no message of this protocol, and at a message that is too long for any text.
    pub(crate) fn guarded(inner: R, record: Option<Record>) -> (Arc<Notify>, Input<R>) {
        let (ended, input) = Input::new(inner, record);
        (ended, Input { guarded: true, ..input })
    }

    /// Takes the whole messages out of what came so far. False where a guarded connection brings something else.
    fn take(&mut self, bytes: &[u8]) -> bool {
        self.partial.extend_from_slice(bytes);
        let mut at = 0;
        loop {
            if self.guarded && is_foreign(&self.partial[at..]) {
                return false;
            }
            let Some((body, rest)) = frame(&self.partial[at..]) else { break };
            let body = &self.partial[at + body.start..at + body.end];
            if let Some(record) = &mut self.record {
                record.message(body);
            }
            let body = admitted(body);
            self.checked.extend_from_slice(format!("Content-Length: {}\r\n\r\n", body.len()).as_bytes());
            self.checked.extend_from_slice(&body);
            at += rest;
        }
        self.partial.drain(..at);
        if self.partial.capacity() > ROOM && self.partial.len() < ROOM {
            self.partial.shrink_to(ROOM);
        }
        true
    }
}

impl<R: AsyncRead + Unpin> AsyncRead for Input<R> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        loop {
            if self.given < self.checked.len() {
                let count = buffer.remaining().min(self.checked.len() - self.given);
                buffer.put_slice(&self.checked[self.given..self.given + count]);
                self.given += count;
                if self.given == self.checked.len() {
                    // The room that a whole document took is given back.
                    if self.checked.capacity() > ROOM {
                        self.checked = Vec::new();
                    }
                    self.checked.clear();
                    self.given = 0;
                }
                return Poll::Ready(Ok(()));
            }
            let mut chunk = [0; CHUNK];
            let mut chunk = ReadBuf::new(&mut chunk);
            match Pin::new(&mut self.inner).poll_read(context, &mut chunk) {
                Poll::Pending => return Poll::Pending,
                Poll::Ready(Ok(())) if !chunk.filled().is_empty() => {
                    if !self.take(chunk.filled()) {
                        self.ended.notify_one();
                        return Poll::Ready(Ok(()));
                    }
                }
                Poll::Ready(end) => {
                    self.ended.notify_one();
                    return Poll::Ready(end);
                }
            }
        }
    }
}

/// The body of the first message in `bytes`, and where the next one starts, once it is complete. Headers without a
/// length are passed over.
pub(crate) fn frame(bytes: &[u8]) -> Option<(Range<usize>, usize)> {
    let head = bytes.windows(4).position(|it| it == b"\r\n\r\n")?;
    let headers = String::from_utf8_lossy(&bytes[..head]);
    let length = headers.lines().find_map(|it| {
        let (name, value) = it.split_once(':')?;
        name.trim().eq_ignore_ascii_case("content-length").then(|| value.trim().parse::<usize>().ok())?
    });
    let start = head + 4;
    let end = start.checked_add(length.unwrap_or(0))?;
    (end <= bytes.len()).then_some((start..end, end))
}

/// Whether bytes neither are nor can become a message: other headers than the protocol's, as HTTP has them,
/// no end of the headers, or no end of the message.
fn is_foreign(partial: &[u8]) -> bool {
    let head = partial.windows(4).position(|it| it == b"\r\n\r\n");
    let headers = &partial[..head.unwrap_or(partial.len())];
    let ours = |line: &[u8]| {
        let count = line.len().min(HEADER.len());
        line[..count].eq_ignore_ascii_case(&HEADER[..count])
    };
    let mut lines = headers.split(|it| *it == b'\n').filter(|it| !it.is_empty() && *it != b"\r");
    headers.len() > HEADERS || partial.len() > LONGEST || !lines.all(ours)
}

/// `body` as the framework can take it.
fn admitted(body: &[u8]) -> Vec<u8> {
    if is_message(body) {
        return body.to_vec();
    }
    let repaired = without_halves(body);
    if is_message(&repaired) {
        return repaired;
    }
    format!(r#"{{"jsonrpc":"2.0","method":"{MALFORMED}"}}"#).into_bytes()
}

/// Whether the framework will take `body` for a request, a notification or an answer.
fn is_message(body: &[u8]) -> bool {
    let Ok(message) = serde_json::from_slice::<Value>(body) else { return false };
    let named = match message.get("id") {
        None => true,
        Some(id) => id.is_null() || id.is_i64() || id.is_string(),
    };
    let whole = match (message.get("method"), message.get("result"), message.get("error")) {
        (Some(method), ..) => method.is_string(),
        (None, result, error) => {
            let failure = |it: &Value| it["code"].is_i64() && it["message"].is_string();
            message.get("id").is_some() && (result.is_some() || error.is_some_and(failure))
        }
    };
    named && whole && message["jsonrpc"] == "2.0"
}

/// `body` with [`HALF`] for each escape of half a surrogate pair.
fn without_halves(body: &[u8]) -> Vec<u8> {
    let unit = |at: usize| -> Option<u32> {
        let hex = body.get(at..at + 6)?.strip_prefix(b"\\u")?;
        u32::from_str_radix(std::str::from_utf8(hex).ok()?, 16).ok()
    };
    let mut repaired = Vec::with_capacity(body.len());
    let mut at = 0;
    while let Some(&byte) = body.get(at) {
        let length = match (byte, unit(at)) {
            (b'\\', Some(0xd800..0xdc00)) if matches!(unit(at + 6), Some(0xdc00..0xe000)) => 12,
            (b'\\', Some(0xd800..0xe000)) => {
                repaired.extend_from_slice(HALF.as_bytes());
                at += 6;
                continue;
            }
            (b'\\', _) => 2,
            _ => 1,
        };
        let end = body.len().min(at + length);
        repaired.extend_from_slice(&body[at..end]);
        at = end;
    }
    repaired
}

#[cfg(test)]
mod tests {
    use super::*;

    fn admits(body: &str) -> String {
        String::from_utf8(admitted(body.as_bytes())).expect("text")
    }

    #[test]
    fn a_message_is_framed_once_it_is_complete() {
        let bytes = b"content-length: 2\r\nX: y\r\n\r\n{}Content-Length: 4\r\n\r\nnu";
        assert_eq!(frame(bytes), Some((27..29, 29)));
        assert_eq!(frame(&bytes[29..]), None);
    }

    #[test]
    fn what_a_browser_sends_is_foreign() {
        for foreign in ["POST / HTTP/1.1\r\n", "Content-Length: 2\r\nOrigin: x\r\n", "\0", "{}"] {
            assert!(is_foreign(foreign.as_bytes()), "{foreign}");
        }
        for ours in
            ["", "Con", "Content-Length: 7\r\n\r", "content-length: 7\r\nContent-Type: x\r\n\r\n{\n\n"]
        {
            assert!(!is_foreign(ours.as_bytes()), "{ours}");
        }
        assert!(is_foreign(&b"Content-Length: 7; ".repeat(300)));
    }

    #[test]
    fn half_a_character_is_marked_and_a_whole_one_kept() {
        let message = |text: &str| format!(r#"{{"jsonrpc":"2.0","method":"m","params":["{text}"]}}"#);
        for whole in [r"\ud840\udc00", r"\\ud840", "𠀀", r"\u4eba"] {
            assert_eq!(admits(&message(whole)), message(whole));
        }
        assert_eq!(admits(&message(r"人\ud840x\udc00")), message(&format!("人{HALF}x{HALF}")));
        assert_eq!(admits(&message(r"\ud840\ud840\udc00")), message(&format!(r"{HALF}\ud840\udc00")));
    }

    #[test]
    fn what_is_no_message_is_marked() {
        for body in [
            "{oops",
            "",
            "[]",
            r#"{"jsonrpc":"2.0"}"#,
            r#"{"jsonrpc":"1.0","method":"m"}"#,
            r#"{"jsonrpc":"2.0","method":"m","id":1.5}"#,
            r#"{"jsonrpc":"2.0","id":1,"error":"no"}"#,
        ] {
            assert!(admits(body).contains(MALFORMED), "{body}");
        }
        let answer = r#"{"jsonrpc":"2.0","id":1,"result":null}"#;
        assert_eq!(admits(answer), answer);
    }
}
