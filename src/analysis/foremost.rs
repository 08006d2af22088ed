//! The findings to show where there are more than anybody reads.

use std::ops::Range;
use std::sync::Arc;

use super::build::{each, on_all_cores};
use super::checks::Rules;
use super::{Analysis, Read};
use crate::lexicon::Lexicon;
use crate::list::Counts;
use crate::page::Joined;
use crate::rule::{Finding, Severity};

/// Paragraphs on either side of an edit whose findings go before those of others.
const NEAR: usize = 24;

/// A finding in its paragraph.
#[derive(Clone, Copy, Debug)]
pub struct Placed<'a> {
    /// The finding; its ranges count from the paragraph's first character.
    pub finding: &'a Arc<Finding>,
    /// The byte of the file that the paragraph starts at.
    pub start: usize,
}

impl Placed<'_> {
    /// The bytes of the file that it stands at.
    pub fn range(&self) -> Range<usize> {
        self.bytes(&self.finding.range)
    }

    /// The bytes of the file for `range`, which counts from the paragraph's first character as the finding does.
    pub fn bytes(&self, range: &Range<usize>) -> Range<usize> {
        self.start.wrapping_add(range.start)..self.start.wrapping_add(range.end)
    }
}

/// What was found in a paragraph. Equal to another where it is the same in memory: it stays so from edit to edit while
/// nothing is found otherwise there.
#[derive(Clone, Debug)]
pub struct Kept(Arc<Read>);

impl PartialEq for Kept {
    fn eq(&self, other: &Kept) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

/// A paragraph some of whose findings are to be shown.
#[derive(Clone, Debug)]
pub struct Chosen<'a> {
    analysis: &'a Analysis,
    paragraph: usize,
    /// What was found in it.
    pub found: Kept,
    /// How many findings of each severity are to be shown, the worst first.
    pub counts: Counts,
    /// Its text; the same in memory as in the analysis before, unless an edit touched one of its lines.
    pub text: &'a Arc<Joined>,
    /// The byte of the file that it starts at.
    pub start: usize,
    /// The line of the file that it starts in (0-based).
    pub line: usize,
}

impl<'a> Chosen<'a> {
    /// The findings to be shown, in order.
    pub fn findings(&self) -> impl Iterator<Item = Placed<'a>> + use<'a> {
        let (mut left, start) = (self.counts, self.start);
        self.analysis.found_in(self.paragraph).iter().filter_map(move |finding| {
            let left = &mut left[finding.severity as usize];
            *left = left.checked_sub(1)?;
            Some(Placed { finding, start })
        })
    }
}

impl Analysis {
    /// How many findings there are of each severity, the worst first. O(groups of paragraphs).
    pub fn finding_counts(&self) -> Counts {
        self.paragraphs.counts()
    }

    /// How many findings there are.
    pub fn finding_count(&self) -> usize {
        self.finding_counts().iter().map(|it| *it as usize).sum()
    }

