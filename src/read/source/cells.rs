//! Rows of tables that are not text, workbooks and Parquet: each cell a value, beside its text as shown.
//!
//! A number stays a number and a date a date, so that neither has to be read out of its own digits. The text is there for
//! names, labels and messages; a row's cells stand in it one behind the other, as a line of a text has them.

use chrono::NaiveDate;

use crate::read::cell::amount::Number;
use crate::read::cell::period::Time;

/// One cell of a record, as offsets into the record's text, without quotation marks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::read) struct Span {
    pub(in crate::read) start: usize,
    pub(in crate::read) end: usize,
    /// Whether the text holds doubled quotation marks, or marks and other text side by side.
    pub(in crate::read) escaped: bool,
    pub(in crate::read) quoted: bool,
}

/// What a cell holds.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
#[cfg_attr(
    not(any(feature = "sheet", feature = "parquet", feature = "arrow")),
    expect(dead_code, reason = "only tables that are not text have them")
)]
pub(in crate::read) enum Value {
    /// Its text and nothing besides, which may be empty. So does every cell of a text.
    #[default]
    Text,
    /// A number, in the currency or unit that its format shows.
    Number(Number),
    /// A day, and the time of day if there is one.
    Day(NaiveDate, Option<Time>),
}

/// A row: its text, its cells in it, and what they hold.
#[derive(Clone, Debug, Default)]
pub(in crate::read) struct Row {
    /// Where it stands, counted as places are.
    pub(in crate::read) line: u64,
    pub(in crate::read) text: String,
    pub(in crate::read) spans: Vec<Span>,
    pub(in crate::read) values: Vec<Value>,
}

/// Gives the rows of a table, one after the other.
pub(in crate::read) trait Rows {
    /// Writes the next row in place of the one before; `false` if there is none.
    fn next(&mut self, row: &mut Row) -> bool;
}

#[cfg(any(feature = "sheet", feature = "parquet", feature = "arrow"))]
impl Row {
    /// Begins another row on this line.
    pub(in crate::read) fn begin(&mut self, line: u64) {
        self.line = line;
        self.text.clear();
        self.spans.clear();
        self.values.clear();
    }

    /// Adds a cell that holds a text: in quotation marks where it needs them; breaks of lines become spaces.
    pub(in crate::read) fn push_text(&mut self, text: &str) {
        let start = self.start();
        if !text.contains([',', '"', '\n', '\r']) {
            self.text.push_str(text);
            self.end(start, Value::Text);
            return;
        }
        self.text.push('"');
        for c in text.chars() {
            match c {
                '"' => self.text.push_str("\"\""),
                '\n' | '\r' => self.text.push(' '),
                _ => self.text.push(c),
            }
        }
        let span = Span { start: start + 1, end: self.text.len(), escaped: text.contains('"'), quoted: true };
        self.text.push('"');
        self.spans.push(span);
        self.values.push(Value::Text);
    }

    /// Adds a cell with the text that `show` writes, which needs no quotation marks, and what it holds.
    pub(in crate::read) fn push(&mut self, show: impl FnOnce(&mut String) -> Value) {
        let start = self.start();
        let value = show(&mut self.text);
        self.end(start, value);
    }

    /// Adds so many empty cells.
    pub(in crate::read) fn push_empty(&mut self, count: usize) {
        for _ in 0..count {
            let start = self.start();
            self.end(start, Value::Text);
        }
    }

    fn start(&mut self) -> usize {
        if !self.spans.is_empty() {
            self.text.push(',');
        }
        self.text.len()
    }

    fn end(&mut self, start: usize, value: Value) {
        self.spans.push(Span { start, end: self.text.len(), ..Span::default() });
        self.values.push(value);
    }
}

/// The digits of a number written so that no point among them can be taken for a separator of thousands: `1.234` might be
/// 1234 with a point, `1234e-3` is not. For those who have the text alone and weigh what it may be.
pub(in crate::read) fn unmistakable(text: &str) -> Option<String> {
    let point = text.find('.')?;
    let behind = &text[point + 1..];
    let digits = behind.bytes().take_while(u8::is_ascii_digit).count();
    (digits == 3).then(|| format!("{}{}e-3{}", &text[..point], &behind[..3], &behind[3..]))
}

#[cfg(all(test, any(feature = "sheet", feature = "parquet", feature = "arrow")))]
mod tests {
    use super::*;

    #[test]
    fn cells_stand_in_the_text_as_in_a_line() {
        let mut row = Row::default();
        row.begin(3);
        row.push_text("a");
        row.push_empty(1);
        row.push_text("b, \"c\"\nd");
        row.push(|text| {
            text.push_str("1.5");
            Value::Number(Number::plain(1.5, 0.1))
        });
        assert_eq!(row.text, "a,,\"b, \"\"c\"\" d\",1.5");
        let cells: Vec<&str> = row.spans.iter().map(|span| &row.text[span.start..span.end]).collect();
        assert_eq!(cells, ["a", "", "b, \"\"c\"\" d", "1.5"]);
        assert_eq!(row.values[..3], [Value::Text; 3]);
        assert!(matches!(row.values[3], Value::Number(_)) && row.spans[2].escaped);
    }

    #[test]
    fn points_that_might_group_thousands_are_written_otherwise() {
        let cases = [("1.234", Some("1234e-3")), ("$ -1.125", Some("$ -1125e-3")), ("1.234 T€", Some("1234e-3 T€"))];
        for (text, written) in cases {
            assert_eq!(unmistakable(text).as_deref(), written);
        }
        for text in ["43.2", "1234", "1.2345"] {
            assert_eq!(unmistakable(text), None);
        }
    }
}
