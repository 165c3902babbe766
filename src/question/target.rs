//! What a target asks for, and how likely it is, under each reading of it.
//!
//! A target of 12 billion for 2025 is two claims: that the run-rate at the end of the year is 12, or that the year's revenue is.
//! Unless the target states its basis both are answered, side by side. The probabilities come from the growth model fitted to
//! the series' observations alone (where there are periods of nothing, from what projects the series in its place): a target moves
//! nothing.

use chrono::NaiveDate;
use serde::Serialize;

use super::QuestionError;
use super::json;
use super::kept::{Kept, kept};
use super::required::{self, Asked, Base, Past, Required};
use super::settled::{self, Settled};
use crate::calendar::{Month, Period};
use crate::money::{Amount, Currency};
use crate::project::growth::{Growth, peers_of};
use crate::project::named::Named;
use crate::project::readings::is_twelve_off;
use crate::project::{Fitted, Method, ProjectError, draws};
use crate::scenario::{self, Scenario};
use crate::series::{Fact, Figure, Measure, Peers, Role, Series};

/// How far after the last figure the date is looked for by which a target is reached, in months: ten years, beyond which the
/// growth model has not been measured.
pub const SEARCHED: u32 = 120;

/// One target under one reading.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct TargetAnswer {
    /// Name of the series.
    pub series: String,
    /// Currency of every amount.
    #[serde(serialize_with = "json::text")]
    pub currency: Currency,
    /// What is aimed at, in the currency's major unit.
    pub amount: f64,
    /// The reading: the run-rate at the end of the period, or the period's revenue.
    #[serde(serialize_with = "json::text")]
    pub reading: Measure,
    /// The target's period.
    #[serde(serialize_with = "json::text")]
    pub period: Period,
    /// The target's day, where the source gives it.
    #[serde(serialize_with = "json::maybe")]
    pub day: Option<NaiveDate>,
    /// Where the required growth starts from.
    pub base: Base,
    /// The growth that reaches the target.
    pub required: Required,
    /// The growth so far, or `None` if there is but one figure of its kind.
    pub past: Option<Past>,
    /// Required growth over past growth, lower and higher; `None` if either is unknown or the past one is not above zero.
    pub times_past: Option<(f64, f64)>,
    /// The companies that the series is likened to.
    #[serde(serialize_with = "json::text")]
    pub peers: Peers,
    /// Share of outcomes below the target for a company of those of which only the base were known, taken as exact: where the target
    /// stands among companies of that size. 0.9 means that nine in ten would stay below. `None` where the base is nothing.
    pub percentile: Option<f64>,
    /// How many of the targets were met that companies had stated in public for as far ahead: a sample of 39.
    pub such_targets: Kept,
    /// Probability that the target is reached or passed, given all figures of the series.
    pub probability: f64,
    /// When it is reached.
    pub reached: Reached,
    /// Median of what the target is compared with.
    pub median: f64,
    /// Target minus median: what is missing, or below zero what is to spare.
    pub gap: f64,
    /// Which method answers, and why, where periods of nothing keep the growth model from doing so as it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub instead: Option<String>,
}

/// When a target is first reached by the median and by the ends of the 80% interval: the last month of the first period of the
/// target's length (the first month, for a run-rate) in which it is. `None` if that is not within [`Reached::searched_to`].
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Reached {
    /// By the interval's upper end.
    #[serde(serialize_with = "json::maybe")]
    pub earliest: Option<Month>,
    /// By the median.
    #[serde(serialize_with = "json::maybe")]
    pub median: Option<Month>,
    /// By the interval's lower end.
    #[serde(serialize_with = "json::maybe")]
    pub latest: Option<Month>,
    /// The last month looked at.
    #[serde(serialize_with = "json::text")]
    pub searched_to: Month,
}

/// The targets of one series.
#[derive(Clone, Debug, PartialEq)]
pub struct Targets {
    /// Each target that lies ahead under each reading, in order of time; first the reading in which the figures are told.
    pub answers: Vec<TargetAnswer>,
    /// Targets whose period has ended by the last figure: how they turned out, in order of time.
    pub settled: Vec<Settled>,
    /// Those of them that end before the first figure, so that nothing tells how they turned out.
    pub past: Vec<Figure>,
}

