//! A paragraph wrapped at the column's width.

use crate::reading::Reading;
use crate::rule::{Check, Context, Finding, Rule, SURE_ENOUGH, Severity, join, joins, line_end};
use crate::settings::{Kind, Opt, Words};

/// 硬换行.
pub(super) static RULE: Rule = Rule {
    code: "hard-wrap",
    name: Words { zh: "硬换行", en: "hard wrap" },
    severity: Some(Severity::Hint),
    doc: Words {
        zh: "\
一段话按栏宽断成了许多行，行尾并不是段落的结尾。每段报告一次，位置在该段第一个行尾；修正时接合全段。

**为什么**：版面的换行随文字从 PDF 中流出，检索、朗读、重排都会在行尾断句。标题、署名各占其行，不在此列。

**例**

```text
众多基层工作人员战斗在⏎疫情防控的第一线。
```

改为

```text
众多基层工作人员战斗在疫情防控的第一线。
```

**依据**：UAX #14（Unicode 换行算法）：换行由排版决定，不是文字内容。",
        en: "\
A paragraph is wrapped at the column's width: its line ends are not the author's. Reported once a paragraph, at its \
first line end; the fix joins the whole paragraph.

**Why**: the page's line ends came out of the PDF with the text; search, reading aloud and reflowing break there. \
Headlines and bylines keep their lines.

**Example**

```text
众多基层工作人员战斗在⏎疫情防控的第一线。
```

becomes

```text
众多基层工作人员战斗在疫情防控的第一线。
```

**Norm**: UAX #14, Unicode Line Breaking: where lines wrap is a matter of layout, not of the text.",
    },
    options: &[Opt {
        key: "per",
        kind: Kind::Choice(&["paragraph", "line"]),
        doc: Words {
            zh: "`paragraph`：每段报告一次；`line`：每个行尾报告一次。",
            en: "`paragraph`: one finding a paragraph. `line`: one a line end.",
        },
    }],
    check: Check::Paragraph(check),
};

fn check(reading: &Reading, context: &Context<'_>, findings: &mut Vec<Finding>) {
    if !reading.role.is_body() || context.settings.keeps_lines() {
        return;
    }
    let mut sure = reading.joined.breaks.iter().filter(|it| it.permille >= SURE_ENOUGH);
    if context.option("per") == "line" {
        findings.extend(sure.map(|it| {
            let message =
                context.say(format_args!("句子在行尾断开"), format_args!("wrapped in mid-paragraph"));
            let title = context.say(format_args!("接合下一行"), format_args!("Join with the next line"));
            context
                .finding(reading, line_end(reading, it), message)
                .with_fix(title, vec![join(reading, it, context.style)])
        }));
    } else if let Some(first) = sure.next() {
        let lines = reading.joined.breaks.len() + 1;
        let message = context.say(
            format_args!("本段断成了 {lines} 行"),
            format_args!("this paragraph is wrapped over {lines} lines"),
        );
        let title =
            context.say(format_args!("接合本段各行"), format_args!("Join the lines of this paragraph"));
        let edits = joins(reading, context.style).collect();
        findings.push(context.finding(reading, line_end(reading, first), message).with_fix(title, edits));
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::fixture::{check, check_clean, check_fix, check_with};

    #[test]
    fn finds_a_wrapped_paragraph_once_at_its_first_line_end() {
        let findings = check(&RULE, "疫情就⟦是⏎命⟧令，防控⏎就是责任。¶他一⟦方⏎面⟧抓");
        assert_eq!(findings[0].message, "本段断成了 3 行");
    }

    #[test]
    fn finds_each_line_end_on_request() {
        check_with(&RULE, &[("per", "line")], "疫情就⟦是⏎命⟧令，防⟦控⏎⏎就⟧是⏎??责任。");
    }

    #[test]
    fn joins_the_whole_paragraph_with_a_space_between_latin_words() {
        check_fix(
            &RULE,
            "□□疫情就是⏎命令，␣⏎⏎防控⏎??the⏎virus。¶他⏎⏎??一⏎面",
            "□□疫情就是命令，防控the␣virus。¶他⏎⏎??一面",
        );
    }

    #[test]
    fn leaves_one_line_headlines_and_kept_lines() {
        check_clean(&RULE, "疫情就是命令。¶防控就是责任。¶#中站⏎为驰援武汉货车护航");
        check_with(&RULE, &[("lines", "keep")], "疫情就是⏎命令。");
    }
}
