//! Spreadsheets (.xlsx, .xlsb, .xls, .ods) to rows of cells.
//!
//! One sheet is kept in memory: the one that was asked for, else the first that holds figures. Lines are the sheet's rows. What a workbook unpacks to is bounded before it is unpacked: a few bytes can stand for gigabytes.

mod cell;
mod compound;
mod document;
mod format;

use std::io::{self, Cursor, Read};

use calamine::{Reader as _, SheetType, SheetVisible, Sheets, open_workbook_auto_from_rs};

use crate::read::source::guard::guard;

use cell::Cells;
use format::shown;

pub(in crate::read) use cell::SheetRows;

/// The largest workbook that is read, in bytes: it must be held whole.
pub(in crate::read) const LARGEST: u64 = 64 << 20;

/// A sheet.
#[derive(Debug)]
pub(in crate::read) struct Sheet {
    cells: Cells,
    /// The sheet's name.
    pub(in crate::read) name: String,
    /// Names of others that hold something and are not read, if none was asked for.
    pub(in crate::read) others: Vec<String>,
    /// Columns to the left of the table.
    pub(in crate::read) offset: u64,
}

/// Why there is no sheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::read) enum NoSheet {
    /// The bytes are not workbook.
    NotAWorkbook,
    /// It is over [`LARGEST`].
    TooLarge,
    /// It unpacks to more than it may.
    Unpacked,
    /// It is broken.
    Damaged(String),
    /// Nothing is in any sheet.
    Empty,
    /// Unknown name. Available: these.
    NoSuchSheet(Vec<String>),
}

/// Whether a file that begins like this may be a workbook.
pub(in crate::read) fn is_workbook(head: &[u8]) -> bool {
    head.starts_with(b"PK\x03\x04") || head.starts_with(&[0xd0, 0xcf, 0x11, 0xe0])
}

/// The sheet of this name or number, else the first visible one that `holds_figures`, else the first that holds anything. The
/// parts of the workbook, and the cells of each sheet with the empty ones between them, may each come to `most` bytes.
pub(in crate::read) fn read(
    input: impl Read,
    wanted: Option<&str>,
    most: u64,
    holds_figures: impl Fn(&Sheet) -> bool,
) -> io::Result<Result<Sheet, NoSheet>> {
    let mut bytes = Vec::new();
    input.take(LARGEST + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > LARGEST {
        return Ok(Err(NoSheet::TooLarge));
    }
    let found = guard(|| {
        check_unpacked(&bytes, most)?;
        let workbook = open_workbook_auto_from_rs(Cursor::new(bytes.as_slice())).map_err(|_| NoSheet::NotAWorkbook)?;
        pick(workbook, wanted, most, holds_figures)
    });
    Ok(found.unwrap_or_else(|| Err(NoSheet::Damaged("it does not hold what it says".to_owned()))))
}

/// Unpacks an archive to nowhere, to see whether there is more than `most` bytes: what it says of itself need not be true. Looks
/// through a workbook that is none.
fn check_unpacked(bytes: &[u8], most: u64) -> Result<(), NoSheet> {
    if !bytes.starts_with(b"PK") {
        return compound::check(bytes, most);
    }
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|_| NoSheet::NotAWorkbook)?;
    let mut left = most;
    for part in 0..archive.len() {
        // A part that is packed in a way that is not known is none of the workbook's, or missed when it is read.
        let Ok(part) = archive.by_index(part) else { continue };
        let mut part = part.take(left + 1);
        match io::copy(&mut part, &mut io::sink()) {
            Ok(size) => left = left.checked_sub(size).ok_or(NoSheet::Unpacked)?,
            Err(error) => return Err(NoSheet::Damaged(error.to_string())),
        }
    }
    document::check(&mut archive, most)
}

type Workbook<'b> = Sheets<Cursor<&'b [u8]>>;

