//! What the lines around a line show of the page: its habits, and what kind of text stands there.

use std::ops::Range;

use super::line::Line;
use super::mark::{End, Start};
use super::sheet::Look;

/// Lines on either side that show whether columns indent and how often blank lines occur.
const STYLE: usize = 40;

/// A wider line is an unbroken paragraph, in ideographs: no column of Chinese is as wide.
const PARAGRAPH: f32 = 63.0;
/// No line of a quatrain is wider, in ideographs.
const FOOT: f32 = 8.5;
/// Lines on either side that show how paragraphs part in a column.
const HABIT: usize = 24;

/// What the lines around show of the page's habits.
pub(super) fn note(lines: &[Line], looks: &mut [Look]) {
    let n = lines.len();
    let room = |at: usize| looks[at].room();
    // What a line lost of its room to a dropped indent, if it starts a paragraph.
    let lost = |at: usize| {
        let opens = looks[at].first || looks[at - 1].end.is_stop();
        if opens && lines[at].indent < 1.5 { 2.0 } else { 0.0 }
    };
    let spare: Vec<f32> = (0..n)
        .map(|at| looks.get(at + 1).map_or(0.0, |next| room(at) - lost(at) - next.measure.cluster))
        .collect();
    // Paragraphs that surely end: a sentence, and room for more of it.
    let ends: Vec<bool> = (0..n).map(|at| looks[at].end.is_stop() && spare[at] >= 1.0).collect();
    // Lines that surely start a paragraph and surely go on: their room is the dropped indent.
    let opening: Vec<Option<bool>> = (0..n)
        .map(|at| {
            let starts = looks[at].start == Start::Lead
                || at > 0 && (ends[at - 1] || looks[at].first && looks[at - 1].end.is_stop());
            let goes_on = at + 1 < n && lines[at].blanks_after == 0 && !looks[at].end.is_stop();
            let room = room(at);
            (starts && goes_on && lines[at].indent < 1.5 && -2.0 < room && room < 4.5).then_some(room >= 1.4)
        })
        .collect();
    let full: Vec<bool> = (0..n).map(|at| room(at).abs() <= 1.25).collect();
    let count = |of: &[bool], range: Range<usize>| of[range].iter().filter(|it| **it).count();
    let solid: Vec<u8> = (0..n)
        .map(|at| {
            let mut start = at;
            while start > 0 && at - start < 5 && !looks[start].first {
                start -= 1;
            }
            let mut end = at;
            while end + 1 < n && end - at < 5 && !looks[end].last {
                end += 1;
            }
            let (inner, full) = (end - start, count(&full, start..end));
            match full {
                _ if inner == 0 => 0,
                0 => 1,
                _ if full == inner => 4,
                _ if 2 * full < inner => 2,
                _ => 3,
            }
        })
        .collect();
    let is_marked = |at: usize| {
        let end = looks[at].end;
        end.is_stop() || matches!(end, End::Comma | End::Listing | End::Semicolon | End::Colon)
    };
    let feet: Vec<bool> = (0..n).map(|at| is_marked(at) && (3.0..=FOOT).contains(&lines[at].width)).collect();
    let seen: Vec<Flags> = (0..n)
        .map(|at| {
            let (look, width) = (&looks[at], lines[at].width);
            flags([
                is_marked(at),
                matches!(look.start, Start::Label | Start::Speaker),
                lines[at].face.is_bare,
                width > PARAGRAPH,
                room(at) < -3.0 || width > PARAGRAPH,
                full[at],
                !look.end.is_stop() && spare[at] >= 1.0,
                false,
            ])
        })
        .collect();
    let habits: Vec<Flags> = (0..n)
        .map(|at| {
            let blank = lines[at].blanks_after > 0;
            let indented = (1.0..=4.0).contains(&lines[at].indent);
            let (opens, dropped) = (opening[at].is_some(), opening[at] == Some(true));
            flags([opens, dropped, blank, indented, ends[at], ends[at] && blank, false, false])
        })
        .collect();
    let [mut nearest, mut near, mut far, mut farthest] = [2, 4, HABIT, STYLE].map(Window::new);
    for (at, look) in looks.iter_mut().enumerate() {
        let [opening, dropped, blank, kept, ..] = farthest.counts(at, &habits);
        look.indents = if opening == 0 { 0 } else { 1 + u8::from(2 * dropped > opening) };
        let size = farthest.lines.len();
        look.blanks = match 100 * usize::from(blank) / size {
            _ if blank == 0 => 0,
            0..=6 => 1,
            7..=30 => 2,
            31..=70 => 3,
            _ => 4,
        };
        look.kept = match 10 * usize::from(kept) / size {
            _ if kept == 0 => 0,
            _ if kept < 3 => 1,
            0..=7 => 2,
            _ => 3,
        };
        let [_, _, _, _, ended, parted, ..] = far.counts(at, &habits).map(u32::from);
        look.parted = match (ended, parted) {
            (0, _) => 0,
            (_, 0) => 1,
            _ if 3 * parted < ended => 2,
            _ if 10 * parted < 9 * ended => 3,
            _ => 4,
        };
        look.solid = solid[at];
        [look.marked, ..] = nearest.counts(at, &seen);
        [look.cadence, look.labels, look.bare, look.broad, look.wide, look.full, look.ragged, _] =
            near.counts(at, &seen);
        let size = near.lines.len();
        look.verse = size >= 6 && usize::from(look.cadence) == size || is_quatrain(&feet, at);
    }
}

/// Whether line `at` is one of four or more that follow one another and are `feet`: short, with a mark at the end.
fn is_quatrain(feet: &[bool], at: usize) -> bool {
    let run = |it: &&bool| **it;
    feet[at]
        && feet[..at].iter().rev().take(3).take_while(run).count()
            + feet[at + 1..].iter().take(3).take_while(run).count()
            >= 3
}

/// What holds of a line, a byte for each, so that lines are added up in one step.
type Flags = u64;

fn flags(flags: [bool; 8]) -> Flags {
    Flags::from_le_bytes(flags.map(u8::from))
}

/// How often each of eight things holds in the lines around one that moves on.
struct Window {
    /// Lines on either side; below 128.
    reach: usize,
    lines: Range<usize>,
    sum: Flags,
}

impl Window {
    fn new(reach: usize) -> Window {
        Window { reach, lines: 0..0, sum: 0 }
    }

    /// The counts around line `at`; the line before it was asked for last.
    fn counts(&mut self, at: usize, flags: &[Flags]) -> [u8; 8] {
        let lines = at.saturating_sub(self.reach)..(at + self.reach + 1).min(flags.len());
        self.sum += flags[self.lines.end..lines.end].iter().sum::<Flags>();
        self.sum -= flags[self.lines.start..lines.start].iter().sum::<Flags>();
        self.lines = lines;
        self.sum.to_le_bytes()
    }
}
