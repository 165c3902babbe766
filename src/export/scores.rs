//! Scores of a saved projection as CSV.

use std::io;

use super::{guard, rounded};
use crate::calendar::Period;
use crate::project::Projection;
use crate::question::score::Scores;

/// Writes scores as CSV: one row a later figure, scored or not.
///
/// # Errors
///
/// If `out` cannot be written.
pub fn write_scores(out: impl io::Write, scores: &Scores, projections: &[Projection]) -> io::Result<()> {
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
    writer.flush()
}
