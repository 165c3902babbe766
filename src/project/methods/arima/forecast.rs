//! A model with all its parameters: likelihood, errors of one step, forecasts and their variances.

use super::difference::{differenced, integration};
use super::likelihood::{Filter, Sums, pass};
use super::model::{Coefficients, Expanded, Order};

/// A model with its parameters.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Model {
    /// The order.
    pub order: Order,
    /// The coefficients of the polynomials.
    pub coefficients: Coefficients,
    /// μ: mean of the differenced values; 0 for models without a constant.
    pub mean: f64,
    /// Variance of the errors.
    pub variance: f64,
}

/// Forecasts of a model; one place a period ahead.
#[derive(Clone, Debug, PartialEq)]
pub struct Forecast {
    /// Means, which are the medians.
    pub mean: Vec<f64>,
    /// Variances of the errors of the forecasts, the parameters taken for known.
    pub variance: Vec<f64>,
    /// What an error of one period adds to the periods after it: 1 at place 0.
    pub weights: Vec<f64>,
    /// What the forecasts would change by if the mean of the differenced values were larger by 1.
    pub of_mean: Vec<f64>,
}

impl Forecast {
    /// Whether all of it are numbers that can be used.
    pub(crate) fn is_sound(&self) -> bool {
        self.mean.iter().all(|mean| mean.is_finite())
            && self.variance.iter().all(|variance| variance.is_finite() && *variance >= 0.0)
    }
}

impl Model {
    /// The exact log likelihood of `y` given its first [`Order::lost`] values: that of the differenced values. None where the model is not
    /// stationary.
    pub fn log_likelihood(&self, y: &[f64]) -> Option<f64> {
        let w = differenced(y, &self.order);
        let (sums, _) = self.pass(&w)?;
        let n = w.len() as f64;
        let spread = n * libm::log(2.0 * std::f64::consts::PI * self.variance) + sums.logs;
        Some(-0.5 * (spread + sums.squares_about(self.mean) / self.variance))
    }

    fn pass(&self, w: &[f64]) -> Option<(Sums, Filter)> {
        pass::<true>(&Expanded::new(&self.order, &self.coefficients), w, 0)
    }

    /// The errors of the forecasts of one step, from the first value that differencing leaves on.
    pub fn errors(&self, y: &[f64]) -> Option<Vec<f64>> {
        let expanded = Expanded::new(&self.order, &self.coefficients);
        let mut filter = Filter::start(&expanded)?;
        let errors = differenced(y, &self.order).into_iter().map(|w| filter.take::<false>(&expanded, w - self.mean).0);
        Some(errors.collect())
    }

    /// Forecasts of the `horizon` periods after `y`, whose variances know that the filter has seen `y` alone.
    pub fn forecast(&self, y: &[f64], horizon: usize) -> Option<Forecast> {
        let expanded = Expanded::new(&self.order, &self.coefficients);
        let w = differenced(y, &self.order);
        let (_, filter) = self.pass(&w)?;
        let r = expanded.states();
        // The differenced values ahead, about their mean, and the same of a series of ones.
        let onward = |first: Vec<f64>| {
            let mut ahead = first;
            while ahead.len() < horizon {
                let at = ahead.len();
                ahead.push(expanded.ar.terms().map(|(lag, c)| c * ahead[at - lag]).sum());
            }
            ahead.truncate(horizon);
            ahead
        };
        let values = onward((0..r).map(|at| filter.state[at] - self.mean * filter.ones[at]).collect());
        let ones = onward(filter.ones[..r].to_vec());
        let back = integration(&self.order);
        let undone = |w: Vec<f64>| summed(&back, &vec![0.0; back.len()], w);
        let mean = summed(&back, &y[y.len() - back.len()..], values.iter().map(|value| self.mean + value).collect());
        let of_mean = undone(ones.iter().map(|one| 1.0 - one).collect());
        // What an error e adds to y, and what an error of w adds to y.
        let mut weights = vec![0.0; horizon];
        expanded.weights(&mut weights);
        let weights = undone(weights);
        let passed = undone((0..horizon).map(|at| if at == 0 { 1.0 } else { 0.0 }).collect());
        let variance = self.variances(&expanded, w.len(), &weights, &passed)?;
        Some(Forecast { mean, variance, weights, of_mean })
    }

    /// The variances: what is not known of the state after `count` values, and the errors to come.
    fn variances(&self, expanded: &Expanded, count: usize, weights: &[f64], passed: &[f64]) -> Option<Vec<f64>> {
        let horizon = weights.len();
        let r = expanded.states();
        let p = Filter::covariance(expanded, count)?;
        // Rows Z T^(j-1): what the state's places add to w at j steps.
        let mut rows: Vec<Vec<f64>> = Vec::with_capacity(horizon);
        let mut row = vec![0.0; r];
        row[0] = 1.0;
        for _ in 0..horizon {
            rows.push(row.clone());
            let last = row[r - 1];
            row.rotate_right(1);
            row[0] = 0.0;
            for (lag, c) in expanded.ar.terms() {
                row[r - lag] += c * last;
            }
        }
        let mut later = 0.0;
        let of_step = |h: usize| {
            let mut g = vec![0.0; r];
            for (j, row) in rows.iter().enumerate().take(h + 1) {
                for (g, value) in g.iter_mut().zip(row) {
                    *g += passed[h - j] * value;
                }
            }
            let own: f64 = (0..r).map(|i| g[i] * (0..r).map(|j| p[i * r + j] * g[j]).sum::<f64>()).sum();
            if h > 0 {
                later += weights[h - 1] * weights[h - 1];
            }
            self.variance * (own + later)
        };
        Some((0..horizon).map(of_step).collect())
    }
}

/// Differences undone: y(t) = w(t) + Σ c(k) y(t-k), after the values `before`, as many as `back` has coefficients.
fn summed(back: &[f64], before: &[f64], w: Vec<f64>) -> Vec<f64> {
    let mut y = before.to_vec();
    for value in w {
        let at = y.len();
        y.push(value + back.iter().enumerate().map(|(k, c)| c * y[at - 1 - k]).sum::<f64>());
    }
    y.split_off(before.len())
}
