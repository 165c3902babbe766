//! The axes of a plot, and the line where the projection begins.

use crate::calendar::Period;
use crate::chart::font::Weight;
use crate::chart::labels::Rect;
use crate::chart::scale::{Plot, end_of, start_of};
use crate::chart::scene::{Align, Type, baseline_for_middle};
use crate::chart::sheet::{CAPTION_ABOVE, Sheet};
use crate::money::{Currency, in_full, short};

/// Least width for the labels of the money axis.
const LEAST_GUTTER: f64 = 70.0;
/// Between the money axis' labels and the plot.
const GUTTER_GAP: f64 = 12.0;

/// What the numbers of an axis are.
#[derive(Clone, Copy)]
pub(super) enum Unit {
    Money(Currency),
    /// Fractions, written as percentages.
    Percent,
    /// Numbers without a unit.
    Index,
}

/// How an axis upwards is labelled.
pub(super) struct AxisLabels {
    pub(super) unit: Unit,
    pub(super) size: f64,
}

impl AxisLabels {
    /// The label of a tick.
    pub(super) fn text(&self, tick: f64) -> String {
        match self.unit {
            Unit::Money(currency) => short(tick, currency),
            Unit::Index => in_full(tick),
            Unit::Percent => format!("{}%", (tick * 1000.0).round() / 10.0).replace('-', "−"),
        }
    }
}

