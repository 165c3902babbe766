//! Pixels: anti-aliased lines, bands and texts by tiny-skia.

use std::collections::BTreeMap;
use std::convert::Infallible;

use plotters_backend::{BackendColor, BackendCoord, BackendStyle, BackendTextStyle, DrawingBackend, DrawingErrorKind};
use tiny_skia::{FillRule, LineJoin, Paint, Path, PathBuilder, Pixmap, Rect, Stroke, Transform};
use ttf_parser::GlyphId;

use super::{HALO, Look};
use crate::chart::font::{Fonts, Source};

/// A picture being drawn.
pub(super) struct Raster<'a> {
    pixmap: &'a mut Pixmap,
    fonts: &'a Fonts<'a>,
    size: (u32, u32),
    scale: f32,
    background: BackendColor,
    outlines: BTreeMap<(Source, u16), Option<Path>>,
}

impl<'a> Raster<'a> {
    /// A canvas of `size` units on `pixmap`, whose pixels are `scale` to the unit.
    pub(super) fn new(
        pixmap: &'a mut Pixmap,
        fonts: &'a Fonts<'a>,
        size: (u32, u32),
        scale: f64,
        background: BackendColor,
    ) -> Self {
        Self { pixmap, fonts, size, scale: single(scale), background, outlines: BTreeMap::new() }
    }

    fn transform(&self) -> Transform {
        Transform::from_scale(self.scale, self.scale)
    }

    fn fill(&mut self, path: &Path, colour: BackendColor, transform: Transform) {
        self.pixmap.fill_path(path, &paint(colour), FillRule::Winding, transform, None);
    }

    fn stroke(&mut self, path: &Path, width: f32, colour: BackendColor, transform: Transform) {
        let stroke = Stroke { width, line_join: LineJoin::Round, ..Stroke::default() };
        self.pixmap.stroke_path(path, &paint(colour), &stroke, transform, None);
    }

    fn stroke_style<S: BackendStyle>(&mut self, path: Option<Path>, style: &S) {
        if let Some(path) = path {
            self.stroke(&path, whole(style.stroke_width()), style.color(), self.transform());
        }
    }

    fn outline(&mut self, source: Source, id: GlyphId) -> Option<Path> {
        let fonts = self.fonts;
        self.outlines.entry((source, id.0)).or_insert_with(|| fonts.outline(source, id)).clone()
    }
}

fn paint(colour: BackendColor) -> Paint<'static> {
    let mut paint = Paint { anti_alias: true, ..Paint::default() };
    let (red, green, blue) = colour.rgb;
    paint.set_color_rgba8(red, green, blue, opacity(colour.alpha));
    paint
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "held between 0 and 255")]
fn opacity(alpha: f64) -> u8 {
    (alpha * 255.0).round().clamp(0.0, 255.0) as u8
}

#[expect(clippy::cast_possible_truncation, reason = "lengths in a picture, far inside what f32 holds")]
fn single(value: f64) -> f32 {
    value as f32
}

fn whole(value: u32) -> f32 {
    single(f64::from(value))
}

fn point((x, y): BackendCoord) -> (f32, f32) {
    (single(f64::from(x)), single(f64::from(y)))
}

fn polyline(points: impl IntoIterator<Item = BackendCoord>, close: bool) -> Option<Path> {
    let mut path = PathBuilder::new();
    for (index, at) in points.into_iter().enumerate() {
        let (x, y) = point(at);
        if index == 0 { path.move_to(x, y) } else { path.line_to(x, y) }
    }
    if close {
        path.close();
    }
    path.finish()
}

type Drawn = Result<(), DrawingErrorKind<Infallible>>;

impl DrawingBackend for Raster<'_> {
    type ErrorType = Infallible;

    fn get_size(&self) -> (u32, u32) {
        self.size
    }

    fn ensure_prepared(&mut self) -> Drawn {
        Ok(())
    }

    fn present(&mut self) -> Drawn {
        Ok(())
    }

    fn draw_pixel(&mut self, at: BackendCoord, colour: BackendColor) -> Drawn {
        let (x, y) = point(at);
        if let Some(unit) = Rect::from_xywh(x, y, 1.0, 1.0) {
            self.fill(&PathBuilder::from_rect(unit), colour, self.transform());
        }
        Ok(())
    }

    fn draw_line<S: BackendStyle>(&mut self, from: BackendCoord, to: BackendCoord, style: &S) -> Drawn {
        self.stroke_style(polyline([from, to], false), style);
        Ok(())
    }

    fn draw_rect<S: BackendStyle>(&mut self, from: BackendCoord, to: BackendCoord, style: &S, fill: bool) -> Drawn {
        let corners = [from, (to.0, from.1), to, (from.0, to.1)];
        if fill {
            return self.fill_polygon(corners, style);
        }
        self.stroke_style(polyline(corners, true), style);
        Ok(())
    }

    fn draw_path<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(&mut self, path: I, style: &S) -> Drawn {
        self.stroke_style(polyline(path, false), style);
        Ok(())
    }

    fn draw_circle<S: BackendStyle>(&mut self, centre: BackendCoord, radius: u32, style: &S, fill: bool) -> Drawn {
        let (x, y) = point(centre);
        let circle = PathBuilder::from_circle(x, y, whole(radius));
        if fill {
            if let Some(circle) = circle {
                self.fill(&circle, style.color(), self.transform());
            }
        } else {
            self.stroke_style(circle, style);
        }
        Ok(())
    }

    fn fill_polygon<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(&mut self, corners: I, style: &S) -> Drawn {
        if let Some(path) = polyline(corners, true) {
            self.fill(&path, style.color(), self.transform());
        }
        Ok(())
    }

    fn draw_text<T: BackendTextStyle>(&mut self, text: &str, style: &T, at: BackendCoord) -> Drawn {
        let look = Look::of(style, at);
        let (em, baseline) = (look.em, look.baseline);
        let (glyphs, width) = self.fonts.shape(text, look.weight);
        let start = f64::from(at.0) - width * em * look.anchor;
        let placed: Vec<(Path, Transform)> = glyphs
            .into_iter()
            .filter_map(|glyph| {
                let outline = self.outline(glyph.source, glyph.id)?;
                let scale = single(em) * self.scale;
                let (x, y) = (single(start + glyph.x * em) * self.scale, single(baseline) * self.scale);
                Some((outline, Transform::from_row(scale, 0.0, 0.0, scale, x, y)))
            })
            .collect();
        if look.halo {
            for (outline, transform) in &placed {
                self.stroke(outline, single(2.0 * HALO), self.background, *transform);
            }
        }
        for (outline, transform) in &placed {
            self.fill(outline, style.color(), *transform);
        }
        Ok(())
    }
}
