//! Where a text can hold a name and a slip of it: what [`super::slips`] needs no names of, nobody has to read.
//!
//! Two names one character apart leave the same characters around two that are mistaken for one another, and one of them
//! stands several times. All such places of a text are found without knowing what is a name: the characters that stand
//! together often, then the places where others stand that could be mistaken for them. Of these alone the names are read,
//! those of the rarer ones first: where they are in none, there is no slip.

use std::ops::Range;
use std::sync::atomic::{AtomicBool, AtomicU8, AtomicU32, AtomicU64, AtomicUsize, Ordering};

use super::likeness::Alike;
use super::person::Names;
use super::slips::{Name, OFTEN};
use crate::lexicon::is_ideograph;

/// Characters that no name holds.
pub(super) const STOPS: [char; 6] = ['，', '。', '；', '！', '？', '：'];

/// How often what stands together in a text does, told by hash: too often for some, too seldom for none.
#[derive(Debug)]
pub struct Windows {
    counts: Box<[AtomicU8]>,
    /// How many different ones stand often.
    often: AtomicUsize,
}

impl Windows {
    /// None yet, of a text of so many bytes.
    pub fn of_bytes(bytes: usize) -> Windows {
        let room = bytes.next_power_of_two().max(1 << 10);
        Windows { counts: (0..room).map(|_| AtomicU8::new(0)).collect(), often: AtomicUsize::new(0) }
    }

    /// Counts those of `text`.
    pub fn add(&self, text: &str) {
        let mut often = 0;
        each_window(text, |window| {
            let count = self.count(window.hash());
            if !is_often(count) {
                // Others may count there at the same time: some count too far, none too little.
                often += usize::from(u32::from(count.fetch_add(1, Ordering::Relaxed)) + 1 == OFTEN);
            }
        });
        self.often.fetch_add(often, Ordering::Relaxed);
    }

    fn count(&self, hash: u64) -> &AtomicU8 {
        &self.counts[(hash >> 20) as usize & (self.counts.len() - 1)]
    }
}

fn is_often(count: &AtomicU8) -> bool {
    u32::from(count.load(Ordering::Relaxed)) >= OFTEN
}

/// A place of a text where a character that others are mistaken for stands among certain others.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Place {
    /// The other characters, as a hash.
    pub hash: u64,
    /// Which of the characters that are mistaken for one another stands there.
    pub which: u16,
    /// The bytes of all of them.
    pub start: u32,
    /// Where these end.
    pub end: u32,
}

/// The places of a text where something stands often, and whether something else stands there, too.
#[derive(Debug)]
pub struct Doubles {
    windows: Windows,
    /// The hashes of windows whose places are added, each where the last one of its kind was put.
    added: Box<[AtomicU64]>,
    /// What stands around one character of a window that stands often, and some others: most that stands in a text is none
    /// of these, and nobody has to ask for its places.
    near: Bits,
    /// A hash table, open and probed one after another: a mark of the hash, and which character.
    places: Box<[AtomicU32]>,
    /// What stands around places with different characters, and some others.
    different: Bits,
    /// Whether a place found no room: nothing is known then.
    full: AtomicBool,
}

/// A set of hashes that holds some others, too.
#[derive(Debug)]
struct Bits(Box<[AtomicU8]>);

impl Bits {
    /// None yet, in so many bytes, a power of two.
    fn of_bytes(bytes: usize) -> Bits {
        Bits((0..bytes).map(|_| AtomicU8::new(0)).collect())
    }

    fn add(&self, hash: u64) {
        let (byte, bit) = self.place(hash);
        byte.fetch_or(1 << bit, Ordering::Relaxed);
    }

    #[inline]
    fn may_hold(&self, hash: u64) -> bool {
        let (byte, bit) = self.place(hash);
        byte.load(Ordering::Relaxed) >> bit & 1 == 1
    }

    #[inline]
    fn place(&self, hash: u64) -> (&AtomicU8, u32) {
        let at = (hash >> 16) as usize;
        (&self.0[at >> 3 & (self.0.len() - 1)], at as u32 & 7)
    }
}

/// Bits of a place: that it is taken, which character stands there, and above these a part of its hash.
const TAKEN: u32 = 1;
const WHICH: u32 = 1;
const TAG: u32 = 12;

