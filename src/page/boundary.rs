//! What lies between one line and the next: nothing (the column's edge), or a paragraph's end, or more.

use super::bigram::Bigrams;
use super::decode;
use super::features::{Reader, Slots};
use super::line::Line;
use super::model::{GRAMMAR, Model, N, Part, READINGS};
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

/// Reads the boundaries of `lines`, one after each, and what kind of line each one is.
/// O(n), about 2 µs a line; nothing but `lines` is looked at.
pub fn tag(
    lines: &[Line],
    lexicon: &Lexicon,
    model: &Model,
    bigrams: &Bigrams,
) -> (Vec<Boundary>, Vec<Part>) {
    let end = Boundary { kind: BoundaryKind::End, confidence: 1.0 };
    if lines.len() < 2 {
        return (vec![end; lines.len()], vec![Part::Text; lines.len()]);
    }
    let chars = Chars::of(lines);
    let sheet = Sheet::of(lines, &chars);
    let reader = Reader::new(&sheet, lexicon, bigrams);
    let mut slots = Slots::default();
    let scores: Vec<[[f32; N]; 2]> = (0..lines.len() - 1)
        .map(|k| {
            reader.read(k, &mut slots);
            model.scores(&slots)
        })
        .collect();
    let path = decode::best(model, &scores);
    let sums = decode::sums(model, &scores, &[]);
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
