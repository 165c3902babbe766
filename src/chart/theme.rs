//! Colours: the two themes and what each colour is for.
//!
//! Text colours have a contrast of at least 4.5 to 1 on their background, and the four series colours stay apart under the
//! three kinds of colour blindness. Colour is never the only sign: lines are labelled and kinds of figure differ by shape.

use plotters::style::{Color, RGBAColor, RGBColor};

/// The colours of a chart.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Theme {
    /// Dark on white.
    #[default]
    Light,
    /// Light on near black.
    Dark,
}

impl Theme {
    /// The name on the command line: `light` or `dark`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    /// The colours by what they are for, as they stand in an SVG: `("ink", "#16191D")`.
    pub fn colours(self) -> Vec<(String, String)> {
        let palette = self.palette();
        let named = [
            ("background", palette.background),
            ("ink", palette.ink),
            ("ink-2", palette.ink_2),
            ("ink-3", palette.ink_3),
            ("grid", palette.grid),
            ("axis", palette.axis),
            ("neutral", palette.neutral),
            ("shade", palette.shade),
        ];
        let series = (1..).zip(palette.series).map(|(number, colour)| (format!("series-{number}"), colour));
        let all = named.into_iter().map(|(name, colour)| (name.to_owned(), colour)).chain(series);
        all.map(|(name, RGBColor(red, green, blue))| (name, format!("#{red:02X}{green:02X}{blue:02X}"))).collect()
    }

    pub(super) fn palette(self) -> &'static Palette {
        match self {
            Self::Light => &LIGHT,
            Self::Dark => &DARK,
        }
    }
}

/// Colours by what they are for.
#[derive(Debug)]
pub(super) struct Palette {
    pub(super) background: RGBColor,
    /// Titles.
    pub(super) ink: RGBColor,
    /// Subtitles, axis labels, callouts.
    pub(super) ink_2: RGBColor,
    /// Sources, leaders, the origin line.
    pub(super) ink_3: RGBColor,
    pub(super) grid: RGBColor,
    pub(super) axis: RGBColor,
    /// Blue (a single company, the incumbent), orange (the challenger), green, plum.
    pub(super) series: [RGBColor; 4],
    /// Marks in the key of a chart with several colours.
    pub(super) neutral: RGBColor,
    /// Shade of the window in which a crossing lies.
    pub(super) shade: RGBColor,
    /// Opacity of the widest, middle and narrowest band, laid over each other.
    pub(super) bands: [f64; 3],
}

impl Palette {
    /// The colour of band `index` of `count`, counted from the widest.
    pub(super) fn band(&self, colour: RGBColor, index: usize, count: usize) -> RGBAColor {
        // A single band is as strong as two of three laid over each other, so that it can be seen.
        let opacity = if count == 1 { self.bands[1] + 0.05 } else { self.bands[(index + 3).saturating_sub(count).min(2)] };
        colour.mix(opacity)
    }
}

const fn rgb(hex: u32) -> RGBColor {
    let [_, red, green, blue] = hex.to_be_bytes();
    RGBColor(red, green, blue)
}

const LIGHT: Palette = Palette {
    background: rgb(0xFF_FFFF),
    ink: rgb(0x16_191D),
    ink_2: rgb(0x4A_5058),
    ink_3: rgb(0x6B_727B),
    grid: rgb(0xE4_E7EB),
    axis: rgb(0x8A_929C),
    series: [rgb(0x0B_6BB5), rgb(0xC4_500A), rgb(0x1F_5A2A), rgb(0x7B_1B5A)],
    neutral: rgb(0x5A_5F6B),
    shade: rgb(0xF1_F3F5),
    bands: [0.13, 0.15, 0.20],
};

const DARK: Palette = Palette {
    background: rgb(0x12_161C),
    ink: rgb(0xF2_F4F7),
    ink_2: rgb(0xB9_C0CA),
    ink_3: rgb(0x8B_94A1),
    grid: rgb(0x26_2D36),
    axis: rgb(0x5C_6673),
    series: [rgb(0x5A_B0F2), rgb(0xFF_9A57), rgb(0xBD_EBC8), rgb(0xEE_4E98)],
    neutral: rgb(0xB7_BECC),
    shade: rgb(0x1B_2129),
    bands: [0.16, 0.18, 0.22],
};

#[cfg(test)]
mod tests {
    use super::*;

    /// Relative luminance of WCAG 2.1.
    fn luminance(colour: RGBColor) -> f64 {
        let channel = |value: u8| {
            let value = f64::from(value) / 255.0;
            if value <= 0.039_28 { value / 12.92 } else { libm::pow((value + 0.055) / 1.055, 2.4) }
        };
        0.2126 * channel(colour.0) + 0.7152 * channel(colour.1) + 0.0722 * channel(colour.2)
    }

    #[test]
    fn text_can_be_read() {
        for palette in [&LIGHT, &DARK] {
            let text = [palette.ink, palette.ink_2, palette.ink_3].into_iter().chain(palette.series);
            for colour in text {
                let (a, b) = (luminance(colour), luminance(palette.background));
                let contrast = (a.max(b) + 0.05) / (a.min(b) + 0.05);
                assert!(contrast >= 4.5, "{colour:?} on {:?}: {contrast}", palette.background);
            }
        }
    }
}
