//! What is known of each character of a text and of each word: what features are made of.

use super::features::Around;
use super::organization;
use super::person::Names;
use super::tagger::PARTING;
use super::words::Words;
use super::{EntityKind, Mention};

/// What is known of a character by itself.
#[derive(Clone, Copy)]
pub(super) struct Char {
    /// The character, alike ones made one.
    pub(super) value: u32,
    /// The word that it belongs to.
    pub(super) word: u32,
    /// Which proposal.
    pub(super) which: u32,
    /// Digit, letter, ideograph, mark.
    pub(super) class: u8,
    /// Where in the word it stands: 1 first, 2 middle, 3 last, 4 only.
    pub(super) part: u8,
    /// What the proposals say: 0 nothing, else kind and whether it is first or last.
    pub(super) proposal: u8,
    /// The gazetteer's place that it stands in: level, short or not, first or not.
    pub(super) place: u8,
    /// Length and tag of the longest word of the dictionary that starts here.
    pub(super) starts: u8,
    pub(super) starts_tag: u8,
    /// Length and tag of the longest word of the dictionary that ends here.
    pub(super) ends: u8,
    pub(super) ends_tag: u8,
    /// How well it does in names of people.
    pub(super) person: u8,
    /// Whether it stands inside quotation or title marks.
    pub(super) quoted: u8,
}

impl Char {
    /// Before and behind a text.
    const NONE: Char = Char {
        value: 0,
        word: 0,
        which: 0,
        class: 0,
        part: 0,
        proposal: 0,
        place: 0,
        starts: 0,
        starts_tag: 0,
        ends: 0,
        ends_tag: 0,
        person: 0,
        quoted: 0,
    };
}

/// What is known of a word by itself.
#[derive(Clone, Copy)]
pub(super) struct Word {
    pub(super) hash: u32,
    pub(super) tag: u8,
    /// The ending of an organisation that lies ahead, and how many words ahead.
    pub(super) ahead: u8,
    pub(super) distance: u8,
}

impl Word {
    /// Before and behind a text.
    const NONE: Word = Word { hash: 0, tag: 0, ahead: 0, distance: 0 };
}

/// All that features are made of, of a text or a part of it.
pub(super) struct Facts {
    /// Where it starts and, for each of its bytes and its end, the character that starts there.
    start: usize,
    places: Vec<u32>,
    /// The characters, with [`REACH`] empty ones before and behind.
    chars: Vec<Char>,
    /// The words, with [`WORDS`] empty ones before and behind.
    words: Vec<Word>,
    /// Length in characters and hash of the last two characters of each proposal.
    proposals: Vec<(u8, u32)>,
}

/// Characters and words on either side that features look at.
pub(super) const REACH: usize = 3;
pub(super) const WORDS: usize = 2;

/// What stands around nothing.
pub(super) static NO_CHARS: [Char; 2 * REACH + 1] = [Char::NONE; 2 * REACH + 1];
pub(super) static NO_WORDS: [Word; 2 * WORDS + 1] = [Word::NONE; 2 * WORDS + 1];

/// The farthest that the ending of an organisation may lie ahead, in words.
const AHEAD: u8 = 9;

impl Facts {
    /// What features say of the text of `words` with its `proposals`. O(n).
    pub(super) fn of(words: &Words<'_>, proposals: &[Mention]) -> Facts {
        // The character that starts at each byte.
        let own = &words.text[words.range.clone()];
        let mut places = vec![0; own.len() + 1];
        let mut length = 0;
        for (byte, _) in own.char_indices() {
            places[byte] = length as u32;
            length += 1;
        }
        places[own.len()] = length as u32;
        let mut text = Facts {
            start: words.range.start,
            places: Vec::new(),
            chars: Vec::with_capacity(length + 2 * REACH),
            words: vec![Word::NONE; words.words.len() + 2 * WORDS],
            proposals: Vec::with_capacity(proposals.len()),
        };
        text.chars.resize(REACH, Char::NONE);
        text.add_words(words);
        text.add_matches(words, &places);
        text.add_proposals(words, proposals, &places);
        text.chars.resize(length + 2 * REACH, Char::NONE);
        text.places = places;
        text
    }

    /// The character that starts at byte `at` of the whole text.
    pub(super) fn character(&self, at: usize) -> usize {
        self.places[at - self.start] as usize
    }

    /// The bytes of the whole text where characters start, and where the last one ends.
    pub(super) fn bytes(&self) -> impl Iterator<Item = usize> {
        let first = |it: &(usize, &u32)| it.0 == 0 || *it.1 > 0;
        self.places.iter().enumerate().filter(first).map(|it| self.start + it.0)
    }

    /// Characters of the text.
    pub(super) fn length(&self) -> usize {
        self.chars.len() - 2 * REACH
    }

