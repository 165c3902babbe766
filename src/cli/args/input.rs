//! Which files to read, and how.

use std::path::PathBuf;
use std::str::FromStr;

use clap::{Args, ValueEnum};
use topline::calendar::{FiscalCalendar, Month, Step};
use topline::money::Currency;
use topline::read::{
    Cumulative, DateOrder, DecimalMark, Encoding, Exclusion, Kind, Missing, PeriodLabels, Reset, TrailingZeros, Unit,
};

use super::{KindArg, PeersArg};

/// Which figures to read, and how.
#[derive(Clone, Debug, Args)]
pub struct InputArgs {
    /// Files (CSV, spreadsheets, …), or figures: 'OpenAI: $10B run-rate June 2025'
    ///
    /// CSV and other text, spreadsheets, Parquet and the SEC's JSON; `-` is standard input. Figures have the name of their
    /// series, a colon and a space in front, and a semicolon between them: 'OpenAI: $10B run-rate June 2025; target $12B 2025'.
    #[arg(value_name = "FILES")]
    pub files: Vec<PathBuf>,
    /// Figures as text, even if there is a file of that name
    #[arg(long, value_name = "TEXT", hide_short_help = true)]
    pub figure: Vec<String>,
    /// Only series of this name: 'Open*'
    ///
    /// `*` and `?` are wildcards, and case does not count.
    #[arg(short, long, value_name = "GLOB")]
    pub series: Vec<String>,
    /// Month in which fiscal years end: June, 6
    ///
    /// By default as the files say, else December.
    #[arg(long, value_name = "MONTH", value_parser = fiscal_year_end)]
    pub fiscal_year_end: Option<FiscalCalendar>,
    /// Currency of amounts without one: USD, EUR
    ///
    /// A code of ISO 4217. By default USD, which is said.
    #[arg(long, value_name = "CODE", value_parser = currency)]
    pub currency: Option<Currency>,
    /// Peer companies of the series: startups, software, retail, …, or for some of them "OpenAI=startups"
    ///
    /// By default as the files say, else startups if half of the figures or more are run-rates, and listed otherwise; see
    /// `topline methods growth`.
    #[arg(long, value_name = "[GLOB=]NAME", value_parser = PeersArg::from_str, hide_short_help = true)]
    pub peers: Vec<PeersArg>,
    /// How the files are written, where it cannot be seen.
    #[command(flatten)]
    pub reading: ReadingArgs,
}

