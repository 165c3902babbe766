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
struct Step {
    /// What a unit of growth at the start adds to the level over months 0 to here: R.
    response: f64,
    /// The growth that is then left of it: `d^(step + 1)`.
    left: f64,
    /// Variance of the level through random changes of growth, of unit size: N.
    noise: f64,
    /// Covariance of that with the growth that is there, in next month's terms.
    carry: f64,
}

/// The numbers of one class.
#[derive(Clone, Debug)]
struct Table {
    /// For steps from 0 on.
    steps: Vec<Step>,
    /// What a unit of growth at the anchor says of the months -1, -2, …: not above 0.
    behind: Vec<f64>,
    /// Variances: of the initial growth, of its changes, of the level's steps, of seasons, of their drift, of single months.
    growth: f64,
    drift: f64,
    level: f64,
    season: f64,
    season_drift: f64,
    irregular: f64,
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
    table: &'a Table,
    stop: i32,
}

/// A weighted run of months from the anchor on, summed up for its covariances with other runs.
#[derive(Clone, Debug)]
pub(super) struct Block {
    first: i32,
    last: i32,
    /// Month of the year of the first, from that of the anchor.
    start: usize,
    /// Whether it is of the rates with season and irregular movements, or of the smooth rates.
    rough: bool,
    /// Sums over its months of the weight alone, times the response, and times the months in which the level has moved.
    weight: f64,
    response: f64,
    moved: f64,
    /// Sum of the weights times the response counted from its first month on.
    inside: f64,
    /// What its months have to do with the noise of a later month: a constant, and what comes through growth after its last month.
    noise: f64,
    carry: f64,
    /// By month of the year, what its months have to do with those of later years; and its mean.
    season: [f64; 12],
    season_mean: f64,
    /// Its own variance.
    pub(super) variance: f64,
}

impl<'a> Kernel<'a> {
    /// The month in which growth is that of `month`.
    fn grown(self, month: i32) -> i32 {
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

    fn step(self, step: i32) -> &'a Step {
        &self.table.steps[place(step)]
    }

    /// The response over this many steps, -1 for none.
    fn over(self, step: i32) -> f64 {
        if step < 0 { 0.0 } else { self.step(step).response }
    }