/// Answers for every target of `series` that stands.
///
/// # Errors
///
/// If there is no target, if one is of zero or less, or if the series cannot be projected as far.
pub fn ask(series: &Series) -> Result<Targets, QuestionError> {
    answers(series, |window, _| Ok(Named::Growth.fit(series, window)?), |fitted| fitted.instead(series))
}

/// The same under a scenario: from joint draws, in the order of [`ask`].
///
/// # Errors
///
/// As [`ask`]; if the scenario cannot be applied.
pub fn ask_under(series: &Series, scenario: &Scenario) -> Result<Targets, QuestionError> {
    let fit = |window: Period, ahead: Month| {
        let wide = scenario.reach(series, window);
        let draws = (draws::PAIRS, scenario::Drawn::AsNeeded);
        // Such a target weighs the past, too.
        let aims = scenario.about(series.name()).any(|one| one.aims_at().is_some());
        let months = Period::new(if aims { wide.first() } else { ahead }, wide.last()).unwrap_or(wide);
        scenario::assume(series, scenario, wide, months, draws).map_err(|error| Box::new(error).into())
    };
    answers(series, fit, |fitted| fitted.instead(series))
}

fn answers<F: Fitted>(
    series: &Series,
    fit: impl FnOnce(Period, Month) -> Result<F, QuestionError>,
    instead: impl FnOnce(&F) -> Option<String>,
) -> Result<Targets, QuestionError> {
    let standing = series.figures().iter().zip(series.roles()).filter(|(_, role)| **role == Role::NotRevenue);
    let targets: Vec<(&Figure, Amount, Option<Measure>)> = standing
        .filter_map(|(figure, _)| match figure.fact {
            Fact::Target { amount, basis } => Some((figure, amount, basis)),
            _ => None,
        })
        .collect();
    let series_name = || series.name().to_owned();
    if targets.is_empty() {
        return Err(QuestionError::NoTarget { series: series_name() });
    }
    if let Some((figure, amount, _)) = targets.iter().find(|(_, amount, _)| amount.value() <= 0.0) {
        return Err(QuestionError::TargetNotPositive {
            series: series_name(),
            amount: amount.value(),
            currency: series.currency(),
            period: series.calendar().name(figure.period),
        });
    }
    let (settled, past) = settle(series)?;
    let months: Vec<Period> = targets.iter().map(|(figure, ..)| figure.period).collect();
    // Without an origin the model itself says what is missing.
    let origin = series.origin().unwrap_or(Month::MIN);
    if months.iter().all(|period| period.last() <= origin) {
        return Ok(Targets { answers: Vec::new(), settled, past });
    }
    let (window, ahead) = reach(series, origin, &months);
    let fitted = fit(window, ahead)?;
    let instead = instead(&fitted);
    let searched_to = origin.plus(i32::try_from(SEARCHED).unwrap_or(i32::MAX));
    let readings = match series.lead() {
        Measure::Revenue => [Measure::Revenue, Measure::RunRate],
        Measure::RunRate => [Measure::RunRate, Measure::Revenue],
    };
    let mut answers = Vec::new();
    for (figure, amount, basis) in targets.into_iter().filter(|(figure, ..)| figure.period.last() > origin) {
        let level = |measure: Measure| fitted.distribution(measure, figure.period).median();
        for reading in readings {
            if basis.map_or_else(|| is_twelve_off(reading, amount.value(), figure.period, level), |basis| basis != reading) {
                continue;
            }
            let asked = Asked { amount: amount.value(), reading, period: figure.period, day: figure.day };
            let Some(base) = required::base(series, &fitted, asked) else { continue };
            let distribution = fitted.distribution(reading, figure.period);
            let median = distribution.median();
            if !median.is_finite() {
                let period = series.calendar().name(figure.period);
                return Err(ProjectError::Unbounded { series: series_name(), period }.into());
            }
            let required = required::required(&base, asked, |period| fitted.distribution(Measure::Revenue, period));
            let growth_so_far = required::past(series, &base);
            answers.push(TargetAnswer {
                series: series_name(),
                currency: series.currency(),
                amount: asked.amount,
                reading,
                period: figure.period,
                day: figure.day,
                peers: peers_of(series).0,
                such_targets: kept(figure.period.last().since(origin)),
                percentile: percentile(series, &base, asked)?,
                times_past: times(required, growth_so_far),
                required,
                past: growth_so_far,
                base,
                probability: distribution.at_least(asked.amount),
                reached: reached(&fitted, asked, origin, searched_to),
                median,
                gap: asked.amount - median,
                instead: instead.clone(),
            });
        }
    }
    Ok(Targets { answers, settled, past })
}

