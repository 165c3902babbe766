//! Periods as people write them: `FY24`, `Q3 2024`, `2024H1`, `juin 2025`, `30/06/2025`, `2023-11/2024-01`.
//!
//! Knows the grammar of one cell. Fiscal calendars come later ([`When::period`]), and so does the order of day and month
//! where a cell leaves it open, and the length of a total that is dated by a day alone.

use chrono::{NaiveDate, Weekday};

use crate::calendar::{FiscalCalendar, Month, Period, Step};

use super::words::{Word, word};

/// When, as one cell says it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum When {
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
    pub(super) fn period(self, calendar: FiscalCalendar) -> Option<Period> {
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
pub(super) fn parse(cell: &str) -> Result<When, PeriodFault> {
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

fn date(year: i32, month: u32, day: u32) -> Option<NaiveDate> {
    NaiveDate::from_ymd_opt(year, month, day).filter(|date| Month::of(*date).is_some())
}

/// Two ends with something between: `2023-11/2024-01`, `Jan 2025 - Mar 2025`, `January - March, 2025`.
fn span(text: &str) -> Option<Result<When, PeriodFault>> {
    const BETWEEN: [&str; 9] = ["..", " – ", " — ", " - ", "–", " to ", " through ", " bis ", "/"];
    let between = BETWEEN.into_iter().chain([" au ", " à ", "-"]);
    let (left, right) =
        between.filter_map(|between| Some((between, text.split_once(between)?))).find_map(|(between, (left, right))| {
            // `2025-06` is no span; `Jan 2025-Mar 2025` is one.
            let named = |part: &str| between != "-" || part.chars().any(char::is_alphabetic);
            let whole = |part: &str| part.len() >= 2 && part.chars().any(char::is_alphanumeric) && named(part);
            (whole(left) && whole(right) && atom(right.trim()).is_ok()).then_some((left, right))
        })?;
    let (left, right) = (left.trim(), right.trim());
    let end = atom(right).ok()?;
    let start = match atom(left) {
        Ok(start) => start,
        // `Jan - Mar 2025`: the year stands once.
        Err(PeriodFault::NoYear | PeriodFault::DayOrYear) => {
            let last = last_month(end)?;
            let same_year = atom(&format!("{left} {}", last.year())).ok()?;
            // `Q3 - FY24` is a quarter of a year, not a span of both.
            if !alike(same_year, end) {
                return None;
            }
            let first = first_month(same_year)?;
            if first <= last { same_year } else { atom(&format!("{left} {}", last.year() - 1)).ok()? }
        }
        // `30/06/2025`: the left part is no period, so the whole is a date.
        Err(_) => return None,
    };
    if let (When::Part { year, step: Step::Year, .. }, When::Part { year: next, step: Step::Year, .. }) = (start, end)
        && text.contains('/')
        && next == year + 1
    {
        return Some(Err(PeriodFault::TwoYears));
    }
    Some(between_ends(start, end))
}

/// Whether both are months, both days, or both the same part of a year.
fn alike(one: When, other: When) -> bool {
    match (one, other) {
        (When::Part { step: one, .. }, When::Part { step: other, .. }) => one == other,
        (When::Month(_), When::Month(_)) | (When::Day(_), When::Day(_)) => true,
        _ => false,
    }
}

/// The months from one end to the other; days are held to the nearest month's edge.
pub(super) fn between_ends(start: When, end: When) -> Result<When, PeriodFault> {
    if let (
        When::Part { step, year: from, number: first, calendar_year: false },
        When::Part { step: same, year: to, number: last, calendar_year: false },
    ) = (start, end)
    {
        let narrow = |year: i32, number: u32| Some((i16::try_from(year).ok()?, u8::try_from(number).ok()?));
        return match (narrow(from, first), narrow(to, last)) {
            _ if step != same => Err(PeriodFault::NotAPeriod),
            (Some(first), Some(last)) if first <= last => Ok(When::Parts { step, first, last }),
            _ => Err(PeriodFault::Reversed),
        };
    }
    let (Some(first), Some(last)) = (first_month(start), last_month(end)) else {
        return Err(PeriodFault::NotAPeriod);
    };
    if let (When::Day(start), When::Day(end)) = (start, end) {
        if end < start {
            return Err(PeriodFault::Reversed);
        }
        if last < first {
            return Err(PeriodFault::PartOfMonth);
        }
    }
    Period::new(first, last).map(When::Span).ok_or(PeriodFault::Reversed)
}

/// First month of a period; of a day, the month that begins nearest to it.
fn first_month(when: When) -> Option<Month> {
    match when {
        When::Day(day) => day.pred_opt().and_then(nearest_month_end).map(|month| month.plus(1)),
        other => other.period(FiscalCalendar::default()).map(Period::first),
    }
}

/// Last month of a period; of a day, the month that ends nearest to it.
fn last_month(when: When) -> Option<Month> {
    match when {
        When::Day(day) => nearest_month_end(day),
        other => other.period(FiscalCalendar::default()).map(Period::last),
    }
}

/// The month whose last day is nearest to `day`, within [`MONTH_END_DAYS`]; `None` in the middle of a month.
///
/// Fiscal years of 52 or 53 weeks end on a weekday near the month's end, in either month.
pub(super) fn nearest_month_end(day: NaiveDate) -> Option<Month> {
    let month = Month::of(day)?;
    let to_end = (month.last_day() - day).num_days();
    let from_end = (day - month.first_day()).num_days() + 1;
    if to_end <= MONTH_END_DAYS {
        Some(month)
    } else if from_end <= MONTH_END_DAYS {
        Some(month.plus(-1))
    } else {
        None
    }
}

/// How far from a month's end a 52/53-week year may end: "the Saturday nearest to" lies up to 3 days off, "the last Saturday
/// of" up to 6, and some calendars drift one more.
const MONTH_END_DAYS: i64 = 7;

/// A piece of a period's text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Token {
    Number {
        value: u32,
        digits: usize,
    },
    Word(Word),
    /// `/`, `-`, `.` between two numbers; other separators say nothing.
    Separator(char),
}

/// Numbers that are taken for days of a spreadsheet: 1950 to 2099, counted from 1900 (and 1954 to 2103, from 1904).
const SERIALS: std::ops::RangeInclusive<u32> = 18_264..=73_050;

/// The day of a spreadsheet's number, counted from 1900 or from 1904.
///
/// Day 60 of the first is 29 February 1900, which never was, so that days after it count from 30 December 1899.
pub(super) fn serial_day(number: u32, from_1904: bool) -> NaiveDate {
    let start = if from_1904 { NaiveDate::from_ymd_opt(1904, 1, 1) } else { NaiveDate::from_ymd_opt(1899, 12, 30) };
    start.and_then(|start| start.checked_add_days(chrono::Days::new(number.into()))).unwrap_or(NaiveDate::MAX)
}

/// At most so many pieces make a period; more is prose.
const MOST_TOKENS: usize = 12;

fn tokens(text: &str) -> Option<Vec<Token>> {
    let mut tokens = Vec::new();
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let length = if c.is_ascii_digit() {
            let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
            tokens.push(Token::Number { value: rest[..digits].parse().ok()?, digits });
            digits
        } else if c.is_alphabetic() {
            let end = rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len());
            tokens.push(Token::Word(word(&rest[..end].to_lowercase())?));
            end
        } else {
            match c {
                '-' | '/' | '.' => tokens.push(Token::Separator(c)),
                ',' | '\'' | '’' | '_' => {}
                c if c.is_whitespace() => {}
                _ => return None,
            }
            c.len_utf8()
        };
        rest = &rest[length..];
        if tokens.len() > MOST_TOKENS {
            return None;
        }
    }
    Some(tokens)
}

