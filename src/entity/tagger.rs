//! The tagger: which characters of a text stand in names of people, places and organisations. A conditional random
//! field: the labels of a text are those whose weights, with those of the steps from label to label, sum to the most.

use std::borrow::Cow;
use std::ops::Range;

use super::facts::Facts;
use super::features::{QUIET, WORDING};
use super::label::{self, KINDS, LABELS, Label};
use super::table::{AT_A_TIME, Found, LANES, Table};
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

/// Marks that part sentences and clauses: they stand in no name.
pub(super) const PARTING: [char; 6] = ['，', '。', '；', '！', '？', ','];

/// The weight of a feature in weights of steps.
pub const FINER: i32 = 2;

/// A tagger with its weights.
pub struct Tagger {
    table: Cow<'static, [u8]>,
    /// For each label, the labels that may stand before it, with the weight of the step.
    steps: [Vec<(usize, i32)>; LABELS],
    clear: i16,
    /// What the shape of a character says of which lists and patterns say nothing, summed up.
    quiet: Vec<Scores>,
}

/// Characters that are looked at together: the tagger mostly waits for memory, and waits once for all that it asks for.
const TOGETHER: usize = 16;

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
        let quiet = |it| {
            let mut sums = [0; LANES];
            weights.add(&weights.found(&features::Around::quiet_shape(it)), &mut sums);
            sums
        };
        let quiet = (0..QUIET).map(quiet).collect();
        Tagger { table, steps, clear: CLEAR, quiet }
    }

    /// The same tagger, which looks at all features of every character unless the first outweigh by `clear`; to
    /// measure what that costs.
    pub fn with_clear(mut self, clear: i16) -> Tagger {
        self.clear = clear;
        self
    }

    /// The names in `ranges` of the bytes of `text`, in order and disjoint. O(ranges).
    pub(super) fn names(&self, text: &Facts, ranges: &[Range<usize>]) -> Vec<Mention> {
        let names = label::names(&self.labels(text, ranges));
        let mut offsets = text.bytes();
        let mut place = 0;
        let mut offset = |to: usize| {
            let it = offsets.nth(to - place).unwrap_or_default();
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

    /// Whether a name stands across byte `at` of `text`. O(characters in doubt around it).
    pub(super) fn stands_across(&self, text: &Facts, at: usize) -> bool {
        let table = Table::of(&self.table);
        let (behind, length) = (text.character(at), text.length());
        let score = |at: usize| {
            let mut scores = [None; 1];
            self.score_first(&table, text, at, &mut scores);
            scores[0]
        };
        if behind == 0 || behind == length || score(behind).is_none() {
            return false;
        }
        let mut start = behind;
        while start > 0 && score(start - 1).is_some() {
            start -= 1;
        }
        if start == behind {
            return false;
        }
        let mut end = behind + 1;
        while end < length && score(end).is_some() {
            end += 1;
        }
        let mut scores = vec![None; end - start];
        for (first, scores) in (start..end).step_by(TOGETHER).zip(scores.chunks_mut(TOGETHER)) {
            self.score(&table, text, first, scores);
        }
        let scores: Vec<Scores> = scores.into_iter().flatten().collect();
        let mut labels = vec![Label::OUTSIDE; scores.len()];
        self.decode(&scores, start == 0, end == length, &mut labels);
        labels[behind - start].goes_on()
    }

    /// The labels of a text, looked for in `ranges`, which end at marks: stretches of characters in doubt are decoded, each
    /// between characters that are not.
    fn labels(&self, text: &Facts, ranges: &[Range<usize>]) -> Vec<Label> {
        let table = Table::of(&self.table);
        let length = text.length();
        let mut labels = vec![Label::OUTSIDE; length];
        let mut doubtful: Vec<Scores> = Vec::new();
        let mut decoded = |doubtful: &mut Vec<Scores>, at: usize| {
            if !doubtful.is_empty() {
                let start = at - doubtful.len();
                self.decode(doubtful, start == 0, at == length, &mut labels[start..at]);
                doubtful.clear();
            }
        };
        let mut scores = [None; TOGETHER];
        for range in ranges {
            let range = text.character(range.start)..text.character(range.end);
            for first in range.clone().step_by(TOGETHER) {
                let scores = &mut scores[..TOGETHER.min(range.end - first)];
                self.score(&table, text, first, scores);
                for (at, scores) in (first..).zip(scores) {
                    match scores {
                        Some(scores) => doubtful.push(*scores),
                        None => decoded(&mut doubtful, at),
                    }
                }
            }
            decoded(&mut doubtful, range.end);
        }
        labels
    }

    /// What the features of the characters from `first` on say for each label, of as many as `scores` are, [`TOGETHER`] at most;
    /// `None` where the first features say that one is in no name.
    fn score(&self, table: &Table<'_>, text: &Facts, first: usize, scores: &mut [Option<Scores>]) {
        self.score_first(table, text, first, scores);
        for (at, scores) in (first..).zip(scores) {
            if let Some(sums) = scores {
                for hashes in text.around(at).rest().as_chunks::<AT_A_TIME>().0 {
                    table.add(&table.found(hashes), sums);
                }
            }
        }
    }

    /// The same by the first features alone.
    fn score_first(&self, table: &Table<'_>, text: &Facts, first: usize, scores: &mut [Option<Scores>]) {
        let mut wording = [[Found::default(); WORDING]; TOGETHER];
        for (at, found) in (first..).zip(&mut wording[..scores.len()]) {
            *found = table.found(&text.around(at).wording());
        }
        for ((at, scores), found) in (first..).zip(&mut *scores).zip(&wording) {
            *scores = None;
            if text.is_parting(at) {
                continue;
            }
            let around = text.around(at);
            let mut sums = match around.quiet() {
                Some(quiet) => self.quiet[quiet],
                None => {
                    let mut sums = [0; LANES];
                    table.add(&table.found(&around.shape()), &mut sums);
                    sums
                }
            };
            table.add(found, &mut sums);
            let most = sums[1..LABELS].iter().copied().max().unwrap_or(0);
            if sums[Label::OUTSIDE.index()] - most <= self.clear {
                *scores = Some(sums);
            }
        }
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
