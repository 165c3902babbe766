//! Spreadsheets (.xlsx, .xls, .ods) to the text that the reader reads.
//!
//! The first sheet with anything in it becomes a table in memory: dates as dates, whatever a cell shows; numbers in full, and
//! so that no point of theirs can be taken for a separator of thousands. Lines are the sheet's rows.

use std::io::{Cursor, Read};

use calamine::{Data, Range, Reader as _, open_workbook_auto_from_rs};

/// The largest workbook that is read, in bytes: it must be held whole, and unpacks to several times its size.
pub(super) const LARGEST: u64 = 64 << 20;

/// A sheet as delimited text.
#[derive(Debug)]
pub(super) struct Sheet {
    pub(super) text: String,
    /// The sheet's name.
    pub(super) name: String,
    /// Names of others that hold something and are not read.
    pub(super) others: Vec<String>,
    /// Columns to the left of the table.
    pub(super) offset: u64,
}

/// Why there is no sheet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NoSheet {
    /// The bytes are no workbook.
    NotAWorkbook,
    /// It is over [`LARGEST`].
    TooLarge,
    /// Nothing is in any sheet.
    Empty,
}

/// Whether a file that begins like this may be a workbook.
pub(super) fn is_workbook(head: &[u8]) -> bool {
    head.starts_with(b"PK\x03\x04") || head.starts_with(&[0xd0, 0xcf, 0x11, 0xe0])
}

/// The first sheet that holds anything.
pub(super) fn read(input: impl Read) -> std::io::Result<Result<Sheet, NoSheet>> {
    let mut bytes = Vec::new();
    input.take(LARGEST + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > LARGEST {
        return Ok(Err(NoSheet::TooLarge));
    }
    let Ok(mut workbook) = open_workbook_auto_from_rs(Cursor::new(bytes)) else { return Ok(Err(NoSheet::NotAWorkbook)) };
    let mut filled = workbook.worksheets().into_iter().filter(|(_, range)| !range.is_empty());
    let Some((name, range)) = filled.next() else { return Ok(Err(NoSheet::Empty)) };
    let others = filled.map(|(name, _)| name).collect();
    let offset = range.start().map_or(0, |(_, column)| u64::from(column));
    Ok(Ok(Sheet { text: table(&range), name, others, offset }))
}

fn table(range: &Range<Data>) -> String {
    let mut text = String::new();
    for _ in 0..range.start().map_or(0, |(row, _)| row) {
        text.push('\n');
    }
    for row in range.rows() {
        for (at, cell) in row.iter().enumerate() {
            if at > 0 {
                text.push(',');
            }
            push(&mut text, cell);
        }
        text.push('\n');
    }
    text
}

fn push(text: &mut String, cell: &Data) {
    let plain = match cell {
        Data::Empty => return,
        Data::Float(value) => number(*value),
        Data::Int(value) => value.to_string(),
        Data::DateTime(value) if value.is_datetime() => {
            let (year, month, day, ..) = value.to_ymd_hms_milli();
            format!("{year:04}-{month:02}-{day:02}")
        }
        Data::DateTime(value) => number(value.as_f64()),
        Data::Bool(value) => value.to_string(),
        other => other.to_string(),
    };
    // A line of text is a row of the sheet, so that breaks within a cell become spaces.
    let plain = plain.replace(['\n', '\r'], " ");
    if plain.contains([',', '"']) {
        text.extend(["\"", &plain.replace('"', "\"\""), "\""]);
    } else {
        text.push_str(&plain);
    }
}

/// A number in full. With three decimals, `1.234` might be 1234 written with a point; `1234e-3` is not.
fn number(value: f64) -> String {
    let text = value.to_string();
    match text.split_once('.') {
        Some((whole, decimals)) if decimals.len() == 3 => format!("{whole}{decimals}e-3"),
        _ => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_never_ambiguous() {
        for (value, text) in [(1.234, "1234e-3"), (43.2, "43.2"), (1e10, "10000000000"), (-0.5, "-0.5"), (-1.125, "-1125e-3")] {
            assert_eq!(number(value), text);
            assert_eq!(text.parse::<f64>(), Ok(value));
        }
    }

    #[test]
    fn workbooks_are_known_by_their_first_bytes() {
        assert!(is_workbook(b"PK\x03\x04rest") && !is_workbook(b"period,value"));
        assert_eq!(read(&b"PK\x03\x04junk"[..]).unwrap().unwrap_err(), NoSheet::NotAWorkbook);
    }
}
