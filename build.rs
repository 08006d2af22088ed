//! Builds the dictionary's double-array trie out of the packed word list, so that the program opens it in place.
//!
//! The list holds 1.3 MB, the trie some 8 MB; `examples/lexicon.rs` packs the list and tells its format.

use std::path::Path;
use std::{env, fs};

use yada::builder::DoubleArrayBuilder;

fn main() {
    let packed = Path::new("src/lexicon/words.bin");
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed={}", packed.display());
    let packed = fs::read(packed).expect("src/lexicon/words.bin can be read");
    let words = unpacked(&packed);
    let trie = DoubleArrayBuilder::build(&words).expect("the words are sorted and distinct");
    let out = env::var_os("OUT_DIR").expect("cargo sets OUT_DIR");
    fs::write(Path::new(&out).join("words.trie"), trie).expect("OUT_DIR can be written");
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
