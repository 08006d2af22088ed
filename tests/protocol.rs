//! The server over real standard input and output, as editors drive it.

mod support;

use serde_json::{Value, json};

use support::{Client, Folder, Start, range};

const URI: &str = "file:///pages/a.txt";

/// A text with one fault that no majority decides: the code point of a radical.
const FAULTY: &str = "为⼈民服务。\n";

fn codes(diagnostics: &[Value]) -> Vec<&str> {
    diagnostics.iter().filter_map(|it| it["code"].as_str()).collect()
}

/// Capabilities of a client that takes all of a code action.
fn literals() -> Value {
    json!({"textDocument": {"codeAction": {"codeActionLiteralSupport": {"codeActionKind": {"valueSet": []}}}}})
}

fn actions(client: &mut Client, range: Value, context: Value) -> Vec<Value> {
    let params = json!({"textDocument": {"uri": URI}, "range": range, "context": context});
    let actions = client.request("textDocument/codeAction", params).expect("an answer");
    actions.as_array().expect("a list").clone()
}

#[test]
fn offers_what_it_can_do() {
    let mut client = Client::spawn(&Start::default());
    let params = json!({"processId": null, "rootUri": null, "capabilities": {}});
    let answer = client.request("initialize", params).expect("an answer");
    assert_eq!(answer["serverInfo"]["name"], "jiaodui");
    let offered = &answer["capabilities"];
    assert_eq!(offered["textDocumentSync"]["change"], 2);
    assert_eq!(offered["positionEncoding"], "utf-16");
    assert_eq!(offered["completionProvider"]["triggerCharacters"], json!(["（", "("]));
    for key in ["hoverProvider", "documentSymbolProvider", "foldingRangeProvider", "codeActionProvider"] {
        assert!(offered[key] == true, "{key}: {offered}");
    }
    assert!(offered.get("diagnosticProvider").is_none());
    client.leave();
}

#[test]
fn edits_apply_in_order_each_to_the_text_before() {
    let mut client = Client::start(json!({}));
    client.open(URI, "王晋豫\n");
    let insert = |column, text: &str| json!({"range": range([0, column], [0, column]), "text": text});
    client.change(URI, 2, json!([insert(3, "说"), insert(4, "："), insert(0, "记者")]), "记者王晋豫说：\n");
    assert_eq!(client.text(URI), "记者王晋豫说：\n");
    client.change(URI, 3, json!([{"text": "新"}, insert(1, "闻")]), "新闻");
    assert_eq!(client.request_of("jiaodui/text", URI)["version"], 3);
    assert_eq!(client.text(URI), "新闻");
    client.leave();
}

#[test]
fn two_hundred_edits_between_questions_keep_their_order() {
    let mut client = Client::start(json!({}));
    client.open(URI, "");
    let mut text = String::new();
    let mut questions = Vec::new();
    for index in 0..200 {
        let char = char::from_u32(0x4e00 + index).expect("a character");
        let change = json!([{"range": range([0, index], [0, index]), "text": char}]);
        text.push(char);
        client.change(URI, i64::from(index) + 2, change, &text);
        let at = json!({"textDocument": {"uri": URI}, "position": {"line": 0, "character": index}});
        questions.push(client.ask("textDocument/hover", at));
    }
    assert_eq!(client.text(URI), text);
    for question in questions {
        // A question is answered of its own text, or refused because the text has moved on.
        let answer = client.answer(question);
        assert!(answer.as_ref().map_or_else(|it| it["code"] == -32801, |_| true), "{answer:?}");
    }
    client.leave();
}

#[test]
fn a_cancelled_request_is_answered_so_and_holds_nothing_back() {
    let stall = [("JIAODUI_STALL_ON", "停")];
    let mut client = Client::start_with(&Start { variables: &stall, ..Start::default() });
    client.open(URI, "停⼈\n");
    let place = json!({"textDocument": {"uri": URI}, "position": {"line": 0, "character": 0}});
    let question = client.ask("textDocument/hover", place);
    client.notify("$/cancelRequest", json!({"id": question}));
    assert_eq!(client.answer(question).expect_err("cancelled")["code"], -32800);
    // The edit is not held back by the analysis under way, and stops it.
    client.replace(URI, 2, FAULTY);
    assert_eq!(codes(&client.published(URI, 2)), ["radical-codepoint"]);
    client.leave();
}

