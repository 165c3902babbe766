//! The `topline` program: parses the command line, runs the command, and turns its outcome into an exit code.
//!
//! Exit codes: 0 done, 1 the data or the projection cannot be had, 2 wrong usage. A reader that closes the pipe early, such as
//! `head`, is no error.

mod cli;

use std::process::ExitCode;

fn main() -> ExitCode {
    cli::main()
}