/// Places that are looked at for one.
const PROBES: usize = 32;

impl Doubles {
    /// None yet, of a text whose windows were counted.
    pub fn of(windows: Windows) -> Doubles {
        let often = windows.often.load(Ordering::Relaxed).next_power_of_two().max(1 << 5);
        Doubles {
            windows,
            added: (0..often).map(|_| AtomicU64::new(0)).collect(),
            near: Bits::of_bytes(8 * often),
            // Six places for each window, and most of the table free.
            places: (0..16 * often).map(|_| AtomicU32::new(0)).collect(),
            different: Bits::of_bytes(4 * often),
            full: AtomicBool::new(false),
        }
    }

    /// Adds the places of what stands often in `text`: the first round.
    pub fn add(&self, text: &str) {
        each_window(text, |window| {
            let hash = window.hash();
            if !is_often(self.windows.count(hash)) {
                return;
            }
            let added = &self.added[(hash >> 20) as usize & (self.added.len() - 1)];
            if added.load(Ordering::Relaxed) == hash {
                return;
            }
            added.store(hash, Ordering::Relaxed);
            for slot in window.slots() {
                let rest = window.rest(slot);
                self.near.add(rest);
                window.each_place(slot, |hash, which| self.put(rest, hash, which));
            }
        });
    }

    fn put(&self, rest: u64, hash: u64, which: u16) {
        let own = own(hash, which);
        for place in self.probed(hash) {
            match place.compare_exchange(0, own, Ordering::Relaxed, Ordering::Relaxed) {
                Ok(_) => return,
                Err(it) if it >> TAG == own >> TAG => {
                    if it != own {
                        self.different.add(rest);
                    }
                    return;
                }
                Err(_) => {}
            }
        }
        self.full.store(true, Ordering::Relaxed);
    }

    /// Compares what stands seldom in `text` with what was added: the second round.
    pub fn compare(&self, text: &str) {
        each_window(text, |window| {
            let mut near = window.slots().filter(|it| self.near.may_hold(window.rest(*it))).peekable();
            if near.peek().is_none() || is_often(self.windows.count(window.hash())) {
                return;
            }
            for slot in near {
                window.each_place(slot, |hash, which| {
                    let own = own(hash, which);
                    let mut probed = self.probed(hash).map(|it| it.load(Ordering::Relaxed));
                    let there = probed.find(|it| *it == 0 || it >> TAG == own >> TAG);
                    if there.is_some_and(|it| it != 0 && it != own) {
                        self.different.add(window.rest(slot));
                    }
                });
            }
        });
    }

    /// The places of `text` where different characters stand, and some others; `None` where that is not known. The third
    /// round.
    pub fn stand_in(&self, text: &str) -> Option<Vec<Place>> {
        if self.full.load(Ordering::Relaxed) {
            return None;
        }
        let mut places = Vec::new();
        each_window(text, |window| {
            for slot in window.slots().filter(|it| self.different.may_hold(window.rest(*it))) {
                window.each_place(slot, |hash, which| {
                    let Range { start, end } = window.bytes();
                    places.push(Place { hash, which, start: start as u32, end: end as u32 });
                });
            }
        });
        Some(places)
    }

    /// Where in the table that of `hash` can be, in order.
    fn probed(&self, hash: u64) -> impl Iterator<Item = &AtomicU32> {
        let start = (hash >> 20) as usize;
        (start..start + PROBES).map(|it| &self.places[it & (self.places.len() - 1)])
    }
}

/// What the table holds of the place of `hash` with `which` character.
fn own(hash: u64, which: u16) -> u32 {
    ((hash >> 44) as u32) << TAG | u32::from(which) << WHICH | TAKEN
}

/// Three characters that can be a person, or any four, as they stand together in a text.
struct Window<'a> {
    alike: &'a Alike,
    letters: &'a [Letter],
    /// What they make of the hash.
    sum: u64,
}

/// A character of a text.
#[derive(Clone, Copy)]
struct Letter {
    char: char,
    /// Where it starts.
    at: u32,
    /// What it makes of the hash of a window, but for where it stands there.
    value: u64,
}

