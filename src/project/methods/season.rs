//! The seasonal pattern of a series: what each month or quarter has above or below the trend, as it was of late.
//!
//! The values are divided by their centred moving average, or less it where a value is zero or a part of the year has next to
//! nothing, so that no division blows up. The mean of a part's ratios, recent years counting most, is its index: patterns change, and
//! what December was twenty years ago says little of the next. Whether there is a pattern at all is not a question of yes or no:
//! the indices are drawn towards none by the factor of James and Stein, the more so the less the parts of the year differ beside what
//! one part varies from year to year.
//!
//! # References
//!
//! Makridakis, Wheelwright and Hyndman, *Forecasting: Methods and Applications* (3rd ed., 1998), 3/4, for the ratios. Miller and
//! Williams, "Shrinkage estimators of time series seasonal factors and their effect on forecasting accuracy", *International Journal
//! of Forecasting* 19 (2003), for the factor.

/// What a year counts beside the year after it.
const YEAR_BEFORE: f64 = 0.75;
/// An index below this is next to nothing: what is divided by it would blow up.
const LEAST_INDEX: f64 = 0.01;

/// A seasonal pattern.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Pattern {
    /// One for each part of the year; the first is that of the first observation.
    indices: Vec<f64>,
    /// Whether the trend is multiplied by the indices, which then average 1; else they are added and average 0.
    multiplicative: bool,
}

impl Pattern {
    /// The pattern of `y` with a season of `period` periods; none if it shows none, or with fewer than two seasons and three figures.
    pub(crate) fn of(y: &[f64], period: usize) -> Option<Self> {
        if period < 2 || y.len() < 2 * period + 3 {
            return None;
        }
        let divided = y.iter().all(|value| *value > 0.0).then(|| Self::of_kind(y, period, true));
        let divided = divided.filter(|found| found.indices.iter().all(|index| *index >= LEAST_INDEX));
        Some(divided.unwrap_or_else(|| Self::of_kind(y, period, false))).filter(Self::shows)
    }

    fn of_kind(y: &[f64], period: usize, multiplicative: bool) -> Self {
        let parts = detrended(y, period, multiplicative);
        let neutral = if multiplicative { 1.0 } else { 0.0 };
        let mut indices: Vec<f64> = parts.iter().map(|of| Recent::of(of).mean).collect();
        let mean = indices.iter().sum::<f64>() / period as f64;
        let share = shrinkage(&parts);
        for index in &mut indices {
            let index_of_mean = if multiplicative { *index / mean } else { *index - mean };
            *index = neutral + share * (index_of_mean - neutral);
        }
        Self { indices, multiplicative }
    }

    fn shows(&self) -> bool {
        self.indices.iter().any(|index| (index - self.indices[0]).abs() > 0.0)
    }

    /// The value at a place without its season.
    pub(crate) fn removed(&self, at: usize, value: f64) -> f64 {
        let index = self.indices[at % self.indices.len()];
        if self.multiplicative { value / index } else { value - index }
    }

    /// The value at a place with its season.
    pub(crate) fn applied(&self, at: usize, value: f64) -> f64 {
        let index = self.indices[at % self.indices.len()];
        if self.multiplicative { value * index } else { value + index }
    }

    /// What the season multiplies a deviation at a place by.
    pub(crate) fn factor(&self, at: usize) -> f64 {
        if self.multiplicative { self.indices[at % self.indices.len()] } else { 1.0 }
    }
}

/// By part of the year, the values over their centred moving average, or less it, in order of time.
fn detrended(y: &[f64], period: usize, multiplicative: bool) -> Vec<Vec<f64>> {
    let mut parts = vec![Vec::with_capacity(y.len() / period + 1); period];
    let even = period.is_multiple_of(2);
    // The two ends of an even period count by half.
    let reach = period + usize::from(even);
    for (from, window) in y.windows(reach).enumerate() {
        let ends = if even { (window[0] + window[period]) / 2.0 } else { 0.0 };
        let average = (window.iter().sum::<f64>() - ends) / period as f64;
        let centre = from + period / 2;
        parts[centre % period].push(if multiplicative { y[centre] / average } else { y[centre] - average });
    }
    parts
}

/// A part's values, the last counting most.
struct Recent {
    mean: f64,
    /// As many equal values as they are worth.
    count: f64,
    /// Squares about the mean, of as many.
    squares: f64,
}

