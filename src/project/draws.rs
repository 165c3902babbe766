//! Joint draws of one series, month by month, and what they say of any period: for answers that have no formula
//! because the paths were changed, added up over series, or weighted.
//!
//! Drawn from a [`Sampler`] or by rank, they depend on the name of the series alone. Draw number `k` of one series may be added to draw number
//! `k` of another: the two are independent.

use crate::calendar::{Month, Period};
use crate::project::methods::growth::Sampler;
use crate::project::methods::named::AnyFit;
use crate::project::numeric::random::Random;
use crate::project::{Distribution, Fitted, Sample};
use crate::series::Measure;

/// Pairs of joint draws by default.
///
/// A pair is a draw and its mirror image about the centre. Where an event has probability p below one half and never happens in
/// both, as with targets and crossings by far the most often, the share over n pairs has variance p (1 - 2p) / (2n), which is at
/// most 1 / (16n): a standard error of 0.14 points here, so that 0.5 points are three and a half of them.
pub const PAIRS: u32 = 32_768;

/// Joint draws of the annualised run-rate of each month of a window, and of what each month earns.
#[derive(Clone, Debug)]
pub struct Draws {
    months: Period,
    count: usize,
    /// The run-rates month by month, so that what concerns one month lies together, and after them what the months earn.
    rates: Vec<f64>,
    /// One a draw; `None` where all weigh the same.
    weights: Option<Vec<f64>>,
}

impl Draws {
    /// `pairs` antithetic pairs of `sampler`, whose first month is that of `months`: draw `2k` is its draw number `k`, and draw
    /// `2k + 1` the mirror image of that.
    ///
    /// # Panics
    ///
    /// If the sampler has more or fewer months, or does not draw what they earn.
    pub fn of(sampler: &Sampler, months: Period, pairs: u32) -> Self {
        let length = sampler.months();
        assert_eq!(length, months.months() as usize, "the months of the sampler");
        let places = sampler.places();
        assert_eq!(places, 2 * length, "run-rates and what the months earn");
        let count = 2 * pairs as usize;
        let mut rates = vec![0.0; places * count];
        let (mut draw, mut mirror) = (vec![0.0; places], vec![0.0; places]);
        for number in 0..pairs {
            sampler.log_pair(number.into(), &mut draw, &mut mirror);
            let at = 2 * number as usize;
            for (column, (draw, mirror)) in rates.chunks_exact_mut(count).zip(draw.iter().zip(&mirror)) {
                column[at] = libm::exp(*draw);
                column[at + 1] = libm::exp(*mirror);
            }
        }
        Self { months, count, rates, weights: None }
    }

    /// Draws of a fitted series: joint ones where the growth model answers for its months, and else by rank.
    pub fn of_fit(fit: &AnyFit, series: &str, months: Period, pairs: u32) -> Self {
        match fit.growth() {
            Some(growth) => Self::of(&growth.sampler(series, months), months, pairs),
            None => Self::by_rank(fit, series, months, pairs),
        }
    }

    /// As many draws of a fit that knows each month and not how months go together: a draw has one rank in all of them, which is
    /// drawn, and its mirror image the opposite one.
    pub fn by_rank(fit: &impl Fitted, series: &str, months: Period, pairs: u32) -> Self {
        let count = 2 * pairs as usize;
        let ranks = Ranks::new(series);
        let all: Vec<f64> = (0..pairs).flat_map(|number| ranks.pair(number.into())).collect();
        let mut rates = Vec::with_capacity(2 * months.months() as usize * count);
        for (measure, a_year) in [(Measure::RunRate, 1.0), (Measure::Revenue, 12.0)] {
            for month in (months.first().index()..=months.last().index()).map(Month::from_index) {
                let knots = Knots::new(&fit.distribution(measure, month.into()));
                rates.extend(all.iter().map(|rank| a_year * knots.at(*rank)));
            }
        }
        Self { months, count, rates, weights: None }
    }

    /// The months that were drawn.
    pub fn months(&self) -> Period {
        self.months
    }

    /// Number of draws.
    pub fn count(&self) -> usize {
        self.count
    }

    /// The run-rate of a month in every draw.
    ///
    /// # Panics
    ///
    /// If the month was not drawn.
    pub fn rates(&self, month: Month) -> &[f64] {
        let start = self.start_of(month);
        &self.rates[start..start + self.count]
    }

    /// What a month earns in every draw, as an annual rate.
    ///
    /// # Panics
    ///
    /// If the month was not drawn.
    pub fn earned(&self, month: Month) -> &[f64] {
        let start = self.rates.len() / 2 + self.start_of(month);
        &self.rates[start..start + self.count]
    }

    /// The weight of each draw; `None` where all weigh the same.
    pub fn weights(&self) -> Option<&[f64]> {
        self.weights.as_deref()
    }

    /// Gives each draw a weight of its own, of which one at least is above 0.
    ///
    /// # Panics
    ///
    /// If there are more or fewer weights than draws.
    pub fn weigh(&mut self, weights: Vec<f64>) {
        assert_eq!(weights.len(), self.count, "a weight for each draw");
        self.weights = Some(weights);
    }

