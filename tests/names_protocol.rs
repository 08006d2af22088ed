//! Names over real standard input and output: cards, places, renaming, colours, completion, the dictionary.

mod support;

use serde_json::{Value, json};

use support::{Client, Folder, Start, range};

const SEED: &str = include_str!("../seeds/jiaozuo-daily-2020-02.txt");
const URI: &str = "file:///pages/jiaozuo.txt";

/// A client of the seed page.
fn client() -> Client {
    let capabilities = json!({"textDocument": {"rename": {"prepareSupport": true}}});
    let mut client =
        Client::start_with(&Start { params: json!({"capabilities": capabilities}), ..Start::default() });
    client.open(URI, SEED);
    client
}

/// The position of `words` in `text`, `columns` characters further on.
fn place(text: &str, words: &str, columns: u64) -> Value {
    let at = text.find(words).expect("the words stand there");
    let line = text[..at].matches('\n').count();
    let start = text[..at].rfind('\n').map_or(0, |it| it + 1);
    json!({"line": line, "character": text[start..at].encode_utf16().count() as u64 + columns})
}

fn at(words: &str, columns: u64) -> Value {
    json!({"textDocument": {"uri": URI}, "position": place(SEED, words, columns)})
}

/// The words of `text` at a range of the protocol, line ends included.
fn words(text: &str, range: &Value) -> String {
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    let number = |place: &Value, key: &str| place[key].as_u64().expect("a number") as usize;
    let byte = |place: &Value| {
        let line = number(place, "line");
        let before: usize = lines[..line.min(lines.len())].iter().map(|it| it.len()).sum();
        let column = number(place, "character");
        before + lines.get(line).unwrap_or(&"").chars().take(column).map(char::len_utf8).sum::<usize>()
    };
    text[byte(&range["start"])..byte(&range["end"])].to_owned()
}

#[test]
fn all_places_of_a_cut_name_are_found_from_either_half() {
    let mut client = client();
    let mut references = |words: &str, columns: u64, declaration: bool| {
        let mut params = at(words, columns);
        params["context"] = json!({"includeDeclaration": declaration});
        let found = client.request("textDocument/references", params).expect("an answer");
        found.as_array().expect("a list").clone()
    };
    let found = references("王\n晋豫", 0, true);
    assert_eq!(found, references("晋豫就是", 1, true));
    let found: Vec<String> = found.iter().map(|it| words(SEED, &it["range"])).collect();
    assert_eq!(found, ["王\n晋豫", "王晋豫", "王晋豫", "王晋豫", "王晋豫", "王晋豫"]);
    assert_eq!(references("王\n晋豫", 0, false).len(), 5);

    let found = client.request("textDocument/documentHighlight", at("王晋豫说", 1)).expect("an answer");
    let kinds: Vec<u64> =
        found.as_array().expect("a list").iter().filter_map(|it| it["kind"].as_u64()).collect();
    assert_eq!(kinds, [3, 2, 2, 2, 2, 2]);
    let found = client.request("textDocument/definition", at("王晋豫说", 1)).expect("an answer");
    assert_eq!(words(SEED, &found["range"]), "王\n晋豫");
    client.leave();
}

#[test]
fn a_name_is_renamed_in_the_whole_document() {
    let mut client = client();
    let found = client.request("textDocument/prepareRename", at("晋豫就是", 0)).expect("a name");
    assert_eq!(found["placeholder"], "王晋豫");
    assert_eq!(words(SEED, &found["range"]), "王\n晋豫");
    let mut params = at("王晋豫说", 2);
    params["newName"] = "王晋裕".into();
    let edit = client.request("textDocument/rename", params).expect("an edit");
    let edits = edit["changes"][URI].as_array().expect("edits").clone();
    let mut renamed = SEED.to_owned();
    let mut lines: Vec<Vec<char>> = SEED.lines().map(|it| it.chars().collect()).collect();
    for edit in edits.iter().rev() {
        let start = &edit["range"]["start"];
        let (line, from) =
            (start["line"].as_u64().unwrap() as usize, start["character"].as_u64().unwrap() as usize);
        let to = edit["range"]["end"]["character"].as_u64().unwrap() as usize;
        assert_eq!(edit["range"]["end"]["line"], start["line"], "an edit stays on its line");
        lines[line].splice(from..to, edit["newText"].as_str().unwrap().chars());
    }
    renamed.clear();
    for line in &lines {
        renamed.extend(line);
        renamed.push('\n');
    }
    assert_eq!(renamed, SEED.replace("晋豫", "晋裕"));

    let refused = client.request("textDocument/prepareRename", at("责任", 0)).expect_err("a refusal");
    assert_eq!(refused["code"], -32803);
    assert!(refused["message"].as_str().is_some_and(|it| it.contains("不能重命名")), "{refused}");
    client.leave();
}

