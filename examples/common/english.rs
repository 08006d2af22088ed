//! English, as it stands in Chinese papers: words of no meaning, in lines of a column.

/// Words of the English that stands in Chinese papers.
pub(crate) const WORDS: [&str; 40] = [
    "the",
    "of",
    "and",
    "to",
    "in",
    "a",
    "for",
    "on",
    "with",
    "by",
    "government",
    "regional",
    "measures",
    "support",
    "small",
    "companies",
    "announced",
    "market",
    "system",
    "users",
    "development",
    "first",
    "new",
    "plan",
    "includes",
    "well-known",
    "local",
    "firms",
    "China",
    "Monday",
    "version",
    "service",
    "data",
    "international",
    "cooperation",
    "will",
    "has",
    "been",
    "from",
    "comprehensive",
];

/// A paragraph of `words` in lines of `width` letters.
pub(crate) fn paragraph(
    words: &[&str],
    width: usize,
    hyphens: bool,
) -> Vec<(String, &'static str, &'static str)> {
    let mut rows = Vec::new();
    let mut line = String::new();
    for (at, word) in words.iter().enumerate() {
        let mut word = (*word).to_owned();
        if at == 0 {
            word[..1].make_ascii_uppercase();
        }
        if at + 1 == words.len() {
            word.push('.');
        }
        if line.len() + 1 + word.len() > width {
            let room = width.saturating_sub(line.len() + 2);
            if hyphens && room >= 3 && word.len() > room + 3 {
                line.push(' ');
                line.push_str(&word[..room]);
                line.push('-');
                word.drain(..room);
            }
            rows.push((std::mem::take(&mut line), "JOIN", "BODY"));
        }
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(&word);
    }
    rows.push((line, "PARA", "BODY"));
    rows
}
