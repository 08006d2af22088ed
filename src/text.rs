//! The text of one document: a rope, edited in place, addressed in bytes.
//!
//! This is the only file that names `ropey`. Everything inside jiaodui counts **bytes of UTF-8** from the
//! start of the text; lines and columns exist only at the edge, where [`Text::offset`] and [`Text::position`]
//! translate the client's UTF-8, UTF-16 or UTF-32 columns.
//!
//! Lines end at `\n`, `\r\n` or `\r`, as the LSP has it. A form feed, U+0085 or U+2028 ends no line here, since
//! no client counts it as one; pdftotext writes a form feed before each page.

mod lines;
mod positions;
mod set;

use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use ropey::{Rope, RopeSlice};

use lines::Lines;
pub use positions::Positions;
pub use set::CharSet;

/// A document's text. Cloning is O(1): clones share the tree until one is edited.
#[derive(Clone, Debug, Default)]
pub struct Text {
    rope: Rope,
    trail: Trail,
}

/// The unit in which a client counts columns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// Bytes.
    Utf8,
    /// UTF-16 code units; what the LSP assumes when nothing was negotiated.
    Utf16,
    /// Unicode scalar values.
    Utf32,
}

impl Encoding {
    /// Units that `text` takes.
    fn units(self, text: &str) -> usize {
        let astral = || count(text, |it| it >= 0xf0);
        let chars = || count(text, |it| !(0x80..0xc0).contains(&it));
        match self {
            Encoding::Utf8 => text.len(),
            // Characters of four bytes take two units.
            Encoding::Utf16 => chars() + astral(),
            Encoding::Utf32 => chars(),
        }
    }
}

/// A place as clients count it: a 0-based line and a column in units of an [`Encoding`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// 0-based line.
    pub line: u32,
    /// Units of the negotiated [`Encoding`] before the place, on its line.
    pub column: u32,
}

/// A replacement of the bytes `range` by `text`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// Bytes replaced; empty for an insertion.
    pub range: Range<usize>,
    /// What stands there afterwards.
    pub text: String,
}

impl Edit {
    /// The same edit, `by` bytes further on.
    pub fn shifted(mut self, by: usize) -> Edit {
        self.range = self.range.start.wrapping_add(by)..self.range.end.wrapping_add(by);
        self
    }
}

/// A position that no reading of the LSP can place: it would cut a character in two.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SplitCharacter {
    /// The position that was asked for.
    pub position: Position,
    /// The byte at which the cut character starts.
    pub start: usize,
}

impl Text {
    /// The text `source`, kept byte for byte.
    pub fn new(source: &str) -> Text {
        Text { rope: Rope::from_str(source), trail: Trail::default() }
    }

    /// Length in bytes.
    pub fn len(&self) -> usize {
        self.rope.len_bytes()
    }

    /// Whether there is no text at all.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Number of lines, at least 1; text after the last line end is a line, even when empty.
    pub fn line_count(&self) -> usize {
        self.rope.len_lines()
    }

    /// The bytes of `line` (0-based) without its line end. A line past the end is the empty range at the end.
    pub fn line_range(&self, line: usize) -> Range<usize> {
        if line >= self.line_count() {
            return self.len()..self.len();
        }
        let start = self.rope.line_to_byte(line);
        let slice = self.rope.line(line);
        start..start + slice.len_bytes() - line_end_len(&slice)
    }

    /// The first byte of `line` (0-based); the end of the text for a line past it.
    pub fn line_start(&self, line: usize) -> usize {
        if line >= self.line_count() { self.len() } else { self.rope.line_to_byte(line) }
    }

