//! All that can be mended unseen, mended until nothing more changes.
//!
//! Where two fixes overlap, the second waits for the first; and once lines are joined, what was only suspected before may
//! be certain: a blank line that is missing between two paragraphs. So the mended text is looked at again.

use std::collections::VecDeque;
use std::ops::Range;

use super::Analysis;
use crate::text::Edit;

/// How often the mended text is looked at again, at most.
const ROUNDS: usize = 8;

impl Analysis {
    /// What mends all that can be mended unseen, disjoint and in order, and the analysis of the text after it; `None`
    /// when there is nothing to mend. Costs a reading of the document for each round, of which two are common.
    pub fn mended(&self) -> Option<(Vec<Edit>, Analysis)> {
        let mut edits = Vec::new();
        let mut analysis: Option<Analysis> = None;
        for _ in 0..ROUNDS {
            let current = analysis.as_ref().unwrap_or(self);
            let round = current.safe_edits(None);
            let mut text = current.text().clone();
            text.apply_all(&round);
            if text == *current.text() {
                break;
            }
            edits = composed(&edits, &round, self.text.len());
            analysis = Some(current.edited(&text, &self.settings, &|| false)?);
        }
        analysis.filter(|it| it.text() != self.text()).map(|it| (edits, it))
    }
}

/// The edits that do at once what `first` and then `second` do to a text of `length` bytes: the ranges of `first` and of
/// the result refer to the text before both, those of `second` to the text between them. All are disjoint and in order.
fn composed(first: &[Edit], second: &[Edit], length: usize) -> Vec<Edit> {
    let mut between = Pieces::default();
    let mut at = 0;
    for edit in first {
        between.0.push_back(Piece::Kept(at..edit.range.start));
        between.0.push_back(Piece::Written(edit.text.clone()));
        at = edit.range.end;
    }
    between.0.push_back(Piece::Kept(at..length));

    let mut after = Vec::new();
    let mut at = 0;
    for edit in second {
        between.take(edit.range.start - at, |it| after.push(it));
        between.take(edit.range.len(), drop);
        after.push(Piece::Written(edit.text.clone()));
        at = edit.range.end;
    }
    between.take(usize::MAX, |it| after.push(it));

    let mut edits = Vec::new();
    let mut open = Edit { range: 0..0, text: String::new() };
    for piece in after.into_iter().chain([Piece::Kept(length..length)]) {
        match piece {
            Piece::Written(text) => open.text.push_str(&text),
            // Nothing of it is left, so that it parts no two edits.
            Piece::Kept(range) if range.is_empty() && range.start < length => {}
            Piece::Kept(range) => {
                open.range.end = range.start;
                if !open.range.is_empty() || !open.text.is_empty() {
                    edits.push(open);
                }
                open = Edit { range: range.end..range.end, text: String::new() };
            }
        }
    }
    edits
}

/// A stretch of a text that was made of another one.
enum Piece {
    /// These bytes of the other text.
    Kept(Range<usize>),
    /// What an edit wrote.
    Written(String),
}

/// What a text is made of, in order.
#[derive(Default)]
struct Pieces(VecDeque<Piece>);

impl Pieces {
    /// Takes the first `length` bytes, or all that there are, and hands them on.
    fn take(&mut self, mut length: usize, mut hand: impl FnMut(Piece)) {
        while length > 0
            && let Some(piece) = self.0.pop_front()
        {
            let whole = match &piece {
                Piece::Kept(range) => range.len(),
                Piece::Written(text) => text.len(),
            };
            if whole <= length {
                length -= whole;
                hand(piece);
                continue;
            }
            let (taken, rest) = match piece {
                Piece::Kept(range) => {
                    let middle = range.start + length;
                    (Piece::Kept(range.start..middle), Piece::Kept(middle..range.end))
                }
                Piece::Written(mut text) => {
                    let rest = text.split_off(length);
                    (Piece::Written(text), Piece::Written(rest))
                }
            };
            hand(taken);
            self.0.push_front(rest);
            length = 0;
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::text::Text;

    /// Disjoint edits in order of a text of `length` bytes.
    fn edits(length: usize) -> impl Strategy<Value = Vec<Edit>> {
        prop::collection::vec((0..=length, 0..4_usize, "[a-c]{0,3}"), 0..6).prop_map(move |mut drawn| {
            drawn.sort();
            let mut end = None;
            let mut edits: Vec<Edit> = Vec::new();
            for (start, long, text) in drawn {
                if end.is_none_or(|end| start > end) {
                    let range = start..(start + long).min(length);
                    end = Some(range.end);
                    edits.push(Edit { range, text });
                }
            }
            edits
        })
    }

    proptest! {
        #[test]
        fn two_steps_at_once_do_what_they_do_one_after_the_other(
            (first, second) in edits(20).prop_flat_map(|first| {
                let mut text = Text::new("01234567890123456789");
                text.apply_all(&first);
                (Just(first), edits(text.len()))
            })
        ) {
            let mut stepped = Text::new("01234567890123456789");
            let mut at_once = stepped.clone();
            stepped.apply_all(&first);
            stepped.apply_all(&second);
            let length = at_once.len();
            at_once.apply_all(&composed(&first, &second, length));
            prop_assert_eq!(at_once.to_source(), stepped.to_source());
        }
    }
}
