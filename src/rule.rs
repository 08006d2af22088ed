//! What a rule is, what it reports, and how that is mended.

pub(crate) mod spacing;

use std::fmt;
use std::ops::Range;

use crate::entity::slips::Slips;
use crate::expression::issue::IssueDate;
use crate::expression::spacing::Style;
use crate::lexicon::Lexicon;
use crate::page::paragraph::Span;
use crate::page::{Break, Page, Paragraph};
use crate::reading::Reading;
use crate::settings::{Opt, Settings, Words};
use crate::text::Edit;

/// How bad a finding is, the worst first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Severity {
    /// It cannot be right.
    Error,
    /// It is almost certainly wrong.
    Warning,
    /// Worth a look.
    Information,
    /// An offer.
    Hint,
}

impl Severity {
    /// All of them, the worst first.
    pub const ALL: [Severity; 4] =
        [Severity::Error, Severity::Warning, Severity::Information, Severity::Hint];

    /// The word of settings and records.
    pub fn as_str(self) -> &'static str {
        match self {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Information => "information",
            Severity::Hint => "hint",
        }
    }
}

/// A rule: one fault that a text can have.
#[derive(Debug)]
pub struct Rule {
    /// Its code, which names the fault and never changes: `split-word`.
    pub code: &'static str,
    /// Its name: 断词 and its English.
    pub name: Words,
    /// Its severity when nothing is set; `None` for a rule that is off until asked for.
    pub severity: Option<Severity>,
    /// What it finds, why that is a fault, an example and its norm, as Markdown.
    pub doc: Words,
    /// What can be set.
    pub options: &'static [Opt],
    /// How it looks.
    pub check: Check,
}

