//! When the client is gone the process ends: whether it closed standard input, or died and left it open.

use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use tokio::io::{AsyncRead, ReadBuf};
use tokio::sync::Notify;

use super::desk::Desk;

/// How long answers under way may take after the client closed standard input.
const GRACE: Duration = Duration::from_secs(2);

/// How often the client's process is looked for.
const LOOK: Duration = Duration::from_secs(2);

/// Standard input that tells of its end.
#[derive(Debug)]
pub(crate) struct Input<R> {
    inner: R,
    ended: Arc<Notify>,
}

impl<R> Input<R> {
    /// `inner`, and what is notified at its end.
    pub(crate) fn new(inner: R) -> (Arc<Notify>, Input<R>) {
        let ended = Arc::new(Notify::new());
        (Arc::clone(&ended), Input { inner, ended })
    }
}

impl<R: AsyncRead + Unpin> AsyncRead for Input<R> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let before = buffer.filled().len();
        let polled = Pin::new(&mut self.inner).poll_read(context, buffer);
        let at_end = match &polled {
            Poll::Ready(Ok(())) => buffer.filled().len() == before,
            Poll::Ready(Err(_)) => true,
            Poll::Pending => false,
        };
        if at_end {
            self.ended.notify_one();
        }
        polled
    }
}

/// Comes to an end when the client has left, and had time to be answered.
pub(crate) async fn client_is_gone(input_ended: Arc<Notify>, desk: &Desk) {
    tokio::select! {
        () = input_ended.notified() => tokio::time::sleep(GRACE).await,
        () = client_died(desk) => (),
    }
}

/// Comes to an end when the process that `initialize` named is no more, where that can be told.
async fn client_died(desk: &Desk) {
    let mut look = tokio::time::interval(LOOK);
    let process = loop {
        look.tick().await;
        if let Some(session) = desk.try_session() {
            break session.process;
        }
    };
    match process.and_then(sign_of_life) {
        Some(lives) => {
            while lives() {
                look.tick().await;
            }
        }
        None => std::future::pending().await,
    }
}

/// A way to tell whether `process` lives, if it can be seen to live now: a client in another container cannot.
#[cfg(unix)]
fn sign_of_life(process: u32) -> Option<Box<dyn Fn() -> bool + Send>> {
    if std::os::unix::process::parent_id() == process {
        // An orphan is given another parent.
        return Some(Box::new(move || std::os::unix::process::parent_id() == process));
    }
    let entry = std::path::PathBuf::from(format!("/proc/{process}"));
    entry.exists().then(|| Box::new(move || entry.exists()) as Box<dyn Fn() -> bool + Send>)
}

/// Elsewhere the end of standard input is the only sign.
#[cfg(not(unix))]
fn sign_of_life(_: u32) -> Option<Box<dyn Fn() -> bool + Send>> {
    None
}
