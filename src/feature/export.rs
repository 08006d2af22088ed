//! The page's articles as their authors wrote them: headline first, paragraphs whole.

use std::ops::Range;

use super::fix::join_lines;
use super::markdown::escaped;
use crate::analysis::Analysis;
use crate::page::{Markup, Page, Paragraph, Role, furniture};

/// An article in reading order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Story {
    /// Headline 标题; a continuation may have none.
    pub headline: Option<String>,
    /// Kicker 引题.
    pub kicker: Option<String>,
    /// Subhead 副题.
    pub subhead: Option<String>,
    /// Byline 署名, from a line of its own or from the dateline.
    pub byline: Option<String>,
    /// The continuation mark that it opens with: `（上接第一版）`.
    pub continued_from: Option<String>,
    /// All that it says, the display lines first: headline, kicker, subhead, byline, then the text as it runs.
    pub blocks: Vec<Block>,
}

/// One paragraph of an article, or one display unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// What it says, joined.
    pub text: String,
    /// Bytes of the file from its first to past its last character.
    pub range: Range<usize>,
    /// The file's 0-based lines from its first to its last, both within.
    pub lines: (usize, usize),
}

/// Kinds of block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BlockKind {
    /// Headline 标题.
    Headline,
    /// Kicker 引题.
    Kicker,
    /// Subhead 副题.
    Subhead,
    /// Byline 署名 on a line of its own.
    Byline,
    /// Section head 小标题.
    Section,
    /// Who took the picture: `本报记者 李良 摄`.
    Caption,
    /// A paragraph.
    Paragraph,
    /// Page furniture 版面附件: a masthead, a date line, a page number, a jump line.
    Furniture,
}

impl BlockKind {
    /// The word of records.
    pub fn as_str(self) -> &'static str {
        match self {
            BlockKind::Headline => "headline",
            BlockKind::Kicker => "kicker",
            BlockKind::Subhead => "subhead",
            BlockKind::Byline => "byline",
            BlockKind::Section => "section",
            BlockKind::Caption => "caption",
            BlockKind::Paragraph => "paragraph",
            BlockKind::Furniture => "furniture",
        }
    }
}

/// How an export is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ExportFormat {
    /// Markdown.
    #[default]
    Markdown,
    /// One paragraph a line, a blank line between them.
    Text,
}

/// The articles of the page in the order of the file. Without `furniture`, page furniture, jump lines and
/// continuation marks are left out, and with them what would be an article of nothing else. O(text).
pub fn stories(analysis: &Analysis, furniture: bool) -> Vec<Story> {
    let page = analysis.page();
    let is_furniture = furniture_of(page);
    let stories = page.articles.iter().map(|article| {
        let blocks = blocks(page, article.paragraphs.clone(), &is_furniture, furniture);
        let of = |kind: BlockKind| {
            let texts: Vec<&str> =
                blocks.iter().filter(|it| it.kind == kind).map(|it| it.text.as_str()).collect();
            (!texts.is_empty()).then(|| texts.join(" "))
        };
        Story {
            headline: of(BlockKind::Headline),
            kicker: of(BlockKind::Kicker),
            subhead: of(BlockKind::Subhead),
            byline: of(BlockKind::Byline).or_else(|| article.byline.clone()),
            continued_from: article.continued_from.clone(),
            blocks,
        }
    });
    stories.filter(|it| furniture || !it.blocks.is_empty()).collect()
}

