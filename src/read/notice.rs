//! What was inferred in reading: stated, never silent.

use std::fmt;

use chrono::NaiveDate;

use crate::calendar::{Month, Period};
use crate::money::{Currency, short};
use crate::series::Place;

use super::amount::DecimalMark;
use super::period::DateOrder;

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

/// What was left out, since it is no figure of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum LeftOut {
    /// A row that adds up others.
    Total,
    /// A column that adds up others.
    TotalColumn,
    /// A column for a part of a month.
    PartialColumn,
    /// A heading within a table, or a remark below it.
    Remark,
    /// A sum from the start of the year, whose quarters stand by themselves.
    YearToDate,
    /// A column of costs, profits, customers or the like.
    NotRevenue,
    /// A line of an income statement other than that of revenue.
    Account,
    /// A series called a total, beside others.
    TotalSeries,
}

/// What a ledger holds besides revenue.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Apart {
    /// Refunds and disputes.
    Refunds,
    /// Fees and taxes.
    Fees,
    /// Payouts, transfers, adjustments.
    Transfers,
    /// Invoices that are drafts or void.
    Unsent,
}

/// What was added up to months.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Entries {
    /// Days.
    Days,
    /// Weeks, each of whose days counts a seventh.
    Weeks,
    /// Weeks that are dated by their last day.
    WeeksEnding,
    /// Entries of a ledger.
    Transactions,
}

