//! The `topline` program: parses the command line, runs the command, and turns its outcome into an exit code.
//!
//! Exit codes: 0 success, 1 input or projection error, 2 wrong usage. A reader that closes the pipe early, such as
//! `head`, is not an error.

mod cli;

use std::process::ExitCode;

fn main() -> ExitCode {
    cli::main()
}
