//! Arguments, then the command line or the server.

use std::process::ExitCode;

use jiaodui::cli::{self, Next};

fn main() -> ExitCode {
    match cli::run(std::env::args_os().skip(1)) {
        Next::Exit(code) => ExitCode::from(code),
        Next::Serve => jiaodui::server::run(),
    }
}
