//! Plans, and figures against plans, as tables.

use topline::calendar::FiscalCalendar;
use topline::money::{Currency, in_full, projected, short};
use topline::percent::{chance, change};
use topline::question::against::{Against, GapRow, PlanAgainst, Rest, YearLeft};
use topline::question::phasing::{Phasing, PlanRow};

use crate::cli::render::lines::labelled;
use crate::cli::render::shown::shown;
use crate::cli::render::style::{ACCENT, BOLD, DIM};
use crate::cli::render::table::{Cell, fit};
use topline::report::words::spoken;

/// Width of the words in front of a line: `Last figure  `, as in a summary.
const MARGIN: usize = 13;

/// A gap of so small a share of a plan is what adding up leaves.
const EXACT: f64 = 1e-12;

/// A target phased over its periods.
pub fn plan(plan: &Phasing, calendar: FiscalCalendar, width: usize) -> String {
    let mut out = format!("{ACCENT}{}{ACCENT:#}\n", shown(&plan.series));
    let mut line = |word: &str, text: &str| labelled(&mut out, word, text, MARGIN, width);
    for (word, text) in rests_on(plan, calendar) {
        line(word, &text);
    }
    out.push('\n');
    let dim = |text: &str| Cell::right(text).styled(DIM);
    let mut rows = vec![vec![
        Cell::left(format!("in {}", plan.currency)).styled(DIM),
        dim("plan"),
        dim("projected"),
        dim("plan to projected"),
    ]];
    rows.extend(plan.rows.iter().map(|row| plan_row(row, plan.currency, calendar)));
    let total = Cell::right(in_full(plan.target)).styled(BOLD);
    let over = if plan.median > 0.0 { change(plan.target / plan.median - 1.0) } else { String::new() };
    rows.push(vec![
        Cell::left(calendar.name(plan.period)).styled(BOLD),
        total,
        Cell::right(projected(plan.median, plan.currency)),
        Cell::right(over),
    ]);
    out + &fit(&rows, 2, width)
}

fn plan_row(row: &PlanRow, currency: Currency, calendar: FiscalCalendar) -> Vec<Cell> {
    let name = Cell::left(calendar.name(row.period));
    let amount = Cell::right(in_full(row.amount));
    let (beside, over) = match row.projected {
        None => (row.part.name().to_owned(), String::new()),
        Some(median) => {
            let over = if median > 0.0 { change(row.amount / median - 1.0) } else { String::new() };
            (projected(median, currency), over)
        }
    };
    vec![name, amount, Cell::right(beside), Cell::right(over)]
}

/// What a plan rests on.
fn rests_on(plan: &Phasing, calendar: FiscalCalendar) -> Vec<(&'static str, String)> {
    let amount = |value: f64| projected(value, plan.currency);
    let mut lines = vec![(
        "Target",
        format!(
            "{BOLD}{}{BOLD:#} for {}: {} likely by the projection, whose median is {} (80%: {} to {})",
            short(plan.target, plan.currency),
            spoken(plan.period, calendar),
            chance(plan.probability),
            amount(plan.median),
            amount(plan.interval.0),
            amount(plan.interval.1)
        ),
    )];
    if let (Some(required), Some(projected)) = (plan.required_growth, plan.projected_growth) {
        lines
            .push(("Growth", format!("{} on a year before is required, {} is projected", change(required), change(projected))));
    }
    if plan.ahead != plan.period {
        let stated = if plan.earned_is_estimated { "about " } else { "" };
        let estimate = if plan.earned_is_estimated { ", an estimate, as no figures state it" } else { "" };
        lines.push(("Earned", format!("{stated}{} so far{estimate}; the plan spreads the rest", amount(plan.earned))));
        lines.push((
            "Rest",
            format!(
                "{} must bring {}; {} is projected",
                spoken(plan.ahead, calendar),
                amount(plan.rest),
                amount(plan.rest_projected)
            ),
        ));
    }
    lines.push(("Shape", shape(plan)));
    if let Some(instead) = &plan.instead {
        lines.push(("Method", instead.clone()));
    }
    lines
}

/// By what the amounts are spread.
fn shape(plan: &Phasing) -> String {
    let paths = "the season and growth of those projected paths that bring the target on average";
    let by = match plan.scale {
        None => paths.to_owned(),
        Some(factor) if factor >= 1.0 => {
            format!("the target is beyond the projected paths, so the highest of them are multiplied by {factor:.2}")
        }
        Some(factor) => format!("the target is below the projected paths, so the lowest of them are multiplied by {factor:.2}"),
    };
    let figures = match plan.coarse {
        None => return by,
        Some(0) => return format!("{by}; the figures are run-rates, which show no season"),
        Some(3) => "quarters".to_owned(),
        Some(6) => "half-years".to_owned(),
        Some(12) => "years".to_owned(),
        Some(months) => format!("totals of {months} months"),
    };
    format!("{by}; the figures are {figures}, which show no season within them")
}

