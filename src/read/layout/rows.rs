//! The rows below a header: blank ones passed over, their width checked, and what stands below the table left out.

use std::io::{self, Read};

use crate::read::cell::period;
use crate::read::layout::file::File;
use crate::read::report::error::ProblemKind;
use crate::read::report::notice::LeftOut;
use crate::read::table::{Next, Record, Records};

/// Goes through the rows of a table.
#[derive(Debug)]
pub(in crate::read) struct Rows {
    /// Cells of the header.
    width: usize,
    /// The column of amounts, for the hint about thousands separators.
    value: Option<usize>,
    /// Whether a row of one cell is no fault: a heading or remark of a report, or below a table.
    remarks: bool,
    /// A line at or behind which there is a row of more than one cell, as far as was looked.
    full_row_at: u64,
}

impl Rows {
    pub(in crate::read) fn new(width: usize, value: Option<usize>) -> Self {
        Self { width, value, remarks: false, full_row_at: 0 }
    }

    /// Rows of a report, where a row of one cell is a heading or a remark.
    pub(in crate::read) fn of_report(width: usize) -> Self {
        Self { width, value: None, remarks: true, full_row_at: 0 }
    }

    /// Goes on to the next row as wide as the header, which is the current record then, and whether there is one. Rows that are
    /// not so wide are problems, or remarks below the table.
    pub(in crate::read) fn next<R: Read>(&mut self, records: &mut Records<R>, file: &mut File<'_>) -> io::Result<bool> {
        loop {
            match records.next()? {
                Next::Record => {}
                Next::Fault(fault) => {
                    file.problems.of_text(&fault);
                    return Ok(false);
                }
                Next::End => return Ok(false),
            }
            let Some(record) = records.current().filter(|record| !record.is_blank() && !is_rule(record)) else { continue };
            file.rows += 1;
            match self.fit(&record) {
                // Of a table of two columns, a line below it looks like a row.
                Fit::Row if self.width == 2 && record.is_empty(1) && file.take_remark(&record) => file.rows -= 1,
                Fit::Row
                    if self.width == 2 && record.is_empty(1) && !is_label(&record.cell(0)) && self.is_below_table(records) =>
                {
                    file.left_out(LeftOut::Remark, &record, 0);
                    file.rows -= 1;
                }
                Fit::Row => return Ok(true),
                Fit::OneCell { wide_enough } => {
                    if file.take_remark(&record) {
                        file.rows -= 1;
                    } else if self.remarks || self.is_below_table(records) {
                        file.left_out(LeftOut::Remark, &record, 0);
                        file.rows -= 1;
                    } else if wide_enough {
                        return Ok(true);
                    } else {
                        self.wrong_width(&record, file);
                    }
                }
                Fit::Wrong => self.wrong_width(&record, file),
            }
        }
    }

    /// Whether only rows of one cell follow. Looked up once for all rows up to the next full one.
    fn is_below_table<R: Read>(&mut self, records: &Records<R>) -> bool {
        if records.line() > self.full_row_at {
            match records.next_full_row() {
                Some(line) => self.full_row_at = line,
                None => self.remarks = true,
            }
        }
        self.remarks
    }

    fn fit(&self, record: &Record<'_>) -> Fit {
        let (expected, found) = (self.width, record.len());
        // A delimiter at the end of every row is a habit of some exporters.
        let wide_enough = found == expected || (found > expected && (expected..found).all(|at| record.is_empty(at)));
        let one_cell = (1..found).all(|at| record.is_empty(at)) && !record.is_empty(0);
        match (one_cell && (expected > 2 || found == 1 && expected > 1), wide_enough) {
            (true, wide_enough) => Fit::OneCell { wide_enough },
            (false, true) => Fit::Row,
            (false, false) => Fit::Wrong,
        }
    }

    fn wrong_width(&self, record: &Record<'_>, file: &mut File<'_>) {
        let (expected, found) = (self.width, record.len());
        let at = if found > expected { self.value.unwrap_or(0) } else { found };
        let split_amount = found > expected && self.value.is_some_and(|value| splits_amount(record, value));
        file.problems.in_row(record, at, ProblemKind::Width { expected, found, split_amount });
    }
}

/// Whether a row is a line drawn between others: `-----`, `|---|---|`, `+====+`.
fn is_rule(record: &Record<'_>) -> bool {
    let first = record.cell(0);
    let drawn = |cell: &str| cell.bytes().all(|byte| matches!(byte, b'-' | b'=' | b'_' | b'+' | b':' | b'|' | b' '));
    // Nearly all rows are told by their first cell.
    drawn(&first)
        && (0..record.len()).all(|at| drawn(&record.cell(at)))
        && (0..record.len()).any(|at| record.cell(at).bytes().filter(|byte| matches!(byte, b'-' | b'=' | b'_')).count() > 2)
}

/// Whether a cell is a period or a word for those below it, rather than a remark.
fn is_label(cell: &str) -> bool {
    period::is_name(cell) || period::standing(cell).is_some()
}

/// How a row fits below its header.
enum Fit {
    /// A row of figures.
    Row,
    /// Only the first cell is filled: a heading, a remark, or a row with little in it.
    OneCell { wide_enough: bool },
    /// Too few cells, or too many.
    Wrong,
}

/// Whether the cell and the one behind it look like an amount that was split at its thousands separator.
fn splits_amount(record: &Record<'_>, value: usize) -> bool {
    let digits = |at: usize| {
        let cell = record.cell(at);
        let groups = cell.trim_start_matches(|c: char| !c.is_ascii_digit()).split(|c: char| !c.is_ascii_digit());
        groups.map(str::len).next().unwrap_or(0)
    };
    (1..=3).contains(&digits(value)) && !record.is_quoted(value) && digits(value + 1) == 3
}
