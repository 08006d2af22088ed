//! Sets of characters, and where these stand in a text.

/// A set of characters of the first 65,536 code points.
#[derive(Clone, Debug)]
pub struct CharSet {
    /// A bit for each, sixty-four in a row: as UTF-8 has it, the last byte of a character tells its place in the row.
    rows: Box<[u64; 1 << 10]>,
}

impl CharSet {
    /// Whether `char` is one of the set.
    pub fn contains(&self, char: char) -> bool {
        let code = char as usize;
        self.rows.get(code >> 6).is_some_and(|it| it >> (code & 63) & 1 == 1)
    }

    /// The bytes at which characters of the set start in `text`, in order. O(n), a load and a test for each character.
    pub fn places(&self, text: &str) -> impl Iterator<Item = usize> {
        let bytes = text.as_bytes();
        let mut at = 0;
        std::iter::from_fn(move || {
            loop {
                let place = at;
                let (row, last) = match bytes.get(at..)? {
                    [first @ 0xe0..0xf0, second, last, ..] => {
                        at += 3;
                        (usize::from(first & 15) << 6 | usize::from(second & 63), last)
                    }
                    [last @ ..0x80, ..] => {
                        at += 1;
                        (usize::from(last >> 6), last)
                    }
                    [first @ ..0xe0, last, ..] => {
                        at += 2;
                        (usize::from(first & 31), last)
                    }
                    [] => return None,
                    _ => {
                        at += 4;
                        continue;
                    }
                };
                if self.rows[row & 1023] >> (last & 63) & 1 == 1 {
                    return Some(place);
                }
            }
        })
    }
}

impl FromIterator<char> for CharSet {
    /// The set of these characters; of those past the first 65,536 code points it takes none.
    fn from_iter<I: IntoIterator<Item = char>>(chars: I) -> CharSet {
        let mut rows = Box::new([0; 1 << 10]);
        for code in chars.into_iter().map(|it| it as usize) {
            if let Some(row) = rows.get_mut(code >> 6) {
                *row |= 1 << (code & 63);
            }
        }
        CharSet { rows }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_of_any_length_are_found_where_they_start() {
        let text = "a王 é？𬱖\u{7ff}\u{800}\u{ffff}z王";
        for wanted in text.chars() {
            let set = CharSet::from_iter([wanted]);
            let places: Vec<usize> = set.places(text).collect();
            let expected = text.char_indices().filter(|it| it.1 == wanted && it.1 <= '\u{ffff}');
            assert_eq!(places, expected.map(|it| it.0).collect::<Vec<_>>(), "{wanted}");
            assert!(text.chars().all(|it| set.contains(it) == (it == wanted && it <= '\u{ffff}')));
        }
        assert_eq!(CharSet::from_iter([]).places(text).count(), 0);
    }
}
