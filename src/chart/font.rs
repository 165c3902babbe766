//! The fonts in the binary: what a text measures, which glyphs draw it, and which characters are missing.
//!
//! Two weights of Inter are embedded (`assets/`), and a font of the user's can stand in for characters that Inter lacks.
//! Glyphs come one for one from characters, with the font's own kerning. Scripts that are written from right to left or whose
//! letters change shape cannot be set so: they count as missing in whatever font, rather than being drawn wrong. Sizes are in
//! em: the size of the font is 1.

use tiny_skia::{Path, PathBuilder, Rect};
use ttf_parser::gpos::{PairAdjustment, PositioningSubtable};
use ttf_parser::{Face, GlyphId, OutlineBuilder};

use crate::chart::ChartError;

const REGULAR: &[u8] = include_bytes!("../../assets/Inter-Regular.otf");
const SEMI_BOLD: &[u8] = include_bytes!("../../assets/Inter-SemiBold.otf");

/// How heavy a text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Weight {
    Regular,
    SemiBold,
}

/// Which of the fonts a glyph is from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Source {
    Regular,
    SemiBold,
    Fallback,
}

/// A glyph where it stands in its text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Glyph {
    pub(super) source: Source,
    pub(super) id: GlyphId,
    /// From the start of the text, in em.
    pub(super) x: f64,
}

/// The fonts of one chart.
pub(super) struct Fonts<'a> {
    regular: Face<'static>,
    semi_bold: Face<'static>,
    fallback: Option<Face<'a>>,
}

/// Width of the place that a character takes for which there is no glyph: scripts that Inter lacks are mostly full width.
const PLACEHOLDER: f64 = 1.0;
/// The glyph of a character that no font has: in every font the first one.
const MISSING: GlyphId = GlyphId(0);

impl<'a> Fonts<'a> {
    /// The embedded fonts, and `fallback` for characters that they lack.
    pub(super) fn new(fallback: Option<&'a [u8]>) -> Result<Self, ChartError> {
        Ok(Self {
            regular: Face::parse(REGULAR, 0).map_err(ChartError::Font)?,
            semi_bold: Face::parse(SEMI_BOLD, 0).map_err(ChartError::Font)?,
            fallback: fallback.map(|bytes| Face::parse(bytes, 0)).transpose().map_err(ChartError::Font)?,
        })
    }

    fn face(&self, source: Source) -> Option<&Face<'a>> {
        match source {
            Source::Regular => Some(&self.regular),
            Source::SemiBold => Some(&self.semi_bold),
            Source::Fallback => self.fallback.as_ref(),
        }
    }

    /// The font and the glyph for a character, or `None` if no font has it.
    fn glyph(&self, character: char, weight: Weight) -> Option<(Source, GlyphId)> {
        if needs_shaping(character) {
            return None;
        }
        let first = match weight {
            Weight::Regular => Source::Regular,
            Weight::SemiBold => Source::SemiBold,
        };
        [first, Source::Fallback].into_iter().find_map(|source| Some((source, self.face(source)?.glyph_index(character)?)))
    }

    /// The glyphs of a text and its width in em. A character that no font has gets an empty box.
    pub(super) fn shape(&self, text: &str, weight: Weight) -> (Vec<Glyph>, f64) {
        let mut glyphs: Vec<Glyph> = Vec::with_capacity(text.len());
        let mut x = 0.0;
        for character in text.chars() {
            let Some((source, id)) = self.glyph(character, weight) else {
                glyphs.push(Glyph { source: Source::Regular, id: MISSING, x });
                x += PLACEHOLDER;
                continue;
            };
            let Some(face) = self.face(source) else { continue };
            let em = f64::from(face.units_per_em());
            if let Some(before) = glyphs.last().filter(|before| before.source == source && before.id != MISSING) {
                x += f64::from(kerning(face, before.id, id)) / em;
            }
            glyphs.push(Glyph { source, id, x });
            x += f64::from(face.glyph_hor_advance(id).unwrap_or(0)) / em;
        }
        (glyphs, x)
    }

    /// Width of a text in em.
    pub(super) fn width(&self, text: &str, weight: Weight) -> f64 {
        self.shape(text, weight).1
    }

    /// The text, cut short with an ellipsis if it is wider than `room` em.
    pub(super) fn cut(&self, text: &str, weight: Weight, room: f64) -> String {
        if self.width(text, weight) <= room {
            return text.to_owned();
        }
        let ends: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
        let shorter = |end: usize| format!("{}…", text[..end].trim_end());
        // By halves, since a text may be as long as a book.
        let fitting = ends.partition_point(|end| self.width(&shorter(*end), weight) <= room);
        shorter(fitting.checked_sub(1).map_or(0, |last| ends[last]))
    }

    /// Whether a font has every character of the text.
    pub(super) fn has_all(&self, text: &str, weight: Weight) -> bool {
        text.chars().all(|character| self.glyph(character, weight).is_some())
    }

    /// The characters of the text that no font has.
    pub(super) fn missing<'t>(&'t self, text: &'t str) -> impl Iterator<Item = char> + 't {
        text.chars().filter(|character| self.glyph(*character, Weight::Regular).is_none())
    }

    /// The outline of a glyph in em, y downwards from the baseline; `None` if it is blank.
    pub(super) fn outline(&self, source: Source, id: GlyphId) -> Option<Path> {
        let face = self.face(source)?;
        if id == MISSING {
            return placeholder();
        }
        let mut pen = Pen { path: PathBuilder::new(), scale: 1.0 / f32::from(face.units_per_em()) };
        face.outline_glyph(id, &mut pen)?;
        pen.path.finish()
    }
}

