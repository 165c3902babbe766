//! PDF: one page of shapes and of text that can be searched and copied.
//!
//! The glyphs of a chart are in the file as a font of their own (type 3), each once, with the characters that they stand for.

use std::convert::Infallible;

use pdf_writer::types::UnicodeCmap;
use pdf_writer::{Content, Filter, Finish, Name, Pdf, Rect, Ref, Str, TextStr};
use plotters_backend::{BackendColor, BackendCoord, BackendStyle, BackendTextStyle, DrawingBackend, DrawingErrorKind};
use tiny_skia::{Path, PathSegment, Point};
use ttf_parser::GlyphId;

use super::{HALO, Look};
use crate::chart::font::{Fonts, Source};
use crate::chart::scene::UNITS;
use crate::chart::{Chart, ChartError};

/// Points of a PDF, 72 to the inch, for a CSS pixel, 96 to the inch.
const POINTS: f64 = 0.75;
/// Glyphs are written in thousandths of an em.
const PER_EM: f64 = 1000.0;
/// The most glyphs of a font whose characters take one byte; the first byte stands for none.
const MOST_GLYPHS: usize = 255;
/// Control points of the arcs that make a circle, for a radius of 1.
const ARC: f64 = 0.552_284_75;

/// Writes the chart as PDF, without a time stamp.
pub(in crate::chart) fn write(chart: &Chart) -> Result<Vec<u8>, ChartError> {
    let fonts = Fonts::new(chart.font.as_deref())?;
    let background = chart.scene.background;
    let mut page = Page {
        content: Content::new(),
        fonts: &fonts,
        size: chart.scene.grid(),
        background: BackendColor { alpha: 1.0, rgb: (background.0, background.1, background.2) },
        opacities: Vec::new(),
        glyphs: Vec::new(),
    };
    let (width, height) = (f64::from(chart.scene.size.0) * POINTS, f64::from(chart.scene.size.1) * POINTS);
    let scale = single(POINTS / UNITS);
    page.content.transform([scale, 0.0, 0.0, -scale, 0.0, single(height)]);
    page.content.set_line_join(pdf_writer::types::LineJoinStyle::RoundJoin);
    chart.scene.paint(&mut page).map_err(|error| ChartError::Drawing(Box::new(error)))?;
    Ok(page.finish(chart, (width, height)))
}

/// A glyph of the page's fonts.
struct Glyph {
    source: Source,
    id: GlyphId,
    character: char,
    /// In thousandths of an em, as where it first stands.
    advance: f64,
}

/// A page being written.
struct Page<'a> {
    content: Content,
    fonts: &'a Fonts<'a>,
    size: (u32, u32),
    background: BackendColor,
    /// The opacities in use, in thousandths.
    opacities: Vec<u32>,
    glyphs: Vec<Glyph>,
}

type Drawn = Result<(), DrawingErrorKind<Infallible>>;

