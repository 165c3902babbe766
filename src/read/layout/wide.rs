//! The wide layout: one series a row, periods as columns; income statements are read so too, their line of revenue alone.

use std::borrow::Cow;
use std::io::{self, Read};

use crate::near::normalise;

use crate::read::cell::amount::{self, Number};
use crate::read::cell::calendar_words;
use crate::read::cell::kind::Kind;
use crate::read::cell::period::{self, PeriodFault, When};
use crate::read::cell::sign::Sign;
use crate::read::cell::unit::unit_in_label;
use crate::read::claim::Dating;
use crate::read::layout::columns::{Columns, Found};
use crate::read::layout::file::File;
use crate::read::layout::header::Header;
use crate::read::layout::long::with_year;
use crate::read::layout::rows::Rows;
use crate::read::layout::total::is_total;
use crate::read::report::error::ProblemKind;
use crate::read::report::notice::LeftOut;
use crate::read::report::problems::Position;
use crate::read::table::{Record, Records};

/// A column of amounts, and when they are for.
#[derive(Debug)]
pub(in crate::read) struct PeriodColumn {
    pub(in crate::read) at: usize,
    when: When,
    text: String,
    /// Whether the period stands above the header rather than in it.
    above: bool,
}

impl PeriodColumn {
    pub(in crate::read) fn new(at: usize, when: When, text: &str) -> Self {
        Self { at, when, text: text.to_owned(), above: false }
    }

    pub(in crate::read) fn of_preamble(at: usize, when: When, text: String) -> Self {
        Self { at, when, text, above: true }
    }
}

/// The columns of a wide table.
#[derive(Debug)]
pub(in crate::read) struct Wide {
    pub(in crate::read) columns: Columns,
    periods: Vec<PeriodColumn>,
    /// The column that names the rows, if no column has the role of the series.
    label: Option<usize>,
    totals: Vec<usize>,
    partial: Vec<usize>,
    /// For an income statement: the label of its line of revenue.
    line: Option<String>,
}

impl Wide {
    pub(in crate::read) fn new(
        header: Header,
        periods: Vec<PeriodColumn>,
        label: Option<usize>,
        totals: Vec<usize>,
        partial: Vec<usize>,
    ) -> Self {
        let columns = Columns::new(header);
        let label = label.filter(|_| !columns.names_series());
        Self { columns, periods, label, totals, partial, line: None }
    }

    /// The table as an income statement with this line of revenue.
    pub(in crate::read) fn of_statement(self, line: String) -> Self {
        Self { line: Some(line), ..self }
    }

    /// The label of the line that is read, of an income statement.
    pub(in crate::read) fn line(&self) -> Option<&str> {
        self.line.as_deref()
    }

    /// Whether a column holds the amounts of a period.
    pub(in crate::read) fn is_period(&self, at: usize) -> bool {
        self.periods.iter().any(|period| period.at == at)
    }

    /// Notes what the header leaves out, then reads the rows.
    pub(in crate::read) fn read<R: Read>(&self, records: &mut Records<R>, file: &mut File<'_>) -> io::Result<()> {
        let mut places = Vec::with_capacity(self.periods.len());
        if let Some(header) = records.current() {
            for at in &self.totals {
                file.left_out(LeftOut::TotalColumn, &header, *at);
            }
            for at in &self.partial {
                file.left_out(LeftOut::PartialColumn, &header, *at);
            }
            for period in &self.periods {
                file.see_order(period.when, &period.text);
                places.push(Position::of(header.place(period.at)));
            }
        }
        let mut rows = Rows::of_report(self.columns.header.columns.len());
        while rows.next(records, file)?
            && let Some(record) = records.current()
        {
            self.row(&record, &places, file);
        }
        Ok(())
    }

    /// The number in the unit that the label of its row states; `None` if another one is stated for it already.
    fn in_unit_of_row(&self, number: Number, unit: (i32, Option<Sign>), at: usize, file: &File<'_>) -> Option<Number> {
        let column = &self.columns.header.columns[at];
        let stated = if column.power == 0 { file.power } else { column.power };
        match unit {
            (0, sign) => Some(number.or_sign(sign)),
            (power, _) if number.has_unit || stated != 0 && stated != power => None,
            (power, sign) if stated == 0 => Some(number.scaled(amount::decimal(1, power)).or_sign(sign)),
            (_, sign) => Some(number.or_sign(sign)),
        }
    }

    fn row(&self, record: &Record<'_>, places: &[Position], file: &mut File<'_>) {
        let label = self.label.map(|at| record.cell(at)).filter(|label| !label.is_empty());
        let first = record.cell(0);
        if let Some(line) = &self.line {
            if label.as_deref().is_none_or(|label| normalise(label) != normalise(line)) {
                file.left_out(LeftOut::Account, record, self.label.unwrap_or(0));
                return;
            }
        } else if is_total(label.as_deref().unwrap_or(&first)) {
            file.left_out(LeftOut::Total, record, self.label.unwrap_or(0));
            return;
        }
        // `Revenue ($m)`: the unit of this row's amounts.
        let label_unit = label.as_deref().filter(|_| file.options.unit.is_none()).map_or((0, None), |label| {
            let unit = unit_in_label(label);
            unit.map_or((0, None), |(_, power, sign)| (power, sign))
        });
        let label = label.map(|label| match unit_in_label(&label) {
            Some((base, ..)) => Cow::Owned(base.to_owned()),
            None => label,
        });
        // `Jan` beside columns of years: the rows are months, and the series has no name.
        let part = label.as_deref().filter(|label| is_part_of_year(label));
        let name = if self.line.is_some() || part.is_some() { None } else { label.as_deref() };
        let company = file.company.clone().filter(|_| self.line.is_some());
        let Some(attributes) = self.columns.attributes(record, name.or(company.as_deref()), file) else { return };
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
            let when = match part.map(|part| with_year(part, &period.text, None)) {
                Some(Some(text)) => period::parse(&text).unwrap_or(period.when),
                _ => period.when,
            };
            let found = Found {
                kind: attributes.kind.or(file.options.kind).unwrap_or(Kind::Revenue),
                when,
                dating: Dating::default(),
                number: Some(number),
                value_at: period.at,
                period_at: period.at,
                period_place: Some(if period.above { Position { line: 1, column: 1 } } else { *place }),
                period_text: period.text.clone(),
            };
            self.columns.claim(record, &attributes, found, file);
        }
        if !any && file.problems.total == before {
            file.no_value(record, self.label.unwrap_or(0));
        }
    }
}

/// Whether a label is a month or a quarter without a year.
fn is_part_of_year(label: &str) -> bool {
    let is_month =
        || matches!(calendar_words::word(&label.trim_end_matches('.').to_lowercase()), Some(calendar_words::Word::Month(_)));
    is_month() || matches!(period::parse(label), Err(PeriodFault::NoYear))
}
