//! A line end inside a number, date or amount: `1 月⏎28日`, `3⏎家`.

use crate::reading::Reading;
use crate::rule::{Check, Context, Finding, Rule, Severity, join};
use crate::settings::Words;

/// 断数.
pub(super) static RULE: Rule = Rule {
    code: "split-number",
    name: Words { zh: "断数", en: "split number" },
    severity: Some(Severity::Warning),
    doc: Words {
        zh: "\
行尾落在一个数字、日期或数量中间。

**为什么**：数字断成两截，量词离了数，检索“28日”“3家”都会落空；誊录、重排时也最容易出错。\
把握在 97% 以上报为警告，90% 以上报为提示，再低不报。

**例**

```text
精准施策的要求，于1月⏎28日通过
```

改为

```text
精准施策的要求，于1月28日通过
```

**依据**：GB/T 15835—2011《出版物上数字用法》：用阿拉伯数字书写的数值应避免被断开移行；UAX #14 同样不在数字内部换行。",
        en: "\
A line end falls inside a number, date or amount.

**Why**: half a number says nothing and is not found; it is also where retyping goes wrong first. \
Reported as a warning at 97 % confidence, as a hint at 90 %, and not at all below.

**Example**

```text
精准施策的要求，于1月⏎28日通过
```

becomes

```text
精准施策的要求，于1月28日通过
```

**Norm**: GB/T 15835—2011: a number in Arabic digits should not be broken across lines; UAX #14 has no break \
opportunity inside one.",
    },
    options: &[],
    check: Check::Paragraph(check),
};

fn check(reading: &Reading, context: &Context<'_>, findings: &mut Vec<Finding>) {
    if !reading.role.is_body() || context.settings.keeps_lines() {
        return;
    }
    let cuts = reading.joined.breaks.iter().filter_map(|at| {
        let sure = context.severity_at(at.permille)?;
        let cut = (!is_joint(reading.text(), at.at)).then(|| reading.expression_across(at.at)).flatten()?;
        Some((cut, at, sure))
    });
    // 贰仟⏎叁佰⏎元 is cut twice and one number.
    let cuts: Vec<_> = cuts.collect();
    for cuts in cuts.chunk_by(|one, other| one.0.span == other.0.span) {
        let (cut, _, surest) = *cuts.iter().min_by_key(|it| it.2).unwrap_or(&cuts[0]);
        let words = &reading.text()[cut.span.range()];
        let (zh, en) = cut.kind.name();
        let message = context.say(
            format_args!("{zh}“{words}”被行尾切断"),
            format_args!("the {en} `{words}` is cut by a line end"),
        );
        let title = context.say(format_args!("接合“{words}”"), format_args!("Join `{words}`"));
        let edits = cuts.iter().map(|it| join(reading, it.1, context.style)).collect();
        let finding = context.finding(reading, cut.span, message).with_severity(surest);
        findings.push(finding.with_fix(title, edits));
    }
}

/// Whether two whole numbers or dates meet at a line end: `250吨⏎到300吨`, `1月27日⏎（农历正月初三）`.
fn is_joint(text: &str, at: u32) -> bool {
    let (before, after) = text.split_at(at as usize);
    before.ends_with(JOINTS) || after.starts_with(JOINTS)
}

/// What stands between the ends of a range, or before what a date is called besides.
const JOINTS: [char; 11] = ['到', '至', '和', '—', '–', '-', '～', '~', '、', '，', '（'];

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::fixture::{check, check_clean, check_fix, check_with};
    use crate::rule::Severity;

    #[test]
    fn finds_a_date_cut_by_the_column() {
        let findings = check(&RULE, "的要求，于␣⟦1␣月⏎28日⟧通过");
        assert_eq!(findings[0].message, "日期“1 月28日”被行尾切断");
        assert_eq!(findings[0].severity, Severity::Warning);
    }

    #[test]
    fn finds_a_number_cut_from_its_unit() {
        check(&RULE, "有限公司等⟦3⏎家⟧企业，共⟦600⏎吨⟧，捐赠⟦6⏎万多个⟧，当⟦一⏎辆⟧货车");
    }

    #[test]
    fn a_number_cut_twice_is_found_once_and_joined_whole() {
        let findings = check(&RULE, "租金⟦贰仟⏎叁佰⏎元⟧整");
        assert_eq!(findings[0].fixes[0].edits.len(), 2);
        check_fix(&RULE, "租金贰仟⏎叁佰⏎元整", "租金贰仟叁佰元整");
    }

    #[test]
    fn says_less_the_less_sure_it_is() {
        assert_eq!(check(&RULE, "等⟦3⏎?家⟧企业")[0].severity, Severity::Hint);
        check_clean(&RULE, "等3⏎??家企业");
    }

    #[test]
    fn leaves_line_ends_beside_numbers_and_kept_lines() {
        check_clean(&RULE, "有限公司等⏎3家⏎企业，250吨⏎到⏎300吨，1月27日⏎（农历正月初三）");
        check_with(&RULE, &[("lines", "keep")], "等3⏎家企业");
    }

    #[test]
    fn joins_as_the_document_spaces_its_numbers() {
        check_fix(&RULE, "等3⏎家企业", "等3家企业");
        check_fix(
            &RULE,
            "等␣3␣家、共␣20␣辆、计␣600␣吨，选派␣8⏎名",
            "等␣3␣家、共␣20␣辆、计␣600␣吨，选派␣8␣名",
        );
    }
}
