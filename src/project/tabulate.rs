//! From a fitted method to the rows, the path and the odds that a plan asks for.

use crate::calendar::{Month, Period, Step};
use crate::money::Amount;
use crate::project::derive::derive;
use crate::project::readings::is_twelve_off;
use crate::project::{
    Derivation, Fitted, Horizon, Interval, Level, Method, Milestone, PathPoint, Plan, ProjectError, Projection, Row, TargetOdds,
};
use crate::series::{Fact, Measure, Role, Series};

/// Fits `method` to `series` and tabulates its answer for `plan`. The fitted method comes too, for further questions.
///
/// # Errors
///
/// If nothing is observed, if the horizon ends before the first period after the origin, or if the method refuses the series.
pub fn project<M: Method>(method: &M, series: &Series, plan: &Plan) -> Result<(Projection, M::Fitted), ProjectError> {
    let window = window(series, plan)?;
    let fitted = method.fit(series, window)?;
    let projection = tabulate(&fitted, series, plan)?;
    Ok((projection, fitted))
}

/// Every month that a plan asks about: from the start of the first period (or of a target's, if that is earlier) to the end of
/// the last (or of a target's, if that is later), with every observation.
///
/// # Errors
///
/// If nothing is observed, or if the horizon ends before the first period after the origin.
pub fn window(series: &Series, plan: &Plan) -> Result<Period, ProjectError> {
    let asked = asked(series, plan)?;
    Ok(series.observations().map(|figure| figure.period).fold(asked, Period::span))
}

