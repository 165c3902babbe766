//! Least squares for the curves: Levenberg-Marquardt from the best point of a grid.
//!
//! Errors are those of the logarithms, ln y = ln f + e, where every figure is above zero, so that a small company's errors count
//! like a large one's; else those of the amounts, y = f + e. The size K is solved for exactly at each point of the grid.
//!
//! # References
//!
//! Marquardt, "An algorithm for least-squares estimation of nonlinear parameters", *SIAM Journal* 11 (1963). Srinivasan and Mason,
//! "Nonlinear least squares estimation of new product diffusion models", *Marketing Science* 5 (1986), for Bass by sales per period.

use super::shape::Saturating;
use crate::project::numeric::linear::square_root;

/// A fitted curve: ln K, a and b, as [`Saturating`] names them.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Fit {
    /// The curve.
    pub curve: Saturating,
    /// Whether the errors are those of the logarithms.
    pub log: bool,
    /// ln K, a and b.
    pub parameters: [f64; 3],
    /// Sum of the squared errors.
    pub squares: f64,
    /// Inverse of J'J, J the derivatives of the fitted values by the parameters; times the error's variance it is the parameters'
    /// covariance. `None` where the figures cannot tell the parameters apart.
    pub inverse: Option<[[f64; 3]; 3]>,
}

/// Rounds at most; a fit that the figures support takes some ten.
const ROUNDS: usize = 60;
/// The search ends when a round lowers the squares by less than this share.
const ENOUGH: f64 = 1e-12;

/// Pivots of a matrix with a unit diagonal up to this are rounding.
const ROUNDING: f64 = 1e-14;

type Normal = ([[f64; 3]; 3], [f64; 3], f64);

impl Fit {
    /// The least squares fit to `y`, four observations at least: of all parameters.
    pub fn to(curve: Saturating, y: &[f64], log: bool) -> Option<Self> {
        let start = grid(curve, y, log)?;
        let mut fit = Self { curve, log, parameters: start, squares: f64::INFINITY, inverse: None };
        fit.search(y, 0)?;
        let (normal, _, _) = fit.normal(y);
        fit.inverse = inverse(&normal, 0);
        Some(fit)
    }

    /// The fit with the size held at `log_size`, searched from here.
    pub(super) fn with_size(self, log_size: f64, y: &[f64]) -> Option<Self> {
        let mut fit = Self { parameters: [log_size, self.parameters[1], self.parameters[2]], ..self };
        fit.search(y, 1)?;
        let (normal, _, _) = fit.normal(y);
        fit.inverse = inverse(&normal, 1);
        Some(fit)
    }

    /// The curve at time `t`, or its logarithm if the errors are those of logarithms, and the derivatives by the parameters.
    pub(super) fn at(&self, t: f64) -> (f64, [f64; 3]) {
        let [size, a, b] = self.parameters;
        let (shape, by) = self.curve.log_shape(t, a, b);
        if self.log {
            (size + shape, [1.0, by[0], by[1]])
        } else {
            let f = libm::exp((size + shape).min(300.0));
            (f, [f, f * by[0], f * by[1]])
        }
    }

    /// Variance of the curve at `t` from the parameters' uncertainty alone, for errors of variance 1: the delta method.
    pub(super) fn leverage(&self, t: f64) -> f64 {
        let (_, g) = self.at(t);
        let Some(inverse) = self.inverse else { return f64::INFINITY };
        (0..3).map(|i| (0..3).map(|j| g[i] * inverse[i][j] * g[j]).sum::<f64>()).sum::<f64>().max(0.0)
    }

    /// The curve at `t` in the units of the data.
    pub(super) fn amount(&self, t: f64) -> f64 {
        let (value, _) = self.at(t);
        if self.log { libm::exp(value) } else { value }
    }

    /// Standard error of ln K by the delta method; `None` where the figures cannot tell it at all.
    pub(super) fn standard_error(&self, count: usize) -> Option<f64> {
        let variance = self.squares / count.saturating_sub(3).max(1) as f64;
        self.inverse.map(|inverse| (variance * inverse[0][0]).sqrt())
    }

    fn normal(&self, y: &[f64]) -> Normal {
        let (mut matrix, mut right, mut squares) = ([[0.0; 3]; 3], [0.0; 3], 0.0);
        for (t, &value) in y.iter().enumerate() {
            let (f, g) = self.at(t as f64);
            let error = value - f;
            squares += error * error;
            for i in 0..3 {
                right[i] += g[i] * error;
                for j in 0..3 {
                    matrix[i][j] += g[i] * g[j];
                }
            }
        }
        (matrix, right, squares)
    }

