//! The values of expressions as plain JSON; docs/annotate.md describes every key.

use serde_json::{Map, Number, Value as Json, json};

use crate::expression::units::{Dimension, Unit};
use crate::expression::value::{Clock, Grain};
use crate::expression::{
    Amount, Basis, Bound, Edge, Expression, ExpressionKind, Moment, Resolved, Step, Value,
};

/// The value of `expression`, which `resolved` is the meaning of where it is a moment that can be known.
pub(super) fn value(expression: &Expression, resolved: Option<&Resolved>) -> Json {
    match &expression.value {
        Value::Amount(amount) => self::amount(amount, expression.kind),
        Value::Moment(moment) => self::moment(moment, None, resolved),
        Value::Span(first, second) => self::moment(first, Some(second), resolved),
        Value::Every(every, turn) => {
            let mut value = Map::new();
            value.insert("every".into(), duration(every, every.from).into());
            if let Some(turn) = turn {
                let first = turn.moment().cloned().unwrap_or_default();
                let second = if let Value::Span(_, second) = &**turn { Some(second) } else { None };
                value.insert("next".into(), self::moment(&first, second, resolved));
            }
            value.into()
        }
    }
}

/// A moment: what it means, or what the text says of it where that cannot be known.
fn moment(moment: &Moment, second: Option<&Moment>, resolved: Option<&Resolved>) -> Json {
    let mut value = Map::new();
    let about = moment.about || second.is_some_and(|it| it.about);
    match resolved {
        Some(resolved) => {
            if let (Some(day), None) = (resolved.day(), second) {
                value.insert("date".into(), day.to_string().into());
            }
            if let (Some(clock), None) = (resolved.clock, second) {
                let key = if resolved.until.is_some() { "part_of_day" } else { "time" };
                let said = match resolved.until {
                    Some(until) => format!("{}/{}", time(clock), time(until)),
                    None => time(clock),
                };
                value.insert(key.into(), said.into());
            }
            let iso =
                |it: Option<crate::expression::Instant>| it.map_or(Json::Null, |it| it.to_string().into());
            value.insert("from".into(), iso(resolved.from));
            value.insert("to".into(), iso(resolved.to));
            let basis = match resolved.basis {
                Basis::Said => "text",
                Basis::Year => "year",
                Basis::Issued => "date",
                Basis::Article => "article",
            };
            value.insert("basis".into(), basis.into());
        }
        None => {
            let parts = [
                ("year", moment.year().map(i64::from)),
                ("month", moment.month().map(i64::from)),
                ("day", moment.day().map(i64::from)),
            ];
            value.extend(parts.into_iter().filter_map(|(key, it)| Some((key.into(), it?.into()))));
            if let Some(clock) = moment.clock().filter(|it| it.exists()) {
                value.insert("time".into(), time(clock).into());
            }
        }
    }
    if let Some(edge) = moment.edge {
        let word = match edge {
            Edge::Before => "before",
            Edge::UpTo => "up_to",
            Edge::After => "after",
            Edge::From => "from",
            Edge::Since => "since",
            Edge::Within => "within",
        };
        value.insert("edge".into(), word.into());
    }
    if let [Step::Shift(by, grain) | Step::Since(by, grain)] = moment.steps[..] {
        value.insert("offset".into(), offset(by, grain).into());
    }
    if let Some(lunar) = moment.lunar() {
        let said = json!({"month": lunar.month, "leap": lunar.leap, "day": lunar.day});
        value.insert("lunar".into(), said);
    }
    if let Some(weekday) = moment.weekday() {
        value.insert("weekday".into(), (weekday.index() + 1).into());
    }
    if about {
        value.insert("about".into(), true.into());
    }
    if value.is_empty() { Json::Null } else { value.into() }
}

/// `-P3Y`, `PT2H`: how far from the reference.
fn offset(by: f64, grain: Grain) -> String {
    let said = iso(grain, by.abs(), 1.0);
    if by < 0.0 { format!("-{said}") } else { said }
}

