//! The scale and the currency that a name carries: `Revenue (USD m)`, `in thousands of euros`, `value_usd`.

use crate::read::cell::amount::unit_and_sign;
use crate::read::cell::sign::{self, Sign};

/// The name without the unit it carries, and the unit: `Revenue (USD m)`, `Sales in thousands`, `value_usd`, `Umsatz k€`.
pub(in crate::read) fn unit_in_name(name: &str) -> (&str, i32, Option<Sign>) {
    let name = name.trim();
    if let Some(found) = unit_in_brackets(name) {
        return found;
    }
    let split = name.rsplit_once(", ").or_else(|| [" in ", " en "].into_iter().find_map(|word| name.rsplit_once(word)));
    if let Some((base, unit)) = split
        && let Some((power, sign)) = unit_words(unit)
    {
        return (base.trim(), power, sign);
    }
    // The last word, or the last two: `Revenue USD m`, `value_usd`.
    let ends: Vec<usize> = name.match_indices([' ', '_']).map(|(at, _)| at).collect();
    for at in ends.iter().rev().take(2).rev() {
        if let Some((power, sign)) = unit_words(&name[at + 1..]) {
            return (&name[..*at], power, sign);
        }
    }
    (name, 0, None)
}

/// The name without the unit in brackets at its end, and the unit.
pub(in crate::read) fn unit_in_brackets(name: &str) -> Option<(&str, i32, Option<Sign>)> {
    let (base, unit) =
        [('(', ')'), ('[', ']')].into_iter().find_map(|(open, close)| name.strip_suffix(close)?.rsplit_once(open))?;
    let (power, sign) = unit_words(unit)?;
    Some((base.trim(), power, sign))
}

/// Power of ten and currency of words such as `USD m`, `in millions of euros`, `$000s`, `k€`; `None` if one of them is no unit.
pub(in crate::read) fn unit_words(text: &str) -> Option<(i32, Option<Sign>)> {
    let mut power = None;
    let mut sign = None;
    for word in text.split([' ', '_', ',']).filter(|word| !word.is_empty()) {
        let word = word.strip_prefix("d'").or_else(|| word.strip_prefix("d’")).unwrap_or(word);
        let plain = word.trim_matches(['\'', '’', '.']).to_lowercase();
        if ["in", "en", "of", "de", "d", "except", "unaudited"].contains(&plain.as_str()) {
            continue;
        }
        let thousands =
            plain.strip_suffix("000s").or_else(|| plain.strip_suffix("000")).map(|rest| rest.trim_end_matches(['\'', '’']));
        let (found_power, found_sign) = match thousands {
            Some("") => (3, None),
            Some(currency) => (3, Some(sign::currency_sign(currency)?)),
            None => unit_and_sign(word).ok()?,
        };
        if found_sign.is_some() {
            sign = found_sign;
        }
        if found_power > 0 {
            if power.is_some() {
                return None;
            }
            power = Some(found_power);
        }
    }
    (power.is_some() || sign.is_some()).then_some((power.unwrap_or(0), sign))
}