    /// Levenberg-Marquardt over the parameters from `first` on. `y` are logarithms where the errors are theirs.
    fn search(&mut self, y: &[f64], first: usize) -> Option<()> {
        let (mut matrix, mut right, mut squares) = self.normal(y);
        if !squares.is_finite() {
            return None;
        }
        let mut damping = 1e-3;
        for _ in 0..ROUNDS {
            let mut damped = matrix;
            for (i, row) in damped.iter_mut().enumerate() {
                row[i] += damping * row[i].max(1e-12);
            }
            let Some(step) = solve(&damped, &right, first) else { break };
            let mut next = *self;
            for (i, step) in step.iter().enumerate().skip(first) {
                // A step of a whole unit of a logarithm, or of all that is seen, is as far as the slopes can be trusted.
                let most = if i == 2 && self.curve != Saturating::Bass { y.len() as f64 } else { 1.0 };
                next.parameters[i] += step.clamp(-most, most);
            }
            next.hold(y.len());
            let (m, r, s) = next.normal(y);
            if s < squares {
                let gained = squares - s;
                (*self, matrix, right) = (next, m, r);
                damping = (damping / 10.0).max(1e-12);
                let done = gained <= ENOUGH * squares;
                squares = s;
                if done {
                    break;
                }
            } else {
                damping *= 10.0;
                if damping > 1e12 {
                    break;
                }
            }
        }
        self.squares = squares;
        Some(())
    }

    /// Keeps the parameters where a difference can still be seen in `count` figures.
    fn hold(&mut self, count: usize) {
        let n = count as f64;
        let [_, a, b] = &mut self.parameters;
        match self.curve {
            Saturating::Logistic | Saturating::Gompertz => {
                *a = a.clamp(libm::log(0.01 / n), libm::log(5.0));
                *b = b.clamp(-3.0 * n, 6.0 * n);
            }
            Saturating::Bass => {
                *a = a.clamp(-16.0, 0.0);
                *b = b.clamp(-12.0, 1.5);
            }
        }
    }
}

/// The best of a grid of shapes, each with the size that fits it best.
fn grid(curve: Saturating, y: &[f64], log: bool) -> Option<[f64; 3]> {
    let n = y.len() as f64;
    let points: Vec<(f64, f64)> = match curve {
        Saturating::Logistic | Saturating::Gompertz => (0..8)
            .flat_map(|k| (0..9).map(move |j| (libm::log(0.5 * f64::from(1 << k) / n), n * (f64::from(j) * 0.25 - 0.5))))
            .collect(),
        Saturating::Bass => (0..8)
            .flat_map(|k| (0..8).map(move |j| (-10.0 + 1.25 * f64::from(k), libm::log(f64::from(1 << j) * 0.25 / n))))
            .collect(),
    };
    let mut best: Option<(f64, [f64; 3])> = None;
    for (a, b) in points {
        let shape = |t: usize| curve.log_shape(t as f64, a, b).0;
        let size = if log {
            y.iter().enumerate().map(|(t, v)| v - shape(t)).sum::<f64>() / n
        } else {
            let (mut over, mut under) = (0.0, 0.0);
            for (t, v) in y.iter().enumerate() {
                let s = libm::exp(shape(t));
                over += s * v;
                under += s * s;
            }
            libm::log((over / under).max(f64::MIN_POSITIVE))
        };
        let fit = Fit { curve, log, parameters: [size, a, b], squares: 0.0, inverse: None };
        let squares: f64 = y.iter().enumerate().map(|(t, v)| v - fit.at(t as f64).0).map(|e| e * e).sum();
        if squares.is_finite() && best.is_none_or(|(least, _)| squares < least) {
            best = Some((squares, [size, a, b]));
        }
    }
    best.map(|(_, parameters)| parameters)
}

/// Solves the symmetric positive system over the places from `first` on by Cholesky; the others get 0.
fn solve(matrix: &[[f64; 3]; 3], right: &[f64; 3], first: usize) -> Option<[f64; 3]> {
    let inverse = inverse(matrix, first)?;
    let mut out = [0.0; 3];
    for i in first..3 {
        out[i] = (first..3).map(|j| inverse[i][j] * right[j]).sum();
    }
    Some(out)
}

/// The inverse of the block of a symmetric positive matrix from `first` on, zero elsewhere; `None` where it is singular but for
/// rounding. The matrix is scaled to a unit diagonal first: the parameters have different units.
fn inverse(matrix: &[[f64; 3]; 3], first: usize) -> Option<[[f64; 3]; 3]> {
    let size: Vec<f64> = (0..3).map(|i| matrix[i][i].sqrt()).collect();
    if (first..3).any(|i| !(size[i] > 0.0 && size[i].is_finite())) {
        return None;
    }
    let n = 3 - first;
    let mut root = [0.0; 9];
    for i in first..3 {
        for j in first..=i {
            root[(i - first) * n + j - first] = matrix[i][j] / (size[i] * size[j]);
        }
    }
    if !square_root(&mut root, n, ROUNDING) {
        return None;
    }
    let l = |i: usize, j: usize| root[(i - first) * n + j - first];
    let mut out = [[0.0; 3]; 3];
    for column in first..3 {
        let mut x = [0.0; 3];
        for i in first..3 {
            let known: f64 = (first..i).map(|k| l(i, k) * x[k]).sum();
            x[i] = (if i == column { 1.0 } else { 0.0 } - known) / l(i, i);
        }
        for i in (first..3).rev() {
            let known: f64 = (i + 1..3).map(|k| l(k, i) * x[k]).sum();
            x[i] = (x[i] - known) / l(i, i);
        }
        for i in first..3 {
            out[i][column] = x[i] / (size[i] * size[column]);
        }
    }
    Some(out)
}
