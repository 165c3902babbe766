//! What was found of a file as a whole, and what says it: for `inspect`.

use crate::read::Options;
use crate::read::cell::sign::Sign;
use crate::read::cell::unit::{Stated as UnitStated, Unit};
use crate::read::layout::preamble::Preamble;
use crate::read::report::reason::{HeaderFound, Stated, StatedBy};

/// What was found of a file as a whole.
#[derive(Debug, Default)]
pub(in crate::read) struct Facts {
    /// Where the header stands.
    pub(in crate::read) header: Option<HeaderFound>,
    /// What an amount of 1 is worth.
    pub(in crate::read) unit: Option<Stated<Unit>>,
    /// The month in which fiscal years end.
    pub(in crate::read) fiscal_year_end: Option<Stated<u8>>,
}

impl Facts {
    /// Notes the unit that the user gives, or else the one that stands above the table.
    pub(in crate::read) fn note_unit_above(&mut self, preamble: &Preamble, options: &Options) {
        let above = || {
            let words = preamble.unit.clone();
            let by = if preamble.unit_in_corner { StatedBy::Corner(words) } else { StatedBy::Above(words) };
            Stated { what: unit(preamble.power, preamble.sign, options), by }
        };
        self.unit = match options.unit {
            Some(what) => Some(Stated { what, by: StatedBy::Option }),
            None => (!preamble.unit.is_empty()).then(above),
        };
    }

    /// Notes the unit that words in a line say.
    pub(in crate::read) fn note_unit_in_line(&mut self, stated: UnitStated, line: u32, words: String, options: &Options) {
        let by = StatedBy::Line { line, words };
        self.unit = Some(Stated { what: unit(stated.power, stated.sign, options), by });
    }
}

/// A unit as it is shown.
pub(in crate::read) fn unit(power: i32, sign: Option<Sign>, options: &Options) -> Unit {
    Unit { power, currency: sign.and_then(|sign| sign.currency(options.currency)) }
}
