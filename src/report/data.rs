//! The data of a page: what its charts are drawn from in the browser.
//!
//! Times are in months, as [`plotted`] has them. All texts are made visible here, for the browser writes them as they are.

use serde::Serialize;

use crate::calendar::{Month, Period};
use crate::chart::plotted::{self, Columns, Fan, Mark};
use crate::chart::{Along, Colours, Subject};
use crate::export::{rounded, visible};
use crate::money::short;
use crate::project::{Interval, PathPoint};
use crate::question::compare::Measured;
use crate::report::words::{described, when};
use crate::series::{Fact, Figure, Measure, Series};

/// Everything that the charts of a page show.
#[derive(Debug, Serialize)]
pub(super) struct Data {
    pub(super) series: Vec<SeriesData>,
    /// Places in `series` of those that one chart shows together; empty if there is none.
    pub(super) together: Vec<usize>,
}

/// One series.
#[derive(Debug, Serialize)]
pub(super) struct SeriesData {
    id: String,
    name: String,
    /// Which of the theme's colours it has, from 1.
    colour: usize,
    /// What stands before its amounts: `$`.
    sign: String,
    /// The last month that is known.
    origin: i32,
    /// The month in which its fiscal years end, and what stands before their names.
    year_end: u32,
    year_prefix: &'static str,
    levels: Vec<f64>,
    /// Which of its charts comes first: `columns`, or the name of a fan.
    first: &'static str,
    fans: Vec<FanData>,
    columns: Option<ColumnsData>,
    /// Every figure, by its place in the series.
    figures: Vec<FigureData>,
    /// The contracts and events.
    remarks: Vec<RemarkData>,
}

/// A figure in words.
#[derive(Debug, Serialize)]
struct FigureData {
    text: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    source: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<String>,
}

#[derive(Debug, Serialize)]
struct FanData {
    name: &'static str,
    /// What is drawn: `annualised revenue`.
    drawn: String,
    from: f64,
    log: bool,
    times: Vec<f64>,
    median: Vec<f64>,
    /// From which point on there are intervals.
    ahead: usize,
    /// By level, from `ahead` on.
    lo: Vec<Vec<f64>>,
    hi: Vec<Vec<f64>>,
    marks: Vec<MarkData>,
}

#[derive(Debug, Serialize)]
struct MarkData {
    shape: &'static str,
    time: f64,
    amount: f64,
    span: (f64, f64),
    /// Place of its figure.
    figure: usize,
    /// What it comes to, where it is the sum of several figures.
    #[serde(skip_serializing_if = "Option::is_none")]
    sum: Option<String>,
    #[serde(skip_serializing_if = "is_false")]
    excluded: bool,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes references")]
fn is_false(value: &bool) -> bool {
    !value
}

#[derive(Debug, Serialize)]
struct ColumnsData {
    /// What is drawn: `revenue by year`.
    drawn: String,
    columns: Vec<ColumnData>,
}

#[derive(Debug, Serialize)]
struct ColumnData {
    name: String,
    span: (f64, f64),
    reported: f64,
    total: f64,
    projected: bool,
    lo: Vec<f64>,
    hi: Vec<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    growth: Option<f64>,
    /// Places of the figures that it is made up of.
    figures: Vec<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    target: Option<TargetData>,
}

/// A target for a column's revenue.
#[derive(Debug, Serialize)]
struct TargetData {
    amount: f64,
    figure: usize,
}

/// A contract or an event.
#[derive(Debug, Serialize)]
struct RemarkData {
    time: f64,
    figure: usize,
}

/// The data of one series. `id` is that of its section; `lead` is what the answers begin with, if somebody chose.
pub(super) fn series(subject: &Subject<'_>, id: String, colours: &Colours, lead: Option<Measured>) -> SeriesData {
    let (series, projection) = (subject.series, subject.projection);
    let fans: Vec<Fan<'_>> =
        [Along::TwelveMonths, Along::RunRate].into_iter().filter_map(|along| plotted::fan(subject, along)).collect();
    let columns = plotted::columns(subject);
    let first = first(subject, &fans, columns.as_ref(), lead);
    let calendar = series.calendar();
    SeriesData {
        id,
        name: shown(series.name()),
        colour: colours.number(series.name()),
        sign: series.currency().sign(),
        origin: projection.origin.index(),
        year_end: calendar.year_end(),
        year_prefix: if calendar.is_calendar_year() { "" } else { "FY" },
        levels: projection.levels.iter().map(|level| level.percent()).collect(),
        first,
        fans: fans.iter().map(|fan| fan_data(subject, fan)).collect(),
        columns: columns.map(|columns| columns_data(subject, &columns)),
        figures: series.figures().iter().map(|figure| figure_data(series, figure)).collect(),
        remarks: remarks(series),
    }
}

fn shown(text: &str) -> String {
    visible(text).into_owned()
}

fn name(along: Along) -> &'static str {
    match along {
        Along::TwelveMonths => "twelve-months",
        Along::RunRate => "run-rate",
    }
}

