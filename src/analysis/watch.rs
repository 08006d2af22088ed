//! Which paragraphs can have a part in a slip of a name. Only of these the names are read for the rules that look for
//! slips: reading names costs more than all the rest.
//!
//! Watched are all paragraphs that hold one of two names, of which one stands often in the document and the other may be
//! a slip of it, or the other way round. So the counts of these names are right whatever else is counted. An edit changes
//! that for the names that it brings or takes away, and for no others.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::build::{each, names};
use super::{Read, Stop};
use crate::entity::doubles::{Doubles, Place, Sites, Windows, hold_a_slip};
use crate::entity::slips::{Name, OFTEN, Written};
use crate::list::List;
use crate::reading::Reading;

/// After an edit to more paragraphs, or to more names, all is watched out for anew.
const MANY: usize = 16;

/// A longer text that is edited, in bytes, is watched as a whole: its names are read once, and a key that changes one need
/// not look for it in all of the text.
const LONGEST: usize = 256 << 10;

/// What is known of a document's slips before its names are read.
#[derive(Clone, Debug)]
pub(super) struct Watch {
    /// Whether the names of each paragraph count; all do where there is none.
    watched: Option<Vec<bool>>,
}

/// An edit to the paragraphs of a document.
pub(super) struct Change<'a> {
    /// The paragraphs before.
    pub(super) paragraphs: &'a List<Arc<Read>>,
    /// Those that went, and what came in their place.
    pub(super) left: Range<usize>,
    pub(super) came: &'a [Arc<Reading>],
    /// Length of the text in bytes.
    pub(super) bytes: usize,
    /// Whether the text is edited, and not only read.
    pub(super) is_edit: bool,
    /// Whether somebody asks for all names anyway.
    pub(super) asks_for_all: bool,
}

impl Change<'_> {
    fn is_long(&self) -> bool {
        self.is_edit && self.bytes > LONGEST
    }

    /// All paragraphs after the edit.
    pub(super) fn all(&self) -> Vec<&Arc<Reading>> {
        let (paragraphs, left) = (self.paragraphs, &self.left);
        let heads = paragraphs.range(0..left.start).map(|it| &it.reading);
        let tails = paragraphs.range(left.end..paragraphs.len()).map(|it| &it.reading);
        heads.chain(self.came).chain(tails).collect()
    }
}

impl Watch {
    /// What is known of a document from scratch. O(n).
    pub(super) fn of(change: &Change<'_>, stop: Stop<'_>) -> Option<Watch> {
        if change.is_long() || change.asks_for_all {
            return Some(Watch { watched: None });
        }
        let all = change.all();
        let windows = Windows::of_bytes(change.bytes);
        each(&all, stop, |it| windows.add(it.text()))?;
        let doubles = Doubles::of(windows);
        each(&all, stop, |it| doubles.add(it.text()))?;
        each(&all, stop, |it| doubles.compare(it.text()))?;
        let found = each(&all, stop, |it| doubles.stand_in(it.text()))?;
        let Some(found) = found.into_iter().collect::<Option<Vec<Vec<Place>>>>() else {
            return Some(Watch { watched: None });
        };
        let mut sites: Vec<Site> = found
            .into_iter()
            .enumerate()
            .flat_map(|(at, it)| it.into_iter().map(move |it| (at, it)))
            .collect();
        sites.sort_unstable_by_key(|it| (it.1.hash, it.0, it.1.start));
        let mut groups: Vec<Sites<'_, usize>> =
            sites.chunk_by(|one, two| one.1.hash == two.1.hash).filter_map(Sites::of).collect();

        let rare = groups.iter().flat_map(Sites::rare);
        let names = names_at(&all, rare, stop)?;
        groups.retain(|it| it.rare().any(|it| names.contains_key(it)));
        let names = names_at(&all, groups.iter().flat_map(|it| it.all()), stop)?;
        let mut watched = vec![false; all.len()];
        for group in groups {
            let held = group.all().iter().filter_map(|it| names.get(it));
            if hold_a_slip(held.cloned()) {
                group.all().iter().for_each(|it| watched[it.0] = true);
            }
        }
        Some(Watch { watched: Some(watched) })
    }

    /// The same after an edit, and the paragraphs among those that stayed whose names count from now on, by their places
    /// before the edit. O(edit), but O(document) where names changed in a document that is not [`LONGEST`].
    pub(super) fn edited(&self, change: &Change<'_>, stop: Stop<'_>) -> Option<(Watch, Vec<usize>)> {
        let left = change.left.clone();
        let came = left.start..left.start + change.came.len();
        let Some(watched) = &self.watched else { return Some((Watch { watched: None }, Vec::new())) };
        let stayed = || (0..watched.len()).filter(|it| !left.contains(it));
        let all = || Some((Watch { watched: None }, stayed().filter(|it| !watched[*it]).collect()));
        if change.is_long() {
            return all();
        }
        let changed = if left.len().max(came.len()) > MANY { None } else { changed(change, stop)? };
        let mut fresh = match changed {
            None => match Watch::of(change, stop)?.watched {
                Some(fresh) => fresh,
                None => return all(),
            },
            Some(changed) => {
                let mut fresh = vec![false; watched.len() - left.len() + came.len()];
                let all = if changed.is_empty() { Vec::new() } else { change.all() };
                let written = each(&all, stop, |it| written(&changed, it.text()))?;
                for at in 0..changed.len() {
                    let of_it = |it: &Vec<Written>| it.get(at).copied().unwrap_or_default();
                    let [same, slips] = written
                        .iter()
                        .map(of_it)
                        .fold([0, 0], |sums, it| [sums[0] + it.same, sums[1] + it.slips]);
                    if same > 0 && slips > 0 && same.max(slips) >= OFTEN {
                        let holds = written.iter().map(|it| of_it(it) != Written::default());
                        fresh.iter_mut().zip(holds).for_each(|it| *it.0 |= it.1);
                    }
                }
                fresh
            }
        };
        // What stayed of a paragraph is as it was.
        let held = left.clone().any(|it| watched[it]);
        fresh[came.clone()].iter_mut().for_each(|it| *it |= held);
        // Where a paragraph stands now, of those that stayed.
        let now = |at: usize| if at < left.start { at } else { at - left.len() + came.len() };
        let newly = stayed().filter(|it| fresh[now(*it)] && !watched[*it]).collect();
        stayed().for_each(|it| fresh[now(it)] |= watched[it]);
        Some((Watch { watched: Some(fresh) }, newly))
    }

