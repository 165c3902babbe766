//! Growth curves: a line, constant growth, and the three that end at a ceiling.
//!
//! ```text
//! linear       y(t) = a + b t + e(t)
//! exponential  ln y(t) = a + b t + e(t)             constant growth of exp(b) - 1 a period, the CAGR of the fit
//! logistic     ln y(t) = ln [K / (1 + exp(-c (t - t₀)))] + e(t)
//! gompertz     ln y(t) = ln [K exp(-exp(-c (t - t₀)))] + e(t)
//! bass         ln y(t) = ln {K [F(t + 1) - F(t)]} + e(t),   F(t) = (1 - exp(-(p+q) t)) / (1 + q/p exp(-(p+q) t))
//! ```
//!
//! Errors are those of the logarithm, in proportion to the level, where every figure is above zero; those of a line, and of
//! series with zeros, are added. What companies earn stays away from a curve for several periods once it has left it, so the
//! errors are taken to be autocorrelated, e(t) = ρ e(t-1) + u(t): what is left of the last one wears off in the forecast. Its
//! variance is s² (1 - ρ²ʰ) and, from the parameters, s² (1+ρ)/(1-ρ) g' (J'J)⁻¹ g, with J and g the derivatives of the fitted
//! values and of the forecast: the delta method, exact for a line. A season in the errors is divided out, and the fit repeated.
//!
//! **A ceiling cannot be seen before the curve bends.** Where the logarithm of K is known to no better than 0.2, the forecast is the mean
//! over the shares of the ceiling that may have been reached: all are as likely at first, and then weighed by their likelihood.
//! What was found says so. A falling series has no ceiling ahead: it gets constant decline.
//!
//! Bass speaks of first purchases of something durable. For revenue that is paid again each year it means little, and the first total
//! has to be that of the launch.
//!
//! # References
//!
//! Bass, "A new product growth for model consumer durables", *Management Science* 15 (1969). Srinivasan and Mason, *Marketing
//! Science* 5 (1986). Meade and Islam, "Modelling and forecasting the diffusion of innovation", *International Journal of
//! Forecasting* 22 (2006), for the curves and for how badly their ceilings are known. Seber and Wild, *Nonlinear Regression*
//! (1989), 5.1 for the delta method, 6.2 for autocorrelated errors.

mod fit;
mod line;
mod saturating;
mod shape;

pub use fit::Fit;
pub use shape::Saturating;

use super::decompose;
use super::definition::Definition;
use super::explanation::Explanation;
use super::found::{self, Shortfall};
use super::naive;
use super::outlook::{Calibration, Raw};
use line::Line;
use saturating::Ceiling;
pub(crate) use saturating::peak;

/// The method `linear`.
pub(super) const LINEAR: Definition = Definition {
    name: "linear",
    summary: "A straight line",
    explanation: Explanation {
        does: "The straight line through all figures continues; the remainder of the last error fades out.",
        needs: "Regular totals; at least three to estimate its spread.",
        limits: "The same change each period for ever; old figures count as much as new ones.",
        reference: "Seber and Lee, Linear Regression Analysis (2nd ed., 2003), 6.1.",
    },
    calibration: Calibration { base: -0.76, season: 0.12, short: 1.40, steps: 0.12, naive: 0.53, df: 3.0 },
    mends: false,
    forecast: |y, period, horizon, _| outlook(Curve::Linear, y, period, horizon),
};

/// The method `exponential`.
pub(super) const EXPONENTIAL: Definition = Definition {
    name: "exponential",
    summary: "Constant growth, the CAGR of the fit",
    explanation: Explanation {
        does: "Constant growth: the straight line through the logarithms of all figures, whose slope is the CAGR of the fit.",
        needs: "Regular totals above zero, at least three to estimate its spread; with zeros it is the line.",
        limits: "No growth stays constant: far ahead the projection is too high for anything that grows fast.",
        reference: "Seber and Lee, Linear Regression Analysis (2nd ed., 2003), 6.1.",
    },
    calibration: Calibration { base: -0.84, season: 0.16, short: 1.40, steps: 0.17, naive: 0.37, df: 4.0 },
    mends: false,
    forecast: |y, period, horizon, _| outlook(Curve::Exponential, y, period, horizon),
};

/// The method `logistic`.
pub(super) const LOGISTIC: Definition = Definition {
    name: "logistic",
    summary: "Growth to a ceiling, as fast before its midpoint as it slows after it",
    explanation: Explanation {
        does: "Growth to a ceiling, K / (1 + exp(-c (t - t0))), by least squares of the logarithms.",
        needs: "Six regular totals that rise, and for the ceiling a midpoint that has passed; else it is constant growth, \
                or a mean over many ceilings.",
        limits: "The ceiling is unknown until growth slows, and is then fixed: new markets are not foreseen.",
        reference: "Meade and Islam, International Journal of Forecasting 22 (2006).",
    },
    calibration: Calibration { base: -0.56, season: 0.04, short: 1.20, steps: 0.09, naive: 0.41, df: 4.0 },
    mends: false,
    forecast: |y, period, horizon, _| outlook(Curve::Saturating(Saturating::Logistic), y, period, horizon),
};

