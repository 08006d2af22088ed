//! Pieces of a list, and the groups that they stand in.

use std::ops::Range;
use std::sync::{Arc, OnceLock};

use super::{Counts, Item, KINDS, LENGTH, Shift};

/// Some items side by side.
pub(super) struct Piece<T> {
    pub(super) items: Arc<[T]>,
    /// How far they have moved since.
    shift: Shift,
    counts: Counts,
    /// The items that count any of each kind, a bit for each.
    having: [u128; KINDS],
    /// How many each item counts, as far as a byte goes; nothing where none does.
    tallies: Arc<[[u8; KINDS]]>,
}

impl<T: Item> Piece<T> {
    fn of(items: &[T]) -> Piece<T> {
        let (mut counts, mut having) = (Counts::default(), [0; KINDS]);
        for (at, item) in items.iter().enumerate() {
            for (kind, count) in item.counts().into_iter().enumerate() {
                counts[kind] += count;
                having[kind] |= u128::from(count > 0) << at;
            }
        }
        let tally = |it: &T| it.counts().map(|it| u8::try_from(it).unwrap_or(u8::MAX));
        let some = counts != Counts::default();
        let tallies = items.iter().filter(|_| some).map(tally).collect();
        Piece { items: items.into(), shift: Shift::default(), counts, having, tallies }
    }

    /// The same piece, moved.
    pub(super) fn shifted(self, by: Shift) -> Piece<T> {
        Piece { shift: self.shift.and(by), ..self }
    }
}

impl<T> Clone for Piece<T> {
    fn clone(&self) -> Piece<T> {
        Piece { items: Arc::clone(&self.items), tallies: Arc::clone(&self.tallies), ..*self }
    }
}

/// Puts `items` in place of the items `range` of `pieces`; what follows moves by `shift`.
pub(super) fn splice<T: Item>(pieces: &mut Vec<Piece<T>>, range: Range<usize>, items: Vec<T>, shift: Shift) {
    let ends: Vec<usize> = ends(pieces);
    let start_of = |piece: usize| if piece == 0 { 0 } else { ends[piece - 1] };
    let first = ends.partition_point(|it| *it < range.start).min(pieces.len());
    let past = ends.partition_point(|it| *it < range.end).min(pieces.len());
    // The pieces that hold the ends of the range are made anew, with one beside them where little is left.
    let mut past = (past + 1).min(pieces.len()).max(first);
    let left = range.start - start_of(first) + items.len() + start_of(past).saturating_sub(range.end);
    let (mut first, small) = (first, left < LENGTH / 2);
    if small && past < pieces.len() {
        past += 1;
    } else if small && first > 0 {
        first -= 1;
    }
    let mut all: Vec<T> = Vec::with_capacity(items.len() + 2 * LENGTH);
    let mut rest: Vec<T> = Vec::new();
    for at in first..past {
        let (piece, start) = (&pieces[at], start_of(at));
        let part = |range: Range<usize>| {
            let range = range.start.max(start) - start..range.end.clamp(start, ends[at]) - start;
            piece.items.get(range).unwrap_or_default()
        };
        all.extend(part(0..range.start).iter().map(|it| it.shifted(piece.shift)));
        let by = piece.shift.and(shift);
        rest.extend(part(range.end..usize::MAX).iter().map(|it| it.shifted(by)));
    }
    all.extend(items);
    all.append(&mut rest);
    for piece in &mut pieces[past..] {
        piece.shift = piece.shift.and(shift);
    }
    let count = all.len().div_ceil(LENGTH).max(1);
    pieces.splice(first..past, all.chunks(all.len().div_ceil(count).max(1)).map(Piece::of));
}

/// For each piece the number of items up to its end.
fn ends<T>(pieces: &[Piece<T>]) -> Vec<usize> {
    let up_to = |end: &mut usize, it: &Piece<T>| {
        *end += it.items.len();
        Some(*end)
    };
    pieces.iter().scan(0, up_to).collect()
}

/// Pieces side by side, as they were when they were put together.
struct Pieces<T> {
    pieces: Vec<Piece<T>>,
    ends: Vec<usize>,
    counts: Counts,
}

/// The items of each piece, moved, once somebody has asked for them.
type Moved<T> = Box<[OnceLock<Arc<[T]>>]>;

/// A group of pieces in its place.
pub(super) struct Group<T> {
    shared: Arc<Pieces<T>>,
    shift: Shift,
    moved: OnceLock<Moved<T>>,
}

impl<T: Item> Group<T> {
    pub(super) fn of(pieces: &[Piece<T>]) -> Group<T> {
        let mut counts = Counts::default();
        pieces.iter().for_each(|it| counts.iter_mut().zip(it.counts).for_each(|it| *it.0 += it.1));
        let shared = Arc::new(Pieces { pieces: pieces.to_vec(), ends: ends(pieces), counts });
        Group { shared, shift: Shift::default(), moved: OnceLock::new() }
    }

    /// Number of items.
    pub(super) fn len(&self) -> usize {
        self.shared.ends.last().copied().unwrap_or(0)
    }

    pub(super) fn counts(&self) -> Counts {
        self.shared.counts
    }

    /// The pieces, as they were when the group was made.
    pub(super) fn pieces(&self) -> &[Piece<T>] {
        &self.shared.pieces
    }

