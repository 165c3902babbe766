//! Which layout a table has, found by looking at its first rows.
//!
//! The rows above the header are searched for what they say of the table ([`preamble`]).

pub(in crate::read) mod columns;
pub(in crate::read) mod file;
pub(in crate::read) mod footnote;
pub(in crate::read) mod header;
pub(in crate::read) mod ledger;
pub(in crate::read) mod long;
pub(in crate::read) mod preamble;
pub(in crate::read) mod rows;
pub(in crate::read) mod sec;
pub(in crate::read) mod series_columns;
pub(in crate::read) mod total;
pub(in crate::read) mod units;
pub(in crate::read) mod wide;

use crate::read::Options;
use crate::read::cell::amount;
use crate::read::cell::period::{self, PeriodFault, When};
use crate::read::layout::header::{Header, Role, unit_in_label};
use crate::read::layout::ledger::Ledger;
use crate::read::layout::long::{Long, is_data};
use crate::read::layout::preamble::{Preamble, preamble};
use crate::read::layout::series_columns::SeriesColumns;
use crate::read::layout::total::{is_statement_line, is_total, revenue_rank};
use crate::read::layout::wide::{PeriodColumn, Wide};
use crate::read::report::error::ProblemKind;

/// The first rows of a table, with the cells as they are written.
pub(in crate::read) type Sample = Vec<Vec<String>>;

/// How many rows from the top the header is looked for.
const DEEPEST_HEADER: usize = 40;

/// As many columns as a spreadsheet has. It bounds the time that finding the layout takes.
const MOST_COLUMNS: usize = 16_384;

/// A layout and its columns.
#[derive(Debug)]
pub(in crate::read) enum Layout {
    /// One figure a row.
    Long(Box<Long>),
    /// Periods as columns.
    Wide(Box<Wide>),
    /// One column for each series.
    SeriesColumns(Box<SeriesColumns>),
    /// Entries to be added up by month.
    Ledger(Box<Ledger>),
}

impl Layout {
    /// Its name, for people.
    pub(in crate::read) fn name(&self) -> &'static str {
        match self {
            Self::Long(_) => "one figure a row",
            Self::Wide(wide) if wide.line().is_some() => "income statement",
            Self::Wide(_) => "periods as columns",
            Self::SeriesColumns(_) => "one column for each series",
            Self::Ledger(ledger) => ledger.name(),
        }
    }

    pub(in crate::read) fn header(&self) -> &Header {
        match self {
            Self::Long(long) => &long.columns.header,
            Self::Wide(wide) => &wide.columns.header,
            Self::SeriesColumns(columns) => &columns.columns.header,
            Self::Ledger(ledger) => ledger.header(),
        }
    }

    /// Whether a column holds amounts though its name has no role.
    pub(in crate::read) fn is_amount(&self, at: usize) -> bool {
        match self {
            Self::Wide(wide) => wide.is_period(at),
            Self::SeriesColumns(columns) => columns.holds(at),
            Self::Ledger(ledger) => ledger.is_amount(at),
            Self::Long(_) => false,
        }
    }

    /// Whether a column plays any part.
    pub(in crate::read) fn uses(&self, at: usize) -> bool {
        self.is_amount(at) || self.header().columns.get(at).is_some_and(|column| column.role.is_some())
    }

    /// The series whose amounts alone a column holds.
    pub(in crate::read) fn series_of(&self, at: usize) -> Option<&str> {
        match self {
            Self::SeriesColumns(columns) => columns.name(at),
            _ => None,
        }
    }
}

/// What was found.
#[derive(Debug)]
pub(in crate::read) struct Chosen {
    pub(in crate::read) layout: Layout,
    /// Rows above the header.
    pub(in crate::read) preamble: Preamble,
}

/// Why there is no layout: the row and column of the header at fault, and what is wrong with it.
#[derive(Debug)]
pub(in crate::read) struct NoLayout {
    pub(in crate::read) row: usize,
    pub(in crate::read) column: usize,
    pub(in crate::read) kind: ProblemKind,
}

