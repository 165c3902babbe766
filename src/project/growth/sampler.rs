//! Joint draws of the run-rates of successive months, for questions about more than one month at once.
//!
//! A draw depends on the name of the series and its own number alone, so draws are the same bits at any thread count, in any
//! order of the series, and whatever other draws are made.

use super::classes::COUNT;
use super::kernel::Kernels;
use super::posterior::Posterior;
use crate::project::random::{Random, Stream};

/// Draws paths of annualised run-rates from a fitted growth model.
#[derive(Clone, Debug)]
pub struct Sampler {
    classes: Vec<ClassSampler>,
    /// Sum of the weights up to and with each class.
    cumulative: [f64; COUNT],
    random: Random,
    months: usize,
}

#[derive(Clone, Debug)]
struct ClassSampler {
    centre: Vec<f64>,
    /// Lower triangular root of the scale matrix, row by row.
    root: Vec<f64>,
    df: f64,
}

impl Sampler {
    pub(super) fn new(posterior: &Posterior, kernels: &Kernels, series: &str, first: usize, last: usize) -> Self {
        let months = last - first + 1;
        let classes = posterior
            .classes
            .iter()
            .enumerate()
            .map(|(index, class)| ClassSampler {
                centre: class.path[first..=last].to_vec(),
                root: square_root(class.covariance(kernels.of_class(index), first, last), months),
                df: class.shape.df(),
            })
            .collect();
        let mut sum = 0.0;
        let cumulative = posterior.weights.map(|weight| {
            sum += weight;
            sum
        });
        Self { classes, cumulative, random: Random::named(series), months }
    }

    /// Number of months in a draw.
    pub fn months(&self) -> usize {
        self.months
    }

    /// Draw number `number`: writes the annualised run-rate of each month to `rates`, which must have [`months`](Self::months)
    /// places.
    ///
    /// # Panics
    ///
    /// If `rates` is shorter or longer.
    pub fn draw(&self, number: u64, rates: &mut [f64]) {
        let class = self.deviations(number, rates);
        for (rate, centre) in rates.iter_mut().zip(&class.centre) {
            *rate = libm::exp(centre + *rate);
        }
    }

    /// Draw number `number` and its mirror image about the centre of its class, as natural logs of the annualised run-rates. The
    /// draw is that of [`draw`](Self::draw); the mirror image is as likely, and together they say more than two draws apart.
    ///
    /// # Panics
    ///
    /// If `draw` or `mirror` does not have [`months`](Self::months) places.
    pub fn log_pair(&self, number: u64, draw: &mut [f64], mirror: &mut [f64]) {
        assert_eq!(mirror.len(), self.months, "a draw has {} months", self.months);
        let class = self.deviations(number, draw);
        for ((draw, mirror), centre) in draw.iter_mut().zip(mirror).zip(&class.centre) {
            let moved = *draw;
            *draw = centre + moved;
            *mirror = centre - moved;
        }
    }

    /// Writes how far the log run-rate of each month is from the centre of the class that was drawn, and gives the class.
    fn deviations(&self, number: u64, deviations: &mut [f64]) -> &ClassSampler {
        assert_eq!(deviations.len(), self.months, "a draw has {} months", self.months);
        let mut random: Stream = self.random.stream(number);
        let u = random.uniform();
        let class = self.cumulative.iter().position(|sum| u < *sum).unwrap_or(COUNT - 1);
        let class = &self.classes[class];
        // Chi-square with df degrees of freedom is twice a gamma of shape df / 2.
        let stretch = (class.df / (2.0 * random.gamma(class.df / 2.0))).sqrt();
        for deviation in deviations.iter_mut() {
            *deviation = random.normal() * stretch;
        }
        // From the last month back, because each month needs the numbers of the earlier ones.
        for month in (0..self.months).rev() {
            let row = &class.root[month * self.months..=month * self.months + month];
            deviations[month] = row.iter().zip(&*deviations).map(|(root, z)| root * z).sum();
        }
        class
    }
}

/// Cholesky factor of a matrix that may lack full rank: a month that is settled by the others gets a column of zeros.
fn square_root(mut matrix: Vec<f64>, n: usize) -> Vec<f64> {
    let largest = (0..n).map(|i| matrix[i * n + i]).fold(0.0, f64::max);
    for i in 0..n {
        for j in 0..=i {
            let sum: f64 = (0..j).map(|k| matrix[i * n + k] * matrix[j * n + k]).sum();
            let rest = matrix[i * n + j] - sum;
            matrix[i * n + j] = if i == j {
                // Below this a pivot is rounding, not variance.
                if rest > 1e-14 * largest { rest.sqrt() } else { 0.0 }
            } else if matrix[j * n + j] > 0.0 {
                rest / matrix[j * n + j]
            } else {
                0.0
            };
        }
    }
    matrix
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn root_of_a_matrix_without_full_rank() {
        let root = square_root(vec![1.0, 1.0, 0.5, 1.0, 1.0, 0.5, 0.5, 0.5, 1.0], 3);
        let cell = |i: usize, j: usize| -> f64 { (0..=j.min(i)).map(|k| root[i * 3 + k] * root[j * 3 + k]).sum() };
        assert!((cell(0, 1) - 1.0).abs() < 1e-12 && (cell(1, 1) - 1.0).abs() < 1e-12);
        assert!((cell(1, 2) - 0.5).abs() < 1e-12 && (cell(2, 2) - 1.0).abs() < 1e-12);
    }
}
