//! A constant factor between run-rates and totals, where the run-rates leave something out that the totals count, or count more.

use serde::Serialize;

use super::Figures;
use crate::calendar::Period;
use crate::question::QuestionError;
use crate::series::Measure;

/// What run-rates cover of what the totals cover.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum Scope {
    /// The same.
    #[default]
    Same,
    /// This share, above zero: 0.85 if the run-rates leave out 15% of the revenue.
    Given(f64),
    /// A constant share that the figures are asked for.
    Estimated,
}

/// The factor between run-rates and totals that an answer rests on.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct ScopeFactor {
    /// A stated run-rate over what it would be if it covered what the totals cover.
    pub factor: f64,
    /// Ends of the factor's 80% interval, or `None` for a factor that was given.
    pub interval_80: Option<(f64, f64)>,
}

/// The factors looked at are from one tenth to ten.
const WIDEST: f64 = std::f64::consts::LN_10;
/// Steps on either side of the centre, at first over all factors and then where the likelihood is.
const STEPS: i32 = 80;
/// Log likelihood below the top at which nothing is left: a density of e^-10 of the top's.
const NOTHING: f64 = 10.0;
/// A factor is told from growth if the likelihood at the ends of what is looked at is this far below the top.
const TOLD: f64 = 4.0;

/// The factor that is asked for, which `figures` keeps.
pub(super) fn factor(figures: &mut Figures<'_>, fitted: &[usize], scope: Scope) -> Result<Option<ScopeFactor>, QuestionError> {
    let found = match scope {
        Scope::Same => return Ok(None),
        Scope::Given(factor) => ScopeFactor { factor, interval_80: None },
        Scope::Estimated => estimate(figures, fitted)?,
    };
    figures.scope = found.factor;
    Ok(Some(found))
}

/// The median of the factor's posterior under a flat prior on its log, by the marginal likelihood of the growth model on a grid.
fn estimate(figures: &mut Figures<'_>, fitted: &[usize]) -> Result<ScopeFactor, QuestionError> {
    overlap(figures, fitted)?;
    let coarse = likelihood(figures, fitted, 0.0, WIDEST)?;
    let top = coarse.iter().map(|(_, log)| *log).fold(f64::NEG_INFINITY, f64::max);
    let ends = coarse[0].1.max(coarse[coarse.len() - 1].1);
    if ends > top - TOLD {
        return Err(unknown(figures, "any factor from a tenth to ten explains the figures nearly as well"));
    }
    // One step beyond what counts on either side, so that the finer grid holds it whole.
    let counts = |(_, log): &&(f64, f64)| *log > top - NOTHING;
    let step = WIDEST / f64::from(STEPS);
    let lo = coarse.iter().find(counts).map_or(-WIDEST, |(at, _)| at - step);
    let hi = coarse.iter().rfind(counts).map_or(WIDEST, |(at, _)| at + step);
    let fine = likelihood(figures, fitted, f64::midpoint(lo, hi), (hi - lo) / 2.0)?;
    let quantile = |p: f64| libm::exp(quantile(&fine, p));
    Ok(ScopeFactor { factor: quantile(0.5), interval_80: Some((quantile(0.1), quantile(0.9))) })
}

/// The log of the factor and of the figures' density under it, evenly spaced.
fn likelihood(figures: &mut Figures<'_>, fitted: &[usize], centre: f64, reach: f64) -> Result<Vec<(f64, f64)>, QuestionError> {
    let months = figures.months(fitted);
    let window = Period::new(*months.start(), *months.end()).unwrap_or_else(|| (*months.end()).into());
    let mut grid = Vec::new();
    for step in -STEPS..=STEPS {
        let log_factor = centre + reach * f64::from(step) / f64::from(STEPS);
        figures.scope = libm::exp(log_factor);
        grid.push((log_factor, figures.fit(fitted, window)?.log_evidence()));
    }
    Ok(grid)
}

/// The point below which a share `p` of the density lies whose log is a straight line between the points of the grid.
///
/// Where the log curves alike everywhere, as a normal one does, that is too low by the same share everywhere, which goes when the
/// whole is made 1.
fn quantile(grid: &[(f64, f64)], p: f64) -> f64 {
    let top = grid.iter().map(|(_, log)| *log).fold(f64::NEG_INFINITY, f64::max);
    let density = |log: f64| libm::exp(log - top);
    // Of a cell one wide: the integral of an exponential is its rise over its rate.
    let level = |rate: f64| rate.abs() < 1e-6;
    let mass = |from: f64, to: f64| {
        if level(to - from) { density(f64::midpoint(from, to)) } else { (density(to) - density(from)) / (to - from) }
    };
    let mut cumulative = vec![0.0];
    for pair in grid.windows(2) {
        cumulative.push(cumulative[cumulative.len() - 1] + mass(pair[0].1, pair[1].1));
    }
    let wanted = p * cumulative[cumulative.len() - 1];
    let after = cumulative.iter().position(|sum| *sum >= wanted).unwrap_or(1).max(1);
    let (rest, from, to) = (wanted - cumulative[after - 1], grid[after - 1], grid[after]);
    let rate = to.1 - from.1;
    let share =
        if level(rate) { rest / density(from.1) } else { (libm::log(density(from.1) + rate * rest) - (from.1 - top)) / rate };
    from.0 + share * (to.0 - from.0)
}

/// Run-rates and totals must speak of the same time, or their factor cannot be told from growth.
fn overlap(figures: &Figures<'_>, fitted: &[usize]) -> Result<(), QuestionError> {
    let of = |measure: Measure| -> Vec<usize> {
        fitted.iter().copied().filter(|index| figures.statements[*index].measure() == measure).collect()
    };
    let (rates, totals) = (of(Measure::RunRate), of(Measure::Revenue));
    if rates.is_empty() || totals.is_empty() {
        let missing = if rates.is_empty() { "run-rates" } else { "totals" };
        return Err(unknown(figures, &format!("there are no {missing}")));
    }
    let (rates, totals) = (figures.months(&rates), figures.months(&totals));
    if rates.end() < totals.start() || totals.end() < rates.start() {
        return Err(unknown(figures, "no run-rate falls in the period of the totals"));
    }
    Ok(())
}

fn unknown(figures: &Figures<'_>, why: &str) -> QuestionError {
    QuestionError::ScopeUnknown { series: figures.series.name().to_owned(), why: why.to_owned() }
}

#[cfg(test)]
mod tests {
    use approx::assert_abs_diff_eq;

    use super::*;

    #[test]
    fn quantiles_of_a_normal_density_on_a_grid() {
        let grid: Vec<(f64, f64)> = (-60..=60).map(|k| f64::from(k) / 10.0).map(|x| (x, -x * x / 2.0)).collect();
        // scipy.stats.norm.ppf(0.9)
        assert_abs_diff_eq!(quantile(&grid, 0.9), 1.281_551_6, epsilon = 1e-3);
        assert_abs_diff_eq!(quantile(&grid, 0.5), 0.0, epsilon = 1e-9);
    }
}
