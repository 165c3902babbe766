//! Arguments of `topline methods`.

use clap::Args;

use topline::project::named::Named;

use super::AnswerFormatArgs;
use super::plan::method;

/// `topline methods`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  topline methods
  topline methods ets")]
pub struct MethodsArgs {
    /// Only this method
    #[arg(value_parser = method(), value_name = "NAME")]
    pub name: Option<Named>,
    /// How to print it.
    #[command(flatten)]
    pub format: AnswerFormatArgs,
}
