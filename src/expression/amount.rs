//! Amounts: numbers with their units, how exact they are, and from one to another. `2.8万余袋`, `150吨到200吨`,
//! `百分之三十`, `3小时20分`, `第三批`.

use super::ExpressionKind;
use super::number::{Form, Numeral, is_numeral, numeral};
use super::range::range_mark;
use super::reader::{Reader, is_han, is_space};
use super::units::{Dimension, Unit, unit_at};
use super::value::{Amount, Bound, Value};
use super::{points, share, shift};

/// What stands before a number and says how exact it is. It stays outside the expression.
const BEFORE: &[(Bound, &[&str])] = &[
    (
        Bound::AtMost,
        &[
            "不超过",
            "不多于",
            "至多",
            "最多",
            "不大于",
            "不高于",
            "少于",
            "低于",
            "不足",
            "不到",
            "未满",
            "近",
            "将近",
            "接近",
        ],
    ),
    (
        Bound::AtLeast,
        &["超过", "超", "逾", "多于", "高于", "至少", "最少", "不少于", "不低于", "不下", "突破", "大于"],
    ),
    (Bound::About, &["大约", "约", "大概", "约为", "大致", "差不多"]),
];

/// The last characters of these.
const BEFORE_ENDS: &str = "过于多到满近超逾少下破大约概为致足";

/// What stands after a number and its unit and says how exact it is.
const AFTER: &[(Bound, &[&str])] = &[
    (Bound::AtLeast, &["以上", "及以上", "或以上", "起步"]),
    (Bound::AtMost, &["以下", "及以下", "以内", "之内"]),
    (Bound::About, &["左右", "上下"]),
];

/// What the number before a unit leaves open: `60多个`, `2万余元`, `十来个`.
pub(super) const MORE: &[&str] = &["多", "余", "馀"];

/// An amount and what else it turned out to be, with its end.
pub(super) type Found = (ExpressionKind, Value, usize);

/// The amount that begins with a numeral at `at`. O(1): what it looks at is bounded by the numeral.
pub(super) fn amount(text: Reader, at: usize) -> Option<Found> {
    let (negative, start) = sign(text, at);
    let number = numeral(text, start)?;
    if let Some(found) = share::share_of(text, at, negative, &number) {
        return Some(found);
    }
    let (mut amount, mut end) = measured(text, &number)?;
    if let Some((kind, to)) = compound(text, &mut amount, end) {
        return Some((kind, Value::Amount(amount), to));
    }
    if let Some((second, to)) = second(text, &number, &amount, end) {
        // 13天—8周 is told in days.
        let scale = match (amount.unit, second.unit) {
            (Some(first), Some(second)) if matches!(first.dimension, Dimension::Time(_)) => {
                second.factor / first.factor
            }
            _ => 1.0,
        };
        amount.to = second.to * scale;
        amount.unit = if scale == 1.0 { second.unit } else { amount.unit };
        // 3万—5万 is said whole, 3—5万 means 3万.
        if second.unit.is_some() || second.to > second.from {
            amount.from = if amount.from < amount.to { amount.from } else { second.from };
        }
        amount.per = second.per;
        end = to;
    }
    if amount.unit.is_none() && !stands_bare(text, at, &number) {
        return None;
    }
    // 神舟十五号 is a name.
    if amount.unit.is_some_and(|it| it.word == "号")
        && number.form != Form::Arabic
        && text.before(at).is_some_and(is_han)
    {
        return None;
    }
    if amount.unit.is_some() && number.form == Form::Magnitude && !after_magnitude_word(text, at) {
        return None;
    }
    if negative {
        (amount.from, amount.to) = (-amount.to, -amount.from);
    }
    // 大半天: more than half of it, less than nearly all.
    if number.from == 0.5 && amount.from == 0.5 && text.before(at) == Some('大') {
        (amount.to, amount.bound) = (0.9, Bound::About);
    }
    if let Some(moment) = shift::shift(text, at, &amount, end) {
        return Some(moment);
    }
    amount.unit = points::unit(text, at, &amount, end);
    end = exactness(text, at, &mut amount, end);
    if let Some(to) = from_above_to_below(text, &mut amount, end).or_else(|| nights(text, &amount, end)) {
        end = to;
    }
    Some((kind(&amount), Value::Amount(amount), end))
}

