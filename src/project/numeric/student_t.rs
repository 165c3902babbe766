//! Student's t distribution with any number of degrees of freedom above zero.
//!
//! Written out here, on `libm`, because the quantiles must be the same bits on every platform, which functions built on the
//! standard library's logarithm are not.
//!
//! # References
//!
//! Abramowitz and Stegun, *Handbook of Mathematical Functions* (1964), 26.7.1 for the distribution by the incomplete beta
//! function; Press and others, *Numerical Recipes* (3rd ed., 2007), 6.4, for its continued fraction by Lentz's method.

use std::sync::{Arc, OnceLock, RwLock};

/// A standard Student t: centre 0, scale 1.
///
/// Cheap to clone; clones share the table that [`quick`](Self::quick) reads and the quantiles that were found.
#[derive(Clone, Debug)]
pub struct StudentT {
    df: f64,
    /// Natural log of 1 / B(df/2, 1/2), which the density and the distribution share.
    log_inverse_beta: f64,
    table: Arc<OnceLock<Box<Table>>>,
    quantiles: Arc<RwLock<Vec<(u64, f64)>>>,
}

/// Those of the whole degrees of freedom below its length, each with its table: methods have one of a few.
static WHOLE: [OnceLock<StudentT>; 33] = [const { OnceLock::new() }; 33];

/// As many quantiles are kept.
const MOST_KEPT: usize = 64;

/// Two distributions are the same if their degrees of freedom are.
impl PartialEq for StudentT {
    fn eq(&self, other: &Self) -> bool {
        self.df.to_bits() == other.df.to_bits()
    }
}

impl StudentT {
    /// The distribution with `df` degrees of freedom; `df` must be above 0 (checked in debug builds).
    pub fn new(df: f64) -> Self {
        debug_assert!(df > 0.0, "a Student t with {df} degrees of freedom");
        let half = df / 2.0;
        // lnΓ(1/2) = ln(π)/2
        let log_inverse_beta = libm::lgamma(half + 0.5) - libm::lgamma(half) - 0.5 * libm::log(std::f64::consts::PI);
        Self { df, log_inverse_beta, table: Arc::default(), quantiles: Arc::default() }
    }

    /// The same, with the table that all with these degrees of freedom share if they are whole and few.
    pub fn shared(df: f64) -> Self {
        let whole = WHOLE.iter().zip(0_u32..).find(|(_, whole)| *whole > 0 && f64::from(*whole).to_bits() == df.to_bits());
        whole.map_or_else(|| Self::new(df), |(one, _)| one.get_or_init(|| Self::new(df)).clone())
    }

    /// The value with this probability of what is below it, by `inverse` unless it was asked for before.
    pub fn quantile_by(&self, p: f64, inverse: impl FnOnce() -> f64) -> f64 {
        let known = |kept: &[(u64, f64)]| kept.iter().find(|(of, _)| *of == p.to_bits()).map(|(_, t)| *t);
        if let Some(t) = self.quantiles.read().ok().and_then(|kept| known(&kept)) {
            return t;
        }
        let t = inverse();
        if let Ok(mut kept) = self.quantiles.write()
            && kept.len() < MOST_KEPT
            && known(&kept).is_none()
        {
            kept.push((p.to_bits(), t));
        }
        t
    }

    /// Degrees of freedom.
    pub fn df(&self) -> f64 {
        self.df
    }

    /// Density at `t`.
    pub fn pdf(&self, t: f64) -> f64 {
        let log = self.log_inverse_beta - 0.5 * libm::log(self.df) - (self.df + 1.0) / 2.0 * libm::log1p(t * t / self.df);
        libm::exp(log)
    }

    /// Probability of a value up to `t`.
    pub fn cdf(&self, t: f64) -> f64 {
        let tail = self.tail(t.abs());
        if t > 0.0 { 1.0 - tail } else { tail }
    }

    /// Probability of a value above `t`, for `t` not negative: `I_x(df/2, 1/2) / 2` with x = df / (df + t²).
    fn tail(&self, t: f64) -> f64 {
        if t == 0.0 {
            return 0.5;
        }
        let square = t * t;
        if square.is_infinite() {
            return 0.0;
        }
        let (a, b) = (self.df / 2.0, 0.5);
        let x = self.df / (self.df + square);
        let complement = square / (self.df + square); // 1 - x without its cancellation
        // x^a (1-x)^b / B(a, b)
        let front = libm::exp(self.log_inverse_beta + a * libm::log(x) + b * libm::log(complement));
        // The fraction converges fast only on this side; the other is reached by symmetry.
        if x < (a + 1.0) / (a + b + 2.0) {
            0.5 * front * beta_fraction(x, a, b) / a
        } else {
            0.5 * (1.0 - front * beta_fraction(complement, b, a) / b)
        }
    }
}

