//! The long layout: one figure a row.

mod series;

use std::borrow::Cow;
use std::io::{self, Read};

use crate::near::same;
use crate::read::cell::kind::Kind;
use crate::read::cell::period::{self, Standing, When, whole_float};
use crate::read::cell::words::Mark;
use crate::read::claim::Dating;
use crate::read::layout::columns::{Columns, Found};
use crate::read::layout::file::File;
use crate::read::layout::header::{Column, Header, Measure, Role, UnitBy, Values};
use crate::read::layout::period_names::is_so_far;
use crate::read::layout::profile::Length;
use crate::read::layout::rows::{Apart, Rows};
use crate::read::layout::status::{Says, Status};
#[cfg(feature = "parallel")]
use crate::read::layout::threads::Threads;
use crate::read::layout::title::says_annual_rate;
use crate::read::layout::total::{is_total, is_total_of_period, total_of};
use crate::read::report::error::ProblemKind;
use crate::read::report::notice::{LeftOut, Notice};
use crate::read::report::problems::Position;
use crate::read::report::problems::place;
use crate::read::table::{Record, Records, Value};

/// The columns of a long table.
#[derive(Debug)]
pub(in crate::read) struct Long {
    pub(in crate::read) columns: Columns,
    period: usize,
    /// A column of years beside one of quarters or months that hold no year.
    year: Option<usize>,
    start: Option<usize>,
    end: Option<usize>,
    /// A column of lengths: `12M`, `TTM`.
    period_type: Option<usize>,
    /// A column of the lines of a statement, of which some are read.
    account: Option<usize>,
    /// What the amounts of those lines are, by their names.
    lines: Vec<Measure>,
    value: Option<usize>,
    /// Columns that say of some rows that they were cancelled, refunded or the like.
    status: Status,
    /// The kind that the value column's name gives to its figures.
    kind: Option<Kind>,
    dating: Dating,
    /// Whether the column of periods is called by weeks.
    weeks: bool,
    /// Whether the amounts are ChartMogul's, in cents.
    cents: bool,
    /// A column that says of rows that their amounts are annual rates.
    rate: Option<usize>,
    /// The column found to name the series, though its name does not say so.
    found_series: Option<usize>,
}

impl Long {
    /// The columns, if a period and a value (or a kind that needs none) are among them.
    pub(in crate::read) fn new(mut header: Header, below: &[Vec<String>]) -> Option<Self> {
        let value = match header.values {
            Values::One(at) => Some(at),
            _ => None,
        };
        let period = header.period(value.is_some())?;
        if value.is_none() && header.of(Role::Kind).is_none() {
            return None;
        }
        if header.columns[period].role == Some(Role::AsOf) {
            header.columns[period].role = Some(Role::Period);
        }
        let cents = value.filter(|at| header.is_chartmogul(*at));
        if let Some(at) = cents {
            (header.columns[at].power, header.columns[at].unit_by) = (-2, UnitBy::Export);
        }
        let status = Status::of(&mut header);
        let column = value.map(|at| &header.columns[at]);
        let months = header.columns[period].months().and_then(|months| u8::try_from(months).ok());
        let mut long = Self {
            period,
            year: header.year,
            weeks: header.columns[period].is_week(),
            start: header.of(Role::PeriodStart),
            end: header.of(Role::PeriodEnd),
            period_type: header.of(Role::PeriodType),
            account: header.of(Role::Account),
            lines: header.lines.iter().map(|line| Measure::of(line)).collect(),
            status,
            value,
            kind: column.and_then(Column::kind),
            dating: Dating {
                months: months.or_else(|| column.filter(|column| column.is_monthly()).map(|_| 1)),
                is_end: header.columns[period].role == Some(Role::PeriodEnd),
                entry: header.is_list(),
                listed: header.series_are_summed || is_of_orders(&header.columns[period].name),
                cumulative: column.is_some_and(Column::is_cumulative),
                monthly: column.is_some_and(Column::is_monthly),
                quantity: column.map(Column::quantity).unwrap_or_default(),
                header: false,
            },
            cents: cents.is_some(),
            rate: rate_of(&header, below),
            found_series: None,
            columns: Columns::new(header),
        };
        long.find_series(below);
        long.columns.take_unit_of_names();
        Some(long)
    }

