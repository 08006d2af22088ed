//! Builds the double-array tries of the dictionary and of the gazetteer, so that the program opens them in place.
//!
//! The word list holds 1.3 MB, its trie some 6 MB; `examples/lexicon.rs` packs the list and tells its format.

#[path = "src/entity/table.rs"]
#[allow(dead_code, unreachable_pub, reason = "the program reads what is expanded here")]
mod table;

use std::collections::BTreeMap;
use std::path::Path;
use std::{env, fs};

use yada::builder::DoubleArrayBuilder;

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    let packed = fs::read(source("src/lexicon/words.bin")).expect("src/lexicon/words.bin can be read");
    write("words.trie", &unpacked(&packed));

    println!("cargo::rerun-if-changed=src/entity/table.rs");
    let packed = fs::read(source("src/entity/names.bin")).expect("src/entity/names.bin can be read");
    let packed =
        miniz_oxide::inflate::decompress_to_vec_zlib(&packed).expect("src/entity/names.bin is a zlib stream");
    let table = table::expand(&packed).expect("src/entity/names.bin is a packed model");
    let out = env::var_os("OUT_DIR").expect("cargo sets OUT_DIR");
    fs::write(Path::new(&out).join("names.table"), table).expect("OUT_DIR can be written");

    let [divisions, world] = ["src/entity/divisions.txt", "src/entity/world.txt"].map(|path| {
        fs::read_to_string(source(path)).unwrap_or_else(|error| panic!("{path} can be read: {error}"))
    });
    write("places.trie", &places(&[(&divisions, 0), (&world, 3)]));
}

/// `path`, which the tries depend on.
fn source(path: &str) -> &Path {
    println!("cargo::rerun-if-changed={path}");
    Path::new(path)
}

/// Writes the trie of `words`, which are sorted and distinct.
fn write(name: &str, words: &[(Vec<u8>, u32)]) {
    let trie = DoubleArrayBuilder::build(words).expect("the words are sorted and distinct");
    let out = env::var_os("OUT_DIR").expect("cargo sets OUT_DIR");
    fs::write(Path::new(&out).join(name), trie).expect("OUT_DIR can be written");
}

/// The level of the townships that stand behind a county.
const TOWNSHIP: u32 = 6;

/// The names of the places in lists of one place a line (`name short …`, indented by its level; `: township …` behind
/// a county), each list with the level of its outermost places. The value of a name: line × 16 + 8 for a short name +
/// level. Where places share a name, the one of the outermost level has it.
fn places(lists: &[(&str, u32)]) -> Vec<(Vec<u8>, u32)> {
    let mut names = BTreeMap::new();
    let lines = lists.iter().flat_map(|(list, outermost)| list.lines().map(move |line| (line, outermost)));
    for (number, (line, outermost)) in (0..).zip(lines) {
        let level = outermost + line.bytes().take_while(|it| *it == b'\t').count() as u32;
        let (names_of_it, townships) = line.split_once(':').unwrap_or((line, ""));
        let own = names_of_it.split_whitespace().enumerate().map(|(index, name)| (name, 0 < index, level));
        let townships = townships.split_whitespace().map(|name| (name, false, TOWNSHIP));
        for (name, short, level) in own.chain(townships) {
            let value = number << 4 | u32::from(short) << 3 | level;
            let known = names.entry(name.as_bytes().to_vec()).or_insert(value);
            if value & 7 < *known & 7 {
                *known = value;
            }
        }
    }
    names.into_iter().collect()
}

/// The words of a packed list, sorted, each with its value: frequency × 64 + number of its tag.
fn unpacked(packed: &[u8]) -> Vec<(Vec<u8>, u32)> {
    let bytes = miniz_oxide::inflate::decompress_to_vec_zlib(packed).expect("words.bin is a zlib stream");
    let mut columns = Columns(&bytes);
    let [shared, rest, text, frequency, tag] = std::array::from_fn(|_| columns.next());
    let (mut text, mut frequency) = (text, frequency);
    let mut word: Vec<char> = Vec::new();
    let mut words = Vec::with_capacity(tag.len());
    for ((&shared, &rest), &tag) in shared.iter().zip(rest).zip(tag) {
        word.truncate(shared.into());
        for _ in 0..rest {
            let unit = u16::from_le_bytes([text[0], text[1]]);
            text = &text[2..];
            word.push(char::from_u32(unit.into()).expect("a unit is a character"));
        }
        let value = number(&mut frequency) << 6 | u32::from(tag);
        words.push((word.iter().collect::<String>().into_bytes(), value));
    }
    words.sort_unstable();
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
