//! What a panic said; and faults that the tests of the protocol put in on purpose, which builds for release do not have.
//!
//! With `JIAODUI_PANIC_ON=言` an analysis panics on a text that holds 言; with `JIAODUI_STALL_ON=言` it stands still
//! until it is told to stop.

use std::any::Any;

use crate::text::Text;

/// The message of a panic that was caught.
pub(crate) fn said(panic: &(dyn Any + Send)) -> &str {
    let said = panic.downcast_ref::<&str>().copied();
    said.or_else(|| panic.downcast_ref::<String>().map(String::as_str)).unwrap_or("no message")
}

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
