//! `jiaodui/style` `{textDocument}` answers `{version, numbers, dates}`: how the page spaces numbers and dates, `"tight"`,
//! `"spaced"`, `"mixed"` where it depends on the kind of place, or null where nothing is decided. For a status bar.

use serde_json::{Value, json};

use crate::expression::spacing::{GapClass, Spacing};

use super::analyst::Analysed;

/// The answer.
pub(crate) fn style(analysed: &Analysed) -> Value {
    let Some(analysis) = &analysed.analysis else { return Value::Null };
    let of = |temporal: bool| {
        let classes = GapClass::ALL.into_iter().filter(|it| it.is_temporal() == temporal);
        let mut habits = classes.filter_map(|it| analysis.style().at(it));
        let first = habits.next()?;
        Some(match (first, habits.all(|it| it == first)) {
            (_, false) => "mixed",
            (Spacing::Tight, true) => "tight",
            (Spacing::Spaced, true) => "spaced",
        })
    };
    json!({"version": analysed.version, "numbers": of(false), "dates": of(true)})
}
