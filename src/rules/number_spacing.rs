//! Spaces beside numbers that the rest of the document does not have, or the reverse: `140 户` beside `3家`.

use crate::reading::Reading;
use crate::rule::{Check, Context, Finding, Rule, Severity, spacing};
use crate::settings::Words;

/// 数字空格.
pub(super) static RULE: Rule = Rule {
    code: "number-spacing",
    name: Words { zh: "数字空格", en: "number spacing" },
    severity: Some(Severity::Warning),
    doc: Words {
        zh: "\
数字与前后汉字之间，有的空格，有的不空，与全文多数写法不一。

**为什么**：数字两旁的空隙是排版留的，不是文字；抽取程序有时把它当成空格，同一版里“140␣户”与“3家”并存，检索、统计都会漏。\
以全文多数写法为准，各种位置（数字之前、数字与量词之间……）分别计算；数目太少或不相上下时不报。

**例**

```text
3家企业、20辆货车、600吨物资，140␣户
```

改为

```text
3家企业、20辆货车、600吨物资，140户
```

**依据**：GB/T 15835—2011《出版物上数字用法》的例子，数字与汉字之间都不空格；W3C《中文排版需求》（CLREQ）：汉字与数字之间的空隙由\
排版处理，不用空格字符。",
        en: "\
Spaces between numbers and the characters beside them are not as in the rest of the document.

**Why**: the gap beside a number is the typesetter's, not part of the text; extractors sometimes write it as a space, so \
that `140␣户` stands beside `3家`, and searching and counting miss some. The document's own majority decides, for each \
kind of place by itself (before a number, between number and unit, …); too little evidence or a tie is silent.

**Example**

```text
3家企业、20辆货车、600吨物资，140␣户
```

becomes

```text
3家企业、20辆货车、600吨物资，140户
```

**Norm**: the examples of GB/T 15835—2011 have no spaces beside numbers; W3C CLREQ: the gap between ideographs and \
digits is made in layout, not by a space character.",
    },
    options: spacing::OPTIONS,
    check: Check::Paragraph(check),
};

fn check(reading: &Reading, context: &Context<'_>, findings: &mut Vec<Finding>) {
    spacing::check(reading, context, |it| !it.is_temporal(), findings);
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::fixture::{check, check_clean, check_fix, check_fix_with, check_with};

    #[test]
    fn finds_spaces_where_the_document_has_none() {
        let findings = check(&RULE, "等3家、共20辆、计600吨、共9名，该⟦村␣140␣户⟧贫困户");
        assert_eq!(findings[0].message, "“村 140 户”有空格，全文数字多不空格");
        assert_eq!(findings[0].fixes[0].title, "改为“村140户”");
    }

    #[test]
    fn finds_missing_spaces_where_the_document_has_them() {
        check(&RULE, "等␣3␣家、共␣20␣辆、计␣600␣吨，⟦140户⟧");
        check_fix(
            &RULE,
            "等␣3␣家、共␣20␣辆、计␣600␣吨，该村140户",
            "等␣3␣家、共␣20␣辆、计␣600␣吨，该村␣140␣户",
        );
    }

    #[test]
    fn is_silent_where_the_document_has_no_habit() {
        check_clean(&RULE, "等3家、共␣20␣辆");
        check_clean(&RULE, "（3家）（4␣家）（5家）（6␣家）");
    }

    #[test]
    fn a_setting_decides_by_itself() {
        check_with(&RULE, &[("style", "tight")], "等⟦3␣家⟧");
        check_fix_with(&RULE, &[("style", "spaced")], "等3家", "等␣3␣家");
        check_with(&RULE, &[("style", "spaced")], "2月12日");
    }

    #[test]
    fn a_line_end_is_no_gap() {
        check_with(&RULE, &[("style", "tight")], "有限公司等3⏎家企业");
        check_with(&RULE, &[("style", "spaced")], "有限公司等␣3⏎家企业");
    }

    #[test]
    fn quoted_figures_are_left_alone() {
        check_with(&RULE, &[("style", "spaced")], "出“64227”工作法");
    }

    #[test]
    fn a_space_in_a_headline_parts_its_phrases() {
        check_clean(&RULE, "#突发枪击␣3人受伤¶共5家，又6家，再7家，合计8家。");
    }
}
