//! A table of words, looked up at a place in the text.

use std::collections::HashMap;

/// Words with what they mean. Looking one up costs O(words that begin with the same character).
pub(super) struct Table<T> {
    by_first: HashMap<char, Vec<(&'static str, T)>>,
}

impl<T> Table<T> {
    /// The table of `words`.
    pub(super) fn of(words: impl IntoIterator<Item = (&'static str, T)>) -> Table<T> {
        let mut by_first: HashMap<char, Vec<(&'static str, T)>> = HashMap::new();
        for (word, meaning) in words {
            if let Some(first) = word.chars().next() {
                by_first.entry(first).or_default().push((word, meaning));
            }
        }
        // Longest first; of equal words the first in the table.
        for row in by_first.values_mut() {
            row.sort_by_key(|it| std::cmp::Reverse(it.0.len()));
        }
        Table { by_first }
    }

    /// The first characters of all words.
    pub(super) fn firsts(&self) -> impl Iterator<Item = char> + '_ {
        self.by_first.keys().copied()
    }

    /// Shows `take` the words that stand at `at`, longest first, with their ends, until it takes one.
    pub(super) fn each_at<'t>(&'t self, text: &str, at: usize, mut take: impl FnMut(&'t T, usize) -> bool) {
        let Some(rest) = text.get(at..) else { return };
        let Some(row) = rest.chars().next().and_then(|it| self.by_first.get(&it)) else { return };
        for (word, meaning) in row {
            if rest.starts_with(word) && take(meaning, at + word.len()) {
                return;
            }
        }
    }

    /// The longest word that stands at `at`, and its end.
    pub(super) fn at<'t>(&'t self, text: &str, at: usize) -> Option<(&'t T, usize)> {
        let mut found = None;
        self.each_at(text, at, |meaning, end| {
            found = Some((meaning, end));
            true
        });
        found
    }
}
