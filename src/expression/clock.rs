//! Times of day: `17 时许`, `8点半`, `9点一刻`, `8:30`, `20时15分30秒`.

use super::number::{Form, numeral, undivided};
use super::range::range_mark;
use super::reader::{Reader, digit, is_han};
use super::units::unit_at;
use super::value::{Clock, Grain, Step};

/// The time at `at`, after a step of grain `last`; after a range mark (`second`) 点 needs no other proof.
pub(super) fn clock(text: Reader, at: usize, last: Option<Grain>, second: bool) -> Option<(Step, usize)> {
    let dated = second || last.is_some_and(|it| it >= Grain::Day);
    let found = colon(text, at, last).or_else(|| spoken(text, at, dated, last));
    found.map(|(clock, end)| (Step::Clock(clock), end))
}

/// The hours that a clock shows, before the end of a day.
const HOURS: u8 = 24;

/// Whether a time in digits was run into the date before it: two digits, a colon, two more.
pub(super) fn run_in(text: Reader, at: usize) -> bool {
    let filled = |at: usize| digits(text, at, 2).filter(|it| it.1 == at + 2);
    filled(at).and_then(|it| text.eat_any(it.1, &[':', '：'])).is_some_and(|it| digits(text, it, 2).is_some())
}

/// The time in digits right after a date in digits.
pub(super) fn after_date(text: Reader, at: usize) -> Option<(Clock, usize)> {
    in_digits(text, at).filter(|it| it.0.exists())
}

/// `8:30`, `17：30：05`. A score, `3:2`, has one digit after the colon. What no clock shows is a score, a verse or odds,
/// `24:26`, unless a day or a part of one comes before it, or what begins at a time after it.
fn colon(text: Reader, at: usize, last: Option<Grain>) -> Option<(Clock, usize)> {
    if text.before(at).is_some_and(|it| matches!(it, ':' | '：' | '.') || digit(it).is_some()) {
        return None;
    }
    let (clock, end) = in_digits(text, at)?;
    let told = last.is_some_and(|it| (Grain::Day..=Grain::Daypart).contains(&it))
        || text.eat_word(end, &["起飞", "发车", "开赛", "开播", "开船", "登机"]).is_some();
    (clock.exists() || told).then_some((clock, end))
}

/// The same whatever stands before.
fn in_digits(text: Reader, at: usize) -> Option<(Clock, usize)> {
    let (mut hour, end) = digits(text, at, 1)?;
    let (minute, mut end) = digits(text, text.eat_any(end, &[':', '：', '∶'])?, 2)?;
    let mut second = None;
    if let Some((seconds, to)) = text.eat_any(end, &[':', '：', '∶']).and_then(|it| digits(text, it, 2)) {
        (second, end) = (Some(seconds), to);
    }
    let more = text.char(end).is_some_and(|it| digit(it).is_some());
    // 2:00pm, 11:00时.
    let half = text.eat_word(text.skip_space(end), &["a.m.", "am", "AM", "A.M."]).map(|it| (0, it));
    let half = half
        .or_else(|| text.eat_word(text.skip_space(end), &["p.m.", "pm", "PM", "P.M."]).map(|it| (12, it)));
    if let Some((later, to)) = half.filter(|it| {
        (1..=12).contains(&hour) && !text.char(it.1).is_some_and(|it| it.is_ascii_alphanumeric())
    }) {
        (hour, end) = (hour % 12 + later, to);
    } else if let Some(to) =
        text.eat(end, "时").filter(|it| !text.char(*it).is_some_and(|it| "候间代".contains(it)))
    {
        end = to;
    }
    (!more).then_some((Clock { hour, minute: Some(minute), second }, end))
}

/// Two digits at `at`, or one where `least` is 1.
fn digits(text: Reader, at: usize, least: usize) -> Option<(u8, usize)> {
    let (mut value, mut len, mut end) = (0, 0, at);
    while len < 2
        && let Some(it) = text.char(end)
        && let Some(digit) = digit(it)
    {
        value = value * 10 + digit;
        len += 1;
        end += it.len_utf8();
    }
    (least <= len).then_some((value, end))
}

