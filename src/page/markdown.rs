//! Which lines of a Markdown file are prose, and where their paragraphs end (CommonMark 0.31, GFM tables).
//!
//! Only as much of the grammar as that question needs. Code, tables, HTML, front matter, quotations and link
//! definitions are left alone: each of their lines is a paragraph of its own. Inside a paragraph a line end is a
//! soft break, which renders as a space: between ideographs that is a broken join.

use std::ops::Range;

use super::boundary::{Boundary, BoundaryKind};
use super::line::{Line, Role};
use super::mark;

/// What a line is to Markdown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Block {
    /// Prose that goes on what stands before, if that is prose.
    Prose,
    /// Prose that starts anew: a list item, a footnote, a definition.
    Item,
    /// A line of a table or a quotation, a rule, the fence of a container: its end is left alone.
    Fixed,
    /// No prose at all: code, front matter, HTML, a link definition.
    Verbatim,
    /// A heading and its level.
    Heading(u8),
}

/// Confidence in a soft break within a sentence, and where the author may have meant one: at a sentence's end, or where
/// the line had room for more.
const SOFT: [f32; 2] = [0.99, 0.93];

/// A line that is so much shorter than the longest of its paragraph, in ideographs, ended by its author's will: the
/// column would have taken another word.
const ROOM: f32 = 4.0;

/// What is read of a Markdown file.
pub(super) struct Read {
    /// What lies after each line.
    pub(super) boundaries: Vec<Boundary>,
    /// Which lines are no prose at all: code, front matter, HTML, link definitions.
    pub(super) verbatim: Vec<bool>,
}

/// Reads the boundaries of a Markdown file's `lines` and gives the lines their roles. O(n).
pub(super) fn read<S: AsRef<str>>(lines: &mut [Line], contents: &[(Range<usize>, S)]) -> Read {
    let blocks = blocks(lines, contents);
    let soft: Vec<bool> = (0..lines.len())
        .map(|at| {
            blocks.get(at + 1) == Some(&Block::Prose)
                && matches!(blocks[at], Block::Prose | Block::Item)
                && lines[at].blanks_after == 0
                && !is_hard_break(contents[lines[at].number].1.as_ref())
        })
        .collect();
    // The longest line of each paragraph.
    let mut widest: Vec<f32> = lines.iter().map(|it| it.width).collect();
    for at in 1..lines.len() {
        if soft[at - 1] {
            widest[at] = widest[at].max(widest[at - 1]);
        }
    }
    for at in (1..lines.len()).rev() {
        if soft[at - 1] {
            widest[at - 1] = widest[at];
        }
    }
    let mut prose = false;
    let mut boundaries = Vec::with_capacity(lines.len());
    for at in 0..lines.len() {
        lines[at].role = match blocks[at] {
            Block::Heading(1) => Role::Headline,
            Block::Heading(_) => Role::Section,
            _ => Role::Body,
        };
        prose |= !matches!(blocks[at], Block::Fixed | Block::Verbatim);
        let (kind, confidence) = match blocks.get(at + 1) {
            None => (BoundaryKind::End, 1.0),
            Some(Block::Heading(1)) if prose => (BoundaryKind::Article, 1.0),
            Some(Block::Heading(_)) => (BoundaryKind::Heading, 1.0),
            _ if matches!(blocks[at], Block::Heading(_)) => (BoundaryKind::Heading, 1.0),
            _ if soft[at] => {
                let last = lines[at].squashed.chars().next_back();
                let stop = last.is_some_and(|it| mark::is_stop(it) || mark::closes(it));
                let room = lines[at].width + ROOM < widest[at];
                (BoundaryKind::Join, SOFT[usize::from(stop || room)])
            }
            Some(_) => (BoundaryKind::Paragraph, 1.0),
        };
        boundaries.push(Boundary { kind, confidence });
    }
    let verbatim = blocks.iter().map(|it| *it == Block::Verbatim).collect();
    Read { boundaries, verbatim }
}

