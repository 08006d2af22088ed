//! The rules at work: what they find in a paragraph and between neighbours, and which of two findings stays.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::ops::Range;
use std::sync::{Arc, OnceLock};

use super::build::each;
use super::{Findings, Read, Scope, Stop};
use crate::entity::slips::Slips;
use crate::expression::issue::IssueDate;
use crate::expression::spacing::Style;
use crate::lexicon::Lexicon;
use crate::list::{Counts, List, Shift};
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
    /// For each rule of [`rules::ALL`] the way that it asks for.
    pub(super) ways: &'a [Option<usize>],
}

/// The paragraphs of a document while their findings are settled.
pub(super) struct Checked<'a> {
    pub(super) paragraphs: List<Arc<Read>>,
    /// Paragraphs in which what the page has summed up is told of.
    pub(super) told: Vec<usize>,
    pub(super) slips: &'a Slips,
    /// Whether the names of a paragraph are counted among these.
    pub(super) watched: &'a dyn Fn(usize) -> bool,
    /// Paragraphs in which nothing is known yet.
    pub(super) anew: Vec<usize>,
    /// Whether what is found in these is kept.
    pub(super) keeps: bool,
    /// Whether all paragraphs were checked anew.
    pub(super) whole: bool,
}

impl<'a> Rules<'a> {
    /// The rules that are on, each with its place in the registry and what it knows.
    fn on(self) -> impl Iterator<Item = (usize, Check, Context<'a>)> {
        let Rules { settings, style, lexicon, line_end, .. } = self;
        let rules = rules::ALL.iter().zip(settings.severities()).enumerate();
        rules.filter_map(move |(at, (&rule, &severity))| {
            let context =
                Context { rule, severity: severity?, settings, style, lexicon, line_end, issue: None };
            Some((at, rule.check, context))
        })
    }

    /// Nothing counted yet.
    pub(super) fn no_majorities(self) -> Vec<[usize; 2]> {
        vec![[0; 2]; rules::ALL.len()]
    }

