//! Long lists in shared pieces: a copy costs a pointer for each few thousand items, a change a few pieces beside that.
//!
//! What a document has by the hundred thousand (lines, paragraphs) knows its place in the file. In a list that place is
//! kept as it was when its piece was made, with how far the piece has moved since; who asks for an item of a moved
//! piece gets the piece made anew, once. Pieces stand in groups, which move as one.
//!
//! A list also knows how many of a few kinds its items count ([`Item::counts`]), and finds the next one that counts any
//! without looking at those between.

mod piece;

use std::borrow::Cow;
use std::fmt;
use std::iter::FusedIterator;
use std::ops::{Index, Range};

use piece::{Group, Piece, first_false};

/// How far items have moved: in whatever they count (lines, paragraphs), and in bytes of the file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Shift {
    /// Lines of the file for a line, lines with text for a paragraph, paragraphs for an article.
    pub count: isize,
    /// Bytes of the file.
    pub bytes: isize,
}

impl Shift {
    fn and(self, more: Shift) -> Shift {
        Shift { count: self.count + more.count, bytes: self.bytes + more.bytes }
    }
}

/// Kinds of things that items count.
pub const KINDS: usize = 4;

/// How many there are of each kind.
pub type Counts = [u32; KINDS];

/// What a [`List`] holds.
pub trait Item: Clone {
    /// The same item, moved.
    fn shifted(&self, by: Shift) -> Self;

    /// How many of each kind it has, wherever it stands.
    fn counts(&self) -> Counts {
        Counts::default()
    }
}

/// Items of a piece, at most.
const LENGTH: usize = 128;
/// Pieces of a group, at most.
const PIECES: usize = 64;
/// A group of fewer pieces is put together with the one beside it.
const FEW: usize = 16;

/// A list in groups of pieces. Equal to another when the items are.
pub struct List<T> {
    groups: Vec<Group<T>>,
    /// For each group the number of items up to its end.
    ends: Vec<usize>,
}

impl<T: Item> List<T> {
    /// Number of items.
    pub fn len(&self) -> usize {
        self.ends.last().copied().unwrap_or(0)
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// Number of groups: what a copy costs.
    pub fn groups(&self) -> usize {
        self.groups.len()
    }

    /// Number of pieces.
    pub fn pieces(&self) -> usize {
        self.groups.iter().map(|it| it.pieces().len()).sum()
    }

    /// Number of pieces that are not the same in memory as those of `other` in the same place of a group: what a change
    /// of one list to the other made.
    pub fn unlike(&self, other: &List<T>) -> usize {
        let known: std::collections::HashSet<_> = other.groups.iter().flat_map(Group::addresses).collect();
        self.groups.iter().flat_map(Group::addresses).filter(|it| !known.contains(it)).count()
    }

    /// How many of each kind the items have. O(groups).
    pub fn counts(&self) -> Counts {
        let mut counts = Counts::default();
        self.groups.iter().for_each(|it| counts.iter_mut().zip(it.counts()).for_each(|it| *it.0 += it.1));
        counts
    }

    /// Item `at`. O(log n).
    pub fn get(&self, at: usize) -> Option<&T> {
        let (group, at) = self.place(at)?;
        let (piece, at) = group.place(at);
        group.items(piece).get(at)
    }

    /// Item `at` on its own, where no others of its piece are asked for. O(log n).
    pub fn moved(&self, at: usize) -> Option<T> {
        let (group, at) = self.place(at)?;
        let (piece, at) = group.place(at);
        group.item(piece, at)
    }

    /// Item `at` as it was before it moved, and how far it has. O(log n).
    pub fn still(&self, at: usize) -> Option<(&T, Shift)> {
        let (group, at) = self.place(at)?;
        let (piece, at) = group.place(at);
        Some((group.pieces()[piece].items.get(at)?, group.moved_by(piece)))
    }

    /// The last item.
    pub fn last(&self) -> Option<&T> {
        self.get(self.len().checked_sub(1)?)
    }

    /// All items in order.
    pub fn iter(&self) -> Iter<'_, T> {
        self.range(0..self.len())
    }

