//! White space beside a full-width mark: `》 等`, `） 接到`, ` ；`.

use crate::page::paragraph::Span;
use crate::reading::Reading;
use crate::rule::{Check, Context, Finding, Rule, Severity};
use crate::settings::Words;
use crate::text::Edit;

/// 标点空格.
pub(super) static RULE: Rule = Rule {
    code: "punctuation-spacing",
    name: Words { zh: "标点空格", en: "punctuation spacing" },
    severity: Some(Severity::Warning),
    doc: Words {
        zh: "\
全角标点前后有空格。

**为什么**：全角标点自占一个字的位置，前后不再空格；抽取程序常把标点后的半字空白当成空格。段首缩进、全角空格不在此列，\
整行撑开的字距归“字距空格”。

**例**

```text
《战“疫”好故事》␣等专题
```

改为

```text
《战“疫”好故事》等专题
```

**依据**：GB/T 15834—2011《标点符号用法》5.1：横排文稿的标点各占一个字的位置，书名号、引号、括号的前后部分各占一个字的位置。",
        en: "\
White space beside a full-width mark.

**Why**: a full-width mark fills a character's place and has its white space within; extractors take that half for a \
space. Indents and full-width spaces are left alone, and letter-spaced lines belong to `letter-spacing`.

**Example**

```text
《战“疫”好故事》␣等专题
```

becomes

```text
《战“疫”好故事》等专题
```

**Norm**: GB/T 15834—2011, 5.1: in horizontal text each mark takes a character's place, each half of a pair likewise.",
    },
    options: &[],
    check: Check::Paragraph(check),
};

fn check(reading: &Reading, context: &Context<'_>, findings: &mut Vec<Finding>) {
    let text = reading.text();
    let mut at = 0;
    while let Some(start) = text[at..].find(is_space).map(|it| at + it) {
        let end = text[start..].find(|it| !is_space(it)).map_or(text.len(), |it| start + it);
        at = end;
        let (before, after) = (&text[..start], &text[end..]);
        let Some(side) = beside_mark(before, after) else { continue };
        let width = |it: Option<char>| it.map_or(0, char::len_utf8);
        let span = Span::new(start - width(before.chars().next_back()), end + width(after.chars().next()));
        let message = match side {
            Side::Before(mark) => {
                context.say(format_args!("{mark} 后有空格"), format_args!("space after `{mark}`"))
            }
            Side::After(mark) => {
                context.say(format_args!("{mark} 前有空格"), format_args!("space before `{mark}`"))
            }
        };
        let title = context.say(format_args!("删去空格"), format_args!("Remove the space"));
        let edit = Edit { range: reading.joined.map.source(Span::new(start, end)), text: String::new() };
        findings.push(context.finding(reading, span, message).with_fix(title, vec![edit]));
    }
}

/// The mark beside a space.
enum Side {
    /// Before the space.
    Before(char),
    /// After it.
    After(char),
}

/// The full-width mark that a space between `before` and `after` stands beside, if one does.
fn beside_mark(before: &str, after: &str) -> Option<Side> {
    let (mut left, mut right) = (before.chars().rev(), after.chars());
    let (last, first) = (left.next()?, right.next()?);
    if is_mark(first, last, right.next()) {
        Some(Side::After(first))
    } else if is_mark(last, first, left.next()) {
        Some(Side::Before(last))
    } else {
        None
    }
}

/// Whether `mark` is a full-width mark, seen from `outside` beyond the space and `inside` on its other side.
/// Quotation marks are full-width only in Chinese text: `said “yes” and` keeps its spaces.
fn is_mark(mark: char, outside: char, inside: Option<char>) -> bool {
    match mark {
        '，' | '。' | '、' | '；' | '：' | '？' | '！' | '（' | '）' => true,
        '《' | '》' | '〈' | '〉' | '「' | '」' | '『' | '』' | '【' | '】' | '〔' | '〕' => true,
        '“' | '”' | '‘' | '’' => !outside.is_ascii() || inside.is_some_and(|it| !it.is_ascii()),
        _ => false,
    }
}

/// The spaces that extractors write. U+3000 is the typesetter's own: an indent, or the gap after a dateline.
fn is_space(char: char) -> bool {
    matches!(char, ' ' | '\t' | '\u{a0}' | '\u{2000}'..='\u{200a}' | '\u{202f}')
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::fixture::{check, check_clean, check_fix};

    #[test]
    fn finds_a_space_on_either_side_of_a_mark() {
        let findings = check(&RULE, "好故事⟦》␣等⟧专⏎题；（农历大⏎年初三⟦）␣␣接⟧到⟦到␣；⟧不");
        assert_eq!(findings[0].message, "》 后有空格");
        assert_eq!(findings[2].message, "； 前有空格");
    }

    #[test]
    fn finds_a_space_between_a_bracket_and_a_number() {
        check(&RULE, "本报讯（记者刘婧⟦）␣2⟧␣月␣12⏎日");
    }

    #[test]
    fn removes_the_space_alone() {
        check_fix(&RULE, "《故事》␣等专⏎题，␣“好”␣␣。", "《故事》等专⏎题，“好”。");
    }

    #[test]
    fn leaves_indents_full_width_spaces_line_ends_and_headlines() {
        check_clean(&RULE, "□□疫情，␣⏎□防控。¶␣本报讯（记者刘婧）□2月¶#众志成城␣共抗疫情");
    }

    #[test]
    fn leaves_spread_lines_to_their_own_rule() {
        check_clean(&RULE, "区␣是␣疫␣情␣；␣不⏎能");
    }

    #[test]
    fn leaves_quotations_in_latin_text() {
        check_clean(&RULE, "he␣said␣“yes”␣and␣left,␣it’s␣fine");
    }
}
