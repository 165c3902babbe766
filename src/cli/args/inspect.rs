//! Arguments of `topline inspect`.

use std::path::PathBuf;

use clap::Args;

use super::{FormatArgs, InputArgs};

/// `topline inspect`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  topline inspect data/revenue.csv
  topline inspect sales.csv --fix figures.csv
  topline inspect sales.csv --format json | jq '.series[].figures[].used_as'")]
pub struct InspectArgs {
    /// The figures.
    #[command(flatten)]
    pub input: InputArgs,
    /// How to print it.
    #[command(flatten)]
    pub format: FormatArgs,
    /// Write the figures to this CSV
    ///
    /// In topline's own layout.
    #[arg(help_heading = "Output", long, value_name = "FILE")]
    pub fix: Option<PathBuf>,
}
