//! Monthly rates (MRR): what a month earns, whatever the step of the rows.
//!
//! By month a monthly rate is the month's total. By quarter or by year it is the rate at the end, and no sum of months: a
//! run-rate of twelve times it.

use crate::calendar::{FiscalCalendar, Month};

use crate::read::cell::kind::Kind;
use crate::read::cell::period::{When, nearest_month_end};
use crate::read::claim::Claim;

/// Turns monthly rates that stand further apart than months into run-rates; whether there were any.
pub(in crate::read) fn annualise(claims: &mut [Claim], calendar: FiscalCalendar) -> bool {
    let is_rate = |claim: &Claim| claim.dating.monthly && claim.kind == Kind::Revenue;
    let mut months: Vec<(Month, u32)> =
        claims.iter().filter(|claim| is_rate(claim)).filter_map(|claim| end(claim.when, calendar)).collect();
    months.sort_unstable();
    let is_apart = months.len() > 1 && months.windows(2).all(|pair| pair[1].0.since(pair[0].0) > 1);
    let is_long = months.iter().any(|(_, length)| *length > 1);
    if !is_apart && !is_long {
        return false;
    }
    for claim in claims.iter_mut().filter(|claim| is_rate(claim)) {
        claim.kind = Kind::RunRate;
        claim.number = claim.number.map(|number| number.scaled(12.0));
    }
    true
}

/// The last month of a period, and how many months it has.
fn end(when: When, calendar: FiscalCalendar) -> Option<(Month, u32)> {
    match when {
        When::Day(day) => nearest_month_end(day).or_else(|| Month::of(day)).map(|month| (month, 1)),
        when => when.period(calendar).map(|period| (period.last(), period.months())),
    }
}
