//! The wide layout: periods as columns. A row is a series, one of many that are added up, or a line of an income statement.

use std::borrow::Cow;
use std::io::{self, Read};

use crate::near::same;
use crate::read::cell::amount::{self, Number};
use crate::read::cell::calendar_words::{self, Word};
use crate::read::cell::kind::Kind;
use crate::read::cell::period::{self, PeriodFault, When};
use crate::read::cell::sign::Sign;
use crate::read::cell::unit::{is_code_of_others, unit_in_label, unit_words};
use crate::read::claim::Dating;
use crate::read::report::error::ProblemKind;
use crate::read::report::notice::LeftOut;
use crate::read::report::problems::Position;
use crate::read::report::reason::Reason;
use crate::read::table::{Record, Records};

use super::across::{names_periods, repeats};
use super::columns::{Columns, Found};
use super::ends;
use super::file::File;
use super::header::{Column, Header, Measure};
use super::held::is_letter;
use super::long::with_year;
use super::rows;
use super::total::{is_total, is_total_revenue};
use super::unit_of_rows::{SeenRow, UnitOfRows};

/// A column of amounts, and when they are for.
#[derive(Debug)]
pub(in crate::read) struct PeriodColumn {
    pub(in crate::read) at: usize,
    /// `None` for a part of a year whose year stands in the row.
    when: Option<When>,
    text: String,
    /// Whether the period stands above the header rather than in it.
    above: bool,
}

impl PeriodColumn {
    pub(in crate::read) fn new(at: usize, when: When, text: &str) -> Self {
        Self { at, when: Some(when), text: text.to_owned(), above: false }
    }

    pub(in crate::read) fn of_preamble(at: usize, when: When, text: String) -> Self {
        Self { at, when: Some(when), text, above: true }
    }

    /// Whether the period stands above the table.
    pub(in crate::read) fn is_above(&self) -> bool {
        self.above
    }

    pub(in crate::read) fn when(&self) -> Option<When> {
        self.when
    }

    /// Whether the header says the period in these words.
    pub(in crate::read) fn is_called(&self, cell: &str) -> bool {
        !self.above && self.text == cell
    }

    /// A part of a year, `Q1` or `Jan`, whose year stands in the row.
    pub(in crate::read) fn of_part(at: usize, text: &str) -> Self {
        Self { at, when: None, text: text.to_owned(), above: false }
    }
}

/// What the rows of a wide table are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::read) enum Rows {
    /// A series each.
    Series,
    /// Parts of one series, to be added up.
    Sum,
    /// Lines of a statement, of which this one is read.
    Line(String),
    /// Lines of a statement, of which these are read, a series each.
    Lines(Vec<String>),
}

impl Rows {
    /// What the column of labels is for, then.
    pub(in crate::read) fn reason(&self) -> Reason {
        match self {
            Self::Series => Reason::RowNames { summed: false },
            Self::Sum => Reason::RowNames { summed: true },
            Self::Line(line) => Reason::Lines { read: vec![line.clone()] },
            Self::Lines(lines) => Reason::Lines { read: lines.clone() },
        }
    }
}

/// The columns of a wide table.
#[derive(Debug)]
pub(in crate::read) struct Wide {
    pub(in crate::read) columns: Columns,
    periods: Vec<PeriodColumn>,
    /// The column that names the rows, if no column has the role of the series.
    label: Option<usize>,
    /// Columns that are not read, and why.
    left_out: Vec<(LeftOut, usize)>,
    rows: Rows,
    /// The column of years, for columns that are parts of a year.
    year: Option<usize>,
    /// A column of keys of several codes, as Eurostat has it.
    key: Option<usize>,
    /// How many months each row is for whose label is the number of a part of the year.
    numbered: Option<u8>,
}

