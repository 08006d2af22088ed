//! The files that are written from the registry of rules and the table of settings.

mod kept;

use jiaodui::rule::{Rule, Severity};
use jiaodui::rules;
use jiaodui::settings::{DICTIONARY, GENERAL, Kind, Locale, Opt, Words};
use kept::{keep, read};
use serde_json::{Map, Value, json};

#[test]
fn the_rules_are_documented() {
    keep(vec![("docs/rules.md", documentation())]);
}

#[test]
fn the_readme_lists_the_rules() {
    let readme = read("README.md");
    let (open, close) = ("<!-- rules -->\n", "<!-- /rules -->");
    let (before, rest) = readme.split_once(open).expect("README.md has the mark <!-- rules -->");
    let (_, after) = rest.split_once(close).expect("README.md has the mark <!-- /rules -->");
    keep(vec![("README.md", format!("{before}{open}\n{}\n{close}{after}", table()))]);
}

#[test]
fn the_schema_of_the_settings_file_is_current() {
    keep(vec![("editors/jiaodui.schema.json", pretty(&schema()))]);
}

#[test]
fn the_settings_of_vs_code_are_current() {
    let mut package: Value = serde_json::from_str(&read("editors/vscode/package.json")).expect("JSON");
    let sections = package["contributes"]["configuration"].as_array_mut().expect("a list of sections");
    let section = sections.iter_mut().find(|it| it["title"] == "规则").expect("a section 规则");
    section["properties"] = Value::Object(properties());
    let mut files = vec![("editors/vscode/package.json", pretty(&package))];

    for (locale, file) in [
        (Locale::En, "editors/vscode/package.nls.json"),
        (Locale::Zh, "editors/vscode/package.nls.zh-cn.json"),
    ] {
        let Value::Object(mut words) = serde_json::from_str(&read(file)).expect("JSON") else {
            panic!("{file}")
        };
        words.retain(|key, _| !key.starts_with(SETTING));
        for setting in settings() {
            words.insert(format!("{SETTING}{}", setting.key), setting.doc(locale).into());
        }
        files.push((file, pretty(&Value::Object(words))));
    }
    keep(files);
}

fn pretty(value: &Value) -> String {
    serde_json::to_string_pretty(value).expect("JSON") + "\n"
}

/// A setting of an editor: its key under `jiaodui`, the values it takes, what it does.
struct Setting {
    key: String,
    schema: Value,
    zh: String,
    en: String,
}

impl Setting {
    fn doc(self, locale: Locale) -> String {
        match locale {
            Locale::Zh => self.zh,
            Locale::En => self.en,
        }
    }
}

/// What the keys of the descriptions in `package.nls.json` start with.
const SETTING: &str = "setting.";

/// The settings of an editor, in order.
fn settings() -> Vec<Setting> {
    let option = |under: &str, it: &Opt| Setting {
        key: format!("{under}{}", it.key),
        schema: option_schema(it),
        zh: it.doc.zh.into(),
        en: it.doc.en.into(),
    };
    let mut settings: Vec<Setting> = GENERAL.iter().map(|it| option("", it)).collect();
    for rule in rules::ALL {
        let under = format!("rules.{}.", rule.code);
        settings.push(Setting {
            key: format!("{under}severity"),
            schema: severity_schema(rule),
            zh: format!("{}：{}", rule.name.zh, first_sentence(rule.doc.zh)),
            en: format!("{}: {}", capitalised(rule.name.en), first_sentence(rule.doc.en)),
        });
        settings.extend(rule.options.iter().map(|it| option(&under, it)));
    }
    settings
}

/// The settings as the properties that VS Code shows.
fn properties() -> Map<String, Value> {
    let property = |(order, setting): (usize, Setting)| {
        let mut property = setting.schema;
        property["scope"] = "resource".into();
        property["order"] = order.into();
        property["markdownDescription"] = format!("%{SETTING}{}%", setting.key).into();
        (format!("jiaodui.{}", setting.key), property)
    };
    settings().into_iter().enumerate().map(property).collect()
}

