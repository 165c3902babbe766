//! `topline schema`: the JSON Schema of what a command prints with `--format json`.

use crate::cli::args::{SchemaArgs, SchemaOf};
use crate::cli::io::files::print_with;
use crate::cli::render::failure::Failure;

/// Runs the command.
pub fn run(args: &SchemaArgs) -> Result<(), Failure> {
    print_with(|out| out.write_all(text(args.command).as_bytes()))
}

fn text(command: SchemaOf) -> &'static str {
    match command {
        SchemaOf::Project => include_str!("../../../docs/schema/project.json"),
        SchemaOf::Target => include_str!("../../../docs/schema/target.json"),
        SchemaOf::Compare => include_str!("../../../docs/schema/compare.json"),
        SchemaOf::Score => include_str!("../../../docs/schema/score.json"),
        SchemaOf::Backtest => include_str!("../../../docs/schema/backtest.json"),
        SchemaOf::Reconcile => include_str!("../../../docs/schema/reconcile.json"),
        SchemaOf::Inspect => include_str!("../../../docs/schema/inspect.json"),
        SchemaOf::Methods => include_str!("../../../docs/schema/methods.json"),
    }
}
