//! Small multiples: a panel a series, the largest projection first, up to 24 to the picture.

use crate::calendar::Month;
use crate::chart::axes::{AxisLabels, Unit};
use crate::chart::bands::{self, Reach};
use crate::chart::font::{Fonts, Weight};
use crate::chart::labels::Rect;
use crate::chart::marks::{self, Mark, Sizes};
use crate::chart::scale::{Money, Plot, Time};
use crate::chart::scene::{Align, Type};
use crate::chart::sheet::{Key, Run, Sheet};
use crate::chart::ticks::{self, Axis};
use crate::chart::view::{self, View};
use crate::chart::{Along, ChartError, Drawn, PanelScale, Style, Subject, words};
use crate::money::projected;
use crate::project::PathPoint;

const SIZE: (u32, u32) = (1600, 1000);
/// The most panels of a picture.
pub(super) const PAGE: usize = 24;
/// Ratio of the largest amount to the smallest from which a shared scale is logarithmic if the user does not say.
const LOG_FROM: f64 = 8.0;
/// Em of a panel's name and median, and of axis labels.
const NAME: f64 = 19.0;
const AXIS: f64 = 16.0;
/// Height of a panel for which ticks are chosen at first, in CSS pixels.
const TICK_HEIGHT: f64 = 110.0;
/// The most ticks of a linear axis, which is the same on every page.
const LINEAR_TICKS: usize = 4;
/// From a panel's name to its plot, and from its plot to the next name's baseline.
const NAME_ABOVE: f64 = 10.0;
const ROW_GAP: f64 = 52.0;
const COLUMN_GAP: f64 = 26.0;

/// A series with what is drawn of it.
struct Panel<'a> {
    view: View<'a>,
    marks: Vec<Mark>,
    last: &'a PathPoint,
    /// The amounts that the axis is to show, in the currency's major unit.
    lo: f64,
    hi: f64,
}

/// Where the panels lie.
struct Grid {
    columns: usize,
    left: f64,
    top: f64,
    width: f64,
    height: f64,
    across: f64,
}

impl Grid {
    fn rect(&self, index: usize) -> Rect {
        let (column, row) = ((index % self.columns) as f64, (index / self.columns) as f64);
        let (left, top) = (self.left + column * (self.width + self.across), self.top + row * (self.height + ROW_GAP));
        Rect { left, top, right: left + self.width, bottom: top + self.height }
    }
}

/// The pictures of all subjects, 24 panels each. Axes are the same on every one.
pub(super) fn draw(subjects: &[Subject<'_>], style: &Style, fonts: &Fonts<'_>) -> Result<Vec<Drawn>, ChartError> {
    let views = view::views(subjects, style.along);
    let origin = views.iter().map(|view| view.projection.origin).max().unwrap_or(Month::MIN);
    let ends = || views.iter().filter_map(|view| view.path.last()).map(|point| point.month);
    let until = ends().min().filter(|end| *end > origin).or(ends().max()).unwrap_or(origin);
    let all: Vec<Vec<Mark>> = views.iter().map(marks::marks).collect();
    let time = bands::time(&views, &all, style.from, until);
    let levels = |view: &View<'_>| bands::nearest(&view.projection.levels, &[50.0, 95.0]);
    let mut whole = Reach::new();
    let mut reaches = Vec::new();
    for (view, marks) in views.iter().zip(&all) {
        let mut own = Reach::new();
        for reach in [&mut own, &mut whole] {
            reach.marks(marks, &time);
            reach.path(view, &levels(view), f64::INFINITY, &time);
        }
        reaches.push(own);
    }
    let log = bands::is_log(style.scale, &views, &all, whole.ratio(), LOG_FROM)?;
    let own_start = log && style.panels == PanelScale::SameSlope;
    let mut panels = Vec::new();
    for ((view, marks), reach) in views.iter().zip(&all).zip(&reaches) {
        let Some(last) = view.last(until) else {
            return Err(ChartError::NoPath { series: view.series.name().to_owned() });
        };
        let reach = if own_start { reach } else { &whole };
        panels.push(Panel { view: *view, marks: marks.clone(), last, lo: reach.lowest(), hi: reach.highest() });
    }
    // The largest first; of equals in the order given.
    panels.sort_by(|a, b| b.last.median.total_cmp(&a.last.median));
    // The same length for all, each centred on its own amounts.
    let longest = panels.iter().map(|panel| libm::log(panel.hi / panel.lo)).fold(0.0, f64::max);
    for panel in panels.iter_mut().filter(|_| log) {
        let spare = libm::exp((longest - libm::log(panel.hi / panel.lo)) / 2.0);
        (panel.lo, panel.hi) = (panel.lo / spare, panel.hi * spare);
    }
    let pages = panels.len().div_ceil(PAGE);
    let page = |(index, panels): (usize, &[Panel<'_>])| {
        let page = Page { panels, number: index + 1, of: pages, all: subjects.len(), until, log, own_start };
        page.draw(&time, style, fonts)
    };
    Ok(panels.chunks(PAGE).enumerate().map(page).collect())
}

/// One picture.
struct Page<'a> {
    panels: &'a [Panel<'a>],
    number: usize,
    of: usize,
    all: usize,
    until: Month,
    log: bool,
    own_start: bool,
}

