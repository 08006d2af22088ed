//! The readings of all boundaries of a page, kept in strips, so that an edit redoes only what it bears upon.
//!
//! A strip is told by its neighbours what stands before it (how likely, and how good, each state is at the last
//! boundary there) and what stands after it. These messages pass from boundary to boundary and are rounded at each
//! one, so that they forget: a few boundaries after an edit they are, to the last bit, what they were before it, and
//! from there on nothing has changed. Every boundary's reading depends on the scores alone, never on where strips
//! begin; so an edited chain equals the one from scratch.

use std::ops::Range;
use std::sync::Arc;

use rayon::prelude::*;

use super::boundary::Boundary;
use super::model::{Model, Part};
use super::score::Scored;
use super::steps::{Row, Steps};
use super::strip::{Backward, Before, Forward, Known, Passes, Strip, reading};
use crate::list::{Item, List, Shift};

/// Boundaries of a strip, at most.
const LENGTH: usize = 32;
/// Strips that one core decides at a time.
const STRIPS: usize = 64;
/// So many strips are decided at once, with what is known of them, some 300 bytes a boundary; of more it is reckoned once
/// more when they are decided.
const KEPT: usize = 4096;
/// Strips beside those that changed of which is kept what was known of them.
const SPARE: usize = 16;

/// A strip in its place: the number of boundaries before it, and the strip.
#[derive(Clone, Debug)]
struct Placed(usize, Arc<Strip>);

impl Placed {
    fn end(&self) -> usize {
        self.0 + self.1.scored.len()
    }
}

impl Item for Placed {
    fn shifted(&self, by: Shift) -> Placed {
        Placed(self.0.wrapping_add_signed(by.count), Arc::clone(&self.1))
    }
}

/// The boundaries of a page but the last, which is its end.
#[derive(Clone, Debug, Default)]
pub(super) struct Chain {
    strips: List<Placed>,
    /// What was found out of the strips around the last edit; the next one is often near. None of whole texts.
    known: Arc<Vec<Known>>,
    /// The first of them.
    known_from: usize,
}

/// What a strip was told, what is known of it by that, and what the next one is told.
struct Told<T, K> {
    news: Option<T>,
    known: Option<Arc<K>>,
    next: T,
}

/// The strips of a chain after an edit.
struct Strips<'a> {
    old: &'a Chain,
    /// Those of `old` that went, and what came in their place.
    gone: Range<usize>,
    fresh: &'a [Arc<Strip>],
    steps: &'a Steps,
    /// Whether they are so few that what is known of them is kept until they are decided.
    keeps: bool,
}

impl Strips<'_> {
    /// Past the last fresh one.
    fn tail(&self) -> usize {
        self.gone.start + self.fresh.len()
    }

    fn get(&self, at: usize) -> Option<&Arc<Strip>> {
        match at {
            _ if at < self.gone.start => self.old.strip(at),
            _ if at < self.tail() => self.fresh.get(at - self.gone.start),
            _ => self.old.strip(at - self.tail() + self.gone.end),
        }
    }

    /// What was known of a strip before the edit, and still is as long as it is told the same.
    fn known(&self, at: usize) -> Option<&Known> {
        match at {
            _ if at < self.gone.start => self.old.known(at),
            _ if at < self.tail() => None,
            _ => self.old.known(at - self.tail() + self.gone.end),
        }
    }

    /// What the strips from the one before the fresh ones on are told by those before them, as far as that is news: all
    /// fresh ones, and past them until one was told the same already.
    fn befores(&self) -> Vec<Told<Before, Forward>> {
        let first = self.gone.start.saturating_sub(1);
        let mut guesses = self.guesses(|it, news| self.told_before(self.gone.start + it, news));
        let mut all = Vec::with_capacity(self.fresh.len() + 1);
        let mut news = self.get(first).and_then(|it| it.before).filter(|_| first < self.gone.start);
        for at in first.. {
            if at >= self.tail() && self.get(at).is_none_or(|it| it.before == news) {
                break;
            }
            let guess = at.checked_sub(self.gone.start).and_then(|it| guesses.get_mut(it)?.take());
            let guess = guess.filter(|it| it.news == news);
            let Some(told) = guess.or_else(|| self.told_before(at, news)) else { break };
            news = Some(told.next);
            all.push(told);
        }
        all
    }

    /// Strip `at`, told `news` by those before it.
    fn told_before(&self, at: usize, news: Option<Before>) -> Option<Told<Before, Forward>> {
        let strip = self.get(at)?;
        let known = self.known(at).filter(|_| at < self.gone.start).and_then(|it| it.forward.clone());
        let known = known.or_else(|| self.keeps.then(|| strip.forward(news, self.steps).into()));
        let next = known.as_ref().map_or_else(|| strip.leaving(news, self.steps), |it| it.leaving());
        Some(Told { news, known, next })
    }

    /// What the strips up to the one after the fresh ones are told by those after them, the last one first, as far as
    /// that is news.
    fn afters(&self) -> Vec<Told<Row, Backward>> {
        let last = self.get(self.tail());
        let mut guesses = self.guesses(|it, news| self.told_after(self.tail() - 1 - it, news));
        let mut all = Vec::with_capacity(self.fresh.len() + 1);
        let mut news = last.and_then(|it| it.after);
        for at in (0..self.tail() + usize::from(last.is_some())).rev() {
            if at < self.gone.start && self.get(at).is_none_or(|it| it.after == news) {
                break;
            }
            let guess = (self.tail() - 1).checked_sub(at).and_then(|it| guesses.get_mut(it)?.take());
            let guess = guess.filter(|it| it.news == news);
            let Some(told) = guess.or_else(|| self.told_after(at, news)) else { break };
            news = Some(told.next);
            all.push(told);
        }
        all
    }

    /// Strip `at`, told `news` by those after it.
    fn told_after(&self, at: usize, news: Option<Row>) -> Option<Told<Row, Backward>> {
        let strip = self.get(at)?;
        let known = self.known(at).filter(|_| at >= self.tail()).and_then(|it| it.backward.clone());
        let known = known.or_else(|| self.keeps.then(|| strip.backward(news, self.steps).into()));
        let next = match &known {
            Some(known) => known.emitted(strip, self.steps),
            None => strip.emitted(news, self.steps),
        };
        Some(Told { news, known, next })
    }

    /// What `tell` says of the fresh strips, in the order that messages come in, where they are many: in as many
    /// stretches as there are cores, each as if nothing stood before it. Since messages forget, nearly all of it is what
    /// the strips are told in truth.
    fn guesses<T: Copy + Send, K: Send + Sync>(
        &self,
        tell: impl Fn(usize, Option<T>) -> Option<Told<T, K>> + Sync,
    ) -> Vec<Option<Told<T, K>>> {
        let (count, cores) = (self.fresh.len(), rayon::current_num_threads());
        if count < STRIPS || cores == 1 {
            return Vec::new();
        }
        let length = count.div_ceil(cores);
        let starts: Vec<usize> = (0..count).step_by(length).collect();
        let stretch = |start: usize| {
            let (mut news, mut all) = (None, Vec::with_capacity(length));
            for at in start..count.min(start + length) {
                let told = tell(at, news);
                news = told.as_ref().map(|it| it.next);
                all.push(told);
            }
            all
        };
        starts.into_par_iter().flat_map_iter(stretch).collect()
    }
}

