//! A number that is assumed: one value, or a range with a distribution over it.

use crate::scenario::Case;

/// The standard normal at its 90th percentile: the ends of an 80% interval.
const NINETIETH: f64 = 1.281_551_565_544_600_4;

/// An assumed amount or rate of growth.
///
/// `a..b` says that the value lies between a and b with 80% probability, a tenth below and a tenth above, and is normal on the
/// log of an amount or of one plus a growth. `a..b..c` gives the 10th, 50th and 90th percentile: two halves of normals that meet
/// at the median (a split normal, on the same scale).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Range {
    low: f64,
    base: f64,
    high: f64,
    scale: Scale,
}

/// What is normal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Scale {
    /// The log of the amount's size.
    Amount,
    /// The log of one plus the growth.
    Growth,
}

impl Scale {
    fn log(self, value: f64) -> f64 {
        match self {
            Self::Amount => libm::log(value.abs()),
            Self::Growth => libm::log1p(value),
        }
    }
}

impl Range {
    /// An amount between `low` and `high` with 80% probability; `base` is the median, by default the geometric mean of the two.
    ///
    /// `None` unless all are finite, of one sign, not zero, and ascending.
    pub fn amount(low: f64, base: Option<f64>, high: f64) -> Option<Self> {
        let middle = || if same(low, high) { low } else { low.signum() * libm::sqrt(low.abs()) * libm::sqrt(high.abs()) };
        let one_sign = [low, base.unwrap_or(low), high].iter().all(|value| value.is_finite() && value * low.signum() > 0.0);
        one_sign.then(|| Self::ascending(low, base.unwrap_or_else(middle), high, Scale::Amount)).flatten()
    }

    /// A growth, as a fraction, between `low` and `high` with 80% probability; `base` is the median, by default the middle of the
    /// two on the log scale.
    ///
    /// `None` unless all are finite, above -1, and ascending.
    pub fn growth(low: f64, base: Option<f64>, high: f64) -> Option<Self> {
        let possible = [low, base.unwrap_or(low), high].iter().all(|value| value.is_finite() && *value > -1.0);
        let middle = || if same(low, high) { low } else { libm::expm1(f64::midpoint(libm::log1p(low), libm::log1p(high))) };
        possible.then(|| Self::ascending(low, base.unwrap_or_else(middle), high, Scale::Growth)).flatten()
    }

    /// One amount; `None` if it is zero or not finite.
    pub fn exact_amount(value: f64) -> Option<Self> {
        Self::amount(value, Some(value), value)
    }

    /// One rate of growth, as a fraction; `None` if it is not finite or not above -1.
    pub fn exact_growth(value: f64) -> Option<Self> {
        Self::growth(value, Some(value), value)
    }

    fn ascending(low: f64, base: f64, high: f64, scale: Scale) -> Option<Self> {
        (low <= base && base <= high).then_some(Self { low, base, high, scale })
    }

    /// Low end (10th percentile), median and high end (90th percentile).
    pub fn ends(self) -> (f64, f64, f64) {
        (self.low, self.base, self.high)
    }

    /// Whether it is one value.
    pub fn is_exact(self) -> bool {
        same(self.low, self.high)
    }

    /// Whether the median is where the ends alone would put it.
    pub fn is_even(self) -> bool {
        let (down, up) = self.halves();
        (down - up).abs() <= 1e-9 * (down + up).abs()
    }

    /// The one value that it has in a case.
    #[must_use]
    pub fn in_case(self, case: Case) -> Self {
        let value = match case {
            Case::Low => self.low,
            Case::Base => self.base,
            Case::High => self.high,
        };
        Self { low: value, base: value, high: value, ..self }
    }

    /// The value that is passed as rarely as the standard normal passes `z`.
    pub(super) fn at(self, z: f64) -> f64 {
        if self.is_exact() {
            return self.base;
        }
        let (down, up) = self.halves();
        let moved = z / NINETIETH * if z < 0.0 { down } else { up };
        match self.scale {
            Scale::Amount => self.base * libm::exp(moved),
            Scale::Growth => libm::expm1(libm::log1p(self.base) + moved),
        }
    }

