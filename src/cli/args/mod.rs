//! What may be typed: the commands here, the arguments of each in its own file, what several share in `input` and `plan`.

mod backtest;
mod chart;
mod compare;
mod input;
mod inspect;
mod measure;
mod methods;
mod peers;
mod plan;
mod project;
mod reconcile;
mod report;
mod scenario;
mod score;
mod segments;
mod target;

use std::io;

use clap::{Args, CommandFactory, Parser, Subcommand, ValueEnum};

pub use backtest::BacktestArgs;
pub use chart::{ChartArgs, KindArg, PanelsArg, ScaleArg, SvgTextArg, ThemeArg};
pub use compare::CompareArgs;
pub use input::InputArgs;
pub use inspect::InspectArgs;
pub use measure::MeasureArg;
pub use methods::MethodsArgs;
pub use peers::PeersArg;
pub use plan::{PlanArgs, ascending};
pub use project::{Format, ProjectArgs};
pub use reconcile::ReconcileArgs;
pub use report::ReportArgs;
pub use scenario::ScenarioArgs;
pub use score::ScoreArgs;
pub use segments::SegmentsArg;
pub use target::TargetArgs;

/// Licences of topline and of the font that it draws with.
pub const LICENSES: &str = concat!(
    "topline: MIT OR Apache-2.0\n\n",
    include_str!("../../../LICENSE-MIT"),
    "\n\nInter, the font of the charts:\n\n",
    include_str!("../../../assets/Inter-LICENSE.txt")
);

/// Projects revenue: figures in, projections with intervals out.
///
/// Reads a CSV of revenue figures, each with its kind (revenue, run-rate, target, contract, event), and projects every
/// series with prediction intervals, from one figure on.
#[derive(Debug, Parser)]
#[command(version, max_term_width = 100, subcommand_required = true, arg_required_else_help = true)]
#[command(after_help = "Examples:
  topline project data/revenue.csv                 a summary in the terminal
  topline project data/revenue.csv -o output       projection.csv, projection.json and charts
  topline project sales.csv --horizon 8q --format csv > projection.csv
  topline chart data/revenue.csv -o chart.svg      a chart alone
  topline inspect sales.csv                        how each figure was understood

Data goes to standard output, messages to standard error.
Exit codes: 0 success, 1 input or projection error, 2 wrong usage.")]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Project every series: summary, CSV, JSON and charts
    Project(ProjectArgs),
    /// Write the projection of every series as one page of HTML, with interactive charts
    Report(Box<ReportArgs>),
    /// Draw charts of figures or of a saved projection.csv, as PNG or SVG
    Chart(ChartArgs),
    /// What growth targets require and how likely they are, under each reading
    Target(TargetArgs),
    /// When one series overtakes another, and which is the largest
    Compare(CompareArgs),
    /// Score a saved projection against later figures: errors, and which intervals contained the outcome
    Score(ScoreArgs),
    /// How well methods would have done on the series so far
    Backtest(BacktestArgs),
    /// Which figures contradict the others, and what they would have to be
    Reconcile(ReconcileArgs),
    /// Show how each figure was understood, and what is not used and why
    Inspect(InspectArgs),
    /// What each method does, needs and cannot do, with references
    Methods(MethodsArgs),
    /// Print a completion script for a shell
    Completions {
        /// The shell.
        shell: clap_complete::Shell,
    },
    /// Print the manual page
    #[command(hide = true)]
    Man,
    /// Print the licences of topline and its font
    #[command(hide = true)]
    Licenses,
}

/// How much is said on standard error.
#[derive(Debug, Args, Clone, Copy)]
#[command(next_help_heading = "Messages")]
pub struct MessageArgs {
    /// Print only errors
    #[arg(short, long, conflicts_with = "verbose")]
    pub quiet: bool,
    /// Also print how every figure was understood
    #[arg(short, long)]
    pub verbose: bool,
}

/// Forms of an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum AnswerFormat {
    /// A table to read
    Table,
    /// The same for a program
    Json,
}

impl Cli {
    /// Writes a completion script.
    pub fn completions(shell: clap_complete::Shell, out: &mut dyn io::Write) -> io::Result<()> {
        // The generator panics on a closed pipe, so it writes to memory.
        let mut script = Vec::new();
        clap_complete::generate(shell, &mut Self::command(), "topline", &mut script);
        out.write_all(&script)
    }

    /// Writes the manual page, in roff.
    pub fn man_page(out: &mut dyn io::Write) -> io::Result<()> {
        clap_mangen::Man::new(Self::command()).render(out)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arguments_are_well_formed() {
        Cli::command().debug_assert();
    }
}
