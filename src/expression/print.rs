//! Values as canonical text, in tests.

use super::lunar::LunarDate;
use super::value::{Clock, Grain, LunarDay, Part};
use super::words::{self, holiday_name};
use super::{Amount, Bound, Edge, Moment, Step, Twin, Value};

/// How the numbers of a text are written.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Digits {
    Arabic,
    Chinese,
}

pub(super) use Digits::{Arabic, Chinese};

/// `value` as text; what says how exact it is stands around it.
pub(super) fn print(value: &Value, digits: Digits) -> String {
    match value {
        Value::Amount(it) => amount(it, digits),
        Value::Moment(it) => moment(it, digits),
        Value::Span(from, to) => format!("{}至{}", moment(from, digits), moment(to, digits)),
        Value::Every(every, turn) => {
            let turn = turn.as_ref().map_or(String::new(), |it| print(it, digits));
            format!("每隔{}{turn}", amount(every, digits))
        }
    }
}

/// An amount: `约3.5万吨`, `200多万元`, `150吨至200吨`, `37元/吨`.
fn amount(it: &Amount, digits: Digits) -> String {
    let unit = it.unit.map_or("", |it| it.word);
    let per = it.per.map_or(String::new(), |it| format!("/{}", it.word));
    let (before, after) = match it.bound {
        Bound::AtLeast if it.ceiling.is_none() => ("至少", ""),
        Bound::AtMost => ("不超过", ""),
        Bound::About => ("约", ""),
        Bound::AtLeast => ("", "多"),
        Bound::Exact => ("", ""),
    };
    let number = |it: f64| number(it, digits);
    match it.single() {
        Some(one) => format!("{before}{}{after}{unit}{per}", number(one)),
        None => format!("{before}{}{unit}至{}{unit}", number(it.from), number(it.to)),
    }
}

/// A number: `1300`, `28万`, `3.5`, `一百零三`, `三点五`.
fn number(it: f64, digits: Digits) -> String {
    let sign = if it < 0.0 { if digits == Arabic { "-" } else { "负" } } else { "" };
    let it = it.abs();
    let said = match digits {
        Arabic if it >= 1e8 && it % 1e8 == 0.0 => format!("{}亿", it / 1e8),
        Arabic if it >= 1e5 && it % 1e4 == 0.0 => format!("{}万", it / 1e4),
        Arabic => it.to_string(),
        Chinese => {
            let said = it.to_string();
            let (whole, part) = said.split_once('.').unwrap_or((&said, ""));
            let part: String = part.bytes().map(|it| HAN[usize::from(it - b'0')]).collect();
            let point = if part.is_empty() { "" } else { "点" };
            format!("{}{point}{part}", han(whole.parse().unwrap_or(0)))
        }
    };
    format!("{sign}{said}")
}

const HAN: [char; 10] = ['零', '一', '二', '三', '四', '五', '六', '七', '八', '九'];

/// A whole number in Chinese numerals.
fn han(it: u64) -> String {
    for (times, name) in [(100_000_000, '亿'), (10_000, '万')] {
        if it >= times {
            let (above, below) = (it / times, it % times);
            let zero = if 0 < below && below < times / 10 { "零" } else { "" };
            let below = if below == 0 { String::new() } else { han(below) };
            // 一十 stands within a number, 十 at its head.
            let below = if below.starts_with('十') { format!("一{below}") } else { below };
            return format!("{}{name}{zero}{below}", han(above));
        }
    }
    let digits = [it / 1000 % 10, it / 100 % 10, it / 10 % 10, it % 10];
    let mut said = String::new();
    let mut zero = false;
    for (digit, name) in digits.into_iter().zip(["千", "百", "十", ""]) {
        match digit {
            0 => zero = !said.is_empty(),
            _ => {
                if zero {
                    said.push('零');
                }
                if !(name == "十" && digit == 1 && said.is_empty()) {
                    said.push(HAN[digit as usize]);
                }
                said.push_str(name);
                zero = false;
            }
        }
    }
    if said.is_empty() { "零".into() } else { said }
}

