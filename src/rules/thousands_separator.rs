//! Thousands that are parted in one place and not in another: `12,000` beside `15000`.

use crate::expression::ExpressionKind;
use crate::page::paragraph::Span;
use crate::reading::Reading;
use crate::rule::{Check, Context, Finding, Majority, Rule};
use crate::settings::{Kind, Opt, Words};
use crate::text::Edit;

/// 千分位.
pub(super) static RULE: Rule = Rule {
    code: "thousands-separator",
    name: Words { zh: "千分位", en: "thousands separator" },
    severity: None,
    doc: Words {
        zh: "\
五位以上的整数，同一文稿里有的有千分撇、有的没有。默认不开。

以全文多数为准，不相上下时不报；也可以指定。年份、四位数、编号不在此列。

**为什么**：同一表、同一段里写法不一，读者会以为另有含义。

**例**

```text
12000人、15000户、18000元、21,000亩
```

改为

```text
12000人、15000户、18000元、21000亩
```

**依据**：GB/T 15835—2011《出版物上数字用法》第 5.1.1 条多位数：可用千分撇或千分空，四位以内的整数可以不分节。",
        en: "\
Whole numbers of five digits and more have thousands separators here and none there. Off by default.

The majority decides, a tie is left alone; the style can also be set. Years, numbers of four digits and codes do not count.

**Why**: two styles in one table or paragraph look as if they meant something.

**Example**

```text
12000人、15000户、18000元、21,000亩
```

becomes

```text
12000人、15000户、18000元、21000亩
```

**Norm**: GB/T 15835—2011, 5.1.1: long numbers may be parted by thousands; those of four digits need not.",
    },
    options: &[Opt {
        key: "style",
        kind: Kind::Choice(&["auto", "comma", "none"]),
        doc: Words {
            zh: "`auto`：以全文多数为准；`comma`：用千分撇；`none`：不用。",
            en: "`auto`: what the document does most. `comma`: with separators. `none`: without.",
        },
    }],
    check: Check::Majority(Majority { count, way, check }),
};

/// How often a paragraph has separators, and how often none.
fn count(reading: &Reading) -> [usize; 2] {
    let parted = numbers(reading).filter(|it| it.1.contains(',')).count();
    [parted, numbers(reading).count() - parted]
}

fn way([parted, plain]: [usize; 2], context: &Context<'_>) -> Option<usize> {
    match context.option("style") {
        "comma" => Some(COMMA),
        "none" => Some(NONE),
        _ if parted > plain => Some(COMMA),
        _ if plain > parted => Some(NONE),
        _ => None,
    }
}

/// The two ways.
const COMMA: usize = 0;
const NONE: usize = 1;

fn check(reading: &Reading, way: usize, context: &Context<'_>, findings: &mut Vec<Finding>) {
    let comma = way == COMMA;
    for (span, number) in numbers(reading).filter(|it| it.1.contains(',') != comma) {
        let wanted = if comma { grouped(number) } else { number.replace(',', "") };
        let message = context.say(
            format_args!("“{number}”的千分位与全文多数写法不一，应为“{wanted}”"),
            format_args!("{number} is not parted as the document mostly does: {wanted}"),
        );
        let title = context.say(format_args!("改为“{wanted}”"), format_args!("Write {wanted}"));
        let map = &reading.joined.map;
        let place = |at: usize| map.source(Span::new(at, at + 1));
        // Comma by comma, so that a line end within the number stays.
        let edits = if comma {
            let digits = number.len();
            let cuts = (1..digits).filter(|it| (digits - it) % 3 == 0);
            cuts.map(|it| place(span.start as usize + it).start)
                .map(|at| Edit { range: at..at, text: ",".into() })
                .collect()
        } else {
            let commas = number.match_indices(',');
            commas.map(|it| Edit { range: place(span.start as usize + it.0), text: String::new() }).collect()
        };
        findings.push(context.finding(reading, span, message).with_fix(title, edits));
    }
}

/// The whole numbers of five digits and more in the amounts of `reading`, with their separators.
fn numbers(reading: &Reading) -> impl Iterator<Item = (Span, &str)> {
    let amounts = reading.every_expression().iter().filter(|it| {
        matches!(it.kind, ExpressionKind::Number | ExpressionKind::Quantity | ExpressionKind::Money)
            && it
                .value
                .amount()
                .is_some_and(|amount| amount.unit.is_some() || it.kind == ExpressionKind::Number)
    });
    amounts.filter_map(|expression| {
        let text = &reading.text()[expression.span.range()];
        let len = text.find(|it: char| !it.is_ascii_digit() && it != ',').unwrap_or(text.len());
        let number = text[..len].trim_end_matches(',');
        let digits = number.bytes().filter(u8::is_ascii_digit).count();
        // 0391、2020 and what has decimals or a code's leading zero is none.
        let whole = digits >= 5 && !number.starts_with('0') && !text[number.len()..].starts_with('.');
        let unit = expression.value.amount().is_some_and(|it| it.unit.is_some()) || number.contains(',');
        let start = expression.span.start as usize;
        (whole && unit).then_some((Span::new(start, start + number.len()), number))
    })
}

/// `21000` as `21,000`.
fn grouped(number: &str) -> String {
    let mut grouped = String::new();
    for (index, digit) in number.chars().enumerate() {
        if index > 0 && (number.len() - index).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::fixture::{check, check_clean, check_fix, check_fix_with, check_with};

    #[test]
    fn the_rarer_style_is_found() {
        let findings = check(&RULE, "12,000人，15,000户，⟦18000⟧元");
        assert_eq!(findings[0].message, "“18000”的千分位与全文多数写法不一，应为“18,000”");
        check_fix(&RULE, "12,000人，1,500,000户，1234567元", "12,000人，1,500,000户，1,234,567元");
    }

    #[test]
    fn a_style_can_be_set() {
        check_with(&RULE, &[("style", "comma")], "⟦12000⟧人");
        check_fix_with(&RULE, &[("style", "none")], "1,2⏎34,567人", "12⏎34567人");
    }

    #[test]
    fn years_short_numbers_and_ties_are_left_alone() {
        check_clean(&RULE, "12,000人，15,000户，2020年，1500人，编号10086，2.8万袋，12345.6元");
        check_clean(&RULE, "12,000人，18000元");
    }
}
