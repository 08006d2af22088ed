//! Lengths of time that say when: 3天前, 两年后, 60日内, 三年多来.

use super::ExpressionKind;
use super::amount::Found;
use super::reader::Reader;
use super::units::Dimension;
use super::value::{Amount, Bound, Edge, Grain, Moment, Step, Value};

/// `3天前`, `两年后`, `10分钟后`: a moment, counted from another. `3年来` stays a duration.
pub(super) fn shift(text: Reader, at: usize, amount: &Amount, end: usize) -> Option<Found> {
    let Some(Dimension::Time(grain)) = amount.unit.map(|it| it.dimension) else { return None };
    let unit = amount.unit?;
    if grain < Grain::Year {
        return None;
    }
    let times = match unit.word {
        "时辰" | "个时辰" => 2.0,
        "刻钟" => 0.25,
        _ => 1.0,
    };
    if let Some((least, most)) = guess(text, at, amount, end) {
        return guessed(text, end, least * times, most * times, grain);
    }
    let far = amount.single()? * times;
    let works = unit.word.ends_with("工作日") || unit.word.ends_with("交易日");
    if amount.bound == Bound::Exact && is_ahead(text, at) {
        // 再过两天: then or later.
        let moment = Moment { edge: Some(Edge::After), ..Moment::of(Step::Shift(far, grain)) };
        return (!works).then_some((ExpressionKind::Date, Value::Moment(moment), end));
    }
    for &(word, way, edge) in SHIFTS {
        let Some(to) = text.eat(end, word) else { continue };
        let bar = match edge {
            Some(Edge::Within) => "容部外地陆蒙涵务",
            Some(Edge::Since) => "到说看自年",
            _ => OTHER_WORDS,
        };
        if text.char(to).is_some_and(|it| bar.contains(it)) {
            return None;
        }
        let rough = amount.bound == Bound::AtLeast || far.fract() != 0.0;
        let step = match edge {
            // 三年来 is to the day, 三年多来 and 三年半来 to the year and month.
            _ if works => Step::Workdays((far * way) as i32),
            Some(Edge::Since) if !rough => Step::Since(-far, grain),
            _ => Step::Shift(far * way, grain),
        };
        let edge = edge.filter(|_| matches!(step, Step::Shift(..) | Step::Workdays(_)));
        // The holidays among working days are not known.
        let about = works || matches!(amount.bound, Bound::About | Bound::AtLeast);
        let moment = Moment { about, edge, ..Moment::of(step) };
        let length = matches!(step, Step::Since(..)) || matches!(edge, Some(Edge::Since | Edge::Within));
        let kind = if length { ExpressionKind::Duration } else { ExpressionKind::Date };
        return Some((kind, Value::Moment(moment), to));
    }
    None
}

/// The least and the most of 三四年, 二十几年, 几十年; the amount stands from `at` to `end`.
fn guess(text: Reader, at: usize, amount: &Amount, end: usize) -> Option<(f64, f64)> {
    let some = text.text[at..end].contains(['几', '数']);
    match (amount.single(), amount.ceiling) {
        // 几十 is twenty to ninety and some.
        (None, None) if some && amount.to == 4.5 * amount.from => Some((amount.from, amount.from * 5.0)),
        (None, None) => Some((amount.from, amount.to)),
        (Some(least), Some(most)) if some => Some((least, most)),
        _ => None,
    }
}

/// 三四年前, 几十年之后: from so long to so long ago or ahead.
fn guessed(text: Reader, end: usize, least: f64, most: f64, grain: Grain) -> Option<Found> {
    let (way, to) = SHIFTS.iter().find_map(|it| {
        let stretch = matches!(it.2, Some(Edge::Within | Edge::Since));
        Some((it.1, text.eat(end, it.0).filter(|_| !stretch)?))
    })?;
    let (near, far) = (Step::Shift(least * way, grain), Step::Shift(most * way, grain));
    let (from, until) = if way < 0.0 { (far, near) } else { (near, far) };
    let barred = text.char(to).is_some_and(|it| OTHER_WORDS.contains(it));
    let value = Value::Span(Moment::of(from), Moment::of(until));
    (!barred && grain >= Grain::Year).then_some((ExpressionKind::Date, value, to))
}

/// 再过|两天, and 过|两天 where a sentence begins.
fn is_ahead(text: Reader, at: usize) -> bool {
    let opens = |word: &str| {
        let start = at - word.len();
        text.before(start).is_none_or(|it| "，。；：！？“”、,;!? ".contains(it))
    };
    text.after_any(at, &["再过", "再等"]) || text.text[..at].ends_with("过") && opens("过")
}

/// What shows after 前 and 后 that they begin another word.
const OTHER_WORDS: &str = "往来期续勤备悔半排卫两三几提方面线台";

/// What makes a length of time a moment or a stretch up to now or from now on.
const SHIFTS: &[(&str, f64, Option<Edge>)] = &[
    ("之前", -1.0, Some(Edge::Before)),
    ("以前", -1.0, Some(Edge::Before)),
    ("前", -1.0, None),
    ("之后", 1.0, Some(Edge::After)),
    ("以后", 1.0, Some(Edge::After)),
    ("后", 1.0, None),
    ("之内", 1.0, Some(Edge::Within)),
    ("以内", 1.0, Some(Edge::Within)),
    ("内", 1.0, Some(Edge::Within)),
    ("以来", -1.0, Some(Edge::Since)),
    ("来", -1.0, Some(Edge::Since)),
];