/// Every month that a plan asks about, whatever is observed.
pub(super) fn asked(series: &Series, plan: &Plan) -> Result<Period, ProjectError> {
    let (origin, periods) = ahead(series, plan)?;
    let milestones = milestone_periods(series, origin, &periods);
    let targets = targets_ahead(series, origin).map(|(_, period, _)| period);
    let next = plan.derive.contains(&Derivation::Next).then(|| Period::ending(origin.plus(12), 12));
    let first = periods[0];
    Ok(periods.into_iter().chain(milestones).chain(targets).chain(next).fold(first, Period::span))
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

/// Tabulates what `fitted` answers for `plan`; the window it was fitted for is [`window`].
///
/// # Errors
///
/// If nothing is observed, if the horizon ends before the first period after the origin, or if what is projected grows beyond all
/// numbers.
pub fn tabulate<F: Fitted>(fitted: &F, series: &Series, plan: &Plan) -> Result<Projection, ProjectError> {
    let (origin, periods) = ahead(series, plan)?;
    let measures = [Measure::Revenue, Measure::RunRate];
    let rows: Vec<Row> =
        measures.iter().flat_map(|measure| periods.iter().map(|period| row(fitted, *measure, *period, &plan.levels))).collect();
    let milestones = milestones(fitted, series, origin, &periods, &rows, &plan.levels);
    let (path, trailing) = match (plan.path, periods.last().map(|last| last.last())) {
        (true, Some(last)) => (path(fitted, origin, last, &plan.levels), trailing(fitted, origin, last, &plan.levels)),
        _ => (Vec::new(), Vec::new()),
    };
    let all = rows.iter().chain(milestones.iter().flat_map(|one| [&one.revenue, &one.run_rate]));
    let ends = all.map(|row| (row.period, row.mean, row.median, &row.intervals));
    let path_ends = path.iter().chain(&trailing).map(|point| (point.month.into(), 0.0, point.median, &point.intervals));
    let beyond = ends.chain(path_ends).find(|(_, mean, median, intervals)| {
        let ends = intervals.iter().flat_map(|interval| [interval.lo, interval.hi]);
        !ends.chain([*mean, *median]).all(f64::is_finite)
    });
    if let Some((period, ..)) = beyond {
        return Err(ProjectError::Unbounded { series: series.name().to_owned(), period: series.calendar().name(period) });
    }
    let targets = targets_ahead(series, origin)
        .flat_map(|(figure, period, basis)| {
            let readings = measures.into_iter().filter(move |reading| basis.is_none_or(|basis| basis == *reading));
            readings.map(move |reading| (figure, period, basis, reading))
        })
        .filter_map(|(figure, period, basis, reading)| {
            let amount = series.figures()[figure].fact.amount().map_or(0.0, Amount::value);
            let level = |measure: Measure| fitted.distribution(measure, period).median();
            if basis.is_none() && is_twelve_off(reading, amount, period, level) {
                return None;
            }
            let probability = fitted.distribution(reading, period).at_least(amount);
            Some(TargetOdds { figure, reading, period, probability })
        })
        .collect();
    let derived = derive(fitted, series, origin, &periods, plan);
    Ok(Projection {
        series: series.name().to_owned(),
        parent: series.parent().map(str::to_owned),
        quantity: series.quantity(),
        currency: series.currency(),
        calendar: series.calendar(),
        method: fitted.method(),
        reason: fitted.reason(series),
        origin,
        levels: plan.levels.clone(),
        rows,
        milestones,
        path,
        trailing,
        targets,
        choice: fitted.choice().cloned(),
        derived,
        details: fitted.details(),
        setting: None,
    })
}

fn row<F: Fitted>(fitted: &F, measure: Measure, period: Period, levels: &[Level]) -> Row {
    let distribution = fitted.distribution(measure, period);
    let (quantiles, mean) = distribution.quantiles_and_mean(&probabilities(levels));
    let (median, intervals) = median_and_intervals(&quantiles);
    Row { measure, period, median, mean, intervals }
}

/// The fiscal years that end after the origin and within `periods`, and where these end within a year the twelve months up to there,
/// if as many are known; where there is none of either, the last of `periods`.
fn milestone_periods(series: &Series, origin: Month, periods: &[Period]) -> Vec<Period> {
    let (Some(first), Some(last)) = (periods.first(), periods.last()) else { return Vec::new() };
    let calendar = series.calendar();
    let year = calendar.period_at(Step::Year, origin.plus(1));
    let count = (last.last().since(year.first()) + 1) / 12;
    let mut found: Vec<Period> = (0..count).map(|k| year.shift(k)).collect();
    let twelve = Period::ending(last.last(), 12);
    let known = series.start().unwrap_or(origin).min(first.first()).min(year.first());
    if found.last().is_none_or(|year| year.last() < last.last()) && twelve.first() >= known {
        found.push(twelve);
    }
    if found.is_empty() { vec![*last] } else { found }
}

fn milestones<F: Fitted>(
    fitted: &F,
    series: &Series,
    origin: Month,
    periods: &[Period],
    rows: &[Row],
    levels: &[Level],
) -> Vec<Milestone> {
    // With yearly steps the rows hold what is asked; with any, the run-rates, which are those of the last month.
    let find = |measure: Measure, period: Period| {
        let same = |row: &&Row| {
            row.measure == measure
                && (row.period == period || measure == Measure::RunRate && row.period.last() == period.last())
        };
        let known = rows.iter().find(same).map(|row| Row { period, ..row.clone() });
        known.unwrap_or_else(|| row(fitted, measure, period, levels))
    };
    let at_origin = fitted.distribution(Measure::RunRate, origin.into()).median();
    let mut before: Option<(Period, f64)> = None;
    let milestone = |period: Period| {
        let revenue = find(Measure::Revenue, period);
        let run_rate = find(Measure::RunRate, period);
        let years = f64::from(period.last().since(origin)) / 12.0;
        let run_rate_growth = libm::pow(run_rate.median / at_origin, 1.0 / years) - 1.0;
        let year_before = Period::ending(period.last().plus(-12), period.months());
        let known = year_before.first() >= fitted.start();
        let base = before.filter(|(period, _)| *period == year_before).map(|(_, median)| median);
        let base = base.or_else(|| known.then(|| fitted.distribution(Measure::Revenue, year_before).median()));
        before = Some((period, revenue.median));
        let revenue_growth = base.map(|base| revenue.median / base - 1.0);
        // From nothing there is no growth.
        let number = |growth: &f64| growth.is_finite();
        Milestone {
            period,
            revenue,
            run_rate,
            revenue_growth: revenue_growth.filter(number),
            run_rate_growth: Some(run_rate_growth).filter(number),
            lead: series.lead(),
        }
    };
    milestone_periods(series, origin, periods).into_iter().map(milestone).collect()
}

/// The run-rate of each month from the first that the method knows to `last`; with intervals from the origin on.
fn path<F: Fitted>(fitted: &F, origin: Month, last: Month, levels: &[Level]) -> Vec<PathPoint> {
    let mut path: Vec<PathPoint> = (fitted.start().index()..=last.index())
        .map(Month::from_index)
        .map(|month| {
            let distribution = fitted.distribution(Measure::RunRate, month.into());
            let levels = if month < origin { &[] } else { levels };
            let (median, intervals) = median_and_intervals(&distribution.quantiles(&probabilities(levels)));
            PathPoint { month, median, intervals }
        })
        .collect();
    let ahead = path.iter().position(|point| point.month >= origin).unwrap_or(path.len());
    fill_notches(&mut path[ahead..]);
    path
}

/// The revenue of the twelve months up to each month from the origin to `last`, from where the method knows as many.
fn trailing<F: Fitted>(fitted: &F, origin: Month, last: Month, levels: &[Level]) -> Vec<PathPoint> {
    let point = |month: Month| {
        let distribution = fitted.distribution(Measure::Revenue, Period::ending(month, 12));
        let (median, intervals) = median_and_intervals(&distribution.quantiles(&probabilities(levels)));
        PathPoint { month, median, intervals }
    };
    let first = origin.max(fitted.start().plus(11));
    let months = || (first.index()..=last.index()).map(Month::from_index);
    if !months().all(|month| fitted.knows(Measure::Revenue, Period::ending(month, 12))) {
        return Vec::new();
    }
    months().map(point).collect()
}

/// Months on either side that a notch in the intervals is measured against.
const NOTCH_REACH: usize = 6;

/// Widens the intervals of months that are surer than the months around them only because they share their month of the year with
/// one of few figures, so that a band drawn through them does not pinch once a year.
///
/// It is the closing of mathematical morphology, on the distance of each end from the median: what grows steadily stays as it is,
/// nothing is narrowed, and the first and last month keep their own.
fn fill_notches(points: &mut [PathPoint]) {
    let Some(levels) = points.first().map(|point| point.intervals.len()) else { return };
    for level in 0..levels {
        // Of a month whose median is nothing there is no ratio, and it stays as it is.
        let ratio = |point: &PathPoint, over: f64, under: f64| if point.median > 0.0 { over / under } else { 1.0 };
        let up: Vec<f64> = points.iter().map(|point| ratio(point, point.intervals[level].hi, point.median)).collect();
        let down: Vec<f64> = points.iter().map(|point| ratio(point, point.median, point.intervals[level].lo)).collect();
        let closed = points.iter_mut().zip(closing(&up)).zip(closing(&down)).filter(|((point, _), _)| point.median > 0.0);
        for ((point, up), down) in closed {
            point.intervals[level] = Interval { lo: point.median / down, hi: point.median * up };
        }
    }
}

/// The least, over windows that hold a place, of the most in each: values beyond the ends are those of the ends.
fn closing(values: &[f64]) -> Vec<f64> {
    let at = |place: isize| values[place.clamp(0, values.len().cast_signed() - 1).cast_unsigned()];
    let reach = NOTCH_REACH.cast_signed();
    let most = |place: isize| (place - reach..=place + reach).map(at).fold(f64::NEG_INFINITY, f64::max);
    (0..values.len().cast_signed())
        .map(|place| (place - reach..=place + reach).map(most).fold(f64::INFINITY, f64::min))
        .collect()
}

/// What to ask of a distribution for its median and the intervals of these levels.
pub(super) fn probabilities(levels: &[Level]) -> Vec<f64> {
    std::iter::once(0.5).chain(levels.iter().flat_map(|level| [level.lower(), level.upper()])).collect()
}

/// The answer to [`probabilities`].
pub(super) fn median_and_intervals(quantiles: &[f64]) -> (f64, Vec<Interval>) {
    (quantiles[0], quantiles[1..].chunks_exact(2).map(|ends| Interval { lo: ends[0], hi: ends[1] }).collect())
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn notches_are_filled_and_nothing_else_changes() {
        let growing: Vec<f64> = (0..30).map(|k| 1.0 + libm::sqrt(f64::from(k))).collect();
        assert_eq!(closing(&growing), growing);
        let mut notched = growing.clone();
        notched[12] = 1.5;
        notched[24] = 1.5;
        let filled = closing(&notched);
        assert_eq!((filled[12], filled[24]), (growing[11], growing[23]));
        let others = (0..30).filter(|k| *k != 12 && *k != 24);
        assert!(others.into_iter().all(|k| filled[k] == growing[k]));
        assert_eq!(closing(&[3.0, 1.0]), [3.0, 1.0]);
    }
}
