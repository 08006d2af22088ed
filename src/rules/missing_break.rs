//! Two paragraphs, or a headline and its text, with no blank line between.

use crate::page::paragraph::Span;
use crate::page::{BoundaryKind, Markup, Role};
use crate::rule::{Check, Context, Finding, Neighbours, Rule, Severity, words_around};
use crate::settings::Words;
use crate::text::Edit;

/// 漏分段.
pub(super) static RULE: Rule = Rule {
    code: "missing-break",
    name: Words { zh: "漏分段", en: "missing break" },
    severity: Some(Severity::Information),
    doc: Words {
        zh: "\
两段之间，或标题与正文之间，没有空行。

**为什么**：全文以空行分段，唯独此处没有，两段就粘在了一起；抽取程序常把段首缩进误作空行，真正的段间反而漏掉。\
每行自成一段、本来就不用空行的文稿不报。把握不足 97% 的只作提示，不足 90% 的不报。

**例**

```text
疫情就是命令。¶捐中药预防汤剂1230袋。↵为增强返乡人员的免疫力。¶加强宣传。
```

改为

```text
疫情就是命令。¶捐中药预防汤剂1230袋。¶为增强返乡人员的免疫力。¶加强宣传。
```

**依据**：文稿自身的习惯：段落之间多有空行。",
        en: "\
No blank line between two paragraphs, or between a headline and its text.

**Why**: where a document parts its paragraphs by blank lines, two without one run together; extractors take an indent \
for a blank line and lose the real one. Silent in documents that part paragraphs by line ends alone. Below 97 % \
confidence it is a hint, below 90 % it is not reported.

**Example**

```text
疫情就是命令。¶捐中药预防汤剂1230袋。↵为增强返乡人员的免疫力。¶加强宣传。
```

becomes

```text
疫情就是命令。¶捐中药预防汤剂1230袋。¶为增强返乡人员的免疫力。¶加强宣传。
```

**Norm**: the document's own habit: its paragraphs are mostly parted by blank lines.",
    },
    options: &[],
    check: Check::Neighbours(check),
};

fn check(near: &Neighbours<'_>, context: &Context<'_>, findings: &mut Vec<(usize, Finding)>) {
    let page = near.page;
    // Markdown parts headings, items and rows by their own marks.
    if !near.habits.parts_by_blanks || page.markup == Markup::Markdown {
        return;
    }
    for (index, paragraph, reading) in near.iter() {
        let (Some(next), Some(after)) = (page.paragraphs.get(index + 1), near.reading(index + 1)) else {
            continue;
        };
        let last = paragraph.lines.end - 1;
        let boundary = page.boundaries[last];
        if boundary.kind.is_join()
            || page.lines[last].blanks_after > 0
            || stand_together(boundary.kind, paragraph.role, next.role)
        {
            continue;
        }
        let Some(severity) = context.severity_at(boundary.permille()) else { continue };
        let (before, after) = (reading.text(), after.text());
        let (first, end) = (next.start - paragraph.start, paragraph.end() - paragraph.start);
        let message = context.say(
            format_args!("此处分段，却没有空行"),
            format_args!("no blank line between these paragraphs"),
        );
        let title = context.say(format_args!("插入空行"), format_args!("Insert a blank line"));
        let finding = Finding {
            rule: context.rule,
            severity,
            range: end - last_len(before)..first + first_len(after),
            message,
            fixes: Vec::new(),
            words: words_around(before, Span::new(before.len(), before.len()))
                + &words_around(after, Span::new(0, 0)),
        };
        let edit = Edit { range: end..end, text: context.line_end.to_owned() };
        findings.push((index, finding.with_fix(title, vec![edit])));
    }
}

/// Whether two paragraphs stand well without a blank line: the lines of one heading, the byline under it, and the
/// byline that closes a text.
fn stand_together(kind: BoundaryKind, before: Role, after: Role) -> bool {
    let display = |it: Role| matches!(it, Role::Headline | Role::Kicker | Role::Subhead);
    kind != BoundaryKind::Article && (after == Role::Byline || display(before) && display(after))
}

fn last_len(text: &str) -> usize {
    text.chars().next_back().map_or(0, char::len_utf8)
}

fn first_len(text: &str) -> usize {
    text.chars().next().map_or(0, char::len_utf8)
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::fixture::{check, check_clean, check_fix};
    use crate::rule::Severity;

    #[test]
    fn finds_paragraphs_that_run_together_where_the_others_are_parted() {
        let findings = check(&RULE, "疫情就是命令。¶共捐汤剂1230袋⟦。↵为⟧增强免疫力。¶加强宣传。");
        assert_eq!(findings[0].severity, Severity::Information);
        assert_eq!(findings[0].words, "1230袋。为增强免疫力");
    }

    #[test]
    fn says_less_the_less_sure_it_is() {
        assert_eq!(check(&RULE, "一段。¶二段⟦。↵?三⟧段。¶四段。")[0].severity, Severity::Hint);
        check_clean(&RULE, "一段。¶二段。↵??三段。¶四段。");
    }

    #[test]
    fn finds_a_headline_on_top_of_its_text_but_not_the_lines_of_a_heading() {
        check(&RULE, "^众志成城␣共抗疫情↵#战疫一线的急先⟦锋↵连⟧日来。¶二段。¶三段。");
        check_clean(&RULE, "#战疫一线的急先锋↵##副题↵@本报记者␣原文钊¶连日来。¶二段。↵@记者␣李秋");
    }

    #[test]
    fn is_silent_where_line_ends_alone_part_paragraphs() {
        check_clean(&RULE, "#标题¶一段。↵二段。↵三段。¶四段。↵五段。");
        check_clean(&RULE, "一段。↵二段。");
        check_clean(&RULE, "一段。");
    }

    #[test]
    fn inserts_one_blank_line_and_keeps_the_indent() {
        check_fix(&RULE, "一段。¶二段。↵□□三段。¶四段。", "一段。¶二段。¶□□三段。¶四段。");
    }
}
