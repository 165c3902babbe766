//! A period that is no span of two others: a year or a part of one, a month, a week, a day.

use chrono::{NaiveDate, Weekday};

use crate::calendar::{Month, Period, Step};

use crate::read::cell::calendar_words::Word;

use crate::read::cell::period::day::{SERIALS, date};
use crate::read::cell::period::span::{between_ends, last_month};
use crate::read::cell::period::token::{Token, tokens};
use crate::read::cell::period::{PeriodFault, When};

/// A period that is no span of two others.
pub(in crate::read) fn atom(text: &str) -> Result<When, PeriodFault> {
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
