//! A conditional random field over the labels of characters, while it is learnt: stochastic gradient on the
//! log-likelihood, one step size a feature (AdaGrad by rows), some features left out at random so that no single fact
//! is leant on.
#![allow(clippy::needless_range_loop, reason = "from and to, as the formulas have them")]

use std::collections::HashMap;

use jiaodui::entity::label::{LABELS, Label};

/// Weights of a row, and behind them the sum of its squared gradients.
const LANES: usize = 16;
/// No feature.
pub(crate) const NONE: u32 = u32::MAX;

/// The weights of a feature.
pub(crate) type Row = [f32; LANES];

/// A sentence to learn from.
pub(crate) struct Sentence<const SLOTS: usize> {
    /// The rows of each character's features.
    pub(crate) features: Vec<[u32; SLOTS]>,
    pub(crate) labels: Vec<Label>,
}

/// The weights while they are learnt.
pub(crate) struct Field {
    pub(crate) rows: Vec<Row>,
    pub(crate) frozen: Vec<bool>,
    pub(crate) steps: [[f32; LABELS]; LABELS],
    step_squares: [[f32; LABELS]; LABELS],
    /// Features of a hundred that are left out at random.
    dropped: u32,
}

impl Field {
    /// A field of so many rows, all of them zero, of whose features `dropped` of a hundred are left out at random.
    pub(crate) fn new(rows: usize, dropped: u32) -> Field {
        let steps = [[0.0; LABELS]; LABELS];
        let (rows, frozen) = (vec![[0.0; LANES]; rows], vec![false; rows]);
        Field { rows, frozen, steps, step_squares: steps, dropped }
    }

    /// Sets a row to zero, where it stays.
    #[allow(dead_code, reason = "the teacher keeps all rows")]
    pub(crate) fn freeze(&mut self, row: u32) {
        self.rows[row as usize] = [0.0; LANES];
        self.frozen[row as usize] = true;
    }

    /// One step on a sentence; its negative log-likelihood before.
    pub(crate) fn learn<const SLOTS: usize>(
        &mut self,
        sentence: &Sentence<SLOTS>,
        rate: f32,
        random: &mut Random,
    ) -> f64 {
        let length = sentence.labels.len();
        if length == 0 {
            return 0.0;
        }
        // Which features take part, and what they say.
        let mut taken: Vec<u64> = Vec::with_capacity(length);
        let mut scores: Vec<[f32; LABELS]> = Vec::with_capacity(length);
        for features in &sentence.features {
            let mut mask = 0u64;
            let mut sums = [0.0f32; LANES];
            for (slot, &row) in features.iter().enumerate() {
                if row == NONE || random.next() % 100 < self.dropped {
                    continue;
                }
                mask |= 1 << slot;
                for (sum, weight) in sums[..LABELS].iter_mut().zip(&self.rows[row as usize]) {
                    *sum += weight;
                }
            }
            taken.push(mask);
            scores.push(std::array::from_fn(|it| sums[it]));
        }
        let allowed = |from: usize, to: usize| Label::at(from).may_precede(Label::at(to));
        let steps: [[f32; LABELS]; LABELS] = std::array::from_fn(|from| {
            std::array::from_fn(|to| if allowed(from, to) { self.steps[from][to].exp() } else { 0.0 })
        });
        // Forward and backward, scaled at each character.
        let mut forward: Vec<[f32; LABELS]> = Vec::with_capacity(length);
        let mut shares: Vec<[f32; LABELS]> = Vec::with_capacity(length);
        let mut ln_total = 0.0f64;
        for (at, scores) in scores.iter().enumerate() {
            let most = scores.iter().copied().fold(f32::MIN, f32::max);
            let share = scores.map(|it| (it - most).exp());
            let mut here = [0.0f32; LABELS];
            if at == 0 {
                here = std::array::from_fn(|to| f32::from(!Label::at(to).goes_on()));
            } else {
                for from in 0..LABELS {
                    for to in 0..LABELS {
                        here[to] += forward[at - 1][from] * steps[from][to];
                    }
                }
            }
            for to in 0..LABELS {
                here[to] *= share[to];
            }
            let sum: f32 = here.iter().sum::<f32>().max(f32::MIN_POSITIVE);
            ln_total += f64::from(sum.ln()) + f64::from(most);
            forward.push(here.map(|it| it / sum));
            shares.push(share);
        }
        let mut behind: [f32; LABELS] =
            std::array::from_fn(|it| if Label::at(it).is_open() { 0.0 } else { 1.0 });
        let ends: f32 = (0..LABELS).map(|it| forward[length - 1][it] * behind[it]).sum();
        ln_total += f64::from(ends.max(f32::MIN_POSITIVE).ln());

        let mut gold = 0.0f64;
        let mut step_gradient = [[0.0f32; LABELS]; LABELS];
        for at in (0..length).rev() {
            let wanted = sentence.labels[at].index();
            gold += f64::from(scores[at][wanted]);
            let joint: [f32; LABELS] = std::array::from_fn(|it| forward[at][it] * behind[it]);
            let sum: f32 = joint.iter().sum::<f32>().max(f32::MIN_POSITIVE);
            let mut gradient = joint.map(|it| -it / sum);
            gradient[wanted] += 1.0;
            if at > 0 {
                let from_wanted = sentence.labels[at - 1].index();
                gold += f64::from(self.steps[from_wanted][wanted]);
                let mut pairs = [[0.0f32; LABELS]; LABELS];
                let mut total = 0.0f32;
                let mut next = [0.0f32; LABELS];
                let coming: [f32; LABELS] = std::array::from_fn(|to| shares[at][to] * behind[to]);
                for from in 0..LABELS {
                    for to in 0..LABELS {
                        let weight = steps[from][to] * coming[to];
                        next[from] += weight;
                        pairs[from][to] = forward[at - 1][from] * weight;
                        total += pairs[from][to];
                    }
                }
                let total = total.max(f32::MIN_POSITIVE);
                for from in 0..LABELS {
                    for to in 0..LABELS {
                        step_gradient[from][to] -= pairs[from][to] / total;
                    }
                }
                step_gradient[from_wanted][wanted] += 1.0;
                let most = next.iter().copied().fold(f32::MIN_POSITIVE, f32::max);
                behind = next.map(|it| it / most);
            }
            self.step(&sentence.features[at], taken[at], &gradient, rate);
        }
        for from in 0..LABELS {
            for to in 0..LABELS {
                let it = step_gradient[from][to];
                self.step_squares[from][to] += it * it;
                self.steps[from][to] += rate * it / (1.0 + self.step_squares[from][to]).sqrt();
            }
        }
        ln_total - gold
    }

