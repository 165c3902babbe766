//! The periods of figures: those that cells state, and those of days, whose length the column's name or the spacing of the
//! dates tells.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use crate::calendar::{FiscalCalendar, Month, Period, Step};
use crate::series::Measure;

use crate::read::cell::kind::Kind;
use crate::read::cell::period::{When, nearest_month_end};
use crate::read::claim::Claim;
use crate::read::report::error::ProblemKind;
use crate::read::report::notice::Notice;
use crate::read::settle::lengths::{Edges, Lengths};

use crate::read::settle::gathered::Form;
use crate::read::settle::{Settling, at};

/// The months that a figure speaks of, and the day it was dated by.
pub(in crate::read) type Dated = (Period, Option<NaiveDate>);

/// The days that date totals, by file.
#[derive(Default)]
pub(in crate::read) struct DaysOfFiles {
    days: BTreeSet<(u32, NaiveDate)>,
    /// The days in the order of the first series; of a panel, every series runs through the same.
    order: Vec<(u32, NaiveDate)>,
    next: usize,
}

impl DaysOfFiles {
    pub(in crate::read) fn add(&mut self, file: u32, day: NaiveDate) {
        if self.order.get(self.next) == Some(&(file, day)) {
            self.next += 1;
        } else if self.days.insert((file, day)) {
            self.order.push((file, day));
            self.next = self.order.len();
        } else {
            self.next = self.order.iter().take(1).position(|first| *first == (file, day)).map_or(self.next, |at| at + 1);
        }
    }

    /// The days of a file, in order.
    fn of(&self, file: u32) -> Vec<NaiveDate> {
        self.days.range((file, NaiveDate::MIN)..=(file, NaiveDate::MAX)).map(|(_, day)| *day).collect()
    }
}

/// The years that figures can be for: revenue is known since about 1800, and goals are set for no more than a century.
const EARLIEST: i32 = 1700;
const LATEST: i32 = 2150;

/// The month that a week belongs to: that of its Thursday, as in ISO 8601 its year is.
pub(in crate::read) fn month_of_week(monday: NaiveDate) -> Option<Month> {
    monday.checked_add_days(chrono::Days::new(3)).and_then(Month::of)
}