impl Page<'_> {
    fn draw(&self, time: &Time, style: &Style, fonts: &Fonts<'_>) -> Drawn {
        let palette = style.theme.palette();
        let mut sheet = Sheet::new(style.size.unwrap_or(SIZE), fonts, palette);
        let views: Vec<View<'_>> = self.panels.iter().map(|panel| panel.view).collect();
        let currency = views[0].series.currency();
        let title = style.title.clone().unwrap_or_else(|| self.title());
        let top = sheet.header(&title, &self.subtitle(&sheet, style), &self.key(&sheet, &views, time)) - 6.0;
        let labels = AxisLabels { unit: Unit::Money(currency), size: AXIS };
        let gutter = |height: f64| {
            let axes = self.panels.iter().map(|panel| self.axis(panel, height));
            sheet.gutter(&axes.flat_map(|axis| axis.ticks).collect::<Vec<f64>>(), &labels)
        };
        // More height means more ticks, whose labels are hardly wider: a first guess at the height does for the gutter.
        let grid = self.grid(&sheet, top, gutter(self.grid(&sheet, top, gutter(TICK_HEIGHT)).height));
        for (index, panel) in self.panels.iter().enumerate() {
            let rect = grid.rect(index);
            let money = Money { axis: self.axis(panel, grid.height), log: self.log };
            let plot = Plot::new(rect, time.clone(), money);
            let labelled = self.own_start || index % grid.columns == 0;
            sheet.money_axis(&plot, labelled.then_some(&labels));
            panel.draw(&mut sheet, &plot);
            let lowest = index + grid.columns >= self.panels.len();
            sheet.time_axis(&plot, lowest.then_some(AXIS));
        }
        let all: Vec<Vec<Mark>> = self.panels.iter().map(|panel| panel.marks.clone()).collect();
        let hidden = bands::hidden(&all, time);
        let source =
            words::source(&view::subjects(&views), &hidden, sheet.source_room(), |text| fonts.width(text, Weight::Regular));
        sheet.foot(&source);
        let alt = self.alt(&title, &source);
        Drawn { scene: sheet.scene, title, alt, source }
    }

    /// A panel's axis on `height` CSS pixels.
    fn axis(&self, panel: &Panel<'_>, height: f64) -> Axis {
        if self.log { ticks::log_exactly(panel.lo, panel.hi, height) } else { ticks::linear(panel.hi * 1.05, LINEAR_TICKS) }
    }

    fn views(&self) -> Vec<View<'_>> {
        self.panels.iter().map(|panel| panel.view).collect()
    }

    fn title(&self) -> String {
        let currency = self.panels[0].view.series.currency();
        let first = &self.panels[0];
        let (name, median) = (words::name(first.view.series.name()), projected(first.last.median, currency));
        let end = words::end(self.until);
        let when = match first.view.along {
            Along::RunRate => format!("a year at {end}"),
            Along::TwelveMonths => format!("in the year to {}", words::long(self.until)),
        };
        match (self.number, self.of) {
            (1, 1) => format!("{name} is projected to be the largest of {}: {median} {when}", self.all),
            (1, _) => format!("The {} largest of {} series by median projection for {end}", self.panels.len(), self.all),
            (number, _) => {
                let before = (number - 1) * PAGE;
                let (from, to) = (before + 1, before + self.panels.len());
                format!("Numbers {from} to {to} of {} series by median projection for {end}", self.all)
            }
        }
    }

    fn subtitle(&self, sheet: &Sheet<'_>, style: &Style) -> Vec<Run> {
        let ink = sheet.palette.ink_2;
        let currency = words::currency(self.panels[0].view.series.currency());
        let scale = match (self.log, self.own_start) {
            (true, true) => "log scale, each panel at its own level but with the same slopes",
            (true, false) => "log scale shared by all panels",
            (false, _) => "scale shared by all panels",
        };
        let page = if self.of > 1 { format!(" Page {} of {}.", self.number, self.of) } else { String::new() };
        let note = style.note.as_deref().map(|note| format!(" {note}")).unwrap_or_default();
        let plain = |text: String| Run { text, colour: ink, weight: Weight::Regular };
        vec![
            plain(format!("{}, {currency}, {scale}. ", words::capitalised(&words::drawn(&self.views())))),
            Run { text: "Median".to_owned(), colour: sheet.palette.series[0], weight: Weight::SemiBold },
            plain(format!(" for {} at each name.{page}{note}", words::month(self.until))),
        ]
    }

    fn key(&self, sheet: &Sheet<'_>, views: &[View<'_>], time: &Time) -> Vec<Key> {
        let colour = sheet.palette.series[0];
        let marks = self.panels.iter().flat_map(|panel| &panel.marks);
        let shown: Vec<&Mark> = marks.filter(|mark| mark.span.1 > time.from && mark.time <= time.to).collect();
        let mut key = marks::key(views, &shown, colour);
        key.extend(views.iter().find_map(|view| bands::fit_key(view, colour)));
        let levels = &views[0].projection.levels;
        key.extend(bands::key(sheet.palette, levels, &bands::nearest(levels, &[50.0, 95.0]), colour, &[]));
        key
    }

    /// As many columns as make panels about as wide as two and a half times their height.
    fn grid(&self, sheet: &Sheet<'_>, top: f64, gutter: f64) -> Grid {
        let left = sheet.margin + gutter;
        let across = if self.own_start { gutter + COLUMN_GAP / 2.0 } else { COLUMN_GAP };
        let whole = (sheet.scene.width() - sheet.margin - left, sheet.bottom() - top);
        let count = self.panels.len();
        let size = |columns: usize| {
            let rows = count.div_ceil(columns) as f64;
            let width = (whole.0 - (columns - 1) as f64 * across) / columns as f64;
            (width, (whole.1 - (rows - 1.0) * ROW_GAP) / rows)
        };
        let fits = |columns: &usize| size(*columns).0 > 60.0 || *columns == 1;
        let ratio = |columns: &usize| {
            let (width, height) = size(*columns);
            if height < 30.0 { f64::INFINITY } else { libm::log(width / height / 1.8).abs() }
        };
        let columns = (1..=count.min(8)).filter(fits).min_by(|a, b| ratio(a).total_cmp(&ratio(b))).unwrap_or(1);
        let (width, height) = size(columns);
        Grid { columns, left, top, width, height: height.max(20.0), across }
    }

    fn alt(&self, title: &str, source: &str) -> String {
        let currency = self.panels[0].view.series.currency();
        let entry = |panel: &Panel<'_>| {
            let (level, interval) = words::wide_interval(panel.view.projection, panel.last);
            let (lo, hi) = (projected(interval.lo, currency), projected(interval.hi, currency));
            let median = projected(panel.last.median, currency);
            format!("{}: {median}, {level}% interval {lo} to {hi}.", words::name(panel.view.series.name()))
        };
        let all: Vec<String> = self.panels.iter().map(entry).collect();
        let end = words::end(self.until);
        let drawn = words::drawn(&self.views());
        format!("{title}. Small charts of {drawn} in {}. For {end}: {} {source}", currency.code(), all.join(" "))
    }
}

