//! What a summary tells of each period: the measure that it begins with, its growth, and the other measure.

use topline::calendar::Period;
use topline::money::projected;
use topline::percent;
use topline::project::{Projection, headline};
use topline::report::periods::{Heads, YEAR, YEAR_TO};
use topline::series::Series;

use super::View;
use crate::cli::args::MeasureArg;
use crate::cli::render::style::{BOLD, DIM};
use crate::cli::render::table::{Cell, fit};

pub use topline::report::periods::{Line, Told, interval, named};

/// The measure that a summary of a series begins with.
pub fn lead(series: &Series, view: &View) -> MeasureArg {
    view.measure.unwrap_or_else(|| series.lead().into())
}

/// The periods of a summary: those of the step that was asked for, else the years and the end.
pub fn lines(series: &Series, projection: &Projection, lead: MeasureArg, view: &View) -> Vec<Line> {
    topline::report::periods::lines(series, projection, lead.into(), view.step)
}

/// The table of a series.
pub fn table(series: &Series, projection: &Projection, view: &View) -> String {
    let lead = lead(series, view);
    let lines = lines(series, projection, lead, view);
    let heads = heads(projection, lead, view, lines.iter().any(|line| line.second.is_some()));
    let named = |period: Period| named(period, projection.calendar);
    // Where some rows are twelve months to a date, the column says so and its rows are short.
    let twelve = lines.iter().any(|line| named(line.period).starts_with(YEAR_TO));
    let corner = ["", if twelve { YEAR } else { "" }];
    let mut rows: Vec<Vec<Cell>> = Vec::new();
    for (corner, cells) in corner.into_iter().zip(heads) {
        rows.push([vec![Cell::left(corner).styled(DIM)], cells].concat());
    }
    for line in &lines {
        let name = named(line.period);
        let mut row = vec![Cell::left(name.strip_prefix(YEAR).map_or(name.as_str(), str::trim_start))];
        row.extend(cells(line, projection));
        rows.push(row);
    }
    fit(&rows, 2, view.screen.width)
}

/// The two rows above [`cells`].
pub fn heads(projection: &Projection, lead: MeasureArg, view: &View, second: bool) -> [Vec<Cell>; 2] {
    let levels = &projection.levels;
    let level = headline(levels).map(|index| format!("{}% interval", levels[index])).unwrap_or_default();
    let left = |text: &str| Cell::left(text).styled(DIM);
    let right = |text: &str| Cell::right(text).styled(DIM);
    let Heads { first, growth, other } = Heads::of(projection, lead.into(), view.step);
    let mut rows = [
        vec![right(first[0]), left(first[1]).joined(), right(growth.0)],
        vec![right("median"), left(&level), right(&growth.1)],
    ];
    if second {
        rows[0].extend([right(other[0]), left(other[1]).joined()]);
        rows[1].extend([right("median"), left(&level)]);
    }
    rows
}

/// What is foreseen of a period: the first measure with its interval and growth, and the other.
pub fn cells(line: &Line, projection: &Projection) -> Vec<Cell> {
    let mut cells = amounts(line.lead, projection).to_vec();
    cells.push(Cell::right(line.growth.map(percent::change).unwrap_or_default()));
    cells.extend(line.second.into_iter().flat_map(|told| amounts(told, projection)));
    cells
}

fn amounts(told: Told, projection: &Projection) -> [Cell; 2] {
    [Cell::right(projected(told.median, projection.currency)).styled(BOLD), Cell::left(interval(told, projection))]
}
