//! How often prediction intervals held in a backtest: a line for each method over the steps ahead, beside the share that is right.
//!
//! The counts come from a backtest, which is not this module's: see [`Coverage`].

use plotters::style::{Color, RGBColor};

use crate::chart::font::{Fonts, Weight};
use crate::chart::labels::{Rect, spread};
use crate::chart::scene::{Align, Type, baseline_for_middle, point};
use crate::chart::sheet::{AXIS, Key, LABEL_GAP, Run, Sheet, Sign};
use crate::chart::{ChartError, Drawn, MOST_COMPARED, Style};

/// What a chart of coverage shows.
#[derive(Clone, Debug)]
pub struct Coverage<'a> {
    /// Of which series: a name, or how many.
    pub about: &'a str,
    /// Level of the intervals in percent: the share of outcomes that is right.
    pub level: f64,
    /// What a step is, in the plural: `quarters`.
    pub steps: &'a str,
    /// From where to where forecasts were made, in words.
    pub origins: &'a str,
    /// The methods: at most [`MOST_COMPARED`] beside the benchmarks.
    pub methods: Vec<Held<'a>>,
}

/// How often the intervals of one method held.
#[derive(Clone, Debug)]
pub struct Held<'a> {
    /// Name of the method.
    pub name: &'a str,
    /// Whether it is there for comparison alone.
    pub benchmark: bool,
    /// For each step from the first: outcomes inside, and outcomes.
    pub steps: Vec<(usize, usize)>,
}

impl Held<'_> {
    /// Over all steps.
    fn overall(&self) -> f64 {
        let (inside, outcomes) = self.steps.iter().fold((0, 0), |(a, b), (inside, outcomes)| (a + inside, b + outcomes));
        share((inside, outcomes)).unwrap_or(0.0)
    }
}

const SIZE: (u32, u32) = (1600, 900);
const LABEL: f64 = 20.0;
/// Two-sided 95% of a normal distribution, in standard deviations.
const TWO_SIDED_95: f64 = 1.96;
/// The most steps that are numbered one by one.
const MOST_NUMBERED: usize = 24;

fn share((inside, outcomes): (usize, usize)) -> Option<f64> {
    (outcomes > 0).then(|| inside as f64 / outcomes as f64)
}

fn percent(share: f64) -> String {
    format!("{:.0}%", 100.0 * share)
}