impl Wide {
    pub(in crate::read) fn new(
        header: Header,
        periods: Vec<PeriodColumn>,
        label: Option<usize>,
        left_out: Vec<(LeftOut, usize)>,
        rows: Rows,
        year: Option<usize>,
    ) -> Self {
        let key = header.columns.iter().position(Column::is_key);
        let mut columns = Columns::new(header);
        columns.take_as_amounts(|at| periods.iter().any(|period| period.at == at));
        let of_lines = matches!(rows, Rows::Line(_));
        // Names in a column of parts can state a unit like those in any other.
        let label = label.filter(|_| of_lines || !columns.names_series()).or_else(|| columns.only_part());
        let numbered = label.map(|at| &columns.header.columns[at]).filter(|column| column.profile.is_numbered_periods());
        let numbered =
            numbered.and_then(Column::months).and_then(|months| u8::try_from(months).ok()).filter(|months| *months < 12);
        Self { columns, periods, label, left_out, rows, year, key, numbered }
    }

    /// Whether the rows are lines of an income statement.
    pub(in crate::read) fn is_statement(&self) -> bool {
        matches!(self.rows, Rows::Line(_) | Rows::Lines(_))
    }

    /// The lines that are read, of a statement.
    pub(in crate::read) fn lines(&self) -> &[String] {
        match &self.rows {
            Rows::Line(line) => std::slice::from_ref(line),
            Rows::Lines(lines) => lines,
            Rows::Series | Rows::Sum => &[],
        }
    }

    /// Whether a column holds the amounts of a period.
    pub(in crate::read) fn is_period(&self, at: usize) -> bool {
        self.periods.iter().any(|period| period.at == at)
    }

    /// Takes a row of days below the header for the ends of the periods ([`ends`]). Whether the row is one.
    pub(in crate::read) fn take_ends(&mut self, row: &[String]) -> bool {
        let label = row.get(self.label.unwrap_or(0)).map_or("", String::as_str);
        let Some(ends) = ends::of(&self.periods, label, row) else { return false };
        self.columns.set_fiscal_year_end(ends.fiscal_year_end);
        for (period, when) in self.periods.iter_mut().zip(ends.whens) {
            period.when = when;
        }
        true
    }

    /// Notes what the header leaves out, then reads the rows.
    pub(in crate::read) fn read<R: Read>(&self, records: &mut Records<R>, file: &mut File<'_>) -> io::Result<()> {
        let mut places = Vec::with_capacity(self.periods.len());
        if let Some(header) = records.current() {
            for (what, at) in &self.left_out {
                file.left_out(*what, &header, *at);
            }
            for period in &self.periods {
                if let Some(when) = period.when {
                    file.see_order(when, &period.text);
                    file.see_provisional(&period.text, self.columns.header.projected, &header, period.at);
                    if !matches!(when, When::Span(_)) {
                        file.see_fiscal(&period.text, || Position::of(header.place(period.at)));
                        file.see_mark(&period.text, &header, period.at);
                    }
                }
                places.push(Position::of(header.place(period.at)));
            }
        }
        let mut rows = rows::Rows::of_report(self.columns.header.columns.len());
        let mut units = UnitOfRows::default();
        while rows.next(records, file)?
            && let Some(record) = records.current()
        {
            if self.is_second_header(&record) {
                file.second_table(&record, rows.before());
                break;
            }
            self.row(&record, &places, &mut units, file);
        }
        // Lines of a statement that are not read say nothing of the one that is.
        if file.options.unit.is_none() && file.power == 0 && !matches!(self.rows, Rows::Line(_)) {
            units.settle(file);
        }
        Ok(())
    }

    /// Whether a row names periods of its own, and so begins another table.
    fn is_second_header(&self, record: &Record<'_>) -> bool {
        if repeats(&self.periods, |at| Some(record.cell(at))) {
            return true;
        }
        let mut cells = self.periods.iter().map(|period| record.cell(period.at));
        names_periods(&mut cells, &record.cell(self.label.unwrap_or(0)))
    }

