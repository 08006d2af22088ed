//! Moments in words: the day, its weekday and lunar date, and where its year is from.

use crate::analysis::Analysis;
use crate::expression::calendar::Date;
use crate::expression::issue::{IssueDate, IssueSource};
use crate::expression::resolve::{Basis, Resolved};
use crate::expression::value::Clock;
use crate::expression::{Instant, Twin};
use crate::settings::Locale;

/// What expression `expression` of `paragraph` means: `2020-02-12 星期三 农历正月十九`, and what that was taken from.
/// Empty for what cannot be known.
pub(super) fn facts(analysis: &Analysis, paragraph: usize, expression: usize) -> Vec<String> {
    let locale = analysis.settings().locale;
    let Some(&resolved) = analysis.moments_of(paragraph).get(expression).and_then(Option::as_ref) else {
        return unknown(analysis, paragraph, expression);
    };
    let said = said(&resolved, locale);
    let mut facts = vec![locale.say(format_args!("即：{said}"), format_args!("that is: {said}"))];
    facts.extend(basis(resolved.basis, analysis.issue_date(), locale));
    facts
}

/// What is still to be said of a day whose year nobody knows.
fn unknown(analysis: &Analysis, paragraph: usize, expression: usize) -> Vec<String> {
    let value = &analysis.reading(paragraph).every_expression()[expression].value;
    let partial = value.moment().is_some_and(|it| it.year().is_none() && it.month().is_some());
    if !partial || analysis.issue_date().is_some() {
        return Vec::new();
    }
    vec![analysis.settings().locale.say(
        format_args!("年份未知：文中没有完整日期，可在设置里指定 year"),
        format_args!("year unknown: the text has no full date; the setting `year` can give it"),
    )]
}

/// The days and times of `resolved`.
fn said(resolved: &Resolved, locale: Locale) -> String {
    let edges = (resolved.from, resolved.to);
    let (Some(from), Some(to)) = edges else {
        let since =
            |it| locale.say(format_args!("自 {} 起", spell(it)), format_args!("from {} on", spell(it)));
        let until =
            |it| locale.say(format_args!("到 {} 为止", spell(it)), format_args!("up to {}", spell(it)));
        return edges.0.map(since).or(edges.1.map(until)).unwrap_or_default();
    };
    let (first, last) = (from.date(), to.date());
    let whole = from == Instant::start_of(first) && to == Instant::end_of(last);
    let mut said = match resolved.day() {
        Some(day) if resolved.clock.is_some() || whole && first == last => on(day, locale),
        _ if whole => return format!("{first} – {last}"),
        _ => return format!("{} – {}", spell(from), spell(to)),
    };
    if let Some(clock) = resolved.clock {
        said += &format!(" {}", time(clock));
        if let Some(until) = resolved.until {
            said += &format!("–{}", time(until));
        }
    }
    said
}

/// `2020-02-12 17:30`, the time left out where a day begins or ends.
fn spell(it: Instant) -> String {
    let day = it.date();
    if it == Instant::start_of(day) || it == Instant::end_of(day) {
        return day.to_string();
    }
    it.to_string().replace('T', " ")
}

/// `2020-02-12 星期三 农历正月十九`.
fn on(day: Date, locale: Locale) -> String {
    let weekday = day.weekday();
    match (day.lunar(), locale) {
        (Some(lunar), Locale::Zh) => format!("{day} {} 农历{}", weekday.zh(), lunar.zh()),
        (Some(lunar), Locale::En) => format!("{day}, {}, lunar {}", weekday.en(), lunar.zh()),
        (None, Locale::Zh) => format!("{day} {}", weekday.zh()),
        (None, Locale::En) => format!("{day}, {}", weekday.en()),
    }
}

fn time(clock: Clock) -> String {
    let minute = clock.minute.unwrap_or(0);
    match clock.second {
        Some(second) => format!("{:02}:{minute:02}:{second:02}", clock.hour),
        None => format!("{:02}:{minute:02}", clock.hour),
    }
}

/// Where what the text leaves out was taken from.
fn basis(basis: Basis, issue: Option<IssueDate>, locale: Locale) -> Option<String> {
    let issue = issue?;
    let year = issue.year;
    let (zh, en) = source(issue.source);
    match basis {
        Basis::Said => None,
        Basis::Year => Some(locale.say(format_args!("年份 {year}：{zh}"), format_args!("year {year}: {en}"))),
        Basis::Issued => {
            let date = issue.date().map_or_else(|| year.to_string(), |it| it.to_string());
            Some(locale.say(
                format_args!("按文稿日期 {date} 推算：{zh}"),
                format_args!("counted from the document's date {date}: {en}"),
            ))
        }
        Basis::Article => Some(locale.say(
            format_args!("按本篇前文的日期推算；年份 {year}：{zh}"),
            format_args!("counted from the day that the article named last; year {year}: {en}"),
        )),
    }
}

/// How the document's year is known.
fn source(source: IssueSource) -> (String, String) {
    let (zh, en) = match source {
        IssueSource::Setting => ("取自设置", "from the settings"),
        IssueSource::FrontMatter => ("取自文首信息", "from the front matter"),
        IssueSource::Masthead => ("取自报头", "from the masthead"),
        IssueSource::FullDate => ("取自文中的完整日期", "from a full date in the text"),
        IssueSource::Pair { month, day, twin } => {
            let twin = match twin {
                Twin::Lunar(it) => {
                    let month = crate::expression::lunar::month_name(it.month);
                    let leap = if it.leap { "闰" } else { "" };
                    format!("农历{leap}{month}{}", it.day.map_or("", crate::expression::lunar::day_name))
                }
                Twin::Weekday(it) => it.zh().to_owned(),
            };
            return (
                format!("由文中“{month}月{day}日＝{twin}”推得"),
                format!("the one year in which {month}月{day}日 is {twin}, as the text has it"),
            );
        }
    };
    (zh.to_owned(), en.to_owned())
}
