//! How problems with periods read, and what to do about them.

use std::fmt;

use crate::read::cell::period::PeriodFault;
use crate::read::report::error::{ProblemKind, Spacing};

/// The day that a number of milliseconds since 1970 stands for.
fn stamp(found: &str) -> Option<chrono::NaiveDate> {
    let milliseconds = found.parse().ok().filter(|_| found.len() == 13)?;
    chrono::DateTime::from_timestamp_millis(milliseconds).map(|time| time.date_naive())
}

/// What is wrong with the period `found`; nothing for other problems.
pub(in crate::read::report) fn message(kind: &ProblemKind, found: &str, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    match kind {
        ProblemKind::Period(fault) => match fault {
            PeriodFault::NotAPeriod => match stamp(found) {
                Some(day) => {
                    write!(f, "{found:?} is no period; as milliseconds since 1970 it is {day}, which has to be written so")
                }
                None => write!(f, "{found:?} is no period"),
            },
            PeriodFault::NoYear => write!(f, "{found:?} has no year"),
            PeriodFault::NotInCalendar => write!(f, "{found:?} is not in the calendar"),
            PeriodFault::Reversed => write!(f, "{found:?} ends before it starts"),
            PeriodFault::TwoYears => write!(f, "{found:?} can be two years or one fiscal year"),
            PeriodFault::MonthOrYears => write!(f, "{found:?} can be a month or a fiscal year"),
            PeriodFault::YearAndFraction => write!(f, "{found:?} can be a month, a quarter or a fraction of a year"),
            PeriodFault::PartOfMonth => write!(f, "{found:?} is a part of a month"),
            PeriodFault::Estimate => write!(f, "{found:?} is marked as an estimate"),
            PeriodFault::DayOrYear => write!(f, "{found:?} can be a day without its year or a month with it"),
            PeriodFault::ByNumber => {
                write!(f, "{found:?} is a period by its number: a month, or four or five weeks of a year of 52")
            }
            PeriodFault::Trailing => {
                write!(f, "{found:?} names the last twelve months, which overlap with the periods beside them")
            }
        },
        ProblemKind::LengthUnknown { spacing } => {
            write!(f, "{found:?} is a day, and the length of its total cannot be told: ")?;
            match spacing {
                Spacing::Alone => write!(f, "no other date of the series shows the spacing"),
                Spacing::Uneven => write!(f, "the dates of the series are not evenly spaced"),
                Spacing::Odd(months) => write!(f, "the dates of the series are {months} months apart"),
                Spacing::MidMonth => write!(f, "it lies in the middle of a month"),
                Spacing::WithinMonths => write!(f, "several dates of the series lie in one month"),
            }
        }
        ProblemKind::NamedByMonth { months: Some(months) } => {
            let (length, one) = lengths(*months);
            write!(
                f,
                "{found:?} can be a month, or the {one} that ends or begins with it: the totals stand {months} months \
                     apart, as {length} do"
            )
        }
        ProblemKind::NamedByMonth { months: None } => {
            write!(f, "{found:?} can be a month or a longer period: the totals stand whole quarters apart, but not evenly")
        }
        ProblemKind::OddSpan { before, gap } => {
            write!(
                f,
                "{found:?} is {gap} months after {before}, the end of a year, and its amount does not tell for how many \
                     months it is"
            )
        }
        ProblemKind::FarYear { year } => write!(f, "{found:?} is in the year {year}, which cannot be right"),
        ProblemKind::LengthOfMark { label, remark } => {
            write!(f, "{label:?} has a mark, and a remark speaks of another length than a year: {remark:?}")
        }
        ProblemKind::NumberedPeriods { column, .. } => {
            write!(f, "the column {column:?} numbers the periods of a year, and nothing says whether they are months")
        }
        ProblemKind::PartByNumber => {
            write!(f, "{found:?} can be a month, or a quarter or half by its number, and nothing in the column says which")
        }
        ProblemKind::BeforeMonths { minutes } => {
            write!(
                f,
                "{found:?} and all other dates are up to {} before a month begins: they can be months that begin at \
                     midnight east of Greenwich, written in UTC, or months that end then",
                hours(*minutes)
            )
        }
        _ => Ok(()),
    }
}