    /// The standard normal that is passed as rarely as `value`: the inverse of [`at`](Self::at); `None` for a value that cannot be.
    pub(super) fn z_of(self, value: f64) -> Option<f64> {
        let possible = match self.scale {
            Scale::Amount => value * self.base > 0.0,
            Scale::Growth => value > -1.0,
        };
        let moved = possible.then(|| self.scale.log(value) - self.scale.log(self.base))?;
        let (down, up) = self.halves();
        // Of negative amounts the log of the size falls as they rise.
        let half = if value < self.base { down } else { up };
        (half != 0.0).then(|| NINETIETH * moved / half)
    }

    /// From the low end to the median and from there to the high end, on the scale's log.
    fn halves(self) -> (f64, f64) {
        let [low, base, high] = [self.low, self.base, self.high].map(|value| self.scale.log(value));
        (base - low, high - base)
    }
}

/// Whether the ends are one value, to the last bit: what is computed from it could miss it.
fn same(low: f64, high: f64) -> bool {
    low.to_bits() == high.to_bits()
}

#[cfg(test)]
mod tests {
    use approx::assert_relative_eq;

    use super::*;

    #[test]
    fn ends_are_the_10th_and_90th_percentile() {
        let amount = Range::amount(1e9, None, 4e9).unwrap();
        assert_relative_eq!(amount.at(-NINETIETH), 1e9, max_relative = 1e-14);
        assert_relative_eq!(amount.at(0.0), 2e9, max_relative = 1e-14); // the geometric mean
        assert_relative_eq!(amount.at(NINETIETH), 4e9, max_relative = 1e-14);
        let growth = Range::growth(0.6, None, 0.9).unwrap();
        // √(1.6 · 1.9) is 1.743560.
        assert_relative_eq!(growth.at(0.0), 0.743_560, max_relative = 1e-6);
        assert_relative_eq!(growth.at(NINETIETH), 0.9, max_relative = 1e-14);
        let skewed = Range::amount(1.0, Some(1.5), 4.0).unwrap();
        for (z, value) in [(-NINETIETH, 1.0), (0.0, 1.5), (NINETIETH, 4.0)] {
            assert_relative_eq!(skewed.at(z), value, max_relative = 1e-14);
            assert_relative_eq!(skewed.z_of(value).unwrap(), z, epsilon = 1e-14);
        }
        assert!(amount.is_even() && !skewed.is_even());
    }

    #[test]
    fn losses_run_from_the_larger_to_the_smaller() {
        let loss = Range::amount(-4.0, None, -1.0).unwrap();
        assert_relative_eq!(loss.at(-NINETIETH), -4.0, max_relative = 1e-14);
        assert_relative_eq!(loss.at(0.0), -2.0, max_relative = 1e-14);
        assert_relative_eq!(loss.z_of(-4.0).unwrap(), -NINETIETH, max_relative = 1e-14);
        assert_eq!(loss.z_of(1.0), None);
    }

    #[test]
    fn one_value_is_itself_to_the_last_bit() {
        assert_eq!(Range::exact_amount(0.1).unwrap().at(2.0), 0.1);
        assert_eq!(Range::exact_growth(0.1).unwrap().at(-3.0), 0.1);
        assert_eq!(Range::amount(5e9, None, 5e9), Range::exact_amount(5e9));
        assert_eq!(Range::growth(0.6, None, 0.6), Range::exact_growth(0.6));
        assert_eq!(Range::amount(1.0, None, 4.0).unwrap().in_case(Case::High).at(1.0), 4.0);
    }

    #[test]
    fn what_is_no_range() {
        for (low, base, high) in
            [(2.0, None, 1.0), (-1.0, None, 1.0), (0.0, None, 1.0), (1.0, Some(3.0), 2.0), (1.0, None, f64::NAN)]
        {
            assert_eq!(Range::amount(low, base, high), None, "{low} {base:?} {high}");
        }
        assert_eq!(Range::growth(-1.0, None, 0.5), None);
        assert!(Range::growth(-0.5, None, 0.5).is_some());
    }
}
