//! Names that stand once in a document and differ from a frequent one in one character that sounds or looks alike.
//!
//! Kept by difference: an edit names what went and what came, and costs no more than that unless a name becomes
//! frequent by it.

use std::collections::{BTreeMap, BTreeSet};
use std::hash::{Hash, Hasher};
use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHasher};

use super::doubles::STOPS;
use super::person::Names;
use super::{EntityKind, Mention, likeness};

/// A name and what it names.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Name {
    /// What it names.
    pub kind: EntityKind,
    /// Its text without white space.
    pub text: Arc<str>,
}

impl Name {
    /// The name of a mention in `text`, where it is long enough for a slip to be told from another name: shorter ones
    /// are alike by chance. One of three characters starts with a surname, or is written as foreign names are but for
    /// one character.
    pub fn of(mention: &Mention, text: &str) -> Option<Name> {
        let least = match mention.kind {
            EntityKind::Person => 3,
            EntityKind::Place | EntityKind::Organization => 4,
            EntityKind::Work | EntityKind::Post => return None,
        };
        let name = mention.name(text);
        let mut chars = name.chars();
        let likely = match [chars.next(), chars.next(), chars.next(), chars.next()] {
            [Some(first), Some(second), Some(third), None] => {
                [second, third].iter().any(|it| Names::shared().may_hold(first, *it))
            }
            _ => true,
        };
        let long = name.chars().count() >= least;
        (long && likely && !name.contains(STOPS)).then(|| Name { kind: mention.kind, text: name.into() })
    }

    /// How often it, or what may be a slip of it, stands in `text`, which is without white space. O(n).
    pub fn written_in(&self, text: &[char]) -> Written {
        let name: Vec<char> = self.text.chars().collect();
        let mut written = Written::default();
        for window in text.windows(name.len()) {
            let mut differ = name.iter().zip(window).enumerate().filter(|it| it.1.0 != it.1.1);
            match (differ.next(), differ.next()) {
                (None, _) => written.same += 1,
                (Some((at, (one, other))), None) => {
                    let surname = at == 0 && self.kind == EntityKind::Person;
                    written.slips += u32::from(!surname && likeness::are_alike(*one, *other));
                }
                _ => {}
            }
        }
        written
    }

    /// What is left of it without each of its characters, told by a number.
    fn rests(&self) -> impl Iterator<Item = u64> {
        self.text.char_indices().map(|(at, char)| {
            let mut hasher = FxHasher::default();
            (self.kind, at, &self.text[..at], &self.text[at + char.len_utf8()..]).hash(&mut hasher);
            hasher.finish()
        })
    }

    /// Whether this one is likely to be the other miswritten. A person's surname is seldom the slip.
    pub(super) fn is_slip_of(&self, other: &Name) -> bool {
        let first = |it: &Name| it.text.chars().next();
        self.kind == other.kind
            && (self.kind != EntityKind::Person || first(self) == first(other))
            && likeness::slip(&self.text, &other.text).is_some()
    }
}

/// How often a name is written in a text, and what may be a slip of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Written {
    /// As it is.
    pub same: u32,
    /// With another character in the place of one.
    pub slips: u32,
}

/// Mentions that a name must have for another to be a slip of it.
pub const OFTEN: u32 = 3;
/// Parts that the names are kept in, so that an edit copies few of them.
const SHARDS: usize = 256;
/// So many names that become frequent at once are looked at together.
const MANY: usize = 4;

/// The names of a document that are counted, and the slips among them.
#[derive(Clone, Debug, Default)]
pub struct Slips {
    /// How often each name stands, in [`SHARDS`] parts.
    counts: Vec<Arc<FxHashMap<Name, u32>>>,
    /// The frequent names by what is left of them without one character.
    often: Arc<FxHashMap<u64, Vec<Name>>>,
    /// Names that stand once, each with the frequent ones that it may be a slip of and how often these stand.
    found: Arc<BTreeMap<Name, Vec<(Name, u32)>>>,
}