/// A period that is no span of two others.
fn atom(text: &str) -> Result<When, PeriodFault> {
    if is_estimate(text) {
        return Err(PeriodFault::Estimate);
    }
    let edge = |c: char| matches!(c, '-' | '/' | '.');
    if text.starts_with(edge) || text.ends_with(edge) && !text.ends_with('.') {
        return Err(PeriodFault::NotAPeriod);
    }
    let tokens = tokens(text).ok_or(PeriodFault::NotAPeriod)?;
    let mut words = Vec::new();
    let mut numbers = Vec::new();
    let mut separators = Vec::new();
    let mut number_first = false;
    for token in &tokens {
        match *token {
            Token::Number { value, digits } => {
                number_first |= words.is_empty();
                numbers.push((value, digits));
            }
            Token::Word(Word::Filler) => {}
            Token::Word(word) => words.push(word),
            Token::Separator(c) => separators.push(c),
        }
    }
    if words.iter().any(|word| matches!(word, Word::Ended | Word::Months)) || words.contains(&Word::Year) && words.len() > 1 {
        return ended(&words, &numbers, &tokens);
    }
    let calendar_year = words.contains(&Word::Calendar);
    let fiscal = words.contains(&Word::Fiscal);
    words.retain(|word| !matches!(word, Word::Calendar | Word::Fiscal | Word::Year));
    match *words.as_slice() {
        [] => digits_only(text, &numbers, &separators, fiscal, calendar_year),
        [Word::Month(month)] => named_month(month, &numbers, number_first),
        [Word::Quarter] => part(Step::Quarter, None, &numbers, number_first, calendar_year),
        [Word::Half] => part(Step::Half, None, &numbers, number_first, calendar_year),
        [Word::Count(number), Word::Quarter] => part(Step::Quarter, Some(number), &numbers, number_first, calendar_year),
        [Word::Count(number), Word::Half] => part(Step::Half, Some(number), &numbers, number_first, calendar_year),
        // `2024M06`; `9M 2024` is the months so far of a fiscal year.
        [Word::M] => match numbers.as_slice() {
            [(year, 4), (month, 1..=2)] => month_of(*year, *month),
            [(count @ 1..=12, 1..=2), year @ (_, 2 | 4)] => months_so_far(*count, full_year(*year)),
            _ => Err(PeriodFault::NotAPeriod),
        },
        [Word::Week] => match numbers.as_slice() {
            [(year, 4), (week, 1..=2)] | [(week, 1..=2), (year, 4)] => week_of(*year, *week),
            _ => Err(PeriodFault::NotAPeriod),
        },
        _ => Err(PeriodFault::NotAPeriod),
    }
}

