//! What real editors sent, replayed: what was answered is answered, what was refused is refused.
//!
//! `tests/sessions/` holds one recorded session of each editor on the seed page, as `editors/conformance/session.py`
//! makes them out of `JIAODUI_LOG`.

mod support;

use serde_json::{Value, json};
use support::{Client, Start};

const SEED: &str = include_str!("../seeds/jiaozuo-daily-2020-02.txt");

/// Replays a session, each request after the answer to the one before. The client checks the shape of every message.
fn replay(session: &str) {
    let lines: Vec<Value> = session.lines().map(|it| serde_json::from_str(it).expect("JSON")).collect();
    let mut client = Client::spawn(&Start::default());
    for line in &lines {
        if let Some(method) = line["answers"].as_str() {
            client.replies.entry(method.into()).or_default().push_back(line["result"].clone());
        }
    }
    let mut open = Vec::new();
    let mut requests = 0;
    for line in &lines {
        let Some(method) = line["method"].as_str() else { continue };
        let mut message = json!({"jsonrpc": "2.0", "method": method});
        for key in ["id", "params"] {
            if let Some(value) = line.get(key) {
                message[key] = value.clone();
            }
        }
        if method == "textDocument/didOpen" {
            let document = &mut message["params"]["textDocument"];
            open.push(document["uri"].clone());
            if document["text"] == "SEED" {
                document["text"] = SEED.into();
            }
        }
        if method == "textDocument/didClose" {
            open.retain(|it| *it != message["params"]["textDocument"]["uri"]);
        }
        client.send(&message);
        if let Some(id) = line["id"].as_i64() {
            requests += 1;
            let answer = client.answer(id);
            if line["refused"] == true {
                assert!(answer.is_err(), "{method} {id} was refused once");
                continue;
            }
            let answer = answer.unwrap_or_else(|error| panic!("{method} {id}: {error}"));
            assert!(!answer.is_null() || line["answered"] != true, "{method} {id} came to nothing");
        }
    }
    assert!(requests > 5);
    for uri in open {
        let params = json!({"textDocument": {"uri": uri}});
        client.send(&json!({"jsonrpc": "2.0", "id": 1_000_000, "method": "jiaodui/text", "params": params}));
        assert_eq!(client.answer(1_000_000).expect("an answer")["inSync"], true, "{uri}");
    }
    client.send(&json!({"jsonrpc": "2.0", "id": 1_000_001, "method": "shutdown"}));
    client.answer(1_000_001).expect("shutdown is answered");
}

#[test]
fn of_visual_studio_code() {
    replay(include_str!("sessions/vscode.jsonl"));
}

#[test]
fn of_neovim() {
    replay(include_str!("sessions/neovim.jsonl"));
}

#[test]
fn of_vim_with_youcompleteme() {
    replay(include_str!("sessions/vim.jsonl"));
}

#[test]
fn of_kakoune() {
    replay(include_str!("sessions/kakoune.jsonl"));
}

#[test]
fn of_helix() {
    replay(include_str!("sessions/helix.jsonl"));
}

#[test]
fn of_emacs() {
    replay(include_str!("sessions/emacs.jsonl"));
}
