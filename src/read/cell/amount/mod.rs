//! Amounts as people write them: `$43.2B`, `12,5 Md€`, `(1,234.50)`, `1.2e9`.
//!
//! Knows the grammar of one cell. Where a cell alone does not say whether its comma or point groups thousands or marks
//! decimals, it says so ([`Mark`]) and leaves the decision to the column ([`crate::read::settle::decide`]). Knows nothing of kinds
//! and periods.

mod digits;
mod note;
mod unit;
mod written;

use std::fmt;

use crate::money::Amount;

use crate::read::cell::sign::Sign;

pub(in crate::read) use crate::read::cell::missing::is_missing;
pub(in crate::read) use digits::decimal;
pub(in crate::read) use note::{Flags, flag, without_flags, without_marks};

use digits::plain_digits;
use written::parse_any;
pub(in crate::read) use written::without_about;

/// The character that stands before the decimals.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DecimalMark {
    /// `1,234.5`
    Point,
    /// `1.234,5`
    Comma,
}

impl DecimalMark {
    /// The character.
    pub fn char(self) -> char {
        match self {
            Self::Point => '.',
            Self::Comma => ',',
        }
    }
}

/// `point` or `comma`.
impl fmt::Display for DecimalMark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Point => "point",
            Self::Comma => "comma",
        })
    }
}

/// What a number's separators say about the decimal mark of its column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::read) enum Mark {
    /// Nothing: there is no comma or point, or it plays no part.
    Silent,
    /// The number reads one way only, and so shows the column's mark.
    Shows(DecimalMark),
    /// `1,234`: the one comma (or point) marks decimals if it is the column's mark, else it groups thousands.
    Depends(DecimalMark),
}

/// A number as read from one cell.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::read) struct Number {
    /// The value; where the mark [`Depends`](Mark::Depends), the value if the separator groups thousands.
    value: f64,
    /// What one unit of the last stated digit is worth, likewise.
    unit: f64,
    pub(in crate::read) mark: Mark,
    pub(in crate::read) sign: Option<Sign>,
    /// Whether a unit stands behind its digits: `12m`.
    pub(in crate::read) has_unit: bool,
    /// Whether the mark of a footnote stands behind it, and was passed over.
    pub(in crate::read) has_note: bool,
}

impl Number {
    /// The number, with a mark behind it that was passed over.
    pub(in crate::read) fn noted(self) -> Self {
        Self { has_note: true, ..self }
    }

    /// A number that was not read from text.
    pub(in crate::read) fn plain(value: f64, unit: f64) -> Self {
        Self { value, unit, mark: Mark::Silent, sign: None, has_unit: false, has_note: false }
    }

    /// Whether it is above zero.
    pub(in crate::read) fn is_positive(self) -> bool {
        self.value > 0.0
    }

    /// The number of so many units of ten to the power of minus `scale`, which is not text whose marks could be doubted.
    #[cfg(any(feature = "sheet", feature = "parquet", feature = "arrow"))]
    pub(in crate::read) fn of_decimal(units: i128, scale: i32) -> Self {
        let size = match u64::try_from(units.unsigned_abs()) {
            Ok(size) => decimal(size, -scale),
            Err(_) => format!("{}e{}", units.unsigned_abs(), -i64::from(scale)).parse().unwrap_or(f64::INFINITY),
        };
        Self::plain(if units < 0 { -size } else { size }, decimal(1, -scale))
    }

    /// So many units of ten to the power of minus `scale` in the currency and the unit of `one`, which is one of them.
    #[cfg(feature = "sheet")]
    pub(in crate::read) fn of_decimal_beside(one: Self, units: i128, scale: i32) -> Self {
        let power = (0..=18).find(|power| decimal(1, *power) >= one.value).unwrap_or(0);
        Self { sign: one.sign, has_unit: one.has_unit, ..Self::of_decimal(units, scale - power) }
    }

    /// What one unit of its last digit is worth.
    pub(in crate::read) fn unit(self) -> f64 {
        self.unit
    }

    /// The number in a column of this scale, 1,000 for "in thousands".
    pub(in crate::read) fn scaled(self, scale: f64) -> Self {
        Self { value: self.value * scale, unit: self.unit * scale.abs(), ..self }
    }

    /// The number with this sign, if its cell has none.
    pub(in crate::read) fn or_sign(self, sign: Option<Sign>) -> Self {
        Self { sign: self.sign.or(sign), ..self }
    }

    /// So many times the number, as precisely stated.
    pub(in crate::read) fn times(self, count: f64) -> Self {
        Self { value: self.value * count, ..self }
    }

    /// The number in a column with this decimal mark.
    pub(in crate::read) fn settled(self, mark: DecimalMark) -> Self {
        match self.mark {
            Mark::Depends(separator) if separator == mark => {
                Self { value: self.value / 1000.0, unit: self.unit / 1000.0, mark: Mark::Silent, ..self }
            }
            _ => Self { mark: Mark::Silent, ..self },
        }
    }

