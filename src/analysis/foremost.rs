//! The findings to show where there are more than anybody reads.

use std::ops::Range;
use std::sync::Arc;

use super::Analysis;
use super::build::each;
use super::checks::Rules;
use crate::lexicon::Lexicon;
use crate::page::Joined;
use crate::rule::{Finding, Severity};

/// Paragraphs on either side of an edit whose findings go before those of others.
const NEAR: usize = 24;

/// A finding in its paragraph, which starts at a byte of the file.
#[derive(Clone, Copy, Debug)]
pub struct Placed<'a> {
    /// The finding; its ranges count from the paragraph's first character.
    pub finding: &'a Arc<Finding>,
    /// The paragraph, an index into [`crate::page::Page::paragraphs`].
    pub paragraph: usize,
    /// The byte at which the paragraph starts.
    pub start: usize,
}

impl Placed<'_> {
    /// The bytes of the file that it stands at.
    pub fn range(&self) -> Range<usize> {
        self.start + self.finding.range.start..self.start + self.finding.range.end
    }
}

impl Analysis {
    /// How many findings there are.
    pub fn finding_count(&self) -> usize {
        self.total.iter().sum()
    }

    /// All findings where they are no more than `limit`. Else so many of them: those around
    /// the last edit and then the worst, the nearest to the edit first. In the order of the text. O(paragraphs) in
    /// a few instructions each, and O(findings given).
    pub fn foremost(&self, limit: usize) -> Vec<Placed<'_>> {
        let n = self.paragraphs.len();
        if self.finding_count() <= limit {
            return (0..n).flat_map(|it| self.placed(it)).collect();
        }
        let mut taken = vec![0u8; n];
        let mut left = self.total;
        let mut chosen: Vec<Placed<'_>> = Vec::with_capacity(limit);
        // An analysis from scratch has edited everything: its start is what the reader sees.
        let whole = self.edited.len() == n;
        let centre = if whole { 0 } else { self.edited.start.min(n.saturating_sub(1)) };
        let mut take = |severity: Severity, reach: usize| {
            let bit = 1u8 << severity as u8;
            for away in 0..=reach.min(n) {
                let back = centre.checked_sub(away).filter(|_| away > 0);
                if left[severity as usize] == 0 {
                    return;
                }
                for at in back.into_iter().chain(Some(centre + away).filter(|it| *it < n)) {
                    if self.counts[at][severity as usize] == 0 || taken[at] & bit > 0 {
                        continue;
                    }
                    taken[at] |= bit;
                    left[severity as usize] -= usize::from(self.counts[at][severity as usize]);
                    let room = limit - chosen.len();
                    chosen.extend(self.placed(at).filter(|it| it.finding.severity == severity).take(room));
                    if chosen.len() == limit {
                        return;
                    }
                }
            }
        };
        Severity::ALL.into_iter().for_each(|it| take(it, NEAR));
        Severity::ALL.into_iter().for_each(|it| take(it, n));
        chosen.sort_by_key(|it| (it.range().start, it.range().end));
        chosen
    }

    /// The text of paragraph `paragraph`; the same in memory as in the analysis before, unless an edit touched one of
    /// its lines.
    pub fn text_of(&self, paragraph: usize) -> &Arc<Joined> {
        self.page
            .paragraphs
            .still(paragraph)
            .map_or(&self.paragraphs[paragraph].reading.joined, |it| &it.joined)
    }

    /// The line of the file that paragraph `paragraph` starts in (0-based).
    pub fn line_of(&self, paragraph: usize) -> usize {
        let line = self.page.paragraphs.moved(paragraph).and_then(|it| self.page.lines.moved(it.lines.start));
        line.map_or(0, |it| it.number)
    }

    /// What was found in paragraph `paragraph`, its ranges from the paragraph's first character on. Found again where
    /// it was not kept.
    fn found_in(&self, paragraph: usize) -> &[Arc<Finding>] {
        let read = &self.paragraphs[paragraph];
        read.findings.get_or_init(|| self.rules().findings(read).into())
    }

    /// What `give` makes of each finding, in the order of the text; keeps nothing that was not kept.
    pub(super) fn gathered<T: Send>(&self, give: impl Fn(&Finding) -> T + Sync) -> Vec<T> {
        let rules = self.rules();
        let own = |paragraph: usize| {
            let read = &self.paragraphs[paragraph];
            let start = self.page.paragraphs.moved(paragraph).map_or(0, |it| it.start);
            let one = |it: &Arc<Finding>| {
                let it = (**it).clone().shifted(start);
                ((it.range.start, it.range.end), give(&it))
            };
            match read.findings.get() {
                Some(findings) => findings.iter().map(one).collect(),
                None => rules.findings(read).iter().map(one).collect::<Vec<_>>(),
            }
        };
        let all: Vec<usize> = (0..self.paragraphs.len()).collect();
        let mut found = each(&all, &|| false, |it| own(*it))
            .unwrap_or_default()
            .into_iter()
            .flatten()
            .collect::<Vec<_>>();
        found.sort_by_key(|it| it.0);
        found.into_iter().map(|it| it.1).collect()
    }

    fn rules(&self) -> Rules<'_> {
        Rules {
            settings: &self.settings,
            style: &self.style,
            lexicon: Lexicon::shared(),
            line_end: self.text.line_end(),
            issue: self.issue,
            ways: &self.ways,
        }
    }

    /// The findings of paragraph `paragraph`.
    fn placed(&self, paragraph: usize) -> impl Iterator<Item = Placed<'_>> {
        let start = self.page.paragraphs.moved(paragraph).map_or(0, |it| it.start);
        self.found_in(paragraph).iter().map(move |finding| Placed { finding, paragraph, start })
    }
}