/// The method `gompertz`.
pub(super) const GOMPERTZ: Definition = Definition {
    name: "gompertz",
    summary: "Growth to a ceiling that slows from early on",
    explanation: Explanation {
        does: "Growth to a ceiling, K exp(-exp(-c (t - t0))), which slows from early on, by least squares of the logarithms.",
        needs: "Six regular totals that rise, and for the ceiling growth that slows; else it is constant growth, or a mean \
                over many ceilings.",
        limits: "The ceiling is unknown until growth slows, and is then fixed: new markets are not foreseen.",
        reference: "Meade and Islam, International Journal of Forecasting 22 (2006).",
    },
    calibration: Calibration { base: -0.56, season: 0.04, short: 1.20, steps: 0.09, naive: 0.40, df: 4.0 },
    mends: false,
    forecast: |y, period, horizon, _| outlook(Curve::Saturating(Saturating::Gompertz), y, period, horizon),
};

/// The method `bass`.
pub(super) const BASS: Definition = Definition {
    name: "bass",
    summary: "First sales of something new, from its launch on",
    explanation: Explanation {
        does: "Adoption of something new by innovators (p) and imitators (q) out of a market of fixed size, by least squares.",
        needs: "Six totals of first purchases, the first of them that of the launch.",
        limits: "Says little about recurring revenue; after the peak, sales fall to nothing.",
        reference: "Bass, Management Science 15 (1969); Srinivasan and Mason, Marketing Science 5 (1986).",
    },
    calibration: Calibration { base: 0.00, season: 0.16, short: 1.00, steps: -0.15, naive: 0.55, df: 5.0 },
    mends: false,
    forecast: |y, period, horizon, _| outlook(Curve::Saturating(Saturating::Bass), y, period, horizon),
};

/// A curve.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Curve {
    /// A straight line.
    Linear,
    /// Constant growth.
    Exponential,
    /// Growth towards a ceiling.
    Saturating(Saturating),
}

/// A fit: its past and its forecast, before what is left of the last error.
struct Course {
    /// Whether past and forecast are logarithms.
    log: bool,
    past: Vec<f64>,
    ahead: Vec<f64>,
    /// Variance of the forecast from the parameters, for errors of variance 1 without autocorrelation.
    leverage: Vec<f64>,
    /// Variance of the forecast from a ceiling that is not known, in the units of `ahead`.
    open: Vec<f64>,
    parameters: usize,
    found: Found,
}

/// What was found, of amounts divided by a unit.
enum Found {
    Line(Line),
    Ceiling(Ceiling),
}

impl Found {
    fn in_units(&self, logarithms: bool, unit: f64, why: Option<Shortfall>) -> found::Found {
        match self {
            Self::Line(line) if logarithms => found::Found::Line { slope: line.slope, logarithms, why },
            Self::Line(line) => found::Found::Line { slope: line.slope * unit, logarithms, why },
            Self::Ceiling(ceiling) => {
                let [size, a, b] = ceiling.fit.parameters;
                found::Found::Ceiling(found::Ceiling {
                    curve: ceiling.fit.curve,
                    size: libm::exp(size) * unit,
                    a,
                    b,
                    open: ceiling.open.map(|(lo, hi)| (lo * unit, hi * unit)),
                })
            }
        }
    }
}

/// The most that a curve may lie above the largest figure, as a logarithm: doubles end some 300 further on.
const MOST_RISE: f64 = 250.0;
/// A series can follow a curve as slowly as this; slower is a random walk.
const MOST_CORRELATION: f64 = 0.95;
/// Errors below this share of the level are rounding.
const EXACT: f64 = 1e-10;
/// Slopes below this share of the level are rounding.
const FLAT: f64 = 1e-12;
/// Figures that a curve with three parameters needs.
const LEAST_FOR_CEILING: usize = 6;

/// The forecast of `y`, one observation at least, with a season of `period` periods.
pub fn outlook(curve: Curve, y: &[f64], period: usize, horizon: usize) -> Raw {
    if y.len() < 2 {
        return Raw { found: found::Found::Instead(naive::NAIVE.name, Shortfall::OneFigure), ..naive::naive(y, horizon) };
    }
    let mean = y.iter().map(|value| value.abs()).sum::<f64>() / y.len() as f64;
    let unit = if mean > 0.0 { mean } else { 1.0 };
    let positive = y.iter().all(|value| *value > 0.0);
    let scaled: Vec<f64> = y.iter().map(|value| value / unit).collect();
    let (mut course, mut why) = trace(curve, &scaled, horizon, positive);
    let indices = season_of(&scaled, &course, period, positive);
    if indices.len() > 1 {
        let adjusted: Vec<f64> = scaled.iter().enumerate().map(|(at, v)| v / indices[at % indices.len()]).collect();
        (course, why) = trace(curve, &adjusted, horizon, positive);
        course.parameters += period - 1;
        return course.finish(&adjusted, &indices, unit, why);
    }
    course.finish(&scaled, &[1.0], unit, why)
}

