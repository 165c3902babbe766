//! Growth on the year before, period by period: as it was reported, and as it is projected with its interval.

use crate::calendar::{Period, Step};
use crate::chart::axes::{AxisLabels, Unit};
use crate::chart::columns;
use crate::chart::font::{Fonts, Weight};
use crate::chart::labels::Rect;
use crate::chart::scale::{Money, Plot, end_of, start_of};
use crate::chart::scene::{Align, Type};
use crate::chart::sheet::{AXIS, Key, Run, Sheet, Sign};
use crate::chart::{ChartError, Drawn, ScaleChoice, Style, Subject, ticks, words};
use crate::percent;
use crate::project::{Derivation, Interval};
use crate::series::Measure;

const SIZE: (u32, u32) = (1600, 900);
/// Em of a rate at its column.
const RATE: f64 = 17.0;

/// The growth of one period.
struct Rate {
    period: Period,
    growth: f64,
    interval: Option<Interval>,
    reported: bool,
}

pub(super) fn draw(subject: Subject<'_>, style: &Style, fonts: &Fonts<'_>) -> Result<Drawn, ChartError> {
    let (series, projection) = (subject.series, subject.projection);
    if style.scale == ScaleChoice::Log {
        return Err(ChartError::ColumnsOnLog);
    }
    let step = columns::step(&subject, style.step);
    let all = rates(&subject, step);
    let first = style.from.and_then(|from| all.iter().position(|one| one.period.last() >= from)).unwrap_or(0);
    let shown = &all[first.max(all.len().saturating_sub(columns::MOST))..];
    let Some(last) = shown.last().filter(|last| !last.reported) else {
        return Err(ChartError::NoColumns { series: series.name().to_owned(), step });
    };
    let palette = style.theme.palette();
    let colour = style.colour_of(series.name());
    let level = projection.levels[words::wide_level(projection)];
    let mut sheet = Sheet::new(style.size.unwrap_or(SIZE), fonts, palette).with_table(&[subject], style);
    let period = words::period(series.calendar(), last.period);
    let title = style.title.clone().unwrap_or_else(|| {
        let name = words::name(series.name());
        let growth = percent::change(last.growth);
        let what = format!("{name}: {} grows {growth} in {period}", series.quantity())
            .replace("grows −", "shrinks ")
            .replace("grows +", "grows ");
        match last.interval {
            Some(interval) => format!("{what}, between {} and {}", percent::change(interval.lo), percent::change(interval.hi)),
            None => what,
        }
    });
    let quantity = words::capitalised(series.quantity().name());
    let step_name = words::step(step, series.calendar());
    let note = style.note.as_deref().map(|note| format!(" {note}")).unwrap_or_default();
    let text = format!("{quantity} by {step_name}: growth on the same period of the year before.{note}");
    let entry = |sign: Sign, label: String| Key { sign, label };
    let key = [
        entry(Sign::Square(colour), "Reported".to_owned()),
        entry(Sign::Hatch(colour), "Projected, median".to_owned()),
        entry(Sign::Whisker, format!("{level}% of outcomes expected inside")),
    ];
    let top = sheet.header(&title, &[Run { text, colour: palette.ink_2, weight: Weight::Regular }], &key);
    let bottom = sheet.bottom();
    let (mut lo, mut hi) = (0.0_f64, 0.0_f64);
    for rate in shown {
        lo = lo.min(rate.growth);
        hi = hi.max(rate.growth);
    }
    let most = columns::REACH * hi.max(-lo);
    for interval in shown.iter().filter_map(|rate| rate.interval) {
        lo = lo.min(interval.lo.max(-most));
        hi = hi.max(interval.hi.min(most));
    }
    let room = (hi - lo) * RATE * 2.0 / (bottom - top).max(1.0);
    let axis = ticks::signed(if lo < 0.0 { lo - room } else { 0.0 }, hi + room, 6);
    let labels = AxisLabels { unit: Unit::Percent, size: AXIS };
    let left = sheet.margin + sheet.gutter(&axis.ticks, &labels);
    let right = sheet.scene.width() - sheet.margin;
    let time = columns::time(shown[0].period, last.period, step, series.calendar());
    let plot = Plot::new(Rect { left, top, right, bottom }, time, Money { axis, log: false });

    sheet.money_axis(&plot, Some(&labels));
    for rate in shown {
        columns::draw_bar(&mut sheet, columns::bar(&plot, rate.period, 0.0, rate.growth), colour, !rate.reported);
    }
    let zero = plot.y(0.0);
    sheet.scene.segment((left, zero), (right, zero), 1.6, palette.axis);
    for rate in shown {
        if let Some(interval) = rate.interval {
            columns::whisker(&mut sheet, &plot, rate.period, interval, palette.ink);
        }
    }
    sheet.time_axis(&plot, Some(AXIS));
    write_rates(&mut sheet, &plot, shown);
    let hidden = if shown.len() < all.len() { " Earlier figures not shown." } else { "" };
    let source = words::source(&[subject], hidden, sheet.source_room(), |text| fonts.width(text, Weight::Regular));
    sheet.foot(&source);
    let said: Vec<String> = shown
        .iter()
        .map(|rate| {
            let projected = if rate.reported { "" } else { " projected" };
            format!("{}{projected} {}", words::period(series.calendar(), rate.period), percent::change(rate.growth))
        })
        .collect();
    let alt = format!("{title}. Columns of growth: {}. {source}", said.join(", "));
    Ok(Drawn { scene: sheet.scene, title, alt, source })
}

