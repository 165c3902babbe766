//! Reads figures: bytes in, [`Series`] out, with what was inferred on the way.
//!
//! Data flows one way, along the folders: `source` (bytes, encodings, dialects, workbooks, Parquet, Arrow), `table` (records with
//! the line and column of every cell), `cell` (what one cell says by itself), `layout` (which part each row and column plays,
//! by the evidence of names and cells), `claim` (a figure as its row states it), `settle` (what only the whole decides: days
//! and transactions added up, lengths of totals, currencies, restatements). What there is to say on the way is in `report`.
//! The `driver` takes a file through all of it.
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

mod cell;
mod claim;
mod driver;
mod goal;
mod layout;
mod money;
mod names;
mod options;
mod peers;
mod rates;
mod report;
mod review;
mod role;
mod settle;
mod source;
mod table;

use std::io;
use std::sync::Arc;

use crate::calendar::{FiscalCalendar, Month, Period};
use crate::series::Series;

pub use cell::amount::{AmountFault, DecimalMark};
pub use cell::kind::Kind;
pub use cell::period::{DateOrder, PeriodFault};
pub use cell::unit::{Unit, UnitFault};
pub use goal::{Goal, GoalError, GoalFault, goal, with_goals};
pub use money::{MoneyFault, money};
pub use options::{ColumnNames, Cumulative, Missing, Options, PeriodLabels, TrailingZeros, TypedCurrency};
pub use rates::{Rates, RatesError};
pub use report::doubt::Doubt;
pub use report::doubt::Reset;
pub use report::error::{Excerpt, FigureFault, PROBLEMS_KEPT, Problem, ProblemKind, ReadError, Spacing, Unlike};
pub use report::file::{ColumnReport, Decisions, Evidence, FileReport, Form};
pub use report::notice::{Apart, Entries, Extent, LeftOut, Notice};
pub use report::reason::{
    BelowHeader, CellsAre, HeaderBy, HeaderFound, Holds, Instead, Measured, Reason, Stated, StatedBy, UnitOfColumn,
};
pub use review::{Finding, review};
pub use role::Role;
pub use settle::excluded::Exclusion;
pub use source::decode::Encoding;
pub use source::dialect::Dialect;
pub use source::guard::is_guarding;

use cell::period::When;
use claim::Claims;
use layout::file::File;
use names::Names;
use report::problems::Kept;
use settle::{Settled, Source};

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
    /// Those of [`Options::exclude`] that left no figure out.
    pub unused_exclusions: Vec<Exclusion>,
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
        self.add_as(file, |state| state.read(input))
    }

    /// Reads a table of Arrow record batches: the names of the columns are its first line and each row is another. `name` is that
    /// of the table, for messages and for a series that has none.
    ///
    /// What is wrong with it, and that the batches break off with an error, is told by [`finish`](Self::finish).
    ///
    /// ```
    /// use std::sync::Arc;
    ///
    /// use arrow_array::{Date32Array, Float64Array, RecordBatch, RecordBatchIterator};
    /// use topline::read::{Options, Reader};
    ///
    /// let days = Date32Array::from(vec![19_723, 19_754, 19_783]); // 1 January, 1 February and 1 March 2024
    /// let amounts = Float64Array::from(vec![100.0, 110.0, 121.0]);
    /// let batch = RecordBatch::try_from_iter([("ds", Arc::new(days) as _), ("y", Arc::new(amounts) as _)])?;
    ///
    /// let mut reader = Reader::new(Options::default());
    /// let schema = batch.schema();
    /// reader.add_arrow("sales", RecordBatchIterator::new([Ok(batch)], schema));
    /// let reading = reader.finish()?;
    /// assert_eq!(reading.series[0].figures().len(), 3);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[cfg(feature = "arrow")]
    pub fn add_arrow(&mut self, name: &str, batches: impl arrow_array::RecordBatchReader) {
        // Nothing is read but what is given, so that there is no error of reading.
        let _ = self.add_as(name, |state| state.read_arrow(batches));
    }

    /// Reads figures that were typed as text, each with its series, its amount, its period and perhaps its kind. `name` is that of
    /// the text, for messages.
    ///
    /// What is wrong with it is told by [`finish`](Self::finish).
    ///
    /// ```
    /// use topline::read::{Options, Reader};
    ///
    /// let mut reader = Reader::new(Options::default());
    /// reader.add_typed("figure 1", "OpenAI: $10B run-rate June 2025; target $12B 2025");
    /// assert_eq!(reader.finish()?.series[0].figures().len(), 2);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn add_typed(&mut self, name: &str, text: &str) {
        // Nothing is read but what is given, so that there is no error of reading.
        let _ = self.add_as(name, |state| Ok(state.read_typed(text)));
    }

    /// Takes in what `read` makes of a file.
    fn add_as(&mut self, file: &str, read: impl FnOnce(&mut File) -> io::Result<(FileReport, Kept)>) -> io::Result<()> {
        let file: Arc<str> = file.into();
        let index = u32::try_from(self.sources.len()).unwrap_or(u32::MAX);
        let mut state = File::new(&self.options, &mut self.names, &file, index, stem(&file));
        let (mut report, kept) = read(&mut state)?;
        state.conclude();
        report.decisions = settle::decide::decide(
            &mut state.claims,
            state.orders,
            &self.options,
            &kept,
            &mut state.problems,
            &mut state.notices,
        );
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
        let mut settled = if self.sources.iter().all(|source| source.problems.total == 0) {
            settle::settle(self.claims, &self.names, &self.options, &mut self.sources)
        } else {
            Settled::default()
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
        self.notices.append(&mut settled.notices);
        let order = |notice: &Notice| self.files.iter().position(|report| report.file == notice.place().file);
        self.notices.sort_by_key(|notice| (order(notice), notice.place().line, notice.place().column));
        let unused = settled.unused_exclusions.iter().filter_map(|index| self.options.exclude.get(*index).cloned());
        Ok(Reading { series: settled.series, notices: self.notices, files: self.files, unused_exclusions: unused.collect() })
    }
}

/// Whether a text has the shape of figures with their series, as [`Reader::add_typed`] reads them: `OpenAI: $10B run-rate June
/// 2025`.
pub fn is_typed(text: &str) -> bool {
    layout::is_typed(text)
}

/// Reads one period, such as the end of a horizon: `2027-12`, `Dec 2027`, `FY2027`, `2027Q4`; a day means its month.
///
/// # Errors
///
/// If the text is not a period, or is a date that can be read in two ways.
pub fn period(text: &str, calendar: FiscalCalendar) -> Result<Period, PeriodFault> {
    match cell::period::parse_alone(text)? {
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
    #[cfg(feature = "compressed")]
    let name = source::compressed::ENDINGS.iter().find_map(|ending| name.strip_suffix(ending)).unwrap_or(name);
    match name.rsplit_once('.') {
        Some((stem, _)) if !stem.is_empty() => stem,
        _ => name,
    }
}
