//! Learns the weights of the page tagger from labelled pages.
//!
//!     cargo run --release --example train -- PAGES.jsonl… --calibrate PAGES.jsonl [--bigrams CORPUS.jsonl] -o src/page
//!
//! A conditional random field over the readings of boundaries: stochastic gradient (AdaGrad) on the log-likelihood
//! of the labels; what the labels leave open (the order of headlines, unplaced lines) is summed over. The confidence is
//! calibrated on pages of other articles (`--calibrate`), or else on every tenth page, which is held out.

#[path = "common/knots.rs"]
mod knots;
#[path = "common/pages.rs"]
mod pages;
#[path = "common/variants.rs"]
mod variants;

use std::collections::HashMap;
use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::{BufRead, BufReader};

use jiaodui::lexicon::Lexicon;
use jiaodui::page::BoundaryKind;
use jiaodui::page::bigram::{Bigrams, LEVELS};
use jiaodui::page::decode::{self, States};
use jiaodui::page::features::{self, CERTAIN, MANNERS, SLOTS, Slots};
use jiaodui::page::model::{self, GRAMMAR, KINDS, Model, N, Part, READINGS, Row};
use pages::Labelled;

/// What the command line says.
struct Options {
    pages: Vec<String>,
    calibration: Vec<String>,
    bigrams: Option<String>,
    epochs: usize,
    rate: f32,
    decay: f32,
    rare: u32,
    out: String,
}

fn options() -> Options {
    let mut options = Options {
        pages: Vec::new(),
        calibration: Vec::new(),
        bigrams: None,
        epochs: 6,
        rate: 0.1,
        decay: 5e-3,
        rare: 16,
        out: "src/page".to_owned(),
    };
    let mut args = std::env::args().skip(1);
    while let Some(arg) = args.next() {
        let mut value = || args.next().unwrap_or_default();
        match arg.as_str() {
            "--calibrate" => options.calibration.push(value()),
            "--bigrams" => options.bigrams = Some(value()),
            "--epochs" => options.epochs = value().parse().unwrap_or(6),
            "--rate" => options.rate = value().parse().unwrap_or(0.1),
            "--decay" => options.decay = value().parse().unwrap_or(5e-3),
            "--rare" => options.rare = value().parse().unwrap_or(16),
            "-o" => options.out = value(),
            _ => options.pages.push(arg),
        }
    }
    options
}

/// A page ready to learn from: the features of its boundaries, and the states that its labels allow.
struct Lesson {
    /// The page that it is made of, whatever extracted it and however it was made over.
    source: u64,
    slots: Vec<Slots>,
    allowed: Vec<States>,
}

/// The states that a label and the roles on both sides allow.
fn allowed(label: &str, left: &str, right: &str) -> States {
    let kind = match label {
        "JOIN" | "BLANKJOIN" => BoundaryKind::Join,
        "PARA" => BoundaryKind::Paragraph,
        "HEAD" => BoundaryKind::Heading,
        "ARTICLE" => BoundaryKind::Article,
        _ => return States::MAX,
    };
    let part = |role: &str| match role {
        "HEADLINE" | "KICKER" | "SUBHEAD" => Some(Part::Title),
        "BYLINE" => Some(Part::Byline),
        "SECTION" => Some(Part::Section),
        "BODY" | "CONT" => Some(Part::Text),
        _ => None,
    };
    let states = |exact: bool| {
        GRAMMAR.states.iter().enumerate().fold(0, |set, (at, state)| {
            let reading = READINGS[state.reading];
            let fits = |part: Option<Part>, it: Part| !exact || part.is_none_or(|part| part == it);
            let ok =
                reading.kind == kind && fits(part(left), reading.left) && fits(part(right), reading.right);
            set | States::from(ok) << at
        })
    };
    match states(true) {
        0 => states(false),
        it => it,
    }
}

fn lesson(page: &Labelled, lexicon: &Lexicon, bigrams: &Bigrams) -> Lesson {
    let slots = features::slots(&page.lines, lexicon, bigrams);
    let allowed = (0..slots.len()).map(|k| {
        let join = page.labels[k].ends_with("JOIN");
        // Nothing can be learnt of what is certain otherwise.
        if slots[k].certain == Some(join) {
            return States::MAX;
        }
        allowed(&page.labels[k], &page.roles[k], &page.roles[k + 1])
    });
    // `pdf-11-31-mutool` and its variants are one page.
    let name = page.id.split('-').take(3).collect::<Vec<_>>();
    let mut hasher = DefaultHasher::new();
    name.hash(&mut hasher);
    Lesson { source: hasher.finish(), allowed: allowed.collect(), slots }
}

