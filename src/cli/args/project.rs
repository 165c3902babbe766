//! Arguments of `topline project`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::{InputArgs, MessageArgs, PlanArgs};

/// `topline project`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  topline project data/revenue.csv
  topline project data/revenue.csv --until 2030 -o output
  topline project sales.csv --step quarter --horizon 8q --level 80,90 --format csv > projection.csv
  xsv search -s company Example all.csv | topline project -")]
pub struct ProjectArgs {
    /// The figures.
    #[command(flatten)]
    pub input: InputArgs,
    /// How far and how finely.
    #[command(flatten)]
    pub plan: PlanArgs,
    /// What to print on standard output
    #[arg(help_heading = "Output", long, value_enum, default_value_t = Format::Table)]
    pub format: Format,
    /// Write the files into this folder; or one file, by its ending: .csv, .json
    #[arg(help_heading = "Output", short, long, value_name = "DIR|FILE")]
    pub output: Option<PathBuf>,
    /// Write no charts
    #[arg(help_heading = "Output", long, requires = "output")]
    pub no_charts: bool,
    /// How much is said.
    #[command(flatten)]
    pub messages: MessageArgs,
}

/// Forms of a projection.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// A summary to read
    Table,
    /// The rows, for a spreadsheet or a program
    Csv,
    /// The rows with all they rest on, for a program
    Json,
}
