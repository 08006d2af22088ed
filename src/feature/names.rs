//! The names of a document as editors ask for them: where a name stands, where it is introduced, which there are.

use std::ops::Range;

use crate::analysis::Analysis;
use crate::entity::document::{Entity, Occurrence};
use crate::entity::{EntityKind, Mention};

/// A name under the cursor.
#[derive(Clone, Copy, Debug)]
pub struct Named<'a> {
    /// The paragraph that it stands in.
    pub paragraph: usize,
    /// The mention.
    pub mention: &'a Mention,
    /// Who or what is meant.
    pub entity: &'a Entity,
}

/// A place where an entity is mentioned.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The bytes of the file from the first to past the last character.
    pub range: Range<usize>,
    /// Whether it is the place where the entity is introduced.
    pub introduces: bool,
}

/// The name at `byte`, or the one that ends there: a cursor stands behind what was just typed.
pub fn at(analysis: &Analysis, byte: usize) -> Option<Named<'_>> {
    let paragraph = analysis.page().paragraph_at(byte)?;
    let start = analysis.page().paragraphs[paragraph].start;
    let map = &analysis.reading(paragraph).joined.map;
    let inside = map.joined(byte.checked_sub(start)?);
    let names = analysis.names();
    let found = names.at(paragraph, inside).or_else(|| {
        let before = names.at(paragraph, inside.checked_sub(1)?)?;
        let ends = map.source_end(before.0.span.end as usize) + start;
        (ends == byte).then_some(before)
    });
    found.map(|(mention, entity)| Named { paragraph, mention, entity })
}

/// Every place where the name at `byte`, or a form of it, stands, in order. O(mentions of it).
pub fn references(analysis: &Analysis, byte: usize) -> Option<Vec<Place>> {
    let entity = at(analysis, byte)?.entity;
    let introduces = introduction(analysis, entity);
    let place = |it: &Occurrence| Place { range: range(analysis, *it), introduces: *it == introduces };
    Some(entity.occurrences.iter().map(place).collect())
}

/// Where the name at `byte` is introduced: its first mention in full.
pub fn definition(analysis: &Analysis, byte: usize) -> Option<Range<usize>> {
    let entity = at(analysis, byte)?.entity;
    Some(range(analysis, introduction(analysis, entity)))
}

/// The entities whose name or form holds `query`, each with the place where it is introduced, in order of first
/// appearance. All people, places, organisations and works for an empty query.
pub fn matching<'a>(
    analysis: &'a Analysis,
    query: &'a str,
) -> impl Iterator<Item = (&'a Entity, Range<usize>)> {
    let entities = analysis.names().entities().iter();
    let named = entities.filter(move |it| {
        it.kind != EntityKind::Post && it.all_forms().any(|it| query.is_empty() || it.contains(query))
    });
    named.map(|it| (it, range(analysis, introduction(analysis, it))))
}

/// The bytes of the file where `occurrence` stands.
pub fn range(analysis: &Analysis, occurrence: Occurrence) -> Range<usize> {
    analysis.page().paragraphs[occurrence.paragraph].source(occurrence.span)
}

/// The first mention in full; headlines that stand behind their article wait for the text.
fn introduction(analysis: &Analysis, entity: &Entity) -> Occurrence {
    let full = |it: &&Occurrence| {
        let text = analysis.reading(it.paragraph).text();
        let form: String = text[it.span.range()].split_whitespace().collect();
        form == entity.name
    };
    *entity.occurrences.iter().find(full).unwrap_or(&entity.occurrences[0])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::page::Markup;
    use crate::text::Text;

    const SEED: &str = include_str!("../../seeds/jiaozuo-daily-2020-02.txt");

    fn analysis() -> Analysis {
        Analysis::of(&Text::new(SEED), Markup::Plain, &Default::default())
    }

    #[test]
    fn both_halves_of_a_cut_name_lead_to_all_its_places() {
        let analysis = analysis();
        let cut = SEED.find("王\n晋豫").expect("the name is cut");
        let places = references(&analysis, cut).expect("a name");
        assert_eq!(references(&analysis, cut + "王\n".len()), Some(places.clone()));
        assert_eq!(places.len(), 6);
        assert_eq!(&SEED[places[0].range.clone()], "王\n晋豫");
        assert!(places[0].introduces && places[1..].iter().all(|it| !it.introduces));
    }

    #[test]
    fn a_cursor_behind_a_name_is_at_it() {
        let behind = SEED.find("王鹏").expect("the name stands on the page") + "王鹏".len();
        assert!(at(&analysis(), behind).is_some_and(|it| it.entity.name == "王鹏"));
    }

    #[test]
    fn what_is_no_name_has_no_places() {
        let analysis = analysis();
        assert_eq!(references(&analysis, SEED.find("责任").expect("a word")), None);
        assert_eq!(definition(&analysis, SEED.len() + 9), None);
    }

    #[test]
    fn entities_are_found_by_any_part_of_a_form() {
        let analysis = analysis();
        let found: Vec<&str> = matching(&analysis, "文钊").map(|it| it.0.name.as_str()).collect();
        assert_eq!(found, ["原文钊"]);
    }
}
