//! Files of figures as they were understood, for the JSON of `inspect`.

use serde::Serialize;

/// A file, and what was found in it.
#[derive(Clone, Debug, Serialize)]
pub struct SourceFile {
    /// Its name, as given.
    pub file: String,
    /// What it is: `text`, `json`, `workbook` or `parquet`.
    pub format: &'static str,
    /// Of a workbook, the name of the sheet that is read.
    pub sheet: Option<String>,
    /// Of a text, the name of its encoding.
    pub encoding: Option<String>,
    /// Whether a byte order mark stands at its beginning.
    pub byte_order_mark: bool,
    /// Of a text, what stands between its cells.
    pub delimiter: Option<char>,
    /// How its rows and columns are laid out.
    pub layout: Option<String>,
    /// Rows above the header.
    pub preamble_rows: usize,
    /// Rows below it.
    pub rows: u64,
    /// How many of them were looked at to find the part of each column.
    pub looked_at: u64,
    /// Its columns, in order.
    pub columns: Vec<SourceColumn>,
    /// What its cells left open, and what settled it.
    pub decisions: Vec<SourceDecision>,
}

/// A column of a file.
#[derive(Clone, Debug, Serialize)]
pub struct SourceColumn {
    /// Its name in the header.
    pub name: String,
    /// The part it plays; `None` if it plays none that has a name.
    pub role: Option<String>,
    /// Whether it is read.
    pub used: bool,
    /// Why it is, or is not.
    pub reason: String,
    /// The series that all its amounts are of, if they are.
    pub series: Option<String>,
    /// For a column that is not read: the part that its name is close to.
    pub near: Option<String>,
}

/// A question that cells left open.
#[derive(Clone, Debug, Serialize)]
pub struct SourceDecision {
    /// What was open.
    pub question: String,
    /// How it was settled.
    pub answer: String,
    /// What settled it.
    pub evidence: String,
}
