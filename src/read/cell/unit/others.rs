//! Units of other things than money, in a column of units: `Persons`, `PER`, `Index, 2015=100`.

use crate::read::cell::unit::unit_words;
use crate::read::cell::words::{Meaning, Sense};

/// Whether a text is the unit of something else than money.
pub(in crate::read) fn is_unit_of_others(text: &str) -> bool {
    let text = text.trim();
    if unit_words(text).is_some_and(|(_, sign)| sign.is_some()) {
        return false;
    }
    let meaning = Meaning::of(text);
    is_code_of_others(text) || text.starts_with('%') || meaning.has_any(&[Sense::Count, Sense::Ratio])
}

/// Whether a code of a statistics office is such a unit: `PER`, `THS_PER`, `NR`, `PC`, `PCH_PRE`, `I15`, `HUR`.
pub(in crate::read) fn is_code_of_others(code: &str) -> bool {
    const CODES: [&str; 10] = ["PER", "PERS", "NR", "NBR", "NUM", "PC", "PCT", "HUR", "FTE", "IX"];
    let is_index = || {
        let year = code.strip_prefix('I').map(|year| year.trim_end_matches("_NCA"));
        year.is_some_and(|year| matches!(year.len(), 2 | 4) && year.bytes().all(|byte| byte.is_ascii_digit()))
    };
    CODES.contains(&code) || code.ends_with("_PER") || code.starts_with("PCH_") || code.starts_with("PC_") || is_index()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_of_money_are_no_others() {
        for text in
            ["PER", "THS_PER", "NR", "PC", "PCH_PRE", "I15", "I2021", "Persons", "Number", "Percent", "Index, 2015=100", "%"]
        {
            assert!(is_unit_of_others(text), "{text}");
        }
        for text in ["EUR", "MIO_EUR", "Million euro", "USD thousand", "thousand", "Dollars"] {
            assert!(!is_unit_of_others(text), "{text}");
        }
    }
}
