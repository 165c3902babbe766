//! Periods as people write them: `FY24`, `Q3 2024`, `2024H1`, `juin 2025`, `30/06/2025`, `2023-11/2024-01`.
//!
//! Knows the grammar of one cell: of a period alone (`atom`, by its `token`s, and `ended` for those that are told by their
//! end), of two with something between (`span`), and of Chinese and Japanese (`east_asian`). Fiscal calendars come later
//! ([`When::period`]), and so does what a cell alone leaves open and its column settles: the order of day and month, whether
//! `2011-12` is a month or a fiscal year, and the length of a total that is dated by a day or by its last month alone.

mod atom;
mod day;
mod east_asian;
mod ended;
mod marked;
mod numbered;
mod part_above;
mod plain;
mod shorthand;
mod span;
mod token;
mod trailing;
mod weekday;
mod year_end;

use chrono::NaiveDate;

use crate::calendar::{FiscalCalendar, Month, Period, Step};

pub(in crate::read) use day::{nearest_month_end, serial_day};
pub(in crate::read) use marked::{Standing, are_projected, is_marked_p, parse_where, standing};
pub(in crate::read) use numbered::by_number;
pub(in crate::read) use part_above::PartAbove;
pub(in crate::read) use plain::{Time, split_time, whole_float};
pub(in crate::read) use shorthand::Shorthand;
pub(in crate::read) use span::{are_weeks, between_ends};
pub(in crate::read) use trailing::is_trailing;
pub(in crate::read) use year_end::{fiscal_year_end, fiscal_year_end_above};

use atom::atom;
use day::date;
use east_asian::east_asian;
pub(in crate::read) use east_asian::month_alone;
use marked::marked;
use numbered::is_by_number;
use plain::{plain_characters, plain_dashes};
use span::span;
use weekday::without_weekday;

/// When, as one cell says it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
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
    /// `2006-07`, `2012/13`, `2023/2024`: two years in a row, which make one fiscal year, unless it is something else.
    Years { ending: i32, or: Or },
    /// `2020-1`: a part of a year by number, a month unless its column holds quarters or halves.
    Numbered { year: i16, number: u8 },
    /// A fiscal year named by the calendar year in which it begins, as in Japan: `2023年度`.
    YearFrom(i32),
}

