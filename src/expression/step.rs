//! One step of a moment: `今年`, `2月`, `上旬`, `12日`, `星期三`, `下午`, `17时`; and which may follow which.

use super::clock;
use super::count::{counted, is_of_another, nth};
use super::lunar_day;
use super::number::{Form, Numeral, numeral};
use super::reader::{Reader, digit, is_han};
use super::value::{Daypart, Grain, Part, Step};
use super::words::{AFTER_HOLIDAY, Word, word_at};

/// The size of a step.
pub(super) fn grain(step: &Step) -> Grain {
    match step {
        Step::Century(_) => Grain::Century,
        Step::Decade(_) => Grain::Decade,
        Step::Year(_) | Step::YearBy(_) | Step::YearAfter(_) => Grain::Year,
        Step::Half(_) | Step::Quarter(_) | Step::QuarterBy(_) | Step::Season(_) => Grain::Quarter,
        Step::Month(_) | Step::MonthBy(_) | Step::MonthAfter(_) => Grain::Month,
        Step::Day(_) | Step::DayBy(_) | Step::DayAfter(_) | Step::Weekday(_) | Step::NthWeekday(..) => {
            Grain::Day
        }
        Step::Lunar(day) if day.day.is_none() => Grain::Month,
        Step::Lunar(_) | Step::Holiday(_) => Grain::Day,
        Step::WeekBy(_) => Grain::Week,
        Step::Part(_) => Grain::Part,
        Step::Daypart(_) => Grain::Daypart,
        Step::Now => Grain::Second,
        Step::Clock(clock) if clock.second.is_some() => Grain::Second,
        Step::Clock(clock) if clock.minute.is_some() => Grain::Minute,
        Step::Clock(_) => Grain::Hour,
        Step::First(_, grain) | Step::Last(_, grain) | Step::Nth(_, grain) => *grain,
        Step::Shift(_, grain) | Step::Since(_, grain) | Step::Vague(grain) => *grain,
        Step::Ago(_, _, grain) => *grain,
        Step::Workdays(_) => Grain::Day,
    }
}

/// Whether a step may follow one of grain `last`: time is told from the great to the small.
fn may_follow(last: Option<Grain>, next: &Step) -> bool {
    let Some(last) = last else { return true };
    match next {
        // 年底, 二月上旬; not a part of a day.
        Step::Part(_) => last < Grain::Part,
        Step::Weekday(_) => last <= Grain::Day && last >= Grain::Week || last == Grain::Part,
        Step::WeekBy(_) => false,
        _ => last < grain(next),
    }
}

/// A step and, for words like 今晚, a second.
pub(super) type Steps = (Step, Option<Step>);

/// The step at `at`, after one of grain `last`.
pub(super) fn step(text: Reader, at: usize, last: Option<Grain>, second: bool) -> Option<(Steps, usize)> {
    let at = if last.is_some() { space_between(text, at) } else { at };
    let one = |(step, end): (Step, usize)| may_follow(last, &step).then_some(((step, None), end));
    let first = text.char(at)?;
    if let Some(found) = part(text, at, last).and_then(one) {
        return Some(found);
    }
    if last == Some(Grain::Week)
        && let Some((step, end)) = weekday(text, at)
        && text.eat_any(end, &['个', '家', '名', '次', '天', '条', '场', '起', '位', '度', '项']).is_none()
    {
        return Some(((step, None), end));
    }
    if let Some((word, end)) = word_at(text.text, at) {
        let found = match word {
            Word::Not if last.is_none() => return None,
            // 上半月 alone is of this month.
            Word::Step(half @ Step::Part(Part::FirstHalf | Part::SecondHalf)) if last.is_none() => {
                Some(((Step::MonthBy(0), Some(half)), end))
            }
            Word::Step(step) => one((step, end)),
            Word::Pair(step, second) => may_follow(last, &step).then_some(((step, Some(second)), end)),
            Word::StepUnless(step, "*") => {
                let counts = text.eat_any(end, &['月', '日', '个', '年']).is_some();
                let sure = !counts && last.is_some_and(|it| it <= Grain::Year)
                    || text.eat_word(end, AFTER_HOLIDAY).is_some()
                    || quoted_holiday(text, at, end);
                sure.then_some((step, end)).and_then(one)
            }
            Word::StepUnless(step, bar) => {
                text.char(end).is_none_or(|it| !bar.contains(it)).then_some((step, end)).and_then(one)
            }
            Word::Lunar => lunar_day::lunar(text, at).and_then(one),
            Word::Week => weekday(text, end).and_then(one),
            Word::PartOf(part, Grain::Year) if last.is_none() || last == Some(Grain::Year) => {
                let year = if last.is_none() { Step::YearBy(0) } else { Step::Part(part) };
                let pair = last.is_none().then_some(Step::Part(part));
                Some(((year, pair), end))
            }
            Word::PartOf(part, Grain::Month) if last.is_none() => {
                Some(((Step::MonthBy(0), Some(Step::Part(part))), end))
            }
            Word::Counted(way) if last.is_some() || !is_of_another(text, at, way) => {
                counted(text, end, way, last).and_then(one)
            }
            Word::Ordinal => nth(text, end, last).and_then(one),
            _ => None,
        };
        if found.is_some() {
            return found;
        }
    }
    if last.is_none()
        && let Some(found) = super::era::year(text, at).and_then(one)
    {
        return Some(found);
    }
    if digit(first).is_some() || super::number::is_numeral(first) || first == '初' {
        if let Some(found) = lunar_day::bare(text, at, last, second).and_then(one) {
            return Some(found);
        }
        if let Some(found) = clock::clock(text, at, last, second).and_then(one) {
            return Some(found);
        }
        let number = numeral(text, at)?;
        return numbered(text, at, &number, last.unwrap_or(Grain::Century)).and_then(one);
    }
    None
}

