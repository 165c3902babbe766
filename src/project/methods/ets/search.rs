//! Fits every admissible model and chooses by the corrected Akaike criterion.
//!
//! # References
//!
//! Hyndman, Koehler, Snyder and Grose, "A state space framework for automatic forecasting using exponential smoothing methods",
//! *International Journal of Forecasting* 18 (2002), for the choice by `AICc`.

use super::model::{Error, Form, Gradient, Kept, LONGEST_SEASON, Parameters, SLOTS, Season, State, Trend};
use super::start::initial;
use crate::project::numeric::minimise::{Function, Limits, minimise};

/// A model fitted to data.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Fit {
    /// The model.
    pub form: Form,
    /// Whether it is fitted to the logarithms of the data, which turns its slope into a constant rate of growth.
    pub log: bool,
    /// Smoothing parameters and initial states.
    pub parameters: Parameters,
    /// States after the last observation.
    pub state: State,
    /// Corrected Akaike criterion; the smaller the better.
    pub aicc: f64,
    /// Root of the squared errors over their degrees of freedom; relative to the fitted value for multiplicative errors.
    pub sigma: f64,
    /// Number of observations.
    pub count: usize,
    /// Periods in a season; 1 without.
    pub season: usize,
}

/// Room for the passes of one series after another.
#[derive(Debug, Default)]
pub struct Workspace {
    kept: Vec<Kept>,
    scaled: Vec<f64>,
}

/// Bounds of alpha, and of beta and gamma as shares of what alpha leaves them: those of the R package `forecast`.
const SHARE: (f64, f64) = (1e-4, 0.9999);
/// Bounds of phi: those of the R package `forecast`.
const DAMPING: (f64, f64) = (0.8, 0.98);

/// Fits all admissible models to `y` with a season of `period` periods and returns them, the best by `AICc` first. `y` needs one
/// observation; models that have more parameters than the data can tell apart are left out.
pub fn fit_all(y: &[f64], period: usize, work: &mut Workspace) -> Vec<Fit> {
    let scale = mean_size(y);
    work.scaled.clear();
    work.scaled.extend(y.iter().map(|value| value / scale));
    work.kept.resize(y.len(), Kept::default());
    let positive = y.iter().all(|value| *value > 0.0);
    let mut fits: Vec<Fit> = Vec::with_capacity(15);
    let seasonal = (2..=LONGEST_SEASON).contains(&period) && y.len() >= 2 * period + 3;
    for season in [Season::None, Season::Additive, Season::Multiplicative] {
        if season != Season::None && !seasonal || season == Season::Multiplicative && !positive {
            continue;
        }
        for trend in [Trend::None, Trend::Additive, Trend::Damped] {
            let period = if season == Season::None { 1 } else { period };
            let mut start = None;
            for error in [Error::Additive, Error::Multiplicative] {
                if error == Error::Multiplicative && !positive || error == Error::Additive && season == Season::Multiplicative {
                    continue;
                }
                let form = Form { error, trend, season };
                let parameters = form.parameters(period);
                if parameters > 3 && y.len() <= parameters + 2 {
                    continue;
                }
                let from = start.unwrap_or_else(|| initial(form, &work.scaled, period));
                let limits = if season == Season::None { LIMITS } else { FIRST_LOOK };
                let fit = fit_one(form, &work.scaled, period, &from, &mut work.kept, limits);
                if !fit.aicc.is_finite() {
                    continue;
                }
                start = Some(from);
                fits.push(fit);
            }
        }
    }
    let least = fits.iter().map(|fit| fit.aicc).fold(f64::INFINITY, f64::min);
    for fit in &mut fits {
        if fit.season > 1 && fit.aicc < least + NEAR {
            let further = fit_one(fit.form, &work.scaled, fit.season, &fit.parameters, &mut work.kept, FURTHER);
            if further.aicc < fit.aicc {
                *fit = further;
            }
        }
        fit.rescale(scale);
    }
    if positive {
        logarithms(y.len(), period, seasonal, scale, work, &mut fits);
    }
    fits.sort_by(|a, b| a.aicc.total_cmp(&b.aicc));
    fits
}

