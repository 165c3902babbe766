//! What may be typed: the commands here, the arguments of each in its own file, what several share in `input` and `plan`.

mod advice;
mod backtest;
mod chart;
mod color;
mod compare;
mod format;
mod input;
mod inspect;
mod measure;
mod methods;
mod peers;
mod plan;
mod planning;
mod project;
mod reconcile;
mod report;
mod scenario;
mod schema;
mod score;
mod segments;
mod start;
mod target;
pub mod tree;

use std::io;
use std::path::PathBuf;

use clap::{Args, CommandFactory, Parser, Subcommand};

pub use backtest::BacktestArgs;
pub use chart::{ChartArgs, KindArg, PanelsArg, PictureArg, ScaleArg, SvgTextArg, ThemeArg};
pub use color::ColorArg;
pub use compare::CompareArgs;
pub use format::{AnswerFormat, AnswerFormatArgs, Format, FormatArgs};
pub use input::{InputArgs, ReadingArgs};
pub use inspect::InspectArgs;
pub use measure::MeasureArg;
pub use methods::MethodsArgs;
pub use peers::PeersArg;
pub use plan::{PlanArgs, ascending};
pub use planning::PlanningArgs;
pub use project::{ProjectArgs, RunArgs};
pub use reconcile::ReconcileArgs;
pub use report::ReportArgs;
pub use scenario::ScenarioArgs;
pub use schema::{SchemaArgs, SchemaOf};
pub use score::ScoreArgs;
pub use segments::SegmentsArg;
pub use start::{DemoArgs, InitArgs, ManArgs};
pub use target::TargetArgs;

/// Licences of topline, of the font that it draws with, and of the packages that it is made of.
pub const LICENSES: &str = concat!(
    "topline: MIT OR Apache-2.0\n\n",
    include_str!("../../../LICENSE-MIT"),
    "\n\nInter, the font of the charts:\n\n",
    include_str!("../../../assets/Inter-LICENSE.txt"),
    "\n\n",
    include_str!("../../../assets/NOTICES.txt")
);

/// Projects revenue: figures in, projections with intervals out.
///
/// Reads a CSV of revenue figures, each with its kind (revenue, run-rate, target, contract, event), and projects every
/// series with prediction intervals, from one figure on.
#[derive(Debug, Parser)]
#[command(version = version(), max_term_width = 100, subcommand_required = true, arg_required_else_help = true)]
#[command(after_help = "Examples:
  topline project 'OpenAI: $10B run-rate June 2025; target $12B 2025'
  topline sales.csv -o output        the same as topline project sales.csv

Each command has -h and, with all its options, --help. -V prints the version.")]
#[command(after_long_help = "Examples:
  topline project 'OpenAI: $10B run-rate June 2025; target $12B 2025'
  topline sales.csv                       short for topline project sales.csv
  topline project sales.csv -o output     projection.csv, .json and charts
  topline project sales.csv --horizon 8q --format csv > projection.csv
  topline chart sales.csv -o chart.svg    a chart alone
  topline inspect sales.csv               how each figure was understood
  topline demo                            an example without any file

