//! The choice of a method: by what the series is, and by its own backtest.
//!
//! Where figures are few, mixed or unevenly spaced, there is no choice: [`growth`](super::growth) answers from any. For regular
//! totals that are enough for a backtest the default is [`combine`]. The last few horizons are projected again from
//! what was known before them, by `combine`, `ets`, `theta` and growth, and another method is taken only if its error was less than
//! [`BETTER`] of that of `combine`: a handful of errors of one series says little, and to follow it at every turn loses to always
//! combining. `docs/accuracy.md` has what other thresholds gain and lose.
//!
//! # References
//!
//! Tashman, "Out-of-sample tests of forecasting accuracy", *International Journal of Forecasting* 16 (2000), for rolling origins.

use std::fmt;

use super::combine::Combined;
use super::explanation::Explanation;
use super::growth::Growth;
use super::named::Named;
use super::standard::{Regular, Standard};
use super::{breaks, combine, ets, naive, unit};
use crate::calendar::Period;
use crate::project::{Fitted, Method};
use crate::series::{Figure, Measure, Series};

/// What another method's error must be below, as a share of that of `combine`.
pub const BETTER: f64 = 1.0 / 3.0;
/// Origins that are looked back to.
const ORIGINS: usize = 4;
/// With fewer origins there is no backtest to speak of.
const LEAST_ORIGINS: usize = 2;
/// Errors below this share of the figures are rounding.
const ROUNDING: f64 = 1e-9;
/// Totals before the first origin: no fewer, and no fewer than two seasons.
const LEAST_BEFORE: usize = 8;
/// With more values than this the growth model is not tried: its fit takes the cube of their number.
const MOST_FOR_GROWTH: usize = 60;
/// With fewer months than this `combine` sees too little of a season.
const LEAST_MONTHS: usize = 30;
/// The methods that are tried beside growth, as [`combine::with_parts`] gives them and the benchmark; the first is the default.
const CANDIDATES: [Standard; 4] = [Standard::Combine, Standard::Ets, Standard::Theta, Standard::SeasonalNaive];

/// What the others are measured by: the last season, or the last value of yearly totals.
fn benchmark_of(season: usize) -> Standard {
    if season > 1 { Standard::SeasonalNaive } else { Standard::Naive }
}

/// Name in files and on the command line.
pub const NAME: &str = "auto";

/// What it is, in a line without a full stop.
pub const SUMMARY: &str = "The growth model where figures are few or mixed, else combine or what a backtest finds far better";

/// What there is to say of it.
pub const EXPLANATION: Explanation = Explanation {
    does: "Chooses for each series: growth where figures are few, mixed or unevenly spaced; for regular totals combine, unless \
           another method had less than a third of its error in the series' own backtests.",
    needs: "Any figures; for a backtest twelve regular totals or more, two seasons and a year of them at least.",
    limits: "A few backtests of one series say little, so it rarely departs from combine.",
    reference: "Tashman, International Journal of Forecasting 16 (2000), for rolling origins.",
};

/// What a backtest found for one method.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Score {
    /// The method.
    pub method: Named,
    /// Mean absolute error, divided by that of the seasonal naive forecast (the naive one for yearly totals) from the same origins.
    pub error: f64,
}

/// How a method was chosen by a backtest.
#[derive(Clone, Debug, PartialEq)]
pub struct Choice {
    /// Origins looked back to.
    pub origins: usize,
    /// Periods projected from each.
    pub horizon: usize,
    /// The candidates, the chosen one first.
    pub scores: Vec<Score>,
}

/// In words, after the name of the method: `its error was 0.81 of the seasonal naive forecast's in 4 backtests …`.
impl fmt::Display for Choice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { origins, horizon, scores } = self;
        let [chosen, others @ ..] = scores.as_slice() else { return Ok(()) };
        write!(f, "in {origins} backtests, {horizon} ahead, ")?;
        let all_finite = scores.iter().all(|score| score.error.is_finite());
        if !all_finite {
            return f.write_str("the naive forecast was exact, since every figure equalled the one before");
        }
        let is_benchmark = |score: &&Score| matches!(score.method, Named::Standard(Standard::Naive | Standard::SeasonalNaive));
        if is_benchmark(&chosen) {
            write!(f, "no method had a smaller error than the naive forecast")?;
        } else {
            write!(f, "its error was {:.2} of the naive forecast's", chosen.error)?;
        }
        let told = others.iter().filter(|score| !is_benchmark(score));
        let told: Vec<String> = told.map(|score| format!("{} {:.2}", score.method.name(), score.error)).collect();
        write!(f, " ({})", told.join(", "))?;
        if chosen.method == Named::Standard(Standard::Combine) {
            write!(f, "; none had less than a third of it")?;
        }
        Ok(())
    }
}

