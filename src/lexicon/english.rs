//! English words, to tell a typesetter's hyphen from a word's own.

/// The list: a line for each four letters that words begin with, those and what follows them in each word, by spaces,
/// all in order.
const LIST: &str = include_str!("english.txt");
/// Letters that the words of a line share.
const STEM: usize = 4;

/// Whether `word`, five lower-case letters or more, is on the list: 38 466 common words and their inflections, with
/// American and British spellings. O(log of the list).
pub(crate) fn is_word(word: &str) -> bool {
    let Some((stem, rest)) = word.split_at_checked(STEM) else { return false };
    line(stem).is_some_and(|it| it.split(' ').any(|it| it == rest)) && !rest.is_empty()
}

/// What follows `stem` in its words.
fn line(stem: &str) -> Option<&'static str> {
    let list = LIST.as_bytes();
    let (mut from, mut to) = (0, list.len());
    while from < to {
        let middle = from + (to - from) / 2;
        let start = list[..middle].iter().rposition(|it| *it == b'\n').map_or(0, |it| it + 1);
        let end = list[middle..].iter().position(|it| *it == b'\n').map_or(list.len(), |it| middle + it);
        let (own, rest) = LIST.get(start..end)?.split_once(' ')?;
        match own.cmp(stem) {
            std::cmp::Ordering::Equal => return Some(rest),
            std::cmp::Ordering::Less => from = end + 1,
            std::cmp::Ordering::Greater => to = start,
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_words_of_the_list_are_found_and_no_others() {
        let mut n = 0;
        for line in LIST.lines() {
            let (stem, rest) = line.split_once(' ').unwrap();
            for rest in rest.split(' ') {
                assert!(is_word(&format!("{stem}{rest}")), "{stem}{rest}");
                n += 1;
            }
        }
        assert_eq!(n, 38_466);
        for it in ["", "comp", "comprehensiv", "wellknown", "covid", "zzzzz", "aaaaa", "国家电网"] {
            assert!(!is_word(it), "{it}");
        }
    }

    #[test]
    fn both_spellings_are_words() {
        for it in ["organization", "organisation", "center", "centre", "programmes", "businesses"] {
            assert!(is_word(it), "{it}");
        }
    }
}
