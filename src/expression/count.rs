//! Counts of time that say when: 近三年, 前两天, 最后五天, 第三季度, 第二年.

use super::number::{Form, Numeral, numeral};
use super::reader::{Reader, is_han};
use super::step::weekday;
use super::value::{Grain, Step};
use super::words::Counted;

/// 节前三天, 赛后两天, 之后3天: counted from what stands before it, which no calendar knows.
pub(super) fn is_of_another(text: Reader, at: usize, way: Counted) -> bool {
    let counted = matches!(way, Counted::First | Counted::After) && text.eat(at, "头").is_none();
    // 前三季度 are those of the year.
    let quarters = text.char(at).and_then(|it| numeral(text, at + it.len_utf8())).map(|it| it.end);
    let quarters = quarters.is_some_and(|it| text.eat_word(it, &["季度", "个季度"]).is_some());
    counted
        && !quarters
        && text.before(at).is_some_and(|it| is_han(it) && !"在的了为自从到至比年月日内与和".contains(it))
}

/// `近三年`, `未来3天`, `前三季度`, `最后五天`: the count after such a word.
pub(super) fn counted(text: Reader, at: usize, way: Counted, last: Option<Grain>) -> Option<(Step, usize)> {
    let number = numeral(text, text.skip_space(at))?;
    let count = number.whole(1000)?;
    let at = text.skip_space(number.end);
    // 四月的最后一个星期一.
    if count == 1
        && way == Counted::Last
        && last.is_some()
        && let Some((day, end)) = text.eat_word(at, WEEKS).and_then(|it| weekday(text, it))
        && let Step::Weekday(day) = day
    {
        return Some((Step::NthWeekday(-1, day), end));
    }
    let (grain, end) = [
        ("个季度", Grain::Quarter),
        ("季度", Grain::Quarter),
        ("个月", Grain::Month),
        ("月", Grain::Month),
        ("年", Grain::Year),
        ("天", Grain::Day),
        ("日", Grain::Day),
        ("周", Grain::Week),
        ("个星期", Grain::Week),
        ("小时", Grain::Hour),
        ("个小时", Grain::Hour),
        ("钟头", Grain::Hour),
        ("个钟头", Grain::Hour),
        ("分钟", Grain::Minute),
        ("秒", Grain::Second),
    ]
    .iter()
    .find_map(|&(word, grain)| text.eat(at, word).map(|end| (grain, end)))?;
    let far = f64::from(count);
    let few = if text.before(number.end) == Some('两') { FEW.iter().find(|it| it.0 == grain) } else { None };
    let step = match way {
        Counted::First if last.is_none() && few.is_some() => {
            few.map(|&(grain, least, most)| Step::Ago(least, most, grain))?
        }
        Counted::First if last.is_some() || grain == Grain::Quarter => Step::First(count, grain),
        Counted::Past | Counted::First if last.is_none() => Step::Since(-far, grain),
        Counted::Ahead if last.is_none() => Step::Since(far, grain),
        Counted::After if last.is_none() => Step::Since(far, grain),
        Counted::Last | Counted::After if last.is_some() => Step::Last(count, grain),
        _ => return None,
    };
    let end = if last.is_none() { text.eat(end, "来").unwrap_or(end) } else { end };
    Some((step, end))
}

/// 前两天, 前两年 are some time ago, not so many days and years: how little and how much that is in usage, the figures
/// being JioNLP's.
const FEW: &[(Grain, u8, u8)] =
    &[(Grain::Year, 2, 5), (Grain::Day, 2, 7), (Grain::Hour, 2, 6), (Grain::Minute, 2, 9)];

/// What stands between a count and a weekday.
const WEEKS: &[&str] = &["个星期", "个礼拜", "个周"];

/// `第三季度`, `第2周`, `第8个月` after 第, within what came before.
pub(super) fn nth(text: Reader, at: usize, last: Option<Grain>) -> Option<(Step, usize)> {
    let number = numeral(text, at)?;
    let count = number.whole(60)?;
    if let Some(end) = text.eat_word(number.end, &["季度", "个季度"]) {
        return (1..=4).contains(&count).then_some((Step::Quarter(count as u8), end));
    }
    if last.is_none() {
        return following(text, at, &number, count);
    }
    last.filter(|it| *it <= Grain::Month)?;
    if let Some((Step::Weekday(day), end)) = text.eat_word(number.end, WEEKS).and_then(|it| weekday(text, it))
    {
        return Some((Step::NthWeekday(count.min(60) as i8, day), end));
    }
    let words = [
        ("周", Grain::Week),
        ("个星期", Grain::Week),
        ("个礼拜", Grain::Week),
        ("个月", Grain::Month),
        ("天", Grain::Day),
    ];
    let (grain, end) = words.iter().find_map(|&(word, grain)| Some((grain, text.eat(number.end, word)?)))?;
    Some((Step::Nth(count, grain), end))
}

/// 第二年, 第三个月 with nothing before them: counted from the date last named, the first being its own. Of a row that
/// something else began, 连续第七年, 任期的第三年, that cannot be said.
fn following(text: Reader, at: usize, number: &Numeral, count: u32) -> Option<(Step, usize)> {
    let by = i32::try_from(count).ok().filter(|it| (2..=10).contains(it))? - 1;
    let row = text.before(at - "第".len()).is_some_and(|it| "续的入是后上年了为到近届到满".contains(it));
    let year = text.eat(number.end, "年").filter(|it| !text.char(*it).is_some_and(|it| "度级".contains(it)));
    match (year, text.eat(number.end, "个月")) {
        _ if row || number.form == Form::Arabic => None,
        (Some(end), _) => Some((Step::YearAfter(by), end)),
        (None, Some(end)) => Some((Step::MonthAfter(by), end)),
        (None, None) => None,
    }
}
