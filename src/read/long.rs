//! The long layout: one figure a row.

use std::borrow::Cow;
use std::io::{self, Read};

use super::Options;
use super::amount::{self, Number, Sign};
use super::claim::{Claim, Dating, Extra};
use super::error::ProblemKind;
use super::file::File;
use super::header::{Column, Header, Role};
use super::kind::{Kind, basis};
use super::period::{self, When};
use super::problems::Position;
use super::table::{Record, Records};
use super::words::{Word, word};
use crate::money::Currency;
use crate::series::{Measure, Written};

/// The columns of a long table.
pub(super) struct Long {
    header: Header,
    series: Option<usize>,
    kind: Option<usize>,
    period: Option<usize>,
    /// A column of years beside one of quarters or months that hold no year.
    year: Option<usize>,
    start: Option<usize>,
    end: Option<usize>,
    value: Option<usize>,
    basis: Option<usize>,
    currency: Option<usize>,
    fiscal_year_end: Option<usize>,
    as_of: Option<usize>,
    source: Option<usize>,
    note: Option<usize>,
    dating: Dating,
}

impl Long {
    /// The columns, if a period and a value are among them; else the roles that are missing.
    pub(super) fn new(header: Header) -> Result<Self, (Header, Role)> {
        let of = |role| header.of(role);
        let period = of(Role::Period).or_else(|| of(Role::PeriodEnd));
        let Some(period_column) = period else { return Err((header, Role::Period)) };
        if of(Role::Value).is_none() && of(Role::Kind).is_none() {
            return Err((header, Role::Value));
        }
        let months =
            header.columns[period_column].months().or_else(|| of(Role::Value).and_then(|at| header.columns[at].months()));
        let is_end = header.columns[period_column].role == Some(Role::PeriodEnd);
        Ok(Self {
            series: of(Role::Series),
            kind: of(Role::Kind),
            period,
            year: header.year_beside(period_column),
            start: of(Role::PeriodStart),
            end: of(Role::PeriodEnd),
            value: of(Role::Value),
            basis: of(Role::Basis),
            currency: of(Role::Currency),
            fiscal_year_end: of(Role::FiscalYearEnd),
            as_of: of(Role::AsOf),
            source: of(Role::Source),
            note: of(Role::Note),
            dating: Dating { months: months.and_then(|months| u8::try_from(months).ok()), is_end },
            header,
        })
    }

    pub(super) fn header(&self) -> &Header {
        &self.header
    }

    /// Reads the rows below the header.
    pub(super) fn read<R: Read>(&self, records: &mut Records<R>, file: &mut File<'_>) -> io::Result<()> {
        while let Some(record) = records.next()? {
            match record {
                Ok(record) if record.is_blank() => {}
                Ok(record) => {
                    if self.has_width(&record, file) {
                        self.row(&record, file);
                    }
                }
                Err(fault) => {
                    file.problems.of_text(&fault);
                    break;
                }
            }
        }
        Ok(())
    }

    fn has_width(&self, record: &Record<'_>, file: &mut File<'_>) -> bool {
        file.rows += 1;
        let expected = self.header.columns.len();
        let found = record.len();
        // A delimiter at the end of every row is a habit of some exporters.
        if found == expected || (found > expected && (expected..found).all(|at| record.cell(at).is_empty())) {
            return true;
        }
        let at = if found > expected { self.value.unwrap_or(0) } else { found };
        let digits = |at: usize| {
            let cell = record.cell(at);
            let groups = cell.trim_start_matches(|c: char| !c.is_ascii_digit()).split(|c: char| !c.is_ascii_digit());
            groups.map(str::len).next().unwrap_or(0)
        };
        let split_amount = found > expected
            && self
                .value
                .is_some_and(|value| (1..=3).contains(&digits(value)) && !record.is_quoted(value) && digits(value + 1) == 3);
        file.problems.in_row(record, at, ProblemKind::Width { expected, found, split_amount });
        false
    }

    fn column(&self, at: usize) -> Option<&str> {
        self.header.columns.get(at).map(|column| column.name.as_str())
    }

    fn problem(&self, file: &mut File<'_>, record: &Record<'_>, at: usize, kind: ProblemKind) {
        file.problems.in_cell(record, at, self.column(at), kind);
    }

