//! How a text falls into words: the likeliest path through the words that stand in it.

use std::ops::Range;

use super::{Entry, LN_TOTAL, Lexicon, Span, Tag};

/// A word of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Word {
    /// Where it stands.
    pub span: Span,
    /// What kind of word it is.
    pub tag: Tag,
    /// How often the dictionary's corpus has it; 0 where it has no entry.
    pub frequency: u32,
}

/// Natural logarithm of the probability of a word with that frequency; a word without an entry counts one half.
pub fn ln_probability(frequency: u32) -> f32 {
    if frequency == 0 { 0.5f32.ln() - LN_TOTAL } else { (frequency as f32).ln() - LN_TOTAL }
}

/// Characters on either side that decide how the text falls into words at a place.
const WINDOW: usize = 24;

impl Lexicon {
    /// The words of `text` in order; every byte belongs to one. Marks and blanks are words of one character,
    /// letters or digits in a row one word. O(n), about 25 MB/s.
    pub fn segment(&self, text: &str) -> Vec<Word> {
        self.segment_with(text, 0..text.len(), &[], |_, _, _| (), |_| ())
    }

    /// As [`Lexicon::segment`], of `range` of `text`, with words that the dictionary cannot hold: `fixed` are words as they stand
    /// (numerals; in order, disjoint), and `more` is asked at each byte where a word can start, with the character
    /// there, for the ends of further words, each with its natural log-probability and tag. Those have frequency 0. `seen` gets the entries of the
    /// dictionary that stand in the text outside of `fixed`, by their starts, the shortest first.
    pub fn segment_with(
        &self,
        text: &str,
        range: Range<usize>,
        fixed: &[Span],
        mut more: impl FnMut(usize, char, &mut dyn FnMut(usize, f32, Tag)),
        mut seen: impl FnMut(Word),
    ) -> Vec<Word> {
        let mut words = Vec::with_capacity(range.len() / 5);
        let mut paths = Paths::default();
        let mut fixed = fixed.iter().copied().peekable();
        let mut at = range.start;
        while let Some(char) = text[at..range.end].chars().next() {
            while fixed.next_if(|it| (it.start as usize) < at).is_some() {}
            if let Some(span) = fixed.next_if(|it| it.start as usize == at && it.start < it.end) {
                words.push(Word { span, tag: Tag::NUMERAL, frequency: 0 });
                at = span.end as usize;
            } else if is_wordlike(char) {
                let end = fixed.peek().map_or(range.end, |it| it.start as usize);
                let end = text[at..end].find(|it| !is_wordlike(it)).map_or(end, |it| at + it);
                paths.cut(self, text, at..end, &mut more, &mut seen, &mut words);
                at = end;
            } else {
                let end = at + char.len_utf8();
                words.push(Word { span: Span::new(at, end), tag: Tag::OTHER, frequency: 0 });
                at = end;
            }
        }
        words
    }

    /// The word that stands across byte `at` of `text` on the likeliest segmentation around it, if one does.
    pub fn word_across(&self, text: &str, at: usize) -> Option<Span> {
        if !text.is_char_boundary(at) {
            return None;
        }
        let start = text[..at].char_indices().rev().take(WINDOW).take_while(|it| is_wordlike(it.1)).last()?.0;
        let (last, char) =
            text[at..].char_indices().take(WINDOW).take_while(|it| is_wordlike(it.1)).last()?;
        let mut words = Vec::new();
        let range = start..at + last + char.len_utf8();
        Paths::default().cut(self, text, range, &mut |_, _, _: &mut _| (), &mut |_| (), &mut words);
        words.iter().map(|it| it.span).find(|it| (it.start as usize) < at && at < it.end as usize)
    }
}

/// Whether a character can stand in a word with others: ideographs, letters, digits.
#[inline]
pub(crate) fn is_wordlike(char: char) -> bool {
    // Most are of this block, and the question costs more for others.
    matches!(char, '\u{4e00}'..='\u{9fff}' | '〇') || char.is_alphanumeric()
}

/// The best path to each byte of a run: its logarithm, and the word that it ends with.
#[derive(Default)]
struct Paths {
    best: Vec<(f32, u32, u32)>,
    reversed: Vec<Word>,
}

