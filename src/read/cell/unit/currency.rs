//! Currencies at the beginning of an amount, and alone in a cell.

use crate::money::Currency;
use crate::read::cell::sign::{Sign, is_space};
use crate::read::cell::unit::lexicon::{Meaning, at_start, is_letter};

/// The sign or code at the start of a text, and the rest.
pub(in crate::read) fn leading_sign(text: &str) -> Option<(Sign, &str)> {
    if text.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    for (entry, rest) in at_start(text) {
        if let Meaning::Currency(sign) = entry.meaning
            && !entry.goes_on(rest)
        {
            // `kr. 12`, `Rs. 12`
            let rest = if entry.word.ends_with(is_letter) { rest.strip_prefix('.').unwrap_or(rest) } else { rest };
            return Some((sign, rest));
        }
    }
    let code = text.get(..3)?;
    let rest = &text[3..];
    let currency = Currency::from_code(code).filter(|_| code.chars().all(|c| c.is_ascii_alphabetic()))?;
    (!rest.starts_with(|c: char| c.is_ascii_alphabetic())).then_some((Sign::Of(currency), rest))
}

/// A sign or a code standing alone, as in a currency column.
pub(in crate::read) fn currency_sign(text: &str) -> Option<Sign> {
    let text = text.trim_matches(is_space);
    leading_sign(text).filter(|(_, rest)| rest.is_empty()).map(|(sign, _)| sign)
}
