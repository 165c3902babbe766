//! The smallest moves that make the projections of parts come to that of their whole.
//!
//! Each member says a centre and a variance. Of all amounts that add up, those are taken that lie nearest to the centres, each
//! distance squared and divided by the member's variance: generalised least squares with a diagonal matrix, which is the trace-minimising
//! reconciliation of Wickramasuriya and others under errors that are not correlated. On a tree it takes no matrices: the parts'
//! sum and the whole's own centre are weighed against each other from the leaves up, and what is decided at the top is shared out
//! on the way down, to each part by its variance.
//!
//! # References
//!
//! Wickramasuriya, Athanasopoulos and Hyndman, "Optimal forecast reconciliation for hierarchical and grouped time series through
//! trace minimization", Journal of the American Statistical Association 114 (2019); Hyndman, Lee and Wang, "Fast computation of
//! reconciled forecasts for hierarchical and grouped time series", Computational Statistics and Data Analysis 97 (2016).

use super::Member;

/// What a member says of one amount by itself.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Own {
    /// Its centre, zero or more.
    pub centre: f64,
    /// Its variance, zero or more; infinite for a whole that says nothing.
    pub variance: f64,
}

/// No part falls below this share of what it says by itself, as long as the others can give the rest: an amount of revenue is not
/// negative.
const LEAST: f64 = 0.1;

/// The amounts that add up, in the order of `members` (a whole before its parts); `own` runs beside them.
///
/// A whole is the sum of its parts, taken in the order of [`Member::parts`].
pub fn balance(members: &[Member], own: &[Own]) -> Vec<f64> {
    // What a member and all that is below it say together.
    let mut said: Vec<Own> = own.to_vec();
    for (at, member) in members.iter().enumerate().rev().filter(|(_, member)| !member.parts.is_empty()) {
        let below = sum(&member.parts, &said);
        let own = own[at];
        // How much of the difference the whole's own centre is worth.
        let share = if below.variance > 0.0 { 1.0 / (1.0 + own.variance / below.variance) } else { 0.0 };
        let centre = below.centre + share * (own.centre - below.centre);
        said[at] = Own { centre, variance: (1.0 - share) * below.variance };
    }
    let mut amounts: Vec<f64> = said.iter().map(|said| said.centre).collect();
    for (at, member) in members.iter().enumerate().filter(|(_, member)| !member.parts.is_empty()) {
        share_out(amounts[at], &member.parts, &said, &mut amounts);
    }
    for (at, member) in members.iter().enumerate().rev().filter(|(_, member)| !member.parts.is_empty()) {
        amounts[at] = member.parts.iter().map(|part| amounts[*part]).sum();
    }
    amounts
}

fn sum(parts: &[usize], said: &[Own]) -> Own {
    let zero = Own { centre: 0.0, variance: 0.0 };
    parts
        .iter()
        .fold(zero, |sum, part| Own { centre: sum.centre + said[*part].centre, variance: sum.variance + said[*part].variance })
}

