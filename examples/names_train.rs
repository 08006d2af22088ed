//! Learns the weights of the tagger of names.
//!
//!     cargo run --release --example names_train -- GOLD.iob2… SILVER.jsonl… [--rows N] [--epochs N] [--gold N] -o src/entity
//!
//! A conditional random field over the labels of characters: stochastic gradient on the log-likelihood, one step size
//! a feature (AdaGrad by rows), every seventh feature left out at random so that no single fact is leant on. Then the
//! rows that weigh most, the often seen more, are kept, learnt once more, and packed as bytes. Gold is seen several times an epoch. Every
//! fiftieth silver sentence is left out (`names_score` reads those).
#![allow(clippy::needless_range_loop, reason = "from and to, as the formulas have them")]

#[path = "common/labelled.rs"]
mod labelled;

use std::collections::HashMap;
use std::fs;

use jiaodui::entity;
use jiaodui::entity::features::SLOTS;
use jiaodui::entity::label::{self, LABELS, Label};
use jiaodui::entity::table::RANGE;
use jiaodui::entity::tagger::FINER;
use jiaodui::lexicon::Lexicon;
use labelled::Labelled;
use miniz_oxide::deflate::compress_to_vec_zlib;

/// A feature is learnt when it occurs that often.
const LEAST: u32 = 3;
/// Features of a hundred that are left out at random.
const DROPPED: u32 = 14;
/// The first step size of a weight.
const STEP: f32 = 0.25;
/// Weights of a row, and behind them the sum of its squared gradients.
const LANES: usize = 16;
/// No feature.
const NONE: u32 = u32::MAX;

type Row = [f32; LANES];

struct Sentence {
    /// The rows of each character's features.
    features: Vec<[u32; SLOTS]>,
    labels: Vec<Label>,
}

struct Options {
    files: Vec<String>,
    rows: usize,
    epochs: usize,
    /// How often a gold sentence is seen in an epoch.
    gold: usize,
    out: String,
}

fn main() {
    let options = options();
    let lexicon = Lexicon::shared();
    let mut texts: Vec<(Labelled, usize)> = Vec::new();
    for file in &options.files {
        let gold = file.ends_with(".iob2");
        let read = labelled::read(file);
        let kept = read.into_iter().enumerate().filter(|(index, _)| gold || index % 50 != 0);
        texts.extend(kept.map(|it| (it.1, if gold { options.gold } else { 1 })));
    }
    let characters: usize = texts.iter().map(|it| it.0.text.chars().count()).sum();
    println!("{} sentences, {characters} characters", texts.len());

    // Features by hash, counted; then those that are learnt, numbered.
    let mut counts: HashMap<u32, u32, Same> = HashMap::default();
    let mut hashed: Vec<Vec<[u32; SLOTS]>> = Vec::with_capacity(texts.len());
    for (labelled, times) in &texts {
        let mut features = Vec::with_capacity(labelled.text.len() / 3 + 1);
        let expressions = jiaodui::expression::expressions(&labelled.text);
        entity::features(&labelled.text, &expressions, lexicon, |slots| features.push(*slots));
        for hash in features.iter().flatten() {
            *counts.entry(*hash).or_default() += *times as u32;
        }
        hashed.push(features);
    }
    let mut hashes: Vec<u32> = counts.iter().filter(|it| *it.1 >= LEAST).map(|it| *it.0).collect();
    hashes.sort_unstable();
    println!("{} features, {} of them learnt", counts.len(), hashes.len());
    let occurrences: Vec<u32> = hashes.iter().map(|it| counts[it]).collect();
    drop(counts);
    let numbers: HashMap<u32, u32, Same> =
        hashes.iter().enumerate().map(|(number, hash)| (*hash, number as u32)).collect();
    let mut sentences = Vec::new();
    let mut order = Vec::new();
    for ((labelled, times), mut features) in texts.into_iter().zip(hashed) {
        for hash in features.iter_mut().flatten() {
            *hash = numbers.get(hash).copied().unwrap_or(NONE);
        }
        let labels = label::labels(features.len(), &labelled.names);
        order.extend(std::iter::repeat_n(sentences.len(), times));
        sentences.push(Sentence { features, labels });
    }
    drop(numbers);

    let mut model = Model::new(hashes.len());
    let mut random = Random(0x2545_f491_4f6c_dd1d);
    for epoch in 0..options.epochs {
        random.shuffle(&mut order);
        let rate = STEP / (1.0 + 0.35 * epoch as f32);
        let loss: f64 = order.iter().map(|it| model.learn(&sentences[*it], rate, &mut random)).sum();
        println!("epoch {}: loss a character {:.4}", epoch + 1, loss / characters as f64);
    }
    // What weighs most is kept, and learnt once more without the rest.
    let weight = |row: u32| {
        let squares = model.rows[row as usize][..LABELS].iter().map(|it| it * it).sum::<f32>();
        squares * (occurrences[row as usize] as f32).sqrt()
    };
    let mut ranked: Vec<u32> = (0..hashes.len() as u32).collect();
    ranked.sort_by(|a, b| weight(*b).total_cmp(&weight(*a)));
    for dropped in ranked.iter().skip(options.rows) {
        model.rows[*dropped as usize] = [0.0; LANES];
        model.frozen[*dropped as usize] = true;
    }
    random.shuffle(&mut order);
    let loss: f64 = order.iter().map(|it| model.learn(&sentences[*it], STEP / 3.0, &mut random)).sum();
    println!("{} rows: loss a character {:.4}", options.rows.min(ranked.len()), loss / characters as f64);
    let kept: Vec<u32> = {
        let mut kept: Vec<u32> = ranked.into_iter().take(options.rows).collect();
        kept.sort_unstable();
        kept
    };
    let packed = model.packed(&kept, &hashes);
    let packed = compress_to_vec_zlib(&packed, 10);
    println!("{} bytes", packed.len());
    let path = format!("{}/names.bin", options.out);
    fs::write(&path, packed).unwrap_or_else(|error| panic!("{path}: {error}"));
}

