//! ARIMA: the automatic, seasonal model of differences, past values and past errors.
//!
//! [`model`](Model) has the formula. The number of differences comes from a test of the season's strength (D) and of stationarity (d); the
//! terms by a stepwise search that begins with five simple models and goes to a neighbour while the corrected Akaike criterion falls
//! ([`search`]). Every model on the way is fitted by the exact likelihood. All of them are averaged by their Akaike weights, not the
//! last one alone taken for true: which of two near neighbours is better is seldom known, and their disagreement is part of what is
//! not known of the future. On the M3 competition the average foresees better than the best model in all four frequencies.
//!
//! Two things are left open in the same way. A second difference lets the last slope run on, so where the test asks for two, the
//! models with one are searched too. A positive series is also fitted in logarithms, with one difference at most, which is what
//! follows a constant rate of growth; since they run away where they are wrong, they have to be clearly better. Models that are
//! differenced unlike are compared on the values that all of them foresee.
//!
//! It needs four figures, and two seasons and three more to see a season; with fewer it is the drift of years or the last value, and
//! says so. A jump of the level is carried on.
//!
//! # References
//!
//! Hyndman and Khandakar, "Automatic time series forecasting: the forecast package for R", *Journal of Statistical Software* 27(3) (2008). Box and
//! Jenkins, *Time Series Analysis: Forecasting and Control* (1970). Burnham and Anderson, *Model Selection and Multimodel Inference* (2nd
//! ed., 2002), chapter 4, for the weights. The likelihood's own references are at its recursions.

mod difference;
mod forecast;
mod likelihood;
mod model;
mod search;

pub use forecast::{Forecast, Model};
pub use model::{Coefficients, LONGEST_SEASON, MOST_SEASONAL, MOST_TERMS, Order};
use search::Effort;
pub use search::{Fit, search};

use super::definition::Definition;
use super::explanation::Explanation;
use super::found::{self, Found, Parameter, Shortfall};
use super::outlook::{Calibration, Raw};

/// The method `arima`.
pub(super) const ARIMA: Definition = Definition {
    name: "arima",
    summary: "ARIMA models, for regular totals",
    explanation: Explanation {
        does: "Differences the figures until neither trend nor season is left, then weighs past values and past errors: the \
               models of a stepwise search, averaged by their Akaike weights.",
        needs: "At least four regular totals; with fewer it is the drift of years, else the last figure. Two seasons and three figures to see a season.",
        limits: "A jump in the level is carried on; the terms of short series are hard to tell apart.",
        reference: "Hyndman and Khandakar, Journal of Statistical Software 27(3) (2008).",
    },
    calibration: Calibration { base: -0.56, season: 0.24, short: 1.20, steps: 0.00, naive: 0.09, df: 4.0 },
    mends: true,
    forecast: |y, period, horizon, _| outlook(y, period, horizon),
};

/// Differences from one period to the next at most: of amounts, and of logarithms, whose second differences run away.
const DIFFERENCES: usize = 2;
const DIFFERENCES_OF_LOGARITHMS: usize = 1;
/// What the logarithms have to be better by, in units of the criterion. On the beginnings of the M3 series 6 and 20 were about as good.
const HANDICAP: f64 = 12.0;
/// Models with less than this share of the best one's weight are left out.
const LEAST_WEIGHT: f64 = 0.005;
/// Bounds of a logarithm and of its variance, far beyond what calibration lets through, so that no number overflows.
const LARGEST_LOGARITHM: f64 = 600.0;
const LARGEST_VARIANCE: f64 = 6.0;

/// The forecast of the models that the search comes by, averaged; for fewer than four observations, the drift of years or the last value.
pub fn outlook(y: &[f64], period: usize, horizon: usize) -> Raw {
    by(Effort::Search, y, period, horizon)
}

/// The same of the five models that the search begins with, each fitted roughly: nearly as good among other methods, and
/// several times as fast.
pub(super) fn quick(y: &[f64], period: usize, horizon: usize) -> Raw {
    by(Effort::Beginning, y, period, horizon)
}

fn by(effort: Effort, y: &[f64], period: usize, horizon: usize) -> Raw {
    let fallback = |why: Shortfall| super::naive::fallback(y, period, horizon, why);
    if y.len() < 4 {
        return fallback(Shortfall::FewerThanFour);
    }
    let logarithms = y.iter().all(|value| *value > 0.0).then(|| y.iter().map(|value| libm::log(*value)).collect::<Vec<f64>>());
    let candidates = candidates(y, logarithms.as_deref(), period, effort);
    average(y, logarithms.as_deref(), &candidates, horizon).unwrap_or_else(|| fallback(Shortfall::NoModel))
}

/// A fitted model, of the amounts or of their logarithms.
struct Candidate {
    fit: Fit,
    log: bool,
    /// What the weights are made of: the criterion for the density of the amounts, and the handicap.
    criterion: f64,
}