/// The layout of a table that begins with these rows; there is at least one.
pub(in crate::read) fn choose(sample: &Sample, options: &Options) -> Result<Chosen, NoLayout> {
    let mut first_fault = None;
    if let Some(row) = sample.iter().take(DEEPEST_HEADER).position(|row| row.len() > MOST_COLUMNS) {
        return Err(NoLayout { row, column: MOST_COLUMNS, kind: ProblemKind::ManyColumns { most: MOST_COLUMNS } });
    }
    for row in 0..sample.len().min(DEEPEST_HEADER) {
        let header = Header::new(sample[row].iter().map(String::as_str), options);
        if let Some((role, asked)) = header.not_found.clone() {
            first_fault.get_or_insert_with(|| no_such_column(&header, &sample[row], role, asked, row));
            continue;
        }
        if let Some(ledger) = Ledger::of(&header) {
            check_names(&sample[row], row)?;
            return units::settled(
                Chosen { layout: Layout::Ledger(Box::new(ledger)), preamble: preamble(&sample[..row]) },
                row,
                options,
            );
        }
        let preamble = || preamble(&sample[..row]);
        let chosen = |layout| units::settled(Chosen { layout, preamble: preamble() }, row, options);
        let below = &sample[row + 1..];
        match Long::new(header) {
            Ok(mut long) => {
                long.find_series(below);
                if let Some(columns) = SeriesColumns::instead_of_total(&long, below) {
                    return chosen(Layout::SeriesColumns(Box::new(columns)));
                }
                return check_names(&sample[row], row).and_then(|()| chosen(Layout::Long(Box::new(long))));
            }
            Err((header, role)) => {
                if let Some(wide) = wide(&header, &sample[row], below, &preamble()) {
                    check_names(&sample[row], row)?;
                    return chosen(Layout::Wide(Box::new(wide?)));
                }
                let header = match SeriesColumns::new(header, below) {
                    Ok(columns) => {
                        check_names(&sample[row], row)?;
                        return chosen(Layout::SeriesColumns(Box::new(columns)));
                    }
                    Err(header) => header,
                };
                first_fault.get_or_insert_with(|| no_layout(&header, &sample[row], role, row));
            }
        }
    }
    Err(first_fault.unwrap_or(NoLayout { row: 0, column: 0, kind: ProblemKind::NoRows }))
}

/// What is wrong with a first row that lacks a column the user asked for.
fn no_such_column(header: &Header, names: &[String], role: Role, asked: String, row: usize) -> NoLayout {
    let nearest = header.nearest_to(&asked).map(str::to_owned);
    let column = nearest.as_ref().and_then(|name| names.iter().position(|other| other == name)).unwrap_or(0);
    NoLayout { row, column, kind: ProblemKind::NoSuchColumn { role, asked, nearest } }
}

/// What is wrong with a first row that is no header.
fn no_layout(header: &Header, names: &[String], role: Role, row: usize) -> NoLayout {
    if is_data(&header.columns) {
        return NoLayout { row, column: 0, kind: ProblemKind::HeaderIsData };
    }
    let nearest = header.nearest(role).map(str::to_owned);
    let column = nearest.as_ref().and_then(|name| names.iter().position(|other| other == name)).unwrap_or(0);
    NoLayout { row, column, kind: ProblemKind::NoColumn { role, nearest } }
}

/// No two columns may have the same name: which of them is meant?
fn check_names(names: &[String], row: usize) -> Result<(), NoLayout> {
    for (column, name) in names.iter().enumerate().filter(|(_, name)| !name.is_empty()) {
        if let Some(first) = names[..column].iter().position(|other| other.eq_ignore_ascii_case(name)) {
            return Err(NoLayout { row, column, kind: ProblemKind::DuplicateColumn { first: first + 1 } });
        }
    }
    Ok(())
}

