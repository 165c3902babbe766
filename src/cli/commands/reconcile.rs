//! `topline reconcile`: which figures of a series do not go with the others, as a table to read or JSON.

use topline::export::{Reconciled, write_answer};
use topline::question::QuestionError;
use topline::question::reconcile::{self, Assumptions};
use topline::run::{Parallel, map};
use topline::series::Measure;

use crate::cli::args::ReconcileArgs;
use crate::cli::commands::target::question;
use crate::cli::io::files::{print_answer, print_with};
use crate::cli::io::input::{self, Input};
use crate::cli::render::failure::Failure;
use crate::cli::render::messages::{Message, Weight, say};
use crate::cli::render::reconcile::block;

/// Runs the command.
pub fn run(args: &ReconcileArgs) -> Result<(), Failure> {
    let Input { series, mut messages, .. } = input::load(&args.input, false)?;
    let assumptions = Assumptions { targets: args.with_targets.map(Measure::from), scope: args.scope.unwrap_or_default() };
    let answered = map(&Parallel, &series, |series| reconcile::ask(series, assumptions));
    let mut answers = Vec::new();
    let mut failures = Vec::new();
    for (series, answer) in series.iter().zip(answered) {
        match answer {
            Ok(answer) => answers.push((series, answer)),
            Err(error) => failures.push((series, error)),
        }
    }
    if answers.is_empty() {
        say(&messages, args.messages);
        return Err(Failure::All(failures.iter().map(|(_, error)| question(error)).collect()));
    }
    // Figures that are wrong in themselves are an error; a series with too few of them is left out.
    let (unanswered, wrong): (Vec<_>, Vec<_>) = failures.into_iter().partition(|(_, error)| may_be_left_out(error));
    if !wrong.is_empty() {
        return Err(Failure::All(wrong.iter().map(|(_, error)| question(error)).collect()));
    }
    messages.extend(unanswered.into_iter().map(|(series, error)| Message {
        place: series.figures().first().and_then(|figure| figure.place.clone()),
        text: error.to_string(),
        weight: Weight::Warning,
    }));
    say(&messages, args.messages);
    let Some(screen) = args.format.asked().screen() else {
        let series = answers.into_iter().map(|(_, answer)| answer).collect();
        return print_with(|out| write_answer(out, &Reconciled { series }));
    };
    let blocks: Vec<String> = answers.iter().map(|(series, answer)| block(series.calendar(), answer, screen.width)).collect();
    print_answer(&blocks.join("\n"), screen)
}

fn may_be_left_out(error: &QuestionError) -> bool {
    matches!(
        error,
        QuestionError::NothingToReconcile { .. }
            | QuestionError::TooManyFigures { .. }
            | QuestionError::ScopeUnknown { .. }
            | QuestionError::Project(topline::project::ProjectError::NothingObserved { .. })
    )
}
