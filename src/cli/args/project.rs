//! Arguments of `topline project`.

use std::path::PathBuf;

use clap::{Args, FromArgMatches, ValueEnum};
use topline::project::Derivation;

use super::{FormatArgs, InputArgs, MeasureArg, MessageArgs, PlanArgs, ScenarioArgs, SegmentsArg};

/// What is projected, and how.
#[derive(Debug, Clone, Args)]
pub struct RunArgs {
    /// The figures.
    #[command(flatten)]
    pub input: InputArgs,
    /// How far and how finely.
    #[command(flatten)]
    pub plan: PlanArgs,
    /// What the answers begin with [default: revenue; run-rate where the figures are run-rates alone]
    #[arg(help_heading = "Projection", long, value_enum, hide_short_help = true)]
    pub measure: Option<MeasureArg>,
    /// How parts of a whole are found: parts are projected so that they add up to it
    #[arg(help_heading = "Projection", long, value_enum, value_name = "HOW", default_value_t = SegmentsArg::Auto, hide_short_help = true)]
    pub segments: SegmentsArg,
    /// What is assumed.
    #[command(flatten)]
    pub scenarios: ScenarioArgs,
    /// Add derived figures: all available, or those named
    #[arg(help_heading = "Projection", long, value_enum, value_name = "LIST", value_delimiter = ',', num_args = 0.., require_equals = true, default_missing_value = "all", hide_short_help = true)]
    pub derive: Vec<DeriveArg>,
}

/// `topline project`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  topline project data/revenue.csv --until 2030 -o output
  topline project 'OpenAI: $10B run-rate June 2025; target $12B 2025'
  topline project sales.csv --step quarter --horizon 8q --format csv
  topline project data/revenue.csv --scenario data/scenarios.toml --until 2028
  topline project data/revenue.csv -s OpenAI --assume \"60%..90%\"
  xsv search -s company Example all.csv | topline project -")]
pub struct ProjectArgs {
    /// What is projected, and how.
    #[command(flatten)]
    pub run: RunArgs,
    /// What to print.
    #[command(flatten)]
    pub format: FormatArgs,
    /// Write into this folder; or .csv, .json, .html
    ///
    /// A folder gets projection.csv, projection.json and the charts; a name that ends in .csv or .json is that
    /// file alone, and one that ends in .html is a page with everything.
    #[arg(help_heading = "Output", short, long, value_name = "DIR|FILE")]
    pub output: Option<PathBuf>,
    /// Write which series have no projection, and why, into this CSV
    #[arg(help_heading = "Output", long, value_name = "FILE", hide_short_help = true)]
    pub problems: Option<PathBuf>,
    /// Write no charts
    #[arg(help_heading = "Output", long, requires = "output", hide_short_help = true)]
    pub no_charts: bool,
    /// Show no chart beside the summary on a terminal
    #[arg(help_heading = "Output", long, hide_short_help = true)]
    pub no_chart: bool,
    /// How much is said.
    #[command(flatten)]
    pub messages: MessageArgs,
}

impl ProjectArgs {
    /// Those of `topline project FILE`.
    pub fn of_file(file: &str) -> Self {
        let of = || {
            let command = Self::augment_args(clap::Command::new("project"));
            Self::from_arg_matches(&command.try_get_matches_from(["project", file])?)
        };
        // Nothing is asked for but a file.
        of().unwrap_or_else(|error: clap::Error| error.exit())
    }
}

/// Figures that can be derived.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum DeriveArg {
    /// Every one that can be had
    All,
    /// Growth on the same period of the year before
    Yoy,
    /// Constant yearly growth since the last figure of the same kind and length
    Cagr,
    /// The same as growth a month
    Cmgr,
    /// Months to double at that growth
    DoublingMonths,
    /// Revenue of the trailing twelve months
    Ttm,
    /// Revenue of the next twelve months
    Ntm,
    /// Annualised rate at the end of each period
    ExitRate,
    /// Revenue since the first figure
    Cumulative,
}

impl DeriveArg {
    /// The derivations that it stands for.
    pub fn derivations(self) -> Vec<Derivation> {
        match self {
            Self::All => Derivation::ALL.to_vec(),
            Self::Yoy => vec![Derivation::YearOnYear],
            Self::Cagr => vec![Derivation::Cagr],
            Self::Cmgr => vec![Derivation::Cmgr],
            Self::DoublingMonths => vec![Derivation::Doubling],
            Self::Ttm => vec![Derivation::Trailing],
            Self::Ntm => vec![Derivation::Next],
            Self::ExitRate => vec![Derivation::ExitRate],
            Self::Cumulative => vec![Derivation::Cumulative],
        }
    }
}
