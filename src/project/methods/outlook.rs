//! What a method for regular series says of the periods ahead, before and after calibration.
//!
//! Knows plain numbers: the values of a regular series in order of time, and how many make a season. A method gives a [`Raw`]:
//! medians, the standard deviations that its model implies, and what an error of one period does to later ones. Models trust
//! themselves too much: they take their parameters and their own form for known. [`Raw::calibrated`] widens by constants fitted to
//! the M3 competition's series (`scripts/calibrate.py`, which also measures coverage on series that the constants never saw).

use crate::project::Distribution;
use crate::project::distribution::{Component, Scale};
use crate::project::methods::found::Found;
use crate::project::methods::season::Pattern;
use crate::project::numeric::student_t::StudentT;

/// A method's forecast as its model has it; one place a period ahead.
#[derive(Clone, Debug, PartialEq)]
pub struct Raw {
    /// Median of each period.
    pub median: Vec<f64>,
    /// Standard deviation of each period, in the units of the data.
    pub deviation: Vec<f64>,
    /// What an error of one period adds to the periods after it: 1 at place 0.
    pub weights: Vec<f64>,
    /// What was fitted.
    pub found: Found,
}

/// Constants of a method's calibration: the scale of the Student t relative to the median is
/// s · exp(base + season + short · 10/max(n, 10) + steps · ln h + naive · ln(s₀/s)), where s is the model's own spread relative to the
/// median, s₀ that of the naive forecast, n the number of observations and h the step. Of few observations both are mixed with
/// what is usual: a fifth of the level a year.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Calibration {
    /// Widening of every interval.
    pub base: f64,
    /// Widening where a year has more than one period.
    pub season: f64,
    /// Widening for ten observations and fewer; a tenth of it for a hundred.
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
/// The usual change of a year relative to its level: what is assumed of the spread before there are figures to measure it by. That
/// of the M3's yearly series.
const USUAL: f64 = 0.2;
/// The scale that no forecast exceeds: two such scales are six times the median above and a seventieth of it below.
const MOST_SPREAD: f64 = 2.5;

/// The share of the variance that is the usual one: all of it for two observations, an eighth for four, nothing for many.
fn usual_share(count: usize) -> f64 {
    let share = 2.0 / count as f64;
    (share * share * share).min(1.0)
}

/// The relative spread of what is known.
const ROUNDING: f64 = 1e-9;

/// A calibrated forecast.
#[derive(Clone, Debug, PartialEq)]
pub struct Outlook {
    /// Median of each period.
    pub median: Vec<f64>,
    /// Scale of each period: relative to its median for positive series, else of the amount.
    pub scale: Vec<f64>,
    /// What an error of one period adds to the periods after it.
    pub weights: Vec<f64>,
    /// Degrees of freedom.
    pub df: f64,
    /// Whether the scale is relative to the median: the amount then stays above zero.
    pub relative: bool,
}

/// The two spreads that the calibration weighs for each step, relative to the median.
pub fn spreads(raw: &Raw, y: &[f64], period: usize) -> Vec<(f64, f64)> {
    let step = naive_step(y, period);
    let floor = floor(y);
    let share = usual_share(y.len());
    raw.median
        .iter()
        .zip(&raw.deviation)
        .enumerate()
        .map(|(at, (median, deviation))| {
            let steps = (at + 1) as f64;
            let (root, size) = (steps.sqrt(), median.max(floor));
            let usual = USUAL * USUAL * steps / period as f64;
            let spread = |deviation: f64| {
                let found = log_spread(deviation / size).max(LEAST_SPREAD * root);
                ((1.0 - share) * found * found + share * usual).sqrt()
            };
            (spread(*deviation), spread(step * root))
        })
        .collect()
}

/// Root mean square of the changes from one period to the next, of the seasonally adjusted data where there is a season.
fn naive_step(y: &[f64], period: usize) -> f64 {
    let pattern = Pattern::of(y, period);
    let adjusted = |at: usize| pattern.as_ref().map_or(y[at], |pattern| pattern.removed(at, y[at]));
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
    /// The forecast of data that are `factor` times as large.
    pub(super) fn scaled(self, factor: f64) -> Self {
        let times = |values: Vec<f64>| values.into_iter().map(|value| value * factor).collect();
        Self { median: times(self.median), deviation: times(self.deviation), found: self.found.scaled(factor), ..self }
    }

    /// The forecast with the calibrated scale.
    pub fn calibrated(self, y: &[f64], period: usize, c: &Calibration) -> Outlook {
        let relative = y.iter().all(|value| *value > 0.0);
        let floor = floor(y);
        let short = c.short * 10.0 / y.len().max(10) as f64 + if period > 1 { c.season } else { 0.0 };
        let scale = spreads(&self, y, period)
            .iter()
            .enumerate()
            .map(|(at, (own, naive))| {
                let steps = libm::log((at + 1) as f64);
                let factor = c.base + short + c.steps * steps + c.naive * libm::log(naive / own);
                (own * libm::exp(factor)).min(MOST_SPREAD)
            })
            .zip(&self.median)
            .map(|(scale, median)| if relative { scale } else { (scale * median.max(floor)).max(f64::MIN_POSITIVE) })
            .collect();
        let median = self.median.iter().map(|m| if relative { m.max(floor) } else { m.max(0.0) }).collect();
        Outlook { median, scale, weights: self.weights, df: c.df, relative }
    }
}

