//! One column: what its name says, what its cells are, and the part it plays.

use crate::near::normalise;
use crate::read::cell::calendar_words::{Word, word};
use crate::read::cell::kind::Kind;
use crate::read::cell::sign::Sign;
use crate::read::cell::unit::{unit_in_label, unit_in_name, unit_words};
use crate::read::cell::words::{Meaning, Sense};
use crate::read::layout::profile::Profile;

use crate::series::Quantity;

use super::measure::Measure;
use crate::read::role::Role;

/// One column: what its name says, what its cells are, and the part it plays.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::read) struct Column {
    /// The name as written.
    pub(in crate::read) name: String,
    /// What the words of the name mean.
    pub(in crate::read) meaning: Meaning,
    /// What its amounts are, by its name.
    pub(in crate::read) measure: Measure,
    /// What its cells are.
    pub(in crate::read) profile: Profile,
    pub(in crate::read) role: Option<Role>,
    /// Power of ten of the amounts in this column: 3 for "in thousands".
    pub(in crate::read) power: i32,
    pub(in crate::read) sign: Option<Sign>,
}

impl Column {
    /// The column of this name over these cells, without a part yet.
    pub(in crate::read) fn new(name: &str, profile: Profile) -> Self {
        let meaning = Meaning::of(unit_in_name(name).0);
        let measure = match Measure::of_meaning(&meaning) {
            // `Revenue (% of 2020)`, `Sales, 2015=100`
            _ if name.contains('%') || name.contains("=100") || name.contains("= 100") => Measure::Not,
            // Dollars are neither a ratio nor a count, whatever the name sounds like.
            Measure::Not if profile.is_money() && !meaning.has(Sense::Other) => Measure::Unknown,
            measure => measure,
        };
        Self { name: name.to_owned(), meaning, measure, profile, role: None, power: 0, sign: None }
    }

    /// The name in normal form, without a unit.
    pub(in crate::read) fn plain(&self) -> String {
        normalise(unit_in_name(&self.name).0)
    }

    /// Takes the unit that the name of a column of values carries for that of its amounts.
    pub(in crate::read) fn take_unit_of_value(&mut self) {
        // `eur_m` is a unit and nothing else.
        let whole = unit_words(&self.name).map(|(power, sign)| ("", power, sign));
        let (_, power, sign) = whole.unwrap_or_else(|| unit_in_name(&self.name));
        (self.power, self.sign) = (power, sign);
    }

    /// Takes the unit in the column's name, in brackets or set apart otherwise, for that of its amounts, and returns the name without it.
    pub(in crate::read) fn take_unit(&mut self) -> String {
        let Some((base, power, sign)) = unit_in_label(&self.name) else { return self.name.clone() };
        (self.power, self.sign) = (power, sign);
        base.to_owned()
    }

    /// Whether the column is called by a currency, with or without a scale, and nothing else: `€`, `USD m`.
    pub(in crate::read) fn is_currency(&self) -> bool {
        unit_words(&self.name).is_some_and(|(_, sign)| sign.is_some())
    }

    /// Takes the column's whole name for the unit of its amounts, and returns it.
    pub(in crate::read) fn take_whole_unit(&mut self) -> String {
        if let Some((power, sign)) = unit_words(&self.name) {
            (self.power, self.sign) = (power, sign);
        }
        self.name.clone()
    }

    /// The kind that the column's name gives to its figures, if it gives one.
    pub(in crate::read) fn kind(&self) -> Option<Kind> {
        matches!(self.measure, Measure::RunRate(_)).then_some(Kind::RunRate)
    }

    /// What the amounts are, by the name.
    pub(in crate::read) fn quantity(&self) -> Quantity {
        self.measure.quantity()
    }

    /// Whether its cells number the rows: `#1001`, `INV-0042`, each once.
    pub(in crate::read) fn is_numbered(&self) -> bool {
        let profile = &self.profile;
        profile.filled > 4 && profile.distinct == profile.filled && profile.codes == profile.filled
    }

    /// Whether the amounts are monthly rates.
    pub(in crate::read) fn is_monthly(&self) -> bool {
        matches!(self.measure, Measure::Monthly(_))
    }

    /// Whether the amounts run up from the start of the year.
    pub(in crate::read) fn is_cumulative(&self) -> bool {
        self.meaning.has(Sense::Cumulative)
    }

    /// Whether the column is called by weeks.
    pub(in crate::read) fn is_week(&self) -> bool {
        self.name.split(|c: char| !c.is_alphabetic()).any(|part| word(&part.to_lowercase()) == Some(Word::Week))
    }

    /// The length in months that the column's name gives to a period that is dated by a day or a number.
    pub(in crate::read) fn months(&self) -> Option<u32> {
        const LENGTHS: [(u32, &[&str]); 4] = [
            (1, &["month", "months", "mois", "monat", "mes", "mese", "maand", "manad", "miesiac", "年月", "月", "月份"]),
            (
                3,
                &[
                    "quarter",
                    "quarters",
                    "qtr",
                    "qtrs",
                    "trimestre",
                    "quartal",
                    "fiscal quarter",
                    "kwartaal",
                    "kvartal",
                    "kwartal",
                    "四半期",
                    "季度",
                ],
            ),
            (6, &["half", "semestre", "halbjahr"]),
            (
                12,
                &[
                    "year",
                    "years",
                    "annee",
                    "jahr",
                    "fiscal year",
                    "financial year",
                    "calendar year",
                    "fy",
                    "exercice",
                    "geschaftsjahr",
                    "ano",
                    "anno",
                    "jaar",
                    "boekjaar",
                    "ar",
                    "rok",
                    "ejercicio",
                    "exercicio",
                    "esercizio",
                    "rakenskapsar",
                    "年",
                    "年度",
                    "年份",
                ],
            ),
        ];
        let mut lengths = self.meaning.found.iter().filter(|(_, sense)| *sense == Sense::Period).filter_map(|(word, _)| {
            LENGTHS.iter().find(|(_, words)| words.contains(&word.as_str())).map(|(months, _)| *months)
        });
        let length = lengths.next()?;
        // `Year-Month` is months.
        Some(lengths.fold(length, u32::min))
    }
}
