//! The registry: one `mod` and one entry a rule. Codes never change.

mod calendar_mismatch;
mod date_spacing;
mod fullwidth_digit;
mod halfwidth_punctuation;
mod hard_wrap;
mod impossible_date;
mod large_number;
mod latin_spacing;
mod letter_spacing;
mod missing_break;
mod name_variant;
mod number_spacing;
mod numeral_style;
mod percent_range;
mod punctuation_spacing;
mod radical_codepoint;
mod range_mark;
mod repeated_word;
mod split_number;
mod split_paragraph;
mod split_word;
mod thousands_separator;
mod unpaired_mark;
mod vertical_text;

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
    &impossible_date::RULE,
    &calendar_mismatch::RULE,
    &halfwidth_punctuation::RULE,
    &latin_spacing::RULE,
    &repeated_word::RULE,
    &numeral_style::RULE,
    &range_mark::RULE,
    &percent_range::RULE,
    &thousands_separator::RULE,
    &large_number::RULE,
    &name_variant::RULE,
    &vertical_text::RULE,
];

/// Place of `rule` in [`ALL`].
pub fn index(rule: &Rule) -> usize {
    ALL.iter().position(|it| std::ptr::eq(*it, rule)).unwrap_or(0)
}

/// The rule of that code.
pub fn by_code(code: &str) -> Option<&'static Rule> {
    ALL.iter().copied().find(|it| it.code == code)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Arc;

    use crate::analysis::Analysis;
    use crate::fixture::{self, Fixture, check_fix};
    use crate::page::Markup;
    use crate::settings::{OptValue, Settings};
    use crate::text::Text;

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

    /// The seed page with what extractors, typists and platforms do to it.
    fn pages() -> Vec<String> {
        let seed = include_str!("../seeds/jiaozuo-daily-2020-02.txt");
        let spaced = |text: &str| text.replace("月", " 月 ").replace("3", " 3 ").replace("万", " 万");
        let half: String = seed.split_inclusive('\n').take(300).collect();
        let rest: String = seed.split_inclusive('\n').skip(300).collect();
        vec![
            seed.into(),
            half.replace('\n', "\r\n"),
            rest.replace('\n', "\r"),
            format!("\u{feff}\u{c}{}", half.replace("\n\n", " \n\u{3000}\n\u{c}\u{3000}\u{3000}")),
            rest.replace('人', "⼈").replace('民', "⺠").replace('0', "０").replace('2', "２"),
            spaced(seed),
            spaced(&half) + &rest,
            half + &spaced(&rest),
            rest.replace('村', " the village "),
        ]
    }

    #[test]
    fn mending_all_leaves_nothing_to_mend() {
        let settings = [
            ("hard-wrap", "per", "paragraph"),
            ("hard-wrap", "per", "line"),
            ("number-spacing", "style", "spaced"),
            ("date-spacing", "style", "spaced"),
            ("date-spacing", "style", "tight"),
            ("", "lines", "keep"),
        ];
        for (page, source) in pages().iter().enumerate() {
            for (code, key, word) in settings {
                let mut settings = Settings::default();
                assert!(settings.set_value(by_code(code), key, OptValue::Word(word)));
                let analysis = Analysis::of(&Text::new(source), Markup::Plain, &Arc::new(settings));
                let mended = fixture::mended(&analysis);
                let left: Vec<String> = mended
                    .findings()
                    .iter()
                    .filter(|it| it.fixes.iter().any(|it| it.safe))
                    .map(|it| format!("{} {} {}", it.rule.code, it.message, it.words))
                    .collect();
                assert!(left.is_empty(), "page {page}, {code} {key}={word}: {left:#?}");
            }
        }
    }
}