/// `row` without what is certain not to be.
fn certain(slots: &Slots, mut row: Row) -> Row {
    if let Some(apart) = slots.certain {
        let lost = |it: &(usize, &mut f32)| (READINGS[it.0].kind == BoundaryKind::Join) == apart;
        row.iter_mut().enumerate().filter(lost).for_each(|it| *it.1 -= CERTAIN);
    }
    row
}

/// Counts pairs of characters in every other article of a corpus, so that the other half stays unseen.
fn bigrams(path: &str) -> Bigrams {
    let mut singles: HashMap<char, f64> = HashMap::new();
    let mut pairs: HashMap<(char, char), f64> = HashMap::new();
    let mut n = 0.0;
    let file = fs::File::open(path).unwrap_or_else(|it| panic!("{path}: {it}"));
    for line in BufReader::new(file).lines().step_by(2) {
        let record: serde_json::Value = serde_json::from_str(&line.expect("a line")).expect("a record");
        for paragraph in record["paras"].as_array().into_iter().flatten() {
            let chars: Vec<char> =
                paragraph.as_str().unwrap_or("").chars().filter(|it| !it.is_whitespace()).collect();
            for c in &chars {
                *singles.entry(*c).or_default() += 1.0;
                n += 1.0;
            }
            for pair in chars.windows(2) {
                *pairs.entry((pair[0], pair[1])).or_default() += 1.0;
            }
        }
    }
    let han = |c: char| matches!(c, '\u{4E00}'..='\u{9FFF}');
    let table = pairs.iter().filter(|(pair, count)| han(pair.0) && han(pair.1) && **count > 3.0);
    let table = table.filter_map(|((a, b), count)| {
        let pmi = ((count + 0.3) * n / ((singles[a] + 30.0) * (singles[b] + 30.0))).ln();
        let level = [-1.0, 0.0, 1.5, 3.0, 4.5].iter().take_while(|it| pmi > **it).count();
        (pmi > -2.0).then_some((*a, *b, level.min(LEVELS as usize - 1) as u8))
    });
    Bigrams::of(table.collect())
}

/// Weights under training with the sums of their squared gradients.
struct Learner {
    model: Model,
    rows: Vec<Row>,
    squares: Vec<Row>,
    /// Of `next`, `first`, `last` and `turn`, in this order.
    steps: Vec<f32>,
    step_squares: Vec<f32>,
    rate: f32,
    decay: f32,
}

/// No weight of a slot grows larger, so that the 255 steps that it is kept in stay small.
const LARGEST: f32 = 3.0;

const FIRST: usize = N * N;
const LAST: usize = FIRST + N;

impl Learner {
    fn new(rate: f32, decay: f32) -> Learner {
        let n = LAST + GRAMMAR.states.len() + 1;
        Learner {
            model: Model::default(),
            rows: vec![[0.0; N]; SLOTS],
            squares: vec![[0.01; N]; SLOTS],
            steps: vec![0.0; n],
            step_squares: vec![0.01; n],
            rate,
            decay,
        }
    }

    fn scores(&self, lesson: &Lesson) -> Vec<[Row; 2]> {
        let sum = |slots: &[u32]| {
            slots.iter().fold([0.0; N], |mut sum: Row, slot| {
                sum.iter_mut().zip(&self.rows[*slot as usize]).for_each(|it| *it.0 += it.1);
                sum
            })
        };
        let score = |it: &Slots| {
            let any = sum(&it.any);
            [0, 1].map(|after| {
                let mut row = sum(&it.after[after]);
                row.iter_mut().zip(any).for_each(|it| *it.0 += it.1);
                certain(it, row)
            })
        };
        lesson.slots.iter().map(score).collect()
    }

