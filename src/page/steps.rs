//! The steps of the grammar as tables, and what one boundary adds to what is known of those before or after it.
//!
//! A step leads from a state to those that start with the kind of line that it ends with: three or four of the rows'
//! eight parts of four states each, which a machine reckons with at a time.

use std::ops::Range;
use std::sync::{Arc, LazyLock};

use wide::f32x4;

use super::boundary::BoundaryKind;
use super::model::{GRAMMAR, Model, N, Part, READINGS};
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

/// The parts of a row.
const QUADS: usize = MOST / 4;

/// A row as it is reckoned with.
type Quads = [f32x4; QUADS];

/// The parts of a row in which the states stand by the line after them: for each kind of line one part for joins, then
/// the others.
const REAR: usize = QUADS + 4;

/// The steps of the grammar, with their weights.
#[derive(Debug)]
pub(super) struct Steps {
    pub(super) states: usize,
    reading: [usize; MOST],
    broken: [usize; MOST],
    /// For each state the parts with the states that it leads to.
    next: [Range<usize>; MOST],
    /// For each state the weight of the step to each, in nats.
    weights: [Quads; MOST],
    /// The same as factors.
    factors: [Quads; MOST],
    /// Where each state stands by the line after it.
    rear: [usize; MOST],
    /// For each state the parts with the states that lead to it, in that order.
    sources: [Range<usize>; MOST],
    /// The factors of those steps.
    backward: [[f32x4; REAR]; MOST],
    first: Row,
    last: Row,
    /// The factor of a score so many of the model's steps below the best one.
    below: Vec<f32>,
    scale: f32,
}