/// Past spaces between two steps, where they stand between a digit and a Han character.
fn space_between(text: Reader, at: usize) -> usize {
    let to = text.skip_space(at);
    let sides = (text.before(at), text.char(to));
    match sides {
        (Some(before), Some(after)) if is_han(before) && digit(after).is_some() => to,
        (Some(before), Some(after)) if digit(before).is_some() && is_han(after) => to,
        // 2 月 12 日 星期三, 2月12日 下午: a space between words of one date.
        (Some('日' | '号' | '年' | '月'), Some('星' | '上' | '下' | '周' | '农' | '晚' | '凌' | '清')) => {
            to
        }
        _ => at,
    }
}

/// `“五一”` before a word that tells a holiday: the quotation marks stay outside.
fn quoted_holiday(text: Reader, at: usize, end: usize) -> bool {
    matches!(text.before(at), Some('“' | '"'))
        && text.eat_any(end, &['”', '"']).is_some_and(|it| text.eat_word(it, AFTER_HOLIDAY).is_some())
}

/// A part right after a step: 去年底, 2月初, 20世纪90年代末, 2月12日晚.
fn part(text: Reader, at: usize, last: Option<Grain>) -> Option<(Step, usize)> {
    let last = last?;
    if last == Grain::Year {
        if let Some(end) = text.eat(at, "首月") {
            return Some((Step::Month(1), end));
        }
        let seasons = [("春", 1), ("夏", 2), ("秋", 3), ("冬", 4)];
        let season = seasons.iter().find_map(|&(word, of_year)| Some((of_year, text.eat(at, word)?)));
        if let Some((of_year, end)) =
            season.filter(|it| !text.char(it.1).is_some_and(|it| "节季天晚运耕游风雨光奥训至分".contains(it)))
        {
            return Some((Step::Season(of_year), end));
        }
    }
    if last == Grain::Month
        && let Some((_, part, end)) =
            [("月初", Part::Start), ("月中", Part::Middle), ("月底", Part::End), ("月末", Part::End)]
                .iter()
                .find_map(|&(word, part)| Some((word, part, text.eat(at, word)?)))
    {
        return Some((Step::Part(part), end));
    }
    if matches!(last, Grain::Century | Grain::Decade | Grain::Year | Grain::Quarter | Grain::Month) {
        let found = [
            ("年初", Part::Start),
            ("初期", Part::Start),
            ("年伊始", Part::Outset),
            ("伊始", Part::Outset),
            ("初", Part::Start),
            ("中期", Part::Middle),
            ("中叶", Part::Middle),
            ("中后期", Part::SecondHalf),
            ("后期", Part::End),
            ("前期", Part::Start),
            ("末期", Part::End),
            ("年底", Part::End),
            ("年末", Part::End),
            ("底", Part::End),
            ("末", Part::End),
        ];
        return found.iter().find_map(|&(word, part)| text.eat(at, word).map(|end| (Step::Part(part), end)));
    }
    if last == Grain::Day {
        let (found, bar) = [
            ('晚', Daypart::Evening, "上间会报年餐宴稻育"),
            ('早', Daypart::EarlyMorning, "上晨间已在就餐日"),
            ('晨', Daypart::EarlyMorning, "练光曦"),
            ('夜', Daypart::Night, "间晚里班以幕"),
        ]
        .iter()
        .find_map(|&(word, daypart, bar)| (text.char(at)? == word).then_some((daypart, bar)))?;
        let end = at + '晚'.len_utf8();
        let free = text.char(end).is_none_or(|it| !bar.contains(it));
        return free.then_some((Step::Daypart(found), end));
    }
    None
}

/// What follows 星期, 礼拜, 周: 一 to 六, 日, 天, 末.
pub(super) fn weekday(text: Reader, at: usize) -> Option<(Step, usize)> {
    let it = text.char(at)?;
    let end = at + it.len_utf8();
    let index = match it {
        '日' | '天' | '7' => 6,
        '末' => return (text.eat(end, "愉").is_none()).then_some((Step::Last(2, Grain::Day), end)),
        '1'..='6' if text.char(end).is_none_or(|it| digit(it).is_none()) => it as u8 - b'1',
        _ => "一二三四五六".chars().position(|day| day == it)? as u8,
    };
    // 周一围, 周三元: rather a name or another word.
    let name = text.char(end).is_some_and(|it| "围口村镇县市年届楼名".contains(it));
    (!name).then_some((Step::Weekday(super::calendar::Weekday::from_monday(index)), end))
}

