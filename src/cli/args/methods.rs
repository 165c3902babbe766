//! Arguments of `topline methods`.

use clap::Args;

use topline::project::named::Named;

use super::AnswerFormat;
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
    /// How to print it
    #[arg(long, value_enum, default_value_t = AnswerFormat::Table)]
    pub format: AnswerFormat,
}
