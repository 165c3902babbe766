//! Arguments of `topline backtest`.

use std::path::PathBuf;

use clap::Args;
use topline::project::named::Named;
use topline::project::{Horizon, Level};

use super::plan::{horizon, level, method};
use super::{FormatArgs, InputArgs, MessageArgs};

/// `topline backtest`.
#[derive(Debug, Args)]
#[command(after_help = "At each origin the methods see what was known then, and are scored against what happened.

Examples:
  topline backtest data/ai-and-cloud.csv --series 'Google*'
  topline backtest sales.csv --methods ets,combine --horizon 2q --origins 20
  topline backtest sales.csv --format csv -o scores.csv
  topline backtest sales.csv -o coverage.png       how often intervals held")]
pub struct BacktestArgs {
    /// The figures.
    #[command(flatten)]
    pub input: InputArgs,
    /// Methods to compare: growth,ets,theta,…
    ///
    /// Beside the naive forecasts. By default growth, ets, theta and combine; growth alone for mixed figures.
    #[arg(help_heading = "Backtest", long, value_name = "NAMES", value_parser = method(), value_delimiter = ',')]
    pub methods: Vec<Named>,
    /// How far ahead: 12m, 4q, 3y
    ///
    /// Of each origin. By default 1y, or 3y where the figures are years.
    #[arg(help_heading = "Backtest", long, value_name = "SPAN", value_parser = horizon)]
    pub horizon: Option<Horizon>,
    /// Maximum number of origins per series; the latest are used
    #[arg(help_heading = "Backtest", long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..), default_value_t = 12, hide_short_help = true)]
    pub origins: u16,
    /// Distance between origins: 1m, 1q, 1y [default: the length of the figures; 1q for mixed figures]
    #[arg(help_heading = "Backtest", long, value_name = "SPAN", value_parser = horizon, hide_short_help = true)]
    pub every: Option<Horizon>,
    /// Intervals, in percent: 50,80,95
    #[arg(help_heading = "Backtest", long, value_name = "PERCENT", value_delimiter = ',', value_parser = level, default_value = "50,80,95")]
    pub level: Vec<Level>,
    /// What to print.
    #[command(flatten)]
    pub format: FormatArgs,
    /// Write into this folder; or .csv, .png, …
    ///
    /// A folder gets backtest.csv, backtest.json and coverage.png; a name that ends in .csv, .json, .png or .svg is that file alone.
    #[arg(help_heading = "Output", short, long, value_name = "DIR|FILE")]
    pub output: Option<PathBuf>,
    /// PNG pixels per CSS pixel: 1, 2 or 3
    #[arg(help_heading = "Output", long, value_name = "N", requires = "output", value_parser = clap::value_parser!(u8).range(1..=3), default_value_t = 2, hide_short_help = true)]
    pub pixel_ratio: u8,
    /// How much is said.
    #[command(flatten)]
    pub messages: MessageArgs,
}
