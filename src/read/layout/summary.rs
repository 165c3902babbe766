//! What a file was found to be, for `inspect`: its layout, and the part of each column.

use std::sync::Arc;

use crate::read::cell::words::as_written;
use crate::read::report::file::{ColumnReport, Decisions, FileReport, Form};
use crate::read::report::reason::{Reason, Stated, StatedBy, UnitOfColumn};
use crate::read::role::Role;

use super::Layout;
use super::facts::unit;
use super::file::File;
use super::header::{Column, UnitBy};

impl File<'_> {
    pub(in crate::read) fn report(&self, form: Form, layout: Option<&Layout>) -> FileReport {
        let header = layout.map(Layout::header);
        let columns = header.map_or(&[][..], |header| &header.columns);
        let columns = columns.iter().enumerate().map(|(at, column)| self.column(layout, at, column)).collect();
        FileReport {
            file: Arc::clone(&self.problems.file),
            form,
            layout: layout.map(Layout::name),
            preamble_rows: self.preamble_rows,
            columns,
            rows: self.rows,
            looked_at: header.map_or(0, |header| self.rows.min(header.looked_at as u64)),
            header: self.facts.header,
            unit: self.facts.unit.clone(),
            fiscal_year_end: self.facts.fiscal_year_end.clone().or_else(|| {
                let what = layout?.year_end()?;
                Some(Stated { what, by: StatedBy::Days })
            }),
            months: self.months(layout),
            decisions: Decisions::default(),
        }
    }

    fn column(&self, layout: Option<&Layout>, at: usize, column: &Column) -> ColumnReport {
        let is_amount = layout.is_some_and(|layout| layout.is_amount(at));
        let mut reason = column.because.clone().unwrap_or_else(|| column.without_part());
        if let Some(word) = reason.word_mut() {
            *word = as_written(&column.name, word);
        }
        let role = match (layout, &reason) {
            _ if is_amount => Some(Role::Value),
            (Some(Layout::Long(_)) | None, Reason::YearsOf { .. }) => Some(Role::Period),
            (Some(Layout::Long(_)) | None, _) => column.role,
            (Some(_), Reason::YearsOf { .. }) => Some(Role::Period),
            (Some(_), Reason::RowNames { summed: false }) => Some(Role::Series),
            (Some(_), Reason::Lines { .. }) => Some(Role::Account),
            (Some(_), _) => column.role.filter(|role| *role != Role::Value),
        };
        // The columns of a ledger have the names of its export, and none was misspelt.
        let used = role.is_some() || reason.is_of_use();
        let may_be_misspelt = !used && !matches!(layout, Some(Layout::Ledger(_)));
        ColumnReport {
            name: column.name.clone(),
            role,
            used,
            unit: if role == Some(Role::Value) { self.unit_of(column) } else { None },
            reason,
            series: layout.and_then(|layout| layout.series_of(at)).map(str::to_owned),
            near: if may_be_misspelt { Role::near(&column.name) } else { None },
        }
    }

    /// The unit that a column of amounts has of its own.
    fn unit_of(&self, column: &Column) -> Option<UnitOfColumn> {
        if self.options.unit.is_some() {
            return None;
        }
        let stated = unit(column.power, column.sign, self.options);
        match (column.power, column.sign) {
            (0, None) if column.profile.money > 0 => Some(UnitOfColumn::Cells),
            (0, None) => None,
            _ => Some(match column.unit_by {
                UnitBy::Name => UnitOfColumn::Name(stated),
                UnitBy::Row => UnitOfColumn::Row(stated),
                UnitBy::Export => UnitOfColumn::Export(stated),
            }),
        }
    }

    /// The length of totals that are dated by a day, where an option or the name of their column says it.
    fn months(&self, layout: Option<&Layout>) -> Option<Stated<u8>> {
        let header = layout?.header();
        let months = |months: u32| u8::try_from(months).ok();
        if self.claims.seen.days == 0 || matches!(layout, Some(Layout::Ledger(_))) {
            return None;
        }
        if let Some(each) = self.options.each {
            return Some(Stated { what: months(each.months())?, by: StatedBy::Option });
        }
        let period = header.period(true)?;
        Some(Stated { what: months(header.columns[period].months()?)?, by: StatedBy::PeriodName })
    }
}
