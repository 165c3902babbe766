//! Exact inference for one class and for the mixture of classes: the log run-rate of every month, given the figures.
//!
//! Formulas and symbols are those of `docs/growth.md`, section 2.

use std::ops::RangeInclusive;

use super::classes::{BETA, CLASSES, COUNT};
use super::kernel::{Kernel, Kernels};
use crate::project::distribution::{Component, Distribution};
use crate::project::student_t::StudentT;

/// No figure is taken as better than a tenth of a percent, which also keeps overlapping figures solvable.
const SD_FLOOR: f64 = 0.001;

/// Totals are sums of exponentials: they are linearised at the path, solved, and linearised again. The path has settled when no
/// month moves by more than this. Ordinary figures take 2 to 20 rounds, figures that contradict each other by a factor of ten up
/// to a hundred, and some would swing about their answer for ever. The model is defined by a hundred rounds at most.
const SETTLED: f64 = 1e-12;
const MOST_ROUNDS: usize = 100;

/// A class that has not settled by then and has more weight than this goes on, by shorter strides: each round that does not at
/// least halve the last move halves the stride. One with less weight stands as its last round left it, as in the reference: see
/// `docs/growth.md`, section 2, for what that is worth.
const COUNTS: f64 = 0.05;
const MOST_SHORT_ROUNDS: usize = 400;
const SHORTEST_STRIDE: f64 = 1.0 / 16.0;

/// A figure as the model sees it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Observation {
    /// First and last month on the grid.
    pub(super) first: usize,
    pub(super) last: usize,
    /// Natural log of the annualised rate over those months.
    pub(super) log_rate: f64,
    /// Rounding of the figure, as a standard deviation of its log.
    pub(super) rounding: f64,
}

/// The log run-rate of every month of the grid: a mixture over the classes of multivariate Student t.
#[derive(Clone, Debug)]
pub(super) struct Posterior {
    pub(super) classes: [ClassPosterior; COUNT],
    pub(super) weights: [f64; COUNT],
}

impl Posterior {
    /// The posterior over `months` months; `size` counts powers of ten from 1 billion dollars a year.
    pub(super) fn new(kernels: &Kernels, observations: &[Observation], months: usize, size: f64) -> Self {
        let mut classes: [ClassPosterior; COUNT] =
            std::array::from_fn(|class| ClassPosterior::new(class, kernels, observations, months, size, Stride::Full));
        let mut weights = weights(&classes, size);
        while let Some(class) = (0..COUNT).find(|class| !classes[*class].settled && weights[*class] > COUNTS) {
            classes[class] = ClassPosterior::new(class, kernels, observations, months, size, Stride::Shortening);
            weights = self::weights(&classes, size);
        }
        Self { classes, weights }
    }

    /// Distribution of the annualised run-rate of a month, as a figure of this reporting error would state it; 0 for the run-rate
    /// itself.
    pub(super) fn run_rate(&self, kernels: &Kernels, month: usize, error: f64) -> Distribution {
        self.mixture(|index, class| {
            (class.path[month], class.variance(kernels.of_class(index), month, &[1.0]) + class.factor * error * error)
        })
    }

    /// Distribution of the total of the months `first` to `last`, log-linear at each class's path, as a figure of this reporting
    /// error would state it; 0 for the total itself.
    pub(super) fn total(&self, kernels: &Kernels, first: usize, last: usize, error: f64) -> Distribution {
        let mut weights = vec![0.0; last - first + 1];
        self.mixture(|index, class| {
            let mean = log_mean_weights(&class.path[first..=last], &mut weights);
            // The mean rate over n months, for n twelfths of a year.
            let location = mean + libm::log(weights.len() as f64 / 12.0);
            (location, class.variance(kernels.of_class(index), first, &weights) + class.factor * error * error)
        })
    }

    /// Distribution of the total of some months divided by that of others, log-linear at each class's path.
    pub(super) fn ratio(&self, kernels: &Kernels, over: RangeInclusive<usize>, under: RangeInclusive<usize>) -> Distribution {
        let first = *over.start().min(under.start());
        let mut weights = vec![0.0; over.end().max(under.end()) - first + 1];
        let mut part = vec![0.0; over.clone().count().max(under.clone().count())];
        self.mixture(|index, class| {
            weights.fill(0.0);
            let mut location = 0.0;
            for (span, sign) in [(&over, 1.0), (&under, -1.0)] {
                let path = &class.path[span.clone()];
                let part = &mut part[..path.len()];
                location += sign * (log_mean_weights(path, part) + libm::log(path.len() as f64));
                for (weight, part) in weights[span.start() - first..].iter_mut().zip(part) {
                    *weight += sign * *part;
                }
            }
            (location, class.variance(kernels.of_class(index), first, &weights))
        })
    }

