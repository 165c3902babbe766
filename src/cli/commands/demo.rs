//! `topline demo`: the figures of an article, which are part of the program, projected as `project` does it.

use crate::cli::args::{DemoArgs, ProjectArgs};
use crate::cli::commands::project;
use crate::cli::io::files::print_styled;
use crate::cli::io::input;
use crate::cli::render::failure::Failure;
use crate::cli::render::style::ACCENT;

/// The figures and the name of their file.
const FIGURES: (&str, &str) = ("revenue.csv", include_str!("../../../data/revenue.csv"));

/// What fits into a terminal of a row: series, peers, kind, period and value.
fn first_columns(row: &str) -> String {
    row.split(',').take(5).collect::<Vec<_>>().join(",")
}

/// Runs the command.
pub fn run(args: &DemoArgs) -> Result<(), Failure> {
    let (name, text) = FIGURES;
    let mut project = ProjectArgs::of_file(name);
    project.messages = args.messages;
    let shown: String = text.lines().flat_map(|line| ["  ".to_owned(), first_columns(line), "\n".to_owned()]).collect();
    print_styled(&format!(
        "Figures of an article of June 2025 (two more columns hold source and note):\n\n{shown}\n\
         {ACCENT}$ topline project {name}{ACCENT:#}\n\n"
    ))?;
    project::run_on(&project, || input::load_text(name, text, &project.run.input))?;
    print_styled(&format!(
        "\nTry next\n  \
         {ACCENT}topline project 'OpenAI: $5.5B run-rate Dec 2024; $10B run-rate June 2025'{ACCENT:#}\n  \
         {ACCENT}topline init{ACCENT:#}            writes figures.csv and scenarios.toml to fill in\n  \
         {ACCENT}topline sales.csv{ACCENT:#}       projects a file of your own\n  \
         {ACCENT}topline help project{ACCENT:#}    shows all that project can do\n"
    ))
}
