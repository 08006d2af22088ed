//! A line that justification spread into letter-spaced characters, `区 是 疫 情`, and a lone space inside a word,
//! `干 部`.

use crate::page::paragraph::Span;
use crate::reading::{Reading, Sign};
use crate::rule::{Check, Context, Finding, Rule, Severity};
use crate::settings::Words;
use crate::text::Edit;

/// 字距空格.
pub(super) static RULE: Rule = Rule {
    code: "letter-spacing",
    name: Words { zh: "字距空格", en: "letter spacing" },
    severity: Some(Severity::Warning),
    doc: Words {
        zh: "\
一行里字与字之间都是空格；或行文之中，一个词里有一个空格（干␣部）。

词里的空格只在成句的段落里、一段至多两处、词典里有这个词而空格前后有一边只剩一个字时才报；标题、引号和书名号之内、\
词与词之间的空格（今天␣天气）可能是有意的，一概不报。

**为什么**：排版时为避免标点落在行首，把一行撑开了字距；抽取文字时，撑开的字距被当成了空格。字词因此检索不到，也无法识别。

**例**

```text
社⏎区␣是␣疫␣情␣防␣控⏎工作
```

改为

```text
社⏎区是疫情防控⏎工作
```

**依据**：W3C《中文排版需求》（CLREQ）：行内调整（拉开字距）是排版的事，不是文字内容。",
        en: "\
The characters of a line stand apart, with a space after each; or one space stands inside a word of running text, \
`干␣部`.

A space inside a word is reported in paragraphs with sentences, at most two of them in one, where the dictionary has the \
word and a single character is parted from it. Spaces in headlines, quotations and titles, and those between words \
(`今天␣天气`), may be meant and are left alone.

**Why**: to keep a mark from starting the next line, the line was spread when it was set; the extractor took the \
widened gaps for spaces. Words in it are not found.

**Example**

```text
社⏎区␣是␣疫␣情␣防␣控⏎工作
```

becomes

```text
社⏎区是疫情防控⏎工作
```

**Norm**: W3C CLREQ: spacing out a line to justify it is the typesetter's business, not part of the text.",
    },
    options: &[],
    check: Check::Paragraph(check),
};

fn check(reading: &Reading, context: &Context<'_>, findings: &mut Vec<Finding>) {
    let breaks = &reading.joined.breaks;
    for span in &reading.joined.spread {
        let mut start = span.start;
        let inside = breaks.iter().map(|it| it.at).filter(|it| span.start < *it && *it < span.end);
        for end in inside.chain([span.end]) {
            findings.extend(stretch(reading, context, Span { start, end }));
            start = end;
        }
    }
    findings.extend(lone_spaces(reading, context));
}

/// Lone spaces between Han characters that one paragraph of running text may have before they are a way of setting it.
const LONE: usize = 2;

/// The findings for spaces inside words of running text.
fn lone_spaces(reading: &Reading, context: &Context<'_>) -> Vec<Finding> {
    let text = reading.text();
    let mut spaces = Vec::new();
    for at in reading.signs.places(&[Sign::Space]).filter(|_| reading.role.is_body()) {
        let Some(it @ (' ' | '\u{a0}')) = text[at..].chars().next() else { continue };
        let next = at + it.len_utf8();
        let before = &text[text[..at].trim_end_matches(is_han).len()..at];
        let after = &text[next..next + (text[next..].len() - text[next..].trim_start_matches(is_han).len())];
        if !before.is_empty() && !after.is_empty() {
            spaces.push((Span::new(at, next), before, after));
        }
    }
    if spaces.is_empty() || spaces.len() > LONE || !text.contains(['。', '，', '；']) {
        return Vec::new();
    }
    let found = spaces.iter().filter_map(|&(span, before, after)| {
        let word = word_parted(reading, context, span.start as usize, [before, after])?;
        let message =
            context.say(format_args!("“{word}”里有空格"), format_args!("a space inside the word `{word}`"));
        let title = context.say(format_args!("删去空格"), format_args!("Remove the space"));
        let edit = Edit { range: reading.joined.map.source(span), text: String::new() };
        let width = |it: Option<char>| it.map_or(0, char::len_utf8) as u32;
        let shown = Span {
            start: span.start - width(before.chars().next_back()),
            end: span.end + width(after.chars().next()),
        };
        Some(context.finding(reading, shown, message).with_fix(title, vec![edit]))
    });
    found.collect()
}

