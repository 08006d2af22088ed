//! Numerals: Arabic (`1,234.5`, `２０２０`), Chinese (`一百二十三`, `二〇二〇`, `廿五`, `七八十`) and mixed (`2.8万`,
//! `1亿3000万`), with what is left open in them: `200多万`, `数百`, `三四十`.

use super::han::{chinese, run};
use super::reader::{Reader, digit};
use super::units::unit_at;

/// A numeral and its value.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Numeral {
    /// The number, or the lesser of two: 30 in `三四十`.
    pub(super) from: f64,
    /// The number again, or the greater of two: 40 in `三四十`.
    pub(super) to: f64,
    /// Past its last byte.
    pub(super) end: usize,
    /// Bytes of its digits, where they are Arabic.
    pub(super) width: usize,
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

impl Numeral {
    pub(super) fn is_one_number(&self) -> bool {
        self.from == self.to && !self.more
    }

    /// As a whole number of a calendar or clock, at most `most`.
    pub(super) fn whole(&self, most: u32) -> Option<u32> {
        let range = 0.0..=f64::from(most);
        let fits =
            self.is_one_number() && self.from.fract() == 0.0 && !self.decimal && range.contains(&self.from);
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
pub(super) fn magnitude(it: char) -> Option<f64> {
    Some(match it {
        '十' | '拾' => 10.0,
        '百' | '佰' => 100.0,
        '千' | '仟' => 1000.0,
        '万' | '萬' => 1e4,
        '亿' | '億' => 1e8,
        '兆' => 1e12,
        _ => return None,
    })
}

/// Whether a Chinese numeral can start with `it`.
pub(super) fn is_numeral(it: char) -> bool {
    han_digit(it).is_some()
        || it != '兆' && magnitude(it).is_some()
        || matches!(it, '半' | '几' | '数' | '廿' | '卅')
}

/// The numeral at `at`: the longest one. O(its length).
pub(super) fn numeral(text: Reader, at: usize) -> Option<Numeral> {
    let first = text.char(at)?;
    if digit(first).is_some() || first == '.' {
        text.numeral(at, || arabic(text, at))
    } else if is_numeral(first) || first == '兆' {
        text.numeral(at, || chinese(text, at))
    } else {
        None
    }
}

/// The numeral at `at` without what 点 may begin: 九 of 九点零九分.
pub(super) fn undivided(text: Reader, at: usize) -> Option<Numeral> {
    let number = numeral(text, at)?;
    if !number.decimal || number.form == Form::Arabic {
        return Some(number);
    }
    run(text, at)
}

/// `1,234.5`, then magnitudes: `2.8万`, `1亿3000万`, `3亿4千5百万`, `200多万`. Spaces may stand before a magnitude.
fn arabic(text: Reader, at: usize) -> Option<Numeral> {
    let plain = digits(text, at)?;
    if let Some(it) = power(text, &plain) {
        return Some(it);
    }
    // What stands before 亿 or 万 is summed up to it: 4千5百 of 4千5百万.
    let (mut total, mut section) = (0.0, 0.0);
    let (mut last_great, mut last_small) = (f64::INFINITY, f64::INFINITY);
    let (mut it, mut part) = (plain, plain);
    loop {
        let (more, to) = match text.eat_word(part.end, MORE_INSIDE) {
            Some(to) => (true, to),
            None => (false, part.end),
        };
        let last = last_small.min(last_great);
        // All its places filled or 零 before it.
        let fills =
            !more && 10_f64.powi(part.len as i32) == last || text.before(part.end - part.width) == Some('零');
        let Some(times) = magnitudes(text, text.skip_space(to)) else {
            // 3万4000, 1千零20: the rest without a magnitude.
            if part.end > it.end && last.is_finite() && fills {
                let from = total + section + part.from;
                it = Numeral { from, to: from, end: part.end, step: part.step, ..it };
            }
            break;
        };
        // `3万5万` is two numbers, and so is 2千|30万 but not 2千零30万.
        let grows =
            if times.small > 1.0 { last_small <= times.small } else { last_small.is_finite() && !fills };
        if grows || times.great > 1.0 && last_great <= times.great {
            break;
        }
        section += part.from * times.small;
        last_small = times.small;
        if times.great > 1.0 {
            total += section * times.great;
            (section, last_great, last_small) = (0.0, times.great, f64::INFINITY);
        }
        let (from, product) = (total + section, times.small * times.great);
        let step = if more || part.decimal { part.step * product } else { product };
        it = Numeral {
            from,
            to: from,
            end: times.end,
            step,
            more: it.more || more,
            len: it.len + part.len,
            ..it
        };
        let after = text.eat(times.end, "零").unwrap_or(times.end);
        let below = last_small.min(last_great);
        // 7万 5千: over a space only when a lesser magnitude comes.
        let after = match text.skip_space(after) {
            over if over > after
                && digits(text, over).is_some_and(|it| {
                    magnitudes(text, it.end).is_some_and(|it| it.small * it.great < below)
                }) =>
            {
                over
            }
            _ => after,
        };
        match digits(text, after) {
            Some(next) if !more && next.from < below && !next.decimal => part = next,
            _ => break,
        }
    }
    Some(it)
}

/// What may stand between digits and a magnitude: `200多万`, `10余万`, `30来万`.
pub(super) const MORE_INSIDE: &[&str] = &["多", "余", "来", "几", "馀"];

/// Digits with separators and decimals.
fn digits(text: Reader, at: usize) -> Option<Numeral> {
    let (mut value, mut len, mut zeros, mut to) = (0.0_f64, 0, 0, at);
    let leading = text.char(at) == Some('.');
    let mut grouped = false;
    while let Some(it) = text.char(to) {
        if let Some(digit) = digit(it) {
            value = value * 10.0 + f64::from(digit);
            zeros = if digit == 0 { zeros + 1 } else { 0 };
            len += 1;
            to += it.len_utf8();
        } else if is_separator(text, to, it)
            && ((1..=3).contains(&len) || grouped)
            && group_of_three(text, to + it.len_utf8())
        {
            grouped = true;
            to += it.len_utf8();
        } else {
            break;
        }
    }
    if len == 0 && !leading {
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
        let after = |it: Option<char>| it.is_some_and(|it| digit(it).is_some());
        let dotted = text.char(end) == Some('.') && after(text.char(end + 1))
            || !leading && text.before(at) == Some('.') && after(text.before(at - 1));
        if dotted {
            value = (0..places).fold(value, |it, _| (it / 10.0).floor());
        } else {
            value /= 10_f64.powi(places);
            step = 10_f64.powi(-places);
            decimal = true;
            to = end;
        }
    }
    if leading && !decimal {
        return None;
    }
    // 40k: a thousand, where no word goes on.
    if text.char(to) == Some('k')
        && !text.char(to + 1).is_some_and(|it| it.is_ascii_alphanumeric() || it == '/')
    {
        (value, step, to) = (value * 1000.0, step * 1000.0, to + 1);
    } else if text.eat(to, " M").is_some_and(|it| !text.char(it).is_some_and(|it| it.is_ascii_alphanumeric()))
    {
        (value, step, to) = (value * 1e6, step * 1e6, to + " M".len());
    }
    let (len, width) = (len as usize, to - at);
    Some(Numeral {
        from: value,
        to: value,
        end: to,
        width,
        step,
        more: false,
        form: Form::Arabic,
        len,
        decimal,
    })
}

/// Whether `it`, at `at`, parts groups of three digits: a comma, full-width only between full-width digits.
fn is_separator(text: Reader, at: usize, it: char) -> bool {
    let wide = |it: Option<char>| it.is_some_and(|it| ('０'..='９').contains(&it));
    it == ',' || it == '，' && wide(text.before(at)) && wide(text.char(at + it.len_utf8()))
}

/// `2e5`, `2^-1`: a number with an exponent.
fn power(text: Reader, base: &Numeral) -> Option<Numeral> {
    let scientific = text.eat_any(base.end, &['e', 'E', 'ｅ', 'Ｅ']);
    let mut at = scientific.or_else(|| text.eat(base.end, "^"))?;
    let mut sign = 1.0;
    for _ in 0..2 {
        if let Some(to) = text.eat_any(at, &['+', '-', '－']) {
            sign = if text.char(at) == Some('+') { sign } else { -sign };
            at = to;
        }
    }
    let exponent = digits(text, at).filter(|it| !it.decimal && it.from < 300.0)?;
    let free = !text.char(exponent.end).is_some_and(|it| it.is_ascii_alphanumeric());
    let value = match scientific {
        Some(_) => format!("{}e{}", base.from, sign * exponent.from).parse().ok()?,
        None => base.from.powf(sign * exponent.from),
    };
    free.then_some(Numeral { from: value, to: value, end: exponent.end, ..*base })
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

/// `百万`: what 十, 百 and 千 make, what 万 and 亿 make, and the end.
struct Magnitudes {
    small: f64,
    great: f64,
    end: usize,
}

/// `万`, `百万`, `万亿` at `at`.
fn magnitudes(text: Reader, at: usize) -> Option<Magnitudes> {
    let mut found = Magnitudes { small: 1.0, great: 1.0, end: at };
    while let Some(it) = text.char(found.end)
        && let Some(next) = magnitude(it)
        && found.end < at + 9
    {
        // `5千米`, `37兆瓦`, `3百分点`: a unit that begins with a magnitude.
        let end = found.end + it.len_utf8();
        let begins_unit = unit_at(text.text, found.end, true)
            .is_some_and(|unit| unit.1 > end && unit.0.word.starts_with(it));
        if begins_unit || it == '十' && found.end == at {
            break;
        }
        *(if next < 1e4 { &mut found.small } else { &mut found.great }) *= next;
        found.end = end;
    }
    (found.end > at).then_some(found)
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
            ("3亿4千5百万", 345_000_000.0),
            ("4千5百万", 45_000_000.0),
            ("2千零30万", 20_300_000.0),
            ("3千5百", 3500.0),
            ("3万4000", 34_000.0),
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
        assert_eq!(end("37兆瓦"), 2);
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
