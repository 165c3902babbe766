//! The posterior mode of one class: the log rates that go best with the figures and the prior together.
//!
//! What is least at the mode is F = Σ ((y - h) / sd)² + (path - mean - level)' K⁻¹ (path - mean - level), with h what the figures
//! would be at the path. With path = mean + level + K a its second term is a' K a, so that K⁻¹ is never needed. A total is the log
//! of a mean of exponentials. Taken as linear at the path, it gives a step that always leads downhill (Gauss and Newton's); from
//! what the last few of them moved it is guessed where none would move anything (Anderson's mixing), and ordinary figures settle
//! within ten. Where figures contradict each other those steps swing; near the mode the curvature of the totals is then taken into account
//! (Newton's step). Whatever is tried, F never grows.
//!
//! # References
//!
//! Nocedal and Wright, *Numerical Optimization* (2nd ed., 2006), chapters 3 and 10; Walker and Ni, "Anderson acceleration for
//! fixed-point iterations", *SIAM Journal on Numerical Analysis* 49 (2011).

use super::bend::Curved;
use super::block::Block;
use super::kernel::{Kernel, as_month};
use super::leap::Past;
use super::linear::{Cholesky, dot};
use super::observe::{Observation, log_mean};
use super::place::{Centre, Place};
use super::prior::LEAST_SD;
use super::product::Beyond;
use crate::series::Measure;

/// The path has settled when no month would move by more than this.
const SETTLED: f64 = 1e-9;
/// Below this whole steps are taken without a look at F, which rounding blurs.
pub(super) const SMALL: f64 = 1e-6;
/// A step that is not this share of the one before it is one of a swing.
const SHRINKS: f64 = 0.5;
/// After a step shorter than this the factor of V is kept for the next, until one shorter than the other.
const KEEPS: f64 = 0.05;
const ALMOST: f64 = 1e-8;
/// Where the class before has come to rest within as many rounds, the figures are ordinary, and its path is a better place to
/// begin than a level one. Where figures contradict each other there may be several places of rest, and each class begins level.
const ORDINARY: usize = 9;
/// Rounds of Gauss and Newton's steps before Newton's own are tried, which cost the cube of the months.
const PATIENCE: usize = 40;
/// Newton's steps are for the neighbourhood of the mode: farther off they follow every bend of the valley.
const NEAR: f64 = 0.1;
/// The shortest part of a step that is tried.
const LEAST_PART: f64 = 1e-6;
/// Ordinary figures take 5 to 15 rounds, figures that contradict each other tenfold up to a hundred.
const MOST_ROUNDS: usize = 400;

/// What the search has found, and the room that it works in: made once for a series and used for one class after another.
#[derive(Debug, Default)]
pub(super) struct Search {
    months: usize,
    /// Means of the months.
    mean: Vec<f64>,
    /// W: the weights of each observation on its months, one after the other; `starts` says where each begins.
    pub(super) weights: Vec<f64>,
    pub(super) starts: Vec<usize>,
    pub(super) blocks: Vec<Block>,
    /// h, and y - h as W takes it: y - h + W (path - mean).
    pub(super) stated: Vec<f64>,
    target: Vec<f64>,
    /// y - h + W path.
    apart: Vec<f64>,
    /// L of V = W K W' + noise = L L', and L⁻¹ 1 and L⁻¹ target.
    pub(super) factor: Cholesky,
    pub(super) ones: Vec<f64>,
    pub(super) residual: Vec<f64>,
    pub(super) level: f64,
    /// V⁻¹ (target - level): the pull of each figure on its months.
    forces: Vec<f64>,
    /// Where the search is, where the step leads, and a place between.
    pub(super) here: Place,
    pub(super) there: Place,
    trial: Place,
    row: Vec<f64>,
    pub(super) curved: Curved,
    past: Past,
    /// Whether the last class came to rest soon.
    ordinary: bool,
    /// The least F so far.
    least: f64,
}

impl Search {
    /// Room for a search among these figures.
    pub(super) fn new(observations: &[Observation]) -> Self {
        let n = observations.len();
        let months = observations.iter().map(|o| o.last + 1).max().unwrap_or(0).cast_unsigned() as usize;
        let mut starts = vec![0];
        for observation in observations {
            starts.push(starts[starts.len() - 1] + observation.months().len());
        }
        let weights = vec![0.0; starts[n]];
        let row = || vec![0.0; n];
        let (stated, target, apart, ones, residual, forces) = (row(), row(), row(), row(), row(), row());
        Self {
            months,
            weights,
            starts,
            stated,
            target,
            apart,
            ones,
            residual,
            forces,
            row: vec![0.0; months],
            ..Self::default()
        }
    }

