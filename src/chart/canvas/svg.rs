//! SVG: shapes as they are, and texts as text or as the outlines of their glyphs.
//!
//! A text has the length that it has in Inter (`textLength`), so that a viewer without Inter keeps to the layout. Of outlines each
//! glyph is in the file once and used wherever it stands.

use std::collections::BTreeSet;
use std::convert::Infallible;
use std::fmt::Write as _;

use plotters_backend::{BackendColor, BackendCoord, BackendStyle, BackendTextStyle, DrawingBackend, DrawingErrorKind};
use tiny_skia::{Path, PathSegment, Point};

use super::{FAMILY, HALO, Look};
use crate::chart::font::{Fonts, Source};
use crate::chart::{Chart, ChartError, SvgText};

/// Writes the chart as SVG; `prefix` begins its identifiers, so that several can stand in one page.
pub(in crate::chart) fn write(chart: &Chart, prefix: &str) -> Result<String, ChartError> {
    let fonts = Fonts::new(chart.font.as_deref())?;
    let background = chart.scene.background;
    let mut out = String::new();
    open(&mut out, chart, prefix);
    let svg = Svg {
        out: &mut out,
        fonts: &fonts,
        prefix,
        size: chart.scene.grid(),
        text: chart.svg_text,
        background: BackendColor { alpha: 1.0, rgb: (background.0, background.1, background.2) },
        written: BTreeSet::new(),
    };
    chart.scene.paint(svg).map_err(|error| ChartError::Drawing(Box::new(error)))?;
    out.push_str("</svg>\n");
    Ok(out)
}

/// The same picture in fewer bytes: lines that follow each other and look alike, such as those of a hatching, are one shape.
pub(in crate::chart) fn compact(svg: &str) -> String {
    let mut out = String::with_capacity(svg.len());
    // How the last line looks, while its shape is open.
    let mut open: Option<&str> = None;
    for line in svg.split_inclusive('\n') {
        let next = straight(line);
        if open.is_some() && open != next.map(|(look, ..)| look) {
            out.push_str("\"/>\n");
        }
        if let Some((look, from, to)) = next {
            if open != Some(look) {
                let _ = write!(out, "<path {look} d=\"");
            }
            let _ = write!(out, "M{from}L{to}");
        } else {
            out.push_str(line);
        }
        open = next.map(|(look, ..)| look);
    }
    out
}

/// The look and the ends of a line from one point to another.
fn straight(line: &str) -> Option<(&str, &str, &str)> {
    let (look, points) = line.strip_prefix("<polyline ")?.split_once(" points=\"")?;
    let (from, to) = points.split_once("\"/>")?.0.split_once(' ')?;
    (!to.contains(' ')).then_some((look, from, to))
}

/// The root's start tag, with what the chart says in words.
fn open(out: &mut String, chart: &Chart, prefix: &str) {
    let (width, height) = chart.scene.size;
    let (grid_width, grid_height) = chart.scene.grid();
    // The texts' family and the lines' joins are the same throughout.
    let _ = writeln!(
        out,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" \
         viewBox=\"0 0 {grid_width} {grid_height}\" role=\"img\" aria-labelledby=\"{prefix}title {prefix}desc\" \
         font-family=\"{FAMILY}\" stroke-linejoin=\"round\">"
    );
    let _ = writeln!(out, "<title id=\"{prefix}title\">{}</title>", escaped(&chart.title));
    let _ = writeln!(out, "<desc id=\"{prefix}desc\">{}</desc>", escaped(&chart.alt));
}

/// A file being written.
struct Svg<'a> {
    out: &'a mut String,
    fonts: &'a Fonts<'a>,
    prefix: &'a str,
    size: (u32, u32),
    text: SvgText,
    background: BackendColor,
    /// The glyphs that the file holds already.
    written: BTreeSet<(Source, u16)>,
}

/// Glyphs are written in thousandths of an em, as whole numbers.
const PER_EM: f64 = 1000.0;

