//! Accepting a finding, giving a name: one more `[[ignore]]`, one more entry of `[dictionary]` in `jiaodui.toml`, all
//! else in the file as it was.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use toml::de::{DeTable, DeValue};

use super::{FILE_NAME, absolute, files_above};
use crate::disk;
use crate::settings::Ignored;

/// Records `ignored` as accepted: in the nearest `jiaodui.toml` above `document`, else in one made in `root`, else in
/// one beside the document. Returns the file. One that holds the entry already stays as it is.
///
/// # Errors
/// When there is neither document nor root, or the file cannot be read or written, or is no TOML.
pub fn add_ignored(document: Option<&Path>, root: Option<&Path>, ignored: &Ignored) -> io::Result<PathBuf> {
    amend(document, root, |it| with_entry(it, ignored))
}

/// Records `name` in the `list` of `[dictionary]` (`people`, `places`, …), in the file that [`add_ignored`] would
/// take. Returns the file.
///
/// # Errors
/// As [`add_ignored`].
pub fn add_name(document: Option<&Path>, root: Option<&Path>, list: &str, name: &str) -> io::Result<PathBuf> {
    amend(document, root, |it| with_name(it, list, name))
}

/// Changes the file that holds for `document`.
fn amend(
    document: Option<&Path>,
    root: Option<&Path>,
    change: impl Fn(&str) -> Result<Option<String>, toml::de::Error>,
) -> io::Result<PathBuf> {
    let start = document.or(root).ok_or(io::ErrorKind::NotFound)?;
    let file = files_above(start)
        .next()
        .or_else(|| Some(absolute(root?).join(FILE_NAME)))
        .or_else(|| Some(absolute(document?).parent()?.join(FILE_NAME)))
        .ok_or(io::ErrorKind::NotFound)?;
    let source = match fs::read(&file) {
        Ok(bytes) => String::from_utf8(bytes).map_err(io::Error::other)?,
        Err(error) if error.kind() == io::ErrorKind::NotFound => String::new(),
        Err(error) => return Err(error),
    };
    let changed = change(&source).map_err(io::Error::other)?;
    if let Some(changed) = changed {
        disk::replace(&file, changed.as_bytes())?;
    }
    Ok(file)
}

/// `source` with an entry for `ignored`; `None` when it has one.
fn with_entry(source: &str, ignored: &Ignored) -> Result<Option<String>, toml::de::Error> {
    let table = DeTable::parse(source)?;
    let list = table.get_ref().get("ignore").map(|it| (it.span(), it.get_ref()));
    let rule = quoted(&ignored.rule);
    let words = quoted(&ignored.words);
    let line_end = if source.contains("\r\n") { "\r\n" } else { "\n" };
    let mut changed = source.to_string();
    if let Some((span, DeValue::Array(items))) = list {
        let word = |entry: &DeTable<'_>, key: &str| {
            entry.get(key).and_then(|it| it.get_ref().as_str().map(str::to_string))
        };
        let known = items.iter().filter_map(|it| it.get_ref().as_table()).any(|it| {
            word(it, "rule").as_deref() == Some(&ignored.rule)
                && word(it, "words").as_deref() == Some(&ignored.words)
                && !it.contains_key("path")
        });
        if known {
            return Ok(None);
        }
        if source[span.clone()].starts_with('[') && !source[span.clone()].starts_with("[[") {
            // Written in one piece, `ignore = [ … ]`: the new entry goes behind the last one.
            let entry = format!("{{ rule = {rule}, words = {words} }}");
            match items.last() {
                Some(last) => changed.insert_str(last.span().end, &format!(", {entry}")),
                None => changed.insert_str(span.start + 1, &entry),
            }
            DeTable::parse(&changed)?;
            return Ok(Some(changed));
        }
    }
    if !changed.is_empty() {
        if !changed.ends_with('\n') {
            changed.push_str(line_end);
        }
        changed.push_str(line_end);
    }
    for line in ["[[ignore]]", &format!("rule = {rule}"), &format!("words = {words}")] {
        changed.push_str(line);
        changed.push_str(line_end);
    }
    DeTable::parse(&changed)?;
    Ok(Some(changed))
}