/// The JSON schema of `jiaodui.toml`.
fn schema() -> Value {
    let mut general: Map<String, Value> =
        GENERAL.iter().map(|it| (it.key.to_owned(), described(option_schema(it), it.doc))).collect();
    general.insert("rules".into(), json!({"$ref": "#/definitions/rules"}));

    let rules: Map<String, Value> =
        rules::ALL.iter().map(|it| (it.code.to_owned(), rule_schema(it))).collect();
    let codes: Vec<&str> = rules::ALL.iter().map(|it| it.code).collect();
    let paths = json!({"oneOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]});

    let mut overrides = general.clone();
    overrides.insert("paths".into(), described(paths.clone(), PATHS));
    let ignored = json!({
        "type": "object",
        "properties": {
            "rule": {"enum": codes},
            "words": described(json!({"type": "string"}), WORDS),
            "path": described(paths, PATHS),
        },
        "required": ["rule", "words"],
        "additionalProperties": false,
    });
    let overridden = json!({
        "type": "object",
        "properties": overrides,
        "required": ["paths"],
        "additionalProperties": false,
    });

    let mut properties = general;
    properties.insert("root".into(), described(json!({"type": "boolean", "default": false}), ROOT));
    properties.insert("override".into(), described(json!({"type": "array", "items": overridden}), OVERRIDE));
    properties.insert("ignore".into(), described(json!({"type": "array", "items": ignored}), IGNORE));
    let words = json!({"type": "array", "items": {"type": "string", "minLength": 1}});
    let lists: Map<String, Value> =
        DICTIONARY.iter().map(|it| (it.0.to_owned(), described(words.clone(), it.2))).collect();
    let lists = json!({"type": "object", "properties": lists, "additionalProperties": false});
    properties.insert("dictionary".into(), described(lists, NAMES));
    json!({
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "jiaodui.toml",
        "type": "object",
        "properties": properties,
        "additionalProperties": false,
        "definitions": {"rules": {"type": "object", "properties": rules, "additionalProperties": false}},
    })
}

const ROOT: Words = Words {
    zh: "不再向上层文件夹寻找 jiaodui.toml。",
    en: "Ends the search for jiaodui.toml upward.",
};
const OVERRIDE: Words = Words {
    zh: "只对某些文件或文件夹有效的设置。",
    en: "Settings for some files or folders.",
};
const IGNORE: Words =
    Words { zh: "原样保留、不再报告的问题。", en: "Findings that were accepted as printed." };
const NAMES: Words =
    Words { zh: "本文稿用到的名称和词语。", en: "Names and words that the documents use." };
const PATHS: Words = Words {
    zh: "路径模式，写法同 .gitignore。",
    en: "Path patterns, as in a .gitignore beside this file.",
};
const WORDS: Words = Words {
    zh: "问题所在的文字，不计空白。",
    en: "The words it stands in, without white space.",
};

/// A rule: a severity, or a table of severity and options.
fn rule_schema(rule: &Rule) -> Value {
    let mut properties = Map::from_iter([("severity".to_owned(), severity_schema(rule))]);
    properties
        .extend(rule.options.iter().map(|it| (it.key.to_owned(), described(option_schema(it), it.doc))));
    let table = json!({"type": "object", "properties": properties, "additionalProperties": false});
    let what = format!("{}：{}\n{}", rule.name.zh, first_sentence(rule.doc.zh), first_sentence(rule.doc.en));
    json!({"description": what, "oneOf": [severity_schema(rule), table]})
}

fn severity_schema(rule: &Rule) -> Value {
    let severities: Vec<&str> =
        std::iter::once("off").chain(Severity::ALL.iter().rev().map(|it| it.as_str())).collect();
    json!({"type": "string", "enum": severities, "default": severity(rule)})
}

fn option_schema(option: &Opt) -> Value {
    match option.kind {
        Kind::Choice(words) => json!({"type": "string", "enum": words, "default": words[0]}),
        Kind::Number(low, high) => {
            json!({"type": ["integer", "null"], "minimum": low, "maximum": high, "default": null})
        }
    }
}

fn described(mut schema: Value, doc: Words) -> Value {
    schema["description"] = format!("{}\n{}", doc.zh, doc.en).into();
    schema
}

fn severity(rule: &Rule) -> &'static str {
    rule.severity.map_or("off", |it| it.as_str())
}

/// The table of rules in README.md.
fn table() -> String {
    let mut table = String::from("| rule | 规则 | default | what it finds |\n|---|---|---|---|\n");
    for rule in rules::ALL {
        let Rule { code, name, doc, .. } = rule;
        let (severity, what) = (severity(rule), first_sentence(doc.en));
        table += &format!("| [{code}](docs/rules.md#{code}) | {} | {severity} | {what} |\n", name.zh);
    }
    table
}

/// docs/rules.md.
fn documentation() -> String {
    let mut text = String::from(
        "<!-- Written from the registry of rules by `cargo test`; change it there. -->\n\n\
         # 规则 Rules\n\n\
         例中 `⏎` 是行尾，`⏎⏎` 是行尾加空行，`¶` 是段落结尾（有空行），`↵` 是段落结尾（无空行），`␣` 是空格。\n\n\
         In the examples `⏎` is a line end, `⏎⏎` a line end and a blank line, `¶` the end of a paragraph with a blank \
         line, `↵` one without, `␣` a space.\n\n\
         每条规则都可在 `jiaodui.toml` 中关闭或改变等级。Each rule can be switched off or given another severity in \
         `jiaodui.toml`:\n\n\
         ```toml\n[rules]\nhard-wrap = \"off\"\n```\n\n",
    );
    for rule in rules::ALL {
        text += &format!("- [{}](#{}) {} {}\n", rule.code, rule.code, rule.name.zh, rule.name.en);
    }
    let alarms = alarms();
    for rule in rules::ALL {
        let Rule { code, name, doc, .. } = rule;
        text +=
            &format!("\n## {code}\n\n**{}** {} · 默认 default `{}`\n\n", name.zh, name.en, severity(rule));
        if let Some((_, count)) = alarms.iter().find(|it| it.0 == *code) {
            text += &format!(
                "无误的新闻稿里每 10 万字报 {count} 处 findings in 100,000 characters of clean news: {count} \
                 （[accuracy.md](accuracy.md#false-alarms-on-clean-text)）\n\n"
            );
        }
        text += &format!("{}\n\n{}", doc.zh.trim(), options(rule.options, Locale::Zh));
        text += &format!(
            "<details><summary>English</summary>\n\n{}\n\n{}",
            doc.en.trim(),
            options(rule.options, Locale::En)
        );
        text += "</details>\n";
    }
    text += "\n## 通用设置 General settings\n\n";
    text += &options(GENERAL, Locale::Zh);
    text += options(GENERAL, Locale::En).trim_end();
    text + "\n"
}

/// How often each rule finds something in 100,000 characters of clean text, from the table in docs/accuracy.md.
fn alarms() -> Vec<(String, String)> {
    let measured = read("docs/accuracy.md");
    let rows = measured.lines().filter_map(|line| {
        let cells: Vec<&str> = line.trim_matches('|').split('|').map(str::trim).collect();
        let [code, _, _, count] = cells[..] else { return None };
        rules::by_code(code).map(|_| (code.to_owned(), count.to_owned()))
    });
    rows.collect()
}

/// A list of options.
fn options(options: &[Opt], locale: Locale) -> String {
    if options.is_empty() {
        return String::new();
    }
    let mut list = String::from(match locale {
        Locale::Zh => "**选项**\n\n",
        Locale::En => "**Options**\n\n",
    });
    for option in options {
        let takes = match option.kind {
            Kind::Choice(words) => words.iter().map(|it| format!("`{it}`")).collect::<Vec<_>>().join(" "),
            Kind::Number(low, high) => format!("{low}–{high}"),
        };
        list += &format!("- `{}` ({takes}): {}\n", option.key, locale.pick(option.doc));
    }
    list + "\n"
}

/// The first sentence of a rule's documentation, which says what it finds.
fn first_sentence(doc: &str) -> &str {
    let doc = doc.split("\n\n").next().unwrap_or(doc);
    let chinese = doc.find('。').map(|it| it + '。'.len_utf8());
    let english = doc.find(". ").map(|it| it + 1);
    &doc[..chinese.into_iter().chain(english).min().unwrap_or(doc.len())]
}

fn capitalised(words: &str) -> String {
    let mut chars = words.chars();
    chars.next().map(|it| it.to_uppercase().collect::<String>()).unwrap_or_default() + chars.as_str()
}
