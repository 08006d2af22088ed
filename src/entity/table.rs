//! The weights of the tagger as a table that is read in place. `build.rs` makes it of `names.bin` with this file.
//!
//! A row is eight bytes: the weights of thirteen labels, four bits each, and the lower twelve bits of the hash of the
//! feature they belong to.
//! Each feature has one place where its row can stand, by a perfect hash (hash and displace). A tagger mostly waits for
//! memory: a search of one step without a branch lets a processor wait for many rows at once, and most features that
//! have no row are told from their group, which lies nearer than the rows.

/// Bytes of a row.
const ROW: usize = 8;

/// Weights of a row.
pub const WEIGHTS: usize = 13;

/// What a weight lies in.
pub const RANGE: std::ops::RangeInclusive<i8> = -8..=7;

/// Places for sums: those of the weights, and what means nothing.
pub const LANES: usize = 16;

/// The most features that are added at a time: so many weights add up in a byte.
pub const AT_A_TIME: usize = 12;

/// Bytes of a table before the rest: the weights of label after label.
const HEAD: usize = WEIGHTS * WEIGHTS;

/// Upper bits of a hash that choose its group.
const BITS: u32 = 18;

/// A table, read in place. Bytes: the head, the groups, the rows.
#[derive(Clone, Copy, Debug)]
pub struct Table<'a> {
    head: &'a [u8],
    /// For each value of the upper bits of a hash: the seed that places the rows of the group, and a bit for each value
    /// of the next three bits that a hash of the group has.
    groups: &'a [[u8; 2]],
    rows: &'a [[u8; ROW]],
}

impl<'a> Table<'a> {
    /// The table that [`expand`] made; without rows where the bytes are none.
    pub fn of(bytes: &'a [u8]) -> Table<'a> {
        let (head, rest) = bytes.split_at_checked(HEAD).unwrap_or_default();
        let (groups, rest) = rest.split_at_checked(2 << BITS).unwrap_or_default();
        Table { head, groups: groups.as_chunks().0, rows: rest.as_chunks().0 }
    }

    /// The weight of the step from one label to another.
    pub fn step(&self, from: usize, to: usize) -> i8 {
        self.head.get(from * WEIGHTS + to).map_or(0, |it| i8::from_ne_bytes([*it]))
    }

    /// Sets `rows` to those of the features with those `hashes`, [`ASKED`] at most; to one that weighs nothing where there is
    /// none. All groups are asked for, then all rows, with little else to do between one and the next: so a processor waits
    /// for many of them at once.
    #[inline]
    pub fn look_up(&self, hashes: &[u32], rows: &mut [u64]) {
        rows.fill(NOTHING);
        if self.groups.len() != 1 << BITS {
            return;
        }
        let mut groups = [[0; 2]; ASKED];
        for (group, hash) in groups.iter_mut().zip(hashes) {
            *group = self.groups[group_of(*hash)];
        }
        let mut slots = [0; ASKED];
        for ((slot, [seed, members]), hash) in slots.iter_mut().zip(groups).zip(hashes) {
            let member = u32::from(members >> member_of(*hash) & 1);
            *slot = slot_of(*hash, seed, self.rows.len()) as u32 * member;
        }
        for (row, slot) in rows.iter_mut().zip(slots) {
            *row = self.rows.get(slot as usize).map_or(NOTHING, |it| u64::from_le_bytes(*it));
        }
        for (row, hash) in rows.iter_mut().zip(hashes) {
            if *row >> MARK != mark_of(*hash) {
                *row = NOTHING;
            }
        }
    }
}

/// Adds the weights of `rows`, [`AT_A_TIME`] at most, to the first of `sums`; what is left of them means nothing.
#[inline]
pub fn add(rows: &[u64], sums: &mut [i16; LANES]) {
    const LOW: u64 = 0x0f0f_0f0f_0f0f_0f0f;
    // The weights of even and of odd labels, each a byte: as they are packed, from 0 on.
    let (mut even, mut odd) = (0u64, 0u64);
    for row in rows {
        even += row & LOW;
        odd += row >> 4 & LOW;
    }
    let least = rows.len() as i16 * i16::from(*RANGE.start());
    for (pair, (even, odd)) in
        sums.as_chunks_mut::<2>().0.iter_mut().zip(even.to_le_bytes().into_iter().zip(odd.to_le_bytes()))
    {
        pair[0] += i16::from(even) + least;
        pair[1] += i16::from(odd) + least;
    }
}

/// The most features that are looked up at once.
pub const ASKED: usize = 16 * AT_A_TIME;

/// A row that weighs nothing.
const NOTHING: u64 = 0x8888_8888_8888_8888;

/// The group of a hash.
#[inline]
fn group_of(hash: u32) -> usize {
    (hash >> (32 - BITS)) as usize
}

/// Which of the bits of its group stands for a hash.
#[inline]
fn member_of(hash: u32) -> u32 {
    hash >> (32 - BITS - 3) & 7
}

/// Where among `slots` the row of a feature stands, under the seed of its group.
#[inline]
fn slot_of(hash: u32, seed: u8, slots: usize) -> usize {
    let mixed = (hash ^ u32::from(seed).wrapping_mul(0x9e37_79b9)).wrapping_mul(0x85eb_ca6b);
    let mixed = (mixed ^ mixed >> 15).wrapping_mul(0xc2b2_ae35);
    ((u64::from(mixed) * slots as u64) >> 32) as usize
}

/// Where in a row its mark starts.
const MARK: u32 = 4 * WEIGHTS as u32;

/// What a row says of the hash it belongs to.
#[inline]
fn mark_of(hash: u32) -> u64 {
    u64::from(hash) & ((1 << (64 - MARK)) - 1)
}

/// The table of a packed model, or `None` where the bytes are no model. Packed: the number of rows as four bytes, the
/// head, the hashes sorted, each as the LEB128 difference to the one before, and the weights label by label.
pub fn expand(packed: &[u8]) -> Option<Vec<u8>> {
    let (count, rest) = packed.split_at_checked(4)?;
    let count = u32::from_le_bytes(count.try_into().ok()?) as usize;
    let (head, mut rest) = rest.split_at_checked(HEAD)?;
    let mut hashes = Vec::with_capacity(count);
    let mut hash = 0u32;
    for _ in 0..count {
        let mut difference = 0u32;
        for shift in (0..35).step_by(7) {
            let (&byte, after) = rest.split_first()?;
            rest = after;
            difference |= u32::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                break;
            }
        }
        hash = hash.wrapping_add(difference);
        hashes.push(hash);
    }
    if rest.len() != count * WEIGHTS {
        return None;
    }
    let (groups, slots) = displaced(&hashes)?;
    let mut rows = vec![[0; ROW]; slots.len()];
    for (row, index) in rows.iter_mut().zip(slots).filter_map(|(row, index)| Some((row, index?))) {
        let mut bits = mark_of(hashes[index]) << MARK;
        for label in 0..WEIGHTS {
            let weight = i8::from_ne_bytes([rest[label * count + index]]).clamp(*RANGE.start(), *RANGE.end());
            bits |= ((weight - RANGE.start()) as u64) << (4 * label);
        }
        *row = bits.to_le_bytes();
    }
    Some([head, groups.as_flattened(), rows.as_flattened()].concat())
}

