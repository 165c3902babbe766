//! Where the ticks of a money axis stand, and how far the axis reaches.
//!
//! plotters' own logarithmic ticks are whole decades or all nine digits, and none at all from 12 to 80; these follow the rules
//! of good newspapers: few, round, and never fewer than three.

/// The ends of an axis and its ticks, in order.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Axis {
    pub(super) lo: f64,
    pub(super) hi: f64,
    pub(super) ticks: Vec<f64>,
}

fn power_of_ten(exponent: i32) -> f64 {
    libm::pow(10.0, f64::from(exponent))
}

#[expect(clippy::cast_possible_truncation, reason = "the exponent of an f64 is at most 308")]
fn exponent(value: f64) -> i32 {
    libm::floor(libm::log10(value)) as i32
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "counts ticks, at most some dozens")]
fn count(value: f64) -> usize {
    value.clamp(0.0, 1e6) as usize
}

/// The smallest step of 1, 2, 2.5 or 5 times a power of ten that takes at most `steps` steps over `range`.
fn step(range: f64, steps: usize) -> f64 {
    let least = range / steps as f64;
    let decade = power_of_ten(exponent(least));
    // The slack lets 10 over 5 be steps of 2 although 10 / 5 may not be exact in binary.
    let fits = |step: &f64| *step >= least * (1.0 - 1e-9);
    [1.0, 2.0, 2.5, 5.0, 10.0].into_iter().map(|digit| digit * decade).find(fits).unwrap_or(10.0 * decade)
}

/// A linear axis from zero that shows `hi`, with at most `most` ticks.
///
/// It ends at `hi`, or at a further tick if `hi` passes the last one by over a quarter of a step.
pub(super) fn linear(hi: f64, most: usize) -> Axis {
    let hi = if hi > 0.0 { hi } else { 1.0 };
    let step = step(hi, most.max(3) - 1);
    let whole = libm::floor(hi / step + 1e-9);
    let top = if hi - whole * step > step / 4.0 { whole + 1.0 } else { whole };
    let ticks = (0..=count(top)).map(|index| index as f64 * step).collect();
    Axis { lo: 0.0, hi: hi.max(top * step), ticks }
}

/// A linear axis that shows zero and `lo` to `hi`, of which `lo` may be below zero, with about `most` ticks.
pub(super) fn signed(lo: f64, hi: f64, most: usize) -> Axis {
    if lo >= 0.0 {
        return linear(hi, most);
    }
    let hi = hi.max(0.0);
    let step = step(hi - lo, most.max(3) - 1);
    let (below, above) = (libm::ceil(lo / step - 1e-9), libm::floor(hi / step + 1e-9));
    let ticks = (0..=count(above - below)).map(|index| (below + index as f64) * step).collect();
    Axis { lo, hi, ticks }
}

/// Least ratio of the ends of a logarithmic axis: a flat series is to look flat.
const LEAST_RATIO: f64 = 1.5;

/// Which round numbers are ticks of a logarithmic axis: these digits in every decade, or in every second, third and so on.
struct Round {
    digits: &'static [f64],
    every: i32,
    /// Log of the least ratio of neighbours.
    gap: f64,
}

/// From the finest to the coarsest.
const ROUND: [Round; 10] = [
    Round { digits: &[1.0, 2.0, 3.0, 5.0, 7.0], every: 1, gap: 0.336 },
    Round { digits: &[1.0, 2.0, 5.0], every: 1, gap: 0.693 },
    Round { digits: &[1.0, 3.0], every: 1, gap: 1.098 },
    Round { digits: &[1.0], every: 1, gap: 2.302 },
    Round { digits: &[1.0], every: 2, gap: 4.605 },
    Round { digits: &[1.0], every: 3, gap: 6.907 },
    Round { digits: &[1.0], every: 5, gap: 11.51 },
    Round { digits: &[1.0], every: 10, gap: 23.02 },
    Round { digits: &[1.0], every: 20, gap: 46.05 },
    Round { digits: &[1.0], every: 50, gap: 115.1 },
];

/// A logarithmic axis that shows `lo` to `hi`, both above zero, on `height` CSS pixels, with ticks at 1-2-5, 1-3-10 or decades
/// by its length.
pub(super) fn log(lo: f64, hi: f64, height: f64) -> Axis {
    let widen = (LEAST_RATIO / (hi / lo)).max(1.0).sqrt();
    let (lo, hi) = (lo / widen, hi * widen);
    let candidates = round_numbers(lo, hi, height);
    let below = candidates.iter().rev().find(|tick| **tick <= lo * (1.0 + 1e-9)).copied();
    let above = candidates.iter().find(|tick| **tick >= hi * (1.0 - 1e-9)).copied();
    // The axis ends at a tick if one is near, else a little beyond what it shows; a mark never stands on its end.
    let margin = libm::pow(hi / lo, 0.04);
    let near = libm::pow(hi / lo, 0.015)..=libm::pow(hi / lo, 0.09);
    let axis_lo = below.filter(|tick| near.contains(&(lo / tick))).unwrap_or(lo / margin);
    let axis_hi = above.filter(|tick| near.contains(&(tick / hi))).unwrap_or(hi * margin);
    let inside = |tick: &f64| (axis_lo * (1.0 - 1e-9)..=axis_hi * (1.0 + 1e-9)).contains(tick);
    let mut ticks: Vec<f64> = candidates.into_iter().filter(inside).collect();
    if ticks.len() < 3 && axis_hi / axis_lo < 20.0 {
        let step = step(axis_hi - axis_lo, 4);
        let first = libm::ceil(axis_lo / step - 1e-9);
        ticks = (0..=5).map(|index| (first + f64::from(index)) * step).filter(inside).collect();
        // Equal steps crowd at the top of a logarithmic axis.
        let per_log = height / libm::log(axis_hi / axis_lo);
        ticks.dedup_by(|tick, before| libm::log(*tick / *before) * per_log < CROWDED);
    }
    Axis { lo: axis_lo, hi: axis_hi, ticks }
}

