//! What the tagger looks at: for each character, numbers that stand for facts about it and its surroundings — the
//! characters and words around it, what kinds of word they are, what the lists and patterns propose, which ending
//! of an organisation lies ahead.

use super::organization;
use super::person::Names;
use super::words::Words;
use super::{EntityKind, Mention, gazetteer};
use crate::lexicon::Lexicon;

/// Features of a character.
pub const SLOTS: usize = 38;

/// The features of one character, each the hash of a fact.
pub type Slots = [u32; SLOTS];

/// Calls `each` for every character of the text, in order, with its features. `proposals` are the names that lists and
/// patterns find in the text, in order and disjoint. O(n).
pub(super) fn each(
    words: &Words<'_>,
    proposals: &[Mention],
    lexicon: &Lexicon,
    mut each: impl FnMut(&Slots),
) {
    let text = Text::of(words, proposals, lexicon);
    for at in 0..text.chars.len() {
        each(&text.slots(at));
    }
}

/// What is known of a character by itself.
#[derive(Clone, Copy, Default)]
struct Char {
    /// The character, alike ones made one.
    value: u32,
    /// Digit, letter, ideograph, mark.
    class: u8,
    /// The word that it belongs to.
    word: u32,
    /// Where in the word it stands: 1 first, 2 middle, 3 last, 4 only.
    part: u8,
    /// What the proposals say: 0 nothing, else kind and whether it is first or last.
    proposal: u8,
    /// Which proposal.
    which: u32,
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

/// What is known of a word by itself.
#[derive(Clone, Copy, Default)]
struct Word {
    hash: u32,
    tag: u8,
    /// The ending of an organisation that lies ahead, and how many words ahead.
    ahead: u8,
    distance: u8,
}

/// A text with all that features are made of.
struct Text {
    chars: Vec<Char>,
    words: Vec<Word>,
    /// Length in characters and hash of the last two characters of each proposal.
    proposals: Vec<(u8, u32)>,
}

/// The farthest that the ending of an organisation may lie ahead, in words.
const AHEAD: u8 = 9;

impl Text {
    fn of(words: &Words<'_>, proposals: &[Mention], lexicon: &Lexicon) -> Text {
        let length = words.text.chars().count();
        let mut text = Text {
            chars: Vec::with_capacity(length),
            words: Vec::with_capacity(words.words.len()),
            proposals: Vec::with_capacity(proposals.len()),
        };
        text.add_words(words);
        text.add_matches(words, lexicon);
        text.add_proposals(words, proposals);
        text
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
                self.chars.push(Char { value, class, word: index as u32, person, quoted, ..Char::default() });
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
            self.words.push(Word { hash, tag: word.tag.index(), ..Word::default() });
        }
        let mut ahead = (0, 0);
        for index in (0..self.words.len()).rev() {
            let ending = organization::ending(words.word(index)).filter(|_| words.is_han(index));
            ahead = match ending {
                Some(ending) => (ending, 1),
                None if organization::stops(words, index) || !words.is_han(index) || ahead.1 >= AHEAD => {
                    (0, 0)
                }
                None if ahead.1 == 0 => (0, 0),
                None => (ahead.0, ahead.1 + 1),
            };
            (self.words[index].ahead, self.words[index].distance) = ahead;
        }
    }

    /// The words of the dictionary and the places of the gazetteer that start or end at each character.
    fn add_matches(&mut self, words: &Words<'_>, lexicon: &Lexicon) {
        let mut covered = 0;
        for (at, (byte, char)) in words.text.char_indices().enumerate() {
            if !super::person::is_han(char) {
                continue;
            }
            let rest = &words.text[byte..];
            for (length, entry) in lexicon.words_at(rest) {
                let chars = count(&rest[..length]);
                if chars < 2 {
                    continue;
                }
                let tag = entry.tag.index();
                (self.chars[at].starts, self.chars[at].starts_tag) = (chars.min(8) as u8, tag);
                let last = &mut self.chars[at + chars - 1];
                if last.ends < chars.min(8) as u8 {
                    (last.ends, last.ends_tag) = (chars.min(8) as u8, tag);
                }
            }
            if at < covered {
                continue;
            }
            if let Some((length, place)) = gazetteer::places_at(rest).filter(|it| it.0 > 3).last() {
                let chars = count(&rest[..length]);
                for (index, char) in self.chars[at..at + chars].iter_mut().enumerate() {
                    let part = if index == 0 { 1 } else { 2 + u8::from(index + 1 == chars) };
                    char.place = part + 4 * (place.level as u8 * 2 + u8::from(place.short));
                }
                covered = at + chars;
            }
        }
    }

