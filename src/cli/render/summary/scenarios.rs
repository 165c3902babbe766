//! A series under several scenarios, side by side.

use topline::money::{Amount, short};
use topline::project::{Projection, Setting};
use topline::series::Series;

use super::{amounts, assumptions, chance, derived, heads, last_figure, level_shown, line, not_fitted, reading, when};
use crate::cli::render::shown::shown;
use crate::cli::render::style::{ACCENT, BOLD};
use crate::cli::render::table::{Cell, align};

/// The block of a series: the projection as it is, and those under scenarios that assume something of it.
pub fn side_by_side(series: &Series, plain: &Projection, under: &[Projection]) -> String {
    let assumes = |projection: &&Projection| projection.setting.as_ref().is_some_and(|setting| !setting.assumptions.is_empty());
    let columns: Vec<&Projection> = std::iter::once(plain).chain(under.iter().filter(assumes)).collect();
    let mut out = format!("{ACCENT}{}{ACCENT:#}\n", shown(series.name()));
    line(&mut out, "Last figure", &last_figure(series));
    out.push('\n');
    out += &table(&columns);
    out.push('\n');
    for projection in &columns {
        let table = derived::table(projection, level_shown(&projection.levels));
        if !table.is_empty() {
            out += &format!("  {BOLD}{}{BOLD:#}\n{table}", name(projection));
        }
    }
    for text in target_lines(series, &columns) {
        line(&mut out, "Target", &text);
    }
    for setting in columns.iter().filter_map(|projection| projection.setting.as_ref()) {
        let note = setting.note.as_deref().map(|note| format!(": {note}")).unwrap_or_default();
        line(&mut out, "Scenario", &format!("{BOLD}{}{BOLD:#}{note}", setting.scenario));
        for assumption in &setting.assumptions {
            line(&mut out, "", assumption);
        }
    }
    if columns.len() <= under.len() {
        let others = under.iter().filter(|projection| !assumes(projection)).map(name).collect::<Vec<_>>().join("; ");
        line(&mut out, "Scenario", &format!("{others}: nothing is assumed here"));
    }
    if let Some(text) = not_fitted(series) {
        line(&mut out, "Not fitted", &text);
    }
    line(&mut out, "Method", &format!("{}: {}", plain.method, plain.reason));
    for (word, text) in assumptions(series, plain) {
        line(&mut out, word, &text);
    }
    out
}

fn name(projection: &Projection) -> &str {
    projection.setting.as_ref().map_or(Setting::PLAIN, |setting| &setting.scenario)
}

/// One row a milestone and scenario.
fn table(columns: &[&Projection]) -> String {
    let plain = columns[0];
    let named = |cells: Vec<Cell>, names: [&str; 2]| names.map(Cell::left).into_iter().chain(cells).collect::<Vec<Cell>>();
    let mut rows: Vec<Vec<Cell>> = heads(plain).map(|cells| named(cells, ["", ""])).into();
    for index in 0..plain.milestones.len() {
        for (nth, projection) in columns.iter().enumerate() {
            let milestone = &projection.milestones[index];
            let period = if nth == 0 { plain.calendar.name(milestone.period) } else { String::new() };
            rows.push(named(amounts(projection, milestone), [&period, name(projection)]));
        }
    }
    align(&rows, 2, 3)
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
