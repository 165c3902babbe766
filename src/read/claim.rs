//! A row of figures before its column and its series are settled.

use std::collections::HashMap;

use crate::money::Currency;
use crate::series::{Measure, Written};

use super::amount::Number;
use super::kind::Kind;
use super::period::When;
use super::problems::Position;

/// What one row, or one cell of a wide table, claims. Small, since there are as many as figures.
#[derive(Clone, Debug)]
pub(super) struct Claim {
    /// Index into [`Names`].
    pub(super) series: u32,
    /// Index of the file.
    pub(super) file: u32,
    pub(super) kind: Kind,
    pub(super) basis: Option<Measure>,
    pub(super) when: When,
    /// What the header says of the period.
    pub(super) dating: Dating,
    pub(super) number: Option<Number>,
    /// The currency that the row states.
    pub(super) currency: Option<Currency>,
    /// The month in which the fiscal year ends that the row states.
    pub(super) fiscal_year_end: Option<u8>,
    pub(super) as_of: Option<When>,
    /// Where the value stands; the period, for an event without one.
    pub(super) place: Position,
    /// Where the period stands.
    pub(super) period_place: Position,
    pub(super) extra: Option<Box<Extra>>,
}

/// How a day is to be understood, by the name of its column.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Dating {
    /// Length of the period in months, where the name says it.
    pub(super) months: Option<u8>,
    /// Whether the name says that the day is the period's last.
    pub(super) is_end: bool,
    /// Whether the row is one entry of a ledger, to be added up.
    pub(super) entry: bool,
}

/// What few rows have.
#[derive(Clone, Debug, Default)]
pub(super) struct Extra {
    pub(super) source: Option<String>,
    pub(super) note: Option<String>,
    pub(super) written: Option<Box<Written>>,
}

/// The names of series, in order of first appearance.
#[derive(Debug, Default)]
pub(super) struct Names {
    in_order: Vec<String>,
    indices: HashMap<String, u32>,
    /// Rows of one series mostly stand together.
    last: u32,
}

impl Names {
    /// Index of the series of this name.
    pub(super) fn index(&mut self, name: &str) -> u32 {
        if self.in_order.get(self.last as usize).is_some_and(|last| last == name) {
            return self.last;
        }
        if let Some(index) = self.indices.get(name) {
            self.last = *index;
        } else {
            self.last = u32::try_from(self.in_order.len()).unwrap_or(u32::MAX);
            self.in_order.push(name.to_owned());
            self.indices.insert(name.to_owned(), self.last);
        }
        self.last
    }

    pub(super) fn len(&self) -> usize {
        self.in_order.len()
    }

    pub(super) fn get(&self, index: u32) -> &str {
        self.in_order.get(index as usize).map_or("", String::as_str)
    }
}
