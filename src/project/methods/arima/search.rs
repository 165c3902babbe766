//! Fits models by exact maximum likelihood and walks from one to its neighbours while the corrected Akaike criterion falls.
//!
//! # References
//!
//! Hyndman and Khandakar, "Automatic time series forecasting: the forecast package for R", *Journal of Statistical Software* 27(3) (2008),
//! section 3.2. Jones, "Maximum likelihood fitting of ARMA models to time series with missing observations", *Technometrics* 22 (1980),
//! for the search in partial autocorrelations.

use super::difference::{differenced, is_constant, needed};
use super::forecast::Model;
use super::likelihood::{Sums, pass};
use super::model::{Coefficients, Expanded, LONGEST_SEASON, MOST_SEASONAL, MOST_TERMS, Order, from_partial, roots_beyond};
use crate::project::numeric::minimise::{Differences, Limits, minimise};

/// A model fitted to data.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Fit {
    /// The model; its variance is that of the errors over their degrees of freedom.
    pub model: Model,
    /// Corrected Akaike criterion; the smaller the better among models with the same differences.
    pub aicc: f64,
    /// The same for the values that the models are compared on, given those before.
    pub(crate) compared: f64,
    /// Variance of the estimate of the mean, the coefficients taken for known; 0 for models without a constant.
    pub mean_variance: f64,
}

/// Numbers of a point at most.
const SLOTS: usize = 2 * (MOST_TERMS + MOST_SEASONAL);

/// A point of the search.
type Point = [f64; SLOTS];

/// Minus twice a log likelihood tells two models apart by whole units.
const LIMITS: Limits = Limits { rounds: 50, looks: 10, longest: 1.0, enough: 1e-3 };

/// How much is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Effort {
    /// The whole walk.
    Search,
    /// The models that it begins with, and a few rounds for each.
    Beginning,
}

impl Effort {
    fn limits(self) -> Limits {
        match self {
            Self::Search => LIMITS,
            Self::Beginning => Limits { rounds: 12, ..LIMITS },
        }
    }
}

/// Models tried at most.
const MOST_MODELS: usize = 94;
/// No root of a polynomial may be nearer to zero than this: the package's rule, here for the seasonal polynomials in B^m by themselves, which
/// it takes in B. Such models are unstable or cancel.
const LEAST_ROOT: f64 = 1.01;
/// Partial autocorrelations stay below this.
const BELOW_ONE: f64 = 0.999;
/// From so many figures on the search begins with two terms of each kind, else with one.
const ENOUGH_FOR_TWO: usize = 10;

/// The models that the search comes by, the best first; none for fewer than four values.
///
/// The first is what the automatic choice of one model would be. All have the same differences, so that their criteria compare.
pub fn search(y: &[f64], period: usize) -> Vec<Fit> {
    if y.len() < 4 {
        return Vec::new();
    }
    walk(y, differences(y, period, super::DIFFERENCES), 0, Effort::Search)
}

/// The mean size of the values: a model has to be the same in any currency.
fn size_of(y: &[f64]) -> f64 {
    let size = y.iter().map(|value| value.abs()).sum::<f64>() / y.len() as f64;
    if size > 0.0 { size } else { 1.0 }
}

/// The model without terms that has the differences that `y` needs, with `most` of periods at most.
pub(crate) fn differences(y: &[f64], period: usize, most: usize) -> Order {
    let period = if (2..=LONGEST_SEASON).contains(&period) && y.len() >= 2 * period + 3 { period } else { 1 };
    let (differences, seasonal_differences) = needed(y, period, most, size_of(y));
    let constant = differences + seasonal_differences < 2;
    Order { ar: 0, differences, ma: 0, seasonal_ar: 0, seasonal_differences, seasonal_ma: 0, period, constant }
}

/// The models that the walk from an order without terms comes by, the best first. They are compared on the values after the first `given` that
/// differencing leaves.
pub(crate) fn walk(y: &[f64], order: Order, given: usize, effort: Effort) -> Vec<Fit> {
    let size = size_of(y);
    let w: Vec<f64> = differenced(y, &order).iter().map(|value| value / size).collect();
    let mut walk =
        Walk { w, given, effort, tried: Vec::with_capacity(MOST_MODELS), best: None, fits: Vec::with_capacity(MOST_MODELS) };
    if is_constant(&walk.w, 1.0) {
        walk.consider(order);
    } else {
        walk.run(order, y.len());
    }
    let count = walk.w.len();
    let mut fits = walk.fits;
    for fit in &mut fits {
        fit.model.mean *= size;
        fit.model.variance *= size * size;
        fit.mean_variance *= size * size;
        fit.aicc += 2.0 * count as f64 * libm::log(size);
        fit.compared += 2.0 * count.saturating_sub(given) as f64 * libm::log(size);
    }
    fits.sort_by(|a, b| a.aicc.total_cmp(&b.aicc));
    fits
}

