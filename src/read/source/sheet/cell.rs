//! The cells of a sheet, as far as they are filled, and the rows that they make.

use calamine::{DataType, ExcelDateTime};
use chrono::NaiveDate;

use crate::read::cell::amount::Number;
use crate::read::source::cells::{Row, Rows, Value};
use crate::read::source::sheet::NoSheet;
use crate::read::source::sheet::format::Shown;
use crate::read::source::shown::{Decimal, show_day};

/// The most rows and columns of a sheet. A cell far outside would stand behind millions of empty ones.
pub(super) const MOST_ROWS: u32 = 1 << 20;
pub(super) const MOST_COLUMNS: u32 = 1 << 14;

/// The cells of a sheet.
#[derive(Debug, Default)]
pub(in crate::read) struct Cells {
    filled: Vec<Cell>,
    /// The texts of all of them, one behind the other.
    text: String,
    /// What the formats of the workbook show beside numbers.
    pub(in crate::read) styles: Vec<Shown>,
    /// Its first column, and how many it has from there.
    left: u32,
    width: u32,
    /// The most bytes of text, empty cells counted.
    most: u64,
}

/// A filled cell. Small: there are as many as figures.
#[derive(Clone, Copy, Debug)]
struct Cell {
    row: u32,
    column: u32,
    held: Held,
}

/// What it holds.
#[derive(Clone, Copy, Debug)]
enum Held {
    /// A text between these two ends.
    Text(u32, u32),
    /// A number, and its style.
    Number(f64, u32),
    /// A day, and the second of it.
    Day(NaiveDate, u32),
}

/// No style, for formats of workbooks that do not say it.
const PLAIN: u32 = u32::MAX;

impl Cells {
    /// None yet, of `most` bytes of text at most.
    pub(in crate::read) fn new(most: u64) -> Self {
        Self { most, ..Self::default() }
    }

    /// Takes in a cell, if it is filled.
    pub(in crate::read) fn push(
        &mut self,
        (row, column): (u32, u32),
        cell: &impl DataType,
        style: Option<usize>,
    ) -> Result<(), NoSheet> {
        if row >= MOST_ROWS || column >= MOST_COLUMNS {
            return Err(NoSheet::Damaged("a cell in it lies beyond the last row or column of any sheet".to_owned()));
        }
        let style = style.and_then(|style| u32::try_from(style).ok()).unwrap_or(PLAIN);
        if let Some(held) = self.held(cell, style) {
            self.filled.push(Cell { row, column, held });
        }
        if self.text.len() as u64 > self.most { Err(NoSheet::Unpacked) } else { Ok(()) }
    }

    fn held(&mut self, cell: &impl DataType, style: u32) -> Option<Held> {
        if let Some(moment) = cell.get_datetime() {
            return Some(self.moment(&moment));
        }
        if let Some(value) = cell.get_float().or_else(|| cell.get_int().map(|value| value as f64)) {
            return Some(Held::Number(value, style));
        }
        if let Some(text) = cell.get_string().or_else(|| cell.get_datetime_iso()).or_else(|| cell.get_duration_iso()) {
            return self.text(text);
        }
        if let Some(is) = cell.get_bool() {
            return self.text(if is { "true" } else { "false" });
        }
        self.text(&cell.get_error()?.to_string())
    }

    fn text(&mut self, text: &str) -> Option<Held> {
        let start = self.text.len();
        self.text.push_str(text);
        let end = u32::try_from(self.text.len()).unwrap_or(u32::MAX);
        (!text.is_empty()).then_some(Held::Text(u32::try_from(start).unwrap_or(u32::MAX), end))
    }

    /// A date as such; a length of time as a number of days.
    fn moment(&mut self, value: &ExcelDateTime) -> Held {
        if !value.is_datetime() {
            return Held::Number(value.as_f64(), PLAIN);
        }
        let (year, month, day, hour, minute, second, _) = value.to_ymd_hms_milli();
        let second = u32::from(hour) * 3600 + u32::from(minute) * 60 + u32::from(second);
        match NaiveDate::from_ymd_opt(year.into(), month.into(), day.into()) {
            Some(day) => Held::Day(day, second),
            // Excel counts a day that never was, 29 February 1900.
            None => self.text(&format!("{year:04}-{month:02}-{day:02}")).unwrap_or(Held::Number(value.as_f64(), PLAIN)),
        }
    }

