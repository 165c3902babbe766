//! What to try next: a line after an answer, for whoever sees it on a terminal.

use std::io::{self, IsTerminal};
use std::path::Path;

use crate::cli::args::{InputArgs, MessageArgs};
use crate::cli::io::given::as_typed;
use crate::cli::render::lines::paragraphs;
use crate::cli::render::screen::Screen;
use crate::cli::render::shown::quoted;
use crate::cli::render::style::DIM;

/// Says it if standard output and standard error are a terminal's and the user does not want quiet.
pub fn say(wanted: MessageArgs, what: impl FnOnce() -> String) {
    let Some(screen) = Screen::of_messages().filter(|_| io::stdout().is_terminal() && !wanted.quiet) else { return };
    anstream::eprintln!("\n{}", paragraphs(&format!("{DIM}Next:{DIM:#} {}", what()), screen.width));
}

/// The figures of a command line, to be typed again: names of files, or what stands for them.
pub fn same(input: &InputArgs) -> String {
    let is_short = |path: &Path| path.as_os_str().len() <= 40;
    let is_file = |path: &Path| path.as_os_str() != "-" && as_typed(path).is_none();
    let files: Vec<String> = input.files.iter().map(|path| quoted(path)).collect();
    let repeats = input.figure.is_empty() && input.files.iter().all(|path| is_short(path) && is_file(path)) && files.len() <= 2;
    if repeats { files.join(" ") } else { "FIGURES".to_owned() }
}
