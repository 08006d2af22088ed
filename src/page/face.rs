//! What a line shows by itself, whatever stands around it: made with the line, so that an edit looks at its own lines
//! only.

use super::alone::Alone;
use super::column;
use super::mark::{self, End, Start};
use crate::lexicon::is_ideograph;

/// What a line looks like as a heading.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub(crate) enum Shape {
    /// No heading: too long, or with the marks of running text.
    #[default]
    Text,
    /// Words in quotation marks and nothing else: `“我上”`.
    Quoted,
    /// Up to 5 characters.
    Tiny,
    /// Up to 9.
    Short,
    /// Up to 14.
    Middle,
    /// Up to 22.
    Long,
    /// Up to 40.
    Longer,
}

/// The face of a line: what its squashed characters show.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Face {
    pub(crate) end: End,
    pub(crate) start: Start,
    pub(crate) shape: Shape,
    /// What it is as a whole.
    pub(crate) alone: Alone,
    /// Width of its first part that may not be broken, in ideographs.
    pub(crate) cluster: f32,
    /// Whether it holds letters of ASCII.
    pub(crate) has_letters: bool,
    /// Whether it holds ideographs and no mark that parts sentences or clauses.
    pub(crate) is_bare: bool,
    /// How many more quotation marks and brackets it opens than it closes.
    opened: i8,
    /// How many are open at its end when none was at its start.
    open: i8,
}

/// No more open marks than so many are told apart.
const DEEPEST: i32 = 9;

impl Face {
    /// The face of squashed `text`, which is a byline or not.
    pub(crate) fn of(text: &[char], is_byline: bool) -> Face {
        let (mut opened, mut open) = (0i32, 0i32);
        let (mut has_han, mut has_letters, mut has_parts) = (false, false, false);
        for c in text {
            match c {
                _ if is_ideograph(*c) => has_han = true,
                '“' | '‘' | '《' | '（' | '「' | '『' | '【' => {
                    opened += 1;
                    open += 1;
                }
                '”' | '’' | '》' | '）' | '」' | '』' | '】' => {
                    opened -= 1;
                    open = (open - 1).max(0);
                }
                '，' | '。' | '、' | '；' | '：' | '！' | '？' | ',' => has_parts = true,
                'a'..='z' | 'A'..='Z' => has_letters = true,
                _ => has_han |= mark::is_han(*c),
            }
        }
        Face {
            end: End::of(text),
            start: Start::of(text),
            shape: if is_byline { Shape::Text } else { Shape::of(text) },
            alone: Alone::of(text),
            cluster: column::cluster(text),
            has_letters,
            is_bare: has_han && !has_parts,
            opened: opened.clamp(-DEEPEST, i8::MAX.into()) as i8,
            open: open.min(DEEPEST) as i8,
        }
    }

    /// How many marks are open after the line where `depth` were before it.
    pub(crate) fn depth_after(&self, depth: i8) -> i8 {
        depth.saturating_add(self.opened).max(self.open).min(DEEPEST as i8)
    }
}

impl Shape {
    /// The shape of squashed `text`, which is no byline.
    fn of(text: &[char]) -> Shape {
        let n = text.len();
        if !(2..=40).contains(&n) {
            return Shape::Text;
        }
        if n <= 12
            && matches!(text[0], '“' | '《' | '「' | '『')
            && matches!(text[n - 1], '”' | '》' | '」' | '』')
        {
            return Shape::Quoted;
        }
        if text.iter().any(|it| matches!(it, '，' | '。' | '；'))
            || matches!(text[n - 1], '、' | '：' | '—')
            || mark::no_end(text[n - 1])
            || mark::no_start(text[0]) && text[0] != '—'
            || mark::is_lead(text)
        {
            return Shape::Text;
        }
        match n {
            0..=5 => Shape::Tiny,
            6..=9 => Shape::Short,
            10..=14 => Shape::Middle,
            15..=22 => Shape::Long,
            _ => Shape::Longer,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_that_a_line_opens_and_closes_add_up_over_lines() {
        let depth =
            |text: &str, before: i8| Face::of(&text.chars().collect::<Vec<_>>(), false).depth_after(before);
        assert_eq!((depth("“《", 0), depth("》", 2), depth("”", 0), depth("”“", 0)), (2, 1, 0, 1));
        assert_eq!(depth("”””“", 2), 1, "what was never opened is not owed");
        assert_eq!(depth(&"（".repeat(300), 0), 9);
        assert_eq!(depth(&"）".repeat(300), 9), 0);
    }
}
