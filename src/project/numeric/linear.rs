//! Linear systems of a few dozen unknowns, in place.

/// A symmetric positive definite matrix that is turned into its Cholesky factor L, kept as the upper triangle L', row by row: every
/// loop then runs along a row.
#[derive(Clone, Debug, Default)]
pub(in crate::project) struct Cholesky {
    n: usize,
    cells: Vec<f64>,
    /// One over the diagonal of the factor.
    inverse: Vec<f64>,
}

impl Cholesky {
    /// A matrix of `n` rows, in the room of this one; what is not set of its upper triangle is what it was.
    pub(in crate::project) fn reset(&mut self, n: usize) {
        self.n = n;
        self.cells.resize(n * n, 0.0);
        self.inverse.resize(n, 0.0);
    }

    /// Sets a cell of the upper triangle: `row` is not above `column`.
    pub(in crate::project) fn set(&mut self, row: usize, column: usize, value: f64) {
        self.cells[row * self.n + column] = value;
    }

    /// Pivots below `least` are rounding.
    pub(in crate::project) fn factorise(&mut self, least: f64) {
        let n = self.n;
        let pivot = |row: &mut [f64], inverse: &mut f64| {
            row[0] = row[0].max(least).sqrt();
            *inverse = 1.0 / row[0];
            for cell in &mut row[1..] {
                *cell *= *inverse;
            }
        };
        // Two rows at a time, so that each row below is gone through half as often.
        for i in (0..n).step_by(2) {
            let (first, below) = self.cells[i * n..].split_at_mut(n);
            let first = &mut first[i..];
            pivot(first, &mut self.inverse[i]);
            if i + 1 == n {
                break;
            }
            let (second, below) = below.split_at_mut(n);
            let (first, second) = (&first[1..], &mut second[i + 1..]);
            subtract_scaled(second, first, first[0]);
            pivot(second, &mut self.inverse[i + 1]);
            for (at, lower) in below.chunks_exact_mut(n).enumerate() {
                let (first, second) = (&first[at + 1..], &second[at + 1..]);
                subtract_both(&mut lower[i + 2 + at..], (first, first[0]), (second, second[0]));
            }
        }
    }

    /// L⁻¹ x, in place.
    pub(in crate::project) fn solve(&self, x: &mut [f64]) {
        for i in 0..self.n {
            let (at, after) = x[i..].split_at_mut(1);
            at[0] *= self.inverse[i];
            subtract_scaled(after, &self.cells[i * self.n + i + 1..(i + 1) * self.n], at[0]);
        }
    }

    /// L'⁻¹ x, in place.
    pub(in crate::project) fn solve_transposed(&self, x: &mut [f64]) {
        for i in (0..self.n).rev() {
            let row = &self.cells[i * self.n + i + 1..(i + 1) * self.n];
            x[i] = (x[i] - dot(row, &x[i + 1..])) * self.inverse[i];
        }
    }

    /// Log of the determinant of the matrix.
    pub(in crate::project) fn log_determinant(&self) -> f64 {
        2.0 * (0..self.n).map(|i| libm::log(self.cells[i * self.n + i])).sum::<f64>()
    }
}

/// Turns a symmetric matrix of `n` rows, of which the lower triangle counts, into its Cholesky factor L in place, and says whether it
/// has full rank. A pivot of `least` or less is rounding: what is settled by the others gets a column of zeros.
///
/// Every cell is a sum that is subtracted once, which keeps more of small pivots than [`Cholesky`] does, and is slower.
pub(in crate::project) fn square_root(matrix: &mut [f64], n: usize, least: f64) -> bool {
    let mut full = true;
    for i in 0..n {
        for j in 0..=i {
            let sum: f64 = (0..j).map(|k| matrix[i * n + k] * matrix[j * n + k]).sum();
            let rest = matrix[i * n + j] - sum;
            matrix[i * n + j] = if i == j {
                full &= rest > least;
                if rest > least { rest.sqrt() } else { 0.0 }
            } else if matrix[j * n + j] > 0.0 {
                rest / matrix[j * n + j]
            } else {
                0.0
            };
        }
    }
    full
}

/// Solves A x = b for two right sides at once, by elimination with row pivots; A of `n` rows is used up. `None` if A has no inverse.
pub(in crate::project) fn solve_pair(matrix: &mut [f64], one: &mut [f64], other: &mut [f64]) -> Option<()> {
    let n = one.len();
    for column in 0..n {
        let size = |row: usize| matrix[row * n + column].abs();
        let pivot = (column..n).max_by(|a, b| size(*a).total_cmp(&size(*b)))?;
        if matrix[pivot * n + column] == 0.0 {
            return None;
        }
        if pivot != column {
            let (above, below) = matrix.split_at_mut(pivot * n);
            above[column * n..(column + 1) * n].swap_with_slice(&mut below[..n]);
            one.swap(pivot, column);
            other.swap(pivot, column);
        }
        let (above, below) = matrix.split_at_mut((column + 1) * n);
        let top = &above[column * n..];
        for (row, at) in below.chunks_exact_mut(n).zip(column + 1..) {
            let factor = row[column] / top[column];
            if factor != 0.0 {
                subtract_scaled(&mut row[column + 1..], &top[column + 1..], factor);
                one[at] -= factor * one[column];
                other[at] -= factor * other[column];
            }
        }
    }
    for row in (0..n).rev() {
        let cells = &matrix[row * n..(row + 1) * n];
        for x in [&mut *one, &mut *other] {
            x[row] = (x[row] - dot(&cells[row + 1..], &x[row + 1..])) / cells[row];
        }
    }
    Some(())
}

