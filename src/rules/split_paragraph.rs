//! A blank line inside a paragraph: `联防⏎⏎联控`.

use crate::reading::Reading;
use crate::rule::{Check, Context, Finding, Rule, Severity, join, line_end};
use crate::settings::Words;
use crate::text::Edit;

/// 断段.
pub(super) static RULE: Rule = Rule {
    code: "split-paragraph",
    name: Words { zh: "断段", en: "split paragraph" },
    severity: Some(Severity::Warning),
    doc: Words {
        zh: "\
一段话中间有空行，被隔成了两段。

**为什么**：栏的尽头、行首的引号、段首的缩进，都会被抽取程序当成分段。凡以空行分段的编辑、检索、朗读软件，都会把一句话读成两段。\
把握在 97% 以上报为警告，90% 以上报为提示，再低不报。

**例**

```text
地毯式排查，联防⏎⏎联控，有效落实防控措施。
```

改为

```text
地毯式排查，联防联控，有效落实防控措施。
```

**依据**：W3C《中文排版需求》（CLREQ）：段落以段首缩排或段间空隙区分；换行、转栏都不结束段落。",
        en: "\
A blank line inside a paragraph splits it in two.

**Why**: extractors take the foot of a column, a quotation mark at the start of a line or an indent for a new \
paragraph. Editors, search and screen readers that go by blank lines then read one sentence as two paragraphs. \
Reported as a warning at 97 % confidence, as a hint at 90 %, and not at all below.

**Example**

```text
地毯式排查，联防⏎⏎联控，有效落实防控措施。
```

becomes

```text
地毯式排查，联防联控，有效落实防控措施。
```

**Norm**: W3C CLREQ: paragraphs are told by their indent or the space between them; the end of a line or column ends none.",
    },
    options: &[],
    check: Check::Paragraph(check),
};

fn check(reading: &Reading, context: &Context<'_>, findings: &mut Vec<Finding>) {
    if !reading.role.is_body() {
        return;
    }
    for at in reading.joined.breaks.iter().filter(|it| it.blanks > 0) {
        let Some(severity) = context.severity_at(at.permille) else { continue };
        let message = context
            .say(format_args!("一段话被空行隔成了两段"), format_args!("a blank line splits this paragraph"));
        let finding = context.finding(reading, line_end(reading, at), message).with_severity(severity);
        findings.push(if context.settings.keeps_lines() {
            let title = context.say(
                format_args!("删去空行，保留行尾"),
                format_args!("Remove the blank line, keep the line end"),
            );
            let edit = Edit { text: context.line_end.to_owned(), ..join(reading, at, context.style) };
            finding.with_fix(title, vec![edit])
        } else {
            let title =
                context.say(format_args!("删去空行，接合上下文"), format_args!("Join across the blank line"));
            finding.with_fix(title, vec![join(reading, at, context.style)])
        });
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::fixture::{check, check_clean, check_fix, check_fix_with};
    use crate::rule::Severity;

    #[test]
    fn finds_a_blank_line_in_mid_sentence() {
        let findings = check(&RULE, "排查，联⟦防⏎⏎联⟧控，有效⏎落实。¶他一方面");
        assert_eq!(findings[0].severity, Severity::Warning);
        assert_eq!(findings[0].words, "排查，联防联控，有效落实");
    }

    #[test]
    fn says_less_the_less_sure_it_is() {
        assert_eq!(check(&RULE, "联⟦防⏎⏎?联⟧控")[0].severity, Severity::Hint);
        check_clean(&RULE, "联防⏎⏎??联控");
    }

    #[test]
    fn joins_over_any_number_of_blank_lines_and_an_indent() {
        check_fix(&RULE, "说，␣⏎⏎⏎□□“我们⏎要”", "说，“我们⏎要”");
        check_fix(&RULE, "the⏎⏎virus", "the␣virus");
    }

    #[test]
    fn keeps_the_line_end_where_lines_are_kept() {
        check_fix_with(&RULE, &[("lines", "keep")], "联防⏎⏎联控", "联防⏎联控");
    }

    #[test]
    fn leaves_a_headline_over_two_lines() {
        check_clean(&RULE, "#中站⏎⏎为驰援武汉货车护航");
    }
}
