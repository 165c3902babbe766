//! Many series in one table, a row each.

use std::collections::{BTreeMap, BTreeSet};

use topline::calendar::{Month, Period};
use topline::money::projected;
use topline::percent;
use topline::project::headline;
use topline::run::Projected;
use topline::series::Measure;

use super::periods::{self, Line, named};
use super::{View, target_lines, when};
use crate::cli::args::MeasureArg;
use crate::cli::render::lines::labelled;
use crate::cli::render::shown::shown;
use crate::cli::render::style::{ACCENT, BOLD, DIM};
use crate::cli::render::table::{Cell, fit};

/// The most periods that are shown: the first ones, and the last.
const MOST_PERIODS: usize = 4;

/// One row a series: its last figure, its medians, the interval of the last period and the growth to it.
pub fn table(all: &[Projected<'_>], view: &View) -> String {
    let Some(first) = all.first() else { return String::new() };
    let only_run_rates = all.iter().all(|one| one.series.lead() == Measure::RunRate);
    let lead = view.measure.unwrap_or(if only_run_rates { MeasureArg::RunRate } else { MeasureArg::Revenue });
    let told: Vec<Vec<Line>> = all.iter().map(|one| periods::lines(one.series, &one.projection, lead, view)).collect();
    let shown_periods = periods_shown(&told);
    let last = shown_periods.last().copied();
    let calendar = first.projection.calendar;
    let dim = |text: &str| Cell::right(text).styled(DIM);
    let title = match lead {
        MeasureArg::Revenue => format!("median {}", first.projection.quantity),
        MeasureArg::Ttm => format!("median {} of twelve months", first.projection.quantity),
        MeasureArg::RunRate => "median run-rate at the end".to_owned(),
    };
    let level = headline(&first.projection.levels).map(|at| format!("{}% interval", first.projection.levels[at]));
    let mut head = vec![Cell::left(title).styled(DIM), Cell::left("last figure").styled(DIM)];
    head.extend(shown_periods.iter().map(|period| {
        let owner = all.iter().zip(&told).find(|(_, lines)| lines.iter().any(|line| line.period == *period));
        dim(&named(*period, owner.map_or(calendar, |(one, _)| one.projection.calendar)))
    }));
    head.push(Cell::left(level.unwrap_or_default()).styled(DIM).joined());
    head.push(dim(if lead == MeasureArg::RunRate && view.step.is_none() { "CAGR" } else { "year on year" }));
    let mut rows = vec![head];
    for (one, lines) in all.iter().zip(&told) {
        let projection = &one.projection;
        let amount = |period: &Period| {
            let line = lines.iter().find(|line| line.period == *period);
            line.map(|line| projected(line.lead.median, projection.currency)).unwrap_or_default()
        };
        let end = last.and_then(|last| lines.iter().find(|line| line.period == last)).or(lines.last());
        let last_figure = one.series.observations().next_back().map(|figure| when(figure.period, projection.calendar));
        let mut row = vec![Cell::left(&projection.series).styled(BOLD), Cell::left(last_figure.unwrap_or_default())];
        row.extend(shown_periods.iter().map(|period| Cell::right(amount(period))));
        row.push(Cell::left(end.map(|line| periods::interval(line.lead, projection)).unwrap_or_default()));
        row.push(Cell::right(end.and_then(|line| line.growth).map(percent::change).unwrap_or_default()));
        rows.push(row);
    }
    let heading = format!("{ACCENT}{} series{ACCENT:#}\n", all.len());
    heading + &fit(&rows, 2, view.screen.width) + "\n" + &notes(all, lead, last, view)
}

/// The first periods that any series has, and the last.
fn periods_shown(told: &[Vec<Line>]) -> Vec<Period> {
    let by_end: BTreeSet<(Month, Period)> = told.iter().flatten().map(|line| (line.period.last(), line.period)).collect();
    let mut periods: Vec<Period> = by_end.into_iter().map(|(_, period)| period).collect();
    if periods.len() > MOST_PERIODS {
        periods.drain(MOST_PERIODS - 1..periods.len() - 1);
    }
    periods
}

/// What stands below the table.
fn notes(all: &[Projected<'_>], lead: MeasureArg, last: Option<Period>, view: &View) -> String {
    let mut out = String::new();
    let width = view.screen.width;
    let mut line = |word: &str, text: &str| labelled(&mut out, word, text, super::MARGIN, width);
    for one in all {
        for text in target_lines(one.series, &one.projection) {
            line("Target", &format!("{}: {text}", shown(&one.projection.series)));
        }
    }
    let mut methods: BTreeMap<&str, usize> = BTreeMap::new();
    for one in all {
        *methods.entry(one.projection.method).or_default() += 1;
    }
    let methods: Vec<String> = match methods.len() {
        1 => methods.into_keys().map(str::to_owned).collect(),
        _ => methods.into_iter().map(|(method, count)| format!("{method} for {count}")).collect(),
    };
    line("Method", &methods.join(", "));
    let origin = all[0].projection.origin;
    if all.iter().any(|one| one.projection.origin != origin) {
        line("Last figure", "not of one date; all series are projected to one end");
    }
    if let Some(last) = last {
        let calendar = all[0].projection.calendar;
        let growth = match (lead, view.step) {
            (MeasureArg::RunRate, None) => "constant growth a year of the median since each last figure",
            _ => "of the median on the same period of the year before",
        };
        line("Growth", &format!("{growth}, for {}, as is the interval", named(last, calendar)));
    }
    line("One series", "--series NAME shows it in full");
    out
}
