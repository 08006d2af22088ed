//! One analysis, off the protocol task.
//!
//! A long text is analysed from its start in growing parts, each of which keeps the one before: what the reader sees
//! first is shown first, and an edit meanwhile loses no more than the part under way.

use std::sync::Arc;
use std::time::Duration;

use tokio::runtime::Handle;
use tokio::sync::watch;

use crate::analysis::Analysis;
use crate::text::Text;

use super::configuration::Configuration;
use super::desk::Desk;
use super::diagnostics::Shown;
use super::documents::{Document, Revised};
use super::{fault, lsp};

/// The first part of a long text, in bytes.
const FIRST: usize = 64 << 10;
/// How much longer each part is than the one before, as long as it does not grow by more than the stride: what an edit
/// may have to wait for, and what it may cost of the work done.
const GROWTH: usize = 4;
const STRIDE: usize = 4 << 20;
/// A text that is longer by so much than what is analysed already is worth a word on how far that has come.
const LONG: usize = 4 << 20;
/// How long the client may take to agree to that.
const PATIENCE: Duration = Duration::from_secs(1);

/// What an analysis is made of.
pub(super) struct Job {
    pub(super) document: Arc<Document>,
    pub(super) revised: Revised,
    pub(super) configuration: Arc<Configuration>,
    /// An analysis of an earlier text.
    pub(super) basis: Option<Arc<Analysis>>,
    /// What was shown of an earlier text.
    pub(super) before: Option<Arc<Shown>>,
    pub(super) texts: watch::Receiver<Revised>,
    /// Whether a newer text is no reason to stop.
    pub(super) patient: bool,
    /// Whether what is found in a part may be shown at once.
    pub(super) shows: bool,
    pub(super) desk: Arc<Desk>,
}

/// What a job gave.
#[derive(Default)]
pub(super) struct Outcome {
    /// The last analysis that came to an end: of the text, or of its start where the job was stopped.
    pub(super) reached: Option<Arc<Analysis>>,
    /// What to show; `None` when the job was stopped.
    pub(super) diagnostics: Option<Arc<Shown>>,
    /// What is wrong with the settings.
    pub(super) problems: Vec<String>,
    /// Whether findings of a part were shown.
    pub(super) shown: bool,
}

impl Job {
    /// Analyses the text. A panic is the caller's to catch.
    pub(super) fn run(self) -> Outcome {
        let session = self.desk.session();
        let stop = || match self.texts.has_changed() {
            Ok(changed) => changed && (!self.patient || self.texts.borrow().closed),
            Err(_) => true,
        };
        let text = &self.revised.text;
        fault::raise(text, &stop);
        let (settings, problems) = self.configuration.settings_for(self.document.path.as_deref());
        let mut outcome = Outcome { problems, ..Outcome::default() };
        if settings.limit_bytes() < text.len() {
            let megabytes = settings.limit_bytes() >> 20;
            let message = settings.locale.say(
                format_args!("文稿超过 {megabytes} MB，不作校对（设置 limit-bytes）"),
                format_args!("longer than {megabytes} MB: not proofread (setting limit-bytes)"),
            );
            outcome.diagnostics = Some(Arc::new(Shown::note(text, message, session.encoding)));
            return outcome;
        }
        // From nothing to the text is an edit like any other, and one that can be stopped.
        let nothing = || Arc::new(Analysis::of(&Text::default(), self.document.markup, &settings));
        let mut reached = self.basis.clone().unwrap_or_else(nothing);
        let progress = (text.len() > reached.text().len() + LONG).then(|| self.begin_progress()).flatten();
        // What was shown of the parts so far.
        let mut shown: Option<Shown> = None;
        loop {
            let part = next_part(&reached, text);
            let analysis = reached.edited(part.as_ref().unwrap_or(text), &settings, &stop);
            let done = part.is_none() || analysis.is_none();
            if let Some(analysis) = analysis {
                reached = Arc::new(analysis);
                if part.is_none() {
                    let before = self.before.as_deref().or(shown.as_ref());
                    outcome.diagnostics = Some(Arc::new(Shown::of(&reached, session.encoding, before)));
                } else {
                    shown = self.show_part(&reached, shown);
                    outcome.shown |= shown.is_some();
                    if let Some(progress) = &progress {
                        let percent = 100 * reached.text().len() / text.len().max(1);
                        Handle::current().block_on(progress.report(percent as u32));
                    }
                }
            }
            if done {
                break;
            }
        }
        if let Some(progress) = progress {
            Handle::current().block_on(progress.finish());
        }
        outcome.reached = Some(reached);
        outcome
    }

