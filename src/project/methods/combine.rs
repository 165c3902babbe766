//! The median of four methods, period by period.
//!
//! Exponential smoothing, theta, ARIMA and a benchmark err in different ways. The median of the four is the mean of the two in the
//! middle: the one that is farthest off on either side has no say, whichever it is, and no weights have to be estimated from one series,
//! which would be noisier than what they gain. The benchmark is the season of last year, or the drift of years: it knows what the
//! models have not learned. `docs/accuracy.md` has what other combinations gain and lose.
//!
//! # References
//!
//! Petropoulos and Svetunkov, "A simple combination of univariate models", *International Journal of Forecasting* 36 (2020), for the
//! median of methods.

use super::definition::Definition;
use super::explanation::Explanation;
use super::found::Found;
use super::naive;
use super::outlook::{Calibration, Raw};
use super::{arima, ets, theta};

/// The method `combine`.
pub(super) const COMBINE: Definition = Definition {
    name: "combine",
    summary: "The median of ets, theta, arima and a benchmark",
    explanation: Explanation {
        does: "The median, period by period, of ets, theta, arima (the five models that its search begins with) and \
               seasonal-naive, or drift for yearly totals.",
        needs: "Regular totals.",
        limits: "Those of its parts, mostly to a lesser degree.",
        reference: "Petropoulos and Svetunkov, International Journal of Forecasting 36 (2020).",
    },
    calibration: Calibration { base: -0.40, season: 0.00, short: 0.60, steps: 0.01, naive: 0.11, df: 4.0 },
    mends: true,
    forecast: outlook,
};

/// Weight of the models of constant growth from which on the others are left out: their lines fall behind growth that is all but exact.
const ALL_BUT_EXACT: f64 = 0.99;

/// The combined forecast of `y`, one observation at least, with a season of `period` periods.
pub fn outlook(y: &[f64], period: usize, horizon: usize, work: &mut ets::Workspace) -> Raw {
    with_parts(y, period, horizon, work).median
}

/// The combined forecast, and those of its parts that `auto` tries by themselves.
pub(super) struct Combined {
    pub(super) median: Raw,
    pub(super) smoothed: Raw,
    pub(super) theta: Raw,
}

pub(super) fn with_parts(y: &[f64], period: usize, horizon: usize, work: &mut ets::Workspace) -> Combined {
    let (smoothed, growing) = ets::outlook_and_growth(y, period, horizon, work);
    let theta = theta::outlook(y, period, horizon, theta::Form::DYNAMIC);
    let median = if growing > ALL_BUT_EXACT {
        smoothed.clone()
    } else {
        let arima = arima::quick(y, period, horizon);
        let (name, benchmark) = if period > 1 {
            (naive::SEASONAL_NAIVE.name, naive::seasonal(y, period, horizon))
        } else {
            (naive::DRIFT.name, naive::drift(y, horizon))
        };
        let names = [ets::ETS.name, theta::THETA.name, arima::ARIMA.name, name];
        median_of([&smoothed, &theta, &arima, &benchmark], names)
    };
    Combined { median, smoothed, theta }
}

/// The median of four forecasts, period by period, and of their deviations. What an error adds to later periods is the mean of what the
/// first three say: the benchmark has no model of it.
fn median_of(parts: [&Raw; 4], names: [&'static str; 4]) -> Raw {
    let horizon = parts[0].median.len();
    let over = |value: fn(&Raw) -> &[f64]| (0..horizon).map(|at| middle(parts.map(|raw| value(raw)[at]))).collect();
    let weights = |at: usize| parts[..3].iter().map(|raw| raw.weights[at]).sum::<f64>() / 3.0;
    Raw {
        median: over(|raw| &raw.median),
        deviation: over(|raw| &raw.deviation),
        weights: (0..horizon).map(weights).collect(),
        found: Found::Parts(names.into_iter().zip(parts.map(|raw| raw.found.clone())).collect()),
    }
}

/// The mean of the two in the middle.
fn middle(mut of: [f64; 4]) -> f64 {
    of.sort_by(f64::total_cmp);
    f64::midpoint(of[1], of[2])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_farthest_on_either_side_have_no_say() {
        assert!((middle([3.0, 1e9, 5.0, -1e9]) - 4.0).abs() < 1e-12);
        let raw = |median: f64| Raw {
            median: vec![median],
            deviation: vec![median / 10.0],
            weights: vec![1.0],
            found: Found::Nothing,
        };
        let found = median_of([&raw(10.0), &raw(1e9), &raw(14.0), &raw(0.1)], ["a", "b", "c", "d"]);
        assert!((found.median[0] - 12.0).abs() < 1e-9 && (found.deviation[0] - 1.2).abs() < 1e-9);
    }
}
