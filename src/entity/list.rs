//! Lists of words that are asked for each word of a text.

use std::collections::HashSet;
use std::sync::OnceLock;

use rustc_hash::FxBuildHasher;

/// A list of words, looked up by hash: these lists are asked several times for each word, and walking them took a
/// third of the time of reading names.
pub(super) struct List {
    words: &'static [&'static str],
    set: OnceLock<HashSet<&'static str, FxBuildHasher>>,
}

impl List {
    /// A list of `words`.
    pub(super) const fn of(words: &'static [&'static str]) -> List {
        List { words, set: OnceLock::new() }
    }

    /// Whether `word` is in the list. O(1).
    pub(super) fn contains(&self, word: &str) -> bool {
        self.set.get_or_init(|| self.words.iter().copied().collect()).contains(word)
    }

    /// The words, in the order they were written in.
    pub(super) fn iter(&self) -> impl Iterator<Item = &'static str> {
        self.words.iter().copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_holds_its_words_and_no_part_of_them() {
        static LIST: List = List::of(&["书记", "主任"]);
        assert!(LIST.contains("书记") && LIST.contains("主任"));
        assert!(!LIST.contains("书") && !LIST.contains(""));
    }
}
