//! What can be done at a place: quick fixes, joining, fixing all.

use std::collections::HashSet;
use std::ops::Range;

use super::names;
use crate::analysis::Analysis;
use crate::entity::EntityKind;
use crate::rule::{self, Finding};
use crate::text::Edit;

/// Something that can be done.
#[derive(Clone, Debug, PartialEq)]
pub struct Action<'a> {
    /// What it does, in the reader's language.
    pub title: String,
    /// What it is for.
    pub kind: ActionKind<'a>,
    /// Disjoint edits, in order; empty for [`ActionKind::Ignore`].
    pub edits: Vec<Edit>,
    /// Whether it is the first thing to try for its finding.
    pub preferred: bool,
}

/// Kinds of action.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum ActionKind<'a> {
    /// Mends one finding.
    QuickFix(&'a Finding),
    /// Accepts one finding as it is printed.
    Ignore(&'a Finding),
    /// Puts the name that a finding of `name-variant` is about into the dictionary.
    Define(&'a Finding, EntityKind),
    /// Mends all findings of one rule in the document.
    FixRule(&'a Finding),
    /// Joins the lines of one paragraph.
    JoinParagraph,
    /// Joins the lines of all paragraphs.
    JoinDocument,
    /// Mends all that can be mended unseen.
    FixAll,
}

/// What can be done about the findings that touch `range`, then about the paragraph there and the document.
pub fn actions(analysis: &Analysis, range: Range<usize>) -> Vec<Action<'_>> {
    let locale = analysis.settings().locale;
    let here: Vec<&Finding> = analysis.findings_in(range.clone()).collect();
    let mut actions: Vec<Action<'_>> = here.iter().flat_map(|it| quick_fixes(it)).collect();

    let mut rules: Vec<&Finding> = here.clone();
    let mut seen = HashSet::new();
    rules.retain(|it| seen.insert(it.rule.code));
    for finding in rules {
        let edits = rule_edits(analysis, finding);
        let name = locale.pick(finding.rule.name);
        if finding.fixes.first().is_some_and(|it| edits.len() > it.edits.len()) {
            let title = locale
                .say(format_args!("修正全文的“{name}”"), format_args!("Fix every “{name}” in the document"));
            actions.push(Action { title, kind: ActionKind::FixRule(finding), edits, preferred: false });
        }
    }
    for finding in here {
        let name = locale.pick(finding.rule.name);
        let title = locale.say(
            format_args!("原样保留，不再报告这处“{name}”"),
            format_args!("Keep as printed: accept this “{name}”"),
        );
        actions.push(Action {
            title,
            kind: ActionKind::Ignore(finding),
            edits: Vec::new(),
            preferred: false,
        });
    }

    for finding in analysis.findings_in(range.clone()).filter(|it| it.rule.code == "name-variant") {
        let Some(named) = names::at(analysis, finding.range.start) else { continue };
        let name = &named.mention.name(analysis.reading(named.paragraph).text());
        let title = locale.say(
            format_args!("“{name}”没有错，加入词典"),
            format_args!("`{name}` is right: add it to the dictionary"),
        );
        let kind = ActionKind::Define(finding, named.mention.kind);
        actions.push(Action { title, kind, edits: Vec::new(), preferred: false });
    }

    if !analysis.settings().keeps_lines() {
        let title =
            locale.say(format_args!("接合本段各行"), format_args!("Join the lines of this paragraph"));
        push(&mut actions, title, ActionKind::JoinParagraph, join_lines(analysis, range));
        let title =
            locale.say(format_args!("接合全文各行"), format_args!("Join the lines of the whole document"));
        let all = join_lines(analysis, 0..analysis.text().len());
        push(&mut actions, title, ActionKind::JoinDocument, all);
    }
    let title =
        locale.say(format_args!("修正全文可靠的问题"), format_args!("Fix everything that is safe to fix"));
    push(&mut actions, title, ActionKind::FixAll, analysis.safe_edits(None));
    actions
}

/// The edits that join the lines of the paragraphs of running text that touch `range`. Headlines keep their lines.
pub fn join_lines(analysis: &Analysis, range: Range<usize>) -> Vec<Edit> {
    let paragraphs = &analysis.page().paragraphs;
    let first = paragraphs.partition_point(|it| it.end() < range.start);
    let mut edits = Vec::new();
    for (index, paragraph) in paragraphs.iter().enumerate().skip(first) {
        if paragraph.start > range.end {
            break;
        }
        if paragraph.role.is_body() {
            edits.extend(
                rule::joins(analysis.reading(index), analysis.style()).map(|it| it.shifted(paragraph.start)),
            );
        }
    }
    edits
}

/// A quick fix for each way to mend `finding`, the first one preferred.
fn quick_fixes(finding: &Finding) -> impl Iterator<Item = Action<'_>> {
    finding.fixes.iter().enumerate().map(|(index, fix)| Action {
        title: fix.title.clone(),
        kind: ActionKind::QuickFix(finding),
        edits: fix.edits.clone(),
        preferred: index == 0,
    })
}

/// The edits that mend all findings of the rule of `finding` unseen.
fn rule_edits(analysis: &Analysis, finding: &Finding) -> Vec<Edit> {
    analysis.safe_edits_of(|it| it.rule == finding.rule)
}

fn push<'a>(actions: &mut Vec<Action<'a>>, title: String, kind: ActionKind<'a>, edits: Vec<Edit>) {
    if !edits.is_empty() {
        actions.push(Action { title, kind, edits, preferred: false });
    }
}
