//! Years in one column, and what lies in them in another: quarters, months, weeks, or periods by number.

use crate::calendar::Step;
use crate::read::cell::words::{Mark, Sense};
use crate::read::report::reason::Reason;
use crate::read::role::Role;

use super::{Column, Header};

impl Header {
    /// Finds a column of years beside one of quarters or months, of which the period takes both.
    pub(super) fn year_beside(&mut self) {
        self.unnamed_parts();
        let Some(period) = self.of(Role::Period) else { return };
        let is_period_name = |column: &Column| column.role.is_none() && column.meaning.has(Sense::Period);
        let is_week = |column: &Column| column.is_week() && column.profile.is_whole();
        let is_part = |column: &Column| {
            let is_called_so = column.months().is_some_and(|months| months < 12) && column.profile.is_parts();
            // `Q1` says what it is under any name, and `FY` beside it.
            let says_so = column.months().is_none() && column.profile.is_parts_by_word();
            is_called_so || says_so || is_week(column)
        };
        let is_year = |column: &Column| column.months() == Some(12) && column.profile.is_years_with_word();
        let find = |wanted: &dyn Fn(&Column) -> bool| {
            (0..self.columns.len()).find(|at| is_period_name(&self.columns[*at]) && wanted(&self.columns[*at]))
        };
        let months = |at: usize| self.columns[at].months().unwrap_or(1);
        // Of quarters and months the finer say when.
        let finest = || {
            let parts = (0..self.columns.len()).filter(|at| is_period_name(&self.columns[*at]) && is_part(&self.columns[*at]));
            parts.min_by_key(|at| months(*at))
        };
        if is_year(&self.columns[period])
            && let Some(part) = finest()
        {
            self.move_period(period, part);
            self.year = Some(period);
        } else if self.columns[period].months().is_some_and(|months| months < 12) {
            self.year = find(&|column: &Column| column.months() == Some(12) && column.profile.when() > 0.5);
            let finer = finest().filter(|at| self.columns[period].profile.is_parts() && months(*at) < months(period));
            if let Some(part) = finer.filter(|_| self.year.is_some()) {
                self.move_period(period, part);
            }
        }
        if let (Some(year), Some(period)) = (self.year, self.of(Role::Period)) {
            self.columns[year].because = Some(Reason::YearsOf { column: self.columns[period].name.clone() });
        }
    }

    /// Takes two columns without names, of years and of the months or quarters in them, as statistics offices head them.
    fn unnamed_parts(&mut self) {
        let is_free = |column: &Column| column.role.is_none() && column.name.trim().is_empty();
        let part = (1..self.columns.len()).find(|at| {
            let (year, part) = (&self.columns[at - 1], &self.columns[*at]);
            is_free(year) && year.profile.is_years() && is_free(part) && part.profile.is_parts_by_word()
        });
        if let Some(part) = part.filter(|_| self.of(Role::Period).is_none()) {
            let because = Reason::of_periods(&self.columns[part].profile);
            self.columns[part].take(Role::Period, because);
            self.year = Some(part - 1);
        }
    }

    /// Finds a column that numbers periods beside one of years: `1` to `13` under `Period`, which are months, quarters or spans
    /// of four weeks. What they are must be said.
    pub(super) fn numbered_beside(&mut self, each: Option<Step>) {
        let Some(year) = self.of(Role::Period).filter(|_| self.year.is_none()) else { return };
        if !self.columns[year].profile.is_years() || self.columns[year].months() == Some(1) {
            return;
        }
        let is_numbered = |column: &Column| {
            let is_free = column.role.is_none() && column.months().is_none() && Mark::NumberedPeriod.is_in(&column.name);
            is_free && column.profile.is_numbered_periods()
        };
        let Some(at) = self.columns.iter().position(is_numbered) else { return };
        match each {
            Some(Step::Month | Step::Quarter | Step::Half) => {
                self.move_period(year, at);
                self.year = Some(year);
                self.columns[year].because = Some(Reason::YearsOf { column: self.columns[at].name.clone() });
            }
            _ => self.numbered = Some(at),
        }
    }

    /// Takes the part of the period from one column and gives it to another, of parts of years or of weeks.
    fn move_period(&mut self, from: usize, to: usize) {
        self.columns[from].role = None;
        let column = &mut self.columns[to];
        let is_week = column.is_week() && column.profile.is_whole();
        let because = if is_week { column.named_by(&[Sense::Period]) } else { Reason::of_periods(&column.profile) };
        column.take(Role::Period, because);
    }
}