    /// Finds the mode; W, V and what follows from them are then those at the mode. Returns the rounds that it took; `None` if it has
    /// not come to rest, and then it is where F is least of all places that it has seen.
    pub(super) fn run(&mut self, kernel: Kernel<'_>, centre: Centre, observations: &[Observation]) -> Option<usize> {
        self.mean.clear();
        self.mean.extend((0..self.months).map(|month| centre.mean(kernel, as_month(month))));
        let run_rates = observations.iter().any(|o| o.measure == Measure::RunRate);
        for place in [&mut self.here, &mut self.there, &mut self.trial] {
            place.reset(self.months, run_rates);
        }
        self.here.level = observations.iter().map(|o| o.log_rate).sum::<f64>() / observations.len() as f64;
        self.curved.ready = false;
        self.past.forget();
        let linear = observations.iter().all(Observation::is_linear);
        let (mut last, mut swings) = (f64::INFINITY, false);
        self.least = if self.ordinary {
            // W, and what the figures would be, are those of the class before; its F is none of this one's.
            self.begin_there(observations);
            f64::INFINITY
        } else {
            self.observe(observations, false)
        };
        let began = std::mem::take(&mut self.ordinary);
        for round in 1..=MOST_ROUNDS {
            // From the place of the class before the first step leads far in level, and hardly changes W.
            let near = last < KEEPS || round == 2 && began;
            let kept = near && !swings && last > ALMOST;
            if !kept {
                self.solve(kernel, centre.factor, observations);
            }
            let bent = round > PATIENCE && swings && last < NEAR && self.bend(kernel, centre, observations);
            if kept {
                self.nudge(kernel, centre.factor, observations);
            } else if !bent {
                self.step(kernel, centre.factor, observations);
            }
            let way = self.way(observations);
            // Newton's steps shrink by far more, until rounding is all that moves them.
            let rounding = bent && last < SMALL && way > SHRINKS * last;
            if !kept && (linear || way < SETTLED || rounding) {
                std::mem::swap(&mut self.here, &mut self.there);
                self.ordinary = !linear && round <= ORDINARY;
                return Some(round);
            }
            swings = bent || way > SHRINKS * last;
            last = way;
            if bent || !self.leap(observations, way) {
                self.go(observations, way, if swings && !bent { 0.5 } else { 1.0 });
            }
        }
        self.solve(kernel, centre.factor, observations);
        None
    }

    /// h and W at the place; returns F there.
    fn observe(&mut self, observations: &[Observation], trial: bool) -> f64 {
        let place = if trial { &self.trial } else { &self.here };
        let mut sum = place.roughness();
        for (i, o) in observations.iter().enumerate() {
            let span = o.months();
            let weights = &mut self.weights[self.starts[i]..self.starts[i + 1]];
            if o.measure == Measure::RunRate {
                weights[0] = 1.0;
                self.stated[i] = self.mean[span.start] + place.level + place.smooth[span.start];
                self.apart[i] = o.log_rate;
                self.target[i] = o.log_rate - self.mean[span.start];
            } else {
                let row = &mut self.row[..span.len()];
                for (path, (mean, pull)) in row.iter_mut().zip(self.mean[span.clone()].iter().zip(&place.rates[span.clone()])) {
                    *path = mean + place.level + pull;
                }
                self.stated[i] = log_mean(row, weights);
                self.apart[i] = o.log_rate - self.stated[i] + dot(weights, row);
                self.target[i] = self.apart[i] - dot(weights, &self.mean[span]);
            }
            let off = o.log_rate - self.stated[i];
            sum += off * off / o.variance;
        }
        sum
    }

    /// Takes the totals as linear at the last class's mode: h and W are still there, and only the means are others.
    fn begin_there(&mut self, observations: &[Observation]) {
        for (i, o) in observations.iter().enumerate() {
            let weights = &self.weights[self.starts[i]..self.starts[i + 1]];
            self.target[i] = self.apart[i] - dot(weights, &self.mean[o.months()]);
        }
    }

