//! Units that the labels of some rows state, and those of others do not: `Receita total (R$ mil)` below its parts.

use std::collections::BTreeSet;

use crate::read::cell::amount::{self, DecimalMark, Number};
use crate::read::cell::sign::Sign;
use crate::read::layout::file::File;
use crate::read::report::error::ProblemKind;
use crate::read::report::notice::Notice;
use crate::read::report::problems::{Position, place};

/// What the labels of the rows so far say of units.
#[derive(Debug, Default)]
pub(in crate::read) struct UnitOfRows {
    /// The first unit that a label states.
    stated: Option<Stated>,
    /// Whether the label of another row states one too.
    several: bool,
    /// Lines of the rows that have a unit of their own.
    lines: BTreeSet<u32>,
    /// The first row without one: where it stands, and its label.
    bare: Option<(Position, String)>,
    /// What the rows without one add up to in each column, by either decimal mark.
    sums: Vec<[f64; 2]>,
}

#[derive(Debug)]
struct Stated {
    at: Position,
    words: String,
    power: i32,
    sign: Option<Sign>,
    /// The amounts of its row, if that is a total.
    total: Option<Vec<[f64; 2]>>,
}

/// A row as it is seen: where its label stands, the label, and its amounts as they are written.
pub(in crate::read) struct SeenRow<'a> {
    pub(in crate::read) at: Position,
    pub(in crate::read) label: &'a str,
    pub(in crate::read) numbers: &'a [Option<Number>],
}

impl UnitOfRows {
    /// Notes a row whose label states a unit; `is_total` says whether it adds up others.
    pub(in crate::read) fn see_stated(&mut self, row: &SeenRow<'_>, words: &str, unit: (i32, Option<Sign>), is_total: bool) {
        self.lines.insert(row.at.line);
        self.several |= self.stated.is_some();
        let total = is_total.then(|| row.numbers.iter().map(|number| both(*number)).collect());
        let (power, sign) = unit;
        let stated = || Stated { at: row.at, words: words.to_owned(), power, sign, total };
        self.stated.get_or_insert_with(stated);
    }

    /// Notes a row whose label states none.
    pub(in crate::read) fn see_bare(&mut self, row: &SeenRow<'_>) {
        if row.numbers.iter().flatten().any(|number| number.has_unit || number.sign.is_some()) {
            self.lines.insert(row.at.line);
            return;
        }
        self.bare.get_or_insert_with(|| (row.at, row.label.to_owned()));
        self.sums.resize(row.numbers.len(), [0.0, 0.0]);
        for (sum, number) in self.sums.iter_mut().zip(row.numbers) {
            let [point, comma] = both(*number);
            *sum = [sum[0] + point, sum[1] + comma];
        }
    }

    /// Gives the rows without a unit that of the total whose parts they are, or asks for it.
    pub(in crate::read) fn settle(self, file: &mut File<'_>) {
        let (Some(stated), Some((at, row))) = (self.stated, self.bare) else { return };
        let adds_up = stated.total.is_some_and(|total| is_sum(&total, &self.sums));
        if self.several || !adds_up {
            return file.problems.at(at, None, ProblemKind::UnitOfOthers { row, unit: stated.words });
        }
        let currency = stated.sign.map(|sign| sign.currency(file.options.currency));
        if currency == Some(None) {
            return file.problems.at(stated.at, None, ProblemKind::CurrencyShared { sign: stated.words });
        }
        let (scale, lines) = (amount::decimal(1, stated.power), self.lines);
        for claim in file.claims.iter_mut().filter(|claim| !lines.contains(&claim.place.line)) {
            claim.number = claim.number.map(|number| number.scaled(scale));
            claim.currency = claim.currency.or(currency.flatten());
        }
        let place = place(&file.problems.file, stated.at);
        file.notices.push(Notice::UnitOfRemark { place, unit: stated.words });
    }
}

/// The value of a number by either decimal mark; 0 of none.
pub(in crate::read::layout) fn both(number: Option<Number>) -> [f64; 2] {
    let by = |mark: DecimalMark| number.and_then(|number| number.amount(mark)).map_or(0.0, crate::money::Amount::value);
    [by(DecimalMark::Point), by(DecimalMark::Comma)]
}

/// Whether totals are the sums of their parts in every column, by one of the decimal marks: to a percent, for rounding.
pub(in crate::read::layout) fn is_sum(totals: &[[f64; 2]], sums: &[[f64; 2]]) -> bool {
    let by = |mark: usize| {
        let pairs = || totals.iter().zip(sums).map(|(total, sum)| (total[mark], sum[mark]));
        pairs().any(|(total, _)| total != 0.0) && pairs().all(|(total, sum)| (total - sum).abs() <= 0.01 * total.abs())
    };
    by(0) || by(1)
}