    /// The number in the unit that the label of its row states; `None` if another one is stated for it already.
    fn in_unit_of_row(&self, number: Number, unit: (i32, Option<Sign>), at: usize, file: &File<'_>) -> Option<Number> {
        if unit == (0, None) {
            return Some(number);
        }
        let column = &self.columns.header.columns[at];
        let stated = if column.power == 0 { file.power } else { column.power };
        match unit {
            (0, sign) => Some(number.or_sign(sign)),
            (power, _) if number.has_unit || stated != 0 && stated != power => None,
            (power, sign) if stated == 0 => Some(number.scaled(amount::decimal(1, power)).or_sign(sign)),
            (_, sign) => Some(number.or_sign(sign)),
        }
    }

    /// Notes what the label of a row says of the unit of its amounts.
    fn see_units(&self, record: &Record<'_>, label: &str, units: &mut UnitOfRows, file: &File<'_>) {
        if self.key.is_some() || file.options.unit.is_some() {
            return;
        }
        let numbers: Vec<Option<Number>> =
            self.periods.iter().map(|period| self.columns.number(record, period.at, file).ok().flatten()).collect();
        let has_own_unit = |period: &PeriodColumn| self.columns.header.columns[period.at].power != 0;
        if numbers.iter().all(Option::is_none) || self.periods.iter().any(has_own_unit) {
            return;
        }
        let at = Position::of(record.place(self.label.unwrap_or(0)));
        let row = SeenRow { at, label, numbers: &numbers };
        match unit_in_label(label) {
            Some((base, power, sign)) => {
                let words =
                    label.trim().strip_prefix(base).unwrap_or(label).trim().trim_matches(['(', ')', '[', ']', ',', ' ']);
                units.see_stated(&row, words, (power, sign), is_total(base) || is_total_revenue(base));
            }
            None if is_total(label) || is_total_revenue(label) => {}
            None => units.see_bare(&row),
        }
    }

    /// The column that says that the amounts of a row are not of money.
    fn not_money(&self, record: &Record<'_>, file: &File<'_>) -> Option<usize> {
        let in_key = |at: &usize| is_other_in_key(&record.cell(*at));
        self.columns.not_money(record, file).or_else(|| self.key.filter(in_key))
    }

