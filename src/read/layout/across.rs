//! Finds tables whose columns are periods: `2022, 2023`, `Revenue 2022`, `Jan, Feb, …` beside a column of years.

use crate::near::{closest, same};
use crate::read::Options;
use crate::read::cell::amount;
use crate::read::cell::period;
use crate::read::cell::words::{Mark, Meaning, Sense};
use crate::read::report::error::ProblemKind;
use crate::read::report::notice::LeftOut;
use crate::read::report::reason::Reason;

use super::ends;
use super::header::{Header, Measure, Role};
use super::held::{holds_amounts, holds_words};
use super::period_names::Found;
use super::statement::{Lines, lines};
use super::units;
use super::wide::{PeriodColumn, Rows as WideRows, Wide};
use super::{NoLayout, Preamble};

/// How many columns of labels may stand beside columns of periods.
const MOST_LABELS: usize = 8;

/// The table as one with periods as columns, if the names hold at least two of them (or one, over amounts) and amounts stand
/// below; an error if its lines leave open which is the revenue. `header` is its row, for errors.
pub(super) fn wide(
    header: &Header,
    names: &[String],
    below: &[Vec<String>],
    preamble: &Preamble,
    options: &Options,
) -> Option<Result<Wide, NoLayout>> {
    let mut header = header.clone();
    header.projected = period::are_projected(names.iter().map(String::as_str));
    let mut found = Found::of(&header, names);
    // Days right below the names are of the periods, and no amounts.
    let days = below.first().is_some_and(|row| ends::are_days(&found.periods, row));
    let below = &below[usize::from(days)..];
    // Their units may stand there as well.
    let of_periods: Vec<usize> = found.periods.iter().map(|period| period.at).collect();
    let units = below.first().is_some_and(|row| units::of_row(row, &of_periods).is_some());
    let below = &below[usize::from(units)..];
    let holds = |at: usize| holds_amounts(below, at);
    // A report of one period: a column of labels, one of totals, and the period above.
    if found.periods.is_empty() && found.partial.is_empty() && found.totals.len() == 1 && found.others <= 1 {
        let (when, text) = preamble.period.clone()?;
        let at = found.totals.remove(0);
        if !holds(at) {
            return None;
        }
        found.periods.push(PeriodColumn::of_preamble(at, when, text));
    }
    if is_title(&found, names, below) {
        return None;
    }
    let is_amount = |at: usize| holds(at) && !header.columns[at].profile.is_percentages();
    if let Some(fault) = found.settle_unclear(is_amount).err().or_else(|| found.open_numbers(&header, names)) {
        return Some(Err(fault));
    }
    let years_beside = found.year_of_parts(&header, names);
    let enough = found.periods.len() + found.partial.len() >= 2 || !found.periods.is_empty() && found.others <= 1;
    if !enough || found.others > MOST_LABELS || found.periods.is_empty() {
        return None;
    }
    // Marks and words alone, as under a paywall: nothing to read, which is said.
    let (periods, bare): (Vec<PeriodColumn>, Vec<PeriodColumn>) =
        found.periods.into_iter().partition(|period| !holds_words(below, period.at));
    if !periods.iter().any(|period| holds(period.at)) {
        return None;
    }
    for period in periods.iter().chain(&bare) {
        let column = &mut header.columns[period.at];
        column.leave(if period.is_above() { Reason::PeriodAbove } else { Reason::PeriodName });
        column.take_unit();
    }
    let used = |at: usize| {
        let all = periods.iter().chain(&bare).map(|period| period.at);
        all.chain(found.totals.iter().copied())
            .chain(found.partial.iter().copied())
            .chain(found.apart.iter().map(|(_, at)| *at))
            .any(|other| other == at)
    };
    // `Period Ending:` over the labels of lines names the header, and says nothing of the rows.
    let is_of_header = |at: usize| {
        let column = &header.columns[at];
        matches!(column.role, Some(Role::PeriodStart | Role::PeriodEnd)) && column.profile.is_names()
    };
    let of_header: Vec<usize> = (0..header.columns.len()).filter(|at| is_of_header(*at)).collect();
    for at in of_header {
        header.columns[at].role = None;
    }
    let names_rows = |role: Option<Role>| matches!(role, None | Some(Role::Value | Role::Account));
    let below = &below[..before_second_table(below, &periods, used)];
    let is_free = |at: &usize| !used(*at) && header.columns.get(*at).is_none_or(|column| names_rows(column.role));
    let (label, series) = label_of(&header, names.len(), below, is_free);
    if let Some(series) = series {
        header.columns[series].role = Some(Role::Series);
    }
    // Of a matrix of months and years, the months are the labels.
    let label = label.or_else(|| header.of(Role::Period).filter(|at| periods.iter().all(|period| period.at != *at)));
    if let Some(at) = label.filter(|at| are_numbered(&header, *at, &periods)) {
        let kind = ProblemKind::NumberedPeriods {
            column: header.columns[at].name.clone(),
            months: header.columns[at].profile.thirteenth == 0,
        };
        return Some(Err(NoLayout { row: 0, column: at, kind }));
    }
    let rows = match label.filter(|_| years_beside.is_none()) {
        Some(label) => match rows_of(&header, below, label, &periods, options) {
            Ok(rows) => rows,
            Err(kind) => return Some(Err(NoLayout { row: 0, column: label, kind })),
        },
        None => WideRows::Series,
    };
    header.leave_values();
    let names_series = header.of(Role::Series).is_some() || !header.parts().is_empty();
    if let Some(label) = label.filter(|_| years_beside.is_none() && !names_series)
        && let column = &mut header.columns[label]
        && column.role.is_none()
    {
        column.because = Some(rows.reason());
    }
    if let (Some(year), Some(first)) = (years_beside, periods.first()) {
        header.columns[year].because = Some(Reason::YearsOf { column: names[first.at].clone() });
    }
    let mut left_out = found.apart;
    left_out.extend(found.totals.into_iter().map(|at| (LeftOut::TotalColumn, at)));
    left_out.extend(found.partial.into_iter().map(|at| (LeftOut::PartialColumn, at)));
    left_out.extend(bare.into_iter().map(|period| (LeftOut::NoAmounts, period.at)));
    for (what, at) in &left_out {
        if *what != LeftOut::NotRevenue {
            header.columns[*at].because = Some(Reason::LeftOut(*what));
        }
    }
    let year = years_beside;
    Some(Ok(Wide::new(header, periods, label.filter(|_| year.is_none()), left_out, rows, year)))
}

