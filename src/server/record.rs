//! A record of all messages, for bug reports and conformance checks.
//!
//! With `JIAODUI_LOG=path` each message is appended to that file as a line of JSON:
//! `{"t": seconds since 1970, "dir": "client->server" or "server->client", "msg": {…}}`.

use std::fs::File;
use std::io::{self, Write};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::SystemTime;

use serde_json::{Value, json};

/// The records of both directions, from the client and to it, where the environment asks for them. Of many clients
/// each has a `number`, and a file whose name ends in it.
pub(crate) fn records(number: Option<usize>) -> [Option<Record>; 2] {
    let file = std::env::var_os("JIAODUI_LOG").and_then(|mut it| {
        if let Some(number) = number {
            it.push(format!(".{number}"));
        }
        let opened = File::options().create(true).append(true).open(&it);
        if let Err(error) = &opened {
            // Standard error may be closed; that is no reason to stop.
            let _ = writeln!(io::stderr(), "JIAODUI_LOG: {}: {error}", it.display());
        }
        Some(Arc::new(Mutex::new(opened.ok()?)))
    });
    ["client->server", "server->client"].map(|direction| Some(Record { direction, file: file.clone()? }))
}

/// The record of one direction.
#[derive(Debug)]
pub(crate) struct Record {
    direction: &'static str,
    file: Arc<Mutex<File>>,
}

impl Record {
    /// Adds a message.
    pub(crate) fn message(&mut self, body: &[u8]) {
        let message = serde_json::from_slice::<Value>(body);
        let message = message.unwrap_or_else(|_| String::from_utf8_lossy(body).into());
        let time = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
        let line = json!({"t": time.as_secs_f64(), "dir": self.direction, "msg": message});
        // In one piece: other servers append to the same file, and this one may end at any time.
        let line = format!("{line}\n");
        let mut file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
        // A full disk ends the record, not the server.
        let _ = file.write_all(line.as_bytes());
    }
}