/// Actual figures of a series against its plans: side by side where they have the same periods.
pub fn compared(answer: &Against, calendar: FiscalCalendar, width: usize) -> String {
    let mut out = format!("{ACCENT}{}{ACCENT:#}\n", shown(&answer.series));
    let periods = |plan: &PlanAgainst| plan.rows.iter().map(|row| row.period).collect::<Vec<_>>();
    for (at, alike) in answer.plans.chunk_by(|a, b| periods(a) == periods(b)).enumerate() {
        if at > 0 {
            out.push('\n');
        }
        out += &fit(&gaps(answer, alike, calendar), 2, width);
        out.push('\n');
        for plan in alike {
            for year in &plan.years {
                let text = outlook(year, answer.currency, calendar);
                let text = if answer.plans.len() == 1 { text } else { format!("by {}: {text}", shown(&plan.plan)) };
                let (word, text) = match calendar.step_of(year.period) {
                    Some(_) => (calendar.name(year.period), text),
                    None => ("Plan".to_owned(), format!("{}: {text}", spoken(year.period, calendar))),
                };
                labelled(&mut out, &word, &text, MARGIN, width);
            }
        }
    }
    if let Some(instead) = &answer.instead {
        labelled(&mut out, "Method", instead, MARGIN, width);
    }
    out
}

/// The gaps by plans that have the same periods.
fn gaps(answer: &Against, plans: &[PlanAgainst], calendar: FiscalCalendar) -> Vec<Vec<Cell>> {
    let dim = |text: &str| Cell::right(text).styled(DIM);
    let mut names = vec![Cell::default(), Cell::default(), Cell::default().joined()];
    let mut heads = vec![Cell::left(format!("in {}", answer.currency)).styled(DIM), dim("actual"), dim("projected")];
    for plan in plans {
        names.extend([Cell::right(&plan.plan).styled(BOLD), Cell::default().joined(), Cell::default().joined()]);
        heads.extend(["plan", "gap", "cumulative"].map(dim));
    }
    let mut rows = vec![names, heads];
    let amount = |value: Option<f64>| Cell::right(value.map(|value| projected(value, answer.currency)).unwrap_or_default());
    let Some(first) = plans.first() else { return rows };
    for (at, GapRow { period, actual, projected, .. }) in first.rows.iter().enumerate() {
        let mut row = vec![Cell::left(calendar.name(*period)), amount(*actual), amount(*projected)];
        for plan in plans {
            let GapRow { plan, gap, cumulative_gap, .. } = plan.rows[at];
            row.extend([amount(Some(plan)), amount(gap), amount(cumulative_gap)]);
        }
        rows.push(row);
    }
    rows
}

/// How a year of a plan went, or what is left of it.
fn outlook(year: &YearLeft, currency: Currency, calendar: FiscalCalendar) -> String {
    let amount = |value: f64| projected(value, currency);
    let about = if year.earned_is_estimated { "about " } else { "" };
    let earned = format!("{about}{} of the {} planned", amount(year.earned), amount(year.plan));
    let Some(Rest { period, must_bring, planned, projected: median, interval, probability, .. }) = &year.rest else {
        let gap = year.earned - year.plan;
        return match gap.abs() {
            size if size <= EXACT * year.plan.abs() => format!("{earned}: met exactly"),
            size if gap < 0.0 => format!("{earned}: missed by {}", amount(size)),
            size => format!("{earned}: met by {}", amount(size)),
        };
    };
    let foreseen = format!("{} is projected (80%: {} to {})", amount(*median), amount(interval.0), amount(interval.1));
    let odds = format!("{BOLD}{}{BOLD:#} likely to come to the plan", chance(*probability));
    if *period == year.period {
        return format!("{} is planned and {foreseen}; {odds}", amount(year.plan));
    }
    let rest = spoken(*period, calendar);
    if *must_bring <= 0.0 {
        return format!("{earned} so far, so the plan is reached with {} to spare; for {rest} {foreseen}", amount(-must_bring));
    }
    let planned = planned.map(|planned| format!(", {} was planned", amount(planned))).unwrap_or_default();
    format!("{earned} so far; {rest} must bring {BOLD}{}{BOLD:#}{planned} and {foreseen}; {odds}", amount(*must_bring))
}
