//! An analysis from scratch, and one after an edit: only what changed is read and checked anew.

use std::collections::{BTreeSet, HashMap};
use std::ops::Range;
use std::sync::{Arc, OnceLock};

use rayon::prelude::*;

use super::checks::{self, Checked, Rules};
use super::watch::{Change, Watch};
use super::{Analysis, Read, Scope, Stop, Sums, Work};
use crate::entity::slips::{Name, Slips};
use crate::expression::issue::YearEvidence;
use crate::expression::spacing::Style;
use crate::lexicon::Lexicon;
use crate::list::{List, Shift};
use crate::page::{Joined, Kept, Markup, Page, Paragraph, Role};
use crate::reading::Reading;
use crate::rule::{self, Habits};
use crate::settings::Settings;
use crate::text::Text;

/// The findings in so many bytes of text that is read at once are kept.
const KEPT: usize = 2 << 20;

/// Fewer paragraphs than this are read one after another.
const FEW: usize = 16;

impl Analysis {
    pub(super) fn build(
        text: &Text,
        markup: Markup,
        settings: &Arc<Settings>,
        before: Option<&Analysis>,
        stop: Stop<'_>,
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
        stop: Stop<'_>,
    ) -> Option<Analysis> {
        let lexicon = Lexicon::shared();
        let (before, kept) = before.unzip();
        let kept = kept.unwrap_or_default();
        let mut paragraphs: List<Arc<Read>> = before.map_or_else(List::default, |it| it.paragraphs.clone());
        let left = kept.head..paragraphs.len() - kept.tail;
        let edited = kept.head..page.paragraphs.len() - kept.tail;
        let gone: Vec<Arc<Read>> = paragraphs.range(left.clone()).cloned().collect();
        let mut work = Work {
            lines_read: kept.lines_read,
            boundaries_scored: kept.boundaries_scored,
            ..Work::default()
        };

        let same: HashMap<(&Joined, Role), &Arc<Read>> =
            gone.iter().map(|it| ((&*it.reading.joined, it.reading.role), it)).collect();
        let old = |it: &Paragraph| same.get(&(&*it.joined, it.role)).copied();
        let fresh: Vec<(&Paragraph, Option<&Arc<Read>>)> =
            page.paragraphs.range(edited.clone()).map(|it| (it, old(it))).collect();
        let unknown: Vec<&Paragraph> = fresh.iter().filter(|it| it.1.is_none()).map(|it| it.0).collect();
        work.paragraphs_read = unknown.len();
        let mut read = each(&unknown, stop, |it| Arc::new(Reading::of(it)))?.into_iter();
        let reading = |old: Option<&Arc<Read>>| old.map(|it| Arc::clone(&it.reading)).or_else(|| read.next());
        let came: Vec<Arc<Reading>> = fresh.iter().map(|it| it.1).filter_map(reading).collect();

        let mut sums = before.map_or(Sums::default(), |it| it.sums);
        gone.iter().for_each(|it| sums.add(&it.reading, false));
        came.iter().for_each(|it| sums.add(it, true));
        let style = Style::settled(&sums.tally, &sums.evened, |it| rule::spacing::set(settings, it));
        let habits = Habits::of(&page, sums.datelines, sums.spaced_datelines);
        let line_end = text.line_end();
        // What was summed up with other settings is summed up anew.
        let alike = before.filter(|it| it.settings == *settings);
        let rest = |mine: &List<Arc<Read>>| {
            let rest = mine.range(0..left.start).chain(mine.range(left.end..mine.len()));
            rest.map(|it| Arc::clone(&it.reading)).collect::<Vec<_>>()
        };
        let others = if alike.is_none() { rest(&paragraphs) } else { Vec::new() };
        let went = || gone.iter().map(|it| &*it.reading).filter(|_| alike.is_some());
        let comes = || came.iter().chain(&others).map(|it| &**it);

        let blank = Rules { settings, style: &style, lexicon, line_end, issue: None, ways: &[] };
        let mut majorities = alike.map_or_else(|| blank.no_majorities(), |it| it.majorities.clone());
        blank.count(&mut majorities, went(), comes());
        let ways = blank.ways(&majorities);
        let change = Change {
            paragraphs: &paragraphs,
            left: left.clone(),
            came: &came,
            bytes: text.len(),
            is_edit: before.is_some(),
            asks_for_all: settings.names,
        };
        let (watch, slips, renamed) = if blank.asks_for_names() {
            let before = alike.and_then(|it| Some((it.watch.as_ref()?, &it.slips)));
            let (watch, slips, renamed) = slips(before, &change, stop)?;
            (Some(watch), slips, renamed)
        } else {
            Default::default()
        };
        let watched = |it: usize| watch.as_ref().is_some_and(|watch| watch.holds(it));
        let dated = |it: &&YearEvidence| !it.is_empty();
        let years = || came.iter().map(|it| &it.year).filter(dated);
        let years_before = || gone.iter().map(|it| &it.reading.year).filter(dated);
        let issue = match alike {
            // A paragraph that says nothing of it has no say wherever it stands.
            Some(before) if years().eq(years_before()) => before.issue,
            _ => {
                let heads = paragraphs.range(0..left.start).map(|it| &*it.reading);
                let tails = paragraphs.range(left.end..paragraphs.len()).map(|it| &*it.reading);
                Analysis::issue_of(settings, heads.chain(came.iter().map(|it| &**it)).chain(tails))
            }
        };
        let same_rules = alike
            .filter(|it| it.style == style && it.text.line_end() == line_end)
            .is_some_and(|it| blank.ways(&it.majorities) == ways);
        let rules = Rules { ways: &ways, ..blank };

        // What was found in a paragraph that came again as it was still holds.
        let old = |it: &(usize, &(&Paragraph, Option<&Arc<Read>>))| it.1.1.filter(|_| same_rules).cloned();
        let mut anew: Vec<usize> =
            edited.clone().zip(&fresh).filter(|it| old(it).is_none()).map(|it| it.0).collect();
        let reads = edited.clone().zip(&fresh).zip(&came);
        let reads = reads.map(|(it, reading)| old(&it).unwrap_or_else(|| Read::of(reading))).collect();
        paragraphs.splice(left.clone(), reads, Shift::default());
        if !same_rules && paragraphs.len() > edited.len() {
            let all: Vec<Arc<Read>> = paragraphs.iter().cloned().collect();
            anew = (0..all.len()).collect();
            paragraphs = all.iter().map(|it| Read::of(&it.reading)).collect::<Vec<_>>().into();
        }

        let whole = 0..paragraphs.len();
        let near = match before {
            Some(before) if same_rules && before.habits == habits => checks::reach(&page, edited.clone()),
            _ => whole.clone(),
        };
        let articles = match alike {
            Some(before) if same_rules && before.issue == issue => checks::articles(&page, edited.clone()),
            _ => whole.clone(),
        };
        let named: BTreeSet<usize> = if !same_rules {
            whole.collect()
        } else {
            holders(&renamed, &slips, &paragraphs, &edited, &watched).chain(edited.clone()).collect()
        };
        let moved = |at: usize| match at {
            _ if at < left.start => Some(at),
            _ if at >= left.end => Some(at - left.end + edited.end),
            _ => None,
        };
        // A paragraph that came again as it was has what was told in it.
        let again = edited.clone().filter(|it| !paragraphs[*it].found(Scope::Page).is_empty());
        let told = before.iter().flat_map(|it| it.told.iter().filter_map(|it| moved(*it))).chain(again);
        let told: Vec<usize> = told.collect();
        work.paragraphs_compared = near.len();
        work.paragraphs_checked = anew.len();
        let all = !same_rules || edited.len() == paragraphs.len();
        // Of a long text the findings that are shown are found again.
        let bytes = if all { text.len() } else { came.iter().map(|it| it.text().len()).sum() };
        let mut checked = Checked {
            paragraphs,
            told,
            slips: &slips,
            watched: &watched,
            anew,
            whole: all,
            keeps: bytes <= KEPT,
        };
        Rules { issue, ..rules }.settle(&page, &habits, [near, articles], named, &mut checked, stop)?;
        let Checked { paragraphs, told, .. } = checked;
        Some(Analysis {
            text: text.clone(),
            markup,
            settings: Arc::clone(settings),
            page,
            paragraphs,
            sums,
            style,
            habits,
            issue,
            majorities,
            ways,
            slips,
            watch,
            told,
            findings: OnceLock::new(),
            names: OnceLock::new(),
            edited,
            work,
        })
    }
}

