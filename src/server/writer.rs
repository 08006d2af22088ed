//! The bytes to the client, in whole messages.
//!
//! Two write here: the framework, by way of [`Output`], and the analysts. What the framework says a thread of its own
//! writes, so that a client that does not read holds up nobody. Diagnostics are the bulk of all that is sent, at each
//! key; they come as the bytes to write, and the thread that made them writes them where nothing else waits.

use std::io::{self, Write};
use std::pin::Pin;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError, TryLockError, mpsc};
use std::task::{Context, Poll};
use std::time::Duration;

use tokio::io::AsyncWrite;
use tokio::sync::oneshot;

use super::record::Record;
use super::wire::frame;

/// Bytes of answers that a client may leave unread before it is taken for gone.
const UNREAD: usize = 64 << 20;

/// A message for the client.
pub(crate) struct Message {
    bytes: Vec<u8>,
    /// Where in it the body starts, after the headers.
    body: usize,
}

impl Message {
    /// A message whose body has `length` bytes, those that `write` adds.
    pub(crate) fn of(length: usize, write: impl FnOnce(&mut Vec<u8>)) -> Message {
        let headers = format!("Content-Length: {length}\r\n\r\n");
        let mut bytes = Vec::with_capacity(headers.len() + length);
        bytes.extend_from_slice(headers.as_bytes());
        write(&mut bytes);
        debug_assert_eq!(bytes.len(), headers.len() + length, "the length is the body's");
        Message { bytes, body: headers.len() }
    }
}

/// A message that waits, and who is told when it is written, if not the count of waiting bytes.
type Waiting = (Message, Option<oneshot::Sender<()>>);

/// Where messages go.
struct Outlet {
    output: Box<dyn Write + Send>,
    record: Option<Record>,
}

impl Outlet {
    fn write(&mut self, message: &Message) -> io::Result<()> {
        if let Some(record) = &mut self.record {
            record.message(&message.bytes[message.body..]);
        }
        self.output.write_all(&message.bytes)?;
        self.output.flush()
    }
}

/// The way to the client.
#[derive(Clone)]
pub(crate) struct Writer {
    outlet: Arc<Mutex<Outlet>>,
    messages: mpsc::Sender<Option<Waiting>>,
    /// Messages that the thread has not written yet.
    queued: Arc<AtomicUsize>,
    /// Bytes of the framework's messages among them.
    waiting: Arc<AtomicUsize>,
}

impl std::fmt::Debug for Writer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Writer").field("queued", &self.queued).finish_non_exhaustive()
    }
}

/// The end of the thread.
#[derive(Debug)]
pub(crate) struct Finish {
    writer: Writer,
    ended: mpsc::Receiver<()>,
}

impl Writer {
    /// Starts a thread that writes to `output`, and to `record`.
    pub(crate) fn start(output: impl Write + Send + 'static, record: Option<Record>) -> (Writer, Finish) {
        let (messages, received) = mpsc::channel::<Option<Waiting>>();
        let (end, ended) = mpsc::channel();
        let outlet = Arc::new(Mutex::new(Outlet { output: Box::new(output), record }));
        let writer = Writer { outlet, messages, queued: Arc::default(), waiting: Arc::default() };
        let Writer { outlet, queued, waiting, .. } = writer.clone();
        std::thread::spawn(move || {
            while let Ok(Some((message, told))) = received.recv() {
                let written = outlet.lock().unwrap_or_else(PoisonError::into_inner).write(&message);
                queued.fetch_sub(1, Ordering::Release);
                // It fails only when nobody reads any more.
                if written.is_err() {
                    break;
                }
                match told {
                    Some(told) => drop(told.send(())),
                    None => drop(waiting.fetch_sub(message.bytes.len(), Ordering::Relaxed)),
                }
            }
            let _ = end.send(());
        });
        (writer.clone(), Finish { writer, ended })
    }

    /// Sends a message and waits until the client takes it.
    pub(crate) async fn write(&self, message: Message) {
        let (told, taken) = oneshot::channel();
        if self.queue(message, Some(told)).is_ok() {
            // It fails only when nobody reads any more.
            let _ = taken.await;
        }
    }

    /// Writes a message here and now, where no other is being written or waits. For one who may wait for the client.
    ///
    /// # Errors
    /// The message, where it has to wait its turn.
    pub(crate) fn try_write(&self, message: Message) -> Result<(), Message> {
        if self.queued.load(Ordering::Acquire) > 0 {
            return Err(message);
        }
        let mut outlet = match self.outlet.try_lock() {
            Ok(outlet) => outlet,
            Err(TryLockError::Poisoned(outlet)) => outlet.into_inner(),
            Err(TryLockError::WouldBlock) => return Err(message),
        };
        // It fails only when nobody reads any more.
        let _ = outlet.write(&message);
        Ok(())
    }

    fn queue(&self, message: Message, told: Option<oneshot::Sender<()>>) -> io::Result<()> {
        self.queued.fetch_add(1, Ordering::AcqRel);
        self.messages.send(Some((message, told))).map_err(|_| io::ErrorKind::BrokenPipe.into())
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
            if self.writer.waiting.fetch_add(rest, Ordering::Relaxed) > UNREAD {
                return Poll::Ready(Err(io::ErrorKind::BrokenPipe.into()));
            }
            let message = Message { bytes: self.partial[..rest].to_vec(), body: body.start };
            self.partial.drain(..rest);
            if let Err(error) = self.writer.queue(message, None) {
                return Poll::Ready(Err(error));
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