/// `17 时`, `8时30分`, `三点半`, `9点一刻`, `12点整`.
fn spoken(text: Reader, at: usize, dated: bool, last: Option<Grain>) -> Option<(Clock, usize)> {
    let hour = if dated { undivided(text, at)? } else { numeral(text, at)? };
    let hours = hour.whole(99)? as u8;
    let to = text.skip_space(hour.end);
    if to > hour.end && hour.form != Form::Arabic || hour.form == Form::Positional {
        return None;
    }
    let mut clock = Clock { hour: hours, minute: None, second: None };
    let after = match (text.eat(to, "时"), text.eat_word(to, &["点钟", "点"])) {
        (Some(end), _) => {
            // 小时 is none, and 3时代 is none.
            let bar = text.char(end).is_some_and(|it| "代间候期机光速节局常隔".contains(it));
            let known =
                hour.form == Form::Arabic || dated || text.eat_word(end, &["许", "整", "左右"]).is_some();
            let known = known || numeral(text, end).is_some_and(|it| text.eat(it.end, "分").is_some());
            // 二时至四时.
            let until = range_mark(text, end).and_then(|it| numeral(text, it));
            let known = known || until.is_some_and(|it| text.eat(it.end, "时").is_some());
            (!bar && known && (hours <= HOURS || dated)).then_some(end)?
        }
        (None, Some(end)) => {
            let oclock = text.before(end) == Some('钟');
            let tells = text
                .eat_word(end, &["半", "许", "整", "左右", "多", "前", "后", "开始", "准时", "一刻", "三刻"]);
            let minutes = unit_after(text, end, "分").is_some();
            let advice = text.eat_word(end, NOT_TIMES).is_some()
                || text.after_any(
                    at,
                    &[
                        "涨", "跌", "升", "降", "报", "破", "高", "低", "收", "以下", "如下", "这", "那",
                        "提出",
                    ],
                );
            // 十一点, 13点 by themselves: no short list of points is as long.
            let alone = hours >= 9 && hour.form != Form::Positional
                || hours == 0
                || hour.form == Form::Arabic && text.char(end).is_none_or(|it| !is_han(it));
            let known = dated
                || oclock
                || tells.is_some() && hour.form != Form::Single
                || text.eat_word(end, SURE).is_some()
                // 一点|两小时的会议.
                || numeral(text, end).is_some_and(|it| text.eat_word(it.end, &["小时", "个小时"]).is_some())
                || minutes
                || alone && hours <= HOURS;
            // 下午25点 is a slip of the pen; without a part of the day 25点 are points.
            let shown = hours <= HOURS || last == Some(Grain::Daypart);
            (known && !advice && shown).then_some(end)?
        }
        _ => return None,
    };
    let mut end = after;
    if let Some(to) = text.eat(end, "半") {
        (clock.minute, end) = (Some(30), to);
    } else if let Some(to) = text.eat(end, "一刻") {
        (clock.minute, end) = (Some(15), to);
    } else if let Some(to) = text.eat(end, "三刻") {
        (clock.minute, end) = (Some(45), to);
    } else if let Some((quarter, to)) =
        numeral(text, end).and_then(|it| Some((it.whole(3)?, text.eat(it.end, "刻")?)))
    {
        (clock.minute, end) = (Some(quarter as u8 * 15), to);
    } else if let Some((minute, to)) = unit_after(text, end, "分") {
        (clock.minute, end) = (Some(minute), to);
        if let Some((second, to)) = unit_after(text, end, "秒") {
            (clock.second, end) = (Some(second), to);
        }
    }
    if clock.minute.is_none()
        && dated
        && let Some((minute, to)) = bare_minute(text, end)
    {
        (clock.minute, end) = (Some(minute), to);
    }
    end = text.eat_word(end, &["整", "钟", "多钟", "多"]).unwrap_or(end);
    Some((clock, end))
}

/// What makes a time of one digit and 点 as well: 五点半.
const SURE: &[&str] = &["半", "一刻", "三刻", "整"];

/// What 点 counts when it tells no time.
const NOT_TIMES: &[&str] = &[
    "以上", "建议", "意见", "要求", "体会", "措施", "希望", "思考", "启示", "做法", "经验", "共识", "主张",
    "原因", "理由", "看法",
];

/// `9点|20`, `九点|零九`: minutes without 分, where no unit or other word follows.
fn bare_minute(text: Reader, at: usize) -> Option<(u8, usize)> {
    let number = numeral(text, at)?;
    let minute = number.whole(59)? as u8;
    let filled = match number.form {
        Form::Arabic => number.len == 2,
        Form::Chinese => number.from >= 10.0,
        Form::Positional => text.char(at) == Some('零') && number.len == 2,
        _ => false,
    };
    let free = text.char(number.end).is_none_or(|it| !is_han(it) && it != '%' && it != '.')
        || text.eat_word(number.end, &["至", "到", "左右", "许", "开"]).is_some();
    (filled && free).then_some((minute, number.end))
}

/// A number to 99 with `unit` after it, spaces allowed around digits.
fn unit_after(text: Reader, at: usize, unit: &str) -> Option<(u8, usize)> {
    let number = numeral(text, text.skip_space(at))?;
    let value = number.whole(99)? as u8;
    // 八点零五分 is positional.
    let at = text.skip_space(number.end);
    let end = text.eat(at, unit)?;
    // 零点一分贝.
    let longer = unit_at(text.text, at, true).is_some_and(|it| it.1 > end);
    (text.char(end) != Some('钟') && !longer).then_some((value, end))
}
