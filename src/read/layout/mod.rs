//! Which layout a table has, found by looking at its first rows: which of them are its header, and which part each column plays.
//!
//! The rows above the header are searched for what they say of the table ([`preamble`]).

mod across;
mod beside;
pub(in crate::read) mod columns;
pub(in crate::read) mod counted;
mod ends;
mod eras;
mod facts;
pub(in crate::read) mod file;
pub(in crate::read) mod footnote;
mod forecast_marks;
pub(in crate::read) mod header;
mod header_rows;
mod held;
mod labels;
pub(in crate::read) mod ledger;
pub(in crate::read) mod long;
mod metadata;
mod period_names;
pub(in crate::read) mod preamble;
pub(in crate::read) mod profile;
pub(in crate::read) mod rows;
pub(in crate::read) mod sec;
pub(in crate::read) mod series_columns;
mod statement;
mod status;
mod summary;
#[cfg(feature = "parallel")]
mod threads;
mod title;
pub(in crate::read) mod total;
mod typed;
mod unit_of_rows;
pub(in crate::read) mod units;
pub(in crate::read) mod wide;

use crate::read::Options;
use crate::read::cell::period;
use crate::read::layout::header::{Column, Header, Measure, Role, Values};
use crate::read::layout::header_rows::Names;
use crate::read::layout::ledger::Ledger;
use crate::read::layout::long::Long;
use crate::read::layout::preamble::{Preamble, preamble};
use crate::read::layout::series_columns::SeriesColumns;
use crate::read::layout::wide::Wide;
use crate::read::report::error::ProblemKind;
use crate::read::report::reason::{BelowHeader, HeaderBy};