/// `17:00`, `17:30:05`.
fn time(clock: Clock) -> String {
    let minute = clock.minute.unwrap_or(0);
    let short = format!("{:02}:{minute:02}", clock.hour);
    clock.second.map_or(short.clone(), |it| format!("{short}:{it:02}"))
}

/// A number and its unit. Shares are told in percent however they are printed.
fn amount(amount: &Amount, kind: ExpressionKind) -> Json {
    let scale = match amount.unit {
        Some(it) if it.dimension == Dimension::Share => it.factor * 100.0,
        _ => 1.0,
    };
    let mut value = Map::new();
    if amount.from == amount.to {
        value.insert("number".into(), number(amount.from * scale));
    } else {
        value.insert("from".into(), number(amount.from * scale));
        value.insert("to".into(), number(amount.to * scale));
    }
    let bound = match amount.bound {
        Bound::Exact => None,
        Bound::About => Some("about"),
        Bound::AtLeast => Some("at_least"),
        Bound::AtMost => Some("at_most"),
    };
    value.extend(bound.map(|it| (it.into(), true.into())));
    if let Some(ceiling) = amount.ceiling {
        value.insert("less_than".into(), number(ceiling * scale));
    }
    if let Some(unit) = amount.unit {
        let word = if unit.dimension == Dimension::Share { "%" } else { unit.word };
        value.insert("unit".into(), word.into());
        if let Dimension::Money(code) = unit.dimension {
            value.insert("currency".into(), code.into());
        }
        if kind == ExpressionKind::Duration {
            if amount.from == amount.to {
                value.insert("duration".into(), duration(amount, amount.from).into());
            } else {
                let both = [duration(amount, amount.from), duration(amount, amount.to)];
                value.insert("duration".into(), both.join("/").into());
            }
        }
    }
    if let Some(Unit { word, .. }) = amount.per {
        value.insert("per".into(), word.into());
    }
    value.into()
}

/// `count` units of `amount` as an ISO 8601 duration: `P3Y`, `P2.5M`, `PT3H20M`.
fn duration(amount: &Amount, count: f64) -> String {
    let Some(unit) = amount.unit else { return String::new() };
    let Dimension::Time(grain) = unit.dimension else { return String::new() };
    if amount.compound {
        return compound(grain, count, unit.factor);
    }
    iso(grain, count, unit.factor / base(grain))
}

/// Seconds of one hour or second, by which the table's multiples of them are known: a 刻钟 is a quarter of an hour.
fn base(grain: Grain) -> f64 {
    match grain {
        Grain::Hour => 3600.0,
        Grain::Second => 1.0,
        _ => f64::NAN,
    }
}

/// `count` grains, each `times` as long, as an ISO 8601 duration.
fn iso(grain: Grain, count: f64, times: f64) -> String {
    // What the table has as a multiple of a grain is told in it: a 刻钟 is 15 minutes, a 时辰 two hours.
    let (count, letter, time) = match grain {
        Grain::Century => (count * 100.0, 'Y', false),
        Grain::Decade => (count * 10.0, 'Y', false),
        Grain::Year => (count, 'Y', false),
        Grain::Quarter => (count * 3.0, 'M', false),
        Grain::Month => (count, 'M', false),
        Grain::Part => (count * 10.0, 'D', false),
        Grain::Week => (count * 7.0, 'D', false),
        Grain::Day | Grain::Daypart => (count, 'D', false),
        Grain::Hour if times == 0.25 => (count * 15.0, 'M', true),
        Grain::Hour => (count * times, 'H', true),
        Grain::Minute => (count, 'M', true),
        Grain::Second => (count * times, 'S', true),
    };
    format!("P{}{}{letter}", if time { "T" } else { "" }, number(count))
}

