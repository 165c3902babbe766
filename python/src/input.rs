//! From tables and files to the series that a function works on, as the command line loads them.

use std::fs::File;
use std::path::PathBuf;

use pyo3::prelude::*;
use pyo3::types::{PyList, PyTuple};
use topline::calendar::FiscalCalendar;
use topline::read::{self, FileReport, Options, Reader};
use topline::series::{Peers, Series};

use crate::failure::Failure;
use crate::frame::Frame;
use crate::notice::{Notice, Weight};
use crate::options::{Arguments, reading};

/// What figures are read from.
enum Source {
    File(PathBuf),
    Table(Frame),
}

/// What is to be read, and how.
pub(crate) struct Input {
    sources: Vec<Source>,
    /// Of tables: for messages, and for a series that has none.
    name: String,
    options: Options,
    peers: Vec<(Option<String>, Peers)>,
    /// Whether somebody said the currency.
    has_currency: bool,
    pub(crate) strict: bool,
}

/// What was read.
#[derive(Debug)]
pub(crate) struct Loaded {
    pub(crate) series: Vec<Series>,
    pub(crate) notices: Vec<Notice>,
    pub(crate) files: Vec<FileReport>,
    pub(crate) calendar: FiscalCalendar,
}

impl Input {
    pub(crate) fn of(table: &Bound<'_, PyAny>, given: &Arguments<'_>) -> Result<Self, Failure> {
        let several = table.is_instance_of::<PyList>() || table.is_instance_of::<PyTuple>();
        let tables = if several { table.try_iter()?.collect::<PyResult<Vec<_>>>()? } else { vec![table.clone()] };
        if tables.is_empty() {
            return Err(Failure::usage("there is no table in the list", "give a table, a path, or several in a list"));
        }
        let has_currency = given.has("currency")?;
        Ok(Self {
            sources: tables.iter().map(source).collect::<Result<_, _>>()?,
            name: given.text("name")?.unwrap_or_else(|| "revenue".to_owned()),
            options: reading(given)?,
            peers: given.peers()?,
            has_currency,
            strict: given.flag("strict")?,
        })
    }

    /// Reads everything.
    pub(crate) fn load(self) -> Result<Loaded, Failure> {
        let calendar = self.options.calendar.unwrap_or_default();
        let mut reader = Reader::new(self.options);
        for source in self.sources {
            match source {
                Source::Table(frame) => reader.add_arrow(&self.name, frame),
                Source::File(path) => {
                    let shown = path.display().to_string();
                    let read = File::open(&path).and_then(|file| reader.add(&shown, file));
                    read.map_err(|error| Failure::Reading(format!("cannot read {shown}: {error}")))?;
                }
            }
        }
        let reading = reader.finish().map_err(|error| Failure::read(&error))?;
        if let Some(unused) = reading.unused_exclusions.first() {
            let hint = "topline.read shows the periods and the series as they are read";
            return Err(Failure::usage(format!("exclude={unused}: it matches no figure"), hint));
        }
        let weight = |notice: &read::Notice| match notice {
            read::Notice::CurrencyAssumed { .. } if !self.has_currency => Weight::Plain,
            _ if notice.is_warning() => Weight::Warning,
            _ => Weight::Detail,
        };
        let of_reading = |notice: &read::Notice| Notice::new(Some(notice.place()), &notice.to_string(), weight(notice));
        let mut notices: Vec<Notice> = reading.notices.iter().map(of_reading).collect();
        if reading.series.is_empty() {
            return Err(no_figures(&notices));
        }
        let series = liken(reading.series, &self.peers)?;
        for one in &series {
            let said = one.notices();
            let said =
                said.iter().map(|notice| Notice::new(notice.place(), &format!("{}: {notice}", one.name()), Weight::Warning));
            notices.extend(said);
        }
        if self.strict {
            refuse_warnings(&notices)?;
        }
        Ok(Loaded { series, notices, files: reading.files, calendar })
    }
}

/// Fails if there is a warning: what `strict` asks for.
pub(crate) fn refuse_warnings(notices: &[Notice]) -> Result<(), Failure> {
    let warnings: Vec<String> = notices.iter().filter(|notice| notice.is_warning()).map(Notice::as_error).collect();
    if warnings.is_empty() { Ok(()) } else { Err(Failure::Reading(warnings.join("\n"))) }
}

fn source(table: &Bound<'_, PyAny>) -> Result<Source, Failure> {
    if let Some(frame) = Frame::of(table)? {
        return Ok(Source::Table(frame));
    }
    if let Ok(path) = table.extract::<PathBuf>() {
        return Ok(Source::File(path));
    }
    let kind = table.get_type().fully_qualified_name().map(|name| name.to_string()).unwrap_or_default();
    let hint = if kind.ends_with(".Series") {
        "this is a column: give the data frame that has it"
    } else if kind.starts_with("pandas.") {
        "this pandas does not speak Arrow: install pandas 2.2 or later and pyarrow"
    } else {
        "give a data frame of pandas or polars, a table of pyarrow, a relation of DuckDB, anything else that has the method \
         __arrow_c_stream__, or the path of a file"
    };
    Err(Failure::usage(format!("{kind}: not a table that topline reads"), hint))
}

/// Series with the peers that were asked for; one that names a series goes before one for all.
fn liken(series: Vec<Series>, asked: &[(Option<String>, Peers)]) -> Result<Vec<Series>, Failure> {
    for name in asked.iter().filter_map(|(name, _)| name.as_deref()) {
        if !series.iter().any(|one| one.name() == name) {
            let known: Vec<&str> = series.iter().map(Series::name).take(8).collect();
            let more = if series.len() > 8 { format!(" and {} more", series.len() - 8) } else { String::new() };
            let message = format!("peers: there is no series {name}");
            return Err(Failure::usage(message, &format!("the input has {}{more}", known.join(", "))));
        }
    }
    let of = |one: &Series| {
        let named = asked.iter().find(|(name, _)| name.as_deref() == Some(one.name()));
        named.or_else(|| asked.iter().find(|(name, _)| name.is_none())).map(|(_, peers)| *peers)
    };
    let likened = |one: Series| {
        let peers = of(&one).or(one.peers());
        one.with_peers(peers)
    };
    Ok(series.into_iter().map(likened).collect())
}

/// A table without figures, and what was left out of it.
fn no_figures(notices: &[Notice]) -> Failure {
    let message = "there are no figures in the input";
    let left_out: Vec<&str> = notices.iter().filter(|notice| notice.is_warning()).map(Notice::text).collect();
    if left_out.is_empty() {
        return Failure::data(message, "the header needs a row below it");
    }
    Failure::data(format!("{message}: {}", left_out.join("; ")), "give the figures themselves")
}
