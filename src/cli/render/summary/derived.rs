//! Derived figures as a table: the latest that follows from stated figures, and one for the end of each year ahead.

use topline::project::{Derivation, Derived, Projection};
use topline::report::derived::{label, shown, when_of, written};

use super::View;
use crate::cli::args::MeasureArg;
use crate::cli::render::style::{BOLD, DIM};
use crate::cli::render::table::{Cell, fit};

/// The table, with an empty line after it; nothing if nothing is derived. `level` is the place of the level shown.
pub fn table(projection: &Projection, level: Option<usize>, view: &View) -> String {
    // Twelve months that the summary begins with are not told again.
    let again = |derived: &Derived| view.measure == Some(MeasureArg::Ttm) && derived.derivation == Derivation::Trailing;
    if projection.derived.iter().all(again) {
        return String::new();
    }
    let dim = |text: String| Cell::left(text).styled(DIM);
    let interval = level.map(|level| format!("{}% interval", projection.levels[level])).unwrap_or_default();
    let mut rows = vec![vec![
        dim("derived".to_owned()),
        dim("of".to_owned()),
        Cell::right("median").styled(DIM),
        dim(interval).joined(),
        dim("from".to_owned()).wraps(),
    ]];
    let mut label_before = String::new();
    for derived in shown(projection).filter(|derived| !again(derived)) {
        let label = label(derived);
        let value = |value: Option<f64>| value.map_or_else(|| "never".to_owned(), |value| written(derived, value, projection));
        let ends = match (&derived.intervals, level) {
            (Some(intervals), Some(level)) => format!("{} to {}", value(intervals[level].0), value(intervals[level].1)),
            _ => String::new(),
        };
        let base = derived.base.map(|base| format!("on {}", when_of(derived, base, projection)));
        let from = [base, derived.stated.then(|| "stated figures".to_owned())];
        rows.push(vec![
            dim(if label == label_before { String::new() } else { label.clone() }),
            Cell::left(when_of(derived, derived.period, projection)),
            Cell::right(value(derived.median)).styled(BOLD),
            Cell::left(ends),
            dim(from.into_iter().flatten().collect::<Vec<_>>().join(", ")),
        ]);
        label_before = label;
    }
    fit(&rows, 2, view.screen.width) + "\n"
}
