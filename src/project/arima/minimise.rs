//! The least value of a smooth function of a few numbers: BFGS with gradients from differences.
//!
//! # References
//!
//! Nocedal and Wright, *Numerical Optimization* (2nd ed., 2006), algorithm 6.1 and section 8.1.

use super::model::{MOST_SEASONAL, MOST_TERMS};

/// Numbers at most.
pub(crate) const SLOTS: usize = 2 * (MOST_TERMS + MOST_SEASONAL);

/// A point of the search.
pub(crate) type Point = [f64; SLOTS];

/// Rounds at most.
const ROUNDS: usize = 50;
/// The search ends when a round lowers the value by less than this, twice in a row: minus twice a log likelihood tells two models apart
/// by whole units.
const ENOUGH: f64 = 1e-3;
/// Step of the differences: the root of the arithmetic's precision, which the likelihood keeps nearly whole.
const STEP: f64 = 1e-6;
/// No number moves by more than this in a round.
const LONGEST: f64 = 1.0;

/// Moves `x`, whose first `size` numbers count, to where `value` is least; that value, infinite if it was so at the start.
pub(crate) fn minimise(value: impl Fn(&Point) -> f64, x: &mut Point, size: usize) -> f64 {
    let mut f = value(x);
    if size == 0 || !f.is_finite() {
        return f;
    }
    let gradient = |x: &Point, f: f64| {
        let mut g = [0.0; SLOTS];
        for at in 0..size {
            let mut beside = *x;
            beside[at] += STEP;
            g[at] = (value(&beside) - f) / STEP;
            if !g[at].is_finite() {
                g[at] = 0.0;
            }
        }
        g
    };
    let mut g = gradient(x, f);
    let mut inverse = [[0.0; SLOTS]; SLOTS];
    reset(&mut inverse, &g, size);
    let mut small = 0;
    for round in 0..ROUNDS {
        let mut direction = [0.0; SLOTS];
        for i in 0..size {
            direction[i] = -(0..size).map(|j| inverse[i][j] * g[j]).sum::<f64>();
        }
        let mut slope: f64 = (0..size).map(|i| direction[i] * g[i]).sum();
        // Also where it is no number.
        if slope >= 0.0 || slope.is_nan() {
            reset(&mut inverse, &g, size);
            for i in 0..size {
                direction[i] = -inverse[i][i] * g[i];
            }
            slope = (0..size).map(|i| direction[i] * g[i]).sum();
        }
        let longest = direction[..size].iter().fold(0.0_f64, |most, d| most.max(d.abs()));
        let mut step = if longest > LONGEST { LONGEST / longest } else { 1.0 };
        let mut found = None;
        for _ in 0..10 {
            let mut next = *x;
            for i in 0..size {
                next[i] += step * direction[i];
            }
            let there = value(&next);
            if there <= f + 1e-4 * step * slope {
                found = Some((next, there));
                break;
            }
            step *= 0.3;
        }
        let Some((next, there)) = found else { break };
        let gained = f - there;
        small = if gained < ENOUGH { small + 1 } else { 0 };
        if small == 2 {
            (*x, f) = (next, there);
            break;
        }
        let next_g = gradient(&next, there);
        update(&mut inverse, (x, &next), (&g, &next_g), size, round == 0);
        (*x, f, g) = (next, there, next_g);
    }
    f
}

/// A first guess of the inverse of the curvature: a step of 0.3 at most along the gradient.
fn reset(inverse: &mut [Point; SLOTS], g: &Point, size: usize) {
    let longest = g[..size].iter().fold(1e-12_f64, |m, d| m.max(d.abs()));
    for (i, row) in inverse.iter_mut().enumerate().take(size) {
        row.fill(0.0);
        row[i] = 0.3 / longest;
    }
}

/// The BFGS update of the inverse from two points and their gradients; left alone where the curvature found is not positive.
fn update(inverse: &mut [Point; SLOTS], x: (&Point, &Point), g: (&Point, &Point), size: usize, first: bool) {
    let (mut s, mut v) = ([0.0; SLOTS], [0.0; SLOTS]);
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
    let mut hv = [0.0; SLOTS];
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn valley_of_rosenbrock_is_followed_to_its_end() {
        let mut x = [0.0; SLOTS];
        (x[0], x[1]) = (-1.2, 1.0);
        let value = |x: &Point| 1000.0 * (x[1] - x[0] * x[0]) * (x[1] - x[0] * x[0]) + 10.0 * (1.0 - x[0]) * (1.0 - x[0]);
        assert!(minimise(value, &mut x, 2) < 1e-2);
        assert!((x[0] - 1.0).abs() < 0.05 && (x[1] - 1.0).abs() < 0.1, "{x:?}");
    }
}
