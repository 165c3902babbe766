//! The amount of a cell with all that its row says of it: a claim.

use crate::money::Currency;
use crate::series::{Aside, Written};

use crate::read::cell::amount::{self, Flags, Number};
use crate::read::cell::kind::Kind;
use crate::read::cell::period::When;
use crate::read::cell::sign::more_exact;
use crate::read::cell::unit::{Said, is_unit_of_others, said, unit_in_label};
use crate::read::claim::{Claim, Dating, Extra};
use crate::read::layout::file::{File, UnitOfRow};
use crate::read::layout::header::unit_words;
use crate::read::report::error::ProblemKind;
use crate::read::report::problems::Position;
use crate::read::table::{Record, Value};

use crate::read::layout::columns::{Attributes, Columns, Wrong, filled, unguarded};

/// A figure found in a row, beside the row's [`Attributes`].
#[derive(Clone, Copy, Debug)]
pub(in crate::read) struct Found<'a> {
    pub(in crate::read) kind: Kind,
    pub(in crate::read) when: When,
    pub(in crate::read) dating: Dating,
    pub(in crate::read) number: Option<Number>,
    /// The cell that the figure stands in.
    pub(in crate::read) value_at: usize,
    /// The cell of the row that says when.
    pub(in crate::read) period_at: usize,
    /// Where the period stands, if not in this row.
    pub(in crate::read) period_place: Option<Position>,
    /// The period as written, if not in this row; else empty.
    pub(in crate::read) period_text: &'a str,
}

impl Columns {
    /// The number in a cell, with the scale and sign of its column; `None` if the cell says there is none.
    #[inline]
    pub(in crate::read) fn number(&self, record: &Record<'_>, at: usize, file: &File<'_>) -> Result<Option<Number>, Wrong> {
        let cell = record.cell(at);
        let flags = self.header.letters;
        let bare = if flags == Flags::None { &*cell } else { amount::without_flags(&cell, flags) };
        if amount::is_missing(bare) {
            return Ok(None);
        }
        let number = match record.value(at) {
            Value::Number(number) => number,
            _ => amount::parse(bare).map_err(|fault| (at, ProblemKind::Amount(fault)))?,
        };
        let is_flagged = flags != Flags::None && bare.len() < cell.trim_end().len();
        let number = if is_flagged { number.noted() } else { number };
        if let Some(unit) = file.options.unit {
            if number.has_unit {
                return Err((at, ProblemKind::TwoUnits { elsewhere: "--unit" }).into());
            }
            return Ok(Some(number.scaled(amount::decimal(1, unit.power))));
        }
        let (stated, elsewhere) = match self.header.columns.get(at) {
            Some(column) if column.power != 0 => (column.power, "the name of its column"),
            _ => (file.power, "the text above the table"),
        };
        if self.unit.is_none() && stated == 0 {
            return match self.unit_in_name {
                None => Ok(Some(number)),
                Some(of) => Self::in_unit_of_name(record, (at, of), number, file).map(Some),
            };
        }
        let (of_row, sign) = self.unit(record, file)?;
        let (power, elsewhere) = match (of_row, stated) {
            (0, _) => (stated, elsewhere),
            (_, stated) if stated == 0 || stated == of_row => (of_row, "its row"),
            _ => return Err((self.unit.unwrap_or(at), ProblemKind::TwoUnits { elsewhere }).into()),
        };
        // The cents of an export are not a unit beside which another could stand.
        if number.has_unit && power > 0 {
            return Err((at, ProblemKind::TwoUnits { elsewhere }).into());
        }
        Ok(Some(number.scaled(amount::decimal(1, power)).or_sign(sign)))
    }

    /// The number in the unit that the name of its row states: `Retail, EUR million`. `at` is its column, `of` that of the name.
    fn in_unit_of_name(
        record: &Record<'_>,
        (at, of): (usize, usize),
        number: Number,
        file: &File<'_>,
    ) -> Result<Number, Wrong> {
        let text = record.cell(of);
        let known = file.last_unit.borrow().as_ref().filter(|(last, _)| *last == text).map(|(_, unit)| *unit);
        let (power, sign) = known.unwrap_or_else(|| {
            let unit = unit_in_label(&text).map_or((0, None), |(_, power, sign)| (power, sign));
            *file.last_unit.borrow_mut() = Some((text.into_owned(), unit));
            unit
        });
        if number.has_unit && power > 0 {
            return Err((at, ProblemKind::TwoUnits { elsewhere: "the name in its row" }).into());
        }
        Ok(number.scaled(amount::decimal(1, power)).or_sign(sign))
    }

    /// The number in a cell; `None` if there is none, or if it is wrong, which is a problem by then.
    pub(in crate::read) fn sound_number(&self, record: &Record<'_>, at: usize, file: &mut File<'_>) -> Option<Number> {
        let number = self.number(record, at, file);
        if matches!(number, Ok(None)) {
            file.note_dash(record, at);
        }
        self.sound(number, record, file)
    }

    /// The column that says that the amounts of a row are not of money: persons, a percentage, an index.
    #[inline]
    pub(in crate::read) fn not_money(&self, record: &Record<'_>, file: &File<'_>) -> Option<usize> {
        if file.options.unit.is_some() {
            return None;
        }
        // Rows of one unit mostly stand together, as do those of one currency.
        let last_unit = file.last_unit.borrow();
        let is_known = |at: usize| last_unit.as_ref().is_some_and(|(last, _)| record.holds(at, last));
        let was_last = |at: usize| file.last_currency.as_ref().is_some_and(|(last, _)| record.holds(at, last));
        let unit = self.unit.filter(|at| !is_known(*at) && !record.holds(*at, NO_SCALE));
        let currency = self.currency.filter(|at| !was_last(*at));
        unit.into_iter().chain(currency).find(|at| is_unit_of_others(&record.cell(*at)))
    }

