//! How fast names are read: the layers of `jiaodui::entity`, one core, in MB of text a second.
//!
//! `cargo bench --bench names [-- [--rounds N] [FILE…]]` reads the paragraphs of the seed page (or of the files, a line
//! each) over and over and prints how long all of it took to open, and then, the mean in time of the processor: expressions, which names are read
//! after; the features that the tagger is asked about (words, proposals, facts); all of names. Under `callgrind`,
//! `--rounds 1`.

use std::hint::black_box;
use std::sync::Arc;
use std::time::{Duration, Instant};

use jiaodui::analysis::Analysis;
use jiaodui::lexicon::Lexicon;
use jiaodui::page::Markup;
use jiaodui::settings::Settings;
use jiaodui::text::Text;
use jiaodui::{entity, expression};

const SEED: &str = include_str!("../seeds/jiaozuo-daily-2020-02.txt");

fn main() {
    let (mut rounds, mut files) = (100, Vec::new());
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        match &*argument {
            "--rounds" => rounds = arguments.next().and_then(|it| it.parse().ok()).expect("a number"),
            "--bench" => {}
            _ => files.push(argument),
        }
    }
    let start = Instant::now();
    let lexicon = Lexicon::shared();
    let words = start.elapsed();
    black_box(entity::mentions("焦作市委书记王晋豫", &[], lexicon));
    let all = start.elapsed();
    println!(
        "{:12} {:6.2} ms, words {:.2} ms of it",
        "opened in",
        all.as_secs_f64() * 1e3,
        words.as_secs_f64() * 1e3
    );
    let texts = if files.is_empty() { paragraphs() } else { lines(&files) };
    let bytes: usize = texts.iter().map(String::len).sum();
    let read: Vec<_> = texts.iter().map(|it| expression::expressions(it)).collect();
    let all = || texts.iter().zip(&read);

    let print = |name: &str, time: Duration| {
        println!("{name:12} {:6.2} MB/s", bytes as f64 / 1e6 / time.as_secs_f64());
    };
    print(
        "expressions",
        mean(rounds, || {
            texts.iter().for_each(|it| _ = black_box(expression::expressions(it)));
        }),
    );
    print(
        "features",
        mean(rounds, || {
            all().for_each(|(text, expressions)| {
                entity::features(text, expressions, lexicon, |slots| _ = black_box(slots));
            });
        }),
    );
    print(
        "names",
        mean(rounds, || {
            all().for_each(|(text, expressions)| _ = black_box(entity::mentions(text, expressions, lexicon)));
        }),
    );
}

/// The time that `work` takes, over `rounds`.
fn mean(rounds: u32, work: impl Fn()) -> Duration {
    let started = Instant::now();
    let before = used(started);
    (0..rounds).for_each(|_| work());
    used(started).saturating_sub(before) / rounds.max(1)
}

/// The time that the program had a processor, so that others on the machine count less; since `started` where the
/// system does not tell.
fn used(started: Instant) -> Duration {
    let told = std::fs::read_to_string("/proc/self/schedstat").ok();
    let nanoseconds = told.and_then(|it| it.split(' ').next()?.parse().ok());
    nanoseconds.map_or_else(|| started.elapsed(), Duration::from_nanos)
}

/// The paragraphs of the seed page.
fn paragraphs() -> Vec<String> {
    let analysis = Analysis::of(&Text::new(SEED), Markup::Plain, &Arc::new(Settings::default()));
    analysis.page().paragraphs.iter().map(|it| it.joined.text.clone()).collect()
}

/// The lines of the files.
fn lines(files: &[String]) -> Vec<String> {
    let read = |it: &String| std::fs::read_to_string(it).unwrap_or_else(|error| panic!("{it}: {error}"));
    files.iter().flat_map(|it| read(it).lines().map(str::to_owned).collect::<Vec<_>>()).collect()
}
