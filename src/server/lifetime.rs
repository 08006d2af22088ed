//! When the client is gone the process ends: whether it closed standard input, or died and left it open.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::Notify;

use super::desk::Desk;

/// How long answers under way may take after the client closed standard input.
pub(crate) const GRACE: Duration = Duration::from_secs(2);

/// How often the client's process is looked for.
const LOOK: Duration = Duration::from_secs(2);

/// Comes to an end when the client has left, and had time to be answered.
pub(crate) async fn client_is_gone(input_ended: Arc<Notify>, desk: &Desk) {
    tokio::select! {
        () = input_ended.notified() => tokio::time::sleep(GRACE).await,
        () = client_died(desk) => (),
    }
}

/// Comes to an end when the process that `initialize` named is no more, where that can be told.
async fn client_died(desk: &Desk) {
    // At once: whoever cannot be seen to live now is never taken for dead.
    let process = desk.opened().await.process;
    match process.and_then(sign_of_life) {
        Some(lives) => {
            let mut look = tokio::time::interval(LOOK);
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
