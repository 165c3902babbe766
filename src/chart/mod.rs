//! From projections to pictures: PNG and SVG bytes.
//!
//! A chart is laid out once, as a scene of shapes and texts on a fine grid (`scene`), and plotters paints that scene: on our
//! own backend for PNG (`canvas`, with tiny-skia), on plotters' backend for SVG (`svg`). `scale` and `ticks` are the axes,
//! `labels` keeps texts off each other, `sheet` has what every chart shares, and each kind of chart has a file: `fan` for one
//! company, `comparison` for two to four, `multiples` for more, `crossover` for when one overtakes another, `scenarios` for one company under
//! several; `coverage` for how often intervals held in a backtest.
//!
//! The same input gives the same bytes. The fonts are in the binary; nothing is read from the system. What a chart does not
//! know is how a projection was made: it draws what [`Projection`] holds and says so.
//!
//! ```
//! use topline::chart::{Style, Subject, draw};
//! use topline::project::growth::Growth;
//! use topline::project::{Plan, project};
//! use topline::read::{Options, Reader};
//!
//! let csv = "series,kind,period,value\nExample,run-rate,2025-06,$10M\nExample,target,2025,$12M\n";
//! let mut reader = Reader::new(Options::default());
//! reader.add("example.csv", csv.as_bytes())?;
//! let series = reader.finish()?.series;
//! let plan = Plan { path: true, ..Plan::for_series(&series) }; // a chart needs the run-rate of each month
//! let growth = Growth::new();
//! let (projection, _) = project(&growth, &series[0], &plan)?;
//!
//! let chart = draw(&[Subject { series: &series[0], projection: &projection }], &Style::default())?;
//! assert!(chart.title().starts_with("Example: $"));
//! assert_eq!(chart.png()?[..4], *b"\x89PNG");
//! assert!(chart.svg()?.contains("$12M by end-2025"));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod alt;
mod axes;
mod bands;
mod canvas;
mod comparison;
mod coverage;
mod crossover;
mod error;
mod fan;
mod font;
mod labels;
mod marks;
mod multiples;
mod notes;
mod png;
mod scale;
mod scenarios;
mod scene;
mod sheet;
mod svg;
mod theme;
mod ticks;
mod words;

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::calendar::Month;
use crate::project::Projection;
use crate::series::Series;

use font::Fonts;
use scene::Scene;

pub use coverage::{Coverage, Held};
pub use error::ChartError;
pub use labels::Rect;
pub use theme::Theme;

/// A series and its projection, whose path must be filled.
#[derive(Clone, Copy, Debug)]
pub struct Subject<'a> {
    /// The figures.
    pub series: &'a Series,
    /// Their projection.
    pub projection: &'a Projection,
}

/// Which scale the money axis has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum ScaleChoice {
    /// Linear, unless the amounts differ so much that the smaller ones would lie flat on the axis.
    #[default]
    Auto,
    /// From zero.
    Linear,
    /// Logarithmic; refuses amounts of zero or less.
    Log,
}

/// How the scales of small multiples go together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum PanelScale {
    /// One scale for all panels: sizes can be compared.
    #[default]
    Shared,
    /// On a logarithmic scale, as many decades in each panel but each at its own level: growth can be compared, and no panel
    /// is mostly empty.
    SameSlope,
}

/// When one of two series overtakes the other, over joint draws of both.
#[derive(Clone, Copy, Debug)]
pub struct Crossing<'a> {
    /// Which of the two subjects overtakes: 0 or 1.
    pub challenger: usize,
    /// Probability that the challenger's run-rate is the larger, month by month.
    pub probability: &'a [(Month, f64)],
    /// The 10th and the 90th percentile over draws of the month in which the challenger is larger for the first time; `None`
    /// where that percentile lies beyond the horizon.
    pub window: (Option<Month>, Option<Month>),
    /// Share of draws in which the challenger is not larger in any month up to the horizon.
    pub never: f64,
    /// Whether the draws of the two are independent, as a sentence.
    pub dependence: &'a str,
}

/// How an SVG holds its texts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum SvgText {
    /// As text, small and selectable; a viewer without Inter takes another font.
    #[default]
    Text,
    /// As outlines of the glyphs, the same everywhere.
    Outlines,
}

