//! Builds the double-array tries of the dictionary and of the gazetteer, so that the program opens them in place.
//!
//! The word list holds 1.3 MB, its trie some 7 MB; `examples/lexicon.rs` packs the list and tells its format, and
//! `src/lexicon/trie.rs` reads what is written here.

#[path = "src/entity/table.rs"]
#[allow(dead_code, unreachable_pub, reason = "the program reads what is expanded here")]
mod table;

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::ops::Range;
use std::path::Path;
use std::{env, fs};

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    let packed = fs::read(source("src/lexicon/words.bin")).expect("src/lexicon/words.bin can be read");
    let words = unpacked(&packed);

    println!("cargo::rerun-if-changed=src/entity/table.rs");
    let packed = fs::read(source("src/entity/names.bin")).expect("src/entity/names.bin can be read");
    let packed =
        miniz_oxide::inflate::decompress_to_vec_zlib(&packed).expect("src/entity/names.bin is a zlib stream");
    let table = table::expand(&packed).expect("src/entity/names.bin is a packed model");
    write("names.table", &table);

    let [divisions, world] = ["src/entity/divisions.txt", "src/entity/world.txt"].map(|path| {
        fs::read_to_string(source(path)).unwrap_or_else(|error| panic!("{path} can be read: {error}"))
    });
    let places = places(&[(&divisions, 0), (&world, 3)]);

    // Common characters first.
    let mut counts = vec![0; 1 << 16];
    words.iter().chain(&places).flat_map(|it| &it.0).for_each(|it| counts[usize::from(*it)] += 1);
    let mut chars: Vec<u16> = (0..=u16::MAX).filter(|it| counts[usize::from(*it)] > 0).collect();
    chars.sort_by_key(|it| Reverse(counts[usize::from(*it)]));
    write("chars.list", &chars.iter().flat_map(|it| it.to_le_bytes()).collect::<Vec<u8>>());
    let mut codes = vec![0; 1 << 16];
    chars.iter().zip(1..).for_each(|(char, code)| codes[usize::from(*char)] = code);
    write("words.trie", &trie(words, &codes));
    write("places.trie", &trie(places, &codes));
}

/// `path`, which the tries depend on.
fn source(path: &str) -> &Path {
    println!("cargo::rerun-if-changed={path}");
    Path::new(path)
}

/// Writes what is built.
fn write(name: &str, bytes: &[u8]) {
    let out = env::var_os("OUT_DIR").expect("cargo sets OUT_DIR");
    fs::write(Path::new(&out).join(name), bytes).expect("OUT_DIR can be written");
}

/// A place in a trie that words lead to.
struct Node {
    /// The words that go on from there, and the characters that lead there.
    words: Range<usize>,
    depth: usize,
    /// The code of the last of these.
    label: u16,
    value: Option<u32>,
    /// The nodes right behind it.
    next: Range<usize>,
}

/// Where a unit of a trie has what: `src/lexicon/trie.rs`.
const ENDS: u32 = 15;
const VALUE: u32 = 16;
const BASE: u32 = 42;

/// Free places that are tried for what does not fit in one.
const TRIED: usize = 64;

