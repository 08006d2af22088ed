//! Marks of ranges that are not alike in one document: `3—5天` beside `3～5天`.

use crate::expression::Value;
use crate::page::paragraph::Span;
use crate::reading::Reading;
use crate::rule::{Check, Context, Finding, Majority, Rule};
use crate::settings::{Kind, Opt, Words};
use crate::text::Edit;

/// 范围号.
pub(super) static RULE: Rule = Rule {
    code: "range-mark",
    name: Words { zh: "范围号", en: "range mark" },
    severity: None,
    doc: Words {
        zh: "\
数值、时间的起止之间，同一文稿里有的用“—”，有的用“～”或“-”。默认不开。

以全文多数为准，不相上下时不报；也可以指定。电话、编号里的短横线不在此列。

**为什么**：同一作用的符号应当统一；“-”是连接复合名词、编号的，不表示起止。

**例**

```text
3—5天、2—3人、8～9时
```

改为

```text
3—5天、2—3人、8—9时
```

**依据**：GB/T 15834—2011《标点符号用法》4.13 连接号：时间、序数等的起止用一字线，数值范围用浪纹线；GB/T 15835—2011《出版物上数字用法》：数值范围两者皆可。",
        en: "\
Between the ends of ranges of numbers and times one document uses `—` here and `～` or `-` there. Off by default.

The majority decides, a tie is left alone; the mark can also be set. Hyphens of telephone and other numbers do not count.

**Why**: one sign for one use; the hyphen joins names and numbers and does not mean from–to.

**Example**

```text
3—5天、2—3人、8～9时
```

becomes

```text
3—5天、2—3人、8—9时
```

**Norm**: GB/T 15834—2011, 4.13: times and ordinals run over the one-em dash, values over the wave; GB/T 15835—2011 \
allows either between values.",
    },
    options: &[Opt {
        key: "style",
        kind: Kind::Choice(&["auto", "dash", "wave"]),
        doc: Words {
            zh: "`auto`：以全文多数为准；`dash`：用“—”；`wave`：用“～”。",
            en: "`auto`: what the document does most. `dash`: `—`. `wave`: `～`.",
        },
    }],
    check: Check::Majority(Majority { count, way, check }),
};

/// The two ways.
const WAYS: [&str; 2] = ["—", "～"];

fn count(reading: &Reading) -> [usize; 2] {
    WAYS.map(|way| marks(reading).filter(|it| it.1 == way).count())
}

fn way([dash, wave]: [usize; 2], context: &Context<'_>) -> Option<usize> {
    match context.option("style") {
        "dash" => Some(0),
        "wave" => Some(1),
        _ if dash > wave => Some(0),
        _ if wave > dash => Some(1),
        _ => None,
    }
}

fn check(reading: &Reading, way: usize, context: &Context<'_>, findings: &mut Vec<Finding>) {
    let wanted = WAYS[way];
    for (span, mark) in marks(reading).filter(|it| it.1 != wanted) {
        let message = context.say(
            format_args!("起止用了“{mark}”，全文多用“{wanted}”"),
            format_args!("the range has {mark}; the document mostly has {wanted}"),
        );
        let title = context.say(format_args!("改为“{wanted}”"), format_args!("Write {wanted}"));
        let edit = Edit { range: reading.joined.map.source(span), text: wanted.to_owned() };
        findings.push(context.finding(reading, span, message).with_fix(title, vec![edit]));
    }
}

/// The marks within the ranges of `reading`, the double dash as one.
fn marks(reading: &Reading) -> impl Iterator<Item = (Span, &str)> {
    reading.every_expression().iter().filter_map(|expression| {
        let range = match &expression.value {
            Value::Span(..) => true,
            Value::Amount(it) => it.from != it.to,
            _ => false,
        };
        let text = &reading.text()[expression.span.range()];
        let at = text.find(['—', '～', '-', '–', '~', '〜', '－']).filter(|_| range)?;
        if reading.is_in_name(expression) {
            return None;
        }
        let mark =
            text[at..].chars().take_while(|it| "—～-–~〜－".contains(*it)).map(char::len_utf8).sum::<usize>();
        // 2020-02-12至2020-02-15: the hyphens of dates are none.
        let hyphens = text.matches('-').count();
        let start = expression.span.start as usize + at;
        (hyphens <= 1).then_some((Span::new(start, start + mark), &text[at..at + mark]))
    })
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::fixture::{check, check_clean, check_fix, check_fix_with, check_with};

    #[test]
    fn the_rarer_mark_is_found() {
        let findings = check(&RULE, "3—5天，2—3人，8⟦～⟧9时，1⟦-⟧2月");
        assert_eq!(findings[0].message, "起止用了“～”，全文多用“—”");
        check_fix(&RULE, "3～5天，2～3人，8——9时", "3～5天，2～3人，8～9时");
    }

    #[test]
    fn a_tie_is_left_alone_unless_a_mark_is_set() {
        check_clean(&RULE, "3—5天，8～9时");
        check_with(&RULE, &[("style", "wave")], "3⟦—⟧5天，8～9时");
        check_fix_with(&RULE, &[("style", "dash")], "3—5天，8～9时", "3—5天，8—9时");
    }

    #[test]
    fn hyphens_of_numbers_and_dates_are_no_ranges() {
        check_clean(&RULE, "3—5天，电话0391-3933333，2020-02-12，比分3-2，150吨到200吨");
    }
}
