//! A part of a text as it is before the tagger decides: its words, and the names that lists and patterns propose.

use std::ops::Range;

use super::facts::Facts;
use super::tagger::{Known, Tagger};
use super::words::{Part, Words};
use super::{EntityKind, Mention, certain, chain, disjoint, organization, place, post};
use crate::lexicon::Lexicon;
use crate::page::paragraph::Span;

/// A part of a text with its words, the names that are proposed, and what the tagger looks at.
pub(super) struct Draft<'a> {
    part: Part<'a>,
    words: Words<'a>,
    /// People, places and organisations, in order and disjoint.
    proposals: Vec<Mention>,
    facts: Facts,
    /// Who decides, and what is known of that by now.
    tagger: &'a Tagger,
    known: Known,
}

impl<'a> Draft<'a> {
    /// What lists and patterns find in `part`, of which `tagger` decides. O(n).
    pub(super) fn of(part: Part<'a>, lexicon: &Lexicon, tagger: &'a Tagger) -> Draft<'a> {
        let mut words = Words::of(&part, lexicon);
        let mut found = Vec::new();
        place::places(&mut words);
        organization::organizations(&words, &mut found);
        found.extend(words.names());
        let proposals = disjoint(found, &[], part.text);
        let facts = Facts::of(&words, &proposals);
        let known = Known::of_length(facts.length());
        Draft { part, words, proposals, facts, tagger, known }
    }

    /// What the tagger looks at.
    pub(super) fn facts(&self) -> &Facts {
        &self.facts
    }

    /// The names in `ranges`, which are in order and which no name reaches out of, with `works`, the titles there; in
    /// order and disjoint.
    pub(super) fn mentions(&mut self, ranges: &[Range<usize>], works: Vec<Mention>) -> Vec<Mention> {
        let text = self.part.text;
        let inside = |it: &Mention| {
            let next = ranges.partition_point(|range| range.end < it.span.end as usize);
            ranges.get(next).is_some_and(|range| range.start <= it.span.start as usize)
        };
        let proposals: Vec<Mention> = self.proposals.iter().filter(|it| inside(it)).cloned().collect();
        let mut found = works;
        let names = self.tagger.names(&self.facts, ranges, &mut self.known);
        for name in certain::added(text, names, &proposals) {
            match name.kind {
                EntityKind::Place => {
                    let parts = chain::parts(text, name.span);
                    found.extend(parts.into_iter().map(|span| Mention { span, kind: EntityKind::Place }));
                }
                _ => found.push(name),
            }
        }
        post::posts(&self.words, &mut found);
        found.retain(inside);
        disjoint(found, self.part.expressions, text)
    }

    /// Whether a name other than a title may stand across byte `at`. `false` is sure.
    pub(super) fn may_stand_across(&mut self, at: usize) -> bool {
        let text = self.part.text;
        let across = |it: Span| it.range().start < at && at < it.range().end;
        let proposed = self.proposals.partition_point(|it| it.span.range().end <= at);
        self.proposals.get(proposed).is_some_and(|it| across(it.span))
            || self.may_be_a_post(at)
            || certain::may_go_on(text, at)
            || certain::bylines(text).iter().any(|it| across(it.span))
            || self.tagger.stands_across(&self.facts, at, &mut self.known)
    }

    /// Whether the words around byte `at` may be one post.
    fn may_be_a_post(&self, at: usize) -> bool {
        let words = &self.words;
        let next = words.words.partition_point(|it| it.span.range().end <= at);
        let Some(word) = words.words.get(next) else { return false };
        let is_of_one = |it: &str| post::is_post(it) || post::is_before(it);
        is_of_one(words.word(next))
            && (word.span.range().start < at
                || next.checked_sub(1).is_some_and(|it| post::is_before(words.word(it))))
    }
}
