//! What the periods of nothing in a series come from.

/// What periods of nothing come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Pattern {
    /// Nothing up to here, and then revenue in every period.
    Began(usize),
    /// So many periods of nothing at the end.
    Ended(usize),
    /// The same periods of each year.
    Seasonal,
    /// Gaps here and there.
    Sparse,
}

/// Periods of nothing at the end that are taken for the end: a year of them, or this many if no gap before was half as long.
const LONG_GAP: usize = 3;
/// The share of its years in which a part of the year that is closed may have revenue all the same.
const STRAY: f64 = 0.25;
/// With fewer gaps than this share the standard methods do.
const FEW_GAPS: f64 = 0.15;
/// What the zeros of regular totals come from; `None` if there are none, or too few to say.
pub(super) fn pattern(values: &[f64], season: usize) -> Option<Pattern> {
    let is_zero = |value: &f64| *value <= 0.0;
    if !values.iter().any(is_zero) {
        return None;
    }
    let Some(first) = values.iter().position(|value| *value > 0.0) else {
        // Of one period of nothing there is nothing to say.
        return (values.len() >= season.max(2)).then_some(Pattern::Ended(values.len()));
    };
    let (before, all, values) = (first, values, &values[first..]);
    let zeros = values.iter().filter(|value| is_zero(value)).count();
    if zeros == 0 {
        return Some(Pattern::Began(before));
    }
    let at_end = values.iter().rev().take_while(|value| is_zero(value)).count();
    if at_end >= season.max(1) && at_end > longest_gap(&values[..values.len() - at_end]) {
        return Some(Pattern::Ended(at_end));
    }
    // A season's closed part may stand at the beginning, too.
    let known = if before < season { all } else { values };
    if season > 1 && known.len() >= 2 * season && is_seasonal(known, season) {
        return Some(Pattern::Seasonal);
    }
    if season > 1 && is_season_so_far(known, season) {
        return Some(Pattern::Seasonal);
    }
    if at_end >= LONG_GAP && at_end > 2 * longest_gap(&values[..values.len() - at_end]) {
        return Some(Pattern::Ended(at_end));
    }
    let many = zeros as f64 >= FEW_GAPS * values.len() as f64;
    (season > 1 && values.len() >= season && many).then_some(Pattern::Sparse)
}

fn longest_gap(values: &[f64]) -> usize {
    values.split(|value| *value > 0.0).map(<[f64]>::len).max().unwrap_or(0)
}

/// Whether nearly all zeros are in parts of the year that nearly always have them.
fn is_seasonal(values: &[f64], season: usize) -> bool {
    let (mut closed, mut stray) = (0, 0);
    for part in 0..season {
        let of_part: Vec<f64> = values.iter().skip(part).step_by(season).copied().collect();
        let zeros = of_part.iter().filter(|value| **value <= 0.0).count();
        if zeros as f64 >= (1.0 - STRAY) * of_part.len() as f64 {
            closed += zeros;
        } else {
            stray += zeros;
        }
    }
    closed > 0 && stray as f64 <= STRAY * closed as f64
}

/// Whether a second year that is not over repeats the closed part of the first so far, which is in one piece.
fn is_season_so_far(values: &[f64], season: usize) -> bool {
    /// Parts of the second year that there must be.
    const FEWEST: usize = 3;
    if !(season + FEWEST..2 * season).contains(&values.len()) {
        return false;
    }
    let is_closed = |value: &f64| *value <= 0.0;
    let (first, second) = values.split_at(season);
    let repeats = second.iter().zip(first).all(|(here, before)| is_closed(here) == is_closed(before));
    let edges = (0..season).filter(|at| is_closed(&first[*at]) != is_closed(&first[(at + 1) % season])).count();
    repeats && edges == 2 && second.iter().any(is_closed) && second.iter().any(|value| !is_closed(value))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_zeros_come_from() {
        let months = |year: &[f64], times: usize| year.repeat(times);
        let summer = [0.0, 0.0, 0.0, 0.0, 0.0, 500.0, 900.0, 700.0, 0.0, 0.0, 0.0, 0.0];
        assert_eq!(pattern(&months(&summer, 3), 12), Some(Pattern::Seasonal));
        let winter = [0.0, 0.0, 80.0, 90.0, 100.0, 100.0, 110.0, 110.0, 90.0, 80.0, 70.0, 0.0];
        assert_eq!(pattern(&months(&winter, 2), 12), Some(Pattern::Seasonal));
        // The second winter is still to come.
        assert_eq!(pattern(&months(&winter, 2)[..22], 12), Some(Pattern::Seasonal));
        assert_eq!(pattern(&months(&winter, 2)[..13], 12), None);
        assert_eq!(pattern(&[[0.0; 7].as_slice(), &[5.0; 20]].concat(), 12), Some(Pattern::Began(7)));
        assert_eq!(pattern(&[[5.0; 20].as_slice(), &[0.0; 24]].concat(), 12), Some(Pattern::Ended(24)));
        assert_eq!(pattern(&[[5.0; 20].as_slice(), &[0.0; 4]].concat(), 12), Some(Pattern::Ended(4)));
        assert_eq!(pattern(&[0.0; 14], 12), Some(Pattern::Ended(14)));
        assert_eq!(pattern(&[0.0; 9], 12), None);
        let orders = [
            0.0, 3.0, 0.0, 0.0, 7.0, 2.0, 0.0, 9.0, 0.0, 1.0, 4.0, 0.0, 0.0, 0.0, 8.0, 0.0, 5.0, 3.0, 6.0, 0.0, 0.0, 2.0, 0.0,
            4.0,
        ];
        assert_eq!(pattern(&orders, 12), Some(Pattern::Sparse));
        // One month of nothing in a steady business.
        let mut steady = [100.0; 30];
        steady[17] = 0.0;
        assert_eq!(pattern(&steady, 12), None);
        assert_eq!(pattern(&[100.0; 30], 12), None);
        // A year without revenue between others.
        assert_eq!(pattern(&[5.0, 0.0, 7.0, 6.0], 1), None);
        // One year of nothing is the end: it is said, with how to overrule it.
        assert_eq!(pattern(&[5.0, 6.0, 0.0], 1), Some(Pattern::Ended(1)));
    }
}
