//! Findings as people read them in a terminal.

use std::fmt;
use std::io::Write;
use std::ops::Range;

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::document::Document;
use super::say;
use crate::analysis::Placed;
use crate::rule::Severity;
use crate::settings::Locale;
use crate::text::{Encoding, Text};

/// Lines of the source that are shown for one finding at most.
const EXCERPT_LINES: usize = 3;

/// How findings are shown.
#[derive(Clone, Copy, Debug)]
pub(super) struct Style {
    pub(super) locale: Locale,
    /// With the lines that they stand in, the place marked.
    pub(super) excerpt: bool,
    pub(super) colour: bool,
}

/// How many findings there are of each severity.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Counts([usize; 4]);

impl Counts {
    /// So many, the worst first.
    pub(super) fn of(counts: crate::list::Counts) -> Counts {
        Counts(counts.map(|it| it as usize))
    }

    /// Adds `other`.
    pub(super) fn add(&mut self, other: Counts) {
        for (own, other) in self.0.iter_mut().zip(other.0) {
            *own += other;
        }
    }

    /// How many there are of `severity`.
    pub(super) fn get(self, severity: Severity) -> usize {
        self.0[severity as usize]
    }

    /// How many are more than an offer.
    pub(super) fn faults(self) -> usize {
        self.0.iter().sum::<usize>() - self.get(Severity::Hint)
    }

    /// `3 条：警告 2，信息 1`; what there is none of is left out.
    pub(super) fn words(self, locale: Locale) -> String {
        let parts: Vec<String> = Severity::ALL
            .into_iter()
            .filter(|it| self.get(*it) > 0)
            .map(|it| {
                say(locale, format!("{} {}", severity(it, Locale::Zh), self.get(it)), {
                    let plural = if self.get(it) == 1 || it == Severity::Information { "" } else { "s" };
                    format!("{} {}{plural}", self.get(it), severity(it, Locale::En))
                })
            })
            .collect();
        let total: usize = self.0.iter().sum();
        say(locale, format!("{total} 条：{}", parts.join("，")), parts.join(", "))
    }
}

/// The word for a severity.
pub(super) fn severity(severity: Severity, locale: Locale) -> &'static str {
    match (locale, severity) {
        (Locale::En, it) => it.as_str(),
        (Locale::Zh, Severity::Error) => "错误",
        (Locale::Zh, Severity::Warning) => "警告",
        (Locale::Zh, Severity::Information) => "信息",
        (Locale::Zh, Severity::Hint) => "提示",
    }
}

/// Writes `findings`, which are in order, each as `path:line:column: 级别 代码 名称 message`, and the place in its lines
/// where the style asks for it. Lines and columns count from 1, columns in characters.
pub(super) fn findings(document: &Document, findings: &[Placed<'_>], style: Style, written: &mut Vec<u8>) {
    let text = document.analysis.text();
    let mut positions = text.positions(Encoding::Utf32);
    for placed in findings {
        let (range, finding) = (placed.range(), placed.finding);
        let at = positions.at(range.start);
        let name = match style.locale {
            Locale::Zh => finding.rule.name.zh,
            Locale::En => "",
        };
        // Nothing that is written in memory fails.
        let _ = writeln!(
            written,
            "{}:{}:{}: {} {}{}{name} {}",
            style.coloured("1", &document.name),
            at.line + 1,
            at.column + 1,
            style.coloured(hue(finding.severity), severity(finding.severity, style.locale)),
            style.coloured("1", finding.rule.code),
            if name.is_empty() { "" } else { " " },
            finding.message.replace('\n', " "),
        );
        for (line, mark) in style.excerpt.then(|| excerpt(text, &range)).into_iter().flatten() {
            let gutter = line.as_ref().map_or(String::new(), |it| it.0.to_string());
            let gutter = format!("{gutter:>6} │ ");
            let shown = match &line {
                Some((_, content)) => style.coloured("", content),
                None => style.coloured(hue(finding.severity), &mark),
            };
            let _ = writeln!(written, "{}{shown}", style.coloured("2", &gutter));
        }
    }
}

impl Style {
    /// `text` in the colour of that code, where this is a style of colours.
    fn coloured<'a>(self, code: &'a str, text: &'a str) -> Coloured<'a> {
        Coloured { code: if self.colour { code } else { "" }, text }
    }
}

/// A text and the code of its colour, which may be none.
struct Coloured<'a> {
    code: &'a str,
    text: &'a str,
}

