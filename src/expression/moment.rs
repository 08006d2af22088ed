//! Moments: dates and times, step by step from the greatest to the least, `今年 · 2月 · 12日 · 下午 · 3时`; their
//! second name in brackets; and from one to another.

use super::lunar_day;
use super::number::{Form, numeral};
use super::reader::{Reader, digit};
use super::step::{grain, numbered, step, weekday};
use super::value::{Grain, Moment, Step, Twin, Value};
use super::words::{Word, word_at};

/// Steps a moment can have; 2020年 上半年 2月 上旬 12日 星期三 下午 3时 is eight.
const MOST_STEPS: usize = 9;

/// The moment or span of time that begins at `at`, with its end. O(1): what it looks at is bounded.
pub(super) fn moment(text: Reader, at: usize) -> Option<(Value, usize)> {
    if let Some(found) = open_range(text, at) {
        return Some(found);
    }
    let (first, end) = point(text, at, None)?;
    if let Some((second, to)) = range_end(text, end, &first) {
        return Some((Value::Span(first, second), to));
    }
    Some((Value::Moment(first), end))
}

/// What stands between the two ends of a range.
pub(super) const RANGE: &[&str] = &["——", "—", "–", "－", "-", "～", "~", "〜", "至", "到", "\u{2011}"];

/// Past a range mark at `at`, spaces around it allowed.
pub(super) fn range_mark(text: Reader, at: usize) -> Option<usize> {
    text.eat_word(text.skip_space(at), RANGE).map(|it| text.skip_space(it))
}

/// The second end of a range whose first ended at `end`.
fn range_end(text: Reader, end: usize, first: &Moment) -> Option<(Moment, usize)> {
    let at = range_mark(text, end)?;
    let (mut second, to) = point(text, at, Some(first))?;
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
        || first.clock().is_some() && second.clock().is_some();
    alike.then_some((second, to))
}

/// The grain of a moment's last step.
fn grain_of(moment: &Moment) -> Option<Grain> {
    moment.steps.last().map(grain)
}

/// `2018—2020年`, `1至3月`, `1—7日`, `9至11时`: the unit stands once, after the second number.
fn open_range(text: Reader, at: usize) -> Option<(Value, usize)> {
    let first = numeral(text, at)?;
    let mark = range_mark(text, first.end)?;
    let second = numeral(text, mark)?;
    if first.form != second.form && !matches!((first.form, second.form), (Form::Single, Form::Chinese)) {
        return None;
    }
    let (until, _) = numbered(text, mark, &second, Grain::Century)?;
    let (low, high) = (first.whole(9999)?, second.whole(9999)?);
    let from = match until {
        // 2018—20年 is 2018 to 2020.
        Step::Year(_) if first.len == 4 => Step::Year(low as i32),
        Step::Month(_) if low < high && (1..=12).contains(&low) => Step::Month(low as u8),
        Step::Day(_) if low < high && (1..=31).contains(&low) => Step::Day(low as u8),
        Step::Clock(clock) if low < high && low <= 24 && clock.minute.is_none() => {
            Step::Clock(super::value::Clock { hour: low as u8, ..clock })
        }
        _ => return None,
    };
    let first = Moment::of(from);
    let (second, end) = point(text, mark, Some(&first))?;
    Some((Value::Span(first, second), end))
}

/// One moment at `at`. After `first` it is the end of a range, and may be as short as `7日`.
fn point(text: Reader, at: usize, first: Option<&Moment>) -> Option<(Moment, usize)> {
    let mut moment = Moment::default();
    let (mut end, mut last) = (at, None);
    if let Some((steps, to)) = dashed(text, at) {
        moment.steps.extend(steps);
        (end, last) = (to, Some(Grain::Day));
        if let Some((twin, to)) = twin(text, end, &moment) {
            (moment.twin, end) = (Some(twin), to);
        }
    }
    while moment.steps.len() < MOST_STEPS {
        let Some((pair, to)) = step(text, end, last, first.is_some()) else { break };
        // A weekday after a day says that day again.
        if let (Step::Weekday(day), Some(Grain::Day)) = (pair.0, last) {
            moment.twin.get_or_insert(Twin::Weekday(day));
        } else {
            moment.steps.push(pair.0);
        }
        moment.steps.extend(pair.1);
        last = moment.steps.last().map(grain);
        end = to;
        if last == Some(Grain::Day)
            && let Some((twin, to)) = twin(text, end, &moment)
        {
            moment.twin = Some(twin);
            end = to;
        }
    }
    if moment.steps.is_empty() || !stands(text, at, end, &moment, first.is_some()) {
        return None;
    }
    for about in ["许", "左右", "前后"] {
        if let Some(to) = text.eat(end, about)
            && (about != "许" || last.is_some_and(|it| it >= Grain::Hour))
        {
            (moment.about, end) = (true, to);
            break;
        }
    }
    Some((moment, end))
}

