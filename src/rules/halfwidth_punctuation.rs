//! Western marks between Chinese characters: `你好,世界`.

use crate::page::paragraph::Span;
use crate::reading::{Reading, Sign};
use crate::rule::{Check, Context, Finding, Rule, Severity};
use crate::settings::Words;
use crate::text::Edit;

/// 半角标点.
pub(super) static RULE: Rule = Rule {
    code: "halfwidth-punctuation",
    name: Words { zh: "半角标点", en: "half-width punctuation" },
    severity: Some(Severity::Information),
    doc: Words {
        zh: "\
汉字之间用了西文半角的逗号、句号、冒号、分号、问号、叹号或括号。

只报标点左边紧挨汉字、右边是汉字或段末的；数字、字母之间的（3.5、10:30、U.S.）不报。括号两边都有、里面有汉字才报。\
一段里拉丁字母超过字数十分之一的（技术文档、中英混排）不报。

**为什么**：中文行文用全角标点；半角的占位、断行都不对，多是录入或识别所致。

**例**

```text
春天到了,花开了
```

改为

```text
春天到了，花开了
```

**依据**：GB/T 15834—2011《标点符号用法》第 5.1 条：句号、逗号、顿号、分号、冒号等占一个字的位置。",
        en: "\
A Western half-width comma, full stop, colon, semicolon, question or exclamation mark or pair of brackets between \
Chinese characters.

Reported where a Chinese character stands right before the mark and another or the paragraph's end after it; marks \
among digits and letters (3.5, 10:30, U.S.) are left alone, and so are brackets without Chinese in them and \
paragraphs of which more than one letter in ten is Latin.

**Why**: Chinese text uses full-width marks; half-width ones are set and broken wrongly and come from typing or recognition.

**Example**

```text
春天到了,花开了
```

becomes

```text
春天到了，花开了
```

**Norm**: GB/T 15834—2011, 5.1: these marks take the place of one character.",
    },
    options: &[],
    check: Check::Paragraph(check),
};

/// Half-width marks and their full-width forms.
const MARKS: &[(char, char)] =
    &[(',', '，'), (':', '：'), (';', '；'), ('?', '？'), ('!', '！'), ('.', '。')];

fn check(reading: &Reading, context: &Context<'_>, findings: &mut Vec<Finding>) {
    let text = reading.text();
    let known = findings.len();
    let mut opened = None;
    let marks = reading.signs.places(&[Sign::Bracket, Sign::Stop]);
    for (at, it) in marks.map(|it| (it, char::from(text.as_bytes()[it]))) {
        let before = text[..at].chars().next_back();
        let after = text[at + 1..].chars().next();
        if it == '(' {
            opened = Some(at);
        } else if it == ')'
            && let Some(open) = opened.take()
        {
            let inside = &text[open + 1..at];
            let beside = text[..open].chars().next_back().is_some_and(is_han);
            if beside
                && inside.chars().next().is_some_and(is_han)
                && inside.chars().next_back().is_some_and(is_han)
            {
                findings.push(finding(reading, context, &[(open, '（'), (at, '）')]));
            }
        } else if let Some((_, full)) = MARKS.iter().find(|mark| mark.0 == it)
            && before.is_some_and(is_han)
            && after.is_none_or(|it| is_han(it) || "“”‘’《》（）。，".contains(it))
            // A full stop in the middle is rather a point of enumeration.
            && (it != '.' || after.is_none())
        {
            findings.push(finding(reading, context, &[(at, *full)]));
        }
    }
    if findings.len() > known && is_mixed(text) {
        findings.truncate(known);
    }
}

/// Whether one letter in ten is Latin: where commands and names of programs stand between Chinese words, the marks
/// follow them.
fn is_mixed(text: &str) -> bool {
    let (latin, han) = text.chars().fold((0, 0), |(latin, han), it| {
        (latin + usize::from(it.is_ascii_alphabetic()), han + usize::from(is_han(it)))
    });
    10 * latin > latin + han
}

/// The finding for marks at these places, with their full-width forms.
fn finding(reading: &Reading, context: &Context<'_>, marks: &[(usize, char)]) -> Finding {
    let edits = marks
        .iter()
        .map(|&(at, full)| Edit {
            range: reading.joined.map.source(Span::new(at, at + 1)),
            text: full.to_string(),
        })
        .collect();
    let full: String = marks.iter().map(|it| it.1).collect();
    let (first, last) = (marks[0].0, marks[marks.len() - 1].0);
    let message = context.say(
        format_args!("汉字之间用了半角标点，应为“{full}”"),
        format_args!("a half-width mark between Chinese characters, for {full}"),
    );
    let title = context.say(format_args!("改为“{full}”"), format_args!("Write {full}"));
    context.finding(reading, Span::new(first, last + 1), message).with_fix(title, edits)
}

fn is_han(it: char) -> bool {
    matches!(it, '\u{3400}'..='\u{9fff}' | '\u{20000}'..='\u{323af}')
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::fixture::{check, check_clean, check_fix};

    #[test]
    fn finds_marks_between_chinese_characters() {
        check(&RULE, "春天到了⟦,⟧花开了⟦;⟧你呢⟦?⟧");
        check_fix(&RULE, "市委书记(兼)说:“好”", "市委书记（兼）说：“好”");
    }

    #[test]
    fn mixed_text_is_left_alone() {
        check_clean(&RULE, "运行cargo␣build(编译),然后git␣push(推送);点击Settings(设置)。");
        check(&RULE, "点击设置⟦,⟧然后重启电脑⟦;⟧再打开微信App，从设置菜单里选择新的语言。");
    }

    #[test]
    fn digits_and_letters_keep_their_marks() {
        check_clean(&RULE, "增长3.5%，10:30开会，比分3:2，iPhone,iPad，参见(GB/T␣15834)，图1.样本");
    }
}
