//! What to try next: a line after an answer, for whoever sees it on a terminal.

use std::io::{self, IsTerminal};
use std::path::Path;

use crate::cli::args::{AnswerFormat, Command, Format, InputArgs, MessageArgs};
use crate::cli::io::given::as_typed;
use crate::cli::render::lines::paragraphs;
use crate::cli::render::screen::Screen;
use crate::cli::render::shown::quoted;
use crate::cli::render::style::DIM;

/// The longest path that is told to be typed again.
const LONGEST: usize = 40;

/// Says what to try after a command that answered in words.
pub fn after(command: &Command) {
    match command {
        Command::Project(args) if args.format.asked() == Format::Table => say(args.messages, || {
            let figures = same(&args.run.input);
            match &args.output {
                None => format!("topline project {figures} -o output writes this to files, with charts"),
                Some(_) => format!("topline inspect {figures} shows how each figure was understood"),
            }
        }),
        Command::Target(args) if args.format.asked() == AnswerFormat::Table => {
            say(args.messages, || format!("topline project {} shows the projection that this rests on", same(&args.input)));
        }
        Command::Plan(args) if args.format.asked() == Format::Table && args.actual.is_none() && args.output.is_none() => {
            say(args.messages, || {
                "with -o plan.csv the plan is a file, and topline plan plan.csv --actual FIGURES holds figures against it"
                    .to_owned()
            });
        }
        Command::Compare(args) if args.format.asked() == AnswerFormat::Table && args.output.is_none() => {
            say(args.messages, || format!("topline compare {} -o crossing.png draws two series", same(&args.input)));
        }
        Command::Backtest(args) if args.format.asked() == Format::Table && args.output.is_none() => {
            say(args.messages, || {
                format!("topline backtest {} -o coverage.png draws how often intervals held", same(&args.input))
            });
        }
        Command::Reconcile(args) if args.format.asked() == AnswerFormat::Table => {
            say(args.messages, || format!("topline inspect {} shows how each figure was understood", same(&args.input)));
        }
        Command::Inspect(args) if args.format.asked() == Format::Table => {
            let messages = MessageArgs { quiet: false, verbose: false };
            say(messages, || format!("topline project {} projects these figures", same(&args.input)));
        }
        _ => {}
    }
}

/// Says it if standard output and standard error are a terminal's and the user does not want quiet.
pub fn say(wanted: MessageArgs, what: impl FnOnce() -> String) {
    let Some(screen) = Screen::of_messages().filter(|_| io::stdout().is_terminal() && !wanted.quiet) else { return };
    anstream::eprintln!("\n{}", paragraphs(&format!("{DIM}Next:{DIM:#} {}", what()), screen.width));
}

/// The figures of a command line, to be typed again: names of files, or a word for them where they are long or none.
fn same(input: &InputArgs) -> String {
    let is_file = |path: &Path| path.as_os_str() != "-" && as_typed(path).is_none();
    let is_short = |path: &Path| path.as_os_str().len() <= LONGEST;
    let repeats = input.figure.is_empty() && input.files.iter().all(|path| is_file(path) && is_short(path));
    match input.files.as_slice() {
        [one] if repeats => quoted(one),
        [one, other] if repeats => format!("{} {}", quoted(one), quoted(other)),
        _ => "FIGURES".to_owned(),
    }
}
