//! Where the names of a document occur: a sum over its paragraphs, kept up to date by difference.

use std::collections::BTreeMap;

use super::{EntityKind, Mention};
use crate::page::paragraph::Span;

/// The mentions of a document by name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Index {
    names: BTreeMap<String, BTreeMap<EntityKind, Vec<Occurrence>>>,
}

/// One place where a name occurs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Occurrence {
    /// Index of the paragraph.
    pub paragraph: usize,
    /// Where in its joined text.
    pub span: Span,
}

impl Index {
    /// The index of paragraphs, each with its text and mentions, in order. O(mentions · log names).
    pub fn of<'a>(paragraphs: impl IntoIterator<Item = (&'a str, &'a [Mention])>) -> Index {
        let mut index = Index::default();
        for (paragraph, (text, mentions)) in paragraphs.into_iter().enumerate() {
            index.add(paragraph, text, mentions);
        }
        index
    }

    /// Adds the mentions of paragraph `paragraph`, which has none yet.
    pub fn add(&mut self, paragraph: usize, text: &str, mentions: &[Mention]) {
        for mention in mentions {
            let occurrences = self
                .names
                .entry(mention.name(text).into_owned())
                .or_default()
                .entry(mention.kind)
                .or_default();
            let occurrence = Occurrence { paragraph, span: mention.span };
            let at = occurrences.partition_point(|it| *it < occurrence);
            occurrences.insert(at, occurrence);
        }
    }

    /// Takes out the mentions of paragraph `paragraph`, which were added with the same text and mentions.
    pub fn remove(&mut self, paragraph: usize, text: &str, mentions: &[Mention]) {
        for mention in mentions {
            let name = mention.name(text);
            let Some(kinds) = self.names.get_mut(name.as_ref()) else { continue };
            if let Some(occurrences) = kinds.get_mut(&mention.kind) {
                occurrences.retain(|it| it.paragraph != paragraph || it.span != mention.span);
                if occurrences.is_empty() {
                    kinds.remove(&mention.kind);
                }
            }
            if kinds.is_empty() {
                self.names.remove(name.as_ref());
            }
        }
    }

    /// Renumbers the paragraphs from `from` on: `by` were put in (or taken out, when negative) before them.
    /// O(occurrences).
    pub fn shift(&mut self, from: usize, by: isize) {
        for occurrences in self.names.values_mut().flat_map(|it| it.values_mut()) {
            for it in occurrences.iter_mut().filter(|it| from <= it.paragraph) {
                it.paragraph = it.paragraph.saturating_add_signed(by);
            }
        }
    }

    /// Where `name` occurs as a `kind`, in order.
    pub fn occurrences(&self, kind: EntityKind, name: &str) -> &[Occurrence] {
        self.names.get(name).and_then(|it| it.get(&kind)).map_or(&[], Vec::as_slice)
    }

    /// The names that start with `prefix`, in order of their code points, each with its kind and occurrences.
    pub fn names<'a>(
        &'a self,
        prefix: &'a str,
    ) -> impl Iterator<Item = (&'a str, EntityKind, &'a [Occurrence])> {
        self.names
            .range::<str, _>((std::ops::Bound::Included(prefix), std::ops::Bound::Unbounded))
            .take_while(move |(name, _)| name.starts_with(prefix))
            .flat_map(|(name, kinds)| {
                kinds.iter().map(move |(kind, it)| (name.as_str(), *kind, it.as_slice()))
            })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mention(start: usize, end: usize, kind: EntityKind) -> Mention {
        Mention { span: Span::new(start, end), kind }
    }

    #[test]
    fn what_was_added_and_taken_out_leaves_no_trace() {
        let first = ("王鹏说", [mention(0, 6, EntityKind::Person)]);
        let second = ("王鹏在温县", [mention(0, 6, EntityKind::Person), mention(9, 15, EntityKind::Place)]);
        let before = Index::of([(first.0, &first.1[..])]);
        let mut index = before.clone();
        index.add(1, second.0, &second.1);
        assert_eq!(index.occurrences(EntityKind::Person, "王鹏").len(), 2);
        assert_eq!(index.names("").map(|it| it.0).collect::<Vec<_>>(), ["温县", "王鹏"]);
        assert_eq!(index.names("王").count(), 1);
        index.remove(1, second.0, &second.1);
        assert_eq!(index, before);
    }

    #[test]
    fn paragraphs_behind_an_inserted_one_move() {
        let text = "王鹏";
        let mentions = [mention(0, 6, EntityKind::Person)];
        let mut index = Index::of([(text, &mentions[..]), (text, &mentions[..])]);
        index.shift(1, 2);
        let at: Vec<usize> =
            index.occurrences(EntityKind::Person, "王鹏").iter().map(|it| it.paragraph).collect();
        assert_eq!(at, [0, 3]);
    }
}
