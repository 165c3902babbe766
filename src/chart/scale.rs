//! The two coordinates of every chart as plotters' ranges: months across, money upwards, linear or logarithmic.

use std::ops::Range;

use plotters::coord::CoordTranslate;
use plotters::coord::cartesian::Cartesian2d;
use plotters::coord::ranged1d::{KeyPointHint, NoDefaultFormatting, Ranged};

use crate::calendar::{FiscalCalendar, Month, Period, Step};
use crate::chart::labels::Rect;
use crate::chart::scene::{Point, pixels, units};
use crate::chart::ticks::Axis;

/// The time at which a month begins, in months.
pub(super) fn start_of(month: Month) -> f64 {
    f64::from(month.index())
}

/// The time at which a month ends, in months: that of the next one's beginning.
pub(super) fn end_of(month: Month) -> f64 {
    f64::from(month.index()) + 1.0
}

/// The month in which a time lies; one that lies between two months belongs to the later.
#[expect(clippy::cast_possible_truncation, reason = "months of the calendar")]
pub(super) fn month_of(time: f64) -> Month {
    Month::from_index(libm::floor(time) as i32)
}

/// Months from left to right.
#[derive(Clone, Debug)]
pub(super) struct Time {
    pub(super) from: f64,
    pub(super) to: f64,
    /// By which the axis names its years.
    pub(super) calendar: FiscalCalendar,
    /// Whether quarters have ticks: not under columns of years.
    pub(super) quarters: bool,
}

impl Time {
    /// The years that are shown at least in part, in order of time.
    pub(super) fn years(&self) -> impl Iterator<Item = Period> + use<> {
        let year = |time: f64| self.calendar.period_at(Step::Year, month_of(time));
        let (first, last) = (year(self.from + 1e-6), year(self.to - 1e-6));
        (0..=last.first().since(first.first()) / 12).map(move |count| first.shift(count))
    }

    /// Whether a time lies within, ends included.
    pub(super) fn holds(&self, time: f64) -> bool {
        (self.from..=self.to).contains(&time)
    }
}

impl Ranged for Time {
    type FormatOption = NoDefaultFormatting;
    type ValueType = f64;

    fn map(&self, value: &f64, limit: (i32, i32)) -> i32 {
        between((value - self.from) / (self.to - self.from), limit)
    }

    /// The beginnings of years.
    fn key_points<Hint: KeyPointHint>(&self, _: Hint) -> Vec<f64> {
        self.years().map(|year| start_of(year.first())).filter(|start| self.holds(*start)).collect()
    }

    fn range(&self) -> Range<f64> {
        self.from..self.to
    }
}

/// Amounts from bottom to top.
#[derive(Clone, Debug)]
pub(super) struct Money {
    pub(super) axis: Axis,
    pub(super) log: bool,
}

impl Ranged for Money {
    type FormatOption = NoDefaultFormatting;
    type ValueType = f64;

    fn map(&self, value: &f64, limit: (i32, i32)) -> i32 {
        let Axis { lo, hi, .. } = self.axis;
        let share = if self.log {
            // Nothing of zero or less is drawn on a logarithmic axis; the floor keeps a stray one finite.
            libm::log(value.max(lo * 1e-12) / lo) / libm::log(hi / lo)
        } else {
            (value - lo) / (hi - lo)
        };
        between(share, limit)
    }

    fn key_points<Hint: KeyPointHint>(&self, _: Hint) -> Vec<f64> {
        self.axis.ticks.clone()
    }

    fn range(&self) -> Range<f64> {
        self.axis.lo..self.axis.hi
    }
}

/// Farthest that a point may lie outside its axis, in lengths of the axis: far beyond what is clipped, and no overflow.
const FARTHEST: f64 = 50.0;

#[expect(clippy::cast_possible_truncation, reason = "held within some lengths of the axis")]
fn between(share: f64, (from, to): (i32, i32)) -> i32 {
    let share = share.clamp(-FARTHEST, FARTHEST);
    (f64::from(from) + share * f64::from(to - from)).round() as i32
}

/// The rectangle in which figures are drawn, with its coordinates.
pub(super) struct Plot {
    pub(super) rect: Rect,
    coordinates: Cartesian2d<Time, Money>,
}

impl Plot {
    pub(super) fn new(rect: Rect, time: Time, money: Money) -> Self {
        let across = units(rect.left)..units(rect.right);
        let upwards = units(rect.bottom)..units(rect.top);
        Self { rect, coordinates: Cartesian2d::new(time, money, (across, upwards)) }
    }

    pub(super) fn time(&self) -> &Time {
        self.coordinates.x_spec()
    }

    pub(super) fn money(&self) -> &Money {
        self.coordinates.y_spec()
    }

    /// A time in months and an amount as a point on the grid.
    pub(super) fn at(&self, time: f64, amount: f64) -> Point {
        self.coordinates.translate(&(time, amount))
    }

