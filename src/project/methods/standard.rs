//! The standard methods on a [`Series`]: which there are, what they need, and how their forecasts answer for periods.
//!
//! A standard method sees a regular series as plain numbers, one a period. Whole seasons of it are months, quarters or halves of
//! a year. What is asked for other spans is made from the periods of the series' own grid: a year of months is their sum, with
//! the errors of its months correlated as the model's weights say; a span that cuts through a period takes its share by months.
//! A run-rate is twelve months at the rate of the period that the month lies in: 12 × a month, 4 × a quarter.

use super::breaks::{self, Break};
use super::{arima, combine, curve, ets, growth, naive, theta, unit, words};
use crate::calendar::{Month, Period, Step};
use crate::project::methods::definition::Definition;
use crate::project::methods::explanation::Explanation;
pub use crate::project::methods::found::Details;
use crate::project::methods::outlook::{Outlook, Raw, Total};
use crate::project::numeric::student_t::StudentT;
use crate::project::{self, Distribution, Fitted, Method, Offence, ProjectError};
use crate::series::{Measure, Series};

/// The list of methods: a name in Rust, and where the method is defined.
macro_rules! methods {
    ($($(#[$doc:meta])* $method:ident => $definition:path,)+) => {
        /// A method for regular series.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[non_exhaustive]
        pub enum Standard {
            $($(#[$doc])* $method,)+
        }

        impl Standard {
            /// Every standard method.
            pub const ALL: [Self; [$(Self::$method),+].len()] = [$(Self::$method),+];

            fn definition(self) -> &'static Definition {
                match self {
                    $(Self::$method => &$definition,)+
                }
            }
        }
    };
}

methods! {
    /// Exponential smoothing: [`ets`].
    Ets => ets::ETS,
    /// The dynamic theta models: [`theta`].
    Theta => theta::THETA,
    /// The theta method as it won the M3 competition: [`theta`].
    StandardTheta => theta::STANDARD_THETA,
    /// ARIMA models: [`arima`].
    Arima => arima::ARIMA,
    /// The median of `ets`, `theta`, `arima` and a benchmark: [`combine`].
    Combine => combine::COMBINE,
    /// The last value goes on.
    Naive => naive::NAIVE,
    /// The same period of last year goes on.
    SeasonalNaive => naive::SEASONAL_NAIVE,
    /// The last value goes on, with the mean change so far.
    Drift => naive::DRIFT,
    /// A straight line: [`curve`].
    Linear => curve::LINEAR,
    /// Constant growth: [`curve`].
    Exponential => curve::EXPONENTIAL,
    /// Growth to a ceiling, as fast before the midpoint as it slows after it: [`curve`].
    Logistic => curve::LOGISTIC,
    /// Growth to a ceiling that slows from early on: [`curve`].
    Gompertz => curve::GOMPERTZ,
    /// Sales of something new and durable: [`curve`].
    Bass => curve::BASS,
}

impl Standard {
    /// What it is, in a line without a full stop.
    pub fn summary(self) -> &'static str {
        self.definition().summary
    }

    /// What there is to say of it.
    pub fn explanation(self) -> Explanation {
        self.definition().explanation
    }

    /// The values as the method takes them, and the [`breaks`] that it does not take as they are.
    pub fn seen(self, y: &[f64], period: usize) -> (Vec<f64>, Vec<Break>) {
        if self.definition().mends { breaks::mended(y, period) } else { (y.to_vec(), Vec::new()) }
    }

    /// The forecast of `y`, one observation at least, with a season of `period` periods, as the model has it. `y` is what the method
    /// has [seen](Self::seen).
    pub fn raw(self, y: &[f64], period: usize, horizon: usize, work: &mut ets::Workspace) -> Raw {
        let (unit, in_units) = unit::of(y);
        (self.definition().forecast)(&in_units, period, horizon, work).scaled(unit)
    }

    /// The calibrated forecast of `y`, one observation at least, with a season of `period` periods (1 without).
    pub fn outlook(self, y: &[f64], period: usize, horizon: usize, work: &mut ets::Workspace) -> Outlook {
        let seen = self.seen(y, period).0;
        self.raw(&seen, period, horizon, work).calibrated(&seen, period, &self.definition().calibration)
    }
}

/// The values of a regular series, one a period.
#[derive(Clone, Debug, PartialEq)]
pub struct Regular {
    /// The first observed period.
    pub first: Period,
    /// Length of the periods.
    pub step: Step,
    /// The values in order of time; those of periods without an observation lie on the line between their neighbours.
    pub values: Vec<f64>,
    /// How many values were not observed.
    pub filled: usize,
}

impl Regular {
    /// The regular totals of `series`, for `method`.
    ///
    /// # Errors
    ///
    /// If nothing is observed, if the observations are not totals of one length, or if one is negative.
    pub fn of(series: &Series, method: &'static str) -> Result<Self, ProjectError> {
        let Some(first) = series.observations().map(|figure| figure.period).min() else {
            return Err(ProjectError::nothing_observed(series));
        };
        let Some(step) = series.step() else {
            return Err(ProjectError::NotRegular { series: series.name().to_owned(), method });
        };
        if let Some(offence) = Offence::find(series, method, |amount| amount < 0.0) {
            return Err(ProjectError::Negative(offence));
        }
        let mut values: Vec<f64> = Vec::new();
        let mut filled = 0;
        for figure in series.observations() {
            let Some(amount) = figure.fact.amount() else { continue };
            let at = places(first, figure.period.last());
            if let Some(last) = values.last().copied() {
                let gap = at.saturating_sub(values.len());
                filled += gap;
                values.extend((1..=gap).map(|k| last + (amount.value() - last) * k as f64 / (gap + 1) as f64));
            }
            values.push(amount.value());
        }
        Ok(Self { first, step, values, filled })
    }

    /// Periods in a year.
    pub fn season(&self) -> usize {
        12 / self.step.months() as usize
    }
}

/// Whole periods of the length of `first` from it to the one that `month` lies in; 0 for earlier months.
fn places(first: Period, month: Month) -> usize {
    let months = i32::try_from(first.months()).unwrap_or(1);
    usize::try_from(month.since(first.first()).div_euclid(months)).unwrap_or(0)
}

/// A standard method fitted to one series.
#[derive(Clone, Debug)]
pub struct StandardFit {
    method: Standard,
    regular: Regular,
    outlook: Outlook,
    shape: StudentT,
    details: Details,
}

impl Method for Standard {
    type Fitted = StandardFit;

    fn name(&self) -> &'static str {
        self.definition().name
    }

    fn fit(&self, series: &Series, window: Period) -> Result<StandardFit, ProjectError> {
        ProjectError::check_amounts(series)?;
        let regular = Regular::of(series, self.name())?;
        let count = regular.values.len();
        let reach = places(regular.first, window.last()) + 1;
        let horizon = reach.saturating_sub(count).max(1);
        let limit = growth::MOST_MONTHS;
        let months = u32::try_from(reach).unwrap_or(u32::MAX).saturating_mul(regular.step.months());
        if months > limit {
            let (first, last) = (regular.first.first(), window.last());
            return Err(ProjectError::TooLong { series: series.name().to_owned(), first, last, months, limit });
        }
        let season = regular.season();
        let mut work = ets::Workspace::default();
        let (seen, breaks) = self.seen(&regular.values, season);
        let raw = self.raw(&seen, season, horizon, &mut work);
        let found = raw.found.clone();
        let details = Details { first: regular.first, count, filled: regular.filled, season, breaks, found };
        let outlook = raw.calibrated(&seen, season, &self.definition().calibration);
        Ok(StandardFit { method: *self, shape: StudentT::shared(outlook.df), regular, outlook, details })
    }
}

impl StandardFit {
    pub(super) fn found(&self) -> &Details {
        &self.details
    }

    /// The distribution of the sum of known and coming periods, each by its share.
    fn total(&self, shares: &[(usize, f64)], factor: f64) -> Distribution {
        let (known, coming) = self.split(shares);
        let total = self.outlook.sum(known, &coming);
        let total =
            Total { median: total.median * factor, scale: total.scale * if self.outlook.relative { 1.0 } else { factor } };
        self.outlook.spread_of(total, &self.shape)
    }

    /// What is known of shares of periods, and the shares of coming ones by their place ahead.
    fn split(&self, shares: &[(usize, f64)]) -> (f64, Vec<(usize, f64)>) {
        let count = self.regular.values.len();
        let (mut known, mut coming) = (0.0, Vec::new());
        for &(place, share) in shares {
            match self.regular.values.get(place) {
                Some(value) => known += share * value,
                None => coming.push(((place - count).min(self.outlook.median.len() - 1), share)),
            }
        }
        (known, coming)
    }

    /// The periods of the series' own grid that make up what is measured, each with its share.
    fn shares(&self, measure: Measure, period: Period) -> Vec<(usize, f64)> {
        let first = self.regular.first;
        if measure == Measure::RunRate {
            return vec![(places(first, period.last()), 1.0)];
        }
        // Months before the first observation are taken like those of its period.
        let mut shares: Vec<(usize, f64)> = Vec::new();
        for month in 0..period.months() {
            let month = period.first().plus(i32::try_from(month).unwrap_or(0));
            let place = places(first, month);
            let share = 1.0 / f64::from(self.regular.step.months());
            match shares.last_mut() {
                Some((last, sum)) if *last == place => *sum += share,
                _ => shares.push((place, share)),
            }
        }
        shares
    }
}

impl Fitted for StandardFit {
    fn method(&self) -> &'static str {
        self.method.name()
    }

    fn distribution(&self, measure: Measure, period: Period) -> Distribution {
        let factor = if measure == Measure::RunRate { 12.0 / f64::from(self.regular.step.months()) } else { 1.0 };
        self.total(&self.shares(measure, period), factor)
    }

    fn ratio(&self, measure: Measure, period: Period, base: Period) -> Option<Distribution> {
        let split = |period| self.split(&self.shares(measure, period));
        let ((known, coming), (base, base_coming)) = (split(period), split(base));
        let ratio = self.outlook.ratio((known, &coming), (base, &base_coming))?;
        Some(self.outlook.spread_of(ratio, &self.shape))
    }

    fn start(&self) -> Month {
        self.regular.first.first()
    }

    fn reason(&self, series: &Series) -> String {
        words::asked_for(&words::rests_on(&self.details, series))
    }

    fn details(&self) -> project::Details {
        project::Details::Standard(self.details.clone())
    }
}
