//! Amounts, how precisely they were written, and currencies.
//!
//! An [`Amount`] keeps the unit of its last stated digit, because "$10B" says less than "$10.0B": the growth model takes the
//! rounding as the figure's reporting error. Reading amounts from text is [`crate::read`]'s; writing them short is here, so
//! that the summary, the charts and the messages all write `$10.2B`.

use std::fmt;
use std::str::FromStr;

/// An amount of money in the currency's major unit, with the precision that it was written in.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Amount {
    value: f64,
    unit: f64,
}

impl Amount {
    /// An amount whose last stated digit is worth `unit`: `10B` is `new(10e9, 1e9)`, `43.2B` is `new(43.2e9, 0.1e9)`.
    ///
    /// `None` unless `value` is finite and `unit` is finite and not negative; a unit of 0 means exact.
    pub fn new(value: f64, unit: f64) -> Option<Self> {
        (value.is_finite() && unit.is_finite() && unit >= 0.0).then_some(Self { value, unit })
    }

    /// An amount taken as exact, or `None` if it is not finite.
    pub fn exact(value: f64) -> Option<Self> {
        Self::new(value, 0.0)
    }

    /// The amount, in the currency's major unit.
    pub fn value(self) -> f64 {
        self.value
    }

    /// What one unit of the last stated digit is worth, in the currency's major unit; 0 if exact.
    pub fn unit(self) -> f64 {
        self.unit
    }

    /// Standard deviation of the rounding, relative to the amount: half a unit of the last stated digit over the root of
    /// three (a uniform error), and 0 for amounts stated to four or more significant digits.
    ///
    /// `10B` is 10 ± 0.5, so 0.0289; `43.2B` 0.0007; `43,229M` 0.
    pub fn rounding(self) -> f64 {
        let significance = self.value.abs() / self.unit;
        // 1,000 units of the last digit is where the fourth significant digit starts. The slack is for 1.001 / 0.001.
        if self.unit <= 0.0 || significance >= 1000.0 * (1.0 - 1e-9) || self.value == 0.0 {
            return 0.0;
        }
        0.5 / significance / 3.0_f64.sqrt()
    }
}

/// A text that is not the code of a currency.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is not the code of a currency, such as USD or EUR")]
pub struct UnknownCurrency(String);

impl FromStr for Currency {
    type Err = UnknownCurrency;

    /// As [`from_code`](Self::from_code).
    fn from_str(code: &str) -> Result<Self, UnknownCurrency> {
        Self::from_code(code).ok_or_else(|| UnknownCurrency(code.to_owned()))
    }
}

/// A currency by its ISO 4217 code.
///
/// ```
/// use topline::money::Currency;
///
/// let euro: Currency = "eur".parse()?;
/// assert_eq!((euro.code(), euro.sign().as_str()), ("EUR", "€"));
/// assert!("euros".parse::<Currency>().is_err());
/// # Ok::<(), topline::money::UnknownCurrency>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Currency([u8; 3]);

impl Currency {
    /// The United States dollar, topline's default.
    pub const USD: Self = Self(*b"USD");

    /// The currency with this ISO 4217 code, in any case, or `None` if there is none.
    pub fn from_code(code: &str) -> Option<Self> {
        let upper = code.trim().to_ascii_uppercase();
        iso_currency::Currency::from_code(&upper)?;
        Some(Self(upper.as_bytes().try_into().ok()?))
    }

    /// ISO 4217 code, such as `USD`.
    pub fn code(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or("XXX")
    }

    /// What is written before an amount: `$`, `€`, `£`, …, or the code and a space for a currency without a sign of its own.
    pub fn sign(self) -> String {
        match SIGNS.iter().find(|(code, ..)| *code == self.code()) {
            Some((_, sign, _)) => (*sign).to_owned(),
            None => format!("{} ", self.code()),
        }
    }

    /// US dollars per unit, to the nearest simple number, or `None` for a currency not in the table.
    ///
    /// Not for conversion: the growth model's priors depend on a company's size in dollars, on a log scale, where a rate
    /// ten percent off moves nothing that can be seen.
    pub fn rough_usd(self) -> Option<f64> {
        SIGNS.iter().find(|(code, ..)| *code == self.code()).map(|(_, _, rate)| *rate)
    }
}