/// How many columns of labels may stand beside columns of periods.
const MOST_LABELS: usize = 8;

/// The table as one with periods as columns, if the row names at least two of them (or one, over amounts) and amounts stand
/// below; an error if it is an income statement without a line of revenue.
fn wide(header: &Header, names: &[String], below: &[Vec<String>], preamble: &Preamble) -> Option<Result<Wide, NoLayout>> {
    let mut header = header.clone();
    let mut periods = Vec::new();
    let mut totals = Vec::new();
    let mut partial = Vec::new();
    let mut others = 0;
    for (at, name) in names.iter().enumerate() {
        // `2024 ($m)`
        let base = unit_in_label(name).map_or(name.as_str(), |(base, ..)| base);
        match period::parse(base) {
            _ if is_total(name) => totals.push(at),
            _ if name.is_empty() => {}
            // A five-digit number is an amount more often than a spreadsheet's day.
            Ok(When::Serial(_)) => others += 1,
            Ok(when) => {
                header.columns[at].take_unit();
                periods.push(PeriodColumn::new(at, when, base));
            }
            Err(PeriodFault::PartOfMonth) => partial.push(at),
            Err(_) => others += 1,
        }
    }
    let amounts_below = |at: usize| {
        let cells = below.iter().filter_map(|row| row.get(at)).filter(|cell| !amount::is_missing(cell));
        let (amounts, all) =
            cells.fold((0, 0), |(amounts, all), cell| (amounts + usize::from(amount::parse(cell).is_ok()), all + 1));
        amounts * 2 > all
    };
    // A report of one period: a column of labels, one of totals, and the period above.
    if periods.is_empty() && partial.is_empty() && totals.len() == 1 && others <= 1 {
        let (when, text) = preamble.period.clone()?;
        let at = totals.remove(0);
        if !amounts_below(at) {
            return None;
        }
        periods.push(PeriodColumn::of_preamble(at, when, text));
    }
    let enough = periods.len() + partial.len() >= 2 || !periods.is_empty() && others <= 1;
    if !enough || others > MOST_LABELS || periods.is_empty() || !periods.iter().any(|period| amounts_below(period.at)) {
        return None;
    }
    let label = (0..names.len()).find(|at| {
        let is_period = periods.iter().any(|period| period.at == *at);
        !is_period
            && !totals.contains(at)
            && !partial.contains(at)
            && header.columns.get(*at).is_none_or(|column| column.role.is_none())
    });
    // Of a matrix of months and years, the months are the labels.
    let label = label.or_else(|| header.of(Role::Period).filter(|at| periods.iter().all(|period| period.at != *at)));
    let statement = label.filter(|label| is_statement(below, *label));
    let wide = Wide::new(header, periods, label, totals, partial);
    let Some(label) = statement else { return Some(Ok(wide)) };
    Some(match revenue_line(below, label, &wide) {
        Some(line) => Ok(wide.of_statement(line)),
        None => Err(NoLayout { row: 0, column: label, kind: ProblemKind::NoRevenueLine }),
    })
}

/// Whether the rows are those of an income statement.
fn is_statement(below: &[Vec<String>], label: usize) -> bool {
    below.iter().filter_map(|row| row.get(label)).any(|label| is_statement_line(label))
}

/// The label of the line of an income statement that holds all revenue.
fn revenue_line(below: &[Vec<String>], label: usize, wide: &Wide) -> Option<String> {
    let has_amounts = |row: &[String]| (0..row.len()).any(|at| wide.is_period(at) && !amount::is_missing(&row[at]));
    let lines = below.iter().filter(|row| has_amounts(row)).filter_map(|row| row.get(label));
    let ranked = lines.filter_map(|label| Some((revenue_rank(label)?, label)));
    ranked.min_by_key(|(rank, _)| *rank).map(|(_, label)| label.clone())
}
