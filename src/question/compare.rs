//! When one series overtakes another, and how likely each is to be the largest.
//!
//! The series are projected apart and taken as independent given their figures: what moves a whole market moves both, and the
//! model does not know of it. The probability of being larger in a month is an integral over the two predictive distributions,
//! without draws; the month of the first crossing depends on whole paths, and comes from joint draws in antithetic pairs.

use serde::Serialize;

use super::QuestionError;
use super::json;
use crate::calendar::{FiscalCalendar, Month, Period};
use crate::money::Currency;
pub use crate::project::draws::PAIRS;
use crate::project::draws::{Knots, Ranks};
use crate::project::growth::Sampler;
use crate::project::named::{AnyFit, Named};
use crate::project::{Distribution, Fitted, Method};
use crate::scenario::{self, Assumed, Drawn, Scenario, ScenarioError};
use crate::series::{Measure, Series};

/// Points at which the integral over a predictive distribution is taken.
const POINTS: u32 = 128;

/// How the series go together, as a sentence for people.
pub const DEPENDENCE: &str = "The series are assumed to be independent of each other, given their figures.";

/// One series overtaking another.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Overtaking {
    /// The series that is the smaller by its median run-rate in the last month in which either has a figure.
    pub challenger: String,
    /// The other.
    pub leader: String,
    /// Currency of both.
    #[serde(serialize_with = "json::text")]
    pub currency: Currency,
    /// That month: crossings are looked for after it.
    #[serde(serialize_with = "json::text")]
    pub origin: Month,
    /// The last month looked at.
    #[serde(serialize_with = "json::text")]
    pub until: Month,
    /// Median run-rates in the month of the origin, challenger first.
    pub at_origin: (f64, f64),
    /// The first month in which the challenger's median run-rate is the larger; `None` if that is after `until`.
    #[serde(serialize_with = "json::maybe")]
    pub medians_cross: Option<Month>,
    /// The 10th, 50th and 90th percentile over draws of the first month in which the challenger's run-rate is the larger; `None`
    /// where that is after `until`.
    pub first_crossing: FirstCrossing,
    /// Share of draws in which the challenger is not the larger in any month up to `until`.
    pub never: f64,
    /// Joint draws that the percentiles and the share rest on.
    pub draws: u32,
    /// Probability that the challenger's run-rate is the larger, month by month.
    pub larger: Vec<MonthOdds>,
}

/// When the first crossing lies, over draws.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct FirstCrossing {
    /// 10th percentile.
    #[serde(serialize_with = "json::maybe")]
    pub p10: Option<Month>,
    /// 50th percentile.
    #[serde(serialize_with = "json::maybe")]
    pub p50: Option<Month>,
    /// 90th percentile.
    #[serde(serialize_with = "json::maybe")]
    pub p90: Option<Month>,
}

/// A probability in one month.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct MonthOdds {
    /// The month.
    #[serde(serialize_with = "json::text")]
    pub month: Month,
    /// The probability.
    pub probability: f64,
}

/// How likely each of several series is to be the largest, at the end of each period.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Largest {
    /// Names of the series.
    pub series: Vec<String>,
    /// The last month of each period.
    pub ends: Vec<LargestAt>,
}

/// How likely each series is to be the largest in one month.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct LargestAt {
    /// The month.
    #[serde(serialize_with = "json::text")]
    pub month: Month,
    /// One probability a series, in the order of [`Largest::series`]; they add up to 1.
    pub probability: Vec<f64>,
}

/// The series of a comparison, fitted up to the last month asked for.
#[derive(Debug)]
pub struct Comparison<'a> {
    series: &'a [&'a Series],
    fits: Fits,
    origin: Month,
    until: Month,
}

/// What a comparison asks.
#[derive(Debug)]
enum Fits {
    /// The growth model's fits, or of what answers in its place where there are periods of nothing.
    AsProjected(Vec<AnyFit>),
    /// The same under a scenario, in joint draws, and the weight of each draw.
    Under(Vec<Under>, Vec<f64>),
}

/// A series under a scenario.
#[derive(Debug)]
struct Under {
    assumed: Assumed,
    /// Its run-rate in every draw, month by month from the origin on.
    rates: Vec<Vec<f64>>,
    origin: Month,
}

impl Under {
    fn rates(&self, month: Month) -> &[f64] {
        &self.rates[usize::try_from(month.since(self.origin)).unwrap_or(0)]
    }
}

