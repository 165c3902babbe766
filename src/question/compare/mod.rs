//! When one series overtakes another, and how likely each is to be the largest: by the revenue of fiscal years, by that of the last
//! twelve months, or by the run-rate ([`Measured`]).
//!
//! The series are projected apart and taken as independent given their figures: what moves a whole market moves both, and the
//! model does not know of it. The probability of being larger in a period is an integral over the two predictive distributions,
//! without draws; the time of the first crossing depends on whole paths, and comes from joint draws in antithetic pairs.

mod answer;
mod check;
mod paths;

use serde::Serialize;

use self::paths::{Paths, crossings, crossings_under};
use super::QuestionError;
use crate::calendar::{FiscalCalendar, Month, Period, Step};
pub use crate::project::draws::PAIRS;
use crate::project::named::{AnyFit, Named};
use crate::project::{Distribution, Fitted, Method};
use crate::scenario::{self, Assumed, Drawn, Scenario, ScenarioError};
use crate::series::{Measure, Series};
pub use answer::{FirstCrossing, Largest, LargestAt, MonthOdds, Overtaking};

/// Points at which the integral over a predictive distribution is taken.
const POINTS: u32 = 128;

/// How the series go together, as a sentence for people.
pub const DEPENDENCE: &str = "The series are assumed to be independent of each other, given their figures.";

/// What is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum Measured {
    /// The revenue of fiscal years.
    #[serde(rename = "revenue")]
    Revenue,
    /// The revenue of the twelve months that end with each month.
    #[serde(rename = "ttm")]
    Trailing,
    /// The run-rate of each month.
    #[serde(rename = "run-rate")]
    RunRate,
}

impl Measured {
    /// What is compared where nobody says: run-rates where nothing else is known of any series; else the revenue of years, or of
    /// twelve months where the fiscal years differ or none ends by `until`.
    pub fn of(series: &[&Series], until: Month) -> Self {
        check::measured(series, until)
    }

    /// The measure of a period that it is.
    fn measure(self) -> Measure {
        if self == Self::RunRate { Measure::RunRate } else { Measure::Revenue }
    }

    /// The period that is compared and ends with a month.
    fn span(self, last: Month, calendar: FiscalCalendar) -> Period {
        match self {
            Self::RunRate => last.into(),
            Self::Trailing => Period::ending(last, 12),
            Self::Revenue => calendar.period_at(Step::Year, last),
        }
    }
}

/// The series of a comparison, fitted up to the last month asked for.
#[derive(Debug)]
pub struct Comparison<'a> {
    series: &'a [&'a Series],
    fits: Fits,
    measured: Measured,
    /// The periods that are compared, in order of time.
    spans: Vec<Period>,
    /// The period before them with which the comparison starts; of years the first of them.
    start: Period,
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
    measure: Measure,
    /// The periods that are compared, and its amount in every draw of each.
    drawn: Vec<(Period, Vec<f64>)>,
}

impl Under {
    fn drawn(&self, span: Period) -> &[f64] {
        let at = self.drawn.binary_search_by_key(&span.last(), |(known, _)| known.last()).unwrap_or(0);
        &self.drawn[at].1
    }
}

