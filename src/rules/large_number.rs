//! Large round numbers written with 万 here and in digits there.

use crate::expression::{Bound, ExpressionKind};
use crate::page::paragraph::Span;
use crate::reading::Reading;
use crate::rule::{Check, Context, Finding, Majority, Rule};
use crate::settings::Words;

/// 大数写法.
pub(super) static RULE: Rule = Rule {
    code: "large-number",
    name: Words { zh: "大数写法", en: "large numbers" },
    severity: None,
    doc: Words {
        zh: "\
同一篇里一万以上的整数，多数用“万”（2.8万袋），有的却全写数字（28000袋），或反过来。只比较两种写法都方便的数：\
以“万”为单位不超过两位小数的确数，带量词或单位，钱不算。默认不开，不代为改写。

**为什么**：同类的数写法一致，读者才好比较。

**例**

```text
2.8万袋，3.5万份，⟦41000⟧户
```

**依据**：GB/T 15835—2011《出版物上数字用法》：同一场合的数字遵循“同类别同形式”的原则。",
        en: "\
Whole numbers of ten thousand and more that a document mostly writes with 万 (2.8万袋) and sometimes in digits \
(28000袋), or the reverse. Only exact quantities that are handy either way are compared: with 万 they have two decimals at most. \
Money does not count. Off by default; nothing is rewritten.

**Why**: numbers of one kind are compared more easily when written alike.

**Example**

```text
2.8万袋，3.5万份，⟦41000⟧户
```

**Norm**: GB/T 15835—2011: numerals of one kind in one place are written in one form.",
    },
    options: &[],
    check: Check::Majority(Majority { count, way, check }),
};

/// How often a paragraph writes such numbers with 万, and how often in digits.
fn count(reading: &Reading) -> [usize; 2] {
    let mut count = [0; 2];
    for it in numbers(reading) {
        count[it.way] += 1;
    }
    count
}

/// What the document does more often, and more than once.
fn way([myriads, digits]: [usize; 2], _: &Context<'_>) -> Option<usize> {
    match myriads.cmp(&digits) {
        std::cmp::Ordering::Greater if myriads > 1 => Some(MYRIADS),
        std::cmp::Ordering::Less if digits > 1 => Some(DIGITS),
        _ => None,
    }
}

/// The two ways.
const MYRIADS: usize = 0;
const DIGITS: usize = 1;

fn check(reading: &Reading, way: usize, context: &Context<'_>, findings: &mut Vec<Finding>) {
    for it in numbers(reading).filter(|it| it.way != way) {
        let number = &reading.text()[it.span.range()];
        let wanted = if way == MYRIADS { format!("{}万", it.value / 1e4) } else { it.value.to_string() };
        let message = context.say(
            format_args!("“{number}”与全文多数写法不一，宜写作“{wanted}”"),
            format_args!("{number} is not written as the document mostly writes such numbers: {wanted}"),
        );
        findings.push(context.finding(reading, it.span, message));
    }
}

/// A number that is handy either way.
struct Large {
    span: Span,
    value: f64,
    way: usize,
}

/// The exact quantities of `reading` from ten thousand up to a hundred million, in hundreds.
fn numbers(reading: &Reading) -> impl Iterator<Item = Large> {
    let quantities = reading.every_expression().iter().filter(|it| it.kind == ExpressionKind::Quantity);
    quantities.filter_map(|expression| {
        let amount = expression.value.amount().filter(|it| it.bound == Bound::Exact && it.unit.is_some())?;
        let value = amount.single().filter(|it| (1e4..1e8).contains(it) && it % 100.0 == 0.0)?;
        let text = &reading.text()[expression.span.range()];
        let digits =
            text.find(|it: char| !it.is_ascii_digit() && it != '.' && it != ',').unwrap_or(text.len());
        let rest = &text[digits..];
        // 1万5000 and 十万 are neither.
        let (way, len) = match rest.strip_prefix('万') {
            Some(rest) if !rest.starts_with(|it: char| it.is_ascii_digit()) => (MYRIADS, digits + "万".len()),
            None if !rest.starts_with(['千', '百', '亿']) => (DIGITS, digits),
            _ => return None,
        };
        let start = expression.span.start as usize;
        (digits > 0).then_some(Large { span: Span::new(start, start + len), value, way })
    })
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::fixture::{check, check_clean};

    #[test]
    fn the_rarer_way_is_found() {
        let findings = check(&RULE, "2.8万袋，3.5万份，⟦41000⟧户");
        assert_eq!(findings[0].message, "“41000”与全文多数写法不一，宜写作“4.1万”");
        let findings = check(&RULE, "28000袋，35000份，⟦4.1万⟧户");
        assert_eq!(findings[0].message, "“4.1万”与全文多数写法不一，宜写作“41000”");
    }

    #[test]
    fn numbers_that_fit_one_way_only_and_ties_are_left_alone() {
        check_clean(&RULE, "2.8万袋，3.5万份，41235户，1500人，约41000户，41000余户，41000元，1.2亿人");
        check_clean(&RULE, "2.8万袋，41000户");
        check_clean(&RULE, "2.8万袋，3.5万份，4万户");
    }
}