impl Sheet<'_> {
    /// Room for the labels of a money axis.
    pub(super) fn gutter(&self, ticks: &[f64], labels: &AxisLabels) -> f64 {
        let widest = ticks.iter().map(|tick| self.fonts.width(&labels.text(*tick), Weight::Regular)).fold(0.0, f64::max);
        (widest * labels.size + GUTTER_GAP).max(LEAST_GUTTER)
    }

    /// Horizontal gridlines and, if wanted, their labels at the left.
    pub(super) fn money_axis(&mut self, plot: &Plot, labels: Option<&AxisLabels>) {
        let Rect { left, right, bottom, .. } = plot.rect;
        for tick in plot.money().axis.ticks.clone() {
            let y = plot.y(tick);
            // The axis line takes the place of a gridline at the bottom.
            if bottom - y > 1.0 {
                self.scene.segment((left, y), (right, y), 1.25, self.palette.grid);
            }
            if let Some(labels) = labels {
                let look = Type::new(labels.size, Weight::Regular, self.palette.ink_2);
                let at = (left - GUTTER_GAP, baseline_for_middle(y, labels.size));
                self.scene.write(self.fonts, &labels.text(tick), at, Align::Right, look);
            }
        }
    }

    /// The line at the bottom with ticks at years and quarters, and the labels of years and, where there are few, quarters.
    ///
    /// Where every year is named its name stands between two long ticks, so that nobody takes it for that of a date.
    pub(super) fn time_axis(&mut self, plot: &Plot, label_size: Option<f64>) {
        let Rect { left, right, bottom, .. } = plot.rect;
        let time = plot.time().clone();
        let month = (right - left) / (time.to - time.from);
        self.scene.segment((left, bottom), (right, bottom), 1.6, self.palette.axis);
        let by_quarter = time.to - time.from < 36.0 && 3.0 * month >= 40.0;
        let below = if by_quarter { 51.0 } else { 30.0 };
        let named = label_size.map(|size| self.named_years(plot, size)).unwrap_or_default();
        let every_year = named.len() > 1 && named.windows(2).all(|pair| pair[1].first().since(pair[0].first()) == 12);
        // Ticks closer than this run together: then only every second, fifth or tenth year has one.
        let every = every(12.0 * month, 12.0);
        let long = if every_year { below + 6.0 } else { 10.0 };
        for year in time.years() {
            let start = start_of(year.first());
            if time.holds(start) && time.calendar.year_of(year.last()) % every == 0 {
                let x = plot.x(start);
                self.scene.segment((x, bottom), (x, bottom + long), 1.4, self.palette.axis);
            }
            for quarter in (1..4).filter(|_| time.quarters && 3.0 * month >= 9.0) {
                let start = start + 3.0 * f64::from(quarter);
                if time.holds(start) {
                    let x = plot.x(start);
                    self.scene.segment((x, bottom), (x, bottom + 5.6), 1.4, self.palette.axis);
                }
            }
        }
        let Some(size) = label_size else { return };
        if by_quarter {
            self.quarter_labels(plot, 16.0);
        }
        let look = Type::new(size, Weight::Regular, self.palette.ink_2);
        for year in named {
            let x = middle_of(plot, year);
            self.scene.write(self.fonts, &time.calendar.name(year), (x, bottom + below), Align::Centre, look);
        }
    }

    fn quarter_labels(&mut self, plot: &Plot, size: f64) {
        let time = plot.time().clone();
        let look = Type::new(size, Weight::Regular, self.palette.ink_3);
        for year in time.years() {
            for (index, name) in [(0, "Q1"), (1, "Q2"), (2, "Q3"), (3, "Q4")] {
                let start = start_of(year.first().plus(3 * index));
                if time.holds(start) && time.holds(start + 3.0) {
                    let x = plot.x(start + 1.5);
                    self.scene.write(self.fonts, name, (x, plot.rect.bottom + 24.0), Align::Centre, look);
                }
            }
        }
    }

    /// The years whose names are written: all, or every second, fifth or tenth; of one that is shown in part, if half of it is and
    /// its name finds room.
    fn named_years(&self, plot: &Plot, size: f64) -> Vec<Period> {
        let time = plot.time();
        let year_width = plot.x(time.from + 12.0) - plot.x(time.from);
        let width = |year: Period| self.fonts.width(&time.calendar.name(year), Weight::Regular) * size;
        let widest = time.years().map(width).fold(0.0, f64::max);
        let every = every(year_width, widest * 1.25);
        let has_room = |year: &Period| {
            let (start, end) = (start_of(year.first()).max(time.from), end_of(year.last()).min(time.to));
            let (x, width) = (middle_of(plot, *year), width(*year));
            let holds = end - start > 11.0 || every > 1 || plot.x(end) - plot.x(start) >= width * 1.1;
            end - start >= 6.0 && holds && x - width / 2.0 >= self.margin && x + width / 2.0 <= self.scene.width() - 2.0
        };
        time.years().filter(|year| time.calendar.year_of(year.last()) % every == 0).filter(has_room).collect()
    }

    /// The dashed line at the origin with what lies on either side of it, where there is room; `before` in one of several
    /// wordings, the first that fits.
    pub(super) fn origin_line(&mut self, plot: &Plot, origin: f64, before: &[String]) {
        if !(plot.time().from..plot.time().to).contains(&origin) {
            return;
        }
        let x = plot.x(origin);
        let Rect { top, bottom, right, .. } = plot.rect;
        self.scene.dashes(x, top - CAPTION_ABOVE - 12.0, bottom, 1.5, self.palette.ink_3);
        let look = Type::new(17.0, Weight::Regular, self.palette.ink_2);
        let after = "Projection →";
        let baseline = top - CAPTION_ABOVE;
        let mut wordings = before.iter().map(|before| format!("← {before}"));
        if let Some(before) = wordings.find(|before| x - 9.0 - look.width(self.fonts, before) >= self.margin) {
            self.scene.write(self.fonts, &before, (x - 9.0, baseline), Align::Right, look);
        }
        if x + 9.0 + look.width(self.fonts, after) <= right {
            self.scene.write(self.fonts, after, (x + 9.0, baseline), Align::Left, look);
        }
    }
}

/// Of how many years one has a tick or a name, so that they stand `least` CSS pixels apart; a year takes `width`.
fn every(width: f64, least: f64) -> i32 {
    [1, 2, 5, 10, 20, 50, 100].into_iter().find(|every| width * f64::from(*every) >= least).unwrap_or(500)
}

/// The middle of what is shown of a year, in CSS pixels from the left.
fn middle_of(plot: &Plot, year: Period) -> f64 {
    let time = plot.time();
    plot.x(f64::midpoint(start_of(year.first()).max(time.from), end_of(year.last()).min(time.to)))
}
