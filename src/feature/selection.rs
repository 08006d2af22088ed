//! Growing selections: word, name or value, sentence, paragraph, section, article, document.

use std::ops::Range;

use crate::analysis::Analysis;
use crate::page::paragraph::Span;

/// The ranges around `byte`, the smallest first, each within the next and larger than the one before.
pub fn around(analysis: &Analysis, byte: usize) -> Vec<Range<usize>> {
    let mut ranges: Vec<Range<usize>> = Vec::new();
    let page = analysis.page();
    if let Some(index) = page.paragraph_at(byte) {
        let paragraph = &page.paragraphs[index];
        let reading = analysis.reading(index);
        let text = reading.text();
        let at = reading.joined.map.joined(byte.saturating_sub(paragraph.start)).min(text.len());
        let inside = |span: &Span| span.start as usize <= at && at < span.end as usize;
        let word = crate::lexicon::Lexicon::shared().segment(sentence(text, at).1);
        let start = sentence(text, at).0;
        let word = word
            .into_iter()
            .map(|it| Span::new(start + it.span.start as usize, start + it.span.end as usize));
        ranges.extend(word.filter(inside).map(|it| paragraph.source(it)));
        let name = analysis.names().at(index, at).map(|it| it.0.span);
        let value = reading.expressions().iter().map(|it| it.span).find(inside);
        ranges.extend(name.or(value).map(|it| paragraph.source(it)));
        let (start, said) = sentence(text, at);
        if !said.is_empty() {
            ranges.push(paragraph.source(Span::new(start, start + said.len())));
        }
        ranges.push(paragraph.start..paragraph.end());
        if let Some(article) = page.articles.get(page.article_of(index)) {
            let start_of = |it: usize| page.paragraphs[it].start;
            let end_of = |it: usize| page.paragraphs[it].end();
            let own = article.paragraphs.clone();
            let heads: Vec<usize> = article.sections.iter().map(|it| it.paragraph).collect();
            let next = heads.iter().copied().find(|it| *it > index).unwrap_or(own.end);
            if let Some(head) = heads.iter().copied().rfind(|it| *it <= index)
                && next > head
            {
                ranges.push(start_of(head)..end_of(next - 1));
            }
            if !own.is_empty() {
                ranges.push(start_of(own.start)..end_of(own.end - 1));
            }
        }
    }
    ranges.push(0..analysis.text().len());
    let mut grown: Vec<Range<usize>> = Vec::new();
    for range in ranges {
        let holds = grown
            .last()
            .is_none_or(|last| range.start <= last.start && last.end <= range.end && range != *last);
        if holds && range.start <= byte && byte <= range.end {
            grown.push(range);
        }
    }
    grown
}

/// The sentence of `text` that holds byte `at`, with its marks, and where it starts.
fn sentence(text: &str, at: usize) -> (usize, &str) {
    const ENDS: [char; 4] = ['。', '！', '？', '；'];
    const CLOSING: [char; 4] = ['”', '’', '」', '』'];
    let mut start = 0;
    let mut chars = text.char_indices().peekable();
    while let Some((place, char)) = chars.next() {
        if !ENDS.contains(&char) {
            continue;
        }
        let mut end = place + char.len_utf8();
        while let Some((_, mark)) = chars.next_if(|it| CLOSING.contains(&it.1)) {
            end += mark.len_utf8();
        }
        if at < end {
            return (start, &text[start..end]);
        }
        start = end;
    }
    (start, &text[start..])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::page::Markup;
    use crate::text::Text;

    const SEED: &str = include_str!("../../seeds/jiaozuo-daily-2020-02.txt");

    fn grown(at: &str) -> Vec<&'static str> {
        let analysis = Analysis::of(&Text::new(SEED), Markup::Plain, &Default::default());
        around(&analysis, SEED.find(at).expect("a place")).into_iter().map(|it| &SEED[it]).collect()
    }

    #[test]
    fn a_selection_grows_from_a_word_to_the_page() {
        let ranges = grown("关键时\n刻");
        assert_eq!(ranges[0], "关键时\n刻");
        assert!(ranges[1].starts_with("在疫情防控的关键时") && ranges[1].ends_with("其中一员。"));
        assert!(ranges[2].starts_with("疫情就是命令") && ranges[2].ends_with("其中一员。"));
        assert_eq!(ranges.last(), Some(&SEED));
    }

    #[test]
    fn each_range_lies_in_the_next() {
        for at in ["王\n晋豫", "2 月 12 日下", "我上", "（上接"] {
            let lengths: Vec<usize> = grown(at).iter().map(|it| it.len()).collect();
            assert!(lengths.is_sorted_by(|one, next| one < next), "{at}: {lengths:?}");
        }
    }
}
