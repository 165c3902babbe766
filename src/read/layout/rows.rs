//! The rows below a header: blank ones passed over, their width checked, and what stands below the table left out.

use std::io::{self, Read};

use crate::read::cell::{amount, period};
use crate::read::layout::file::File;
use crate::read::layout::header_rows;
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
    /// Whether a row of one cell is not a fault: a heading or remark of a report, or below a table.
    remarks: bool,
    /// The line of the last row of figures, and of the one before it.
    last: u64,
    before: u64,
    /// Whether something else than a row of figures stands before the row at hand: nothing, or a heading.
    gap: bool,
    /// How often it was looked for what stands below the table.
    looks: u32,
    /// A line at or behind which there is a row of more than one cell, as far as was looked.
    full_row_at: u64,
}

impl Rows {
    pub(in crate::read) fn new(width: usize, value: Option<usize>) -> Self {
        Self { width, value, remarks: false, last: 0, before: 0, gap: false, looks: 0, full_row_at: 0 }
    }

    /// Rows of a report, where a row of one cell is a heading or a remark.
    pub(in crate::read) fn of_report(width: usize) -> Self {
        Self { width, value: None, remarks: true, last: 0, before: 0, gap: false, looks: 0, full_row_at: 0 }
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
                    if self.width == 2
                        && record.is_empty(1)
                        && !is_label(&record.cell(0))
                        && (self.is_below_table(records) || begins_table(&records.sample(2))) =>
                {
                    file.left_out(LeftOut::Remark, &record, 0);
                    file.rows -= 1;
                }
                Fit::Row => {
                    self.gap = self.last > 0 && record.line > self.last + 1;
                    (self.before, self.last) = (self.last, record.line);
                    return Ok(true);
                }
                Fit::OneCell { wide_enough } => {
                    if file.take_remark(&record) {
                        file.rows -= 1;
                    } else if self.remarks || self.is_below_table(records) || begins_table(&records.sample(2)) {
                        file.left_out(LeftOut::Remark, &record, 0);
                        file.rows -= 1;
                    } else if wide_enough {
                        self.gap = self.last > 0;
                        return Ok(true);
                    } else {
                        self.wrong_width(&record, file);
                    }
                }
                Fit::Wrong => self.wrong_width(&record, file),
            }
        }
    }

    /// As these are before any is read, for those from `line` on, with a row right above.
    #[cfg(feature = "parallel")]
    pub(in crate::read) fn from(&self, line: u64) -> Self {
        Self { last: line.saturating_sub(1), ..Self::new(self.width, self.value) }
    }

    /// Whether nothing was looked for beyond a row at hand.
    #[cfg(feature = "parallel")]
    pub(in crate::read) fn looked_at_each_alone(&self) -> bool {
        !self.remarks && self.looks == 0 && self.full_row_at == 0
    }

    /// Whether the table goes on at a line without a gap.
    #[cfg(feature = "parallel")]
    pub(in crate::read) fn go_on_at(&self, line: u64) -> bool {
        !self.remarks && (self.last == 0 || self.last + 1 == line)
    }

    /// Goes on behind others, which were read elsewhere.
    #[cfg(feature = "parallel")]
    pub(in crate::read) fn pass(&mut self, others: &Self) {
        self.last = others.last;
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

    /// The line of the last row of figures before the row at hand.
    pub(in crate::read) fn before(&self) -> u64 {
        self.before
    }

    /// Whether something else than a row of figures stands before the row at hand, though some stand above.
    #[inline]
    pub(in crate::read) fn is_behind_gap(&self) -> bool {
        self.gap
    }

    /// What stands at and behind a row that says no period, with nothing or a heading before it: another table, or remarks in
    /// several cells to the end of the file.
    pub(in crate::read) fn apart<R: Read>(&mut self, record: &Record<'_>, records: &Records<R>) -> Option<Apart> {
        /// Remarks are few.
        const MOST: usize = 64;
        /// So are the rows that may begin something else.
        const MOST_LOOKS: u32 = 100;
        if self.looks == MOST_LOOKS {
            return None;
        }
        self.looks += 1;
        let mut rows = vec![record.sample()];
        rows.extend(records.sample(MOST));
        if begins_table(&rows) {
            return Some(Apart::Table);
        }
        (rows.len() <= MOST && !rows.iter().any(|row| header_rows::is_data(row))).then_some(Apart::Remarks)
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
    let drawn = |cell: &str| cell.bytes().all(|byte| matches!(byte, b'-' | b'=' | b'_' | b'+' | b':' | b'|' | b' '));
    // Nearly all rows are told by their first character.
    !record.text.as_bytes().first().is_some_and(u8::is_ascii_alphanumeric)
        && drawn(&record.cell(0))
        && (0..record.len()).all(|at| drawn(&record.cell(at)))
        && (0..record.len()).any(|at| record.cell(at).bytes().filter(|byte| matches!(byte, b'-' | b'=' | b'_')).count() > 2)
}

/// What stands below a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::read) enum Apart {
    /// Another table.
    Table,
    /// Remarks.
    Remarks,
}

/// Whether rows are the header of a table and its first row: names, and below them a figure and when it was.
fn begins_table(rows: &[Vec<String>]) -> bool {
    let [names, first, ..] = rows else { return false };
    let filled = || names.iter().filter(|name| !name.trim().is_empty());
    let is_word = |name: &String| amount::parse(name).is_err() && !period::is_name(name);
    filled().count() > 1 && filled().all(is_word) && header_rows::is_data(first)
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
