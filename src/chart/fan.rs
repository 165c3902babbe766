//! The fan of one series: its figures, the median and all bands, with the percentiles written at the right edge.

use crate::chart::axes::{AxisLabels, Unit};
use plotters::style::{Color, RGBColor};

use crate::chart::bands::{self, Reach};
use crate::chart::font::{Fonts, Weight};
use crate::chart::labels::{Rect, spread};
use crate::chart::marks::{self, Mark, Sizes};
use crate::chart::notes::Notes;
use crate::chart::scale::{Plot, Time};
use crate::chart::scene::{Align, Type, baseline_for_middle, point};
use crate::chart::sheet::{AXIS, CAPTION_ABOVE, Key, LABEL_GAP, LEAST_GUTTER, Run, Sheet, TOP};
use crate::chart::view::{self, View};
use crate::chart::{ChartError, Drawn, Style, Subject, alt, titles, words};
use crate::money::{Currency, projected};
use crate::project::{PathPoint, Projection};

const SIZE: (u32, u32) = (1600, 900);
/// Ratio of the largest amount to the smallest from which the scale is logarithmic if the user does not say: the first year of
/// a company that has grown a hundredfold is a hairline on a linear axis.
const LOG_FROM: f64 = 100.0;
/// Em of a percentile, and the room its line takes.
const PERCENTILE: (f64, f64) = (16.0, 22.0);
/// Em of the median's amount and name, and the room its line takes.
const MEDIAN: (f64, f64, f64) = (25.0, 20.0, 33.0);
/// The bands up to the first percentage are always within the axes, see [`Reach::money`]; up to the second where the first would go
/// beyond so many times the highest figure, and press the figures to the bottom.
const SURE: (f64, f64) = (80.5, 50.5);
const PRESSED: f64 = 12.0;

/// How far the axes of a fan go, and how.
pub(super) struct Axes {
    pub(super) time: Time,
    reach: Reach,
    /// Whether the money axis is logarithmic.
    pub(super) log: bool,
}

/// The axes of a fan of the series' `marks`, which ends with `last`.
pub(super) fn axes(view: &View<'_>, marks: &[Vec<Mark>; 1], last: &PathPoint, style: &Style) -> Result<Axes, ChartError> {
    let levels = bands::widest_first(&view.projection.levels);
    let time = bands::time(&[*view], marks, style.from, last.month);
    let mut reach = Reach::new();
    reach.marks(&marks[0], &time);
    reach.path(view, &levels, sure(view, &marks[0]), &time);
    let log = bands::is_log(style.scale, &[*view], marks, reach.ratio(), LOG_FROM)?;
    Ok(Axes { time, reach, log })
}

/// A percentile at the right edge; the median has no name.
struct Percentile {
    amount: f64,
    name: Option<String>,
}

