//! The standard methods on a [`Series`]: which there are, what they need, and how their forecasts answer for periods.
//!
//! A standard method sees a regular series as plain numbers, one a period. Whole seasons of it are months, quarters or halves of
//! a year. What is asked for other spans is made from the periods of the series' own grid: a year of months is their sum, with
//! the errors of its months correlated as the model's weights say; a span that cuts through a period takes its share by months.
//! A run-rate is twelve months at the rate of the period that the month lies in: 12 × a month, 4 × a quarter.

use crate::calendar::{Month, Period, Step};
use crate::money::short;
use crate::project::curve::{Curve, Saturating};
use crate::project::outlook::{Calibration, Outlook, Raw, Total};
use crate::project::student_t::StudentT;
use crate::project::{self, Distribution, Fitted, Method, Offence, ProjectError, arima, combine, curve, ets, naive, theta};
use crate::series::{Measure, Series};

/// A method for regular series.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standard {
    /// Exponential smoothing: [`ets`].
    Ets,
    /// The dynamic theta models: [`theta`].
    Theta,
    /// The theta method as it won the M3 competition: [`theta`].
    StandardTheta,
    /// ARIMA models: [`arima`].
    Arima,
    /// The mean of `ets` and `theta`: [`combine`].
    Combine,
    /// The last value goes on.
    Naive,
    /// The same period of last year goes on.
    SeasonalNaive,
    /// The last value goes on, with the mean change so far.
    Drift,
    /// A straight line: [`curve`].
    Linear,
    /// Constant growth: [`curve`].
    Exponential,
    /// Growth to a ceiling, as fast before the midpoint as it slows after it: [`curve`].
    Logistic,
    /// Growth to a ceiling that slows from early on: [`curve`].
    Gompertz,
    /// Sales of something new and durable: [`curve`].
    Bass,
}

impl Standard {
    /// Every standard method.
    pub const ALL: [Self; 13] = [
        Self::Ets,
        Self::Theta,
        Self::StandardTheta,
        Self::Arima,
        Self::Combine,
        Self::Naive,
        Self::SeasonalNaive,
        Self::Drift,
        Self::Linear,
        Self::Exponential,
        Self::Logistic,
        Self::Gompertz,
        Self::Bass,
    ];