impl Header {
    /// Leaves the columns that would hold the values, were there no columns of periods.
    fn leave_values(&mut self) {
        for column in self.columns.iter_mut().filter(|column| column.role == Some(Role::Value)) {
            column.leave(column.without_part());
        }
    }
}

/// Whether the rows below years are numbered parts of them, and nothing says which.
fn are_numbered(header: &Header, label: usize, periods: &[PeriodColumn]) -> bool {
    let Some(column) = header.columns.get(label) else { return false };
    let are_years = periods.iter().all(|period| period.when().is_some_and(|when| when.plain_year().is_some()));
    let says_else = column.meaning.has_any(&[Sense::Entity, Sense::Part, Sense::Entry, Sense::Flag, Sense::Count]);
    let whole_year = (12..=13).contains(&column.profile.distinct)
        || (Mark::NumberedPeriod.is_in(&column.name) && column.profile.distinct > 3);
    are_years && column.profile.is_numbered_periods() && column.months().is_none() && whole_year && !says_else
}

/// How many rows belong to the table: those before a row that names periods of its own.
fn before_second_table(below: &[Vec<String>], periods: &[PeriodColumn], used: impl Fn(usize) -> bool) -> usize {
    let label = below.first().and_then(|row| (0..row.len()).find(|at| !used(*at))).unwrap_or(0);
    let is_header = |row: &Vec<String>| {
        if repeats(periods, |at| row.get(at)) {
            return true;
        }
        let cells = periods.iter().filter_map(|period| row.get(period.at)).map(String::as_str);
        names_periods(cells, row.get(label).map_or("", String::as_str))
    };
    below.iter().position(is_header).filter(|at| *at > 0).unwrap_or(below.len())
}

/// Whether a row says the periods of the header once more, as that of a table directly below does: `Product, 2021, 2022`.
pub(super) fn repeats<T: AsRef<str>>(periods: &[PeriodColumn], cell: impl Fn(usize) -> Option<T>) -> bool {
    periods.len() > 1 && periods.iter().all(|period| cell(period.at).is_some_and(|cell| period.is_called(cell.as_ref())))
}

/// Whether the cells of a row under columns of periods name periods of their own, and so begin another table. Every row is
/// asked, and nearly all are told by their first cell.
pub(super) fn names_periods<T: AsRef<str>>(cells: impl Iterator<Item = T>, label: &str) -> bool {
    let (mut all, mut numbers) = (0, 0);
    for cell in cells {
        let cell = cell.as_ref();
        if cell.is_empty() {
            continue;
        }
        if !period::is_name(cell) {
            return false;
        }
        all += 1;
        // A year is an amount as well, unless the label says that the row is one of periods.
        numbers += usize::from(cell.starts_with(|c: char| c.is_ascii_digit()) && amount::parse(cell).is_ok());
    }
    let says_when = || {
        let meaning = Meaning::of(label);
        meaning.has(Sense::Period) && Measure::of_meaning(&meaning) == Measure::Unknown
    };
    all > 0 && (numbers == 0 || says_when())
}

/// Whether the one name of a row is a title that has a period in it, above columns it does not name: `Sales by kind: 2023`.
fn is_title(found: &Found, names: &[String], below: &[Vec<String>]) -> bool {
    let is_filled = |cell: &String| !cell.trim().is_empty();
    let only_first = found.periods.len() == 1 && found.periods[0].at == 0 && !names.iter().skip(1).any(is_filled);
    only_first && below.iter().any(|row| row.iter().skip(1).any(is_filled))
}