/// A numeral with 年, 月, 日 … after it, smaller than `last`.
pub(super) fn numbered(text: Reader, at: usize, number: &Numeral, last: Grain) -> Option<(Step, usize)> {
    let to = text.skip_space(number.end);
    if to > number.end && number.form != Form::Arabic || number.decimal {
        return None;
    }
    let value = number.whole(9999)?;
    let eat = |words: &[&str]| text.eat_word(to, words);
    if let Some(end) = eat(&["世纪"]) {
        return (1..=40).contains(&value).then_some((Step::Century(value as i32), end));
    }
    if let Some(end) = eat(&["年代"]) {
        let decade = match value {
            1000..=2990 => value as i32,
            0..=90 if value % 10 == 0 => value as i32,
            _ => return None,
        };
        return (decade % 10 == 0).then_some((Step::Decade(decade), end));
    }
    if let Some(end) = eat(&["年度", "年"]) {
        return year(text, at, number, end).map(|it| (it, end));
    }
    if let Some(end) = eat(&["季度"]) {
        return (1..=4).contains(&value).then_some((Step::Quarter(value as u8), end));
    }
    if let Some(end) = eat(&["月份", "月"]) {
        let day_follows = last == Grain::Year
            || numeral(text, text.skip_space(end))
                .is_some_and(|it| text.eat_word(text.skip_space(it.end), &["日", "号"]).is_some());
        let known = (1..=12).contains(&value) || day_follows && value < 100 && number.form == Form::Arabic;
        let bar = text.char(end).is_some_and(|it| "饼嫂球薪租息供均产饷".contains(it));
        let fits = known && number.form != Form::Positional && !bar && text.before(number.end) != Some('两');
        return fits.then_some((Step::Month(value as u8), end));
    }
    if let Some(end) = eat(&["日", "号"]) {
        // 两日 is a length of time.
        if text.before(number.end) == Some('两') {
            return None;
        }
        let dated = last >= Grain::Month;
        let known = (1..=31).contains(&value) || dated && value < 100;
        return (known && number.form != Form::Positional).then_some((Step::Day(value as u8), end));
    }
    // `1月3` at an end, before a range mark or a part of the day: only right after a month.
    let next = text.char(number.end);
    let ends = next.is_none_or(|it| "，。；、）)至到晚早".contains(it))
        || text.eat_word(number.end, &["上午", "下午", "—"]).is_some();
    let fits = last == Grain::Month && text.before(at) == Some('月') && number.form == Form::Arabic;
    (fits && ends && (1..=31).contains(&value)).then_some((Step::Day(value as u8), number.end))
}

/// Whether a numeral before 年 is a year: four digits, or two with a month after them.
fn year(text: Reader, at: usize, number: &Numeral, end: usize) -> Option<Step> {
    let value = number.whole(9999)?;
    let digits = matches!(number.form, Form::Arabic | Form::Positional) || number.form == Form::Single;
    let printed = text.text[at..number.end].chars().count();
    if digits && printed == 4 && (1000..=2999).contains(&value) {
        // 1000年历史 is a duration; 1949年历史 is not said.
        let round = value % 100 == 0 && value != 2000 && value != 1900;
        let duration =
            text.eat_word(end, &["历史", "的历史", "前", "来", "以前", "间", "不变", "古"]).is_some();
        return (!(round && duration)).then_some(Step::Year(value as i32));
    }
    // 98年3月, 零七年八月, 08年, 九七年: a part of the year must follow, or the first digit be 0, or the digits be
    // Chinese ones that are no 三四 of a guess.
    if digits && printed == 2 {
        let next = text.skip_space(end);
        let zero = text.char(at).is_some_and(|it| matches!(it, '0' | '零' | '〇'));
        let spelled = number.form == Form::Positional
            && text.eat_word(end, &["多", "来", "间", "以", "之", "的", "历"]).is_none();
        let part = text.eat_word(next, &["底", "初", "末"]).is_some() && value > 12;
        let narrowed = step(text, next, Some(Grain::Year), false).is_some_and(|it| {
            matches!(
                it.0.0,
                Step::Month(_)
                    | Step::Quarter(_)
                    | Step::Half(_)
                    | Step::Holiday(_)
                    | Step::Lunar(_)
                    | Step::Nth(..)
                    | Step::Season(_)
            )
        });
        let full = if value <= 30 { 2000 + value } else { 1900 + value };
        return (zero || spelled || narrowed || part).then_some(Step::Year(full as i32));
    }
    // 公元前221年, 公元618年, 民国九年.
    if text.after_any(at, &["公元前", "公元", "西元"]) && (1..=2999).contains(&value) {
        let before = text.after_any(at, &["公元前"]);
        return Some(Step::Year(if before { 1 - value as i32 } else { value as i32 }));
    }
    None
}
