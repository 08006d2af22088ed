//! A day and its weekday or lunar name that do not go together: `2月12日（星期四）`.

use crate::expression::calendar::Date;
use crate::expression::issue::agrees;
use crate::expression::timeline::Timeline;
use crate::expression::{Expression, IssueSource, Moment, Twin, Value};
use crate::page::paragraph::Span;
use crate::reading::Reading;
use crate::rule::{Check, Context, Finding, Fix, Neighbours, Rule, Severity};
use crate::settings::Words;
use crate::text::Edit;

/// 历日不符.
pub(super) static RULE: Rule = Rule {
    code: "calendar-mismatch",
    name: Words { zh: "历日不符", en: "calendar mismatch" },
    severity: Some(Severity::Error),
    doc: Words {
        zh: "\
日期与括注的星期、农历对不上：2020年2月12日是星期三，不是星期四。

年份取自日期本身、设置、文首信息、报头，或多数“公历（农历）”只在一年里都对得上的那一年；不知道年份就不报。

**为什么**：两个说法必有一错，读者不知道信哪一个；识别错一个数字也常由此看出。

**例**

```text
2020年2月12日⟦（星期四）⟧，签约仪式举行。
```

**依据**：GB/T 33661—2017《农历的编算和颁行》；公历的日与星期。",
        en: "\
A date and the weekday or lunar day beside it do not go together: 2020-02-12 is a Wednesday, not a Thursday.

The year is the date's own, the settings', the front matter's or the masthead's, or the one year in which most pairs of \
Gregorian and lunar days on the page agree; where it is not known, nothing is reported.

**Why**: one of the two is wrong, and the reader cannot know which; a misread digit shows here too.

**Example**

```text
2020年2月12日⟦（星期四）⟧，签约仪式举行。
```

**Norm**: GB/T 33661—2017, the rules of the lunar calendar; the weekdays of the Gregorian one.",
    },
    options: &[],
    check: Check::Articles(check),
};

fn check(articles: &Neighbours<'_>, context: &Context<'_>, findings: &mut Vec<(usize, Finding)>) {
    for article in articles.articles() {
        let mut timeline = Timeline::new(context.issue);
        for (index, reading) in article {
            in_paragraph(reading, &mut timeline, context, |it| findings.push((index, it)));
        }
    }
}

/// What is found in a paragraph of an article, whose moments `timeline` has read up to there.
fn in_paragraph(
    reading: &Reading,
    timeline: &mut Timeline,
    context: &Context<'_>,
    mut found: impl FnMut(Finding),
) {
    // What stood before, with the moment that told its month.
    let mut before: Option<(&Expression, &Moment)> = None;
    for expression in reading.every_expression() {
        let resolved = timeline.read(&expression.value);
        let ends: &[(&Moment, End)] = match &expression.value {
            Value::Moment(one) => &[(one, End::First)],
            Value::Span(first, second) => &[(first, End::First), (second, End::Last)],
            Value::Amount(_) | Value::Every(..) => continue,
        };
        // 16日（星期二）、17日（星期四）: what the first of a list says is certain of the next.
        let listed = before.filter(|it| is_listed(reading.text(), it.0, expression)).map(|it| it.1);
        let first = Some(ends[0].0).filter(|it| it.month().is_some());
        let head = first.or(listed);
        before = head.map(|it| (expression, it));
        let (Some(days), Some(head)) = (resolved.map(|it| it.days), head) else { continue };
        for (moment, end) in ends {
            let date = if *end == End::First { days.0 } else { days.1 };
            let certain = moment.day() == Some(date.day) && is_certain(head, context);
            let Some(twin) = moment.twin.filter(|_| certain) else { continue };
            if !agrees(date, twin) {
                found(finding(reading, context, expression, (date, twin, *end)));
            }
        }
    }
}

/// Which end of an expression a second name belongs to; a single day is the first.
#[derive(Clone, Copy, PartialEq)]
enum End {
    First,
    Last,
}

