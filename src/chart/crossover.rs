//! When one series overtakes another: both fans, the crossing of their medians, and the probability of being larger.
//!
//! The window and the probabilities come from joint draws, which are not this module's: see [`Crossing`].

use plotters::style::{Color, RGBColor};

use crate::calendar::Month;
use crate::chart::axes::{AxisLabels, Unit};
use crate::chart::bands::{self, Reach};
use crate::chart::comparison::{self, Line, Side};
use crate::chart::font::{Fonts, Weight};
use crate::chart::labels::{Placer, Rect};
use crate::chart::marks::{self, Mark};
use crate::chart::scale::{Money, Plot};
use crate::chart::scene::{Align, Point, Type, baseline_for_middle, baseline_for_top, point};
use crate::chart::sheet::{AXIS, LABEL_GAP, LEAST_GUTTER, Run, Sheet};
use crate::chart::ticks::Axis;
use crate::chart::view::{self, time_of};
use crate::chart::{ChartError, Crossing, Drawn, ScaleChoice, Style, Subject, words};
use crate::money::{Currency, projected};
use crate::percent;

const SIZE: (u32, u32) = (1600, 1000);
/// Share of the plots' height that the probability takes, and the room for its heading between the plots.
const LOWER: f64 = 0.24;
const BETWEEN: f64 = 64.0;
/// Em of the lines about the crossing.
const CALLOUT: (f64, f64) = (19.0, 17.0);

