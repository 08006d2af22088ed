//! A double-array trie that `build.rs` makes and that is read in place: all words that a text starts with, on one way
//! from character to character. Asked at each character of a text, mostly in vain, it waits for memory: a character is
//! one step, to eight bytes that tell all there is to know.

use std::sync::OnceLock;

/// The characters of all tries, each two bytes: the first has the code 1. `build.rs` makes it.
static CHARS: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/chars.list"));

/// The codes of characters: tries count in these, so that what is common lies close together.
pub(crate) struct Codes {
    /// For each character of the basic plane its code, 0 for those that no word has.
    of: Vec<u16>,
}

impl Codes {
    /// The codes of the tries that are compiled in.
    pub(crate) fn shared() -> &'static Codes {
        static SHARED: OnceLock<Codes> = OnceLock::new();
        SHARED.get_or_init(|| {
            let mut of = vec![0; 1 << 16];
            for (code, char) in (1..).zip(CHARS.as_chunks().0) {
                of[usize::from(u16::from_le_bytes(*char))] = code;
            }
            Codes { of }
        })
    }

    /// The code of `char`, 0 where no word has it.
    #[inline]
    pub(crate) fn of(&self, char: char) -> u16 {
        self.of.get(char as usize).copied().unwrap_or(0)
    }

    /// The code of the character that `text` starts with, and its length; `None` at the end and where no word goes on.
    #[inline]
    fn first(&self, text: &[u8]) -> Option<(u16, usize)> {
        let (char, length) = match *text {
            // An ideograph of the basic block has its bits in three bytes of 4, 6 and 6.
            [a, b, c, ..] if a >> 4 == 0xe => (u32::from(a & 15) << 12 | low(b) << 6 | low(c), 3),
            [a, ..] if a < 0x80 => (a.into(), 1),
            [a, b, ..] if a >> 5 == 6 => (u32::from(a & 31) << 6 | low(b), 2),
            _ => return None,
        };
        Some((self.of[char as usize & 0xffff], length))
    }
}

/// What a byte adds to the character that it goes on with.
fn low(byte: u8) -> u32 {
    u32::from(byte & 63)
}

/// A trie. Bytes that are no trie hold no words.
pub(crate) struct Trie {
    codes: &'static Codes,
    units: &'static [[u8; 8]],
}

/// A unit: the character that leads to it in the lowest 15 bits, whether a word ends there in the next, the value of
/// that word in 26, and where the units behind it stand, but for the codes of their characters, in the rest. Two units have
/// never the same such place, so that the character tells whether a unit is behind another.
#[derive(Clone, Copy)]
struct Unit(u64);

/// The units along the first two characters of a text, as far as these lead there.
#[derive(Clone, Copy)]
pub(crate) struct Head([Unit; 2]);

impl Unit {
    /// One that no character leads to.
    const NONE: Unit = Unit(u64::MAX);

    /// This one, if the character of `code` leads to it.
    #[inline]
    fn behind(self, code: u16) -> Option<Unit> {
        (self.0 & 0x7fff == u64::from(code)).then_some(self)
    }

    fn ends_word(self) -> bool {
        self.0 >> 15 & 1 == 1
    }

    fn value(self) -> u32 {
        (self.0 >> 16) as u32 & 0x03ff_ffff
    }

    fn base(self) -> usize {
        (self.0 >> 42) as usize
    }
}

impl Trie {
    /// The trie in `bytes`. Costs nothing.
    pub(crate) fn of(bytes: &'static [u8]) -> Trie {
        Trie { codes: Codes::shared(), units: bytes.as_chunks().0 }
    }

    /// The values and byte lengths of the words that `text` starts with, shortest first.
    #[inline]
    pub(crate) fn prefixes<'a>(&'a self, text: &'a [u8]) -> impl Iterator<Item = (u32, usize)> + use<'a> {
        // The first units stand where their codes say.
        let (mut read, mut base) = (0, 0);
        std::iter::from_fn(move || {
            loop {
                let (code, length) = self.codes.first(&text[read..])?;
                let unit = self.next(base, code)?;
                (read, base) = (read + length, unit.base());
                if unit.ends_word() {
                    return Some((unit.value(), read));
                }
            }
        })
    }

    /// Sets `heads` to what is known of the words that start at each of `codes`. All first steps are gone, then all second
    /// ones, with little else to do between one and the next: so a processor waits for many of them at once.
    pub(crate) fn heads(&self, codes: &[u16], heads: &mut Vec<Head>) {
        let unit = |at: usize| self.units.get(at).map_or(Unit::NONE, |it| Unit(u64::from_le_bytes(*it)));
        heads.clear();
        heads.extend(codes.iter().map(|it| Head([unit(usize::from(*it)), Unit::NONE])));
        for (head, next) in heads.iter_mut().zip(codes.get(1..).unwrap_or_default()) {
            head.0[1] = unit(head.0[0].base() + usize::from(*next));
        }
    }

    /// The values and lengths of the words that a text of the characters `codes` starts with, shortest first; `head` is
    /// what [`Trie::heads`] has of the first.
    #[inline]
    pub(crate) fn prefixes_of<'a>(
        &'a self,
        codes: &'a [u16],
        head: Head,
    ) -> impl Iterator<Item = (u32, usize)> + use<'a> {
        let Head([first, second]) = head;
        let mut base = 0;
        let mut codes = codes.iter().copied().zip(1..);
        std::iter::from_fn(move || {
            loop {
                let (code, length) = codes.next()?;
                let unit = match length {
                    1 => first.behind(code)?,
                    2 => second.behind(code)?,
                    _ => self.next(base, code)?,
                };
                base = unit.base();
                if unit.ends_word() {
                    return Some((unit.value(), length));
                }
            }
        })
    }

    /// Whether a word starts with `char`.
    pub(crate) fn may_start(&self, char: char) -> bool {
        self.next(0, self.codes.of(char)).is_some()
    }

    /// The unit that the character of `code` leads to, behind the one whose units stand from `base` on.
    #[inline]
    fn next(&self, base: usize, code: u16) -> Option<Unit> {
        Unit(u64::from_le_bytes(*self.units.get(base + usize::from(code))?)).behind(code)
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
        assert_eq!((found(""), found("\0"), found("é"), found("，北"), found("𬱖")), Default::default());
    }

    #[test]
    fn words_are_found_along_codes_as_along_bytes() {
        let trie = Trie::of(super::super::TRIE);
        for text in ["北京大学的", "卡拉OK厅", "T恤衫", "在", "𬱖北", ""] {
            let codes: Vec<u16> = text.chars().map(|it| Codes::shared().of(it)).collect();
            let mut heads = Vec::new();
            trie.heads(&codes, &mut heads);
            for ((at, _), (place, head)) in text.char_indices().zip(heads.into_iter().enumerate()) {
                let rest = &text[at..];
                let found: Vec<(u32, usize)> = trie.prefixes_of(&codes[place..], head).collect();
                let expected = trie.prefixes(rest.as_bytes()).map(|it| (it.0, rest[..it.1].chars().count()));
                assert_eq!(found, expected.collect::<Vec<_>>(), "{rest}");
            }
        }
    }

    #[test]
    fn bytes_that_are_no_trie_hold_no_words() {
        for bytes in [&b""[..], b"words", &[0xff; 64], &[0; 64]] {
            assert_eq!(Trie::of(bytes).prefixes("北京".as_bytes()).count(), 0);
        }
    }
}