    /// Reads one row. Every cell is looked at, so that one run shows all that is wrong with it.
    fn row(&self, record: &Record<'_>, file: &mut File<'_>) {
        let series = self.series_name(record);
        let kind = self.kind(record, file.options);
        let basis = self.basis(record, kind.as_ref().ok().copied(), file);
        let when = self.when(record, file);
        let number = self.number(record);
        let sign = number.as_ref().ok().and_then(|number| number.as_ref()?.sign);
        let currency = self.currency(record, sign, file.options.currency);
        let year_end = self.year_end(record);
        let as_of = self.as_of(record);
        let mut sound = when.is_some();
        let mut keep = |wrong: Option<&Wrong>| {
            if let Some((at, kind)) = wrong {
                self.problem(file, record, *at, kind.clone());
                sound = false;
            }
        };
        keep(series.as_ref().err());
        keep(kind.as_ref().err());
        keep(basis.as_ref().err());
        keep(number.as_ref().err());
        keep(currency.as_ref().err());
        keep(year_end.as_ref().err());
        keep(as_of.as_ref().err());
        let (Ok(series), Ok(kind), Ok(basis), Some((when, period_at))) = (series, kind, basis, when) else { return };
        let (Ok(number), Ok(currency), Ok(fiscal_year_end), Ok(as_of), true) = (number, currency, year_end, as_of, sound)
        else {
            return;
        };
        if number.is_none() && kind != Kind::Event {
            match self.value {
                Some(at) => file.no_value(record, at),
                None => self.problem(file, record, period_at, ProblemKind::NoColumn { role: Role::Value, nearest: None }),
            }
            return;
        }
        if let Some(as_of) = as_of {
            file.see_order(as_of, &record.cell(self.as_of.unwrap_or(0)));
        }
        let place = if number.is_some() { self.value.unwrap_or(period_at) } else { period_at };
        let series = file.series_index(series.as_deref());
        file.claims.push(Claim {
            series,
            file: file.index,
            kind,
            basis,
            when,
            dating: self.dating,
            number,
            currency,
            fiscal_year_end,
            as_of,
            place: Position::of(record.place(place)),
            period_place: Position::of(record.place(period_at)),
            extra: self.extra(record, period_at, file.options.keep_written),
        });
    }

    fn series_name<'r>(&self, record: &Record<'r>) -> Result<Option<Cow<'r, str>>, Wrong> {
        match self.series {
            Some(at) => filled(record, Some(at)).map(|(_, name)| Some(name)).ok_or((at, ProblemKind::EmptyCell)),
            None => Ok(None),
        }
    }

    fn kind(&self, record: &Record<'_>, options: &Options) -> Result<Kind, Wrong> {
        match filled(record, self.kind) {
            Some((at, name)) => Kind::from_name(&name).ok_or_else(|| (at, ProblemKind::Kind { nearest: Kind::nearest(&name) })),
            None => Ok(self.value.and_then(|at| self.header.columns[at].kind()).or(options.kind).unwrap_or(Kind::Revenue)),
        }
    }

    fn basis(&self, record: &Record<'_>, kind: Option<Kind>, file: &mut File<'_>) -> Result<Option<Measure>, Wrong> {
        match filled(record, self.basis) {
            Some((at, name)) if kind == Some(Kind::Target) => {
                basis(&name).map(Some).map_err(|nearest| (at, ProblemKind::Basis { nearest }))
            }
            Some((at, _)) => {
                file.basis_not_used(record, at);
                Ok(None)
            }
            None => Ok(None),
        }
    }

    fn number(&self, record: &Record<'_>) -> Result<Option<Number>, Wrong> {
        match filled(record, self.value).filter(|(_, cell)| !amount::is_missing(cell)) {
            Some((at, cell)) => match amount::parse(&cell) {
                Ok(number) => Ok(Some(number.scaled(self.header.columns[at].scale))),
                Err(fault) => Err((at, ProblemKind::Amount(fault))),
            },
            None => Ok(None),
        }
    }

    fn year_end(&self, record: &Record<'_>) -> Result<Option<u8>, Wrong> {
        match filled(record, self.fiscal_year_end) {
            Some((at, text)) => year_end(&text).map(Some).ok_or((at, ProblemKind::FiscalYearEnd)),
            None => Ok(None),
        }
    }

    fn as_of(&self, record: &Record<'_>) -> Result<Option<When>, Wrong> {
        match filled(record, self.as_of) {
            Some((at, text)) => period::parse(&text).map(Some).map_err(|fault| (at, ProblemKind::Period(fault))),
            None => Ok(None),
        }
    }

    fn extra(&self, record: &Record<'_>, period_at: usize, keep_written: bool) -> Option<Box<Extra>> {
        let text = |at: Option<usize>| filled(record, at).map(|(_, text)| text.into_owned());
        let written = keep_written.then(|| {
            let value = text(self.value).unwrap_or_default();
            Box::new(Written { period: record.cell(period_at).into_owned(), value })
        });
        let extra = Extra { source: text(self.source), note: text(self.note), written };
        let some = extra.source.is_some() || extra.note.is_some() || extra.written.is_some();
        some.then(|| Box::new(extra))
    }

    /// When, and the column that says it; problems are reported here.
    fn when(&self, record: &Record<'_>, file: &mut File<'_>) -> Option<(When, usize)> {
        if let (Some(start), Some(end)) = (self.start, self.end) {
            let (from, to) = (record.cell(start), record.cell(end));
            if !from.is_empty() && !to.is_empty() {
                let from = self.period_cell(record, start, &from, file);
                let to = self.period_cell(record, end, &to, file);
                return match period::between_ends(from?, to?) {
                    Ok(when) => Some((when, start)),
                    Err(fault) => {
                        self.problem(file, record, start, ProblemKind::Span(fault));
                        None
                    }
                };
            }
        }
        let at = self.period?;
        let mut text = record.cell(at);
        if text.is_empty() {
            // An instant, as SEC data has it: an end without a start.
            if let Some(end) = self.end.filter(|end| !record.cell(*end).is_empty()) {
                return Some((self.period_cell(record, end, &record.cell(end), file)?, end));
            }
            self.problem(file, record, at, ProblemKind::EmptyCell);
            return None;
        }
        if let Some(year) = self.year {
            text = with_year(&text, &record.cell(year), self.dating.months).map_or(text, Cow::Owned);
        }
        Some((self.period_cell(record, at, &text, file)?, at))
    }

    fn period_cell(&self, record: &Record<'_>, at: usize, text: &str, file: &mut File<'_>) -> Option<When> {
        match period::parse(text) {
            Ok(when) => {
                file.see_order(when, text);
                Some(when)
            }
            Err(fault) => {
                self.problem(file, record, at, ProblemKind::Period(fault));
                None
            }
        }
    }

    /// The currency that the row states.
    fn currency(&self, record: &Record<'_>, cell_sign: Option<Sign>, default: Currency) -> Result<Option<Currency>, Wrong> {
        let stated = match filled(record, self.currency) {
            Some((at, text)) => {
                let sign = amount::currency_sign(&text).ok_or((at, ProblemKind::Currency))?;
                Some(sign.currency(default).ok_or((at, ProblemKind::Currency))?)
            }
            None => self.value.and_then(|at| self.header.columns[at].sign).and_then(|sign| sign.currency(default)),
        };
        let Some(sign) = cell_sign else { return Ok(stated) };
        let at = self.value.unwrap_or(0);
        let of_cell = sign.currency(stated.unwrap_or(default)).ok_or((at, ProblemKind::Currency))?;
        match stated {
            Some(column) if column != of_cell => Err((at, ProblemKind::CurrencyOfCell { sign: of_cell, column })),
            _ => Ok(Some(of_cell)),
        }
    }
}