pub(super) fn draw(
    subjects: &[Subject<'_>; 2],
    crossing: &Crossing<'_>,
    style: &Style,
    fonts: &Fonts<'_>,
) -> Result<Drawn, ChartError> {
    let palette = style.theme.palette();
    let mut sheet = Sheet::new(style.size.unwrap_or(SIZE), fonts, palette);
    let currency = subjects[0].series.currency();
    let views = view::views(subjects, Some(crossing.along));
    let origin = comparison::latest_origin(&views);
    let until = comparison::common_end(&views, origin);
    let sides = comparison::sides(&views, origin, until, style)?;
    let challenger = crossing.challenger.min(1);
    let medians = medians_cross(&sides, challenger, origin, until);

    let all: Vec<Vec<Mark>> = sides.iter().map(|side| side.marks.clone()).collect();
    let time = bands::time(&views, &all, style.from, until);
    let mut reach = Reach::new();
    for side in &sides {
        reach.marks(&side.marks, &time);
        reach.path(&side.view, &side.levels, f64::INFINITY, &time);
    }
    let scale = if style.scale == ScaleChoice::Auto && reach.ratio() > 0.0 { ScaleChoice::Log } else { style.scale };
    let log = bands::is_log(scale, &views, &all, reach.ratio(), 0.0)?;
    let title = style.title.clone().unwrap_or_else(|| title(&sides, challenger, crossing, until));
    let shown: Vec<&Mark> = all.iter().flatten().filter(|mark| mark.span.1 > time.from && mark.time <= time.to).collect();
    let mut key = marks::key(&views, &shown, palette.neutral);
    key.extend(bands::key(palette, &subjects[0].projection.levels, &sides[0].levels, palette.neutral, &[]));
    let subtitle = comparison::subtitle(&sheet, &sides, style, log);
    let top = sheet.header(&title, &subtitle, &key);
    let end = sheet.bottom();
    let lower_top = end - ((end - top) * LOWER).max(2.0 * AXIS);
    let bottom = lower_top - BETWEEN;
    let money = reach.money(log, bottom - top);
    let labels = AxisLabels { unit: Unit::Money(currency), size: AXIS };
    let left = sheet.margin + sheet.gutter(&money.axis.ticks, &labels);
    let ends: Vec<[Line; 3]> = sides.iter().map(|side| comparison::end_label(&sheet, side)).collect();
    let widest = ends.iter().flatten().map(|line| line.look.width(fonts, &line.text)).fold(0.0, f64::max);
    let right = sheet.scene.width() - sheet.margin - (LABEL_GAP + widest).max(LEAST_GUTTER);
    let plot = Plot::new(Rect { left, top, right, bottom }, time.clone(), money);
    let percent = Money { axis: Axis { lo: 0.0, hi: 1.0, ticks: vec![0.0, 0.5, 1.0] }, log: false };
    let lower = Plot::new(Rect { left, top: lower_top, right, bottom: end }, time, percent);

    shade(&mut sheet, &plot, &lower, crossing);
    sheet.money_axis(&plot, Some(&labels));
    for side in &sides {
        bands::draw_bands(&mut sheet, &plot, &side.view, &side.levels, side.colour);
    }
    sheet.origin_line(&plot, time_of(crossing.along, origin), &[comparison::caption(&sides, origin), "Data".to_owned()]);
    for side in &sides {
        bands::draw_lines(&mut sheet, &plot, &side.view, &side.marks, side.colour, 4.0);
    }
    sheet.scene.segment((left, bottom), (right, bottom), 1.6, palette.axis);
    comparison::write_ends(&mut sheet, &plot, &sides, ends);
    draw_probability(&mut sheet, &lower, &sides[challenger], crossing);
    sheet.time_axis(&lower, Some(AXIS));
    write_crossing(&mut sheet, (&plot, &lower), &sides, crossing, medians, until);
    let said = comparison::write_notes(&mut sheet, &plot, &sides, time_of(crossing.along, origin));

    let hidden = bands::hidden(&all, plot.time()) + &said;
    let room = sheet.source_room() - fonts.width(crossing.dependence, Weight::Regular) - 0.5;
    let source = words::source(subjects, &hidden, room, |text| fonts.width(text, Weight::Regular));
    let source = format!("{source} {}", crossing.dependence);
    sheet.foot(&source);
    let about: Vec<String> = lines(crossing, medians, currency, until).into_iter().map(|line| line + ".").collect();
    let alt = format!("{} {}", comparison::alt(&sides, &title, log, &source), about.join(" "));
    Ok(Drawn { scene: sheet.scene, title, alt, source })
}

/// Time in months and amount at which the medians cross.
type Meeting = (f64, f64);

/// Where the challenger's median rises above the other's for the first time after the origin.
fn medians_cross(sides: &[Side<'_>], challenger: usize, origin: Month, until: Month) -> Option<Meeting> {
    let median = |side: &Side<'_>, month: Month| side.view.at(month).map(|point| point.median);
    let gap = |month: Month| -> Option<(f64, f64)> {
        let (a, b) = (median(&sides[challenger], month)?, median(&sides[1 - challenger], month)?);
        (a > 0.0 && b > 0.0).then(|| (libm::log(a / b), libm::log(a)))
    };
    (origin.index()..until.index()).map(Month::from_index).find_map(|month| {
        let ((before, from), (after, to)) = (gap(month)?, gap(month.plus(1))?);
        let share = -before / (after - before);
        (before < 0.0 && after >= 0.0)
            .then(|| (sides[challenger].view.time(month) + share, libm::exp(from + (to - from) * share)))
    })
}

/// The month in which a time lies; a time at the very end of a month belongs to it.
#[expect(clippy::cast_possible_truncation, reason = "months of the calendar")]
fn month_of(time: f64) -> Month {
    Month::from_index(libm::ceil(time - 1e-9) as i32 - 1)
}

/// The odds that the challenger is the larger at any time up to the end.
fn title(sides: &[Side<'_>], challenger: usize, crossing: &Crossing<'_>, until: Month) -> String {
    let (name, other) = (&sides[challenger].name, &sides[1 - challenger].name);
    if sides[challenger].now > sides[1 - challenger].now {
        return format!("{name} is already larger than {other}");
    }
    let (passes, end) = (1.0 - crossing.never, words::end(until));
    match percent::chance(passes) {
        _ if (0.45..=0.55).contains(&passes) => format!("Even odds that {name} passes {other} by {end}"),
        chance => format!("{name} has {} of passing {other} by {end}", words::odds(&chance)),
    }
}

fn quarter(month: Month) -> String {
    format!("Q{} {}", month.month().div_ceil(3), month.year())
}

/// What is to be said about the crossing, the most important first.
fn lines(crossing: &Crossing<'_>, medians: Option<Meeting>, currency: Currency, until: Month) -> Vec<String> {
    let mut lines = Vec::new();
    if let Some((time, amount)) = medians {
        lines.push(format!("Medians cross in {} at {}", quarter(month_of(time)), projected(amount, currency)));
    }
    let after = || format!("after {}", until.year());
    match crossing.window {
        (Some(early), late) => {
            let late = late.map_or_else(after, quarter);
            lines.push(format!("80% window of the first crossing: {} to {late}", quarter(early)));
        }
        (None, _) => lines.push(format!("Fewer than 10% of draws cross by {}", words::end(until))),
    }
    lines.push(format!("{} of draws do not cross by {}", percent(crossing.never), words::end(until)));
    lines
}

/// Shades the window in which most draws cross for the first time.
fn shade(sheet: &mut Sheet<'_>, plot: &Plot, lower: &Plot, crossing: &Crossing<'_>) {
    let (Some(early), late) = crossing.window else { return };
    let Rect { left, right, top, .. } = plot.rect;
    let from = plot.x(time_of(crossing.along, early)).clamp(left, right);
    let to = late.map_or(right, |late| plot.x(time_of(crossing.along, late))).clamp(from, right);
    let rect = Rect { left: from, top, right: to.max(from + 2.0), bottom: lower.rect.bottom };
    sheet.scene.block(rect, sheet.palette.shade.mix(1.0));
}

fn draw_probability(sheet: &mut Sheet<'_>, plot: &Plot, side: &Side<'_>, crossing: &Crossing<'_>) {
    let Rect { left, right, top, bottom } = plot.rect;
    let palette = sheet.palette;
    let axis = Type::new(AXIS, Weight::Regular, palette.ink_2);
    for (share, label) in [(0.0, "0%"), (0.5, "50%"), (1.0, "100%")] {
        let y = plot.y(share);
        // In a low plot the labels at its ends leave no room between them.
        if label == "50%" && bottom - top < 2.4 * AXIS {
            continue;
        }
        if share > 0.0 {
            sheet.scene.segment((left, y), (right, y), 1.25, palette.grid);
        }
        sheet.scene.write(sheet.fonts, label, (left - 12.0, baseline_for_middle(y, AXIS)), Align::Right, axis);
    }
    let room = (right - left) / 19.0;
    let heading = sheet.fonts.cut(&format!("Probability that {} is larger", side.name), Weight::SemiBold, room);
    let look = Type::new(19.0, Weight::SemiBold, palette.ink);
    sheet.scene.write(sheet.fonts, &heading, (left, top - 20.0), Align::Left, look);
    let line: Vec<Point> =
        crossing.probability.iter().map(|(month, share)| plot.at(time_of(crossing.along, *month), *share)).collect();
    let (Some(first), Some(last)) = (line.first().copied(), line.last().copied()) else { return };
    let floor = plot.at(plot.time().from, 0.0).1;
    let area: Vec<Point> = line.iter().copied().chain([(last.0, floor), (first.0, floor)]).collect();
    sheet.scene.fill(plot.clip_area(area), side.colour.mix(0.18));
    for part in plot.clip_line(&line) {
        sheet.scene.line(part, 3.0, side.colour.mix(1.0));
    }
    let at_end = crossing.probability.iter().rfind(|(month, _)| time_of(crossing.along, *month) <= plot.time().to + 1e-9);
    if let Some((_, share)) = at_end {
        let look = Type::new(25.0, Weight::SemiBold, side.colour);
        let y = baseline_for_middle(plot.y(*share).clamp(top + 6.0, bottom - 6.0), 25.0);
        sheet.scene.write(sheet.fonts, &percent(*share), (right + 16.0, y), Align::Left, look);
    }
}

/// A probability without claiming certainty: `<1%` and `>99%`.
fn percent(share: f64) -> String {
    match share * 100.0 {
        percent if percent < 0.5 => "<1%".to_owned(),
        percent if percent > 99.5 => ">99%".to_owned(),
        percent => format!("{percent:.0}%"),
    }
}

/// The dot at the crossing, the line down from it, and what is to be said where it covers least.
fn write_crossing(
    sheet: &mut Sheet<'_>,
    (plot, lower): (&Plot, &Plot),
    sides: &[Side<'_>],
    crossing: &Crossing<'_>,
    medians: Option<Meeting>,
    until: Month,
) {
    let Rect { left, right, top, bottom } = plot.rect;
    let ink: RGBColor = sheet.palette.ink;
    let mut placer = Placer::new(Rect { left: left + 6.0, top: top + 6.0, right: right - 6.0, bottom: bottom - 6.0 });
    for pair in sides.iter().flat_map(|side| side.view.path.windows(2)) {
        let place = |index: usize| (plot.x(time_of(crossing.along, pair[index].month)), plot.y(pair[index].median));
        placer.sample_line(place(0), place(1), 40.0);
    }
    for mark in sides.iter().flat_map(|side| &side.marks) {
        placer.block(Rect::about(plot.x(mark.time), plot.y(mark.amount), 11.0, 11.0));
    }
    let start = medians.map_or(f64::NEG_INFINITY, |(time, _)| plot.x(time));
    if let Some((time, amount)) = medians.filter(|(time, amount)| plot.shows(*time, *amount)) {
        let (x, y) = (plot.x(time), plot.y(amount));
        sheet.scene.dashes(x, y, lower.rect.bottom, 1.6, ink);
        sheet.scene.disc(point(x, y), 9.5, sheet.palette.background.mix(1.0));
        sheet.scene.disc(point(x, y), 8.0, ink.mix(1.0));
        placer.block(Rect::about(x, y, 10.0, 10.0));
        placer.block(Rect { left: x - 1.0, top: y, right: x + 1.0, bottom });
        sheet.scene.marks.push(Rect::about(x, y, 8.0, 8.0));
    }
    let currency = sides[0].view.series.currency();
    let written: Vec<Run> = lines(crossing, medians, currency, until)
        .into_iter()
        .enumerate()
        .map(|(index, text)| {
            let first = index == 0 && medians.is_some();
            let (colour, weight) = if first { (ink, Weight::SemiBold) } else { (sheet.palette.ink_2, Weight::Regular) };
            Run { text, colour, weight }
        })
        .collect();
    let size = |run: &Run| if run.weight == Weight::SemiBold { CALLOUT.0 } else { CALLOUT.1 };
    let width = written.iter().map(|run| sheet.fonts.width(&run.text, run.weight) * size(run)).fold(0.0, f64::max);
    let height: f64 = written.iter().map(|run| size(run) * 1.3).sum();
    // Beside the dashed line from its lower end up, on the right if there is room; then anywhere.
    let rows = || (0..24).map(|row| bottom - 14.0 - height - f64::from(row) * 16.0);
    let columns = [start + 14.0, start - 14.0 - width, right - 10.0 - width, left + 10.0];
    let candidates = columns
        .into_iter()
        .filter(|x| x.is_finite())
        .flat_map(|x| rows().map(move |y| Rect { left: x, top: y, right: x + width, bottom: y + height }));
    let Some(rect) = placer.cheapest(candidates) else { return };
    let mut y = rect.top;
    for run in &written {
        let look = Type::new(size(run), run.weight, run.colour);
        let at = (rect.left, baseline_for_top(y, look.size));
        sheet.scene.write_over(sheet.fonts, &run.text, at, Align::Left, look);
        y += look.size * 1.3;
    }
}