pub(super) fn draw(coverage: &Coverage<'_>, style: &Style, fonts: &Fonts<'_>) -> Result<Drawn, ChartError> {
    let count = coverage.methods.iter().map(|held| held.steps.len()).max().unwrap_or(0);
    if count == 0 {
        return Err(ChartError::Nothing);
    }
    let coloured = coverage.methods.iter().filter(|held| !held.benchmark).count();
    if coloured > MOST_COMPARED {
        return Err(ChartError::Methods { count: coloured });
    }
    let palette = style.theme.palette();
    let mut sheet = Sheet::new(style.size.unwrap_or(SIZE), fonts, palette);
    let right_share = coverage.level / 100.0;
    let level = format!("{}%", coverage.level);
    let title = style.title.clone().unwrap_or_else(|| title(coverage, &level));
    let about = format!("Share of outcomes inside the {level} interval, by {} ahead. {}", coverage.steps, coverage.origins);
    let subtitle = Run { text: about.clone(), colour: palette.ink_2, weight: Weight::Regular };
    let key = [
        Key { sign: Sign::Line(palette.ink), label: format!("ideal: {level}") },
        Key { sign: Sign::Square(palette.grid), label: "Range expected by chance, for independent outcomes".to_owned() },
    ];
    let top = sheet.header(&title, &[subtitle], &key);
    let bottom = sheet.bottom();
    // What stands at the end of a line says where it ends; the title has the share over all outcomes.
    let label = |held: &Held<'_>| match last(held) {
        Some((_, share)) => format!("{} {}", held.name, percent(share)),
        None => held.name.to_owned(),
    };
    let labels: Vec<String> = coverage.methods.iter().map(label).collect();
    let widest = labels.iter().map(|label| fonts.width(label, Weight::SemiBold) * LABEL).fold(0.0, f64::max);
    let left = sheet.margin + fonts.width("100%", Weight::Regular) * AXIS + 14.0;
    let plot = Rect { left, top, right: sheet.scene.width() - sheet.margin - LABEL_GAP - widest, bottom };
    let at = Places { plot, count };

    luck(&mut sheet, &at, coverage, right_share);
    axes(&mut sheet, &at);
    let y = at.y(right_share);
    sheet.scene.segment((plot.left, y), (plot.right, y), 2.0, palette.ink);
    // The benchmarks first, so that they lie below.
    let mut colours = palette.series.iter().copied();
    let colours: Vec<RGBColor> = coverage
        .methods
        .iter()
        .map(|held| if held.benchmark { palette.ink_3 } else { colours.next().unwrap_or(palette.neutral) })
        .collect();
    for benchmark in [true, false] {
        for (held, colour) in coverage.methods.iter().zip(&colours).filter(|(held, _)| held.benchmark == benchmark) {
            line(&mut sheet, &at, held, *colour);
        }
    }
    ends(&mut sheet, &at, coverage, &labels, &colours);
    let source = style.note.clone().unwrap_or_else(|| format!("topline {}", env!("CARGO_PKG_VERSION")));
    sheet.foot(&source);
    let shares: Vec<String> = coverage.methods.iter().map(described).collect();
    let alt = format!("{title}. {about} {} {source}", shares.join(" "));
    Ok(Drawn { scene: sheet.scene, title, alt, source })
}

/// The method whose share is nearest to the right one, and its share.
fn title(coverage: &Coverage<'_>, level: &str) -> String {
    let miss = |held: &&Held<'_>| (held.overall() - coverage.level / 100.0).abs();
    let asked: Vec<&Held<'_>> = coverage.methods.iter().filter(|held| !held.benchmark).collect();
    let candidates = if asked.is_empty() { coverage.methods.iter().collect() } else { asked };
    let best = candidates.iter().copied().min_by(|a, b| miss(a).total_cmp(&miss(b)));
    let Some(best) = best else { return String::new() };
    let held = percent(best.overall());
    match candidates.len() {
        1 => format!("{}: {held} of outcomes lay inside the {level} intervals of {}", coverage.about, best.name),
        _ => format!("{}: the {level} intervals of {} came closest, with {held} of outcomes inside", coverage.about, best.name),
    }
}

/// One method in words, for those who do not see the chart.
fn described(held: &Held<'_>) -> String {
    let steps: Vec<String> = held.steps.iter().filter_map(|step| share(*step)).map(percent).collect();
    format!("{}: {}; {} of all.", held.name, steps.join(", "), percent(held.overall()))
}

/// Where steps and shares lie.
struct Places {
    plot: Rect,
    count: usize,
}

impl Places {
    /// The middle of a step, counted from 0.
    fn x(&self, step: usize) -> f64 {
        self.plot.left + (step as f64 + 0.5) / self.count as f64 * (self.plot.right - self.plot.left)
    }

    fn y(&self, share: f64) -> f64 {
        self.plot.bottom - share * (self.plot.bottom - self.plot.top)
    }
}

