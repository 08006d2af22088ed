//! The readings of all boundaries of a page, kept in strips, so that an edit redoes only what it bears upon.
//!
//! A strip is told by its neighbours what stands before it (how likely, and how good, each state is at the last
//! boundary there) and what stands after it. These messages pass from boundary to boundary and are rounded at each
//! one, so that they forget: a few boundaries after an edit they are, to the last bit, what they were before it, and
//! from there on nothing has changed. Every boundary's reading depends on the scores alone, never on where strips
//! begin; so an edited chain equals the one from scratch.

use std::ops::Range;
use std::sync::Arc;

use super::boundary::{Boundary, BoundaryKind};
use super::model::{GRAMMAR, Model, N, Part, READINGS, Row};

/// The scores of one boundary, after a join and after a break.
pub(super) type Scores = [Row; 2];

/// Boundaries of a strip, at most.
const LENGTH: usize = 32;
/// No grammar has more states.
const MOST: usize = 64;
/// A state so much worse than the best one, in nats, is given up.
const FAR: f32 = 60.0;
/// A state so much less likely than the likeliest one is given up.
const FAINT: f32 = 1e-10;
/// Sums are rounded to steps of this share of a nat.
const STEPS: f32 = 256.0;

/// One number for each state.
type Row64 = [f32; MOST];

/// What a strip is told of all that stands before it.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Before {
    /// How good the best reading is that ends in each state, in nats below the best of all.
    best: Row64,
    /// How likely each state is, beside the likeliest.
    share: Row64,
}

/// Some boundaries, side by side.
#[derive(Clone, Debug)]
struct Strip {
    scores: Vec<Scores>,
    /// `None` at the start of the page.
    before: Option<Before>,
    /// How likely the rest of the page is after each state at the last boundary; `None` at the end of the page.
    after: Option<Row64>,
    /// The state of each boundary on the best path.
    states: Vec<u8>,
    /// The state of the boundary before the first one on that path.
    lead: u8,
    boundaries: Vec<Boundary>,
}

/// The boundaries of a page but the last, which is its end.
#[derive(Clone, Debug, Default)]
pub(super) struct Chain {
    strips: Vec<Arc<Strip>>,
    /// For each strip the number of boundaries up to its end.
    ends: Vec<usize>,
}

/// The steps of the grammar, with their weights.
struct Steps {
    states: usize,
    reading: Vec<usize>,
    broken: Vec<usize>,
    /// For each state its successors, the weight of the step in nats and as a factor.
    next: Vec<Vec<(usize, f32, f32)>>,
    first: Vec<f32>,
    last: Vec<f32>,
}

impl Steps {
    fn of(model: &Model) -> Steps {
        let grammar = &*GRAMMAR;
        let reading: Vec<usize> = grammar.states.iter().map(|it| it.reading).collect();
        let weight = |from: usize, to: usize, turned: bool| {
            model.next[reading[from]][reading[to]] + if turned { model.turn } else { 0.0 }
        };
        Steps {
            states: reading.len(),
            broken: reading.iter().map(|it| usize::from(READINGS[*it].kind != BoundaryKind::Join)).collect(),
            next: (0..reading.len())
                .map(|from| {
                    let steps = grammar.next[from].iter();
                    steps.map(|it| (it.0, weight(from, it.0, it.1), weight(from, it.0, it.1).exp())).collect()
                })
                .collect(),
            first: reading.iter().map(|it| model.first[*it]).collect(),
            last: model.last.clone(),
            reading,
        }
    }

    /// The best reading that ends in each state at a boundary of `scores`; where it came from goes to `from`.
    fn best(&self, before: Option<&Row64>, scores: &Scores, from: &mut [u8; MOST]) -> Row64 {
        let mut row = [f32::NEG_INFINITY; MOST];
        match before {
            None => {
                for (state, row) in row[..self.states].iter_mut().enumerate() {
                    *row = self.first[state] + scores[1][self.reading[state]];
                }
            }
            Some(before) => {
                for (state, score) in before[..self.states].iter().enumerate() {
                    if *score == f32::NEG_INFINITY {
                        continue;
                    }
                    let scores = &scores[self.broken[state]];
                    for &(to, weight, _) in &self.next[state] {
                        let total = score + weight + scores[self.reading[to]];
                        if total > row[to] {
                            row[to] = total;
                            from[to] = state as u8;
                        }
                    }
                }
            }
        }
        let most = row.iter().fold(f32::NEG_INFINITY, |most, it| most.max(*it));
        for it in &mut row[..self.states] {
            let below = ((*it - most) * STEPS).round() / STEPS;
            *it = if below < -FAR { f32::NEG_INFINITY } else { below };
        }
        row
    }

