//! What was inferred in reading: stated, never silent.

mod left_out;
mod period;
mod text;
mod weight;

use std::fmt;

use chrono::NaiveDate;

use crate::calendar::{Month, Period};
use crate::money::Currency;
use crate::series::Place;

use crate::read::cell::amount::DecimalMark;
use crate::read::cell::period::DateOrder;
use crate::read::report::doubt::Doubt;
use crate::read::report::doubt::Reset;

pub use left_out::{Apart, Entries, LeftOut};

/// Where something was first inferred, and for how much.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Extent {
    /// The first figure.
    pub place: Place,
    /// Its series.
    pub series: String,
    /// How many figures it holds for.
    pub figures: u64,
    /// How many series they belong to.
    pub series_count: u64,
}

/// `OpenAI`, or `OpenAI and 3 other series`.
impl fmt::Display for Extent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.series_count {
            0 | 1 => f.write_str(&self.series),
            2 => write!(f, "{} and 1 other series", self.series),
            more => write!(f, "{} and {} other series", self.series, more - 1),
        }
    }
}

/// Something inferred, or left out, that the reader of the figures should know.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Notice {
    /// The file is not UTF-8 and was read as Windows-1252, or as Windows-1251.
    Windows {
        /// The file's beginning.
        place: Place,
        /// Whether its letters are taken for Cyrillic ones, of Windows-1251.
        cyrillic: bool,
    },
    /// Totals dated by a day got their length from the spacing of the series' dates.
    LengthInferred {
        /// For what.
        extent: Extent,
        /// The length in months.
        months: u32,
        /// Whether the days are the first of their periods, rather than the last.
        starts: bool,
        /// Whether it took the dates of other series of the file to see the spacing.
        by_others: bool,
        /// Whether the days are neither, and each stands for its month.
        within: bool,
        /// Whether there are several dates, each the first or the last day of a month.
        sure: bool,
    },
    /// Days near a month's end were taken for it, as in years of 52 or 53 weeks.
    NearestMonthEnd {
        /// For what.
        extent: Extent,
        /// The first such day.
        day: NaiveDate,
        /// The month it was taken to end.
        month: Month,
    },
    /// A run-rate dated by a day is read as the rate in that day's month.
    RunRateOfDay {
        /// For what.
        extent: Extent,
        /// The first such day.
        day: NaiveDate,
    },
    /// A run-rate given for longer than a month is read as the rate in the last month.
    RunRateOfPeriod {
        /// For what.
        extent: Extent,
        /// The first such period, named.
        period: String,
        /// The month it is read for.
        month: Month,
    },
    /// A target dated by the last month of a fiscal year is read as that year's.
    TargetOfYear {
        /// For what.
        extent: Extent,
        /// The first such year, named.
        year: String,
    },
    /// Totals named by one month are for longer, by what their column is called or by how far the months stand apart.
    NamedByMonth {
        /// For what.
        extent: Extent,
        /// The length in months.
        months: u32,
        /// Whether the month is the first of the period, rather than the last.
        starts: bool,
    },
    /// A total at an odd distance from the year before it got its length from its amount.
    OddSpan {
        /// For what.
        extent: Extent,
        /// What it is read as.
        period: Period,
        /// The end of the year before it.
        before: Month,
        /// How many months lie between the two ends.
        gap: u32,
    },
    /// Years named as fiscal years are named in Japan and calendar years in China: `2023年度`.
    YearFrom {
        /// For what.
        extent: Extent,
        /// The first such year.
        year: i32,
    },
    /// Words of a title, a name or a remark say in which month fiscal years end.
    FiscalYearEnd {
        /// Where the words stand.
        place: Place,
        /// The month, 1 to 12.
        month: u8,
        /// The words.
        words: String,
    },
    /// The letter `p` behind periods was taken to say that their figures are provisional, and not projected.
    Provisional {
        /// The first such period.
        place: Place,
        /// As it is written.
        first: String,
        /// How many there are.
        labels: u64,
        /// Whether the marks of other periods show it.
        sure: bool,
    },
    /// Words above a table say that its years stand for a part of each.
    PartsOfYears {
        /// Where the words stand.
        place: Place,
        /// The words.
        words: String,
        /// One of the years.
        year: i32,
    },
    /// Periods that begin or end within a month were read as the nearest whole months.
    RoundedSpans {
        /// The first.
        place: Place,
        /// How many.
        rows: u64,
    },
    /// The years are those of the Buddhist era.
    BuddhistEra {
        /// The first.
        place: Place,
        /// The first year, as it is written.
        year: i32,
    },
    /// Labels speak of fiscal years, and nothing says in which month those end.
    FiscalYearOpen {
        /// The first such label.
        place: Place,
        /// The label.
        label: String,
        /// Whether it names two years in a row, so that it ends with no calendar year.
        two_years: bool,
    },
    /// Labels of two years in a row are fiscal years.
    TwoYearLabels {
        /// The first such label.
        place: Place,
        /// The year in which the first ends.
        ending: i32,
        /// How many labels.
        figures: u64,
        /// Whether it is known in which month they end.
        end_is_known: bool,
    },
    /// Nothing says the currency.
    CurrencyAssumed {
        /// For what.
        extent: Extent,
        /// The currency assumed.
        currency: Currency,
    },
    /// Some figures of a series do not say their currency, and have that of the others.
    CurrencyOfOthers {
        /// For what.
        extent: Extent,
        /// The currency.
        currency: Currency,
    },
    /// Nothing in the column settles what a comma or point before three digits is.
    DecimalMarkAssumed {
        /// The first such amount.
        place: Place,
        /// The separator in question.
        separator: DecimalMark,
        /// The mark assumed.
        mark: DecimalMark,
        /// How the first such amount was read.
        read: f64,
        /// How many amounts depend on it.
        figures: u64,
    },
    /// The order of day and month follows from the dates being the first or the last days of months.
    DateOrderInferred {
        /// The first date that depends on it.
        place: Place,
        /// The order inferred.
        order: DateOrder,
        /// How many dates depend on it.
        figures: u64,
    },
    /// A column whose name says nothing names the series, since rows of one period differ in it.
    SeriesColumn {
        /// The column's name in the header.
        place: Place,
        /// The name.
        column: String,
    },
    /// A workbook has other sheets that hold something and are not read.
    OtherSheets {
        /// The file's beginning.
        place: Place,
        /// The sheet that is read.
        sheet: String,
        /// How many others there are.
        others: u64,
        /// The name of the first.
        first: String,
    },
    /// Amounts are in the currency's smallest unit, as the export is known to write them.
    SmallestUnit {
        /// The first such amount.
        place: Place,
        /// What wrote it.
        export: &'static str,
    },
    /// Rows or columns that are not figures of their own were left out.
    LeftOut {
        /// The first.
        place: Place,
        /// What they are.
        what: LeftOut,
        /// The text of the first.
        first: String,
        /// How many.
        count: u64,
    },
    /// Days or weeks were added up to months.
    AddedUp {
        /// For what.
        extent: Extent,
        /// What was added up.
        entries: Entries,
    },
    /// Fourth quarters that no filing states are the year less its three others.
    FourthQuarter {
        /// For what.
        extent: Extent,
        /// The first such quarter.
        period: Period,
    },
    /// What a ledger holds besides revenue is not added to it.
    SetApart {
        /// The first such entry.
        place: Place,
        /// What it is.
        what: Apart,
        /// How many entries.
        entries: u64,
        /// Their sum.
        sum: f64,
        /// Its currency.
        currency: Currency,
    },
    /// Figures of which nothing says when they became known were kept, though those known later than a day were not.
    NotKnownWhen {
        /// For what.
        extent: Extent,
    },
    /// Months of which only a part is known were left out.
    PartialMonths {
        /// For what.
        extent: Extent,
        /// The first such month.
        month: Month,
    },
    /// Dates are numbers of days, as in a spreadsheet.
    SerialDates {
        /// The first.
        place: Place,
        /// Whether they count from 1904 rather than from 1900.
        from_1904: bool,
        /// The first such date.
        day: NaiveDate,
    },
    /// Another table begins, which is not read.
    SecondTable {
        /// Its first row.
        place: Place,
        /// How many lines stand before it.
        skip: u64,
    },
    /// Another table stands beside the one that is read.
    TableBeside {
        /// Its first column.
        place: Place,
        /// The name of its column of periods.
        period: String,
    },
    /// Several readings of a rate in one month: the last of each month stands for it.
    LastReadings {
        /// For what: the months with several.
        extent: Extent,
        /// How many readings there were in all.
        readings: u64,
    },
    /// Rows of one period were added up, since they differ in what else they say.
    Together {
        /// For what: the periods made of several rows.
        extent: Extent,
        /// How many rows went into them.
        rows: u64,
        /// A column in which they differ, with few different cells.
        column: Option<String>,
    },
    /// Monthly rates given for longer periods are the rates at their ends.
    MonthlyRate {
        /// For what.
        extent: Extent,
    },
    /// Something that only the whole of a series shows, and that is most likely right.
    Doubtful {
        /// For what.
        extent: Extent,
        /// What it is.
        doubt: Doubt,
    },
    /// Cumulative amounts were made single periods.
    SinglePeriods {
        /// For what.
        extent: Extent,
        /// From when they counted.
        reset: Reset,
        /// Whether an option says that they are cumulative, rather than a name.
        by_option: bool,
    },
    /// A cumulative amount without the one before it is the total of a longer period.
    LongerPeriod {
        /// For what.
        extent: Extent,
        /// The period whose figure is not there, named.
        missing: String,
        /// The period that the amount is for, named.
        span: String,
    },
    /// The first amount of a running total was left out, since nothing says from when it counts.
    RunningTotal {
        /// For what.
        extent: Extent,
    },
    /// Months without an entry, or without a row, are zero.
    ZeroMonths {
        /// For what.
        extent: Extent,
        /// The first such month.
        month: Month,
    },
    /// Zeros at the end were left out as future periods.
    ZerosLeftOut {
        /// For what.
        extent: Extent,
        /// The first, named.
        first: String,
        /// Whether an option says so, rather than that all series end in zeros together.
        by_option: bool,
    },
    /// The last period was left out, as one that is not over.
    LastLeftOut {
        /// For what.
        extent: Extent,
        /// The period, named.
        period: String,
    },
    /// Figures were left out of the fit by an option.
    Excluded {
        /// For what.
        extent: Extent,
        /// The first such period, named.
        period: String,
    },
    /// Rows without a value were left out.
    NoValue {
        /// The first.
        place: Place,
        /// How many.
        rows: u64,
    },
    /// Cells hold a dash (or `nil`), which is read as no figure though it may stand for zero.
    Dashes {
        /// The first.
        place: Place,
        /// How many.
        cells: u64,
    },
    /// Marks of footnotes behind amounts were passed over.
    MarksPassedOver {
        /// The first.
        place: Place,
        /// The first cell.
        first: String,
        /// How many.
        cells: u64,
    },
    /// A line within or below the table says what its amounts are worth.
    UnitOfRemark {
        /// The line.
        place: Place,
        /// Its words.
        unit: String,
    },
    /// A column of tax or shipping stands beside the amounts, and no name says whether they include it.
    MayIncludeLevy {
        /// The name of the column of amounts.
        place: Place,
        /// That name.
        column: String,
        /// The name of the other column.
        levy: String,
    },
    /// Words above the table or beside its rows say that amounts are annual rates.
    AnnualRates {
        /// Where they stand.
        place: Place,
        /// The words.
        words: String,
    },
    /// A basis was given for something else than a target, and is not used.
    BasisNotUsed {
        /// The first.
        place: Place,
        /// How many.
        rows: u64,
    },
}