pub(super) fn draw(subject: Subject<'_>, style: &Style, fonts: &Fonts<'_>) -> Result<Drawn, ChartError> {
    let view = view::views(&[subject], style.along)[0];
    let (series, projection) = (view.series, view.projection);
    let palette = style.theme.palette();
    let mut sheet = Sheet::new(style.size.unwrap_or(SIZE), fonts, palette).with_table(&[subject], style);
    let colour = style.colour_of(series.name());
    let currency = series.currency();
    let Some(last) = view.path.last() else { return Err(ChartError::NoPath { series: series.name().to_owned() }) };

    let levels = bands::widest_first(&projection.levels);
    let all = [marks::marks(&view)];
    let Axes { time, reach, log } = axes(&view, &all, last, style)?;
    let [marks] = all;
    let shown: Vec<&Mark> = marks.iter().filter(|mark| mark.span.1 > time.from && mark.time <= time.to).collect();

    let title = style.title.clone().unwrap_or_else(|| titles::one(&view, last));
    let bottom = sheet.bottom();
    let cut = bands::cut(&[view], &levels, &time, &reach.money(log, bottom - TOP));
    let key = key(&sheet, &view, &shown, &levels, &cut, colour);
    let top = sheet.header(&title, &[subtitle(&view, style, log, palette.ink_2)], &key);
    let money = reach.money(log, bottom - top);
    let labels = AxisLabels { unit: Unit::Money(currency), size: AXIS };
    let left = sheet.margin + sheet.gutter(&money.axis.ticks, &labels);
    let percentiles = percentiles(last, &levels, projection, bottom - top);
    let header = (words::month(last.month), " percentile");
    let right = sheet.scene.width() - sheet.margin - gutter(&sheet, &percentiles, &header, money.axis.hi, currency);
    let plot = Plot::new(Rect { left, top, right, bottom }, time, money);

    sheet.money_axis(&plot, Some(&labels));
    bands::draw_bands(&mut sheet, &plot, &view, &levels, colour);
    let origin = view.origin();
    sheet.origin_line(&plot, origin, &[format!("Data to {}", words::month(projection.origin)), "Data".to_owned()]);
    bands::draw_lines(&mut sheet, &plot, &view, &marks, colour, 4.0);
    sheet.time_axis(&plot, Some(AXIS));
    let sizes = Sizes::for_spacing(marks::spacing(&plot, &marks), 1.0);
    let boxes = marks::draw(&mut sheet, &plot, &marks, sizes, colour);

    write_percentiles(&mut sheet, &plot, &percentiles, &header, (currency, colour));
    let mut notes = Notes::new(&plot, origin);
    notes.keep_off(&view, &levels, &marks, &boxes);
    notes.label_marks(&mut sheet, &view, &marks, sizes, colour);
    notes.write_remarks(&mut sheet, &view, None, colour);

    let hidden = bands::hidden(std::slice::from_ref(&marks), plot.time()) + &notes.said();
    let source = words::source(&[subject], &hidden, sheet.source_room(), |text| fonts.width(text, Weight::Regular));
    sheet.foot(&source);
    let scale = if log { ", log scale" } else { "" };
    let sentences = alt::sentences(&view, &marks, last);
    let alt = format!("{title}. Fan chart of {} in {}{scale}. {sentences} {source}", words::drawn(&[view]), currency.code());
    Ok(Drawn { scene: sheet.scene, title, alt, source })
}

/// The bands up to this percentage are always within the axes.
fn sure(view: &View<'_>, marks: &[Mark]) -> f64 {
    let highest = marks.iter().filter(|mark| mark.kind != marks::Kind::Target).map(|mark| mark.amount).fold(0.0, f64::max);
    let level = words::wide_level(view.projection);
    let reach = view.path.iter().filter_map(|point| point.intervals.get(level)).map(|interval| interval.hi).fold(0.0, f64::max);
    if highest > 0.0 && reach > PRESSED * highest { SURE.1 } else { SURE.0 }
}

fn subtitle(view: &View<'_>, style: &Style, log: bool, colour: RGBColor) -> Run {
    let currency = words::currency(view.series.currency());
    let scale = if log { ", log scale" } else { "" };
    let levels = words::levels(&view.projection.levels);
    let note = style.note.as_deref().map(|note| format!(" {note}")).unwrap_or_default();
    let drawn = words::capitalised(&words::drawn(&[*view]));
    let text = format!("{drawn}, {currency}{scale}: median projection with {levels} prediction intervals.{note}");
    Run { text, colour, weight: Weight::Regular }
}

fn key(sheet: &Sheet<'_>, view: &View<'_>, shown: &[&Mark], levels: &[usize], cut: &[usize], colour: RGBColor) -> Vec<Key> {
    let mut key = marks::key(&[*view], shown, colour);
    key.extend(bands::fit_key(view, colour));
    key.extend(bands::key(sheet.palette, &view.projection.levels, levels, colour, cut));
    key
}

/// The percentiles that the levels stand for, from the top, without the narrowest levels where there is no room for all.
fn percentiles(last: &PathPoint, widest_first: &[usize], projection: &Projection, height: f64) -> Vec<Percentile> {
    let room = ((height - MEDIAN.2) / (2.0 * PERCENTILE.1)).max(0.0);
    let kept = widest_first.iter().enumerate().filter(|(index, _)| (*index as f64) + 1.0 <= room).map(|(_, level)| *level);
    let named = |amount: f64, probability: f64| Percentile { amount, name: Some(words::ordinal(probability)) };
    let mut all = vec![Percentile { amount: last.median, name: None }];
    for level in kept {
        let (interval, level) = (last.intervals[level], projection.levels[level]);
        all.push(named(interval.hi, level.upper()));
        all.push(named(interval.lo, level.lower()));
    }
    all.sort_by(|a, b| b.amount.total_cmp(&a.amount));
    all
}