/// Whether `next` is a day of the list that `before` opened: nothing but `、` or 和 stands between them.
fn is_listed(text: &str, before: &Expression, next: &Expression) -> bool {
    let between = text.get(before.span.end as usize..next.span.start as usize);
    between.is_some_and(|it| matches!(it.trim(), "、" | "，" | "和" | "及" | "与" | "或"))
}

/// Whether the year of a moment is beyond doubt, `head` being where its month stands: said with it, or known of the
/// document from more than a date in the text, which may speak of another year.
fn is_certain(head: &Moment, context: &Context<'_>) -> bool {
    let known = context.issue.is_some_and(|it| it.source != IssueSource::FullDate);
    head.month().is_some() && head.day().is_some() && (head.year().is_some() || known)
}

fn finding(
    reading: &Reading,
    context: &Context<'_>,
    expression: &Expression,
    (date, twin, end): (Date, Twin, End),
) -> Finding {
    let text = &reading.text()[expression.span.range()];
    let (right, english) = match twin {
        Twin::Weekday(_) => {
            (date.weekday().zh().to_owned(), format!("a {}", DAYS[usize::from(date.weekday().index())]))
        }
        Twin::Lunar(_) => {
            let lunar = date.lunar().map_or(String::new(), |it| it.zh());
            (lunar.clone(), format!("{lunar} of the lunar calendar"))
        }
    };
    // The second name with its brackets is marked: from the bracket, the comma or the word on.
    let find = |marks: &[char]| if end == End::First { text.find(marks) } else { text.rfind(marks) };
    let start = find(&['（', '(', '〔', '，', ',']).or_else(|| find(&['星', '周', '农', '礼']));
    let start = start.map_or(expression.span.start as usize, |it| expression.span.start as usize + it);
    let span = twin_span(reading, expression, start);
    let message = context.say(
        format_args!("{date} 是{right}，与“{text}”不符"),
        format_args!("{date} is {english}; the text says {text}"),
    );
    let mut finding = context.finding(reading, span, message);
    if let Some((inner, word)) = replacement(reading, span, (twin, end), &right) {
        let range = reading.joined.map.source(inner);
        let title = context.say(format_args!("改为“{word}”"), format_args!("Write {word}"));
        finding.fixes.push(Fix { title, edits: vec![Edit { range, text: word }], safe: false });
    }
    finding
}

/// The days of the week in English.
const DAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

/// From `start` to past the bracket that closes it, or to the end of the second name.
fn twin_span(reading: &Reading, expression: &Expression, start: usize) -> Span {
    let end = expression.span.end as usize;
    let inside = &reading.text()[start..end];
    let close = inside.find(['）', ')', '〕']).map(|it| {
        let len = inside[it..].chars().next().map_or(0, char::len_utf8);
        start + it + len
    });
    Span::new(start, close.unwrap_or(end))
}

