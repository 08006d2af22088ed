//! What the tagger looks at: for each character, numbers that stand for facts about it and its surroundings — the
//! characters and words around it, what kinds of word they are, what the lists and patterns propose, which ending
//! of an organisation lies ahead.

use super::organization;
use super::person::Names;
use super::table::AT_A_TIME;
use super::words::Words;
use super::{EntityKind, Mention};

/// Features of a character.
pub const SLOTS: usize = FIRST + REST;

/// Features that the tagger looks at first: they tell most characters that stand in no name.
pub(super) const FIRST: usize = AT_A_TIME;

/// Features that it looks at where the first leave a doubt.
pub(super) const REST: usize = 2 * AT_A_TIME;

/// The features of one character, each the hash of a fact; [`FIRST`] come first.
pub type Slots = [u32; SLOTS];

/// Calls `each` for every character of the text, in order, with its features. `proposals` are the names that lists and
/// patterns find in the text, in order and disjoint. O(n).
pub(super) fn each(words: &Words<'_>, proposals: &[Mention], mut each: impl FnMut(&Slots)) {
    let text = Text::of(words, proposals);
    for at in 0..text.length() {
        let around = text.around(at);
        let mut slots = [0; SLOTS];
        slots[..FIRST].copy_from_slice(&around.first());
        slots[FIRST..].copy_from_slice(&around.rest());
        each(&slots);
    }
}

/// What is known of a character by itself.
#[derive(Clone, Copy)]
struct Char {
    /// The character, alike ones made one.
    value: u32,
    /// The word that it belongs to.
    word: u32,
    /// Which proposal.
    which: u32,
    /// Digit, letter, ideograph, mark.
    class: u8,
    /// Where in the word it stands: 1 first, 2 middle, 3 last, 4 only.
    part: u8,
    /// What the proposals say: 0 nothing, else kind and whether it is first or last.
    proposal: u8,
    /// The gazetteer's place that it stands in: level, short or not, first or not.
    place: u8,
    /// Length and tag of the longest word of the dictionary that starts here.
    starts: u8,
    starts_tag: u8,
    /// Length and tag of the longest word of the dictionary that ends here.
    ends: u8,
    ends_tag: u8,
    /// How well it does in names of people.
    person: u8,
    /// Whether it stands inside quotation or title marks.
    quoted: u8,
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
struct Word {
    hash: u32,
    tag: u8,
    /// The ending of an organisation that lies ahead, and how many words ahead.
    ahead: u8,
    distance: u8,
}

impl Word {
    /// Before and behind a text.
    const NONE: Word = Word { hash: 0, tag: 0, ahead: 0, distance: 0 };
}

/// A text with all that features are made of.
pub(super) struct Text {
    /// The characters, with [`REACH`] empty ones before and behind.
    chars: Vec<Char>,
    /// The words, with [`WORDS`] empty ones before and behind.
    words: Vec<Word>,
    /// Length in characters and hash of the last two characters of each proposal.
    proposals: Vec<(u8, u32)>,
}

/// Characters and words on either side that features look at.
const REACH: usize = 3;
const WORDS: usize = 2;

/// What stands around nothing.
static NO_CHARS: [Char; 2 * REACH + 1] = [Char::NONE; 2 * REACH + 1];
static NO_WORDS: [Word; 2 * WORDS + 1] = [Word::NONE; 2 * WORDS + 1];

/// The farthest that the ending of an organisation may lie ahead, in words.
const AHEAD: u8 = 9;

impl Text {
    /// What features say of the text of `words` with its `proposals`. O(n).
    pub(super) fn of(words: &Words<'_>, proposals: &[Mention]) -> Text {
        // The character that starts at each byte.
        let mut places = vec![0; words.text.len() + 1];
        let mut length = 0;
        for (byte, _) in words.text.char_indices() {
            places[byte] = length as u32;
            length += 1;
        }
        places[words.text.len()] = length as u32;
        let mut text = Text {
            chars: Vec::with_capacity(length + 2 * REACH),
            words: vec![Word::NONE; words.words.len() + 2 * WORDS],
            proposals: Vec::with_capacity(proposals.len()),
        };
        text.chars.resize(REACH, Char::NONE);
        text.add_words(words);
        text.add_matches(words, &places);
        text.add_proposals(words, proposals, &places);
        text.chars.resize(length + 2 * REACH, Char::NONE);
        text
    }

    /// Characters of the text.
    pub(super) fn length(&self) -> usize {
        self.chars.len() - 2 * REACH
    }

