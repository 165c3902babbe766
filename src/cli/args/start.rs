//! Arguments of the commands that a new user begins with: `demo`, `init`, and those that print help.

use std::path::PathBuf;

use clap::Args;

use super::MessageArgs;

/// `topline demo`.
#[derive(Debug, Args)]
pub struct DemoArgs {
    /// How much is said.
    #[command(flatten)]
    pub messages: MessageArgs,
}

/// `topline init`.
#[derive(Debug, Args)]
#[command(
    after_help = "It writes figures.csv and scenarios.toml, with comments that say what each part means, and no file over another.

Examples:
  topline init
  topline init sales
  topline project figures.csv --scenario scenarios.toml"
)]
pub struct InitArgs {
    /// The folder to write into; it is made if it is not there
    #[arg(value_name = "FOLDER", default_value = ".")]
    pub folder: PathBuf,
    /// How much is said.
    #[command(flatten)]
    pub messages: MessageArgs,
}

/// `topline man`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  topline man | man -l -
  topline man project | man -l -
  topline man -o ~/.local/share/man/man1     every page, for man topline-project")]
pub struct ManArgs {
    /// The command whose page is printed [default: that of topline]
    #[arg(value_name = "COMMAND")]
    pub command: Option<String>,
    /// Write the pages of all commands into this folder
    #[arg(short, long, value_name = "FOLDER", conflicts_with = "command")]
    pub output: Option<PathBuf>,
}