    /// Reads the rows below the header.
    pub(in crate::read) fn read<R: Read>(&self, records: &mut Records<R>, file: &mut File<'_>) -> io::Result<()> {
        if let (Some(header), Some(at)) = (records.current(), self.found_series) {
            let place = place(&file.problems.file, Position::of(header.place(at)));
            file.notices.push(Notice::SeriesColumn { place, column: header.cell(at).into_owned() });
        }
        if let (Some(header), Some(levy), Some(at)) = (records.current(), self.columns.header.levy, self.value) {
            let place = place(&file.problems.file, Position::of(header.place(at)));
            let (column, levy) = (header.cell(at).into_owned(), header.cell(levy).into_owned());
            file.notices.push(Notice::MayIncludeLevy { place, column, levy });
        }
        let mut rows = Rows::new(self.columns.header.columns.len(), self.value);
        #[cfg(feature = "parallel")]
        {
            let mut threads = Threads::default();
            loop {
                let line = threads.read(self, &mut rows, records, file)?;
                if !self.rows(&mut rows, records, file, line)? {
                    break;
                }
            }
        }
        #[cfg(not(feature = "parallel"))]
        self.rows(&mut rows, records, file, u64::MAX)?;
        file.check_given_back(&self.columns.header);
        if let Some(claim) = file.claims.first().filter(|_| self.cents) {
            let place = place(&file.problems.file, claim.place);
            file.notices.push(Notice::SmallestUnit { place, export: "ChartMogul" });
        }
        Ok(())
    }

    /// Reads on, up to the row that begins at `line` or behind it, and whether the table may go on there.
    pub(in crate::read) fn rows<R: Read>(
        &self,
        rows: &mut Rows,
        records: &mut Records<R>,
        file: &mut File<'_>,
        line: u64,
    ) -> io::Result<bool> {
        let mut remarks = false;
        while (remarks || records.line() < line)
            && rows.next(records, file)?
            && let Some(record) = records.current()
        {
            match if remarks { Some(Apart::Remarks) } else { self.apart(rows, &record, records) } {
                None => self.row(&record, file),
                Some(Apart::Table) => {
                    file.second_table(&record, rows.before());
                    return Ok(false);
                }
                Some(Apart::Remarks) => {
                    remarks = true;
                    file.left_out(LeftOut::Remark, &record, 0);
                }
            }
        }
        Ok(records.line() >= line)
    }

    /// What a row is if it is none of the table: its period is none, and something else stands before it.
    #[inline]
    fn apart<R: Read>(&self, rows: &mut Rows, record: &Record<'_>, records: &Records<R>) -> Option<Apart> {
        if !rows.is_behind_gap() {
            return None;
        }
        let period = record.cell(self.period);
        let is_dated = period.as_bytes().first().is_some_and(u8::is_ascii_digit);
        if is_dated || period::parse(&period).is_ok() || is_total(&period) || period::standing(&period).is_some() {
            return None;
        }
        rows.apart(record, records)
    }

