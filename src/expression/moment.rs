//! Moments: dates and times, step by step from the greatest to the least, `今年 · 2月 · 12日 · 下午 · 3时`; their
//! second name in brackets.

use super::clock;
use super::edge::edge;
use super::era;
use super::lunar_day;
use super::number::{Form, is_numeral, numeral};
use super::range;
use super::reader::{Reader, digit, is_han};
use super::step::{grain, step, weekday};
use super::value::{Daypart, Grain, Moment, Step, Twin, Value};
use super::words::{Word, word_at};

/// Steps a moment can have; 2020年 上半年 2月 上旬 12日 星期三 下午 3时 is eight.
const MOST_STEPS: usize = 9;

/// The moment or span of time that begins at `at`, with its end. O(1): what it looks at is bounded.
pub(super) fn moment(text: Reader, at: usize) -> Option<(Value, usize)> {
    let word = word_at(text.text, at);
    if let Some((Word::Between(from, to), end)) = word {
        return Some((Value::Span(Moment::of(from), Moment::of(to)), end));
    }
    if let Some(year) = range::lone_year(text, at) {
        return Some((Value::Moment(Moment::of(year)), text.text.len()));
    }
    (word.is_some() || may_open(text, at)).then(|| whole(text, at, None)).flatten()
}

/// Whether a moment can begin at `at` without a word of time: an era, eight digits, or a numeral with a unit of time, a
/// mark of dates or ranges or another numeral after it. Most numerals count something else.
fn may_open(text: Reader, at: usize) -> bool {
    let timely = |it: char| {
        digit(it).is_some()
            || matches!(it, '年' | '月' | '日' | '号' | '时' | '点' | '世' | '季' | '至' | '到')
            || matches!(it, ':' | '：' | '∶' | '/' | '·' | '.')
            || matches!(it, '-' | '—' | '–' | '－' | '～' | '~' | '〜' | '\u{2011}')
    };
    let number = numeral(text, at);
    number.is_some_and(|it| it.len >= 8 || text.char(text.skip_space(it.end)).is_some_and(timely))
        || era::is_era(text, at)
}

/// Whether a moment opens at `at` that [`may_open`] does not know of.
#[cfg(test)]
pub(super) fn is_missed(text: Reader, at: usize) -> bool {
    word_at(text.text, at).is_none() && !may_open(text, at) && whole(text, at, None).is_some()
}

/// What a turn of `grain` is narrowed to: 每周 is to 三上午, 每年 to 9月到11月.
pub(super) fn turn(text: Reader, at: usize, grain: Grain) -> Option<(Value, usize)> {
    whole(text, at, Some(grain))
}

/// A moment or span at `at`, after a turn of grain `last`.
fn whole(text: Reader, at: usize, last: Option<Grain>) -> Option<(Value, usize)> {
    if let Some(found) = range::of_numbers(text, at) {
        return Some(found);
    }
    let (mut first, mut end) = point(text, at, last, None)?;
    if let Some(found) = range::after(text, end, &first) {
        return Some(found);
    }
    let told = !matches!(first.steps[..], [Step::Vague(_) | Step::Now | Step::Since(..)]);
    if let Some((edge, to)) = grain_of(&first).filter(|_| told).and_then(|it| edge(text, end, it)) {
        (first.edge, end) = (Some(edge), to);
    } else if let Some(to) = text.eat_word(end, &["内", "里"]).filter(|_| !told) {
        // 未来5年内, 过去的50分钟里.
        let bar = text.char(to).is_some_and(|it| "容部外地陆蒙涵务面".contains(it));
        end = if bar { end } else { to };
    }
    Some((Value::Moment(first), end))
}

/// The grain of a moment's last step.
pub(super) fn grain_of(moment: &Moment) -> Option<Grain> {
    moment.steps.last().map(grain)
}

