//! Which paragraphs can have a part in a slip of a name. Only of these the names are read for the rules that look for
//! slips: reading names costs more than all the rest.

use std::ops::Range;
use std::sync::Arc;

use super::build::each;
use super::{Read, Stop};
use crate::entity::doubles::{Doubles, stretch};
use crate::list::List;
use crate::reading::Reading;

/// In texts of more bytes than this most paragraphs can, and all are watched.
const LONGEST: usize = 1 << 20;

/// What is known of a document's slips before its names are read.
#[derive(Clone, Debug)]
pub(super) struct Watch {
    /// `None` in a long text.
    doubles: Option<Arc<Doubles>>,
    /// Whether the names of each paragraph count.
    watched: Vec<bool>,
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
}

impl Change<'_> {
    /// All paragraphs after the edit.
    pub(super) fn all(&self) -> Vec<&Arc<Reading>> {
        let (paragraphs, left) = (self.paragraphs, &self.left);
        let heads = paragraphs.range(0..left.start).map(|it| &it.reading);
        let tails = paragraphs.range(left.end..paragraphs.len()).map(|it| &it.reading);
        heads.chain(self.came).chain(tails).collect()
    }

    /// What of a paragraph that came, `at` from the first, differs from the one that it came for.
    fn difference(&self, at: usize) -> Option<Range<usize>> {
        if self.left.len() != self.came.len() {
            return None;
        }
        let [old, new] = [self.paragraphs[self.left.start + at].reading.text(), self.came[at].text()];
        let head = old.chars().zip(new.chars()).take_while(|it| it.0 == it.1).map(|it| it.0.len_utf8()).sum();
        let rest = old.len().min(new.len()) - head;
        let tail = old.bytes().rev().zip(new.bytes().rev()).take(rest).take_while(|it| it.0 == it.1).count();
        // Characters can end alike.
        let end = (new.len() - tail..).find(|it| new.is_char_boundary(*it))?;
        Some(head..end)
    }
}

impl Watch {
    /// What is known of a document from scratch.
    pub(super) fn of(change: &Change<'_>, stop: Stop<'_>) -> Option<Watch> {
        let all = change.all();
        if change.bytes > LONGEST {
            return Some(Watch { doubles: None, watched: vec![true; all.len()] });
        }
        let doubles = Doubles::of_bytes(change.bytes);
        each(&all, stop, |it| doubles.add(it.text(), None))?;
        let watched = each(&all, stop, |it| doubles.stand_in(it.text()))?;
        Some(Watch { doubles: Some(Arc::new(doubles)), watched })
    }

    /// The same after an edit, and the paragraphs among those that stayed whose names count from now on, by their places
    /// before the edit. O(edit), but where a place becomes such that a slip can stand there.
    pub(super) fn edited(&self, change: &Change<'_>, stop: Stop<'_>) -> Option<(Watch, Vec<usize>)> {
        let mut watch = self.clone();
        let Some(doubles) = self.doubles.as_ref().filter(|_| change.bytes <= LONGEST) else {
            let stayed = (0..self.watched.len()).filter(|it| !change.left.contains(it));
            let newly = stayed.filter(|it| !self.watched[*it]).collect();
            let count = self.watched.len() - change.left.len() + change.came.len();
            return Some((Watch { doubles: None, watched: vec![true; count] }, newly));
        };
        if doubles.is_worn(change.bytes) {
            let doubles = Doubles::of_bytes(change.bytes);
            each(&change.all(), stop, |it| doubles.add(it.text(), None))?;
            watch.doubles = Some(Arc::new(doubles));
        }
        let doubles = watch.doubles.as_ref().unwrap_or(doubles);
        let rebuilt = !Arc::ptr_eq(doubles, self.doubles.as_ref()?);
        let mut risen = rebuilt;
        // What of each paragraph that came is new.
        let mut fresh: Vec<Option<&str>> = Vec::with_capacity(change.came.len());
        for (at, it) in change.came.iter().enumerate().filter(|_| !rebuilt) {
            let text = it.text();
            fresh.push(change.difference(at).map(|changed| {
                let stretch = stretch(text, &changed);
                let inner = changed.start - stretch.start..changed.end - stretch.start;
                risen |= doubles.add(&text[stretch.clone()], Some(&inner));
                &text[stretch]
            }));
            if fresh[at].is_none() {
                risen |= doubles.add(text, None);
            }
        }
        let came: Vec<bool> = (0..change.came.len())
            .map(|at| match fresh.get(at).copied().flatten().filter(|_| !risen) {
                // What stayed of a paragraph is as suspect as it was.
                Some(fresh) => self.watched[change.left.start + at] || doubles.stand_in(fresh),
                None => doubles.stand_in(change.came[at].text()),
            })
            .collect();
        let stayed = |it: &usize| risen && !self.watched[*it] && !change.left.contains(it);
        let stayed: Vec<usize> = (0..self.watched.len()).filter(stayed).collect();
        let holds = |it: &usize| doubles.stand_in(change.paragraphs[*it].reading.text());
        let held = each(&stayed, stop, holds)?;
        let newly: Vec<usize> = stayed.into_iter().zip(held).filter(|it| it.1).map(|it| it.0).collect();
        newly.iter().for_each(|it| watch.watched[*it] = true);
        watch.watched.splice(change.left.clone(), came);
        Some((watch, newly))
    }

    /// Whether the names of paragraph `paragraph` count.
    pub(super) fn holds(&self, paragraph: usize) -> bool {
        self.watched[paragraph]
    }
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
        let watch = analysis.watch.as_ref().unwrap();
        let watched = watch.watched.iter().filter(|it| **it).count();
        assert!(
            !anew.is_empty() && watched < watch.watched.len() / 2,
            "{watched} of {}",
            watch.watched.len()
        );
    }
}
