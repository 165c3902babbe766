//! How a saved projection turned out, as tables.

use std::fmt::Write as _;

use topline::calendar::{FiscalCalendar, Period};
use topline::money::{Currency, projected, short};
use topline::percent::change;
use topline::project::Projection;
use topline::question::score::{Coverage, NotScored, Outcome, Reason, Scores, SeriesScore, Summary};
use topline::series::Measure;

use crate::cli::render::lines::labelled;
use crate::cli::render::shown::shown;
use crate::cli::render::style::{ACCENT, BOLD, DIM};
use crate::cli::render::summary::when;
use crate::cli::render::table::{Cell, fit};

/// Width of the words in front of a line.
const MARGIN: usize = 12;

/// Each series with its outcomes, and all of them together.
pub fn table(scores: &Scores, projections: &[Projection], overall: &Summary, width: usize) -> String {
    let blocks: Vec<String> = scores
        .series
        .iter()
        .zip(projections)
        .filter(|(one, _)| !(one.outcomes.is_empty() && one.not_scored.is_empty()))
        .map(|(one, projection)| block(one, projection, width))
        .collect();
    let mut out = blocks.join("\n");
    if scores.series.iter().filter(|one| one.summary.is_some()).count() > 1 {
        let _ = writeln!(out, "\n{ACCENT}All series{ACCENT:#}");
        out += &totals(overall, width);
    }
    out
}

fn block(one: &SeriesScore, projection: &Projection, width: usize) -> String {
    let origin = when(one.origin.into(), projection.calendar);
    let mut out =
        format!("{ACCENT}{}{ACCENT:#}\n  {DIM}projected from {origin} by {}{DIM:#}\n", shown(&one.series), one.method);
    if !one.outcomes.is_empty() {
        out.push('\n');
        out += &fit(&rows(&one.outcomes, one.currency, projection), 2, width);
        out.push('\n');
    }
    if let Some(summary) = &one.summary {
        out += &totals(summary, width);
    }
    for line in not_scored(one, projection.calendar) {
        labelled(&mut out, "Not scored", &line, MARGIN, width);
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
            Cell::right(projected(outcome.median, currency)),
            Cell::right(outcome.relative_error.map_or_else(|| "–".to_owned(), change)),
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

fn totals(summary: &Summary, width: usize) -> String {
    let count = summary.outcomes;
    let held: Vec<String> =
        summary.coverage.iter().map(|Coverage { level, held }| format!("{held} of {count} in the {level}% interval")).collect();
    let mut out = String::new();
    let mut line = |word: &str, text: &str| labelled(&mut out, word, text, MARGIN, width);
    line("Held", &held.join(", "));
    if let (Some(bias), Some(size)) = (summary.mean_log_error, summary.mean_absolute_log_error) {
        line("Error", &format!("log of outcome over median: {bias:+.3} mean, {size:.3} mean absolute"));
    }
    if let Some(pinball) = summary.relative_pinball {
        line("Pinball", &format!("{:.1}% of the median", pinball * 100.0));
    }
    out
}

/// One line for each reason, with the figures that it holds for.
pub fn not_scored(one: &SeriesScore, calendar: FiscalCalendar) -> Vec<String> {
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