/// How the targets of the past turned out, and those of which nothing tells it.
fn settle(series: &Series) -> Result<(Vec<Settled>, Vec<Figure>), QuestionError> {
    let mut all = settled::by_figures(series);
    let open = settled::open(series);
    if !open.is_empty() {
        let periods = series.observations().map(|figure| figure.period);
        let window = open.iter().map(|figure| series.figures()[*figure].period).chain(periods).reduce(Period::span);
        let fitted = Named::Growth.fit(series, window.unwrap_or_else(|| Month::MIN.into()))?;
        let known = all.clone();
        all.extend(open.iter().flat_map(|figure| settled::by_estimate(series, *figure, &known, &fitted)));
        all.sort_by_key(|settled| settled.figure);
    }
    let untold = settled::passed(series).filter(|(figure, _)| all.iter().all(|settled| settled.figure != *figure));
    let past = untold.map(|(figure, _)| series.figures()[figure].clone()).collect();
    Ok((all, past))
}

/// Every month that will be asked for, and the first of a period that ends ahead.
fn reach(series: &Series, origin: Month, targets: &[Period]) -> (Period, Month) {
    let observed = series.start().unwrap_or(origin);
    let ahead = targets.iter().filter(|period| period.last() > origin);
    let first = ahead.clone().map(|period| first_like(*period, origin).first()).fold(origin, Month::min);
    let last = ahead.map(|period| period.last()).fold(origin.plus(i32::try_from(SEARCHED).unwrap_or(0)), Month::max);
    let window = Period::new(first.min(observed), last).unwrap_or_else(|| origin.into());
    (window, first)
}

/// See [`TargetAnswer::percentile`].
fn percentile(series: &Series, base: &Base, asked: Asked) -> Result<Option<f64>, QuestionError> {
    if base.amount <= 0.0 {
        return Ok(None);
    }
    let amount = Amount::exact(base.amount).unwrap_or_else(|| unreachable!("amounts are finite"));
    let fact = if base.measure == Measure::Revenue { Fact::Revenue(amount) } else { Fact::RunRate(amount) };
    let figures = vec![Figure::new(fact, base.period)];
    // Companies of its peers, which one figure of it alone would not tell.
    let company = series.of_figures(figures).with_peers(Some(peers_of(series).0));
    let first = base.period.first().min(asked.period.first());
    let window = Period::new(first, asked.period.last()).unwrap_or(asked.period);
    Ok(Some(Growth::new().fit_as_stated(&company, window)?.distribution(asked.reading, asked.period).cdf(asked.amount)))
}

fn times(required: Required, past: Option<Past>) -> Option<(f64, f64)> {
    let (low, high) = required.range()?;
    let past = past?.per_year;
    let times = (past > 0.0).then(|| (low / past, high / past));
    times.filter(|(low, high)| low.is_finite() && high.is_finite())
}

fn reached(fitted: &impl Fitted, asked: Asked, origin: Month, searched_to: Month) -> Reached {
    let length = match asked.reading {
        Measure::RunRate => Period::from(asked.period.last()),
        Measure::Revenue => asked.period,
    };
    let mut period = first_like(length, origin);
    let mut found = [None; 3];
    while period.last() <= searched_to && found.contains(&None) {
        let below = fitted.distribution(asked.reading, period).cdf(asked.amount);
        for (found, most) in found.iter_mut().zip([0.9, 0.5, 0.1]) {
            if below <= most && found.is_none() {
                *found = Some(period.last());
            }
        }
        period = period.shift(1);
    }
    let [earliest, median, latest] = found;
    Reached { earliest, median, latest, searched_to }
}

/// The first period that ends after `origin` among those that lie whole lengths before `period`.
fn first_like(period: Period, origin: Month) -> Period {
    let between = period.last().since(origin) - 1;
    period.shift(-(between / i32::try_from(period.months()).unwrap_or(i32::MAX)))
}
