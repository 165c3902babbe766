//! Periods as people write them: `FY24`, `Q3 2024`, `2024H1`, `juin 2025`, `30/06/2025`, `2023-11/2024-01`.
//!
//! Knows the grammar of one cell: of a period alone (`atom`, by its `token`s) and of two with something between (`span`). Fiscal calendars come later ([`When::period`]), and so does the order of day and month
//! where a cell leaves it open, and the length of a total that is dated by a day alone.

mod atom;
mod day;
mod span;
mod token;

use chrono::NaiveDate;

use crate::calendar::{FiscalCalendar, Month, Period, Step};

pub(in crate::read) use day::{nearest_month_end, serial_day};
pub(in crate::read) use span::between_ends;

use atom::atom;
use day::date;
use span::span;

/// When, as one cell says it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::read) enum When {
    /// A year or a part of one.
    Part {
        year: i32,
        step: Step,
        /// Counted from 1.
        number: u32,
        /// By the calendar year, whatever the series' fiscal year.
        calendar_year: bool,
    },
    /// Parts of fiscal years from one to another, such as `Q1 2024 - Q3 2024`.
    Parts {
        step: Step,
        /// Year and number of the first and of the last.
        first: (i16, u8),
        last: (i16, u8),
    },
    /// A month by name or number.
    Month(Month),
    /// A span of months.
    Span(Period),
    /// A day.
    Day(NaiveDate),
    /// `03/04/2025`: one of two days, by the order of day and month.
    Either { day_first: NaiveDate, month_first: NaiveDate },
    /// Seven days from this Monday on.
    Week(NaiveDate),
    /// A spreadsheet's number of a day.
    Serial(u32),
}

/// What is wrong with a period.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PeriodFault {
    /// Not a form that is known.
    NotAPeriod,
    /// A month without its year, such as `June`, or `Q3`.
    NoYear,
    /// `2025-02-30`, `2025-13`, `2024Q5`: the calendar has no such day or part.
    NotInCalendar,
    /// The end is before the start.
    Reversed,
    /// `2023/2024` is two years, or the fiscal year 2024.
    TwoYears,
    /// `2011/12` is December 2011, or the fiscal year 2012.
    MonthOrYears,
    /// `2012.4`: a month, a quarter or a fraction.
    YearAndFraction,
    /// Some days of a month, such as `Feb 12-28, 2025`.
    PartOfMonth,
    /// `2024E`, `2025F`: a year that somebody estimates.
    Estimate,
    /// A day and a month without a year, or a month and a two-digit year: `25-Jun`.
    DayOrYear,
}

/// The order of day and month in dates such as `03/04/2025`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DateOrder {
    /// `30/06/2025`
    DayFirst,
    /// `06/30/2025`
    MonthFirst,
}

impl When {
    /// The months meant, or `None` for a day or a week, and for a part that leaves the calendar.
    pub(in crate::read) fn period(self, calendar: FiscalCalendar) -> Option<Period> {
        match self {
            Self::Part { year, step, number, calendar_year } => {
                let calendar = if calendar_year { FiscalCalendar::default() } else { calendar };
                match step {
                    Step::Year => calendar.year(year),
                    Step::Half => calendar.half(year, number),
                    Step::Quarter => calendar.quarter(year, number),
                    Step::Month => None,
                }
            }
            Self::Parts { step, first, last } => {
                let part = |(year, number): (i16, u8)| {
                    Self::Part { year: year.into(), step, number: number.into(), calendar_year: false }.period(calendar)
                };
                Period::new(part(first)?.first(), part(last)?.last())
            }
            Self::Month(month) => Some(month.into()),
            Self::Span(period) => Some(period),
            Self::Day(_) | Self::Either { .. } | Self::Week(_) | Self::Serial(_) => None,
        }
    }

    fn year(year: i32) -> Self {
        Self::Part { year, step: Step::Year, number: 1, calendar_year: false }
    }
}

/// Reads a period.
#[inline]
pub(in crate::read) fn parse(cell: &str) -> Result<When, PeriodFault> {
    match plain(cell) {
        Some(when) => Ok(when),
        None => parse_any(cell.trim()),
    }
}

