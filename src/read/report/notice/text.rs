//! How notices read.

use std::fmt;

use crate::money::{in_full, short};

use crate::read::cell::period::DateOrder;
use crate::read::report::doubt::Reset;
use crate::read::report::notice::{Apart, Entries, LeftOut, Notice, period};
use crate::read::report::problems::pasted;

/// The notice without its place.
impl fmt::Display for Notice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Windows { cyrillic, .. } => write!(f, "the file is not UTF-8 and was read as {}", windows(*cyrillic)),
            Self::LengthInferred { .. }
            | Self::NearestMonthEnd { .. }
            | Self::NamedByMonth { .. }
            | Self::OddSpan { .. }
            | Self::YearFrom { .. }
            | Self::FiscalYearEnd { .. }
            | Self::PartsOfYears { .. }
            | Self::FiscalYearOpen { .. }
            | Self::Provisional { .. }
            | Self::BuddhistEra { .. }
            | Self::RoundedSpans { .. }
            | Self::TwoYearLabels { .. } => period::write(self, f),
            Self::RunRateOfDay { extent, day } => {
                write!(f, "{extent}: a run-rate dated by a day is the rate in that month: {day}")
            }
            Self::RunRateOfPeriod { extent, period, month } => {
                write!(f, "{extent}: a run-rate given for {period} is read as the rate in {month}, its last month")
            }
            Self::TargetOfYear { extent, year } => {
                write!(f, "{extent}: a target dated by the end of the fiscal year is read as that of {year}")
            }
            Self::CurrencyAssumed { extent, currency } => {
                write!(f, "{extent}: no currency is given; {currency} is assumed, and --currency says another")
            }
            Self::CurrencyOfOthers { extent, currency } => {
                write!(f, "{extent}: figures without a currency are read as {currency}, like the others")
            }
            Self::DecimalMarkAssumed { separator, mark, read, .. } => {
                let part = if separator == mark { "marks decimals" } else { "groups thousands" };
                write!(
                    f,
                    "nothing in the column shows whether the {separator} in its amounts marks decimals or groups thousands; "
                )?;
                write!(f, "topline assumes that it {part}, so the first is {}", in_full(*read))
            }
            Self::DateOrderInferred { order, .. } => date_order(f, *order),
            Self::SeriesColumn { column, .. } => {
                write!(f, "rows of one period differ in the column {column:?}, which is assumed to name the series")
            }
            Self::OtherSheets { sheet, others, first, .. } => match others {
                1 => write!(f, "the sheet {sheet:?} is read, and the other one, {first:?}, is not; choose with --sheet"),
                _ => write!(f, "the sheet {sheet:?} is read, and {others} others are not: {first:?}, …; choose with --sheet"),
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
            Self::SerialDates { from_1904, day, .. } => {
                let from = if *from_1904 { 1904 } else { 1900 };
                write!(f, "dates are numbers of days, read as a spreadsheet counts them from {from}: the first is {day}")
            }
            Self::SecondTable { place, skip } => {
                write!(f, "a second table begins at line {}, and is not read; --skip {skip} reads it instead", place.line)
            }
            Self::NoValue { rows, .. } => match rows {
                1 => write!(f, "a row without a value is left out"),
                _ => write!(f, "{rows} rows without a value are left out"),
            },
            Self::Dashes { cells, .. } => dashes(f, *cells),
            Self::MarksPassedOver { first, cells, .. } => marks(f, first, *cells),
            Self::BasisNotUsed { .. } => write!(f, "only a target has a basis; it is not used for other kinds"),
            amounts @ (Self::MonthlyRate { .. }
            | Self::UnitOfRemark { .. }
            | Self::MayIncludeLevy { .. }
            | Self::AnnualRates { .. }) => what_amounts_are(f, amounts),
            added @ (Self::TableBeside { .. } | Self::LastReadings { .. } | Self::Together { .. }) => {
                beside_or_together(f, added)
            }
            whole => of_whole(f, whole),
        }
    }
}

/// What stands beside or belongs together.
fn beside_or_together(f: &mut fmt::Formatter<'_>, notice: &Notice) -> fmt::Result {
    match notice {
        Notice::TableBeside { period, .. } if period.trim().is_empty() => {
            write!(f, "another table begins here, beside the first, and is not read")
        }
        Notice::TableBeside { period, .. } => write!(
            f,
            "another table begins here, beside the first, and is not read; --period-column {} reads it instead",
            pasted(period)
        ),
        Notice::LastReadings { extent, readings } => {
            write!(f, "{extent}: of {readings} readings of the rate, the last of each month is used, and none are added up")
        }
        Notice::Together { extent, rows, column } => {
            let periods = extent.figures;
            write!(f, "{extent}: {rows} amounts are added up to {periods} periods, since rows of one period differ in ")?;
            match column {
                Some(column) => write!(f, "other columns; --by {} makes series of them", pasted(column)),
                None => write!(f, "other columns; --by and the name of a column makes series of them"),
            }
        }
        _ => Ok(()),
    }
}

