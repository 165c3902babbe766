//! The recursions of exponential smoothing: errors, likelihood, and its gradient by the adjoint recursion.
//!
//! Knows plain numbers only. One pass forward gives the one-step errors of a model, one pass back gives the derivative of its
//! likelihood by every smoothing parameter and every initial state, at the price of about two more passes; nothing is allocated.
//!
//! # References
//!
//! Hyndman, Koehler, Ord and Snyder, *Forecasting with Exponential Smoothing: The State Space Approach* (2008), chapters 2 and 5.

/// The longest season that the models take: months of a year.
pub const LONGEST_SEASON: usize = 12;

/// Parameters at most: four for smoothing, level and slope, and the season's states.
pub(crate) const SLOTS: usize = 6 + LONGEST_SEASON;

/// How the error enters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Error {
    /// Added to the forecast: the same size whatever the level.
    Additive,
    /// In proportion to the forecast.
    Multiplicative,
}

/// How the trend goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trend {
    /// No trend.
    None,
    /// A slope that lasts.
    Additive,
    /// A slope that wears off by a factor each period.
    Damped,
}

/// How the season enters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Season {
    /// No season.
    None,
    /// Added to the level.
    Additive,
    /// In proportion to the level.
    Multiplicative,
}

/// One model of the family: error, trend and season.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Form {
    /// How the error enters.
    pub error: Error,
    /// How the trend goes on.
    pub trend: Trend,
    /// How the season enters.
    pub season: Season,
}

impl Form {
    /// The taxonomy's short name: `ETS(M,Ad,N)`.
    pub fn name(self) -> String {
        let error = if self.error == Error::Additive { "A" } else { "M" };
        let trend = match self.trend {
            Trend::None => "N",
            Trend::Additive => "A",
            Trend::Damped => "Ad",
        };
        let season = match self.season {
            Season::None => "N",
            Season::Additive => "A",
            Season::Multiplicative => "M",
        };
        format!("ETS({error},{trend},{season})")
    }

    /// Parameters that are estimated, the error's variance among them, for a season of `season` periods.
    pub fn parameters(self, season: usize) -> usize {
        let trend = match self.trend {
            Trend::None => 0,
            Trend::Additive => 2,
            Trend::Damped => 3,
        };
        // alpha, the level and the variance; gamma and the season's states, one of which the others give.
        3 + trend + if self.season == Season::None { 0 } else { season }
    }
}

/// Smoothing parameters and initial states, in the units of the data.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Parameters {
    /// Weight of a new error in the level.
    pub alpha: f64,
    /// Weight of a new error in the slope; at most `alpha`.
    pub beta: f64,
    /// Weight of a new error in the season; at most `1 - alpha`.
    pub gamma: f64,
    /// What is left of the slope after one period.
    pub phi: f64,
    /// Level before the first observation.
    pub level: f64,
    /// Slope before the first observation.
    pub slope: f64,
    /// The season's state of the first observation, the second, and so on.
    pub season: [f64; LONGEST_SEASON],
}

/// The states after the last observation.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct State {
    /// Level.
    pub level: f64,
    /// Slope of one period.
    pub slope: f64,
    /// The season's states; the next period's is the one at index n modulo the season.
    pub season: [f64; LONGEST_SEASON],
}

/// What the forward pass keeps for the way back.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Kept {
    level_ahead: f64,
    slope: f64,
    season: f64,
    fitted: f64,
}

/// Derivatives of the likelihood, in the units of [`Parameters`].
#[derive(Clone, Copy, Debug)]
pub(crate) struct Gradient {
    pub(crate) alpha: f64,
    pub(crate) beta: f64,
    pub(crate) gamma: f64,
    pub(crate) phi: f64,
    pub(crate) level: f64,
    pub(crate) slope: f64,
    pub(crate) season: [f64; LONGEST_SEASON],
}