    /// Power of ten and sign of the row's amounts.
    #[inline]
    fn unit(&self, record: &Record<'_>, file: &File<'_>) -> Result<UnitOfRow, Wrong> {
        let Some(at) = self.unit else { return Ok((0, None)) };
        // Rows of one unit mostly stand together.
        if let Some((last, unit)) = &*file.last_unit.borrow()
            && record.holds(at, last)
        {
            return Ok(*unit);
        }
        let text = record.cell(at);
        if text.is_empty() {
            return Ok((0, None));
        }
        // `MIL` is a thousand under a Portuguese name.
        let by_name = || match said(&text, self.name(at).unwrap_or_default()) {
            Said::Unit(unit) => Some((unit.power, unit.sign)),
            _ => None,
        };
        let plain = (text == NO_SCALE).then_some((0, None));
        let unit = plain
            .or_else(|| unit_words(&text))
            .or_else(|| multiplier(&text))
            .or_else(by_name)
            .ok_or((at, ProblemKind::Unit))?;
        *file.last_unit.borrow_mut() = Some((text.into_owned(), unit));
        Ok(unit)
    }

    /// The currency of a number: that of the row, of the cell's sign, of the column's name or above the table, as long as they
    /// agree.
    #[inline]
    fn currency_of(
        &self,
        attributes: &Attributes,
        number: Option<Number>,
        at: usize,
        file: &File<'_>,
    ) -> Result<Option<Currency>, Wrong> {
        let default = file.options.currency;
        let of_user = file.options.unit.and_then(|unit| unit.currency);
        let of_row = of_user.or(attributes.currency);
        let of_column = more_exact(self.header.columns.get(at).and_then(|column| column.sign), file.sign);
        let of_column = of_column.filter(|_| of_user.is_none()).and_then(|sign| sign.currency(of_row.unwrap_or(default)));
        let stated = match (of_row, of_column) {
            (Some(column), Some(sign)) if column != sign => {
                return Err((at, ProblemKind::CurrencyOfCell { sign, column }).into());
            }
            _ => of_row.or(of_column),
        };
        let Some(sign) = number.and_then(|number| number.sign) else { return Ok(stated) };
        let of_cell = sign.currency(stated.unwrap_or(default)).ok_or((at, ProblemKind::Currency))?;
        match stated {
            Some(column) if column != of_cell => Err((at, ProblemKind::CurrencyOfCell { sign: of_cell, column }).into()),
            _ => Ok(Some(of_cell)),
        }
    }

    fn extra(&self, record: &Record<'_>, as_of: Option<When>, written: Option<Written>) -> Option<Box<Extra>> {
        let text = |at: Option<usize>| filled(record, at).map(|(_, text)| unguarded(text).into_owned());
        if as_of.is_none() && written.is_none() && self.source.is_none() && self.note.is_none() {
            return None;
        }
        let aside = Aside { source: text(self.source), note: text(self.note), written };
        let aside = (aside != Aside::default()).then(|| Box::new(aside));
        (as_of.is_some() || aside.is_some()).then(|| Box::new(Extra { as_of, aside }))
    }

    /// Adds the claim of one cell, in the currency that the row, the column or the cell states; where they do not agree, that
    /// is a problem.
    #[inline]
    pub(in crate::read) fn claim(&self, record: &Record<'_>, attributes: &Attributes, found: Found<'_>, file: &mut File<'_>) {
        match self.currency_of(attributes, found.number, found.value_at, file) {
            Ok(currency) => self.claim_in(currency, record, attributes, found, file),
            Err(wrong) => self.problem(file, record, wrong),
        }
    }

    /// Adds the claim of one cell in this currency.
    #[inline]
    pub(in crate::read) fn claim_in(
        &self,
        currency: Option<Currency>,
        record: &Record<'_>,
        attributes: &Attributes,
        found: Found<'_>,
        file: &mut File<'_>,
    ) {
        let written = file.options.keep_written.then(|| {
            let in_row = || record.cell(found.period_at).into_owned();
            let period = Some(found.period_text).filter(|text| !text.is_empty()).map_or_else(in_row, str::to_owned);
            let value = found.number.map_or_else(String::new, |_| record.cell(found.value_at).into_owned());
            Written { period, value }
        });
        let place = Position::of(record.place(found.value_at));
        if found.number.is_some_and(|number| number.has_note) {
            file.passed_mark(record, found.value_at);
        }
        file.claims.push(Claim {
            series: attributes.series,
            file: file.index,
            kind: found.kind,
            basis: attributes.basis,
            when: found.when,
            dating: found.dating,
            number: found.number,
            currency,
            fiscal_year_end: attributes.fiscal_year_end,
            place,
            period_place: found.period_place.unwrap_or_else(|| Position::of(record.place(found.period_at))),
            apart: attributes.apart,
            extra: self.extra(record, attributes.as_of, written),
        });
    }
}

/// What Statistics Canada writes in its column of scales beside amounts that have none.
const NO_SCALE: &str = "units";

/// A power of ten as statistics offices write it in a column of its own: `6` for millions.
fn multiplier(text: &str) -> Option<UnitOfRow> {
    let power = text.trim().parse().ok().filter(|power| (0..=12).contains(power))?;
    Some((power, None))
}
