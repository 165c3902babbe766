//! What a user says of how figures are to be read.

use chrono::NaiveDate;

use crate::calendar::{FiscalCalendar, Step};
use crate::money::Currency;
use crate::read::cell::amount::DecimalMark;
use crate::read::cell::kind::Kind;
use crate::read::cell::period::DateOrder;
use crate::read::cell::unit::Unit;
use crate::read::rates::Rates;
use crate::read::report::doubt::Reset;
use crate::read::role::Role;
use crate::read::settle::excluded::Exclusion;
use crate::read::source::decode::Encoding;

/// How figures are to be read, where the files leave it open or are to be overruled.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Options {
    /// How fiscal years lie, for series that do not say it themselves, instead of what titles, names and remarks say.
    pub calendar: Option<FiscalCalendar>,
    /// The currency of figures that do not say theirs.
    pub currency: Currency,
    /// The kind of figures that do not say theirs; revenue if `None`.
    pub kind: Option<Kind>,
    /// What an amount of 1 is worth, instead of what the files say.
    pub unit: Option<Unit>,
    /// The decimal mark, instead of the one the column shows.
    pub decimal: Option<DecimalMark>,
    /// The order of day and month, instead of the one the column shows.
    pub date_order: Option<DateOrder>,
    /// Whether dates that are numbers of days count from 1904, as old spreadsheets of the Macintosh do, rather than from 1900.
    pub from_1904: Option<bool>,
    /// How long totals are that are dated by a day or named by one month, instead of what their spacing shows.
    pub each: Option<Step>,
    /// What labels such as `2006-07` are, instead of what the column shows.
    pub period_labels: Option<PeriodLabels>,
    /// How many minutes the figures' own time is ahead of UTC: dates with a time of day are moved by as much.
    pub utc_offset: Option<i16>,
    /// The delimiter, instead of the one found.
    pub delimiter: Option<u8>,
    /// The encoding, instead of the one found.
    pub encoding: Option<Encoding>,
    /// How many lines to pass over at the beginning of each file.
    pub skip: usize,
    /// The sheet of workbooks that is read, by its name or its number from 1, instead of the first with figures.
    pub sheet: Option<String>,
    /// Names of columns, where they are none that is known.
    pub columns: ColumnNames,
    /// The columns that name the series, instead of those found; all else is added up.
    pub by: Vec<String>,
    /// Whether all rows of a period are added up to one series.
    pub sum: bool,
    /// The line of an income statement that is read, instead of the one found.
    pub line: Option<String>,
    /// Figures that became known after this date are left out; those without a date of their own are kept.
    pub as_of: Option<NaiveDate>,
    /// Whether figures are taken as they are, with a warning, where it would be asked whether they are what they seem.
    pub as_given: bool,
    /// Whether totals count from the beginning of the year; `None` to ask where they look like it.
    pub cumulative: Option<Cumulative>,
    /// Whether the last period is left out, as one that is not over, or taken as it is; `None` to ask where it looks like it.
    pub drop_last: Option<bool>,
    /// What zeros at the end are, of a series that never had one before; `None` to ask where it can be either.
    pub trailing_zeros: Option<TrailingZeros>,
    /// What months without a row are; `None` to ask where they are the same every year, and else unknown.
    pub missing: Option<Missing>,
    /// Figures that are kept and not fitted.
    pub exclude: Vec<Exclusion>,
    /// Rates by which amounts are turned into [`currency`](Self::currency).
    pub rates: Option<Rates>,
    /// The most bytes that a workbook or Parquet file may unpack to.
    pub most_memory: u64,
    /// What is made of figures typed as text that say no currency.
    pub typed_currency: TypedCurrency,
    /// Whether [`Figure::written`](crate::series::Figure::written) is filled; it takes memory.
    pub keep_written: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            calendar: None,
            currency: Currency::USD,
            kind: None,
            unit: None,
            decimal: None,
            date_order: None,
            from_1904: None,
            each: None,
            period_labels: None,
            utc_offset: None,
            delimiter: None,
            encoding: None,
            skip: 0,
            sheet: None,
            columns: ColumnNames::default(),
            by: Vec::new(),
            sum: false,
            line: None,
            as_of: None,
            as_given: false,
            cumulative: None,
            drop_last: None,
            trailing_zeros: None,
            missing: None,
            exclude: Vec::new(),
            rates: None,
            most_memory: 1 << 30,
            typed_currency: TypedCurrency::Optional,
            keep_written: false,
        }
    }
}

/// What figures typed as text are that say no currency.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TypedCurrency {
    /// They are in [`Options::currency`].
    Optional,
    /// They are asked about: within double quotation marks a shell makes `3B` of `$43B`.
    Required,
}

/// What labels such as `2006-07` are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PeriodLabels {
    /// Fiscal years, named by the year in which they end: 2007.
    Years,
    /// Months: July 2006.
    Months,
}

/// Whether totals are sums since the beginning of the year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cumulative {
    /// They are, and are made single periods.
    Within(Reset),
    /// They are not, whatever they look like and are called.
    No,
}

/// What zeros at the end of a series are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TrailingZeros {
    /// Future periods, left out.
    Drop,
    /// Periods without revenue.
    Keep,
}

/// What months without a row are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Missing {
    /// Months without revenue.
    Zero,
    /// Months of which nothing is known.
    Unknown,
}

/// Names of columns, as the user gives them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct ColumnNames {
    /// The column that says when.
    pub period: Option<String>,
    /// The column of amounts; several are several series.
    pub value: Vec<String>,
    /// The column that names the series.
    pub series: Option<String>,
}

impl ColumnNames {
    pub(in crate::read) fn asked(&self) -> Vec<(Role, &str)> {
        let period = self.period.iter().map(|name| (Role::Period, name.as_str()));
        let values = self.value.iter().map(|name| (Role::Value, name.as_str()));
        let series = self.series.iter().map(|name| (Role::Series, name.as_str()));
        period.chain(values).chain(series).collect()
    }
}
