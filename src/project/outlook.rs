//! What a method for regular series says of the periods ahead, before and after calibration.
//!
//! Knows plain numbers: the values of a regular series in order of time, and how many make a season. A method gives a [`Raw`]:
//! medians, the standard deviations that its model implies, and what an error of one period does to later ones. Models trust
//! themselves too much: they take their parameters and their own form for known. [`Raw::calibrated`] widens by constants fitted to
//! the M3 competition's series (`scripts/calibrate.py`, which also measures coverage on series that the constants never saw).

use crate::project::Distribution;
use crate::project::distribution::{Component, Scale};
use crate::project::student_t::StudentT;

/// A method's forecast as its model has it; one place a period ahead.
#[derive(Clone, Debug, PartialEq)]
pub struct Raw {
    /// Median of each period.
    pub median: Vec<f64>,
    /// Standard deviation of each period, in the units of the data.
    pub deviation: Vec<f64>,
    /// What an error of one period adds to the periods after it: 1 at place 0.
    pub weights: Vec<f64>,
    /// What was fitted, in words; empty for methods without parameters.
    pub fitted: String,
}

/// Constants of a method's calibration: the scale of the Student t on the log scale is
/// s · exp(base + season + short · 10/n + steps · ln h + naive · ln(s₀/s)), where s is the model's own spread relative to the median, s₀
/// that of the naive forecast, n the number of observations and h the step.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Calibration {
    /// Widening of every interval.
    pub base: f64,
    /// Widening where a year has more than one period.
    pub season: f64,
    /// Widening for ten observations; a tenth of it for a hundred.
    pub short: f64,
    /// Widening with the steps ahead.
    pub steps: f64,
    /// How far the naive forecast's spread pulls.
    pub naive: f64,
    /// Degrees of freedom of the tails.
    pub df: f64,
}

/// The spread relative to the median that no forecast goes below, times the root of the steps ahead: figures of revenue are
/// seldom rounded more finely, and a series without any noise would else have intervals of no width.
const LEAST_SPREAD: f64 = 1e-3;
/// With fewer observations than this nothing is known of the spread by itself.
const FEW: usize = 6;
/// The least spread of a forecast from so few, times the root of the steps ahead: an assumption, not a measurement.
const FEW_SPREAD: f64 = 0.1;
/// The spread on the log scale that no forecast exceeds: two such spreads are a factor of 150 either way.
const MOST_SPREAD: f64 = 2.5;

/// The relative spread of what is known.
const ROUNDING: f64 = 1e-9;

/// A calibrated forecast.
#[derive(Clone, Debug, PartialEq)]
pub struct Outlook {
    /// Median of each period.
    pub median: Vec<f64>,
    /// Scale of each period: of the log amount for positive series, else of the amount.
    pub scale: Vec<f64>,
    /// What an error of one period adds to the periods after it.
    pub weights: Vec<f64>,
    /// Degrees of freedom.
    pub df: f64,
    /// Whether the scale is that of the log amount.
    pub log: bool,
}

/// The two spreads that the calibration weighs for each step, on the log scale.
pub fn spreads(raw: &Raw, y: &[f64], period: usize) -> Vec<(f64, f64)> {
    let step = naive_step(y, period);
    let floor = floor(y);
    raw.median
        .iter()
        .zip(&raw.deviation)
        .enumerate()
        .map(|(at, (median, deviation))| {
            let root = ((at + 1) as f64).sqrt();
            let size = median.max(floor);
            let least = if y.len() < FEW { FEW_SPREAD } else { LEAST_SPREAD } * root;
            (log_spread(deviation / size).max(least), log_spread(step * root / size).max(least))
        })
        .collect()
}

/// Root mean square of the changes from one period to the next, of the seasonally adjusted data where there is a season.
fn naive_step(y: &[f64], period: usize) -> f64 {
    let mut indices = [0.0; 64];
    let indices = &mut indices[..period.clamp(1, 64)];
    if super::decompose::is_seasonal(y, period) {
        super::decompose::indices(y, period, false, indices);
    }
    let adjusted = |at: usize| y[at] - indices[at % indices.len()];
    let sum: f64 = (1..y.len()).map(|at| adjusted(at) - adjusted(at - 1)).map(|d| d * d).sum();
    (sum / (y.len() - 1).max(1) as f64).sqrt()
}

/// The scale of the log whose lognormal has this standard deviation relative to its mean.
fn log_spread(relative: f64) -> f64 {
    libm::log1p(relative * relative).sqrt()
}

/// The least a median of a positive series can be: a tenth of the least observed. Lines that fall would else cross zero.
fn floor(y: &[f64]) -> f64 {
    let least = y.iter().copied().fold(f64::INFINITY, f64::min);
    if least > 0.0 { 0.1 * least } else { 0.05 * y.iter().map(|v| v.abs()).sum::<f64>() / y.len() as f64 }
}

