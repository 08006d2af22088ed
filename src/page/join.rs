//! From lines to paragraphs: joins what the column cut, and keeps the way back.

use std::ops::Range;
use std::sync::Arc;

use rayon::prelude::*;

use super::boundary::Boundary;
use super::hyphen::Words;
use super::line::Line;
use super::paragraph::{Break, Joined, Paragraph, SourceMap, Span};
use super::{mark, radical, seam};

/// The paragraphs that `lines` make, which are those of a page from `first` on; the last of them ends a paragraph.
/// `contents` are the lines of the file from `base` on, blank ones included; `words` are the document's. O(n).
///
/// Display lines (headlines, bylines, section heads) are a paragraph each: a headline over two lines is joined in
/// the outline, never in the file.
pub(super) fn paragraphs<S: AsRef<str> + Sync>(
    lines: &[Line],
    boundaries: &[Boundary],
    contents: &[(Range<usize>, S)],
    [first, base]: [usize; 2],
    words: &Words,
) -> Vec<Paragraph> {
    let goes_on = |at: usize| {
        at + 1 < lines.len()
            && boundaries[at].kind.is_join()
            && lines[at].role.is_body()
            && lines[at + 1].role.is_body()
    };
    let mut start = 0;
    let ends = (0..lines.len()).filter(|it| !goes_on(*it)).map(|it| it + 1);
    let ranges: Vec<Range<usize>> = ends.map(|end| std::mem::replace(&mut start, end)..end).collect();
    let content = |line: &Line| {
        let (bytes, content) = &contents[line.number - base];
        &content.as_ref()[line.span.start - bytes.start..line.span.end - bytes.start]
    };
    let paragraph = |range: &Range<usize>| Paragraph {
        start: lines[range.start].span.start,
        lines: first + range.start..first + range.end,
        role: lines[range.start].role,
        joined: Arc::new(joined(&lines[range.clone()], &boundaries[range.clone()], content, words)),
    };
    if ranges.len() < MANY {
        ranges.iter().map(paragraph).collect()
    } else {
        ranges.par_iter().with_min_len(MANY / 4).map(paragraph).collect()
    }
}

/// So many paragraphs are joined on all cores.
const MANY: usize = 256;

/// Joins the lines of one paragraph.
fn joined<'a>(
    lines: &[Line],
    boundaries: &[Boundary],
    content: impl Fn(&Line) -> &'a str,
    words: &Words,
) -> Joined {
    let start = lines[0].span.start;
    let mut joined = Joined {
        text: String::with_capacity(lines.iter().map(|it| it.span.len()).sum()),
        ..Joined::default()
    };
    for (at, line) in lines.iter().enumerate() {
        let text = content(line);
        let last = at + 1 == lines.len();
        let next = (!last).then(|| content(&lines[at + 1]));
        let kept = next.map_or(text, |next| {
            text.strip_suffix('\u{AD}')
                .or_else(|| text.strip_suffix('-').filter(|_| words.parts(text, next)))
                .unwrap_or(text)
        });
        let source = line.span.start - start;
        if *kept == *line.squashed {
            // Nothing in it to leave out or to fold.
            flush(&mut joined, kept, 0..kept.len(), source);
        } else {
            append(&mut joined, kept, source, line.letter_spaced);
        }
        let Some(next) = next else { break };
        let space = kept.len() == text.len() && seam::parts_words(text, next);
        if space {
            joined.text.push(' ');
        }
        joined.breaks.push(Break {
            at: joined.text.len() as u32,
            blanks: line.blanks_after as u32,
            permille: (boundaries[at].confidence.clamp(0.0, 1.0) * 1000.0) as u16,
            space,
        });
    }
    joined.shrink();
    joined
}

/// Appends one line to a joined text. `source` is the byte of the paragraph at which `text` starts.
fn append(joined: &mut Joined, text: &str, source: usize, letter_spaced: bool) {
    // On a line spread all over, the spaces beside digits are justification's too.
    let all = letter_spaced && spaces(text) * 5 >= gaps(text) * 4;
    let mut run = 0;
    let mut spread: Option<(usize, usize)> = None;
    let mut before = '\0';
    let mut it = text.char_indices().peekable();
    while let Some((at, c)) = it.next() {
        let next = it.peek().map_or('\0', |it| it.1);
        let beside_ascii = before.is_ascii() || next.is_ascii();
        let justified =
            letter_spaced && c == ' ' && (!beside_ascii || all && !(before.is_ascii() && next.is_ascii()));
        let dropped = justified || matches!(c, '\u{FEFF}' | '\u{200B}');
        let folded = radical::fold(c);
        if dropped || folded != c {
            flush(joined, text, run..at, source);
            run = at + c.len_utf8();
        }
        if justified {
            let end = joined.text.len();
            let from =
                spread.map_or(end - joined.text.chars().next_back().map_or(0, char::len_utf8), |it| it.0);
            spread = Some((from, end));
        } else if folded != c && !dropped {
            let from = joined.text.len();
            joined.text.push(folded);
            joined.map.push(from, folded.len_utf8(), source + at, c.len_utf8());
            joined.radicals.push(Span::new(from, joined.text.len()));
        }
        before = c;
    }
    flush(joined, text, run..text.len(), source);
    if let Some((from, last)) = spread {
        let end = joined.text[last..].chars().next().map_or(last, |it| last + it.len_utf8());
        joined.spread.push(Span::new(from, end));
    }
}

