//! Accepting a finding: one more `[[ignore]]` in `jiaodui.toml`, all else in the file as it was.

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
    let changed = with_entry(&source, ignored).map_err(io::Error::other)?;
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