#[test]
fn a_card_has_posts_region_and_mentions_that_can_be_followed() {
    let mut client = client();
    let hover = |client: &mut Client, words: &str| {
        let card = client.request("textDocument/hover", at(words, 0)).expect("an answer");
        card["contents"]["value"].as_str().expect("a text").to_owned()
    };
    let person = hover(&mut client, "晋豫就是");
    assert!(
        person.contains("本版职务：组长兼第一书记") && person.contains("第一书记王晋豫就是其中"),
        "{person}"
    );
    assert!(hover(&mut client, "武陟县").contains("隶属：河南省 › 焦作市 › 武陟县"));
    client.leave();

    let capabilities = json!({"textDocument": {"hover": {"contentFormat": ["markdown"]}}});
    let params = json!({"capabilities": capabilities});
    let mut client = Client::start_with(&Start { params, ..Start::default() });
    client.open(URI, SEED);
    assert!(hover(&mut client, "晋豫就是").contains("[6–7](file:///pages/jiaozuo.txt#L6)"));
    client.leave();
}

/// The tokens as (line, column, length, type).
fn decoded(data: &Value) -> Vec<(u64, u64, u64, u64)> {
    let data: Vec<u64> = data.as_array().expect("a list").iter().filter_map(Value::as_u64).collect();
    let (mut line, mut column) = (0, 0);
    data.chunks(5)
        .map(|it| {
            column = if it[0] == 0 { column + it[1] } else { it[1] };
            line += it[0];
            (line, column, it[2], it[3])
        })
        .collect()
}

#[test]
fn names_have_colours_and_changes_of_them_are_told_as_changes() {
    let mut client = client();
    let document = json!({"textDocument": {"uri": URI}});
    let all = client.request("textDocument/semanticTokens/full", document.clone()).expect("tokens");
    let tokens = decoded(&all["data"]);
    // 王⏎晋豫, a person, on two lines.
    assert!(tokens.contains(&(5, 12, 1, 0)) && tokens.contains(&(6, 0, 2, 0)), "{tokens:?}");
    let mut params = document.clone();
    params["range"] = range([6, 0], [7, 0]);
    let some = client.request("textDocument/semanticTokens/range", params).expect("tokens");
    let some = decoded(&some["data"]);
    assert!(!some.is_empty() && some.iter().all(|it| it.0 == 6) && some.iter().all(|it| tokens.contains(it)));

    let text = SEED.replacen("王晋豫等人", "王晋豫等三人", 1);
    client.replace(URI, 2, &text);
    let mut params = document;
    params["previousResultId"] = all["resultId"].clone();
    let delta = client.request("textDocument/semanticTokens/full/delta", params).expect("a delta");
    let mut data: Vec<Value> = all["data"].as_array().expect("a list").clone();
    for edit in delta["edits"].as_array().expect("edits") {
        let start = edit["start"].as_u64().unwrap() as usize;
        let end = start + edit["deleteCount"].as_u64().unwrap() as usize;
        data.splice(start..end, edit["data"].as_array().into_iter().flatten().cloned());
    }
    let now = client.request_of("textDocument/semanticTokens/full", URI);
    assert_eq!(Value::Array(data), now["data"]);
    client.leave();
}

#[test]
fn the_first_character_of_a_name_offers_it() {
    let mut client = client();
    let text = format!("{SEED}\n另据原");
    client.replace(URI, 2, &text);
    let position = json!({"line": text.matches('\n').count(), "character": 3});
    let params = json!({"textDocument": {"uri": URI}, "position": position});
    let items = client.request("textDocument/completion", params).expect("an answer");
    let item = items.as_array().expect("a list").iter().find(|it| it["label"] == "原文钊").expect("the name");
    assert_eq!(item["textEdit"]["newText"], "原文钊");
    assert_eq!(words(&text, &item["textEdit"]["range"]), "原");
    client.leave();
}

