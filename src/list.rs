//! Long lists in shared pieces: a copy costs a pointer a piece, a change one piece and a step for each of the others.
//!
//! What a document has by the hundred thousand (lines, paragraphs) knows its place in the file. In a list that place is
//! kept as it was when the piece was made, with how far the piece has moved since; who asks for an item of a moved
//! piece gets the piece made anew, once.

use std::borrow::Cow;
use std::fmt;
use std::iter::FusedIterator;
use std::ops::{Index, Range};
use std::sync::{Arc, OnceLock};

/// How far items have moved: in whatever they count (lines, paragraphs), and in bytes of the file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Shift {
    /// Lines of the file for a line, lines with text for a paragraph, paragraphs for an article.
    pub count: isize,
    /// Bytes of the file.
    pub bytes: isize,
}

/// What a [`List`] holds.
pub trait Item: Clone {
    /// The same item, moved.
    fn shifted(&self, by: Shift) -> Self;
}

/// Nothing in it counts from the start of the document.
impl<T> Item for Arc<T> {
    fn shifted(&self, _: Shift) -> Self {
        Arc::clone(self)
    }
}

/// Items of a piece, at most.
const LENGTH: usize = 128;

/// Some items side by side.
struct Piece<T> {
    items: Arc<[T]>,
    shift: Shift,
    /// The items moved, once somebody has asked for them.
    moved: OnceLock<Arc<[T]>>,
}

impl<T: Item> Piece<T> {
    fn of(items: &[T]) -> Piece<T> {
        Piece { items: items.into(), shift: Shift::default(), moved: OnceLock::new() }
    }

    fn items(&self) -> &[T] {
        if self.shift == Shift::default() {
            return &self.items;
        }
        self.moved.get_or_init(|| self.items.iter().map(|it| it.shifted(self.shift)).collect())
    }

    /// The first item. Moves no others.
    fn first(&self) -> T {
        self.items[0].shifted(self.shift)
    }
}

impl<T> Clone for Piece<T> {
    fn clone(&self) -> Piece<T> {
        match self.moved.get() {
            Some(moved) => {
                Piece { items: Arc::clone(moved), shift: Shift::default(), moved: OnceLock::new() }
            }
            None => Piece { items: Arc::clone(&self.items), shift: self.shift, moved: OnceLock::new() },
        }
    }
}

/// A list in pieces. Equal to another when the items are.
pub struct List<T> {
    pieces: Vec<Piece<T>>,
    /// For each piece the number of items up to its end.
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

    /// Number of pieces: what a copy costs.
    pub fn pieces(&self) -> usize {
        self.pieces.len()
    }

    /// Item `at`. O(log n).
    pub fn get(&self, at: usize) -> Option<&T> {
        let piece = self.ends.partition_point(|it| *it <= at);
        self.pieces.get(piece)?.items().get(at - self.start(piece))
    }

    /// Item `at` on its own, where no others of its piece are asked for. O(log n).
    pub fn moved(&self, at: usize) -> Option<T> {
        let piece = self.ends.partition_point(|it| *it <= at);
        let (piece, at) = (self.pieces.get(piece)?, at - self.start(piece));
        Some(piece.items.get(at)?.shifted(piece.shift))
    }

    /// Item `at` as it was before it moved, for what does not. O(log n).
    pub fn still(&self, at: usize) -> Option<&T> {
        let piece = self.ends.partition_point(|it| *it <= at);
        self.pieces.get(piece)?.items.get(at - self.start(piece))
    }

    /// The last item.
    pub fn last(&self) -> Option<&T> {
        self.pieces.last()?.items().last()
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
        let piece = self.ends.partition_point(|it| *it <= range.start);
        let start = self.start(piece);
        if range.end <= self.ends[piece] {
            return Cow::Borrowed(&self.pieces[piece].items()[range.start - start..range.end - start]);
        }
        Cow::Owned(self.range(range).cloned().collect())
    }

    /// Index of the first item that `holds` is false of, in a list where it holds of all before and of none after.
    /// O(log n).
    pub fn partition_point(&self, holds: impl Fn(&T) -> bool) -> usize {
        let next = self.pieces.partition_point(|it| holds(&it.first()));
        let Some(piece) = next.checked_sub(1) else { return 0 };
        self.start(piece) + self.pieces[piece].items().partition_point(holds)
    }