/// The method that a backtest of regular totals chooses, of which there are `values` and `season` in a year, for `horizon` periods
/// ahead; `None` if they are too few for a backtest. `growth` gives the growth model's medians for so many periods after the first
/// so many values; `None` where it has none.
pub fn choose(
    values: &[f64],
    season: usize,
    horizon: usize,
    work: &mut ets::Workspace,
    mut growth: impl FnMut(usize, usize) -> Option<Vec<f64>>,
) -> Option<Choice> {
    // What was mended stays so: a jump is no error of any method. In units of the mean, as the methods have it.
    let (seen, breaks) = breaks::mended(values, season);
    let (unit, values) = unit::of(&seen);
    // A year at most, but four periods: farther ahead there are too few origins that do not overlap.
    let horizon = horizon.min(season.max(4));
    let before = LEAST_BEFORE.max(2 * season);
    let stride = horizon.div_ceil(2);
    let cuts: Vec<usize> = (0..ORIGINS)
        .filter_map(|back| values.len().checked_sub(horizon + back * stride))
        .filter(|cut| *cut >= before)
        .collect();
    if cuts.len() < LEAST_ORIGINS {
        return None;
    }
    let error = |medians: &[f64], cut: usize| medians.iter().zip(&values[cut..]).map(|(a, b)| (a - b).abs()).sum::<f64>();
    let mut naive = 0.0;
    let mut totals = [0.0; CANDIDATES.len()];
    for &cut in &cuts {
        let known = &values[..cut];
        let benchmark = naive::seasonal(known, season, horizon);
        naive += error(&benchmark.median, cut);
        let Combined { median, smoothed, theta } = combine::with_parts(known, season, horizon, work);
        for (total, raw) in totals.iter_mut().zip([median, smoothed, theta, benchmark]) {
            *total += error(&raw.median, cut);
        }
    }
    // A series that the naive forecast follows exactly: what errs at all is infinitely worse.
    let rounding = ROUNDING * values.iter().map(|value| value.abs()).sum::<f64>();
    let relative = |sum: f64| match naive {
        naive if naive > rounding => sum / naive,
        _ if sum <= rounding => 1.0,
        _ => f64::INFINITY,
    };
    let mut scores: Vec<Score> = CANDIDATES
        .into_iter()
        .zip(totals)
        .map(|(method, total)| Score { method: Named::Standard(method), error: relative(total) })
        .collect();
    scores[CANDIDATES.len() - 1].method = Named::Standard(benchmark_of(season));
    // The growth model takes every figure as it is.
    if values.len() <= MOST_FOR_GROWTH
        && breaks.is_empty()
        && let Some(sum) = cuts
            .iter()
            .map(|cut| {
                let medians: Vec<f64> = growth(*cut, horizon)?.iter().map(|median| median / unit).collect();
                Some(error(&medians, *cut))
            })
            .sum()
    {
        scores.push(Score { method: Named::Growth, error: relative(sum) });
    }
    let least = scores.iter().enumerate().min_by(|a, b| a.1.error.total_cmp(&b.1.error));
    let far_better = |score: &Score| score.error < BETTER * scores[0].error;
    // What repeating the last season beats is not kept, however little four backtests say.
    if let Some((at, _)) = least.filter(|(_, score)| scores[0].error > 1.0 || far_better(score)) {
        scores[..=at].rotate_right(1);
    }
    Some(Choice { origins: cuts.len(), horizon, scores })
}

/// The choice for the regular totals of `series`, projected to the end of `window`; `None` if they are mixed or too few for a backtest.
pub(super) fn choice(series: &Series, window: Period) -> Option<Choice> {
    let regular = Regular::of(series, NAME).ok()?;
    let ahead = window.last().since(series.origin()?).cast_unsigned().div_ceil(regular.step.months());
    let grown = |cut: usize, horizon: usize| {
        let place = |at: usize| regular.first.shift(i32::try_from(at).unwrap_or(i32::MAX));
        let (last_known, last) = (place(cut - 1), place(cut + horizon - 1));
        let known = series.observations().filter(|figure| figure.period.last() <= last_known.last()).cloned().collect();
        let known = series.of_figures(known);
        let fit = Growth::new().fit(&known, Period::new(regular.first.first(), last.last())?).ok()?;
        Some((cut..cut + horizon).map(|at| fit.distribution(Measure::Revenue, place(at)).median()).collect())
    };
    choose(&regular.values, regular.season(), ahead as usize, &mut ets::Workspace::default(), grown)
}