/// Code, sign, and US dollars per unit (orders of magnitude of 2015 to 2025, for [`Currency::rough_usd`]).
const SIGNS: [(&str, &str, f64); 33] = [
    ("USD", "$", 1.0),
    ("EUR", "€", 1.1),
    ("GBP", "£", 1.3),
    ("JPY", "¥", 0.008),
    ("CNY", "CN¥", 0.14),
    ("INR", "₹", 0.013),
    ("KRW", "₩", 0.0008),
    ("CHF", "CHF ", 1.1),
    ("CAD", "C$", 0.75),
    ("AUD", "A$", 0.7),
    ("NZD", "NZ$", 0.65),
    ("HKD", "HK$", 0.13),
    ("SGD", "S$", 0.74),
    ("TWD", "NT$", 0.032),
    ("BRL", "R$", 0.22),
    ("MXN", "MX$", 0.053),
    ("ZAR", "ZAR ", 0.06),
    ("SEK", "SEK ", 0.1),
    ("NOK", "NOK ", 0.11),
    ("DKK", "DKK ", 0.15),
    ("PLN", "zł ", 0.26),
    ("CZK", "CZK ", 0.044),
    ("HUF", "HUF ", 0.003),
    ("RUB", "₽", 0.014),
    ("TRY", "₺", 0.08),
    ("ILS", "₪", 0.28),
    ("AED", "AED ", 0.27),
    ("SAR", "SAR ", 0.27),
    ("THB", "฿", 0.029),
    ("IDR", "IDR ", 0.000_067),
    ("MYR", "MYR ", 0.23),
    ("PHP", "₱", 0.019),
    ("VND", "₫", 0.000_042),
];

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl fmt::Debug for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// An amount for reading, with at most three figures and a trailing `.0` dropped: `$10B`, `$2.5B`, `$43.2M`, `$1T`, `−$5K`.
///
/// From 1e18 on it falls back to powers of ten, `$1e18`, and below one cent likewise.
pub fn short(value: f64, currency: Currency) -> String {
    let minus = if value < 0.0 { "−" } else { "" };
    format!("{minus}{}{}", currency.sign(), short_number(value.abs()))
}

/// An amount that was calculated, always with three figures, so that those of a column are equally precise: `$10.0B` beside `$10.5B`.
///
/// [`short`] is for amounts that somebody stated, whose zeros nobody has to have meant.
pub fn projected(value: f64, currency: Currency) -> String {
    let minus = if value < 0.0 { "−" } else { "" };
    format!("{minus}{}{}", currency.sign(), in_units(value.abs(), three_figures))
}

/// The number of [`short`] without sign and currency: `10B`, `2.5B`, `43.2M`; `value` is not negative.
pub fn short_number(value: f64) -> String {
    in_units(value, |value| {
        let text = three_figures(value);
        if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.').to_owned() } else { text }
    })
}

/// `value` in thousands, millions and so on, as `written` writes what is below a thousand of them.
fn in_units(value: f64, written: impl Fn(f64) -> String) -> String {
    const UNITS: [(f64, &str); 6] = [(1.0, ""), (1e3, "K"), (1e6, "M"), (1e9, "B"), (1e12, "T"), (1e15, "Q")];
    if value == 0.0 {
        return "0".to_owned();
    }
    if !(0.01..1e18).contains(&value) {
        return format!("{value:.2e}").replace(".00e", "e");
    }
    let mut at = UNITS.iter().rposition(|(size, _)| value >= *size).unwrap_or(0);
    let mut text = written(value / UNITS[at].0);
    // 999,999 rounds up into the next unit.
    if text == "1000" && at + 1 < UNITS.len() {
        at += 1;
        text = written(1.0);
    }
    text + UNITS[at].1
}

fn three_figures(value: f64) -> String {
    let decimals = if value >= 99.95 {
        0
    } else if value >= 9.995 {
        1
    } else {
        2
    };
    format!("{value:.decimals$}")
}

