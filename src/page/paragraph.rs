//! Paragraphs: the author's text, joined from lines, and the map back to the bytes of the file.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;

use super::{Role, verbatim};

/// Bytes of a [`Joined`] text, from its start.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Span {
    /// First byte.
    pub start: u32,
    /// Past the last byte.
    pub end: u32,
}

impl Span {
    /// The span `start..end`.
    pub fn new(start: usize, end: usize) -> Span {
        debug_assert!(start <= end);
        Span { start: start as u32, end: end as u32 }
    }

    /// As a range, to slice with.
    pub fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// Whether `at` lies in the span or at its end.
    pub fn touches(self, at: usize) -> bool {
        self.start as usize <= at && at <= self.end as usize
    }
}

/// One paragraph in its place.
#[derive(Clone, Debug, PartialEq)]
pub struct Paragraph {
    /// Byte of the file at which its first character stands, past any indent.
    pub start: usize,
    /// Its lines, as indices into [`super::Page::lines`].
    pub lines: Range<usize>,
    /// What it is on the page.
    pub role: Role,
    /// What it says. Shared with the analysis before an edit when the edit left it alone.
    pub joined: Arc<Joined>,
}

impl Paragraph {
    /// The same paragraph, its lines and its bytes further on by so many, which may be negative.
    pub(super) fn shifted(&self, lines: isize, bytes: isize) -> Paragraph {
        Paragraph {
            start: self.start.wrapping_add_signed(bytes),
            lines: self.lines.start.wrapping_add_signed(lines)..self.lines.end.wrapping_add_signed(lines),
            role: self.role,
            joined: Arc::clone(&self.joined),
        }
    }

    /// The same paragraph of a Markdown file, which knows what in it is no prose; `all` of it, or what its marks say.
    pub(super) fn with_verbatim(&self, all: bool) -> Paragraph {
        let text = &self.joined.text;
        let verbatim = if all { vec![Span::new(0, text.len())] } else { verbatim::spans(text) };
        if verbatim.is_empty() {
            return self.clone();
        }
        Paragraph { joined: Arc::new(Joined { verbatim, ..(*self.joined).clone() }), ..self.clone() }
    }

    /// Byte of the file past its last character.
    pub fn end(&self) -> usize {
        self.start + self.joined.map.source_len()
    }

    /// The bytes of the file from the first to the last character of `span`, line ends between them included.
    pub fn source(&self, span: Span) -> Range<usize> {
        let range = self.joined.map.source(span);
        self.start + range.start..self.start + range.end
    }
}

/// A paragraph's text as its author wrote it, without line ends, blank lines, letter-spacing and radical code
/// points, and the way back. Holds no position in the file, so that it is equal wherever the paragraph moves.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Joined {
    /// The joined text.
    pub text: String,
    /// Where each byte of `text` comes from.
    pub map: SourceMap,
    /// The line ends that were joined, in order.
    pub breaks: Vec<Break>,
    /// Stretches of `text` that stand letter-spaced in the file.
    pub spread: Vec<Span>,
    /// Characters of `text` that stand in the file as radical code points: `⼈` U+2F08 for `人`.
    pub radicals: Vec<Span>,
    /// Stretches of `text` that are no prose, in order: code, front matter, addresses and tags of a Markdown file.
    pub verbatim: Vec<Span>,
}

impl Joined {
    /// The text with a letter for each byte that is no prose, so that offsets stay.
    pub fn prose(&self) -> Cow<'_, str> {
        if self.verbatim.is_empty() {
            return Cow::Borrowed(&self.text);
        }
        let mut prose = String::with_capacity(self.text.len());
        for span in &self.verbatim {
            prose.push_str(&self.text[prose.len()..span.start as usize]);
            prose.extend(std::iter::repeat_n('x', span.range().len()));
        }
        prose.push_str(&self.text[prose.len()..]);
        Cow::Owned(prose)
    }

    /// Whether these bytes, counted from the paragraph's first in the file, lie in a stretch that is no prose.
    pub fn is_verbatim_at(&self, bytes: &Range<usize>) -> bool {
        self.verbatim
            .iter()
            .map(|it| self.map.source(*it))
            .any(|it| it.start <= bytes.start && bytes.end <= it.end)
    }

    /// Whether none of it is prose.
    pub fn is_verbatim(&self) -> bool {
        matches!(self.verbatim[..], [span] if span.range() == (0..self.text.len()))
    }
}

impl Joined {
    /// Gives back the room that it does not need: documents hold paragraphs by the ten thousand.
    pub(super) fn shrink(&mut self) {
        self.text.shrink_to_fit();
        self.map.pieces.shrink_to_fit();
        self.breaks.shrink_to_fit();
        self.spread.shrink_to_fit();
        self.radicals.shrink_to_fit();
    }
}

/// A line end that was joined.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Break {
    /// Byte of the joined text at which the next line starts. Where a space was put between Latin words, past it.
    pub at: u32,
    /// Blank lines between the two lines.
    pub blanks: u32,
    /// Confidence of the join in thousandths.
    pub permille: u16,
    /// What the join puts between the lines: nothing between Han characters, a space between Latin words.
    pub space: bool,
}

