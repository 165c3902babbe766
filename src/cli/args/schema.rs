//! Arguments of `topline schema`.

use clap::{Args, ValueEnum};

/// `topline schema`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  topline schema > projection.schema.json
  topline schema target")]
pub struct SchemaArgs {
    /// The command whose JSON is described
    #[arg(value_enum, value_name = "COMMAND", default_value_t = SchemaOf::Project)]
    pub command: SchemaOf,
}

/// The commands that print JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum SchemaOf {
    /// projection.json
    Project,
    /// What targets ask for
    Target,
    /// When one series overtakes another
    Compare,
    /// How a saved projection turned out
    Score,
    /// How well each method would have done
    Backtest,
    /// Which figures contradict each other
    Reconcile,
    /// How each figure was understood
    Inspect,
    /// What each method does
    Methods,
}
