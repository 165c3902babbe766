//! What a person reads: one block for each projected series, or one table of many.

pub mod compact;
mod derived;
pub mod parts;
mod periods;
mod scenarios;

use topline::calendar::{FiscalCalendar, Month, Step};
use topline::money::{Amount, short};
use topline::percent::{chance, whole};
use topline::project::growth::{CLASSES, Class};
use topline::project::{Details, Projection, TargetOdds, headline};
use topline::question::settled::{self, Settled};
use topline::report::words::{self, described, peers, reading};
use topline::series::{Fact, Role, Series};

use crate::cli::args::MeasureArg;
use crate::cli::render::lines::labelled;
use crate::cli::render::plot;
use crate::cli::render::screen::Screen;
use crate::cli::render::shown::shown;
use crate::cli::render::style::{ACCENT, BOLD};

pub use periods::Line;
pub use scenarios::side_by_side;
pub use topline::report::words::when;

/// Width of the words in front of a line: `Last figure  `.
const MARGIN: usize = 13;

/// What of the projections is shown, and where.
#[derive(Clone, Copy, Debug)]
pub struct View {
    pub screen: Screen,
    /// What the answer begins with; by the figures if nobody says.
    pub measure: Option<MeasureArg>,
    /// The length of the periods that were asked for; years if nobody says.
    pub step: Option<Step>,
    /// Whether a chart is drawn in text.
    pub chart: bool,
    /// Whether all that was found is told.
    pub verbose: bool,
    /// The last month in which any series has a figure.
    pub latest: Option<Month>,
}

/// The block of one series.
pub fn block(series: &Series, projection: &Projection, view: &View) -> String {
    let mut out = format!("{ACCENT}{}{ACCENT:#}\n", shown(&projection.series));
    let width = view.screen.width;
    labelled(&mut out, "Last figure", &last_figure(series, view), MARGIN, width);
    out.push('\n');
    out += &periods::table(series, projection, view);
    out.push('\n');
    if view.chart {
        let lead = periods::lead(series, view);
        out += &plot::fan(series, projection, lead, &periods::lines(series, projection, lead, view), width);
    }
    out += &derived::table(projection, headline(&projection.levels), view);
    let mut line = |word: &str, text: &str| labelled(&mut out, word, text, MARGIN, width);
    for odds in target_lines(series, projection) {
        line("Target", &odds);
    }
    if let Some(text) = not_used(series) {
        line("Also given", &text);
    }
    line("Method", &format!("{}: {}", projection.method, projection.reason));
    for (word, text) in assumptions(series, projection, view) {
        line(word, &text);
    }
    out
}

fn last_figure(series: &Series, view: &View) -> String {
    let Some((figure, aside)) = words::last_figure(series, view.latest) else { return String::new() };
    format!("{BOLD}{figure}{BOLD:#}{aside}")
}

/// One line a target: its odds under each reading.
fn target_lines(series: &Series, projection: &Projection) -> Vec<String> {
    let mut lines: Vec<(usize, String)> = Vec::new();
    let mut targets: Vec<&TargetOdds> = projection.targets.iter().collect();
    // The reading in which the figures are told stands first.
    targets.sort_by_key(|odds| (odds.figure, odds.reading != series.lead()));
    for odds in targets {
        let calendar = series.calendar();
        let text = format!("{BOLD}{}{BOLD:#} likely {}", chance(odds.probability), reading(odds, calendar));
        match lines.last_mut() {
            Some((figure, line)) if *figure == odds.figure => *line = format!("{line}, {text}"),
            _ => {
                let figure = &series.figures()[odds.figure];
                let amount = figure.fact.amount().map_or(0.0, Amount::value);
                lines.push((
                    odds.figure,
                    format!("{} for {}: {text}", short(amount, series.currency()), when(figure.period, calendar)),
                ));
            }
        }
    }
    let past = settled_lines(&settled::by_figures(series), series.calendar());
    past.into_iter().chain(lines.into_iter().map(|(_, line)| line)).collect()
}

/// One line a target of the past: how it turned out under each reading.
pub fn settled_lines(settled: &[Settled], calendar: FiscalCalendar) -> Vec<String> {
    let line = |readings: &[Settled]| {
        let texts: Vec<String> = readings.iter().map(ToString::to_string).collect();
        format!("{} for {}: {}", readings[0].target(), when(readings[0].period, calendar), texts.join("; "))
    };
    settled.chunk_by(|a, b| a.figure == b.figure).map(line).collect()
}

/// Contracts, events, and targets of the past that no figure settles: what was read and plays no part.
fn not_used(series: &Series) -> Option<String> {
    const SHOWN: usize = 3;
    let origin = series.origin()?;
    let settled = settled::by_figures(series);
    let is_open = |index: usize| settled.iter().all(|settled| settled.figure != index);
    let figures = series.figures().iter().zip(series.roles()).enumerate();
    let left_out = figures.filter(|(index, (figure, role))| match figure.fact {
        Fact::Target { .. } => figure.period.last() <= origin && **role == Role::NotRevenue && is_open(*index),
        Fact::Contract(_) | Fact::Event(_) => true,
        _ => false,
    });
    let texts: Vec<String> = left_out.map(|(_, (figure, _))| described(figure, series)).collect();
    let list = match texts.len() {
        0 => return None,
        count if count > SHOWN => format!("{}, and {} more", texts[..SHOWN].join(", "), count - SHOWN),
        _ => texts.join(", "),
    };
    Some(format!("{list}: shown but not used"))
}

/// What the answer rests on beyond the figures.
fn assumptions(series: &Series, projection: &Projection, view: &View) -> Vec<(&'static str, String)> {
    let mut lines = Vec::new();
    if let Details::Growth(growth) = &projection.details {
        lines.push(("Peers", peers(growth)));
        if view.verbose {
            lines.push(("Like", moves_like(growth)));
        }
    } else if periods::lead(series, view) == MeasureArg::RunRate {
        lines.push(("Run-rate", "the last month of the period times twelve, with its season".to_owned()));
    }
    lines
}

/// The classes of growth that the figures are like, each by what it does: how fast it grows, and how far it strays.
fn moves_like(growth: &topline::project::growth::Details) -> String {
    let mut classes: Vec<(f64, &Class)> = growth.weights.iter().copied().zip(&CLASSES).collect();
    classes.sort_by(|a, b| b.0.total_cmp(&a.0));
    let told = classes.iter().filter(|(weight, _)| *weight >= 0.05);
    let told: Vec<String> = told.map(|(weight, class)| format!("{} {}", whole(*weight), traits(class))).collect();
    told.join("; ")
}

/// A class in numbers: its growth at first and in the long run, how far the level strays in a year, and its seasons.
fn traits(class: &Class) -> String {
    let change = |log: f64| topline::percent::change(libm::expm1(log));
    let season = if class.season >= 0.05 { format!(", with seasons of {}", whole(class.season)) } else { String::new() };
    format!(
        "{} (growth of {} a year at first and {} in the long run, from which a year strays by {}{season})",
        class.name,
        change(class.growth_mean),
        change(class.mu),
        whole(class.sigma_level)
    )
}
