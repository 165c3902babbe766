//! A target as one text, for a command line: `OpenAI=20B@2026-12 run-rate`.
//!
//! The amount and the period are read as in a cell, so a goal and a row of kind target say the same.

use chrono::NaiveDate;

use crate::calendar::{FiscalCalendar, Month, Period, Step};
use crate::money::Currency;
use crate::read::cell::amount::AmountFault;
use crate::read::cell::period::{self, PeriodFault, When};
use crate::read::money::{MoneyFault, money};
use crate::series::{Fact, Figure, Measure, Series};

/// A target, and the series that it is for.
#[derive(Clone, Debug, PartialEq)]
pub struct Goal {
    /// Name of the series, or `None` if the text names none.
    pub series: Option<String>,
    /// The target.
    pub figure: Figure,
}

/// Why a text is not a goal.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum GoalFault {
    /// There is no `@` between an amount and a period.
    #[error("the @ is missing; write a goal as Series=20B@2026-12")]
    NoAt,
    /// The goal names no series of the input, or names none where there are several.
    #[error("which series do you mean? The input has {0}")]
    WhichSeries(String),
    /// The amount cannot be read.
    #[error("{text:?} is not an amount; write 20B, 1.5B or 1500M")]
    Amount {
        /// What stands there.
        text: String,
        /// What is wrong with it.
        fault: AmountFault,
    },
    /// There is no amount, or it is one of two by where the decimals are thought to begin.
    #[error("the amount {0:?} is missing, out of range, or can be read in two ways; write 20B, 1.5B or 1500M")]
    Unclear(String),
    /// The period cannot be read.
    #[error("{text:?} is not a period; write 2026-12, Dec 2026, 2026Q4, 2026 or 2026-12-31, and run-rate or revenue after it")]
    Period {
        /// What stands there.
        text: String,
        /// What is wrong with it.
        fault: PeriodFault,
    },
    /// The amount is in another currency than the series.
    #[error("the goal is in {goal}, but the series is in {series}")]
    Currency {
        /// Currency of the goal.
        goal: Currency,
        /// Currency of the series.
        series: Currency,
    },
}

/// A text that is not a goal for a series, and why.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{text}: {fault}")]
pub struct GoalError {
    /// The text.
    pub text: String,
    /// What is wrong with it.
    pub fault: GoalFault,
}

impl GoalError {
    /// What to do about it.
    pub const HINT: &str = "for instance: --goal \"OpenAI=20B@2026-12 run-rate\"; without a basis, both readings are answered";
}

/// The series with the goals that these texts say among their figures.
///
/// # Errors
///
/// If a text is not a goal, or is not clearly one of these series'.
pub fn with_goals(mut series: Vec<Series>, goals: &[String]) -> Result<Vec<Series>, GoalError> {
    for text in goals {
        let wrong = |fault: GoalFault| GoalError { text: text.clone(), fault };
        let Some((before, _)) = text.rsplit_once('@') else { return Err(wrong(GoalFault::NoAt)) };
        let name = before.rsplit_once('=').map(|(name, _)| name.trim());
        let matches = |one: &Series| name.is_none_or(|name| one.name().eq_ignore_ascii_case(name));
        let found: Vec<usize> = (0..series.len()).filter(|index| matches(&series[*index])).collect();
        let [index] = found.as_slice() else {
            let names: Vec<&str> = series.iter().map(Series::name).collect();
            return Err(wrong(GoalFault::WhichSeries(names.join(", "))));
        };
        let one = &series[*index];
        let goal = goal(text, one.calendar(), one.currency()).map_err(wrong)?;
        let mut figures = one.figures().to_vec();
        figures.push(goal.figure);
        series[*index] = one.of_figures(figures);
    }
    Ok(series)
}

