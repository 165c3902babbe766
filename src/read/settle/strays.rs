//! One figure below or at zero among figures that are all alike: a minus by mistake, or an amount that is missing.

use crate::read::settle::draft::{Run, median};

/// The fewest figures among which one can be told to be a stray.
const FEWEST: usize = 8;

/// How many times the smallest of the others the largest may be.
const ALIKE: f64 = 3.0;

/// A figure that is not like the others.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::read) struct Stray {
    /// Its place in the run.
    pub(in crate::read) at: usize,
    /// Whether it is below zero, by as much as the others are above.
    pub(in crate::read) is_negative: bool,
}

/// The one figure that is not above zero, where the others are alike.
pub(in crate::read) fn stray(run: &Run) -> Option<Stray> {
    let points = &run.points;
    let mut low = points.iter().enumerate().filter(|(_, point)| point.value <= 0.0);
    let (at, point) = low.next()?;
    // Two zeros in a row may be missing as well as one.
    let next = low.next();
    let is_pair = next.is_none_or(|(other, next)| other == at + 1 && point.value == 0.0 && next.value == 0.0);
    if points.len() < FEWEST || !is_pair || low.next().is_some() {
        return None;
    }
    let others: Vec<f64> = points.iter().map(|point| point.value).filter(|value| *value > 0.0).collect();
    let (least, most) =
        others.iter().fold((f64::INFINITY, 0.0_f64), |(least, most), value| (least.min(*value), most.max(*value)));
    if most > ALIKE * least {
        return None;
    }
    // A zero at either end may be a beginning, an end, or a period to come.
    let is_inside = at > 0 && at + 1 + usize::from(next.is_some()) < points.len();
    let size = -point.value / median(&others);
    if point.value == 0.0 {
        return is_inside.then_some(Stray { at, is_negative: false });
    }
    (0.4..=2.5).contains(&size).then_some(Stray { at, is_negative: true })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_figure_out_of_many_is_a_stray() {
        let with = |at: usize, value: f64| {
            let mut values = vec![41.0, 42.0, 43.0, 41.0, 44.0, 45.0, 46.0, 44.0, 47.0, 48.0];
            values[at] = value;
            stray(&Run::monthly(&values))
        };
        assert_eq!(with(4, -44.0), Some(Stray { at: 4, is_negative: true }));
        assert_eq!(with(4, 0.0), Some(Stray { at: 4, is_negative: false }));
        assert_eq!(with(9, -44.0), Some(Stray { at: 9, is_negative: true }));
        assert_eq!(with(9, 0.0), None, "a period to come, perhaps");
        assert_eq!(with(4, -3.0), None, "a month of returns");
        let seasonal = [5.0, 90.0, 80.0, 0.0, 4.0, 95.0, 85.0, 6.0, 3.0];
        assert_eq!(stray(&Run::monthly(&seasonal)), None);
    }
}