/// Does `work` on each of `items`, on all cores when they are many. `None` when `stop` said so.
pub(super) fn each<T: Sync, R: Send>(
    items: &[T],
    stop: Stop<'_>,
    work: impl Fn(&T) -> R + Sync + Send,
) -> Option<Vec<R>> {
    let one = |it: &T| if stop() { None } else { Some(work(it)) };
    if items.len() < FEW { items.iter().map(one).collect() } else { items.par_iter().map(one).collect() }
}

/// What `work` makes of each of `items`, in their order; on all cores when they are many.
pub fn on_all_cores<T: Sync, R: Send>(items: &[T], work: impl Fn(&T) -> R + Sync + Send) -> Vec<R> {
    each(items, &|| false, work).unwrap_or_default()
}

/// The paragraphs outside of `edited` that hold one of the names `renamed`, which `slips` has counted. O(1) where the edited
/// ones hold them wherever they stand, else O(document).
fn holders<'a>(
    renamed: &'a BTreeSet<Name>,
    slips: &Slips,
    paragraphs: &'a List<Arc<Read>>,
    edited: &Range<usize>,
    watched: &'a dyn Fn(usize) -> bool,
) -> impl Iterator<Item = usize> + use<'a> {
    let holds = |at: usize| match paragraphs.get(at).filter(|_| watched(at)) {
        Some(it) => names(&it.reading).filter(|it| renamed.contains(it)).count(),
        None => 0,
    };
    let here: usize = edited.clone().map(holds).sum();
    let all: usize = renamed.iter().map(|it| slips.count(it) as usize).sum();
    let n = if here >= all { 0 } else { paragraphs.len() };
    (0..n).filter(move |it| holds(*it) > 0)
}

