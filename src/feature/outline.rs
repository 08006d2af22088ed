//! The page article by article.

use std::ops::Range;

use crate::analysis::Analysis;
use crate::page::{Article, Paragraph, Role};

/// One entry of the outline. Its range holds its children's ranges and its selection.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// What is shown: a headline, a byline, a section head, a paragraph's first words.
    pub name: String,
    /// What is shown beside it: kicker and subhead of a headline, else empty.
    pub detail: String,
    /// What it is.
    pub kind: EntryKind,
    /// Bytes from its first to past its last character.
    pub range: Range<usize>,
    /// Bytes of the words that name it.
    pub selection: Range<usize>,
    /// What it holds, in order, disjoint.
    pub children: Vec<Entry>,
}

/// Kinds of entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EntryKind {
    /// An article 篇.
    Article,
    /// A byline 署名.
    Byline,
    /// A section 小标题 with its paragraphs.
    Section,
    /// A paragraph of text.
    Paragraph,
}

/// Characters by which a paragraph is named.
const FIRST_WORDS: usize = 18;

/// The outline of the page: one entry an article. O(paragraphs).
pub fn outline(analysis: &Analysis) -> Vec<Entry> {
    let page = analysis.page();
    page.articles.iter().filter_map(|it| article(it, &page.paragraphs.slice(it.paragraphs.clone()))).collect()
}

fn article(article: &Article, paragraphs: &[Paragraph]) -> Option<Entry> {
    let (first, last) = (paragraphs.first()?, paragraphs.last()?);
    let range = first.start..last.end();
    let headline = || paragraphs.iter().filter(|it| it.role == Role::Headline);
    let named = headline().next().map(|it| it.start..headline().next_back().map_or(it.end(), Paragraph::end));
    let body = paragraphs.iter().find(|it| it.role.is_body()).unwrap_or(first);
    let name = article.headline.clone().unwrap_or_else(|| first_words(&body.joined.text));
    let detail =
        [&article.kicker, &article.subhead].into_iter().flatten().cloned().collect::<Vec<_>>().join(" · ");
    Some(Entry {
        name,
        detail,
        kind: EntryKind::Article,
        selection: named.unwrap_or(body.start..body.end()),
        range,
        children: children(article, paragraphs),
    })
}

/// Byline, sections and paragraphs; what stands under a section head is the section's.
fn children(article: &Article, paragraphs: &[Paragraph]) -> Vec<Entry> {
    let mut entries: Vec<Entry> = Vec::new();
    for paragraph in paragraphs {
        let text = &paragraph.joined.text;
        let here = match paragraph.role {
            Role::Headline | Role::Kicker | Role::Subhead => continue,
            Role::Byline => {
                vec![leaf(EntryKind::Byline, text.trim().to_owned(), paragraph.start..paragraph.end())]
            }
            Role::Section => {
                entries.push(leaf(EntryKind::Section, text.clone(), paragraph.start..paragraph.end()));
                continue;
            }
            Role::Body | Role::Continuation => body(article, paragraph),
        };
        match entries.last_mut() {
            Some(section) if section.kind == EntryKind::Section => {
                section.range.end = paragraph.end();
                section.children.extend(here);
            }
            _ => entries.extend(here),
        }
    }
    entries
}

/// A paragraph, and before it the byline that its dateline holds: `本报讯（记者李秋）`.
fn body(article: &Article, paragraph: &Paragraph) -> Vec<Entry> {
    let text = &paragraph.joined.text;
    let byline = article.byline.as_deref().filter(|it| text.starts_with(it) && it.len() < text.len());
    let Some(byline) = byline else {
        return vec![leaf(EntryKind::Paragraph, first_words(text), paragraph.start..paragraph.end())];
    };
    let map = &paragraph.joined.map;
    let end = paragraph.start + map.source_end(byline.len());
    let next = paragraph.start + map.source_start(byline.len());
    vec![
        leaf(EntryKind::Byline, byline.to_owned(), paragraph.start..end),
        leaf(EntryKind::Paragraph, first_words(&text[byline.len()..]), next..paragraph.end()),
    ]
}

fn leaf(kind: EntryKind, name: String, range: Range<usize>) -> Entry {
    Entry { name, detail: String::new(), kind, selection: range.clone(), range, children: Vec::new() }
}

/// The first words of `text`, cut after eighteen characters.
fn first_words(text: &str) -> String {
    let text = text.trim();
    match text.char_indices().nth(FIRST_WORDS) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::page::{Markup, Page};
    use crate::text::Text;

    fn seed() -> Vec<Entry> {
        let text = Text::new(include_str!("../../seeds/jiaozuo-daily-2020-02.txt"));
        outline(&Analysis::of(&text, Markup::Plain, &Default::default()))
    }

    fn assert_contained(entry: &Entry) {
        assert!(
            entry.range.start <= entry.selection.start && entry.selection.end <= entry.range.end,
            "{entry:?}"
        );
        let mut end = entry.range.start;
        for child in &entry.children {
            assert!(
                end <= child.range.start && child.range.end <= entry.range.end,
                "{child:?} in {:?}",
                entry.name
            );
            end = child.range.end;
            assert_contained(child);
        }
    }

    #[test]
    fn ranges_contain_their_children_and_siblings_do_not_overlap() {
        for entry in seed() {
            assert_contained(&entry);
        }
    }

    #[test]
    fn an_article_is_named_by_its_headline_wherever_that_stands() {
        let outline = seed();
        assert_eq!(outline[0].name, "焦作移动扶贫干部投身抗疫一线");
        assert_eq!(outline[2].detail, "切实保障市民生活需要");
        assert_eq!(outline[2].children[0].name, "本报讯（记者李秋）");
    }

    #[test]
    fn a_section_holds_the_paragraphs_under_it() {
        let outline = seed();
        let sections: Vec<(&str, usize)> = outline[6]
            .children
            .iter()
            .filter(|it| it.kind == EntryKind::Section)
            .map(|it| (it.name.as_str(), it.children.len()))
            .collect();
        assert_eq!(sections, [("“我上”", 5), ("“我行”", 3), ("“我们做”", 4)]);
    }

    #[test]
    fn an_empty_text_has_no_outline() {
        let page = Page::of(&Text::new(""), Markup::Plain, crate::lexicon::Lexicon::shared());
        assert!(page.articles.is_empty());
        assert_eq!(outline(&Analysis::of(&Text::new("\n\n"), Markup::Plain, &Default::default())), []);
    }
}