/// The blocks of one article, display lines first.
fn blocks(page: &Page, range: Range<usize>, is_furniture: &[bool], furniture: bool) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    for at in range.clone() {
        let paragraph = &page.paragraphs[at];
        let mut block = block(page, paragraph, is_furniture[at]);
        if !furniture {
            if block.kind == BlockKind::Furniture {
                continue;
            }
            strip(&mut block, paragraph);
        }
        // Headlines over several lines are one unit.
        let continues = at > range.start
            && page.paragraphs[at - 1].role == paragraph.role
            && page.boundaries[paragraph.lines.start - 1].kind.is_join();
        match blocks.last_mut() {
            Some(last) if continues && last.kind == block.kind => {
                last.text.push_str(Page::separator(&last.text, &block.text));
                last.text.push_str(&block.text);
                last.range.end = block.range.end;
                last.lines.1 = block.lines.1;
            }
            _ => blocks.push(block),
        }
    }
    if page.markup == Markup::Markdown {
        return blocks;
    }
    let rank = |it: &Block| match it.kind {
        BlockKind::Headline => 0,
        BlockKind::Kicker => 1,
        BlockKind::Subhead => 2,
        BlockKind::Byline => 3,
        _ => 4,
    };
    blocks.sort_by_key(rank);
    blocks
}

/// Which paragraphs of the page are page furniture. How to reach the newspaper is, beside other furniture and at the
/// page's ends.
fn furniture_of(page: &Page) -> Vec<bool> {
    let line = |it: &Paragraph| page.lines.get(it.lines.start).filter(|_| it.lines.len() == 1);
    let lines: Vec<_> = page.paragraphs.iter().map(line).collect();
    let mut found: Vec<bool> = lines.iter().map(|it| it.is_some_and(|it| it.looks_furniture)).collect();
    let contact = |at: usize| lines[at].is_some_and(|it| furniture::is_contact(&it.squashed));
    let contacts: Vec<bool> = (0..lines.len()).map(contact).collect();
    let edge = |at: usize| at < 3 || at + 3 >= lines.len();
    for at in (0..found.len()).chain((0..found.len()).rev()) {
        let beside = at > 0 && found[at - 1] || found.get(at + 1).copied().unwrap_or(false);
        found[at] |= contacts[at] && (beside || edge(at));
    }
    found
}

fn block(page: &Page, paragraph: &Paragraph, furniture: bool) -> Block {
    let lines = page.lines.slice(paragraph.lines.clone());
    let text = paragraph.joined.text.trim();
    let kind = match paragraph.role {
        _ if furniture => BlockKind::Furniture,
        Role::Headline => BlockKind::Headline,
        Role::Kicker => BlockKind::Kicker,
        Role::Subhead => BlockKind::Subhead,
        Role::Section => BlockKind::Section,
        Role::Body if lines.len() == 1 && lines[0].looks_credit => BlockKind::Caption,
        Role::Byline => BlockKind::Byline,
        Role::Body | Role::Continuation => BlockKind::Paragraph,
    };
    // Markdown's marks are no words of a heading.
    let text = match paragraph.role.is_body() || page.markup != Markup::Markdown {
        true => text,
        false => text.trim_matches('#').trim(),
    };
    Block {
        kind,
        text: text.to_owned(),
        range: paragraph.start..paragraph.end(),
        lines: (lines[0].number, lines[lines.len() - 1].number),
    }
}

/// Takes continuation mark and jump line off a paragraph.
fn strip(block: &mut Block, paragraph: &Paragraph) {
    if block.kind != BlockKind::Paragraph {
        return;
    }
    if let Some(turn) = furniture::trailing_turn(&block.text) {
        block.text.truncate(turn);
        block.text.truncate(block.text.trim_end().len());
    }
    if paragraph.role == Role::Continuation
        && let Some(mark) = Page::continuation_mark(&block.text)
    {
        block.text = block.text[mark.len()..].trim_start().to_owned();
    }
}

/// The articles written out, a blank line between paragraphs and two between articles. Plain text is escaped where
/// Markdown would take it for marks; a Markdown file keeps its own, and its lines that are no prose.
pub fn export(analysis: &Analysis, format: ExportFormat, furniture: bool) -> String {
    if format == ExportFormat::Markdown && analysis.page().markup == Markup::Markdown {
        let mut text = analysis.text().clone();
        for edit in join_lines(analysis, 0..text.len()).iter().rev() {
            text.apply(edit);
        }
        return text.to_source();
    }
    let written = |it: &Block| match format {
        ExportFormat::Markdown => in_markdown(it) + "\n",
        ExportFormat::Text => it.text.clone() + "\n",
    };
    let stories = stories(analysis, furniture);
    let stories = stories.iter().map(|it| it.blocks.iter().map(written).collect::<Vec<String>>().join("\n"));
    stories.collect::<Vec<String>>().join("\n\n")
}

