//! The totals of one series as columns: years or quarters, reported and projected, with the growth above. The chart for a board.

use plotters::style::RGBColor;

use crate::calendar::{Period, Step};
use crate::chart::axes::{AxisLabels, Unit};
use crate::chart::columns::{self, Column};
use crate::chart::comparison::{Line, line_height};
use crate::chart::font::{Fonts, Weight};
use crate::chart::labels::Rect;
use crate::chart::scale::{Money, Plot};
use crate::chart::scene::{Align, Type, baseline_for_top};
use crate::chart::sheet::{AXIS, Key, LABEL_GAP, LEAST_GUTTER, Run, Sheet, Sign};
use crate::chart::{ChartError, Drawn, ScaleChoice, Style, Subject, ticks, titles, view, words};
use crate::money::{Amount, Currency, projected, short};
use crate::percent;
use crate::series::{Fact, Measure, Role};

const SIZE: (u32, u32) = (1600, 900);
/// Em of an amount above its column, and of the growth above that.
const AMOUNT: f64 = 18.0;
const GROWTH: f64 = 16.0;
/// Share of the highest projected column below which the reported ones are too low to be seen well.
const PRESSED: f64 = 0.12;

/// Whether the columns of this series say what it is about: its recent figures are totals of quarters, halves or years.
pub(super) fn suits(subject: &Subject<'_>) -> bool {
    let all = columns::columns(subject, columns::step(subject, None), 0);
    let highest =
        |projected: bool| all.iter().filter(|one| one.projected == projected).map(|one| one.total).fold(0.0, f64::max);
    // A company that doubles each quarter would have a history of nothing but hairlines.
    let is_pressed = highest(false) < PRESSED * highest(true);
    view::tells_totals(subject, 3) && all.iter().any(|one| one.projected) && !is_pressed
}

pub(super) fn draw(subject: Subject<'_>, style: &Style, fonts: &Fonts<'_>) -> Result<Drawn, ChartError> {
    let (series, projection) = (subject.series, subject.projection);
    if style.scale == ScaleChoice::Log {
        return Err(ChartError::ColumnsOnLog);
    }
    let step = columns::step(&subject, style.step);
    let all = columns::columns(&subject, step, words::wide_level(projection));
    let shown = columns::shown(&all, style.from);
    let Some(last) = shown.last().filter(|last| last.projected) else {
        return Err(ChartError::NoColumns { series: series.name().to_owned(), step });
    };
    let palette = style.theme.palette();
    let colour = style.colour_of(series.name());
    let mut sheet = Sheet::new(style.size.unwrap_or(SIZE), fonts, palette).with_table(&[subject], style);
    let currency = series.currency();
    let title = style.title.clone().unwrap_or_else(|| titles::total(&subject, last));
    let hidden = if shown.len() < all.len() { " Earlier figures not shown." } else { "" };
    // The rate above a column needs about as much room as it has in any picture: the plot is as wide as the picture but for its gutters.
    let slot = (sheet.scene.width() - 2.0 * sheet.margin - 250.0) / shown.len() as f64;
    let grows = shown.iter().any(|one| one.growth.is_some()) && growth_fits(fonts, shown, slot);
    let top = sheet.header(&title, &[subtitle(&subject, step, grows, style, palette.ink_2)], &key(&subject, shown, colour));
    let bottom = sheet.bottom();

    let targets = targets(&subject, shown);
    let highest = shown.iter().map(|one| one.total).chain(targets.iter().map(|target| target.amount)).fold(0.0, f64::max);
    let widest = shown.iter().filter_map(|one| one.interval).map(|interval| interval.hi).fold(0.0, f64::max);
    let reach = widest.clamp(highest, columns::REACH * highest);
    // The amounts and the growth stand above the columns.
    let above = (AMOUNT + GROWTH) * 1.5;
    let height = (bottom - top).max(1.0);
    let money = Money { axis: ticks::linear(reach * (1.0 + above / (height - above).max(1.0)), 6), log: false };
    let labels = AxisLabels { unit: Unit::Money(currency), size: AXIS };
    let left = sheet.margin + sheet.gutter(&money.axis.ticks, &labels);
    let end = end_label(&sheet, &subject, last, colour);
    let widest = end.iter().map(|line| line.look.width(fonts, &line.text)).fold(0.0, f64::max);
    let right = sheet.scene.width() - sheet.margin - (LABEL_GAP + widest).max(LEAST_GUTTER);
    let time = columns::time(shown[0].period, last.period, step, series.calendar());
    let plot = Plot::new(Rect { left, top, right, bottom }, time, money);

    sheet.money_axis(&plot, Some(&labels));
    for column in shown {
        columns::draw(&mut sheet, &plot, column, 0.0, colour);
    }
    for column in shown {
        if let Some(interval) = column.interval {
            columns::whisker(&mut sheet, &plot, column.period, interval, palette.ink);
        }
    }
    sheet.time_axis(&plot, Some(AXIS));
    for target in &targets {
        let rect = columns::bar(&plot, target.period, target.amount, target.amount);
        sheet.diamond(f64::midpoint(rect.left, rect.right), plot.y(target.amount), 9.5, palette.ink);
    }
    write_amounts(&mut sheet, &plot, shown, grows, (currency, colour));
    write_end(&mut sheet, &plot, last, &end);
    write_targets(&mut sheet, &plot, &targets);

    let source = words::source(&[subject], hidden, sheet.source_room(), |text| fonts.width(text, Weight::Regular));
    sheet.foot(&source);
    let alt = alt(&subject, shown, &title, &source);
    Ok(Drawn { scene: sheet.scene, title, alt, source })
}

