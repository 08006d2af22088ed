//! The tagger: which characters of a text stand in names of people, places and organisations. A conditional random
//! field: the labels of a text are those whose weights, with those of the steps from label to label, sum to the most.

use std::borrow::Cow;

use super::label::{self, KINDS, LABELS, Label};
use super::table::{LANES, Table};
use super::words::Words;
use super::{Mention, features};
use crate::page::paragraph::Span;

/// The weights, read in place; `build.rs` makes them of `names.bin`.
static TABLE: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/names.table"));

/// Weights of labels.
type Scores = [i16; LANES];

/// A score that no sum of weights falls to.
const NEVER: i32 = i32::MIN / 2;

/// How much more than that of any other label the weight of [`Label::OUTSIDE`] by the first features has to be for a
/// character to stand in no name, without a look at the rest. Chosen so that nearly nothing is lost (README.md).
const CLEAR: i16 = 5;

/// The weight of a feature in weights of steps.
pub const FINER: i32 = 2;

/// A tagger with its weights.
pub struct Tagger {
    table: Cow<'static, [u8]>,
    /// For each label, the labels that may stand before it, with the weight of the step.
    steps: [Vec<(usize, i32)>; LABELS],
    clear: i16,
}

impl Tagger {
    /// The tagger that is compiled in. Opening it costs microseconds.
    pub fn shared() -> &'static Tagger {
        static SHARED: std::sync::OnceLock<Tagger> = std::sync::OnceLock::new();
        SHARED.get_or_init(|| Tagger::of(Cow::Borrowed(TABLE)))
    }

    /// A tagger with the weights of a table that [`super::table::expand`] made.
    pub fn of(table: Cow<'static, [u8]>) -> Tagger {
        let weights = Table::of(&table);
        // Steps are weighed finer than features.
        let steps = std::array::from_fn(|to| {
            let from = (0..LABELS).filter(|it| Label::at(*it).may_precede(Label::at(to)));
            from.map(|it| (it, i32::from(weights.step(it, to)))).collect()
        });
        Tagger { table, steps, clear: CLEAR }
    }

    /// The same tagger, which looks at all features of every character unless the first outweigh by `clear`; to
    /// measure what that costs.
    pub fn with_clear(mut self, clear: i16) -> Tagger {
        self.clear = clear;
        self
    }

    /// The names in the text of `words`, in order and disjoint. O(n).
    pub(super) fn names(&self, words: &Words<'_>, proposals: &[Mention]) -> Vec<Mention> {
        let labels = self.labels(&features::Text::of(words, proposals));
        let names = label::names(&labels);
        let mut offsets = words.text.char_indices().map(|it| it.0).chain([words.text.len()]);
        let mut place = 0;
        let mut offset = |to: usize| {
            let it = offsets.nth(to - place).unwrap_or(words.text.len());
            place = to + 1;
            it
        };
        let mut found = Vec::with_capacity(names.len());
        let mut last: Option<(usize, usize)> = None;
        for (start, end, kind) in names {
            // A name that starts where the one before ends.
            let from = match last {
                Some((at, byte)) if at == start => byte,
                _ => offset(start),
            };
            let to = offset(end);
            last = Some((end, to));
            found.push(Mention { span: Span::new(from, to), kind: KINDS[kind] });
        }
        found
    }

    /// The labels of a text: stretches of characters in doubt are decoded, each between characters that are not.
    fn labels(&self, text: &features::Text) -> Vec<Label> {
        let table = Table::of(&self.table);
        let length = text.length();
        let mut labels = vec![Label::OUTSIDE; length];
        let mut doubtful: Vec<Scores> = Vec::new();
        for at in 0..=length {
            let scores =
                if at < length && !text.is_parting(at) { self.scores(&table, text, at) } else { None };
            match scores {
                Some(scores) => doubtful.push(scores),
                None if !doubtful.is_empty() => {
                    let start = at - doubtful.len();
                    self.decode(&doubtful, start == 0, at == length, &mut labels[start..at]);
                    doubtful.clear();
                }
                None => {}
            }
        }
        labels
    }

    /// What the features of character `at` say for each label; `None` where the first say that it is in no name.
    #[inline]
    fn scores(&self, table: &Table<'_>, text: &features::Text, at: usize) -> Option<Scores> {
        let around = text.around(at);
        let mut sums = [0; LANES];
        table.add(&around.first(), &mut sums);
        let most = sums[1..LABELS].iter().copied().max().unwrap_or(0);
        if sums[Label::OUTSIDE.index()] - most > self.clear {
            return None;
        }
        for hashes in around.rest().as_chunks().0 {
            table.add(hashes, &mut sums);
        }
        Some(sums)
    }

    /// Sets `labels` to those with the largest sum (Viterbi). Before and behind stand characters outside of names,
    /// unless the text `starts` or `ends` there.
    fn decode(&self, scores: &[Scores], starts: bool, ends: bool, labels: &mut [Label]) {
        let mut before = [NEVER; LABELS];
        before[Label::OUTSIDE.index()] = 0;
        let mut back: Vec<[u8; LABELS]> = Vec::with_capacity(scores.len());
        for (at, scores) in scores.iter().enumerate() {
            let mut here = [NEVER; LABELS];
            let mut from = [0; LABELS];
            for (to, steps) in self.steps.iter().enumerate() {
                let mut best = (NEVER, 0);
                for &(label, weight) in steps {
                    let weight = if at == 0 && starts { 0 } else { weight };
                    let sum = before[label] + weight;
                    if sum > best.0 {
                        best = (sum, label);
                    }
                }
                here[to] = best.0 + FINER * i32::from(scores[to]);
                from[to] = best.1 as u8;
            }
            // Sums grow with the text: keep them near 0.
            let most = here.iter().copied().max().unwrap_or(0);
            before = here.map(|it| (it - most).max(NEVER));
            back.push(from);
        }
        let last = &self.steps[Label::OUTSIDE.index()];
        let closed = last.iter().map(|it| (before[it.0] + if ends { 0 } else { it.1 }, it.0));
        let mut label = closed.max_by_key(|it| it.0).map_or(0, |it| it.1);
        for at in (0..scores.len()).rev() {
            labels[at] = Label::at(label);
            label = usize::from(back[at][label]);
        }
    }
}

impl std::fmt::Debug for Tagger {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Tagger").finish_non_exhaustive()
    }
}
