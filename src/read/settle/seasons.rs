//! Months that have no row, the same every year: a season that is closed, or figures that were left out.

use std::collections::BTreeMap;

use crate::calendar::{Month, Step};
use crate::read::settle::draft::Run;

/// Months of the year that never have a figure, though those around them do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::read) struct OffSeason {
    /// How many months of the year.
    pub(in crate::read) months: usize,
    /// The first month without a figure.
    pub(in crate::read) first: Month,
}

/// The months between the first and the last figure that have none.
pub(in crate::read) fn missing(run: &Run) -> Vec<Month> {
    let mut missing = Vec::new();
    for pair in run.points.windows(2) {
        let gap = pair[1].period.first().since(pair[0].period.last());
        missing.extend((1..gap).map(|month| pair[0].period.last().plus(month)));
    }
    missing
}

/// The months that are missing in every year, if that is what is missing.
pub(in crate::read) fn off_season(run: &Run) -> Option<OffSeason> {
    let points = &run.points;
    // Figures that stand evenly apart, such as one in three months, are named by a month and stand for longer.
    if run.step != Step::Month || !(1..points.len()).any(|at| run.follows(at)) {
        return None;
    }
    let missing = missing(run);
    let mut times: BTreeMap<u32, usize> = BTreeMap::new();
    for month in &missing {
        *times.entry(month.month()).or_default() += 1;
    }
    let never = |number: u32| points.iter().all(|point| point.period.last().month() != number);
    let off: Vec<u32> =
        times.iter().filter(|(number, times)| **times >= 2 && never(**number)).map(|(number, _)| *number).collect();
    let explained = missing.iter().filter(|month| off.contains(&month.month())).count();
    (explained * 3 >= missing.len() * 2 && explained > 0).then(|| OffSeason { months: off.len(), first: missing[0] })
}
