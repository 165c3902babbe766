//! From a fitted method to the rows, the path and the odds that a plan asks for.

use crate::calendar::{Month, Period};
use crate::project::{Fitted, Horizon, Interval, Level, Method, PathPoint, Plan, ProjectError, Projection, Row, TargetOdds};
use crate::series::{Fact, Measure, Role, Series};

/// Fits `method` to `series` and tabulates its answer for `plan`. The fitted method comes too, for further questions.
///
/// # Errors
///
/// If nothing is observed, if the horizon ends before the first period after the origin, or if the method refuses the series.
pub fn project<M: Method>(method: &M, series: &Series, plan: &Plan) -> Result<(Projection, M::Fitted), ProjectError> {
    let window = window(series, plan)?;
    let fitted = method.fit(series, window)?;
    let projection = tabulate(&fitted, method.name(), series, plan)?;
    Ok((projection, fitted))
}

/// Every month that a plan asks about: from the start of the first period (or of a target's, if that is earlier) to the end of
/// the last (or of a target's, if that is later), with every observation.
///
/// # Errors
///
/// If nothing is observed, or if the horizon ends before the first period after the origin.
pub fn window(series: &Series, plan: &Plan) -> Result<Period, ProjectError> {
    let (origin, periods) = ahead(series, plan)?;
    let asked = periods.into_iter().chain(targets_ahead(series, origin).map(|(_, period, _)| period));
    let spans: Vec<Period> = asked.chain(series.observations().map(|figure| figure.period)).collect();
    let first = spans.iter().map(|span| span.first()).min().unwrap_or(origin);
    let last = spans.iter().map(|span| span.last()).max().unwrap_or(origin);
    Ok(Period::new(first, last).unwrap_or_else(|| origin.into()))
}

/// The origin and the periods to project.
fn ahead(series: &Series, plan: &Plan) -> Result<(Month, Vec<Period>), ProjectError> {
    let Some(origin) = series.origin() else {
        return Err(ProjectError::nothing_observed(series));
    };
    let periods = plan.periods(series.calendar(), origin);
    if periods.is_empty() {
        let until = match plan.horizon {
            Horizon::Until(month) => month,
            Horizon::Months(_) => origin,
        };
        return Err(ProjectError::NothingAhead { series: series.name().to_owned(), origin, until });
    }
    Ok((origin, periods))
}

fn tabulate<F: Fitted>(fitted: &F, method: &'static str, series: &Series, plan: &Plan) -> Result<Projection, ProjectError> {
    let (origin, periods) = ahead(series, plan)?;
    let row = |measure, period: Period| {
        let distribution = fitted.distribution(measure, period);
        let intervals = intervals(&plan.levels, |p| distribution.quantile(p));
        Row { measure, period, median: distribution.median(), mean: distribution.mean(), intervals }
    };
    let measures = [Measure::Revenue, Measure::RunRate];
    let rows = measures.iter().flat_map(|measure| periods.iter().map(|period| row(*measure, *period))).collect();
    let path = match (plan.path, periods.last()) {
        (true, Some(last)) => path(fitted, origin, last.last(), &plan.levels),
        _ => Vec::new(),
    };
    let targets = targets_ahead(series, origin)
        .flat_map(|(figure, period, basis)| {
            let readings = measures.into_iter().filter(move |reading| basis.is_none_or(|basis| basis == *reading));
            readings.map(move |reading| (figure, period, reading))
        })
        .map(|(figure, period, reading)| {
            let amount = series.figures()[figure].fact.amount().map_or(0.0, |amount| amount.value());
            let probability = 1.0 - fitted.distribution(reading, period).cdf(amount);
            TargetOdds { figure, reading, period, probability }
        })
        .collect();
    Ok(Projection {
        series: series.name().to_owned(),
        currency: series.currency(),
        calendar: series.calendar(),
        method,
        reason: fitted.reason(series),
        origin,
        levels: plan.levels.clone(),
        rows,
        path,
        targets,
        details: fitted.details(),
    })
}

/// The run-rate of each month from the first that the method knows to `last`; with intervals from the origin on.
fn path<F: Fitted>(fitted: &F, origin: Month, last: Month, levels: &[Level]) -> Vec<PathPoint> {
    (fitted.start().index()..=last.index())
        .map(Month::from_index)
        .map(|month| {
            let distribution = fitted.distribution(Measure::RunRate, month.into());
            let intervals = if month < origin { Vec::new() } else { intervals(levels, |p| distribution.quantile(p)) };
            PathPoint { month, median: distribution.median(), intervals }
        })
        .collect()
}

fn intervals(levels: &[Level], quantile: impl Fn(f64) -> f64) -> Vec<Interval> {
    levels.iter().map(|level| Interval { lo: quantile(level.lower()), hi: quantile(level.upper()) }).collect()
}

/// The targets that stand and whose period ends after the origin: index of the figure, period and basis.
fn targets_ahead(series: &Series, origin: Month) -> impl Iterator<Item = (usize, Period, Option<Measure>)> + '_ {
    let figures = series.figures().iter().zip(series.roles()).enumerate();
    figures.filter_map(move |(index, (figure, role))| match figure.fact {
        Fact::Target { basis, .. } if *role == Role::NotRevenue && figure.period.last() > origin => {
            Some((index, figure.period, basis))
        }
        _ => None,
    })
}
