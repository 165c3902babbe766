//! A chart as a list of shapes and texts on a fine grid, and how plotters draws it.
//!
//! The chart kinds fill a [`Scene`]; [`Scene::paint`] hands it to whatever backend plotters is given, ours for PNG or
//! plotters' own for SVG. Lengths are CSS pixels until they enter the scene, where they become whole [`UNITS`].

use plotters::coord::Shift;
use plotters::drawing::{DrawingArea, DrawingAreaErrorKind};
use plotters::element::{Circle, PathElement, Polygon, Text as PlottersText};
use plotters::style::text_anchor::{HPos, Pos, VPos};
use plotters::style::{Color, FontFamily, FontStyle, FontTransform, IntoFont, RGBAColor, RGBColor, ShapeStyle, TextStyle};
use plotters_backend::DrawingBackend;

use crate::chart::canvas::{FAMILY, HALO_FAMILY, SIZE_PER_EM, TOP_TO_BASELINE};
use crate::chart::font::{Fonts, Weight};
use crate::chart::labels::Rect;

/// Grid units to the CSS pixel: plotters takes whole numbers, and a twentieth of a pixel cannot be seen.
pub(super) const UNITS: f64 = 20.0;

/// A point on the grid.
pub(super) type Point = (i32, i32);

/// A length or a position in CSS pixels as grid units.
#[expect(clippy::cast_possible_truncation, reason = "saturates, and a picture is far smaller than an i32 of units")]
pub(super) fn units(pixels: f64) -> i32 {
    (pixels * UNITS).round() as i32
}

/// A point in CSS pixels as a point on the grid.
pub(super) fn point(x: f64, y: f64) -> Point {
    (units(x), units(y))
}

/// Grid units as CSS pixels.
pub(super) fn pixels(units: i32) -> f64 {
    f64::from(units) / UNITS
}

/// Where a text stands about its x.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Align {
    Left,
    Centre,
    Right,
}

/// How a text looks.
#[derive(Clone, Copy, Debug)]
pub(super) struct Type {
    /// Em in CSS pixels.
    pub(super) size: f64,
    pub(super) weight: Weight,
    pub(super) colour: RGBColor,
}

impl Type {
    pub(super) fn new(size: f64, weight: Weight, colour: RGBColor) -> Self {
        Self { size, weight, colour }
    }

    /// Width of a text in CSS pixels.
    pub(super) fn width(&self, fonts: &Fonts<'_>, text: &str) -> f64 {
        fonts.width(text, self.weight) * self.size
    }
}

/// One line of text.
#[derive(Clone, Debug)]
pub(super) struct Text {
    pub(super) words: String,
    /// CSS pixels; which part of the text stands there is for `align`.
    pub(super) x: f64,
    /// Baseline in CSS pixels.
    pub(super) baseline: f64,
    pub(super) look: Type,
    pub(super) align: Align,
    /// Whether it is outlined in the colour of the background.
    pub(super) halo: bool,
    /// Width in CSS pixels.
    pub(super) width: f64,
}

/// From the baseline up to where a text's box begins, in em: a little over the capitals and accents of Inter.
const ABOVE: f64 = 0.80;
/// From the baseline down to where a text's box ends, in em.
const BELOW: f64 = 0.22;

impl Text {
    /// The box that the text fills, in CSS pixels.
    pub(super) fn rect(&self) -> Rect {
        let left = match self.align {
            Align::Left => self.x,
            Align::Centre => self.x - self.width / 2.0,
            Align::Right => self.x - self.width,
        };
        let (top, bottom) = (self.baseline - ABOVE * self.look.size, self.baseline + BELOW * self.look.size);
        Rect { left, top, right: left + self.width, bottom }
    }
}

/// Height of a line's box, in em.
pub(super) const LINE: f64 = ABOVE + BELOW;

/// The baseline of a line of text whose box has its middle at `y`.
pub(super) fn baseline_for_middle(y: f64, size: f64) -> f64 {
    y + (ABOVE - BELOW) / 2.0 * size
}

