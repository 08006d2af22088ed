//! Reads the literals of a Python source: what a list of test cases is written in.

use std::collections::HashMap;

/// A Python value.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Literal {
    None,
    Number(f64),
    Text(String),
    List(Vec<Literal>),
    Map(Vec<(String, Literal)>),
    /// `datetime.datetime(2021, 5, 6)`, `time.time()`: its name and arguments.
    Call(String, Vec<Literal>),
}

/// Reads the value at `at` in `source`; names stand for what `names` says.
pub(crate) fn literal(source: &str, at: usize, names: &HashMap<String, f64>) -> Option<(Literal, usize)> {
    let at = skip(source, at);
    let rest = source.get(at..)?;
    let first = rest.chars().next()?;
    match first {
        '\'' | '"' => {
            let end = rest[1..].find(first)? + 1;
            Some((Literal::Text(rest[1..end].to_owned()), at + end + 1))
        }
        '[' | '(' => items(source, at + 1, names).map(|(items, end)| (Literal::List(items), end)),
        '{' => {
            let mut pairs = Vec::new();
            let mut at = skip(source, at + 1);
            while !source[at..].starts_with('}') {
                let (key, after) = literal(source, at, names)?;
                let Literal::Text(key) = key else { return None };
                let colon = skip(source, after);
                let (value, after) = literal(source, colon + 1, names)?;
                pairs.push((key, value));
                at = skip(source, after);
                if source[at..].starts_with(',') {
                    at = skip(source, at + 1);
                }
            }
            Some((Literal::Map(pairs), at + 1))
        }
        _ => {
            let end = rest.find(|it: char| !it.is_ascii_alphanumeric() && !"._-".contains(it))?;
            let (word, to) = (&rest[..end], at + end);
            let value = match word {
                "None" => Literal::None,
                "True" => Literal::Number(1.0),
                "False" => Literal::Number(0.0),
                _ if source[to..].starts_with('(') => {
                    let (items, end) = items(source, to + 1, names)?;
                    return Some((Literal::Call(word.to_owned(), items), end));
                }
                _ => Literal::Number(word.parse().ok().or_else(|| names.get(word).copied())?),
            };
            Some((value, to))
        }
    }
}

/// The values of a list up to its bracket.
fn items(source: &str, at: usize, names: &HashMap<String, f64>) -> Option<(Vec<Literal>, usize)> {
    let mut items = Vec::new();
    let mut at = skip(source, at);
    while !source[at..].starts_with([']', ')']) {
        let (item, after) = literal(source, at, names)?;
        items.push(item);
        at = skip(source, after);
        if source[at..].starts_with(',') {
            at = skip(source, at + 1);
        }
    }
    Some((items, at + 1))
}

/// Past white space and comments.
fn skip(source: &str, at: usize) -> usize {
    let mut at = at;
    loop {
        let rest = &source[at..];
        let space = rest.len() - rest.trim_start().len();
        at += space;
        if !source[at..].starts_with('#') {
            return at;
        }
        at += source[at..].find('\n').unwrap_or(source.len() - at);
    }
}
