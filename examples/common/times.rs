//! The labels of a page's expressions of time.

use std::fs;
use std::sync::Arc;

use jiaodui::analysis::Analysis;
use jiaodui::expression::units::Dimension;
use jiaodui::expression::value::Grain;
use jiaodui::expression::{Amount, ExpressionKind, Instant, Resolved, Value};
use jiaodui::page::Markup;
use jiaodui::settings::Settings;
use jiaodui::text::Text;

use super::Score;

/// Prints the expressions of time of the page beside the labels `file`, and scores them against the labels in `source`.
pub(crate) fn score(file: &str, source: &str) -> Score {
    let page = file.replace(".times.tsv", ".txt");
    let page = fs::read_to_string(&page).unwrap_or_else(|it| panic!("{page}: {it}"));
    let found = times(&page);
    let mut labels: Vec<&str> = source.lines().skip(1).filter(|it| !it.is_empty()).collect();
    let mut score = Score::default();
    for it in &found {
        let label = labels.iter().position(|label| label == it);
        println!("{} {it}", if label.is_some() { "ok" } else { "??" });
        match label {
            Some(index) => {
                labels.remove(index);
                score.add(true, String::new);
            }
            None => score.errors.push(format!("not labelled so: {it}")),
        }
    }
    for label in labels {
        score.add(false, || format!("not found: {label}"));
    }
    score
}

/// A line of labels for each expression of time in `page`: bytes, kind, words without white space, value.
fn times(page: &str) -> Vec<String> {
    let analysis = Analysis::of(&Text::new(page), Markup::Plain, &Arc::new(Settings::default()));
    let mut lines = Vec::new();
    let paragraphs = analysis.page().paragraphs.iter().zip(analysis.readings()).zip(analysis.moments());
    for ((paragraph, reading), moments) in paragraphs {
        for (expression, resolved) in reading.every_expression().iter().zip(moments) {
            let kind = expression.kind;
            if !matches!(kind, ExpressionKind::Date | ExpressionKind::Time | ExpressionKind::Duration) {
                continue;
            }
            let bytes = paragraph.source(expression.span);
            let words: String =
                reading.text()[expression.span.range()].chars().filter(|it| !it.is_whitespace()).collect();
            let value = value(&expression.value, resolved.as_ref());
            lines.push(format!("{}\t{}\t{}\t{words}\t{value}", bytes.start, bytes.end, kind.as_str()));
        }
    }
    lines
}

/// `2020-02-12T13:00:00/2020-02-12T17:59:59` with `..` for an open end, `P7D`, `P3Y/P4Y`, `R/P1D`, `vague`.
fn value(value: &Value, resolved: Option<&Resolved>) -> String {
    let end = |it: Option<Instant>| it.map_or("..".into(), |it| it.to_string());
    match (value, resolved) {
        (Value::Every(every, _), _) => format!("R/{}", length(every, every.from)),
        (Value::Amount(it), _) => {
            let (from, to) = it.interval();
            match (from, to) {
                (Some(from), Some(to)) if from == to => length(it, from),
                _ => {
                    let end = |at: Option<f64>| at.map_or("..".into(), |at| length(it, at));
                    format!("{}/{}", end(from), end(to))
                }
            }
        }
        (_, Some(it)) => format!("{}/{}", end(it.from), end(it.to)),
        (_, None) => "vague".into(),
    }
}

/// `P7D`, `PT24H`.
fn length(amount: &Amount, count: f64) -> String {
    let grain = amount.unit.map(|it| it.dimension);
    let (before, after) = match grain {
        Some(Dimension::Time(Grain::Year)) => ("P", "Y"),
        Some(Dimension::Time(Grain::Month)) => ("P", "M"),
        Some(Dimension::Time(Grain::Week)) => ("P", "W"),
        Some(Dimension::Time(Grain::Day)) => ("P", "D"),
        Some(Dimension::Time(Grain::Hour)) => ("PT", "H"),
        Some(Dimension::Time(Grain::Minute)) => ("PT", "M"),
        _ => ("PT", "S"),
    };
    format!("{before}{count}{after}")
}
