//! The analyst of one document: analyses what the client last wrote, and publishes it when it is ready.
//!
//! Edits that piled up while an analysis ran are one job. An edit stops the analysis under way, but no two in a row
//! are stopped, so that one who types without pause still sees findings.
//!
//! An analyst at work has a thread, and keeps it while someone types: from a key to its diagnostics nobody else has to
//! be woken. With nothing to do it is a task that waits.
//!
//! While someone types, what is shown away from the typing stays as it was; all that was found is shown when the
//! typing pauses.

use std::panic::{self, AssertUnwindSafe};
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::task::{Context, Poll, Wake, Waker};
use std::time::{Duration, Instant};

use tokio::runtime::Handle;
use tokio::sync::watch;
use tokio::task::JoinHandle;

use crate::analysis::{Analysis, Typing};

use super::configuration::Configuration;
use super::desk::Desk;
use super::diagnostics::Shown;
use super::documents::{Document, Revised};
use super::job::{Job, Outcome};
use super::{fault, lsp};

/// Typing that rests so long has paused: longer than an input method takes from one word to the next.
const PAUSE: Duration = Duration::from_millis(1200);

/// An analyst keeps its thread so long after a key.
const STAY: Duration = Duration::from_secs(3);

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

/// See [`attend`].
struct Analyst {
    desk: Arc<Desk>,
    document: Arc<Document>,
    texts: watch::Receiver<Revised>,
    configurations: watch::Receiver<Arc<Configuration>>,
    found: watch::Sender<Option<Arc<Analysed>>>,
    /// An earlier analyst of the same document, who may still be clearing what was shown.
    before: Option<JoinHandle<()>>,
    last: Option<Arc<Analysed>>,
    /// The last analysis that came to an end, if only of a part of the text; the next one keeps what it can of it.
    basis: Option<Arc<Analysis>>,
    /// The name of the list that the client shows, and whether anything is on it.
    shown: Option<(u64, bool)>,
    /// All that was found, where less is shown until the typing pauses.
    rest: Option<Arc<Shown>>,
    /// Whether a newer text is no reason to stop.
    patient: bool,
}

/// Analyses `document` until it is closed. Waits for the analyst `before`, who may still be clearing what was shown
/// of the same document.
pub(crate) async fn attend(
    desk: Arc<Desk>,
    document: Arc<Document>,
    texts: watch::Receiver<Revised>,
    found: watch::Sender<Option<Arc<Analysed>>>,
    before: Option<JoinHandle<()>>,
) {
    let configurations = desk.configuration();
    let (last, basis, shown, rest) = (None, None, None, None);
    let mut analyst = Analyst {
        desk,
        document,
        texts,
        configurations,
        found,
        before,
        last,
        basis,
        shown,
        rest,
        patient: false,
    };
    loop {
        // What can panic is caught where it is called.
        match tokio::task::spawn_blocking(|| analyst.work()).await {
            Ok(it) => analyst = it,
            Err(_) => return,
        }
        if analyst.texts.borrow().closed || !analyst.wait().await {
            break;
        }
    }
    let Analyst { desk, document, found, before, shown, .. } = analyst;
    // Whoever still waits for an analysis learns that none will come.
    drop(found);
    if let Some(before) = before {
        let _ = before.await;
    }
    if shown.is_some_and(|it| it.1) {
        desk.publish(&document.uri, None, &Shown::default()).await;
    }
}

impl Analyst {
    /// Analyses the text and publishes what is found, and goes on while someone types. On a thread of its own.
    fn work(mut self) -> Analyst {
        let mut attention = None;
        while let Some(revised) = self.news() {
            let typed = revised.revision > 0;
            self.analyse(revised);
            if typed && attention.is_none() {
                attention = self.desk.attention();
            }
            if !typed || attention.is_none() || !self.stay() {
                break;
            }
        }
        self
    }

    /// The text, if it is open.
    fn news(&mut self) -> Option<Revised> {
        Some(self.texts.borrow_and_update().clone()).filter(|it| !it.closed)
    }

    /// Waits for another text or other settings. Whether there can be any.
    async fn changed(&mut self) -> bool {
        tokio::select! {
            changed = self.texts.changed() => changed.is_ok(),
            changed = self.configurations.changed() => changed.is_ok(),
        }
    }

    /// The same as a task. Shows all that was found when the typing pauses.
    async fn wait(&mut self) -> bool {
        while self.rest.is_some() {
            tokio::select! {
                changed = self.changed() => return changed,
                () = tokio::time::sleep(PAUSE) => {}
            }
            if let Some(now) = self.show_rest() {
                self.desk.publish(&self.document.uri, now.version, &now.diagnostics).await;
            }
        }
        self.changed().await
    }

    /// The same on a thread of its own, for a while; false as well when nothing came.
    fn stay(&mut self) -> bool {
        while self.rest.is_some() {
            if let Some(changed) = soon(self.changed(), PAUSE) {
                return changed;
            }
            if let Some(now) = self.show_rest() {
                self.desk.publish_here(&self.document.uri, now.version, &now.diagnostics);
            }
        }
        soon(self.changed(), STAY) == Some(true)
    }

