//! Arguments of `topline target`.

use clap::Args;

use super::{AnswerFormatArgs, InputArgs, MessageArgs, ScenarioArgs};

/// `topline target`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  topline target data/revenue.csv
  topline target data/revenue.csv --goal \"OpenAI=20B@2026-12 run-rate\"
  topline target data/revenue.csv --scenario data/scenarios.toml
  topline target sales.csv --goal 5M@2027 --format json")]
pub struct TargetArgs {
    /// The figures.
    #[command(flatten)]
    pub input: InputArgs,
    /// A target: [Series=]20B@2026-12
    ///
    /// One that is not in the files; with run-rate or revenue after it if only one is meant.
    #[arg(help_heading = "Output", long, value_name = "GOAL")]
    pub goal: Vec<String>,
    /// What is assumed.
    #[command(flatten)]
    pub scenarios: ScenarioArgs,
    /// How to print it.
    #[command(flatten)]
    pub format: AnswerFormatArgs,
    /// How much is said.
    #[command(flatten)]
    pub messages: MessageArgs,
}
