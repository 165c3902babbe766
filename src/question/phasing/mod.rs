//! A target phased over its periods: the plan that the series' own season and growth make of it.
//!
//! What is already earned in the target's period stays as it is; the rest goes to the periods ahead as the projected paths do, tilted
//! so that they bring it on average. The growth model answers (where there are periods of nothing, what projects the series in its
//! place), so that the odds are those of [`target`](super::target). Actual figures against such a plan are for
//! [`against`](super::against).

mod tilt;
mod whole;

use serde::Serialize;

use super::QuestionError;
use super::json;
use crate::calendar::{FiscalCalendar, Month, Period, Step};
use crate::money::{Amount, Currency};
use crate::project::named::Named;
use crate::project::{Draws, Fitted, Level, Method, ProjectError};
use crate::series::{Fact, Figure, Measure, Series};
use tilt::tilt;
use whole::{Unit, whole};

/// Pairs of joint draws of which the mean path is taken: its standard error is a hundred-and-twentieth of a path's deviation at most.
const PAIRS: u32 = 8_192;

/// A target phased over its periods.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Phasing {
    /// Name of the series.
    pub series: String,
    /// Currency of every amount.
    #[serde(serialize_with = "json::text")]
    pub currency: Currency,
    /// The target, in the currency's major unit.
    pub target: f64,
    /// The target's period.
    #[serde(serialize_with = "json::text")]
    pub period: Period,
    /// The plan, in order of time; its amounts add up to the target.
    pub rows: Vec<PlanRow>,
    /// What amounts are rounded to, in the currency's major unit.
    pub unit: f64,
    /// What is already earned in the period.
    pub earned: f64,
    /// Whether no figures state that, so that it is the model's median.
    pub earned_is_estimated: bool,
    /// The months that are left.
    #[serde(serialize_with = "json::text")]
    pub ahead: Period,
    /// What they must bring.
    pub rest: f64,
    /// The median of what they are projected to bring.
    pub rest_projected: f64,
    /// The median of the whole period.
    pub median: f64,
    /// The ends of its 80% interval.
    pub interval: (f64, f64),
    /// Probability that the target is reached or passed.
    pub probability: f64,
    /// Growth that the target requires on the period one year before, which figures state.
    pub required_growth: Option<f64>,
    /// Growth of the median on the same.
    pub projected_growth: Option<f64>,
    /// What the tilted paths were multiplied by, where the target is beyond what they reach.
    pub scale: Option<f64>,
    /// Length in months of the shortest totals given, if that is longer than the steps of the plan: no season within is known. 0 if
    /// no totals are given.
    pub coarse: Option<u32>,
    /// Which method answers, and why, where periods of nothing keep the growth model from doing so as it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub instead: Option<String>,
}

/// One period of a plan.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct PlanRow {
    /// The period.
    #[serde(serialize_with = "json::text")]
    pub period: Period,
    /// What is planned for it, in the currency's major unit.
    pub amount: f64,
    /// Where that comes from.
    pub part: Part,
    /// The median of what is projected for it; `None` where it is actual.
    pub projected: Option<f64>,
}

/// Where the amount of a period comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Part {
    /// It is earned already.
    Actual,
    /// It has passed, and no figures state it.
    Estimated,
    /// A part of it is earned already, and the rest is planned.
    PartActual,
    /// It is planned.
    Planned,
}

impl Part {
    /// In words.
    pub fn name(self) -> &'static str {
        match self {
            Self::Actual => "actual",
            Self::Estimated => "estimated",
            Self::PartActual => "part actual",
            Self::Planned => "planned",
        }
    }
}

/// What of a period is earned already.
struct Known {
    period: Period,
    amount: f64,
    part: Part,
}

/// The steps of a plan if nobody says: quarters where the figures are quarters or halves, else months.
pub fn default_step(series: &Series) -> Step {
    match series.step() {
        Some(Step::Quarter | Step::Half) => Step::Quarter,
        _ => Step::Month,
    }
}

