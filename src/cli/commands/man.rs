//! `topline man`: the pages of the manual, one for each command.

use crate::cli::args::{Cli, ManArgs};
use crate::cli::io::files::{Staged, print_with, say_written};
use crate::cli::render::failure::Failure;

/// Runs the command.
pub fn run(args: &ManArgs) -> Result<(), Failure> {
    let pages = Cli::man_pages().map_err(Failure::Output)?;
    if let Some(folder) = &args.output {
        let mut staged = Staged::default();
        for page in &pages {
            staged.write(folder.join(&page.file), &page.roff)?;
        }
        say_written(&staged.commit()?, false);
        return Ok(());
    }
    let asked = args.command.as_deref().unwrap_or("topline");
    let page = pages.iter().find(|page| page.command == asked).ok_or_else(|| Failure::Usage {
        message: format!("there is no command {asked}"),
        hint: "topline --help lists the commands".to_owned(),
    })?;
    print_with(|out| out.write_all(&page.roff))
}
