//! The analyst of one document: analyses what the client last wrote, and publishes it when it is ready.
//!
//! Edits that piled up while an analysis ran are one job. An edit stops the analysis under way, but no two in a row
//! are stopped, so that one who types without pause still sees findings.
//!
//! While someone types, what is shown away from the typing stays as it was; all that was found is shown when the
//! typing pauses.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use tokio::sync::watch;
use tokio::task::JoinHandle;

use crate::analysis::{Analysis, Typing};

use super::desk::Desk;
use super::diagnostics::Shown;
use super::documents::{Document, Revised};
use super::job::Job;
use super::lsp;

/// Typing that rests so long has paused: longer than an input method takes from one word to the next.
const PAUSE: Duration = Duration::from_millis(1200);

/// What is known of one revision of a document.
#[derive(Clone, Debug)]
pub(crate) struct Analysed {
    /// The document.
    pub(crate) uri: Arc<str>,
    /// The client's version of the text, if it counts any.
    pub(crate) version: Option<i32>,
    /// Our count of changes.
    pub(crate) revision: u64,
    /// The generation of the settings.
    pub(crate) generation: u64,
    /// The analysis; `None` where the text is not the client's, or where analysing it panicked.
    pub(crate) analysis: Option<Arc<Analysis>>,
    /// What the client is shown.
    pub(crate) diagnostics: Arc<Shown>,
    /// Names this list of diagnostics; the same as long as the list is.
    pub(crate) result: u64,
}

/// Analyses `document` until it is closed. Waits for the analyst `before`, who may still be clearing what was shown
/// of the same document.
pub(crate) async fn attend(
    desk: Arc<Desk>,
    document: Arc<Document>,
    mut texts: watch::Receiver<Revised>,
    found: watch::Sender<Option<Arc<Analysed>>>,
    before: Option<JoinHandle<()>>,
) {
    let mut before = before;
    let mut configurations = desk.configuration();
    let mut last: Option<Arc<Analysed>> = None;
    // The last analysis that came to an end, if only of a part of the text; the next one keeps what it can of it.
    let mut basis: Option<Arc<Analysis>> = None;
    // The name of the list that the client shows, and whether anything is on it.
    let mut shown: Option<(u64, bool)> = None;
    let mut patient = false;
    let pushes = !desk.session().pulls;
    // One that asks for diagnostics must be told to ask again.
    let steadies = pushes || desk.session().refreshes;
    loop {
        let revised = texts.borrow_and_update().clone();
        if revised.closed {
            break;
        }
        let configuration = Arc::clone(&configurations.borrow_and_update());
        let (revision, generation) = (revised.revision, configuration.generation);
        let version = revised.version;

        let (analysis, diagnostics) = if revised.in_sync {
            let job = Job {
                document: Arc::clone(&document),
                revised,
                configuration,
                basis: basis.clone(),
                before: last.as_ref().map(|it| Arc::clone(&it.diagnostics)),
                texts: texts.clone(),
                patient,
                // What an earlier analyst showed is cleared before anything is.
                shows: pushes && before.is_none() && shown.is_none(),
                desk: Arc::clone(&desk),
            };
            match tokio::task::spawn_blocking(|| job.run()).await {
                Ok(outcome) => {
                    for problem in outcome.problems {
                        desk.show(lsp::MessageType::WARNING, problem);
                    }
                    if outcome.shown {
                        shown = Some((next_result(), true));
                    }
                    basis = outcome.reached;
                    match outcome.diagnostics {
                        Some(diagnostics) => (basis.clone(), diagnostics),
                        None => {
                            patient = true;
                            continue;
                        }
                    }
                }
                Err(panic) => {
                    desk.report_panic(&document.uri, revision, &panic);
                    (None, Arc::default())
                }
            }
        } else {
            (None, Arc::default())
        };
        patient = false;

        let mut analysed = Analysed {
            uri: Arc::clone(&document.uri),
            version,
            revision,
            generation,
            analysis,
            diagnostics,
            result: 0,
        };
        let steadied = last.as_ref().filter(|_| steadies).and_then(|it| steadied(it, &analysed));
        let mut rest = steadied.map(|it| std::mem::replace(&mut analysed.diagnostics, Arc::new(it)));
        analysed.result = match &last {
            Some(last) if last.diagnostics == analysed.diagnostics => last.result,
            _ => next_result(),
        };
        let mut now = Arc::new(analysed);
        let left = loop {
            // Taking what nobody holds any more apart can wait until the client has its answer.
            let retired = (last.replace(Arc::clone(&now)), found.send_replace(Some(Arc::clone(&now))));
            if pushes && shown.map(|it| it.0) != Some(now.result) {
                if let Some(before) = before.take() {
                    // It fails only by a panic, after which there is nothing to wait for.
                    let _ = before.await;
                }
                desk.publish(&document.uri, version, &now.diagnostics).await;
                shown = Some((now.result, !now.diagnostics.is_empty()));
            }
            drop(retired);
            tokio::select! {
                changed = texts.changed() => break changed.is_err(),
                changed = configurations.changed() => break changed.is_err(),
                () = tokio::time::sleep(PAUSE), if rest.is_some() => {}
            }
            let diagnostics = rest.take().unwrap_or_default();
            now = Arc::new(Analysed { diagnostics, result: next_result(), ..(*now).clone() });
            if !pushes {
                found.send_replace(Some(Arc::clone(&now)));
                let desk = Arc::clone(&desk);
                tokio::spawn(async move { desk.refresh().await });
            }
        };
        if left {
            break;
        }
    }
    // Whoever still waits for an analysis learns that none will come.
    drop(found);
    if let Some(before) = before {
        let _ = before.await;
    }
    if shown.is_some_and(|it| it.1) {
        desk.publish(&document.uri, None, &Shown::default()).await;
    }
}

/// What to show of `now` while someone types, where that is not all that was found.
fn steadied(last: &Analysed, now: &Analysed) -> Option<Shown> {
    let (before, after) = last.analysis.as_ref().zip(now.analysis.as_ref())?;
    if last.generation != now.generation || last.revision == now.revision {
        return None;
    }
    let typing = Typing::between(before.text(), after.text())?;
    Some(now.diagnostics.steadied(&last.diagnostics, &typing)).filter(|it| *it != *now.diagnostics)
}

/// The next name of a list of diagnostics; none is given twice, not even after a document was closed and opened.
fn next_result() -> u64 {
    static RESULTS: AtomicU64 = AtomicU64::new(0);
    RESULTS.fetch_add(1, Ordering::Relaxed)
}
