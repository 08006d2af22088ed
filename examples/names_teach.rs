//! Corrects the names that a machine has given to sentences, by what is learnt from gold that was labelled beside it.
//!
//!     cargo run --release --example names_teach -- GOLD.jsonl… [--exam GOLD.jsonl…] [--silver SILVER.jsonl… -o CORRECTED.jsonl]
//!
//! Gold has the machine's labels as `l` beside its own, `e`; silver has the machine's alone. A conditional random
//! field (`common/field.rs`) sees what the tagger sees and beside it what the machine says of the character and its
//! neighbours, of the name as a whole, and each together with what stands there. Larger than the tagger and slow, it
//! teaches the tagger: `names_train` learns from what it writes. `--exam`: files to score, the machine and the
//! correction, nothing is learnt from them.

#[path = "common/field.rs"]
mod field;
#[path = "common/labelled.rs"]
mod labelled;

use std::collections::HashMap;
use std::fs;
use std::io::Write;

use field::{Field, NONE, Random, Same, Sentence};
use jiaodui::entity;
use jiaodui::entity::features::{SLOTS, Slots};
use jiaodui::entity::label;
use jiaodui::lexicon::Lexicon;
use labelled::{Labelled, Name};
use serde_json::json;

/// A feature is learnt when it occurs that often.
const LEAST: u32 = 2;
/// Features of a hundred that are left out at random: half of them, for gold is little and features are many.
const DROPPED: u32 = 50;
/// The first step size of a weight.
const STEP: f32 = 0.25;
/// Features of the tagger that the machine's label goes together with.
const TOGETHER: [usize; 14] = [0, 1, 3, 4, 5, 6, 7, 8, 9, 10, 12, 13, 14, 32];
/// Features of what the machine says.
const SAID: usize = 11;
/// All features of a character.
const ALL: usize = SLOTS + TOGETHER.len() + SAID;

fn main() {
    let (mut gold, mut exams, mut silver, mut out) = (Vec::new(), Vec::new(), Vec::new(), None);
    let (mut epochs, mut into) = (6, 0);
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--exam" => into = 1,
            "--silver" => into = 2,
            "--epochs" => epochs = arguments.next().and_then(|it| it.parse().ok()).expect("a number"),
            "-o" => out = arguments.next(),
            _ => [&mut gold, &mut exams, &mut silver][into].push(argument),
        }
    }
    let texts: Vec<Labelled> = gold.iter().flat_map(|it| labelled::read(it)).collect();
    let hashed: Vec<Vec<[u32; ALL]>> = texts.iter().map(|it| features(it, &it.others)).collect();
    let (hashes, _) = field::counted(hashed.iter().map(|it| (&it[..], 1)), LEAST);
    let numbers = field::numbers(&hashes);
    let sentences: Vec<Sentence<ALL>> = texts
        .iter()
        .zip(hashed)
        .map(|(it, hashed)| {
            let labels = label::labels(hashed.len(), &it.names);
            Sentence { features: numbered(hashed, &numbers), labels }
        })
        .collect();
    let mut field = Field::new(hashes.len(), DROPPED);
    let mut random = Random::new();
    let mut order: Vec<usize> = (0..sentences.len()).collect();
    let characters: usize = sentences.iter().map(|it| it.labels.len()).sum();
    println!("{} sentences, {characters} characters", sentences.len());
    for epoch in 0..epochs {
        random.shuffle(&mut order);
        let rate = STEP / (1.0 + 0.35 * epoch as f32);
        let loss: f64 = order.iter().map(|it| field.learn(&sentences[*it], rate, &mut random)).sum();
        println!("epoch {}: loss a character {:.4}", epoch + 1, loss / characters as f64);
    }
    let corrected = |it: &Labelled, others: &[Name]| -> Vec<Name> {
        label::names(&field.labels(&numbered(features(it, others), &numbers)))
    };
    for file in exams {
        let mut tallies = [[0usize; 3]; 2];
        for it in labelled::read(&file) {
            let machine: Vec<Name> = it.others.iter().filter(|it| it.2 < 3).copied().collect();
            for (tally, found) in tallies.iter_mut().zip([machine, corrected(&it, &it.others)]) {
                let hits = found.iter().filter(|name| it.names.contains(name)).count();
                for (sum, more) in tally.iter_mut().zip([hits, found.len(), it.names.len()]) {
                    *sum += more;
                }
            }
        }
        for (who, [hits, found, wanted]) in ["machine", "corrected"].iter().zip(tallies) {
            let share = |of: usize| 100.0 * hits as f64 / of.max(1) as f64;
            let f = 200.0 * hits as f64 / (found + wanted).max(1) as f64;
            println!("{file}: {who:9} {:.1} / {:.1} / {f:.1} ({wanted})", share(found), share(wanted));
        }
    }
    let Some(out) = out else { return };
    let mut written = std::io::BufWriter::new(fs::File::create(&out).expect("a file to write"));
    for it in silver.iter().flat_map(|it| labelled::read(it)) {
        let names = corrected(&it, &it.others);
        let kind = |it: &Name| ["PER", "LOC", "ORG"][it.2];
        let names: Vec<_> = names.iter().map(|it| json!([it.0, it.1, kind(it)])).collect();
        let line = json!({"t": it.text, "e": names, "s": it.source});
        writeln!(written, "{line}").expect("the file is written");
    }
}