/// A percentile's two texts: the amount, with an arrow if it is beyond the axis, and its name.
fn texts(percentile: &Percentile, axis_hi: f64, currency: Currency) -> (String, String) {
    let arrow = if percentile.amount > axis_hi * (1.0 + 1e-9) { "↑ " } else { "" };
    let name = percentile.name.clone().unwrap_or_else(|| "Median".to_owned());
    (format!("{arrow}{}", projected(percentile.amount, currency)), name)
}

fn looks(sheet: &Sheet<'_>, percentile: &Percentile, colour: RGBColor) -> (Type, Type) {
    let palette = sheet.palette;
    if percentile.name.is_some() {
        (Type::new(PERCENTILE.0, Weight::Regular, palette.ink_2), Type::new(PERCENTILE.0, Weight::Regular, palette.ink_3))
    } else {
        (Type::new(MEDIAN.0, Weight::SemiBold, colour), Type::new(MEDIAN.1, Weight::SemiBold, colour))
    }
}

/// Room for the percentiles at the right of the plot.
fn gutter(sheet: &Sheet<'_>, percentiles: &[Percentile], header: &(String, &str), axis_hi: f64, currency: Currency) -> f64 {
    let label = |percentile: &Percentile| {
        let ((amount, name), (first, second)) =
            (texts(percentile, axis_hi, currency), looks(sheet, percentile, sheet.palette.ink));
        first.width(sheet.fonts, &amount) + 7.0 + second.width(sheet.fonts, &name)
    };
    let header = sheet.fonts.width(&header.0, Weight::SemiBold) + sheet.fonts.width(header.1, Weight::Regular);
    let widest = percentiles.iter().map(label).fold(header * PERCENTILE.0, f64::max);
    (LABEL_GAP + widest).max(LEAST_GUTTER)
}

fn write_percentiles(
    sheet: &mut Sheet<'_>,
    plot: &Plot,
    percentiles: &[Percentile],
    header: &(String, &str),
    (currency, colour): (Currency, RGBColor),
) {
    let Rect { top, right, bottom, .. } = plot.rect;
    let palette = sheet.palette;
    let x = right + LABEL_GAP;
    let runs = [
        Run { text: header.0.clone(), colour: palette.ink_2, weight: Weight::SemiBold },
        Run { text: header.1.to_owned(), colour: palette.ink_3, weight: Weight::Regular },
    ];
    sheet.write_runs(&runs, x, top - CAPTION_ABOVE, PERCENTILE.0);
    let wanted: Vec<f64> = percentiles.iter().map(|percentile| plot.y(percentile.amount).max(top)).collect();
    let heights: Vec<f64> = percentiles.iter().map(|p| if p.name.is_some() { PERCENTILE.1 } else { MEDIAN.2 }).collect();
    let Some(middles) = spread(&wanted, &heights, top - 6.0, bottom + 8.0) else { return };
    for ((percentile, middle), wanted) in percentiles.iter().zip(middles).zip(wanted) {
        let from = right + 4.0;
        let (elbow, to) = (right + 12.0, right + LABEL_GAP - 6.0);
        sheet.scene.line(
            [(from, wanted), (elbow, wanted), (to, middle)].map(|(x, y)| point(x, y)).to_vec(),
            1.2,
            palette.ink_3.mix(1.0),
        );
        let ((amount, name), (first, second)) =
            (texts(percentile, plot.money().axis.hi, currency), looks(sheet, percentile, colour));
        let baseline = baseline_for_middle(middle, first.size);
        let written = sheet.scene.write(sheet.fonts, &amount, (x, baseline), Align::Left, first);
        sheet.scene.write(sheet.fonts, &name, (written.right + 7.0, baseline), Align::Left, second);
    }
}
