//! Adds up days, weeks and transactions to months, complete months only.
//!
//! A series of days is known by how close its dates stand. A month of a daily record is complete if no stretch of it without
//! an entry is longer than such stretches usually are in the series, at its edges too; of a daily series that ends on the
//! 28th, the last month is left out, and of one of working days that ends on Friday the 29th it is not. A list of orders or
//! invoices is complete between its first and its last: what is not there was not sold. Likewise a record that stops at the
//! same time every year is of a business that is closed then.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, Days, NaiveDate, Weekday};

use crate::calendar::Month;

use crate::read::cell::amount::{DecimalMark, Number};
use crate::read::cell::kind::Kind;
use crate::read::cell::period::When;
use crate::read::claim::{Claim, Dating};
use crate::read::report::notice::Entries;
use crate::read::settle::closed::Closed;

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
    /// Months without an entry, among [`months`](Self::months) as zeros, each with the claim behind it.
    pub(in crate::read) empty: Vec<(Month, Claim)>,
    /// Whether any month has more than one entry.
    pub(in crate::read) is_sum: bool,
}

/// The revenue of a series by months, out of the days, weeks or transactions that its claims are: takes those out of `claims`.
pub(in crate::read) fn add_up(claims: &mut Vec<Claim>, entries: Entries) -> AddedUp {
    let is_entry = |claim: &Claim| claim.kind == Kind::Revenue && matches!(claim.when, When::Day(_) | When::Week(_));
    let (taken, rest): (Vec<Claim>, Vec<Claim>) = std::mem::take(claims).into_iter().partition(is_entry);
    *claims = rest;
    let mut days: BTreeSet<NaiveDate> = BTreeSet::new();
    let mut sums: BTreeMap<Month, (Claim, f64, f64)> = BTreeMap::new();
    let count = taken.len();
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
    let record = Record::of(&days, entries);
    let is_sum = sums.len() != count;
    let mut added = AddedUp { entries, months: Vec::new(), partial: Vec::new(), empty: Vec::new(), is_sum };
    let mut before: Option<Month> = None;
    for (month, (claim, sum, unit)) in sums {
        let dating = Dating { entry: true, ..claim.dating };
        let without = before.map_or(0, |before| month.since(before) - 1);
        for empty in (0..without).rev().map(|back| month.plus(-1 - back)).filter(|month| record.is_zero(*month)) {
            let number = Some(Number::plain(0.0, unit));
            let zero = Claim { when: When::Month(empty), dating, number, extra: None, ..claim.clone() };
            added.empty.push((empty, zero.clone()));
            added.months.push(zero);
        }
        before = Some(month);
        if record.is_complete(month) {
            added.months.push(Claim { when: When::Month(month), dating, number: Some(Number::plain(sum, unit)), ..claim });
        } else {
            added.partial.push((month, claim));
        }
    }
    added
}

/// What the claims are entries of; `None` if they are periods of their own.
pub(in crate::read) fn entries_of(claims: &[Claim]) -> Option<Entries> {
    told_by_dates(claims).or_else(|| is_list(claims).then_some(Entries::Transactions))
}

/// Whether claims that may be entries of a list have several days in a month, or days in the middle of months.
fn is_list(claims: &[Claim]) -> bool {
    /// Days from the edge of a month at which no period ends.
    const MIDDLE: std::ops::RangeInclusive<u32> = 6..=25;
    /// As few say nothing of where days lie.
    const FEWEST: usize = 5;
    let mut months = BTreeSet::new();
    let listed = claims.iter().filter(|claim| claim.kind == Kind::Revenue && claim.dating.listed);
    let days: Vec<NaiveDate> =
        listed.filter_map(|claim| if let When::Day(day) = claim.when { Some(day) } else { None }).collect();
    let different: BTreeSet<u32> = days.iter().map(NaiveDate::day).collect();
    let in_middle = different.iter().filter(|day| MIDDLE.contains(day)).count();
    let are_scattered = days.len() >= FEWEST && different.len() * 2 > days.len() && in_middle * 2 > different.len();
    are_scattered || days.iter().any(|day| !months.insert((day.year(), day.month())))
}

