//! Totals that are named by one month and may be longer: years, halves and quarters named by their last month.
//!
//! `Mar 2021, Mar 2022, Mar 2023` all stand twelve months apart, so that each is a year rather than a month of its own. With
//! four or more such labels, or with a table that has its periods in the header, they are read so, and that is said; with
//! fewer, or where the months may as well be the first, it is asked.

use crate::calendar::{FiscalCalendar, Month, Period, Step};

use crate::read::cell::amount::DecimalMark;
use crate::read::cell::kind::Kind;
use crate::read::cell::period::When;
use crate::read::claim::Claim;
use crate::read::report::error::ProblemKind;
use crate::read::report::notice::Notice;
use crate::read::settle::gathered::Form;
use crate::read::settle::spacing::{Pattern, pattern};
use crate::read::settle::{Settling, at};

/// Fewer labels than this show no regularity by themselves.
const ENOUGH: usize = 4;

impl Settling<'_> {
    /// Gives the totals of a series that are named by a month their length; false if it cannot be told, which is a problem by
    /// then.
    pub(in crate::read) fn name_by_months(&mut self, name: &str, claims: &mut [Claim], calendar: FiscalCalendar) -> bool {
        let is_named =
            |claim: &Claim| claim.kind == Kind::Revenue && !claim.dating.entry && matches!(claim.when, When::Month(_));
        let Some(first) = claims.iter().find(|claim| is_named(claim)) else { return true };
        let dating = first.dating;
        let mut months: Vec<Month> =
            claims.iter().filter(|claim| is_named(claim)).filter_map(|claim| claim.when.month()).collect();
        months.sort_unstable();
        months.dedup();
        if let Some(step) = self.options.each {
            for claim in claims.iter_mut().filter(|claim| is_named(claim)) {
                lengthen(claim, step.months());
            }
            return true;
        }
        if let Some(step) = dating.months.and_then(|months| Step::of_months(months.into())) {
            return self.of_column(name, claims, &months, step, calendar);
        }
        let own = pattern(&months);
        // Where other totals state their length, months do too, unless years beside them show that they are quarters.
        let mut totals = claims.iter().filter(|claim| claim.kind == Kind::Revenue);
        let of_years = || first.dating.header && are_parts_of_years(claims, is_named, own, calendar);
        if !(totals.all(is_named) || of_years()) {
            return true;
        }
        // Most series are of months, and those of the whole file need not be looked at for each.
        if months.len() >= ENOUGH && own == Pattern::Single {
            return true;
        }
        let of_file = self.months.of(first.file);
        let others = pattern(&of_file);
        let of_table = if months.len() >= ENOUGH || own == others { own } else { others };
        let (length, labels) = match (of_table, others) {
            (Pattern::Single, _) => return true,
            // Single months of other series show that few labels are such too.
            (_, Pattern::Single) if months.len() < ENOUGH => return true,
            (Pattern::Every(length), Pattern::Single) => (length, 0),
            (Pattern::Every(length), _) => (length, months.len().max(of_file.len())),
            (Pattern::OddOne { at }, _) if own == of_table => return self.with_odd_one(name, claims, &months, at),
            (Pattern::OddOne { .. }, _) => (12, of_file.len()),
            (Pattern::Unclear, _) => (0, 0),
        };
        let begins = |month: Month| length > 0 && (month.month() + 11 - calendar.year_end()).is_multiple_of(length);
        let clear = labels >= ENOUGH || labels >= 2 && (dating.header || dating.is_end);
        if !clear || begins(months[0]) && !dating.is_end {
            let kind = ProblemKind::NamedByMonth { months: Some(length).filter(|length| *length > 0) };
            let claim = claims.iter().find(|claim| is_named(claim));
            if let Some(claim) = claim {
                self.problem_with_period(claim, kind);
            }
            return false;
        }
        for claim in claims.iter_mut() {
            lengthen(claim, length);
            self.named_by(name, claim, length, false);
        }
        true
    }

    fn named_by(&mut self, name: &str, claim: &Claim, months: u32, starts: bool) {
        let place = at(self.sources, claim.file, claim.period_place);
        self.notices.add(Form::NamedByMonth(months, starts), name, place, |extent| Notice::NamedByMonth {
            extent,
            months,
            starts,
        });
    }

    /// Months in a column that is called by a longer step: each stands for the period that it lies in, or ends.
    fn of_column(&mut self, name: &str, claims: &mut [Claim], months: &[Month], step: Step, calendar: FiscalCalendar) -> bool {
        let length = i32::try_from(step.months()).unwrap_or(1);
        if length == 1 {
            return true;
        }
        let shared = months.windows(2).any(|pair| calendar.period_at(step, pair[0]) == calendar.period_at(step, pair[1]));
        let numbers = shared && months.iter().all(|month| month.month() * step.months() <= 12);
        let phase = |month: Month| (month.index() - i32::try_from(calendar.year_end()).unwrap_or(12)).rem_euclid(length);
        let one_phase = months.iter().all(|month| phase(*month) == phase(months[0]));
        for claim in claims.iter_mut().filter(|claim| claim.kind == Kind::Revenue) {
            let When::Month(month) = claim.when else { continue };
            if numbers {
                claim.when = When::Part { year: month.year(), step, number: month.month(), calendar_year: false };
            } else if shared {
                self.problem_with_period(claim, ProblemKind::PartByNumber);
                return false;
            } else if one_phase && phase(month) != 0 {
                // Neither the first month nor a mixture of months: the last.
                lengthen(claim, step.months());
                if phase(month) != length - 1 {
                    self.named_by(name, claim, step.months(), false);
                }
            } else {
                claim.when = When::Span(calendar.period_at(step, month));
                if one_phase && phase(month) == 0 {
                    self.named_by(name, claim, step.months(), true);
                }
            }
        }
        true
    }

    /// Years of which one stands at another distance than twelve months behind the last, as when the fiscal year changes: its
    /// length is told by its amount.
    fn with_odd_one(&mut self, name: &str, claims: &mut [Claim], months: &[Month], odd: usize) -> bool {
        let (before, month) = (months[odd], months[odd + 1]);
        let gap = month.since(before).unsigned_abs();
        let amount = |month: Month| {
            let mut of_month = claims.iter().filter(|claim| claim.when == When::Month(month));
            let number = of_month.next()?.number?;
            of_month.next().is_none().then(|| number.amount(DecimalMark::Point).map(crate::money::Amount::value))?
        };
        let length = amount(before).zip(amount(month)).and_then(|(before, odd)| length_of_odd(gap, before, odd));
        for claim in claims.iter_mut() {
            if claim.when != When::Month(month) {
                lengthen(claim, 12);
                self.named_by(name, claim, 12, false);
            } else if let Some(length) = length {
                lengthen(claim, length);
                let period = Period::ending(month, length);
                let place = at(self.sources, claim.file, claim.period_place);
                self.notices.add(Form::OddSpan, name, place, |extent| Notice::OddSpan { extent, period, before, gap });
            } else {
                self.problem_with_period(claim, ProblemKind::OddSpan { before, gap });
                return false;
            }
        }
        true
    }
}

