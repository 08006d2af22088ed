//! How a text falls into words: the likeliest path through the words that stand in it.

use std::ops::Range;

use super::trie::{Codes, Head};
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

/// More characters than this are seldom in a row.
const LIKELY: usize = 64;

/// Characters on either side that decide how the text falls into words at a place.
const WINDOW: usize = 24;

impl Lexicon {
    /// The words of `text` in order; every byte belongs to one. Marks and blanks are words of one character,
    /// letters or digits in a row one word. O(n).
    pub fn segment(&self, text: &str) -> Vec<Word> {
        self.segment_with(text, 0..text.len(), &[], |_, _, _| (), |_| ())
    }

    /// As [`Lexicon::segment`], of `range` of `text`, with words that the dictionary cannot hold: `fixed` are words as they stand
    /// (numerals; in order, disjoint), and `more` is asked at each byte where a word can start, with the character
    /// there, for the ends of further words, each with its natural log-probability and tag. Those have frequency 0. `seen` gets the entries of the
    /// dictionary, of several characters, that stand in the text outside of `fixed`, by their starts, the shortest first.
    pub fn segment_with(
        &self,
        text: &str,
        range: Range<usize>,
        fixed: &[Span],
        mut more: impl FnMut(usize, char, &mut dyn FnMut(usize, f32, Tag)),
        mut seen: impl FnMut(Word),
    ) -> Vec<Word> {
        let mut words = Vec::with_capacity(range.len() / 5);
        let mut run = Run::default();
        let mut fixed = fixed.iter().copied().peekable();
        let mut at = range.start;
        while let Some(char) = text[at..range.end].chars().next() {
            while fixed.next_if(|it| (it.start as usize) < at).is_some() {}
            if let Some(span) = fixed.next_if(|it| it.start as usize == at && it.start < it.end) {
                words.push(Word { span, tag: Tag::NUMERAL, frequency: 0 });
                at = span.end as usize;
            } else if is_wordlike(char) {
                let end = fixed.peek().map_or(range.end, |it| it.start as usize);
                at = run.read(self, text, at..end);
                run.cut(self, at, &mut more, &mut seen, &mut words);
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
        let mut run = Run::default();
        run.read(self, text, start..at + last + char.len_utf8());
        if !run.may_be_cut(self, at) {
            return None;
        }
        let mut words = Vec::new();
        run.cut(self, at, &mut |_, _, _: &mut _| (), &mut |_| (), &mut words);
        words.iter().map(|it| it.span).find(|it| (it.start as usize) < at && at < it.end as usize)
    }
}

/// Whether a character can stand in a word with others: ideographs, letters, digits.
#[inline]
pub(crate) fn is_wordlike(char: char) -> bool {
    // Most are of this block, and the question costs more for others.
    matches!(char, '\u{4e00}'..='\u{9fff}' | '〇') || char.is_alphanumeric()
}

/// Wordlike characters in a row, and the best path to each of them.
#[derive(Default)]
struct Run {
    /// The characters, each with where it starts; and their codes.
    chars: Vec<(u32, char)>,
    codes: Vec<u16>,
    /// What the dictionary has at each of them.
    heads: Vec<Head>,
    /// Where the last one ends.
    end: u32,
    /// Before each and behind the last: the logarithm of the best path to it, and the word that it ends with.
    best: Vec<(f32, u32, u32)>,
    reversed: Vec<Word>,
}

impl Run {
    /// Reads the wordlike characters that `range` of `text` starts with. Returns where they end.
    fn read(&mut self, lexicon: &Lexicon, text: &str, range: Range<usize>) -> usize {
        let codes = Codes::shared();
        self.chars.clear();
        self.codes.clear();
        // Most are of three bytes, and a run is rarely long.
        self.chars.reserve(LIKELY.min(range.len() / 3));
        self.codes.reserve(LIKELY.min(range.len() / 3));
        let mut end = range.end;
        for (at, char) in text[range.clone()].char_indices() {
            if !is_wordlike(char) {
                end = range.start + at;
                break;
            }
            self.chars.push(((range.start + at) as u32, char));
            self.codes.push(codes.of(char));
        }
        lexicon.trie.heads(&self.codes, &mut self.heads);
        self.end = end as u32;
        end
    }

    /// Whether a word can stand across byte `at`.
    fn may_be_cut(&self, lexicon: &Lexicon, at: usize) -> bool {
        let behind = self.chars.partition_point(|it| (it.0 as usize) < at);
        let goes_on = |from: usize| {
            let unbroken = || unbroken(&self.chars[from..], self.chars[from].1);
            lexicon.trie.prefixes_of(&self.codes[from..], self.heads[from]).any(|it| from + it.1 > behind)
                || from + unbroken() > behind
        };
        (0..behind).any(goes_on)
    }

    /// Adds its words to `words`, at least those that start before byte `until`.
    fn cut(
        &mut self,
        lexicon: &Lexicon,
        until: usize,
        more: &mut impl FnMut(usize, char, &mut dyn FnMut(usize, f32, Tag)),
        seen: &mut impl FnMut(Word),
        words: &mut Vec<Word>,
    ) {
        let Run { chars, codes, heads, end, best, reversed } = self;
        let byte = |at: usize| chars.get(at).map_or(*end, |it| it.0);
        let unknown = lexicon.ln_probability(0);
        best.clear();
        best.resize(chars.len() + 1, (f32::NEG_INFINITY, 0, 0));
        best[0].0 = 0.0;
        let mut reach = 0;
        for (at, &(start, char)) in chars.iter().enumerate() {
            let here = best[at].0;
            if here == f32::NEG_INFINITY {
                continue;
            }
            // Each path leads through here: what comes does not change what was.
            if until <= start as usize && reach == at {
                break;
            }
            // Takes the word from here as the end of the best path to `to` if it makes the best one yet.
            let mut step = |to: usize, score: f32, value: u32| {
                reach = reach.max(to);
                if score > best[to].0 {
                    best[to] = (score, at as u32, value);
                }
            };
            let alone = at + unbroken(&chars[at..], char);
            step(alone, here + unknown, 0);
            for (value, length) in lexicon.trie.prefixes_of(&codes[at..], heads[at]) {
                let to = at + length;
                if length > 1 {
                    let Entry { frequency, tag } = Entry::of(value);
                    seen(Word { span: Span { start, end: byte(to) }, tag, frequency });
                }
                if to >= alone {
                    step(to, here + lexicon.ln_probability(value >> 6), value);
                }
            }
            more(start as usize, char, &mut |to, ln, tag| {
                if to <= *end as usize {
                    let length = chars[at..].iter().take_while(|it| (it.0 as usize) < to).count();
                    step(at + length, here + ln, tag.index().into());
                }
            });
        }
        let mut to = reach;
        while to > 0 {
            let (_, from, value) = best[to];
            let from = from as usize;
            let span = Span { start: byte(from), end: byte(to) };
            let Entry { frequency, tag } = Entry::of(value);
            let tag = if value == 0 { tag_of_unknown(chars[from].1) } else { tag };
            reversed.push(Word { span, tag, frequency });
            to = from;
        }
        words.extend(reversed.drain(..).rev());
    }
}

/// Length of what may not be cut at the start of `chars`: ASCII letters or digits in a row, or the one character.
#[inline]
fn unbroken(chars: &[(u32, char)], first: char) -> usize {
    let same: fn(&char) -> bool = if first.is_ascii_digit() {
        char::is_ascii_digit
    } else if first.is_ascii_alphabetic() {
        char::is_ascii_alphabetic
    } else {
        return 1;
    };
    chars.iter().take_while(|it| same(&it.1)).count()
}

/// The tag of a word without an entry that starts with `char`.
fn tag_of_unknown(char: char) -> Tag {
    if char.is_numeric() { Tag::NUMERAL } else { Tag::OTHER }
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
