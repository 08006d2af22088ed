//! Learns the weights of the tagger of names.
//!
//!     cargo run --release --example names_train -- SILVER.jsonl… [--gold GOLD…] [--times N] [--rows N] [--epochs N] -o src/entity
//!
//! A conditional random field over the labels of characters (`common/field.rs`). Then the rows that weigh most, the
//! often seen more, are kept, learnt once more, and packed as bytes. Gold is seen `--times` an epoch, and goes before
//! silver where both have a sentence. Every fiftieth silver sentence is left out (`names_score` reads those).

#[path = "common/field.rs"]
mod field;
#[path = "common/labelled.rs"]
mod labelled;

use std::collections::HashSet;
use std::fs;

use field::{Field, NONE, Random, Sentence};
use jiaodui::entity;
use jiaodui::entity::features::SLOTS;
use jiaodui::entity::label::{self, LABELS};
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

struct Options {
    silver: Vec<String>,
    gold: Vec<String>,
    rows: usize,
    epochs: usize,
    /// How often a gold sentence is seen in an epoch.
    times: usize,
    out: String,
}

fn main() {
    let options = options();
    let lexicon = Lexicon::shared();
    let mut texts: Vec<(Labelled, usize)> = Vec::new();
    for file in &options.gold {
        texts.extend(labelled::read(file).into_iter().map(|it| (it, options.times)));
    }
    let by_hand: HashSet<String> = texts.iter().map(|it| it.0.text.clone()).collect();
    for file in &options.silver {
        let read = labelled::read(file).into_iter().enumerate();
        let kept = read.filter(|(index, _)| index % 50 != 0);
        texts.extend(kept.map(|it| (it.1, 1)).filter(|it| !by_hand.contains(&it.0.text)));
    }
    let characters: usize = texts.iter().map(|it| it.1 * it.0.text.chars().count()).sum();
    println!("{} sentences, {} of them gold; {characters} characters an epoch", texts.len(), by_hand.len());

    // Features by hash, counted; then those that are learnt, numbered.
    let mut hashed: Vec<Vec<[u32; SLOTS]>> = Vec::with_capacity(texts.len());
    for (labelled, _) in &texts {
        let mut features = Vec::with_capacity(labelled.text.len() / 3 + 1);
        let expressions = jiaodui::expression::expressions(&labelled.text);
        entity::features(&labelled.text, &expressions, lexicon, |slots| features.push(*slots));
        hashed.push(features);
    }
    let all = hashed.iter().zip(&texts).map(|(features, it)| (&features[..], it.1 as u32));
    let (hashes, occurrences) = field::counted(all, LEAST);
    let numbers = field::numbers(&hashes);
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

    let mut field = Field::new(hashes.len(), DROPPED);
    let mut random = Random::new();
    for epoch in 0..options.epochs {
        random.shuffle(&mut order);
        let rate = STEP / (1.0 + 0.35 * epoch as f32);
        let loss: f64 = order.iter().map(|it| field.learn(&sentences[*it], rate, &mut random)).sum();
        println!("epoch {}: loss a character {:.4}", epoch + 1, loss / characters as f64);
    }
    // What weighs most is kept, and learnt once more without the rest.
    let weight = |row: u32| {
        let squares = field.rows[row as usize][..LABELS].iter().map(|it| it * it).sum::<f32>();
        squares * (occurrences[row as usize] as f32).sqrt()
    };
    let mut ranked: Vec<u32> = (0..hashes.len() as u32).collect();
    ranked.sort_by(|a, b| weight(*b).total_cmp(&weight(*a)));
    ranked.iter().skip(options.rows).for_each(|it| field.freeze(*it));
    random.shuffle(&mut order);
    let loss: f64 = order.iter().map(|it| field.learn(&sentences[*it], STEP / 3.0, &mut random)).sum();
    println!("{} rows: loss a character {:.4}", options.rows.min(ranked.len()), loss / characters as f64);
    let mut kept: Vec<u32> = ranked.into_iter().take(options.rows).collect();
    kept.sort_unstable();
    let packed = compress_to_vec_zlib(&packed(&field, &kept, &hashes), 10);
    println!("{} bytes", packed.len());
    let path = format!("{}/names.bin", options.out);
    fs::write(&path, packed).unwrap_or_else(|error| panic!("{path}: {error}"));
}

/// The rows `kept` as bytes, in the format of `table.rs`.
fn packed(field: &Field, kept: &[u32], hashes: &[u32]) -> Vec<u8> {
    // The scale at which a five-hundredth of the weights is cut off.
    let mut sizes: Vec<f32> =
        kept.iter().flat_map(|it| field.rows[*it as usize][..LABELS].iter().map(|it| it.abs())).collect();
    sizes.sort_by(f32::total_cmp);
    let most = sizes.get(sizes.len() * 998 / 1000).copied().unwrap_or(1.0);
    let scale = f32::from(*RANGE.end()) / most;
    println!("scale {scale:.1}");
    let byte =
        |it: f32, least: i8, most: i8| (it.round().clamp(least.into(), most.into()) as i8).to_le_bytes()[0];
    let mut packed = (kept.len() as u32).to_le_bytes().to_vec();
    packed.extend(field.steps.iter().flatten().map(|it| byte(it * scale * FINER as f32, i8::MIN, i8::MAX)));
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
        let weights = kept.iter().map(|it| field.rows[*it as usize][label] * scale);
        packed.extend(weights.map(|it| byte(it, *RANGE.start(), *RANGE.end())));
    }
    packed
}

fn options() -> Options {
    let mut options = Options {
        silver: Vec::new(),
        gold: Vec::new(),
        rows: 450_000,
        epochs: 2,
        times: 4,
        out: "src/entity".into(),
    };
    let mut arguments = std::env::args().skip(1);
    let number = |it: Option<String>| it.and_then(|it| it.parse().ok()).expect("a number");
    let mut gold = false;
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--rows" => options.rows = number(arguments.next()),
            "--times" => options.times = number(arguments.next()),
            "--epochs" => options.epochs = number(arguments.next()),
            "-o" => options.out = arguments.next().expect("a folder"),
            "--gold" => gold = true,
            _ if gold => options.gold.push(argument),
            _ => options.silver.push(argument),
        }
    }
    assert!(!options.silver.is_empty() || !options.gold.is_empty(), "no labelled files");
    options
}
