//! Parts of a whole: fractions 三分之一, ratios 3∶2, shares 百分之三十, tenths 三成五 and discounts 八五折.

use super::ExpressionKind;
use super::amount::{Found, MORE, exactness, sign};
use super::number::{Form, Numeral, numeral};
use super::range::range_mark;
use super::reader::Reader;
use super::units::unit_at;
use super::value::{Amount, Bound, Value};

/// The fraction or ratio that begins with `number`, whose sign, if any, is at `at`.
pub(super) fn share_of(text: Reader, at: usize, negative: bool, number: &Numeral) -> Option<Found> {
    if let Some((tenths, end)) = spread_discount(text, number) {
        let amount = Amount { unit: unit_at("折", 0, true).map(|it| it.0), ..Amount::number(tenths) };
        return Some((ExpressionKind::Percent, Value::Amount(amount), end));
    }
    let found = fraction(text, number)
        .or_else(|| mixed(text, number))
        .or_else(|| slash(text, at, negative, number))
        .or_else(|| ratio(text, number))?;
    let (from, to, end) = found;
    let (from, to) = if negative { (-to, -from) } else { (from, to) };
    let amount = Amount { to, ..Amount::number(from) };
    Some((ExpressionKind::Number, Value::Amount(amount), end))
}

/// `7 2 折`: the two digits of a discount, set apart in a spread line.
fn spread_discount(text: Reader, number: &Numeral) -> Option<(f64, usize)> {
    let second = numeral(text, text.eat(number.end, " ")?)?;
    let digit = |it: &Numeral| it.form == Form::Arabic && it.len == 1 && !it.decimal;
    let end = text.eat(text.skip_space(second.end), "折")?;
    (digit(number) && digit(&second)).then_some((number.from + second.from / 10.0, end))
}

/// The lesser and the greater value, and the end.
type Quotient = (f64, f64, usize);

/// `三分之一`, `3分之负157`.
fn fraction(text: Reader, number: &Numeral) -> Option<Quotient> {
    let after = text.eat(text.skip_space(number.end), "分")?;
    let after = text.eat(text.skip_space(after), "之")?;
    let (negative, start) = sign(text, text.skip_space(after));
    let over = numeral(text, start)?;
    (number.is_one_number() && number.from > 0.0).then_some(())?;
    let (from, to) = (over.from / number.from, over.to / number.from);
    Some(if negative { (-to, -from, over.end) } else { (from, to, over.end) })
}

/// `一又三分之一`, `1 4/3`: a whole number and a fraction.
fn mixed(text: Reader, number: &Numeral) -> Option<Quotient> {
    let space = text.skip_space(number.end);
    let (from, to, end) = match text.eat(space, "又") {
        Some(after) => fraction(text, &numeral(text, text.skip_space(after))?)?,
        None => {
            let over = numeral(text, space).filter(|_| space > number.end && number.form == Form::Arabic)?;
            quotient(text, &over)?
        }
    };
    (number.is_one_number() && !number.decimal).then_some((number.from + from, number.from + to, end))
}

/// `1/3`, `-3/2`; `12/1` without a sign is rather a day of the year.
fn slash(text: Reader, at: usize, negative: bool, number: &Numeral) -> Option<Quotient> {
    let found = quotient(text, number)?;
    let day = !negative && found.0 > 1.0 && number.from <= 12.0;
    let chained =
        text.before(at).is_some_and(|it| matches!(it, '/' | '／' | '.') || it.is_ascii_alphanumeric());
    (!day && !chained).then_some(found)
}

/// One whole number over another.
fn quotient(text: Reader, number: &Numeral) -> Option<Quotient> {
    let over = numeral(text, text.eat_any(number.end, &['/', '／'])?)?;
    let whole = |it: &Numeral| it.form == Form::Arabic && !it.decimal && (1..=3).contains(&it.len);
    let chained =
        text.char(over.end).is_some_and(|it| matches!(it, '/' | '／' | '月' | '日' | '号' | '版' | '-'));
    let value = number.from / over.from;
    (whole(number) && whole(&over) && over.from > 0.0 && !chained).then_some((value, value, over.end))
}

