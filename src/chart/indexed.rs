//! Up to four series as indices: 100 at one month, so that their growth can be compared whatever their size and currency.

use crate::calendar::Month;
use crate::chart::axes::{AxisLabels, Unit};
use crate::chart::bands::{self, Reach};
use crate::chart::comparison::{self, Line};
use crate::chart::font::{Fonts, Weight};
use crate::chart::labels::Rect;
use crate::chart::scale::Plot;
use crate::chart::scene::Type;
use crate::chart::sheet::{AXIS, Key, LABEL_GAP, LEAST_GUTTER, Run, Sheet, Sign};
use crate::chart::view::{View, time_of};
use crate::chart::{Along, ChartError, Drawn, MOST_COMPARED, Style, Subject, words};
use crate::project::{Interval, PathPoint};

const SIZE: (u32, u32) = (1600, 900);
/// What every series is at the base month.
const BASE: f64 = 100.0;
/// Ratio of the largest index to the smallest from which the scale is logarithmic if the user does not say.
const LOG_FROM: f64 = 8.0;
/// The bands up to this percentage are always within a linear axis; see [`Reach::money`].
const SURE: f64 = 50.5;

pub(super) fn draw(subjects: &[Subject<'_>], style: &Style, fonts: &Fonts<'_>) -> Result<Drawn, ChartError> {
    if subjects.len() > MOST_COMPARED {
        return Err(ChartError::Compared { count: subjects.len() });
    }
    let palette = style.theme.palette();
    let whole: Vec<View<'_>> = subjects.iter().map(|subject| View::new(subject, Along::RunRate)).collect();
    let base = base(&whole, style.from);
    let paths: Vec<Vec<PathPoint>> = whole.iter().map(|view| indexed(view, base)).collect();
    let views: Vec<View<'_>> = whole.iter().zip(&paths).map(|(view, path)| View { path, ..*view }).collect();
    let origin = comparison::latest_origin(&views);
    let until = comparison::common_end(&views, origin);
    let mut sides = comparison::sides(&views, origin, until, style)?;
    for side in &mut sides {
        // What was reported are amounts, and no index.
        side.marks = Vec::new();
        side.levels = bands::nearest(&side.view.projection.levels, &[80.0]);
    }
    let no_marks: Vec<Vec<_>> = sides.iter().map(|_| Vec::new()).collect();
    let time = bands::time(&views, &no_marks, Some(base), until);
    let mut reach = Reach::new();
    for side in &sides {
        reach.path(&side.view, &side.levels, SURE, &time);
    }
    let log = bands::is_log(style.scale, &views, &no_marks, reach.ratio(), LOG_FROM)?;
    let mut ranked: Vec<(&str, f64)> = sides.iter().map(|side| (side.name.as_str(), side.last.median)).collect();
    ranked.sort_by(|a, b| b.1.total_cmp(&a.1));
    let said: Vec<String> = ranked.iter().map(|(name, index)| format!("{name} {}", whole_number(*index))).collect();
    let month = words::month(base);
    let title =
        style.title.clone().unwrap_or_else(|| format!("From 100 in {month} to {}: {}", words::end(until), words::list(&said)));
    let scale = if log { ", log scale" } else { "" };
    let note = style.note.as_deref().map(|note| format!(" {note}")).unwrap_or_default();
    let text = format!("Annualised revenue, {month} = 100{scale}: medians with their prediction intervals.{note}");
    let mut sheet = Sheet::new(style.size.unwrap_or(SIZE), fonts, palette);
    let cut = bands::cut(&views, &sides[0].levels, &time, &reach.money(log, sheet.bottom() - crate::chart::sheet::TOP));
    let mut key = vec![Key { sign: Sign::Line(palette.neutral), label: "Model’s fit, then median".to_owned() }];
    key.extend(bands::key(palette, &views[0].projection.levels, &sides[0].levels, palette.neutral, &cut));
    let top = sheet.header(&title, &[Run { text, colour: palette.ink_2, weight: Weight::Regular }], &key);
    let bottom = sheet.bottom();
    let money = reach.money(log, bottom - top);
    let labels = AxisLabels { unit: Unit::Index, size: AXIS };
    let left = sheet.margin + sheet.gutter(&money.axis.ticks, &labels);
    let ends: Vec<[Line; 3]> = sides.iter().map(|side| end_label(&sheet, side)).collect();
    let widest = ends.iter().flatten().map(|line| line.look.width(fonts, &line.text)).fold(0.0, f64::max);
    let right = sheet.scene.width() - sheet.margin - (LABEL_GAP + widest).max(LEAST_GUTTER);
    let plot = Plot::new(Rect { left, top, right, bottom }, time, money);

    sheet.money_axis(&plot, Some(&labels));
    for side in &sides {
        bands::draw_bands(&mut sheet, &plot, &side.view, &side.levels, side.colour);
    }
    let caption = comparison::caption(&sides, origin);
    sheet.origin_line(&plot, time_of(Along::RunRate, origin), &[caption, "Data".to_owned()]);
    for side in &sides {
        bands::draw_lines(&mut sheet, &plot, &side.view, &[], side.colour, 4.0);
    }
    sheet.time_axis(&plot, Some(AXIS));
    comparison::write_ends(&mut sheet, &plot, &sides, ends);
    let source = words::source(subjects, "", sheet.source_room(), |text| fonts.width(text, Weight::Regular));
    sheet.foot(&source);
    let about = |side: &comparison::Side<'_>| {
        let (level, interval) = words::wide_interval(side.view.projection, side.last);
        let (lo, hi) = (whole_number(interval.lo), whole_number(interval.hi));
        format!("{}: median {}, {level}% prediction interval {lo} to {hi}.", side.name, whole_number(side.last.median))
    };
    let all: Vec<String> = sides.iter().map(about).collect();
    let alt = format!("{title}. Chart of indices, {month} = 100. For {}: {} {source}", words::end(until), all.join(" "));
    Ok(Drawn { scene: sheet.scene, title, alt, source })
}

