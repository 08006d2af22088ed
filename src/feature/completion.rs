//! Completion: the names that the document and the dictionary use, from their first characters on.

use std::collections::HashSet;
use std::ops::Range;

use crate::analysis::Analysis;
use crate::entity::EntityKind;

/// A name that would go on what stands before the cursor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// The name.
    pub name: String,
    /// What it is.
    pub kind: EntityKind,
    /// How often the document has it; 0 for a name of the dictionary.
    pub times: usize,
    /// The bytes of the file that it replaces: its first characters, before the cursor.
    pub replaces: Range<usize>,
}

/// Characters before the cursor that can be the start of a name.
const REACH: usize = 12;

/// The names that start with what stands before `byte`, those with the most characters there first, then the most
/// frequent. O(names).
pub fn names(analysis: &Analysis, byte: usize) -> Vec<Candidate> {
    let text = analysis.text();
    let line = text.line_range(text.line_of(byte));
    let before = text.slice(line.start..byte.clamp(line.start, line.end)).into_owned();
    let starts: Vec<usize> = before.char_indices().rev().take(REACH).map(|it| it.0).collect();
    let mut seen = HashSet::new();
    let mut candidates = Vec::new();
    let mut offer = |name: &str, kind: EntityKind, times: usize| {
        let Some(&start) = starts.iter().rev().find(|it| {
            let typed = &before[**it..];
            typed.starts_with(|it: char| it.is_alphanumeric())
                && name.len() > typed.len()
                && name.starts_with(typed)
        }) else {
            return;
        };
        if seen.insert((name.to_owned(), kind)) {
            let replaces = line.start + start..line.start + before.len();
            candidates.push(Candidate { name: name.to_owned(), kind, times, replaces });
        }
    };
    for entity in analysis.names().entities().iter().filter(|it| it.kind != EntityKind::Post) {
        for form in entity.all_forms() {
            offer(form, entity.kind, entity.occurrences.len());
        }
    }
    for (name, kind) in analysis.settings().dictionary() {
        if let Some(kind) = kind {
            offer(name, *kind, 0);
        }
    }
    candidates.sort_by_key(|it| (it.replaces.start, std::cmp::Reverse(it.times), it.name.clone()));
    candidates
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::page::Markup;
    use crate::settings::Settings;
    use crate::text::Text;

    #[test]
    fn the_first_character_of_a_name_offers_it() {
        let mut settings = Settings::default();
        settings.define("原文钊", Some(EntityKind::Person));
        settings.define("原则", None);
        let source = "本报记者原文钊报道。另据原";
        let analysis = Analysis::of(&Text::new(source), Markup::Plain, &Arc::new(settings));
        let offered = names(&analysis, source.len());
        let offered: Vec<(&str, &str)> =
            offered.iter().map(|it| (it.name.as_str(), &source[it.replaces.clone()])).collect();
        assert_eq!(offered, [("原文钊", "原")]);
        assert_eq!(names(&analysis, "本报记".len()), []);
    }
}
