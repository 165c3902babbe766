//! One series under several scenarios: the projection as it is in grey, and each scenario from where it leaves it.

use plotters::style::Color;

use crate::calendar::Month;
use crate::chart::axes::{AxisLabels, Unit};
use crate::chart::bands::{self, Reach};
use crate::chart::comparison::{self, Line, Side};
use crate::chart::font::{Fonts, Weight};
use crate::chart::labels::Rect;
use crate::chart::marks::{self, Mark, Sizes};
use crate::chart::notes::Notes;
use crate::chart::scale::Plot;
use crate::chart::scene::Point;
use crate::chart::sheet::{AXIS, LABEL_GAP, LEAST_GUTTER, Run, SUBTITLE, Sheet};
use crate::chart::view::{self, View};
use crate::chart::{ChartError, Drawn, Style, Subject, alt, words};
use crate::money::projected;
use crate::project::{PathPoint, Projection, Setting};

const SIZE: (u32, u32) = (1600, 900);
/// Ratio of the largest amount to the smallest from which the scale is logarithmic if the user does not say.
const LOG_FROM: f64 = 20.0;
/// Width of the edges of the bands of several scenarios in CSS pixels, and opacity.
const EDGE: (f64, f64) = (2.0, 0.75);
/// What is said below, since nobody reported what is assumed.
const ASSUMED: &str = "Scenarios are assumptions.";

pub(super) fn draw(plain: Subject<'_>, under: &[&Projection], style: &Style, fonts: &Fonts<'_>) -> Result<Drawn, ChartError> {
    let palette = style.theme.palette();
    let mut sheet = Sheet::new(style.size.unwrap_or(SIZE), fonts, palette);
    let series = plain.series;
    let (currency, origin) = (series.currency(), plain.projection.origin);
    let branches = under.iter().map(|projection| Subject { series, projection });
    let subjects: Vec<Subject<'_>> = std::iter::once(plain).chain(branches).collect();
    let mut views = view::views(&subjects, style.along);
    let whole = views[0];
    views[1..].iter_mut().for_each(|view| view.path = branch(&whole, view));
    let until = comparison::common_end(&views, origin);
    let mut sides = comparison::sides(&views, origin, until, style)?;
    let of_these = || under.iter().map(|projection| name(projection).to_owned());
    let colours = style.colours.as_deref().cloned().unwrap_or_default().with_scenarios(of_these());
    for (index, side) in sides.iter_mut().enumerate() {
        let name = name(side.view.projection);
        side.name = words::name(name);
        side.colour = if index == 0 { palette.neutral } else { colours.scenario(palette, name) };
        if index > 0 {
            // The figures are drawn once.
            side.marks = Vec::new();
        }
    }

    let all: Vec<Vec<Mark>> = sides.iter().map(|side| side.marks.clone()).collect();
    let time = bands::time(&views, &all, style.from, until);
    let mut reach = Reach::new();
    for side in &sides {
        reach.marks(&side.marks, &time);
        reach.path(&side.view, &side.levels, f64::INFINITY, &time);
    }
    let log = bands::is_log(style.scale, &views, &all, reach.ratio(), LOG_FROM)?;
    let title = style.title.clone().unwrap_or_else(|| title(&sides, until));
    let shown: Vec<&Mark> = all[0].iter().filter(|mark| mark.span.1 > time.from && mark.time <= time.to).collect();
    let mut key = marks::key(&views[..1], &shown, palette.neutral);
    key.extend(bands::key(palette, &plain.projection.levels, &sides[0].levels, palette.neutral, &[]));
    let top = sheet.header(&title, &subtitle(&sheet, &sides, style, log), &key);
    let bottom = sheet.bottom();
    let money = reach.money(log, bottom - top);
    let labels = AxisLabels { unit: Unit::Money(currency), size: AXIS };
    let left = sheet.margin + sheet.gutter(&money.axis.ticks, &labels);
    let ends: Vec<[Line; 3]> = sides.iter().map(|side| comparison::end_label(&sheet, side)).collect();
    let widest = ends.iter().flatten().map(|line| line.look.width(fonts, &line.text)).fold(0.0, f64::max);
    let right = sheet.scene.width() - sheet.margin - (LABEL_GAP + widest).max(LEAST_GUTTER);
    let plot = Plot::new(Rect { left, top, right, bottom }, time, money);

    sheet.money_axis(&plot, Some(&labels));
    for (index, side) in sides.iter().enumerate() {
        if index == 0 || sides.len() == 2 {
            bands::draw_bands(&mut sheet, &plot, &side.view, &side.levels, side.colour);
        } else {
            draw_edges(&mut sheet, &plot, side);
        }
    }
    sheet.origin_line(&plot, whole.origin(), &[format!("Data to {}", words::month(origin)), "Data".to_owned()]);
    for side in &sides {
        bands::draw_lines(&mut sheet, &plot, &side.view, &side.marks, side.colour, 4.0);
    }
    sheet.time_axis(&plot, Some(AXIS));
    comparison::write_ends(&mut sheet, &plot, &sides, ends);
    let said = write_notes(&mut sheet, &plot, &sides, whole.origin());

    let hidden = bands::hidden(&all, plot.time()) + &said;
    let room = sheet.source_room() - fonts.width(ASSUMED, Weight::Regular) - 0.5;
    let source = words::source(&[plain], &hidden, room, |text| fonts.width(text, Weight::Regular));
    let source = format!("{source} {ASSUMED}");
    sheet.foot(&source);
    let alt = alt(&sides, &title, log, &source);
    Ok(Drawn { scene: sheet.scene, title, alt, source })
}

