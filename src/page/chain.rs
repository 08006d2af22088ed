//! The readings of all boundaries of a page, kept in strips, so that an edit redoes only what it bears upon.
//!
//! A strip is told by its neighbours what stands before it (how likely, and how good, each state is at the last
//! boundary there) and what stands after it. These messages pass from boundary to boundary and are rounded at each
//! one, so that they forget: a few boundaries after an edit they are, to the last bit, what they were before it, and
//! from there on nothing has changed. Every boundary's reading depends on the scores alone, never on where strips
//! begin; so an edited chain equals the one from scratch.

use std::ops::Range;
use std::sync::{Arc, LazyLock};

use rayon::prelude::*;

use super::boundary::Boundary;
use super::model::{self, GRAMMAR, KINDS, Model, Part, READINGS};
use super::score::Scored;
use super::steps::{Gains, Row, Sources, Steps};

/// Boundaries of a strip, at most.
const LENGTH: usize = 32;
/// Strips that one core decides at a time.
const STRIPS: usize = 64;

/// What a strip is told of all that stands before it.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Before {
    /// How good the best reading is that ends in each state, in nats below the best of all.
    best: Row,
    /// How likely each state is, beside the likeliest.
    share: Row,
}

/// Some boundaries, side by side.
#[derive(Clone, Debug)]
struct Strip {
    scored: Box<[Scored]>,
    /// `None` at the start of the page.
    before: Option<Before>,
    /// How likely the rest of the page is after each state at the last boundary; `None` at the end of the page.
    after: Option<Row>,
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

/// What the boundaries of a strip may be, before the path through the page is known.
struct Passes {
    /// Where the best reading that ends in each state came from.
    from: Vec<Sources>,
    /// How good it is at the last boundary.
    best: Row,
    /// How likely each kind of boundary is; not beside anything.
    shares: Vec<[f32; KINDS]>,
}

impl Strip {
    fn of(scored: &[Scored]) -> Strip {
        let (states, boundaries) = (Vec::new(), Vec::new());
        Strip { scored: scored.into(), before: None, after: None, states, lead: 0, boundaries }
    }

    /// What the next strip is told, when this one was told `before`.
    fn leaving(&self, before: Option<Before>, steps: &Steps) -> Before {
        let (mut best, mut share) = (before.map(|it| it.best), before.map(|it| it.share));
        for scored in &self.scored {
            let gains = Gains::of(steps, scored);
            best = Some(steps.best(best.as_ref(), &gains, None));
            share = Some(steps.forward(share.as_ref(), &gains));
        }
        Before { best: best.unwrap_or_default(), share: share.unwrap_or_default() }
    }

    /// What the strip before is told, when this one was told `after`.
    fn emitted(&self, after: Option<Row>, steps: &Steps) -> Row {
        let after = after.unwrap_or_else(|| steps.end());
        self.scored.iter().rev().fold(after, |after, it| steps.backward(&after, &Gains::of(steps, it)))
    }

    /// Reads the strip by what stands before and after it.
    fn passes(&self, steps: &Steps) -> Passes {
        let n = self.scored.len();
        let gains: Vec<Gains> = self.scored.iter().map(|it| Gains::of(steps, it)).collect();
        let mut after = vec![self.after.unwrap_or_else(|| steps.end()); n];
        for at in (1..n).rev() {
            after[at - 1] = steps.backward(&after[at], &gains[at]);
        }
        let mut from = vec![Sources::default(); n];
        let mut best = self.before.map(|it| it.best);
        let mut share = self.before.map(|it| it.share);
        let mut shares = vec![[0.0; KINDS]; n];
        for at in 0..n {
            best = Some(steps.best(best.as_ref(), &gains[at], Some(&mut from[at])));
            let row = steps.forward(share.as_ref(), &gains[at]);
            for (state, (share, rest)) in row.iter().zip(after[at].iter()).enumerate().take(steps.states) {
                shares[at][kind(state)] += share * rest;
            }
            share = Some(row);
        }
        Passes { from, best: best.unwrap_or_default(), shares }
    }

    /// Says what each boundary is, and how sure that is: follows the best path back from state `last` at the last
    /// boundary; from the best one at the page's end.
    fn decide(&mut self, passes: &Passes, steps: &Steps, model: &Model, last: Option<u8>) {
        let mut state = last.unwrap_or_else(|| steps.last(&passes.best));
        let n = self.scored.len();
        self.states = vec![0; n];
        for at in (0..n).rev() {
            self.states[at] = state;
            state = passes.from[at][usize::from(state)];
        }
        self.lead = state;
        let read = self.states.iter().zip(&passes.shares).zip(&self.scored);
        let decided = read.map(|((state, shares), scored)| {
            let number = kind(usize::from(*state));
            let all: f32 = shares.iter().sum();
            let posterior = if all > 0.0 { shares[number] / all } else { 0.0 };
            let kind = reading(*state).kind;
            Boundary { kind, confidence: whole(model.calibrated(scored.manner, number, posterior)) }
        });
        self.boundaries = decided.collect();
    }
}

/// `confidence` down to whole thousandths; below nine tenths, where nothing is reported, to twentieths. What an edit
/// changes far away is less, and nothing is said of that anew.
fn whole(confidence: f32) -> f32 {
    let steps = if confidence < 0.9 { 20.0 } else { 1000.0 };
    (confidence * steps).floor() / steps
}

fn reading(state: u8) -> &'static super::model::Reading {
    &READINGS[GRAMMAR.states[usize::from(state)].reading]
}