/// Whether months that stand a quarter or half-year apart earn as much as quarters or half-years would, by the years beside
/// them.
fn are_parts_of_years(claims: &[Claim], is_named: impl Fn(&Claim) -> bool, pattern: Pattern, calendar: FiscalCalendar) -> bool {
    /// How far the amounts by the month may be apart. Single months would be a third of quarters, or less.
    const NEAR: f64 = 1.7;
    let Pattern::Every(length @ (3 | 6)) = pattern else { return false };
    let value = |claim: &Claim| claim.number?.amount(DecimalMark::Point).map(crate::money::Amount::value);
    let mean = |values: Vec<f64>| values.iter().sum::<f64>() / values.len() as f64;
    let (named, others): (Vec<&Claim>, Vec<&Claim>) =
        claims.iter().filter(|claim| claim.kind == Kind::Revenue).partition(|claim| is_named(claim));
    let is_year = |claim: &&Claim| claim.when.period(calendar).is_some_and(|period| period.months() == 12);
    if others.is_empty() || !others.iter().all(is_year) {
        return false;
    }
    let by_part = mean(named.iter().filter_map(|claim| value(claim)).collect()) / f64::from(length);
    let by_year = mean(others.iter().filter_map(|claim| value(claim)).collect()) / 12.0;
    by_part > 0.0 && by_year > 0.0 && (1.0 / NEAR..NEAR).contains(&(by_part / by_year))
}

/// Reads the month of a claim as the last of so many.
fn lengthen(claim: &mut Claim, months: u32) {
    if let When::Month(month) = claim.when {
        claim.when = When::Span(Period::ending(month, months));
    }
}

/// The length of a total that ends `gap` months after a year, if its amount by the month fits one length only: that since the
/// year's end, a year, or both together, as when a year is made longer.
fn length_of_odd(gap: u32, year: f64, odd: f64) -> Option<u32> {
    /// How far the amount by the month may be from that of the year before, as a logarithm: 1.4 times.
    const NEAR: f64 = 0.35;
    /// How much further any other length must put it.
    const CLEAR: f64 = 0.15;
    if !(year > 0.0 && odd > 0.0) {
        return None;
    }
    let distance = |months: u32| libm::log(odd / f64::from(months) / (year / 12.0)).abs();
    let mut lengths = [gap, 12, gap + 12].map(|months| (distance(months), months));
    lengths.sort_by(|one, other| one.0.total_cmp(&other.0));
    let [(best, length), (next, _), _] = lengths;
    (best <= NEAR && next >= best + CLEAR).then_some(length)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_odd_span_is_told_by_its_amount() {
        // A year of 19,126, then 24,394 in the fifteen months to March; and nine months of 7.5 after a year of 10.
        assert_eq!(length_of_odd(3, 19_126.0, 24_394.0), Some(15));
        assert_eq!(length_of_odd(9, 10.0, 7.5), Some(9));
        assert_eq!(length_of_odd(3, 100.0, 26.0), Some(3));
        // A twelfth more than the year before in twelve months, or a little less by the month in fifteen.
        assert_eq!(length_of_odd(3, 100.0, 112.0), None);
        assert_eq!(length_of_odd(3, 0.0, 24.0), None);
    }
}