#[test]
fn a_panic_costs_one_analysis() {
    let panics = [("JIAODUI_PANIC_ON", "恐")];
    let mut client = Client::start_with(&Start { variables: &panics, ..Start::default() });
    assert_eq!(client.diagnostics(URI, FAULTY).len(), 1);
    client.replace(URI, 2, "恐⼈\n");
    let log = client.notification("window/logMessage", |_| true);
    let message = log["message"].as_str().expect("a message");
    assert!(message.contains(URI) && message.contains("revision 1"), "{message}");
    assert_eq!(client.published(URI, 2), Vec::<Value>::new());
    assert_eq!(client.request_of("textDocument/documentSymbol", URI), Value::Null);
    client.replace(URI, 3, FAULTY);
    assert_eq!(client.published(URI, 3).len(), 1);
    client.leave();
}

#[test]
fn publishes_with_the_version_and_only_what_is_new() {
    let mut client = Client::start(json!({}));
    let first = client.diagnostics(URI, FAULTY);
    assert_eq!(first[0]["range"], range([0, 1], [0, 2]));
    assert_eq!(first[0]["severity"], 2);
    // What is appended moves no finding: nothing is published for version 2.
    client.replace(URI, 2, "为⼈民服务。\n好。\n");
    client.request_of("textDocument/documentSymbol", URI);
    client.replace(URI, 3, "\n为⼈民服务。\n好。\n");
    assert_eq!(client.published(URI, 3)[0]["range"], range([1, 1], [1, 2]));
    assert!(client.notifications.is_empty(), "{:?}", client.notifications);
    client.leave();
}

#[test]
fn a_client_that_pulls_is_not_pushed_to() {
    let folder = Folder::new();
    let uri = &folder.uri("a.txt");
    let capabilities = json!({
        "textDocument": {"diagnostic": {}},
        "workspace": {"diagnostics": {"refreshSupport": true}},
    });
    let mut client = Client::start(capabilities);
    client.open(uri, FAULTY);
    let report = client.request_of("textDocument/diagnostic", uri);
    assert_eq!((report["kind"].as_str(), report["items"].as_array().map(Vec::len)), (Some("full"), Some(1)));
    let pull = |client: &mut Client, previous: &Value| {
        let params = json!({"textDocument": {"uri": uri}, "previousResultId": previous});
        client.request("textDocument/diagnostic", params).expect("an answer")
    };
    assert_eq!(pull(&mut client, &report["resultId"])["kind"], "unchanged");
    // The answer knows each edit sent before the question.
    client.replace(uri, 2, "为人民服务。\n");
    let clean = pull(&mut client, &report["resultId"]);
    assert_eq!((clean["kind"].as_str(), &clean["items"]), (Some("full"), &json!([])));
    client.replace(uri, 3, FAULTY);
    let again = pull(&mut client, &clean["resultId"]);
    assert_ne!(again["resultId"], report["resultId"]);
    folder.write("jiaodui.toml", "root = true\n[rules]\nradical-codepoint = 'off'\n");
    client.notify("workspace/didChangeWatchedFiles", json!({"changes": []}));
    client.asked_for("workspace/diagnostic/refresh");
    assert_eq!(pull(&mut client, &again["resultId"])["items"], json!([]));
    assert!(client.notifications.is_empty(), "{:?}", client.notifications);
    client.leave();
}

#[test]
fn columns_are_counted_in_the_unit_that_was_settled() {
    for (offered, columns) in [
        (json!(["utf-16", "utf-8"]), [7, 10]),
        (json!(["utf-16", "utf-32"]), [3, 4]),
        (json!(["utf-32", "utf-16"]), [2, 3]),
        (Value::Null, [3, 4]),
    ] {
        let mut client = Client::start(json!({"general": {"positionEncodings": offered}}));
        let found = client.diagnostics(URI, "周𬱖⼈说。\n");
        assert_eq!(found[0]["range"], range([0, columns[0]], [0, columns[1]]), "{offered}");
        let change = json!([{"range": range([0, columns[0]], [0, columns[1]]), "text": "人"}]);
        client.change(URI, 2, change, "周𬱖人说。\n");
        assert_eq!(client.text(URI), "周𬱖人说。\n");
        client.leave();
    }
}