/// Characters of the shorter and of the longer windows.
const SHORT: usize = 3;
const LONG: usize = 4;

impl Window<'_> {
    fn bytes(&self) -> Range<usize> {
        let last = &self.letters[self.letters.len() - 1];
        self.letters[0].at as usize..last.at as usize + last.char.len_utf8()
    }

    /// Tells windows from one another, of whichever length.
    #[inline]
    fn hash(&self) -> u64 {
        mixed(self.sum)
    }

    /// The places in it, by where their characters stand. A person's surname is none.
    #[inline]
    fn slots(&self) -> Range<usize> {
        if self.letters.len() == LONG { 0..LONG } else { 1..SHORT }
    }

    /// The hash of what stands around the character in `slot`.
    #[inline]
    fn rest(&self, slot: usize) -> u64 {
        mixed(self.sum ^ turned(self.letters[slot].value, slot))
    }

    /// Calls `each` with what may stand in `slot`: the hash of what stands around it, with the group of characters that
    /// the one there is mistaken for, and which of these it is.
    #[inline]
    fn each_place(&self, slot: usize, mut each: impl FnMut(u64, u16)) {
        let Letter { char, value, .. } = self.letters[slot];
        let rest = self.sum ^ turned(value, slot);
        for (group, which) in self.alike.groups(char) {
            each(mixed(rest ^ turned(value_of(GROUP + u32::from(group)), slot)), which);
        }
    }
}

/// What a character makes of the hash of a window, but for where it stands there.
#[inline]
fn value_of(char: u32) -> u64 {
    u64::from(char).wrapping_mul(0x9e37_79b9_7f4a_7c15)
}

/// The same of a character in `slot`.
#[inline]
fn turned(value: u64, slot: usize) -> u64 {
    value.rotate_left(13 * slot as u32)
}

#[inline]
fn mixed(sum: u64) -> u64 {
    let hash = sum.wrapping_mul(0xbf58_476d_1ce4_e5b9);
    hash ^ hash >> 32
}

/// More than any character.
const GROUP: u32 = 1 << 24;

/// Calls `each` with the windows of `text`: four characters that stand together, and three that [`Name::of`] takes for a
/// person. White space is passed over, and no name stands across [`STOPS`].
#[inline]
fn each_window(text: &str, mut each: impl FnMut(&Window<'_>)) {
    let (alike, names) = (Alike::shared(), Names::shared());
    let mut letters: Vec<Letter> = Vec::with_capacity(64);
    for (at, char) in text.char_indices() {
        if !is_ideograph(char) {
            if char.is_whitespace() {
                continue;
            }
            if STOPS.contains(&char) {
                each_within(&letters, alike, names, &mut each);
                letters.clear();
                continue;
            }
        }
        letters.push(Letter { char, at: at as u32, value: value_of(char as u32) });
    }
    each_within(&letters, alike, names, &mut each);
}

/// The same of `letters` between stops.
#[inline]
fn each_within(letters: &[Letter], alike: &Alike, names: &Names, each: &mut impl FnMut(&Window<'_>)) {
    for (first, letter) in letters.iter().enumerate() {
        let Some(short) = letters.get(first..first + SHORT) else { return };
        let sum = letter.value ^ turned(short[1].value, 1) ^ turned(short[2].value, 2);
        let starts = names.starts(letter.char);
        let foreign = |it: &Letter| names.is_foreign(it.char);
        if starts.person || starts.foreign && (foreign(&short[1]) || foreign(&short[2])) {
            // Told from what four characters make.
            let sum = sum ^ SHORT as u64;
            each(&Window { alike, letters: short, sum });
        }
        if let Some(long) = letters.get(first..first + LONG) {
            let sum = sum ^ turned(long[SHORT].value, SHORT);
            each(&Window { alike, letters: long, sum });
        }
    }
}

/// What stands at places of a kind, of all that a document has: those of one `hash`, in any order.
#[derive(Debug)]
pub struct Sites<'a, T> {
    sites: &'a [(T, Place)],
    /// The character that most have.
    most: u16,
}

impl<'a, T> Sites<'a, T> {
    /// The `sites` of one place; `None` where no slip can be: where all have the same character, or none is there often.
    pub fn of(sites: &'a [(T, Place)]) -> Option<Sites<'a, T>> {
        let mut counts: Vec<(u32, u16)> = Vec::new();
        for (_, place) in sites {
            match counts.iter_mut().find(|it| it.1 == place.which) {
                Some(count) => count.0 += 1,
                None => counts.push((1, place.which)),
            }
        }
        let (times, most) = counts.iter().copied().max()?;
        (counts.len() > 1 && times >= OFTEN).then_some(Sites { sites, most })
    }

    /// All of them.
    pub fn all(&self) -> &'a [(T, Place)] {
        self.sites
    }

    /// Those with another character than most. Of two names that are slips of one another, one stands there.
    pub fn rare(&self) -> impl Iterator<Item = &'a (T, Place)> + use<'_, 'a, T> {
        self.sites.iter().filter(|it| it.1.which != self.most)
    }
}

