//! The layout with one column for each series, and one of periods.

use std::borrow::Cow;
use std::io::{self, Read};

use crate::near::distance;
use crate::read::cell::kind::Kind;
use crate::read::cell::period::{self, PeriodFault};
use crate::read::claim::Dating;
use crate::read::layout::columns::{Columns, Found};
use crate::read::layout::file::File;
use crate::read::layout::header::{Column, Header, Role, Values};
use crate::read::layout::long::{is_of_orders, with_year};
use crate::read::layout::period_names::is_so_far;
use crate::read::layout::rows::Rows;
use crate::read::layout::status::{Says, Status};
use crate::read::layout::total::is_total;
use crate::read::report::error::ProblemKind;
use crate::read::report::notice::LeftOut;
use crate::read::report::reason::Reason;
use crate::read::table::{Record, Records, Value};

/// The columns of a table with one for each series.
#[derive(Debug)]
pub(in crate::read) struct SeriesColumns {
    pub(in crate::read) columns: Columns,
    period: usize,
    /// A column of years beside one of quarters or months that hold no year.
    year: Option<usize>,
    /// The length that the name of the column of periods gives.
    months: Option<u8>,
    series: Vec<SeriesColumn>,
    totals: Vec<usize>,
    /// Columns of costs, profits, customers.
    not_revenue: Vec<usize>,
    /// Columns that say of some rows that they were cancelled, refunded or the like.
    status: Status,
}

#[derive(Debug)]
struct SeriesColumn {
    at: usize,
    /// None if the column is called by its unit alone, and is the only one.
    name: Option<String>,
    /// The kind that its name gives to its figures.
    kind: Option<Kind>,
    dating: Dating,
}

impl SeriesColumns {
    /// The table as one of this layout, if it has a column of periods and columns that each hold the amounts of a series.
    pub(in crate::read) fn new(header: &Header) -> Option<Self> {
        let Values::Several(series) = header.values.clone() else { return None };
        let period = header.period(false)?;
        // A column of series and one of unknown name is a long table whose value is called by a name that is not known; so is
        // one column whose name is nearly that of values.
        let is_misspelt = |at: usize| distance(&header.columns[at].plain(), Role::Value.names()).is_some();
        if series.len() == 1 && is_misspelt(series[0]) || header.of(Role::Series).is_some() || !header.parts().is_empty() {
            return None;
        }
        Some(Self::of(header.clone(), period, series))
    }

    fn of(mut header: Header, period: usize, series: Vec<usize>) -> Self {
        let months = header.columns[period].months().and_then(|months| u8::try_from(months).ok());
        let is_end = header.columns[period].role == Some(Role::PeriodEnd);
        let rest = |is: &dyn Fn(&Column) -> bool| {
            let others = (0..header.columns.len()).filter(|at| !series.contains(at));
            let amounts = others.filter(|at| header.columns[*at].role.is_none() && header.columns[*at].profile.is_amounts());
            amounts.filter(|at| header.year != Some(*at) && is(&header.columns[*at])).collect::<Vec<usize>>()
        };
        let totals = rest(&|column| is_total(&column.name));
        let not_revenue = rest(&|column| column.measure.is_something_else());
        for at in &totals {
            header.columns[*at].because = Some(Reason::LeftOut(LeftOut::TotalColumn));
        }
        // `€` or `USD m`: the amounts in that currency, and no series called so.
        let by_unit = series.iter().all(|at| header.columns[*at].is_currency());
        let alone = series.len() == 1;
        let listed = header.series_are_summed || is_of_orders(&header.columns[period].name);
        let named = |at: usize| {
            let column = &mut header.columns[at];
            let name = if by_unit { column.take_whole_unit() } else { column.take_unit() };
            let dating = Dating {
                months: months.or(column.is_monthly().then_some(1)),
                is_end,
                entry: false,
                listed,
                cumulative: column.is_cumulative(),
                monthly: column.is_monthly(),
                quantity: column.quantity(),
                header: false,
            };
            SeriesColumn { at, name: Some(name).filter(|_| !(by_unit && alone)), kind: column.kind(), dating }
        };
        let series: Vec<SeriesColumn> = series.into_iter().map(named).collect();
        let year = header.year;
        let status = Status::of(&mut header);
        let mut columns = Columns::new(header);
        columns.take_as_amounts(|at| series.iter().any(|series| series.at == at));
        Self { columns, period, year, months, series, totals, not_revenue, status }
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
        file.check_given_back(&self.columns.header);
        Ok(())
    }

    fn row(&self, record: &Record<'_>, file: &mut File<'_>) {
        let text = self.columns.header.columns[self.period].in_full(record.cell(self.period));
        if is_total(&text) {
            file.left_out(LeftOut::Total, record, self.period);
            return;
        }
        let says = self.status.says(record, file);
        if says == Says::LeftOut {
            return;
        }
        if text.is_empty() && self.series.iter().all(|series| record.is_empty(series.at)) {
            return file.no_value(record, self.period);
        }
        if text.is_empty() {
            self.columns.problem(file, record, (self.period, ProblemKind::EmptyCell));
            return;
        }
        let joined = self.year.and_then(|year| with_year(&text, &file.year_of(record, year), self.months));
        let text = joined.map_or(text, Cow::Owned);
        let when = match (record.value(self.period), period::parse_where(&text, self.columns.header.projected)) {
            (Value::Day(day, time), _) => file.see_day(day, time),
            (_, Ok(when)) => {
                file.see_provisional(&text, self.columns.header.projected, record, self.period);
                file.see_period(when, &text)
            }
            (_, Err(PeriodFault::Trailing)) => return file.left_out(LeftOut::Trailing, record, self.period),
            (_, Err(PeriodFault::Estimate)) => return file.left_out(LeftOut::Forecast, record, self.period),
            (_, Err(_)) if is_so_far(&text) => return file.left_out(LeftOut::SoFarRow, record, self.period),
            (_, Err(fault)) => return self.columns.problem(file, record, (self.period, ProblemKind::Period(fault))),
        };
        for series in &self.series {
            let Some(number) = self.columns.sound_number(record, series.at, file) else { continue };
            let number = self.status.apply(says, number, record, file);
            let Some(attributes) = self.columns.attributes(record, series.name.as_deref(), file) else { return };
            let found = Found {
                kind: attributes.kind.or(series.kind).or(file.options.kind).unwrap_or(Kind::Revenue),
                when,
                dating: series.dating,
                number: Some(number),
                value_at: series.at,
                period_at: self.period,
                period_place: None,
                period_text: "",
            };
            self.columns.claim(record, &attributes, found, file);
        }
    }
}
