//! How long totals are that are dated by a day alone: by what their column is called, or by the spacing of the dates.

use chrono::{Datelike, NaiveDate};

use crate::calendar::{Month, Period, Step};

use crate::read::cell::period::nearest_month_end;
use crate::read::claim::Claim;
use crate::read::report::error::Spacing;
use crate::read::settle::spacing::spacing;

/// How totals that are dated by a day lie.
#[derive(Clone, Copy, Debug)]
pub(in crate::read) struct Lengths {
    /// Length of each total.
    pub(in crate::read) months: u32,
    pub(in crate::read) edges: Edges,
    /// Whether the spacing gave the length, rather than the column's name.
    pub(in crate::read) inferred: bool,
    /// Whether there are several dates, and each is the first or the last day of a month.
    pub(in crate::read) sure: bool,
    /// Whether the dates of other series of the file showed the spacing.
    pub(in crate::read) by_others: bool,
}

/// What the days are to their periods.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::read) enum Edges {
    /// The first.
    Starts,
    /// The last, or near it.
    Ends,
    /// Any day of the month.
    Within,
}

impl Lengths {
    /// The reading of the dates of one series, or what is wrong with them and which date shows it. `each` is the length that
    /// the user gives.
    pub(in crate::read) fn infer(
        days: &[(NaiveDate, &Claim)],
        stated: &[Period],
        each: Option<Step>,
    ) -> Result<Self, (Spacing, usize)> {
        let named = each.map(Step::months).or_else(|| days.iter().find_map(|(_, claim)| claim.dating.months).map(u32::from));
        let is_end = days.iter().any(|(_, claim)| claim.dating.is_end);
        let mut distinct: Vec<NaiveDate> = days.iter().map(|(day, _)| *day).collect();
        distinct.sort_unstable();
        distinct.dedup();
        let all_first = distinct.iter().all(|day| day.day() == 1);
        let starts = all_first && !is_end && (distinct.len() > 1 || named.is_some());
        let mid_month = if starts { None } else { days.iter().position(|(day, _)| nearest_month_end(*day).is_none()) };
        // The 5th of every month is a day of that month, and no end of the one before.
        let first_day = distinct.first().map_or(0, Datelike::day);
        let same_day = (2..=15).contains(&first_day) && distinct.len() > 2 && distinct.iter().all(|day| day.day() == first_day);
        let edges = match mid_month {
            _ if starts => Edges::Starts,
            None if same_day && !is_end => Edges::Within,
            None => Edges::Ends,
            Some(_) => Edges::Within,
        };
        let month = |day: NaiveDate| match edges {
            Edges::Ends => nearest_month_end(day),
            Edges::Starts | Edges::Within => Month::of(day),
        };
        let mut months: Vec<Month> = distinct.iter().filter_map(|day| month(*day)).collect();
        if let Some(at) = months.windows(2).position(|pair| pair[0] == pair[1]) {
            let at = days.iter().position(|(day, _)| *day == distinct[at + 1]).unwrap_or(0);
            return Err((Spacing::WithinMonths, at));
        }
        let length = if let Some(months) = named {
            months
        } else {
            // Periods that the series states show the spacing too, if they are of one length.
            let one_length = stated.first().filter(|first| stated.iter().all(|other| other.months() == first.months()));
            if edges == Edges::Ends && one_length.is_some() {
                months.extend(stated.iter().map(|period| period.last()));
                months.sort_unstable();
                months.dedup();
            }
            spacing(&months).map_err(|spacing| (spacing, 0))?
        };
        match mid_month {
            Some(at) if length > 1 => Err((Spacing::MidMonth, at)),
            _ => {
                let all_last = || distinct.iter().all(|day| Month::of(*day).is_some_and(|month| month.last_day() == *day));
                // Years may begin on the first day of any month; one that ends on the last is one.
                let enough = if length < 12 {
                    distinct.len() >= 4 && (all_first || all_last())
                } else {
                    distinct.len() >= 3 && all_last()
                };
                let sure = enough;
                Ok(Self { months: length, edges, inferred: named.is_none(), sure, by_others: false })
            }
        }
    }
}
