//! Targets whose period has passed: whether they were met, and by how much.
//!
//! The figures say it where they state what the target is compared with: a total, the totals that make it up, a run-rate, or twelve
//! times the last month. Where they do not, the fitted model's median is taken and said to be an estimate.

use std::fmt;

use chrono::NaiveDate;
use serde::Serialize;

use super::json;
use crate::calendar::Period;
use crate::money::{Amount, Currency, projected, short};
use crate::percent::{chance, change};
use crate::project::Fitted;
use crate::project::readings::is_twelve_off;
use crate::series::{Fact, Measure, Series};

/// How a target of the past turned out, under one reading.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Settled {
    /// Name of the series.
    pub series: String,
    /// Index of the target in [`Series::figures`].
    #[serde(skip)]
    pub figure: usize,
    /// Currency of every amount.
    #[serde(serialize_with = "json::text")]
    pub currency: Currency,
    /// What was aimed at, in the currency's major unit.
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
    /// What it came to.
    pub outcome: f64,
    /// How that is known.
    pub known: Known,
    /// Whether the outcome is the target or more.
    pub met: bool,
    /// Outcome minus target.
    pub gap: f64,
    /// The gap as a share of the target.
    pub share: f64,
    /// Probability that the target was met, where the outcome is an estimate.
    pub probability: Option<f64>,
}

/// How an outcome is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Known {
    /// Figures state it, or make it up.
    Stated,
    /// A run-rate as twelve times the revenue of its month, which figures state.
    Annualised,
    /// It is the model's median.
    Estimated,
}

/// A sentence without its beginning, the amount and the period: `missed by $1 (−14%) as the revenue, which came to $6`.
impl fmt::Display for Settled {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let what = match self.reading {
            Measure::Revenue => "the revenue",
            Measure::RunRate => "the run-rate at its end",
        };
        let outcome = projected(self.outcome, self.currency);
        match (self.known, self.probability) {
            (Known::Stated, _) => write!(f, "{} as {what}, which came to {outcome}", self.verdict()),
            (Known::Annualised, _) => {
                write!(f, "{} as {what}, which came to {outcome}, twelve times the last month", self.verdict())
            }
            (Known::Estimated, odds) => {
                let odds = odds.map(chance).unwrap_or_default();
                write!(f, "{odds} likely met as {what}, which no figure states; the estimate is {outcome}")
            }
        }
    }
}

impl Settled {
    /// `met by $1 (+14%)`, `missed by $1 (−14%)`, `met exactly`.
    pub fn verdict(&self) -> String {
        match (self.met, self.gap.abs()) {
            (_, 0.0) => "met exactly".to_owned(),
            (true, gap) => format!("met by {} ({})", projected(gap, self.currency), change(self.share)),
            (false, gap) => format!("missed by {} ({})", projected(gap, self.currency), change(self.share)),
        }
    }

    /// The target in short: `$7`.
    pub fn target(&self) -> String {
        short(self.amount, self.currency)
    }
}

/// The targets of the past that the figures settle, in order of time, each under every reading that it allows and that they tell of.
pub fn by_figures(series: &Series) -> Vec<Settled> {
    let indices = passed(series).map(|(figure, _)| figure);
    indices.flat_map(|figure| readings(series, figure, &|measure, period| outcome(series, measure, period))).collect()
}

/// The targets of the past of which [`by_figures`] leaves a reading open, and at or before whose end there are figures: by index.
pub(super) fn open(series: &Series) -> Vec<usize> {
    let known = by_figures(series);
    let has_begun = |period: Period| series.start().is_some_and(|start| start <= period.last());
    let is_told = |figure: usize| {
        let allowed = if let Fact::Target { basis: None, .. } = series.figures()[figure].fact { 2 } else { 1 };
        known.iter().filter(|settled| settled.figure == figure).count() == allowed
    };
    passed(series).filter(|(figure, period)| has_begun(*period) && !is_told(*figure)).map(|(figure, _)| figure).collect()
}

/// A target of the past by the estimates of a fit, under the readings that are not `known`.
pub(super) fn by_estimate(series: &Series, figure: usize, known: &[Settled], fitted: &impl Fitted) -> Vec<Settled> {
    let amount = series.figures()[figure].fact.amount().map_or(0.0, Amount::value);
    let estimate = |measure, period| Some((fitted.distribution(measure, period).median(), Known::Estimated));
    let is_open = |one: &Settled| known.iter().all(|known| (known.figure, known.reading) != (figure, one.reading));
    let with_odds = |settled: Settled| {
        let probability = Some(fitted.distribution(settled.reading, settled.period).at_least(amount));
        Settled { probability, ..settled }
    };
    readings(series, figure, &estimate).into_iter().filter(is_open).map(with_odds).collect()
}

/// The targets that stand whose period ends by the origin: index and period.
pub(super) fn passed(series: &Series) -> impl Iterator<Item = (usize, Period)> + '_ {
    let origin = series.origin();
    let standing = series.figures().iter().zip(series.roles()).enumerate();
    standing
        .filter(move |(_, (figure, role))| {
            let is_target = matches!(figure.fact, Fact::Target { .. }) && **role == crate::series::Role::NotRevenue;
            is_target && origin.is_some_and(|origin| figure.period.last() <= origin)
        })
        .map(|(index, (figure, _))| (index, figure.period))
}

type Outcome<'a> = &'a dyn Fn(Measure, Period) -> Option<(f64, Known)>;

/// A target under each reading that it allows: first the one in which the figures are told.
fn readings(series: &Series, index: usize, outcome: Outcome<'_>) -> Vec<Settled> {
    let figure = &series.figures()[index];
    let Fact::Target { amount, basis } = figure.fact else { return Vec::new() };
    let amount = amount.value();
    let both = match series.lead() {
        Measure::Revenue => [Measure::Revenue, Measure::RunRate],
        Measure::RunRate => [Measure::RunRate, Measure::Revenue],
    };
    let level = |measure: Measure| outcome(measure, figure.period).map_or(f64::NAN, |(level, _)| level);
    let meant = |reading: &Measure| {
        basis.map_or_else(|| !is_twelve_off(*reading, amount, figure.period, level), |basis| basis == *reading)
    };
    let settle = |reading: Measure| {
        let (outcome, known) = outcome(reading, figure.period)?;
        let gap = outcome - amount;
        Some(Settled {
            series: series.name().to_owned(),
            figure: index,
            currency: series.currency(),
            amount,
            reading,
            period: figure.period,
            day: figure.day,
            outcome,
            known,
            met: gap >= 0.0,
            gap,
            share: gap / amount,
            probability: None,
        })
    };
    both.into_iter().filter(meant).filter_map(settle).collect()
}

/// What figures state of a measure of a period.
fn outcome(series: &Series, measure: Measure, period: Period) -> Option<(f64, Known)> {
    let last = Period::from(period.last());
    match measure {
        Measure::Revenue => Some((series.stated(measure, period)?.value(), Known::Stated)),
        Measure::RunRate => {
            let stated = series.stated(measure, last).map(|rate| (rate.value(), Known::Stated));
            stated.or_else(|| Some((12.0 * series.stated(Measure::Revenue, last)?.value(), Known::Annualised)))
        }
    }
}
