//! The members of a family, fitted, with their projections moved so that they add up.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use crate::calendar::{Month, Period};
use crate::project::hierarchy::Family;
use crate::project::hierarchy::balance::{Own, balance};
use crate::project::methods::auto::Choice;
use crate::project::methods::words;
use crate::project::{self, Distribution, Fitted};
use crate::series::{Measure, Series};

/// From the 10th to the 90th percentile of a normal distribution, in standard deviations.
const CENTRAL_80: f64 = 2.563_103_131_089_201;

/// What each member's amounts are multiplied by, for one measure of one period.
type Factors = Arc<[f64]>;

/// A family whose members are all fitted.
#[derive(Debug)]
pub struct Coherent<'a, F> {
    family: &'a Family,
    fits: Vec<F>,
    /// The first month that every member can answer for.
    from: Month,
    /// The earliest origin: up to it there are figures, which add up already or say that they do not.
    origin: Month,
    /// What was worked out before. Each entry depends on its key alone, so it does not matter who asks first.
    factors: Mutex<BTreeMap<(Measure, Period), Factors>>,
}

impl<'a, F: Fitted> Coherent<'a, F> {
    /// The family with a fit of each member, for the window of each: see [`Family::windows`].
    ///
    /// # Panics
    ///
    /// If there are more or fewer fits or windows than members.
    pub fn new(family: &'a Family, windows: &[Period], fits: Vec<F>) -> Self {
        assert_eq!((windows.len(), fits.len()), (family.members.len(), family.members.len()), "a window and a fit a member");
        let starts = fits.iter().zip(windows).map(|(fit, window)| fit.start().min(window.first()));
        let origins = family.members.iter().filter_map(|member| member.series.origin());
        Self {
            family,
            from: starts.max().unwrap_or(Month::MIN),
            origin: origins.min().unwrap_or(Month::MIN),
            fits,
            factors: Mutex::default(),
        }
    }

    /// The projection of the member at this position of [`Family::members`].
    ///
    /// # Panics
    ///
    /// If there are fewer.
    pub fn member(&self, at: usize) -> CoherentFit<'_, 'a, F> {
        assert!(at < self.fits.len(), "a member at {at}");
        CoherentFit { coherent: self, at }
    }

    /// By how much each member's amounts are multiplied, so that the medians add up.
    fn factors(&self, measure: Measure, period: Period) -> Factors {
        // A run-rate is that of the last month.
        let period = if measure == Measure::RunRate { period.last().into() } else { period };
        let key = (measure, period);
        let known = self.factors.lock().unwrap_or_else(PoisonError::into_inner).get(&key).cloned();
        if let Some(known) = known {
            return known;
        }
        let own: Vec<Own> = self
            .fits
            .iter()
            .map(|fit| {
                let distribution = fit.distribution(measure, period);
                let deviation = (distribution.quantile(0.9) - distribution.quantile(0.1)) / CENTRAL_80;
                Own { centre: distribution.median(), variance: deviation * deviation }
            })
            .collect();
        let factor = |(amount, own): (f64, &Own)| if own.centre > 0.0 { amount / own.centre } else { 1.0 };
        let factors: Factors = balance(&self.family.members, &own).into_iter().zip(&own).map(factor).collect();
        self.factors.lock().unwrap_or_else(PoisonError::into_inner).insert(key, factors.clone());
        factors
    }

    fn factor(&self, at: usize, measure: Measure, period: Period) -> f64 {
        let first = if measure == Measure::RunRate { period.last() } else { period.first() };
        // Before that one member or the other has nothing to say, or all is known.
        if first < self.from || period.last() <= self.origin { 1.0 } else { self.factors(measure, period)[at] }
    }
}

/// One member's projection.
#[derive(Debug)]
pub struct CoherentFit<'c, 'a, F> {
    coherent: &'c Coherent<'a, F>,
    at: usize,
}

impl<F: Fitted> CoherentFit<'_, '_, F> {
    fn own(&self) -> &F {
        &self.coherent.fits[self.at]
    }

    fn factor(&self, measure: Measure, period: Period) -> f64 {
        self.coherent.factor(self.at, measure, period)
    }
}

impl<F: Fitted> Fitted for CoherentFit<'_, '_, F> {
    fn method(&self) -> &'static str {
        self.own().method()
    }

    fn distribution(&self, measure: Measure, period: Period) -> Distribution {
        self.own().distribution(measure, period).scaled(self.factor(measure, period))
    }

    fn ratio(&self, measure: Measure, period: Period, base: Period) -> Option<Distribution> {
        let factor = self.factor(measure, period) / self.factor(measure, base);
        Some(self.own().ratio(measure, period, base)?.scaled(factor))
    }

    fn start(&self) -> Month {
        self.own().start()
    }

    fn reason(&self, series: &Series) -> String {
        let members = &self.coherent.family.members;
        let member = &members[self.at];
        let whole = member.whole.map(|whole| members[whole].series.name());
        words::reconciled(&self.own().reason(series), whole, member.parts.len())
    }

    fn details(&self) -> project::Details {
        self.own().details()
    }

    fn choice(&self) -> Option<&Choice> {
        self.own().choice()
    }
}