/// Root of the sum of the squares of the first weights: the growth of the deviation with each step.
pub(crate) fn growth(weights: &[f64]) -> impl Iterator<Item = f64> + '_ {
    weights.iter().scan(0.0, |sum, w| {
        *sum += w * w;
        Some(f64::sqrt(*sum))
    })
}

/// The median of a sum, and its scale: relative to the median or not, as [`Outlook::relative`] says.
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
        self.spread_of(self.sum(0.0, &[(at, 1.0)]), &StudentT::shared(self.df))
    }

    /// The distribution of a total.
    pub(crate) fn spread_of(&self, total: Total, shape: &StudentT) -> Distribution {
        let (location, kind) =
            if self.relative { (libm::log(total.median), Scale::Bent) } else { (total.median, Scale::Linear) };
        // A total that is all known has no spread but that of rounding.
        let least = ROUNDING * if self.relative { 1.0 } else { location.abs().max(f64::MIN_POSITIVE) };
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
        Total { median, scale: if self.relative { deviation / median } else { deviation } }
    }

    /// One such sum divided by another; `None` for series that have zeros, whose errors are not relative.
    pub(crate) fn ratio(&self, over: (f64, &[(usize, f64)]), under: (f64, &[(usize, f64)])) -> Option<Total> {
        let (top, bottom) = (self.median_of(over.0, over.1), self.median_of(under.0, under.1));
        // The ratio moves with the errors of both sums, those of the second against it.
        let relative =
            |coming: &[(usize, f64)], by: f64| coming.iter().map(move |(at, share)| (*at, share / by)).collect::<Vec<_>>();
        let errors = [relative(over.1, top), relative(under.1, -bottom)].concat();
        self.relative.then(|| Total { median: top / bottom, scale: self.variance(&errors).sqrt() })
    }

    fn median_of(&self, known: f64, coming: &[(usize, f64)]) -> f64 {
        known + coming.iter().map(|(at, share)| share * self.median[*at]).sum::<f64>()
    }

    /// Variance of a sum of shares, in the units of the data, with calibrated scales for standard deviations.
    fn variance(&self, coming: &[(usize, f64)]) -> f64 {
        let size = |at: usize, share: f64| share * self.scale[at] * if self.relative { self.median[at] } else { 1.0 };
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

#[cfg(test)]
mod tests {
    use approx::assert_relative_eq;

    use super::*;

    const PLAIN: Calibration = Calibration { base: 0.0, season: 0.0, short: 0.0, steps: 0.0, naive: 0.0, df: 4.0 };

    /// A forecast of 100 by a model that sees a deviation of `deviation` a step.
    fn raw(deviation: f64) -> Raw {
        Raw { median: vec![100.0; 4], deviation: vec![deviation; 4], weights: vec![1.0; 4], found: Found::Nothing }
    }

    #[test]
    fn one_figure_has_the_usual_spread_of_its_period() {
        for (season, a_period) in [(1, 0.2), (4, 0.1), (12, 0.2 / 12.0_f64.sqrt())] {
            let outlook = raw(0.0).calibrated(&[100.0], season, &PLAIN);
            for (at, scale) in outlook.scale.iter().enumerate() {
                assert_relative_eq!(*scale, a_period * ((at + 1) as f64).sqrt(), max_relative = 1e-12);
            }
        }
    }

    #[test]
    fn usual_spread_gives_way_to_what_the_figures_say() {
        let scale = |count: usize, deviation| raw(deviation).calibrated(&vec![100.0; count], 1, &PLAIN).scale[0];
        // Without any noise: the root of the usual share of the variance, down to that of rounding.
        assert_relative_eq!(scale(4, 0.0), 0.2 * 0.125_f64.sqrt(), max_relative = 1e-4);
        assert!(scale(200, 0.0) < 1.1e-3);
        // Noisier than usual: the more figures, the more of it is believed.
        assert!(scale(3, 60.0) < scale(5, 60.0) && scale(5, 60.0) < scale(50, 60.0));
    }

    #[test]
    fn widening_for_shortness_ends_at_ten_figures() {
        let widened = |count: usize| {
            let c = Calibration { short: 1.0, ..PLAIN };
            let y = vec![100.0; count];
            raw(5.0).calibrated(&y, 1, &c).scale[0] / raw(5.0).calibrated(&y, 1, &PLAIN).scale[0]
        };
        for (count, by) in [(2, 1.0), (5, 1.0), (10, 1.0), (20, 0.5), (100, 0.1)] {
            assert_relative_eq!(widened(count), libm::exp(by), max_relative = 1e-12);
        }
    }
}
