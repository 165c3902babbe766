//! `projection.csv` read back: what [`CsvWriter`](crate::export::CsvWriter) wrote, for drawing it and for checking it against
//! what happened; `saved_json` reads `projection.json`.
//!
//! A file holds the projected periods and nothing of how they came about, so a projection read back has no targets, no details
//! and, as its path, the run-rates at the ends of its periods.

use std::collections::hash_map::Entry;
use std::collections::{HashMap, HashSet};
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
    /// The bytes are not JSON that topline wrote.
    #[error("it is not a projection.json: {0}")]
    Json(#[from] serde_json::Error),
    /// The JSON is laid out as another version of topline does it.
    #[error("its schema is {found}; this version of topline reads schema {known}")]
    Schema {
        /// What the file says.
        found: u32,
        /// What is read.
        known: u32,
    },
    /// A value of the JSON is not what it is for.
    #[error("{field} is {text:?}, which is not a valid {expected}")]
    Field {
        /// Name of the field.
        field: &'static str,
        /// What stands there.
        text: String,
        /// What should.
        expected: &'static str,
    },
    /// The bytes are not CSV.
    #[error("it is not a CSV")]
    Csv(#[from] csv::Error),
    /// A column of a saved projection is not there.
    #[error("line 1: the column {column} is missing")]
    NoColumn {
        /// Name of the column.
        column: &'static str,
    },
    /// A cell does not hold what its column is for.
    #[error("line {line}: {column} is {text:?}, which is not a valid {expected}")]
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
    /// A column of an interval's end that has no level, or no other end.
    #[error("line 1: the column {column:?} is not one end of an interval, such as lo_80 beside hi_80")]
    Level {
        /// Name of the column.
        column: String,
    },
    /// The numbers of a row contradict each other.
    #[error("{at}: {fault}")]
    Row {
        /// The line of a CSV, or the series and period of a JSON.
        at: String,
        /// How.
        fault: RowFault,
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

/// What is wrong with a row of a saved projection whose cells can be read one by one.
#[derive(Clone, Copy, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum RowFault {
    /// The lower end of an interval is above its upper end.
    #[error("the lower end of the {0}% interval is above its upper end")]
    Swapped(Level),
    /// The median lies outside of an interval.
    #[error("the median lies outside the {0}% interval")]
    Outside(Level),
    /// An interval reaches beyond one of a higher level.
    #[error("the {0}% interval reaches beyond the {1}% interval")]
    NotNested(Level, Level),
    /// The series has another row for the same measure and period.
    #[error("the series has this measure and period twice")]
    Twice,
    /// What is the same for a whole series differs from the series' first row.
    #[error("currency, method or origin differ from the first row of the series")]
    Differs,
}

/// Whether the numbers of a row go together; `levels` belong to its intervals.
pub(super) fn check(row: &Row, levels: &[Level]) -> Result<(), RowFault> {
    let mut ends: Vec<(Level, Interval)> = levels.iter().copied().zip(row.intervals.iter().copied()).collect();
    ends.sort_by(|(one, _), (other, _)| one.percent().total_cmp(&other.percent()));
    for (level, Interval { lo, hi }) in &ends {
        if lo > hi {
            return Err(RowFault::Swapped(*level));
        }
        if row.median < *lo || row.median > *hi {
            return Err(RowFault::Outside(*level));
        }
    }
    for pair in ends.windows(2) {
        let ((level, inner), (wider, outer)) = (pair[0], pair[1]);
        if inner.lo < outer.lo || inner.hi > outer.hi {
            return Err(RowFault::NotNested(level, wider));
        }
    }
    Ok(())
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

/// Whether a number is an amount that is projected.
pub(super) fn is_amount(value: f64) -> bool {
    value.is_finite() && value >= 0.0
}

/// The month of the first or last day of a period: `2025-06-30`.
pub(super) fn month_of(day: &str) -> Option<Month> {
    Month::of(day.parse::<NaiveDate>().ok()?)
}

/// Reads the projections of a saved file, CSV or JSON, in the order of their first rows.
///
/// # Errors
///
/// If it is not a file that topline wrote: a column is missing, or a cell is not a date, amount, currency or method.
pub fn read_saved(bytes: impl io::Read) -> Result<Vec<Projection>, SavedError> {
    let mut bytes = io::BufReader::new(bytes);
    if bytes.fill_buf()?.first() == Some(&b'{') {
        return saved_json::read(bytes);
    }
    let mut reader = csv::Reader::from_reader(bytes);
    let columns = Columns::of(reader.headers()?)?;
    let levels = columns.levels();
    let mut projections: Vec<Projection> = Vec::new();
    // By series and scenario: where the projection stands, and its rows.
    let mut known: HashMap<(String, Option<String>), usize> = HashMap::new();
    let mut rows: HashSet<(usize, Measure, Period)> = HashSet::new();
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
        let wrong = |fault: RowFault| SavedError::Row { at: format!("line {line}"), fault };
        check(&row, &levels).map_err(wrong)?;
        let whole = columns.whole(&cells)?;
        let scenario = setting.as_ref().map(|setting| setting.scenario.clone());
        let at = match known.entry((name, scenario)) {
            Entry::Occupied(known) => *known.get(),
            Entry::Vacant(new) => {
                let name = new.key().0.clone();
                projections.push(Projection { setting, ..columns.projection(&cells, name, whole)? });
                *new.insert(projections.len() - 1)
            }
        };
        if !rows.insert((at, row.measure, row.period)) {
            return Err(wrong(RowFault::Twice));
        }
        let projection = &mut projections[at];
        if whole != (projection.currency, projection.method, projection.origin) {
            return Err(wrong(RowFault::Differs));
        }
        projection.rows.push(row);
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
        Some(Milestone { period, revenue, run_rate, revenue_growth: None, run_rate_growth: None, lead: Measure::Revenue })
    };
    let yearly = rates.iter().filter(|row| row.period.months() == 12 || row.period == last);
    projection.milestones = yearly.filter_map(milestone).collect();
    Ok(())
}

/// Currency, method and origin.
type Whole = (Currency, &'static str, Month);

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
        let mut levels: Vec<(Level, usize, usize)> = Vec::new();
        for (at, name) in header.iter().enumerate() {
            let end =
                |side: &str, other: &str| Some((name.strip_prefix(side)?, format!("{other}{}", name.strip_prefix(side)?)));
            let Some((percent, other)) = end("lo_", "hi_").or_else(|| end("hi_", "lo_")) else { continue };
            let level = percent.parse().ok().and_then(Level::from_percent);
            let found = level.zip(header.iter().position(|name| name == other));
            let (level, other) = found.ok_or_else(|| SavedError::Level { column: name.to_owned() })?;
            if name.starts_with("lo_") {
                levels.push((level, at, other));
            }
        }
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

    fn levels(&self) -> Vec<Level> {
        self.levels.iter().map(|(level, ..)| *level).collect()
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

    /// What every row of a series says alike.
    fn whole(&self, cells: &Cells<'_>) -> Result<Whole, SavedError> {
        Ok((
            cells.parse("currency", self.currency, "currency", Currency::from_code)?,
            cells.parse("method", self.method, "method", method_named)?,
            cells.parse("origin", self.origin, "month", |text| text.parse().ok())?,
        ))
    }

    /// The series' projection as a row has it, without any rows.
    fn projection(&self, cells: &Cells<'_>, series: String, whole: Whole) -> Result<Projection, SavedError> {
        let (currency, method, origin) = whole;
        Ok(Projection {
            series,
            parent: self.parent.map(|parent| unguard(cells.text(parent)).to_owned()).filter(|parent| !parent.is_empty()),
            quantity: self.measure(cells)?.0,
            currency,
            calendar: calendar_of(cells.text(self.period), self.months(cells)?),
            method,
            reason: "read back from a file".to_owned(),
            origin,
            levels: self.levels(),
            rows: Vec::new(),
            milestones: Vec::new(),
            path: Vec::new(),
            trailing: Vec::new(),
            targets: Vec::new(),
            choice: None,
            derived: Vec::new(),
            details: Details::None,
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
        self.parse(column, index, "amount of zero or more", |text| text.parse().ok().filter(|value| is_amount(*value)))
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
        assert_eq!(broken("median", "middle"), "line 1: the column median is missing");
        assert_eq!(broken("USD", "dollars"), "line 2: currency is \"dollars\", which is not a valid currency");
        assert_eq!(method_named("years"), Some("years"));
        assert_eq!(broken("growth", "magic"), "line 2: method is \"magic\", which is not a valid method");
        assert!(broken(",2024-07-01", ",yesterday").contains("period_start"));
        assert!(broken("lo_80", "lo_NaN").starts_with("line 1: the column \"lo_NaN\" is not one end"));
        assert!(broken("hi_80", "hi_85").starts_with("line 1: the column \"lo_80\" is not one end"));
        let header = text.lines().next().unwrap();
        assert_eq!(read_saved(header.as_bytes()).unwrap_err().to_string(), "there are no rows");
        assert!(!is_saved(b"series,kind,period,value\n"));
    }

    #[test]
    fn rows_that_contradict_themselves_or_others_are_refused() {
        let (projection, _) = saved();
        let fault = |change: &dyn Fn(&mut Vec<Row>)| {
            let mut changed = projection.clone();
            change(&mut changed.rows);
            let mut writer = CsvWriter::new(Vec::new(), &changed.levels).unwrap();
            writer.write(&changed).unwrap();
            read_saved(writer.finish().unwrap().as_slice()).unwrap_err().to_string()
        };
        let swap = |interval: &mut Interval| *interval = Interval { lo: interval.hi, hi: interval.lo };
        assert_eq!(
            fault(&|rows| swap(&mut rows[0].intervals[0])),
            "line 2: the lower end of the 50% interval is above its upper end"
        );
        assert_eq!(fault(&|rows| rows[1].median *= 9.0), "line 3: the median lies outside the 50% interval");
        assert_eq!(fault(&|rows| rows[0].intervals.swap(0, 2)), "line 2: the 50% interval reaches beyond the 80% interval");
        assert_eq!(fault(&|rows| rows.push(rows[0].clone())), "line 8: the series has this measure and period twice");
        let (_, bytes) = saved();
        let text = String::from_utf8(bytes).unwrap();
        let other = text.lines().map(|line| if line.contains("2026") { line.replace("USD", "EUR") } else { line.to_owned() });
        let other = other.collect::<Vec<_>>().join("\n");
        let error = read_saved(other.as_bytes()).unwrap_err().to_string();
        assert!(error.ends_with("currency, method or origin differ from the first row of the series"), "{error}");
    }
}
