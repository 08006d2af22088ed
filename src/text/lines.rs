//! The lines of a text that is kept in pieces.

use std::borrow::Cow;
use std::ops::Range;

/// Goes over lines: the bytes of each without its line end, and its content; borrowed where one piece holds all of it.
/// O(its bytes) a line.
pub(super) struct Lines<'a, P> {
    /// The pieces that follow.
    pieces: P,
    /// What is left of the piece that is gone over; `None` past the last line.
    rest: Option<&'a str>,
    /// The byte at which it starts.
    start: usize,
}

impl<'a, P: Iterator<Item = &'a str>> Lines<'a, P> {
    /// The lines from byte `start` on, which is `skipped` bytes into the first of `pieces`.
    pub(super) fn of(mut pieces: P, skipped: usize, start: usize) -> Lines<'a, P> {
        let rest = pieces.next().and_then(|it| it.get(skipped..)).unwrap_or_default();
        Lines { pieces, rest: Some(rest), start }
    }

    /// What follows a line that ends at byte `end` of `rest`. No piece ends between `\r` and `\n`, but a reader of lines
    /// need not know.
    fn past(&mut self, rest: &'a str, end: usize) -> (&'a str, usize) {
        match &rest.as_bytes()[end..] {
            [b'\r', b'\n', ..] => (&rest[end + 2..], 2),
            [b'\r'] => {
                let next = self.pieces.find(|it| !it.is_empty()).unwrap_or_default();
                next.strip_prefix('\n').map_or((next, 1), |it| (it, 2))
            }
            _ => (&rest[end + 1..], 1),
        }
    }
}

impl<'a, P: Iterator<Item = &'a str>> Iterator for Lines<'a, P> {
    type Item = (Range<usize>, Cow<'a, str>);

    fn next(&mut self) -> Option<Self::Item> {
        let mut rest = self.rest?;
        let mut content = Cow::Borrowed("");
        let line_end = loop {
            let end = rest.bytes().position(|it| matches!(it, b'\n' | b'\r'));
            let piece = &rest[..end.unwrap_or(rest.len())];
            if content.is_empty() {
                content = Cow::Borrowed(piece);
            } else if !piece.is_empty() {
                content.to_mut().push_str(piece);
            }
            if let Some(end) = end {
                let (next, line_end) = self.past(rest, end);
                self.rest = Some(next);
                break line_end;
            }
            let Some(next) = self.pieces.next() else {
                self.rest = None;
                break 0;
            };
            rest = next;
        };
        let range = self.start..self.start + content.len();
        self.start = range.end + line_end;
        Some((range, content))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_the_same_however_the_text_lies_in_pieces() {
        let text = "一\r\n\r二\n\n三四\r";
        let whole: Vec<_> = Lines::of([text].into_iter(), 0, 0).collect();
        let contents: Vec<&str> = whole.iter().map(|it| &*it.1).collect();
        assert_eq!(contents, ["一", "", "二", "", "三四", ""]);
        assert!(whole.iter().all(|it| text[it.0.clone()] == it.1));
        for one in (0..=text.len()).filter(|it| text.is_char_boundary(*it)) {
            for two in (one..=text.len()).filter(|it| text.is_char_boundary(*it)) {
                let pieces = [&text[..one], &text[one..two], &text[two..]];
                assert_eq!(Lines::of(pieces.into_iter(), 0, 0).collect::<Vec<_>>(), whole, "{one} {two}");
            }
        }
        assert_eq!(Lines::of([text].into_iter(), 6, 6).collect::<Vec<_>>(), whole[2..]);
    }

    #[test]
    fn a_text_of_nothing_is_one_line() {
        assert_eq!(Lines::of([""; 0].into_iter(), 0, 0).collect::<Vec<_>>(), [(0..0, Cow::Borrowed(""))]);
    }
}
