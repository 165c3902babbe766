//! Which files to read, and how.

use std::path::PathBuf;
use std::str::FromStr;

use clap::{Args, ValueEnum};
use topline::calendar::{FiscalCalendar, Month};
use topline::money::Currency;
use topline::read::{DateOrder, DecimalMark, Encoding, Kind};

use crate::cli::peers::PeersArg;

/// Which figures to read, and how.
#[derive(Debug, Args)]
pub struct InputArgs {
    /// Files of figures: CSV, spreadsheets, Parquet; `-` is standard input
    #[arg(required = true, value_name = "FILES")]
    pub files: Vec<PathBuf>,
    /// Only the series whose name matches; `*` and `?` are wildcards, and case does not count
    #[arg(long, value_name = "GLOB")]
    pub series: Vec<String>,
    /// Month in which fiscal years end: 1 to 12, or its name
    #[arg(long, value_name = "MONTH", value_parser = fiscal_year_end, default_value = "12")]
    pub fiscal_year_end: FiscalCalendar,
    /// Currency of amounts that name none (ISO 4217)
    #[arg(long, value_name = "CODE", value_parser = currency, default_value = "USD")]
    pub currency: Currency,
    /// Companies that the series are likened to: startups, software, retail, …, or for some of them "OpenAI=startups" [default: as the
    /// files say, else startups where half of the figures or more are run-rates, and listed where not; see `topline methods growth`]
    #[arg(long, value_name = "[GLOB=]NAME", value_parser = PeersArg::from_str)]
    pub peers: Vec<PeersArg>,
    /// How the files are written, where it cannot be seen.
    #[command(flatten)]
    pub reading: ReadingArgs,
}

/// How files are to be read, where they leave it open.
#[derive(Debug, Args)]
#[command(next_help_heading = "Reading")]
pub struct ReadingArgs {
    /// Column that says when, if its name is none that is known
    #[arg(long, value_name = "NAME")]
    pub period_column: Option<String>,
    /// Column of amounts
    #[arg(long, value_name = "NAME")]
    pub value_column: Option<String>,
    /// Column that names the series
    #[arg(long, value_name = "NAME")]
    pub series_column: Option<String>,
    /// Kind of figures that do not say theirs: revenue, run-rate, target, contract, event
    #[arg(long, value_name = "KIND", value_parser = kind)]
    pub kind: Option<Kind>,
    /// Decimal mark: `.` or `,` [default: what the column shows]
    #[arg(long, value_name = "MARK", value_parser = decimal)]
    pub decimal: Option<DecimalMark>,
    /// Order of day and month in dates such as 03/04/2025 [default: what the column shows]
    #[arg(long, value_enum, value_name = "ORDER")]
    pub date_order: Option<DateOrderArg>,
    /// What stands between cells: a character, or `tab` [default: what the file shows]
    #[arg(long, value_name = "CHAR", value_parser = delimiter)]
    pub delimiter: Option<u8>,
    /// Encoding, such as utf-8, windows-1252 or utf-16le [default: what the file shows]
    #[arg(long, value_name = "NAME", value_parser = encoding)]
    pub encoding: Option<Encoding>,
    /// Lines to pass over at the beginning of each file
    #[arg(long, value_name = "LINES", default_value_t = 0)]
    pub skip: usize,
    /// Sheet of a workbook, by name or by number from 1 [default: the first with figures]
    #[arg(long, value_name = "NAME")]
    pub sheet: Option<String>,
    /// Leave out figures that became known after this day
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub as_of: Option<chrono::NaiveDate>,
    /// Exchange rates to --currency: a CSV with the columns date, currency, rate
    #[arg(long, value_name = "FILE")]
    pub rates: Option<PathBuf>,
}

/// Orders of day and month.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum DateOrderArg {
    /// 30/06/2025
    Dmy,
    /// 06/30/2025
    Mdy,
}

impl From<DateOrderArg> for DateOrder {
    fn from(order: DateOrderArg) -> Self {
        match order {
            DateOrderArg::Dmy => Self::DayFirst,
            DateOrderArg::Mdy => Self::MonthFirst,
        }
    }
}

fn fiscal_year_end(text: &str) -> Result<FiscalCalendar, String> {
    let by_name = || {
        let lower = text.to_lowercase();
        let months = (1..=12).filter_map(|number| Month::new(2000, number));
        let mut named = months.filter(|month| lower.len() >= 3 && month.long_name().to_lowercase().starts_with(&lower));
        named.next().map(Month::month)
    };
    let month = text.parse().ok().or_else(by_name);
    month.and_then(FiscalCalendar::ending_in).ok_or_else(|| "give a month as 1 to 12 or by its name: 06, June".to_owned())
}

fn currency(text: &str) -> Result<Currency, String> {
    Currency::from_code(text).ok_or_else(|| "give a currency by its ISO 4217 code: USD, EUR, JPY".to_owned())
}

fn kind(text: &str) -> Result<Kind, String> {
    Kind::from_name(text).ok_or_else(|| "kinds are revenue, run-rate, target, contract and event".to_owned())
}

fn decimal(text: &str) -> Result<DecimalMark, String> {
    match text {
        "." | "point" => Ok(DecimalMark::Point),
        "," | "comma" => Ok(DecimalMark::Comma),
        _ => Err("give . or ,".to_owned()),
    }
}

fn delimiter(text: &str) -> Result<u8, String> {
    match text.as_bytes() {
        [one] if one.is_ascii_punctuation() && *one != b'"' || *one == b'\t' => Ok(*one),
        _ if text == "tab" || text == "\\t" => Ok(b'\t'),
        _ => Err("give one character, such as ; or |, or the word tab".to_owned()),
    }
}

fn day(text: &str) -> Result<chrono::NaiveDate, String> {
    text.parse().map_err(|_| "give a day as year-month-day: 2025-06-30".to_owned())
}

fn encoding(text: &str) -> Result<Encoding, String> {
    Encoding::from_label(text).ok_or_else(|| "give an encoding by its name: utf-8, windows-1252, utf-16le".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn delimiters_and_decimal_marks() {
        assert_eq!((delimiter(";"), delimiter("tab"), delimiter("\t")), (Ok(b';'), Ok(b'\t'), Ok(b'\t')));
        for wrong in ["", "ab", "x", "\"", "1", "é"] {
            assert!(delimiter(wrong).is_err(), "{wrong}");
        }
        assert_eq!(decimal(","), Ok(DecimalMark::Comma));
        assert!(decimal(";").is_err());
    }

    #[test]
    fn fiscal_year_end_by_number_or_name() {
        for text in ["06", "6", "June", "jun"] {
            assert_eq!(fiscal_year_end(text).unwrap().year_end(), 6);
        }
        for wrong in ["13", "0", "j", ""] {
            assert!(fiscal_year_end(wrong).is_err(), "{wrong}");
        }
    }
}
