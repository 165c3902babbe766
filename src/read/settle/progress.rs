//! Whether the last period is over, whether zeros stand for periods to come, and whether the first period is a whole one.

use crate::calendar::FiscalCalendar;
use crate::read::settle::draft::{Run, median, spread};

/// Changes from period to period that must be known before one is called out of the ordinary.
const FEWEST_CHANGES: usize = 3;
/// Changes that differ less than this from each other say nothing of how much they may differ.
const LEAST_SPREAD: f64 = 0.02;

/// The last figure, far below those before it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::read) struct Drop {
    /// Over the figure before.
    pub(in crate::read) ratio: f64,
    /// Over the figure a year before.
    pub(in crate::read) year_before: Option<f64>,
    /// Whether nothing like it has happened in the series, by far.
    pub(in crate::read) strong: bool,
}

/// How far the last figure is below the others, if that is out of the ordinary for the series.
pub(in crate::read) fn last_drop(run: &Run) -> Option<Drop> {
    let at = run.points.len().checked_sub(1)?;
    if !run.follows(at) || run.points[..at].iter().any(|point| point.value <= 0.0) {
        return None;
    }
    let (last, before) = (run.points[at], run.points[at - 1]);
    let ratio = last.value.max(0.0) / before.value;
    // Most series end as they went on.
    if ratio > 0.75 {
        return None;
    }
    let changes: Vec<f64> = run.changes().iter().filter(|(index, _)| *index != at).map(|(_, change)| *change).collect();
    if changes.len() < FEWEST_CHANGES {
        return None;
    }
    let deviations = (median(&changes) - libm::log(ratio.max(1e-9))) / spread(&changes).max(LEAST_SPREAD);
    // With few changes their spread is known badly.
    let bar = 1.0 + 3.0 / changes.len() as f64;
    let smallest = libm::exp(changes.iter().copied().fold(f64::INFINITY, f64::min));
    let recent = &run.points[at.saturating_sub(run.per_year().max(4))..at];
    let floor = recent.iter().map(|point| point.value).fold(f64::INFINITY, f64::min);
    let year_before = if run.per_year() > 1 { run.value_at(last.period.last().plus(-12)) } else { None };
    let year_before = year_before.map(|value| last.value.max(0.0) / value);
    let over_year = |index: usize| {
        let point = run.points[index];
        Some(point.value / run.value_at(point.period.last().plus(-12))?)
    };
    let least_over_year = (0..at).filter_map(over_year).fold(1.2, f64::min);
    let beyond = |most: f64, share: f64, of_floor: f64, far: f64| {
        ratio <= most
            && deviations >= far * bar
            && ratio <= share * smallest
            && last.value <= of_floor * floor
            && year_before.is_none_or(|year_before| year_before <= share * least_over_year)
    };
    let strong = beyond(0.35, 0.5, 0.8, 5.0);
    (strong || beyond(0.75, 0.8, 0.9, 4.0)).then_some(Drop { ratio, year_before, strong })
}

/// The first figure over the second, if that is far below what the growth from there on would have it.
pub(in crate::read) fn first_short(run: &Run) -> Option<f64> {
    let changes = run.changes();
    let (&(1, first), rest) = changes.split_first()? else { return None };
    let rest: Vec<f64> = rest.iter().map(|(_, change)| *change).collect();
    if rest.len() < FEWEST_CHANGES {
        return None;
    }
    let bar = 5.0 * (1.0 + 3.0 / rest.len() as f64);
    let deviations = (first - median(&rest)) / spread(&rest).max(0.05);
    let largest = rest.iter().copied().fold(0.0, f64::max);
    let next = &run.points[1..run.points.len().min(1 + run.per_year().max(4))];
    let floor = next.iter().map(|point| point.value).fold(f64::INFINITY, f64::min);
    let short = first >= libm::log(2.5) && deviations >= bar && largest <= first / 2.0 && run.points[0].value <= 0.6 * floor;
    short.then(|| libm::exp(-first))
}

/// Zeros at the end of a series that never had one before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::read) struct Zeros {
    /// Index of the first of them among the points.
    pub(in crate::read) from: usize,
    /// Whether they look like places kept for what is to come: they fill up the year, or are one or two.
    pub(in crate::read) to_come: bool,
}

/// Figures before the zeros that must be there, none of them zero.
const FEWEST_BEFORE: usize = 4;

/// The zeros at the end, if there was none before.
pub(in crate::read) fn zeros_at_end(run: &Run, calendar: FiscalCalendar) -> Option<Zeros> {
    let zeros = run.points.iter().rev().take_while(|point| point.value == 0.0).count();
    let from = run.points.len() - zeros;
    if zeros == 0 || from < FEWEST_BEFORE || run.points[..from].iter().any(|point| point.value <= 0.0) {
        return None;
    }
    let end = run.points[run.points.len() - 1].period.last().month();
    let fills_year = (end == 12 || end == calendar.year_end()) && zeros < run.per_year();
    Some(Zeros { from, to_come: fills_year || zeros <= 2 })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn strength(values: &[f64]) -> Option<bool> {
        last_drop(&Run::monthly(values)).map(|drop| drop.strong)
    }

    #[test]
    fn a_last_figure_far_below_is_told_from_noise_and_season() {
        let steady = [100.0, 104.0, 98.0, 103.0, 99.0, 101.0, 105.0, 100.0];
        let with = |last: f64| [&steady[..], &[last]].concat();
        assert_eq!(strength(&with(6.0)), Some(true));
        assert_eq!(strength(&with(60.0)), Some(false));
        assert_eq!(strength(&with(92.0)), None);
        let season = [60.0, 62.0, 61.0, 65.0, 63.0, 66.0, 64.0, 68.0, 70.0, 75.0, 110.0, 190.0];
        assert_eq!(strength(&[&season[..], &[61.0]].concat()), None, "January after December");
        assert_eq!(strength(&[&season[..], &season[..], &[60.0]].concat()), None);
        assert_eq!(strength(&[&season[..], &season[..], &[6.0]].concat()), Some(true));
        let growing: Vec<f64> = (0..24).map(|at| 100.0 * libm::pow(1.06, f64::from(at))).collect();
        assert_eq!(strength(&[&growing[..], &[100.0]].concat()), Some(true), "growth makes a small last figure stranger");
        assert_eq!(strength(&[5.0, 100.0, 3.0, 80.0, 40.0, 2.0, 90.0, 1.0]), None, "lumpy from the beginning");
    }

    #[test]
    fn a_first_figure_is_short_against_the_growth_that_follows() {
        assert!(first_short(&Run::monthly(&[10.0, 100.0, 104.0, 103.0, 107.0, 110.0])).is_some());
        assert_eq!(first_short(&Run::monthly(&[10.0, 40.0, 100.0, 200.0, 350.0, 500.0])), None, "a young company");
        assert_eq!(first_short(&Run::monthly(&[90.0, 100.0, 104.0, 103.0, 107.0, 110.0])), None);
    }

    #[test]
    fn zeros_at_the_end_fill_up_the_year_or_go_on() {
        let zeros = |figures: usize, zeros: usize| {
            let values = [vec![100.0; figures], vec![0.0; zeros]].concat();
            zeros_at_end(&Run::monthly(&values), FiscalCalendar::default()).map(|zeros| zeros.to_come)
        };
        assert_eq!(zeros(21, 3), Some(true), "October to December");
        assert_eq!(zeros(18, 2), Some(true));
        assert_eq!(zeros(18, 12), Some(false), "a product that ended");
        assert_eq!(zeros(12, 12), Some(false), "a whole year of nothing");
        assert_eq!(zeros(12, 0), None);
    }
}
