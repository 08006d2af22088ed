//! Pages for tests, written in one line with what is invisible made visible.
//!
//! | mark | means |
//! |---|---|
//! | `⏎` | a line end that the column put; `⏎⏎` with a blank line, and so on |
//! | `¶` | the end of a paragraph, with a blank line |
//! | `↵` | the end of a paragraph, without one |
//! | `?` `??` after these | the tagger is only 0.93, 0.60 sure of it; 0.99 without |
//! | `␣` `□` `␌` | a space, U+3000, a form feed |
//! | `⟦…⟧` | the range of a finding |
//! | `#` `##` `^` `@` `%` at a paragraph's start | headline, subhead, kicker, byline, section head |
//!
//! The page has exactly these boundaries, so that tests of rules do not depend on the tagger.

use std::ops::Range;
use std::sync::Arc;

use crate::analysis::Analysis;
use crate::page::{Boundary, BoundaryKind, Markup, Page, Role};
use crate::rule::{Finding, Rule, Severity};
use crate::rules;
use crate::settings::{Locale, OptValue, Settings};
use crate::text::Text;

/// A page as a test writes it.
pub(crate) struct Fixture {
    /// The file.
    pub(crate) source: String,
    /// The page, boundaries as marked.
    pub(crate) page: Page,
    /// Marked ranges of the file.
    pub(crate) marked: Vec<Range<usize>>,
}

/// Asserts that `rule`, alone, finds exactly what is marked, and gives the findings.
#[track_caller]
pub(crate) fn check(rule: &'static Rule, fixture: &str) -> Vec<Finding> {
    check_with(rule, &[], fixture)
}