/// Maps bytes of a joined text to bytes of the file, counted from the paragraph's first character, and back.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct SourceMap {
    /// Pieces in order; between two pieces stands what the join left out or put in.
    pieces: Vec<Piece>,
}

/// A stretch of joined text that comes from one stretch of the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct Piece {
    joined: u32,
    source: u32,
    joined_len: u32,
    /// Equal to `joined_len` when the bytes are the file's own; else the piece is one folded character.
    source_len: u32,
}

impl SourceMap {
    /// Adds a stretch that follows all earlier ones: `joined_len` bytes at `joined`, from `source_len` bytes at
    /// `source`. Stretches that touch on both sides are kept as one when their lengths are equal.
    pub fn push(&mut self, joined: usize, joined_len: usize, source: usize, source_len: usize) {
        if joined_len == source_len
            && let Some(last) = self.pieces.last_mut()
            && last.joined_len == last.source_len
            && (last.joined + last.joined_len) as usize == joined
            && (last.source + last.source_len) as usize == source
        {
            last.joined_len += joined_len as u32;
            last.source_len += source_len as u32;
            return;
        }
        self.pieces.push(Piece {
            joined: joined as u32,
            source: source as u32,
            joined_len: joined_len as u32,
            source_len: source_len as u32,
        });
    }

    /// Bytes of the file from the first to past the last character.
    pub fn source_len(&self) -> usize {
        self.pieces.last().map_or(0, |it| (it.source + it.source_len) as usize)
    }

    /// The file's bytes from the first to past the last character of `span`. O(log n).
    /// An empty span gives the empty range before the character that follows it.
    pub fn source(&self, span: Span) -> Range<usize> {
        let start = self.source_start(span.start as usize);
        if span.start >= span.end {
            start..start
        } else {
            start..self.source_end(span.end as usize).max(start)
        }
    }

    /// The file's byte at which the character at `joined` starts; the end for one past the last.
    pub fn source_start(&self, joined: usize) -> usize {
        let next = self.pieces.partition_point(|it| (it.joined + it.joined_len) as usize <= joined);
        match self.pieces.get(next) {
            Some(piece) => {
                let within = joined.saturating_sub(piece.joined as usize);
                piece.source as usize + if piece.joined_len == piece.source_len { within } else { 0 }
            }
            None => self.source_len(),
        }
    }

    /// The file's byte past the character that ends at `joined`.
    pub fn source_end(&self, joined: usize) -> usize {
        let next = self.pieces.partition_point(|it| (it.joined as usize) < joined);
        let Some(piece) = next.checked_sub(1).map(|it| &self.pieces[it]) else { return 0 };
        let within = (joined - piece.joined as usize).min(piece.joined_len as usize);
        piece.source as usize
            + if piece.joined_len == piece.source_len { within } else { piece.source_len as usize }
    }

    /// The byte of the joined text for byte `source` of the file; what the join left out maps to what follows it.
    pub fn joined(&self, source: usize) -> usize {
        let next = self.pieces.partition_point(|it| (it.source + it.source_len) as usize <= source);
        match self.pieces.get(next) {
            Some(piece) => {
                let within = source.saturating_sub(piece.source as usize);
                piece.joined as usize + if piece.joined_len == piece.source_len { within } else { 0 }
            }
            None => self.pieces.last().map_or(0, |it| (it.joined + it.joined_len) as usize),
        }
    }

    /// The file's bytes that the join left out just before the character at `joined`; empty where nothing was.
    pub fn gap(&self, joined: usize) -> Range<usize> {
        if joined == 0 {
            return 0..0;
        }
        let (end, start) = (self.source_end(joined), self.source_start(joined));
        end..start.max(end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `王⏎晋豫` with a folded radical after it: `⼈` read as `人`.
    fn map() -> SourceMap {
        let mut map = SourceMap::default();
        map.push(0, 3, 0, 3);
        map.push(3, 3, 4, 3);
        map.push(6, 3, 7, 3);
        map.push(9, 3, 10, 4);
        map
    }

    #[test]
    fn a_span_over_a_line_end_maps_to_both_halves_and_what_is_between() {
        assert_eq!(map().source(Span::new(0, 9)), 0..10);
        assert_eq!(map().source(Span::new(3, 9)), 4..10);
        assert_eq!(map().source(Span::new(0, 3)), 0..3);
        assert_eq!(map().source(Span::new(9, 12)), 10..14);
    }

    #[test]
    fn the_way_back_lands_on_the_same_character() {
        let map = map();
        for joined in [0, 3, 6, 9] {
            assert_eq!(map.joined(map.source_start(joined)), joined);
        }
        assert_eq!(map.joined(3), 3, "the line end belongs to what follows");
        assert_eq!(map.joined(12), 9, "inside a folded character is its start");
    }

    #[test]
    fn the_gap_is_what_was_left_out() {
        assert_eq!(map().gap(3), 3..4);
        assert_eq!(map().gap(6), 7..7);
        assert_eq!(map().gap(0), 0..0);
    }
}