    /// Log of the marginal density of the observations' logs, up to a constant that depends on their number alone.
    pub(super) fn log_evidence(&self, size: f64) -> f64 {
        let prior = CLASSES.each_ref().map(|class| class.weight + class.weight_size * size);
        let joint: Vec<f64> = prior.iter().zip(&self.classes).map(|(prior, class)| prior + class.evidence).collect();
        log_sum(&joint) - log_sum(&prior)
    }

    fn mixture(&self, mut component: impl FnMut(usize, &ClassPosterior) -> (f64, f64)) -> Distribution {
        let parts = self.classes.iter().enumerate().map(|(index, class)| {
            let (location, variance) = component(index, class);
            Component { weight: self.weights[index], location, scale: variance.sqrt(), shape: class.shape.clone() }
        });
        Distribution::new(parts.collect())
    }
}

/// log Σ exp, without overflow.
fn log_sum(logs: &[f64]) -> f64 {
    let top = logs.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    top + libm::log(logs.iter().map(|log| libm::exp(log - top)).sum())
}

/// The reporting error of a figure with this rounding, as a standard deviation of its log.
pub(super) fn reporting_error(rounding: f64) -> f64 {
    libm::hypot(rounding, SD_FLOOR)
}

/// Prior weight times evidence, class by class.
fn weights(classes: &[ClassPosterior; COUNT], size: f64) -> [f64; COUNT] {
    let logits: [f64; COUNT] =
        std::array::from_fn(|class| CLASSES[class].weight + CLASSES[class].weight_size * size + classes[class].evidence);
    let top = logits.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let unscaled = logits.map(|logit| libm::exp(logit - top));
    let total: f64 = unscaled.iter().sum();
    unscaled.map(|weight| weight / total)
}

/// How far a round goes towards what it has solved.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Stride {
    /// All the way, for at most [`MOST_ROUNDS`].
    Full,
    /// Less far where that does not settle, for at most [`MOST_SHORT_ROUNDS`].
    Shortening,
}

/// The log run-rate of every month under one class: a multivariate Student t.
#[derive(Clone, Debug)]
pub(super) struct ClassPosterior {
    /// Centre, month by month.
    pub(super) path: Vec<f64>,
    pub(super) shape: StudentT,
    /// Whether the rounds have come to rest; they are given up in the end, so that the search for rest ends too.
    settled: bool,
    /// Log evidence of the class, up to a constant that all classes share.
    evidence: f64,
    /// Factor of the kernel for the company's size.
    size_factor: f64,
    /// (nu + q) / (nu + d).
    factor: f64,
    /// L⁻¹ W K, observation by observation (rows of `path.len()` months), with V = L L'.
    gain: Vec<f64>,
    /// 1 - K W' V⁻¹ 1, month by month: how much of the level is still open.
    openness: Vec<f64>,
    /// 1' V⁻¹ 1.
    level_precision: f64,
}

impl ClassPosterior {
    fn new(class: usize, kernels: &Kernels, observations: &[Observation], months: usize, size: f64, stride: Stride) -> Self {
        let constants = &CLASSES[class];
        let kernel = kernels.of_class(class);
        let n = observations.len();
        let size_factor = libm::pow(10.0, -2.0 * BETA * size);
        let excess = constants.growth_mean + constants.growth_mean_size * size - constants.mu;
        let mean: Vec<f64> = (0..months).map(|m| constants.mu * kernel.years(m) + excess * kernel.response[m]).collect();
        let start = observations.iter().map(|o| o.log_rate).sum::<f64>() / n as f64;
        let mut path = vec![start; months];
        let mut work = Work::new(observations, months);
        let single_months = observations.iter().all(|o| o.first == o.last);
        let rounds = if stride == Stride::Full { MOST_ROUNDS } else { MOST_SHORT_ROUNDS };
        let (mut share, mut last_move) = (1.0, f64::INFINITY);
        // Shorter strides are the last resort: what they come to stands.
        let mut settled = stride == Stride::Shortening;
        for _ in 0..rounds {
            work.linearise(observations, &path, &mean);
            work.solve(kernel, observations, size_factor);
            let to_go = work.update(&mean, &mut path, share);
            // Rates of single months are linear in the path as they stand.
            if single_months || to_go < SETTLED {
                settled = true;
                break;
            }
            if stride == Stride::Shortening && to_go > last_move / 2.0 {
                share = f64::max(share / 2.0, SHORTEST_STRIDE);
            }
            last_move = to_go;
        }
        let Work { mut gain, lower, ones, residual, level, .. } = work;
        lower.solve_rows(&mut gain, months);
        let level_precision = dot(&ones, &ones);
        let mut openness = vec![1.0; months];
        for (row, one) in gain.chunks_exact(months).zip(&ones) {
            subtract_scaled(&mut openness, row, *one);
        }
        let degrees = (n - 1) as f64;
        let nu = constants.nu;
        // r'V⁻¹r - (1'V⁻¹r)² / 1'V⁻¹1, as a sum of squares so that it cannot come out below zero.
        let misfit: f64 = residual.iter().zip(&ones).map(|(r, one)| (r - level * one) * (r - level * one)).sum();
        let log_det = 2.0 * lower.log_diagonal() + libm::log(level_precision);
        let evidence = if n == 1 {
            0.0
        } else {
            libm::lgamma(f64::midpoint(nu, degrees))
                - libm::lgamma(nu / 2.0)
                - degrees / 2.0 * libm::log(nu * std::f64::consts::PI)
                - log_det / 2.0
                - f64::midpoint(nu, degrees) * libm::log1p(misfit / nu)
        };
        Self {
            path,
            shape: kernels.shape(class, n),
            settled,
            evidence,
            size_factor,
            factor: (nu + misfit) / (nu + degrees),
            gain,
            openness,
            level_precision,
        }
    }

