//! What was inferred in reading: stated, never silent.

use std::fmt;

use chrono::NaiveDate;

use crate::calendar::Month;
use crate::money::Currency;
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
            | Self::NoValue { .. }
            | Self::BasisNotUsed { .. } => true,
            Self::NearestMonthEnd { .. }
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
            | Self::BasisNotUsed { place, .. } => place,
            Self::LengthInferred { extent, .. }
            | Self::NearestMonthEnd { extent, .. }
            | Self::RunRateOfDay { extent, .. }
            | Self::RunRateOfPeriod { extent, .. }
            | Self::TargetOfYear { extent, .. }
            | Self::MonthsApart { extent, .. }
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
            Self::LengthInferred { extent, months, starts } => {
                let length = length_name(*months);
                let edge = if *starts { "begin" } else { "end" };
                write!(f, "{extent}: totals dated by a day are read as the {length} that {edge} there, by the dates' spacing")
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
