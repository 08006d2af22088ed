//! Hints behind dates and times: what they mean, `2 月 12 日` → 2020-02-12. Off until asked for.

use std::ops::Range;

use crate::analysis::Analysis;
use crate::expression::{Instant, Resolved, Value};

/// A hint.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hint {
    /// The byte of the file that it stands before: the end of the date.
    pub at: usize,
    /// `2020-02-12`, `2020-02-12 17:00`, `2020-11-01 – 2020-12-31`.
    pub label: String,
}

/// The hints of the dates and times that end within `range`, in order; none unless the setting `date-hints` is `on`.
/// O(expressions of the document).
pub fn hints(analysis: &Analysis, range: Range<usize>) -> Vec<Hint> {
    if analysis.settings().word(None, "date-hints") != "on" {
        return Vec::new();
    }
    let paragraphs = analysis.page().paragraphs.iter().zip(analysis.readings()).zip(analysis.moments());
    let mut hints = Vec::new();
    for ((paragraph, reading), moments) in paragraphs {
        for (expression, resolved) in reading.every_expression().iter().zip(moments) {
            let at = paragraph.source(expression.span).end;
            let Some(resolved) = resolved.filter(|_| range.start <= at && at <= range.end) else { continue };
            let label = label(&resolved);
            let same = reading.text()[expression.span.range()] == label;
            if !same && !matches!(expression.value, Value::Every(..)) {
                hints.push(Hint { at, label });
            }
        }
    }
    hints
}

/// What `resolved` is, short.
fn label(resolved: &Resolved) -> String {
    let day = |it: Instant| it.date().to_string();
    match (resolved.day(), resolved.clock, resolved.from, resolved.to) {
        (Some(day), Some(clock), Some(_), Some(_)) if resolved.until.is_none() => {
            format!("{day} {:02}:{:02}", clock.hour, clock.minute.unwrap_or(0))
        }
        (Some(day), _, Some(_), Some(_)) => day.to_string(),
        (_, _, Some(from), Some(to)) => format!("{} – {}", day(from), day(to)),
        (_, _, Some(from), None) => format!("{} –", day(from)),
        (_, _, None, Some(to)) => format!("– {}", day(to)),
        (_, _, None, None) => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::page::Markup;
    use crate::settings::{OptValue, Settings};
    use crate::text::Text;

    fn labels(text: &str, on: &'static str) -> Vec<(usize, String)> {
        let mut settings = Settings::default();
        assert!(settings.set_value(None, "date-hints", OptValue::Word(on)));
        assert!(settings.set_value(None, "year", OptValue::Number(Some(2020))));
        let analysis = Analysis::of(&Text::new(text), Markup::Plain, &Arc::new(settings));
        hints(&analysis, 0..text.len()).into_iter().map(|it| (it.at, it.label)).collect()
    }

    #[test]
    fn a_date_is_followed_by_what_it_means() {
        let text = "于 1 月28日签约，2月12日17时许，2月1日至7日。";
        let ends =
            ["于 1 月28日", "于 1 月28日签约，2月12日17时许", "于 1 月28日签约，2月12日17时许，2月1日至7日"];
        let expected = ["2020-01-28", "2020-02-12 17:00", "2020-02-01 – 2020-02-07"];
        let expected: Vec<_> = ends.iter().zip(expected).map(|it| (it.0.len(), it.1.to_owned())).collect();
        assert_eq!(labels(text, "on"), expected);
    }

    #[test]
    fn amounts_whole_dates_and_closed_hints_say_nothing() {
        assert!(labels("3家，2020-02-12，日前", "on").is_empty());
        assert!(labels("2月12日", "off").is_empty());
    }
}