    /// Squared scale of Σ weight · x over the months from `first` on.
    fn variance(&self, kernel: &Kernel, first: usize, weights: &[f64]) -> f64 {
        let span = first..first + weights.len();
        let prior: f64 = weights.iter().zip(span.clone()).map(|(w, m)| w * dot(&kernel.row(m)[span.clone()], weights)).sum();
        let known: f64 =
            self.gain.chunks_exact(self.path.len()).map(|row| dot(&row[span.clone()], weights)).map(|x| x * x).sum();
        self.finish(prior, known, dot(&self.openness[span.clone()], weights), None)
    }

    /// Scale matrix of the log run-rates of the months `first` to `last`, row by row.
    pub(super) fn covariance(&self, kernel: &Kernel, first: usize, last: usize) -> Vec<f64> {
        let months = last - first + 1;
        let mut matrix = vec![0.0; months * months];
        for i in 0..months {
            for j in 0..=i {
                let (a, b) = (first + i, first + j);
                let known: f64 = self.gain.chunks_exact(self.path.len()).map(|row| row[a] * row[b]).sum();
                let value = self.finish(kernel.row(a)[b], known, self.openness[a], Some(self.openness[b]));
                matrix[i * months + j] = value;
                matrix[j * months + i] = value;
            }
        }
        matrix
    }

    /// (prior - known + open · open' / 1'V⁻¹1), scaled; `other` is `None` for a variance, which rounding may not take below zero.
    fn finish(&self, prior: f64, known: f64, open: f64, other: Option<f64>) -> f64 {
        let value = self.size_factor * prior - known + open * other.unwrap_or(open) / self.level_precision;
        let value = if other.is_none() { value.max(f64::EPSILON * self.size_factor * prior) } else { value };
        value * self.factor
    }
}

/// What the rounds of one class share, so that a round allocates nothing.
struct Work {
    months: usize,
    /// W: the weights of each observation on its months, one after the other; `starts` says where each begins.
    weights: Vec<f64>,
    starts: Vec<usize>,
    /// y - offset - W mean.
    target: Vec<f64>,
    /// W K, observation by observation.
    gain: Vec<f64>,
    lower: Lower,
    /// L⁻¹ 1 and L⁻¹ r.
    ones: Vec<f64>,
    residual: Vec<f64>,
    level: f64,
    next: Vec<f64>,
}

impl Work {
    fn new(observations: &[Observation], months: usize) -> Self {
        let n = observations.len();
        let mut starts = Vec::with_capacity(n + 1);
        let mut end = 0;
        for observation in observations {
            starts.push(end);
            end += observation.last - observation.first + 1;
        }
        starts.push(end);
        Self {
            months,
            weights: vec![0.0; end],
            starts,
            target: vec![0.0; n],
            gain: vec![0.0; n * months],
            lower: Lower { n, cells: vec![0.0; n * n] },
            ones: vec![0.0; n],
            residual: vec![0.0; n],
            level: 0.0,
            next: vec![0.0; months],
        }
    }

    /// W and the residual target, at the path.
    fn linearise(&mut self, observations: &[Observation], path: &[f64], mean: &[f64]) {
        for (i, observation) in observations.iter().enumerate() {
            let span = observation.first..=observation.last;
            let weights = &mut self.weights[self.starts[i]..self.starts[i + 1]];
            let log_mean = log_mean_weights(&path[span.clone()], weights);
            let offset = log_mean - dot(weights, &path[span.clone()]);
            self.target[i] = observation.log_rate - offset - dot(weights, &mean[span]);
        }
    }

