//! A client that does as little as it can beside what is measured: it sends, and notes when what came, how much of it.

use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

/// The document.
pub(crate) const URI: &str = "file:///pages/jiaozuo.txt";

/// How long anything may take before the bench gives up.
const PATIENCE: Duration = Duration::from_secs(600);

/// What came, and when.
pub(crate) struct Message {
    pub(crate) came: Instant,
    pub(crate) body: Vec<u8>,
}

/// A client and the server that it started.
pub(crate) struct Client {
    child: Child,
    input: ChildStdin,
    messages: Receiver<Message>,
    version: i64,
    /// Bytes and messages of diagnostics that came.
    pub(crate) bytes: usize,
    pub(crate) publishes: usize,
}

impl Client {
    /// A server that has answered `initialize`, and how long that took from the start of its process.
    pub(crate) fn start(began: Instant) -> (Client, Duration) {
        let mut command = Command::new(env!("CARGO_BIN_EXE_jiaodui"));
        command.arg("lsp").stdin(Stdio::piped()).stdout(Stdio::piped()).env_remove("JIAODUI_LOG");
        let mut child = command.spawn().expect("the server starts");
        let output = child.stdout.take().expect("its output is piped");
        let input = child.stdin.take().expect("its input is piped");
        let (send, messages) = mpsc::channel();
        std::thread::spawn(move || {
            let mut output = BufReader::with_capacity(1 << 20, output);
            while let Some(body) = body(&mut output) {
                if send.send(Message { came: Instant::now(), body }).is_err() {
                    break;
                }
            }
        });
        let mut client = Client { child, input, messages, version: 1, bytes: 0, publishes: 0 };
        let capabilities = json!({
            "general": {"positionEncodings": ["utf-16"]},
            "window": {"workDoneProgress": true},
        });
        let params = json!({"processId": null, "rootUri": null, "capabilities": capabilities});
        client.send(&json!({"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": params}));
        let answer = client.next(PATIENCE).expect("initialize is answered");
        client.notify("initialized", json!({}));
        (client, answer.came - began)
    }

    /// Opens the document, and gives the first list of diagnostics and when it came.
    pub(crate) fn open(&mut self, text: &str) -> (Vec<Value>, Instant) {
        let item = json!({"uri": URI, "languageId": "plaintext", "version": 1, "text": text});
        self.notify("textDocument/didOpen", json!({"textDocument": item}));
        let first = self.published(PATIENCE).expect("diagnostics come");
        let mut message: Value = serde_json::from_slice(&first.body).expect("JSON");
        match message["params"]["diagnostics"].take() {
            Value::Array(list) => (list, first.came),
            _ => (Vec::new(), first.came),
        }
    }

    /// Replaces the characters `from`–`to` of `line` by `text`. Returns when that was sent.
    pub(crate) fn change(&mut self, line: u64, [from, to]: [u64; 2], text: &str) -> Instant {
        self.version += 1;
        let at = |character: u64| json!({"line": line, "character": character});
        let change = json!([{"range": {"start": at(from), "end": at(to)}, "text": text}]);
        let document = json!({"uri": URI, "version": self.version});
        let began = Instant::now();
        self.notify("textDocument/didChange", json!({"textDocument": document, "contentChanges": change}));
        began
    }

    /// The next diagnostics of the newest version; `None` when none come for so long.
    pub(crate) fn current(&mut self) -> Option<Message> {
        let version = format!(r#""version":{}"#, self.version);
        loop {
            let message = self.published(PATIENCE)?;
            let head = String::from_utf8_lossy(&message.body[..message.body.len().min(300)]).into_owned();
            if head.contains(&format!("{version},")) || head.contains(&format!("{version}}}")) {
                return Some(message);
            }
        }
    }

    /// The next diagnostics of any version; `None` when none come for so long.
    pub(crate) fn published(&mut self, patience: Duration) -> Option<Message> {
        loop {
            let message = self.next(patience)?;
            let head = &message.body[..message.body.len().min(100)];
            if String::from_utf8_lossy(head).contains("textDocument/publishDiagnostics") {
                self.bytes += message.body.len();
                self.publishes += 1;
                return Some(message);
            }
        }
    }

    /// The peak of the server's memory in MB, where the system tells.
    pub(crate) fn peak(&self) -> f64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap_or_default();
        let peak = status.lines().find_map(|it| it.strip_prefix("VmHWM:"));
        let kilobytes = peak.and_then(|it| it.trim().trim_end_matches("kB").trim().parse::<f64>().ok());
        kilobytes.map_or(f64::NAN, |it| it / 1024.0)
    }

    /// Waits until the whole text is analysed, and gives when it was.
    pub(crate) fn settled(&mut self) -> Instant {
        let params = json!({"textDocument": {"uri": URI}, "position": {"line": 0, "character": 0}});
        self.send(&json!({"jsonrpc": "2.0", "id": 2, "method": "textDocument/hover", "params": params}));
        loop {
            let message = self.next(PATIENCE).expect("the question is answered");
            if String::from_utf8_lossy(&message.body[..message.body.len().min(100)]).contains(r#""id":2"#) {
                return message.came;
            }
        }
    }

    /// The time that the server has been computing, all threads together, where the system tells.
    pub(crate) fn computed(&self) -> Duration {
        let tasks =
            std::fs::read_dir(format!("/proc/{}/task", self.child.id())).into_iter().flatten().flatten();
        let spent = tasks.filter_map(|it| {
            let times = std::fs::read_to_string(it.path().join("schedstat")).ok()?;
            times.split(' ').next()?.parse::<u64>().ok()
        });
        Duration::from_nanos(spent.sum())
    }

    fn next(&mut self, patience: Duration) -> Option<Message> {
        loop {
            let message = self.messages.recv_timeout(patience).ok()?;
            // Requests of the server are answered, so that it can go on: `window/workDoneProgress/create`.
            let head = String::from_utf8_lossy(&message.body[..message.body.len().min(200)]).into_owned();
            if head.contains(r#""method":"#) && head.contains(r#""id":"#) {
                let request: Value = serde_json::from_slice(&message.body).expect("JSON");
                let result = match request["method"].as_str() {
                    Some("workspace/configuration") => json!([null]),
                    _ => Value::Null,
                };
                self.send(&json!({"jsonrpc": "2.0", "id": request["id"], "result": result}));
                continue;
            }
            return Some(message);
        }
    }

    fn notify(&mut self, method: &str, params: Value) {
        self.send(&json!({"jsonrpc": "2.0", "method": method, "params": params}));
    }

    fn send(&mut self, message: &Value) {
        let body = message.to_string();
        let bytes = format!("Content-Length: {}\r\n\r\n{body}", body.len());
        self.input.write_all(bytes.as_bytes()).and_then(|()| self.input.flush()).expect("the server reads");
    }
}

impl Drop for Client {
    fn drop(&mut self) {
        // Measured is measured; how it ends is the protocol tests' matter.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The body of the next message; `None` at the end.
fn body(output: &mut impl BufRead) -> Option<Vec<u8>> {
    let mut length = None;
    loop {
        let mut line = String::new();
        if output.read_line(&mut line).ok()? == 0 {
            return None;
        }
        match line.trim_end().strip_prefix("Content-Length: ") {
            Some(it) => length = it.parse().ok(),
            None if line == "\r\n" => break,
            None => (),
        }
    }
    let mut body = vec![0; length?];
    output.read_exact(&mut body).ok()?;
    Some(body)
}