    /// The method of this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|method| method.name() == name)
    }

    /// The forecast of `y`, one observation at least, with a season of `period` periods, as the model has it.
    pub fn raw(self, y: &[f64], period: usize, horizon: usize, work: &mut ets::Workspace) -> Raw {
        curve::Names::plain(period, |names| self.raw_named(y, horizon, names, work))
    }

    /// The same, with names for the amounts and periods among what was fitted.
    fn raw_named(self, y: &[f64], horizon: usize, names: &curve::Names<'_>, work: &mut ets::Workspace) -> Raw {
        let period = names.season;
        let curved = |curve| curve::outlook(curve, y, period, horizon, names);
        match self {
            Self::Ets => ets::outlook(y, period, horizon, work),
            Self::Theta => theta::outlook(y, period, horizon, theta::Form::DYNAMIC),
            Self::StandardTheta => theta::outlook(y, period, horizon, &[theta::Form::Standard]),
            Self::Arima => arima::outlook(y, period, horizon),
            Self::Combine => combine::outlook(y, period, horizon, work),
            Self::Naive => naive::naive(y, horizon),
            Self::SeasonalNaive => naive::seasonal(y, period, horizon),
            Self::Drift => naive::drift(y, horizon),
            Self::Linear => curved(Curve::Linear),
            Self::Exponential => curved(Curve::Exponential),
            Self::Logistic => curved(Curve::Saturating(Saturating::Logistic)),
            Self::Gompertz => curved(Curve::Saturating(Saturating::Gompertz)),
            Self::Bass => curved(Curve::Saturating(Saturating::Bass)),
        }
    }

    /// The calibrated forecast of `y`, one observation at least, with a season of `period` periods (1 without).
    pub fn outlook(self, y: &[f64], period: usize, horizon: usize, work: &mut ets::Workspace) -> Outlook {
        self.raw(y, period, horizon, work).calibrated(y, period, &self.calibration())
    }

    /// From `scripts/calibrate.py`; `docs/accuracy.md` says what it saw.
    fn calibration(self) -> Calibration {
        let constants = |base, short, season, steps, naive, df| Calibration { base, season, short, steps, naive, df };
        match self {
            Self::Ets => constants(-0.40, 0.80, 0.08, -0.02, 0.14, 4.0),
            Self::Theta => constants(-0.24, 0.60, 0.04, 0.02, 0.16, 4.0),
            Self::StandardTheta => constants(-0.12, 0.60, -0.04, 0.01, 0.13, 4.0),
            Self::Arima => constants(-0.56, 1.20, 0.24, 0.00, 0.09, 4.0),
            Self::Combine => constants(-0.40, 0.80, 0.08, 0.01, 0.11, 4.0),
            Self::Naive => constants(0.12, 0.60, -0.16, -0.10, 0.50, 4.0),
            Self::SeasonalNaive => constants(0.00, 0.60, -0.24, 0.02, -0.12, 5.0),
            Self::Drift => constants(-0.52, 1.40, 0.20, -0.07, 0.55, 3.0),
            Self::Linear => constants(-0.76, 1.40, 0.12, 0.12, 0.53, 3.0),
            Self::Exponential => constants(-0.84, 1.40, 0.16, 0.17, 0.37, 4.0),
            Self::Logistic => constants(-0.56, 1.20, 0.04, 0.09, 0.41, 4.0),
            Self::Gompertz => constants(-0.56, 1.20, 0.04, 0.09, 0.40, 4.0),
            Self::Bass => constants(0.00, 1.00, 0.16, -0.15, 0.55, 5.0),
        }
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

/// What a standard method found.
#[derive(Clone, Debug, PartialEq)]
pub struct Details {
    /// Number of periods from the first observed to the last.
    pub count: usize,
    /// Periods among them without an observation, whose values were taken from the line between their neighbours.
    pub filled: usize,
    /// Periods in a season as the method was told: 12, 4, 2, or 1 for yearly totals.
    pub season: usize,
    /// What was fitted: `ETS(M,Ad,N) 61%, ETS(A,N,N) 39%`, or the theta; empty for methods without parameters.
    pub fitted: String,
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
        match self {
            Self::Ets => "ets",
            Self::Theta => "theta",
            Self::StandardTheta => "standard-theta",
            Self::Arima => "arima",
            Self::Combine => "combine",
            Self::Naive => "naive",
            Self::SeasonalNaive => "seasonal-naive",
            Self::Drift => "drift",
            Self::Linear => "linear",
            Self::Exponential => "exponential",
            Self::Logistic => "logistic",
            Self::Gompertz => "gompertz",
            Self::Bass => "bass",
        }
    }

    fn fit(&self, series: &Series, window: Period) -> Result<StandardFit, ProjectError> {
        let regular = Regular::of(series, self.name())?;
        let count = regular.values.len();
        let reach = places(regular.first, window.last()) + 1;
        let horizon = reach.saturating_sub(count).max(1);
        let limit = project::growth::MOST_MONTHS;
        let months = u32::try_from(reach).unwrap_or(u32::MAX).saturating_mul(regular.step.months());
        if months > limit {
            let (first, last) = (regular.first.first(), window.last());
            return Err(ProjectError::TooLong { series: series.name().to_owned(), first, last, months, limit });
        }
        let season = regular.season();
        let mut work = ets::Workspace::default();
        let currency = series.currency();
        let amount = |value: f64| short(value, currency);
        let place = |at: i32| series.calendar().name(regular.first.shift(at));
        let names = curve::Names { season, amount: &amount, place: &place };
        let raw = self.raw_named(&regular.values, horizon, &names, &mut work);
        let details = Details { count, filled: regular.filled, season, fitted: raw.fitted.clone() };
        let outlook = raw.calibrated(&regular.values, season, &self.calibration());
        Ok(StandardFit { method: *self, shape: StudentT::new(outlook.df), regular, outlook, details })
    }
}

impl StandardFit {
    /// What it rests on, in words: `from 22 regular totals (ETS(A,Ad,A) 61%, …)`.
    pub(crate) fn found(&self) -> String {
        let Details { count, filled, fitted, .. } = &self.details;
        let gaps = if *filled == 0 { String::new() } else { format!(", {filled} of them filled in between their neighbours") };
        let fitted = if fitted.is_empty() { String::new() } else { format!(" ({fitted})") };
        format!("from {count} regular totals{gaps}{fitted}")
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

    fn reason(&self, _: &Series) -> String {
        format!("asked for by name; {}", self.found())
    }

    fn details(&self) -> project::Details {
        project::Details::Standard(self.details.clone())
    }
}