    /// Analyses a text, or a newer one that comes meanwhile, and publishes what is found.
    fn analyse(&mut self, mut revised: Revised) {
        let mut now = loop {
            let configuration = Arc::clone(&self.configurations.borrow_and_update());
            let mut analysed = Analysed {
                uri: Arc::clone(&self.document.uri),
                version: revised.version,
                revision: revised.revision,
                generation: configuration.generation,
                analysis: None,
                diagnostics: Arc::default(),
                result: 0,
            };
            let outcome = revised.in_sync.then(|| self.outcome(revised, configuration)).flatten();
            match outcome.map(|it| (it.reached, it.diagnostics)) {
                Some((reached, Some(diagnostics))) => {
                    (analysed.analysis, analysed.diagnostics) = (reached, diagnostics);
                }
                Some((_, None)) => {
                    self.patient = true;
                    match self.news() {
                        Some(newer) => revised = newer,
                        None => return,
                    }
                    continue;
                }
                None => (),
            }
            break analysed;
        };
        self.patient = false;
        // One that asks for diagnostics must be told to ask again.
        let (pushes, refreshes) = (!self.desk.session().pulls, self.desk.session().refreshes);
        let steadied = self.last.as_ref().filter(|_| pushes || refreshes).and_then(|it| steadied(it, &now));
        self.rest = steadied.map(|it| std::mem::replace(&mut now.diagnostics, Arc::new(it)));
        now.result = match &self.last {
            Some(last) if last.diagnostics == now.diagnostics => last.result,
            _ => next_result(),
        };
        let now = Arc::new(now);
        // Taking what nobody holds any more apart can wait until the client has its answer.
        let last = self.last.replace(Arc::clone(&now));
        let retired = (last, self.found.send_replace(Some(Arc::clone(&now))));
        if pushes && self.shown.map(|it| it.0) != Some(now.result) {
            if let Some(before) = self.before.take() {
                // It fails only by a panic, after which there is nothing to wait for.
                let _ = Handle::current().block_on(before);
            }
            self.desk.publish_here(&self.document.uri, now.version, &now.diagnostics);
            self.shown = Some((now.result, !now.diagnostics.is_empty()));
        }
        drop(retired);
    }

    /// What a job gives; `None` where it panicked.
    fn outcome(&mut self, revised: Revised, configuration: Arc<Configuration>) -> Option<Outcome> {
        let revision = revised.revision;
        let pushes = !self.desk.session().pulls;
        let job = Job {
            document: Arc::clone(&self.document),
            revised,
            configuration,
            basis: self.basis.clone(),
            before: self.last.as_ref().map(|it| Arc::clone(&it.diagnostics)),
            texts: self.texts.clone(),
            patient: self.patient,
            // What an earlier analyst showed is cleared before anything is.
            shows: pushes && self.before.is_none() && self.shown.is_none(),
            desk: Arc::clone(&self.desk),
        };
        match panic::catch_unwind(AssertUnwindSafe(|| job.run())) {
            Ok(mut outcome) => {
                for problem in std::mem::take(&mut outcome.problems) {
                    self.desk.show(lsp::MessageType::WARNING, problem);
                }
                if outcome.shown {
                    self.shown = Some((next_result(), true));
                }
                self.basis.clone_from(&outcome.reached);
                Some(outcome)
            }
            Err(panic) => {
                self.desk.report_panic(&self.document.uri, revision, &fault::said(&*panic));
                None
            }
        }
    }

    /// Makes all that was found what is shown; gives it where it is to be published.
    fn show_rest(&mut self) -> Option<Arc<Analysed>> {
        let (rest, last) = (self.rest.take()?, self.last.as_ref()?);
        let now = Arc::new(Analysed { diagnostics: rest, result: next_result(), ..(**last).clone() });
        self.last = Some(Arc::clone(&now));
        self.found.send_replace(Some(Arc::clone(&now)));
        if self.desk.session().pulls {
            let desk = Arc::clone(&self.desk);
            Handle::current().spawn(async move { desk.refresh().await });
            return None;
        }
        self.shown = Some((now.result, !now.diagnostics.is_empty()));
        Some(now)
    }
}

/// What `future` gives within `patience`, waited for on this thread. Needs no clock of the runtime, which may have ended.
fn soon<T>(future: impl Future<Output = T>, patience: Duration) -> Option<T> {
    struct Unparks(std::thread::Thread);
    impl Wake for Unparks {
        fn wake(self: Arc<Unparks>) {
            self.0.unpark();
        }
    }
    let waker = Waker::from(Arc::new(Unparks(std::thread::current())));
    let until = Instant::now() + patience;
    let mut future = pin!(future);
    loop {
        if let Poll::Ready(it) = future.as_mut().poll(&mut Context::from_waker(&waker)) {
            return Some(it);
        }
        let left = until.saturating_duration_since(Instant::now());
        if left.is_zero() {
            return None;
        }
        std::thread::park_timeout(left);
    }
}

/// What to show of `now` while someone types, where that is not all that was found.
fn steadied(last: &Analysed, now: &Analysed) -> Option<Shown> {
    let (before, after) = last.analysis.as_ref().zip(now.analysis.as_ref())?;
    if last.generation != now.generation || last.revision == now.revision {
        return None;
    }
    let typing = Typing::between(before.text(), after.text())?;
    now.diagnostics.steadied(&last.diagnostics, &typing)
}

/// The next name of a list of diagnostics; none is given twice, not even after a document was closed and opened.
fn next_result() -> u64 {
    static RESULTS: AtomicU64 = AtomicU64::new(0);
    RESULTS.fetch_add(1, Ordering::Relaxed)
}