impl Chain {
    /// The chain after the boundaries `old` were replaced by `scored`, and the boundaries, counted in the new chain,
    /// outside of which all are as they were. Some strips' work, wherever they stand.
    pub(super) fn edited(
        &self,
        old: Range<usize>,
        scored: &[Scored],
        model: &Model,
    ) -> (Chain, Range<usize>) {
        let steps = Steps::of(model);
        let steps = &*steps;
        // The strips that hold the replaced boundaries, whole.
        let first = self.strips.partition_point(|it| it.end() < old.start);
        let past = self.strips.partition_point(|it| it.end() <= old.end) + 1;
        let past = past.min(self.strips.len()).max(first);
        let [start, end] = [first, past].map(|it| self.start(it));
        let held = || (first..past).filter_map(|it| self.strip(it)).flat_map(|it| it.scored.iter().copied());
        let all: Vec<Scored> = held()
            .take(old.start - start)
            .chain(scored.iter().copied())
            .chain(held().skip(old.end.max(start) - start))
            .collect();
        let pieces = all.len().div_ceil(LENGTH).max(1);
        let fresh: Vec<Arc<Strip>> =
            all.chunks(all.len().div_ceil(pieces).max(1)).map(|it| Arc::new(Strip::of(it))).collect();
        // A few strips are read before another core has woken up.
        let few = fresh.len() < STRIPS;
        let keeps = fresh.len() < KEPT;
        let strips = Strips { old: self, gone: first..past, fresh: &fresh, steps, keeps };
        let tail = strips.tail();

        // Which strips besides the fresh ones have changed: they follow those on either side.
        let (befores, afters) = match few {
            true => (strips.befores(), strips.afters()),
            false => rayon::join(|| strips.befores(), || strips.afters()),
        };
        let (ahead, behind) = (first.saturating_sub(1), tail + usize::from(strips.get(tail).is_some()));
        let (mut left, right) = ((behind - afters.len()).min(first), (ahead + befores.len()).max(tail));
        let told = |at: usize| {
            let mut strip = Arc::clone(strips.get(at)?);
            let mut known = strips.known(at).cloned().unwrap_or_default();
            if let Some(told) = at.checked_sub(ahead).and_then(|it| befores.get(it)) {
                known.forward.clone_from(&told.known);
                if at >= first {
                    Arc::make_mut(&mut strip).before = told.news;
                }
            }
            if let Some(told) = behind.checked_sub(at + 1).and_then(|it| afters.get(it)) {
                known.backward.clone_from(&told.known);
                if at < tail {
                    Arc::make_mut(&mut strip).after = told.news;
                }
            }
            Some((strip, known))
        };
        let passes = |(strip, mut known): (Arc<Strip>, Known)| {
            let passes = strip.passes(&mut known, steps);
            (strip, passes, if few { known } else { Known::default() })
        };
        let changed: Vec<(Arc<Strip>, Passes, Known)> = match few {
            true => (left..right).filter_map(told).map(passes).collect(),
            false => {
                let range = (left..right).into_par_iter().with_min_len(STRIPS);
                range.filter_map(told).map(passes).collect()
            }
        };
        // From the last one back: each ends where the best path through the next one comes from.
        let mut lead = strips.get(right).map(|it| it.lead);
        let mut decided: Vec<(Arc<Strip>, Known)> = Vec::with_capacity(changed.len());
        for (mut strip, passes, known) in changed.into_iter().rev() {
            Arc::make_mut(&mut strip).decide(&passes, steps, model, lead);
            lead = Some(strip.lead);
            decided.push((strip, known));
        }
        while let Some(at) = left.checked_sub(1)
            && let Some((mut strip, mut known)) = told(at)
            && lead.is_some_and(|it| strip.states.last() != Some(&it))
        {
            let passes = strip.passes(&mut known, steps);
            Arc::make_mut(&mut strip).decide(&passes, steps, model, lead);
            lead = Some(strip.lead);
            decided.push((strip, known));
            left = at;
        }
        let from = self.start(left);
        let mut to = from;
        let placed = decided.iter().rev().map(|(strip, _)| {
            let placed = Placed(to, Arc::clone(strip));
            to = placed.end();
            placed
        });
        let placed: Vec<Placed> = placed.collect();
        let spare = |it: &usize| strips.known(*it).cloned();
        let mut known: Vec<Known> = (0..left).rev().take(SPARE).map_while(|it| spare(&it)).collect();
        let known_from = left - known.len();
        known.reverse();
        known.extend(decided.into_iter().rev().map(|it| it.1));
        known.extend((right..).take(SPARE).map_while(|it| spare(&it)));
        let known = if few { Arc::new(known) } else { Arc::default() };
        let shift = Shift { count: (start + all.len()) as isize - end as isize, bytes: 0 };
        let mut strips = self.strips.clone();
        strips.splice(left..right - tail + past, placed, shift);
        (Chain { strips, known, known_from }, from..to)
    }

