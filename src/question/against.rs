//! Actual figures against plans: the gap of each period, and what the rest of a year must bring.
//!
//! A plan is the targets of a file, such as one made by [`phasing`](super::phasing), or the totals of a budget. The odds come from the
//! growth model fitted to the actual figures alone (or from what answers in its place), as those of [`target`](super::target) do.

use serde::Serialize;

use super::QuestionError;
use super::json;
use crate::calendar::{Month, Period, Step};
use crate::money::{Amount, Currency};
use crate::project::named::{AnyFit, Named};
use crate::project::{Fitted, Level, Method, ProjectError};
use crate::series::{Fact, Measure, Series};

/// A plan and what it is called.
#[derive(Clone, Copy, Debug)]
pub struct Version<'a> {
    /// The name of its file.
    pub name: &'a str,
    /// Its figures: the targets of revenue that stand; of a series without any, the totals.
    pub plan: &'a Series,
}

/// The actual figures of a series against plans.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Against {
    /// Name of the series.
    pub series: String,
    /// Currency of every amount.
    #[serde(serialize_with = "json::text")]
    pub currency: Currency,
    /// The last month with an actual figure.
    #[serde(serialize_with = "json::text")]
    pub origin: Month,
    /// Each plan, in the order given.
    pub plans: Vec<PlanAgainst>,
    /// Which method answers, and why, where periods of nothing keep the growth model from doing so as it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub instead: Option<String>,
}

/// Actual figures against one plan.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PlanAgainst {
    /// What the plan is called.
    pub plan: String,
    /// Its periods in order of time; several of them are one where the actual figures tell no less.
    pub rows: Vec<GapRow>,
    /// Each fiscal year of the plan, or what the plan has of it.
    pub years: Vec<YearLeft>,
}

/// A period of a plan.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct GapRow {
    /// The period.
    #[serde(serialize_with = "json::text")]
    pub period: Period,
    /// What was planned.
    pub plan: f64,
    /// What was earned; `None` if no figures state it or it is still to come.
    pub actual: Option<f64>,
    /// Actual minus plan.
    pub gap: Option<f64>,
    /// The gaps up to and with this period.
    pub cumulative_gap: Option<f64>,
    /// Median of what is projected (of the past: estimated) for it, where it is not stated.
    pub projected: Option<f64>,
}

/// A year of a plan, and what is left of it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct YearLeft {
    /// The fiscal year, or what the plan has of it.
    #[serde(serialize_with = "json::text")]
    pub period: Period,
    /// What was planned for it.
    pub plan: f64,
    /// What is earned of it so far.
    pub earned: f64,
    /// Whether no figures state that, so that it is the model's median.
    pub earned_is_estimated: bool,
    /// The rest of it; `None` if it has passed.
    pub rest: Option<Rest>,
}

/// What is left of a year.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Rest {
    /// Its months.
    #[serde(serialize_with = "json::text")]
    pub period: Period,
    /// What they must bring, so that the plan is reached; zero or less if it is reached already.
    pub must_bring: f64,
    /// What the plan has for them, where it tells.
    pub planned: Option<f64>,
    /// Median of what they are projected to bring.
    pub projected: f64,
    /// The ends of its 80% interval.
    pub interval: (f64, f64),
    /// Median of the whole year.
    pub median: f64,
    /// Probability that the year comes to the plan or more.
    pub probability: f64,
}

/// What a plan has for a period.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Planned {
    period: Period,
    amount: Amount,
}

