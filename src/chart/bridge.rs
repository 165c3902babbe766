//! From the last reported year to the next projected one: what each part adds, as a waterfall.

use plotters::style::{Color, RGBColor};

use crate::chart::axes::{AxisLabels, Unit};
use crate::chart::columns::{self, Column};
use crate::chart::font::{Fonts, Weight};
use crate::chart::labels::Rect;
use crate::chart::scene::{Align, Type, baseline_for_middle};
use crate::chart::sheet::{AXIS, Key, Run, Sheet, Sign};
use crate::chart::{ChartError, Drawn, Style, Subject, stacked, ticks, words};
use crate::money::{Currency, projected, short};
use crate::percent;

const SIZE: (u32, u32) = (1600, 900);
/// Em of the amounts and of the names.
const AMOUNT: f64 = 18.0;
const NAME: f64 = 17.0;
/// The share of its place that a column leaves free on either side.
const GAP: f64 = 0.16;

/// A column of the waterfall.
struct Step {
    name: String,
    from: f64,
    to: f64,
    /// Whether it is a total rather than a change.
    total: bool,
}

pub(super) fn draw(
    whole: Option<Subject<'_>>,
    parts: &[Subject<'_>],
    style: &Style,
    fonts: &Fonts<'_>,
) -> Result<Drawn, ChartError> {
    let palette = style.theme.palette();
    let layers = stacked::layers(parts, &Style { step: Some(crate::calendar::Step::Year), ..style.clone() })?;
    let (series, currency) = (parts[0].series, parts[0].series.currency());
    let name = words::name(whole.map_or("All parts", |whole| whole.series.name()));
    let years = &layers[0].columns;
    let next = years.iter().position(|one: &Column| one.projected).filter(|next| *next > 0);
    let Some(next) = next else { return Err(ChartError::NoYearBefore { series: name }) };
    let sum = |index: usize| layers.iter().map(|layer| layer.columns[index].total).sum::<f64>();
    let of_whole =
        whole.map(|whole| columns::columns(&whole, crate::calendar::Step::Year, words::wide_level(whole.projection)));
    let total = |index: usize| {
        let own = of_whole.iter().flatten().find(|one| one.period == years[index].period).map(|one| one.total);
        own.unwrap_or_else(|| sum(index))
    };
    let label = |index: usize| words::period(series.calendar(), years[index].period);
    let (before, after) = (total(next - 1), total(next));

    let mut steps = vec![Step { name: label(next - 1), from: 0.0, to: before, total: true }];
    let mut at = before;
    for layer in &layers {
        let change = layer.columns[next].total - layer.columns[next - 1].total;
        steps.push(Step { name: layer.name.clone(), from: at, to: at + change, total: false });
        at += change;
    }
    // The median of a sum is not the sum of the medians, and a whole may hold what no part does.
    if (after - at).abs() > 5e-4 * after.abs() {
        steps.push(Step { name: "Not in the parts".to_owned(), from: at, to: after, total: false });
    }
    steps.push(Step { name: format!("{}, projected", label(next)), from: 0.0, to: after, total: true });

    let mut sheet = Sheet::new(style.size.unwrap_or(SIZE), fonts, palette);
    let growth = percent::change(after / before - 1.0);
    let title = style.title.clone().unwrap_or_else(|| {
        let (before, after) = (short(before, currency), projected(after, currency));
        format!("{name}: from {before} in {} to {after} in {}, {growth}", label(next - 1), label(next))
    });
    let quantity = words::capitalised(series.quantity().name());
    let note = style.note.as_deref().map(|note| format!(" {note}")).unwrap_or_default();
    let text = format!("{quantity}, {}: what each part adds to the median projection.{note}", words::currency(currency));
    let (rise, fall) = (palette.series[2], palette.series[1]);
    let entry = |sign: Sign, label: &str| Key { sign, label: label.to_owned() };
    let key = [
        entry(Sign::Square(palette.series[0]), "Reported"),
        entry(Sign::Hatch(palette.series[0]), "Projected, median"),
        entry(Sign::Square(rise), "Adds"),
        entry(Sign::Square(fall), "Takes away"),
    ];
    let top = sheet.header(&title, &[Run { text, colour: palette.ink_2, weight: Weight::Regular }], &key);
    let bottom = sheet.bottom();
    let highest = steps.iter().map(|step| step.from.max(step.to)).fold(0.0, f64::max);
    let height = (bottom - top).max(1.0);
    let axis = ticks::linear(highest * (1.0 + AMOUNT * 1.8 / (height - AMOUNT * 1.8).max(1.0)), 6);
    let labels = AxisLabels { unit: Unit::Money(currency), size: AXIS };
    let left = sheet.margin + sheet.gutter(&axis.ticks, &labels);
    let right = sheet.scene.width() - sheet.margin;
    let y = |amount: f64| bottom - amount / axis.hi * (bottom - top);
    for tick in &axis.ticks {
        if *tick > 0.0 {
            sheet.scene.segment((left, y(*tick)), (right, y(*tick)), 1.25, palette.grid);
        }
        let at = (left - 12.0, baseline_for_middle(y(*tick), AXIS));
        let look = Type::new(AXIS, Weight::Regular, palette.ink_2);
        sheet.scene.write(fonts, &labels.text(*tick), at, Align::Right, look);
    }
    sheet.scene.segment((left, bottom), (right, bottom), 1.6, palette.axis);
    let slot = (right - left) / steps.len() as f64;
    for (index, step) in steps.iter().enumerate() {
        let x = left + slot * index as f64;
        let (upper, lower) = (y(step.from.max(step.to)), y(step.from.min(step.to)));
        let rect = Rect { left: x + slot * GAP, top: upper, right: x + slot * (1.0 - GAP), bottom: lower };
        let colour = match step.total {
            true => palette.series[0],
            false if step.to >= step.from => rise,
            false => fall,
        };
        columns::draw_bar(&mut sheet, rect, colour, step.total && index > 0);
        if index + 1 < steps.len() {
            // To where the next one begins.
            let level = y(step.to);
            let end = x + slot * (1.0 + GAP);
            sheet.scene.line(
                vec![crate::chart::scene::point(rect.right, level), crate::chart::scene::point(end, level)],
                1.2,
                palette.ink_3.mix(1.0),
            );
        }
        write_step(&mut sheet, step, (x, slot), upper, bottom, currency, colour);
    }
    let subjects: Vec<Subject<'_>> = whole.into_iter().chain(parts.iter().copied()).collect();
    let source = words::source(&subjects, "", sheet.source_room(), |text| fonts.width(text, Weight::Regular));
    sheet.foot(&source);
    let said: Vec<String> = steps.iter().map(|step| format!("{} {}", step.name, amount(step, currency))).collect();
    let alt = format!("{title}. Waterfall of {} in {}: {}. {source}", series.quantity(), currency.code(), said.join(", "));
    Ok(Drawn { scene: sheet.scene, title, alt, source })
}

/// A total as it is, a change with its sign.
fn amount(step: &Step, currency: Currency) -> String {
    let change = step.to - step.from;
    if step.total || change < 0.0 { projected(change, currency) } else { format!("+{}", projected(change, currency)) }
}

fn write_step(
    sheet: &mut Sheet<'_>,
    step: &Step,
    (x, slot): (f64, f64),
    top: f64,
    bottom: f64,
    currency: Currency,
    colour: RGBColor,
) {
    let middle = x + slot / 2.0;
    let text = sheet.fonts.cut(&amount(step, currency), Weight::SemiBold, slot / AMOUNT);
    let look = Type::new(AMOUNT, Weight::SemiBold, colour);
    sheet.scene.write_if_free(sheet.fonts, &text, (middle, top - 9.0), Align::Centre, look);
    let name = sheet.fonts.cut(&step.name, Weight::Regular, (slot - 6.0) / NAME);
    let look = Type::new(NAME, Weight::Regular, sheet.palette.ink_2);
    sheet.scene.write(sheet.fonts, &name, (middle, bottom + 27.0), Align::Centre, look);
}