/// The trie of `words`, which are distinct, with a value each. `codes` has the code of each character.
fn trie(mut words: Vec<(Vec<u16>, u32)>, codes: &[u16]) -> Vec<u8> {
    words.sort_unstable();
    let mut nodes = vec![Node { words: 0..words.len(), depth: 0, label: 0, value: None, next: 0..0 }];
    let mut at = 0;
    while at < nodes.len() {
        let (depth, start) = (nodes[at].depth, nodes.len());
        let mut rest = nodes[at].words.clone();
        if words[rest.start].0.len() == depth {
            nodes[at].value = Some(words[rest.start].1);
            rest.start += 1;
        }
        while rest.start < rest.end {
            let char = words[rest.start].0[depth];
            let own = words[rest.clone()].partition_point(|it| it.0[depth] == char);
            let (words, label) = (rest.start..rest.start + own, codes[usize::from(char)]);
            rest.start = words.end;
            nodes.push(Node { words, depth: depth + 1, label, value: None, next: 0..0 });
        }
        nodes[at].next = start..nodes.len();
        at += 1;
    }

    // The root, then what has many behind it while there is room; the rest fills the gaps.
    let mut order: Vec<usize> = (0..nodes.len()).filter(|it| !nodes[*it].next.is_empty()).collect();
    order.sort_by_key(|it| Reverse(nodes[*it].next.len()));
    let mut room = Room { free: vec![1], bases: Vec::new(), from: 0, many: usize::MAX };
    let nowhere = u64::MAX >> BASE;
    let mut bases = vec![nowhere; nodes.len()];
    for node in order {
        let next = nodes[node].next.clone();
        let mut labels: Vec<usize> = nodes[next].iter().map(|it| it.label.into()).collect();
        labels.sort_unstable();
        bases[node] = room.base(&labels) as u64;
    }
    assert!(bases[0] == 0 && (room.free.len() as u64) < nowhere, "the trie fits its units");

    // What no unit stands in has a character that no text has.
    let mut units = vec![u64::MAX; room.free.len()];
    for (node, base) in nodes.iter().zip(&bases) {
        for next in &nodes[node.next.clone()] {
            let slot = *base as usize + usize::from(next.label);
            units[slot] = u64::from(next.label);
        }
    }
    for (node, base) in nodes.iter().zip(&bases) {
        for (next, behind) in nodes[node.next.clone()].iter().zip(&bases[node.next.clone()]) {
            let value = next.value.map_or(0, |it| 1 << ENDS | u64::from(it) << VALUE);
            assert!(u64::from(next.label) < 0x7fff && value >> BASE == 0, "a word fits its unit");
            units[*base as usize + usize::from(next.label)] |= value | behind << BASE;
        }
    }
    for (word, value) in &words {
        let step = |base: usize, char: &u16| {
            let code = codes[usize::from(*char)];
            let unit = units[base + usize::from(code)];
            assert!(unit & 0x7fff == u64::from(code), "the way to a word is whole");
            unit
        };
        let (last, head) = word.split_last().expect("no word is empty");
        let base = head.iter().fold(0, |base, it| (step(base, it) >> BASE) as usize);
        let found = step(base, last) >> ENDS & ((1 << (BASE - ENDS)) - 1);
        assert!(found == 1 | u64::from(*value) << 1, "a word has its value");
    }
    units.iter().flat_map(|it| it.to_le_bytes()).collect()
}

/// Where the units of a trie stand.
struct Room {
    /// For each place the next that is free, as far as it is known: itself where it is.
    free: Vec<usize>,
    /// For each base whether it is one.
    bases: Vec<bool>,
    /// No place before this one is worth being tried for so many units.
    from: usize,
    many: usize,
}

impl Room {
    /// A base of its own from which all places of `labels`, which are in order, are free; takes these.
    fn base(&mut self, labels: &[usize]) -> usize {
        // What fewer units fit into is tried again.
        if labels.len() <= self.many - self.many.div_ceil(4) {
            (self.many, self.from) = (labels.len(), 0);
        }
        self.from = self.free(self.from);
        let (mut slot, mut tried) = (self.from, 0);
        loop {
            let base = slot.checked_sub(labels[0]).filter(|it| !self.bases.get(*it).is_some_and(|it| *it));
            let fits = |base: &usize| labels[1..].iter().all(|it| self.is_free(base + it));
            if let Some(base) = base.filter(fits) {
                self.take(base, labels);
                return base;
            }
            tried += 1;
            if tried > TRIED {
                self.from = slot;
            }
            slot = self.free(slot + 1);
        }
    }