/// The forward pass: minus twice the concentrated log likelihood up to a constant,
/// n ln Σ r² + 2 Σ ln |μ| for relative errors r = (y - μ)/μ, and n ln Σ e² for additive e = y - μ. With it the sum of squares
/// and the last states. Infinite where a multiplicative model leaves the positive numbers.
pub(crate) fn forward<const SEASON: u8, const TREND: bool>(
    y: &[f64],
    period: usize,
    relative: bool,
    p: &Parameters,
    kept: &mut [Kept],
) -> (f64, f64, State) {
    // Each step waits for the one before: the level foreseen is carried on by the fewest operations from error to error.
    let (mut ahead, mut slope, mut season) = (p.level + if TREND { p.phi * p.slope } else { 0.0 }, p.slope, p.season);
    let (damping, gain) = (p.phi * p.phi, p.alpha + p.phi * p.beta);
    let (mut squares, mut product, mut logs) = (0.0, 1.0_f64, 0.0);
    let mut at = 0;
    let failed = State { level: p.level, slope, season };
    for (&value, kept) in y.iter().zip(kept.iter_mut()) {
        let s = if SEASON == 0 { 0.0 } else { season[at] };
        let fitted = match SEASON {
            0 => ahead,
            1 => ahead + s,
            _ => ahead * s,
        };
        *kept = Kept { level_ahead: ahead, slope, season: s, fitted };
        let error = value - fitted;
        if relative {
            if fitted <= 1e-8 {
                return (f64::INFINITY, f64::INFINITY, failed);
            }
            let r = error / fitted;
            squares += r * r;
            product *= fitted;
            // One logarithm for many factors: the data have mean 1, so a product this far from 1 is rare.
            if !(1e-200..1e200).contains(&product) {
                logs += libm::log(product);
                product = 1.0;
            }
        } else {
            squares += error * error;
        }
        if SEASON == 2 {
            if s <= 1e-8 || ahead <= 1e-8 {
                return (f64::INFINITY, f64::INFINITY, failed);
            }
            season[at] = s + p.gamma * (value / ahead - s);
        } else if SEASON == 1 {
            season[at] = s + p.gamma * error;
        }
        let surprise = if SEASON == 2 { value / s - ahead } else { error };
        if TREND {
            ahead = (ahead + damping * slope) + gain * surprise;
            slope = p.phi * slope + p.beta * surprise;
        } else {
            ahead += p.alpha * surprise;
        }
        if SEASON != 0 {
            at += 1;
            if at == period {
                at = 0;
            }
        }
    }
    let n = y.len() as f64;
    // A perfect fit has no finite likelihood: squares below rounding count as rounding.
    let mut value = n * libm::log(squares.max(1e-24 * n));
    if relative {
        value += 2.0 * (logs + libm::log(product));
    }
    let level = if TREND { ahead - p.phi * slope } else { ahead };
    (value, squares, State { level, slope, season })
}

