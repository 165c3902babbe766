//! Keyword arguments to the options of the library: the command line's, with its words.

use std::fmt::Display;
use std::fs::File;
use std::str::FromStr;

use pyo3::prelude::*;
use pyo3::types::{PyDict, PyList, PyTuple};
use topline::calendar::{FiscalCalendar, Month, Step};
use topline::money::Currency;
use topline::read::{
    Cumulative, DateOrder, DecimalMark, Encoding, Kind, Missing, Options, PeriodLabels, Rates, RatesError, Reset, TrailingZeros,
};
use topline::series::Peers;

use crate::failure::Failure;

/// Arguments by name, each taken once.
pub(crate) struct Arguments<'py>(Bound<'py, PyDict>);

impl<'py> Arguments<'py> {
    /// Those that Python hands over; what is `None` is not given.
    pub(crate) fn new(given: &Bound<'py, PyDict>) -> PyResult<Self> {
        Ok(Self(given.copy()?))
    }

    fn take(&self, name: &str) -> Result<Option<Bound<'py, PyAny>>, Failure> {
        let value = self.0.get_item(name)?;
        if value.is_some() {
            self.0.del_item(name)?;
        }
        Ok(value.filter(|value| !value.is_none()))
    }

    /// Whether an argument is given; it is left there.
    pub(crate) fn has(&self, name: &str) -> Result<bool, Failure> {
        Ok(self.0.get_item(name)?.is_some_and(|value| !value.is_none()))
    }

    /// A flag, which is off unless it is given.
    pub(crate) fn flag(&self, name: &str) -> Result<bool, Failure> {
        Ok(self.switch(name)?.unwrap_or(false))
    }

    /// `True`, `False` or not given.
    pub(crate) fn switch(&self, name: &str) -> Result<Option<bool>, Failure> {
        let Some(value) = self.take(name)? else { return Ok(None) };
        value.extract().map(Some).map_err(|_| wrong(name, &value, "give True or False"))
    }

    /// A whole number from 1.
    pub(crate) fn count(&self, name: &str) -> Result<Option<usize>, Failure> {
        let Some(value) = self.take(name)? else { return Ok(None) };
        let count = value.extract::<usize>().ok().filter(|count| *count > 0);
        count.map(Some).ok_or_else(|| wrong(name, &value, "give a whole number from 1"))
    }

    /// The text of a value: dates and numbers as Python writes them.
    pub(crate) fn text(&self, name: &str) -> Result<Option<String>, Failure> {
        Ok(self.take(name)?.map(|value| value.str().map(|text| text.to_string())).transpose()?)
    }

    /// One value or several, as texts.
    pub(crate) fn texts(&self, name: &str) -> Result<Vec<String>, Failure> {
        let Some(value) = self.take(name)? else { return Ok(Vec::new()) };
        let several = value.is_instance_of::<PyList>() || value.is_instance_of::<PyTuple>();
        let values = if several { value.try_iter()?.collect::<PyResult<Vec<_>>>()? } else { vec![value] };
        Ok(values.iter().map(|value| value.str().map(|text| text.to_string())).collect::<PyResult<_>>()?)
    }

    /// A value as `parse` reads its text, or `hint` on what to write.
    pub(crate) fn parsed<T>(&self, name: &str, hint: &str, parse: impl Fn(&str) -> Option<T>) -> Result<Option<T>, Failure> {
        let Some(text) = self.text(name)? else { return Ok(None) };
        parse(&text).map(Some).ok_or_else(|| wrong(name, &text, hint))
    }

    /// A value by its own parser and that one's words.
    pub(crate) fn read<T: FromStr<Err: Display>>(&self, name: &str) -> Result<Option<T>, Failure> {
        let Some(text) = self.text(name)? else { return Ok(None) };
        text.parse().map(Some).map_err(|error: T::Err| wrong(name, &text, &error.to_string()))
    }

    /// Which peers series have, by the names of the series; `None` stands for all.
    pub(crate) fn peers(&self) -> Result<Vec<(Option<String>, Peers)>, Failure> {
        let Some(value) = self.take("peers")? else { return Ok(Vec::new()) };
        let peers = |text: &Bound<'_, PyAny>| {
            let text = text.str()?.to_string();
            text.parse::<Peers>().map_err(|error| wrong("peers", &text, &error.to_string()))
        };
        let Ok(by_name) = value.cast::<PyDict>() else { return Ok(vec![(None, peers(&value)?)]) };
        by_name.iter().map(|(name, of)| Ok((Some(name.str()?.to_string()), peers(&of)?))).collect()
    }

    /// That nothing is left which nobody knows.
    pub(crate) fn end(self) -> Result<(), Failure> {
        match self.0.keys().iter().next() {
            None => Ok(()),
            Some(name) => Err(Failure::Python(pyo3::exceptions::PyTypeError::new_err(format!(
                "there is no argument {name}; help(topline.project) lists those that there are"
            )))),
        }
    }
}