    /// A time in months as CSS pixels from the left.
    pub(super) fn x(&self, time: f64) -> f64 {
        pixels(self.at(time, self.money().axis.hi).0)
    }

    /// An amount as CSS pixels from the top.
    pub(super) fn y(&self, amount: f64) -> f64 {
        pixels(self.at(self.time().from, amount).1)
    }

    /// Whether a time and an amount are within the axes.
    pub(super) fn shows(&self, time: f64, amount: f64) -> bool {
        let money = &self.money().axis;
        self.time().holds(time) && (money.lo..=money.hi).contains(&amount)
    }

    /// The part of a polygon that lies in the plot (Sutherland and Hodgman, 1974).
    pub(super) fn clip_area(&self, corners: Vec<Point>) -> Vec<Point> {
        self.sides().into_iter().fold(corners, |corners, side| {
            let mut kept = Vec::with_capacity(corners.len() + 4);
            for (index, to) in corners.iter().enumerate() {
                let from = corners[(index + corners.len() - 1) % corners.len()];
                if side.inside(from) != side.inside(*to) {
                    kept.push(side.crossing(from, *to));
                }
                if side.inside(*to) {
                    kept.push(*to);
                }
            }
            kept
        })
    }

    /// The parts of a line that lie in the plot.
    pub(super) fn clip_line(&self, points: &[Point]) -> Vec<Vec<Point>> {
        let mut parts: Vec<Vec<Point>> = Vec::new();
        for pair in points.windows(2) {
            let (mut from, mut to) = (pair[0], pair[1]);
            let mut outside = false;
            for side in self.sides() {
                match (side.inside(from), side.inside(to)) {
                    (true, true) => {}
                    (false, false) => outside = true,
                    (false, true) => from = side.crossing(from, to),
                    (true, false) => to = side.crossing(from, to),
                }
            }
            if outside {
                continue;
            }
            match parts.last_mut() {
                Some(part) if part.last() == Some(&from) => part.push(to),
                _ => parts.push(vec![from, to]),
            }
        }
        parts
    }

    fn sides(&self) -> [Side; 4] {
        let Rect { left, top, right, bottom } = self.rect;
        [
            Side { across: true, at: units(left), after: true },
            Side { across: true, at: units(right), after: false },
            Side { across: false, at: units(top), after: true },
            Side { across: false, at: units(bottom), after: false },
        ]
    }
}

/// A side of a plot: what is kept lies after or before it.
#[derive(Clone, Copy)]
struct Side {
    across: bool,
    at: i32,
    after: bool,
}

impl Side {
    fn inside(self, (x, y): Point) -> bool {
        let along = if self.across { x } else { y };
        if self.after { along >= self.at } else { along <= self.at }
    }

    fn crossing(self, from: Point, to: Point) -> Point {
        let (along, other) = if self.across { ((from.0, to.0), (from.1, to.1)) } else { ((from.1, to.1), (from.0, to.0)) };
        let share = f64::from(self.at - along.0) / f64::from(along.1 - along.0);
        let crossed = between(share, other);
        if self.across { (self.at, crossed) } else { (crossed, self.at) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::ticks;

    fn plot(log: bool) -> Plot {
        let axis = if log { Axis { lo: 1.0, hi: 100.0, ticks: vec![1.0, 10.0, 100.0] } } else { ticks::linear(100.0, 7) };
        let rect = Rect { left: 100.0, top: 50.0, right: 1100.0, bottom: 550.0 };
        Plot::new(
            rect,
            Time { from: 24_000.0, to: 24_100.0, calendar: FiscalCalendar::default(), quarters: true },
            Money { axis, log },
        )
    }

    #[test]
    fn data_stand_where_they_should() {
        let linear = plot(false);
        assert_eq!((linear.x(24_050.0), linear.y(20.0)), (600.0, 450.0));
        assert_eq!((linear.y(0.0), linear.y(100.0)), (550.0, 50.0));
        let log = plot(true);
        assert_eq!((log.y(1.0), log.y(10.0), log.y(100.0)), (550.0, 300.0, 50.0));
    }

    #[test]
    fn lines_and_areas_end_at_the_plot() {
        let plot = plot(false);
        let line = [plot.at(23_990.0, 50.0), plot.at(24_050.0, 50.0), plot.at(24_060.0, 150.0), plot.at(24_070.0, 50.0)];
        let parts = plot.clip_line(&line);
        assert_eq!(parts.len(), 2);
        let area = plot.clip_area(vec![plot.at(23_000.0, -50.0), plot.at(25_000.0, -50.0), plot.at(24_050.0, 900.0)]);
        let rect = plot.rect.grown(1e-9);
        for point in parts.into_iter().flatten().chain(area) {
            assert!(rect.holds(pixels(point.0), pixels(point.1)), "{point:?}");
        }
    }
}
