//! The records of a table that is not text, with some rows ahead of the one at hand.

use std::collections::VecDeque;

use crate::read::source::cells::{Row, Rows};
use crate::read::table::record::Record;

/// How many rows are ahead at least, as long as there are so many: what stands below a table shows in them.
const LEAST: usize = 256;

/// How many are looked ahead to at once, unless they are very wide.
const MOST: usize = 1024;

/// How many cells of rows ahead are kept at most, beyond one row.
const MOST_CELLS: usize = 1 << 17;

/// Rows, with some ahead.
pub(in crate::read) struct Ahead<'t> {
    rows: &'t mut dyn Rows,
    queue: VecDeque<Row>,
    /// Cells in them.
    cells: usize,
    /// The row at hand, and whether there is one.
    current: Row,
    is_at_row: bool,
    ended: bool,
    /// Columns to the left of the table.
    offset: u64,
    /// Lines at the beginning that are passed over.
    skipped: u64,
    /// Rows to be written over.
    spare: Vec<Row>,
}

impl<'t> Ahead<'t> {
    #[cfg(any(feature = "sheet", feature = "parquet", feature = "arrow"))]
    pub(in crate::read) fn new(rows: &'t mut dyn Rows, offset: u64) -> Self {
        Self {
            rows,
            queue: VecDeque::new(),
            cells: 0,
            current: Row::default(),
            is_at_row: false,
            ended: false,
            offset,
            skipped: 0,
            spare: Vec::new(),
        }
    }

    /// Passes over so many lines at the beginning, before anything is read.
    pub(in crate::read) fn skip_lines(&mut self, lines: usize) {
        self.skipped = lines as u64;
    }

    /// Looks ahead.
    pub(in crate::read) fn look(&mut self) {
        while !self.ended && (self.queue.is_empty() || self.queue.len() < MOST && self.cells < MOST_CELLS) {
            let mut row = self.spare.pop().unwrap_or_default();
            if !self.rows.next(&mut row) {
                self.ended = true;
            } else if row.line > self.skipped && (row.spans.len() > 1 || !row.text.trim().is_empty()) {
                self.cells += row.spans.len();
                self.queue.push_back(row);
            } else {
                self.spare.push(row);
            }
        }
    }

    /// Goes on to the next row, and whether there is one.
    pub(in crate::read) fn next(&mut self) -> bool {
        if self.queue.len() < LEAST && self.cells < MOST_CELLS / 2 {
            self.look();
        }
        let Some(row) = self.queue.pop_front() else {
            self.is_at_row = false;
            return false;
        };
        self.cells -= row.spans.len();
        self.spare.push(std::mem::replace(&mut self.current, row));
        self.is_at_row = true;
        true
    }

    pub(in crate::read) fn current(&self) -> Option<Record<'_>> {
        self.is_at_row.then(|| Record::of_row(&self.current, self.offset))
    }

    /// The line of the first row ahead, or the one behind the last.
    pub(in crate::read) fn line(&self) -> u64 {
        self.queue.front().map_or(self.current.line + 1, |row| row.line)
    }

    pub(in crate::read) fn sample(&self, most: usize) -> Vec<Vec<String>> {
        self.queue.iter().take(most).map(|row| Record::of_row(row, self.offset).sample()).collect()
    }

    pub(in crate::read) fn next_full_row(&self) -> Option<u64> {
        let is_full = |row: &&Row| row.spans.iter().filter(|span| span.end > span.start).nth(1).is_some();
        let beyond = || (!self.ended).then(|| self.queue.back().map_or(self.line(), |row| row.line + 1));
        self.queue.iter().find(is_full).map(|row| row.line).or_else(beyond)
    }
}
