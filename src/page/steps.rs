//! The steps of the grammar as tables, and what one boundary adds to what is known of those before or after it.
//!
//! All rows are as wide as the machine likes them; where the grammar has no step, the table has a weight that nothing
//! survives.

use std::sync::{Arc, LazyLock};

use super::boundary::BoundaryKind;
use super::model::{GRAMMAR, Model, N, READINGS};
use super::score::Scored;

/// No grammar has more states.
pub(super) const MOST: usize = 32;
/// A state so much worse than the best one, in nats, is given up.
const FAR: f32 = 60.0;
/// A state so much less likely than the likeliest one is given up.
const FAINT: f32 = 1e-7;
/// Sums are rounded to steps of this share of a nat.
const STEPS: f32 = 256.0;
/// Scores this far below the best one of their boundary are all the same.
const LEAST: f32 = 80.0;

/// One number for each state.
pub(super) type Row = [f32; MOST];

/// For each state another one.
pub(super) type Sources = [u8; MOST];

/// The steps of the grammar, with their weights.
#[derive(Debug)]
pub(super) struct Steps {
    pub(super) states: usize,
    reading: [usize; MOST],
    broken: [usize; MOST],
    /// For each state the weight of the step to each, in nats.
    weights: [Row; MOST],
    /// The same as factors, and from each state to one.
    factors: [Row; MOST],
    backward: [Row; MOST],
    first: Row,
    last: Row,
    /// The factor of a score so many of the model's steps below the best one.
    below: Vec<f32>,
    scale: f32,
}

/// What one boundary's scores are to each state, after a join and after a break.
pub(super) struct Gains {
    nats: [Row; 2],
    factors: [Row; 2],
}

impl Gains {
    pub(super) fn of(steps: &Steps, scored: &Scored) -> Gains {
        let scores = &scored.scores;
        let most = scores.iter().flatten().fold(i16::MIN, |most, it| most.max(*it));
        let mut nats = [[0.0; MOST]; 2];
        let mut factors = [[0.0; MOST]; 2];
        for broken in 0..2 {
            let mut own = [(0.0, 0.0); N];
            for (own, score) in own.iter_mut().zip(scores[broken]) {
                let below = (i32::from(most) - i32::from(score)) as usize;
                *own = (f32::from(score) * steps.scale, steps.below[below.min(steps.below.len() - 1)]);
            }
            for (state, reading) in steps.reading.iter().enumerate().take(steps.states) {
                (nats[broken][state], factors[broken][state]) = own[*reading];
            }
        }
        Gains { nats, factors }
    }
}

impl Steps {
    /// The steps of `model`; those of the one that is compiled in are made once.
    pub(super) fn of(model: &Model) -> Arc<Steps> {
        static SHARED: LazyLock<Arc<Steps>> = LazyLock::new(|| Arc::new(Steps::made(Model::shared())));
        if std::ptr::eq(model, Model::shared()) { Arc::clone(&SHARED) } else { Arc::new(Steps::made(model)) }
    }

    fn made(model: &Model) -> Steps {
        let grammar = &*GRAMMAR;
        let states = grammar.states.len();
        assert!(states <= MOST, "a row has no room for {states} states");
        let count = (LEAST / model.scale()).ceil().clamp(1.0, 65_536.0) as usize;
        let mut steps = Steps {
            states,
            reading: [0; MOST],
            broken: [0; MOST],
            weights: [[f32::NEG_INFINITY; MOST]; MOST],
            factors: [[0.0; MOST]; MOST],
            backward: [[0.0; MOST]; MOST],
            first: [f32::NEG_INFINITY; MOST],
            last: [f32::NEG_INFINITY; MOST],
            below: (0..=count).map(|it| (-(it as f32 * model.scale()).min(LEAST)).exp()).collect(),
            scale: model.scale(),
        };
        for (from, state) in grammar.states.iter().enumerate() {
            steps.reading[from] = state.reading;
            steps.broken[from] = usize::from(READINGS[state.reading].kind != BoundaryKind::Join);
            steps.first[from] = model.first[state.reading];
            steps.last[from] = model.last[from];
            for &(to, turned) in &grammar.next[from] {
                let weight = model.next[state.reading][grammar.states[to].reading]
                    + if turned { model.turn } else { 0.0 };
                steps.weights[from][to] = weight;
                steps.factors[from][to] = weight.exp();
                steps.backward[to][from] = weight.exp();
            }
        }
        steps
    }

