//! `topline target`: what targets ask for, as a table to read or JSON.

use topline::export::{Targets, TargetsUnder, write_answer};
use topline::project::named::Named;
use topline::question::QuestionError;
use topline::question::target;
use topline::read::{self, GoalError};
use topline::series::Series;

use crate::cli::args::TargetArgs;
use crate::cli::io::files::{print_answer, print_with};
use crate::cli::io::input::{self, Input};
use crate::cli::io::scenario;
use crate::cli::render::failure::Failure;
use crate::cli::render::messages::{Message, Weight, say};
use crate::cli::render::summary::when;
use crate::cli::render::target::block;

/// Runs the command.
pub fn run(args: &TargetArgs) -> Result<(), Failure> {
    let Input { series, others, mut messages, .. } = input::load(&args.input, false)?;
    let scenarios = scenario::load(&args.scenarios, Named::Growth, &series, &others)?;
    let series = read::with_goals(series, &args.goal)
        .map_err(|error| Failure::Usage { message: format!("--goal {error}"), hint: GoalError::HINT.to_owned() })?;
    let asked: Vec<&Series> = series.iter().filter(|series| series.targets().next().is_some()).collect();
    if asked.is_empty() {
        let names: Vec<&str> = series.iter().map(Series::name).collect();
        return Err(question(&QuestionError::NoTarget { series: names.join(", ") }));
    }
    let screen = args.format.asked().screen();
    let (mut answers, mut past) = (Vec::new(), Vec::new());
    let mut under: Vec<TargetsUnder> = Vec::new();
    let mut blocks = Vec::new();
    for series in asked {
        let targets = target::ask(series).map_err(|error| question(&error))?;
        messages.extend(targets.past.iter().map(|figure| Message {
            place: figure.place.clone(),
            text: format!(
                "{}: the target for {} is left out, because the figures begin after it",
                series.name(),
                when(figure.period, series.calendar())
            ),
            weight: Weight::Warning,
        }));
        let about = scenarios.iter().filter(|scenario| scenario.about(series.name()).next().is_some());
        let about = about.filter(|_| !targets.answers.is_empty()).map(|scenario| {
            let targets = target::ask_under(series, scenario).map_err(|error| question(&error))?.answers;
            Ok(TargetsUnder { scenario: scenario.name.clone(), targets })
        });
        let about: Vec<TargetsUnder> = about.collect::<Result<_, Failure>>()?;
        let is_empty = targets.answers.is_empty() && targets.settled.is_empty();
        if let (Some(screen), false) = (screen, is_empty) {
            let under: Vec<_> = about.iter().map(|one| (one.scenario.as_str(), one.targets.as_slice())).collect();
            blocks.push(block(series, (&targets.settled, &targets.answers), &under, screen.width));
        }
        for mut one in about {
            match under.iter_mut().find(|known| known.scenario == one.scenario) {
                Some(known) => known.targets.append(&mut one.targets),
                None => under.push(one),
            }
        }
        answers.extend(targets.answers);
        past.extend(targets.settled);
    }
    say(&messages, args.messages);
    if answers.is_empty() && past.is_empty() {
        return Err(Failure::Data {
            message: "the figures begin after the period of every target".to_owned(),
            hint: "ask for a later one with --goal \"Series=20B@2026-12\"".to_owned(),
        });
    }
    match screen {
        Some(screen) => print_answer(&blocks.join("\n"), screen),
        None => print_with(|out| write_answer(out, &Targets { targets: answers, past, scenarios: under })),
    }
}

/// A question without an answer, as a failure.
pub fn question(error: &QuestionError) -> Failure {
    match error {
        QuestionError::Project(error) => Failure::Project(vec![error.clone()], 1),
        QuestionError::Scenario(error) => Failure::under(error),
        _ => Failure::Data { message: error.to_string(), hint: error.hint().to_owned() },
    }
}