/// The word of the dictionary that the space at byte `at`, between the Han characters `before` and `after`, cuts a
/// single character from.
fn word_parted(
    reading: &Reading,
    context: &Context<'_>,
    at: usize,
    [before, after]: [&str; 2],
) -> Option<String> {
    let text = reading.text();
    let [left, right] = [before, after].map(|it| it.chars().count());
    // 摘 要, 姓 名 and names of two characters are set so.
    let short = left + right < 4 || left == 1 && (right < 3 || before.len() == at) && right < 4;
    let opened = text[..at].rfind(['“', '”', '‘', '’', '《', '》', '「', '」', '（', '）']);
    let quoted = opened.is_some_and(|it| text[it..].starts_with(['“', '‘', '《', '「', '（']));
    if short || quoted || reading.expression_across(at as u32).is_some() {
        return None;
    }
    let joined = [before, after].concat();
    let word = context.lexicon.word_across(&joined, before.len())?;
    let (head, tail) = (&joined[word.start as usize..before.len()], &joined[before.len()..word.end as usize]);
    let numeral = |it: char| "第一二三四五六七八九十百千万亿零〇两".contains(it);
    let single = head.chars().count() == 1 || tail.chars().count() == 1;
    (single && !joined[word.range()].contains(numeral)).then(|| joined[word.range()].to_owned())
}

fn is_han(it: char) -> bool {
    matches!(it, '\u{3400}'..='\u{9fff}' | '\u{20000}'..='\u{323af}')
}

/// The finding for one letter-spaced stretch of one line.
fn stretch(reading: &Reading, context: &Context<'_>, span: Span) -> Option<Finding> {
    let text = reading.text();
    let (start, end) = (span.start as usize, span.end as usize);
    let places = text[start..end].char_indices().map(|(at, _)| start + at).chain([end]);
    let edits: Vec<Edit> = places
        .filter(|&at| reading.joined.breaks.binary_search_by_key(&(at as u32), |it| it.at).is_err())
        .map(|at| Edit {
            range: reading.joined.map.gap(at),
            text: if reading.wants_space(at as u32, context.style) { " ".into() } else { String::new() },
        })
        .filter(|it| it.range.len() > it.text.len())
        .collect();
    let (first, last) = (edits.first()?, edits.last()?);
    let range = reading.joined.map.source(span);
    let range = range.start.min(first.range.start)..range.end.max(last.range.end);

    let message = context.say(
        format_args!("字与字之间有空格，是排版撑开的字距"),
        format_args!("spaces between characters: the line was spread to fill the column"),
    );
    let title = context.say(format_args!("删去字间空格"), format_args!("Remove the spaces"));
    let finding = context.finding(reading, span, message).with_fix(title, edits);
    Some(Finding { range, ..finding })
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::fixture::{check, check_clean, check_fix};

    #[test]
    fn finds_a_spread_line_once() {
        let findings = check(&RULE, "共渡难关。社⏎⟦区␣是␣疫␣情⟧⏎防控");
        assert_eq!(findings[0].words, "共渡难关。社区是疫情防控");
    }

    #[test]
    fn finds_each_of_two_spread_lines() {
        check(&RULE, "⟦区␣是␣疫␣情⟧⏎⟦防␣控␣工␣作⟧");
    }

    #[test]
    fn removes_the_spaces_and_keeps_the_line_ends() {
        check_fix(&RULE, "社⏎区␣是␣疫␣情␣，⏎防␣控␣工␣作", "社⏎区是疫情，⏎防控工作");
    }

    #[test]
    fn finds_a_space_inside_a_word_of_running_text() {
        let findings = check(&RULE, "今天␣天气很好，⟦我␣们⟧去了公园。¶基层⟦干␣部⟧战斗在一线，坚守岗位。");
        assert_eq!(findings[0].message, "“我们”里有空格");
        check_fix(&RULE, "基层干␣部战斗在一线，坚守岗位。", "基层干部战斗在一线，坚守岗位。");
    }

    #[test]
    fn a_space_that_may_be_meant_is_left_alone() {
        check_clean(
            &RULE,
            "#基层干␣部战斗在一线，¶主题为“数字贸␣易商通全球”，¶姓␣名：张␣三，性␣别：男。¶记者␣王␣芳报道。",
        );
        check_clean(&RULE, "疫情␣防控工作，常抓␣不懈。¶我␣们的家，我␣们的国，我␣们的爱。");
    }

    #[test]
    fn leaves_words_that_stand_apart() {
        check_clean(&RULE, "#众志成城␣共抗疫情¶2␣月␣12␣日⏎下午");
    }
}