/// The baseline of a line of text whose box begins at `top`.
pub(super) fn baseline_for_top(top: f64, size: f64) -> f64 {
    top + ABOVE * size
}

/// Something to draw.
#[derive(Clone, Debug)]
pub(super) enum Item {
    /// A filled polygon.
    Fill { corners: Vec<Point>, colour: RGBAColor },
    /// A line through points; `width` in CSS pixels.
    Line { points: Vec<Point>, width: f64, colour: RGBAColor },
    /// A filled circle; `radius` in CSS pixels.
    Disc { centre: Point, radius: f64, colour: RGBAColor },
    /// A text.
    Text(Text),
}

/// What a chart consists of, in the order of drawing.
#[derive(Clone, Debug)]
pub(super) struct Scene {
    /// CSS pixels.
    pub(super) size: (u32, u32),
    pub(super) background: RGBColor,
    pub(super) items: Vec<Item>,
    /// Boxes of the marks, in CSS pixels.
    pub(super) marks: Vec<Rect>,
}

impl Scene {
    pub(super) fn new(size: (u32, u32), background: RGBColor) -> Self {
        Self { size, background, items: Vec::new(), marks: Vec::new() }
    }

    pub(super) fn width(&self) -> f64 {
        f64::from(self.size.0)
    }

    pub(super) fn height(&self) -> f64 {
        f64::from(self.size.1)
    }

    /// Size on the grid.
    pub(super) fn grid(&self) -> (u32, u32) {
        (units(self.width()).unsigned_abs(), units(self.height()).unsigned_abs())
    }

    pub(super) fn fill(&mut self, corners: Vec<Point>, colour: RGBAColor) {
        if corners.len() > 2 {
            self.items.push(Item::Fill { corners, colour });
        }
    }

    /// A filled rectangle.
    pub(super) fn block(&mut self, rect: Rect, colour: RGBAColor) {
        self.fill(rect.corners().to_vec(), colour);
    }

    pub(super) fn line(&mut self, points: Vec<Point>, width: f64, colour: RGBAColor) {
        if points.len() > 1 {
            self.items.push(Item::Line { points, width, colour });
        }
    }

    /// A straight line between two points in CSS pixels.
    pub(super) fn segment(&mut self, from: (f64, f64), to: (f64, f64), width: f64, colour: RGBColor) {
        self.line(vec![point(from.0, from.1), point(to.0, to.1)], width, colour.mix(1.0));
    }

    /// A vertical dashed line, cut here because plotters' dashes fall on whole units of its own.
    pub(super) fn dashes(&mut self, x: f64, from: f64, to: f64, width: f64, colour: RGBColor) {
        let (dash, gap) = (5.0, 4.0);
        let mut y = from;
        while y < to {
            self.segment((x, y), (x, (y + dash).min(to)), width, colour);
            y += dash + gap;
        }
    }

    pub(super) fn disc(&mut self, centre: Point, radius: f64, colour: RGBAColor) {
        self.items.push(Item::Disc { centre, radius, colour });
    }

    /// Writes a line of text and gives the box that it fills.
    pub(super) fn write(&mut self, fonts: &Fonts<'_>, text: &str, at: (f64, f64), align: Align, look: Type) -> Rect {
        self.text(fonts, text, at, align, look, false)
    }

    /// Writes a line of text with an outline in the colour of the background, for what lies under it.
    pub(super) fn write_over(&mut self, fonts: &Fonts<'_>, text: &str, at: (f64, f64), align: Align, look: Type) -> Rect {
        self.text(fonts, text, at, align, look, true)
    }

    /// Writes a line of text as [`write_over`](Self::write_over) does, unless it would lie on another or outside the picture.
    pub(super) fn write_if_free(&mut self, fonts: &Fonts<'_>, text: &str, at: (f64, f64), align: Align, look: Type) {
        let rect = line(fonts, text, at, align, look, true).rect();
        let picture = Rect { left: 0.0, top: 0.0, right: self.width(), bottom: self.height() };
        if picture.contains(&rect) && !self.texts().any(|other| other.rect().overlaps(&rect)) {
            self.write_over(fonts, text, at, align, look);
        }
    }

