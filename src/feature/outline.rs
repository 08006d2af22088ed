//! The page article by article.

use std::ops::Range;

use crate::analysis::Analysis;

/// One entry of the outline. Its range holds its children's ranges and its selection.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// What is shown: a headline, a byline, a section head, a paragraph's first words.
    pub name: String,
    /// What is shown beside it: kicker and subhead of a headline, else empty.
    pub detail: String,
    /// What it is.
    pub kind: EntryKind,
    /// Bytes from its first to past its last character.
    pub range: Range<usize>,
    /// Bytes of the words that name it.
    pub selection: Range<usize>,
    /// What it holds, in order, disjoint.
    pub children: Vec<Entry>,
}

/// Kinds of entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EntryKind {
    /// An article 篇.
    Article,
    /// A byline 署名.
    Byline,
    /// A section 小标题 with its paragraphs.
    Section,
    /// A paragraph of text.
    Paragraph,
}

/// The outline of the page: one entry an article.
pub fn outline(analysis: &Analysis) -> Vec<Entry> {
    let _ = analysis;
    Vec::new()
}
