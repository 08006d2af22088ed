//! A page after an edit: what the edit bears upon is read anew, the rest is carried over.
//!
//! From lines to articles each step hands on which lines have changed. All of them together are one stretch: it
//! starts as the edited lines, and grows by the boundaries that their scores decide otherwise, and by the lines whose
//! role in their article is another. Positions past the stretch move by the same distance.

use std::borrow::Cow;
use std::ops::Range;

use super::boundary::{self, Boundary, BoundaryKind, END};
use super::line::{self, Line};
use super::model::Model;
use super::{Article, Kept, Page, Paragraph, article, join};
use crate::lexicon::Lexicon;
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
    let Some((mut lines, mut stretch)) = edited_lines(page, before, text, &mut kept) else {
        return (page.clone(), Kept { head: page.paragraphs.len(), ..kept });
    };
    let bytes = text.len() as isize - before.len() as isize;
    let mut new = Page::default();
    let fresh = narrowed(&page.lines, &mut lines, stretch);
    let decided = decide(page, &mut new, &lines, fresh, lexicon, &mut kept);
    stretch.widen(decided);
    // What lost all its lines still changes what follows it.
    let next = (stretch.start + 1).min(lines.len());
    stretch.widen(stretch.start..next);

    let articles = assign(&new, &mut lines, &mut stretch);
    let old = stretch.start..stretch.old_end;
    let sums = [
        (parted(&page.lines[old.clone()], &page.boundaries[old]), false),
        (parted(&lines[stretch.start..stretch.end], &new.boundaries[stretch.start..stretch.end]), true),
    ];
    new.parted = page.parted;
    for (mine, theirs, more) in sums
        .iter()
        .flat_map(|(sum, more)| sum.iter().flatten().enumerate().map(move |(at, it)| (at, *it, *more)))
    {
        let count = &mut new.parted[mine / 2][mine % 2];
        *count = if more { *count + theirs } else { *count - theirs };
    }
    new.lines = lines;
    join_paragraphs(page, &mut new, text, stretch, bytes, &mut kept);
    gather_articles(page, &mut new, articles);
    (new, kept)
}

/// The lines after the edit, and which of them were read; `None` when nothing was edited.
fn edited_lines(page: &Page, before: &Text, text: &Text, kept: &mut Kept) -> Option<(Vec<Line>, Stretch)> {
    let (head, tail) = before.shared(text);
    if head == before.len() && head == text.len() {
        return None;
    }
    // A line more on either side: an edit may make or break a line end of two characters.
    let first = before.line_of(head).saturating_sub(1);
    let past = before.line_of(before.len() - tail) + 2;
    let new_past = text.line_of(text.len() - tail) + 2;
    let rest = before.line_count().saturating_sub(past).min(text.line_count().saturating_sub(new_past));
    let past = before.line_count() - rest;

    let old = &page.lines;
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
    let fresh = line::lines_from(from, &contents);
    let end = start + fresh.len();
    let mut lines = Vec::with_capacity(end + old.len() - old_end);
    lines.extend_from_slice(&old[..start]);
    lines.extend(fresh);
    lines.extend(old[old_end..].iter().map(|it| it.shifted(numbers, bytes)));
    Some((lines, Stretch { start, end, old_end }))
}

/// The lines of `stretch` that do not read as before. Those at its ends that do are given what they were taken for.
fn narrowed(old: &[Line], lines: &mut [Line], stretch: Stretch) -> Stretch {
    let Stretch { mut start, mut end, mut old_end } = stretch;
    let same = |one: &mut Line, other: &Line| {
        let same = one.reads_as(other);
        if same {
            (one.role, one.letter_spaced) = (other.role, other.letter_spaced);
        }
        same
    };
    while start < end && start < old_end && same(&mut lines[start], &old[start]) {
        start += 1;
    }
    while start < end && start < old_end && same(&mut lines[end - 1], &old[old_end - 1]) {
        (end, old_end) = (end - 1, old_end - 1);
    }
    Stretch { start, end, old_end }
}

