//! What is shown while someone types: away from the typing it stays as it was until the typing pauses.
//!
//! Half a clause reads otherwise than the whole one: a paragraph that has no stop yet seems to go on in the next one, a
//! count that was settled is tied. Findings far from the cursor would come and go with each key. An analysis has no
//! memory, so that an edited one equals the one from scratch; the memory is here, between what was found and what is
//! shown. `examples/flicker.rs` counts what it saves.

use std::ops::Range;

use crate::text::Text;

/// An edit as typing makes it: some characters at one place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Typing {
    /// The lines that it bears upon, in the text before and in the text after.
    zone: [Range<usize>; 2],
}

/// Bytes that a key, or what an input method commits at once, writes or deletes at most.
const LONGEST: usize = 96;
/// Lines on either side of the edited ones that belong to it.
const NEAR: usize = 1;
/// Lines on either side of these that a reader sees as well.
const BESIDE: usize = 40;

impl Typing {
    /// The typing that made `after` of `before`; `None` where something else did: a paste, a fix of much at once.
    pub fn between(before: &Text, after: &Text) -> Option<Typing> {
        let (head, tail) = before.shared(after);
        let one = |text: &Text| {
            let end = text.len() - tail;
            let (first, last) = (text.line_of(head), text.line_of(end));
            let few = end - head <= LONGEST && last - first <= 1;
            few.then(|| first.saturating_sub(NEAR)..last + NEAR + 1)
        };
        Some(Typing { zone: [one(before)?, one(after)?] })
    }

    /// Whether lines of the text before (`old`), or of the text after, are near the typing, but not so near that it bears
    /// upon them.
    pub fn is_beside(&self, [first, last]: [usize; 2], old: bool) -> bool {
        let zone = &self.zone[usize::from(!old)];
        last < zone.start && zone.start - last <= BESIDE || first >= zone.end && first - zone.end < BESIDE
    }

    /// What to show now: of what is `shown` all that stands away from the typing, moved with its lines by `moved`, and
    /// of what was `found` all that the typing bears upon. `lines` gives the first and the last line of one. Both lists
    /// are in the order of their first lines, and so is what is given. O(shown + found).
    pub fn steadied<T: Clone>(
        &self,
        shown: &[T],
        found: &[T],
        lines: impl Fn(&T) -> [usize; 2],
        moved: impl Fn(&T, isize) -> T,
    ) -> Vec<T> {
        let [old, new] = &self.zone;
        let by = new.end as isize - old.end as isize;
        let before = shown.iter().filter(|it| lines(it)[1] < old.start).cloned();
        let near = found.iter().filter(|it| lines(it)[1] >= new.start && lines(it)[0] < new.end).cloned();
        let after = shown.iter().filter(|it| lines(it)[0] >= old.end).map(|it| moved(it, by));
        before.chain(near).chain(after).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn zone(before: &str, after: &str) -> Option<[Range<usize>; 2]> {
        Typing::between(&Text::new(before), &Text::new(after)).map(|it| it.zone)
    }

    #[test]
    fn a_key_bears_upon_its_line_and_the_lines_beside_it() {
        assert_eq!(zone("一\n二\n三\n四\n五", "一\n二\n三啊\n四\n五"), Some([1..4, 1..4]));
        assert_eq!(zone("一\n二\n三\n四", "一\n二\n三\n\n四").map(|it| it[1].len()), Some(4));
        assert_eq!(zone("一\n二\n三\n四", "一\n二三\n四").map(|it| it[0].len()), Some(4));
    }

    #[test]
    fn lines_beside_the_typing_are_those_that_it_does_not_bear_upon() {
        let typing = Typing { zone: [100..103, 100..104] };
        let beside = |old| (0..200).filter(|it| typing.is_beside([*it, *it], old)).collect::<Vec<_>>();
        assert_eq!(beside(true), (60..100).chain(103..143).collect::<Vec<_>>());
        assert_eq!(beside(false), (60..100).chain(104..144).collect::<Vec<_>>());
    }

    #[test]
    fn a_paste_and_a_fix_of_everything_are_no_typing() {
        assert_eq!(zone("一", &"疫情".repeat(40)), None);
        assert_eq!(zone("一\n二", "一\n\n\n二"), None);
        assert_eq!(zone("一\n二\n三\n四", "一二三四"), None);
    }

    #[test]
    fn what_stands_away_stays_and_moves_with_its_lines() {
        let typing = Typing { zone: [3..6, 3..7] };
        let lines = |it: &(usize, &str)| [it.0, it.0];
        let moved = |it: &(usize, &'static str), by: isize| (it.0.wrapping_add_signed(by), it.1);
        let shown = [(0, "stays"), (4, "goes"), (8, "moves")];
        let found = [(1, "waits"), (5, "comes"), (20, "waits")];
        let now = typing.steadied(&shown, &found, lines, moved);
        assert_eq!(now, [(0, "stays"), (5, "comes"), (9, "moves")]);
    }
}
