//! What a card says of a name: its full form, posts, region, other forms, and each mention in its article.

use super::markdown::escaped;
use super::names;
use crate::analysis::Analysis;
use crate::entity::document::Entity;
use crate::entity::{EntityKind, gazetteer};

/// Mentions of one article.
pub(super) struct Mentions {
    /// The headline, or where the article goes on from; empty where there is neither.
    article: String,
    /// Each mention: its lines, the first of them 1-based, and the words around it.
    lines: Vec<(String, usize, String)>,
}

/// Mentions that a card shows.
const SHOWN: usize = 12;

/// Places of one name that a card tells apart.
const PATHS: usize = 4;

/// Characters around a mention that a card shows.
const AROUND: usize = 12;

/// What is known of the entity that stands here as `name`.
pub(super) fn facts(analysis: &Analysis, name: &str, entity: &Entity) -> Vec<String> {
    let locale = analysis.settings().locale;
    let mut facts = Vec::new();
    if entity.name != name {
        let full = &entity.name;
        facts.push(locale.say(format_args!("全称：{full}"), format_args!("full name: {full}")));
    }
    let others: Vec<&str> = entity.forms.iter().map(String::as_str).filter(|it| *it != name).collect();
    if !others.is_empty() {
        let (zh, en) = (others.join("、"), others.join(", "));
        facts.push(locale.say(format_args!("又作：{zh}"), format_args!("also: {en}")));
    }
    if !entity.posts.is_empty() {
        let (zh, en) = (entity.posts.join("；"), entity.posts.join("; "));
        facts.push(locale.say(format_args!("本版职务：{zh}"), format_args!("posts on this page: {en}")));
    }
    if entity.kind == EntityKind::Place {
        let paths = regions(analysis, name).iter().map(|it| it.join(" › ")).collect::<Vec<_>>().join("；");
        if !paths.is_empty() {
            facts.push(locale.say(format_args!("隶属：{paths}"), format_args!("lies in: {paths}")));
        }
    }
    facts
}

/// Where the place `name` lies. Of several places of that name, those whose regions the document names most.
fn regions(analysis: &Analysis, name: &str) -> Vec<Vec<&'static str>> {
    let mut regions = gazetteer::regions(name);
    regions.retain(|it| it.len() > 1);
    let places = || analysis.names().entities().iter().filter(|it| it.kind == EntityKind::Place);
    let named = |region: &str| {
        // 焦作 for 焦作市 as well.
        let short = region.char_indices().next_back().map_or(region, |it| &region[..it.0]);
        places().any(|it| it.all_forms().any(|form| form == region || form == short))
    };
    let share = |path: &Vec<&str>| path[..path.len() - 1].iter().filter(|it| named(it)).count();
    let most = regions.iter().map(share).max().unwrap_or(0);
    regions.retain(|it| share(it) == most);
    if regions.len() > PATHS { Vec::new() } else { regions }
}

/// The mentions of `entity` by article, each with the words around it; no more than a card can show.
pub(super) fn mentions(analysis: &Analysis, entity: &Entity) -> Vec<Mentions> {
    let page = analysis.page();
    let mut groups: Vec<(usize, Mentions)> = Vec::new();
    for occurrence in entity.occurrences.iter().take(SHOWN) {
        let article = page.article_of(occurrence.paragraph);
        let range = names::range(analysis, *occurrence);
        let (first, last) =
            (analysis.text().line_of(range.start) + 1, analysis.text().line_of(range.end) + 1);
        let lines = if first == last { first.to_string() } else { format!("{first}–{last}") };
        let text = analysis.reading(occurrence.paragraph).text();
        let (before, after) =
            (&text[..occurrence.span.start as usize], &text[occurrence.span.start as usize..]);
        let length = text[occurrence.span.range()].chars().count();
        let start = before.char_indices().rev().nth(AROUND - 1).map_or(0, |it| it.0);
        let end = after.char_indices().nth(length + AROUND).map_or(after.len(), |it| it.0);
        let words = format!(
            "{}{}{}{}",
            if start > 0 { "…" } else { "" },
            &before[start..],
            &after[..end],
            if end < after.len() { "…" } else { "" }
        );
        if groups.last().is_none_or(|it| it.0 != article) {
            let headline =
                page.articles.get(article).and_then(|it| it.headline.as_ref().or(it.continued_from.as_ref()));
            let article =
                (article, Mentions { article: headline.cloned().unwrap_or_default(), lines: Vec::new() });
            groups.push(article);
        }
        if let Some((_, group)) = groups.last_mut() {
            group.lines.push((lines, first, words));
        }
    }
    groups.into_iter().map(|it| it.1).collect()
}

/// The mentions as a Markdown list, lines as links into the document at `uri`.
pub(super) fn markdown(mentions: &[Mentions], uri: Option<&str>) -> String {
    let mut said = String::new();
    for group in mentions {
        if !group.article.is_empty() {
            said += &format!("\n\n*{}*\n", escaped(&group.article));
        } else {
            said += "\n\n";
        }
        for (lines, first, words) in &group.lines {
            let lines = match uri {
                Some(uri) => format!("[{lines}]({}#L{first})", link(uri)),
                None => lines.clone(),
            };
            said += &format!("\n- {lines} {}", escaped(words));
        }
    }
    said
}

/// The mentions as lines of text.
pub(super) fn plain(mentions: &[Mentions]) -> String {
    let mut said = String::new();
    for group in mentions {
        if !group.article.is_empty() {
            said += &format!("\n{}", group.article);
        }
        for (lines, _, words) in &group.lines {
            said += &format!("\n  {lines} {words}");
        }
    }
    said
}

/// `uri` so that a Markdown link holds it.
fn link(uri: &str) -> String {
    uri.replace(' ', "%20").replace('(', "%28").replace(')', "%29")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::feature::hover;
    use crate::page::Markup;
    use crate::text::Text;

    const SEED: &str = include_str!("../../seeds/jiaozuo-daily-2020-02.txt");

    fn card(words: &str, uri: Option<&str>) -> hover::Card {
        let analysis = Analysis::of(&Text::new(SEED), Markup::Plain, &Default::default());
        hover::card(&analysis, SEED.find(words).expect("the words stand on the page"), uri).expect("a card")
    }

    #[test]
    fn a_person_has_posts_and_mentions_by_article() {
        let card = card("王\n晋豫", None).plain;
        assert!(card.contains("本版职务：组长兼第一书记"), "{card}");
        assert!(card.contains("\n焦作移动扶贫干部投身抗疫一线\n  6–7 …"), "{card}");
        assert!(card.contains("第一书记王晋豫就是其中一员"), "{card}");
    }

    #[test]
    fn lines_are_links_where_the_document_has_a_uri() {
        let card = card("王\n晋豫", Some("file:///焦作 日报.txt")).markdown;
        assert!(card.contains("[6–7](file:///焦作%20日报.txt#L6)"), "{card}");
    }

    #[test]
    fn a_place_says_where_it_lies() {
        assert!(card("武陟县", None).plain.contains("隶属：河南省 › 焦作市 › 武陟县"));
    }
}
