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
use std::net::SocketAddr;
use std::path::PathBuf;

use crate::settings::Locale;
use args::{Command, Options};
use output::Output;

/// What is left to do for `main`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Next {
    /// Exit with this code.
    Exit(u8),
    /// Run the language server, over standard input and output.
    Serve,
    /// Run it for all that connect to this address; while there are any, or for good.
    Listen(SocketAddr, bool),
    /// The same at a socket file.
    ListenAt(PathBuf, bool),
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
            Command::Lsp => return lsp(options, &mut output),
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

/// How the server is reached. Whoever lets other machines in is warned.
fn lsp(options: Options, output: &mut Output) -> Next {
    let while_used = options.while_used;
    match (options.listen, options.pipe) {
        (Some(address), _) => {
            if !address.ip().is_loopback() {
                output.complain(&say(
                    options.locale,
                    format!("警告：凡能连到 {address} 的人，都能让本程序读写校对设置；通信不加密"),
                    format!("warning: whoever reaches {address} can have settings read and written here; nothing is encrypted"),
                ));
            }
            Next::Listen(address, while_used)
        }
        (None, Some(path)) => Next::ListenAt(path, while_used),
        (None, None) => Next::Serve,
    }
}

/// One of two sentences, by the reader's language.
fn say(locale: Locale, zh: String, en: String) -> String {
    match locale {
        Locale::Zh => zh,
        Locale::En => en,
    }
}
