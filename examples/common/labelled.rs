//! Texts with their names: gold in the iob2 format of Universal NER, and JSON Lines of labelled sentences.

use std::fs;

use jiaodui::entity::label::KINDS;
use jiaodui::entity::{EntityKind, Mention};
use serde_json::Value;

/// A name: from its first to behind its last character, and its place in [`KINDS`]; behind those a work.
pub(crate) type Name = (usize, usize, usize);

/// A text and its names.
pub(crate) struct Labelled {
    pub(crate) text: String,
    pub(crate) names: Vec<Name>,
    /// What a machine says, where the file has that beside `names`; works, too.
    #[allow(dead_code, reason = "for who learns what a machine gets wrong")]
    pub(crate) others: Vec<Name>,
    /// Where it comes from, as its file says.
    #[allow(dead_code, reason = "training does not score")]
    pub(crate) source: String,
}

/// The texts of a file: `.iob2`, or JSON Lines of `{"t": text, "e": [[start, end, kind], …], "s": source}` with offsets
/// in characters and kinds PER, LOC and ORG; others are left out. A machine's beside a person's: `l`.
pub(crate) fn read(path: &str) -> Vec<Labelled> {
    let file = fs::read_to_string(path).unwrap_or_else(|error| panic!("{path}: {error}"));
    if path.ends_with(".iob2") { iob2(&file) } else { file.lines().filter_map(sentence).collect() }
}

fn kind(name: &str) -> Option<usize> {
    ["PER", "LOC", "ORG", "nw"].iter().position(|it| *it == name)
}

fn sentence(line: &str) -> Option<Labelled> {
    let value: Value = serde_json::from_str(line).ok()?;
    let name = |it: &Value| {
        let offset = |index: usize| it[index].as_u64().map(|it| it as usize);
        Some((offset(0)?, offset(1)?, kind(it[2].as_str()?)?))
    };
    let all = |list: &str| value[list].as_array().map(|it| it.iter().filter_map(name).collect::<Vec<Name>>());
    let (by_hand, others) = (all("e"), all("l").unwrap_or_default());
    let mut names = by_hand.unwrap_or_else(|| others.clone());
    names.retain(|it| it.2 < KINDS.len());
    let source = value["s"].as_str().unwrap_or_default().to_string();
    Some(Labelled { text: value["t"].as_str()?.to_string(), names, others, source })
}

fn iob2(file: &str) -> Vec<Labelled> {
    let mut texts = Vec::new();
    for block in file.split("\n\n") {
        let (names, others) = (Vec::new(), Vec::new());
        let mut labelled = Labelled { text: String::new(), names, others, source: "gold".into() };
        let mut length = 0;
        for line in block.lines().filter(|it| !it.starts_with('#')) {
            let mut columns = line.split('\t').skip(1);
            let (Some(token), Some(tag)) = (columns.next(), columns.next()) else { continue };
            let start = length;
            labelled.text.push_str(token);
            length += token.chars().count();
            let Some((place, name)) = tag.split_once('-') else { continue };
            let Some(kind) = kind(name).filter(|it| *it < KINDS.len()) else { continue };
            match labelled.names.last_mut() {
                Some(last) if place == "I" && last.1 == start && last.2 == kind => last.1 = length,
                _ => labelled.names.push((start, length, kind)),
            }
        }
        if !labelled.text.is_empty() {
            texts.push(labelled);
        }
    }
    texts
}

/// The people, places and organisations among `mentions` of `text`, as [`Labelled`] has them.
#[allow(dead_code, reason = "training does not score")]
pub(crate) fn names_of(text: &str, mentions: &[Mention]) -> Vec<(usize, usize, usize)> {
    let count = |to: u32| text[..to as usize].chars().count();
    let kind = |it: EntityKind| KINDS.iter().position(|kind| *kind == it);
    mentions
        .iter()
        .filter_map(|it| Some((count(it.span.start), count(it.span.end), kind(it.kind)?)))
        .collect()
}
