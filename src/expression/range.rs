//! From one moment to another: `1月27日至2月3日`, `2018—2020年`, `1999.08-2002.02`, `七八点钟`.

use super::clock;
use super::moment::{grain_of, point, short};
use super::number::{Form, numeral};
use super::reader::{Reader, digit};
use super::step::{grain, numbered, weekday};
use super::value::{Clock, Grain, Moment, Step, Twin, Value};

/// A span at `at` that no whole moment opens.
pub(super) fn of_numbers(text: Reader, at: usize) -> Option<(Value, usize)> {
    let none = Moment::default();
    open_range(text, at, &none).or_else(|| dotted_months(text, at)).or_else(|| guessed_hour(text, at, &none))
}

/// The span that `first`, which ended at `end`, opens.
pub(super) fn after(text: Reader, end: usize, first: &Moment) -> Option<(Value, usize)> {
    open_range(text, end, first)
        .or_else(|| range_end(text, end, first).map(|(second, to)| (Value::Span(first.clone(), second), to)))
        .map(|(value, to)| with_weekdays(text, value, to))
        .or_else(|| guessed_hour(text, end, first))
        .or_else(|| days_in_a_row(text, end, first))
}

/// `16日至18日|（星期一至星期三）`: the weekdays of both ends of a span that ended at `end`.
fn with_weekdays(text: Reader, value: Value, end: usize) -> (Value, usize) {
    let weekdays = || {
        let inside = text.eat_any(end, &['（', '('])?;
        let week = |at: usize| text.eat_word(at, &["星期", "礼拜", "周"]);
        let (Step::Weekday(first), after) = weekday(text, week(inside)?)? else { return None };
        let mark = range_mark(text, after)?;
        let (Step::Weekday(second), after) = weekday(text, week(mark).unwrap_or(mark))? else { return None };
        Some((Twin::Weekday(first), Twin::Weekday(second), text.eat_any(after, &['）', ')'])?))
    };
    match value {
        Value::Span(mut first, mut second)
            if first.twin.is_none() && second.twin.is_none() && second.day().is_some() =>
        {
            let Some((from, until, to)) = weekdays() else { return (Value::Span(first, second), end) };
            (first.twin, second.twin) = (Some(from), Some(until));
            (Value::Span(first, second), to)
        }
        value => (value, end),
    }
}

/// What stands between the two ends of a range.
pub(super) const RANGE: &[&str] = &["——", "—", "–", "－", "-", "～", "~", "〜", "至", "到", "\u{2011}"];

/// Past a range mark at `at`, spaces around it allowed.
pub(super) fn range_mark(text: Reader, at: usize) -> Option<usize> {
    text.eat_word(text.skip_space(at), RANGE).map(|it| text.skip_space(it))
}

/// The second end of a range whose first ended at `end`.
fn range_end(text: Reader, end: usize, first: &Moment) -> Option<(Moment, usize)> {
    // 自5月26日起至5月29日止; 3月和5月之间.
    let start = text.eat(end, "起").map_or(end, |it| text.eat_any(it, &['，', ',']).unwrap_or(it));
    let between = text.eat_word(text.skip_space(end), &["和", "与"]);
    let at = range_mark(text, start).or(between)?;
    let (mut second, mut to) = point(text, at, None, Some(first))?;
    if between == Some(at) {
        to = text.eat_word(to, &["之间", "间"])?;
    }
    // 大年初一至初七: the month is said once.
    if let (Some(day), [Step::Lunar(short)]) = (first.lunar(), &mut second.steps[..])
        && text.char(at) == Some('初')
    {
        short.month = if day.day == Some(30) && day.month == 12 { 1 } else { day.month };
    }
    let (from, until) = (grain_of(first)?, grain_of(&second)?);
    // 2月1日至7日, 上午9时至11时, 去年底到今年初: of one kind.
    let alike = from == until
        || (from >= Grain::Daypart) == (until >= Grain::Daypart)
        || first.clock().is_some() && second.clock().is_some()
        || matches!(second.steps[..], [Step::Now]);
    let end = text.eat(to, "止").unwrap_or(to);
    alike.then_some((second, end))
}

