//! Looking at text from a byte offset. All offsets are on character boundaries; looking past the end finds nothing.

/// A text to look at.
#[derive(Clone, Copy)]
pub(super) struct Reader<'a> {
    pub(super) text: &'a str,
}

impl<'a> Reader<'a> {
    pub(super) fn new(text: &'a str) -> Reader<'a> {
        Reader { text }
    }

    /// The character at `at`.
    pub(super) fn char(self, at: usize) -> Option<char> {
        self.text.get(at..)?.chars().next()
    }

    /// The character that ends at `at`.
    pub(super) fn before(self, at: usize) -> Option<char> {
        self.text.get(..at)?.chars().next_back()
    }

    /// Past `word`, where it stands at `at`.
    pub(super) fn eat(self, at: usize, word: &str) -> Option<usize> {
        self.text.as_bytes().get(at..)?.starts_with(word.as_bytes()).then_some(at + word.len())
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
