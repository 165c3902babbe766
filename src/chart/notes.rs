//! What is written inside a plot: labels of marks, contracts and events.

use plotters::style::RGBColor;

use crate::chart::font::Weight;
use crate::chart::labels::{Placer, Rect};
use crate::chart::marks::{self, Kind, Mark, Sizes};
use crate::chart::scale::Plot;
use crate::chart::scene::{Align, LINE, Type, baseline_for_top};
use crate::chart::sheet::{Run, Sheet};
use crate::chart::view::View;
use crate::chart::words;

/// Em of the labels of marks, in CSS pixels.
const CALLOUT: f64 = 18.0;
/// Em of the words of contracts and events.
const REMARK: f64 = 16.0;
/// Widest text of a contract or an event, in CSS pixels.
const REMARK_WIDTH: f64 = 520.0;
/// What covering a line of a trend or a median costs a label, a sample of it, in CSS pixels of distance.
const LINE_COST: f64 = 40.0;
const EDGE_COST: f64 = 3.0;
const BAR_COST: f64 = 12.0;
/// The most that a contract's or an event's words may cover: some edges of bands, no line.
const REMARK_LIMIT: f64 = 36.0;

/// What is written inside a plot, and where there is still room.
pub(super) struct Notes<'p> {
    plot: &'p Plot,
    placer: Placer,
    /// Time of the origin's line.
    origin: f64,
    /// How many labels, contracts and events found no place.
    left_out: usize,
}

impl<'p> Notes<'p> {
    /// Nothing written yet, but for the line at `origin`.
    pub(super) fn new(plot: &'p Plot, origin: f64) -> Self {
        let Rect { left, top, right, bottom } = plot.rect;
        let mut placer = Placer::new(Rect { left: left + 4.0, top: top + 2.0, right: right - 4.0, bottom: bottom - 4.0 });
        let x = plot.x(origin);
        placer.block(Rect { left: x - 1.0, top, right: x + 1.0, bottom });
        Self { plot, placer, origin, left_out: 0 }
    }

    /// Keeps off what is written already.
    pub(super) fn keep_off_texts(&mut self, sheet: &Sheet<'_>) {
        for text in sheet.scene.texts() {
            self.placer.block(text.rect());
        }
    }

    /// ` 2 notes not shown.`, if there was no place for some.
    pub(super) fn said(&self) -> String {
        match self.left_out {
            0 => String::new(),
            1 => " 1 note not shown.".to_owned(),
            count => format!(" {count} notes not shown."),
        }
    }

    /// Keeps off the marks and lines of a series, as far as each matters.
    pub(super) fn keep_off(&mut self, view: &View<'_>, levels: &[usize], marks: &[Mark], boxes: &[Rect]) {
        for rect in boxes {
            self.placer.block(*rect);
        }
        let Self { plot, placer, .. } = self;
        let mut sample = |from: (f64, f64), to: (f64, f64), cost: f64| {
            let place = |(time, amount): (f64, f64)| (plot.x(time), plot.y(amount));
            placer.sample_line(place(from), place(to), cost);
        };
        for pair in view.path.windows(2) {
            sample((view.time(pair[0].month), pair[0].median), (view.time(pair[1].month), pair[1].median), LINE_COST);
        }
        for pair in view.ahead().windows(2) {
            for level in levels {
                let (a, b) = (pair[0].intervals[*level], pair[1].intervals[*level]);
                sample((view.time(pair[0].month), a.lo), (view.time(pair[1].month), b.lo), EDGE_COST);
                sample((view.time(pair[0].month), a.hi), (view.time(pair[1].month), b.hi), EDGE_COST);
            }
        }
        for run in marks::runs(marks) {
            for pair in run.windows(2) {
                sample((pair[0].time, pair[0].amount), (pair[1].time, pair[1].amount), LINE_COST);
            }
        }
        for mark in marks.iter().filter(|mark| mark.kind == Kind::Year) {
            sample((mark.span.0, mark.amount), (mark.span.1, mark.amount), BAR_COST);
        }
    }

    /// Labels the last observation and the targets of a series. A run-rate of another date than the origin's has its date in
    /// the label.
    pub(super) fn label_marks(
        &mut self,
        sheet: &mut Sheet<'_>,
        view: &View<'_>,
        marks: &[Mark],
        sizes: Sizes,
        colour: RGBColor,
    ) {
        let run = |text: String, weight: Weight, colour: RGBColor| Run { text, colour, weight };
        let series = view.series;
        let (calendar, currency) = (series.calendar(), series.currency());
        if let Some(mark) = last_observation(self.plot, marks) {
            let figure = &series.figures()[mark.figure];
            let mut text = words::observation(figure, mark, calendar, currency);
            if mark.kind == Kind::RunRate && (mark.time - self.origin).abs() > 0.5 {
                text = format!("{text}, {}", words::month(figure.period.last()));
            }
            self.label(sheet, mark, sizes, &[run(text, Weight::SemiBold, colour)]);
        }
        let (ink, ink_2) = (sheet.palette.ink, sheet.palette.ink_2);
        for mark in marks.iter().filter(|mark| mark.kind == Kind::Target) {
            let (what, amount) = words::target(&series.figures()[mark.figure], calendar, currency);
            self.label(sheet, mark, sizes, &[run(what, Weight::Regular, ink_2), run(amount, Weight::SemiBold, ink)]);
        }
    }

