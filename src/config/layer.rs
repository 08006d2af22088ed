//! One source of settings, read against the schema.

use std::collections::BTreeMap;
use std::path::{Component, Path, PathBuf};

use ignore::gitignore::{Gitignore, GitignoreBuilder};

use super::tree::{Node, Value};
use super::{Problem, ProblemKind, nearest};
use crate::entity::EntityKind;
use crate::rule::{Rule, Severity};
use crate::rules;
use crate::settings::{GENERAL, Ignored, Kind, Opt, OptValue, Settings};

/// What one file, or the editor, sets.
#[derive(Clone, Debug)]
pub(super) struct Layer {
    /// The file; `None` for the editor.
    pub(super) file: Option<PathBuf>,
    values: Values,
    overrides: Vec<(Paths, Values)>,
    ignored: Vec<(Option<Paths>, Ignored)>,
    dictionary: Vec<(String, Option<EntityKind>)>,
}

/// The values that were set, each with its key.
type Values = BTreeMap<Key, Set>;

/// What can be set: an option, general or of the rule of that code; or the severity of a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Key {
    Option(Option<&'static str>, &'static str),
    Severity(&'static str),
}

/// What it is set to.
#[derive(Clone, Copy, Debug)]
enum Set {
    Option(OptValue),
    Severity(Option<Severity>),
}

/// Path patterns, as a `.gitignore` in the layer's folder would have them.
#[derive(Clone, Debug)]
struct Paths {
    folder: PathBuf,
    patterns: Gitignore,
}

impl Layer {
    /// Sets nothing.
    pub(super) fn empty(file: Option<&Path>) -> Layer {
        Layer {
            file: file.map(Path::to_path_buf),
            values: Values::new(),
            overrides: Vec::new(),
            ignored: Vec::new(),
            dictionary: Vec::new(),
        }
    }

    /// Reads `tree`, and whether it ends the search upward. For a bad value of a known key the one of `before` stays.
    pub(super) fn read(
        tree: &Node,
        file: Option<&Path>,
        before: Option<&Layer>,
        problems: &mut Vec<Problem>,
    ) -> (Layer, bool) {
        let mut reader = Reader { file, problems, bad: Vec::new() };
        let mut layer = Layer::empty(file);
        let mut ends = false;
        for (key, node) in reader.entries(tree, "") {
            match key {
                "root" => match node.value {
                    Value::Flag(it) => ends = it,
                    _ => reader.wrong_type(node, key, "true 或 false", "true or false"),
                },
                "override" => {
                    for (place, item) in reader.items(node, key) {
                        layer.overrides.extend(reader.read_override(item, &place));
                    }
                }
                "ignore" => {
                    for (place, item) in reader.items(node, key) {
                        layer.ignored.extend(reader.read_ignore(item, &place));
                    }
                }
                "dictionary" => layer.dictionary = reader.read_dictionary(node, key),
                _ => reader.read_setting(
                    key,
                    node,
                    "",
                    &["root", "override", "ignore", "dictionary"],
                    &mut layer.values,
                ),
            }
        }
        if let Some(before) = before {
            for key in reader.bad {
                if let (Some(value), false) = (before.values.get(&key), layer.values.contains_key(&key)) {
                    layer.values.insert(key, *value);
                }
            }
        }
        (layer, ends)
    }

    /// Takes from `before` what is not set here: after a syntax error nobody knows what was left out.
    pub(super) fn fill_from(&mut self, before: &Layer) {
        for (key, value) in &before.values {
            self.values.entry(*key).or_insert(*value);
        }
        if self.overrides.is_empty() {
            self.overrides.clone_from(&before.overrides);
        }
        if self.dictionary.is_empty() {
            self.dictionary.clone_from(&before.dictionary);
        }
        for it in &before.ignored {
            if !self.ignored.iter().any(|own| own.1 == it.1) {
                self.ignored.push(it.clone());
            }
        }
    }

    /// Sets in `settings` what this layer sets for the document at `path`, which is absolute.
    pub(super) fn apply(&self, path: Option<&Path>, settings: &mut Settings) {
        let covers = |paths: &Paths| path.is_some_and(|it| paths.cover(it));
        let overrides = self.overrides.iter().filter(|it| covers(&it.0)).map(|it| &it.1);
        for (key, value) in std::iter::once(&self.values).chain(overrides).flatten() {
            match (*key, *value) {
                (Key::Severity(code), Set::Severity(severity)) => {
                    if let Some(rule) = rules::by_code(code) {
                        settings.set_severity(rule, severity);
                    }
                }
                (Key::Option(code, key), Set::Option(value)) => {
                    settings.set_value(code.and_then(rules::by_code), key, value);
                }
                _ => {}
            }
        }
        for (name, kind) in &self.dictionary {
            settings.define(name, *kind);
        }
        for (paths, ignored) in &self.ignored {
            if paths.as_ref().is_none_or(covers) {
                settings.ignore(ignored.clone());
            }
        }
    }
}