fn wrong(name: &str, value: impl Display, hint: &str) -> Failure {
    Failure::usage(format!("{name}={value}: not understood"), hint)
}

/// The words for a choice.
fn choice<'c, T: Copy>(choices: &'c [(&'c str, T)]) -> impl Fn(&str) -> Option<T> + 'c {
    move |text| choices.iter().find(|(word, _)| *word == text).map(|(_, choice)| *choice)
}

/// How tables and files are to be read.
pub(crate) fn reading(given: &Arguments<'_>) -> Result<Options, Failure> {
    let mut options = Options::default();
    options.calendar = given.parsed("fiscal_year_end", "give a month as 1 to 12 or by its name: 6, June", fiscal_year_end)?;
    options.currency = given
        .parsed("currency", "give a currency by its ISO 4217 code: USD, EUR, JPY", Currency::from_code)?
        .unwrap_or(options.currency);
    options.kind =
        given.parsed("kind", "kinds of figures are revenue, run-rate, target, contract and event", Kind::from_name)?;
    options.unit = given.read("unit")?;
    options.decimal =
        given.parsed("decimal", "give . or ,", choice(&[(".", DecimalMark::Point), (",", DecimalMark::Comma)]))?;
    let orders = [("dmy", DateOrder::DayFirst), ("mdy", DateOrder::MonthFirst)];
    options.date_order = given.parsed("date_order", "give dmy or mdy", choice(&orders))?;
    options.each = step(given, "each")?;
    let labels = [("years", PeriodLabels::Years), ("months", PeriodLabels::Months)];
    options.period_labels = given.parsed("period_labels", "give years or months", choice(&labels))?;
    options.utc_offset = given.parsed("utc_offset", "give hours ahead of UTC, up to 14: 2, -5 or 5:30", utc_offset)?;
    options.delimiter = given.parsed("delimiter", "give one character, such as ; or |, or the word tab", delimiter)?;
    options.encoding =
        given.parsed("encoding", "give an encoding by its name: utf-8, windows-1252, utf-16le", Encoding::from_label)?;
    options.skip = given.parsed("skip", "give a number of lines", |text| text.parse().ok())?.unwrap_or(0);
    options.sheet = given.text("sheet")?;
    options.columns.period = given.text("period_column")?;
    options.columns.value = given.texts("value_column")?;
    options.columns.series = given.text("series_column")?;
    options.by = given.texts("by")?;
    options.sum = given.flag("sum")?;
    options.line = given.text("line")?;
    options.as_of = given.parsed("as_of", "give a day as year-month-day: 2025-06-30", |text| text.get(..10)?.parse().ok())?;
    options.as_given = given.flag("as_given")?;
    options.cumulative = cumulative(given)?;
    options.drop_last = given.switch("drop_last")?;
    let zeros = [("drop", TrailingZeros::Drop), ("keep", TrailingZeros::Keep)];
    options.trailing_zeros = given.parsed("trailing_zeros", "give drop or keep", choice(&zeros))?;
    let missing = [("zero", Missing::Zero), ("unknown", Missing::Unknown)];
    options.missing = given.parsed("missing", "give zero or unknown", choice(&missing))?;
    for text in given.texts("exclude")? {
        let hint = "give a period or a stretch of them: 2021, 2020-03..2021-12, ..2019, Series:2022Q1..";
        options.exclude.push(text.parse().map_err(|_| wrong("exclude", &text, hint))?);
    }
    if let Some(mib) = given.count("memory_limit")? {
        options.most_memory = (mib as u64).saturating_mul(1 << 20);
    }
    if let Some(path) = given.text("rates")? {
        let cannot = |error: std::io::Error| Failure::Reading(format!("cannot read {path}: {error}"));
        let file = File::open(&path).map_err(cannot)?;
        let rates = Rates::read(&path, file, options.currency);
        options.rates = Some(rates.map_err(|error| match error {
            RatesError::Read(error) => Failure::read(&error),
            RatesError::Io(error) => cannot(error),
            other => Failure::data(other, "give the rates as a CSV"),
        })?);
    }
    one_role_each(&options)?;
    Ok(options)
}

/// That no column has two roles.
fn one_role_each(options: &Options) -> Result<(), Failure> {
    let columns = &options.columns;
    let asked: Vec<(&str, &String)> = (columns.period.iter().map(|name| ("period_column", name)))
        .chain(columns.value.iter().map(|name| ("value_column", name)))
        .chain(columns.series.iter().map(|name| ("series_column", name)))
        .chain(options.by.iter().map(|name| ("by", name)))
        .collect();
    for (at, (option, name)) in asked.iter().enumerate() {
        if let Some((other, _)) = asked[..at].iter().find(|(_, other)| other == name) {
            return Err(Failure::usage(
                format!("{other} and {option} name the same column"),
                "a column can have only one role",
            ));
        }
    }
    if [columns.series.is_some(), !options.by.is_empty(), options.sum].into_iter().filter(|given| *given).count() > 1 {
        let message = "by, series_column and sum exclude each other";
        return Err(Failure::usage(message, "by adds up what is not named, sum adds up everything"));
    }
    Ok(())
}

/// The length of a period.
pub(crate) fn step(given: &Arguments<'_>, name: &str) -> Result<Option<Step>, Failure> {
    let steps = [("month", Step::Month), ("quarter", Step::Quarter), ("half", Step::Half), ("year", Step::Year)];
    given.parsed(name, "give month, quarter, half or year", choice(&steps))
}

/// `True` for sums since the start of the year, or since when.
fn cumulative(given: &Arguments<'_>) -> Result<Option<Cumulative>, Failure> {
    let since = [
        ("True", Cumulative::Within(Reset::Year)),
        ("False", Cumulative::No),
        ("year", Cumulative::Within(Reset::Year)),
        ("half-year", Cumulative::Within(Reset::HalfYear)),
        ("start", Cumulative::Within(Reset::Never)),
    ];
    given.parsed("cumulative", "give True or False, or year, half-year or start", choice(&since))
}

fn fiscal_year_end(text: &str) -> Option<FiscalCalendar> {
    let lower = text.to_lowercase();
    let mut months = (1..=12).filter_map(|number| Month::new(2000, number));
    let mut by_name = || months.find(|month| lower.len() >= 3 && month.long_name().to_lowercase().starts_with(&lower));
    text.parse().ok().or_else(|| by_name().map(Month::month)).and_then(FiscalCalendar::ending_in)
}

fn utc_offset(text: &str) -> Option<i16> {
    let (back, plain) = text.strip_prefix('-').map_or((false, text.strip_prefix('+').unwrap_or(text)), |plain| (true, plain));
    let (hours, minutes) = plain.split_once(':').unwrap_or((plain, "0"));
    let part = |text: &str, most: i16| text.parse().ok().filter(|part: &i16| (0..=most).contains(part));
    let minutes = part(hours, 14)? * 60 + part(minutes, 59)?;
    Some(if back { -minutes } else { minutes })
}

fn delimiter(text: &str) -> Option<u8> {
    match text.as_bytes() {
        [one] if one.is_ascii_punctuation() && *one != b'"' || *one == b'\t' => Some(*one),
        _ => (text == "tab").then_some(b'\t'),
    }
}
