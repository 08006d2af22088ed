//! Which quotation marks and brackets of a paragraph lack their other half.

use super::sign::{Sign, Signs};
use crate::page::paragraph::Span;

/// A mark without its other half in the paragraph.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unpaired {
    /// Where it stands in the joined text.
    pub span: Span,
    /// The mark.
    pub mark: char,
    /// The mark that is missing.
    pub other: char,
    /// Whether it opens, so that it is the closing one that is missing.
    pub opens: bool,
}

/// The marks that come in pairs (GB/T 15834—2011, 4.8 引号, 4.9 括号, 4.15 书名号).
const PAIRS: [(char, char); 10] = [
    ('“', '”'),
    ('‘', '’'),
    ('（', '）'),
    ('《', '》'),
    ('〈', '〉'),
    ('「', '」'),
    ('『', '』'),
    ('【', '】'),
    ('〔', '〕'),
    ('(', ')'),
];

/// The marks of `text` without their other half, in order, where these are its `signs`. O(signs).
///
/// ASCII brackets are followed only so that `（记者刘婧)` counts as a pair; they are not reported themselves.
pub(super) fn unpaired(text: &str, signs: &Signs) -> Vec<Unpaired> {
    let mut open: Vec<(usize, char, char)> = Vec::new();
    let mut unpaired = Vec::new();
    let marks = signs.places(&[Sign::Pair, Sign::Bracket]);
    for (at, mark) in marks.filter_map(|at| Some((at, text[at..].chars().next()?))) {
        if let Some((_, other)) = PAIRS.iter().find(|it| it.0 == mark) {
            open.push((at, mark, *other));
        } else if let Some((other, _)) = PAIRS.iter().find(|it| it.1 == mark) {
            let opened = open.iter().rposition(|it| it.2 == mark || is_bracket(it.2) && is_bracket(mark));
            if let Some(opened) = opened {
                unpaired.extend(open.drain(opened..).skip(1).map(unclosed));
            } else if mark != ')' && !stands_alone(text, at, mark) {
                let span = Span::new(at, at + mark.len_utf8());
                unpaired.push(Unpaired { span, mark, other: *other, opens: false });
            }
        }
    }
    unpaired.extend(open.into_iter().map(unclosed));
    unpaired.retain(|it| it.mark != '(' && !(it.mark == '（' && is_frown(text, it.span.start as usize)));
    unpaired.sort_by_key(|it| it.span);
    unpaired
}

fn is_bracket(mark: char) -> bool {
    matches!(mark, '）' | ')')
}

fn unclosed((at, mark, other): (usize, char, char)) -> Unpaired {
    Unpaired { span: Span::new(at, at + mark.len_utf8()), mark, other, opens: true }
}

/// Whether a closing mark at byte `at` is in order without an opening one: an item's number `1）`, `①）`, `附件3）`, a
/// smile `：）`, an apostrophe `90’s`, minutes and seconds `34°15’30”`.
fn stands_alone(text: &str, at: usize, mark: char) -> bool {
    let before = &text[..at];
    let last = before.chars().next_back();
    match mark {
        '）' => {
            let label = |it: char| {
                it.is_ascii_alphanumeric()
                    || "一二三四五六七八九十".contains(it)
                    || matches!(it, '①'..='⑳' | 'Ⅰ'..='ⅿ' | '甲' | '乙' | '丙' | '丁')
            };
            let item = before.trim_end_matches(label);
            let short = (1..=3).contains(&before[item.len()..].chars().count());
            let free = item
                .chars()
                .next_back()
                .is_none_or(|it| it.is_whitespace() || "。；：，、！？”".contains(it));
            let counted = ["附件", "第", "例", "注", "步骤"].iter().any(|it| item.ends_with(it));
            short && (free || counted) || last.is_some_and(is_eyes)
        }
        '’' => {
            let next = text[at + mark.len_utf8()..].chars().next();
            last.is_some_and(|it| it.is_ascii_alphanumeric())
                || next.is_some_and(|it| it.is_ascii_alphanumeric())
        }
        '”' => {
            let measure = before.trim_end_matches(|it: char| it.is_ascii_digit() || it == '.');
            measure.len() < before.len() && measure.ends_with(['’', '′', '°'])
        }
        _ => false,
    }
}

/// The eyes of a face: `：）`.
fn is_eyes(mark: char) -> bool {
    matches!(mark, '：' | '；' | ':' | ';')
}

/// Whether an opening bracket at byte `at` is the mouth of a face at the end of a clause: `下雨了：（`.
fn is_frown(text: &str, at: usize) -> bool {
    let after = text[at..].chars().nth(1);
    let ends = after.is_none_or(|it| it.is_whitespace() || "。，！？；".contains(it));
    ends && text[..at].chars().next_back().is_some_and(is_eyes)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marks(text: &str) -> Vec<(u32, char)> {
        unpaired(text, &Signs::of(text)).iter().map(|it| (it.span.start, it.mark)).collect()
    }

    #[test]
    fn pairs_nest() {
        assert_eq!(marks("“把‘隔开’写进《关于〈条例〉的通知》（试行）”，他说。"), []);
    }

    #[test]
    fn a_mark_without_its_half_is_found_on_either_side() {
        assert_eq!(marks("开展防控知识宣传。”"), [(27, '”')]);
        assert_eq!(marks("“我上！保证“短时间”投入。"), [(0, '“')]);
        assert_eq!(marks("《战“疫”好声音"), [(0, '《')]);
        assert_eq!(marks("“（甲”"), [(3, '（')]);
    }

    #[test]
    fn numbers_of_items_apostrophes_and_seconds_stand_alone() {
        assert_eq!(marks("1）先洗手；2）戴口罩。（3）通风"), []);
        assert_eq!(marks("90’s Party，Today’s，北纬34°15’30”"), []);
        assert_eq!(marks("①）甲；ⅰ）乙；附件3）丙；第2）点"), []);
        assert_eq!(marks("共三人）"), [(9, '）')]);
        assert_eq!(marks("见表3）"), [(9 - 2, '）')]);
    }

    #[test]
    fn a_face_is_no_bracket() {
        assert_eq!(marks("好的：）明天见。下雨了：（"), []);
        assert_eq!(marks("他说：（笑"), [(9, '（')]);
    }

    #[test]
    fn half_width_brackets_close_full_width_ones_and_are_not_reported() {
        assert_eq!(marks("（记者刘婧)(a) b)"), []);
    }
}
