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

use std::ffi::OsString;
use std::path::Path;

use args::{Cli, ColorArg, Command, tree};
use commands::{
    backtest, chart, compare, demo, init, inspect, man, methods, next, planning, project, reconcile, report, schema, score,
    target,
};
use io::files::{keep_files, print_with};
use io::given::{as_typed, has_ending};
use render::failure::Failure;

/// Runs the program on the process's arguments.
pub fn main() -> ExitCode {
    keep_caught_panics_silent();
    let args: Vec<OsString> = with_command(std::env::args_os().collect());
    match ColorArg::of(&args) {
        ColorArg::Auto => {}
        ColorArg::Always => anstream::ColorChoice::Always.write_global(),
        ColorArg::Never => anstream::ColorChoice::Never.write_global(),
    }
    let cli = match tree::parse(args) {
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
    let kept = if cli.no_clobber { keep_files(&cli.command.outputs()) } else { Ok(()) };
    let outcome = kept.and_then(|()| match &cli.command {
        Command::Project(args) => project::run(args),
        Command::Report(args) => report::run(args),
        Command::Chart(args) => chart::run(args),
        Command::Target(args) => target::run(args),
        Command::Plan(args) => planning::run(args),
        Command::Compare(args) => compare::run(args),
        Command::Score(args) => score::run(args),
        Command::Backtest(args) => backtest::run(args),
        Command::Reconcile(args) => reconcile::run(args),
        Command::Inspect(args) => inspect::run(args),
        Command::Methods(args) => methods::run(args),
        Command::Completions { shell } => print_with(|out| Cli::completions(*shell, out)),
        Command::Schema(args) => schema::run(args),
        Command::Demo(args) => demo::run(args),
        Command::Init(args) => init::run(args),
        Command::Reading(_) => tree::print_reading(cli.color).map_err(Failure::Output),
        Command::Man(args) => man::run(args),
        Command::Licenses => print_with(|out| out.write_all(args::LICENSES.as_bytes())),
    });
    match outcome {
        Ok(()) => {
            next::after(&cli.command);
            ExitCode::SUCCESS
        }
        Err(failure) => failure.report(),
    }
}

/// The arguments with `project` before them, where the first is a file or figures rather than a command.
fn with_command(mut args: Vec<OsString>) -> Vec<OsString> {
    let is_figures = |argument: &Path| {
        let is_path = argument.components().count() > 1 || has_ending(argument) || argument.as_os_str() == "-";
        let is_command = argument.to_str().is_some_and(tree::is_command);
        !is_command && (is_path || argument.is_file() || as_typed(argument).is_some())
    };
    if args.get(1).is_some_and(|first| is_figures(Path::new(first))) {
        args.insert(1, "project".into());
    }
    args
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
