//! What targets ask for, as tables: one column a reading, one row a question.

use std::fmt::Write as _;

use topline::calendar::{FiscalCalendar, Month, Period};
use topline::money::{Currency, projected, short};
use topline::percent::{chance, change, change_between};
use topline::question::settled::Settled;
use topline::question::target::TargetAnswer;
use topline::question::{Base, Kept, Required};
use topline::series::{Measure, Series};

use crate::cli::render::lines::{labelled, wrapped};
use crate::cli::render::shown::shown;
use crate::cli::render::style::{ACCENT, BOLD, DIM};
use crate::cli::render::summary::{settled_lines, when};
use crate::cli::render::table::{Cell, fit};
use crate::cli::render::words::companies;

/// Width of the word in front of a target of the past.
const PAST: usize = 6;

/// The targets of a series: those of the past a line each, the others a table each, one column a reading; `under` has the same under
/// each scenario, by name.
pub fn block(
    series: &Series,
    (settled, answers): (&[Settled], &[TargetAnswer]),
    under: &[(&str, &[TargetAnswer])],
    width: usize,
) -> String {
    let mut out = format!("{ACCENT}{}{ACCENT:#}\n", shown(series.name()));
    for text in settled_lines(settled, series.calendar()) {
        labelled(&mut out, "Past", &text, PAST, width);
    }
    if !settled.is_empty() && !answers.is_empty() {
        out.push('\n');
    }
    if let Some(instead) = answers.first().and_then(|answer| answer.instead.as_deref()) {
        for line in wrapped(instead, width - 2) {
            let _ = writeln!(out, "  {DIM}{line}{DIM:#}");
        }
    }
    let mut rest = answers;
    while let Some(first) = rest.first() {
        // The readings of one target stand together.
        let same = rest.iter().take_while(|other| {
            (other.period, other.day, other.amount.to_bits()) == (first.period, first.day, first.amount.to_bits())
        });
        let (readings, after) = rest.split_at(same.count());
        let at = answers.len() - rest.len();
        rest = after;
        let when = when(first.period, series.calendar());
        let _ = writeln!(out, "  {BOLD}{} for {when}{BOLD:#}", short(first.amount, first.currency));
        let mut rows = table(series.calendar(), readings);
        for (scenario, targets) in under {
            rows.push(vec![Cell::left(*scenario).styled(BOLD)]);
            rows.extend(outlook(series.calendar(), &targets[at..at + readings.len()]));
        }
        out += &fit(&rows, 4, width);
        if !rest.is_empty() {
            out.push('\n');
        }
    }
    out
}

fn row(readings: &[TargetAnswer], words: &str, cell: &dyn Fn(&TargetAnswer) -> String) -> Vec<Cell> {
    std::iter::once(Cell::left(words).styled(DIM))
        .chain(readings.iter().map(|answer| Cell::left(cell(answer)).wraps()))
        .collect()
}

/// One column a reading, one row a question.
fn table(calendar: FiscalCalendar, readings: &[TargetAnswer]) -> Vec<Vec<Cell>> {
    let row = |words: &str, cell: &dyn Fn(&TargetAnswer) -> String| row(readings, words, cell);
    let mut rows = vec![row("read as", &|answer| match answer.reading {
        Measure::RunRate => match answer.day {
            Some(day) => format!("run-rate on {day}"),
            None => format!("run-rate in {}", month(answer.period.last())),
        },
        Measure::Revenue => format!("revenue of {}", when(answer.period, calendar)),
    })];
    rows.push(row("from", &|answer| from(&answer.base, answer.currency, calendar)));
    rows.push(row("needs a year", &|answer| required(answer.required, |growth| growth)));
    rows.push(row("needs a month", &|answer| required(answer.required, Required::per_month)));
    rows.push(row("growth so far", &|answer| match &answer.past {
        Some(past) => format!("{} a year since {}", change(past.per_year), when(past.period, calendar)),
        None if answer.instead.is_some() => "not known, since a figure is zero".to_owned(),
        None => "not known from a single figure".to_owned(),
    }));
    rows.push(row("needed pace", &|answer| match answer.times_past {
        Some((low, high)) if times(low) == times(high) => format!("{} the pace so far", times(low)),
        Some((low, high)) => format!("{} to {} the pace so far", times(low), times(high)),
        None => "—".to_owned(),
    }));
    let peers = readings.first().map_or("companies", |answer| companies(answer.peers));
    rows.push(row(&format!("{peers} of its size"), &|answer| {
        answer.percentile.map_or_else(|| "—".to_owned(), |share| format!("{} would stay below", chance(share)))
    }));
    rows.push(row("targets as far ahead", &|answer| {
        let Kept { met, of, .. } = answer.such_targets;
        format!("{met} of {of} were met")
    }));
    rows.extend(outlook(calendar, readings));
    rows
}

/// What a scenario changes.
fn outlook(calendar: FiscalCalendar, readings: &[TargetAnswer]) -> Vec<Vec<Cell>> {
    let row = |words: &str, cell: &dyn Fn(&TargetAnswer) -> String| row(readings, words, cell);
    let mut rows = Vec::new();
    rows.push(row("probability", &|answer| chance(answer.probability)));
    rows.push(row("median", &|answer| {
        let (word, gap) = if answer.gap > 0.0 { ("below", answer.gap) } else { ("above", -answer.gap) };
        format!("{}, {} {word}", projected(answer.median, answer.currency), projected(gap, answer.currency))
    }));
    rows.push(row("reached by", &|answer| {
        let part = |month: Option<Month>| reached(month, answer, calendar);
        let dates = &answer.reached;
        format!("{} (80%: {} to {})", part(dates.median), part(dates.earliest), part(dates.latest))
    }));
    rows
}

fn month(month: Month) -> String {
    when(Period::from(month), FiscalCalendar::default())
}

fn from(base: &Base, currency: Currency, calendar: FiscalCalendar) -> String {
    let amount = if base.estimated { projected(base.amount, currency) } else { short(base.amount, currency) };
    match (base.measure, base.day) {
        (Measure::Revenue, _) => format!("{amount} in {}", when(base.period, calendar)),
        (Measure::RunRate, Some(day)) => format!("{amount} on {day}"),
        (Measure::RunRate, None) if base.estimated => format!("about {amount} at the end of {}", month(base.period.last())),
        (Measure::RunRate, None) => format!("{amount} in {}", month(base.period.last())),
    }
}

fn required(required: Required, of: impl Fn(f64) -> f64) -> String {
    match (required, required.range()) {
        (_, Some((low, high))) => change_between(of(low), of(high)),
        (Required::Earned, None) => "nothing: already earned".to_owned(),
        (_, None) => "too large to show".to_owned(),
    }
}

fn times(factor: f64) -> String {
    if factor.abs() < 9.95 { format!("{factor:.2}×") } else { format!("{factor:.0}×") }
}

/// The date by which a target is reached, as far as it was looked for.
fn reached(month: Option<Month>, answer: &TargetAnswer, calendar: FiscalCalendar) -> String {
    let name = |last: Month| match answer.reading {
        Measure::RunRate => format!("{} {}", last.short_name(), last.year()),
        Measure::Revenue => when(Period::ending(last, answer.period.months()), calendar),
    };
    month.map_or_else(|| format!("after {}", answer.reached.searched_to.year()), name)
}
