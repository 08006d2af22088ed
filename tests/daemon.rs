//! One server for many editors.

mod support;

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Shutdown, TcpStream};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use serde_json::{Value, json};
use support::{Client, Folder};

/// A server that listens, and where.
struct Daemon {
    child: Child,
    place: String,
}

impl Daemon {
    fn start(options: &[&str]) -> Daemon {
        let mut command = Command::new(env!("CARGO_BIN_EXE_jiaodui"));
        command.arg("lsp").args(options).env_remove("JIAODUI_LOG").stdout(Stdio::piped());
        let mut child = command.spawn().expect("the server starts");
        let mut line = String::new();
        let output = child.stdout.as_mut().expect("its output is piped");
        BufReader::new(output).read_line(&mut line).expect("it says where it listens");
        let place = line.trim_end().strip_prefix("listening on ").expect("the place").to_string();
        Daemon { child, place }
    }

    fn stream(&self) -> TcpStream {
        TcpStream::connect(&self.place).expect("it listens")
    }

    fn client(&self, params: &Value) -> Client {
        let stream = self.stream();
        Client::connected(stream.try_clone().expect("a handle"), stream, params)
    }

    /// Fails unless a client is served as ever.
    fn serves(&self) {
        let mut client = self.client(&json!({}));
        assert_eq!(client.diagnostics("file:///a.txt", "⼈民").len(), 1);
    }
}

impl Drop for Daemon {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn local() -> Daemon {
    Daemon::start(&["--listen", "127.0.0.1:0"])
}

#[test]
fn each_client_has_documents_language_and_columns_of_its_own() {
    let daemon = local();
    let mut zh = daemon.client(&json!({"locale": "zh-cn"}));
    let utf8 = json!({"general": {"positionEncodings": ["utf-8"]}});
    let mut en = daemon.client(&json!({"locale": "en", "capabilities": utf8}));
    let (here, there) = (zh.diagnostics("file:///a.txt", "𬱖⼈"), en.diagnostics("file:///a.txt", "𬱖大⼈"));
    assert_eq!(here[0]["range"]["start"]["character"], 2);
    assert_eq!(there[0]["range"]["start"]["character"], 7);
    assert!(here[0]["message"] != there[0]["message"]);
    assert_eq!(zh.text("file:///a.txt"), "𬱖⼈");
}

#[test]
fn what_one_client_does_harms_no_other() {
    let daemon = local();
    let mut good = daemon.client(&json!({}));

    // One stalls: connects and says nothing; one stops in mid-message; one asks and never reads.
    let _silent = daemon.stream();
    let mut half = daemon.stream();
    half.write_all(b"Content-Length: 100\r\n\r\n{").expect("it reads");
    let mut deaf = daemon.stream();
    let say = |stream: &mut TcpStream, message: &Value| {
        let body = message.to_string();
        write!(stream, "Content-Length: {}\r\n\r\n{body}", body.len())
    };
    let initialize =
        json!({"jsonrpc": "2.0", "id": 0, "method": "initialize", "params": {"capabilities": {}}});
    say(&mut deaf, &initialize).expect("it reads");
    let text = "２０２０年⼈民。\n".repeat(2000);
    let item = json!({"uri": "file:///a.txt", "languageId": "plaintext", "version": 1, "text": text});
    let open = json!({"jsonrpc": "2.0", "method": "textDocument/didOpen", "params": {"textDocument": item}});
    say(&mut deaf, &open).expect("it reads");
    // Until the server takes no more, or lets it go.
    deaf.set_write_timeout(Some(Duration::from_millis(300))).expect("a time limit");
    for id in 1..2000 {
        let params = json!({"textDocument": {"uri": "file:///a.txt"}});
        let ask = json!({"jsonrpc": "2.0", "id": id, "method": "jiaodui/text", "params": params});
        if say(&mut deaf, &ask).is_err() {
            break;
        }
    }
    daemon.serves();

    // One disappears in mid-message.
    drop(half);
    // One is no client at all, like the page of a browser: it is let go.
    let mut browser = daemon.stream();
    browser.set_read_timeout(Some(Duration::from_secs(60))).expect("a time limit");
    let _ = browser.write_all(b"POST / HTTP/1.1\r\nContent-Length: 2\r\n\r\n{}");
    let mut answer = Vec::new();
    let _ = browser.read_to_end(&mut answer);
    assert!(answer.is_empty(), "it is not answered");

    daemon.serves();
    assert_eq!(good.diagnostics("file:///b.txt", "⼈民").len(), 1);
}

#[test]
fn ends_when_the_last_client_has_left_if_asked_to() {
    let mut daemon = Daemon::start(&["--listen", "127.0.0.1:0", "--while-used"]);
    let streams = [daemon.stream(), daemon.stream()];
    let mut clients = streams
        .each_ref()
        .map(|it| Client::connected(it.try_clone().unwrap(), it.try_clone().unwrap(), &json!({})));
    streams[1].shutdown(Shutdown::Both).expect("it was open");
    assert_eq!(clients[0].diagnostics("file:///a.txt", "⼈民").len(), 1);
    streams[0].shutdown(Shutdown::Both).expect("it was open");
    assert!(daemon.child.wait().expect("a child of ours").success());
}

#[test]
fn other_machines_are_let_in_only_when_that_is_said() {
    let mut command = Command::new(env!("CARGO_BIN_EXE_jiaodui"));
    let refused = command.args(["lsp", "--listen", "0.0.0.0:0", "--lang", "en"]).output().expect("it runs");
    assert_eq!(refused.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&refused.stderr).contains("--allow-remote"));
}

#[cfg(unix)]
#[test]
fn a_socket_file_is_listened_at_by_one_server() {
    use std::os::unix::net::UnixStream;

    let folder = Folder::new();
    folder.write("empty", "");
    let path = folder.0.join("socket");
    let pipe = path.to_str().expect("text");
    drop(std::os::unix::net::UnixListener::bind(&path).expect("a file left behind"));
    let daemon = Daemon::start(&["--pipe", pipe]);
    let stream = UnixStream::connect(&daemon.place).expect("it listens");
    let mut client = Client::connected(stream.try_clone().expect("a handle"), stream, &json!({}));
    assert_eq!(client.diagnostics("file:///a.txt", "⼈民").len(), 1);
    let second = Command::new(env!("CARGO_BIN_EXE_jiaodui")).args(["lsp", "--pipe", pipe]).output();
    assert_eq!(second.expect("it runs").status.code(), Some(2));
}
