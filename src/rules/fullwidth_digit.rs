//! Digits set as full-width characters: `２０２０`.

use crate::page::paragraph::Span;
use crate::reading::{Reading, Sign};
use crate::rule::{Check, Context, Finding, Rule, Severity};
use crate::settings::Words;
use crate::text::Edit;

/// 全角数字.
pub(super) static RULE: Rule = Rule {
    code: "fullwidth-digit",
    name: Words { zh: "全角数字", en: "full-width digit" },
    severity: Some(Severity::Information),
    doc: Words {
        zh: "\
阿拉伯数字用了全角字符。

**为什么**：全角数字检索不到，排出来字距过大；同一版里全角、半角并存更不统一。

**例**

```text
２０２０年２月
```

改为

```text
2020年2月
```

**依据**：GB/T 15835—2011《出版物上数字用法》：阿拉伯数字一般使用正体二分字身，即占半个汉字位置。",
        en: "\
Arabic digits are written as full-width characters.

**Why**: full-width digits are not found when one searches, and are set too wide; half-width digits mostly stand beside \
them on the same page.

**Example**

```text
２０２０年２月
```

becomes

```text
2020年2月
```

**Norm**: GB/T 15835—2011: Arabic numerals are normally set half an ideograph wide.",
    },
    options: &[],
    check: Check::Paragraph(check),
};

fn check(reading: &Reading, context: &Context<'_>, findings: &mut Vec<Finding>) {
    let map = &reading.joined.map;
    let text = reading.text();
    let mut at = 0;
    for start in reading.signs.places(&[Sign::WideDigit]) {
        // A digit further on in a run.
        if start < at {
            continue;
        }
        let end = text[start..].find(|it| !is_fullwidth(it)).map_or(text.len(), |it| start + it);
        at = end;
        let span = Span::new(start, end);
        let digits: String = text[start..end].chars().map(halfwidth).collect();
        let message = context.say(
            format_args!("数字“{digits}”用了全角字符"),
            format_args!("{digits} is written in full-width digits"),
        );
        let title =
            context.say(format_args!("改为半角“{digits}”"), format_args!("Write half-width {digits}"));
        // Digit by digit where a line end stands between them.
        let edits = match map.source(span) {
            whole if whole.len() == span.range().len() => vec![Edit { range: whole, text: digits }],
            _ => text[start..end]
                .char_indices()
                .map(|(place, char)| Edit {
                    range: map.source(Span::new(start + place, start + place + char.len_utf8())),
                    text: halfwidth(char).to_string(),
                })
                .collect(),
        };
        findings.push(context.finding(reading, span, message).with_fix(title, edits));
    }
}

fn is_fullwidth(char: char) -> bool {
    ('０'..='９').contains(&char)
}

/// The ASCII digit for a full-width one.
fn halfwidth(char: char) -> char {
    char::from_digit(char as u32 - '０' as u32, 10).unwrap_or(char)
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::fixture::{check, check_clean, check_fix};

    #[test]
    fn finds_a_run_of_digits_once() {
        let findings = check(&RULE, "⟦２０２０⟧年⟦２⟧月");
        assert_eq!(findings[0].message, "数字“2020”用了全角字符");
    }

    #[test]
    fn keeps_the_line_end_that_cuts_a_number() {
        check(&RULE, "共⟦２０⏎２０⟧人");
        check_fix(&RULE, "共２０⏎２０人", "共20⏎20人");
    }

    #[test]
    fn changes_digits_alone() {
        check_fix(&RULE, "Ａ股涨３．５％，第①名", "Ａ股涨3．5％，第①名");
        check_clean(&RULE, "2020年，三〇二，①②");
    }
}
