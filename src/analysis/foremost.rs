//! The findings to show where there are more than anybody reads.

use std::sync::Arc;

use super::Analysis;
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
    pub fn range(&self) -> std::ops::Range<usize> {
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

    /// The findings of paragraph `paragraph`.
    fn placed(&self, paragraph: usize) -> impl Iterator<Item = Placed<'_>> {
        let start = self.page.paragraphs.moved(paragraph).map_or(0, |it| it.start);
        self.paragraphs[paragraph].findings.iter().map(move |finding| Placed { finding, paragraph, start })
    }
}
