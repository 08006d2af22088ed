//! The page as it was printed, and what extraction did to it: lines, the boundaries between them, the author's
//! paragraphs, and the articles they make.
//!
//! One direction: [`Text`] → [`Line`]s → [`Boundary`]s → [`Paragraph`]s → [`Article`]s. What follows the paragraphs
//! reads joined text and never sees a line end again.

pub mod article;
pub mod bigram;
pub mod boundary;
mod column;
pub mod decode;
pub mod features;
pub(crate) mod furniture;
mod join;
pub mod line;
pub(crate) mod mark;
mod markdown;
pub mod model;
mod overlap;
pub mod paragraph;
pub(crate) mod radical;
mod sheet;

use std::borrow::Cow;
use std::ops::Range;

use crate::lexicon::Lexicon;
use crate::text::Text;

use model::Model;

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
    /// How the file marks up its text.
    pub markup: Markup,
    /// What the boundaries were read from, for [`Page::edited`].
    scores: boundary::Scores,
}

impl Page {
    /// Reads `text` as a page. O(n).
    pub fn of(text: &Text, markup: Markup, lexicon: &Lexicon) -> Page {
        Page::read(None, text, markup, lexicon)
    }

    /// Reads `text`, which came out of this page's text by edits. Equal to [`Page::of`], but only lines near the edits
    /// are looked at closely: some 130 lines and those that changed. O(n) in what is left, with a small constant.
    pub fn edited(&self, text: &Text, markup: Markup, lexicon: &Lexicon) -> Page {
        Page::read(Some(self), text, markup, lexicon)
    }

    fn read(before: Option<&Page>, text: &Text, markup: Markup, lexicon: &Lexicon) -> Page {
        let contents: Vec<(Range<usize>, Cow<'_, str>)> = text.lines().collect();
        let mut lines = line::lines(&contents);
        let mut scores = boundary::Scores::new();
        let boundaries = match markup {
            Markup::Markdown => markdown::read(&mut lines, &contents),
            Markup::Plain => {
                let before = before.map(|it| (it.lines.as_slice(), &it.scores));
                let model = Model::shared();
                scores = boundary::scores(&lines, before, lexicon, model, Model::bigrams());
                let (boundaries, parts) = boundary::read(&lines, &scores, model);
                article::assign_roles(&mut lines, &boundaries, &parts);
                boundaries
            }
        };
        line::confirm_spread(&mut lines, &boundaries);
        let paragraphs = join::paragraphs(&lines, &boundaries, &contents);
        let articles = article::articles(&lines, &boundaries, &paragraphs);
        Page { lines, boundaries, paragraphs, articles, markup, scores }
    }

    /// The page of `text` with these boundaries and roles, one a line, in one article: what a test says it is.
    #[cfg(test)]
    pub(crate) fn marked(text: &Text, boundaries: Vec<Boundary>, roles: &[Role]) -> Page {
        let contents: Vec<(Range<usize>, Cow<'_, str>)> = text.lines().collect();
        let mut lines = line::lines(&contents);
        assert_eq!((lines.len(), lines.len()), (boundaries.len(), roles.len()), "no line is blank");
        for (line, role) in lines.iter_mut().zip(roles) {
            line.role = *role;
        }
        line::confirm_spread(&mut lines, &boundaries);
        let paragraphs = join::paragraphs(&lines, &boundaries, &contents);
        let articles = vec![Article { paragraphs: 0..paragraphs.len(), ..Article::default() }];
        Page { lines, boundaries, paragraphs, articles, markup: Markup::Plain, scores: Vec::new() }
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

    /// What a join of two texts puts between them: a space between Latin words, else nothing.
    pub fn separator(before: &str, after: &str) -> &'static str {
        if join::parts_words(before, after) { " " } else { "" }
    }

    /// The continuation mark 转版 that `text` opens with: `（上接第一版）`.
    pub fn continuation_mark(text: &str) -> Option<&str> {
        article::continuation(text)
    }

    /// Index of the article that holds paragraph `paragraph`.
    pub fn article_of(&self, paragraph: usize) -> usize {
        self.articles.partition_point(|it| it.paragraphs.end <= paragraph)
    }
}