    /// How likely each state is at a boundary of these `factors`.
    fn forward(&self, before: Option<&Row64>, factors: &Scores) -> Row64 {
        let mut row = [0.0; MOST];
        match before {
            None => {
                for (state, row) in row[..self.states].iter_mut().enumerate() {
                    *row = self.first[state].exp() * factors[1][self.reading[state]];
                }
            }
            Some(before) => {
                let mut reached = [[0.0f32; MOST]; 2];
                for (state, share) in before[..self.states].iter().enumerate().filter(|it| *it.1 > 0.0) {
                    let reached = &mut reached[self.broken[state]];
                    for &(to, _, weight) in &self.next[state] {
                        reached[to] += share * weight;
                    }
                }
                for (state, row) in row[..self.states].iter_mut().enumerate() {
                    let reading = self.reading[state];
                    *row = reached[0][state] * factors[0][reading] + reached[1][state] * factors[1][reading];
                }
            }
        }
        rounded(row)
    }

    /// How likely the rest is after each state, before a boundary of these `factors` after which it is `after`.
    fn backward(&self, after: &Row64, factors: &Scores) -> Row64 {
        let mut row = [0.0; MOST];
        for (state, row) in row[..self.states].iter_mut().enumerate() {
            let factors = &factors[self.broken[state]];
            let flow = self.next[state].iter().map(|&(to, _, weight)| {
                if after[to] > 0.0 { weight * factors[self.reading[to]] * after[to] } else { 0.0 }
            });
            *row = flow.sum();
        }
        rounded(row)
    }

    /// The same at the end of the page.
    fn end(&self) -> Row64 {
        let mut row = [0.0; MOST];
        row.iter_mut().zip(&self.last).for_each(|it| *it.0 = it.1.exp());
        rounded(row)
    }
}

/// `row` beside its largest number, rounded to twelve binary digits.
fn rounded(mut row: Row64) -> Row64 {
    let most = row.iter().fold(0.0f32, |most, it| most.max(*it));
    for it in &mut row {
        let share = if most > 0.0 && most.is_finite() { *it / most } else { 1.0 };
        *it = if share < FAINT { 0.0 } else { f32::from_bits((share.to_bits() + 0x400) & !0x7ff) };
    }
    row
}

/// Scores as factors, the largest of them 1.
fn factors(scores: &Scores) -> Scores {
    let most = scores.iter().flatten().fold(f32::MIN, |most, it| most.max(*it));
    scores.map(|row| row.map(|it| (it - most).max(-80.0).exp()))
}

impl Strip {
    fn of(scores: &[Scores]) -> Strip {
        Strip {
            scores: scores.to_vec(),
            before: None,
            after: None,
            states: Vec::new(),
            lead: 0,
            boundaries: Vec::new(),
        }
    }

    /// What the next strip is told.
    fn leaving(&self, steps: &Steps) -> Before {
        let (mut best, mut share) = (self.before.map(|it| it.best), self.before.map(|it| it.share));
        for scores in &self.scores {
            best = Some(steps.best(best.as_ref(), scores, &mut [0; MOST]));
            share = Some(steps.forward(share.as_ref(), &factors(scores)));
        }
        Before { best: best.unwrap_or([0.0; MOST]), share: share.unwrap_or([1.0; MOST]) }
    }

    /// What the strip before is told.
    fn emitted(&self, steps: &Steps) -> Row64 {
        let after = self.after.unwrap_or_else(|| steps.end());
        self.scores.iter().rev().fold(after, |after, it| steps.backward(&after, &factors(it)))
    }

    /// Follows the best path back from state `last` at the last boundary; from the best one at the page's end.
    fn trace(&mut self, steps: &Steps, last: Option<u8>) {
        let mut from = vec![[0u8; MOST]; self.scores.len()];
        let mut row = self.before.map(|it| it.best);
        for (scores, from) in self.scores.iter().zip(&mut from) {
            row = Some(steps.best(row.as_ref(), scores, from));
        }
        let row = row.unwrap_or([0.0; MOST]);
        let end = |state: usize| row[state] + steps.last[state];
        let best = || (0..steps.states).max_by(|a, b| end(*a).total_cmp(&end(*b))).unwrap_or(0) as u8;
        let mut state = last.unwrap_or_else(best);
        self.states = vec![0; self.scores.len()];
        for at in (0..self.scores.len()).rev() {
            self.states[at] = state;
            state = from[at][usize::from(state)];
        }
        self.lead = state;
    }

    /// Says what each boundary is, and how sure that is.
    fn decide(&mut self, steps: &Steps, model: &Model) {
        let n = self.scores.len();
        let factors: Vec<Scores> = self.scores.iter().map(factors).collect();
        let mut after = vec![self.after.unwrap_or_else(|| steps.end()); n];
        for at in (1..n).rev() {
            after[at - 1] = steps.backward(&after[at], &factors[at]);
        }
        let mut before = self.before.map(|it| it.share);
        self.boundaries.clear();
        for at in 0..n {
            let row = steps.forward(before.as_ref(), &factors[at]);
            let kind = READINGS[steps.reading[usize::from(self.states[at])]].kind;
            let (mut all, mut alike) = (0.0, 0.0);
            for state in 0..steps.states {
                let share = row[state] * after[at][state];
                all += share;
                if READINGS[steps.reading[state]].kind == kind {
                    alike += share;
                }
            }
            let posterior = if all > 0.0 { alike / all } else { 0.0 };
            let confidence = model.calibrated(kind == BoundaryKind::Join, posterior);
            self.boundaries.push(Boundary { kind, confidence });
            before = Some(row);
        }
    }
}

