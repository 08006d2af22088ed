//! Chinese numerals: 一百二十三, 二〇二〇, 七八十, 三点五, 二十多万.

use super::number::{Form, MORE_INSIDE, Numeral, han_digit, is_numeral, magnitude};
use super::reader::Reader;
use super::units::unit_at;

/// Chinese numerals longer than this are no numbers; so that looking at one costs O(1).
const LONGEST: usize = 24;

/// A run of Chinese numeral characters.
pub(super) fn chinese(text: Reader, at: usize) -> Option<Numeral> {
    let mut read = run(text, at)?;
    // 三点五: a decimal when digits follow that no unit of time claims.
    let end = read.end;
    if matches!(read.form, Form::Single | Form::Chinese) && text.char(end) == Some('点') {
        decimal(text, end + '点'.len_utf8(), &mut read);
    }
    // 二十多万, 三百余万.
    if let Some(to) = text.eat_word(read.end, MORE_INSIDE).or(read.more.then_some(read.end))
        && let Some(big @ ('万' | '亿')) = text.char(to)
        && read.from >= 10.0
        && let Some(times) = magnitude(big)
    {
        let more = Numeral { from: read.from * times, to: read.to * times, end: to + big.len_utf8(), ..read };
        read = Numeral { step: read.step * times, more: true, ..more };
    }
    Some(read)
}

/// The run itself.
pub(super) fn run(text: Reader, at: usize) -> Option<Numeral> {
    let mut run = [' '; LONGEST];
    let (mut len, mut end) = (0, at);
    while let Some(it) = text.char(end).filter(|it| is_numeral(*it) || is_trillion(text, end, len)) {
        if len == LONGEST || it == '半' && len > 0 {
            break;
        }
        // 五十千, 七十百: no numeral goes on so.
        if matches!(it, '百' | '千') && len > 0 && run[len - 1] == '十' {
            break;
        }
        // 三百分点: 百 belongs to the unit; 三百分之五 is a fraction.
        if it == '百' && text.eat(end, "百分点").is_some() && len > 0 {
            break;
        }
        run[len] = it;
        len += 1;
        end += it.len_utf8();
        if it == '半' {
            break;
        }
    }
    if let ['半', ..] = run
        && let Some(to) = text.eat(at, "半百")
    {
        let half = Numeral { form: Form::Chinese, ..single(50.0, Form::Chinese) };
        return Some(Numeral { end: to, len: 2, ..half });
    }
    let mut read = interpret(run.get(..len).filter(|it| !it.is_empty())?)?;
    read.end = end;
    read.len = len;
    Some(read)
}

/// `三点五`, `零点三六`; and the magnitude after it, `一点五亿`.
fn decimal(text: Reader, at: usize, read: &mut Numeral) {
    let (mut value, mut places, mut to) = (0.0, 0, at);
    while let Some(it) = text.char(to)
        && let Some(digit) = han_digit(it)
        && it != '两'
        && places < 12
    {
        value = value * 10.0 + f64::from(digit);
        places += 1;
        to += it.len_utf8();
    }
    // 三点五分 is a time, 三点五分米 none.
    let longer = unit_at(text.text, to, true).is_some_and(|it| it.1 > to + '分'.len_utf8());
    let timely = match text.char(to) {
        Some('分') => !longer,
        it => matches!(it, Some('十' | '刻' | '钟')),
    };
    if places == 0 || timely || read.from != read.to {
        return;
    }
    read.from += value / 10_f64.powi(places);
    read.step = 10_f64.powi(-places);
    (read.form, read.decimal, read.end) = (Form::Chinese, true, to);
    read.len += places as usize + 1;
    if let Some(times @ 1e4..) = text.char(to).and_then(magnitude) {
        read.from *= times;
        read.step *= times;
        read.end += '万'.len_utf8();
    }
    read.to = read.from;
}

/// Whether 兆 at `at` is a million millions: within a numeral, or before money.
fn is_trillion(text: Reader, at: usize, len: usize) -> bool {
    len > 0
        && text.eat(at, "兆").is_some_and(|it| {
            text.char(it).is_some_and(is_numeral) || text.eat_word(it, &["元", "日元", "韩元"]).is_some()
        })
}

/// A number as one character says it.
fn single(value: f64, form: Form) -> Numeral {
    Numeral { from: value, to: value, end: 0, width: 0, step: 1.0, more: false, form, len: 1, decimal: false }
}

