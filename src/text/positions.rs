//! Positions of many places of a text, one after another.

use ropey::iter::Chunks;

use super::{Encoding, Position, Text, count};

/// Gives positions as [`Text::position`] does. Cheap where places are asked for in order: what lies between one and the
/// next is looked at once. O(log n) for one that lies before the last or far behind it.
pub struct Positions<'a> {
    text: &'a Text,
    encoding: Encoding,
    /// The pieces of the text that follow.
    pieces: Chunks<'a>,
    /// The last place.
    byte: usize,
    /// Its position.
    position: Position,
    /// What is left of its piece.
    rest: &'a str,
}

/// Bytes between two places that are gone over at most.
const FAR: usize = 1 << 12;

impl<'a> Positions<'a> {
    pub(super) fn of(text: &'a Text, encoding: Encoding) -> Positions<'a> {
        let (pieces, position) = (text.rope.chunks(), Position::default());
        Positions { text, encoding, pieces, byte: 0, position, rest: "" }
    }

    /// The position of `byte`, which is clamped as by [`Text::position`].
    pub fn at(&mut self, byte: usize) -> Position {
        match byte.checked_sub(self.byte) {
            Some(0..FAR) if self.walk(byte) => self.position,
            _ => self.jump(byte),
        }
    }

    /// Goes on to `byte`; false where no character starts.
    fn walk(&mut self, byte: usize) -> bool {
        while byte - self.byte > self.rest.len() {
            self.pass(self.rest.len());
            let Some(piece) = self.pieces.next() else { return false };
            self.rest = piece;
        }
        let within = byte - self.byte;
        // No place is between `\r` and `\n`.
        let inside = self.rest.is_char_boundary(within) && !self.rest[..within].ends_with('\r');
        if inside {
            self.pass(within);
        }
        inside
    }

    /// Goes over the first `bytes` of the rest.
    fn pass(&mut self, bytes: usize) {
        let (passed, rest) = self.rest.split_at(bytes);
        let [ends, returns] = [b'\n', b'\r'].map(|end| count(passed, |it| it == end));
        // Of `\r\n` one counts.
        let both = if returns > 0 { passed.matches("\r\n").count() } else { 0 };
        let lines = ends + returns - both;
        let line = match lines {
            0 => passed,
            _ => {
                self.position = Position { line: self.position.line + lines as u32, column: 0 };
                &passed[passed.rfind(['\n', '\r']).map_or(0, |it| it + 1)..]
            }
        };
        self.position.column += self.encoding.units(line) as u32;
        self.byte += bytes;
        self.rest = rest;
    }

    /// Starts anew at `byte`.
    fn jump(&mut self, byte: usize) -> Position {
        let position = self.text.position(byte, self.encoding);
        let start = self.text.floor(byte);
        let (mut pieces, piece, ..) = self.text.rope.chunks_at_byte(start);
        let rest = pieces.next().and_then(|it| it.get(start - piece..)).unwrap_or_default();
        *self = Positions { byte: start, position, rest, pieces, ..*self };
        position
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn places_in_any_order_have_the_positions_of_the_text(
            pieces in proptest::collection::vec("(疫情就是命令){0,40}|𬱖|a|\\r\\n|\\r|\\n", 0..120),
            places in proptest::collection::vec((0_usize..9000, 0_usize..40), 0..60),
        ) {
            let text = Text::new(&pieces.concat());
            for encoding in [Encoding::Utf8, Encoding::Utf16, Encoding::Utf32] {
                let mut positions = Positions::of(&text, encoding);
                let mut at = 0;
                for (far, near) in &places {
                    at = if far % 3 == 0 { *far } else { at + near };
                    prop_assert_eq!(positions.at(at), text.position(at, encoding), "{}", at);
                }
            }
        }
    }
}