/// How files are to be read, where they leave it open.
#[derive(Clone, Debug, Args)]
#[command(next_help_heading = "Reading")]
#[expect(clippy::struct_excessive_bools, reason = "flags of a command line")]
pub struct ReadingArgs {
    /// Column of dates or periods
    #[arg(long, value_name = "NAME")]
    pub period_column: Option<String>,
    /// Column of amounts; repeat it to read each column as a series
    #[arg(long, value_name = "NAME")]
    pub value_column: Vec<String>,
    /// Column that names the series
    #[arg(long, value_name = "NAME", conflicts_with_all = ["by", "sum"])]
    pub series_column: Option<String>,
    /// Column whose values become the series, with everything else added up; repeat it for combinations
    #[arg(long, value_name = "NAME")]
    pub by: Vec<String>,
    /// Add up all rows of each period into one series
    #[arg(long, conflicts_with = "by")]
    pub sum: bool,
    /// Line of an income statement to read
    #[arg(long, value_name = "LABEL")]
    pub line: Option<String>,
    /// Kind of figures that do not state one: revenue, run-rate, target, contract, event
    #[arg(long, value_name = "KIND", value_parser = kind)]
    pub kind: Option<Kind>,
    /// What an amount of 1 is worth, such as "USD million" or thousand [default: what the files say]
    #[arg(long, value_name = "UNIT")]
    pub unit: Option<Unit>,
    /// Decimal mark: `.` or `,` [default: what the column shows]
    #[arg(long, value_name = "MARK", value_parser = decimal)]
    pub decimal: Option<DecimalMark>,
    /// Order of day and month in dates such as 03/04/2025 [default: what the column shows]
    #[arg(long, value_enum, value_name = "ORDER")]
    pub date_order: Option<DateOrderArg>,
    /// Length of totals dated only by a day or a month: month, quarter, half or year [default: what their spacing
    /// shows]
    #[arg(long, value_enum, value_name = "STEP")]
    pub each: Option<EachArg>,
    /// What labels such as 2006-07 are: fiscal years, or months [default: what the column shows]
    #[arg(long, value_enum, value_name = "WHAT")]
    pub period_labels: Option<PeriodLabelsArg>,
    /// Hours that the figures' local time is ahead of UTC, for dates with a time of day: 2, -5, 5:30
    #[arg(long, value_name = "HOURS", value_parser = utc_offset, allow_hyphen_values = true)]
    pub utc_offset: Option<i16>,
    /// Cell delimiter: a character, or `tab` [default: what the file shows]
    #[arg(long, value_name = "CHAR", value_parser = delimiter)]
    pub delimiter: Option<u8>,
    /// Encoding, such as utf-8, windows-1252 or utf-16le [default: what the file shows]
    #[arg(long, value_name = "NAME", value_parser = encoding)]
    pub encoding: Option<Encoding>,
    /// Lines to skip at the beginning of each file
    #[arg(long, value_name = "LINES", default_value_t = 0)]
    pub skip: usize,
    /// Sheet of a workbook, by name or by number from 1 [default: the first with figures]
    #[arg(long, value_name = "NAME")]
    pub sheet: Option<String>,
    /// Memory that a workbook or Parquet file may unpack to, in MiB
    #[arg(long, value_name = "MIB", default_value_t = 1024)]
    pub memory_limit: u64,
    /// Leave out figures that became known after this day
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub as_of: Option<chrono::NaiveDate>,
    /// Totals are sums since the start of the year, or of the half-year: convert them to single periods
    #[arg(long, value_enum, value_name = "SINCE", num_args = 0..=1, require_equals = true, default_missing_value = "year")]
    pub cumulative: Option<ResetArg>,
    /// Totals are single periods, though they look like sums since the start of the year
    #[arg(long, conflicts_with = "cumulative")]
    pub not_cumulative: bool,
    /// Leave out the last period as incomplete
    #[arg(long)]
    pub drop_last: bool,
    /// Keep the last period as it is, however low
    #[arg(long, conflicts_with = "drop_last")]
    pub keep_last: bool,
    /// What zeros at the end are: future periods (drop), or periods without revenue (keep)
    #[arg(long, value_enum, value_name = "WHAT")]
    pub trailing_zeros: Option<TrailingZerosArg>,
    /// What months without a row are: without revenue (zero), or unknown
    #[arg(long, value_enum, value_name = "WHAT")]
    pub missing: Option<MissingArg>,
    /// Accept figures that look wrong: warn instead of stopping
    #[arg(long)]
    pub as_given: bool,
    /// Leave figures out of the fit: 2021, 2020-03..2021-12, ..2019, optionally with a series in front: North:2021
    #[arg(long, value_name = "[SERIES:]PERIODS", value_parser = exclusion)]
    pub exclude: Vec<Exclusion>,
    /// Treat every warning as an error
    #[arg(long)]
    pub strict: bool,
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

/// Lengths of totals.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum EachArg {
    /// One month
    Month,
    /// Three months
    Quarter,
    /// Six months
    Half,
    /// Twelve months
    Year,
}

impl From<EachArg> for Step {
    fn from(each: EachArg) -> Self {
        match each {
            EachArg::Month => Self::Month,
            EachArg::Quarter => Self::Quarter,
            EachArg::Half => Self::Half,
            EachArg::Year => Self::Year,
        }
    }
}