impl fmt::Display for Coloured<'_> {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.code {
            "" => to.write_str(self.text),
            code => write!(to, "\x1b[{code}m{}\x1b[0m", self.text),
        }
    }
}

/// Red for an error, then yellow, blue, cyan.
fn hue(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "1;31",
        Severity::Warning => "1;33",
        Severity::Information => "1;34",
        Severity::Hint => "36",
    }
}

/// The lines that `range` touches: each with its number and content, followed by its marks. Blank lines are left out,
/// and what goes beyond a few lines.
fn excerpt(text: &Text, range: &Range<usize>) -> Vec<(Option<(usize, String)>, String)> {
    let mut rows = Vec::new();
    let last = text.line_of(range.end.max(range.start + 1) - 1);
    for number in text.line_of(range.start)..=last {
        let line = text.line_range(number);
        let content = text.slice(line.clone());
        let touched = range.start.max(line.start)..range.end.min(line.end).max(range.start);
        let blank = content.trim().is_empty() && range.start < line.start;
        if blank || touched.start > line.end {
            continue;
        }
        if rows.len() == 2 * EXCERPT_LINES {
            rows.push((None, "…".to_string()));
            break;
        }
        let before = width(&text.slice(line.start..touched.start));
        let marked = width(&text.slice(touched)).max(1);
        rows.push((Some((number + 1, visible(&content))), String::new()));
        rows.push((None, " ".repeat(before) + &"^".repeat(marked)));
    }
    rows
}

/// `line` without what would move the cursor: each control character is shown as one blank.
fn visible(line: &str) -> String {
    line.chars().map(|it| if it.is_control() { ' ' } else { it }).collect()
}

/// Columns of a terminal that `text` takes as [`visible`] shows it.
pub(super) fn width(text: &str) -> usize {
    text.chars().map(|it| it.width().unwrap_or(1)).sum()
}

/// `text` filled with blanks up to `columns` of a terminal.
pub(super) fn padded(text: &str, columns: usize) -> String {
    text.to_string() + &" ".repeat(columns.saturating_sub(UnicodeWidthStr::width(text)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn(source: &str, range: Range<usize>) -> String {
        let rows = excerpt(&Text::new(source), &range);
        rows.iter().map(|(line, mark)| line.as_ref().map_or(mark.clone(), |it| it.1.clone()) + "\n").collect()
    }

    #[test]
    fn marks_stand_under_double_width_characters() {
        assert_eq!(drawn("a王晋豫", 4..10), "a王晋豫\n   ^^^^\n");
        assert_eq!(drawn("于 1 月", 3..6), "于 1 月\n  ^^^\n");
    }

    #[test]
    fn both_halves_of_a_cut_name_are_marked() {
        assert_eq!(drawn("书记王\n\n晋豫就", 6..17), "书记王\n    ^^\n晋豫就\n^^^^\n");
    }

    #[test]
    fn an_empty_place_has_one_mark() {
        assert_eq!(drawn("王晋", 6..6), "王晋\n    ^\n");
        assert_eq!(drawn("", 0..0), "\n^\n");
    }

    #[test]
    fn a_long_place_is_cut_short() {
        assert_eq!(drawn("一\n二\n三\n四\n五", 0..19).matches('^').count(), 6);
        assert!(drawn("一\n二\n三\n四\n五", 0..19).ends_with("…\n"));
    }

    #[test]
    fn control_characters_do_not_reach_the_terminal() {
        assert_eq!(drawn("\u{c}\t王\u{1b}[31m", 2..5), "  王 [31m\n  ^^\n");
    }
}