/// All models, the best first.
fn candidates(y: &[f64], logarithms: Option<&[f64]>, period: usize, effort: Effort) -> Vec<Candidate> {
    let mut sets = Vec::new();
    let scales = [Some((y, false, DIFFERENCES)), logarithms.map(|z| (z, true, DIFFERENCES_OF_LOGARITHMS))];
    for (z, log, most) in scales.into_iter().flatten() {
        let order = search::differences(z, period, most);
        sets.push((z, log, order));
        if order.differences == 2 {
            sets.push((z, log, Order { differences: 1, constant: order.seasonal_differences == 0, ..order }));
        }
    }
    // The values that the models are compared on come after all that any of them loses.
    let lost = sets.iter().map(|(_, _, order)| order.lost()).max().unwrap_or(0);
    let mut all = Vec::new();
    for (z, log, order) in sets {
        // The density of an amount is that of its logarithm divided by the amount.
        let of_scale = if log { HANDICAP + 2.0 * z[lost..].iter().sum::<f64>() } else { 0.0 };
        let fits = search::walk(z, order, lost - order.lost(), effort);
        all.extend(fits.into_iter().map(|fit| Candidate { fit, log, criterion: fit.compared + of_scale }));
    }
    all.retain(|candidate| candidate.criterion.is_finite());
    all.sort_by(|a, b| a.criterion.total_cmp(&b.criterion));
    all
}

/// The mean of the models' forecasts by their Akaike weights; their disagreement adds to their own spread.
fn average(y: &[f64], logarithms: Option<&[f64]>, candidates: &[Candidate], horizon: usize) -> Option<Raw> {
    let best = candidates.first()?.criterion;
    let nothing = || vec![0.0; horizon];
    let mut raw = Raw { median: nothing(), deviation: nothing(), weights: nothing(), found: Found::Nothing };
    let (mut squares, mut shares) = (nothing(), Vec::new());
    for candidate in candidates {
        let share = libm::exp((best - candidate.criterion) / 2.0);
        if share < LEAST_WEIGHT {
            break;
        }
        let z = if candidate.log { logarithms? } else { y };
        let Some(forecast) = candidate.fit.model.forecast(z, horizon).filter(Forecast::is_sound) else { continue };
        for (at, square) in squares.iter_mut().enumerate() {
            let of_mean = forecast.of_mean[at] * forecast.of_mean[at] * candidate.fit.mean_variance;
            let (point, variance) = of_amount(forecast.mean[at], forecast.variance[at] + of_mean, candidate.log);
            raw.median[at] += share * point;
            raw.weights[at] += share * forecast.weights[at];
            *square += share * (variance + point * point);
        }
        shares.push((candidate, share));
    }
    let total: f64 = shares.iter().map(|(_, share)| share).sum();
    if total <= 0.0 {
        return None;
    }
    for (at, square) in squares.iter().enumerate() {
        raw.median[at] /= total;
        raw.weights[at] /= total;
        raw.deviation[at] = (square / total - raw.median[at] * raw.median[at]).max(0.0).sqrt();
    }
    raw.found = Found::Arima(shares.iter().map(|(candidate, share)| found(candidate, share / total)).collect());
    Some(raw)
}

/// The median and variance of an amount whose forecast is normal, or whose logarithm's is.
fn of_amount(mean: f64, variance: f64, log: bool) -> (f64, f64) {
    if !log {
        return (mean, variance);
    }
    let median = libm::exp(mean.min(LARGEST_LOGARITHM));
    (median, median * median * libm::expm1(variance.min(LARGEST_VARIANCE)))
}

/// A model with this share of all weight, and the parameters that its order has.
fn found(candidate: &Candidate, weight: f64) -> found::Model {
    let Model { order, coefficients, mean, .. } = &candidate.fit.model;
    let terms = [
        ("ar", &coefficients.ar[..order.ar]),
        ("ma", &coefficients.ma[..order.ma]),
        ("seasonal_ar", &coefficients.seasonal_ar[..order.seasonal_ar]),
        ("seasonal_ma", &coefficients.seasonal_ma[..order.seasonal_ma]),
    ];
    let terms = terms.into_iter().filter(|(_, terms)| !terms.is_empty());
    let mut parameters: Vec<_> = terms.map(|(name, terms)| (name, Parameter::Numbers(terms.to_vec()))).collect();
    if order.constant {
        // The mean of differences of logarithms is a rate.
        parameters.push((
            "mean",
            match (candidate.log, order.lost()) {
                (false, _) => Parameter::Amount(*mean),
                (true, 0) => Parameter::LogOfAmount(*mean),
                (true, _) => Parameter::Number(*mean),
            },
        ));
    }
    found::Model { name: order.name(), logarithms: candidate.log, weight, parameters }
}
