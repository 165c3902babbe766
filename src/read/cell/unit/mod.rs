//! Units: what an amount of 1 is worth, by the words and signs of names, titles, footnotes and cells.
//!
//! The words stand in `units.txt`. Knows nothing of where a unit holds: that is the layout's.

mod currency;
mod lexicon;
mod look;
mod name;
mod option;
mod others;
mod phrase;
mod remark;

pub(in crate::read) use currency::{currency_sign, leading_sign};
pub(in crate::read) use name::{named, open_unit, strange_unit, unit_in_label, unit_in_name};
pub use option::{Unit, UnitFault};
pub(in crate::read) use others::{is_code_of_others, is_unit_of_others};
pub(in crate::read) use phrase::{Said, Stated, before_except, crown_of, currency_of_scale, said, said_behind};
pub(in crate::read) use remark::unit_in_remark;

use crate::read::cell::sign::Sign;
use crate::read::cell::words::Mark;

/// Power of ten and currency of a text that is a unit: `USD m`, `in millions of euros`, `$000s`, `k€`.
pub(in crate::read) fn unit_words(text: &str) -> Option<(i32, Option<Sign>)> {
    match said(text, "") {
        Said::Unit(Stated { power, sign }) => Some((power, sign)),
        // `Billions of Dollars, Seasonally Adjusted Annual Rate`
        _ => text.split_once(", ").filter(|(_, rest)| is_adjustment(rest)).and_then(|(unit, _)| unit_words(unit)),
    }
}

/// Whether words say how figures were adjusted for the season.
fn is_adjustment(text: &str) -> bool {
    Mark::AnnualRate.is_in(text) || text.to_lowercase().contains("seasonal")
}
