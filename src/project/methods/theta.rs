//! The theta models.
//!
//! The season of recent years, where there is one, is divided out, or taken off where figures are zero. Of what is left
//! a model foresees
//!
//! ```text
//! μ(t+1) = l(t) + (1 - 1/θ) { (1-α)^t A(t) + [1 - (1-α)^(t+1)] / α · B(t) },    l(t) = α y(t) + (1-α) l(t-1)
//! ```
//!
//! with A and B the intercept and slope of a least-squares line. In the dynamic models it goes through the observations up to t, and θ is
//! optimised or 2; `theta` averages the two by their Akaike weights. In the standard model it goes through all observations, and θ is 2:
//! the method that won the M3 competition, here `standard-theta`. Errors are relative or absolute, whichever is likelier. Given α they
//! are linear in the initial level and in 1 - 1/θ, so both are solved for exactly and only α is searched: one dimension instead of three.
//! A season is assumed to stay as it was of late, and the line falls behind constant growth; four observations are the least.
//!
//! # References
//!
//! Fiorucci, Pellegrini, Louzada, Petropoulos and Koehler, "Models for optimising the theta method and their relationship to state
//! space models", *International Journal of Forecasting* 32 (2016). Assimakopoulos and Nikolopoulos, "The theta model", *IJF* 16 (2000).

use super::definition::Definition;
use super::explanation::Explanation;
use super::found::{Found, Model, Parameter, Shortfall};
use super::outlook::{Calibration, Raw, growth};
use super::season::Pattern;

/// The method `theta`.
pub(super) const THETA: Definition = Definition {
    name: "theta",
    summary: "The dynamic theta models, for regular totals",
    explanation: Explanation {
        does: "A smoothed level plus a share of the straight line through the figures so far, that share optimised or a \
               half: the two dynamic models, averaged by their Akaike weights.",
        needs: "At least four regular totals; with fewer it is the drift of years, else the last figure.",
        limits: "Lags behind fast growth; the season is held fixed.",
        reference: "Fiorucci, Pellegrini, Louzada, Petropoulos and Koehler, International Journal of Forecasting 32 (2016).",
    },
    calibration: Calibration { base: -0.40, season: 0.08, short: 1.00, steps: 0.02, naive: 0.16, df: 4.0 },
    mends: true,
    forecast: |y, period, horizon, _| outlook(y, period, horizon, Form::DYNAMIC),
};

/// The method `standard-theta`.
pub(super) const STANDARD_THETA: Definition = Definition {
    name: "standard-theta",
    summary: "The theta method as it won the M3 competition",
    explanation: Explanation {
        does: "A smoothed level plus half of the straight line through all figures: the method that won the M3 competition.",
        needs: "At least four regular totals; with fewer it is the drift of years, else the last figure.",
        limits: "Lags behind fast growth; old figures affect the line as much as new ones; the season is held fixed.",
        reference: "Assimakopoulos and Nikolopoulos, International Journal of Forecasting 16 (2000).",
    },
    calibration: Calibration { base: -0.12, season: -0.04, short: 0.60, steps: 0.01, naive: 0.13, df: 4.0 },
    mends: false,
    forecast: |y, period, horizon, _| outlook(y, period, horizon, &[Form::Standard]),
};

/// Which line a model leans on, and by how much.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// The line through the observations so far; theta is optimised.
    DynamicOptimised,
    /// The line through the observations so far; theta is 2.
    DynamicStandard,
    /// The line through all observations; theta is 2.
    Standard,
}

impl Form {
    /// The dynamic models.
    pub const DYNAMIC: &[Self] = &[Self::DynamicOptimised, Self::DynamicStandard];

    /// As the literature has it: `DOTM`.
    pub fn name(self) -> &'static str {
        match self {
            Self::DynamicOptimised => "DOTM",
            Self::DynamicStandard => "DSTM",
            Self::Standard => "STM",
        }
    }
}

/// The forecasts of these models, averaged by their Akaike weights; for fewer than four observations, the drift of years or the last value.
pub fn outlook(y: &[f64], period: usize, horizon: usize, forms: &[Form]) -> Raw {
    if y.len() < 4 {
        return super::naive::fallback(y, period, horizon, Shortfall::FewerThanFour);
    }
    let pattern = Pattern::of(y, period);
    let season = pattern.as_ref();
    let adjusted: Vec<f64> = y.iter().enumerate().map(|(at, v)| season.map_or(*v, |season| season.removed(at, *v))).collect();
    let mut fits: Vec<(Fit, f64)> = forms.iter().map(|form| (Fit::of(*form, &adjusted), 0.0)).collect();
    let least = fits.iter().map(|(fit, _)| fit.aic).fold(f64::INFINITY, f64::min);
    let likelihood = |fit: &Fit| libm::exp(-0.5 * (fit.aic - least));
    let sum: f64 = fits.iter().map(|(fit, _)| likelihood(fit)).sum();
    for (fit, share) in &mut fits {
        *share = likelihood(fit) / sum;
    }
    let mut raw =
        Raw { median: vec![0.0; horizon], deviation: vec![0.0; horizon], weights: vec![0.0; horizon], found: found(&fits) };
    let mut ahead = vec![0.0; horizon];
    for (fit, share) in &fits {
        fit.forecast(&mut ahead);
        let weights = fit.weights(horizon);
        for (at, (ahead, root)) in ahead.iter().zip(growth(&weights)).enumerate() {
            let part = share * season.map_or(1.0, |season| season.factor(y.len() + at));
            raw.median[at] += share * ahead;
            raw.deviation[at] += part * fit.sigma * root * if fit.relative { ahead.abs() } else { 1.0 };
            raw.weights[at] += share * weights[at];
        }
    }
    if let Some(season) = season {
        for (at, median) in raw.median.iter_mut().enumerate() {
            *median = season.applied(y.len() + at, *median);
        }
    }
    raw
}