    /// V = W K W' + noise and its factor, then the level.
    fn solve(&mut self, kernel: Kernel<'_>, factor: f64, observations: &[Observation]) {
        let n = observations.len();
        self.blocks.clear();
        self.factor.reset(n);
        for (i, o) in observations.iter().enumerate() {
            let rough = o.measure == Measure::Revenue;
            let weights = &self.weights[self.starts[i]..self.starts[i + 1]];
            let block = kernel.block(o.first, weights, rough);
            for (j, other) in observations[..i].iter().enumerate() {
                let covariance = if other.last < o.first {
                    kernel.in_order(&self.blocks[j], &block, weights)
                } else {
                    let others = (other.first, &self.weights[self.starts[j]..self.starts[j + 1]]);
                    kernel.pairwise((o.first, weights), others, rough && other.measure == Measure::Revenue)
                };
                self.factor.set(j, i, factor * covariance);
            }
            self.factor.set(i, i, factor * block.variance + o.variance);
            self.blocks.push(block);
        }
        // The noise keeps the pivots above this but for rounding.
        self.factor.factorise(LEAST_SD * LEAST_SD * f64::EPSILON);
        self.ones.fill(1.0);
        self.factor.solve(&mut self.ones);
        self.residual.copy_from_slice(&self.target);
        self.factor.solve(&mut self.residual);
        self.level = dot(&self.ones, &self.residual) / dot(&self.ones, &self.ones);
    }

    /// Where the least of F is with the totals taken as linear.
    fn step(&mut self, kernel: Kernel<'_>, factor: f64, observations: &[Observation]) {
        for (force, (residual, one)) in self.forces.iter_mut().zip(self.residual.iter().zip(&self.ones)) {
            *force = residual - self.level * one;
        }
        self.factor.solve_transposed(&mut self.forces);
        self.there.level = self.level;
        self.spread(kernel, factor, observations);
    }

    /// The same with the factor of an earlier place: where steps are short V has changed by as little, and its factor is most of
    /// what a round costs. What the forces of the step before leave of the equations V forces = target - level, exact at this
    /// place, is solved for with the factor that is there, and added to them.
    fn nudge(&mut self, kernel: Kernel<'_>, factor: f64, observations: &[Observation]) {
        self.spread(kernel, factor, observations);
        for (i, o) in observations.iter().enumerate() {
            let pulls = if o.measure == Measure::RunRate { &self.there.smooth } else { &self.there.rates };
            let weights = &self.weights[self.starts[i]..self.starts[i + 1]];
            self.residual[i] = self.target[i] - dot(weights, &pulls[o.months()]) - o.variance * self.forces[i];
        }
        self.factor.solve(&mut self.residual);
        self.level = dot(&self.ones, &self.residual) / dot(&self.ones, &self.ones);
        for (residual, one) in self.residual.iter_mut().zip(&self.ones) {
            *residual -= self.level * one;
        }
        self.factor.solve_transposed(&mut self.residual);
        for (force, more) in self.forces.iter_mut().zip(&self.residual) {
            *force += more;
        }
        self.there.level = self.level;
        self.spread(kernel, factor, observations);
    }

    /// Where the forces pull, level aside: a = W' forces.
    fn spread(&mut self, kernel: Kernel<'_>, factor: f64, observations: &[Observation]) {
        let there = &mut self.there;
        there.on_rates.fill(0.0);
        there.on_smooth.fill(0.0);
        for ((i, o), force) in observations.iter().enumerate().zip(&self.forces) {
            let row = if o.measure == Measure::RunRate { &mut there.on_smooth } else { &mut there.on_rates };
            for (at, weight) in row[o.months()].iter_mut().zip(&self.weights[self.starts[i]..self.starts[i + 1]]) {
                *at += weight * force;
            }
        }
        there.pull(kernel, factor);
    }

    /// How far the month that would move most has to go, of those that figures speak of.
    pub(super) fn way(&self, observations: &[Observation]) -> f64 {
        let (here, there) = (&self.here, &self.there);
        let mut way = 0.0_f64;
        for o in observations {
            let (to, from) =
                if o.measure == Measure::RunRate { (&there.smooth, &here.smooth) } else { (&there.rates, &here.rates) };
            for (to, from) in to[o.months()].iter().zip(&from[o.months()]) {
                way = way.max((to + there.level - from - here.level).abs());
            }
        }
        way
    }

