//! Lengths of time that say when: 3天前, 两年后, 60日内, 三年多来.

use super::ExpressionKind;
use super::amount::Found;
use super::reader::Reader;
use super::units::Dimension;
use super::value::{Amount, Bound, Edge, Grain, Moment, Step, Value};

/// `3天前`, `两年后`, `10分钟后`: a moment, counted from another. `3年来` stays a duration.
pub(super) fn shift(text: Reader, amount: &Amount, end: usize) -> Option<Found> {
    let Some(Dimension::Time(grain)) = amount.unit.map(|it| it.dimension) else { return None };
    let unit = amount.unit?;
    // 3个工作日后: on which days one works, no calendar here says.
    if unit.word.ends_with("工作日") || unit.word.ends_with("交易日") || grain < Grain::Year {
        return None;
    }
    let (far, grain) = match unit.word {
        "时辰" | "个时辰" => (amount.single()? * 2.0, grain),
        "刻钟" => (amount.single()? / 4.0, grain),
        _ => (amount.single()?, grain),
    };
    for &(word, way, edge) in SHIFTS {
        let Some(to) = text.eat(end, word) else { continue };
        let bar = match edge {
            Some(Edge::Within) => "容部外地陆蒙涵务",
            Some(Edge::Since) => "到说看自年",
            _ => "往来期续勤备悔半排卫两三几提方面线台",
        };
        if text.char(to).is_some_and(|it| bar.contains(it)) {
            return None;
        }
        let rough = amount.bound == Bound::AtLeast || far.fract() != 0.0;
        let step = match edge {
            // 三年来 is to the day, 三年多来 and 三年半来 to the year and month.
            Some(Edge::Since) if !rough => Step::Since(-far, grain),
            _ => Step::Shift(far * way, grain),
        };
        let edge = edge.filter(|_| matches!(step, Step::Shift(..)));
        let about = matches!(amount.bound, Bound::About | Bound::AtLeast);
        let moment = Moment { about, edge, ..Moment::of(step) };
        let length = matches!(step, Step::Since(..)) || matches!(edge, Some(Edge::Since | Edge::Within));
        let kind = if length { ExpressionKind::Duration } else { ExpressionKind::Date };
        return Some((kind, Value::Moment(moment), to));
    }
    None
}

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
