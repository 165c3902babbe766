//! Two to four series on one pair of axes.
//!
//! The title states what the medians do: that one overtakes the other only if it does. Each fan starts at its own origin; the
//! dashed line stands at the latest, and its caption says which data end earlier.

use plotters::style::{Color, RGBColor};

use crate::calendar::Month;
use crate::chart::axes::{AxisLabels, Unit};
use crate::chart::bands::{self, Reach};
use crate::chart::font::{Fonts, Weight};
use crate::chart::labels::{Rect, spread};
use crate::chart::marks::{self, Mark, Sizes};
use crate::chart::notes::Notes;
use crate::chart::scale::Plot;
use crate::chart::scene::{Align, Type, baseline_for_top, point};
use crate::chart::sheet::{AXIS, LABEL_GAP, LEAST_GUTTER, Run, SUBTITLE, Sheet, TOP};
use crate::chart::view::{self, View, time_of};
use crate::chart::{ChartError, Drawn, Style, Subject, alt, titles, words};
use crate::money::projected;
use crate::project::PathPoint;

const SIZE: (u32, u32) = (1600, 900);
/// Ratio of the largest amount to the smallest from which the scale is logarithmic if the user does not say.
const LOG_FROM: f64 = 8.0;
/// The bands up to this percentage are always within a linear axis; see [`Reach::money`].
const SURE: f64 = 50.5;
/// Widest share of the picture for the labels at the right.
const MOST_GUTTER: f64 = 0.26;
/// Em of name, median and range in a label at the right.
const END: (f64, f64, f64) = (20.0, 25.0, 16.0);

/// A subject with what is drawn of it.
pub(super) struct Side<'a> {
    pub(super) view: View<'a>,
    pub(super) name: String,
    pub(super) colour: RGBColor,
    pub(super) marks: Vec<Mark>,
    pub(super) levels: Vec<usize>,
    /// The point at the right edge.
    pub(super) last: &'a PathPoint,
    /// The median at the latest origin.
    pub(super) now: f64,
}

