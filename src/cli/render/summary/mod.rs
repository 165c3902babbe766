//! What a person reads: one block for each projected series.

mod derived;
pub mod parts;
mod scenarios;

use std::fmt::Write as _;

use topline::calendar::{FiscalCalendar, Period, Step};
use topline::money::{Amount, short};
use topline::project::growth::{CLASSES, Class};
use topline::project::{Details, Level, Milestone, Projection, Row, TargetOdds};
use topline::series::{Fact, Figure, Measure, Role, Series};

use crate::cli::io::peers;
use crate::cli::render::shown::shown;
use crate::cli::render::style::{ACCENT, BOLD, DIM};
use crate::cli::render::table::{Cell, align};

pub use scenarios::side_by_side;

/// Width of the words in front of a line: `Last figure  `.
const MARGIN: usize = 13;

/// The block of one series.
pub fn block(series: &Series, projection: &Projection) -> String {
    let mut out = format!("{ACCENT}{}{ACCENT:#}\n", shown(&projection.series));
    line(&mut out, "Last figure", &last_figure(series));
    out.push('\n');
    out += &milestones(projection);
    out.push('\n');
    out += &derived::table(projection, level_shown(&projection.levels));
    for odds in target_lines(series, projection) {
        line(&mut out, "Target", &odds);
    }
    if let Some(text) = not_fitted(series) {
        line(&mut out, "Not fitted", &text);
    }
    line(&mut out, "Method", &format!("{}: {}", projection.method, projection.reason));
    for (word, text) in assumptions(series, projection) {
        line(&mut out, word, &text);
    }
    out
}

fn line(out: &mut String, word: &str, text: &str) {
    let _ = writeln!(out, "  {DIM}{word:<MARGIN$}{DIM:#}{text}");
}

fn last_figure(series: &Series) -> String {
    let Some(figure) = series.observations().next_back() else { return String::new() };
    let remarks: Vec<&str> = [figure.note(), figure.source().map(short_source)].into_iter().flatten().collect();
    let remarks = if remarks.is_empty() { String::new() } else { format!(" ({})", remarks.join("; ")) };
    format!("{BOLD}{}{BOLD:#}{remarks}", described(figure, series))
}

/// The host of an address, and any other source as it is: `www.cnbc.com/2025/06/09/…` becomes `cnbc.com`.
fn short_source(source: &str) -> &str {
    let Some((_, rest)) = source.split_once("://") else { return source };
    let host = rest.split(['/', '?', ' ']).next().unwrap_or(rest);
    host.strip_prefix("www.").unwrap_or(host)
}

/// `$10B run-rate in June 2025`, `$43B revenue in 2024`.
fn described(figure: &Figure, series: &Series) -> String {
    let (currency, calendar) = (series.currency(), series.calendar());
    let amount = figure.fact.amount().map(|amount| short(amount.value(), currency) + " ").unwrap_or_default();
    let when = when(figure.period, calendar);
    match figure.fact {
        Fact::Revenue(_) => format!("{amount}{} in {when}", series.quantity()),
        Fact::RunRate(_) => format!("{amount}run-rate in {when}"),
        Fact::Target { .. } => format!("{amount}target for {when}"),
        Fact::Contract(_) => format!("{amount}contract of {when}"),
        Fact::Event(_) => format!("{amount}event of {when}"),
    }
}

/// A period in words: `June 2025`, `2024`, `Q3 2024`.
pub fn when(period: Period, calendar: FiscalCalendar) -> String {
    match calendar.step_of(period) {
        Some(Step::Month) => format!("{} {}", period.last().long_name(), period.last().year()),
        Some(Step::Quarter | Step::Half) => {
            // `2025Q1` reads better as `Q1 2025`.
            let name = calendar.name(period);
            let (year, part) = name.split_at(name.len() - 2);
            format!("{part} {year}")
        }
        _ => calendar.name(period),
    }
}

/// The level of the summary: 80% if it was asked for, else the middle one.
fn level_shown(levels: &[Level]) -> Option<usize> {
    let eighty = levels.iter().position(|level| level.to_string() == "80");
    eighty.or_else(|| levels.len().checked_sub(1).map(|last| last / 2))
}

fn milestones(projection: &Projection) -> String {
    let named = |mut cells: Vec<Cell>, name: Cell| {
        cells.insert(0, name);
        cells
    };
    let mut rows: Vec<Vec<Cell>> = heads(projection).map(|cells| named(cells, Cell::left(""))).into();
    for milestone in &projection.milestones {
        rows.push(named(amounts(projection, milestone), Cell::left(projection.calendar.name(milestone.period))));
    }
    align(&rows, 2, 3)
}

