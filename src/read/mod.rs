//! Reads figures: bytes in, [`Series`] out, with what was inferred on the way.
//!
//! Data flows one way. A `file` is decoded (`decode`; `sheet` and `parquet` turn
//! tables that are no text into one, `sec` reads JSON) and split
//! into records (`table`, `rows`) in its `dialect`. The `layout` is found by the first rows and the `header`: one
//! figure a row (`long`), periods as columns (`wide`), one column for each series (`series_columns`), transactions
//! (`ledger`). Each takes claims (`claim`) from its rows, whose cells are read by `period`, `amount`, `sign` and
//! `kind`, with what holds for the whole row in `columns`. When a file has ended, what its cells left open is settled
//! (`decide`); when all have, claims become figures and series (`settle`): days and transactions add up to `months`,
//! totals dated by days get their `lengths`, currencies their `rates`.
//!
//! Everything here takes readers and returns values: no path is opened, nothing is printed. Ambiguity is a [`Problem`] or a
//! [`Notice`], never a silent guess. What figures mean for a projection is [`crate::series`]'s and [`crate::project`]'s.
//!
//! ```
//! use topline::read::{Options, Reader};
//!
//! let csv = "series,kind,period,value\nExample,run-rate,2025-06,$10B\nExample,revenue,2024,$4.1B\n";
//! let mut reader = Reader::new(Options::default());
//! reader.add("example.csv", csv.as_bytes())?;
//! let reading = reader.finish()?;
//! assert_eq!(reading.series[0].name(), "Example");
//! assert_eq!(reading.series[0].figures().len(), 2);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod amount;
#[cfg(any(feature = "sheet", feature = "parquet"))]
mod cells;
mod claim;
mod columns;
mod decide;
mod decode;
mod dialect;
mod error;
mod file;
mod goal;
mod guard;
mod header;
mod kind;
mod layout;
mod ledger;
mod lengths;
mod likened;
mod long;
mod money;
mod months;
mod notice;
#[cfg(feature = "parquet")]
mod parquet;
mod period;
mod problems;
mod rates;
mod review;
mod rows;
mod sec;
mod series_columns;
mod settle;
#[cfg(feature = "sheet")]
mod sheet;
mod sign;
mod table;
mod total;
mod wide;
mod words;

use std::io;
use std::sync::Arc;

use chrono::NaiveDate;

use crate::calendar::{FiscalCalendar, Month, Period};
use crate::money::Currency;
use crate::series::Series;

pub use amount::{AmountFault, DecimalMark};
pub use decide::{Decisions, Evidence};
pub use decode::Encoding;
pub use dialect::Dialect;
pub use error::{Excerpt, PROBLEMS_KEPT, Problem, ProblemKind, ReadError, Spacing};
pub use file::{ColumnReport, FileReport, Form};
pub use goal::{Goal, GoalFault, goal};
pub use guard::is_guarding;
pub use header::Role;
pub use kind::Kind;
pub use money::{MoneyFault, money};
pub use notice::{Apart, Entries, Extent, LeftOut, Notice};
pub use period::{DateOrder, PeriodFault};
pub use rates::{Rates, RatesError};
pub use review::{Finding, review};

use claim::{Claims, Names};
use file::File;
use period::When;
use settle::Source;

/// How figures are to be read, where the files leave it open or are to be overruled.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Options {
    /// How fiscal years lie, for series that do not say it themselves.
    pub calendar: FiscalCalendar,
    /// The currency of figures that do not say theirs.
    pub currency: Currency,
    /// The kind of figures that do not say theirs; revenue if `None`.
    pub kind: Option<Kind>,
    /// The decimal mark, instead of the one the column shows.
    pub decimal: Option<DecimalMark>,
    /// The order of day and month, instead of the one the column shows.
    pub date_order: Option<DateOrder>,
    /// Whether dates that are numbers of days count from 1904, as old spreadsheets of the Macintosh do, rather than from 1900.
    pub from_1904: Option<bool>,
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
    /// Figures that became known after this date are left out; those without a date of their own are kept.
    pub as_of: Option<NaiveDate>,
    /// Rates by which amounts are turned into [`currency`](Self::currency).
    pub rates: Option<Rates>,
    /// Whether [`Figure::written`](crate::series::Figure::written) is filled; it takes memory.
    pub keep_written: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            calendar: FiscalCalendar::default(),
            currency: Currency::USD,
            kind: None,
            decimal: None,
            date_order: None,
            from_1904: None,
            delimiter: None,
            encoding: None,
            skip: 0,
            sheet: None,
            columns: ColumnNames::default(),
            as_of: None,
            rates: None,
            keep_written: false,
        }
    }
}