pub(in crate::read) use typed::is_typed;

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
            Self::Wide(wide) if wide.is_statement() => "income statement",
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

    fn header_mut(&mut self) -> &mut Header {
        match self {
            Self::Long(long) => &mut long.columns.header,
            Self::Wide(wide) => &mut wide.columns.header,
            Self::SeriesColumns(columns) => &mut columns.columns.header,
            Self::Ledger(ledger) => ledger.header_mut(),
        }
    }

    /// The month in which fiscal years end, by days below the header.
    fn year_end(&self) -> Option<u8> {
        if let Self::Wide(wide) = self { wide.columns.fiscal_year_end_of_table() } else { None }
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

    /// The names of the columns, and the lines that are read.
    pub(in crate::read) fn words(&self) -> impl Iterator<Item = &str> {
        let header = self.header();
        let lines = if let Self::Wide(wide) = self { wide.lines() } else { &[] };
        let names = header.columns.iter().map(|column| column.name.as_str());
        names.chain(header.lines.iter().chain(lines).map(String::as_str))
    }

    /// Whether a column plays any part.
    pub(in crate::read) fn uses(&self, at: usize) -> bool {
        self.is_amount(at) || self.header().columns.get(at).is_some_and(|column| column.role.is_some())
    }

    /// The column with the fewest different cells of those that tell the rows of one period apart.
    pub(in crate::read) fn tells_apart(&self) -> Option<String> {
        match self {
            Self::Long(long) => long.columns.tells_apart(),
            Self::SeriesColumns(columns) => columns.columns.tells_apart(),
            Self::Wide(_) | Self::Ledger(_) => None,
        }
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
    /// The last row of the header, counted from 0.
    pub(in crate::read) header_row: usize,
    /// The last row of names, which one of units or of days may follow.
    pub(in crate::read) names_row: usize,
    /// What makes them names.
    pub(in crate::read) by: HeaderBy,
    /// What stands in the row that follows them in the header.
    pub(in crate::read) below: Option<BelowHeader>,
    /// The first column of a table beside the one that is read, and the name of its column of periods.
    pub(in crate::read) beside: Option<(usize, String)>,
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
        let Some(Names { columns: mut names, rows, by }) = header_rows::names(sample, row) else {
            if row == 0 && header_rows::is_data(&sample[0]) {
                first_fault = Some(NoLayout { row, column: 0, kind: ProblemKind::HeaderIsData });
            }
            continue;
        };
        let keys = metadata::rows(&names, &sample[row + rows..]);
        let last = row + rows - 1 + keys;
        // The last row of keys may name further columns.
        names.extend(sample[last].iter().skip(names.len()).filter(|_| keys > 0).cloned());
        let below = without_remarks(&sample[last + 1..], &names);
        let beside = beside::tables(&names, below, options);
        let (names, below) = match &beside {
            Some(one) => (one.names.clone(), one.below.as_slice()),
            None => (names, below),
        };
        let beside = || beside.as_ref().map(|one| (one.other, one.period.clone()));
        let header = Header::new(&names, below, options);
        if let Some((role, asked)) = header.not_found.clone() {
            first_fault.get_or_insert_with(|| no_such_column(&header, &names, role, asked, last));
            continue;
        }
        let preamble = || Preamble { rows: row + keys, ..preamble(&sample[..row]) };
        let chosen = |mut layout: Layout, ends: bool| {
            check_names(&names, row + rows - 1)?;
            // Rows of keys may say the unit: `Unit,£ million`.
            for keys in sample[row + rows..=last].iter().filter(|_| keys > 0) {
                units::take_row(&mut layout, keys);
            }
            let next = below.get(usize::from(ends));
            let units = !matches!(layout, Layout::Ledger(_)) && next.is_some_and(|row| units::take_row(&mut layout, row));
            let header_row = last + usize::from(units) + usize::from(ends);
            let under = if ends { Some(BelowHeader::Ends) } else { units.then_some(BelowHeader::Units) };
            let (preamble, beside) = (preamble(), beside());
            let amounts = (preamble.title).and_then(|(title, (row, column))| Some((title.fault(options)?, row, column)));
            if let Some((unlike, row, column)) = amounts {
                let title = sample[row][column].trim().to_owned();
                return Err(NoLayout { row, column, kind: ProblemKind::TitleUnlike { title, unlike } });
            }
            let chosen = Chosen { layout, preamble, header_row, names_row: last, by, below: under, beside };
            units::settled(chosen, last, below, options)
        };
        if let Some(ledger) = Ledger::of(&header) {
            return chosen(Layout::Ledger(Box::new(ledger)), false);
        }
        if let Some(long) = Long::new(header.clone(), below).filter(|long| differs(&long.columns.header, below)) {
            return is_clear(&header, last, options).and_then(|()| chosen(Layout::Long(Box::new(long)), false));
        }
        if let Some(wide) = across::wide(&header, &names, below, &preamble(), options) {
            let mut wide = wide.map_err(|fault| NoLayout { row: last, ..fault })?;
            let ends = below.first().is_some_and(|row| wide.take_ends(row));
            return chosen(Layout::Wide(Box::new(wide)), ends);
        }
        if let Some(columns) = SeriesColumns::new(&header).filter(|columns| differs(&columns.columns.header, below)) {
            is_clear(&header, last, options)?;
            return chosen(Layout::SeriesColumns(Box::new(columns)), false);
        }
        let fault = no_layout(&header, &names, below, last);
        // Periods and amounts stand below this row: it is the header, and what lies below is none.
        if let Some(fault) = fault.as_ref().filter(|fault| matches!(fault.kind, ProblemKind::WhichValue { .. })) {
            return Err(NoLayout { row: fault.row, column: fault.column, kind: fault.kind.clone() });
        }
        if let Some(fault) = fault
            && first_fault.as_ref().is_none_or(|first| is_telling(&fault.kind) && !is_telling(&first.kind))
        {
            first_fault = Some(fault);
        }
    }
    Err(first_fault.unwrap_or(NoLayout { row: 0, column: 0, kind: ProblemKind::NoRows }))
}

/// The rows under a header without those at their end that fill one cell of several: what they say is not a column's.
fn without_remarks<'a>(below: &'a [Vec<String>], names: &[String]) -> &'a [Vec<String>] {
    let filled = |row: &[String]| row.iter().filter(|cell| !cell.trim().is_empty()).count();
    if names.len() < 3 {
        return below;
    }
    let end = below.iter().rposition(|row| filled(row) > 1).map_or(below.len(), |last| last + 1);
    &below[..end]
}

/// Whether a problem says more of a table than that a row of it is not a header.
fn is_telling(kind: &ProblemKind) -> bool {
    matches!(kind, ProblemKind::WhichValue { .. } | ProblemKind::WhichPeriod { .. })
}

/// Whether the header differs in kind from the rows under it: no name of a column of periods is a period.
fn differs(header: &Header, below: &[Vec<String>]) -> bool {
    let same = |column: &Column| matches!(column.role, Some(Role::Period | Role::PeriodEnd)) && period::is_name(&column.name);
    below.is_empty() || !header.columns.iter().any(same)
}