    /// Puts the cells in their order; the first column, if any is filled.
    pub(in crate::read) fn finish(&mut self) -> Result<Option<u32>, NoSheet> {
        let place = |cell: &Cell| (cell.row, cell.column);
        self.filled.sort_by_key(place);
        // A cell given twice stands as it was given first.
        self.filled.dedup_by_key(|cell| place(cell));
        let columns = || self.filled.iter().map(|cell| cell.column);
        let (Some(left), Some(right)) = (columns().min(), columns().max()) else { return Ok(None) };
        (self.left, self.width) = (left, right - left + 1);
        let rows = self.filled.chunk_by(|one, next| one.row == next.row).count() as u64;
        // Every row is as wide as the table, and a few cells far away can make it very wide.
        if self.text.len() as u64 + rows * u64::from(self.width) > self.most {
            return Err(NoSheet::Unpacked);
        }
        Ok(Some(left))
    }

    /// The rows that hold anything, every one as wide as the table.
    pub(in crate::read) fn rows(&self) -> SheetRows<'_> {
        SheetRows { cells: self, at: 0 }
    }

    fn write(&self, held: Held, row: &mut Row) {
        match held {
            Held::Text(start, end) => row.push_text(&self.text[start as usize..end as usize]),
            Held::Number(value, style) => {
                let shown = usize::try_from(style).ok().and_then(|style| self.styles.get(style));
                row.push(|text| show_number(text, value, shown));
            }
            Held::Day(day, second) => row.push(|text| {
                // Seconds alone are the noise of a fraction of a day.
                show_day(text, day, (second >= 60).then_some((second, "")))
            }),
        }
    }
}

/// The rows of a sheet.
#[derive(Debug)]
pub(in crate::read) struct SheetRows<'c> {
    cells: &'c Cells,
    at: usize,
}

impl Rows for SheetRows<'_> {
    fn next(&mut self, row: &mut Row) -> bool {
        let ahead = &self.cells.filled[self.at..];
        let Some(first) = ahead.first() else { return false };
        row.begin(u64::from(first.row) + 1);
        let mut column = self.cells.left;
        for cell in ahead.iter().take_while(|cell| cell.row == first.row) {
            row.push_empty((cell.column - column) as usize);
            self.cells.write(cell.held, row);
            column = cell.column + 1;
            self.at += 1;
        }
        row.push_empty((self.cells.left + self.cells.width - column) as usize);
        true
    }
}

/// Writes a number with what its format shows beside it.
fn show_number(text: &mut String, value: f64, shown: Option<&Shown>) -> Value {
    let Some(decimal) = Decimal::of(value) else {
        text.push_str(&value.to_string());
        return Value::Text;
    };
    match shown {
        Some(Shown { percent: true, .. }) => {
            if let Some(hundredfold) = Decimal::of(value * 100.0) {
                hundredfold.show(text);
            }
            text.push('%');
            Value::Text
        }
        Some(Shown { before, behind, one, .. }) => {
            text.push_str(before);
            decimal.show(text);
            text.push_str(behind);
            // What stands beside it may be no unit that is known: then it is asked about, by its text.
            one.map_or(Value::Text, |one| Value::Number(Number::of_decimal_beside(one, decimal.units, decimal.scale)))
        }
        None => {
            decimal.show(text);
            Value::Number(decimal.number())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells(of: &[(u32, u32, Held)]) -> Cells {
        let filled = of.iter().map(|(row, column, held)| Cell { row: *row, column: *column, held: *held }).collect();
        Cells { filled, text: "abcde".to_owned(), ..Cells::new(512 << 20) }
    }

    #[test]
    fn cells_in_any_order_make_rows() {
        let text = |at| Held::Text(at, at + 1);
        let given = [(1, 1, text(0)), (3, 3, text(1)), (1, 2, text(2)), (1, 2, text(3)), (3, 1, text(4))];
        let mut cells = cells(&given);
        assert_eq!(cells.finish(), Ok(Some(1)));
        let (mut rows, mut row, mut lines) = (cells.rows(), Row::default(), Vec::new());
        while rows.next(&mut row) {
            lines.push((row.line, row.text.clone()));
        }
        assert_eq!(lines, [(2, "a,c,".to_owned()), (4, "e,,b".to_owned())]);
    }

    #[test]
    fn far_cells_do_not_fill_the_memory() {
        let far: Vec<(u32, u32, Held)> = (0..60_000).map(|row| (row, 16_000 * (row % 2), Held::Number(1.0, PLAIN))).collect();
        assert_eq!(cells(&far).finish(), Err(NoSheet::Unpacked));
    }

    #[test]
    fn numbers_are_values_beside_what_is_shown() {
        let mut text = String::new();
        let value = show_number(&mut text, 16_200_901_999.999_998, None);
        assert_eq!((text.as_str(), value), ("16200902000", Value::Number(Number::plain(16_200_902_000.0, 1.0))));
        text.clear();
        let percent = Shown { percent: true, ..Shown::default() };
        assert_eq!(show_number(&mut text, 0.07, Some(&percent)), Value::Text);
        assert_eq!(text, "7%");
    }
}
