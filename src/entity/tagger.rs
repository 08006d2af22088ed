//! The tagger: which characters of a text stand in names of people, places and organisations. A conditional random
//! field: the labels of a text are those whose weights, with those of the steps from label to label, sum to the most.

use std::borrow::Cow;

use super::label::{self, KINDS, LABELS, Label};
use super::words::Words;
use super::{Mention, features, table};
use crate::lexicon::Lexicon;
use crate::page::paragraph::Span;

/// The weights, read in place; `build.rs` makes them of `names.bin`.
static TABLE: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/names.table"));

/// Weights of labels.
type Scores = [i32; LABELS];

/// A score that no sum of weights falls to.
const NEVER: i32 = i32::MIN / 2;

/// A tagger with its weights.
pub struct Tagger {
    table: Cow<'static, [u8]>,
    /// For each label, the labels that may stand before it, with the weight of the step.
    steps: [Vec<(usize, i32)>; LABELS],
}

impl Tagger {
    /// The tagger that is compiled in. Opening it costs microseconds.
    pub fn shared() -> &'static Tagger {
        static SHARED: std::sync::OnceLock<Tagger> = std::sync::OnceLock::new();
        SHARED.get_or_init(|| Tagger::of(Cow::Borrowed(TABLE)))
    }

    /// A tagger with the weights of a table that [`table::expand`] made.
    pub fn of(table: Cow<'static, [u8]>) -> Tagger {
        let weight = |from: usize, to: usize| {
            table.get(from * LABELS + to).map_or(0, |it| i32::from(i8::from_ne_bytes([*it])))
        };
        // Steps weigh up to eight times as much as a feature.
        let steps = std::array::from_fn(|to| {
            let from = (0..LABELS).filter(|it| Label::at(*it).may_precede(Label::at(to)));
            from.map(|it| (it, 8 * weight(it, to))).collect()
        });
        Tagger { table, steps }
    }

    /// The names in the text of `words`, in order and disjoint. O(n).
    pub(super) fn names(&self, words: &Words<'_>, proposals: &[Mention], lexicon: &Lexicon) -> Vec<Mention> {
        let mut scores: Vec<Scores> = Vec::with_capacity(words.text.len() / 3 + 1);
        features::each(words, proposals, lexicon, |slots| scores.push(self.scores(slots)));
        let labels = self.decode(&scores);
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

    /// What the features of a character say for each label.
    #[inline]
    fn scores(&self, slots: &features::Slots) -> Scores {
        let mut sums = [0i32; table::ROW];
        for &slot in slots {
            if let Some(row) = table::find(&self.table[table::HEAD..], slot) {
                for (sum, weight) in sums.iter_mut().zip(row) {
                    *sum += i32::from(i8::from_ne_bytes([*weight]));
                }
            }
        }
        std::array::from_fn(|it| sums[it])
    }

    /// The labels with the largest sum (Viterbi).
    fn decode(&self, scores: &[Scores]) -> Vec<Label> {
        let mut before = [NEVER; LABELS];
        let mut back: Vec<[u8; LABELS]> = Vec::with_capacity(scores.len());
        for (at, scores) in scores.iter().enumerate() {
            let mut here = [NEVER; LABELS];
            let mut from = [0; LABELS];
            for (to, steps) in self.steps.iter().enumerate() {
                if at == 0 {
                    if !Label::at(to).goes_on() {
                        here[to] = scores[to];
                    }
                    continue;
                }
                let mut best = (NEVER, 0);
                for &(label, weight) in steps {
                    let sum = before[label] + weight;
                    if sum > best.0 {
                        best = (sum, label);
                    }
                }
                here[to] = best.0 + scores[to];
                from[to] = best.1 as u8;
            }
            // Sums grow with the text: keep them near 0.
            let most = here.iter().copied().max().unwrap_or(0);
            before = here.map(|it| (it - most).max(NEVER));
            back.push(from);
        }
        let closed = (0..LABELS).filter(|it| !Label::at(*it).is_open());
        let mut label = closed.max_by_key(|it| before[*it]).unwrap_or(0);
        let mut labels = vec![Label::OUTSIDE; scores.len()];
        for at in (0..scores.len()).rev() {
            labels[at] = Label::at(label);
            label = usize::from(back[at][label]);
        }
        labels
    }
}

impl std::fmt::Debug for Tagger {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Tagger").finish_non_exhaustive()
    }
}
