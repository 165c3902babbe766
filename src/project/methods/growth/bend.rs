//! Newton's step with the curvature of the totals, for figures that contradict each other: the cube of the months.

use super::kernel::{Kernel, as_month};
use super::linear::{dot, solve_pair, subtract_scaled};
use super::mode::{SMALL, Search};
use super::observe::Observation;
use super::place::Centre;
use crate::series::Measure;

/// Newton's step, in full: the rates and smooth rates that figures speak of, and how they go together.
#[derive(Debug, Default)]
pub(super) struct Curved {
    pub(super) ready: bool,
    /// A month, and whether it is its rate or the smooth one.
    slots: Vec<(usize, bool)>,
    /// The slots of each figure.
    of_figure: Vec<Vec<usize>>,
    /// K on the slots.
    prior: Vec<f64>,
    bends: Vec<f64>,
    matrix: Vec<f64>,
    one: Vec<f64>,
    other: Vec<f64>,
}

impl Curved {
    fn prepare(&mut self, kernel: Kernel<'_>, factor: f64, observations: &[Observation]) {
        self.slots.clear();
        self.of_figure.clear();
        let rough = |o: &Observation| o.measure == Measure::Revenue;
        self.slots.extend(observations.iter().flat_map(|o| o.months().map(move |month| (month, rough(o)))));
        self.slots.sort_unstable();
        self.slots.dedup();
        for o in observations {
            let place =
                |month| self.slots.binary_search(&(month, rough(o))).unwrap_or_else(|_| unreachable!("every slot is there"));
            let places = o.months().map(place).collect();
            self.of_figure.push(places);
        }
        self.prior.clear();
        for (month, rough) in &self.slots {
            for (other, other_rough) in &self.slots {
                let (one, other) = (as_month(*month), as_month(*other));
                let seasonal = if *rough && *other_rough { kernel.rough(one, other) } else { 0.0 };
                self.prior.push(factor * (kernel.smooth(one, other) + seasonal));
            }
        }
        self.ready = true;
    }
}

impl Search {
    /// Where the least of F is with the curvature of the totals, too; `false` if that is not downhill or nowhere.
    pub(super) fn bend(&mut self, kernel: Kernel<'_>, centre: Centre, observations: &[Observation]) -> bool {
        if !self.curved.ready {
            self.curved.prepare(kernel, centre.factor, observations);
        }
        let curved = &mut self.curved;
        let size = curved.slots.len();
        let force = |i: usize| (observations[i].log_rate - self.stated[i]) / observations[i].variance;
        // C = W' D W - Σ force (diag w - w w'), b = W' force + C (K a + level), both on the slots.
        curved.bends.clear();
        curved.bends.resize(size * size, 0.0);
        curved.one.clear();
        curved.one.resize(size, 0.0);
        for (i, o) in observations.iter().enumerate() {
            let (slots, weights) = (&curved.of_figure[i], &self.weights[self.starts[i]..self.starts[i + 1]]);
            let (force, linear) = (force(i), o.is_linear());
            let both = 1.0 / o.variance + if linear { 0.0 } else { force };
            for (slot, weight) in slots.iter().zip(weights) {
                for (other, theirs) in slots.iter().zip(weights) {
                    curved.bends[slot * size + other] += both * weight * theirs;
                }
                if !linear {
                    curved.bends[slot * size + slot] -= force * weight;
                }
                curved.one[*slot] += force * weight;
            }
        }
        let gone =
            |slot: &(usize, bool)| self.here.level + if slot.1 { self.here.rates[slot.0] } else { self.here.smooth[slot.0] };
        let gone: Vec<f64> = curved.slots.iter().map(gone).collect();
        curved.other.clear();
        for (row, one) in curved.bends.chunks_exact(size).zip(&mut curved.one) {
            *one += dot(row, &gone);
            curved.other.push(row.iter().sum());
        }
        // (1 + C K) a = b - level C 1, and 1'a = 0.
        curved.matrix.clear();
        curved.matrix.resize(size * size, 0.0);
        for (row, (into, bends)) in curved.matrix.chunks_exact_mut(size).zip(curved.bends.chunks_exact(size)).enumerate() {
            for (bend, prior) in bends.iter().zip(curved.prior.chunks_exact(size)).filter(|(bend, _)| **bend != 0.0) {
                subtract_scaled(into, prior, -bend);
            }
            into[row] += 1.0;
        }
        if solve_pair(&mut curved.matrix, &mut curved.one, &mut curved.other).is_none() {
            return false;
        }
        let level = curved.one.iter().sum::<f64>() / curved.other.iter().sum::<f64>();
        let there = &mut self.there;
        there.level = level;
        there.on_rates.fill(0.0);
        there.on_smooth.fill(0.0);
        for ((month, rough), (one, other)) in curved.slots.iter().zip(curved.one.iter().zip(&curved.other)) {
            let row = if *rough { &mut there.on_rates } else { &mut there.on_smooth };
            row[*month] = one - level * other;
        }
        there.pull(kernel, centre.factor);
        let slope = self.slope(observations);
        slope.is_finite() && (slope < 0.0 || self.way(observations) < SMALL)
    }

    /// Half the slope of F from here towards there.
    fn slope(&self, observations: &[Observation]) -> f64 {
        let (here, there) = (&self.here, &self.there);
        let moved = |to: &[f64], from: &[f64], on: &[f64]| -> f64 {
            on.iter().zip(to.iter().zip(from)).map(|(on, (to, from))| on * (to - from)).sum()
        };
        let mut sum = moved(&there.rates, &here.rates, &here.on_rates) + moved(&there.smooth, &here.smooth, &here.on_smooth);
        for (i, o) in observations.iter().enumerate() {
            let (to, from) =
                if o.measure == Measure::RunRate { (&there.smooth, &here.smooth) } else { (&there.rates, &here.rates) };
            let weights = &self.weights[self.starts[i]..self.starts[i + 1]];
            let moved = moved(&to[o.months()], &from[o.months()], weights) + there.level - here.level;
            sum -= (o.log_rate - self.stated[i]) / o.variance * moved;
        }
        sum
    }
}
