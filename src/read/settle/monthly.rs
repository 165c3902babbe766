//! Monthly rates (MRR): what a month earns, whatever the step of the rows.
//!
//! By month a monthly rate is the month's total. By quarter or by year it is the rate at the end, and no sum of months: a
//! run-rate of twelve times it.

use chrono::{Datelike, NaiveDate};

use crate::calendar::{FiscalCalendar, Month};

use crate::read::cell::kind::Kind;
use crate::read::cell::period::{When, nearest_month_end};
use crate::read::claim::Claim;
use crate::read::report::problems::Position;

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

/// How many readings a month make a record of a run-rate: weekly ones do.
const OFTEN: usize = 3;

/// Readings of a rate of which the last in each month was kept.
pub(in crate::read) struct LastReadings {
    /// How many there were.
    pub(in crate::read) readings: u64,
    /// In how many months.
    pub(in crate::read) months: u64,
    /// Where the first stands.
    pub(in crate::read) file: u32,
    pub(in crate::read) place: Position,
}

/// Keeps the last of several readings a month of a rate, annual or monthly, each of a day of its own: a rate is not added up
/// over days. `None` if there are none.
pub(in crate::read) fn keep_last_readings(claims: &mut Vec<Claim>) -> Option<LastReadings> {
    let day = |claim: &Claim| match (claim.when, claim.kind) {
        (When::Day(day), Kind::RunRate) => Some(day),
        (When::Day(day), Kind::Revenue) if claim.dating.monthly => Some(day),
        _ => None,
    };
    let first = claims.iter().find(|claim| day(claim).is_some() && claim.as_of().is_none())?;
    let (file, place, apart) = (first.file, first.place, first.apart);
    let mut days: Vec<NaiveDate> = claims.iter().filter_map(day).collect();
    let readings = days.len();
    days.sort_unstable();
    // Two of one day are parts of it, or one restates the other; those of customers, say, are parts too.
    let are_of_parts = || claims.iter().any(|claim| claim.as_of().is_some() || claim.apart != apart || claim.dating.entry);
    if days.windows(2).any(|pair| pair[0] == pair[1]) || are_of_parts() {
        return None;
    }
    let mut lasts: Vec<NaiveDate> = Vec::new();
    for day in days {
        match lasts.last_mut().filter(|last| (last.year(), last.month()) == (day.year(), day.month())) {
            Some(last) => *last = day,
            None => lasts.push(day),
        }
    }
    // Announcements of a run-rate, some of them in one month, are not daily or weekly record of it.
    let announced = claims.iter().any(|claim| claim.kind == Kind::RunRate) && readings < OFTEN * lasts.len();
    if lasts.len() == readings || announced {
        return None;
    }
    claims.retain(|claim| day(claim).is_none_or(|day| lasts.binary_search(&day).is_ok()));
    for claim in claims.iter_mut().filter(|claim| claim.kind == Kind::Revenue) {
        if let Some(month) = day(claim).and_then(Month::of) {
            claim.when = When::Month(month);
        }
    }
    Some(LastReadings { readings: readings as u64, months: lasts.len() as u64, file, place })
}

/// The last month of a period, and how many months it has.
fn end(when: When, calendar: FiscalCalendar) -> Option<(Month, u32)> {
    match when {
        When::Day(day) => nearest_month_end(day).or_else(|| Month::of(day)).map(|month| (month, 1)),
        when => when.period(calendar).map(|period| (period.last(), period.months())),
    }
}
