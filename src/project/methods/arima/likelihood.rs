//! The exact Gaussian likelihood of a stationary series, by the Kalman filter with fast recursions.
//!
//! The state is what is foreseen: place i of a(t) is the forecast of w(t+i) from w(1) to w(t-1). One step shifts it by a place, and its
//! last place is Σ φ*(k) a(r-k) with few terms. The covariance P(t) of what is not known of the state starts at its stationary value and
//! changes from step to step by a matrix of rank one, X L L', so that instead of P only the vectors M = T P Z' and L are carried:
//!
//! ```text
//! v = w - a₀,  a ← T a + M v/F        F ← F + X l²,  M ← M + T L · X l,  L ← T L - M l/F,  X ← X F/F',  l = L₀
//! ```
//!
//! (T L before, M and F before on the right of L). It starts from the autocovariances γ: F = γ₀, M = L = (`γ₁, ..., γ_r`), X = -1/γ₀. A step costs a
//! few additions and multiplications for each place of the state, O(n r) a pass instead of O(n r²); nothing is allocated. Where what L
//! adds has sunk below rounding, only the state moves on.
//!
//! # References
//!
//! Akaike, "Markovian representation of stochastic processes", *Annals of the Institute of Statistical Mathematics* 26 (1974), for the state.
//! Morf, Sidhu and Kailath, "Some new algorithms for recursive estimation in constant linear discrete-time systems", *IEEE Transactions
//! on Automatic Control* 19 (1974); Mélard, "Algorithm AS 197", *Applied Statistics* 33 (1984), for the recursions.

use super::model::{Expanded, STATES};

/// What a pass gives.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Sums {
    /// Σ v²/F of the values.
    pub(crate) squares: f64,
    /// Σ u v/F, with u the errors of a series of ones.
    pub(crate) cross: f64,
    /// Σ u²/F.
    pub(crate) ones: f64,
    /// Σ ln F.
    pub(crate) logs: f64,
}

impl Sums {
    /// The mean that makes the likelihood greatest.
    pub(crate) fn mean(&self) -> f64 {
        if self.ones > 0.0 { self.cross / self.ones } else { 0.0 }
    }

    /// Σ v²/F of the values less this mean.
    pub(crate) fn squares_about(&self, mean: f64) -> f64 {
        (self.squares - mean * (2.0 * self.cross - mean * self.ones)).max(0.0)
    }
}

/// The filter after its last observation.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Filter {
    /// Forecasts of the next values.
    pub(crate) state: [f64; STATES],
    /// The same for a series of ones.
    pub(crate) ones: [f64; STATES],
    /// T P Z'.
    gain: [f64; STATES],
    change: [f64; STATES],
    factor: f64,
    /// Variance of the next error by that of e.
    pub(crate) variance: f64,
    size: usize,
    settled: bool,
}

/// What L may still add to a covariance, relative to the variance of the errors, when the filter counts as settled.
const SETTLED: f64 = 1e-14;

impl Filter {
    /// Before the first observation; none where the model is not stationary.
    pub(crate) fn start(model: &Expanded) -> Option<Self> {
        let covariances = model.autocovariances()?;
        let size = model.states();
        let mut gain = [0.0; STATES];
        gain[..size].copy_from_slice(&covariances[1..=size]);
        let variance = covariances[0];
        if !variance.is_finite() {
            return None;
        }
        let (state, ones) = ([0.0; STATES], [0.0; STATES]);
        Some(Self { state, ones, gain, change: gain, factor: -1.0 / variance, variance, size, settled: false })
    }

