//! Lists of words that are asked for each word of a text.

use std::collections::{HashMap, HashSet};
use std::sync::OnceLock;

use rustc_hash::FxBuildHasher;

/// A list of words, looked up by hash: these lists are asked several times for each word, and walking them took a
/// third of the time of reading names. Most words are told from their first character and their length.
pub(super) struct List {
    words: &'static [&'static str],
    open: OnceLock<Open>,
}

/// A list that is ready to be asked.
struct Open {
    set: HashSet<&'static str, FxBuildHasher>,
    first: Chars,
    last: Chars,
    longest: usize,
}

/// Characters, told by their lower bits: one that is held is never missed, one in many others is taken for one.
struct Chars([u64; 32]);

impl Chars {
    fn of(chars: impl Iterator<Item = char>) -> Chars {
        let mut all = Chars([0; 32]);
        chars.for_each(|it| all.0[it as usize >> 6 & 31] |= 1 << (it as usize & 63));
        all
    }

    #[inline]
    fn may_hold(&self, char: char) -> bool {
        self.0[char as usize >> 6 & 31] >> (char as usize & 63) & 1 == 1
    }
}

impl List {
    /// A list of `words`.
    pub(super) const fn of(words: &'static [&'static str]) -> List {
        List { words, open: OnceLock::new() }
    }

    /// Whether a word of the list can start with `char`; also of some that none does.
    pub(super) fn may_start(&self, char: char) -> bool {
        self.open().first.may_hold(char)
    }

    /// Whether a word of the list can end with `char`; also of some that none does.
    pub(super) fn may_end(&self, char: char) -> bool {
        self.open().last.may_hold(char)
    }

    /// Whether `word` is in the list. O(1).
    #[inline]
    pub(super) fn contains(&self, word: &str) -> bool {
        let open = self.open();
        word.len() <= open.longest
            && word.chars().next().is_some_and(|it| open.first.may_hold(it))
            && open.set.contains(word)
    }

    #[inline]
    fn open(&self) -> &Open {
        self.open.get_or_init(|| Open {
            set: self.words.iter().copied().collect(),
            first: Chars::of(self.words.iter().filter_map(|it| it.chars().next())),
            last: Chars::of(self.words.iter().filter_map(|it| it.chars().next_back())),
            longest: self.words.iter().map(|it| it.len()).max().unwrap_or(0),
        })
    }
}

/// What words start or end with, with what is known of it; looked up by the character on that side.
pub(super) struct Affixes<T: 'static> {
    rows: &'static [T],
    by_first: OnceLock<Places>,
    by_last: OnceLock<Places>,
}

/// Places in a list by a character of their words.
struct Places {
    chars: Chars,
    of: HashMap<char, Vec<usize>, FxBuildHasher>,
}

impl Places {
    /// The places of the words with `char`, in order.
    #[inline]
    fn at(&self, char: char) -> &[usize] {
        if self.chars.may_hold(char) { self.of.get(&char).map_or(&[], Vec::as_slice) } else { &[] }
    }
}

/// A row of [`Affixes`]: a word, or a word and what is known of it.
pub(super) trait Row {
    /// The word.
    fn word(&self) -> &'static str;
}

impl Row for &'static str {
    fn word(&self) -> &'static str {
        self
    }
}

impl<A> Row for (&'static str, A) {
    fn word(&self) -> &'static str {
        self.0
    }
}

impl<A, B> Row for (&'static str, A, B) {
    fn word(&self) -> &'static str {
        self.0
    }
}

impl<T: Row> Affixes<T> {
    /// A list of `rows`; of two that fit, the one that stands first is taken.
    pub(super) const fn of(rows: &'static [T]) -> Affixes<T> {
        Affixes { rows, by_first: OnceLock::new(), by_last: OnceLock::new() }
    }

    /// The place in the list of what `text` ends with. O(rows that end with the same character).
    #[inline]
    pub(super) fn suffix_of(&self, text: &str) -> Option<usize> {
        let last = text.chars().next_back()?;
        let by_last = self.by_last.get_or_init(|| self.places(|it| it.chars().next_back()));
        by_last.at(last).iter().copied().find(|it| text.ends_with(self.rows[*it].word()))
    }

    /// The place in the list of what `text` starts with. O(rows that start with the same character).
    #[inline]
    pub(super) fn prefix_of(&self, text: &str) -> Option<usize> {
        let first = text.chars().next()?;
        let by_first = self.by_first.get_or_init(|| self.places(|it| it.chars().next()));
        by_first.at(first).iter().copied().find(|it| text.starts_with(self.rows[*it].word()))
    }

    /// The row at `place`.
    pub(super) fn at(&self, place: usize) -> &'static T {
        &self.rows[place]
    }

    /// The words, in the order they were written in.
    pub(super) fn words(&self) -> impl Iterator<Item = &'static str> {
        self.rows.iter().map(Row::word)
    }

    /// The places of the rows by the character that `key` takes of each word.
    fn places(&self, key: impl Fn(&str) -> Option<char>) -> Places {
        let mut of: HashMap<char, Vec<usize>, FxBuildHasher> = HashMap::default();
        for (place, row) in self.rows.iter().enumerate() {
            if let Some(char) = key(row.word()) {
                of.entry(char).or_default().push(place);
            }
        }
        Places { chars: Chars::of(of.keys().copied()), of }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_word_starts_or_ends_with_is_found_by_its_first_fit() {
        static AFFIXES: Affixes<&str> = Affixes::of(&["有限公司", "公司", "记者"]);
        assert_eq!(AFFIXES.suffix_of("某有限公司").map(|it| *AFFIXES.at(it)), Some("有限公司"));
        assert_eq!(AFFIXES.suffix_of("某公司"), Some(1));
        assert_eq!(AFFIXES.prefix_of("记者张宁"), Some(2));
        assert_eq!((AFFIXES.suffix_of("记"), AFFIXES.prefix_of("")), (None, None));
    }

    #[test]
    fn a_list_holds_its_words_and_no_part_of_them() {
        static LIST: List = List::of(&["书记", "主任"]);
        assert!(LIST.contains("书记") && LIST.contains("主任"));
        assert!(!LIST.contains("书") && !LIST.contains(""));
    }
}
