//! `projection.xlsx`: the rows of `projection.csv` as numbers and dates, the figures, a chart of each series, and what it rests on.
//!
//! Texts that come from outside are written as texts, so that none is a formula or a link. The same projections give the same bytes.

mod basis;
mod chart;
mod figures;
mod sheet;

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, XlsxError};

use crate::calendar::{FiscalCalendar, Period};
use crate::export::{header, rounded};
use crate::money::Currency;
use crate::project::{Derivation, Level, Projection, Setting};
use crate::series::Series;

pub use basis::About;
use basis::Basis;
use chart::Charts;
use figures::Figures;
use sheet::{MOST_ROWS, Sheet};

/// Why there is no workbook.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum WorkbookError {
    /// There are more rows than a sheet takes.
    #[error("the projection has more rows than a sheet takes, which is {MOST_ROWS}")]
    TooManyRows,
    /// The workbook cannot be put together.
    #[error("the workbook cannot be put together: {0}")]
    Failed(String),
}

impl WorkbookError {
    /// What to do about it.
    pub fn hint(&self) -> &'static str {
        "give an output that ends in .csv, choose series with --series, or project by --step year"
    }
}

impl From<XlsxError> for WorkbookError {
    fn from(error: XlsxError) -> Self {
        Self::Failed(error.to_string())
    }
}

/// Collects projections and makes a workbook of them: an `.xlsx` file, which spreadsheets open.
pub struct WorkbookWriter {
    rows: Sheet,
    figures: Figures,
    charts: Charts,
    basis: Basis,
    levels: Vec<Level>,
    /// Whether there is a last column `parent`, and one `scenario`.
    more: [bool; 2],
}

impl std::fmt::Debug for WorkbookWriter {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("WorkbookWriter").field("levels", &self.levels).field("row", &self.rows.row()).finish_non_exhaustive()
    }
}

impl WorkbookWriter {
    /// Starts a workbook for projections with these levels. With `parents`, a column says what each series is a part of; with
    /// `scenarios`, one says under which scenario a row holds.
    ///
    /// # Errors
    ///
    /// If the workbook cannot be put together.
    pub fn new(levels: &[Level], parents: bool, scenarios: bool) -> Result<Self, WorkbookError> {
        let last = [parents.then_some("parent"), scenarios.then_some("scenario")].into_iter().flatten().map(str::to_owned);
        let columns: Vec<String> = header(levels).into_iter().chain(last).collect();
        Ok(Self {
            rows: Sheet::new("Projection", &columns)?,
            figures: Figures::new()?,
            charts: Charts::new(levels)?,
            basis: Basis::new()?,
            levels: levels.to_vec(),
            more: [parents, scenarios],
        })
    }

    /// Adds a projection and the series that it was made from, which is told of once, before its scenarios.
    ///
    /// # Errors
    ///
    /// If a sheet has no more room.
    pub fn write(&mut self, series: &Series, projection: &Projection) -> Result<(), WorkbookError> {
        self.write_rows(projection)?;
        self.write_derived(projection)?;
        if projection.setting.is_none() {
            self.figures.write(series, projection)?;
            self.charts.write(series, projection)?;
        }
        self.basis.write(series, projection)
    }

    fn write_rows(&mut self, projection: &Projection) -> Result<(), WorkbookError> {
        let amounts = money(projection.currency, projection.rows.iter().map(|row| row.median));
        for row in &projection.rows {
            self.start_row(projection, projection.quantity.measure_name(row.measure), row.period)?;
            let ends = row.intervals.iter().flat_map(|interval| [interval.lo, interval.hi]);
            for value in [row.median, row.mean].into_iter().chain(ends) {
                self.rows.number(Some(rounded(value)), &amounts)?;
            }
            self.end_row(projection, projection.currency.code(), projection.method)?;
        }
        Ok(())
    }

    /// Derived figures, as in the CSV: rates and times have no currency, and what follows from stated figures no interval.
    fn write_derived(&mut self, projection: &Projection) -> Result<(), WorkbookError> {
        let amounts = money(projection.currency, projection.rows.iter().map(|row| row.median));
        let [rate, time] = ["0.0%", "0.0"].map(|form| Format::new().set_num_format(form));
        for derived in &projection.derived {
            let form = match derived.derivation {
                Derivation::Doubling => &time,
                derivation if derivation.is_amount() => &amounts,
                _ => &rate,
            };
            self.start_row(projection, &derived.name(), derived.period)?;
            self.rows.number(derived.median.map(rounded), form)?;
            self.rows.empty();
            for level in 0..self.levels.len() {
                let (lo, hi) = derived.intervals.as_ref().map_or((None, None), |intervals| intervals[level]);
                self.rows.number(lo.map(rounded), form)?;
                self.rows.number(hi.map(rounded), form)?;
            }
            let currency = if derived.derivation.is_amount() { projection.currency.code() } else { "" };
            self.end_row(projection, currency, if derived.stated { "figures" } else { projection.method })?;
        }
        Ok(())
    }

    fn start_row(&mut self, projection: &Projection, measure: &str, period: Period) -> Result<(), WorkbookError> {
        self.rows.text(&projection.series)?;
        self.rows.text(measure)?;
        dates(&mut self.rows, period, projection.calendar)
    }

    fn end_row(&mut self, projection: &Projection, currency: &str, method: &str) -> Result<(), WorkbookError> {
        self.rows.text(currency)?;
        self.rows.text(method)?;
        self.rows.month(projection.origin.last_day())?;
        let [parents, scenarios] = self.more;
        if parents {
            self.rows.text(projection.parent.as_deref().unwrap_or_default())?;
        }
        if scenarios {
            self.rows.text(projection.setting.as_ref().map_or(Setting::PLAIN, |setting| &setting.scenario))?;
        }
        self.rows.end_row()
    }

    /// The bytes of the file, with what there is to say of all of it.
    ///
    /// # Errors
    ///
    /// If the workbook cannot be put together.
    pub fn finish(mut self, about: &About<'_>) -> Result<Vec<u8>, WorkbookError> {
        self.basis.end(about, self.charts.left_out())?;
        let (pictures, data) = self.charts.finish()?;
        let mut book = Workbook::new();
        // A day that never changes: the file does not say when it was made.
        let day = ExcelDateTime::from_ymd(2000, 1, 1)?;
        book.set_properties(&DocProperties::new().set_title("Revenue projection").set_creation_datetime(&day));
        book.push_worksheet(self.rows.finish(true)?);
        book.push_worksheet(pictures);
        book.push_worksheet(self.figures.finish()?);
        book.push_worksheet(self.basis.finish()?);
        book.push_worksheet(data);
        Ok(book.save_to_buffer()?)
    }
}

/// A period's name, first and last day.
fn dates(sheet: &mut Sheet, period: Period, calendar: FiscalCalendar) -> Result<(), WorkbookError> {
    sheet.text(&calendar.name(period))?;
    sheet.day(period.first().first_day())?;
    sheet.day(period.last().last_day())
}

/// The least amount that is shown without what comes behind the point.
const WHOLE_FROM: f64 = 1000.0;

/// How amounts like these are shown; what a cell holds is not rounded.
fn money(currency: Currency, amounts: impl Iterator<Item = f64>) -> Format {
    let largest = amounts.map(f64::abs).fold(0.0, f64::max);
    let digits = if largest >= WHOLE_FROM { "#,##0" } else { "#,##0.00" };
    Format::new().set_num_format(format!("{}{digits}", sign(currency)))
}

/// The sign of a currency as a number format has it.
fn sign(currency: Currency) -> String {
    format!("[${}]", currency.sign())
}