/// The names of a paragraph that are counted for slips.
pub(super) fn names(reading: &Reading) -> impl Iterator<Item = Name> + use<'_> {
    reading.mentions().iter().filter_map(|mention| Name::of(mention, reading.text()))
}

/// The slips of names after `change`, from those before, and the names of which they say something else now. Names are
/// read where they count.
fn slips(
    before: Option<(&Watch, &Slips)>,
    change: &Change<'_>,
    stop: Stop<'_>,
) -> Option<(Watch, Slips, BTreeSet<Name>)> {
    let Some((before, slips)) = before else {
        let watch = Watch::of(change, stop)?;
        let all = change.all().into_iter().enumerate().filter(|it| watch.holds(it.0)).map(|it| it.1);
        let all: Vec<&Arc<Reading>> = all.collect();
        each(&all, stop, |it| it.mentions().len())?;
        let (slips, renamed) =
            Slips::default().edited(std::iter::empty(), all.iter().flat_map(|it| names(it)));
        return Some((watch, slips, renamed));
    };
    let (watch, newly) = before.edited(change, stop)?;
    let reading = |at: usize| &change.paragraphs[at].reading;
    let went = change.left.clone().filter(|it| before.holds(*it)).flat_map(|it| names(reading(it)));
    let fresh = change.came.iter().enumerate().filter(|it| watch.holds(change.left.start + it.0));
    let comes: Vec<&Arc<Reading>> = fresh.map(|it| it.1).chain(newly.into_iter().map(reading)).collect();
    each(&comes, stop, |it| it.mentions().len())?;
    let (slips, renamed) = slips.edited(went, comes.iter().flat_map(|it| names(it)));
    Some((watch, slips, renamed))
}
