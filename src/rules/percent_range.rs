//! A range of percentages whose first number lacks its sign: `3—5%`.

use crate::expression::ExpressionKind;
use crate::page::paragraph::Span;
use crate::reading::Reading;
use crate::rule::{Check, Context, Finding, Rule};
use crate::settings::Words;
use crate::text::Edit;

/// 百分数范围.
pub(super) static RULE: Rule = Rule {
    code: "percent-range",
    name: Words { zh: "百分数范围", en: "percent range" },
    severity: None,
    doc: Words {
        zh: "\
百分数的范围，前一个数没有写百分号：“3—5%”。默认不开。

**为什么**：“3—5%”可以理解为从 3 到 0.05；数值范围里，百分号不能省。

**例**

```text
增长3—5%
```

改为

```text
增长3%—5%
```

**依据**：GB/T 15835—2011《出版物上数字用法》关于数值范围的例子：15%～30%，不写为 15～30%。",
        en: "\
A range of percentages whose first number lacks the sign: `3—5%`. Off by default.

**Why**: `3—5%` can be read as from 3 to 0.05; the sign may not be left out of a range.

**Example**

```text
增长3—5%
```

becomes

```text
增长3%—5%
```

**Norm**: GB/T 15835—2011, its examples of ranges: 15%～30%, not 15～30%.",
    },
    options: &[],
    check: Check::Paragraph(check),
};

fn check(reading: &Reading, context: &Context<'_>, findings: &mut Vec<Finding>) {
    for expression in reading.every_expression().iter().filter(|it| it.kind == ExpressionKind::Percent) {
        let range = expression.value.amount().is_some_and(|it| it.from != it.to);
        let text = &reading.text()[expression.span.range()];
        let sign = text.chars().next_back().filter(|it| matches!(it, '%' | '％' | '‰'));
        let (Some(sign), true) = (sign, range) else { continue };
        let Some(mark) = text.find(['—', '～', '~', '-', '–', '－', '至', '到']) else { continue };
        let first = text[..mark].trim_end();
        if !first.ends_with(|it: char| it.is_ascii_digit() || ('０'..='９').contains(&it)) {
            continue;
        }
        let at = expression.span.start as usize + first.len();
        let place = reading.joined.map.source_end(at);
        let message = context.say(
            format_args!("“{text}”前一个数缺少“{sign}”"),
            format_args!("the first number of {text} lacks its {sign}"),
        );
        let title = context.say(format_args!("补上“{sign}”"), format_args!("Add {sign}"));
        let edit = Edit { range: place..place, text: sign.to_string() };
        let span = Span::new(expression.span.start as usize, expression.span.end as usize);
        findings.push(context.finding(reading, span, message).with_fix(title, vec![edit]));
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::fixture::{check, check_clean, check_fix};

    #[test]
    fn finds_a_range_with_one_sign() {
        let findings = check(&RULE, "增长⟦3—5%⟧，下降⟦3.5至5%⟧");
        assert_eq!(findings[0].message, "“3—5%”前一个数缺少“%”");
        check_fix(&RULE, "增长3～5％", "增长3％～5％");
    }

    #[test]
    fn both_signs_and_words_are_left_alone() {
        check_clean(&RULE, "3%—5%，百分之三到五，3—5元，5%，30个百分点");
    }
}
