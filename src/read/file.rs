//! One file on its way from bytes to claims: what its rows have shown so far.

use std::io::{self, Read};
use std::sync::Arc;

use super::Options;
use super::claim::{Claim, Names};
use super::decide::{Decisions, OrderSeen, place};
use super::dialect::{self, Dialect};
use super::error::ProblemKind;
use super::header::{Header, Role};
use super::long::{Long, is_data};
use super::notice::Notice;
use super::period::When;
use super::problems::{KEPT, Kept, Position, Problems};
use super::table::{Record, Records};

/// What is known of a file, for `inspect`.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct FileReport {
    /// Its name, as given.
    pub file: Arc<str>,
    /// How its text is written.
    pub dialect: Dialect,
    /// Its columns, in order.
    pub columns: Vec<ColumnReport>,
    /// Rows below the header, blank ones apart.
    pub rows: u64,
    /// What its cells left open, and what settled it.
    pub decisions: Decisions,
}

/// What is known of a column.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct ColumnReport {
    /// Its name in the header.
    pub name: String,
    /// The part it plays; `None` if it is not used.
    pub role: Option<Role>,
    /// For a column that is not used: a role whose name is near.
    pub near: Option<Role>,
}

/// The state of reading one file.
pub(super) struct File<'a> {
    pub(super) options: &'a Options,
    pub(super) names: &'a mut Names,
    pub(super) index: u32,
    pub(super) claims: Vec<Claim>,
    pub(super) problems: Problems,
    pub(super) notices: Vec<Notice>,
    pub(super) rows: u64,
    pub(super) orders: OrderSeen,
    no_value: Option<(Position, u64)>,
    basis_not_used: Option<(Position, u64)>,
    /// Name for the figures of a table without a column of series.
    stem: &'a str,
}

impl<'a> File<'a> {
    pub(super) fn new(options: &'a Options, names: &'a mut Names, file: &Arc<str>, index: u32, stem: &'a str) -> Self {
        Self {
            options,
            names,
            index,
            claims: Vec::new(),
            problems: Problems::new(Arc::clone(file)),
            notices: Vec::new(),
            rows: 0,
            orders: OrderSeen::default(),
            no_value: None,
            basis_not_used: None,
            stem,
        }
    }

    /// Reads the file; its claims, problems and notices are in `self` then.
    pub(super) fn read<R: Read>(&mut self, input: R) -> io::Result<(FileReport, Kept)> {
        let mut records = Records::new(input, None);
        let head = records.ahead(KEPT)?;
        if let Some(what) = dialect::not_text(head) {
            self.problems.of_file(ProblemKind::NotText(what));
            return Ok((self.report(Dialect::default(), None), Kept::default()));
        }
        let delimiter = self.options.delimiter.unwrap_or_else(|| dialect::delimiter(head));
        let kept = Kept { text: head.to_owned(), delimiter: char::from(delimiter) };
        records.set_delimiter(delimiter);
        let decoder = records.decoder();
        let dialect = Dialect {
            delimiter: char::from(delimiter),
            encoding: decoder.encoding().name(),
            byte_order_mark: decoder.byte_order_mark,
        };
        let header = self.header(&mut records)?;
        if let Some(long) = &header {
            long.read(&mut records, self)?;
            if self.rows == 0 && self.problems.total == 0 {
                self.problems.of_file(ProblemKind::NoRows);
            }
        }
        // Only after the last row is it known whether all of it was UTF-8.
        let dialect = Dialect { encoding: records.decoder().encoding().name(), ..dialect };
        if dialect.encoding == "windows-1252" {
            let place = place(&self.problems.file, Position { line: 1, column: 1 });
            self.notices.push(Notice::Windows1252 { place });
        }
        if let Some((at, rows)) = self.no_value {
            self.notices.push(Notice::NoValue { place: place(&self.problems.file, at), rows });
        }
        if let Some((at, rows)) = self.basis_not_used {
            self.notices.push(Notice::BasisNotUsed { place: place(&self.problems.file, at), rows });
        }
        Ok((self.report(dialect, header.as_ref().map(Long::header)), kept))
    }