/// Σ a b, in four strands that are added up in the end: the same bits wherever it runs, and not one addition waiting for another.
pub(in crate::project) fn dot(a: &[f64], b: &[f64]) -> f64 {
    let (mut a, mut b) = (a.chunks_exact(4), b.chunks_exact(4));
    let mut sums = [0.0; 4];
    for (a, b) in a.by_ref().zip(b.by_ref()) {
        for (sum, (a, b)) in sums.iter_mut().zip(a.iter().zip(b)) {
            *sum += a * b;
        }
    }
    let rest: f64 = a.remainder().iter().zip(b.remainder()).map(|(a, b)| a * b).sum();
    (sums[0] + sums[1]) + (sums[2] + sums[3]) + rest
}

/// `to -= factor * from`, for two pairs at once.
fn subtract_both(to: &mut [f64], (one, by): (&[f64], f64), (other, by_other): (&[f64], f64)) {
    for (to, (one, other)) in to.iter_mut().zip(one.iter().zip(other)) {
        *to -= by * one + by_other * other;
    }
}

/// `to -= factor * from`.
pub(in crate::project) fn subtract_scaled(to: &mut [f64], from: &[f64], factor: f64) {
    for (to, from) in to.iter_mut().zip(from) {
        *to -= factor * from;
    }
}

#[cfg(test)]
mod tests {
    use approx::assert_relative_eq;

    use super::*;

    #[test]
    fn elimination_solves_what_needs_pivots() {
        let matrix = [0.0, 2.0, 1.0, 1.0, 1.0, 1.0, 4.0, 1.0, 0.5];
        let (x, y) = ([1.0, -2.0, 3.0], [0.5, 0.25, -1.0]);
        let times = |x: &[f64; 3]| -> Vec<f64> { matrix.chunks(3).map(|row| dot(row, x)).collect() };
        let (mut one, mut other) = (times(&x), times(&y));
        solve_pair(&mut matrix.clone(), &mut one, &mut other).unwrap();
        for at in 0..3 {
            assert_relative_eq!(one[at], x[at], max_relative = 1e-12);
            assert_relative_eq!(other[at], y[at], max_relative = 1e-12);
        }
        assert_eq!(solve_pair(&mut [1.0, 2.0, 2.0, 4.0], &mut [1.0, 1.0], &mut [1.0, 1.0]), None);
    }

    #[test]
    fn root_of_a_matrix_without_full_rank() {
        let mut root = [1.0, 1.0, 0.5, 1.0, 1.0, 0.5, 0.5, 0.5, 1.0];
        assert!(!square_root(&mut root, 3, 1e-14));
        let cell = |i: usize, j: usize| -> f64 { (0..=j.min(i)).map(|k| root[i * 3 + k] * root[j * 3 + k]).sum() };
        assert_relative_eq!(cell(1, 0), 1.0, max_relative = 1e-12);
        assert_relative_eq!(cell(1, 1), 1.0, max_relative = 1e-12);
        assert_relative_eq!(cell(2, 1), 0.5, max_relative = 1e-12);
        assert_relative_eq!(cell(2, 2), 1.0, max_relative = 1e-12);
    }

    #[test]
    fn both_factors_are_the_same() {
        let cells = [4.0, 2.0, 1.0, 2.0, 5.0, 3.0, 1.0, 3.0, 6.0];
        let mut root = cells;
        assert!(square_root(&mut root, 3, 0.0));
        let mut factor = Cholesky::default();
        factor.reset(3);
        for (row, column) in [(0, 0), (0, 1), (0, 2), (1, 1), (1, 2), (2, 2)] {
            factor.set(row, column, cells[row * 3 + column]);
        }
        factor.factorise(0.0);
        for (row, column) in [(0, 0), (0, 1), (0, 2), (1, 1), (1, 2), (2, 2)] {
            assert_relative_eq!(factor.cells[row * 3 + column], root[column * 3 + row], max_relative = 1e-12);
        }
    }

    #[test]
    fn cholesky_factor_solves() {
        // [[4, 2, 1], [2, 5, 3], [1, 3, 6]]
        let mut matrix = Cholesky::default();
        matrix.reset(3);
        for (row, column, value) in [(0, 0, 4.0), (0, 1, 2.0), (0, 2, 1.0), (1, 1, 5.0), (1, 2, 3.0), (2, 2, 6.0)] {
            matrix.set(row, column, value);
        }
        matrix.factorise(0.0);
        let mut x = [4.0 + 4.0 + 3.0, 2.0 + 10.0 + 9.0, 1.0 + 6.0 + 18.0];
        matrix.solve(&mut x);
        matrix.solve_transposed(&mut x);
        for (at, expected) in [1.0, 2.0, 3.0].into_iter().enumerate() {
            assert_relative_eq!(x[at], expected, max_relative = 1e-12);
        }
        let determinant: f64 = 4.0 * (30.0 - 9.0) - 2.0 * (12.0 - 3.0) + 1.0 * (6.0 - 5.0);
        assert_relative_eq!(matrix.log_determinant(), libm::log(determinant), max_relative = 1e-12);
    }
}
