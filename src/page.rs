//! The page as it was printed, and what extraction did to it: lines, the boundaries between them, the author's
//! paragraphs, and the articles they make.
//!
//! One direction: [`Text`] → [`Line`]s → [`Boundary`]s → [`Paragraph`]s → [`Article`]s. What follows the paragraphs
//! reads joined text and never sees a line end again.

mod alone;
pub mod article;
pub mod bigram;
pub mod boundary;
mod byline;
mod chain;
mod column;
pub mod decode;
mod edit;
mod face;
pub mod features;
pub(crate) mod furniture;
mod hyphen;
mod join;
pub mod line;
pub(crate) mod mark;
mod markdown;
pub mod model;
mod overlap;
pub mod paragraph;
pub(crate) mod radical;
mod score;
mod seam;
mod sheet;
mod steps;
mod strip;
mod surroundings;
mod verbatim;
mod vertical;

use std::borrow::Cow;
use std::ops::Range;

use crate::lexicon::Lexicon;
use crate::list::{Item, List, Shift};
use crate::text::Text;

use chain::Chain;
use hyphen::Words;

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
    pub lines: List<Line>,
    /// `boundaries[i]` lies between `lines[i]` and `lines[i + 1]`; the last one is [`BoundaryKind::End`].
    pub boundaries: List<Boundary>,
    /// The author's paragraphs, headlines and bylines among them, in order. Each line belongs to exactly one.
    pub paragraphs: List<Paragraph>,
    /// The articles, in order. Each paragraph belongs to exactly one.
    pub articles: List<Article>,
    /// How the file marks up its text.
    pub markup: Markup,
    /// What the boundaries were read from.
    chain: Chain,
    /// Ends of paragraphs and of other things, those with a blank line after them first.
    parted: [[usize; 2]; 2],
    /// Runs of lines of one character each.
    verticals: Vec<Range<usize>>,
    /// Its words in Latin letters.
    words: Words,
}

impl Item for Line {
    fn shifted(&self, by: Shift) -> Line {
        Line::shifted(self, by.count, by.bytes)
    }
}

impl Item for Boundary {
    fn shifted(&self, _: Shift) -> Boundary {
        *self
    }
}

impl Item for Paragraph {
    fn shifted(&self, by: Shift) -> Paragraph {
        Paragraph::shifted(self, by.count, by.bytes)
    }
}

impl Item for Article {
    fn shifted(&self, by: Shift) -> Article {
        Article::shifted(self, by.count)
    }
}

/// What an edit left of a page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Kept {
    /// So many paragraphs from the start are as they were, with all that stands between them.
    pub head: usize,
    /// So many before the end are, further on or further back.
    pub tail: usize,
    /// Lines that were looked at.
    pub lines_read: usize,
    /// Boundaries that were scored anew.
    pub boundaries_scored: usize,
}

impl Page {
    /// Reads `text` as a page. O(n).
    pub fn of(text: &Text, markup: Markup, lexicon: &Lexicon) -> Page {
        Page::default().edited(&Text::default(), text, markup, lexicon).0
    }

    /// Reads `text`, which came out of `before`, this page's text, by edits. Equal to [`Page::of`], but only lines near
    /// the edits are looked at: some 130 lines and those that changed, and the articles that they stand in. What is
    /// left is copied. Markdown is read whole.
    pub fn edited(&self, before: &Text, text: &Text, markup: Markup, lexicon: &Lexicon) -> (Page, Kept) {
        match markup {
            Markup::Plain => edit::edited(self, before, text, lexicon),
            Markup::Markdown => {
                let page = Page::of_markdown(text);
                let kept = edit::compared(self, &page);
                (page, kept)
            }
        }
    }

    fn of_markdown(text: &Text) -> Page {
        let contents: Vec<(Range<usize>, Cow<'_, str>)> = text.lines().collect();
        let mut lines = line::lines(&contents);
        let markdown::Read { boundaries, verbatim } = markdown::read(&mut lines, &contents);
        let mut page =
            Page { markup: Markup::Markdown, ..Page::of_lines(text, lines, boundaries, &contents) };
        let paragraphs = page.paragraphs.iter().map(|it| it.with_verbatim(verbatim[it.lines.start]));
        page.paragraphs = paragraphs.collect::<Vec<_>>().into();
        page
    }

    /// The page of lines that have their roles.
    fn of_lines(
        text: &Text,
        mut lines: Vec<Line>,
        boundaries: Vec<Boundary>,
        contents: &[(Range<usize>, Cow<'_, str>)],
    ) -> Page {
        line::confirm_spread(&mut lines, &boundaries, false);
        let words = Words::of(&lines, text);
        let paragraphs = join::paragraphs(&lines, &boundaries, contents, [0, 0], &words);
        let paragraphs: List<Paragraph> = paragraphs.into();
        let parted = edit::parted(lines.iter(), boundaries.iter());
        let (lines, boundaries): (List<Line>, List<Boundary>) = (lines.into(), boundaries.into());
        let articles = article::articles(&lines, &boundaries, &paragraphs, 0..paragraphs.len()).into();
        let verticals = vertical::edited(&[], &lines, 0..lines.len(), lines.len() as isize);
        Page { lines, boundaries, paragraphs, articles, parted, verticals, words, ..Page::default() }
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
        let mut page = Page::of_lines(text, lines, boundaries, &contents);
        page.articles = vec![Article { paragraphs: 0..page.paragraphs.len(), ..Article::default() }].into();
        page
    }

    /// Whether the document parts its paragraphs by blank lines: more of them have one after them than not.
    /// Beside headlines blank lines are common in documents that otherwise have none, so that those ends count only
    /// where there are no others.
    pub fn parts_by_blanks(&self) -> bool {
        self.parted.iter().find(|it| it[1] > 0).is_some_and(|it| 2 * it[0] > it[1])
    }

    /// Runs of lines, eight and more, that hold one ideograph or mark each: vertical text.
    pub fn verticals(&self) -> &[Range<usize>] {
        &self.verticals
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
        if seam::parts_words(before, after) { " " } else { "" }
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