impl<'a> Comparison<'a> {
    /// Fits the growth model to each series, or what answers in its place where there are periods of nothing, for months up to
    /// `until`.
    ///
    /// # Errors
    ///
    /// If there are fewer than two series, the same twice, a whole beside its part, or several currencies; if one cannot be
    /// projected; if nothing lies between the latest figure and `until`.
    pub fn new(series: &'a [&'a Series], until: Month) -> Result<Self, QuestionError> {
        let origin = origin(series, until)?;
        let window = |series: &Series| window(series, until);
        let fits = series.iter().map(|series| Named::Growth.fit(series, window(series))).collect::<Result<_, _>>()?;
        Ok(Self { series, fits: Fits::AsProjected(fits), origin, until })
    }

    /// The same under a scenario: all answers come from [`PAIRS`] antithetic pairs of joint draws, in which an event that touches
    /// several series happens to all of them or to none.
    ///
    /// # Errors
    ///
    /// As [`Comparison::new`]; if the scenario cannot be applied.
    pub fn under(series: &'a [&'a Series], until: Month, scenario: &Scenario) -> Result<Self, QuestionError> {
        let origin = origin(series, until)?;
        let wide = |series: &Series| scenario.reach(series, window(series, until));
        let one = |series: &&Series| {
            let wide = wide(series);
            // A target taken as information weighs the past, too, and may look at all of it.
            let aims = scenario.about(series.name()).any(|one| one.aims_at().is_some());
            let months = Period::new(if aims { wide.first() } else { origin }, wide.last()).unwrap_or(wide);
            let assumed = scenario::assume(series, scenario, wide, months, (PAIRS, Drawn::Always))?;
            let months = (origin.index()..=until.index()).map(Month::from_index);
            let rates = months.map(|month| assumed.run_rates(month)).collect();
            Ok(Under { assumed, rates, origin })
        };
        let fits: Vec<Under> = series.iter().map(one).collect::<Result<_, ScenarioError>>().map_err(Box::new)?;
        let weights = joint_weights(&fits);
        Ok(Self { series, fits: Fits::Under(fits, weights), origin, until })
    }
    /// When the smaller of the first two series overtakes the larger, over `pairs` antithetic pairs of joint draws.
    pub fn overtaking(&self, pairs: u32) -> Overtaking {
        let start: [f64; 2] = [0, 1].map(|index| self.run_rate(index, self.origin).median());
        let (challenger, leader) = if start[1] < start[0] { (1, 0) } else { (0, 1) };
        let months = Period::new(self.origin.plus(1), self.until).unwrap_or_else(|| self.until.into());
        let mut medians_cross = None;
        let mut larger = Vec::new();
        for month in (0..months.months()).map(|k| months.first().plus(k.cast_signed())) {
            let median = |index: usize| self.run_rate(index, month).median();
            if medians_cross.is_none() && median(challenger) > median(leader) {
                medians_cross = Some(month);
            }
            larger.push(MonthOdds { month, probability: self.odds(&[challenger, leader], month)[0] });
        }
        let crossed = self.first_crossings(challenger, leader, months, pairs);
        let draws = 2 * if let Fits::Under(..) = self.fits { PAIRS } else { pairs };
        let percentile = |share: f64| {
            let mut sum = 0.0;
            let at = crossed.iter().position(|count| {
                sum += count;
                sum >= share * f64::from(draws)
            })?;
            Some(months.first().plus(i32::try_from(at).ok()?))
        };
        Overtaking {
            challenger: self.series[challenger].name().to_owned(),
            leader: self.series[leader].name().to_owned(),
            currency: self.series[0].currency(),
            origin: self.origin,
            until: self.until,
            at_origin: (start[challenger], start[leader]),
            medians_cross,
            first_crossing: FirstCrossing { p10: percentile(0.1), p50: percentile(0.5), p90: percentile(0.9) },
            never: (1.0 - crossed.iter().sum::<f64>() / f64::from(draws)).max(0.0),
            draws,
            larger,
        }
    }

    /// How likely each series is to have the largest run-rate in each of `months`, which lie after the latest origin and within
    /// the months that were fitted.
    pub fn largest(&self, months: &[Month]) -> Largest {
        let every: Vec<usize> = (0..self.series.len()).collect();
        let at = |month: Month| {
            let raw = self.odds(&every, month);
            // Each may be an integral of its own; together they miss 1 by what the points leave out.
            let total: f64 = raw.iter().sum();
            LargestAt { month, probability: raw.iter().map(|probability| probability / total).collect() }
        };
        Largest {
            series: self.series.iter().map(|series| series.name().to_owned()).collect(),
            ends: months.iter().copied().filter(|month| (self.origin..=self.until).contains(month)).map(at).collect(),
        }
    }

    /// The last months of the fiscal years that end after the latest origin and by the last month; the last month itself if none.
    pub fn year_ends(&self, calendar: FiscalCalendar) -> Vec<Month> {
        let months = (1..=self.until.since(self.origin)).map(|k| self.origin.plus(k));
        let ends: Vec<Month> = months.filter(|month| month.month() == calendar.year_end()).collect();
        if ends.is_empty() { vec![self.until] } else { ends }
    }

    /// The last month in which a series has a figure.
    pub fn origin(&self) -> Month {
        self.origin
    }

    /// Of each series that the growth model does not project as it is, in a sentence: the method that answers, and why.
    pub fn instead(&self) -> Vec<String> {
        let of = |(index, series): (usize, &&Series)| {
            let (instead, jointly) = match &self.fits {
                Fits::AsProjected(fits) => (fits[index].instead(series)?, fits[index].growth().is_some()),
                Fits::Under(fits, _) => (fits[index].assumed.instead(series)?, fits[index].assumed.is_drawn_jointly()),
            };
            let ranks = if jointly { "" } else { "; a draw of it has one rank in all months" };
            Some(format!("{} is projected {instead}{ranks}", series.name()))
        };
        self.series.iter().enumerate().filter_map(of).collect()
    }

    fn run_rate(&self, index: usize, month: Month) -> Distribution {
        match &self.fits {
            Fits::AsProjected(fits) => fits[index].distribution(Measure::RunRate, month.into()),
            Fits::Under(fits, _) => fits[index].assumed.run_rate(month, fits[index].rates(month)),
        }
    }

    /// Probability that each of the series at these places has the largest run-rate of them in a month.
    fn odds(&self, among: &[usize], month: Month) -> Vec<f64> {
        let Fits::Under(fits, weights) = &self.fits else {
            let all: Vec<Distribution> = among.iter().map(|index| self.run_rate(*index, month)).collect();
            let others = |index: usize| -> Vec<&Distribution> {
                all.iter().enumerate().filter(|(other, _)| *other != index).map(|(_, distribution)| distribution).collect()
            };
            return (0..all.len()).map(|index| probability_larger(&all[index], &others(index))).collect();
        };
        let rates: Vec<&[f64]> = among.iter().map(|index| fits[*index].rates(month)).collect();
        let mut odds = vec![0.0; among.len()];
        for draw in 0..2 * PAIRS as usize {
            let most = rates.iter().map(|rates| rates[draw]).fold(f64::NEG_INFINITY, f64::max);
            // Of several that are the largest, as under caps, each has its share.
            let largest = |rates: &[f64]| rates[draw] >= most;
            let share = weights[draw] / rates.iter().filter(|rates| largest(rates)).count() as f64;
            for (odds, _) in odds.iter_mut().zip(&rates).filter(|(_, rates)| largest(rates)) {
                *odds += share;
            }
        }
        odds.iter().map(|odds| odds / f64::from(2 * PAIRS)).collect()
    }

    /// How many draws cross first in each of `months`.
    fn first_crossings(&self, challenger: usize, leader: usize, months: Period, pairs: u32) -> Vec<f64> {
        let fits = match &self.fits {
            Fits::AsProjected(fits) => fits,
            Fits::Under(fits, weights) => return crossings_under([&fits[challenger], &fits[leader]], weights, months),
        };
        let paths = |index: usize| Paths::new(&fits[index], self.series[index].name(), months);
        let (mine, theirs) = (paths(challenger), paths(leader));
        let length = months.months() as usize;
        let row = || vec![0.0; length];
        let (mut my_draw, mut my_mirror, mut their_draw, mut their_mirror) = (row(), row(), row(), row());
        let mut counts = vec![0.0; length];
        for number in 0..u64::from(pairs) {
            mine.pair(number, &mut my_draw, &mut my_mirror);
            theirs.pair(number, &mut their_draw, &mut their_mirror);
            for (mine, theirs) in [(&my_draw, &their_draw), (&my_mirror, &their_mirror)] {
                if let Some(at) = mine.iter().zip(theirs).position(|(mine, theirs)| mine > theirs) {
                    counts[at] += 1.0;
                }
            }
        }
        counts
    }
}

