//! A small client over real standard input and output, strict about every message that the server sends.
#![allow(dead_code, unreachable_pub, reason = "each test binary uses a part of it")]

pub mod shape;

use std::collections::{HashMap, VecDeque};
use std::io::{BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{self, Receiver};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

/// How long anything may take before the test gives up: far more than it ever takes.
const PATIENCE: Duration = Duration::from_secs(60);

/// A client and the server that it started.
pub struct Client {
    /// The server, unless it was there before.
    child: Option<Child>,
    input: Option<Box<dyn Write>>,
    messages: Receiver<(Instant, Value)>,
    requests: i64,
    /// Answers that came while another was waited for.
    answers: HashMap<i64, Value>,
    /// Notifications not taken yet, in order.
    pub notifications: Vec<Value>,
    /// Requests of the server, in order.
    pub asked: Vec<Value>,
    /// What `workspace/configuration` is answered.
    pub settings: Value,
    /// What the next requests of the server are answered, by method, before anything else.
    pub replies: HashMap<String, VecDeque<Value>>,
    /// Every text that was sent, by URI and version, to check ranges against.
    texts: HashMap<(String, i64), String>,
    encoding: &'static str,
    /// When the last message came.
    pub came: Instant,
}

/// How a client starts.
#[derive(Default)]
pub struct Start<'a> {
    /// The program; the one under test when empty.
    pub program: Option<&'a Path>,
    /// Variables of the environment.
    pub variables: &'a [(&'a str, &'a str)],
    /// The `params` of `initialize`, over those that [`Client::start`] gives.
    pub params: Value,
    /// What `workspace/configuration` is answered.
    pub settings: Value,
}

impl Client {
    /// A server that has answered `initialize` of a client with these `capabilities`.
    pub fn start(capabilities: Value) -> Client {
        // Short texts of several lines are to hold the faults that a test is about, and no others.
        let options = json!({"lines": "keep"});
        let params = json!({"capabilities": capabilities, "initializationOptions": options});
        Client::start_with(&Start { params, ..Start::default() })
    }

    /// A server that has answered `initialize`.
    pub fn start_with(start: &Start<'_>) -> Client {
        let mut client = Client::spawn(start);
        client.initialize(&start.params);
        client
    }

    /// A client of a server that listens, after `initialize`.
    pub fn connected(
        reading: impl Read + Send + 'static,
        writing: impl Write + 'static,
        params: &Value,
    ) -> Client {
        let mut client = Client::over(None, reading, Box::new(writing), Value::Null);
        client.initialize(params);
        client
    }

    fn initialize(&mut self, given: &Value) {
        let mut params = json!({"processId": null, "rootUri": null, "capabilities": {}});
        for (key, value) in given.as_object().into_iter().flatten() {
            params[key] = value.clone();
        }
        let answer = self.request("initialize", params).expect("initialize is answered");
        self.encoding = match answer["capabilities"]["positionEncoding"].as_str() {
            Some("utf-8") => "utf-8",
            Some("utf-32") => "utf-32",
            _ => "utf-16",
        };
        self.notify("initialized", json!({}));
    }