#[test]
fn odd_texts_are_kept_to_the_byte_and_counted_as_clients_count() {
    for (text, line) in [
        ("", 0),
        ("⼈", 0),
        ("\u{feff}⼈\r\n", 0),
        ("一\r\n二\r\n⼈\r\n", 2),
        ("一\r二\r⼈", 2),
        ("一\n\r⼈\n", 2),
        ("一\u{c}二\u{2028}三\u{85}⼈\n", 0),
        ("𬱖𬱖\n𬱖⼈𬱖", 1),
    ] {
        let mut client = Client::start(json!({}));
        let found = client.diagnostics(URI, text);
        let found: Vec<&Value> = found.iter().filter(|it| it["code"] == "radical-codepoint").collect();
        assert_eq!(found.len(), usize::from(text.contains('⼈')), "{text:?}");
        assert!(found.iter().all(|it| it["range"]["start"]["line"] == line), "{text:?}: {found:?}");
        assert_eq!(client.text(URI), text);
        let end = json!([{"range": range([99, 0], [99, 0]), "text": "末\r\n"}]);
        client.change(URI, 2, end, &format!("{text}末\r\n"));
        assert_eq!(client.text(URI), format!("{text}末\r\n"));
        client.leave();
    }
}

#[test]
fn away_from_the_typing_what_is_shown_stays_until_it_pauses() {
    let page = include_str!("../seeds/jiaozuo-daily-2020-02.txt");
    let page = page.lines().take(70).collect::<Vec<_>>().join("\n");
    let mut client = Client::start_with(&Start { params: json!({"capabilities": {}}), ..Start::default() });
    client.open(URI, &page);
    // It stands at the first line end of the second paragraph and says how many lines that has.
    let wrapped = |list: &[Value]| {
        let of_second = |it: &&Value| it["code"] == "hard-wrap" && it["range"]["start"]["line"] == 8;
        list.iter().find(of_second).map(|it| it["message"].clone())
    };
    let before = wrapped(&client.published(URI, 1));
    assert!(before.is_some());
    let lines: Vec<&str> = page.split('\n').collect();
    let joined = format!("{}{}", lines[..14].join("\n"), lines[14..].join("\n"));
    let end = lines[13].chars().count() as u32;
    client.change(URI, 2, json!([{"range": range([13, end], [14, 0]), "text": ""}]), &joined);
    assert_eq!(wrapped(&client.published(URI, 2)), before, "the joined line is five lines further on");
    assert_ne!(wrapped(&client.published(URI, 2)), before, "the typing has paused");
    client.leave();
}

#[test]
fn an_edit_inside_a_character_is_refused_aloud_until_the_text_is_known_again() {
    let mut client = Client::start(json!({}));
    assert_eq!(client.diagnostics(URI, "𬱖⼈\n").len(), 1);
    client.change(URI, 2, json!([{"range": range([0, 1], [0, 2]), "text": "x"}]), "𬱖⼈\n");
    let said = client.notification("window/showMessage", |_| true);
    assert!(said["message"].as_str().is_some_and(|it| it.contains(URI)), "{said}");
    // Positions that are stale are not left standing.
    assert_eq!(client.published(URI, 2), Vec::<Value>::new());
    let copy = client.request_of("jiaodui/text", URI);
    assert_eq!((copy["text"].as_str(), &copy["inSync"]), (Some("𬱖⼈\n"), &json!(false)));
    client.change(URI, 3, json!([{"range": range([0, 0], [0, 0]), "text": "y"}]), "𬱖⼈\n");
    let format = json!({"textDocument": {"uri": URI}, "options": {"tabSize": 2, "insertSpaces": true}});
    assert_eq!(client.request("textDocument/formatting", format), Ok(Value::Null));
    client.replace(URI, 4, FAULTY);
    assert_eq!(client.published(URI, 4).len(), 1);
    assert_eq!(client.text(URI), FAULTY);
    client.leave();
}

#[test]
fn what_concerns_no_open_document_is_logged_and_ignored() {
    let mut client = Client::start(json!({}));
    client.change(URI, 2, json!([{"text": "x"}]), "x");
    let log = client.notification("window/logMessage", |_| true);
    assert!(log["message"].as_str().is_some_and(|it| it.contains(URI)), "{log}");
    client.close(URI);
    assert_eq!(client.request_of("textDocument/documentSymbol", URI), Value::Null);
    assert_eq!(client.request_of("jiaodui/text", URI), Value::Null);
    client.leave();
}

