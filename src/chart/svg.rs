//! A chart as SVG: drawn by plotters' own backend, then given what that does not know.
//!
//! plotters writes no title, no role, no round joins and no outline around texts, and it places texts by its own measure. So
//! its root tag and its texts are written anew from the scene, in whose order they stand. Each text has the length that it
//! has in Inter (`textLength`), so that a viewer without Inter keeps to the layout. Or the texts are outlines, each glyph once
//! in the file and used wherever it stands.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use plotters::style::RGBColor;
use plotters_svg::SVGBackend;
use tiny_skia::{Path, PathSegment, Point};

use crate::chart::canvas::{FAMILY, HALO};
use crate::chart::font::{Fonts, Source, Weight};
use crate::chart::scene::{Align, Text, UNITS, units};
use crate::chart::{Chart, ChartError, SvgText};

/// Writes the chart as SVG.
pub(super) fn write(chart: &Chart) -> Result<String, ChartError> {
    let mut drawn = String::new();
    chart
        .scene
        .paint(SVGBackend::with_string(&mut drawn, chart.scene.grid()))
        .map_err(|error| ChartError::Drawing(Box::new(error)))?;
    let fonts = Fonts::new(chart.font.as_deref())?;
    let mut texts = chart.scene.texts();
    let mut outlines = Outlines::default();
    let mut out = String::with_capacity(drawn.len());
    let mut lines = drawn.lines();
    lines.next(); // plotters' root tag
    root(&mut out, chart);
    while let Some(line) = lines.next() {
        if !line.starts_with("<text ") {
            out.push_str(&shorter(line));
            out.push('\n');
            continue;
        }
        // plotters writes the words on a line of their own and the end tag on the next.
        lines.next();
        lines.next();
        let Some(text) = texts.next() else { continue };
        match chart.svg_text {
            SvgText::Text => write_text(&mut out, text, &fonts, chart.scene.background),
            SvgText::Outlines => outlines.write(&mut out, text, &fonts, chart.scene.background),
        }
    }
    Ok(out)
}

fn root(out: &mut String, chart: &Chart) {
    let (width, height) = chart.scene.size;
    let (grid_width, grid_height) = chart.scene.grid();
    // The texts' family and the lines' joins are the same throughout.
    let _ = writeln!(
        out,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" \
         viewBox=\"0 0 {grid_width} {grid_height}\" role=\"img\" aria-labelledby=\"title desc\" \
         font-family=\"{FAMILY}\" stroke-linejoin=\"round\">"
    );
    let _ = writeln!(out, "<title id=\"title\">{}</title>", escaped(&chart.title));
    let _ = writeln!(out, "<desc id=\"desc\">{}</desc>", escaped(&chart.alt));
}

/// plotters' line of a shape without what says nothing: an opacity of 1 and a space behind the last point.
fn shorter(line: &str) -> String {
    line.replace(" opacity=\"1\"", "").replace(" \"/>", "\"/>")
}

fn write_text(out: &mut String, text: &Text, fonts: &Fonts<'_>, background: RGBColor) {
    let size = text.look.size * UNITS;
    let anchor = match text.align {
        Align::Left => "",
        Align::Centre => " text-anchor=\"middle\"",
        Align::Right => " text-anchor=\"end\"",
    };
    let weight = if text.look.weight == Weight::SemiBold { " font-weight=\"600\"" } else { "" };
    let _ = write!(
        out,
        "<text x=\"{}\" y=\"{}\" font-size=\"{}\"{anchor}{weight} fill=\"{}\"",
        units(text.x),
        units(text.baseline),
        tenths(size),
        hex(text.look.colour)
    );
    // The viewer draws characters that Inter lacks in a font whose widths are not known here.
    if fonts.has_all(&text.words, text.look.weight) {
        let _ = write!(out, " textLength=\"{}\" lengthAdjust=\"spacingAndGlyphs\"", units(text.width));
    }
    if text.halo {
        let width = tenths(2.0 * HALO * size);
        let _ = write!(out, " paint-order=\"stroke\" stroke=\"{}\" stroke-width=\"{width}\"", hex(background));
    }
    let _ = writeln!(out, ">{}</text>", escaped(&text.words));
}

/// The glyphs that the file holds already.
#[derive(Default)]
struct Outlines {
    written: BTreeSet<(Source, u16)>,
}

/// Glyphs are written in thousandths of an em, as whole numbers.
const PER_EM: f64 = 1000.0;

impl Outlines {
    /// Writes a text as its glyphs, and before it those that the file lacks.
    fn write(&mut self, out: &mut String, text: &Text, fonts: &Fonts<'_>, background: RGBColor) {
        let (glyphs, _) = fonts.shape(&text.words, text.look.weight);
        let mut uses = String::new();
        for glyph in glyphs {
            // A space is a glyph without an outline.
            let Some(outline) = fonts.outline(glyph.source, glyph.id) else { continue };
            let name = format!("{}{}", letter(glyph.source), glyph.id.0);
            if self.written.insert((glyph.source, glyph.id.0)) {
                let _ = writeln!(out, "<defs><path id=\"{name}\" d=\"{}\"/></defs>", path_data(&outline));
            }
            let _ = write!(uses, "<use href=\"#{name}\" x=\"{}\"/>", (glyph.x * PER_EM).round());
        }
        let scale = text.look.size * UNITS / PER_EM;
        let (x, y) = (units(text.rect().left), units(text.baseline));
        let place = format!("transform=\"translate({x} {y}) scale({scale})\"");
        if text.halo {
            // Under the whole text, so that no glyph's outline covers its neighbour.
            let width = (2.0 * HALO * PER_EM).round();
            let colour = hex(background);
            let _ = writeln!(out, "<g {place} fill=\"{colour}\" stroke=\"{colour}\" stroke-width=\"{width}\">{uses}</g>");
        }
        let _ = writeln!(out, "<g {place} fill=\"{}\">{uses}</g>", hex(text.look.colour));
    }
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

fn hex(RGBColor(red, green, blue): RGBColor) -> String {
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
