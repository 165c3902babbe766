//! When one series overtakes another, and which is the largest, as text.

use topline::calendar::{FiscalCalendar, Month, Step};
use topline::money::{in_full, projected};
use topline::percent::chance;
use topline::question::compare::{DEPENDENCE, Largest, Measured, Overtaking};
use topline::series::Series;

use crate::cli::render::lines::labelled;
use crate::cli::render::shown::shown;
use crate::cli::render::style::{ACCENT, BOLD, DIM};
use crate::cli::render::summary::when;
use crate::cli::render::table::{Cell, fit};

/// Width of the words in front of a line.
const MARGIN: usize = 16;

/// What was compared.
pub struct Question<'a> {
    pub series: &'a [&'a Series],
    pub calendar: FiscalCalendar,
    pub width: usize,
}

/// The answer.
pub fn table(asked: &Question<'_>, overtaking: Option<&Overtaking>, largest: &Largest) -> String {
    let mut out = String::new();
    if let Some(answer) = overtaking {
        out += &format!(
            "{ACCENT}{} overtaking {}{ACCENT:#}, by the {}\n",
            shown(&answer.challenger),
            shown(&answer.leader),
            words(answer.measure)
        );
        for (word, text) in lines(asked, answer) {
            labelled(&mut out, word, &text, MARGIN, asked.width);
        }
        out.push('\n');
    }
    let mut rows = vec![vec![Cell::left(format!("largest {}", short_words(largest.measure))).styled(DIM)]];
    rows[0].extend(largest.ends.iter().map(|end| Cell::right(name(largest.measure, end.month, asked.calendar)).styled(DIM)));
    for (index, series) in largest.series.iter().enumerate() {
        let mut row = vec![Cell::left(series.as_str())];
        row.extend(largest.ends.iter().map(|end| Cell::right(chance(end.probability[index]))));
        rows.push(row);
    }
    out += &fit(&rows, 2, asked.width);
    if overtaking.is_none()
        && let Some(text) = last_figures(asked)
    {
        out.push('\n');
        labelled(&mut out, "last figures", &text, MARGIN, asked.width);
    }
    out
}

fn lines(asked: &Question<'_>, answer: &Overtaking) -> Vec<(&'static str, String)> {
    let date = |month: Option<Month>| match month {
        Some(month) => name(answer.measure, month, asked.calendar),
        None => format!("after {}", answer.until.year()),
    };
    let amount = |value| projected(value, answer.currency);
    let crossing = &answer.first_crossing;
    let mut first_crossing = format!("{} to {} in 80% of draws", date(crossing.p10), date(crossing.p90));
    if crossing.p50.is_some() {
        first_crossing += &format!(", half of them by {}", date(crossing.p50));
    }
    let (mine, theirs) = answer.at_start;
    let start = name(answer.measure, answer.start, asked.calendar);
    let start = match answer.measure {
        Measured::Trailing => format!("the twelve months to {start}"),
        _ => start,
    };
    let until = format!("{} {}", answer.until.long_name(), answer.until.year());
    let mut lines = vec![("medians", format!("{} and {} in {start}", amount(mine), amount(theirs)))];
    lines.extend(last_figures(asked).map(|text| ("last figures", text)));
    lines.extend([
        ("medians cross", format!("{BOLD}{}{BOLD:#}", date(answer.medians_cross))),
        ("first crossing", first_crossing),
        ("never", format!("{} of draws up to {until}", chance(answer.never))),
        ("draws", format!("{}. {DEPENDENCE}", in_full(f64::from(answer.draws)))),
    ]);
    lines
}

/// Of when the last figures are, where that differs.
fn last_figures(asked: &Question<'_>) -> Option<String> {
    let first = asked.series.first()?.origin();
    if asked.series.iter().all(|series| series.origin() == first) {
        return None;
    }
    let named = |series: &&Series| {
        let figure = series.observations().next_back()?;
        Some(format!("{}: {}", shown(series.name()), when(figure.period, series.calendar())))
    };
    let list: Vec<String> = asked.series.iter().filter_map(named).collect();
    Some(format!("{}; all are projected to one end", list.join(", ")))
}

fn words(measure: Measured) -> &'static str {
    match measure {
        Measured::Revenue => "revenue of years",
        Measured::Trailing => "revenue of twelve months",
        Measured::RunRate => "run-rate",
    }
}

fn short_words(measure: Measured) -> &'static str {
    match measure {
        Measured::Revenue => "revenue in",
        Measured::Trailing => "revenue, year to",
        Measured::RunRate => "run-rate in",
    }
}

/// A period by its last month: a year by its name.
fn name(measure: Measured, month: Month, calendar: FiscalCalendar) -> String {
    match measure {
        Measured::Revenue => calendar.name(calendar.period_at(Step::Year, month)),
        _ => format!("{} {}", month.short_name(), month.year()),
    }
}