    /// The items `range`, as far as there are such, in order.
    pub fn range(&self, range: Range<usize>) -> Iter<'_, T> {
        let end = range.end.min(self.len());
        Iter { list: self, at: range.start.min(end), end, near: &[], near_start: 0 }
    }

    /// The items `range` side by side: borrowed where one piece holds them.
    pub fn slice(&self, range: Range<usize>) -> Cow<'_, [T]> {
        let range = range.start..range.end.min(self.len());
        if range.is_empty() {
            return Cow::Borrowed(&[]);
        }
        let (items, start) = self.piece(range.start);
        match items.get(range.start - start..range.end - start) {
            Some(items) => Cow::Borrowed(items),
            None => Cow::Owned(self.range(range).cloned().collect()),
        }
    }

    /// Index of the first item that `holds` is false of, in a list where it holds of all before and of none after.
    /// O(log n).
    pub fn partition_point(&self, holds: impl Fn(&T) -> bool) -> usize {
        let first = |group: usize| self.groups[group].item(0, 0).is_some_and(|it| holds(&it));
        let Some(group) = first_false(self.groups.len(), first).checked_sub(1) else { return 0 };
        self.start(group) + self.groups[group].partition_point(holds)
    }

    /// What item `at` counts. Looks at the item only where that is much.
    pub fn counts_of(&self, at: usize) -> Counts {
        let Some((group, at)) = self.place(at) else { return Counts::default() };
        let (piece, at) = group.place(at);
        group.tally(piece, at)
    }

    /// Index of the first item from `at` on that counts any of `kind`. O(groups), few steps for each that has none.
    pub fn next_with(&self, kind: usize, at: usize) -> Option<usize> {
        let first = self.ends.partition_point(|it| *it <= at);
        let own = |group: usize| {
            let start = self.start(group);
            Some(start + self.groups[group].next_with(kind, at.saturating_sub(start))?)
        };
        (first..self.groups.len()).find_map(own)
    }

    /// Index of the last item before `at` that counts any of `kind`. O(groups), few steps for each that has none.
    pub fn last_with(&self, kind: usize, at: usize) -> Option<usize> {
        let past = (self.ends.partition_point(|it| *it < at) + 1).min(self.groups.len());
        let own = |group: usize| {
            let start = self.start(group);
            Some(start + self.groups[group].last_with(kind, at.saturating_sub(start))?)
        };
        (0..past).rev().find_map(own)
    }

    /// Puts `items` in place of the items `range`; what follows moves by `shift`. O(groups), the pieces of the groups that
    /// are cut, and the items of the pieces that are.
    pub fn splice(&mut self, range: Range<usize>, items: Vec<T>, shift: Shift) {
        let mut first = self.ends.partition_point(|it| *it < range.start).min(self.groups.len());
        let past = self.ends.partition_point(|it| *it < range.end).min(self.groups.len());
        let mut past = (past + 1).min(self.groups.len()).max(first);
        let (start, old_end) = (self.start(first), self.start(past));
        let mut pieces: Vec<Piece<T>> = self.groups[first..past].iter().flat_map(Group::settled).collect();
        let count = items.len();
        piece::splice(&mut pieces, range.start - start..range.end - start, items, shift);
        let mut end = old_end - range.len() + count;
        if pieces.len() < FEW && past < self.groups.len() {
            pieces.extend(self.groups[past].settled().map(|it| it.shifted(shift)));
            end += self.groups[past].len();
            past += 1;
        } else if pieces.len() < FEW && first > 0 {
            first -= 1;
            pieces.splice(0..0, self.groups[first].settled());
        }
        let start = self.start(first);
        for group in &mut self.groups[past..] {
            group.shift(shift);
        }
        let old_end = self.start(past);
        for it in &mut self.ends[past..] {
            *it = *it - old_end + end;
        }
        let parts = pieces.len().div_ceil(PIECES).max(1);
        let fresh: Vec<Group<T>> =
            pieces.chunks(pieces.len().div_ceil(parts).max(1)).map(Group::of).collect();
        let ends = fresh.iter().scan(start, |end, it| {
            *end += it.len();
            Some(*end)
        });
        self.ends.splice(first..past, ends);
        self.groups.splice(first..past, fresh);
    }

    /// Index of the first item of group `group`.
    fn start(&self, group: usize) -> usize {
        if group == 0 { 0 } else { self.ends[group - 1] }
    }

    /// The group that holds item `at`, and the index of the item in it.
    fn place(&self, at: usize) -> Option<(&Group<T>, usize)> {
        let group = self.ends.partition_point(|it| *it <= at);
        Some((self.groups.get(group)?, at - self.start(group)))
    }

    /// The piece that holds item `at`, which is one of the list, and the index of the piece's first item.
    fn piece(&self, at: usize) -> (&[T], usize) {
        let Some((group, inner)) = self.place(at) else { return (&[], at) };
        let (piece, inner) = group.place(inner);
        (group.items(piece), at - inner)
    }
}

