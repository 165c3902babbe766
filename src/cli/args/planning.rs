//! Arguments of `topline plan`.

use std::path::PathBuf;

use clap::Args;

use super::plan::StepArg;
use super::{FormatArgs, InputArgs, MessageArgs};

/// `topline plan`.
#[derive(Debug, Args)]
#[command(
    after_help = "A target is spread over its months by the season and the growth that the figures show, and adds up to the last
digit; what is earned already stays as it is. With --actual the files are plans, and the figures are held against them.

Examples:
  topline plan sales.csv --target 40M --for 2026 -o plan.csv
  topline plan plan.csv --actual sales.csv
  topline plan plan.csv budget.csv --actual sales.csv --format csv
  topline plan sales.csv --target 40M --for FY2026 --step quarter"
)]
pub struct PlanningArgs {
    /// The figures; with --actual, the plans.
    #[command(flatten)]
    pub input: InputArgs,
    /// Target for the revenue of a period: 40M
    ///
    /// By default the target that the figures have.
    #[arg(help_heading = "Plan", long, value_name = "AMOUNT", requires = "period", allow_hyphen_values = true)]
    pub target: Option<String>,
    /// Period of the target: 2026, FY2026, 2026H1
    #[arg(help_heading = "Plan", long = "for", value_name = "PERIOD")]
    pub period: Option<String>,
    /// Length of periods: month, quarter, half, year
    ///
    /// By default quarters where the figures are quarters or halves, else months.
    #[arg(help_heading = "Plan", long, value_enum)]
    pub step: Option<StepArg>,
    /// Figures to hold against the plans
    #[arg(help_heading = "Plan", long, value_name = "FILE", conflicts_with_all = ["target", "period", "step", "figure"])]
    pub actual: Option<PathBuf>,
    /// Write to this file: .csv or .json
    ///
    /// The CSV of a plan has a target for each period and can be read back.
    #[arg(help_heading = "Output", short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// What to print.
    #[command(flatten)]
    pub format: FormatArgs,
    /// How much is said.
    #[command(flatten)]
    pub messages: MessageArgs,
}
