//! Names of people from abroad: 菲德尔·卡斯特罗, and 卡斯特罗 where something tells that it is a person.

use super::EntityKind;
use super::person::Names;
use super::words::{Name, Words};
use crate::lexicon::Tags;

/// Marks between the parts of a foreign name.
pub(super) const POINTS: [char; 5] = ['·', '‧', '•', '・', '∙'];

/// Kinds of word that are foreign people.
const FOREIGN: Tags = Tags::of(&["FRN", "nrt"]);

/// The most characters of a part.
const LONGEST: usize = 9;

/// Marks the foreign people of the text.
pub(super) fn people(words: &mut Words<'_>) {
    let mut parts: Vec<&str> = Vec::new();
    for point in 1..words.words.len() {
        if !words.word(point).starts_with(POINTS) {
            continue;
        }
        // A point inside a name that is marked already: the name goes on.
        let first = match words.names[point - 1] {
            Some(name) if words.span(name.first, point - 1).range().len() > words.word(point - 1).len() => {
                name.first
            }
            _ => part(words, (0..point).rev()).unwrap_or(point),
        };
        let Some(last) = part(words, point + 1..words.words.len()) else { continue };
        if first == point {
            continue;
        }
        parts.push(words.phrase(first, point - 1));
        parts.push(words.phrase(point + 1, last));
        words.names[first..=last].fill(None);
        words.names[last] = Some(Name { kind: EntityKind::Person, first });
    }
    let names = Names::shared();
    for index in 0..words.words.len() {
        let word = words.word(index);
        let span = words.words[index].span.range();
        let known = word.len() > 3 && parts.contains(&word);
        let foreign = words.is_tagged(index, FOREIGN) && word.len() > 6;
        if words.names[index].is_some() || !known && !foreign {
            continue;
        }
        let told =
            || names.before(&words.text[..span.start]) > 2.0 || names.after(&words.text[span.end..]) > 2.0;
        if known || told() {
            words.names[index] = Some(Name { kind: EntityKind::Person, first: index });
        }
    }
}

/// The last of the words, from the point away, that are a part of a foreign name.
fn part(words: &Words<'_>, indices: impl Iterator<Item = usize>) -> Option<usize> {
    let names = Names::shared();
    let mut length = 0;
    let mut last = None;
    for index in indices {
        let word = words.word(index);
        length += word.chars().count();
        let common = words.words[index].frequency > 2000 && word.chars().count() > 1;
        if LONGEST < length || common && last.is_some() || !word.chars().all(|it| names.is_foreign(it)) {
            break;
        }
        last = Some(index);
    }
    last
}