/// The features with the rows that `numbers` gives them.
fn numbered(mut features: Vec<[u32; ALL]>, numbers: &HashMap<u32, u32, Same>) -> Vec<[u32; ALL]> {
    for hash in features.as_flattened_mut() {
        *hash = numbers.get(hash).copied().unwrap_or(NONE);
    }
    features
}

/// The features of each character of a text where a machine says that there are `others`.
fn features(labelled: &Labelled, others: &[Name]) -> Vec<[u32; ALL]> {
    let text = &labelled.text;
    let mut seen: Vec<Slots> = Vec::with_capacity(text.len() / 3 + 1);
    let expressions = jiaodui::expression::expressions(text);
    entity::features(text, &expressions, Lexicon::shared(), |slots| seen.push(*slots));
    let chars: Vec<u32> = text.chars().map(u32::from).collect();
    let char =
        |at: usize, by: isize| at.checked_add_signed(by).and_then(|it| chars.get(it)).copied().unwrap_or(0);
    // What the machine says of each character, and in which of its names each stands.
    let mut said = vec![0; chars.len()];
    let mut within: Vec<Option<&Name>> = vec![None; chars.len()];
    for name in others {
        for at in name.0..name.1.min(chars.len()) {
            said[at] = 1 + 4 * name.2 as u32 + u32::from(at == name.0) + 2 * u32::from(at + 1 == name.1);
            within[at] = Some(name);
        }
    }
    let says =
        |at: usize, by: isize| at.checked_add_signed(by).and_then(|it| said.get(it)).copied().unwrap_or(99);
    let name_hash =
        |name: &Name| chars[name.0..name.1.min(chars.len())].iter().fold(7u32, |sum, it| mixed(&[sum, *it]));
    let mut all = Vec::with_capacity(chars.len());
    for (at, slots) in seen.iter().enumerate() {
        let here = says(at, 0);
        let around = [says(at, -1), here, says(at, 1)];
        let (first, last, length, hash) =
            within[at].map_or((at, at, 0, 0), |it| (it.0, it.1 - 1, (it.1 - it.0) as u32, name_hash(it)));
        let last = last.min(chars.len() - 1);
        let facts: [[u32; 6]; SAID] = [
            [around[0], here, around[2], 0, 0, 0],
            [says(at, -2), around[0], here, around[2], says(at, 2), 0],
            [here, char(at, 0), 0, 0, 0, 0],
            [here, char(at, -1), char(at, 0), char(at, 1), 0, 0],
            [here, hash, 0, 0, 0, 0],
            [here, length, chars[last], 0, 0, 0],
            [here, length, chars[first], 0, 0, 0],
            [here, chars[last], char(last, 1), char(last, 2), 0, 0],
            [here, char(first, -1), char(first, -2), 0, 0, 0],
            [here, says(last, 1), char(last, 1), length, 0, 0],
            [here, says(first, -1), char(first, -1), length, 0, 0],
        ];
        let mut features = [0; ALL];
        features[..SLOTS].copy_from_slice(slots);
        for (index, slot) in TOGETHER.iter().enumerate() {
            features[SLOTS + index] = mixed(&[100 + index as u32, slots[*slot], around[0], here, around[2]]);
        }
        for (index, fact) in facts.iter().enumerate() {
            let [a, b, c, d, e, f] = *fact;
            features[SLOTS + TOGETHER.len() + index] = mixed(&[200 + index as u32, a, b, c, d, e, f]);
        }
        all.push(features);
    }
    all
}

/// A hash of `values`.
fn mixed(values: &[u32]) -> u32 {
    let hash = values.iter().fold(0x9e37_79b9_7f4a_7c15u64, |hash, it| {
        let it = (hash ^ u64::from(*it)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        it ^ it >> 29
    });
    (hash >> 32) as u32
}
