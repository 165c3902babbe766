//! What can be compared with what, and over which periods.

use super::Measured;
use crate::calendar::{FiscalCalendar, Month, Period, Step};
use crate::project::coherent::BETWEEN;
use crate::question::QuestionError;
use crate::series::{Measure, Series};

/// The last month in which a series has a figure, if the series can be compared up to `until`.
pub(super) fn origin(series: &[&Series], until: Month) -> Result<Month, QuestionError> {
    let [first, others @ ..] = series else { return Err(QuestionError::TooFew(0)) };
    if others.is_empty() {
        return Err(QuestionError::TooFew(1));
    }
    for (index, other) in others.iter().enumerate() {
        if series[..=index].iter().any(|before| before.name() == other.name()) {
            return Err(QuestionError::Itself(other.name().to_owned()));
        }
        if other.currency() != first.currency() {
            return Err(QuestionError::Currencies {
                first: first.name().to_owned(),
                first_currency: first.currency(),
                second: other.name().to_owned(),
                second_currency: other.currency(),
            });
        }
    }
    if let Some((part, whole)) = relatives(series) {
        return Err(QuestionError::PartOfOther { part: part.to_owned(), whole: whole.to_owned() });
    }
    let latest = series.iter().filter_map(|series| series.origin()).max();
    let origin = latest.unwrap_or(until);
    if latest.is_some() && until <= origin {
        return Err(QuestionError::NothingAhead { origin, until });
    }
    Ok(origin)
}

/// A series and another that it is a part of: by what it says, or by a name such as `A / B` beside `A`.
fn relatives<'s>(series: &[&'s Series]) -> Option<(&'s str, &'s str)> {
    let is_part = |part: &Series, whole: &Series| {
        let by_name = || part.name().strip_prefix(whole.name()).is_some_and(|rest| rest.starts_with(BETWEEN));
        part.parent() == Some(whole.name()) || by_name()
    };
    series.iter().find_map(|part| Some((part.name(), series.iter().find(|whole| is_part(part, whole))?.name())))
}

/// What is compared where nobody says: see [`Measured::of`].
pub(super) fn measured(series: &[&Series], until: Month) -> Measured {
    if series.iter().all(|one| one.lead() == Measure::RunRate) {
        return Measured::RunRate;
    }
    let origin = series.iter().filter_map(|one| one.origin()).max().unwrap_or(until);
    match spans(series, Measured::Revenue, origin, until) {
        Ok(_) => Measured::Revenue,
        Err(_) => Measured::Trailing,
    }
}

/// The periods that are compared, in order of time: each ends after `origin` and by `until`.
pub(super) fn spans(series: &[&Series], measured: Measured, origin: Month, until: Month) -> Result<Vec<Period>, QuestionError> {
    let months = (origin.index() + 1..=until.index()).map(Month::from_index);
    match measured {
        Measured::RunRate => Ok(months.map(Period::from).collect()),
        Measured::Trailing => Ok(months.map(|last| Period::ending(last, 12)).collect()),
        Measured::Revenue => {
            let calendar = series.first().map_or_else(FiscalCalendar::default, |one| one.calendar());
            if let Some(other) = series.iter().find(|one| one.calendar() != calendar) {
                let (first, second) = (series[0].name().to_owned(), other.name().to_owned());
                return Err(QuestionError::YearsDiffer { first, second });
            }
            let first = calendar.period_at(Step::Year, origin.plus(1));
            let count = (until.since(first.first()) + 1) / 12;
            let years: Vec<Period> = (0..count).map(|k| first.shift(k)).collect();
            if years.is_empty() { Err(QuestionError::NoWholeYear { until }) } else { Ok(years) }
        }
    }
}