/// The same with options: of the rule, or general ones.
#[track_caller]
pub(crate) fn check_with(
    rule: &'static Rule,
    options: &[(&str, &'static str)],
    fixture: &str,
) -> Vec<Finding> {
    let fixture = Fixture::of(fixture);
    let analysis = fixture.analysis(rule, options);
    let found: Vec<Range<usize>> = analysis.findings().iter().map(|it| it.range.clone()).collect();
    assert_eq!(fixture.show(&found), fixture.show(&fixture.marked));
    analysis.findings().to_vec()
}

/// What `rule`, alone, says in English of its first finding.
pub(crate) fn in_english(rule: &'static Rule, fixture: &str) -> String {
    let mut settings = Settings::default();
    settings.locale = Locale::En;
    for other in rules::ALL.iter().filter(|it| **it != rule) {
        settings.set_severity(other, None);
    }
    Fixture::of(fixture).analysis_in(settings).findings()[0].message.clone()
}

/// Asserts that `rule` finds nothing.
#[track_caller]
pub(crate) fn check_clean(rule: &'static Rule, fixture: &str) {
    assert!(!fixture.contains('⟦'), "nothing is to be found");
    check(rule, fixture);
}

/// Asserts that mending all that `rule` finds makes `before` the file of `after`, where it finds nothing more to mend.
#[track_caller]
pub(crate) fn check_fix(rule: &'static Rule, before: &str, after: &str) {
    check_fix_with(rule, &[], before, after);
}

/// The same with options.
#[track_caller]
pub(crate) fn check_fix_with(
    rule: &'static Rule,
    options: &[(&str, &'static str)],
    before: &str,
    after: &str,
) {
    let (before, after) = (Fixture::of(before), Fixture::of(after));
    assert_eq!(before.mended(rule, options), after.source);
    assert_eq!(after.mended(rule, options), after.source, "mending twice changes nothing more");
}

impl Fixture {
    /// Reads the marks of `fixture`.
    pub(crate) fn of(fixture: &str) -> Fixture {
        let mut source = String::new();
        let (mut marked, mut opened) = (Vec::new(), 0);
        let (mut roles, mut boundaries) = (Vec::new(), Vec::new());
        let mut role = Role::Body;
        let mut chars = fixture.chars().peekable();
        let mut fresh = true;
        while let Some(char) = chars.next() {
            if fresh {
                fresh = false;
                let marked = match char {
                    '#' if chars.next_if_eq(&'#').is_some() => Some(Role::Subhead),
                    '#' => Some(Role::Headline),
                    '^' => Some(Role::Kicker),
                    '@' => Some(Role::Byline),
                    '%' => Some(Role::Section),
                    _ => None,
                };
                role = marked.unwrap_or(Role::Body);
                if marked.is_some() {
                    continue;
                }
            }
            match char {
                '␣' => source.push(' '),
                '□' => source.push('\u{3000}'),
                '␌' => source.push('\u{c}'),
                '⟦' => opened = source.len(),
                '⟧' => marked.push(opened..source.len()),
                '⏎' | '¶' | '↵' => {
                    roles.push(role);
                    let mut ends = 1 + usize::from(char == '¶');
                    while char == '⏎' && chars.next_if_eq(&'⏎').is_some() {
                        ends += 1;
                    }
                    let doubts = std::iter::from_fn(|| chars.next_if_eq(&'?')).count();
                    let confidence = [0.99, 0.93, 0.60][doubts];
                    let kind = match (char, ends) {
                        ('⏎', 1) => BoundaryKind::Join,
                        ('⏎', _) => BoundaryKind::BlankJoin,
                        _ if role.is_body() => BoundaryKind::Paragraph,
                        _ => BoundaryKind::Heading,
                    };
                    boundaries.push(Boundary { kind, confidence });
                    source.extend(std::iter::repeat_n('\n', ends));
                    fresh = char != '⏎';
                }
                char => {
                    assert!(!char.is_whitespace(), "white space is written as ␣ □ ␌");
                    source.push(char);
                }
            }
        }
        roles.push(role);
        boundaries.push(Boundary { kind: BoundaryKind::End, confidence: 1.0 });
        let page = Page::marked(&Text::new(&source), boundaries, &roles);
        Fixture { source, page, marked }
    }

    /// The analysis of the page with `rule` alone switched on.
    pub(crate) fn analysis(&self, rule: &'static Rule, options: &[(&str, &'static str)]) -> Analysis {
        let mut settings = Settings::default();
        for other in rules::ALL.iter().filter(|it| **it != rule) {
            settings.set_severity(other, None);
        }
        if settings.severity(rule).is_none() {
            settings.set_severity(rule, Some(Severity::Information));
        }
        for (key, word) in options {
            let word = OptValue::Word(word);
            assert!(
                settings.set_value(Some(rule), key, word) || settings.set_value(None, key, word),
                "{key}"
            );
        }
        self.analysis_in(settings)
    }

    /// The analysis of the page under `settings`.
    pub(crate) fn analysis_in(&self, settings: Settings) -> Analysis {
        let (text, settings) = (Text::new(&self.source), Arc::new(settings));
        Analysis::of_page(&text, Markup::Plain, self.page.clone(), &settings, None, &|| false)
            .expect("not stopped")
    }

    fn mended(&self, rule: &'static Rule, options: &[(&str, &'static str)]) -> String {
        let mut text = Text::new(&self.source);
        text.apply_all(&self.analysis(rule, options).safe_edits(None));
        text.to_source()
    }

    /// The file with `ranges` marked and line ends shown.
    fn show(&self, ranges: &[Range<usize>]) -> String {
        let mut shown = String::new();
        for (at, char) in self.source.char_indices().chain([(self.source.len(), '\0')]) {
            shown.extend(ranges.iter().filter(|it| it.end == at && !it.is_empty()).map(|_| '⟧'));
            shown.extend(ranges.iter().filter(|it| it.start == at).map(|_| '⟦'));
            shown.extend(ranges.iter().filter(|it| it.end == at && it.is_empty()).map(|_| '⟧'));
            match char {
                '\n' => shown.push('⏎'),
                ' ' => shown.push('␣'),
                '\u{3000}' => shown.push('□'),
                '\0' => {}
                char => shown.push(char),
            }
        }
        shown
    }
}

/// What becomes of `analysis` when everything is mended: read again with the boundaries that were not joined, so that
/// nothing hangs on what the tagger makes of the new lines.
pub(crate) fn mended(analysis: &Analysis) -> Analysis {
    let edits = analysis.safe_edits(None);
    let page = analysis.page();
    let joined = |index: usize| {
        let next = page.lines.get(index + 1).map(|it| it.span.start);
        next.is_some_and(|next| {
            let gap = page.lines[index].span.end..next;
            edits.iter().any(|it| it.range == gap && !it.text.contains(['\r', '\n']))
        })
    };
    let stay = || (0..page.lines.len()).filter(|it| !joined(*it));
    let boundaries = stay().map(|it| page.boundaries[it]).collect();
    let roles: Vec<Role> = stay().map(|it| page.lines[it].role).collect();
    let mut text = analysis.text().clone();
    text.apply_all(&edits);
    let page = Page::marked(&text, boundaries, &roles);
    let settings = Arc::new(analysis.settings().clone());
    Analysis::of_page(&text, Markup::Plain, page, &settings, None, &|| false).expect("not stopped")
}
