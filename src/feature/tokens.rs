//! Colours: names and values, line by line.

use std::ops::Range;

use crate::analysis::Analysis;
use crate::entity::EntityKind;
use crate::expression::ExpressionKind;

/// Kinds of token, in the order of [`LEGEND`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenKind {
    /// A person.
    Person,
    /// A place.
    Place,
    /// An organisation.
    Organization,
    /// A post.
    Post,
    /// A work.
    Work,
    /// A date, time or duration.
    Moment,
    /// A number or amount.
    Number,
}

/// For each kind the protocol's token type that themes colour most fittingly: names as names of code, works as
/// strings, dates as constants.
pub const LEGEND: [&str; 7] =
    ["class", "namespace", "interface", "keyword", "string", "enumMember", "number"];

/// A token, within one line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    /// The bytes of the file.
    pub range: Range<usize>,
    /// What it is.
    pub kind: TokenKind,
}

/// The tokens that touch `range`, in order; one for each line that a name or value stands on. O(names in the range).
pub fn tokens(analysis: &Analysis, range: &Range<usize>) -> Vec<Token> {
    let paragraphs = &analysis.page().paragraphs;
    let first = paragraphs.partition_point(|it| it.end() < range.start);
    let mut tokens = Vec::new();
    for (index, paragraph) in paragraphs.iter().enumerate().skip(first) {
        if paragraph.start > range.end {
            break;
        }
        let reading = analysis.reading(index);
        let names = analysis.names().mentions(index).iter().map(|it| (it.0.span, of_name(it.0.kind)));
        let values = reading.expressions().iter().map(|it| (it.span, of_value(it.kind)));
        let mut spans: Vec<_> = names.chain(values).collect();
        spans.sort_by_key(|it| it.0);
        for (span, kind) in spans {
            let source = paragraph.source(span);
            if source.end <= range.start || range.end <= source.start {
                continue;
            }
            let line = analysis.text().line_of(source.start);
            for line in line..=analysis.text().line_of(source.end.saturating_sub(1)) {
                let line = analysis.text().line_range(line);
                let part = source.start.max(line.start)..source.end.min(line.end);
                let text = analysis.text().slice(part.clone());
                let indent = text.len() - text.trim_start().len();
                let part = part.start + indent..part.start + text.trim_end().len();
                if range.start < part.end && part.start < range.end {
                    tokens.push(Token { range: part, kind });
                }
            }
        }
    }
    tokens
}

fn of_name(kind: EntityKind) -> TokenKind {
    match kind {
        EntityKind::Person => TokenKind::Person,
        EntityKind::Place => TokenKind::Place,
        EntityKind::Organization => TokenKind::Organization,
        EntityKind::Work => TokenKind::Work,
        EntityKind::Post => TokenKind::Post,
    }
}

fn of_value(kind: ExpressionKind) -> TokenKind {
    match kind {
        ExpressionKind::Date | ExpressionKind::Time | ExpressionKind::Duration => TokenKind::Moment,
        _ => TokenKind::Number,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::page::Markup;
    use crate::text::Text;

    #[test]
    fn a_cut_name_is_a_token_on_each_line() {
        let source = include_str!("../../seeds/jiaozuo-daily-2020-02.txt");
        let analysis = Analysis::of(&Text::new(source), Markup::Plain, &Default::default());
        let tokens = tokens(&analysis, &(0..source.len()));
        let cut = source.find("王\n晋豫").expect("the name is cut");
        let person = |start, text: &str| Token { range: start..start + text.len(), kind: TokenKind::Person };
        assert!(tokens.contains(&person(cut, "王")) && tokens.contains(&person(cut + 4, "晋豫")));
        assert!(tokens.is_sorted_by(|one, next| one.range.end <= next.range.start));
        assert!(tokens.iter().all(|it| !source[it.range.clone()].contains('\n')));
    }
}