impl Chain {
    /// The chain after the boundaries `old` were replaced by boundaries of these `scores`, and the boundaries, counted
    /// in the new chain, outside of which all are as they were. O(strips) and some strips' work.
    pub(super) fn edited(
        &self,
        old: Range<usize>,
        scores: &[Scores],
        model: &Model,
    ) -> (Chain, Range<usize>) {
        let steps = Steps::of(model);
        // The strips that hold the replaced boundaries, whole.
        let first = self.ends.partition_point(|it| *it < old.start);
        let past = (self.ends.partition_point(|it| *it <= old.end) + 1).min(self.strips.len()).max(first);
        let start = if first == 0 { 0 } else { self.ends[first - 1] };
        let end = if past == 0 { 0 } else { self.ends[past - 1] };
        let held = || self.strips[first..past].iter().flat_map(|it| it.scores.iter().copied());
        let all: Vec<Scores> = held()
            .take(old.start - start)
            .chain(scores.iter().copied())
            .chain(held().skip(old.end.max(start) - start))
            .collect();
        let pieces = all.len().div_ceil(LENGTH).max(1);
        let fresh: Vec<Arc<Strip>> =
            all.chunks(all.len().div_ceil(pieces).max(1)).map(|it| Arc::new(Strip::of(it))).collect();
        let mut strips: Vec<Arc<Strip>> =
            Vec::with_capacity(self.strips.len() - (past - first) + fresh.len());
        strips.extend_from_slice(&self.strips[..first]);
        strips.extend(fresh);
        let tail = strips.len();
        strips.extend_from_slice(&self.strips[past..]);
        // Which strips besides the fresh ones have changed: they follow those on either side.
        let (mut left, mut right) = (first, tail);

        let mut told = first.checked_sub(1).map(|it| strips[it].leaving(&steps));
        for (at, strip) in strips.iter_mut().enumerate().skip(first) {
            if at >= tail && strip.before == told {
                break;
            }
            let strip = Arc::make_mut(strip);
            strip.before = told;
            told = Some(strip.leaving(&steps));
            right = right.max(at + 1);
        }
        let mut told = (tail < strips.len()).then(|| strips[tail].emitted(&steps));
        for at in (0..tail).rev() {
            if at < first && strips[at].after == told {
                break;
            }
            let strip = Arc::make_mut(&mut strips[at]);
            strip.after = told;
            told = Some(strip.emitted(&steps));
            left = left.min(at);
        }
        for at in (0..right).rev() {
            let redo = left <= at && at < right;
            let last = strips.get(at + 1).map(|it| it.lead);
            let moved = last.is_some_and(|it| strips[at].states.last() != Some(&it));
            if !redo && !moved {
                break;
            }
            let strip = Arc::make_mut(&mut strips[at]);
            strip.trace(&steps, last);
            strip.decide(&steps, model);
            left = left.min(at);
        }
        let mut ends = Vec::with_capacity(strips.len());
        ends.extend_from_slice(&self.ends[..first]);
        let mut count = start;
        for strip in &strips[first..tail] {
            count += strip.scores.len();
            ends.push(count);
        }
        ends.extend(self.ends[past..].iter().map(|it| it - end + count));
        let from = if left == 0 { 0 } else { ends[left - 1] };
        let to = if right == 0 { 0 } else { ends[right - 1] };
        (Chain { strips, ends }, from..to.max(from))
    }

    /// The boundaries `range`, and the part of the line before each.
    pub(super) fn read(&self, range: Range<usize>) -> impl Iterator<Item = (Boundary, Part)> {
        let first = self.ends.partition_point(|it| *it <= range.start);
        let start = if first == 0 { 0 } else { self.ends[first - 1] };
        let all = self.strips[first..].iter().flat_map(|it| it.boundaries.iter().zip(&it.states));
        all.skip(range.start - start.min(range.start))
            .take(range.len())
            .map(|(boundary, state)| (*boundary, READINGS[GRAMMAR.states[usize::from(*state)].reading].left))
    }

    /// The part of the last line.
    pub(super) fn last_part(&self) -> Part {
        let state = self.strips.last().and_then(|it| it.states.last());
        state.map_or(Part::Text, |it| READINGS[GRAMMAR.states[usize::from(*it)].reading].right)
    }

    /// Boundaries of the page but the last.
    pub(super) fn len(&self) -> usize {
        self.ends.last().copied().unwrap_or(0)
    }
}

const _: () = assert!(2 * N <= MOST);
