//! All that is known of one document: the page, what each paragraph says, what the document keeps to, and what is
//! wrong with it. The API of the core.
//!
//! [`Analysis::edited`] gives the same as [`Analysis::of`] on the new text, and reads again only the paragraphs that
//! the edit changed.

mod calendar;
mod checks;
mod foremost;

use std::collections::HashMap;
use std::ops::Range;
use std::sync::{Arc, OnceLock};

use crate::entity::document::{Names, Passage};
use crate::expression::issue::IssueDate;
use crate::expression::spacing::{Style, Tally};
use crate::lexicon::Lexicon;
use crate::page::paragraph::Span;
use crate::page::{Joined, Kept, Markup, Page, Role};
use crate::reading::{Place, Reading};
use crate::rule::{self, Finding, Habits, Severity};
use crate::settings::Settings;
use crate::text::{Edit, Text};

use checks::Rules;
pub use foremost::Placed;

/// A document, analysed.
#[derive(Clone, Debug)]
pub struct Analysis {
    text: Text,
    markup: Markup,
    settings: Arc<Settings>,
    page: Page,
    paragraphs: Vec<Arc<Read>>,
    /// How many findings each paragraph has.
    counts: Vec<Counts>,
    sums: Sums,
    style: Style,
    habits: Habits,
    issue: Option<IssueDate>,
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
    /// What the rules of single paragraphs found. Ranges count from the paragraph's first character.
    own: Arc<[Finding]>,
    /// What the rules of neighbours found.
    near: Arc<[Finding]>,
    /// With what those of the document found, all in order, each place mended once, what was accepted left out.
    findings: Arc<[Finding]>,
    /// Whether rules of the whole document found some of them.
    documents: bool,
}