/// One moment at `at`, after a turn of grain `turn`. After `first` it is the end of a range, and may be as short as
/// `7日`.
pub(super) fn point(
    text: Reader,
    at: usize,
    turn: Option<Grain>,
    first: Option<&Moment>,
) -> Option<(Moment, usize)> {
    let mut moment = Moment::default();
    let (mut end, mut last) = (at, turn);
    if let Some((steps, to)) = dashed(text, at).or_else(|| compact(text, at)) {
        moment.steps.extend(steps);
        (end, last) = (to, Some(Grain::Day));
    } else if let Some((steps, to)) = month_and_day(text, at) {
        moment.steps.extend(steps);
        (end, last) = (to, Some(Grain::Day));
    }
    if !moment.steps.is_empty() {
        if let Some((twin, to)) = twin(text, end, &moment) {
            (moment.twin, end) = (Some(twin), to);
        }
        // 2018-11-29 18:59, 2018-11-29T18:59.
        let near = text.eat_any(end, &[' ', 'T', '-']).unwrap_or(end);
        if let Some((time, to)) = clock::after_date(text, near) {
            moment.steps.push(Step::Clock(time));
            (end, last) = (to, Some(Grain::Second));
        }
    }
    let reign = turn.is_none() && first.is_none() && era::is_era(text, at);
    while moment.steps.len() < MOST_STEPS {
        let over = first.is_some() || turn.is_some() && moment.steps.is_empty();
        let found = step(text, end, last, over).or_else(|| of_it(text, end, last));
        let Some((pair, to)) = found else { break };
        // A weekday after a day says that day again.
        if let (Step::Weekday(day), Some(Grain::Day)) = (pair.0, last)
            && !moment.steps.is_empty()
        {
            moment.twin.get_or_insert(Twin::Weekday(day));
        } else {
            moment.steps.push(pair.0);
        }
        moment.steps.extend(pair.1);
        last = moment.steps.last().map(grain);
        end = to;
        if reign && moment.steps.len() == 1 {
            end = era::gloss(text, end).unwrap_or(end);
        }
        // 16日下午（星期一）: after a part of the day in brackets only.
        let said = last == Some(Grain::Day)
            || last == Some(Grain::Daypart) && text.eat_any(end, &['（', '(']).is_some();
        if said
            && moment.twin.is_none()
            && let Some((twin, to)) = twin(text, end, &moment)
        {
            moment.twin = Some(twin);
            end = to;
        }
    }
    if reign && era::is_lunar(text, at) {
        era::as_lunar(&mut moment.steps, &text.text[at..end]);
    }
    if moment.steps.is_empty() || !stands(text, at, end, &moment, first.is_some() || turn.is_some()) {
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

/// 三月的|第二周, 2021年的|最后4个月: a count within what came before, after 的.
fn of_it(text: Reader, end: usize, last: Option<Grain>) -> Option<(super::step::Steps, usize)> {
    let at = text.eat(end, "的").filter(|_| last.is_some())?;
    let found = step(text, at, last, false)?;
    matches!(found.0.0, Step::Nth(..) | Step::NthWeekday(..) | Step::First(..) | Step::Last(..))
        .then_some(found)
}

/// `20240307`: eight digits that are a day of this century or the last.
fn compact(text: Reader, at: usize) -> Option<([Step; 3], usize)> {
    let digits = text.text.get(at..at + 8).filter(|it| it.bytes().all(|it| it.is_ascii_digit()))?;
    let (year, month, day) =
        (digits[..4].parse().ok()?, digits[4..6].parse().ok()?, digits[6..].parse().ok()?);
    let fits = (1900..2100).contains(&year) && super::calendar::Date::new(year, month, day).exists();
    let mut sides = [text.before(at), text.char(at + 8)].into_iter().flatten();
    let free = !sides.any(|it| digit(it).is_some() || it.is_ascii_alphanumeric() || ".-万亿元".contains(it));
    (fits && free).then_some(([Step::Year(year), Step::Month(month), Step::Day(day)], at + 8))
}

/// `09-01`, `6·30`, `11/3号`: month and day by their numbers. What could be a range or a fraction is none.
fn month_and_day(text: Reader, at: usize) -> Option<([Step; 2], usize)> {
    let (month, end) = short(text, at)?;
    let mark = text.char(end)?;
    let (day, to) = short(text, text.eat_any(end, &['-', '·', '/'])?)?;
    let padded = (end - at, to - end - mark.len_utf8()) == (2, 2)
        && (text.text[at..].starts_with('0') || text.text[end + mark.len_utf8()..].starts_with('0'));
    let named = text.eat_any(to, &['日', '号']);
    let sure = match mark {
        '-' => padded,
        '/' => named.is_some() || month > day,
        _ => true,
    };
    let mut sides = [text.before(at), text.char(named.unwrap_or(to))].into_iter().flatten();
    let free = !sides
        .any(|it| digit(it).is_some() || it == mark || it.is_ascii_alphabetic() || ".%％万亿".contains(it));
    let unit = named.is_none() && super::units::unit_at(text.text, to, true).is_some();
    let fits = (1..=12).contains(&month) && (1..=31).contains(&day) && sure && free && !unit;
    fits.then_some(([Step::Month(month), Step::Day(day)], named.unwrap_or(to)))
}

/// `2020-02-12`, `2020/2/12`, `2020.2.12`: a year of four digits and the same mark twice.
fn dashed(text: Reader, at: usize) -> Option<([Step; 3], usize)> {
    let year = numeral(text, at).filter(|it| it.form == Form::Arabic && it.end - at == 4)?;
    let mark = text.eat_any(year.end, &['-', '/', '.', ' '])?;
    let month = short(text, mark)?;
    // 2022 11 23: with spaces only where all places are filled.
    if text.before(mark) == Some(' ') && month.1 != mark + 2 {
        return None;
    }
    let again = text.eat(month.1, &text.text[year.end..mark])?;
    // 2018-12-1209:03: the time of day run into the date.
    let run_in = again + 2;
    let day = match clock::run_in(text, run_in) {
        true => (text.text.get(again..run_in)?.parse().ok()?, run_in),
        false => short(text, again)?,
    };
    let steps = [Step::Year(year.whole(2999)? as i32), Step::Month(month.0), Step::Day(day.0)];
    // 2023-13-01: no calendar has it, and it is no other than the 13th of January with day and month exchanged.
    let filled = month.1 == mark + 2 && day.1 == again + 2;
    let exchanged = (13..=31).contains(&month.0)
        && (1..=12).contains(&day.0)
        && filled
        && (1900.0..2100.0).contains(&year.from)
        && matches!(text.before(mark), Some('-' | '/'))
        && [text.before(at), text.char(day.1)]
            .into_iter()
            .flatten()
            .all(|it| !"-/._号第".contains(it) && !it.is_ascii_alphanumeric());
    let fits = (1..=12).contains(&month.0) && (1..=31).contains(&day.0) && year.from >= 1000.0;
    (fits || exchanged).then_some((steps, day.1))
}

/// Whether a whole date in digits begins at `at`.
pub(super) fn is_dated(text: Reader, at: usize) -> bool {
    dashed(text, at).is_some() || compact(text, at).is_some()
}

/// One or two digits that no digit follows.
pub(super) fn short(text: Reader, at: usize) -> Option<(u8, usize)> {
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
            // 神舟十五号, 长征二号: a name, where Han characters run into a Chinese numeral.
            let named = text.char(at).is_some_and(is_numeral)
                && text
                    .before(at)
                    .is_some_and(|it| is_han(it) && !"在于从自到至截是这的了和与及我你他她们".contains(it));
            second || !named && next.is_none_or(|it| {
                !"楼线门院房机码厅文台馆车桌召店仓井库坑航泊地令站厂层路高桥床窗舱洪超强热塔船坞矿铁卫运星主"
                    .contains(it)
            })
        }
        Step::Day(_) => {
            let duration = text.eat_word(end, &["内", "之内", "以内", "来", "游", "间", "间隔"]).is_some()
                || text.after_any(at, &["连续", "为期", "历时", "共", "近", "每", "长达"]);
            second || !duration && next.is_none_or(|it| !"本元均".contains(it))
        }
        Step::Month(_) => !text.after_any(at, &["每隔", "历时"]),
        Step::Part(_) => second,
        // 全天24小时 says how.
        Step::Daypart(Daypart::WholeDay) => numeral(text, text.skip_space(end)).is_none(),
        Step::Daypart(_) => text.text[at..end].chars().count() > 1,
        Step::First(..) | Step::Last(..) => true,
        Step::Nth(..) => false,
        _ => true,
    }
}
