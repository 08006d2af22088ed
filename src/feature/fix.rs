//! What can be done at a place: quick fixes, joining, fixing all.

use std::ops::Range;

use crate::analysis::Analysis;
use crate::rule::Finding;
use crate::text::Edit;

/// Something that can be done.
#[derive(Clone, Debug, PartialEq)]
pub struct Action<'a> {
    /// What it does, in the reader's language.
    pub title: String,
    /// What it is for.
    pub kind: ActionKind<'a>,
    /// Disjoint edits, in order; empty for [`ActionKind::Ignore`].
    pub edits: Vec<Edit>,
    /// Whether it is the first thing to try for its finding.
    pub preferred: bool,
}

/// Kinds of action.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum ActionKind<'a> {
    /// Mends one finding.
    QuickFix(&'a Finding),
    /// Accepts one finding as it is printed.
    Ignore(&'a Finding),
    /// Mends all findings of one rule in the document.
    FixRule(&'a Finding),
    /// Joins the lines of one paragraph.
    JoinParagraph,
    /// Joins the lines of all paragraphs.
    JoinDocument,
    /// Mends all that can be mended unseen.
    FixAll,
}

/// What can be done about the findings that touch `range`, then about the paragraph there and the document.
pub fn actions(analysis: &Analysis, range: Range<usize>) -> Vec<Action<'_>> {
    let _ = (analysis, range);
    Vec::new()
}

/// The edits that join the lines of the paragraphs that touch `range`.
pub fn join_lines(analysis: &Analysis, range: Range<usize>) -> Vec<Edit> {
    let _ = (analysis, range);
    Vec::new()
}
