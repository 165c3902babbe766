//! The forecast of a curve that ends at a ceiling, whether the figures show the ceiling or not.

use super::fit::Fit;
use super::shape::Saturating;
use super::{Course, Found};

/// What is known of a ceiling.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Ceiling {
    pub(super) fit: Fit,
    /// Tenth and ninetieth percentile of K, where the figures do not tell it.
    pub(super) open: Option<(f64, f64)>,
}

/// The standard error of ln K up to which the figures are taken to tell the ceiling.
const KNOWN: f64 = 0.2;
/// Shares of the ceiling that are weighed where they do not: the middles of so many equal parts of 0 to 1.
const SHARES: usize = 20;

/// The course of the curve through `y`; `None` where no fit is found.
pub(super) fn course(curve: Saturating, y: &[f64], log: bool, horizon: usize) -> Option<Course> {
    let z: Vec<f64> = y.iter().map(|value| if log { libm::log(*value) } else { *value }).collect();
    let fit = Fit::to(curve, &z, log)?;
    let known = fit.standard_error(z.len()).is_some_and(|error| error <= KNOWN) && has_bent(&fit, z.len());
    let past = |fit: &Fit| (0..z.len()).map(|t| fit.at(t as f64).0).collect();
    let coming = || (z.len()..).take(horizon).map(|t| t as f64);
    if known {
        let ceiling = Ceiling { fit, open: None };
        return Some(Course {
            log,
            past: past(&fit),
            ahead: coming().map(|t| fit.at(t).0).collect(),
            leverage: coming().map(|t| fit.leverage(t)).collect(),
            open: vec![0.0; horizon],
            parameters: 3,
            found: Found::Ceiling(ceiling),
        });
    }
    let open = weigh(&fit, &z);
    let (first, _) = open.first()?;
    let total: f64 = open.iter().map(|(_, weight)| weight).sum();
    let mean = |of: &dyn Fn(&Fit) -> f64| open.iter().map(|(fit, weight)| weight * of(fit)).sum::<f64>() / total;
    let ahead: Vec<f64> = coming().map(|t| mean(&|fit| fit.at(t).0)).collect();
    let spread = coming().zip(&ahead).map(|(t, middle)| mean(&|fit| (fit.at(t).0 - middle) * (fit.at(t).0 - middle))).collect();
    // The first has the largest share of the ceiling behind it, so the smallest ceiling.
    let size_at = |level: f64| {
        let mut passed = 0.0;
        let found = open.iter().find(|(_, weight)| {
            passed += weight / total;
            passed >= level
        });
        libm::exp(found.map_or(first.parameters[0], |(fit, _)| fit.parameters[0]))
    };
    Some(Course {
        log,
        // The best fit's past, of which what is left of the last error is counted from.
        past: past(&fit),
        leverage: coming().map(|t| mean(&|fit| fit.leverage(t))).collect(),
        ahead,
        open: spread,
        parameters: 3,
        found: Found::Ceiling(Ceiling { fit, open: Some((size_at(0.1), size_at(0.9))) }),
    })
}

/// Whether the fastest growth lies behind the last figure: the ceiling of a curve that has not bent is a guess.
fn has_bent(fit: &Fit, count: usize) -> bool {
    let [_, a, b] = fit.parameters;
    let turn = match fit.curve {
        Saturating::Logistic | Saturating::Gompertz => b,
        Saturating::Bass => peak(a, b),
    };
    turn < (count - 1) as f64
}

/// When the sales of a Bass curve are the highest: ln(q/p) / (p + q).
pub(crate) fn peak(a: f64, b: f64) -> f64 {
    (b - a) / (libm::exp(a) + libm::exp(b))
}

/// Fits with the ceiling held so that each share of it is reached by now, the largest share first, and their likelihoods.
fn weigh(best: &Fit, z: &[f64]) -> Vec<(Fit, f64)> {
    let n = z.len();
    let reached = match best.curve {
        // What was sold so far, of all that will be.
        Saturating::Bass => (0..n).map(|t| best.amount(t as f64)).sum::<f64>(),
        Saturating::Logistic | Saturating::Gompertz => best.amount((n - 1) as f64),
    };
    let mut fits: Vec<Fit> = Vec::with_capacity(SHARES);
    let mut from = *best;
    for k in (0..SHARES).rev() {
        let share = (k as f64 + 0.5) / SHARES as f64;
        if let Some(fit) = from.with_size(libm::log(reached / share), z) {
            from = fit;
            fits.push(fit);
        }
    }
    let least = fits.iter().map(|fit| fit.squares).fold(f64::INFINITY, f64::min).max(f64::MIN_POSITIVE);
    // The likelihood of normal errors whose variance is not known; the three parameters cost their degrees of freedom.
    let power = n.saturating_sub(3).max(1) as f64 / 2.0;
    fits.into_iter().map(|fit| (fit, libm::exp(-power * libm::log(fit.squares.max(least) / least)))).collect()
}