type Drawn = Result<(), DrawingErrorKind<Infallible>>;

impl Svg<'_> {
    fn shape(&mut self, name: &str, points: impl IntoIterator<Item = BackendCoord>, look: &str) {
        let mut list = String::new();
        for (x, y) in points {
            let space = if list.is_empty() { "" } else { " " };
            let _ = write!(list, "{space}{x},{y}");
        }
        let _ = writeln!(self.out, "<{name} {look} points=\"{list}\"/>");
    }

    fn words(&mut self, text: &str, look: &Look, x: i32, colour: BackendColor) {
        let anchor = match look.anchor {
            0.0 => "",
            0.5 => " text-anchor=\"middle\"",
            _ => " text-anchor=\"end\"",
        };
        let weight = if look.weight == crate::chart::font::Weight::SemiBold { " font-weight=\"600\"" } else { "" };
        let (y, size) = (look.baseline.round(), tenths(look.em));
        let _ = write!(self.out, "<text x=\"{x}\" y=\"{y}\" font-size=\"{size}\"{anchor}{weight} fill=\"{}\"", hex(colour));
        // The viewer draws characters that Inter lacks in a font whose widths are not known here.
        if self.fonts.has_all(text, look.weight) {
            let width = (self.fonts.width(text, look.weight) * look.em).round();
            let _ = write!(self.out, " textLength=\"{width}\" lengthAdjust=\"spacingAndGlyphs\"");
        }
        if look.halo {
            let (colour, width) = (hex(self.background), tenths(2.0 * HALO * look.em));
            let _ = write!(self.out, " paint-order=\"stroke\" stroke=\"{colour}\" stroke-width=\"{width}\"");
        }
        let _ = writeln!(self.out, ">{}</text>", escaped(text));
    }

    /// Writes a text as its glyphs, and before it those that the file lacks.
    fn outlines(&mut self, text: &str, look: &Look, x: i32, colour: BackendColor) {
        let (glyphs, width) = self.fonts.shape(text, look.weight);
        let mut uses = String::new();
        for glyph in glyphs {
            // A space is a glyph without an outline.
            let Some(outline) = self.fonts.outline(glyph.source, glyph.id) else { continue };
            let name = format!("{}{}{}", self.prefix, letter(glyph.source), glyph.id.0);
            if self.written.insert((glyph.source, glyph.id.0)) {
                let _ = writeln!(self.out, "<defs><path id=\"{name}\" d=\"{}\"/></defs>", path_data(&outline));
            }
            let _ = write!(uses, "<use href=\"#{name}\" x=\"{}\"/>", (glyph.x * PER_EM).round());
        }
        let left = (f64::from(x) - width * look.em * look.anchor).round();
        let place = format!("transform=\"translate({left} {}) scale({})\"", look.baseline.round(), look.em / PER_EM);
        if look.halo {
            // Under the whole text, so that no glyph's outline covers its neighbour.
            let (colour, width) = (hex(self.background), (2.0 * HALO * PER_EM).round());
            let _ = writeln!(self.out, "<g {place} fill=\"{colour}\" stroke=\"{colour}\" stroke-width=\"{width}\">{uses}</g>");
        }
        let _ = writeln!(self.out, "<g {place} fill=\"{}\">{uses}</g>", hex(colour));
    }
}

