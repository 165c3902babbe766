//! A series that adds up all others, whatever it is called: `Worldwide` beside the regions.

use std::collections::HashMap;

use crate::read::cell::amount::DecimalMark;
use crate::read::cell::kind::Kind;
use crate::read::cell::period::When;
use crate::read::claim::Claims;

/// More series than this are a panel, and no table with its total.
const MOST: usize = 1000;

/// The fewest periods in which the sum must hold.
const FEWEST: usize = 3;

/// The series whose amount is the sum of all others' in every period, if there are at least two others and three periods.
pub(in crate::read) fn sum_of_others(claims: &Claims, series: usize) -> Option<usize> {
    if !(3..=MOST).contains(&series) {
        return None;
    }
    let mut sums: HashMap<When, f64> = HashMap::new();
    let mut by_series: Vec<Vec<(When, f64, f64)>> = vec![Vec::new(); series];
    for claim in claims.iter() {
        let amount = claim.number.and_then(|number| number.amount(DecimalMark::Point));
        let (Kind::Revenue, Some(amount)) = (claim.kind, amount) else { continue };
        *sums.entry(claim.when).or_default() += amount.value();
        by_series[claim.series as usize].push((claim.when, amount.value(), amount.unit()));
    }
    // Each of the others may be rounded by half a unit.
    let slack = |unit: f64, value: f64| 0.5 * unit * series as f64 + 1e-9 * value.abs();
    let adds_up = |amounts: &[(When, f64, f64)]| {
        amounts.len() >= FEWEST
            && amounts.len() == sums.len()
            && amounts.iter().all(|(when, value, unit)| {
                *value != 0.0 && sums.get(when).is_some_and(|sum| (sum - 2.0 * value).abs() <= slack(*unit, *value))
            })
    };
    let mut found = (0..series).filter(|at| adds_up(&by_series[*at]));
    let one = found.next()?;
    (found.next().is_none() && by_series.iter().filter(|amounts| !amounts.is_empty()).count() > 2).then_some(one)
}
