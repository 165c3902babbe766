//! Classical decomposition: seasonal indices from a centred moving average, and whether a series has a season at all.
//!
//! # References
//!
//! Makridakis, Wheelwright and Hyndman, *Forecasting: Methods and Applications* (3rd ed., 1998), 3/4. The test is that of the
//! M3 and M4 competitions: Assimakopoulos and Nikolopoulos, *International Journal of Forecasting* 16 (2000), section 4.

/// Seasonal indices of `y` into `out`, whose length is the period: the first is that of the first observation. They average 1
/// if `multiplicative`, else 0. Needs two periods at least; with fewer they are neutral.
pub(crate) fn indices(y: &[f64], period: usize, multiplicative: bool, out: &mut [f64]) {
    let neutral = if multiplicative { 1.0 } else { 0.0 };
    out.fill(neutral);
    let n = y.len();
    if period < 2 || n < 2 * period {
        return;
    }
    let half = period / 2;
    let even = period.is_multiple_of(2);
    let mut counts = [0.0; 64];
    let counts = &mut counts[..period.min(64)];
    let mut sums = [0.0; 64];
    let mut window: f64 = y[..period].iter().sum();
    for centre in half..n - half {
        // The window starts at centre - half; for an even period its two ends count by half.
        let from = centre - half;
        if from > 0 && from + period <= n {
            window += y[from + period - 1] - y[from - 1];
        }
        let average =
            if even { (window - 0.5 * y[from] + 0.5 * y[from + period]) / period as f64 } else { window / period as f64 };
        if even && from + period >= n {
            break;
        }
        if multiplicative && average.abs() < f64::MIN_POSITIVE {
            continue;
        }
        sums[centre % period] += if multiplicative { y[centre] / average } else { y[centre] - average };
        counts[centre % period] += 1.0;
    }
    let mut total = 0.0;
    for at in 0..period {
        out[at] = if counts[at] > 0.0 { sums[at] / counts[at] } else { neutral };
        total += out[at];
    }
    let mean = total / period as f64;
    for index in out.iter_mut() {
        if multiplicative {
            *index /= mean;
        } else {
            *index -= mean;
        }
    }
}

/// Multiplicative indices that a series can be divided by; `None` if one is nearly nothing, which would blow up what is divided
/// by it.
pub(crate) fn divisors(y: &[f64], period: usize) -> Option<Vec<f64>> {
    let mut found = vec![1.0; period];
    indices(y, period, true, &mut found);
    found.iter().all(|index| *index >= 0.01).then_some(found)
}

/// Whether the autocorrelation at one period is above what noise shows one time in ten:
/// |r(m)| > 1.645 √((1 + 2 Σ r(i)², i below m) / n), with three periods of data at least.
pub(crate) fn is_seasonal(y: &[f64], period: usize) -> bool {
    let n = y.len();
    if period < 2 || n < 3 * period {
        return false;
    }
    let mean = y.iter().sum::<f64>() / n as f64;
    let variance: f64 = y.iter().map(|v| (v - mean) * (v - mean)).sum();
    if variance <= 0.0 {
        return false;
    }
    let r = |lag: usize| y[lag..].iter().zip(y).map(|(a, b)| (a - mean) * (b - mean)).sum::<f64>() / variance;
    let squares: f64 = (1..period).map(|lag| r(lag) * r(lag)).sum();
    r(period).abs() > 1.645 * ((1.0 + 2.0 * squares) / n as f64).sqrt()
}
