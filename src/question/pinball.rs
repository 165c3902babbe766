//! The pinball loss: what a stated quantile is worth against an outcome.

/// The pinball loss of `quantile`, stated for probability `p`, against `outcome`; in the unit of both.
///
/// p · (outcome - quantile) where the outcome is at or above the quantile, (1 - p) · (quantile - outcome) where it is below. Its
/// expectation is least where the quantile is the true one; at p = 1/2 it is half the absolute error.
///
/// # References
///
/// Koenker and Bassett, "Regression quantiles", Econometrica 46 (1978).
pub fn pinball(p: f64, quantile: f64, outcome: f64) -> f64 {
    if outcome >= quantile { p * (outcome - quantile) } else { (1.0 - p) * (quantile - outcome) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn loss_on_either_side() {
        assert_eq!(pinball(0.5, 10.0, 14.0), 2.0);
        assert_eq!(pinball(0.75, 10.0, 14.0), 3.0);
        assert_eq!(pinball(0.75, 10.0, 6.0), 1.0);
        assert_eq!(pinball(0.9, 10.0, 10.0), 0.0);
    }
}
