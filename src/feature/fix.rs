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
pub struct Action {
    /// What it does, in the reader's language.
    pub title: String,
    /// What it is for.
    pub kind: ActionKind,
    /// Disjoint edits, in order; empty for [`ActionKind::Ignore`] and what concerns the whole document
    /// ([`document_edits`]).
    pub edits: Vec<Edit>,
    /// Whether it is the first thing to try for its finding.
    pub preferred: bool,
}

/// Kinds of action.
#[derive(Clone, Debug, PartialEq)]
pub enum ActionKind {
    /// Mends one finding.
    QuickFix(Finding),
    /// Accepts one finding as it is printed.
    Ignore(Finding),
    /// Puts the name that a finding of `name-variant` is about into the dictionary.
    Define(Finding, EntityKind),
    /// Mends all findings of one rule in the document.
    FixRule(Finding),
    /// Joins the lines of one paragraph.
    JoinParagraph,
    /// Joins the lines of all paragraphs.
    JoinDocument,
    /// Mends all that can be mended unseen.
    FixAll,
}

/// What can be done about the findings that touch `range`, then about the paragraph there and the document, as far as it
/// is `asked` for: what concerns the whole document takes time to find out. Editors ask at each place that the cursor
/// comes to.
pub fn actions(analysis: &Analysis, range: Range<usize>, asked: impl Fn(&ActionKind) -> bool) -> Vec<Action> {
    let locale = analysis.settings().locale;
    let here = analysis.findings_in(range.clone());
    let mut actions: Vec<Action> = here.iter().flat_map(quick_fixes).collect();
    let mut add = |title: String, kind: ActionKind, edits: Vec<Edit>| {
        actions.push(Action { title, kind, edits, preferred: false });
    };

    let mut seen = HashSet::new();
    for finding in here.iter().filter(|it| seen.insert(it.rule.code)) {
        let kind = ActionKind::FixRule(finding.clone());
        let own = finding.fixes.first().map(|it| it.edits.len());
        if asked(&kind) && own.is_some_and(|it| analysis.mends_more_than(it, finding)) {
            let name = locale.pick(finding.rule.name);
            let title = locale
                .say(format_args!("修正全文的“{name}”"), format_args!("Fix every “{name}” in the document"));
            add(title, kind, Vec::new());
        }
    }
    for finding in &here {
        let name = locale.pick(finding.rule.name);
        let title = locale.say(
            format_args!("原样保留，不再报告这处“{name}”"),
            format_args!("Keep as printed: accept this “{name}”"),
        );
        add(title, ActionKind::Ignore(finding.clone()), Vec::new());
    }

    for finding in here.iter().filter(|it| it.rule.code == "name-variant") {
        let Some(named) = names::at(analysis, finding.range.start) else { continue };
        let name = &named.mention.name(analysis.reading(named.paragraph).text());
        let title = locale.say(
            format_args!("“{name}”没有错，加入词典"),
            format_args!("`{name}` is right: add it to the dictionary"),
        );
        add(title, ActionKind::Define(finding.clone(), named.mention.kind), Vec::new());
    }

    if !analysis.settings().keeps_lines() {
        let edits = join_lines(analysis, range);
        if !edits.is_empty() {
            let title =
                locale.say(format_args!("接合本段各行"), format_args!("Join the lines of this paragraph"));
            add(title, ActionKind::JoinParagraph, edits);
        }
        if asked(&ActionKind::JoinDocument) && joins(analysis, 0..analysis.text().len()).next().is_some() {
            let title = locale
                .say(format_args!("接合全文各行"), format_args!("Join the lines of the whole document"));
            add(title, ActionKind::JoinDocument, Vec::new());
        }
    }
    if asked(&ActionKind::FixAll) && analysis.mends_any() {
        let title = locale
            .say(format_args!("修正全文可靠的问题"), format_args!("Fix everything that is safe to fix"));
        add(title, ActionKind::FixAll, Vec::new());
    }
    actions
}

/// The edits of an action of `kind` on the whole document, disjoint and in order; none of another one. O(document).
pub fn document_edits(analysis: &Analysis, kind: &ActionKind) -> Vec<Edit> {
    match kind {
        ActionKind::FixRule(finding) => analysis.safe_edits_of(|it| it.rule == finding.rule),
        ActionKind::JoinDocument => join_lines(analysis, 0..analysis.text().len()),
        ActionKind::FixAll => analysis.mended().map_or_else(Vec::new, |it| it.0),
        ActionKind::QuickFix(_)
        | ActionKind::Ignore(_)
        | ActionKind::Define(..)
        | ActionKind::JoinParagraph => Vec::new(),
    }
}

/// The edits that join the lines of the paragraphs of running text that touch `range`. Headlines keep their lines.
pub fn join_lines(analysis: &Analysis, range: Range<usize>) -> Vec<Edit> {
    joins(analysis, range).collect()
}

fn joins(analysis: &Analysis, range: Range<usize>) -> impl Iterator<Item = Edit> {
    let paragraphs = &analysis.page().paragraphs;
    let first = paragraphs.partition_point(|it| it.end() < range.start);
    let touched = (first..paragraphs.len()).map_while(move |at| {
        let (it, by) = paragraphs.still(at)?;
        let start = it.start.wrapping_add_signed(by.bytes);
        (start <= range.end).then_some((at, start, it.role))
    });
    touched.filter(|it| it.2.is_body()).flat_map(|(at, start, _)| {
        rule::joins(analysis.reading(at), analysis.style()).map(move |it| it.shifted(start))
    })
}

/// A quick fix for each way to mend `finding`, the first one preferred.
fn quick_fixes(finding: &Finding) -> impl Iterator<Item = Action> {
    finding.fixes.iter().enumerate().map(|(index, fix)| Action {
        title: fix.title.clone(),
        kind: ActionKind::QuickFix(finding.clone()),
        edits: fix.edits.clone(),
        preferred: index == 0,
    })
}
