//! Totals of periods as columns: what was reported, what is projected, and the interval about it.

use plotters::style::{Color, RGBColor};

use crate::calendar::{FiscalCalendar, Month, Period, Step};
use crate::chart::labels::Rect;
use crate::chart::scale::{Plot, Time, end_of, start_of};
use crate::chart::scene::{Point, point};
use crate::chart::sheet::Sheet;
use crate::chart::{Subject, view};
use crate::money::{Currency, projected, short};
use crate::project::{Interval, Row};
use crate::series::Measure;

/// One period's total.
#[derive(Clone, Debug)]
pub(super) struct Column {
    pub(super) period: Period,
    /// What was reported: all of a past period, what is over of one in progress.
    pub(super) reported: f64,
    /// The total: as reported, or the median.
    pub(super) total: f64,
    /// Whether the total is a median, of a period that is ahead or in progress.
    pub(super) projected: bool,
    /// The interval nearest to 80%, of a projected one.
    pub(super) interval: Option<Interval>,
    /// On the same period of the year before: 0.05 is 5%.
    pub(super) growth: Option<f64>,
}

/// The most columns of a picture: more would be thinner than their gaps.
pub(super) const MOST: usize = 60;
/// How many times as high as the highest column an interval may reach: beyond that it leaves the picture.
pub(super) const REACH: f64 = 2.2;

/// The amount of a column: as reported, or with as many figures as other calculated ones.
pub(super) fn amount(column: &Column, currency: Currency) -> String {
    if column.projected { projected(column.total, currency) } else { short(column.total, currency) }
}

/// The step of the columns: as chosen; else quarters where those are projected, else years.
pub(super) fn step(subject: &Subject<'_>, chosen: Option<Step>) -> Step {
    let projected = subject.projection.rows.first().map(|row| row.period.months());
    chosen.unwrap_or(if projected == Some(3) { Step::Quarter } else { Step::Year })
}

/// The periods of a series whose totals are known or projected, in order of time; whole periods alone.
pub(super) fn columns(subject: &Subject<'_>, step: Step, level: usize) -> Vec<Column> {
    let (series, projection) = (subject.series, subject.projection);
    let calendar = series.calendar();
    let (origin, months) = (projection.origin, step.months());
    let mut all: Vec<Column> = Vec::new();
    if let Some(first) = view::totals(series).map(|(_, figure, _)| figure.period.first()).min() {
        let first = calendar.period_at(step, first);
        let count = i32::try_from(months).unwrap_or(12);
        for period in (0..=origin.since(first.first()) / count).map(|k| first.shift(k)).filter(|one| one.last() <= origin) {
            if let Some(total) = view::known(series, period.first(), period.last()) {
                all.push(Column { period, reported: total, total, projected: false, interval: None, growth: None });
            }
        }
    }
    for row in ahead(subject, months) {
        // A period in progress is projected whole.
        let reported = if row.period.first() <= origin { view::known(series, row.period.first(), origin) } else { None };
        all.push(Column {
            period: row.period,
            reported: reported.unwrap_or(0.0),
            total: row.median,
            projected: true,
            interval: row.intervals.get(level).copied(),
            growth: None,
        });
    }
    for index in 0..all.len() {
        let before = Period::ending(all[index].period.last().plus(-12), months);
        let base = all[..index].iter().find(|one| one.period == before).map(|one| one.total);
        all[index].growth = base.filter(|base| *base > 0.0).map(|base| all[index].total / base - 1.0);
    }
    all
}

/// What is projected of periods of so many months.
fn ahead<'a>(subject: &Subject<'a>, months: u32) -> Vec<&'a Row> {
    let projection = subject.projection;
    let rows = projection.rows.iter().filter(|row| row.measure == Measure::Revenue);
    let of_length: Vec<&Row> = rows.filter(|row| row.period.months() == months).collect();
    if of_length.is_empty() && months == 12 {
        let years = projection.milestones.iter().map(|milestone| &milestone.revenue);
        let calendar = subject.series.calendar();
        return years.filter(|row| calendar.step_of(row.period) == Some(Step::Year) && !row.intervals.is_empty()).collect();
    }
    of_length
}

/// The first of the columns that are shown: from the month chosen, and no more than fit.
pub(super) fn shown(columns: &[Column], from: Option<Month>) -> &[Column] {
    let first = from.and_then(|from| columns.iter().position(|one| one.period.last() >= from)).unwrap_or(0);
    let shown = &columns[first..];
    &shown[shown.len().saturating_sub(MOST)..]
}

/// The share of its period that a column leaves free on either side.
const GAP: f64 = 0.14;

