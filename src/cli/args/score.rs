//! Arguments of `topline score`.

use std::path::PathBuf;

use clap::Args;

use super::{FormatArgs, InputArgs, MessageArgs};

/// `topline score`.
#[derive(Debug, Args)]
#[command(
    after_help = "Files that topline wrote are the projection (a table of months and one of quarters are one projection); the
others hold what happened since. Figures that were known then may be among them: they help to make up a year.

Examples:
  topline score output/projection.csv later.csv
  topline score months.csv quarters.csv later.csv -s OpenAI -o openai.png
  topline score output/projection.json later.csv --format csv > scores.csv"
)]
pub struct ScoreArgs {
    /// The saved projection (projection.csv or .json) and the later figures.
    #[command(flatten)]
    pub input: InputArgs,
    /// What to print.
    #[command(flatten)]
    pub format: FormatArgs,
    /// Draw the outcome: .png, .svg or .pdf
    ///
    /// The projection of one series and the later figures.
    #[arg(help_heading = "Output", short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// PNG pixels per CSS pixel: 1, 2 or 3
    #[arg(help_heading = "Output", long, value_name = "N", requires = "output", value_parser = clap::value_parser!(u8).range(1..=3), default_value_t = 2, hide_short_help = true)]
    pub pixel_ratio: u8,
    /// How much is said.
    #[command(flatten)]
    pub messages: MessageArgs,
}
