//! A look at a sheet in the form `OpenDocument` (`.ods`) before it is unpacked: whether it ends, and whether it can be held.
//!
//! Its decoder looks for the end of a table for as long as there is none, and writes repeated cells and rows out one by one:
//! a few hundred bytes can ask for a million rows.

use std::io::{BufReader, Read, Seek};

use calamine::Data;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use zip::ZipArchive;

use crate::read::source::sheet::{NoSheet, cell};

/// The most rows and columns that the decoder writes out: those of any sheet.
const MOST_ROWS: u64 = cell::MOST_ROWS as u64;
const MOST_COLUMNS: u64 = cell::MOST_COLUMNS as u64;

/// What the decoder holds for each cell: its value and its formula.
const CELL: u64 = (size_of::<Data>() + size_of::<String>()) as u64;

/// Whether the tables of a document, if the archive is one, end and come to no more than `most` bytes.
pub(in crate::read) fn check<R: Read + Seek>(archive: &mut ZipArchive<R>, most: u64) -> Result<(), NoSheet> {
    for part in ["META-INF/manifest.xml", "content.xml"] {
        if let Ok(part) = archive.by_name(part) {
            check_part(Reader::from_reader(BufReader::new(part)), most)?;
        }
    }
    Ok(())
}

fn check_part<R: std::io::BufRead>(mut reader: Reader<R>, most: u64) -> Result<(), NoSheet> {
    let damaged = |what: &dyn std::fmt::Display| NoSheet::Damaged(what.to_string());
    // Without that, the end of one element could be that of another.
    reader.config_mut().check_end_names = true;
    let (mut buffer, mut depth, mut held) = (Vec::new(), 0_u64, 0_u64);
    let mut table = Table::default();
    loop {
        let event = reader.read_event_into(&mut buffer).map_err(|error| damaged(&error))?;
        match &event {
            Event::Start(start) => {
                depth += 1;
                table.start(start);
            }
            Event::Empty(start) => {
                table.start(start);
                held += table.end(start.name().as_ref());
            }
            Event::End(end) => {
                depth -= 1;
                held += table.end(end.name().as_ref());
            }
            Event::Text(text) => table.text += text.len() as u64,
            Event::Eof if depth > 0 => return Err(damaged(&"it breaks off")),
            Event::Eof => return Ok(()),
            _ => {}
        }
        if held + table.text + table.bytes > most {
            return Err(NoSheet::Unpacked);
        }
        buffer.clear();
    }
}

/// What a table comes to, as far as it was read.
#[derive(Default)]
struct Table {
    /// Rows down to the last that holds anything, and the empty ones behind it.
    rows: u64,
    empty_rows: u64,
    /// The widest row.
    columns: u64,
    /// The row at hand: how often it stands, its cells up to the last that holds anything, and the empty ones behind it.
    repeats: u64,
    cells: u64,
    empty_cells: u64,
    /// The cell at hand: how often it stands, and whether it holds anything.
    times: u64,
    filled: bool,
    /// Bytes of the cell's text, of the row's, and of the rows'.
    text: u64,
    row_bytes: u64,
    bytes: u64,
}

impl Table {
    fn start(&mut self, start: &BytesStart<'_>) {
        let often = |name: &str| start.try_get_attribute(name).ok().flatten().and_then(|it| number(&it.value)).unwrap_or(1);
        match start.name().as_ref() {
            "table:table-row" => {
                self.repeats = often("table:number-rows-repeated").min(MOST_ROWS);
                (self.cells, self.empty_cells, self.row_bytes) = (0, 0, 0);
            }
            "table:table-cell" | "table:covered-table-cell" => {
                self.times = often("table:number-columns-repeated").min(MOST_COLUMNS);
                let said: usize = start
                    .attributes()
                    .flatten()
                    .filter(|it| {
                        let name = it.key.as_ref();
                        name.starts_with("office:") || name == "table:formula"
                    })
                    .map(|it| it.value.len().max(1))
                    .sum();
                (self.filled, self.text) = (said > 0, said as u64);
            }
            _ => self.filled = true,
        }
    }

