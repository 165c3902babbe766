//! A period that is not a span of two others: a year or a part of one, a month, a week, a day.

use chrono::{NaiveDate, Weekday};

use crate::calendar::{Month, Period, Step};

use crate::read::cell::calendar_words::Word;

use crate::read::cell::period::day::{SERIALS, date};
use crate::read::cell::period::ended::{ended, is_ended};
use crate::read::cell::period::span::between_ends;
use crate::read::cell::period::token::{Token, tokens};
use crate::read::cell::period::{Or, PeriodFault, When, is_next};

/// A period that is not a span of two others.
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
    // `M1`, `Month 1`, with a year or without; `1 month` is a length.
    if let ([Word::M | Word::Months], false, false) = (words.as_slice(), number_first, separators.contains(&'-')) {
        match numbers.as_slice() {
            [(1..=12, 1..=2)] => return Err(PeriodFault::NoYear),
            [(month, 1..=2), year @ (_, 4)] => return month_of(u32::try_from(full_year(*year)).unwrap_or(0), *month),
            _ => {}
        }
    }
    if is_ended(&words, &tokens) {
        return ended(&words, &numbers, &tokens);
    }
    let calendar_year = words.contains(&Word::Calendar);
    let fiscal = words.contains(&Word::Fiscal);
    let of_year = fiscal || words.contains(&Word::Year);
    words.retain(|word| !matches!(word, Word::Calendar | Word::Fiscal | Word::Year));
    let is_count = |word: &Word| matches!(word, Word::Count(_) | Word::Roman(_));
    let count = match words.iter().position(is_count).map(|at| words.remove(at)) {
        Some(Word::Count(count) | Word::Roman(count)) => Some(count),
        _ => None,
    };
    if words.iter().any(|word| matches!(word, Word::Quarter | Word::Half)) {
        one_fiscal_year(&mut numbers, fiscal);
    }
    let part = |step, number| part(step, number, &numbers, number_first, calendar_year);
    match (words.as_slice(), count) {
        ([], None) => digits_only(text, &numbers, &separators, Marked { fiscal, calendar_year, of_year }),
        ([Word::Month(month)], None) => named_month(*month, &numbers, number_first),
        ([Word::Quarter], count) => part(Step::Quarter, count),
        ([Word::Half], count) => part(Step::Half, count),
        // `Mar Qtr 2022`, `Dec half 2023`: the part of a year that ends with the month.
        ([Word::Month(month), Word::Quarter | Word::Half], None) if !number_first => {
            let months = if words[1] == Word::Quarter { 3 } else { 6 };
            match named_month(*month, &numbers, false)? {
                When::Month(last) => Ok(When::Span(Period::ending(last, months))),
                _ => Err(PeriodFault::NotAPeriod),
            }
        }
        // `I kw. 2024` and `1 kw. 2024` are quarters in Poland, `KW 12 2024` is a week in Germany.
        ([Word::WeekOrQuarter], Some(count)) => part(Step::Quarter, Some(count)),
        ([Word::WeekOrQuarter], None) if matches!(*numbers.as_slice(), [(1..=4, 1), _]) && number_first => {
            part(Step::Quarter, None)
        }
        // `2024M06` and `M06 2024` are months; `9M 2024` is the months so far of a fiscal year.
        ([Word::M], None) => match numbers.as_slice() {
            [(year, 4), (month, 1..=2)] => month_of(*year, *month),
            [(month, 1..=2), year @ (_, 2 | 4)] if !number_first => {
                month_of(u32::try_from(full_year(*year)).unwrap_or(0), *month)
            }
            [(count @ 1..=12, 1..=2), year @ (_, 2 | 4)] => months_so_far(*count, full_year(*year)),
            _ => Err(PeriodFault::NotAPeriod),
        },
        ([Word::Week | Word::WeekOrQuarter], None) => match numbers.as_slice() {
            [(1..=53, 1..=2)] if !number_first => Err(PeriodFault::NoYear),
            [(year, 4), (week, 1..=2)] | [(week, 1..=2), (year, 4)] => week_of(*year, *week),
            _ => Err(PeriodFault::NotAPeriod),
        },
        _ => Err(PeriodFault::NotAPeriod),
    }
}

