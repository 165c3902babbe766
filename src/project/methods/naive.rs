//! The naive forecasts: the last value, the last season, the last value with the mean change.
//!
//! What any method has to beat. Their deviations are those of their own one-step errors, grown by the steps ahead.
//!
//! # References
//!
//! Hyndman and Athanasopoulos, *Forecasting: Principles and Practice* (3rd ed., 2021), 5.2 and table 5.2.

use super::definition::Definition;
use super::explanation::Explanation;
use super::found::{Found, Shortfall};
use super::outlook::{Calibration, Raw};

/// The method `naive`.
pub(super) const NAIVE: Definition = Definition {
    name: "naive",
    summary: "The last total repeated",
    explanation: Explanation {
        does: "Repeats the last figure.",
        needs: "One total.",
        limits: "Ignores trend and season: the benchmark that other methods have to beat.",
        reference: "Hyndman and Athanasopoulos, Forecasting: Principles and Practice (3rd ed., 2021), 5.2.",
    },
    calibration: Calibration { base: 0.12, season: -0.16, short: 0.60, steps: -0.10, naive: 0.50, df: 4.0 },
    mends: false,
    forecast: |y, _, horizon, _| naive(y, horizon),
};

/// The method `seasonal-naive`.
pub(super) const SEASONAL_NAIVE: Definition = Definition {
    name: "seasonal-naive",
    summary: "The same month or quarter of last year repeated",
    explanation: Explanation {
        does: "Repeats the figure of the same month or quarter of last year.",
        needs: "More than one year of regular totals; with less it is the naive forecast.",
        limits: "Ignores trend.",
        reference: "Hyndman and Athanasopoulos, Forecasting: Principles and Practice (3rd ed., 2021), 5.2.",
    },
    calibration: Calibration { base: 0.00, season: -0.24, short: 0.60, steps: 0.02, naive: -0.12, df: 5.0 },
    mends: false,
    forecast: |y, period, horizon, _| seasonal(y, period, horizon),
};

/// The method `drift`.
pub(super) const DRIFT: Definition = Definition {
    name: "drift",
    summary: "The last total, changed each period by the mean change so far",
    explanation: Explanation {
        does: "Repeats the last figure, changed each period by the mean change so far.",
        needs: "Two totals; with one it is the naive forecast.",
        limits: "Ignores seasons; depends only on the first and the last figure.",
        reference: "Hyndman and Athanasopoulos, Forecasting: Principles and Practice (3rd ed., 2021), 5.2.",
    },
    calibration: Calibration { base: -0.52, season: 0.20, short: 1.40, steps: -0.07, naive: 0.55, df: 3.0 },
    mends: false,
    forecast: |y, _, horizon, _| drift(y, horizon),
};

/// The last value goes on.
pub fn naive(y: &[f64], horizon: usize) -> Raw {
    let last = y.last().copied().unwrap_or(0.0);
    let step = root_mean_square(y, 1, 0.0);
    Raw {
        median: vec![last; horizon],
        deviation: (1..=horizon).map(|h| step * (h as f64).sqrt()).collect(),
        weights: vec![1.0; horizon],
        found: Found::Nothing,
    }
}

/// The same period of the last season goes on; the naive forecast where there is no whole season.
pub fn seasonal(y: &[f64], period: usize, horizon: usize) -> Raw {
    if period < 2 || y.len() <= period {
        return naive(y, horizon);
    }
    let step = root_mean_square(y, period, 0.0);
    Raw {
        median: (0..horizon).map(|at| y[y.len() - period + at % period]).collect(),
        deviation: (0..horizon).map(|at| step * ((at / period + 1) as f64).sqrt()).collect(),
        weights: (0..horizon).map(|at| if at % period == 0 { 1.0 } else { 0.0 }).collect(),
        found: Found::Nothing,
    }
}

/// The last value goes on, changed each period by the mean change so far.
pub fn drift(y: &[f64], horizon: usize) -> Raw {
    if y.len() < 2 {
        return naive(y, horizon);
    }
    let n = y.len() as f64;
    let drift = (y[y.len() - 1] - y[0]) / (n - 1.0);
    let step = root_mean_square(y, 1, drift);
    Raw {
        median: (1..=horizon).map(|h| y[y.len() - 1] + drift * h as f64).collect(),
        deviation: (1..=horizon).map(|h| h as f64).map(|h| step * (h * (1.0 + h / (n - 1.0))).sqrt()).collect(),
        weights: vec![1.0; horizon],
        found: Found::Nothing,
    }
}

/// What is left to methods that can fit nothing, and `why` they cannot: the drift of years; the last value of months and quarters, for
/// a change over a few of them is mostly season. On the beginnings of the M3 competition's series the error after two figures is
/// 7.8 for the drift and 1.4 for the last value on monthly ones, 3.5 and 1.1 on quarterly ones, 2.5 and 2.3 on yearly ones, in
/// units of MASE.
pub(super) fn fallback(y: &[f64], period: usize, horizon: usize, why: Shortfall) -> Raw {
    let (name, raw) = if period > 1 { (NAIVE.name, naive(y, horizon)) } else { (DRIFT.name, drift(y, horizon)) };
    Raw { found: Found::Instead(name, why), ..raw }
}

fn root_mean_square(y: &[f64], lag: usize, mean: f64) -> f64 {
    if y.len() <= lag {
        return 0.0;
    }
    let sum: f64 = y[lag..].iter().zip(y).map(|(a, b)| a - b - mean).map(|d| d * d).sum();
    (sum / (y.len() - lag) as f64).sqrt()
}
