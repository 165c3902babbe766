//! Which readings of a target are worth a word.

use crate::calendar::Period;
use crate::series::Measure;

/// How far off a reading is that was not meant: half of the twelve between a month and a year, as a factor.
const FAR: f64 = 6.0;
/// How near the other reading then is.
const NEAR: f64 = 2.0;

/// Whether an `amount` for one month, read as this measure, is off by the twelve between a month and a year: it is far from what is
/// known of the measure then, and near to what is known of the other. `level` is what is known of each.
pub fn is_twelve_off(reading: Measure, amount: f64, period: Period, level: impl Fn(Measure) -> f64) -> bool {
    let other = match reading {
        Measure::Revenue => Measure::RunRate,
        Measure::RunRate => Measure::Revenue,
    };
    let off = |measure: Measure| libm::log(amount / level(measure)).abs();
    period.months() == 1 && off(reading) > libm::log(FAR) && off(other) < libm::log(NEAR)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::Month;

    #[test]
    fn only_what_is_twelve_times_off_is_left_out() {
        let month = Period::from(Month::new(2025, 12).unwrap());
        let level = |measure| if measure == Measure::Revenue { 109.0 } else { 1308.0 };
        let off = |reading, amount, period| is_twelve_off(reading, amount, period, level);
        assert!(off(Measure::RunRate, 112.0, month) && !off(Measure::Revenue, 112.0, month));
        assert!(off(Measure::Revenue, 1400.0, month) && !off(Measure::RunRate, 1400.0, month));
        // As far from the one as from the other, or ten times what there is.
        assert!(!off(Measure::RunRate, 400.0, month) && !off(Measure::Revenue, 400.0, month));
        assert!(!off(Measure::Revenue, 13_080.0, month) && !off(Measure::RunRate, 13_080.0, month));
        assert!(!off(Measure::RunRate, 112.0, Period::ending(month.last(), 12)));
    }
}
