//! A double-array trie that `build.rs` makes and that is read in place: all words that a text starts with, on one way
//! from character to character. Asked at each character of a text, mostly in vain, it waits for memory; a table of
//! the first characters spares it half of the way.

/// The characters whose places in the trie are known from the start: the basic block of ideographs.
const FIRST: std::ops::Range<u32> = 0x4e00..0xa000;

/// Bytes of each of them.
const BYTES: usize = 3;

/// A trie, in the format of the crate `yada`. Bytes that are no trie hold no words.
pub(crate) struct Trie {
    units: &'static [[u8; 4]],
    /// The unit of each of [`FIRST`], 0 where no word starts with it.
    first: Vec<u32>,
}

/// A unit: its label, whether a word ends there, where the units behind it are, or the value of a word.
#[derive(Clone, Copy)]
struct Unit(u32);

impl Unit {
    fn ends_word(self) -> bool {
        self.0 >> 8 & 1 == 1
    }

    fn value(self) -> u32 {
        self.0 & 0x7fff_ffff
    }

    fn label(self) -> u32 {
        self.0 & 0x8000_00ff
    }

    fn offset(self) -> u32 {
        (self.0 >> 10) << ((self.0 & 1 << 9) >> 6)
    }
}

impl Trie {
    /// The trie in `bytes`: looks up [`FIRST`].
    pub(crate) fn of(bytes: &'static [u8]) -> Trie {
        let mut trie = Trie { units: bytes.as_chunks().0, first: Vec::new() };
        let place = |char| {
            let mut utf8 = [0; 4];
            let bytes = char::from_u32(char)?.encode_utf8(&mut utf8).as_bytes();
            bytes.iter().try_fold(0, |at, byte| trie.next(at, *byte))
        };
        trie.first = FIRST.map(|it| place(it).unwrap_or(0)).collect();
        trie
    }

    /// The values and byte lengths of the words that `text` starts with, shortest first.
    #[inline]
    pub(crate) fn prefixes<'a>(&'a self, text: &'a [u8]) -> Prefixes<'a> {
        let (mut at, mut read) = (0, 0);
        // An ideograph of the basic block has its bits in three bytes of 4, 6 and 6.
        if let [a, b, c, ..] = *text
            && a >> 4 == 0xe
        {
            let char = u32::from(a & 15) << 12 | u32::from(b & 63) << 6 | u32::from(c & 63);
            if let Some(unit) = self.first.get(char.wrapping_sub(FIRST.start) as usize) {
                (at, read) = (*unit, BYTES);
                if *unit == 0 {
                    return Prefixes { trie: self, text: &[], read: 0, at: 0, fresh: false };
                }
            }
        }
        Prefixes { trie: self, text, read, at, fresh: read > 0 }
    }

    /// Whether a word starts with `char`, or cannot be told not to.
    pub(crate) fn may_start(&self, char: char) -> bool {
        let first = (char as u32).checked_sub(FIRST.start).and_then(|it| self.first.get(it as usize));
        first.is_none_or(|it| *it != 0)
    }

    #[inline]
    fn unit(&self, at: u32) -> Option<Unit> {
        self.units.get(at as usize).map(|it| Unit(u32::from_le_bytes(*it)))
    }

    /// The unit behind that at `at` along `byte`.
    #[inline]
    fn next(&self, at: u32, byte: u8) -> Option<u32> {
        let next = self.unit(at)?.offset() ^ at ^ u32::from(byte);
        (self.unit(next)?.label() == u32::from(byte)).then_some(next)
    }
}

/// The words that a text starts with, each with its value and its length in bytes.
pub(crate) struct Prefixes<'a> {
    trie: &'a Trie,
    text: &'a [u8],
    /// Bytes that are read, and the unit that they lead to.
    read: usize,
    at: u32,
    /// Whether that unit has not been asked yet.
    fresh: bool,
}

impl Iterator for Prefixes<'_> {
    type Item = (u32, usize);

    #[inline]
    fn next(&mut self) -> Option<(u32, usize)> {
        loop {
            if !std::mem::take(&mut self.fresh) {
                let byte = *self.text.get(self.read)?;
                let Some(next) = self.trie.next(self.at, byte) else {
                    self.text = &[];
                    return None;
                };
                (self.at, self.read) = (next, self.read + 1);
            }
            let unit = self.trie.unit(self.at)?;
            if unit.ends_word() {
                let leaf = self.trie.unit(unit.offset() ^ self.at)?;
                return Some((leaf.value(), self.read));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_the_words_that_a_text_starts_with() {
        let trie = Trie::of(super::super::TRIE);
        let found = |text: &str| -> Vec<String> {
            trie.prefixes(text.as_bytes()).map(|it| text[..it.1].to_owned()).collect()
        };
        assert_eq!(found("北京大学的"), ["北", "北京", "北京大学"]);
        assert_eq!(found("AT&T"), ["AT&T"]);
        assert_eq!((found(""), found("\0"), found("é"), found("，北")), Default::default());
    }

    #[test]
    fn bytes_that_are_no_trie_hold_no_words() {
        for bytes in [&b""[..], b"words", &[0xff; 64]] {
            assert_eq!(Trie::of(bytes).prefixes("北京".as_bytes()).count(), 0);
        }
    }
}