    /// The amount in a column with this decimal mark, or `None` where it is not finite.
    pub(in crate::read) fn amount(self, mark: DecimalMark) -> Option<Amount> {
        let settled = self.settled(mark);
        Amount::new(settled.value, settled.unit)
    }
}

/// What is wrong with an amount.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AmountFault {
    /// There are no digits, or something that does not belong to a number.
    NotANumber,
    /// `NaN`, an infinity, or beyond what a 64-bit number holds.
    NotFinite,
    /// A percentage is not an amount.
    Percentage,
    /// The separators make no number: `1,23,4`.
    Separators,
    /// A word after the number that is not a unit: `12 apples`.
    UnknownUnit,
    /// A range such as `10-12B`.
    Range,
    /// A bound such as `<1000` or `at least 5m`.
    Bound,
    /// A letter that may be a mark: `12.5 r`, `12.5e`.
    Letter,
    /// `12 mil`: a thousand or a million.
    Mil,
    /// `12 Cr`, `12 DR`: credit, debit or crore.
    Credit,
    /// `#REF!`: the error of a spreadsheet's formula.
    SheetError,
    /// Digits other than 0 to 9.
    Digits,
}

/// Reads an amount; the cell is not [missing](is_missing).
#[inline]
pub(in crate::read) fn parse(cell: &str) -> Result<Number, AmountFault> {
    match plain_digits(cell) {
        Some(number) => Ok(number),
        None => parse_any(cell),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::money::Currency;
    use crate::read::cell::sign::Shared;

    fn read(text: &str) -> (f64, f64) {
        let number = parse(text).unwrap_or_else(|fault| panic!("{text}: {fault:?}"));
        let amount = number.amount(DecimalMark::Point).unwrap();
        (amount.value(), amount.unit())
    }

    #[test]
    fn forms_people_write() {
        let cases = [
            ("10B", 10e9, 1e9),
            ("$43B", 43e9, 1e9),
            ("43.2B", 43.2e9, 0.1e9),
            ("12.5 bn", 12.5e9, 0.1e9),
            ("43 Md€", 43e9, 1e9),
            ("43 Md$", 43e9, 1e9),
            ("12 milliards", 12e9, 1e9),
            ("12 milliards d'euros", 12e9, 1e9),
            ("12 milliards de dollars", 12e9, 1e9),
            ("1,5 Mrd. EUR", 1.5e9, 0.1e9),
            ("€1,5 Mio", 1.5e6, 0.1e6),
            ("10M", 10e6, 1e6),
            ("10MM", 10e6, 1e6),
            ("10m", 10e6, 1e6),
            ("10 mn", 10e6, 1e6),
            ("EUR 5k", 5e3, 1e3),
            ("MUSD", f64::NAN, 0.0),
            ("5 MUSD", 5e6, 1e6),
            ("5 TEUR", 5e3, 1e3),
            ("12 T€", 12e3, 1e3),
            ("€5T", 5e12, 1e12),
            ("10000000000", 10e9, 1.0),
            ("1.2e9", 1.2e9, 0.1e9),
            ("1.2E+09", 1.2e9, 0.1e9),
            ("1,234.5", 1234.5, 0.1),
            ("1,234.50", 1234.5, 0.01),
            ("1.234,50", 1234.5, 0.01),
            ("1,234,567", 1_234_567.0, 1.0),
            ("1.234.567", 1_234_567.0, 1.0),
            ("12,34,567", 1_234_567.0, 1.0),
            ("1 234,5", 1234.5, 0.1),
            ("1\u{a0}234,5", 1234.5, 0.1),
            ("1\u{202f}234\u{202f}567", 1_234_567.0, 1.0),
            ("1'234.50", 1234.5, 0.01),
            ("1’234", 1234.0, 1.0),
            ("(123)", -123.0, 1.0),
            ("($50,000.00)", -50_000.0, 0.01),
            ("$(50,000.00)", -50_000.0, 0.01),
            ("-50", -50.0, 1.0),
            ("−50", -50.0, 1.0),
            ("-$50", -50.0, 1.0),
            ("$-50", -50.0, 1.0),
            ("50-", -50.0, 1.0),
            ("=-236705.50", -236_705.5, 0.01),
            ("~$10B", 10e9, 1e9),
            ("US$1.5 billion", 1.5e9, 0.1e9),
            ("C$2M", 2e6, 1e6),
            ("3 crore", 3e7, 1e7),
            ("USD 12.5m", 12.5e6, 0.1e6),
            ("12.5 MUSD", 12.5e6, 0.1e6),
            ("MUSD 12.5", 12.5e6, 0.1e6),
            ("12,5 Mkr", 12.5e6, 0.1e6),
            ("SEK12m", 12e6, 1e6),
            ("12 kr", 12.0, 1.0),
            ("12 Kč", 12.0, 1.0),
            ("Rs 1,00,000", 100_000.0, 1.0),
            ("Rs. 12 Cr", 12e7, 1e7),
            ("₹1.2 crore", 1.2e7, 1e6),
            ("12億円", 12e8, 1e8),
            ("1.2万", 12_000.0, 1000.0),
            ("R$ 1.234,56", 1234.56, 0.01),
            ("R$ 12 mil", 12e3, 1e3),
            ("CHF 1'234.50", 1234.5, 0.01),
            ("1 234,50 €", 1234.5, 0.01),
            ("1\u{2009}234,50 €", 1234.5, 0.01),
            ("($5)", -5.0, 1.0),
            ("'1234", 1234.0, 1.0),
            ("+12", 12.0, 1.0),
            ("１２３", 123.0, 1.0),
            ("1,234.5[1]", 1234.5, 0.1),
            ("1434*", 1434.0, 1.0),
            ("1334 (a)", 1334.0, 1.0),
            ("$12m (1)", 12e6, 1e6),
            ("1234¹", 1234.0, 1.0),
            ("(1,234.5)*", -1234.5, 0.1),
            ("(1)", -1.0, 1.0),
            ("0.123", 0.123, 0.001),
            ("0,123", 0.123, 0.001),
            (".5", 0.5, 0.1),
            ("5.", 5.0, 1.0),
            ("0", 0.0, 1.0),
            ("1234.567", 1234.567, 0.001),
            ("12345678901234567890123", 12_345_678_901_234_567_890_123.0, 1.0),
        ];
        for (text, value, unit) in cases {
            if value.is_nan() {
                assert!(parse(text).is_err(), "{text}");
            } else {
                assert_eq!(read(text), (value, unit), "{text}");
            }
        }
    }

    #[test]
    fn one_separator_before_three_digits_depends_on_the_column() {
        for (text, separator) in
            [("1,234", DecimalMark::Comma), ("1.234", DecimalMark::Point), ("$12.345M", DecimalMark::Point)]
        {
            assert_eq!(parse(text).unwrap().mark, Mark::Depends(separator), "{text}");
        }
        let number = parse("1,234").unwrap();
        assert_eq!(number.amount(DecimalMark::Point), Amount::new(1234.0, 1.0));
        assert_eq!(number.amount(DecimalMark::Comma), Amount::new(1.234, 0.001));
    }

    #[test]
    fn signs_are_kept() {
        let code = |code| Some(Sign::Of(Currency::from_code(code).unwrap()));
        let cases = [
            ("€5", code("EUR")),
            ("5 EUR", code("EUR")),
            ("5 Md€", code("EUR")),
            ("$12 CAD", code("CAD")),
            ("kr 5", Some(Sign::Shared(Shared::Crown))),
            ("$5", Some(Sign::Shared(Shared::Dollar))),
            ("5 zł", code("PLN")),
            ("5", None),
        ];
        for (text, sign) in cases {
            assert_eq!(parse(text).unwrap().sign, sign, "{text}");
        }
        let dollar = Sign::Shared(Shared::Dollar);
        assert_eq!(dollar.currency(Currency::from_code("CAD").unwrap()), Currency::from_code("CAD"));
        assert_eq!(dollar.currency(Currency::from_code("EUR").unwrap()), Some(Currency::USD));
        assert_eq!(Sign::Shared(Shared::Crown).currency(Currency::USD), None);
    }

    #[test]
    fn faults() {
        let cases = [
            ("abc", AmountFault::NotANumber),
            ("NaN", AmountFault::NotFinite),
            ("-inf", AmountFault::NotFinite),
            ("1e400", AmountFault::NotFinite),
            ("1e99999999999", AmountFault::NotFinite),
            ("5%", AmountFault::Percentage),
            ("1,23,4", AmountFault::Separators),
            ("1,2,3", AmountFault::Separators),
            ("1.2.3,4,5", AmountFault::Separators),
            ("12 apples", AmountFault::UnknownUnit),
            ("<1000", AmountFault::Bound),
            ("≥ $5m", AmountFault::Bound),
            ("€5 USD", AmountFault::UnknownUnit),
            ("10-12B", AmountFault::Range),
            ("10–12B", AmountFault::Range),
            ("10 to 12 billion", AmountFault::Range),
            ("10 à 12 Md€", AmountFault::Range),
            ("10—", AmountFault::UnknownUnit),
            ("$", AmountFault::NotANumber),
            ("12.5e", AmountFault::Letter),
            ("12.5 r", AmountFault::Letter),
            ("12 mil", AmountFault::Mil),
            ("12 CR", AmountFault::Credit),
            ("12 DR", AmountFault::Credit),
            ("#REF!", AmountFault::SheetError),
            ("١٢٣", AmountFault::Digits),
            ("1,234 (56)", AmountFault::UnknownUnit),
            ("10*2", AmountFault::UnknownUnit),
        ];
        for (text, fault) in cases {
            assert_eq!(parse(text), Err(fault), "{text}");
        }
    }
}