    /// A server that was told nothing yet.
    pub fn spawn(start: &Start<'_>) -> Client {
        let program = start.program.unwrap_or(Path::new(env!("CARGO_BIN_EXE_jiaodui")));
        let mut command = Command::new(program);
        command.arg("lsp").stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::inherit());
        command.env_remove("JIAODUI_LOG");
        command.envs(start.variables.iter().copied());
        let mut child = command.spawn().expect("the server starts");
        let output = child.stdout.take().expect("its output is piped");
        let input = child.stdin.take().expect("its input is piped");
        Client::over(Some(child), output, Box::new(input), start.settings.clone())
    }

    fn over(
        child: Option<Child>,
        output: impl Read + Send + 'static,
        input: Box<dyn Write>,
        settings: Value,
    ) -> Client {
        let (send, messages) = mpsc::channel();
        std::thread::spawn(move || {
            let mut output = BufReader::new(output);
            while let Some(body) = read(&mut output) {
                let came = Instant::now();
                let message = serde_json::from_slice(&body).expect("the body is JSON");
                if send.send((came, message)).is_err() {
                    break;
                }
            }
        });
        Client {
            input: Some(input),
            child,
            messages,
            requests: 0,
            answers: HashMap::new(),
            notifications: Vec::new(),
            asked: Vec::new(),
            settings,
            replies: HashMap::new(),
            texts: HashMap::new(),
            encoding: "utf-16",
            came: Instant::now(),
        }
    }

    /// The server's process.
    pub fn process(&self) -> u32 {
        self.child.as_ref().expect("a child of ours").id()
    }

    /// Sends bytes as they are.
    pub fn send_raw(&mut self, bytes: &[u8]) {
        let input = self.input.as_mut().expect("the input is open");
        input.write_all(bytes).and_then(|()| input.flush()).expect("the server reads");
    }

    /// Sends a message as it is.
    pub fn send(&mut self, message: &Value) {
        let body = message.to_string();
        self.send_raw(format!("Content-Length: {}\r\n\r\n{body}", body.len()).as_bytes());
    }

    /// Sends a notification.
    pub fn notify(&mut self, method: &str, params: Value) {
        self.send(&json!({"jsonrpc": "2.0", "method": method, "params": params}));
    }

    /// Sends a request and returns its id.
    pub fn ask(&mut self, method: &str, params: Value) -> i64 {
        self.requests += 1;
        self.send(&json!({"jsonrpc": "2.0", "id": self.requests, "method": method, "params": params}));
        self.requests
    }

    /// The result of request `id`, or its error.
    pub fn answer(&mut self, id: i64) -> Result<Value, Value> {
        loop {
            if let Some(mut answer) = self.answers.remove(&id) {
                return match answer.get("error") {
                    Some(_) => Err(answer["error"].take()),
                    None => Ok(answer["result"].take()),
                };
            }
            self.take_one();
        }
    }

    /// Sends a request and waits for its result.
    pub fn request(&mut self, method: &str, params: Value) -> Result<Value, Value> {
        let id = self.ask(method, params);
        self.answer(id)
    }

    /// The same about a document alone, where an error is a failure of the test.
    pub fn request_of(&mut self, method: &str, uri: &str) -> Value {
        self.request(method, json!({"textDocument": {"uri": uri}})).expect("an answer")
    }

    /// Opens a document as version 1.
    pub fn open(&mut self, uri: &str, text: &str) {
        self.open_as(uri, "plaintext", text);
    }

    /// Opens a document of `language` as version 1.
    pub fn open_as(&mut self, uri: &str, language: &str, text: &str) {
        self.texts.insert((uri.into(), 1), text.into());
        let item = json!({"uri": uri, "languageId": language, "version": 1, "text": text});
        self.notify("textDocument/didOpen", json!({"textDocument": item}));
    }

    /// Sends changes. What the text is afterwards is the caller's to say; ranges are checked against it.
    pub fn change(&mut self, uri: &str, version: i64, changes: Value, text: &str) {
        self.texts.insert((uri.into(), version), text.into());
        let document = json!({"uri": uri, "version": version});
        self.notify("textDocument/didChange", json!({"textDocument": document, "contentChanges": changes}));
    }

    /// Replaces the whole text.
    pub fn replace(&mut self, uri: &str, version: i64, text: &str) {
        self.change(uri, version, json!([{"text": text}]), text);
    }

    /// Closes a document.
    pub fn close(&mut self, uri: &str) {
        self.notify("textDocument/didClose", json!({"textDocument": {"uri": uri}}));
    }

    /// The server's copy of a document.
    pub fn text(&mut self, uri: &str) -> String {
        self.request_of("jiaodui/text", uri)["text"].as_str().expect("a text").into()
    }

    /// The next notification of `method` that `fits`, taken out of the queue.
    pub fn notification(&mut self, method: &str, fits: impl Fn(&Value) -> bool) -> Value {
        loop {
            let found =
                self.notifications.iter().position(|it| it["method"] == method && fits(&it["params"]));
            if let Some(found) = found {
                return self.notifications.remove(found)["params"].take();
            }
            self.take_one();
        }
    }

    /// The diagnostics published for `version` of a document.
    pub fn published(&mut self, uri: &str, version: i64) -> Vec<Value> {
        let publish = self.notification("textDocument/publishDiagnostics", |it| {
            it["uri"] == uri && it["version"] == version
        });
        publish["diagnostics"].as_array().expect("a list").clone()
    }

    /// Opens a document and returns what is published for it.
    pub fn diagnostics(&mut self, uri: &str, text: &str) -> Vec<Value> {
        self.open(uri, text);
        self.published(uri, 1)
    }

    /// Waits for a request of the server.
    pub fn asked_for(&mut self, method: &str) -> Value {
        loop {
            if let Some(found) = self.asked.iter().position(|it| it["method"] == method) {
                return self.asked.remove(found)["params"].take();
            }
            self.take_one();
        }
    }

    /// Closes the server's input.
    pub fn hang_up(&mut self) {
        self.input = None;
    }

    /// Waits for the server's end.
    pub fn ended(&mut self) -> ExitStatus {
        let begun = Instant::now();
        loop {
            let child = self.child.as_mut().expect("a child of ours");
            if let Some(status) = child.try_wait().expect("it can be waited for") {
                return status;
            }
            assert!(begun.elapsed() < PATIENCE, "the server lives on");
            std::thread::yield_now();
        }
    }

    /// Says goodbye as the protocol has it.
    pub fn leave(mut self) {
        self.request("shutdown", Value::Null).expect("shutdown is answered");
        self.notify("exit", Value::Null);
        assert!(self.ended().success());
    }

    /// Takes one message in.
    fn take_one(&mut self) {
        let (came, message) = self.messages.recv_timeout(PATIENCE).expect("the server says something");
        self.came = came;
        shape::check(&message);
        match (message.get("id").and_then(Value::as_i64), message.get("method").is_some()) {
            (Some(id), true) => {
                let method = message["method"].as_str().unwrap_or_default();
                let recorded = self.replies.get_mut(method).and_then(VecDeque::pop_front);
                let result = recorded.unwrap_or_else(|| match message["method"].as_str() {
                    Some("workspace/configuration") => json!([self.settings]),
                    Some("workspace/applyEdit") => json!({"applied": true}),
                    _ => Value::Null,
                });
                self.asked.push(message);
                self.send(&json!({"jsonrpc": "2.0", "id": id, "result": result}));
            }
            (Some(id), false) => {
                assert!(self.answers.insert(id, message).is_none(), "one answer a request");
            }
            (None, true) => {
                self.check_ranges(&message);
                self.notifications.push(message);
            }
            (None, false) => {
                self.answers.insert(-1, message);
            }
        }
    }

    /// Published ranges lie in the text that they are published for.
    fn check_ranges(&self, message: &Value) {
        let params = &message["params"];
        let uri = params["uri"].as_str().unwrap_or_default();
        let Some(version) = params["version"].as_i64() else { return };
        let Some(text) = self.texts.get(&(uri.into(), version)) else { return };
        for diagnostic in params["diagnostics"].as_array().into_iter().flatten() {
            shape::within(text, &diagnostic["range"], self.encoding);
        }
    }
}

