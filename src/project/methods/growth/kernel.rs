//! The prior of the log rate of every month, class by class: how any two months, and any two weighted runs of months, go together.
//!
//! Months are counted from the anchor, the first month of the first figure, and may lie behind it. Two months of one side are
//! related through what has happened up to the earlier one alone, so that a covariance is a product of a few numbers of either
//! month. All that is kept is therefore a handful of numbers a month, for as many months as the model ever takes; they depend on
//! the class and on nothing else, and every series shares them.

use super::MOST_MONTHS;
use super::prior::{CLASSES, COUNT, Class};

/// One month, in years.
pub(super) const MONTH: f64 = 1.0 / 12.0;

/// What is known of a month that is this many steps from the start of its side of the anchor.
#[derive(Clone, Copy, Debug)]
pub(super) struct Step {
    /// What a unit of growth at the start adds to the level over months 0 to here: R.
    pub(super) response: f64,
    /// The growth that is then left of it: `d^(step + 1)`.
    pub(super) left: f64,
    /// Variance of the level through random changes of growth, of unit size: N.
    pub(super) noise: f64,
    /// Covariance of that with the growth that is there, in next month's terms.
    pub(super) carry: f64,
}

/// The numbers of one class.
#[derive(Clone, Debug)]
pub(super) struct Table {
    /// For steps from 0 on.
    pub(super) steps: Vec<Step>,
    /// What a unit of growth at the anchor says of the months -1, -2, …: not above 0.
    behind: Vec<f64>,
    /// Variances: of the initial growth, of its changes, of the level's steps, of seasons, of their drift, of single months.
    pub(super) growth: f64,
    pub(super) drift: f64,
    pub(super) level: f64,
    pub(super) season: f64,
    pub(super) season_drift: f64,
    pub(super) irregular: f64,
}

impl Table {
    fn new(class: &Class) -> Self {
        let decay = libm::exp(-class.kappa * MONTH);
        let (mut steps, mut behind) = (Vec::new(), vec![0.0]);
        let mut at = Step { response: 0.0, left: 1.0, noise: 0.0, carry: 0.0 };
        let mut back = 0.0;
        for _ in 0..=MOST_MONTHS {
            at.response += at.left * MONTH;
            at.left *= decay;
            at.noise += MONTH * at.response * at.response;
            at.carry += MONTH * at.response * at.left;
            steps.push(at);
            back -= at.left * MONTH;
            behind.push(back);
        }
        let square = |x: f64| x * x;
        Self {
            steps,
            behind,
            growth: square(class.growth_sd),
            drift: square(class.sigma_growth),
            level: square(class.sigma_level) * MONTH,
            season: square(class.season),
            season_drift: square(class.season_drift),
            irregular: square(class.irregular),
        }
    }
}

/// The tables of all classes.
#[derive(Clone, Debug)]
pub(super) struct Kernels {
    by_class: [Table; COUNT],
}

impl Kernels {
    pub(super) fn new() -> Self {
        Self { by_class: CLASSES.each_ref().map(Table::new) }
    }

    /// The prior of a class of companies whose growth stops, and whose level stays, after month `stop`.
    pub(super) fn of_class(&self, class: usize, stop: i32) -> Kernel<'_> {
        Kernel { table: &self.by_class[class], stop }
    }
}

/// The prior of one class at the size of 1 billion dollars a year, level aside. Season and irregular movements go on after `stop`.
#[derive(Clone, Copy, Debug)]
pub(super) struct Kernel<'a> {
    pub(super) table: &'a Table,
    stop: i32,
}

impl<'a> Kernel<'a> {
    /// The month in which growth is that of `month`.
    pub(super) fn grown(self, month: i32) -> i32 {
        month.min(self.stop)
    }

    /// Years in which the level has moved by the end of a month.
    pub(super) fn years(self, month: i32) -> f64 {
        f64::from(self.grown(month) + 1) * MONTH
    }

    /// What a unit of growth at the anchor has added to the level by the end of a month.
    pub(super) fn response(self, month: i32) -> f64 {
        let month = self.grown(month);
        if month < 0 { self.table.behind[place(-1 - month)] } else { self.step(month).response }
    }

