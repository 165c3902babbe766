//! The shares of the parts in a whole, reported and projected, as columns of one height.

use crate::chart::axes::{AxisLabels, Unit};
use crate::chart::columns::{self, Column};
use crate::chart::font::{Fonts, Weight};
use crate::chart::labels::Rect;
use crate::chart::scale::{Money, Plot};
use crate::chart::sheet::{AXIS, Key, Run, Sheet, Sign};
use crate::chart::stacked::{self, Layer, Names};
use crate::chart::ticks::Axis;
use crate::chart::{ChartError, Drawn, ScaleChoice, Style, Subject, words};
use crate::percent;

const SIZE: (u32, u32) = (1600, 900);

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
    let layers = shares(stacked::layers(parts, style)?);
    let series = parts[0].series;
    let shown = columns::shown(&layers[0].columns, style.from);
    let (Some(start), Some(last)) = (shown.first(), shown.last()) else { return Err(ChartError::Nothing) };
    let first = layers[0].columns.len() - shown.len();

    let subjects: Vec<Subject<'_>> = whole.into_iter().chain(parts.iter().copied()).collect();
    let mut sheet = Sheet::new(style.size.unwrap_or(SIZE), fonts, palette).with_table(&subjects, style);
    let title = style.title.clone().unwrap_or_else(|| title(&layers, last, series));
    let step = words::step(columns::step(&parts[0], style.step), series.calendar());
    let note = style.note.as_deref().map(|note| format!(" {note}")).unwrap_or_default();
    let name = words::name(whole.map_or("the parts", |whole| whole.series.name()));
    let text = format!("Shares of the {} of {name} by {step}.{note}", series.quantity());
    let key = [
        Key { sign: Sign::Square(palette.neutral), label: "Reported".to_owned() },
        Key { sign: Sign::Hatch(palette.neutral), label: "Projected, by the medians of the parts".to_owned() },
    ];
    let top = sheet.header(&title, &[Run { text, colour: palette.ink_2, weight: Weight::Regular }], &key);
    let bottom = sheet.bottom();
    let money = Money { axis: Axis { hi: 1.0, lo: 0.0, ticks: vec![0.0, 0.25, 0.5, 0.75, 1.0] }, log: false };
    let labels = AxisLabels { unit: Unit::Percent, size: AXIS };
    let left = sheet.margin + sheet.gutter(&money.axis.ticks, &labels);
    let names = Names::of(&sheet, &layers, |column| percent::share(column.total));
    let time = columns::time(start.period, last.period, columns::step(&parts[0], style.step), series.calendar());
    let plot = Plot::new(Rect { left, top, right: names.right(&sheet), bottom }, time, money);
    sheet.money_axis(&plot, Some(&labels));
    for index in first..layers[0].columns.len() {
        stacked::stack(&mut sheet, &plot, &layers, index);
    }
    sheet.time_axis(&plot, Some(AXIS));
    names.write(&mut sheet, &plot, &layers);
    let hidden = if first > 0 { " Earlier figures not shown." } else { "" };
    let source = words::source(&subjects, hidden, sheet.source_room(), |text| fonts.width(text, Weight::Regular));
    sheet.foot(&source);
    let alt = alt(&layers, first, series, &title, &source);
    Ok(Drawn { scene: sheet.scene, title, alt, source })
}

/// The layers as fractions of what they come to together in each period.
fn shares(mut layers: Vec<Layer>) -> Vec<Layer> {
    for index in 0..layers[0].columns.len() {
        let sum = layers.iter().map(|layer| layer.columns[index].total).sum::<f64>();
        for layer in &mut layers {
            let column = &mut layer.columns[index];
            let share = |amount: f64| if sum > 0.0 { amount / sum } else { 0.0 };
            *column = Column { reported: share(column.reported), total: share(column.total), interval: None, ..column.clone() };
        }
    }
    layers
}

/// `Services is projected to be 81% of revenue in 2026, after 78% in 2024`.
fn title(layers: &[Layer], last: &Column, series: &crate::series::Series) -> String {
    let largest = &layers[0];
    let period = |column: &Column| words::period(series.calendar(), column.period);
    let said = format!(
        "{} is projected to be {} of {} in {}",
        largest.name,
        percent::share(largest.columns.last().map_or(0.0, |one| one.total)),
        series.quantity(),
        period(last)
    );
    let reported = largest.columns.iter().rev().find(|one| !one.projected);
    reported.map_or(said.clone(), |before| format!("{said}, after {} in {}", percent::share(before.total), period(before)))
}

fn alt(layers: &[Layer], first: usize, series: &crate::series::Series, title: &str, source: &str) -> String {
    let entry = |index: usize| {
        let parts: Vec<String> =
            layers.iter().map(|layer| format!("{} {}", layer.name, percent::share(layer.columns[index].total))).collect();
        let column = &layers[0].columns[index];
        let kind = if column.projected { " projected" } else { "" };
        format!("{}{kind}: {}", words::period(series.calendar(), column.period), parts.join(", "))
    };
    let all: Vec<String> = (first..layers[0].columns.len()).map(entry).collect();
    format!("{title}. Columns of shares of {}. {}. {source}", series.quantity(), all.join("; "))
}
