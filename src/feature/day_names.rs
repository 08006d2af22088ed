//! The second name of a day, offered in the bracket after it: `2月12日（` → 星期三, 农历正月十九.

use std::ops::Range;

use crate::analysis::Analysis;
use crate::expression::calendar::Date;
use crate::expression::{Expression, Twin};

/// A name that the day before the cursor has as well.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DayName {
    /// `星期三`, `农历正月十九`.
    pub name: String,
    /// The day.
    pub date: Date,
    /// The bytes of the file that it replaces: what of it stands between the bracket and the cursor.
    pub replaces: Range<usize>,
    /// The bracket that is still to be closed after it; empty where that stands there.
    pub close: &'static str,
}

/// How the second name of a day is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    /// 星期三.
    Weekday,
    /// 周三.
    ShortWeekday,
    /// 农历正月十九.
    Lunar,
    /// 正月十九.
    ShortLunar,
}

/// All forms, what newspapers write first.
const FORMS: [Form; 4] = [Form::Weekday, Form::Lunar, Form::ShortWeekday, Form::ShortLunar];

/// Bytes between the bracket and the cursor that can be the start of a name: 农历闰十二月.
const REACH: usize = 24;

/// The second names of the day before the bracket that `byte` stands in, the forms that the document uses first, the
/// more often the sooner. None outside such a bracket, and where the day's year is not known. O(expressions of the
/// document).
pub fn day_names(analysis: &Analysis, byte: usize) -> Vec<DayName> {
    offered(analysis, byte).unwrap_or_default()
}

fn offered(analysis: &Analysis, byte: usize) -> Option<Vec<DayName>> {
    let index = analysis.page().paragraph_at(byte)?;
    let paragraph = &analysis.page().paragraphs[index];
    let reading = analysis.reading(index);
    let text = reading.text();
    let at = paragraph.joined.map.joined(byte - paragraph.start);
    let head = &text[..at];
    let bracket = head.rfind(['（', '('])?;
    let typed = &head[bracket..];
    let (mark, typed) = typed.split_at(typed.chars().next()?.len_utf8());
    let starts = typed.len() <= REACH && typed.chars().all(char::is_alphanumeric);
    let last = reading.every_expression().iter().rposition(|it| it.span.end as usize <= bracket);
    let expression = last.filter(|_| starts)?;
    let read = &reading.every_expression()[expression];
    let moment = read.value.moment()?;
    let adjoins = text[read.span.end as usize..bracket].trim().is_empty();
    let lone = adjoins && moment.twin.is_none() && moment.day().is_some();
    let date = analysis.moments_of(index)[expression].filter(|_| lone)?.day()?;

    let closing = if mark == "（" { "）" } else { ")" };
    let close = if text[at..].starts_with(['）', ')']) { "" } else { closing };
    let replaces = byte - typed.len()..byte;
    let mut forms = FORMS;
    let used = used(analysis);
    forms.sort_by_key(|it| std::cmp::Reverse(used[*it as usize]));
    let names = forms.iter().filter_map(|it| name(date, *it)).filter(|it| it.starts_with(typed));
    Some(names.map(|name| DayName { name, date, replaces: replaces.clone(), close }).collect())
}

/// How often the document writes each form.
fn used(analysis: &Analysis) -> [usize; 4] {
    let mut used = [0; 4];
    for reading in analysis.readings() {
        for form in reading.every_expression().iter().filter_map(|it| form(it, reading.text())) {
            used[form as usize] += 1;
        }
    }
    used
}

/// The form in which `expression` has its second name.
fn form(expression: &Expression, text: &str) -> Option<Form> {
    let said = &text[expression.span.range()];
    Some(match expression.value.moment()?.twin? {
        Twin::Weekday(_) if said.contains('周') => Form::ShortWeekday,
        Twin::Weekday(_) => Form::Weekday,
        Twin::Lunar(_) if said.contains("农历") => Form::Lunar,
        Twin::Lunar(_) => Form::ShortLunar,
    })
}

/// The name of `date` in that form.
fn name(date: Date, form: Form) -> Option<String> {
    let weekday = date.weekday().zh();
    Some(match form {
        Form::Weekday => weekday.to_owned(),
        Form::ShortWeekday => weekday.replace("星期", "周"),
        Form::Lunar => format!("农历{}", date.lunar()?.zh()),
        Form::ShortLunar => date.lunar()?.zh(),
    })
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::page::Markup;
    use crate::settings::{OptValue, Settings};
    use crate::text::Text;

    /// What is offered at the `$` of `text` in a document of 2020: names with what they replace and close.
    fn names(text: &str) -> Vec<String> {
        let mut settings = Settings::default();
        assert!(settings.set_value(None, "year", OptValue::Number(Some(2020))));
        let at = text.find('$').unwrap();
        let text = text.replace('$', "");
        let analysis = Analysis::of(&Text::new(&text), Markup::Plain, &Arc::new(settings));
        let names = day_names(&analysis, at);
        names.iter().map(|it| format!("{}|{}{}", &text[it.replaces.clone()], it.name, it.close)).collect()
    }

    #[test]
    fn a_bracket_after_a_day_offers_its_weekday_and_lunar_day() {
        let all = ["|星期三）", "|农历正月十九）", "|周三）", "|正月十九）"];
        assert_eq!(names("2月12日（$"), all);
        assert_eq!(names("会议于2月12日（$召开。"), all);
        assert_eq!(names("2月12日（$）召开。"), all.map(|it| it.trim_end_matches('）')));
        assert_eq!(names("2 月 12 日 ($")[0], "|星期三)");
    }

    #[test]
    fn the_forms_that_the_document_uses_come_first() {
        let names = names("1月27日（正月初三），1月29日（正月初五），1月31日（周五）。2月12日（$");
        assert_eq!(names[..2], ["|正月十九）", "|周三）"]);
    }

    #[test]
    fn what_is_typed_chooses_among_them() {
        assert_eq!(names("2月12日（星$"), ["星|星期三）"]);
        assert_eq!(names("2月12日（正月$）"), ["正月|正月十九"]);
        assert_eq!(names("2月12日（见图$"), [""; 0]);
    }

    #[test]
    fn no_other_bracket_offers_a_day() {
        for text in [
            "（$",
            "3家企业（$",
            "2月（$",
            "2月12日召开（$",
            "2月12日（星期三）召开（$",
            "2月12日（星期三）$",
            "2月30日（$",
        ] {
            assert_eq!(names(text), [""; 0], "{text}");
        }
    }
}