/// The actual figures of `actual` against each version of the plan.
///
/// # Errors
///
/// If a plan has nothing to compare, overlaps itself, contradicts itself or is in another currency; if nothing is observed, or if the
/// series cannot be projected as far as a plan goes.
pub fn against(actual: &Series, versions: &[Version<'_>]) -> Result<Against, QuestionError> {
    let Some(origin) = actual.origin() else { return Err(ProjectError::nothing_observed(actual).into()) };
    let plans: Vec<Vec<Planned>> = versions.iter().map(|version| planned(actual, *version)).collect::<Result<_, _>>()?;
    let observed = actual.start().and_then(|start| Period::new(start, origin)).unwrap_or_else(|| origin.into());
    let window = plans.iter().flatten().map(|planned| planned.period).fold(observed, Period::span);
    let fitted = Named::Growth.fit(actual, window)?;
    let plans = versions.iter().zip(&plans).map(|(version, planned)| {
        let rows = rows(actual, planned, origin, &fitted);
        PlanAgainst { plan: version.name.to_owned(), rows, years: years(actual, planned, origin, &fitted) }
    });
    Ok(Against {
        series: actual.name().to_owned(),
        currency: actual.currency(),
        origin,
        plans: plans.collect(),
        instead: fitted.instead(actual),
    })
}

/// The periods of a plan, none of which overlaps another: the shortest, where totals of them are given besides.
fn planned(actual: &Series, version: Version<'_>) -> Result<Vec<Planned>, QuestionError> {
    let plan = version.plan;
    if plan.currency() != actual.currency() {
        return Err(QuestionError::Currencies {
            first: actual.name().to_owned(),
            first_currency: actual.currency(),
            second: format!("the plan {}", version.name),
            second_currency: plan.currency(),
        });
    }
    let targets = plan.targets().filter_map(|figure| match figure.fact {
        Fact::Target { amount, basis } if basis != Some(Measure::RunRate) => Some(Planned { period: figure.period, amount }),
        _ => None,
    });
    let mut all: Vec<Planned> = targets.collect();
    if all.is_empty() {
        let totals = plan.observations().filter_map(|figure| match figure.fact {
            Fact::Revenue(amount) => Some(Planned { period: figure.period, amount }),
            _ => None,
        });
        all = totals.collect();
    }
    if all.is_empty() {
        return Err(QuestionError::NoPlan { plan: version.name.to_owned(), series: plan.name().to_owned() });
    }
    // Of two for one period, as of a basis and of none, the first.
    all.dedup_by_key(|planned| planned.period);
    let is_whole = |one: &Planned| all.iter().any(|part| part.period != one.period && one.period.covers(part.period));
    let (wholes, parts): (Vec<Planned>, Vec<Planned>) = all.iter().partition(|one| is_whole(one));
    let name = |period: Period| actual.calendar().name(period);
    if let Some(pair) = parts.windows(2).find(|pair| pair[1].period.first() <= pair[0].period.last()) {
        let (first, second) = (name(pair[0].period), name(pair[1].period));
        return Err(QuestionError::PlanOverlaps { plan: version.name.to_owned(), first, second });
    }
    for whole in wholes {
        let within: Vec<&Planned> = parts.iter().filter(|part| whole.period.covers(part.period)).collect();
        let months: u32 = within.iter().map(|part| part.period.months()).sum();
        let sum: f64 = within.iter().map(|part| part.amount.value()).sum();
        let slack = whole.amount.unit() / 2.0 + within.iter().map(|part| part.amount.unit() / 2.0).sum::<f64>();
        if months != whole.period.months() || (sum - whole.amount.value()).abs() > slack + 1e-9 * sum.abs() {
            return Err(QuestionError::PlanDisagrees {
                plan: version.name.to_owned(),
                period: name(whole.period),
                whole: whole.amount.value(),
                sum,
                currency: actual.currency(),
            });
        }
    }
    Ok(parts)
}

/// The gap of each period; periods that the figures state only together are taken together.
fn rows(actual: &Series, planned: &[Planned], origin: Month, fitted: &AnyFit) -> Vec<GapRow> {
    let stated = |period: Period| actual.stated(Measure::Revenue, period).map(Amount::value);
    let mut rows: Vec<GapRow> = Vec::new();
    let (mut at, mut cumulative) = (0, 0.0);
    while at < planned.len() {
        let passed = planned[at..].iter().take_while(|one| one.period.last() <= origin).count();
        let joined = |count: usize| planned[at].period.span(planned[at + count - 1].period);
        let together = (1..=passed).find_map(|count| Some((count, stated(joined(count))?)));
        let count = together.map_or(1, |(count, _)| count);
        let period = joined(count);
        let plan: f64 = planned[at..at + count].iter().map(|one| one.amount.value()).sum();
        let actual = together.map(|(_, actual)| actual);
        let gap = actual.map(|actual| actual - plan);
        cumulative += gap.unwrap_or(0.0);
        rows.push(GapRow {
            period,
            plan,
            actual,
            gap,
            cumulative_gap: gap.map(|_| cumulative),
            projected: actual.is_none().then(|| fitted.distribution(Measure::Revenue, period).median()),
        });
        at += count;
    }
    rows
}

/// The fiscal years that a plan has periods of, each with what is left of it.
fn years(actual: &Series, planned: &[Planned], origin: Month, fitted: &AnyFit) -> Vec<YearLeft> {
    let calendar = actual.calendar();
    let year_of = |one: &Planned| calendar.period_at(Step::Year, one.period.last());
    let year = |of_year: &[Planned]| {
        let period = of_year[0].period.span(of_year[of_year.len() - 1].period);
        let plan: f64 = of_year.iter().map(|one| one.amount.value()).sum();
        let passed = Period::new(period.first(), period.last().min(origin));
        let stated = passed.map(|passed| actual.stated(Measure::Revenue, passed).map(Amount::value));
        let estimate = || passed.map_or(0.0, |passed| fitted.distribution(Measure::Revenue, passed).median());
        let earned = stated.unwrap_or(Some(0.0)).unwrap_or_else(estimate);
        let ahead = Period::new(period.first().max(origin.plus(1)), period.last());
        let rest = ahead.map(|ahead| {
            let (left, whole) = (fitted.distribution(Measure::Revenue, ahead), fitted.distribution(Measure::Revenue, period));
            let ends = [Level::lower, Level::upper]
                .map(|end| Level::from_percent(80.0).map_or(f64::NAN, |level| left.quantile(end(level))));
            let of_rest = of_year.iter().filter(|one| ahead.covers(one.period));
            let (months, sum) =
                of_rest.fold((0, 0.0), |(months, sum), one| (months + one.period.months(), sum + one.amount.value()));
            Rest {
                period: ahead,
                must_bring: plan - earned,
                planned: (months == ahead.months()).then_some(sum),
                projected: left.median(),
                interval: (ends[0], ends[1]),
                median: whole.median(),
                probability: whole.at_least(plan),
            }
        });
        YearLeft { period, plan, earned, earned_is_estimated: stated == Some(None), rest }
    };
    planned.chunk_by(|a, b| year_of(a) == year_of(b)).map(year).collect()
}