/// `Revenue by fiscal year, US$.`
fn subtitle(subject: &Subject<'_>, step: Step, grows: bool, style: &Style, ink: RGBColor) -> Run {
    let quantity = words::capitalised(subject.series.quantity().name());
    let step = words::step(step, subject.series.calendar());
    let note = style.note.as_deref().map(|note| format!(" {note}")).unwrap_or_default();
    let growth = if grows { ", with the growth on the year before" } else { "" };
    let text = format!("{quantity} by {step}, {}{growth}.{note}", words::currency(subject.series.currency()));
    Run { text, colour: ink, weight: Weight::Regular }
}

fn key(subject: &Subject<'_>, shown: &[Column], colour: RGBColor) -> Vec<Key> {
    let level = subject.projection.levels[words::wide_level(subject.projection)];
    let entry = |sign: Sign, label: &str| Key { sign, label: label.to_owned() };
    let mut key = Vec::new();
    if shown.iter().any(|one| one.reported > 0.0) {
        key.push(entry(Sign::Square(colour), "Reported"));
    }
    key.push(entry(Sign::Hatch(colour), "Projected, median"));
    key.push(entry(Sign::Whisker, &format!("{level}% of outcomes expected inside")));
    key
}

/// A target for the total of a column.
struct TargetMark {
    amount: f64,
    text: String,
    period: Period,
}

fn targets(subject: &Subject<'_>, shown: &[Column]) -> Vec<TargetMark> {
    let series = subject.series;
    let figures = series.figures().iter().zip(series.roles()).filter(|(_, role)| **role == Role::NotRevenue);
    figures
        .filter_map(|(figure, _)| {
            let Fact::Target { amount, basis: None | Some(Measure::Revenue) } = figure.fact else { return None };
            shown.iter().find(|one| one.period == figure.period)?;
            let text = format!("Target: {}", short(Amount::value(amount), series.currency()));
            Some(TargetMark { amount: amount.value(), text, period: figure.period })
        })
        .collect()
}

/// The amount of each target beside its sign, where nothing else is written.
fn write_targets(sheet: &mut Sheet<'_>, plot: &Plot, targets: &[TargetMark]) {
    let look = Type::new(16.0, Weight::SemiBold, sheet.palette.ink);
    for target in targets {
        let rect = columns::bar(plot, target.period, target.amount, target.amount);
        let (x, y) = (f64::midpoint(rect.left, rect.right), plot.y(target.amount));
        let width = look.width(sheet.fonts, &target.text);
        // Left of the column, or right of it.
        let left = if x - 14.0 - width >= plot.rect.left { x - 14.0 - width } else { x + 14.0 };
        sheet.scene.write_if_free(sheet.fonts, &target.text, (left, y + 5.5), Align::Left, look);
    }
}

/// Whether the growth of every column fits above it.
fn growth_fits(fonts: &Fonts<'_>, shown: &[Column], slot: f64) -> bool {
    let widest = shown.iter().filter_map(|one| one.growth).map(|growth| fonts.width(&percent::change(growth), Weight::Regular));
    widest.fold(0.0, f64::max) * GROWTH <= slot - 4.0
}

