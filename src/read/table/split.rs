//! Splits one record out of a text: by RFC 4180, with any line ending.

use crate::read::source::cells::Span;
use crate::read::table::record::line_breaks;

/// What stands at an offset of the text.
pub(in crate::read) enum Scan {
    /// A record up to `end`, the next one beginning at `next`, `breaks` lines below; `simple` as a [`Record`](crate::read::table::Record) has it.
    Record { end: usize, next: usize, breaks: u64, simple: bool },
    /// The text ends within a record, and there is more to read.
    NeedsMore,
    /// The quotation mark at this offset is never closed.
    OpenQuote { at: usize },
    /// No more text.
    End,
}

/// Splits one record; offsets of `spans` count from `start`.
pub(in crate::read) fn scan(bytes: &[u8], start: usize, delimiter: u8, ended: bool, spans: &mut Vec<Span>) -> Scan {
    spans.clear();
    if start >= bytes.len() {
        return if ended { Scan::End } else { Scan::NeedsMore };
    }
    let text = &bytes[start..];
    let mut from = 0;
    let mut all = 0;
    for (word, eight) in text.as_chunks().0.iter().enumerate() {
        let (mut stops, ascii) = stops(*eight, delimiter);
        all |= ascii;
        while stops != 0 {
            let at = word * 8 + stops.trailing_zeros() as usize / 8;
            stops &= stops - 1;
            let byte = text[at];
            if byte == delimiter {
                spans.push(Span { start: from, end: at, ..Span::default() });
                from = at + 1;
            } else if byte == b'\n' || byte == b'\r' && at + 1 < text.len() {
                spans.push(Span { start: from, end: at, ..Span::default() });
                let length = if text[at..].starts_with(b"\r\n") { 2 } else { 1 };
                return Scan::Record { end: start + at, next: start + at + length, breaks: 1, simple: all == 0 };
            } else if byte == b'"' || byte == b'\r' {
                return scan_quoted(text, start, delimiter, ended, spans);
            }
        }
    }
    scan_quoted(text, start, delimiter, ended, spans)
}

/// Marks, by their highest bits, those of eight bytes that may end a cell or open a quotation: the delimiter, and all below
/// `#`; and those that are not ASCII. Eight at once, since most bytes are none of these (Warren 2013, "Hacker's Delight",
/// section 6-1).
fn stops(eight: [u8; 8], delimiter: u8) -> (u64, u64) {
    const HIGH: u64 = 0x8080_8080_8080_8080;
    let all = |byte: u8| u64::from_ne_bytes([byte; 8]);
    let bytes = u64::from_le_bytes(eight);
    let others = bytes ^ all(delimiter);
    let delimiters = !(((others & !HIGH) + !HIGH) | others);
    let low = !(((bytes & !HIGH) + all(0x80 - b'#')) | bytes);
    ((delimiters | low) & HIGH, bytes & HIGH)
}

/// Splits a record that holds quotation marks or is the last one.
fn scan_quoted(text: &[u8], start: usize, delimiter: u8, ended: bool, spans: &mut Vec<Span>) -> Scan {
    spans.clear();
    let simple = false;
    let mut at = 0;
    let mut breaks = 0;
    loop {
        let begin = at;
        let mut span = Span { start: begin, ..Span::default() };
        let first = text[at..].iter().position(|byte| *byte != b' ').map_or(text.len(), |spaces| at + spaces);
        if text.get(first) == Some(&b'"') {
            span.start = first + 1;
            span.quoted = true;
            at = first + 1;
            loop {
                let Some(mark) = text[at..].iter().position(|byte| *byte == b'"').map(|offset| at + offset) else {
                    return if ended { Scan::OpenQuote { at: start + first } } else { Scan::NeedsMore };
                };
                breaks += line_breaks(&text[at..mark]);
                if text.get(mark + 1) == Some(&b'"') {
                    span.escaped = true;
                    at = mark + 2;
                } else if mark + 1 == text.len() && !ended {
                    return Scan::NeedsMore;
                } else {
                    span.end = mark;
                    at = mark + 1;
                    break;
                }
            }
        }
        let after_quote = at;
        while let Some(byte) = text.get(at) {
            if *byte == delimiter || *byte == b'\n' || *byte == b'\r' {
                break;
            }
            at += 1;
        }
        if !span.quoted {
            span.end = at;
        } else if text[after_quote..at].iter().any(|byte| *byte != b' ') {
            span.end = at;
            span.escaped = true;
        }
        spans.push(span);
        match text.get(at) {
            None if !ended => return Scan::NeedsMore,
            None => return Scan::Record { end: start + at, next: start + at, breaks, simple },
            Some(byte) if *byte == delimiter => at += 1,
            Some(b'\r') if at + 1 == text.len() && !ended => return Scan::NeedsMore,
            Some(b'\r') if text.get(at + 1) == Some(&b'\n') => {
                return Scan::Record { end: start + at, next: start + at + 2, breaks: breaks + 1, simple };
            }
            Some(_) => return Scan::Record { end: start + at, next: start + at + 1, breaks: breaks + 1, simple },
        }
    }
}
