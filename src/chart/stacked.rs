//! The parts of a whole as columns on each other, reported and projected, with the whole's total and interval.

use std::collections::BTreeSet;

use plotters::style::RGBColor;

use crate::calendar::Period;
use crate::chart::axes::{AxisLabels, Unit};
use crate::chart::columns::{self, Column};
use crate::chart::font::{Fonts, Weight};
use crate::chart::labels::{Rect, spread};
use crate::chart::scale::{Money, Plot};
use crate::chart::scene::{Align, Type, baseline_for_middle};
use crate::chart::sheet::{AXIS, Key, LABEL_GAP, LEAST_GUTTER, Run, Sheet, Sign};
use crate::chart::{ChartError, Drawn, ScaleChoice, Style, Subject, bars, ticks, words};
use crate::money::projected;

const SIZE: (u32, u32) = (1600, 900);
/// Em of the total above a column, and of a part's name and amount at the right.
const TOTAL: f64 = 18.0;
const NAME: (f64, f64) = (18.0, 16.0);

/// One layer of the columns: a part, or several small ones together.
pub(super) struct Layer {
    pub(super) name: String,
    pub(super) colour: RGBColor,
    /// One for each period.
    pub(super) columns: Vec<Column>,
}

/// The periods that every part has, and the parts as layers, the largest first.
pub(super) fn layers(parts: &[Subject<'_>], style: &Style) -> Result<Vec<Layer>, ChartError> {
    let palette = style.theme.palette();
    let step = columns::step(&parts[0], style.step);
    let all: Vec<Vec<Column>> =
        parts.iter().map(|part| columns::columns(part, step, words::wide_level(part.projection))).collect();
    let periods = |columns: &Vec<Column>| columns.iter().map(|one| one.period).collect::<BTreeSet<Period>>();
    let common = all.iter().map(periods).reduce(|a, b| a.intersection(&b).copied().collect()).unwrap_or_default();
    let kept = |columns: Vec<Column>| columns.into_iter().filter(|one| common.contains(&one.period)).collect::<Vec<Column>>();
    let mut layers: Vec<Layer> = parts
        .iter()
        .zip(all)
        .map(|(part, columns)| Layer {
            name: words::name(part.series.name()),
            colour: style.colour_of(part.series.name()),
            columns: kept(columns),
        })
        .collect();
    if !layers[0].columns.iter().any(|one| one.projected) {
        return Err(ChartError::NoColumns { series: parts[0].series.name().to_owned(), step });
    }
    let last = |layer: &Layer| layer.columns.last().map_or(0.0, |one| one.total);
    layers.sort_by(|a, b| last(b).total_cmp(&last(a)));
    if layers.len() > palette.series.len() {
        let rest = layers.split_off(palette.series.len() - 1);
        let name = format!("{} others", rest.len());
        let columns = (0..rest[0].columns.len()).map(|index| together(&rest, index)).collect();
        layers.push(Layer { name, colour: palette.neutral, columns });
    }
    let twice = (1..layers.len()).any(|index| layers[..index].iter().any(|other| other.colour == layers[index].colour));
    let mut colours = palette.series.iter();
    for layer in layers.iter_mut().filter(|layer| twice && layer.colour != palette.neutral) {
        layer.colour = colours.next().copied().unwrap_or(palette.neutral);
    }
    Ok(layers)
}

/// The sum of several layers in one period, without an interval: the medians of parts need not add up to that of their sum.
fn together(layers: &[Layer], index: usize) -> Column {
    let sum = |amount: &dyn Fn(&Column) -> f64| layers.iter().map(|layer| amount(&layer.columns[index])).sum::<f64>();
    let (reported, total) = (sum(&|one| one.reported), sum(&|one| one.total));
    Column { reported, total, interval: None, ..layers[0].columns[index].clone() }
}

/// Whether these are the parts of one whole, in totals that can be stacked.
pub(super) fn suits(parts: &[Subject<'_>]) -> bool {
    let whole = parts[0].projection.parent.as_deref();
    let alike = parts.iter().all(|part| part.projection.parent.as_deref() == whole);
    whole.is_some() && alike && parts.iter().all(bars::suits) && layers(parts, &Style::default()).is_ok()
}

pub(super) fn draw(
    whole: Option<Subject<'_>>,
    parts: &[Subject<'_>],
    style: &Style,
    fonts: &Fonts<'_>,
) -> Result<Drawn, ChartError> {
    if style.scale == ScaleChoice::Log {
        return Err(ChartError::ColumnsOnLog);
    }
    let palette = style.theme.palette();
    let layers = layers(parts, style)?;
    let (series, currency) = (parts[0].series, parts[0].series.currency());
    let name = whole.map_or("The parts", |whole| whole.series.name());
    let step = columns::step(&parts[0], style.step);
    let of_whole = whole.map(|whole| columns::columns(&whole, step, words::wide_level(whole.projection))).unwrap_or_default();
    // The whole's own median and interval where it is there; else what the parts come to.
    let totals: Vec<Column> = (0..layers[0].columns.len())
        .map(|index| {
            let sum = together(&layers, index);
            let own = of_whole.iter().find(|one| one.period == sum.period).cloned();
            own.unwrap_or(sum)
        })
        .collect();
    let shown = columns::shown(&totals, style.from);
    let first = totals.len() - shown.len();
    let Some(last) = shown.last() else { return Err(ChartError::Nothing) };

    let subjects: Vec<Subject<'_>> = whole.into_iter().chain(parts.iter().copied()).collect();
    let mut sheet = Sheet::new(style.size.unwrap_or(SIZE), fonts, palette).with_table(&subjects, style);
    let title = style.title.clone().unwrap_or_else(|| title(name, &layers, last, series, currency));
    let hidden = if first > 0 { " Earlier figures not shown." } else { "" };
    let runs = subtitle(&sheet, &layers, parts[0], style);
    let top = sheet.header(&title, &runs, &key(parts[0], shown, palette.neutral));
    let bottom = sheet.bottom();
    let sum = |index: usize| layers.iter().map(|layer| layer.columns[index].total).sum::<f64>();
    let highest = (first..totals.len()).map(sum).chain(shown.iter().map(|one| one.total)).fold(0.0, f64::max);
    let widest = shown.iter().filter_map(|one| one.interval).map(|interval| interval.hi).fold(highest, f64::max);
    let height = (bottom - top).max(1.0);
    let reach = widest.min(columns::REACH * highest) * (1.0 + TOTAL * 1.8 / (height - TOTAL * 1.8).max(1.0));
    let money = Money { axis: ticks::linear(reach, 6), log: false };
    let labels = AxisLabels { unit: Unit::Money(currency), size: AXIS };
    let left = sheet.margin + sheet.gutter(&money.axis.ticks, &labels);
    let names = Names::of(&sheet, &layers, |column| projected(column.total, currency));
    let right = names.right(&sheet);
    let time = columns::time(shown[0].period, last.period, step, series.calendar());
    let plot = Plot::new(Rect { left, top, right, bottom }, time, money);

    sheet.money_axis(&plot, Some(&labels));
    for index in first..totals.len() {
        stack(&mut sheet, &plot, &layers, index);
    }
    for column in shown {
        if let Some(interval) = column.interval {
            columns::whisker(&mut sheet, &plot, column.period, interval, palette.ink);
        }
    }
    sheet.time_axis(&plot, Some(AXIS));
    write_totals(&mut sheet, &plot, shown, currency);
    names.write(&mut sheet, &plot, &layers);
    let source = words::source(&subjects, hidden, sheet.source_room(), |text| fonts.width(text, Weight::Regular));
    sheet.foot(&source);
    let alt = alt(&layers, shown, first, series, &title, &source);
    Ok(Drawn { scene: sheet.scene, title, alt, source })
}

/// Draws the layers of one period on each other.
pub(super) fn stack(sheet: &mut Sheet<'_>, plot: &Plot, layers: &[Layer], index: usize) {
    let mut floor = 0.0;
    for layer in layers {
        columns::draw(sheet, plot, &layer.columns[index], floor, layer.colour);
        floor += layer.columns[index].total;
    }
}

/// What stands to the right of the last period: the name of each layer, and what it has then.
pub(super) struct Names {
    texts: Vec<[String; 2]>,
    width: f64,
}

impl Names {
    pub(super) fn of(sheet: &Sheet<'_>, layers: &[Layer], amount: impl Fn(&Column) -> String) -> Self {
        let text = |layer: &Layer| {
            let name = sheet.fonts.cut(&layer.name, Weight::SemiBold, sheet.scene.width() * 0.24 / NAME.0);
            [name, layer.columns.last().map(&amount).unwrap_or_default()]
        };
        let texts: Vec<[String; 2]> = layers.iter().map(text).collect();
        let width = |[name, amount]: &[String; 2]| {
            (sheet.fonts.width(name, Weight::SemiBold) * NAME.0).max(sheet.fonts.width(amount, Weight::Regular) * NAME.1)
        };
        Self { width: texts.iter().map(width).fold(0.0, f64::max), texts }
    }

    /// Where the plot ends, so that they have room.
    pub(super) fn right(&self, sheet: &Sheet<'_>) -> f64 {
        sheet.scene.width() - sheet.margin - (LABEL_GAP + self.width).max(LEAST_GUTTER)
    }

    /// Writes them, each beside its layer as far as there is room.
    pub(super) fn write(&self, sheet: &mut Sheet<'_>, plot: &Plot, layers: &[Layer]) {
        let mut floor = 0.0;
        let mut wanted: Vec<f64> = Vec::with_capacity(layers.len());
        for layer in layers {
            let part = layer.columns.last().map_or(0.0, |one| one.total);
            wanted.push(f64::midpoint(plot.y(floor), plot.y(floor + part)));
            floor += part;
        }
        // From the top of the picture down, as the placer takes them.
        wanted.reverse();
        let Rect { top, right, bottom, .. } = plot.rect;
        let Some(places) = spread(&wanted, &vec![NAME.0 * 1.2 + NAME.1 * 1.3; layers.len()], top, bottom) else { return };
        for ((layer, [name, amount]), middle) in layers.iter().zip(&self.texts).rev().zip(places) {
            let x = right + LABEL_GAP / 2.0;
            let look = Type::new(NAME.0, Weight::SemiBold, layer.colour);
            let at = (x, baseline_for_middle(middle - NAME.1 * 0.65, NAME.0));
            sheet.scene.write(sheet.fonts, name, at, Align::Left, look);
            let look = Type::new(NAME.1, Weight::Regular, sheet.palette.ink_2);
            let at = (x, baseline_for_middle(middle + NAME.0 * 0.6, NAME.1));
            sheet.scene.write(sheet.fonts, amount, at, Align::Left, look);
        }
    }
}

/// `Alphabet: revenue of $430B in 2026; Services is the largest part at $350B`.
fn title(
    name: &str,
    layers: &[Layer],
    last: &Column,
    series: &crate::series::Series,
    currency: crate::money::Currency,
) -> String {
    let period = words::period(series.calendar(), last.period);
    let largest = layers[0].columns.last().map_or(0.0, |one| one.total);
    let (total, largest) = (projected(last.total, currency), projected(largest, currency));
    let what = series.quantity();
    format!("{}: {what} of {total} in {period}, of which {} {largest}", words::name(name), layers[0].name)
}

fn subtitle(sheet: &Sheet<'_>, layers: &[Layer], part: Subject<'_>, style: &Style) -> Vec<Run> {
    let ink = sheet.palette.ink_2;
    let plain = |text: String| Run { text, colour: ink, weight: Weight::Regular };
    let calendar = part.series.calendar();
    let step = words::step(columns::step(&part, style.step), calendar);
    let quantity = words::capitalised(part.series.quantity().name());
    let currency = words::currency(part.series.currency());
    let mut runs = vec![plain(format!("{quantity} by {step}, {currency}: "))];
    for (index, layer) in layers.iter().enumerate() {
        let text = sheet.fonts.cut(&layer.name, Weight::SemiBold, 20.0);
        runs.push(Run { text, colour: layer.colour, weight: Weight::SemiBold });
        let after = match layers.len() - index {
            1 => ".",
            2 => " and ",
            _ => ", ",
        };
        runs.push(plain(after.to_owned()));
    }
    runs.extend(style.note.as_deref().map(|note| plain(format!(" {note}"))));
    runs
}

fn key(part: Subject<'_>, shown: &[Column], colour: RGBColor) -> Vec<Key> {
    let level = part.projection.levels[words::wide_level(part.projection)];
    let entry = |sign: Sign, label: String| Key { sign, label };
    let mut key = vec![
        entry(Sign::Square(colour), "Reported".to_owned()),
        entry(Sign::Hatch(colour), "Projected, median of each part".to_owned()),
    ];
    if shown.iter().any(|one| one.interval.is_some()) {
        key.push(entry(Sign::Whisker, format!("{level}% of outcomes of the whole expected inside")));
    }
    key
}

fn write_totals(sheet: &mut Sheet<'_>, plot: &Plot, shown: &[Column], currency: crate::money::Currency) {
    let look = Type::new(TOTAL, Weight::SemiBold, sheet.palette.ink);
    let fits = |column: &Column| {
        look.width(sheet.fonts, &columns::amount(column, currency)) <= columns::slot(plot, column.period) - 4.0
    };
    if !shown.iter().all(fits) {
        return;
    }
    for column in shown {
        let rect = columns::bar(plot, column.period, 0.0, column.total);
        let at = (f64::midpoint(rect.left, rect.right), columns::top(plot, column) - 9.0);
        sheet.scene.write_if_free(sheet.fonts, &columns::amount(column, currency), at, Align::Centre, look);
    }
}

fn alt(layers: &[Layer], shown: &[Column], first: usize, series: &crate::series::Series, title: &str, source: &str) -> String {
    let (calendar, currency) = (series.calendar(), series.currency());
    let entry = |(index, column): (usize, &Column)| {
        let parts: Vec<String> = layers
            .iter()
            .map(|layer| format!("{} {}", layer.name, columns::amount(&layer.columns[first + index], currency)))
            .collect();
        let kind = if layers[0].columns[first + index].projected { " projected" } else { "" };
        format!(
            "{}{kind}: {} ({})",
            words::period(calendar, column.period),
            columns::amount(column, currency),
            parts.join(", ")
        )
    };
    let all: Vec<String> = shown.iter().enumerate().map(entry).collect();
    format!("{title}. Stacked columns of {} in {}. {}. {source}", series.quantity(), currency.code(), all.join("; "))
}
