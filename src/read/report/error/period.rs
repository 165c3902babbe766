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
                    write!(
                        f,
                        "{found:?} is not a period; as milliseconds since 1970 it is {day}, which is how it has to be written"
                    )
                }
                None => write!(f, "{found:?} is not a period"),
            },
            PeriodFault::NoYear => write!(f, "{found:?} has no year"),
            PeriodFault::NotInCalendar => write!(f, "{found:?} is not in the calendar"),
            PeriodFault::Reversed => write!(f, "{found:?} ends before it starts"),
            PeriodFault::TwoYears => write!(f, "{found:?} can be two years or one fiscal year"),
            PeriodFault::MonthOrYears => write!(f, "{found:?} can be a month or a fiscal year"),
            PeriodFault::YearAndFraction => write!(f, "{found:?} can be a month, a quarter or a fraction of a year"),
            PeriodFault::PartOfMonth => write!(f, "{found:?} is only part of a month"),
            PeriodFault::Estimate => write!(f, "{found:?} is marked as an estimate"),
            PeriodFault::DayOrYear => write!(f, "{found:?} can be a day without its year or a month with it"),
            PeriodFault::ByNumber => {
                write!(f, "{found:?} is a numbered period: a month, or four or five weeks of a 52-week year")
            }
            PeriodFault::Trailing => {
                write!(f, "{found:?} is a trailing twelve-month period, which overlaps the periods beside it")
            }
        },
        ProblemKind::LengthUnknown { spacing } => {
            write!(f, "{found:?} is a day, and the length of the period its total covers is unclear: ")?;
            match spacing {
                Spacing::Alone => write!(f, "no other date of the series shows the spacing"),
                Spacing::Uneven => write!(f, "the dates of the series are not evenly spaced"),
                Spacing::Odd(months) => write!(f, "the dates of the series are {months} months apart"),
                Spacing::MidMonth => write!(f, "it is in the middle of a month"),
                Spacing::WithinMonths => write!(f, "several dates of the series fall in one month"),
            }
        }
        ProblemKind::NamedByMonth { months: Some(months) } => {
            let (length, one) = lengths(*months);
            write!(
                f,
                "{found:?} can be a month, or the {one} that ends or begins with it: the totals are {months} months apart, \
                 as {length} are"
            )
        }
        ProblemKind::NamedByMonth { months: None } => {
            write!(f, "{found:?} can be a month or a longer period: the totals are whole quarters apart, but not evenly spaced")
        }
        ProblemKind::OddSpan { before, gap } => {
            write!(
                f,
                "{found:?} is {gap} months after {before}, the end of a year, and its amount does not show how many months \
                 it covers"
            )
        }
        ProblemKind::FarYear { year } => write!(f, "{found:?} is in the year {year}, which cannot be right"),
        ProblemKind::LengthOfMark { label, remark } => {
            write!(f, "{label:?} has a mark, and a remark mentions a length other than a year: {remark:?}")
        }
        ProblemKind::NumberedPeriods { column, .. } => {
            write!(f, "the column {column:?} numbers the periods of a year, but nothing shows whether they are months")
        }
        ProblemKind::PartByNumber => {
            write!(f, "{found:?} can be a month, or the number of a quarter or half, and nothing in the column shows which")
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
                "write periods like 2024, FY2024, 2024Q3, 2024H1, 2025-06, 2025-06-30 or 2023-11/2024-01".to_owned()
            }
            PeriodFault::NoYear => "add the year, as in Jun 2025 or 2024Q3".to_owned(),
            PeriodFault::NotInCalendar => "months go up to 12, quarters to 4, and dates are read as year-month-day".to_owned(),
            PeriodFault::Reversed => "put the earlier month first".to_owned(),
            PeriodFault::TwoYears => {
                "use --period-labels years for fiscal years, or write 2023-01/2024-12 for the two years together".to_owned()
            }
            PeriodFault::MonthOrYears => "use --period-labels months, or --period-labels years for fiscal years".to_owned(),
            PeriodFault::YearAndFraction => "write 2012-04 or 2012Q4".to_owned(),
            PeriodFault::PartOfMonth => "figures must cover whole months: remove the row, or give the month's total".to_owned(),
            PeriodFault::Estimate => {
                "an estimate is not revenue earned: remove the letter and give the row the kind target".to_owned()
            }
            PeriodFault::DayOrYear => "write 2025-06 or 2025-06-25".to_owned(),
            PeriodFault::ByNumber => {
                "write the month, as in 2022-01, or the last day of each period, as in 2022-01-29; for thirteen four-week \
                 periods, give the quarters or the weeks"
                    .to_owned()
            }
            PeriodFault::Trailing => "remove it, or name the period, as in 12 months ended June 2025".to_owned(),
        },
        ProblemKind::LengthUnknown { spacing } => {
            let each = match spacing {
                Spacing::WithinMonths => "; or add up the entries of each month with --sum",
                Spacing::MidMonth => "; or use --each month if each total covers one month",
                Spacing::Alone | Spacing::Uneven | Spacing::Odd(_) => {
                    "; or state the length of each total with --each month, quarter, half or year"
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
                    return "use --each month, quarter, half or year for what ends with each month, or write the periods, as \
                            in 2016-04/2016-12"
                        .to_owned();
                }
            };
            format!(
                "use --each month, or --each {step} for the {step} that ends with the month; if it begins with the month, \
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
            "use --each month or --each quarter; for periods of four or five weeks, give the last day of each \
             instead"
                .to_owned()
        }
        ProblemKind::NumberedPeriods { months: false, .. } => {
            "thirteen four-week periods do not match months: give the quarters, or the last day of each week".to_owned()
        }
        ProblemKind::PartByNumber => {
            "choose with --each month, --each quarter or --each half, or with --each year if each is a year ending then"
                .to_owned()
        }
        ProblemKind::BeforeMonths { minutes } => {
            let (hours, minutes) = (minutes / 60, minutes % 60);
            let offset = if minutes == 0 { hours.to_string() } else { format!("{hours}:{minutes:02}") };
            format!("use --utc-offset {offset} for the months that begin then, or --utc-offset 0 for those that end then")
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
