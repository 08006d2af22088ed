//! What is found at one place, and whether there is more of it elsewhere, without looking through the document.

use std::ops::Range;

use super::{Analysis, disjoint};
use crate::rule::{Finding, Severity};
use crate::text::Edit;

/// Paragraphs on either side of a place whose findings may touch it.
const BESIDE: usize = 2;

/// Paragraphs that are looked at before it is taken for granted that there is more.
const LOOKED_AT: usize = 1024;

impl Analysis {
    /// The findings that touch `range`, in the order of the text. O(log n) and the paragraphs there.
    pub fn findings_in(&self, range: Range<usize>) -> Vec<Finding> {
        let paragraphs = &self.page.paragraphs;
        let first = paragraphs.partition_point(|it| it.end() < range.start).saturating_sub(BESIDE);
        let past = paragraphs.partition_point(|it| it.start <= range.end) + BESIDE;
        let found = (first..past.min(paragraphs.len())).flat_map(|it| self.findings_of(it));
        let mut found: Vec<Finding> =
            found.filter(|it| it.range.start <= range.end && range.start <= it.range.end).collect();
        found.sort_by_key(|it| (it.range.start, it.range.end));
        found
    }

    /// Whether more than `count` edits mend unseen what the rule of `finding` finds in the document. Looks at the
    /// paragraphs around it, and says yes where it has looked at many.
    pub fn mends_more_than(&self, count: usize, finding: &Finding) -> bool {
        let centre = self.page.paragraph_at(finding.range.start).unwrap_or(0);
        let mut edits: Vec<Edit> = Vec::new();
        let mut looked_at = 0;
        for severity in Severity::ALL {
            for paragraph in self.outward(severity as usize, centre, 0..self.paragraphs.len()) {
                let known = edits.len();
                let own = self.findings_of(paragraph).into_iter().filter(|it| it.rule == finding.rule);
                edits.extend(
                    own.filter_map(|it| it.fixes.into_iter().find(|it| it.safe)).flat_map(|it| it.edits),
                );
                if edits.len() > known {
                    edits = disjoint(edits);
                }
                looked_at += 1;
                if edits.len() > count || looked_at == LOOKED_AT {
                    return true;
                }
            }
        }
        false
    }

    /// Whether anything can be mended unseen.
    pub fn mends_any(&self) -> bool {
        let all = |it: Severity| self.outward(it as usize, 0, 0..self.paragraphs.len());
        let mends = |it: usize| self.findings_of(it).iter().any(|it| it.fixes.iter().any(|it| it.safe));
        Severity::ALL.into_iter().any(|it| all(it).any(mends))
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::page::Markup;
    use crate::rule::Severity;
    use crate::settings::Settings;
    use crate::text::Text;

    fn analysis() -> Analysis {
        let mut settings = Settings::default();
        for rule in crate::rules::ALL {
            settings.set_severity(rule, Some(rule.severity.unwrap_or(Severity::Information)));
        }
        let text = Text::new(include_str!("../../seeds/jiaozuo-daily-2020-02.txt"));
        Analysis::of(&text, Markup::Plain, &Arc::new(settings))
    }

    #[test]
    fn what_is_found_at_a_place_is_what_all_findings_have_there() {
        let analysis = analysis();
        for line in 0..analysis.text().line_count() {
            let range = analysis.text().line_range(line);
            for range in [range.clone(), range.start..range.start, range.start..range.end + 900] {
                let touches = |it: &&Finding| it.range.start <= range.end && range.start <= it.range.end;
                let all: Vec<Finding> = analysis.findings().iter().filter(touches).cloned().collect();
                assert_eq!(analysis.findings_in(range.clone()), all, "{range:?}");
            }
        }
    }

    #[test]
    fn more_is_mended_where_a_rule_finds_more() {
        let analysis = analysis();
        assert!(analysis.mends_any());
        for finding in analysis.findings() {
            let edits = analysis.safe_edits_of(|it| it.rule == finding.rule).len();
            for count in [0, 1, 2, edits.saturating_sub(1), edits, edits + 1] {
                assert_eq!(analysis.mends_more_than(count, finding), edits > count, "{}", finding.rule.code);
            }
        }
        let nothing = Analysis::of(&Text::new("疫情就是命令。\n"), Markup::Plain, &Arc::default());
        assert!(!nothing.mends_any());
    }
}
