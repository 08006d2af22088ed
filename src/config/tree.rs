//! A settings file or an editor's settings as one kind of tree, so that the schema is read against one thing.

use std::path::Path;

use toml::de::{DeTable, DeValue};

use super::{Problem, ProblemKind};

/// A value and where it stands.
#[derive(Clone, Debug)]
pub(super) struct Node {
    /// 1-based line of its key, in a file.
    pub(super) line: Option<usize>,
    pub(super) value: Value,
}

/// A value.
#[derive(Clone, Debug)]
pub(super) enum Value {
    Word(String),
    Whole(i64),
    Flag(bool),
    List(Vec<Node>),
    Table(Vec<(String, Node)>),
    /// JSON's `null`: as if the key were not there.
    Nothing,
    /// A kind that no setting takes: a fraction, a date.
    Other,
}

/// Reads TOML. Where it is faulty the rest is still read.
pub(super) fn of_toml(source: &str, file: &Path) -> (Node, Vec<Problem>) {
    let lines = Lines { starts: source.match_indices('\n').map(|it| it.0 + 1).collect() };
    let (table, errors) = DeTable::parse_recoverable(source);
    let problem = |error: toml::de::Error| Problem {
        file: Some(file.into()),
        line: error.span().map(|it| lines.line(it.start)),
        key: String::new(),
        kind: ProblemKind::Syntax(error.message().trim().replace('\n', "; ")),
    };
    let tree = Node { line: None, value: of_toml_table(table.get_ref(), &lines) };
    (tree, errors.into_iter().map(problem).collect())
}

/// Where the lines of a file start, but for the first.
struct Lines {
    starts: Vec<usize>,
}

impl Lines {
    /// The 1-based line that holds `byte`.
    fn line(&self, byte: usize) -> usize {
        self.starts.partition_point(|it| *it <= byte) + 1
    }
}

fn of_toml_table(table: &DeTable<'_>, lines: &Lines) -> Value {
    let mut entries: Vec<(String, Node)> = table
        .iter()
        .map(|(key, value)| {
            let line = Some(lines.line(key.span().start));
            (key.get_ref().to_string(), Node { line, value: of_toml_value(value.get_ref(), lines) })
        })
        .collect();
    entries.sort_by_key(|it| it.1.line);
    Value::Table(entries)
}

fn of_toml_value(value: &DeValue<'_>, lines: &Lines) -> Value {
    match value {
        DeValue::String(it) => Value::Word(it.to_string()),
        DeValue::Integer(it) => match i64::from_str_radix(it.as_str(), it.radix()) {
            Ok(it) => Value::Whole(it),
            Err(_) => Value::Other,
        },
        DeValue::Boolean(it) => Value::Flag(*it),
        DeValue::Array(items) => Value::List(
            items
                .iter()
                .map(|it| Node {
                    line: Some(lines.line(it.span().start)),
                    value: of_toml_value(it.get_ref(), lines),
                })
                .collect(),
        ),
        DeValue::Table(it) => of_toml_table(it, lines),
        DeValue::Float(_) | DeValue::Datetime(_) => Value::Other,
    }
}

/// Reads JSON, which an editor sends without lines.
pub(super) fn of_json(json: &serde_json::Value) -> Node {
    use serde_json::Value as Json;
    let value = match json {
        Json::Null => Value::Nothing,
        Json::Bool(it) => Value::Flag(*it),
        Json::Number(it) => it.as_i64().map_or(Value::Other, Value::Whole),
        Json::String(it) => Value::Word(it.clone()),
        Json::Array(items) => Value::List(items.iter().map(of_json).collect()),
        Json::Object(entries) => {
            Value::Table(entries.iter().map(|(key, value)| (key.clone(), of_json(value))).collect())
        }
    };
    Node { line: None, value }
}
