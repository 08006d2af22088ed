//! How often one character follows another in running text, as a compact table.
//!
//! The file holds the characters that occur in it, then for each first character the second ones in ascending order
//! with the pair's pointwise mutual information in a few levels. Pairs that are not listed were not seen, or less
//! often than chance would have it.

/// A table of character pairs.
#[derive(Debug, Default)]
pub struct Bigrams {
    /// Characters in ascending order; their place is their number.
    chars: Vec<char>,
    /// The numbers of U+4E00…U+9FFF, one more each; 0 for what is not in the table.
    numbers: Vec<u16>,
    /// For each character, how far its successors reach in `pairs`.
    ends: Vec<u32>,
    /// Successor and level.
    pairs: Vec<(u16, u8)>,
}

/// Levels that a listed pair can have.
pub const LEVELS: u32 = 6;

impl Bigrams {
    /// A table of pairs with their levels (below [`LEVELS`]).
    pub fn of(mut pairs: Vec<(char, char, u8)>) -> Bigrams {
        pairs.sort_unstable();
        let mut chars: Vec<char> = pairs.iter().flat_map(|it| [it.0, it.1]).collect();
        chars.sort_unstable();
        chars.dedup();
        chars.truncate(usize::from(u16::MAX));
        let ends = vec![0; chars.len()];
        let mut table =
            Bigrams { numbers: numbers(&chars), chars, ends, pairs: Vec::with_capacity(pairs.len()) };
        for (first, second, level) in pairs {
            if let (Some(first), Some(second)) = (table.number(first), table.number(second)) {
                table.pairs.push((second, level));
                table.ends[usize::from(first)] = table.pairs.len() as u32;
            }
        }
        for at in 1..table.ends.len() {
            table.ends[at] = table.ends[at].max(table.ends[at - 1]);
        }
        table
    }

    /// Reads what [`Bigrams::to_bytes`] wrote; an empty table for anything else.
    pub fn from_bytes(bytes: &[u8]) -> Bigrams {
        Bigrams::parse(bytes).unwrap_or_default()
    }

    fn parse(mut bytes: &[u8]) -> Option<Bigrams> {
        let n = varint(&mut bytes)? as usize;
        let mut table = Bigrams::default();
        let mut code = 0;
        for _ in 0..n {
            code += varint(&mut bytes)?;
            table.chars.push(char::from_u32(code)?);
        }
        for _ in 0..n {
            let mut second = 0;
            for _ in 0..varint(&mut bytes)? {
                let packed = varint(&mut bytes)?;
                second += packed / LEVELS;
                table.pairs.push((u16::try_from(second).ok()?, (packed % LEVELS) as u8));
            }
            table.ends.push(table.pairs.len() as u32);
        }
        table.numbers = numbers(&table.chars);
        Some(table)
    }

    /// The table as bytes: counts and differences of ascending numbers, each in groups of seven bits.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::new();
        put_varint(&mut bytes, self.chars.len() as u32);
        let mut before = 0;
        for c in &self.chars {
            put_varint(&mut bytes, *c as u32 - before);
            before = *c as u32;
        }
        let mut start = 0;
        for end in &self.ends {
            let pairs = &self.pairs[start as usize..*end as usize];
            put_varint(&mut bytes, pairs.len() as u32);
            let mut before = 0;
            for (second, level) in pairs {
                put_varint(&mut bytes, (u32::from(*second) - before) * LEVELS + u32::from(*level));
                before = u32::from(*second);
            }
            start = *end;
        }
        bytes
    }

    fn number(&self, c: char) -> Option<u16> {
        (*self.numbers.get((c as usize).checked_sub(FIRST)?)?).checked_sub(1)
    }

    /// How well `second` follows `first`: 0 where one is missing or no ideograph, 1 for a pair not listed, then 2 and
    /// more with rising mutual information. O(log n) in the successors of `first`.
    pub fn score(&self, first: Option<char>, second: Option<char>) -> u32 {
        let (Some(first), Some(second)) = (first, second) else { return 0 };
        if !super::mark::is_han(first) || !super::mark::is_han(second) {
            return 0;
        }
        let Some(at) = self.number(first).map(usize::from) else { return 1 };
        let Some(second) = self.number(second) else { return 1 };
        let start = if at == 0 { 0 } else { self.ends[at - 1] as usize };
        let pairs = &self.pairs[start..self.ends[at] as usize];
        pairs.binary_search_by_key(&second, |it| it.0).map_or(1, |it| 2 + u32::from(pairs[it].1))
    }
}

/// The first ideograph that the table knows, and how many there are.
const FIRST: usize = 0x4E00;
const IDEOGRAPHS: usize = 0x9FFF - FIRST + 1;

fn numbers(chars: &[char]) -> Vec<u16> {
    let mut numbers = vec![0; IDEOGRAPHS];
    for (at, c) in chars.iter().enumerate() {
        if let Some(number) = (*c as usize).checked_sub(FIRST).and_then(|it| numbers.get_mut(it)) {
            *number = at as u16 + 1;
        }
    }
    numbers
}

fn varint(bytes: &mut &[u8]) -> Option<u32> {
    let mut value = 0u32;
    for shift in (0..32).step_by(7) {
        let (&byte, rest) = bytes.split_first()?;
        *bytes = rest;
        value |= u32::from(byte & 0x7F) << shift;
        if byte < 0x80 {
            return Some(value);
        }
    }
    None
}

fn put_varint(bytes: &mut Vec<u8>, mut value: u32) {
    while value >= 0x80 {
        bytes.push(value as u8 | 0x80);
        value >>= 7;
    }
    bytes.push(value as u8);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_survives_its_file() {
        let table = Bigrams::of(vec![('疫', '情', 5), ('防', '控', 4), ('疫', '苗', 2)]);
        let table = Bigrams::from_bytes(&table.to_bytes());
        assert_eq!(table.score(Some('疫'), Some('情')), 7);
        assert_eq!(table.score(Some('疫'), Some('苗')), 4);
        assert_eq!(table.score(Some('情'), Some('疫')), 1);
        assert_eq!(table.score(Some('疫'), Some('，')), 0);
        assert_eq!(table.score(None, Some('情')), 0);
    }

    #[test]
    fn a_torn_file_is_an_empty_table() {
        let bytes = Bigrams::of(vec![('疫', '情', 5)]).to_bytes();
        assert_eq!(Bigrams::from_bytes(&bytes[..bytes.len() - 1]).score(Some('疫'), Some('情')), 1);
    }
}
