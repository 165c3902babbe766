//! Derived figures as a table: the latest that follows from stated figures, and one for the end of each year ahead.

use topline::money::projected;
use topline::percent;
use topline::project::{Derivation, Derived, Projection};
use topline::series::Measure;

use super::{View, spoken};
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

/// Of each name, the last that is stated and those that end with a milestone's period.
fn shown(projection: &Projection) -> impl Iterator<Item = &Derived> {
    let all = &projection.derived;
    all.iter().enumerate().filter_map(move |(at, derived)| {
        let same =
            |other: &Derived| (other.derivation, other.measure, other.stated) == (derived.derivation, derived.measure, true);
        let last_stated = derived.stated && !all[at + 1..].iter().any(same);
        let first_next = derived.derivation == Derivation::Next && derived.period.first() == projection.origin.plus(1);
        let ends = projection.milestones.iter().any(|milestone| milestone.period.last() == derived.period.last());
        (last_stated || first_next || !derived.stated && ends).then_some(derived)
    })
}

/// A period as its figure reads it: a run-rate is that of the last month.
fn when_of(derived: &Derived, period: topline::calendar::Period, projection: &Projection) -> String {
    let period = if derived.measure == Measure::RunRate { period.last().into() } else { period };
    spoken(period, projection.calendar)
}

fn label(derived: &Derived) -> String {
    let of = match derived.measure {
        Measure::Revenue => "revenue",
        Measure::RunRate => "run-rate",
    };
    match derived.derivation {
        Derivation::YearOnYear => format!("{of}, year on year"),
        Derivation::Cagr => format!("{of}, CAGR"),
        Derivation::Cmgr => format!("{of}, CMGR"),
        Derivation::Doubling => format!("{of}, months to double"),
        Derivation::Trailing => "trailing twelve months".to_owned(),
        Derivation::Next => "next twelve months".to_owned(),
        Derivation::ExitRate => "exit rate".to_owned(),
        Derivation::Cumulative => "cumulative".to_owned(),
    }
}

fn written(derived: &Derived, value: f64, projection: &Projection) -> String {
    match derived.derivation {
        derivation if derivation.is_amount() => projected(value, projection.currency),
        Derivation::Doubling => format!("{value:.0}"),
        _ => percent::change(value),
    }
}
