//! Adds up days, weeks and transactions to months, complete months only.
//!
//! A series of days is known by how close its dates stand. A month is complete if no stretch of it without an entry is
//! longer than such stretches usually are in the series, at its edges too; of a daily series that ends on the 28th, the last
//! month is left out, and of one of working days that ends on Friday the 29th it is not.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, Days, NaiveDate, Weekday};

use crate::calendar::Month;

use crate::read::cell::amount::{DecimalMark, Number};
use crate::read::cell::kind::Kind;
use crate::read::cell::period::When;
use crate::read::claim::{Claim, Dating};
use crate::read::report::notice::Entries;

/// Fewer dates than this are not taken for a series of days.
const FEWEST_DAYS: usize = 8;

/// How far apart, in days, entries of a series of days or weeks stand at the median, at most.
const CLOSE: i64 = 8;

/// Days without an entry that never make a month incomplete by themselves within it: a week of holidays.
const HOLIDAYS: i64 = 7;

/// What came of adding up.
#[derive(Debug)]
pub(in crate::read) struct AddedUp {
    pub(in crate::read) entries: Entries,
    /// One claim for each complete month, in order.
    pub(in crate::read) months: Vec<Claim>,
    /// Months left out, since only a part of them is known.
    pub(in crate::read) partial: Vec<(Month, Claim)>,
}

/// The revenue of a series by months, out of the days, weeks or transactions that its claims are: takes those out of `claims`.
pub(in crate::read) fn add_up(claims: &mut Vec<Claim>, entries: Entries) -> AddedUp {
    let is_entry = |claim: &Claim| claim.kind == Kind::Revenue && matches!(claim.when, When::Day(_) | When::Week(_));
    let (taken, rest): (Vec<Claim>, Vec<Claim>) = std::mem::take(claims).into_iter().partition(is_entry);
    *claims = rest;
    let mut days: BTreeSet<NaiveDate> = BTreeSet::new();
    let mut sums: BTreeMap<Month, (Claim, f64, f64)> = BTreeMap::new();
    for claim in taken {
        let Some(amount) = claim.number.and_then(|number| number.amount(DecimalMark::Point)) else { continue };
        let covered = covered(claim.when, entries);
        let share = amount.value() / covered.len() as f64;
        for day in covered {
            days.insert(day);
            let Some(month) = Month::of(day) else { continue };
            let (_, sum, unit) = sums.entry(month).or_insert_with(|| (claim.clone(), 0.0, 0.0));
            *sum += share;
            *unit = unit.max(amount.unit());
        }
    }
    let days: Vec<NaiveDate> = days.into_iter().collect();
    let usual = usual_gap(&days).max(1);
    let mut added = AddedUp { entries, months: Vec::new(), partial: Vec::new() };
    for (month, (claim, sum, unit)) in sums {
        if is_complete(month, &days, usual) {
            let dating = Dating { entry: true, ..claim.dating };
            added.months.push(Claim { when: When::Month(month), dating, number: Some(Number::plain(sum, unit)), ..claim });
        } else {
            added.partial.push((month, claim));
        }
    }
    added
}

/// What the claims are entries of; `None` if they are periods of their own.
pub(in crate::read) fn entries_of(claims: &[Claim]) -> Option<Entries> {
    let revenue = || claims.iter().filter(|claim| claim.kind == Kind::Revenue);
    if revenue().any(|claim| claim.dating.entry) {
        return Some(Entries::Transactions);
    }
    if revenue().any(|claim| matches!(claim.when, When::Week(_))) {
        return Some(Entries::Weeks);
    }
    if revenue().any(|claim| claim.dating.months.is_some()) {
        return None;
    }
    let mut days: Vec<NaiveDate> =
        revenue().filter_map(|claim| if let When::Day(day) = claim.when { Some(day) } else { None }).collect();
    let (first, last) = (days.iter().min()?, days.iter().max()?);
    // Months and quarters are told by their mean distance, sooner than by the median.
    let spread = (*last - *first).num_days() / i64::try_from(days.len()).unwrap_or(i64::MAX);
    if days.len() < FEWEST_DAYS || spread > 3 * CLOSE {
        return None;
    }
    days.sort_unstable();
    days.dedup();
    if days.len() < FEWEST_DAYS {
        return None;
    }
    let mut gaps = gaps(&days);
    if gaps.iter().all(|gap| gap % 7 == 0) && gaps.contains(&7) {
        return Some(if days[0].weekday() == Weekday::Mon { Entries::Weeks } else { Entries::WeeksEnding });
    }
    gaps.sort_unstable();
    (gaps[gaps.len() / 2] < CLOSE).then_some(Entries::Days)
}

