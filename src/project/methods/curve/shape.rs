//! The shapes of the growth curves, whose size is left open, and their slopes.
//!
//! Every curve is f(t) = K · s(t; a, b): K in the units of the data, the shape s without units. Time counts periods: the first
//! observation is at 0. Two parameters on the whole line make the search free of bounds.

/// A curve that ends at a ceiling.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Saturating {
    /// K / (1 + exp(-c (t - t₀))), with a = ln c and b = t₀, at which half of K is reached.
    Logistic,
    /// K exp(-exp(-c (t - t₀))), with a = ln c and b = t₀, at which 37% of K are reached and the growth is the fastest.
    Gompertz,
    /// K [F(t + 1) - F(t)], F(t) = (1 - exp(-(p+q) t)) / (1 + q/p exp(-(p+q) t)), with a = ln p and b = ln q. The first total is
    /// that of the launch, and K all that will ever be sold.
    Bass,
}

impl Saturating {
    /// ln s at time `t`, and its derivatives by a and b.
    pub(super) fn log_shape(self, t: f64, a: f64, b: f64) -> (f64, [f64; 2]) {
        match self {
            Self::Logistic => {
                let c = libm::exp(a);
                let z = c * (t - b);
                // ln(1 + exp(-z)) without the overflow far below the midpoint.
                let value = if z < -30.0 { z } else { -libm::log1p(libm::exp(-z)) };
                let by_z = 1.0 / (1.0 + libm::exp(z));
                (value, [by_z * z, -by_z * c])
            }
            Self::Gompertz => {
                let c = libm::exp(a);
                let z = c * (t - b);
                let left = libm::exp(-z.max(-MOST_EXPONENT));
                (-left, [left * z, -left * c])
            }
            Self::Bass => {
                let (p, q) = (libm::exp(a), libm::exp(b));
                let (early, by_early) = remaining(t, p, q);
                let (late, by_late) = remaining(t + 1.0, p, q);
                let sold = (early - late).max(f64::MIN_POSITIVE);
                let by = |at: usize| (by_early[at] - by_late[at]) / sold;
                (libm::log(sold), [by(0) * p, by(1) * q])
            }
        }
    }
}

/// Beyond this the exponential of a Gompertz curve says no more than that nothing is there yet.
const MOST_EXPONENT: f64 = 100.0;

/// The share 1 - F(t) that has not adopted yet, and its derivatives by p and q.
fn remaining(t: f64, p: f64, q: f64) -> (f64, [f64; 2]) {
    let fading = libm::exp(-(p + q) * t);
    let ratio = q / p;
    let below = 1.0 + ratio * fading;
    let share = fading * (1.0 + ratio) / below;
    // The minus of dF/dp and dF/dq.
    let common = t * fading * below;
    let by_p = -(common + (1.0 - fading) * ratio * fading * (1.0 / p + t)) / (below * below);
    let by_q = -(common - (1.0 - fading) * fading * (1.0 / p - ratio * t)) / (below * below);
    (share, [by_p, by_q])
}

#[cfg(test)]
mod tests {
    use approx::assert_relative_eq;

    use super::*;

    #[test]
    fn slopes_are_those_of_differences() {
        for (curve, a, b) in
            [(Saturating::Logistic, -1.2, 7.0), (Saturating::Gompertz, -1.5, 4.0), (Saturating::Bass, -3.5, -1.0)]
        {
            for t in [0.0, 3.0, 12.0] {
                let (_, by) = curve.log_shape(t, a, b);
                let step = 1e-5;
                let at = |a, b| curve.log_shape(t, a, b).0;
                // Central differences err by the square of the step.
                assert_relative_eq!(
                    by[0],
                    (at(a + step, b) - at(a - step, b)) / (2.0 * step),
                    max_relative = 1e-6,
                    epsilon = 1e-9
                );
                assert_relative_eq!(
                    by[1],
                    (at(a, b + step) - at(a, b - step)) / (2.0 * step),
                    max_relative = 1e-6,
                    epsilon = 1e-9
                );
            }
        }
    }
}
