//! Words that a headline shares with the text before it and after it, and words that two stretches of text share.
//!
//! The order of headline and body in the file is the extractor's: the text it belongs to has its words.

use std::ops::Range;

use super::face::Shape;
use super::mark;
use super::sheet::Sheet;

/// Lines on either side of a headline in which its words are looked for.
pub(super) const REACH: usize = 40;
/// Lines on either side of a boundary that are compared.
const NEAR: usize = 10;
/// Bits of the table that a headline's pairs of characters are marked in.
const BITS: usize = 2048;

/// What was found at each line, in few levels.
pub(crate) struct Overlap {
    leans: Vec<u8>,
    cohesions: Vec<u8>,
}

impl Overlap {
    /// Compares the headline candidates and sentence ends among the lines `wanted` of `sheet`, but those that are
    /// `known` (lean and cohesion). O(n) with a constant of some hundred lookups for each candidate.
    pub(crate) fn of(
        sheet: &Sheet<'_>,
        wanted: Range<usize>,
        known: impl Fn(usize) -> Option<[u8; 2]>,
    ) -> Overlap {
        let n = sheet.lines.len();
        let mut unknown = wanted.clone().filter(|it| known(*it).is_none());
        let start = unknown.next().unwrap_or(wanted.end);
        let end = unknown.next_back().unwrap_or(start) + 1;
        let pairs = Pairs::of(sheet, start.saturating_sub(REACH)..(end + REACH).min(n));
        let mut table = vec![0u16; BITS];
        let mut stamp = 0u16;
        let mut leans = vec![0; n];
        let mut cohesions = vec![0; n];
        for at in wanted {
            if let Some([lean, cohesion]) = known(at) {
                (leans[at], cohesions[at]) = (lean, cohesion);
                continue;
            }
            let look = &sheet.looks[at];
            if matches!(look.shape, Shape::Short | Shape::Middle | Shape::Long | Shape::Longer) {
                stamp += 2;
                if stamp > u16::MAX - 4 {
                    table.fill(0);
                    stamp = 2;
                }
                let before = pairs.shared(at..at + 1, at.saturating_sub(REACH)..at, &mut table, stamp);
                stamp += 2;
                let after = pairs.shared(at..at + 1, at + 1..(at + 1 + REACH).min(n), &mut table, stamp);
                leans[at] = lean(before, after);
            }
            if at + 1 < n && (look.last || look.end.is_stop() || look.shape > Shape::Text) {
                stamp += 2;
                if stamp > u16::MAX - 4 {
                    table.fill(0);
                    stamp = 2;
                }
                let left = (at + 1).saturating_sub(NEAR)..at + 1;
                let right = at + 1..(at + 1 + NEAR).min(n);
                let size = left.len().min(right.len());
                let shared = pairs.shared(left, right, &mut table, stamp);
                let per_line = 10 * shared / size.max(1) as u32;
                cohesions[at] = 1 + match per_line {
                    0..=4 => 0,
                    5..=9 => 1,
                    10..=15 => 2,
                    16..=24 => 3,
                    _ => 4,
                };
            }
        }
        Overlap { leans, cohesions }
    }

    /// Where the words of line `at` stand: 0 for no heading, 1 nowhere, 2 (before) … 6 (after).
    pub(crate) fn lean(&self, at: usize) -> u32 {
        u32::from(self.leans[at])
    }

    /// How many words the lines before and after the end of line `at` share: 0 not looked at, 1 few … 5 many.
    pub(crate) fn cohesion(&self, at: usize) -> u32 {
        u32::from(self.cohesions[at])
    }
}

fn lean(before: u32, after: u32) -> u8 {
    let (before, after) = (before as f32, after as f32);
    if before + after < 0.5 {
        return 1;
    }
    let lean = (after - before) / (after + before + 1.0);
    match lean {
        ..-0.6 => 2,
        ..-0.25 => 3,
        ..-0.08 => 4,
        ..=0.08 => 5,
        ..=0.25 => 6,
        ..=0.6 => 7,
        _ => 8,
    }
}

/// Pairs of neighbouring ideographs, digits or letters of each line, hashed.
struct Pairs {
    all: Vec<u16>,
    ends: Vec<usize>,
}

impl Pairs {
    /// The pairs of the lines `range`; none of others.
    fn of(sheet: &Sheet<'_>, range: Range<usize>) -> Pairs {
        let mut all = Vec::new();
        let mut ends = vec![0; range.start.min(sheet.lines.len())];
        for chars in sheet.chars.get(range).unwrap_or_default() {
            for pair in chars.windows(2) {
                if pair.iter().all(|it| mark::is_han(*it) || it.is_ascii_alphanumeric()) {
                    let it = (pair[0] as u32).wrapping_mul(0x9E37_79B1)
                        ^ (pair[1] as u32).wrapping_mul(0x85EB_CA77);
                    all.push(((it ^ it >> 15) as usize & (BITS - 1)) as u16);
                }
            }
            ends.push(all.len());
        }
        Pairs { all, ends }
    }

    fn slice(&self, lines: Range<usize>) -> &[u16] {
        if lines.is_empty() {
            return &[];
        }
        let start = if lines.start == 0 { 0 } else { self.ends[lines.start - 1] };
        &self.all[start..self.ends[lines.end - 1]]
    }

    /// Distinct pairs of `some` that occur in `other`.
    fn shared(&self, some: Range<usize>, other: Range<usize>, table: &mut [u16], stamp: u16) -> u32 {
        for pair in self.slice(some) {
            table[usize::from(*pair)] = stamp;
        }
        let mut n = 0;
        for pair in self.slice(other) {
            let cell = &mut table[usize::from(*pair)];
            if *cell == stamp {
                *cell = stamp + 1;
                n += 1;
            }
        }
        n
    }
}
