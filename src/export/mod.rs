//! From [`Projection`](crate::project::Projection)s and answers to the bytes of a file: CSV and JSON.
//!
//! Nothing here opens a file: the writers take any [`std::io::Write`]. Numbers are written with [`DIGITS`] significant digits,
//! without rounding to a unit and without exponents, so that a spreadsheet, a database and topline read the same.

use std::io::Write as _;

mod answers;
mod backtest;
mod canonical;
mod csv;
mod figures;
mod gaps;
mod json;
mod parameters;
mod problems;
mod saved;
mod saved_json;
mod scores;
mod sources;
mod visible;
#[cfg(feature = "xlsx")]
mod xlsx;

pub use answers::{
    Compared, ComparedUnder, ComparedWithPlans, Plans, Reconciled, Targets, TargetsUnder, write_answer, write_methods,
};
pub use backtest::{BacktestCsv, BacktestJson};
pub use canonical::write_canonical;
pub use csv::{CsvWriter, guard, header, unguard};
pub use figures::{Notice, SCHEMA, write_figures};
pub use gaps::write_gaps;
pub use json::JsonWriter;
pub use problems::{LeftOut, ProblemsWriter};
pub use saved::{RowFault, SavedError, is_saved, read_saved};
pub use scores::write_scores;
pub use sources::{SourceColumn, SourceDecision, SourceFile};
pub use visible::visible;
#[cfg(feature = "xlsx")]
pub use xlsx::{About, WorkbookError, WorkbookWriter};

/// Significant digits of every amount in a file: far beyond what a projection knows, and few enough that the last bits of a
/// logarithm do not show.
pub const DIGITS: usize = 10;

/// `value` rounded to [`DIGITS`] significant digits.
pub fn rounded(value: f64) -> f64 {
    format!("{value:.*e}", DIGITS - 1).parse().unwrap_or(value)
}

/// Writes `value` as [`rounded`], digit by digit, in place of what `out` holds.
pub(crate) fn write_rounded(out: &mut String, value: f64) {
    out.clear();
    if !value.is_finite() {
        out.push_str(&value.to_string());
        return;
    }
    // `-1.234567890e4`
    let mut written = [0_u8; 32];
    let mut rest = &mut written[..];
    let fits = write!(rest, "{value:.*e}", DIGITS - 1).is_ok();
    let length = 32 - rest.len();
    let text = std::str::from_utf8(&written[..length]).unwrap_or_default();
    let Some((digits, exponent)) = text.split_once('e').filter(|_| fits) else {
        out.push_str(&rounded(value).to_string());
        return;
    };
    let digits = digits.strip_prefix('-').inspect(|_| out.push('-')).unwrap_or(digits);
    let exponent: i32 = exponent.parse().unwrap_or(0);
    // One place is the point's.
    let significant = digits.trim_end_matches(['0', '.']).bytes().filter(u8::is_ascii_digit).count().max(1);
    let digits = digits.chars().filter(char::is_ascii_digit).take(significant);
    if exponent < 0 {
        out.push_str("0.");
        out.extend(std::iter::repeat_n('0', usize::try_from(-exponent - 1).unwrap_or(0)));
        out.extend(digits);
        return;
    }
    let whole = usize::try_from(exponent).unwrap_or(0) + 1;
    for (at, digit) in digits.enumerate() {
        if at == whole {
            out.push('.');
        }
        out.push(digit);
    }
    out.extend(std::iter::repeat_n('0', whole.saturating_sub(significant)));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_are_those_of_the_rounded_number() {
        let mut out = String::new();
        let mut state = 1_u64;
        let mut next = || {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 11) as f64 / (1_u64 << 53) as f64
        };
        let plain = [0.0, -0.0, 1.0, -1.5, 9.999_999_999_9, 0.1, 100.0, 1e21, 1e30, 1e-7, 12_345_678_901.0, f64::INFINITY];
        let random = (0..5000).map(|_| (next() - 0.5) * libm::exp2(80.0 * next() - 30.0));
        for value in plain.into_iter().chain(random) {
            write_rounded(&mut out, value);
            assert_eq!(out, rounded(value).to_string(), "{value:e}");
        }
    }

    #[test]
    fn numbers_keep_ten_digits_and_no_exponent() {
        assert_eq!(rounded(10_248_695_890.123_4).to_string(), "10248695890");
        assert_eq!(rounded(1.0 / 3.0).to_string(), "0.3333333333");
        assert_eq!(rounded(1.234_567_890_123e20).to_string(), "123456789000000000000");
        assert_eq!(rounded(5e-7).to_string(), "0.0000005");
    }
}
