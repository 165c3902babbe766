//! Exports with one row for each transaction, whose amounts add up to months: Stripe's balance, Xero's invoices.

use std::collections::BTreeMap;
use std::io::{self, Read};

use crate::money::{Amount, Currency};
use crate::near::normalise;

use crate::read::cell::amount::{self, DecimalMark};
use crate::read::cell::kind::Kind;
use crate::read::cell::period::{self, When, split_time};
use crate::read::claim::Dating;
use crate::read::layout::columns::{Attributes, Columns, Found, Wrong};
use crate::read::layout::file::File;
use crate::read::layout::header::{Header, Role};
use crate::read::layout::rows::Rows;
use crate::read::report::error::ProblemKind;
use crate::read::report::notice::{Apart, Notice};
use crate::read::report::problems::Position;
use crate::read::report::problems::place;
use crate::read::report::reason::Reason;
use crate::read::table::{Record, Records, Value};

/// A table of transactions.
#[derive(Debug)]
pub(in crate::read) struct Ledger {
    export: Export,
    columns: Columns,
    date: usize,
    currency: Option<usize>,
}

/// Whose export it is, with the columns that only it has.
#[derive(Debug)]
enum Export {
    /// Itemised balance changes, amounts in major units, refunds negative.
    Stripe { category: usize, gross: usize, fee: Option<usize> },
    /// Invoices, one row a line.
    Xero { quantity: usize, price: usize, discount: Option<usize>, status: Option<usize> },
}

impl Export {
    fn name(&self) -> &'static str {
        match self {
            Self::Stripe { .. } => "Stripe balance changes",
            Self::Xero { .. } => "Xero invoices",
        }
    }

    /// The columns that are read for the amounts.
    fn columns(&self) -> [Option<usize>; 4] {
        match *self {
            Self::Stripe { category, gross, fee } => [Some(category), Some(gross), fee, None],
            Self::Xero { quantity, price, discount, status } => [Some(quantity), Some(price), discount, status],
        }
    }
}

/// What was not added up, by what it is and its currency: where it first stood, how many, and their sum.
type SetApart = BTreeMap<(Apart, Option<Currency>), (Position, u64, f64)>;

impl Ledger {
    /// The ledger that a header belongs to, if it is one that is known.
    pub(in crate::read) fn of(header: &Header) -> Option<Self> {
        let of = |name: &str| header.columns.iter().position(|column| normalise(&column.name) == name);
        let any = |names: &[&str]| names.iter().find_map(|name| of(name));
        let stripe = || {
            let date = any(&["created_utc", "created", "available_on_utc", "available_on"])?;
            Some((Export::Stripe { category: of("reporting_category")?, gross: of("gross")?, fee: of("fee") }, date))
        };
        let xero = || {
            of("invoicenumber")?;
            let (quantity, price) = (of("quantity")?, of("unitamount")?);
            Some((Export::Xero { quantity, price, discount: of("discount"), status: of("status") }, of("invoicedate")?))
        };
        let (export, date) = stripe().or_else(xero)?;
        // The columns keep their names, but only the date and the amount are used as such.
        let mut header = header.clone();
        let used = export.columns();
        for (at, column) in header.columns.iter_mut().enumerate() {
            column.leave(Reason::Export { of: export.name(), used: used.contains(&Some(at)) });
        }
        let known = || Reason::Export { of: export.name(), used: true };
        header.columns[date].take(Role::Period, known());
        let currency = of("currency");
        if let Some(at) = currency {
            header.columns[at].take(Role::Currency, known());
        }
        Some(Self { export, columns: Columns::new(header), date, currency })
    }

