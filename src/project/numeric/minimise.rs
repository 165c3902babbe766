//! The least value of a smooth function of a few numbers: BFGS with a backtracking line search.
//!
//! Knows plain numbers only. A point is an array of `N` numbers, of which the first `size` count; nothing is allocated.
//!
//! # References
//!
//! Nocedal and Wright, *Numerical Optimization* (2nd ed., 2006), algorithm 6.1, and section 8.1 for gradients from differences.

/// A function whose least value is looked for.
pub(crate) trait Function<const N: usize> {
    /// The value at a point, infinite where there is none.
    fn value(&mut self, x: &[f64; N]) -> f64;

    /// The gradient at the point that was looked at last, where the function has this value.
    fn gradient(&mut self, x: &[f64; N], value: f64) -> [f64; N];
}

/// How far the search goes.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Limits {
    /// Rounds at most.
    pub(crate) rounds: usize,
    /// Looks along one direction at most.
    pub(crate) looks: usize,
    /// No number moves by more than this in a round.
    pub(crate) longest: f64,
    /// The search ends when a round lowers the value by less than this, twice in a row.
    pub(crate) enough: f64,
}

/// Moves `x` to where `function` is least; its value there, infinite if it was so at the start.
pub(crate) fn minimise<const N: usize, F: Function<N>>(function: &mut F, x: &mut [f64; N], size: usize, limits: Limits) -> f64 {
    let mut f = function.value(x);
    if size == 0 || !f.is_finite() {
        return f;
    }
    let mut g = function.gradient(x, f);
    let mut inverse = [[0.0; N]; N];
    reset(&mut inverse, &g, size);
    let mut small = 0;
    for round in 0..limits.rounds {
        let mut direction = [0.0; N];
        for i in 0..size {
            direction[i] = -(0..size).map(|j| inverse[i][j] * g[j]).sum::<f64>();
        }
        let mut slope: f64 = (0..size).map(|i| direction[i] * g[i]).sum();
        // Also where it is not a number.
        if slope >= 0.0 || slope.is_nan() {
            reset(&mut inverse, &g, size);
            for i in 0..size {
                direction[i] = -inverse[i][i] * g[i];
            }
            slope = (0..size).map(|i| direction[i] * g[i]).sum();
        }
        let longest = direction[..size].iter().fold(0.0_f64, |m, d| m.max(d.abs()));
        let mut step = if longest > limits.longest { limits.longest / longest } else { 1.0 };
        let mut found = None;
        for _ in 0..limits.looks {
            let mut next = *x;
            for i in 0..size {
                next[i] += step * direction[i];
            }
            let value = function.value(&next);
            if value <= f + 1e-4 * step * slope {
                found = Some((next, value));
                break;
            }
            step *= 0.3;
        }
        let Some((next, value)) = found else { break };
        small = if f - value < limits.enough { small + 1 } else { 0 };
        let before = *x;
        (*x, f) = (next, value);
        if small == 2 {
            break;
        }
        let next_g = function.gradient(x, f);
        update(&mut inverse, (&before, x), (&g, &next_g), size, round == 0);
        g = next_g;
    }
    f
}

/// A first guess of the inverse of the curvature: a step of 0.3 at most along the gradient.
fn reset<const N: usize>(inverse: &mut [[f64; N]; N], g: &[f64; N], size: usize) {
    let longest = g[..size].iter().fold(1e-12_f64, |m, d| m.max(d.abs()));
    for (i, row) in inverse.iter_mut().enumerate().take(size) {
        row.fill(0.0);
        row[i] = 0.3 / longest;
    }
}

/// The BFGS update of the inverse from two points and their gradients; left alone where the curvature found is not positive.
fn update<const N: usize>(
    inverse: &mut [[f64; N]; N],
    x: (&[f64; N], &[f64; N]),
    g: (&[f64; N], &[f64; N]),
    size: usize,
    first: bool,
) {
    let (mut s, mut v) = ([0.0; N], [0.0; N]);
    for i in 0..size {
        s[i] = x.1[i] - x.0[i];
        v[i] = g.1[i] - g.0[i];
    }
    let sv: f64 = (0..size).map(|i| s[i] * v[i]).sum();
    let vv: f64 = (0..size).map(|i| v[i] * v[i]).sum();
    if sv <= 1e-12 * vv.sqrt() || sv.is_nan() {
        return;
    }
    if first {
        for (i, row) in inverse.iter_mut().enumerate().take(size) {
            row[i] = sv / vv;
        }
    }
    let mut hv = [0.0; N];
    for i in 0..size {
        hv[i] = (0..size).map(|j| inverse[i][j] * v[j]).sum();
    }
    let vhv: f64 = (0..size).map(|i| v[i] * hv[i]).sum();
    let scale = (1.0 + vhv / sv) / sv;
    for i in 0..size {
        for j in 0..size {
            inverse[i][j] += scale * s[i] * s[j] - (hv[i] * s[j] + s[i] * hv[j]) / sv;
        }
    }
}

/// Step of the differences: the root of the arithmetic's precision, for values that keep it nearly whole.
const STEP: f64 = 1e-6;

/// A function without a gradient of its own: it is taken from differences over the first `size` numbers.
pub(crate) struct Differences<V> {
    pub(crate) value: V,
    pub(crate) size: usize,
}

impl<const N: usize, V: Fn(&[f64; N]) -> f64> Function<N> for Differences<V> {
    fn value(&mut self, x: &[f64; N]) -> f64 {
        (self.value)(x)
    }

    fn gradient(&mut self, x: &[f64; N], value: f64) -> [f64; N] {
        let mut g = [0.0; N];
        for at in 0..self.size {
            let mut beside = *x;
            beside[at] += STEP;
            g[at] = ((self.value)(&beside) - value) / STEP;
            if !g[at].is_finite() {
                g[at] = 0.0;
            }
        }
        g
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn valley_of_rosenbrock_is_followed_to_its_end() {
        let mut x = [-1.2, 1.0, 0.0];
        let value = |x: &[f64; 3]| 1000.0 * (x[1] - x[0] * x[0]) * (x[1] - x[0] * x[0]) + 10.0 * (1.0 - x[0]) * (1.0 - x[0]);
        let limits = Limits { rounds: 50, looks: 10, longest: 1.0, enough: 1e-3 };
        assert!(minimise(&mut Differences { value, size: 2 }, &mut x, 2, limits) < 1e-2);
        assert!((x[0] - 1.0).abs() < 0.05 && (x[1] - 1.0).abs() < 0.1, "{x:?}");
    }
}
