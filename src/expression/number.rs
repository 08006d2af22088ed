//! Numerals: Arabic (`1,234.5`, `２０２０`), Chinese (`一百二十三`, `二〇二〇`, `廿五`, `七八十`) and mixed (`2.8万`,
//! `1亿3000万`), with what is left open in them: `200多万`, `数百`, `三四十`.

use super::reader::{Reader, digit};

/// A numeral and its value.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Numeral {
    /// The number, or the lesser of two: 30 in `三四十`.
    pub(super) from: f64,
    /// The number again, or the greater of two: 40 in `三四十`.
    pub(super) to: f64,
    /// Past its last byte.
    pub(super) end: usize,
    /// One unit of its last place: 10000 for `3万`, 10 for `60`, 100 for `1300`; what 多 and 余 stay below.
    pub(super) step: f64,
    /// Whether 多, 余, 几 stands inside it: `200多万`, `10余万`.
    pub(super) more: bool,
    /// How it is written.
    pub(super) form: Form,
    /// How many digits or Chinese numeral characters it has.
    pub(super) len: usize,
    /// Whether it has a decimal part.
    pub(super) decimal: bool,
}

/// How a numeral is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// `2406`, also `2.8万`.
    Arabic,
    /// `三`, `两`, `半`: one character, which counts only with a measure word.
    Single,
    /// `一百二十三`, `十五`.
    Chinese,
    /// `二〇二〇`, digit by digit.
    Positional,
    /// `百`, `千`, `万`: a magnitude alone, which counts only after 近, 上, 超.
    Magnitude,
}

/// Chinese numerals longer than this are no numbers; so that looking at one costs O(1).
const LONGEST: usize = 24;

impl Numeral {
    pub(super) fn is_one_number(&self) -> bool {
        self.from == self.to && !self.more
    }

    /// As a whole number of a calendar or clock, at most `most`.
    pub(super) fn whole(&self, most: u32) -> Option<u32> {
        let fits = self.is_one_number() && !self.decimal && 0.0 <= self.from && self.from <= f64::from(most);
        fits.then_some(self.from as u32)
    }
}

/// The value of a Chinese digit.
pub(super) fn han_digit(it: char) -> Option<u8> {
    Some(match it {
        '〇' | '零' | '○' => 0,
        '一' | '壹' => 1,
        '二' | '两' | '贰' | '俩' => 2,
        '三' | '叁' | '仨' => 3,
        '四' | '肆' => 4,
        '五' | '伍' => 5,
        '六' | '陆' => 6,
        '七' | '柒' => 7,
        '八' | '捌' => 8,
        '九' | '玖' => 9,
        _ => return None,
    })
}

/// The value of a magnitude.
fn magnitude(it: char) -> Option<f64> {
    Some(match it {
        '十' | '拾' => 10.0,
        '百' | '佰' => 100.0,
        '千' | '仟' => 1000.0,
        '万' | '萬' => 1e4,
        '亿' | '億' => 1e8,
        _ => return None,
    })
}

/// Whether a Chinese numeral can start with `it`.
pub(super) fn is_numeral(it: char) -> bool {
    han_digit(it).is_some() || magnitude(it).is_some() || matches!(it, '半' | '几' | '数' | '廿' | '卅')
}

/// The numeral at `at`: the longest one. O(its length).
pub(super) fn numeral(text: Reader, at: usize) -> Option<Numeral> {
    let first = text.char(at)?;
    if digit(first).is_some() { arabic(text, at) } else { chinese(text, at) }
}

/// `1,234.5`, then magnitudes: `2.8万`, `1亿3000万`, `200多万`. Spaces may stand before a magnitude.
fn arabic(text: Reader, at: usize) -> Option<Numeral> {
    let plain = digits(text, at)?;
    let mut it = plain;
    let mut total = 0.0;
    let mut part = plain;
    let mut last = f64::INFINITY;
    loop {
        let (more, to) = match text.eat_word(part.end, MORE_INSIDE) {
            Some(to) => (true, to),
            None => (false, part.end),
        };
        let Some((times, end)) = magnitudes(text, text.skip_space(to)) else { break };
        // `3万5万` is two numbers.
        if last <= times {
            break;
        }
        last = times;
        let (from, open) = (total + part.from * times, it.more || more);
        total = from;
        let step = if more || part.decimal { part.step * times } else { times };
        it = Numeral { from, to: from, end, step, more: open, ..it };
        it.len += part.len;
        match digits(text, end) {
            Some(next) if !more && next.from < times && !next.decimal => part = next,
            _ => break,
        }
    }
    Some(it)
}