/// A logarithmic axis a little beyond `lo` and `hi`, whatever its ticks, for panels that are to have the same length.
pub(super) fn log_exactly(lo: f64, hi: f64, height: f64) -> Axis {
    let margin = libm::pow(hi / lo, 0.06).max(LEAST_RATIO.sqrt());
    let (lo, hi) = (lo / margin, hi * margin);
    let inside = |tick: &f64| (lo..=hi).contains(tick);
    let ticks = round_numbers(lo, hi, height).into_iter().filter(inside).collect();
    Axis { lo, hi, ticks }
}

/// Ticks closer than this, in CSS pixels, have labels that touch.
const CROWDED: f64 = 28.0;

/// The round numbers to choose ticks from, well beyond `lo` to `hi` on either side.
fn round_numbers(lo: f64, hi: f64, height: f64) -> Vec<f64> {
    let decades = libm::log10(hi / lo);
    let mut set = match decades {
        d if d < 1.7 => 1,
        d if d <= 3.2 => 2,
        d if d <= 7.0 => 3,
        d if d <= 14.0 => 4,
        _ => 5,
    };
    let numbers = |set: usize| -> Vec<f64> {
        let Round { digits, every, .. } = ROUND[set];
        let exponents = (exponent(lo) - 3..=exponent(hi) + 3).filter(|exponent| exponent.rem_euclid(every) == 0);
        exponents.flat_map(|exponent| digits.iter().map(move |digit| digit * power_of_ten(exponent))).collect()
    };
    // Three ticks on a tall axis are few: then the next finer numbers.
    let few = |set: usize| numbers(set).iter().filter(|tick| (lo..=hi).contains(*tick)).count() < 4;
    if few(set) && set < 3 && (set == 2 || decades < 1.2) {
        set -= 1;
    }
    let per_log = height / libm::log(hi / lo) / 1.2; // the axis is at most a fifth longer than what it shows
    while set + 1 < ROUND.len() && ROUND[set].gap * per_log < CROWDED {
        set += 1;
    }
    numbers(set)
}

#[cfg(test)]
mod tests {
    use super::*;

    const MOST: usize = 7;

    #[test]
    fn linear_ticks_are_round_and_few() {
        assert_eq!(linear(83.1, MOST).ticks, [0.0, 20.0, 40.0, 60.0, 80.0]);
        assert_eq!(linear(83.1, MOST).hi, 83.1);
        assert_eq!(linear(90.0, MOST).ticks, [0.0, 20.0, 40.0, 60.0, 80.0, 100.0]);
        assert_eq!(linear(1.1, MOST).ticks.len(), 7); // 0 to 1.2, because 1.1 passes 1.0 by half a step
        for power in -3..16 {
            for tenths in 10..100 {
                let hi = f64::from(tenths) * libm::pow(10.0, f64::from(power));
                let axis = linear(hi, MOST);
                assert!((4..=MOST).contains(&axis.ticks.len()), "{hi}: {:?}", axis.ticks);
                assert!(axis.hi >= hi && axis.hi <= hi * 1.4, "{hi}: {axis:?}");
            }
        }
    }

    #[test]
    fn log_ticks_at_every_length() {
        assert_eq!(log(12.0, 80.0, 590.0).ticks, [20.0, 30.0, 50.0, 70.0]);
        assert_eq!(log(2.0, 80.0, 590.0).ticks, [2.0, 5.0, 10.0, 20.0, 50.0, 100.0]);
        assert_eq!(log(1.0, 1e6, 590.0).ticks, [1.0, 10.0, 100.0, 1e3, 1e4, 1e5, 1e6]);
        assert_eq!(log(0.4e9, 180e9, 590.0).ticks.len(), 7); // 0.3, 1, 3, 10, 30, 100, 300
        let narrow = log(0.9, 1.1, 590.0);
        assert!(narrow.ticks.len() >= 3 && narrow.hi / narrow.lo >= LEAST_RATIO, "{narrow:?}");
    }

    #[test]
    fn log_axes_hold_what_they_show_and_have_three_ticks() {
        for lo_power in -2..12 {
            for ratio in [1.0, 1.02, 1.3, 2.0, 3.7, 8.0, 12.0, 49.0, 51.0, 900.0, 1e4, 1e6, 1e9, 1e14] {
                let lo = 1.37 * libm::pow(10.0, f64::from(lo_power));
                let axis = log(lo, lo * ratio, 590.0);
                assert!(axis.lo <= lo && axis.hi >= lo * ratio, "{lo} times {ratio}: {axis:?}");
                assert!((3..=9).contains(&axis.ticks.len()), "{lo} times {ratio}: {axis:?}");
                assert!(axis.ticks.windows(2).all(|pair| pair[0] < pair[1]));
                let short = log(lo, lo * ratio, 200.0);
                let per_log = 200.0 / libm::log(short.hi / short.lo);
                assert!(short.ticks.windows(2).all(|pair| libm::log(pair[1] / pair[0]) * per_log > 24.0), "{short:?}");
            }
        }
    }
}
