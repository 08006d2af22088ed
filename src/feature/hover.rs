//! The card for what stands under a place: what it is, its value, where else it occurs.

use std::ops::Range;

use crate::analysis::Analysis;

/// A card.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Card {
    /// The bytes of the file that it is about, from the first to past the last character.
    pub range: Range<usize>,
    /// Its text as Markdown.
    pub markdown: String,
    /// Its text without marks, for clients that show none.
    pub plain: String,
}

/// The card for the expression or name at `byte`, from either half where a line end cuts it.
pub fn card(analysis: &Analysis, byte: usize) -> Option<Card> {
    let _ = (analysis, byte);
    None
}