impl Settling<'_> {
    /// The period of one figure; `None` if it cannot be told, which is a problem by then.
    pub(in crate::read) fn dated(
        &mut self,
        name: &str,
        claim: &Claim,
        calendar: FiscalCalendar,
        lengths: Option<&Lengths>,
    ) -> Option<Dated> {
        // Most figures are totals of months that say so.
        if let (Kind::Revenue, When::Month(month)) = (claim.kind, claim.when)
            && (EARLIEST..=LATEST).contains(&month.year())
        {
            return Some((month.into(), None));
        }
        let day = if let When::Day(day) = claim.when { Some(day) } else { None };
        let month_of_day = day.and_then(Month::of);
        if let Some(year) = claim.when.written_year().filter(|year| !(EARLIEST..=LATEST).contains(year)) {
            self.problem_with_period(claim, ProblemKind::FarYear { year });
            return None;
        }
        match claim.kind {
            Kind::Revenue => match (day, claim.when) {
                (Some(day), _) => self.total_of_day(name, claim, day, lengths),
                (None, when) => self.stated(name, claim, when, calendar).map(|period| (period, None)),
            },
            Kind::RunRate => {
                if let (Some(day), Some(month)) = (day, month_of_day) {
                    self.notices.add(Form::RunRateOfDay, name, at(self.sources, claim.file, claim.period_place), |extent| {
                        Notice::RunRateOfDay { extent, day }
                    });
                    return Some((month.into(), Some(day)));
                }
                let period = self.stated(name, claim, claim.when, calendar)?;
                let month = period.last();
                if period.months() > 1 {
                    let period = calendar.name(period);
                    let notice = |extent| Notice::RunRateOfPeriod { extent, period, month };
                    self.notices.add(Form::RunRateOfPeriod, name, at(self.sources, claim.file, claim.period_place), notice);
                }
                Some((month.into(), None))
            }
            Kind::Target => {
                let month = match claim.when {
                    When::Day(day) => nearest_month_end(day).or_else(|| Month::of(day))?,
                    When::Month(month) => month,
                    when => return self.stated(name, claim, when, calendar).map(|period| (period, None)),
                };
                let year = calendar.period_at(Step::Year, month);
                if year.last() != month || claim.basis == Some(Measure::RunRate) || self.monthly_targets {
                    return Some((month_of_day.unwrap_or(month).into(), day));
                }
                let named = calendar.name(year);
                self.notices.add(Form::TargetOfYear, name, at(self.sources, claim.file, claim.period_place), |extent| {
                    Notice::TargetOfYear { extent, year: named }
                });
                Some((year, day))
            }
            Kind::Contract | Kind::Event => match month_of_day {
                Some(month) => Some((month.into(), day)),
                None => self.stated(name, claim, claim.when, calendar).map(|period| (period, None)),
            },
        }
    }

    /// The period that a cell states.
    fn stated(&mut self, name: &str, claim: &Claim, when: When, calendar: FiscalCalendar) -> Option<Period> {
        let period = match when {
            When::Week(monday) => month_of_week(monday).map(Period::from),
            when => when.period(calendar),
        };
        if period.is_none() {
            self.problem_with_period(claim, ProblemKind::OutsideCalendar);
        }
        // Where years are told in Chinese money, they are those of the calendar.
        let is_chinese = || claim.currency.is_some_and(|currency| ["CNY", "TWD"].contains(&currency.code()));
        if let When::YearFrom(year) = when
            && calendar.is_calendar_year()
            && !is_chinese()
        {
            let place = at(self.sources, claim.file, claim.period_place);
            self.notices.add(Form::YearFrom, name, place, |extent| Notice::YearFrom { extent, year });
        }
        period
    }

    fn total_of_day(&mut self, name: &str, claim: &Claim, day: NaiveDate, lengths: Option<&Lengths>) -> Option<Dated> {
        let lengths = lengths?;
        let period = match lengths.edges {
            Edges::Starts => Period::from(Month::of(day)?),
            Edges::Ends => nearest_month_end(day)?.into(),
            Edges::Within => Month::of(day)?.into(),
        };
        // Rows may say each how long it is.
        let of_row = claim.dating.months.filter(|_| self.options.each.is_none());
        let months = of_row.map_or(lengths.months, u32::from);
        let period = match lengths.edges {
            Edges::Starts => {
                let last = period.first().plus(i32::try_from(months).ok()? - 1);
                Period::ending(last, months)
            }
            _ => Period::ending(period.last(), months),
        };
        if lengths.inferred {
            let starts = lengths.edges == Edges::Starts;
            let (by_others, sure, within) = (lengths.by_others, lengths.sure, lengths.edges == Edges::Within);
            let form = Form::Length(months, starts, by_others);
            let notice = |extent| Notice::LengthInferred { extent, months, starts, by_others, within, sure };
            self.notices.add(form, name, at(self.sources, claim.file, claim.period_place), notice);
        }
        let end = period.last();
        if lengths.edges == Edges::Ends && day != end.last_day() {
            self.notices.add(Form::MonthEnd, name, at(self.sources, claim.file, claim.period_place), |extent| {
                Notice::NearestMonthEnd { extent, day, month: end }
            });
        }
        Some((period, Some(day)))
    }

    /// How the series' totals that are dated by a day are to be read; `None` if there are none, or if it cannot be told,
    /// which is a problem by then.
    pub(in crate::read) fn lengths(&mut self, claims: &[Claim], calendar: FiscalCalendar) -> Option<Lengths> {
        let totals = || claims.iter().filter(|claim| claim.kind == Kind::Revenue);
        let days: Vec<(NaiveDate, &Claim)> =
            totals().filter_map(|claim| if let When::Day(day) = claim.when { Some((day, claim)) } else { None }).collect();
        let (_, first) = *days.first()?;
        let stated: Vec<Period> = totals().filter_map(|claim| claim.when.period(calendar)).collect();
        match Lengths::infer(&days, &stated, self.options.each) {
            Ok(lengths) => Some(lengths),
            Err((spacing, at)) => {
                if let Some(lengths) = self.lengths_of_file(first.file, &days) {
                    return Some(lengths);
                }
                let claim = days.get(at).map_or(first, |(_, claim)| *claim);
                self.problem_with_period(claim, ProblemKind::LengthUnknown { spacing });
                None
            }
        }
    }

    /// The reading of a file's dates together, if those of one series fit into it: a table has one spacing.
    fn lengths_of_file(&self, file: u32, days: &[(NaiveDate, &Claim)]) -> Option<Lengths> {
        let all = self.days_of_files.of(file);
        let with_claims: Vec<(NaiveDate, &Claim)> = all.iter().map(|day| (*day, days[0].1)).collect();
        let lengths = Lengths::infer(&with_claims, &[], self.options.each).ok()?;
        days.iter()
            .all(|(day, claim)| claim.file == file && all.contains(day))
            .then_some(Lengths { by_others: true, ..lengths })
    }
}