impl Drop for Client {
    fn drop(&mut self) {
        // A test that failed leaves no server behind.
        if let Some(child) = &mut self.child {
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}

/// The body of the next message; `None` at the end.
fn read(output: &mut impl BufRead) -> Option<Vec<u8>> {
    let mut length = None;
    loop {
        let mut line = String::new();
        if output.read_line(&mut line).ok()? == 0 {
            return None;
        }
        let line = line.strip_suffix("\r\n").expect("headers end in CR LF");
        if line.is_empty() {
            break;
        }
        let (name, value) = line.split_once(": ").expect("a header has a name");
        assert_eq!(name, "Content-Length", "the one header that is sent");
        length = Some(value.parse::<usize>().expect("a length"));
    }
    let mut body = vec![0; length.expect("a length is given")];
    output.read_exact(&mut body).ok()?;
    Some(body)
}

/// A range of the protocol.
pub fn range(start: [u32; 2], end: [u32; 2]) -> Value {
    let at = |[line, character]: [u32; 2]| json!({"line": line, "character": character});
    json!({"start": at(start), "end": at(end)})
}

/// A folder of its own, gone at the end of the test.
pub struct Folder(pub PathBuf);

impl Folder {
    /// An empty folder whose settings end the search upward.
    pub fn new() -> Folder {
        static COUNT: AtomicUsize = AtomicUsize::new(0);
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        let folder = std::env::temp_dir().join(format!("jiaodui-lsp-{}-{count}", std::process::id()));
        let folder = Folder(folder);
        folder.write("jiaodui.toml", "root = true\n");
        folder
    }

    /// Writes a file.
    pub fn write(&self, name: &str, content: &str) {
        std::fs::create_dir_all(&self.0).expect("the folder is made");
        std::fs::write(self.0.join(name), content).expect("the file is written");
    }

    /// The content of a file.
    pub fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.0.join(name)).expect("the file is there")
    }

    /// The URI of a file in it.
    pub fn uri(&self, name: &str) -> String {
        format!("file://{}", self.0.join(name).display())
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}
