//! One series under several scenarios: the projection as it is in grey, and each scenario from where it leaves it.

use plotters::style::Color;

use crate::calendar::Month;
use crate::chart::axes::AxisLabels;
use crate::chart::bands::{self, Reach};
use crate::chart::comparison::{self, Line, Side};
use crate::chart::font::{Fonts, Weight};
use crate::chart::labels::Rect;
use crate::chart::marks::{self, Mark, Sizes};
use crate::chart::notes::Notes;
use crate::chart::scale::{Plot, end_of};
use crate::chart::scene::Point;
use crate::chart::sheet::{AXIS, FOOT, LABEL_GAP, LEAST_GUTTER, MARGIN, Run, SUBTITLE, Sheet};
use crate::chart::{ChartError, Drawn, Style, Subject, alt, words};
use crate::money::short;
use crate::project::{PathPoint, Projection, Setting};

const SIZE: (u32, u32) = (1600, 900);
/// Ratio of the largest amount to the smallest from which the scale is logarithmic if the user does not say.
const LOG_FROM: f64 = 20.0;
/// Opacity of the bands of several scenarios; width of their edges in CSS pixels, and opacity.
const PALE: f64 = 0.09;
const EDGE: (f64, f64) = (1.6, 0.6);
/// What is said below, since nobody reported what is assumed.
const ASSUMED: &str = "Scenarios are assumptions.";

pub(super) fn draw(plain: Subject<'_>, under: &[&Projection], style: &Style, fonts: &Fonts<'_>) -> Result<Drawn, ChartError> {
    let palette = style.theme.palette();
    let mut sheet = Sheet::new(style.size.unwrap_or(SIZE), fonts, palette);
    let series = plain.series;
    let (currency, origin) = (series.currency(), plain.projection.origin);
    let branches: Vec<Projection> = under.iter().map(|projection| branch(plain.projection, projection)).collect();
    let branches = branches.iter().map(|projection| Subject { series, projection });
    let subjects: Vec<Subject<'_>> = std::iter::once(plain).chain(branches).collect();
    let until = comparison::common_end(&subjects, origin);
    let mut sides = comparison::sides(&subjects, origin, until, &palette.series)?;
    for (index, side) in sides.iter_mut().enumerate() {
        side.name = words::name(name(side.subject.projection));
        side.colour = if index == 0 { palette.neutral } else { palette.series[(index - 1) % palette.series.len()] };
        if index > 0 {
            // The figures are drawn once.
            side.marks = Vec::new();
        }
    }

    let all: Vec<Vec<Mark>> = sides.iter().map(|side| side.marks.clone()).collect();
    let time = bands::time(&subjects, &all, style.from, until);
    let mut reach = Reach::new();
    for side in &sides {
        reach.marks(&side.marks, &time);
        reach.path(side.subject.projection, &side.levels, f64::INFINITY, &time);
    }
    let log = bands::is_log(style.scale, &subjects, &all, reach.ratio(), LOG_FROM)?;
    let title = style.title.clone().unwrap_or_else(|| title(&sides, until));
    let shown: Vec<&Mark> = all[0].iter().filter(|mark| mark.span.1 > time.from && mark.time <= time.to).collect();
    let mut key = marks::key(&[plain], &shown, palette.neutral);
    key.extend(bands::key(palette, &plain.projection.levels, &sides[0].levels, palette.neutral, false));
    let top = sheet.header(&title, &subtitle(&sheet, &sides, style, log), &key);
    let bottom = sheet.scene.height() - FOOT;
    let money = reach.money(log, bottom - top);
    let labels = AxisLabels { currency, size: AXIS };
    let left = MARGIN + sheet.gutter(&money.axis.ticks, &labels);
    let ends: Vec<[Line; 3]> = sides.iter().map(|side| comparison::end_label(&sheet, side)).collect();
    let widest = ends.iter().flatten().map(|line| line.look.width(fonts, &line.text)).fold(0.0, f64::max);
    let right = sheet.scene.width() - MARGIN - (LABEL_GAP + widest).max(LEAST_GUTTER);
    let plot = Plot::new(Rect { left, top, right, bottom }, time, money);

    sheet.money_axis(&plot, Some(&labels));
    for (index, side) in sides.iter().enumerate() {
        if index == 0 || sides.len() == 2 {
            bands::draw_bands(&mut sheet, &plot, side.subject.projection, &side.levels, side.colour);
        } else {
            draw_light_bands(&mut sheet, &plot, side);
        }
    }
    sheet.origin_line(&plot, end_of(origin), &[format!("Data to {}", words::month(origin)), "Data".to_owned()]);
    for side in &sides {
        bands::draw_lines(&mut sheet, &plot, side.subject.projection, side.colour, 4.0);
    }
    sheet.time_axis(&plot, Some(AXIS));
    comparison::write_ends(&mut sheet, &plot, &sides, ends);
    write_notes(&mut sheet, &plot, &sides, end_of(origin));

    let hidden = bands::hidden(&all, plot.time());
    let room = sheet.source_room() - fonts.width(ASSUMED, Weight::Regular) - 0.5;
    let source = words::source(&[plain], &hidden, room, |text| fonts.width(text, Weight::Regular));
    let source = format!("{source} {ASSUMED}");
    sheet.foot(&source);
    let alt = alt(&sides, &title, log, &source);
    Ok(Drawn { scene: sheet.scene, title, alt, source })
}

