//! A row of days below a header of periods: the days on which they end, which show when fiscal years do.

use chrono::Datelike;

use crate::calendar::{FiscalCalendar, Month, Period, Step};
use crate::read::cell::period::{self, When};
use crate::read::cell::words::{Meaning, Sense};

use super::wide::PeriodColumn;

/// What such a row shows.
pub(super) struct Ends {
    /// The month in which fiscal years end, if it is the same for all periods.
    pub(super) fiscal_year_end: Option<u8>,
    /// When each period is.
    pub(super) whens: Vec<Option<When>>,
}

/// What a row below the header shows, if nearly all its days are last days of months; `None` if it is another row.
pub(super) fn of(periods: &[PeriodColumn], label: &str, row: &[String]) -> Option<Ends> {
    let cell = |column: &PeriodColumn| row.get(column.at).map(|cell| cell.trim()).filter(|cell| !cell.is_empty());
    let filled = periods.iter().filter_map(cell).count();
    let whens = periods.iter().filter_map(cell).filter_map(|cell| period::parse(cell).ok()).count();
    let months: Vec<Option<Month>> = periods.iter().map(|column| cell(column).and_then(last_month)).collect();
    let ends = months.iter().flatten().count();
    // All but a span of years gone by are last days of months.
    if whens < 2 || whens != filled || ends * 2 <= whens {
        return None;
    }
    let as_named = || periods.iter().map(PeriodColumn::when).collect();
    let meaning = Meaning::of(label);
    let are_years = || periods.iter().all(|column| matches!(column.when(), Some(When::Part { step: Step::Year, .. })));
    let are_exact = || periods.iter().filter_map(cell).filter_map(|cell| period::parse(cell).ok()).all(is_last_of_month);
    // Days on which figures were published end nothing, and may stand near the ends of months.
    let ends_nothing = meaning.has(Sense::Elsewhen) || !are_years() && !are_exact();
    if ends_nothing && !meaning.has(Sense::Period) {
        return Some(Ends { fiscal_year_end: None, whens: as_named() });
    }
    let dated = || periods.iter().zip(&months).filter_map(|(column, month)| Some((column.when()?, (*month)?)));
    let years: Vec<Option<u8>> = dated().map(|(when, month)| year_end(when, month)).collect();
    let one = years.first().copied().flatten().filter(|first| years.iter().all(|year| *year == Some(*first)));
    let all_named = periods.iter().all(|column| matches!(column.when(), Some(When::Part { calendar_year: false, .. })));
    let Some(calendar) = one.and_then(|month| FiscalCalendar::ending_in(month.into())).filter(|_| all_named) else {
        return Some(Ends { fiscal_year_end: None, whens: as_named() });
    };
    // A year may be called by the one in which it begins.
    let ends_then = |(when, month): (When, Month)| when.period(calendar).is_some_and(|period| period.last() == month);
    if dated().all(ends_then) {
        return Some(Ends { fiscal_year_end: one, whens: as_named() });
    }
    let by_end = |(column, month): (&PeriodColumn, &Option<Month>)| match (column.when(), *month) {
        (Some(When::Part { step, .. }), Some(month)) => Some(When::Span(Period::ending(month, step.months()))),
        (when, _) => when,
    };
    Some(Ends { fiscal_year_end: one, whens: periods.iter().zip(&months).map(by_end).collect() })
}

/// Whether a row has days under most of these periods.
pub(super) fn are_days(periods: &[PeriodColumn], row: &[String]) -> bool {
    let is_day = |column: &&PeriodColumn| {
        let cell = row.get(column.at).map_or("", String::as_str);
        matches!(period::parse(cell), Ok(When::Day(_) | When::Either { .. }))
    };
    periods.len() > 1 && periods.iter().filter(is_day).count() * 2 > periods.len()
}

/// The month whose last day a cell is, or nearly.
fn last_month(cell: &str) -> Option<Month> {
    match period::parse(cell).ok()? {
        When::Day(day) => period::nearest_month_end(day),
        _ => None,
    }
}

fn is_last_of_month(when: When) -> bool {
    matches!(when, When::Day(day) if day.succ_opt().is_some_and(|next| next.day() == 1))
}

/// The month in which the fiscal year ends of which a part ends in this one.
fn year_end(when: When, end: Month) -> Option<u8> {
    let When::Part { step, number, calendar_year: false, .. } = when else { return None };
    let rest = 12_u32.checked_sub(number * step.months())?;
    u8::try_from((end.month() + rest - 1) % 12 + 1).ok()
}