fn pick(
    mut workbook: Workbook<'_>,
    wanted: Option<&str>,
    most: u64,
    holds_figures: impl Fn(&Sheet) -> bool,
) -> Result<Sheet, NoSheet> {
    let tables = workbook.sheets_metadata().iter().filter(|sheet| sheet.typ == SheetType::WorkSheet);
    if let Some(wanted) = wanted {
        let names: Vec<String> = tables.map(|sheet| sheet.name.clone()).collect();
        let by_name = names.iter().find(|name| name.to_lowercase() == wanted.trim().to_lowercase());
        let by_number = || wanted.trim().parse::<usize>().ok()?.checked_sub(1).and_then(|at| names.get(at));
        let Some(name) = by_name.or_else(by_number).cloned() else { return Err(NoSheet::NoSuchSheet(names)) };
        return sheet(&mut workbook, &name, most)?.ok_or(NoSheet::Empty);
    }
    let visible = tables.filter(|sheet| sheet.visible == SheetVisible::Visible);
    let names: Vec<String> = visible.map(|sheet| sheet.name.clone()).collect();
    let mut filled = Vec::new();
    let mut first = None;
    let mut with_figures = None;
    for name in names {
        let Some(sheet) = sheet(&mut workbook, &name, most)? else { continue };
        filled.push(name);
        if with_figures.is_none() && holds_figures(&sheet) {
            with_figures = Some(sheet);
        } else if first.is_none() {
            first = Some(sheet);
        }
    }
    let sheet = with_figures.or(first).ok_or(NoSheet::Empty)?;
    Ok(Sheet { others: filled.into_iter().filter(|name| *name != sheet.name).collect(), ..sheet })
}

impl Sheet {
    /// Its rows that hold anything, from the first.
    pub(in crate::read) fn rows(&self) -> SheetRows<'_> {
        self.cells.rows()
    }
}

/// A sheet's cells, as far as they are filled; `None` if none is.
fn sheet(workbook: &mut Workbook<'_>, name: &str, most: u64) -> Result<Option<Sheet>, NoSheet> {
    let mut cells = Cells::new(most);
    // Cells one after the other where the format lets us: a range of cells would have every empty one between them.
    match workbook {
        Sheets::Xlsx(book) => {
            let mut reader = book.worksheet_cells_reader(name).map_err(|error| damaged(&error))?;
            cells.styles = reader.styles().iter().map(shown).collect();
            while let Some((cell, style)) = reader.next_cell_with_style_id().map_err(|error| damaged(&error))? {
                cells.push(cell.get_position(), cell.get_value(), Some(style))?;
            }
        }
        Sheets::Xlsb(book) => {
            let mut reader = book.worksheet_cells_reader(name).map_err(|error| damaged(&error))?;
            while let Some(cell) = reader.next_cell().map_err(|error| damaged(&error))? {
                cells.push(cell.get_position(), cell.get_value(), None)?;
            }
        }
        Sheets::Xls(_) | Sheets::Ods(_) => {
            let range = workbook.worksheet_range(name).map_err(|error| damaged(&error))?;
            let (top, left) = range.start().unwrap_or_default();
            for (row, column, cell) in range.used_cells() {
                let (row, column) = (u32::try_from(row).unwrap_or(0), u32::try_from(column).unwrap_or(0));
                cells.push((top + row, left + column), cell, None)?;
            }
        }
    }
    let Some(offset) = cells.finish()? else { return Ok(None) };
    Ok(Some(Sheet { cells, name: name.to_owned(), others: Vec::new(), offset: offset.into() }))
}

fn damaged(error: &dyn std::fmt::Display) -> NoSheet {
    NoSheet::Damaged(error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn workbooks_are_known_by_their_first_bytes() {
        assert!(is_workbook(b"PK\x03\x04rest") && !is_workbook(b"period,value"));
        let junk = read(&b"PK\x03\x04junk"[..], None, 1 << 20, |_| true).unwrap();
        assert_eq!(junk.unwrap_err(), NoSheet::NotAWorkbook);
    }

    #[test]
    fn what_unpacks_to_too_much_is_not_unpacked() {
        let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for part in ["one", "other"] {
            archive.start_file(part, zip::write::SimpleFileOptions::default()).unwrap();
            io::Write::write_all(&mut archive, &[0; 1000]).unwrap();
        }
        let bytes = archive.finish().unwrap().into_inner();
        assert!(bytes.len() < 500);
        assert_eq!(check_unpacked(&bytes, 2000), Ok(()));
        assert_eq!(check_unpacked(&bytes, 1999), Err(NoSheet::Unpacked));
    }

    #[test]
    fn cells_outside_any_sheet_are_no_cells() {
        let bytes: &[u8] = include_bytes!("../../../../tests/found/cell-in-column-of-twenty-million.xlsx");
        let fault = read(bytes, None, 1 << 20, |_| true).unwrap().unwrap_err();
        assert_eq!(fault, NoSheet::Damaged("a cell in it lies beyond the last row or column of any sheet".to_owned()));
    }
}