/// Phases a target of `amount` for the revenue of `period` over its periods of one `step`.
///
/// # Errors
///
/// If the period is not made of such steps, if it has passed or is earned already, or if the series cannot be projected as far or
/// earns nothing in what is left.
pub fn phase(series: &Series, amount: f64, period: Period, step: Step) -> Result<Phasing, QuestionError> {
    let calendar = series.calendar();
    let (name, label) = (|| series.name().to_owned(), calendar.name(period));
    if amount <= 0.0 {
        return Err(QuestionError::TargetNotPositive { series: name(), amount, currency: series.currency(), period: label });
    }
    let Some(origin) = series.origin() else { return Err(ProjectError::nothing_observed(series).into()) };
    let Some(steps) = steps(calendar, period, step) else { return Err(QuestionError::NoSteps { period: label, step }) };
    if period.last() <= origin {
        return Err(QuestionError::PlanPast { series: name(), period: label });
    }
    let window = series.observations().map(|figure| figure.period).fold(period, Period::span);
    let fitted = Named::Growth.fit(series, window)?;
    let ahead = Period::new(period.first().max(origin.plus(1)), period.last()).unwrap_or(period);
    let median = |period: Period| fitted.distribution(Measure::Revenue, period).median();
    let known = known(series, &steps, period, origin, median);
    let usual = amount / steps.len() as f64;
    let stated = known.iter().filter(|known| known.part == Part::Actual).map(|known| known.amount);
    let unit = Unit::of(usual, &stated.chain([amount]).collect::<Vec<_>>());
    let known_counts: Vec<f64> = known.iter().map(|known| unit.count(known.amount)).collect();
    let earned = unit.amount(known_counts.iter().sum());
    let rest_count = unit.count(amount) - known_counts.iter().sum::<f64>();
    let rest = unit.amount(rest_count);
    if rest <= 0.0 {
        return Err(QuestionError::AlreadyEarned {
            series: name(),
            earned,
            target: amount,
            currency: series.currency(),
            period: label,
        });
    }
    let left: Vec<Period> = steps.iter().filter_map(|step| overlap(*step, ahead)).collect();
    let draws = Draws::of_fit(&fitted, series.name(), ahead, PAIRS);
    let paths: Vec<Vec<f64>> = left.iter().map(|period| draws.totals(*period)).collect();
    let Some(tilted) = tilt(&paths, rest) else { return Err(QuestionError::NothingToPhase { series: name(), period: label }) };
    let parts: Vec<f64> = tilted.means.iter().map(|mean| mean / unit.size()).collect();
    let counts = whole(&parts, rest_count);
    let whole_period = fitted.distribution(Measure::Revenue, period);
    let ends = [Level::lower, Level::upper]
        .map(|end| Level::from_percent(80.0).map_or(f64::NAN, |level| whole_period.quantile(end(level))));
    let before = series.stated(Measure::Revenue, period_before(period)).map(Amount::value).filter(|before| *before > 0.0);
    Ok(Phasing {
        series: name(),
        currency: series.currency(),
        target: amount,
        period,
        rows: rows(&known, &known_counts, &steps, &left, &counts, unit, median),
        unit: unit.size(),
        earned,
        earned_is_estimated: known.iter().any(|known| known.part == Part::Estimated),
        ahead,
        rest,
        rest_projected: median(ahead),
        median: whole_period.median(),
        interval: (ends[0], ends[1]),
        probability: whole_period.at_least(amount),
        required_growth: before.map(|before| amount / before - 1.0),
        projected_growth: before.map(|before| whole_period.median() / before - 1.0),
        scale: tilted.scale,
        coarse: coarse(series, step),
        instead: fitted.instead(series),
    })
}

