//! One column: what its name says, what its cells are, and the part it plays.

use std::borrow::Cow;

use crate::near::normalise;
use crate::read::cell::calendar_words::{Word, word};
use crate::read::cell::kind::Kind;
use crate::read::cell::period::Shorthand;
use crate::read::cell::sign::Sign;
use crate::read::cell::unit::{unit_in_label, unit_in_name, unit_words};
use crate::read::cell::words::{Mark, Meaning, Sense};
use crate::read::layout::profile::Profile;
use crate::read::report::reason::{CellsAre, Holds, Instead, Measured, Reason};
use crate::read::role::Role;
use crate::series::Quantity;

use super::measure::{Measure, NOT};

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
    /// Why it plays that part, or none, as soon as something decides it.
    pub(in crate::read) because: Option<Reason>,
    /// Power of ten of the amounts in this column: 3 for "in thousands".
    pub(in crate::read) power: i32,
    pub(in crate::read) sign: Option<Sign>,
    /// What says its unit.
    pub(in crate::read) unit_by: UnitBy,
    /// How its periods are written in short.
    pub(in crate::read) shorthand: Option<Shorthand>,
}

/// What says the unit of a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::read) enum UnitBy {
    /// Its name.
    Name,
    /// The row below the header.
    Row,
    /// The export that the file is.
    Export,
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
            // `Volume (USD)` is not a number of things.
            Measure::Not
                if unit_in_name(name).2.is_some()
                    && !meaning.has_any(&[Sense::Other, Sense::Ratio, Sense::Flag])
                    && !meaning.has_any(&[Sense::Opening, Sense::Movement]) =>
            {
                Measure::Unknown
            }
            measure => measure,
        };
        Self {
            name: name.to_owned(),
            meaning,
            measure,
            profile,
            role: None,
            because: None,
            power: 0,
            sign: None,
            unit_by: UnitBy::Name,
            shorthand: None,
        }
    }

    /// Whether the cells are keys of a statistics office, of several codes: `freq,unit,geo\\TIME_PERIOD`.
    pub(in crate::read) fn is_key(&self) -> bool {
        self.name.to_ascii_uppercase().ends_with("\\TIME_PERIOD") || self.name.ends_with("\\time")
    }

    /// The column of this name over these cells, in full where they are years in short.
    pub(in crate::read) fn over<'a>(name: &str, cells: impl Iterator<Item = &'a str> + Clone) -> Self {
        let Some(shorthand) = Shorthand::of(name, &cells) else { return Self::new(name, Profile::of(cells)) };
        let in_full: Vec<String> = cells.filter_map(|cell| shorthand.in_full(cell)).collect();
        let profile = Profile::of(in_full.iter().map(String::as_str));
        Self { shorthand: Some(shorthand), ..Self::new(name, profile) }
    }

    /// What a cell of its periods says, in full.
    pub(in crate::read) fn in_full<'t>(&self, cell: Cow<'t, str>) -> Cow<'t, str> {
        let in_full = self.shorthand.and_then(|shorthand| shorthand.in_full(&cell));
        in_full.map_or(cell, Cow::Owned)
    }

    /// Gives the column a part.
    pub(in crate::read) fn take(&mut self, role: Role, because: Reason) {
        (self.role, self.because) = (Some(role), Some(because));
    }

    /// Leaves the column without a part.
    pub(in crate::read) fn leave(&mut self, because: Reason) {
        (self.role, self.because) = (None, Some(because));
    }

    /// The first word of the name that means one of these, in normal form.
    pub(in crate::read) fn word_for(&self, senses: &[Sense]) -> Option<&str> {
        self.meaning.found.iter().find(|(_, sense)| senses.contains(sense)).map(|(word, _)| word.as_str())
    }

    /// That the name says the column's part: by the word that means one of these, or as a whole.
    pub(in crate::read) fn named_by(&self, senses: &[Sense]) -> Reason {
        Reason::Named { word: self.word_for(senses).map_or_else(|| self.plain().replace('_', " "), str::to_owned) }
    }

    /// What the amounts are by the name, as the reason to take them for revenue.
    pub(in crate::read) fn measured(&self) -> Reason {
        match self.measure {
            Measure::Revenue(_) => Reason::Measured(Measured::Revenue),
            Measure::RunRate(_) => Reason::Measured(Measured::RunRate),
            Measure::Monthly(_) => Reason::Measured(Measured::Monthly),
            Measure::Amount(_) => Reason::Measured(Measured::Amount),
            _ => self.named_by(&[]),
        }
    }

    /// Why no rule gives the column a part.
    pub(in crate::read) fn without_part(&self) -> Reason {
        let profile = &self.profile;
        let word_for = |senses: &[Sense]| self.word_for(senses).map(str::to_owned);
        match () {
            () if profile.filled == 0 => Reason::NoPart { holds: Holds::Nothing },
            () if self.measure.is_something_else() && !profile.is_names() => self.not_revenue(),
            () if profile.is_percentages() => Reason::of_cells(CellsAre::Percentages, profile),
            () if profile.is_flags() => Reason::of_cells(CellsAre::Flags, profile),
            () if self.is_numbered() => Reason::RowNumbers,
            () if let Some(word) = word_for(&[Sense::Entry]) => Reason::Entry { word },
            () if let Some(word) = word_for(&[Sense::Elsewhen]) => Reason::Elsewhen { word },
            () if self.measure == Measure::Unknown && profile.is_numbers_as_names() => Reason::NumbersRepeat,
            () if profile.is_names() => Reason::NoPart { holds: Holds::Words },
            () if profile.only_when() >= 0.5 => Reason::NoPart { holds: Holds::Periods },
            () => Reason::NoPart { holds: Holds::Numbers },
        }
    }

    /// What the name says of the amounts instead of revenue.
    fn not_revenue(&self) -> Reason {
        let kinds: [(&[Sense], Instead); 6] = [
            (&NOT, Instead::Money),
            (&[Sense::Opening], Instead::Before),
            (&[Sense::Movement], Instead::Movement),
            (&[Sense::Plan], Instead::Plan),
            (&[Sense::Trailing], Instead::Trailing),
            (&[Sense::Gmv, Sense::Bookings, Sense::Billings], Instead::CanBeAsked),
        ];
        let is_of = |what: Instead| match self.measure {
            Measure::Plan => what == Instead::Plan,
            Measure::Trailing => what == Instead::Trailing,
            Measure::Named(_) => what == Instead::CanBeAsked,
            _ => matches!(what, Instead::Money | Instead::Before | Instead::Movement),
        };
        let said = kinds.into_iter().filter(|(_, what)| is_of(*what));
        let mut said = said
            .filter_map(|(senses, what)| Some((self.meaning.found.iter().find(|(_, sense)| senses.contains(sense))?, what)));
        if let Some(((word, sense), what)) = said.next() {
            let what = match sense {
                Sense::Ratio => Instead::Ratio,
                Sense::Count => Instead::Count,
                Sense::Flag => Instead::Flag,
                _ => what,
            };
            return Reason::NotRevenue { word: word.clone(), what };
        }
        // `Revenue (% of 2020)`, `Sales, 2015=100`
        let word = if self.name.contains('%') { "%" } else { "=100" };
        Reason::NotRevenue { word: word.to_owned(), what: Instead::Ratio }
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
        let is_called = ["no", "no.", "#", "n°", "nº", "ref", "ref."].contains(&self.name.trim().to_lowercase().as_str());
        is_called && profile.distinct == profile.filled
            || profile.filled > 4 && profile.distinct == profile.filled && profile.codes == profile.filled
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
        const LENGTHS: [(u32, Mark); 4] = [(1, Mark::Month), (3, Mark::Quarter), (6, Mark::Half), (12, Mark::Year)];
        let mut lengths = self
            .meaning
            .found
            .iter()
            .filter(|(_, sense)| *sense == Sense::Period)
            .filter_map(|(word, _)| LENGTHS.iter().find(|(_, mark)| mark.is(word)).map(|(months, _)| *months));
        let length = lengths.next()?;
        // `Year-Month` is months.
        Some(lengths.fold(length, u32::min))
    }
}