#[test]
fn a_bracket_after_a_day_offers_its_weekday_and_lunar_day() {
    let mut client = client();
    // The seed page is of 2020, by 1月27日（农历正月初三）.
    for (line, expected) in
        [("签约仪式于2月12日（", "农历正月十九）"), ("签约仪式于2月12日（）", "农历正月十九")]
    {
        let text = format!("{SEED}\n{line}");
        client.replace(URI, 2, &text);
        let position = json!({"line": text.matches('\n').count(), "character": 11});
        let context = json!({"triggerKind": 2, "triggerCharacter": "（"});
        let params = json!({"textDocument": {"uri": URI}, "position": position, "context": context});
        let items = client.request("textDocument/completion", params).expect("an answer");
        let labels: Vec<&str> =
            items.as_array().expect("a list").iter().filter_map(|it| it["label"].as_str()).collect();
        // The page names lunar days, no weekdays.
        assert_eq!(labels, ["农历正月十九", "星期三", "周三", "正月十九"]);
        assert_eq!(items[0]["textEdit"]["newText"], expected);
        assert_eq!(items[0]["detail"], "2020-02-12");
    }
    client.leave();
}

#[test]
fn names_of_all_open_documents_are_symbols_of_the_workspace() {
    let mut client = client();
    let other = "file:///pages/b.txt";
    client.open(other, "记者原文钊报道。\n");
    let found = client.request("workspace/symbol", json!({"query": "文钊"})).expect("an answer");
    let found: Vec<(&str, &str)> = found
        .as_array()
        .expect("a list")
        .iter()
        .filter_map(|it| Some((it["name"].as_str()?, it["location"]["uri"].as_str()?)))
        .collect();
    assert_eq!(found, [("原文钊", other), ("原文钊", URI)]);
    client.leave();
}

#[test]
fn a_selection_grows_through_name_sentence_paragraph_and_article() {
    let mut client = client();
    let positions = [place(SEED, "晋豫就是", 0)];
    let params = json!({"textDocument": {"uri": URI}, "positions": positions});
    let grown = client.request("textDocument/selectionRange", params).expect("an answer");
    let mut ranges = Vec::new();
    let mut range = &grown[0];
    while range.is_object() {
        ranges.push(words(SEED, &range["range"]));
        range = &range["parent"];
    }
    assert!(ranges.contains(&"王\n晋豫".to_owned()), "{ranges:?}");
    assert!(ranges.len() >= 4 && ranges.is_sorted_by(|one, next| one.len() < next.len()));
    assert_eq!(ranges.last().map(String::as_str), Some(SEED));
    client.leave();
}

#[test]
fn a_slip_of_a_name_is_mended_or_put_into_the_dictionary() {
    let folder = Folder::new();
    let text = "记者王晋豫报道。王晋豫说，大家辛苦了。王晋豫表示感谢。记者王晋裕摄影。\n";
    folder.write("a.txt", text);
    let uri = folder.uri("a.txt");
    let capabilities = json!({"textDocument": {"codeAction": {"codeActionLiteralSupport": {"codeActionKind": {"valueSet": []}}}}});
    let params = json!({"capabilities": capabilities, "rootUri": folder.uri("")});
    let mut client = Client::start_with(&Start { params, ..Start::default() });
    let found = client.diagnostics(&uri, text);
    let slip = found.iter().find(|it| it["code"] == "name-variant").expect("the slip is found").clone();
    assert_eq!(words(text, &slip["range"]), "王晋裕");
    let params =
        json!({"textDocument": {"uri": uri}, "range": slip["range"], "context": {"diagnostics": []}});
    let actions = client.request("textDocument/codeAction", params).expect("an answer");
    let actions = actions.as_array().expect("a list").clone();
    let title =
        |start: &str| actions.iter().find(|it| it["title"].as_str().is_some_and(|it| it.starts_with(start)));
    let change = title("改为“王晋豫”").expect("a fix");
    assert_eq!(change["edit"]["changes"][&uri][0]["newText"], "豫");
    let define = title("“王晋裕”没有错").expect("an action")["command"].clone();
    let params = json!({"command": define["command"], "arguments": define["arguments"]});
    client.request("workspace/executeCommand", params).expect("done");
    assert_eq!(folder.read("jiaodui.toml"), "root = true\n\n[dictionary]\npeople = [\"王晋裕\"]\n");
    folder.write("b.txt", text);
    let after = client.diagnostics(&folder.uri("b.txt"), text);
    assert!(after.iter().all(|it| it["code"] != "name-variant"), "{after:?}");
    client.leave();
}