/// The growth of each period: of past ones by what the figures come to, ahead as the projection derived it.
fn rates(subject: &Subject<'_>, step: Step) -> Vec<Rate> {
    let (level, months) = (words::wide_level(subject.projection), step.months());
    let past = columns::columns(subject, step, level).into_iter().filter(|one| !one.projected);
    let past = past.filter_map(|one| Some(Rate { period: one.period, growth: one.growth?, interval: None, reported: true }));
    let of_revenue = subject
        .projection
        .derived
        .iter()
        .filter(|one| {
            one.derivation == Derivation::YearOnYear && one.measure == Measure::Revenue && one.period.months() == months
        })
        .filter(|one| !one.stated);
    let ahead = of_revenue.filter_map(|one| {
        let ends = one.intervals.as_ref().and_then(|all| all.get(level)).copied();
        let interval = ends.and_then(|(lo, hi)| Some(Interval { lo: lo?, hi: hi? }));
        Some(Rate { period: one.period, growth: one.median?, interval, reported: false })
    });
    let mut rates: Vec<Rate> = past.chain(ahead).collect();
    rates.sort_by_key(|rate| rate.period);
    rates
}

/// The rate at each column, beyond its interval, where all find room.
fn write_rates(sheet: &mut Sheet<'_>, plot: &Plot, shown: &[Rate]) {
    let look = Type::new(RATE, Weight::SemiBold, sheet.palette.ink);
    let fits = |rate: &Rate| look.width(sheet.fonts, &percent::change(rate.growth)) <= columns::slot(plot, rate.period) - 4.0;
    if !shown.iter().all(fits) {
        return;
    }
    for rate in shown {
        let x = plot.x(f64::midpoint(start_of(rate.period.first()), end_of(rate.period.last())));
        let above = rate.growth >= 0.0;
        let edge = match (above, rate.interval) {
            (true, Some(interval)) => interval.hi.max(rate.growth),
            (false, Some(interval)) => interval.lo.min(rate.growth),
            (_, None) => rate.growth,
        };
        let y = plot.y(edge).clamp(plot.rect.top, plot.rect.bottom);
        let baseline = if above { y - 9.0 } else { y + RATE + 5.0 };
        sheet.scene.write_if_free(sheet.fonts, &percent::change(rate.growth), (x, baseline), Align::Centre, look);
    }
}
