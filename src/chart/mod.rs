//! From projections to pictures: PNG, SVG and PDF bytes.
//!
//! A chart is laid out once, as a scene of shapes and texts on a fine grid (`scene`), and plotters paints that scene on a backend
//! of ours for PNG, SVG or PDF (`canvas`). `scale` and `ticks` are the axes,
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
//! assert!(chart.title().contains("chance of its $12M target for 2025"));
//! assert_eq!(chart.png()?[..4], *b"\x89PNG");
//! assert!(chart.svg()?.contains("$12M by end-2025"));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod alt;
mod axes;
mod bands;
mod bars;
mod bridge;
mod canvas;
mod colours;
mod columns;
mod comparison;
mod coverage;
mod crossover;
mod error;
mod fan;
mod font;
mod growth;
mod indexed;
mod labels;
mod marks;
mod multiples;
mod notes;
pub mod plotted;
mod scale;
mod scenarios;
mod scene;
mod shares;
mod sheet;
mod stacked;
mod table;
mod theme;
mod ticks;
mod titles;
mod view;
mod words;

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::calendar::{Month, Step};
use crate::project::Projection;
use crate::series::Series;

use plotters::style::RGBColor;

use font::Fonts;
use scene::Scene;

pub use colours::Colours;
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

/// What kind of chart is drawn.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Kind {
    /// By the series: columns for the totals of years or quarters, a fan for what else one series has; a comparison of two to four,
    /// small multiples of more.
    #[default]
    Auto,
    /// One series over time with its bands.
    Fan,
    /// Totals of years or quarters as columns, one series to the picture.
    Bars,
    /// The parts of each whole as columns on each other.
    Stacked,
    /// The shares of the parts in each whole, as columns of one height.
    Shares,
    /// Growth on the year before as columns, one series to the picture; the projection must have it derived.
    Growth,
    /// Up to four series as indices: 100 at the first month that all have, or at [`Style::from`].
    Indexed,
    /// From the last reported year to the next projected one by the parts of each whole.
    Bridge,
    /// Two to four series on one pair of axes.
    Compare,
    /// A small panel for each series.
    Multiples,
}

/// What a chart over time shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Along {
    /// The revenue of the twelve months up to each date, which no season disturbs.
    TwelveMonths,
    /// The revenue of each month as a rate a year.
    RunRate,
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
    /// What of the two is compared.
    pub along: Along,
    /// Probability that the challenger's is the larger, month by month.
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
    /// What kind of chart.
    pub kind: Kind,
    /// The periods of columns; `None` for quarters where those are projected, else years.
    pub step: Option<Step>,
    /// Colours.
    pub theme: Theme,
    /// Which series has which colour; `None` for those of a run of the series drawn.
    pub colours: Option<Arc<Colours>>,
    /// Scale of the money axis.
    pub scale: ScaleChoice,
    /// What is drawn over time; `None` for twelve months where the figures are totals that tell them, else run-rates.
    pub along: Option<Along>,
    /// Width and height in CSS pixels, from 360 × 300; `None` for the kind of chart's own, 1600 × 900 or 1600 × 1000.
    pub size: Option<(u32, u32)>,
    /// Whether a table of the years stands under the plot: of a fan, columns or a comparison.
    pub table: bool,
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
            kind: Kind::default(),
            step: None,
            theme: Theme::default(),
            colours: None,
            scale: ScaleChoice::default(),
            along: None,
            size: None,
            table: false,
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

