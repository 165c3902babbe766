//! A family as one table, in which every column adds up.

use topline::money::projected;
use topline::percent;
use topline::project::Projection;
use topline::run::Projected;

use super::View;
use crate::cli::render::shown::shown;
use crate::cli::render::style::{ACCENT, BOLD, DIM};
use crate::cli::render::table::{Cell, fit};

/// The most years that are shown: the first ones, and the last.
const MOST_YEARS: usize = 5;

/// The median revenue of every fiscal year that all members have, a whole above its parts.
pub fn block(family: &[Projected<'_>], view: &View) -> String {
    let whole = &family[0].projection;
    let mut years: Vec<_> = whole.milestones.iter().map(|milestone| milestone.period).collect();
    let median = |projection: &Projection, year| {
        let milestone = projection.milestones.iter().find(|milestone| milestone.period == year)?;
        Some(milestone.revenue.median)
    };
    // Years alone where there are any; the twelve months up to an end within a year are no column beside them.
    let is_year = |period: &topline::calendar::Period| whole.calendar.step_of(*period) == Some(topline::calendar::Step::Year);
    if years.iter().any(is_year) {
        years.retain(is_year);
    }
    years.retain(|year| family.iter().all(|one| median(&one.projection, *year).is_some()));
    if years.len() > MOST_YEARS {
        years.drain(MOST_YEARS - 1..years.len() - 1);
    }
    let Some(last) = years.last().copied() else { return String::new() };
    let dim = |text: String| Cell::right(text).styled(DIM);
    let mut head = vec![Cell::left("median revenue").styled(DIM)];
    head.extend(years.iter().map(|year| dim(whole.calendar.name(*year))));
    head.push(dim(format!("share in {}", whole.calendar.name(last))));
    let mut rows = vec![head];
    for Projected { projection, .. } in family {
        let style = if depth(family, projection) == 0 { BOLD } else { anstyle::Style::new() };
        let mut row = vec![Cell::left("  ".repeat(depth(family, projection)) + &name(projection)).styled(style)];
        let amount = |year| median(projection, year).map(|median| projected(median, projection.currency)).unwrap_or_default();
        row.extend(years.iter().map(|year| Cell::right(amount(*year)).styled(style)));
        // Nothing has no shares.
        let of_whole = median(whole, last).filter(|whole| *whole > 0.0);
        let share = median(projection, last).zip(of_whole).map(|(part, whole)| part / whole);
        row.push(Cell::right(share.map(percent::share).unwrap_or_default()));
        rows.push(row);
    }
    format!("{ACCENT}{} and its parts{ACCENT:#}\n{}", shown(&whole.series), fit(&rows, 2, view.screen.width))
}

/// How many wholes stand above.
fn depth(family: &[Projected<'_>], projection: &Projection) -> usize {
    let mut depth = 0;
    let mut parent = projection.parent.as_deref();
    while let Some(name) = parent {
        depth += 1;
        parent = family.iter().map(|one| &one.projection).find(|one| one.series == name).and_then(|one| one.parent.as_deref());
    }
    depth
}

/// The name without that of its whole in front.
fn name(projection: &Projection) -> String {
    let short = || projection.series.strip_prefix(projection.parent.as_deref()?)?.strip_prefix(" / ");
    short().unwrap_or(&projection.series).to_owned()
}
