//! All that is known of one document: the page, what each paragraph says, what the document keeps to, and what is
//! wrong with it. The API of the core.
//!
//! [`Analysis::edited`] gives the same as [`Analysis::of`] on the new text, and reads again only the paragraphs that
//! the edit changed.

mod build;
mod calendar;
mod checks;
mod foremost;
mod mending;
mod nearby;
mod steady;
mod watch;

use std::ops::Range;
use std::sync::{Arc, OnceLock};

use crate::entity::document::{Names, Passage};
use crate::entity::slips::Slips;
use crate::expression::issue::IssueDate;
use crate::expression::spacing::{Style, Tally};
use crate::lexicon::Lexicon;
use crate::list::{Counts, Item, List, Shift};
use crate::page::paragraph::Span;
use crate::page::{Markup, Page};
use crate::reading::{Place, Reading};
use crate::rule::{Finding, Habits};
use crate::settings::Settings;
use crate::text::{Edit, Text};

pub use build::on_all_cores;
pub use foremost::{Chosen, Kept, Placed};
pub use steady::Typing;

/// Says whether to stop; it is asked between paragraphs.
pub type Stop<'a> = &'a (dyn Fn() -> bool + Sync);

/// A document, analysed.
#[derive(Clone, Debug)]
pub struct Analysis {
    text: Text,
    markup: Markup,
    settings: Arc<Settings>,
    page: Page,
    paragraphs: List<Arc<Read>>,
    sums: Sums,
    style: Style,
    habits: Habits,
    issue: Option<IssueDate>,
    /// For each rule of [`crate::rules::ALL`] that asks for one of two ways, how often the document has it either way.
    majorities: Vec<[usize; 2]>,
    /// The way that each of them asks for.
    ways: Vec<Option<usize>>,
    slips: Slips,
    /// Whose names are in [`Analysis::slips`]; `None` where no rule asks.
    watch: Option<watch::Watch>,
    /// Paragraphs in which what the page has summed up is told of, in order.
    told: Vec<usize>,
    /// All of them, made when first asked for.
    findings: OnceLock<Vec<Finding>>,
    /// Made when first asked for: an edit that nobody asks the names after costs nothing.
    names: OnceLock<Arc<Names>>,
    /// The paragraphs that the edit changed.
    edited: Range<usize>,
    work: Work,
}

/// A paragraph's reading and what was found in it, kept as long as the paragraph stays as it is.
#[derive(Clone, Debug)]
struct Read {
    reading: Arc<Reading>,
    /// What the rules of each [`Scope`] found, where they found anything. Ranges count from the paragraph's first
    /// character.
    found: Vec<(Scope, Findings)>,
    /// All of it and what the rules of single paragraphs find, in order, each place mended once, what was accepted left
    /// out. Made when first asked for: a long text has more findings than anybody looks at.
    findings: OnceLock<Findings>,
    /// How many of these there are of each severity, the worst first.
    counts: Counts,
}

impl Read {
    /// Nothing found yet.
    fn of(reading: &Arc<Reading>) -> Arc<Read> {
        let (reading, found, counts) = (Arc::clone(reading), Vec::new(), Counts::default());
        Arc::new(Read { reading, found, findings: OnceLock::new(), counts })
    }

    fn found(&self, scope: Scope) -> &[Arc<Finding>] {
        self.found.iter().find(|it| it.0 == scope).map_or(&[], |it| &it.1)
    }
}

/// Nothing in it counts from the start of the document.
impl Item for Arc<Read> {
    fn shifted(&self, _: Shift) -> Arc<Read> {
        Arc::clone(self)
    }

    fn counts(&self) -> Counts {
        self.counts
    }
}

/// Findings of one paragraph.
type Findings = Arc<[Arc<Finding>]>;

/// What findings in a paragraph rest on besides the paragraph and what the document mostly does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Scope {
    /// Its neighbours.
    Near,
    /// Its article.
    Article,
    /// The names of the document.
    Names,
    /// What the page has summed up.
    Page,
}

/// What the paragraphs add up to.
#[derive(Clone, Copy, Debug, Default)]
struct Sums {
    tally: Tally,
    evened: Tally,
    datelines: usize,
    spaced_datelines: [usize; 2],
}

impl Sums {
    /// Adds a paragraph's share, or takes it away.
    fn add(&mut self, reading: &Reading, more: bool) {
        let spaced = [Place::DatelineInner, Place::DatelineEnd]
            .map(|place| usize::from(reading.mark_spaces.iter().any(|it| it.place == place)));
        let count = |sum: &mut usize, it: usize| *sum = if more { *sum + it } else { *sum - it };
        count(&mut self.datelines, usize::from(reading.has_dateline));
        for (sum, it) in self.spaced_datelines.iter_mut().zip(spaced) {
            count(sum, it);
        }
        if more {
            self.tally += reading.tally;
            self.evened += reading.evened;
        } else {
            self.tally -= reading.tally;
            self.evened -= reading.evened;
        }
    }
}

