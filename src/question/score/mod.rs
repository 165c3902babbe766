//! A saved projection against what happened since.
//!
//! An outcome is a later figure that the projection speaks of: a run-rate of a month, or the revenue of a period, for which it has
//! a row; or later totals that together make up such a period. Every later figure is scored once or not at all, and then the
//! reason is given. A projection is only ever compared with its own measure: a rate is not made from a sum, nor a sum from a rate.

mod join;
mod names;
mod reason;

use serde::Serialize;

use super::json;
use super::pinball::pinball;
use crate::calendar::{Month, Period, Step};
use crate::money::{Amount, Currency};
use crate::project::{Level, Projection, Row};
use crate::series::{Fact, Figure, Measure, Role, Series};

pub use join::{ScoreError, join};
pub use names::MOST_NEAR;
use names::{Names, Near};
pub use reason::Reason;

/// Every outcome against its projection.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Scores {
    /// One a projection, in their order.
    pub series: Vec<SeriesScore>,
    /// Over all outcomes; `None` if there is none.
    pub overall: Option<Summary>,
    /// Series of the later figures that no projection is of.
    pub not_projected: Vec<NotProjected>,
}

/// The outcomes of one series.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SeriesScore {
    /// Its name in the projection.
    pub series: String,
    /// Its name among the later figures, where it is written with other capitals or spaces.
    pub written: Option<String>,
    /// Currency of every amount.
    #[serde(serialize_with = "json::text")]
    pub currency: Currency,
    /// Name of the method that projected it.
    pub method: &'static str,
    /// The last month that the projection knew.
    #[serde(serialize_with = "json::text")]
    pub origin: Month,
    /// In order of time.
    pub outcomes: Vec<Outcome>,
    /// Over its outcomes; `None` if there is none.
    pub summary: Option<Summary>,
    /// The figures that are not outcome of the projection, and why.
    pub not_scored: Vec<NotScored>,
}

/// A later figure, or several that make up a period, against the projection.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Outcome {
    /// What was projected.
    #[serde(serialize_with = "json::text")]
    pub measure: Measure,
    /// For when; of a run-rate its month.
    #[serde(serialize_with = "json::text")]
    pub period: Period,
    /// What came.
    pub value: f64,
    /// How many figures the value is the sum of.
    pub figures: usize,
    /// The projected median.
    pub median: f64,
    /// Value less median.
    pub error: f64,
    /// Error as a share of the median.
    pub relative_error: Option<f64>,
    /// The natural log of value over median; `None` for a value of zero or less.
    pub log_error: Option<f64>,
    /// The largest saved probability whose quantile is at most the value; `None` if the value is below all of them.
    pub above: Option<f64>,
    /// The smallest saved probability whose quantile is more than the value; `None` if the value is at or above all of them.
    pub below: Option<f64>,
    /// Mean pinball loss over the saved quantiles, the median among them.
    pub pinball: f64,
    /// Each interval, in the order of the projection's levels.
    pub intervals: Vec<Held>,
}

/// An interval and whether it held.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Held {
    /// Its level in percent.
    pub level: f64,
    /// Lower end.
    pub lo: f64,
    /// Upper end.
    pub hi: f64,
    /// Whether the value lies in it; its ends belong to it.
    pub held: bool,
}

/// What several outcomes come to.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Summary {
    /// Number of outcomes.
    pub outcomes: usize,
    /// How many each interval held.
    pub coverage: Vec<Coverage>,
    /// Mean of the log errors: above zero where more came than was projected.
    pub mean_log_error: Option<f64>,
    /// Mean of their sizes.
    pub mean_absolute_log_error: Option<f64>,
    /// Mean of the pinball losses, each as a share of its median; `None` where all medians are zero.
    pub relative_pinball: Option<f64>,
}

/// How many outcomes the intervals of one level held.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Coverage {
    /// The level in percent.
    pub level: f64,
    /// How many.
    pub held: usize,
}

/// A figure that is not an outcome of the projection.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct NotScored {
    /// Its kind.
    pub kind: &'static str,
    /// Its period.
    #[serde(serialize_with = "json::text")]
    pub period: Period,
    /// Its amount.
    pub value: Option<f64>,
    /// Where it stood.
    pub place: Option<String>,
    /// Why.
    #[serde(serialize_with = "json::text")]
    pub reason: Reason,
}

/// A series of the later figures that no projection is of.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct NotProjected {
    /// Its name.
    pub series: String,
    /// The projected series that is written nearly alike; looked for of the first [`MOST_NEAR`] such series.
    pub near: Option<String>,
    /// Number of its figures.
    pub figures: usize,
}

