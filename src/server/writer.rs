//! The bytes to the client, in whole messages, written by a thread of their own.
//!
//! Two write here: the framework, by way of [`Output`], and the analysts. Diagnostics are the bulk of all that is
//! sent, at each key; written as they are they cost a fifth of what the framework's tree of JSON values does.

use std::io::{self, Write};
use std::pin::Pin;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, mpsc};
use std::task::{Context, Poll};
use std::time::Duration;

use tokio::io::AsyncWrite;
use tokio::sync::oneshot;

use super::record::Record;
use super::wire::frame;

/// Bytes of answers that a client may leave unread before it is taken for gone.
const UNREAD: usize = 64 << 20;

/// A message for the client.
struct Message {
    body: Vec<u8>,
    /// Told when it is written.
    written: Option<oneshot::Sender<()>>,
}

/// The way to the thread.
#[derive(Clone, Debug)]
pub(crate) struct Writer {
    messages: mpsc::Sender<Option<Message>>,
    /// Bytes of the framework's messages that are not written yet.
    waiting: Arc<AtomicUsize>,
}

/// The end of the thread.
#[derive(Debug)]
pub(crate) struct Finish {
    writer: Writer,
    ended: mpsc::Receiver<()>,
}

impl Writer {
    /// Starts a thread that writes to `output`, and to `record`.
    pub(crate) fn start(
        mut output: impl Write + Send + 'static,
        mut record: Option<Record>,
    ) -> (Writer, Finish) {
        let (messages, received) = mpsc::channel::<Option<Message>>();
        let (end, ended) = mpsc::channel();
        let waiting = Arc::new(AtomicUsize::new(0));
        let counted = Arc::clone(&waiting);
        std::thread::spawn(move || {
            while let Ok(Some(message)) = received.recv() {
                if let Some(record) = &mut record {
                    record.message(&message.body);
                }
                let mut bytes = format!("Content-Length: {}\r\n\r\n", message.body.len()).into_bytes();
                bytes.extend_from_slice(&message.body);
                // It fails only when nobody reads any more.
                if output.write_all(&bytes).and_then(|()| output.flush()).is_err() {
                    break;
                }
                match message.written {
                    Some(written) => drop(written.send(())),
                    None => drop(counted.fetch_sub(message.body.len(), Ordering::Relaxed)),
                }
            }
            let _ = end.send(());
        });
        let writer = Writer { messages, waiting };
        (writer.clone(), Finish { writer, ended })
    }

    /// Sends a message and waits until the client takes it.
    pub(crate) async fn write(&self, body: Vec<u8>) {
        let (written, taken) = oneshot::channel();
        if self.messages.send(Some(Message { body, written: Some(written) })).is_ok() {
            // It fails only when nobody reads any more.
            let _ = taken.await;
        }
    }
}

impl Finish {
    /// Ends the thread once all is written, or after `patience` with a client that does not read.
    pub(crate) fn finish(self, patience: Duration) {
        if self.writer.messages.send(None).is_ok() {
            let _ = self.ended.recv_timeout(patience);
        }
    }
}

/// Standard output without the buffer by lines, which would part each message's head from its body.
#[cfg(unix)]
pub(crate) fn standard_output() -> Box<dyn Write + Send> {
    use std::os::fd::AsFd;
    match io::stdout().as_fd().try_clone_to_owned() {
        Ok(output) => Box::new(std::fs::File::from(output)),
        Err(_) => Box::new(io::stdout()),
    }
}

/// Standard output.
#[cfg(not(unix))]
pub(crate) fn standard_output() -> Box<dyn Write + Send> {
    Box::new(io::stdout())
}

/// The framework's way to the thread: takes its bytes and passes on whole messages.
#[derive(Debug)]
pub(crate) struct Output {
    writer: Writer,
    /// Bytes of a message that is not complete yet.
    partial: Vec<u8>,
}

impl Output {
    /// Passes on to `writer`.
    pub(crate) fn new(writer: Writer) -> Output {
        Output { writer, partial: Vec::new() }
    }
}

impl AsyncWrite for Output {
    fn poll_write(mut self: Pin<&mut Self>, _: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        self.partial.extend_from_slice(bytes);
        while let Some((body, rest)) = frame(&self.partial) {
            if self.writer.waiting.fetch_add(body.len(), Ordering::Relaxed) > UNREAD {
                return Poll::Ready(Err(io::ErrorKind::BrokenPipe.into()));
            }
            let message = Message { body: self.partial[body].to_vec(), written: None };
            self.partial.drain(..rest);
            if self.writer.messages.send(Some(message)).is_err() {
                return Poll::Ready(Err(io::ErrorKind::BrokenPipe.into()));
            }
        }
        Poll::Ready(Ok(bytes.len()))
    }

    fn poll_flush(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }

    fn poll_shutdown(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }
}