/// The models of constant growth: an additive trend, with and without a season, of the logarithms.
fn logarithms(count: usize, period: usize, seasonal: bool, scale: f64, work: &mut Workspace, fits: &mut Vec<Fit>) {
    let mut logs = 0.0;
    for value in &mut work.scaled {
        *value = libm::log(*value);
        logs += *value;
    }
    // A rate far above what the series has grown by on average is that of a jump, or of a few months.
    let change = work.scaled[count - 1] - work.scaled[0];
    let fastest = 2.0 * change.abs() / (count.max(2) - 1) as f64;
    for season in [Season::None, Season::Additive] {
        let period = if season == Season::None { 1 } else { period };
        let form = Form { error: Error::Additive, trend: Trend::Additive, season };
        if season != Season::None && !seasonal || count <= form.parameters(period) + 2 {
            continue;
        }
        let from = initial(form, &work.scaled, period);
        let mut fit = fit_one(form, &work.scaled, period, &from, &mut work.kept, LIMITS);
        // The density of the amounts, not of their logarithms, is what the criteria of the other models speak of.
        fit.aicc += 2.0 * logs + HANDICAP;
        fit.log = true;
        fit.state.level += libm::log(scale);
        fit.parameters.level += libm::log(scale);
        if fit.aicc.is_finite() && fit.state.slope.abs() <= fastest {
            fits.push(fit);
        }
    }
}

/// What the models of constant growth have to be better by, in the units of the criterion. They run away where they are wrong, and
/// on the M3 competition's yearly series they are wrong more often than a lead of a few units tells.
const HANDICAP: f64 = 12.0;

/// Mean absolute value, or 1 for nothing but zeros.
fn mean_size(y: &[f64]) -> f64 {
    let mean = y.iter().map(|value| value.abs()).sum::<f64>() / y.len() as f64;
    if mean > 0.0 { mean } else { 1.0 }
}

fn to_line(value: f64, (lo, hi): (f64, f64)) -> f64 {
    let share = ((value - lo) / (hi - lo)).clamp(1e-6, 1.0 - 1e-6);
    libm::log(share / (1.0 - share))
}

/// The bounded value and its slope.
fn from_line(x: f64, (lo, hi): (f64, f64)) -> (f64, f64) {
    let share = 1.0 / (1.0 + libm::exp(-x));
    (lo + (hi - lo) * share, (hi - lo) * share * (1.0 - share))
}

/// The point of the search that stands for `p`, and its length.
fn pack<const N: usize>(form: Form, p: &Parameters, period: usize) -> ([f64; N], usize) {
    let mut x = [0.0; N];
    x[0] = to_line(p.alpha, SHARE);
    x[1] = p.level;
    let mut used = 2;
    if form.trend != Trend::None {
        x[used] = to_line(p.beta / p.alpha, SHARE);
        x[used + 1] = p.slope * SLOPE_UNIT;
        used += 2;
    }
    if form.trend == Trend::Damped {
        x[used] = to_line(p.phi, DAMPING);
        used += 1;
    }
    if form.season != Season::None {
        x[used] = to_line(p.gamma / (1.0 - p.alpha), SHARE);
        x[used + 1..used + period].copy_from_slice(&p.season[..period - 1]);
        used += period;
    }
    (x, used)
}

/// A slope moves the fit some ten times as far as a level does.
const SLOPE_UNIT: f64 = 10.0;

/// Slopes of the bounded parameters by their places on the line.
#[derive(Default)]
struct Bounded {
    alpha: f64,
    beta: (f64, f64),
    gamma: (f64, f64),
    phi: f64,
}