impl Style {
    /// The style that a chart is laid out in: with the colours of a run of `subjects` unless it has colours, and a small picture as a
    /// larger one, to be made smaller in the end.
    fn prepared(&self, subjects: &[Subject<'_>]) -> Self {
        let colours = self.colours.clone().unwrap_or_else(|| Arc::new(Colours::of(subjects)));
        Self { colours: Some(colours), size: self.size.map(|size| larger(size, shrinkage(size))), ..self.clone() }
    }

    /// The colour of a series.
    fn colour_of(&self, series: &str) -> RGBColor {
        let palette = self.theme.palette();
        self.colours.as_ref().map_or(palette.series[0], |colours| colours.series(palette, series))
    }
}

/// Width and height for which a chart is laid out at least: its texts are chosen to be read at half the size of a picture that large.
const ROOMY: (f64, f64) = (600.0, 640.0);
/// The most that a picture is laid out larger than it is: the labels of an axis are 12 pixels high then.
const MOST_SHRINKAGE: f64 = 20.0 / 12.0;

/// How many times larger than it is a picture is laid out.
fn shrinkage((width, height): (u32, u32)) -> f64 {
    (ROOMY.0 / f64::from(width)).max(ROOMY.1 / f64::from(height)).clamp(1.0, MOST_SHRINKAGE)
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a picture of some thousand pixels")]
fn larger((width, height): (u32, u32), factor: f64) -> (u32, u32) {
    ((f64::from(width) * factor).round() as u32, (f64::from(height) * factor).round() as u32)
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
        canvas::png::encode(self)
    }

    /// The chart as SVG with real text, a title and a description.
    ///
    /// # Errors
    ///
    /// If plotters cannot draw, which no chart is known to cause.
    pub fn svg(&self) -> Result<String, ChartError> {
        canvas::svg::write(self, "")
    }

    /// The same picture in fewer bytes, with `prefix` before each of its identifiers: for a page that holds several.
    ///
    /// # Errors
    ///
    /// As [`svg`](Self::svg).
    pub fn svg_within(&self, prefix: &str) -> Result<String, ChartError> {
        canvas::svg::write(self, prefix).map(|svg| canvas::svg::compact(&svg))
    }

    /// The chart as a page of PDF with text that can be searched, and without a time stamp.
    ///
    /// # Errors
    ///
    /// If plotters cannot draw, which no chart is known to cause.
    pub fn pdf(&self) -> Result<Vec<u8>, ChartError> {
        canvas::pdf::write(self)
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

/// Lays out a chart of the kind that `style` asks for, or of the kind that suits the series: see [`Kind`]. Where there are several
/// pictures it is the first; [`draw_pages`] has the others. A whole whose parts are among the subjects is drawn with them as
/// columns on each other, and else left out: see [`without_wholes`].
///
/// # Errors
///
/// If there is nothing to draw, a projection has no path, currencies differ, or `style` asks for what cannot be had.
pub fn draw(subjects: &[Subject<'_>], style: &Style) -> Result<Chart, ChartError> {
    draw_pages(subjects, style)?.into_iter().next().ok_or(ChartError::Nothing)
}

/// The most series that share a pair of axes: there are four colours that stay apart.
pub const MOST_COMPARED: usize = 4;

/// Lays out as many charts as the subjects need: of small multiples a page for every 24, of kinds that show one series or one whole
/// a page for each.
///
/// # Errors
///
/// As [`draw`].
pub fn draw_pages(subjects: &[Subject<'_>], style: &Style) -> Result<Vec<Chart>, ChartError> {
    check(subjects, style)?;
    let asked = style;
    let style = &style.prepared(subjects);
    let fonts = Fonts::new(style.font.as_deref())?;
    let apart = without_wholes(subjects);
    if style.table && (matches!(style.kind, Kind::Multiples | Kind::Bridge | Kind::Indexed) || apart.len() > MOST_COMPARED) {
        return Err(ChartError::NoTable);
    }
    let drawn = match style.kind {
        Kind::Auto => suited(subjects, &apart, style, &fonts)?,
        Kind::Fan => each(&apart, |one| fan::draw(one, style, &fonts))?,
        Kind::Bars => each(subjects, |one| bars::draw(one, style, &fonts))?,
        Kind::Growth => each(subjects, |one| growth::draw(one, style, &fonts))?,
        Kind::Indexed => vec![indexed::draw(&apart, style, &fonts)?],
        Kind::Stacked => of_wholes(subjects, |whole, parts| stacked::draw(whole, parts, style, &fonts))?,
        Kind::Shares => of_wholes(subjects, |whole, parts| shares::draw(whole, parts, style, &fonts))?,
        Kind::Bridge => of_wholes(subjects, |whole, parts| bridge::draw(whole, parts, style, &fonts))?,
        Kind::Compare if (2..=MOST_COMPARED).contains(&apart.len()) => vec![comparison::draw(&apart, style, &fonts)?],
        Kind::Compare => return Err(ChartError::Compared { count: apart.len() }),
        Kind::Multiples => multiples::draw(&apart, style, &fonts)?,
    };
    Ok(drawn.into_iter().map(|drawn| finish(drawn, asked, &fonts)).collect())
}

/// The wholes that are not drawn because their parts are: every one, but for kinds that show a whole with its parts.
pub fn left_out<'a>(subjects: &[Subject<'a>], style: &Style) -> Vec<Subject<'a>> {
    let apart = without_wholes(subjects);
    let with_parts = match style.kind {
        Kind::Auto => apart.len() > 1 && columns_by_default(style) && stacked::suits(&apart),
        Kind::Fan | Kind::Compare | Kind::Multiples | Kind::Indexed => false,
        Kind::Bars | Kind::Growth | Kind::Stacked | Kind::Shares | Kind::Bridge => true,
    };
    let is_apart = |subject: &Subject<'_>| apart.iter().any(|one| std::ptr::eq(one.series, subject.series));
    subjects.iter().filter(|subject| !with_parts && !is_apart(subject)).copied().collect()
}

/// Whether nothing is asked for that columns do not have.
fn columns_by_default(style: &Style) -> bool {
    style.scale != ScaleChoice::Log && style.along.is_none()
}

/// The kind that suits the subjects.
fn suited(subjects: &[Subject<'_>], apart: &[Subject<'_>], style: &Style, fonts: &Fonts<'_>) -> Result<Vec<Drawn>, ChartError> {
    let columns = columns_by_default(style);
    Ok(match apart {
        [] => return Err(ChartError::Nothing),
        [one] if columns && bars::suits(one) => vec![bars::draw(*one, style, fonts)?],
        [one] => vec![fan::draw(*one, style, fonts)?],
        parts if columns && stacked::suits(parts) => {
            of_wholes(subjects, |whole, parts| stacked::draw(whole, parts, style, fonts))?
        }
        several if several.len() <= MOST_COMPARED => vec![comparison::draw(several, style, fonts)?],
        many => multiples::draw(many, style, fonts)?,
    })
}

fn each(subjects: &[Subject<'_>], draw: impl Fn(Subject<'_>) -> Result<Drawn, ChartError>) -> Result<Vec<Drawn>, ChartError> {
    subjects.iter().map(|one| draw(*one)).collect()
}

/// A picture of each whole that has two parts or more among the subjects.
fn of_wholes(
    subjects: &[Subject<'_>],
    draw: impl Fn(Option<Subject<'_>>, &[Subject<'_>]) -> Result<Drawn, ChartError>,
) -> Result<Vec<Drawn>, ChartError> {
    let wholes: BTreeSet<&str> = subjects.iter().filter_map(|one| one.projection.parent.as_deref()).collect();
    let of = |whole: &str| -> Vec<Subject<'_>> {
        subjects.iter().filter(|one| one.projection.parent.as_deref() == Some(whole)).copied().collect()
    };
    let families = wholes.into_iter().map(|whole| (whole, of(whole))).filter(|(_, parts)| parts.len() > 1);
    let find = |name: &str| subjects.iter().find(|one| one.series.name() == name).copied();
    let drawn: Vec<Drawn> = families.map(|(whole, parts)| draw(find(whole), &parts)).collect::<Result<_, _>>()?;
    if drawn.is_empty() { Err(ChartError::NoParts) } else { Ok(drawn) }
}

/// Lays out the chart of one series overtaking another: both fans above, the probability below.
///
/// # Errors
///
/// As [`draw`].
pub fn draw_crossing(subjects: &[Subject<'_>; 2], crossing: &Crossing<'_>, style: &Style) -> Result<Chart, ChartError> {
    check(subjects, style)?;
    let asked = style;
    let style = &style.prepared(subjects);
    let fonts = Fonts::new(style.font.as_deref())?;
    Ok(finish(crossover::draw(subjects, crossing, style, &fonts)?, asked, &fonts))
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
    Ok(finish(coverage::draw(coverage, &style.prepared(&[]), &fonts)?, style, &fonts))
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
    Ok(finish(scenarios::draw(plain, under, &style.prepared(&[plain]), &fonts)?, style, &fonts))
}

fn finish(mut drawn: Drawn, style: &Style, fonts: &Fonts<'_>) -> Chart {
    if let Some(size) = style.size {
        let factor = shrinkage(size);
        if factor > 1.0 {
            drawn.scene.shrink(factor, size);
        }
    }
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
        && !((360..=8000).contains(&width) && (300..=8000).contains(&height))
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
        if first != second && style.kind != Kind::Indexed {
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