/// What stands for the second name in `span`, and what should: as it is printed there, 周三 for 周四.
fn replacement(
    reading: &Reading,
    span: Span,
    (twin, end): (Twin, End),
    right: &str,
) -> Option<(Span, String)> {
    let text = &reading.text()[span.range()];
    let start = span.start as usize;
    let (at, len, word) = match twin {
        Twin::Weekday(_) => {
            let name = ["星期", "礼拜", "周"].into_iter().find(|it| text.contains(it))?;
            // （星期一至星期三） names both ends.
            let at = if end == End::First { text.find(name)? } else { text.rfind(name)? } + name.len();
            let len = text[at..].chars().next()?.len_utf8();
            (at, len, right.chars().last()?.to_string())
        }
        Twin::Lunar(_) => {
            let names = ["正月", "腊月", "冬月", "大年", "闰"];
            let at = match text.find("农历") {
                Some(at) => at + "农历".len(),
                None => names.into_iter().find_map(|it| text.find(it))?,
            };
            let len = text[at..].find(['）', ')', '〕', '，', '。']).unwrap_or(text.len() - at);
            // A year between 农历 and the month stays where it is: too much to rewrite.
            if text[at..at + len].contains('年') && !text[at..].starts_with("大年") {
                return None;
            }
            (at, len, right.to_owned())
        }
    };
    Some((Span::new(start + at, start + at + len), word))
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::fixture::{check, check_clean, in_english};

    #[test]
    fn a_weekday_against_its_date() {
        let findings = check(&RULE, "2020年2月12日⟦（星期四）⟧，2020年2月12日⟦星期四⟧");
        assert_eq!(findings[0].message, "2020-02-12 是星期三，与“2020年2月12日（星期四）”不符");
        assert_eq!(findings[0].fixes[0].title, "改为“三”");
        assert!(!findings[0].fixes[0].safe);
    }

    #[test]
    fn both_ends_of_a_span_are_compared() {
        let findings = check(&RULE, "2023年4月29日（星期六）至2023年5月3日⟦（星期四）⟧放假");
        assert_eq!(findings[0].fixes[0].title, "改为“三”");
        check(&RULE, "2023年5月16日⟦（星期三）⟧—18日⟦（星期五）⟧，2023年5月16日至18日⟦（星期二至星期五）⟧");
        check_clean(&RULE, "2023年4月29日（星期六）至2023年5月3日（星期三）放假");
        check_clean(&RULE, "2023年5月16日（星期二）—18日（星期四），2023年5月16日至18日（周二至周四）");
        check_clean(&RULE, "2022年12月31日（星期六）至1月2日（星期一）");
    }

    #[test]
    fn the_days_of_a_list_are_of_one_month() {
        check(&RULE, "2023年5月16日（星期二）、17日⟦（星期四）⟧和18日⟦（星期五）⟧举行");
        check_clean(&RULE, "2023年5月16日（星期二）、17日（星期三）举行");
        check_clean(&RULE, "2023年5月16日（星期二）开会。17日（星期四）");
    }

    #[test]
    fn a_weekday_after_a_part_of_the_day_is_compared() {
        check(&RULE, "2023年5月16日下午⟦（星期一）⟧");
        check_clean(&RULE, "2023年5月16日下午（星期二）3时");
    }

    #[test]
    fn a_weekday_is_named_in_the_readers_language() {
        let message = in_english(&RULE, "2020年2月12日（星期四）");
        assert_eq!(message, "2020-02-12 is a Wednesday; the text says 2020年2月12日（星期四）");
    }

    #[test]
    fn a_lunar_day_against_its_date() {
        let findings = check(&RULE, "2020年1月27日⟦（农历正月初四）⟧");
        assert_eq!(findings[0].message, "2020-01-27 是正月初三，与“2020年1月27日（农历正月初四）”不符");
        assert_eq!(findings[0].fixes[0].edits[0].text, "正月初三");
    }

    #[test]
    fn the_year_of_most_pairs_shows_the_odd_one() {
        check(
            &RULE,
            "2016年响应号召。¶1月27日，农历正月初三，1月29日（农历正月初五），1月31日⟦（农历正月初八）⟧",
        );
    }

    #[test]
    fn without_a_certain_year_nothing_is_said() {
        check_clean(&RULE, "2月12日（星期四），1月27日（农历正月初四）");
        check_clean(&RULE, "2019年3月5日开工。¶1月27日（农历正月初四）");
    }

    #[test]
    fn what_agrees_is_left_alone() {
        check_clean(
            &RULE,
            "2020年2月12日（星期三），2020年1月27日（农历正月初三），2025年1月28日（农历除夕）",
        );
        check_clean(&RULE, "2020年5月23日（农历闰四月初一），2016年2月2日小年");
    }

    #[test]
    fn the_year_of_the_masthead_counts() {
        check(&RULE, "焦作日报␣2020年2月13日␣星期四␣第9876期¶2月12日⟦（星期四）⟧");
    }
}