impl Page<'_> {
    fn colour(&mut self, colour: BackendColor, stroke: bool) {
        let (red, green, blue) = colour.rgb;
        let share = |value: u8| f32::from(value) / 255.0;
        if stroke {
            self.content.set_stroke_rgb(share(red), share(green), share(blue));
        } else {
            self.content.set_fill_rgb(share(red), share(green), share(blue));
        }
        let opacity = thousandths(colour.alpha);
        let index = self.opacities.iter().position(|known| *known == opacity).unwrap_or_else(|| {
            self.opacities.push(opacity);
            self.opacities.len() - 1
        });
        self.content.set_parameters(Name(format!("G{index}").as_bytes()));
    }

    fn line(&mut self, points: impl IntoIterator<Item = BackendCoord>, close: bool) {
        for (index, (x, y)) in points.into_iter().enumerate() {
            let (x, y) = (single(f64::from(x)), single(f64::from(y)));
            if index == 0 {
                self.content.move_to(x, y)
            } else {
                self.content.line_to(x, y)
            };
        }
        if close {
            self.content.close_path();
        }
    }

    fn pen<S: BackendStyle>(&mut self, style: &S) {
        self.colour(style.color(), true);
        self.content.set_line_width(single(f64::from(style.stroke_width())));
    }

    fn circle(&mut self, (x, y): BackendCoord, radius: u32) {
        let (x, y, r) = (f64::from(x), f64::from(y), f64::from(radius));
        let at = |dx: f64, dy: f64| (single(x + dx * r), single(y + dy * r));
        let (start_x, start_y) = at(1.0, 0.0);
        self.content.move_to(start_x, start_y);
        for (one, other, end) in [
            ((1.0, ARC), (ARC, 1.0), (0.0, 1.0)),
            ((-ARC, 1.0), (-1.0, ARC), (-1.0, 0.0)),
            ((-1.0, -ARC), (-ARC, -1.0), (0.0, -1.0)),
            ((ARC, -1.0), (1.0, -ARC), (1.0, 0.0)),
        ] {
            let [one, other, end] = [one, other, end].map(|(dx, dy)| at(dx, dy));
            self.content.cubic_to(one.0, one.1, other.0, other.1, end.0, end.1);
        }
        self.content.close_path();
    }

    /// The place of a glyph among those of the page.
    fn glyph(&mut self, source: Source, id: GlyphId, character: char, advance: f64) -> usize {
        let known = self.glyphs.iter().position(|one| (one.source, one.id, one.character) == (source, id, character));
        known.unwrap_or_else(|| {
            self.glyphs.push(Glyph { source, id, character, advance });
            self.glyphs.len() - 1
        })
    }

    /// Ends the page: the fonts, the opacities and what the chart says in words.
    fn finish(self, chart: &Chart, (width, height): (f64, f64)) -> Vec<u8> {
        let Self { content, fonts, opacities, glyphs, .. } = self;
        let mut last = 0;
        let mut next = || {
            last += 1;
            Ref::new(last)
        };
        let [catalog, pages, page, contents, info] = [(); 5].map(|()| next());
        let mut pdf = Pdf::new();
        pdf.catalog(catalog).pages(pages).lang(TextStr("en"));
        pdf.pages(pages).kids([page]).count(1);
        let states: Vec<Ref> = opacities.iter().map(|_| next()).collect();
        let sets: Vec<&[Glyph]> = glyphs.chunks(MOST_GLYPHS).collect();
        let font_refs: Vec<(Ref, Ref)> = sets.iter().map(|_| (next(), next())).collect();
        let mut writer = pdf.page(page);
        writer.parent(pages).contents(contents).media_box(Rect::new(0.0, 0.0, single(width), single(height)));
        let mut resources = writer.resources();
        let mut names = resources.ext_g_states();
        for (index, state) in states.iter().enumerate() {
            names.pair(Name(format!("G{index}").as_bytes()), *state);
        }
        names.finish();
        let mut names = resources.fonts();
        for (index, (font, _)) in font_refs.iter().enumerate() {
            names.pair(Name(format!("F{index}").as_bytes()), *font);
        }
        names.finish();
        resources.finish();
        writer.finish();
        for (opacity, state) in opacities.iter().zip(states) {
            let share = single(f64::from(*opacity) / 1000.0);
            pdf.ext_graphics(state).non_stroking_alpha(share).stroking_alpha(share);
        }
        for (set, (font, unicode)) in sets.into_iter().zip(font_refs) {
            let procedures: Vec<Ref> = set.iter().map(|_| next()).collect();
            write_font(&mut pdf, fonts, set, (font, unicode), &procedures);
        }
        let compressed = miniz_oxide::deflate::compress_to_vec_zlib(&content.finish(), 6);
        pdf.stream(contents, &compressed).filter(Filter::FlateDecode);
        let mut words = pdf.document_info(info);
        words.title(TextStr(&chart.title)).subject(TextStr(&chart.alt));
        words.creator(TextStr(concat!("topline ", env!("CARGO_PKG_VERSION"))));
        words.finish();
        pdf.finish()
    }
}

