//! Arguments, then the command line or the server.

use std::process::ExitCode;

use jiaodui::cli::{self, Next};
use jiaodui::server;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    match cli::run(std::env::args_os().skip(1)) {
        Next::Exit(code) => ExitCode::from(code),
        Next::Serve => server::run(),
        Next::Listen(address, while_used) => server::listen(address, while_used),
        Next::ListenAt(path, while_used) => server::listen_at(&path, while_used),
    }
}
