//! What a row says besides period and value, whatever the layout: series, kind, currency, fiscal year, source.

mod figure;

use std::borrow::Cow;

use crate::money::Currency;
use crate::near::same;
use crate::series::Measure;

use crate::read::cell::calendar_words::{Word, word};
use crate::read::cell::kind::{Kind, basis, target_of};
use crate::read::cell::period::{self, When};
use crate::read::cell::sign::Sign;
use crate::read::cell::unit::currency_sign;
use crate::read::cell::words::{Mark, Sense};
use crate::read::layout::file::File;
use crate::read::layout::header::{self, Column, Header, Role};
use crate::read::layout::total::total_of;
use crate::read::names::BETWEEN;
use crate::read::report::error::ProblemKind;
use crate::read::report::problems::Position;
use crate::read::report::problems::place;
use crate::read::report::reason::Reason;
use crate::read::table::{Record, Value};

pub(in crate::read) use figure::Found;

/// A cell that is wrong: its column, and how. Behind a pointer, since every cell is asked whether it is, and hardly one is.
#[derive(Debug)]
pub(in crate::read) struct Wrong(Box<(usize, ProblemKind)>);

impl From<(usize, ProblemKind)> for Wrong {
    fn from(wrong: (usize, ProblemKind)) -> Self {
        Self(Box::new(wrong))
    }
}

/// The columns that say something of a whole row.
#[derive(Debug)]
pub(in crate::read) struct Columns {
    pub(in crate::read) header: Header,
    series: Option<usize>,
    /// Columns of parts (segment, product, region) that make one series each.
    parts: Vec<usize>,
    parent: Option<usize>,
    peers: Option<usize>,
    sector: Option<usize>,
    kind: Option<usize>,
    basis: Option<usize>,
    unit: Option<usize>,
    /// The column of names that state the unit of their amounts, where no column of its own does.
    unit_in_name: Option<usize>,
    currency: Option<usize>,
    fiscal_year_end: Option<usize>,
    as_of: Option<usize>,
    source: Option<usize>,
    note: Option<usize>,
    /// Columns without a part that tell the rows of one period apart: orders, customers, places.
    apart: Vec<usize>,
    /// Month in which fiscal years end, by a row of dates below the header.
    fiscal_year_end_of_table: Option<u8>,
    /// Whether numbers name the series.
    named_by_number: bool,
    /// Whether a row says more than its series and its currency.
    says_more: bool,
    /// What a dollar is in the table, if its columns are those of an office that counts in one.
    dollars: Option<Currency>,
}

/// What a row says besides period and value.
#[derive(Debug)]
pub(in crate::read) struct Attributes {
    /// Index of the series.
    pub(in crate::read) series: u32,
    /// The kind, if the row says it.
    pub(in crate::read) kind: Option<Kind>,
    pub(in crate::read) basis: Option<Measure>,
    /// The currency, if the row says it.
    pub(in crate::read) currency: Option<Currency>,
    /// How many months its total is for, if the kind says it: `MRR`.
    pub(in crate::read) months: Option<u8>,
    /// What else the row says, in short; 0 if nothing tells it from others.
    pub(in crate::read) apart: u64,
    fiscal_year_end: Option<u8>,
    as_of: Option<When>,
}

impl Attributes {
    /// Of a row that says nothing but its series and currency.
    pub(in crate::read) fn of_series(series: u32, currency: Option<Currency>) -> Self {
        Self { series, kind: None, basis: None, currency, months: None, apart: 0, fiscal_year_end: None, as_of: None }
    }
}

impl Columns {
    pub(in crate::read) fn new(mut header: Header) -> Self {
        let sector = sector_column(&header);
        if let Some(at) = sector {
            header.columns[at].because = Some(Reason::Sector);
        }
        let of = |role| header.of(role);
        let parts = header.parts();
        let more = [Role::Kind, Role::Basis, Role::FiscalYearEnd, Role::AsOf];
        Self {
            series: of(Role::Series).filter(|at| !parts.contains(at)),
            parts,
            parent: of(Role::Parent),
            peers: of(Role::Peers),
            sector,
            kind: of(Role::Kind),
            basis: of(Role::Basis),
            unit: of(Role::Unit),
            unit_in_name: None,
            currency: of(Role::Currency),
            fiscal_year_end: of(Role::FiscalYearEnd),
            as_of: of(Role::AsOf),
            source: of(Role::Source),
            note: of(Role::Note),
            apart: apart(&header),
            fiscal_year_end_of_table: None,
            named_by_number: of(Role::Series).is_some_and(|at| header.columns[at].profile.is_amounts()),
            says_more: more.into_iter().any(|role| of(role).is_some()),
            dollars: dollars_of(&header),
            header,
        }
    }

