//! From [`Projection`](crate::project::Projection)s and answers to the bytes of a file: CSV and JSON.
//!
//! Nothing here opens a file: the writers take any [`std::io::Write`]. Numbers are written with [`DIGITS`] significant digits,
//! without rounding to a unit and without exponents, so that a spreadsheet, a database and topline read the same.

mod answers;
mod backtest;
mod canonical;
mod csv;
mod figures;
mod json;
mod parameters;
mod saved;
mod saved_json;
mod scores;
mod sources;
mod visible;

pub use answers::{Compared, ComparedUnder, Reconciled, Targets, TargetsUnder, write_answer, write_methods};
pub use backtest::{BacktestCsv, BacktestJson};
pub use canonical::write_canonical;
pub use csv::{CsvWriter, guard, header, unguard};
pub use figures::{Notice, SCHEMA, write_figures};
pub use json::JsonWriter;
pub use saved::{RowFault, SavedError, is_saved, read_saved};
pub use scores::write_scores;
pub use sources::{SourceColumn, SourceDecision, SourceFile};
pub use visible::visible;

/// Significant digits of every amount in a file: far beyond what a projection knows, and few enough that the last bits of a
/// logarithm do not show.
pub const DIGITS: usize = 10;

/// `value` rounded to [`DIGITS`] significant digits.
pub fn rounded(value: f64) -> f64 {
    format!("{value:.*e}", DIGITS - 1).parse().unwrap_or(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_keep_ten_digits_and_no_exponent() {
        assert_eq!(rounded(10_248_695_890.123_4).to_string(), "10248695890");
        assert_eq!(rounded(1.0 / 3.0).to_string(), "0.3333333333");
        assert_eq!(rounded(1.234_567_890_123e20).to_string(), "123456789000000000000");
        assert_eq!(rounded(5e-7).to_string(), "0.0000005");
    }
}
