//! What lies between one line and the next: nothing (the column's edge), or a paragraph's end, or more.

use super::bigram::Bigrams;
use super::chain::Chain;
use super::line::Line;
use super::model::{Model, Part};
use super::score::Scorer;
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

/// The end of a page.
pub(super) const END: Boundary = Boundary { kind: BoundaryKind::End, confidence: 1.0 };

impl Boundary {
    /// The same boundary after `line`: a join over blank lines is one of its own kind.
    pub(super) fn after(self, line: &Line) -> Boundary {
        let blank = self.kind == BoundaryKind::Join && line.blanks_after > 0;
        Boundary { kind: if blank { BoundaryKind::BlankJoin } else { self.kind }, ..self }
    }

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

/// Reads the boundaries of `lines`, one after each, and what kind of line each one is. O(n), about 2 µs a line.
pub fn tag(
    lines: &[Line],
    lexicon: &Lexicon,
    model: &Model,
    bigrams: &Bigrams,
) -> (Vec<Boundary>, Vec<Part>) {
    let n = lines.len();
    let scorer = Scorer { lexicon, model, bigrams };
    let scored = scorer.all(&lines.to_vec().into(), 0..n.saturating_sub(1));
    let (chain, _) = Chain::default().edited(0..0, &scored, model);
    let (mut boundaries, mut parts): (Vec<_>, Vec<_>) = chain.read(0..chain.len()).unzip();
    if n > 0 {
        boundaries.push(END);
        parts.push(chain.last_part());
    }
    boundaries.iter_mut().zip(lines).for_each(|it| *it.0 = it.0.after(it.1));
    (boundaries, parts)
}
