//! The mean of exponential smoothing and theta.
//!
//! Two methods that err in different ways, averaged with equal weights: weights estimated for one series are noisier than what
//! they gain. On the M3 competition the mean beats both in OWA in all four frequencies (`examples/m3.rs`).
//!
//! # References
//!
//! Petropoulos and Svetunkov, "A simple combination of univariate models", *International Journal of Forecasting* 36 (2020).

use super::definition::Definition;
use super::explanation::Explanation;
use super::found::Found;
use super::outlook::{Calibration, Raw};
use super::{ets, theta};

/// The method `combine`.
pub(super) const COMBINE: Definition = Definition {
    name: "combine",
    summary: "The mean of ets and theta",
    explanation: Explanation {
        does: "The mean of ets and theta.",
        needs: "Regular totals.",
        limits: "Those of ets and theta, mostly to a lesser degree.",
        reference: "Petropoulos and Svetunkov, International Journal of Forecasting 36 (2020), for the idea.",
    },
    calibration: Calibration { base: -0.40, season: 0.08, short: 0.80, steps: 0.01, naive: 0.11, df: 4.0 },
    forecast: outlook,
};

/// Weight of the models of constant growth from which on theta is left out: its line falls behind growth that is all but exact.
const ALL_BUT_EXACT: f64 = 0.99;

/// The combined forecast of `y`, one observation at least, with a season of `period` periods.
pub fn outlook(y: &[f64], period: usize, horizon: usize, work: &mut ets::Workspace) -> Raw {
    with_parts(y, period, horizon, work).0
}

/// The same, and what it is made of: the forecasts of exponential smoothing and of theta.
pub(super) fn with_parts(y: &[f64], period: usize, horizon: usize, work: &mut ets::Workspace) -> (Raw, Raw, Raw) {
    let (smoothed, growing) = ets::outlook_and_growth(y, period, horizon, work);
    let theta = theta::outlook(y, period, horizon, theta::Form::DYNAMIC);
    let found = Found::Parts(vec![(ets::ETS.name, smoothed.found.clone()), (theta::THETA.name, theta.found.clone())]);
    let combined = if growing > ALL_BUT_EXACT { Raw { found, ..smoothed.clone() } } else { mean(&smoothed, &theta, found) };
    (combined, smoothed, theta)
}

/// The mean of two forecasts, period by period: of the deviations too, as if the two erred together, which they nearly do.
fn mean(a: &Raw, b: &Raw, found: Found) -> Raw {
    let mix = |a: &[f64], b: &[f64]| a.iter().zip(b).map(|(a, b)| (a + b) / 2.0).collect();
    Raw {
        median: mix(&a.median, &b.median),
        deviation: mix(&a.deviation, &b.deviation),
        weights: mix(&a.weights, &b.weights),
        found,
    }
}
