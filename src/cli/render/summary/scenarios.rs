//! A series under several scenarios, side by side.

use topline::money::{Amount, short};
use topline::percent::chance;
use topline::project::{Projection, Setting, headline};
use topline::series::Series;

use super::periods::{self, cells, heads, named};
use super::{MARGIN, View, assumptions, derived, last_figure, not_used, reading, when};
use crate::cli::render::lines::labelled;
use crate::cli::render::shown::shown;
use crate::cli::render::style::{ACCENT, BOLD};
use crate::cli::render::table::{Cell, fit};

/// The block of a series: the projection as it is, and those under scenarios that assume something of it.
pub fn side_by_side(series: &Series, plain: &Projection, under: &[Projection], view: &View) -> String {
    let assumes = |projection: &&Projection| projection.setting.as_ref().is_some_and(|setting| !setting.assumptions.is_empty());
    let columns: Vec<&Projection> = std::iter::once(plain).chain(under.iter().filter(assumes)).collect();
    let mut out = format!("{ACCENT}{}{ACCENT:#}\n", shown(series.name()));
    let width = view.screen.width;
    labelled(&mut out, "Last figure", &last_figure(series, view), MARGIN, width);
    out.push('\n');
    out += &table(series, &columns, view);
    out.push('\n');
    for projection in &columns {
        let table = derived::table(projection, headline(&projection.levels), view);
        if !table.is_empty() {
            out += &format!("  {BOLD}{}{BOLD:#}\n{table}", name(projection));
        }
    }
    let mut line = |word: &str, text: &str| labelled(&mut out, word, text, MARGIN, width);
    for text in target_lines(series, &columns) {
        line("Target", &text);
    }
    for setting in columns.iter().filter_map(|projection| projection.setting.as_ref()) {
        let note = setting.note.as_deref().map(|note| format!(": {note}")).unwrap_or_default();
        line("Scenario", &format!("{BOLD}{}{BOLD:#}{note}", setting.scenario));
        for assumption in &setting.assumptions {
            line("", assumption);
        }
    }
    if columns.len() <= under.len() {
        let others = under.iter().filter(|projection| !assumes(projection)).map(name).collect::<Vec<_>>().join("; ");
        line("Scenario", &format!("{others}: nothing is assumed here"));
    }
    if let Some(text) = not_used(series) {
        line("Also given", &text);
    }
    line("Method", &format!("{}: {}", plain.method, plain.reason));
    for (word, text) in assumptions(series, plain, view) {
        line(word, &text);
    }
    out
}

fn name(projection: &Projection) -> &str {
    projection.setting.as_ref().map_or(Setting::PLAIN, |setting| &setting.scenario)
}

/// One row a period and scenario.
fn table(series: &Series, columns: &[&Projection], view: &View) -> String {
    let plain = columns[0];
    let lead = periods::lead(series, view);
    let told: Vec<Vec<periods::Line>> =
        columns.iter().map(|projection| periods::lines(series, projection, lead, view)).collect();
    let second = told[0].iter().any(|line| line.second.is_some());
    // Period and scenario are one cell, so that both are repeated where the table is folded.
    let mut rows: Vec<Vec<Cell>> = heads(plain, lead, view, second)
        .map(|mut cells| {
            cells.insert(0, Cell::left(""));
            cells
        })
        .into();
    let periods: Vec<String> = told[0].iter().map(|line| named(line.period, plain.calendar)).collect();
    let margin = periods.iter().map(|name| name.chars().count()).max().unwrap_or(0) + 3;
    for (index, period) in periods.iter().enumerate() {
        for (nth, (projection, lines)) in columns.iter().zip(&told).enumerate() {
            let Some(line) = lines.get(index) else { continue };
            let period = if nth == 0 { period } else { "" };
            let mut row = vec![Cell::left(format!("{period:<margin$}{}", name(projection)))];
            row.extend(cells(line, projection));
            rows.push(row);
        }
    }
    fit(&rows, 2, view.screen.width)
}

/// One line a target and reading: its odds under each scenario.
fn target_lines(series: &Series, columns: &[&Projection]) -> Vec<String> {
    let calendar = series.calendar();
    let odds = columns[0].targets.iter().enumerate().map(|(index, first)| {
        let figure = &series.figures()[first.figure];
        let amount = short(figure.fact.amount().map_or(0.0, Amount::value), series.currency());
        let reading = reading(first, calendar);
        let each = columns.iter().map(|projection| {
            let probability = projection.targets[index].probability;
            format!("{BOLD}{}{BOLD:#} {}", chance(probability), name(projection))
        });
        let each = each.collect::<Vec<_>>().join(", ");
        format!("{amount} for {}, how likely {reading}: {each}", when(figure.period, calendar))
    });
    odds.collect()
}