/// How a chart looks.
#[derive(Clone, Debug)]
pub struct Style {
    /// Colours.
    pub theme: Theme,
    /// Scale of the money axis.
    pub scale: ScaleChoice,
    /// Width and height in CSS pixels, from 800 × 500; `None` for the kind of chart's own, 1600 × 900 or 1600 × 1000.
    pub size: Option<(u32, u32)>,
    /// Pixels of a PNG to the CSS pixel, 1 to 3.
    pub pixel_ratio: u8,
    /// A title to replace the default one, which states the result.
    pub title: Option<String>,
    /// A sentence at the end of the subtitle, such as "Illustrative data."
    pub note: Option<String>,
    /// The first month shown; `None` for all of the history that leaves the projection room.
    pub from: Option<Month>,
    /// How the scales of small multiples go together.
    pub panels: PanelScale,
    /// The bytes of a font file for characters that Inter lacks.
    pub font: Option<Arc<[u8]>>,
    /// How an SVG holds its texts.
    pub svg_text: SvgText,
}

impl Default for Style {
    fn default() -> Self {
        Self {
            theme: Theme::default(),
            scale: ScaleChoice::default(),
            size: None,
            pixel_ratio: 2,
            title: None,
            note: None,
            from: None,
            panels: PanelScale::default(),
            font: None,
            svg_text: SvgText::default(),
        }
    }
}

/// A chart, laid out and ready to be painted.
#[derive(Clone, Debug)]
pub struct Chart {
    scene: Scene,
    title: String,
    alt: String,
    source: String,
    missing: Vec<char>,
    font: Option<Arc<[u8]>>,
    svg_text: SvgText,
    pixel_ratio: u8,
}

/// A text of a chart and the box that it fills.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Label<'a> {
    /// The text.
    pub text: &'a str,
    /// Its box in CSS pixels from the upper left corner of the picture.
    pub rect: Rect,
}

impl Chart {
    /// The chart as PNG, with title, description, source and software as text chunks and without a time stamp.
    ///
    /// # Errors
    ///
    /// If the picture does not fit into memory.
    pub fn png(&self) -> Result<Vec<u8>, ChartError> {
        png::encode(self)
    }

    /// The chart as SVG with real text, a title and a description.
    ///
    /// # Errors
    ///
    /// If plotters cannot draw, which no chart is known to cause.
    pub fn svg(&self) -> Result<String, ChartError> {
        svg::write(self)
    }

    /// What the chart says, in words: for readers who do not see it.
    pub fn alt_text(&self) -> &str {
        &self.alt
    }

    /// The chart's title.
    pub fn title(&self) -> &str {
        &self.title
    }

    /// Width and height in CSS pixels.
    pub fn size(&self) -> (u32, u32) {
        self.scene.size
    }

    /// Characters that neither Inter nor the user's font has, each once, in order of appearance: they are drawn as boxes.
    pub fn missing_glyphs(&self) -> &[char] {
        &self.missing
    }

    /// Every text of the chart with its box, in the order of drawing.
    pub fn labels(&self) -> impl Iterator<Item = Label<'_>> {
        self.scene.texts().map(|text| Label { text: &text.words, rect: text.rect() })
    }

    /// The boxes of the marks, in CSS pixels.
    pub fn marks(&self) -> &[Rect] {
        &self.scene.marks
    }
}

/// What a kind of chart makes: the scene, and what it says in words.
struct Drawn {
    scene: Scene,
    title: String,
    alt: String,
    source: String,
}

/// The subjects without the wholes of those among them: a company beside its segments would be drawn twice.
pub fn without_wholes<'a>(subjects: &[Subject<'a>]) -> Vec<Subject<'a>> {
    let wholes: BTreeSet<&str> = subjects.iter().filter_map(|subject| subject.projection.parent.as_deref()).collect();
    subjects.iter().filter(|subject| !wholes.contains(subject.series.name())).copied().collect()
}

