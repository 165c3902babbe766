//! How often a series has to be differenced, and the differences.
//!
//! # References
//!
//! Kwiatkowski, Phillips, Schmidt and Shin, "Testing the null hypothesis of stationarity against the alternative of a unit root", *Journal of
//! Econometrics* 54 (1992), for d. Wang, Smith and Hyndman, "Characteristic-based clustering for time series data", *Data Mining and
//! Knowledge Discovery* 13 (2006), for the strength of a season and so D. Cleveland, Cleveland, `McRae` and Terpenning, "STL: a
//! seasonal-trend decomposition procedure based on loess", *Journal of Official Statistics* 6 (1990), for the season.

use super::model::Order;

/// The statistic above which a series is not stationary, at 5%: table 1 of the paper.
const CRITICAL: f64 = 0.463;
/// The strength from which on a season is differenced: that of the R package `forecast`.
const STRONG: f64 = 0.64;
/// Neighbouring seasons that one season's state is smoothed over: that package's choice too.
const SEASONS: usize = 11;
/// Values that differ by less than this share of the series' size are one value and rounding.
const SAME: f64 = 1e-9;

/// `y` differenced as the order says; shorter by [`Order::lost`].
pub(crate) fn differenced(y: &[f64], order: &Order) -> Vec<f64> {
    let mut w = y.to_vec();
    for _ in 0..order.seasonal_differences {
        difference(&mut w, order.period);
    }
    for _ in 0..order.differences {
        difference(&mut w, 1);
    }
    w
}

/// Differences in place.
fn difference(w: &mut Vec<f64>, lag: usize) {
    for at in lag..w.len() {
        w[at - lag] = w[at] - w[at - lag];
    }
    w.truncate(w.len().saturating_sub(lag));
}

/// What undoes the differences: the coefficients c of y(t) = w(t) + c₁ y(t-1) + c₂ y(t-2) + ...
pub(crate) fn integration(order: &Order) -> Vec<f64> {
    let mut polynomial = vec![1.0];
    let lags = std::iter::repeat_n(1, order.differences).chain(std::iter::repeat_n(order.period, order.seasonal_differences));
    for lag in lags {
        let before = polynomial.clone();
        polynomial.resize(before.len() + lag, 0.0);
        for (at, c) in before.iter().enumerate() {
            polynomial[at + lag] -= c;
        }
    }
    polynomial[1..].iter().map(|c| -c).collect()
}

/// Whether `w` is one value, up to rounding of numbers of the size `size`.
pub(crate) fn is_constant(w: &[f64], size: f64) -> bool {
    let (least, most) = w.iter().fold((f64::INFINITY, f64::NEG_INFINITY), |(lo, hi), v| (lo.min(*v), hi.max(*v)));
    most - least <= SAME * size
}

/// The differences that `y`, of the size `size`, needs: of the periods (`most` at most) and of the season, `(d, D)`.
pub(crate) fn needed(y: &[f64], period: usize, most: usize, size: f64) -> (usize, usize) {
    let seasonal = usize::from(strength(y, period) > STRONG);
    let mut w = y.to_vec();
    if seasonal == 1 {
        difference(&mut w, period);
    }
    let mut plain = 0;
    while plain < most && w.len() > 3 && !is_constant(&w, size) && kpss(&w) > CRITICAL {
        difference(&mut w, 1);
        plain += 1;
    }
    (plain, seasonal)
}

/// The statistic of the test for a level: Σ S(t)² / (n² s²), with S the sums of the values about their mean and s² their long-run variance from
/// 3√n/13 lags with Bartlett's weights.
fn kpss(w: &[f64]) -> f64 {
    let n = w.len() as f64;
    let mean = w.iter().sum::<f64>() / n;
    let lags = (9 * w.len()).isqrt() / 13;
    let (mut sum, mut sums) = (0.0, 0.0);
    for value in w {
        sum += value - mean;
        sums += sum * sum;
    }
    let product = |lag: usize| w[lag..].iter().zip(w).map(|(a, b)| (a - mean) * (b - mean)).sum::<f64>();
    let variance = product(0)
        + 2.0 * (1..=lags.min(w.len() - 1)).map(|lag| (1.0 - lag as f64 / (lags + 1) as f64) * product(lag)).sum::<f64>();
    if variance > 0.0 { sums / (n * variance) } else { 0.0 }
}

/// The share of the season in what the trend leaves, 1 - var(rest) / var(season + rest), by a decomposition whose season may change slowly;
/// 0 where two seasons were not seen.
fn strength(y: &[f64], period: usize) -> f64 {
    if period < 2 || y.len() <= 2 * period {
        return 0.0;
    }
    let Ok(parts) = stlrs::params().seasonal_length(SEASONS).seasonal_degree(0).fit(y, period) else { return 0.0 };
    let rest = variance(parts.remainder().iter().copied());
    let both = variance(parts.remainder().iter().zip(parts.seasonal()).map(|(rest, season)| rest + season));
    if both > 0.0 { (1.0 - rest / both).max(0.0) } else { 0.0 }
}

fn variance(values: impl Iterator<Item = f64> + Clone) -> f64 {
    let count = values.clone().count() as f64;
    let mean = values.clone().sum::<f64>() / count;
    values.map(|value| (value - mean) * (value - mean)).sum::<f64>() / count
}

#[cfg(test)]
mod tests {
    use super::*;
    use approx::assert_relative_eq;

    #[test]
    fn differences_are_undone() {
        let y: Vec<f64> = (0..30).map(|t| f64::from(t * t % 17 + t)).collect();
        let order = Order {
            ar: 0,
            differences: 2,
            ma: 0,
            seasonal_ar: 0,
            seasonal_differences: 1,
            seasonal_ma: 0,
            period: 4,
            constant: false,
        };
        let (w, back) = (differenced(&y, &order), integration(&order));
        assert_eq!((w.len(), back.len()), (24, 6));
        for (at, w) in w.iter().enumerate() {
            let t = at + 6;
            let again = w + back.iter().enumerate().map(|(k, c)| c * y[t - 1 - k]).sum::<f64>();
            assert_relative_eq!(again, y[t], epsilon = 1e-9);
        }
    }

    #[test]
    fn lines_and_seasons_are_differenced_and_noise_is_not() {
        let noise: Vec<f64> = (0..60).map(|t| 10.0 + [0.3, -0.2, 0.5, -0.6, 0.1, -0.4, 0.2][t * 5 % 7]).collect();
        assert_eq!(needed(&noise, 12, 2, 10.0), (0, 0));
        let line: Vec<f64> = noise.iter().enumerate().map(|(t, v)| v + t as f64).collect();
        assert_eq!(needed(&line, 12, 2, 40.0), (1, 0));
        let season: Vec<f64> = noise.iter().enumerate().map(|(t, v)| v + [0.0, 3.0, 8.0, 2.0][t % 4]).collect();
        assert_eq!(needed(&season, 4, 2, 12.0), (0, 1));
    }
}