#[test]
fn unknown_messages_and_keys_keep_nobody_out() {
    let mut client = Client::start_with(&Start {
        params: json!({
            "processId": null, "clientInfo": {"name": "t", "shoe": 43}, "trace": "loud", "workspaceFolders": null,
            "capabilities": {
                "inlay_hint": {}, "experimental": [1],
                "workspace": {"workspaceEdit": {"resourceOperations": ["conjure"], "failureHandling": "shrug"}},
                "textDocument": {"hover": {"contentFormat": ["html"]}, "completion": 7},
            },
        }),
        ..Start::default()
    });
    client.notify("$/setTrace", json!({"value": "verbose"}));
    client.notify("$/whatever", json!({"x": 1}));
    client.notify("window/shout", json!([1]));
    assert_eq!(client.request("galley/press", json!({})).expect_err("unknown")["code"], -32601);
    let item = json!({"uri": URI, "languageId": "plaintext", "version": 1, "text": FAULTY, "mood": "good"});
    client.notify("textDocument/didOpen", json!({"textDocument": item, "also": null}));
    assert_eq!(client.published(URI, 1).len(), 1);
    let odd = json!({"uri": URI, "version": null});
    let change = json!([{"range": range([0, 0], [0, 0]), "rangeLength": -1, "text": "（"}]);
    client.notify("textDocument/didChange", json!({"textDocument": odd, "contentChanges": change}));
    assert_eq!(client.text(URI), format!("（{FAULTY}"));
    assert_eq!(
        client.request("textDocument/hover", json!({"textDocument": 1})).expect_err("bad")["code"],
        -32602
    );
    client.leave();
}

#[test]
fn what_is_no_message_is_answered_as_an_error() {
    let mut client = Client::start(json!({}));
    client.send_raw(b"Content-Length: 5\r\n\r\n{oops");
    // What has no id that could be read is answered with none.
    assert_eq!(client.answer(-1).expect_err("no message")["code"], -32700);
    assert_eq!(client.diagnostics(URI, FAULTY).len(), 1);
    // Half of a surrogate pair is no text: the document is out of step until it is sent whole.
    let half = format!(
        r#"{{"jsonrpc":"2.0","method":"textDocument/didChange","params":{{"textDocument":{{"uri":"{URI}","version":2}},"contentChanges":[{{"text":"\ud840⼈"}}]}}}}"#
    );
    client.send_raw(format!("Content-Length: {}\r\n\r\n{half}", half.len()).as_bytes());
    assert_eq!(client.published(URI, 2), Vec::<Value>::new());
    client.replace(URI, 3, FAULTY);
    assert_eq!(client.published(URI, 3).len(), 1);
    client.leave();
}

#[test]
fn a_request_before_initialize_is_refused() {
    let mut client = Client::spawn(&Start::default());
    let answer = client.request("textDocument/hover", json!({}));
    assert_eq!(answer.expect_err("too early")["code"], -32002);
}

#[test]
fn exit_without_shutdown_is_a_failure_and_with_it_a_success() {
    let mut client = Client::start(json!({}));
    client.notify("exit", Value::Null);
    assert!(!client.ended().success());
    Client::start(json!({})).leave();
}

#[test]
fn shutdown_may_be_a_notification() {
    let mut client = Client::start(json!({}));
    client.open(URI, FAULTY);
    client.notify("shutdown", Value::Null);
    client.send(&json!({"jsonrpc": "2.0", "method": "exit"}));
    assert!(client.ended().success());
    assert!(client.notifications.iter().all(|it| it.get("id").is_none()));
}

#[test]
fn the_end_of_input_ends_the_process() {
    let stall = [("JIAODUI_STALL_ON", "停")];
    let mut client = Client::start_with(&Start { variables: &stall, ..Start::default() });
    client.open(URI, "停\n");
    // Not even an analysis that stands still keeps it.
    client.ask("textDocument/documentSymbol", json!({"textDocument": {"uri": URI}}));
    client.hang_up();
    client.ended();
}

#[cfg(target_os = "linux")]
#[test]
fn the_death_of_the_client_ends_the_process() {
    let mut editor = std::process::Command::new("sleep").arg("1000").spawn().expect("a process");
    let params = json!({"processId": editor.id()});
    let mut client = Client::start_with(&Start { params, ..Start::default() });
    client.open(URI, FAULTY);
    client.published(URI, 1);
    editor.kill().and_then(|()| editor.wait()).expect("a child of ours");
    client.ended();
}

#[test]
fn closing_clears_and_opening_again_shows_again() {
    let mut client = Client::start(json!({}));
    for _ in 0..3 {
        assert_eq!(client.diagnostics(URI, FAULTY).len(), 1);
        client.close(URI);
    }
    let mut cleared = 0;
    while cleared < 3 {
        let publish = client.notification("textDocument/publishDiagnostics", |it| it["uri"] == URI);
        assert_eq!(publish, json!({"uri": URI, "diagnostics": []}));
        cleared += 1;
    }
    client.leave();
}