fn told_by_dates(claims: &[Claim]) -> Option<Entries> {
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
    if days.len() < FEWEST_DAYS || spread > 9 * CLOSE {
        return None;
    }
    days.sort_unstable();
    days.dedup();
    if is_irregular(&days) {
        return Some(Entries::Transactions);
    }
    if spread > 3 * CLOSE {
        return None;
    }
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

/// Whether days lie as orders and invoices do: sometimes several in a month, at any time of it.
fn is_irregular(days: &[NaiveDate]) -> bool {
    let mut gaps = gaps(days);
    let several = gaps.iter().zip(days).filter(|(gap, day)| {
        **gap < 28 && day.checked_add_days(Days::new(gap.unsigned_abs())).is_some_and(|next| next.month() == day.month())
    });
    let several = several.count();
    gaps.sort_unstable();
    let in_month: BTreeSet<u32> = days.iter().map(Datelike::day).collect();
    let distinct: BTreeSet<i64> = gaps.iter().copied().collect();
    gaps.get(gaps.len() / 2).is_some_and(|middle| *middle >= CLOSE)
        && several >= 2
        && in_month.len() >= 6
        && distinct.len() >= 5
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

/// The days that have entries, and what their silences say.
struct Record<'a> {
    days: &'a [NaiveDate],
    /// The stretch without an entry that is usual, in days.
    usual: i64,
    /// Whether what is not there was not sold, however long the silence.
    is_list: bool,
    closed: Closed,
}

impl<'a> Record<'a> {
    fn of(days: &'a [NaiveDate], entries: Entries) -> Self {
        let usual = usual_gap(days).max(1);
        let mut gaps = gaps(days);
        gaps.sort_unstable();
        // Of a record of days every second has an entry, at least; orders come as they come.
        let is_list = match entries {
            Entries::Transactions => true,
            Entries::Days => gaps.get(gaps.len() / 2).is_some_and(|middle| *middle > 1),
            Entries::Weeks | Entries::WeeksEnding => false,
        };
        let closed = if is_list { Closed::default() } else { Closed::of(days, usual.max(HOLIDAYS)) };
        Self { days, usual, is_list, closed }
    }

    /// The indices of the first day in a month and of the first behind it.
    fn within(&self, month: Month) -> (usize, usize) {
        let (first, last) = (month.first_day(), month.last_day());
        (self.days.partition_point(|day| *day < first), self.days.partition_point(|day| *day <= last))
    }

    /// Whether a month without an entry is one without revenue.
    fn is_zero(&self, month: Month) -> bool {
        let (from, to) = self.within(month);
        let around = from.checked_sub(1).and_then(|before| Some((*self.days.get(before)?, *self.days.get(to)?)));
        from == to && around.is_some_and(|(before, behind)| self.is_list || self.closed.holds(before, behind))
    }

    fn is_complete(&self, month: Month) -> bool {
        let (from, to) = self.within(month);
        let inside = &self.days[from..to];
        let (Some(start), Some(end)) = (inside.first(), inside.last()) else { return false };
        // Before the first entry of all and behind the last nothing shows that the silence is usual, but other years.
        let starts = from > 0 || self.closed.starts_in_season || (*start - month.first_day()).num_days() < self.usual;
        let ends = to < self.days.len() || self.closed.ends_in_season || (month.last_day() - *end).num_days() < self.usual;
        let holes = self.usual.max(HOLIDAYS);
        let around = &self.days[from.saturating_sub(1)..(to + 1).min(self.days.len())];
        let known = |pair: &[NaiveDate]| (pair[1] - pair[0]).num_days() <= holes || self.closed.holds(pair[0], pair[1]);
        starts && ends && (self.is_list || around.windows(2).all(known))
    }
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
        let record = Record::of(&daily, Entries::Days);
        let complete = |year, number| record.is_complete(Month::new(year, number).unwrap());
        assert!(!complete(2024, 1), "begins on the 3rd");
        assert!(complete(2024, 2));
        assert!(!complete(2024, 3), "ends on the 2nd");
    }

    #[test]
    fn working_days_end_a_month_on_its_last_friday() {
        let mut daily = days("2024-02-29", 30);
        daily.retain(|day| !matches!(day.weekday(), Weekday::Sat | Weekday::Sun));
        assert_eq!(daily.last().unwrap().to_string(), "2024-03-29");
        assert!(Record::of(&daily, Entries::Days).is_complete(Month::new(2024, 3).unwrap()));
    }

    #[test]
    fn a_list_of_orders_has_no_holes() {
        let dates = ["2024-01-03", "2024-01-20", "2024-01-28", "2024-02-02", "2024-05-30", "2024-06-20", "2024-06-29"];
        let orders: Vec<NaiveDate> = dates.iter().map(|day| day.parse().unwrap()).collect();
        let record = Record::of(&orders, Entries::Transactions);
        let month = |number| Month::new(2024, number).unwrap();
        assert!((1..=2).chain(5..=6).all(|number| record.is_complete(month(number))));
        assert!(record.is_zero(month(3)) && record.is_zero(month(4)) && !record.is_zero(month(5)) && !record.is_zero(month(7)));
    }

    #[test]
    fn months_between_seasons_are_zero() {
        let mut summers = Vec::new();
        for year in 2020..2023 {
            summers.extend(days(&format!("{year}-06-14"), 60));
        }
        let record = Record::of(&summers, Entries::Days);
        let month = |year, number| Month::new(year, number).unwrap();
        assert!((2020..2023).all(|year| (6..=8).all(|number| record.is_complete(month(year, number)))));
        assert!(record.is_zero(month(2020, 9)) && record.is_zero(month(2021, 5)));
    }

    #[test]
    fn a_hole_makes_a_month_incomplete() {
        let mut daily = days("2024-01-01", 121);
        daily.retain(|day| !(day.month() == 3 && (5..20).contains(&day.day())));
        let record = Record::of(&daily, Entries::Days);
        assert!(!record.is_complete(Month::new(2024, 3).unwrap()));
        assert!(record.is_complete(Month::new(2024, 2).unwrap()));
    }
}