/// The fit of the curve, or of constant growth where it cannot be had, and why.
fn trace(curve: Curve, y: &[f64], horizon: usize, positive: bool) -> (Course, Option<Shortfall>) {
    let Curve::Saturating(shape) = curve else {
        let why = (curve == Curve::Exponential && !positive).then_some(Shortfall::Zeros);
        return (Line::course(y, curve == Curve::Exponential && positive, horizon), why);
    };
    let plain = Line::course(y, positive, horizon);
    if y.len() < LEAST_FOR_CEILING {
        return (plain, Some(Shortfall::FewerThanSix));
    }
    if y.iter().sum::<f64>() <= 0.0 {
        return (plain, Some(Shortfall::OnlyZeros));
    }
    let slope = plain.slope();
    if slope.abs() <= FLAT {
        return (plain, Some(Shortfall::Flat));
    }
    if shape != Saturating::Bass && slope < 0.0 {
        return (plain, Some(Shortfall::Falling));
    }
    match saturating::course(shape, y, positive, horizon) {
        Some(course) => (course, None),
        None => (plain, Some(Shortfall::NoCurve)),
    }
}

/// The indices of the season that the curve leaves in its errors; a single 1 if it leaves none.
fn season_of(y: &[f64], course: &Course, period: usize, positive: bool) -> Vec<f64> {
    let seasonal = positive && decompose::is_seasonal(&course.errors(y), period);
    let indices = if seasonal { decompose::divisors(y, period) } else { None };
    indices.unwrap_or_else(|| vec![1.0])
}

impl Course {
    /// Slope of a line a period; 0 of any other.
    fn slope(&self) -> f64 {
        if let Found::Line(line) = &self.found { line.slope } else { 0.0 }
    }

    fn errors(&self, y: &[f64]) -> Vec<f64> {
        y.iter().zip(&self.past).map(|(v, f)| if self.log { libm::log(*v) } else { *v } - f).collect()
    }

    /// The forecast in the units of the data: with what is left of the last error, the season and the unit.
    fn finish(self, y: &[f64], indices: &[f64], unit: f64, why: Option<Shortfall>) -> Raw {
        let errors = self.errors(y);
        let n = y.len();
        let squares: f64 = errors.iter().map(|e| e * e).sum();
        let exact = squares <= EXACT * EXACT * n as f64;
        let variance = if exact { 0.0 } else { squares / (n.saturating_sub(self.parameters)).max(1) as f64 };
        let rho = if exact { 0.0 } else { autocorrelation(&errors, squares) };
        let last = errors[n - 1];
        let top = y.iter().copied().fold(f64::MIN_POSITIVE, f64::max);
        let highest = libm::log(top) + MOST_RISE;
        let (mut median, mut deviation) = (Vec::new(), Vec::new());
        let mut left = 1.0;
        let inflation = (1.0 + rho) / (1.0 - rho);
        for (at, ((ahead, leverage), open)) in self.ahead.iter().zip(&self.leverage).zip(&self.open).enumerate() {
            left *= rho;
            let spread = variance * (1.0 - left * left + inflation * leverage) + open;
            let middle = ahead + if exact { 0.0 } else { left * last };
            let factor = unit * indices[(n + at) % indices.len()];
            if self.log {
                let value = libm::exp(middle.min(highest)) * factor;
                median.push(value);
                // The relative deviation of the lognormal; the calibration takes the logarithm back.
                deviation.push(value * libm::expm1(spread.min(MOST_LOG_VARIANCE)).sqrt());
            } else {
                median.push(middle * factor);
                deviation.push(spread.sqrt() * factor);
            }
        }
        // The parameters' share makes far periods err together: as if it came in steps of equal variance.
        let shared = self.leverage.last().map_or(0.0, |leverage| inflation * leverage) / self.leverage.len().max(1) as f64;
        let shared = shared.sqrt().min(1.0);
        let mut left = 1.0;
        let weights = (0..median.len())
            .map(|_| {
                let weight = left + (1.0 - left) * shared;
                left *= rho;
                weight
            })
            .collect();
        Raw { median, deviation, weights, found: self.found.in_units(self.log, unit, why) }
    }
}

/// Variances of a logarithm above this are far beyond the calibration's cap.
const MOST_LOG_VARIANCE: f64 = 25.0;

/// Autocorrelation of the errors at one period, with the bias (2 + 4ρ)/n of errors from a fitted trend added back: Kendall,
/// *Biometrika* 41 (1954).
fn autocorrelation(errors: &[f64], squares: f64) -> f64 {
    let rho = errors.windows(2).map(|pair| pair[0] * pair[1]).sum::<f64>() / squares;
    (rho + (2.0 + 4.0 * rho) / errors.len() as f64).clamp(0.0, MOST_CORRELATION)
}