/// `3∶2`, `3:2`: a score or ratio is one expression; its value is the quotient.
fn ratio(text: Reader, number: &Numeral) -> Option<Quotient> {
    let after = text.eat_any(number.end, &['∶', ':', '：', '比'])?;
    let spelled = text.before(after) == Some('比');
    let over = numeral(text, after)?;
    let plain = number.is_one_number() && over.is_one_number() && over.from > 0.0 && number.form == over.form;
    let unit = unit_at(text.text, over.end, false).is_some()
        || unit_at(text.text, text.skip_space(over.end), true).is_some();
    (plain && !(spelled && (unit || number.form != Form::Arabic))).then_some(())?;
    let value = number.from / over.from;
    Some((value, value, over.end))
}

/// 百分之三十, 千分之五, 百分之三到五: what follows the word that ended at `at`, of `whole` parts.
pub(super) fn share(text: Reader, at: usize, whole: f64) -> Option<Found> {
    let (negative, start) = sign(text, at);
    let number = numeral(text, text.skip_space(start))?;
    // 百分之百.
    let (mut from, mut to, mut end) = (number.from, number.to, number.end);
    let mut bound = if number.more { Bound::AtLeast } else { Bound::Exact };
    if let Some(more) = text.eat_word(end, MORE) {
        (bound, end) = (Bound::AtLeast, more);
    } else if let Some(thousand) = text.eat_any(text.skip_space(end), &['k', 'K', 'Ｋ', 'ｋ']) {
        (from, to, end) = (from * 1000.0, to * 1000.0, thousand);
    }
    if let Some(second) = range_mark(text, end)
        && let Some(number) = numeral(text, text.eat_word(second, &["百分之", "千分之"]).unwrap_or(second))
        && number.to > from
    {
        (to, end) = (number.to, number.end);
    }
    if negative {
        (from, to) = (-to, -from);
    }
    // What is less than a thousandth is told in thousandths, there being no sign for it.
    let (word, scale) = if whole == 100.0 { ("%", 1.0) } else { ("‰", 1000.0 / whole) };
    let unit = unit_at(word, 0, true).map(|it| it.0);
    let ceiling = (bound == Bound::AtLeast).then_some((to + number.step) * scale);
    let mut amount = Amount { to: to * scale, bound, ceiling, unit, ..Amount::number(from * scale) };
    end = exactness(text, at, &mut amount, end);
    Some((ExpressionKind::Percent, Value::Amount(amount), end))
}

/// 打对折: half the price, 对折 having ended at `end`.
pub(super) fn half_price(text: Reader, at: usize, end: usize) -> Option<Found> {
    let unit = unit_at("%", 0, true).map(|it| it.0);
    let amount = Amount { unit, ..Amount::number(50.0) };
    text.after_any(at, &["打", "打了"]).then_some((ExpressionKind::Percent, Value::Amount(amount), end))
}

/// What 成 and 折 have of their own, the word having ended at `end`: 三成五 and 三成半, 八五折 for 8.5; 十折 is none.
/// `None` leaves the amount as it is, `Some(None)` says that it is no amount.
pub(super) fn tenths(
    text: Reader,
    number: &Numeral,
    amount: &mut Amount,
    end: usize,
) -> Option<Option<usize>> {
    let word = amount.unit?.word;
    if word == "折" {
        if number.from == 0.5 {
            (amount.from, amount.to) = (5.0, 5.0);
        } else if number.from >= 10.0 && !number.decimal {
            (amount.from, amount.to) = (amount.from / 10.0, amount.to / 10.0);
        }
        let known =
            0.0 < amount.from && amount.to < 10.0 && !(number.form == Form::Single && number.from == 10.0);
        return (!known).then_some(None);
    }
    if word != "成" {
        return None;
    }
    let (rest, to) = match text.eat(end, "半") {
        Some(to) => (0.5, to),
        None => {
            let more = numeral(text, end).filter(|it| it.form == Form::Single && it.from < 10.0)?;
            (more.from / 10.0, more.end)
        }
    };
    // 三成五 stands before no unit: 三成三人 is something else.
    let unit = unit_at(text.text, to, false).is_some();
    if unit || !number.is_one_number() {
        return None;
    }
    (amount.from, amount.to) = (amount.from + rest, amount.to + rest);
    Some(Some(to))
}
