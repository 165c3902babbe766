//! `projection.json` read back: the rows, and the fiscal years that it has beside them.

use std::io;

use serde::Deserialize;

use crate::calendar::{FiscalCalendar, Period};
use crate::export::figures::SCHEMA;
use crate::export::saved::{SavedError, check, complete, is_amount, method_named, month_of};
use crate::money::Currency;
use crate::project::{Details, Interval, Level, Projection, Row, Setting};
use crate::series::{Measure, Quantity};

#[derive(Deserialize)]
struct Document {
    schema: u32,
    projections: Vec<Saved>,
}

#[derive(Deserialize)]
struct Saved {
    series: String,
    parent: Option<String>,
    quantity: Option<String>,
    currency: String,
    fiscal_year_end: u32,
    origin: String,
    scenario: Option<SavedScenario>,
    method: SavedMethod,
    #[serde(default)]
    milestones: Vec<SavedMilestone>,
    projection: Vec<SavedRow>,
}

#[derive(Deserialize)]
struct SavedScenario {
    name: String,
    note: Option<String>,
    assumptions: Vec<String>,
}

#[derive(Deserialize)]
struct SavedMethod {
    name: String,
}

#[derive(Deserialize)]
struct SavedMilestone {
    revenue: SavedRow,
    run_rate: SavedRow,
}

#[derive(Deserialize)]
struct SavedRow {
    measure: String,
    period_start: String,
    period_end: String,
    median: f64,
    mean: f64,
    intervals: Vec<SavedInterval>,
}

#[derive(Deserialize)]
struct SavedInterval {
    level: f64,
    lo: f64,
    hi: f64,
}

pub(super) fn read(bytes: impl io::Read) -> Result<Vec<Projection>, SavedError> {
    let document: Document = serde_json::from_reader(bytes)?;
    if document.schema != SCHEMA {
        return Err(SavedError::Schema { found: document.schema, known: SCHEMA });
    }
    if document.projections.is_empty() {
        return Err(SavedError::Empty);
    }
    document.projections.into_iter().map(projection).collect()
}

fn projection(saved: Saved) -> Result<Projection, SavedError> {
    let of_years = saved.milestones.into_iter().flat_map(|milestone| [milestone.revenue, milestone.run_rate]);
    let saved_rows: Vec<SavedRow> = saved.projection.into_iter().chain(of_years).collect();
    let first = saved_rows.first().ok_or(SavedError::Empty)?;
    let level = |interval: &SavedInterval| need("level", &interval.level.to_string(), "percentage", level_of(interval.level));
    let levels: Vec<Level> = first.intervals.iter().map(level).collect::<Result<_, _>>()?;
    let name = saved.series.clone();
    let mut rows: Vec<Row> = Vec::new();
    for saved in saved_rows {
        let row = row(&saved, &levels)?;
        let at = || format!("{:?}, {} from {} to {}", name, saved.measure, saved.period_start, saved.period_end);
        check(&row, &levels).map_err(|fault| SavedError::Row { at: at(), fault })?;
        // With yearly steps the years stand twice.
        if !rows.iter().any(|known| (known.measure, known.period) == (row.measure, row.period)) {
            rows.push(row);
        }
    }
    let mut projection = Projection {
        currency: need("currency", &saved.currency, "currency", Currency::from_code(&saved.currency))?,
        calendar: FiscalCalendar::ending_in(saved.fiscal_year_end).unwrap_or_default(),
        method: need("method", &saved.method.name, "method", method_named(&saved.method.name))?,
        reason: "read back from a file".to_owned(),
        origin: need("origin", &saved.origin, "month", saved.origin.parse().ok())?,
        series: saved.series,
        parent: saved.parent,
        quantity: saved
            .quantity
            .as_deref()
            .and_then(Quantity::of_measure_name)
            .map(|(quantity, _)| quantity)
            .unwrap_or_default(),
        levels,
        rows,
        milestones: Vec::new(),
        path: Vec::new(),
        trailing: Vec::new(),
        targets: Vec::new(),
        choice: None,
        derived: Vec::new(),
        details: Details::None,
        setting: saved.scenario.map(|saved| Setting { scenario: saved.name, note: saved.note, assumptions: saved.assumptions }),
    };
    complete(&mut projection)?;
    Ok(projection)
}

fn row(saved: &SavedRow, levels: &[Level]) -> Result<Row, SavedError> {
    let first = need("period_start", &saved.period_start, "date", month_of(&saved.period_start))?;
    let period = month_of(&saved.period_end).and_then(|last| Period::new(first, last));
    let amount = |field: &'static str, value: f64| {
        need(field, &value.to_string(), "amount of zero or more", is_amount(value).then_some(value))
    };
    let interval = |level: &Level| {
        let found = saved.intervals.iter().find(|interval| level_of(interval.level) == Some(*level));
        let found = need("intervals", &format!("{level}% missing"), "list of intervals", found)?;
        Ok(Interval { lo: amount("lo", found.lo)?, hi: amount("hi", found.hi)? })
    };
    Ok(Row {
        measure: need("measure", &saved.measure, "measure", Measure::from_name(&saved.measure))?,
        period: need("period_end", &saved.period_end, "date at or after the period's start", period)?,
        median: amount("median", saved.median)?,
        mean: amount("mean", saved.mean)?,
        intervals: levels.iter().map(interval).collect::<Result<_, SavedError>>()?,
    })
}

/// The level of a percentage, as it was before its binary remainder was written.
fn level_of(percent: f64) -> Option<Level> {
    Level::from_percent((percent * 1e10).round() / 1e10)
}

fn need<T>(field: &'static str, text: &str, expected: &'static str, value: Option<T>) -> Result<T, SavedError> {
    value.ok_or_else(|| SavedError::Field { field, text: text.to_owned(), expected })
}
