//! All that is known of one document: the page, what each paragraph says, what the document keeps to, and what is
//! wrong with it. The API of the core.
//!
//! [`Analysis::edited`] gives the same as [`Analysis::of`] on the new text, and reads again only the paragraphs that
//! the edit changed.

mod calendar;

use std::collections::{HashMap, HashSet};
use std::ops::Range;
use std::sync::{Arc, OnceLock};

use crate::entity::document::{Names, Passage};
use crate::expression::issue::IssueDate;
use crate::expression::spacing::{Style, Tally};
use crate::lexicon::Lexicon;
use crate::page::paragraph::Span;
use crate::page::{Joined, Markup, Page, Role};
use crate::reading::Reading;
use crate::rule::{self, Check, Context, Finding};
use crate::rules;
use crate::settings::Settings;
use crate::text::{Edit, Text};

/// A document, analysed.
#[derive(Clone, Debug)]
pub struct Analysis {
    text: Text,
    markup: Markup,
    settings: Arc<Settings>,
    page: Page,
    paragraphs: Vec<Read>,
    style: Style,
    issue: Option<IssueDate>,
    findings: Vec<Finding>,
    /// Made when first asked for: an edit that nobody asks the names after costs nothing.
    names: OnceLock<Arc<Names>>,
    work: Work,
}

/// A paragraph's reading and what its rules found, kept as long as the paragraph stays as it is.
#[derive(Clone, Debug)]
struct Read {
    reading: Arc<Reading>,
    /// Ranges count from the paragraph's first character.
    findings: Arc<[Finding]>,
}

/// What an analysis had to do anew; the rest was kept from the one before.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Work {
    /// Paragraphs whose text was read.
    pub paragraphs_read: usize,
    /// Paragraphs whose rules were run.
    pub paragraphs_checked: usize,
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
        let page = match before {
            Some(before) => before.page.edited(text, markup, Lexicon::shared()),
            None => Page::of(text, markup, Lexicon::shared()),
        };
        Analysis::of_page(text, markup, page, settings, before, stop)
    }

    /// Reads the paragraphs of `page`, which is that of `text`.
    pub(crate) fn of_page(
        text: &Text,
        markup: Markup,
        page: Page,
        settings: &Arc<Settings>,
        before: Option<&Analysis>,
        stop: &dyn Fn() -> bool,
    ) -> Option<Analysis> {
        let lexicon = Lexicon::shared();
        let mut work = Work::default();

        let mut kept: HashMap<(&Joined, Role), &Read> = HashMap::new();
        if let Some(before) = before {
            kept.extend(before.paragraphs.iter().map(|it| ((&*it.reading.joined, it.reading.role), it)));
        }
        let mut readings = Vec::with_capacity(page.paragraphs.len());
        for paragraph in &page.paragraphs {
            if stop() {
                return None;
            }
            let old = kept.get(&(&*paragraph.joined, paragraph.role)).copied();
            let reading = match old {
                Some(old) => Arc::clone(&old.reading),
                None => {
                    work.paragraphs_read += 1;
                    Arc::new(Reading::of(paragraph, lexicon))
                }
            };
            readings.push((reading, old));
        }

        let [tally, evened] = [|it: &Reading| it.tally, |it: &Reading| it.evened]
            .map(|of| readings.iter().map(|it| of(&it.0)).sum::<Tally>());
        let issue = Analysis::issue_of(settings, readings.iter().map(|it| &*it.0));
        let style = Style::settled(&tally, &evened, |it| rule::spacing::set(settings, it));
        let line_end = text.line_end();
        let same_rules = before.is_some_and(|it| {
            it.settings == *settings && it.style == style && it.text.line_end() == line_end
        });
        let rules = Rules { settings, style: &style, lexicon, line_end, issue };
        let mut paragraphs = Vec::with_capacity(readings.len());
        for (reading, old) in readings {
            if stop() {
                return None;
            }
            let findings = match old.filter(|_| same_rules) {
                Some(old) => Arc::clone(&old.findings),
                None => {
                    work.paragraphs_checked += 1;
                    rules.paragraph(&reading)
                }
            };
            paragraphs.push(Read { reading, findings });
        }

        let findings = rules.settled(&page, &paragraphs);
        Some(Analysis {
            text: text.clone(),
            markup,
            settings: Arc::clone(settings),
            page,
            paragraphs,
            style,
            issue,
            findings,
            names: OnceLock::new(),
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

    /// What is wrong, in the order of the text; accepted findings are left out.
    pub fn findings(&self) -> &[Finding] {
        &self.findings
    }

    /// The findings that touch `range`.
    pub fn findings_in(&self, range: Range<usize>) -> impl Iterator<Item = &Finding> {
        self.findings.iter().filter(move |it| it.range.start <= range.end && range.start <= it.range.end)
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
        let fixes =
            self.findings.iter().filter(|it| wanted(it)).filter_map(|it| it.fixes.iter().find(|it| it.safe));
        disjoint(fixes.flat_map(|it| it.edits.iter().cloned()).collect())
    }
}

/// The rules, and what they know besides the text.
#[derive(Clone, Copy)]
struct Rules<'a> {
    settings: &'a Settings,
    style: &'a Style,
    lexicon: &'a Lexicon,
    line_end: &'static str,
    issue: Option<IssueDate>,
}

impl<'a> Rules<'a> {
    /// The rules that are on, each with what it knows.
    fn on(self) -> impl Iterator<Item = (Check, Context<'a>)> {
        rules::ALL.iter().filter_map(move |&rule| {
            let Rules { settings, style, lexicon, line_end, issue } = self;
            let severity = settings.severity(rule)?;
            Some((rule.check, Context { rule, severity, settings, style, lexicon, line_end, issue }))
        })
    }

    /// What the paragraph rules find in one paragraph.
    fn paragraph(self, reading: &Reading) -> Arc<[Finding]> {
        let mut findings = Vec::new();
        for (check, context) in self.on() {
            if let Check::Paragraph(check) = check {
                check(reading, &Context { issue: None, ..context }, &mut findings);
            }
        }
        settle(&mut findings);
        findings.into()
    }

    /// The findings of all paragraphs and of the document, in order, each place mended once.
    fn settled(self, page: &Page, paragraphs: &[Read]) -> Vec<Finding> {
        let mut findings: Vec<Finding> = Vec::new();
        for (paragraph, read) in page.paragraphs.iter().zip(paragraphs) {
            findings.extend(read.findings.iter().cloned().map(|it| it.shifted(paragraph.start)));
        }
        let readings: Vec<&Reading> = paragraphs.iter().map(|it| &*it.reading).collect();
        for (check, context) in self.on() {
            if let Check::Document(check) = check {
                check(page, &readings, &context, &mut findings);
            }
        }
        findings.retain(|it| !self.settings.is_ignored(it.rule.code, &it.words));
        settle(&mut findings);
        findings
    }
}

/// Orders findings by place. Of findings that would mend exactly the same place, the one whose rule stands first in
/// the registry stays.
fn settle(findings: &mut Vec<Finding>) {
    findings.sort_by_key(|it| rules::index(it.rule));
    let mut mended: HashSet<Range<usize>> = HashSet::new();
    findings.retain(|it| {
        let Some([edit]) = it.fixes.first().map(|it| it.edits.as_slice()) else { return true };
        mended.insert(edit.range.clone())
    });
    findings.sort_by_key(|it| (it.range.start, it.range.end));
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