/// Moves the parts so that they come to `whole`: each by its share of the variance, and none below [`LEAST`] of its own centre.
fn share_out(whole: f64, parts: &[usize], said: &[Own], amounts: &mut [f64]) {
    let below = sum(parts, said);
    if below.variance <= 0.0 || whole <= LEAST * below.centre {
        // Nothing says which part is to move, or all must by so much that what is left is shared by size.
        let scale = if below.centre > 0.0 { whole / below.centre } else { 0.0 };
        for part in parts {
            amounts[*part] = said[*part].centre * scale;
        }
        return;
    }
    let mut held = vec![false; parts.len()];
    loop {
        let free = || parts.iter().zip(&held).filter(|(_, held)| !**held).map(|(part, _)| *part);
        let kept: f64 = parts.iter().zip(&held).filter(|(_, held)| **held).map(|(part, _)| LEAST * said[*part].centre).sum();
        let (centre, variance) =
            free().fold((0.0, 0.0), |(centre, variance), part| (centre + said[part].centre, variance + said[part].variance));
        let gap = whole - kept - centre;
        for (part, held) in parts.iter().zip(&held) {
            let Own { centre: own, variance: of } = said[*part];
            let share = if variance > 0.0 { of / variance } else { own / centre };
            amounts[*part] = if *held { LEAST * own } else { own + share * gap };
        }
        let mut more = false;
        for (part, held) in parts.iter().zip(&mut held) {
            if !*held && amounts[*part] < LEAST * said[*part].centre {
                *held = true;
                more = true;
            }
        }
        if !more {
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use approx::assert_relative_eq;

    use super::*;
    use crate::calendar::FiscalCalendar;
    use crate::money::Currency;
    use crate::project::hierarchy::Made;
    use crate::series::Series;

    /// Members of these wholes.
    fn tree(wholes: &[Option<usize>]) -> Vec<Member> {
        let parts = |of: usize| (0..wholes.len()).filter(|at| wholes[*at] == Some(of)).collect();
        let series = |at: usize| Series::new(at.to_string(), Currency::USD, FiscalCalendar::default(), Vec::new());
        let member = |(at, whole): (usize, &Option<usize>)| Member {
            series: series(at),
            made: Made::Stated,
            whole: *whole,
            parts: parts(at),
        };
        wholes.iter().enumerate().map(member).collect()
    }

    fn own(said: &[(f64, f64)]) -> Vec<Own> {
        said.iter().map(|(centre, variance)| Own { centre: *centre, variance: *variance }).collect()
    }

    #[test]
    fn two_levels_are_the_reference() {
        // S inv(S' inv(W) S) S' inv(W) y by numpy 2.
        let members = tree(&[None, Some(0), Some(1), Some(1), Some(0)]);
        let found = balance(&members, &own(&[(110.0, 9.0), (62.0, 4.0), (30.0, 1.0), (28.0, 2.0), (45.0, 6.0)]));
        let reference = [
            107.153_846_153_846_16,
            60.256_410_256_410_28,
            30.752_136_752_136_753,
            29.504_273_504_273_51,
            46.897_435_897_435_9,
        ];
        for (found, reference) in found.iter().zip(reference) {
            assert_relative_eq!(*found, reference, max_relative = 1e-12);
        }
    }

    #[test]
    fn what_adds_up_stays_and_what_is_known_does_not_move() {
        let members = tree(&[None, Some(0), Some(0)]);
        assert_eq!(balance(&members, &own(&[(5.0, 1.0), (2.0, 3.0), (3.0, 0.5)])), [5.0, 2.0, 3.0]);
        // The first part and the whole are known.
        let found = balance(&members, &own(&[(9.0, 0.0), (2.0, 0.0), (3.0, 0.5)]));
        assert_eq!(found, [9.0, 2.0, 7.0]);
        // The whole says nothing.
        assert_eq!(balance(&members, &own(&[(0.0, f64::INFINITY), (2.0, 3.0), (3.0, 0.5)])), [5.0, 2.0, 3.0]);
    }

    #[test]
    fn no_part_turns_negative() {
        let members = tree(&[None, Some(0), Some(0)]);
        // By variance alone the first part would be at -2.8.
        let found = balance(&members, &own(&[(6.0, 0.0), (2.0, 6.0), (10.0, 1.5)]));
        assert_relative_eq!(found[1], 0.2, max_relative = 1e-12);
        assert_relative_eq!(found[2], 5.8, max_relative = 1e-12);
        let little = balance(&members, &own(&[(0.6, 0.0), (2.0, 6.0), (10.0, 1.5)]));
        assert_relative_eq!(little[1], 0.1, max_relative = 1e-12);
        // Exact amounts that do not add up are not divided by zero.
        let stuck = balance(&members, &own(&[(6.0, 0.0), (0.0, 0.0), (0.0, 0.0)]));
        assert_eq!(stuck, [0.0, 0.0, 0.0]);
    }
}