pub(super) fn draw(subjects: &[Subject<'_>], style: &Style, fonts: &Fonts<'_>) -> Result<Drawn, ChartError> {
    let palette = style.theme.palette();
    let mut sheet = Sheet::new(style.size.unwrap_or(SIZE), fonts, palette).with_table(subjects, style);
    let currency = subjects[0].series.currency();
    let views = view::views(subjects, style.along);
    let origin = latest_origin(&views);
    let until = common_end(&views, origin);
    let sides = sides(&views, origin, until, style)?;

    let all: Vec<Vec<Mark>> = sides.iter().map(|side| side.marks.clone()).collect();
    let time = bands::time(&views, &all, style.from, until);
    let mut reach = Reach::new();
    for side in &sides {
        reach.marks(&side.marks, &time);
        reach.path(&side.view, &side.levels, SURE, &time);
    }
    let log = bands::is_log(style.scale, &views, &all, reach.ratio(), LOG_FROM)?;
    let title = style.title.clone().unwrap_or_else(|| title(&sides, origin, until));
    let shown: Vec<&Mark> = all.iter().flatten().filter(|mark| mark.span.1 > time.from && mark.time <= time.to).collect();
    let mut key = marks::key(&views, &shown, palette.neutral);
    let cut = bands::cut(&views, &sides[0].levels, &time, &reach.money(log, sheet.bottom() - TOP));
    key.extend(bands::key(palette, &subjects[0].projection.levels, &sides[0].levels, palette.neutral, &cut));
    let subtitle = subtitle(&sheet, &sides, style, log);
    let top = sheet.header(&title, &subtitle, &key);
    let bottom = sheet.bottom();
    let money = reach.money(log, bottom - top);
    let labels = AxisLabels { unit: Unit::Money(currency), size: AXIS };
    let left = sheet.margin + sheet.gutter(&money.axis.ticks, &labels);
    let ends: Vec<[Line; 3]> = sides.iter().map(|side| end_label(&sheet, side)).collect();
    let widest = ends.iter().flatten().map(|line| line.look.width(fonts, &line.text)).fold(0.0, f64::max);
    let right = sheet.scene.width() - sheet.margin - (LABEL_GAP + widest).max(LEAST_GUTTER);
    let plot = Plot::new(Rect { left, top, right, bottom }, time, money);

    sheet.money_axis(&plot, Some(&labels));
    for side in &sides {
        bands::draw_bands(&mut sheet, &plot, &side.view, &side.levels, side.colour);
    }
    sheet.origin_line(&plot, time_of(views[0].along, origin), &[caption(&sides, origin), "Data".to_owned()]);
    for side in &sides {
        bands::draw_lines(&mut sheet, &plot, &side.view, &side.marks, side.colour, 4.0);
    }
    sheet.time_axis(&plot, Some(AXIS));
    write_ends(&mut sheet, &plot, &sides, ends);
    let said = write_notes(&mut sheet, &plot, &sides, time_of(views[0].along, origin));

    let hidden = bands::hidden(&all, plot.time()) + &said;
    let source = words::source(subjects, &hidden, sheet.source_room(), |text| fonts.width(text, Weight::Regular));
    sheet.foot(&source);
    let alt = alt(&sides, &title, log, &source);
    Ok(Drawn { scene: sheet.scene, title, alt, source })
}

pub(super) fn latest_origin(views: &[View<'_>]) -> Month {
    views.iter().map(|view| view.projection.origin).max().unwrap_or(Month::MIN)
}

/// The month up to which all are projected, so that every fan reaches the right edge; the latest if that is no later than the
/// latest origin.
pub(super) fn common_end(views: &[View<'_>], origin: Month) -> Month {
    let ends = || views.iter().filter_map(|view| view.path.last()).map(|point| point.month);
    let common = ends().min().unwrap_or(origin);
    if common > origin { common } else { ends().max().unwrap_or(origin) }
}

/// The subjects with their colours; where two would have the same, the largest at the latest origin has the first.
pub(super) fn sides<'a>(views: &[View<'a>], origin: Month, until: Month, style: &Style) -> Result<Vec<Side<'a>>, ChartError> {
    let wanted: &[f64] = if views.len() == 2 { &[50.0, 80.0] } else { &[80.0] };
    let mut sides = Vec::new();
    for view in views {
        let projection = view.projection;
        let Some(last) = view.last(until) else {
            return Err(ChartError::NoPath { series: projection.series.clone() });
        };
        let now = view.last(origin).map_or(last.median, |point| point.median);
        let (marks, levels) = (marks::marks(view), bands::nearest(&projection.levels, wanted));
        let name = words::name(view.series.name());
        sides.push(Side { view: *view, name, colour: style.colour_of(view.series.name()), marks, levels, last, now });
    }
    let twice = (1..sides.len()).any(|index| sides[..index].iter().any(|other| other.colour == sides[index].colour));
    if twice {
        let colours = style.theme.palette().series;
        let mut order: Vec<usize> = (0..sides.len()).collect();
        order.sort_by(|a, b| sides[*b].now.total_cmp(&sides[*a].now));
        for (rank, index) in order.into_iter().enumerate() {
            sides[index].colour = colours[rank % colours.len()];
        }
    }
    Ok(sides)
}

/// What is drawn of each.
fn views<'a>(sides: &[Side<'a>]) -> Vec<View<'a>> {
    sides.iter().map(|side| side.view).collect()
}