impl<T: Item> From<Vec<T>> for List<T> {
    fn from(items: Vec<T>) -> List<T> {
        let mut list = List::default();
        list.splice(0..0, items, Shift::default());
        list
    }
}

impl<T> Default for List<T> {
    fn default() -> List<T> {
        List { groups: Vec::new(), ends: Vec::new() }
    }
}

impl<T> Clone for List<T> {
    fn clone(&self) -> List<T> {
        List { groups: self.groups.clone(), ends: self.ends.clone() }
    }
}

impl<T: Item> Index<usize> for List<T> {
    type Output = T;

    fn index(&self, at: usize) -> &T {
        self.get(at).expect("the list is as long")
    }
}

impl<T: Item + PartialEq> PartialEq for List<T> {
    fn eq(&self, other: &List<T>) -> bool {
        self.iter().eq(other.iter())
    }
}

impl<T: Item + fmt::Debug> fmt::Debug for List<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.iter()).finish()
    }
}

impl<'a, T: Item> IntoIterator for &'a List<T> {
    type Item = &'a T;
    type IntoIter = Iter<'a, T>;

    fn into_iter(self) -> Iter<'a, T> {
        self.iter()
    }
}

/// Items of a [`List`] in order.
pub struct Iter<'a, T> {
    list: &'a List<T>,
    at: usize,
    end: usize,
    /// The items of the piece that the walk from the front is in, and the index of the first of them.
    near: &'a [T],
    near_start: usize,
}

impl<'a, T: Item> Iterator for Iter<'a, T> {
    type Item = &'a T;

    fn next(&mut self) -> Option<&'a T> {
        if self.at >= self.end {
            return None;
        }
        if self.at - self.near_start >= self.near.len() {
            (self.near, self.near_start) = self.list.piece(self.at);
        }
        let item = &self.near[self.at - self.near_start];
        self.at += 1;
        Some(item)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let rest = self.end - self.at;
        (rest, Some(rest))
    }
}

impl<T: Item> DoubleEndedIterator for Iter<'_, T> {
    fn next_back(&mut self) -> Option<Self::Item> {
        if self.at >= self.end {
            return None;
        }
        self.end -= 1;
        self.list.get(self.end)
    }
}

impl<T: Item> ExactSizeIterator for Iter<'_, T> {}

impl<T: Item> FusedIterator for Iter<'_, T> {}

#[cfg(test)]
mod tests {
    use super::*;

    /// A place, and what stands there.
    #[derive(Clone, Debug, PartialEq)]
    struct Placed(isize, char);

    impl Item for Placed {
        fn shifted(&self, by: Shift) -> Placed {
            Placed(self.0 + by.count, self.1)
        }

