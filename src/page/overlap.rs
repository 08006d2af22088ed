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
/// Cells that pairs of characters are hashed to.
const CELLS: usize = 2048;

/// What was found at each line, in few levels.
pub(crate) struct Overlap {
    leans: Vec<u8>,
    cohesions: Vec<u8>,
}

impl Overlap {
    /// Compares the headline candidates and sentence ends among the lines `wanted` of `sheet`, but those that are
    /// `known` (lean and cohesion). O(characters), eight steps for each.
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
        let mut around = Around::default();
        let mut leans = vec![0; n];
        let mut cohesions = vec![0; n];
        for at in wanted {
            if let Some([lean, cohesion]) = known(at) {
                (leans[at], cohesions[at]) = (lean, cohesion);
                continue;
            }
            around.move_to(at, n, &pairs);
            let look = &sheet.looks[at];
            if matches!(look.shape, Shape::Short | Shape::Middle | Shape::Long | Shape::Longer) {
                let own = pairs.of_line(at);
                leans[at] = lean(around.before.have(own), around.after.have(own));
            }
            if at + 1 < n && (look.last || look.end.is_stop() || look.shape > Shape::Text) {
                let size = (at + 1).min(n - at - 1).min(NEAR) as u32;
                cohesions[at] = 1 + match 10 * around.shared / size {
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

/// Pairs of neighbouring ideographs, digits or letters, hashed: those that each line has.
struct Pairs {
    all: Vec<u16>,
    ends: Vec<usize>,
}

impl Pairs {
    /// The pairs of the lines `range`; none of others.
    fn of(sheet: &Sheet<'_>, range: Range<usize>) -> Pairs {
        let mut all = Vec::new();
        let mut ends = vec![0; range.start.min(sheet.lines.len())];
        let mut last_line = vec![0u32; CELLS];
        for (line, chars) in (1..).zip(sheet.chars.get(range).unwrap_or_default()) {
            let mut before = None;
            for c in *chars {
                let counts = mark::is_han(*c) || c.is_ascii_alphanumeric();
                if let Some(before) = before
                    && counts
                {
                    let pair = hash(before, *c);
                    if std::mem::replace(&mut last_line[pair], line) != line {
                        all.push(pair as u16);
                    }
                }
                before = counts.then_some(*c);
            }
            ends.push(all.len());
        }
        Pairs { all, ends }
    }

    fn of_line(&self, at: usize) -> &[u16] {
        let end = |it: usize| self.ends.get(it).copied().unwrap_or(self.all.len());
        &self.all[at.checked_sub(1).map_or(0, end)..end(at)]
    }
}

fn hash(first: char, second: char) -> usize {
    let it = (first as u32).wrapping_mul(0x9E37_79B1) ^ (second as u32).wrapping_mul(0x85EB_CA77);
    (it ^ it >> 15) as usize % CELLS
}

/// What stands around a line, as the lines are gone over: lines come in at one end and go out at the other.
#[derive(Default)]
struct Around {
    /// The lines that a headline is compared with.
    before: Stretch,
    after: Stretch,
    /// Those on either side of the line's end, and how many pairs both have.
    left: Stretch,
    right: Stretch,
    shared: u32,
}

impl Around {
    /// Goes on to line `at` of `n`, which is further on.
    fn move_to(&mut self, at: usize, n: usize, pairs: &Pairs) {
        self.before.move_to(at.saturating_sub(REACH)..at, pairs, |_, _| {});
        self.after.move_to(at + 1..(at + 1 + REACH).min(n), pairs, |_, _| {});
        let (left, right, shared) = (&mut self.left, &mut self.right, &mut self.shared);
        let mut turned = |other: bool, now: bool| match (other, now) {
            (true, true) => *shared += 1,
            (true, false) => *shared -= 1,
            (false, _) => {}
        };
        left.move_to((at + 1).saturating_sub(NEAR)..at + 1, pairs, |pair, now| turned(right.has(pair), now));
        right.move_to(at + 1..(at + 1 + NEAR).min(n), pairs, |pair, now| turned(left.has(pair), now));
    }
}

/// A stretch of lines: of each pair, how many of them have it.
struct Stretch {
    lines: Range<usize>,
    counts: [u8; CELLS],
}

impl Default for Stretch {
    fn default() -> Stretch {
        Stretch { lines: 0..0, counts: [0; CELLS] }
    }
}

impl Stretch {
    fn has(&self, pair: u16) -> bool {
        self.counts[usize::from(pair) % CELLS] > 0
    }

    /// How many of `pairs` it has.
    fn have(&self, pairs: &[u16]) -> u32 {
        pairs.iter().map(|it| u32::from(self.has(*it))).sum()
    }

    /// Becomes `lines`, neither end of which is further back than before. `turned` is told of each pair that it has now
    /// and had not, or the other way round.
    fn move_to(&mut self, lines: Range<usize>, pairs: &Pairs, mut turned: impl FnMut(u16, bool)) {
        for line in self.lines.end.max(lines.start)..lines.end {
            for pair in pairs.of_line(line) {
                let count = &mut self.counts[usize::from(*pair) % CELLS];
                *count += 1;
                if *count == 1 {
                    turned(*pair, true);
                }
            }
        }
        for line in self.lines.start..lines.start.min(self.lines.end) {
            for pair in pairs.of_line(line) {
                let count = &mut self.counts[usize::from(*pair) % CELLS];
                *count -= 1;
                if *count == 0 {
                    turned(*pair, false);
                }
            }
        }
        self.lines = lines;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::page::line;
    use crate::page::sheet::Chars;
    use crate::text::Text;

    #[test]
    fn what_is_counted_while_going_is_what_both_sides_have() {
        let words = ["疫情", "防控", "王晋豫", "2020年", "，", "abc", "。“", "情防"];
        let line =
            |at: usize| -> String { (0..at % 7 + 1).map(|it| words[(at * at + 3 * it) % 8]).collect() };
        let text = Text::new(&(0..140).map(line).collect::<Vec<_>>().join("\n"));
        let lines = line::lines(&text.lines().collect::<Vec<_>>());
        let chars = Chars::of(&lines);
        let sheet = Sheet::of(&lines, &chars);
        let n = lines.len();
        let pairs = Pairs::of(&sheet, 0..n);
        let have =
            |range: Range<usize>, pair: &u16| range.into_iter().any(|it| pairs.of_line(it).contains(pair));
        let mut around = Around::default();
        for at in (0..n).filter(|it| it % 60 < 20) {
            around.move_to(at, n, &pairs);
            let own = pairs.of_line(at);
            let before = own.iter().filter(|it| have(at.saturating_sub(REACH)..at, it)).count();
            let after = own.iter().filter(|it| have(at + 1..(at + 1 + REACH).min(n), it)).count();
            assert_eq!(
                [around.before.have(own), around.after.have(own)],
                [before, after].map(|it| it as u32)
            );
            let both = |it: &u16| {
                have((at + 1).saturating_sub(NEAR)..at + 1, it) && have(at + 1..(at + 1 + NEAR).min(n), it)
            };
            assert_eq!(around.shared as usize, (0..CELLS as u16).filter(both).count());
        }
    }
}
