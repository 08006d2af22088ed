//! A few boundaries side by side: what they may be by what stands before and after them, and what they are.

use std::sync::{Arc, LazyLock};

use super::boundary::Boundary;
use super::model::{self, GRAMMAR, KINDS, Model, READINGS, Reading};
use super::score::Scored;
use super::steps::{Factors, Gains, Row, Sources, Steps};

/// What a strip is told of all that stands before it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Before {
    /// How good the best reading is that ends in each state, in nats below the best of all.
    best: Row,
    /// How likely each state is, beside the likeliest.
    share: Row,
}

/// Some boundaries, side by side.
#[derive(Clone, Debug)]
pub(super) struct Strip {
    pub(super) scored: Box<[Scored]>,
    /// `None` at the start of the page.
    pub(super) before: Option<Before>,
    /// How likely the rest of the page is after each state at the last boundary; `None` at the end of the page.
    pub(super) after: Option<Row>,
    /// The state of each boundary on the best path.
    pub(super) states: Vec<u8>,
    /// The state of the boundary before the first one on that path.
    pub(super) lead: u8,
    pub(super) boundaries: Vec<Boundary>,
}

/// The best ways through a strip, whatever stands after it.
#[derive(Debug)]
struct Path {
    /// Where the best reading that ends in each state came from.
    from: Vec<Sources>,
    /// How good it is at the last boundary.
    best: Row,
}

/// What is known of the boundaries of a strip from what stands before it.
#[derive(Debug)]
pub(super) struct Forward {
    path: Arc<Path>,
    /// How likely each state is.
    shares: Vec<Row>,
}

/// What is known of them from what stands after it: how likely that is after each state.
#[derive(Debug)]
pub(super) struct Backward(Vec<Row>);

/// As much of both as there is.
#[derive(Clone, Debug, Default)]
pub(super) struct Known {
    pub(super) forward: Option<Arc<Forward>>,
    pub(super) backward: Option<Arc<Backward>>,
}

/// What the boundaries of a strip may be, before the path through the page is known.
pub(super) struct Passes {
    path: Arc<Path>,
    /// How likely each kind of boundary is; not beside anything.
    shares: Vec<[f32; KINDS]>,
}

impl Strip {
    pub(super) fn of(scored: &[Scored]) -> Strip {
        let (states, boundaries) = (Vec::new(), Vec::new());
        Strip { scored: scored.into(), before: None, after: None, states, lead: 0, boundaries }
    }

    /// What the next strip is told, when this one was told `before`.
    pub(super) fn leaving(&self, before: Option<Before>, steps: &Steps) -> Before {
        let (mut best, mut share) = (before.map(|it| it.best), before.map(|it| it.share));
        for scored in &self.scored {
            let gains = Gains::of(steps, scored);
            best = Some(steps.best(best.as_ref(), &gains, None));
            share = Some(steps.forward(share.as_ref(), &gains));
        }
        Before { best: best.unwrap_or_default(), share: share.unwrap_or_default() }
    }

    /// What the strip before is told, when this one was told `after`.
    pub(super) fn emitted(&self, after: Option<Row>, steps: &Steps) -> Row {
        let after = after.unwrap_or_else(|| steps.end());
        self.scored.iter().rev().fold(after, |after, it| steps.backward(&after, &Factors::of(steps, it)))
    }

    /// Reads the strip, which was told `before`, by what stands before it.
    pub(super) fn forward(&self, before: Option<Before>, steps: &Steps) -> Forward {
        let mut from = vec![Sources::default(); self.scored.len()];
        let mut shares: Vec<Row> = Vec::with_capacity(self.scored.len());
        let mut best = before.map(|it| it.best);
        for (scored, from) in self.scored.iter().zip(&mut from) {
            let gains = Gains::of(steps, scored);
            best = Some(steps.best(best.as_ref(), &gains, Some(from)));
            let share = shares.last().or(before.as_ref().map(|it| &it.share));
            shares.push(steps.forward(share, &gains));
        }
        let path = Path { from, best: best.unwrap_or_default() };
        Forward { path: Arc::new(path), shares }
    }

    /// Reads the strip, which was told `after`, by what stands after it.
    pub(super) fn backward(&self, after: Option<Row>, steps: &Steps) -> Backward {
        let mut rows = vec![after.unwrap_or_else(|| steps.end()); self.scored.len()];
        for at in (1..rows.len()).rev() {
            rows[at - 1] = steps.backward(&rows[at], &Factors::of(steps, &self.scored[at]));
        }
        Backward(rows)
    }

    /// Reads the strip by what stands before and after it, as far as that is not `known`, and makes it known.
    pub(super) fn passes(&self, known: &mut Known, steps: &Steps) -> Passes {
        let forward = known.forward.get_or_insert_with(|| Arc::new(self.forward(self.before, steps)));
        let backward = known.backward.get_or_insert_with(|| Arc::new(self.backward(self.after, steps)));
        let mut shares = vec![[0.0; KINDS]; self.scored.len()];
        for ((shares, row), after) in shares.iter_mut().zip(&forward.shares).zip(&backward.0) {
            for (state, (share, rest)) in row.iter().zip(after).enumerate().take(steps.states) {
                shares[kind(state)] += share * rest;
            }
        }
        Passes { path: Arc::clone(&forward.path), shares }
    }

    /// Says what each boundary is, and how sure that is: follows the best path back from state `last` at the last
    /// boundary; from the best one at the page's end.
    pub(super) fn decide(&mut self, passes: &Passes, steps: &Steps, model: &Model, last: Option<u8>) {
        let mut state = last.unwrap_or_else(|| steps.last(&passes.path.best));
        let n = self.scored.len();
        self.states = vec![0; n];
        for at in (0..n).rev() {
            self.states[at] = state;
            state = passes.path.from[at][usize::from(state)];
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

impl Forward {
    /// What the next strip is told.
    pub(super) fn leaving(&self) -> Before {
        Before { best: self.path.best, share: self.shares.last().copied().unwrap_or_default() }
    }
}

impl Backward {
    /// What the strip before `strip`, of which this is known, is told.
    pub(super) fn emitted(&self, strip: &Strip, steps: &Steps) -> Row {
        let first = strip.scored.first().zip(self.0.first());
        first.map_or_else(Row::default, |(scored, after)| steps.backward(after, &Factors::of(steps, scored)))
    }
}

/// `confidence` down to whole thousandths; below nine tenths, where nothing is reported, to twentieths. What an edit
/// changes far away is less, and nothing is said of that anew.
fn whole(confidence: f32) -> f32 {
    let steps = if confidence < 0.9 { 20.0 } else { 1000.0 };
    (confidence * steps).floor() / steps
}

/// What a state reads a boundary as.
pub(super) fn reading(state: u8) -> &'static Reading {
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