/// Where shares lie by luck alone in 95 of 100 cases: the normal approximation, cut off at all and none.
fn luck(sheet: &mut Sheet<'_>, at: &Places, coverage: &Coverage<'_>, right: f64) {
    let half = (at.plot.right - at.plot.left) / at.count as f64 / 2.0;
    for step in 0..at.count {
        let outcomes = coverage.methods.iter().filter_map(|held| held.steps.get(step)).map(|step| step.1).max().unwrap_or(0);
        if outcomes == 0 {
            continue;
        }
        let reach = TWO_SIDED_95 * (right * (1.0 - right) / outcomes as f64).sqrt();
        let (x, lo, hi) = (at.x(step), (right - reach).max(0.0), (right + reach).min(1.0));
        let rect = Rect { left: x - half, top: at.y(hi), right: x + half, bottom: at.y(lo) };
        sheet.scene.block(rect, sheet.palette.grid.mix(1.0));
    }
}

fn axes(sheet: &mut Sheet<'_>, at: &Places) {
    let Rect { left, right, bottom, .. } = at.plot;
    let palette = sheet.palette;
    let look = Type::new(AXIS, Weight::Regular, palette.ink_2);
    for fifth in 0..=5 {
        let share = f64::from(fifth) / 5.0;
        let y = at.y(share);
        if fifth > 0 {
            sheet.scene.segment((left, y), (right, y), 1.25, palette.grid);
        }
        sheet.scene.write(sheet.fonts, &percent(share), (left - 12.0, baseline_for_middle(y, AXIS)), Align::Right, look);
    }
    sheet.scene.segment((left, bottom), (right, bottom), 1.6, palette.axis);
    let every = at.count.div_ceil(MOST_NUMBERED);
    for step in (0..at.count).filter(|step| (step + 1) % every == 0) {
        let x = at.x(step);
        sheet.scene.segment((x, bottom), (x, bottom + 7.0), 1.6, palette.axis);
        sheet.scene.write(sheet.fonts, &(step + 1).to_string(), (x, bottom + 31.0), Align::Centre, look);
    }
}

fn line(sheet: &mut Sheet<'_>, at: &Places, held: &Held<'_>, colour: RGBColor) {
    let places: Vec<(f64, f64)> =
        held.steps.iter().enumerate().filter_map(|(step, counts)| Some((at.x(step), at.y(share(*counts)?)))).collect();
    let (width, radius) = if held.benchmark { (2.0, 4.0) } else { (4.0, 6.0) };
    sheet.scene.line(places.iter().map(|(x, y)| point(*x, *y)).collect(), width, colour.mix(1.0));
    for (x, y) in places {
        sheet.scene.disc(point(x, y), radius, colour.mix(1.0));
    }
}

/// The last step that has outcomes, and the share there.
fn last(held: &Held<'_>) -> Option<(usize, f64)> {
    held.steps.iter().enumerate().rev().find_map(|(step, counts)| Some((step, share(*counts)?)))
}

/// The names at the right, moved apart where lines end close together.
fn ends(sheet: &mut Sheet<'_>, at: &Places, coverage: &Coverage<'_>, labels: &[String], colours: &[RGBColor]) {
    let found: Vec<(usize, (usize, f64))> =
        coverage.methods.iter().enumerate().filter_map(|(index, held)| Some((index, last(held)?))).collect();
    let wanted: Vec<f64> = found.iter().map(|(_, (_, share))| at.y(*share)).collect();
    let heights = vec![LABEL * 1.4; found.len()];
    let Some(middles) = spread(&wanted, &heights, at.plot.top - 20.0, at.plot.bottom + 10.0) else { return };
    for (((index, (step, _)), wanted), middle) in found.into_iter().zip(wanted).zip(middles) {
        let colour = colours[index];
        let from = (at.x(step) + 10.0, wanted);
        let corner = [from, (at.plot.right, wanted), (at.plot.right + LABEL_GAP - 6.0, middle)];
        sheet.scene.line(corner.map(|(x, y)| point(x, y)).to_vec(), 1.4, colour.mix(1.0));
        let look = Type::new(LABEL, Weight::SemiBold, colour);
        let place = (at.plot.right + LABEL_GAP, baseline_for_middle(middle, LABEL));
        sheet.scene.write(sheet.fonts, &labels[index], place, Align::Left, look);
    }
}
