//! One physical line: what it holds, how wide it was set, what it looks like.

use std::ops::Range;
use std::sync::Arc;

use rayon::prelude::*;

use super::boundary::Boundary;
use super::face::Face;
use super::{byline, furniture, mark, radical};
use crate::lexicon::is_ideograph;

/// A line of the file that holds text.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Line {
    /// 0-based line number in the file.
    pub number: usize,
    /// Bytes of the file from its first to past its last character that is not white space.
    pub span: Range<usize>,
    /// Blank lines that follow, before the next line with text or the end of the file.
    pub blanks_after: usize,
    /// The line without white space, radical code points folded to the unified ideographs.
    pub squashed: Arc<str>,
    /// Width in ideographs: an ideograph or a full-width mark 1, ASCII ½, a space beside ASCII ¼, other spaces 0.
    pub width: f32,
    /// White space before the first character, in ideographs: U+3000 is 1, a tab 2, another space ½.
    pub indent: f32,
    /// Wide gaps inside the line (tabs, two spaces or more, U+3000): the columns of a table, or a spaced headline.
    pub gaps: u8,
    /// What the line is on the page.
    pub role: Role,
    /// Whether justification spread the line into letter-spaced characters: `区 是 疫 情`.
    pub letter_spaced: bool,
    /// Single spaces inside the line that stand between characters other than ASCII.
    pub(crate) inner_spaces: u8,
    /// Whether the spaces stand as justification leaves them; true on a headline set wide as well.
    pub(crate) looks_spread: bool,
    /// Whether the whole line has the shape of a byline.
    pub(crate) looks_byline: bool,
    /// Whether the whole line says who took a picture: `本报记者 李良 摄`.
    pub looks_credit: bool,
    /// Whether the whole line is page furniture 版面附件: a masthead, a date line, a page number, a jump line.
    pub looks_furniture: bool,
    /// What it shows by itself; made of the squashed line.
    pub(crate) face: Face,
}

/// What a line, and the paragraph made of it, is on the page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Role {
    /// Running text 正文.
    #[default]
    Body,
    /// Headline 标题.
    Headline,
    /// Kicker 引题, above the headline.
    Kicker,
    /// Subhead 副题, below the headline.
    Subhead,
    /// Byline 署名 on a line of its own: `本报记者 原文钊`.
    Byline,
    /// Section head 小标题 inside an article: `“我上”`.
    Section,
    /// The first line of a continuation 转版: `（上接第一版）…`.
    Continuation,
}

impl Role {
    /// The word of the annotation record.
    pub fn as_str(self) -> &'static str {
        match self {
            Role::Body => "body",
            Role::Headline => "headline",
            Role::Kicker => "kicker",
            Role::Subhead => "subhead",
            Role::Byline => "byline",
            Role::Section => "section",
            Role::Continuation => "continuation",
        }
    }

    /// Whether this is running text, as opposed to display lines that keep their own line ends.
    pub fn is_body(self) -> bool {
        matches!(self, Role::Body | Role::Continuation)
    }
}

impl Line {
    /// The same line, its number and its bytes further on by so many, which may be negative.
    pub(super) fn shifted(&self, numbers: isize, bytes: isize) -> Line {
        let span = self.span.start.wrapping_add_signed(bytes)..self.span.end.wrapping_add_signed(bytes);
        Line { number: self.number.wrapping_add_signed(numbers), span, ..self.clone() }
    }

    /// Whether the whole line is something that is no running text and no heading.
    pub(super) fn stands_alone(&self) -> bool {
        self.looks_furniture || self.looks_credit
    }

    /// Whether this line and `other` say the same, wherever they stand and whatever they were taken for.
    pub(super) fn reads_as(&self, other: &Line) -> bool {
        (Arc::ptr_eq(&self.squashed, &other.squashed) || self.squashed == other.squashed)
            && self.blanks_after == other.blanks_after
            && self.width == other.width
            && self.indent == other.indent
            && self.gaps == other.gaps
            && self.inner_spaces == other.inner_spaces
            && self.looks_spread == other.looks_spread
            && self.looks_byline == other.looks_byline
            && self.looks_credit == other.looks_credit
            && self.looks_furniture == other.looks_furniture
    }