        fn counts(&self) -> Counts {
            [u32::from(self.1 == 'x'), 0, if self.1 == 'y' { 300 } else { 0 }, 0]
        }
    }

    #[test]
    fn a_list_is_what_a_vector_would_be() {
        let mut random = 7u32;
        let mut next = |below: usize| {
            random = random.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (random >> 8) as usize % (below + 1)
        };
        let mut list: List<Placed> = List::default();
        let mut vector: Vec<Placed> = Vec::new();
        for round in 0..500 {
            let before = (list.clone(), vector.clone());
            let start = next(vector.len());
            let end = (start + next(if round % 90 == 0 { 9_000 } else { 40 })).min(vector.len());
            let fresh: Vec<Placed> = (0..next(if round % 50 == 0 { 5_000 } else { 30 }))
                .map(|it| Placed(it as isize, if it % 37 == 5 { 'y' } else { 'x' }))
                .collect();
            let shift = Shift { count: fresh.len() as isize, bytes: 0 };
            vector[end..].iter_mut().for_each(|it| *it = it.shifted(shift));
            vector.splice(start..end, fresh.clone());
            list.splice(start..end, fresh, shift);
            assert_eq!(list.len(), vector.len());
            assert_eq!(list.get(vector.len()), None);
            let at = next(vector.len());
            assert_eq!((list.moved(at).as_ref(), list.get(at)), (vector.get(at), vector.get(at)));
            assert_eq!(list.still(at).map(|it| it.0.shifted(it.1)).as_ref(), vector.get(at));
            assert_eq!(&*list.slice(start..start + 200), &vector[start..(start + 200).min(vector.len())]);
            if round % 20 == 0 {
                assert!(list.iter().eq(&vector) && list.iter().rev().eq(vector.iter().rev()));
            }
            let stays = |at: usize| before.0.get(at) == before.1.get(at);
            assert!((0..20).all(|it| stays(it * before.1.len() / 19)), "the list before stays as it was");
            assert!(list.pieces() <= 2 + vector.len() / 32, "{} of {}", list.pieces(), vector.len());
            assert!(list.groups() <= 2 + list.pieces() / 8, "{} of {}", list.groups(), list.pieces());
            let many = |it: &Placed| it.1 == 'y';
            assert_eq!(list.counts()[2] as usize, 300 * vector.iter().filter(|it| many(it)).count());
            assert_eq!(list.counts_of(at), vector.get(at).map_or(Counts::default(), Item::counts));
            let next = vector.iter().skip(at).position(many).map(|it| at + it);
            let last = vector.iter().take(at).rposition(many);
            assert_eq!((list.next_with(2, at), list.last_with(2, at)), (next, last));
        }
    }

    #[test]
    fn the_first_that_does_not_hold_is_found_in_moved_pieces() {
        let mut list = List::from((0..1000).map(|it| Placed(it, 'a')).collect::<Vec<_>>());
        list.splice(0..0, vec![Placed(0, 'b')], Shift { count: 1, bytes: 0 });
        for wanted in [0, 1, 2, 128, 129, 500, 1000, 2000] {
            assert_eq!(list.partition_point(|it| it.0 < wanted), wanted.min(1001) as usize);
        }
        assert_eq!(List::<Placed>::default().partition_point(|_| true), 0);
    }

    #[test]
    fn a_change_of_a_long_list_copies_little() {
        let mut list = List::from((0..500_000).map(|it| Placed(it, 'a')).collect::<Vec<_>>());
        for at in (0..500_000).step_by(40_007) {
            let before = list.clone();
            list.splice(at..at + 1, vec![Placed(at as isize, 'b'); 2], Shift { count: 1, bytes: 0 });
            assert!(list.unlike(&before) <= 3, "{at}: {}", list.unlike(&before));
        }
        assert!(list.groups() < 100, "{}", list.groups());
    }
}
