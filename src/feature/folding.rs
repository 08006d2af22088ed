//! What can be folded away: articles, sections, paragraphs of several lines.

use std::ops::Range;

use super::outline::{Entry, outline};
use crate::analysis::Analysis;

/// A fold, by the file's 0-based lines, both ends within.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fold {
    /// Its first line, which stays visible.
    pub start_line: usize,
    /// Its last line.
    pub end_line: usize,
}

/// The folds of the page, the outer ones first, each longer than one line. O(paragraphs · log n).
pub fn folds(analysis: &Analysis) -> Vec<Fold> {
    let mut folds = Vec::new();
    collect(analysis, &outline(analysis), &mut folds);
    folds
}

fn collect(analysis: &Analysis, entries: &[Entry], folds: &mut Vec<Fold>) {
    for entry in entries {
        let Range { start, end } = entry.range;
        let (start_line, end_line) = (analysis.text().line_of(start), analysis.text().line_of(end));
        let fold = Fold { start_line, end_line };
        if start_line < end_line && folds.last() != Some(&fold) {
            folds.push(fold);
        }
        collect(analysis, &entry.children, folds);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::page::Markup;
    use crate::text::Text;

    #[test]
    fn the_seeds_first_article_folds_to_its_first_line() {
        let text = Text::new(include_str!("../../seeds/jiaozuo-daily-2020-02.txt"));
        let folds = folds(&Analysis::of(&text, Markup::Plain, &Default::default()));
        assert_eq!(folds[0], Fold { start_line: 0, end_line: 69 });
        assert_eq!(folds[1], Fold { start_line: 0, end_line: 6 });
    }

    #[test]
    fn one_line_does_not_fold() {
        assert_eq!(folds(&Analysis::of(&Text::new("王晋豫说。"), Markup::Plain, &Default::default())), []);
    }
}
