//! Delimited text to records, with the line and the column of every cell.
//!
//! We split records ourselves because an error must name the very line and column that an editor shows: the csv crate counts
//! a record's line from where the one before it ended, which is off after CRLF and blank lines. The rules are those of RFC
//! 4180, with any line ending (LF, CRLF, CR), spaces before an opening quotation mark, and text behind a closing one kept.
//! Knows nothing of what the cells mean.

mod record;
mod split;

use std::io::{self, Read};

use encoding_rs::Encoding;

use crate::read::source::decode::{Decoder, Filled};

pub(in crate::read) use record::Record;

pub(in crate::read) use record::next_line;
use record::{Span, line_breaks};
use split::{Scan, scan};

/// The longest record, in bytes. A table of 10,000 months and series is far below it; a quotation mark that is never closed,
/// or a file that is no table, is soon above it. It bounds the memory that reading needs.
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
pub(in crate::read) struct Records<R> {
    decoder: Decoder<R>,
    buffer: String,
    /// Where in `buffer` the next record begins.
    at: usize,
    /// The line it begins on.
    line: u64,
    end: Option<Filled>,
    delimiter: u8,
    spans: Vec<Span>,
    /// Where the last record begins and ends in `buffer`, its line, and whether it is simple.
    last: (usize, usize, u64, bool),
    /// Whether places count cells rather than characters: the records are made of a table that is no text.
    by_cell: Option<u64>,
}

impl<R: Read> Records<R> {
    pub(in crate::read) fn new(input: R, encoding: Option<&'static Encoding>) -> Self {
        Self {
            decoder: Decoder::new(input, encoding),
            buffer: String::new(),
            at: 0,
            line: 1,
            end: None,
            delimiter: b',',
            spans: Vec::new(),
            last: (0, 0, 1, false),
            by_cell: None,
        }
    }

    /// Records made of a table that is no text, in whose places the column is the number of the cell, counted from so many to
    /// the left.
    #[cfg(any(feature = "sheet", feature = "parquet"))]
    pub(in crate::read) fn of_table(input: R, offset: u64) -> Self {
        Self { by_cell: Some(offset), ..Self::new(input, None) }
    }

    /// The text ahead, at least `least` bytes of it if there are so many; whole characters only.
    pub(in crate::read) fn ahead(&mut self, least: usize) -> io::Result<&str> {
        while self.buffer.len() - self.at < least && self.end.is_none() {
            self.fill()?;
        }
        Ok(&self.buffer[self.at..])
    }

    pub(in crate::read) fn decoder(&self) -> &Decoder<R> {
        &self.decoder
    }

    pub(in crate::read) fn set_delimiter(&mut self, delimiter: u8) {
        self.delimiter = delimiter;
    }