/// The row that projects a measure for a period: of a run-rate only the last month counts.
fn row_of(projection: &Projection, measure: Measure, period: Period) -> Option<&Row> {
    projection.rows.iter().find(|row| {
        let same = match measure {
            Measure::RunRate => row.period.last() == period.last(),
            Measure::Revenue => row.period == period,
        };
        row.measure == measure && same
    })
}

/// The index of the series that a name means: the same name, else the only one with other capitals or spaces.
pub fn find(name: &str, series: &[Series]) -> Option<usize> {
    Names::of(series.iter().map(Series::name)).find(name)
}

/// Scores projections, [joined](join), against later figures. Figures up to a projection's origin may be among them: they help to
/// make up a period of which a part was known.
pub fn score(projections: &[Projection], later: &[Series]) -> Scores {
    let mut met = vec![false; later.len()];
    let names = Names::of(later.iter().map(Series::name));
    let series: Vec<SeriesScore> = projections
        .iter()
        .map(|projection| {
            let found = names.find(&projection.series);
            if let Some(index) = found {
                met[index] = true;
            }
            series_score(projection, found.map(|index| &later[index]))
        })
        .collect();
    let all: Vec<&Outcome> = series.iter().flat_map(|one| &one.outcomes).collect();
    let mut near = Near::of(projections.iter().map(|projection| projection.series.as_str()));
    let strangers = later.iter().zip(met).filter(|(_, met)| !met).map(|(series, _)| NotProjected {
        series: series.name().to_owned(),
        near: near.find(series.name()).map(str::to_owned),
        figures: series.figures().len(),
    });
    let not_projected = strangers.collect();
    Scores { overall: summary(&all), not_projected, series }
}

fn series_score(projection: &Projection, later: Option<&Series>) -> SeriesScore {
    let mut outcomes = Vec::new();
    let mut not_scored = Vec::new();
    if let Some(series) = later {
        let mut reasons = reasons(projection, series);
        outcomes = sums(projection, series, &mut reasons);
        for (figure, reason) in series.figures().iter().zip(reasons) {
            match reason {
                Ok(row) => outcomes.extend(value_of(figure).map(|value| outcome(row, figure.period, value, 1, projection))),
                Err(reason) => not_scored.push(not_scored_figure(figure, reason)),
            }
        }
        outcomes.sort_by_key(|outcome| (outcome.period, outcome.measure));
    }
    SeriesScore {
        series: projection.series.clone(),
        written: later.map(|series| series.name().to_owned()).filter(|name| *name != projection.series),
        currency: projection.currency,
        method: projection.method,
        origin: projection.origin,
        summary: summary(&outcomes.iter().collect::<Vec<_>>()),
        outcomes,
        not_scored,
    }
}

/// The row that each figure is an outcome of, or why there is none.
fn reasons<'a>(projection: &'a Projection, series: &Series) -> Vec<Result<&'a Row, Reason>> {
    let last = projection.rows.iter().map(|row| row.period.last()).max().unwrap_or(projection.origin);
    let reason = |(figure, role): (&Figure, &Role)| {
        if let Role::Superseded { by, .. } = role {
            let line = series.figures()[*by].place.as_ref().map(|place| place.line);
            return Err(Reason::Superseded { line });
        }
        let Some(measure) = figure.fact.observes() else { return Err(Reason::NotRevenue(figure.fact.kind())) };
        if series.currency() != projection.currency {
            return Err(Reason::Currency { given: series.currency(), projected: projection.currency });
        }
        if figure.period.last() <= projection.origin {
            return Err(Reason::Known { origin: projection.origin });
        }
        if figure.period.last() > last {
            return Err(Reason::Beyond { last });
        }
        let step = match measure {
            Measure::RunRate => Some(Step::Month),
            Measure::Revenue => projection.calendar.step_of(figure.period),
        };
        row_of(projection, measure, figure.period).ok_or(Reason::NoRow { measure, step })
    };
    series.figures().iter().zip(series.roles()).map(reason).collect()
}

/// The projected totals that several figures make up, none of which is an outcome by itself; these figures then have that reason.
fn sums(projection: &Projection, series: &Series, reasons: &mut [Result<&Row, Reason>]) -> Vec<Outcome> {
    let mut found = Vec::new();
    if series.currency() != projection.currency {
        return found;
    }
    for row in projection.rows.iter().filter(|row| row.measure == Measure::Revenue) {
        if reasons.contains(&Ok(row)) {
            continue;
        }
        let Some(parts) = parts(series, row.period) else { continue };
        let later: Vec<usize> =
            parts.iter().copied().filter(|index| series.figures()[*index].period.last() > projection.origin).collect();
        if later.is_empty() || later.iter().any(|index| !matches!(reasons[*index], Err(Reason::NoRow { .. }))) {
            continue;
        }
        let value = parts.iter().filter_map(|index| value_of(&series.figures()[*index])).sum();
        for index in later {
            reasons[index] = Err(Reason::InSum { period: projection.calendar.name(row.period) });
        }
        found.push(outcome(row, row.period, value, parts.len(), projection));
    }
    found
}

