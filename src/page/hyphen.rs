//! Hyphens at line ends: the typesetter's, which goes when the lines are joined (`compre-⏎hensive`), or the word's own,
//! which stays (`well-⏎known`, `COVID-⏎19`, `Wi-⏎Fi`).
//!
//! It is the typesetter's where the document has the word without it elsewhere and nowhere with it; where the document
//! has neither, where the word without it is on the list of English words. What the document has is a sum over its
//! lines, so that an edit changes it by difference; a word that comes or goes bears upon the line ends that ask for it,
//! wherever they stand.

use std::borrow::Cow;
use std::collections::HashMap;
use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash, Hasher};
use std::ops::Range;
use std::sync::Arc;

use super::line::Line;
use super::seam::is_letter;
use crate::lexicon::english;
use crate::list::List;
use crate::text::Text;

/// Shorter words are never parted, in bytes.
const SHORTEST: usize = 5;

/// How often the document has a word, and how many line ends ask for it.
#[derive(Clone, Copy, Debug, Default)]
struct Count {
    had: u32,
    asked: u32,
}

/// The words in Latin letters of a document, by their hashes.
#[derive(Clone, Debug, Default)]
pub(super) struct Words {
    counts: Arc<HashMap<u64, Count>>,
}

/// The lines of a text.
#[derive(Clone, Copy)]
pub(super) struct Lines<'a>(pub(super) &'a List<Line>, pub(super) &'a Text);

/// A change of one count: the word, whether it is asked for (or else had), and whether once more (or less).
type Step = (u64, bool, bool);

impl Words {
    /// The words of all of `lines`, which are lines of `text`. O(text).
    pub(super) fn of(lines: &[Line], text: &Text) -> Words {
        let mut words = Words::default();
        let (nothing, lines) = (List::default(), List::from(lines.to_vec()));
        words.replace(Lines(&nothing, &Text::default()), Lines(&lines, text), 0, 0..lines.len());
        words
    }

    /// Takes the lines `start..old_end` of `old` out and the lines `range` of `new` in, which came out of them; all
    /// other lines are the same in both. Returns the lines of `new` outside of `range` at which a hyphen is now to be
    /// read otherwise. O(lines replaced); O(lines) where a word that is asked for came or went.
    pub(super) fn replace(
        &mut self,
        old: Lines<'_>,
        new: Lines<'_>,
        old_end: usize,
        range: Range<usize>,
    ) -> Vec<usize> {
        let mut steps: Vec<Step> = Vec::new();
        old.read(range.start..old_end, false, &mut steps);
        new.read(range.clone(), true, &mut steps);
        // What stayed the same is no change.
        steps.sort_unstable();
        let mut kept: Vec<Step> = Vec::with_capacity(steps.len());
        for step in steps.chunk_by(|a, b| (a.0, a.1) == (b.0, b.1)) {
            let more = step.iter().filter(|it| it.2).count();
            let less = step.len() - more;
            kept.extend(std::iter::repeat_n((step[0].0, step[0].1, more > less), more.abs_diff(less)));
        }
        if kept.is_empty() {
            return Vec::new();
        }
        let counts = Arc::make_mut(&mut self.counts);
        let had = |counts: &HashMap<u64, Count>, word: u64| counts.get(&word).is_some_and(|it| it.had > 0);
        let before: Vec<bool> = kept.iter().map(|it| had(counts, it.0)).collect();
        for (word, asked, more) in &kept {
            let count = counts.entry(*word).or_default();
            let sum = if *asked { &mut count.asked } else { &mut count.had };
            *sum = if *more { *sum + 1 } else { sum.saturating_sub(1) };
            if count.had == 0 && count.asked == 0 {
                counts.remove(word);
            }
        }
        let counts = &*counts;
        let asked = |word: u64| counts.get(&word).is_some_and(|it| it.asked > 0);
        let turned: Vec<u64> = kept
            .iter()
            .zip(before)
            .filter(|(step, before)| had(counts, step.0) != *before && asked(step.0))
            .map(|it| it.0.0)
            .collect();
        if turned.is_empty() {
            return Vec::new();
        }
        let outside = (0..new.0.len()).filter(|it| !range.contains(it));
        let asks = |at: usize| new.question(new.0.get(at)?, new.0.get(at + 1)?);
        let bears = |at: &usize| asks(*at).is_some_and(|it| it.iter().any(|it| turned.contains(it)));
        outside.filter(bears).collect()
    }