/// A moment: its steps, its second name in brackets, its edge.
fn moment(it: &Moment, digits: Digits) -> String {
    let mut said = String::new();
    for step in &it.steps {
        said += &self::step(step, digits);
        match it.twin.filter(|_| matches!(step, Step::Day(_))) {
            Some(Twin::Lunar(day)) => said += &format!("（农历{}）", lunar(day)),
            Some(Twin::Weekday(day)) => said += &format!("（{}）", day.zh()),
            None => {}
        }
    }
    if it.about && !matches!(it.steps[..], [Step::Workdays(_)]) {
        said += "左右";
    }
    said + match it.edge {
        Some(Edge::Before) => "以前",
        Some(Edge::UpTo) => "为止",
        Some(Edge::After) => "以后",
        Some(Edge::From) => "及以后",
        Some(Edge::Since) => "以来",
        Some(Edge::Within) => "以内",
        None => "",
    }
}

fn lunar(day: LunarDay) -> String {
    let LunarDay { month, leap, day } = day;
    let date = LunarDate { year: 2020, month, leap, day: day.unwrap_or(1) };
    let said = date.zh();
    match day {
        Some(_) => said,
        None => said.trim_end_matches("初一").to_owned(),
    }
}

/// A step as its table names it, or with its number.
fn step(it: &Step, digits: Digits) -> String {
    let count = |it: u32| number(f64::from(it), digits);
    let of_table = || words::name(it).unwrap_or_else(|| panic!("{it:?} has no name")).to_owned();
    match *it {
        Step::Century(it) => format!("{}世纪", count(it as u32)),
        Step::Decade(it) => format!("{it}年代"),
        Step::Year(it) => format!("{it}年"),
        Step::Quarter(it) => format!("第{}季度", count(it.into())),
        Step::Month(it) => format!("{}月", count(it.into())),
        Step::Day(it) => format!("{}日", count(it.into())),
        Step::Lunar(day) => format!("农历{}", lunar(day)),
        Step::Holiday(it) => holiday_name(it).to_owned(),
        Step::Weekday(it) => it.zh().to_owned(),
        Step::Clock(Clock { hour, minute, second }) => {
            let minute = minute.map_or(String::new(), |it| format!("{}分", count(it.into())));
            let second = second.map_or(String::new(), |it| format!("{}秒", count(it.into())));
            format!("{}时{minute}{second}", count(hour.into()))
        }
        Step::Shift(by, grain) => {
            format!("{}{}{}", number(by.abs(), digits), length(grain), if by < 0.0 { "前" } else { "后" })
        }
        Step::Since(by, grain) => {
            format!("{}{}{}", if by < 0.0 { "近" } else { "未来" }, number(by.abs(), digits), length(grain))
        }
        Step::Workdays(by) => {
            format!("{}个工作日{}", count(by.unsigned_abs()), if by < 0 { "前" } else { "后" })
        }
        Step::First(it, grain) => format!("前{}{}", count(it), length(grain)),
        Step::Last(it, grain) => format!("最后{}{}", count(it), length(grain)),
        Step::Nth(it, grain) => format!("的第{}{}", count(it), length(grain)),
        Step::NthWeekday(it, day) => format!("的第{}个{}", count(it as u32), day.zh()),
        Step::Ago(_, _, grain) => format!("前两{}", length(grain)),
        Step::Part(Part::Start) => "初".into(),
        Step::Part(Part::End) => "底".into(),
        _ => of_table(),
    }
}

/// How long something takes.
fn length(grain: Grain) -> &'static str {
    match grain {
        Grain::Year => "年",
        Grain::Quarter => "个季度",
        Grain::Month => "个月",
        Grain::Week => "周",
        Grain::Day => "天",
        Grain::Hour => "小时",
        Grain::Minute => "分钟",
        _ => "秒",
    }
}
