//! One server for many editors: it listens, and serves each client that connects as if it were the only one.
//!
//! The models are loaded once. Nothing else is shared: a client has threads, documents and settings of its own, so
//! that one which stalls, floods, sends garbage or disappears does no harm to the others.

use std::io::{self, Read, Write};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::path::Path;
use std::process::ExitCode;
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, Condvar, Mutex, PoisonError};

use crate::lexicon::Lexicon;

use super::chunks::Chunks;
use super::writer::Writer;
use super::{lifetime, record, serve, wire};

/// Clients at a time. Whoever comes then is sent away.
const CLIENTS: usize = 64;

/// Serves all that connect to `address`. With `while_used`, ends once the last of them has left. Says on standard
/// output where it listens, which is news when the port was 0.
pub fn listen(address: SocketAddr, while_used: bool) -> ExitCode {
    let listener = match TcpListener::bind(address) {
        Ok(listener) => listener,
        Err(error) => return failed(&address.to_string(), &error),
    };
    let shown = listener.local_addr().unwrap_or(address).to_string();
    attend_all(&shown, while_used, move || {
        let stream = listener.accept()?.0;
        // An answer is one write, and is not to wait for more.
        stream.set_nodelay(true)?;
        Ok(stream)
    })
}

/// The same at `path`, a socket file that this user alone can open.
#[cfg(unix)]
pub fn listen_at(path: &Path, while_used: bool) -> ExitCode {
    use std::os::unix::fs::PermissionsExt;
    use std::os::unix::net::{UnixListener, UnixStream};

    // One that nobody listens at was left behind by a server that was killed.
    if UnixStream::connect(path).is_err_and(|it| it.kind() == io::ErrorKind::ConnectionRefused) {
        let _ = std::fs::remove_file(path);
    }
    let listener = UnixListener::bind(path).and_then(|it| {
        std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o600))?;
        Ok(it)
    });
    let listener = match listener {
        Ok(listener) => listener,
        Err(error) => return failed(&path.display().to_string(), &error),
    };
    let code = attend_all(&path.display().to_string(), while_used, move || Ok(listener.accept()?.0));
    let _ = std::fs::remove_file(path);
    code
}

/// Elsewhere there are no socket files.
#[cfg(not(unix))]
pub fn listen_at(path: &Path, _: bool) -> ExitCode {
    failed(&path.display().to_string(), &io::ErrorKind::Unsupported.into())
}

fn failed(place: &str, error: &io::Error) -> ExitCode {
    // Standard error may be closed; the exit code tells as well.
    let _ = writeln!(io::stderr(), "jiaodui lsp: {place}: {error}");
    ExitCode::from(2)
}

/// A connection.
trait Stream: Read + Write + Send + Sized + 'static {
    /// Another handle to the same connection.
    fn handle(&self) -> io::Result<Self>;
    /// Ends the connection, whoever reads or writes at the moment.
    fn end(&self);
}

impl Stream for TcpStream {
    fn handle(&self) -> io::Result<TcpStream> {
        self.try_clone()
    }

    fn end(&self) {
        let _ = self.shutdown(Shutdown::Both);
    }
}

#[cfg(unix)]
impl Stream for std::os::unix::net::UnixStream {
    fn handle(&self) -> io::Result<std::os::unix::net::UnixStream> {
        self.try_clone()
    }

    fn end(&self) {
        let _ = self.shutdown(Shutdown::Both);
    }
}

/// How many clients there are, told when it changes.
#[derive(Debug, Default)]
struct Clients {
    count: Mutex<usize>,
    changed: Condvar,
}

impl Clients {
    /// One more, unless they are too many.
    fn enter(&self) -> bool {
        let mut count = self.count.lock().unwrap_or_else(PoisonError::into_inner);
        let enters = *count < CLIENTS;
        *count += usize::from(enters);
        self.changed.notify_all();
        enters
    }

    fn leave(&self) {
        *self.count.lock().unwrap_or_else(PoisonError::into_inner) -= 1;
        self.changed.notify_all();
    }

    /// Waits until there were some and all have left, none coming back for a while: editors restart servers.
    fn wait_for_the_last(&self) {
        let count = self.count.lock().unwrap_or_else(PoisonError::into_inner);
        let mut count = self.changed.wait_while(count, |it| *it == 0).unwrap_or_else(PoisonError::into_inner);
        loop {
            count = self.changed.wait_while(count, |it| *it > 0).unwrap_or_else(PoisonError::into_inner);
            let waited = self.changed.wait_timeout_while(count, lifetime::GRACE, |it| *it == 0);
            let (again, result) = waited.unwrap_or_else(PoisonError::into_inner);
            if result.timed_out() {
                return;
            }
            count = again;
        }
    }
}

/// Serves whom `accept` gives, each on a thread of its own.
fn attend_all<S: Stream>(
    place: &str,
    while_used: bool,
    accept: impl Fn() -> io::Result<S> + Send + 'static,
) -> ExitCode {
    std::thread::spawn(Lexicon::shared);
    let mut output = io::stdout();
    let _ = writeln!(output, "listening on {place}").and_then(|()| output.flush());
    let clients = Arc::new(Clients::default());
    let counted = Arc::clone(&clients);
    let accepting = std::thread::spawn(move || {
        for number in 1.. {
            match accept() {
                Ok(stream) if counted.enter() => {
                    let counted = Arc::clone(&counted);
                    std::thread::spawn(move || {
                        attend(stream, number);
                        counted.leave();
                    });
                }
                Ok(stream) => stream.end(),
                // Too many open files, mostly: some will be closed.
                Err(_) => std::thread::sleep(lifetime::GRACE),
            }
        }
    });
    if while_used {
        clients.wait_for_the_last();
    } else {
        // It fails only by a panic, and then nobody is let in any more.
        let _ = accepting.join();
    }
    ExitCode::SUCCESS
}

/// Serves the client at the other end of `stream` until it leaves. A runtime of its own keeps a client with a thousand
/// documents from taking the others' threads.
fn attend<S: Stream>(stream: S, number: usize) {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(1)
        .max_blocking_threads(8)
        .enable_all()
        .build();
    let (Ok(runtime), Ok(reading), Ok(writing)) = (runtime, stream.handle(), stream.handle()) else {
        return stream.end();
    };
    let [from_client, to_client] = record::records(Some(number));
    let (writer, finish) = Writer::start(writing, to_client);
    let (left, input) = wire::Input::guarded(Chunks::of(reading), from_client);
    let session = serve(input, left, writer, Arc::new(AtomicBool::new(false)));
    runtime.block_on(session);
    finish.finish(lifetime::GRACE);
    stream.end();
    runtime.shutdown_background();
}