impl<'a> Comparison<'a> {
    /// Fits the growth model to each series, or what answers in its place where there are periods of nothing, for months up to
    /// `until`.
    ///
    /// # Errors
    ///
    /// If there are fewer than two series, the same twice, a whole beside its part, or several currencies; if one cannot be
    /// projected; if nothing lies between the latest figure and `until`; if years are to be compared that differ, or of which none
    /// ends by `until`.
    pub fn new(series: &'a [&'a Series], until: Month, measured: Measured) -> Result<Self, QuestionError> {
        let fit = |series: &Series, window: Period| Ok(Named::Growth.fit(series, window)?);
        Self::start(series, until, measured, |comparison| {
            let fits = series.iter().map(|series| fit(series, comparison.window(series)));
            Ok(Fits::AsProjected(fits.collect::<Result<_, QuestionError>>()?))
        })
    }

    /// The same under a scenario: all answers come from [`PAIRS`] antithetic pairs of joint draws, in which an event that touches
    /// several series happens to all of them or to none.
    ///
    /// # Errors
    ///
    /// As [`Comparison::new`]; if the scenario cannot be applied.
    pub fn under(
        series: &'a [&'a Series],
        until: Month,
        measured: Measured,
        scenario: &Scenario,
    ) -> Result<Self, QuestionError> {
        Self::start(series, until, measured, |comparison| {
            let measure = measured.measure();
            let one = |series: &&Series| {
                let wide = scenario.reach(series, comparison.window(series));
                // A target taken as information weighs the past, too, and may look at all of it.
                let aims = scenario.about(series.name()).any(|one| one.aims_at().is_some());
                let first = if aims { wide.first() } else { comparison.start.first() };
                let months = Period::new(first, wide.last()).unwrap_or(wide);
                let assumed = scenario::assume(series, scenario, wide, months, (PAIRS, Drawn::Always))?;
                let mut spans = comparison.spans.clone();
                if comparison.start.last() < spans[0].last() {
                    spans.insert(0, comparison.start);
                }
                let drawn = spans.into_iter().map(|span| (span, assumed.drawn(measure, span))).collect();
                Ok(Under { assumed, measure, drawn })
            };
            let fits: Vec<Under> = series.iter().map(one).collect::<Result<_, ScenarioError>>().map_err(Box::new)?;
            let weights = joint_weights(&fits);
            Ok(Fits::Under(fits, weights))
        })
    }

    fn start(
        series: &'a [&'a Series],
        until: Month,
        measured: Measured,
        fits: impl FnOnce(&Self) -> Result<Fits, QuestionError>,
    ) -> Result<Self, QuestionError> {
        let origin = check::origin(series, until)?;
        let spans = check::spans(series, measured, origin, until)?;
        let start = match measured {
            Measured::Revenue => spans[0],
            _ => measured.span(origin, FiscalCalendar::default()),
        };
        let mut comparison = Self { series, fits: Fits::AsProjected(Vec::new()), measured, spans, start, origin, until };
        comparison.fits = fits(&comparison)?;
        Ok(comparison)
    }

    /// Every month that is asked of a series.
    fn window(&self, series: &Series) -> Period {
        let first = series.start().map_or(self.start.first(), |first| first.min(self.start.first()));
        Period::new(first, self.until).unwrap_or_else(|| self.until.into())
    }

    /// When the smaller of the first two series overtakes the larger, over `pairs` antithetic pairs of joint draws.
    pub fn overtaking(&self, pairs: u32) -> Overtaking {
        let start: [f64; 2] = [0, 1].map(|index| self.amount(index, self.start).median());
        let (challenger, leader) = if start[1] < start[0] { (1, 0) } else { (0, 1) };
        let mut medians_cross = None;
        let mut larger = Vec::new();
        for span in &self.spans {
            let median = |index: usize| self.amount(index, *span).median();
            if medians_cross.is_none() && median(challenger) > median(leader) {
                medians_cross = Some(span.last());
            }
            larger.push(MonthOdds { month: span.last(), probability: self.odds(&[challenger, leader], *span)[0] });
        }
        let crossed = self.first_crossings(challenger, leader, pairs);
        let draws = 2 * if let Fits::Under(..) = self.fits { PAIRS } else { pairs };
        let percentile = |share: f64| {
            let mut sum = 0.0;
            let at = crossed.iter().position(|count| {
                sum += count;
                sum >= share * f64::from(draws)
            })?;
            Some(self.spans[at].last())
        };
        Overtaking {
            measure: self.measured,
            challenger: self.series[challenger].name().to_owned(),
            leader: self.series[leader].name().to_owned(),
            currency: self.series[0].currency(),
            origin: self.origin,
            until: self.until,
            start: self.start.last(),
            at_start: (start[challenger], start[leader]),
            medians_cross,
            first_crossing: FirstCrossing { p10: percentile(0.1), p50: percentile(0.5), p90: percentile(0.9) },
            never: (1.0 - crossed.iter().sum::<f64>() / f64::from(draws)).max(0.0),
            draws,
            larger,
        }
    }

    /// How likely each series is to be the largest in the period that ends with each of `months`, which lie after the latest origin
    /// and within the months that were fitted.
    pub fn largest(&self, months: &[Month]) -> Largest {
        let every: Vec<usize> = (0..self.series.len()).collect();
        let at = |month: Month| {
            let raw = self.odds(&every, self.measured.span(month, self.series[0].calendar()));
            // Each may be an integral of its own; together they miss 1 by what the points leave out.
            let total: f64 = raw.iter().sum();
            LargestAt { month, probability: raw.iter().map(|probability| probability / total).collect() }
        };
        Largest {
            measure: self.measured,
            series: self.series.iter().map(|series| series.name().to_owned()).collect(),
            ends: months.iter().copied().filter(|month| self.is_compared(*month)).map(at).collect(),
        }
    }

    /// The last months of the fiscal years that end after the latest origin and by the last month; the last month itself if none.
    pub fn year_ends(&self, calendar: FiscalCalendar) -> Vec<Month> {
        let months = (1..=self.until.since(self.origin)).map(|k| self.origin.plus(k));
        let ends: Vec<Month> = months.filter(|month| month.month() == calendar.year_end()).collect();
        if ends.is_empty() { vec![self.until] } else { ends }
    }

    /// Whether a period that is compared ends with a month.
    fn is_compared(&self, month: Month) -> bool {
        self.start.last() == month || self.spans.iter().any(|span| span.last() == month)
    }

    /// What is compared.
    pub fn measured(&self) -> Measured {
        self.measured
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

    fn amount(&self, index: usize, span: Period) -> Distribution {
        match &self.fits {
            Fits::AsProjected(fits) => fits[index].distribution(self.measured.measure(), span),
            Fits::Under(fits, _) => fits[index].assumed.of_drawn(fits[index].measure, span, fits[index].drawn(span)),
        }
    }

    /// Probability that each of the series at these places is the largest of them in a period.
    fn odds(&self, among: &[usize], span: Period) -> Vec<f64> {
        let Fits::Under(fits, weights) = &self.fits else {
            let all: Vec<Distribution> = among.iter().map(|index| self.amount(*index, span)).collect();
            let others = |index: usize| -> Vec<&Distribution> {
                all.iter().enumerate().filter(|(other, _)| *other != index).map(|(_, distribution)| distribution).collect()
            };
            return (0..all.len()).map(|index| probability_larger(&all[index], &others(index))).collect();
        };
        let drawn: Vec<&[f64]> = among.iter().map(|index| fits[*index].drawn(span)).collect();
        let mut odds = vec![0.0; among.len()];
        for draw in 0..2 * PAIRS as usize {
            let most = drawn.iter().map(|amounts| amounts[draw]).fold(f64::NEG_INFINITY, f64::max);
            // Of several that are the largest, as under caps, each has its share.
            let largest = |amounts: &[f64]| amounts[draw] >= most;
            let share = weights[draw] / drawn.iter().filter(|amounts| largest(amounts)).count() as f64;
            for (odds, _) in odds.iter_mut().zip(&drawn).filter(|(_, amounts)| largest(amounts)) {
                *odds += share;
            }
        }
        odds.iter().map(|odds| odds / f64::from(2 * PAIRS)).collect()
    }

    /// How many draws cross first in each of the periods.
    fn first_crossings(&self, challenger: usize, leader: usize, pairs: u32) -> Vec<f64> {
        let fits = match &self.fits {
            Fits::AsProjected(fits) => fits,
            Fits::Under(fits, weights) => return crossings_under([&fits[challenger], &fits[leader]], weights, &self.spans),
        };
        let paths = |index: usize| Paths::new(&fits[index], self.series[index].name(), self.measured, &self.spans);
        crossings([&mut paths(challenger), &mut paths(leader)], self.spans.len(), pairs)
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