/// What to do about it.
pub(in crate::read::report) fn hint(kind: &ProblemKind) -> String {
    match kind {
        ProblemKind::Period(fault) => match fault {
            PeriodFault::NotAPeriod => {
                "periods are written like 2024, FY2024, 2024Q3, 2024H1, 2025-06, 2025-06-30 or 2023-11/2024-01".to_owned()
            }
            PeriodFault::NoYear => "add the year, as in Jun 2025 or 2024Q3".to_owned(),
            PeriodFault::NotInCalendar => "months run to 12, quarters to 4, and dates are read as year-month-day".to_owned(),
            PeriodFault::Reversed => "put the earlier month first".to_owned(),
            PeriodFault::TwoYears => {
                "say --period-labels years for fiscal years, or write 2023-01/2024-12 for both years".to_owned()
            }
            PeriodFault::MonthOrYears => "say --period-labels months, or --period-labels years for fiscal years".to_owned(),
            PeriodFault::YearAndFraction => "write 2012-04 or 2012Q4".to_owned(),
            PeriodFault::PartOfMonth => "figures are for whole months: leave the row out, or give the month's total".to_owned(),
            PeriodFault::Estimate => {
                "what is estimated is not earned: leave the letter out and give the row the kind target".to_owned()
            }
            PeriodFault::DayOrYear => "write 2025-06 or 2025-06-25".to_owned(),
            PeriodFault::ByNumber => {
                "write the month, as in 2022-01, or the last day of each period, as in 2022-01-29; of thirteen periods of four \
                 weeks give the quarters, or the weeks"
                    .to_owned()
            }
            PeriodFault::Trailing => "leave it out, or name the period, as in 12 months ended June 2025".to_owned(),
        },
        ProblemKind::LengthUnknown { spacing } => {
            let each = match spacing {
                Spacing::WithinMonths => "; or add up the entries of each month with --sum",
                Spacing::MidMonth => "; or say --each month, if the totals are for single months",
                Spacing::Alone | Spacing::Uneven | Spacing::Odd(_) => {
                    "; or say how long each total is with --each month, quarter, half or year"
                }
            };
            format!("give the period instead of a day, as in 2024, 2024Q3, 2025-06 or 2023-11/2024-01{each}")
        }
        ProblemKind::NamedByMonth { months } => {
            let step = match months {
                Some(12) => "year",
                Some(6) => "half",
                Some(_) => "quarter",
                None => {
                    return "say --each month, quarter, half or year for what ends with each month, or write the periods, as \
                            in 2016-04/2016-12"
                        .to_owned();
                }
            };
            format!(
                "say --each month, or --each {step} for the {step} that ends with the month; for one that begins with it, \
                     write the period, as in {}",
                if step == "year" { "2024" } else { "2024Q3" }
            )
        }
        ProblemKind::FarYear { year } => {
            let known = match year {
                2443..=2643 => format!(": {year} of the Buddhist era is {}", year - 543),
                1250..=1450 => format!(": {year} of the solar Hijri calendar is about {}-04/{}-03", year + 621, year + 622),
                _ => String::new(),
            };
            format!("write years of the Gregorian calendar{known}")
        }
        ProblemKind::LengthOfMark { .. } | ProblemKind::OddSpan { .. } => {
            "write the period as its first and last month, as in 2023-01/2024-03".to_owned()
        }
        ProblemKind::NumberedPeriods { months: true, .. } => {
            "say --each month or --each quarter; of periods of four or five weeks give the last day of each instead".to_owned()
        }
        ProblemKind::NumberedPeriods { months: false, .. } => {
            "thirteen periods of four weeks make no months: give the quarters, or the last day of each week".to_owned()
        }
        ProblemKind::PartByNumber => {
            "say which with --each month, --each quarter or --each half, or with --each year if each is the year that ends then"
                .to_owned()
        }
        ProblemKind::BeforeMonths { minutes } => {
            let (hours, minutes) = (minutes / 60, minutes % 60);
            let offset = if minutes == 0 { hours.to_string() } else { format!("{hours}:{minutes:02}") };
            format!("say --utc-offset {offset} for the months that begin then, or --utc-offset 0 for those that end then")
        }
        _ => String::new(),
    }
}

/// The name of periods of a length, and of one of them.
fn lengths(months: u32) -> (&'static str, &'static str) {
    match months {
        12 => ("years", "year"),
        6 => ("half-years", "half-year"),
        _ => ("quarters", "quarter"),
    }
}

/// `1 hour`, `2 hours`, `5.5 hours`.
fn hours(minutes: u16) -> String {
    let hours = f64::from(minutes) / 60.0;
    if minutes == 60 { "1 hour".to_owned() } else { format!("{hours} hours") }
}