    /// The words, with the characters that they hold.
    fn add_words(&mut self, words: &Words<'_>) {
        let names = Names::shared();
        let mut quoted = words.open;
        for (index, word) in words.words.iter().enumerate() {
            let string = words.word(index);
            let first = self.chars.len();
            for char in string.chars() {
                let (value, class) = alike(char);
                quoted = open_quotes(quoted, char);
                let person = names.aptness(char);
                self.chars.push(Char { value, class, word: index as u32, person, quoted, ..Char::NONE });
            }
            let length = self.chars.len() - first;
            for (at, char) in self.chars[first..].iter_mut().enumerate() {
                char.part = match (at, length) {
                    (_, 1) => 4,
                    (0, _) => 1,
                    (at, _) if at + 1 == length => 3,
                    _ => 2,
                };
            }
            let digit = string.bytes().all(|it| it.is_ascii_digit());
            let hash = if digit { 1 } else { hash_of(string) };
            self.words[WORDS + index] = Word { hash, tag: word.tag.index(), ..Word::NONE };
        }
        let mut ahead = (0, 0);
        for index in (0..words.words.len()).rev() {
            let is_han = words.is_han(index);
            let ending = if is_han { organization::ending(words.word(index)) } else { None };
            ahead = match ending {
                Some(ending) => (ending, 1),
                None if ahead.1 == 0 || !is_han || ahead.1 >= AHEAD || organization::stops(words, index) => {
                    (0, 0)
                }
                None => (ahead.0, ahead.1 + 1),
            };
            let word = &mut self.words[WORDS + index];
            (word.ahead, word.distance) = ahead;
        }
    }

    /// The words of the dictionary and the places of the gazetteer that start or end at each character.
    fn add_matches(&mut self, words: &Words<'_>, places: &[u32]) {
        let place = |byte: u32| REACH + places[byte as usize - words.range.start] as usize;
        for found in &words.entries {
            let (start, end) = (place(found.span.start), place(found.span.end));
            let length = (end - start).min(8) as u8;
            let (first, tag) = (&mut self.chars[start], found.tag.index());
            (first.starts, first.starts_tag) = (length, tag);
            let last = &mut self.chars[end - 1];
            if last.ends < length {
                (last.ends, last.ends_tag) = (length, tag);
            }
        }
        let mut covered = 0;
        for (span, found) in &words.places {
            if span.start < covered {
                continue;
            }
            covered = span.end;
            let (start, end) = (place(span.start), place(span.end));
            for (index, char) in self.chars[start..end].iter_mut().enumerate() {
                let part = if index == 0 { 1 } else { 2 + u8::from(start + index + 1 == end) };
                char.place = part + 4 * (found.level as u8 * 2 + u8::from(found.short));
            }
        }
    }

    fn add_proposals(&mut self, words: &Words<'_>, proposals: &[Mention], places: &[u32]) {
        for mention in proposals {
            let span = mention.span.range();
            let name = &words.text[span.clone()];
            let tail = name.char_indices().rev().nth(1).map_or(name, |it| &name[it.0..]);
            let kind = match mention.kind {
                EntityKind::Person => 1,
                EntityKind::Place => 2,
                EntityKind::Organization => 3,
                EntityKind::Work | EntityKind::Post => 4,
            };
            let [start, end] =
                [span.start, span.end].map(|it| REACH + places[it - words.range.start] as usize);
            for (index, char) in self.chars[start..end].iter_mut().enumerate() {
                let part = u8::from(index == 0) + 2 * u8::from(start + index + 1 == end);
                char.proposal = 4 * kind + part;
                char.which = self.proposals.len() as u32;
            }
            self.proposals.push(((end - start).min(20) as u8, hash_of(tail)));
        }
    }

    /// Whether names end before character `at`: marks that part sentences and clauses stand in none.
    #[inline]
    pub(super) fn is_parting(&self, at: usize) -> bool {
        let char = self.chars[at + REACH];
        char.class == MARK && PARTING.iter().any(|it| *it as u32 == char.value)
    }

    /// The surroundings of character `at`.
    #[inline]
    pub(super) fn around(&self, at: usize) -> Around<'_> {
        let chars = self.chars[at..].first_chunk().unwrap_or(&NO_CHARS);
        let word = chars[REACH].word as usize;
        let (length, tail) = match chars[REACH].proposal {
            0 => (0, 0),
            _ => self.proposals[chars[REACH].which as usize],
        };
        let words = self.words[word..].first_chunk().unwrap_or(&NO_WORDS);
        Around { chars, words, length: length.into(), tail }
    }
}

/// The quotation and title marks that stand open behind `char`, where `open` did before it.
#[inline]
pub(super) fn open_quotes(open: u8, char: char) -> u8 {
    match char {
        '“' | '「' | '‘' | '『' => open | 1,
        '”' | '」' | '’' | '』' => open & !1,
        '《' => open | 2,
        '》' => open & !2,
        _ => open,
    }
}

/// The class of marks.
const MARK: u8 = 4;

/// The character that stands for all like it, and its class.
fn alike(char: char) -> (u32, u8) {
    match char {
        '0'..='9' | '０'..='９' => ('0' as u32, 1),
        'a'..='z' | 'ａ'..='ｚ' => ('a' as u32, 2),
        'A'..='Z' | 'Ａ'..='Ｚ' => ('A' as u32, 3),
        '“' | '「' | '‘' | '『' | '"' => ('“' as u32, MARK),
        '”' | '」' | '’' | '』' => ('”' as u32, MARK),
        '(' => ('（' as u32, MARK),
        ')' => ('）' as u32, MARK),
        ',' => ('，' as u32, MARK),
        ':' => ('：' as u32, MARK),
        '•' | '・' | '‧' | '∙' | '．' => ('·' as u32, MARK),
        _ if super::person::is_han(char) => (char as u32, 5),
        _ => (char as u32, MARK),
    }
}

/// A hash of `text` (FNV-1a), never 0.
fn hash_of(text: &str) -> u32 {
    text.bytes()
        .fold(0x811c_9dc5, |hash: u32, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193))
        .max(1)
}