fn found(fits: &[(Fit, f64)]) -> Found {
    let one = |(fit, share): &(Fit, f64)| {
        let number = Parameter::Number;
        let parameters = [("theta", number(fit.theta)), ("alpha", number(fit.alpha)), ("level", Parameter::Amount(fit.level))];
        Model { name: fit.form.name().to_owned(), logarithms: false, weight: *share, parameters: parameters.to_vec() }
    };
    Found::Theta(fits.iter().map(one).collect())
}

/// A theta model, fitted.
#[derive(Clone, Debug, PartialEq)]
pub struct Fit {
    /// Which model.
    pub form: Form,
    /// Weight of a new observation in the level.
    pub alpha: f64,
    /// The theta: 1 is simple exponential smoothing.
    pub theta: f64,
    /// Level before the first observation.
    pub level: f64,
    /// Whether errors are relative to the forecast.
    pub relative: bool,
    /// Root of the squared one-step errors from the fourth observation on, over their degrees of freedom.
    pub sigma: f64,
    /// Akaike's criterion of those errors.
    pub aic: f64,
    share: f64,
    state: State,
}

#[derive(Clone, Copy, Debug, PartialEq)]
struct State {
    level: f64,
    mean: f64,
    intercept: f64,
    slope: f64,
    count: f64,
    /// (1 - alpha)^count
    left: f64,
    /// Whether the line is that of the observations so far.
    dynamic: bool,
}

impl State {
    /// After the first observation of `y`.
    fn first(form: Form, y: &[f64], alpha: f64, level: f64) -> Self {
        let dynamic = form != Form::Standard;
        let (intercept, slope) = if dynamic { (y[0], 0.0) } else { line(y) };
        let level = alpha * y[0] + (1.0 - alpha) * level;
        Self { level, mean: y[0], intercept, slope, count: 1.0, left: 1.0 - alpha, dynamic }
    }

    /// What the line adds to the level for the next observation, up to the factor 1 - 1/theta.
    fn drift(&self, alpha: f64) -> f64 {
        self.intercept * self.left + self.slope * (1.0 - self.left * (1.0 - alpha)) / alpha
    }

    fn take(&mut self, y: f64, alpha: f64) {
        let i = self.count;
        self.level += alpha * (y - self.level);
        if self.dynamic {
            // By the mean before this observation; with the mean after it the line would not be that of least squares.
            self.slope = ((i - 1.0) * self.slope + 6.0 * (y - self.mean) / (i + 1.0)) / (i + 2.0);
            self.mean = (i * self.mean + y) / (i + 1.0);
            self.intercept = self.mean - self.slope * (i + 2.0) / 2.0;
        }
        self.count = i + 1.0;
        self.left *= 1.0 - alpha;
    }
}

/// Intercept and slope of the least-squares line through `y` at 1, 2, and so on.
fn line(y: &[f64]) -> (f64, f64) {
    let n = y.len() as f64;
    let mean = y.iter().sum::<f64>() / n;
    let middle = f64::midpoint(n, 1.0);
    let sum: f64 = y.iter().enumerate().map(|(at, v)| ((at + 1) as f64 - middle) * (v - mean)).sum();
    let slope = 12.0 * sum / (n * (n * n - 1.0));
    (mean - slope * middle, slope)
}

/// Bounds of alpha: those of the authors' package forecTheta.
const ALPHA: (f64, f64) = (0.1, 0.99);
/// The first errors, which the start decides, are left out of the sum of squares as in forecTheta.
const SKIPPED: usize = 3;

