//! Scores the grammar of numbers and time against the suites of other projects, which are read from where they lie.
//!
//!     cargo run --release --example expressions -- [--errors] --jionlp TEST_TIME_PARSER.PY
//!     cargo run --release --example expressions -- [--errors] --number SPEC.JSON… --percent SPEC.JSON…
//!     cargo run --release --example expressions -- [--errors] --date SPEC.JSON…
//!     cargo run --release --example expressions -- --show TEXT.TXT [--reference 2020-02-13]
//!     cargo run --release --example expressions -- --times seeds/jiaozuo-daily-2020-02.times.tsv
//!
//! JioNLP's list (test/test_time_parser.py of dongrixinyu/JioNLP) gives a text, a moment to read it from and the value
//! of the whole text: a case is right when the longest expression of time has that value to the second.
//!
//! The specifications of Recognizers-Text (Specs/*/Chinese/*.json of microsoft/Recognizers-Text) give all that is to
//! be found in a sentence: a case is right when there is an expression with the value at each of its places, and none
//! of the kind elsewhere. Of several values that a specification allows, one must be met. Its spans of days exclude
//! the last, ours include it; `X前` and `X后` are compared at their one edge, to the day.
//!
//! `--show` lists the expressions of a text with their values. `--times` lists the expressions of time of a page and
//! compares them with the labels beside it (seeds/README.md): a label is right when an expression stands at its bytes
//! and has its value.

#[path = "common/python.rs"]
mod python;
#[path = "common/recognizers.rs"]
mod recognizers;
#[path = "common/times.rs"]
mod times;

use std::collections::HashMap;
use std::fs;
use std::sync::Arc;

use jiaodui::analysis::Analysis;
use jiaodui::expression::calendar::Date;
use jiaodui::expression::units::Dimension;
use jiaodui::expression::value::Grain;
use jiaodui::expression::{Amount, Bound, Expression, ExpressionKind, Instant, Reference, Resolved, Value};
use jiaodui::page::Markup;
use jiaodui::settings::Settings;
use jiaodui::text::Text;
use python::{Literal, literal};

/// An expression, what it means, and its place in the text.
struct Found {
    expression: Expression,
    resolved: Option<Resolved>,
    text: String,
}

/// All expressions of `text`, read as the program reads a document on that date.
fn read(text: &str, reference: Option<Reference>) -> Vec<Found> {
    let mut settings = Settings::default();
    settings.reference = reference;
    let analysis = Analysis::of(&Text::new(text), Markup::Plain, &Arc::new(settings));
    let mut found = Vec::new();
    for (reading, moments) in analysis.readings().zip(analysis.moments()) {
        for (expression, resolved) in
            reading.every_expression().iter().zip(moments).filter(|it| !reading.is_in_name(it.0))
        {
            let text = reading.text()[expression.span.range()].to_owned();
            found.push(Found { expression: expression.clone(), resolved, text });
        }
    }
    found
}

/// Right, all, and what was wrong.
#[derive(Default)]
struct Score {
    right: usize,
    all: usize,
    errors: Vec<String>,
}

impl Score {
    fn add(&mut self, right: bool, error: impl FnOnce() -> String) {
        self.all += 1;
        if right {
            self.right += 1;
        } else {
            self.errors.push(error());
        }
    }
}

fn main() {
    let mut args = std::env::args().skip(1);
    let (mut errors, mut suite, mut reference) = (false, String::new(), None);
    let mut files = Vec::new();
    while let Some(arg) = args.next() {
        match &*arg {
            "--errors" => errors = true,
            "--reference" => reference = args.next().and_then(|it| Reference::parse(&it)),
            _ if arg.starts_with("--") => suite = arg,
            _ => files.push((suite.clone(), arg)),
        }
    }
    for (suite, file) in files {
        let source = fs::read_to_string(&file).unwrap_or_else(|it| panic!("{file}: {it}"));
        let score = match &*suite {
            "--jionlp" => jionlp(&source),
            "--show" => {
                show(&source, reference);
                continue;
            }
            "--times" => times::score(&file, &source),
            _ => recognizers::score(&suite, &source),
        };
        let share = 100.0 * score.right as f64 / score.all.max(1) as f64;
        println!("{file}: {} of {} right, {share:.1} %", score.right, score.all);
        if errors {
            score.errors.iter().for_each(|it| println!("  {it}"));
        }
    }
}

