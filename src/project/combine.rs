//! The mean of exponential smoothing and theta.
//!
//! Two methods that err in different ways, averaged with equal weights: weights estimated for one series are noisier than what
//! they gain. On the M3 competition the mean beats both in OWA in all four frequencies (`examples/m3.rs`).
//!
//! # References
//!
//! Petropoulos and Svetunkov, "A simple combination of univariate models", *International Journal of Forecasting* 36 (2020).

use super::outlook::Raw;
use super::{ets, theta};

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
    let fitted = format!("{}; {}", smoothed.fitted, theta.fitted);
    let combined = if growing > ALL_BUT_EXACT { Raw { fitted, ..smoothed.clone() } } else { mean(&smoothed, &theta, fitted) };
    (combined, smoothed, theta)
}

/// The mean of two forecasts, period by period: of the deviations too, as if the two erred together, which they nearly do.
fn mean(a: &Raw, b: &Raw, fitted: String) -> Raw {
    let mix = |a: &[f64], b: &[f64]| a.iter().zip(b).map(|(a, b)| (a + b) / 2.0).collect();
    Raw {
        median: mix(&a.median, &b.median),
        deviation: mix(&a.deviation, &b.deviation),
        weights: mix(&a.weights, &b.weights),
        fitted,
    }
}
