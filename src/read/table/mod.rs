//! Delimited text, and rows of values, to records with the line and the column of every cell.
//!
//! We split records ourselves because an error must name the very line and column that an editor shows: the csv crate counts
//! a record's line from where the one before it ended, which is off after CRLF and blank lines. The rules are those of RFC
//! 4180, with any line ending (LF, CRLF, CR), spaces before an opening quotation mark, and text behind a closing one kept.
//! Knows nothing of what the cells mean.

#[cfg(test)]
mod against_csv;
mod ahead;
#[cfg(feature = "parallel")]
mod lines;
mod record;
mod split;
mod text;

use std::io::{self, Read};

use encoding_rs::Encoding;

pub(in crate::read) use crate::read::source::cells::Value;
#[cfg(feature = "parallel")]
pub(in crate::read) use lines::{Lines, Stretch};
pub(in crate::read) use record::{Record, next_line};

use ahead::Ahead;
use text::Texts;

/// The longest record, in bytes. A table of 10,000 months and series is far below it; a quotation mark that is never closed,
/// or a file that is not a table, is soon above it. It bounds the memory that reading needs.
pub(in crate::read) const LONGEST_RECORD: usize = 4 << 20;

/// Why the records end before the file does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::read) enum Fault {
    /// Bytes that are not UTF-8.
    Encoding(Vec<u8>),
    /// A quotation mark that is never closed.
    OpenQuote,
    /// A record over [`LONGEST_RECORD`].
    LongRecord,
}

/// A fault, where it is, and the text of that line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::read) struct FaultAt {
    pub(in crate::read) fault: Fault,
    pub(in crate::read) line: u64,
    pub(in crate::read) column: u64,
    pub(in crate::read) text: String,
    /// Offset in bytes of the fault in `text`.
    pub(in crate::read) offset: usize,
}

/// What comes next in a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::read) enum Next {
    /// A record.
    Record,
    /// A fault of the text, behind which nothing is read.
    Fault(Box<FaultAt>),
    /// Nothing.
    End,
}

/// The records of a file, one after the other.
pub(in crate::read) struct Records<'t, R> {
    from: From<'t, R>,
}

#[cfg_attr(
    not(any(feature = "sheet", feature = "parquet", feature = "arrow")),
    expect(dead_code, reason = "only tables that are not text have them")
)]
enum From<'t, R> {
    Text(Texts<R>),
    Rows(Ahead<'t>),
}

impl<R: Read> Records<'_, R> {
    /// The records of a text.
    pub(in crate::read) fn new(input: R, encoding: Option<&'static Encoding>) -> Self {
        Self { from: From::Text(Texts::new(input, encoding)) }
    }

    /// The text ahead, at least `least` bytes of it if there are so many; whole characters only. None of rows, which are
    /// looked ahead to by their number.
    pub(in crate::read) fn ahead(&mut self, least: usize) -> io::Result<&str> {
        match &mut self.from {
            From::Text(text) => text.ahead(least),
            From::Rows(rows) => {
                rows.look();
                Ok("")
            }
        }
    }

    /// Name of the encoding, once something was read. What is not text is decoded already.
    pub(in crate::read) fn encoding(&self) -> &'static str {
        if let From::Text(text) = &self.from { text.decoder().encoding().name() } else { encoding_rs::UTF_8.name() }
    }

    /// Whether a byte order mark was found.
    pub(in crate::read) fn byte_order_mark(&self) -> bool {
        matches!(&self.from, From::Text(text) if text.decoder().byte_order_mark)
    }

    pub(in crate::read) fn set_delimiter(&mut self, delimiter: u8) {
        if let From::Text(text) = &mut self.from {
            text.set_delimiter(delimiter);
        }
    }

    /// Passes over so many lines of a text.
    pub(in crate::read) fn skip_lines(&mut self, lines: usize) -> io::Result<()> {
        match &mut self.from {
            From::Text(text) => text.skip_lines(lines),
            From::Rows(rows) => {
                rows.skip_lines(lines);
                Ok(())
            }
        }
    }

    /// The record read last, as long as nothing was read after it.
    #[inline]
    pub(in crate::read) fn current(&self) -> Option<Record<'_>> {
        match &self.from {
            From::Text(text) => text.current(),
            From::Rows(rows) => rows.current(),
        }
    }

    /// Line on which what is ahead begins.
    pub(in crate::read) fn line(&self) -> u64 {
        match &self.from {
            From::Text(text) => text.line(),
            From::Rows(rows) => rows.line(),
        }
    }

    /// The next records, at most `most`, without reading them; as far as they are ahead already.
    pub(in crate::read) fn sample(&self, most: usize) -> Vec<Vec<String>> {
        match &self.from {
            From::Text(text) => text.sample(most),
            From::Rows(rows) => rows.sample(most),
        }
    }

    /// The line of the next row with more than one cell that is not empty, or how far it was looked for; `None` if there is
    /// none to the end of the file.
    pub(in crate::read) fn next_full_row(&self) -> Option<u64> {
        match &self.from {
            From::Text(text) => text.next_full_row(),
            From::Rows(rows) => rows.next_full_row(),
        }
    }

    /// The whole lines that are some bytes ahead, with about `size` bytes; `None` at the end of a text, where something is
    /// quoted, and of what is not text.
    #[cfg(feature = "parallel")]
    pub(in crate::read) fn lines_ahead(&mut self, stretch: Stretch, size: usize) -> io::Result<Option<Lines>> {
        match &mut self.from {
            From::Text(text) => text.lines_ahead(stretch, size),
            From::Rows(_) => Ok(None),
        }
    }

    /// Passes over lines that were ahead.
    #[cfg(feature = "parallel")]
    pub(in crate::read) fn pass(&mut self, stretch: Stretch) {
        if let From::Text(text) = &mut self.from {
            text.pass(stretch);
        }
    }

    /// Goes on to the next record, blank lines passed over, which is the [`current`](Self::current) one then.
    #[inline]
    pub(in crate::read) fn next(&mut self) -> io::Result<Next> {
        match &mut self.from {
            From::Text(text) => text.next(),
            From::Rows(rows) => Ok(if rows.next() { Next::Record } else { Next::End }),
        }
    }
}

