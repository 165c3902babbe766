//! Jumps and spikes: a new level that stays, and figures far from all around them.
//!
//! A method that takes a step for growth continues it, and one that takes a spike for a season repeats it. Both are looked for in the
//! logarithms, by the size of what is usual in the series: the median absolute deviation, which a few figures cannot move. Only what is
//! far beyond it counts, and what comes back in the same part of another year is a season. What was before a jump is brought to the new
//! level; a spike or a hole takes the median of its neighbours.
//!
//! # References
//!
//! Chen and Liu, "Joint estimation of model parameters and outlier effects in time series", *Journal of the American Statistical
//! Association* 88 (1993), for level shifts and additive outliers. Hampel, "The influence curve and its role in robust estimation",
//! *Journal of the American Statistical Association* 69 (1974), for the running median and its deviation.

/// What was found at a place, from 0.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub enum Break {
    /// A new level begins here, this many times the one before.
    Level {
        /// The place.
        at: usize,
        /// The new level over the old one.
        times: f64,
    },
    /// A single figure, this many times what is usual around it.
    Spike {
        /// The place.
        at: usize,
        /// The figure over the median of its neighbours.
        times: f64,
    },
}

/// Fewer figures do not say what is usual.
const LEAST: usize = 9;
/// A level of fewer figures than this may be a spike.
const LEAST_STAY: usize = 3;
/// How many times the usual deviation a jump or a spike is at least.
const FAR: f64 = 8.0;
/// The least ratio, either way, that is called a jump or a spike.
const LEAST_TIMES: f64 = 2.0;
/// Jumps at most; a series that jumps more often is a series of jumps.
const MOST_JUMPS: usize = 3;
/// Neighbours on each side of a figure that may be a spike: a median of seven sees past three in a row.
const BESIDE: usize = 3;
/// The share of figures that may be spikes.
const MOST_SPIKES: f64 = 0.1;
/// With more zeros than this share they are part of what is usual.
const MOST_ZEROS: f64 = 0.1;
/// A zero stands in the logarithms for this share of the median.
const ZERO: f64 = 1e-3;
/// The normal distribution's deviation over its median absolute deviation.
const OF_MEDIAN: f64 = 1.4826;
/// Deviations below this are rounding.
const ROUNDING: f64 = 1e-3;

/// The values of `y`, zero or more, without their jumps and spikes, and what was found; a season has `period` periods.
pub fn mended(y: &[f64], period: usize) -> (Vec<f64>, Vec<Break>) {
    let mut values = y.to_vec();
    let mut breaks = Vec::new();
    let zeros = y.iter().filter(|value| **value <= 0.0).count();
    if y.len() < LEAST || zeros as f64 > MOST_ZEROS * y.len() as f64 {
        return (values, breaks);
    }
    let least = ZERO * median(y);
    let mut z: Vec<f64> = y.iter().map(|value| libm::log(value.max(least))).collect();
    for _ in 0..MOST_JUMPS {
        let Some((at, size)) = jump(&z, period) else { break };
        let times = libm::exp(size);
        for (z, value) in z.iter_mut().zip(&mut values).take(at) {
            *z += size;
            *value *= times;
        }
        breaks.push(Break::Level { at, times });
    }
    for (at, size) in spikes(&z, period) {
        let usual = libm::exp(z[at] - size);
        breaks.push(Break::Spike { at, times: if y[at] > 0.0 { libm::exp(size) } else { 0.0 } });
        values[at] = usual;
    }
    (values, breaks)
}

/// The places of spikes and how far each is from its neighbours; none if there are too many for any to be one.
fn spikes(z: &[f64], period: usize) -> Vec<(usize, f64)> {
    // At the ends there are too few neighbours to tell a spike from a new level.
    let places = BESIDE..z.len() - BESIDE;
    let away = |at: usize| {
        let around = &z[at.saturating_sub(BESIDE)..(at + BESIDE + 1).min(z.len())];
        z[at] - median(around)
    };
    let all: Vec<f64> = (0..z.len()).map(away).collect();
    let limit = limit(&all);
    let found: Vec<(usize, f64)> =
        places.filter(|at| all[*at].abs() > limit && !recurs(&all, *at, period)).map(|at| (at, all[at])).collect();
    if found.len() as f64 > (MOST_SPIKES * z.len() as f64).max(1.0) { Vec::new() } else { found }
}