/// Whether a character is of a script that takes more than one glyph after the other: Hebrew, Arabic and their neighbours, the
/// scripts of India and South-East Asia, and the presentation forms of the first.
fn needs_shaping(character: char) -> bool {
    matches!(character, '\u{590}'..='\u{DFF}' | '\u{E80}'..='\u{EFF}' | '\u{F00}'..='\u{109F}' | '\u{1780}'..='\u{17FF}'
        | '\u{FB1D}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFE}')
}

/// What to add to the advance of `left` when `right` follows, in font units: the pair adjustments of the table GPOS.
///
/// The embedded subsets keep no lookup but kerning's, and what a user's font has beside it is not a pair adjustment.
fn kerning(face: &Face<'_>, left: GlyphId, right: GlyphId) -> i16 {
    let Some(gpos) = face.tables().gpos else { return 0 };
    let subtables = gpos.lookups.into_iter().flat_map(|lookup| lookup.subtables.into_iter::<PositioningSubtable<'_>>());
    for subtable in subtables {
        let PositioningSubtable::Pair(pair) = subtable else { continue };
        let Some(index) = pair.coverage().get(left) else { continue };
        let found = match pair {
            PairAdjustment::Format1 { sets, .. } => sets.get(index).and_then(|set| set.get(right)),
            PairAdjustment::Format2 { classes, matrix, .. } => matrix.get((classes.0.get(left), classes.1.get(right))),
        };
        if let Some((first, _)) = found {
            return first.x_advance;
        }
    }
    0
}

/// The box drawn for a character without a glyph: as high as a capital, hollow.
fn placeholder() -> Option<Path> {
    let (outer, inner) = (Rect::from_ltrb(0.1, -0.73, 0.9, 0.0)?, Rect::from_ltrb(0.17, -0.66, 0.83, -0.07)?);
    let mut path = PathBuilder::new();
    path.push_rect(outer);
    // Wound the other way, so that it is a hole.
    path.move_to(inner.left(), inner.top());
    path.line_to(inner.left(), inner.bottom());
    path.line_to(inner.right(), inner.bottom());
    path.line_to(inner.right(), inner.top());
    path.close();
    path.finish()
}

/// Takes an outline from font units to em, with y downwards.
struct Pen {
    path: PathBuilder,
    scale: f32,
}

impl OutlineBuilder for Pen {
    fn move_to(&mut self, x: f32, y: f32) {
        self.path.move_to(x * self.scale, -y * self.scale);
    }

    fn line_to(&mut self, x: f32, y: f32) {
        self.path.line_to(x * self.scale, -y * self.scale);
    }

    fn quad_to(&mut self, x1: f32, y1: f32, x: f32, y: f32) {
        self.path.quad_to(x1 * self.scale, -y1 * self.scale, x * self.scale, -y * self.scale);
    }

    fn curve_to(&mut self, x1: f32, y1: f32, x2: f32, y2: f32, x: f32, y: f32) {
        let s = self.scale;
        self.path.cubic_to(x1 * s, -y1 * s, x2 * s, -y2 * s, x * s, -y * s);
    }

    fn close(&mut self) {
        self.path.close();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pairs_are_kerned() {
        let fonts = Fonts::new(None).unwrap();
        let apart = fonts.width("A", Weight::Regular) + fonts.width("V", Weight::Regular);
        let together = fonts.width("AV", Weight::Regular);
        assert!(together < apart - 0.03, "{together} against {apart}");
        assert!((fonts.width("nn", Weight::Regular) - 2.0 * fonts.width("n", Weight::Regular)).abs() < 1e-12);
    }

    #[test]
    fn every_currency_sign_has_a_glyph_but_the_baht() {
        let fonts = Fonts::new(None).unwrap();
        assert_eq!(fonts.missing("$€£¥₹₩₽₺₪₱₫→←↑↓≈−–…·ÄßñŁαΩЖя").collect::<String>(), "");
        assert_eq!(fonts.missing("฿ 日本🙂").collect::<String>(), "฿日本🙂");
    }

    #[test]
    fn scripts_that_would_come_out_wrong_are_missing_in_any_font() {
        let fonts = Fonts::new(Some(REGULAR)).unwrap();
        assert_eq!(fonts.missing("Aאبहက").collect::<String>(), "אبहက");
    }

    #[test]
    fn long_text_is_cut() {
        let fonts = Fonts::new(None).unwrap();
        assert_eq!(fonts.cut("short", Weight::Regular, 10.0), "short");
        let cut = fonts.cut("A name that goes on and on", Weight::SemiBold, 6.0);
        assert!(cut.ends_with('…') && fonts.width(&cut, Weight::SemiBold) <= 6.0, "{cut}");
    }
}
