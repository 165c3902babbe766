//! The posterior over all classes: a mixture, weighted by how well each class explains the figures.

use super::kernel::Kernels;
use super::mode::Search;
use super::observe::{Observation, reporting_error};
use super::posterior::{Asked, ClassPosterior};
use super::prior::{COUNT, logits};
use crate::project::distribution::{Component, Distribution};
use crate::project::numeric::student_t::StudentT;
use crate::series::{Measure, Peers};

/// A run of months, from the anchor on.
#[derive(Clone, Copy, Debug)]
pub(super) struct Span {
    pub(super) first: i32,
    pub(super) last: i32,
}

impl Span {
    fn months(self) -> usize {
        usize::try_from(self.last - self.first + 1).unwrap_or(0)
    }

    /// Those of these months that `other` has, as places among these.
    fn places(self, other: Self) -> std::ops::Range<usize> {
        let at = |month: i32| usize::try_from(month - self.first).unwrap_or(0);
        at(other.first)..at(other.last) + 1
    }
}

/// The log rate of every month: a mixture over the classes of multivariate Student t.
#[derive(Clone, Debug)]
pub(super) struct Posterior {
    pub(super) classes: [ClassPosterior; COUNT],
    pub(super) weights: [f64; COUNT],
    observations: Vec<Observation>,
}

impl Posterior {
    /// The posterior given observations in order of time, of a company with these peers and of this size, whose growth stops after
    /// month `stop`. `shape` gives the Student t of a class.
    pub(super) fn new(
        kernels: &Kernels,
        observations: Vec<Observation>,
        (peers, size): (Peers, f64),
        stop: i32,
        shape: impl Fn(usize) -> StudentT,
    ) -> Self {
        let mut search = Search::new(&observations);
        let classes: [ClassPosterior; COUNT] = std::array::from_fn(|class| {
            ClassPosterior::new((class, kernels, stop), (peers, size), &observations, shape(class), &mut search)
        });
        let logits = logits(peers, size);
        let logs: [f64; COUNT] = std::array::from_fn(|class| logits[class] + classes[class].evidence);
        let total = log_sum(&logs);
        let weights = logs.map(|log| libm::exp(log - total));
        Self { classes, weights, observations }
    }

    /// Distribution of the smooth annualised rate of a month; `rounding` where it is as a figure would state it.
    pub(super) fn run_rate(&self, kernels: &Kernels, month: i32, rounding: Option<f64>) -> Distribution {
        let error = rounding.map_or(0.0, |rounding| reporting_error(Measure::RunRate, rounding));
        let asked = Asked { first: month, weights: &[1.0], rough: false };
        self.mixture(kernels, error, |class| class.smooth(kernels, month), |_| asked)
    }

    /// Distribution of the total of some months, log-linear at each class's mode; `rounding` where it is as a figure would state it.
    pub(super) fn total(&self, kernels: &Kernels, months: Span, rounding: Option<f64>) -> Distribution {
        let error = rounding.map_or(0.0, |rounding| reporting_error(Measure::Revenue, rounding));
        let (mut path, mut slope) = (vec![0.0; months.months()], vec![0.0; months.months()]);
        // The mean rate over n months, for n twelfths of a year.
        let share = libm::log(slope.len() as f64 / 12.0);
        self.parts(kernels, error, |class, known| {
            let location = share + class.log_mean(kernels, months.first, &mut path, &mut slope);
            let asked = Asked { first: months.first, weights: &slope, rough: true };
            (location, class.variance(kernels, &self.observations, asked, known))
        })
    }

    /// Distribution of the total of some months divided by that of others, log-linear at each class's mode.
    pub(super) fn ratio_of_totals(&self, kernels: &Kernels, over: Span, under: Span) -> Distribution {
        let all = Span { first: over.first.min(under.first), last: over.last.max(under.last) };
        let mut weights = vec![0.0; all.months()];
        let most = over.months().max(under.months());
        let (mut path, mut slope) = (vec![0.0; most], vec![0.0; most]);
        self.parts(kernels, 0.0, |class, known| {
            weights.fill(0.0);
            let mut location = 0.0;
            for (span, sign) in [(over, 1.0), (under, -1.0)] {
                let months = span.months();
                location += sign * class.log_mean(kernels, span.first, &mut path[..months], &mut slope[..months]);
                location += sign * libm::log(months as f64);
                for (weight, slope) in weights[all.places(span)].iter_mut().zip(&slope) {
                    *weight += sign * slope;
                }
            }
            let asked = Asked { first: all.first, weights: &weights, rough: true };
            (location, class.variance(kernels, &self.observations, asked, known))
        })
    }

    /// Distribution of the smooth rate of one month divided by that of another.
    pub(super) fn ratio_of_rates(&self, kernels: &Kernels, over: i32, under: i32) -> Distribution {
        let all = Span { first: over.min(under), last: over.max(under) };
        let mut weights = vec![0.0; all.months()];
        for (month, sign) in [(over, 1.0), (under, -1.0)] {
            weights[all.places(Span { first: month, last: month })][0] += sign;
        }
        let asked = Asked { first: all.first, weights: &weights, rough: false };
        self.mixture(kernels, 0.0, |class| class.smooth(kernels, over) - class.smooth(kernels, under), |_| asked)
    }

    /// Log of the marginal density of the observations' logs, up to a constant that depends on their number alone.
    pub(super) fn log_evidence(&self, peers: Peers, size: f64) -> f64 {
        let prior = logits(peers, size);
        let joint: [f64; COUNT] = std::array::from_fn(|class| prior[class] + self.classes[class].evidence);
        log_sum(&joint) - log_sum(&prior)
    }

    pub(super) fn observations(&self) -> &[Observation] {
        &self.observations
    }

    fn mixture<'a>(
        &self,
        kernels: &Kernels,
        error: f64,
        location: impl Fn(&ClassPosterior) -> f64,
        asked: impl Fn(&ClassPosterior) -> Asked<'a>,
    ) -> Distribution {
        self.parts(kernels, error, |class, known| {
            (location(class), class.variance(kernels, &self.observations, asked(class), known))
        })
    }

    /// The mixture of what is said of each class: location and squared scale, to which comes a figure's own error.
    fn parts(
        &self,
        _kernels: &Kernels,
        error: f64,
        mut part: impl FnMut(&ClassPosterior, &mut [f64]) -> (f64, f64),
    ) -> Distribution {
        let mut known = vec![0.0; self.observations.len()];
        let parts = self.classes.iter().zip(self.weights).map(|(class, weight)| {
            let (location, variance) = part(class, &mut known);
            let scale = (variance + class.factor * error * error).sqrt();
            Component { weight, location, scale, shape: class.shape.clone() }
        });
        Distribution::new(parts.collect())
    }
}

/// log Σ exp, without overflow.
fn log_sum(logs: &[f64]) -> f64 {
    let top = logs.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    top + libm::log(logs.iter().map(|log| libm::exp(log - top)).sum())
}
