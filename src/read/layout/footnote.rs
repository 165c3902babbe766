//! A unit that stands in a line within or below the table: it holds for all amounts, those that were read before it too.

use crate::read::cell::amount;
use crate::read::cell::period::fiscal_year_end;
use crate::read::cell::sign::{Sign, same_currency};
use crate::read::cell::unit::{Said, Stated, unit_in_remark};
use crate::read::layout::Layout;
use crate::read::layout::file::File;
use crate::read::layout::header::Role;
use crate::read::layout::units::is_amount;
use crate::read::report::error::ProblemKind;
use crate::read::report::notice::Notice;
use crate::read::report::problems::place;
use crate::read::report::problems::{Position, shorten};
use crate::read::table::Record;

/// The most lines that are searched for a unit: a report has few, and a file that is not a table may have millions.
const MOST_REMARKS: u32 = 1000;

/// A unit in a line of its own.
#[derive(Debug)]
pub(in crate::read) struct Footnote {
    at: Position,
    words: String,
    unit: Stated,
}

impl File<'_> {
    /// Takes what a row of one cell says of the whole table, the unit of its amounts or the end of its fiscal years, and
    /// returns whether that is a unit. What is wrong with it is a problem by then.
    pub(in crate::read) fn take_remark(&mut self, record: &Record<'_>) -> bool {
        self.remarks_seen += 1;
        if self.remarks_seen > MOST_REMARKS {
            return false;
        }
        let Some(at) = (0..record.len()).find(|at| !record.is_empty(*at)) else { return false };
        let cell = record.cell(at);
        if cell.starts_with(|c: char| c.is_ascii_digit()) {
            return false;
        }
        if let Some(month) = fiscal_year_end(&cell) {
            let at = Position::of(record.place(at));
            self.year_end.get_or_insert_with(|| (month, at, shorten(&cell)));
        }
        let Some((words, said)) = unit_in_remark(&cell) else { return false };
        if self.options.unit.is_some() {
            return true;
        }
        let words = words.to_owned();
        let kind = match (said, &self.footnote) {
            (Said::Unit(unit), None) => {
                self.footnote = Some(Footnote { at: Position::of(record.place(at)), words, unit });
                return true;
            }
            (Said::Unit(unit), Some(before)) if agree(before.unit, unit) => return true,
            (Said::Unit(_), Some(before)) => {
                ProblemKind::UnitsDiffer { here: words, other: before.words.clone(), elsewhere: "in another line" }
            }
            (Said::Unclear, _) => ProblemKind::UnitUnclear { unit: words },
            (Said::Unknown | Said::Nothing, _) => ProblemKind::UnitUnknown { unit: words },
        };
        self.problems.in_row(record, at, kind);
        true
    }

    /// Gives the amounts the unit of the footnote, unless others say one already.
    pub(in crate::read) fn apply_footnote(&mut self, layout: &Layout) {
        let Some(Footnote { at, words, unit }) = self.footnote.take() else { return };
        let header = layout.header();
        let differ = |other: &str, elsewhere: &'static str| ProblemKind::UnitsDiffer {
            here: words.clone(),
            other: other.to_owned(),
            elsewhere,
        };
        let above = Stated { power: self.power, sign: self.sign };
        if !agree(above, unit) {
            return self.problems.at(at, None, differ(&self.unit_words, "above the table"));
        }
        let amounts =
            || header.columns.iter().enumerate().filter(|(column, _)| is_amount(layout, *column)).map(|(_, column)| column);
        if let Some(column) = amounts().find(|column| !agree(Stated { power: column.power, sign: column.sign }, unit)) {
            return self.problems.at(at, None, differ(&column.name, "in the name of a column"));
        }
        let said_already = above.power != 0 || amounts().any(|column| column.power != 0);
        let power = if said_already { 0 } else { unit.power };
        if power != 0
            && let Some(column) = header.of(Role::Unit)
        {
            return self.problems.at(at, None, differ(&header.columns[column].name, "in a column of units"));
        }
        let scale = amount::decimal(1, power);
        let currency = unit.sign.map(|sign| (sign, sign.currency(self.options.currency)));
        if let Some((_, None)) = currency {
            return self.problems.at(at, None, ProblemKind::CurrencyShared { sign: words });
        }
        let currency = currency.and_then(|(_, currency)| currency);
        // `($m)` in the name and "all figures in NZD" below are one currency, and the code says which.
        let mut signs = amounts().filter_map(|column| column.sign).chain(above.sign);
        let shared = signs.find(|sign| matches!(sign, Sign::Shared(_)));
        let overruled = shared.filter(|_| matches!(unit.sign, Some(Sign::Of(_))) && header.of(Role::Currency).is_none());
        let meant_by_sign = overruled.and_then(|sign| sign.currency(self.options.currency));
        for claim in self.claims.iter_mut() {
            let Some(number) = claim.number else { continue };
            if power != 0 && number.has_unit {
                return self.problems.at(claim.place, None, differ("the unit of an amount", "in its cell"));
            }
            claim.number = Some(number.scaled(scale));
            claim.currency = claim.currency.filter(|stated| Some(*stated) != meant_by_sign).or(currency);
        }
        self.facts.note_unit_in_line(unit, at.line, shorten(&words), self.options);
        let place = place(&self.problems.file, at);
        self.notices.push(Notice::UnitOfRemark { place, unit: shorten(&words) });
    }
}

/// Whether two units can both hold.
fn agree(one: Stated, other: Stated) -> bool {
    let scales = one.power == 0 || other.power == 0 || one.power == other.power;
    scales && one.sign.zip(other.sign).is_none_or(|(one, other)| same_currency(one, other))
}