#[test]
fn a_fix_is_offered_at_its_place_and_for_what_the_client_names() {
    let mut client = Client::start(literals());
    let found = client.diagnostics(URI, FAULTY);
    let fixes = |actions: &[Value]| {
        let preferred = actions.iter().filter(|it| it["isPreferred"] == true);
        preferred.map(|it| it["edit"]["changes"][URI].clone()).collect::<Vec<_>>()
    };
    let fix = json!([{"range": range([0, 1], [0, 2]), "newText": "人"}]);
    let here = actions(&mut client, range([0, 1], [0, 1]), json!({"diagnostics": []}));
    assert_eq!(fixes(&here), std::slice::from_ref(&fix));
    assert_eq!(here[0]["diagnostics"], json!(found));
    let elsewhere = range([0, 4], [0, 4]);
    let away = actions(&mut client, elsewhere.clone(), json!({"diagnostics": []}));
    assert_eq!(fixes(&away), Vec::<Value>::new());
    let named = actions(&mut client, elsewhere, json!({"diagnostics": found}));
    assert_eq!(fixes(&named), [fix]);
    client.leave();
}

#[test]
fn kinds_are_kept_to() {
    let mut client = Client::start(literals());
    client.diagnostics(URI, FAULTY);
    let kinds = |client: &mut Client, context: Value| {
        let actions = actions(client, range([0, 0], [0, 9]), context);
        let mut kinds: Vec<String> =
            actions.iter().map(|it| it["kind"].as_str().unwrap_or("?").into()).collect();
        kinds.dedup();
        kinds
    };
    for only in ["source.fixAll.jiaodui", "source.fixAll", "source"] {
        let context = json!({"diagnostics": [], "only": [only]});
        assert_eq!(kinds(&mut client, context), ["source.fixAll.jiaodui"], "{only}");
    }
    let none = json!({"diagnostics": [], "only": ["source.organizeImports", "refactor.extract"]});
    assert_eq!(kinds(&mut client, none), Vec::<String>::new());
    let automatic = json!({"diagnostics": [], "triggerKind": 2});
    assert_eq!(kinds(&mut client, automatic), ["quickfix"]);
    client.leave();
}

#[test]
fn long_edits_are_made_when_they_are_asked_for() {
    let capabilities = json!({
        "workspace": {"workspaceEdit": {"documentChanges": true}},
        "textDocument": {"codeAction": {
            "codeActionLiteralSupport": {"codeActionKind": {"valueSet": []}},
            "dataSupport": true, "resolveSupport": {"properties": ["edit"]},
        }},
    });
    let mut client = Client::start(capabilities);
    client.diagnostics(URI, FAULTY);
    let only = json!({"diagnostics": [], "only": ["source.fixAll"]});
    let offered = actions(&mut client, range([0, 0], [0, 0]), only);
    assert_eq!(offered.len(), 1);
    assert!(offered[0].get("edit").is_none());
    let whole = client.request("codeAction/resolve", offered[0].clone()).expect("an answer");
    let edits = json!([{"range": range([0, 1], [0, 2]), "newText": "人"}]);
    let change = json!([{"textDocument": {"uri": URI, "version": 1}, "edits": edits}]);
    assert_eq!(whole["edit"], json!({"documentChanges": change}));
    client.leave();
}

#[test]
fn a_client_without_literals_is_offered_commands() {
    let mut client = Client::start(json!({}));
    client.diagnostics(URI, FAULTY);
    let offered = actions(&mut client, range([0, 1], [0, 1]), json!({"diagnostics": []}));
    let fix = offered.iter().find(|it| it["command"] == "jiaodui.applyEdit").expect("a fix");
    let execute = json!({"command": fix["command"], "arguments": fix["arguments"]});
    assert_eq!(client.request("workspace/executeCommand", execute), Ok(Value::Null));
    let applied = client.asked_for("workspace/applyEdit");
    assert_eq!(applied["edit"]["changes"][URI][0]["newText"], "人");
    client.leave();
}

#[test]
fn formatting_is_fixing_all_or_what_lies_in_the_range() {
    let mut client = Client::start(json!({}));
    client.diagnostics(URI, "为⼈民服务。\n为⼈民办事。\n");
    let options = json!({"tabSize": 4, "insertSpaces": true});
    let all = json!({"textDocument": {"uri": URI}, "options": options});
    let edits = client.request("textDocument/formatting", all).expect("an answer");
    let edit = |line| json!({"range": range([line, 1], [line, 2]), "newText": "人"});
    assert_eq!(edits, json!([edit(0), edit(1)]));
    let part = json!({"textDocument": {"uri": URI}, "range": range([1, 0], [2, 0]), "options": options});
    let edits = client.request("textDocument/rangeFormatting", part).expect("an answer");
    assert_eq!(edits, json!([edit(1)]));
    client.leave();
}

