//! The distribution of a number of draws: what they say of quantiles, probabilities and the mean, without a formula.

/// Amounts that were drawn, each with its share of the whole.
#[derive(Clone, Debug, PartialEq)]
pub struct Sample {
    /// Ascending.
    values: Vec<f64>,
    /// Weight of the values up to and with each; `None` where all weigh the same.
    cumulative: Option<Vec<f64>>,
}

impl Sample {
    /// The distribution of `values`, one at least, all finite and of the same weight.
    pub fn new(mut values: Vec<f64>) -> Self {
        debug_assert!(!values.is_empty(), "a sample of nothing");
        values.sort_unstable_by(f64::total_cmp);
        Self { values, cumulative: None }
    }

    /// The distribution of `values`, one at least and all finite, with a weight each; the weights, of which one is above 0, are
    /// made to add up to 1.
    ///
    /// # Panics
    ///
    /// If there are more or fewer weights than values.
    pub fn weighted(values: &[f64], weights: &[f64]) -> Self {
        assert_eq!(values.len(), weights.len(), "a weight for each value");
        let mut pairs: Vec<(f64, f64)> =
            values.iter().copied().zip(weights.iter().copied()).filter(|(_, weight)| *weight > 0.0).collect();
        // Stable, so that the sums are added up in one order whatever the sort does.
        pairs.sort_by(|a, b| a.0.total_cmp(&b.0));
        let total: f64 = pairs.iter().map(|(_, weight)| weight).sum();
        let mut sum = 0.0;
        let cumulative = pairs.iter().map(|(_, weight)| {
            sum += weight / total;
            sum
        });
        Self { cumulative: Some(cumulative.collect()), values: pairs.into_iter().map(|(value, _)| value).collect() }
    }

    /// The sample of `factor` times each value.
    pub(super) fn scaled(mut self, factor: f64) -> Self {
        for value in &mut self.values {
            *value *= factor;
        }
        self
    }

    /// Probability of at most `amount`.
    pub(super) fn cdf(&self, amount: f64) -> f64 {
        self.below(self.values.partition_point(|value| *value <= amount))
    }

    /// Probability of `amount` or more.
    pub(super) fn at_least(&self, amount: f64) -> f64 {
        1.0 - self.below(self.values.partition_point(|value| *value < amount))
    }

    /// Weight of the first `count` values.
    fn below(&self, count: usize) -> f64 {
        match &self.cumulative {
            _ if count == 0 => 0.0,
            _ if count == self.values.len() => 1.0,
            None => count as f64 / self.values.len() as f64,
            Some(cumulative) => cumulative[count - 1],
        }
    }

    /// The quantile at `p`: each value stands at the middle of its weight, and the line runs straight between them (Hazen's
    /// definition, number 5 of Hyndman and Fan, "Sample quantiles in statistical packages", 1996).
    pub(super) fn quantile(&self, p: f64) -> f64 {
        let middle = |index: usize| f64::midpoint(self.below(index), self.below(index + 1));
        // The first value whose middle lies beyond p.
        let (mut lo, mut hi) = (0, self.values.len());
        while lo < hi {
            let at = usize::midpoint(lo, hi);
            if middle(at) <= p {
                lo = at + 1;
            } else {
                hi = at;
            }
        }
        match lo {
            0 => self.values[0],
            next if next == self.values.len() => self.values[next - 1],
            next => {
                let (from, to) = (middle(next - 1), middle(next));
                let (low, high) = (self.values[next - 1], self.values[next]);
                low + (high - low) * (p - from) / (to - from)
            }
        }
    }

    /// Mean between the quantiles at `from` and `to`: every value by the weight that lies between them.
    pub(super) fn mean(&self, from: f64, to: f64) -> f64 {
        let mut sum = 0.0;
        for (index, value) in self.values.iter().enumerate() {
            let inside = self.below(index + 1).min(to) - self.below(index).max(from);
            if inside > 0.0 {
                sum += value * inside;
            }
        }
        sum / (to - from)
    }
}

#[cfg(test)]
mod tests {
    use approx::assert_relative_eq;

    use super::*;

    #[test]
    fn quantiles_by_hand() {
        let sample = Sample::new(vec![40.0, 10.0, 30.0, 20.0]);
        // The middles are 1/8, 3/8, 5/8 and 7/8.
        assert_eq!([0.01, 0.125, 0.25, 0.5, 0.99].map(|p| sample.quantile(p)), [10.0, 10.0, 15.0, 25.0, 40.0]);
        assert_eq!((sample.cdf(9.0), sample.cdf(20.0), sample.cdf(25.0), sample.cdf(40.0)), (0.0, 0.5, 0.5, 1.0));
        // The middle half holds the 20 and the 30; three quarters of the whole hold half of the 10 and of the 40, too.
        assert_relative_eq!(sample.mean(0.25, 0.75), 25.0);
        assert_relative_eq!(sample.mean(0.0, 0.5), 15.0);
    }

    #[test]
    fn weights_count_as_copies() {
        let copies = Sample::new(vec![1.0, 1.0, 1.0, 2.0, 5.0, 5.0]);
        let weighted = Sample::weighted(&[5.0, 7.0, 1.0, 2.0], &[2.0, 0.0, 3.0, 1.0]);
        for amount in [0.5, 1.0, 1.5, 2.0, 4.0, 5.0, 6.0, 7.0] {
            assert_relative_eq!(weighted.cdf(amount), copies.cdf(amount), max_relative = 1e-15);
            assert_relative_eq!(weighted.at_least(amount), copies.at_least(amount), epsilon = 1e-15);
        }
        assert_relative_eq!(weighted.mean(0.005, 0.995), copies.mean(0.005, 0.995), max_relative = 1e-14);
    }

    #[test]
    fn amount_that_is_drawn_is_reached() {
        let sample = Sample::new(vec![1.0, 2.0, 2.0, 2.0]);
        assert_eq!((sample.at_least(2.0), sample.at_least(2.5), sample.at_least(1.0)), (0.75, 0.0, 1.0));
    }
}
