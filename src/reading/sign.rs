//! Where in a paragraph the few characters stand that rules ask for. One look finds them all, so that a rule looks at
//! its own places alone, and at nothing in a paragraph that has none.

use std::sync::LazyLock;

use crate::lexicon::is_ideograph;
use crate::text::CharSet;

/// What stands at a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sign {
    /// The first of some spaces, as extractors write them, beside a character that is no ASCII one.
    Space,
    /// Half of a pair of marks that are no ASCII ones: `“`, `）`, `》`.
    Pair,
    /// An ASCII bracket, `(` or `)`.
    Bracket,
    /// An ASCII stop, one of `,.:;?!`, after a character that is no ASCII one.
    Stop,
    /// A digit of full width.
    WideDigit,
    /// One of [`FUNCTION_WORDS`], where it or two ideographs stand twice in a row: `的的`, `我们我们`.
    Double,
}

/// The ideographs that words begin with which are not doubled.
pub const FUNCTION_WORDS: &str = "的了在是和与也就被而或从我他你这以进通已因可并但对由";

/// The signs of a text, each with the byte that it starts at, in order.
#[derive(Clone, Debug, Default)]
pub struct Signs(Box<[(u32, Sign)]>);

impl Signs {
    /// The signs of `text`. O(n).
    pub(super) fn of(text: &str) -> Signs {
        let signs = SIGNS.char_indices(text).filter_map(|(at, it)| Some((at as u32, sign(text, at, it)?)));
        Signs(signs.collect())
    }

    /// The bytes at which one of the signs `wanted` starts, in order. O(signs).
    pub fn places(&self, wanted: &[Sign]) -> impl Iterator<Item = usize> {
        self.0.iter().filter(|it| wanted.contains(&it.1)).map(|it| it.0 as usize)
    }
}

/// The characters that can be signs.
static SIGNS: LazyLock<CharSet> = LazyLock::new(|| {
    let spaces = ('\0'..='\u{ffff}').filter(|it| is_space(*it));
    let others = "(),.:;?!（）‘’“”〈〉《》「」『』【】〔〕".chars().chain('０'..='９');
    spaces.chain(others).chain(FUNCTION_WORDS.chars()).collect()
});

/// The sign that `char` at byte `at` is.
fn sign(text: &str, at: usize, char: char) -> Option<Sign> {
    let (before, rest) = text.split_at(at);
    let wide_before = || before.ends_with(|it: char| !it.is_ascii());
    match char {
        it if is_ideograph(it) => stands_twice(rest.as_bytes()).then_some(Sign::Double),
        it if is_space(it) => {
            let after = rest.trim_start_matches(is_space);
            let wide = wide_before() || after.starts_with(|it: char| !it.is_ascii());
            (wide && !before.ends_with(is_space)).then_some(Sign::Space)
        }
        '(' | ')' => Some(Sign::Bracket),
        ',' | '.' | ':' | ';' | '?' | '!' => wide_before().then_some(Sign::Stop),
        '０'..='９' => Some(Sign::WideDigit),
        _ => Some(Sign::Pair),
    }
}

/// The spaces that extractors write. U+3000 is the typesetter's own: an indent, or the gap after a dateline.
pub(super) fn is_space(char: char) -> bool {
    matches!(char, ' ' | '\t' | '\u{a0}' | '\u{2000}'..='\u{200a}' | '\u{202f}')
}

/// Whether `rest` begins with one ideograph or two that follow again. All of them take three bytes.
fn stands_twice(rest: &[u8]) -> bool {
    // The last byte tells most from others.
    let twice = |length: usize| {
        rest.get(length + 2) == Some(&rest[2]) && rest.get(length..2 * length) == Some(&rest[..length])
    };
    twice(3) || twice(6)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn places(text: &str, sign: Sign) -> Vec<&str> {
        Signs::of(text).places(&[sign]).map(|it| &text[it..]).collect()
    }

    #[test]
    fn each_sign_is_found_where_it_starts() {
        assert_eq!(places("《条例》（试行）他说“好”〔1〕", Sign::Pair).len(), 8);
        assert_eq!(places("甲(乙)", Sign::Bracket), ["(乙)", ")"]);
        assert_eq!(places("２０a２", Sign::WideDigit), ["２０a２", "０a２", "２"]);
    }

    #[test]
    fn a_run_of_spaces_is_one_sign_and_none_between_latin_words() {
        assert_eq!(places("干 \u{a0}部 a b 部", Sign::Space), [" \u{a0}部 a b 部", " a b 部", " 部"]);
        assert_eq!(places("a\tb\u{2003}c 1", Sign::Space), [""; 0]);
        assert_eq!(places("甲\u{3000}乙", Sign::Space), [""; 0]);
        assert_eq!(places(" 甲 ", Sign::Space), [" 甲 ", " "]);
    }

    #[test]
    fn a_stop_counts_after_what_is_no_ascii() {
        assert_eq!(places("好,a.b,1.2,好.", Sign::Stop), [",a.b,1.2,好.", "."]);
    }

    #[test]
    fn ideographs_stand_twice_alone_or_by_two() {
        assert_eq!(places("的的", Sign::Double), ["的的"]);
        assert_eq!(places("说我们我们的", Sign::Double), ["我们我们的"]);
        assert_eq!(places("了了了", Sign::Double), ["了了了", "了了"]);
        assert_eq!(places("看看我们你们，，，11他", Sign::Double), [""; 0]);
    }
}
