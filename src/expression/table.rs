//! A table of words, looked up at a place in the text.

/// Words with what they mean. Looking one up costs a look at the character there and at the next, then O(words that
/// begin with the same two characters).
pub(super) struct Table<T> {
    /// For each of the first 65,536 code points one more than the row of the words that begin with it; 0 for none.
    rows: Box<[u16]>,
    /// For each row the groups of words with one second character, by that character; `\0` where there is none.
    groups: Vec<Vec<(char, Group<T>)>>,
}

/// Words that begin alike, the longest first; of equal words the first in the table.
type Group<T> = Vec<(&'static str, T)>;

impl<T> Table<T> {
    /// The table of `words`.
    pub(super) fn of(words: impl IntoIterator<Item = (&'static str, T)>) -> Table<T> {
        let mut table = Table { rows: vec![0; 1 << 16].into_boxed_slice(), groups: Vec::new() };
        for (word, meaning) in words {
            let mut chars = word.chars();
            let Some(row) = chars.next().and_then(|it| table.rows.get_mut(it as usize)) else { continue };
            if *row == 0 {
                table.groups.push(Vec::new());
                *row = table.groups.len() as u16;
            }
            let groups = &mut table.groups[usize::from(*row) - 1];
            let second = chars.next().unwrap_or('\0');
            let at = groups.binary_search_by_key(&second, |it| it.0).unwrap_or_else(|at| {
                groups.insert(at, (second, Vec::new()));
                at
            });
            let group = &mut groups[at].1;
            let at = group.partition_point(|it| it.0.len() >= word.len());
            group.insert(at, (word, meaning));
        }
        table
    }

    /// The first characters of all words.
    pub(super) fn firsts(&self) -> impl Iterator<Item = char> + '_ {
        self.groups.iter().filter_map(|it| it.first()?.1.first()?.0.chars().next())
    }

    /// All words.
    #[cfg(test)]
    pub(super) fn words(&self) -> impl Iterator<Item = &'static str> + '_ {
        self.groups.iter().flatten().flat_map(|it| &it.1).map(|it| it.0)
    }

    /// Shows `take` the words that stand at `at`, longest first, with their ends, until it takes one.
    pub(super) fn each_at<'t>(&'t self, text: &str, at: usize, mut take: impl FnMut(&'t T, usize) -> bool) {
        let Some(rest) = text.get(at..) else { return };
        let mut chars = rest.chars();
        let row = chars.next().and_then(|it| self.rows.get(it as usize)).copied().unwrap_or(0);
        let Some(groups) = usize::from(row).checked_sub(1).and_then(|it| self.groups.get(it)) else { return };
        if let Some(second) = chars.next()
            && let Ok(group) = groups.binary_search_by_key(&second, |it| it.0)
        {
            for (word, meaning) in &groups[group].1 {
                if rest.starts_with(word) && take(meaning, at + word.len()) {
                    return;
                }
            }
        }
        if let Some(('\0', group)) = groups.first() {
            for (word, meaning) in group {
                if take(meaning, at + word.len()) {
                    return;
                }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_word_comes_first_and_equal_ones_in_their_order() {
        let table = Table::of([("天", 1), ("天然气", 2), ("天然", 3), ("天然气", 4), ("km", 5), ("k", 6)]);
        let all = |text: &str| {
            let mut all = Vec::new();
            table.each_at(text, 0, |it, end| {
                all.push((*it, end));
                false
            });
            all
        };
        assert_eq!(all("天然气田"), [(2, 9), (4, 9), (3, 6), (1, 3)]);
        assert_eq!(all("天"), [(1, 3)]);
        assert_eq!(all("km/h"), [(5, 2), (6, 1)]);
        assert_eq!(all("地"), []);
        assert_eq!(all("\u{1f600}"), []);
        assert_eq!(table.firsts().collect::<Vec<_>>(), ['天', 'k']);
    }
}
