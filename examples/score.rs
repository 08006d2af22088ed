//! Scores the page tagger against labelled pages.
//!
//!     cargo run --release --example score -- [--errors] [--by-tool] [--model DIR] [GOLD.tsv|PAGES.jsonl…]
//!
//! Without files: the seed page, its articles compared as well. Join and break are two-way figures (is this line end
//! the column's or the author's?), labels five-way; `ORDER` boundaries are not scored. *Sure* is what the server
//! reports as a warning: decisions at p ≥ 0.97.

#[path = "common/pages.rs"]
mod pages;

use std::collections::BTreeMap;
use std::fs;
use std::time::Instant;

use jiaodui::lexicon::Lexicon;
use jiaodui::page::bigram::Bigrams;
use jiaodui::page::model::Model;
use jiaodui::page::{Boundary, BoundaryKind, Markup, Page, boundary};
use pages::Labelled;

const SEED: &str = "seeds/jiaozuo-daily-2020-02";
const LABELS: [&str; 5] = ["JOIN", "BLANKJOIN", "PARA", "HEAD", "ARTICLE"];

/// Hits, false alarms and misses.
#[derive(Clone, Copy, Default)]
struct Tally {
    hit: u32,
    alarm: u32,
    miss: u32,
}

impl Tally {
    fn add(&mut self, gold: bool, found: bool) {
        self.hit += u32::from(gold && found);
        self.alarm += u32::from(!gold && found);
        self.miss += u32::from(gold && !found);
    }

    /// Precision, recall and F1 in percent.
    fn figures(self) -> String {
        let share =
            |part: u32, whole: u32| if whole == 0 { 0.0 } else { 100.0 * f64::from(part) / f64::from(whole) };
        let (p, r) = (share(self.hit, self.hit + self.alarm), share(self.hit, self.hit + self.miss));
        let f = if p + r > 0.0 { 2.0 * p * r / (p + r) } else { 0.0 };
        format!("{p:.1}/{r:.1}/{f:.2}")
    }
}

#[derive(Default)]
struct Score {
    pages: u32,
    boundaries: u32,
    right4: u32,
    right2: u32,
    join: Tally,
    apart: Tally,
    labels: [Tally; 5],
    flags: BTreeMap<String, (u32, u32)>,
    /// Decisions at p ≥ 0.97 and how many of them are wrong: all, as to join or break only, blank joins, and
    /// breaks without a blank.
    sure: [(u32, u32); 4],
    /// The same for 0.90 ≤ p < 0.97.
    likely: (u32, u32),
    /// Articles whose first and last line are right, of how many.
    articles: (u32, u32),
}

fn label(kind: BoundaryKind) -> &'static str {
    match kind {
        BoundaryKind::Join => "JOIN",
        BoundaryKind::BlankJoin => "BLANKJOIN",
        BoundaryKind::Paragraph => "PARA",
        BoundaryKind::Heading => "HEAD",
        BoundaryKind::Article => "ARTICLE",
        BoundaryKind::End => "END",
    }
}

impl Score {
    fn add(&mut self, page: &Labelled, boundaries: &[Boundary], errors: bool) {
        self.pages += 1;
        for (k, boundary) in boundaries.iter().enumerate() {
            let gold = page.labels[k].as_str();
            let found = label(boundary.kind);
            if !LABELS.contains(&gold) || found == "END" {
                continue;
            }
            let (gold_join, join) = (gold.ends_with("JOIN"), boundary.kind.is_join());
            let (right, right2) = (gold == found, gold_join == join);
            self.boundaries += 1;
            self.right4 += u32::from(right);
            self.right2 += u32::from(right2);
            self.join.add(gold_join, join);
            self.apart.add(!gold_join, !join);
            for (tally, label) in self.labels.iter_mut().zip(LABELS) {
                tally.add(gold == label, found == label);
            }
            for flag in &page.flags[k] {
                let (n, ok) = self.flags.entry(flag.clone()).or_default();
                *n += 1;
                *ok += u32::from(right2);
            }
            let p = boundary.confidence;
            let bare_break = !join && page.lines[k].blanks_after == 0;
            if p >= 0.97 {
                let counted = [true, true, found == "BLANKJOIN", bare_break];
                for (at, (n, wrong)) in self.sure.iter_mut().enumerate() {
                    *n += u32::from(counted[at]);
                    *wrong += u32::from(counted[at] && if at == 0 { !right } else { !right2 });
                }
            } else if p >= 0.90 {
                self.likely.0 += 1;
                self.likely.1 += u32::from(!right);
            }
            if errors && !right {
                println!(
                    "{}\t{}\tgold={gold}\tfound={found}\tp={p:.3}\tblanks={}\t{} / {}",
                    page.id,
                    page.lines[k].number + 1,
                    page.lines[k].blanks_after,
                    page.text.slice(page.lines[k].span.clone()),
                    page.text.slice(page.lines[k + 1].span.clone())
                );
            }
        }
        self.add_articles(page, boundaries);
    }

    fn add_articles(&mut self, page: &Labelled, boundaries: &[Boundary]) {
        let mut start = 0;
        for k in 0..page.labels.len() {
            let ends = |k: usize| matches!(boundaries[k].kind, BoundaryKind::Article | BoundaryKind::End);
            if page.labels[k] == "ARTICLE" || page.labels[k] == "END" {
                let clean = (start..k).all(|it| page.labels[it] != "ORDER" && !ends(it));
                let opens = start == 0 || ends(start - 1);
                if (start..k).all(|it| page.labels[it] != "ORDER") {
                    self.articles.1 += 1;
                    self.articles.0 += u32::from(clean && opens && ends(k));
                }
                start = k + 1;
            } else if page.labels[k] == "ORDER" {
                start = k + 1;
            }
        }
    }