impl Slips {
    /// The same after the mentions `gone` went and `came` came, and the names of which it says something else now.
    pub fn edited(
        &self,
        gone: impl Iterator<Item = Name>,
        came: impl Iterator<Item = Name>,
    ) -> (Slips, BTreeSet<Name>) {
        let mut changes: FxHashMap<Name, i64> = FxHashMap::default();
        gone.for_each(|it| *changes.entry(it).or_default() -= 1);
        came.for_each(|it| *changes.entry(it).or_default() += 1);
        changes.retain(|_, it| *it != 0);
        let mut slips = self.clone();
        if changes.is_empty() {
            return (slips, BTreeSet::new());
        }
        slips.counts.resize_with(SHARDS, Arc::default);
        let mut risen: Vec<Name> = Vec::new();
        for (name, change) in &changes {
            let counts = Arc::make_mut(&mut slips.counts[shard(name)]);
            let before = counts.get(name).copied().unwrap_or(0);
            let count = u32::try_from(i64::from(before) + change).unwrap_or(0);
            match count {
                0 => drop(counts.remove(name)),
                _ => drop(counts.insert(name.clone(), count)),
            }
            if (before >= OFTEN) != (count >= OFTEN) {
                let often = Arc::make_mut(&mut slips.often);
                for rest in name.rests() {
                    let names = often.entry(rest).or_default();
                    names.retain(|it| it != name);
                    if count >= OFTEN {
                        names.push(name.clone());
                    } else if names.is_empty() {
                        often.remove(&rest);
                    }
                }
                if count >= OFTEN {
                    risen.push(name.clone());
                }
            }
        }

        let mut touched: BTreeSet<Name> = changes.keys().cloned().collect();
        let told = self.found.iter().filter(|it| it.1.iter().any(|it| changes.contains_key(&it.0)));
        touched.extend(told.map(|it| it.0.clone()));
        if !risen.is_empty() {
            let once = slips.counts.iter().flat_map(|it| it.iter()).filter(|it| *it.1 == 1).map(|it| it.0);
            let near = |it: &&Name| risen.len() > MANY || risen.iter().any(|risen| it.is_slip_of(risen));
            touched.extend(once.filter(near).cloned());
        }
        touched.retain(|name| {
            let now = slips.looked_up(name);
            if now.as_slice() == self.of(name) {
                return false;
            }
            let found = Arc::make_mut(&mut slips.found);
            if now.is_empty() {
                drop(found.remove(name))
            } else {
                drop(found.insert(name.clone(), now))
            }
            true
        });
        (slips, touched)
    }

    /// The frequent names that `name`, which stands once, may be a slip of, each with how often it stands.
    pub fn of(&self, name: &Name) -> &[(Name, u32)] {
        self.found.get(name).map_or(&[], Vec::as_slice)
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.found.is_empty()
    }

    /// How often `name` stands.
    pub fn count(&self, name: &Name) -> u32 {
        self.counts.get(shard(name)).and_then(|it| it.get(name)).copied().unwrap_or(0)
    }

    fn looked_up(&self, name: &Name) -> Vec<(Name, u32)> {
        if self.count(name) != 1 {
            return Vec::new();
        }
        let near = name.rests().filter_map(|it| self.often.get(&it)).flatten();
        let mut found: Vec<(Name, u32)> =
            near.filter(|it| name.is_slip_of(it)).map(|it| (it.clone(), self.count(it))).collect();
        found.sort();
        found.dedup();
        found
    }
}

fn shard(name: &Name) -> usize {
    let mut hasher = FxHasher::default();
    name.hash(&mut hasher);
    (hasher.finish() >> 20) as usize % SHARDS
}

#[cfg(test)]
mod tests {
    use super::*;

    fn person(text: &str) -> Name {
        Name { kind: EntityKind::Person, text: text.into() }
    }

    #[test]
    fn slips_after_edits_are_those_from_scratch() {
        let names = ["王晋豫", "王晋裕", "王晋玉", "李晋豫", "王进豫", "王晋明"].map(person);
        let mut random = 5u32;
        let mut all: Vec<Name> = Vec::new();
        let mut slips = Slips::default();
        let mut seen = 0;
        for _ in 0..600 {
            random = random.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            let at = (random >> 8) as usize;
            let gone: Vec<Name> = (!all.is_empty() && at.is_multiple_of(2))
                .then(|| all.swap_remove(at / 2 % all.len()))
                .into_iter()
                .collect();
            let came: Vec<Name> = (at % 3 < 2)
                .then(|| names[at / 7 % (if at % 5 < 3 { 1 } else { 6 })].clone())
                .into_iter()
                .collect();
            all.extend(came.iter().cloned());
            let (next, changed) = slips.edited(gone.into_iter(), came.into_iter());
            let (anew, _) = Slips::default().edited(std::iter::empty(), all.iter().cloned());
            assert_eq!(next.found, anew.found);
            for name in &names {
                assert_eq!(changed.contains(name), slips.of(name) != next.of(name));
            }
            slips = next;
            seen += usize::from(!slips.is_empty());
        }
        assert!(seen > 20, "{seen}");
    }
}