/// `3年零2个月`, `36天5小时30分`: told in the least unit, taken apart again.
fn compound(grain: Grain, count: f64, factor: f64) -> String {
    let mut said = String::from("P");
    let mut rest = count;
    let mut take = |each: f64, letter: &str, rest: &mut f64| {
        let whole = (*rest / each + 1e-9).floor();
        if whole > 0.0 {
            said += &format!("{}{letter}", number(whole));
            *rest -= whole * each;
        }
    };
    if grain <= Grain::Month {
        take(12.0, "Y", &mut rest);
        take(1.0, "M", &mut rest);
    } else {
        let mut seconds = (rest * factor).round();
        take(86_400.0, "D", &mut seconds);
        let mut clock = String::new();
        for (each, letter) in [(3600.0, 'H'), (60.0, 'M'), (1.0, 'S')] {
            let whole = (seconds / each + 1e-9).floor();
            if whole > 0.0 {
                clock += &format!("{}{letter}", number(whole));
                seconds -= whole * each;
            }
        }
        if !clock.is_empty() {
            said += &format!("T{clock}");
        }
    }
    said
}

/// A whole number as one, else with the dust of the division taken off.
fn number(value: f64) -> Json {
    if value.fract() == 0.0 && value.abs() < 9e15 {
        return Json::Number((value as i64).into());
    }
    let clean = format!("{value:.12e}").parse().unwrap_or(value);
    Number::from_f64(clean).map_or(Json::Null, Json::Number)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::expression::{Anchor, Reference, expressions};

    /// The value of the first expression of `text`, read on 13 February 2020.
    fn read(text: &str) -> String {
        let now = Reference::parse("2020-02-13").unwrap();
        let anchor = Anchor { year: Some(2020), issued: now.date(), date: None, now: Some(now) };
        let found = expressions(text);
        value(&found[0], found[0].value.resolved(&anchor).as_ref()).to_string()
    }

    #[test]
    fn amounts_say_how_exact_they_are() {
        assert_eq!(read("2.8万余袋"), r#"{"number":28000,"at_least":true,"less_than":29000,"unit":"袋"}"#);
        assert_eq!(read("150吨到200吨"), r#"{"from":150,"to":200,"unit":"吨"}"#);
        assert_eq!(read("三成"), r#"{"number":30,"unit":"%"}"#);
        assert_eq!(read("3.5元/斤"), r#"{"number":3.5,"unit":"元","currency":"CNY","per":"斤"}"#);
        assert_eq!(read("3小时20分"), r#"{"number":200,"unit":"分","duration":"PT3H20M"}"#);
        assert_eq!(read("两年半"), r#"{"number":2.5,"unit":"年","duration":"P2.5Y"}"#);
    }

    #[test]
    fn moments_always_say_from_and_to() {
        assert_eq!(
            read("2月12日17时许"),
            r#"{"date":"2020-02-12","time":"17:00","from":"2020-02-12T17:00:00","to":"2020-02-12T17:59:59","basis":"year","about":true}"#
        );
        assert_eq!(
            read("2035年以前"),
            r#"{"from":"2020-02-13T00:00:00","to":"2035-12-31T23:59:59","basis":"text","edge":"before"}"#
        );
        assert_eq!(
            read("1月27日（农历正月初三）"),
            r#"{"date":"2020-01-27","from":"2020-01-27T00:00:00","to":"2020-01-27T23:59:59","basis":"year","lunar":{"month":1,"leap":false,"day":3}}"#
        );
        assert_eq!(read("日前"), "null");
    }

    #[test]
    fn what_comes_again_says_how_often() {
        assert_eq!(
            read("每年9月"),
            r#"{"every":"P1Y","next":{"from":"2020-09-01T00:00:00","to":"2020-09-30T23:59:59","basis":"year"}}"#
        );
        assert_eq!(read("每隔3天"), r#"{"every":"P3D"}"#);
    }
}
