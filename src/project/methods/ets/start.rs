//! Where the search of the parameters begins.
//!
//! # References
//!
//! Hyndman, Koehler, Snyder and Grose, "A state space framework for automatic forecasting using exponential smoothing methods",
//! *International Journal of Forecasting* 18 (2002), for the heuristics of the initial states.

use super::model::{Error, Form, LONGEST_SEASON, Parameters, Season, Trend};

/// Initial states from a classical decomposition of the first years and a line through what it leaves; moderate smoothing.
pub(super) fn initial(form: Form, y: &[f64], period: usize) -> Parameters {
    let mut season = [if form.season == Season::Multiplicative { 1.0 } else { 0.0 }; LONGEST_SEASON];
    let mut adjusted = [0.0; 10 + LONGEST_SEASON];
    if form.season != Season::None {
        crate::project::methods::decompose::indices(y, period, form.season == Season::Multiplicative, &mut season[..period]);
    }
    // The line goes through the first ten adjusted observations, or a season's where that is more.
    let count = y.len().min(period.max(10));
    for (at, value) in adjusted.iter_mut().take(count).enumerate() {
        let s = season[at % period];
        *value = match form.season {
            Season::None => y[at],
            Season::Additive => y[at] - s,
            Season::Multiplicative => y[at] / s,
        };
    }
    let adjusted = &adjusted[..count];
    let mean = adjusted.iter().sum::<f64>() / count as f64;
    let (level, slope) = if form.trend == Trend::None || count < 2 {
        (mean, 0.0)
    } else {
        let centre = (count - 1) as f64 / 2.0;
        let over: f64 = adjusted.iter().enumerate().map(|(at, v)| (at as f64 - centre) * v).sum();
        let slope = over / (0..count).map(|at| (at as f64 - centre) * (at as f64 - centre)).sum::<f64>();
        let level = mean - slope * (centre + 1.0);
        // A multiplicative model has to start above zero.
        if form.error == Error::Multiplicative && level < 0.05 * mean {
            (0.05 * mean, 0.95 * mean / (centre + 1.0))
        } else {
            (level, slope)
        }
    };
    let phi = match form.trend {
        Trend::None => 0.0,
        Trend::Additive => 1.0,
        Trend::Damped => 0.95,
    };
    let alpha = if form.season == Season::None { 0.4 } else { 0.3 };
    let beta = if form.trend == Trend::None { 0.0 } else { 0.1 * alpha };
    let gamma = if form.season == Season::None { 0.0 } else { 0.05 * (1.0 - alpha) };
    Parameters { alpha, beta, gamma, phi, level, slope, season }
}
