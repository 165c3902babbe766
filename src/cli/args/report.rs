//! Arguments of `topline report`.

use std::path::PathBuf;

use clap::Args;

use super::{FormatArgs, MessageArgs, ProjectArgs, RunArgs};

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
    /// What is projected, and how.
    #[command(flatten)]
    pub run: RunArgs,
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
        let Self { run, output, title, messages } = self;
        let (format, output) = (FormatArgs::SUMMARY, Some(output));
        let (problems, no_charts, no_chart) = (None, false, false);
        let project = ProjectArgs { run, format, output, problems, no_charts, no_chart, messages };
        (project, title)
    }
}
