//! What every message of the server must look like.

use serde_json::Value;

/// Keys that a message of the server must have, by its method.
const REQUIRED: &[(&str, &[&str])] = &[
    ("textDocument/publishDiagnostics", &["uri", "diagnostics"]),
    ("window/showMessage", &["type", "message"]),
    ("window/logMessage", &["type", "message"]),
    ("client/registerCapability", &["registrations"]),
    ("workspace/configuration", &["items"]),
    ("workspace/applyEdit", &["edit"]),
    ("workspace/diagnostic/refresh", &[]),
    ("window/workDoneProgress/create", &["token"]),
    ("$/progress", &["token", "value"]),
];

/// Fails unless `message` is a well-formed message.
pub fn check(message: &Value) {
    let object = message.as_object().expect("a message is an object");
    assert_eq!(message["jsonrpc"], "2.0", "{message}");
    for key in object.keys() {
        assert!(["jsonrpc", "id", "method", "params", "result", "error"].contains(&&**key), "{message}");
    }
    match message["method"].as_str() {
        Some(method) => {
            let required = REQUIRED.iter().find(|it| it.0 == method);
            let (_, required) = required.unwrap_or_else(|| panic!("unknown method: {message}"));
            assert!(required.is_empty() || message["params"].is_object(), "{message}");
            assert!(!object.contains_key("params") || !message["params"].is_null(), "{message}");
            for key in *required {
                assert!(message["params"].get(key).is_some(), "{method} lacks {key}: {message}");
            }
            assert!(!object.contains_key("result") && !object.contains_key("error"), "{message}");
        }
        None => {
            assert!(object.contains_key("id"), "{message}");
            assert_ne!(object.contains_key("result"), object.contains_key("error"), "{message}");
            if let Some(error) = object.get("error") {
                assert!(error["code"].is_i64() && error["message"].is_string(), "{message}");
            }
        }
    }
    for (key, value) in object {
        // The answer to nothing is null, and what cannot be parsed has no id.
        if !value.is_null() || !["result", "id"].contains(&&**key) {
            no_null(key, value);
        }
    }
    walk(message, &mut |it| {
        if let (Some(start), Some(end)) = (it.get("start"), it.get("end")) {
            assert!(place(start) <= place(end), "a range is not reversed: {it}");
        }
        if let Some(diagnostics) = it.get("diagnostics") {
            diagnostics.as_array().expect("a list").iter().for_each(diagnostic);
        }
        if let Some(edit) = it.get("edit") {
            assert!(it.get("command").is_none(), "no action has both edit and command: {it}");
            assert_ne!(edit.get("changes").is_some(), edit.get("documentChanges").is_some(), "{it}");
        }
    });
}

fn diagnostic(it: &Value) {
    assert!(it["range"].is_object() && it["message"].as_str().is_some_and(|it| !it.is_empty()), "{it}");
    assert!(it["severity"].as_i64().is_some_and(|it| (1..=4).contains(&it)), "{it}");
    assert_eq!(it["source"], "jiaodui", "{it}");
}

/// The protocol omits what is not there.
fn no_null(name: &str, value: &Value) {
    match value {
        // A document that has no version, in an edit.
        Value::Null => assert_eq!(name, "version", "null under {name}"),
        Value::Array(items) => items.iter().for_each(|it| no_null(name, it)),
        Value::Object(fields) => fields.iter().for_each(|(key, it)| no_null(key, it)),
        _ => (),
    }
}

fn walk(value: &Value, visit: &mut impl FnMut(&Value)) {
    visit(value);
    match value {
        Value::Array(items) => items.iter().for_each(|it| walk(it, visit)),
        Value::Object(fields) => fields.values().for_each(|it| walk(it, visit)),
        _ => (),
    }
}

fn place(position: &Value) -> (u64, u64) {
    let unit = |key: &str| position[key].as_u64().unwrap_or_else(|| panic!("no position: {position}"));
    (unit("line"), unit("character"))
}

/// Fails unless `range` lies in `text` and cuts no character.
pub fn within(text: &str, range: &Value, encoding: &str) {
    let lines = lines(text);
    for position in [&range["start"], &range["end"]] {
        let (line, column) = place(position);
        let line = lines.get(line as usize).unwrap_or_else(|| panic!("line {line} is past the text"));
        let mut at = 0;
        let fits = line.chars().any(|it| {
            let here = at == column;
            at += width(it, encoding);
            here
        });
        assert!(fits || at == column, "column {column} is no place in {line:?}");
    }
}

/// The lines of `text` as the protocol has them.
pub fn lines(text: &str) -> Vec<&str> {
    let mut lines = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find(['\r', '\n']) {
        lines.push(&rest[..at]);
        rest = rest[at..].strip_prefix("\r\n").unwrap_or(&rest[at + 1..]);
    }
    lines.push(rest);
    lines
}

/// The columns that a character takes.
pub fn width(char: char, encoding: &str) -> u64 {
    match encoding {
        "utf-8" => char.len_utf8() as u64,
        "utf-16" => char.len_utf16() as u64,
        _ => 1,
    }
}