/// The month that is 100: the one chosen, else the first that all have; within what all know.
fn base(views: &[View<'_>], chosen: Option<Month>) -> Month {
    let starts = views.iter().filter_map(|view| view.path.first()).map(|point| point.month);
    let origins = views.iter().map(|view| view.projection.origin);
    let (first, last) = (starts.max().unwrap_or(Month::MIN), origins.min().unwrap_or(Month::MAX));
    chosen.unwrap_or(first).max(first).min(last.max(first))
}

/// The points from the base month on, with the median there as 100.
fn indexed(view: &View<'_>, base: Month) -> Vec<PathPoint> {
    let factor = view.at(base).map_or(1.0, |point| BASE / point.median);
    let scaled = |point: &PathPoint| PathPoint {
        month: point.month,
        median: point.median * factor,
        intervals: point.intervals.iter().map(|ends| Interval { lo: ends.lo * factor, hi: ends.hi * factor }).collect(),
    };
    view.path.iter().filter(|point| point.month >= base).map(scaled).collect()
}

fn end_label(sheet: &Sheet<'_>, side: &comparison::Side<'_>) -> [Line; 3] {
    let (level, interval) = words::wide_interval(side.view.projection, side.last);
    let name = sheet.fonts.cut(&side.name, Weight::SemiBold, sheet.scene.width() * 0.26 / 20.0);
    let range = format!("{level}%: {}–{}", whole_number(interval.lo), whole_number(interval.hi));
    let line = |text: String, size: f64, weight: Weight, colour| Line { text, look: Type::new(size, weight, colour) };
    [
        line(name, 20.0, Weight::SemiBold, side.colour),
        line(whole_number(side.last.median), 25.0, Weight::SemiBold, side.colour),
        line(range, 16.0, Weight::Regular, sheet.palette.ink_2),
    ]
}

/// An index without decimals.
fn whole_number(index: f64) -> String {
    crate::money::in_full(index.round())
}