struct Walk {
    /// The differenced values, in units of the mean size of the series.
    w: Vec<f64>,
    given: usize,
    effort: Effort,
    tried: Vec<Order>,
    best: Option<(Fit, Point)>,
    fits: Vec<Fit>,
}

impl Walk {
    fn run(&mut self, order: Order, count: usize) {
        let seasonal = order.period > 1;
        let most = MOST_TERMS.min(count / 3).min(if seasonal { order.period - 1 } else { MOST_TERMS });
        let most_seasonal = if seasonal { MOST_SEASONAL.min(count / 3 / order.period) } else { 0 };
        let one = most_seasonal.min(1);
        let with = |ar: usize, ma: usize, seasonal_ar: usize, seasonal_ma: usize| Order {
            ar: ar.min(most),
            ma: ma.min(most),
            seasonal_ar,
            seasonal_ma,
            ..order
        };
        self.consider(if count < ENOUGH_FOR_TWO { with(1, 1, 0, 0) } else { with(2, 2, one, one) });
        self.consider(order);
        self.consider(with(1, 0, one, 0));
        self.consider(with(0, 1, 0, one));
        if order.constant {
            self.consider(Order { constant: false, ..order });
        }
        while let Some((best, _)) = self.best.filter(|_| self.effort == Effort::Search) {
            let at = best.model.order;
            for to in neighbours(at, order.constant) {
                let fits = to.ar <= most && to.ma <= most && to.seasonal_ar <= most_seasonal && to.seasonal_ma <= most_seasonal;
                if !fits || self.tried.contains(&to) {
                    continue;
                }
                if self.tried.len() >= MOST_MODELS {
                    return;
                }
                // From a better one on it goes at once.
                if self.consider(to) {
                    break;
                }
            }
            if self.best.is_some_and(|(now, _)| now.model.order == at) {
                return;
            }
        }
    }

    /// Fits a model; whether it is the best so far.
    fn consider(&mut self, order: Order) -> bool {
        self.tried.push(order);
        let from = self.best.map(|(fit, x)| moved(&x, &fit.model.order, &order));
        let Some(found) = fit_one(&self.w, order, from, self.given, self.effort.limits()) else { return false };
        self.fits.push(found.0);
        let better = self.best.is_none_or(|(best, _)| found.0.aicc < best.aicc);
        if better {
            self.best = Some(found);
        }
        better
    }
}

/// The models one step away: a term of one kind more or less, of two kinds at once, and with or without a constant.
fn neighbours(at: Order, constant: bool) -> impl Iterator<Item = Order> {
    const STEPS: [(isize, isize, isize, isize); 16] = [
        (0, 0, -1, 0),
        (0, 0, 0, -1),
        (0, 0, 1, 0),
        (0, 0, 0, 1),
        (0, 0, -1, -1),
        (0, 0, -1, 1),
        (0, 0, 1, -1),
        (0, 0, 1, 1),
        (-1, 0, 0, 0),
        (0, -1, 0, 0),
        (1, 0, 0, 0),
        (0, 1, 0, 0),
        (-1, -1, 0, 0),
        (-1, 1, 0, 0),
        (1, -1, 0, 0),
        (1, 1, 0, 0),
    ];
    let steps = STEPS.into_iter().filter_map(move |(ar, ma, seasonal_ar, seasonal_ma)| {
        Some(Order {
            ar: at.ar.checked_add_signed(ar)?,
            ma: at.ma.checked_add_signed(ma)?,
            seasonal_ar: at.seasonal_ar.checked_add_signed(seasonal_ar)?,
            seasonal_ma: at.seasonal_ma.checked_add_signed(seasonal_ma)?,
            ..at
        })
    });
    steps.chain(constant.then_some(Order { constant: !at.constant, ..at }))
}

/// Where the terms of each kind lie in a point, as starts and counts.
fn parts(order: &Order) -> [(usize, usize); 4] {
    let counts = [order.ar, order.ma, order.seasonal_ar, order.seasonal_ma];
    let mut start = 0;
    counts.map(|count| {
        let part = (start, count);
        start += count;
        part
    })
}