/// What may stand between digits and a magnitude: `200多万`, `10余万`, `30来万`.
const MORE_INSIDE: &[&str] = &["多", "余", "来", "几", "馀"];

/// Digits with separators and decimals.
fn digits(text: Reader, at: usize) -> Option<Numeral> {
    let (mut value, mut len, mut zeros, mut to) = (0.0_f64, 0, 0, at);
    let mut grouped = false;
    while let Some(it) = text.char(to) {
        if let Some(digit) = digit(it) {
            value = value * 10.0 + f64::from(digit);
            zeros = if digit == 0 { zeros + 1 } else { 0 };
            len += 1;
            to += it.len_utf8();
        } else if it == ',' && ((1..=3).contains(&len) || grouped) && group_of_three(text, to + 1) {
            grouped = true;
            to += it.len_utf8();
        } else {
            break;
        }
    }
    if len == 0 {
        return None;
    }
    let mut step = if zeros < len { 10_f64.powi(zeros) } else { 1.0 };
    let mut decimal = false;
    if matches!(text.char(to), Some('.' | '．'))
        && let point = to + text.char(to).map_or(1, char::len_utf8)
        && text.char(point).is_some_and(|it| digit(it).is_some())
    {
        let (mut end, mut places) = (point, 0);
        while let Some(next) = text.char(end).filter(|it| digit(*it).is_some()) {
            value = value * 10.0 + f64::from(digit(next).unwrap_or(0));
            places += 1;
            end += next.len_utf8();
        }
        // `2020.2.12` and `1.2.3` are no decimals.
        let dotted = text.char(end) == Some('.') && text.char(end + 1).is_some_and(|it| digit(it).is_some());
        if dotted {
            value = (0..places).fold(value, |it, _| (it / 10.0).floor());
        } else {
            value /= 10_f64.powi(places);
            step = 10_f64.powi(-places);
            decimal = true;
            to = end;
        }
    }
    let len = len as usize;
    Some(Numeral { from: value, to: value, end: to, step, more: false, form: Form::Arabic, len, decimal })
}

/// Whether exactly three digits stand at `at`.
fn group_of_three(text: Reader, at: usize) -> bool {
    let mut to = at;
    for _ in 0..3 {
        match text.char(to) {
            Some(it) if digit(it).is_some() => to += it.len_utf8(),
            _ => return false,
        }
    }
    text.char(to).is_none_or(|it| digit(it).is_none())
}

/// `万`, `百万`, `万亿`: their product and their end.
fn magnitudes(text: Reader, at: usize) -> Option<(f64, usize)> {
    let (mut times, mut to) = (1.0, at);
    while let Some(it) = text.char(to)
        && let Some(next) = magnitude(it)
        && to < at + 9
    {
        // `5千米`, `3百分点`: a unit that begins with a magnitude.
        let end = to + it.len_utf8();
        let next_char = text.char(end);
        if it == '千' && next_char.is_some_and(|it| "米克瓦伏赫卡帕升焦".contains(it))
            || it == '百' && next_char == Some('分')
            || it == '十' && to == at
        {
            break;
        }
        times *= next;
        to = end;
    }
    (to > at).then_some((times, to))
}

