//! The log rates of every month given the figures, for one class of companies: a multivariate Student t about the mode.
//!
//! Formulas and symbols are those of `docs/growth.md`.

use super::block::Block;
use super::kernel::{Kernel, Kernels};
use super::linear::{Cholesky, dot};
use super::mode::Search;
use super::observe::{Observation, log_mean};
use super::place::Centre;
use super::prior::CLASSES;
use super::product::Beyond;
use crate::project::numeric::student_t::StudentT;
use crate::series::{Measure, Peers};

/// The log rates under one class, at every month before and after the figures.
#[derive(Clone, Debug)]
pub(super) struct ClassPosterior {
    class: usize,
    /// The month after which growth stops.
    stop: i32,
    centre: Centre,
    level: f64,
    /// The mode on the months from the anchor to the last that a figure speaks of, and what it needs beyond them.
    rates: Vec<f64>,
    smooth: Vec<f64>,
    beyond: Beyond,
    pub(super) shape: StudentT,
    /// Log evidence of the class, up to a constant that all classes share.
    pub(super) evidence: f64,
    /// (nu + q) / (nu + n - 1).
    pub(super) factor: f64,
    /// W at the mode, observation by observation from `starts` on, and its covariances.
    weights: Vec<f64>,
    starts: Vec<usize>,
    blocks: Vec<Block>,
    /// V = L L', L⁻¹ 1, and 1' V⁻¹ 1.
    cholesky: Cholesky,
    ones: Vec<f64>,
    precision: f64,
}

/// What to ask the posterior of: Σ weight · log rate over months from `first` on, of the smooth rates or of the rates.
#[derive(Clone, Copy, Debug)]
pub(super) struct Asked<'a> {
    pub(super) first: i32,
    pub(super) weights: &'a [f64],
    pub(super) rough: bool,
}

impl ClassPosterior {
    pub(super) fn new(
        (class, kernels, stop): (usize, &Kernels, i32),
        (peers, size): (Peers, f64),
        observations: &[Observation],
        shape: StudentT,
        search: &mut Search,
    ) -> Self {
        let centre = Centre::new(class, peers, size);
        let kernel = kernels.of_class(class, stop);
        search.run(kernel, centre, observations);
        let (rates, smooth) = search.paths();
        let n = observations.len();
        let (ones, level) = (search.ones.clone(), search.level);
        let precision = dot(&ones, &ones);
        let degrees = (n - 1) as f64;
        let nu = CLASSES[class].nu;
        // r'V⁻¹r - (1'V⁻¹r)² / 1'V⁻¹1, as a sum of squares so that it cannot come out below zero.
        let misfit: f64 = search.residual.iter().zip(&ones).map(|(r, one)| (r - level * one) * (r - level * one)).sum();
        let evidence = if n == 1 {
            0.0
        } else {
            libm::lgamma(f64::midpoint(nu, degrees))
                - libm::lgamma(nu / 2.0)
                - degrees / 2.0 * libm::log(nu * std::f64::consts::PI)
                - (search.factor.log_determinant() + libm::log(precision)) / 2.0
                - f64::midpoint(nu, degrees) * libm::log1p(misfit / nu)
        };
        Self {
            class,
            stop,
            centre,
            level: search.here.level,
            rates,
            smooth,
            beyond: search.beyond().clone(),
            shape,
            evidence,
            factor: (nu + misfit) / (nu + degrees),
            weights: search.weights.clone(),
            starts: search.starts.clone(),
            blocks: search.blocks.clone(),
            cholesky: search.factor.clone(),
            ones,
            precision,
        }
    }

    /// The mode of the smooth log rate of a month.
    pub(super) fn smooth(&self, kernels: &Kernels, month: i32) -> f64 {
        let known = usize::try_from(month).ok().and_then(|at| self.smooth.get(at));
        known.copied().unwrap_or_else(|| self.further(kernels.of_class(self.class, self.stop), month))
    }

    /// The mode of the log rate of a month.
    pub(super) fn rate(&self, kernels: &Kernels, month: i32) -> f64 {
        let known = usize::try_from(month).ok().and_then(|at| self.rates.get(at));
        known.copied().unwrap_or_else(|| {
            let season = self.centre.factor * self.beyond.season(month);
            self.further(kernels.of_class(self.class, self.stop), month) + season
        })
    }

    /// The mode of the smooth log rate of a month that no figure speaks of, before or after all that do.
    fn further(&self, kernel: Kernel<'_>, month: i32) -> f64 {
        self.centre.mean(kernel, month) + self.level + self.centre.factor * kernel.beyond(&self.beyond, month)
    }

