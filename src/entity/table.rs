//! The weights of the tagger as a table that is read in place. `build.rs` makes it of `names.bin` with this file.
//!
//! A row is sixteen bytes: the weights of thirteen labels, and what is left of the hash of the feature they belong to.
//! A row that is not at home in the slot of its hash stands in one of the next; an empty slot ends the search.

/// Bytes of a row.
pub const ROW: usize = 16;

/// Weights of a row.
pub const WEIGHTS: usize = 13;

/// Bits of a hash that do not choose the slot.
const REST: u32 = 13;

/// Slots, without those behind the last for rows that are not at home.
const SLOTS: usize = 1 << (32 - REST);

/// Slots behind the last.
const SPARE: usize = 64;

/// Bytes of a table before its rows: the weights of label after label.
pub const HEAD: usize = WEIGHTS * WEIGHTS;

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
    let mut table = vec![0; HEAD + (SLOTS + SPARE) * ROW];
    table[..HEAD].copy_from_slice(head);
    for (index, &hash) in hashes.iter().enumerate() {
        let mut slot = (hash >> REST) as usize;
        while mark(row(&table[HEAD..], slot)?) != 0 {
            slot += 1;
        }
        let start = HEAD + slot * ROW;
        let row = table.get_mut(start..start + ROW)?;
        for label in 0..WEIGHTS {
            row[label] = rest[label * count + index];
        }
        row[WEIGHTS..].copy_from_slice(&mark_of(hash).to_le_bytes()[..3]);
    }
    Some(table)
}

/// The row of the feature with that hash, in a table without its head.
#[inline]
pub fn find(rows: &[u8], hash: u32) -> Option<&[u8; ROW]> {
    let wanted = mark_of(hash);
    let mut slot = (hash >> REST) as usize;
    loop {
        let row = row(rows, slot)?;
        match mark(row) {
            0 => return None,
            it if it == wanted => return Some(row),
            _ => slot += 1,
        }
    }
}

/// The row in a slot.
#[inline]
fn row(rows: &[u8], slot: usize) -> Option<&[u8; ROW]> {
    let start = slot * ROW;
    rows.get(start..start + ROW)?.try_into().ok()
}

/// What a row says of the hash it belongs to: its lower bits, never 0.
#[inline]
fn mark_of(hash: u32) -> u32 {
    (hash & 0x00ff_ffff).max(1)
}

/// The mark in a row.
#[inline]
fn mark(row: &[u8; ROW]) -> u32 {
    u32::from_le_bytes([row[13], row[14], row[15], 0])
}
