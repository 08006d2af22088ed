//! Standard output and standard error. A pipe that its reader has closed swallows the rest without complaint.

use std::io::{self, BufWriter, IsTerminal, Write};

use crate::settings::Locale;

/// Where a command prints.
pub(super) struct Output {
    results: BufWriter<io::Stdout>,
    /// Whether nobody reads any more, or nothing can be written any more.
    closed: bool,
    failure: Option<io::Error>,
    /// Whether results are read by a person at a terminal.
    pub(super) terminal: bool,
    /// Whether a terminal's results may be coloured.
    pub(super) colour: bool,
}

impl Output {
    /// The process's own.
    pub(super) fn standard() -> Output {
        let terminal = io::stdout().is_terminal();
        let set = |name: &str| std::env::var_os(name).is_some_and(|it| !it.is_empty());
        let dumb = std::env::var_os("TERM").is_some_and(|it| it == "dumb");
        Output {
            results: BufWriter::with_capacity(1 << 16, io::stdout()),
            closed: false,
            failure: None,
            terminal,
            colour: terminal && !dumb && !set("NO_COLOR"),
        }
    }

    /// Whether printing more is in vain.
    pub(super) fn is_closed(&self) -> bool {
        self.closed
    }

    /// Prints a result.
    pub(super) fn print(&mut self, text: &str) {
        self.write(text.as_bytes());
    }

    /// Prints a result that need not be UTF-8.
    pub(super) fn write(&mut self, bytes: &[u8]) {
        if !self.closed {
            let written = self.results.write_all(bytes);
            self.note(written);
        }
    }

    /// Says on standard error what went wrong; after the results that were printed before it.
    pub(super) fn complain(&mut self, sentence: &str) {
        self.report(&format!("jiaodui: {sentence}\n"));
    }

    /// Prints on standard error what is neither a result nor a fault.
    pub(super) fn report(&mut self, text: &str) {
        if !self.closed {
            let flushed = self.results.flush();
            self.note(flushed);
        }
        // With standard error closed too there is nobody left to tell.
        let _ = io::stderr().write_all(text.as_bytes());
    }

    /// Writes out what is left. False, and said so, when some result could not be written.
    pub(super) fn finish(mut self, locale: Locale) -> bool {
        if !self.closed {
            let flushed = self.results.flush();
            self.note(flushed);
        }
        let Some(failure) = self.failure.take() else { return true };
        let why = super::say(locale, format!("无法输出：{failure}"), format!("cannot write: {failure}"));
        self.complain(&why);
        false
    }

    fn note(&mut self, written: io::Result<()>) {
        if let Err(error) = written {
            self.closed = true;
            if error.kind() != io::ErrorKind::BrokenPipe {
                self.failure = Some(error);
            }
        }
    }
}
