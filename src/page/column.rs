//! Column width 栏宽, the room a line left, and whether the next unit would have fit there.
//!
//! A line that the column broke is full: the next unbreakable unit had no room. A line that the author ended may be
//! short. Kinsoku makes full lines look short (`，` may not start a line, so a character goes over with it), and the
//! first-line indent, which extraction drops, makes them look two characters short.

use std::ops::Range;

use wide::u8x16;

use super::line::Line;
use super::mark;

/// What typesetting says about one line.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Measure {
    /// Column width at the line, in ideographs.
    pub(crate) column: f32,
    /// The column width that the lines before and the lines from here on show, each on its own.
    pub(crate) before: f32,
    /// See `before`.
    pub(crate) after: f32,
    /// Width of the first part of the line that may not be broken.
    pub(crate) cluster: f32,
}

/// Lines on either side that show the column width.
const NEAR: usize = 6;
/// Lines on one side that show the column width of an article.
const SIDE: usize = 9;
/// Widths are counted between these; what is narrower or wider is no column.
const NARROWEST: usize = 7;
/// See `NARROWEST`.
const WIDEST: usize = 63;

/// Measures all lines. O(n).
pub(crate) fn measures(lines: &[Line]) -> Vec<Measure> {
    let widths: Vec<u8> = lines.iter().map(|it| rounded(it.width)).collect();
    let n = lines.len();
    let [mut column, mut before, mut after] = [(); 3].map(|()| Widths::default());
    (0..n)
        .map(|at| {
            let own = lines[at].width.max(1.0);
            Measure {
                column: column.of(at.saturating_sub(NEAR)..(at + NEAR + 1).min(n), &widths).unwrap_or(own),
                before: before.of((at + 1).saturating_sub(SIDE)..at + 1, &widths).unwrap_or(own),
                after: after.of(at..(at + SIDE).min(n), &widths).unwrap_or(own),
                cluster: lines[at].face.cluster,
            }
        })
        .collect()
}

/// A width to whole ideographs; 0 for one that shows no column.
fn rounded(width: f32) -> u8 {
    let width = (width + 0.5) as usize;
    if (NARROWEST..=WIDEST).contains(&width) { width as u8 } else { 0 }
}

/// How many lines of a stretch that moves on are so wide.
#[derive(Default)]
struct Widths {
    lines: Range<usize>,
    counts: [u8x16; (WIDEST + 1) / 16],
}

impl Widths {
    /// The most frequent width of the lines `lines`, neither end of which is further back than before; of those nearly as
    /// frequent the largest; none where no line shows a column. `widths` are those of all lines.
    fn of(&mut self, lines: Range<usize>, widths: &[u8]) -> Option<f32> {
        for width in &widths[self.lines.end..lines.end] {
            *self.count(*width) += 1;
        }
        for width in &widths[self.lines.start..lines.start] {
            *self.count(*width) -= 1;
        }
        self.lines = lines;
        let mut counts = self.counts;
        counts[0].as_mut_array()[0] = 0;
        let most = counts.iter().fold(u8x16::ZERO, |most, it| most.max(*it)).reduce_max();
        let enough = u8x16::splat((3 * most).div_ceil(4).max(1));
        let widest = |it: u8x16| it.simd_ge(enough).to_bitmask().checked_ilog2();
        let (sixteen, at) = counts.iter().enumerate().rev().find_map(|(at, it)| Some((at, widest(*it)?)))?;
        Some((16 * sixteen as u32 + at) as f32)
    }

    fn count(&mut self, width: u8) -> &mut u8 {
        &mut self.counts[usize::from(width) / 16].as_mut_array()[usize::from(width) % 16]
    }
}

/// Width of the first part of a line that may not be broken: opening marks, an ideograph or a run of digits or
/// letters, and the closing marks after it.
pub(crate) fn cluster(text: &[char]) -> f32 {
    let mut at = text.iter().take_while(|it| mark::no_end(**it)).count();
    let run = |it: &char| it.is_ascii_alphanumeric() || matches!(it, '.' | ',' | ':' | '/' | '%' | '-');
    let start = at;
    at += 1;
    if text.get(start).is_some_and(char::is_ascii_alphanumeric) {
        at += text[at..].iter().take_while(|it| run(it)).count();
    }
    at = at.min(text.len());
    at += text[at..].iter().take_while(|it| mark::no_start(**it)).count();
    text[..at].iter().map(|it| mark::width(*it)).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> f32 {
        cluster(&text.chars().collect::<Vec<_>>())
    }

    #[test]
    fn a_unit_keeps_its_marks() {
        assert_eq!(of("期，积极"), 2.0);
        assert_eq!(of("“五老”志愿"), 2.0);
        assert_eq!(of("1230袋。"), 2.0);
        assert_eq!(of("疫情"), 1.0);
        assert_eq!(of(""), 0.0);
    }

    #[test]
    fn the_column_is_as_wide_as_most_lines_near() {
        let widths =
            ["疫情就是命令，防控就是", "责任。在疫情防控的关键", "刻，众多基层", "工作人员战斗在疫情防控"]
                .map(|it| rounded(it.chars().map(mark::width).sum()));
        assert_eq!(Widths::default().of(0..4, &widths), Some(11.0));
        assert_eq!(Widths::default().of(0..2, &[0, 0]), None, "a page without columns");
    }

    #[test]
    fn of_widths_nearly_as_frequent_the_largest_is_the_columns() {
        let widths = [8, 8, 8, 8, 40, 40, 40, 63, 63, 0, 0, 0, 0, 0];
        let mut stretch = Widths::default();
        let modes = [0..4, 0..6, 0..7, 3..9, 7..9].map(|lines| stretch.of(lines, &widths));
        assert_eq!(modes, [8.0, 8.0, 40.0, 40.0, 63.0].map(Some));
        assert_eq!(stretch.of(9..14, &widths), None);
    }
}