/// The way back: the derivatives of what [`forward`] returned.
pub(crate) fn backward<const SEASON: u8, const TREND: bool>(
    y: &[f64],
    period: usize,
    relative: bool,
    p: &Parameters,
    kept: &[Kept],
    squares: f64,
) -> Gradient {
    let n = y.len() as f64;
    let factor = 2.0 * n / squares.max(1e-24 * n);
    let mut g = Gradient { alpha: 0.0, beta: 0.0, gamma: 0.0, phi: 0.0, level: 0.0, slope: 0.0, season: [0.0; LONGEST_SEASON] };
    let mut at = if SEASON == 0 { 0 } else { y.len() % period };
    for (&value, kept) in y.iter().zip(kept).rev() {
        if SEASON != 0 {
            at = if at == 0 { period - 1 } else { at - 1 };
        }
        let Kept { level_ahead: ahead, slope, season: s, fitted } = *kept;
        // By the fitted value.
        let by_fitted = if relative {
            let inverse = 1.0 / fitted;
            -factor * (value * inverse - 1.0) * value * inverse * inverse + 2.0 * inverse
        } else {
            -factor * (value - fitted)
        };
        let surprise = match SEASON {
            2 => value / s - ahead,
            _ => value - fitted,
        };
        let by_surprise = p.alpha * g.level + if TREND { p.beta * g.slope } else { 0.0 };
        g.alpha += g.level * surprise;
        if TREND {
            g.beta += g.slope * surprise;
            g.phi += g.slope * slope;
        }
        let mut by_ahead = (1.0 - p.alpha) * g.level - if TREND { p.beta * g.slope } else { 0.0 };
        match SEASON {
            0 => by_ahead += by_fitted,
            1 => {
                let by_season = g.season[at];
                g.gamma += by_season * surprise;
                g.season[at] = by_season * (1.0 - p.gamma) - by_surprise + by_fitted;
                by_ahead += by_fitted - p.gamma * by_season;
            }
            _ => {
                let by_season = g.season[at];
                g.gamma += by_season * (value / ahead - s);
                g.season[at] = by_season * (1.0 - p.gamma) - by_surprise * value / (s * s) + by_fitted * ahead;
                by_ahead += by_fitted * s - p.gamma * by_season * value / (ahead * ahead);
            }
        }
        if TREND {
            g.phi += by_ahead * slope;
            g.slope = p.phi * (g.slope + by_ahead);
        }
        g.level = by_ahead;
    }
    g
}

/// What a model says of a series at given parameters.
#[derive(Clone, Debug, PartialEq)]
pub struct OneStep {
    /// The log likelihood at the variance of the errors that makes it greatest.
    pub log_likelihood: f64,
    /// Errors of the forecasts of one step; relative to the forecast for multiplicative errors.
    pub errors: Vec<f64>,
    /// States after the last observation.
    pub state: State,
}

impl Form {
    /// The errors and the likelihood of `y` at these parameters; none where a multiplicative model leaves the positive numbers.
    pub fn one_step(self, y: &[f64], period: usize, p: &Parameters) -> Option<OneStep> {
        let mut kept = vec![Kept::default(); y.len()];
        let (value, _, state) = self.forward(y, period, p, &mut kept);
        if !value.is_finite() {
            return None;
        }
        let n = y.len() as f64;
        let log_likelihood = -0.5 * (value + n * (libm::log(2.0 * std::f64::consts::PI / n) + 1.0));
        let error = |(y, kept): (&f64, &Kept)| match self.error {
            Error::Additive => y - kept.fitted,
            Error::Multiplicative => (y - kept.fitted) / kept.fitted,
        };
        Some(OneStep { log_likelihood, errors: y.iter().zip(&kept).map(error).collect(), state })
    }

    /// [`forward`] of this form.
    pub(crate) fn forward(self, y: &[f64], period: usize, p: &Parameters, kept: &mut [Kept]) -> (f64, f64, State) {
        let relative = self.error == Error::Multiplicative;
        match (self.season, self.trend != Trend::None) {
            (Season::None, false) => forward::<0, false>(y, period, relative, p, kept),
            (Season::None, true) => forward::<0, true>(y, period, relative, p, kept),
            (Season::Additive, false) => forward::<1, false>(y, period, relative, p, kept),
            (Season::Additive, true) => forward::<1, true>(y, period, relative, p, kept),
            (Season::Multiplicative, false) => forward::<2, false>(y, period, relative, p, kept),
            (Season::Multiplicative, true) => forward::<2, true>(y, period, relative, p, kept),
        }
    }