impl DrawingBackend for Svg<'_> {
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
        let _ = writeln!(self.out, "<rect {} x=\"{x}\" y=\"{y}\" width=\"1\" height=\"1\"/>", fill(colour));
        Ok(())
    }

    fn draw_line<S: BackendStyle>(&mut self, from: BackendCoord, to: BackendCoord, style: &S) -> Drawn {
        self.draw_path([from, to], style)
    }

    fn draw_rect<S: BackendStyle>(&mut self, from: BackendCoord, to: BackendCoord, style: &S, filled: bool) -> Drawn {
        let ((x, y), (right, bottom)) = (from, to);
        let look = if filled { fill(style.color()) } else { stroke(style) };
        let (width, height) = (right - x, bottom - y);
        let _ = writeln!(self.out, "<rect {look} x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\"/>");
        Ok(())
    }

    fn draw_path<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(&mut self, path: I, style: &S) -> Drawn {
        self.shape("polyline", path, &stroke(style));
        Ok(())
    }

    fn draw_circle<S: BackendStyle>(&mut self, (x, y): BackendCoord, radius: u32, style: &S, filled: bool) -> Drawn {
        let look = if filled { fill(style.color()) } else { stroke(style) };
        let _ = writeln!(self.out, "<circle {look} cx=\"{x}\" cy=\"{y}\" r=\"{radius}\"/>");
        Ok(())
    }

    fn fill_polygon<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(&mut self, corners: I, style: &S) -> Drawn {
        self.shape("polygon", corners, &fill(style.color()));
        Ok(())
    }

    fn draw_text<T: BackendTextStyle>(&mut self, text: &str, style: &T, at: BackendCoord) -> Drawn {
        let look = Look::of(style, at);
        match self.text {
            SvgText::Text => self.words(text, &look, at.0, style.color()),
            SvgText::Outlines => self.outlines(text, &look, at.0, style.color()),
        }
        Ok(())
    }
}

fn fill(colour: BackendColor) -> String {
    format!("fill=\"{}\"{}", hex(colour), opacity(colour))
}

fn stroke<S: BackendStyle>(style: &S) -> String {
    let (colour, width) = (style.color(), style.stroke_width());
    format!("fill=\"none\" stroke=\"{}\"{} stroke-width=\"{width}\"", hex(colour), opacity(colour))
}

/// The attribute of what can be seen through.
fn opacity(colour: BackendColor) -> String {
    if colour.alpha < 1.0 { format!(" opacity=\"{}\"", (colour.alpha * 1000.0).round() / 1000.0) } else { String::new() }
}

/// Begins the name of a glyph of this font.
fn letter(source: Source) -> char {
    match source {
        Source::Regular => 'r',
        Source::SemiBold => 's',
        Source::Fallback => 'f',
    }
}

fn path_data(path: &Path) -> String {
    let at = |point: Point| {
        let whole = |value: f32| (f64::from(value) * PER_EM).round();
        format!("{} {}", whole(point.x), whole(point.y))
    };
    path.segments()
        .map(|segment| match segment {
            PathSegment::MoveTo(to) => format!("M{}", at(to)),
            PathSegment::LineTo(to) => format!("L{}", at(to)),
            PathSegment::QuadTo(by, to) => format!("Q{} {}", at(by), at(to)),
            PathSegment::CubicTo(one, other, to) => format!("C{} {} {}", at(one), at(other), at(to)),
            PathSegment::Close => "Z".to_owned(),
        })
        .collect()
}

fn tenths(value: f64) -> f64 {
    (value * 10.0).round() / 10.0
}

fn hex(colour: BackendColor) -> String {
    let (red, green, blue) = colour.rgb;
    format!("#{red:02X}{green:02X}{blue:02X}")
}

/// Text as XML has it: control characters, which it cannot hold, become spaces.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '"' => out.push_str("&quot;"),
            c if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_that_look_alike_are_one_shape() {
        let lines = "<polyline a points=\"1,2 3,4\"/>\n<polyline a points=\"5,6 7,8\"/>\n<polyline b points=\"1,1 2,2\"/>\n";
        let bent = "<polyline a points=\"1,2 3,4 5,6\"/>\n</svg>\n";
        let expected = "<path a d=\"M1,2L3,4M5,6L7,8\"/>\n<path b d=\"M1,1L2,2\"/>\n";
        assert_eq!(compact(&(lines.to_owned() + bent)), expected.to_owned() + bent);
    }
}
