//! Where a distribution function reaches a probability.

/// A place that has been looked at: what lies below it, the density there, and both as log odds: their value, and how far the
/// place moves for a unit of them.
#[derive(Clone, Copy, Debug)]
struct Seen {
    z: f64,
    cdf: f64,
    pdf: f64,
    odds: f64,
    slope: f64,
}

/// The quantiles of one distribution, one after another: every place that was looked at for one of them bounds the others.
///
/// Between two places the next is that of the cubic through both, with their slopes, of the place over the log odds, in which the
/// centre and the tails of a bell are nearly straight; where that leads out, the middle.
#[derive(Debug)]
pub(in crate::project) struct Inverse<F> {
    cdf_and_pdf: F,
    /// Where to look first.
    start: f64,
    narrowest: f64,
    widest: f64,
    /// In order of places.
    seen: Vec<Seen>,
}

/// A Newton step squares the error: after one of this many of the narrowest scale the next would move by about its square.
const CLOSE: f64 = 1e-6;
/// From here on every other place is the middle: 3 to 5 do for a bell.
const SLOW: usize = 12;
const MOST_ROUNDS: usize = 200;

impl<F: Fn(f64) -> (f64, f64)> Inverse<F> {
    /// For a distribution that gives its function and density at a place, with a first guess and its narrowest and widest scale.
    pub(in crate::project) fn new(start: f64, (narrowest, widest): (f64, f64), cdf_and_pdf: F) -> Self {
        Self { cdf_and_pdf, start, narrowest, widest, seen: Vec::with_capacity(32) }
    }

    /// Where the distribution reaches `p`, strictly between 0 and 1.
    pub(in crate::project) fn at(&mut self, p: f64) -> f64 {
        debug_assert!(p > 0.0 && p < 1.0, "quantile at {p}");
        let odds = log_odds(p);
        let mut reach = 4.0 * self.widest;
        let mut above = self.seen.partition_point(|seen| seen.cdf < p);
        for round in 0..MOST_ROUNDS {
            let (lo, hi) = (above.checked_sub(1).map(|at| self.seen[at]), self.seen.get(above).copied());
            let z = match (lo, hi) {
                (None, None) => self.start,
                (Some(lo), Some(hi)) => {
                    let (middle, next) = (f64::midpoint(lo.z, hi.z), between(&lo, &hi, odds));
                    let halve = round > SLOW && round % 2 == 0;
                    if next > lo.z && next < hi.z && !halve { next } else { middle }
                }
                (Some(one), None) | (None, Some(one)) => {
                    let step = (odds - one.odds) * one.slope;
                    let step = if step.abs() <= reach { step } else { reach.copysign(p - one.cdf) };
                    reach *= 2.0;
                    one.z + step
                }
            };
            let here = self.look(z);
            let newton = z - (here.cdf - p) / here.pdf;
            let ends = (lo.map_or(f64::NEG_INFINITY, |lo| lo.z), hi.map_or(f64::INFINITY, |hi| hi.z));
            if (newton - z).abs() <= CLOSE * self.narrowest {
                return newton.clamp(ends.0, ends.1);
            }
            // No number lies between any more.
            if z <= ends.0 || z >= ends.1 {
                return z;
            }
            self.seen.insert(above, here);
            above += usize::from(here.cdf < p);
        }
        self.seen[above.min(self.seen.len() - 1)].z
    }

    fn look(&self, z: f64) -> Seen {
        let (cdf, pdf) = (self.cdf_and_pdf)(z);
        Seen { z, cdf, pdf, odds: log_odds(cdf), slope: cdf * (1.0 - cdf) / pdf }
    }
}

fn log_odds(p: f64) -> f64 {
    libm::log(p / (1.0 - p))
}

/// The place at these log odds, between two others, on the cubic through them.
fn between(lo: &Seen, hi: &Seen, odds: f64) -> f64 {
    let width = hi.odds - lo.odds;
    let straight = (hi.z - lo.z) / width;
    // Steeper at an end, it would not rise all the way.
    let slope = |seen: &Seen| seen.slope.min(3.0 * straight) * width;
    let s = (odds - lo.odds) / width;
    let r = 1.0 - s;
    r * r * (lo.z * (1.0 + 2.0 * s) + slope(lo) * s) + s * s * (hi.z * (1.0 + 2.0 * r) - slope(hi) * r)
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use approx::assert_abs_diff_eq;

    use super::*;
    use crate::project::numeric::student_t::StudentT;

    /// Two bells that hardly touch, a narrow one within a wide one, and long tails.
    #[test]
    fn finds_every_quantile_soon_in_any_order() {
        let bells = [
            [(0.5, 0.0, 0.01, 30.0), (0.5, 3.0, 0.02, 30.0)],
            [(0.9, 1.0, 0.001, 20.0), (0.1, 0.0, 2.0, 3.0)],
            [(0.999, 20.0, 0.05, 25.0), (0.001, 24.0, 1.5, 2.0)],
            [(0.6, 20.0, 0.3, 6.0), (0.4, 20.1, 0.35, 5.0)],
        ];
        let ps = [0.5, 0.9, 0.1, 0.975, 0.025, 0.995, 0.005, 0.5001, 0.3];
        for parts in bells {
            let parts = parts.map(|(weight, at, scale, df)| (weight, at, scale, StudentT::new(df)));
            let cdf = |z: f64| parts.iter().map(|(weight, at, scale, t)| weight * t.cdf((z - at) / scale)).sum::<f64>();
            let pdf = |z: f64| parts.iter().map(|(weight, at, scale, t)| weight * t.pdf((z - at) / scale) / scale).sum::<f64>();
            let scales = (parts[0].2.min(parts[1].2), parts[0].2.max(parts[1].2));
            let looks = Cell::new(0);
            let seen = |z| {
                looks.set(looks.get() + 1);
                (cdf(z), pdf(z))
            };
            let mut inverse = Inverse::new(parts[0].1, scales, seen);
            for p in ps {
                assert_abs_diff_eq!(cdf(inverse.at(p)), p, epsilon = 1e-10);
            }
            assert!(looks.get() < 12 * ps.len(), "{} looks", looks.get());
        }
    }
}