fn first(subject: &Subject<'_>, fans: &[Fan<'_>], columns: Option<&Columns>, lead: Option<Measured>) -> &'static str {
    let has = |along: Along| fans.iter().any(|fan| fan.along == along);
    let suit = columns.is_some_and(|columns| columns.suit);
    let along = match lead {
        Some(Measured::Revenue) | None if suit => return "columns",
        Some(Measured::Revenue | Measured::Trailing) => Along::TwelveMonths,
        Some(Measured::RunRate) => Along::RunRate,
        None => plotted::suited(&[*subject]),
    };
    name(if has(along) { along } else { Along::RunRate })
}

fn fan_data(subject: &Subject<'_>, fan: &Fan<'_>) -> FanData {
    let ahead = fan.points.iter().position(|point| !point.intervals.is_empty()).unwrap_or(fan.points.len());
    let ends = |level: usize, end: fn(&Interval) -> f64| -> Vec<f64> {
        fan.points[ahead..].iter().filter_map(|point| point.intervals.get(level)).map(|one| rounded(end(one))).collect()
    };
    let levels = 0..subject.projection.levels.len();
    FanData {
        name: name(fan.along),
        drawn: plotted::drawn(subject, fan.along),
        from: fan.from,
        log: fan.log,
        times: fan.points.iter().map(|point: &PathPoint| fan.time(point)).collect(),
        median: fan.points.iter().map(|point| rounded(point.median)).collect(),
        ahead,
        lo: levels.clone().map(|level| ends(level, |one| one.lo)).collect(),
        hi: levels.map(|level| ends(level, |one| one.hi)).collect(),
        marks: fan.marks.iter().map(|mark| mark_data(subject.series, fan.along, mark)).collect(),
    }
}

fn mark_data(series: &Series, along: Along, mark: &Mark) -> MarkData {
    let figure = &series.figures()[mark.figure];
    let is_sum = along == Along::TwelveMonths && matches!(figure.fact, Fact::Revenue(_)) && figure.period.months() != 12;
    let sum = is_sum.then(|| {
        let month: Month = figure.period.last();
        format!("{} in the twelve months to {}", short(mark.amount, series.currency()), when(month.into(), series.calendar()))
    });
    MarkData {
        shape: mark.shape.name(),
        time: mark.time,
        amount: rounded(mark.amount),
        span: mark.span,
        figure: mark.figure,
        sum,
        excluded: mark.excluded,
    }
}

fn figure_data(series: &Series, figure: &Figure) -> FigureData {
    FigureData { text: shown(&described(figure, series)), source: figure.source().map(shown), note: figure.note().map(shown) }
}

fn columns_data(subject: &Subject<'_>, columns: &Columns) -> ColumnsData {
    let series = subject.series;
    let column = |one: &plotted::Column| {
        let within = |figure: &Figure| one.period.covers(figure.period) && matches!(figure.fact, Fact::Revenue(_));
        let places = series.figures().iter().enumerate().filter(|(_, figure)| within(figure)).map(|(place, _)| place);
        ColumnData {
            name: when(one.period, series.calendar()),
            span: (f64::from(one.period.first().index()), f64::from(one.period.last().index()) + 1.0),
            reported: rounded(one.reported),
            total: rounded(one.total),
            projected: one.projected,
            lo: one.intervals.iter().map(|interval| rounded(interval.lo)).collect(),
            hi: one.intervals.iter().map(|interval| rounded(interval.hi)).collect(),
            growth: one.growth,
            figures: places.collect(),
            target: target(series, one.period),
        }
    };
    let fiscal = if series.calendar().is_calendar_year() { "" } else { "fiscal " };
    ColumnsData {
        drawn: format!("{} by {fiscal}{}", series.quantity(), columns.step),
        columns: columns.columns.iter().map(column).collect(),
    }
}

fn target(series: &Series, period: Period) -> Option<TargetData> {
    let aims = |(place, figure): (usize, &Figure)| match figure.fact {
        Fact::Target { amount, basis: None | Some(Measure::Revenue) } if figure.period == period => {
            Some(TargetData { amount: rounded(amount.value()), figure: place })
        }
        _ => None,
    };
    series.figures().iter().enumerate().rev().find_map(aims)
}

fn remarks(series: &Series) -> Vec<RemarkData> {
    let is_remark = |figure: &Figure| matches!(figure.fact, Fact::Contract(_) | Fact::Event(_));
    let middle = |figure: &Figure| {
        f64::midpoint(f64::from(figure.period.first().index()), f64::from(figure.period.last().index()) + 1.0)
    };
    let dated = series.figures().iter().enumerate().filter(|(_, figure)| is_remark(figure));
    dated.map(|(place, figure)| RemarkData { time: middle(figure), figure: place }).collect()
}