    pub(super) fn step(self, step: i32) -> &'a Step {
        &self.table.steps[place(step)]
    }

    /// The response over this many steps, -1 for none.
    pub(super) fn over(self, step: i32) -> f64 {
        if step < 0 { 0.0 } else { self.step(step).response }
    }

    /// What is left of growth after this many months.
    pub(super) fn left(self, months: i32) -> f64 {
        if months <= 0 { 1.0 } else { self.step(months - 1).left }
    }

    /// Covariance of the smooth log rates of two months.
    pub(super) fn smooth(self, one: i32, other: i32) -> f64 {
        let (one, other) = (self.grown(one), self.grown(other));
        let initial = self.table.growth * self.response(one) * self.response(other);
        let (near, far) = match (one < 0, other < 0) {
            (false, false) => (one.min(other), one.max(other)),
            // Behind the anchor the level stands at month -1.
            (true, true) => (-2 - one.max(other), -2 - one.min(other)),
            _ => return initial,
        };
        if near < 0 {
            return initial;
        }
        let step = self.step(near);
        let noise = step.noise + step.carry * self.over(far - near - 1);
        initial + self.table.drift * noise + self.table.level * f64::from(near + 1)
    }

    /// Covariance of season and irregular movement of two months.
    pub(super) fn rough(self, one: i32, other: i32) -> f64 {
        let same_month = (one - other) % 12 == 0;
        let share = if same_month { 11.0 / 12.0 } else { -1.0 / 12.0 };
        let irregular = if one == other { self.table.irregular } else { 0.0 };
        share * self.seasonal(years_apart(one, other)) + irregular
    }

    /// Variance of the effect of a month of the year when effects have drifted for so many years.
    pub(super) fn seasonal(self, years: i32) -> f64 {
        self.table.season + self.table.season_drift * f64::from(years)
    }

    /// Covariance of two weighted runs of months, wherever they lie, by every pair of months.
    pub(super) fn pairwise(self, (first, weights): (i32, &[f64]), (other, others): (i32, &[f64]), rough: bool) -> f64 {
        let row = |month: i32| {
            let cell = |other: i32| self.smooth(month, other) + if rough { self.rough(month, other) } else { 0.0 };
            (other..).zip(others).map(|(month, weight)| weight * cell(month)).sum::<f64>()
        };
        (first..).zip(weights).map(|(month, weight)| weight * row(month)).sum()
    }
}

/// The last month that the model can take.
pub(super) const MOST: i32 = MOST_MONTHS.cast_signed();

/// Years for which two months have drifted together: the lesser number of those from the anchor on their side, none across.
fn years_apart(one: i32, other: i32) -> i32 {
    let (one, other) = (one.div_euclid(12), other.div_euclid(12));
    if one.signum() == other.signum() { one.abs().min(other.abs()) } else { 0 }
}

/// Month of the year, from that of the anchor.
pub(super) fn of_year(month: i32) -> usize {
    place(month.rem_euclid(12))
}

/// The month of the year after one.
pub(super) fn next_of_year(month: usize) -> usize {
    if month == 11 { 0 } else { month + 1 }
}

/// A place counted from the anchor as a month.
pub(super) fn as_month(place: usize) -> i32 {
    i32::try_from(place).unwrap_or(i32::MAX)
}

/// A count as a place in a table.
fn place(count: i32) -> usize {
    debug_assert!(count >= 0, "a count of {count}");
    count.cast_unsigned() as usize
}

/// What the tests of all that is made of a kernel hold it to.
#[cfg(test)]
pub(super) mod checks {
    /// Sums of rounded products, some of which cancel.
    pub(in crate::project::methods::growth) const ROUNDING: f64 = 1e-11;

    /// Uneven weights of months.
    pub(in crate::project::methods::growth) fn weights(count: usize) -> Vec<f64> {
        (0..count).map(|k| 0.3 + (k * 7 % 5) as f64 * 0.2).collect()
    }
}

#[cfg(test)]
mod tests {
    use approx::assert_relative_eq;

    use super::checks::ROUNDING;
    use super::*;

    /// The noise that comes through growth by its definition, a sum over every change of growth, for one pair of months.
    #[test]
    fn noise_is_the_sum_over_all_changes_of_growth() {
        let class = Class { growth_sd: 0.0, sigma_level: 0.0, ..CLASSES[5] };
        let table = Table::new(&class);
        let kernel = Kernel { table: &table, stop: MOST };
        let decay = libm::exp(-class.kappa * MONTH);
        let moved = |from: i32, to: i32| (0..=to - from).map(|k| libm::pow(decay, f64::from(k)) * MONTH).sum::<f64>();
        let expected: f64 =
            (0..=7).map(|k| moved(k, 7) * moved(k, 19)).sum::<f64>() * class.sigma_growth * class.sigma_growth * MONTH;
        assert_relative_eq!(kernel.smooth(7, 19), expected, max_relative = ROUNDING);
        assert_relative_eq!(kernel.smooth(-21, -9), expected, max_relative = ROUNDING);
        assert_relative_eq!(kernel.smooth(-9, 7), 0.0);
    }

    #[test]
    fn after_the_stop_only_season_and_irregular_movements_go_on() {
        let kernels = Kernels::new();
        let (going, stopped) = (kernels.of_class(5, MOST), kernels.of_class(5, 25));
        for month in -5..40 {
            assert_relative_eq!(stopped.response(month), going.response(month.min(25)));
            for other in -5..40 {
                assert_relative_eq!(stopped.smooth(month, other), going.smooth(month.min(25), other.min(25)));
                assert_relative_eq!(stopped.rough(month, other), going.rough(month, other));
            }
        }
    }
}
