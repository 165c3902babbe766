//! What charts draw, as numbers: for whoever draws them in another way.
//!
//! Times are in months, as [`Month::index`](crate::calendar::Month::index) counts them, from the beginning of a month: a run-rate
//! stands in the middle of its month, half a month on, and a sum of twelve months at the end of the last. Amounts are in the
//! currency's major unit.

use crate::calendar::{Period, Step};
use crate::chart::marks::{self, Kind};
use crate::chart::view::{self, View};
use crate::chart::{Along, Style, Subject, bars, columns, fan, words};
use crate::project::{Interval, PathPoint};

/// What a fan shows of a series.
#[derive(Clone, Debug)]
pub struct Fan<'a> {
    /// Whether its amounts are run-rates or sums of twelve months.
    pub along: Along,
    /// The projection, and before it the fit.
    pub points: &'a [PathPoint],
    /// The figures.
    pub marks: Vec<Mark>,
    /// The time with which the picture begins.
    pub from: f64,
    /// Whether the money axis is logarithmic unless the reader says otherwise.
    pub log: bool,
}

impl Fan<'_> {
    /// The time of a point.
    pub fn time(&self, point: &PathPoint) -> f64 {
        view::time_of(self.along, point.month)
    }
}

/// A figure as it is drawn.
#[derive(Clone, Copy, Debug)]
pub struct Mark {
    /// Its shape.
    pub shape: Shape,
    /// Where it stands.
    pub time: f64,
    /// As a yearly rate or a sum of twelve months.
    pub amount: f64,
    /// Beginning and end of its period.
    pub span: (f64, f64),
    /// Index in the series' figures.
    pub figure: usize,
    /// Whether the user left the figure out of the fit.
    pub excluded: bool,
}

/// The shape of a mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// A square with a bar over its period: the total of a year or more.
    Square,
    /// A dot: the total of a shorter period, or the sum of twelve months.
    Dot,
    /// A ring: a run-rate.
    Ring,
    /// A hollow diamond: a target.
    Diamond,
}

impl Shape {
    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Square => "square",
            Self::Dot => "dot",
            Self::Ring => "ring",
            Self::Diamond => "diamond",
        }
    }
}

/// The fan of a series along one of the two; `None` if its projection does not have that.
pub fn fan<'a>(subject: &Subject<'a>, along: Along) -> Option<Fan<'a>> {
    let view = View::new(subject, along);
    let last = view.ahead().last()?;
    let all = [marks::marks(&view)];
    let axes = fan::axes(&view, &all, last, &Style::default()).ok()?;
    let [marks] = all;
    let mark = |mark: &marks::Mark| Mark {
        shape: match mark.kind {
            Kind::Year => Shape::Square,
            Kind::Part | Kind::Twelve => Shape::Dot,
            Kind::RunRate => Shape::Ring,
            Kind::Target => Shape::Diamond,
        },
        time: mark.time,
        amount: mark.amount,
        span: mark.span,
        figure: mark.figure,
        excluded: mark.excluded,
    };
    Some(Fan { along, points: view.path, marks: marks.iter().map(mark).collect(), from: axes.time.from, log: axes.log })
}

/// What charts over time show of these subjects beside each other, unless somebody chooses.
pub fn suited(subjects: &[Subject<'_>]) -> Along {
    view::views(subjects, None).first().map_or(Along::RunRate, |view| view.along)
}

/// The totals of a series as columns.
#[derive(Clone, Debug)]
pub struct Columns {
    /// The length of their periods.
    pub step: Step,
    /// In order of time.
    pub columns: Vec<Column>,
    /// Whether columns say best what the series is about.
    pub suit: bool,
}

/// One period's total.
#[derive(Clone, Debug)]
pub struct Column {
    /// The period.
    pub period: Period,
    /// What was reported: all of a past period, what is over of one in progress.
    pub reported: f64,
    /// The total: as reported, or the median.
    pub total: f64,
    /// Whether the total is a median.
    pub projected: bool,
    /// The intervals of a projected one, in the order of the projection's levels; empty for others.
    pub intervals: Vec<Interval>,
    /// On the same period of the year before: 0.05 is 5%.
    pub growth: Option<f64>,
}

/// The columns of a series: quarters where those are projected, else years; `None` if none of them is projected.
pub fn columns(subject: &Subject<'_>) -> Option<Columns> {
    let step = columns::step(subject, None);
    let levels = 0..subject.projection.levels.len();
    let by_level: Vec<Vec<columns::Column>> = levels.map(|level| columns::columns(subject, step, level)).collect();
    let plain = by_level.get(words::wide_level(subject.projection))?;
    let intervals = |at: usize| by_level.iter().filter_map(|columns| columns.get(at)?.interval).collect();
    let column = |(at, one): (usize, &columns::Column)| Column {
        period: one.period,
        reported: one.reported,
        total: one.total,
        projected: one.projected,
        intervals: intervals(at),
        growth: one.growth,
    };
    let all: Vec<Column> = plain.iter().enumerate().map(column).collect();
    let shown = all.len().saturating_sub(columns::MOST);
    let has_ahead = all.iter().any(|one| one.projected);
    has_ahead.then(|| Columns { step, columns: all[shown..].to_vec(), suit: bars::suits(subject) })
}

/// What is drawn of a subject along twelve months or run-rates in words: `revenue of the last twelve months`, `annualised revenue`.
pub fn drawn(subject: &Subject<'_>, along: Along) -> String {
    words::drawn(&[View::new(subject, along)])
}
