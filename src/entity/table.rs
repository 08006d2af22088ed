//! The weights of the tagger as a table that is read in place. `build.rs` makes it of `names.bin` with this file.
//!
//! A row is sixteen bytes: the weights of thirteen labels, and the lower bits of the hash of the feature they belong to.
//! Each feature has one place where its row can stand, by a perfect hash (hash and displace). A tagger mostly waits for
//! memory: a search of one step without a branch lets a processor wait for many rows at once, and most features that
//! have no row are told from their group, which lies nearer than the rows.

/// Bytes of a row.
pub const ROW: usize = 16;

/// Weights of a row.
pub const WEIGHTS: usize = 13;

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

    /// Adds the weights of the features with those hashes, as far as they have any, to the first of `sums`; what is left
    /// of them means nothing.
    #[inline]
    pub fn add<const N: usize>(&self, hashes: &[u32; N], sums: &mut [i16; ROW]) {
        if self.rows.is_empty() || self.groups.len() != 1 << BITS {
            return;
        }
        let mut slots = [0; N];
        for (slot, &hash) in slots.iter_mut().zip(hashes) {
            let [seed, members] = self.groups[group_of(hash)];
            let member = usize::from(members >> member_of(hash) & 1);
            *slot = slot_of(hash, seed, self.rows.len()) * member;
        }
        let mut kept = [0i16; N];
        for (kept, (&slot, &hash)) in kept.iter_mut().zip(slots.iter().zip(hashes)) {
            // All ones where the marks are the same.
            let differs = mark(&self.rows[slot]) ^ mark_of(hash);
            *kept = (differs.wrapping_sub(1) as i32 >> 31) as i16;
        }
        for (&slot, kept) in slots.iter().zip(kept) {
            for (sum, weight) in sums.iter_mut().zip(&self.rows[slot]) {
                *sum += i16::from(i8::from_ne_bytes([*weight])) & kept;
            }
        }
    }
}

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

/// What a row says of the hash it belongs to.
#[inline]
fn mark_of(hash: u32) -> u32 {
    hash & 0x00ff_ffff
}

/// The mark in a row.
#[inline]
fn mark(row: &[u8; ROW]) -> u32 {
    u32::from_le_bytes([row[12], row[13], row[14], row[15]]) >> 8
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
        for label in 0..WEIGHTS {
            row[label] = rest[label * count + index];
        }
        row[WEIGHTS..].copy_from_slice(&mark_of(hashes[index]).to_le_bytes()[..3]);
    }
    Some([head, groups.as_flattened(), rows.as_flattened()].concat())
}

/// The groups of `hashes`, which are sorted, with seeds such that no two have the same slot; and for each slot the place
/// of its hash. Seeds are tried for the largest groups first, while most slots are free.
fn displaced(hashes: &[u32]) -> Option<(Vec<[u8; 2]>, Vec<Option<usize>>)> {
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

    /// A packed model of `hashes`, sorted, each with its place in the list as the weight of every label.
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
            packed.extend((0..hashes.len()).map(|it| it as u8));
        }
        packed
    }

    #[test]
    fn each_feature_finds_its_weights_and_no_other_feature_any() {
        let hashes: Vec<u32> = (1..20_000u32).map(|it| it * 214_013).collect();
        let bytes = expand(&packed(&hashes)).expect("a model");
        let table = Table::of(&bytes);
        let weights = |hash: u32| {
            let mut sums = [0; ROW];
            table.add(&[hash], &mut sums);
            <[i16; WEIGHTS]>::try_from(&sums[..WEIGHTS]).expect("a weight a label")
        };
        for (index, hash) in hashes.iter().enumerate() {
            assert_eq!(weights(*hash), [i16::from(index as u8 as i8); WEIGHTS], "{hash}");
            assert_eq!(weights(hash + 1), [0; WEIGHTS], "{hash} + 1");
        }
    }

    #[test]
    fn what_is_no_model_has_no_weights() {
        assert_eq!(expand(b"names"), None);
        let mut sums = [0; ROW];
        Table::of(b"names").add(&[1], &mut sums);
        assert_eq!(sums, [0; ROW]);
    }
}