    fn print(&self, name: &str) {
        let share = |part: u32| 100.0 * f64::from(part) / f64::from(self.boundaries.max(1));
        println!("## {name}: {} pages, {} boundaries", self.pages, self.boundaries);
        println!(
            "   join P/R/F1 {}  break {}  acc2 {:.2}  acc4 {:.2}",
            self.join.figures(),
            self.apart.figures(),
            share(self.right2),
            share(self.right4)
        );
        let labels: Vec<String> =
            LABELS.iter().zip(self.labels).map(|(label, it)| format!("{label} {}", it.figures())).collect();
        println!("   {}", labels.join("  "));
        let flags: Vec<String> =
            self.flags.iter().map(|(flag, (n, ok))| format!("{flag} {ok}/{n}")).collect();
        println!("   {}  articles {}/{}", flags.join("  "), self.articles.0, self.articles.1);
        let sure: Vec<String> = ["any label", "join or break", "blank joins", "missing breaks"]
            .iter()
            .zip(self.sure)
            .map(|(name, (n, wrong))| {
                format!("{name} {wrong}/{n} wrong ({:.3} %)", 100.0 * f64::from(wrong) / f64::from(n.max(1)))
            })
            .collect();
        println!("   p ≥ 0.97: {}", sure.join("; "));
        println!("   0.90 ≤ p < 0.97: {}/{} wrong", self.likely.1, self.likely.0);
    }
}

/// Compares the seed page's articles with those labelled by hand; prints what differs.
fn seed_articles(page: &Page, text: &jiaodui::text::Text) {
    let gold = fs::read_to_string(format!("{SEED}.articles.json")).unwrap_or_default();
    let gold: serde_json::Value = serde_json::from_str(&gold).unwrap_or_default();
    let gold = gold.as_array().cloned().unwrap_or_default();
    let mut exact = 0;
    for (at, gold) in gold.iter().enumerate() {
        let Some(article) = page.articles.get(at) else { break };
        let lines = page.paragraphs[article.paragraphs.start].lines.start
            ..page.paragraphs[article.paragraphs.end - 1].lines.end;
        let number = |it: usize| (page.lines[it].number + 1) as u64;
        let string = |it: &Option<String>| it.clone().map_or(serde_json::Value::Null, Into::into);
        let sections: Vec<serde_json::Value> = article
            .sections
            .iter()
            .map(|it| serde_json::json!([number(page.paragraphs[it.paragraph].lines.start), it.text]))
            .collect();
        let found = [
            ("first_line", number(lines.start).into()),
            ("last_line", number(lines.end - 1).into()),
            ("title", string(&article.headline)),
            ("kicker", string(&article.kicker)),
            ("subtitle", string(&article.subhead)),
            ("byline", string(&article.byline)),
            ("continuation", string(&article.continued_from)),
            ("sections", sections.into()),
        ];
        let wrong: Vec<_> = found.iter().filter(|it| gold[it.0] != it.1).collect();
        exact += u32::from(wrong.is_empty());
        for (key, value) in wrong {
            println!("   article {}: {key} {value}, should be {}", at + 1, gold[*key]);
        }
    }
    println!("   articles exact: {exact} of {}, {} found", gold.len(), page.articles.len());
    let _ = text;
}

fn main() {
    let mut files = Vec::new();
    let (mut errors, mut by_tool) = (false, false);
    let mut directory = None;
    let mut args = std::env::args().skip(1);
    while let Some(arg) = args.next() {
        match arg.as_str() {
            "--errors" => errors = true,
            "--by-tool" => by_tool = true,
            "--model" => directory = args.next(),
            _ => files.push(arg),
        }
    }
    if files.is_empty() {
        files.push(format!("{SEED}.lines.tsv"));
    }
    let lexicon = Lexicon::shared();
    let other = directory.map(|it| {
        let read = |name: &str| fs::read(format!("{it}/{name}")).unwrap_or_default();
        (Model::from_bytes(&read("model.bin")), Bigrams::from_bytes(&read("bigrams.bin")))
    });
    let (model, bigrams) = other.as_ref().map_or((Model::shared(), Model::bigrams()), |it| (&it.0, &it.1));
    for file in files {
        let mut all = Score::default();
        let mut tools: BTreeMap<String, Score> = BTreeMap::new();
        for page in pages::load(&file) {
            let (boundaries, _) = boundary::tag(&page.lines, lexicon, model, bigrams);
            all.add(&page, &boundaries, errors);
            if by_tool {
                tools.entry(page.tool.clone()).or_default().add(&page, &boundaries, false);
            }
            if page.tool == "seed" {
                let read = Page::of(&page.text, Markup::Plain, lexicon);
                let started = Instant::now();
                let rounds = 50;
                for _ in 0..rounds {
                    std::hint::black_box(Page::of(&page.text, Markup::Plain, lexicon));
                }
                println!("   read in {:.3} ms", started.elapsed().as_secs_f64() * 1e3 / f64::from(rounds));
                seed_articles(&read, &page.text);
            }
        }
        all.print(&file);
        for (tool, score) in &tools {
            score.print(&format!("… {tool}"));
        }
    }
}