/// No column may say when, or in which currency, as well as the one taken for it.
fn is_clear(header: &Header, row: usize, options: &Options) -> Result<(), NoLayout> {
    let has_currency = options.unit.is_some_and(|unit| unit.currency.is_some());
    if let Some(column) = header.rival_currencies.first().filter(|_| !has_currency) {
        let columns = header.rival_currencies.iter().map(|at| header.columns[*at].name.clone()).collect();
        return Err(NoLayout { row, column: *column, kind: ProblemKind::WhichCurrency { columns } });
    }
    if let Some(column) = header.numbered {
        let months = header.columns[column].profile.thirteenth == 0;
        let name = header.columns[column].name.clone();
        return Err(NoLayout { row, column, kind: ProblemKind::NumberedPeriods { column: name, months } });
    }
    let Some(column) = header.of(Role::Period).filter(|_| !header.rival_periods.is_empty()) else { return Ok(()) };
    let mut columns = vec![header.columns[column].name.clone()];
    columns.extend(header.rival_periods.iter().map(|at| header.columns[*at].name.clone()));
    Err(NoLayout { row, column, kind: ProblemKind::WhichPeriod { columns } })
}

/// What is wrong with a first row that lacks a column the user asked for.
fn no_such_column(header: &Header, names: &[String], role: Role, asked: String, row: usize) -> NoLayout {
    let nearest = header.nearest_to(&asked).map(str::to_owned);
    let column = place_of(nearest.as_deref(), names);
    NoLayout { row, column, kind: ProblemKind::NoSuchColumn { role, asked, nearest } }
}

/// What is wrong with a row that could be a header and makes none; `None` if it is nothing but a title.
fn no_layout(header: &Header, names: &[String], below: &[Vec<String>], row: usize) -> Option<NoLayout> {
    let filled = names.iter().filter(|name| !name.trim().is_empty()).count();
    let widest = below.iter().map(|row| row.iter().filter(|cell| !cell.trim().is_empty()).count()).max();
    if filled < 2 && widest.is_some_and(|widest| widest > filled) {
        return None;
    }
    if let Err(fault) = check_names(names, row) {
        return Some(fault);
    }
    let name = |at: usize| header.columns[at].name.clone();
    if header.period(true).is_none() {
        let nearest = header.nearest(Role::Period).map(str::to_owned);
        let column = place_of(nearest.as_deref(), names);
        return Some(NoLayout {
            row,
            column,
            kind: ProblemKind::NoColumn { role: Role::Period, nearest, columns: candidates(header, Role::Period) },
        });
    }
    let nearest = header.nearest(Role::Value).map(str::to_owned);
    let (mut columns, is_known) = match &header.values {
        Values::Unclear(columns) => (columns.clone(), false),
        Values::Else(columns) => (columns.clone(), true),
        Values::Several(columns) if nearest.is_none() => (columns.clone(), false),
        _ => (Vec::new(), false),
    };
    // The likeliest first.
    columns.sort_by_key(|at| {
        let column = &header.columns[*at];
        (column.measure == Measure::Not, column.is_numbered())
    });
    if let (Some(first), None) = (columns.first(), &nearest) {
        let kind = ProblemKind::WhichValue { columns: columns.iter().map(|at| name(*at)).collect(), is_known };
        return Some(NoLayout { row, column: *first, kind });
    }
    let column = place_of(nearest.as_deref(), names);
    Some(NoLayout {
        row,
        column,
        kind: ProblemKind::NoColumn { role: Role::Value, nearest, columns: candidates(header, Role::Value) },
    })
}

/// The column of a name that may have been meant, or the first.
fn place_of(nearest: Option<&str>, names: &[String]) -> usize {
    nearest.and_then(|name| names.iter().position(|other| other == name)).unwrap_or(0)
}

/// The names of the columns that may play a part, for a question: of those that say when the ones whose cells do, if there
/// are any; else those that no part is known of.
fn candidates(header: &Header, role: Role) -> Vec<String> {
    let names = |is: &dyn Fn(&Column) -> bool| -> Vec<String> {
        let columns = header.columns.iter().filter(|column| !column.name.is_empty() && is(column));
        columns.map(|column| column.name.clone()).collect()
    };
    let says_when = |column: &Column| {
        matches!(column.role, None | Some(Role::PeriodStart | Role::PeriodEnd)) && column.profile.only_when() > 0.5
    };
    let dates = if role == Role::Period { names(&says_when) } else { Vec::new() };
    if dates.is_empty() { names(&|column| column.role.is_none()) } else { dates }
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