/// For each slot the place of its hash.
type Slots = Vec<Option<usize>>;

/// The groups of `hashes`, which are sorted, with seeds such that no two have the same slot; and for each slot the place
/// of its hash. Seeds are tried for the largest groups first, while most slots are free.
fn displaced(hashes: &[u32]) -> Option<(Vec<[u8; 2]>, Slots)> {
    let mut ranges: Vec<std::ops::Range<usize>> = Vec::new();
    for (index, hash) in hashes.iter().enumerate() {
        match ranges.last_mut() {
            Some(range) if group_of(hashes[range.start]) == group_of(*hash) => range.end += 1,
            _ => ranges.push(index..index + 1),
        }
    }
    ranges.sort_by_key(|it| std::cmp::Reverse(it.len()));
    let mut groups = vec![[0; 2]; 1 << BITS];
    let mut slots = vec![None; hashes.len() + hashes.len() / 8 + 1];
    let mut wanted = Vec::new();
    for range in ranges {
        let seed = (0..=u8::MAX).find(|&seed| {
            wanted.clear();
            wanted.extend(hashes[range.clone()].iter().map(|it| slot_of(*it, seed, slots.len())));
            let free = wanted.iter().all(|it| slots[*it].is_none());
            wanted.sort_unstable();
            free && wanted.windows(2).all(|it| it[0] != it[1])
        })?;
        for index in range {
            let hash = hashes[index];
            let group = &mut groups[group_of(hash)];
            group[0] = seed;
            group[1] |= 1 << member_of(hash);
            let slot = slot_of(hash, seed, slots.len());
            slots[slot] = Some(index);
        }
    }
    Some((groups, slots))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The weight of each label of the feature at `index`.
    fn weight(index: usize) -> i8 {
        (index % 16) as i8 - 8
    }

    /// A packed model of `hashes`, sorted.
    fn packed(hashes: &[u32]) -> Vec<u8> {
        let mut packed = (hashes.len() as u32).to_le_bytes().to_vec();
        packed.extend([0; HEAD]);
        let mut before = 0;
        for hash in hashes {
            let mut difference = hash - before;
            before = *hash;
            while difference >= 0x80 {
                packed.push(difference as u8 | 0x80);
                difference >>= 7;
            }
            packed.push(difference as u8);
        }
        for _ in 0..WEIGHTS {
            packed.extend((0..hashes.len()).map(|it| weight(it).to_ne_bytes()[0]));
        }
        packed
    }

    #[test]
    fn each_feature_finds_its_weights_and_no_other_feature_any() {
        let hashes: Vec<u32> = (1..20_000u32).map(|it| it * 214_013).collect();
        let bytes = expand(&packed(&hashes)).expect("a model");
        let table = Table::of(&bytes);
        let mut strangers = 0;
        for (index, hash) in hashes.iter().enumerate() {
            // Features without a row beside it.
            let mut asked = [hash + 1; AT_A_TIME];
            asked[3] = *hash;
            let mut sums = [0; LANES];
            let mut rows = [0; AT_A_TIME];
            table.look_up(&asked, &mut rows);
            add(&rows, &mut sums);
            assert!(sums[..WEIGHTS].iter().all(|it| *it == sums[0]), "{hash}");
            strangers += u32::from(sums[0] != i16::from(weight(index)));
        }
        // A mark of twelve bits may be that of another feature.
        assert!(strangers < 20, "{strangers}");
    }

    #[test]
    fn what_is_no_model_has_no_weights() {
        assert_eq!(expand(b"names"), None);
        let (mut sums, mut rows) = ([0; LANES], [0; AT_A_TIME]);
        Table::of(b"names").look_up(&[1; AT_A_TIME], &mut rows);
        add(&rows, &mut sums);
        assert_eq!(sums, [0; LANES]);
    }
}
