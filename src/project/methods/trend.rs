//! A few totals of whole years as a level that wanders and a growth that fades: the local linear trend, with beliefs for what few
//! totals cannot tell.
//!
//! With y the log of a year's total, l its level and g the growth of the level,
//!
//! ```text
//! y(t)   = l(t) + e(t)                               e ~ N(0, (1 - k) s²)
//! l(t+1) = l(t) + g(t) + w(t)                        w ~ N(0, k s²)
//! g(t+1) = m + f (g(t) - m) + v(t)                   v ~ N(0, (1 - f²) d²),   g(1) ~ N(m, d²)
//! ```
//!
//! where s is how far a year lies beside its trend, k the share of that which stays, and d how far growth lies from the usual m.
//! What these are is not known: each combination of [`NOISES`], [`STAYING`] and [`SPREADS`] is gone through by a Kalman filter and
//! weighed by how well it foretold each total, so that two totals say little, and five that grow alike say that they do.
//! The numbers are round ones, chosen on simulated seasonal businesses and checked on the first two to eight figures of the
//! yearly series of the M3 competition, where 80% intervals hold 84 to 92% up to three years ahead: `docs/growth.md`, section 4.
//!
//! # References
//!
//! Harvey, *Forecasting, Structural Time Series Models and the Kalman Filter* (1989), 2.3 and 3.4. Gardner and `McKenzie`,
//! "Forecasting trends in time series", *Management Science* 31 (1985), for growth that fades.

use crate::project::distribution::Component;
use crate::project::{Distribution, StudentT};

/// Standard deviations of a year beside its trend, as logs, and how usual each is.
const NOISES: [(f64, f64); 5] = [(0.03, 0.5), (0.06, 1.0), (0.12, 1.0), (0.24, 0.5), (0.5, 0.15)];
/// Shares of its variance that stay with the level.
const STAYING: [f64; 3] = [0.0, 0.5, 1.0];
/// Standard deviations of growth about the usual: of a settled business, and of a young or failing one.
const SPREADS: [f64; 2] = [0.1, 0.4];
/// The usual growth a year, as a log.
const USUAL: f64 = 0.02;
/// What is left after a year of growth beyond the usual.
const FADING: f64 = 0.97;
/// Degrees of freedom of each part of the mixture: the normal distribution all but in far tails.
const DF: f64 = 30.0;
/// Combinations of less weight than this change no digit that is shown.
const NEGLIGIBLE: f64 = 1e-6;

/// What the totals say of the level and its growth under one combination.
#[derive(Clone, Copy, Debug)]
struct State {
    weight: f64,
    /// Variances of a year beside its level, of a step of the level and of a step of growth.
    noise: [f64; 3],
    level: f64,
    growth: f64,
    /// Variance of the level, covariance, and variance of the growth.
    variance: [f64; 3],
}

/// The trend of totals of whole years.
#[derive(Clone, Debug)]
pub(super) struct Trend {
    states: Vec<State>,
    shape: StudentT,
}

impl Trend {
    /// The trend of `totals` of years that follow each other, one at least, all above zero.
    pub(super) fn of(totals: &[f64]) -> Self {
        let logs: Vec<f64> = totals.iter().map(|total| libm::log(*total)).collect();
        let combinations = NOISES.iter().flat_map(|noise| STAYING.map(|stays| (noise, stays)));
        let mut states: Vec<State> = combinations
            .flat_map(|((deviation, usual), stays)| {
                SPREADS.map(|spread| State::new(logs[0], *deviation, stays, spread, *usual))
            })
            .collect();
        let weigh: Vec<f64> = states.iter_mut().map(|state| state.filter(&logs[1..])).collect();
        let best = weigh.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        for (state, log) in states.iter_mut().zip(weigh) {
            state.weight *= libm::exp(log - best);
        }
        let most = states.iter().map(|state| state.weight).fold(0.0, f64::max);
        states.retain(|state| state.weight > NEGLIGIBLE * most);
        Self { states, shape: StudentT::shared(DF) }
    }