    fn add_proposals(&mut self, words: &Words<'_>, proposals: &[Mention]) {
        let mut at = 0;
        let mut byte = 0;
        for mention in proposals {
            let span = mention.span.range();
            at += count(&words.text[byte..span.start]);
            let name = &words.text[span.clone()];
            let length = count(name);
            let mut ending = name.char_indices().rev();
            let tail = ending.nth(1).map_or(name, |it| &name[it.0..]);
            let kind = match mention.kind {
                EntityKind::Person => 1,
                EntityKind::Place => 2,
                EntityKind::Organization => 3,
                EntityKind::Work | EntityKind::Post => 4,
            };
            for (index, char) in self.chars[at..at + length].iter_mut().enumerate() {
                let part = u8::from(index == 0) + 2 * u8::from(index + 1 == length);
                char.proposal = 4 * kind + part;
                char.which = self.proposals.len() as u32;
            }
            self.proposals.push((length.min(20) as u8, hash_of(tail)));
            at += length;
            byte = span.end;
        }
    }

    fn char(&self, at: usize, by: isize) -> Char {
        at.checked_add_signed(by).and_then(|it| self.chars.get(it)).copied().unwrap_or_default()
    }

    fn word(&self, index: u32, by: isize) -> Word {
        let index = (index as usize).checked_add_signed(by);
        index.and_then(|it| self.words.get(it)).copied().unwrap_or_default()
    }

    /// The features of character `at`.
    fn slots(&self, at: usize) -> Slots {
        let [c3, c2, c1, c, d1, d2, d3] = [-3, -2, -1, 0, 1, 2, 3].map(|by| self.char(at, by));
        let [w2, w1, w, v1, v2] = [-2, -1, 0, 1, 2].map(|by| self.word(c.word, by));
        let part = u32::from(c.part);
        let [t1, t, s1] = [w1, w, v1].map(|it| u32::from(it.tag));
        let proposal = u32::from(c.proposal);
        let (length, tail) = match c.proposal {
            0 => (0, 0),
            _ => self.proposals[c.which as usize],
        };
        let ahead = u32::from(w.ahead) << 8 | u32::from(w.distance);
        let classes = [c2, c1, c, d1, d2].iter().fold(0, |sum, it| sum * 6 + u32::from(it.class));
        let facts: [[u32; 4]; SLOTS] = [
            [c.value, 0, 0, 0],
            [c1.value, 0, 0, 0],
            [d1.value, 0, 0, 0],
            [c2.value, 0, 0, 0],
            [d2.value, 0, 0, 0],
            [c1.value, c.value, 0, 0],
            [c.value, d1.value, 0, 0],
            [c2.value, c1.value, 0, 0],
            [d1.value, d2.value, 0, 0],
            [c1.value, d1.value, 0, 0],
            [c1.value, c.value, d1.value, 0],
            [c2.value, c1.value, c.value, 0],
            [c.value, d1.value, d2.value, 0],
            [c3.value, c2.value, c1.value, 0],
            [d1.value, d2.value, d3.value, 0],
            [w.hash, part, 0, 0],
            [t, part, 0, 0],
            [w1.hash, part, 0, 0],
            [v1.hash, part, 0, 0],
            [t1, t, part, 0],
            [t, s1, part, 0],
            [w1.hash, t, part, 0],
            [t, v1.hash, part, 0],
            [t1, t, s1, part],
            [w2.hash, w1.hash, part, 0],
            [v1.hash, v2.hash, part, 0],
            [proposal, part, 0, 0],
            [u32::from(c1.proposal), proposal, u32::from(d1.proposal), 0],
            [proposal, u32::from(length), t, 0],
            [proposal, tail, 0, 0],
            [ahead, t, part, 0],
            [ahead, u32::from(c.place), u32::from(c1.place), proposal],
            [u32::from(c.place), u32::from(c1.place), u32::from(d1.place), part],
            [u32::from(c1.person), u32::from(c.person), u32::from(d1.person), u32::from(d2.person)],
            [u32::from(c.starts), u32::from(c.starts_tag), u32::from(c.ends), u32::from(c.ends_tag)],
            [u32::from(c1.ends), u32::from(c1.ends_tag), u32::from(d1.starts), u32::from(d1.starts_tag)],
            [u32::from(c.quoted), t, part, u32::from(c.place)],
            [classes, part, 0, 0],
        ];
        let mut slots = [0; SLOTS];
        for (slot, fact) in facts.iter().enumerate() {
            slots[slot] = mixed(slot as u32 + 1, fact);
        }
        slots
    }
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

/// Characters of `text`.
fn count(text: &str) -> usize {
    text.chars().count()
}

/// A hash of `text` (FNV-1a), never 0.
fn hash_of(text: &str) -> u32 {
    text.bytes()
        .fold(0x811c_9dc5, |hash: u32, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193))
        .max(1)
}

/// A hash of a fact of a slot.
fn mixed(slot: u32, fact: &[u32; 4]) -> u32 {
    let step = |hash: u64, value: u64| {
        let it = (hash ^ value).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        it ^ it >> 29
    };
    let low = u64::from(fact[0]) | u64::from(fact[1]) << 32;
    let high = u64::from(fact[2]) | u64::from(fact[3]) << 32;
    (step(step(u64::from(slot) << 40, low), high).wrapping_mul(0xbf58_476d_1ce4_e5b9) >> 32) as u32
}
