//! What is wrong with a file, and where.
//!
//! A [`Problem`] holds facts: the place, the text found, the line it stood in. How it looks on a terminal (colour, a caret
//! under the text) is the program's to say; [`Display`](std::fmt::Display) gives plain lines that an editor can jump to.

mod period;
mod text;
mod typed;
mod unlike;

use std::fmt;

use crate::calendar::Month;
use crate::money::Currency;
use crate::series::{Peers, Place, UnknownPeers};

use crate::read::cell::amount::AmountFault;
use crate::read::cell::period::PeriodFault;
use crate::read::report::doubt::Doubt;
use crate::read::role::Role;

pub use typed::FigureFault;
pub use unlike::Unlike;

/// At most so many problems are kept; the rest are counted.
pub const PROBLEMS_KEPT: usize = 20;

/// The problems of all files together: no figure is used while there is one.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub struct ReadError {
    problems: Vec<Problem>,
    total: u64,
}

impl ReadError {
    pub(in crate::read) fn new(problems: Vec<Problem>, total: u64) -> Self {
        Self { problems, total }
    }

    /// The first problems in the order of files and lines, at most [`PROBLEMS_KEPT`].
    pub fn problems(&self) -> &[Problem] {
        &self.problems
    }

    /// How many there are altogether.
    pub fn total(&self) -> u64 {
        self.total
    }
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, problem) in self.problems.iter().enumerate() {
            if at > 0 {
                writeln!(f)?;
            }
            write!(f, "{problem}")?;
        }
        let more = self.total.saturating_sub(self.problems.len() as u64);
        match more {
            0 => Ok(()),
            1 => write!(f, "\nand 1 more problem"),
            _ => write!(f, "\nand {more} more problems"),
        }
    }
}

/// Something in a file that cannot be read, or can be read in two ways.
#[derive(Clone, Debug, PartialEq)]
pub struct Problem {
    /// Where it stands.
    pub place: Place,
    /// Name of the column, as the header gives it.
    pub column: Option<String>,
    /// The text, as it was found; shortened if it is long.
    pub found: String,
    /// The line it stood in, if it is still known; shortened around the text if it is long.
    pub excerpt: Excerpt,
    /// What is wrong.
    pub kind: ProblemKind,
}

/// A line of a file, or the part of a long one around a cell.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Excerpt {
    /// The text; empty if the line is not at hand any more.
    pub text: String,
    /// Where in `text` the cell begins, in characters from 0.
    pub start: usize,
    /// How many characters the cell takes up in `text`.
    pub length: usize,
}

/// A message and its hint, with the place in front: `revenue.csv:3:17: "abc" is not an amount`.
impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: ", self.place)?;
        if let Some(column) = &self.column {
            write!(f, "column {column}: ")?;
        }
        self.message(f)?;
        write!(f, "\n  hint: {}", self.hint())
    }
}

