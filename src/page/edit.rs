//! A page after an edit: what the edit bears upon is read anew, the rest is carried over.
//!
//! From lines to articles each step hands on which lines have changed. All of them together are one stretch: it
//! starts as the edited lines, and grows by the boundaries that their scores decide otherwise, and by the lines whose
//! role in their article is another, and at last by the line ends whose hyphen is read otherwise. Positions past the
//! stretch move by the same distance.

use std::borrow::Cow;
use std::ops::Range;

use super::boundary::{Boundary, BoundaryKind, END};
use super::chain::Chain;
use super::hyphen::Lines;
use super::line::{self, Line};
use super::model::{Model, Part};
use super::score::{self, Scored, Scorer};
use super::{Article, Kept, Page, Paragraph, article, join, vertical};
use crate::lexicon::Lexicon;
use crate::list::Shift;
use crate::text::Text;

/// A stretch of a list, and what it was in the list before; what stands before and after it is the same in both.
#[derive(Clone, Copy, Debug)]
struct Stretch {
    start: usize,
    end: usize,
    /// Past the end in the list before.
    old_end: usize,
}

impl Stretch {
    /// Makes it hold `range` of the new list as well.
    fn widen(&mut self, range: Range<usize>) {
        self.start = self.start.min(range.start);
        let more = range.end.saturating_sub(self.end);
        self.end += more;
        self.old_end += more;
    }

    /// How much longer the list has become.
    fn delta(&self) -> isize {
        self.end as isize - self.old_end as isize
    }
}

/// See [`Page::edited`].
pub(super) fn edited(page: &Page, before: &Text, text: &Text, lexicon: &Lexicon) -> (Page, Kept) {
    let mut kept = Kept::default();
    let (head, tail) = before.shared(text);
    if head == before.len() && head == text.len() {
        return (page.clone(), Kept { head: page.paragraphs.len(), ..kept });
    }
    let mut new = page.without_chain();
    let (fresh, mut stretch) = new.edit_lines([before, text], [head, tail], &mut kept);
    new.verticals = vertical::edited(&page.verticals, &new.lines, fresh.start..fresh.end, fresh.delta());
    let bytes = text.len() as isize - before.len() as isize;
    let decided = new.decide(page, fresh, lexicon, &mut kept);
    stretch.widen(decided);
    // What lost all its lines still changes what follows it.
    let next = (stretch.start + 1).min(new.lines.len());
    stretch.widen(stretch.start..next);

    let articles = new.assign(&mut stretch);
    let old = stretch.start..stretch.old_end;
    let sums = [
        (parted(page.lines.range(old.clone()), page.boundaries.range(old)), false),
        (
            parted(
                new.lines.range(stretch.start..stretch.end),
                new.boundaries.range(stretch.start..stretch.end),
            ),
            true,
        ),
    ];
    for (mine, theirs, more) in sums
        .iter()
        .flat_map(|(sum, more)| sum.iter().flatten().enumerate().map(move |(at, it)| (at, *it, *more)))
    {
        let count = &mut new.parted[mine / 2][mine % 2];
        *count = if more { *count + theirs } else { *count - theirs };
    }
    let (was, is) = (Lines(&page.lines, before), Lines(&new.lines, text));
    for line in new.words.replace(was, is, stretch.old_end, stretch.start..stretch.end) {
        stretch.widen(line..line + 1);
    }
    new.join_paragraphs(text, stretch, bytes, &mut kept);
    new.gather_articles(page.paragraphs.len(), articles);
    (new, kept)
}

impl Page {
    /// The same page before its boundaries are known: nobody else is told of their strips.
    fn without_chain(&self) -> Page {
        Page {
            lines: self.lines.clone(),
            boundaries: self.boundaries.clone(),
            paragraphs: self.paragraphs.clone(),
            articles: self.articles.clone(),
            markup: self.markup,
            chain: Chain::default(),
            parted: self.parted,
            verticals: self.verticals.clone(),
            words: self.words.clone(),
        }
    }

