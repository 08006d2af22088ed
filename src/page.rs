//! The page as it was printed, and what extraction did to it: lines, the boundaries between them, the author's
//! paragraphs, and the articles they make.
//!
//! One direction: [`Text`] → [`Line`]s → [`Boundary`]s → [`Paragraph`]s → [`Article`]s. What follows the paragraphs
//! reads joined text and never sees a line end again.

pub mod article;
pub mod boundary;
pub mod line;
pub mod paragraph;

use crate::lexicon::Lexicon;
use crate::text::Text;

pub use article::{Article, Section};
pub use boundary::{Boundary, BoundaryKind};
pub use line::{Line, Role};
pub use paragraph::{Break, Joined, Paragraph, SourceMap};

/// How the file marks up its text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Markup {
    /// None: the file is what an extractor or a typist wrote.
    #[default]
    Plain,
    /// Markdown: code, tables, lists and front matter are left alone.
    Markdown,
}

/// A text read as a printed page.
#[derive(Clone, Debug, Default)]
pub struct Page {
    /// The lines that hold text, in order. Blank lines are counted in [`Line::blanks_after`].
    pub lines: Vec<Line>,
    /// `boundaries[i]` lies between `lines[i]` and `lines[i + 1]`; the last one is [`BoundaryKind::End`].
    pub boundaries: Vec<Boundary>,
    /// The author's paragraphs, headlines and bylines among them, in order. Each line belongs to exactly one.
    pub paragraphs: Vec<Paragraph>,
    /// The articles, in order. Each paragraph belongs to exactly one.
    pub articles: Vec<Article>,
}

impl Page {
    /// Reads `text` as a page. O(n).
    pub fn of(text: &Text, markup: Markup, lexicon: &Lexicon) -> Page {
        let _ = (text, markup, lexicon);
        Page::default()
    }

    /// Index of the paragraph that holds line `line` of [`Page::lines`].
    pub fn paragraph_of_line(&self, line: usize) -> usize {
        self.paragraphs.partition_point(|it| it.lines.end <= line)
    }

    /// Index of the paragraph whose lines, blanks between them included, hold `byte` of the text.
    pub fn paragraph_at(&self, byte: usize) -> Option<usize> {
        let index = self.paragraphs.partition_point(|it| it.end() < byte);
        self.paragraphs.get(index).filter(|it| it.start <= byte).map(|_| index)
    }

    /// Index of the article that holds paragraph `paragraph`.
    pub fn article_of(&self, paragraph: usize) -> usize {
        self.articles.partition_point(|it| it.paragraphs.end <= paragraph)
    }
}
