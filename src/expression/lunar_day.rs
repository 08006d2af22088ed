//! Days of the lunar year as text names them: 农历正月初三, 大年三十, 闰四月十五, 农历二〇二〇年十二月二十九日.

use super::number::{Form, numeral};
use super::reader::Reader;
use super::value::{Grain, LunarDay, Step};
use super::words::{Feast, HOLIDAYS, Word, word_at};

/// The lunar day at `at`, where a word opens it that only the lunar calendar has.
pub(super) fn lunar(text: Reader, at: usize) -> Option<(Step, usize)> {
    let named = text.eat_word(at, &["农历", "阴历", "旧历", "夏历"]);
    let mut at = named.unwrap_or(at);
    if named.is_some() {
        at = text.skip_space(at);
        at = lunar_year(text, at).unwrap_or(at);
    }
    // 农历元宵, but not 农历二月二|十.
    if named.is_some()
        && let Some((word, end)) = word_at(text.text, at)
        && let Some((step @ Step::Holiday(index), bar)) = match word {
            Word::Step(step) => Some((step, "")),
            Word::StepUnless(step, bar) => Some((step, bar)),
            _ => None,
        }
        && of_holiday(index).is_some()
        && text.char(end).is_none_or(|it| !bar.contains(it))
    {
        return Some((step, end));
    }
    if let Some(after) = text.eat(at, "大年") {
        let (day, end) = day(text, after)?;
        // 大年三十 is the last of the old year, 大年初三 is in the new.
        let month = if day == 30 { 12 } else { 1 };
        return (day <= 15 || day == 30).then_some((step(month, false, Some(day)), end));
    }
    let (leap, at) = text.eat(at, "闰").map_or((false, at), |it| (true, it));
    let (month, after) = month(text, at)?;
    if let Some((day, end)) = day(text, after) {
        return Some((step(month, leap, Some(day)), end));
    }
    // 农历二月 is a month; 正月 and 腊月 are known by their names.
    (named.is_some() || leap || matches!(text.char(at), Some('正' | '腊')))
        .then_some((step(month, leap, None), after))
}

fn step(month: u8, leap: bool, day: Option<u8>) -> Step {
    Step::Lunar(LunarDay { month, leap, day })
}

/// Past a year named between 农历 and the month: 二〇二〇年, 庚子年, 2020年.
fn lunar_year(text: Reader, at: usize) -> Option<usize> {
    if let Some(number) = numeral(text, at)
        && let Some(end) = text.eat(text.skip_space(number.end), "年")
    {
        return Some(text.skip_space(end));
    }
    let stem = text.eat_any(at, &['甲', '乙', '丙', '丁', '戊', '己', '庚', '辛', '壬', '癸'])?;
    let branch =
        text.eat_any(stem, &['子', '丑', '寅', '卯', '辰', '巳', '午', '未', '申', '酉', '戌', '亥'])?;
    let animal = text
        .eat_any(branch, &['鼠', '牛', '虎', '兔', '龙', '蛇', '马', '羊', '猴', '鸡', '狗', '猪'])
        .unwrap_or(branch);
    text.eat(animal, "年")
}

/// 正月, 腊月, 冬月, 八月, 8月.
fn month(text: Reader, at: usize) -> Option<(u8, usize)> {
    for (word, month) in [("正月", 1), ("冬月", 11), ("腊月", 12)] {
        if let Some(end) = text.eat(at, word) {
            return Some((month, end));
        }
    }
    let number = numeral(text, text.skip_space(at))?;
    let month = number.whole(12).filter(|it| 1 <= *it)? as u8;
    Some((month, text.eat(text.skip_space(number.end), "月")?))
}

/// 初三, 十五, 廿三, 三十, 二十九日, 18日.
fn day(text: Reader, at: usize) -> Option<(u8, usize)> {
    if let Some(after) = text.eat(at, "初") {
        let number = numeral(text, text.skip_space(after))?;
        let day = number.whole(10).filter(|it| 1 <= *it)? as u8;
        // 初一二: not looked into. 八月初六日 is said in chronicles.
        let end =
            text.eat(number.end, "日").filter(|it| !text.char(*it).is_some_and(|it| "本报军".contains(it)));
        return Some((day, end.unwrap_or(number.end)));
    }
    let number = numeral(text, text.skip_space(at))?;
    let day = number.whole(30).filter(|it| 1 <= *it)? as u8;
    let end = text.eat_word(text.skip_space(number.end), &["日", "号"]).unwrap_or(number.end);
    // 正月三个 counts things; 正月十五 and 腊月18 are days.
    let bare = match number.form {
        Form::Chinese => text.eat_any(end, &['个', '家', '名', '次', '天', '月', '年']).is_none(),
        Form::Arabic => !number.decimal && super::units::unit_at(text.text, end, true).is_none(),
        _ => false,
    };
    (end > number.end || bare).then_some((day, end))
}

/// A lunar day without a word that opens it: 五月初五, 八月十五; 初七 as the second end of a range.
pub(super) fn bare(text: Reader, at: usize, last: Option<Grain>, second: bool) -> Option<(Step, usize)> {
    if text.char(at) == Some('初') {
        let (day, end) = second.then(|| day(text, at)).flatten()?;
        return Some((step(1, false, Some(day)), end));
    }
    if last.is_some() && last != Some(Grain::Year) {
        return None;
    }
    let number = numeral(text, at)?;
    let month = number.whole(12).filter(|it| 1 <= *it)? as u8;
    let after = text.eat(number.end, "月")?;
    let spelled = number.form == Form::Single || number.form == Form::Chinese;
    let first = spelled && text.eat(after, "初").is_some();
    // 二月十五, 九月廿二: a day in Chinese numerals without 日 is lunar, where nothing counts on.
    let moon = numeral(text, after).is_some_and(|it| {
        let next = text.char(it.end);
        let free =
            next.is_none_or(|it| !super::reader::is_han(it) || "晚早上下中凌傍当前后起至到的".contains(it));
        (11.0..=30.0).contains(&it.from)
            && it.form == Form::Chinese
            && free
            && text.eat_any(it.end, &['日', '号']).is_none()
    });
    let (day, end) = (first || moon).then(|| day(text, after)).flatten()?;
    Some((step(month, false, Some(day)), end))
}

/// The lunar day of a holiday that has one.
pub(super) fn of_holiday(index: u8) -> Option<LunarDay> {
    match HOLIDAYS.get(usize::from(index))?.0 {
        Feast::Lunar(1, 0) => Some(LunarDay { month: 12, leap: false, day: Some(30) }),
        // 小年 is the 23rd in the north and the 24th in the south.
        Feast::Lunar(12, 23) => None,
        Feast::Lunar(month, day) => Some(LunarDay { month, leap: false, day: Some(day) }),
        _ => None,
    }
}