/// `2024E`, `FY25F`, `2026P`: analysts mark what is estimated, forecast or projected by a letter behind the year.
fn is_estimate(text: &str) -> bool {
    let marked = text.strip_suffix(['E', 'e', 'F', 'f', 'P', 'p']);
    marked.is_some_and(|year| {
        year.ends_with(|c: char| c.is_ascii_digit()) && atom(year).is_ok_and(|when| matches!(when, When::Part { .. }))
    })
}

/// `9M 2024`: the quarters of the fiscal year up to the third.
fn months_so_far(count: u32, year: i32) -> Result<When, PeriodFault> {
    if !count.is_multiple_of(3) {
        return Err(PeriodFault::NotAPeriod);
    }
    let quarter = |number: u32| When::Part { year, step: Step::Quarter, number, calendar_year: false };
    between_ends(quarter(1), quarter(count / 3))
}

/// `year ended June 30, 2024`, `three months ended 2024-03-31`, `12 months to June 2024`.
fn ended(words: &[Word], numbers: &[(u32, usize)], tokens: &[Token]) -> Result<When, PeriodFault> {
    let count = match (words, tokens.first()) {
        ([Word::Year | Word::Fiscal, ..], _) => 12,
        ([Word::Count(count), Word::Months, ..], _) => *count,
        ([Word::Months, ..], Some(Token::Number { value, .. })) => *value,
        ([Word::Quarter, ..], _) => 3,
        ([Word::Half, ..], _) => 6,
        ([Word::Months, ..], _) => 1,
        _ => return Err(PeriodFault::NotAPeriod),
    };
    if !(1..=120).contains(&count) {
        return Err(PeriodFault::NotAPeriod);
    }
    let counted_by_number = matches!((words, tokens.first()), ([Word::Months, ..], Some(Token::Number { .. })));
    let numbers = if counted_by_number { &numbers[1..] } else { numbers };
    let month = words.iter().find_map(|word| if let Word::Month(month) = word { Some(*month) } else { None });
    let end = match (month, numbers) {
        (Some(month), [(day @ 1..=31, 1..=2), (year, 4)]) => date_when(*year, month, *day)?,
        (Some(month), [(year, 4)]) => month_of(*year, month)?,
        (None, [(year, 4), (month, 2), (day, 2)]) => date_when(*year, *month, *day)?,
        (None, [(year, 4), (month, 2)]) => month_of(*year, *month)?,
        (None, [(year, 4)]) if count == 12 => return Ok(When::year(i32::try_from(*year).unwrap_or(0))),
        (Some(_) | None, []) => return Err(PeriodFault::NoYear),
        _ => return Err(PeriodFault::NotAPeriod),
    };
    let last = last_month(end).ok_or(PeriodFault::PartOfMonth)?;
    Ok(When::Span(Period::ending(last, count)))
}