    /// Puts `items` in place of the items `range`; what follows moves by `shift`. O(pieces), and the items of the pieces
    /// that are cut.
    pub fn splice(&mut self, range: Range<usize>, items: Vec<T>, shift: Shift) {
        let first = self.ends.partition_point(|it| *it < range.start).min(self.pieces.len());
        let past = self.ends.partition_point(|it| *it < range.end).min(self.pieces.len());
        // The pieces that hold the ends of the range are made anew, with one beside them where little is left.
        let mut past = (past + 1).min(self.pieces.len()).max(first);
        let left = range.start - self.start(first) + items.len() + self.start(past).saturating_sub(range.end);
        let (mut first, small) = (first, left < LENGTH / 2);
        if small && past < self.pieces.len() {
            past += 1;
        } else if small && first > 0 {
            first -= 1;
        }
        let (start, end) = (self.start(first), self.start(past));
        let mut all: Vec<T> = Vec::with_capacity(items.len() + 2 * LENGTH);
        all.extend(self.range(start..range.start).cloned());
        all.extend(items);
        all.extend(self.range(range.end..end).map(|it| it.shifted(shift)));
        for piece in &mut self.pieces[past..] {
            if let Some(moved) = piece.moved.take() {
                (piece.items, piece.shift) = (moved, Shift::default());
            }
            piece.shift.count += shift.count;
            piece.shift.bytes += shift.bytes;
        }
        let fresh = pieces(&all);
        let mut count = start;
        let ends: Vec<usize> = fresh
            .iter()
            .map(|it| {
                count += it.items.len();
                count
            })
            .collect();
        for it in &mut self.ends[past..] {
            *it = *it - end + count;
        }
        self.pieces.splice(first..past, fresh);
        self.ends.splice(first..past, ends);
    }

    /// Index of the first item of piece `piece`.
    fn start(&self, piece: usize) -> usize {
        if piece == 0 { 0 } else { self.ends[piece - 1] }
    }
}

/// `items` in pieces of about the same length.
fn pieces<T: Item>(items: &[T]) -> Vec<Piece<T>> {
    let count = items.len().div_ceil(LENGTH).max(1);
    items.chunks(items.len().div_ceil(count).max(1)).map(Piece::of).collect()
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
        List { pieces: Vec::new(), ends: Vec::new() }
    }
}

impl<T> Clone for List<T> {
    fn clone(&self) -> List<T> {
        List { pieces: self.pieces.clone(), ends: self.ends.clone() }
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
            let piece = self.list.ends.partition_point(|it| *it <= self.at);
            self.near = self.list.pieces[piece].items();
            self.near_start = self.list.start(piece);
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
        for round in 0..400 {
            let before = (list.clone(), vector.clone());
            let start = next(vector.len());
            let end = (start + next(40)).min(vector.len());
            let fresh: Vec<Placed> = (0..next(if round % 50 == 0 { 700 } else { 30 }))
                .map(|it| Placed(it as isize, 'x'))
                .collect();
            let shift = Shift { count: fresh.len() as isize, bytes: 0 };
            vector[end..].iter_mut().for_each(|it| *it = it.shifted(shift));
            vector.splice(start..end, fresh.clone());
            list.splice(start..end, fresh, shift);
            assert_eq!(list.len(), vector.len());
            assert_eq!(list.get(vector.len()), None);
            let at = next(vector.len());
            assert_eq!((list.moved(at).as_ref(), list.get(at)), (vector.get(at), vector.get(at)));
            assert_eq!(list.still(at).map(|it| it.1), vector.get(at).map(|it| it.1));
            assert_eq!(&*list.slice(start..start + 200), &vector[start..(start + 200).min(vector.len())]);
            if round % 3 == 0 {
                assert!(list.iter().eq(&vector) && list.iter().rev().eq(vector.iter().rev()));
            }
            assert!(before.0.iter().eq(&before.1), "the list before stays as it was");
            assert!(list.pieces() <= 2 + vector.len() / 32, "{} of {}", list.pieces(), vector.len());
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
}
