//! What a summary tells of each period: the measure that it begins with, its growth, and the other measure.

use topline::calendar::{FiscalCalendar, Period, Step};
use topline::money::{Amount, projected};
use topline::percent;
use topline::project::{Derivation, Details, Interval, Projection, Row, headline};
use topline::series::{Measure, Series};

use super::{View, when};
use crate::cli::args::MeasureArg;
use crate::cli::render::style::{BOLD, DIM};
use crate::cli::render::table::{Cell, fit};

/// A median and the interval that is told.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Told {
    pub median: f64,
    pub interval: Option<Interval>,
}

/// One period.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    pub period: Period,
    /// What the summary begins with.
    pub lead: Told,
    pub growth: Option<f64>,
    /// The other measure; `None` where it would mislead.
    pub second: Option<Told>,
}

/// The measure that a summary of a series begins with.
pub fn lead(series: &Series, view: &View) -> MeasureArg {
    view.measure.unwrap_or_else(|| series.lead().into())
}

/// The periods of a summary: those of the step that was asked for, else the years and the end.
pub fn lines(series: &Series, projection: &Projection, lead: MeasureArg, view: &View) -> Vec<Line> {
    let level = headline(&projection.levels);
    let told = |row: &Row| Told { median: row.median, interval: level.map(|level| row.intervals[level]) };
    let (first, other) = match lead {
        MeasureArg::RunRate => (Measure::RunRate, Measure::Revenue),
        _ => (Measure::Revenue, Measure::RunRate),
    };
    let shows_other = other == Measure::Revenue || has_smooth_run_rates(projection);
    if lead == MeasureArg::Ttm {
        return trailing(projection, level, shows_other);
    }
    if view.step.is_none() {
        let line = |milestone: &topline::project::Milestone| Line {
            period: milestone.period,
            lead: told(milestone.row(first)),
            growth: milestone.growth_of(first),
            second: shows_other.then(|| told(milestone.row(other))),
        };
        return projection.milestones.iter().map(line).collect();
    }
    let of = |measure: Measure| projection.rows.iter().filter(move |row| row.measure == measure);
    let line = |(row, other): (&Row, &Row)| {
        let months = |period: Period| if first == Measure::RunRate { period.last().into() } else { period };
        let before = Period::ending(row.period.last().plus(-12), row.period.months());
        let ahead = of(first).find(|row| row.period == before).map(|row| row.median);
        let base = ahead.or_else(|| series.stated(first, months(before)).map(Amount::value));
        let growth = base.filter(|base| *base > 0.0).map(|base| row.median / base - 1.0);
        Line { period: row.period, lead: told(row), growth, second: shows_other.then(|| told(other)) }
    };
    of(first).zip(of(other)).map(line).collect()
}

/// Whether run-rates are those of a smooth rate: of other methods they are the last month's amount times twelve, season and all.
pub fn has_smooth_run_rates(projection: &Projection) -> bool {
    matches!(projection.details, Details::Growth(_))
}

/// The twelve months up to the end of each period.
fn trailing(projection: &Projection, level: Option<usize>, with_run_rates: bool) -> Vec<Line> {
    let all: Vec<_> = projection.derived.iter().filter(|derived| derived.derivation == Derivation::Trailing).collect();
    let line = |derived: &&topline::project::Derived| {
        let ends = || derived.intervals.as_ref()?.get(level?).copied();
        let interval = ends().and_then(|(lo, hi)| Some(Interval { lo: lo?, hi: hi? }));
        let before = derived.period.shift(-1);
        let base = all.iter().find(|other| other.period == before).and_then(|other| other.median);
        let median = derived.median?;
        let growth = base.filter(|base| *base > 0.0).map(|base| median / base - 1.0);
        let run_rate = projection
            .rows
            .iter()
            .find(|row| row.measure == Measure::RunRate && row.period.last() == derived.period.last())
            .filter(|_| with_run_rates)
            .map(|row| Told { median: row.median, interval: level.map(|level| row.intervals[level]) });
        Some(Line { period: derived.period, lead: Told { median, interval }, growth, second: run_rate })
    };
    all.iter().filter(|derived| !derived.stated).filter_map(line).collect()
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

/// How a period of twelve months begins that is no fiscal year.
const YEAR_TO: &str = "year to ";
const YEAR: &str = "year";

/// `2025`, `Q3 2025`, `year to Jun 2027`.
pub fn named(period: Period, calendar: FiscalCalendar) -> String {
    match calendar.step_of(period) {
        Some(Step::Year) => calendar.name(period),
        None if period.months() == 12 => {
            format!("{YEAR_TO}{} {}", period.last().short_name(), period.last().year())
        }
        _ => when(period, calendar),
    }
}

/// The two rows above [`cells`].
pub fn heads(projection: &Projection, lead: MeasureArg, view: &View, second: bool) -> [Vec<Cell>; 2] {
    let levels = &projection.levels;
    let level = headline(levels).map(|index| format!("{}% interval", levels[index])).unwrap_or_default();
    let left = |text: &str| Cell::left(text).styled(DIM);
    let right = |text: &str| Cell::right(text).styled(DIM);
    let quantity = projection.quantity.name();
    let of_period = match view.step {
        Some(Step::Month) => "of the month",
        Some(Step::Quarter) => "of the quarter",
        Some(Step::Half) => "of the half",
        Some(Step::Year) | None => "of the year",
    };
    let (run_rate, revenue) = (["run-rate", "at the end"], [quantity, of_period]);
    let (first, other) = match lead {
        MeasureArg::Revenue => (revenue, run_rate),
        MeasureArg::Ttm => ([quantity, "of twelve months"], run_rate),
        MeasureArg::RunRate => (run_rate, revenue),
    };
    let since = when(projection.origin.into(), projection.calendar);
    let growth = match (lead, view.step) {
        (MeasureArg::RunRate, None) => ["CAGR since", since.as_str()],
        // In two lines, so that a table of both measures fits into eighty columns.
        _ => ["year on", "year"],
    };
    let mut rows = [
        vec![right(first[0]), left(first[1]).joined(), right(growth[0])],
        vec![right("median"), left(&level), right(growth[1])],
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

/// `$9.42B to $12.0B`.
pub fn interval(told: Told, projection: &Projection) -> String {
    let amount = |value: f64| projected(value, projection.currency);
    told.interval.map(|Interval { lo, hi }| format!("{} to {}", amount(lo), amount(hi))).unwrap_or_default()
}
