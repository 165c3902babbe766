//! A projection as a fan: bands, what is known or fitted before the origin, the median after it; and how far the axes must reach.

use plotters::style::{Color, RGBColor};

use crate::calendar::Month;
use crate::chart::marks::{self, Kind, Mark};
use crate::chart::scale::{Money, Plot, Time, end_of, start_of};
use crate::chart::scene::Point;
use crate::chart::sheet::{Key, Sheet, Sign};
use crate::chart::theme::Palette;
use crate::chart::view::{self, View};
use crate::chart::{Along, ChartError, ScaleChoice, ticks, words};
use crate::project::{Level, PathPoint};

/// Indices of all levels, the widest first.
pub(super) fn widest_first(levels: &[Level]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..levels.len()).collect();
    order.sort_by(|a, b| levels[*b].percent().total_cmp(&levels[*a].percent()));
    order
}

/// Indices of the levels nearest to the percentages in `wanted`, the widest first, each once.
pub(super) fn nearest(levels: &[Level], wanted: &[f64]) -> Vec<usize> {
    let distance = |index: &usize, percent: f64| (levels[*index].percent() - percent).abs();
    let mut found: Vec<usize> = wanted
        .iter()
        .filter_map(|percent| (0..levels.len()).min_by(|a, b| distance(a, *percent).total_cmp(&distance(b, *percent))))
        .collect();
    found.sort_by(|a, b| levels[*b].percent().total_cmp(&levels[*a].percent()));
    found.dedup();
    found
}

/// Draws the bands of `levels`, the widest first, each over the one before.
pub(super) fn draw_bands(sheet: &mut Sheet<'_>, plot: &Plot, view: &View<'_>, levels: &[usize], colour: RGBColor) {
    let points = view.ahead();
    for (index, level) in levels.iter().enumerate() {
        let upper = points.iter().map(|point| plot.at(view.time(point.month), point.intervals[*level].hi));
        let lower = points.iter().rev().map(|point| plot.at(view.time(point.month), point.intervals[*level].lo));
        let area: Vec<Point> = upper.chain(lower).collect();
        let fill = sheet.palette.band(colour, index, levels.len());
        sheet.scene.fill(plot.clip_area(area), fill);
    }
}

/// Draws what is known or fitted up to the origin, and the median from there on; `width` is the median's, in CSS pixels.
pub(super) fn draw_lines(sheet: &mut Sheet<'_>, plot: &Plot, view: &View<'_>, marks: &[Mark], colour: RGBColor, width: f64) {
    let origin = view.projection.origin;
    let points = |from: Month, to: Month| -> Vec<Point> {
        let path = view.path.iter().filter(|point| (from..=to).contains(&point.month));
        path.map(|point| plot.at(view.time(point.month), point.median)).collect()
    };
    match view.along {
        Along::RunRate => {
            for part in plot.clip_line(&points(Month::MIN, origin)) {
                sheet.scene.line(part, width * 0.6, colour.mix(0.8));
            }
        }
        Along::TwelveMonths => {
            for run in marks::runs(marks) {
                let line: Vec<Point> = run.iter().map(|mark| plot.at(mark.time, mark.amount)).collect();
                for part in plot.clip_line(&line) {
                    sheet.scene.line(part, width * 0.8, colour.mix(1.0));
                }
            }
            // Where the last months are not known as a year, the model's estimate of it follows.
            let known = marks.iter().rfind(|mark| mark.kind == Kind::Twelve).filter(|mark| view.origin() - mark.time < 12.0);
            if let (Some(mark), Some(first)) = (known, view.path.first()) {
                let line = [plot.at(mark.time, mark.amount), plot.at(view.origin(), first.median)];
                for part in plot.clip_line(&line) {
                    sheet.scene.line(part, width * 0.4, colour.mix(0.8));
                }
            }
        }
    }
    for part in plot.clip_line(&points(origin, Month::MAX)) {
        sheet.scene.line(part.clone(), width * 1.65, sheet.palette.background.mix(1.0));
        sheet.scene.line(part, width, colour.mix(1.0));
    }
}