    fn row(&self, record: &Record<'_>, file: &mut File<'_>) {
        let period = self.columns.header.columns[self.period].in_full(record.cell(self.period));
        let is_dated = period.as_bytes().first().is_some_and(u8::is_ascii_digit);
        // Where a row has no period, another cell may say that it adds up those above.
        let total = if is_dated && period.as_bytes().last().is_some_and(u8::is_ascii_digit) {
            None
        } else if period.is_empty() {
            let adds_up = |cell: &str| is_total(cell) || total_of(cell).is_some_and(|of| period::by_number(of).is_some());
            (0..record.len()).find(|at| adds_up(&record.cell(*at)))
        } else {
            (is_total(&period) || is_total_of_period(&period)).then_some(self.period)
        };
        if let Some(at) = total {
            file.left_out(LeftOut::Total, record, at);
            return;
        }
        let without_value = self.value.filter(|at| !is_dated && record.is_empty(*at));
        if let Some(standing) = without_value.and_then(|_| period::standing(&period)) {
            // `Forecast` alone in its row: what follows is one.
            file.below_forecast = standing == Standing::Forecast;
            file.left_out(LeftOut::Remark, record, self.period);
            return;
        }
        if file.below_forecast {
            file.left_out(LeftOut::Forecast, record, self.period);
            return;
        }
        let line = match self.account {
            None => Measure::Unknown,
            Some(at) => {
                let label = record.cell(at);
                let Some(line) = self.columns.header.lines.iter().position(|line| same(line, &label)) else {
                    file.left_out(LeftOut::Account, record, at);
                    return;
                };
                self.lines[line]
            }
        };
        if let Some(at) = self.columns.total_of_group(record, file) {
            file.left_out(LeftOut::Total, record, at);
            return;
        }
        if let Some(at) = self.columns.not_money(record, file) {
            file.left_out(LeftOut::NotMoney, record, at);
            return;
        }
        let says = self.status.says(record, file);
        if says == Says::LeftOut {
            return;
        }
        let length = self.period_type.and_then(|at| {
            let cell = record.cell(at);
            Length::of(&cell).or_else(|| Length::of_part(&cell))
        });
        if length == Some(Length::Trailing) {
            file.left_out(LeftOut::Trailing, record, self.period);
            return;
        }
        let of_length = length.and_then(|length| if let Length::Months(months) = length { Some(months) } else { None });
        let attributes = self.columns.attributes(record, None, file);
        let when = self.when(record, period, file);
        let number = match self.value.map(|at| self.columns.number(record, at, file)) {
            Some(Err(wrong)) => {
                self.columns.problem(file, record, wrong);
                return;
            }
            Some(Ok(number)) => number,
            None => None,
        };
        let number = number.map(|number| self.status.apply(says, number, record, file));
        let (Some(attributes), Some((when, period_at))) = (attributes, when) else { return };
        let rate = self.rate.filter(|at| file.options.kind.is_none() && says_annual_rate(&record.cell(*at)));
        if let Some(at) = rate {
            file.note_annual_rate(record, at);
        }
        let of_row = attributes.kind.or_else(|| rate.map(|_| Kind::RunRate));
        let of_line = matches!(line, Measure::RunRate(_)).then_some(Kind::RunRate);
        let kind = of_row.or(of_line).or(self.kind).or(file.options.kind).unwrap_or(Kind::Revenue);
        if number.is_none() && kind != Kind::Event {
            if let Some(at) = self.value {
                file.note_dash(record, at);
                file.no_value(record, at);
            } else {
                let kind = ProblemKind::NoColumn { role: Role::Value, nearest: None, columns: Vec::new() };
                self.columns.problem(file, record, (period_at, kind));
            }
            return;
        }
        let found = Found {
            kind,
            when,
            dating: Dating {
                months: of_length.or(self.dating.months).or(attributes.months),
                monthly: self.dating.monthly || attributes.months.is_some() || matches!(line, Measure::Monthly(_)),
                ..self.dating
            },
            number,
            value_at: self.value.filter(|_| number.is_some()).unwrap_or(period_at),
            period_at,
            period_place: None,
            period_text: "",
        };
        self.columns.claim(record, &attributes, found, file);
    }