/// The days that an entry is for.
fn covered(when: When, entries: Entries) -> Vec<NaiveDate> {
    let week_from = |start: NaiveDate| (0..7).filter_map(|day| start.checked_add_days(Days::new(day))).collect();
    match (when, entries) {
        (When::Week(monday), _) => week_from(monday),
        (When::Day(day), Entries::Weeks) => week_from(day),
        (When::Day(day), Entries::WeeksEnding) => week_from(day.checked_sub_days(Days::new(6)).unwrap_or(day)),
        (When::Day(day), _) => vec![day],
        _ => Vec::new(),
    }
}

fn gaps(days: &[NaiveDate]) -> Vec<i64> {
    days.windows(2).map(|pair| (pair[1] - pair[0]).num_days()).collect()
}

/// The gap between entries that all but one in twenty stay within.
fn usual_gap(days: &[NaiveDate]) -> i64 {
    let mut gaps = gaps(days);
    gaps.sort_unstable();
    if gaps.is_empty() { 1 } else { gaps[(gaps.len() - 1) * 19 / 20] }
}

fn is_complete(month: Month, days: &[NaiveDate], usual: i64) -> bool {
    let (first, last) = (month.first_day(), month.last_day());
    let from = days.partition_point(|day| *day < first);
    let to = days.partition_point(|day| *day <= last);
    let inside = &days[from..to];
    let (Some(start), Some(end)) = (inside.first(), inside.last()) else { return false };
    // Before the first entry of all and behind the last nothing shows that the silence is usual.
    let starts = if from == 0 { (*start - first).num_days() < usual } else { true };
    let ends = if to == days.len() { (last - *end).num_days() < usual } else { true };
    let holes = usual.max(HOLIDAYS);
    let around = &days[from.saturating_sub(1)..(to + 1).min(days.len())];
    starts && ends && gaps(around).into_iter().all(|gap| gap <= holes)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn days(from: &str, count: u64) -> Vec<NaiveDate> {
        let from: NaiveDate = from.parse().unwrap();
        (0..count).map(|day| from + Days::new(day)).collect()
    }

    #[test]
    fn months_are_complete_to_their_edges() {
        let daily = days("2024-01-03", 60);
        let complete = |year, number| is_complete(Month::new(year, number).unwrap(), &daily, usual_gap(&daily));
        assert!(!complete(2024, 1), "begins on the 3rd");
        assert!(complete(2024, 2));
        assert!(!complete(2024, 3), "ends on the 2nd");
    }

    #[test]
    fn working_days_end_a_month_on_its_last_friday() {
        let mut daily = days("2024-02-29", 30);
        daily.retain(|day| !matches!(day.weekday(), Weekday::Sat | Weekday::Sun));
        assert_eq!(daily.last().unwrap().to_string(), "2024-03-29");
        assert!(is_complete(Month::new(2024, 3).unwrap(), &daily, usual_gap(&daily)));
    }

    #[test]
    fn a_hole_makes_a_month_incomplete() {
        let mut daily = days("2024-01-01", 121);
        daily.retain(|day| !(day.month() == 3 && (5..20).contains(&day.day())));
        assert!(!is_complete(Month::new(2024, 3).unwrap(), &daily, usual_gap(&daily)));
        assert!(is_complete(Month::new(2024, 2).unwrap(), &daily, usual_gap(&daily)));
    }
}