    /// The distributions of the totals of the next `years` years.
    pub(super) fn ahead(&self, years: usize) -> Vec<Distribution> {
        let mut states = self.states.clone();
        let of_year = |_| {
            let parts = states.iter_mut().map(|state| {
                state.step();
                let scale = (state.variance[0] + state.noise[0]).sqrt();
                Component { weight: state.weight, location: state.level, scale, shape: self.shape.clone() }
            });
            Distribution::new(parts.collect())
        };
        (0..years).map(of_year).collect()
    }
}

impl State {
    /// The first total is the level but for its noise.
    fn new(level: f64, deviation: f64, stays: f64, spread: f64, weight: f64) -> Self {
        let (square, growth) = (deviation * deviation, spread * spread);
        let beside = (1.0 - stays) * square;
        let noise = [beside, stays * square, (1.0 - FADING * FADING) * growth];
        Self { weight, noise, level, growth: USUAL, variance: [beside, 0.0, growth] }
    }

    /// A year on.
    fn step(&mut self) {
        let [level, both, growth] = self.variance;
        self.level += self.growth;
        self.growth = USUAL + FADING * (self.growth - USUAL);
        let [_, level_step, growth_step] = self.noise;
        self.variance =
            [level + 2.0 * both + growth + level_step, FADING * (both + growth), FADING * FADING * growth + growth_step];
    }

    /// Goes through the logs of the totals after the first; the log likelihood of these.
    fn filter(&mut self, logs: &[f64]) -> f64 {
        let mut sum = 0.0;
        for log in logs {
            self.step();
            let [level, both, growth] = self.variance;
            let (error, expected) = (log - self.level, level + self.noise[0]);
            sum -= 0.5 * (error * error / expected + libm::log(expected));
            let gains = [level / expected, both / expected];
            self.level += gains[0] * error;
            self.growth += gains[1] * error;
            self.variance = [level - gains[0] * level, both - gains[0] * both, growth - gains[1] * both];
        }
        sum
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn grown(by: f64, years: i32) -> Vec<f64> {
        (0..years).map(|year| 5_000.0 * libm::pow(1.0 + by, f64::from(year))).collect()
    }

    #[test]
    fn growth_that_was_steady_goes_on_and_fades_slowly() {
        for by in [-0.2, 0.0, 0.04, 0.18, 0.6] {
            for (years, off) in [(3, 0.1), (5, 0.03), (8, 0.02)] {
                let totals = grown(by, years);
                let ahead = Trend::of(&totals).ahead(3);
                let last = totals[totals.len() - 1];
                let next = libm::log(ahead[0].median() / last) - libm::log(1.0 + by);
                assert!(next.abs() < off, "{by} over {years} years: {next}");
                let third = libm::log(ahead[2].median() / last) / (3.0 * libm::log(1.0 + by));
                assert!(by.abs() < 0.1 || (0.7..1.02).contains(&third), "{by} over {years} years: {third}");
            }
        }
    }

    #[test]
    fn doubt_is_wide_with_few_totals_and_opens_with_years() {
        let width = |totals: &[f64], year: usize| {
            let ends = Trend::of(totals).ahead(year)[year - 1].quantiles(&[0.1, 0.9]);
            libm::log(ends[1] / ends[0])
        };
        let widths: Vec<f64> = [1, 2, 3, 5, 8].map(|years| width(&grown(0.04, years), 1)).to_vec();
        assert!(widths.windows(2).all(|pair| pair[0] > pair[1]), "{widths:?}");
        assert!(widths[0] > 0.5 && widths[4] < 0.25, "{widths:?}");
        assert!(width(&grown(0.04, 5), 3) > 1.5 * width(&grown(0.04, 5), 1));
    }

    #[test]
    fn unit_does_not_matter() {
        let totals = [3_151.0, 2_779.0, 2_911.0, 3_094.0];
        let of = |unit: f64| Trend::of(&totals.map(|total| total * unit)).ahead(2)[1].quantiles(&[0.1, 0.5, 0.9]);
        for (plain, large) in of(1.0).into_iter().zip(of(1e9)) {
            approx::assert_relative_eq!(plain * 1e9, large, max_relative = 1e-9);
        }
    }
}
