//! A line that justification spread into letter-spaced characters: `区 是 疫 情`.

use crate::page::paragraph::Span;
use crate::reading::Reading;
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
一行里字与字之间都是空格。

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
The characters of a line stand apart, with a space after each.

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
    fn leaves_words_that_stand_apart() {
        check_clean(&RULE, "#众志成城␣共抗疫情¶2␣月␣12␣日⏎下午");
    }
}