fn flush(joined: &mut Joined, text: &str, run: Range<usize>, source: usize) {
    if run.is_empty() {
        return;
    }
    let from = joined.text.len();
    joined.text.push_str(&text[run.clone()]);
    push(&mut joined.map, from, source + run.start, run.len());
}

fn push(map: &mut SourceMap, joined: usize, source: usize, len: usize) {
    map.push(joined, len, source, len);
}

fn spaces(text: &str) -> usize {
    text.chars().filter(|it| *it == ' ').count()
}

/// Places between two characters of the line where justification may put a space: not inside `88.5%`.
fn gaps(text: &str) -> usize {
    let mut chars = text.chars().filter(|it| !mark::is_space(*it)).peekable();
    let mut gaps = 0;
    while let Some(c) = chars.next() {
        gaps += usize::from(chars.peek().is_some_and(|next| !(c.is_ascii() && next.is_ascii())));
    }
    gaps
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::page::boundary::BoundaryKind;
    use crate::page::line;
    use crate::text::Text;

    /// All lines of `source` as one paragraph.
    fn join(source: &str, letter_spaced: bool) -> Joined {
        let text = Text::new(source);
        let contents: Vec<_> = text.lines().collect();
        let mut lines = line::lines(&contents);
        lines.iter_mut().for_each(|it| it.letter_spaced = letter_spaced && it.looks_spread);
        let boundaries = vec![Boundary { kind: BoundaryKind::Join, confidence: 0.991 }; lines.len()];
        let paragraphs = paragraphs(&lines, &boundaries, &contents, [0, 0], &Words::of(&lines, &text));
        assert_eq!(paragraphs.len(), 1);
        (*paragraphs[0].joined).clone()
    }

    #[test]
    fn nothing_between_ideographs_and_a_space_between_words() {
        assert_eq!(join("王\n晋豫 2016 年", false).text, "王晋豫 2016 年");
        assert_eq!(join("Zhang\nWei said,\n\"yes\"", false).text, "Zhang Wei said, \"yes\"");
        assert_eq!(join("共550\n个", false).text, "共550个");
        assert_eq!(join("共5\n50个", false).text, "共550个");
        assert_eq!(join("well-\nknown and exam\u{AD}\nple", false).text, "well-known and example");
    }

    #[test]
    fn on_a_line_spread_all_over_the_spaces_beside_numbers_go_too() {
        let joined = join("断\n比 例 为 88.5% ， 同 比 上 升 1.4 个 百 分\n点。", true);
        assert_eq!(joined.text, "断比例为88.5%，同比上升1.4个百分点。");
        assert_eq!(join("和\n免疫力和 抵 抗", true).text, "和免疫力和抵抗");
    }

    #[test]
    fn a_hyphen_goes_where_the_word_is_whole_without_it() {
        let text = join("A compre-\nhensive plan, and well-\nknown, for small busi-\nnesses", false).text;
        assert_eq!(text, "A comprehensive plan, and well-known, for small businesses");
        assert_eq!(join("re-\nsign or re-sign; resign", false).text, "re-sign or re-sign; resign");
    }

    #[test]
    fn a_break_knows_its_blanks_and_its_confidence() {
        let joined = join("联防\n\n联控", false);
        assert_eq!(joined.breaks, [Break { at: 6, blanks: 1, permille: 991, space: false }]);
        assert_eq!(joined.map.gap(6), 6..8);
    }

    #[test]
    fn letter_spacing_and_radicals_are_undone_with_a_way_back() {
        let joined = join("社\n区 是 疫 情 防\n⼈ 民", true);
        assert_eq!(joined.text, "社区是疫情防人 民");
        assert_eq!(joined.spread, [Span::new(3, 18)]);
        assert_eq!(joined.radicals, [Span::new(18, 21)]);
        assert_eq!(joined.map.source(Span::new(6, 12)), 8..15);
        assert_eq!(joined.map.source(Span::new(18, 21)), 24..27);
    }
}
