//! The rules at work: what they find in a paragraph and between neighbours, and which of two findings stays.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::ops::Range;
use std::sync::Arc;

use super::{Counts, Read};
use crate::expression::issue::IssueDate;
use crate::expression::spacing::Style;
use crate::lexicon::Lexicon;
use crate::page::Page;
use crate::reading::Reading;
use crate::rule::{self, Check, Context, Finding, Habits, Neighbours};
use crate::rules;
use crate::settings::Settings;

/// The rules, and what they know besides the text.
#[derive(Clone, Copy)]
pub(super) struct Rules<'a> {
    pub(super) settings: &'a Settings,
    pub(super) style: &'a Style,
    pub(super) lexicon: &'a Lexicon,
    pub(super) line_end: &'static str,
    pub(super) issue: Option<IssueDate>,
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

    /// A paragraph, and what the rules of single paragraphs find in it.
    pub(super) fn read(self, reading: &Arc<Reading>) -> Arc<Read> {
        let mut findings = Vec::new();
        for (check, context) in self.on() {
            if let Check::Paragraph(check) = check {
                check(reading, &Context { issue: None, ..context }, &mut findings);
            }
        }
        settle(&mut findings);
        let own: Arc<[Finding]> = findings.into();
        Arc::new(Read {
            reading: Arc::clone(reading),
            findings: Arc::clone(&own),
            own,
            near: [].into(),
            documents: false,
        })
    }

    /// Adds what the rules of neighbours find in the paragraphs `near`, and settles the findings of each.
    pub(super) fn settle(
        self,
        page: &Page,
        habits: &Habits,
        near: Range<usize>,
        paragraphs: &mut [Arc<Read>],
        counts: &mut [Counts],
    ) {
        let mut found: Vec<(usize, Finding)> = Vec::new();
        let document = {
            let reading = |at: usize| paragraphs.get(at).map(|it| &*it.reading);
            let neighbours = Neighbours::new(page, near.clone(), habits, &reading);
            for (check, context) in self.on() {
                if let Check::Neighbours(check) = check {
                    check(&neighbours, &Context { issue: None, ..context }, &mut found);
                }
            }
            self.document(page, paragraphs)
        };
        found.sort_by_key(|it| it.0);
        let mut found = found.into_iter().peekable();
        for at in near.clone() {
            let own: Vec<Finding> =
                std::iter::from_fn(|| found.next_if(|it| it.0 == at)).map(|it| it.1).collect();
            if *paragraphs[at].near != *own {
                Arc::make_mut(&mut paragraphs[at]).near = own.into();
            }
        }
        let mut touched: BTreeSet<usize> = near.collect();
        touched.extend(document.keys());
        touched.extend((0..paragraphs.len()).filter(|it| paragraphs[*it].documents));
        for at in touched {
            let read = &paragraphs[at];
            let of_document = document.get(&at).map_or(&[][..], Vec::as_slice);
            let mut findings: Vec<Finding> =
                read.own.iter().chain(&*read.near).chain(of_document).cloned().collect();
            findings.retain(|it| !self.settings.is_ignored(it.rule.code, &it.words));
            settle(&mut findings);
            counts[at] = Counts::default();
            for it in &findings {
                let count = &mut counts[at][it.severity as usize];
                *count = count.saturating_add(1);
            }
            let documents = !of_document.is_empty();
            if *read.findings != *findings || read.documents != documents {
                let read = Arc::make_mut(&mut paragraphs[at]);
                (read.findings, read.documents) = (findings.into(), documents);
            }
        }
    }

    /// What the rules of the whole document find, by paragraph. O(n), if such a rule is on.
    fn document(self, page: &Page, paragraphs: &[Arc<Read>]) -> BTreeMap<usize, Vec<Finding>> {
        let mut found: Vec<Finding> = Vec::new();
        let mut readings: Vec<&Reading> = Vec::new();
        for (check, context) in self.on() {
            if let Check::Document(check) = check {
                if readings.is_empty() {
                    readings.extend(paragraphs.iter().map(|it| &*it.reading));
                }
                check(page, &readings, &context, &mut found);
            }
        }
        let mut placed: BTreeMap<usize, Vec<Finding>> = BTreeMap::new();
        for finding in found {
            let next = page.paragraphs.partition_point(|it| it.start <= finding.range.start);
            let Some(at) = next.checked_sub(1) else { continue };
            placed.entry(at).or_default().push(finding.shifted_back(page.paragraphs[at].start));
        }
        placed
    }
}

/// The paragraphs that the rules of neighbours are to look at after the paragraphs `edited` have changed: those that run
/// on into them, and those that they run on into, now or before.
pub(super) fn reach(page: &Page, edited: Range<usize>) -> Range<usize> {
    let mut start = edited.start.saturating_sub(1);
    while start > 0 && rule::runs_on(page, start - 1) {
        start -= 1;
    }
    let n = page.paragraphs.len();
    let mut end = (edited.end + 1).min(n);
    while end < n && rule::runs_on(page, end - 1) {
        end += 1;
    }
    start..end.max(start)
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