/// The place and size of the largest jump that stays.
fn jump(z: &[f64], period: usize) -> Option<(usize, f64)> {
    let changes: Vec<f64> = z.windows(2).map(|pair| pair[1] - pair[0]).collect();
    let usual = median(&changes);
    let away: Vec<f64> = changes.iter().map(|change| change - usual).collect();
    let limit = limit(&away);
    let stays = |at: &usize| {
        // The change at place k leads from figure k to the next.
        let (before, after) = z.split_at(at + 1);
        let reach = before.len().min(after.len()).min(period.max(4));
        let size = median(&after[..reach]) - median(&before[before.len() - reach..]);
        let same_way = size * away[*at] > 0.0 && size.abs() > 0.5 * away[*at].abs() && size.abs() > libm::log(LEAST_TIMES);
        // What falls and comes back, or rises and goes, leaves the level where it was.
        let of_all = median(after) - median(before);
        (same_way && of_all * size > 0.5 * size * size).then_some((at + 1, size))
    };
    (LEAST_STAY - 1..z.len() - LEAST_STAY)
        .filter(|at| away[*at].abs() > limit && !recurs(&away, *at, period))
        .filter_map(|at| stays(&at))
        .max_by(|a, b| a.1.abs().total_cmp(&b.1.abs()))
}

/// What lies beyond the usual.
fn limit(deviations: &[f64]) -> f64 {
    let sizes: Vec<f64> = deviations.iter().map(|value| value.abs()).collect();
    (FAR * (OF_MEDIAN * median(&sizes)).max(ROUNDING)).max(libm::log(LEAST_TIMES))
}

/// Whether half as much or more happened in the same part of another year. Where a season has not been seen twice it may be one.
fn recurs(all: &[f64], at: usize, period: usize) -> bool {
    let half = all[at] / 2.0;
    let like = |value: &f64| value * half > 0.0 && value.abs() >= half.abs();
    period > 1 && all.iter().skip(at % period).step_by(period).filter(|value| like(value)).count() > 1
}

fn median(values: &[f64]) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let middle = sorted.len() / 2;
    if sorted.len() % 2 == 1 { sorted[middle] } else { f64::midpoint(sorted[middle - 1], sorted[middle]) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn steady(count: usize) -> Vec<f64> {
        (0..count).map(|at| 100.0 + [2.0, -3.0, 1.0, 4.0, -4.0, 0.0, -1.0][at % 7]).collect()
    }

    #[test]
    fn new_levels_are_found_and_what_was_before_is_brought_to_them() {
        // The figures of an issue of Prophet's: https://github.com/facebook/prophet/issues/413
        let y = [3.0, 4.0, 3.0, 2.0, 3.0, 4.0, 3.0, 2.0, 103.0, 104.0, 103.0, 102.0, 103.0];
        let (values, breaks) = mended(&y, 12);
        assert!(matches!(breaks[..], [Break::Level { at: 8, times }] if (times / 34.0 - 1.0).abs() < 0.2), "{breaks:?}");
        assert!((values[0] / 103.0 - 1.0).abs() < 0.2 && values[8..] == y[8..], "{values:?}");
        let down: Vec<f64> = steady(48).iter().enumerate().map(|(at, v)| if at < 30 { 10.0 * v } else { *v }).collect();
        assert!(matches!(mended(&down, 12).1[..], [Break::Level { at: 30, .. }]));
    }

    #[test]
    fn what_comes_back_is_no_new_level() {
        // A restaurant, closed in two quarters.
        let closed = [
            410.0, 450.0, 470.0, 430.0, 420.0, 462.0, 480.0, 441.0, 380.0, 0.0, 210.0, 150.0, 0.0, 190.0, 430.0, 420.0, 410.0,
            470.0, 495.0, 455.0, 440.0, 488.0, 510.0, 470.0,
        ];
        let (values, breaks) = mended(&closed, 4);
        assert!(breaks.iter().all(|found| matches!(found, Break::Spike { .. })), "{breaks:?}");
        assert_eq!(values[..8], closed[..8]);
    }

    #[test]
    fn spikes_and_holes_take_the_value_of_their_neighbours() {
        for value in [3000.0, 5.0, 0.0] {
            let mut y = steady(48);
            y[40] = value;
            let (values, breaks) = mended(&y, 12);
            assert!(matches!(breaks[..], [Break::Spike { at: 40, .. }]), "{breaks:?}");
            assert!((values[40] - 100.0).abs() < 5.0);
        }
    }

    #[test]
    fn seasons_growth_and_noise_are_left_alone() {
        let december: Vec<f64> =
            steady(48).iter().enumerate().map(|(at, v)| if at % 12 == 11 { 5.0 * v } else { *v }).collect();
        let summer: Vec<f64> = steady(48).iter().enumerate().map(|(at, v)| if at % 12 > 5 { 5.0 * v } else { *v }).collect();
        let doubling: Vec<f64> = (0..20).map(|at| libm::pow(2.0, f64::from(at))).collect();
        for y in [steady(48), december, summer, doubling] {
            assert_eq!(mended(&y, 12), (y.clone(), Vec::new()));
        }
        assert_eq!(mended(&[1.0, 1.0, 1.0, 900.0, 900.0, 900.0, 900.0], 1).1, Vec::new());
    }
}
