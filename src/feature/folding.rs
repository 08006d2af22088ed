//! What can be folded away: articles, sections, paragraphs of several lines.

use crate::analysis::Analysis;

/// A fold, by the file's 0-based lines, both ends within.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fold {
    /// Its first line, which stays visible.
    pub start_line: usize,
    /// Its last line.
    pub end_line: usize,
}

/// The folds of the page, each longer than one line.
pub fn folds(analysis: &Analysis) -> Vec<Fold> {
    let _ = analysis;
    Vec::new()
}