    /// The content of `line` (0-based) without its line end; borrowed where the rope holds it in one piece.
    pub fn line(&self, line: usize) -> Cow<'_, str> {
        self.slice(self.line_range(line))
    }

    /// All lines in order: the bytes of each without its line end, and its content. O(its bytes) a line.
    pub fn lines(&self) -> impl Iterator<Item = (Range<usize>, Cow<'_, str>)> {
        Lines::of(self.rope.chunks(), 0, 0)
    }

    /// The lines `lines` (0-based), as [`Text::lines`] gives them. O(log n), and O(its bytes) a line.
    pub fn lines_in(&self, lines: Range<usize>) -> impl Iterator<Item = (Range<usize>, Cow<'_, str>)> {
        let first = lines.start.min(self.line_count());
        let start = self.rope.line_to_byte(first);
        let (pieces, piece, ..) = self.rope.chunks_at_byte(start);
        let count = self.line_count().min(lines.end).saturating_sub(first);
        Lines::of(pieces, start - piece, start).take(count)
    }

    /// How many bytes at the start and at the end of `other` are those of this text, the two not overlapping; they may
    /// end inside a character. Of texts that came from one another by a few edits, O(log n) and the bytes that were
    /// edited; of others that share pieces O(pieces) and the bytes of those that differ.
    pub fn shared(&self, other: &Text) -> (usize, usize) {
        let most = self.len().min(other.len());
        let [one, two] = [&self.rope, &other.rope];
        if let Some((head, tail)) = self.trail.since(&other.trail).or_else(|| other.trail.since(&self.trail))
        {
            let head = head.min(most);
            let head = head + common(one.bytes_at(head), two.bytes_at(head)).min(most - head);
            let tail = tail.min(most - head);
            let ends = [one, two].map(|it| it.bytes_at(it.len_bytes() - tail).reversed());
            let [one, two] = ends;
            return (head, tail + common(one, two).min(most - head - tail));
        }
        let head = alike(one.chunks(), two.chunks(), |one, two| common(one.bytes(), two.bytes()));
        let tail =
            alike(backward(one), backward(two), |one, two| common(one.bytes().rev(), two.bytes().rev()));
        let head = head.min(most);
        (head, tail.min(most - head))
    }

    /// The 0-based line that holds `byte`; the last one for a byte past the end.
    pub fn line_of(&self, byte: usize) -> usize {
        self.rope.byte_to_line(byte.min(self.len()))
    }

    /// The text of a byte range. Ends past the text or inside a character are moved back to where text is.
    pub fn slice(&self, range: Range<usize>) -> Cow<'_, str> {
        let start = self.floor(range.start);
        let end = self.floor(range.end).max(start);
        Cow::from(self.rope.byte_slice(start..end))
    }

    /// The character that starts at `byte`, if one does.
    pub fn char_at(&self, byte: usize) -> Option<char> {
        self.rope.get_char(self.rope.try_byte_to_char(byte).ok()?)
    }

    /// `byte`, or the start of the character it stands in, or the end of the text.
    pub fn floor(&self, byte: usize) -> usize {
        let byte = byte.min(self.len());
        self.rope.char_to_byte(self.rope.byte_to_char(byte))
    }

    /// The line end of the first line, by which the file's own style is known; `\n` where there is none. O(log n).
    pub fn line_end(&self) -> &'static str {
        let first = self.rope.line(0);
        match line_end_len(&first) {
            2 => "\r\n",
            1 if first.char(first.len_chars() - 1) == '\r' => "\r",
            _ => "\n",
        }
    }

    /// The first `len` bytes, or to the start of the character there. O(log n).
    pub fn start(&self, len: usize) -> Text {
        let mut rope = self.rope.clone();
        let end = self.floor(len);
        rope.remove(self.rope.byte_to_char(end)..);
        Text { rope, trail: self.trail.after(end, 0) }
    }

    /// The whole text as one string. O(n): for the edge (saving, tests), not for the analysis.
    pub fn to_source(&self) -> String {
        self.rope.to_string()
    }

    /// The byte at `position`.
    ///
    /// A column past the end of its line is the end of that line (LSP 3.17, Position), a line past the last one
    /// the end of the text.
    ///
    /// # Errors
    /// [`SplitCharacter`] where the column falls inside a character: between surrogates, or inside UTF-8 bytes.
    pub fn offset(&self, position: Position, encoding: Encoding) -> Result<usize, SplitCharacter> {
        let range = self.line_range(position.line as usize);
        if position.line as usize >= self.line_count() {
            return Ok(range.end);
        }
        let line = self.rope.byte_slice(range.clone());
        let column = position.column as usize;
        let (byte, exact) = match encoding {
            Encoding::Utf8 => {
                let column = column.min(line.len_bytes());
                let byte = line.char_to_byte(line.byte_to_char(column));
                (byte, byte == column)
            }
            Encoding::Utf16 => {
                let column = column.min(line.len_utf16_cu());
                let char = line.utf16_cu_to_char(column);
                (line.char_to_byte(char), line.char_to_utf16_cu(char) == column)
            }
            Encoding::Utf32 => (line.char_to_byte(column.min(line.len_chars())), true),
        };
        let start = range.start + byte;
        if exact { Ok(start) } else { Err(SplitCharacter { position, start }) }
    }

    /// The position of `byte`, which is clamped to the text and to the start of its character.
    /// A byte inside `\r\n` is the end of its line.
    pub fn position(&self, byte: usize, encoding: Encoding) -> Position {
        let byte = self.floor(byte);
        let line = self.rope.byte_to_line(byte);
        let range = self.line_range(line);
        let before = self.rope.byte_slice(range.start..byte.min(range.end));
        let column = match encoding {
            Encoding::Utf8 => before.len_bytes(),
            Encoding::Utf16 => before.len_utf16_cu(),
            Encoding::Utf32 => before.len_chars(),
        };
        Position { line: line as u32, column: column as u32 }
    }

    /// The positions of places that are asked for one after another, as [`Text::position`] gives them.
    pub fn positions(&self, encoding: Encoding) -> Positions<'_> {
        Positions::of(self, encoding)
    }

    /// Replaces `edit.range` by `edit.text`. O(log n + inserted text).
    /// A range that is out of bounds, reversed or inside a character is clamped as in [`Text::slice`].
    pub fn apply(&mut self, edit: &Edit) {
        let start = self.floor(edit.range.start);
        let end = self.floor(edit.range.end).max(start);
        self.trail = self.trail.after(start, self.len() - end);
        let (start, end) = (self.rope.byte_to_char(start), self.rope.byte_to_char(end));
        self.rope.remove(start..end);
        self.rope.insert(start, &edit.text);
    }

    /// Applies `edits` as one step: their ranges all refer to the text before, and do not overlap.
    pub fn apply_all(&mut self, edits: &[Edit]) {
        let mut ordered: Vec<&Edit> = edits.iter().collect();
        ordered.sort_by_key(|edit| (edit.range.start, edit.range.end));
        for edit in ordered.into_iter().rev() {
            self.apply(edit);
        }
    }
}

