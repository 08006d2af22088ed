//! Where a text can hold a name and a slip of it: what [`super::slips`] needs no names of, nobody has to read.
//!
//! Two names one character apart leave the same characters around two that are mistaken for one another. All such places
//! of a text are counted without knowing what is a name; a paragraph none of whose places holds different characters,
//! four in all, has no part in a slip. On news of one page that is true of nineteen paragraphs in twenty.

use std::ops::Range;
use std::sync::atomic::{AtomicU32, AtomicUsize, Ordering};

use super::likeness::Alike;
use super::person::Names;

/// Characters that no name holds.
pub(super) const STOPS: [char; 6] = ['，', '。', '；', '！', '？', '：'];

/// Mentions of a name and its slip together, at least.
const LEAST: u32 = super::slips::OFTEN + 1;

/// The places of a text where a character that others are mistaken for stands among certain others, each with what
/// stands there: how many characters, up to [`LEAST`], which one, and whether there are different ones. It only grows:
/// what it says of a text that was added stays true, or errs on the safe side, after others went.
#[derive(Debug)]
pub struct Doubles {
    /// A hash table, open and probed one after another.
    places: Box<[AtomicU32]>,
    /// Places that are taken; all of them where one found no room.
    taken: AtomicUsize,
}

/// Bits of a place: how many, whether different ones, which one, and above these a part of its hash.
const COUNT: u32 = 7;
const DIFFERENT: u32 = 8;
const WHICH: u32 = 4;
const TAG: u32 = 14;

/// Places that are looked at for one.
const PROBES: usize = 32;

impl Doubles {
    /// None yet, with room for those of a text of so many bytes.
    pub fn of_bytes(bytes: usize) -> Doubles {
        // News has one and a half for each byte, most of them different.
        let room = (3 * bytes).next_power_of_two().max(1 << 10);
        Doubles { places: (0..room).map(|_| AtomicU32::new(0)).collect(), taken: AtomicUsize::new(0) }
    }

    /// Whether so much was added, or the text has grown so long, that there is little room left.
    pub fn is_worn(&self, bytes: usize) -> bool {
        let room = self.places.len();
        self.taken.load(Ordering::Relaxed) > room / 8 * 7 || 2 * bytes > room
    }

    /// Adds the places of `text`; where `changed` is given those that hold a byte of it. Whether one of them has become
    /// such that a slip can stand there.
    pub fn add(&self, text: &str, changed: Option<&Range<usize>>) -> bool {
        let mut risen = false;
        let mut taken = 0;
        each_place(text, |bytes, hash, which| {
            if changed.is_some_and(|it| bytes.end <= it.start || it.end <= bytes.start) {
                return true;
            }
            let own = tag(hash) << TAG | u32::from(which) << WHICH | 1;
            for place in self.probed(hash) {
                // Others may write there at the same time.
                let written = place.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |it| match it {
                    0 => Some(own),
                    _ if it >> TAG != tag(hash) => None,
                    _ if is_suspect(it) => None,
                    _ => {
                        let other = if it >> WHICH == own >> WHICH { 0 } else { DIFFERENT };
                        Some((it & !COUNT | other) | ((it & COUNT) + 1).min(LEAST)).filter(|now| *now != it)
                    }
                });
                match written {
                    Ok(0) => {
                        taken += 1;
                        return true;
                    }
                    Ok(before) => {
                        let after = place.load(Ordering::Relaxed);
                        risen |= is_suspect(after) && !is_suspect(before);
                        return true;
                    }
                    Err(it) if it >> TAG == tag(hash) => return true,
                    Err(_) => {}
                }
            }
            taken += self.places.len();
            risen = true;
            true
        });
        self.taken.fetch_add(taken, Ordering::Relaxed);
        risen
    }

    /// Whether a place of `text`, which was added, is such that a slip can stand there.
    pub fn stand_in(&self, text: &str) -> bool {
        if self.taken.load(Ordering::Relaxed) > self.places.len() {
            return true;
        }
        !each_place(text, |_, hash, _| {
            let mut probed = self.probed(hash).map(|it| it.load(Ordering::Relaxed));
            let own = probed.find(|it| *it == 0 || it >> TAG == tag(hash));
            !own.is_some_and(is_suspect)
        })
    }

    /// The places where that of `hash` can be, in order.
    fn probed(&self, hash: u64) -> impl Iterator<Item = &AtomicU32> {
        let start = (hash >> 20) as usize;
        (start..start + PROBES).map(|it| &self.places[it & (self.places.len() - 1)])
    }
}

