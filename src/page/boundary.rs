//! What lies between one line and the next: nothing (the column's edge), or a paragraph's end, or more.

use super::bigram::Bigrams;
use super::decode;
use super::features::{Reader, Slots};
use super::line::Line;
use super::model::{GRAMMAR, Model, N, Part, READINGS, Row};
use super::sheet::{Chars, Sheet};
use crate::lexicon::Lexicon;

/// The boundary after a line.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Boundary {
    /// What it is.
    pub kind: BoundaryKind,
    /// How sure the tagger is of `kind`, 0–1, calibrated: of decisions at p, a share p is right.
    pub confidence: f32,
}

/// Kinds of boundary. `Join` and `BlankJoin` are the column's doing, the others the author's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum BoundaryKind {
    /// The column's edge cut a paragraph; no blank line.
    Join,
    /// The same, with blank lines in between: `联防⏎⏎联控`.
    BlankJoin,
    /// A paragraph ends.
    Paragraph,
    /// Beside a headline, kicker, subhead, byline or section head.
    Heading,
    /// An article ends.
    Article,
    /// The text ends.
    End,
}

impl Boundary {
    /// The confidence in thousandths.
    pub fn permille(self) -> u16 {
        (self.confidence.clamp(0.0, 1.0) * 1000.0).round() as u16
    }
}

impl BoundaryKind {
    /// Whether the lines on both sides belong to one paragraph.
    pub fn is_join(self) -> bool {
        matches!(self, BoundaryKind::Join | BoundaryKind::BlankJoin)
    }

    /// The word of the annotation record.
    pub fn as_str(self) -> &'static str {
        match self {
            BoundaryKind::Join => "join",
            BoundaryKind::BlankJoin => "blank-join",
            BoundaryKind::Paragraph => "paragraph",
            BoundaryKind::Heading => "heading",
            BoundaryKind::Article => "article",
            BoundaryKind::End => "end",
        }
    }
}

/// The weights' verdict on each boundary, before the page is read as a whole.
pub(super) type Scores = Vec<[Row; 2]>;

/// What a reading loses that cannot be.
const CERTAIN: f32 = 40.0;

/// A boundary's scores depend on the lines this near, and on no others.
const REACH: usize = 64;

/// Scores the boundaries after each of `lines` but the last. Those of `before`, the lines before an edit and their
/// scores, are kept where no line within reach has changed. O(lines scored) beyond comparing the lines.
pub(super) fn scores(
    lines: &[Line],
    before: Option<(&[Line], &Scores)>,
    lexicon: &Lexicon,
    model: &Model,
    bigrams: &Bigrams,
) -> Scores {
    let n = lines.len().saturating_sub(1);
    let mut scores = vec![[[0.0; N]; 2]; n];
    let mut anew = 0..n;
    if let Some((old, old_scores)) = before.filter(|it| it.0.len() == it.1.len() + 1) {
        let same = lines.iter().zip(old).take_while(|it| it.0.reads_as(it.1)).count();
        let rest = lines.len().min(old.len()) - same;
        let after =
            lines.iter().rev().zip(old.iter().rev()).take(rest).take_while(|it| it.0.reads_as(it.1)).count();
        let head = same.saturating_sub(REACH).min(n);
        let tail = after.saturating_sub(REACH).min(n - head);
        scores[..head].copy_from_slice(&old_scores[..head]);
        scores[n - tail..].copy_from_slice(&old_scores[old_scores.len() - tail..]);
        anew = head..n - tail;
    }
    if anew.is_empty() {
        return scores;
    }
    let from = anew.start.saturating_sub(REACH);
    let near = &lines[from..(anew.end + REACH).min(lines.len())];
    let chars = Chars::of(near);
    let sheet = Sheet::of(near, &chars);
    let reader = Reader::new(&sheet, lexicon, bigrams);
    let mut slots = Slots::default();
    for k in anew {
        reader.read(k - from, &mut slots);
        let scores = &mut scores[k];
        *scores = model.scores(&slots);
        if sheet.is_certain_break(k - from) {
            for (at, _) in READINGS.iter().enumerate().filter(|it| it.1.kind == BoundaryKind::Join) {
                scores.iter_mut().for_each(|row| row[at] -= CERTAIN);
            }
        }
    }
    scores
}

/// Reads the boundaries of `lines`, one after each, and what kind of line each one is. O(n), about 2 µs a line.
pub fn tag(
    lines: &[Line],
    lexicon: &Lexicon,
    model: &Model,
    bigrams: &Bigrams,
) -> (Vec<Boundary>, Vec<Part>) {
    read(lines, &scores(lines, None, lexicon, model, bigrams), model)
}

/// The best reading of `lines`, given the scores of their boundaries.
pub(super) fn read(lines: &[Line], scores: &Scores, model: &Model) -> (Vec<Boundary>, Vec<Part>) {
    let end = Boundary { kind: BoundaryKind::End, confidence: 1.0 };
    if lines.len() < 2 {
        return (vec![end; lines.len()], vec![Part::Text; lines.len()]);
    }
    let path = decode::best(model, scores);
    let sums = decode::sums(model, scores, &[]);
    let states = &GRAMMAR.states;
    let mut parts: Vec<Part> = path.iter().map(|it| READINGS[states[*it].reading].left).collect();
    parts.extend(path.last().map(|it| READINGS[states[*it].reading].right));
    let mut boundaries: Vec<Boundary> = path
        .iter()
        .enumerate()
        .map(|(k, state)| {
            let kind = READINGS[states[*state].reading].kind;
            let share =
                |it: &[f32; N]| (0..N).filter(|at| READINGS[*at].kind == kind).map(|at| it[at]).sum::<f32>();
            let posterior = sums.as_ref().map_or(0.0, |it| it.shares[k].iter().map(share).sum());
            let join = kind == BoundaryKind::Join;
            let kind = if join && lines[k].blanks_after > 0 { BoundaryKind::BlankJoin } else { kind };
            Boundary { kind, confidence: model.calibrated(join, posterior) }
        })
        .collect();
    boundaries.push(end);
    (boundaries, parts)
}
