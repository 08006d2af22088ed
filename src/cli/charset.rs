//! The encoding of a file: found out, kept, and written back. Strict both ways: bytes that are no text are an error,
//! never a replacement character.

use std::borrow::Cow;

use encoding_rs::{Encoding, GB18030, UTF_8, UTF_16BE, UTF_16LE};

use super::say;
use crate::settings::Locale;

/// How a file's bytes stand for its text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Charset {
    encoding: &'static Encoding,
    /// Whether the file starts with a byte order mark, which is no part of the text.
    bom: bool,
}

/// Why bytes are no text, or a text no bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fault {
    /// It holds NUL, as no text does.
    Binary,
    /// It is not in that encoding; `None` for any that is tried.
    Undecodable(Option<&'static str>),
    /// The encoding has no such character.
    Unencodable(char, &'static str),
    /// Written back, other bytes would change than those that were mended.
    Lossy(&'static str),
}

impl Fault {
    /// The sentence for the user.
    pub(super) fn message(self, locale: Locale) -> String {
        match self {
            Fault::Binary => say(locale, "是二进制文件，不是文本".into(), "is a binary file, not text".into()),
            Fault::Undecodable(None) => say(
                locale,
                "既不是 UTF-8，也不是 GB 18030 或带 BOM 的 UTF-16；请用 --encoding 指明编码".into(),
                "is neither UTF-8, GB 18030 nor UTF-16 with a byte order mark; name its encoding with --encoding".into(),
            ),
            Fault::Undecodable(Some(name)) => {
                say(locale, format!("不是 {name} 编码的文本"), format!("is not text in {name}"))
            }
            Fault::Unencodable(char, name) => say(
                locale,
                format!("改后的文字“{char}”无法用 {name} 编码，文件未动"),
                format!("“{char}” of the mended text cannot be written in {name}; the file is untouched"),
            ),
            Fault::Lossy(name) => say(
                locale,
                format!("按 {name} 写回会改动别处，文件未动；请先转为 UTF-8"),
                format!("written back in {name}, other places would change; the file is untouched: convert it to UTF-8 first"),
            ),
        }
    }
}

impl Charset {
    /// The text of `bytes`, in the encoding that is named or the one that it is found to be in: UTF-8, UTF-16 with
    /// a byte order mark, or else GB 18030.
    pub(super) fn decode<'a>(
        bytes: &'a [u8],
        named: Option<&'static Encoding>,
    ) -> Result<(Cow<'a, str>, Charset), Fault> {
        let decoded = |encoding: &'static Encoding, mark: usize| {
            encoding.decode_without_bom_handling_and_without_replacement(&bytes[mark..])
        };
        let (encoding, mark, text) = match (named, Encoding::for_bom(bytes)) {
            (Some(named), Some((encoding, mark))) if named == encoding => (named, mark, decoded(named, mark)),
            (Some(named), _) => (named, 0, decoded(named, 0)),
            (None, Some((encoding, mark))) => (encoding, mark, decoded(encoding, mark)),
            (None, None) if bytes.contains(&0) => return Err(Fault::Binary),
            (None, None) => match decoded(UTF_8, 0) {
                Some(text) => (UTF_8, 0, Some(text)),
                None => (GB18030, 0, decoded(GB18030, 0)),
            },
        };
        let name = (named.is_some() || mark > 0).then(|| encoding.name());
        let text = text.ok_or(Fault::Undecodable(name))?;
        if text.contains('\0') {
            return Err(Fault::Binary);
        }
        Ok((text, Charset { encoding, bom: mark > 0 }))
    }

    /// The bytes of `text`, a mended version of what was decoded from `before`.
    pub(super) fn encode(self, text: &str, before: &[u8]) -> Result<Vec<u8>, Fault> {
        let (old, _) = Charset::decode(before, Some(self.encoding))?;
        if self.bytes(&old)? != before {
            return Err(Fault::Lossy(self.encoding.name()));
        }
        self.bytes(text)
    }

    /// Bytes of the file before the first byte of the text, where both are UTF-8.
    pub(super) fn utf8_mark(self) -> usize {
        if self.bom && self.encoding == UTF_8 { "\u{feff}".len() } else { 0 }
    }

    fn bytes(self, text: &str) -> Result<Vec<u8>, Fault> {
        let mark = if self.bom { "\u{feff}" } else { "" };
        let units = || mark.encode_utf16().chain(text.encode_utf16());
        if self.encoding == UTF_16LE {
            return Ok(units().flat_map(u16::to_le_bytes).collect());
        }
        if self.encoding == UTF_16BE {
            return Ok(units().flat_map(u16::to_be_bytes).collect());
        }
        if self.encoding == UTF_8 {
            return Ok([mark.as_bytes(), text.as_bytes()].concat());
        }
        let lacks = |text: &str| self.encoding.encode(text).2;
        if lacks(text) {
            let char = text.chars().find(|it| lacks(it.encode_utf8(&mut [0; 4]))).unwrap_or('\u{fffd}');
            return Err(Fault::Unencodable(char, self.encoding.name()));
        }
        Ok(self.encoding.encode(text).0.into_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn round_trip(bytes: &[u8], named: Option<&'static Encoding>) -> Result<String, Fault> {
        let (text, charset) = Charset::decode(bytes, named)?;
        assert_eq!(charset.encode(&text, bytes).as_deref(), Ok(bytes));
        Ok(text.into_owned())
    }

    #[test]
    fn each_encoding_is_found_out_and_written_back() {
        let text = "王晋豫\r\n𬱖";
        let utf16: Vec<u16> = "\u{feff}".encode_utf16().chain(text.encode_utf16()).collect();
        let little: Vec<u8> = utf16.iter().flat_map(|it| it.to_le_bytes()).collect();
        let big: Vec<u8> = utf16.iter().flat_map(|it| it.to_be_bytes()).collect();
        let marked = format!("\u{feff}{text}");
        let national = GB18030.encode(text).0;
        for bytes in [text.as_bytes(), marked.as_bytes(), &little, &big, &national] {
            assert_eq!(round_trip(bytes, None).as_deref(), Ok(text));
        }
        assert_eq!(round_trip(&little[2..], Some(UTF_16LE)).as_deref(), Ok(text));
        assert_eq!(round_trip(b"", None).as_deref(), Ok(""));
    }

    #[test]
    fn what_is_no_text_is_an_error() {
        assert_eq!(round_trip(b"\x89PNG\0\0", None), Err(Fault::Binary));
        assert_eq!(round_trip(b"\xff\xff", None), Err(Fault::Undecodable(None)));
        assert_eq!(round_trip(b"\xff\xfe\x00\xd8", None), Err(Fault::Undecodable(Some("UTF-16LE"))));
        assert_eq!(round_trip(b"\xd6\xd0", Some(UTF_8)), Err(Fault::Undecodable(Some("UTF-8"))));
    }

    #[test]
    fn a_text_that_the_encoding_cannot_hold_is_an_error() {
        let before = encoding_rs::GBK.encode("王晋豫").0;
        let (_, charset) = Charset::decode(&before, Some(encoding_rs::GBK)).unwrap();
        assert_eq!(charset.encode("王𬱖", &before), Err(Fault::Unencodable('𬱖', "GBK")));
    }

    #[test]
    fn bytes_that_would_come_back_as_others_are_not_written() {
        // 0x80 is read as the euro sign, which GB 18030 writes as A2 E3.
        let (text, charset) = Charset::decode(b"\xd6\xd0\x80", None).unwrap();
        assert_eq!(charset.encode(&text, b"\xd6\xd0\x80"), Err(Fault::Lossy("gb18030")));
    }
}