/// Readings of labels such as 2006-07.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum PeriodLabelsArg {
    /// The fiscal year 2007
    Years,
    /// July 2006
    Months,
}

impl From<PeriodLabelsArg> for PeriodLabels {
    fn from(labels: PeriodLabelsArg) -> Self {
        match labels {
            PeriodLabelsArg::Years => Self::Years,
            PeriodLabelsArg::Months => Self::Months,
        }
    }
}

/// Minutes ahead of UTC, of `2`, `+1`, `-5` or `5:30`.
fn utc_offset(text: &str) -> Result<i16, String> {
    let (back, plain) = match text.strip_prefix('-') {
        Some(plain) => (true, plain),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    let (hours, minutes) = plain.split_once(':').unwrap_or((plain, "0"));
    let part = |text: &str, most: i16| text.parse().ok().filter(|part: &i16| (0..=most).contains(part));
    let minutes = part(hours, 14).zip(part(minutes, 59)).map(|(hours, minutes)| hours * 60 + minutes);
    let minutes = minutes.ok_or_else(|| "give hours ahead of UTC, up to 14: 2, -5 or 5:30".to_owned())?;
    Ok(if back { -minutes } else { minutes })
}

/// From when cumulative amounts count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ResetArg {
    /// The start of the fiscal year
    Year,
    /// The start of each half of the fiscal year
    HalfYear,
    /// The first figure
    Start,
}

/// What zeros at the end are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum TrailingZerosArg {
    /// Future periods
    Drop,
    /// Periods without revenue
    Keep,
}

/// What months without a row are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum MissingArg {
    /// Without revenue
    Zero,
    /// Unknown
    Unknown,
}

impl ReadingArgs {
    /// Whether totals are sums since the beginning of the year, if that is said.
    pub fn cumulative(&self) -> Option<Cumulative> {
        let within = self.cumulative.map(|reset| {
            Cumulative::Within(match reset {
                ResetArg::Year => Reset::Year,
                ResetArg::HalfYear => Reset::HalfYear,
                ResetArg::Start => Reset::Never,
            })
        });
        within.or(self.not_cumulative.then_some(Cumulative::No))
    }

    /// Whether the last period is left out, if that is said.
    pub fn drops_last(&self) -> Option<bool> {
        if self.drop_last || self.keep_last { Some(self.drop_last) } else { None }
    }

    /// What zeros at the end are, if that is said.
    pub fn trailing_zeros(&self) -> Option<TrailingZeros> {
        self.trailing_zeros.map(|what| match what {
            TrailingZerosArg::Drop => TrailingZeros::Drop,
            TrailingZerosArg::Keep => TrailingZeros::Keep,
        })
    }

    /// What months without a row are, if that is said.
    pub fn missing(&self) -> Option<Missing> {
        self.missing.map(|what| match what {
            MissingArg::Zero => Missing::Zero,
            MissingArg::Unknown => Missing::Unknown,
        })
    }
}

fn exclusion(text: &str) -> Result<Exclusion, String> {
    text.parse().map_err(|_| "give a period or a stretch of them: 2021, 2020-03..2021-12, ..2019, Series:2022Q1..".to_owned())
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
    Kind::from_name(text).ok_or_else(|| {
        let chart = if <KindArg as ValueEnum>::from_str(text, false).is_ok() {
            format!("; a chart is drawn in that way by --as {text}")
        } else {
            String::new()
        };
        format!("kinds of figures are revenue, run-rate, target, contract and event{chart}")
    })
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
    fn hours_ahead_of_utc() {
        for (text, minutes) in [("2", 120), ("+1", 60), ("-5", -300), ("5:30", 330), ("0", 0)] {
            assert_eq!(utc_offset(text), Ok(minutes), "{text}");
        }
        for wrong in ["", "CET", "15", "2:75", "--2", "1.5"] {
            assert!(utc_offset(wrong).is_err(), "{wrong}");
        }
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
