//! Joint draws of what is compared, period after period, and which of them cross when.

use super::{Measured, Under};
use crate::calendar::{Month, Period};
use crate::project::Fitted;
use crate::project::draws::{Knots, Ranks};
use crate::project::growth::Sampler;
use crate::project::named::AnyFit;

/// Draws of an amount in successive periods.
pub(super) enum Paths {
    /// Run-rates month by month, in logs.
    Rates(Sampler),
    /// Totals of periods, from what their months earn: the places of each period's months, and room for a draw and its mirror image.
    Totals(Sampler, Vec<(usize, usize)>, [Vec<f64>; 2]),
    /// Of a fit that knows each period and not how periods go together: at one rank in all of them.
    ByRank(Ranks, Vec<Knots>),
}

impl Paths {
    /// Of the amounts of `spans`, which follow each other in time.
    pub(super) fn new(fit: &AnyFit, series: &str, measured: Measured, spans: &[Period]) -> Self {
        let all = spans.iter().copied().reduce(Period::span);
        match (fit.growth(), all) {
            (Some(fit), Some(all)) if measured == Measured::RunRate => Self::Rates(fit.rate_sampler(series, all)),
            (Some(fit), Some(all)) => {
                let place = |month: Month| usize::try_from(month.since(all.first())).unwrap_or(0);
                let places = spans.iter().map(|span| (place(span.first()), place(span.last()))).collect();
                let sampler = fit.sampler(series, all);
                let room = vec![0.0; sampler.places()];
                Self::Totals(sampler, places, [room.clone(), room])
            }
            _ => {
                let measure = measured.measure();
                let knots = spans.iter().map(|span| Knots::new(&fit.distribution(measure, *span))).collect();
                Self::ByRank(Ranks::new(series), knots)
            }
        }
    }

    /// Draw number `number` and its mirror image.
    pub(super) fn pair(&mut self, number: u64, draw: &mut [f64], mirror: &mut [f64]) {
        match self {
            Self::Rates(sampler) => {
                sampler.log_pair(number, draw, mirror);
                for rate in draw.iter_mut().chain(mirror) {
                    *rate = libm::exp(*rate);
                }
            }
            Self::Totals(sampler, places, [one, other]) => {
                sampler.log_pair(number, one, other);
                // What the months earn stands behind their smooth rates.
                let months = one.len() / 2;
                for (logs, totals) in [(&*one, draw), (&*other, mirror)] {
                    totals_of(&logs[months..], places, totals);
                }
            }
            Self::ByRank(ranks, knots) => {
                let [rank, opposite] = ranks.pair(number);
                for (knots, (draw, mirror)) in knots.iter().zip(draw.iter_mut().zip(mirror)) {
                    *draw = knots.at(rank);
                    *mirror = knots.at(opposite);
                }
            }
        }
    }
}

/// The total of each period, whose first and last month stand at `places`, of months that earn the exponentials of `logs` a year.
fn totals_of(logs: &[f64], places: &[(usize, usize)], totals: &mut [f64]) {
    let mut sums = Vec::with_capacity(logs.len() + 1);
    let mut sum = 0.0;
    sums.push(sum);
    for log in logs {
        sum += libm::exp(*log) / 12.0;
        sums.push(sum);
    }
    for (total, (first, last)) in totals.iter_mut().zip(places) {
        *total = sums[last + 1] - sums[*first];
    }
}

/// How many of the draws cross first in each of `spans`.
pub(super) fn crossings([challenger, leader]: [&mut Paths; 2], spans: usize, pairs: u32) -> Vec<f64> {
    let row = || vec![0.0; spans];
    let (mut my_draw, mut my_mirror, mut their_draw, mut their_mirror) = (row(), row(), row(), row());
    let mut counts = row();
    for number in 0..u64::from(pairs) {
        challenger.pair(number, &mut my_draw, &mut my_mirror);
        leader.pair(number, &mut their_draw, &mut their_mirror);
        for (mine, theirs) in [(&my_draw, &their_draw), (&my_mirror, &their_mirror)] {
            if let Some(at) = mine.iter().zip(theirs).position(|(mine, theirs)| mine > theirs) {
                counts[at] += 1.0;
            }
        }
    }
    counts
}

/// The weight of the draws that cross first in each of `spans`.
pub(super) fn crossings_under([challenger, leader]: [&Under; 2], weights: &[f64], spans: &[Period]) -> Vec<f64> {
    let mut crossed = vec![false; weights.len()];
    let of_span = |span: &Period| {
        let (mine, theirs) = (challenger.drawn(*span), leader.drawn(*span));
        let mut count = 0.0;
        for (draw, (mine, theirs)) in mine.iter().zip(theirs).enumerate() {
            if !crossed[draw] && mine > theirs {
                crossed[draw] = true;
                count += weights[draw];
            }
        }
        count
    };
    spans.iter().map(of_span).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn totals_are_sums_of_twelfths() {
        let logs: Vec<f64> = [12.0, 24.0, 36.0, 12.0].map(libm::log).to_vec();
        let mut totals = [0.0; 3];
        totals_of(&logs, &[(0, 1), (1, 2), (3, 3)], &mut totals);
        for (total, expected) in totals.iter().zip([3.0, 5.0, 1.0]) {
            assert!((total - expected).abs() < 1e-12, "{total}");
        }
    }
}
