//! The straight line by least squares: of the amounts, or of their logarithms.

use super::{Course, Found};

/// y = start + slope · t, t counting periods from the first observation.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Line {
    pub(super) start: f64,
    pub(super) slope: f64,
}

impl Line {
    /// The line through `y`, two observations at least; of the logarithms if `log`.
    pub(super) fn course(y: &[f64], log: bool, horizon: usize) -> Course {
        let z: Vec<f64> = y.iter().map(|value| if log { libm::log(*value) } else { *value }).collect();
        let n = z.len() as f64;
        let centre = (n - 1.0) / 2.0;
        let mean = z.iter().sum::<f64>() / n;
        let spread: f64 = (0..z.len()).map(|t| (t as f64 - centre) * (t as f64 - centre)).sum();
        let slope = z.iter().enumerate().map(|(t, v)| (t as f64 - centre) * (v - mean)).sum::<f64>() / spread;
        let line = Self { start: mean - slope * centre, slope };
        let at = |t: usize| mean + slope * (t as f64 - centre);
        let coming = || (z.len()..).take(horizon);
        Course {
            log,
            past: (0..z.len()).map(at).collect(),
            ahead: coming().map(at).collect(),
            leverage: coming().map(|t| 1.0 / n + (t as f64 - centre) * (t as f64 - centre) / spread).collect(),
            open: vec![0.0; horizon],
            parameters: 2,
            found: Found::Line(line),
        }
    }
}