/// The observed totals that follow each other through the whole of a period.
fn parts(series: &Series, period: Period) -> Option<Vec<usize>> {
    let figures = series.figures().iter().zip(series.roles()).enumerate();
    let totals: Vec<(usize, Period)> = figures
        .filter(|(_, (figure, role))| matches!(figure.fact, Fact::Revenue(_)) && **role == Role::Fitted)
        .map(|(index, (figure, _))| (index, figure.period))
        .filter(|(_, part)| period.covers(*part))
        .collect();
    let mut parts = Vec::new();
    let mut next = period.first();
    while next <= period.last() {
        let begin_here = totals.iter().filter(|(_, part)| part.first() == next);
        let (index, part) = begin_here.max_by_key(|(_, part)| part.months())?;
        parts.push(*index);
        next = part.last().plus(1);
    }
    Some(parts)
}

fn value_of(figure: &Figure) -> Option<f64> {
    figure.fact.amount().map(Amount::value)
}

fn not_scored_figure(figure: &Figure, reason: Reason) -> NotScored {
    NotScored {
        kind: figure.fact.kind(),
        period: figure.period,
        value: value_of(figure),
        place: figure.place.as_ref().map(ToString::to_string),
        reason,
    }
}

fn outcome(row: &Row, period: Period, value: f64, figures: usize, projection: &Projection) -> Outcome {
    let quantiles = quantiles(row, &projection.levels);
    let passed = quantiles.iter().filter(|(_, quantile)| *quantile <= value).map(|(p, _)| *p);
    let ahead = quantiles.iter().filter(|(_, quantile)| *quantile > value).map(|(p, _)| *p);
    let loss: f64 = quantiles.iter().map(|(p, quantile)| pinball(*p, *quantile, value)).sum();
    let held = |(level, interval): (&Level, &crate::project::Interval)| Held {
        level: level.percent(),
        lo: interval.lo,
        hi: interval.hi,
        held: (interval.lo..=interval.hi).contains(&value),
    };
    Outcome {
        measure: row.measure,
        period,
        value,
        figures,
        median: row.median,
        error: value - row.median,
        relative_error: (row.median > 0.0).then(|| value / row.median - 1.0).filter(|error| error.is_finite()),
        log_error: (value > 0.0 && row.median > 0.0).then(|| libm::log(value) - libm::log(row.median)),
        above: passed.max_by(f64::total_cmp),
        below: ahead.min_by(f64::total_cmp),
        pinball: loss / quantiles.len() as f64,
        intervals: projection.levels.iter().zip(&row.intervals).map(held).collect(),
    }
}

/// The saved quantiles with their probabilities.
fn quantiles(row: &Row, levels: &[Level]) -> Vec<(f64, f64)> {
    let ends = levels.iter().zip(&row.intervals);
    let ends = ends.flat_map(|(level, interval)| [(level.lower(), interval.lo), (level.upper(), interval.hi)]);
    std::iter::once((0.5, row.median)).chain(ends).collect()
}

fn summary(outcomes: &[&Outcome]) -> Option<Summary> {
    let first = outcomes.first()?;
    let held = |index: usize| outcomes.iter().filter(|outcome| outcome.intervals[index].held).count();
    let logs: Vec<f64> = outcomes.iter().filter_map(|outcome| outcome.log_error).collect();
    let mean = |values: &mut dyn Iterator<Item = f64>| (!logs.is_empty()).then(|| values.sum::<f64>() / logs.len() as f64);
    let above_zero = outcomes.iter().filter(|outcome| outcome.median > 0.0);
    let relative: Vec<f64> = above_zero.map(|outcome| outcome.pinball / outcome.median).collect();
    Some(Summary {
        outcomes: outcomes.len(),
        coverage: first
            .intervals
            .iter()
            .enumerate()
            .map(|(index, interval)| Coverage { level: interval.level, held: held(index) })
            .collect(),
        mean_log_error: mean(&mut logs.iter().copied()),
        mean_absolute_log_error: mean(&mut logs.iter().map(|log| log.abs())),
        relative_pinball: (!relative.is_empty()).then(|| relative.iter().sum::<f64>() / relative.len() as f64),
    })
}
