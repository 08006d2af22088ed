//! The registry: one `mod` and one entry a rule. Codes never change.

use crate::rule::Rule;

/// All rules. Where two findings would mend the same place, the rule that stands first here keeps it.
pub static ALL: &[&Rule] = &[];

/// Place of `rule` in [`ALL`].
pub fn index(rule: &Rule) -> usize {
    ALL.iter().position(|it| it.code == rule.code).unwrap_or(0)
}

/// The rule of that code.
pub fn by_code(code: &str) -> Option<&'static Rule> {
    ALL.iter().copied().find(|it| it.code == code)
}