    /// When, and the column that says it; problems are reported here. `text` is the cell of the period.
    #[inline]
    fn when<'r>(&self, record: &Record<'r>, mut text: Cow<'r, str>, file: &mut File<'_>) -> Option<(When, usize)> {
        if let (Some(start), Some(end)) = (self.start, self.end) {
            let (from, to) = (record.cell(start), record.cell(end));
            if !from.is_empty() && !to.is_empty() {
                let from = self.period_cell(record, start, &from, file);
                let to = self.period_cell(record, end, &to, file);
                let (from, to) = (from?, to?);
                if period::are_weeks(from, to) {
                    file.rounded_span(record, start);
                }
                return match period::between_ends(from, to) {
                    Ok(when) => Some((when, start)),
                    Err(fault) => {
                        self.columns.problem(file, record, (start, ProblemKind::Span(fault)));
                        None
                    }
                };
            }
        }
        let at = self.period;
        if text.is_empty() {
            // An instant, as SEC data has it: an end without a start.
            if let Some(end) = self.end.filter(|end| !record.cell(*end).is_empty()) {
                return Some((self.period_cell(record, end, &record.cell(end), file)?, end));
            }
            // A further line of an entry that stands above it, say.
            if self.value.is_none_or(|value| !record.is_empty(value)) {
                self.columns.problem(file, record, (at, ProblemKind::EmptyCell));
            } else {
                file.no_value(record, at);
            }
            return None;
        }
        if let Some(year) = self.year {
            let year = file.year_of(record, year);
            let is_number = text.len() <= 2 && text.bytes().all(|byte| byte.is_ascii_digit());
            text = if self.weeks && is_number {
                Cow::Owned(format!("{}-W{text:0>2}", whole_float(&year)))
            } else {
                let months = self.dating.months.or(file.options.each.and_then(|each| u8::try_from(each.months()).ok()));
                with_year(&text, &year, months).map_or(text, Cow::Owned)
            };
        }
        Some((self.period_cell(record, at, &text, file)?, at))
    }

    #[inline]
    fn period_cell(&self, record: &Record<'_>, at: usize, text: &str, file: &mut File<'_>) -> Option<When> {
        if self.weeks
            && let Some(week) = period::week_by_number(text)
        {
            return Some(week);
        }
        if let Value::Day(day, time) = record.value(at) {
            return Some(file.see_day(day, time));
        }
        // Of the commonest forms nothing is open but what their column says.
        if let Some(when) = period::plain(text) {
            return Some(when);
        }
        match period::parse_where(text, self.columns.header.projected) {
            Ok(when) => {
                file.see_provisional(text, self.columns.header.projected, record, at);
                if !matches!(when, When::Span(_)) {
                    file.see_fiscal(text, || Position::of(record.place(at)));
                    file.see_mark(text, record, at);
                }
                Some(file.see_period(when, text))
            }
            Err(period::PeriodFault::Trailing) => {
                file.left_out(LeftOut::Trailing, record, at);
                None
            }
            Err(period::PeriodFault::Estimate) => {
                file.left_out(LeftOut::Forecast, record, at);
                None
            }
            Err(_) if is_so_far(text) => {
                file.left_out(LeftOut::SoFarRow, record, at);
                None
            }
            Err(fault) => {
                self.columns.problem(file, record, (at, ProblemKind::Period(fault)));
                None
            }
        }
    }
}

/// The column whose cells say of some rows that their amounts are annual rates.
fn rate_of(header: &Header, below: &[Vec<String>]) -> Option<usize> {
    let says = |at: &usize| below.iter().any(|row| row.get(*at).is_some_and(|cell| says_annual_rate(cell)));
    let is_free = |at: &usize| matches!(header.columns[*at].role, None | Some(Role::Unit));
    (0..header.columns.len()).filter(is_free).find(says)
}

/// Whether the name of a column of dates says that they are those of orders and the like: `Order Date`, `paid_at`.
pub(in crate::read) fn is_of_orders(name: &str) -> bool {
    Mark::OrderDate.is_in(name)
}

/// A quarter or month without its year, joined to the year of another column: `Q3` or `3` and `2024`.
pub(in crate::read) fn with_year(part: &str, year: &str, months: Option<u8>) -> Option<String> {
    // Tables that went through floating point write `1.0` and `2017.0`.
    let (part, year) = (whole_float(part), whole_float(year).trim_end_matches(['年', '度', '년', '도']));
    if part.eq_ignore_ascii_case("fy") {
        return Some(format!("FY{year}"));
    }
    // `P01`, where it is said what such periods are.
    let number = months.and_then(|_| period::by_number(part)).map(|number| number.to_string());
    let part = number.as_deref().unwrap_or(part);
    let is_number = part.len() <= 2 && part.bytes().all(|byte| byte.is_ascii_digit());
    if let Some(month) = period::month_alone(part) {
        return Some(format!("{month}/{year}"));
    }
    match (period::parse(part), months) {
        (Err(_), Some(1)) if is_number => Some(format!("{part}/{year}")),
        (Err(_), Some(3)) if is_number => Some(format!("Q{part} {year}")),
        (Err(_), Some(6)) if is_number => Some(format!("H{part} {year}")),
        (Err(period::PeriodFault::NoYear), _) => {
            // In Chinese, Japanese and Korean the year comes first.
            let year_first = format!("{year}年{part}");
            Some(if !part.is_ascii() && period::is_name(&year_first) { year_first } else { format!("{part} {year}") })
        }
        _ => None,
    }
}
