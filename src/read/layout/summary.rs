//! What a file was found to be, for `inspect`: its layout, and the part of each column.

use std::sync::Arc;

use crate::read::report::file::{ColumnReport, Decisions, FileReport, Form};
use crate::read::role::Role;

use super::Layout;
use super::file::File;

impl File<'_> {
    pub(in crate::read) fn report(&self, form: Form, layout: Option<&Layout>) -> FileReport {
        let header = layout.map(Layout::header);
        let name = |at: usize| layout.and_then(|layout| layout.series_of(at));
        let columns = header.map_or(&[][..], |header| &header.columns);
        // The columns of a ledger have the names of its export, and none was misspelt.
        let is_ledger = matches!(layout, Some(Layout::Ledger(_)));
        let columns = columns
            .iter()
            .enumerate()
            .map(|(at, column)| ColumnReport {
                name: column.name.clone(),
                role: match layout {
                    Some(layout) if layout.is_amount(at) => Some(Role::Value),
                    Some(Layout::Long(_)) | None => column.role,
                    Some(_) => column.role.filter(|role| *role != Role::Value),
                },
                series: name(at).map(str::to_owned),
                near: if column.role.is_none() && !is_ledger { Role::near(&column.name) } else { None },
            })
            .collect();
        FileReport {
            file: Arc::clone(&self.problems.file),
            form,
            layout: layout.map(Layout::name),
            preamble_rows: self.preamble_rows,
            columns,
            rows: self.rows,
            decisions: Decisions::default(),
        }
    }
}
