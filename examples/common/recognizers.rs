//! The specifications of Recognizers-Text: sentences with all that is to be found in them.

use jiaodui::expression::calendar::Date;
use jiaodui::expression::units::Dimension;
use jiaodui::expression::{Edge, ExpressionKind, Instant, Reference, Step, Value};
use serde_json::Value as Json;

use super::{Found, Score, read, said};

/// Scores the specification `source`: `--number`, `--percent` or `--date`.
pub(crate) fn score(suite: &str, source: &str) -> Score {
    let cases: Vec<Json> =
        serde_json::from_str(source.trim_start_matches('\u{feff}')).expect("a list of cases");
    let mut score = Score::default();
    for case in cases {
        let text = case["Input"].as_str().unwrap_or_default();
        let moment = case["Context"]["ReferenceDateTime"].as_str().unwrap_or_default();
        let reference = Reference::parse(moment.split('.').next().unwrap_or_default());
        let gold = case["Results"].as_array().cloned().unwrap_or_default();
        let found = read(text, reference);
        let here: Vec<&Found> = found.iter().filter(|it| is_of(suite, it.expression.kind)).collect();
        let met: Vec<bool> = gold
            .iter()
            .map(|gold| found.iter().any(|it| overlaps(it, text, gold) && meets(suite, it, gold)))
            .collect();
        let spurious = here.iter().any(|it| !gold.iter().any(|gold| overlaps(it, text, gold)));
        score.add(met.iter().all(|it| *it) && !spurious, || {
            let wanted: Vec<String> =
                gold.iter().map(|it| format!("{}={}", it["Text"], it["Resolution"])).collect();
            let got: Vec<String> = found.iter().map(|it| format!("{}={}", it.text, said(it))).collect();
            format!("{text} @ {moment}: {wanted:?} got {got:?}")
        });
    }
    score
}

/// Whether a suite is about expressions of `kind`.
fn is_of(suite: &str, kind: ExpressionKind) -> bool {
    use ExpressionKind::*;
    match suite {
        "--number" => matches!(kind, Number | Quantity),
        "--percent" => matches!(kind, Percent),
        _ => matches!(kind, Date | Time | Duration),
    }
}

/// Whether `found` and `gold` share a character. Full-width digits and letters count as the plain ones, and a text's
/// own place is taken for its first if it occurs more than once.
fn overlaps(found: &Found, text: &str, gold: &Json) -> bool {
    let (Some(start), Some(end)) = (gold["Start"].as_u64(), gold["End"].as_u64()) else { return false };
    let squeeze = |it: &str| it.chars().filter(|it| !it.is_whitespace()).collect::<String>();
    let place = |at: u64| squeeze(&text.chars().take(at as usize).collect::<String>()).chars().count();
    // The reading joins letter-spaced lines: places are counted without white space.
    let (from, to) = (place(start), place(end + 1));
    let (whole, own) = (squeeze(text), squeeze(&found.text));
    whole.match_indices(&own).any(|(at, _)| {
        let first = whole[..at].chars().count();
        first < to && from < first + own.chars().count()
    })
}

/// Whether `found` has the value of `gold`.
fn meets(suite: &str, found: &Found, gold: &Json) -> bool {
    if suite == "--date" {
        return time(found, gold);
    }
    let said = gold["Resolution"]["value"].as_str().unwrap_or_default();
    let Ok(wanted) = said.trim_end_matches('%').parse::<f64>() else { return false };
    let near = |it: f64| (it - wanted).abs() <= 1e-9 * wanted.abs().max(1e-12) || it == wanted;
    match &found.expression.value {
        Value::Amount(amount) => {
            let scale = match amount.unit.map(|it| (it.dimension, it.factor)) {
                Some((Dimension::Share, factor)) if said.ends_with('%') => factor * 100.0,
                // A dozen is twelve of them.
                Some((Dimension::Count, factor)) => factor,
                _ => 1.0,
            };
            near(amount.from * scale) || near(amount.from)
        }
        Value::Moment(moment) | Value::Span(moment, _) => moment.steps.iter().any(|it| match it {
            Step::Year(it) => near(f64::from(*it)),
            Step::Month(it) | Step::Day(it) => near(f64::from(*it)),
            Step::Clock(it) => near(f64::from(it.hour)),
            _ => false,
        }),
        Value::Every(..) => false,
    }
}

