//! Exponential smoothing: fifteen models, averaged by weights from their Akaike criteria.
//!
//! Error additive or multiplicative; trend none, additive or damped; season none, additive or multiplicative; without the
//! combination of additive error and multiplicative season, which is unstable. [`model`] has the recursions, [`search`] the fit.
//! Where the figures grow by a constant rate almost exactly, two models of their logarithms join in. The weights are exp(-ΔAICc / 8):
//! models that are nearly as good as the best one count nearly as much.
//!
//! # References
//!
//! Hyndman, Koehler, Ord and Snyder, *Forecasting with Exponential Smoothing* (2008). Burnham and Anderson, *Model Selection and
//! Multimodel Inference* (2nd ed., 2002), for the weights.

pub mod model;
pub mod search;
mod start;

use super::definition::Definition;
use super::explanation::Explanation;
use super::found::{Found, Model, Parameter};
use super::outlook::{Calibration, Raw, growth};
use model::{Season, Trend};
use search::Fit;
pub use search::Workspace;

/// The method `ets`.
pub(super) const ETS: Definition = Definition {
    name: "ets",
    summary: "Exponential smoothing, for regular totals",
    explanation: Explanation {
        does: "Level, trend and season by exponential smoothing: fifteen models, and two of constant growth where the \
               figures are all but exact, averaged by weights from their Akaike criteria.",
        needs: "Regular totals; two seasons and three figures to see a season.",
        limits: "A trend continues as a straight line; a change of direction is followed only after it shows in the figures.",
        reference: "Hyndman, Koehler, Snyder and Grose, International Journal of Forecasting 18 (2002).",
    },
    calibration: Calibration { base: -0.40, season: 0.04, short: 0.60, steps: -0.02, naive: 0.14, df: 4.0 },
    mends: true,
    forecast: outlook,
};

/// What a difference of the criterion is divided by in the exponent of a weight. The criterion itself says 2, which trusts one series
/// too much: with 8 the forecasts are better on nearly every set of series (`docs/accuracy.md`).
const SHARPNESS: f64 = 8.0;
/// Models whose weight is below this share of the best one's do not count.
const LEAST_WEIGHT: f64 = 1e-3;

/// The mean of the models by their weights.
pub fn outlook(y: &[f64], period: usize, horizon: usize, work: &mut Workspace) -> Raw {
    outlook_and_growth(y, period, horizon, work).0
}

/// The same, and the weight of the models of constant growth, 0 to 1.
pub(crate) fn outlook_and_growth(y: &[f64], period: usize, horizon: usize, work: &mut Workspace) -> (Raw, f64) {
    let fits = search::fit_all(y, period, work);
    let Some(best) = fits.first() else { return (super::naive::naive(y, horizon), 0.0) };
    let shares: Vec<f64> = fits.iter().map(|fit| libm::exp((best.aicc - fit.aicc) / SHARPNESS)).collect();
    let growing: f64 = fits.iter().zip(&shares).filter(|(fit, _)| fit.log).map(|(_, share)| share).sum();
    (average(&fits, &shares, horizon), growing / shares.iter().sum::<f64>())
}

/// The mean of the models, the best first, by their shares.
fn average(fits: &[Fit], shares: &[f64], horizon: usize) -> Raw {
    let nothing = || vec![0.0; horizon];
    let mut raw = Raw { median: nothing(), deviation: nothing(), weights: nothing(), found: Found::Nothing };
    let (mut points, mut weights) = (vec![0.0; horizon], vec![0.0; horizon]);
    let mut squares = vec![0.0; horizon];
    let mut total = 0.0;
    let all: f64 = shares.iter().sum();
    let mut models = Vec::new();
    for (fit, &share) in fits.iter().zip(shares) {
        if share < LEAST_WEIGHT {
            break;
        }
        total += share;
        models.push(found(fit, share / all));
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
    raw.found = Found::Smoothing(models);
    raw
}

/// A model with this share of all weight, and the parameters that its form has.
fn found(fit: &Fit, weight: f64) -> Model {
    let own = &fit.parameters;
    let mut parameters = vec![("alpha", own.alpha)];
    if fit.form.trend != Trend::None {
        parameters.push(("beta", own.beta));
    }
    if fit.form.season != Season::None {
        parameters.push(("gamma", own.gamma));
    }
    if fit.form.trend == Trend::Damped {
        parameters.push(("phi", own.phi));
    }
    let mut parameters: Vec<_> = parameters.into_iter().map(|(name, value)| (name, Parameter::Number(value))).collect();
    parameters.push(("level", if fit.log { Parameter::LogOfAmount(own.level) } else { Parameter::Amount(own.level) }));
    if fit.form.trend != Trend::None {
        parameters.push(("slope", if fit.log { Parameter::Number(own.slope) } else { Parameter::Amount(own.slope) }));
    }
    if fit.form.season != Season::None {
        let season = own.season[..fit.season].to_vec();
        let added = fit.form.season == Season::Additive && !fit.log;
        parameters.push(("season", if added { Parameter::Amounts(season) } else { Parameter::Numbers(season) }));
    }
    Model { name: fit.form.name(), logarithms: fit.log, weight, parameters }
}