/// Names of columns, as the user gives them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct ColumnNames {
    /// The column that says when.
    pub period: Option<String>,
    /// The column of amounts.
    pub value: Option<String>,
    /// The column that names the series.
    pub series: Option<String>,
}

impl ColumnNames {
    fn asked(&self) -> impl Iterator<Item = (Role, &str)> {
        let names = [(Role::Period, &self.period), (Role::Value, &self.value), (Role::Series, &self.series)];
        names.into_iter().filter_map(|(role, name)| Some((role, name.as_deref()?)))
    }
}

/// Reads files, one after the other, into one set of series.
#[derive(Debug)]
pub struct Reader {
    options: Options,
    names: Names,
    claims: Claims,
    sources: Vec<Source>,
    notices: Vec<Notice>,
    files: Vec<FileReport>,
}

/// What was read.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Reading {
    /// The series, in order of first appearance.
    pub series: Vec<Series>,
    /// What was inferred or left out, in order of files and lines.
    pub notices: Vec<Notice>,
    /// Each file as it was understood.
    pub files: Vec<FileReport>,
}

impl Reader {
    /// A reader that has read nothing yet.
    pub fn new(options: Options) -> Self {
        Self {
            options,
            names: Names::default(),
            claims: Claims::default(),
            sources: Vec::new(),
            notices: Vec::new(),
            files: Vec::new(),
        }
    }

    /// Reads a file. `file` is its name as the user gave it, for messages: `-` for standard input.
    ///
    /// What is wrong with the text is told by [`finish`](Self::finish), for all files together.
    ///
    /// # Errors
    ///
    /// If `input` cannot be read.
    pub fn add(&mut self, file: &str, input: impl io::Read) -> io::Result<()> {
        let file: Arc<str> = file.into();
        let index = u32::try_from(self.sources.len()).unwrap_or(u32::MAX);
        let mut state = File::new(&self.options, &mut self.names, &file, index, stem(&file));
        let (mut report, kept) = state.read(input)?;
        state.conclude();
        report.decisions =
            decide::decide(&mut state.claims, state.orders, &self.options, &kept, &mut state.problems, &mut state.notices);
        let File { claims, problems, mut notices, .. } = state;
        self.claims.append(claims);
        self.notices.append(&mut notices);
        self.sources.push(Source { problems, kept });
        self.files.push(report);
        Ok(())
    }

    /// The series of all files.
    ///
    /// # Errors
    ///
    /// If anything in any of the files is wrong, or can be read in two ways: then nothing is returned but that.
    pub fn finish(mut self) -> Result<Reading, ReadError> {
        // Dates that could not be read leave holes in the spacing of the others, so what depends on it waits for them.
        let (series, mut settled) = if self.sources.iter().all(|source| source.problems.total == 0) {
            settle::settle(self.claims, &self.names, &self.options, &mut self.sources)
        } else {
            (Vec::new(), Vec::new())
        };
        let total = self.sources.iter().map(|source| source.problems.total).sum();
        if total > 0 {
            let mut problems: Vec<Problem> = Vec::new();
            for source in self.sources {
                let mut of_file = source.problems.kept;
                of_file.sort_by_key(|problem| (problem.place.line, problem.place.column));
                problems.append(&mut of_file);
            }
            problems.truncate(PROBLEMS_KEPT);
            return Err(ReadError::new(problems, total));
        }
        self.notices.append(&mut settled);
        let order = |notice: &Notice| self.files.iter().position(|report| report.file == notice.place().file);
        self.notices.sort_by_key(|notice| (order(notice), notice.place().line, notice.place().column));
        Ok(Reading { series, notices: self.notices, files: self.files })
    }
}

/// Reads one period, such as the end of a horizon: `2027-12`, `Dec 2027`, `FY2027`, `2027Q4`; a day means its month.
///
/// # Errors
///
/// If the text is no period, or is a date that can be read in two ways.
pub fn period(text: &str, calendar: FiscalCalendar) -> Result<Period, PeriodFault> {
    match period::parse(text)? {
        When::Day(day) => Month::of(day).map(Period::from).ok_or(PeriodFault::NotInCalendar),
        when => when.period(calendar).ok_or(PeriodFault::NotAPeriod),
    }
}

/// The name for a series that has none: the file's name without folder and ending, or `revenue` for standard input.
fn stem(file: &str) -> &str {
    if file == "-" {
        return "revenue";
    }
    let name = file.rsplit(['/', '\\']).next().unwrap_or(file);
    match name.rsplit_once('.') {
        Some((stem, _)) if !stem.is_empty() => stem,
        _ => name,
    }
}