    fn text(&mut self, fonts: &Fonts<'_>, text: &str, at: (f64, f64), align: Align, look: Type, halo: bool) -> Rect {
        let text = line(fonts, text, at, align, look, halo);
        let rect = text.rect();
        if !text.words.trim().is_empty() {
            self.items.push(Item::Text(text));
        }
        rect
    }

    /// Makes everything smaller by a factor, so that a picture laid out larger has `size`.
    pub(super) fn shrink(&mut self, factor: f64, size: (u32, u32)) {
        let less = |length: f64| length / factor;
        let moved = |(x, y): Point| (units(less(pixels(x))), units(less(pixels(y))));
        for item in &mut self.items {
            match item {
                Item::Fill { corners, .. } => {
                    for corner in corners {
                        *corner = moved(*corner);
                    }
                }
                Item::Line { points, width, .. } => {
                    for point in points {
                        *point = moved(*point);
                    }
                    *width = less(*width);
                }
                Item::Disc { centre, radius, .. } => {
                    *centre = moved(*centre);
                    *radius = less(*radius);
                }
                Item::Text(text) => {
                    (text.x, text.baseline, text.width) = (less(text.x), less(text.baseline), less(text.width));
                    text.look.size = less(text.look.size);
                }
            }
        }
        for mark in &mut self.marks {
            let Rect { left, top, right, bottom } = *mark;
            *mark = Rect { left: less(left), top: less(top), right: less(right), bottom: less(bottom) };
        }
        self.size = size;
    }

    /// Every text, in the order of drawing.
    pub(super) fn texts(&self) -> impl Iterator<Item = &Text> {
        self.items.iter().filter_map(|item| match item {
            Item::Text(text) => Some(text),
            _ => None,
        })
    }

    /// Draws the scene through plotters on `backend`, whose size is that of the [`grid`](Self::grid).
    pub(super) fn paint<DB: DrawingBackend>(&self, backend: DB) -> Result<(), DrawingAreaErrorKind<DB::ErrorType>> {
        let area: DrawingArea<DB, Shift> = DrawingArea::from(backend);
        area.fill(&self.background)?;
        for item in &self.items {
            match item {
                Item::Fill { corners, colour } => area.draw(&Polygon::new(corners.clone(), colour.filled()))?,
                Item::Line { points, width, colour } => {
                    let style = ShapeStyle { color: *colour, filled: false, stroke_width: units(*width).unsigned_abs() };
                    area.draw(&PathElement::new(points.clone(), style))?;
                }
                Item::Disc { centre, radius, colour } => {
                    area.draw(&Circle::new(*centre, units(*radius), colour.filled()))?;
                }
                Item::Text(text) => {
                    let em = text.look.size * UNITS;
                    let at = (units(text.x), units(text.baseline - TOP_TO_BASELINE * text.look.size));
                    area.draw(&PlottersText::new(text.words.as_str(), at, style(text, em)))?;
                }
            }
        }
        // Dropping the area would present too, and lose the error.
        area.present()
    }
}

/// A line of text: a break in a note or a name is a space.
fn line(fonts: &Fonts<'_>, text: &str, at: (f64, f64), align: Align, look: Type, halo: bool) -> Text {
    let words: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    let width = look.width(fonts, &words);
    Text { words, x: at.0, baseline: at.1, look, align, halo, width }
}

fn style(text: &Text, em: f64) -> TextStyle<'static> {
    let family = FontFamily::Name(if text.halo { HALO_FAMILY } else { FAMILY });
    // plotters has four styles a family; the SemiBold stands in for its bold.
    let weight = if text.look.weight == Weight::SemiBold { FontStyle::Bold } else { FontStyle::Normal };
    let horizontal = match text.align {
        Align::Left => HPos::Left,
        Align::Centre => HPos::Center,
        Align::Right => HPos::Right,
    };
    (family, em * SIZE_PER_EM, weight)
        .into_font()
        .transform(FontTransform::None)
        .color(&text.look.colour)
        .pos(Pos::new(horizontal, VPos::Top))
}
