//! Two periods with something between: `2023-11/2024-01`, `Jan - Mar 2025`, `January 1 - December 31, 2025`.

use crate::calendar::{FiscalCalendar, Month, Period, Step};

use crate::read::cell::period::atom::atom;
use crate::read::cell::period::day::nearest_month_end;
use crate::read::cell::period::{Or, PeriodFault, When};

/// Two ends with something between: `2023-11/2024-01`, `Jan 2025 - Mar 2025`, `January - March, 2025`.
pub(in crate::read) fn span(text: &str) -> Option<Result<When, PeriodFault>> {
    const BETWEEN: [&str; 9] = ["..", " – ", " — ", " - ", "–", " to ", " through ", " bis ", "/"];
    let between = BETWEEN.into_iter().chain([" au ", " à ", "-"]);
    let (left, right) =
        between.filter_map(|between| Some((between, text.split_once(between)?))).find_map(|(between, (left, right))| {
            // `2025-06` is not a span; `Jan 2025-Mar 2025` is one.
            let named = |part: &str| between != "-" || part.chars().any(char::is_alphabetic);
            let whole = |part: &str| part.len() >= 2 && part.chars().any(char::is_alphanumeric) && named(part);
            // `YE 03/2023` and `FY03/2020` are a month and its year.
            let digits = |part: &str| part.trim().bytes().rev().take_while(u8::is_ascii_digit).count();
            let of_month = between == "/" && (1..=2).contains(&digits(left)) && digits(right) == right.trim().len();
            // `YE 31/03/2018` is a day.
            let of_day = between == "/"
                && (1..=2).contains(&digits(left))
                && right.split_once('/').is_some_and(|(middle, _)| middle.len() <= 2);
            // `2022/23 Q1` is a part of one fiscal year.
            let of_years = between == "/" && digits(left) == 4 && right.bytes().take_while(u8::is_ascii_digit).count() == 2;
            (whole(left) && whole(right) && !of_month && !of_day && !of_years && atom(right.trim()).is_ok())
                .then_some((left, right))
        })?;
    let (left, right) = (left.trim(), right.trim());
    let end = atom(right).ok()?;
    let ends_in_two_digits =
        || left.rsplit(' ').next().is_some_and(|last| last.len() <= 2 && last.bytes().all(|b| b.is_ascii_digit()));
    let start = match atom(left) {
        // `Sep 14 - Dec 31, 2019`: a day, and not a month of 2014.
        Ok(When::Month(_)) if matches!(end, When::Day(_)) && ends_in_two_digits() => {
            atom(&format!("{left}, {}", last_month(end)?.year())).ok()?
        }
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
        // `30/06/2025`: the left part is not a period, so the whole is a date.
        Err(_) => return None,
    };
    if let (When::Part { year, step: Step::Year, .. }, When::Part { year: next, step: Step::Year, .. }) = (start, end)
        && next == year + 1
    {
        // `2023/2024` is one fiscal year more often than two years; `FY2023/2024` is nothing else.
        if text.contains('/') && text.contains(char::is_alphabetic) {
            return None;
        }
        if text.contains(['/', '-', '–', '—']) && !text.contains(char::is_alphabetic) {
            return Some(Ok(When::Years { ending: next, or: Or::BothYears }));
        }
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
pub(in crate::read) fn between_ends(start: When, end: When) -> Result<When, PeriodFault> {
    let plain = |when| if let When::Years { ending, or: Or::Nothing } = when { When::year(ending) } else { when };
    let (start, end) = (plain(start), plain(end));
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
        let is_day = |when| matches!(when, When::Day(_));
        return Err(if is_day(start) && is_day(end) { PeriodFault::PartOfMonth } else { PeriodFault::NotAPeriod });
    };
    if let (When::Day(start), When::Day(end)) = (start, end) {
        if end < start {
            return Err(PeriodFault::Reversed);
        }
        if last < first || is_begun(start, end) {
            return Err(PeriodFault::PartOfMonth);
        }
    }
    Period::new(first, last).map(When::Span).ok_or(PeriodFault::Reversed)
}

/// Whether two days are a month from its first day on that is not over: `Nov 1 - Nov 27, 2026`.
fn is_begun(start: chrono::NaiveDate, end: chrono::NaiveDate) -> bool {
    let left = Month::of(end).map_or(0, |month| (month.last_day() - end).num_days());
    chrono::Datelike::day(&start) == 1 && Month::of(start) == Month::of(end) && left >= 2
}

/// Whether two days bound some four or five weeks that are not a month: quarters and years of weeks are as long as those of
/// months to within a few days, and the periods of a month are not.
pub(in crate::read) fn are_weeks(from: When, to: When) -> bool {
    let (When::Day(from), When::Day(to)) = (from, to) else { return false };
    let is_first = chrono::Datelike::day(&from) <= 2;
    let is_last = Month::of(to).is_some_and(|month| (month.last_day() - to).num_days() <= 2);
    (to - from).num_days() < 45 && !(is_first && is_last)
}

/// First month of a period; of a day, the month that begins nearest to it.
fn first_month(when: When) -> Option<Month> {
    match when {
        When::Day(day) => day.pred_opt().and_then(nearest_month_end).map(|month| month.plus(1)),
        other => other.period(FiscalCalendar::default()).map(Period::first),
    }
}

/// Last month of a period; of a day, the month that ends nearest to it.
pub(in crate::read) fn last_month(when: When) -> Option<Month> {
    match when {
        When::Day(day) => nearest_month_end(day),
        other => other.period(FiscalCalendar::default()).map(Period::last),
    }
}