    /// The record read last, as long as nothing was read after it.
    #[inline]
    pub(in crate::read) fn current(&self) -> Option<Record<'_>> {
        let (start, end, line, simple) = self.last;
        let text = self.buffer.get(start..end)?;
        (!self.spans.is_empty()).then_some(Record { text, spans: &self.spans, line, by_cell: self.by_cell, simple })
    }

    /// Line on which the text ahead begins.
    pub(in crate::read) fn line(&self) -> u64 {
        self.line
    }

    /// The next records, at most `most`, without reading them; as far as they are ahead already.
    pub(in crate::read) fn sample(&self, most: usize) -> Vec<Vec<String>> {
        let mut rows = Vec::new();
        let mut at = self.at;
        let mut spans = Vec::new();
        while rows.len() < most {
            let Scan::Record { end, next, .. } =
                scan(self.buffer.as_bytes(), at, self.delimiter, self.end.is_some(), &mut spans)
            else {
                break;
            };
            let record = Record::new(&self.buffer[at..end], &spans, 0);
            at = next;
            if spans.len() > 1 || !record.is_blank() {
                rows.push((0..record.len()).map(|cell| record.cell(cell).into_owned()).collect());
            }
        }
        rows
    }

    /// The line of the next row with more than one cell that is not empty, or how far the text ahead was looked through;
    /// `None` if there is none to the end of the file.
    pub(in crate::read) fn next_full_row(&self) -> Option<u64> {
        let (mut at, mut line) = (self.at, self.line);
        let mut spans = Vec::new();
        while let Scan::Record { end, next, breaks, .. } =
            scan(self.buffer.as_bytes(), at, self.delimiter, self.end.is_some(), &mut spans)
        {
            let record = Record::new(&self.buffer[at..end], &spans, line);
            if (0..record.len()).filter(|cell| !record.cell(*cell).is_empty()).nth(1).is_some() {
                return Some(line);
            }
            at = next;
            line += breaks;
        }
        (self.end.is_none() || at < self.buffer.len()).then_some(line)
    }

    /// Passes over so many lines.
    pub(in crate::read) fn skip_lines(&mut self, lines: usize) -> io::Result<()> {
        for _ in 0..lines {
            loop {
                let ahead = &self.buffer.as_bytes()[self.at..];
                // A CR at the end of what was read may be the half of a CRLF.
                let whole = self.end.is_some() || !ahead.ends_with(b"\r");
                if let Some(next) = next_line(ahead).filter(|next| whole || *next < ahead.len()) {
                    self.at += next;
                    self.line += 1;
                    break;
                }
                if self.end.is_some() {
                    self.at = self.buffer.len();
                    return Ok(());
                }
                self.fill()?;
            }
        }
        Ok(())
    }

    /// Goes on to the next record, blank lines passed over, which is the [`current`](Self::current) one then.
    pub(in crate::read) fn next(&mut self) -> io::Result<Next> {
        loop {
            let ended = self.end.is_some();
            match scan(self.buffer.as_bytes(), self.at, self.delimiter, ended, &mut self.spans) {
                // A record that the text breaks off in is no record.
                Scan::Record { next, .. } if next == self.buffer.len() && self.is_cut_off() => return Ok(self.cut_off()),
                Scan::OpenQuote { .. } if self.is_cut_off() => return Ok(self.cut_off()),
                Scan::Record { end, next, breaks, simple } => {
                    let (start, line) = (self.at, self.line);
                    self.at = next;
                    self.line += breaks;
                    if self.spans.len() == 1 && self.buffer[start..end].trim().is_empty() {
                        continue;
                    }
                    self.last = (start, end, line, simple);
                    return Ok(Next::Record);
                }
                Scan::NeedsMore if self.buffer.len() - self.at > LONGEST_RECORD => {
                    return Ok(self.fault(Fault::LongRecord, self.at));
                }
                Scan::NeedsMore => self.fill()?,
                Scan::OpenQuote { at } => {
                    let fault = self.fault(Fault::OpenQuote, at);
                    self.at = self.buffer.len();
                    return Ok(fault);
                }
                Scan::End => return Ok(self.cut_off()),
            }
        }
    }

    /// Whether bytes that are not UTF-8 follow the text, and break it off within a line.
    fn is_cut_off(&self) -> bool {
        matches!(self.end, Some(Filled::Invalid(_))) && !self.buffer.ends_with(['\n', '\r'])
    }

    /// The fault that ends the text, if it ends in one.
    fn cut_off(&mut self) -> Next {
        let Some(Filled::Invalid(bytes)) = self.end.replace(Filled::End) else { return Next::End };
        let fault = self.fault(Fault::Encoding(bytes), self.buffer.len());
        self.at = self.buffer.len();
        fault
    }

    fn fill(&mut self) -> io::Result<()> {
        if self.at > 0 {
            self.buffer.drain(..self.at);
            self.at = 0;
        }
        match self.decoder.fill(&mut self.buffer)? {
            Filled::More => {}
            end => self.end = Some(end),
        }
        Ok(())
    }

    /// A fault at this offset of the buffer, in the record ahead.
    fn fault(&self, fault: Fault, offset: usize) -> Next {
        let before = &self.buffer[self.at..offset];
        let line_start = before.rfind(['\n', '\r']).map_or(0, |newline| newline + 1);
        let line = self.line + line_breaks(before.as_bytes());
        let column = before[line_start..].chars().count() as u64 + 1;
        let after = &self.buffer[offset..];
        let rest: String = after.chars().take_while(|c| *c != '\n' && *c != '\r').take(EXCERPT).collect();
        let text = format!("{}{rest}", &before[line_start..]);
        Next::Fault(Box::new(FaultAt { fault, line, column, text, offset: before.len() - line_start }))
    }
}

/// How much of the line behind a fault is kept.
const EXCERPT: usize = 200;

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
