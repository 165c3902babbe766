//! A chart as PNG.

use png::{BitDepth, ColorType, Compression, Encoder, Filter, PixelDimensions, Unit};
use tiny_skia::Pixmap;

use plotters_backend::BackendColor;

use super::raster::Raster;
use crate::chart::font::Fonts;
use crate::chart::scene::UNITS;
use crate::chart::{Chart, ChartError};

/// CSS pixels to the metre: 96 to the inch of 0.0254 m.
const CSS_PIXELS_PER_METRE: f64 = 96.0 / 0.0254;

/// The most pixels of a picture: 400 MB in memory.
const MOST_PIXELS: u64 = 100_000_000;

/// Paints and encodes the chart. Rows go to the encoder one by one, so that the picture is in memory once.
pub(in crate::chart) fn encode(chart: &Chart) -> Result<Vec<u8>, ChartError> {
    let pixmap = paint(chart)?;
    let mut bytes = Vec::new();
    let mut encoder = Encoder::new(&mut bytes, pixmap.width(), pixmap.height());
    encoder.set_color(ColorType::Rgb);
    encoder.set_depth(BitDepth::Eight);
    encoder.set_compression(Compression::Balanced);
    // Charts are areas of one colour, which compress better as they are than as differences, and in half the time.
    encoder.set_filter(Filter::NoFilter);
    let density = pixels_per_metre(chart.pixel_ratio);
    encoder.set_pixel_dims(Some(PixelDimensions { xppu: density, yppu: density, unit: Unit::Meter }));
    // iTXt, because the older tEXt holds Latin-1 only and so no euro sign.
    let software = concat!("topline ", env!("CARGO_PKG_VERSION"));
    for (keyword, text) in
        [("Title", chart.title.as_str()), ("Description", &chart.alt), ("Source", &chart.source), ("Software", software)]
    {
        encoder.add_itxt_chunk(keyword.to_owned(), text.to_owned())?;
    }
    let mut writer = encoder.write_header()?;
    let mut rows = writer.stream_writer()?;
    let mut row = Vec::with_capacity(pixmap.width() as usize * 3);
    for pixels in pixmap.data().chunks_exact(pixmap.width() as usize * 4) {
        row.clear();
        // The background covers everything, so the fourth byte, opacity, is 255 throughout.
        row.extend(pixels.chunks_exact(4).flat_map(|pixel| [pixel[0], pixel[1], pixel[2]]));
        std::io::Write::write_all(&mut rows, &row).map_err(png::EncodingError::IoError)?;
    }
    rows.finish()?;
    writer.finish()?;
    Ok(bytes)
}

fn paint(chart: &Chart) -> Result<Pixmap, ChartError> {
    let ratio = u32::from(chart.pixel_ratio);
    let (width, height) = (chart.scene.size.0 * ratio, chart.scene.size.1 * ratio);
    let too_large = ChartError::TooLarge { width, height };
    if u64::from(width) * u64::from(height) > MOST_PIXELS {
        return Err(too_large);
    }
    let mut pixmap = Pixmap::new(width, height).ok_or(too_large)?;
    let fonts = Fonts::new(chart.font.as_deref())?;
    let background = chart.scene.background;
    let colour = BackendColor { alpha: 1.0, rgb: (background.0, background.1, background.2) };
    let canvas = Raster::new(&mut pixmap, &fonts, chart.scene.grid(), f64::from(ratio) / UNITS, colour);
    chart.scene.paint(canvas).map_err(|error| ChartError::Drawing(Box::new(error)))?;
    Ok(pixmap)
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "some thousands")]
fn pixels_per_metre(ratio: u8) -> u32 {
    (CSS_PIXELS_PER_METRE * f64::from(ratio)).round() as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn density_is_that_of_css_pixels() {
        assert_eq!([1, 2, 3].map(pixels_per_metre), [3780, 7559, 11339]);
    }
}