/// A cell that is wrong: its column, and how.
type Wrong = (usize, ProblemKind);

/// The column and its cell, unless that is empty.
fn filled<'r>(record: &Record<'r>, at: Option<usize>) -> Option<(usize, Cow<'r, str>)> {
    at.map(|at| (at, record.cell(at))).filter(|(_, cell)| !cell.is_empty())
}

/// A quarter or month without its year, joined to the year of another column: `Q3` or `3` and `2024`.
fn with_year(part: &str, year: &str, months: Option<u8>) -> Option<String> {
    let is_number = part.len() <= 2 && part.bytes().all(|byte| byte.is_ascii_digit());
    match (period::parse(part), months) {
        (Err(_), Some(1)) if is_number => Some(format!("{part}/{year}")),
        (Err(_), Some(3)) if is_number => Some(format!("Q{part} {year}")),
        (Err(_), Some(6)) if is_number => Some(format!("H{part} {year}")),
        (Err(period::PeriodFault::NoYear), _) => Some(format!("{part} {year}")),
        _ => None,
    }
}

/// A month by number or name, or the month of a day such as `06-30`, `June 30` or `--12-31`.
fn year_end(text: &str) -> Option<u8> {
    let numbers = || text.split(|c: char| !c.is_ascii_digit()).filter(|digits| !digits.is_empty());
    let named = text.split(|c: char| !c.is_alphabetic()).find_map(|name| match word(&name.to_lowercase()) {
        Some(Word::Month(month)) => Some(month),
        _ => None,
    });
    let month = match (named, numbers().count()) {
        (Some(month), 0..=2) => month,
        (None, 1 | 2) => numbers().next()?.parse().ok()?,
        _ => return None,
    };
    u8::try_from(month).ok().filter(|month| (1..=12).contains(month))
}

/// Whether the cells of a first row are figures rather than names: a period and an amount among them.
pub(super) fn is_data(columns: &[Column]) -> bool {
    let is_amount = |name: &str| name.contains(|c: char| c.is_ascii_digit()) && amount::parse(name).is_ok();
    let period = columns.iter().position(|column| period::parse(&column.name).is_ok());
    period.is_some_and(|period| columns.iter().enumerate().any(|(at, column)| at != period && is_amount(&column.name)))
}
