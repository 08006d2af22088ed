//! The steps of the grammar as tables, and what one boundary adds to what is known of those before or after it.
//!
//! A step leads from a state to those that start with the kind of line that it ends with: three or four of the rows'
//! eight parts of four states each, which a machine reckons with at a time.

use std::ops::Range;
use std::sync::{Arc, LazyLock};

use wide::f32x4;

use super::boundary::BoundaryKind;
use super::model::{GRAMMAR, Model, Part, READINGS};
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

/// A joint or its rear has no more parts.
const WIDEST: usize = 4;

/// The steps of the grammar, with their weights.
#[derive(Debug)]
pub(super) struct Steps {
    pub(super) states: usize,
    reading: [u8; MOST],
    joints: Vec<Joint>,
    /// Where each state stands by the line after it.
    rear: [usize; MOST],
    first: Row,
    last: Row,
    /// The factor of a score so many of the model's steps below the best one.
    below: Vec<f32>,
    scale: f32,
}

/// The states that end with a kind of line, and those that start with it: each of the first leads to all of the others,
/// as far as their orders allow.
#[derive(Debug)]
struct Joint {
    /// The parts of a row where those stand that start with it.
    next: Range<usize>,
    /// The steps from joins, and from breaks.
    steps: [Vec<Step>; 2],
    /// The parts of a rear row where those stand that end with it.
    rear: Range<usize>,
    /// The steps to those that start with it.
    sources: Vec<Source>,
}

/// The steps from a state to those of a joint.
#[derive(Debug)]
struct Step {
    from: usize,
    /// In nats.
    weights: [f32x4; WIDEST],
    factors: [f32x4; WIDEST],
}

/// The steps to a state from those of a joint.
#[derive(Debug)]
struct Source {
    to: usize,
    factors: [f32x4; WIDEST],
}

/// What one boundary's scores are to each state, after a join and after a break.
pub(super) struct Gains {
    nats: [Quads; 2],
    factors: Factors,
}

/// The same as factors, beside the best of them.
pub(super) struct Factors([Quads; 2]);

impl Gains {
    pub(super) fn of(steps: &Steps, scored: &Scored) -> Gains {
        let nats = steps.by_state(scored, |score| f32::from(score) * steps.scale);
        Gains { nats, factors: Factors::of(steps, scored) }
    }
}

