//! What is read in one paragraph, once, for all rules and features.

mod mark_space;
mod pairing;
mod sign;

use std::borrow::Cow;
use std::ops::Range;
use std::sync::{Arc, OnceLock};

use crate::entity::clauses::Clauses;
use crate::entity::{self, Mention};
use crate::expression::issue::{self, YearEvidence};
use crate::expression::spacing::{self, Gap, GapClass, Spacing, Style, Tally};
use crate::expression::{self, Expression};
use crate::lexicon::Lexicon;
use crate::page::{Joined, Paragraph, Role};

pub use mark_space::{MarkSpace, Place};
pub use pairing::Unpaired;
pub use sign::{FUNCTION_WORDS, Sign, Signs};

/// One paragraph, read. Depends on the paragraph's text and the models alone, so that it is kept as long as the
/// paragraph stays as it is, wherever it moves.
#[derive(Clone, Debug)]
pub struct Reading {
    /// What the paragraph says, and the way back to the file.
    pub joined: Arc<Joined>,
    /// What it is on the page.
    pub role: Role,
    /// Its numbers, dates and amounts as the grammar reads them, in order; numerals of names among them.
    read: Vec<Expression>,
    /// Its names. Reading these costs three times as much as all the rest, and few rules ask for them.
    named: OnceLock<Box<Named>>,
    /// Those that stand across its line ends, where these alone were asked for.
    cut: OnceLock<Box<[Mention]>>,
    /// Where the characters stand that rules ask for.
    pub signs: Signs,
    /// The places in and beside what [`Reading::every_expression`] gives where a digit meets a Han character, in order.
    pub gaps: Vec<Gap>,
    /// How those places are spaced, line ends and letter-spaced stretches left out.
    pub tally: Tally,
    /// How they will be spaced when the lines are joined and each date is even in itself.
    pub evened: Tally,
    /// White space beside its full-width marks, in order.
    pub mark_spaces: Vec<MarkSpace>,
    /// Whether it starts with a dateline 电头: `本报讯（记者李秋）`.
    pub has_dateline: bool,
    /// Its quotation marks and brackets without their other half, in order.
    pub unpaired: Vec<Unpaired>,
    /// What it says of the document's date.
    pub year: YearEvidence,
}

/// The names of a paragraph.
#[derive(Clone, Debug)]
struct Named {
    /// In order, disjoint from the expressions.
    mentions: Box<[Mention]>,
    /// The expressions that are no numerals of these, where that is not all of them.
    expressions: Option<Box<[Expression]>>,
}

impl Reading {
    /// Reads `paragraph`; its names when they are first asked for. O(n).
    pub fn of(paragraph: &Paragraph) -> Reading {
        let joined = Arc::clone(&paragraph.joined);
        let prose = joined.prose();
        let signs = Signs::of(&prose);
        let mut expressions = expression::expressions(&prose);
        let named = OnceLock::new();
        // Gaps are made of digits; those of a name have to be known by now.
        let wide = signs.places(&[Sign::WideDigit]).next().is_some();
        if wide && expressions.iter().any(|it| has_wide_digit(&prose[it.span.range()])) {
            let mut read = Named::of(&prose, &expressions);
            expressions = read.expressions.take().map_or(expressions, Vec::from);
            named.get_or_init(|| Box::new(read));
        }
        let mut gaps = spacing::gaps(&prose, &expressions);
        // 新华社北京 5月12日电: the house's own way to set a dateline.
        let dateline = mark_space::dateline(&prose);
        if let Some(dateline) = dateline {
            let of_it = |it: &Gap| {
                let span = expressions[it.expression].span;
                let outside = it.at.end <= span.start || span.end <= it.at.start;
                outside && it.at.start as usize <= dateline.len()
            };
            gaps.retain(|it| !of_it(it));
        }
        let tally = Tally::of(gaps.iter().filter(|it| !is_hidden(&joined, it)));
        let mut evened = gaps.clone();
        for class in EVEN {
            for uneven in uneven(&gaps, class) {
                evened[uneven.0].spaced = uneven.1 == Spacing::Spaced;
            }
        }
        let evened = Tally::of(&evened);
        let mut mark_spaces = mark_space::mark_spaces(&prose, &signs, dateline);
        let has_dateline = dateline.is_some();
        let unpaired = pairing::unpaired(&prose, &signs);
        let year = match joined.is_verbatim() && issue::is_front_matter(&joined.text) {
            true => YearEvidence::of(&joined.text, &expression::expressions(&joined.text)),
            false => YearEvidence::of(&prose, &expressions),
        };
        // Rules look at what is verbatim as well; what they find there is left out.
        let signs = if joined.verbatim.is_empty() { signs } else { Signs::of(&joined.text) };
        drop(prose);
        // Documents hold readings by the ten thousand.
        expressions.shrink_to_fit();
        gaps.shrink_to_fit();
        mark_spaces.shrink_to_fit();
        Reading {
            joined,
            role: paragraph.role,
            read: expressions,
            named,
            cut: OnceLock::new(),
            signs,
            gaps,
            tally,
            evened,
            mark_spaces,
            has_dateline,
            unpaired,
            year,
        }
    }