/// What the medians do by the end: one overtakes, one stays larger, or one leads.
fn title(sides: &[Side<'_>], origin: Month, until: Month) -> String {
    let mut ranked: Vec<&Side<'_>> = sides.iter().collect();
    ranked.sort_by(|a, b| b.last.median.total_cmp(&a.last.median));
    let (first, second) = (ranked[0], ranked[1]);
    let amounts = titles::compared(&first.view, &[first.last.median, second.last.median], first.last);
    if let (2, Some(year)) = (sides.len(), overtaking(first, second, origin, until)) {
        return format!("{}’s median projection overtakes {}’s in {year}", first.name, second.name);
    }
    if sides.len() > 2 {
        return format!("{} is projected to be the largest, then {}: {amounts}", first.name, second.name);
    }
    format!("{} is projected to stay larger than {}: {amounts}", first.name, second.name)
}

/// The year from which the median of `first` is above that of `second` until the end, if it is not above at the origin.
pub(super) fn overtaking(first: &Side<'_>, second: &Side<'_>, origin: Month, until: Month) -> Option<i32> {
    let behind = |month: &Month| {
        let median = |side: &Side<'_>| side.view.at(*month).map(|point| point.median);
        matches!((median(first), median(second)), (Some(a), Some(b)) if a <= b)
    };
    let last_behind = (origin.index()..=until.index()).map(Month::from_index).rfind(behind)?;
    Some(last_behind.plus(1).year())
}

pub(super) fn subtitle(sheet: &Sheet<'_>, sides: &[Side<'_>], style: &Style, log: bool) -> Vec<Run> {
    let ink = sheet.palette.ink_2;
    // Long names share some two lines.
    let room = (sheet.inner_width() * 1.6 / SUBTITLE / sides.len() as f64).max(6.0);
    let plain = |text: String| Run { text, colour: ink, weight: Weight::Regular };
    let mut runs = vec![plain(format!("{} of ", words::capitalised(&words::drawn(&views(sides)))))];
    for (index, side) in sides.iter().enumerate() {
        let text = sheet.fonts.cut(&side.name, Weight::SemiBold, room);
        runs.push(Run { text, colour: side.colour, weight: Weight::SemiBold });
        runs.push(plain(
            match sides.len() - index {
                1 => "",
                2 => " and ",
                _ => ", ",
            }
            .to_owned(),
        ));
    }
    let currency = words::currency(sides[0].view.series.currency());
    let scale = if log { ", log scale" } else { "" };
    let note = style.note.as_deref().map(|note| format!(" {note}")).unwrap_or_default();
    runs.push(plain(format!(", {currency}{scale}.{note}")));
    runs
}

