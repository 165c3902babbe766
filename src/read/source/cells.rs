//! Cells of tables that are no text, written as cells of a text.
//!
//! Dates are dates, whatever a cell shows; numbers stand in full, and so that no point of theirs can be taken for a separator
//! of thousands. A line of the text is a row of the table.

use std::fmt::{Display, Write as _};

/// A text, in quotation marks where it needs them; breaks of lines become spaces.
pub(in crate::read) fn push_text(cells: &mut String, text: &str) {
    let needs_care = |c: char| matches!(c, ',' | '"' | '\n' | '\r');
    if !text.contains(needs_care) {
        cells.push_str(text);
        return;
    }
    cells.push('"');
    for c in text.chars() {
        match c {
            '"' => cells.push_str("\"\""),
            '\n' | '\r' => cells.push(' '),
            _ => cells.push(c),
        }
    }
    cells.push('"');
}

/// A number in full, as [`Display`] of floats has it. With three decimals, `1.234` might be 1234 written with a point;
/// `1234e-3` is not.
pub(in crate::read) fn push_number(cells: &mut String, value: impl Display) {
    let start = cells.len();
    let _ = write!(cells, "{value}");
    if let Some(point) = cells[start..].find('.').map(|at| start + at)
        && cells.len() - point == 4
    {
        cells.remove(point);
        cells.push_str("e-3");
    }
}

/// A whole number of units of ten to the power of minus `scale`, its last zeros kept: they are its precision.
pub(in crate::read) fn push_decimal(cells: &mut String, units: i128, scale: i32) {
    let _ = match scale {
        0 => write!(cells, "{units}"),
        1 | 2 | 4..=38 => {
            let scale = scale.unsigned_abs();
            let power = 10_u128.pow(scale);
            let (whole, part) = (units.unsigned_abs() / power, units.unsigned_abs() % power);
            let minus = if units < 0 { "-" } else { "" };
            write!(cells, "{minus}{whole}.{part:0width$}", width = scale as usize)
        }
        _ => write!(cells, "{units}e{}", -i64::from(scale)),
    };
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(push: impl FnOnce(&mut String)) -> String {
        let mut text = String::from("x,");
        push(&mut text);
        text[2..].to_owned()
    }

    #[test]
    fn numbers_are_never_ambiguous() {
        for (value, text) in [(1.234, "1234e-3"), (43.2, "43.2"), (1e10, "10000000000"), (-0.5, "-0.5"), (-1.125, "-1125e-3")] {
            assert_eq!(written(|cells| push_number(cells, value)), text);
            assert_eq!(text.parse::<f64>(), Ok(value));
        }
    }

    #[test]
    fn decimals_keep_their_precision() {
        let cases = [
            (123_450, 2, "1234.50"),
            (-5, 2, "-0.05"),
            (7, 0, "7"),
            (1_234_500, 3, "1234500e-3"),
            (12, -3, "12e3"),
            (1, 38, "0.00000000000000000000000000000000000001"),
        ];
        for (units, scale, text) in cases {
            assert_eq!(written(|cells| push_decimal(cells, units, scale)), text);
        }
    }

    #[test]
    fn texts_are_quoted_where_needed() {
        for (text, cell) in [("a", "a"), ("a, b", "\"a, b\""), ("say \"x\"", "\"say \"\"x\"\"\""), ("a\nb", "\"a b\"")] {
            assert_eq!(written(|cells| push_text(cells, text)), cell);
        }
    }
}