impl PartialEq for Text {
    fn eq(&self, other: &Text) -> bool {
        self.rope == other.rope
    }
}

/// How a text came about: the edits that made it of an earlier one, which tell what two texts have in common.
#[derive(Clone, Debug)]
struct Trail {
    /// Names the text among all.
    name: u64,
    /// The texts that it came from, the latest last: their names, and how many bytes at the start and at the end the edit
    /// of each left alone.
    before: Arc<[(u64, usize, usize)]>,
}

/// Edits that a text remembers.
const EDITS: usize = 64;

impl Trail {
    /// The trail of this text after an edit that leaves `head` bytes at the start alone and `tail` at the end.
    fn after(&self, head: usize, tail: usize) -> Trail {
        let forgotten = (self.before.len() + 1).saturating_sub(EDITS);
        let known = self.before[forgotten..].iter().copied();
        Trail { before: known.chain([(self.name, head, tail)]).collect(), ..Trail::default() }
    }

    /// How many bytes at the start and at the end have been left alone since the text of the trail `other`.
    fn since(&self, other: &Trail) -> Option<(usize, usize)> {
        if self.name == other.name {
            return Some((usize::MAX, usize::MAX));
        }
        let from = self.before.iter().rposition(|it| it.0 == other.name)?;
        let fold = |least: (usize, usize), it: &(u64, usize, usize)| (least.0.min(it.1), least.1.min(it.2));
        Some(self.before[from..].iter().fold((usize::MAX, usize::MAX), fold))
    }
}