/// `2018—2020年`, `1至3月`, `1—7日`, `9至11时`: the unit stands once, after the second number. What stands before
/// both is `head`: `2019年4月|12—19日`.
fn open_range(text: Reader, at: usize, head: &Moment) -> Option<(Value, usize)> {
    let last = grain_of(head);
    let at = if last.is_some() { text.skip_space(at) } else { at };
    let first = numeral(text, at)?;
    let mark = range_mark(text, first.end)?;
    let second = numeral(text, mark)?;
    let mixed =
        matches!((first.form, second.form), (Form::Single, Form::Chinese) | (Form::Arabic, Form::Single));
    if first.form != second.form && !mixed || head.edge.is_some() || head.twin.is_some() {
        return None;
    }
    let until = match numbered(text, mark, &second, Grain::Century) {
        Some((until, _)) => until,
        None => clock::clock(text, mark, last, last.is_some())?.0,
    };
    let (low, high) = (first.whole(9999)?, second.whole(9999)?);
    let from = match until {
        // 2018—20年 is 2018 to 2020.
        Step::Year(_) if first.len == 4 => Step::Year(low as i32),
        Step::Month(_) if low < high && (1..=12).contains(&low) => Step::Month(low as u8),
        Step::Day(_) if low < high && (1..=31).contains(&low) => Step::Day(low as u8),
        Step::Clock(clock) if low < high && low <= 24 && clock.second.is_none() => {
            Step::Clock(Clock { hour: low as u8, minute: None, second: None })
        }
        _ => return None,
    };
    if last.is_some_and(|it| it >= grain(&from)) {
        return None;
    }
    let mut from = Moment { steps: vec![from], ..Moment::default() };
    from.steps.splice(0..0, head.steps.iter().copied());
    let (second, end) = point(text, mark, None, Some(&from))?;
    Some((Value::Span(from, second), end))
}

/// `1999.08-2002.02`, `2008.03-2009`: from one month to another or into a year. `1994.01-19` is a day.
fn dotted_months(text: Reader, at: usize) -> Option<(Value, usize)> {
    let year = |at: usize| {
        let year = text.text.get(at..at + 4).filter(|it| it.bytes().all(|it| it.is_ascii_digit()))?;
        Some(Step::Year(year.parse().ok()?))
    };
    let month = |at: usize| {
        let (month, end) = short(text, text.eat(at + 4, ".")?)?;
        let fits = (1..=12).contains(&month) && end == at + 7;
        fits.then_some((vec![year(at)?, Step::Month(month)], end))
    };
    let moment = |steps: Vec<Step>| Moment { steps, ..Moment::default() };
    let free = |end: usize| !text.char(end).is_some_and(|it| it == '.' || digit(it).is_some());
    let (mut first, end) = month(at)?;
    let mark = range_mark(text, end)?;
    if let Some((second, end)) = month(mark) {
        return free(end).then_some((Value::Span(moment(first), moment(second)), end));
    }
    if let Some((day @ 13..=31, end)) = short(text, mark).filter(|_| text.before(mark) == Some('-')) {
        first.push(Step::Day(day));
        return free(end).then_some((Value::Moment(moment(first)), end));
    }
    let second = year(mark).filter(|it| matches!(it, Step::Year(1900..2100)) && free(mark + 4))?;
    Some((Value::Span(moment(first), Moment::of(second)), mark + 4))
}

/// A year that is all of the text, a table's cell or a heading: `2018`, `24年`.
pub(super) fn lone_year(text: Reader, at: usize) -> Option<Step> {
    (at == 0 && text.text.len() <= "24年".len().max(4)).then_some(())?;
    let (digits, short) = match text.text.strip_suffix('年') {
        Some(digits) => (digits, true),
        None => (text.text, false),
    };
    let fits = digits.len() == if short { 2 } else { 4 } && digits.bytes().all(|it| it.is_ascii_digit());
    let year: i32 = digits.parse().ok().filter(|_| fits)?;
    match (short, year) {
        // 15年 is as well how long something takes.
        (true, 21..=30) => Some(Step::Year(2000 + year)),
        (false, 1900..2100) => Some(Step::Year(year)),
        _ => None,
    }
}

/// `明天下午|七八点`, `七八点钟`: between one hour and the next, up to the end of that. Without a day before it 点钟
/// must say that it is a time.
fn guessed_hour(text: Reader, at: usize, head: &Moment) -> Option<(Value, usize)> {
    let dated = grain_of(head).is_some_and(|it| Grain::Day <= it && it <= Grain::Daypart);
    let number = numeral(text, at).filter(|it| it.form == Form::Single && it.from + 1.0 == it.to)?;
    let end = match text.eat_word(number.end, &["点钟", "点多钟"]) {
        Some(end) => end,
        None => text.eat(number.end, "点").filter(|_| dated)?,
    };
    let clock = |hour: f64| Step::Clock(Clock { hour: hour as u8, minute: None, second: None });
    let mut first = head.clone();
    first.steps.push(clock(number.from));
    let second = Moment { about: true, ..Moment::of(clock(number.to)) };
    Some((Value::Span(first, second), end))
}

/// `9月10日|、11日、12日`: three days and more, one after another, are a stretch of days.
fn days_in_a_row(text: Reader, at: usize, first: &Moment) -> Option<(Value, usize)> {
    let start = first.day().filter(|_| matches!(first.steps.last(), Some(Step::Day(_))))?;
    let (mut day, mut end) = (start, at);
    while let Some(after) = text.eat_any(end, &['、', '，', ','])
        && let Some((next, to)) = short(text, after)
        && next == day + 1
        && let Some(to) = text.eat_any(to, &['日', '号'])
    {
        (day, end) = (next, to);
    }
    let plain = first.twin.is_none() && !first.about;
    (plain && day >= start + 2).then(|| (Value::Span(first.clone(), Moment::of(Step::Day(day))), end))
}
