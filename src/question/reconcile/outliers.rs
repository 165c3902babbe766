//! Which figures disagree with the rest: one at a time, the farthest first.

use super::Figures;
use crate::project::Distribution;
use crate::question::QuestionError;

/// How often figures that all agree may have one called out: once in twenty series.
const FALSE_ALARM: f64 = 0.05;

/// A figure that was set aside.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Outlier {
    /// The figure.
    pub(super) index: usize,
    /// Figures of which any would serve as well: with that one set aside instead, this one agrees with the rest.
    pub(super) or: Vec<usize>,
}

/// The figures that go together, and those that do not.
#[derive(Clone, Debug)]
pub(super) struct Found {
    /// Figures that agree, in order of time.
    pub(super) kept: Vec<usize>,
    /// Those set aside, in the order in which they were.
    pub(super) aside: Vec<Outlier>,
    /// Standard errors from which a figure is called out.
    pub(super) bar: f64,
    /// Whether the last two figures that were left contradict each other, so that nothing is left to say which is right.
    pub(super) contradict: bool,
}

/// Sets aside the figure that lies farthest from what the others lead one to expect, while that is beyond the bar and three or
/// more are left; then takes back what agrees with those that are left.
pub(super) fn find(figures: &Figures<'_>, fitted: &[usize]) -> Result<Found, QuestionError> {
    let bar = bar(fitted.len());
    let mut kept = fitted.to_vec();
    let mut aside: Vec<Outlier> = Vec::new();
    let mut contradict = false;
    while kept.len() > 1 {
        let apart = kept.iter().map(|index| apart(figures, *index, &kept)).collect::<Result<Vec<f64>, _>>()?;
        let beyond: Vec<usize> = (0..kept.len()).filter(|at| apart[*at].abs() > bar).collect();
        // Of two that are as far out, the later one.
        let Some(worst) = beyond.iter().copied().max_by(|a, b| apart[*a].abs().total_cmp(&apart[*b].abs())) else { break };
        if kept.len() == 2 {
            contradict = true;
            break;
        }
        let index = kept[worst];
        let mut or = Vec::new();
        for other in beyond.iter().map(|at| kept[*at]).filter(|other| *other != index) {
            let without: Vec<usize> = kept.iter().copied().filter(|kept| *kept != other).collect();
            if self::apart(figures, index, &without)?.abs() <= bar {
                or.push(other);
            }
        }
        kept.remove(worst);
        aside.push(Outlier { index, or });
    }
    if !contradict {
        take_back(figures, bar, &mut kept, &mut aside)?;
    }
    Ok(Found { kept, aside, bar, contradict })
}

/// A figure may have been set aside for what another that went later had done.
fn take_back(figures: &Figures<'_>, bar: f64, kept: &mut Vec<usize>, aside: &mut Vec<Outlier>) -> Result<(), QuestionError> {
    let mut at = 0;
    while at < aside.len() {
        let index = aside[at].index;
        if apart(figures, index, kept)?.abs() > bar {
            at += 1;
        } else {
            aside.remove(at);
            kept.push(index);
            kept.sort_unstable();
        }
    }
    Ok(())
}

/// Standard errors from which one of `count` figures is called out, so that figures that agree have one called out once in
/// twenty series at most: Bonferroni's bound.
pub(super) fn bar(count: usize) -> f64 {
    normal_tail_quantile(FALSE_ALARM / 2.0 / count.max(1) as f64)
}

/// How far a statement lies from the median of what the others of `kept` lead one to expect, in standard errors: the normal
/// quantile of its place in their predictive distribution.
fn apart(figures: &Figures<'_>, index: usize, kept: &[usize]) -> Result<f64, QuestionError> {
    let (expected, stated) = figures.expected(index, kept)?;
    Ok(standard_errors(&expected, stated))
}

/// How far an amount lies from the median of a distribution, in standard errors.
pub(super) fn standard_errors(expected: &Distribution, stated: f64) -> f64 {
    let (below, above) = (expected.cdf(stated), expected.above(stated));
    if above < below { normal_tail_quantile(above) } else { -normal_tail_quantile(below) }
}

/// The z that a normal variable exceeds with probability `tail`, at most one half; 38 at the most, where doubles end.
fn normal_tail_quantile(tail: f64) -> f64 {
    let (mut lo, mut hi) = (0.0, 38.0);
    // To the last bit: each figure takes one, so speed is nothing.
    for _ in 0..64 {
        let middle = f64::midpoint(lo, hi);
        if 0.5 * libm::erfc(middle / std::f64::consts::SQRT_2) > tail {
            lo = middle;
        } else {
            hi = middle;
        }
    }
    hi
}

#[cfg(test)]
mod tests {
    use approx::assert_relative_eq;

    use super::*;

    /// `scipy.stats.norm.isf` of scipy 1.17.1.
    #[test]
    fn quantiles_of_the_normal_tail() {
        for (tail, z) in [(0.1, 1.281_551_565_544_600_4), (0.025, 1.959_963_984_540_054), (1e-9, 5.997_807_015_007_687)] {
            assert_relative_eq!(normal_tail_quantile(tail), z, max_relative = 1e-12);
        }
        assert!(normal_tail_quantile(0.5) < 1e-12);
        assert!(normal_tail_quantile(0.0) <= 38.0);
    }

    #[test]
    fn bar_rises_with_the_number_of_figures() {
        // scipy.stats.norm.isf(0.025 / 12)
        assert_relative_eq!(bar(12), 2.865_260_238_532_134, max_relative = 1e-9);
        assert!(bar(2) < bar(12) && bar(12) < bar(100));
    }
}