fn full_year((value, digits): (u32, usize)) -> i32 {
    let value = i32::try_from(value).unwrap_or(0);
    match (digits, value) {
        (2, 70..) => 1900 + value,
        (2, _) => 2000 + value,
        _ => value,
    }
}

fn month_of(year: u32, month: u32) -> Result<When, PeriodFault> {
    let year = i32::try_from(year).map_err(|_| PeriodFault::NotInCalendar)?;
    Month::new(year, month).map(When::Month).ok_or(PeriodFault::NotInCalendar)
}

fn date_when(year: u32, month: u32, day: u32) -> Result<When, PeriodFault> {
    let year = i32::try_from(year).map_err(|_| PeriodFault::NotInCalendar)?;
    date(year, month, day).map(When::Day).ok_or(PeriodFault::NotInCalendar)
}

fn week_of(year: u32, week: u32) -> Result<When, PeriodFault> {
    let year = i32::try_from(year).map_err(|_| PeriodFault::NotInCalendar)?;
    let monday = NaiveDate::from_isoywd_opt(year, week, Weekday::Mon);
    monday.filter(|day| Month::of(*day).is_some()).map(When::Week).ok_or(PeriodFault::NotInCalendar)
}

/// A quarter or a half: its number, if a word gives it, and the year; or both as numbers, the number beside the letter.
fn part(
    step: Step,
    number: Option<u32>,
    numbers: &[(u32, usize)],
    number_first: bool,
    calendar_year: bool,
) -> Result<When, PeriodFault> {
    let (number, year) = match (number, numbers) {
        (Some(number), [year @ (_, 2 | 4)]) => (number, *year),
        (None, [(year, 4), (number, 1..=2)] | [(number, 1..=2), (year, 4)]) => (*number, (*year, 4)),
        // `3Q24`, `Q3 24`, `Q3'24`; but of `24Q3` the second is the quarter.
        (None, [(one, digits @ 1..=2), (other, other_digits @ 1..=2)]) => {
            if number_first && *digits == 2 && *other_digits == 1 {
                (*other, (*one, 2))
            } else if *other_digits == 2 {
                (*one, (*other, 2))
            } else {
                return Err(PeriodFault::NotAPeriod);
            }
        }
        (_, [] | [(_, 1)]) => return Err(PeriodFault::NoYear),
        _ => return Err(PeriodFault::NotAPeriod),
    };
    if number == 0 || number * step.months() > 12 {
        return Err(PeriodFault::NotInCalendar);
    }
    Ok(When::Part { year: full_year(year), step, number, calendar_year })
}

/// `Jun 2025`, `Jun-25`, `2025 June`, `30 June 2025`, `June 30, 2025`, `30-Jun-25`.
fn named_month(month: u32, numbers: &[(u32, usize)], number_first: bool) -> Result<When, PeriodFault> {
    match numbers {
        [] => Err(PeriodFault::NoYear),
        [year @ (_, 4)] => month_of(year.0, month),
        [year @ (_, 2)] if !number_first => month_of(u32::try_from(full_year(*year)).unwrap_or(0), month),
        [(_, 1..=2)] => Err(PeriodFault::DayOrYear),
        [(year, 4), (day, 1..=2)] | [(day, 1..=2), (year, 4)] => date_when(*year, month, *day),
        [(day, 1..=2), year @ (_, 2)] => date_when(u32::try_from(full_year(*year)).unwrap_or(0), month, *day),
        [(from, 1..=2), (to, 1..=2), (year, 4)] if from < to => {
            let (from, to) = (date_when(*year, month, *from)?, date_when(*year, month, *to)?);
            let whole = (from, to) == (date_when(*year, month, 1)?, When::Day(last_day(*year, month)?));
            if whole { month_of(*year, month) } else { Err(PeriodFault::PartOfMonth) }
        }
        _ => Err(PeriodFault::NotAPeriod),
    }
}

