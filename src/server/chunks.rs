//! What a client sends, read by a thread of its own: who waits for it is woken once.

use std::io::{self, Read};
use std::pin::Pin;
use std::task::{Context, Poll};

use tokio::io::{AsyncRead, ReadBuf};
use tokio::sync::mpsc;

/// Bytes read at a time.
const CHUNK: usize = 16 * 1024;

/// What a connection brings, read by a thread that waits while nobody takes it.
pub(crate) struct Chunks {
    chunks: mpsc::Receiver<Vec<u8>>,
    /// The chunk being taken, and how much of it is.
    chunk: Vec<u8>,
    taken: usize,
}

impl Chunks {
    /// What `stream` brings, as it comes.
    pub(crate) fn of(mut stream: impl Read + Send + 'static) -> Chunks {
        let (send, chunks) = mpsc::channel(4);
        std::thread::spawn(move || {
            let mut buffer = vec![0; CHUNK];
            loop {
                match stream.read(&mut buffer) {
                    Ok(count @ 1..) if send.blocking_send(buffer[..count].to_vec()).is_ok() => (),
                    Err(error) if error.kind() == io::ErrorKind::Interrupted => (),
                    Ok(_) | Err(_) => break,
                }
            }
        });
        Chunks { chunks, chunk: Vec::new(), taken: 0 }
    }
}

impl AsyncRead for Chunks {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        if self.taken == self.chunk.len() {
            match self.chunks.poll_recv(context) {
                Poll::Pending => return Poll::Pending,
                Poll::Ready(None) => return Poll::Ready(Ok(())),
                Poll::Ready(Some(chunk)) => (self.chunk, self.taken) = (chunk, 0),
            }
        }
        let count = buffer.remaining().min(self.chunk.len() - self.taken);
        buffer.put_slice(&self.chunk[self.taken..self.taken + count]);
        self.taken += count;
        Poll::Ready(Ok(()))
    }
}