/// `3年以上7年以下`: the second half, which makes a range of it.
fn from_above_to_below(text: Reader, amount: &mut Amount, end: usize) -> Option<usize> {
    (amount.bound == Bound::AtLeast && amount.ceiling.is_none() && text.before(end) == Some('上'))
        .then_some(())?;
    let at = text.eat_any(end, &['，', ',', '、']).unwrap_or(end);
    let (second, to) = measured(text, &numeral(text, at)?)?;
    let to = text.eat_word(to, &["以下", "以内"])?;
    let fits = second.unit == amount.unit && amount.from < second.to;
    (amount.to, amount.bound) = if fits { (second.to, Bound::Exact) } else { (amount.to, amount.bound) };
    fits.then_some(to)
}

/// `6天|5晚`, `三天|三夜`: the nights among the days.
fn nights(text: Reader, amount: &Amount, end: usize) -> Option<usize> {
    amount.unit.filter(|it| it.word == "天")?;
    let nights = numeral(text, end)?;
    let fits = nights.from == amount.from || nights.from + 1.0 == amount.from;
    text.eat_any(nights.end, &['晚', '夜']).filter(|_| fits)
}

/// The kind of an amount by its unit.
fn kind(amount: &Amount) -> ExpressionKind {
    match amount.unit.map(|it| it.dimension) {
        None => ExpressionKind::Number,
        Some(Dimension::Share | Dimension::Points) => ExpressionKind::Percent,
        Some(Dimension::Time(_)) => ExpressionKind::Duration,
        Some(Dimension::Money(_)) => ExpressionKind::Money,
        Some(_) => ExpressionKind::Quantity,
    }
}

/// `-5℃`, `零下5度`: whether a sign stands at `at`, and where the number begins.
pub(super) fn sign(text: Reader, at: usize) -> (bool, usize) {
    for word in ["零下", "负", "-", "−", "－"] {
        if let Some(end) = text.eat(at, word) {
            return (true, text.skip_space(end));
        }
    }
    (false, at)
}

/// The number with 多, 余 and its unit.
fn measured(text: Reader, number: &Numeral) -> Option<(Amount, usize)> {
    let arabic = number.form == Form::Arabic;
    let mut amount = Amount { to: number.to, ..Amount::number(number.from) };
    let mut end = number.end;
    if number.more {
        (amount.bound, amount.ceiling) = (Bound::AtLeast, Some(number.from + number.step));
    }
    let spaced = |at: usize| if arabic { text.skip_space(at) } else { at };
    if let Some(to) = text.eat_word(spaced(end), MORE) {
        // 60多 stays below 70, 2万余 below 3万, 3年多 below 4.
        amount.bound = Bound::AtLeast;
        amount.ceiling = Some(number.to + number.step.max(1.0));
        end = to;
    } else if let Some(to) =
        text.eat(spaced(end), "来").filter(|_| number.from >= 10.0 && number.step >= 10.0)
    {
        // 十来个, 三十来岁; 3年来 is something else.
        if unit_at(text.text, to, arabic).is_some() {
            amount.bound = Bound::About;
            end = to;
        }
    } else if let Some(to) = text.eat(spaced(end), "几").filter(|_| number.from >= 10.0 && arabic) {
        (amount.bound, amount.ceiling) = (Bound::AtLeast, Some(number.to + number.step));
        end = to;
    }
    // 半月: half of one, which else is told with 个.
    if number.from == 0.5
        && number.form == Form::Single
        && text.eat(end, "月").is_some_and(|it| !text.char(it).is_some_and(|it| "谈形牙弯球刊".contains(it)))
    {
        amount.unit = unit_at("个月", 0, true).map(|it| it.0);
        return Some((amount, end + "月".len()));
    }
    // 3个多小时, 两个半月.
    if let Some((dimension, extra, to)) = measure_and_half(text, spaced(end)) {
        amount.unit = Some(dimension);
        match extra {
            Some(half) => (amount.from, amount.to) = (amount.from + half, amount.to + half),
            None => (amount.bound, amount.ceiling) = (Bound::AtLeast, Some(number.to + 1.0)),
        }
        return Some((amount, to));
    }
    let Some((unit, to)) = unit_at(text.text, spaced(end), arabic || number.form == Form::Chinese)
        .filter(|(unit, to)| fits(number, unit) || text.eat(*to, "半钟").is_some())
    else {
        return Some((amount, end));
    };
    amount.unit = Some(unit);
    end = to;
    if unit.dimension == Dimension::Share
        && let Some(found) = share::tenths(text, number, &mut amount, end)
    {
        return found.map(|end| (amount, end));
    }
    if let Some((per, to)) =
        text.eat(end, "/").or_else(|| text.eat(end, "每")).and_then(|it| unit_at(text.text, it, true))
    {
        (amount.per, end) = (Some(per), to);
    }
    // 3年多, 4倍多, 两年半.
    if amount.bound == Bound::Exact
        && let Some(to) = text.eat_word(end, MORE)
        && !text.char(to).is_some_and(|it| "次样元种名个于数方边少么".contains(it))
    {
        (amount.bound, amount.ceiling) = (Bound::AtLeast, Some(number.to + 1.0));
        end = to;
    } else if let Some(to) = text.eat(end, "半")
        && matches!(unit.dimension, Dimension::Time(_) | Dimension::Times | Dimension::Mass)
        && !text.char(to).is_some_and(|it| "数年天个夜路决".contains(it))
    {
        (amount.from, amount.to) = (amount.from + 0.5, amount.to + 0.5);
        // 一分半钟.
        end = text.eat(to, "钟").unwrap_or(to);
    }
    Some((amount, end))
}