/// Draws of the run-rates of successive months.
enum Paths {
    Jointly(Sampler),
    /// Of a fit that knows each month and not how months go together: at one rank in all of them.
    ByRank(Ranks, Vec<Knots>),
}

impl Paths {
    fn new(fit: &AnyFit, series: &str, months: Period) -> Self {
        if let Some(fit) = fit.growth() {
            return Self::Jointly(fit.rate_sampler(series, months));
        }
        let all = (months.first().index()..=months.last().index()).map(Month::from_index);
        let knots = all.map(|month| Knots::new(&fit.distribution(Measure::RunRate, month.into()))).collect();
        Self::ByRank(Ranks::new(series), knots)
    }

    /// Logs of draw number `number` and of its mirror image.
    fn pair(&self, number: u64, draw: &mut [f64], mirror: &mut [f64]) {
        match self {
            Self::Jointly(sampler) => sampler.log_pair(number, draw, mirror),
            Self::ByRank(ranks, knots) => {
                let [rank, opposite] = ranks.pair(number);
                for (knots, (draw, mirror)) in knots.iter().zip(draw.iter_mut().zip(mirror)) {
                    *draw = libm::log(knots.at(rank));
                    *mirror = libm::log(knots.at(opposite));
                }
            }
        }
    }
}

/// The weight of each joint draw, 1 in the mean: the product of those that the series have.
fn joint_weights(fits: &[Under]) -> Vec<f64> {
    let mut weights = vec![1.0; 2 * PAIRS as usize];
    for own in fits.iter().filter_map(|one| one.assumed.weights()) {
        for (weight, own) in weights.iter_mut().zip(own) {
            *weight *= own;
        }
    }
    let mean = weights.iter().sum::<f64>() / weights.len() as f64;
    weights.iter().map(|weight| weight / mean).collect()
}

