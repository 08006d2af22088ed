//! Entities: what must be learned or listed — people, places, organisations, works, posts.
//!
//! The text is cut into words once, with names of people and places of the gazetteer among the words; then places,
//! organisations and posts are put together from words by what they end with. No model is learned here: the lists say
//! what a name is made of, and the word frequencies of the dictionary decide between a name and other words.

mod foreign;
pub mod gazetteer;
pub mod index;
mod organization;
mod person;
mod place;
mod post;
mod words;

use crate::expression::Expression;
use crate::lexicon::Lexicon;
use crate::page::paragraph::Span;

use words::Words;

/// One occurrence of an entity in a paragraph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mention {
    /// Where it stands in the joined text.
    pub span: Span,
    /// What it is.
    pub kind: EntityKind,
}

impl Mention {
    /// The mention's name, as the index and the cards know it: its text without white space. `text` is the text it
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

/// The mentions in `text`, in order, disjoint from one another and from `expressions`. O(n).
pub fn mentions(text: &str, expressions: &[Expression], lexicon: &Lexicon) -> Vec<Mention> {
    let mut words = Words::of(text, expressions, lexicon);
    let mut found = works(text);
    place::places(&mut words);
    organization::organizations(&words, &mut found);
    found.extend(words.names());
    post::posts(&words, &mut found);
    disjoint(found, expressions)
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
fn disjoint(mut found: Vec<Mention>, expressions: &[Expression]) -> Vec<Mention> {
    found.sort_by_key(|it| (it.span.start, std::cmp::Reverse(it.span.end)));
    let mut end = 0;
    let mut expressions = expressions.iter().map(|it| it.span).peekable();
    found.retain(|it| {
        while expressions.next_if(|expression| expression.end <= it.span.start).is_some() {}
        let free = end <= it.span.start && expressions.peek().is_none_or(|next| it.span.end <= next.start);
        if free {
            end = it.span.end;
        }
        free
    });
    found
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
