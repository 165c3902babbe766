//! One sheet that grows row by row: texts that stay texts, numbers, days, and what makes it printable.

use chrono::NaiveDate;
use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder, Worksheet};

use super::WorkbookError;
use crate::export::visible;

/// The most characters that a cell takes.
const MOST_CHARACTERS: usize = 32_767;
/// What a text ends with that was cut there.
const CUT: &str = " … (the rest has no room in a cell)";
/// The most rows that a sheet takes, its header among them.
pub(super) const MOST_ROWS: u32 = 1_048_576;
/// Column widths, in characters.
const WIDTHS: [usize; 2] = [6, 60];
/// Paper of the size A4.
const A4: u8 = 9;
/// The day from which spreadsheets count, but for those before March 1900, which they count wrongly.
const DAY_ZERO: Option<NaiveDate> = NaiveDate::from_ymd_opt(1899, 12, 30);
const FIRST_RIGHT: i64 = 61;

/// A sheet.
pub(super) struct Sheet {
    inner: Worksheet,
    row: u32,
    column: u16,
    /// The most characters in each column.
    widths: Vec<usize>,
    header: Format,
    wrapped: Format,
    day: Format,
    month: Format,
}

impl Sheet {
    /// A sheet with a header, which stays in sight and stands on each page.
    pub(super) fn new(name: &str, header: &[String]) -> Result<Self, WorkbookError> {
        let mut sheet = Worksheet::new();
        sheet.set_name(name)?;
        sheet.set_freeze_panes(1, 0)?;
        sheet.set_repeat_rows(0, 0)?;
        sheet.set_landscape().set_paper_size(A4).set_print_fit_to_pages(1, 0).set_footer("&L&A&RPage &P of &N");
        let head = Format::new().set_bold().set_background_color(Color::RGB(0x00EE_F1F5)).set_border_bottom(FormatBorder::Thin);
        let mut new = Self {
            inner: sheet,
            row: 0,
            column: 0,
            widths: vec![WIDTHS[0]; header.len()],
            header: head,
            wrapped: Format::new().set_text_wrap().set_align(FormatAlign::Top),
            day: Format::new().set_num_format("yyyy-mm-dd"),
            month: Format::new().set_num_format("yyyy-mm"),
        };
        for name in header {
            new.inner.write_string_with_format(0, new.column, name, &new.header)?;
            new.filled(name.len());
        }
        new.end_row()?;
        Ok(new)
    }

    /// The row that is being written.
    pub(super) fn row(&self) -> u32 {
        self.row
    }

    /// A text, whatever it looks like: never a formula or a link.
    pub(super) fn text(&mut self, text: &str) -> Result<(), WorkbookError> {
        let text = fitting(text);
        if !text.is_empty() {
            self.inner.write_string(self.row, self.column, &text)?;
        }
        self.filled(text.chars().count());
        Ok(())
    }

    /// A text of any length, broken within its column.
    pub(super) fn long_text(&mut self, text: &str) -> Result<(), WorkbookError> {
        let text = fitting(text);
        self.inner.write_string_with_format(self.row, self.column, &text, &self.wrapped)?;
        self.filled(text.chars().count());
        Ok(())
    }

    /// A number in this form; an empty cell if there is none.
    pub(super) fn number(&mut self, value: Option<f64>, form: &Format) -> Result<(), WorkbookError> {
        let Some(value) = value.filter(|value| value.is_finite()) else {
            self.filled(0);
            return Ok(());
        };
        self.inner.write_number_with_format(self.row, self.column, value, form)?;
        // A comma for each three digits, the sign of the currency and some air.
        let digits = format!("{:.0}", value.abs()).len();
        self.filled(digits + digits / 3 + 5);
        Ok(())
    }

    /// A whole number.
    pub(super) fn count(&mut self, value: u32) -> Result<(), WorkbookError> {
        self.inner.write_number(self.row, self.column, value)?;
        self.filled(value.to_string().len());
        Ok(())
    }

    /// A day.
    pub(super) fn day(&mut self, day: NaiveDate) -> Result<(), WorkbookError> {
        let form = self.day.clone();
        self.date(day, &form, &day.to_string())
    }

    /// A month, by its last day.
    pub(super) fn month(&mut self, last_day: NaiveDate) -> Result<(), WorkbookError> {
        let form = self.month.clone();
        self.date(last_day, &form, &last_day.format("%Y-%m").to_string())
    }

    fn date(&mut self, day: NaiveDate, form: &Format, written: &str) -> Result<(), WorkbookError> {
        let count = DAY_ZERO.map(|zero| (day - zero).num_days()).filter(|count| *count >= FIRST_RIGHT);
        match count {
            Some(count) => {
                self.inner.write_number_with_format(self.row, self.column, count as f64, form)?;
                self.filled(written.len() + 2);
                Ok(())
            }
            None => self.text(written),
        }
    }

    /// An empty cell.
    pub(super) fn empty(&mut self) {
        self.filled(0);
    }

    fn filled(&mut self, characters: usize) {
        if let Some(width) = self.widths.get_mut(usize::from(self.column)) {
            *width = (*width).max(characters + 1).min(WIDTHS[1]);
        }
        self.column += 1;
    }

    /// Goes on to the next row.
    pub(super) fn end_row(&mut self) -> Result<(), WorkbookError> {
        self.row += 1;
        self.column = 0;
        if self.row >= MOST_ROWS { Err(WorkbookError::TooManyRows) } else { Ok(()) }
    }

    /// The sheet, with columns as wide as what they hold; `filtered` gives the header buttons that choose rows.
    pub(super) fn finish(mut self, filtered: bool) -> Result<Worksheet, WorkbookError> {
        for (column, width) in (0_u16..).zip(&self.widths) {
            self.inner.set_column_width(column, *width as f64)?;
        }
        if filtered && self.row > 1 {
            let last = u16::try_from(self.widths.len().saturating_sub(1)).unwrap_or(u16::MAX);
            self.inner.autofilter(0, 0, self.row - 1, last)?;
        }
        Ok(self.inner)
    }
}

/// A text with hidden characters made visible, cut to what a cell takes.
fn fitting(text: &str) -> String {
    let text = visible(text);
    if text.chars().count() <= MOST_CHARACTERS {
        return text.into_owned();
    }
    text.chars().take(MOST_CHARACTERS - CUT.chars().count()).chain(CUT.chars()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_fit_into_cells_and_say_what_is_cut() {
        assert_eq!(fitting("=1+1\u{202e}\n"), "=1+1\\u{202e}\\n");
        let long = fitting(&"é".repeat(40_000));
        assert_eq!(long.chars().count(), MOST_CHARACTERS);
        assert!(long.ends_with(CUT));
    }
}