/// Whether `found` means the time of `gold`.
fn time(found: &Found, gold: &Json) -> bool {
    let kind = gold["TypeName"].as_str().unwrap_or_default().rsplit('.').next().unwrap_or_default();
    let values = gold["Resolution"]["values"].as_array().cloned().unwrap_or_default();
    let unresolved = values.iter().all(|it| it["value"] == "not resolved");
    match (kind, &found.expression.value) {
        ("set", value) => matches!(value, Value::Every(..)),
        _ if unresolved => found.resolved.is_none() || kind == "daterange",
        ("duration", Value::Amount(amount)) => values.iter().any(|it| {
            let wanted = it["value"].as_str().and_then(|it| it.parse::<f64>().ok());
            let seconds = amount.from * amount.unit.map_or(0.0, |it| calendar_seconds(it.factor));
            wanted.is_some_and(|it| (it - seconds).abs() < 0.011 * it)
        }),
        (_, Value::Amount(_)) => false,
        _ => values.iter().any(|it| moment(kind, found, it)),
    }
}

/// Years of 365 and months of 30 days, as the specifications count.
fn calendar_seconds(factor: f64) -> f64 {
    let days = factor / 86_400.0;
    let round = if days > 300.0 { (days / 365.2425).round() * 365.0 } else { days.floor().max(days) };
    if (28.0..200.0).contains(&days) {
        (days / 30.436_875).round() * 30.0 * 86_400.0
    } else {
        round * 86_400.0
    }
}

/// Whether `found` means the moment that `gold` is.
fn moment(kind: &str, found: &Found, gold: &Json) -> bool {
    let Some(resolved) = found.resolved else { return false };
    let text = |key: &str| gold[key].as_str();
    let day = |it: &str| {
        let mut parts = it.get(..10)?.split('-').map(|it| it.parse::<i32>().ok());
        Some(Date::new(parts.next()??, parts.next()?? as u8, parts.next()?? as u8))
    };
    let second = |it: &str| {
        let clock = it.rsplit([' ', 'T']).next()?;
        let mut parts = clock.split(':').map(|it| it.parse::<i64>().ok());
        Some(parts.next()?? * 3600 + parts.next()?? * 60 + parts.next()??)
    };
    let instant = |it: &str| Some(Instant::start_of(day(it)?).plus_seconds(second(it)?));
    let ends = found.expression.value.moment().and_then(|it| it.edge);
    match kind {
        "date" => text("value").and_then(day).is_some_and(|it| resolved.day() == Some(it)),
        "datetime" => text("value").and_then(instant).is_some_and(|it| resolved.from == Some(it)),
        "time" => text("value")
            .and_then(second)
            .is_some_and(|it| resolved.from.map(Instant::second_of_day) == Some(it)),
        "daterange" => {
            let near = |ours: Option<Instant>, wanted: Option<Date>| match (ours, wanted) {
                (Some(ours), Some(wanted)) => (ours.date().number() - wanted.number()).abs() <= 1,
                (_, None) => true,
                (None, Some(_)) => false,
            };
            let (start, end) = (text("start").and_then(day), text("end").and_then(day));
            // From one year or month to another: the specification ends with the beginning of the last.
            let last = resolved.to.map(Instant::date);
            let opens = matches!(found.expression.value, Value::Span(..))
                && last.zip(end).is_some_and(|(ours, wanted)| {
                    wanted == ours.month_start() || wanted == Date::new(ours.year, 1, 1)
                });
            near(resolved.from, start) && (opens || near(resolved.to, end)) || {
                let backwards = matches!(ends, Some(Edge::Before | Edge::UpTo));
                backwards && start.is_none() && near(resolved.to, end)
            }
        }
        "timerange" | "datetimerange" => {
            let near = |ours: Option<Instant>, wanted: Option<&str>| {
                let Some(wanted) = wanted else { return true };
                let Some(ours) = ours else { return false };
                match kind {
                    "timerange" => second(wanted).is_some_and(|it| {
                        let ours = ours.second_of_day();
                        ours == it || (0..60).contains(&(ours - it)) || ours + 1 == it
                    }),
                    _ => instant(wanted).is_some_and(|it| {
                        ours == it || ours.plus_seconds(1) == it || it < ours && ours < it.plus_seconds(60)
                    }),
                }
            };
            near(resolved.from, text("start")) && near(resolved.to, text("end"))
        }
        _ => false,
    }
}
