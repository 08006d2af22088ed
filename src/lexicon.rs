//! Words: which there are, how often they occur, what kind they are, and how a text falls into them.
//!
//! The dictionary is jieba's (349 000 words), built into a trie when the crate is built and read in place:
//! opening it costs less than a millisecond. A text is cut along the likeliest path through the words that
//! stand in it (unigram probabilities), as jieba does without its hidden Markov model.

pub(crate) mod english;
mod segment;
mod tag;
pub(crate) mod trie;

use std::sync::OnceLock;

use crate::page::paragraph::Span;

pub(crate) use segment::is_wordlike;
pub use segment::{Word, ln_probability};
pub use tag::{Tag, Tags};
use trie::Trie;

/// The trie that `build.rs` makes of `lexicon/words.bin`.
static TRIE: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/words.trie"));

/// Logarithm of the sum of all frequencies.
const LN_TOTAL: f32 = 17.911_558;

/// The dictionary.
pub struct Lexicon {
    trie: Trie,
    /// [`ln_probability`] of the lower frequencies.
    ln: Vec<f32>,
}

/// A dictionary entry: how often the word occurs, and its tag.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Occurrences in the corpus that the dictionary was counted on (60 million words).
    pub frequency: u32,
    /// What kind of word it mostly is.
    pub tag: Tag,
}

impl Entry {
    /// The entry that the trie holds as `value`.
    fn of(value: u32) -> Entry {
        Entry { frequency: value >> 6, tag: Tag::at(value & 0x3f) }
    }
}

impl Lexicon {
    /// The dictionary that is compiled in. Opened at the first call (less than a millisecond); later calls are free.
    pub fn shared() -> &'static Lexicon {
        static SHARED: OnceLock<Lexicon> = OnceLock::new();
        SHARED.get_or_init(|| Lexicon { trie: Trie::of(TRIE), ln: (0..LOWER).map(ln_probability).collect() })
    }

    /// [`ln_probability`], mostly looked up.
    #[inline]
    fn ln_probability(&self, frequency: u32) -> f32 {
        self.ln.get(frequency as usize).copied().unwrap_or_else(|| ln_probability(frequency))
    }

    /// The entry of `word`. O(length).
    pub fn entry(&self, word: &str) -> Option<Entry> {
        self.prefixes(word).find(|(_, length)| *length == word.len()).map(|(value, _)| Entry::of(value))
    }

    /// How often `word` occurs in the dictionary's corpus; 0 for a word without an entry.
    pub fn frequency(&self, word: &str) -> u32 {
        self.entry(word).map_or(0, |it| it.frequency)
    }

    /// The tag of `word`, where it has an entry.
    pub fn tag(&self, word: &str) -> Option<Tag> {
        self.entry(word).map(|it| it.tag)
    }

    /// The words that `text` starts with, shortest first, each with its length in bytes.
    pub fn words_at<'a>(&'a self, text: &'a str) -> impl Iterator<Item = (usize, Entry)> + 'a {
        self.prefixes(text).map(|(value, length)| (length, Entry::of(value)))
    }

    /// Natural log-probability lost when a word boundary is forced between `before` and `after`: 0 where words
    /// may part there, some 5–15 inside a word. Looks at five ideographs on either side, allocates nothing.
    pub fn cut_cost(&self, before: &str, after: &str) -> f32 {
        let left = before.chars().rev().take(REACH).take_while(|it| is_ideograph(*it)).count();
        let right = after.chars().take(REACH).take_while(|it| is_ideograph(*it)).count();
        if left == 0 || right == 0 {
            return 0.0;
        }
        let mut window = [0; 2 * REACH * 3];
        let (before, after) = (&before[before.len() - 3 * left..], &after[..3 * right]);
        let length = before.len() + after.len();
        window[..before.len()].copy_from_slice(before.as_bytes());
        window[before.len()..length].copy_from_slice(after.as_bytes());

        let (characters, cut) = (left + right, left);
        let mut free = [f32::NEG_INFINITY; 2 * REACH + 1];
        let mut parted = free;
        (free[0], parted[0]) = (0.0, 0.0);
        let mut crossed = false;
        for at in 0..characters {
            if at == cut && !crossed {
                return 0.0;
            }
            let mut step = |to: usize, frequency: u32| {
                let ln = self.ln_probability(frequency);
                free[to] = free[to].max(free[at] + ln);
                if at < cut && cut < to {
                    crossed = true;
                } else {
                    parted[to] = parted[to].max(parted[at] + ln);
                }
            };
            step(at + 1, 0);
            for (value, bytes) in self.prefixes(&window[3 * at..length]) {
                // Some entries mix ideographs with letters, but the window holds none of those.
                let to = at + bytes / 3;
                if to - at <= LONGEST {
                    step(to, value >> 6);
                }
            }
        }
        free[characters] - parted[characters]
    }

    /// The values and byte lengths of the words that `text` starts with, shortest first.
    fn prefixes<'a>(
        &'a self,
        text: &'a (impl AsRef<[u8]> + ?Sized),
    ) -> impl Iterator<Item = (u32, usize)> + 'a {
        self.trie.prefixes(text.as_ref())
    }
}

/// Frequencies below this one have their logarithms looked up: nearly all words.
const LOWER: u32 = 4096;

/// Ideographs that [`Lexicon::cut_cost`] looks at on either side.
const REACH: usize = 5;

/// The longest word, in characters, that [`Lexicon::cut_cost`] counts; the weights that use it were learned so.
const LONGEST: usize = 8;

/// Whether `char` is a unified ideograph of the basic block, as nearly all of a text are: no space, no mark, no radical.
/// Those take three bytes.
pub(crate) fn is_ideograph(char: char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(&char)
}

impl std::fmt::Debug for Lexicon {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Lexicon").finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_words_with_their_frequency_and_tag() {
        let lexicon = Lexicon::shared();
        assert_eq!(lexicon.frequency("北京"), 34488);
        assert_eq!(lexicon.tag("北京").map(Tag::name), Some("ns"));
        for none in ["", "北京的", "\0", "北\0", "京北"] {
            assert_eq!(lexicon.entry(none), None, "{none:?}");
        }
    }

    #[test]
    fn the_total_is_that_of_the_dictionary() {
        assert!((LN_TOTAL - 60_101_964_f32.ln()).abs() < 1e-4);
    }

    #[test]
    fn a_cut_inside_a_word_costs_and_between_words_does_not() {
        let lexicon = Lexicon::shared();
        assert!(lexicon.cut_cost("在疫情防控的关键时", "刻，众多") > 5.0);
        assert!(lexicon.cut_cost("疫情就是命令，防控就是", "责任。") < 0.5);
        assert_eq!(lexicon.cut_cost("防控。", "责任"), 0.0);
        assert_eq!(lexicon.cut_cost("", "责任"), 0.0);
    }
}