    /// The total of a period in every draw, in the currency's major unit.
    ///
    /// # Panics
    ///
    /// If a month of it was not drawn.
    pub fn totals(&self, period: Period) -> Vec<f64> {
        let mut totals = vec![0.0; self.count];
        for month in (period.first().index()..=period.last().index()).map(Month::from_index) {
            for (total, rate) in totals.iter_mut().zip(self.earned(month)) {
                *total += rate / 12.0;
            }
        }
        totals
    }

    /// The distribution of what has these `values` in the draws.
    ///
    /// # Panics
    ///
    /// If weights were given, and there are more or fewer values than draws.
    pub fn distribution(&self, values: Vec<f64>) -> Distribution {
        Distribution::of_sample(match &self.weights {
            None => Sample::new(values),
            Some(weights) => Sample::weighted(&values, weights),
        })
    }

    /// A measure of a period in every draw.
    ///
    /// # Panics
    ///
    /// If a month that it takes was not drawn.
    pub fn values(&self, measure: Measure, period: Period) -> Vec<f64> {
        match measure {
            Measure::RunRate => self.rates(period.last()).to_vec(),
            Measure::Revenue => self.totals(period),
        }
    }

    fn start_of(&self, month: Month) -> usize {
        assert!(self.months.contains(month), "{month} was drawn");
        usize::try_from(month.since(self.months.first())).unwrap_or(0) * self.count
    }
}

/// The rank of each draw of a series.
#[derive(Clone, Debug)]
pub(crate) struct Ranks(Random);

impl Ranks {
    pub(crate) fn new(series: &str) -> Self {
        Self(Random::named(series))
    }

    /// That of draw number `number`, between 0 and 1, and that of its mirror image.
    pub(crate) fn pair(&self, number: u64) -> [f64; 2] {
        let rank = self.0.stream(number).uniform();
        [rank, 1.0 - rank]
    }
}

/// Quantiles of a distribution at evenly spaced probabilities: to be had at any rank without a search.
#[derive(Clone, Debug)]
pub(crate) struct Knots(Vec<f64>);

/// As many as draws are compared by elsewhere: the outermost are passed by one draw in two thousand.
const KNOTS: usize = 1024;

impl Knots {
    pub(crate) fn new(distribution: &Distribution) -> Self {
        Self(distribution.quantiles(&(0..KNOTS).map(|knot| (knot as f64 + 0.5) / KNOTS as f64).collect::<Vec<_>>()))
    }

    /// The quantile at a rank, on the line between two knots.
    pub(crate) fn at(&self, rank: f64) -> f64 {
        let place = (rank * KNOTS as f64 - 0.5).clamp(0.0, (KNOTS - 1) as f64);
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a place among the knots")]
        let below = (place as usize).min(KNOTS - 2);
        self.0[below] + (self.0[below + 1] - self.0[below]) * (place - below as f64)
    }
}

#[cfg(test)]
mod tests {
    use approx::{assert_abs_diff_eq, assert_relative_eq};

    use super::*;
    use crate::calendar::FiscalCalendar;
    use crate::money::{Amount, Currency};
    use crate::project::Method;
    use crate::project::methods::growth::Growth;
    use crate::series::{Fact, Figure, Series};

    fn months(first: (i32, u32), last: (i32, u32)) -> Period {
        let month = |(year, month)| Month::new(year, month).unwrap();
        Period::new(month(first), month(last)).unwrap()
    }

    #[test]
    fn draws_have_the_distribution_of_the_fit() {
        let june = months((2025, 6), (2025, 6));
        let figure = Figure::new(Fact::RunRate(Amount::new(10e9, 1e9).unwrap()), june);
        let series = Series::new("Test", Currency::USD, FiscalCalendar::default(), vec![figure]);
        let window = months((2025, 6), (2026, 12));
        let fit = Growth::new().fit(&series, window).unwrap();
        let draws = Draws::of(&fit.sampler("Test", window), window, PAIRS);
        for (measure, period) in
            [(Measure::RunRate, months((2026, 12), (2026, 12))), (Measure::Revenue, months((2026, 1), (2026, 12)))]
        {
            let (of_draws, of_fit) = (draws.distribution(draws.values(measure, period)), fit.distribution(measure, period));
            for p in [0.1, 0.25, 0.5, 0.75, 0.9] {
                // Three and a half standard errors of the default number of draws.
                let near = 0.005;
                assert_abs_diff_eq!(of_fit.cdf(of_draws.quantile(p)), p, epsilon = near);
            }
        }
    }

    #[test]
    fn totals_are_twelfths_of_the_rates() {
        let window = months((2025, 1), (2025, 3));
        let rates = vec![12.0, 24.0, 12.0, 24.0, 24.0, 36.0, 12.0, 24.0, 12.0, 24.0, 24.0, 36.0];
        let mut draws = Draws { months: window, count: 2, rates, weights: None };
        assert_eq!(draws.totals(window), [4.0, 7.0]);
        draws.rates[4] = 36.0;
        draws.rates[10] = 36.0;
        assert_eq!(draws.totals(window), [5.0, 7.0]);
        draws.weigh(vec![3.0, 1.0]);
        let distribution = |measure| draws.distribution(draws.values(measure, window));
        assert_relative_eq!(distribution(Measure::Revenue).cdf(5.0), 0.75);
        assert_relative_eq!(distribution(Measure::RunRate).at_least(36.0), 1.0);
    }
}