/// How a rule looks at a document. The scope decides what an edit costs.
#[derive(Clone, Copy, Debug)]
pub enum Check {
    /// At one paragraph; kept while the paragraph, the settings and the document's style stay as they are.
    /// Ranges count bytes of the file from the paragraph's first character.
    Paragraph(fn(&Reading, &Context<'_>, &mut Vec<Finding>)),
    /// At some neighbouring paragraphs; kept while these, the settings and the document's habits stay as they are.
    /// Each finding goes to the paragraph of that index, and its ranges count from that paragraph's first character.
    Neighbours(fn(&Neighbours<'_>, &Context<'_>, &mut Vec<(usize, Finding)>)),
    /// At one paragraph, beside what the document does most; kept as [`Check::Paragraph`] is while that stays.
    Majority(Majority),
    /// At all paragraphs of some articles, with the document's date; kept while these and the date stay as they are.
    Articles(fn(&Neighbours<'_>, &Context<'_>, &mut Vec<(usize, Finding)>)),
    /// At the names of one paragraph that may be slips; kept while the paragraph and what is said of these names stay.
    Names(fn(&Reading, &Slips, &Context<'_>, &mut Vec<Finding>)),
    /// At what the page has summed up, anew at each edit. Findings as in [`Check::Neighbours`].
    Page(fn(&Neighbours<'_>, &Context<'_>, &mut Vec<(usize, Finding)>)),
}

/// A rule that asks for one of two ways: the one that the document mostly has, or that was set.
#[derive(Clone, Copy, Debug)]
pub struct Majority {
    /// How often a paragraph has it one way, and how often the other.
    pub count: fn(&Reading) -> [usize; 2],
    /// The way that is asked for, 0 or 1, when the document has it so often one way and the other.
    pub way: fn([usize; 2], &Context<'_>) -> Option<usize>,
    /// Finds what goes another way in a paragraph. Ranges as in [`Check::Paragraph`].
    pub check: fn(&Reading, usize, &Context<'_>, &mut Vec<Finding>),
}

/// Some paragraphs of a page, such that none of them [runs on](runs_on) into one that is not among them.
#[derive(Clone)]
pub struct Neighbours<'a> {
    /// The page that they stand on.
    pub page: &'a Page,
    /// The paragraphs, as indices into [`Page::paragraphs`].
    pub range: Range<usize>,
    /// What the whole document keeps to.
    pub habits: &'a Habits,
    /// The reading of a paragraph of the page.
    readings: &'a dyn Fn(usize) -> Option<&'a Reading>,
}

impl<'a> Neighbours<'a> {
    /// The paragraphs `range` of `page`, read as `readings` says.
    pub(crate) fn new(
        page: &'a Page,
        range: Range<usize>,
        habits: &'a Habits,
        readings: &'a dyn Fn(usize) -> Option<&'a Reading>,
    ) -> Neighbours<'a> {
        Neighbours { page, range, habits, readings }
    }

    /// What paragraph `index` says, be it among these or next to them; `None` past the page's end.
    pub fn reading(&self, index: usize) -> Option<&'a Reading> {
        (self.readings)(index)
    }

    /// The paragraphs in order: index, paragraph and what it says.
    pub fn iter(&self) -> impl Iterator<Item = (usize, &'a Paragraph, &'a Reading)> {
        let all = self.range.clone().zip(self.page.paragraphs.range(self.range.clone()));
        all.filter_map(|(index, it)| Some((index, it, self.reading(index)?)))
    }

    /// The articles that these are the paragraphs of, each with the indices and readings of its own, in order.
    pub fn articles(&self) -> impl Iterator<Item = impl Iterator<Item = (usize, &'a Reading)>> {
        let articles = &self.page.articles;
        let first = self.page.article_of(self.range.start);
        let own = articles.range(first..articles.len()).take_while(|it| it.paragraphs.start < self.range.end);
        own.map(|it| it.paragraphs.clone().filter_map(|it| Some((it, self.reading(it)?))))
    }
}

/// Whether paragraph `index` may go on in the next one: lines of one heading, or an end that nobody is sure of.
pub fn runs_on(page: &Page, index: usize) -> bool {
    let [before, after] = [index, index + 1].map(|it| page.paragraphs[it].role);
    let boundary = page.boundaries[page.paragraphs[index].lines.end - 1];
    !before.is_body() && before == after || boundary.kind.is_join() || boundary.permille() < SURE
}

/// What a document keeps to besides its spacing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Habits {
    /// Whether it parts its paragraphs by blank lines.
    pub parts_by_blanks: bool,
    /// Whether its datelines mostly have no space before their bracket, and after their end.
    pub tight_datelines: [bool; 2],
}

impl Habits {
    /// The habits of `page`, so many of whose paragraphs start with a dateline, of which so many have a space before
    /// their bracket and after their end. Datelines are tight when four in five are, three at least; elsewhere a space
    /// there is the house's own way to set them, `本报讯（记者李秋） 做好`.
    pub(crate) fn of(page: &Page, datelines: usize, spaced: [usize; 2]) -> Habits {
        let tight = |spaced: usize| {
            let tight = datelines.saturating_sub(spaced);
            tight >= 3 && tight >= 4 * spaced
        };
        Habits { parts_by_blanks: page.parts_by_blanks(), tight_datelines: spaced.map(tight) }
    }
}

/// What a rule knows besides the text.
#[derive(Clone, Copy, Debug)]
pub struct Context<'a> {
    /// The rule that looks.
    pub rule: &'static Rule,
    /// Its severity here.
    pub severity: Severity,
    /// The document's settings.
    pub settings: &'a Settings,
    /// The spacing that the document keeps, or that was set.
    pub style: &'a Style,
    /// The dictionary.
    pub lexicon: &'a Lexicon,
    /// The line end that the file uses.
    pub line_end: &'static str,
    /// The document's date. Only rules that look at articles know it: what is found in a paragraph rests on the
    /// paragraph.
    pub issue: Option<IssueDate>,
}

/// A fault in the text.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// The rule that found it.
    pub rule: &'static Rule,
    /// How bad it is.
    pub severity: Severity,
    /// Where it stands.
    pub range: Range<usize>,
    /// What is wrong, in the reader's language.
    pub message: String,
    /// How it can be mended, the best first; empty where no fix is safe to offer.
    pub fixes: Vec<Fix>,
    /// The words it stands in, without white space: by these an accepted finding is known again.
    pub words: String,
}

/// A way to mend a finding.
#[derive(Clone, Debug, PartialEq)]
pub struct Fix {
    /// What it does, in the reader's language.
    pub title: String,
    /// Disjoint edits, in order.
    pub edits: Vec<Edit>,
    /// Whether it may be applied unseen, by *fix all*.
    pub safe: bool,
}

impl PartialEq for Rule {
    fn eq(&self, other: &Rule) -> bool {
        self.code == other.code
    }
}