    /// What is left of growth after this many months.
    fn left(self, months: i32) -> f64 {
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
    fn seasonal(self, years: i32) -> f64 {
        self.table.season + self.table.season_drift * f64::from(years)
    }

    /// Sums up the months from `first`, which is not before the anchor, with one weight each.
    pub(super) fn block(self, first: i32, weights: &[f64], rough: bool) -> Block {
        let mut block = Block::empty(first, rough);
        let mut cross = 0.0;
        let (mut of_year, mut years) = (block.start, first / 12);
        for (month, weight) in (first..).zip(weights) {
            let at = self.grown(month);
            if at > self.grown(block.last) || month == first {
                block.noise += block.carry * MONTH;
                block.carry *= self.left(1);
            }
            let step = self.step(at);
            // With the months before it, then its own.
            cross += weight * self.smooth_with(&block, at);
            let own = self.table.growth * step.response * step.response + self.table.drift * step.noise;
            cross += 0.5 * weight * weight * (own + self.table.level * f64::from(at + 1));
            if rough {
                let seasonal = self.seasonal(years);
                cross += weight * (block.season[of_year] - block.season_mean);
                cross += 0.5 * weight * weight * (11.0 / 12.0 * seasonal + self.table.irregular);
                block.season[of_year] += weight * seasonal;
                block.season_mean += weight * seasonal / 12.0;
                of_year = next_of_year(of_year);
                if of_year == 0 {
                    years += 1;
                }
            }
            block.weight += weight;
            block.response += weight * step.response;
            block.moved += weight * f64::from(at + 1);
            block.inside += weight * self.over(at - self.grown(first));
            block.noise += weight * step.noise;
            block.carry += weight * step.carry;
            block.last = month;
        }
        block.variance = 2.0 * cross;
        block
    }

    /// Covariance of a block with the smooth rate of its last month, growth's part counted up to there.
    fn smooth_with(self, block: &Block, at: i32) -> f64 {
        self.table.growth * block.response * self.step(at).response
            + self.table.drift * block.noise
            + self.table.level * block.moved
    }

    /// Covariance of a block with one that begins after its last month and has these weights.
    pub(super) fn in_order(self, before: &Block, after: &Block, weights: &[f64]) -> f64 {
        debug_assert!(before.last < after.first, "months in order");
        // The last month of the one and the month before the first of the other, as far as growth goes.
        let (from, to) = (self.grown(before.last), self.grown(after.first) - 1);
        let grown = if to < from {
            // Growth has stopped by then: all is as in the month of the stop.
            before.noise * after.weight
        } else {
            (before.noise + before.carry * self.over(to - from - 1)) * after.weight
                + before.carry * self.left(to - from) * after.inside
        };
        let mut sum = self.table.growth * before.response * after.response
            + self.table.drift * grown
            + self.table.level * before.moved * after.weight;
        if before.rough && after.rough {
            let mut at = after.start;
            for weight in weights {
                sum += weight * before.season[at];
                at = next_of_year(at);
            }
            sum -= before.season_mean * after.weight;
        }
        sum
    }

    /// Covariance of two weighted runs of months, wherever they lie, by every pair of months.
    pub(super) fn pairwise(self, (first, weights): (i32, &[f64]), (other, others): (i32, &[f64]), rough: bool) -> f64 {
        let row = |month: i32| {
            let cell = |other: i32| self.smooth(month, other) + if rough { self.rough(month, other) } else { 0.0 };
            (other..).zip(others).map(|(month, weight)| weight * cell(month)).sum::<f64>()
        };
        (first..).zip(weights).map(|(month, weight)| weight * row(month)).sum()
    }

    /// The kernel times weights on the months 0, 1, …: `rates` on the rates and `smooth` on the smooth rates; writes its product for
    /// either to `to_rates` and `to_smooth`. All are of one length. What it comes to for all other months is returned.
    pub(super) fn apply(self, rates: &[f64], smooth: &[f64], to_rates: &mut [f64], to_smooth: &mut [f64]) -> Beyond {
        let table = self.table;
        let both = || rates.iter().zip(smooth).map(|(rate, smooth)| rate + smooth);
        let response: f64 = both().zip(&table.steps).map(|(weight, step)| weight * step.response).sum();
        let left = self.left(1);
        let mut beyond = Beyond { growth: table.growth * response, ..Beyond::default() };
        // Up to each month, and then after it.
        for (at, weight) in both().enumerate() {
            let step = &table.steps[at];
            beyond.noise += beyond.carry * MONTH + weight * step.noise;
            beyond.carry = beyond.carry * left + weight * step.carry;
            beyond.moved += weight * (at + 1) as f64;
            to_smooth[at] = beyond.growth * step.response + table.drift * beyond.noise + table.level * beyond.moved;
        }
        let (mut weight, mut grown) = (0.0, 0.0);
        for at in (0..to_smooth.len()).rev() {
            let step = &table.steps[at];
            to_smooth[at] += table.drift * (step.noise * weight + step.carry * grown) + table.level * (at + 1) as f64 * weight;
            weight += rates[at] + smooth[at];
            grown = MONTH * weight + left * grown;
        }
        self.apply_seasons(rates, to_rates, &mut beyond);
        for (to_rate, to_smooth) in to_rates.iter_mut().zip(to_smooth.iter()) {
            *to_rate += to_smooth;
        }
        beyond.noise *= table.drift;
        beyond.carry *= table.drift;
        beyond.moved *= table.level;
        beyond.last = to_smooth.len().try_into().unwrap_or(MOST) - 1;
        beyond
    }

    /// The part of seasons and irregular movements.
    fn apply_seasons(self, rates: &[f64], to: &mut [f64], beyond: &mut Beyond) {
        let table = self.table;
        // For each month of the year the weights of this year and later ones, in place: what they have in common drifts with the
        // years from the anchor.
        let mut later = [0.0; 12];
        for start in (0..rates.len()).step_by(12).rev() {
            for (later, at) in later.iter_mut().zip(start..rates.len().min(start + 12)) {
                *later += rates[at];
                to[at] = *later;
            }
        }
        let mean = later.iter().sum::<f64>() / 12.0;
        beyond.season_behind = later.map(|sum| table.season * (sum - mean));
        let mut drifted = [0.0; 12];
        for start in (0..rates.len()).step_by(12) {
            if start > 0 {
                let end = rates.len().min(start + 12);
                for (drifted, at) in drifted.iter_mut().zip(start..end) {
                    *drifted += to[at];
                }
            }
            let mean = drifted.iter().sum::<f64>() / 12.0;
            for (of_year, at) in (start..rates.len().min(start + 12)).enumerate() {
                to[at] = beyond.season_behind[of_year]
                    + table.season_drift * (drifted[of_year] - mean)
                    + table.irregular * rates[at];
            }
        }
        let mean = drifted.iter().sum::<f64>() / 12.0;
        beyond.season_ahead = std::array::from_fn(|at| beyond.season_behind[at] + table.season_drift * (drifted[at] - mean));
    }

    /// The product that [`apply`](Self::apply) was for, for the smooth rate of a month outside its months.
    pub(super) fn beyond(self, beyond: &Beyond, month: i32) -> f64 {
        let initial = beyond.growth * self.response(month);
        if month < 0 {
            return initial;
        }
        let ahead = self.grown(month) - beyond.last;
        initial + beyond.noise + beyond.carry * self.over(ahead - 1) + beyond.moved
    }
}

impl Block {
    fn empty(first: i32, rough: bool) -> Self {
        Self {
            first,
            last: first,
            start: of_year(first),
            rough,
            weight: 0.0,
            response: 0.0,
            moved: 0.0,
            inside: 0.0,
            noise: 0.0,
            carry: 0.0,
            season: [0.0; 12],
            season_mean: 0.0,
            variance: 0.0,
        }
    }
}

/// What weights on months that are known come to for the months before the anchor and after the last of them.
#[derive(Clone, Debug, Default)]
pub(super) struct Beyond {
    /// The last month that has weight.
    last: i32,
    growth: f64,
    noise: f64,
    carry: f64,
    moved: f64,
    /// By month of the year, for months behind the anchor and for those ahead.
    season_behind: [f64; 12],
    season_ahead: [f64; 12],
}

impl Beyond {
    /// The season's part of a month outside those that have weight.
    pub(super) fn season(&self, month: i32) -> f64 {
        if month < 0 { self.season_behind[of_year(month)] } else { self.season_ahead[of_year(month)] }
    }
}

/// The last month that the model can take.
const MOST: i32 = MOST_MONTHS.cast_signed();

/// Years for which two months have drifted together: the lesser number of those from the anchor on their side, none across.
fn years_apart(one: i32, other: i32) -> i32 {
    let (one, other) = (one.div_euclid(12), other.div_euclid(12));
    if one.signum() == other.signum() { one.abs().min(other.abs()) } else { 0 }
}

/// Month of the year, from that of the anchor.
fn of_year(month: i32) -> usize {
    place(month.rem_euclid(12))
}

/// The month of the year after one.
fn next_of_year(month: usize) -> usize {
    if month == 11 { 0 } else { month + 1 }
}

/// A count as a place in a table.
fn place(count: i32) -> usize {
    debug_assert!(count >= 0, "a count of {count}");
    count.cast_unsigned() as usize
}

#[cfg(test)]
mod tests {
    use approx::assert_relative_eq;

