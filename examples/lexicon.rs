//! Packs a word list for `build.rs`: `cargo run --example lexicon -- dict.txt > src/lexicon/words.bin`.
//!
//! A line of the list is `word frequency tag`. The packed list is a zlib stream of five columns, each after its
//! length in bytes (u32): characters shared with the word before, characters that follow, those characters
//! (UTF-16), the frequencies (LEB128), the tags (their places in `TAGS`). Words are sorted by code point; a word
//! with a character outside the basic plane or with an unknown tag is an error.

use std::io::Write;
use std::{env, fs, io};

use jiaodui::lexicon::Tag;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let path = env::args().nth(1).ok_or("usage: lexicon dict.txt > words.bin")?;
    let list = fs::read_to_string(path)?;
    let mut words: Vec<(Vec<char>, u32, u8)> = Vec::new();
    for line in list.lines() {
        let mut fields = line.split(' ');
        let (Some(word), Some(frequency), Some(tag)) = (fields.next(), fields.next(), fields.next()) else {
            return Err(format!("not `word frequency tag`: {line}").into());
        };
        let tag = Tag::named(tag).ok_or_else(|| format!("unknown tag: {line}"))?;
        words.push((word.chars().collect(), frequency.parse()?, tag.index()));
    }
    words.sort();
    words.dedup_by(|next, word| next.0 == word.0);

    let mut columns: [Vec<u8>; 5] = Default::default();
    let mut before: &[char] = &[];
    for (word, frequency, tag) in &words {
        let shared = word.iter().zip(before).take_while(|(a, b)| a == b).count();
        columns[0].push(u8::try_from(shared)?);
        columns[1].push(u8::try_from(word.len() - shared)?);
        for &char in &word[shared..] {
            columns[2].extend(u16::try_from(u32::from(char))?.to_le_bytes());
        }
        let mut rest = *frequency;
        while rest >= 0x80 {
            columns[3].push(rest as u8 | 0x80);
            rest >>= 7;
        }
        columns[3].push(rest as u8);
        columns[4].push(*tag);
        before = word;
    }
    let mut bytes = Vec::new();
    for column in &columns {
        bytes.extend(u32::try_from(column.len())?.to_le_bytes());
        bytes.extend(column);
    }
    io::stdout().write_all(&miniz_oxide::deflate::compress_to_vec_zlib(&bytes, 10))?;
    Ok(())
}