    /// Writes a label beside a mark, if there is a place for it.
    fn label(&mut self, sheet: &mut Sheet<'_>, mark: &Mark, sizes: Sizes, runs: &[Run]) {
        if !self.plot.shows(mark.time, mark.amount) {
            return;
        }
        let (x, y) = (self.plot.x(mark.time), self.plot.y(mark.amount));
        let width: f64 = runs.iter().map(|run| sheet.fonts.width(&run.text, run.weight)).sum::<f64>() * CALLOUT;
        let radius = sizes.radius(mark.kind);
        let Some(place) = self.placer.beside(x, y, radius, (width, LINE * CALLOUT)) else {
            self.left_out += 1;
            return;
        };
        if place.leader {
            let end = (x.clamp(place.rect.left, place.rect.right), y.clamp(place.rect.top, place.rect.bottom));
            let length = libm::hypot(end.0 - x, end.1 - y);
            let start = (x + (end.0 - x) / length * (radius + 2.0), y + (end.1 - y) / length * (radius + 2.0));
            sheet.scene.segment(start, end, 1.2, sheet.palette.ink_3);
        }
        let baseline = baseline_for_top(place.rect.top, CALLOUT);
        let mut x = place.rect.left;
        for run in runs {
            let look = Type::new(CALLOUT, run.weight, run.colour);
            sheet.scene.write_over(sheet.fonts, run.text.trim_end(), (x, baseline), Align::Left, look);
            x += look.width(sheet.fonts, &run.text);
        }
    }

    /// Writes the contracts and events of a series at the top or the bottom of the plot, each with a line at its date, where
    /// there is a place that covers nothing; the others are in the text for readers who do not see. `name` goes before the
    /// words where several series share the plot.
    pub(super) fn write_remarks(&mut self, sheet: &mut Sheet<'_>, view: &View<'_>, name: Option<&str>, colour: RGBColor) {
        let Self { plot, placer, origin, left_out } = self;
        let look = Type::new(REMARK, Weight::Regular, sheet.palette.ink_2);
        let Rect { top, bottom, left, right } = plot.rect;
        for remark in marks::remarks(view).iter().filter(|remark| plot.time().holds(remark.time)) {
            let x = plot.x(remark.time);
            let words = words::remark(remark.figure, view.series.currency(), name);
            let text = sheet.fonts.cut(&words, look.weight, REMARK_WIDTH / REMARK);
            let size = (look.width(sheet.fonts, &text), LINE * REMARK);
            let line = plot.x(*origin);
            let between =
                if remark.time < *origin { (left + 5.0, line.min(right) - 6.0) } else { (line.max(left) + 6.0, right - 5.0) };
            let free = |place: &Place| placer.is_free(&place.text) && placer.is_free(&place.line);
            let costed = places(plot, x, size, between)
                .filter(free)
                .map(|place| (placer.cost(&place.text) + placer.cost(&place.line), place))
                .filter(|(cost, _)| *cost <= REMARK_LIMIT);
            let Some((_, place)) = costed.min_by(|a, b| a.0.total_cmp(&b.0)) else {
                *left_out += 1;
                continue;
            };
            let (from, to) = if place.from_top { (top, place.line.bottom) } else { (bottom, place.line.top) };
            sheet.scene.segment((x, from), (x, to), 1.6, colour);
            placer.block(place.text);
            placer.block(place.line);
            let baseline = baseline_for_top(place.text.top, REMARK);
            sheet.scene.write_over(sheet.fonts, &text, (place.text.left, baseline), Align::Left, look);
        }
    }
}

/// The last observation that the plot shows.
pub(super) fn last_observation<'m>(plot: &Plot, marks: &'m [Mark]) -> Option<&'m Mark> {
    let shown = marks.iter().filter(|mark| mark.kind != Kind::Target && plot.shows(mark.time, mark.amount));
    shown.max_by(|a, b| a.span.1.total_cmp(&b.span.1).then(a.figure.cmp(&b.figure)))
}

/// Where a contract's or an event's words stand, and the line from the plot's edge at its date.
#[derive(Clone, Copy)]
struct Place {
    text: Rect,
    line: Rect,
    from_top: bool,
}

/// The places tried for words of this size at `x`: in rows from the top of the plot and from its bottom, left and right of
/// the line, and under its end where they can slide along.
fn places(plot: &Plot, x: f64, (width, height): (f64, f64), between: (f64, f64)) -> impl Iterator<Item = Place> {
    let Rect { top, bottom, .. } = plot.rect;
    let slid = (x - width / 2.0).min(between.1 - width).max(between.0);
    let place = move |row: u8, from_top: bool, left: f64, beside: bool| {
        let down = if beside { 4.0 } else { 14.0 } + f64::from(row) * (height + 5.0);
        let text_top = if from_top { top + down } else { bottom - down - height };
        let text = Rect { left, top: text_top, right: left + width, bottom: text_top + height };
        // Beside its words the line runs along them, over them it stops short.
        let reach = if beside { height } else { -2.0 };
        let line = if from_top {
            Rect { left: x - 0.8, top: top + 2.0, right: x + 0.8, bottom: text.top + reach }
        } else {
            Rect { left: x - 0.8, top: text.bottom - reach, right: x + 0.8, bottom: bottom - 4.0 }
        };
        Place { text, line, from_top }
    };
    [true, false].into_iter().flat_map(move |from_top| {
        (0..6).flat_map(move |row| {
            let beside = [x - 7.0 - width, x + 7.0].map(|left| place(row, from_top, left, true));
            beside.into_iter().chain([place(row, from_top, slid, false)])
        })
    })
}