    /// Moves the rows of a character's features along the gradient.
    fn step(&mut self, features: &[u32], taken: u64, gradient: &[f32; LABELS], rate: f32) {
        let square = gradient.iter().map(|it| it * it).sum::<f32>();
        if square < 1e-4 {
            return;
        }
        for (slot, &row) in features.iter().enumerate() {
            if taken >> slot & 1 == 0 || self.frozen[row as usize] {
                continue;
            }
            let row = &mut self.rows[row as usize];
            row[LANES - 1] += square;
            let rate = rate / (0.3 + row[LANES - 1]).sqrt();
            for (weight, gradient) in row.iter_mut().zip(gradient) {
                *weight += rate * gradient;
            }
        }
    }

    /// The likeliest labels of a text with those features (Viterbi).
    #[allow(dead_code, reason = "the tagger reads packed weights")]
    pub(crate) fn labels<const SLOTS: usize>(&self, features: &[[u32; SLOTS]]) -> Vec<Label> {
        const NEVER: f32 = f32::MIN / 2.0;
        let mut before = [NEVER; LABELS];
        let mut back: Vec<[usize; LABELS]> = Vec::with_capacity(features.len());
        for (at, features) in features.iter().enumerate() {
            let mut sums = [0.0f32; LANES];
            for &row in features.iter().filter(|it| **it != NONE) {
                for (sum, weight) in sums[..LABELS].iter_mut().zip(&self.rows[row as usize]) {
                    *sum += weight * (100 - self.dropped) as f32 / 100.0;
                }
            }
            let mut here = [NEVER; LABELS];
            let mut from_where = [0; LABELS];
            for to in 0..LABELS {
                if at == 0 {
                    here[to] = if Label::at(to).goes_on() { NEVER } else { sums[to] };
                    continue;
                }
                for from in (0..LABELS).filter(|it| Label::at(*it).may_precede(Label::at(to))) {
                    let sum = before[from] + self.steps[from][to] + sums[to];
                    if here[to] < sum {
                        (here[to], from_where[to]) = (sum, from);
                    }
                }
            }
            before = here;
            back.push(from_where);
        }
        let closed = (0..LABELS).filter(|it| !Label::at(*it).is_open());
        let mut label = closed.max_by(|a, b| before[*a].total_cmp(&before[*b])).unwrap_or(0);
        let mut labels = vec![Label::OUTSIDE; features.len()];
        for at in (0..features.len()).rev() {
            labels[at] = Label::at(label);
            label = back[at][label];
        }
        labels
    }
}

/// The features that occur at least `least` times, sorted, with how often.
pub(crate) fn counted<'a, const SLOTS: usize>(
    texts: impl Iterator<Item = (&'a [[u32; SLOTS]], u32)>,
    least: u32,
) -> (Vec<u32>, Vec<u32>) {
    let mut counts: HashMap<u32, u32, Same> = HashMap::default();
    for (features, times) in texts {
        for hash in features.as_flattened() {
            *counts.entry(*hash).or_default() += times;
        }
    }
    let mut hashes: Vec<u32> = counts.iter().filter(|it| *it.1 >= least).map(|it| *it.0).collect();
    hashes.sort_unstable();
    println!("{} features, {} of them learnt", counts.len(), hashes.len());
    let occurrences = hashes.iter().map(|it| counts[it]).collect();
    (hashes, occurrences)
}

/// The row of each feature.
pub(crate) fn numbers(hashes: &[u32]) -> HashMap<u32, u32, Same> {
    hashes.iter().enumerate().map(|(number, hash)| (*hash, number as u32)).collect()
}

/// A hasher for what is a hash already.
#[derive(Clone, Default)]
pub(crate) struct Same;

impl std::hash::BuildHasher for Same {
    type Hasher = Itself;
    fn build_hasher(&self) -> Itself {
        Itself(0)
    }
}

pub(crate) struct Itself(u64);

impl std::hash::Hasher for Itself {
    fn finish(&self) -> u64 {
        self.0
    }
    fn write(&mut self, _: &[u8]) {}
    fn write_u32(&mut self, it: u32) {
        self.0 = u64::from(it).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    }
}

/// Random numbers (xorshift), the same in each run.
pub(crate) struct Random(u64);

impl Random {
    /// From the start.
    pub(crate) fn new() -> Random {
        Random(0x2545_f491_4f6c_dd1d)
    }

    fn next(&mut self) -> u32 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 32) as u32
    }

    pub(crate) fn shuffle(&mut self, order: &mut [usize]) {
        for at in (1..order.len()).rev() {
            order.swap(at, self.next() as usize % (at + 1));
        }
    }
}