    /// [`backward`] of this form.
    pub(crate) fn backward(self, y: &[f64], period: usize, p: &Parameters, kept: &[Kept], squares: f64) -> Gradient {
        let relative = self.error == Error::Multiplicative;
        match (self.season, self.trend != Trend::None) {
            (Season::None, false) => backward::<0, false>(y, period, relative, p, kept, squares),
            (Season::None, true) => backward::<0, true>(y, period, relative, p, kept, squares),
            (Season::Additive, false) => backward::<1, false>(y, period, relative, p, kept, squares),
            (Season::Additive, true) => backward::<1, true>(y, period, relative, p, kept, squares),
            (Season::Multiplicative, false) => backward::<2, false>(y, period, relative, p, kept, squares),
            (Season::Multiplicative, true) => backward::<2, true>(y, period, relative, p, kept, squares),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Numbers from 0 to 1, always the same.
    struct Numbers(u64);

    impl Numbers {
        fn next(&mut self) -> f64 {
            self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (self.0 >> 11) as f64 / (1_u64 << 53) as f64
        }
    }

    /// The value at `p` with the parameter at a place moved by `by`, and what the way back says of that parameter.
    fn moved(p: &Parameters, at: usize, by: f64) -> Parameters {
        let mut p = *p;
        let all = [&mut p.alpha, &mut p.beta, &mut p.gamma, &mut p.phi, &mut p.level, &mut p.slope];
        match all.into_iter().nth(at) {
            Some(value) => *value += by,
            None => p.season[at - 6] += by,
        }
        p
    }

    #[test]
    fn gradient_is_that_of_finite_differences() {
        let mut numbers = Numbers(7);
        for round in 0..40 {
            for season in [Season::None, Season::Additive, Season::Multiplicative] {
                for trend in [Trend::None, Trend::Additive, Trend::Damped] {
                    for error in [Error::Additive, Error::Multiplicative] {
                        let form = Form { error, trend, season };
                        let period = if season == Season::None { 1 } else { [2, 4, 12][round % 3] };
                        let count = 3 * period + 8 + round;
                        let y: Vec<f64> = (0..count).map(|t| 1.0 + 0.01 * t as f64 + 0.4 * (numbers.next() - 0.5)).collect();
                        let alpha = 0.05 + 0.5 * numbers.next();
                        let neutral = if season == Season::Multiplicative { 1.0 } else { 0.0 };
                        let mut p = Parameters {
                            alpha,
                            beta: 0.0,
                            gamma: 0.0,
                            phi: 0.0,
                            level: 0.9 + 0.2 * numbers.next(),
                            slope: 0.0,
                            season: [neutral; LONGEST_SEASON],
                        };
                        let mut places = vec![0, 4];
                        if trend != Trend::None {
                            p.beta = 0.3 * alpha * numbers.next();
                            p.phi = if trend == Trend::Damped { 0.8 + 0.18 * numbers.next() } else { 1.0 };
                            p.slope = 0.02 * numbers.next();
                            places.extend([1, 3, 5]);
                        }
                        if season != Season::None {
                            p.gamma = 0.4 * (1.0 - alpha) * numbers.next();
                            p.season[..period].fill_with(|| neutral + 0.1 * (numbers.next() - 0.5));
                            places.push(2);
                            places.extend(6..6 + period);
                        }
                        let mut kept = vec![Kept::default(); count];
                        let (value, squares, _) = form.forward(&y, period, &p, &mut kept);
                        assert!(value.is_finite(), "{form:?} {p:?}");
                        let g = form.backward(&y, period, &p, &kept, squares);
                        let found = [g.alpha, g.beta, g.gamma, g.phi, g.level, g.slope];
                        for at in places {
                            let analytic = found.get(at).copied().unwrap_or_else(|| g.season[at - 6]);
                            // Five points: what is cut off is of the order of the fourth power of the step, rounding of its inverse.
                            let step = 1e-5;
                            let mut beside = |by: f64| form.forward(&y, period, &moved(&p, at, by), &mut kept).0;
                            let (near, far) = (beside(step) - beside(-step), beside(2.0 * step) - beside(-2.0 * step));
                            let numeric = (8.0 * near - far) / (12.0 * step);
                            let size = analytic.abs().max(1.0);
                            assert!((analytic - numeric).abs() < 1e-5 * size, "{} at {at}: {analytic} {numeric}", form.name());
                        }
                    }
                }
            }
        }
    }
}