impl Raw {
    /// The forecast with the calibrated scale.
    pub fn calibrated(self, y: &[f64], period: usize, c: &Calibration) -> Outlook {
        let log = y.iter().all(|value| *value > 0.0);
        let floor = floor(y);
        let short = c.short * 10.0 / y.len() as f64 + if period > 1 { c.season } else { 0.0 };
        let scale = spreads(&self, y, period)
            .iter()
            .enumerate()
            .map(|(at, (own, naive))| {
                let steps = libm::log((at + 1) as f64);
                let factor = c.base + short + c.steps * steps + c.naive * libm::log(naive / own);
                (own * libm::exp(factor)).min(MOST_SPREAD)
            })
            .zip(&self.median)
            .map(|(scale, median)| if log { scale } else { (scale * median.max(floor)).max(f64::MIN_POSITIVE) })
            .collect();
        let median = self.median.iter().map(|m| if log { m.max(floor) } else { m.max(0.0) }).collect();
        Outlook { median, scale, weights: self.weights, df: c.df, log }
    }
}

/// Root of the sum of the squares of the first weights: the growth of the deviation with each step.
pub(crate) fn growth(weights: &[f64]) -> impl Iterator<Item = f64> + '_ {
    weights.iter().scan(0.0, |sum, w| {
        *sum += w * w;
        Some(f64::sqrt(*sum))
    })
}

/// The median of a sum, and its scale: of the log amount or of the amount, as [`Outlook::log`] says.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Total {
    /// Median.
    pub median: f64,
    /// Scale.
    pub scale: f64,
}

impl Outlook {
    /// The predictive distribution of the period at place `at`, from 0.
    pub fn distribution(&self, at: usize) -> Distribution {
        self.spread_of(self.sum(0.0, &[(at, 1.0)]), &StudentT::new(self.df))
    }

    /// The distribution of a total.
    pub(crate) fn spread_of(&self, total: Total, shape: &StudentT) -> Distribution {
        let (location, kind) = if self.log { (libm::log(total.median), Scale::Log) } else { (total.median, Scale::Linear) };
        // A total that is all known has no spread but that of rounding.
        let least = ROUNDING * if self.log { 1.0 } else { location.abs().max(f64::MIN_POSITIVE) };
        let scale = total.scale.max(least);
        Distribution::on(kind, vec![Component { weight: 1.0, location, scale, shape: shape.clone() }])
    }

    /// The sum of a `known` amount and shares of coming periods, each given by its place ahead, from 0.
    ///
    /// The median is taken to be the sum of the medians. The scale is that of the sum of errors whose correlation the weights
    /// give: corr(g, h) = Σ w(g-j) w(h-j) / √(Σ w(g-j)² Σ w(h-j)²), j up to the nearer of the two.
    pub fn sum(&self, known: f64, coming: &[(usize, f64)]) -> Total {
        let median = self.median_of(known, coming);
        let deviation = self.variance(coming).sqrt();
        Total { median, scale: if self.log { deviation / median } else { deviation } }
    }

    /// One such sum divided by another, on the log scale; `None` for series that have zeros, whose errors are not relative.
    pub(crate) fn ratio(&self, over: (f64, &[(usize, f64)]), under: (f64, &[(usize, f64)])) -> Option<Total> {
        let (top, bottom) = (self.median_of(over.0, over.1), self.median_of(under.0, under.1));
        // The log of the ratio moves with the errors of both sums, those of the second against it.
        let relative =
            |coming: &[(usize, f64)], by: f64| coming.iter().map(move |(at, share)| (*at, share / by)).collect::<Vec<_>>();
        let errors = [relative(over.1, top), relative(under.1, -bottom)].concat();
        self.log.then(|| Total { median: top / bottom, scale: self.variance(&errors).sqrt() })
    }

    fn median_of(&self, known: f64, coming: &[(usize, f64)]) -> f64 {
        known + coming.iter().map(|(at, share)| share * self.median[*at]).sum::<f64>()
    }

    /// Variance of a sum of shares, in the units of the data, with calibrated scales for standard deviations.
    fn variance(&self, coming: &[(usize, f64)]) -> f64 {
        let size = |at: usize, share: f64| share * self.scale[at] * if self.log { self.median[at] } else { 1.0 };
        let norms: Vec<f64> = growth(&self.weights).collect();
        let correlation = |a: usize, b: usize| {
            let (near, far) = (a.min(b), a.max(b));
            let sum: f64 = (0..=near).map(|j| self.weights[near - j] * self.weights[far - j]).sum();
            sum / (norms[near] * norms[far])
        };
        let mut variance = 0.0;
        for (i, &(a, share)) in coming.iter().enumerate() {
            variance += size(a, share) * size(a, share);
            for &(b, other) in &coming[..i] {
                variance += 2.0 * correlation(a, b) * size(a, share) * size(b, other);
            }
        }
        variance.max(0.0)
    }
}
