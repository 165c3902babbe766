//! The command line: arguments, files, progress, and how everything looks in a terminal.
//!
//! The only part of topline that opens paths, prints, and knows of terminals. It uses the public library alone.
// The program's own words are what a terminal is for.
#![allow(clippy::print_stdout, clippy::print_stderr, unreachable_pub)]

mod args;
mod commands;
mod io;
mod render;

use std::io::Write as _;
use std::process::ExitCode;

use clap::Parser;

use args::{Cli, Command};
use commands::{backtest, chart, compare, inspect, methods, project, reconcile, report, score, target};
use io::files::print_with;
use render::failure::Failure;

/// Runs the program on the process's arguments.
pub fn main() -> ExitCode {
    keep_caught_panics_silent();
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => {
            // Help and version are asked for, and are output like any other; all else is wrong usage.
            let printed = error.print().and_then(|()| std::io::stdout().flush());
            return match printed {
                _ if error.use_stderr() => ExitCode::from(2),
                Ok(()) => ExitCode::SUCCESS,
                Err(error) => Failure::Output(error).report(),
            };
        }
    };
    let outcome = match cli.command {
        Command::Project(args) => project::run(&args),
        Command::Report(args) => report::run(*args),
        Command::Chart(args) => chart::run(&args),
        Command::Target(args) => target::run(&args),
        Command::Compare(args) => compare::run(&args),
        Command::Score(args) => score::run(&args),
        Command::Backtest(args) => backtest::run(&args),
        Command::Reconcile(args) => reconcile::run(&args),
        Command::Inspect(args) => inspect::run(&args),
        Command::Methods(args) => methods::run(&args),
        Command::Completions { shell } => print_with(|out| Cli::completions(shell, out)),
        Command::Man => print_with(Cli::man_page),
        Command::Licenses => print_with(|out| out.write_all(args::LICENSES.as_bytes())),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => failure.report(),
    }
}

/// A panic over a damaged file is told as an error of that file, and nothing else.
fn keep_caught_panics_silent() {
    let tell = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        if !topline::read::is_guarding() {
            tell(panic);
        }
    }));
}