    /// One step up the log-likelihood of a page; gives that likelihood.
    fn learn(&mut self, lesson: &Lesson) -> f64 {
        let scores = self.scores(lesson);
        let Some(free) = decode::sums(&self.model, &scores, &[]) else { return 0.0 };
        let Some(held) = decode::sums(&self.model, &scores, &lesson.allowed) else { return 0.0 };
        let (rate, decay) = (self.rate, self.decay);
        let update = |weight: &mut f32, square: &mut f32, gradient: f32| {
            let gradient = gradient - decay * *weight;
            *square += gradient * gradient;
            *weight += rate * gradient / square.sqrt();
        };
        for (k, slots) in lesson.slots.iter().enumerate() {
            let gradient = [0, 1].map(|after| {
                std::array::from_fn::<f32, N, _>(|it| held.shares[k][after][it] - free.shares[k][after][it])
            });
            let both: Row = std::array::from_fn(|it| gradient[0][it] + gradient[1][it]);
            if gradient.iter().flatten().all(|it| it.abs() < 1e-5) {
                continue;
            }
            for (slots, gradient) in
                [(&slots.any, &both), (&slots.after[0], &gradient[0]), (&slots.after[1], &gradient[1])]
            {
                for slot in slots {
                    let slot = *slot as usize;
                    let weights = self.rows[slot].iter_mut().zip(&mut self.squares[slot]);
                    for ((weight, square), step) in weights.zip(gradient).filter(|it| *it.1 != 0.0) {
                        update(weight, square, *step);
                        *weight = weight.clamp(-LARGEST, LARGEST);
                    }
                }
            }
        }
        let first = |sums: &decode::Sums, it: usize| sums.shares[0][1][it];
        let turn = self.steps.len() - 1;
        for at in 0..self.steps.len() {
            let gradient = match at {
                ..FIRST => held.next[at / N][at % N] - free.next[at / N][at % N],
                FIRST..LAST => first(&held, at - FIRST) - first(&free, at - FIRST),
                _ if at == turn => held.turns - free.turns,
                _ => held.last[at - LAST] - free.last[at - LAST],
            };
            update(&mut self.steps[at], &mut self.step_squares[at], gradient);
        }
        self.install();
        held.log - free.log
    }

    /// Puts the weights of steps into the model.
    fn install(&mut self) {
        for at in 0..FIRST {
            self.model.next[at / N][at % N] = self.steps[at];
        }
        self.model.first.copy_from_slice(&self.steps[FIRST..LAST]);
        let turn = self.steps.len() - 1;
        self.model.last.copy_from_slice(&self.steps[LAST..turn]);
        self.model.turn = self.steps[turn];
    }

    fn model(&self) -> Model {
        let mut model = self.model.clone();
        let kept = self.rows.iter().enumerate().filter(|it| it.1.iter().any(|it| it.abs() > 0.03));
        model.set_rows(&kept.map(|it| (it.0, *it.1)).collect::<Vec<_>>());
        model
    }
}

/// The average of the weights at the ends of the last epochs.
fn mean(models: &[(Vec<Row>, Vec<f32>)]) -> (Vec<Row>, Vec<f32>) {
    let share = 1.0 / models.len() as f32;
    let mut mean = models[0].clone();
    for (rows, steps) in &models[1..] {
        mean.0.iter_mut().flatten().zip(rows.iter().flatten()).for_each(|it| *it.0 += it.1);
        mean.1.iter_mut().zip(steps).for_each(|it| *it.0 += it.1);
    }
    mean.0.iter_mut().flatten().for_each(|it| *it *= share);
    mean.1.iter_mut().for_each(|it| *it *= share);
    mean
}