/// What only the whole of a series shows.
fn of_whole(f: &mut fmt::Formatter<'_>, notice: &Notice) -> fmt::Result {
    match notice {
        Notice::PartialMonths { extent, month } => match extent.figures {
            1 => write!(f, "{extent}: {month} is left out, since only a part of it is known"),
            many => write!(f, "{extent}: {many} months are left out, since only parts of them are known: {month}, …"),
        },
        Notice::Doubtful { extent, doubt } => {
            write!(f, "{extent}: ")?;
            doubt.warning(f, &extent.series)
        }
        Notice::SinglePeriods { extent, reset, by_option } => {
            let since = match reset {
                Reset::Year => "the start of the year",
                Reset::HalfYear => "the start of the half-year",
                Reset::Never => "the first figure",
            };
            let otherwise = if *by_option { "" } else { "; --not-cumulative says that they are single periods already" };
            write!(
                f,
                "{extent}: amounts are sums since {since}, and each is converted to its own period by subtracting the one \
                 before{otherwise}"
            )
        }
        Notice::LongerPeriod { extent, missing, span } => {
            write!(f, "{extent}: the sum for {missing} is missing, so the one after it is read as the total of {span}")
        }
        Notice::RunningTotal { extent } => {
            write!(f, "{extent}: the first figure of a running total is left out, since nothing says from when it counts")
        }
        Notice::ZeroMonths { extent, month } => match extent.figures {
            1 => write!(f, "{extent}: 1 month without an entry is read as zero: {month}"),
            many => write!(f, "{extent}: {many} months without an entry are read as zero: {month}, …"),
        },
        Notice::ZerosLeftOut { extent, first, by_option } => {
            let otherwise = if *by_option { "" } else { "; --trailing-zeros keep keeps them" };
            match extent.figures {
                1 => write!(f, "{extent}: the zero of {first} is left out as a future period{otherwise}"),
                many => write!(f, "{extent}: {many} zeros from {first} on are left out as future periods{otherwise}"),
            }
        }
        Notice::LastLeftOut { extent, period } => {
            write!(f, "{extent}: {period} is left out as incomplete")
        }
        Notice::Excluded { extent, period } => match extent.figures {
            1 => write!(f, "{extent}: {period} is left out of the fit"),
            many => write!(f, "{extent}: {many} figures are left out of the fit: {period}, …"),
        },
        _ => Ok(()),
    }
}

fn what_amounts_are(f: &mut fmt::Formatter<'_>, notice: &Notice) -> fmt::Result {
    match notice {
        Notice::MonthlyRate { extent } => write!(
            f,
            "{extent}: MRR for longer than a month is read as the rate at the end of the period: a run-rate of twelve \
             times it"
        ),
        Notice::UnitOfRemark { unit, .. } => write!(f, "the amounts are read in the unit that this line gives: {unit:?}"),
        Notice::MayIncludeLevy { column, levy, .. } => write!(
            f,
            "{column:?} may include {levy:?}, which is not revenue; --value-column names a column without it, if there is one"
        ),
        Notice::AnnualRates { words, .. } => {
            write!(f, "the amounts are annual rates, by {words:?}: they are read as run-rates, which are not added up")
        }
        _ => Ok(()),
    }
}

fn left_out(f: &mut fmt::Formatter<'_>, what: LeftOut, first: &str, count: u64) -> fmt::Result {
    let (one, many) = match what {
        LeftOut::Total => ("row is the sum of others and is", "rows are sums of others and are"),
        LeftOut::TotalColumn => ("column is the sum of others and is", "columns are sums of others and are"),
        LeftOut::PartialColumn => ("column is for a part of a month and is", "columns are for parts of months and are"),
        LeftOut::Remark => ("row is a heading or remark and is", "rows are headings or remarks and are"),
        LeftOut::Account => ("line is not total revenue and is", "lines are not total revenue and are"),
        LeftOut::YearToDate => ("fact for part of a year is", "facts for parts of years are"),
        LeftOut::NotRevenue => ("column is not revenue and is", "columns are not revenue and are"),
        LeftOut::NoAmounts => ("column holds no amounts and is", "columns hold no amounts and are"),
        LeftOut::TrailingColumn => {
            ("column is for the last twelve months and is", "columns are for the last twelve months and are")
        }
        LeftOut::Trailing => ("row is for the last twelve months and is", "rows are for the last twelve months and are"),
        LeftOut::Forecast => ("row is a forecast or a plan and is", "rows are forecasts or plans and are"),
        LeftOut::ForecastColumn => ("column is a forecast or a plan and is", "columns are forecasts or plans and are"),
        LeftOut::PartialRow => (
            "row is for a period that begins or ends within a month and is",
            "rows are for periods that begin or end within a month and are",
        ),
        LeftOut::SoFarColumn => ("column is for a period so far and is", "columns are for periods so far and are"),
        LeftOut::SoFarRow => ("row is for a period so far and is", "rows are for periods so far and are"),
        LeftOut::NotEarned => (
            "row is cancelled, refunded, a payment or the like and is",
            "rows are cancelled, refunded, payments or the like and are",
        ),
        LeftOut::NotWon => ("row is a deal not won and is", "rows are deals not won and are"),
        LeftOut::GivenBack => ("row is a refund and is", "rows are refunds and are"),
        LeftOut::RestatedColumn => ("column is restated by another and is", "columns are restated by others and are"),
        LeftOut::OtherwiseColumn => (
            "column is for the period of another, in other terms, and is",
            "columns are for the periods of others, in other terms, and are",
        ),
        LeftOut::NotMoney => ("row does not hold money and is", "rows do not hold money and are"),
        LeftOut::TotalSeries => ("series is the sum of others and is", "series are sums of others and are"),
    };
    let gone = if what == LeftOut::GivenBack { "subtracted" } else { "left out" };
    write!(f, "{count} {} {gone}", if count == 1 { one } else { many })?;
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
        1 => write!(f, "the mark after an amount is ignored: {first:?}"),
        _ => write!(f, "the marks after {cells} amounts are ignored: {first:?}, …"),
    }
}

/// The encoding that a file which is not UTF-8 is read in.
fn windows(cyrillic: bool) -> &'static str {
    if cyrillic { "Windows-1251, with Cyrillic letters; --encoding sets another" } else { "Windows-1252" }
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