/// What two years in a row may be besides one fiscal year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(in crate::read) enum Or {
    /// Nothing: `2012-13`.
    Nothing,
    /// A month: `2006-07`.
    Month,
    /// Both years together: `2023/2024`.
    BothYears,
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
    /// `P01 FY22`, `Period 3`: one of twelve or thirteen periods, which need not be months.
    ByNumber,
    /// `TTM`, `LTM`: the last twelve months, which overlap with the periods beside them.
    Trailing,
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
    /// The year, if it is one that is written as such and nothing else.
    pub(in crate::read) fn plain_year(self) -> Option<i32> {
        match self {
            Self::Part { year, step: Step::Year, calendar_year: false, .. } => Some(year),
            _ => None,
        }
    }

    /// The months meant, or `None` for a day or a week, and for a part that leaves the calendar.
    pub(in crate::read) fn period(self, calendar: FiscalCalendar) -> Option<Period> {
        match self {
            Self::Part { year, step, number, calendar_year } => {
                let calendar = if calendar_year { FiscalCalendar::default() } else { calendar };
                match step {
                    Step::Year => calendar.year(year),
                    Step::Half => calendar.half(year, number),
                    Step::Quarter => calendar.quarter(year, number),
                    Step::Month => {
                        let first = calendar.year(year)?.first();
                        Some(first.plus(i32::try_from(number).ok()? - 1).into())
                    }
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
            Self::YearFrom(year) if calendar.is_calendar_year() => calendar.year(year),
            Self::YearFrom(year) => calendar.year(year + 1),
            Self::Years { ending, or: Or::Nothing } => calendar.year(ending),
            Self::Years { .. } | Self::Numbered { .. } => self.month().map(Period::from),
            Self::Day(_) | Self::Either { .. } | Self::Week(_) | Self::Serial(_) => None,
        }
    }

    /// The month that a period is, or may be.
    pub(in crate::read) fn month(self) -> Option<Month> {
        match self {
            Self::Month(month) => Some(month),
            Self::Years { ending, or: Or::Month } => Month::new(ending - 1, ending.rem_euclid(100).unsigned_abs()),
            Self::Numbered { year, number } => Month::new(year.into(), number.into()),
            _ => None,
        }
    }

    /// The same so many years earlier, for years that are counted from another event.
    pub(in crate::read) fn earlier(self, years: u16) -> Self {
        let by = i32::from(years);
        let day_before = |day: NaiveDate| day.checked_sub_months(chrono::Months::new(u32::from(years) * 12)).unwrap_or(day);
        match self {
            Self::Part { year, step, number, calendar_year } => Self::Part { year: year - by, step, number, calendar_year },
            Self::Parts { step, first, last } => {
                let before = |(year, number): (i16, u8)| (i16::try_from(i32::from(year) - by).unwrap_or(year), number);
                Self::Parts { step, first: before(first), last: before(last) }
            }
            Self::Month(month) => Self::Month(month.plus(-12 * by)),
            Self::Span(period) => {
                let first = period.first().plus(-12 * by);
                Period::new(first, period.last().plus(-12 * by)).map_or(self, Self::Span)
            }
            Self::Day(day) => Self::Day(day_before(day)),
            Self::Either { day_first, month_first } => {
                Self::Either { day_first: day_before(day_first), month_first: day_before(month_first) }
            }
            Self::Years { ending, or } => Self::Years { ending: ending - by, or },
            Self::Numbered { year, number } => {
                Self::Numbered { year: i16::try_from(i32::from(year) - by).unwrap_or(year), number }
            }
            Self::YearFrom(year) => Self::YearFrom(year - by),
            Self::Week(_) | Self::Serial(_) => self,
        }
    }

    /// The calendar year in which it begins, as it is written.
    pub(in crate::read) fn written_year(self) -> Option<i32> {
        match self {
            Self::Part { year, .. } | Self::YearFrom(year) | Self::Years { ending: year, .. } => Some(year),
            Self::Parts { first: (year, _), .. } | Self::Numbered { year, .. } => Some(year.into()),
            Self::Month(month) => Some(month.year()),
            Self::Span(period) => Some(period.first().year()),
            Self::Day(day) | Self::Either { day_first: day, .. } => Some(chrono::Datelike::year(&day)),
            Self::Week(_) | Self::Serial(_) => None,
        }
    }

    pub(in crate::read) fn year(year: i32) -> Self {
        Self::Part { year, step: Step::Year, number: 1, calendar_year: false }
    }
}

/// Whether a name is a period. A five-digit number is an amount more often than a spreadsheet's day, and is none.
pub(in crate::read) fn is_name(text: &str) -> bool {
    matches!(parse(text), Ok(when) if !matches!(when, When::Serial(_)))
}

/// Reads a period.
#[inline]
pub(in crate::read) fn parse(cell: &str) -> Result<When, PeriodFault> {
    match plain(cell) {
        Some(when) => Ok(when),
        None => parse_other(cell),
    }
}

/// Reads a period that stands alone, without a column that would settle what it leaves open: `2011-12` is a month then.
pub(in crate::read) fn parse_alone(text: &str) -> Result<When, PeriodFault> {
    match parse(text)? {
        When::Years { ending, or: Or::Nothing } => Ok(When::year(ending)),
        When::Years { or: Or::Month, .. } if text.contains('/') => Err(PeriodFault::MonthOrYears),
        When::Years { or: Or::BothYears, .. } => Err(PeriodFault::TwoYears),
        when => Ok(when.month().map_or(when, When::Month)),
    }
}

/// Reads a period that is not [`plain`], with what may stand beside it.
pub(in crate::read) fn parse_other(cell: &str) -> Result<When, PeriodFault> {
    let text = cell.trim();
    // An amount, mostly: asked of a row whose cells may be periods.
    if is_number(text) {
        return atom(in_full(text));
    }
    if is_by_number(text) {
        return Err(PeriodFault::ByNumber);
    }
    match unmarked(text) {
        Err(fault @ (PeriodFault::NotAPeriod | PeriodFault::NoYear)) => match marked(text) {
            Some(read) => read,
            None => Err(fault),
        },
        read => read,
    }
}

/// Reads a period with nothing beside it.
fn unmarked(text: &str) -> Result<When, PeriodFault> {
    if let Some(day) = iso_day(text) {
        return day;
    }
    let text = &*plain_characters(text);
    let text = split_time(text).map_or(text, |(date, _)| date);
    // `Y/E Mar 2018`
    if text.get(..3).is_some_and(|start| start.eq_ignore_ascii_case("y/e")) {
        return unmarked(&format!("YE{}", &text[3..]));
    }
    let text = in_full(text);
    if let Some(when) = east_asian(text) {
        return when.or_else(|fault| on_weekday(text).ok_or(fault));
    }
    if let Some(span) = span(text) {
        return span;
    }
    // Between two whole periods a dash is a span; within one, `2005–06`, any dash is a hyphen.
    match atom(&plain_dashes(text)) {
        Err(PeriodFault::NotAPeriod | PeriodFault::NoYear) if is_trailing(text) => Err(PeriodFault::Trailing),
        Err(fault) => on_weekday(text).ok_or(fault),
        read => read,
    }
}

/// A day with that of the week beside it.
fn on_weekday(text: &str) -> Option<When> {
    let day = without_weekday(text).and_then(|rest| unmarked(rest).ok());
    day.filter(|when| matches!(when, When::Day(_) | When::Either { .. }))
}

/// A number of four digits or more without the zeros behind its point. Five digits may be a spreadsheet's day, whose fraction
/// is the time.
fn in_full(text: &str) -> &str {
    Some(whole_float(text)).filter(|whole| whole.len() >= 4).unwrap_or(text)
}

/// Whether a text is of digits with one point among them at most.
fn is_number(text: &str) -> bool {
    let points = text.bytes().filter(|byte| *byte == b'.').count();
    points <= 1 && text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.')
}

/// A week of a column of weeks, which its cells need not say: `2020-14`, `202014`.
pub(in crate::read) fn week_by_number(text: &str) -> Option<When> {
    let (year, week) = text.trim().split_once(['-', '/', '.']).or_else(|| text.trim().split_at_checked(4))?;
    let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    if year.len() != 4 || !(1..=2).contains(&week.len()) || !digits(year) || !digits(week) {
        return None;
    }
    parse(&format!("{year}-W{week}")).ok()
}

/// `2025-06`, `2024Q3` and `2024`, the commonest forms of all: no more than the grammar would make of them, sooner.
#[inline]
pub(in crate::read) fn plain(text: &str) -> Option<When> {
    let bytes = text.as_bytes();
    let (year, rest) = bytes.split_at_checked(4)?;
    if !year.iter().all(u8::is_ascii_digit) {
        return None;
    }
    let digit = |byte: u8| u32::from(byte - b'0');
    let year = i32::try_from(year.iter().fold(0, |year, byte| year * 10 + digit(*byte))).ok()?;
    match rest {
        [] => Some(When::year(year)),
        [b'-', ten @ b'0'..=b'1', one @ b'0'..=b'9'] => {
            let number = digit(*ten) * 10 + digit(*one);
            let month = Month::new(year, number)?;
            Some(if is_next(year, number) { When::Years { ending: year + 1, or: Or::Month } } else { When::Month(month) })
        }
        [b'Q' | b'q', number @ b'1'..=b'4'] => {
            Some(When::Part { year, step: Step::Quarter, number: digit(*number), calendar_year: false })
        }
        _ => None,
    }
}

/// Whether two digits are those of the year that follows: `2006-07`.
fn is_next(year: i32, number: u32) -> bool {
    (year + 1).rem_euclid(100).unsigned_abs() == number
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
mod tests;