/// Reads a goal: `[Series=]amount@period [run-rate|revenue]`. Without a basis both readings are meant. The last day of a fiscal
/// year stands for the year, any other day for its month.
///
/// # Errors
///
/// If the text has not this form, or if its amount is in another currency than `currency`.
pub fn goal(text: &str, calendar: FiscalCalendar, currency: Currency) -> Result<Goal, GoalFault> {
    // The amount and the period hold neither sign, and a name may hold both: so from the right.
    let (before, when) = text.rsplit_once('@').ok_or(GoalFault::NoAt)?;
    let (series, value) = match before.rsplit_once('=') {
        Some((series, value)) => (Some(series.trim().to_owned()), value.trim()),
        None => (None, before.trim()),
    };
    let (when, basis) = basis_of(when.trim());
    let (amount, goal) = money(value, currency).map_err(|fault| match fault {
        MoneyFault::Amount(fault) => GoalFault::Amount { text: value.to_owned(), fault },
        MoneyFault::Unclear => GoalFault::Unclear(value.to_owned()),
    })?;
    if goal != currency {
        return Err(GoalFault::Currency { goal, series: currency });
    }
    let wrong = |fault| GoalFault::Period { text: when.to_owned(), fault };
    let (period, day) = match period::parse_alone(when).map_err(wrong)? {
        When::Day(day) => (Month::of(day).map(|month| ended_by(day, month, calendar)), Some(day)),
        when => (when.period(calendar), None),
    };
    let period = period.ok_or_else(|| wrong(PeriodFault::NotInCalendar))?;
    let mut figure = Figure::new(Fact::Target { amount, basis }, period);
    figure.day = day;
    Ok(Goal { series, figure })
}

/// What a day stands for: the fiscal year if it is its last day, else the month that it lies in.
fn ended_by(day: NaiveDate, month: Month, calendar: FiscalCalendar) -> Period {
    let year = calendar.period_at(Step::Year, month);
    if year.last().last_day() == day { year } else { month.into() }
}

/// The text without a basis at its end, and the basis.
fn basis_of(text: &str) -> (&str, Option<Measure>) {
    let words = [("run-rate", Measure::RunRate), ("run rate", Measure::RunRate), ("revenue", Measure::Revenue)];
    let found = words.into_iter().find_map(|(word, measure)| {
        let at = text.len().checked_sub(word.len())?;
        let end = text.get(at..)?;
        end.eq_ignore_ascii_case(word).then(|| (text[..at].trim_end(), Some(measure)))
    });
    found.unwrap_or((text, None))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::money::Amount;

    fn read(text: &str) -> Result<Goal, GoalFault> {
        goal(text, FiscalCalendar::default(), Currency::USD)
    }

    #[test]
    fn goals_as_people_write_them() {
        let one = read("OpenAI=20B@2026-12 run-rate").unwrap();
        assert_eq!(one.series.as_deref(), Some("OpenAI"));
        let amount = Amount::new(20e9, 1e9).unwrap();
        assert_eq!(one.figure.fact, Fact::Target { amount, basis: Some(Measure::RunRate) });
        assert_eq!(one.figure.period, Month::new(2026, 12).unwrap().into());
        let other = read("$1.5B@FY2027").unwrap();
        assert_eq!((other.series, other.figure.period.months()), (None, 12));
        assert_eq!(read("A=B=2M@2026-06-30 Revenue").unwrap().series.as_deref(), Some("A=B"));
        assert_eq!(read("2M@2026-12-31").unwrap().figure.period.months(), 12);
        assert_eq!(read("2M@2026-06-30").unwrap().figure.period.months(), 1);
        assert_eq!(read("2M@2026-06-30").unwrap().figure.day, chrono::NaiveDate::from_ymd_opt(2026, 6, 30));
    }

    #[test]
    fn what_is_no_goal() {
        assert_eq!(read("OpenAI=20B"), Err(GoalFault::NoAt));
        assert!(matches!(read("OpenAI=lots@2026"), Err(GoalFault::Amount { .. })));
        assert!(matches!(read("OpenAI=20B@someday"), Err(GoalFault::Period { .. })));
        assert!(matches!(read("OpenAI=1,234@2026"), Err(GoalFault::Unclear(_))));
        let euro = Currency::from_code("EUR").unwrap();
        assert_eq!(read("20 €@2026"), Err(GoalFault::Currency { goal: euro, series: Currency::USD }));
    }
}