    pub(in crate::read) fn name(&self) -> &'static str {
        self.export.name()
    }

    pub(in crate::read) fn header(&self) -> &Header {
        &self.columns.header
    }

    pub(in crate::read) fn header_mut(&mut self) -> &mut Header {
        &mut self.columns.header
    }

    pub(in crate::read) fn is_amount(&self, at: usize) -> bool {
        match self.export {
            Export::Stripe { gross, .. } => at == gross,
            Export::Xero { quantity, price, .. } => at == quantity || at == price,
        }
    }

    /// Reads the rows below the header.
    pub(in crate::read) fn read<R: Read>(&self, records: &mut Records<R>, file: &mut File<'_>) -> io::Result<()> {
        let mut rows = Rows::new(self.columns.header.columns.len(), None);
        let mut apart = SetApart::new();
        let mut first_currency = None;
        while rows.next(records, file)?
            && let Some(record) = records.current()
        {
            if let Err(wrong) = self.row(&record, &mut first_currency, &mut apart, file) {
                self.columns.problem(file, &record, wrong);
            }
        }
        for ((what, currency), (at, entries, sum)) in apart {
            let place = place(&file.problems.file, at);
            let currency = currency.unwrap_or(file.options.currency);
            file.notices.push(Notice::SetApart { place, what, entries, sum, currency });
        }
        Ok(())
    }

    fn row(
        &self,
        record: &Record<'_>,
        first_currency: &mut Option<Currency>,
        apart: &mut SetApart,
        file: &mut File<'_>,
    ) -> Result<(), Wrong> {
        let currency = match self.currency.map(|at| (at, record.cell(at))).filter(|(_, cell)| !cell.is_empty()) {
            Some((at, cell)) => Some(Currency::from_code(&cell).ok_or((at, ProblemKind::Currency))?),
            None => None,
        };
        let mut set_apart = |what: Apart, at: usize, amount: f64| {
            let entry = || (Position::of(record.place(at)), 0, 0.0);
            let (_, entries, sum) = apart.entry((what, currency)).or_insert_with(entry);
            *entries += 1;
            *sum += amount;
        };
        let plain = |number: Option<amount::Number>| {
            number.and_then(|number| number.amount(DecimalMark::Point)).map_or(0.0, Amount::value)
        };
        let (value_at, number) = match self.export {
            Export::Stripe { category, gross, fee } => {
                let number = self.columns.number(record, gross, file)?;
                if let Some(at) = fee
                    && let Some(fee) = self.columns.number(record, at, file)?
                    && plain(Some(fee)) != 0.0
                {
                    set_apart(Apart::Fees, at, plain(Some(fee)));
                }
                let what = match record.cell(category).as_ref() {
                    "charge" => None,
                    "refund"
                    | "refund_failure"
                    | "partial_capture_reversal"
                    | "dispute"
                    | "dispute_reversal"
                    | "charge_failure" => Some(Apart::Refunds),
                    "fee" | "network_cost" | "tax" => Some(Apart::Fees),
                    _ => Some(Apart::Transfers),
                };
                if let Some(what) = what {
                    set_apart(what, gross, plain(number));
                    return Ok(());
                }
                (gross, number)
            }
            Export::Xero { quantity, price, discount, status } => {
                let number = self.columns.number(record, price, file)?;
                let of = |at: usize, text: &str| {
                    let text = text.trim().trim_end_matches('%');
                    text.parse::<f64>().map_err(|_| (at, ProblemKind::Amount(amount::AmountFault::NotANumber)))
                };
                let count = record.cell(quantity);
                let mut factor = if count.is_empty() { 1.0 } else { of(quantity, &count)? };
                if let Some(at) = discount.filter(|at| !record.cell(*at).is_empty()) {
                    factor *= 1.0 - of(at, &record.cell(at))? / 100.0;
                }
                let number = number.map(|number| number.times(factor));
                let state = status.map(|at| record.cell(at).to_ascii_lowercase()).unwrap_or_default();
                if ["draft", "voided", "deleted", "submitted"].contains(&state.as_str()) {
                    set_apart(Apart::Unsent, price, plain(number));
                    return Ok(());
                }
                (price, number)
            }
        };
        let Some(number) = number else {
            file.no_value(record, value_at);
            return Ok(());
        };
        let when = if let Value::Day(day, time) = record.value(self.date) {
            file.in_time_zone(When::Day(day), time)
        } else {
            let text = record.cell(self.date);
            let when = period::parse(&text).map_err(|fault| (self.date, ProblemKind::Period(fault)))?;
            file.see_order(when, &text);
            file.in_time_zone(when, split_time(&text).map(|(_, time)| time))
        };
        // A second currency makes a second series: the two are never added up.
        let first = *first_currency.get_or_insert(currency.unwrap_or(file.options.currency));
        let name = currency.filter(|currency| *currency != first).map(|currency| format!("{} ({currency})", file.stem()));
        let series = file.series_index(name.as_deref());
        let attributes = Attributes::of_series(series, currency);
        let found = Found {
            kind: Kind::Revenue,
            when,
            dating: Dating { entry: true, ..Dating::default() },
            number: Some(number),
            value_at,
            period_at: self.date,
            period_place: None,
            period_text: "",
        };
        self.columns.claim_in(currency, record, &attributes, found, file);
        Ok(())
    }
}
