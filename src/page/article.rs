//! Articles 篇: where one begins and ends, and which of its lines are headline, kicker, subhead and byline.

use std::ops::Range;

use super::Page;
use super::boundary::{Boundary, BoundaryKind};
use super::line::{Line, Role};
use super::mark;
use super::model::Part;
use super::paragraph::Paragraph;
use crate::list::List;

/// One article of the page, its headline before or after its body.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Article {
    /// Its paragraphs, display lines included, as indices into [`super::Page::paragraphs`].
    pub paragraphs: Range<usize>,
    /// Headline 标题, the lines of a broken one joined. A continuation may have none.
    pub headline: Option<String>,
    /// Kicker 引题.
    pub kicker: Option<String>,
    /// Subhead 副题.
    pub subhead: Option<String>,
    /// Byline 署名: a line of its own (`本报记者 原文钊`), or what the dateline says (`本报讯（记者李秋）`).
    pub byline: Option<String>,
    /// The continuation mark 转版 that it opens with: `（上接第一版）`.
    pub continued_from: Option<String>,
    /// Section heads 小标题.
    pub sections: Vec<Section>,
}

/// A section head 小标题 and what stands under it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    /// Its paragraph, an index into [`super::Page::paragraphs`].
    pub paragraph: usize,
    /// Its words.
    pub text: String,
}

/// Gives each line its role: which of the display lines is headline, kicker or subhead follows from their order and
/// length within the article.
pub(super) fn assign_roles(lines: &mut [Line], boundaries: &[Boundary], parts: &[Part]) {
    let mut start = 0;
    for at in 0..lines.len() {
        if !matches!(boundaries[at].kind, BoundaryKind::Article | BoundaryKind::End) {
            continue;
        }
        let range = start..at + 1;
        for it in range.clone() {
            lines[it].role = match parts[it] {
                Part::Text => Role::Body,
                // No part of an article, least of all its headline.
                _ if lines[it].stands_alone() => Role::Body,
                Part::Title => Role::Headline,
                Part::Byline => Role::Byline,
                Part::Section => Role::Section,
            };
        }
        rank_titles(&mut lines[range.clone()], &boundaries[range.clone()]);
        let body = range.clone().find(|it| lines[*it].role.is_body());
        if let Some(body) = body
            && continuation(&lines[body].squashed).is_some()
        {
            lines[body].role = Role::Continuation;
        }
        start = at + 1;
    }
}

/// Of the display units of one article the weightiest is the headline, those before it kickers, those after subheads.
fn rank_titles(lines: &mut [Line], boundaries: &[Boundary]) {
    let mut units: Vec<Range<usize>> = Vec::new();
    for at in 0..lines.len() {
        if lines[at].role != Role::Headline {
            continue;
        }
        match units.last_mut() {
            Some(unit) if unit.end == at && boundaries[at - 1].kind.is_join() => unit.end += 1,
            _ => units.push(at..at + 1),
        }
    }
    let weight = |unit: &Range<usize>| {
        let lines = &lines[unit.clone()];
        let n: usize = lines.iter().map(|it| it.squashed.chars().count()).sum();
        let first = lines[0].squashed.chars().next().unwrap_or(' ');
        let slogan = lines.iter().any(|it| it.inner_spaces > 0);
        let aside = matches!(first, '—' | '（' | '(');
        n.min(26) as i32 - 4 * i32::from(slogan) - 30 * i32::from(aside)
    };
    let Some(headline) = (0..units.len()).rev().max_by_key(|it| weight(&units[*it])) else { return };
    for (at, unit) in units.into_iter().enumerate() {
        let role = match at.cmp(&headline) {
            std::cmp::Ordering::Less => Role::Kicker,
            std::cmp::Ordering::Equal => Role::Headline,
            std::cmp::Ordering::Greater => Role::Subhead,
        };
        lines[unit].iter_mut().for_each(|it| it.role = role);
    }
}

/// The continuation mark that a text opens with: `（上接第一版）`.
pub(super) fn continuation(text: &str) -> Option<&str> {
    let head: Vec<char> = text.chars().take(16).collect();
    if mark::turn(&head) != Some(true) {
        return None;
    }
    let end = text.char_indices().find(|it| matches!(it.1, '）' | ')' | '】'));
    let page = text.char_indices().find(|it| it.1 == '版');
    end.or(page).map(|(at, c)| &text[..at + c.len_utf8()])
}

/// The byline within a dateline: `本报讯（记者李秋）`, `新华社北京2月1日电（记者王芳）`.
pub(crate) fn dateline(text: &str) -> Option<&str> {
    let chars = text.chars().filter(|it| !mark::is_space(*it));
    if !chars.clone().find(|it| *it != '【').is_some_and(mark::opens_lead) {
        return None;
    }
    let head: Vec<char> = chars.take(24).collect();
    if !mark::is_lead(&head) {
        return None;
    }
    let near = text.char_indices().nth(48).map_or(text, |it| &text[..it.0]);
    let open = near.find(['（', '('])?;
    let close = near[open..].find(['）', ')'])? + open;
    let names = &near[open..close];
    let before = near[..open].chars().filter(|it| !mark::is_space(*it)).count();
    let named = ["记者", "通讯员", "特派员", "文/"].iter().any(|it| names.contains(it));
    (named && before <= 20).then(|| &near[..close + near[close..].chars().next().map_or(0, char::len_utf8)])
}