fn last_day(year: u32, month: u32) -> Result<NaiveDate, PeriodFault> {
    match month_of(year, month)? {
        When::Month(month) => Ok(month.last_day()),
        _ => Err(PeriodFault::NotInCalendar),
    }
}

/// A period without a word: years, months by number, dates.
fn digits_only(
    text: &str,
    numbers: &[(u32, usize)],
    separators: &[char],
    fiscal: bool,
    calendar_year: bool,
) -> Result<When, PeriodFault> {
    let separator = separators.first().copied();
    match *numbers {
        [year @ (_, 4)] => Ok(When::Part { year: full_year(year), step: Step::Year, number: 1, calendar_year }),
        [year @ (_, 2)] if fiscal || calendar_year || text.starts_with(['\'', '’']) => {
            Ok(When::Part { year: full_year(year), step: Step::Year, number: 1, calendar_year })
        }
        [(value, 5)] | [(value, 5), _] if SERIALS.contains(&value) && separators.iter().all(|c| *c == '.') => {
            Ok(When::Serial(value))
        }
        [(value, 6)] => month_of(value / 100, value % 100),
        [(value, 8)] => date_when(value / 10_000, value / 100 % 100, value % 100),
        // A year as a spreadsheet or pandas hands it on, `2024.0`.
        [(year, 4), (0, 1)] if separator == Some('.') => Ok(When::year(full_year((year, 4)))),
        [(_, 4), _] if separator == Some('.') => Err(PeriodFault::YearAndFraction),
        // `FY2023/24`, `2023/24`, `2023-24`.
        [year @ (_, 4), (next, 2)] if (fiscal || next > 12) && (year.0 + 1) % 100 == next => {
            Ok(When::year(full_year(year) + 1))
        }
        [(year, 4), (next, 2)] if separator == Some('/') && (year + 1) % 100 == next => Err(PeriodFault::MonthOrYears),
        [(year, 4), (month, 1..=2)] | [(month, 1..=2), (year, 4)] => month_of(year, month),
        [(year, 4), (next, 4)] if next == year + 1 => {
            if fiscal {
                Ok(When::year(full_year((next, 4))))
            } else {
                Err(PeriodFault::TwoYears)
            }
        }
        [(year, 4), (month, 1..=2), (day, 1..=2)] => date_when(year, month, day),
        [(one, 1..=2), (other, 1..=2), year @ (_, 2 | 4)] if separators.len() == 2 => {
            day_and_month(one, other, full_year(year), separator == Some('.'))
        }
        _ => Err(PeriodFault::NotAPeriod),
    }
}

/// `03/04/2025`; with points, `03.04.2025`, the day always comes first.
fn day_and_month(one: u32, other: u32, year: i32, with_points: bool) -> Result<When, PeriodFault> {
    let day_first = date(year, other, one);
    let month_first = date(year, one, other).filter(|_| !with_points);
    match (day_first, month_first) {
        (Some(day_first), Some(month_first)) if day_first != month_first => Ok(When::Either { day_first, month_first }),
        (Some(day), _) | (None, Some(day)) => Ok(When::Day(day)),
        (None, None) => Err(PeriodFault::NotInCalendar),
    }
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
    fn numbers_of_days() {
        // The same day in both systems, as the documentation of the format has it.
        assert_eq!(serial_day(40_729, false).to_string(), "2011-07-05");
        assert_eq!(serial_day(39_267, true).to_string(), "2011-07-05");
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

    #[test]
    fn period_ends_of_52_and_53_week_years_belong_to_the_nearest_month_end() {
        let month = |text: &str| nearest_month_end(text.parse().unwrap()).map(|month| month.to_string());
        for (day, expected) in
            [("2014-09-27", "2014-09"), ("2023-10-02", "2023-09"), ("2024-02-03", "2024-01"), ("2025-06-30", "2025-06")]
        {
            assert_eq!(month(day).as_deref(), Some(expected), "{day}");
        }
        assert_eq!(month("2025-06-15"), None);
    }
}