/// Makes one of the two years that name a fiscal year beside one of its parts: `Q1 2022-23`, `2022/23 H1`, `Q1 FY22-23`.
fn one_fiscal_year(numbers: &mut Vec<(u32, usize)>, fiscal: bool) {
    let in_a_row = |pair: &[(u32, usize)]| match *pair {
        [year @ (_, 4), (next, 2)] => is_next(full_year(year), next),
        [(year, 4), (next, 4)] => next == year + 1,
        [(year, 2), (next, 2)] => fiscal && (year + 1) % 100 == next,
        _ => false,
    };
    if let Some(at) = numbers.windows(2).position(in_a_row) {
        let ending = full_year(numbers[at]) + 1;
        numbers[at] = (u32::try_from(ending).unwrap_or(0), 4);
        numbers.remove(at + 1);
    }
}

/// `2024E`, `FY25F`, `Mar-26P`: analysts mark what is estimated, forecast or projected by a letter behind the year.
fn is_estimate(text: &str) -> bool {
    let marked = text.strip_suffix(['E', 'e', 'F', 'f', 'P']);
    marked.is_some_and(|year| {
        year.ends_with(|c: char| c.is_ascii_digit())
            && atom(year).is_ok_and(|when| matches!(when, When::Part { .. } | When::Years { .. } | When::Month(_)))
    })
}

/// `9M 2024`: the months of the fiscal year up to the ninth.
pub(in crate::read) fn months_so_far(count: u32, year: i32) -> Result<When, PeriodFault> {
    let step = if count.is_multiple_of(3) { Step::Quarter } else { Step::Month };
    let part = |number: u32| When::Part { year, step, number, calendar_year: false };
    between_ends(part(1), part(count / step.months()))
}

pub(super) fn full_year((value, digits): (u32, usize)) -> i32 {
    let value = i32::try_from(value).unwrap_or(0);
    match (digits, value) {
        (2, 70..) => 1900 + value,
        (2, _) => 2000 + value,
        _ => value,
    }
}

pub(super) fn month_of(year: u32, month: u32) -> Result<When, PeriodFault> {
    let year = i32::try_from(year).map_err(|_| PeriodFault::NotInCalendar)?;
    Month::new(year, month).map(When::Month).ok_or(PeriodFault::NotInCalendar)
}