/// Reads a period in any form.
fn parse_any(text: &str) -> Result<When, PeriodFault> {
    if let Some(day) = iso_day(text) {
        return day;
    }
    if let Some(span) = span(text) {
        return span;
    }
    atom(text)
}

/// `2025-06`, `2024Q3` and `2024`, the commonest forms of all: no more than the grammar would make of them, sooner.
#[inline]
fn plain(text: &str) -> Option<When> {
    let bytes = text.as_bytes();
    let (year, rest) = bytes.split_at_checked(4)?;
    if !year.iter().all(u8::is_ascii_digit) {
        return None;
    }
    let digit = |byte: u8| u32::from(byte - b'0');
    let year = i32::try_from(year.iter().fold(0, |year, byte| year * 10 + digit(*byte))).ok()?;
    match rest {
        [] => Some(When::year(year)),
        [b'-', ten @ b'0'..=b'1', one @ b'0'..=b'9'] => Month::new(year, digit(*ten) * 10 + digit(*one)).map(When::Month),
        [b'Q' | b'q', number @ b'1'..=b'4'] => {
            Some(When::Part { year, step: Step::Quarter, number: digit(*number), calendar_year: false })
        }
        _ => None,
    }
}

/// `2025-06-30`, perhaps with a time of day behind it, by far the commonest form.
fn iso_day(text: &str) -> Option<Result<When, PeriodFault>> {
    let bytes = text.as_bytes();
    if bytes.len() < 10 || bytes[4] != b'-' || bytes[7] != b'-' {
        return None;
    }
    let is_time =
        |rest: &str| rest.len() > 1 && rest.starts_with(['T', 't', ' ']) && rest[1..].starts_with(|c: char| c.is_ascii_digit());
    if bytes.len() > 10 && !(text.is_char_boundary(10) && is_time(&text[10..]) && text[10..].contains(':')) {
        return None;
    }
    let number = |range: std::ops::Range<usize>| {
        bytes[range].iter().try_fold(0_u32, |number, byte| byte.is_ascii_digit().then(|| number * 10 + u32::from(byte - b'0')))
    };
    let (year, month, day) = (number(0..4)?, number(5..7)?, number(8..10)?);
    Some(date(i32::try_from(year).ok()?, month, day).map(When::Day).ok_or(PeriodFault::NotInCalendar))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(text: &str) -> String {
        let calendar = FiscalCalendar::default();
        match parse(text).unwrap_or_else(|fault| panic!("{text}: {fault:?}")) {
            When::Day(day) => day.to_string(),
            When::Either { day_first, month_first } => format!("{day_first} or {month_first}"),
            When::Week(monday) => format!("week of {monday}"),
            When::Serial(day) => format!("day {day}"),
            other => calendar.name(other.period(calendar).unwrap()),
        }
    }

    #[test]
    fn forms_people_write() {
        let cases = [
            ("2024", "2024"),
            ("FY2024", "2024"),
            ("FY24", "2024"),
            ("FY 2023/24", "2024"),
            ("2023/24", "2024"),
            ("2023-24", "2024"),
            ("2024.0", "2024"),
            ("CY2024", "2024"),
            ("2024Q3", "2024Q3"),
            ("2024-Q3", "2024Q3"),
            ("Q3 2024", "2024Q3"),
            ("Q3 FY24", "2024Q3"),
            ("Q3-24", "2024Q3"),
            ("3Q24", "2024Q3"),
            ("24Q3", "2024Q3"),
            ("2024Q03", "2024Q3"),
            ("CY2024Q3", "2024Q3"),
            ("Q3'24", "2024Q3"),
            ("T3 2024", "2024Q3"),
            ("3e trimestre 2024", "2024Q3"),
            ("third quarter 2024", "2024Q3"),
            ("2024H1", "2024H1"),
            ("H1 2025", "2025H1"),
            ("1er semestre 2025", "2025H1"),
            ("S1 2025", "2025H1"),
            ("1H25", "2025H1"),
            ("2025-06", "2025-06"),
            ("2025/06", "2025-06"),
            ("06/2025", "2025-06"),
            ("202506", "2025-06"),
            ("2025M06", "2025-06"),
            ("2025 M6", "2025-06"),
            ("2011-12", "2011-12"),
            ("Jun-25", "2025-06"),
            ("Jun 2025", "2025-06"),
            ("June, 2025", "2025-06"),
            ("juin 2025", "2025-06"),
            ("Août 2024", "2024-08"),
            ("févr. 2024", "2024-02"),
            ("März 2024", "2024-03"),
            ("2025 June", "2025-06"),
            ("2025-06-30", "2025-06-30"),
            ("2025-06-30T00:00:00Z", "2025-06-30"),
            ("2025-06-30 00:00:00", "2025-06-30"),
            ("20250630", "2025-06-30"),
            ("2025/6/30", "2025-06-30"),
            ("30/06/2025", "2025-06-30"),
            ("06/30/2025", "2025-06-30"),
            ("30.06.2025", "2025-06-30"),
            ("03.04.2025", "2025-04-03"),
            ("03/04/2025", "2025-04-03 or 2025-03-04"),
            ("04/04/2025", "2025-04-04"),
            ("30 June 2025", "2025-06-30"),
            ("June 30, 2025", "2025-06-30"),
            ("30-Jun-25", "2025-06-30"),
            ("2023-11/2024-01", "2023-11/2024-01"),
            ("2023-11-01/2024-01-31", "2023-11/2024-01"),
            ("2023-10-29/2024-01-27", "2023-11/2024-01"),
            ("2024-01..2024-03", "2024Q1"),
            ("Jan 2025 - Mar 2025", "2025Q1"),
            ("Jan - Mar 2025", "2025Q1"),
            ("Nov - Jan 2025", "2024-11/2025-01"),
            ("January, 2025-December, 2025", "2025"),
            ("January 1 - December 31, 2025", "2025"),
            ("year ended June 30, 2024", "2023-07/2024-06"),
            ("Three months ended March 31, 2024", "2024Q1"),
            ("12 months ended 2024-06-30", "2023-07/2024-06"),
            ("9M 2024", "2024-01/2024-09"),
            ("2025-W26", "week of 2025-06-23"),
            ("2025W26", "week of 2025-06-23"),
            ("Feb 1-28, 2025", "2025-02"),
            ("45473", "day 45473"),
            ("45473.0", "day 45473"),
        ];
        for (text, name) in cases {
            assert_eq!(named(text), name, "{text}");
        }
    }

    #[test]
    fn faults() {
        let cases = [
            ("yesterday", PeriodFault::NotAPeriod),
            ("", PeriodFault::NotAPeriod),
            ("99", PeriodFault::NotAPeriod),
            ("June", PeriodFault::NoYear),
            ("Q3", PeriodFault::NoYear),
            ("2025-02-30", PeriodFault::NotInCalendar),
            ("2025-13", PeriodFault::NotInCalendar),
            ("2024Q5", PeriodFault::NotInCalendar),
            ("31/13/2025", PeriodFault::NotInCalendar),
            ("2025-W54", PeriodFault::NotInCalendar),
            ("2024-03/2024-01", PeriodFault::Reversed),
            ("2023/2024", PeriodFault::TwoYears),
            ("2011/12", PeriodFault::MonthOrYears),
            ("2012.4", PeriodFault::YearAndFraction),
            ("Feb 12-28, 2025", PeriodFault::PartOfMonth),
            ("25-Jun", PeriodFault::DayOrYear),
        ];
        for (text, fault) in cases {
            assert_eq!(parse(text), Err(fault), "{text}");
        }
    }

    #[test]
    fn fiscal_parts_follow_the_calendar_and_calendar_parts_do_not() {
        let june = FiscalCalendar::ending_in(6).unwrap();
        let name = |text: &str| parse(text).unwrap().period(june).unwrap().to_string();
        assert_eq!(name("FY2024"), "2023-07/2024-06");
        assert_eq!(name("2024"), "2023-07/2024-06");
        assert_eq!(name("Q3 2024"), "2024-01/2024-03");
        assert_eq!(name("CY2024Q3"), "2024-07/2024-09");
        assert_eq!(name("Q1 2024 - Q3 2024"), "2023-07/2024-03");
        assert_eq!(name("9M 2024"), "2023-07/2024-03");
        assert_eq!(name("FY2023 to FY2024"), "2022-07/2024-06");
    }
}