/// A font of up to 255 glyphs: their outlines, widths and characters.
fn write_font(pdf: &mut Pdf, fonts: &Fonts<'_>, glyphs: &[Glyph], (font, unicode): (Ref, Ref), procedures: &[Ref]) {
    let names: Vec<String> = (0..glyphs.len()).map(|index| format!("g{index}")).collect();
    let mut writer = pdf.type3_font(font);
    writer.bbox(Rect::new(-500.0, -500.0, 2000.0, 1500.0));
    writer.matrix([0.001, 0.0, 0.0, 0.001, 0.0, 0.0]);
    let mut all = writer.char_procs();
    for (name, procedure) in names.iter().zip(procedures) {
        all.pair(Name(name.as_bytes()), *procedure);
    }
    all.finish();
    writer.encoding_custom().differences().consecutive(1, names.iter().map(|name| Name(name.as_bytes())));
    writer.first_char(1).last_char(u8::try_from(glyphs.len()).unwrap_or(u8::MAX));
    writer.widths(glyphs.iter().map(|glyph| single(glyph.advance)));
    writer.resources();
    writer.to_unicode(unicode);
    writer.finish();
    for (glyph, procedure) in glyphs.iter().zip(procedures) {
        let mut content = Content::new();
        content.start_shape_glyph(single(glyph.advance), -500.0, -500.0, 2000.0, 1500.0);
        if let Some(outline) = fonts.outline(glyph.source, glyph.id) {
            trace(&mut content, &outline, |point| (f64::from(point.x) * PER_EM, -f64::from(point.y) * PER_EM));
            content.fill_nonzero();
        }
        pdf.stream(*procedure, &content.finish());
    }
    let info = pdf_writer::types::SystemInfo { registry: Str(b"Adobe"), ordering: Str(b"UCS"), supplement: 0 };
    let mut map = UnicodeCmap::new(Name(b"Custom"), info);
    for (code, glyph) in (1_u8..).zip(glyphs) {
        map.pair(code, glyph.character);
    }
    pdf.stream(unicode, &map.finish());
}

/// Draws an outline with each of its points moved.
fn trace(content: &mut Content, outline: &Path, place: impl Fn(Point) -> (f64, f64)) {
    let to = |point: Point| {
        let (x, y) = place(point);
        (single(x), single(y))
    };
    let mut at = Point::zero();
    for segment in outline.segments() {
        match segment {
            PathSegment::MoveTo(end) => {
                let (x, y) = to(end);
                content.move_to(x, y);
                at = end;
            }
            PathSegment::LineTo(end) => {
                let (x, y) = to(end);
                content.line_to(x, y);
                at = end;
            }
            PathSegment::QuadTo(by, end) => {
                // PDF has cubic curves alone.
                let toward =
                    |from: Point| Point { x: from.x + (by.x - from.x) * 2.0 / 3.0, y: from.y + (by.y - from.y) * 2.0 / 3.0 };
                let (one, other, last) = (to(toward(at)), to(toward(end)), to(end));
                content.cubic_to(one.0, one.1, other.0, other.1, last.0, last.1);
                at = end;
            }
            PathSegment::CubicTo(one, other, end) => {
                let (one, other, last) = (to(one), to(other), to(end));
                content.cubic_to(one.0, one.1, other.0, other.1, last.0, last.1);
                at = end;
            }
            PathSegment::Close => {
                content.close_path();
            }
        }
    }
}