fn unpack<const N: usize>(form: Form, x: &[f64; N], period: usize) -> (Parameters, Bounded) {
    let (alpha, by_alpha) = from_line(x[0], SHARE);
    let mut p = Parameters { alpha, beta: 0.0, gamma: 0.0, phi: 0.0, level: x[1], slope: 0.0, season: [0.0; LONGEST_SEASON] };
    let mut bounded = Bounded { alpha: by_alpha, beta: (0.0, 0.0), gamma: (0.0, 0.0), phi: 0.0 };
    let mut used = 2;
    if form.trend != Trend::None {
        bounded.beta = from_line(x[used], SHARE);
        p.beta = alpha * bounded.beta.0;
        p.slope = x[used + 1] / SLOPE_UNIT;
        p.phi = 1.0;
        used += 2;
    }
    if form.trend == Trend::Damped {
        (p.phi, bounded.phi) = from_line(x[used], DAMPING);
        used += 1;
    }
    if form.season != Season::None {
        bounded.gamma = from_line(x[used], SHARE);
        p.gamma = (1.0 - alpha) * bounded.gamma.0;
        p.season[..period - 1].copy_from_slice(&x[used + 1..used + period]);
        let whole = if form.season == Season::Multiplicative { period as f64 } else { 0.0 };
        p.season[period - 1] = whole - x[used + 1..used + period].iter().sum::<f64>();
    }
    (p, bounded)
}

fn pack_gradient<const N: usize>(form: Form, g: &Gradient, p: &Parameters, by: &Bounded, period: usize) -> [f64; N] {
    let mut d = [0.0; N];
    d[0] = (g.alpha + g.beta * by.beta.0 - g.gamma * by.gamma.0) * by.alpha;
    d[1] = g.level;
    let mut used = 2;
    if form.trend != Trend::None {
        d[used] = g.beta * p.alpha * by.beta.1;
        d[used + 1] = g.slope / SLOPE_UNIT;
        used += 2;
    }
    if form.trend == Trend::Damped {
        d[used] = g.phi * by.phi;
        used += 1;
    }
    if form.season != Season::None {
        d[used] = g.gamma * (1.0 - p.alpha) * by.gamma.1;
        let last = g.season[period - 1];
        for at in 0..period - 1 {
            d[used + 1 + at] = g.season[at] - last;
        }
    }
    d
}

/// The search ends at far less than what tells two models apart. No parameter on the logistic line moves by more than 2 a round, no
/// state by more than twice the mean.
const LIMITS: Limits = Limits { rounds: 40, looks: 12, longest: 2.0, enough: 1e-3 };
/// A season has a dozen initial states and takes more rounds than that. Every model gets a few, then those that are [`NEAR`] the best
/// one as many as they need: what the others cannot reach costs nothing.
const FIRST_LOOK: Limits = Limits { rounds: 20, ..LIMITS };
const FURTHER: Limits = Limits { rounds: 80, ..LIMITS };
/// The distance in the criterion that further rounds may make up.
const NEAR: f64 = 40.0;

/// Minus twice the log likelihood of a form, by the points of the search.
struct Likelihood<'a> {
    form: Form,
    y: &'a [f64],
    period: usize,
    kept: &'a mut [Kept],
    last: Last,
}

/// What the gradient takes from where the likelihood was looked at last.
struct Last {
    p: Parameters,
    by: Bounded,
    squares: f64,
}

impl<const N: usize> Function<N> for Likelihood<'_> {
    fn value(&mut self, x: &[f64; N]) -> f64 {
        let (p, by) = unpack(self.form, x, self.period);
        let (value, squares, _) = self.form.forward(self.y, self.period, &p, self.kept);
        self.last = Last { p, by, squares };
        if value.is_finite() { value } else { f64::INFINITY }
    }

    fn gradient(&mut self, _: &[f64; N], _: f64) -> [f64; N] {
        let Last { p, by, squares } = &self.last;
        let gradient = self.form.backward(self.y, self.period, p, self.kept, *squares);
        pack_gradient(self.form, &gradient, p, by, self.period)
    }
}

