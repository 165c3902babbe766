//! Exchange rates, as the user gives them: dated, and never made up.

use std::collections::BTreeMap;
use std::io;

use crate::calendar::{Month, Period};
use crate::money::Currency;

use crate::read::cell::amount::{self, DecimalMark, Mark};
use crate::read::cell::period::{self, When, nearest_month_end};

/// Rates of exchange by currency and month.
#[derive(Clone, Debug, PartialEq)]
pub struct Rates {
    to: Currency,
    rates: BTreeMap<Currency, BTreeMap<Month, f64>>,
}

/// What is wrong with a file of rates.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum RatesError {
    /// It cannot be read.
    #[error("the rates cannot be read: {0}")]
    Io(#[from] csv::Error),
    /// A column is missing.
    #[error("the file of rates needs the columns date, currency and rate; {0} is missing")]
    NoColumn(&'static str),
    /// A cell is wrong.
    #[error("line {line}: {found:?} is no {expected}")]
    Cell {
        /// The line, from 1.
        line: u64,
        /// The text found.
        found: String,
        /// What should stand there.
        expected: &'static str,
    },
}

impl Rates {
    /// Reads rates to the currency `to` from a CSV with the columns `date`, `currency` and `rate`: what one unit of the
    /// currency is worth at that date, or on average in that month, quarter or year.
    ///
    /// # Errors
    ///
    /// If the file cannot be read, lacks a column, or holds a date, currency or rate that is none.
    pub fn read(input: impl io::Read, to: Currency) -> Result<Self, RatesError> {
        let mut reader = csv::ReaderBuilder::new().trim(csv::Trim::All).from_reader(input);
        let headers = reader.headers()?.clone();
        let column = |name: &'static str| {
            headers
                .iter()
                .position(|header| header.trim_start_matches('\u{feff}').eq_ignore_ascii_case(name))
                .ok_or(RatesError::NoColumn(name))
        };
        let (date, currency, rate) = (column("date")?, column("currency")?, column("rate")?);
        let mut rates: BTreeMap<Currency, BTreeMap<Month, f64>> = BTreeMap::new();
        for record in reader.records() {
            let record = record?;
            let line = record.position().map_or(0, csv::Position::line);
            let cell = |at: usize| record.get(at).unwrap_or("");
            let wrong = |at: usize, expected| RatesError::Cell { line, found: cell(at).to_owned(), expected };
            let period = months_of(cell(date)).ok_or_else(|| wrong(date, "date"))?;
            let code = Currency::from_code(cell(currency)).ok_or_else(|| wrong(currency, "currency code"))?;
            let number = amount::parse(cell(rate)).ok().filter(|number| number.mark != Mark::Shows(DecimalMark::Comma));
            let number = number.and_then(|number| number.amount(DecimalMark::Point)).filter(|rate| rate.value() > 0.0);
            let number = number.ok_or_else(|| wrong(rate, "rate"))?.value();
            let of_currency = rates.entry(code).or_default();
            for month in 0..period.months() {
                of_currency.insert(period.first().plus(i32::try_from(month).unwrap_or(0)), number);
            }
        }
        Ok(Self { to, rates })
    }

    /// The currency that amounts are turned into.
    pub fn to(&self) -> Currency {
        self.to
    }

    /// What one unit of `from` is worth over a period: the mean over its months of the rate given for the month, or of the
    /// last one before. `None` if a month has neither.
    pub fn rate(&self, from: Currency, period: Period) -> Option<f64> {
        if from == self.to {
            return Some(1.0);
        }
        let rates = self.rates.get(&from)?;
        let at = |month: Month| rates.range(..=month).next_back().map(|(_, rate)| *rate);
        // From the first rate on, so that a rate that does not change is itself, to the last bit.
        let first = at(period.first())?;
        let mut above = 0.0;
        for month in 0..period.months() {
            above += at(period.first().plus(i32::try_from(month).ok()?))? - first;
        }
        Some(first + above / f64::from(period.months()))
    }
}

fn months_of(text: &str) -> Option<Period> {
    match period::parse_alone(text).ok()? {
        When::Day(day) => Some(nearest_month_end(day).or_else(|| Month::of(day))?.into()),
        when => when.period(crate::calendar::FiscalCalendar::default()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn eur() -> Currency {
        Currency::from_code("EUR").unwrap()
    }

    #[test]
    fn rates_hold_until_the_next() {
        let text = "date,currency,rate\n2024,EUR,1.08\n2025-01-31,eur,1.04\n2025-06-30,EUR,1.16\n";
        let rates = Rates::read(text.as_bytes(), Currency::USD).unwrap();
        let rate = |first: (i32, u32), last: (i32, u32)| {
            let month = |(year, month)| Month::new(year, month).unwrap();
            rates.rate(eur(), Period::new(month(first), month(last)).unwrap())
        };
        assert_eq!(rate((2024, 3), (2024, 3)), Some(1.08));
        assert_eq!(rate((2025, 5), (2025, 5)), Some(1.04));
        assert_eq!(rate((2025, 5), (2025, 6)), Some((1.04 + 1.16) / 2.0));
        assert_eq!(rate((2023, 12), (2024, 1)), None);
        assert_eq!(rates.rate(Currency::USD, Month::new(1990, 1).unwrap().into()), Some(1.0));
    }

    #[test]
    fn faults_are_told_with_their_line() {
        let error = Rates::read(&b"date,currency,rate\n2024,EUR,abc\n"[..], Currency::USD).unwrap_err();
        assert_eq!(error.to_string(), "line 2: \"abc\" is no rate");
        let error = Rates::read(&b"date,rate\n"[..], Currency::USD).unwrap_err();
        assert_eq!(error.to_string(), "the file of rates needs the columns date, currency and rate; currency is missing");
    }
}
