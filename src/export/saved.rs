//! `projection.csv` read back: what [`CsvWriter`](crate::export::CsvWriter) wrote, for drawing it and for checking it against
//! what happened; `saved_json` reads `projection.json`.
//!
//! A file holds the projected periods and nothing of how they came about, so a projection read back has no targets, no details
//! and, as its path, the run-rates at the ends of its periods.

use std::io::{self, BufRead as _};

use chrono::NaiveDate;

use crate::calendar::{FiscalCalendar, Month, Period};
use crate::export::csv::SCENARIO;
use crate::export::{saved_json, unguard};
use crate::money::Currency;
use crate::project::derive::is_derived;
use crate::project::{Details, Interval, Level, Method, Milestone, PathPoint, Projection, Row, Setting, Standard, zeros};
use crate::series::{Measure, Quantity};

/// Why a saved projection cannot be read.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SavedError {
    /// The bytes cannot be had.
    #[error("it cannot be read")]
    Io(#[from] io::Error),
    /// The bytes are no JSON that topline wrote.
    #[error("it is no projection.json: {0}")]
    Json(#[from] serde_json::Error),
    /// A value of the JSON is not what it is for.
    #[error("{field} is {text:?}, which is no {expected}")]
    Field {
        /// Name of the field.
        field: &'static str,
        /// What stands there.
        text: String,
        /// What should.
        expected: &'static str,
    },
    /// The bytes are no CSV.
    #[error("it is no CSV")]
    Csv(#[from] csv::Error),
    /// A column of a saved projection is not there.
    #[error("line 1: there is no column {column}")]
    NoColumn {
        /// Name of the column.
        column: &'static str,
    },
    /// A cell does not hold what its column is for.
    #[error("line {line}: {column} is {text:?}, which is no {expected}")]
    Cell {
        /// Line, from 1.
        line: u64,
        /// Name of the column.
        column: String,
        /// What stands there.
        text: String,
        /// What should.
        expected: &'static str,
    },
    /// There are no rows.
    #[error("there are no rows")]
    Empty,
    /// A series has no run-rates.
    #[error("{series} has no rows of measure run-rate")]
    NoRunRate {
        /// Name of the series.
        series: String,
    },
}

/// Whether a file that begins so is a saved projection.
pub fn is_saved(start: &[u8]) -> bool {
    let start = start.strip_prefix(b"\xef\xbb\xbf").unwrap_or(start);
    start.starts_with(b"series,measure,period,period_start,period_end,") || start.starts_with(b"{\"topline\":")
}

/// The method of this name, of those that may have made a saved projection.
pub(super) fn method_named(name: &str) -> Option<&'static str> {
    let own = ["growth", zeros::YEARS].into_iter().find(|own| *own == name);
    own.or_else(|| Standard::ALL.iter().map(Method::name).find(|own| *own == name))
}

/// The month of an origin: `2025-06`.
pub(super) fn origin_of(text: &str) -> Option<Month> {
    let (year, month) = text.split_once('-')?;
    Month::new(year.parse().ok()?, month.parse().ok()?)
}

/// The month of the first or last day of a period: `2025-06-30`.
pub(super) fn month_of(day: &str) -> Option<Month> {
    Month::of(day.parse::<NaiveDate>().ok()?)
}

/// Reads the projections of a saved file, CSV or JSON, in the order of their first rows.
///
/// # Errors
///
/// If it is not a file that topline wrote: a column is missing, or a cell is no date, amount, currency or method.
pub fn read_saved(bytes: impl io::Read) -> Result<Vec<Projection>, SavedError> {
    let mut bytes = io::BufReader::new(bytes);
    if bytes.fill_buf()?.first() == Some(&b'{') {
        return saved_json::read(bytes);
    }
    let mut reader = csv::Reader::from_reader(bytes);
    let columns = Columns::of(reader.headers()?)?;
    let mut projections: Vec<Projection> = Vec::new();
    for record in reader.records() {
        let record = record?;
        let line = record.position().map_or(0, csv::Position::line);
        let cells = Cells { record: &record, line };
        let name = unguard(cells.text(columns.series)).to_owned();
        if is_derived(cells.text(columns.measure)) {
            continue; // they follow from the figures and the rows
        }
        let row = columns.row(&cells)?;
        let setting = columns.setting(&cells);
        match projections.iter_mut().find(|projection| projection.series == name && projection.setting == setting) {
            Some(projection) => projection.rows.push(row),
            None => projections.push(Projection { setting, ..columns.projection(&cells, name, row)? }),
        }
    }
    if projections.is_empty() {
        return Err(SavedError::Empty);
    }
    for projection in &mut projections {
        complete(projection)?;
    }
    Ok(projections)
}

/// Fills what follows from the rows: their order, the path and the milestones.
pub(super) fn complete(projection: &mut Projection) -> Result<(), SavedError> {
    projection.rows.sort_by_key(|row| (row.measure, row.period));
    let (revenue, rates): (Vec<&Row>, Vec<&Row>) = projection.rows.iter().partition(|row| row.measure == Measure::Revenue);
    let Some(last) = rates.last().map(|row| row.period) else {
        return Err(SavedError::NoRunRate { series: projection.series.clone() });
    };
    let point = |row: &&Row| PathPoint { month: row.period.last(), median: row.median, intervals: row.intervals.clone() };
    projection.path = rates.iter().map(point).collect();
    let milestone = |run_rate: &&Row| {
        let revenue = revenue.iter().find(|row| row.period == run_rate.period)?;
        let (period, revenue, run_rate) = (run_rate.period, (*revenue).clone(), (*run_rate).clone());
        Some(Milestone { period, revenue, run_rate, growth: None, growth_of: Measure::Revenue })
    };
    let yearly = rates.iter().filter(|row| row.period.months() == 12 || row.period == last);
    projection.milestones = yearly.filter_map(milestone).collect();
    Ok(())
}

/// Where the columns stand.
struct Columns {
    series: usize,
    measure: usize,
    period: usize,
    start: usize,
    end: usize,
    median: usize,
    mean: usize,
    currency: usize,
    method: usize,
    origin: usize,
    /// Absent unless a series is a part of another.
    parent: Option<usize>,
    /// There is one beside scenarios only.
    scenario: Option<usize>,
    /// Each level with the columns of its interval's ends.
    levels: Vec<(Level, usize, usize)>,
}

impl Columns {
    fn of(header: &csv::StringRecord) -> Result<Self, SavedError> {
        let find = |column: &'static str| header.iter().position(|name| name == column).ok_or(SavedError::NoColumn { column });
        let levels = header.iter().enumerate().filter_map(|(lo, name)| {
            let percent = name.strip_prefix("lo_")?;
            let hi = header.iter().position(|name| name.strip_prefix("hi_") == Some(percent))?;
            Some((Level::from_percent(percent.parse().ok()?)?, lo, hi))
        });
        let levels: Vec<_> = levels.collect();
        if levels.is_empty() {
            return Err(SavedError::NoColumn { column: "lo_80" });
        }
        Ok(Self {
            series: find("series")?,
            measure: find("measure")?,
            period: find("period")?,
            start: find("period_start")?,
            end: find("period_end")?,
            median: find("median")?,
            mean: find("mean")?,
            currency: find("currency")?,
            method: find("method")?,
            origin: find("origin")?,
            parent: find("parent").ok(),
            scenario: find(SCENARIO).ok(),
            levels,
        })
    }

    fn measure(&self, cells: &Cells<'_>) -> Result<(Quantity, Measure), SavedError> {
        cells.parse("measure", self.measure, "measure", Quantity::of_measure_name)
    }

    fn row(&self, cells: &Cells<'_>) -> Result<Row, SavedError> {
        let interval = |(_, lo, hi): &(Level, usize, usize)| -> Result<Interval, SavedError> {
            Ok(Interval { lo: cells.amount("lo", *lo)?, hi: cells.amount("hi", *hi)? })
        };
        Ok(Row {
            measure: self.measure(cells)?.1,
            period: self.months(cells)?,
            median: cells.amount("median", self.median)?,
            mean: cells.amount("mean", self.mean)?,
            intervals: self.levels.iter().map(interval).collect::<Result<_, SavedError>>()?,
        })
    }

    fn months(&self, cells: &Cells<'_>) -> Result<Period, SavedError> {
        let first = cells.parse("period_start", self.start, "date", month_of)?;
        cells.parse("period_end", self.end, "date at or after the period's start", |text| Period::new(first, month_of(text)?))
    }

    /// The scenario of a row; its assumptions are not in the file.
    fn setting(&self, cells: &Cells<'_>) -> Option<Setting> {
        let name = unguard(cells.text(self.scenario?));
        (name != Setting::PLAIN).then(|| Setting { scenario: name.to_owned(), note: None, assumptions: Vec::new() })
    }

    /// The series' projection with its first row.
    fn projection(&self, cells: &Cells<'_>, series: String, row: Row) -> Result<Projection, SavedError> {
        Ok(Projection {
            series,
            parent: self.parent.map(|parent| unguard(cells.text(parent)).to_owned()).filter(|parent| !parent.is_empty()),
            quantity: self.measure(cells)?.0,
            currency: cells.parse("currency", self.currency, "currency", Currency::from_code)?,
            calendar: calendar_of(cells.text(self.period), row.period),
            method: cells.parse("method", self.method, "method of topline", method_named)?,
            reason: "read back from a file".to_owned(),
            origin: cells.parse("origin", self.origin, "month", origin_of)?,
            levels: self.levels.iter().map(|(level, ..)| *level).collect(),
            rows: vec![row],
            milestones: Vec::new(),
            path: Vec::new(),
            targets: Vec::new(),
            choice: None,
            derived: Vec::new(),
            details: Details::Saved,
            setting: None,
        })
    }
}

/// The fiscal calendar in which the period has this name; calendar years if none has.
fn calendar_of(name: &str, period: Period) -> FiscalCalendar {
    let calendars = [12].into_iter().chain(1..12).filter_map(FiscalCalendar::ending_in);
    calendars.into_iter().find(|calendar| calendar.name(period) == name).unwrap_or_default()
}

/// The cells of a row.
struct Cells<'r> {
    record: &'r csv::StringRecord,
    line: u64,
}

