//! How notices read.

use std::fmt;

use crate::money::short;

use crate::read::cell::period::DateOrder;
use crate::read::report::notice::{Apart, Entries, LeftOut, Notice};

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
            Self::DateOrderInferred { order, .. } => date_order(f, *order),
            Self::SeriesColumn { column, .. } => {
                write!(f, "rows of one period differ in the column {column:?}, which is taken to name the series")
            }
            Self::OtherSheets { sheet, others, first, .. } => match others {
                1 => write!(f, "the sheet {sheet:?} is read, and the other one, {first:?}, is not; --sheet names another"),
                _ => write!(f, "the sheet {sheet:?} is read, and {others} others are not: {first:?}, …; --sheet names another"),
            },
            Self::SmallestUnit { export, .. } => {
                write!(f, "amounts are in cents, as {export} writes them, and are divided by 100")
            }
            Self::LeftOut { what, first, count, .. } => left_out(f, *what, first, *count),
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
            Self::SetApart { what, entries, sum, currency, .. } => set_apart(f, *what, *entries, &short(*sum, *currency)),
            Self::NotKnownWhen { extent } => match extent.figures {
                1 => write!(f, "{extent}: 1 figure has no date at which it became known, and is kept"),
                figures => write!(f, "{extent}: {figures} figures have no date at which they became known, and are kept"),
            },
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
            Self::Dashes { cells, .. } => dashes(f, *cells),
            Self::MarksPassedOver { first, cells, .. } => marks(f, first, *cells),
            Self::UnitOfRemark { unit, .. } => write!(f, "the amounts are read in the unit that this line gives: {unit:?}"),
            Self::BasisNotUsed { .. } => write!(f, "only a target has a basis; it is not used for other kinds"),
        }
    }
}

fn left_out(f: &mut fmt::Formatter<'_>, what: LeftOut, first: &str, count: u64) -> fmt::Result {
    let (one, many) = match what {
        LeftOut::Total => ("row adds up others and is", "rows add up others and are"),
        LeftOut::TotalColumn => ("column adds up others and is", "columns add up others and are"),
        LeftOut::PartialColumn => ("column is for a part of a month and is", "columns are for parts of months and are"),
        LeftOut::Remark => ("row is a heading or remark and is", "rows are headings or remarks and are"),
        LeftOut::Account => ("line is no revenue and is", "lines are no revenue and are"),
        LeftOut::YearToDate => ("fact for part of a year is", "facts for parts of years are"),
        LeftOut::NotRevenue => ("column is no revenue and is", "columns are no revenue and are"),
        LeftOut::TotalSeries => ("series adds up others and is", "series add up others and are"),
    };
    write!(f, "{count} {} left out", if count == 1 { one } else { many })?;
    if first.is_empty() { Ok(()) } else { write!(f, ": {first:?}{}", if count == 1 { "" } else { ", …" }) }
}

fn dashes(f: &mut fmt::Formatter<'_>, cells: u64) -> fmt::Result {
    match cells {
        1 => write!(f, "a dash is read as no figure; write 0 if it stands for zero"),
        _ => write!(f, "{cells} dashes are read as no figures; write 0 where they stand for zero"),
    }
}

fn marks(f: &mut fmt::Formatter<'_>, first: &str, cells: u64) -> fmt::Result {
    match cells {
        1 => write!(f, "the mark behind an amount is passed over: {first:?}"),
        _ => write!(f, "the marks behind {cells} amounts are passed over: {first:?}, …"),
    }
}

fn date_order(f: &mut fmt::Formatter<'_>, order: DateOrder) -> fmt::Result {
    let order = match order {
        DateOrder::DayFirst => "day first",
        DateOrder::MonthFirst => "month first",
    };
    write!(f, "dates are read {order}: so they are first or last days of months, and otherwise they are not")
}

fn set_apart(f: &mut fmt::Formatter<'_>, what: Apart, entries: u64, sum: &str) -> fmt::Result {
    let what = match what {
        Apart::Refunds => "refunds and disputes",
        Apart::Fees => "fees and taxes",
        Apart::Transfers => "payouts, transfers and adjustments",
        Apart::Unsent => "invoices that are drafts or void",
    };
    match entries {
        1 => write!(f, "{what} are kept apart from revenue: one entry of {sum}"),
        many => write!(f, "{what} are kept apart from revenue: {many} entries of {sum} together"),
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