    /// Reads the lines that an edit from one text to the other bears upon, which have `head` bytes at the start and
    /// `tail` at the end in common. Returns the lines that do not read as before, and those that were read.
    fn edit_lines(
        &mut self,
        [before, text]: [&Text; 2],
        [head, tail]: [usize; 2],
        kept: &mut Kept,
    ) -> (Stretch, Stretch) {
        // A line more on either side: an edit may make or break a line end of two characters.
        let first = before.line_of(head).saturating_sub(1);
        let past = before.line_of(before.len() - tail) + 2;
        let new_past = text.line_of(text.len() - tail) + 2;
        let rest = before.line_count().saturating_sub(past).min(text.line_count().saturating_sub(new_past));
        let past = before.line_count() - rest;

        let old = &self.lines;
        let known = old.partition_point(|it| it.number < first);
        // The last line before the edit has perhaps other blank lines after it.
        let start = known.saturating_sub(1);
        let old_end = old.partition_point(|it| it.number < past).max(start);
        let numbers = text.line_count() as isize - before.line_count() as isize;
        let bytes = text.len() as isize - before.len() as isize;
        let from = if known == 0 { 0 } else { old[start].number };
        let to = old.get(old_end).map_or(text.line_count(), |it| it.number.wrapping_add_signed(numbers));
        let contents: Vec<(Range<usize>, Cow<'_, str>)> = text.lines_in(from..to).collect();
        kept.lines_read = contents.len();
        let mut lines = line::lines_from(from, &contents);
        let stretch = Stretch { start, end: start + lines.len(), old_end };
        let fresh = narrowed(&old.slice(start..old_end), &mut lines, stretch);
        self.lines.splice(start..old_end, lines, Shift { count: numbers, bytes });
        (fresh, stretch)
    }

    /// Decides the boundaries near the lines `fresh`, which do not read as in `page`. Returns the lines after which the
    /// boundaries have changed.
    fn decide(&mut self, page: &Page, fresh: Stretch, lexicon: &Lexicon, kept: &mut Kept) -> Range<usize> {
        if fresh.start == fresh.end && fresh.start == fresh.old_end {
            self.chain = page.chain.clone();
            return fresh.start..fresh.start;
        }
        let lines = &self.lines;
        let (n, old_n) = (lines.len().saturating_sub(1), page.chain.len());
        let model = Model::shared();
        let scorer = Scorer { lexicon, model, bigrams: Model::bigrams() };
        let mut start = fresh.start.saturating_sub(score::REACH).min(n);
        let mut end = (fresh.end + score::REACH).min(n);
        let old_end = old_n - (n - end);
        let (scored, count) = if old_n == 0 {
            (scorer.all(lines, start..end), end - start)
        } else {
            let known: Vec<Scored> = page.chain.scored(start..old_end).copied().collect();
            // In front of the fresh lines, and past them, each as far as there are boundaries on both sides.
            scorer.again(lines, start..end, fresh.start..fresh.end, &known)
        };
        kept.boundaries_scored = count;
        // What is scored as before stays as it is.
        let same = |it: &(&Scored, &Scored)| it.0 == it.1;
        let known = || page.chain.scored(start..old_end);
        let head = scored.iter().zip(known()).take_while(same).count();
        let most = scored.len().min(old_end - start) - head;
        let known: Vec<&Scored> = known().collect();
        let tail = scored.iter().rev().zip(known.iter().rev().copied()).take(most).take_while(same).count();
        let (chain, decided) =
            page.chain.edited(start + head..old_end - tail, &scored[head..scored.len() - tail], model);
        (start, end) = (start + head, end - tail);
        start = start.min(decided.start);
        end = end.max(decided.end);
        let old_end = old_n - (n - end);

        let mut now: Vec<(Boundary, Part)> = chain
            .read(start..end)
            .zip(lines.range(start..end))
            .map(|((boundary, part), line)| (boundary.after(line), part))
            .collect();
        let old = page.boundaries.range(start..old_end).copied();
        let mut was: Vec<(Boundary, Part)> =
            old.zip(page.chain.read(start..old_end).map(|it| it.1)).collect();
        // The page's end is no boundary of the chain.
        if end == n {
            now.extend((!lines.is_empty()).then(|| (END, chain.last_part())));
            was.extend((!page.lines.is_empty()).then(|| (END, page.chain.last_part())));
        }
        let head = now.iter().zip(&was).take_while(|it| it.0 == it.1).count();
        let most = now.len().min(was.len()) - head;
        let tail = now.iter().rev().zip(was.iter().rev()).take(most).take_while(|it| it.0 == it.1).count();
        let changed = start + head..start + now.len() - tail;
        let boundaries = now[head..now.len() - tail].iter().map(|it| it.0).collect();
        self.boundaries.splice(start + head..start + was.len() - tail, boundaries, Shift::default());
        self.chain = chain;
        changed
    }

    /// Gives the lines of the articles that `stretch` touches their roles. Returns these lines.
    fn assign(&mut self, stretch: &mut Stretch) -> Range<usize> {
        let ends = |at: usize| matches!(self.boundaries[at].kind, BoundaryKind::Article | BoundaryKind::End);
        let mut start = stretch.start.min(self.lines.len());
        while start > 0 && !ends(start - 1) {
            start -= 1;
        }
        let mut end = stretch.end;
        while end < self.lines.len() && (end == 0 || !ends(end - 1)) {
            end += 1;
        }
        let range = start..end;
        let was = self.lines.slice(range.clone());
        let boundaries = self.boundaries.slice(range.clone());
        let mut parts: Vec<Part> = self.chain.read(range.clone()).map(|it| it.1).collect();
        parts.resize(range.len(), self.chain.last_part());
        let mut now = was.to_vec();
        article::assign_roles(&mut now, &boundaries, &parts);
        line::confirm_spread(&mut now, &boundaries, false);
        let other = |it: &(&Line, &Line)| (it.0.role, it.0.letter_spaced) != (it.1.role, it.1.letter_spaced);
        let first = now.iter().zip(&*was).position(|it| other(&it));
        let last = now.iter().zip(&*was).rposition(|it| other(&it));
        if let Some((first, last)) = first.zip(last) {
            now.truncate(last + 1);
            let changed = start + first..start + last + 1;
            now.drain(..first);
            self.lines.splice(changed.clone(), now, Shift::default());
            stretch.widen(changed);
        }
        range
    }

    /// Joins the paragraphs that `stretch` touches anew.
    fn join_paragraphs(&mut self, text: &Text, stretch: Stretch, bytes: isize, kept: &mut Kept) {
        let old = &self.paragraphs;
        // Whether a line goes on in the next one depends on both.
        let head = old.partition_point(|it| it.lines.end < stretch.start);
        let tail = old.partition_point(|it| it.lines.start <= stretch.old_end).max(head);
        let delta = stretch.delta();
        let start = head.checked_sub(1).map_or(0, |it| old[it].lines.end);
        let end = old.get(tail).map_or(self.lines.len(), |it| it.lines.start.wrapping_add_signed(delta));
        let lines = self.lines.slice(start..end);
        let base = lines.first().map_or(0, |it| it.number);
        let past = lines.last().map_or(0, |it| it.number + 1);
        let contents: Vec<(Range<usize>, Cow<'_, str>)> = text.lines_in(base..past).collect();
        let fresh = join::paragraphs(
            &lines,
            &self.boundaries.slice(start..end),
            &contents,
            [start, base],
            &self.words,
        );
        (kept.head, kept.tail) = (head, old.len() - tail);
        self.paragraphs.splice(head..tail, fresh, Shift { count: delta, bytes });
    }

    /// Gathers the articles of the lines `lines` anew, in a page that had `old` paragraphs.
    fn gather_articles(&mut self, old: usize, lines: Range<usize>) {
        let paragraphs = &self.paragraphs;
        let start = paragraphs.partition_point(|it| it.lines.start < lines.start);
        let end = paragraphs.partition_point(|it| it.lines.start < lines.end);
        let delta = paragraphs.len() as isize - old as isize;
        let head = self.articles.partition_point(|it| it.paragraphs.end <= start);
        let past = |it: &Article| (it.paragraphs.start as isize) < end as isize - delta;
        let tail = self.articles.partition_point(past).max(head);
        let fresh = article::articles(&self.lines, &self.boundaries, paragraphs, start..end);
        // A key seldom changes what is said of an article.
        if delta == 0 && fresh == *self.articles.slice(head..tail) {
            return;
        }
        self.articles.splice(head..tail, fresh, Shift { count: delta, bytes: 0 });
    }
}

/// The lines of `stretch` that do not read as before. Those at its ends that do are given what they were taken for.
fn narrowed(old: &[Line], lines: &mut [Line], stretch: Stretch) -> Stretch {
    let same = |one: &mut Line, other: &Line| {
        let same = one.reads_as(other);
        if same {
            (one.role, one.letter_spaced) = (other.role, other.letter_spaced);
        }
        same
    };
    let (mut start, mut end, mut old_end) = (0, lines.len(), old.len());
    while start < end && start < old_end && same(&mut lines[start], &old[start]) {
        start += 1;
    }
    while start < end && start < old_end && same(&mut lines[end - 1], &old[old_end - 1]) {
        (end, old_end) = (end - 1, old_end - 1);
    }
    let from = stretch.start;
    Stretch { start: from + start, end: from + end, old_end: from + old_end }
}

/// Of the ends of paragraphs, and of the other ends but the page's, how many have a blank line after them, and how
/// many there are.
pub(super) fn parted<'a>(
    lines: impl Iterator<Item = &'a Line>,
    boundaries: impl Iterator<Item = &'a Boundary>,
) -> [[usize; 2]; 2] {
    let mut counts = [[0; 2]; 2];
    for (line, boundary) in lines.zip(boundaries) {
        if boundary.kind.is_join() || boundary.kind == BoundaryKind::End {
            continue;
        }
        let blank = usize::from(line.blanks_after > 0);
        let counts = &mut counts[usize::from(boundary.kind != BoundaryKind::Paragraph)];
        counts[0] += blank;
        counts[1] += 1;
    }
    counts
}

/// What two pages have in common at their starts and ends, found by looking at all of it.
pub(super) fn compared(old: &Page, new: &Page) -> Kept {
    let end = |page: &Page, it: &Paragraph| {
        let last = it.lines.end - 1;
        (page.boundaries[last], page.lines[last].blanks_after)
    };
    let same = |one: &Paragraph, two: &Paragraph| {
        one.role == two.role && one.joined == two.joined && end(old, one) == end(new, two)
    };
    let (one, two) = (&old.paragraphs, &new.paragraphs);
    let head = one.iter().zip(two).take_while(|it| same(it.0, it.1)).count();
    let most = one.len().min(two.len()) - head;
    let tail = one.iter().rev().zip(two.iter().rev()).take(most).take_while(|it| same(it.0, it.1)).count();
    Kept { head, tail, lines_read: new.lines.len(), boundaries_scored: 0 }
}
