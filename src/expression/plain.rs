//! The text as the grammar reads it: traditional characters as the simplified ones of its tables, Chinese numerals
//! without the spaces of a spread line; and where in it something can begin. Spans are given in the text itself.

use std::borrow::Cow;
use std::sync::LazyLock;

use super::number::is_numeral;
use super::reader::is_space;
use super::{era, words};
use crate::text::CharSet;

/// Traditional characters of numbers, units and time, each before its simplified form. All take three bytes, so that
/// a place in the text stays where it is.
const TRADITIONAL: &str = "萬万億亿兩两倆两貳贰參叁陸陆負负點点餘余幾几雙双對对個个塊块號号時时間间週周禮礼後后農农曆历陰阴閏闰臘腊約约從从過过還还\
    噸吨隻只張张條条輛辆戶户頭头棟栋場场層层歲岁圓圆錢钱現现開开來来國国慶庆節节陽阳紀纪鐘钟當当畝亩顆颗雞鸡馬马";

/// What begins a numeral, with its sign, or a lunar day.
const NUMERALS: &str = "0123456789０１２３４５６７８９〇○零一二三四五六七八九十百千万亿两俩仨半几数廿卅壹贰叁肆伍陆柒捌玖拾佰仟初负-−－.";

/// What can begin with a character.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Opener {
    /// A word of time, an era, or a word that only looks like an expression.
    Word,
    /// A numeral, and perhaps such a word as well.
    Numeral,
}

/// The characters that are looked for.
struct Sets {
    /// All of them.
    all: CharSet,
    numerals: CharSet,
    traditional: CharSet,
}

static SETS: LazyLock<Sets> = LazyLock::new(|| {
    let traditional = || TRADITIONAL.chars().step_by(2);
    let openers = words::firsts().chain(era::firsts()).chain("每hwH".chars()).chain(NUMERALS.chars());
    let spaces = ('\0'..='\u{ffff}').filter(|it| is_space(*it));
    Sets {
        all: openers.chain(traditional()).chain(spaces).collect(),
        numerals: NUMERALS.chars().collect(),
        traditional: traditional().collect(),
    }
});

/// A text to read and the way back.
pub(super) struct Plain<'a> {
    pub(super) text: Cow<'a, str>,
    /// Where something can begin in it, in order.
    pub(super) openers: Vec<(u32, Opener)>,
    /// Where characters were left out: their place in the plain text, and how many bytes were left out up to there.
    left_out: Vec<(usize, usize)>,
}

impl<'a> Plain<'a> {
    /// The plain form of `text`; the text itself where it is plain, which costs a look at each character. O(n).
    pub(super) fn of(text: &'a str) -> Plain<'a> {
        let mut plain = Plain { text: Cow::Borrowed(text), openers: Vec::new(), left_out: Vec::new() };
        let (folded, spread) = plain.look();
        if folded {
            let simple = |it: char| if SETS.traditional.contains(it) { simplified(it) } else { it };
            plain.text = Cow::Owned(text.chars().map(simple).collect());
        }
        if spread || folded && text.contains(is_space) {
            plain.close_up();
        }
        if matches!(plain.text, Cow::Owned(_)) {
            plain.openers.clear();
            plain.look();
        }
        plain
    }

    /// Notes where something can begin. Whether there are traditional characters, and spaces inside a Chinese numeral.
    fn look(&mut self) -> (bool, bool) {
        let (mut folded, mut spread) = (false, false);
        let sets = &*SETS;
        self.openers.reserve(self.text.len() / 10);
        for (at, it) in sets.all.char_indices(&self.text) {
            if sets.numerals.contains(it) {
                self.openers.push((at as u32, Opener::Numeral));
            } else if is_space(it) {
                let (before, after) = self.text.split_at(at);
                let before = before.chars().next_back().filter(|it| is_part(*it));
                let sides = before.and_then(|it| Some((it, after.chars().find(|it| !is_space(*it))?)));
                spread |= sides.is_some_and(|it| joins(it.0, it.1));
            } else if sets.traditional.contains(it) {
                folded = true;
            } else {
                self.openers.push((at as u32, Opener::Word));
            }
        }
        (folded, spread)
    }

    /// Leaves out the spaces between the characters of a Chinese numeral.
    fn close_up(&mut self) {
        let mut closed = String::with_capacity(self.text.len());
        let mut before = None;
        let mut left_out = 0;
        let mut rest = self.text.char_indices().peekable();
        while let Some((at, it)) = rest.next() {
            if !is_space(it) {
                closed.push(it);
                before = Some(it);
                continue;
            }
            let mut end = at + it.len_utf8();
            while let Some((next, space)) = rest.next_if(|it| is_space(it.1)) {
                end = next + space.len_utf8();
            }
            let after = rest.peek().map(|it| it.1);
            let inside = matches!((before, after), (Some(before), Some(after)) if joins(before, after));
            if inside && end - at <= 4 {
                left_out += end - at;
                self.left_out.push((closed.len(), left_out));
            } else {
                closed.push_str(&self.text[at..end]);
            }
        }
        self.text = Cow::Owned(closed);
    }

    /// The place in the text of the character that begins at `at` in the plain one.
    pub(super) fn start(&self, at: usize) -> usize {
        let passed = self.left_out.partition_point(|it| it.0 <= at);
        at + passed.checked_sub(1).map_or(0, |it| self.left_out[it].1)
    }

    /// The place in the text past the character that ends at `at` in the plain one.
    pub(super) fn end(&self, at: usize) -> usize {
        let passed = self.left_out.partition_point(|it| it.0 < at);
        at + passed.checked_sub(1).map_or(0, |it| self.left_out[it].1)
    }
}

/// Whether a space between the two is the typesetter's: one belongs to a Chinese numeral, the other to it or to what is
/// told with it.
fn joins(before: char, after: char) -> bool {
    is_part(before) && is_part(after) && (is_numeral(before) || is_numeral(after))
        || matches!((before, after), ('百', '分') | ('分', '之' | '点') | ('个', '百'))
}

/// Whether `it` can be part of a Chinese numeral or of what is told with one: 一百 五 十 个 百 分 点.
fn is_part(it: char) -> bool {
    is_numeral(it) || matches!(it, '点' | '分' | '之' | '个' | '又' | '负' | '余' | '多' | '成' | '折')
}

/// The simplified form of `it`.
fn simplified(it: char) -> char {
    let mut pairs = TRADITIONAL.chars();
    while let (Some(traditional), Some(simplified)) = (pairs.next(), pairs.next()) {
        if traditional == it {
            return simplified;
        }
    }
    it
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_lead_back_to_the_text() {
        let text = "共一百 五 十個，3 个";
        let plain = Plain::of(text);
        assert_eq!(plain.text, "共一百五十个，3 个");
        let at = plain.text.find('五').unwrap();
        assert_eq!(&text[plain.start(at)..plain.end(at + 3)], "五");
        let (from, to) = (plain.text.find('一').unwrap(), plain.text.find('，').unwrap());
        assert_eq!(&text[plain.start(from)..plain.end(to)], "一百 五 十個");
    }

    #[test]
    fn a_plain_text_is_not_copied() {
        assert!(matches!(Plain::of("共 3 个，第一批").text, Cow::Borrowed(_)));
        let traditional = TRADITIONAL.chars().collect::<Vec<_>>();
        assert!(traditional.len() % 2 == 0 && traditional.iter().all(|it| it.len_utf8() == 3));
    }
}
