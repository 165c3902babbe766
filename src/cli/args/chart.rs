//! Arguments of `topline chart`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::{InputArgs, MeasureArg, MessageArgs, PlanArgs, ScenarioArgs, SegmentsArg};

/// `topline chart`.
#[derive(Debug, Args)]
#[command(
    after_help = "Without --as, totals of years or quarters are drawn as columns, what else one series has as a fan, the parts of a whole
as stacked columns, two to four series as a comparison, and more as small multiples, 24 to a page. Under scenarios each series
has a page of its own.

Examples:
  topline chart data/revenue.csv -o comparison.png
  topline chart data/revenue.csv --series OpenAI --theme dark -o openai.svg
  topline chart output/projection.csv data/revenue.csv -o comparison.png
  topline chart data/revenue.csv --scenario data/scenarios.toml -o scenarios.png
  topline chart data/revenue.csv -o - --format svg > comparison.svg
  topline chart data/ai-and-cloud.csv --alt"
)]
pub struct ChartArgs {
    /// The figures; a projection.csv that topline wrote is drawn as it is, with the figures of the other files.
    #[command(flatten)]
    pub input: InputArgs,
    /// How far and how finely.
    #[command(flatten)]
    pub plan: PlanArgs,
    /// What is assumed.
    #[command(flatten)]
    pub scenarios: ScenarioArgs,
    /// How parts of a whole are found: parts are projected so that they add up to it, and drawn without it
    #[arg(help_heading = "Projection", long, value_enum, value_name = "HOW", default_value_t = SegmentsArg::Auto, hide_short_help = true)]
    pub segments: SegmentsArg,
    /// The picture: .png, .svg or .pdf; - prints it
    #[arg(help_heading = "Picture", short, long, value_name = "FILE", required_unless_present = "alt")]
    pub output: Option<PathBuf>,
    /// Form of a picture that is printed: png, svg, pdf
    ///
    /// That of a file is said by its ending.
    #[arg(help_heading = "Picture", short, long, value_enum, hide_short_help = true)]
    pub format: Option<PictureArg>,
    /// Print a text description of the chart
    ///
    /// For readers who cannot see it.
    #[arg(help_heading = "Picture", long)]
    pub alt: bool,
    /// Which chart: fan, bars, stacked, …
    #[arg(help_heading = "Picture", long = "as", value_enum, value_name = "CHART", default_value_t = KindArg::Auto)]
    pub drawn_as: KindArg,
    /// What is drawn over time: revenue as that of the last twelve months [default: by the figures]
    #[arg(help_heading = "Picture", long, value_enum, hide_short_help = true)]
    pub measure: Option<MeasureArg>,
    /// Money axis: auto, linear, log
    #[arg(help_heading = "Picture", long, value_enum, default_value_t = ScaleArg::Auto, hide_short_help = true)]
    pub scale: ScaleArg,
    /// Colours: light, dark
    #[arg(help_heading = "Picture", long, value_enum, default_value_t = ThemeArg::Light)]
    pub theme: ThemeArg,
    /// Scales of small multiples: one shared scale, or equal slopes at each panel's own level
    #[arg(help_heading = "Picture", long, value_enum, default_value_t = PanelsArg::Shared, hide_short_help = true)]
    pub panels: PanelsArg,
    /// Width and height in CSS pixels
    ///
    /// By default 1600x900, or 1600x1000 for small multiples.
    #[arg(help_heading = "Picture", long, value_name = "WIDTHxHEIGHT", value_parser = size, hide_short_help = true)]
    pub size: Option<(u32, u32)>,
    /// Add a table of the years under the plot
    #[arg(help_heading = "Picture", long, hide_short_help = true)]
    pub table: bool,
    /// PNG pixels per CSS pixel: 1, 2 or 3
    #[arg(help_heading = "Picture", long, value_name = "N", value_parser = clap::value_parser!(u8).range(1..=3), default_value_t = 2, hide_short_help = true)]
    pub pixel_ratio: u8,
    /// A title instead of the result
    #[arg(help_heading = "Picture", long, value_name = "TEXT", hide_short_help = true)]
    pub title: Option<String>,
    /// The first period shown: 2023, 2024Q3, 2025-01 [default: all history that leaves the projection room]
    #[arg(help_heading = "Picture", long, value_name = "PERIOD", hide_short_help = true)]
    pub from: Option<String>,
    /// A TrueType or OpenType font for characters that Inter lacks, such as Chinese
    #[arg(help_heading = "Picture", long, value_name = "FILE", hide_short_help = true)]
    pub font: Option<PathBuf>,
    /// Text in an SVG: as text, or as outlines that look the same without the font
    #[arg(help_heading = "Picture", long, value_enum, default_value_t = SvgTextArg::Text, hide_short_help = true)]
    pub svg_text: SvgTextArg,
    /// How much is said.
    #[command(flatten)]
    pub messages: MessageArgs,
}

/// The form of a picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum PictureArg {
    /// Pixels
    Png,
    /// Lines and text
    Svg,
    /// A page
    Pdf,
}

/// How an SVG holds its texts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum SvgTextArg {
    /// As text, small and selectable
    Text,
    /// As outlines
    Outlines,
}

/// What kind of chart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum KindArg {
    /// What suits the figures
    Auto,
    /// One series over time with its prediction intervals
    Fan,
    /// Totals of years or quarters as columns
    Bars,
    /// The parts of a whole as columns on each other
    Stacked,
    /// The shares of the parts in a whole
    Shares,
    /// Growth on the year before as columns
    Growth,
    /// Up to four series from 100 on, whatever their size and currency
    Indexed,
    /// From the last reported year to the next one by part
    Bridge,
    /// Two to four series on one pair of axes
    Compare,
    /// A small panel for each series
    Multiples,
}

/// Scales of the money axis.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ScaleArg {
    /// Linear, unless small amounts would lie flat on the axis
    Auto,
    /// From zero
    Linear,
    /// Logarithmic
    Log,
}

/// Colours of a chart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ThemeArg {
    /// Dark on white
    Light,
    /// Light on near black
    Dark,
}

/// How the scales of small multiples go together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum PanelsArg {
    /// One scale for all panels
    Shared,
    /// On a log scale, the same slopes at each panel's own level
    Slopes,
}

fn size(text: &str) -> Result<(u32, u32), String> {
    let sides = text.split_once(['x', 'X', '×']);
    let numbers = sides.and_then(|(width, height)| Some((width.trim().parse().ok()?, height.trim().parse().ok()?)));
    numbers.ok_or_else(|| "give width and height in CSS pixels: 1600x900".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes() {
        assert_eq!(size("1600x900"), Ok((1600, 900)));
        assert_eq!(size("800 × 500"), Ok((800, 500)));
        assert!(size("1600").is_err() && size("1600x").is_err() && size("-1x5").is_err());
    }
}