#[test]
fn commands_edit_the_document_by_way_of_the_client() {
    let mut client = Client::start(json!({}));
    client.diagnostics(URI, FAULTY);
    let execute = json!({"command": "jiaodui.fixAll", "arguments": [{"uri": URI}]});
    assert_eq!(client.request("workspace/executeCommand", execute), Ok(Value::Null));
    assert_eq!(client.asked_for("workspace/applyEdit")["edit"]["changes"][URI][0]["newText"], "人");
    let unknown = json!({"command": "jiaodui.print", "arguments": []});
    assert_eq!(client.request("workspace/executeCommand", unknown).expect_err("unknown")["code"], -32602);
    client.leave();
}

#[test]
fn articles_come_in_reading_order_each_block_with_its_lines() {
    let page = include_str!("../seeds/jiaozuo-daily-2020-02.txt");
    let mut client = Client::start(json!({}));
    client.open(URI, page);
    let answer = client.request_of("jiaodui/articles", URI);
    let articles = answer["articles"].as_array().expect("a list");
    assert_eq!((articles.len(), &answer["version"]), (9, &json!(1)));
    assert_eq!(articles[0]["headline"], "焦作移动扶贫干部投身抗疫一线");
    let blocks = articles[0]["blocks"].as_array().expect("a list");
    assert_eq!(blocks[0]["kind"], "headline");
    for block in articles.iter().flat_map(|it| it["blocks"].as_array().expect("a list")) {
        let line = |end: &str| block["range"][end]["line"].as_u64().expect("a line") as usize;
        let first = page.lines().nth(line("start")).expect("a line").trim_start();
        let opening: String = block["text"].as_str().expect("a text").chars().take(2).collect();
        assert!(first.replace(' ', "").starts_with(&opening.replace(' ', "")), "{block}");
        assert!(line("start") <= line("end"));
    }
    let execute =
        |format: &str| json!({"command": "jiaodui.export", "arguments": [{"uri": URI, "format": format}]});
    let markdown = client.request("workspace/executeCommand", execute("md")).expect("an answer");
    assert!(markdown.as_str().is_some_and(|it| it.starts_with("# 焦作移动扶贫干部投身抗疫一线\n\n")));
    let text = client.request("workspace/executeCommand", execute("txt")).expect("an answer");
    assert!(text.as_str().is_some_and(|it| it.starts_with("焦作移动扶贫干部投身抗疫一线\n\n")));
    client.leave();
}

#[test]
fn a_finding_accepted_as_printed_is_recorded_and_gone() {
    let folder = Folder::new();
    let uri = folder.uri("a.txt");
    let mut client = Client::start(literals());
    assert_eq!(client.diagnostics(&uri, "为⼈民服务。\n⼈口普查。\n").len(), 2);
    let params = json!({
        "textDocument": {"uri": uri}, "range": range([0, 1], [0, 1]), "context": {"diagnostics": []},
    });
    let actions = client.request("textDocument/codeAction", params).expect("an answer");
    let actions = actions.as_array().expect("a list");
    let accept = actions.iter().find(|it| it["command"]["command"] == "jiaodui.ignore").expect("the action");
    let execute = json!({
        "command": accept["command"]["command"], "arguments": accept["command"]["arguments"],
    });
    assert_eq!(client.request("workspace/executeCommand", execute), Ok(Value::Null));
    let left = client.published(&uri, 1);
    assert_eq!(left.len(), 1);
    assert_eq!(left[0]["range"]["start"]["line"], 1);
    let settings = folder.read("jiaodui.toml");
    assert!(settings.starts_with("root = true\n"), "{settings}");
    assert!(settings.contains("[[ignore]]\nrule = \"radical-codepoint\""), "{settings}");
    client.leave();
}

#[test]
fn a_bad_setting_is_told_once_with_file_line_and_key() {
    let folder = Folder::new();
    let uri = folder.uri("a.txt");
    folder.write("jiaodui.toml", "root = true\nlimit = 'many'\n");
    let params = json!({"locale": "en-GB"});
    let mut client = Client::start_with(&Start { params, ..Start::default() });
    client.diagnostics(&uri, FAULTY);
    let said = client.notification("window/showMessage", |_| true);
    let message = said["message"].as_str().expect("a message");
    assert!(message.contains("jiaodui.toml:2: limit"), "{message}");
    client.notify("workspace/didChangeWatchedFiles", json!({"changes": []}));
    folder.write("jiaodui.toml", "root = true\n[rules]\nradical-codepoint = 'off'\n");
    client.notify("workspace/didChangeWatchedFiles", json!({"changes": []}));
    assert_eq!(client.published(&uri, 1), Vec::<Value>::new());
    assert!(client.notifications.is_empty(), "{:?}", client.notifications);
    client.leave();
}

