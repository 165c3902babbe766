//! The sentence above a chart: what was found, with its date, chosen by what is known.

use crate::calendar::{Period, Step};
use crate::chart::columns::Column;
use crate::chart::view::View;
use crate::chart::{Along, Subject, words};
use crate::money::{Amount, projected, short};
use crate::percent;
use crate::project::{PathPoint, TargetOdds};
use crate::series::Measure;

/// Of one series: the odds of its target, else where its last point stands.
pub(super) fn one(view: &View<'_>, last: &PathPoint) -> String {
    let name = words::name(view.series.name());
    if let Some(text) = target(view) {
        return format!("{name} has {text}");
    }
    let (what, lo, hi) = finding(view, last);
    format!("{name}: {what}, between {lo} and {hi}")
}

/// `a 42% chance of its $12B target for 2025 as a run-rate, 10% as revenue`, of the next target.
fn target(view: &View<'_>) -> Option<String> {
    let odds = &view.projection.targets;
    let next = odds.iter().min_by_key(|one| (one.period.last(), one.figure))?;
    let figure = view.series.figures().get(next.figure)?;
    let amount = short(figure.fact.amount().map_or(0.0, Amount::value), view.series.currency());
    let target = format!("its {amount} target for {}", words::period(view.series.calendar(), figure.period));
    let readings: Vec<&TargetOdds> = odds.iter().filter(|one| one.figure == next.figure).collect();
    let chance = |one: &TargetOdds| percent::chance(one.probability);
    let reading = |one: &TargetOdds| match one.reading {
        Measure::Revenue => "revenue",
        Measure::RunRate => "a run-rate",
    };
    match readings.as_slice() {
        [one] => Some(format!("{} of {target}", words::odds(&chance(one)))),
        [first, second, ..] => {
            // What is drawn comes first.
            let drawn = if view.along == Along::RunRate { Measure::RunRate } else { Measure::Revenue };
            let (first, second) = if first.reading == drawn { (first, second) } else { (second, first) };
            let (one, other) = (words::odds(&chance(first)), chance(second));
            Some(format!("{one} of {target} as {}, {other} as {}", reading(first), reading(second)))
        }
        [] => None,
    }
}

/// What is said of a series where its chart ends, and the ends of the interval nearest to 80%.
fn finding(view: &View<'_>, last: &PathPoint) -> (String, String, String) {
    let currency = view.series.currency();
    let interval = last.intervals[words::wide_level(view.projection)];
    let median = projected(last.median, currency);
    let what = match view.along {
        Along::TwelveMonths => {
            let year = Period::ending(last.month, 12);
            let name = match view.series.calendar().step_of(year) {
                Some(Step::Year) => words::period(view.series.calendar(), year),
                _ => format!("the year to {}", words::long(last.month)),
            };
            format!("{} of {median} in {name}", view.series.quantity())
        }
        Along::RunRate => format!("run-rate of {median} at {}", words::end(last.month)),
    };
    (what, projected(interval.lo, currency), projected(interval.hi, currency))
}

/// Of one series' total in the last column.
pub(super) fn total(subject: &Subject<'_>, last: &Column) -> String {
    let currency = subject.series.currency();
    let name = words::name(subject.series.name());
    let view = View::new(subject, Along::TwelveMonths);
    if let Some(text) = target(&view) {
        return format!("{name} has {text}");
    }
    let period = words::period(subject.series.calendar(), last.period);
    let what = format!("{name}: {} of {} in {period}", subject.series.quantity(), projected(last.total, currency));
    match last.interval {
        Some(interval) => {
            format!("{what}, between {} and {}", projected(interval.lo, currency), projected(interval.hi, currency))
        }
        None => what,
    }
}

/// Where and when several series are compared: `a run-rate of $50B against $19B at end-2027`.
pub(super) fn compared(view: &View<'_>, amounts: &[f64], last: &PathPoint) -> String {
    let amounts: Vec<String> = amounts.iter().map(|amount| projected(*amount, view.series.currency())).collect();
    let amounts = amounts.join(" against ");
    match view.along {
        Along::RunRate => format!("a run-rate of {amounts} at {}", words::end(last.month)),
        Along::TwelveMonths if last.month.month() == 12 => format!("{amounts} in {}", last.month.year()),
        Along::TwelveMonths => format!("{amounts} in the year to {}", words::long(last.month)),
    }
}
