//! Arrow record batches to rows of cells.
//!
//! The names of the columns are the first line and each row is another, as of a Parquet file; values are shown and read in the
//! same way. Columns of lists, maps and structs are not figures: they are left empty, and refused where one of them would be used.

mod column;

use arrow_array::{RecordBatch, RecordBatchReader};
use arrow_schema::ArrowError;

use crate::read::source::cells::{Row, Rows};
use crate::read::source::columns::{Cells, Fault, NotRead, ROWS};

use column::Held;

/// The rows of record batches, the first with the names of their columns.
pub(in crate::read) struct Batches<B> {
    /// Gives the batches, one after the other.
    from: B,
    columns: Vec<Column>,
    /// The batch at hand: how many rows it has, and how many of them are decoded.
    length: usize,
    decoded: usize,
    /// Rows decoded before those at hand, the names among them once they are written.
    rows: u64,
    /// How many rows are at hand, and how many of them were given.
    at_hand: usize,
    given: usize,
    pub(in crate::read) fault: Option<Fault>,
    /// The most bytes that the texts of the rows at hand may have.
    most: u64,
}

/// One column: its values in the batch at hand, and its cells of the rows at hand.
struct Column {
    name: String,
    /// What it holds, if that is not read.
    unread: Option<&'static str>,
    held: Option<Held>,
    cells: Cells,
}

impl<B: RecordBatchReader> Batches<B> {
    /// The rows of these batches; the texts of those that are decoded at once may have `most` bytes.
    pub(in crate::read) fn new(batches: B, most: u64) -> Self {
        let schema = batches.schema();
        let column = |field: &arrow_schema::FieldRef| Column {
            name: field.name().clone(),
            unread: column::unread(field.data_type()),
            held: None,
            cells: Cells::default(),
        };
        let columns = schema.fields().iter().map(column).collect();
        Self { from: batches, columns, length: 0, decoded: 0, rows: 0, at_hand: 0, given: 0, fault: None, most }
    }

    /// What a column holds that is not read, if it is such a one.
    pub(in crate::read) fn not_read(&self) -> Vec<Option<&'static str>> {
        self.columns.iter().map(|column| column.unread).collect()
    }

    /// The name of a column.
    pub(in crate::read) fn name(&self, at: usize) -> Option<&str> {
        self.columns.get(at).map(|column| column.name.as_str())
    }

    /// Decodes the next rows; none at the end, or at a fault.
    fn decode(&mut self) {
        self.rows += self.at_hand as u64;
        (self.at_hand, self.given) = (0, 0);
        let line = self.rows + 1;
        let fault = |line: u64, column: usize, why: NotRead| Some(Fault { line, column, why });
        while self.decoded == self.length && self.fault.is_none() {
            match self.from.next() {
                None => return,
                Some(Ok(batch)) => self.take(&batch),
                Some(Err(error)) => self.fault = fault(line, 0, NotRead::Damaged(plain(&error))),
            }
        }
        let (mut left, rows) = (self.most, self.decoded..(self.decoded + ROWS).min(self.length));
        for (at, column) in self.columns.iter_mut().enumerate() {
            column.cells.clear();
            let Some(held) = column.held.as_ref().filter(|_| self.fault.is_none()) else { continue };
            if let Err(why) = held.read(rows.clone(), &mut column.cells, &mut left) {
                self.fault = fault(line + column.cells.len() as u64, at, why);
            }
        }
        if self.fault.is_none() {
            (self.at_hand, self.decoded) = (rows.len(), rows.end);
        }
    }

    /// Puts a batch in place of the one at hand, which is read.
    fn take(&mut self, batch: &RecordBatch) {
        (self.length, self.decoded) = (batch.num_rows(), 0);
        if batch.num_columns() != self.columns.len() {
            let why = NotRead::Damaged("its batches differ in their columns".to_owned());
            self.fault = Some(Fault { line: self.rows + 1, column: 0, why });
            return;
        }
        for (column, array) in self.columns.iter_mut().zip(batch.columns()) {
            column.held = column.unread.is_none().then(|| Held::of(array));
        }
    }
}

/// The error's words, without what they begin with.
fn plain(error: &ArrowError) -> String {
    let text = error.to_string();
    text.split_once("error: ").map_or(text.as_str(), |(_, what)| what).to_owned()
}

impl<B: RecordBatchReader> Rows for Batches<B> {
    fn next(&mut self, row: &mut Row) -> bool {
        if self.rows == 0 {
            row.begin(1);
            self.columns.iter().for_each(|column| row.push_text(&column.name));
            self.rows = 1;
            return true;
        }
        if self.given == self.at_hand {
            self.decode();
        }
        if self.at_hand == 0 {
            return false;
        }
        row.begin(self.rows + self.given as u64 + 1);
        self.columns.iter().for_each(|column| column.cells.write(self.given, row));
        self.given += 1;
        true
    }
}