/// `source` with `name` in a list of its dictionary; `None` when it stands there.
fn with_name(source: &str, list: &str, name: &str) -> Result<Option<String>, toml::de::Error> {
    let table = DeTable::parse(source)?;
    let dictionary = table.get_ref().get("dictionary");
    let entry = quoted(name);
    let line_end = if source.contains("\r\n") { "\r\n" } else { "\n" };
    let mut changed = source.to_string();
    let old = dictionary.and_then(|it| it.get_ref().as_table()?.get(list));
    match (old.map(|it| (it.span(), it.get_ref())), dictionary) {
        (Some((span, DeValue::Array(items))), _) => {
            if items.iter().any(|it| it.get_ref().as_str() == Some(name)) {
                return Ok(None);
            }
            match items.last() {
                Some(last) => changed.insert_str(last.span().end, &format!(", {entry}")),
                None => changed.insert_str(span.start + 1, &entry),
            }
        }
        // `[dictionary]`: the list goes below it.
        (None, Some(table)) if source[table.span()].starts_with('[') => {
            let header = table.span().start;
            let end = source[header..].find('\n').map_or(source.len(), |it| header + it + 1);
            let first = if source[..end].ends_with('\n') { "" } else { line_end };
            changed.insert_str(end, &format!("{first}{list} = [{entry}]{line_end}"));
        }
        // `dictionary = { … }`
        (None, Some(table)) if source[table.span()].starts_with('{') => {
            let rest = table.get_ref().as_table().is_some_and(|it| !it.is_empty());
            let comma = if rest { "," } else { " " };
            changed.insert_str(table.span().start + 1, &format!(" {list} = [{entry}]{comma}"));
        }
        // `dictionary.places = […]`
        (None, Some(table)) if line_start(source, table.span().start) == table.span().start => {
            changed.insert_str(table.span().start, &format!("dictionary.{list} = [{entry}]{line_end}"));
        }
        _ => {
            if !changed.is_empty() {
                if !changed.ends_with('\n') {
                    changed.push_str(line_end);
                }
                changed.push_str(line_end);
            }
            changed += &format!("[dictionary]{line_end}{list} = [{entry}]{line_end}");
        }
    }
    DeTable::parse(&changed)?;
    Ok(Some(changed))
}

/// Where the line of `byte` starts.
fn line_start(source: &str, byte: usize) -> usize {
    source[..byte].rfind('\n').map_or(0, |it| it + 1)
}

/// `text` as a TOML string.
fn quoted(text: &str) -> String {
    let mut quoted = String::from('"');
    for char in text.chars() {
        match char {
            '"' | '\\' => quoted.extend(['\\', char]),
            it if it.is_control() => quoted.push_str(&format!("\\u{:04X}", it as u32)),
            it => quoted.push(it),
        }
    }
    quoted + "\""
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_goes_where_its_list_is_or_would_be() {
        for (before, after) in [
            ("", "[dictionary]\npeople = [\"王晋裕\"]\n"),
            ("year = 1\n", "year = 1\n\n[dictionary]\npeople = [\"王晋裕\"]\n"),
            ("[dictionary]\nplaces = []\n", "[dictionary]\npeople = [\"王晋裕\"]\nplaces = []\n"),
            ("[dictionary]\npeople = [\"a\"] # 旧\n", "[dictionary]\npeople = [\"a\", \"王晋裕\"] # 旧\n"),
            ("# [dictionary]\n[dictionary]\n", "# [dictionary]\n[dictionary]\npeople = [\"王晋裕\"]\n"),
            ("dictionary = { places = [] }\n", "dictionary = { people = [\"王晋裕\"], places = [] }\n"),
            ("dictionary.places = []\n", "dictionary.people = [\"王晋裕\"]\ndictionary.places = []\n"),
            ("[dictionary]\npeople = []\n", "[dictionary]\npeople = [\"王晋裕\"]\n"),
        ] {
            assert_eq!(with_name(before, "people", "王晋裕").unwrap().as_deref(), Some(after));
            assert_eq!(with_name(after, "people", "王晋裕").unwrap(), None);
        }
    }
}
