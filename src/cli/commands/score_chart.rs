//! The chart of `topline score`: the fan that was saved, and the figures that came.

use std::path::Path;

use topline::chart::{self, Chart, Style, Subject};
use topline::project::Projection;
use topline::question::score::Scores;
use topline::series::Series;

use crate::cli::commands::score::observed;
use crate::cli::io::charts::{failure, told};
use crate::cli::render::failure::Failure;

/// Draws the only scored series for a file at `path`; its figures before the origin are drawn too, if they are known.
pub fn draw(
    projections: &[Projection],
    later: &[Series],
    scores: &Scores,
    path: &Path,
    pixel_ratio: u8,
) -> Result<Chart, Failure> {
    let with_outcomes: Vec<usize> = (0..projections.len()).filter(|index| scores.series[*index].summary.is_some()).collect();
    let [index] = with_outcomes.as_slice() else {
        return Err(Failure::Usage {
            message: format!("--output {}: the chart shows one series, but {} are scored", path.display(), with_outcomes.len()),
            hint: "choose one with --series".to_owned(),
        });
    };
    let projection = &projections[*index];
    let series = observed(projection, later);
    let title = scores.series[*index].summary.as_ref().and_then(|summary| {
        let coverage = told(&summary.coverage, |coverage| coverage.level)?;
        let level = coverage.level;
        let lie = if coverage.held == 1 { "lies" } else { "lie" };
        let figures = if summary.outcomes == 1 { "later figure" } else { "later figures" };
        Some(format!(
            "{}: {} of {} {figures} {lie} inside the {level}% interval",
            projection.series, coverage.held, summary.outcomes
        ))
    });
    let style = Style { pixel_ratio, title, note: Some("Marks after the line came later.".to_owned()), ..Style::default() };
    chart::draw(&[Subject { series: &series, projection }], &style).map_err(|error| failure(path, &error))
}