/// An amount in full, with commas between thousands: `10,000,000,000`.
pub fn in_full(value: f64) -> String {
    // Fifteen digits are as many as a number holds for certain; what was scaled or added up may have a tail that nobody wrote.
    let rounded: f64 = format!("{:.14e}", value.abs()).parse().unwrap_or(value.abs());
    let text = if rounded < 1.0 { rounded.to_string() } else { format!("{rounded:.6}") };
    let text = if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.') } else { &text };
    let (whole, fraction) = text.split_once('.').map_or((text, None), |(whole, fraction)| (whole, Some(fraction)));
    let mut out = String::new();
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && (whole.len() - index).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    if let Some(fraction) = fraction {
        out = format!("{out}.{fraction}");
    }
    if value < 0.0 { format!("−{out}") } else { out }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rounding_follows_the_last_stated_digit() {
        let close = |value: f64, unit: f64, expected: f64| {
            let got = Amount::new(value, unit).unwrap().rounding();
            assert!((got - expected).abs() < 5e-5, "{value} to {unit}: {got}, not {expected}");
        };
        close(10e9, 1e9, 0.0289);
        close(43.2e9, 0.1e9, 0.0007);
        close(43e9, 1e9, 0.0067);
        close(43_229e6, 1e6, 0.0);
        close(1.001, 0.001, 0.0);
        close(1e10, 0.0, 0.0);
        close(0.0, 1.0, 0.0);
    }

    #[test]
    fn amounts_are_finite() {
        assert_eq!(Amount::new(f64::NAN, 1.0), None);
        assert_eq!(Amount::exact(f64::INFINITY), None);
        assert_eq!(Amount::new(1.0, -1.0), None);
    }

    #[test]
    fn short_amounts() {
        let cases = [
            (10e9, "$10B"),
            (2.5e9, "$2.5B"),
            (500e6, "$500M"),
            (1e12, "$1T"),
            (43.229e9, "$43.2B"),
            (10.25e9, "$10.2B"),
            (136.4e9, "$136B"),
            (999_999.0, "$1M"),
            (999.6, "$1K"),
            (9.996, "$10"),
            (1.23456, "$1.23"),
            (0.5, "$0.5"),
            (0.0, "$0"),
            (-5e3, "−$5K"),
            (2.5e18, "$2.50e18"),
            (1e18, "$1e18"),
        ];
        for (value, expected) in cases {
            assert_eq!(short(value, Currency::USD), expected, "{value}");
        }
        assert_eq!(short(1.5e9, Currency::from_code("eur").unwrap()), "€1.5B");
        assert_eq!(short(1.5e9, Currency::from_code("KES").unwrap()), "KES 1.5B");
    }

    #[test]
    fn calculated_amounts_have_three_figures() {
        let cases = [
            (10e9, "$10.0B"),
            (10.5e9, "$10.5B"),
            (9.42e9, "$9.42B"),
            (136.4e9, "$136B"),
            (100e9, "$100B"),
            (999_999.0, "$1.00M"),
            (0.0, "$0"),
            (-5e3, "−$5.00K"),
            (1e18, "$1e18"),
        ];
        for (value, expected) in cases {
            assert_eq!(projected(value, Currency::USD), expected, "{value}");
        }
    }

    #[test]
    fn amounts_in_full() {
        let cases = [
            (0.0, "0"),
            (999.0, "999"),
            (1e10, "10,000,000,000"),
            (-1234.5, "−1,234.5"),
            (0.25, "0.25"),
            (16_200_901_999.999_998, "16,200,902,000"),
        ];
        for (value, expected) in cases {
            assert_eq!(in_full(value), expected);
        }
    }

    #[test]
    fn currencies_are_of_iso_4217() {
        assert_eq!(Currency::from_code("US"), None);
        assert_eq!(Currency::from_code("ZZZ"), None);
        for (code, ..) in SIGNS {
            assert!(Currency::from_code(code).is_some(), "{code}");
        }
    }
}
