//! The registry: one `mod` and one entry a rule. Codes never change.

mod date_spacing;
mod fullwidth_digit;
mod hard_wrap;
mod letter_spacing;
mod missing_break;
mod number_spacing;
mod punctuation_spacing;
mod radical_codepoint;
mod split_number;
mod split_paragraph;
mod split_word;
mod unpaired_mark;

use crate::rule::Rule;

/// All rules. Where two findings would mend the same place, the rule that stands first here keeps it.
pub static ALL: &[&Rule] = &[
    &split_paragraph::RULE,
    &split_number::RULE,
    &split_word::RULE,
    &hard_wrap::RULE,
    &missing_break::RULE,
    &letter_spacing::RULE,
    &number_spacing::RULE,
    &date_spacing::RULE,
    &punctuation_spacing::RULE,
    &radical_codepoint::RULE,
    &fullwidth_digit::RULE,
    &unpaired_mark::RULE,
];

/// Place of `rule` in [`ALL`].
pub fn index(rule: &Rule) -> usize {
    ALL.iter().position(|it| it.code == rule.code).unwrap_or(0)
}

/// The rule of that code.
pub fn by_code(code: &str) -> Option<&'static Rule> {
    ALL.iter().copied().find(|it| it.code == code)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::{Fixture, check_fix};

    /// The examples of a rule's documentation, in [`crate::fixture`]'s marks.
    fn examples(doc: &str) -> Vec<&str> {
        doc.split("```").skip(1).step_by(2).map(|it| it.trim_start_matches("text").trim()).collect()
    }

    #[test]
    fn examples_show_what_the_rule_finds_and_what_its_fix_makes_of_it() {
        for rule in ALL {
            let (zh, en) = (examples(rule.doc.zh), examples(rule.doc.en));
            assert_eq!(zh, en, "{}", rule.code);
            assert!(!Fixture::of(zh[0]).analysis(rule, &[]).findings().is_empty(), "{}", rule.code);
            check_fix(rule, zh[0], zh.last().unwrap_or(&zh[0]));
        }
    }

    #[test]
    fn documentation_says_what_why_and_by_which_norm() {
        for rule in ALL {
            for (doc, headings) in [
                (rule.doc.zh, ["**为什么**：", "**例**", "**依据**："]),
                (rule.doc.en, ["**Why**: ", "**Example**", "**Norm**: "]),
            ] {
                let places =
                    headings.map(|it| doc.find(it).unwrap_or_else(|| panic!("{} lacks {it}", rule.code)));
                assert!(places.is_sorted(), "{}", rule.code);
            }
        }
    }

    #[test]
    fn codes_are_distinct_and_found() {
        for rule in ALL {
            assert_eq!(by_code(rule.code), Some(*rule));
            assert!(std::ptr::eq(ALL[index(rule)], *rule), "{}", rule.code);
        }
        assert_eq!(by_code("no-such-rule"), None);
    }
}
