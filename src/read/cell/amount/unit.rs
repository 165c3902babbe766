//! What stands behind the digits of an amount, or before them: `USD m`, `k€`, `millions`.

use crate::read::cell::amount::AmountFault;
use crate::read::cell::sign::{Sign, is_space};
use crate::read::cell::unit::{Said, Stated, said_behind};

/// The power of ten and the currency of what follows the digits; `before` is the sign that stands before them.
pub(in crate::read::cell) fn unit_behind(text: &str, before: Option<Sign>) -> Result<(i32, Option<Sign>), AmountFault> {
    let text = text.trim_matches(is_space);
    if text.is_empty() {
        return Ok((0, None));
    }
    if text.contains(['%', '‰', '％']) {
        return Err(AmountFault::Percentage);
    }
    match text {
        "CR" | "Cr" | "cr" | "CR." | "Cr." if !before.is_some_and(is_rupee) => return Err(AmountFault::Credit),
        "DR" | "Dr" | "dr" | "DR." | "Dr." => return Err(AmountFault::Credit),
        _ => {}
    }
    // A letter set against the amount: revised, provisional, estimated. `m`, `k`, `b`, `g` and `t` are scales.
    if matches!(text, "r" | "R" | "p" | "P" | "e" | "E" | "est" | "est." | "rev" | "prov" | "f" | "F" | "s" | "u" | "A" | "a") {
        return Err(AmountFault::Letter);
    }
    match said_behind(text, before) {
        Said::Unit(Stated { power, sign }) => Ok((power, sign)),
        Said::Unclear => Err(AmountFault::Mil),
        Said::Nothing | Said::Unknown => Err(if is_range(text) { AmountFault::Range } else { AmountFault::UnknownUnit }),
    }
}

fn is_rupee(sign: Sign) -> bool {
    matches!(sign, Sign::Of(currency) if currency.code() == "INR")
}

fn is_range(text: &str) -> bool {
    let between = ["-", "–", "—", "to ", "à ", "bis "].iter().find_map(|word| text.strip_prefix(word));
    between.is_some_and(|other| other.trim_start_matches(is_space).starts_with(|c: char| c.is_ascii_digit()))
}