    /// Goes where this step and those before it lead one to expect the mode, if F falls on the way; `false` if not.
    fn leap(&mut self, observations: &[Observation], way: f64) -> bool {
        self.past.add(&self.here, &self.there);
        if !self.past.guess(&self.there, &mut self.trial) {
            return false;
        }
        let sum = self.observe(observations, true);
        if sum <= self.least || way < SMALL {
            self.least = sum;
            std::mem::swap(&mut self.here, &mut self.trial);
            return true;
        }
        self.past.forget();
        false
    }

    /// Goes there, or as far as F falls.
    fn go(&mut self, observations: &[Observation], way: f64, mut part: f64) {
        loop {
            if part < 1.0 {
                self.trial.between(&self.here, &self.there, part);
            } else {
                std::mem::swap(&mut self.trial, &mut self.there);
            }
            let sum = self.observe(observations, true);
            if sum <= self.least || way < SMALL || part < LEAST_PART {
                self.least = sum;
                std::mem::swap(&mut self.here, &mut self.trial);
                return;
            }
            if part >= 1.0 {
                std::mem::swap(&mut self.trial, &mut self.there);
            }
            part /= 2.0;
        }
    }
}

impl Search {
    /// The log rates, and the smooth ones, of the months from the anchor to the last that a figure speaks of.
    pub(super) fn paths(&self) -> (Vec<f64>, Vec<f64>) {
        let of = |pulls: &[f64]| pulls.iter().zip(&self.mean).map(|(pull, mean)| mean + self.here.level + pull).collect();
        (of(&self.here.rates), of(&self.here.smooth))
    }

    /// What is needed of the months beyond.
    pub(super) fn beyond(&self) -> &Beyond {
        &self.here.beyond
    }
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::super::NEVER;
    use super::super::kernel::Kernels;
    use super::super::prior::{COUNT, size};
    use super::*;
    use crate::project::methods::growth::observe::reporting_error;
    use crate::series::Peers;

    /// The figures of a case as the model sees them.
    fn observations(case: &Value) -> Vec<Observation> {
        let mut figures: Vec<&Value> = case["observations"].as_array().unwrap().iter().collect();
        let month = |figure: &Value, key: &str| i32::try_from(figure[key].as_i64().unwrap()).unwrap();
        let anchor = figures.iter().map(|figure| month(figure, "first")).min().unwrap();
        figures.sort_by_key(|figure| (month(figure, "last"), month(figure, "first")));
        let one = |figure: &&Value| {
            let measure = if figure["kind"] == "run_rate" { Measure::RunRate } else { Measure::Revenue };
            let (first, last) = (month(figure, "first") - anchor, month(figure, "last") - anchor);
            let months = if measure == Measure::RunRate { 12.0 } else { f64::from(last - first + 1) };
            let error = reporting_error(measure, figure["sd"].as_f64().unwrap_or(0.0));
            let log_rate = libm::log(figure["amount"].as_f64().unwrap() * 12.0 / months);
            Observation { measure, first, last, log_rate, variance: error * error }
        };
        figures.iter().map(one).collect()
    }

    /// Every class of every case comes to rest where F is no larger than where the reference stopped.
    #[test]
    fn the_mode_is_found_and_is_no_worse_than_the_reference_s() {
        /// Digits that the reference's sums were written with.
        const WRITTEN: f64 = 1e-8;
        const MANY: usize = 150;
        let parse = |text: &str| -> Vec<Value> { serde_json::from_str(text).unwrap() };
        let cases = parse(include_str!("../../../../tests/reference/growth/cases.json"));
        let answers = parse(include_str!("../../../../tests/reference/growth/answers.json"));
        let kernels = Kernels::new();
        for (case, answer) in cases.iter().zip(&answers) {
            let observations = observations(case);
            let peers: Peers = answer["peers"].as_str().unwrap().parse().unwrap();
            let size = size(libm::exp(observations[0].log_rate));
            let mut search = Search::new(&observations);
            for class in 0..COUNT {
                let rounds = search.run(kernels.of_class(class, NEVER), Centre::new(class, peers, size), &observations);
                let reference = answer["least"][class].as_f64().unwrap();
                assert!(rounds.is_some_and(|rounds| rounds <= MANY), "{} {rounds:?}", case["name"]);
                let linear = observations.iter().all(Observation::is_linear);
                // Of figures that are linear nothing is searched for.
                assert!(
                    linear || search.least <= reference * (1.0 + WRITTEN) + WRITTEN,
                    "{}: {} {reference}",
                    case["name"],
                    search.least
                );
            }
        }
    }
}
