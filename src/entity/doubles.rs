//! Where a text can hold a name and a slip of it: what [`super::slips`] needs no names of, nobody has to read.
//!
//! Two names one character apart leave the same characters around two that are mistaken for one another. All such places
//! of a text are counted without knowing what is a name; a paragraph none of whose places holds different characters,
//! four in all, has no part in a slip. On news of one page that is true of nineteen paragraphs in twenty.

use std::sync::atomic::{AtomicU16, AtomicUsize, Ordering};

use super::likeness::Alike;
use super::person::Names;

/// Characters that no name holds.
pub(super) const STOPS: [char; 6] = ['，', '。', '；', '！', '？', '：'];

/// Mentions of a name and its slip together, at least.
const LEAST: u16 = super::slips::OFTEN as u16 + 1;

/// The places of a text where a character that others are mistaken for stands among certain others, told by hashes, each
/// with what stands there: how many characters, up to [`LEAST`], which one, and whether there are different ones. It only
/// grows: what it says of a text that was added stays true, or errs on the safe side, after others went.
#[derive(Debug)]
pub struct Doubles {
    places: Box<[AtomicU16]>,
    added: AtomicUsize,
}

/// Bits of a place: how many, whether different ones, which one.
const COUNT: u16 = 7;
const DIFFERENT: u16 = 8;
const WHICH: u32 = 4;

impl Doubles {
    /// None yet, with room for those of a text of so many bytes.
    pub fn of_bytes(bytes: usize) -> Doubles {
        let room = (2 * bytes).next_power_of_two().max(1 << 10);
        Doubles { places: (0..room).map(|_| AtomicU16::new(0)).collect(), added: AtomicUsize::new(0) }
    }

    /// Whether so much was added, or the text has grown so long, that it errs more than it need.
    pub fn is_worn(&self, bytes: usize) -> bool {
        self.added.load(Ordering::Relaxed).max(bytes) > self.places.len()
    }

    /// Adds the places of `text`; where `changed` is given those that hold a byte of it. Whether one of them has become
    /// such that a slip can stand there.
    pub fn add(&self, text: &str, changed: Option<std::ops::Range<usize>>) -> bool {
        let mut risen = false;
        let mut added = 0;
        each_place(text, |bytes, hash, which| {
            if changed.as_ref().is_some_and(|it| bytes.end <= it.start || it.end <= bytes.start) {
                return true;
            }
            added += 1;
            let place = self.place(hash);
            let mut before = place.load(Ordering::Relaxed);
            while before & DIFFERENT == 0 || before & COUNT < LEAST {
                let other = before & COUNT > 0 && before >> WHICH != which;
                let different = if other { DIFFERENT } else { before & DIFFERENT };
                let after = which << WHICH | different | ((before & COUNT) + 1).min(LEAST);
                if before == after {
                    break;
                }
                match place.compare_exchange_weak(before, after, Ordering::Relaxed, Ordering::Relaxed) {
                    Ok(_) => {
                        risen |= is_suspect(after);
                        break;
                    }
                    Err(now) => before = now,
                }
            }
            true
        });
        self.added.fetch_add(added, Ordering::Relaxed);
        risen
    }

    /// Whether a place of `text`, which was added, is such that a slip can stand there.
    pub fn stand_in(&self, text: &str) -> bool {
        !each_place(text, |_, hash, _| !is_suspect(self.place(hash).load(Ordering::Relaxed)))
    }

    fn place(&self, hash: u64) -> &AtomicU16 {
        // A power of two: the high bits of the product are the good ones.
        &self.places[(hash >> 20) as usize & (self.places.len() - 1)]
    }
}

fn is_suspect(place: u16) -> bool {
    place & DIFFERENT > 0 && place & COUNT >= LEAST
}

/// Calls `each` with the places of `text` until it says no: their bytes, their hash, and which of the characters that
/// are mistaken for one another stands there. Says whether it never did. A place is the second or third of the three
/// characters of a person's name, or one of any four.
fn each_place(text: &str, mut each: impl FnMut(std::ops::Range<usize>, u64, u16) -> bool) -> bool {
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
        assert!(!doubles.add(text, Some(0..3)));
        assert!(doubles.add(text, Some(at..text.len())));
        assert!(doubles.stand_in(text) && doubles.stand_in("王晋豫说"));
    }
}