Data goes to standard output, messages to standard error.
Exit codes: 0 success, 1 input or projection error, 2 wrong usage.")]
pub struct Cli {
    /// Whether to use colours
    #[arg(long, value_enum, value_name = "WHEN", default_value_t = ColorArg::Auto, global = true, hide_short_help = true)]
    #[arg(help_heading = "Messages")]
    pub color: ColorArg,
    /// Refuse to replace files that are there
    #[arg(long, global = true, hide_short_help = true, help_heading = "Output")]
    pub no_clobber: bool,
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// The versions of the program and of its model, with which projections change.
fn version() -> String {
    format!("{} (growth model {})", env!("CARGO_PKG_VERSION"), topline::project::growth::VERSION)
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Project every series: summary, CSV, JSON and charts
    Project(ProjectArgs),
    /// Write a page of HTML with interactive charts
    Report(Box<ReportArgs>),
    /// Draw figures or a saved projection, as PNG, SVG or PDF
    Chart(ChartArgs),
    /// What growth targets require, and how likely they are
    Target(TargetArgs),
    /// Spread a target over its months, and compare figures with plans
    Plan(PlanningArgs),
    /// When one series overtakes another, and which is the largest
    Compare(CompareArgs),
    /// How a saved projection turned out, by later figures
    Score(ScoreArgs),
    /// How well each method would have done on your own figures
    Backtest(BacktestArgs),
    /// Which figures contradict the others, and by how much
    Reconcile(ReconcileArgs),
    /// How each figure was understood, and what is not used and why
    Inspect(InspectArgs),
    /// What each method does, needs and cannot do, with references
    Methods(MethodsArgs),
    /// Print the JSON Schema of a command's JSON
    Schema(SchemaArgs),
    /// Show an example: the figures of an article, projected
    Demo(DemoArgs),
    /// Write a file of figures and one of scenarios to begin with
    Init(InitArgs),
    /// Options of every command for files that leave something open
    #[command(override_usage = "topline <COMMAND> [OPTIONS] [FILES|FIGURES]...")]
    Reading(ReadingArgs),
    /// Print a completion script for a shell
    Completions {
        /// The shell.
        shell: clap_complete::Shell,
    },
    /// Print a manual page, or write those of all commands
    Man(ManArgs),
    /// Print the licences of topline, its font and its packages
    #[command(hide = true)]
    Licenses,
}

impl Command {
    /// The files that it is known to write before it has read anything.
    pub fn outputs(&self) -> Vec<PathBuf> {
        let in_folder = |path: &Option<PathBuf>, names: &[&str]| match path {
            Some(path) if path.is_dir() => names.iter().map(|name| path.join(name)).collect(),
            Some(path) => vec![path.clone()],
            None => Vec::new(),
        };
        match self {
            Self::Project(args) => {
                let mut all = in_folder(&args.output, &["projection.csv", "projection.json"]);
                all.extend(args.problems.clone());
                all
            }
            Self::Backtest(args) => in_folder(&args.output, &["backtest.csv", "backtest.json", "coverage.png"]),
            Self::Chart(args) => in_folder(&args.output, &[]),
            Self::Report(args) => vec![args.output.clone()],
            Self::Plan(args) => in_folder(&args.output, &[]),
            Self::Compare(args) => in_folder(&args.output, &[]),
            Self::Score(args) => in_folder(&args.output, &[]),
            Self::Inspect(args) => in_folder(&args.fix, &[]),
            _ => Vec::new(),
        }
    }
}

/// How much is said on standard error.
#[derive(Debug, Args, Clone, Copy)]
#[command(next_help_heading = "Messages")]
pub struct MessageArgs {
    /// Print only errors
    #[arg(short, long, conflicts_with = "verbose", hide_short_help = true)]
    pub quiet: bool,
    /// Also print how every figure was understood
    #[arg(short, long, hide_short_help = true)]
    pub verbose: bool,
}

/// A page of the manual.
#[derive(Debug)]
pub struct ManPage {
    /// The command that it is of.
    pub command: String,
    /// The name of its file: `topline-project.1`.
    pub file: String,
    /// What it says.
    pub roff: Vec<u8>,
}

impl Cli {
    /// Writes a completion script.
    pub fn completions(shell: clap_complete::Shell, out: &mut dyn io::Write) -> io::Result<()> {
        // The generator panics on a closed pipe, so it writes to memory.
        let mut script = Vec::new();
        clap_complete::generate(shell, &mut Self::command(), "topline", &mut script);
        out.write_all(&script)
    }

    /// The manual pages in roff, each with the name of its command and of its file.
    pub fn man_pages() -> io::Result<Vec<ManPage>> {
        let mut tree = tree::tree(tree::Help::Long).disable_help_subcommand(true);
        tree.build();
        let all = std::iter::once(&tree).chain(tree.get_subcommands());
        let page = |command: &clap::Command| {
            let man = clap_mangen::Man::new(command.clone());
            let mut roff = Vec::new();
            man.render(&mut roff)?;
            Ok(ManPage { command: command.get_name().to_owned(), file: man.get_filename(), roff })
        };
        all.map(page).collect()
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
