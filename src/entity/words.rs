//! A text cut into words for the search of names.

use std::ops::Range;

use super::gazetteer::{self, Level, Place};
use super::person::{Names, is_han};
use super::{EntityKind, Mention};
use crate::expression::Expression;
use crate::lexicon::{Entry, Lexicon, Tag, Tags, Word};
use crate::page::paragraph::Span;

/// Kinds of word that are people, and places, to the dictionary.
const PEOPLE: Tags = Tags::of(&["nr", "nrfg"]);
const PLACES: Tags = Tags::of(&["ns"]);

/// A part of a text that is read by itself.
#[derive(Clone, Debug)]
pub(super) struct Part<'a> {
    pub(super) text: &'a str,
    /// What is read; it starts and ends where words do.
    pub(super) range: Range<usize>,
    /// The expressions in it.
    pub(super) expressions: &'a [Expression],
    /// The quotation marks that stand open where it starts.
    pub(super) open: u8,
}

/// A part of a text as words, some of which are names.
pub(super) struct Words<'a> {
    pub(super) text: &'a str,
    pub(super) range: Range<usize>,
    pub(super) open: u8,
    pub(super) words: Vec<Word>,
    /// For each word: the name that it is, or that it is the last word of.
    pub(super) names: Vec<Option<Name>>,
    /// For each word whether it is of ideographs.
    han: Vec<bool>,
    /// The words of several characters that the dictionary has in the text, whether the text falls into them or not.
    pub(super) entries: Vec<Word>,
    /// The longest place of the gazetteer at each place of the text that has one.
    pub(super) places: Vec<(Span, Place)>,
}

/// A name that ends with a word.
#[derive(Clone, Copy, Debug)]
pub(super) struct Name {
    pub(super) kind: EntityKind,
    /// The word that it starts with.
    pub(super) first: usize,
}

impl<'a> Words<'a> {
    /// Cuts `part` into words; people and single-word places are named.
    pub(super) fn of(part: &Part<'a>, lexicon: &Lexicon) -> Words<'a> {
        let Part { text, range, expressions, open } = part.clone();
        let fixed: Vec<Span> = expressions.iter().map(|it| it.span).collect();
        let people = Names::shared();
        let (mut entries, mut places) = (Vec::with_capacity(range.len() / 5), Vec::new());
        let more = |at: usize, char: char, found: &mut dyn FnMut(usize, f32, Tag)| {
            let starts = people.starts(char);
            if starts.person {
                people.at(text, at, |end, ln| found(end, ln, Tag::PERSON));
            }
            if starts.foreign {
                people.foreign_at(text, at, |end, ln| found(end, ln, Tag::FOREIGN));
            }
            if !starts.place {
                return;
            }
            let mut longest = None;
            for (length, place) in gazetteer::places_at(&text[at..]).filter(|it| it.0 > 3) {
                longest = Some((Span::new(at, at + length), place));
                let name = &text[at..at + length];
                if gazetteer::is_meant(name, place, lexicon.entry(name)) {
                    let rare = place.short || place.level == Level::Township;
                    found(at + length, if rare { -13.0 } else { -10.0 }, Tag::PLACE);
                }
            }
            places.extend(longest);
        };
        let words = lexicon.segment_with(text, range.clone(), &fixed, more, |word| entries.push(word));
        let names = vec![None; words.len()];
        let han = words.iter().map(|it| text[it.span.range()].starts_with(is_han)).collect();
        let mut words = Words { text, range, open, words, names, han, entries, places };
        for index in 0..words.words.len() {
            words.names[index] = words.kind_of_word(index).map(|kind| Name { kind, first: index });
        }
        super::foreign::people(&mut words);
        words
    }

    /// The text of word `index`; empty past the ends.
    pub(super) fn word(&self, index: usize) -> &'a str {
        self.words.get(index).map_or("", |it| &self.text[it.span.range()])
    }

    /// The text from word `first` to word `last`.
    pub(super) fn phrase(&self, first: usize, last: usize) -> &'a str {
        &self.text[self.span(first, last).range()]
    }

    /// The span from word `first` to word `last`.
    pub(super) fn span(&self, first: usize, last: usize) -> Span {
        Span { start: self.words[first].span.start, end: self.words[last].span.end }
    }

    /// The tag of word `index`.
    pub(super) fn tag(&self, index: usize) -> &'static str {
        self.words.get(index).map_or("x", |it| it.tag.name())
    }

    /// Whether the tag of word `index` is one of `tags`.
    pub(super) fn is_tagged(&self, index: usize, tags: Tags) -> bool {
        self.words.get(index).is_some_and(|it| tags.contains(it.tag))
    }

    /// Whether word `index` is of ideographs.
    pub(super) fn is_han(&self, index: usize) -> bool {
        self.han.get(index).is_some_and(|it| *it)
    }

    /// The kind of the name that ends with word `index`.
    pub(super) fn kind(&self, index: usize) -> Option<EntityKind> {
        self.names.get(index).copied().flatten().map(|it| it.kind)
    }

    /// The names that are marked.
    pub(super) fn names(&self) -> impl Iterator<Item = Mention> {
        self.names.iter().enumerate().filter_map(|(last, name)| {
            let Name { kind, first } = (*name)?;
            Some(Mention { span: self.span(first, last), kind })
        })
    }

    /// What name the word is by itself.
    fn kind_of_word(&self, index: usize) -> Option<EntityKind> {
        let Word { tag, frequency, .. } = self.words[index];
        let word = self.word(index);
        let length = word.chars().count();
        if length < 2 || !self.is_han(index) {
            return None;
        }
        let place = || {
            let entry = Some(Entry { frequency, tag });
            gazetteer::place(word).is_some_and(|it| gazetteer::is_meant(word, it, entry))
        };
        match tag {
            Tag::PERSON => Some(EntityKind::Person),
            Tag::PLACE => Some(EntityKind::Place),
            _ if PEOPLE.contains(tag) && self.is_full_name(index, length) && !place() => {
                Some(EntityKind::Person)
            }
            _ if PLACES.contains(tag) => {
                (place() || super::place::is_landmark(word)).then_some(EntityKind::Place)
            }
            _ => place().then_some(EntityKind::Place),
        }
    }

    /// Whether word `index`, which the dictionary has as a person, is a full name: the dictionary has 明白 and 花岗岩
    /// as people, too.
    fn is_full_name(&self, index: usize, length: usize) -> bool {
        let Word { span, frequency, tag } = self.words[index];
        let names = Names::shared();
        let Some(ln) = names.ln_probability(self.text, span) else { return false };
        if length == 2 {
            crate::lexicon::ln_probability(frequency) - 4.5 < ln
        } else {
            let famous = if tag.name() == "nrfg" { 8.0 } else { 0.0 };
            -28.5 < ln + famous
        }
    }
}
