//! The prior of the log run-rate over the months of a grid, class by class.
//!
//! It depends on the class and the number of months only, and that of a shorter grid is a corner of that of a longer one, so
//! one set of kernels of the longest length serves every series of a run.

use std::sync::OnceLock;

use super::classes::{CLASSES, COUNT, Class};
use crate::project::student_t::StudentT;

/// One month, in years.
const MONTH: f64 = 1.0 / 12.0;

/// The prior over `months` successive months for one class, at the size of 1 billion dollars a year, level aside.
#[derive(Clone, Debug)]
pub(super) struct Kernel {
    months: usize,
    /// Covariance, `months` × `months`, row by row.
    covariance: Vec<f64>,
    /// What a unit of initial growth has added to the level by the end of each month.
    pub(super) response: Vec<f64>,
    /// The last month in which the level moves.
    stop: usize,
}

impl Kernel {
    /// The kernel of a class whose growth stops, and whose level stays, after month `stop`.
    fn new(class: &Class, months: usize, stop: usize) -> Self {
        let decay = libm::exp(-class.kappa * MONTH);
        let mut response = Vec::with_capacity(months);
        let (mut sum, mut power) = (0.0, 1.0);
        for month in 0..months {
            if month <= stop {
                sum += power * MONTH;
                power *= decay;
            }
            response.push(sum);
        }
        let square = |x: f64| x * x;
        let growth = square(class.growth_sd);
        let drift = square(class.sigma_growth) * MONTH;
        let level = square(class.sigma_level) * MONTH;
        let mut covariance = vec![0.0; months * months];
        // A change of growth in month k moves month i >= k by response[i - k]. Summed over k up to the earlier of two months, so
        // each cell is its upper left neighbour and one term more.
        let mut drifted = vec![0.0; months];
        for i in 0..months {
            for j in (0..=i).rev() {
                // A month after the stop has the sum of the stop.
                if i <= stop {
                    let before = if j == 0 { 0.0 } else { drifted[j - 1] };
                    drifted[j] = before + response[i] * response[j];
                } else if j == i {
                    drifted[j] = drifted[stop];
                }
            }
            for j in 0..=i {
                let season = if i % 12 == j % 12 { 11.0 / 12.0 } else { -1.0 / 12.0 };
                let seasonal = square(class.season) + square(class.season_drift) * (j / 12) as f64;
                let irregular = if i == j { square(class.irregular) } else { 0.0 };
                let value = growth * response[i] * response[j]
                    + drift * drifted[j]
                    + level * (j.min(stop) + 1) as f64
                    + season * seasonal
                    + irregular;
                covariance[i * months + j] = value;
                covariance[j * months + i] = value;
            }
        }
        Self { months, covariance, response, stop }
    }

    /// Covariance of `month` with each month of the grid.
    pub(super) fn row(&self, month: usize) -> &[f64] {
        &self.covariance[month * self.months..(month + 1) * self.months]
    }

    /// Years in which the level has moved when month `month` of the grid ends.
    pub(super) fn years(&self, month: usize) -> f64 {
        (month.min(self.stop) + 1) as f64 * MONTH
    }
}

/// The kernels of every class for grids of up to a given number of months.
#[derive(Clone, Debug)]
pub(super) struct Kernels {
    months: usize,
    by_class: [Kernel; COUNT],
    /// The Student t of each class for 1, 2, … figures, made when they are first met.
    shapes: Vec<OnceLock<[StudentT; COUNT]>>,
}

/// Series of up to this many figures share their Student t, which come with a table each.
const SHARED_SHAPES: usize = 128;

impl Kernels {
    pub(super) fn new(months: usize) -> Self {
        Self {
            months,
            by_class: CLASSES.each_ref().map(|class| Kernel::new(class, months, months)),
            shapes: vec![OnceLock::new(); SHARED_SHAPES],
        }
    }

    /// The kernels for grids of `months` months of companies whose growth stops, and whose level stays, after month `stop` of
    /// the grid. Season and irregular movements go on.
    pub(super) fn stopped(&self, months: usize, stop: usize) -> Self {
        let by_class = CLASSES.each_ref().map(|class| Kernel::new(class, months, stop));
        Self { months, by_class, shapes: self.shapes.clone() }
    }

    /// Longest grid that these kernels serve, in months.
    pub(super) fn months(&self) -> usize {
        self.months
    }

    /// The Student t of a class given this many figures, at least one: nu + n - 1 degrees of freedom.
    pub(super) fn shape(&self, class: usize, figures: usize) -> StudentT {
        let new = |class: &Class| StudentT::new(class.nu + (figures - 1) as f64);
        match self.shapes.get(figures - 1) {
            Some(shared) => shared.get_or_init(|| CLASSES.each_ref().map(new))[class].clone(),
            None => new(&CLASSES[class]),
        }
    }

    pub(super) fn of_class(&self, class: usize) -> &Kernel {
        &self.by_class[class]
    }
}

#[cfg(test)]
mod tests {
    use approx::assert_relative_eq;

    use super::*;

    /// The drift term by its definition, a sum over every change of growth, for one pair of months.
    #[test]
    fn drift_is_the_sum_over_all_changes_of_growth() {
        let class = Class { growth_sd: 0.0, sigma_level: 0.0, season: 0.0, season_drift: 0.0, irregular: 0.0, ..CLASSES[4] };
        let kernel = Kernel::new(&class, 30, 30);
        let decay = libm::exp(-class.kappa * MONTH);
        let moved = |from: usize, to: usize| (0..=to - from).map(|k| libm::pow(decay, k as f64) * MONTH).sum::<f64>();
        let expected: f64 =
            (0..=7).map(|k| moved(k, 7) * moved(k, 19)).sum::<f64>() * class.sigma_growth * class.sigma_growth * MONTH;
        assert_relative_eq!(kernel.row(7)[19], expected, max_relative = 1e-12);
        assert_relative_eq!(kernel.row(19)[7], expected, max_relative = 1e-12);
    }

    #[test]
    fn shorter_grid_is_a_corner_of_a_longer_one() {
        let (short, long) = (Kernel::new(&CLASSES[1], 20, 20), Kernel::new(&CLASSES[1], 50, 50));
        for month in 0..20 {
            assert_eq!(short.row(month), &long.row(month)[..20]);
        }
    }

    #[test]
    fn after_the_stop_only_season_and_irregular_movements_go_on() {
        let plain = Class { season: 0.0, season_drift: 0.0, irregular: 0.0, ..CLASSES[4] };
        let (going, stopped) = (Kernel::new(&plain, 40, 40), Kernel::new(&plain, 40, 25));
        for month in 0..40 {
            for other in 0..40 {
                assert_eq!(stopped.row(month)[other], going.row(month.min(25))[other.min(25)], "{month} {other}");
            }
            assert_eq!(stopped.response[month], going.response[month.min(25)]);
        }
        // What was observed up to the stop says the same as ever.
        let (going, stopped) = (Kernel::new(&CLASSES[1], 40, 40), Kernel::new(&CLASSES[1], 40, 25));
        for month in 0..=25 {
            assert_eq!(stopped.row(month)[..=25], going.row(month)[..=25]);
        }
    }
}