    /// Whether the hyphen that `before` ends in is the typesetter's; `after` is the next line.
    pub(super) fn parts(&self, before: &str, after: &str) -> bool {
        let Some(parted) = Parted::of(before, after) else { return false };
        let [whole, hyphened] = parted.words().map(|it| self.counts.get(&it).is_some_and(|it| it.had > 0));
        !hyphened && (whole || english::is_word(&parted.whole))
    }
}

/// A word that a line end with a hyphen parts, in small letters: without the hyphen, and with it.
struct Parted {
    whole: String,
    hyphened: String,
}

impl Parted {
    fn of(before: &str, after: &str) -> Option<Parted> {
        let before = before.strip_suffix('-')?;
        let head = &before[before.trim_end_matches(is_letter).len()..];
        let tail = &after[..after.len() - after.trim_start_matches(is_letter).len()];
        if head.is_empty() || !tail.starts_with(char::is_lowercase) {
            return None;
        }
        let (head, tail) = (head.to_lowercase(), tail.to_lowercase());
        Some(Parted { whole: format!("{head}{tail}"), hyphened: format!("{head}-{tail}") })
    }

    fn words(&self) -> [u64; 2] {
        [hash(&self.whole), hash(&self.hyphened)]
    }
}

impl<'a> Lines<'a> {
    /// The words that the end of `line` asks for.
    fn question(self, line: &Line, next: &Line) -> Option<[u64; 2]> {
        if !line.squashed.ends_with('-') || !next.squashed.starts_with(is_letter) {
            return None;
        }
        Parted::of(&self.content(line), &self.content(next)).map(|it| it.words())
    }

    /// What the lines `range` have and what they ask for; the line before them may ask for something else as well.
    fn read(self, range: Range<usize>, more: bool, steps: &mut Vec<Step>) {
        for line in self.0.range(range.clone()).filter(|it| it.face.has_letters) {
            let content = self.content(line);
            let words = content.split(|it: char| !is_letter(it) && it != '-');
            let long = words.filter(|it| it.len() >= SHORTEST);
            steps.extend(long.map(|it| (hash(&it.to_lowercase()), false, more)));
        }
        let mut lines = self.0.range(range.start.saturating_sub(1)..range.end + 1);
        let mut before = lines.next();
        for line in lines {
            let asked = before.replace(line).and_then(|it| self.question(it, line));
            steps.extend(asked.into_iter().flatten().map(|it| (it, true, more)));
        }
    }

    fn content(self, line: &Line) -> Cow<'a, str> {
        self.1.slice(line.span.clone())
    }
}

fn hash(word: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    word.hash(&mut hasher);
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::page::line;

    fn words(text: &Text) -> (Vec<Line>, Words) {
        let lines = line::lines(&text.lines().collect::<Vec<_>>());
        let words = Words::of(&lines, text);
        (lines, words)
    }

    fn parts(source: &str, before: &str, after: &str) -> bool {
        words(&Text::new(source)).1.parts(before, after)
    }

    #[test]
    fn an_english_word_is_put_together() {
        assert!(parts("", "a compre-", "hensive plan"));
        assert!(parts("", "Organi-", "sations"));
        assert!(parts("", "small busi-", "nesses"));
    }

    #[test]
    fn names_codes_and_compounds_keep_their_hyphen() {
        for (before, after) in [
            ("well-", "known"),
            ("COVID-", "19"),
            ("Wi-", "Fi"),
            ("e-", "commerce"),
            ("T-", "shirt"),
            ("5-", "year"),
        ] {
            assert!(!parts("", before, after), "{before} {after}");
        }
    }

    #[test]
    fn the_document_has_the_first_say() {
        assert!(parts("the Smartgrid, the smartgrid", "Smart-", "grid"));
        assert!(!parts("", "Smart-", "grid"));
        assert!(!parts("to re-sign it; they resign", "re-", "sign"));
        assert!(parts("", "re-", "sign"));
    }

    #[test]
    fn a_word_that_comes_bears_upon_the_line_ends_that_ask_for_it() {
        let before = Text::new("the Smart-\ngrid is\nhere\nand\n");
        let after = Text::new("the Smart-\ngrid is\nhere\nand smartgrid\n");
        let ((old, mut kept), (new, anew)) = (words(&before), words(&after));
        let (old, new) = (List::from(old), List::from(new));
        let (old, new) = (Lines(&old, &before), Lines(&new, &after));
        assert_eq!(kept.replace(old, new, 4, 3..4), [0]);
        assert!(kept.parts("Smart-", "grid"));
        assert!(anew.parts("Smart-", "grid"));
        assert_eq!(kept.replace(new, old, 4, 3..4), [0]);
        assert!(!kept.parts("Smart-", "grid"));
    }
}