    /// The best reading that ends in each state at a boundary; where it came from goes to `from`.
    pub(super) fn best(&self, before: Option<&Row>, gains: &Gains, from: Option<&mut Sources>) -> Row {
        let mut row = [f32::NEG_INFINITY; MOST];
        match before {
            None => {
                let first = self.first.iter().zip(&gains.nats[1]);
                row.iter_mut().zip(first).for_each(|it| *it.0 = it.1.0 + it.1.1);
            }
            Some(before) => {
                let mut source = [0u32; MOST];
                for (state, score) in before.iter().enumerate().take(self.states) {
                    if *score == f32::NEG_INFINITY {
                        continue;
                    }
                    let (weights, nats) = (&self.weights[state], &gains.nats[self.broken[state]]);
                    for to in 0..MOST {
                        let total = score + weights[to] + nats[to];
                        let better = total > row[to];
                        row[to] = if better { total } else { row[to] };
                        source[to] = if better { state as u32 } else { source[to] };
                    }
                }
                if let Some(from) = from {
                    from.iter_mut().zip(source).for_each(|it| *it.0 = it.1 as u8);
                }
            }
        }
        let most = row.iter().fold(f32::NEG_INFINITY, |most, it| most.max(*it));
        for it in &mut row {
            let below = (*it - most).max(-FAR - 1.0);
            let rounded = (below * STEPS - 0.5) as i32 as f32 / STEPS;
            *it = if rounded < -FAR { f32::NEG_INFINITY } else { rounded };
        }
        row
    }

    /// How likely each state is at a boundary.
    pub(super) fn forward(&self, before: Option<&Row>, gains: &Gains) -> Row {
        let mut row = [0.0; MOST];
        match before {
            None => {
                let first = self.first.iter().zip(&gains.factors[1]);
                row.iter_mut().zip(first).for_each(|it| *it.0 = it.1.0.exp() * it.1.1);
            }
            Some(before) => {
                let mut reached = [[0.0f32; MOST]; 2];
                for (state, share) in before.iter().enumerate().take(self.states).filter(|it| *it.1 > 0.0) {
                    let (reached, factors) = (&mut reached[self.broken[state]], &self.factors[state]);
                    for to in 0..MOST {
                        reached[to] += share * factors[to];
                    }
                }
                for to in 0..MOST {
                    row[to] = reached[0][to] * gains.factors[0][to] + reached[1][to] * gains.factors[1][to];
                }
            }
        }
        rounded(row)
    }

    /// How likely the rest is after each state, before a boundary after which it is `after`.
    pub(super) fn backward(&self, after: &Row, gains: &Gains) -> Row {
        let mut flows = [[0.0f32; MOST]; 2];
        for (to, after) in after.iter().enumerate().take(self.states).filter(|it| *it.1 > 0.0) {
            let steps = &self.backward[to];
            for (flow, factors) in flows.iter_mut().zip(&gains.factors) {
                let factor = factors[to] * after;
                for from in 0..MOST {
                    flow[from] += steps[from] * factor;
                }
            }
        }
        let mut row = [0.0; MOST];
        for from in 0..self.states {
            row[from] = flows[self.broken[from]][from];
        }
        rounded(row)
    }

    /// The same at the end of the page.
    pub(super) fn end(&self) -> Row {
        rounded(self.last.map(f32::exp))
    }

    /// The best state at the end of the page, where the best readings are `best`.
    pub(super) fn last(&self, best: &Row) -> u8 {
        let end = |state: usize| best[state] + self.last[state];
        (0..self.states).max_by(|a, b| end(*a).total_cmp(&end(*b))).unwrap_or(0) as u8
    }
}

/// `row` beside its largest number, rounded to twelve binary digits.
fn rounded(mut row: Row) -> Row {
    let most = row.iter().fold(0.0f32, |most, it| most.max(*it));
    let known = most > 0.0 && most.is_finite();
    for it in &mut row {
        let share = if known { *it / most } else { 1.0 };
        *it = if share < FAINT { 0.0 } else { f32::from_bits((share.to_bits() + 0x400) & !0x7ff) };
    }
    row
}