impl DrawingBackend for &mut Page<'_> {
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

    fn draw_pixel(&mut self, (x, y): BackendCoord, colour: BackendColor) -> Drawn {
        self.colour(colour, false);
        self.content.rect(single(f64::from(x)), single(f64::from(y)), 1.0, 1.0).fill_nonzero();
        Ok(())
    }

    fn draw_line<S: BackendStyle>(&mut self, from: BackendCoord, to: BackendCoord, style: &S) -> Drawn {
        self.draw_path([from, to], style)
    }

    fn draw_rect<S: BackendStyle>(&mut self, from: BackendCoord, to: BackendCoord, style: &S, fill: bool) -> Drawn {
        let corners = [from, (to.0, from.1), to, (from.0, to.1)];
        if fill {
            return self.fill_polygon(corners, style);
        }
        self.pen(style);
        self.line(corners, true);
        self.content.stroke();
        Ok(())
    }

    fn draw_path<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(&mut self, path: I, style: &S) -> Drawn {
        self.pen(style);
        self.line(path, false);
        self.content.stroke();
        Ok(())
    }

    fn draw_circle<S: BackendStyle>(&mut self, centre: BackendCoord, radius: u32, style: &S, fill: bool) -> Drawn {
        if fill {
            self.colour(style.color(), false);
            self.circle(centre, radius);
            self.content.fill_nonzero();
        } else {
            self.pen(style);
            self.circle(centre, radius);
            self.content.stroke();
        }
        Ok(())
    }

    fn fill_polygon<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(&mut self, corners: I, style: &S) -> Drawn {
        self.colour(style.color(), false);
        self.line(corners, true);
        self.content.fill_nonzero();
        Ok(())
    }

    fn draw_text<T: BackendTextStyle>(&mut self, text: &str, style: &T, at: BackendCoord) -> Drawn {
        let look = Look::of(style, at);
        let (glyphs, width) = self.fonts.shape(text, look.weight);
        let start = f64::from(at.0) - width * look.em * look.anchor;
        if look.halo {
            self.colour(self.background, true);
            self.content.set_line_width(single(2.0 * HALO * look.em));
            for glyph in &glyphs {
                let Some(outline) = self.fonts.outline(glyph.source, glyph.id) else { continue };
                let left = start + glyph.x * look.em;
                let place = |point: Point| (left + f64::from(point.x) * look.em, look.baseline + f64::from(point.y) * look.em);
                trace(&mut self.content, &outline, place);
                self.content.stroke();
            }
        }
        self.colour(style.color(), false);
        self.content.begin_text();
        let em = single(look.em);
        // Down the page is up for a text.
        self.content.set_text_matrix([em, 0.0, 0.0, -em, single(start), single(look.baseline)]);
        let ends = glyphs.iter().skip(1).map(|glyph| glyph.x).chain([width]);
        let placed: Vec<(usize, f64)> = glyphs
            .iter()
            .zip(ends)
            .zip(text.chars())
            .map(|((glyph, end), character)| {
                let advance = (end - glyph.x) * PER_EM;
                (self.glyph(glyph.source, glyph.id, character, advance), advance)
            })
            .collect();
        for set in placed.chunk_by(|one, next| one.0 / MOST_GLYPHS == next.0 / MOST_GLYPHS) {
            let font = set[0].0 / MOST_GLYPHS;
            self.content.set_font(Name(format!("F{font}").as_bytes()), 1.0);
            let mut positioned = self.content.show_positioned();
            let mut items = positioned.items();
            for (index, advance) in set {
                let code = u8::try_from(index % MOST_GLYPHS + 1).unwrap_or(1);
                items.show(Str(&[code]));
                // What kerning takes here and did not where the glyph first stood.
                let more = self.glyphs[*index].advance - advance;
                if more.abs() > 1e-9 {
                    items.adjust(single(more));
                }
            }
        }
        self.content.end_text();
        Ok(())
    }
}

#[expect(clippy::cast_possible_truncation, reason = "lengths on a page, far inside what f32 holds")]
fn single(value: f64) -> f32 {
    value as f32
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 0 and 1000")]
fn thousandths(share: f64) -> u32 {
    (share * 1000.0).round().clamp(0.0, 1000.0) as u32
}
