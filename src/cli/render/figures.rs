//! Figures as they were understood, as a table.

use std::fmt::Write as _;

use anstyle::Style;
use topline::money::{Amount, in_full};
use topline::report::words::{dated, kind, used_as};
use topline::series::{Figure, Role, Series};

use crate::cli::render::shown::shown;
use crate::cli::render::style::{ACCENT, BOLD, DIM};
use crate::cli::render::table::{Cell, fit};

/// The figures of a series, a row each.
pub fn block(series: &Series, width: usize) -> String {
    let calendar = series.calendar();
    let mut out = format!("{ACCENT}{}{ACCENT:#}\n", shown(series.name()));
    let year_end = if calendar.is_calendar_year() {
        String::new()
    } else {
        let month = calendar.year(2000).map(|year| year.last().long_name()).unwrap_or_default();
        format!(", fiscal years end in {month}")
    };
    let (figures, observations) = (series.figures().len(), series.observations().count());
    let plural = |count| if count == 1 { "" } else { "s" };
    let part = series.parent().map(|parent| format!("; a part of {parent}")).unwrap_or_default();
    let part = part + &series.peers().map(|peers| format!("; peers {peers}")).unwrap_or_default();
    let _ = writeln!(
        out,
        "  {figures} figure{} in {}{year_end}; {observations} observation{} to fit{part}",
        plural(figures),
        series.currency(),
        plural(observations)
    );
    let head = ["line", "as written", "", "kind", "for", "months", "amount", "precision"];
    let mut rows = vec![head.map(|text| Cell::left(text).styled(DIM)).to_vec()];
    // Its precision stays beside the amount.
    if let Some(precision) = rows[0].pop() {
        rows[0].push(precision.joined());
    }
    rows[0].push(Cell::left("used as").styled(DIM).wraps());
    rows.extend(series.figures().iter().zip(series.roles()).map(|(figure, role)| row(series, figure, *role)));
    out + &fit(&rows, 2, width)
}

fn row(series: &Series, figure: &Figure, role: Role) -> Vec<Cell> {
    let written = |pick: fn(&topline::series::Written) -> &String| figure.written().map(pick).cloned().unwrap_or_default();
    let amount = figure.fact.amount();
    let fitted = role == Role::Fitted;
    vec![
        Cell::right(figure.place.as_ref().map(|place| place.line.to_string()).unwrap_or_default()).styled(DIM),
        Cell::left(written(|written| &written.period)),
        Cell::left(written(|written| &written.value)),
        Cell::left(kind(series, figure)),
        Cell::left(dated(figure, series.calendar())),
        Cell::right(figure.period.months().to_string()),
        Cell::right(amount.map(|amount| in_full(amount.value())).unwrap_or_default()),
        Cell::right(amount.map(precision).unwrap_or_default()),
        Cell::left(used_as(series, role, &figure.fact)).styled(if fitted { BOLD } else { Style::new() }),
    ]
}

/// The rounding as half a unit of the last stated digit, in percent: `±5%`; `exact` from four significant digits on.
fn precision(amount: Amount) -> String {
    if amount.rounding() == 0.0 {
        return "exact".to_owned();
    }
    let percent = 50.0 * amount.unit() / amount.value().abs();
    if percent < 0.95 { format!("±{percent:.2}%") } else { format!("±{percent:.0}%") }
}
