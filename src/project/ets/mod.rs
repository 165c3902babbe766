//! Exponential smoothing: fifteen models, averaged by their Akaike weights.
//!
//! Error additive or multiplicative; trend none, additive or damped; season none, additive or multiplicative; without the
//! combination of additive error and multiplicative season, which is unstable. [`model`] has the recursions, [`search`] the fit.
//! Where the figures grow by a constant rate almost exactly, two models of their logarithms join in. Weighting by
//! exp(-ΔAICc / 2) instead of taking the best model alone is what the criterion itself says of how sure it is.
//!
//! # References
//!
//! Hyndman, Koehler, Ord and Snyder, *Forecasting with Exponential Smoothing* (2008). Burnham and Anderson, *Model Selection and
//! Multimodel Inference* (2nd ed., 2002), for the weights.

pub mod model;
pub mod search;

use super::outlook::{Raw, growth};
use search::Fit;
pub use search::Workspace;

/// Models whose weight is below this share of the best one's do not count.
const LEAST_WEIGHT: f64 = 1e-3;

/// The mean of the models by their Akaike weights.
pub fn outlook(y: &[f64], period: usize, horizon: usize, work: &mut Workspace) -> Raw {
    outlook_and_growth(y, period, horizon, work).0
}

/// The same, and the weight of the models of constant growth, 0 to 1.
pub(crate) fn outlook_and_growth(y: &[f64], period: usize, horizon: usize, work: &mut Workspace) -> (Raw, f64) {
    let fits = search::fit_all(y, period, work);
    let Some(best) = fits.first() else { return (super::naive::naive(y, horizon), 0.0) };
    let shares: Vec<f64> = fits.iter().map(|fit| libm::exp((best.aicc - fit.aicc) / 2.0)).collect();
    let growing: f64 = fits.iter().zip(&shares).filter(|(fit, _)| fit.log).map(|(_, share)| share).sum();
    (average(&fits, &shares, horizon), growing / shares.iter().sum::<f64>())
}

/// The mean of the models, the best first, by their shares.
fn average(fits: &[Fit], shares: &[f64], horizon: usize) -> Raw {
    let nothing = || vec![0.0; horizon];
    let mut raw = Raw { median: nothing(), deviation: nothing(), weights: nothing(), fitted: describe(fits, shares) };
    let (mut points, mut weights) = (vec![0.0; horizon], vec![0.0; horizon]);
    let mut squares = vec![0.0; horizon];
    let mut total = 0.0;
    for (fit, &share) in fits.iter().zip(shares) {
        if share < LEAST_WEIGHT {
            break;
        }
        total += share;
        fit.forecast(&mut points);
        fit.weights(&mut weights);
        let relative = fit.is_relative();
        for (at, root) in growth(&weights).enumerate() {
            let deviation = fit.sigma * root * if relative { points[at].abs() } else { 1.0 };
            raw.median[at] += share * points[at];
            raw.weights[at] += share * weights[at];
            squares[at] += share * (deviation * deviation + points[at] * points[at]);
        }
    }
    for (at, square) in squares.iter().enumerate() {
        raw.median[at] /= total;
        raw.weights[at] /= total;
        // The models' disagreement adds to their own spread.
        raw.deviation[at] = (square / total - raw.median[at] * raw.median[at]).max(0.0).sqrt();
    }
    raw
}

/// The models that count and their weights: `ETS(M,A,N) 61%, ETS(A,N,N) 39%`; those above 5%.
fn describe(fits: &[Fit], shares: &[f64]) -> String {
    let total: f64 = shares.iter().sum();
    let named = fits.iter().zip(shares).filter(|(_, share)| **share > 0.05 * total);
    let parts: Vec<String> = named
        .map(|(fit, share)| {
            let of = if fit.log { " of the logarithms" } else { "" };
            format!("{}{of} {:.0}%", fit.form.name(), 100.0 * share / total)
        })
        .collect();
    parts.join(", ")
}