/// Draws the bands of one of several scenarios, which lie on each other for long, as lines along their edges: filled, they would
/// mix into a colour of none of them.
fn draw_edges(sheet: &mut Sheet<'_>, plot: &Plot, side: &Side<'_>) {
    for level in &side.levels {
        let edge = |hi: bool| -> Vec<Point> {
            let amount = |point: &PathPoint| if hi { point.intervals[*level].hi } else { point.intervals[*level].lo };
            side.view.ahead().iter().map(|point| plot.at(side.view.time(point.month), amount(point))).collect()
        };
        let (upper, lower) = (edge(true), edge(false));
        for part in [&upper, &lower].into_iter().flat_map(|edge| plot.clip_line(edge)) {
            sheet.scene.line(part, EDGE.0, side.colour.mix(EDGE.1));
        }
    }
}

/// The points under a scenario from the last that is that of the projection as it is: what both share is drawn once.
fn branch<'a>(plain: &View<'_>, under: &View<'a>) -> &'a [PathPoint] {
    let same = plain.path.iter().zip(under.path).take_while(|(one, other)| one == other).count();
    let origin = under.path.iter().position(|point| point.month >= under.projection.origin).unwrap_or(0);
    &under.path[same.saturating_sub(1).max(origin)..]
}

fn name(projection: &Projection) -> &str {
    projection.setting.as_ref().map_or(Setting::PLAIN, |setting| &setting.scenario)
}

/// Where the medians end: the one and the other, or the lowest and the highest of several.
fn title(sides: &[Side<'_>], until: Month) -> String {
    let series = sides[0].view.series;
    let at = format!("{} at {}", words::name(series.name()), words::end(until));
    let mut ranked: Vec<&Side<'_>> = sides.iter().collect();
    ranked.sort_by(|a, b| a.last.median.total_cmp(&b.last.median));
    let of = |side: &Side<'_>| format!("{} ({})", projected(side.last.median, series.currency()), side.name);
    if let [plain, scenario] = sides {
        return format!("{at}: {}, {}", of(plain), of(scenario));
    }
    format!("{at}: medians from {} to {}", of(ranked[0]), of(ranked[ranked.len() - 1]))
}

/// What is drawn, with the name of each scenario in its colour.
fn subtitle(sheet: &Sheet<'_>, sides: &[Side<'_>], style: &Style, log: bool) -> Vec<Run> {
    let ink = sheet.palette.ink_2;
    let plain = |text: String| Run { text, colour: ink, weight: Weight::Regular };
    let series = sides[0].view.series;
    let currency = words::currency(series.currency());
    let scale = if log { ", log scale" } else { "" };
    let mut runs = vec![plain(format!("{}, {currency}{scale}: ", words::capitalised(&words::drawn(&[sides[0].view]))))];
    let room = (sheet.inner_width() * 1.2 / SUBTITLE / sides.len() as f64).max(6.0);
    for (index, side) in sides.iter().enumerate() {
        let text = sheet.fonts.cut(&side.name, Weight::SemiBold, room);
        runs.push(Run { text, colour: side.colour, weight: Weight::SemiBold });
        let after = match sides.len() - index {
            1 => ".",
            2 => " and ",
            _ => ", ",
        };
        runs.push(plain(after.to_owned()));
    }
    runs.extend(style.note.as_deref().map(|note| plain(format!(" {note}"))));
    runs
}

/// Marks, their labels, and contracts and events of the series. Gives what is to be said of those that found no place.
fn write_notes(sheet: &mut Sheet<'_>, plot: &Plot, sides: &[Side<'_>], origin: f64) -> String {
    let mut notes = Notes::new(plot, origin);
    let mark_sizes = Sizes::for_spacing(marks::spacing(plot, &sides[0].marks), 1.0);
    for side in sides {
        let boxes = marks::draw(sheet, plot, &side.marks, mark_sizes, side.colour);
        notes.keep_off(&side.view, &side.levels, &side.marks, &boxes);
    }
    notes.label_marks(sheet, &sides[0].view, &sides[0].marks, mark_sizes, sides[0].colour);
    notes.write_remarks(sheet, &sides[0].view, None, sides[0].colour);
    notes.said()
}

fn alt(sides: &[Side<'_>], title: &str, log: bool, source: &str) -> String {
    let currency = sides[0].view.series.currency();
    let scale = if log { ", log scale" } else { "" };
    let about = |side: &Side<'_>| {
        let assumed = side.view.projection.setting.as_ref().map(|setting| setting.assumptions.join("; "));
        let assumed = assumed.filter(|text| !text.is_empty()).map(|text| format!(" Assumed: {text}.")).unwrap_or_default();
        format!("{}: {}{assumed}", side.name, words::outlook(&side.view, side.last))
    };
    let all: Vec<String> = sides[1..].iter().map(about).collect();
    let as_it_is = alt::sentences(&sides[0].view, &sides[0].marks, sides[0].last);
    let code = currency.code();
    format!(
        "{title}. Chart of {} in {code}{scale}, by scenario. As projected: {as_it_is} {} {source}",
        words::drawn(&[sides[0].view]),
        all.join(" ")
    )
}
