//! Days and times that no calendar and no clock has: `2月30日`, `25时`.

use crate::expression::calendar::{Date, days_in_month};
use crate::expression::{Moment, Value};
use crate::reading::Reading;
use crate::rule::{Check, Context, Finding, Rule, Severity};
use crate::settings::Words;

/// 日期不存在.
pub(super) static RULE: Rule = Rule {
    code: "impossible-date",
    name: Words { zh: "日期不存在", en: "impossible date" },
    severity: Some(Severity::Error),
    doc: Words {
        zh: "\
日历上没有的日子，钟表上没有的时刻：2月30日、13月5日、平年的2月29日、8时75分。

**为什么**：不是日、月写错，就是识别错了字（3 与 8、1 与 7）；原文如此的，也要加注。

**例**

```text
截至⟦2月30日⟧，全市
```

**依据**：公历；GB/T 7408.1—2023《日期和时间 信息交换表示法 第1部分：基本原则》：月为 01 至 12，日不超过该月的天数，分不超过 59。报纸写的“24时”是一日之终，不算错。",
        en: "\
A day that the calendar does not have, a time that no clock shows: `2月30日`, `13月5日`, `2月29日` of a common year, `8时75分`.

**Why**: the day or the month is wrong, or the recognition misread a digit (3 and 8, 1 and 7).

**Example**

```text
截至⟦2月30日⟧，全市
```

**Norm**: the Gregorian calendar; GB/T 7408.1—2023 (ISO 8601-1): months 01 to 12, days up to those of the month, minutes up \
to 59. 24时, the end of a day in newspapers, is no fault.",
    },
    options: &[],
    check: Check::Paragraph(check),
};

fn check(reading: &Reading, context: &Context<'_>, findings: &mut Vec<Finding>) {
    for expression in reading.every_expression() {
        let moments = match &expression.value {
            Value::Moment(one) => [Some(one), None],
            Value::Span(first, second) => [Some(first), Some(second)],
            Value::Amount(_) | Value::Every(..) => continue,
        };
        // 2月27日至30日: the second end is of the same month, and of the same year.
        let first = moments[0];
        let found = moments.into_iter().flatten().find_map(|it| {
            let month = it.month().or(first.and_then(Moment::month));
            fault(it, it.year().or(first.and_then(Moment::year)), month)
        });
        let Some((zh, en)) = found else { continue };
        let text = &reading.text()[expression.span.range()];
        let message =
            context.say(format_args!("“{text}”不存在：{zh}"), format_args!("{text} does not exist: {en}"));
        findings.push(context.finding(reading, expression.span, message));
    }
}

/// What is wrong with `moment` of that year and month, in both languages.
fn fault(moment: &Moment, year: Option<i32>, month: Option<u8>) -> Option<(String, String)> {
    let day = moment.day();
    if let Some(month) = month.filter(|it| !(1..=12).contains(it)) {
        return Some((format!("没有{month}月"), format!("there is no month {month}")));
    }
    if let (Some(month), Some(day)) = (month, day) {
        // Without a year the 29th of February may be.
        let days = days_in_month(year.unwrap_or(2000), month);
        let exists = Date::new(year.unwrap_or(2000), month, day).exists();
        let year = year.filter(|_| month == 2).map_or(String::new(), |it| format!("{it}年"));
        if !exists {
            return Some((
                format!("{year}{month}月只有{days}天"),
                format!("{year}{month}月 has {days} days"),
            ));
        }
    }
    let clock = moment.clock().filter(|it| !it.exists())?;
    match clock.minute.filter(|it| *it > 59) {
        Some(minute) => Some((format!("没有{minute}分"), format!("there is no minute {minute}"))),
        None => Some((format!("没有{}时", clock.hour), format!("there is no hour {}", clock.hour))),
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::fixture::{check, check_clean};

    #[test]
    fn finds_days_that_no_month_has() {
        let findings = check(&RULE, "于⟦4月31日⟧开工，⟦2019年2月29日⟧完工");
        assert_eq!(findings[0].message, "“4月31日”不存在：4月只有30天");
        assert_eq!(findings[1].message, "“2019年2月29日”不存在：2019年2月只有28天");
        check(&RULE, "⟦13月5日⟧，⟦2月27日至30日⟧");
    }

    #[test]
    fn finds_times_that_no_clock_shows() {
        let findings = check(&RULE, "⟦2月12日25时⟧，⟦当日8时75分⟧");
        assert_eq!(findings[0].message, "“2月12日25时”不存在：没有25时");
    }

    #[test]
    fn across_line_ends() {
        check(&RULE, "截至⟦2⏎月30⏎日⟧，");
    }

    #[test]
    fn what_may_be_is_left_alone() {
        check_clean(&RULE, "2月29日，2020年2月29日，2月12日24时，12月31日，60日内，30日，8点59分");
        check_clean(&RULE, "2月28日至3月1日，1—12月，上月31日");
    }
}