/// What is wrong, by kind.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum ProblemKind {
    /// The file has no text at all.
    Empty,
    /// The file has a header and nothing below it.
    NoRows,
    /// The file is of a kind that is not text and not read.
    NotText(
        /// What it seems to be.
        &'static str,
    ),
    /// Not JSON, though it begins like it.
    Json,
    /// JSON, but none that is known.
    NotSec,
    /// Company facts without revenue.
    NoSecRevenue,
    /// A file that must be read whole and is too large for it.
    TooLarge {
        /// The most bytes.
        most: usize,
    },
    /// A workbook or Parquet file that unpacks to too much.
    Unpacked {
        /// The most bytes.
        most: u64,
    },
    /// A file that does not hold what its form demands, or is written in a way that is not read.
    Damaged {
        /// What it is.
        what: &'static str,
        /// What was found, in the words of its decoder.
        fault: String,
    },
    /// A column that would be used holds what is not read.
    NotRead {
        /// What it holds.
        holds: &'static str,
    },
    /// The user named a sheet that is not there.
    NoSuchSheet {
        /// The name or number asked for.
        asked: String,
        /// The nearest name of a sheet.
        nearest: Option<String>,
        /// The names of all.
        sheets: Vec<String>,
    },
    /// Bytes that are not UTF-8 where the rest of the file is.
    Encoding,
    /// A quotation mark that is never closed.
    OpenQuote,
    /// A row longer than any row of figures.
    LongRow {
        /// The most characters that a row may have.
        most: usize,
    },
    /// More columns than any table of figures.
    ManyColumns {
        /// The most columns that a table may have.
        most: usize,
    },
    /// A row with more or fewer cells than the header.
    Width {
        /// Cells in the header.
        expected: usize,
        /// Cells in the row.
        found: usize,
        /// Whether an amount seems to have been split at its thousands separator.
        split_amount: bool,
    },
    /// Two columns with the same name.
    DuplicateColumn {
        /// Column of the first, counted from 1.
        first: usize,
    },
    /// No column for the period, or none for the value.
    NoColumn {
        /// What is missing.
        role: Role,
        /// A name in the header that may have been meant.
        nearest: Option<String>,
        /// The names of the columns that there are.
        columns: Vec<String>,
    },
    /// Several columns of numbers, of which none is clearly the revenue.
    WhichValue {
        /// Their names.
        columns: Vec<String>,
        /// Whether each is known to be something else than revenue.
        is_known: bool,
    },
    /// A column numbers the periods of the years beside it, and nothing says what they are.
    NumberedPeriods {
        /// The column of the numbers.
        column: String,
        /// Whether there are no more than twelve.
        months: bool,
    },
    /// A column of amounts whose name says a period, and words that are not known.
    PeriodInWords {
        /// The period that its name says.
        period: String,
    },
    /// A title that says of all amounts that they are not those of single periods, or not results.
    TitleUnlike {
        /// The title.
        title: String,
        /// What it says that they are.
        unlike: Unlike,
    },
    /// Several columns of currencies that differ, of which none is clearly that of the amounts.
    WhichCurrency {
        /// Their names.
        columns: Vec<String>,
    },
    /// Several columns that say when, of which none is clearly the one that counts.
    WhichPeriod {
        /// Their names.
        columns: Vec<String>,
    },
    /// The user named a line that is not there.
    NoSuchLine {
        /// The label asked for.
        asked: String,
        /// The nearest label.
        nearest: Option<String>,
    },
    /// The user named a column that is not there.
    NoSuchColumn {
        /// What it was to be.
        role: Role,
        /// The name asked for.
        asked: String,
        /// The nearest name in the header.
        nearest: Option<String>,
    },
    /// An income statement of which no line is clearly all revenue.
    NoRevenueLine {
        /// The lines that may be, or all if none may.
        lines: Vec<String>,
    },
    /// The first row looks like figures.
    HeaderIsData,
    /// A figure that was typed as text.
    Figure(FigureFault),
    /// A cell that must not be empty.
    EmptyCell,
    /// Not an amount.
    Amount(AmountFault),
    /// An amount whose comma or point may group thousands or mark decimals.
    DecimalMark {
        /// The two amounts it may be, thousands first.
        readings: [String; 2],
        /// How many other cells leave it open too.
        others: u64,
    },
    /// The label of a row, or the name of a column, has no unit, and that of another has one.
    UnitOfOthers {
        /// The label or the name.
        row: String,
        /// The other unit, or the name that states it.
        unit: String,
    },
    /// An amount with four digits after its comma, where those of the others have three.
    GluedDigit,
    /// Not a period.
    Period(PeriodFault),
    /// A date whose day and month may be the other way round.
    DayOrder {
        /// The two dates it may be, day first.
        readings: [String; 2],
        /// How many other cells leave it open too.
        others: u64,
    },
    /// The period given by one column ends before it starts in another, or is only part of a month.
    Span(PeriodFault),
    /// A total that is dated by one day, with nothing to say how long it is for.
    LengthUnknown {
        /// What the dates of the series look like.
        spacing: Spacing,
    },
    /// A total that is named by one month but may be for longer, since the others stand whole quarters or years away.
    NamedByMonth {
        /// How many months they stand apart, if it is always as many.
        months: Option<u32>,
    },
    /// A total at an odd distance from the year before it, whose amount does not tell its length.
    OddSpan {
        /// The end of the year before it.
        before: Month,
        /// How many months lie between the two ends.
        gap: u32,
    },
    /// A year far from those that figures are known for.
    FarYear {
        /// The year.
        year: i32,
    },
    /// A label with the mark of a footnote, where a remark speaks of a length that is not a year's.
    LengthOfMark {
        /// The label.
        label: String,
        /// The remark.
        remark: String,
    },
    /// Rows called returns and the like that take away more than the others bring in.
    MoreGivenBack {
        /// The first cell that says so.
        word: String,
        /// How many rows there are.
        rows: u64,
        /// The name of their column.
        column: String,
    },
    /// A label like `2020-1` that is a month, or the number of a quarter or half.
    PartByNumber,
    /// Dates that all have a time of day some hours before a month begins.
    BeforeMonths {
        /// The most minutes that one of them is before it.
        minutes: u16,
    },
    /// Days, weeks or transactions that make up no whole month.
    NoWholeMonth,
    /// No rate is given for a currency at a time.
    NoRate {
        /// From this currency.
        from: Currency,
        /// To this currency.
        to: Currency,
    },
    /// A kind that is not known.
    Kind {
        /// The nearest known name.
        nearest: Option<&'static str>,
    },
    /// A basis that is neither `revenue` nor `run-rate`.
    Basis {
        /// The nearest known name.
        nearest: Option<&'static str>,
    },
    /// Not a unit of amounts.
    Unit,
    /// A unit, such as millions, where another one is given already, or an amount that has one besides.
    TwoUnits {
        /// What gives the other one.
        elsewhere: &'static str,
    },
    /// A file of rates lacks a column.
    NoRatesColumn {
        /// Its name.
        name: &'static str,
    },
    /// Not a rate of exchange.
    Rate,
    /// What looks like a unit, and is not understood.
    UnitUnknown {
        /// The words.
        unit: String,
    },
    /// A unit that may be thousands or millions.
    UnitUnclear {
        /// The words.
        unit: String,
    },
    /// Two units that contradict each other.
    UnitsDiffer {
        /// The words here.
        here: String,
        /// Those of the other one.
        other: String,
        /// Where the other one stands.
        elsewhere: &'static str,
    },
    /// A unit whose sign several currencies share.
    CurrencyShared {
        /// The words.
        sign: String,
    },
    /// Not a currency, or a sign that several currencies share.
    Currency,
    /// The currency of the cell's sign is not that of the row's currency column.
    CurrencyOfCell {
        /// By the sign.
        sign: Currency,
        /// By the column.
        column: Currency,
    },
    /// A series that is called a part of itself.
    PartOfItself,
    /// A series that is called a part of two others.
    TwoParents {
        /// Name of the series.
        series: String,
        /// What it is a part of elsewhere.
        before: String,
        /// Where that is said.
        other: Place,
    },
    /// A name of no peers that there are.
    Peers(UnknownPeers),
    /// A series that is likened to two kinds of companies.
    TwoPeers {
        /// Name of the series.
        series: String,
        /// What it is likened to here.
        here: Peers,
        /// What it is likened to elsewhere.
        before: Peers,
        /// Where that is said.
        other: Place,
    },
    /// Two currencies in one series.
    TwoCurrencies {
        /// The series.
        series: String,
        /// The currency here.
        here: Currency,
        /// The currency before.
        before: Currency,
        /// Where the other one stands.
        other: Place,
    },
    /// Not a month in which a fiscal year can end.
    FiscalYearEnd,
    /// Two fiscal year ends in one series.
    TwoFiscalYearEnds {
        /// The series.
        series: String,
        /// Where the other one stands.
        other: Place,
    },
    /// A period before year 1 or after 9999.
    OutsideCalendar,
    /// Something that only the whole of a series shows, and that changes what its figures are.
    Doubtful {
        /// The series.
        series: String,
        /// What it is.
        doubt: Box<Doubt>,
    },
}

/// What the dates of a series' totals look like when no length can be told from them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Spacing {
    /// There is only one.
    Alone,
    /// They are not one length apart.
    Uneven,
    /// They are so many months apart, which is not a month, quarter, half or year.
    Odd(u32),
    /// The date lies in the middle of a month.
    MidMonth,
    /// Several lie in one month.
    WithinMonths,
}