/// Prints the expressions of `text`.
fn show(text: &str, reference: Option<Reference>) {
    for it in read(text, reference) {
        println!("{}\t{}\t{}", it.expression.kind.as_str(), it.text, said(&it));
    }
}

/// What was read, for people.
fn said(it: &Found) -> String {
    let iso = |it: Option<Instant>| it.map_or("∞".into(), |it| it.to_string());
    match (&it.expression.value, &it.resolved) {
        (Value::Amount(it), _) => {
            let unit = it.unit.map_or("", |it| it.word);
            format!("{}..{} {unit} {:?} {:?}", it.from, it.to, it.bound, it.ceiling)
        }
        (_, Some(it)) => format!("{} .. {}", iso(it.from), iso(it.to)),
        (value, None) => format!("{value:?}"),
    }
}

/// JioNLP's list of times.
fn jionlp(source: &str) -> Score {
    let mut names = HashMap::new();
    for line in source.lines() {
        if let Some((name, value)) = line.trim().split_once(" = ")
            && let Ok(value) = value.split('#').next().unwrap_or("").trim().parse()
        {
            names.insert(name.to_owned(), value);
        }
    }
    let start = source.find("time_string_list = ").expect("a list of cases") + "time_string_list = ".len();
    let Some((Literal::List(cases), _)) = literal(source, start, &names) else {
        panic!("the list of cases cannot be read")
    };
    let mut score = Score::default();
    for case in cases {
        let Literal::List(case) = case else { continue };
        let [Literal::Text(text), base, Literal::Map(gold)] = &case[..] else { continue };
        let reference = self::reference(base);
        let found = read(text, reference);
        let temporal = |it: &&Found| {
            matches!(
                it.expression.kind,
                ExpressionKind::Date | ExpressionKind::Time | ExpressionKind::Duration
            )
        };
        let longest = found.iter().filter(temporal).max_by_key(|it| it.text.len());
        let right = longest.is_some_and(|it| meets(it, gold));
        score.add(right, || {
            let base = reference.map_or("-".into(), |it| it.from.to_string());
            let got: Vec<String> = found.iter().map(|it| format!("{}={}", it.text, said(it))).collect();
            format!("{text} @ {base}: {gold:?} got {got:?}")
        });
    }
    score
}

/// Seconds by which Beijing's clocks are ahead.
const BEIJING: i64 = 8 * 3600;

/// The moment to read from: seconds since 1970 in Beijing, a list of its parts, or a map of them.
fn reference(base: &Literal) -> Option<Reference> {
    let parts: Vec<i64> = match base {
        Literal::Number(seconds) if *seconds > 1000.0 => {
            let at = Instant::start_of(Date::new(1970, 1, 1)).plus_seconds(*seconds as i64 + BEIJING);
            return Reference::parse(&at.to_string());
        }
        Literal::List(parts) | Literal::Call(_, parts) => parts
            .iter()
            .filter_map(|it| if let Literal::Number(it) = it { Some(*it as i64) } else { None })
            .collect(),
        Literal::Map(pairs) => {
            let part = |key: &str| pairs.iter().find(|it| it.0 == key).map(|it| &it.1);
            let keys = ["year", "month", "day", "hour", "minute", "second"];
            keys.iter()
                .map_while(
                    |it| if let Some(Literal::Number(it)) = part(it) { Some(*it as i64) } else { None },
                )
                .collect()
        }
        _ => return None,
    };
    let marks = ["", "-", "-", "T", ":", ":"];
    let said: String = parts.iter().zip(marks).map(|(part, mark)| format!("{mark}{part:02}")).collect();
    Reference::parse(&said)
}