impl Paths {
    /// Whether `path`, or a folder that holds it, is named by the patterns. Nothing outside the folder is.
    fn cover(&self, path: &Path) -> bool {
        let Ok(inside) = path.strip_prefix(&self.folder) else { return false };
        let inside: PathBuf = inside.components().filter(|it| matches!(it, Component::Normal(_))).collect();
        self.patterns.matched_path_or_any_parents(&inside, false).is_ignore()
    }
}

/// Reads values and notes what is wrong with them.
pub(super) struct Reader<'a> {
    file: Option<&'a Path>,
    problems: &'a mut Vec<Problem>,
    /// Known keys outside overrides whose values were bad.
    bad: Vec<Key>,
}

impl Reader<'_> {
    pub(super) fn note(&mut self, node: &Node, key: &str, kind: ProblemKind) {
        let file = self.file.map(Path::to_path_buf);
        self.problems.push(Problem { file, line: node.line, key: key.into(), kind });
    }

    pub(super) fn wrong_type(&mut self, node: &Node, key: &str, zh: &'static str, en: &'static str) {
        self.note(node, key, ProblemKind::WrongType(zh, en));
    }

    /// The entries of a table that are set; none, and a problem, when it is something else.
    pub(super) fn entries<'n>(&mut self, node: &'n Node, key: &str) -> Vec<(&'n str, &'n Node)> {
        match &node.value {
            Value::Table(entries) => entries
                .iter()
                .filter(|it| !matches!(it.1.value, Value::Nothing))
                .map(|it| (it.0.as_str(), &it.1))
                .collect(),
            Value::Nothing => Vec::new(),
            _ => {
                self.wrong_type(node, key, "表", "a table");
                Vec::new()
            }
        }
    }

    /// The items of a list, each with the key that names it.
    pub(super) fn items<'n>(&mut self, node: &'n Node, key: &str) -> Vec<(String, &'n Node)> {
        match &node.value {
            Value::List(items) => {
                items.iter().enumerate().map(|(index, it)| (format!("{key}[{index}]"), it)).collect()
            }
            _ => {
                self.wrong_type(node, key, "列表", "a list");
                Vec::new()
            }
        }
    }

    /// A general option or the table of rules. `also` are keys that the caller knows.
    fn read_setting(&mut self, key: &str, node: &Node, under: &str, also: &[&str], values: &mut Values) {
        let place = format!("{under}{key}");
        if key == "rules" {
            for (code, node) in self.entries(node, &place) {
                self.read_rule(code, node, &format!("{place}.{code}"), values);
            }
        } else if let Some(option) = GENERAL.iter().find(|it| it.key == key) {
            self.read_option(None, option, node, &place, values);
        } else {
            let known = GENERAL.iter().map(|it| it.key).chain(["rules"]).chain(also.iter().copied());
            let nearest = nearest(key, known).map(str::to_string);
            self.note(node, &place, ProblemKind::UnknownKey(nearest));
        }
    }

    /// A rule: a severity, or a table of severity and options.
    fn read_rule(&mut self, code: &str, node: &Node, place: &str, values: &mut Values) {
        let Some(rule) = rules::by_code(code) else {
            let nearest = nearest(code, rules::ALL.iter().map(|it| it.code)).map(str::to_string);
            return self.note(node, place, ProblemKind::UnknownRule(nearest));
        };
        if !matches!(node.value, Value::Table(_)) {
            return self.read_severity(rule, node, place, values);
        }
        for (key, node) in self.entries(node, place) {
            let place = format!("{place}.{key}");
            if key == "severity" {
                self.read_severity(rule, node, &place, values);
            } else if let Some(option) = rule.options.iter().find(|it| it.key == key) {
                self.read_option(Some(rule), option, node, &place, values);
            } else {
                let known = rule.options.iter().map(|it| it.key).chain(["severity"]);
                let nearest = nearest(key, known).map(str::to_string);
                self.note(node, &place, ProblemKind::UnknownKey(nearest));
            }
        }
    }

    fn read_severity(&mut self, rule: &'static Rule, node: &Node, place: &str, values: &mut Values) {
        let key = Key::Severity(rule.code);
        let Value::Word(word) = &node.value else {
            self.bad_value(key, place);
            return self.wrong_type(node, place, "严重程度或表", "a severity or a table");
        };
        let severity = Severity::ALL.into_iter().find(|it| it.as_str() == word);
        if severity.is_some() || word == "off" {
            values.insert(key, Set::Severity(severity));
        } else {
            let known =
                std::iter::once("off").chain(Severity::ALL.iter().rev().map(|it| it.as_str())).collect();
            self.bad_value(key, place);
            self.note(node, place, ProblemKind::UnknownWord(word.clone(), known));
        }
    }

    fn read_option(
        &mut self,
        rule: Option<&'static Rule>,
        option: &'static Opt,
        node: &Node,
        place: &str,
        values: &mut Values,
    ) {
        let key = Key::Option(rule.map(|it| it.code), option.key);
        let fault = match (&option.kind, &node.value) {
            (Kind::Choice(words), Value::Word(word)) => match words.iter().find(|it| *it == word) {
                Some(word) => {
                    values.insert(key, Set::Option(OptValue::Word(word)));
                    return;
                }
                None => ProblemKind::UnknownWord(word.clone(), words.to_vec()),
            },
            (Kind::Choice(_), _) => ProblemKind::WrongType("字符串", "a string"),
            (Kind::Number(low, high), Value::Whole(number)) if (low..=high).contains(&number) => {
                values.insert(key, Set::Option(OptValue::Number(Some(*number))));
                return;
            }
            (Kind::Number(low, high), _) => ProblemKind::OutOfRange(*low, *high),
        };
        self.bad_value(key, place);
        self.note(node, place, fault);
    }

    /// Remembers a known key whose value is bad, but for those of an override, which has none from before.
    fn bad_value(&mut self, key: Key, place: &str) {
        if !place.starts_with("override") {
            self.bad.push(key);
        }
    }

    fn read_override(&mut self, node: &Node, place: &str) -> Option<(Paths, Values)> {
        let under = format!("{place}.");
        let mut paths = None;
        let mut values = Values::new();
        let entries = self.entries(node, place);
        if entries.is_empty() {
            return None;
        }
        for (key, node) in entries {
            if key == "paths" {
                paths = Some(self.read_paths(node, &format!("{under}paths")));
            } else {
                self.read_setting(key, node, &under, &["paths"], &mut values);
            }
        }
        match paths {
            Some(paths) => paths.map(|it| (it, values)),
            None => {
                self.note(node, place, ProblemKind::Missing("paths"));
                None
            }
        }
    }

    fn read_ignore(&mut self, node: &Node, place: &str) -> Option<(Option<Paths>, Ignored)> {
        let entries = self.entries(node, place);
        if entries.is_empty() {
            return None;
        }
        let (mut rule, mut words, mut paths) = (None, None, None);
        for (key, node) in entries {
            let place = format!("{place}.{key}");
            match (key, &node.value) {
                ("rule", Value::Word(code)) => match rules::by_code(code) {
                    Some(it) => rule = Some(it.code),
                    None => {
                        let nearest = nearest(code, rules::ALL.iter().map(|it| it.code)).map(str::to_string);
                        self.note(node, &place, ProblemKind::UnknownRule(nearest));
                        return None;
                    }
                },
                ("words", Value::Word(it)) => words = Some(it.clone()),
                ("path", _) => paths = Some(self.read_paths(node, &place)?),
                ("rule" | "words", _) => {
                    self.wrong_type(node, &place, "字符串", "a string");
                    return None;
                }
                _ => {
                    let nearest = nearest(key, ["rule", "words", "path"]).map(str::to_string);
                    self.note(node, &place, ProblemKind::UnknownKey(nearest));
                }
            }
        }
        match (rule, words) {
            (Some(rule), Some(words)) => Some((paths, Ignored { rule: rule.into(), words })),
            (None, _) => {
                self.note(node, place, ProblemKind::Missing("rule"));
                None
            }
            (_, None) => {
                self.note(node, place, ProblemKind::Missing("words"));
                None
            }
        }
    }

    /// A pattern or a list of them. In the editor's settings, which stand in no folder, a pattern holds at any depth.
    fn read_paths(&mut self, node: &Node, place: &str) -> Option<Paths> {
        let items = match &node.value {
            Value::List(items) => items.iter().collect(),
            _ => vec![node],
        };
        let folder = self.file.and_then(Path::parent);
        let mut builder = GitignoreBuilder::new("");
        for item in items {
            let Value::Word(pattern) = &item.value else {
                self.wrong_type(item, place, "路径模式或其列表", "a path pattern or a list of them");
                return None;
            };
            let anywhere = folder.is_none() && !pattern.starts_with('/');
            let line = if anywhere { format!("**/{pattern}") } else { pattern.clone() };
            if let Err(error) = builder.add_line(None, &line) {
                self.note(item, place, ProblemKind::BadPattern(error.to_string()));
                return None;
            }
        }
        match builder.build() {
            Ok(patterns) => Some(Paths { folder: folder.unwrap_or(Path::new("/")).to_path_buf(), patterns }),
            Err(error) => {
                self.note(node, place, ProblemKind::BadPattern(error.to_string()));
                None
            }
        }
    }
}
