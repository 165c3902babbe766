//! What is known of a file, for `inspect`.

use std::sync::Arc;

use crate::read::cell::amount::DecimalMark;
use crate::read::cell::period::DateOrder;
use crate::read::cell::unit::Unit;
use crate::read::report::reason::{HeaderFound, Reason, Stated, UnitOfColumn};
use crate::read::role::Role;
use crate::read::source::dialect::Dialect;

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
    /// How many of them were looked at to find the part of each column.
    pub looked_at: u64,
    /// Where the header stands; `None` if there is none.
    pub header: Option<HeaderFound>,
    /// What an amount of 1 is worth, where that is said for all amounts.
    pub unit: Option<Stated<Unit>>,
    /// The month in which fiscal years end, 1 to 12, where that is said, or asked by labels, for all figures.
    pub fiscal_year_end: Option<Stated<u8>>,
    /// The length in months of totals that are dated by a day, where their spacing does not tell it.
    pub months: Option<Stated<u8>>,
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
    /// Arrow record batches.
    #[cfg(feature = "arrow")]
    Arrow,
    /// Figures typed as text.
    Typed,
    /// Nothing that can be read.
    Unknown,
}

impl Form {
    /// The name in files: `text`, `json`, `workbook`, `parquet`, `typed` or `unknown`.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Text(_) => "text",
            Self::Json => "json",
            Self::Workbook { .. } => "workbook",
            Self::Parquet => "parquet",
            #[cfg(feature = "arrow")]
            Self::Arrow => "arrow",
            Self::Typed => "typed",
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
    /// The part it plays, if it plays one that has a name.
    pub role: Option<Role>,
    /// Why it does, or does not.
    pub reason: Reason,
    /// Whether it is read.
    pub used: bool,
    /// The unit of its amounts, where the column has one of its own.
    pub unit: Option<UnitOfColumn>,
    /// For a column of one series' amounts: the series.
    pub series: Option<String>,
    /// For a column that is not read: a role whose name is near.
    pub near: Option<Role>,
}

/// What settled a question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Evidence {
    /// The user's option.
    Option,
    /// Cells that read one way only: how many.
    Cells(u64),
    /// No cell, but the rule for files of this kind; a notice says so.
    Rule,
}

/// The answers for one file; `None` where the question did not arise.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Decisions {
    /// The decimal mark of its amounts.
    pub decimal: Option<(DecimalMark, Evidence)>,
    /// The order of day and month in its dates.
    pub date_order: Option<(DateOrder, Evidence)>,
    /// Whether numbers of days count from 1904 rather than from 1900.
    pub from_1904: Option<(bool, Evidence)>,
}
