//! The tagger: which characters of a text stand in names of people, places and organisations. A conditional random
//! field: the labels of a text are those whose weights, with those of the steps from label to label, sum to the most.

use std::borrow::Cow;
use std::ops::Range;

use super::facts::Facts;
use super::features::{FIRST, QUIET, REST, SHAPE, WORDING};
use super::label::{self, KINDS, LABELS, Label};
use super::table::{self, ASKED, AT_A_TIME, LANES, Table};
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

/// What is known by now of the characters of a text.
pub(super) struct Known {
    states: Vec<State>,
    labels: Vec<Label>,
    /// What the first features say of those in doubt.
    sums: Vec<Scores>,
}

#[derive(Clone, Copy, PartialEq)]
enum State {
    Unknown,
    /// In no name, by the first features.
    Clear,
    /// In doubt, with a place in [`Known::sums`].
    Doubtful(u32),
    /// In doubt, and labelled.
    Decided,
}

impl Known {
    /// Nothing yet, of a text of so many characters.
    pub(super) fn of_length(length: usize) -> Known {
        Known { states: vec![State::Unknown; length], labels: vec![Label::OUTSIDE; length], sums: Vec::new() }
    }

    fn is_doubtful(&self, at: usize) -> bool {
        matches!(self.states[at], State::Doubtful(_) | State::Decided)
    }
}

/// Characters that are looked at together: the tagger mostly waits for memory, and waits once for all that it asks for.
const TOGETHER: usize = 16;

/// The same where those in doubt are looked for, one after another.
const NEAR: usize = 4;

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
            let (mut sums, mut rows) = ([0; LANES], [0; SHAPE]);
            weights.look_up(&features::Around::quiet_shape(it), &mut rows);
            table::add(&rows, &mut sums);
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

    /// The names in `ranges` of the bytes of `text`, which end at marks; in order and disjoint. O(ranges), without what is
    /// known by now.
    pub(super) fn names(&self, text: &Facts, ranges: &[Range<usize>], known: &mut Known) -> Vec<Mention> {
        let mut names = Vec::new();
        for range in ranges {
            let range = text.character(range.start)..text.character(range.end);
            self.decide(text, range.clone(), known);
            let found = label::names(&known.labels[range.clone()]);
            names.extend(found.into_iter().map(|it| (range.start + it.0, range.start + it.1, it.2)));
        }
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
    pub(super) fn stands_across(&self, text: &Facts, at: usize, known: &mut Known) -> bool {
        let table = Table::of(&self.table);
        let (behind, length) = (text.character(at), text.length());
        if behind == 0 || behind == length {
            return false;
        }
        self.look(&table, text, behind - 1..behind + 1, known);
        if !known.is_doubtful(behind - 1) || !known.is_doubtful(behind) {
            return false;
        }
        let (mut start, mut end) = (behind - 1, behind + 1);
        while start > 0 {
            self.look(&table, text, start.saturating_sub(NEAR)..start, known);
            if !known.is_doubtful(start - 1) {
                break;
            }
            start -= 1;
        }
        while end < length {
            self.look(&table, text, end..length.min(end + NEAR), known);
            if !known.is_doubtful(end) {
                break;
            }
            end += 1;
        }
        self.decode_stretch(&table, text, start..end, known);
        known.labels[behind].goes_on()
    }

    /// Labels the characters `range`, which end at marks: stretches of characters in doubt are decoded, each between characters that
    /// are not.
    fn decide(&self, text: &Facts, range: Range<usize>, known: &mut Known) {
        let table = Table::of(&self.table);
        self.look(&table, text, range.clone(), known);
        let mut at = range.start;
        while at < range.end {
            if !known.is_doubtful(at) {
                at += 1;
                continue;
            }
            let end = (at..range.end).find(|it| !known.is_doubtful(*it)).unwrap_or(range.end);
            self.decode_stretch(&table, text, at..end, known);
            at = end;
        }
    }

    /// Tells of the characters `range` which of them are in doubt.
    fn look(&self, table: &Table<'_>, text: &Facts, range: Range<usize>, known: &mut Known) {
        let mut at = range.start;
        while at < range.end {
            let fresh = known.states[at..range.end.min(at + TOGETHER)].iter();
            let count = fresh.take_while(|it| **it == State::Unknown).count();
            let mut scores = [None; TOGETHER];
            self.score_first(table, text, at, &mut scores[..count]);
            for (state, sums) in known.states[at..at + count].iter_mut().zip(scores) {
                *state = match sums {
                    Some(sums) => {
                        known.sums.push(sums);
                        State::Doubtful(known.sums.len() as u32 - 1)
                    }
                    None => State::Clear,
                };
            }
            at += count.max(1);
        }
    }

    /// Labels a stretch of characters in doubt between two that are not.
    fn decode_stretch(&self, table: &Table<'_>, text: &Facts, stretch: Range<usize>, known: &mut Known) {
        // Of one that is decided all are.
        if known.states[stretch.start] == State::Decided {
            return;
        }
        let mut scores = Vec::with_capacity(stretch.len());
        let (mut hashes, mut rows) = ([[0; REST]; ASKED / REST], [[0; REST]; ASKED / REST]);
        for first in stretch.clone().step_by(hashes.len()) {
            let chars = first..stretch.end.min(first + hashes.len());
            let hashes = &mut hashes[..chars.len()];
            for (hashes, at) in hashes.iter_mut().zip(chars.clone()) {
                *hashes = text.around(at).rest();
            }
            let rows = &mut rows[..chars.len()];
            table.look_up(hashes.as_flattened(), rows.as_flattened_mut());
            for (rows, at) in rows.iter().zip(chars) {
                let State::Doubtful(sums) = known.states[at] else { continue };
                let mut sums = known.sums[sums as usize];
                rows.chunks(AT_A_TIME).for_each(|it| table::add(it, &mut sums));
                scores.push(sums);
            }
        }
        let (starts, ends) = (stretch.start == 0, stretch.end == text.length());
        self.decode(&scores, starts, ends, &mut known.labels[stretch.clone()]);
        known.states[stretch].fill(State::Decided);
    }

    /// What the first features of the characters from `first` on say for each label, of as many as `scores` are,
    /// [`TOGETHER`] at most; `None` where they say that one is in no name.
    fn score_first(&self, table: &Table<'_>, text: &Facts, first: usize, scores: &mut [Option<Scores>]) {
        let (mut hashes, mut rows) = ([0; FIRST * TOGETHER], [0; FIRST * TOGETHER]);
        let mut length = 0;
        // Of each character where its rows end, and what it starts from.
        let mut parts = [(0, None); TOGETHER];
        for (at, part) in (first..).zip(&mut parts[..scores.len()]) {
            if !text.is_parting(at) {
                let around = text.around(at);
                hashes[length..length + WORDING].copy_from_slice(&around.wording());
                length += WORDING;
                let sums = match around.quiet() {
                    Some(quiet) => self.quiet[quiet],
                    None => {
                        hashes[length..length + SHAPE].copy_from_slice(&around.shape());
                        length += SHAPE;
                        [0; LANES]
                    }
                };
                part.1 = Some(sums);
            }
            part.0 = length;
        }
        table.look_up(&hashes[..length], &mut rows[..length]);
        let mut start = 0;
        for (scores, (end, sums)) in scores.iter_mut().zip(parts) {
            *scores = sums.and_then(|mut sums| {
                table::add(&rows[start..end], &mut sums);
                let most = sums[1..LABELS].iter().copied().max().unwrap_or(0);
                (sums[Label::OUTSIDE.index()] - most <= self.clear).then_some(sums)
            });
            start = end;
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
