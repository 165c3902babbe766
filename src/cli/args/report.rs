//! Arguments of `topline report`.

use std::path::PathBuf;

use clap::Args;

use super::project::DeriveArg;
use super::{FormatArgs, InputArgs, MeasureArg, MessageArgs, PlanArgs, ProjectArgs, ScenarioArgs, SegmentsArg};

/// `topline report`.
#[derive(Clone, Debug, Args)]
#[command(
    after_help = "The page needs no network and can be sent by mail. `topline project FILES -o report.html` makes it, too.

Examples:
  topline report data/revenue.csv
  topline report data/ai-and-cloud.csv --title \"The AI race\" -o race.html
  topline report data/revenue.csv --scenario data/scenarios.toml --until 2028"
)]
pub struct ReportArgs {
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
    /// Write the page into this file
    #[arg(help_heading = "Output", short, long, value_name = "FILE", default_value = "report.html")]
    pub output: PathBuf,
    /// Heading of the page
    #[arg(help_heading = "Output", long, value_name = "TEXT")]
    pub title: Option<String>,
    /// How much is said.
    #[command(flatten)]
    pub messages: MessageArgs,
}

impl ReportArgs {
    /// The projection that the page shows, with the page as its file; and the page's heading.
    pub fn into_project(self) -> (ProjectArgs, Option<String>) {
        let Self { input, plan, measure, segments, scenarios, derive, output, title, messages } = self;
        let (format, output) = (FormatArgs::SUMMARY, Some(output));
        let (problems, no_charts, no_chart) = (None, false, false);
        let project = ProjectArgs {
            input,
            plan,
            measure,
            segments,
            scenarios,
            derive,
            format,
            output,
            problems,
            no_charts,
            no_chart,
            messages,
        };
        (project, title)
    }
}