impl Panel<'_> {
    fn draw(&self, sheet: &mut Sheet<'_>, plot: &Plot) {
        let projection = self.view.projection;
        let colour = sheet.palette.series[0];
        let levels = bands::nearest(&projection.levels, &[50.0, 95.0]);
        bands::draw_bands(sheet, plot, &self.view, &levels, colour);
        let origin = self.view.origin();
        if plot.time().holds(origin) {
            sheet.scene.dashes(plot.x(origin), plot.rect.top, plot.rect.bottom, 1.2, sheet.palette.ink_3);
        }
        bands::draw_lines(sheet, plot, &self.view, &self.marks, colour, 3.0);
        let sizes = Sizes::for_spacing(marks::spacing(plot, &self.marks), 0.68);
        marks::draw(sheet, plot, &self.marks, sizes, colour);
        self.heading(sheet, plot);
    }

    /// Name at the left and median at the right, above the plot.
    fn heading(&self, sheet: &mut Sheet<'_>, plot: &Plot) {
        let Rect { left, right, top, .. } = plot.rect;
        let palette = sheet.palette;
        let baseline = top - NAME_ABOVE;
        let median = projected(self.last.median, self.view.series.currency());
        let look = Type::new(NAME, Weight::SemiBold, palette.series[0]);
        let written = sheet.scene.write(sheet.fonts, &median, (right, baseline), Align::Right, look);
        let room = (written.left - left - 10.0) / NAME;
        let name = sheet.fonts.cut(&words::name(self.view.series.name()), Weight::SemiBold, room);
        let look = Type::new(NAME, Weight::SemiBold, palette.ink);
        sheet.scene.write(sheet.fonts, &name, (left, baseline), Align::Left, look);
    }
}