/// Lays out a chart: the fan of one series, the comparison of two to four, or small multiples of more, of which the 24 with the
/// largest projections; [`draw_pages`] has the others. A whole whose parts are among the subjects is left out: see
/// [`without_wholes`].
///
/// # Errors
///
/// If there is nothing to draw, a projection has no path, currencies differ, or `style` asks for what cannot be had.
pub fn draw(subjects: &[Subject<'_>], style: &Style) -> Result<Chart, ChartError> {
    check(subjects, style)?;
    let fonts = Fonts::new(style.font.as_deref())?;
    let drawn = match without_wholes(subjects).as_slice() {
        [] => return Err(ChartError::Nothing),
        [one] => fan::draw(*one, style, &fonts)?,
        several if several.len() <= MOST_COMPARED => comparison::draw(several, style, &fonts)?,
        many => multiples::draw(many, style, &fonts)?.into_iter().next().ok_or(ChartError::Nothing)?,
    };
    Ok(finish(drawn, style, &fonts))
}

/// The most series that share a pair of axes: there are four colours that stay apart.
pub const MOST_COMPARED: usize = 4;

/// Lays out as many charts as the subjects need: one up to 24 of them, then a page for every 24.
///
/// # Errors
///
/// As [`draw`].
pub fn draw_pages(subjects: &[Subject<'_>], style: &Style) -> Result<Vec<Chart>, ChartError> {
    let apart = without_wholes(subjects);
    if apart.len() <= MOST_COMPARED {
        return Ok(vec![draw(subjects, style)?]);
    }
    check(subjects, style)?;
    let fonts = Fonts::new(style.font.as_deref())?;
    Ok(multiples::draw(&apart, style, &fonts)?.into_iter().map(|drawn| finish(drawn, style, &fonts)).collect())
}

/// Lays out the chart of one series overtaking another: both fans above, the probability below.
///
/// # Errors
///
/// As [`draw`].
pub fn draw_crossing(subjects: &[Subject<'_>; 2], crossing: &Crossing<'_>, style: &Style) -> Result<Chart, ChartError> {
    check(subjects, style)?;
    let fonts = Fonts::new(style.font.as_deref())?;
    Ok(finish(crossover::draw(subjects, crossing, style, &fonts)?, style, &fonts))
}

/// Lays out the chart of how often intervals held in a backtest.
///
/// # Errors
///
/// If there is no outcome, if there are more than [`MOST_COMPARED`] methods beside the benchmarks, or if `style` asks for what cannot
/// be had.
pub fn draw_coverage(coverage: &Coverage<'_>, style: &Style) -> Result<Chart, ChartError> {
    check(&[], style)?;
    let fonts = Fonts::new(style.font.as_deref())?;
    Ok(finish(coverage::draw(coverage, style, &fonts)?, style, &fonts))
}

/// Lays out the chart of one series under scenarios, at most [`MOST_COMPARED`] of them, beside its projection as it is.
///
/// # Errors
///
/// As [`draw`]; if there is no scenario, or there are too many.
pub fn draw_scenarios(plain: Subject<'_>, under: &[&Projection], style: &Style) -> Result<Chart, ChartError> {
    if under.is_empty() || under.len() > MOST_COMPARED {
        return Err(ChartError::Scenarios { count: under.len() });
    }
    let subjects = under.iter().map(|projection| Subject { series: plain.series, projection });
    check(&std::iter::once(plain).chain(subjects).collect::<Vec<_>>(), style)?;
    let fonts = Fonts::new(style.font.as_deref())?;
    Ok(finish(scenarios::draw(plain, under, style, &fonts)?, style, &fonts))
}

fn finish(drawn: Drawn, style: &Style, fonts: &Fonts<'_>) -> Chart {
    let mut missing = Vec::new();
    for character in drawn.scene.texts().flat_map(|text| fonts.missing(&text.words)) {
        if !missing.contains(&character) {
            missing.push(character);
        }
    }
    Chart {
        scene: drawn.scene,
        title: drawn.title,
        alt: drawn.alt,
        source: drawn.source,
        missing,
        font: style.font.clone(),
        svg_text: style.svg_text,
        pixel_ratio: style.pixel_ratio,
    }
}

fn check(subjects: &[Subject<'_>], style: &Style) -> Result<(), ChartError> {
    if let Some((width, height)) = style.size
        && !((800..=8000).contains(&width) && (500..=8000).contains(&height))
    {
        return Err(ChartError::Size { width, height });
    }
    if !(1..=3).contains(&style.pixel_ratio) {
        return Err(ChartError::PixelRatio(style.pixel_ratio));
    }
    for subject in subjects {
        let path = &subject.projection.path;
        if path.last().is_none_or(|last| last.intervals.is_empty() || last.month <= subject.projection.origin) {
            return Err(ChartError::NoPath { series: subject.series.name().to_owned() });
        }
        let (first, second) = (subjects[0].series.currency(), subject.series.currency());
        if first != second {
            return Err(ChartError::Currencies { first, second });
        }
    }
    let ends = subjects.iter().filter_map(|subject| subject.projection.path.last()).map(|point| point.month);
    let starts = subjects.iter().map(|subject| subject.projection.origin.plus(1));
    if let (Some(from), Some(first), Some(last)) = (style.from, starts.min(), ends.max())
        && from > last
    {
        return Err(ChartError::FromBeyond { from, first, last });
    }
    Ok(())
}