    /// Whether the names of paragraph `paragraph` count.
    pub(super) fn holds(&self, paragraph: usize) -> bool {
        self.watched.as_ref().is_none_or(|it| it[paragraph])
    }
}

/// A place and the paragraph that it stands in.
type Site = (usize, Place);

/// The name that holds each of `sites`, where one does.
fn names_at<'a>(
    all: &[&Arc<Reading>],
    sites: impl Iterator<Item = &'a Site>,
    stop: Stop<'_>,
) -> Option<FxHashMap<Site, Name>> {
    let mut by_paragraph: BTreeMap<usize, Vec<Place>> = BTreeMap::new();
    sites.for_each(|it| by_paragraph.entry(it.0).or_default().push(it.1));
    let mut by_paragraph: Vec<(usize, Vec<Place>)> = by_paragraph.into_iter().collect();
    by_paragraph.iter_mut().for_each(|it| it.1.sort_unstable_by_key(|it| it.start));
    let found = each(&by_paragraph, stop, |(at, places)| {
        let bytes = |it: &Place| it.start as usize..it.end as usize;
        let mentions = all[*at].mentions_holding(places.iter().map(bytes));
        let text = all[*at].text();
        let held = |place: &Place| {
            let next = mentions.partition_point(|it| it.span.end < place.end);
            Name::of(mentions.get(next).filter(|it| it.span.start <= place.start)?, text)
        };
        places.iter().filter_map(|it| Some(((*at, *it), held(it)?))).collect::<Vec<_>>()
    })?;
    Some(found.into_iter().flatten().collect())
}

/// How often each of `names` is written in `text`; nothing where none is.
fn written(names: &[Name], text: &str) -> Vec<Written> {
    let may = |it: &Name| {
        let mut ends = [it.text.chars().next(), it.text.chars().next_back()].into_iter().flatten();
        ends.any(|it| text.contains(it))
    };
    if !names.iter().any(may) {
        return Vec::new();
    }
    let chars: Vec<char> = text.chars().filter(|it| !it.is_whitespace()).collect();
    names.iter().map(|it| it.written_in(&chars)).collect()
}

/// The names that an edit brings or takes away; `None` where these are many.
fn changed(change: &Change<'_>, stop: Stop<'_>) -> Option<Option<Vec<Name>>> {
    let gone: Vec<&Arc<Reading>> =
        change.paragraphs.range(change.left.clone()).map(|it| &it.reading).collect();
    let came: Vec<&Arc<Reading>> = change.came.iter().collect();
    each(&gone, stop, |it| it.mentions().len())?;
    each(&came, stop, |it| it.mentions().len())?;
    let mut counts: FxHashMap<Name, i32> = FxHashMap::default();
    gone.iter().flat_map(|it| names(it)).for_each(|it| *counts.entry(it).or_default() -= 1);
    came.iter().flat_map(|it| names(it)).for_each(|it| *counts.entry(it).or_default() += 1);
    let changed: Vec<Name> = counts.into_iter().filter(|it| it.1 != 0).map(|it| it.0).collect();
    Some((changed.len() <= MANY).then_some(changed))
}

#[cfg(test)]
mod tests {
    use super::super::Analysis;
    use super::super::build::names;
    use crate::entity::slips::{Name, Slips};
    use crate::page::Markup;
    use crate::text::Text;

    #[test]
    fn names_that_do_not_count_have_no_part_in_a_slip() {
        let seed = include_str!("../../seeds/jiaozuo-daily-2020-02.txt");
        let slips = "记者王晋裕报道。\n\n王晋豫说，大家辛苦了。\n\n王晋豫表示感谢。\n\n在艺欣街道。\n\n艺新街道和艺新街道，还有艺新街道。\n\n";
        let analysis =
            Analysis::of(&Text::new(&format!("{slips}{seed}")), Markup::Plain, &Default::default());
        let all: Vec<Name> = analysis.readings().flat_map(|it| names(it)).collect();
        let (anew, _) = Slips::default().edited(std::iter::empty(), all.iter().cloned());
        assert!(all.iter().all(|it| anew.of(it) == analysis.slips.of(it)));
        let all = analysis.watch.as_ref().and_then(|it| it.watched.as_ref()).unwrap();
        let watched = all.iter().filter(|it| **it).count();
        assert!(!anew.is_empty() && watched < all.len() / 2, "{watched} of {}", all.len());
    }
}
