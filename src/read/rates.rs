//! Exchange rates, as the user gives them: dated, and never made up.

use std::collections::BTreeMap;
use std::io;

use crate::calendar::{FiscalCalendar, Month, Period};
use crate::money::Currency;
use crate::near::normalise;

use crate::read::cell::amount::{self, DecimalMark, Mark};
use crate::read::cell::period::{self, When, nearest_month_end};
use crate::read::report::error::{ProblemKind, ReadError};
use crate::read::report::problems::{KEPT, Problems};
use crate::read::source::dialect;
use crate::read::table::{Next, Record, Records};

/// Rates of exchange by currency and month.
#[derive(Clone, Debug, PartialEq)]
pub struct Rates {
    to: Currency,
    rates: BTreeMap<Currency, BTreeMap<Month, f64>>,
}

/// Why there are no rates.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum RatesError {
    /// The file cannot be read.
    #[error("{0}")]
    Io(#[from] io::Error),
    /// What stands in it is wrong.
    #[error("{0}")]
    Read(#[from] ReadError),
}

/// The columns of a file of rates.
const COLUMNS: [&str; 3] = ["date", "currency", "rate"];

impl Rates {
    /// Reads rates to the currency `to` from a CSV with the columns `date`, `currency` and `rate`: what one unit of the
    /// currency is worth at that date, or on average in that month, quarter or year. `file` is its name, for messages.
    ///
    /// # Errors
    ///
    /// If the file cannot be read, lacks a column, or holds a date, currency or rate that is none: all such cells together.
    pub fn read(file: &str, input: impl io::Read, to: Currency) -> Result<Self, RatesError> {
        let mut problems = Problems::new(file.into());
        let mut rates = Self { to, rates: BTreeMap::new() };
        rates.read_into(&mut Records::new(input, None), &mut problems)?;
        if problems.total == 0 { Ok(rates) } else { Err(ReadError::new(problems.kept, problems.total).into()) }
    }

    fn read_into<R: io::Read>(&mut self, records: &mut Records<R>, problems: &mut Problems) -> io::Result<()> {
        let head = records.ahead(KEPT)?;
        if let Some(what) = dialect::not_text(head) {
            problems.of_file(ProblemKind::NotText(what));
            return Ok(());
        }
        let delimiter = dialect::delimiter(head);
        records.set_delimiter(delimiter);
        let mut columns = None;
        loop {
            match records.next()? {
                Next::Record => {}
                Next::Fault(fault) => problems.of_text(&fault),
                Next::End => break,
            }
            let Some(record) = records.current().filter(|record| !record.is_blank()) else { continue };
            match columns {
                None => match columns_of(&record, problems) {
                    Some(found) => columns = Some((found, record.len())),
                    None => return Ok(()),
                },
                Some((columns, width)) => self.row(&record, columns, width, problems),
            }
        }
        if columns.is_none() && problems.total == 0 {
            problems.of_file(ProblemKind::Empty);
        }
        Ok(())
    }

    /// Takes the rate of one row, or reports what is wrong with its cells.
    fn row(&mut self, record: &Record<'_>, [date, currency, rate]: [usize; 3], width: usize, problems: &mut Problems) {
        let found = record.len();
        if found < width || (width..found).any(|at| !record.is_empty(at)) {
            let kind = ProblemKind::Width { expected: width, found, split_amount: false };
            return problems.in_row(record, found.min(width), kind);
        }
        let period = months_of(&record.cell(date));
        let code = Currency::from_code(&record.cell(currency));
        let number = rate_of(&record.cell(rate));
        if let Err(kind) = &period {
            problems.in_cell(record, date, Some(COLUMNS[0]), kind.clone());
        }
        if code.is_none() {
            problems.in_cell(record, currency, Some(COLUMNS[1]), ProblemKind::Currency);
        }
        if number.is_none() {
            problems.in_cell(record, rate, Some(COLUMNS[2]), ProblemKind::Rate);
        }
        let (Ok(period), Some(code), Some(number)) = (period, code, number) else { return };
        let of_currency = self.rates.entry(code).or_default();
        for month in 0..period.months() {
            of_currency.insert(period.first().plus(i32::try_from(month).unwrap_or(0)), number);
        }
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

/// Where the columns stand; a problem for each that is missing.
fn columns_of(header: &Record<'_>, problems: &mut Problems) -> Option<[usize; 3]> {
    let place = |name: &str| (0..header.len()).find(|at| normalise(&header.cell(*at)) == name);
    let places = COLUMNS.map(place);
    for (name, _) in COLUMNS.iter().zip(&places).filter(|(_, place)| place.is_none()) {
        problems.in_row(header, 0, ProblemKind::NoRatesColumn { name });
    }
    let [Some(date), Some(currency), Some(rate)] = places else { return None };
    Some([date, currency, rate])
}

fn months_of(text: &str) -> Result<Period, ProblemKind> {
    if text.is_empty() {
        return Err(ProblemKind::EmptyCell);
    }
    let fault = |fault| ProblemKind::Period(fault);
    let period = match period::parse_alone(text).map_err(fault)? {
        When::Day(day) => nearest_month_end(day).or_else(|| Month::of(day)).map(Period::from),
        when => when.period(FiscalCalendar::default()),
    };
    period.ok_or(ProblemKind::Period(period::PeriodFault::NotAPeriod))
}

/// A rate. Its point is a decimal point, also before three digits; a comma could group thousands or mark decimals.
fn rate_of(text: &str) -> Option<f64> {
    let number = amount::parse(text).ok().filter(|number| number.sign.is_none())?;
    let comma = matches!(number.mark, Mark::Shows(DecimalMark::Comma) | Mark::Depends(DecimalMark::Comma));
    if comma {
        return None;
    }
    let rate = number.settled(DecimalMark::Point).amount(DecimalMark::Point)?.value();
    (rate > 0.0).then_some(rate)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn eur() -> Currency {
        Currency::from_code("EUR").unwrap()
    }

    fn faults(text: &str) -> Vec<String> {
        let Err(RatesError::Read(error)) = Rates::read("rates.csv", text.as_bytes(), Currency::USD) else { panic!("{text}") };
        error.problems().iter().map(|problem| format!("{}: {}", problem.place, problem.message_text())).collect()
    }

    #[test]
    fn rates_hold_until_the_next() {
        let text = "date,currency,rate\n2024,EUR,1.08\n2025-01-31,eur,1.04\n2025-06-30,EUR,1.165\n";
        let rates = Rates::read("rates.csv", text.as_bytes(), Currency::USD).unwrap();
        let rate = |first: (i32, u32), last: (i32, u32)| {
            let month = |(year, month)| Month::new(year, month).unwrap();
            rates.rate(eur(), Period::new(month(first), month(last)).unwrap())
        };
        assert_eq!(rate((2024, 3), (2024, 3)), Some(1.08));
        assert_eq!(rate((2025, 6), (2025, 6)), Some(1.165));
        assert_eq!(rate((2025, 5), (2025, 6)), Some((1.04 + 1.165) / 2.0));
        assert_eq!(rate((2023, 12), (2024, 1)), None);
        assert_eq!(rates.rate(Currency::USD, Month::new(1990, 1).unwrap().into()), Some(1.0));
    }

    #[test]
    fn all_faults_are_told_with_line_and_column() {
        for ending in ["\n", "\r\n", "\r"] {
            let lines = ["\u{feff}Date;Currency;Rate", "", "2024;EUR;abc", "", "soon;EURO;1.1", "2024;EUR"];
            let expected = [
                "rates.csv:3:10: \"abc\" is not an exchange rate",
                "rates.csv:5:1: \"soon\" is not a period",
                "rates.csv:5:6: \"EURO\" is not a known currency",
                "rates.csv:6:9: the header has 3 columns, but this row has 2",
            ];
            assert_eq!(faults(&lines.join(ending)), expected);
        }
        assert_eq!(faults("date,currency,rate\n2024,EUR,\"1,080\"\n").len(), 1);
        assert_eq!(faults("date,rate\n"), ["rates.csv:1:1: the file of rates has no column called \"currency\""]);
        assert_eq!(faults(""), ["rates.csv:1:1: the file is empty"]);
    }
}
