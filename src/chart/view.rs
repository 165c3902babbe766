//! What of a projection a chart draws: its run-rates, or the revenue of the twelve months up to each month.
//!
//! A run-rate is the rate of one month and stands in the middle of it; the revenue of twelve months is known at their end and
//! stands there. Twelve months have no season, so they are drawn wherever the figures are totals that tell them.

use crate::calendar::{FiscalCalendar, Month};
use crate::chart::scale::{end_of, start_of};
use crate::chart::{Along, Subject};
use crate::project::{PathPoint, Projection};
use crate::series::{Fact, Figure, Role, Series};

/// A subject as it is drawn.
#[derive(Clone, Copy)]
pub(super) struct View<'a> {
    pub(super) series: &'a Series,
    pub(super) projection: &'a Projection,
    pub(super) along: Along,
    /// The points drawn, in order of time.
    pub(super) path: &'a [PathPoint],
}

impl<'a> View<'a> {
    pub(super) fn new(subject: &Subject<'a>, along: Along) -> Self {
        let Subject { series, projection } = *subject;
        let path = match along {
            Along::RunRate => &projection.path,
            Along::TwelveMonths => &projection.trailing,
        };
        Self { series, projection, along, path }
    }

    /// The time at which what is drawn of a month stands, in months.
    pub(super) fn time(&self, month: Month) -> f64 {
        time_of(self.along, month)
    }

    /// The time at which the projection begins.
    pub(super) fn origin(&self) -> f64 {
        self.time(self.projection.origin)
    }

    /// The points from the origin on, which have intervals.
    pub(super) fn ahead(&self) -> &'a [PathPoint] {
        let first = self.path.iter().position(|point| !point.intervals.is_empty()).unwrap_or(self.path.len());
        &self.path[first..]
    }

    /// The point of a month.
    pub(super) fn at(&self, month: Month) -> Option<&'a PathPoint> {
        self.path.iter().find(|point| point.month == month)
    }

    /// The last point up to the end of a month.
    pub(super) fn last(&self, end: Month) -> Option<&'a PathPoint> {
        self.path.iter().rev().find(|point| point.month <= end)
    }
}

/// The time at which what is drawn of a month stands, in months.
pub(super) fn time_of(along: Along, month: Month) -> f64 {
    match along {
        Along::RunRate => start_of(month) + 0.5,
        Along::TwelveMonths => end_of(month),
    }
}

/// All subjects along the same measure: as chosen, else twelve months where every one has them.
pub(super) fn views<'a>(subjects: &[Subject<'a>], chosen: Option<Along>) -> Vec<View<'a>> {
    let has_years = |subject: &Subject<'_>| !subject.projection.trailing.is_empty();
    let from_origin = |subject: &Subject<'_>| {
        subject.projection.trailing.first().is_some_and(|point| point.month == subject.projection.origin)
    };
    let along = match chosen {
        Some(Along::TwelveMonths) if subjects.iter().all(has_years) => Along::TwelveMonths,
        None if subjects.iter().all(|subject| from_origin(subject) && tells_totals(subject, 1)) => Along::TwelveMonths,
        _ => Along::RunRate,
    };
    subjects.iter().map(|subject| View::new(subject, along)).collect()
}

/// The subjects that these are views of.
pub(super) fn subjects<'a>(views: &[View<'a>]) -> Vec<Subject<'a>> {
    views.iter().map(|view| Subject { series: view.series, projection: view.projection }).collect()
}

/// Whether the figures of the last year before the origin are totals alone, of so many months at least.
pub(super) fn tells_totals(subject: &Subject<'_>, months: u32) -> bool {
    let after = subject.projection.origin.plus(-12);
    let mut recent = subject.series.observations().filter(|figure| figure.period.last() > after).peekable();
    let is_total = |figure: &Figure| matches!(figure.fact, Fact::Revenue(_)) && figure.period.months() >= months;
    recent.peek().is_some() && recent.all(is_total)
}

/// The calendar by which the axis names its years: that of the series, or calendar years where theirs differ.
pub(super) fn calendar(views: &[View<'_>]) -> FiscalCalendar {
    let first = views.first().map(|view| view.series.calendar()).unwrap_or_default();
    if views.iter().all(|view| view.series.calendar() == first) { first } else { FiscalCalendar::default() }
}

/// The totals that a chart counts with: stated, and not replaced by others.
pub(super) fn totals(series: &Series) -> impl Iterator<Item = (usize, &Figure, &Role)> {
    let figures = series.figures().iter().zip(series.roles()).enumerate();
    figures
        .filter(|(_, (figure, role))| matches!(figure.fact, Fact::Revenue(_)) && matches!(role, Role::Fitted | Role::Excluded))
        .map(|(index, (figure, role))| (index, figure, role))
}

/// What the totals say of the months from `first` to `last`, if they cover them one after the other; of a span that is stated as a
/// whole, that statement.
pub(super) fn known(series: &Series, first: Month, last: Month) -> Option<f64> {
    let mut end = last;
    let mut sum = 0.0;
    loop {
        let fits = |figure: &&Figure| figure.period.last() == end && figure.period.first() >= first;
        // The longest, so that a stated year goes before the sum of its quarters.
        let figure = totals(series).map(|(_, figure, _)| figure).filter(fits).max_by_key(|figure| figure.period.months())?;
        sum += figure.fact.amount()?.value();
        end = figure.period.first().plus(-1);
        if end < first {
            return Some(sum);
        }
    }
}
