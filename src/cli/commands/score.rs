//! `topline score`: a saved projection against later figures, as a table, CSV, JSON and a chart.

use std::fmt::Write as _;

use topline::export::{write_answer, write_scores};
use topline::project::{ProjectError, Projection};
use topline::question::score::{self, Scores, join};
use topline::series::Series;

use crate::cli::args::{Format, ScoreArgs};
use crate::cli::commands::chart;
use crate::cli::commands::score_chart;
use crate::cli::io::charts::{Picture, write_one};
use crate::cli::io::files::{print_answer, print_with};
use crate::cli::io::input::{self, Input};
use crate::cli::render::failure::Failure;
use crate::cli::render::messages::{Message, Weight, say};
use crate::cli::render::score::{not_scored, table};

/// Runs the command.
pub fn run(args: &ScoreArgs) -> Result<(), Failure> {
    let picture = args.output.as_deref().map(|path| Picture::asked(path, "score.png")).transpose()?;
    let (saved, later) = chart::split(&args.input.files)?;
    if saved.is_empty() {
        return Err(Failure::Data {
            message: "none of the files is a projection that topline wrote".to_owned(),
            hint: "save one with topline project FIGURES -o projection.csv, and give it with the later figures".to_owned(),
        });
    }
    if later.is_empty() && args.input.figure.is_empty() {
        return Err(Failure::Usage {
            message: "there are no figures to score the projection against".to_owned(),
            hint: "give a file of later figures after it: topline score projection.csv later.csv".to_owned(),
        });
    }
    // Beside scenarios, the projection as it is.
    let saved = chart::read_back(&saved, &args.input.series)?.into_iter().map(|(projection, _)| projection);
    let projections = join(saved.collect()).map_err(|error| Failure::Data {
        message: error.to_string(),
        hint: "give tables of one run of topline: the same figures, method and levels".to_owned(),
    })?;
    let Input { series, mut messages, .. } = input::load_files(&later, &args.input, false)?;
    let wrong: Vec<_> = series.iter().filter_map(|one| ProjectError::check_amounts(one).err()).collect();
    if !wrong.is_empty() {
        let count = wrong.len();
        return Err(Failure::Project(wrong, count));
    }
    let scores = score::score(&projections, &series);
    messages.extend(about_names(&scores));
    say(&messages, args.messages);
    let Some(overall) = &scores.overall else { return Err(nothing(&scores, &projections)) };
    if let (Some(path), Some(picture)) = (&args.output, picture) {
        let drawn = score_chart::draw(&projections, &series, &scores, path, args.pixel_ratio)?;
        write_one(&drawn, picture, path, args.messages.quiet)?;
    }
    let format = args.format.asked();
    if let Some(screen) = format.screen() {
        return print_answer(&table(&scores, &projections, overall, screen.width), screen);
    }
    match format {
        Format::Csv => print_with(|out| write_scores(out, &scores, &projections)),
        _ => print_with(|out| write_answer(out, &scores)),
    }
}

/// Says which series were matched by another spelling, and which were not matched.
fn about_names(scores: &Scores) -> Vec<Message> {
    let renamed = scores.series.iter().filter_map(|one| {
        let written = one.written.as_ref()?;
        Some(format!("{written} is matched with {} in the projection", one.series))
    });
    let strangers = scores.not_projected.iter().map(|stranger| {
        let near = stranger.near.as_ref().map(|near| format!("; did you mean {near}?")).unwrap_or_default();
        format!("{} is not scored: the projection has no series with that name{near}", stranger.series)
    });
    renamed.chain(strangers).map(|text| Message { place: None, text, weight: Weight::Warning }).collect()
}

/// That nothing could be scored, and why.
fn nothing(scores: &Scores, projections: &[Projection]) -> Failure {
    let mut message = "none of the later figures is an outcome of the projection".to_owned();
    for (one, projection) in scores.series.iter().zip(projections) {
        for line in not_scored(one, projection.calendar) {
            let _ = write!(message, "\n  {}: {line}", one.series);
        }
    }
    let hint =
        "an outcome is a run-rate of a projected month or the revenue of a projected period, after the projection's origin";
    Failure::Data { message, hint: hint.to_owned() }
}

/// The figures of a series that belongs to a projection, for its chart.
pub fn observed(projection: &Projection, later: &[Series]) -> Series {
    let figures = score::find(&projection.series, later).map(|index| &later[index]).into_iter().flat_map(Series::observations);
    Series::new(projection.series.clone(), projection.currency, projection.calendar, figures.cloned().collect())
}