    /// Counts what the rules that ask for one of two ways look at: less what went, more what came.
    pub(super) fn count<'r>(
        self,
        majorities: &mut [[usize; 2]],
        went: impl Iterator<Item = &'r Reading> + Clone,
        comes: impl Iterator<Item = &'r Reading> + Clone,
    ) {
        for (at, check, _) in self.on() {
            let Check::Majority(rule) = check else { continue };
            let sums = &mut majorities[at];
            let add = |sum: &mut [usize; 2], it: [usize; 2]| *sum = [sum[0] + it[0], sum[1] + it[1]];
            comes.clone().for_each(|it| add(sums, (rule.count)(it)));
            went.clone().for_each(|it| {
                let it = (rule.count)(it);
                *sums = [sums[0] - it[0], sums[1] - it[1]];
            });
        }
    }

    /// For each rule of the registry the way that it asks for.
    pub(super) fn ways(self, majorities: &[[usize; 2]]) -> Vec<Option<usize>> {
        let mut ways = vec![None; rules::ALL.len()];
        for (at, check, context) in self.on() {
            if let Check::Majority(rule) = check {
                ways[at] = (rule.way)(majorities[at], &context);
            }
        }
        ways
    }

    /// Whether a rule is on that looks at slips of names.
    pub(super) fn asks_for_names(self) -> bool {
        self.on().any(|it| matches!(it.1, Check::Names(_)))
    }

    /// What the rules of single paragraphs find in a paragraph.
    fn own(self, reading: &Reading) -> Vec<Finding> {
        let mut findings = Vec::new();
        for (at, check, context) in self.on() {
            match check {
                Check::Paragraph(check) => check(reading, &context, &mut findings),
                Check::Majority(rule) => {
                    if let Some(way) = self.ways[at] {
                        (rule.check)(reading, way, &context, &mut findings);
                    }
                }
                _ => {}
            }
        }
        findings
    }

    /// All that was found in a paragraph, in order, each place mended once, what was accepted left out.
    pub(super) fn findings(self, read: &Read) -> Vec<Arc<Finding>> {
        let own = self.own(&read.reading).into_iter().map(Arc::new);
        let mut findings: Vec<Arc<Finding>> =
            own.chain(read.found.iter().flat_map(|it| it.1.iter()).cloned()).collect();
        let joined = &read.reading.joined;
        findings.retain(|it| {
            !self.settings.is_ignored(it.rule.code, &it.words) && !joined.is_verbatim_at(&it.range)
        });
        settle(&mut findings);
        findings
    }

    /// Adds what the rules of neighbours find in the paragraphs `near`, those of articles in `articles`, those of names
    /// in `named`, those of the page anywhere, and settles the findings of the paragraphs where that is news.
    pub(super) fn settle(
        self,
        page: &Page,
        habits: &Habits,
        [near, articles]: [Range<usize>; 2],
        named: BTreeSet<usize>,
        checked: &mut Checked<'_>,
        stop: Stop<'_>,
    ) -> Option<()> {
        let mut found: Vec<(Scope, usize, Finding)> = Vec::new();
        {
            let paragraphs = &checked.paragraphs;
            let reading = |at: usize| paragraphs.get(at).map(|it| &*it.reading);
            let range = |range: &Range<usize>| Neighbours::new(page, range.clone(), habits, &reading);
            let (near, articles) = (range(&near), range(&articles));
            let mut here = Vec::new();
            let mut own = Vec::new();
            for (_, check, context) in self.on() {
                let scope = match check {
                    Check::Paragraph(_) | Check::Majority(_) => continue,
                    Check::Neighbours(check) => {
                        check(&near, &context, &mut here);
                        Scope::Near
                    }
                    Check::Articles(check) => {
                        check(&articles, &Context { issue: self.issue, ..context }, &mut here);
                        Scope::Article
                    }
                    Check::Names(check) => {
                        let may = |it: &&usize| !checked.slips.is_empty() && (checked.watched)(**it);
                        for &at in named.iter().filter(may) {
                            check(&paragraphs[at].reading, checked.slips, &context, &mut own);
                            here.extend(own.drain(..).map(|it| (at, it)));
                        }
                        Scope::Names
                    }
                    Check::Page(check) => {
                        check(&near, &context, &mut here);
                        Scope::Page
                    }
                };
                found.extend(here.drain(..).map(|it| (scope, it.0, it.1)));
            }
        }
        // Stable: what a rule finds in a paragraph stays in its order.
        found.sort_by_key(|it| (it.0 as usize, it.1));
        let told: BTreeSet<usize> = found.iter().filter(|it| it.0 == Scope::Page).map(|it| it.1).collect();
        let pages: BTreeSet<usize> = told.iter().chain(&checked.told).copied().collect();
        let mut found = found.into_iter().peekable();
        let scopes: [(Scope, &mut dyn Iterator<Item = usize>); 4] = [
            (Scope::Near, &mut { near }),
            (Scope::Article, &mut { articles }),
            (Scope::Names, &mut named.into_iter()),
            (Scope::Page, &mut pages.into_iter()),
        ];
        let mut news: BTreeMap<usize, Vec<(Scope, Findings)>> = BTreeMap::new();
        for (scope, range) in scopes {
            for at in range {
                let own = std::iter::from_fn(|| found.next_if(|it| (it.0, it.1) == (scope, at)));
                let own: Vec<Finding> = own.map(|it| it.2).collect();
                let before = checked.paragraphs[at].found(scope);
                if !before.iter().map(|it| &**it).eq(&own) {
                    news.entry(at).or_default().push((scope, shared(own.into_iter())));
                }
            }
        }
        checked.told = told.into_iter().collect();
        if checked.whole {
            let mut all: Vec<Arc<Read>> = checked.paragraphs.iter().cloned().collect();
            self.gather(0, &mut all, &news, checked, stop)?;
            checked.paragraphs = all.into();
            return Some(());
        }
        for at in &checked.anew {
            news.entry(*at).or_default();
        }
        let mut rest = news.keys().copied().peekable();
        while let Some(start) = rest.next() {
            let mut end = start + 1;
            while let Some(at) = rest.next_if(|it| *it < end + CLOSE) {
                end = at + 1;
            }
            let mut stretch = checked.paragraphs.slice(start..end).into_owned();
            self.gather(start, &mut stretch, &news, checked, stop)?;
            checked.paragraphs.splice(start..end, stretch, Shift::default());
        }
        Some(())
    }

    /// Puts together what is found in the paragraphs `reads`, which stand at `start` and after it, where `news` tells
    /// of any, or where all is new.
    fn gather(
        self,
        start: usize,
        reads: &mut [Arc<Read>],
        news: &BTreeMap<usize, Vec<(Scope, Findings)>>,
        checked: &Checked<'_>,
        stop: Stop<'_>,
    ) -> Option<()> {
        let (whole, keeps) = (checked.whole, checked.keeps);
        let wanted: Vec<usize> =
            (0..reads.len()).filter(|it| whole || news.contains_key(&(start + it))).collect();
        let settled = each(&wanted, stop, |&at| {
            let mut read = Read { findings: OnceLock::new(), ..(*reads[at]).clone() };
            for (scope, findings) in news.get(&(start + at)).into_iter().flatten() {
                read.found.retain(|it| it.0 != *scope);
                read.found.extend((!findings.is_empty()).then(|| (*scope, Arc::clone(findings))));
                read.found.sort_by_key(|it| it.0);
            }
            let findings = self.findings(&read);
            read.counts = Counts::default();
            findings.iter().for_each(|it| read.counts[it.severity as usize] += 1);
            if keeps {
                read.findings = OnceLock::from(Findings::from(findings));
            }
            Arc::new(read)
        })?;
        wanted.into_iter().zip(settled).for_each(|(at, read)| reads[at] = read);
        Some(())
    }
}

/// Paragraphs this near are put in their places together.
const CLOSE: usize = 32;

/// Findings to keep; none cost nothing.
fn shared(findings: impl ExactSizeIterator<Item = Finding>) -> Findings {
    if findings.len() == 0 { Arc::default() } else { findings.map(Arc::new).collect() }
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

/// The paragraphs of the articles that the paragraphs `edited` stand in or beside.
pub(super) fn articles(page: &Page, edited: Range<usize>) -> Range<usize> {
    let of = |paragraph: usize| page.articles.get(page.article_of(paragraph)).map(|it| it.paragraphs.clone());
    let n = page.paragraphs.len();
    let first = of(edited.start.saturating_sub(1)).map_or(n, |it| it.start);
    let last = of(edited.end.min(n.saturating_sub(1))).map_or(n, |it| it.end);
    first..last.max(first)
}

/// Orders findings by place. Of findings that would mend exactly the same place, the one whose rule stands first in
/// the registry stays.
fn settle(findings: &mut Vec<Arc<Finding>>) {
    findings.sort_by_key(|it| rules::index(it.rule));
    let mut mended: HashSet<Range<usize>> = HashSet::new();
    findings.retain(|it| {
        let Some([edit]) = it.fixes.first().map(|it| it.edits.as_slice()) else { return true };
        mended.insert(edit.range.clone())
    });
    findings.sort_by_key(|it| (it.range.start, it.range.end));
}