/// Whether a line's end is a hard break: two spaces, a backslash or `<br>`.
fn is_hard_break(content: &str) -> bool {
    let text = content.trim_end();
    content.len() >= text.len() + 2 && content[text.len()..].starts_with("  ")
        || text.ends_with('\\')
        || text.ends_with("<br>")
        || text.ends_with("<br/>")
        || text.ends_with("<br />")
}

fn blocks<S: AsRef<str>>(lines: &[Line], contents: &[(Range<usize>, S)]) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::with_capacity(lines.len());
    // What a fence or front matter waits for.
    let mut until: Option<String> = None;
    let mut html = false;
    let mut in_list = false;
    let raw = |at: usize| contents[lines[at].number].1.as_ref();
    for at in 0..lines.len() {
        let text = raw(at).trim();
        let indent = raw(at).len() - raw(at).trim_start().len();
        let after_blank = at == 0 || lines[at - 1].blanks_after > 0;
        if let Some(end) = &until {
            let closed = text == end
                || end.len() >= 3
                    && text.starts_with(end.as_str())
                    && text.trim_matches(['`', '~']).is_empty();
            if closed || end == "---" && text == "..." {
                until = None;
            }
            blocks.push(Block::Verbatim);
            continue;
        }
        if html && !after_blank {
            blocks.push(Block::Verbatim);
            continue;
        }
        html = false;
        if at == 0 && lines[0].number == 0 && text == "---" {
            until = Some("---".to_owned());
            blocks.push(Block::Verbatim);
            continue;
        }
        if let Some(fence) = fence(text) {
            until = Some(fence);
            blocks.push(Block::Verbatim);
            continue;
        }
        let code = indent >= 4 && !in_list && (after_blank || blocks.last() == Some(&Block::Verbatim));
        let block = if code || is_definition(text) {
            Block::Verbatim
        } else if let Some(level) = atx(text) {
            Block::Heading(level)
        } else if is_rule(text) {
            // An underline makes the prose line before it a heading.
            if let Some(before) = blocks.last_mut()
                && *before == Block::Prose
                && !after_blank
                && matches!(text.as_bytes()[0], b'=' | b'-')
            {
                *before = Block::Heading(if text.starts_with('=') { 1 } else { 2 });
            }
            Block::Fixed
        } else if is_item(text) || text.starts_with(": ") {
            Block::Item
        } else if text.starts_with(['>', '|'])
            || text.starts_with(":::")
            || is_delimiter_row(text)
            || at + 1 < lines.len() && text.contains('|') && is_delimiter_row(raw(at + 1).trim())
            || text.contains('|') && !after_blank && blocks.last() == Some(&Block::Fixed)
        {
            Block::Fixed
        } else if opens_html(text) && after_blank {
            html = true;
            Block::Verbatim
        } else {
            Block::Prose
        };
        in_list = match block {
            Block::Item => true,
            Block::Prose => in_list && (indent >= 2 || !after_blank),
            _ => in_list && indent >= 2,
        };
        blocks.push(block);
    }
    blocks
}

/// The fence that closes what `text` opens.
fn fence(text: &str) -> Option<String> {
    for mark in ['`', '~'] {
        let n = text.chars().take_while(|it| *it == mark).count();
        if n >= 3 && !(mark == '`' && text[n..].contains('`')) {
            return Some(text[..n].to_owned());
        }
    }
    (text == "$$").then(|| text.to_owned())
}

fn atx(text: &str) -> Option<u8> {
    let level = text.bytes().take_while(|it| *it == b'#').count();
    ((1..=6).contains(&level) && text[level..].chars().next().is_none_or(|it| it == ' ' || it == '\t'))
        .then_some(level as u8)
}

/// A thematic break, or the underline of a heading.
fn is_rule(text: &str) -> bool {
    let Some(first) = text.chars().next() else { return false };
    let same = text.chars().all(|it| it == first || it == ' ');
    same && (first == '='
        || matches!(first, '-' | '*' | '_') && text.chars().filter(|it| *it == first).count() >= 3)
}