impl Paths {
    /// Adds the words of `text[range]`, where all characters are wordlike, to `words`.
    fn cut(
        &mut self,
        lexicon: &Lexicon,
        text: &str,
        range: Range<usize>,
        more: &mut impl FnMut(usize, char, &mut dyn FnMut(usize, f32, Tag)),
        seen: &mut impl FnMut(Word),
        words: &mut Vec<Word>,
    ) {
        let (start, run) = (range.start, &text[range]);
        self.best.clear();
        self.best.resize(run.len() + 1, (f32::NEG_INFINITY, 0, 0));
        self.best[0].0 = 0.0;
        for (at, char) in run.char_indices() {
            let here = self.best[at].0;
            if here == f32::NEG_INFINITY {
                continue;
            }
            let alone = at + unbroken(&run[at..], char);
            self.step(at, alone, here + lexicon.ln_probability(0), 0);
            for (value, length) in lexicon.prefixes(&run[at..]) {
                let Entry { frequency, tag } = Entry::of(value);
                seen(Word { span: Span::new(start + at, start + at + length), tag, frequency });
                if at + length >= alone {
                    self.step(at, at + length, here + lexicon.ln_probability(value >> 6), value);
                }
            }
            more(start + at, char, &mut |end, ln, tag| {
                if end <= start + run.len() {
                    self.step(at, end - start, here + ln, tag.index().into());
                }
            });
        }
        let mut to = run.len();
        while to > 0 {
            let (_, from, value) = self.best[to];
            let span = Span::new(start + from as usize, start + to);
            let Entry { frequency, tag } = Entry::of(value);
            let tag = if value == 0 { tag_of_unknown(&text[span.range()]) } else { tag };
            self.reversed.push(Word { span, tag, frequency });
            to = from as usize;
        }
        words.extend(self.reversed.drain(..).rev());
    }

    /// Takes the word `from..to` as the end of the best path to `to` if it makes the best one yet.
    fn step(&mut self, from: usize, to: usize, score: f32, value: u32) {
        if score > self.best[to].0 {
            self.best[to] = (score, from as u32, value);
        }
    }
}

/// Length of what may not be cut at the start of `text`: ASCII letters or digits in a row, or the one character.
fn unbroken(text: &str, first: char) -> usize {
    let same: fn(&u8) -> bool = if first.is_ascii_digit() {
        u8::is_ascii_digit
    } else if first.is_ascii_alphabetic() {
        u8::is_ascii_alphabetic
    } else {
        return first.len_utf8();
    };
    text.bytes().take_while(same).count()
}

/// The tag of a word without an entry.
fn tag_of_unknown(word: &str) -> Tag {
    if word.starts_with(|it: char| it.is_numeric()) { Tag::NUMERAL } else { Tag::OTHER }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str) -> String {
        let words = Lexicon::shared().segment(text);
        words.iter().map(|it| &text[it.span.range()]).collect::<Vec<_>>().join("|")
    }

    #[test]
    fn cuts_along_the_likeliest_path() {
        assert_eq!(
            cut("在疫情防控的关键时刻，众多基层工作人员"),
            "在|疫情|防控|的|关键时刻|，|众多|基层|工作人员"
        );
        assert_eq!(cut("A股3.5%，2016年"), "A股|3|.|5|%|，|2016|年");
        assert_eq!(cut(""), "");
    }

    #[test]
    fn every_byte_belongs_to_one_word() {
        for text in ["𬱖\0 〇a1é", "\u{3000}王\n晋", "４S店", "卡拉OK厅"] {
            assert_eq!(cut(text).replace('|', ""), text);
        }
    }

    #[test]
    fn a_word_stands_across_a_place_or_not() {
        let text = "在疫情防控的关键时刻，众多";
        let across = |at: &str| {
            let at = text.find(at).unwrap_or(0);
            Lexicon::shared().word_across(text, at).map(|it| &text[it.range()])
        };
        assert_eq!(across("刻"), Some("关键时刻"));
        assert_eq!(across("防控"), None);
        assert_eq!(across("，"), None);
        assert_eq!(Lexicon::shared().word_across(text, 1), None);
        assert_eq!(Lexicon::shared().word_across(text, 999), None);
    }
}