/// What one boundary's scores are to each state, after a join and after a break.
pub(super) struct Gains {
    nats: [Quads; 2],
    factors: [Quads; 2],
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
        Gains { nats: nats.map(|it| quads(&it)), factors: factors.map(|it| quads(&it)) }
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
            next: [const { 0..0 }; MOST],
            weights: [[f32x4::splat(f32::NEG_INFINITY); QUADS]; MOST],
            factors: [Quads::default(); MOST],
            rear: [0; MOST],
            sources: [const { 0..0 }; MOST],
            backward: [[f32x4::ZERO; REAR]; MOST],
            first: [f32::NEG_INFINITY; MOST],
            last: [f32::NEG_INFINITY; MOST],
            below: (0..=count).map(|it| (-(it as f32 * model.scale()).min(LEAST)).exp()).collect(),
            scale: model.scale(),
        };
        let reading = |state: usize| &READINGS[grammar.states[state].reading];
        let mut start = 0;
        for part in [Part::Text, Part::Title, Part::Byline, Part::Section] {
            // Joins have a part of their own: to what follows, a join and a break are not the same.
            let (joins, breaks): (Vec<usize>, Vec<usize>) = (0..states)
                .filter(|it| reading(*it).right == part)
                .partition(|it| reading(*it).kind == BoundaryKind::Join);
            let end = start + 1 + breaks.len().div_ceil(4);
            assert!(joins.len() <= 4 && end <= REAR, "the parts have no room for what ends with {part:?}");
            joins.iter().enumerate().for_each(|(at, it)| steps.rear[*it] = 4 * start + at);
            breaks.iter().enumerate().for_each(|(at, it)| steps.rear[*it] = 4 * start + 4 + at);
            (0..states).filter(|it| reading(*it).left == part).for_each(|it| steps.sources[it] = start..end);
            start = end;
        }
        for (from, state) in grammar.states.iter().enumerate() {
            steps.reading[from] = state.reading;
            steps.broken[from] = usize::from(READINGS[state.reading].kind != BoundaryKind::Join);
            steps.first[from] = model.first[state.reading];
            steps.last[from] = model.last[from];
            let next = || grammar.next[from].iter().map(|it| it.0 / 4);
            steps.next[from] = next().min().unwrap_or(0)..next().max().map_or(0, |it| it + 1);
            for &(to, turned) in &grammar.next[from] {
                let weight = model.next[state.reading][grammar.states[to].reading]
                    + if turned { model.turn } else { 0.0 };
                steps.weights[from][to / 4].as_mut_array()[to % 4] = weight;
                steps.factors[from][to / 4].as_mut_array()[to % 4] = weight.exp();
                let rear = steps.rear[from];
                steps.backward[to][rear / 4].as_mut_array()[rear % 4] = weight.exp();
            }
        }
        steps
    }

    /// The best reading that ends in each state at a boundary; where it came from goes to `from`.
    pub(super) fn best(&self, before: Option<&Row>, gains: &Gains, from: Option<&mut Sources>) -> Row {
        let row = match (before, from) {
            (None, _) => {
                let (first, nats) = (quads(&self.first), &gains.nats[1]);
                std::array::from_fn(|it| first[it] + nats[it])
            }
            (Some(before), None) => self.reached::<false>(before, gains).0,
            (Some(before), Some(from)) => {
                let (row, sources) = self.reached::<true>(before, gains);
                from.iter_mut().zip(self::row(&sources)).for_each(|it| *it.0 = it.1 as u8);
                row
            }
        };
        let most = f32x4::splat(largest(&row));
        let rounded = row.map(|it| {
            let below = (it - most).fast_max(f32x4::splat(-FAR - 1.0));
            let rounded = (below * f32x4::splat(STEPS) - f32x4::splat(0.5)).fast_trunc_int().round_float()
                / f32x4::splat(STEPS);
            rounded.simd_lt(f32x4::splat(-FAR)).bitselect(f32x4::splat(f32::NEG_INFINITY), rounded)
        });
        self::row(&rounded)
    }

    /// The best sum to each state; with the states that they come from where they are to be `TRACED`.
    fn reached<const TRACED: bool>(&self, before: &Row, gains: &Gains) -> (Quads, Quads) {
        let mut row = [f32x4::splat(f32::NEG_INFINITY); QUADS];
        let mut sources = Quads::default();
        for (state, score) in before.iter().enumerate().take(self.states) {
            if *score == f32::NEG_INFINITY {
                continue;
            }
            let (score, source) = (f32x4::splat(*score), f32x4::splat(state as f32));
            let quads = self.next[state].clone();
            let steps = self.weights[state][quads.clone()].iter();
            let steps = steps.zip(&gains.nats[self.broken[state]][quads.clone()]);
            let reached = row[quads.clone()].iter_mut().zip(&mut sources[quads]);
            for ((row, sources), (weights, nats)) in reached.zip(steps) {
                let total = score + *weights + *nats;
                if TRACED {
                    *sources = total.simd_gt(*row).bitselect(source, *sources);
                }
                *row = row.fast_max(total);
            }
        }
        (row, sources)
    }

    /// How likely each state is at a boundary.
    pub(super) fn forward(&self, before: Option<&Row>, gains: &Gains) -> Row {
        let Some(before) = before else {
            let first = quads(&self.first.map(f32::exp));
            return rounded(std::array::from_fn(|it| first[it] * gains.factors[1][it]));
        };
        let mut reached = [Quads::default(); 2];
        for (state, share) in before.iter().enumerate().take(self.states).filter(|it| *it.1 > 0.0) {
            let share = f32x4::splat(*share);
            let quads = self.next[state].clone();
            let factors = &self.factors[state][quads.clone()];
            for (reached, factors) in reached[self.broken[state]][quads].iter_mut().zip(factors) {
                *reached += share * *factors;
            }
        }
        let [[joined, broken], factors] = [reached, gains.factors];
        rounded(std::array::from_fn(|it| joined[it] * factors[0][it] + broken[it] * factors[1][it]))
    }

    /// How likely the rest is after each state, before a boundary after which it is `after`.
    pub(super) fn backward(&self, after: &Row, gains: &Gains) -> Row {
        let mut flows = [f32x4::ZERO; REAR];
        let factors = gains.factors.map(|it| row(&it));
        for (to, after) in after.iter().enumerate().take(self.states).filter(|it| *it.1 > 0.0) {
            let quads = self.sources[to].clone();
            let [joined, broken] = [0, 1].map(|it| f32x4::splat(factors[it][to] * after));
            let steps = &self.backward[to][quads.clone()];
            for (at, (flow, steps)) in flows[quads].iter_mut().zip(steps).enumerate() {
                *flow += *steps * if at == 0 { joined } else { broken };
            }
        }
        let flows = flows.map(f32x4::to_array);
        let mut row = [0.0; MOST];
        for (row, rear) in row.iter_mut().zip(&self.rear).take(self.states) {
            *row = flows.as_flattened()[*rear];
        }
        rounded(quads(&row))
    }

    /// The same at the end of the page.
    pub(super) fn end(&self) -> Row {
        rounded(quads(&self.last.map(f32::exp)))
    }

    /// The best state at the end of the page, where the best readings are `best`.
    pub(super) fn last(&self, best: &Row) -> u8 {
        let end = |state: usize| best[state] + self.last[state];
        (0..self.states).max_by(|a, b| end(*a).total_cmp(&end(*b))).unwrap_or(0) as u8
    }
}

/// A row as it is reckoned with.
fn quads(row: &Row) -> Quads {
    let quads = row.as_chunks().0;
    std::array::from_fn(|it| f32x4::new(quads[it]))
}

/// A row as it is kept.
fn row(quads: &Quads) -> Row {
    let mut row = [0.0; MOST];
    row.as_chunks_mut().0.iter_mut().zip(quads).for_each(|it| *it.0 = it.1.to_array());
    row
}

/// The largest number of a row.
fn largest(row: &Quads) -> f32 {
    let most = row.iter().fold(f32x4::splat(f32::NEG_INFINITY), |most, it| most.fast_max(*it));
    most.to_array().into_iter().fold(f32::NEG_INFINITY, f32::max)
}

/// `row` beside its largest number, rounded to twelve binary digits.
fn rounded(row: Quads) -> Row {
    let most = largest(&row);
    let known = most > 0.0 && most.is_finite();
    let shares = if known { row.map(|it| it / f32x4::splat(most)) } else { [f32x4::ONE; QUADS] };
    let mut rounded = self::row(&shares);
    for it in &mut rounded {
        *it = if *it < FAINT { 0.0 } else { f32::from_bits((it.to_bits() + 0x400) & !0x7ff) };
    }
    rounded
}