    /// Shows what was found up to the end of a part, as long as the list has room, and gives what is shown now.
    fn show_part(&self, part: &Analysis, before: Option<Shown>) -> Option<Shown> {
        let full = before.as_ref().is_some_and(|it| it.len() >= part.settings().limit());
        if !self.shows || full || part.finding_count() == 0 {
            return before;
        }
        let list = Shown::of(part, self.desk.session().encoding, before.as_ref());
        if before.as_ref() != Some(&list) {
            let publish = self.desk.publish(&self.document.uri, self.revised.version, &list);
            Handle::current().block_on(publish);
        }
        Some(list)
    }

    /// Tells the client that there is something to wait for, if it wants to know.
    fn begin_progress(
        &self,
    ) -> Option<tower_lsp::OngoingProgress<tower_lsp::Bounded, tower_lsp::NotCancellable>> {
        let session = self.desk.session();
        if !session.shows_progress {
            return None;
        }
        let token = lsp::NumberOrString::String(format!("jiaodui {}", self.document.uri));
        let title = session.locale.pick(crate::settings::Words { zh: "校对", en: "Proofreading" });
        let client = &self.desk.client;
        Handle::current().block_on(async {
            let agreed =
                tokio::time::timeout(PATIENCE, client.create_work_done_progress(token.clone())).await;
            match agreed {
                Ok(Ok(())) => Some(client.progress(token, title).with_percentage(0).begin().await),
                _ => None,
            }
        })
    }
}

/// The part of `text` to analyse after `reached`, if the whole is too much at once.
fn next_part(reached: &Analysis, text: &Text) -> Option<Text> {
    next_end(reached.text().len(), text).map(|it| text.start(it))
}

/// Where the part after `known` bytes ends, at a line end, if it is not the whole text.
fn next_end(known: usize, text: &Text) -> Option<usize> {
    let next = FIRST.max((known * GROWTH).min(known + STRIDE));
    if text.len() <= next + FIRST {
        return None;
    }
    let line = text.line_of(next);
    // A line may be longer than a part.
    let ends = [line, line + 1].map(|it| text.line_start(it));
    ends.into_iter().find(|it| *it > known).filter(|it| *it < text.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ends(text: &Text) -> Vec<usize> {
        let mut known = 0;
        let next = || {
            known = next_end(known, text)?;
            Some(known)
        };
        std::iter::from_fn(next).collect()
    }

    #[test]
    fn parts_grow_up_to_the_whole_and_none_is_more_than_an_edit_may_wait_for() {
        let text = Text::new(&"疫情就是命令\n".repeat(1_000_000));
        let ends = ends(&text);
        assert!(ends[0] <= FIRST && ends.iter().all(|it| it % 19 == 0));
        assert!(ends.windows(2).all(|it| it[0] < it[1] && it[1] - it[0] <= STRIDE));
        assert!(text.len() - ends[ends.len() - 1] <= STRIDE + FIRST);
    }

    #[test]
    fn a_line_longer_than_a_part_is_a_part() {
        let line = "疫".repeat(100_000);
        assert!(ends(&Text::new(&line)).is_empty());
        assert_eq!(ends(&Text::new(&format!("{line}\n{line}"))), [300_001]);
    }
}