    /// Takes one value; the error of its forecast.
    #[inline]
    pub(crate) fn take<const MEAN: bool>(&mut self, model: &Expanded, value: f64) -> (f64, f64) {
        let r = self.size;
        let last = |state: &[f64; STATES]| model.ar.terms().map(|(lag, c)| c * state[r - lag]).sum::<f64>();
        let error = value - self.state[0];
        let next = last(&self.state);
        advance(&mut self.state[..r], next, &self.gain[..r], error / self.variance);
        let mut of_ones = 0.0;
        if MEAN {
            of_ones = 1.0 - self.ones[0];
            let next = last(&self.ones);
            advance(&mut self.ones[..r], next, &self.gain[..r], of_ones / self.variance);
        }
        if !self.settled {
            let l = self.change[0];
            let next = last(&self.change);
            let (up, down) = (self.factor * l, l / self.variance);
            let (change, gain) = (&mut self.change[..r], &mut self.gain[..r]);
            for at in 0..r - 1 {
                let moved = change[at + 1];
                change[at] = moved - gain[at] * down;
                gain[at] += moved * up;
            }
            change[r - 1] = next - gain[r - 1] * down;
            gain[r - 1] += next * up;
            let variance = self.variance + l * up;
            self.factor *= self.variance / variance;
            self.variance = variance;
        }
        (error, of_ones)
    }

    /// Looks whether the covariance still changes.
    fn settle(&mut self) {
        let largest = self.change[..self.size].iter().fold(0.0_f64, |most, l| most.max(l.abs()));
        self.settled = largest * largest * -self.factor < SETTLED;
    }

    /// The covariance of the state, for errors of variance 1, after the values have gone through a fresh filter of this model.
    pub(crate) fn covariance(model: &Expanded, count: usize) -> Option<Vec<f64>> {
        let mut filter = Self::start(model)?;
        let r = filter.size;
        let covariances = model.autocovariances()?;
        let mut weights = [0.0; STATES];
        model.weights(&mut weights[..r]);
        let mut p = vec![0.0; r * r];
        for i in 0..r {
            for j in i..r {
                let known: f64 = (0..i).map(|k| weights[k] * weights[k + j - i]).sum();
                p[i * r + j] = covariances[j - i] - known;
            }
        }
        for _ in 0..count {
            for i in 0..r {
                for j in i..r {
                    p[i * r + j] += filter.factor * filter.change[i] * filter.change[j];
                }
            }
            filter.take::<false>(model, 0.0);
        }
        for i in 0..r {
            for j in 0..i {
                p[i * r + j] = p[j * r + i];
            }
        }
        Some(p)
    }
}

/// Shifts a state by one place and adds what an error says of it.
#[inline]
fn advance(state: &mut [f64], last: f64, gain: &[f64], error: f64) {
    let r = state.len();
    for at in 0..r - 1 {
        state[at] = state[at + 1] + gain[at] * error;
    }
    state[r - 1] = last + gain[r - 1] * error;
}

/// A pass over `w`; with `MEAN` over a series of ones too. The first `given` values inform the others but are not in the sums. None
/// where the model is not stationary, or so nearly not that the arithmetic fails.
pub(crate) fn pass<const MEAN: bool>(model: &Expanded, w: &[f64], given: usize) -> Option<(Sums, Filter)> {
    let mut filter = Filter::start(model)?;
    let mut sums = Sums { squares: 0.0, cross: 0.0, ones: 0.0, logs: 0.0 };
    let mut product = 1.0;
    for (at, value) in w.iter().enumerate() {
        let variance = filter.variance;
        // The errors of forecasts vary as much as e at least.
        if variance < 1.0 - 1e-3 || variance.is_nan() {
            return None;
        }
        let (v, u) = filter.take::<MEAN>(model, *value);
        if at >= given {
            sums.squares += v * v / variance;
            if MEAN {
                sums.cross += u * v / variance;
                sums.ones += u * u / variance;
            }
            product *= variance;
        }
        // One logarithm for many factors.
        if product > 1e200 {
            sums.logs += libm::log(product);
            product = 1.0;
        }
        if !filter.settled && at % 8 == 7 {
            filter.settle();
        }
    }
    sums.logs += libm::log(product);
    Some((sums, filter))
}
