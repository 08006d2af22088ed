//! Column width 栏宽, the room a line left, and whether the next unit would have fit there.
//!
//! A line that the column broke is full: the next unbreakable unit had no room. A line that the author ended may be
//! short. Kinsoku makes full lines look short (`，` may not start a line, so a character goes over with it), and the
//! first-line indent, which extraction drops, makes them look two characters short.

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
    let width = |range: std::ops::Range<usize>, own: f32| mode(&widths[range], own);
    (0..lines.len())
        .map(|at| Measure {
            column: width(at.saturating_sub(NEAR)..(at + NEAR + 1).min(lines.len()), lines[at].width),
            before: width((at + 1).saturating_sub(SIDE)..at + 1, lines[at].width),
            after: width(at..(at + SIDE).min(lines.len()), lines[at].width),
            cluster: lines[at].face.cluster,
        })
        .collect()
}

/// A width to whole ideographs; 0 for one that shows no column.
fn rounded(width: f32) -> u8 {
    let width = (width + 0.5) as usize;
    if (NARROWEST..=WIDEST).contains(&width) { width as u8 } else { 0 }
}

/// The most frequent width; of those nearly as frequent the largest. O(widths).
fn mode(widths: &[u8], own: f32) -> f32 {
    let mut counts = [0u8; WIDEST + 1];
    for width in widths {
        counts[usize::from(*width)] += 1;
    }
    counts[0] = 0;
    let count = |width: u8| u32::from(counts[usize::from(width)]);
    let most = widths.iter().map(|it| count(*it)).max().unwrap_or(0);
    let widest = widths.iter().filter(|it| 4 * count(**it) >= 3 * most).max();
    match widest {
        Some(width) if most > 0 => f32::from(*width),
        _ => own.max(1.0),
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
        assert_eq!(mode(&widths, 1.0), 11.0);
        assert_eq!(mode(&[0, 0], 5.0), 5.0, "a page without columns");
    }
}