fn main() {
    let options = options();
    let lexicon = Lexicon::shared();
    let table = match &options.bigrams {
        Some(path) => {
            let table = bigrams(path);
            let bytes = table.to_bytes();
            eprintln!("bigrams: {} bytes", bytes.len());
            fs::write(format!("{}/bigrams.bin", options.out), bytes).expect("bigrams.bin");
            table
        }
        None => Bigrams::from_bytes(&fs::read(format!("{}/bigrams.bin", options.out)).unwrap_or_default()),
    };
    let mut lessons = Vec::new();
    let mut held_out = Vec::new();
    let mut n_lines = 0;
    for path in &options.pages {
        let pages = pages::load(path);
        let phrases = variants::phrases(&pages);
        for (at, page) in pages.into_iter().enumerate() {
            let page = variants::retitled(&page, &phrases, at);
            let out = options.calibration.is_empty() && at % 10 == 9;
            let to = if out { &mut held_out } else { &mut lessons };
            for variant in variants::of(&page, at) {
                to.push(lesson(&variant, lexicon, &table));
                n_lines += variant.lines.len();
            }
            to.push(lesson(&page, lexicon, &table));
            n_lines += page.lines.len();
        }
    }
    for path in &options.calibration {
        for (at, page) in pages::load(path).into_iter().enumerate() {
            for variant in variants::of(&page, at) {
                held_out.push(lesson(&variant, lexicon, &table));
            }
            held_out.push(lesson(&page, lexicon, &table));
        }
    }
    eprintln!("{} pages to learn from, {} held out, {n_lines} lines", lessons.len(), held_out.len());
    drop_rare(&mut lessons, &mut held_out, options.rare);

    let mut learner = Learner::new(options.rate, options.decay);
    let mut order: Vec<usize> = (0..lessons.len()).collect();
    let mut random = 0x2545_F491_4F6C_DD1Du64;
    let mut ends = Vec::new();
    for epoch in 0..options.epochs {
        for at in (1..order.len()).rev() {
            random ^= random << 13;
            random ^= random >> 7;
            random ^= random << 17;
            order.swap(at, (random % (at as u64 + 1)) as usize);
        }
        let sum: f64 = order.iter().map(|it| learner.learn(&lessons[*it])).sum();
        let out: f64 = held_out.iter().map(|it| likelihood(&learner, it)).sum();
        eprintln!(
            "epoch {epoch}: {:.3} a page learnt, {:.3} a page held out",
            sum / lessons.len() as f64,
            out / held_out.len().max(1) as f64
        );
        if 2 * epoch >= options.epochs {
            ends.push((learner.rows.clone(), learner.steps.clone()));
        }
    }
    if !ends.is_empty() {
        (learner.rows, learner.steps) = mean(&ends);
        learner.install();
    }
    let mut model = learner.model();
    model.calibration = calibration(&model, &held_out);
    let bytes = model.to_bytes();
    eprintln!("model: {} bytes", bytes.len());
    fs::write(format!("{}/model.bin", options.out), bytes).expect("model.bin");
}

fn likelihood(learner: &Learner, lesson: &Lesson) -> f64 {
    let scores = learner.scores(lesson);
    let free = decode::sums(&learner.model, &scores, &[]);
    let held = decode::sums(&learner.model, &scores, &lesson.allowed);
    free.zip(held).map_or(0.0, |it| it.1.log - it.0.log)
}

/// Leaves out the slots that occur on fewer than `rare` pages.
fn drop_rare(lessons: &mut [Lesson], held_out: &mut [Lesson], rare: u32) {
    let mut counts = vec![0u32; SLOTS];
    let mut last = vec![0u64; SLOTS];
    for (source, it) in lessons.iter().flat_map(|it| it.slots.iter().map(|slots| (it.source, slots))) {
        for slot in it.any.iter().chain(it.after.iter().flatten()) {
            let slot = *slot as usize;
            counts[slot] += u32::from(last[slot] != source);
            last[slot] = source;
        }
    }
    for it in lessons.iter_mut().chain(held_out).flat_map(|it| &mut it.slots) {
        for slots in it.after.iter_mut().chain([&mut it.any]) {
            slots.retain(|it| counts[*it as usize] >= rare);
            slots.shrink_to_fit();
        }
    }
    eprintln!("{} slots in use", counts.iter().filter(|it| **it >= rare).count());
}

/// Knots from the tagger's log-odds to those found on held-out pages, for each manner of a page and each kind of
/// boundary.
fn calibration(model: &Model, held_out: &[Lesson]) -> [[Vec<(f32, f32)>; KINDS]; MANNERS] {
    let mut found: [[Vec<(f32, bool)>; KINDS]; MANNERS] = Default::default();
    for lesson in held_out {
        let scores: Vec<[Row; 2]> =
            lesson.slots.iter().map(|it| model.scores(it).map(|row| certain(it, row))).collect();
        let Some(sums) = decode::sums(model, &scores, &[]) else { continue };
        for (k, state) in decode::best(model, &scores).into_iter().enumerate() {
            if lesson.allowed[k] == States::MAX {
                continue;
            }
            let kind = READINGS[GRAMMAR.states[state].reading].kind;
            let right = GRAMMAR
                .states
                .iter()
                .enumerate()
                .any(|(at, it)| lesson.allowed[k] >> at & 1 == 1 && READINGS[it.reading].kind == kind);
            let p: f32 = sums.shares[k]
                .iter()
                .map(|row| (0..N).filter(|it| READINGS[*it].kind == kind).map(|it| row[it]).sum::<f32>())
                .sum();
            let found = &mut found[usize::from(lesson.slots[k].manner)];
            found[model::kind(kind)].push((p, right));
        }
    }
    found.map(|kinds| {
        kinds.map(|mut it| {
            it.sort_by(|a, b| a.0.total_cmp(&b.0));
            knots::knots(&it)
        })
    })
}
