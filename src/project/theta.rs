//! The dynamic optimised theta model.
//!
//! The season, where a test finds one, is divided out by classical decomposition. Of what is left the model foresees
//!
//! ```text
//! μ(t+1) = l(t) + (1 - 1/θ) { (1-α)^t A(t) + [1 - (1-α)^(t+1)] / α · B(t) },    l(t) = α y(t) + (1-α) l(t-1)
//! ```
//!
//! with A and B the intercept and slope of the least-squares line through the observations up to t. Given α the errors are linear
//! in the initial level and in 1 - 1/θ, so both are solved for exactly and only α is searched: one dimension instead of three.
//! It assumes that a season stays as it is, and it falls behind constant growth; four observations are the least.
//!
//! # References
//!
//! Fiorucci, Pellegrini, Louzada, Petropoulos and Koehler, "Models for optimising the theta method and their relationship to state
//! space models", *International Journal of Forecasting* 32 (2016). Assimakopoulos and Nikolopoulos, "The theta model", *IJF* 16 (2000).

use super::decompose;
use super::outlook::{Raw, growth};

/// The forecast of the fitted model; for fewer than four observations, of the drift.
pub fn outlook(y: &[f64], period: usize, horizon: usize) -> Raw {
    if y.len() < 4 {
        return Raw { fitted: "drift, for want of four figures".to_owned(), ..super::naive::drift(y, horizon) };
    }
    let fit = fit(y, period);
    let mut median = vec![0.0; horizon];
    fit.forecast(y.len(), &mut median);
    let mut weights = vec![fit.alpha; horizon];
    if let Some(first) = weights.first_mut() {
        *first = 1.0;
    }
    let n = y.len();
    let deviation =
        growth(&weights).enumerate().map(|(at, root)| fit.sigma * root * fit.indices[(n + at) % fit.indices.len()]).collect();
    Raw { median, deviation, weights, fitted: describe(&fit) }
}

/// Multiplicative indices where the series is positive and the test finds a season, else ones.
pub fn seasonal_indices(y: &[f64], period: usize) -> Vec<f64> {
    let seasonal = y.iter().all(|value| *value > 0.0) && decompose::is_seasonal(y, period);
    let indices = if seasonal { decompose::divisors(y, period) } else { None };
    indices.unwrap_or_else(|| vec![1.0; period.max(1)])
}

/// The parameters: `theta 1.52, alpha 0.31`.
fn describe(fit: &Fit) -> String {
    // Without a limit on theta the level and the line are one as good as the other.
    if fit.theta > 1000.0 {
        return format!("theta above 1000, alpha {:.2}", fit.alpha);
    }
    format!("theta {:.2}, alpha {:.2}", fit.theta, fit.alpha)
}

/// The dynamic optimised theta model, fitted.
#[derive(Clone, Debug, PartialEq)]
pub struct Fit {
    /// Weight of a new observation in the level.
    pub alpha: f64,
    /// The optimised theta: 1 is simple exponential smoothing, 2 the method as it won the M3 competition.
    pub theta: f64,
    /// Level before the first observation.
    pub level: f64,
    /// Root mean square of the one-step errors of the adjusted data, from the fourth on.
    pub sigma: f64,
    /// Seasonal indices, the first that of the first observation; a single 1 without a season.
    pub indices: Vec<f64>,
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
}

impl State {
    fn first(y: f64, alpha: f64, level: f64) -> Self {
        Self { level: alpha * y + (1.0 - alpha) * level, mean: y, intercept: y, slope: 0.0, count: 1.0, left: 1.0 - alpha }
    }

    /// What the line adds to the level for the next observation, up to the factor 1 - 1/theta.
    fn drift(&self, alpha: f64) -> f64 {
        self.intercept * self.left + self.slope * (1.0 - self.left * (1.0 - alpha)) / alpha
    }

    fn take(&mut self, y: f64, alpha: f64) {
        let i = self.count;
        self.level += alpha * (y - self.level);
        // By the mean before this observation; with the mean after it the line would not be that of least squares.
        self.slope = ((i - 1.0) * self.slope + 6.0 * (y - self.mean) / (i + 1.0)) / (i + 2.0);
        self.mean = (i * self.mean + y) / (i + 1.0);
        self.intercept = self.mean - self.slope * (i + 2.0) / 2.0;
        self.count = i + 1.0;
        self.left *= 1.0 - alpha;
    }
}

/// Bounds of alpha: those of the authors' package forecTheta.
const ALPHA: (f64, f64) = (0.1, 0.99);
/// The first errors, which the start decides, are left out of the sum of squares as in forecTheta.
const SKIPPED: usize = 3;

/// Sum of squares at `alpha`, with the level and the share 1 - 1/theta that make it least. The errors are linear in both.
fn squares(y: &[f64], alpha: f64) -> (f64, f64, f64) {
    let mut state = State::first(y[0], alpha, 0.0);
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
    let determinant = aa * bb - ab * ab;
    let share = if determinant > 1e-12 * aa * bb { (aa * br - ab * ar) / determinant } else { 0.5 };
    one(share.clamp(0.0, 1.0 - 1e-9))
}

/// Fits `y`, four observations at least, with a season of `period` periods.
pub fn fit(y: &[f64], period: usize) -> Fit {
    let indices = seasonal_indices(y, period);
    let adjusted: Vec<f64> = y.iter().enumerate().map(|(at, v)| v / indices[at % indices.len()]).collect();
    // A coarse look finds the valley, a golden section its floor.
    let value = |alpha: f64| squares(&adjusted, alpha).0;
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
    let (sum, level, share) = squares(&adjusted, alpha);
    let mut state = State::first(adjusted[0], alpha, level);
    for value in &adjusted[1..] {
        state.take(*value, alpha);
    }
    let sigma = (sum / (y.len() - SKIPPED) as f64).sqrt();
    Fit { alpha, theta: 1.0 / (1.0 - share), level, sigma, indices, share, state }
}

impl Fit {
    /// The model of seasonally adjusted data `y`, one observation at least, with these parameters, and the errors of its forecasts of one
    /// step from the second observation on. Theta is 1 or more.
    pub fn with(y: &[f64], alpha: f64, theta: f64, level: f64) -> (Self, Vec<f64>) {
        let share = 1.0 - 1.0 / theta;
        let mut state = State::first(y[0], alpha, level);
        let mut errors = Vec::with_capacity(y.len());
        for value in &y[1..] {
            errors.push(value - state.level - share * state.drift(alpha));
            state.take(*value, alpha);
        }
        let counted = errors.iter().skip(SKIPPED - 1);
        let sigma = (counted.map(|e| e * e).sum::<f64>() / y.len().saturating_sub(SKIPPED).max(1) as f64).sqrt();
        (Self { alpha, theta, level, sigma, indices: vec![1.0], share, state }, errors)
    }

    /// Point forecasts.
    pub fn forecast(&self, n: usize, out: &mut [f64]) {
        let mut state = self.state;
        for (ahead, value) in out.iter_mut().enumerate() {
            let mean = state.level + self.share * state.drift(self.alpha);
            state.take(mean, self.alpha);
            *value = mean * self.indices[(n + ahead) % self.indices.len()];
        }
    }
}