impl Factors {
    pub(super) fn of(steps: &Steps, scored: &Scored) -> Factors {
        let most = scored.scores.as_flattened().iter().fold(i16::MIN, |most, it| most.max(*it));
        let last = steps.below.len() - 1;
        let factor = |score: i16| steps.below[((i32::from(most) - i32::from(score)) as usize).min(last)];
        Factors(steps.by_state(scored, factor))
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
            joints: Vec::new(),
            rear: [0; MOST],
            first: [f32::NEG_INFINITY; MOST],
            last: [f32::NEG_INFINITY; MOST],
            below: (0..=count).map(|it| (-(it as f32 * model.scale()).min(LEAST)).exp()).collect(),
            scale: model.scale(),
        };
        for (at, state) in grammar.states.iter().enumerate() {
            steps.reading[at] = state.reading as u8;
            steps.first[at] = model.first[state.reading];
            steps.last[at] = model.last[at];
        }
        for part in [Part::Text, Part::Title, Part::Byline, Part::Section] {
            let joint = steps.joint(model, part);
            steps.joints.push(joint);
        }
        steps
    }

    /// The joint of the lines that are `part`, behind those that there are already.
    fn joint(&mut self, model: &Model, part: Part) -> Joint {
        let grammar = &*GRAMMAR;
        let reading = |state: usize| &READINGS[grammar.states[state].reading];
        let (joins, breaks): (Vec<usize>, Vec<usize>) = (0..self.states)
            .filter(|it| reading(*it).right == part)
            .partition(|it| reading(*it).kind == BoundaryKind::Join);
        let after: Vec<usize> = (0..self.states).filter(|it| reading(*it).left == part).collect();
        // Joins have a part of their own: to what follows, a join and a break are not the same.
        let start = self.joints.last().map_or(0, |it| it.rear.end);
        let rear = start..start + 1 + breaks.len().div_ceil(4);
        let next = after.first().map_or(0, |it| it / 4)..after.last().map_or(0, |it| it / 4 + 1);
        let fits = joins.len() <= 4 && rear.len() <= WIDEST && next.len() <= WIDEST && rear.end <= REAR;
        assert!(fits, "no room for the states before and after {part:?}");
        joins.iter().enumerate().for_each(|(at, it)| self.rear[*it] = 4 * start + at);
        breaks.iter().enumerate().for_each(|(at, it)| self.rear[*it] = 4 * start + 4 + at);

        let none = f32x4::splat(f32::NEG_INFINITY);
        let sources = after.iter().map(|it| Source { to: *it, factors: [f32x4::ZERO; WIDEST] });
        let mut sources: Vec<Source> = sources.collect();
        let mut step = |from: &usize| {
            let mut step = Step { from: *from, weights: [none; WIDEST], factors: [f32x4::ZERO; WIDEST] };
            let own = grammar.states[*from].reading;
            for &(to, turned) in &grammar.next[*from] {
                let turn = if turned { model.turn } else { 0.0 };
                let weight = model.next[own][grammar.states[to].reading] + turn;
                let (quad, lane) = (to / 4 - next.start, to % 4);
                step.weights[quad].as_mut_array()[lane] = weight;
                step.factors[quad].as_mut_array()[lane] = weight.exp();
                let behind = self.rear[*from] - 4 * start;
                for source in sources.iter_mut().filter(|it| it.to == to) {
                    source.factors[behind / 4].as_mut_array()[behind % 4] = weight.exp();
                }
            }
            step
        };
        let steps = [joins, breaks].map(|it| it.iter().map(&mut step).collect());
        Joint { next, steps, rear, sources }
    }

    /// What `number` makes of the scores of a boundary, for each state, after a join and after a break.
    fn by_state(&self, scored: &Scored, number: impl Fn(i16) -> f32) -> [Quads; 2] {
        let mut rows = [Quads::default(); 2];
        for (quads, scores) in rows.iter_mut().zip(&scored.scores) {
            let (mut own, mut row) = ([0.0; MOST], [0.0; MOST]);
            own.iter_mut().zip(scores).for_each(|it| *it.0 = number(*it.1));
            row.iter_mut().zip(&self.reading).for_each(|it| *it.0 = own[usize::from(*it.1) % MOST]);
            *quads = self::quads(&row);
        }
        rows
    }

    /// The best reading that ends in each state at a boundary; where it came from goes to `from`.
    pub(super) fn best(&self, before: Option<&Row>, gains: &Gains, from: Option<&mut Sources>) -> Row {
        let mut best = [f32x4::splat(f32::NEG_INFINITY); QUADS];
        match (before, from) {
            (None, _) => {
                let (first, nats) = (quads(&self.first), &gains.nats[1]);
                best = std::array::from_fn(|it| first[it] + nats[it]);
            }
            (Some(before), None) => {
                self.joints.iter().for_each(|it| it.best::<false>(before, gains, &mut best, &mut [0; MOST]));
            }
            (Some(before), Some(from)) => {
                self.joints.iter().for_each(|it| it.best::<true>(before, gains, &mut best, from));
            }
        }
        let most = f32x4::splat(largest(&best));
        row(&best.map(|it| {
            let below = (it - most).fast_max(f32x4::splat(-FAR - 1.0));
            let steps = (below * f32x4::splat(STEPS) - f32x4::splat(0.5)).fast_trunc_int();
            let rounded = steps.round_float() / f32x4::splat(STEPS);
            rounded.simd_lt(f32x4::splat(-FAR)).bitselect(f32x4::splat(f32::NEG_INFINITY), rounded)
        }))
    }

    /// How likely each state is at a boundary.
    pub(super) fn forward(&self, before: Option<&Row>, gains: &Gains) -> Row {
        let Some(before) = before else {
            let first = quads(&self.first.map(f32::exp));
            return rounded(std::array::from_fn(|it| first[it] * gains.factors.0[1][it]));
        };
        let mut reached = Quads::default();
        self.joints.iter().for_each(|it| it.forward(before, gains, &mut reached));
        rounded(reached)
    }

    /// How likely the rest is after each state, before a boundary after which it is `after`.
    pub(super) fn backward(&self, after: &Row, factors: &Factors) -> Row {
        let mut flows = [[0.0; 4]; REAR];
        let after = quads(after);
        let flowing = factors.0.map(|it| row(&std::array::from_fn(|at| it[at] * after[at])));
        self.joints.iter().for_each(|it| it.backward(&flowing, &mut flows));
        let flows = flows.as_flattened();
        let mut row = [0.0; MOST];
        for (row, rear) in row.iter_mut().zip(&self.rear).take(self.states) {
            *row = flows[*rear];
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

/// Calls `$joint.$method::<WIDTH, …>($arguments)` with so many parts as there are: what is known when it is compiled is
/// reckoned without a loop.
macro_rules! by_width {
    ($width:expr, $joint:ident.$method:ident::<_ $(, $more:ident)?>($($arguments:expr),*)) => {
        match $width {
            0 => {}
            1 => $joint.$method::<1 $(, $more)?>($($arguments),*),
            2 => $joint.$method::<2 $(, $more)?>($($arguments),*),
            3 => $joint.$method::<3 $(, $more)?>($($arguments),*),
            _ => $joint.$method::<WIDEST $(, $more)?>($($arguments),*),
        }
    };
}

impl Joint {
    /// See [`Steps::best`]: the sums to the states that start with this kind of line, and where they come from if that is
    /// to be `TRACED`.
    fn best<const TRACED: bool>(&self, before: &Row, gains: &Gains, best: &mut Quads, from: &mut Sources) {
        by_width!(self.next.len(), self.best_of::<_, TRACED>(before, gains, best, from));
    }

    fn best_of<const WIDTH: usize, const TRACED: bool>(
        &self,
        before: &Row,
        gains: &Gains,
        best: &mut Quads,
        from: &mut Sources,
    ) {
        let mut sums = [f32x4::splat(f32::NEG_INFINITY); WIDTH];
        let mut sources = [f32x4::ZERO; WIDTH];
        for (steps, nats) in self.steps.iter().zip(&gains.nats) {
            let nats: [f32x4; WIDTH] = std::array::from_fn(|it| nats[self.next.start + it]);
            for step in steps {
                let score = f32x4::splat(before[step.from]);
                let source = f32x4::splat(step.from as f32);
                for at in 0..WIDTH {
                    let sum = score + step.weights[at] + nats[at];
                    if TRACED {
                        sources[at] = sum.simd_gt(sums[at]).bitselect(source, sources[at]);
                    }
                    sums[at] = sums[at].fast_max(sum);
                }
            }
        }
        best[self.next.start..][..WIDTH].copy_from_slice(&sums);
        if TRACED {
            let from = from.as_chunks_mut::<4>().0[self.next.start..].iter_mut();
            from.zip(sources).for_each(|it| *it.0 = it.1.to_array().map(|it| it as u8));
        }
    }

    /// See [`Steps::forward`].
    fn forward(&self, before: &Row, gains: &Gains, reached: &mut Quads) {
        by_width!(self.next.len(), self.forward_of::<_>(before, gains, reached));
    }

    fn forward_of<const WIDTH: usize>(&self, before: &Row, gains: &Gains, reached: &mut Quads) {
        for (steps, factors) in self.steps.iter().zip(&gains.factors.0) {
            let mut shares = [f32x4::ZERO; WIDTH];
            for step in steps {
                let share = f32x4::splat(before[step.from]);
                shares.iter_mut().zip(&step.factors).for_each(|it| *it.0 += share * *it.1);
            }
            for at in 0..WIDTH {
                reached[self.next.start + at] += shares[at] * factors[self.next.start + at];
            }
        }
    }

    /// See [`Steps::backward`]; `flowing` is how likely the boundary and the rest are with each state, after a join and
    /// after a break.
    fn backward(&self, flowing: &[Row; 2], flows: &mut [[f32; 4]; REAR]) {
        by_width!(self.rear.len(), self.backward_of::<_>(flowing, flows));
    }

    fn backward_of<const WIDTH: usize>(&self, [joined, broken]: &[Row; 2], flows: &mut [[f32; 4]; REAR]) {
        let mut sums = [f32x4::ZERO; WIDTH];
        for source in &self.sources {
            let (joined, broken) = (f32x4::splat(joined[source.to]), f32x4::splat(broken[source.to]));
            for (at, (sum, factors)) in sums.iter_mut().zip(&source.factors).enumerate() {
                *sum += *factors * if at == 0 { joined } else { broken };
            }
        }
        for at in 0..WIDTH {
            flows[self.rear.start + at] = sums[at].to_array();
        }
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