    fn row(&self, record: &Record<'_>, places: &[Position], units: &mut UnitOfRows, file: &mut File<'_>) {
        let label = self.label.map(|at| record.cell(at)).filter(|label| !label.is_empty());
        let first = record.cell(0);
        let is_line = |line: &String| label.as_deref().is_some_and(|label| same(label, line));
        let is_read = match &self.rows {
            Rows::Line(line) => is_line(line),
            Rows::Lines(lines) => lines.iter().any(is_line),
            Rows::Series | Rows::Sum => true,
        };
        if !is_read {
            file.left_out(LeftOut::Account, record, self.label.unwrap_or(0));
            return;
        }
        if let Some(at) = self.columns.total_of_group(record, file) {
            file.left_out(LeftOut::Total, record, at);
            return;
        }
        if let Some(at) = self.not_money(record, file) {
            file.left_out(LeftOut::NotMoney, record, at);
            return;
        }
        let name = label.as_deref().unwrap_or(&first);
        let bare_name = unit_in_label(name).map_or(name, |(base, ..)| base);
        let adds_up = is_total(bare_name) || self.rows == Rows::Sum && is_total_revenue(bare_name);
        self.see_units(record, name, units, file);
        if !self.is_statement() && adds_up {
            file.left_out(LeftOut::Total, record, self.label.unwrap_or(0));
            return;
        }
        // `Codes, A, A, P`: marks of the figures above.
        let mut marks = self.periods.iter().map(|period| record.cell(period.at)).filter(|cell| !cell.is_empty()).peekable();
        if marks.peek().is_some_and(|mark| is_letter(mark)) && marks.all(|mark| is_letter(&mark)) {
            file.left_out(LeftOut::Remark, record, self.label.unwrap_or(0));
            return;
        }
        // `Revenue ($m)`: the unit of this row's amounts, unless the user says which holds.
        let in_key = self.key.and_then(|at| unit_in_key(&record.cell(at)));
        let in_label = label
            .as_deref()
            .filter(|_| self.key.is_none())
            .and_then(unit_in_label)
            .map(|(base, power, sign)| (base.to_owned(), (power, sign)));
        let stated = in_label.as_ref().map(|(_, unit)| *unit).or(in_key).filter(|_| file.options.unit.is_none());
        let label_unit = stated.unwrap_or((0, None));
        let label = in_label.map(|(base, _)| Cow::Owned(base)).or(label);
        // `Jan` beside columns of years: the rows are months, and the series has no name.
        let part = label.as_deref().filter(|label| self.numbered.is_some() || is_part_of_year(label));
        let has_name = matches!(self.rows, Rows::Series | Rows::Lines(_)) && part.is_none();
        let name = label.as_deref().filter(|_| has_name);
        let company = file.company.as_ref().filter(|_| self.is_statement() && !self.columns.names_series()).cloned();
        let Some(mut attributes) = self.columns.attributes(record, name.or(company.as_deref()), file) else { return };
        if self.rows == Rows::Sum {
            attributes.apart = file.rows.max(1);
        }
        let year = self.year.map(|at| record.cell(at));
        let measure = label.as_deref().map_or(Measure::Unknown, Measure::of);
        let of_label = matches!(measure, Measure::RunRate(_)).then_some(Kind::RunRate);
        let monthly = matches!(measure, Measure::Monthly(_));
        let kind = attributes.kind.or(of_label).or(file.options.kind).unwrap_or(Kind::Revenue);
        let dating = Dating { monthly, quantity: measure.quantity(), header: true, ..Dating::default() };
        let mut any = false;
        let before = file.problems.total;
        for (period, place) in self.periods.iter().zip(places) {
            let Some(number) = self.columns.sound_number(record, period.at, file) else { continue };
            any = true;
            let Some(number) = self.in_unit_of_row(number, label_unit, period.at, file) else {
                let kind = ProblemKind::TwoUnits { elsewhere: "the label of its row" };
                self.columns.problem(file, record, (period.at, kind));
                continue;
            };
            let joined = match (part, &year) {
                (None, None) => None,
                (Some(part), _) => with_year(part, &period.text, self.numbered),
                (None, Some(year)) => with_year(&period.text, year, None),
            };
            let when = match joined.map(|text| period::parse(&text)) {
                None => period.when,
                Some(Ok(when)) => Some(when),
                Some(Err(fault)) => {
                    let at = self.label.or(self.year).unwrap_or(0);
                    return self.columns.problem(file, record, (at, ProblemKind::Period(fault)));
                }
            };
            let Some(when) = when else { continue };
            let found = Found {
                kind,
                when,
                dating,
                number: Some(number),
                value_at: period.at,
                period_at: period.at,
                period_place: Some(if period.above { Position { line: 1, column: 1 } } else { *place }),
                period_text: &period.text,
            };
            self.columns.claim(record, &attributes, found, file);
        }
        if !any && file.problems.total == before {
            file.no_value(record, self.label.unwrap_or(0));
        }
    }
}

/// The unit among the codes of a key: `MIO_EUR` of `A,MIO_EUR,DE`.
fn unit_in_key(key: &str) -> Option<(i32, Option<Sign>)> {
    let mut units = key.split(',').filter(|code| code.len() > 2).filter_map(unit_words);
    units.find(|(_, sign)| sign.is_some())
}

/// Whether the codes of a key say that amounts are not of money.
fn is_other_in_key(key: &str) -> bool {
    unit_in_key(key).is_none() && key.split(',').any(is_code_of_others)
}

/// Whether a label is a month or a quarter without a year.
fn is_part_of_year(label: &str) -> bool {
    let is_month = || matches!(calendar_words::word(&label.trim_end_matches('.').to_lowercase()), Some(Word::Month(_)));
    is_month() || matches!(period::parse(label), Err(PeriodFault::NoYear))
}
