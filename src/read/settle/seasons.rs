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
    if missing.is_empty() {
        return None;
    }
    let mut times: BTreeMap<u32, usize> = BTreeMap::new();
    for month in &missing {
        *times.entry(month.month()).or_default() += 1;
    }
    let mut with: BTreeMap<u32, usize> = BTreeMap::new();
    for point in points {
        *with.entry(point.period.last().month()).or_default() += 1;
    }
    // Of two seasons there is only one time between.
    let complement = with.len() + times.len() == 12 && with.values().all(|times| *times >= 2);
    let is_off = |(number, times): &(&u32, &usize)| !with.contains_key(*number) && (**times >= 2 || complement);
    let off: Vec<u32> = times.iter().filter(is_off).map(|(number, _)| *number).collect();
    let explained = missing.iter().filter(|month| off.contains(&month.month())).count();
    (explained * 3 >= missing.len() * 2 && explained > 0).then(|| OffSeason { months: off.len(), first: missing[0] })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::settle::draft::Point;

    fn off(months: &[(i32, u32)]) -> Option<usize> {
        let points = months.iter().enumerate().map(|(index, (year, month))| {
            let period = Month::new(*year, *month).unwrap().into();
            Point { index, period, value: 1.0 }
        });
        off_season(&Run { step: Step::Month, points: points.collect() }).map(|off| off.months)
    }

    #[test]
    fn months_missing_every_year_are_told_from_gaps() {
        let years = |years: std::ops::Range<i32>, months: &[u32]| -> Vec<(i32, u32)> {
            years.flat_map(|year| months.iter().map(move |month| (year, *month)).collect::<Vec<_>>()).collect()
        };
        assert_eq!(off(&years(2018..2022, &[6, 7, 8])), Some(9));
        assert_eq!(off(&years(2018..2020, &[6, 7, 8])), Some(9), "two summers");
        assert_eq!(off(&years(2018..2022, &[1, 2, 3, 11, 12])), Some(7));
        assert_eq!(off(&years(2018..2021, &[1, 2, 3, 4, 5, 6, 7, 9, 10, 11, 12])), Some(1), "closed in August");
        assert_eq!(off(&years(2018..2022, &[3, 6, 9, 12])), None, "quarters named by months");
        let mut gap = years(2018..2021, &[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
        assert_eq!(off(&gap), None);
        gap.retain(|month| *month != (2019, 4) && *month != (2020, 9));
        assert_eq!(off(&gap), None);
    }
}
