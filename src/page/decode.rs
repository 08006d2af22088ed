//! From the scores of single boundaries to the best reading of the page, and how sure it is.

use super::boundary::BoundaryKind;
use super::model::{GRAMMAR, Model, N, READINGS, Row};

/// Sums over all readings of a page.
#[derive(Clone, Debug, Default)]
pub struct Sums {
    /// Logarithm of the sum over all readings.
    pub log: f64,
    /// For each boundary the share of each reading, after a join and after a break.
    pub shares: Vec<[Row; 2]>,
    /// For each pair of readings, how often one is expected to follow the other.
    pub next: Vec<Row>,
    /// Expected changes of order.
    pub turns: f32,
    /// Share of each state at the last boundary.
    pub last: Vec<f32>,
}

/// Scores this far below the best reading of a boundary are as good as none.
const FAINT: f32 = -80.0;

/// No grammar has more states.
const MOST: usize = 64;

/// A set of states, one bit each.
pub type States = u64;

fn is_break(state: usize) -> usize {
    usize::from(READINGS[GRAMMAR.states[state].reading].kind != BoundaryKind::Join)
}

/// Weights of the step from one state to another, as factors.
struct Steps<T> {
    /// For each state its successors and the factor.
    next: Vec<Vec<(usize, T)>>,
    first: Vec<T>,
    last: Vec<T>,
}

impl<T> Steps<T> {
    fn of(model: &Model, turn: impl Fn(f32) -> T) -> Steps<T> {
        let grammar = &*GRAMMAR;
        let reading = |it: usize| grammar.states[it].reading;
        Steps {
            next: (0..grammar.states.len())
                .map(|from| {
                    let weight = |it: &(usize, bool)| {
                        let turned = if it.1 { model.turn } else { 0.0 };
                        (it.0, turn(model.next[reading(from)][reading(it.0)] + turned))
                    };
                    grammar.next[from].iter().map(weight).collect()
                })
                .collect(),
            first: (0..grammar.states.len()).map(|it| turn(model.first[reading(it)])).collect(),
            last: model.last.iter().map(|it| turn(*it)).collect(),
        }
    }
}

/// Sums over all readings by the forward–backward recursion. `allowed` limits the states of each boundary, for
/// training on labels; an empty slice limits nothing. None when the limits leave no reading at all.
/// O(boundaries × steps), about 250 steps.
pub fn sums(model: &Model, scores: &[[Row; 2]], allowed: &[States]) -> Option<Sums> {
    let grammar = &*GRAMMAR;
    let n_states = grammar.states.len();
    let n = scores.len();
    if n == 0 {
        return None;
    }
    let steps = Steps::of(model, |it| f64::from(it).exp());
    let breaks: Vec<usize> = (0..n_states).map(is_break).collect();
    let mut log = 0.0f64;
    let factors: Vec<[[f64; N]; 2]> = scores
        .iter()
        .map(|rows| {
            let most = rows.iter().flatten().fold(f32::MIN, |most, it| most.max(*it));
            log += f64::from(most);
            rows.map(|row| row.map(|it| f64::from((it - most).max(FAINT).exp())))
        })
        .collect();
    let may = |at: usize, state: usize| allowed.get(at).is_none_or(|it| it >> state & 1 == 1);
    let factor = |at: usize, before: usize, state: usize| {
        if may(at, state) { factors[at][before][grammar.states[state].reading] } else { 0.0 }
    };

    let mut forward = vec![0.0f64; n * n_states];
    let mut scales = vec![0.0f64; n];
    for at in 0..n {
        let (done, row) = forward.split_at_mut(at * n_states);
        let row = &mut row[..n_states];
        if at == 0 {
            for (state, it) in row.iter_mut().enumerate() {
                *it = steps.first[state] * factor(0, 1, state);
            }
        } else {
            let mut reached = [[0.0f64; MOST]; 2];
            for (from, mass) in done[(at - 1) * n_states..].iter().enumerate() {
                if *mass > 0.0 {
                    let reached = &mut reached[breaks[from]];
                    for (to, weight) in &steps.next[from] {
                        reached[*to] += mass * weight;
                    }
                }
            }
            for (state, it) in row.iter_mut().enumerate() {
                *it = reached[0][state] * factor(at, 0, state) + reached[1][state] * factor(at, 1, state);
            }
        }
        if at + 1 == n {
            row.iter_mut().zip(&steps.last).for_each(|it| *it.0 *= it.1);
        }
        let sum: f64 = row.iter().sum();
        if sum <= 0.0 || !sum.is_finite() {
            return None;
        }
        row.iter_mut().for_each(|it| *it /= sum);
        scales[at] = sum;
        log += sum.ln();
    }

    let mut sums = Sums { log, shares: vec![[[0.0; N]; 2]; n], next: vec![[0.0; N]; N], ..Sums::default() };
    sums.last = forward[(n - 1) * n_states..].iter().map(|it| *it as f32).collect();
    // `backward[s]`: the rest of the page after state `s`, in units of the scales.
    let mut backward = [1.0f64; MOST];
    for at in (0..n).rev() {
        let row = &forward[at * n_states..(at + 1) * n_states];
        if at == 0 {
            for state in 0..n_states {
                sums.shares[0][1][grammar.states[state].reading] += (row[state] * backward[state]) as f32;
            }
            break;
        }
        let before = &forward[(at - 1) * n_states..at * n_states];
        let mut rest = [[0.0f64; MOST]; 2];
        for (state, backward) in backward[..n_states].iter().enumerate() {
            let end = if at + 1 == n { steps.last[state] } else { 1.0 };
            for (broken, rest) in rest.iter_mut().enumerate() {
                rest[state] = factor(at, broken, state) * end * backward / scales[at];
            }
        }
        let mut earlier = [0.0f64; MOST];
        for from in 0..n_states {
            let broken = breaks[from];
            let reading = grammar.states[from].reading;
            for ((to, weight), (_, turned)) in steps.next[from].iter().zip(&grammar.next[from]) {
                let flow = weight * rest[broken][*to];
                earlier[from] += flow;
                let share = (before[from] * flow) as f32;
                let after = grammar.states[*to].reading;
                sums.shares[at][broken][after] += share;
                sums.next[reading][after] += share;
                if *turned {
                    sums.turns += share;
                }
            }
        }
        backward = earlier;
    }
    Some(sums)
}