/// Gives `new` its boundaries and parts. Returns the lines after which they have changed.
fn decide(
    page: &Page,
    new: &mut Page,
    lines: &[Line],
    fresh: Stretch,
    lexicon: &Lexicon,
    kept: &mut Kept,
) -> Range<usize> {
    let (n, old_n) = (lines.len().saturating_sub(1), page.chain.len());
    let mut start = fresh.start.saturating_sub(boundary::REACH).min(n);
    let mut end = (fresh.end + boundary::REACH).min(n);
    if fresh.start == fresh.end && fresh.start == fresh.old_end {
        (new.chain, new.boundaries, new.parts) =
            (page.chain.clone(), page.boundaries.clone(), page.parts.clone());
        return fresh.start..fresh.start;
    }
    let model = Model::shared();
    let scores = boundary::scores(lines, start..end, lexicon, model, Model::bigrams());
    kept.boundaries_scored = scores.len();
    let (chain, decided) = page.chain.edited(start..old_n - (n - end), &scores, model);
    start = start.min(decided.start);
    end = end.max(decided.end);
    let mut old_end = old_n - (n - end);

    new.boundaries.reserve(lines.len());
    new.parts.reserve(lines.len());
    new.boundaries.extend_from_slice(&page.boundaries[..start]);
    new.parts.extend_from_slice(&page.parts[..start]);
    for ((boundary, part), line) in chain.read(start..end).zip(&lines[start..]) {
        new.boundaries.push(boundary.after(line));
        new.parts.push(part);
    }
    new.boundaries.extend_from_slice(&page.boundaries[old_end..old_n]);
    new.parts.extend_from_slice(&page.parts[old_end..old_n]);
    if !lines.is_empty() {
        new.boundaries.push(END);
        new.parts.push(chain.last_part());
    }
    new.chain = chain;
    // The page's end is no boundary of the chain.
    if end == n {
        (end, old_end) = (lines.len(), page.lines.len());
    }
    let same = |at: usize, old: usize| {
        new.boundaries[at] == page.boundaries[old] && new.parts[at] == page.parts[old]
    };
    while start < end && start < old_end && same(start, start) {
        start += 1;
    }
    while start < end && start < old_end && same(end - 1, old_end - 1) {
        (end, old_end) = (end - 1, old_end - 1);
    }
    start..end
}

/// Gives the lines of the articles that `stretch` touches their roles. Returns these lines.
fn assign(new: &Page, lines: &mut [Line], stretch: &mut Stretch) -> Range<usize> {
    let ends = |at: usize| matches!(new.boundaries[at].kind, BoundaryKind::Article | BoundaryKind::End);
    let mut start = stretch.start.min(lines.len());
    while start > 0 && !ends(start - 1) {
        start -= 1;
    }
    let mut end = stretch.end;
    while end < lines.len() && (end == 0 || !ends(end - 1)) {
        end += 1;
    }
    let range = start..end;
    let was: Vec<_> = lines[range.clone()].iter().map(|it| (it.role, it.letter_spaced)).collect();
    let own = &mut lines[range.clone()];
    article::assign_roles(own, &new.boundaries[range.clone()], &new.parts[range.clone()]);
    line::confirm_spread(own, &new.boundaries[range.clone()], false);
    for (at, was) in range.clone().zip(was) {
        if was != (lines[at].role, lines[at].letter_spaced) {
            stretch.widen(at..at + 1);
        }
    }
    range
}

/// Gives `new` its paragraphs, those that `stretch` does not touch from `page`.
fn join_paragraphs(
    page: &Page,
    new: &mut Page,
    text: &Text,
    stretch: Stretch,
    bytes: isize,
    kept: &mut Kept,
) {
    let old = &page.paragraphs;
    // Whether a line goes on in the next one depends on both.
    let head = old.partition_point(|it| it.lines.end < stretch.start);
    let tail = old.partition_point(|it| it.lines.start <= stretch.old_end).max(head);
    let delta = stretch.delta();
    let start = old[..head].last().map_or(0, |it| it.lines.end);
    let end = old.get(tail).map_or(new.lines.len(), |it| it.lines.start.wrapping_add_signed(delta));
    let lines = &new.lines[start..end];
    let base = lines.first().map_or(0, |it| it.number);
    let past = lines.last().map_or(0, |it| it.number + 1);
    let contents: Vec<(Range<usize>, Cow<'_, str>)> = text.lines_in(base..past).collect();
    let middle = join::paragraphs(lines, &new.boundaries[start..end], &contents, [start, base]);
    let mut paragraphs = Vec::with_capacity(head + middle.len() + old.len() - tail);
    paragraphs.extend_from_slice(&old[..head]);
    paragraphs.extend(middle);
    paragraphs.extend(old[tail..].iter().map(|it| it.shifted(delta, bytes)));
    new.paragraphs = paragraphs;
    (kept.head, kept.tail) = (head, old.len() - tail);
}

/// Gives `new` its articles, those outside of `lines` from `page`.
fn gather_articles(page: &Page, new: &mut Page, lines: Range<usize>) {
    let paragraphs = &new.paragraphs;
    let start = paragraphs.partition_point(|it| it.lines.start < lines.start);
    let end = paragraphs.partition_point(|it| it.lines.start < lines.end);
    let delta = paragraphs.len() as isize - page.paragraphs.len() as isize;
    let old = &page.articles;
    let head = old.partition_point(|it| it.paragraphs.end <= start);
    let tail = old.partition_point(|it| (it.paragraphs.start as isize) < end as isize - delta).max(head);
    let mut articles: Vec<Article> = Vec::with_capacity(old.len() + 1);
    articles.extend_from_slice(&old[..head]);
    articles.extend(article::articles(&new.lines, &new.boundaries, paragraphs, start..end));
    articles.extend(old[tail..].iter().map(|it| it.shifted(delta)));
    new.articles = articles;
}

/// Of the ends of paragraphs, and of the other ends but the page's, how many have a blank line after them, and how
/// many there are.
pub(super) fn parted(lines: &[Line], boundaries: &[Boundary]) -> [[usize; 2]; 2] {
    let mut counts = [[0; 2]; 2];
    for (line, boundary) in lines.iter().zip(boundaries) {
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
