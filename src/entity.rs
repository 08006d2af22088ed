//! Entities: people, places, organisations, works, posts.
//!
//! Three layers, each weighing what the one before proposes. Lists and patterns propose: the gazetteer, surnames and
//! given names, what organisations and places end with ([`words`], [`person`], [`place`], [`organization`]). The
//! [`tagger`], whose weights were learnt, decides character by character; the proposals are facts among others to it
//! ([`features`]). What it finds is a paragraph's reading. The [`document`] then knows more than its paragraphs: a name
//! that is sure in one place is found in all, and short forms belong to their full names.

mod alias;
mod certain;
mod chain;
pub mod clauses;
pub mod document;
pub mod doubles;
mod draft;
mod facts;
pub mod features;
mod foreign;
pub mod gazetteer;
pub mod label;
pub mod likeness;
mod list;
mod organization;
mod person;
mod place;
mod post;
pub mod slips;
pub mod table;
pub mod tagger;
mod words;

use crate::expression::Expression;
use crate::lexicon::Lexicon;
use crate::page::paragraph::Span;

use draft::Draft;
use words::Part;

/// One occurrence of an entity in a paragraph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mention {
    /// Where it stands in the joined text.
    pub span: Span,
    /// What it is.
    pub kind: EntityKind,
}

impl Mention {
    /// The mention's name, as the document and the cards know it: its text without white space. `text` is the text it
    /// was found in.
    pub fn name<'a>(&self, text: &'a str) -> std::borrow::Cow<'a, str> {
        let name = &text[self.span.range()];
        if name.contains(char::is_whitespace) {
            name.chars().filter(|it| !it.is_whitespace()).collect::<String>().into()
        } else {
            name.into()
        }
    }
}

/// Kinds of entity, in the words of the annotation record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum EntityKind {
    /// 人.
    Person,
    /// 地.
    Place,
    /// 机构.
    Organization,
    /// 作品: 《…》.
    Work,
    /// 职务.
    Post,
}

impl EntityKind {
    /// What readers know it as, in Chinese and in English.
    pub fn name(self) -> (&'static str, &'static str) {
        match self {
            EntityKind::Person => ("人名", "personal name"),
            EntityKind::Place => ("地名", "place name"),
            EntityKind::Organization => ("机构名", "organisation's name"),
            EntityKind::Work => ("作品名", "title of a work"),
            EntityKind::Post => ("职务", "post"),
        }
    }
}

/// The mentions in `text`, in order, disjoint from one another and from `expressions`. O(n).
pub fn mentions(text: &str, expressions: &[Expression], lexicon: &Lexicon) -> Vec<Mention> {
    mentions_by(tagger::Tagger::shared(), text, expressions, lexicon)
}

/// As [`mentions`], with another tagger than the one that is compiled in.
pub fn mentions_by(
    tagger: &tagger::Tagger,
    text: &str,
    expressions: &[Expression],
    lexicon: &Lexicon,
) -> Vec<Mention> {
    clauses::Clauses::of(text, expressions).all(tagger, lexicon)
}

/// Calls `each` for every character of `text`, in order, with the features that the tagger reads; for training.
pub fn features(
    text: &str,
    expressions: &[Expression],
    lexicon: &Lexicon,
    each: impl FnMut(&features::Slots),
) {
    let part = Part { text, range: 0..text.len(), expressions, open: 0 };
    features::each(Draft::of(part, lexicon, tagger::Tagger::shared()).facts(), each);
}

/// The titles in `text`: 《…》 with its marks, the outermost where one holds another.
fn works(text: &str) -> Vec<Mention> {
    let mut works = Vec::new();
    let mut open = Vec::new();
    for (at, char) in text.char_indices().filter(|it| matches!(it.1, '《' | '》')) {
        if char == '《' {
            open.push(at);
        } else if let Some(start) = open.pop()
            && open.is_empty()
        {
            works.push(Mention { span: Span::new(start, at + char.len_utf8()), kind: EntityKind::Work });
        }
    }
    works
}

/// `found` in order, without those that touch an expression or an earlier or longer mention.
fn disjoint(mut found: Vec<Mention>, expressions: &[Expression], text: &str) -> Vec<Mention> {
    found.sort_by_key(|it| (it.span.start, std::cmp::Reverse(it.span.end)));
    let mut end = 0;
    let mut expressions = expressions.iter().peekable();
    found.retain(|it| {
        while expressions.next_if(|expression| expression.span.end <= it.span.start).is_some() {}
        let mut touched = expressions.clone().take_while(|expression| expression.span.start < it.span.end);
        let free = end <= it.span.start && touched.all(|expression| is_numeral_of(it, expression, text));
        if free {
            end = it.span.end;
        }
        free
    });
    found
}

/// Whether an expression is a numeral in a name and says no number of its own: 第一 in 焦作市第一中学, 三 in 经三路.
pub fn is_numeral_of(name: &Mention, expression: &Expression, text: &str) -> bool {
    let (inner, outer) = (expression.span, name.span);
    outer.start <= inner.start && inner.end <= outer.end && inner != outer && may_be_numeral(expression, text)
}

/// Whether an expression of `text` is such as numerals in names are: a count, or the place in a row, without digits.
pub fn may_be_numeral(expression: &Expression, text: &str) -> bool {
    use crate::expression::ExpressionKind::{Number, Ordinal, Quantity};
    matches!(expression.kind, Number | Ordinal | Quantity)
        && !text[expression.span.range()].bytes().any(|it| it.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Asserts what is found in `text`, each with its kind.
    fn has(text: &str, expected: &[&str]) {
        let found = mentions(text, &[], Lexicon::shared());
        let found: Vec<String> = found
            .iter()
            .map(|it| {
                let kind = match it.kind {
                    EntityKind::Person => "人",
                    EntityKind::Place => "地",
                    EntityKind::Organization => "机构",
                    EntityKind::Work => "作品",
                    EntityKind::Post => "职务",
                };
                format!("{kind}:{}", it.name(text))
            })
            .collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn a_name_is_a_surname_and_a_given_name() {
        has("立即协调张宁、许凯两名执法队员", &["人:张宁", "人:许凯"]);
        has("（通讯员邵珠章、任瑶）", &["人:邵珠章", "人:任瑶"]);
        has("王晋豫说，", &["人:王晋豫"]);
    }
}
