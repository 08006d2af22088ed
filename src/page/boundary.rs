//! What lies between one line and the next: nothing (the column's edge), or a paragraph's end, or more.

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