/// What an analysis had to do anew; the rest was kept from the one before.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Work {
    /// Lines of the file that were looked at.
    pub lines_read: usize,
    /// Boundaries that were scored.
    pub boundaries_scored: usize,
    /// Paragraphs whose text was read.
    pub paragraphs_read: usize,
    /// Paragraphs whose rules were run.
    pub paragraphs_checked: usize,
    /// Paragraphs that were looked at beside their neighbours.
    pub paragraphs_compared: usize,
}

impl Analysis {
    /// Analyses `text`. O(n). Never fails: odd text yields findings or nothing.
    pub fn of(text: &Text, markup: Markup, settings: &Arc<Settings>) -> Analysis {
        Analysis::build(text, markup, settings, None, &|| false).expect("nothing asked it to stop")
    }

    /// Analyses `text`, which came out of this one's by edits, with `settings`. Equal to [`Analysis::of`], cheaper.
    /// `None` when `stop` said so; it is asked between paragraphs.
    pub fn edited(&self, text: &Text, settings: &Arc<Settings>, stop: Stop<'_>) -> Option<Analysis> {
        Analysis::build(text, self.markup, settings, Some(self), stop)
    }

    /// The text.
    pub fn text(&self) -> &Text {
        &self.text
    }

    /// The settings that it was analysed with.
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// The page: lines, boundaries, paragraphs, articles.
    pub fn page(&self) -> &Page {
        &self.page
    }

    /// What paragraph `paragraph` says. Indices are those of [`Page::paragraphs`].
    pub fn reading(&self, paragraph: usize) -> &Arc<Reading> {
        &self.paragraphs[paragraph].reading
    }

    /// What each paragraph says, in order.
    pub fn readings(&self) -> impl ExactSizeIterator<Item = &Arc<Reading>> {
        self.paragraphs.iter().map(|it| &it.reading)
    }

    /// The names of the document. O(text) at the first call, then free.
    pub fn names(&self) -> &Names {
        self.names.get_or_init(|| {
            let readings: Vec<&Arc<Reading>> = self.readings().collect();
            let expressions: Vec<Vec<Span>> = on_all_cores(&readings, |it| {
                it.mentions();
                it.expressions().iter().map(|it| it.span).collect()
            });
            let passages: Vec<Passage<'_>> = self
                .readings()
                .zip(&expressions)
                .map(|(it, expressions)| Passage { text: it.text(), mentions: it.mentions(), expressions })
                .collect();
            Arc::new(Names::of(&passages, self.settings.dictionary(), Lexicon::shared()))
        })
    }

    /// The spacing that the document keeps.
    pub fn style(&self) -> &Style {
        &self.style
    }

    /// What is wrong, in the order of the text; accepted findings are left out. O(findings) when first asked for.
    pub fn findings(&self) -> &[Finding] {
        self.findings.get_or_init(|| self.gathered(Finding::clone))
    }

    /// What this analysis had to do anew.
    pub fn work(&self) -> Work {
        self.work
    }

    /// The edits that mend all that can be mended unseen, disjoint and in order; within `range` when one is given.
    /// A finding counts as within when its range is.
    pub fn safe_edits(&self, range: Option<Range<usize>>) -> Vec<Edit> {
        self.safe_edits_of(|it| {
            range.as_ref().is_none_or(|range| range.start <= it.range.start && it.range.end <= range.end)
        })
    }

    /// The edits that mend unseen what can be so mended of the findings that `wanted` names, disjoint and in order.
    pub fn safe_edits_of(&self, wanted: impl Fn(&Finding) -> bool + Sync) -> Vec<Edit> {
        let edits = |it: &Finding| match it.fixes.iter().find(|it| it.safe) {
            Some(fix) if wanted(it) => fix.edits.clone(),
            _ => Vec::new(),
        };
        disjoint(self.gathered(edits).concat())
    }
}

/// `edits` in order, doubles once, and of two that overlap the first.
fn disjoint(mut edits: Vec<Edit>) -> Vec<Edit> {
    edits.sort_by_key(|it| (it.range.start, it.range.end));
    edits.dedup();
    let mut end = 0;
    let mut insertion = None;
    edits.retain(|it| {
        let clear = it.range.start >= end && !(it.range.is_empty() && insertion == Some(it.range.start));
        if clear {
            end = it.range.end;
            insertion = it.range.is_empty().then_some(it.range.start);
        }
        clear
    });
    edits
}