    /// The paragraph's text.
    pub fn text(&self) -> &str {
        &self.joined.text
    }

    /// Its names, in order, disjoint from the expressions. O(n) when first asked for, then free.
    pub fn mentions(&self) -> &[Mention] {
        &self.named().mentions
    }

    /// Its names that hold one of `places`, which are in order, and more than one character; and some of the others. Reads as
    /// few as it can, unless the names are known.
    pub fn mentions_holding(&self, places: impl Iterator<Item = Range<usize>>) -> Cow<'_, [Mention]> {
        match self.named.get() {
            Some(named) => Cow::Borrowed(&named.mentions),
            None => {
                let prose = self.joined.prose();
                Clauses::of(&prose, &self.read).holding(Lexicon::shared(), places).into()
            }
        }
    }

    /// Its names that stand across its line ends, in order, and some of the others. Reads as few as it can when first asked
    /// for, then free.
    pub fn cut_mentions(&self) -> &[Mention] {
        if let Some(named) = self.named.get() {
            return &named.mentions;
        }
        self.cut.get_or_init(|| {
            let places: Vec<usize> = self.joined.breaks.iter().map(|it| it.at as usize).collect();
            let prose = self.joined.prose();
            let (mut mentions, whole) = Clauses::of(&prose, &self.read).across(Lexicon::shared(), &places);
            if whole {
                // Others ask for the rest.
                self.named.get_or_init(|| Box::new(Named::with(mentions.clone(), &prose, &self.read)));
            }
            let is_cut = |it: &Mention| {
                let next = places.partition_point(|at| *at <= it.span.range().start);
                places.get(next).is_some_and(|at| *at < it.span.range().end)
            };
            mentions.retain(is_cut);
            mentions.into()
        })
    }

    /// Its numbers, dates and amounts, in order, without the numerals of names: 经三路 is a road, not three of
    /// something. Reads the names where there can be such.
    pub fn expressions(&self) -> &[Expression] {
        if self.read.iter().any(|it| entity::may_be_numeral(it, self.text())) {
            self.named().expressions.as_deref().unwrap_or(&self.read)
        } else {
            &self.read
        }
    }

    /// As [`Reading::expressions`], with the numerals of names: for those who look at dates and at digits, which are no
    /// such numerals, or ask [`Reading::is_in_name`] about the few that they look at. Reads no names.
    pub fn every_expression(&self) -> &[Expression] {
        &self.read
    }

    /// Whether `expression`, one of these, is a numeral of a name. Reads the names where it can be.
    pub fn is_in_name(&self, expression: &Expression) -> bool {
        if !entity::may_be_numeral(expression, self.text()) {
            return false;
        }
        let names = match self.text().len() {
            0..LONG => self.mentions_holding(std::iter::once(expression.span.range())),
            _ => self.mentions().into(),
        };
        is_in(expression, &names, self.text())
    }

    fn named(&self) -> &Named {
        self.named.get_or_init(|| Box::new(Named::of(&self.joined.prose(), &self.read)))
    }

    /// The expression that stands across byte `at` of the text.
    pub fn expression_across(&self, at: u32) -> Option<&Expression> {
        let next = self.read.partition_point(|it| it.span.end <= at);
        self.read.get(next).filter(|it| it.span.start < at && !self.is_in_name(it))
    }

    /// Whether nothing can be said of `gap`, since a line end or letter-spacing stands there in the file.
    pub fn is_hidden(&self, gap: &Gap) -> bool {
        is_hidden(&self.joined, gap)
    }

    /// Whether a space is to stand before byte `at` of the text where a line end or letter-spacing stands in the file:
    /// between Latin words, and where a document of that style has one beside a number.
    pub fn wants_space(&self, at: u32, style: &Style) -> bool {
        let gap = self.gaps.binary_search_by_key(&at, |it| it.at.start).ok();
        let spaced = gap.is_some_and(|it| style.at(self.gaps[it].class) == Some(Spacing::Spaced));
        spaced
            || self
                .joined
                .breaks
                .binary_search_by_key(&at, |it| it.at)
                .is_ok_and(|it| self.joined.breaks[it].space)
    }

    /// The gaps of each date that is not even in itself, as indices, with the spacing that most of them have.
    pub fn uneven(&self) -> impl Iterator<Item = (usize, Spacing)> {
        EVEN.into_iter().flat_map(|it| uneven(&self.gaps, it))
    }
}