/// The amount and the growth above each column, where all find room; else above none but the last reported.
fn write_amounts(sheet: &mut Sheet<'_>, plot: &Plot, shown: &[Column], grows: bool, (currency, colour): (Currency, RGBColor)) {
    let amount = Type::new(AMOUNT, Weight::SemiBold, sheet.palette.ink);
    let growth = Type::new(GROWTH, Weight::Regular, sheet.palette.ink_2);
    let amount_of = |column: &Column| columns::amount(column, currency);
    let growth_of = |column: &Column| column.growth.map(percent::change).unwrap_or_default();
    let amounts =
        shown.iter().all(|column| amount.width(sheet.fonts, &amount_of(column)) <= columns::slot(plot, column.period) - 4.0);
    let last_reported = shown.iter().rposition(|column| !column.projected);
    for (index, column) in shown.iter().enumerate() {
        let rect = columns::bar(plot, column.period, 0.0, column.total);
        let top = columns::top(plot, column);
        let x = f64::midpoint(rect.left, rect.right);
        let mut baseline = top - 9.0;
        if amounts || Some(index) == last_reported {
            let look = if column.projected { Type::new(AMOUNT, Weight::SemiBold, colour) } else { amount };
            let width = look.width(sheet.fonts, &amount_of(column));
            if amounts {
                sheet.scene.write_if_free(sheet.fonts, &amount_of(column), (x, baseline), Align::Centre, look);
            } else if rect.right - width >= plot.rect.left {
                // Over the columns before it, so that it lies on no interval.
                let before =
                    shown[..index].iter().filter(|one| columns::bar(plot, one.period, 0.0, 0.0).right > rect.right - width);
                let top = before.map(|one| plot.y(one.total)).fold(top, f64::min);
                sheet.scene.write_if_free(sheet.fonts, &amount_of(column), (rect.right, top - 9.0), Align::Right, look);
            }
            baseline -= AMOUNT * 1.2;
        }
        if grows && column.growth.is_some() && (amounts || Some(index) != last_reported) {
            sheet.scene.write_if_free(sheet.fonts, &growth_of(column), (x, baseline), Align::Centre, growth);
        }
    }
}

/// What is said at the right of the last column: its period, its median and the interval.
fn end_label(sheet: &Sheet<'_>, subject: &Subject<'_>, last: &Column, colour: RGBColor) -> Vec<Line> {
    let currency = subject.series.currency();
    let level = subject.projection.levels[words::wide_level(subject.projection)];
    let line = |text: String, size: f64, weight: Weight, colour: RGBColor| Line { text, look: Type::new(size, weight, colour) };
    let mut lines = vec![
        line(words::period(subject.series.calendar(), last.period), 20.0, Weight::SemiBold, colour),
        line(projected(last.total, currency), 25.0, Weight::SemiBold, colour),
    ];
    if let Some(interval) = last.interval {
        let range = format!("{level}%: {}–{}", projected(interval.lo, currency), projected(interval.hi, currency));
        lines.push(line(range, 16.0, Weight::Regular, sheet.palette.ink_2));
    }
    lines
}

fn write_end(sheet: &mut Sheet<'_>, plot: &Plot, last: &Column, lines: &[Line]) {
    let Rect { top, right, bottom, .. } = plot.rect;
    let height: f64 = lines.iter().map(|line| line_height(line.look.size)).sum();
    let mut y = (plot.y(last.total) - height / 2.0).min(bottom - height).max(top);
    for line in lines {
        let at = (right + LABEL_GAP / 2.0, baseline_for_top(y, line.look.size));
        sheet.scene.write(sheet.fonts, &line.text, at, Align::Left, line.look);
        y += line_height(line.look.size);
    }
}

fn alt(subject: &Subject<'_>, shown: &[Column], title: &str, source: &str) -> String {
    let (calendar, currency) = (subject.series.calendar(), subject.series.currency());
    let level = subject.projection.levels[words::wide_level(subject.projection)];
    let entry = |column: &Column| {
        let amount = columns::amount(column, currency);
        let name = words::period(calendar, column.period);
        match column.interval {
            Some(interval) => {
                let (lo, hi) = (projected(interval.lo, currency), projected(interval.hi, currency));
                format!("{name} projected {amount} ({level}%: {lo} to {hi})")
            }
            None => format!("{name} {amount}"),
        }
    };
    let all: Vec<String> = shown.iter().map(entry).collect();
    let quantity = subject.series.quantity();
    format!("{title}. Columns of {quantity} in {}: {}. {source}", currency.code(), all.join(", "))
}
