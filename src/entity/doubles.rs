//! Where a text can hold a name and a slip of it: what [`super::slips`] needs no names of, nobody has to read.
//!
//! Two names one character apart leave the same characters around two that are mistaken for one another, and one of them
//! stands several times. All such places of a text are found without knowing what is a name: the characters that stand
//! together often, then the places where others stand that could be mistaken for them. Of these alone the names are read,
//! those of the rarer ones first: where they are in none, there is no slip.

use std::ops::Range;
use std::sync::atomic::{AtomicBool, AtomicU8, AtomicU32, AtomicUsize, Ordering};

use super::likeness::Alike;
use super::person::Names;
use super::slips::{Name, OFTEN};

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
            // Others may count there at the same time.
            let risen = |it| (u32::from(it) < OFTEN).then(|| it + 1);
            let before = count.fetch_update(Ordering::Relaxed, Ordering::Relaxed, risen);
            often += usize::from(before.is_ok_and(|it| u32::from(it) + 1 == OFTEN));
        });
        self.often.fetch_add(often, Ordering::Relaxed);
    }

    fn count(&self, hash: u64) -> &AtomicU8 {
        &self.counts[(hash >> 20) as usize & (self.counts.len() - 1)]
    }
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
    /// A hash table, open and probed one after another: a mark of the hash, which character, whether there are others.
    places: Box<[AtomicU32]>,
    /// A bit for each place with different characters, and for some others.
    different: Box<[AtomicU8]>,
    /// Whether a place found no room: nothing is known then.
    full: AtomicBool,
}

/// Bits of a place: that it is taken, whether there are different characters, which one, and above these a part of its
/// hash.
const TAKEN: u32 = 1;
const DIFFERENT: u32 = 2;
const WHICH: u32 = 2;
const TAG: u32 = 12;

/// Places that are looked at for one.
const PROBES: usize = 32;

impl Doubles {
    /// None yet, of a text whose windows were counted.
    pub fn of(windows: Windows) -> Doubles {
        // Six places for each window, and most of the table free.
        let room = (12 * windows.often.load(Ordering::Relaxed)).next_power_of_two().max(1 << 8);
        Doubles {
            windows,
            places: (0..room).map(|_| AtomicU32::new(0)).collect(),
            different: (0..room / 4).map(|_| AtomicU8::new(0)).collect(),
            full: AtomicBool::new(false),
        }
    }

    /// Adds the places of what stands often in `text`: the first round.
    pub fn add(&self, text: &str) {
        each_window(text, |window| {
            let hash = window.hash();
            if u32::from(self.windows.count(hash).load(Ordering::Relaxed)) >= OFTEN {
                window.each_place(|hash, which| {
                    let own = tag(hash) << TAG | u32::from(which) << WHICH | TAKEN;
                    for place in self.probed(hash) {
                        let taken = place.compare_exchange(0, own, Ordering::Relaxed, Ordering::Relaxed);
                        match taken {
                            Ok(_) => return,
                            Err(it) if it >> TAG == tag(hash) => {
                                if (it ^ own) & !DIFFERENT != 0 {
                                    self.differ(place, hash);
                                }
                                return;
                            }
                            Err(_) => {}
                        }
                    }
                    self.full.store(true, Ordering::Relaxed);
                });
            }
        });
    }

    /// Compares all that stands in `text` with what was added: the second round.
    pub fn compare(&self, text: &str) {
        each_window(text, |window| {
            window.each_place(|hash, which| {
                let mut probed = self.probed(hash).map(|it| (it, it.load(Ordering::Relaxed)));
                let own = probed.find(|it| it.1 == 0 || it.1 >> TAG == tag(hash));
                if let Some((place, it)) = own.filter(|it| it.1 != 0)
                    && it & DIFFERENT == 0
                    && (it & ((1 << TAG) - 1)) >> WHICH != u32::from(which)
                {
                    self.differ(place, hash);
                }
            });
        });
    }

    /// The places of `text` where different characters stand; `None` where that is not known. The third round.
    pub fn stand_in(&self, text: &str) -> Option<Vec<Place>> {
        if self.full.load(Ordering::Relaxed) {
            return None;
        }
        let mut places = Vec::new();
        each_window(text, |window| {
            window.each_place(|hash, which| {
                let (byte, bit) = self.bit(hash);
                if byte.load(Ordering::Relaxed) >> bit & 1 == 1 {
                    let Range { start, end } = window.bytes();
                    places.push(Place { hash, which, start: start as u32, end: end as u32 });
                }
            });
        });
        Some(places)
    }