impl Recent {
    /// Of one value at least.
    fn of(values: &[f64]) -> Self {
        let weights = || {
            values.iter().rev().scan(1.0, |next, value| {
                let weight = *next;
                *next *= YEAR_BEFORE;
                Some((weight, *value))
            })
        };
        let (mut sum, mut all, mut of_squares) = (0.0, 0.0, 0.0);
        for (weight, value) in weights() {
            sum += weight * value;
            all += weight;
            of_squares += weight * weight;
        }
        let mean = sum / all;
        let count = all * all / of_squares;
        let squares = weights().map(|(weight, value)| weight * (value - mean) * (value - mean)).sum::<f64>() * count / all;
        Self { mean, count, squares }
    }
}

/// The positive part of the factor of James and Stein, 1 - (p - 3) / ((p - 1) F), with F the variance between the p parts over that
/// within them.
fn shrinkage(parts: &[Vec<f64>]) -> f64 {
    let p = parts.len() as f64;
    let stats: Vec<Recent> = parts.iter().map(|of| Recent::of(of)).collect();
    let sum = |value: fn(&Recent) -> f64| stats.iter().map(value).sum::<f64>();
    let mean = sum(|of| of.mean) / p;
    // Of equal parts: each as many as one has on the mean.
    let count = sum(|of| of.count) / p;
    let between = count * stats.iter().map(|of| (of.mean - mean) * (of.mean - mean)).sum::<f64>() / (p - 1.0);
    let within = sum(|of| of.squares) / sum(|of| of.count - 1.0).max(1.0);
    // Two halves of a year are too few for the factor's proof.
    let pull = (p - 3.0).max(0.5) / (p - 1.0);
    if between > pull * within { 1.0 - pull * within / between } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use approx::assert_relative_eq;

    const NOISE: [f64; 7] = [0.4, -0.9, 0.7, -0.2, 0.9, -0.7, -0.2];

    fn with_season(count: usize, season: &[f64]) -> Vec<f64> {
        (0..count).map(|at| (100.0 + at as f64 + NOISE[at % 7]) * season[at % season.len()]).collect()
    }

    #[test]
    fn clear_seasons_are_kept_and_noise_is_not() {
        let season = [0.8, 1.0, 1.3, 0.9];
        let found = Pattern::of(&with_season(40, &season), 4).unwrap();
        assert!(found.multiplicative);
        for (index, known) in found.indices.iter().zip(season) {
            assert_relative_eq!(*index, known, max_relative = 0.01);
        }
        let noise: Vec<f64> = (0..60).map(|at| 100.0 + NOISE[at % 7]).collect();
        let drawn = Pattern::of(&noise, 12);
        let most = drawn.iter().flat_map(|found| &found.indices).fold(0.0_f64, |most, index| most.max((index - 1.0).abs()));
        assert!(most < 0.002, "{most}"); // a fifth of the noise
        assert_eq!(Pattern::of(&[5.0; 40], 4), None);
    }

    #[test]
    fn smooth_seasons_are_seen() {
        let wave: Vec<f64> = (0..12).map(|at| 1.0 + 0.25 * libm::sin(std::f64::consts::TAU * f64::from(at) / 12.0)).collect();
        let found = Pattern::of(&with_season(60, &wave), 12).unwrap();
        for (index, known) in found.indices.iter().zip(&wave) {
            assert_relative_eq!(*index, *known, max_relative = 0.02);
        }
    }

    #[test]
    fn new_seasons_outweigh_old_ones() {
        let (old, new) = (with_season(40, &[0.8, 1.2]), with_season(40, &[1.2, 0.8]));
        let found = Pattern::of(&[old, new].concat(), 2).unwrap();
        assert!(found.indices[0] > 1.1, "{found:?}");
    }

    #[test]
    fn zeros_have_a_season_that_is_added() {
        let summer = [0.0, 0.0, 0.0, 0.0, 0.0, 500.0, 900.0, 700.0, 0.0, 0.0, 0.0, 0.0];
        let y: Vec<f64> =
            (0..48).map(|at| summer[at % 12] + if summer[at % 12] > 0.0 { 10.0 * NOISE[at % 7] } else { 0.0 }).collect();
        let found = Pattern::of(&y, 12).unwrap();
        assert!(!found.multiplicative);
        let july = found.applied(6, found.removed(5, 500.0));
        assert!((july / 900.0 - 1.0).abs() < 0.05, "{july}");
    }
}