/// The entry of the key for the line up to the origin, where it is the model's.
pub(super) fn fit_key(view: &View<'_>, colour: RGBColor) -> Option<Key> {
    let fitted = view.path.iter().filter(|point| point.month <= view.projection.origin).count() > 1;
    let is_fit = fitted && view.along == Along::RunRate;
    is_fit.then(|| Key { sign: Sign::Line(colour), label: "Model’s fit".to_owned() })
}

/// The entries of the key for bands of these levels: a swatch each, the narrowest first, and what they mean. `cut`: those
/// that go beyond the axis.
pub(super) fn key(palette: &Palette, levels: &[Level], shown: &[usize], colour: RGBColor, cut: &[usize]) -> Vec<Key> {
    let layers: Vec<_> = (0..shown.len()).map(|index| palette.band(colour, index, shown.len())).collect();
    let swatches = shown
        .iter()
        .enumerate()
        .rev()
        .map(|(index, level)| Key { sign: Sign::Bands(layers[..=index].to_vec()), label: format!("{}%", levels[*level]) });
    let names: Vec<String> = cut.iter().rev().map(|level| format!("{}%", levels[*level])).collect();
    let reach = if names.len() == 1 { "reaches" } else { "reach" };
    let label = format!("({} {reach} above the chart)", words::list(&names));
    let beyond = (!names.is_empty()).then_some(Key { sign: Sign::Note, label });
    let meaning = Key { sign: Sign::None, label: "of outcomes expected inside".to_owned() };
    swatches.chain([meaning]).chain(beyond).collect()
}

