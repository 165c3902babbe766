//! Arguments of `topline compare`.

use std::path::PathBuf;

use clap::Args;

use super::{AnswerFormatArgs, InputArgs, MeasureArg, MessageArgs, ScenarioArgs};

/// `topline compare`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  topline compare data/revenue.csv
  topline compare data/revenue.csv --assume \"OpenAI=60%..90%\"
  topline compare data/ai-and-cloud.csv --of OpenAI,AWS -o crossing.png")]
pub struct CompareArgs {
    /// The figures.
    #[command(flatten)]
    pub input: InputArgs,
    /// The series to compare: OpenAI,AWS
    ///
    /// By default all.
    #[arg(help_heading = "Comparison", long = "of", value_name = "NAMES", value_delimiter = ',')]
    pub names: Vec<String>,
    /// Last month to consider: 2030-12, 2030
    ///
    /// By default five years after that of the last figure.
    #[arg(help_heading = "Comparison", long, value_name = "PERIOD")]
    pub until: Option<String>,
    /// What is compared [default: the revenue of years, or of twelve months where the fiscal years differ or none is whole; run-rates
    /// where the figures are run-rates alone]
    #[arg(help_heading = "Comparison", long, value_enum, hide_short_help = true)]
    pub measure: Option<MeasureArg>,
    /// What is assumed.
    #[command(flatten)]
    pub scenarios: ScenarioArgs,
    /// How to print it.
    #[command(flatten)]
    pub format: AnswerFormatArgs,
    /// Draw the crossing: .png, .svg or .pdf
    ///
    /// Of two series.
    #[arg(help_heading = "Output", short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// PNG pixels per CSS pixel: 1, 2 or 3
    #[arg(help_heading = "Output", long, value_name = "N", requires = "output", value_parser = clap::value_parser!(u8).range(1..=3), default_value_t = 2, hide_short_help = true)]
    pub pixel_ratio: u8,
    /// How much is said.
    #[command(flatten)]
    pub messages: MessageArgs,
}