#[cfg(feature = "parallel")]
impl Records<'_, io::Empty> {
    /// The records of some lines of a text.
    pub(in crate::read) fn of_lines(lines: Lines) -> Self {
        Self { from: From::Text(Texts::of_lines(io::empty(), lines)) }
    }
}

#[cfg(any(feature = "sheet", feature = "parquet", feature = "arrow"))]
impl<'t> Records<'t, io::Empty> {
    /// The records of a table that is not text, in whose places the column is the number of the cell, counted from so many to
    /// the left.
    pub(in crate::read) fn of_rows(rows: &'t mut dyn crate::read::source::cells::Rows, offset: u64) -> Self {
        Self { from: From::Rows(Ahead::new(rows, offset)) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A cell with its line and column.
    type Placed = (String, u64, u64);

    /// The cells of every record, then the fault if there is one.
    fn split(text: impl AsRef<[u8]>) -> (Vec<Vec<Placed>>, Option<FaultAt>) {
        let mut records = Records::new(text.as_ref(), None);
        let mut rows = Vec::new();
        loop {
            match records.next().unwrap() {
                Next::Record => {
                    let record = records.current().unwrap();
                    let placed = (0..record.len()).map(|at| (record.cell(at).into_owned(), record.place(at)));
                    rows.push(placed.map(|(cell, (line, column))| (cell, line, column)).collect());
                }
                Next::Fault(fault) => return (rows, Some(*fault)),
                Next::End => return (rows, None),
            }
        }
    }

    fn cell(text: &str, line: u64, column: u64) -> Placed {
        (text.to_owned(), line, column)
    }

    #[test]
    fn places_hold_for_every_line_ending() {
        for ending in ["\n", "\r\n", "\r"] {
            for mark in ["", "\u{feff}"] {
                let text = format!("{mark}a,b{ending}{ending}é, c{ending}\"x{ending}y\",z{ending}d,\"e\"\"f\"");
                let (rows, fault) = split(&text);
                assert_eq!(fault, None);
                assert_eq!(rows[0], [cell("a", 1, 1), cell("b", 1, 3)]);
                assert_eq!(rows[1], [cell("é", 3, 1), cell("c", 3, 4)]);
                assert_eq!(rows[2], [cell(&format!("x{ending}y"), 4, 2), cell("z", 5, 4)]);
                assert_eq!(rows[3], [cell("d", 6, 1), cell("e\"f", 6, 4)]);
                assert_eq!(rows.len(), 4);
            }
        }
    }

    #[test]
    fn quotes_keep_delimiters_and_odd_ones_are_text() {
        let (rows, _) = split("a, \"b,c\" ,d\"e\n\"f\"g,,\n");
        assert_eq!(rows[0], [cell("a", 1, 1), cell("b,c", 1, 5), cell("d\"e", 1, 11)]);
        assert_eq!(rows[1], [cell("fg", 2, 2), cell("", 2, 6), cell("", 2, 7)]);
    }

    #[test]
    fn open_quote_is_found_where_it_opens() {
        let (rows, fault) = split("a,b\n1,2\n3,\"4\n5,6\n");
        assert_eq!(rows.len(), 2);
        let fault = fault.unwrap();
        assert_eq!((fault.fault, fault.line, fault.column, fault.text.as_str()), (Fault::OpenQuote, 3, 3, "3,\"4"));
    }

    #[test]
    fn long_record_ends_the_reading() {
        let text = format!("a,b\n1,{}\n", "x".repeat(10 << 20));
        let (rows, fault) = split(&text);
        assert_eq!(rows.len(), 1);
        let fault = fault.unwrap();
        assert_eq!((fault.fault, fault.line, fault.column), (Fault::LongRecord, 2, 1));
    }

    #[test]
    fn invalid_bytes_are_found_where_they_stand() {
        let (_, fault) = split(b"\xc3\xa9,b\n1,2\n3,x\xff4\n");
        let fault = fault.unwrap();
        assert_eq!((fault.fault, fault.line, fault.column), (Fault::Encoding(vec![0xff]), 3, 4));
        assert_eq!((fault.text.as_str(), fault.offset), ("3,x", 3));
    }
}
