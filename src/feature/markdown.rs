//! Markdown made of a document's own words.

/// `text` so that Markdown shows it as it is (CommonMark 0.31, §2.4): with a backslash before what could open a mark,
/// and no more of them than that, since some clients show the backslashes.
pub(super) fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let list = (1..=9).contains(&digits) && [". ", ") "].iter().any(|it| text[digits..].starts_with(it));
    for (at, c) in text.char_indices() {
        let always = matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '&' | '~' | '|');
        let opening = at == 0 && matches!(c, '#' | '>' | '+' | '-' | '=');
        if always || opening || list && at == digits {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_could_open_a_mark_is_escaped_and_nothing_else() {
        assert_eq!(escaped("1. 总则"), "1\\. 总则");
        assert_eq!(escaped("#1号 *a*_b"), "\\#1号 \\*a\\*\\_b");
        assert_eq!(escaped("[点此](http://a.cn)"), "\\[点此\\](http://a.cn)");
        assert_eq!(escaped("2.8万余袋，2020-02-12"), "2.8万余袋，2020-02-12");
    }
}
