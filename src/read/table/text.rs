//! The records of a text.

use std::io::{self, Read};

use encoding_rs::Encoding;

use crate::read::source::cells::Span;
use crate::read::source::decode::{Decoder, Filled};
#[cfg(feature = "parallel")]
use crate::read::table::lines::{self, Lines, Stretch};
use crate::read::table::record::{Record, line_breaks, next_line};
use crate::read::table::split::{Scan, scan};
use crate::read::table::{Fault, FaultAt, LONGEST_RECORD, Next};

/// The records of a text, one after the other.
pub(in crate::read) struct Texts<R> {
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
}

impl<R: Read> Texts<R> {
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
        }
    }

    /// The records of some lines, which are all there is.
    #[cfg(feature = "parallel")]
    pub(in crate::read) fn of_lines(input: R, lines: Lines) -> Self {
        let Lines { text, first, delimiter, .. } = lines;
        Self { buffer: text, line: first, end: Some(Filled::End), delimiter, ..Self::new(input, None) }
    }

    /// The whole records behind a stretch ahead, about `size` bytes of them; `None` at the end of the text.
    #[cfg(feature = "parallel")]
    pub(in crate::read) fn lines_ahead(&mut self, behind: Stretch, size: usize) -> io::Result<Option<Lines>> {
        let (first, delimiter) = (self.line + behind.lines, self.delimiter);
        let Some(text) = self.ahead(behind.bytes + size)?.get(behind.bytes..) else { return Ok(None) };
        let stretch = lines::stretch(text.as_bytes(), size, delimiter);
        let text = &text[..stretch.bytes];
        Ok((!text.is_empty()).then(|| Lines { text: text.to_owned(), first, stretch, delimiter }))
    }

    /// Passes over records that were ahead.
    #[cfg(feature = "parallel")]
    pub(in crate::read) fn pass(&mut self, stretch: Stretch) {
        self.at += stretch.bytes;
        self.line += stretch.lines;
        self.spans.clear();
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
        (!self.spans.is_empty()).then_some(Record { simple, ..Record::new(text, &self.spans, line) })
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
                rows.push(record.sample());
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
                // A record that the text breaks off in is not a record.
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
        // Not at each go, since much may be ahead.
        if self.at > self.buffer.len() / 2 {
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
