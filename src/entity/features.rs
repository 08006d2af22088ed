//! What the tagger looks at: for each character, numbers that stand for facts about it and its surroundings — the
//! characters and words around it, what kinds of word they are, what the lists and patterns propose, which ending
//! of an organisation lies ahead.
use super::facts::{Char, Facts, NO_CHARS, NO_WORDS, REACH, WORDS, Word};
use super::table::AT_A_TIME;

/// Features of a character.
pub const SLOTS: usize = FIRST + REST;

/// Features that the tagger looks at first: they tell most characters that stand in no name. Those of the wording, then
/// those of the shape.
pub(super) const FIRST: usize = WORDING + SHAPE;

/// First features that the characters and words around make.
pub(super) const WORDING: usize = 8;

/// First features that lists and patterns make: of most characters these have nothing to say ([`Around::quiet`]).
pub(super) const SHAPE: usize = 4;

/// What [`Around::quiet`] is below of.
pub(super) const QUIET: usize = 64 * PARTS as usize;

/// Parts of a word, with that of no word.
const PARTS: u8 = 5;

/// Features that it looks at where the first leave a doubt.
pub(super) const REST: usize = 2 * AT_A_TIME;

/// The features of one character, each the hash of a fact; [`FIRST`] come first.
pub type Slots = [u32; SLOTS];

/// Calls `each` for every character of `text`, in order, with its features. O(n).
pub(super) fn each(text: &Facts, mut each: impl FnMut(&Slots)) {
    for at in 0..text.length() {
        let around = text.around(at);
        let mut slots = [0; SLOTS];
        slots[..WORDING].copy_from_slice(&around.wording());
        slots[WORDING..FIRST].copy_from_slice(&around.shape());
        slots[FIRST..].copy_from_slice(&around.rest());
        each(&slots);
    }
}

/// A character and its surroundings.
pub(super) struct Around<'a> {
    pub(super) chars: &'a [Char; 2 * REACH + 1],
    pub(super) words: &'a [Word; 2 * WORDS + 1],
    /// Length and hash of the end of the proposal that the character stands in.
    pub(super) length: u32,
    pub(super) tail: u32,
}

impl Around<'_> {
    /// The first features of the wording.
    #[inline]
    pub(super) fn wording(&self) -> [u32; WORDING] {
        let [_, _, c1, c, d1, d2, _] = *self.chars;
        let [_, w1, w, v1, _] = *self.words;
        let part = u32::from(c.part);
        let [t1, t, s1] = [w1, w, v1].map(|it| u32::from(it.tag));
        hashes(
            PLACES_OF_WORDING,
            &[
                [c1.value, c.value, 0, 0],
                [c.value, d1.value, 0, 0],
                [c1.value, c.value, d1.value, 0],
                [w.hash, part, 0, 0],
                [w1.hash, part, 0, 0],
                [v1.hash, part, 0, 0],
                [t1, t, s1, part],
                [u32::from(c1.person), u32::from(c.person), u32::from(d1.person), u32::from(d2.person)],
            ],
        )
    }

    /// The first features of the shape.
    #[inline]
    pub(super) fn shape(&self) -> [u32; SHAPE] {
        let [_, _, c1, c, d1, _, _] = *self.chars;
        let w = self.words[WORDS];
        let (t, part) = (u32::from(w.tag), u32::from(c.part));
        let proposal = u32::from(c.proposal);
        hashes(
            PLACES_OF_SHAPE,
            &[
                [u32::from(c1.proposal), proposal, u32::from(d1.proposal), 0],
                [proposal, self.length, t, 0],
                [w.ahead(), t, part, 0],
                [u32::from(c.place), u32::from(c1.place), u32::from(d1.place), part],
            ],
        )
    }

    /// What the shape is made of where no list and no pattern has anything to say: tag and part of the word, as one number
    /// below [`QUIET`].
    #[inline]
    pub(super) fn quiet(&self) -> Option<usize> {
        let [_, _, c1, c, d1, _, _] = *self.chars;
        let w = self.words[WORDS];
        let said =
            c1.proposal | c.proposal | d1.proposal | c1.place | c.place | d1.place | w.ahead | w.distance;
        (said == 0).then(|| usize::from(w.tag) * usize::from(PARTS) + usize::from(c.part))
    }

    /// The features of the shape that [`Around::quiet`] is made of.
    pub(super) fn quiet_shape(quiet: usize) -> [u32; SHAPE] {
        let mut chars = NO_CHARS;
        chars[REACH].part = (quiet % usize::from(PARTS)) as u8;
        let mut words = NO_WORDS;
        words[WORDS].tag = (quiet / usize::from(PARTS)) as u8;
        Around { chars: &chars, words: &words, length: 0, tail: 0 }.shape()
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
            PLACES_OF_REST,
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

/// The numbers that tell the features of one kind from those of another; the weights were learnt with them.
const PLACES_OF_WORDING: [u32; WORDING] = [1, 2, 3, 4, 5, 6, 7, 12];
const PLACES_OF_SHAPE: [u32; SHAPE] = [8, 9, 10, 11];
const PLACES_OF_REST: [u32; REST] = {
    let mut places = [0; REST];
    let mut at = 0;
    while at < REST {
        places[at] = (FIRST + at) as u32 + 1;
        at += 1;
    }
    places
};

/// The hashes of facts, each under its number.
#[inline]
fn hashes<const N: usize>(places: [u32; N], facts: &[[u32; 4]; N]) -> [u32; N] {
    let mut hashes = [0; N];
    for ((hash, place), fact) in hashes.iter_mut().zip(places).zip(facts) {
        *hash = mixed(place, fact);
    }
    hashes
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
