//! A record and its cells, and where each stands.

use std::borrow::Cow;

use crate::read::source::cells::{Row, Span, Value, unmistakable};

/// A record: its text and its cells. Never without a cell.
#[derive(Clone, Copy, Debug)]
pub(in crate::read) struct Record<'a> {
    pub(in crate::read) text: &'a str,
    pub(in crate::read) spans: &'a [Span],
    /// What the cells hold, of a table that is not text.
    pub(in crate::read) values: &'a [Value],
    /// Line on which it begins, from 1.
    pub(in crate::read) line: u64,
    /// Columns to the left of the table, where places count cells rather than characters.
    pub(in crate::read) by_cell: Option<u64>,
    /// Whether it is known that a byte is a character and the record stands on one line, as most do.
    pub(in crate::read) simple: bool,
}

impl<'a> Record<'a> {
    pub(in crate::read) fn new(text: &'a str, spans: &'a [Span], line: u64) -> Self {
        Self { text, spans, values: &[], line, by_cell: None, simple: false }
    }

    /// A row of a table that is not text, with so many columns to the left of the table.
    pub(in crate::read) fn of_row(row: &'a Row, offset: u64) -> Self {
        Self { values: &row.values, by_cell: Some(offset), ..Self::new(&row.text, &row.spans, row.line) }
    }

    pub(in crate::read) fn len(&self) -> usize {
        self.spans.len()
    }

    /// The cell's text without quotation marks and outer spaces; empty beyond the last cell.
    #[inline]
    pub(in crate::read) fn cell(&self, at: usize) -> Cow<'a, str> {
        let Some(span) = self.spans.get(at) else { return Cow::Borrowed("") };
        let text = &self.text[span.start..span.end];
        match text.as_bytes() {
            [first, .., last] if first.is_ascii_alphanumeric() && last.is_ascii_graphic() && !span.escaped => {
                Cow::Borrowed(text)
            }
            _ => Self::bare(text, *span),
        }
    }

    /// Whether a cell is written just so, quotation marks and outer spaces apart from it.
    #[inline]
    pub(in crate::read) fn holds(&self, at: usize, text: &str) -> bool {
        let is = |span: &Span| !span.escaped && self.text.as_bytes()[span.start..span.end] == *text.as_bytes();
        self.spans.get(at).is_some_and(is)
    }

    /// What the cell holds, if that is more than its text.
    #[inline]
    pub(in crate::read) fn value(&self, at: usize) -> Value {
        self.values.get(at).copied().unwrap_or_default()
    }

    /// The cells, for those who weigh what a table is by their texts: a number's point cannot be taken for a separator there.
    pub(in crate::read) fn sample(&self) -> Vec<String> {
        let cell = |at: usize| {
            let text = self.cell(at);
            let number = matches!(self.value(at), Value::Number(_)).then(|| unmistakable(&text)).flatten();
            number.unwrap_or_else(|| text.into_owned())
        };
        (0..self.len()).map(cell).collect()
    }

    /// The text of a cell that has more around it than itself, or may have.
    fn bare(text: &'a str, span: Span) -> Cow<'a, str> {
        if span.escaped { Cow::Owned(plain(&unescape(text)).to_owned()) } else { Cow::Borrowed(plain(text)) }
    }

    /// Whether a cell is empty.
    #[inline]
    pub(in crate::read) fn is_empty(&self, at: usize) -> bool {
        let text = self.spans.get(at).map_or("", |span| &self.text[span.start..span.end]);
        // Most cells begin with what is not a space.
        !text.as_bytes().first().is_some_and(u8::is_ascii_alphanumeric) && self.cell(at).is_empty()
    }

    /// Whether every cell is empty.
    pub(in crate::read) fn is_blank(&self) -> bool {
        (0..self.len()).all(|at| self.is_empty(at))
    }

    /// Line and column, from 1, of the first character of a cell; of the record's end beyond the last cell.
    #[inline]
    pub(in crate::read) fn place(&self, at: usize) -> (u64, u64) {
        if let Some(offset) = self.by_cell {
            return (self.line, offset + at as u64 + 1);
        }
        let offset = self.offset(at);
        if self.simple {
            return (self.line, offset as u64 + 1);
        }
        self.place_of(offset)
    }

    /// Line and column of an offset into the text.
    fn place_of(&self, offset: usize) -> (u64, u64) {
        let before = &self.text[..offset];
        if !before.bytes().any(|byte| byte == b'\n' || byte == b'\r') {
            return (self.line, before.chars().count() as u64 + 1);
        }
        let line_start = before.rfind(['\n', '\r']).map_or(0, |newline| newline + 1);
        (self.line + line_breaks(before.as_bytes()), before[line_start..].chars().count() as u64 + 1)
    }

    /// Offset of the first character of the cell that is not a space.
    #[inline]
    fn offset(&self, at: usize) -> usize {
        let Some(span) = self.spans.get(at) else { return self.text.len() };
        let text = &self.text[span.start..span.end];
        if text.as_bytes().first().is_none_or(u8::is_ascii_graphic) {
            return span.start;
        }
        span.start + (text.len() - text.trim_start().len()).min(text.len())
    }

    /// The line of text that the cell begins in, and where in it, in bytes, the cell begins and ends.
    pub(in crate::read) fn line_around(&self, at: usize) -> (&'a str, usize, usize) {
        let start = self.offset(at);
        let end =
            self.spans.get(at).map_or(start, |span| span.start + self.text[span.start..span.end].trim_end().len()).max(start);
        let line_start = self.text[..start].rfind(['\n', '\r']).map_or(0, |newline| newline + 1);
        let line_end = self.text[start..].find(['\n', '\r']).map_or(self.text.len(), |newline| start + newline);
        (&self.text[line_start..line_end], start - line_start, end.min(line_end) - line_start)
    }

    /// Whether the cell stood in quotation marks.
    pub(in crate::read) fn is_quoted(&self, at: usize) -> bool {
        self.spans.get(at).is_some_and(|span| span.quoted)
    }
}

/// A cell without its outer spaces, and without the marks by which spreadsheets keep a text a text: `="2024-01"`.
fn plain(text: &str) -> &str {
    let text = text.trim();
    text.strip_prefix("=\"").and_then(|rest| rest.strip_suffix('"')).map_or(text, str::trim)
}

/// Undoubles quotation marks up to the one that closes; what stands behind that is kept as it is.
fn unescape(text: &str) -> String {
    let mut unescaped = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        if c != '"' {
            unescaped.push(c);
        } else if chars.next_if_eq(&'"').is_some() {
            unescaped.push('"');
        } else {
            unescaped.extend(chars.by_ref());
        }
    }
    unescaped
}

/// Line ends in `bytes`, CRLF counting once.
pub(in crate::read) fn line_breaks(bytes: &[u8]) -> u64 {
    let mut breaks = 0;
    for (at, byte) in bytes.iter().enumerate() {
        if *byte == b'\n' || (*byte == b'\r' && bytes.get(at + 1) != Some(&b'\n')) {
            breaks += 1;
        }
    }
    breaks
}

/// Where the line behind the first line break begins; `None` if there is none.
pub(in crate::read) fn next_line(bytes: &[u8]) -> Option<usize> {
    let end = memchr::memchr2(b'\n', b'\r', bytes)?;
    Some(if bytes[end..].starts_with(b"\r\n") { end + 2 } else { end + 1 })
}