/// The column that names the rows: the first that may. Behind one of numbers that are codes, the names beside it; and where
/// one of the measures follows, its lines (`Retail`, `Sales`; `Retail`, `Employees`), the first naming the series
/// then, which is returned besides.
fn label_of(
    header: &Header,
    width: usize,
    below: &[Vec<String>],
    is_free: impl Fn(&usize) -> bool,
) -> (Option<usize>, Option<usize>) {
    let Some(first) = (0..width).find(&is_free) else { return (None, None) };
    let next = (first + 1..width).find(&is_free).filter(|next| *next < header.columns.len());
    let Some(next) = next.filter(|next| header.columns[*next].profile.is_names()) else { return (Some(first), None) };
    let (one, other) = (&header.columns[first].profile, &header.columns[next].profile);
    let are_names = other.distinct == other.filled && other.filled >= one.filled;
    let is_read = |at: usize| !matches!(lines(&distinct_labels(below, at), |_, _| false), Lines::Unclear(_));
    if one.is_amounts() && one.is_whole() && are_names && is_read(next) {
        return (Some(next), None);
    }
    let is_statement = |at: usize| matches!(lines(&distinct_labels(below, at), |_, _| false), Lines::Revenue(_));
    let repeats = one.distinct < one.filled && other.distinct < other.filled;
    if repeats && !is_statement(first) && is_statement(next) {
        return (Some(next), Some(first));
    }
    (Some(first), None)
}

/// The labels of a column, each once.
fn distinct_labels(below: &[Vec<String>], at: usize) -> Vec<&str> {
    let mut labels: Vec<&str> = Vec::new();
    for label in below.iter().filter_map(|row| row.get(at)).map(|label| label.trim()) {
        if !label.is_empty() && !labels.contains(&label) {
            labels.push(label);
        }
    }
    labels
}

/// What the rows of the table are, by their labels.
fn rows_of(
    header: &Header,
    below: &[Vec<String>],
    label: usize,
    periods: &[PeriodColumn],
    options: &Options,
) -> Result<WideRows, ProblemKind> {
    let has_amounts =
        |row: &&Vec<String>| periods.iter().any(|period| row.get(period.at).is_some_and(|cell| !amount::is_missing(cell)));
    let rows: Vec<&Vec<String>> = below.iter().filter(has_amounts).collect();
    let label_of = |row: &Vec<String>| row.get(label).map_or("", String::as_str).trim().to_owned();
    let labels: Vec<String> = rows.iter().map(|row| label_of(row)).collect();
    let labels: Vec<&str> = labels.iter().map(String::as_str).collect();
    if let Some(asked) = &options.line {
        if let Some(found) = labels.iter().find(|label| same(label, asked)) {
            return Ok(WideRows::Line((*found).to_owned()));
        }
        let nearest = closest(asked, labels.iter().copied()).map(str::to_owned);
        return Err(ProblemKind::NoSuchLine { asked: asked.clone(), nearest });
    }
    let is_named = header.columns.get(label).is_some_and(|column| column.role == Some(Role::Series));
    let is_statement = || matches!(lines(&labels, |_, _| false), Lines::Revenue(_) | Lines::Parts(_));
    if options.sum || is_summed(header, label, options) && !is_statement() {
        return Ok(WideRows::Sum);
    }
    if is_named || header.of(Role::Kind).is_some() {
        return Ok(WideRows::Series);
    }
    // Where another column names the series, the same lines stand in each.
    if header.of(Role::Series).is_some() || !header.parts().is_empty() {
        let labels = distinct_labels(below, label);
        if let Lines::Revenue(at) = lines(&labels, |_, _| false) {
            return Ok(WideRows::Line(labels[at].to_owned()));
        }
    }
    let same_amounts =
        |one: usize, other: usize| periods.iter().all(|period| rows[one].get(period.at) == rows[other].get(period.at));
    let named = |places: &[usize]| places.iter().map(|at| labels[*at].to_owned()).collect();
    match lines(&labels, same_amounts) {
        Lines::Series => Ok(WideRows::Series),
        Lines::Revenue(at) => Ok(WideRows::Line(labels[at].to_owned())),
        Lines::Parts(parts) => Ok(WideRows::Lines(named(&parts))),
        Lines::Unclear(tops) if tops.is_empty() => {
            Err(ProblemKind::NoRevenueLine { lines: labels.iter().take(12).map(|label| (*label).to_owned()).collect() })
        }
        Lines::Unclear(tops) => Err(ProblemKind::NoRevenueLine { lines: named(&tops) }),
    }
}

/// Whether the rows are those of customers, orders and the like, which belong together unless the user wants them apart.
fn is_summed(header: &Header, label: usize, options: &Options) -> bool {
    // A column of texts, as accounts have them, names what stands beside it in a table of periods.
    let is_text = |word: &str| ["libelle", "description", "memo", "buchungstext"].contains(&word);
    let says_entry = |(word, sense): &(String, Sense)| *sense == Sense::Entry && !is_text(word);
    let is_entry = |at: usize| header.columns.get(at).is_some_and(|column| column.meaning.found.iter().any(says_entry));
    is_entry(label) && options.by.is_empty() && options.columns.series.is_none()
}