    use super::*;

    /// Sums of rounded products, some of which cancel.
    const ROUNDING: f64 = 1e-11;

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

    fn weights(count: usize) -> Vec<f64> {
        (0..count).map(|k| 0.3 + (k * 7 % 5) as f64 * 0.2).collect()
    }

    #[test]
    fn blocks_agree_with_every_pair_of_months() {
        let kernels = Kernels::new();
        for stop in [MOST, 25, 30, 40] {
            let kernel = kernels.of_class(1, stop);
            for (one, other) in
                [((0, 3), (3, 12)), ((2, 14), (30, 20)), ((5, 1), (6, 1)), ((20, 6), (27, 3)), ((24, 2), (41, 12))]
            {
                let (a, b) = (weights(one.1), weights(other.1));
                for rough in [true, false] {
                    let (before, after) = (kernel.block(one.0, &a, rough), kernel.block(other.0, &b, rough));
                    let expected = kernel.pairwise((one.0, &a), (other.0, &b), rough);
                    assert_relative_eq!(kernel.in_order(&before, &after, &b), expected, max_relative = ROUNDING);
                    let variance = kernel.pairwise((other.0, &b), (other.0, &b), rough);
                    assert_relative_eq!(after.variance, variance, max_relative = ROUNDING);
                }
            }
        }
    }

    #[test]
    fn product_agrees_with_every_pair_of_months() {
        let kernels = Kernels::new();
        let (kernel, length) = (kernels.of_class(6, MOST), 29);
        let rates: Vec<f64> =
            weights(length).iter().enumerate().map(|(at, w)| if at % 4 == 1 { 0.0 } else { w - 0.6 }).collect();
        let smooth: Vec<f64> = (0..length).map(|at| if at % 11 == 3 { 1.5 } else { 0.0 }).collect();
        let (mut to_rates, mut to_smooth) = (vec![0.0; length], vec![0.0; length]);
        let beyond = kernel.apply(&rates, &smooth, &mut to_rates, &mut to_smooth);
        let expected = |month: i32| {
            let smooth =
                kernel.pairwise((month, &[1.0]), (0, &rates), false) + kernel.pairwise((month, &[1.0]), (0, &smooth), false);
            let rough: f64 = (0..).zip(&rates).map(|(other, weight)| weight * kernel.rough(month, other)).sum();
            (smooth, smooth + rough)
        };
        for month in -30..60 {
            let (smooth, rate) = match usize::try_from(month) {
                Ok(at) if at < length => (to_smooth[at], to_rates[at]),
                _ => {
                    let smooth = kernel.beyond(&beyond, month);
                    (smooth, smooth + beyond.season(month))
                }
            };
            assert_relative_eq!(smooth, expected(month).0, max_relative = ROUNDING, epsilon = ROUNDING);
            assert_relative_eq!(rate, expected(month).1, max_relative = ROUNDING, epsilon = ROUNDING);
        }
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