#[test]
fn settings_come_with_initialize_by_asking_and_by_telling() {
    let off = json!({"rules": {"radical-codepoint": "off"}});
    let params = json!({"initializationOptions": off});
    let mut client = Client::start_with(&Start { params, ..Start::default() });
    assert_eq!(client.diagnostics(URI, FAULTY).len(), 0);
    client.notify("workspace/didChangeConfiguration", json!({"settings": {"jiaodui": {"rules": {}}}}));
    assert_eq!(client.published(URI, 1).len(), 1);
    client.leave();

    let capabilities = json!({"workspace": {
        "configuration": true,
        "didChangeConfiguration": {"dynamicRegistration": true},
        "didChangeWatchedFiles": {"dynamicRegistration": true},
    }});
    let params = json!({"capabilities": capabilities});
    let mut client = Client::start_with(&Start { params, settings: off, ..Start::default() });
    let registered = client.asked_for("client/registerCapability");
    let methods: Vec<&str> = registered["registrations"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|it| it["method"].as_str())
        .collect();
    assert_eq!(methods, ["workspace/didChangeWatchedFiles", "workspace/didChangeConfiguration"]);
    assert_eq!(client.asked_for("workspace/configuration")["items"], json!([{"section": "jiaodui"}]));
    client.open(URI, FAULTY);
    client.settings = json!({});
    client.notify("workspace/didChangeConfiguration", json!({"settings": null}));
    client.notification("textDocument/publishDiagnostics", |it| it["diagnostics"] != json!([]));
    client.leave();
}

#[test]
fn messages_speak_the_clients_language() {
    for (locale, word) in [(json!("en-US"), "radical"), (json!("zh-cn"), "部首"), (Value::Null, "部首")] {
        let params = json!({"locale": locale});
        let mut client = Client::start_with(&Start { params, ..Start::default() });
        let found = client.diagnostics(URI, FAULTY);
        assert!(found[0]["message"].as_str().is_some_and(|it| it.contains(word)), "{found:?}");
        client.leave();
    }
}

#[test]
fn more_than_the_limit_is_counted_not_shown() {
    let params = json!({"initializationOptions": {"limit": 2, "lines": "keep"}});
    let mut client = Client::start_with(&Start { params, ..Start::default() });
    let found = client.diagnostics(URI, &FAULTY.repeat(5));
    assert_eq!(found.len(), 3);
    assert!(found[2]["message"].as_str().is_some_and(|it| it.contains('3')), "{found:?}");
    client.leave();
}

#[test]
fn an_outline_is_nested_or_flat_as_the_client_takes_it() {
    let page = include_str!("../seeds/jiaozuo-daily-2020-02.txt");
    let nested = json!({"textDocument": {"documentSymbol": {"hierarchicalDocumentSymbolSupport": true}}});
    let mut client = Client::start(nested);
    client.open(URI, page);
    let tree = client.request_of("textDocument/documentSymbol", URI);
    let tree = tree.as_array().expect("a list");
    assert!(tree.iter().any(|it| it["children"].is_array()), "{tree:?}");
    fn checked(symbols: &[Value]) -> usize {
        let place = |it: &Value| (it["line"].as_u64(), it["character"].as_u64());
        let holds = |outer: &Value, inner: &Value| {
            place(&outer["start"]) <= place(&inner["start"]) && place(&inner["end"]) <= place(&outer["end"])
        };
        symbols.iter().fold(0, |count, it| {
            assert!(holds(&it["range"], &it["selectionRange"]), "{it}");
            assert!(it["name"].as_str().is_some_and(|it| !it.trim().is_empty()), "{it}");
            let children = it["children"].as_array().map_or(&[][..], |it| it);
            assert!(children.iter().all(|child| holds(&it["range"], &child["range"])), "{it}");
            count + 1 + checked(children)
        })
    }
    let count = checked(tree);
    let folds = client.request_of("textDocument/foldingRange", URI);
    for fold in folds.as_array().expect("a list") {
        assert!(fold["startLine"].as_u64() < fold["endLine"].as_u64(), "{fold}");
        assert!(fold.get("startCharacter").is_none());
    }
    client.leave();

    let mut client = Client::start(json!({}));
    client.open(URI, page);
    let list = client.request_of("textDocument/documentSymbol", URI);
    let list = list.as_array().expect("a list");
    assert_eq!(list.len(), count);
    assert!(list.iter().all(|it| it["location"]["uri"] == URI && it.get("children").is_none()));
    client.leave();
}