impl Default for Trail {
    /// That of a text that nothing is known of.
    fn default() -> Trail {
        static NAMES: AtomicU64 = AtomicU64::new(0);
        Trail { name: NAMES.fetch_add(1, Ordering::Relaxed), before: Arc::default() }
    }
}

/// How many bytes of `text` are `wanted`. Counted in bytes, sixteen at a time.
fn count(text: &str, wanted: impl Fn(u8) -> bool) -> usize {
    let few = |some: &[u8]| some.iter().map(|it| u8::from(wanted(*it))).sum::<u8>();
    text.as_bytes().chunks(240).map(|it| usize::from(few(it))).sum()
}

/// How many bytes two runs start with alike.
fn common(one: impl Iterator<Item = u8>, two: impl Iterator<Item = u8>) -> usize {
    one.zip(two).take_while(|it| it.0 == it.1).count()
}

/// The pieces of a rope, the last one first.
fn backward(rope: &Rope) -> impl Iterator<Item = &str> {
    rope.chunks_at_byte(rope.len_bytes()).0.reversed()
}

/// How many bytes two texts have in common, of which `one` and `two` give the pieces, from the side that `common` counts
/// the common bytes of two pieces on. Stops at the first piece that differs, where pieces are the same in memory they
/// are not looked into.
fn alike<'a>(
    mut one: impl Iterator<Item = &'a str>,
    mut two: impl Iterator<Item = &'a str>,
    common: impl Fn(&str, &str) -> usize,
) -> usize {
    let mut sum = 0;
    while let (Some(one), Some(two)) = (one.next(), two.next()) {
        if !std::ptr::eq(one, two) && one != two {
            return sum + common(one, two);
        }
        sum += one.len();
    }
    sum
}