/// The upper tail over t / (t + √df), from 0 to 1, in which it is smooth all the way out: a polynomial of degree five in each cell,
/// which takes value, slope and curvature at both ends.
#[derive(Debug)]
struct Table {
    /// √df.
    root: f64,
    cells: [[f64; 6]; CELLS],
}

/// Cells from the centre to infinity. With 160 the tail is off by less than [`QUICK_ERROR`] up to [`MOST_QUICK_DF`], and the
/// tables of nine classes stay near the processor.
const CELLS: usize = 160;
const CELL: f64 = 1.0 / CELLS as f64;

/// Above this the distribution is so narrow in units of √df that cells of this width are too coarse.
const MOST_QUICK_DF: f64 = 100.0;

/// Largest error of [`StudentT::quick`], in probability.
#[cfg(test)]
const QUICK_ERROR: f64 = 1e-11;

impl StudentT {
    /// Probability of a value up to `t`, and the density there: as [`cdf`](Self::cdf) and [`pdf`](Self::pdf), some thirty times
    /// faster, with an error of 1e-11 at most. For searches that evaluate the distribution over and over; the first call makes
    /// the table.
    pub fn quick(&self, t: f64) -> (f64, f64) {
        if self.df > MOST_QUICK_DF {
            return (self.cdf(t), self.pdf(t));
        }
        let table = self.table.get_or_init(|| Box::new(Table::new(self)));
        let left = table.root / (t.abs() + table.root);
        let position = (1.0 - left) * CELLS as f64;
        // At infinity there is no further cell.
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 0 and CELLS")]
        let cell = (position as usize).min(CELLS - 1);
        let [a, b, c, d, e, f] = table.cells[cell];
        let x = position - cell as f64;
        // Rounding may not take it below zero at the far end.
        let tail = f64::max(a + x * (b + x * (c + x * (d + x * (e + x * f)))), 0.0);
        let slope = b + x * (2.0 * c + x * (3.0 * d + x * (4.0 * e + x * 5.0 * f)));
        let density = -slope * (CELLS as f64 * left * left) / table.root;
        (if t > 0.0 { 1.0 - tail } else { tail }, density)
    }
}

impl Table {
    fn new(shape: &StudentT) -> Self {
        let root = shape.df.sqrt();
        // Tail, and its first and second derivative in units of a cell.
        let node = |index: usize| {
            if index == CELLS {
                return [0.0; 3];
            }
            let left = 1.0 - index as f64 * CELL;
            let t = root * (1.0 - left) / left;
            // dt over the part of the way to infinity, and its own slope.
            let (stretch, bend) = (root / (left * left), 2.0 * root / (left * left * left));
            let density = shape.pdf(t);
            let falling = density * (shape.df + 1.0) * t / (shape.df + t * t);
            let curvature = falling * stretch * stretch - density * bend;
            [shape.tail(t), -density * stretch * CELL, curvature * CELL * CELL]
        };
        let mut cells = [[0.0; 6]; CELLS];
        let mut left = node(0);
        for (index, cell) in cells.iter_mut().enumerate() {
            let right = node(index + 1);
            *cell = hermite(left, right);
            left = right;
        }
        Self { root, cells }
    }
}

/// Coefficients, from the constant up, of the polynomial on 0..1 with these values, slopes and curvatures at its ends.
fn hermite([p0, v0, a0]: [f64; 3], [p1, v1, a1]: [f64; 3]) -> [f64; 6] {
    let rise = p1 - p0 - v0 - a0 / 2.0;
    let turn = v1 - v0 - a0;
    let bend = a1 - a0;
    [
        p0,
        v0,
        a0 / 2.0,
        10.0 * rise - 4.0 * turn + bend / 2.0,
        -15.0 * rise + 7.0 * turn - bend,
        6.0 * rise - 3.0 * turn + bend / 2.0,
    ]
}

