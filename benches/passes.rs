//! How fast each pass reads a whole text, in MB a second: on one core by processor time, on all cores by the clock.
//!
//! `cargo bench --bench passes [-- PAGES]` reads the seed page repeated PAGES times (50 when nothing is said) and as much
//! generated text, each pass so many times, and prints the best. Passes from scratch hold all that come before them.

#[path = "parts/text.rs"]
mod text;

use std::sync::Arc;
use std::time::{Duration, Instant};

use jiaodui::analysis::Analysis;
use jiaodui::lexicon::Lexicon;
use jiaodui::page::{Markup, Page, line};
use jiaodui::reading::Reading;
use jiaodui::settings::Settings;
use jiaodui::text::Text;

/// Times that each pass is run.
const ROUNDS: usize = 5;

fn main() {
    let pages = std::env::args().skip(1).find_map(|it| it.parse::<usize>().ok()).unwrap_or(50);
    if let Ok(load) = std::fs::read_to_string("/proc/loadavg") {
        println!("load average {}", load.trim());
    }
    // Opening the dictionary and the models is no part of a pass.
    let settings = Arc::new(Settings::default());
    Analysis::of(&Text::new(&text::repeated(1)), Markup::Plain, &settings);
    println!(
        "| pass | repeated page, one core | generated pages, one core | generated, all cores by the clock | cores' gain |"
    );
    println!("|---|--:|--:|--:|--:|");
    let texts = [text::repeated(pages), text::generated(pages)].map(|it| (it.len(), Text::new(&it)));
    row("lines", &texts, |text| line::lines(&text.lines().collect::<Vec<_>>()).len());
    row("page: lines, boundaries, paragraphs, articles", &texts, |text| {
        Page::of(text, Markup::Plain, Lexicon::shared()).paragraphs.len()
    });
    row("all: page, numbers, names, rules", &texts, |text| {
        Analysis::of(text, Markup::Plain, &settings).finding_count()
    });
    let page = Page::of(&texts[1].1, Markup::Plain, Lexicon::shared());
    let read = || page.paragraphs.iter().map(|it| Reading::of(it).mentions().len()).sum();
    let (computed, _) = one_core(|| best(&read));
    println!("| of these: reading paragraphs (numbers, names) | | {:.2} | | |", speed(texts[1].0, computed));
}

/// Prints how fast `pass` reads each of `texts`, which are so many bytes long.
fn row(name: &str, texts: &[(usize, Text); 2], pass: impl Fn(&Text) -> usize + Sync) {
    let [repeated, generated] = [0, 1].map(|it| one_core(|| best(&|| pass(&texts[it].1))));
    let (_, all) = best(&|| pass(&texts[1].1));
    let speeds = [
        speed(texts[0].0, repeated.0),
        speed(texts[1].0, generated.0),
        speed(texts[1].0, all),
        generated.1.as_secs_f64() / all.as_secs_f64(),
    ];
    println!("| {name} | {:.2} | {:.2} | {:.2} | {:.2} × |", speeds[0], speeds[1], speeds[2], speeds[3]);
}

fn speed(bytes: usize, time: Duration) -> f64 {
    bytes as f64 / 1e6 / time.as_secs_f64()
}

/// The least processor time and the least time that `pass` takes.
fn best(pass: &dyn Fn() -> usize) -> (Duration, Duration) {
    let once = || {
        let (computed, began) = (computed(), Instant::now());
        std::hint::black_box(pass());
        (crate::computed().saturating_sub(computed), began.elapsed())
    };
    let times: Vec<(Duration, Duration)> = (0..ROUNDS).map(|_| once()).collect();
    let least = |it: fn(&(Duration, Duration)) -> Duration| times.iter().map(it).min().unwrap_or_default();
    (least(|it| it.0), least(|it| it.1))
}

/// What `work` gives when it has one core.
fn one_core<T: Send>(work: impl FnOnce() -> T + Send) -> T {
    rayon::ThreadPoolBuilder::new().num_threads(1).build().expect("a thread starts").install(work)
}

/// The processor time of all threads of this process, where the system tells.
fn computed() -> Duration {
    let tasks = std::fs::read_dir("/proc/self/task").into_iter().flatten().flatten();
    let spent = tasks.filter_map(|it| {
        let times = std::fs::read_to_string(it.path().join("schedstat")).ok()?;
        times.split(' ').next()?.parse::<u64>().ok()
    });
    Duration::from_nanos(spent.sum())
}
