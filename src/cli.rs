//! The command line: the same engine for scripts and for those who work in a shell.
//!
//! What a command prints is its result and goes to standard output; what went wrong goes to standard error. A reader
//! that closes the pipe early is no error. Exit codes: 0 nothing found, 1 findings, 2 something went wrong.

mod annotate;
mod args;
mod charset;
mod check;
mod document;
mod export;
mod help;
mod outline;
mod output;
mod parallel;
mod record;
mod report;
mod rules;
mod value;

use std::ffi::OsString;

use crate::settings::Locale;
use args::{Command, Options};
use output::Output;

/// What is left to do for `main`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Next {
    /// Exit with this code.
    Exit(u8),
    /// Run the language server.
    Serve,
}

/// Nothing was found.
const CLEAN: u8 = 0;
/// There are findings, or a difference.
const FOUND: u8 = 1;
/// Something went wrong, and was said so on standard error.
const FAILED: u8 = 2;

/// Runs the command that `args` (without the program's name) asks for.
pub fn run(args: impl IntoIterator<Item = OsString>) -> Next {
    let args: Vec<OsString> = args.into_iter().collect();
    let locale = args::locale(&args, |it| std::env::var(it).ok());
    let mut output = Output::standard();
    let code = match Options::parse(args, locale) {
        Err(sentence) => {
            output.complain(&sentence);
            FAILED
        }
        Ok(options) if options.help => {
            output.print(help::of(options.command, locale));
            CLEAN
        }
        Ok(options) => match options.command {
            Command::Check => check::run(&options, &mut output),
            Command::Annotate => annotate::run(&options, &mut output),
            Command::Outline => outline::run(&options, &mut output),
            Command::Export => export::run(&options, &mut output),
            Command::Rules => rules::run(&options, &mut output),
            Command::Explain => rules::explain(&options, &mut output),
            Command::Lsp => return Next::Serve,
            Command::Help => {
                output.print(help::of(Command::Help, locale));
                CLEAN
            }
            Command::Version => {
                output.print(concat!("jiaodui ", env!("CARGO_PKG_VERSION"), "\n"));
                CLEAN
            }
        },
    };
    Next::Exit(if output.finish(locale) { code } else { FAILED })
}

/// One of two sentences, by the reader's language.
fn say(locale: Locale, zh: String, en: String) -> String {
    match locale {
        Locale::Zh => zh,
        Locale::En => en,
    }
}