#[test]
fn a_document_is_known_by_the_uri_its_client_writes() {
    let mut client = Client::start(json!({}));
    for uri in ["untitled:Untitled-1", "file:///pages/焦作 日报.txt", "file:///c%3A/a.txt"] {
        assert_eq!(client.diagnostics(uri, FAULTY).len(), 1, "{uri}");
        assert!(client.request_of("textDocument/documentSymbol", uri).is_array(), "{uri}");
        client.close(uri);
    }
    client.leave();
}

#[test]
fn all_messages_are_recorded_when_asked_for() {
    let folder = Folder::new();
    let log = folder.0.join("log.jsonl").display().to_string();
    let variables = [("JIAODUI_LOG", log.as_str())];
    let mut client = Client::start_with(&Start { variables: &variables, ..Start::default() });
    client.diagnostics(URI, FAULTY);
    client.leave();
    let lines = folder.read("log.jsonl");
    let lines: Vec<Value> = lines.lines().map(|it| serde_json::from_str(it).expect("JSON")).collect();
    let of = |direction: &str, method: &str| {
        lines.iter().filter(|it| it["dir"] == direction && it["msg"]["method"] == method).count()
    };
    assert_eq!(of("client->server", "initialize"), 1);
    assert_eq!(of("client->server", "exit"), 1);
    assert_eq!(of("server->client", "textDocument/publishDiagnostics"), 1);
    assert!(lines.iter().all(|it| it["t"].is_f64()));
}

/// The memory that `process` holds in KB, where the system tells.
fn memory(process: u32) -> Option<usize> {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let held = status.lines().find_map(|it| it.strip_prefix("VmRSS:"))?;
    held.trim().trim_end_matches("kB").trim().parse().ok()
}

#[test]
fn a_thousand_closed_documents_give_their_memory_back() {
    let page = include_str!("../seeds/jiaozuo-daily-2020-02.txt");
    let text: String = page.split_inclusive('\n').take(24).collect();
    let mut client = Client::start(json!({}));
    let mut opened = 0;
    let mut open_and_close = |client: &mut Client, documents: usize| {
        for _ in 0..documents {
            opened += 1;
            let uri = format!("untitled:{opened}");
            assert!(!client.diagnostics(&uri, &text).is_empty());
            client.close(&uri);
        }
        memory(client.process())
    };
    let some = open_and_close(&mut client, 100);
    let many = open_and_close(&mut client, 1000);
    if let (Some(some), Some(many)) = (some, many) {
        assert!(many < some + 6_000, "{some} KB after 100 documents, {many} KB after 1100");
    }
}

#[test]
fn a_long_text_shows_its_start_first_and_tells_how_far_it_is() {
    let page = include_str!("../seeds/jiaozuo-daily-2020-02.txt");
    let text = format!("{page}{}", "\n".repeat(5 << 20));
    let params = json!({"capabilities": {"window": {"workDoneProgress": true}}});
    let mut client = Client::start_with(&Start { params, ..Start::default() });
    // Sent as it is: to check each range against so long a text would take the test's time.
    let item = json!({"uri": "untitled:long", "languageId": "plaintext", "version": 1, "text": text});
    client.notify("textDocument/didOpen", json!({"textDocument": item}));
    let first = client.published("untitled:long", 1);
    assert!(!first.is_empty());
    client.request_of("textDocument/documentSymbol", "untitled:long");
    let kinds: Vec<Value> = client
        .notifications
        .iter()
        .filter(|it| it["method"] == "$/progress")
        .map(|it| it["params"]["value"]["kind"].clone())
        .collect();
    assert_eq!(kinds.first(), Some(&json!("begin")));
    assert_eq!(kinds.last(), Some(&json!("end")));
}

#[test]
fn a_text_over_the_limit_carries_a_note() {
    let params = json!({"initializationOptions": {"limit-bytes": 30}});
    let mut client = Client::start_with(&Start { params, ..Start::default() });
    let text = "王\n晋豫，于 1 月\n28日出发。\n";
    let found = client.diagnostics("untitled:long", text);
    assert_eq!(found.len(), 1);
    assert!(found[0]["message"].as_str().is_some_and(|it| it.contains("limit-bytes")), "{found:?}");
    client.replace("untitled:long", 2, "短");
    assert_eq!(client.published("untitled:long", 2), Vec::<Value>::new());
}
