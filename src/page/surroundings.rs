//! What the lines around a line show of the page: its habits, and what kind of text stands there.

use std::ops::Range;

use super::line::Line;
use super::mark::{End, Start};
use super::sheet::Look;

/// Lines on either side that show whether columns indent and how often blank lines occur.
const STYLE: usize = 40;

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
    let marked: Vec<bool> = looks
        .iter()
        .map(|it| {
            it.end.is_stop() || matches!(it.end, End::Comma | End::Listing | End::Semicolon | End::Colon)
        })
        .collect();
    let labels: Vec<bool> =
        looks.iter().map(|it| matches!(it.start, Start::Label | Start::Speaker)).collect();
    let full: Vec<bool> = (0..n).map(|at| room(at).abs() <= 1.25).collect();
    let wide: Vec<bool> = (0..n).map(|at| room(at) < -3.0 || lines[at].width > 63.0).collect();
    let broad: Vec<bool> = lines.iter().map(|it| it.width > 63.0).collect();
    let count = |of: &[bool], range: Range<usize>| of[range].iter().filter(|it| **it).count();
    let ragged: Vec<bool> = (0..n).map(|at| !looks[at].end.is_stop() && spare[at] >= 1.0).collect();
    let bare: Vec<bool> = lines.iter().map(|it| it.face.is_bare).collect();
    let indented: Vec<bool> = lines.iter().map(|it| (1.0..=4.0).contains(&it.indent)).collect();
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
    let feet: Vec<bool> = (0..n).map(|at| marked[at] && (3.0..=FOOT).contains(&lines[at].width)).collect();
    let mut yes = Window::default();
    let mut kept = Window::default();
    let mut all = Window::default();
    let mut blank = Window::default();
    let (mut ended, mut parted) = (Window::default(), Window::default());
    for (at, look) in looks.iter_mut().enumerate() {
        let range = at.saturating_sub(STYLE)..(at + STYLE + 1).min(n);
        let yes = yes.sum(&range, |it| opening[it] == Some(true));
        let all = all.sum(&range, |it| opening[it].is_some());
        let blank = blank.sum(&range, |it| lines[it].blanks_after > 0);
        look.indents = if all == 0 { 0 } else { 1 + u8::from(2 * yes > all) };
        look.blanks = match 100 * blank / range.len() {
            _ if blank == 0 => 0,
            0..=6 => 1,
            7..=30 => 2,
            31..=70 => 3,
            _ => 4,
        };
        let range_of_habit = at.saturating_sub(HABIT)..(at + HABIT + 1).min(n);
        let ended = ended.sum(&range_of_habit, |it| ends[it]);
        let parted = parted.sum(&range_of_habit, |it| ends[it] && lines[it].blanks_after > 0);
        look.parted = match (ended, parted) {
            (0, _) => 0,
            (_, 0) => 1,
            _ if 3 * parted < ended => 2,
            _ if 10 * parted < 9 * ended => 3,
            _ => 4,
        };
        let kept = kept.sum(&range, |it| indented[it]);
        look.kept = match 10 * kept / range.len() {
            _ if kept == 0 => 0,
            _ if kept < 3 => 1,
            0..=7 => 2,
            _ => 3,
        };
        look.solid = solid[at];
        look.ragged = count(&ragged, at.saturating_sub(4)..(at + 5).min(n)) as u8;
        look.marked = count(&marked, at.saturating_sub(2)..(at + 3).min(n)) as u8;
        let around = at.saturating_sub(4)..(at + 5).min(n);
        look.cadence = count(&marked, around.clone()) as u8;
        look.verse = around.len() >= 6 && usize::from(look.cadence) == around.len() || is_quatrain(&feet, at);
        look.labels = count(&labels, at.saturating_sub(4)..(at + 5).min(n)) as u8;
        look.bare = count(&bare, around.clone()) as u8;
        look.broad = count(&broad, around) as u8;
        look.wide = count(&wide, at.saturating_sub(4)..(at + 5).min(n)) as u8;
        look.full = count(&full, at.saturating_sub(4)..(at + 5).min(n)) as u8;
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

/// A running count over a range whose ends only move on.
#[derive(Default)]
struct Window {
    range: Range<usize>,
    sum: usize,
}

impl Window {
    fn sum(&mut self, range: &Range<usize>, holds: impl Fn(usize) -> bool) -> usize {
        while self.range.end < range.end {
            self.sum += usize::from(holds(self.range.end));
            self.range.end += 1;
        }
        while self.range.start < range.start {
            self.sum -= usize::from(holds(self.range.start));
            self.range.start += 1;
        }
        self.sum
    }
}