/// The two rows above [`amounts`].
fn heads(projection: &Projection) -> [Vec<Cell>; 2] {
    let levels = &projection.levels;
    let level = level_shown(levels).map(|index| format!("{}% interval", levels[index])).unwrap_or_default();
    let left = |text: &str| Cell::left(text).styled(DIM);
    let right = |text: &str| Cell::right(text).styled(DIM);
    [
        vec![right("run-rate"), left("at the end"), right(projection.quantity.name()), left("of the year"), right("growth")],
        vec![right("median"), left(&level), right("median"), left(&level), right("a year")],
    ]
}

/// What is foreseen at a milestone: run-rate and revenue with an interval each, and the growth.
fn amounts(projection: &Projection, milestone: &Milestone) -> Vec<Cell> {
    let amount = |value: f64| short(value, projection.currency);
    let interval = |row: &Row| match level_shown(&projection.levels) {
        Some(index) => format!("{} to {}", amount(row.intervals[index].lo), amount(row.intervals[index].hi)),
        None => String::new(),
    };
    let Milestone { revenue, run_rate, growth, .. } = milestone;
    vec![
        Cell::right(amount(run_rate.median)).styled(BOLD),
        Cell::left(interval(run_rate)),
        Cell::right(amount(revenue.median)).styled(BOLD),
        Cell::left(interval(revenue)),
        Cell::right(growth.map(percent_change).unwrap_or_default()),
    ]
}

/// `+5.1%`, `−3%`, `+210%`.
pub fn percent_change(growth: f64) -> String {
    let percent = growth * 100.0;
    if !percent.is_finite() {
        return "–".to_owned();
    }
    let sign = if percent < 0.0 { "−" } else { "+" };
    let size = percent.abs();
    if size < 9.95 { format!("{sign}{size:.1}%") } else { format!("{sign}{size:.0}%") }
}

/// A probability as a percentage, never as certainty: `20%`, `under 1%`, `over 99%`.
pub fn chance(probability: f64) -> String {
    if probability < 0.01 {
        "under 1%".to_owned()
    } else if probability > 0.99 {
        "over 99%".to_owned()
    } else {
        format!("{:.0}%", probability * 100.0)
    }
}

/// How a target is read: `as the revenue of 2025`.
fn reading(odds: &TargetOdds, calendar: FiscalCalendar) -> String {
    match odds.reading {
        Measure::Revenue => format!("as the revenue of {}", when(odds.period, calendar)),
        Measure::RunRate => format!("as the run-rate in {}", when(odds.period.last().into(), calendar)),
    }
}

/// One line a target: its odds under each reading.
fn target_lines(series: &Series, projection: &Projection) -> Vec<String> {
    let mut lines: Vec<(usize, String)> = Vec::new();
    for odds in &projection.targets {
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
    lines.into_iter().map(|(_, line)| line).collect()
}

/// Contracts, events, and targets that are past: what was read and plays no part.
fn not_fitted(series: &Series) -> Option<String> {
    const SHOWN: usize = 3;
    let origin = series.origin()?;
    let figures = series.figures().iter().zip(series.roles());
    let left_out = figures.filter(|(figure, role)| match figure.fact {
        Fact::Target { .. } => figure.period.last() <= origin && **role == Role::NotRevenue,
        Fact::Contract(_) | Fact::Event(_) => true,
        _ => false,
    });
    let texts: Vec<String> = left_out.map(|(figure, _)| described(figure, series)).collect();
    match texts.len() {
        0 => None,
        count if count > SHOWN => Some(format!("{}, and {} more", texts[..SHOWN].join(", "), count - SHOWN)),
        _ => Some(texts.join(", ")),
    }
}

/// What the answer rests on beyond the figures.
fn assumptions(series: &Series, projection: &Projection) -> Vec<(&'static str, String)> {
    let mut lines = Vec::new();
    if let Details::Growth(growth) = &projection.details {
        lines.push(("Peers", peers::told(growth)));
        lines.push(("Moves like", moves_like(growth)));
    }
    let observed = series.observations().next_back().and_then(|figure| figure.fact.observes());
    let growth_of = match observed {
        Some(Measure::RunRate) => format!("of the median run-rate since {}", when(projection.origin.into(), series.calendar())),
        _ => "of the median revenue on the year before".to_owned(),
    };
    lines.push(("Growth", growth_of));
    lines
}

/// The classes that the series is taken to move like, and what the first of them means.
fn moves_like(growth: &topline::project::growth::Details) -> String {
    let mut classes: Vec<(f64, &Class)> = growth.weights.iter().copied().zip(&CLASSES).collect();
    classes.sort_by(|a, b| b.0.total_cmp(&a.0));
    let told = classes.iter().filter(|(weight, _)| *weight >= 0.05);
    let told: Vec<String> = told.map(|(weight, class)| format!("{:.0}% {}", weight * 100.0, class.name)).collect();
    let first = classes.first().map(|(_, class)| format!("; {}: {}", class.name, class.says)).unwrap_or_default();
    format!("{}{first}", told.join(", "))
}