/// The weight of the draws that cross first in each of `months`.
fn crossings_under([challenger, leader]: [&Under; 2], weights: &[f64], months: Period) -> Vec<f64> {
    let mut crossed = vec![false; weights.len()];
    let of_month = |month: Month| {
        let (mine, theirs) = (challenger.rates(month), leader.rates(month));
        let mut count = 0.0;
        for (draw, (mine, theirs)) in mine.iter().zip(theirs).enumerate() {
            if !crossed[draw] && mine > theirs {
                crossed[draw] = true;
                count += weights[draw];
            }
        }
        count
    };
    (months.first().index()..=months.last().index()).map(Month::from_index).map(of_month).collect()
}

/// The last month in which a series has a figure, if the series can be compared up to `until`.
fn origin(series: &[&Series], until: Month) -> Result<Month, QuestionError> {
    let [first, others @ ..] = series else { return Err(QuestionError::TooFew(0)) };
    if others.is_empty() {
        return Err(QuestionError::TooFew(1));
    }
    for (index, other) in others.iter().enumerate() {
        if series[..=index].iter().any(|before| before.name() == other.name()) {
            return Err(QuestionError::Itself(other.name().to_owned()));
        }
        let relative = series.iter().find(|whole| other.parent() == Some(whole.name()));
        if let Some(whole) = relative {
            let (part, whole) = (other.name().to_owned(), whole.name().to_owned());
            return Err(QuestionError::PartOfOther { part, whole });
        }
        if other.currency() != first.currency() {
            return Err(QuestionError::Currencies {
                first: first.name().to_owned(),
                first_currency: first.currency(),
                second: other.name().to_owned(),
                second_currency: other.currency(),
            });
        }
    }
    let latest = series.iter().filter_map(|series| series.origin()).max();
    let origin = latest.unwrap_or(until);
    if latest.is_some() && until <= origin {
        return Err(QuestionError::NothingAhead { origin, until });
    }
    Ok(origin)
}

fn window(series: &Series, until: Month) -> Period {
    let first = series.start().unwrap_or(until);
    Period::new(first, until).unwrap_or_else(|| until.into())
}

/// Probability that an amount is larger than each of `others`, all independent: the integral of the product of their
/// distribution functions over its own distribution.
///
/// Over u in 0..1 with probability p = u² (3 - 2u), by the midpoint rule: the points crowd where p is near 0 and 1, since a small
/// probability of being larger is that of the far tail.
fn probability_larger(one: &Distribution, others: &[&Distribution]) -> f64 {
    let (mut sum, mut weights) = (0.0, 0.0);
    for k in 0..POINTS {
        let u = (f64::from(k) + 0.5) / f64::from(POINTS);
        let weight = u * (1.0 - u);
        let amount = one.quantile(u * u * (3.0 - 2.0 * u));
        sum += weight * others.iter().map(|other| other.cdf(amount)).product::<f64>();
        weights += weight;
    }
    sum / weights
}
