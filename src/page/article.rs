//! Articles 篇: where one begins and ends, and which of its lines are headline, kicker, subhead and byline.

use std::ops::Range;

/// One article of the page, its headline before or after its body.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Article {
    /// Its paragraphs, display lines included, as indices into [`super::Page::paragraphs`].
    pub paragraphs: Range<usize>,
    /// Headline 标题, the lines of a broken one joined. A continuation may have none.
    pub headline: Option<String>,
    /// Kicker 引题.
    pub kicker: Option<String>,
    /// Subhead 副题.
    pub subhead: Option<String>,
    /// Byline 署名: a line of its own (`本报记者 原文钊`), or what the dateline says (`本报讯（记者李秋）`).
    pub byline: Option<String>,
    /// The continuation mark 转版 that it opens with: `（上接第一版）`.
    pub continued_from: Option<String>,
    /// Section heads 小标题.
    pub sections: Vec<Section>,
}

/// A section head 小标题 and what stands under it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    /// Its paragraph, an index into [`super::Page::paragraphs`].
    pub paragraph: usize,
    /// Its words.
    pub text: String,
}