impl Cells<'_> {
    fn text(&self, index: usize) -> &str {
        self.record.get(index).unwrap_or_default()
    }

    fn parse<T>(
        &self,
        column: &str,
        index: usize,
        expected: &'static str,
        parse: impl FnOnce(&str) -> Option<T>,
    ) -> Result<T, SavedError> {
        let text = self.text(index);
        let wrong = || SavedError::Cell { line: self.line, column: column.to_owned(), text: text.to_owned(), expected };
        parse(text).ok_or_else(wrong)
    }

    fn amount(&self, column: &str, index: usize) -> Result<f64, SavedError> {
        self.parse(column, index, "amount of zero or more", |text| {
            text.parse().ok().filter(|v: &f64| v.is_finite() && *v >= 0.0)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::CsvWriter;
    use crate::money::Amount;
    use crate::project::growth::Growth;
    use crate::project::{Horizon, Plan, project};
    use crate::series::{Fact, Figure, Series};

    fn saved() -> (Projection, Vec<u8>) {
        let june = FiscalCalendar::ending_in(6).unwrap();
        let amount = Amount::exact(5e6).unwrap();
        let figures = vec![Figure::new(Fact::Revenue(amount), june.year(2024).unwrap())];
        let series = Series::new("=Example", Currency::USD, june, figures);
        let plan = Plan { horizon: Horizon::Months(36), ..Plan::for_series(std::slice::from_ref(&series)) };
        let growth = Growth::new();
        let (projection, _) = project(&growth, &series, &plan).unwrap();
        let mut writer = CsvWriter::new(Vec::new(), &projection.levels).unwrap();
        writer.write(&projection).unwrap();
        (projection, writer.finish().unwrap())
    }

    #[test]
    fn what_was_written_comes_back() {
        let (projection, bytes) = saved();
        assert!(is_saved(&bytes));
        let back = read_saved(bytes.as_slice()).unwrap().pop().unwrap();
        assert_eq!(back.series, projection.series);
        assert_eq!((back.currency, back.calendar, back.origin), (projection.currency, projection.calendar, projection.origin));
        assert_eq!((back.method, &back.levels), (projection.method, &projection.levels));
        assert_eq!(back.rows.len(), projection.rows.len());
        for (back, row) in back.rows.iter().zip(&projection.rows) {
            assert_eq!((back.measure, back.period), (row.measure, row.period));
            // A file keeps ten digits.
            approx::assert_relative_eq!(back.median, row.median, max_relative = 1e-9);
            approx::assert_relative_eq!(back.intervals[1].hi, row.intervals[1].hi, max_relative = 1e-9);
        }
        assert_eq!(back.milestones.len(), 3);
        let mut writer = CsvWriter::new(Vec::new(), &back.levels).unwrap();
        writer.write(&back).unwrap();
        assert_eq!(String::from_utf8(writer.finish().unwrap()), String::from_utf8(bytes));
    }

    #[test]
    fn what_was_not_written_by_topline_is_refused() {
        let (_, bytes) = saved();
        let text = String::from_utf8(bytes).unwrap();
        let broken = |from: &str, to: &str| read_saved(text.replacen(from, to, 1).as_bytes()).unwrap_err().to_string();
        assert_eq!(broken("median", "middle"), "line 1: there is no column median");
        assert_eq!(broken("USD", "dollars"), "line 2: currency is \"dollars\", which is no currency");
        assert_eq!(method_named("years"), Some("years"));
        assert_eq!(broken("growth", "magic"), "line 2: method is \"magic\", which is no method of topline");
        assert!(broken(",2024-07-01", ",yesterday").contains("period_start"));
        let header = text.lines().next().unwrap();
        assert_eq!(read_saved(header.as_bytes()).unwrap_err().to_string(), "there are no rows");
        assert!(!is_saved(b"series,kind,period,value\n"));
    }
}