/// `Data to Jun 2025`, with the series whose data end earlier: `(Google Cloud to Dec 2024)`.
pub(super) fn caption(sides: &[Side<'_>], origin: Month) -> String {
    let earlier: Vec<&Side<'_>> = sides.iter().filter(|side| side.view.projection.origin < origin).collect();
    let months: Vec<Month> = earlier.iter().map(|side| side.view.projection.origin).collect();
    let data = format!("Data to {}", words::month(origin));
    match (earlier.as_slice(), months.iter().min(), months.iter().max()) {
        ([one], Some(month), _) => format!("{data} ({} to {})", one.name, words::month(*month)),
        ([_, ..], Some(least), Some(most)) if least == most => {
            let names: Vec<String> = earlier.iter().map(|side| side.name.clone()).collect();
            format!("{data} ({} to {})", words::list(&names), words::month(*least))
        }
        ([_, ..], Some(least), Some(most)) => format!("{data} (others to {} – {})", words::month(*least), words::month(*most)),
        _ => data,
    }
}

/// A line of the label at the end of a fan.
pub(super) struct Line {
    pub(super) text: String,
    pub(super) look: Type,
}

/// The label at the end of a fan: name, median, and the interval nearest to 80%.
pub(super) fn end_label(sheet: &Sheet<'_>, side: &Side<'_>) -> [Line; 3] {
    let currency = side.view.series.currency();
    let room = sheet.scene.width() * MOST_GUTTER / END.0;
    let name = sheet.fonts.cut(&side.name, Weight::SemiBold, room);
    let (level, interval) = words::wide_interval(side.view.projection, side.last);
    let range = format!("{level}%: {}–{}", projected(interval.lo, currency), projected(interval.hi, currency));
    let line = |text: String, size: f64, weight: Weight, colour: RGBColor| Line { text, look: Type::new(size, weight, colour) };
    [
        line(name, END.0, Weight::SemiBold, side.colour),
        line(projected(side.last.median, currency), END.1, Weight::SemiBold, side.colour),
        line(range, END.2, Weight::Regular, sheet.palette.ink_2),
    ]
}

/// Height of a label's line with the room to the next.
pub(super) fn line_height(size: f64) -> f64 {
    size * 1.14
}

/// Writes the labels at the right edge: all of each where there is room, else without ranges, else the medians' names alone.
pub(super) fn write_ends(sheet: &mut Sheet<'_>, plot: &Plot, sides: &[Side<'_>], ends: Vec<[Line; 3]>) {
    let Rect { top, right, bottom, .. } = plot.rect;
    let wanted: Vec<f64> = sides.iter().map(|side| plot.y(side.last.median)).collect();
    let mut ends: Vec<Vec<Line>> = ends.into_iter().map(Vec::from).collect();
    let middles = loop {
        let heights: Vec<f64> =
            ends.iter().map(|lines| lines.iter().map(|line| line_height(line.look.size)).sum::<f64>() + 8.0).collect();
        if let Some(middles) = spread(&wanted, &heights, top - 30.0, bottom + 10.0) {
            break middles.into_iter().zip(heights);
        }
        if ends.iter_mut().all(|lines| lines.len() < 2 || lines.pop().is_none()) {
            return;
        }
    };
    for (((lines, (middle, height)), wanted), side) in ends.iter().zip(middles).zip(wanted).zip(sides) {
        let corner = [(right + 4.0, wanted), (right + 12.0, wanted), (right + LABEL_GAP - 6.0, middle)];
        sheet.scene.line(corner.map(|(x, y)| point(x, y)).to_vec(), 1.4, side.colour.mix(1.0));
        let mut y = middle - height / 2.0 + 4.0;
        for line in lines {
            let at = (right + LABEL_GAP, baseline_for_top(y, line.look.size));
            sheet.scene.write(sheet.fonts, &line.text, at, Align::Left, line.look);
            y += line_height(line.look.size);
        }
    }
}

/// Marks, then their labels, then contracts and events. Gives what is to be said of those that found no place.
pub(super) fn write_notes(sheet: &mut Sheet<'_>, plot: &Plot, sides: &[Side<'_>], origin: f64) -> String {
    let mut notes = Notes::new(plot, origin);
    notes.keep_off_texts(sheet);
    let spacing = sides.iter().map(|side| marks::spacing(plot, &side.marks)).fold(f64::INFINITY, f64::min);
    let mark_sizes = Sizes::for_spacing(spacing, 1.0);
    for side in sides {
        let boxes = marks::draw(sheet, plot, &side.marks, mark_sizes, side.colour);
        notes.keep_off(&side.view, &side.levels, &side.marks, &boxes);
    }
    for side in sides {
        notes.label_marks(sheet, &side.view, &side.marks, mark_sizes, side.colour);
    }
    for side in sides {
        notes.write_remarks(sheet, &side.view, Some(&side.name), side.colour);
    }
    notes.said()
}

pub(super) fn alt(sides: &[Side<'_>], title: &str, log: bool, source: &str) -> String {
    let names: Vec<String> = sides.iter().map(|side| side.name.clone()).collect();
    let currency = sides[0].view.series.currency();
    let scale = if log { ", log scale" } else { "" };
    let about = |side: &Side<'_>| format!("{}: {}", side.name, alt::sentences(&side.view, &side.marks, side.last));
    let all: Vec<String> = sides.iter().map(about).collect();
    let drawn = words::drawn(&views(sides));
    let opening = format!("{title}. Chart of {drawn} of {} in {}{scale}.", words::list(&names), currency.code());
    format!("{opening} {} {source}", all.join(" "))
}