/// `2020-02-12`, `2020/2/12`, `2020.2.12`: a year of four digits and the same mark twice.
fn dashed(text: Reader, at: usize) -> Option<([Step; 3], usize)> {
    let year = numeral(text, at).filter(|it| it.form == Form::Arabic && it.end - at == 4)?;
    let mark = text.eat_any(year.end, &['-', '/', '.'])?;
    let month = short(text, mark)?;
    let again = text.eat(month.1, &text.text[year.end..mark])?;
    let day = short(text, again)?;
    let steps = [Step::Year(year.whole(2999)? as i32), Step::Month(month.0), Step::Day(day.0)];
    let fits = (1..=12).contains(&month.0) && (1..=31).contains(&day.0) && year.from >= 1000.0;
    fits.then_some((steps, day.1))
}

/// One or two digits that no digit follows.
fn short(text: Reader, at: usize) -> Option<(u8, usize)> {
    let (mut value, mut end) = (0, at);
    while let Some(digit) = text.char(end).and_then(digit).filter(|_| end < at + 3) {
        value = value * 10 + digit as u32;
        end += 1;
    }
    (at < end && end <= at + 2).then_some((value as u8, end))
}

/// The same day again, in brackets or after a comma: `（农历正月初三）`, `（星期三）`, `，农历正月初三`, ` 星期三`.
fn twin(text: Reader, at: usize, moment: &Moment) -> Option<(Twin, usize)> {
    moment.steps.iter().any(|it| matches!(it, Step::Day(_))).then_some(())?;
    let bracket = text.eat_any(text.skip_space(at), &['（', '(', '〔', '［']);
    let inside = match bracket {
        Some(inside) => text.skip_space(inside),
        None => text.eat_any(at, &['，', ',', '、']).unwrap_or(at),
    };
    let inside = if bracket.is_some() { text.eat(inside, "即").unwrap_or(inside) } else { inside };
    let (found, end) = match word_at(text.text, inside)? {
        (Word::Lunar, _) => {
            let (step, end) = lunar_day::lunar(text, inside)?;
            let Step::Lunar(day) = step else { return None };
            day.day?;
            (Twin::Lunar(day), end)
        }
        (Word::Week, end) => {
            let (Step::Weekday(day), end) = weekday(text, end)? else { return None };
            (Twin::Weekday(day), end)
        }
        (Word::Step(Step::Holiday(index)) | Word::StepUnless(Step::Holiday(index), _), end)
            if bracket.is_some() || inside == at =>
        {
            (Twin::Lunar(lunar_day::of_holiday(index)?), end)
        }
        _ => return None,
    };
    match bracket {
        Some(_) => text.eat_any(text.skip_space(end), &['）', ')', '〕', '］']).map(|end| (found, end)),
        None => Some((found, end)),
    }
}

/// Whether what was read is a moment here: `3日内` and `3号楼` are none.
fn stands(text: Reader, at: usize, end: usize, moment: &Moment, second: bool) -> bool {
    let [only] = moment.steps[..] else { return true };
    let next = text.char(end);
    match only {
        Step::Day(_) if text.before(end) == Some('号') => {
            second
                || next.is_none_or(|it| {
                    !"楼线门院房机码厅文台馆车桌召店仓井库坑航泊地令站厂层路高桥床窗舱".contains(it)
                })
        }
        Step::Day(_) => {
            let duration = text.eat_word(end, &["内", "之内", "以内", "来", "游", "间", "间隔"]).is_some()
                || text.after_any(at, &["连续", "为期", "历时", "共", "近", "每", "长达"]);
            second || !duration && next.is_none_or(|it| !"本元均".contains(it))
        }
        Step::Month(_) => !text.after_any(at, &["每隔", "历时"]),
        Step::Part(_) => second,
        Step::Daypart(_) => text.text[at..end].chars().count() > 1,
        Step::First(..) | Step::Last(..) => true,
        Step::Nth(..) => false,
        _ => true,
    }
}
