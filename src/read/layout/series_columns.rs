//! The layout with one column for each series, and one of periods.

use std::io::{self, Read};

use crate::near::{distance, normalise};

use crate::read::cell::amount;
use crate::read::cell::kind::Kind;
use crate::read::cell::period;
use crate::read::claim::Dating;
use crate::read::layout::columns::{Columns, Found};
use crate::read::layout::file::File;
use crate::read::layout::header::{Header, Role};
use crate::read::layout::long::Long;
use crate::read::layout::rows::Rows;
use crate::read::layout::total::{is_not_revenue, is_total};
use crate::read::report::error::ProblemKind;
use crate::read::report::notice::LeftOut;
use crate::read::table::{Record, Records};

/// The columns of a table with one for each series.
#[derive(Debug)]
pub(in crate::read) struct SeriesColumns {
    pub(in crate::read) columns: Columns,
    period: usize,
    dating: Dating,
    series: Vec<SeriesColumn>,
    totals: Vec<usize>,
    /// Columns of costs, profits, customers.
    not_revenue: Vec<usize>,
}

#[derive(Debug)]
struct SeriesColumn {
    at: usize,
    /// None if the column is called by its unit alone, and is the only one.
    name: Option<String>,
}

impl SeriesColumns {
    /// The table as one of this layout, if it has a column of periods and columns without a role that hold amounts.
    pub(in crate::read) fn new(header: Header, below: &[Vec<String>]) -> Result<Self, Header> {
        let Some(period) = header.of(Role::Period).or_else(|| header.of(Role::PeriodEnd)) else { return Err(header) };
        let amounts = amount_columns(&header, period, below);
        let columns = Self::of(header, period, &amounts);
        // A column of series and one of unknown name is a long table whose value is called by a name that is not known; so is
        // one column whose name is nearly that of values.
        let misspelt = |only: &SeriesColumn| {
            only.name.as_ref().is_some_and(|name| distance(&normalise(name), Role::Value.names()).is_some())
        };
        match columns.series.as_slice() {
            [] => Err(columns.columns.header),
            [only] if misspelt(only) => Err(columns.columns.header),
            _ if columns.columns.names_series() => Err(columns.columns.header),
            _ => Ok(columns),
        }
    }

    /// A table whose column of values is called `total`, beside several others that hold amounts: the parts are the series.
    pub(in crate::read) fn instead_of_total(long: &Long, below: &[Vec<String>]) -> Option<Self> {
        let header = &long.columns.header;
        let value = long.value().filter(|at| is_total(&header.columns[*at].name))?;
        let period = header.of(Role::Period).or_else(|| header.of(Role::PeriodEnd))?;
        let amounts = amount_columns(header, period, below);
        let parts = amounts.iter().filter(|at| **at != value).count();
        (parts >= 2 && !long.columns.names_series()).then(|| {
            let mut header = header.clone();
            header.columns[value].role = None;
            Self::of(header, period, &amounts)
        })
    }

    fn of(mut header: Header, period: usize, amounts: &[usize]) -> Self {
        let months = header.columns[period].months().and_then(|months| u8::try_from(months).ok());
        let is_end = header.columns[period].role == Some(Role::PeriodEnd);
        let name = |at: usize| header.columns[at].name.as_str();
        let (totals, parts): (Vec<usize>, Vec<usize>) = amounts.iter().copied().partition(|at| is_total(name(*at)));
        let (not_revenue, series): (Vec<usize>, Vec<usize>) = parts.into_iter().partition(|at| is_not_revenue(name(*at)));
        // `€` or `USD m`: the amounts in that currency, and no series called so.
        let by_unit = series.iter().all(|at| header.columns[*at].is_currency());
        let alone = series.len() == 1;
        let named = |at: usize| {
            let column = &mut header.columns[at];
            let name = if by_unit { column.take_whole_unit() } else { column.take_unit() };
            SeriesColumn { at, name: Some(name).filter(|_| !(by_unit && alone)) }
        };
        let series = series.into_iter().map(named).collect();
        Self {
            period,
            dating: Dating { months, is_end, entry: false },
            series,
            totals,
            not_revenue,
            columns: Columns::new(header),
        }
    }

    /// Whether a column holds the amounts of a series.
    pub(in crate::read) fn holds(&self, at: usize) -> bool {
        self.series.iter().any(|series| series.at == at)
    }

    /// The name of the series whose amounts a column holds, if it has one.
    pub(in crate::read) fn name(&self, at: usize) -> Option<&str> {
        self.series.iter().find(|series| series.at == at)?.name.as_deref()
    }

    /// Reads the rows below the header.
    pub(in crate::read) fn read<R: Read>(&self, records: &mut Records<R>, file: &mut File<'_>) -> io::Result<()> {
        if let Some(header) = records.current() {
            for at in &self.totals {
                file.left_out(LeftOut::TotalColumn, &header, *at);
            }
            for at in &self.not_revenue {
                file.left_out(LeftOut::NotRevenue, &header, *at);
            }
        }
        let mut rows = Rows::new(self.columns.header.columns.len(), None);
        while rows.next(records, file)?
            && let Some(record) = records.current()
        {
            self.row(&record, file);
        }
        Ok(())
    }

    fn row(&self, record: &Record<'_>, file: &mut File<'_>) {
        let text = record.cell(self.period);
        if is_total(&text) {
            file.left_out(LeftOut::Total, record, self.period);
            return;
        }
        if text.is_empty() {
            self.columns.problem(file, record, (self.period, ProblemKind::EmptyCell));
            return;
        }
        let when = match period::parse(&text) {
            Ok(when) => when,
            Err(fault) => return self.columns.problem(file, record, (self.period, ProblemKind::Period(fault))),
        };
        file.see_order(when, &text);
        for series in &self.series {
            let Some(number) = self.columns.sound_number(record, series.at, file) else { continue };
            let Some(attributes) = self.columns.attributes(record, series.name.as_deref(), file) else { return };
            let found = Found {
                kind: attributes.kind.or(file.options.kind).unwrap_or(Kind::Revenue),
                when,
                dating: self.dating,
                number: Some(number),
                value_at: series.at,
                period_at: self.period,
                period_place: None,
                period_text: String::new(),
            };
            self.columns.claim(record, &attributes, found, file);
        }
    }
}

/// Columns without a role (or of values) under which mostly amounts stand; a cell that is none is a problem then.
fn amount_columns(header: &Header, period: usize, below: &[Vec<String>]) -> Vec<usize> {
    let is_amount = |cell: &&String| amount::parse(cell).is_ok();
    (0..header.columns.len())
        .filter(|at| *at != period)
        .filter(|at| {
            let column = &header.columns[*at];
            !column.name.is_empty() && (column.role.is_none() || column.role == Some(Role::Value))
        })
        .filter(|at| {
            let cells = || below.iter().filter_map(|row| row.get(*at)).filter(|cell| !amount::is_missing(cell));
            let (amounts, all) = (cells().filter(is_amount).count(), cells().count());
            amounts * 2 > all
        })
        .collect()
}