    /// The words, with the characters that they hold.
    fn add_words(&mut self, words: &Words<'_>) {
        let names = Names::shared();
        let mut quoted = 0;
        for (index, word) in words.words.iter().enumerate() {
            let string = words.word(index);
            let first = self.chars.len();
            for char in string.chars() {
                let (value, class) = alike(char);
                match char {
                    '“' | '「' | '‘' | '『' => quoted |= 1,
                    '”' | '」' | '’' | '』' => quoted &= !1,
                    '《' => quoted |= 2,
                    '》' => quoted &= !2,
                    _ => {}
                }
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
        let place = |byte: u32| REACH + places[byte as usize] as usize;
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
            let [start, end] = [span.start, span.end].map(|it| REACH + places[it] as usize);
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
        const MARKS: [u32; 5] = ['，' as u32, '。' as u32, '；' as u32, '！' as u32, '？' as u32];
        MARKS.contains(&self.chars[at + REACH].value)
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

/// A character and its surroundings.
pub(super) struct Around<'a> {
    chars: &'a [Char; 2 * REACH + 1],
    words: &'a [Word; 2 * WORDS + 1],
    /// Length and hash of the end of the proposal that the character stands in.
    length: u32,
    tail: u32,
}

impl Around<'_> {
    /// The first features.
    #[inline]
    pub(super) fn first(&self) -> [u32; FIRST] {
        let [_, _, c1, c, d1, d2, _] = *self.chars;
        let [_, w1, w, v1, _] = *self.words;
        let part = u32::from(c.part);
        let [t1, t, s1] = [w1, w, v1].map(|it| u32::from(it.tag));
        let proposal = u32::from(c.proposal);
        hashes(
            0,
            &[
                [c1.value, c.value, 0, 0],
                [c.value, d1.value, 0, 0],
                [c1.value, c.value, d1.value, 0],
                [w.hash, part, 0, 0],
                [w1.hash, part, 0, 0],
                [v1.hash, part, 0, 0],
                [t1, t, s1, part],
                [u32::from(c1.proposal), proposal, u32::from(d1.proposal), 0],
                [proposal, self.length, t, 0],
                [w.ahead(), t, part, 0],
                [u32::from(c.place), u32::from(c1.place), u32::from(d1.place), part],
                [u32::from(c1.person), u32::from(c.person), u32::from(d1.person), u32::from(d2.person)],
            ],
        )
    }

    /// The other features.
    #[inline]
    pub(super) fn rest(&self) -> [u32; REST] {
        let [c3, c2, c1, c, d1, d2, d3] = *self.chars;
        let [w2, w1, w, v1, v2] = *self.words;
        let part = u32::from(c.part);
        let [t1, t, s1] = [w1, w, v1].map(|it| u32::from(it.tag));
        let proposal = u32::from(c.proposal);
        let classes = [c2, c1, c, d1, d2].iter().fold(0, |sum, it| sum * 6 + u32::from(it.class));
        hashes(
            FIRST,
            &[
                [c.value, 0, 0, 0],
                [c1.value, 0, 0, 0],
                [d1.value, 0, 0, 0],
                [c2.value, c1.value, 0, 0],
                [d1.value, d2.value, 0, 0],
                [c1.value, d1.value, 0, 0],
                [c2.value, c1.value, c.value, 0],
                [c.value, d1.value, d2.value, 0],
                [c3.value, c2.value, c1.value, 0],
                [d1.value, d2.value, d3.value, 0],
                [w1.hash, t, part, 0],
                [t, v1.hash, part, 0],
                [t1, t, part, 0],
                [t, s1, part, 0],
                [w1.hash, w.hash, part, 0],
                [w.hash, v1.hash, part, 0],
                [w2.hash, w1.hash, part, 0],
                [v1.hash, v2.hash, part, 0],
                [proposal, self.tail, 0, 0],
                [w.ahead(), u32::from(c.place), u32::from(c1.place), proposal],
                [u32::from(c.starts), u32::from(c.starts_tag), u32::from(c.ends), u32::from(c.ends_tag)],
                [u32::from(c1.ends), u32::from(c1.ends_tag), u32::from(d1.starts), u32::from(d1.starts_tag)],
                [u32::from(c.quoted), t, part, u32::from(c.place)],
                [classes, part, 0, 0],
            ],
        )
    }
}

impl Word {
    /// The ending of an organisation that lies ahead, and how far.
    fn ahead(self) -> u32 {
        u32::from(self.ahead) << 8 | u32::from(self.distance)
    }
}

/// The hashes of facts, the first of which is the `from`th of a character.
#[inline]
fn hashes<const N: usize>(from: usize, facts: &[[u32; 4]; N]) -> [u32; N] {
    std::array::from_fn(|it| mixed((from + it) as u32 + 1, &facts[it]))
}

/// The character that stands for all like it, and its class.
fn alike(char: char) -> (u32, u8) {
    match char {
        '0'..='9' | '０'..='９' => ('0' as u32, 1),
        'a'..='z' | 'ａ'..='ｚ' => ('a' as u32, 2),
        'A'..='Z' | 'Ａ'..='Ｚ' => ('A' as u32, 3),
        '“' | '「' | '‘' | '『' | '"' => ('“' as u32, 4),
        '”' | '」' | '’' | '』' => ('”' as u32, 4),
        '(' => ('（' as u32, 4),
        ')' => ('）' as u32, 4),
        ',' => ('，' as u32, 4),
        ':' => ('：' as u32, 4),
        '•' | '・' | '‧' | '∙' | '．' => ('·' as u32, 4),
        _ if super::person::is_han(char) => (char as u32, 5),
        _ => (char as u32, 4),
    }
}

/// A hash of `text` (FNV-1a), never 0.
fn hash_of(text: &str) -> u32 {
    text.bytes()
        .fold(0x811c_9dc5, |hash: u32, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193))
        .max(1)
}

/// A hash of a fact of a slot.
#[inline]
fn mixed(slot: u32, fact: &[u32; 4]) -> u32 {
    let low = u64::from(fact[0]) | u64::from(fact[1]) << 32;
    let high = u64::from(fact[2]) | u64::from(fact[3]) << 32;
    // One multiplication, both halves of it folded (as wyhash does).
    let low = low ^ u64::from(slot).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    let product = u128::from(low) * u128::from(high ^ 0xbf58_476d_1ce4_e5b9);
    ((product as u64 ^ (product >> 64) as u64) >> 32) as u32
}
