//! Arguments of `topline methods`.

use clap::Args;

use super::{AnswerFormat, MethodArg};

/// `topline methods`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  topline methods
  topline methods ets")]
pub struct MethodsArgs {
    /// Only this method
    #[arg(value_enum, value_name = "NAME")]
    pub name: Option<MethodArg>,
    /// How to print it
    #[arg(long, value_enum, default_value_t = AnswerFormat::Table)]
    pub format: AnswerFormat,
}