/// The kind of a state as a small number.
fn kind(state: usize) -> usize {
    static KIND: LazyLock<Vec<u8>> = LazyLock::new(|| {
        let kind = |state: usize| model::kind(reading(state as u8).kind) as u8;
        (0..GRAMMAR.states.len()).map(kind).collect()
    });
    usize::from(KIND[state])
}

impl Chain {
    /// The chain after the boundaries `old` were replaced by `scored`, and the boundaries, counted in the new chain,
    /// outside of which all are as they were. O(strips) and some strips' work.
    pub(super) fn edited(
        &self,
        old: Range<usize>,
        scored: &[Scored],
        model: &Model,
    ) -> (Chain, Range<usize>) {
        let steps = Steps::of(model);
        let steps = &*steps;
        // The strips that hold the replaced boundaries, whole.
        let first = self.ends.partition_point(|it| *it < old.start);
        let past = (self.ends.partition_point(|it| *it <= old.end) + 1).min(self.strips.len()).max(first);
        let start = if first == 0 { 0 } else { self.ends[first - 1] };
        let end = if past == 0 { 0 } else { self.ends[past - 1] };
        let held = || self.strips[first..past].iter().flat_map(|it| it.scored.iter().copied());
        let all: Vec<Scored> = held()
            .take(old.start - start)
            .chain(scored.iter().copied())
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
        // A few strips are read before another core has woken up.
        let some = tail - first < STRIPS;
        let (befores, afters) = if some {
            (befores(&strips, first, tail, steps), afters(&strips, first, tail, steps))
        } else {
            rayon::join(|| befores(&strips, first, tail, steps), || afters(&strips, first, tail, steps))
        };
        let (mut left, right) = (tail - afters.len(), first + befores.len());
        let (left_told, right_told) = (left.min(first), right.max(tail));
        for (at, before) in (first..).zip(befores) {
            Arc::make_mut(&mut strips[at]).before = before;
        }
        for (at, after) in (0..tail).rev().zip(afters) {
            Arc::make_mut(&mut strips[at]).after = after;
        }
        let passes: Vec<Passes> = if some {
            strips[left_told..right_told].iter().map(|it| it.passes(steps)).collect()
        } else {
            strips[left_told..right_told].par_iter().with_min_len(STRIPS).map(|it| it.passes(steps)).collect()
        };
        for at in (0..right_told).rev() {
            let last = strips.get(at + 1).map(|it| it.lead);
            let moved = || last.is_some_and(|it| strips[at].states.last() != Some(&it));
            let own = at.checked_sub(left_told).map(|it| &passes[it]);
            if own.is_none() && !moved() {
                break;
            }
            let strip = Arc::make_mut(&mut strips[at]);
            match own {
                Some(passes) => strip.decide(passes, steps, model, last),
                None => strip.decide(&strip.passes(steps), steps, model, last),
            }
            left = left.min(at);
        }
        left = left.min(left_told);
        let mut ends = Vec::with_capacity(strips.len());
        ends.extend_from_slice(&self.ends[..first]);
        let mut count = start;
        for strip in &strips[first..tail] {
            count += strip.scored.len();
            ends.push(count);
        }
        ends.extend(self.ends[past..].iter().map(|it| it - end + count));
        let from = if left == 0 { 0 } else { ends[left - 1] };
        let to = if right_told == 0 { 0 } else { ends[right_told - 1] };
        (Chain { strips, ends }, from..to.max(from))
    }

    /// What the boundaries `range` were scored by.
    pub(super) fn scored(&self, range: Range<usize>) -> impl Iterator<Item = &Scored> {
        let first = self.ends.partition_point(|it| *it <= range.start);
        let start = if first == 0 { 0 } else { self.ends[first - 1] };
        let all = self.strips[first..].iter().flat_map(|it| it.scored.iter());
        all.skip(range.start - start.min(range.start)).take(range.len())
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

/// What the strips from `first` on are told by those before them, as far as that is news: all up to `tail`, and past it
/// until one was told the same already.
fn befores(strips: &[Arc<Strip>], first: usize, tail: usize, steps: &Steps) -> Vec<Option<Before>> {
    let mut told = first.checked_sub(1).map(|it| strips[it].leaving(strips[it].before, steps));
    let mut all = Vec::with_capacity(tail - first);
    for (at, strip) in strips.iter().enumerate().skip(first) {
        if at >= tail && strip.before == told {
            break;
        }
        all.push(told);
        told = Some(strip.leaving(told, steps));
    }
    all
}

/// What the strips before `tail` are told by those after them, the last one first, as far as that is news.
fn afters(strips: &[Arc<Strip>], first: usize, tail: usize, steps: &Steps) -> Vec<Option<Row>> {
    let mut told = strips.get(tail).map(|it| it.emitted(it.after, steps));
    let mut all = Vec::with_capacity(tail - first);
    for (at, strip) in strips[..tail].iter().enumerate().rev() {
        if at < first && strip.after == told {
            break;
        }
        all.push(told);
        told = Some(strip.emitted(told, steps));
    }
    all
}
