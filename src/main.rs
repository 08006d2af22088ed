//! Arguments, then the command line or the server.
fn main() {}