/// Whether one of `names`, all that stand at places of one kind, stands often, and another may be a slip of it.
pub fn hold_a_slip(names: impl Iterator<Item = Name>) -> bool {
    let mut counts: Vec<(Name, u32)> = Vec::new();
    for name in names {
        match counts.iter_mut().find(|it| it.0 == name) {
            Some(count) => count.1 += 1,
            None => counts.push((name, 1)),
        }
    }
    let often = counts.iter().filter(|it| it.1 >= OFTEN);
    often.into_iter().any(|often| counts.iter().any(|it| it.0.is_slip_of(&often.0)))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// For each of `texts` what stands at its places where different characters do, one of them often.
    fn doubles(texts: &[&str]) -> Vec<Vec<String>> {
        let windows = Windows::of_bytes(texts.iter().map(|it| it.len()).sum());
        texts.iter().for_each(|it| windows.add(it));
        let doubles = Doubles::of(windows);
        texts.iter().for_each(|it| doubles.add(it));
        texts.iter().for_each(|it| doubles.compare(it));
        let mut found: Vec<(usize, Place)> = Vec::new();
        for (at, text) in texts.iter().enumerate() {
            found.extend(doubles.stand_in(text).expect("there is room").into_iter().map(|it| (at, it)));
        }
        found.sort_unstable_by_key(|it| (it.1.hash, it.0, it.1.start));
        let mut all = vec![Vec::new(); texts.len()];
        let groups = found.chunk_by(|one, two| one.1.hash == two.1.hash).filter_map(Sites::of);
        for (at, place) in groups.flat_map(|it| it.all()) {
            let bytes = place.start as usize..place.end as usize;
            all[*at].push(texts[*at][bytes].to_owned());
        }
        all.iter_mut().for_each(|it| it.sort());
        all
    }

    #[test]
    fn a_slip_and_what_it_is_a_slip_of_are_found() {
        let texts = ["记者王晋豫报道。", "王晋豫，王晋豫", "天气晴好。", "摄影：王 晋裕"];
        assert_eq!(doubles(&texts), [&["王晋豫"][..], &["王晋豫"; 2], &[], &["王 晋裕"]]);
        let texts = ["艺新街道", "艺新街道", "艺新街道", "艺欣街道", "街道"];
        let expected = [&["艺新街道"][..], &["艺新街道"], &["艺新街道"], &["艺欣街道"], &[]];
        assert_eq!(doubles(&texts), expected);
    }

    #[test]
    fn what_stands_too_seldom_or_is_not_alike_is_not_found() {
        let none = [&[] as &[&str]; 4];
        assert_eq!(doubles(&["王晋豫", "王晋豫", "王晋裕", "王晋裕"]), none);
        assert_eq!(doubles(&["王晋豫", "王晋豫", "王晋豫", "王晋明"]), none);
        assert_eq!(doubles(&["他说的", "他说的", "他说的", "他说地"]), none);
    }

    #[test]
    fn the_rarer_of_two_is_told() {
        let place = |which| Place { hash: 1, which, start: 0, end: 9 };
        let sites: Vec<(usize, Place)> = [3, 3, 4, 3].map(place).into_iter().enumerate().collect();
        let rare: Vec<usize> = Sites::of(&sites).expect("a slip can be").rare().map(|it| it.0).collect();
        assert_eq!(rare, [2]);
        assert!(Sites::of(&sites[1..]).is_none());
    }
}