/// The value of a run of numeral characters.
fn interpret(run: &[char]) -> Option<Numeral> {
    let single = |value: f64, form| Some(single(value, form));
    match run {
        ['半'] => return single(0.5, Form::Single),
        ['几' | '数'] => return None,
        [one] if let Some(digit) = han_digit(*one) => return single(f64::from(digit), Form::Single),
        [first, ..] if run.len() > 1 && run.iter().all(|it| han_digit(*it).is_some()) => {
            let value = run.iter().fold(0.0, |it, next| it * 10.0 + f64::from(han_digit(*next).unwrap_or(0)));
            let mut it = single(value, Form::Positional)?;
            // 三四: three or four. 二〇 is no such pair, nor is 九八.
            if let [_, second] = run
                && let (Some(low @ 1..), Some(high)) = (han_digit(*first), han_digit(*second))
                && (high == low + 1 || (low, high) == (3, 5))
            {
                (it.from, it.to) = (f64::from(low), f64::from(high));
                it.form = Form::Single;
            }
            return Some(it);
        }
        _ => {}
    }
    sum(run)
}

/// The value of digits and magnitudes: 一百二十三, 数十万, 七八十, 一千二.
fn sum(run: &[char]) -> Option<Numeral> {
    // Each value is a pair, the lesser and the greater reading.
    let (mut total, mut section) = ((0.0, 0.0), (0.0, 0.0));
    let mut digit: Option<(f64, f64)> = None;
    let mut big = 1e4;
    let (mut last, mut step, mut more, mut zero, mut digits) = (f64::INFINITY, 1.0, false, false, 0);
    for (index, it) in run.iter().enumerate() {
        match *it {
            '几' | '数' => {
                // 数十 is two to nine tens; 十几 is ten and some.
                // 二十几万 is twenty and some of them.
                if index + 1 == run.len() {
                    more = true;
                } else if last == 10.0 || zero {
                    (more, zero) = (true, false);
                } else {
                    digit = Some((2.0, 9.0));
                }
                digits += 1;
            }
            '廿' | '卅' => {
                section.0 += if *it == '廿' { 20.0 } else { 30.0 };
                section.1 = section.0;
                (last, step) = (10.0, 10.0);
                digits += 1;
            }
            '零' | '〇' if digit.is_none() && run.len() > 1 => {
                zero = true;
                digits += usize::from(index == 0);
            }
            it if let Some(value) = han_digit(it) => {
                digits += 1;
                digit = match digit {
                    None => Some((f64::from(value), f64::from(value))),
                    Some((low, high)) if low == high && f64::from(value) == low + 1.0 => {
                        Some((low, low + 1.0))
                    }
                    Some(_) => return None,
                };
            }
            it => {
                let times = magnitude(it)?;
                let (low, high) = match digit.take() {
                    Some(pair) => pair,
                    // 十五, 百万; a bare 百 or 千 only at the head. 十亿 is a number as 一百 is.
                    None if times == 10.0 || index == 0 => {
                        digits += usize::from(times == 10.0 && run.len() > 1);
                        (1.0, 1.0)
                    }
                    None => (0.0, 0.0),
                };
                if times < 1e4 {
                    if last <= times || low == 0.0 && high == 0.0 {
                        return None;
                    }
                    section = (section.0 + low * times, section.1 + high * times);
                    last = times;
                } else {
                    section = (section.0 + low, section.1 + high);
                    // 四万万 multiplies.
                    if section.1 == 0.0 && index > 0 && magnitude(run[index - 1]).is_some_and(|it| it >= 1e4)
                    {
                        total = (total.0 * times, total.1 * times);
                        (section, last, step) = ((0.0, 0.0), f64::INFINITY, step * times);
                        continue;
                    }
                    if section.1 == 0.0 && total.1 == 0.0 {
                        return None;
                    }
                    // 一万亿 multiplies, 一亿三千万 adds.
                    if times > big || total.1 == 0.0 {
                        let sum = (total.0 + section.0, total.1 + section.1);
                        total = (sum.0 * times, sum.1 * times);
                    } else {
                        total = (total.0 + section.0 * times, total.1 + section.1 * times);
                    }
                    big = times;
                    section = (0.0, 0.0);
                    last = f64::INFINITY;
                }
                step = times;
                zero = false;
            }
        }
    }
    if let Some((low, high)) = digit {
        // 一千二 is 1200, 一千零二 is 1002, 三万五 is 35000.
        let shorthand = !zero && step >= 100.0 && run.len() >= 2;
        let place = if shorthand { step / 10.0 } else { 1.0 };
        section = (section.0 + low * place, section.1 + high * place);
        step = place;
    }
    let (from, to) = (total.0 + section.0, total.1 + section.1);
    let form = if digits == 0 && run != ['十'] { Form::Magnitude } else { Form::Chinese };
    // 十 alone is one character like 三.
    let form = if run == ['十'] { Form::Single } else { form };
    Some(Numeral { from, to, end: 0, width: 0, step, more, form, len: run.len(), decimal: false })
}
