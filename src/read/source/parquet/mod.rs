//! Parquet files to rows of cells.
//!
//! The names of the columns are the first line and each row is another, so that places count as they do in a spreadsheet. Rows
//! are decoded some thousand at a time. Columns of lists, maps and structs are not figures: they are left empty, and refused
//! where one of them would be used.

mod column;

use std::io::{self, Read};

use bytes::Bytes;
use parquet::file::reader::{FileReader, SerializedFileReader};

use crate::read::source::cells::{Row, Rows};
use crate::read::source::columns::{Fault, NotRead};
use crate::read::source::guard::guard;

use column::{Column, Form, columns, damaged, plain};

/// The largest file that is read, in bytes: its end says what it holds, so that it must be held whole.
pub(in crate::read) const LARGEST: u64 = 1 << 30;

/// Whether a file that begins like this is Parquet.
pub(in crate::read) fn is_parquet(head: &[u8]) -> bool {
    head.starts_with(b"PAR1")
}

/// Why a file cannot be read.
#[derive(Debug)]
pub(in crate::read) enum NoTable {
    /// It is over [`LARGEST`].
    TooLarge,
    /// It is broken, or written in a way that is not read.
    Damaged(String),
}

/// The rows of a file, the first with the names of its columns.
pub(in crate::read) struct Table {
    file: SerializedFileReader<Bytes>,
    columns: Vec<Column>,
    next_group: usize,
    /// Rows decoded before those at hand, the names among them once they are written.
    rows: u64,
    /// How many rows are at hand, and how many of them were given.
    at_hand: usize,
    given: usize,
    pub(in crate::read) fault: Option<Fault>,
    /// The most bytes that the texts of the rows at hand may have.
    most: u64,
}

impl Table {
    /// Takes in a file and what it says of itself; the texts of the rows that are decoded at once may have `most` bytes.
    pub(in crate::read) fn open(input: impl Read, most: u64) -> io::Result<Result<Self, NoTable>> {
        let mut bytes = Vec::new();
        input.take(LARGEST + 1).read_to_end(&mut bytes)?;
        if bytes.len() as u64 > LARGEST {
            return Ok(Err(NoTable::TooLarge));
        }
        let bytes = Bytes::from(bytes);
        let opened = guard(|| {
            let file = SerializedFileReader::new(bytes).map_err(|error| plain(&error))?;
            let columns = columns(&file);
            Ok(Self { file, columns, next_group: 0, rows: 0, at_hand: 0, given: 0, fault: None, most })
        });
        Ok(opened.unwrap_or_else(|| Err(BROKEN.to_owned())).map_err(NoTable::Damaged))
    }

    /// What a column holds that is not read, if it is such a one.
    pub(in crate::read) fn not_read(&self) -> Vec<Option<&'static str>> {
        self.columns.iter().map(|column| if let Form::Unread(what) = column.form { Some(what) } else { None }).collect()
    }

    /// The first row in which a column holds bytes that are not text, if there is one.
    pub(in crate::read) fn no_text(&self) -> impl Iterator<Item = Option<u64>> {
        self.columns.iter().map(|column| column.no_text)
    }

    /// The name of a column.
    pub(in crate::read) fn name(&self, at: usize) -> Option<&str> {
        self.columns.get(at).map(|column| column.name.as_str())
    }

    /// Decodes the next rows; none at the end, or at a fault.
    fn decode(&mut self) {
        self.rows += self.at_hand as u64;
        (self.at_hand, self.given) = (0, 0);
        while self.at_hand == 0 && self.fault.is_none() {
            let fault = |line: u64, column: usize, why: NotRead| Some(Fault { line, column, why });
            let broken = || NotRead::Damaged(BROKEN.to_owned());
            let line = self.rows + 1;
            if self.columns.iter().all(|column| column.reader.is_none()) {
                if self.next_group >= self.file.num_row_groups() {
                    return;
                }
                let opened = guard(|| open_group(&self.file, self.next_group, &mut self.columns));
                self.next_group += 1;
                if let Err((at, why)) = opened.unwrap_or_else(|| Err((0, broken()))) {
                    self.fault = fault(line, at, why);
                    return;
                }
            }
            let (mut rows, mut left) = (None, self.most);
            for (at, column) in self.columns.iter_mut().enumerate() {
                if column.reader.is_none() {
                    continue;
                }
                let read = guard(|| column.read(&mut left));
                let here = column.cells.len();
                column.no_text = column.no_text.or(column.cells.no_text.map(|row| line + row as u64));
                match read.unwrap_or_else(|| Err(broken())) {
                    Err(why) => self.fault = fault(line + here as u64, at, why),
                    Ok(()) if rows.is_some_and(|rows| rows != here) => {
                        self.fault = fault(line + here as u64, at, NotRead::Damaged("its columns differ in length".to_owned()));
                    }
                    Ok(()) => rows = Some(here),
                }
                if self.fault.is_some() {
                    return;
                }
            }
            match rows {
                None | Some(0) => self.columns.iter_mut().for_each(|column| column.reader = None),
                Some(rows) => self.at_hand = rows,
            }
        }
    }
}

impl Rows for Table {
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

/// What is said of a file that makes its decoder panic.
const BROKEN: &str = "it does not hold what it says";

/// Places every column at the beginning of a group of rows; the column at fault if one cannot be.
fn open_group(file: &SerializedFileReader<Bytes>, group: usize, columns: &mut [Column]) -> Result<(), (usize, NotRead)> {
    let group = file.get_row_group(group).map_err(|error| (0, damaged(&error)))?;
    for (at, column) in columns.iter_mut().enumerate() {
        if !matches!(column.form, Form::Unread(_)) {
            column.reader = Some(group.get_column_reader(column.leaf).map_err(|error| (at, damaged(&error)))?);
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use parquet::data_type::{ByteArray, ByteArrayType};
    use parquet::file::properties::WriterProperties;
    use parquet::file::writer::SerializedFileWriter;
    use parquet::schema::parser::parse_message_type;

    use super::*;

    #[test]
    fn a_long_text_in_every_row_is_not_written_out() {
        let schema = Arc::new(parse_message_type("message table { required binary series (STRING); }").unwrap());
        let mut writer = SerializedFileWriter::new(Vec::new(), schema, Arc::new(WriterProperties::new())).unwrap();
        let mut group = writer.next_row_group().unwrap();
        let mut column = group.next_column().unwrap().unwrap();
        let text = ByteArray::from("x".repeat(10_000).into_bytes());
        column.typed::<ByteArrayType>().write_batch(&vec![text; 2000], None, None).unwrap();
        column.close().unwrap();
        group.close().unwrap();
        let bytes = writer.into_inner().unwrap();
        assert!(bytes.len() < 50_000, "the text stands once: {}", bytes.len());

        let rows = |most: u64| {
            let mut table = Table::open(bytes.as_slice(), most).unwrap().unwrap();
            let (mut row, mut rows) = (Row::default(), 0);
            while table.next(&mut row) {
                rows += 1;
            }
            (rows, table.fault.map(|fault| matches!(fault.why, NotRead::Unpacked)))
        };
        assert_eq!(rows(20_000_000), (2001, None));
        assert_eq!(rows(10_000_000), (1, Some(true)));
    }
}
