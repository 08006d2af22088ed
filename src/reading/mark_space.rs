//! White space beside the full-width marks of a paragraph.

use super::sign::{Sign, Signs, is_space};
use crate::page::article;
use crate::page::paragraph::Span;

/// White space beside a full-width mark, which has its own white space within: `》 等`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MarkSpace {
    /// The white space, in the joined text.
    pub span: Span,
    /// The mark.
    pub mark: char,
    /// Whether it stands after the mark, else before it.
    pub follows: bool,
    /// Where in the paragraph it stands.
    pub place: Place,
}

/// Where in a paragraph a space stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// Before the bracket of its dateline 电头: `本报讯 （记者李秋）`.
    DatelineInner,
    /// After its dateline: `本报讯（记者李秋） 做好`.
    DatelineEnd,
    /// Anywhere else.
    Text,
}

/// The spaces beside marks in `text`, which starts with `dateline` and has these `signs`, in order. O(signs).
pub(super) fn mark_spaces(text: &str, signs: &Signs, dateline: Option<&str>) -> Vec<MarkSpace> {
    let end = dateline.map(str::len);
    let inner = dateline.and_then(|it| it.rfind('（')).filter(|it| *it > 0);
    let mut spaces = Vec::new();
    for start in signs.places(&[Sign::Space]) {
        let at = text[start..].find(|it| !is_space(it)).map_or(text.len(), |it| start + it);
        let Some((mark, follows)) = beside(&text[..start], &text[at..]) else { continue };
        if is_layout(&text[start..at], &text[at..]) {
            continue;
        }
        let place = match (Some(start) == end, Some(at) == inner) {
            (true, _) => Place::DatelineEnd,
            (_, true) => Place::DatelineInner,
            _ => Place::Text,
        };
        spaces.push(MarkSpace { span: Span::new(start, at), mark, follows, place });
    }
    spaces
}

/// The dateline that `text` starts with, with its bracket of names where it has one: `本报讯`, `【本报讯】`,
/// `新华社北京5月12日电（记者王芳）`, `（新华社北京5月12日电）`.
pub(super) fn dateline(text: &str) -> Option<&str> {
    if let Some(named) = article::dateline(text) {
        return Some(named);
    }
    let open = text.chars().next()?;
    let close = match open {
        '【' => Some('】'),
        '（' => Some('）'),
        _ => None,
    };
    let start = if close.is_some() { open.len_utf8() } else { 0 };
    let rest = &text[start..];
    let first = rest.chars().next()?;
    let house = HOUSES.iter().find(|it| it.starts_with(first) && rest.starts_with(**it))?;
    let near = rest.char_indices().nth(DATELINE).map_or(rest, |it| &rest[..it.0]);
    let told = near[house.len()..].find(['讯', '电', '，', '。', '：'])? + house.len();
    let mark = near[told..].chars().next().filter(|it| matches!(it, '讯' | '电'))?;
    let end = start + told + mark.len_utf8();
    // 新华社电视台 is none: a dateline says when, and 讯 stands right after the house.
    let dated = told == house.len() || near[..told].contains(|it: char| it.is_ascii_digit());
    match close {
        _ if !dated => None,
        Some(close) => text[end..].starts_with(close).then(|| &text[..end + close.len_utf8()]),
        None => Some(&text[..end]),
    }
}

/// Whose news it is.
const HOUSES: [&str; 12] = [
    "本报",
    "本刊",
    "本网",
    "本台",
    "新华社",
    "新华网",
    "中新社",
    "中新网",
    "人民日报",
    "人民网",
    "央视",
    "中央社",
];

/// The most characters of a dateline without its bracket of names.
const DATELINE: usize = 24;

/// Whether a run of blanks before `after` is meant: three and more, or a tab, part the columns of a form,
/// `姓名：          性别：`, and two the choices of a question, `甲（jiǎ）  B. 乙`.
fn is_layout(blanks: &str, after: &str) -> bool {
    let mut next = after.chars();
    let choice = next.next().is_some_and(|it| it.is_ascii_uppercase())
        && next.next().is_some_and(|it| ".．、".contains(it));
    blanks.contains('\t') || blanks.chars().nth(2).is_some() || choice && blanks.chars().nth(1).is_some()
}

/// The full-width mark that a space between `before` and `after` stands beside, and whether it follows the mark.
fn beside(before: &str, after: &str) -> Option<(char, bool)> {
    let (mut left, mut right) = (before.chars().rev(), after.chars());
    let (last, first) = (left.next()?, right.next()?);
    if is_own_space(last, first) || is_blank_to_fill(last, first) {
        None
    } else if is_mark(first, last, right.next()) {
        Some((first, false))
    } else if is_mark(last, first, left.next()) {
        Some((last, true))
    } else {
        None
    }
}

/// Whether the two are a pair with nothing but blanks inside, to be filled in: `（  ）`.
fn is_blank_to_fill(last: char, first: char) -> bool {
    matches!(
        (last, first),
        ('（', '）') | ('“', '”') | ('《', '》') | ('〔', '〕') | ('【', '】') | ('「', '」')
    )
}

/// Whether a space between the two is another's: a half-width stop before an opening mark has it, and a table's cell on
/// either side.
fn is_own_space(last: char, first: char) -> bool {
    let opens = matches!(first, '《' | '〈' | '「' | '『' | '【' | '〔' | '（' | '“' | '‘');
    last == '|' || first == '|' || opens && matches!(last, '.' | ',' | ';' | ':' | '!' | '?')
}

/// Whether `mark` is a full-width mark, seen from `outside` beyond the space and `inside` on its other side.
/// Quotation marks are full-width only in Chinese text: `said “yes” and` keeps its spaces.
fn is_mark(mark: char, outside: char, inside: Option<char>) -> bool {
    match mark {
        '，' | '。' | '、' | '；' | '：' | '？' | '！' | '（' | '）' => true,
        '《' | '》' | '〈' | '〉' | '「' | '」' | '『' | '』' | '【' | '】' | '〔' | '〕' => true,
        '“' | '”' | '‘' | '’' => !outside.is_ascii() || inside.is_some_and(|it| !it.is_ascii()),
        _ => false,
    }
}
