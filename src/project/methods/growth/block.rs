//! Runs of months under the prior, each summed up so that its covariance with another costs no more than a few products.

use super::kernel::{Kernel, MONTH, next_of_year, of_year};

/// A weighted run of months from the anchor on, summed up for its covariances with other runs.
#[derive(Clone, Debug)]
pub(super) struct Block {
    first: i32,
    last: i32,
    /// Month of the year of the first, from that of the anchor.
    start: usize,
    /// Whether it is of the rates with season and irregular movements, or of the smooth rates.
    rough: bool,
    /// Sums over its months of the weight alone, times the response, and times the months in which the level has moved.
    weight: f64,
    response: f64,
    moved: f64,
    /// Sum of the weights times the response counted from its first month on.
    inside: f64,
    /// What its months have to do with the noise of a later month: a constant, and what comes through growth after its last month.
    noise: f64,
    carry: f64,
    /// By month of the year, what its months have to do with those of later years; and its mean.
    season: [f64; 12],
    season_mean: f64,
    /// Its own variance.
    pub(super) variance: f64,
}

impl Block {
    fn empty(first: i32, rough: bool) -> Self {
        Self {
            first,
            last: first,
            start: of_year(first),
            rough,
            weight: 0.0,
            response: 0.0,
            moved: 0.0,
            inside: 0.0,
            noise: 0.0,
            carry: 0.0,
            season: [0.0; 12],
            season_mean: 0.0,
            variance: 0.0,
        }
    }
}

impl Kernel<'_> {
    /// Sums up the months from `first`, which is not before the anchor, with one weight each.
    pub(super) fn block(self, first: i32, weights: &[f64], rough: bool) -> Block {
        let mut block = Block::empty(first, rough);
        let mut cross = 0.0;
        let (mut of_year, mut years) = (block.start, first / 12);
        for (month, weight) in (first..).zip(weights) {
            let at = self.grown(month);
            if at > self.grown(block.last) || month == first {
                block.noise += block.carry * MONTH;
                block.carry *= self.left(1);
            }
            let step = self.step(at);
            // With the months before it, then its own.
            cross += weight * self.smooth_with(&block, at);
            let own = self.table.growth * step.response * step.response + self.table.drift * step.noise;
            cross += 0.5 * weight * weight * (own + self.table.level * f64::from(at + 1));
            if rough {
                let seasonal = self.seasonal(years);
                cross += weight * (block.season[of_year] - block.season_mean);
                cross += 0.5 * weight * weight * (11.0 / 12.0 * seasonal + self.table.irregular);
                block.season[of_year] += weight * seasonal;
                block.season_mean += weight * seasonal / 12.0;
                of_year = next_of_year(of_year);
                if of_year == 0 {
                    years += 1;
                }
            }
            block.weight += weight;
            block.response += weight * step.response;
            block.moved += weight * f64::from(at + 1);
            block.inside += weight * self.over(at - self.grown(first));
            block.noise += weight * step.noise;
            block.carry += weight * step.carry;
            block.last = month;
        }
        block.variance = 2.0 * cross;
        block
    }

    /// Covariance of a block with the smooth rate of its last month, growth's part counted up to there.
    fn smooth_with(self, block: &Block, at: i32) -> f64 {
        self.table.growth * block.response * self.step(at).response
            + self.table.drift * block.noise
            + self.table.level * block.moved
    }

    /// Covariance of a block with one that begins after its last month and has these weights.
    pub(super) fn in_order(self, before: &Block, after: &Block, weights: &[f64]) -> f64 {
        debug_assert!(before.last < after.first, "months in order");
        // The last month of the one and the month before the first of the other, as far as growth goes.
        let (from, to) = (self.grown(before.last), self.grown(after.first) - 1);
        let grown = if to < from {
            // Growth has stopped by then: all is as in the month of the stop.
            before.noise * after.weight
        } else {
            (before.noise + before.carry * self.over(to - from - 1)) * after.weight
                + before.carry * self.left(to - from) * after.inside
        };
        let mut sum = self.table.growth * before.response * after.response
            + self.table.drift * grown
            + self.table.level * before.moved * after.weight;
        if before.rough && after.rough {
            let mut at = after.start;
            for weight in weights {
                sum += weight * before.season[at];
                at = next_of_year(at);
            }
            sum -= before.season_mean * after.weight;
        }
        sum
    }
}

#[cfg(test)]
mod tests {
    use approx::assert_relative_eq;

    use super::super::kernel::checks::{ROUNDING, weights};
    use super::super::kernel::{Kernels, MOST};

    #[test]
    fn blocks_agree_with_every_pair_of_months() {
        let kernels = Kernels::new();
        for stop in [MOST, 25, 30, 40] {
            let kernel = kernels.of_class(1, stop);
            for (one, other) in
                [((0, 3), (3, 12)), ((2, 14), (30, 20)), ((5, 1), (6, 1)), ((20, 6), (27, 3)), ((24, 2), (41, 12))]
            {
                let (a, b) = (weights(one.1), weights(other.1));
                for rough in [true, false] {
                    let (before, after) = (kernel.block(one.0, &a, rough), kernel.block(other.0, &b, rough));
                    let expected = kernel.pairwise((one.0, &a), (other.0, &b), rough);
                    assert_relative_eq!(kernel.in_order(&before, &after, &b), expected, max_relative = ROUNDING);
                    let variance = kernel.pairwise((other.0, &b), (other.0, &b), rough);
                    assert_relative_eq!(after.variance, variance, max_relative = ROUNDING);
                }
            }
        }
    }
}