    /// Reads the header; `None` if it is no use, which is a problem by then.
    fn header<R: Read>(&mut self, records: &mut Records<R>) -> io::Result<Option<Long>> {
        let record = match records.next()? {
            Some(Ok(record)) => record,
            Some(Err(fault)) => {
                self.problems.of_text(&fault);
                return Ok(None);
            }
            None => {
                self.problems.of_file(ProblemKind::Empty);
                return Ok(None);
            }
        };
        let mut names: Vec<String> = (0..record.len()).map(|at| record.cell(at).into_owned()).collect();
        while names.len() > 1 && names.last().is_some_and(String::is_empty) {
            names.pop();
        }
        let mut twice = false;
        for (at, name) in names.iter().enumerate().filter(|(_, name)| !name.is_empty()) {
            if let Some(first) = names[..at].iter().position(|other| other.eq_ignore_ascii_case(name)) {
                self.problems.in_cell(&record, at, None, ProblemKind::DuplicateColumn { first: first + 1 });
                twice = true;
            }
        }
        if twice {
            return Ok(None);
        }
        match Long::new(Header::new(names.iter().map(String::as_str))) {
            Ok(long) => Ok(Some(long)),
            Err((header, _)) if is_data(&header.columns) => {
                self.problems.in_row(&record, 0, ProblemKind::HeaderIsData);
                Ok(None)
            }
            Err((header, role)) => {
                let nearest = header.nearest(role).map(str::to_owned);
                let at = nearest.as_ref().and_then(|name| names.iter().position(|other| other == name)).unwrap_or(0);
                self.problems.in_row(&record, at, ProblemKind::NoColumn { role, nearest });
                Ok(None)
            }
        }
    }

    fn report(&self, dialect: Dialect, header: Option<&Header>) -> FileReport {
        let columns = header.map_or(&[][..], |header| &header.columns);
        let columns = columns
            .iter()
            .map(|column| ColumnReport {
                name: column.name.clone(),
                role: column.role,
                near: if column.role.is_none() { Role::near(&column.name) } else { None },
            })
            .collect();
        let file = Arc::clone(&self.problems.file);
        FileReport { file, dialect, columns, rows: self.rows, decisions: Decisions::default() }
    }

    /// Index of the series of this name, or of the one that the file is named after.
    pub(super) fn series_index(&mut self, name: Option<&str>) -> u32 {
        self.names.index(name.unwrap_or(self.stem))
    }

    /// Notes what a date shows of the order of day and month in the file.
    pub(super) fn see_order(&mut self, when: When, text: &str) {
        let When::Day(day) = when else { return };
        let mut parts = text.split(['/', '-']);
        let (Some(first), Some(second), Some(_)) = (parts.next(), parts.next(), parts.next()) else { return };
        if first.len() > 2 {
            return;
        }
        let (Ok(first), Ok(second)) = (first.parse::<u32>(), second.parse::<u32>()) else { return };
        let is = |number: u32, part: u32| number == part && number > 12;
        let day = chrono::Datelike::day(&day);
        self.orders.day_first += u64::from(is(first, day));
        self.orders.month_first += u64::from(is(second, day));
    }

    /// Notes a row without a value, which is left out.
    pub(super) fn no_value(&mut self, record: &Record<'_>, at: usize) {
        count(&mut self.no_value, record, at);
    }

    /// Notes a basis that is not a target's.
    pub(super) fn basis_not_used(&mut self, record: &Record<'_>, at: usize) {
        count(&mut self.basis_not_used, record, at);
    }
}

fn count(counter: &mut Option<(Position, u64)>, record: &Record<'_>, at: usize) {
    match counter {
        Some((_, rows)) => *rows += 1,
        None => *counter = Some((Position::of(record.place(at)), 1)),
    }
}
