//! What is told of each period: the measure that an answer begins with, its growth, and the other measure.

use crate::calendar::{FiscalCalendar, Period, Step};
use crate::money::{Amount, projected};
use crate::project::{Derivation, Derived, Details, Interval, Milestone, Projection, Row, headline};
use crate::question::compare::Measured;
use crate::report::words::when;
use crate::series::{Measure, Series};

/// A median and the interval that is told.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Told {
    /// The median.
    pub median: f64,
    /// The interval nearest to 80%.
    pub interval: Option<Interval>,
}

/// One period.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// Which.
    pub period: Period,
    /// What the answer begins with.
    pub lead: Told,
    /// Growth of it: 0.05 is 5%.
    pub growth: Option<f64>,
    /// The other measure; `None` where it would mislead.
    pub second: Option<Told>,
}

/// The periods of a summary: those of the step that was asked for, else the years and the end.
pub fn lines(series: &Series, projection: &Projection, lead: Measured, step: Option<Step>) -> Vec<Line> {
    let level = headline(&projection.levels);
    let told = |row: &Row| Told { median: row.median, interval: level.map(|level| row.intervals[level]) };
    let (first, other) = match lead {
        Measured::RunRate => (Measure::RunRate, Measure::Revenue),
        _ => (Measure::Revenue, Measure::RunRate),
    };
    let shows_other = other == Measure::Revenue || has_smooth_run_rates(projection);
    if lead == Measured::Trailing {
        return trailing(projection, level, shows_other);
    }
    if step.is_none() {
        let line = |milestone: &Milestone| Line {
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
    let line = |derived: &&Derived| {
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

/// How a period of twelve months begins that is no fiscal year.
pub const YEAR_TO: &str = "year to ";
/// What such periods are.
pub const YEAR: &str = "year";

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

/// What stands above the periods, each in two parts.
#[derive(Clone, Debug, PartialEq)]
pub struct Heads {
    /// The measure that the answer begins with, and of what: `revenue`, `of the year`.
    pub first: [&'static str; 2],
    /// What its growth is on: `year on`, `year`.
    pub growth: (&'static str, String),
    /// The other measure.
    pub other: [&'static str; 2],
}

impl Heads {
    /// Those of an answer that begins with `lead`, in periods of `step`, or of years where none was asked for.
    pub fn of(projection: &Projection, lead: Measured, step: Option<Step>) -> Self {
        let quantity = projection.quantity.name();
        let of_period = match step {
            Some(Step::Month) => "of the month",
            Some(Step::Quarter) => "of the quarter",
            Some(Step::Half) => "of the half",
            Some(Step::Year) | None => "of the year",
        };
        let (run_rate, revenue) = (["run-rate", "at the end"], [quantity, of_period]);
        let (first, other) = match lead {
            Measured::Revenue => (revenue, run_rate),
            Measured::Trailing => ([quantity, "of twelve months"], run_rate),
            Measured::RunRate => (run_rate, revenue),
        };
        let growth = match (lead, step) {
            (Measured::RunRate, None) => ("CAGR since", when(projection.origin.into(), projection.calendar)),
            // In two lines, so that a table of both measures fits into eighty columns.
            _ => ("year on", "year".to_owned()),
        };
        Self { first, growth, other }
    }
}

/// `$9.42B to $12.0B`.
pub fn interval(told: Told, projection: &Projection) -> String {
    let amount = |value: f64| projected(value, projection.currency);
    told.interval.map(|Interval { lo, hi }| format!("{} to {}", amount(lo), amount(hi))).unwrap_or_default()
}