/// The figures of a plan: a target of revenue for each period, which adds up to the whole.
pub fn figures(plan: &Phasing) -> Vec<Figure> {
    let figure = |row: &PlanRow| {
        let amount = Amount::new(row.amount, plan.unit).unwrap_or_else(|| unreachable!("plans are finite"));
        let mut figure = Figure::new(Fact::Target { amount, basis: Some(Measure::Revenue) }, row.period);
        if row.part != Part::Planned {
            let note = Some(format!("{} when it was planned", row.part.name()));
            figure.aside = Some(Box::new(crate::series::Aside { note, ..Default::default() }));
        }
        figure
    };
    plan.rows.iter().map(figure).collect()
}

/// The periods of one step that make up a period.
fn steps(calendar: FiscalCalendar, period: Period, step: Step) -> Option<Vec<Period>> {
    let first = calendar.period_at(step, period.first());
    if first.first() != period.first() || !period.months().is_multiple_of(step.months()) {
        return None;
    }
    Some((0..period.months() / step.months()).filter_map(|k| Some(first.shift(i32::try_from(k).ok()?))).collect())
}

fn overlap(a: Period, b: Period) -> Option<Period> {
    Period::new(a.first().max(b.first()), a.last().min(b.last()))
}

fn period_before(period: Period) -> Period {
    Period::ending(period.last().plus(-12), period.months())
}

/// What is earned of a period up to the origin: by the steps where the figures tell, else by quarters or halves, else as a whole; by
/// the model's median where no figures state it.
fn known(series: &Series, steps: &[Period], period: Period, origin: Month, median: impl Fn(Period) -> f64) -> Vec<Known> {
    let Some(passed) = Period::new(period.first(), period.last().min(origin)) else { return Vec::new() };
    let actual = |period: Period| {
        let amount = series.stated(Measure::Revenue, period)?.value();
        Some(Known { period, amount, part: Part::Actual })
    };
    let by =
        |periods: &[Period]| periods.iter().filter_map(|one| overlap(*one, passed)).map(actual).collect::<Option<Vec<Known>>>();
    let coarser = |step: Step| self::steps(series.calendar(), period, step).and_then(|periods| by(&periods));
    by(steps)
        .or_else(|| coarser(Step::Quarter))
        .or_else(|| coarser(Step::Half))
        .or_else(|| by(&[passed]))
        .unwrap_or_else(|| vec![Known { period: passed, amount: median(passed), part: Part::Estimated }])
}

/// The rows of a plan: what is known, what is left, and of a period with both their sum.
fn rows(
    known: &[Known],
    known_counts: &[f64],
    steps: &[Period],
    left: &[Period],
    counts: &[f64],
    unit: Unit,
    median: impl Fn(Period) -> f64,
) -> Vec<PlanRow> {
    let mut rows: Vec<PlanRow> = known
        .iter()
        .zip(known_counts)
        .map(|(known, count)| PlanRow { period: known.period, amount: unit.amount(*count), part: known.part, projected: None })
        .collect();
    for (period, count) in left.iter().zip(counts) {
        let begun = rows
            .last()
            .filter(|row| steps.iter().any(|step| step.first() == row.period.first() && step.last() == period.last()));
        match begun.copied().zip(known_counts.last()) {
            Some((row, earned)) if row.period.last() < period.first() && row.part == Part::Actual => {
                let period = row.period.span(*period);
                let amount = unit.amount(count + earned);
                rows.pop();
                rows.push(PlanRow { period, amount, part: Part::PartActual, projected: Some(median(period)) });
            }
            _ => rows.push(PlanRow {
                period: *period,
                amount: unit.amount(*count),
                part: Part::Planned,
                projected: Some(median(*period)),
            }),
        }
    }
    rows
}

/// See [`Phasing::coarse`].
fn coarse(series: &Series, step: Step) -> Option<u32> {
    let totals = series.observations().filter(|figure| matches!(figure.fact, Fact::Revenue(_)));
    let shortest = totals.map(|figure| figure.period.months()).min();
    match shortest {
        Some(months) => (months > step.months()).then_some(months),
        None => Some(0),
    }
}