    /// The line that `content`, the bytes `start..` of the file, holds; none when it is blank. Its squashed characters
    /// are left in `chars`.
    pub(super) fn of(number: usize, start: usize, content: &str, chars: &mut Vec<char>) -> Option<Line> {
        let trimmed = content.trim_end_matches(mark::is_space);
        let inner = trimmed.trim_start_matches(mark::is_space);
        if inner.is_empty() {
            return None;
        }
        let lead = &trimmed[..trimmed.len() - inner.len()];
        let indent = lead
            .chars()
            .map(|it| match it {
                '\u{3000}' => 1.0,
                '\t' => 2.0,
                '\u{FEFF}' | '\u{200B}' | '\u{C}' => 0.0,
                _ => 0.5,
            })
            .sum();
        chars.clear();
        let mut is_squashed = true;
        let (mut width, mut gaps, mut inner_spaces) = (0.0, 0u8, 0u8);
        let (mut before, mut spaces, mut wide) = ('\0', 0, false);
        for c in inner.chars() {
            if spaces == 0 && is_ideograph(c) {
                width += 1.0;
                before = c;
                chars.push(c);
                continue;
            }
            if mark::is_space(c) {
                is_squashed = false;
                spaces += 1;
                wide |= matches!(c, '\t' | '\u{3000}');
                continue;
            }
            if spaces > 0 {
                if spaces > 1 || wide {
                    gaps = gaps.saturating_add(1);
                }
                if before.is_ascii() || c.is_ascii() {
                    width += 0.25;
                } else {
                    inner_spaces = inner_spaces.saturating_add(1);
                }
                (spaces, wide) = (0, false);
            }
            width += mark::width(c);
            before = radical::fold(c);
            is_squashed &= before == c;
            chars.push(before);
        }
        let looks_credit = byline::is_credit(inner);
        let looks_byline = !looks_credit && byline::is_byline(inner);
        let squashed: Arc<str> =
            if is_squashed { inner.into() } else { chars.iter().collect::<String>().into() };
        let first = start + lead.len();
        Some(Line {
            number,
            span: first..first + inner.len(),
            blanks_after: 0,
            looks_furniture: furniture::is_furniture(chars, &squashed),
            squashed,
            width,
            indent,
            gaps,
            role: Role::Body,
            letter_spaced: false,
            inner_spaces,
            looks_spread: inner_spaces > 1 && is_spread(inner),
            looks_byline,
            looks_credit,
            face: Face::of(chars, looks_byline),
        })
    }
}

/// The lines of a text that hold anything. `contents` are all its lines, as [`crate::text::Text::lines`] gives them.
pub fn lines<S: AsRef<str> + Sync>(contents: &[(Range<usize>, S)]) -> Vec<Line> {
    lines_from(0, contents)
}

/// So many lines are read on all cores.
const MANY: usize = 2048;

/// The same of some lines, the first of which is line `first` of the file.
pub(super) fn lines_from<S: AsRef<str> + Sync>(first: usize, contents: &[(Range<usize>, S)]) -> Vec<Line> {
    let line = |chars: &mut Vec<char>, (number, (range, content)): (usize, &(Range<usize>, S))| {
        Line::of(first + number, range.start, content.as_ref(), chars)
    };
    let mut lines: Vec<Line> = Vec::with_capacity(contents.len());
    let mut add = |line: Option<Line>| match line {
        Some(line) => lines.push(line),
        None => {
            if let Some(before) = lines.last_mut() {
                before.blanks_after += 1;
            }
        }
    };
    if contents.len() < MANY {
        let mut chars = Vec::new();
        contents.iter().enumerate().map(|it| line(&mut chars, it)).for_each(&mut add);
    } else {
        let all = contents.par_iter().enumerate().with_min_len(MANY / 4);
        let read: Vec<Option<Line>> = all.map_init(Vec::new, line).collect();
        read.into_iter().for_each(&mut add);
    }
    lines
}

/// Marks the lines that justification spread: they have the spaces, and are in mid-paragraph, where lines are full.
/// `joined_before` says whether the line before the first one is joined to it.
pub(super) fn confirm_spread(lines: &mut [Line], boundaries: &[Boundary], joined_before: bool) {
    let mut joined_before = joined_before;
    for (line, boundary) in lines.iter_mut().zip(boundaries) {
        let joined = boundary.kind.is_join();
        line.letter_spaced = line.looks_spread && line.role.is_body() && (joined || joined_before);
        joined_before = joined;
    }
}

/// Whether the spaces of a line (trimmed) stand as justification leaves them, between single characters:
/// `区 是 疫 情`, `原材料 ； 不 讲 价 钱 ，`, `免疫力和 抵 抗`. Spaces beside ASCII do not count.
/// At least three characters alone and three spaces are asked for, or two of each at the line's end.
fn is_spread(content: &str) -> bool {
    let (mut spaces, mut singles) = (0, 0);
    let mut length = 0;
    let mut before = '\0';
    let mut last_single = false;
    for c in content.chars().chain(std::iter::once(' ')) {
        if c != ' ' {
            if mark::is_space(c) {
                return false;
            }
            spaces += usize::from(length == 0 && !before.is_ascii() && !c.is_ascii());
            length += 1;
            before = c;
            continue;
        }
        if length == 0 {
            return false;
        }
        last_single = length == 1 && !before.is_ascii();
        singles += usize::from(last_single);
        length = 0;
    }
    spaces >= 3 && singles >= 3 || spaces == 2 && singles >= 2 && last_single
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_squashed_and_its_radicals_folded() {
        let line = Line::of(3, 10, "\u{feff}　　2016 年，⼈ 民 ", &mut Vec::new()).unwrap();
        assert_eq!(&*line.squashed, "2016年，人民");
        assert_eq!((line.indent, line.width, line.span), (2.0, 6.25, 19..37));
        assert_eq!(Line::of(0, 0, " \u{c}\u{3000}", &mut Vec::new()), None);
    }

    #[test]
    fn justification_is_told_from_words_that_stand_apart() {
        for it in
            ["当 新 使 命 、 发 挥 正 能 量 ” 活", "涨价两倍多的原材料 ； 不 讲 价 钱 ，", "免疫力和 抵 抗"]
        {
            assert!(is_spread(it), "{it}");
        }
        for it in ["众志成城 共抗疫情", "2016 年 2 月 12 日", "北京 上海 广州 深圳", "区是疫情", "a b c d e"]
        {
            assert!(!is_spread(it), "{it}");
        }
    }
}
