//! What figures say of the log rates: a run-rate is the smooth rate of its month, a total the mean rate of its months.

use super::prior::{LEAST_SD, MOST_ROUNDING, RUN_RATE_SD};
use crate::calendar::Month;
use crate::money::Amount;
use crate::series::{Figure, Measure, Series};

/// A figure as the model sees it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Observation {
    pub(super) measure: Measure,
    /// First and last month, from the anchor on.
    pub(super) first: i32,
    pub(super) last: i32,
    /// Natural log of the annualised rate over those months.
    pub(super) log_rate: f64,
    /// Variance of what the figure adds to it of its own.
    pub(super) variance: f64,
}

impl Observation {
    /// The figures of `series` that are fitted, in their order, with months counted from `anchor`.
    pub(super) fn all(series: &Series, anchor: Month) -> Vec<Self> {
        series.observations().filter_map(|figure| Self::new(figure, anchor)).collect()
    }

    fn new(figure: &Figure, anchor: Month) -> Option<Self> {
        let measure = figure.fact.observes()?;
        let months = if measure == Measure::RunRate { figure.period.last().into() } else { figure.period };
        let error = reporting_error(measure, figure.fact.amount().map_or(0.0, Amount::rounding));
        Some(Self {
            measure,
            first: months.first().since(anchor),
            last: months.last().since(anchor),
            log_rate: libm::log(figure.annual_rate()?),
            variance: error * error,
        })
    }

    /// Whether the figure is linear in the log rates as it stands: not so a sum of several months.
    pub(super) fn is_linear(&self) -> bool {
        self.first == self.last
    }

    /// Its months, as places from the anchor on.
    pub(super) fn months(&self) -> std::ops::Range<usize> {
        self.first.cast_unsigned() as usize..(self.last + 1).cast_unsigned() as usize
    }
}

/// What a figure with this rounding adds of its own to what it states, as a standard deviation of its log.
pub(super) fn reporting_error(measure: Measure, rounding: f64) -> f64 {
    let sd = libm::hypot(rounding.min(MOST_ROUNDING), LEAST_SD);
    if measure == Measure::RunRate { libm::hypot(sd, RUN_RATE_SD) } else { sd }
}

/// Log of the mean of exp(x), and the share of each term in it, which is the mean's slope.
pub(super) fn log_mean(x: &[f64], shares: &mut [f64]) -> f64 {
    let top = x.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let mut total = 0.0;
    for (share, x) in shares.iter_mut().zip(x) {
        // That of the top itself is known without the exponential, most of what a quarter costs here.
        *share = if *x >= top { 1.0 } else { libm::exp(x - top) };
        total += *share;
    }
    for share in shares.iter_mut() {
        *share /= total;
    }
    top + libm::log(total / x.len() as f64)
}
