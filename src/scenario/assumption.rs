//! What a scenario can assume of one series.

use crate::calendar::{Month, Period};
use crate::money::Currency;
use crate::scenario::{Case, Range};
use crate::series::Measure;

/// Growth in place of the model's own.
///
/// Before `first` the model goes its way; there its growth and the wandering of its level stop, and the uncertainty of the level
/// reached by then stays, as do season and irregular movements. Year k of the assumption grows by the k-th of `years`; after the
/// last of them growth fades: (1 - `fading`)^j of the last rate j years later.
#[derive(Clone, Debug, PartialEq)]
pub struct GrowthPath {
    /// The first month that grows so.
    pub first: Month,
    /// Growth a year, as a fraction, year by year; one at least.
    pub years: Vec<Range>,
    /// The share of its growth that is lost each year after the last of `years`, 0 to 1.
    pub fading: f64,
}

/// Something that adds revenue, or takes some away, from a month on.
#[derive(Clone, Debug, PartialEq)]
pub struct Event {
    /// What it is. Events of one name are one event, whichever series they touch: they happen together or not at all.
    pub name: String,
    /// What it is worth once it has its full size.
    pub size: Size,
    /// Its first month and its last.
    pub months: Period,
    /// Months over which it grows in a straight line from nothing to its full size.
    pub ramp: u32,
    /// Probability that it happens, above 0 and at most 1.
    pub probability: f64,
}

/// What an event is worth.
#[derive(Clone, Debug, PartialEq)]
pub enum Size {
    /// Revenue a year.
    Amount(Money),
    /// A share of the run-rate, as a fraction: -0.1 takes a tenth of it.
    Share(Range),
}

/// The most that can be supplied.
#[derive(Clone, Debug, PartialEq)]
pub struct Cap {
    /// The highest run-rate.
    pub run_rate: Money,
    /// The months in which it holds.
    pub months: Period,
}

/// A target taken as information on where revenue will be: each draw weighs by the density of its amount under `amount`.
#[derive(Clone, Debug, PartialEq)]
pub struct Aim {
    /// What is aimed at, as a range.
    pub amount: Money,
    /// Whether it is the revenue of the period or the run-rate at its end.
    pub reading: Measure,
    /// The period.
    pub period: Period,
}

/// An amount, perhaps in another currency than that of the series.
#[derive(Clone, Debug, PartialEq)]
pub struct Money {
    /// The amount, in its own currency's major unit.
    pub amount: Range,
    /// Its currency.
    pub currency: Currency,
    /// What one unit of that is worth in the currency of the series; `None` if it is the same currency.
    pub rate: Option<Rate>,
}

/// An assumed rate of exchange.
#[derive(Clone, Debug, PartialEq)]
pub struct Rate {
    /// The currency of which one unit is priced.
    pub of: Currency,
    /// The currency that it is priced in.
    pub in_: Currency,
    /// The price.
    pub price: Range,
}

/// One assumption of a scenario.
#[derive(Clone, Debug, PartialEq)]
pub enum Assumption {
    /// Growth in place of the model's own.
    Growth(GrowthPath),
    /// A dated event.
    Event(Event),
    /// A supply cap.
    Cap(Cap),
    /// A target as information.
    Aim(Aim),
}

impl Assumption {
    /// The period of a target that is taken as information.
    pub(crate) fn aims_at(&self) -> Option<Period> {
        if let Self::Aim(aim) = self { Some(aim.period) } else { None }
    }

    /// The months it touches; `None` for all, past ones included.
    pub(super) fn months(&self) -> Option<Period> {
        match self {
            Self::Growth(growth) => Some(Period::new(growth.first, Month::MAX).unwrap_or_else(|| growth.first.into())),
            Self::Event(event) => Some(event.months),
            Self::Cap(cap) => Some(cap.months),
            Self::Aim(_) => None,
        }
    }

    /// The assumption with each of its ranges replaced by the value of a case; rates of exchange take their medians, and
    /// probabilities and aims stay.
    pub(super) fn in_case(&self, case: Case) -> Self {
        let money = |money: &Money| Money {
            amount: money.amount.in_case(case),
            rate: money.rate.as_ref().map(|rate| Rate { price: rate.price.in_case(Case::Base), ..rate.clone() }),
            ..money.clone()
        };
        match self {
            Self::Growth(growth) => {
                let years = growth.years.iter().map(|year| year.in_case(case)).collect();
                Self::Growth(GrowthPath { years, ..growth.clone() })
            }
            Self::Event(event) => {
                let size = match &event.size {
                    Size::Amount(amount) => Size::Amount(money(amount)),
                    Size::Share(share) => Size::Share(share.in_case(case)),
                };
                Self::Event(Event { size, ..event.clone() })
            }
            Self::Cap(cap) => Self::Cap(Cap { run_rate: money(&cap.run_rate), ..cap.clone() }),
            Self::Aim(aim) => Self::Aim(aim.clone()),
        }
    }
}

impl GrowthPath {
    /// Growth in year `year`, from 0, for a draw at `z`.
    pub(super) fn in_year(&self, year: usize, z: f64) -> f64 {
        let last = self.years.len() - 1;
        let rate = self.years[year.min(last)].at(z);
        let faded = i32::try_from(year.saturating_sub(last)).unwrap_or(i32::MAX);
        if faded == 0 { rate } else { rate * libm::pow(1.0 - self.fading, f64::from(faded)) }
    }
}

impl Event {
    /// The share of its full size that the event has in a month, on the mean.
    pub(super) fn share(&self, month: Month) -> f64 {
        if !self.months.contains(month) {
            return 0.0;
        }
        let passed = f64::from(month.since(self.months.first())) + 0.5;
        if self.ramp == 0 { 1.0 } else { (passed / f64::from(self.ramp)).min(1.0) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn month(year: i32, month: u32) -> Month {
        Month::new(year, month).unwrap()
    }

    #[test]
    fn growth_fades_after_its_last_year() {
        let rates = [0.9, 0.6].map(|rate| Range::exact_growth(rate).unwrap());
        let path = GrowthPath { first: month(2025, 7), years: rates.to_vec(), fading: 1.0 / 3.0 };
        assert_eq!((path.in_year(0, 0.0), path.in_year(1, 0.0)), (0.9, 0.6));
        approx::assert_relative_eq!(path.in_year(2, 0.0), 0.4, max_relative = 1e-15);
        approx::assert_relative_eq!(path.in_year(3, 0.0), 0.8 / 3.0, max_relative = 1e-15);
    }

    #[test]
    fn ramp_is_half_way_in_the_mean() {
        let size = Size::Share(Range::exact_growth(0.1).unwrap());
        let months = Period::new(month(2026, 1), month(2027, 6)).unwrap();
        let event = Event { name: "A".to_owned(), size, months, ramp: 12, probability: 1.0 };
        let year: f64 = (1..=12).map(|number| event.share(month(2026, number))).sum::<f64>() / 12.0;
        approx::assert_relative_eq!(year, 0.5, max_relative = 1e-15);
        assert_eq!(
            [month(2025, 12), month(2027, 1), month(2027, 6), month(2027, 7)].map(|m| event.share(m)),
            [0.0, 1.0, 1.0, 0.0]
        );
    }
}
