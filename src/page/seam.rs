//! What a join puts between two lines: a space where two words of a Latin script meet, else nothing.
//!
//! A line end that fell inside a number, an address or a pair of brackets (`2.⏎3亿元`, `10:⏎30`, `www.⏎abc.com`,
//! `“5+⏎2”`) must close without a trace, so a space wants a reason: a letter on one side and a word's end on the other.

/// A letter with an accent: U+00C0 to U+024F without the signs × and ÷ that stand among them.
fn is_accented(c: char) -> bool {
    matches!(c, '\u{C0}'..='\u{24F}') && !matches!(c, '×' | '÷')
}

/// A Latin letter, with or without an accent.
pub(super) fn is_letter(c: char) -> bool {
    c.is_ascii_alphabetic() || is_accented(c)
}

/// Whether a join of two lines puts a space between them.
pub(super) fn parts_words(before: &str, after: &str) -> bool {
    let (Some(last), Some(first)) = (before.chars().next_back(), after.chars().next()) else { return false };
    let latin = |it: char| it.is_ascii() || is_accented(it);
    if !latin(last) || !latin(first) {
        return false;
    }
    let end = End::of(before, last);
    match first {
        _ if is_letter(first) => end.parts_from_letter(after),
        _ if first.is_ascii_digit() => end.parts_from_digit(after),
        '"' | '\'' | '(' | '[' | '{' => end.is_word() || end.last == ',' && end.has_letter(),
        // A sign with a space behind it had one before it, too: `a⏎+ b`, `Johnson⏎& Son`, `Beijing⏎- Shanghai`.
        '+' | '-' | '&' | '=' | '/' | '<' | '>' | '*' | '|' => after[1..].starts_with(' ') && end.is_word(),
        '#' | '$' | '@' => end.is_word(),
        _ => false,
    }
}

/// The end of a line, whose last character is ASCII or a letter with an accent.
struct End<'a> {
    line: &'a str,
    /// What stands after the last space.
    token: &'a str,
    last: char,
}

impl<'a> End<'a> {
    fn of(line: &'a str, last: char) -> End<'a> {
        let from = line.rfind(|it: char| it.is_whitespace() || !it.is_ascii() && !is_accented(it));
        let token = from
            .map_or(line, |at| &line[at..])
            .trim_start_matches(|it: char| !it.is_ascii() && !is_accented(it));
        End { line, token: token.trim_start(), last }
    }

    fn is_word(&self) -> bool {
        is_letter(self.last) || self.last.is_ascii_digit()
    }

    fn has_letter(&self) -> bool {
        self.token.chars().any(is_letter)
    }

    /// Before a line that starts with a letter: `Zhang⏎Wei`, `15⏎km`, `said.⏎The`, `3,⏎and`; not `www.⏎abc.com`, `"⏎abc`.
    fn parts_from_letter(&self, after: &str) -> bool {
        match self.last {
            '.' | ':' => !self.is_address() && !is_domain(after),
            ',' | ';' | '!' | '?' | ')' | ']' | '}' | '%' => true,
            '"' | '\'' => self.closes(),
            _ => self.is_word() || self.stands_alone() || self.last == '+' && self.has_letter(),
        }
    }

    /// Before a line that starts with a digit: `COVID⏎19`, `No.⏎5`, `in 2020.⏎30 people`; not `2.⏎3`, `1,⏎200`, `3⏎0`.
    fn parts_from_digit(&self, after: &str) -> bool {
        // In prose that is Latin throughout, two numbers are two words.
        let prose = self.line.is_ascii() && after.is_ascii() && self.line.contains(is_letter);
        match self.last {
            '.' => {
                let number = self.token.trim_end_matches('.');
                let year = number.len() == 4 && number.bytes().all(|it| it.is_ascii_digit());
                if self.has_letter() { !self.is_address() && number.len() > 1 } else { prose && year }
            }
            ',' | ';' | '!' | '?' | ')' | ']' | '}' | ':' => self.has_letter(),
            _ if self.last.is_ascii_digit() => self.has_letter() || prose,
            _ => is_letter(self.last) || self.stands_alone(),
        }
    }

    /// Whether the line goes on in an address: `https://`, `www.`, `name@`.
    fn is_address(&self) -> bool {
        self.token.contains("www.")
            || self.token.contains("://")
            || self.token.contains('@')
            || self.token.ends_with("http:")
            || self.token.ends_with("https:")
    }

    /// Whether the quotation mark that the line ends with has its other half before it.
    fn closes(&self) -> bool {
        self.line.matches(self.last).count().is_multiple_of(2)
    }

    /// Whether the line ends with a sign that has a space before it: `a +`, `Johnson &`.
    fn stands_alone(&self) -> bool {
        self.token.len() == 1
            && self.line.len() > 1
            && matches!(self.last, '+' | '-' | '&' | '=' | '/' | '<' | '>' | '*' | '|')
    }
}

/// Whether a line starts with the last part of an address: `com`, `cn/index.html`.
fn is_domain(line: &str) -> bool {
    let token = line.split(|it: char| !it.is_ascii_alphabetic()).next().unwrap_or(line);
    matches!(token, "com" | "cn" | "org" | "net" | "gov" | "edu" | "html" | "htm" | "pdf")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_words_are_parted() {
        for (before, after) in [
            ("Zhang", "Wei said,"),
            ("Wei said,", "\"yes\""),
            ("he said \"yes\"", "and left"),
            ("the end.", "The next"),
            ("名为iPhone", "15的手机"),
            ("型号为Mate60", "Pro的"),
            ("COVID-19", "2020"),
            ("see No.", "5"),
            ("about 15", "km"),
            ("died in 2020.", "30 people were"),
            ("Johnson &", "Johnson"),
            ("Johnson", "& Johnson"),
            ("written in C++", "and Rust"),
            ("naïveté", "élan"),
        ] {
            assert!(parts_words(before, after), "{before}⏎{after}");
        }
    }

    #[test]
    fn a_number_an_address_or_a_bracket_is_closed_without_a_trace() {
        for (before, after) in [
            ("投资2.", "3亿元"),
            ("投资1,", "200亿元"),
            ("定于10:", "30召开"),
            ("比例为3:", "5"),
            ("日期2020.", "02.12"),
            ("气温5~", "8℃"),
            ("推出“5+", "2”服务"),
            ("投资$", "200万"),
            ("网址www.", "abc.com"),
            ("网址https://", "abc.com"),
            ("网址https:", "//abc.com"),
            ("网址abc.", "com/a"),
            ("邮箱abc@", "abc.com"),
            ("为\"", "abc\"的"),
            ("30m×", "20m"),
            ("共(3", "0人)"),
            ("得分3/", "5"),
            ("增长5.3", "%"),
            ("编号A.", "3"),
            ("共5", "50个"),
            ("well-", "known"),
            ("王", "晋豫"),
        ] {
            assert!(!parts_words(before, after), "{before}⏎{after}");
        }
    }
}