    fn differ(&self, place: &AtomicU32, hash: u64) {
        place.fetch_or(DIFFERENT, Ordering::Relaxed);
        let (byte, bit) = self.bit(hash);
        byte.fetch_or(1 << bit, Ordering::Relaxed);
    }

    /// The bit of a place among those with different characters.
    fn bit(&self, hash: u64) -> (&AtomicU8, u32) {
        let at = (hash >> 16) as usize;
        (&self.different[at >> 3 & (self.different.len() - 1)], at as u32 & 7)
    }

    /// Where in the table that of `hash` can be, in order.
    fn probed(&self, hash: u64) -> impl Iterator<Item = &AtomicU32> {
        let start = (hash >> 20) as usize;
        (start..start + PROBES).map(|it| &self.places[it & (self.places.len() - 1)])
    }
}

fn tag(hash: u64) -> u32 {
    (hash >> 44) as u32
}

/// Three characters that can be a person, or any four, as they stand together in a text.
struct Window<'a> {
    alike: &'a Alike,
    /// The last of these are the window, each with where it starts.
    chars: [(usize, char); 4],
    length: usize,
    end: usize,
    /// What the characters make of the hash.
    sum: u64,
}

impl Window<'_> {
    fn bytes(&self) -> Range<usize> {
        self.chars[4 - self.length].0..self.end
    }

    /// Tells windows from one another, of whichever length.
    #[inline]
    fn hash(&self) -> u64 {
        mixed(self.sum, self.length)
    }

    /// Calls `each` with the places in it: the hash of what stands around a character, with the group of those that it is
    /// mistaken for, and which of these it is. A person's surname is no such place.
    #[inline]
    fn each_place(&self, mut each: impl FnMut(u64, u16)) {
        for slot in if self.length == 3 { 2..4 } else { 0..4 } {
            let char = self.chars[slot].1;
            let rest = self.sum ^ value(char as u32, slot);
            for (group, which) in self.alike.groups(char) {
                each(mixed(rest ^ value(GROUP + u32::from(group), slot), self.length), which);
            }
        }
    }
}

/// What a character makes of the hash of a window.
#[inline]
fn value(char: u32, slot: usize) -> u64 {
    u64::from(char).wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(13 * slot as u32)
}

#[inline]
fn mixed(sum: u64, length: usize) -> u64 {
    let hash = (sum ^ length as u64).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    hash ^ hash >> 32
}

/// More than any character.
const GROUP: u32 = 1 << 24;

/// Calls `each` with the windows of `text`: four characters that stand together, and three that [`Name::of`] takes for a
/// person. White space is passed over, and no name stands across [`STOPS`].
fn each_window(text: &str, mut each: impl FnMut(&Window<'_>)) {
    let (alike, names) = (Alike::shared(), Names::shared());
    let mut window = Window { alike, chars: [(0, '\0'); 4], length: 0, end: 0, sum: 0 };
    let mut length = 0;
    // Of each character what it can start, and whether foreign names are written with it.
    let mut starts = [names.starts('\0'); 4];
    for (at, char) in text.char_indices() {
        if !matches!(char, '\u{4e00}'..='\u{9fff}') {
            if char.is_whitespace() {
                continue;
            }
            if STOPS.contains(&char) {
                length = 0;
                continue;
            }
        }
        let [_, second, third, fourth] = window.chars;
        window.chars = [second, third, fourth, (at, char)];
        window.end = at + char.len_utf8();
        starts = [starts[1], starts[2], starts[3], names.starts(char)];
        length += 1;
        if length < 3 {
            continue;
        }
        let [(_, zeroth), (_, first), (_, second), (_, third)] = window.chars;
        window.sum = value(first as u32, 1) ^ value(second as u32, 2) ^ value(third as u32, 3);
        if starts[1].person || starts[1].foreign && (starts[2].foreign || starts[3].foreign) {
            window.length = 3;
            each(&window);
        }
        if length >= 4 {
            window.sum ^= value(zeroth as u32, 0);
            window.length = 4;
            each(&window);
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
