//! The axes of a plot, and the line where the projection begins.

use crate::chart::font::Weight;
use crate::chart::labels::Rect;
use crate::chart::scale::Plot;
use crate::chart::scene::{Align, Type, baseline_for_middle};
use crate::chart::sheet::{CAPTION_ABOVE, MARGIN, Sheet};
use crate::money::{Currency, short};

/// Least width for the labels of the money axis.
const LEAST_GUTTER: f64 = 70.0;
/// Between the money axis' labels and the plot.
const GUTTER_GAP: f64 = 12.0;

/// How a money axis is labelled.
pub(super) struct AxisLabels {
    pub(super) currency: Currency,
    pub(super) size: f64,
}

impl Sheet<'_> {
    /// Room for the labels of a money axis.
    pub(super) fn gutter(&self, ticks: &[f64], labels: &AxisLabels) -> f64 {
        let widest =
            ticks.iter().map(|tick| self.fonts.width(&short(*tick, labels.currency), Weight::Regular)).fold(0.0, f64::max);
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
                self.scene.write(self.fonts, &short(tick, labels.currency), at, Align::Right, look);
            }
        }
    }

    /// The line at the bottom with ticks at years and quarters, and the labels of years and, where there are few, quarters.
    pub(super) fn time_axis(&mut self, plot: &Plot, label_size: Option<f64>) {
        let Rect { left, right, bottom, .. } = plot.rect;
        let time = plot.time().clone();
        let month = (right - left) / (time.to - time.from);
        self.scene.segment((left, bottom), (right, bottom), 1.6, self.palette.axis);
        let years = 12.0 * month;
        // Ticks closer than this run together: then only every second, fifth or tenth year has one.
        let every = [1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0].into_iter().find(|every| years * every >= 12.0).unwrap_or(500.0);
        let quarters = 3.0 * month >= 9.0;
        let first = libm::ceil(time.from / 3.0 - 1e-9);
        let mut quarter = first;
        while quarter * 3.0 <= time.to + 1e-9 {
            let at = quarter * 3.0;
            let is_year = (at / 12.0).fract() == 0.0;
            let tick = if is_year && (at / 12.0) % every == 0.0 {
                10.0
            } else if quarters && !is_year {
                5.6
            } else {
                0.0
            };
            if tick > 0.0 {
                let x = plot.x(at);
                self.scene.segment((x, bottom), (x, bottom + tick), 1.4, self.palette.axis);
            }
            quarter += 1.0;
        }
        let Some(size) = label_size else { return };
        let by_quarter = time.to - time.from < 36.0 && 3.0 * month >= 40.0;
        if by_quarter {
            self.quarter_labels(plot, 16.0);
        }
        self.year_labels(plot, size, if by_quarter { 51.0 } else { 30.0 });
    }

    fn quarter_labels(&mut self, plot: &Plot, size: f64) {
        let time = plot.time().clone();
        let look = Type::new(size, Weight::Regular, self.palette.ink_3);
        let mut quarter = libm::ceil(time.from / 3.0 - 1e-9);
        while (quarter + 1.0) * 3.0 <= time.to + 1e-9 {
            let name = ["Q1", "Q2", "Q3", "Q4"].into_iter().nth(rounded(quarter).rem_euclid(4) as usize).unwrap_or("");
            let x = plot.x(quarter * 3.0 + 1.5);
            self.scene.write(self.fonts, name, (x, plot.rect.bottom + 24.0), Align::Centre, look);
            quarter += 1.0;
        }
    }

    /// Each year's number centred in the year; in a year of which half or more shows, centred in what shows.
    fn year_labels(&mut self, plot: &Plot, size: f64, below: f64) {
        let time = plot.time().clone();
        let look = Type::new(size, Weight::Regular, self.palette.ink_2);
        let width = look.width(self.fonts, "2000");
        let year_width = plot.x(time.from + 12.0) - plot.x(time.from);
        let every =
            [1, 2, 5, 10, 20, 50, 100].into_iter().find(|every| year_width * f64::from(*every) >= width * 1.25).unwrap_or(500);
        for year in rounded(libm::floor(time.from / 12.0))..=rounded(libm::floor(time.to / 12.0)) {
            let (start, end) = ((f64::from(year) * 12.0).max(time.from), (f64::from(year) * 12.0 + 12.0).min(time.to));
            if year % every != 0 || end - start < 6.0 {
                continue;
            }
            let x = plot.x(f64::midpoint(start, end));
            // What shows of a year must hold its number, or it would touch the next.
            if end - start < 12.0 && every == 1 && plot.x(end) - plot.x(start) < width * 1.1 {
                continue;
            }
            if x - width / 2.0 < MARGIN || x + width / 2.0 > self.scene.width() - 2.0 {
                continue;
            }
            self.scene.write(self.fonts, &year.to_string(), (x, plot.rect.bottom + below), Align::Centre, look);
        }
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
        if let Some(before) = wordings.find(|before| x - 9.0 - look.width(self.fonts, before) >= MARGIN) {
            self.scene.write(self.fonts, &before, (x - 9.0, baseline), Align::Right, look);
        }
        if x + 9.0 + look.width(self.fonts, after) <= right {
            self.scene.write(self.fonts, after, (x + 9.0, baseline), Align::Left, look);
        }
    }
}

#[expect(clippy::cast_possible_truncation, reason = "years and quarters of the calendar")]
fn rounded(value: f64) -> i32 {
    value.round() as i32
}