fn in_markdown(block: &Block) -> String {
    let text = escaped(&block.text);
    match block.kind {
        BlockKind::Headline => format!("# {text}"),
        BlockKind::Kicker | BlockKind::Subhead | BlockKind::Caption => format!("*{text}*"),
        BlockKind::Byline => format!("**{text}**"),
        BlockKind::Section => format!("## {text}"),
        BlockKind::Paragraph | BlockKind::Furniture => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Text;

    fn analysis(source: &str) -> Analysis {
        Analysis::of(&Text::new(source), Markup::Plain, &Default::default())
    }

    const SEED: &str = include_str!("../../seeds/jiaozuo-daily-2020-02.txt");

    #[test]
    fn an_article_opens_with_its_headline_wherever_that_stands() {
        let stories = stories(&analysis(SEED), true);
        assert_eq!(stories.len(), 9);
        let kinds: Vec<BlockKind> = stories[1].blocks.iter().take(3).map(|it| it.kind).collect();
        assert_eq!(kinds, [BlockKind::Headline, BlockKind::Kicker, BlockKind::Paragraph]);
        assert_eq!(stories[1].kicker.as_deref(), Some("众志成城 共抗疫情"));
        let sections: Vec<&str> = stories[6]
            .blocks
            .iter()
            .filter(|it| it.kind == BlockKind::Section)
            .map(|it| it.text.as_str())
            .collect();
        assert_eq!(sections, ["“我上”", "“我行”", "“我们做”"]);
    }

    #[test]
    fn each_line_of_text_is_in_one_block() {
        let analysis = analysis(SEED);
        let stories = stories(&analysis, true);
        let mut lines: Vec<(usize, usize)> =
            stories.iter().flat_map(|it| &it.blocks).map(|it| it.lines).collect();
        lines.sort_unstable();
        assert!(lines.windows(2).all(|it| it[0].1 < it[1].0));
        let held = |number: usize| lines.iter().any(|it| it.0 <= number && number <= it.1);
        assert!(analysis.page().lines.iter().all(|it| held(it.number)));
    }

    #[test]
    fn furniture_is_left_out_on_request() {
        let source = "2020年2月14日 星期五\n\n市商务局全力保障市场供应\n\n本报讯（记者李秋）连日来，市商务局全力做好市场供应保障工作，确保市民“菜篮子”稳定。（下转第二版）\n\n责任编辑：刘芳\n电话：0391-3909912\n";
        let analysis = analysis(source);
        let texts = |furniture| -> Vec<String> {
            let stories = stories(&analysis, furniture);
            stories.into_iter().flat_map(|it| it.blocks).map(|it| it.text).collect()
        };
        assert_eq!(
            texts(false),
            [
                "市商务局全力保障市场供应",
                "本报讯（记者李秋）连日来，市商务局全力做好市场供应保障工作，确保市民“菜篮子”稳定。"
            ]
        );
        assert_eq!(texts(true).len(), 5);
    }

    #[test]
    fn a_markdown_file_keeps_its_marks() {
        let source = "---\na: 1\n---\n# 标题\n\n疫情就\n是命令。\n\n- 防\n  控\n\n```\na\n```\n";
        let analysis = Analysis::of(&Text::new(source), Markup::Markdown, &Default::default());
        let markdown = export(&analysis, ExportFormat::Markdown, false);
        assert_eq!(markdown, "---\na: 1\n---\n# 标题\n\n疫情就是命令。\n\n- 防控\n\n```\na\n```\n");
    }

    #[test]
    fn markdown_shows_the_text_as_it_is() {}
}
