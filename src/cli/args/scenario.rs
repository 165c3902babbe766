//! What is assumed.

use std::path::PathBuf;

use clap::Args;

/// What is assumed: scenarios of a file, and one of the command line.
#[derive(Clone, Debug, Args)]
#[command(next_help_heading = "Scenarios")]
pub struct ScenarioArgs {
    /// Scenarios in a TOML file
    ///
    /// Each is shown beside the unchanged projection: see docs/scenarios.md, and `topline init` for a file to begin with.
    #[arg(long, value_name = "FILE")]
    pub scenario: Vec<PathBuf>,
    /// Growth to use instead of the model's: "OpenAI=60%..90% fading by a third a year from 2026"
    #[arg(long, value_name = "GROWTH", hide_short_help = true, allow_hyphen_values = true)]
    pub assume: Vec<String>,
    /// An upper limit on revenue, as a run-rate: "Google Cloud=90B from 2026"
    #[arg(long, value_name = "CAP", hide_short_help = true)]
    pub cap: Vec<String>,
}

impl ScenarioArgs {
    /// Whether nothing is assumed.
    pub fn is_empty(&self) -> bool {
        self.scenario.is_empty() && self.assume.is_empty() && self.cap.is_empty()
    }
}