/// Something inferred, or left out, that the reader of the figures should know.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Notice {
    /// The file is not UTF-8 and was read as Windows-1252.
    Windows1252 {
        /// The file's beginning.
        place: Place,
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
    /// Totals named by single months stand so many months apart.
    MonthsApart {
        /// For what.
        extent: Extent,
        /// How many months apart.
        months: u32,
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
    /// Amounts are in the currency's smallest unit, as the export is known to write them.
    SmallestUnit {
        /// The first such amount.
        place: Place,
        /// What wrote it.
        export: &'static str,
    },
    /// Rows or columns that are no figures of their own were left out.
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
    /// Rows without a value were left out.
    NoValue {
        /// The first.
        place: Place,
        /// How many.
        rows: u64,
    },
    /// A basis was given for something else than a target, and is not used.
    BasisNotUsed {
        /// The first.
        place: Place,
        /// How many.
        rows: u64,
    },
}

impl Notice {
    /// The extent, to be widened as more figures are met.
    pub(super) fn extent_mut(&mut self) -> Option<&mut Extent> {
        match self {
            Self::LengthInferred { extent, .. }
            | Self::NearestMonthEnd { extent, .. }
            | Self::RunRateOfDay { extent, .. }
            | Self::RunRateOfPeriod { extent, .. }
            | Self::TargetOfYear { extent, .. }
            | Self::MonthsApart { extent, .. }
            | Self::AddedUp { extent, .. }
            | Self::PartialMonths { extent, .. }
            | Self::FourthQuarter { extent, .. }
            | Self::CurrencyAssumed { extent, .. }
            | Self::CurrencyOfOthers { extent, .. } => Some(extent),
            _ => None,
        }
    }

    /// Whether a user should hear of it unasked, because it may be wrong or leaves something out; the rest is how plain cells
    /// are always read.
    pub fn is_warning(&self) -> bool {
        match self {
            Self::Windows1252 { .. }
            | Self::LengthInferred { .. }
            | Self::RunRateOfPeriod { .. }
            | Self::MonthsApart { .. }
            | Self::DecimalMarkAssumed { .. }
            | Self::SeriesColumn { .. }
            | Self::SmallestUnit { .. }
            | Self::LeftOut { .. }
            | Self::SetApart { .. }
            | Self::PartialMonths { .. }
            | Self::NoValue { .. }
            | Self::BasisNotUsed { .. } => true,
            Self::NearestMonthEnd { .. }
            | Self::AddedUp { .. }
            | Self::FourthQuarter { .. }
            | Self::SerialDates { .. }
            | Self::RunRateOfDay { .. }
            | Self::TargetOfYear { .. }
            | Self::CurrencyAssumed { .. }
            | Self::CurrencyOfOthers { .. }
            | Self::DateOrderInferred { .. } => false,
        }
    }

    /// Where it first holds.
    pub fn place(&self) -> &Place {
        match self {
            Self::Windows1252 { place }
            | Self::DecimalMarkAssumed { place, .. }
            | Self::DateOrderInferred { place, .. }
            | Self::NoValue { place, .. }
            | Self::LeftOut { place, .. }
            | Self::SeriesColumn { place, .. }
            | Self::SmallestUnit { place, .. }
            | Self::SetApart { place, .. }
            | Self::SerialDates { place, .. }
            | Self::BasisNotUsed { place, .. } => place,
            Self::LengthInferred { extent, .. }
            | Self::NearestMonthEnd { extent, .. }
            | Self::RunRateOfDay { extent, .. }
            | Self::RunRateOfPeriod { extent, .. }
            | Self::TargetOfYear { extent, .. }
            | Self::MonthsApart { extent, .. }
            | Self::AddedUp { extent, .. }
            | Self::PartialMonths { extent, .. }
            | Self::FourthQuarter { extent, .. }
            | Self::CurrencyAssumed { extent, .. }
            | Self::CurrencyOfOthers { extent, .. } => &extent.place,
        }
    }
}

/// The notice without its place.
impl fmt::Display for Notice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Windows1252 { .. } => write!(f, "the file is not UTF-8 and was read as Windows-1252"),
            Self::LengthInferred { extent, months, starts, by_others } => {
                let length = length_name(*months);
                let edge = if *starts { "begin" } else { "end" };
                let whose = if *by_others { "spacing of the dates of all series" } else { "dates' spacing" };
                write!(f, "{extent}: totals dated by a day are read as the {length} that {edge} there, by the {whose}")
            }
            Self::NearestMonthEnd { extent, day, month } => {
                write!(f, "{extent}: days near a month's end are read as that end: {day} as the end of {month}")
            }
            Self::RunRateOfDay { extent, day } => {
                write!(f, "{extent}: a run-rate dated by a day is the rate in that month: {day}")
            }
            Self::RunRateOfPeriod { extent, period, month } => {
                write!(f, "{extent}: a run-rate given for {period} is read as the rate in {month}, its last month")
            }
            Self::TargetOfYear { extent, year } => {
                write!(f, "{extent}: a target dated by the end of the fiscal year is read as that of {year}")
            }
            Self::MonthsApart { extent, months } => {
                let length = length_name(*months);
                write!(
                    f,
                    "{extent}: totals are read as single months, though they stand {months} months apart; \
                     if they are for {length}, name the periods so"
                )
            }
            Self::CurrencyAssumed { extent, currency } => {
                write!(f, "{extent}: no currency is given; {currency} is assumed")
            }
            Self::CurrencyOfOthers { extent, currency } => {
                write!(f, "{extent}: figures without a currency are read in that of the others, {currency}")
            }
            Self::DecimalMarkAssumed { separator, mark, read, .. } => {
                let part = if separator == mark { "marks decimals" } else { "groups thousands" };
                write!(
                    f,
                    "nothing in the column settles whether the {separator} in its amounts marks decimals or groups thousands; "
                )?;
                write!(f, "it is taken that it {part}, so the first is {read}")
            }
            Self::DateOrderInferred { order, .. } => {
                let order = match order {
                    DateOrder::DayFirst => "day first",
                    DateOrder::MonthFirst => "month first",
                };
                write!(f, "dates are read {order}: so they are first or last days of months, and otherwise they are not")
            }
            Self::SeriesColumn { column, .. } => {
                write!(f, "rows of one period differ in the column {column:?}, which is taken to name the series")
            }
            Self::SmallestUnit { export, .. } => {
                write!(f, "amounts are in cents, as {export} writes them, and are divided by 100")
            }
            Self::LeftOut { what, first, count, .. } => {
                let (one, many) = match what {
                    LeftOut::Total => ("row adds up others and is", "rows add up others and are"),
                    LeftOut::TotalColumn => ("column adds up others and is", "columns add up others and are"),
                    LeftOut::PartialColumn => {
                        ("column is for a part of a month and is", "columns are for parts of months and are")
                    }
                    LeftOut::Remark => ("row is a heading or remark and is", "rows are headings or remarks and are"),
                    LeftOut::Account => ("line is no revenue and is", "lines are no revenue and are"),
                    LeftOut::YearToDate => ("fact for part of a year is", "facts for parts of years are"),
                    LeftOut::NotRevenue => ("column is no revenue and is", "columns are no revenue and are"),
                    LeftOut::TotalSeries => ("series adds up others and is", "series add up others and are"),
                };
                write!(f, "{count} {} left out", if *count == 1 { one } else { many })?;
                if first.is_empty() { Ok(()) } else { write!(f, ": {first:?}{}", if *count == 1 { "" } else { ", …" }) }
            }
            Self::AddedUp { extent, entries } => {
                let entries = match entries {
                    Entries::Days => "days are",
                    Entries::Weeks => "weeks are shared out by days and",
                    Entries::WeeksEnding => "weeks, dated by their last day, are shared out by days and",
                    Entries::Transactions => "entries are",
                };
                match extent.figures {
                    1 => write!(f, "{extent}: {entries} added up to one month"),
                    many => write!(f, "{extent}: {entries} added up to {many} months"),
                }
            }
            Self::FourthQuarter { extent, period } => match extent.figures {
                1 => write!(
                    f,
                    "{extent}: the fourth quarter {period} is the year less its other three, since no filing states it"
                ),
                many => {
                    write!(f, "{extent}: {many} fourth quarters are the year less its other three, since no filing states them")
                }
            },
            Self::SetApart { what, entries, sum, currency, .. } => {
                let what = match what {
                    Apart::Refunds => "refunds and disputes",
                    Apart::Fees => "fees and taxes",
                    Apart::Transfers => "payouts, transfers and adjustments",
                    Apart::Unsent => "invoices that are drafts or void",
                };
                let sum = short(*sum, *currency);
                match entries {
                    1 => write!(f, "{what} are kept apart from revenue: one entry of {sum}"),
                    many => write!(f, "{what} are kept apart from revenue: {many} entries of {sum} together"),
                }
            }
            Self::PartialMonths { extent, month } => match extent.figures {
                1 => write!(f, "{extent}: {month} is left out, since only a part of it is known"),
                many => write!(f, "{extent}: {many} months are left out, since only parts of them are known: {month}, …"),
            },
            Self::SerialDates { from_1904, day, .. } => {
                let from = if *from_1904 { 1904 } else { 1900 };
                write!(f, "dates are numbers of days, read as a spreadsheet counts them from {from}: the first is {day}")
            }
            Self::NoValue { rows, .. } => match rows {
                1 => write!(f, "a row without a value is left out"),
                _ => write!(f, "{rows} rows without a value are left out"),
            },
            Self::BasisNotUsed { .. } => write!(f, "only a target has a basis; it is not used for other kinds"),
        }
    }
}

fn length_name(months: u32) -> String {
    match months {
        1 => "months".to_owned(),
        3 => "quarters".to_owned(),
        6 => "half-years".to_owned(),
        12 => "years".to_owned(),
        _ => format!("spans of {months} months"),
    }
}
