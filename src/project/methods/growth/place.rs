//! Places that the search for a mode comes to: a path of log rates, by what pulls it from its mean.

use super::kernel::Kernel;
use super::linear::dot;
use super::prior::{BETA, CLASSES, peers_prior};
use super::product::Beyond;
use crate::series::Peers;

/// The mean of the log rates, level aside, and the factor of every variance.
#[derive(Clone, Copy, Debug)]
pub(super) struct Centre {
    /// Growth in the long run, and by how much the initial growth differs from it.
    pub(super) mu: f64,
    pub(super) excess: f64,
    pub(super) factor: f64,
}

impl Centre {
    /// That of a class, for a company of this size with these peers.
    pub(super) fn new(class: usize, peers: Peers, size: f64) -> Self {
        let (class, prior) = (&CLASSES[class], peers_prior(peers));
        let mu = class.mu + prior.long_run;
        let growth = class.growth_mean + class.growth_mean_size * size + prior.growth;
        let spread = libm::pow(10.0, -BETA * size) * prior.volatility;
        Self { mu, excess: growth - mu, factor: spread * spread }
    }

    pub(super) fn mean(self, kernel: Kernel<'_>, month: i32) -> f64 {
        self.mu * kernel.years(month) + self.excess * kernel.response(month)
    }
}

/// A place that the search has come to.
#[derive(Clone, Debug, Default)]
pub(super) struct Place {
    pub(super) level: f64,
    /// a, on the months from the anchor: its part on the rates and that on the smooth rates.
    pub(super) on_rates: Vec<f64>,
    pub(super) on_smooth: Vec<f64>,
    /// K a.
    pub(super) rates: Vec<f64>,
    pub(super) smooth: Vec<f64>,
    pub(super) beyond: Beyond,
    /// Whether any figure is a run-rate: without one nothing pulls at the smooth rates, and the search need not look at them.
    run_rates: bool,
}

impl Place {
    /// The level path over so many months.
    pub(super) fn reset(&mut self, months: usize, run_rates: bool) {
        for row in [&mut self.on_rates, &mut self.on_smooth, &mut self.rates, &mut self.smooth] {
            row.clear();
            row.resize(months, 0.0);
        }
        self.level = 0.0;
        self.beyond = Beyond::default();
        self.run_rates = run_rates;
    }

    /// The rows that a search has to look at: first K a, then a.
    pub(super) fn rows(&self) -> [&[f64]; 4] {
        let smooth = if self.run_rates { self.smooth.len() } else { 0 };
        [&self.rates, &self.smooth[..smooth], &self.on_rates, &self.on_smooth[..smooth]]
    }

    pub(super) fn rows_mut(&mut self) -> [&mut [f64]; 4] {
        let smooth = if self.run_rates { self.smooth.len() } else { 0 };
        [&mut self.rates, &mut self.smooth[..smooth], &mut self.on_rates, &mut self.on_smooth[..smooth]]
    }

    /// Takes over the level and the [`rows`](Self::rows) of a place among the same figures.
    pub(super) fn take(&mut self, other: &Self) {
        if self.rates.len() != other.rates.len() || self.run_rates != other.run_rates {
            self.reset(other.rates.len(), other.run_rates);
        }
        self.level = other.level;
        for (to, from) in self.rows_mut().into_iter().zip(other.rows()) {
            to.copy_from_slice(from);
        }
    }

    /// K a from a.
    pub(super) fn pull(&mut self, kernel: Kernel<'_>, factor: f64) {
        let Self { on_rates, on_smooth, rates, smooth, beyond, .. } = self;
        *beyond = kernel.apply((on_rates, on_smooth), factor, (rates, smooth));
    }

    /// Goes this part of the way from one place to another.
    pub(super) fn between(&mut self, from: &Self, to: &Self, part: f64) {
        for (row, (from, to)) in self.rows_mut().into_iter().zip(from.rows().into_iter().zip(to.rows())) {
            for (at, (from, to)) in row.iter_mut().zip(from.iter().zip(to)) {
                *at = from + part * (to - from);
            }
        }
        self.level = from.level + part * (to.level - from.level);
    }

    /// a' K a.
    pub(super) fn roughness(&self) -> f64 {
        let [rates, smooth, on_rates, on_smooth] = self.rows();
        dot(on_rates, rates) + dot(on_smooth, smooth)
    }
}