fn tag(hash: u64) -> u32 {
    (hash >> 46) as u32
}

fn is_suspect(place: u32) -> bool {
    place & DIFFERENT > 0 && place & COUNT >= LEAST
}

/// The stretch of `text` in which a place can hold a byte of `changed`, or stand across where it is empty.
pub fn stretch(text: &str, changed: &Range<usize>) -> Range<usize> {
    let solid = |it: &(usize, char)| !it.1.is_whitespace();
    let before = text[..changed.start].char_indices().rev().filter(solid).nth(2);
    let after = text[changed.end..].char_indices().filter(solid).nth(2);
    before.map_or(0, |it| it.0)..after.map_or(text.len(), |it| changed.end + it.0 + it.1.len_utf8())
}

/// Calls `each` with the places of `text` until it says no: their bytes, their hash, and which of the characters that
/// are mistaken for one another stands there. Says whether it never did. A place is the second or third of the three
/// characters of a person's name, or one of any four.
fn each_place(text: &str, mut each: impl FnMut(Range<usize>, u64, u16) -> bool) -> bool {
    let (alike, names) = (Alike::shared(), Names::shared());
    // The last four characters, each with where it starts.
    let mut last = [(0, '\0'); 4];
    let mut length = 0;
    for (at, char) in text.char_indices() {
        if char.is_whitespace() {
            continue;
        }
        if STOPS.contains(&char) {
            length = 0;
            continue;
        }
        last = [last[1], last[2], last[3], (at, char)];
        length += 1;
        let end = at + char.len_utf8();
        let mut within = |chars: &[(usize, char)], slot: usize| {
            alike.groups(chars[slot].1).all(|(group, which)| {
                let hash = (0..chars.len()).fold(chars.len() as u64, |hash, at| {
                    let value = if at == slot { GROUP + u32::from(group) } else { chars[at].1 as u32 };
                    (hash.rotate_left(5) ^ u64::from(value)).wrapping_mul(0x517c_c1b7_2722_0a95)
                });
                each(chars[0].0..end, hash, which)
            })
        };
        let [_, (_, first), (_, second), (_, third)] = last;
        let three = length < 3
            || (!names.may_hold(first, third) || within(&last[1..], 1))
                && (!names.may_hold(first, second) || within(&last[1..], 2));
        if !three || length >= 4 && !(0..4).all(|slot| within(&last, slot)) {
            return false;
        }
    }
    true
}

/// More than any character.
const GROUP: u32 = 1 << 24;

#[cfg(test)]
mod tests {
    use super::*;

    /// Which of `texts` can have a part in a slip.
    fn suspects(texts: &[&str]) -> Vec<bool> {
        let doubles = Doubles::of_bytes(texts.iter().map(|it| it.len()).sum());
        for it in texts {
            doubles.add(it, None);
        }
        texts.iter().map(|it| doubles.stand_in(it)).collect()
    }

    #[test]
    fn a_slip_and_what_it_is_a_slip_of_are_suspect() {
        let texts = ["记者王晋豫报道。", "王晋豫说，大家辛苦了。", "天气晴好。", "王晋豫", "摄影：王 晋裕"];
        assert_eq!(suspects(&texts), [true, true, false, true, true]);
        let texts = ["艺新街道", "艺新街道办", "艺新街道的", "在艺欣街道", "街道"];
        assert_eq!(suspects(&texts), [true, true, true, true, false]);
        let texts = ["特朗普", "特朗普", "特朗普", "特郎普"];
        assert_eq!(suspects(&texts), [true; 4]);
    }

    #[test]
    fn what_stands_too_seldom_or_is_no_name_is_not() {
        assert_eq!(suspects(&["王晋豫", "王晋豫", "王晋裕"]), [false; 3]);
        assert_eq!(suspects(&["王晋豫", "王晋豫", "王晋豫", "王晋明"]), [false; 4]);
        assert_eq!(suspects(&["他说的", "他说的", "他说的", "他说地"]), [false; 4]);
    }

    #[test]
    fn an_edit_tells_what_has_become_suspect() {
        let doubles = Doubles::of_bytes(100);
        assert!(!doubles.add("王晋豫王晋豫王晋豫", None));
        let text = "大家辛苦了。王晋裕";
        let at = text.find('裕').unwrap();
        assert!(!doubles.add(text, Some(&(0..3))));
        assert!(doubles.add(text, Some(&(at..text.len()))));
        assert!(doubles.stand_in(text) && doubles.stand_in("王晋豫说"));
    }
}