    /// Where in memory each of the pieces is.
    pub(super) fn addresses(&self) -> impl Iterator<Item = *const T> {
        self.pieces().iter().map(|it| it.items.as_ptr())
    }

    /// Moves all of it.
    pub(super) fn shift(&mut self, by: Shift) {
        if by != Shift::default() {
            self.shift = self.shift.and(by);
            self.moved = OnceLock::new();
        }
    }

    /// The piece that holds item `at` of the group, and the index of the item in it.
    pub(super) fn place(&self, at: usize) -> (usize, usize) {
        let piece = self.shared.ends.partition_point(|it| *it <= at);
        (piece, at - self.start(piece))
    }

    /// Index of the first item of piece `piece`.
    fn start(&self, piece: usize) -> usize {
        if piece == 0 { 0 } else { self.shared.ends[piece - 1] }
    }

    /// How far piece `piece` has moved.
    pub(super) fn moved_by(&self, piece: usize) -> Shift {
        self.shift.and(self.pieces()[piece].shift)
    }

    /// The items of piece `piece`, where they need not be moved first.
    fn known(&self, piece: usize) -> Option<&Arc<[T]>> {
        match self.moved_by(piece) == Shift::default() {
            true => Some(&self.pieces()[piece].items),
            false => self.moved.get()?[piece].get(),
        }
    }

    /// The items of piece `piece`.
    pub(super) fn items(&self, piece: usize) -> &[T] {
        if let Some(items) = self.known(piece) {
            return items;
        }
        let none = || self.pieces().iter().map(|_| OnceLock::new()).collect();
        let by = self.moved_by(piece);
        let moved = || self.pieces()[piece].items.iter().map(|it| it.shifted(by)).collect();
        self.moved.get_or_init(none)[piece].get_or_init(moved)
    }

    /// Item `at` of piece `piece`, on its own.
    pub(super) fn item(&self, piece: usize, at: usize) -> Option<T> {
        Some(self.pieces().get(piece)?.items.get(at)?.shifted(self.moved_by(piece)))
    }

    /// What item `at` of piece `piece` counts.
    pub(super) fn tally(&self, piece: usize, at: usize) -> Counts {
        let piece = &self.pieces()[piece];
        match piece.tallies.get(at) {
            Some(it) if it.contains(&u8::MAX) => piece.items[at].counts(),
            it => it.map_or(Counts::default(), |it| it.map(u32::from)),
        }
    }

    /// The pieces, as they are now.
    pub(super) fn settled(&self) -> impl Iterator<Item = Piece<T>> {
        self.pieces().iter().enumerate().map(|(at, piece)| match self.known(at) {
            Some(items) => Piece { items: Arc::clone(items), shift: Shift::default(), ..piece.clone() },
            None => Piece { shift: self.moved_by(at), ..piece.clone() },
        })
    }

    /// See [`super::List::partition_point`].
    pub(super) fn partition_point(&self, holds: impl Fn(&T) -> bool) -> usize {
        let held = |piece: usize, at: usize| self.item(piece, at).is_some_and(|it| holds(&it));
        let Some(piece) = first_false(self.pieces().len(), |it| held(it, 0)).checked_sub(1) else { return 0 };
        let own = match self.known(piece) {
            Some(items) => items.partition_point(&holds),
            None => first_false(self.pieces()[piece].items.len(), |it| held(piece, it)),
        };
        self.start(piece) + own
    }

    /// Index of the first item from `at` on that counts any of `kind`.
    pub(super) fn next_with(&self, kind: usize, at: usize) -> Option<usize> {
        if self.shared.counts[kind] == 0 || at >= self.len() {
            return None;
        }
        let (first, inner) = self.place(at);
        let own = |piece: usize| {
            let passed = if piece == first { u128::MAX << inner } else { u128::MAX };
            let having = self.pieces()[piece].having[kind] & passed;
            (having != 0).then(|| self.start(piece) + having.trailing_zeros() as usize)
        };
        (first..self.pieces().len()).find_map(own)
    }

    /// Index of the last item before `at` that counts any of `kind`.
    pub(super) fn last_with(&self, kind: usize, at: usize) -> Option<usize> {
        if self.shared.counts[kind] == 0 || at == 0 {
            return None;
        }
        let (last, inner) = self.place(at.min(self.len()) - 1);
        let own = |piece: usize| {
            let passed = if piece == last { u128::MAX >> (127 - inner) } else { u128::MAX };
            let having = self.pieces()[piece].having[kind] & passed;
            (having != 0).then(|| self.start(piece) + 127 - having.leading_zeros() as usize)
        };
        (0..=last).rev().find_map(own)
    }
}

impl<T> Clone for Group<T> {
    fn clone(&self) -> Group<T> {
        Group { shared: Arc::clone(&self.shared), shift: self.shift, moved: OnceLock::new() }
    }
}

/// The first number below `count` that `holds` is false of, where it holds of all before and of none after; else
/// `count`.
pub(super) fn first_false(count: usize, holds: impl Fn(usize) -> bool) -> usize {
    let (mut start, mut end) = (0, count);
    while start < end {
        let middle = start + (end - start) / 2;
        if holds(middle) { start = middle + 1 } else { end = middle }
    }
    start
}
