//! Amounts in whole units that add up to the last digit.

/// The coarsest and the finest unit: a thousand trillion, and a millionth.
const FINEST: i32 = -6;

/// The most units that a number counts exactly.
const MOST_COUNTED: f64 = 9e15;

/// The unit that amounts are rounded to: a power of ten.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Unit(i32);

impl Unit {
    /// One of the currency; less where one is more than a thousandth of `usual`, or where an amount of `fixed` is no multiple of it;
    /// more where these amounts are too large to be counted by it.
    pub(super) fn of(usual: f64, fixed: &[f64]) -> Self {
        let mut unit = Self(0);
        while unit.0 > FINEST && (unit.size() > usual / 1000.0 || fixed.iter().any(|amount| !unit.divides(*amount))) {
            unit.0 -= 1;
        }
        while fixed.iter().any(|amount| unit.count(*amount).abs() > MOST_COUNTED) {
            unit.0 += 1;
        }
        unit
    }

    /// What it is worth.
    pub(super) fn size(self) -> f64 {
        if self.0 < 0 { 1.0 / power(-self.0) } else { power(self.0) }
    }

    /// How many of them come nearest to an amount.
    pub(super) fn count(self, amount: f64) -> f64 {
        self.counted(amount).round()
    }

    /// The amount of so many, as near as a number can be to its decimals.
    pub(super) fn amount(self, count: f64) -> f64 {
        if self.0 < 0 { count / power(-self.0) } else { count * power(self.0) }
    }

    fn counted(self, amount: f64) -> f64 {
        if self.0 < 0 { amount * power(-self.0) } else { amount / power(self.0) }
    }

    fn divides(self, amount: f64) -> bool {
        let counted = self.counted(amount);
        // A cent more or less in ten billion is the number's own error.
        (counted - counted.round()).abs() <= 1e-9 + 1e-12 * counted.abs()
    }
}

fn power(of: i32) -> f64 {
    (0..of).fold(1.0, |power, _| power * 10.0)
}

/// Whole numbers near to `parts`, none of which is negative, that add up to `total`, which is whole and which the parts add up to but
/// for rounding errors: what rounding down leaves goes to the parts that lost most. A part of nothing stays nothing.
pub(super) fn whole(parts: &[f64], total: f64) -> Vec<f64> {
    let mut counts: Vec<f64> = parts.iter().map(|part| part.floor()).collect();
    let mut order: Vec<usize> = (0..parts.len()).filter(|at| parts[*at] > 0.0).collect();
    let lost = |at: usize| parts[at] - parts[at].floor();
    order.sort_by(|a, b| lost(*b).total_cmp(&lost(*a)));
    let mut left = total - counts.iter().sum::<f64>();
    for at in order.iter().cycle().take(2 * order.len()) {
        if left >= 1.0 {
            counts[*at] += 1.0;
            left -= 1.0;
        }
    }
    // What rounding errors of the largest amounts may leave, of either sign.
    if let Some(largest) = (0..parts.len()).max_by(|a, b| parts[*a].total_cmp(&parts[*b])) {
        counts[largest] += left;
    }
    counts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_add_up_and_nothing_stays_nothing() {
        assert_eq!(whole(&[10.0 / 3.0; 3], 10.0), [4.0, 3.0, 3.0]);
        assert_eq!(whole(&[0.0, 2.6, 2.4, 0.0], 5.0), [0.0, 3.0, 2.0, 0.0]);
        assert_eq!(whole(&[2.0, 3.0], 4.0), [2.0, 2.0]);
    }

    #[test]
    fn units_are_as_fine_as_the_amounts() {
        assert_eq!(Unit::of(3e6, &[40e6, 1234.0]), Unit(0));
        assert_eq!(Unit::of(3e6, &[40e6, 1234.56]), Unit(-2));
        assert_eq!(Unit::of(3.0, &[40.0]), Unit(-3));
        assert_eq!(Unit::of(1e17, &[1.2e18]), Unit(3));
        assert_eq!(Unit(-2).amount(123_456.0).to_string(), "1234.56");
    }
}