    /// Log of the total of the months from `first` on at the mode, in the mean over them, and the slope by each of their rates.
    pub(super) fn log_mean(&self, kernels: &Kernels, first: i32, path: &mut [f64], slope: &mut [f64]) -> f64 {
        for (month, rate) in (first..).zip(path.iter_mut()) {
            *rate = self.rate(kernels, month);
        }
        log_mean(path, slope)
    }

    /// Squared scale of what is asked.
    pub(super) fn variance(&self, kernels: &Kernels, observations: &[Observation], asked: Asked<'_>, known: &mut [f64]) -> f64 {
        let kernel = kernels.of_class(self.class, self.stop);
        let weight: f64 = asked.weights.iter().sum();
        let prior = self.covariances(kernel, observations, asked, known);
        self.cholesky.solve(known);
        let open = weight - dot(known, &self.ones);
        let rest = self.centre.factor * prior - dot(known, known) + open * open / self.precision;
        // Rounding may not take it below zero.
        rest.max(f64::EPSILON * self.centre.factor * prior) * self.factor
    }

    /// Writes the covariance of what is asked with each figure to `known`; returns its prior variance at the size of a billion.
    fn covariances(&self, kernel: Kernel<'_>, observations: &[Observation], asked: Asked<'_>, known: &mut [f64]) -> f64 {
        let Asked { first, weights, rough } = asked;
        let months = (first, weights);
        let last = first + i32::try_from(weights.len()).unwrap_or(i32::MAX) - 1;
        let block = (first >= 0).then(|| kernel.block(first, weights, rough));
        for ((i, o), known) in observations.iter().enumerate().zip(known.iter_mut()) {
            let theirs = &self.weights[self.starts[i]..self.starts[i + 1]];
            let covariance = match &block {
                Some(block) if o.last < first => kernel.in_order(&self.blocks[i], block, weights),
                Some(block) if last < o.first => kernel.in_order(block, &self.blocks[i], theirs),
                _ => kernel.pairwise(months, (o.first, theirs), rough && o.measure == Measure::Revenue),
            };
            *known = self.centre.factor * covariance;
        }
        block.map_or_else(|| kernel.pairwise(months, months, rough), |block| block.variance)
    }

    /// Scale matrix of the smooth log rates of the months from `first` on, and after them, if `rough`, of what the rates add to
    /// those; row by row.
    pub(super) fn scales(
        &self,
        kernels: &Kernels,
        observations: &[Observation],
        (first, months): (i32, usize),
        rough: bool,
    ) -> Vec<f64> {
        let kernel = kernels.of_class(self.class, self.stop);
        let n = observations.len();
        let size = if rough { 2 * months } else { months };
        let mut gain = vec![0.0; size * n];
        let mut open = vec![0.0; size];
        let month = |at: usize| first + i32::try_from(at % months).unwrap_or(0);
        for (at, (row, open)) in gain.chunks_exact_mut(n).zip(&mut open).enumerate() {
            let one = Asked { first: month(at), weights: &[1.0], rough: false };
            if at < months {
                self.covariances(kernel, observations, one, row);
            } else {
                self.rough_covariances(kernel, observations, month(at), row);
            }
            self.cholesky.solve(row);
            *open = if at < months { 1.0 } else { 0.0 } - dot(row, &self.ones);
        }
        let mut matrix = vec![0.0; size * size];
        for i in 0..size {
            for j in 0..=i {
                let prior = match (i < months, j < months) {
                    (true, true) => kernel.smooth(month(i), month(j)),
                    (false, false) => kernel.rough(month(i), month(j)),
                    // Season and irregular movement are their own.
                    _ => 0.0,
                };
                let known = dot(&gain[i * n..(i + 1) * n], &gain[j * n..(j + 1) * n]);
                let value = (self.centre.factor * prior - known + open[i] * open[j] / self.precision) * self.factor;
                matrix[i * size + j] = value;
                matrix[j * size + i] = value;
            }
        }
        matrix
    }

    /// Covariances of the season and irregular movement of a month with each figure.
    fn rough_covariances(&self, kernel: Kernel<'_>, observations: &[Observation], month: i32, known: &mut [f64]) {
        for ((i, o), known) in observations.iter().enumerate().zip(known.iter_mut()) {
            let theirs = &self.weights[self.starts[i]..self.starts[i + 1]];
            let of_month = |(other, weight): (i32, &f64)| weight * kernel.rough(month, other);
            let total = o.measure == Measure::Revenue;
            *known = if total { self.centre.factor * (o.first..).zip(theirs).map(of_month).sum::<f64>() } else { 0.0 };
        }
    }
}