    /// All findings, in the order of the text; what was not kept is found again, and kept. O(findings).
    pub fn placed(&self) -> Vec<Placed<'_>> {
        let (rules, reads) = (self.rules(), self.paragraphs.iter().collect::<Vec<_>>());
        let found = on_all_cores(&reads, |read| &**read.findings.get_or_init(|| rules.findings(read).into()));
        let starts = self.page.paragraphs.iter().map(|it| it.start);
        let placed = starts
            .zip(found)
            .flat_map(|(start, own)| own.iter().map(move |finding| Placed { finding, start }));
        let mut placed: Vec<Placed<'_>> = placed.collect();
        placed.sort_by_key(|it| (it.range().start, it.range().end));
        placed
    }

    /// All findings where they are no more than `limit`. Else so many of them: those around
    /// the last edit and then the worst, the nearest to the edit first. In the order of the text.
    pub fn foremost(&self, limit: usize) -> Vec<Placed<'_>> {
        let mut all: Vec<Placed<'_>> = self.chosen(limit).iter().flat_map(Chosen::findings).collect();
        all.sort_by_key(|it| (it.range().start, it.range().end));
        all
    }

    /// The same by paragraphs, in order. O(paragraphs given), and a step for some thousand between them.
    pub fn chosen(&self, limit: usize) -> Vec<Chosen<'_>> {
        let reads = &self.paragraphs;
        let n = reads.len();
        // An analysis from scratch has edited everything: its start is what the reader sees.
        let whole = self.edited.len() == n;
        let centre = if whole { 0 } else { self.edited.start.min(n.saturating_sub(1)) };
        // Paragraphs, which of their findings, and how many of these.
        let mut taken: Vec<(usize, usize, u32)> = Vec::new();
        let mut room = u32::try_from(limit).unwrap_or(u32::MAX);
        for away in [0..NEAR + 1, NEAR + 1..n.max(NEAR + 1)] {
            for kind in 0..Severity::ALL.len() {
                for at in self.outward(kind, centre, away.clone()) {
                    if room == 0 {
                        break;
                    }
                    let count = room.min(reads.counts_of(at)[kind]);
                    taken.push((at, kind, count));
                    room -= count;
                }
            }
        }
        taken.sort_unstable();
        let place = |own: &[(usize, usize, u32)]| {
            let at = own[0].0;
            let (found, (paragraph, by)) = (reads.still(at)?.0, self.page.paragraphs.still(at)?);
            let (first, lines) =
                self.page.lines.still(paragraph.lines.start.wrapping_add_signed(by.count))?;
            let mut counts = Counts::default();
            own.iter().for_each(|it| counts[it.1] = it.2);
            Some(Chosen {
                analysis: self,
                paragraph: at,
                found: Kept(Arc::clone(found)),
                counts,
                text: &paragraph.joined,
                start: paragraph.start.wrapping_add_signed(by.bytes),
                line: first.number.wrapping_add_signed(lines.count),
            })
        };
        taken.chunk_by(|one, two| one.0 == two.0).filter_map(place).collect()
    }

    /// The paragraphs that have findings of severity `kind` and stand so far `away` from paragraph `centre`: the nearest
    /// first, of two as near the one before.
    pub(super) fn outward(
        &self,
        kind: usize,
        centre: usize,
        away: Range<usize>,
    ) -> impl Iterator<Item = usize> {
        let reads = &self.paragraphs;
        let mut back = (centre + 1).checked_sub(away.start.max(1)).and_then(|it| reads.last_with(kind, it));
        let mut ahead = reads.next_with(kind, centre + away.start);
        std::iter::from_fn(move || {
            let far = |it: usize| away.contains(&centre.abs_diff(it));
            let [one, two] = [back, ahead].map(|it| it.filter(|it| far(*it)));
            let first = one.filter(|it| two.is_none_or(|two| centre - it <= two - centre));
            match first {
                Some(at) => back = reads.last_with(kind, at),
                None => ahead = reads.next_with(kind, two? + 1),
            }
            first.or(two)
        })
    }

    /// What was found in paragraph `paragraph`, its ranges from the paragraph's first character on. Found again where
    /// it was not kept.
    fn found_in(&self, paragraph: usize) -> &[Arc<Finding>] {
        let read = &self.paragraphs[paragraph];
        read.findings.get_or_init(|| self.rules().findings(read).into())
    }

    /// The findings of paragraph `paragraph` in their places; keeps nothing that was not kept.
    pub(super) fn findings_of(&self, paragraph: usize) -> Vec<Finding> {
        let read = &self.paragraphs[paragraph];
        let start = self.page.paragraphs.still(paragraph);
        let start = start.map_or(0, |(it, by)| it.start.wrapping_add_signed(by.bytes));
        let placed = |it: &Arc<Finding>| (**it).clone().shifted(start);
        match read.findings.get() {
            Some(findings) => findings.iter().map(placed).collect(),
            None => self.rules().findings(read).iter().map(placed).collect(),
        }
    }

    /// What `give` makes of each finding, in the order of the text; keeps nothing that was not kept.
    pub(super) fn gathered<T: Send>(&self, give: impl Fn(&Finding) -> T + Sync) -> Vec<T> {
        let own = |paragraph: usize| {
            let one = |it: Finding| ((it.range.start, it.range.end), give(&it));
            self.findings_of(paragraph).into_iter().map(one).collect::<Vec<_>>()
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
}