/// The point of another order: terms that both have are kept, new ones start at nothing.
fn moved(x: &Point, of: &Order, to: &Order) -> Point {
    let mut there = [0.0; SLOTS];
    for ((from, count), (start, room)) in parts(of).into_iter().zip(parts(to)) {
        let kept = count.min(room);
        there[start..start + kept].copy_from_slice(&x[from..from + kept]);
    }
    there
}

/// The coefficients at a point: each number stands for a partial autocorrelation.
fn coefficients(x: &Point, order: &Order) -> Coefficients {
    let mut c = Coefficients::default();
    let [ar, ma, seasonal_ar, seasonal_ma] = parts(order);
    let fill = |out: &mut [f64], (start, count): (usize, usize), sign: f64| {
        for (value, x) in out.iter_mut().zip(&x[start..start + count]) {
            *value = BELOW_ONE * x / (1.0 + x * x).sqrt();
        }
        from_partial(&mut out[..count]);
        for value in &mut out[..count] {
            *value *= sign;
        }
    };
    fill(&mut c.ar, ar, 1.0);
    fill(&mut c.ma, ma, -1.0);
    fill(&mut c.seasonal_ar, seasonal_ar, 1.0);
    fill(&mut c.seasonal_ma, seasonal_ma, -1.0);
    c
}

/// Sums of squares below this are rounding: a perfect fit has no finite likelihood.
const ROUNDING: f64 = 1e-20;

/// Minus twice the log likelihood up to a constant, at the best mean and variance.
fn deviance(sums: &Sums, count: usize) -> f64 {
    let n = count as f64;
    n * libm::log(sums.squares_about(sums.mean()).max(ROUNDING * n)) + sums.logs
}

/// The corrected criterion for a deviance of `count` values: what others print. Infinite where there are too few values.
fn corrected(deviance: f64, count: usize, order: &Order) -> f64 {
    let (n, k) = (count as f64, order.parameters() as f64);
    let whole = deviance + n * (libm::log(2.0 * std::f64::consts::PI / n) + 1.0);
    if n > k + 1.0 { whole + 2.0 * k + 2.0 * k * (k + 1.0) / (n - k - 1.0) } else { f64::INFINITY }
}

fn fit_one(w: &[f64], order: Order, from: Option<Point>, given: usize, limits: Limits) -> Option<(Fit, Point)> {
    if w.len() <= order.parameters() + 1 {
        return None;
    }
    let run = |x: &Point, given: usize| {
        let expanded = Expanded::new(&order, &coefficients(x, &order));
        if order.constant { pass::<true>(&expanded, w, given) } else { pass::<false>(&expanded, w, given) }
            .map(|(sums, _)| sums)
    };
    let value = |x: &Point| run(x, 0).map_or(f64::INFINITY, |sums| deviance(&sums, w.len()));
    let mut x = from.unwrap_or([0.0; SLOTS]);
    let size = order.coefficients();
    let lowest = minimise(&mut Differences { value, size }, &mut x, size, limits);
    let sums = run(&x, 0).filter(|_| lowest.is_finite())?;
    let coefficients = coefficients(&x, &order);
    if !is_stable(&coefficients, &order) {
        return None;
    }
    let mean = sums.mean();
    let freedom = (w.len() + 1 - order.parameters()) as f64;
    let variance = sums.squares_about(mean) / freedom;
    let mean_variance = if sums.ones > 0.0 { variance / sums.ones } else { 0.0 };
    let aicc = corrected(lowest, w.len(), &order);
    let compared = if given == 0 {
        aicc
    } else {
        let count = w.len().saturating_sub(given);
        corrected(deviance(&run(&x, given)?, count), count, &order)
    };
    Some((Fit { model: Model { order, coefficients, mean, variance }, aicc, compared, mean_variance }, x))
}

/// Whether the roots of all polynomials are far enough from zero.
fn is_stable(c: &Coefficients, order: &Order) -> bool {
    let beyond = |c: &[f64], sign: f64| {
        let mut signed = [0.0; MOST_TERMS];
        for (signed, c) in signed.iter_mut().zip(c) {
            *signed = sign * c;
        }
        roots_beyond(&signed[..c.len()], LEAST_ROOT)
    };
    beyond(&c.ar[..order.ar], 1.0)
        && beyond(&c.ma[..order.ma], -1.0)
        && beyond(&c.seasonal_ar[..order.seasonal_ar], 1.0)
        && beyond(&c.seasonal_ma[..order.seasonal_ma], -1.0)
}
