//! Columns of values, as Parquet and Arrow have them, to cells: each its text as shown, and what it holds.
//!
//! Both decode some thousand rows of a column at a time; which values those are is theirs to know, how a value is shown and read
//! is the same for both.

use chrono::{Days, NaiveDate};

use crate::read::source::cells::{Row, Value};
use crate::read::source::shown::{Decimal, show_day};

/// How many rows are decoded at a time.
pub(in crate::read) const ROWS: usize = 2048;

/// Seconds of a day.
pub(in crate::read) const SECONDS: i64 = 86_400;

/// Cells of a column, with their texts one behind the other.
#[derive(Default)]
pub(in crate::read) struct Cells {
    text: String,
    /// Where the text of each ends, and what it holds.
    ends: Vec<(usize, Value)>,
    /// The first of them whose bytes are not text; it is left empty.
    pub(in crate::read) no_text: Option<usize>,
}

/// Why the rows of a column cannot be read.
#[derive(Debug)]
pub(in crate::read) enum NotRead {
    /// They hold more text than they may.
    Unpacked,
    /// What is broken.
    Damaged(String),
}

/// Where the rows break off, and why.
#[derive(Debug)]
pub(in crate::read) struct Fault {
    /// The row, counted as places are.
    pub(in crate::read) line: u64,
    /// The column, from 0.
    pub(in crate::read) column: usize,
    pub(in crate::read) why: NotRead,
}

impl Cells {
    /// How many there are.
    pub(in crate::read) fn len(&self) -> usize {
        self.ends.len()
    }

    /// Adds the cell of a row at hand to it; an empty one if there is none.
    pub(in crate::read) fn write(&self, at: usize, row: &mut Row) {
        let start = if at == 0 { 0 } else { self.ends.get(at - 1).map_or(0, |(end, _)| *end) };
        match self.ends.get(at) {
            None => row.push_empty(1),
            Some((end, Value::Text)) => row.push_text(&self.text[start..*end]),
            Some((end, value)) => row.push(|text| {
                text.push_str(&self.text[start..*end]);
                *value
            }),
        }
    }

    /// Empties it, for the next rows.
    pub(in crate::read) fn clear(&mut self) {
        self.text.clear();
        self.ends.clear();
        self.no_text = None;
    }

    /// Adds an empty cell.
    pub(in crate::read) fn push_empty(&mut self) {
        self.ends.push((self.text.len(), Value::Text));
    }

    /// Adds a cell, shown and made a value by `show`; `None` for bytes that are not text. Its text may have `left` bytes, and what
    /// it has is taken off: one value of a dictionary can stand in every row.
    pub(in crate::read) fn push(
        &mut self,
        left: &mut u64,
        show: impl FnOnce(&mut String) -> Option<Value>,
    ) -> Result<(), NotRead> {
        let before = self.text.len();
        let held = show(&mut self.text).unwrap_or_else(|| {
            self.no_text.get_or_insert(self.ends.len());
            Value::Text
        });
        *left = left.checked_sub((self.text.len() - before) as u64).ok_or(NotRead::Unpacked)?;
        self.ends.push((self.text.len(), held));
        Ok(())
    }
}

pub(in crate::read) fn show_number(text: &mut String, units: i128, scale: i32) -> Value {
    let decimal = Decimal { units, scale };
    decimal.show(text);
    Value::Number(decimal.number())
}

/// A float; a text if it is none that can be counted with.
pub(in crate::read) fn show_float(text: &mut String, value: f64) -> Value {
    if let Some(decimal) = Decimal::of(value) {
        return show_number(text, decimal.units, decimal.scale);
    }
    text.push_str(&value.to_string());
    Value::Text
}

/// A moment in seconds since 1970, in UTC: the day, and the time unless it is midnight.
pub(in crate::read) fn show_second(text: &mut String, seconds: i64) -> Value {
    let second = u32::try_from(seconds.rem_euclid(SECONDS)).unwrap_or(0);
    show_moment(text, seconds.div_euclid(SECONDS), second)
}

/// The day so many days after the beginning of 1970, at a second of it.
pub(in crate::read) fn show_moment(text: &mut String, days: i64, second: u32) -> Value {
    let epoch = NaiveDate::default();
    let size = Days::new(days.unsigned_abs());
    if let Some(day) = if days < 0 { epoch.checked_sub_days(size) } else { epoch.checked_add_days(size) } {
        return show_day(text, day, (second > 0).then_some((second, "Z")));
    }
    text.push_str(&format!("{days} days after 1970-01-01"));
    Value::Text
}