/// A run of Chinese numeral characters.
fn chinese(text: Reader, at: usize) -> Option<Numeral> {
    let mut run = [' '; LONGEST];
    let (mut len, mut end) = (0, at);
    while let Some(it) = text.char(end).filter(|it| is_numeral(*it)) {
        if len == LONGEST || it == '半' && len > 0 {
            break;
        }
        // 一百分之… is no number; 百 belongs to 分之.
        if it == '百' && text.eat(end, "百分").is_some() && len > 0 {
            break;
        }
        run[len] = it;
        len += 1;
        end += it.len_utf8();
        if it == '半' {
            break;
        }
    }
    let mut read = interpret(run.get(..len).filter(|it| !it.is_empty())?)?;
    read.end = end;
    read.len = len;
    // 三点五: a decimal when digits follow that no unit of time claims.
    if matches!(read.form, Form::Single | Form::Chinese) && text.char(end) == Some('点') {
        decimal(text, end + '点'.len_utf8(), &mut read);
    }
    // 二十多万, 三百余万.
    if let Some(to) = text.eat_word(read.end, MORE_INSIDE)
        && let Some(big @ ('万' | '亿')) = text.char(to)
        && read.from >= 10.0
        && let Some(times) = magnitude(big)
    {
        let more = Numeral { from: read.from * times, to: read.to * times, end: to + big.len_utf8(), ..read };
        read = Numeral { step: read.step * times, more: true, ..more };
    }
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
    let timely = matches!(text.char(to), Some('十' | '分' | '刻' | '钟'));
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

/// The value of a run of numeral characters.
fn interpret(run: &[char]) -> Option<Numeral> {
    let single = |value: f64, form| {
        let it =
            Numeral { from: value, to: value, end: 0, step: 1.0, more: false, form, len: 1, decimal: false };
        Some(it)
    };
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
    let (mut last, mut step, mut more, mut zero, mut digits) = (f64::INFINITY, 1.0, false, false, 0);
    for (index, it) in run.iter().enumerate() {
        match *it {
            '几' | '数' => {
                // 数十 is two to nine tens; 十几 is ten and some.
                if index + 1 == run.len() {
                    more = true;
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
            '零' | '〇' if digit.is_none() && index > 0 => zero = true,
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
                    // 十五, 百万; a bare 百 or 千 only at the head.
                    None if times == 10.0 || index == 0 => (1.0, 1.0),
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
                    if section.1 == 0.0 && total.1 == 0.0 {
                        return None;
                    }
                    // 一万亿 multiplies, 一亿三千万 adds.
                    if times > 1e4 || total.1 == 0.0 {
                        let sum = (total.0 + section.0, total.1 + section.1);
                        total = (sum.0 * times, sum.1 * times);
                    } else {
                        total = (total.0 + section.0 * times, total.1 + section.1 * times);
                    }
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
    Some(Numeral { from, to, end: 0, step, more, form, len: run.len(), decimal: false })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The numeral that is all of `text`.
    #[track_caller]
    fn read(text: &str) -> (f64, f64) {
        let it = numeral(Reader::new(text), 0).expect(text);
        assert_eq!(it.end, text.len(), "{text}");
        (it.from, it.to)
    }

    #[test]
    fn arabic_numerals() {
        for (text, value) in [
            ("0", 0.0),
            ("2406", 2406.0),
            ("1,234", 1234.0),
            ("1,234,567.89", 1_234_567.89),
            ("２０２０", 2020.0),
            ("3.5", 3.5),
            ("2.8万", 28_000.0),
            ("5 万", 50_000.0),
            ("1亿3000万", 130_000_000.0),
            ("3万5千", 35_000.0),
            ("1.5万亿", 1.5e12),
            ("200多万", 2e6),
            ("10余万", 1e5),
            ("3百万", 3e6),
        ] {
            assert_eq!(read(text), (value, value), "{text}");
        }
    }

    #[test]
    fn chinese_numerals() {
        for (text, value) in [
            ("三", 3.0),
            ("两", 2.0),
            ("半", 0.5),
            ("十", 10.0),
            ("十五", 15.0),
            ("二十", 20.0),
            ("廿五", 25.0),
            ("一百二十三", 123.0),
            ("一百零三", 103.0),
            ("一千二", 1200.0),
            ("三万五", 35_000.0),
            ("一万亿", 1e12),
            ("一亿三千万", 130_000_000.0),
            ("二〇二〇", 2020.0),
            ("一九四九", 1949.0),
            ("三点一六", 3.16),
            ("一点五亿", 1.5e8),
            ("贰佰叁拾", 230.0),
            ("二十多万", 2e5),
        ] {
            assert_eq!(read(text), (value, value), "{text}");
        }
    }

    #[test]
    fn numerals_that_leave_something_open() {
        assert_eq!(read("三四"), (3.0, 4.0));
        assert_eq!(read("七八十"), (70.0, 80.0));
        assert_eq!(read("三四百"), (300.0, 400.0));
        assert_eq!(read("十七八"), (17.0, 18.0));
        assert_eq!(read("数百"), (200.0, 900.0));
        assert_eq!(read("几十万"), (200_000.0, 900_000.0));
        let dozen = numeral(Reader::new("十几"), 0).unwrap();
        assert!(dozen.more && dozen.from == 10.0 && dozen.step == 10.0);
    }

    #[test]
    fn units_and_dates_keep_their_characters() {
        let end = |text: &str| numeral(Reader::new(text), 0).unwrap().end;
        assert_eq!(end("5千米"), 1);
        assert_eq!(end("2020.2.12"), 4);
        assert_eq!(end("3万5万"), 4);
        assert_eq!(end("12,34"), 2);
    }

    #[test]
    fn no_numbers() {
        for text in ["几", "数", "万千", "百百", "一百一百"] {
            let it = numeral(Reader::new(text), 0);
            assert!(it.is_none_or(|it| it.form == Form::Magnitude), "{text}: {it:?}");
        }
    }
}