fn is_item(text: &str) -> bool {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let rest = match text.as_bytes() {
        [b'-' | b'*' | b'+', ..] => &text[1..],
        _ if (1..=9).contains(&digits) && text[digits..].starts_with(['.', ')']) => &text[digits + 1..],
        _ => return text.starts_with("[^") && text.contains("]:"),
    };
    rest.is_empty() || rest.starts_with([' ', '\t'])
}

/// A link reference definition.
fn is_definition(text: &str) -> bool {
    text.starts_with('[') && !text.starts_with("[^") && text.contains("]:")
}

fn is_delimiter_row(text: &str) -> bool {
    text.contains('|') && text.contains('-') && text.chars().all(|it| matches!(it, '|' | '-' | ':' | ' '))
}

fn opens_html(text: &str) -> bool {
    text.starts_with('<')
        && text[1..].starts_with(|it: char| it.is_ascii_alphabetic() || it == '/' || it == '!')
        && !text.starts_with("<http")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::page::line;
    use crate::text::Text;

    /// The lines of `source` with a mark after each: `+` join, `/` paragraph, `#` heading, `=` article, `.` end.
    fn read_source(source: &str) -> String {
        let text = Text::new(source);
        let contents: Vec<_> = text.lines().collect();
        let mut lines = line::lines(&contents);
        let boundaries = read(&mut lines, &contents).boundaries;
        let mark = |kind| match kind {
            BoundaryKind::Join | BoundaryKind::BlankJoin => '+',
            BoundaryKind::Paragraph => '/',
            BoundaryKind::Heading => '#',
            BoundaryKind::Article => '=',
            BoundaryKind::End => '.',
        };
        boundaries.iter().map(|it| mark(it.kind)).collect()
    }

    #[test]
    fn a_soft_break_is_a_join_and_a_hard_break_is_not() {
        assert_eq!(read_source("疫情防\n控。"), "+.");
        assert_eq!(read_source("疫情防  \n控。\\\n完"), "//.");
        assert_eq!(read_source("疫情防\n\n控。"), "/.");
    }

    #[test]
    fn code_tables_and_front_matter_are_left_alone() {
        assert_eq!(read_source("---\na: 疫\n---\n正文\n一行"), "///+.");
        assert_eq!(read_source("```\n疫情\n防控\n```\n正文"), "////.");
        assert_eq!(read_source("| 地 | 数 |\n|---|---|\n| 焦 | 3 |"), "//.");
        assert_eq!(read_source("地 | 数\n---|---\n焦 | 3"), "//.");
        assert_eq!(read_source("    疫情\n    防控"), "/.");
        assert_eq!(read_source("> 疫情\n> 防控"), "/.");
        assert_eq!(read_source(":::note\n疫情防\n控。\n:::"), "/+/.");
    }

    #[test]
    fn a_line_that_had_room_for_more_is_rather_the_authors() {
        let confidence = |source: &str| {
            let text = Text::new(source);
            let contents: Vec<_> = text.lines().collect();
            read(&mut line::lines(&contents), &contents).boundaries[0].confidence
        };
        assert_eq!(confidence("在疫情防控的关键时\n刻，众多基层工作人员\n战斗在一线。"), SOFT[0]);
        assert_eq!(confidence("阿卡朝圣节\n是南亚逊尼派穆斯林的一个支派"), SOFT[1]);
    }

    #[test]
    fn an_item_goes_on_and_the_next_one_starts() {
        assert_eq!(read_source("- 疫情\n  防控\n- 二"), "+/.");
        assert_eq!(read_source("1. 疫情\n2. 防控"), "/.");
        assert_eq!(read_source("术语\n: 定义是这样\n  的\n: 又一个"), "/+/.");
    }

    #[test]
    fn headings_part_articles_and_sections() {
        assert_eq!(read_source("# 一\n正文\n## 节\n正文\n# 二"), "###=.");
        assert_eq!(read_source("标题\n===\n正文"), "#/.");
    }
}