    /// The first free place from `slot` on.
    fn free(&mut self, slot: usize) -> usize {
        let mut free = slot;
        while let Some(next) = self.free.get(free).copied().filter(|it| *it != free) {
            free = next;
        }
        if let Some(it) = self.free.get_mut(slot) {
            *it = free;
        }
        free
    }

    fn is_free(&self, slot: usize) -> bool {
        self.free.get(slot).is_none_or(|it| *it == slot)
    }

    fn take(&mut self, base: usize, labels: &[usize]) {
        let end = base + labels.last().map_or(0, |it| it + 1);
        self.free.extend(self.free.len()..end);
        if self.bases.len() < end {
            self.bases.resize(end, false);
        }
        self.bases[base] = true;
        labels.iter().for_each(|it| self.free[base + it] = base + it + 1);
    }
}

/// The level of the townships that stand behind a county.
const TOWNSHIP: u32 = 6;

/// The names of the places in lists of one place a line (`name short …`, indented by its level; `: township …` behind
/// a county), each list with the level of its outermost places. The value of a name: line × 16 + 8 for a short name +
/// level. Where places share a name, the one of the outermost level has it.
fn places(lists: &[(&str, u32)]) -> Vec<(Vec<u16>, u32)> {
    let mut names = BTreeMap::new();
    let lines = lists.iter().flat_map(|(list, outermost)| list.lines().map(move |line| (line, outermost)));
    for (number, (line, outermost)) in (0..).zip(lines) {
        let level = outermost + line.bytes().take_while(|it| *it == b'\t').count() as u32;
        let (names_of_it, townships) = line.split_once(':').unwrap_or((line, ""));
        let own = names_of_it.split_whitespace().enumerate().map(|(index, name)| (name, 0 < index, level));
        let townships = townships.split_whitespace().map(|name| (name, false, TOWNSHIP));
        for (name, short, level) in own.chain(townships) {
            let value = number << 4 | u32::from(short) << 3 | level;
            let known = names.entry(name.encode_utf16().collect::<Vec<u16>>()).or_insert(value);
            if value & 7 < *known & 7 {
                *known = value;
            }
        }
    }
    names.into_iter().collect()
}

/// The words of a packed list, each in units of UTF-16 with its value: frequency × 64 + number of its tag.
fn unpacked(packed: &[u8]) -> Vec<(Vec<u16>, u32)> {
    let bytes = miniz_oxide::inflate::decompress_to_vec_zlib(packed).expect("words.bin is a zlib stream");
    let mut columns = Columns(&bytes);
    let [shared, rest, text, frequency, tag] = std::array::from_fn(|_| columns.next());
    let (mut text, mut frequency) = (text, frequency);
    let mut word: Vec<u16> = Vec::new();
    let mut words = Vec::with_capacity(tag.len());
    for ((&shared, &rest), &tag) in shared.iter().zip(rest).zip(tag) {
        word.truncate(shared.into());
        for _ in 0..rest {
            let unit = u16::from_le_bytes([text[0], text[1]]);
            text = &text[2..];
            word.push(unit);
        }
        let value = number(&mut frequency) << 6 | u32::from(tag);
        words.push((word.clone(), value));
    }
    words
}

/// The columns of the list, each after its length.
struct Columns<'a>(&'a [u8]);

impl<'a> Columns<'a> {
    fn next(&mut self) -> &'a [u8] {
        let (length, rest) = self.0.split_at(4);
        let length = u32::from_le_bytes(length.try_into().expect("four bytes")) as usize;
        let (column, rest) = rest.split_at(length);
        self.0 = rest;
        column
    }
}

/// The next number of a column of LEB128 numbers.
fn number(column: &mut &[u8]) -> u32 {
    let mut number = 0;
    for shift in (0..).step_by(7) {
        let (&byte, rest) = column.split_first().expect("a frequency for each word");
        *column = rest;
        number |= u32::from(byte & 0x7f) << shift;
        if byte < 0x80 {
            break;
        }
    }
    number
}