fn part<'a>(map: &'a [(String, Literal)], key: &str) -> Option<&'a Literal> {
    map.iter().find(|it| it.0 == key).map(|it| &it.1)
}

/// Whether what was found has the value that the case gives.
fn meets(found: &Found, gold: &[(String, Literal)]) -> bool {
    let (Some(Literal::Text(kind)), Some(time)) = (part(gold, "type"), part(gold, "time")) else {
        return false;
    };
    match (&**kind, &found.expression.value) {
        ("time_delta", Value::Amount(amount)) => {
            let (least, most) = match time {
                Literal::List(both) => (length(&both[0]), length(&both[1])),
                one => (length(one), length(one)),
            };
            let said = |count: f64| units(amount, count);
            let (from, to) = match amount.bound {
                Bound::AtLeast if amount.ceiling.is_none() => (said(amount.from), [f64::INFINITY; 3]),
                Bound::AtMost => ([0.0; 3], said(amount.to)),
                _ => (said(amount.from), said(amount.to)),
            };
            alike(from, least) && alike(to, most)
        }
        ("time_point" | "time_span", Value::Moment(_) | Value::Span(..)) => {
            found.resolved.is_some_and(|it| edges(&it, time))
        }
        ("time_period", Value::Every(every, turn)) => {
            let Literal::Map(time) = time else { return false };
            let often = part(time, "delta").is_some_and(|it| alike(length(it), units(every, every.from)));
            let point = match part(time, "point") {
                Some(Literal::Map(point)) => {
                    part(point, "time").is_some_and(|time| found.resolved.is_some_and(|it| edges(&it, time)))
                }
                _ => turn.is_none(),
            };
            often && point
        }
        _ => false,
    }
}

/// Whether `found` is from and to what the case says.
fn edges(found: &Resolved, time: &Literal) -> bool {
    let Literal::List(both) = time else { return false };
    let said =
        |it: Option<Instant>, open: &str| it.map_or(open.into(), |it| it.to_string().replace('T', " "));
    both[..] == [Literal::Text(said(found.from, "-inf")), Literal::Text(said(found.to, "inf"))]
}

/// A length of time in months, seconds and days of work.
type Length = [f64; 3];

/// The length that a map of units gives.
fn length(it: &Literal) -> Length {
    let Literal::Map(parts) = it else { return [f64::NAN; 3] };
    let mut length = [0.0; 3];
    for (unit, count) in parts {
        let Literal::Number(count) = count else { continue };
        match &**unit {
            "year" => length[0] += count * 12.0,
            "month" => length[0] += count,
            "day" => length[1] += count * 86_400.0,
            "hour" => length[1] += count * 3600.0,
            "minute" => length[1] += count * 60.0,
            "second" => length[1] += count,
            "workday" => length[2] += count,
            "infinite" => length = [f64::INFINITY; 3],
            _ => {}
        }
    }
    length
}

/// `count` units of `amount`.
fn units(amount: &Amount, count: f64) -> Length {
    let Some(unit) = amount.unit else { return [f64::NAN; 3] };
    let Dimension::Time(grain) = unit.dimension else { return [f64::NAN; 3] };
    if unit.word.ends_with("工作日") || unit.word.ends_with("交易日") {
        return [0.0, 0.0, count];
    }
    if grain <= Grain::Month {
        // Years, quarters and months are whole multiples of months.
        return [count * (unit.factor / 2_629_746.0).round(), 0.0, 0.0];
    }
    [0.0, count * unit.factor, 0.0]
}

fn alike(one: Length, other: Length) -> bool {
    one.iter().zip(other).all(|(one, other)| *one == other || (one - other).abs() < 1e-6 * one.abs().max(1.0))
}