impl Named {
    /// The names in `text`, in which `expressions` stand.
    fn of(text: &str, expressions: &[Expression]) -> Named {
        Named::with(entity::mentions(text, expressions, Lexicon::shared()), text, expressions)
    }

    /// With the names in `text`, which are known.
    fn with(mentions: Vec<Mention>, text: &str, expressions: &[Expression]) -> Named {
        let mentions = mentions.into_boxed_slice();
        let outside: Vec<Expression> =
            expressions.iter().filter(|it| !is_in(it, &mentions, text)).cloned().collect();
        let all = outside.len() == expressions.len();
        Named { mentions, expressions: (!all).then(|| outside.into_boxed_slice()) }
    }
}

/// Whether `expression` is a numeral of one of `mentions`, the names of `text`.
fn is_in(expression: &Expression, mentions: &[Mention], text: &str) -> bool {
    let next = mentions.partition_point(|name| name.span.end <= expression.span.start);
    mentions.get(next).is_some_and(|name| entity::is_numeral_of(name, expression, text))
}

/// Whether a digit of full width stands in `text`.
fn has_wide_digit(text: &str) -> bool {
    text.contains(|it| matches!(it, '０'..='９'))
}

/// In a paragraph of so many bytes names are not read for one expression after another.
const LONG: usize = 1 << 12;

/// The classes of gap that are to be alike inside one date.
const EVEN: [GapClass; 2] = [GapClass::DateUnit, GapClass::InsideDate];

fn is_hidden(joined: &Joined, gap: &Gap) -> bool {
    !gap.spaced && !joined.map.gap(gap.at.start as usize).is_empty()
}

/// The gaps of `class` in each expression that has both tight and spaced ones, with the spacing of the most; tight
/// where they are as many. A gap at a line end is tight, as it will be when the lines are joined.
fn uneven(gaps: &[Gap], class: GapClass) -> Vec<(usize, Spacing)> {
    let mut uneven = Vec::new();
    let mut at = 0;
    for gaps in gaps.chunk_by(|one, two| one.expression == two.expression) {
        let alike = |spaced: bool| gaps.iter().filter(|it| it.class == class && it.spaced == spaced).count();
        let (tight, spaced) = (alike(false), alike(true));
        if tight > 0 && spaced > 0 {
            let most = if spaced > tight { Spacing::Spaced } else { Spacing::Tight };
            uneven
                .extend((at..at + gaps.len()).filter(|it| gaps[it - at].class == class).map(|it| (it, most)));
        }
        at += gaps.len();
    }
    uneven
}