/// How many findings there are of each severity, the worst first.
type Counts = [u16; Severity::ALL.len()];

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
    pub fn edited(&self, text: &Text, settings: &Arc<Settings>, stop: &dyn Fn() -> bool) -> Option<Analysis> {
        Analysis::build(text, self.markup, settings, Some(self), stop)
    }

    fn build(
        text: &Text,
        markup: Markup,
        settings: &Arc<Settings>,
        before: Option<&Analysis>,
        stop: &dyn Fn() -> bool,
    ) -> Option<Analysis> {
        match before {
            Some(before) => {
                let (page, kept) = before.page.edited(&before.text, text, markup, Lexicon::shared());
                Analysis::of_page(text, markup, page, settings, Some((before, kept)), stop)
            }
            None => {
                let page = Page::of(text, markup, Lexicon::shared());
                Analysis::of_page(text, markup, page, settings, None, stop)
            }
        }
    }

    /// Reads the paragraphs of `page`, which is that of `text`, but those that were kept.
    pub(crate) fn of_page(
        text: &Text,
        markup: Markup,
        page: Page,
        settings: &Arc<Settings>,
        before: Option<(&Analysis, Kept)>,
        stop: &dyn Fn() -> bool,
    ) -> Option<Analysis> {
        let lexicon = Lexicon::shared();
        let (before, kept) = before.unzip();
        let kept = kept.unwrap_or_default();
        let old: &[Arc<Read>] = before.map_or(&[], |it| &it.paragraphs);
        let gone = &old[kept.head..old.len() - kept.tail];
        let edited = kept.head..page.paragraphs.len() - kept.tail;
        let mut work = Work {
            lines_read: kept.lines_read,
            boundaries_scored: kept.boundaries_scored,
            ..Work::default()
        };

        let same: HashMap<(&Joined, Role), &Arc<Read>> =
            gone.iter().map(|it| ((&*it.reading.joined, it.reading.role), it)).collect();
        let mut came: Vec<(Arc<Reading>, Option<&Arc<Read>>)> = Vec::with_capacity(edited.len());
        for paragraph in &page.paragraphs[edited.clone()] {
            if stop() {
                return None;
            }
            let old = same.get(&(&*paragraph.joined, paragraph.role)).copied();
            let reading = match old {
                Some(old) => Arc::clone(&old.reading),
                None => {
                    work.paragraphs_read += 1;
                    Arc::new(Reading::of(paragraph, lexicon))
                }
            };
            came.push((reading, old));
        }

        let mut sums = before.map_or(Sums::default(), |it| it.sums);
        gone.iter().for_each(|it| sums.add(&it.reading, false));
        came.iter().for_each(|it| sums.add(&it.0, true));
        let style = Style::settled(&sums.tally, &sums.evened, |it| rule::spacing::set(settings, it));
        let habits = Habits::of(&page, sums.datelines, sums.spaced_datelines);
        let line_end = text.line_end();
        let before_alike = before.filter(|it| it.settings == *settings);
        let same_rules = before_alike.is_some_and(|it| it.style == style && it.text.line_end() == line_end);
        let rules = Rules { settings, style: &style, lexicon, line_end, issue: None };

        let mut paragraphs: Vec<Arc<Read>> = Vec::with_capacity(page.paragraphs.len());
        paragraphs.extend_from_slice(&old[..kept.head]);
        for (reading, old) in &came {
            if stop() {
                return None;
            }
            paragraphs.push(match old.filter(|_| same_rules) {
                Some(old) => Arc::clone(old),
                None => {
                    work.paragraphs_checked += 1;
                    rules.read(reading)
                }
            });
        }
        paragraphs.extend_from_slice(&old[old.len() - kept.tail..]);
        if !same_rules {
            for at in (0..edited.start).chain(edited.end..paragraphs.len()) {
                if stop() {
                    return None;
                }
                work.paragraphs_checked += 1;
                paragraphs[at] = rules.read(&paragraphs[at].reading);
            }
        }
        let issue = match before_alike {
            Some(before) if came.iter().map(|it| &it.0.year).eq(gone.iter().map(|it| &it.reading.year)) => {
                before.issue
            }
            _ => Analysis::issue_of(settings, paragraphs.iter().map(|it| &*it.reading)),
        };

        let mut counts = Vec::with_capacity(paragraphs.len());
        if let Some(before) = before {
            counts.extend_from_slice(&before.counts[..kept.head]);
            counts.resize(edited.end, Counts::default());
            counts.extend_from_slice(&before.counts[old.len() - kept.tail..]);
        } else {
            counts.resize(paragraphs.len(), Counts::default());
        }
        let near = match before {
            Some(before) if same_rules && before.habits == habits => checks::reach(&page, edited.clone()),
            _ => 0..paragraphs.len(),
        };
        work.paragraphs_compared = near.len();
        Rules { issue, ..rules }.settle(&page, &habits, near, &mut paragraphs, &mut counts);
        Some(Analysis {
            text: text.clone(),
            markup,
            settings: Arc::clone(settings),
            page,
            paragraphs,
            counts,
            sums,
            style,
            habits,
            issue,
            findings: OnceLock::new(),
            names: OnceLock::new(),
            edited,
            work,
        })
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
            let expressions: Vec<Vec<Span>> =
                self.readings().map(|it| it.expressions.iter().map(|it| it.span).collect()).collect();
            let passages: Vec<Passage<'_>> = self
                .readings()
                .zip(&expressions)
                .map(|(it, expressions)| Passage { text: it.text(), mentions: &it.mentions, expressions })
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
        self.findings.get_or_init(|| {
            let mut findings: Vec<Finding> = Vec::new();
            for (paragraph, read) in self.page.paragraphs.iter().zip(&self.paragraphs) {
                findings.extend(read.findings.iter().cloned().map(|it| it.shifted(paragraph.start)));
            }
            findings.sort_by_key(|it| (it.range.start, it.range.end));
            findings
        })
    }

    /// The findings that touch `range`.
    pub fn findings_in(&self, range: Range<usize>) -> impl Iterator<Item = &Finding> {
        self.findings().iter().filter(move |it| it.range.start <= range.end && range.start <= it.range.end)
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
    pub fn safe_edits_of(&self, wanted: impl Fn(&Finding) -> bool) -> Vec<Edit> {
        let fixes = self
            .findings()
            .iter()
            .filter(|it| wanted(it))
            .filter_map(|it| it.fixes.iter().find(|it| it.safe));
        disjoint(fixes.flat_map(|it| it.edits.iter().cloned()).collect())
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