/// `个多小时`, `个半月`: the unit, the half that 半 adds, the end.
fn measure_and_half(text: Reader, at: usize) -> Option<(Unit, Option<f64>, usize)> {
    let after = text.eat(at, "个")?;
    let (half, after) = match (text.eat_word(after, MORE), text.eat(after, "半")) {
        (Some(to), _) => (None, to),
        (_, Some(to)) => (Some(0.5), to),
        _ => return None,
    };
    // 月 alone is no unit in the table: 个月 is.
    let (unit, end) = match text.eat(after, "月") {
        Some(end) => (unit_at("个月", 0, true)?.0, end),
        None => unit_at(text.text, after, true)?,
    };
    matches!(unit.dimension, Dimension::Time(_)).then_some((unit, half, end))
}

/// Whether `unit` may follow a number so written: a positional numeral counts nothing, and 半 only wholes.
fn fits(number: &Numeral, unit: &Unit) -> bool {
    match number.form {
        Form::Positional => number.len >= 3 || unit.word == "折",
        Form::Single if number.from == 0.5 => {
            matches!(unit.dimension, Dimension::Time(_) | Dimension::Share)
                || "个斤亩米里公里".contains(unit.word)
        }
        Form::Single => {
            !matches!(unit.word, "分" | "点" | "度" | "秒" | "手" | "晚" | "宿") || number.from > 1.0
        }
        _ => true,
    }
}

/// Whether a number without a unit counts: Arabic always, Chinese only when it is a number in full.
fn stands_bare(text: Reader, at: usize, number: &Numeral) -> bool {
    match number.form {
        Form::Arabic => true,
        Form::Chinese => {
            // 三十六计, 五十步笑百步: two characters and more, with a digit; 十五 but not 七十.
            let next = text.char(number.end);
            number.decimal
                || text.before(number.end).is_some_and(|it| "多余".contains(it))
                || text.eat_word(number.end, MORE).is_some()
                || number.len >= 3 && !next.is_some_and(|it| "计烟变弦".contains(it))
                || number.len == 2
                    && text.before(at).is_none_or(|it| !"初第期周".contains(it))
                    && next.is_none_or(|it| !is_han(it) || is_numeral(it))
        }
        Form::Single => names_itself(text, at, number.end),
        _ => false,
    }
}

/// Whether a numeral of one character stands for the number itself: “三”, 答案是五, or nothing else is there.
fn names_itself(text: Reader, at: usize, end: usize) -> bool {
    let (before, after) = (text.before(at), text.char(end));
    let quoted = matches!((before, after), (Some('“' | '‘' | '"'), Some('”' | '’' | '"')));
    let ends = after.is_none_or(|it| "，。；！？,;".contains(it));
    let goes_on = ends || text.eat_word(end, &["这", "那", "不是", "而是", "却是"]).is_some();
    let ranked = before == Some('前') && (ends || after == Some('的'));
    let alone = before.is_none() && (after.is_none() || after == Some('的')) || holds_numerals_alone(text);
    quoted || ranked || before == Some('是') && goes_on || alone
}

/// Whether the text is a short one of nothing but numerals: a table's cell or row, 三, 一 二 三. O(1).
fn holds_numerals_alone(text: Reader) -> bool {
    text.text.len() <= 48
        && text.text.chars().all(|it| is_numeral(it) || is_space(it) || "点、，".contains(it))
}

/// 百人, 千名 count after 近, 上, 超 alone.
fn after_magnitude_word(text: Reader, at: usize) -> bool {
    text.after_any(at, &["近", "上", "超", "超过", "逾", "约", "过", "破"])
}

