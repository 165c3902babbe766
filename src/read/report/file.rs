//! What is known of a file, for `inspect`.

use std::sync::Arc;

use crate::read::layout::Layout;
use crate::read::layout::header::Role;
use crate::read::settle::decide::Decisions;
use crate::read::source::dialect::Dialect;

use crate::read::layout::file::File;

/// What is known of a file, for `inspect`.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct FileReport {
    /// Its name, as given.
    pub file: Arc<str>,
    /// What it is.
    pub form: Form,
    /// How its rows and columns are laid out; `None` if that could not be told.
    pub layout: Option<&'static str>,
    /// Rows above the header, blank ones apart.
    pub preamble_rows: usize,
    /// Its columns, in order.
    pub columns: Vec<ColumnReport>,
    /// Rows below the header, blank ones apart.
    pub rows: u64,
    /// What its cells left open, and what settled it.
    pub decisions: Decisions,
}

/// What a file is, by its first bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Form {
    /// Delimited text.
    Text(Dialect),
    /// A JSON text.
    Json,
    /// A workbook, of which one sheet is read.
    Workbook {
        /// The sheet's name; empty if there is none to read.
        sheet: String,
    },
    /// Parquet.
    Parquet,
    /// Nothing that can be read.
    Unknown,
}

impl Form {
    /// The name in files: `text`, `json`, `workbook`, `parquet` or `unknown`.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Text(_) => "text",
            Self::Json => "json",
            Self::Workbook { .. } => "workbook",
            Self::Parquet => "parquet",
            Self::Unknown => "unknown",
        }
    }
}

/// What is known of a column.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct ColumnReport {
    /// Its name in the header.
    pub name: String,
    /// The part it plays; `None` if it is not used.
    pub role: Option<Role>,
    /// For a column of one series' amounts: the series.
    pub series: Option<String>,
    /// For a column that is not used: a role whose name is near.
    pub near: Option<Role>,
}

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