/// Sum of squares at `alpha`, with the level and the share 1 - 1/theta that make it least. The errors are linear in both.
fn squares(form: Form, y: &[f64], alpha: f64) -> (f64, f64, f64) {
    let mut state = State::first(form, y, alpha, 0.0);
    let (mut aa, mut ab, mut bb, mut ar, mut br, mut rr) = (0.0, 0.0, 0.0, 0.0, 0.0, 0.0);
    for (at, &value) in y.iter().enumerate().skip(1) {
        if at >= SKIPPED {
            let (a, b, r) = (state.left, state.drift(alpha), value - state.level);
            aa += a * a;
            ab += a * b;
            bb += b * b;
            ar += a * r;
            br += b * r;
            rr += r * r;
        }
        state.take(value, alpha);
    }
    let one = |share: f64| {
        let level = if aa > 0.0 { (ar - share * ab) / aa } else { 0.0 };
        let sum = rr - 2.0 * level * ar - 2.0 * share * br + level * level * aa + 2.0 * level * share * ab + share * share * bb;
        (sum.max(0.0), level, share)
    };
    if form != Form::DynamicOptimised {
        return one(0.5);
    }
    let determinant = aa * bb - ab * ab;
    let share = if determinant > 1e-12 * aa * bb { (aa * br - ab * ar) / determinant } else { 0.5 };
    one(share.clamp(0.0, 1.0 - 1e-9))
}

impl Fit {
    /// Fits seasonally adjusted data `y`, four observations at least.
    pub fn of(form: Form, y: &[f64]) -> Self {
        // A coarse look finds the valley, a golden section its floor.
        let value = |alpha: f64| squares(form, y, alpha).0;
        let points = 10;
        let width = (ALPHA.1 - ALPHA.0) / f64::from(points);
        let best =
            (0..=points).map(|k| ALPHA.0 + width * f64::from(k)).min_by(|a, b| value(*a).total_cmp(&value(*b))).unwrap_or(0.5);
        let (mut lo, mut hi) = ((best - width).max(ALPHA.0), (best + width).min(ALPHA.1));
        let golden = 0.618_033_988_749_894_9;
        let (mut a, mut b) = (hi - golden * (hi - lo), lo + golden * (hi - lo));
        let (mut fa, mut fb) = (value(a), value(b));
        for _ in 0..16 {
            if fa < fb {
                (hi, b, fb) = (b, a, fa);
                a = hi - golden * (hi - lo);
                fa = value(a);
            } else {
                (lo, a, fa) = (a, b, fb);
                b = lo + golden * (hi - lo);
                fb = value(b);
            }
        }
        let alpha = if fa < fb { a } else { b };
        let (_, level, share) = squares(form, y, alpha);
        Self::with(form, y, alpha, 1.0 / (1.0 - share), level).0
    }

    /// The model of seasonally adjusted data `y`, one observation at least, with these parameters, and the errors of its forecasts of one
    /// step from the second observation on. Theta is 1 or more.
    pub fn with(form: Form, y: &[f64], alpha: f64, theta: f64, level: f64) -> (Self, Vec<f64>) {
        let share = 1.0 - 1.0 / theta;
        let mut state = State::first(form, y, alpha, level);
        let mut errors = Vec::with_capacity(y.len());
        let (mut absolute, mut relative, mut logs, mut least) = (0.0, 0.0, 0.0, f64::INFINITY);
        for (at, &value) in y.iter().enumerate().skip(1) {
            let mean = state.level + share * state.drift(alpha);
            let error = value - mean;
            errors.push(error);
            if at >= SKIPPED {
                absolute += error * error;
                relative += error * error / (mean * mean);
                logs += libm::log(mean.abs());
                least = mean.min(least);
            }
            state.take(value, alpha);
        }
        let n = y.len().saturating_sub(SKIPPED).max(1) as f64;
        let criterion = |sum: f64| n * libm::log(sum.max(f64::MIN_POSITIVE) / n);
        let likelier = least > 0.0 && criterion(relative) + 2.0 * logs < criterion(absolute);
        let (sum, criterion) =
            if likelier { (relative, criterion(relative) + 2.0 * logs) } else { (absolute, criterion(absolute)) };
        let optimised = if form == Form::DynamicOptimised { 1.0 } else { 0.0 };
        let aic = criterion + 2.0 * optimised;
        // The level and theta are solved for, alpha is searched.
        let sigma = (sum / (n - 2.0 - optimised).max(1.0)).sqrt();
        (Self { form, alpha, theta, level, relative: likelier, sigma, aic, share, state }, errors)
    }

    /// Point forecasts of the adjusted data.
    pub fn forecast(&self, out: &mut [f64]) {
        self.path(0.0, out);
    }

    /// What an error of one period adds to it and the periods after it.
    fn weights(&self, horizon: usize) -> Vec<f64> {
        let scale = self.state.level.abs().max(f64::MIN_POSITIVE);
        let (mut with, mut without) = (vec![0.0; horizon], vec![0.0; horizon]);
        self.path(scale, &mut with);
        self.path(0.0, &mut without);
        with.iter().zip(without).map(|(with, without)| (with - without) / scale).collect()
    }

    /// The periods ahead if the first turns out `error` above its forecast and the others as foreseen.
    fn path(&self, error: f64, out: &mut [f64]) {
        let mut state = self.state;
        for (at, value) in out.iter_mut().enumerate() {
            *value = state.level + self.share * state.drift(self.alpha) + if at == 0 { error } else { 0.0 };
            state.take(*value, self.alpha);
        }
    }
}
