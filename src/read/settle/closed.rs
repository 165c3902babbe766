//! Days on which nothing can be earned, the same every year: the season of a daily record, and its yearly holidays.

use chrono::{Datelike, NaiveDate};

/// Days of a stretch without an entry from which on it is the time between two seasons, rather than a holiday.
const BETWEEN_SEASONS: i64 = 60;

/// Days by which the beginning or end of a season may differ between years.
const SEASON: i64 = 14;

/// Days by which a holiday may differ from the beginning or end of the record to be the same.
const HOLIDAY: i64 = 4;

/// Stretches without an entry that come every year, each as the last day before and the first behind it, and whether the
/// first and the last day of the record are the beginning and the end of a season.
#[derive(Debug, Default)]
pub(in crate::read) struct Closed {
    stretches: Vec<(NaiveDate, NaiveDate)>,
    /// Whether the record begins when seasons begin.
    pub(in crate::read) starts_in_season: bool,
    /// Whether the record ends when seasons end.
    pub(in crate::read) ends_in_season: bool,
}

impl Closed {
    /// What the days of a record, in order, show of it; `hole` is the stretch in days that is longer than usual.
    pub(in crate::read) fn of(days: &[NaiveDate], hole: i64) -> Self {
        let (Some(&first), Some(&last)) = (days.first(), days.last()) else { return Self::default() };
        let holes: Vec<(NaiveDate, NaiveDate)> =
            days.windows(2).map(|pair| (pair[0], pair[1])).filter(|(from, to)| (*to - *from).num_days() > hole).collect();
        let other_year = |one: NaiveDate, other: NaiveDate| (one - other).num_days().abs() > 180;
        let recurs = |hole: &(NaiveDate, NaiveDate)| {
            let another = holes.iter().any(|other| {
                other_year(hole.0, other.0) && same_time(hole.0, other.0, SEASON) && same_time(hole.1, other.1, SEASON)
            });
            // A single one shows by the record's own beginning and end that it is the same every year.
            another || same_time(hole.1, first, slack(*hole)) && same_time(hole.0, last, slack(*hole))
        };
        let stretches: Vec<(NaiveDate, NaiveDate)> = holes.iter().copied().filter(recurs).collect();
        let starts_in_season = stretches.iter().any(|hole| same_time(hole.1, first, slack(*hole)));
        let ends_in_season = stretches.iter().any(|hole| same_time(hole.0, last, slack(*hole)));
        Self { stretches, starts_in_season, ends_in_season }
    }

    /// Whether the stretch between two entries is one that comes every year.
    pub(in crate::read) fn holds(&self, from: NaiveDate, to: NaiveDate) -> bool {
        self.stretches.binary_search(&(from, to)).is_ok()
    }
}

/// Days by which the beginning or the end of the record may differ from that of a stretch to be the same.
fn slack((from, to): (NaiveDate, NaiveDate)) -> i64 {
    if (to - from).num_days() >= BETWEEN_SEASONS { SEASON } else { HOLIDAY }
}

/// Whether two days lie at the same time of the year, to within some days.
fn same_time(one: NaiveDate, other: NaiveDate, within: i64) -> bool {
    let apart = (i64::from(one.ordinal()) - i64::from(other.ordinal())).abs();
    apart.min(365 - apart) <= within
}

#[cfg(test)]
mod tests {
    use super::*;

    fn season(year: i32, from: (u32, u32), days: u64) -> impl Iterator<Item = NaiveDate> {
        let from = NaiveDate::from_ymd_opt(year, from.0, from.1).unwrap();
        (0..days).map(move |day| from + chrono::Days::new(day))
    }

    #[test]
    fn seasons_recur_and_holes_do_not() {
        let summers: Vec<NaiveDate> = (2020..2023).flat_map(|year| season(year, (6, 14), 60)).collect();
        let closed = Closed::of(&summers, 7);
        assert_eq!((closed.stretches.len(), closed.starts_in_season, closed.ends_in_season), (2, true, true));
        let two: Vec<NaiveDate> = (2020..2022).flat_map(|year| season(year, (6, 14), 60)).collect();
        assert_eq!(Closed::of(&two, 7).stretches.len(), 1, "one winter between two like summers");
        let hole: Vec<NaiveDate> = season(2020, (1, 1), 80).chain(season(2020, (4, 20), 300)).collect();
        assert!(Closed::of(&hole, 7).stretches.is_empty());
        let holidays: Vec<NaiveDate> = (2020..2023).flat_map(|year| season(year, (1, 10), 345)).collect();
        let closed = Closed::of(&holidays, 7);
        assert_eq!((closed.stretches.len(), closed.starts_in_season, closed.ends_in_season), (2, true, true));
        let begun: Vec<NaiveDate> = holidays.into_iter().filter(|day| *day >= "2020-03-09".parse().unwrap()).collect();
        assert!(!Closed::of(&begun, 7).starts_in_season);
    }
}