/// The best reading of each boundary (a state), by the Viterbi recursion. O(boundaries × steps).
pub fn best(model: &Model, scores: &[[Row; 2]]) -> Vec<usize> {
    let grammar = &*GRAMMAR;
    let n_states = grammar.states.len();
    let steps = Steps::of(model, |it| it);
    let breaks: Vec<usize> = (0..n_states).map(is_break).collect();
    let Some(first) = scores.first() else { return Vec::new() };
    let mut row: Vec<f32> =
        (0..n_states).map(|it| steps.first[it] + first[1][grammar.states[it].reading]).collect();
    let mut from = vec![0u8; scores.len() * n_states];
    for (at, scores) in scores.iter().enumerate().skip(1) {
        let mut next = vec![f32::MIN; n_states];
        for (state, score) in row.iter().enumerate() {
            let broken = breaks[state];
            for (to, weight) in &steps.next[state] {
                let total = score + weight + scores[broken][grammar.states[*to].reading];
                if total > next[*to] {
                    next[*to] = total;
                    from[at * n_states + to] = state as u8;
                }
            }
        }
        row = next;
    }
    row.iter_mut().zip(&steps.last).for_each(|it| *it.0 += it.1);
    let mut state = (0..n_states).max_by(|a, b| row[*a].total_cmp(&row[*b])).unwrap_or(0);
    let mut path = vec![state];
    for at in (1..scores.len()).rev() {
        state = usize::from(from[at * n_states + state]);
        path.push(state);
    }
    path.reverse();
    path
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_of_a_boundary_add_up_to_one() {
        let mut model = Model::default();
        model.next[0][4] = 1.0;
        model.turn = -2.0;
        let mut scores = vec![[[0.0; N]; 2]; 5];
        scores[2][0][4] = 3.0;
        scores[2][1][15] = 2.0;
        let sums = sums(&model, &scores, &[]).unwrap();
        for shares in &sums.shares {
            let sum: f32 = shares.iter().flatten().sum();
            assert!((sum - 1.0).abs() < 1e-3, "{sum}");
        }
        assert_eq!(best(&model, &scores).len(), 5);
    }

    #[test]
    fn limits_that_allow_nothing_leave_no_reading() {
        let model = Model::default();
        assert!(sums(&model, &[[[0.0; N]; 2]], &[0]).is_none());
        assert!(sums(&model, &[], &[]).is_none());
    }
}
