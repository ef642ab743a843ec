//! The `setlist` program: parses arguments, picks a face, and turns an error into an exit code.

use std::process::ExitCode;

fn main() -> ExitCode {
    setlist::cli::main(std::env::args_os())
}
