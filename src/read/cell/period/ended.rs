//! Periods told by their length and their end: `year ended June 30, 2024`, `52 weeks ended 28 Jan 2023`, `YE Mar-23`.

use crate::calendar::{Month, Period};

use crate::read::cell::calendar_words::Word;

use crate::read::cell::period::atom::{date_when, day_and_month, full_year, month_of, months_so_far};
use crate::read::cell::period::day::nearest_month_end;
use crate::read::cell::period::span::last_month;
use crate::read::cell::period::token::Token;
use crate::read::cell::period::{PeriodFault, When};

/// Whether the words speak of a period by its end.
pub(in crate::read) fn is_ended(words: &[Word], tokens: &[Token]) -> bool {
    let has = |word: Word| words.contains(&word);
    let month = words.iter().position(|word| matches!(word, Word::Month(_)));
    // `FY Mar-23` is the fiscal year that ended then; `Mar FY24` is a month of one.
    let fiscal_first = || {
        let marks = words.iter().position(|word| *word == Word::Fiscal);
        let number = tokens.iter().position(|token| matches!(token, Token::Number { .. }));
        let named = tokens.iter().position(|token| matches!(token, Token::Word(Word::Month(_))));
        marks < month && named < number
    };
    has(Word::Ended)
        || has(Word::Months)
        || has(Word::Weeks)
        || has(Word::Year) && month.is_some()
        || has(Word::Fiscal) && month.is_some() && fiscal_first()
        || has(Word::Year) && is_month_and_year(tokens)
}

/// `YE 03/2023`, `YE 31.03.2023`: two or three numbers with a mark between them.
fn is_month_and_year(tokens: &[Token]) -> bool {
    let numbers = tokens.iter().filter(|token| matches!(token, Token::Number { .. })).count();
    let short_first = tokens.iter().find_map(|token| match token {
        Token::Number { digits, .. } => Some(*digits <= 2),
        _ => None,
    });
    numbers >= 2 && short_first == Some(true)
}

/// `year ended June 30, 2024`, `three months ended 2024-03-31`, `12 months to June 2024`, `13 weeks ended 1 April 2023`.
pub(in crate::read) fn ended(words: &[Word], numbers: &[(u32, usize)], tokens: &[Token]) -> Result<When, PeriodFault> {
    let first_number = match tokens.first() {
        Some(Token::Number { value, .. }) => Some(*value),
        _ => None,
    };
    let beside_number = tokens.iter().take(2).any(|token| matches!(token, Token::Number { .. }));
    let beside_weeks = matches!(words, [Word::Weeks | Word::Week, ..]);
    let (count, counted) = match (words, first_number) {
        ([Word::Weeks | Word::Week, ..], Some(weeks)) => (months_of_weeks(weeks).ok_or(PeriodFault::NotAPeriod)?, true),
        ([Word::Count(count), Word::Months, ..], _) => (*count, false),
        ([Word::Months | Word::M, ..], Some(count)) => (count, true),
        // `Q2 ended June 2023`: which quarter it is says its end too.
        ([Word::Quarter, ..], _) => (3, beside_number),
        ([Word::Half, ..], _) => (6, beside_number),
        ([Word::Months, ..], None) => (1, false),
        ([Word::Year | Word::Fiscal | Word::Calendar, ..], _) => (12, false),
        _ => return Err(PeriodFault::NotAPeriod),
    };
    if !(1..=120).contains(&count) {
        return Err(PeriodFault::NotAPeriod);
    }
    let numbers = if counted { &numbers[1..] } else { numbers };
    let month = words.iter().find_map(|word| if let Word::Month(month) = word { Some(*month) } else { None });
    if let (None, [(year, 4)], 12, false) = (month, numbers, count, counted) {
        return Ok(When::year(i32::try_from(*year).unwrap_or(0)));
    }
    // `9 Monate 2023`, `12 meses 2018`
    if let (None, [year @ (_, 4)], 1..=12, true, false) = (month, numbers, count, counted, beside_weeks) {
        return months_so_far(count, full_year(*year));
    }
    let end = end(month, numbers, tokens)?;
    let last = last_month(end).ok_or(PeriodFault::PartOfMonth)?;
    Ok(When::Span(Period::ending(last, count)))
}

/// The day or month that a period ends with.
fn end(month: Option<u32>, numbers: &[(u32, usize)], tokens: &[Token]) -> Result<When, PeriodFault> {
    let whole = |year: (u32, usize)| u32::try_from(full_year(year)).unwrap_or(0);
    match (month, numbers) {
        (Some(month), [(day @ 1..=31, 1..=2), year @ (_, 2 | 4)] | [year @ (_, 4), (day @ 1..=31, 1..=2)]) => {
            date_when(whole(*year), month, *day)
        }
        (Some(month), [(year, 4)]) => month_of(*year, month),
        // `March 31` lacks its year, and `Mar-23` has it.
        (Some(month), [year @ (value, 2)]) => {
            let last_day = Month::new(2024, month).map(|month| chrono::Datelike::day(&month.last_day()));
            if last_day == Some(*value) { Err(PeriodFault::NoYear) } else { month_of(whole(*year), month) }
        }
        (None, [(year, 4), (month, 1..=2), (day, 1..=2)]) => date_when(*year, *month, *day),
        (None, [(year, 4), (month, 1..=2)] | [(month, 1..=2), (year, 4)]) => month_of(*year, *month),
        (None, [(month, 1..=2), year @ (_, 2)]) => month_of(whole(*year), *month),
        (None, [(one, 1..=2), (other, 1..=2), year @ (_, 2 | 4)]) => {
            let with_points = tokens.contains(&Token::Separator('.'));
            match day_and_month(*one, *other, full_year(*year), with_points)? {
                When::Either { day_first, month_first } => {
                    match (nearest_month_end(day_first), nearest_month_end(month_first)) {
                        (Some(_), None) => Ok(When::Day(day_first)),
                        (None, Some(_)) => Ok(When::Day(month_first)),
                        _ => Err(PeriodFault::NotAPeriod),
                    }
                }
                day => Ok(day),
            }
        }
        (_, []) => Err(PeriodFault::NoYear),
        _ => Err(PeriodFault::NotAPeriod),
    }
}

/// Retailers count their months by weeks: 4 or 5 make one, 13 (at times 14) a quarter, 52 (at times 53) a year.
fn months_of_weeks(weeks: u32) -> Option<u32> {
    match weeks {
        4 | 5 => Some(1),
        13 | 14 => Some(3),
        26 | 27 => Some(6),
        39 | 40 => Some(9),
        52 | 53 => Some(12),
        _ => None,
    }
}