/// Bytes of the line end that `line` closes with: 0, 1, or 2 for `\r\n`.
fn line_end_len(line: &RopeSlice<'_>) -> usize {
    let mut chars = line.chars_at(line.len_chars());
    match chars.prev() {
        Some('\n') => 1 + usize::from(chars.prev() == Some('\r')),
        Some('\r') => 1,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(line: u32, column: u32) -> Position {
        Position { line, column }
    }

    #[test]
    fn counts_lines_as_the_protocol_does() {
        for (source, lines) in [
            ("", vec![""]),
            ("王", vec!["王"]),
            ("王\n", vec!["王", ""]),
            ("王\r\n晋\r豫\n\n", vec!["王", "晋", "豫", "", ""]),
            ("一\u{c}二\u{2028}三\u{85}四", vec!["一\u{c}二\u{2028}三\u{85}四"]),
        ] {
            let text = Text::new(source);
            assert_eq!(
                (0..text.line_count()).map(|it| text.line(it).into_owned()).collect::<Vec<_>>(),
                lines
            );
            assert_eq!(text.lines().map(|(_, it)| it.into_owned()).collect::<Vec<_>>(), lines);
        }
    }

    #[test]
    fn the_first_line_tells_the_line_end() {
        for (source, end) in
            [("", "\n"), ("王", "\n"), ("王\r\n晋\n", "\r\n"), ("\r晋", "\r"), ("王\n晋\r\n", "\n")]
        {
            assert_eq!(Text::new(source).line_end(), end);
        }
    }

    #[test]
    fn an_astral_character_is_four_bytes_two_units_one_scalar() {
        let text = Text::new("周𬱖说");
        for (encoding, columns) in [
            (Encoding::Utf8, [0, 3, 7, 10]),
            (Encoding::Utf16, [0, 1, 3, 4]),
            (Encoding::Utf32, [0, 1, 2, 3]),
        ] {
            for (byte, column) in [0, 3, 7, 10].into_iter().zip(columns) {
                assert_eq!(text.position(byte, encoding), at(0, column));
                assert_eq!(text.offset(at(0, column), encoding), Ok(byte));
            }
        }
    }

    #[test]
    fn a_column_past_the_line_is_its_end_and_a_line_past_the_text_is_the_texts_end() {
        let text = Text::new("王\r\n晋豫");
        assert_eq!(text.offset(at(0, 99), Encoding::Utf16), Ok(3));
        assert_eq!(text.offset(at(7, 0), Encoding::Utf16), Ok(text.len()));
        assert_eq!(text.position(4, Encoding::Utf16), at(0, 1));
    }

    #[test]
    fn a_column_between_surrogates_is_an_error_that_says_where() {
        let text = Text::new("周𬱖说");
        assert_eq!(
            text.offset(at(0, 2), Encoding::Utf16),
            Err(SplitCharacter { position: at(0, 2), start: 3 })
        );
        assert_eq!(
            text.offset(at(0, 4), Encoding::Utf8),
            Err(SplitCharacter { position: at(0, 4), start: 3 })
        );
    }

    #[test]
    fn edits_of_one_step_refer_to_the_text_before() {
        let mut text = Text::new("王\n晋\n豫");
        text.apply_all(&[Edit { range: 3..4, text: String::new() }, Edit { range: 7..8, text: "·".into() }]);
        assert_eq!(text.to_source(), "王晋·豫");
    }

    #[test]
    fn texts_share_what_an_edit_left_alone() {
        for lines in [0, 1, 3, 1000] {
            let before = Text::new(&"疫情就是命令\n".repeat(lines));
            for at in [0, before.len() / 2, before.len()] {
                let at = before.floor(at);
                let mut after = before.clone();
                after.apply(&Edit { range: at..at, text: "责任".into() });
                let (head, tail) = before.shared(&after);
                assert!(head <= at + 6 && tail <= before.len() - at + 6, "{lines} {at}");
                assert!(lines == 0 || before.len() - head - tail <= 6, "{lines} {at}: {head} {tail}");
                assert!(head + tail <= before.len());
                assert!(before.len() - head - tail < 3000, "{lines} {at}: {head} {tail}");
                let (old, new) = (before.to_source(), after.to_source());
                assert_eq!(old.as_bytes()[..head], new.as_bytes()[..head]);
                assert_eq!(old.as_bytes()[old.len() - tail..], new.as_bytes()[new.len() - tail..]);
            }
            assert_eq!(before.shared(&before.clone()).0, before.len());
        }
    }

    #[test]
    fn what_texts_share_is_the_same_with_and_without_a_memory_of_the_edits() {
        let mut texts = vec![Text::new(&"疫情就是命令，防控就是责任。\n".repeat(200))];
        let edits = [
            (40, 3, "校"),
            (4000, 0, "\n"),
            (0, 0, "新"),
            (43, 3, ""),
            (7000, 300, ""),
            (9, 0, ""),
            (0, 90, "𬱖"),
        ];
        for (start, len, new) in edits {
            let mut text = texts[texts.len() - 1].clone();
            text.apply(&Edit { range: start..start + len, text: new.into() });
            texts.push(text);
        }
        for one in &texts {
            for two in &texts {
                let (a, b) = (one.to_source(), two.to_source());
                let head = a.bytes().zip(b.bytes()).take_while(|it| it.0 == it.1).count();
                let tail = a.bytes().rev().zip(b.bytes().rev()).take_while(|it| it.0 == it.1).count();
                assert_eq!(one.shared(two), (head, tail.min(a.len().min(b.len()) - head)));
            }
        }
        assert_eq!(texts[7].trail.since(&Text::new(&texts[0].to_source()).trail), None);
    }

    #[test]
    fn a_text_remembers_no_more_than_its_last_edits() {
        let first = Text::new("王");
        let mut text = first.clone();
        for count in 1..=EDITS + 1 {
            text.apply(&Edit { range: 0..0, text: "校".into() });
            assert_eq!(text.trail.since(&first.trail).is_some(), count <= EDITS, "{count}");
            assert_eq!(first.shared(&text), (0, 3));
        }
    }

    #[test]
    fn an_edit_out_of_bounds_is_clamped() {
        let mut text = Text::new("王𬱖");
        text.apply(&Edit { range: 5..99, text: "x".into() });
        assert_eq!(text.to_source(), "王x");
    }
}
