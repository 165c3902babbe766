//! `topline score`: a saved projection against later figures, as a table, CSV, JSON and a chart.

use std::fmt::Write as _;

use serde::Serialize;
use topline::calendar::{FiscalCalendar, Period};
use topline::export::{SCHEMA, guard, rounded};
use topline::money::{Currency, short};
use topline::project::{ProjectError, Projection};
use topline::question::score::{self, Coverage, NotScored, Outcome, Reason, Scores, SeriesScore, Summary, join};
use topline::series::{Measure, Series};

use crate::cli::args::{Format, ScoreArgs};
use crate::cli::chart;
use crate::cli::charts::Picture;
use crate::cli::failure::Failure;
use crate::cli::files::{print_styled, print_with};
use crate::cli::input::{self, Input};
use crate::cli::messages::{Message, Weight, say};
use crate::cli::score_chart;
use crate::cli::shown::shown;
use crate::cli::style::{ACCENT, BOLD, DIM};
use crate::cli::summary::{percent_change, when};
use crate::cli::table::{Cell, align};
use crate::cli::target::json;

/// What is written as JSON.
#[derive(Serialize)]
struct Report<'a> {
    /// The version of topline.
    topline: &'static str,
    schema: u32,
    #[serde(flatten)]
    scores: &'a Scores,
}

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
    if later.is_empty() {
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
        score_chart::write(&projections, &series, &scores, (path, picture), args.pixel_ratio)?;
    }
    match args.format {
        Format::Table => print_styled(&table(&scores, &projections, overall)),
        Format::Csv => print_with(|out| csv(out, &scores, &projections).map_err(std::io::Error::other)),
        Format::Json => json(&Report { topline: env!("CARGO_PKG_VERSION"), schema: SCHEMA, scores: &scores }),
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

fn table(scores: &Scores, projections: &[Projection], overall: &Summary) -> String {
    let blocks: Vec<String> = scores
        .series
        .iter()
        .zip(projections)
        .filter(|(one, _)| !(one.outcomes.is_empty() && one.not_scored.is_empty()))
        .map(|(one, projection)| block(one, projection))
        .collect();
    let mut out = blocks.join("\n");
    if scores.series.iter().filter(|one| one.summary.is_some()).count() > 1 {
        let _ = writeln!(out, "\n{ACCENT}All series{ACCENT:#}");
        out += &totals(overall);
    }
    out
}

fn block(one: &SeriesScore, projection: &Projection) -> String {
    let origin = when(one.origin.into(), projection.calendar);
    let mut out =
        format!("{ACCENT}{}{ACCENT:#}\n  {DIM}projected from {origin} by {}{DIM:#}\n", shown(&one.series), one.method);
    if !one.outcomes.is_empty() {
        out.push('\n');
        out += &align(&rows(&one.outcomes, one.currency, projection), 2, 3);
        out.push('\n');
    }
    if let Some(summary) = &one.summary {
        out += &totals(summary);
    }
    for line in not_scored(one, projection.calendar) {
        let _ = writeln!(out, "  {DIM}{:<12}{DIM:#}{line}", "Not scored");
    }
    out
}

fn rows(outcomes: &[Outcome], currency: Currency, projection: &Projection) -> Vec<Vec<Cell>> {
    let dim = |text: &str| Cell::left(text).styled(DIM);
    let right = |text: &str| Cell::right(text).styled(DIM);
    let mut head =
        vec![dim("for"), dim("measure"), right("outcome"), right("median"), right("off by"), dim("between quantiles")];
    head.extend(projection.levels.iter().map(|level| dim(&format!("{level}%"))));
    let mut rows = vec![head];
    for outcome in outcomes {
        let sum = if outcome.figures > 1 { format!(" (sum of {})", outcome.figures) } else { String::new() };
        let mut row = vec![
            Cell::left(name(outcome.measure, outcome.period, projection.calendar)),
            Cell::left(format!("{}{sum}", outcome.measure)),
            Cell::right(short(outcome.value, currency)).styled(BOLD),
            Cell::right(short(outcome.median, currency)),
            Cell::right(outcome.relative_error.map_or_else(|| "–".to_owned(), percent_change)),
            Cell::left(between(outcome)),
        ];
        row.extend(outcome.intervals.iter().map(|interval| Cell::left(if interval.held { "in" } else { "OUT" })));
        rows.push(row);
    }
    rows
}

fn name(measure: Measure, period: Period, calendar: FiscalCalendar) -> String {
    match measure {
        Measure::RunRate => when(period.last().into(), calendar),
        Measure::Revenue => when(period, calendar),
    }
}

/// `75% and 90%`, `above 97.5%`.
fn between(outcome: &Outcome) -> String {
    let percent = |p: f64| {
        let text = format!("{:.4}", p * 100.0);
        format!("{}%", text.trim_end_matches('0').trim_end_matches('.'))
    };
    match (outcome.above, outcome.below) {
        (Some(above), Some(below)) => format!("{} and {}", percent(above), percent(below)),
        (Some(above), None) => format!("above {}", percent(above)),
        (None, Some(below)) => format!("below {}", percent(below)),
        (None, None) => String::new(),
    }
}

fn totals(summary: &Summary) -> String {
    let count = summary.outcomes;
    let held: Vec<String> =
        summary.coverage.iter().map(|Coverage { level, held }| format!("{held} of {count} in the {level}% interval")).collect();
    let mut out = format!("  {DIM}{:<12}{DIM:#}{}\n", "Held", held.join(", "));
    if let (Some(bias), Some(size)) = (summary.mean_log_error, summary.mean_absolute_log_error) {
        let _ =
            writeln!(out, "  {DIM}{:<12}{DIM:#}log of outcome over median: {bias:+.3} mean, {size:.3} mean absolute", "Error");
    }
    if let Some(pinball) = summary.relative_pinball {
        let _ = writeln!(out, "  {DIM}{:<12}{DIM:#}{:.1}% of the median", "Pinball", pinball * 100.0);
    }
    out
}

/// One line for each reason, with the figures that it holds for.
fn not_scored(one: &SeriesScore, calendar: FiscalCalendar) -> Vec<String> {
    const NAMED: usize = 4;
    let mut groups: Vec<(String, Vec<&NotScored>)> = Vec::new();
    for figure in &one.not_scored {
        // Each replaced figure names another line; together they are one reason.
        let reason = match figure.reason {
            Reason::Superseded { .. } => Reason::Superseded { line: None }.to_string(),
            _ => figure.reason.to_string(),
        };
        match groups.iter_mut().find(|(known, _)| *known == reason) {
            Some((_, figures)) => figures.push(figure),
            None => groups.push((reason, vec![figure])),
        }
    }
    let line = |(reason, figures): (String, Vec<&NotScored>)| {
        let mut kinds: Vec<&str> = figures.iter().map(|figure| figure.kind).collect();
        kinds.dedup();
        let names: Vec<String> =
            figures.iter().map(|figure| format!("{} {}", when(figure.period, calendar), figure.kind)).collect();
        if names.len() <= NAMED {
            format!("{}: {reason}", names.join(", "))
        } else {
            let kind = if let [kind] = kinds.as_slice() { *kind } else { "figure" };
            let many = if kind == "revenue" { "totals of revenue".to_owned() } else { format!("{kind}s") };
            format!("{} {many}: {reason}", names.len())
        }
    };
    groups.into_iter().map(line).collect()
}

/// One row a later figure, scored or not.
fn csv(out: &mut dyn std::io::Write, scores: &Scores, projections: &[Projection]) -> Result<(), csv::Error> {
    let mut writer = csv::Writer::from_writer(out);
    let mut header: Vec<String> = [
        "series",
        "measure",
        "period",
        "period_start",
        "period_end",
        "outcome",
        "figures",
        "median",
        "error",
        "relative_error",
        "log_error",
        "above_quantile",
        "below_quantile",
        "pinball",
    ]
    .map(str::to_owned)
    .to_vec();
    let levels = projections.first().map(|projection| projection.levels.clone()).unwrap_or_default();
    header.extend(levels.iter().map(|level| format!("held_{level}")));
    header.extend(["currency", "method", "origin", "not_scored"].map(str::to_owned));
    writer.write_record(&header)?;
    let number = |value: f64| rounded(value).to_string();
    let maybe = |value: Option<f64>| value.map(number).unwrap_or_default();
    for (one, projection) in scores.series.iter().zip(projections) {
        let calendar = projection.calendar;
        let before = |measure: &str, period: Period| {
            let (first, last) = (period.first().first_day().to_string(), period.last().last_day().to_string());
            vec![guard(&one.series).into_owned(), measure.to_owned(), calendar.name(period), first, last]
        };
        let after = |reason: String| [one.currency.code().to_owned(), one.method.to_owned(), one.origin.to_string(), reason];
        for outcome in &one.outcomes {
            let mut row = before(outcome.measure.name(), outcome.period);
            row.extend([number(outcome.value), outcome.figures.to_string(), number(outcome.median), number(outcome.error)]);
            row.extend([maybe(outcome.relative_error), maybe(outcome.log_error), maybe(outcome.above), maybe(outcome.below)]);
            row.push(number(outcome.pinball));
            row.extend(outcome.intervals.iter().map(|interval| interval.held.to_string()));
            row.extend(after(String::new()));
            writer.write_record(&row)?;
        }
        for figure in &one.not_scored {
            let mut row = before(figure.kind, figure.period);
            row.push(maybe(figure.value));
            row.resize(header.len() - 4, String::new());
            row.extend(after(figure.reason.to_string()));
            writer.write_record(&row)?;
        }
    }
    writer.flush()?;
    Ok(())
}

/// The figures of a series that belongs to a projection, for its chart.
pub fn observed(projection: &Projection, later: &[Series]) -> Series {
    let figures = score::find(&projection.series, later).map(|index| &later[index]).into_iter().flat_map(Series::observations);
    Series::new(projection.series.clone(), projection.currency, projection.calendar, figures.cloned().collect())
}