    fn strip(&self, at: usize) -> Option<&Arc<Strip>> {
        self.strips.still(at).map(|it| &it.0.1)
    }

    /// What is known of strip `at` from the last edit.
    fn known(&self, at: usize) -> Option<&Known> {
        self.known.get(at.checked_sub(self.known_from)?)
    }

    /// Boundaries before strip `strip`.
    fn start(&self, strip: usize) -> usize {
        strip.checked_sub(1).and_then(|it| self.strips.moved(it)).map_or(0, |it| it.end())
    }

    /// The strips from the one that holds boundary `at` on, and how many boundaries of the first are before it.
    fn from(&self, at: usize) -> (impl Iterator<Item = &Strip>, usize) {
        let first = self.strips.partition_point(|it| it.end() <= at);
        let strips = (first..self.strips.len()).filter_map(|it| self.strip(it));
        (strips.map(|it| &**it), at - self.start(first).min(at))
    }

    /// What the boundaries `range` were scored by.
    pub(super) fn scored(&self, range: Range<usize>) -> impl Iterator<Item = &Scored> {
        let (strips, passed) = self.from(range.start);
        strips.flat_map(|it| it.scored.iter()).skip(passed).take(range.len())
    }

    /// The boundaries `range`, and the part of the line before each.
    pub(super) fn read(&self, range: Range<usize>) -> impl Iterator<Item = (Boundary, Part)> {
        let (strips, passed) = self.from(range.start);
        let all = strips.flat_map(|it| it.boundaries.iter().zip(&it.states)).skip(passed);
        all.take(range.len()).map(|(boundary, state)| (*boundary, reading(*state).left))
    }

    /// The part of the last line.
    pub(super) fn last_part(&self) -> Part {
        let last = self.strips.len().checked_sub(1).and_then(|it| self.strip(it));
        last.and_then(|it| it.states.last()).map_or(Part::Text, |it| reading(*it).right)
    }

    /// Boundaries of the page but the last.
    pub(super) fn len(&self) -> usize {
        self.start(self.strips.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_chain_is_read_in_stretches_as_it_is_bit_by_bit() {
        let model = Model::shared();
        let mut seed = 1u32;
        let mut scored = || {
            let mut scored = Scored::default();
            for score in scored.scores.as_flattened_mut() {
                seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                *score = (seed >> 20) as i16 % 400;
            }
            scored
        };
        let all: Vec<Scored> = (0..4 * STRIPS * LENGTH).map(|_| scored()).collect();
        let (at_once, _) = Chain::default().edited(0..0, &all, model);
        let mut bit_by_bit = Chain::default();
        for bit in all.chunks(STRIPS * LENGTH / 2) {
            let end = bit_by_bit.len();
            bit_by_bit = bit_by_bit.edited(end..end, bit, model).0;
        }
        let [one, other] = [&at_once, &bit_by_bit].map(|it| it.read(0..all.len()).collect::<Vec<_>>());
        assert_eq!(one.len(), all.len());
        assert!(one == other);
    }
}
