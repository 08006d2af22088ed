//! Looking at text from a byte offset. All offsets are on character boundaries; looking past the end finds nothing.

use std::cell::Cell;

use super::number::Numeral;

/// A text to look at.
#[derive(Clone, Copy)]
pub(super) struct Reader<'a> {
    pub(super) text: &'a str,
    memo: Option<&'a Memo>,
}

/// The numerals that were read last, each with its place: one place is looked at by many parsers.
pub(super) struct Memo([Cell<(usize, Option<Numeral>)>; MEMO]);

/// Numerals that are kept, by their place.
const MEMO: usize = 4;

impl Memo {
    pub(super) fn new() -> Memo {
        Memo([const { Cell::new((usize::MAX, None)) }; MEMO])
    }
}

#[cfg(test)]
thread_local! {
    /// How often a character or a word was looked at.
    pub(super) static LOOKS: Cell<u64> = const { Cell::new(0) };
}

/// Counts a look, in tests.
#[inline]
fn look() {
    #[cfg(test)]
    LOOKS.set(LOOKS.get() + 1);
}

impl<'a> Reader<'a> {
    /// A reader of `text` alone.
    #[cfg(test)]
    pub(super) fn new(text: &'a str) -> Reader<'a> {
        Reader { text, memo: None }
    }

    /// A reader of `text` that keeps in `memo`, which is of no other text, what it read last.
    pub(super) fn with(text: &'a str, memo: &'a Memo) -> Reader<'a> {
        Reader { text, memo: Some(memo) }
    }

    /// The numeral at `at`, from the memo or from `read`.
    pub(super) fn numeral(self, at: usize, read: impl FnOnce() -> Option<Numeral>) -> Option<Numeral> {
        let Some(memo) = self.memo else { return read() };
        let cell = &memo.0[at / 3 % MEMO];
        let kept = cell.get();
        if kept.0 == at {
            return kept.1;
        }
        let found = read();
        cell.set((at, found));
        found
    }

    /// The character at `at`.
    #[inline]
    pub(super) fn char(self, at: usize) -> Option<char> {
        look();
        self.text.get(at..)?.chars().next()
    }

    /// The character that ends at `at`.
    pub(super) fn before(self, at: usize) -> Option<char> {
        look();
        self.text.get(..at)?.chars().next_back()
    }

    /// Past `word`, where it stands at `at`.
    #[inline]
    pub(super) fn eat(self, at: usize, word: &str) -> Option<usize> {
        look();
        let (rest, word) = (self.text.as_bytes().get(at..)?, word.as_bytes());
        // The third byte of a Han character tells more than the first; most words are told apart by it alone.
        let telling = word.len().min(3).checked_sub(1)?;
        (rest.get(telling) == word.get(telling) && rest.starts_with(word)).then_some(at + word.len())
    }

    /// Past the character at `at`, where it is one of `set`.
    pub(super) fn eat_any(self, at: usize, set: &[char]) -> Option<usize> {
        self.char(at).filter(|it| set.contains(it)).map(|it| at + it.len_utf8())
    }

    /// Past the first of `words` that stands at `at`: put the longer ones first.
    pub(super) fn eat_word(self, at: usize, words: &[&str]) -> Option<usize> {
        words.iter().find_map(|it| self.eat(at, it))
    }

    /// Past the ordinary spaces at `at`, at most [`SPACES`] of them: a line spread by the typesetter has one or two,
    /// a table more.
    pub(super) fn skip_space(self, at: usize) -> usize {
        let mut to = at;
        for _ in 0..SPACES {
            match self.char(to) {
                Some(it) if is_space(it) => to += it.len_utf8(),
                _ => return to,
            }
        }
        if self.char(to).is_some_and(is_space) { at } else { to }
    }

    /// Whether the text before `at` ends with one of `words`, spaces aside.
    pub(super) fn after_any(self, at: usize, words: &[&str]) -> bool {
        let head = self.text[..at].trim_end_matches(is_space);
        words.iter().any(|it| head.ends_with(it))
    }
}

/// Spaces that may stand inside an expression between a digit and a Han character.
const SPACES: usize = 3;

/// Ordinary spaces: what a typesetter or an extractor puts between digits and Han characters.
pub(super) fn is_space(it: char) -> bool {
    matches!(it, ' ' | '\u{a0}' | '\u{2009}' | '\u{202f}' | '\u{3000}')
}

/// Han characters, for spacing.
pub(super) fn is_han(it: char) -> bool {
    matches!(it, '\u{3007}' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{323af}')
}

/// Digits, half and full width.
pub(super) fn digit(it: char) -> Option<u8> {
    match it {
        '0'..='9' => Some(it as u8 - b'0'),
        '０'..='９' => Some((it as u32 - '０' as u32) as u8),
        _ => None,
    }
}