    /// Takes the month in which fiscal years end from a row of dates below the header.
    pub(in crate::read) fn set_fiscal_year_end(&mut self, month: Option<u8>) {
        self.fiscal_year_end_of_table = month;
    }

    /// The month in which fiscal years end, by a row of dates below the header.
    pub(in crate::read) fn fiscal_year_end_of_table(&self) -> Option<u8> {
        self.fiscal_year_end_of_table
    }

    /// Takes the unit of each row's amounts from the name that ends with it, if no column of its own states one.
    pub(in crate::read) fn take_unit_of_names(&mut self) {
        let is_name = |column: &Column| matches!(column.role, None | Some(Role::Series | Role::Part));
        let states = |column: &Column| is_name(column) && column.profile.is_names_with_unit();
        self.unit_in_name = self.header.columns.iter().position(states).filter(|_| self.unit.is_none());
    }

    /// Takes columns as those of amounts, which tell no rows apart, however few different ones there are.
    pub(in crate::read) fn take_as_amounts(&mut self, is_amount: impl Fn(usize) -> bool) {
        self.apart.retain(|at| !is_amount(*at));
    }

    /// Takes a column as the one that names the series.
    pub(in crate::read) fn take_as_series(&mut self, at: usize) {
        self.series = Some(at);
        self.sector = self.sector.filter(|sector| *sector != at);
        self.header.columns[at].take(Role::Series, Reason::TellsApart);
    }

    /// The column with the fewest different cells of those that tell the rows of one period apart.
    pub(in crate::read) fn tells_apart(&self) -> Option<String> {
        let distinct = |at: &usize| self.header.columns[*at].profile.distinct;
        let several = self.apart.iter().copied().filter(|at| distinct(at) > 1 && self.name(*at).is_some());
        several.min_by_key(distinct).and_then(|at| self.name(at)).map(str::to_owned)
    }

    /// The column that alone names the series, if it is one of parts.
    pub(in crate::read) fn only_part(&self) -> Option<usize> {
        if let ([only], None) = (self.parts.as_slice(), self.series) { Some(*only) } else { None }
    }

    /// Whether a column names the series.
    pub(in crate::read) fn names_series(&self) -> bool {
        self.series.is_some() || !self.parts.is_empty()
    }

    /// The column's name, for messages.
    pub(in crate::read) fn name(&self, at: usize) -> Option<&str> {
        self.header.columns.get(at).map(|column| column.name.as_str()).filter(|name| !name.is_empty())
    }

    /// Reports what is wrong with a cell.
    pub(in crate::read) fn problem(&self, file: &mut File<'_>, record: &Record<'_>, wrong: impl Into<Wrong>) {
        let (at, kind) = *wrong.into().0;
        file.problems.in_cell(record, at, self.name(at), kind);
    }

    /// Reads a row's attributes; `None` if any is wrong, which is a problem by then. `name` stands in for a column of series.
    ///
    /// Every cell is looked at, so that one run shows all that is wrong with the row.
    pub(in crate::read) fn attributes(
        &self,
        record: &Record<'_>,
        name: Option<&str>,
        file: &mut File<'_>,
    ) -> Option<Attributes> {
        let before = file.problems.total;
        let known = self.same_series(record, file);
        let series = if known.is_some() { None } else { self.sound(self.series_name(record, file), record, file) };
        let currency = self.currency(record, file);
        let currency = self.sound(currency, record, file);
        let mut attributes = Attributes::of_series(0, currency);
        if self.says_more {
            attributes.kind = self.sound(self.kind(record), record, file);
            let basis = self.basis(record, attributes.kind, file);
            attributes.basis = self.sound(basis, record, file);
            attributes.fiscal_year_end = self.sound(self.year_end(record), record, file);
            attributes.as_of = self.sound(self.as_of(record), record, file);
            attributes.months = attributes.kind.and_then(|_| self.months(record));
        }
        if file.problems.total > before {
            return None;
        }
        attributes.fiscal_year_end = attributes.fiscal_year_end.or(self.fiscal_year_end_of_table);
        attributes.apart = self.told_apart(record);
        if let (Some(as_of), Some(at)) = (attributes.as_of, self.as_of) {
            file.see_order(as_of, &record.cell(at));
        }
        attributes.series = match (name, known) {
            (None, Some(known)) => known,
            _ => file.series_index(name.or(series.as_deref())),
        };
        if let Some((at, parent)) = filled(record, self.parent) {
            let place = place(&file.problems.file, Position::of(record.place(at)));
            if let Err(kind) = file.names.make_part(attributes.series, &unguarded(parent), place) {
                self.problem(file, record, (at, kind));
                return None;
            }
        }
        if let Some((at, cell)) = filled(record, self.peers) {
            let place = place(&file.problems.file, Position::of(record.place(at)));
            let series = (attributes.series, &*file.names.get(attributes.series as usize).to_owned());
            if let Err(kind) = file.names.likened.say(series, &unguarded(cell), place) {
                self.problem(file, record, (at, kind));
                return None;
            }
        }
        if let Some((_, cell)) = filled(record, self.sector) {
            file.names.likened.note_sector(file.index, attributes.series, &unguarded(cell));
        }
        Some(attributes)
    }