    /// V = W K W' + noise and its Cholesky factor, then the level.
    fn solve(&mut self, kernel: &Kernel, observations: &[Observation], size_factor: f64) {
        let n = observations.len();
        self.gain.fill(0.0);
        for (i, observation) in observations.iter().enumerate() {
            let row = &mut self.gain[i * self.months..(i + 1) * self.months];
            for (month, weight) in (observation.first..).zip(&self.weights[self.starts[i]..self.starts[i + 1]]) {
                subtract_scaled(row, &kernel.row(month)[..self.months], -size_factor * weight);
            }
            for (j, other) in observations[..=i].iter().enumerate() {
                let span = other.first..=other.last;
                self.lower.cells[i * n + j] = dot(&row[span], &self.weights[self.starts[j]..self.starts[j + 1]]);
            }
            let sd = reporting_error(observation.rounding);
            self.lower.cells[i * n + i] += sd * sd;
        }
        self.lower.factorise();
        self.ones.fill(1.0);
        self.lower.solve(&mut self.ones);
        self.residual.copy_from_slice(&self.target);
        self.lower.solve(&mut self.residual);
        self.level = dot(&self.ones, &self.residual) / dot(&self.ones, &self.ones);
    }

    /// Moves `path` by this share of the way to mean + level + K W' V⁻¹ (r - level 1); returns how long the whole way is for the
    /// month for which it is longest.
    fn update(&mut self, mean: &[f64], path: &mut [f64], share: f64) -> f64 {
        for (target, (residual, one)) in self.target.iter_mut().zip(self.residual.iter().zip(&self.ones)) {
            *target = residual - self.level * one;
        }
        self.lower.solve_transposed(&mut self.target);
        for (next, mean) in self.next.iter_mut().zip(mean) {
            *next = mean + self.level;
        }
        for (row, pull) in self.gain.chunks_exact(self.months).zip(&self.target) {
            subtract_scaled(&mut self.next, row, -pull);
        }
        let mut to_go = 0.0_f64;
        for (path, next) in path.iter_mut().zip(&self.next) {
            let way = next - *path;
            to_go = to_go.max(way.abs());
            *path = if share < 1.0 { *path + share * way } else { *next };
        }
        to_go
    }
}

/// A symmetric positive definite matrix that is turned into its Cholesky factor, in the lower triangle, row by row.
struct Lower {
    n: usize,
    cells: Vec<f64>,
}

impl Lower {
    fn factorise(&mut self) {
        let n = self.n;
        for i in 0..n {
            for j in 0..=i {
                let (above, at) = self.cells.split_at_mut(i * n);
                let sum = if j == i { dot(&at[..j], &at[..j]) } else { dot(&at[..j], &above[j * n..j * n + j]) };
                // The noise keeps the diagonal above SD_FLOOR² but for rounding.
                at[j] = if j == i {
                    (at[i] - sum).max(SD_FLOOR * SD_FLOOR * f64::EPSILON).sqrt()
                } else {
                    (at[j] - sum) / above[j * n + j]
                };
            }
        }
    }

    /// L⁻¹ x, in place.
    fn solve(&self, x: &mut [f64]) {
        for i in 0..self.n {
            let row = &self.cells[i * self.n..i * self.n + i];
            x[i] = (x[i] - dot(row, &x[..i])) / self.cells[i * self.n + i];
        }
    }

    /// L'⁻¹ x, in place.
    fn solve_transposed(&self, x: &mut [f64]) {
        for i in (0..self.n).rev() {
            x[i] /= self.cells[i * self.n + i];
            let (before, at) = x.split_at_mut(i);
            subtract_scaled(before, &self.cells[i * self.n..i * self.n + i], at[0]);
        }
    }

    /// L⁻¹ X for the matrix of `n` rows of `width`, in place.
    fn solve_rows(&self, rows: &mut [f64], width: usize) {
        for i in 0..self.n {
            let (before, at) = rows.split_at_mut(i * width);
            let row = &mut at[..width];
            for (j, above) in before.chunks_exact(width).enumerate() {
                subtract_scaled(row, above, self.cells[i * self.n + j]);
            }
            let pivot = self.cells[i * self.n + i];
            for x in row {
                *x /= pivot;
            }
        }
    }

    /// Sum of the logs of the diagonal.
    fn log_diagonal(&self) -> f64 {
        (0..self.n).map(|i| libm::log(self.cells[i * self.n + i])).sum()
    }
}

/// Log of the mean of exp(x), and the share of each term in it, which is the mean's slope.
fn log_mean_weights(x: &[f64], weights: &mut [f64]) -> f64 {
    let top = x.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    for (weight, x) in weights.iter_mut().zip(x) {
        *weight = libm::exp(x - top);
    }
    let total: f64 = weights.iter().sum();
    for weight in weights.iter_mut() {
        *weight /= total;
    }
    top + libm::log(total / x.len() as f64)
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

/// `to -= factor * from`.
fn subtract_scaled(to: &mut [f64], from: &[f64], factor: f64) {
    for (to, from) in to.iter_mut().zip(from) {
        *to -= factor * from;
    }
}