/// Why `combine` answers for a series that has too few totals for a backtest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum WithoutBacktest {
    /// Some totals are zero, which the growth model does not take.
    Zeros,
    /// A jump or a spike, which the growth model would take for growth.
    Breaks,
    /// Enough months to see a season, of which the growth model knows nothing.
    Months,
}

impl WithoutBacktest {
    /// None where the growth model answers.
    pub(super) fn of(series: &Series) -> Option<Self> {
        if has_zeros(series) {
            return Some(Self::Zeros);
        }
        let regular = Regular::of(series, NAME).ok()?;
        if !breaks::mended(&regular.values, regular.season()).1.is_empty() {
            return Some(Self::Breaks);
        }
        (regular.season() == 12 && regular.values.len() >= LEAST_MONTHS).then_some(Self::Months)
    }
}

/// Whether `series` is regular and has a total of zero, which the growth model does not take.
pub(super) fn has_zeros(series: &Series) -> bool {
    let zero = |figure: &Figure| figure.fact.amount().is_some_and(|amount| amount.value() <= 0.0);
    series.step().is_some() && series.observations().any(zero)
}

/// Whether anything was earned.
pub(super) fn has_revenue(series: &Series) -> bool {
    series.observations().any(|figure| figure.fact.amount().is_some_and(|amount| amount.value() > 0.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A rising line with a fixed disturbance.
    fn rising(count: usize) -> Vec<f64> {
        (0..count).map(|at| 100.0 + 3.0 * at as f64 + [2.0, -3.0, 1.0, 4.0, -4.0][at % 5]).collect()
    }

    fn chosen(values: &[f64], growth: impl FnMut(usize, usize) -> Option<Vec<f64>>) -> Option<Choice> {
        choose(values, 1, 6, &mut ets::Workspace::default(), growth)
    }

    #[test]
    fn combine_is_kept_unless_another_is_far_better() {
        let values = rising(24);
        // Growth that knows what came, up to a share of the errors that combine made.
        let with = |share: f64| {
            let mut work = ets::Workspace::default();
            chosen(&values, |cut, ahead| {
                let combined = Standard::Combine.raw(&values[..cut], 1, ahead, &mut work).median;
                Some(combined.iter().zip(&values[cut..]).map(|(m, y)| y + share * (m - y)).collect())
            })
            .unwrap()
        };
        assert_eq!(with(0.34).scores[0].method, Named::Standard(Standard::Combine));
        assert_eq!(with(0.32).scores[0].method, Named::Growth);
        assert_eq!(with(0.32).scores.len(), CANDIDATES.len() + 1);
    }

    #[test]
    fn growth_counts_only_where_it_has_answers() {
        let choice = chosen(&rising(24), |_, _| None).unwrap();
        assert!(choice.scores.iter().all(|score| score.method != Named::Growth));
        let long = chosen(&rising(MOST_FOR_GROWTH + 1), |_, _| panic!("growth is not tried on long series")).unwrap();
        assert_eq!(long.scores.len(), CANDIDATES.len());
    }

    #[test]
    fn origins_leave_enough_before_and_the_whole_horizon_after() {
        // Four ahead, two from origin to origin: 14 leave origins after 10 and 8, 13 one after 9 only.
        assert_eq!(chosen(&rising(14), |_, _| None).unwrap().origins, 2);
        assert_eq!(chosen(&rising(13), |_, _| None), None);
        assert_eq!(chosen(&rising(60), |_, _| None).unwrap().origins, ORIGINS);
    }

    #[test]
    fn constant_series_keep_combine() {
        let choice = chosen(&[5.0; 30], |_, _| None).unwrap();
        assert_eq!(choice.scores[0].method, Named::Standard(Standard::Combine));
        assert!(choice.scores.iter().all(|score| !score.error.is_nan()), "{choice:?}");
    }

    #[test]
    fn exact_naive_forecasts_are_said_in_words() {
        let values: Vec<f64> = (0..16).map(|at| 100.0 + 1e-13 * f64::from(at % 2)).collect();
        let growth = |_: usize, horizon: usize| Some(vec![103.0; horizon]);
        let choice = choose(&values, 1, 3, &mut ets::Workspace::default(), growth).unwrap();
        assert_eq!(choice.scores[0].method, Named::Standard(Standard::Combine));
        assert_eq!(
            choice.to_string(),
            "in 3 backtests, 3 ahead, the naive forecast was exact, since every figure equalled the one before"
        );
    }
}
