//! Where a scene becomes a file: plotters' drawing backends for PNG, SVG and PDF.
//!
//! plotters hands a backend whole numbers, so a chart is drawn on a grid of [`UNITS`](super::scene::UNITS) to the CSS pixel and
//! scaled down by the file. Texts follow the conventions of plotters: a font "size" is 1.24 em, and a text anchored at its top
//! has its baseline 0.76 em lower. plotters knows no outline around a text; a text in the family [`HALO_FAMILY`] gets one in the
//! colour of the background.

pub(super) mod pdf;
pub(super) mod png;
mod raster;
pub(super) mod svg;

use plotters_backend::text_anchor::HPos;
use plotters_backend::{BackendCoord, BackendTextStyle, FontStyle};

use crate::chart::font::Weight;

/// plotters' font size for an em of 1.
pub(super) const SIZE_PER_EM: f64 = 1.24;
/// From the top of a text to its baseline, in em.
pub(super) const TOP_TO_BASELINE: f64 = 0.76;
/// Family of a text without an outline, with what a viewer of an SVG may use in its place.
pub(super) const FAMILY: &str = "Inter, 'Helvetica Neue', Arial, sans-serif";
/// Family of a text with an outline in the colour of the background.
pub(super) const HALO_FAMILY: &str = "Inter with a halo";
/// Width of that outline on either side, in em.
const HALO: f64 = 0.13;

/// How plotters asks for a text, in units of the grid.
struct Look {
    em: f64,
    weight: Weight,
    halo: bool,
    /// The share of its width that lies left of its x.
    anchor: f64,
    baseline: f64,
}

impl Look {
    fn of<T: BackendTextStyle>(style: &T, at: BackendCoord) -> Self {
        let em = style.size() / SIZE_PER_EM;
        let anchor = match style.anchor().h_pos {
            HPos::Left => 0.0,
            HPos::Center => 0.5,
            HPos::Right => 1.0,
        };
        Self {
            em,
            weight: if matches!(style.style(), FontStyle::Bold) { Weight::SemiBold } else { Weight::Regular },
            halo: style.family().as_str() == HALO_FAMILY,
            anchor,
            baseline: f64::from(at.1) + TOP_TO_BASELINE * em,
        }
    }
}
