//! What comes again and again: 每年, 每隔3天, 每周三, 每天上午9时至11时.

use super::amount::Found;
use super::moment::turn;
use super::number::numeral;
use super::reader::Reader;
use super::units::{Dimension, unit_at};
use super::value::{Amount, Grain, Value};

/// Turns that are told without a number, the unit that each is one of, and the size of what may follow.
const TURNS: &[(&str, &str, Grain)] = &[
    ("个工作日", "天", Grain::Day),
    ("个星期", "周", Grain::Week),
    ("个礼拜", "周", Grain::Week),
    ("个季度", "个季度", Grain::Quarter),
    ("个月", "个月", Grain::Month),
    ("个小时", "小时", Grain::Hour),
    ("个周", "周", Grain::Week),
    ("星期", "周", Grain::Week),
    ("季度", "个季度", Grain::Quarter),
    ("小时", "小时", Grain::Hour),
    ("分钟", "分钟", Grain::Minute),
    ("年", "年", Grain::Year),
    ("月", "个月", Grain::Month),
    ("周", "周", Grain::Week),
    ("天", "天", Grain::Day),
    ("日", "天", Grain::Day),
    ("晚", "天", Grain::Day),
];

/// Names that begin like a turn: 每日电讯, 每日经济新闻.
const NAMES: &[&str] = &["日电讯", "日经济", "日新闻", "日商报", "日邮报", "日镜报", "日优鲜", "周质量"];

/// What comes again and again, 每 having ended at `at`.
pub(super) fn every(text: Reader, at: usize) -> Option<Found> {
    if text.eat_word(at, NAMES).is_some() {
        return None;
    }
    let apart = text.eat(at, "隔").unwrap_or(at);
    let (every, grain, end) = match counted(text, text.skip_space(apart)) {
        Some(found) => found,
        None => {
            let (word, unit, grain) = TURNS.iter().find(|it| text.eat(apart, it.0).is_some())?;
            let unit = unit_at(unit, 0, true)?.0;
            (Amount { unit: Some(unit), ..Amount::number(1.0) }, *grain, apart + word.len())
        }
    };
    let (turn, end) = match turn(text, text.eat(end, "的").unwrap_or(end), grain) {
        Some((value, to)) => (Some(Box::new(value)), to),
        None => (None, end),
    };
    let value = Value::Every(every, turn);
    Some((super::kind_of_time(&value), value, end))
}

/// 每3天, 每半年, 每隔两个月.
fn counted(text: Reader, at: usize) -> Option<(Amount, Grain, usize)> {
    let number = numeral(text, at)?;
    let (unit, end) = unit_at(text.text, text.skip_space(number.end), true)?;
    let Dimension::Time(grain) = unit.dimension else { return None };
    let amount = Amount { unit: Some(unit), to: number.to, ..Amount::number(number.from) };
    Some((amount, grain, end))
}