    /// The series of the row before, if one column names both and says the same in both.
    #[inline]
    fn same_series(&self, record: &Record<'_>, file: &File<'_>) -> Option<u32> {
        let at = self.series.filter(|_| self.parts.is_empty())?;
        let (last, name) = file.names.last()?;
        record.holds(at, name).then_some(last)
    }

    /// What the row says in columns without a part, in short.
    fn told_apart(&self, record: &Record<'_>) -> u64 {
        if self.apart.is_empty() {
            return 0;
        }
        // FNV-1a, which is the same on every machine.
        let mut hash = 0xcbf2_9ce4_8422_2325_u64;
        for at in &self.apart {
            for byte in record.cell(*at).bytes().chain([0xff]) {
                hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
            }
        }
        hash.max(1)
    }

    /// What a cell says; nothing if it is wrong, which is a problem by then.
    #[inline]
    fn sound<T>(&self, read: Result<Option<T>, Wrong>, record: &Record<'_>, file: &mut File<'_>) -> Option<T> {
        match read {
            Ok(said) => said,
            Err(wrong) => {
                self.problem(file, record, wrong);
                None
            }
        }
    }

    /// The name of a series; of one that is a number and went through floating point, without its `.0`.
    #[inline]
    fn plain_name<'r>(&self, name: Cow<'r, str>) -> Cow<'r, str> {
        if self.named_by_number
            && let Some(whole) = name.strip_suffix(".0")
        {
            return Cow::Owned(whole.to_owned());
        }
        name
    }

    /// What a cell names; in a column that says once what holds for several rows, what stands above it.
    #[inline]
    fn label<'r>(&self, record: &Record<'r>, at: usize, file: &mut File<'_>) -> Option<Cow<'r, str>> {
        let cell = filled(record, Some(at)).map(|(_, cell)| cell);
        if !self.header.group_labels.contains(&at) {
            return cell;
        }
        match cell {
            Some(cell) => {
                file.group_labels.insert(at, cell.clone().into_owned());
                Some(cell)
            }
            None => file.group_labels.get(&at).cloned().map(Cow::Owned),
        }
    }

    /// The column that says that a row adds up those of the group above it: `Books Total`.
    #[inline]
    pub(in crate::read) fn total_of_group(&self, record: &Record<'_>, file: &File<'_>) -> Option<usize> {
        let adds_up = |at: &&usize| {
            let above = file.group_labels.get(*at);
            above.is_some_and(|above| total_of(&record.cell(**at)).is_some_and(|of| same(of, above)))
        };
        self.header.group_labels.iter().find(adds_up).copied()
    }

    #[inline]
    fn series_name<'r>(&self, record: &Record<'r>, file: &mut File<'_>) -> Result<Option<Cow<'r, str>>, Wrong> {
        let whole = match self.series {
            Some(at) => Some(self.plain_name(unguarded(self.label(record, at, file).ok_or((at, ProblemKind::EmptyCell))?))),
            None => None,
        };
        if self.parts.is_empty() {
            return Ok(whole);
        }
        let parts = self.parts.iter().filter_map(|at| self.label(record, *at, file));
        let names: Vec<Cow<'r, str>> = whole.into_iter().chain(parts).collect();
        match names.as_slice() {
            [] => Err((self.parts[0], ProblemKind::EmptyCell).into()),
            [one] => Ok(Some(one.clone())),
            _ => Ok(Some(Cow::Owned(names.join(BETWEEN)))),
        }
    }

    #[inline]
    fn kind(&self, record: &Record<'_>) -> Result<Option<Kind>, Wrong> {
        match filled(record, self.kind) {
            Some((at, name)) => {
                let unknown = || (at, ProblemKind::Kind { nearest: Kind::nearest(&name) }).into();
                // `Budget v2` beside `Actual`.
                let in_words = || Kind::is_plan_in_words(&name).then_some(Kind::Target);
                Kind::in_column(&name).or_else(in_words).map(Some).ok_or_else(unknown)
            }
            // Publishers of figures call a kind their basis: `ARR`, `MRR`.
            None if self.kind.is_none() => Ok(filled(record, self.basis).and_then(|(_, name)| Kind::from_name(&name))),
            None => Ok(None),
        }
    }

    fn months(&self, record: &Record<'_>) -> Option<u8> {
        let (_, name) = filled(record, self.kind.or(self.basis))?;
        matches!(header::Measure::of(&name), header::Measure::Monthly(_)).then_some(1)
    }

    #[inline]
    fn basis(&self, record: &Record<'_>, kind: Option<Kind>, file: &mut File<'_>) -> Result<Option<Measure>, Wrong> {
        match filled(record, self.basis) {
            Some((at, name)) if kind == Some(Kind::Target) || (kind.is_none() && file.options.kind == Some(Kind::Target)) => {
                basis(&name).map(Some).map_err(|nearest| (at, ProblemKind::Basis { nearest }).into())
            }
            Some((at, name)) => {
                if Kind::from_name(&name).is_none_or(|of_basis| kind.is_some_and(|kind| kind != of_basis)) {
                    file.basis_not_used(record, at);
                }
                Ok(None)
            }
            None => Ok(filled(record, self.kind).filter(|_| kind == Some(Kind::Target)).and_then(|(_, name)| target_of(&name))),
        }
    }

    #[inline]
    fn currency(&self, record: &Record<'_>, file: &mut File<'_>) -> Result<Option<Currency>, Wrong> {
        let Some(at) = self.currency else { return Ok(None) };
        // Rows of one currency mostly stand together.
        if let Some((last, currency)) = &file.last_currency
            && record.holds(at, last)
        {
            return Ok(Some(*currency));
        }
        let text = record.cell(at);
        if text.is_empty() {
            return Ok(None);
        }
        let real = || Currency::from_code("BRL").filter(|_| Mark::BrazilianReal.is(&text.to_lowercase())).map(Sign::Of);
        let sign = currency_sign(&text).or_else(real).ok_or((at, ProblemKind::Currency))?;
        // The dollars of Statistics Canada are its own.
        let default = self.dollars.filter(|_| file.options.currency == Currency::USD).unwrap_or(file.options.currency);
        let currency = sign.currency(default).ok_or((at, ProblemKind::Currency))?;
        file.last_currency = Some((text.into_owned(), currency));
        Ok(Some(currency))
    }

    #[inline]
    fn year_end(&self, record: &Record<'_>) -> Result<Option<u8>, Wrong> {
        match filled(record, self.fiscal_year_end) {
            Some((at, text)) => Ok(Some(year_end(&text).ok_or((at, ProblemKind::FiscalYearEnd))?)),
            None => Ok(None),
        }
    }

    #[inline]
    fn as_of(&self, record: &Record<'_>) -> Result<Option<When>, Wrong> {
        match filled(record, self.as_of) {
            Some((at, text)) => match record.value(at) {
                Value::Day(day, _) => Ok(Some(When::Day(day))),
                _ => Ok(Some(period::parse_alone(&text).map_err(|fault| (at, ProblemKind::Period(fault)))?)),
            },
            None => Ok(None),
        }
    }
}

