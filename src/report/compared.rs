//! Which series passes which, in sentences.

use crate::calendar::{FiscalCalendar, Month, Step};
use crate::money::projected;
use crate::percent::chance;
use crate::question::QuestionError;
use crate::question::compare::{Comparison, DEPENDENCE, Measured, Overtaking};
use crate::report::words::when;
use crate::series::Series;

/// The most series of which each is compared with each.
const MOST: usize = 6;
/// Antithetic pairs of draws for each two of them: a window moves by a month or so with more.
const PAIRS: u32 = 1000;

/// What there is to say of several series beside each other.
#[derive(Clone, Debug, Default)]
pub(super) struct Answer {
    /// Which passes which and when, a sentence each.
    pub(super) passing: Vec<String>,
    /// How likely each is to be the largest: the periods, and a row of chances for each series.
    pub(super) largest: Option<Largest>,
    /// What the answer rests on, or why there is none.
    pub(super) remarks: Vec<String>,
}

/// How likely each series is to be the largest.
#[derive(Clone, Debug)]
pub(super) struct Largest {
    /// Of what: `revenue`, `run-rate`.
    pub(super) of: &'static str,
    /// The periods, named.
    pub(super) periods: Vec<String>,
    /// Name of each series and its chance in each period.
    pub(super) rows: Vec<(String, Vec<String>)>,
}

/// Compares the series up to `until`, by the growth model.
pub(super) fn answer(series: &[&Series], until: Month) -> Answer {
    let measured = Measured::of(series, until);
    match compared(series, until, measured) {
        Ok(answer) => answer,
        Err(error) => Answer { remarks: vec![format!("Which passes which is not said: {error}.")], ..Answer::default() },
    }
}

fn compared(series: &[&Series], until: Month, measured: Measured) -> Result<Answer, QuestionError> {
    let calendar = series.first().map(|one| one.calendar()).unwrap_or_default();
    let mut passing = Vec::new();
    if series.len() <= MOST {
        for (at, one) in series.iter().enumerate() {
            for other in &series[at + 1..] {
                let overtaking = Comparison::new(&[*one, *other], until, measured)?.overtaking(PAIRS);
                passing.extend(sentence(&overtaking, calendar));
            }
        }
    }
    let all = Comparison::new(series, until, measured)?;
    let largest = all.largest(&all.year_ends(calendar));
    let rows = largest
        .series
        .iter()
        .enumerate()
        .map(|(index, name)| (name.clone(), largest.ends.iter().map(|end| chance(end.probability[index])).collect()));
    let largest = Largest {
        of: of(measured),
        periods: largest.ends.iter().map(|end| named(measured, end.month, calendar)).collect(),
        rows: rows.collect(),
    };
    if passing.is_empty() && series.len() <= MOST {
        passing.push(format!("By the medians, none passes another by {}.", when(until.into(), calendar)));
    }
    let too_many = (series.len() > MOST).then(|| format!("Which passes which is only said of up to {MOST} series."));
    let mut remarks: Vec<String> = too_many.into_iter().chain(all.instead().into_iter().map(|text| text + ".")).collect();
    remarks.push(DEPENDENCE.to_owned());
    Ok(Answer { passing, largest: Some(largest), remarks })
}

/// When one passes the other, if the medians cross or half of the draws do.
fn sentence(answer: &Overtaking, calendar: FiscalCalendar) -> Option<String> {
    let Overtaking { challenger, leader, measure, .. } = answer;
    let crossing = &answer.first_crossing;
    let at = answer.medians_cross.or(crossing.p50)?;
    let date = |month: Option<Month>| match month {
        Some(month) => named(*measure, month, calendar),
        None => format!("after {}", when(answer.until.into(), calendar)),
    };
    let amount = |value: f64| projected(value, answer.currency);
    let (mine, theirs) = answer.at_start;
    let by = if answer.medians_cross.is_some() { "By the medians" } else { "In half of the draws" };
    Some(format!(
        "{by}, {challenger} passes {leader} in {} by {} ({} against {} in {}). In 80% of draws it is larger for the first time \
         between {} and {}; in {} of them it never is up to {}.",
        named(*measure, at, calendar),
        of(*measure),
        amount(mine),
        amount(theirs),
        named(*measure, answer.start, calendar),
        date(crossing.p10),
        date(crossing.p90),
        chance(answer.never),
        when(answer.until.into(), calendar),
    ))
}

fn of(measure: Measured) -> &'static str {
    match measure {
        Measured::Revenue => "revenue",
        Measured::Trailing => "revenue of twelve months",
        Measured::RunRate => "run-rate",
    }
}

/// A period by its last month: a year by its name.
fn named(measure: Measured, month: Month, calendar: FiscalCalendar) -> String {
    match measure {
        Measured::Revenue => calendar.name(calendar.period_at(Step::Year, month)),
        Measured::Trailing => format!("the year to {}", when(month.into(), calendar)),
        Measured::RunRate => when(month.into(), calendar),
    }
}
