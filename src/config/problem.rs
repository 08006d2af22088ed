//! What is wrong with a settings file, said so that it can be mended: file, line, key.

use std::path::PathBuf;

use crate::settings::Locale;

/// A value that could not be taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The file it stands in; `None` for the editor's settings.
    pub file: Option<PathBuf>,
    /// Its 1-based line in the file.
    pub line: Option<usize>,
    /// The way to it, parts joined by dots: `rules.number-spacing.style`. Empty for the file as a whole.
    pub key: String,
    /// What is wrong.
    pub kind: ProblemKind,
}

/// What can be wrong with a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ProblemKind {
    /// The file cannot be read; with the system's reason.
    Unreadable(String),
    /// The file is not TOML there; with the parser's reason.
    Syntax(String),
    /// There is no such key; with the known key that is nearest, if one is near.
    UnknownKey(Option<String>),
    /// There is no such rule; with the code that is nearest, if one is near.
    UnknownRule(Option<String>),
    /// The word is none of these.
    UnknownWord(String, Vec<&'static str>),
    /// The value is of another kind than this: (Chinese, English).
    WrongType(&'static str, &'static str),
    /// The number lies outside these two.
    OutOfRange(i64, i64),
    /// The entry lacks this key.
    Missing(&'static str),
    /// The path pattern cannot be read; with the reason.
    BadPattern(String),
}

impl Problem {
    /// The whole sentence: `jiaodui.toml:3: rules.split-wrod：…`.
    pub fn message(&self, locale: Locale) -> String {
        let mut sentence = String::new();
        if let Some(file) = &self.file {
            sentence.push_str(&file.display().to_string());
            sentence.push(':');
            if let Some(line) = self.line {
                sentence.push_str(&format!("{line}:"));
            }
            sentence.push(' ');
        }
        if !self.key.is_empty() {
            sentence.push_str(&self.key);
            sentence.push_str(&locale.say(format_args!("："), format_args!(": ")));
        }
        sentence + &self.reason(locale)
    }

    /// What is wrong, without the place.
    pub fn reason(&self, locale: Locale) -> String {
        let say = |zh: String, en: String| match locale {
            Locale::Zh => zh,
            Locale::En => en,
        };
        let perhaps = |nearest: &Option<String>| perhaps(nearest.as_deref(), locale);
        match &self.kind {
            ProblemKind::Unreadable(why) => say(format!("无法读取：{why}"), format!("cannot be read: {why}")),
            ProblemKind::Syntax(why) => {
                say(format!("TOML 语法错误：{why}"), format!("TOML syntax error: {why}"))
            }
            ProblemKind::UnknownKey(nearest) => {
                say("没有这个键".into(), "no such key".into()) + &perhaps(nearest)
            }
            ProblemKind::UnknownRule(nearest) => {
                say("没有这条规则".into(), "no such rule".into()) + &perhaps(nearest)
            }
            ProblemKind::UnknownWord(word, known) => {
                let known = known.join(&*say("、".into(), ", ".into()));
                say(format!("“{word}”不可用，可写 {known}"), format!("“{word}” is not one of {known}"))
            }
            ProblemKind::WrongType(zh, en) => say(format!("应为{zh}"), format!("must be {en}")),
            ProblemKind::OutOfRange(low, high) => say(
                format!("应为 {low} 至 {high} 的整数"),
                format!("must be a whole number from {low} to {high}"),
            ),
            ProblemKind::Missing(key) => say(format!("缺少 {key}"), format!("lacks {key}")),
            ProblemKind::BadPattern(why) => {
                say(format!("路径模式有误：{why}"), format!("bad path pattern: {why}"))
            }
        }
    }
}

/// `，是否想写 it？` after what is wrong with a word, where something near it is known.
pub fn perhaps(nearest: Option<&str>, locale: Locale) -> String {
    nearest.map_or(String::new(), |it| {
        locale.say(format_args!("，是否想写 {it}？"), format_args!("; did you mean {it}?"))
    })
}

/// The one of `known` that `word` was most likely meant to be; `None` when none is near. O(known · length²).
pub fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let allowed = (word.chars().count() / 3).max(2);
    known
        .into_iter()
        .map(|it| (distance(word, it), it))
        .min_by_key(|it| it.0)
        .filter(|it| it.0 <= allowed)
        .map(|it| it.1)
}

/// How many characters must be put in, left out, replaced or swapped with their neighbour to turn `a` into `b`.
fn distance(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let mut rows = vec![vec![0; b.len() + 1]; a.len() + 1];
    for (i, row) in rows.iter_mut().enumerate() {
        row[0] = i;
    }
    rows[0] = (0..=b.len()).collect();
    for i in 1..=a.len() {
        for j in 1..=b.len() {
            let replaced = rows[i - 1][j - 1] + usize::from(a[i - 1] != b[j - 1]);
            let mut least = replaced.min(rows[i - 1][j] + 1).min(rows[i][j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                least = least.min(rows[i - 2][j - 2] + 1);
            }
            rows[i][j] = least;
        }
    }
    rows[a.len()][b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn suggests_what_is_near_and_nothing_else() {
        let known = ["split-word", "split-number", "hard-wrap"];
        assert_eq!(nearest("split-wrod", known), Some("split-word"));
        assert_eq!(nearest("splitnumber", known), Some("split-number"));
        assert_eq!(nearest("colour", known), None);
    }

    #[test]
    fn names_file_line_and_key_in_both_languages() {
        let problem = Problem {
            file: Some("版/jiaodui.toml".into()),
            line: Some(3),
            key: "lines".into(),
            kind: ProblemKind::UnknownWord("kept".into(), vec!["reflow", "keep"]),
        };
        assert_eq!(problem.message(Locale::Zh), "版/jiaodui.toml:3: lines：“kept”不可用，可写 reflow、keep");
        assert_eq!(
            problem.message(Locale::En),
            "版/jiaodui.toml:3: lines: “kept” is not one of reflow, keep"
        );
    }
}