/// The dollar of Statistics Canada, whose tables have columns that no others have.
fn dollars_of(header: &Header) -> Option<Currency> {
    let has = |name: &str| header.columns.iter().any(|column| column.name == name);
    Currency::from_code("CAD").filter(|_| has("REF_DATE") && has("SCALAR_FACTOR"))
}

/// The column of sectors or industries, if no other part is known for it.
fn sector_column(header: &Header) -> Option<usize> {
    let is_sector = |name: &str| ["sector", "industry"].iter().any(|sector| name.trim().eq_ignore_ascii_case(sector));
    header.columns.iter().position(|column| column.role.is_none() && is_sector(&column.name))
}

/// Columns without a part that tell rows apart: those of names, and of numbers that name something.
fn apart(header: &Header) -> Vec<usize> {
    let tells = |column: &Column| {
        column.role.is_none()
            && (column.profile.is_names() || column.profile.is_numbers_as_names() || column.meaning.has(Sense::Entry))
            && !column.profile.is_flags()
            && !column.profile.is_percentages()
    };
    let candidates = (0..header.columns.len()).filter(|at| header.year != Some(*at));
    candidates.filter(|at| tells(&header.columns[*at])).collect()
}

/// A text without the `'` in front that keeps a spreadsheet from running it as a formula.
#[inline]
fn unguarded(text: Cow<'_, str>) -> Cow<'_, str> {
    if text.as_bytes().first() == Some(&b'\'') { without_guard(text) } else { text }
}

fn without_guard(text: Cow<'_, str>) -> Cow<'_, str> {
    let runs = |rest: &str| rest.trim_start_matches('\'').starts_with(['=', '+', '-', '@']);
    match text.strip_prefix('\'') {
        Some(rest) if runs(rest) => Cow::Owned(rest.to_owned()),
        _ => text,
    }
}

/// The column and its cell, unless that is empty.
#[inline]
pub(in crate::read) fn filled<'r>(record: &Record<'r>, at: Option<usize>) -> Option<(usize, Cow<'r, str>)> {
    at.map(|at| (at, record.cell(at))).filter(|(_, cell)| !cell.is_empty())
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
