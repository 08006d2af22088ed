//! Days and times that no calendar and no clock has: `2月30日`, `25时`.

use crate::expression::calendar::{Date, days_in_month};
use crate::expression::value::{Clock, Daypart};
use crate::expression::{Moment, Step, Value};
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
    if moment.lunar().is_some_and(|it| it.day.is_some_and(|it| it > 30)) {
        return Some(("农历的月最多30天".into(), "a lunar month has 30 days at most".into()));
    }
    if let Some(month) = month.filter(|it| !(1..=12).contains(it)) {
        return Some((format!("没有{month}月"), format!("there is no month {month}")));
    }
    if let (Some(month), Some(day)) = (month, moment.day())
        // Without a year the 29th of February may be.
        && !Date::new(year.unwrap_or(2000), month, day).exists()
    {
        if day == 0 {
            return Some(("没有0日".into(), "there is no day 0".into()));
        }
        let days = days_in_month(year.unwrap_or(2000), month);
        let name = MONTHS[usize::from(month) - 1];
        return Some(match year.filter(|_| month == 2) {
            Some(year) => (format!("{year}年2月只有{days}天"), format!("February {year} has {days} days")),
            None => (format!("{month}月只有{days}天"), format!("{name} has {days} days")),
        });
    }
    off_the_clock(moment.clock()?).or_else(|| off_its_part(moment))
}

/// What no clock shows.
fn off_the_clock(clock: Clock) -> Option<(String, String)> {
    let Clock { hour, minute, second } = clock;
    if clock.exists() {
        return None;
    }
    let part = |zh: &str, en: &str, it: u8| Some((format!("没有{it}{zh}"), format!("there is no {en} {it}")));
    match (minute, second) {
        _ if hour > 24 => part("时", "hour", hour),
        (Some(minute @ 60..), _) => part("分", "minute", minute),
        (_, Some(second @ 61..)) => part("秒", "second", second),
        _ => Some(("24时是一日之终，其后没有分秒".into(), "24:00 is the end of the day".into())),
    }
}

/// An hour that the part of the day before it does not have: `上午13时`.
fn off_its_part(moment: &Moment) -> Option<(String, String)> {
    let hour = moment.clock()?.hour;
    let (zh, en) = moment.steps.iter().find_map(|it| match it {
        Step::Daypart(Daypart::Morning) => Some(("上午", "morning")),
        Step::Daypart(Daypart::EarlyMorning | Daypart::FirstLight | Daypart::Dawn) => {
            Some(("早晨", "early morning"))
        }
        Step::Daypart(Daypart::SmallHours) => Some(("凌晨", "small hours")),
        _ => None,
    })?;
    // 凌晨24时 is said of midnight.
    (13..24).contains(&hour).then(|| (format!("{zh}没有{hour}时"), format!("{hour}:00 is not in the {en}")))
}

/// The months in English.
const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::fixture::{check, check_clean, in_english};

    #[test]
    fn finds_days_that_no_month_has() {
        let findings = check(&RULE, "于⟦4月31日⟧开工，⟦2019年2月29日⟧完工");
        assert_eq!(findings[0].message, "“4月31日”不存在：4月只有30天");
        assert_eq!(findings[1].message, "“2019年2月29日”不存在：2019年2月只有28天");
        check(&RULE, "⟦13月5日⟧，⟦2月27日至30日⟧，止于⟦2023-13-01⟧。");
        check_clean(&RULE, "2023-12-01，型号2023-13-01-A，2023-24-25赛季");
    }

    #[test]
    fn finds_times_that_no_clock_shows() {
        let findings = check(&RULE, "⟦2月12日25时⟧，⟦当日8时75分⟧");
        assert_eq!(findings[0].message, "“2月12日25时”不存在：没有25时");
        check(&RULE, "⟦今晚25:30⟧开播，⟦下午25点⟧散会，航班⟦24:30⟧起飞");
    }

    #[test]
    fn the_part_at_fault_is_named() {
        for (text, zh, en) in [
            ("⟦2月12日2:25:61⟧", "没有61秒", "there is no second 61"),
            ("⟦2月12日24:30⟧", "24时是一日之终，其后没有分秒", "24:00 is the end of the day"),
            ("⟦8时75分⟧", "没有75分", "there is no minute 75"),
            ("⟦12月0日⟧", "没有0日", "there is no day 0"),
            ("⟦2023年2月30日⟧", "2023年2月只有28天", "February 2023 has 28 days"),
            ("⟦4月31日⟧", "4月只有30天", "April has 30 days"),
        ] {
            let findings = check(&RULE, text);
            assert!(findings[0].message.ends_with(&format!("：{zh}")), "{}", findings[0].message);
            let message = in_english(&RULE, text);
            assert!(message.ends_with(&format!(": {en}")), "{message}");
        }
    }

    #[test]
    fn a_part_of_the_day_has_its_hours() {
        let findings = check(&RULE, "⟦上午13时⟧，代表到场，⟦凌晨15点⟧散会");
        assert_eq!(findings[0].message, "“上午13时”不存在：上午没有13时");
        check_clean(&RULE, "上午12时，上午9时至13时，下午13时，凌晨24时，凌晨0时");
    }

    #[test]
    fn scores_verses_and_odds_are_no_times() {
        check_clean(&RULE, "女排25:23、24:26、22:25胜，以24:30负，《马太福音》24:45，诗篇25:60，赔率24:11");
        check_clean(&RULE, "会议24:00结束，2月12日24:00");
    }

    #[test]
    fn months_and_days_of_a_reign_are_lunar() {
        check_clean(&RULE, "光绪二十六年二月三十日，乾隆五十七年二月三十日，道光二十年（1840年）二月三十日");
        let findings = check(&RULE, "⟦万历二十年四月三十一日⟧，⟦民国二十六年二月三十日⟧");
        assert_eq!(findings[0].message, "“万历二十年四月三十一日”不存在：农历的月最多30天");
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