/// The time that columns of these periods take, the first to the last.
pub(super) fn time(first: Period, last: Period, step: Step, calendar: FiscalCalendar) -> Time {
    Time { from: start_of(first.first()), to: end_of(last.last()), calendar, quarters: step < Step::Half }
}

/// The width of a period, in CSS pixels.
pub(super) fn slot(plot: &Plot, period: Period) -> f64 {
    plot.x(end_of(period.last())) - plot.x(start_of(period.first()))
}

/// The top of a column with its interval, as far as both are in the plot.
pub(super) fn top(plot: &Plot, column: &Column) -> f64 {
    let bar = plot.y(column.total);
    column.interval.map_or(bar, |interval| plot.y(interval.hi).max(plot.rect.top).min(bar))
}

/// Draws a column on `floor`: what was reported of it, and the rest on that.
pub(super) fn draw(sheet: &mut Sheet<'_>, plot: &Plot, column: &Column, floor: f64, colour: RGBColor) {
    let reported = floor + column.reported;
    if column.reported > 0.0 {
        draw_bar(sheet, bar(plot, column.period, floor, reported), colour, false);
    }
    if column.projected {
        draw_bar(sheet, bar(plot, column.period, reported, floor + column.total), colour, true);
    }
}

/// The box of what lies between two amounts in a period.
pub(super) fn bar(plot: &Plot, period: Period, from: f64, to: f64) -> Rect {
    let (left, right) = (plot.x(start_of(period.first())), plot.x(end_of(period.last())));
    let gap = ((right - left) * GAP).max(0.5);
    let (a, b) = (plot.y(from), plot.y(to));
    Rect { left: left + gap, top: a.min(b), right: right - gap, bottom: a.max(b) }
}

/// Draws a bar: full where it was reported, hatched where it is projected.
pub(super) fn draw_bar(sheet: &mut Sheet<'_>, rect: Rect, colour: RGBColor, projected: bool) {
    if !projected {
        sheet.scene.block(rect, colour.mix(1.0));
        return;
    }
    hatch(sheet, rect, colour);
    let Rect { left, top, right, bottom } = rect;
    if bottom - top > 1.0 {
        let outline = [(left, bottom), (left, top), (right, top), (right, bottom)];
        sheet.scene.line(outline.map(|(x, y)| point(x, y)).to_vec(), 1.6, colour.mix(1.0));
    }
}

/// From one line of a hatching to the next, and their width, in CSS pixels.
const HATCH: (f64, f64) = (8.0, 1.5);

/// Fills a box with a light tint and slanted lines, which tell it from a full one without colour, too.
pub(super) fn hatch(sheet: &mut Sheet<'_>, rect: Rect, colour: RGBColor) {
    sheet.scene.block(rect, colour.mix(0.16));
    let Rect { left, top, right, bottom } = rect;
    let (width, height) = (right - left, bottom - top);
    let mut along = HATCH.0 / 2.0;
    while along < width + height {
        // From the left edge or the bottom, upwards to the right.
        let from = if along <= height { (left, top + along) } else { (left + along - height, bottom) };
        let to = if along <= width { (left + along, top) } else { (right, top + along - width) };
        let line: Vec<Point> = vec![point(from.0, from.1), point(to.0, to.1)];
        sheet.scene.line(line, HATCH.1, colour.mix(0.5));
        along += HATCH.0;
    }
}

/// Draws an interval as a line with ends, down the middle of a period; one that leaves the plot has an arrow there instead of an end.
pub(super) fn whisker(sheet: &mut Sheet<'_>, plot: &Plot, period: Period, interval: Interval, colour: RGBColor) {
    let x = plot.x(f64::midpoint(start_of(period.first()), end_of(period.last())));
    let half = (slot(plot, period) * 0.14).clamp(2.0, 9.0);
    let (top, bottom) = (plot.rect.top, plot.rect.bottom);
    let (hi, lo) = (plot.y(interval.hi).max(top), plot.y(interval.lo).min(bottom));
    let background = sheet.palette.background;
    for (width, colour) in [(4.6, background), (2.0, colour)] {
        sheet.scene.segment((x, hi), (x, lo), width, colour);
        sheet.scene.segment((x - half, lo), (x + half, lo), width, colour);
        if plot.y(interval.hi) < top - 0.5 {
            let arrow = [(x - half, hi + half), (x, hi), (x + half, hi + half)];
            sheet.scene.line(arrow.map(|(x, y)| point(x, y)).to_vec(), width, colour.mix(1.0));
        } else {
            sheet.scene.segment((x - half, hi), (x + half, hi), width, colour);
        }
    }
}
