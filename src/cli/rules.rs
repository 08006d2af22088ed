//! `jiaodui rules` and `jiaodui explain`: the registry, for reading.

use serde_json::{Value, json};

use super::args::{Format, Options};
use super::output::Output;
use super::report::{padded, severity, width};
use super::{CLEAN, FAILED, say};
use crate::config::{nearest, perhaps};
use crate::rule::Rule;
use crate::rules;
use crate::settings::{Kind, Locale, Opt, Words};

/// Prints the table of rules.
pub(super) fn run(options: &Options, output: &mut Output) -> u8 {
    match options.format {
        Format::Text => output.print(&table(options.locale)),
        _ => {
            let records: Vec<Value> = rules::ALL.iter().map(|it| record(it)).collect();
            output.print(&(Value::Array(records).to_string() + "\n"));
        }
    }
    CLEAN
}

/// Prints what one rule finds, why, and what can be set.
pub(super) fn explain(options: &Options, output: &mut Output) -> u8 {
    let locale = options.locale;
    let code = options.operands.first().map_or(String::new(), |it| it.to_string_lossy().into_owned());
    let named = |it: &&&Rule| it.code == code || it.name.zh == code;
    let Some(rule) = rules::ALL.iter().find(named) else {
        let nearest = nearest(&code, rules::ALL.iter().map(|it| it.code));
        let what = say(locale, format!("没有“{code}”这条规则"), format!("there is no rule “{code}”"));
        output.complain(&(what + &perhaps(nearest, locale)));
        return FAILED;
    };
    let severity = level(rule, locale);
    let mut text = say(
        locale,
        format!("# {} {}（默认：{severity}）\n\n", rule.code, rule.name.zh),
        format!("# {}: {} (default: {severity})\n\n", rule.code, rule.name.en),
    );
    text += locale.pick(rule.doc).trim();
    text.push('\n');
    if !rule.options.is_empty() {
        text += &say(locale, "\n## 选项\n\n".into(), "\n## Options\n\n".into());
        for option in rule.options {
            text += &format!("- `{}` ({}): {}\n", option.key, takes(option), locale.pick(option.doc));
        }
    }
    output.print(&text);
    CLEAN
}

/// The word for the severity that a rule has when nothing is set.
fn level(rule: &Rule, locale: Locale) -> &'static str {
    match rule.severity {
        Some(it) => severity(it, locale),
        None => locale.pick(Words { zh: "关", en: "off" }),
    }
}

/// What an option takes, the default first: `auto|tight|spaced`.
fn takes(option: &Opt) -> String {
    match option.kind {
        Kind::Choice(words) => words.join("|"),
        Kind::Number(low, high) => format!("{low}–{high}"),
    }
}

fn table(locale: Locale) -> String {
    let head = match locale {
        Locale::Zh => ["代码", "名称", "默认", "选项"],
        Locale::En => ["code", "name", "default", "options"],
    };
    let mut rows = vec![head.map(str::to_string)];
    for rule in rules::ALL {
        let options: Vec<String> =
            rule.options.iter().map(|it| format!("{}={}", it.key, takes(it))).collect();
        rows.push([
            rule.code.to_string(),
            locale.pick(rule.name).to_string(),
            level(rule, locale).to_string(),
            options.join(" "),
        ]);
    }
    let widest = |column: usize| rows.iter().map(|it| width(&it[column])).max().unwrap_or_default();
    let widths = [widest(0), widest(1), widest(2)];
    rows.iter()
        .map(|row| {
            let cells: Vec<String> =
                row.iter().zip(widths).map(|(cell, width)| padded(cell, width)).collect();
            (cells.join("  ") + "  " + &row[3]).trim_end().to_string() + "\n"
        })
        .collect()
}

fn record(rule: &Rule) -> Value {
    let words = |it: Words| json!({"zh": it.zh, "en": it.en});
    let option = |it: &Opt| match it.kind {
        Kind::Choice(choices) => {
            json!({"key": it.key, "choices": choices, "default": choices[0], "doc": words(it.doc)})
        }
        Kind::Number(low, high) => {
            json!({"key": it.key, "minimum": low, "maximum": high, "default": null, "doc": words(it.doc)})
        }
    };
    let options: Vec<Value> = rule.options.iter().map(option).collect();
    json!({
        "code": rule.code,
        "name": words(rule.name),
        "severity": rule.severity.map_or("off", |it| it.as_str()),
        "doc": words(rule.doc),
        "options": options,
    })
}
