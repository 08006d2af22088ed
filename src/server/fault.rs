//! Faults that the tests of the protocol put in on purpose: builds for release have none.
//!
//! With `JIAODUI_PANIC_ON=言` an analysis panics on a text that holds 言; with `JIAODUI_STALL_ON=言` it stands still
//! until it is told to stop.

use crate::text::Text;

/// Does what the environment asks for with `text`.
pub(crate) fn raise(text: &Text, stop: &dyn Fn() -> bool) {
    if !cfg!(debug_assertions) {
        return;
    }
    let holds = |variable: &str| {
        std::env::var(variable).is_ok_and(|it| !it.is_empty() && text.to_source().contains(&it))
    };
    assert!(!holds("JIAODUI_PANIC_ON"), "the text holds what JIAODUI_PANIC_ON names");
    if holds("JIAODUI_STALL_ON") {
        while !stop() {
            std::thread::yield_now();
        }
    }
}
