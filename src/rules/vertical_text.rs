//! Vertical text that was extracted one character a line.

use std::ops::Range;

use crate::page::paragraph::Span;
use crate::rule::{Check, Context, Finding, Neighbours, Rule, Severity, words_around};
use crate::settings::Words;

/// 竖排.
pub(super) static RULE: Rule = Rule {
    code: "vertical-text",
    name: Words { zh: "竖排文字", en: "vertical text" },
    severity: Some(Severity::Information),
    doc: Words {
        zh: "\
连续八行以上每行只有一个字，像是竖排文字逐字成行。全文只报一次，位置在第一处，并说明共有多少行。

**为什么**：抽取程序遇到竖排文字，常把每个字当作一行；逐行报断词、断段没有意义，应当换用支持竖排的抽取方式，\
或自行接合。各栏的次序无法从文字得知，因此不给修正。

**例**

```text
疫↵情↵就↵是↵命↵令↵防↵控
```

**依据**：CLREQ 2.2：竖排文字自上而下，栏自右向左。",
        en: "\
Eight lines or more of one character each: vertical text that was extracted one character a line. Reported once in a \
document, at the first place, with the number of lines.

**Why**: extractors that do not know vertical text give each character a line of its own; to report each line end would \
help nobody. Extract it anew with a tool that knows vertical text, or join it by hand: the order of the columns cannot \
be told from the text, so that no fix is offered.

**Example**

```text
疫↵情↵就↵是↵命↵令↵防↵控
```

**Norm**: CLREQ 2.2: vertical text runs from top to bottom, its lines from right to left.",
    },
    options: &[],
    check: Check::Page(check),
};

fn check(document: &Neighbours<'_>, context: &Context<'_>, findings: &mut Vec<(usize, Finding)>) {
    let page = document.page;
    let runs = page.verticals();
    let Some(first) = runs.first() else { return };
    let lines: usize = runs.iter().map(Range::len).sum();
    let message = context.say(
        format_args!("共有 {lines} 行每行只有一个字，像是竖排文字逐字成行"),
        format_args!(
            "{lines} lines of one character each: vertical text, it seems, extracted one character a line"
        ),
    );
    let index = page.paragraph_of_line(first.start);
    let Some(reading) = document.reading(index) else { return };
    let start = page.paragraphs[index].start;
    let range = page.lines[first.start].span.start - start..page.lines[first.end - 1].span.end - start;
    let text = reading.text();
    findings.push((
        index,
        Finding {
            rule: context.rule,
            severity: context.severity,
            range,
            message,
            fixes: Vec::new(),
            words: words_around(text, Span::new(0, text.len())),
        },
    ));
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::fixture::{check, check_clean};

    #[test]
    fn finds_vertical_text_once() {
        let column = "情↵就↵是↵命↵令↵防↵控";
        let findings = check(&RULE, &format!("⟦疫↵{column}⟧↵从现在起¶疫↵{column}"));
        assert!(findings[0].message.contains("16"), "{}", findings[0].message);
    }

    #[test]
    fn a_few_short_lines_are_no_vertical_text() {
        check_clean(&RULE, "疫↵情↵就↵是↵命↵令↵防控");
        check_clean(&RULE, "1↵2↵3↵4↵5↵6↵7↵8↵9");
    }
}