/// Continued fraction of the incomplete beta function `I_x(a, b)`, up to its front factor.
fn beta_fraction(x: f64, a: f64, b: f64) -> f64 {
    const TINY: f64 = 1e-300;
    const EPSILON: f64 = 1e-16;
    let keep = |value: f64| if value.abs() < TINY { TINY } else { value };
    let mut c = 1.0;
    let mut d = 1.0 / keep(1.0 - (a + b) * x / (a + 1.0));
    let mut fraction = d;
    // Some 10 rounds are enough for the degrees of freedom met here; the root of the larger parameter bounds them in general.
    let mut m = 1.0;
    while m < 10_000.0 {
        let even = m * (b - m) * x / ((a + 2.0 * m - 1.0) * (a + 2.0 * m));
        d = 1.0 / keep(1.0 + even * d);
        c = keep(1.0 + even / c);
        fraction *= d * c;
        let odd = -(a + m) * (a + b + m) * x / ((a + 2.0 * m) * (a + 2.0 * m + 1.0));
        d = 1.0 / keep(1.0 + odd * d);
        c = keep(1.0 + odd / c);
        let change = d * c;
        fraction *= change;
        if (change - 1.0).abs() <= EPSILON {
            break;
        }
        m += 1.0;
    }
    fraction
}

#[cfg(test)]
mod tests {
    use approx::assert_relative_eq;

    use super::*;

    /// The reference values are stated to 15 digits; cancellation in 1 - tail costs the last one or two.
    const TOLERANCE: f64 = 1e-12;

    /// scipy 1.17.1, `scipy.stats.t.cdf(t, df)`; see tests/reference/README.md.
    #[test]
    fn cdf_agrees_with_scipy() {
        let cases = [
            (-40.0, 2.539, 6.341329684919315e-05),
            (-6.0, 2.539, 0.007335040733867385),
            (-1.3, 2.539, 0.14951964230830408),
            (-0.01, 2.539, 0.4963767837155761),
            (0.4, 2.539, 0.6398119498408152),
            (2.1, 2.539, 0.9285664969899977),
            (-40.0, 4.23, 6.430691097382906e-07),
            (-6.0, 4.23, 0.001620230763961284),
            (-1.3, 4.23, 0.12995839702873338),
            (-0.01, 4.23, 0.4962376536879245),
            (0.4, 4.23, 0.6457303659040172),
            (2.1, 4.23, 0.9500596884444397),
            (-40.0, 26.5, 1.5754238249726434e-25),
            (-6.0, 26.5, 1.1401536892308037e-06),
            (-1.3, 26.5, 0.10239763933272997),
            (-0.01, 26.5, 0.4960480958057656),
            (0.4, 26.5, 0.6538186699579668),
            (2.1, 26.5, 0.9773042792919819),
            (-40.0, 400.0, 3.5792588561499494e-142),
            (-6.0, 400.0, 2.211200340905735e-09),
            (-1.3, 400.0, 0.09717478594407646),
            (-0.01, 400.0, 0.49601313641757266),
            (0.4, 400.0, 0.6553149814052798),
            (2.1, 400.0, 0.9818226949609732),
        ];
        for (t, df, expected) in cases {
            assert_relative_eq!(StudentT::new(df).cdf(t), expected, max_relative = TOLERANCE);
        }
    }

    #[test]
    fn quick_is_as_good_as_it_says() {
        for df in [1.5, 2.539, 4.23, 12.0, 60.0, 100.0, 101.0] {
            let shape = StudentT::new(df);
            for step in -4000..=4000 {
                let t = f64::from(step) * 0.01 + 0.003;
                let (probability, density) = shape.quick(t);
                assert!((probability - shape.cdf(t)).abs() < QUICK_ERROR, "{df} at {t}");
                // A slope is worse than its values by about the number of cells.
                assert!((density - shape.pdf(t)).abs() < 1000.0 * QUICK_ERROR, "{df} at {t}");
            }
            assert!((shape.quick(f64::INFINITY).0 - 1.0).abs() < QUICK_ERROR);
            assert!(shape.quick(f64::NEG_INFINITY).0 < QUICK_ERROR);
        }
    }

    #[test]
    fn cauchy_is_known_in_closed_form() {
        let cauchy = StudentT::new(1.0);
        for t in [-30.0, -1.0, 0.0, 0.5, 4.0] {
            let pi = std::f64::consts::PI;
            assert_relative_eq!(cauchy.cdf(t), 0.5 + libm::atan(t) / pi, max_relative = TOLERANCE);
            assert_relative_eq!(cauchy.pdf(t), 1.0 / (pi * (1.0 + t * t)), max_relative = TOLERANCE);
        }
    }

    #[test]
    fn density_is_the_slope_of_the_distribution() {
        let t = StudentT::new(3.7);
        let h = 1e-5;
        let slope = (t.cdf(0.8 + h) - t.cdf(0.8 - h)) / (2.0 * h);
        assert_relative_eq!(t.pdf(0.8), slope, max_relative = 1e-8); // the error of a central difference
    }
}