/// Draws the bands of one of several scenarios, which lie on each other for long: pale, with a line along their edges.
fn draw_light_bands(sheet: &mut Sheet<'_>, plot: &Plot, side: &Side<'_>) {
    for level in &side.levels {
        let edge = |hi: bool| -> Vec<Point> {
            let amount = |point: &PathPoint| if hi { point.intervals[*level].hi } else { point.intervals[*level].lo };
            bands::ahead(side.subject.projection).iter().map(|point| plot.at(end_of(point.month), amount(point))).collect()
        };
        let (upper, lower) = (edge(true), edge(false));
        for part in [&upper, &lower].into_iter().flat_map(|edge| plot.clip_line(edge)) {
            sheet.scene.line(part, EDGE.0, side.colour.mix(EDGE.1));
        }
        let area: Vec<Point> = upper.into_iter().chain(lower.into_iter().rev()).collect();
        sheet.scene.fill(plot.clip_area(area), side.colour.mix(PALE));
    }
}

/// The projection under a scenario, with its path from the last month that is that of the projection as it is: what both share is
/// drawn once.
fn branch(plain: &Projection, under: &Projection) -> Projection {
    let same = plain.path.iter().zip(&under.path).take_while(|(one, other)| one == other).count();
    let origin = under.path.iter().position(|point| point.month >= under.origin).unwrap_or(0);
    Projection { path: under.path[same.saturating_sub(1).max(origin)..].to_vec(), ..under.clone() }
}

fn name(projection: &Projection) -> &str {
    projection.setting.as_ref().map_or(Setting::PLAIN, |setting| &setting.scenario)
}

/// Where the medians end: the one and the other, or the lowest and the highest of several.
fn title(sides: &[Side<'_>], until: Month) -> String {
    let series = sides[0].subject.series;
    let at = format!("{} at {}", words::name(series.name()), words::end(until));
    let mut ranked: Vec<&Side<'_>> = sides.iter().collect();
    ranked.sort_by(|a, b| a.last.median.total_cmp(&b.last.median));
    let of = |side: &Side<'_>| format!("{} ({})", short(side.last.median, series.currency()), side.name);
    if let [plain, scenario] = sides {
        return format!("{at}: {}, {}", of(plain), of(scenario));
    }
    format!("{at}: medians from {} to {}", of(ranked[0]), of(ranked[ranked.len() - 1]))
}

/// What is drawn, with the name of each scenario in its colour.
fn subtitle(sheet: &Sheet<'_>, sides: &[Side<'_>], style: &Style, log: bool) -> Vec<Run> {
    let ink = sheet.palette.ink_2;
    let plain = |text: String| Run { text, colour: ink, weight: Weight::Regular };
    let series = sides[0].subject.series;
    let currency = words::currency(series.currency());
    let scale = if log { ", log scale" } else { "" };
    let mut runs = vec![plain(format!("Annualised {}, {currency}{scale}: ", series.quantity()))];
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

/// Marks, their labels, and contracts and events of the series.
fn write_notes(sheet: &mut Sheet<'_>, plot: &Plot, sides: &[Side<'_>], origin: f64) {
    let mut notes = Notes::new(plot, origin);
    let mark_sizes = Sizes::for_spacing(marks::spacing(plot, &sides[0].marks), 1.0);
    for side in sides {
        let boxes = marks::draw(sheet, plot, &side.marks, mark_sizes, side.colour);
        notes.keep_off(side.subject.projection, &side.levels, &side.marks, &boxes);
    }
    notes.label_marks(sheet, sides[0].subject.series, &sides[0].marks, mark_sizes, sides[0].colour);
    notes.write_remarks(sheet, sides[0].subject, None, sides[0].colour);
}

fn alt(sides: &[Side<'_>], title: &str, log: bool, source: &str) -> String {
    let currency = sides[0].subject.series.currency();
    let scale = if log { ", log scale" } else { "" };
    let about = |side: &Side<'_>| {
        let assumed = side.subject.projection.setting.as_ref().map(|setting| setting.assumptions.join("; "));
        let assumed = assumed.filter(|text| !text.is_empty()).map(|text| format!(" Assumed: {text}.")).unwrap_or_default();
        format!("{}: {}{assumed}", side.name, words::outlook(side.subject, side.last))
    };
    let all: Vec<String> = sides[1..].iter().map(about).collect();
    let as_it_is = alt::sentences(sides[0].subject, &sides[0].marks, sides[0].last);
    let code = currency.code();
    format!(
        "{title}. Chart of annualised {} in {code}{scale}, by scenario. As projected: {as_it_is} {} {source}",
        sides[0].subject.series.quantity(),
        all.join(" ")
    )
}
