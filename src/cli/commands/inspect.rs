//! `topline inspect`: how each figure was understood, and what is not used and why.

use topline::export::{Notice, write_canonical, write_figures};
use topline::read::{Finding, review};

use crate::cli::args::{Format, InspectArgs, MessageArgs};
use crate::cli::io::files::{Staged, print_answer, print_with, say_written};
use crate::cli::io::input::{self, Input};
use crate::cli::render::failure::Failure;
use crate::cli::render::messages::{Message, Weight, say};
use crate::cli::render::screen::Screen;
use crate::cli::render::{figures, sources};

/// Runs the command.
pub fn run(args: &InspectArgs) -> Result<(), Failure> {
    let Input { series, mut messages, files, .. } = input::load(&args.input, true)?;
    for one in &series {
        let said: Vec<_> = messages.iter().filter_map(|message| message.place.clone()).collect();
        let new = review(one).into_iter().filter(|finding| {
            // What is warned of is not told twice.
            !matches!(finding, Finding::Outlier { .. }) || finding.place().is_none_or(|place| !said.contains(place))
        });
        messages.extend(new.map(|finding| Message {
            place: finding.place().cloned(),
            text: format!("{}: {finding}", one.name()),
            weight: Weight::Detail,
        }));
    }
    let reports = files;
    let files: Vec<_> = reports.iter().map(sources::source).collect();
    if let Some(path) = &args.fix {
        let mut staged = Staged::default();
        let mut bytes = Vec::new();
        write_canonical(&mut bytes, &series).map_err(|error| Failure::file("write", path, error))?;
        staged.write(path.clone(), &bytes)?;
        say_written(&staged.commit()?, false);
    }
    match args.format.asked() {
        Format::Json => {
            let notices: Vec<Notice> = messages.iter().map(Message::notice).collect();
            return print_with(|out| write_figures(out, &files, &series, &notices));
        }
        Format::Csv => print_with(|out| write_canonical(out, &series))?,
        words => {
            let screen = words.screen().unwrap_or_else(Screen::of_output);
            let of_files = reports.iter().zip(&files).map(|(report, file)| sources::block(report, file, screen.width));
            let blocks = of_files.chain(series.iter().map(|one| figures::block(one, screen.width)));
            print_answer(&blocks.collect::<Vec<_>>().join("\n"), screen)?;
        }
    }
    // Every inference is what this command is asked for.
    say(&messages, MessageArgs { quiet: false, verbose: true });
    Ok(())
}