pub(super) fn date_when(year: u32, month: u32, day: u32) -> Result<When, PeriodFault> {
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
        // `3Q24`, `Q3 24`, `Q3'24`; but of `24Q3` and `FY24 Q3` the second is the quarter.
        (None, [(one, digits @ 1..=2), (other, other_digits @ 1..=2)]) => {
            let year_first = number_first && *other_digits == 1 || *one > 4 && *other <= 4;
            if *digits == 2 && year_first {
                (*other, (*one, 2))
            } else if *other_digits == 2 {
                (*one, (*other, 2))
            } else {
                return Err(PeriodFault::NotAPeriod);
            }
        }
        (Some(_), []) => return Err(PeriodFault::NoYear),
        (None, [(number, 1)]) if (1..=12 / step.months()).contains(number) => return Err(PeriodFault::NoYear),
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
        // `Apr 2022-23` is a month of a fiscal year, and which of the two years it lies in cannot be told.
        [year @ (_, 4), (next, 2)] if !number_first && is_next(full_year(*year), *next) => Err(PeriodFault::NotAPeriod),
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

/// What words say of a year.
#[derive(Clone, Copy)]
struct Marked {
    fiscal: bool,
    calendar_year: bool,
    /// By a word for the fiscal year, or for a year of any sort.
    of_year: bool,
}

/// A period without a word besides that of the year: years, months by number, dates.
fn digits_only(
    text: &str,
    numbers: &[(u32, usize)],
    separators: &[char],
    Marked { fiscal, calendar_year, of_year }: Marked,
) -> Result<When, PeriodFault> {
    let separator = separators.first().copied();
    let year_of = |year: (u32, usize)| When::Part { year: full_year(year), step: Step::Year, number: 1, calendar_year };
    match *numbers {
        [year @ (_, 4)] => Ok(year_of(year)),
        [year @ (_, 2)] if of_year || calendar_year || text.starts_with('\'') => Ok(year_of(year)),
        [(value, 5)] | [(value, 5), _] if SERIALS.contains(&value) && separators.iter().all(|c| *c == '.') => {
            Ok(When::Serial(value))
        }
        [(value, 6)] => month_of(value / 100, value % 100),
        [(value, 8)] => date_when(value / 10_000, value / 100 % 100, value % 100),
        // Years of the Republic of China, as Taiwan's authorities write them: `112/1` is January 2023.
        [(year @ 100..=150, 3), (month, 1..=2)] if separator == Some('/') => month_of(1911 + year, month),
        [(year @ 100..=150, 3), (month, 1..=2), (day, 1..=2)] if separators == ['/', '/'] => date_when(1911 + year, month, day),
        // `2023/001`, as SAP numbers the periods of a fiscal year.
        [(_, 4), (1..=16, 3)] if separators.len() == 1 => Err(PeriodFault::ByNumber),
        [(_, 4), _] if separator == Some('.') => Err(PeriodFault::YearAndFraction),
        // `FY2023/24`, `FY19/20`; `FY3/2020` ended in March.
        [year @ (_, 4), (next, 2)] if of_year && is_next(full_year(year), next) => Ok(When::year(full_year(year) + 1)),
        [year @ (first, 2), (next, 2)] if of_year && (first + 1) % 100 == next => {
            if first <= 12 {
                Ok(When::Years { ending: full_year(year) + 1, or: Or::Month })
            } else {
                Ok(When::year(full_year(year) + 1))
            }
        }
        [(month, 1..=2), year @ (_, 2 | 4)] if fiscal => {
            let Some(last) = Month::new(full_year(year), month) else { return Err(PeriodFault::NotInCalendar) };
            Ok(When::Span(Period::ending(last, 12)))
        }
        // `2023/24`, `2023-24`; up to `2011-12` it may be a month.
        [year @ (_, 4), (next, 2)] if is_next(full_year(year), next) => {
            let or = if (1..=12).contains(&next) { Or::Month } else { Or::Nothing };
            Ok(When::Years { ending: full_year(year) + 1, or })
        }
        [year @ (_, 4), (month @ 1..=9, 1)] => match i16::try_from(full_year(year)) {
            Ok(year) => Ok(When::Numbered { year, number: u8::try_from(month).unwrap_or(0) }),
            Err(_) => Err(PeriodFault::NotInCalendar),
        },
        [(year, 4), (month, 1..=2)] | [(month, 1..=2), (year, 4)] => month_of(year, month),
        [(year, 4), (next, 4)] if next == year + 1 => {
            let ending = full_year((next, 4));
            Ok(if of_year { When::year(ending) } else { When::Years { ending, or: Or::BothYears } })
        }
        [(year, 4), (month, 1..=2), (day, 1..=2)] => date_when(year, month, day),
        [(one, 1..=2), (other, 1..=2), year @ (_, 2 | 4)] if separators.len() == 2 => {
            day_and_month(one, other, full_year(year), separator == Some('.'))
        }
        _ => Err(PeriodFault::NotAPeriod),
    }
}

/// `03/04/2025`; with points, `03.04.2025`, the day always comes first.
pub(super) fn day_and_month(one: u32, other: u32, year: i32, with_points: bool) -> Result<When, PeriodFault> {
    let day_first = date(year, other, one);
    let month_first = date(year, one, other).filter(|_| !with_points);
    match (day_first, month_first) {
        (Some(day_first), Some(month_first)) if day_first != month_first => Ok(When::Either { day_first, month_first }),
        (Some(day), _) | (None, Some(day)) => Ok(When::Day(day)),
        (None, None) => Err(PeriodFault::NotInCalendar),
    }
}
