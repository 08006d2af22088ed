//! Spaces in dates and times that the others in the document do not have, or the reverse: `2 月 12 日`.

use crate::reading::Reading;
use crate::rule::{Check, Context, Finding, Rule, Severity, spacing};
use crate::settings::Words;

/// 日期空格.
pub(super) static RULE: Rule = Rule {
    code: "date-spacing",
    name: Words { zh: "日期空格", en: "date spacing" },
    severity: Some(Severity::Warning),
    doc: Words {
        zh: "\
日期、时刻里的空格与全文多数写法不一，或一个日期之内有的空格、有的不空。

**为什么**：同一天在一版里写成“2␣月␣12␣日”“2月12日”“2␣月12日”，检索、排序都认不出是同一天。\
以全文多数写法为准；数目太少或不相上下时，只报一个日期之内不一的。

**例**

```text
2月1日、2月3日、2月7日，截至2␣月␣12␣日
```

改为

```text
2月1日、2月3日、2月7日，截至2月12日
```

**依据**：GB/T 15835—2011《出版物上数字用法》的例子，“2008年8月8日”等都不空格；GB/T 7408.1—2023 规定的日期也不含空格。",
        en: "\
Spaces in dates and times are not as in the rest of the document, or uneven inside one date.

**Why**: one day that is written `2␣月␣12␣日`, `2月12日` and `2␣月12日` on the same page is three days to a search. The \
document's own majority decides; where that is too little or a tie, only dates that are uneven in themselves are \
reported.

**Example**

```text
2月1日、2月3日、2月7日，截至2␣月␣12␣日
```

becomes

```text
2月1日、2月3日、2月7日，截至2月12日
```

**Norm**: the examples of GB/T 15835—2011, 2008年8月8日 and others, have no spaces; nor have the dates of GB/T 7408.1—2023.",
    },
    options: spacing::OPTIONS,
    check: Check::Paragraph(check),
};

fn check(reading: &Reading, context: &Context<'_>, findings: &mut Vec<Finding>) {
    spacing::check(reading, context, |it| it.is_temporal(), findings);
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::fixture::{check, check_clean, check_fix, check_fix_with, check_with};

    #[test]
    fn finds_spaces_where_the_other_dates_have_none() {
        let findings = check(&RULE, "2月1日、2月3日、2月7日，要求，⟦于␣1␣月⏎28日⟧通过，⟦2016␣年⟧，王晋豫");
        assert_eq!(findings[0].message, "“于 1 月28日”有空格，全文日期多不空格");
    }

    #[test]
    fn finds_a_date_that_is_uneven_in_itself() {
        check(&RULE, "⟦2␣月12日⟧，清晨");
        let findings = check(&RULE, "（1␣月）（2␣月）（3␣月）（4月）（5月）（⟦2␣月12日⟧）");
        assert_eq!(findings[0].message, "“2 月12日”里有的空格、有的不空");
        check_fix(&RULE, "2␣月12日，清晨", "2月12日，清晨");
        check_fix(&RULE, "2016␣年2␣月12日，清晨", "2016␣年2␣月12␣日，清晨");
    }

    #[test]
    fn columns_and_datelines_are_set_as_they_are_meant() {
        let dates = "于2月1日、于2月3日、于2月7日，";
        check_clean(&RULE, &format!("{dates}¶男␣␣␣汉族␣␣␣␣1975年5月生¶新华社北京␣5月12日电␣记者获悉"));
        check(&RULE, &format!("{dates}¶⟦汉族␣1975年5月⟧生").replace("⟦汉", "汉⟦"));
        check_fix(&RULE, &format!("{dates}¶本报讯␣2␣月12日，全市"), &format!("{dates}¶本报讯␣2月12日，全市"));
    }

    #[test]
    fn a_message_is_true_of_a_date_that_is_half_spaced() {
        let findings = check_with(&RULE, &[("style", "spaced")], "（⟦2␣月12日⟧）");
        assert_eq!(findings[0].message, "“2 月12日”里有的空格、有的不空");
        let findings = check(&RULE, "会议于⟦2␣月12日⟧召开。");
        assert_eq!(findings[0].message, "“2 月12日”里有的空格、有的不空");
    }

    #[test]
    fn is_silent_where_the_document_has_no_habit() {
        check_clean(&RULE, "（2␣月）（3月）");
    }

    #[test]
    fn a_setting_decides_by_itself() {
        check_with(&RULE, &[("style", "tight")], "⟦2␣月␣12␣日⟧");
        check_fix_with(&RULE, &[("style", "spaced")], "于2月12⏎日", "于␣2␣月␣12⏎日");
        check_with(&RULE, &[("style", "spaced")], "等3家");
    }

    #[test]
    fn numbers_are_left_to_their_own_rule() {
        check_clean(&RULE, "（3家）（4家）（5家）（6␣家）");
    }
}
