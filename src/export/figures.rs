//! The figures of a series as JSON: how each was understood and what part it plays.

use std::io;

use serde::Serialize;

use crate::calendar::{FiscalCalendar, Period};
use crate::export::sources::SourceFile;
use crate::money::Amount;
use crate::project::growth::{Because, peers_of};
use crate::series::{Fact, Figure, Measure, Place, Role, Series};

/// Something that was said about the figures, and where the figure in question stood.
pub type Notice = (Option<Place>, String);

/// The document's form, counted up when a field changes its meaning or goes; new fields do not count.
pub const SCHEMA: u32 = 1;

#[derive(Serialize)]
pub(super) struct Head<'a> {
    topline: &'static str,
    schema: u32,
    notices: Vec<NoticeView<'a>>,
}

#[derive(Serialize)]
struct NoticeView<'a> {
    #[serde(flatten)]
    place: Option<PlaceView<'a>>,
    message: &'a str,
}

#[derive(Serialize)]
struct PlaceView<'a> {
    file: &'a str,
    line: u32,
    column: u32,
}

#[derive(Serialize)]
pub(super) struct FigureView<'a> {
    kind: &'a str,
    period: String,
    period_start: String,
    period_end: String,
    value: Option<f64>,
    /// What one unit of the last stated digit is worth.
    precision: Option<f64>,
    basis: Option<&'a str>,
    day: Option<String>,
    as_of: Option<String>,
    used_as: &'a str,
    /// For a total that checks finer ones: what those come to.
    finer_sum: Option<f64>,
    /// The cells as they were written, where they were kept.
    written_period: Option<&'a str>,
    written_value: Option<&'a str>,
    source: Option<&'a str>,
    note: Option<&'a str>,
    place: Option<PlaceView<'a>>,
}

#[derive(Serialize)]
struct SeriesView<'a> {
    name: &'a str,
    /// What the series is a part of.
    parent: Option<&'a str>,
    currency: String,
    fiscal_year_end: u32,
    /// The companies that it is likened to; `None` where there is nothing to fit.
    peers: Option<PeersView>,
    figures: Vec<FigureView<'a>>,
}

#[derive(Serialize)]
struct PeersView {
    name: &'static str,
    /// Whether they were given; else the figures decide.
    given: bool,
}

#[derive(Serialize)]
struct Document<'a> {
    #[serde(flatten)]
    head: Head<'a>,
    files: &'a [SourceFile],
    series: Vec<SeriesView<'a>>,
}

/// Writes how every file and every figure was understood: one JSON document.
///
/// # Errors
///
/// If `out` cannot be written.
pub fn write_figures(out: &mut dyn io::Write, files: &[SourceFile], series: &[Series], notices: &[Notice]) -> io::Result<()> {
    let document = Document { head: head(notices), files, series: series.iter().map(series_view).collect() };
    serde_json::to_writer_pretty(&mut *out, &document)?;
    out.write_all(b"\n")
}

fn series_view(series: &Series) -> SeriesView<'_> {
    SeriesView {
        name: series.name(),
        parent: series.parent(),
        currency: series.currency().to_string(),
        fiscal_year_end: series.calendar().year_end(),
        peers: series.origin().map(|_| {
            let (peers, because) = peers_of(series);
            PeersView { name: peers.name(), given: because == Because::Given }
        }),
        figures: figure_views(series),
    }
}

pub(super) fn head(notices: &[Notice]) -> Head<'_> {
    let notices =
        notices.iter().map(|(place, message)| NoticeView { place: place.as_ref().map(place_view), message }).collect();
    Head { topline: env!("CARGO_PKG_VERSION"), schema: SCHEMA, notices }
}

pub(super) fn figure_views(series: &Series) -> Vec<FigureView<'_>> {
    series.figures().iter().zip(series.roles()).map(|(figure, role)| figure_view(figure, *role, series.calendar())).collect()
}

fn figure_view(figure: &Figure, role: Role, calendar: FiscalCalendar) -> FigureView<'_> {
    let (period, period_start, period_end) = dates(figure.period, calendar);
    let amount = figure.fact.amount();
    let basis = match figure.fact {
        Fact::Target { basis, .. } => basis,
        _ => None,
    };
    FigureView {
        kind: figure.fact.kind(),
        period,
        period_start,
        period_end,
        value: amount.map(Amount::value),
        precision: amount.map(Amount::unit),
        basis: basis.map(Measure::name),
        day: figure.day.map(|day| day.to_string()),
        as_of: figure.as_of.map(|day| day.to_string()),
        used_as: role.name(),
        finer_sum: if let Role::Check { sum, .. } = role { sum } else { None },
        written_period: figure.written().map(|written| written.period.as_str()),
        written_value: figure.written().map(|written| written.value.as_str()),
        source: figure.source(),
        note: figure.note(),
        place: figure.place.as_ref().map(place_view),
    }
}

/// Name, first day and last day.
pub(super) fn dates(period: Period, calendar: FiscalCalendar) -> (String, String, String) {
    (calendar.name(period), period.first().first_day().to_string(), period.last().last_day().to_string())
}

fn place_view(place: &Place) -> PlaceView<'_> {
    PlaceView { file: &place.file, line: place.line, column: place.column }
}
