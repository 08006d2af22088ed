//! The moments of one article, each resolved against the days named before it.

use super::issue::IssueDate;
use super::resolve::{Anchor, Basis, Resolved};
use super::value::Value;

/// Reads the moments of an article in order. 当日 is the day that was named last, `9日` is of its month.
#[derive(Clone, Copy, Debug, Default)]
pub struct Timeline {
    anchor: Anchor,
}

impl Timeline {
    /// The beginning of an article in a document of that date.
    pub fn new(issue: Option<IssueDate>) -> Timeline {
        Timeline { anchor: issue.map_or_else(Anchor::default, |it| it.anchor()) }
    }

    /// What `value`, which stands next in the article, means. O(1).
    pub fn read(&mut self, value: &Value) -> Option<Resolved> {
        let resolved = value.resolved(&self.anchor)?;
        let names_a_day = matches!(value, Value::Span(..)) || resolved.day().is_some();
        if names_a_day && resolved.basis <= Basis::Year {
            self.anchor.date = Some(resolved.days.1);
        }
        Some(resolved)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::expression::expressions;
    use crate::expression::issue::IssueSource;

    fn days(text: &str, year: Option<i32>) -> Vec<Option<String>> {
        let issue = year.map(|year| IssueDate { year, day: None, source: IssueSource::Setting, now: None });
        let mut timeline = Timeline::new(issue);
        let read = expressions(text);
        read.iter().map(|it| timeline.read(&it.value)?.day().map(|it| it.to_string())).collect()
    }

    #[test]
    fn the_same_day_is_the_day_named_last() {
        assert_eq!(
            days("2月2日深夜得知消息。报到当天就加入。", Some(2020)),
            [Some("2020-02-02".into()), Some("2020-02-02".into())]
        );
    }

    #[test]
    fn without_a_year_nothing_is_made_up() {
        assert_eq!(days("2月2日，当天。", None), [None, None]);
    }
}