impl Eq for Rule {}

impl Context<'_> {
    /// One of two sentences, by the reader's language.
    pub fn say(&self, zh: fmt::Arguments<'_>, en: fmt::Arguments<'_>) -> String {
        self.settings.locale.say(zh, en)
    }

    /// The word that one of the rule's options is set to.
    pub fn option(&self, key: &str) -> &'static str {
        self.settings.word(Some(self.rule), key)
    }

    /// The severity of a finding that rests on a boundary decided with confidence `permille`: the rule's own from
    /// 970, a hint from 900, silence below.
    pub fn severity_at(&self, permille: u16) -> Option<Severity> {
        match permille {
            SURE.. => Some(self.severity),
            SURE_ENOUGH.. => Some(Severity::Hint),
            _ => None,
        }
    }

    /// A finding at `span` of a paragraph; its range covers what stands between the characters in the file.
    pub fn finding(&self, reading: &Reading, span: Span, message: String) -> Finding {
        Finding {
            rule: self.rule,
            severity: self.severity,
            range: reading.joined.map.source(span),
            message,
            fixes: Vec::new(),
            words: words_around(&reading.joined.text, span),
        }
    }
}

impl Finding {
    /// The same with another severity.
    pub fn with_severity(mut self, severity: Severity) -> Finding {
        self.severity = severity;
        self
    }

    /// The same with a safe fix.
    pub fn with_fix(mut self, title: String, edits: Vec<Edit>) -> Finding {
        self.fixes.push(Fix { title, edits, safe: true });
        self
    }

    /// The same, `by` bytes further on.
    pub fn shifted(mut self, by: usize) -> Finding {
        self.range = self.range.start.wrapping_add(by)..self.range.end.wrapping_add(by);
        for fix in &mut self.fixes {
            fix.edits = std::mem::take(&mut fix.edits).into_iter().map(|it| it.shifted(by)).collect();
        }
        self
    }
}

/// The edit that joins the two lines at a break of `reading`: all that stands between them goes, and a space comes
/// where Latin words meet or a number stands that the style keeps apart. Its range counts from the paragraph's first
/// character.
pub fn join(reading: &Reading, at: &Break, style: &Style) -> Edit {
    let map = &reading.joined.map;
    let next = map.source_start(at.at as usize);
    let end = map.source_end(at.at as usize - usize::from(at.space));
    Edit {
        range: end..next,
        text: if reading.wants_space(at.at, style) { " ".into() } else { String::new() },
    }
}

/// The last character before a break of `reading` and the first one after it, so that editors mark one line end, not the
/// text.
pub fn line_end(reading: &Reading, at: &Break) -> Span {
    let (before, after) = reading.text().split_at(at.at as usize);
    let end = before.trim_end();
    let before = end.chars().next_back().map_or(0, char::len_utf8);
    Span::new(end.len() - before, at.at as usize + after.chars().next().map_or(0, char::len_utf8))
}

/// Confidence, in thousandths, from which a decision about a boundary is reported at the rule's full severity.
pub const SURE: u16 = 970;

/// Confidence, in thousandths, from which a join over a blank line is made without asking for that one place.
pub const SURE_ENOUGH: u16 = 900;

/// The edits that join all lines of `reading`; a join over a blank line only where it is sure enough.
pub fn joins(reading: &Reading, style: &Style) -> impl Iterator<Item = Edit> {
    let breaks = reading.joined.breaks.iter();
    breaks.filter(|it| it.blanks == 0 || it.permille >= SURE_ENOUGH).map(move |it| join(reading, it, style))
}

/// Characters on either side that tell one finding of a rule from another.
const CONTEXT_CHARS: usize = 6;

/// `span` of `text` with up to six characters on either side, without white space.
pub fn words_around(text: &str, span: Span) -> String {
    let inside = |it: &(usize, char)| !it.1.is_whitespace();
    let (before, after) = (&text[..span.start as usize], &text[span.end as usize..]);
    let start = before.char_indices().rev().filter(inside).nth(CONTEXT_CHARS - 1).map_or(0, |it| it.0);
    let rest = after.char_indices().filter(inside).nth(CONTEXT_CHARS).map_or(after.len(), |it| it.0);
    text[start..span.end as usize + rest].split_whitespace().collect()
}