/// The weights while they are learnt.
struct Model {
    rows: Vec<Row>,
    frozen: Vec<bool>,
    steps: [[f32; LABELS]; LABELS],
    step_squares: [[f32; LABELS]; LABELS],
}

impl Model {
    fn new(rows: usize) -> Model {
        let steps = [[0.0; LABELS]; LABELS];
        Model { rows: vec![[0.0; LANES]; rows], frozen: vec![false; rows], steps, step_squares: steps }
    }

    /// One step on a sentence; its negative log-likelihood before.
    fn learn(&mut self, sentence: &Sentence, rate: f32, random: &mut Random) -> f64 {
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
                if row == NONE || random.next() % 100 < DROPPED {
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
            for to in 0..LABELS {
                let before = if at == 0 {
                    f32::from(!Label::at(to).goes_on())
                } else {
                    (0..LABELS).map(|from| forward[at - 1][from] * steps[from][to]).sum()
                };
                here[to] = before * share[to];
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
                for from in 0..LABELS {
                    for to in 0..LABELS {
                        let weight = steps[from][to] * shares[at][to] * behind[to];
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
    fn step(&mut self, features: &[u32; SLOTS], taken: u64, gradient: &[f32; LABELS], rate: f32) {
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

    /// The rows `kept` as bytes, in the format of `table.rs`.
    fn packed(&self, kept: &[u32], hashes: &[u32]) -> Vec<u8> {
        // The scale at which a five-hundredth of the weights is cut off.
        let mut sizes: Vec<f32> =
            kept.iter().flat_map(|it| self.rows[*it as usize][..LABELS].iter().map(|it| it.abs())).collect();
        sizes.sort_by(f32::total_cmp);
        let most = sizes.get(sizes.len() * 998 / 1000).copied().unwrap_or(1.0);
        let scale = f32::from(*RANGE.end()) / most;
        println!("scale {scale:.1}");
        let byte = |it: f32, least: i8, most: i8| {
            (it.round().clamp(least.into(), most.into()) as i8).to_le_bytes()[0]
        };
        let mut packed = (kept.len() as u32).to_le_bytes().to_vec();
        packed
            .extend(self.steps.iter().flatten().map(|it| byte(it * scale * FINER as f32, i8::MIN, i8::MAX)));
        let mut before = 0;
        for hash in kept.iter().map(|it| hashes[*it as usize]) {
            let mut difference = hash - before;
            before = hash;
            while difference >= 0x80 {
                packed.push(difference as u8 | 0x80);
                difference >>= 7;
            }
            packed.push(difference as u8);
        }
        for label in 0..LABELS {
            let weights = kept.iter().map(|it| self.rows[*it as usize][label] * scale);
            packed.extend(weights.map(|it| byte(it, *RANGE.start(), *RANGE.end())));
        }
        packed
    }
}

/// A hasher for what is a hash already.
#[derive(Clone, Default)]
struct Same;

impl std::hash::BuildHasher for Same {
    type Hasher = Itself;
    fn build_hasher(&self) -> Itself {
        Itself(0)
    }
}

struct Itself(u64);

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
struct Random(u64);

impl Random {
    fn next(&mut self) -> u32 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 32) as u32
    }

    fn shuffle(&mut self, order: &mut [usize]) {
        for at in (1..order.len()).rev() {
            order.swap(at, self.next() as usize % (at + 1));
        }
    }
}

fn options() -> Options {
    let mut options =
        Options { files: Vec::new(), rows: 300_000, epochs: 5, gold: 3, out: "src/entity".into() };
    let mut arguments = std::env::args().skip(1);
    let number = |it: Option<String>| it.and_then(|it| it.parse().ok()).expect("a number");
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--rows" => options.rows = number(arguments.next()),
            "--gold" => options.gold = number(arguments.next()),
            "--epochs" => options.epochs = number(arguments.next()),
            "-o" => options.out = arguments.next().expect("a folder"),
            _ => options.files.push(argument),
        }
    }
    assert!(!options.files.is_empty(), "no labelled files");
    options
}