/// The months that a chart of these subjects shows, up to the end of `until`.
///
/// All of the history, but no more than three times the horizon (or four years), and at least fifteen months and a fifth of the horizon.
pub(super) fn time(views: &[View<'_>], marks: &[Vec<Mark>], from: Option<Month>, until: Month) -> Time {
    let calendar = view::calendar(views);
    let to = views.first().map_or(end_of(until), |view| view.time(until));
    let origin = views.iter().map(View::origin).fold(f64::NEG_INFINITY, f64::max);
    let horizon = to - origin;
    if let Some(from) = from {
        return Time { from: start_of(from).min(origin - 1.0), to, calendar, quarters: true };
    }
    let start = |mark: &Mark| if mark.kind == Kind::RunRate { mark.time } else { mark.span.0 };
    let earliest = marks.iter().flatten().map(start).fold(f64::INFINITY, f64::min);
    if earliest.is_infinite() {
        // A projection without its figures: just enough to see where it begins.
        return Time { from: libm::floor((origin - horizon / 8.0) / 3.0) * 3.0, to, calendar, quarters: true };
    }
    let wanted = earliest.min(origin - (horizon / 5.0).max(15.0)).max(origin - (3.0 * horizon).max(48.0));
    // A little air before the first mark, and the axis begins with a quarter.
    Time { from: libm::floor((wanted - 2.0) / 3.0) * 3.0, to, calendar, quarters: true }
}

/// Room above the centre of the highest mark, in CSS pixels.
const MARK_ROOM: f64 = 12.0;

/// What is to be seen on the money axis.
pub(super) struct Reach {
    lo: f64,
    hi: f64,
    hi_most: f64,
    highest_mark: f64,
    /// The least and the largest of figures and medians.
    amounts: (f64, f64),
}

impl Reach {
    pub(super) fn new() -> Self {
        Self {
            lo: f64::INFINITY,
            hi: f64::NEG_INFINITY,
            hi_most: f64::NEG_INFINITY,
            highest_mark: 0.0,
            amounts: (f64::INFINITY, 0.0),
        }
    }

    /// Shows a figure or a median.
    fn see_amount(&mut self, amount: f64) {
        self.see(amount);
        self.amounts = (self.amounts.0.min(amount), self.amounts.1.max(amount));
    }

    fn see(&mut self, amount: f64) {
        self.lo = self.lo.min(amount);
        self.hi = self.hi.max(amount);
    }

    /// Shows the marks within `time`.
    pub(super) fn marks(&mut self, marks: &[Mark], time: &Time) {
        for mark in marks.iter().filter(|mark| mark.span.1 > time.from && mark.time <= time.to) {
            self.see_amount(mark.amount);
            self.highest_mark = self.highest_mark.max(mark.amount);
        }
    }

    /// Shows the path within `time`: the median, the intervals of `levels` that are at most `sure` percent, and wider ones as
    /// far as they are not much wider.
    pub(super) fn path(&mut self, view: &View<'_>, levels: &[usize], sure: f64, time: &Time) {
        let projection = view.projection;
        for point in view.path.iter().filter(|point| time.holds(view.time(point.month))) {
            // A trend fitted to a first year of a fast grower starts far below every figure, and says little there.
            if point.month >= projection.origin || point.median > self.lo / 2.0 {
                self.see_amount(point.median);
            }
            for (level, interval) in levels.iter().filter_map(|level| Some((level, point.intervals.get(*level)?))) {
                if projection.levels[*level].percent() <= sure {
                    self.see(interval.lo);
                    self.see(interval.hi);
                } else {
                    self.lo = self.lo.min(interval.lo);
                    self.hi_most = self.hi_most.max(interval.hi);
                }
            }
        }
    }

    /// The lowest amount to be seen.
    pub(super) fn lowest(&self) -> f64 {
        self.lo
    }

    /// The highest amount to be seen.
    pub(super) fn highest(&self) -> f64 {
        self.hi.max(self.hi_most)
    }

    /// The ratio of the largest figure or median to the smallest, from which the scale follows: a wide interval asks for none.
    pub(super) fn ratio(&self) -> f64 {
        let (least, most) = self.amounts;
        if least > 0.0 { most / least } else { 0.0 }
    }

    /// The money axis: logarithmic if chosen, with everything on it; else linear from zero.
    ///
    /// On the linear axis bands wider than the sure ones are shown if that leaves the rest over three fifths of the height;
    /// else they leave the plot at its top, and their labels say so.
    pub(super) fn money(&self, log: bool, height: f64) -> Money {
        if log {
            return Money { axis: ticks::log(self.lo, self.hi.max(self.hi_most), height), log };
        }
        // A mark is whole below the caption of the origin.
        let marks = self.highest_mark * (1.0 + MARK_ROOM / height);
        let hi = if self.hi_most <= 1.65 * self.hi { self.hi.max(self.hi_most) } else { self.hi * 1.12 };
        // A label of the axis takes some 20 pixels; with less than twice that between them they crowd.
        let most = [7_usize, 6, 5, 4].into_iter().find(|most| *most as f64 * 42.0 <= height).unwrap_or(3);
        Money { axis: ticks::linear(hi.max(marks), most), log }
    }
}

/// Those of the levels shown whose bands leave the axis at its top.
pub(super) fn cut(views: &[View<'_>], shown: &[usize], time: &Time, money: &Money) -> Vec<usize> {
    let beyond = |level: &usize| {
        let leaves = |point: &PathPoint| point.intervals.get(*level).is_some_and(|ends| ends.hi > money.axis.hi * (1.0 + 1e-9));
        views.iter().any(|view| view.path.iter().filter(|point| time.holds(view.time(point.month))).any(leaves))
    };
    shown.iter().copied().filter(beyond).collect()
}

/// Whether the scale is logarithmic: as chosen, or by the ratio of the amounts that asks for it.
///
/// # Errors
///
/// If a logarithmic scale is chosen for a figure of zero or less.
pub(super) fn is_log(
    choice: ScaleChoice,
    views: &[View<'_>],
    marks: &[Vec<Mark>],
    ratio: f64,
    asks_for_log: f64,
) -> Result<bool, ChartError> {
    match choice {
        ScaleChoice::Linear => Ok(false),
        ScaleChoice::Auto => Ok(ratio > asks_for_log),
        ScaleChoice::Log => {
            for (view, marks) in views.iter().zip(marks) {
                if let Some(mark) = marks.iter().find(|mark| mark.amount <= 0.0) {
                    let series = view.series.name().to_owned();
                    return Err(ChartError::NotOnLog { series, amount: mark.amount });
                }
            }
            Ok(true)
        }
    }
}

/// Says that marks stand before the first month shown or after the last, if some do.
pub(super) fn hidden(marks: &[Vec<Mark>], time: &Time) -> String {
    let any = |outside: &dyn Fn(&Mark) -> bool| marks.iter().flatten().any(outside);
    let earlier = if any(&|mark| mark.time < time.from) { " Earlier figures not shown." } else { "" };
    let later = if any(&|mark| mark.time > time.to) { " Later targets not shown." } else { "" };
    format!("{earlier}{later}")
}