    /// What the decoder holds for what ends here.
    fn end(&mut self, name: &str) -> u64 {
        match name {
            "table:table-cell" | "table:covered-table-cell" => {
                if self.filled || self.text > 0 {
                    self.cells = (self.cells + self.empty_cells + self.times).min(MOST_COLUMNS);
                    self.row_bytes += self.text * self.times;
                    self.empty_cells = 0;
                } else {
                    self.empty_cells += self.times;
                }
                self.text = 0;
                0
            }
            "table:table-row" => {
                if self.cells == 0 {
                    self.empty_rows += self.repeats;
                } else {
                    self.rows = (self.rows + self.empty_rows + self.repeats).min(MOST_ROWS);
                    self.columns = self.columns.max(self.cells);
                    self.bytes += self.row_bytes * self.repeats;
                    self.empty_rows = 0;
                }
                0
            }
            "table:table" => {
                let held = self.rows * self.columns * CELL + self.bytes;
                *self = Self::default();
                held
            }
            _ => 0,
        }
    }
}

fn number(digits: &str) -> Option<u64> {
    // More than a number holds is more than a sheet does.
    digits.bytes().all(|byte| byte.is_ascii_digit()).then(|| digits.parse().unwrap_or(u64::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(content: &str) -> Result<(), NoSheet> {
        check_part(Reader::from_reader(content.as_bytes()), 1 << 20)
    }

    fn table(rows: &str) -> String {
        format!("<content><table:table table:name=\"Figures\">{rows}</table:table></content>")
    }

    #[test]
    fn sound_tables_pass_with_all_the_empty_rest_of_their_sheet() {
        let row = "<table:table-row><table:table-cell office:value=\"7\"><text:p>7</text:p></table:table-cell>\
                   <table:table-cell table:number-columns-repeated=\"16383\"/></table:table-row>";
        let rest = "<table:table-row table:number-rows-repeated=\"1048570\">\
                    <table:table-cell table:number-columns-repeated=\"16384\"/></table:table-row>";
        assert_eq!(of(&table(&[row, row, rest].concat())), Ok(()));
    }

    #[test]
    fn a_table_without_an_end_is_damaged() {
        let whole = table("<table:table-row><table:table-cell/></table:table-row>");
        for cut in ["</table:table></content>", "</content>", "</table:table-row></table:table></content>"] {
            let broken = whole.strip_suffix(cut).unwrap();
            assert!(matches!(of(broken), Err(NoSheet::Damaged(_))), "{broken}");
        }
        assert!(matches!(of(&whole.replace("</table:table>", "")), Err(NoSheet::Damaged(_))));
    }

    #[test]
    fn repeated_cells_and_rows_are_counted_before_they_are_written_out() {
        let cell = "<table:table-cell office:value=\"7\" table:number-columns-repeated=\"16384\"/>";
        let rows = format!("<table:table-row table:number-rows-repeated=\"1048576\">{cell}</table:table-row>");
        assert_eq!(of(&table(&rows)), Err(NoSheet::Unpacked));
        // Empty cells and rows stand between others.
        let apart = "<table:table-row table:number-rows-repeated=\"1000\"><table:table-cell/></table:table-row>";
        let one = "<table:table-row><table:table-cell table:number-columns-repeated=\"100\"/><table:table-cell><text:p>x</text:p>\
                   </table:table-cell></table:table-row>";
        assert_eq!(of(&table(&[one, apart, one].concat())), Err(NoSheet::Unpacked));
        assert_eq!(of(&table(&[one, one, apart].concat())), Ok(()));
        let text = format!(
            "<table:table-row table:number-rows-repeated=\"2000\"><table:table-cell><text:p>{}</text:p>\
                            </table:table-cell></table:table-row>",
            "x".repeat(1000)
        );
        assert_eq!(of(&table(&text)), Err(NoSheet::Unpacked));
    }
}
