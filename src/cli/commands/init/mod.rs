//! `topline init`: a file of figures and one of scenarios to begin with, which replace no other.

use std::path::PathBuf;

use crate::cli::args::InitArgs;
use crate::cli::commands::next;
use crate::cli::io::files::{Staged, say_written};
use crate::cli::render::failure::Failure;
use crate::cli::render::shown::quoted;

/// The files by their names.
const FILES: [(&str, &str); 2] =
    [("figures.csv", include_str!("figures.csv")), ("scenarios.toml", include_str!("scenarios.toml"))];

/// Runs the command.
pub fn run(args: &InitArgs) -> Result<(), Failure> {
    let paths: Vec<PathBuf> = FILES.iter().map(|(name, _)| in_folder(args, name)).collect();
    if let Some(there) = paths.iter().find(|path| path.symlink_metadata().is_ok()) {
        return Err(Failure::Usage {
            message: format!("{} is there already, and nothing was written", there.display()),
            hint: "name another folder, as in topline init sales".to_owned(),
        });
    }
    let mut staged = Staged::default();
    for (path, (_, text)) in paths.iter().zip(FILES) {
        staged.write(path.clone(), text.as_bytes())?;
    }
    let written = staged.commit()?;
    say_written(&written, args.messages.quiet);
    if !args.messages.quiet {
        let [figures, scenarios] = [&paths[0], &paths[1]].map(|path| quoted(path));
        next::say(args.messages, || {
            format!("replace the rows of {figures}, then topline project {figures} --scenario {scenarios}")
        });
    }
    Ok(())
}

/// Where a file stands; without the `./` of the folder at hand.
fn in_folder(args: &InitArgs, name: &str) -> PathBuf {
    if args.folder.as_os_str() == "." { PathBuf::from(name) } else { args.folder.join(name) }
}