fn fit_one(form: Form, y: &[f64], period: usize, from: &Parameters, kept: &mut [Kept], limits: Limits) -> Fit {
    // Without a season the number of numbers is known beforehand, so that no loop over them has to ask for it.
    match (form.season, form.trend) {
        (Season::None, Trend::None) => fit_in::<2, true>(form, y, period, from, kept, limits),
        (Season::None, Trend::Additive) => fit_in::<4, true>(form, y, period, from, kept, limits),
        (Season::None, Trend::Damped) => fit_in::<5, true>(form, y, period, from, kept, limits),
        _ => fit_in::<SLOTS, false>(form, y, period, from, kept, limits),
    }
}

/// Fits with `N` places for the numbers that are searched: all of them taken, or some.
fn fit_in<const N: usize, const ALL: bool>(
    form: Form,
    y: &[f64],
    period: usize,
    from: &Parameters,
    kept: &mut [Kept],
    limits: Limits,
) -> Fit {
    let (mut x, used) = pack::<N>(form, from, period);
    let last = Last { p: *from, by: Bounded::default(), squares: 0.0 };
    let mut likelihood = Likelihood { form, y, period, kept, last };
    let f = minimise(&mut likelihood, &mut x, if ALL { N } else { used }, limits);
    let p = unpack(form, &x, period).0;
    let (_, squares, state) = form.forward(y, period, &p, likelihood.kept);
    let n = y.len() as f64;
    let k = form.parameters(period) as f64;
    let spare = (n - k - 1.0).max(0.5);
    let aicc = f + 2.0 * k + 2.0 * k * (k + 1.0) / spare;
    // Degrees of freedom of the errors: all parameters but the variance count.
    let sigma = (squares / (n - k + 1.0).max(1.0)).sqrt();
    Fit { form, log: false, parameters: p, state, aicc, sigma, count: y.len(), season: period }
}

impl Fit {
    fn rescale(&mut self, scale: f64) {
        let additive = self.form.season != Season::Multiplicative;
        let p = &mut self.parameters;
        for value in [&mut p.level, &mut p.slope, &mut self.state.level, &mut self.state.slope] {
            *value *= scale;
        }
        if additive {
            for value in p.season.iter_mut().chain(&mut self.state.season) {
                *value *= scale;
            }
        }
        // The likelihood is that of the scaled data for every model of a series, so the criterion compares as it stands.
        if self.form.error == Error::Additive {
            self.sigma *= scale;
        }
    }

    /// Whether the errors are relative to the forecast.
    pub fn is_relative(&self) -> bool {
        self.log || self.form.error == Error::Multiplicative
    }

    /// Point forecasts of the next periods, one for each place of `out`.
    pub fn forecast(&self, out: &mut [f64]) {
        let mut damping = 0.0;
        let mut factor = 1.0;
        for (ahead, value) in out.iter_mut().enumerate() {
            factor *= self.parameters.phi;
            damping += factor;
            let level = self.state.level + if self.form.trend == Trend::None { 0.0 } else { damping * self.state.slope };
            let s = self.state.season[(self.count + ahead) % self.season];
            *value = match self.form.season {
                Season::None => level,
                Season::Additive => level + s,
                Season::Multiplicative => level * s,
            };
            if self.log {
                *value = libm::exp(value.min(600.0));
            }
        }
    }

    /// What an error of one period adds to the forecasts of the periods after it: 1 at place 0, then c(j) of the book's chapter 6.
    pub fn weights(&self, out: &mut [f64]) {
        let p = &self.parameters;
        let mut damping = 0.0;
        let mut factor = 1.0;
        for (j, value) in out.iter_mut().enumerate() {
            if j == 0 {
                *value = 1.0;
                continue;
            }
            *value = p.alpha + p.beta * (1.0 + damping);
            factor *= p.phi;
            damping += factor;
            if self.form.season != Season::None && j % self.season == 0 {
                *value += p.gamma;
            }
        }
    }
}
