//! Numbers and days of tables that are not text: as they are shown, and as values.

use std::fmt::Write as _;

use chrono::NaiveDate;

use crate::read::cell::amount::Number;
use crate::read::cell::period::Time;
use crate::read::source::cells::Value;

/// A decimal number: whole units of ten to the power of minus `scale`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::read) struct Decimal {
    pub(in crate::read) units: i128,
    pub(in crate::read) scale: i32,
}

impl Decimal {
    /// The decimal of at most fifteen digits that a float stands for; `None` if it is not finite.
    ///
    /// Every decimal of fifteen digits survives in a float of 64 bits, and no spreadsheet shows more: what lies behind them is
    /// the noise of a calculation, as in 16200901999.999998. Whole numbers are kept as they are.
    pub(in crate::read) fn of(value: f64) -> Option<Self> {
        if !value.is_finite() {
            return None;
        }
        if value.fract() == 0.0 && value.abs() < 1e38 {
            #[expect(clippy::cast_possible_truncation, reason = "a whole number below 1e38 fits")]
            return Some(Self { units: value as i128, scale: 0 });
        }
        let text = format!("{value:.14e}");
        let (digits, power) = text.split_once('e')?;
        let digits: String = digits.chars().filter(|c| *c != '.').collect();
        let (mut units, mut scale) = (digits.parse::<i128>().ok()?, 14 - power.parse::<i32>().ok()?);
        while scale > 0 && units % 10 == 0 {
            (units, scale) = (units / 10, scale - 1);
        }
        Some(Self { units, scale })
    }

    /// The number, as precisely stated as its last digit, which may be a zero.
    pub(in crate::read) fn number(self) -> Number {
        Number::of_decimal(self.units, self.scale)
    }

    /// Writes it in full, its last zeros kept: they are its precision.
    pub(in crate::read) fn show(self, text: &mut String) {
        let Self { units, scale } = self;
        let _ = match scale {
            0 => write!(text, "{units}"),
            1..=38 => {
                let scale = scale.unsigned_abs();
                let power = 10_u128.pow(scale);
                let (whole, part) = (units.unsigned_abs() / power, units.unsigned_abs() % power);
                let minus = if units < 0 { "-" } else { "" };
                write!(text, "{minus}{whole}.{part:0width$}", width = scale as usize)
            }
            _ => write!(text, "{units}e{}", -i64::from(scale)),
        };
    }
}

/// Writes a day, and the time of day as `time` shows it, and returns them as a value.
pub(in crate::read) fn show_day(text: &mut String, day: NaiveDate, time: Option<(u32, &str)>) -> Value {
    let _ = write!(text, "{day}");
    let Some((second, zone)) = time else { return Value::Day(day, None) };
    let minutes = second / 60;
    let _ = write!(text, "T{:02}:{:02}:{:02}{zone}", minutes / 60, minutes % 60, second % 60);
    let time = Time { minutes: u16::try_from(minutes).unwrap_or(0), whole: second % 60 == 0, local: false };
    Value::Day(day, Some(time))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(decimal: Decimal) -> String {
        let mut text = String::new();
        decimal.show(&mut text);
        text
    }

    #[test]
    fn floats_are_the_decimals_they_stand_for() {
        let cases = [
            (1.234, "1.234"),
            (43.2, "43.2"),
            (1e10, "10000000000"),
            (-0.5, "-0.5"),
            (0.1 + 0.2, "0.3"),
            (16_200_901_999.999_998, "16200902000"),
            (9_007_199_254_740_993.0, "9007199254740992"),
            (1e-300, "1e-300"),
            (0.0, "0"),
        ];
        for (value, text) in cases {
            assert_eq!(shown(Decimal::of(value).unwrap()), text);
        }
        assert_eq!(Decimal::of(f64::NAN), None);
    }

    #[test]
    fn decimals_keep_their_precision() {
        let cases = [
            (123_450, 2, "1234.50"),
            (-5, 2, "-0.05"),
            (7, 0, "7"),
            (1_234_500, 3, "1234.500"),
            (12, -3, "12e3"),
            (1, 38, "0.00000000000000000000000000000000000001"),
        ];
        for (units, scale, text) in cases {
            assert_eq!(shown(Decimal { units, scale }), text);
        }
    }

    #[test]
    fn numbers_hold_the_value_and_the_last_digit() {
        let cases = [
            (Decimal { units: 123_450, scale: 2 }, 1234.5, 0.01),
            (Decimal { units: -7, scale: 0 }, -7.0, 1.0),
            (Decimal { units: 12, scale: -3 }, 12_000.0, 1000.0),
        ];
        for (decimal, value, unit) in cases {
            assert_eq!(decimal.number(), Number::plain(value, unit));
        }
    }
}
