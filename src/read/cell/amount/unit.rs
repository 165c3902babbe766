//! What stands behind the digits of an amount, or in a header: `USD m`, `k€`, `millions`.

use crate::read::cell::sign::{Sign, is_space, leading_sign, trailing_sign};

use crate::read::cell::amount::AmountFault;

/// The power of ten and the currency of a header's or a cell's unit, such as `USD m`, `k€` or `millions`.
pub(in crate::read) fn unit_and_sign(text: &str) -> Result<(i32, Option<Sign>), AmountFault> {
    let text = text.trim_matches(is_space);
    if let Some(power) = unit_power(text) {
        return Ok((power, None));
    }
    if text.contains('%') {
        return Err(AmountFault::Percentage);
    }
    // Thousands in German accounts, where nobody has trillions; `€1T` is a trillion.
    if ["T€", "TEUR", "TCHF"].contains(&text) {
        return Ok((3, trailing_sign(text).map(|(sign, _)| sign)));
    }
    let split = leading_sign(text).or_else(|| trailing_sign(text));
    if let Some((sign, rest)) = split
        && let Some(power) = unit_power(rest.trim_matches(is_space))
    {
        return Ok((power, Some(sign)));
    }
    let between = ["-", "–", "—", "to ", "à ", "bis "].iter().find_map(|word| text.strip_prefix(word));
    let range = between.is_some_and(|other| other.trim_start_matches(is_space).starts_with(|c: char| c.is_ascii_digit()));
    Err(if range { AmountFault::Range } else { AmountFault::UnknownUnit })
}

/// Powers of ten of the words after a number. `M`, `MM`, `m`, `mn` are millions and `billion` is 10⁹, as in English;
/// *milliard* and *Mrd* are 10⁹ and *Billionen* 10¹², as in French and German.
fn unit_power(word: &str) -> Option<i32> {
    const UNITS: [(i32, &[&str]); 7] = [
        (0, &[""]),
        (3, &["k", "thousand", "thousands", "thsd", "000s", "mille", "milliers", "tsd", "tausend", "th"]),
        (5, &["lakh", "lakhs", "lac"]),
        (
            6,
            &[
                "m",
                "mm",
                "mn",
                "mln",
                "mio",
                "mil",
                "mill",
                "million",
                "millions",
                "millionen",
                "mill.",
                "de millions",
                "millions de",
                "millions d'",
            ],
        ),
        (7, &["crore", "crores", "cr"]),
        (
            9,
            &[
                "b",
                "bn",
                "bln",
                "bil",
                "billion",
                "billions",
                "md",
                "mds",
                "mrd",
                "mrds",
                "mia",
                "milliard",
                "milliards",
                "milliarde",
                "milliarden",
                "milliards de",
                "milliards d'",
                "g",
            ],
        ),
        (12, &["t", "tn", "trn", "tril", "trillion", "trillions", "billionen"]),
    ];
    let word = word.trim_end_matches('.');
    UNITS.iter().find(|(_, words)| words.iter().any(|unit| unit.eq_ignore_ascii_case(word))).map(|(power, _)| *power)
}
