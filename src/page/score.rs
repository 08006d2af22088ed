//! The weights' verdict on each boundary, before the page is read as a whole; after an edit, only where what it rests
//! on has changed.

use std::hash::{Hash, Hasher};
use std::ops::Range;

use rayon::prelude::*;
use rustc_hash::FxHasher;

use super::bigram::Bigrams;
use super::boundary::BoundaryKind;
use super::features::{CERTAIN, Reader, Slots};
use super::line::Line;
use super::model::{Model, READINGS, Reading, Steps};
use super::overlap::{self, Overlap};
use super::sheet::{Chars, Look, Sheet};
use crate::lexicon::Lexicon;
use crate::list::List;

/// A boundary's scores depend on the lines this near, and on no others.
pub(super) const REACH: usize = 64;
/// Boundaries that are scored at once, on one core.
const STRETCH: usize = 2048;

/// A boundary's scores, and what they were made of.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Scored {
    /// In the model's steps, after a join and after a break.
    pub(super) scores: [Steps; 2],
    /// The manner of the page there, by which confidence is calibrated.
    pub(super) manner: u8,
    /// All that the boundary's features look at, as a number: as long as it stays, so do the scores.
    key: u64,
    /// Where the words of the line before it stand, and how many its two sides share.
    overlap: [u8; 2],
}

/// What boundaries are scored with.
#[derive(Clone, Copy)]
pub(super) struct Scorer<'a> {
    pub(super) lexicon: &'a Lexicon,
    pub(super) model: &'a Model,
    pub(super) bigrams: &'a Bigrams,
}

impl Scorer<'_> {
    /// Scores the boundaries `range` after each of `lines` but the last. O(boundaries); many of them on
    /// all cores.
    pub(super) fn all(self, lines: &List<Line>, range: Range<usize>) -> Vec<Scored> {
        let stretch = |start: usize| {
            let end = range.end.min(start + STRETCH);
            self.some(lines, start..end, |_| None, |_| true).0
        };
        if range.len() <= STRETCH {
            return if range.is_empty() { Vec::new() } else { stretch(range.start) };
        }
        let starts: Vec<usize> = range.clone().step_by(STRETCH).collect();
        let all: Vec<Vec<Scored>> = starts.into_par_iter().map(stretch).collect();
        all.concat()
    }

    /// Scores the boundaries `range` after the lines `fresh` were changed. `known` are the scores of those outside of
    /// `fresh` as they were, in order. Also tells how many were scored.
    pub(super) fn again(
        self,
        lines: &List<Line>,
        range: Range<usize>,
        fresh: Range<usize>,
        known: &[Scored],
    ) -> (Vec<Scored>, usize) {
        let known = |at: usize| match at {
            _ if !range.contains(&at) => None,
            _ if at < fresh.start => known.get(at - range.start),
            _ if at >= fresh.end => {
                (range.end - at <= known.len()).then(|| &known[known.len() + at - range.end])
            }
            _ => None,
        };
        let near = |at: usize| at + overlap::REACH >= fresh.start && at < fresh.end + overlap::REACH;
        self.some(lines, range.clone(), known, near)
    }

    /// Scores the boundaries `range`, but those of which what is `known` holds still. The words of lines are compared
    /// where they are not known or `near` says so.
    fn some<'k>(
        self,
        lines: &List<Line>,
        range: Range<usize>,
        known: impl Fn(usize) -> Option<&'k Scored>,
        near: impl Fn(usize) -> bool,
    ) -> (Vec<Scored>, usize) {
        let from = range.start.saturating_sub(REACH);
        let lines = lines.slice(from..range.end + REACH);
        let chars = Chars::of(&lines);
        let sheet = Sheet::of(&lines, &chars);
        let wanted = range.start - from..(range.end - from + 1).min(lines.len());
        let overlap = Overlap::of(&sheet, wanted.clone(), |at| {
            known(from + at).filter(|_| !near(from + at)).map(|it| it.overlap)
        });
        let reader = Reader::new(&sheet, self.lexicon, self.bigrams, &overlap);
        let hashes: Vec<u64> = (wanted.start.saturating_sub(1)..(wanted.end + 2).min(lines.len()))
            .map(|at| hash(&lines[at], &sheet.looks[at]))
            .collect();
        let first = wanted.start.saturating_sub(1);
        let mut slots = Slots::default();
        let mut count = 0;
        let all = range.map(|at| {
            let k = at - from;
            let own = [k.checked_sub(1), Some(k), Some(k + 1), Some(k + 2)]
                .map(|it| it.and_then(|it| hashes.get(it - first)).copied());
            let mut hasher = FxHasher::default();
            (own, overlap.lean(k), overlap.lean(k + 1), overlap.cohesion(k)).hash(&mut hasher);
            let key = hasher.finish();
            if let Some(known) = known(at).filter(|it| it.key == key) {
                return *known;
            }
            count += 1;
            reader.read(k, &mut slots);
            let mut scores = self.model.steps(&slots);
            if let Some(apart) = slots.certain {
                let loss = (CERTAIN / self.model.scale()).min(f32::from(i16::MAX)) as i16;
                let lost = |it: &(usize, &Reading)| (it.1.kind == BoundaryKind::Join) == apart;
                for (at, _) in READINGS.iter().enumerate().filter(lost) {
                    scores.iter_mut().for_each(|row| row[at] = row[at].saturating_sub(loss));
                }
            }
            Scored {
                scores,
                manner: slots.manner,
                key,
                overlap: [overlap.lean(k) as u8, overlap.cohesion(k) as u8],
            }
        });
        (all.collect(), count)
    }
}

/// All that features see of a line, as a number.
fn hash(line: &Line, look: &Look) -> u64 {
    let mut hasher = FxHasher::default();
    let measure = &look.measure;
    let widths =
        [measure.column, measure.before, measure.after, measure.cluster, look.set, line.width, line.indent];
    widths.map(f32::to_bits).hash(&mut hasher);
    [look.end as u8, look.start as u8, look.shape as u8, look.block, look.first.into(), look.last.into()]
        .hash(&mut hasher);
    [look.depth, look.indents, look.blanks, look.marked, look.labels, look.full, look.wide].hash(&mut hasher);
    [look.parted, look.bare].hash(&mut hasher);
    [look.cadence, look.verse.into(), look.ragged, look.solid, look.kept, look.alone as u8, look.broad]
        .hash(&mut hasher);
    let flags = [line.looks_spread, line.looks_byline, line.looks_credit, line.looks_furniture];
    (line.blanks_after.min(2), line.gaps, line.inner_spaces, flags, &*line.squashed).hash(&mut hasher);
    hasher.finish()
}
