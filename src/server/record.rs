//! A record of all messages, for bug reports and conformance checks.
//!
//! With `JIAODUI_LOG=path` each message is appended to that file as a line of JSON:
//! `{"t": seconds since 1970, "dir": "client->server" or "server->client", "msg": {…}}`.

use std::fs::File;
use std::io::{self, Write};
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};
use std::time::SystemTime;

use serde_json::{Value, json};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

/// `input` and `output`, recorded where the environment asks for it.
pub(crate) fn recorded<R, W>(input: R, output: W) -> (Recorded<R>, Recorded<W>) {
    let file = std::env::var_os("JIAODUI_LOG").and_then(|it| {
        let opened = File::options().create(true).append(true).open(&it);
        if let Err(error) = &opened {
            // Standard error may be closed; that is no reason to stop.
            let _ = writeln!(io::stderr(), "JIAODUI_LOG: {}: {error}", it.display());
        }
        Some(Arc::new(Mutex::new(opened.ok()?)))
    });
    let record = |direction| file.clone().map(|file| Record { direction, file, unread: Vec::new() });
    (
        Recorded { record: record("client->server"), inner: input },
        Recorded { record: record("server->client"), inner: output },
    )
}

/// A stream of messages, one direction.
#[derive(Debug)]
pub(crate) struct Recorded<S> {
    inner: S,
    record: Option<Record>,
}

#[derive(Debug)]
struct Record {
    direction: &'static str,
    file: Arc<Mutex<File>>,
    /// The bytes of a message that is not complete yet.
    unread: Vec<u8>,
}

impl Record {
    fn feed(&mut self, bytes: &[u8]) {
        self.unread.extend_from_slice(bytes);
        while let Some((body, rest)) = frame(&self.unread) {
            let message = serde_json::from_slice::<Value>(&self.unread[body.clone()]);
            let message = message.unwrap_or_else(|_| String::from_utf8_lossy(&self.unread[body]).into());
            let time = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
            let line = json!({"t": time.as_secs_f64(), "dir": self.direction, "msg": message});
            let mut file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
            // A full disk ends the record, not the server.
            let _ = writeln!(file, "{line}");
            drop(file);
            self.unread.drain(..rest);
        }
    }
}

/// The body of the first message in `bytes`, and where the next one starts, once it is complete.
fn frame(bytes: &[u8]) -> Option<(std::ops::Range<usize>, usize)> {
    let head = bytes.windows(4).position(|it| it == b"\r\n\r\n")?;
    let headers = String::from_utf8_lossy(&bytes[..head]);
    let length = headers.lines().find_map(|it| {
        let (name, value) = it.split_once(':')?;
        name.eq_ignore_ascii_case("content-length").then(|| value.trim().parse::<usize>().ok())?
    });
    let start = head + 4;
    let end = start.checked_add(length.unwrap_or(0))?;
    (end <= bytes.len()).then_some((start..end, end))
}

impl<R: AsyncRead + Unpin> AsyncRead for Recorded<R> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let before = buffer.filled().len();
        let polled = Pin::new(&mut self.inner).poll_read(context, buffer);
        if let (Poll::Ready(Ok(())), Some(record)) = (&polled, &mut self.record) {
            record.feed(&buffer.filled()[before..]);
        }
        polled
    }
}

impl<W: AsyncWrite + Unpin> AsyncWrite for Recorded<W> {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &[u8],
    ) -> Poll<io::Result<usize>> {
        let polled = Pin::new(&mut self.inner).poll_write(context, buffer);
        if let (Poll::Ready(Ok(written)), Some(record)) = (&polled, &mut self.record) {
            record.feed(&buffer[..*written]);
        }
        polled
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.inner).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.inner).poll_shutdown(context)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_is_framed_once_it_is_complete() {
        let bytes = b"content-length: 2\r\nX: y\r\n\r\n{}Content-Length: 4\r\n\r\nnu";
        assert_eq!(frame(bytes), Some((27..29, 29)));
        assert_eq!(frame(&bytes[29..]), None);
    }
}