impl Article {
    /// The same article, its paragraphs further on by so many, which may be negative.
    pub(super) fn shifted(&self, by: isize) -> Article {
        let mut it = self.clone();
        it.paragraphs =
            it.paragraphs.start.wrapping_add_signed(by)..it.paragraphs.end.wrapping_add_signed(by);
        for section in &mut it.sections {
            section.paragraph = section.paragraph.wrapping_add_signed(by);
        }
        it
    }
}

/// The articles that the paragraphs `range` of a page make; one starts there and one ends there. O(n).
pub(super) fn articles(
    lines: &List<Line>,
    boundaries: &List<Boundary>,
    paragraphs: &List<Paragraph>,
    range: Range<usize>,
) -> Vec<Article> {
    let mut articles = Vec::new();
    let mut start = range.start;
    for at in range {
        let paragraph = &paragraphs[at];
        let last = boundaries[paragraph.lines.end - 1].kind;
        if matches!(last, BoundaryKind::Article | BoundaryKind::End) || at + 1 == paragraphs.len() {
            articles.push(article(start..at + 1, lines, boundaries, paragraphs));
            start = at + 1;
        }
    }
    articles
}

fn article(
    range: Range<usize>,
    lines: &List<Line>,
    boundaries: &List<Boundary>,
    paragraphs: &List<Paragraph>,
) -> Article {
    let mut article = Article { paragraphs: range.clone(), ..Article::default() };
    let mut body = None;
    for at in range {
        let paragraph = &paragraphs[at];
        // Markdown's marks are no words of a heading.
        let text = match paragraph.role.is_body() {
            true => paragraph.joined.text.as_str(),
            false => paragraph.joined.text.trim_start_matches('#').trim_start(),
        };
        let first = paragraph.lines.start;
        let continues =
            first > 0 && boundaries[first - 1].kind.is_join() && lines[first - 1].role == paragraph.role;
        let slot = match paragraph.role {
            Role::Headline => &mut article.headline,
            Role::Kicker => &mut article.kicker,
            Role::Subhead => &mut article.subhead,
            Role::Byline => &mut article.byline,
            Role::Section => {
                match article.sections.last_mut() {
                    Some(section) if continues => {
                        section.text.push_str(Page::separator(&section.text, text));
                        section.text.push_str(text);
                    }
                    _ => article.sections.push(Section { paragraph: at, text: text.to_owned() }),
                }
                continue;
            }
            Role::Body | Role::Continuation => {
                body = body.or(Some(text));
                continue;
            }
        };
        match slot {
            Some(words) if continues => {
                words.push_str(Page::separator(words, text));
                words.push_str(text);
            }
            Some(words) => {
                words.push(' ');
                words.push_str(text);
            }
            None => *slot = Some(text.to_owned()),
        }
    }
    if let Some(text) = body {
        article.continued_from = continuation(text).map(str::to_owned);
        if article.byline.is_none() {
            article.byline = dateline(text).map(str::to_owned);
        }
    }
    article
}

#[cfg(test)]
mod tests {
    use super::*;

    fn titles(lines: &[&str]) -> Vec<Role> {
        let mut lines: Vec<Line> =
            lines.iter().filter_map(|it| Line::of(0, 0, it, &mut Vec::new())).collect();
        lines.iter_mut().for_each(|it| it.role = Role::Headline);
        let boundaries = vec![Boundary { kind: BoundaryKind::Heading, confidence: 1.0 }; lines.len()];
        rank_titles(&mut lines, &boundaries);
        lines.iter().map(|it| it.role).collect()
    }

    #[test]
    fn the_weightiest_title_is_the_headline() {
        use Role::{Headline, Kicker, Subhead};
        assert_eq!(titles(&["众志成城 共抗疫情", "市委老干部局积极投身疫情防控"]), [Kicker, Headline]);
        assert_eq!(
            titles(&["我市成立应急物资储备库和运输车队", "切实保障市民生活需要"]),
            [Headline, Subhead]
        );
        assert_eq!(titles(&["织密疫情防控网"]), [Headline]);
        assert_eq!(titles(&["一线的急先锋", "——记社区干部郭志立"]), [Headline, Subhead]);
    }

    #[test]
    fn a_dateline_names_the_reporter() {
        assert_eq!(dateline("本报讯（记者李秋）做好应急"), Some("本报讯（记者李秋）"));
        assert_eq!(dateline("新华社北京2月1日电（记者王芳）今天"), Some("新华社北京2月1日电（记者王芳）"));
        assert_eq!(dateline("本报讯 （记者 李秋） 做好"), Some("本报讯 （记者 李秋）"));
        assert_eq!(dateline("市委（记者注：原文如此）"), None);
        assert_eq!(dateline("本报讯 做好应急（见图）"), None);
    }

    #[test]
    fn a_continuation_says_where_from() {
        assert_eq!(continuation("（上接第一版）该公司"), Some("（上接第一版）"));
        assert_eq!(continuation("（下转第二版）"), None);
    }
}
