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

    /// The characters of the set that stand in `text`, each with the byte that it starts at, in order. O(n), a load and a
    /// test for each character.
    pub fn char_indices(&self, text: &str) -> impl Iterator<Item = (usize, char)> {
        let length = text.len();
        let mut rest = text.as_bytes();
        std::iter::from_fn(move || {
            loop {
                let place = length - rest.len();
                let code;
                (code, rest) = match rest {
                    [first @ 0xe0..0xf0, second, third, tail @ ..] => {
                        let head = u32::from(first & 15) << 12 | u32::from(second & 63) << 6;
                        (head | u32::from(third & 63), tail)
                    }
                    [first @ ..0x80, tail @ ..] => (u32::from(*first), tail),
                    [first @ ..0xe0, second, tail @ ..] => {
                        (u32::from(first & 31) << 6 | u32::from(second & 63), tail)
                    }
                    [_, _, _, _, tail @ ..] => {
                        rest = tail;
                        continue;
                    }
                    _ => return None,
                };
                if self.rows[code as usize >> 6 & 1023] >> (code & 63) & 1 == 1 {
                    return Some((place, char::from_u32(code)?));
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
            let expected = text.char_indices().filter(|it| it.1 == wanted && it.1 <= '\u{ffff}');
            assert!(set.char_indices(text).eq(expected), "{wanted}");
            assert!(text.chars().all(|it| set.contains(it) == (it == wanted && it <= '\u{ffff}')));
        }
        assert_eq!(CharSet::from_iter([]).char_indices(text).count(), 0);
    }
}