/// The second end of a range, of the same kind.
fn second(text: Reader, number: &Numeral, first: &Amount, end: usize) -> Option<(Amount, usize)> {
    let at = range_mark(text, end)?;
    let next = numeral(text, at)?;
    let (second, to) = measured(text, &next)?;
    // 两万四千到3万秒, but not 一-5.
    let written = (number.form == Form::Arabic) == (next.form == Form::Arabic)
        || second.unit.is_some() && number.len > 1;
    // 010-6655 and 1-2-3 are no ranges.
    let hyphen = text.text[end..at].trim() == "-";
    let chained = hyphen && (second.unit.is_none() || text.char(to) == Some('-'));
    let alike = match (first.unit, second.unit) {
        (None, _) => true,
        (Some(first), Some(second)) => {
            first.dimension == second.dimension
                || matches!((first.dimension, second.dimension), (Dimension::Time(_), Dimension::Time(_)))
        }
        (Some(_), None) => false,
    };
    (written && alike && !chained && first.bound == Bound::Exact).then_some((second, to))
}

/// `3小时20分`, `3年零2个月`, `2元5角`, `1米8` is not: descending units of one dimension, told in the smallest.
fn compound(text: Reader, amount: &mut Amount, end: usize) -> Option<(ExpressionKind, usize)> {
    let mut end = end;
    let mut found = None;
    // The sizes of time go down one by one, so this ends soon.
    for _ in 0..6 {
        let unit = amount.unit?;
        let family = |it: Dimension| {
            matches!(it, Dimension::Time(_) | Dimension::Money(_)).then_some(matches!(it, Dimension::Time(_)))
        };
        let time = family(unit.dimension)?;
        let at = text.eat_word(end, &["零", "又", "外加"]).unwrap_or_else(|| text.skip_space(end));
        let Some(next) = numeral(text, at) else { break };
        let Some((small, to)) = measured(text, &next) else { break };
        // 8天20时: an hour of the clock and one that passes share the word.
        let hours = text
            .eat(to, "时")
            .filter(|it| unit.word == "天" && !text.char(*it).is_some_and(|it| "代间候期许".contains(it)));
        let (small, to) = match hours.filter(|_| small.unit.is_none()) {
            Some(end) => (Amount { unit: unit_at("小时", 0, true).map(|it| it.0), ..small }, end),
            None => (small, to),
        };
        let Some(lesser) =
            small.unit.filter(|it| family(it.dimension) == Some(time) && it.factor < unit.factor)
        else {
            break;
        };
        if amount.single().is_none()
            || small.single().is_none()
            || next.from * lesser.factor >= unit.factor * 1.05
        {
            break;
        }
        // 年 and 月, 元 and 角 are whole multiples; rounding takes the dust of the division.
        let times = (unit.factor / lesser.factor * 1e6).round() / 1e6;
        let sum = amount.from * times + small.from;
        *amount = Amount { from: sum, to: sum, compound: true, ..small };
        end = to;
        found = Some(if time { ExpressionKind::Duration } else { ExpressionKind::Money });
    }
    found.map(|kind| (kind, exactness(text, 0, amount, end)))
}

/// Reads how exact the amount is from the words beside it, and gives its end with those after it.
pub(super) fn exactness(text: Reader, at: usize, amount: &mut Amount, end: usize) -> usize {
    for (bound, words) in AFTER {
        if let Some(to) = text.eat_word(end, words) {
            amount.bound = *bound;
            return to;
        }
    }
    // Most numbers stand after another word.
    let head = text.text[..at].trim_end_matches(is_space);
    if amount.bound == Bound::Exact && head.ends_with(|it| BEFORE_ENDS.contains(it)) {
        let found = BEFORE.iter().find(|it| it.1.iter().any(|it| head.ends_with(it)));
        amount.bound = found.map_or(Bound::Exact, |it| it.0);
    }
    end
}

/// An ordinal, 第 having ended at `at`: `第三批`, `第12届`, `第一`.
pub(super) fn ordinal(text: Reader, at: usize) -> Option<Found> {
    let at = text.skip_space(at);
    let number = numeral(text, at)?;
    number.is_one_number().then_some(())?;
    let arabic = number.form == Form::Arabic;
    let spaced = if arabic { text.skip_space(number.end) } else { number.end };
    let unit = unit_at(text.text, spaced, arabic)
        .filter(|it| it.0.word != "分" && it.0.dimension == Dimension::Count);
    let (unit, end) = match unit {
        Some((unit, end)) => (Some(unit), end),
        None => (None, number.end),
    };
    let amount = Amount { unit, ..Amount::number(number.from) };
    Some((ExpressionKind::Ordinal, Value::Amount(amount), end))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_characters_of_the_words_before_a_number_are_known() {
        let mut words = BEFORE.iter().flat_map(|it| it.1);
        assert!(words.all(|word| word.ends_with(|it| BEFORE_ENDS.contains(it))));
    }
}
