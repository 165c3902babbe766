//! Whether a text that is not understood has the look of a unit.

use crate::read::cell::unit::lexicon::{Meaning, at_start, is_letter};
use crate::read::cell::unit::phrase::code;

/// Whether a word of a text is one of a unit beyond doubt: a scale of two letters or more, a currency.
pub(in crate::read::cell::unit) fn looks_like_unit(text: &str) -> bool {
    let mut before = ' ';
    for (at, c) in text.char_indices() {
        let starts_word = !(is_letter(before) && is_letter(c));
        before = c;
        if !starts_word {
            continue;
        }
        let rest = &text[at..];
        let known = at_start(rest).any(|(entry, after)| {
            let sure = match entry.meaning {
                Meaning::Unit(..) => true,
                Meaning::Currency(_) => !entry.word.chars().all(|c| c >= '\u{2e80}') || entry.word.chars().count() > 1,
                Meaning::Scale(_) => entry.word.chars().count() > if is_letter(c) { 2 } else { 1 },
                _ => false,
            };
            sure && !entry.goes_on(after)
        });
        if known || code(rest).is_some() && !is_word_of_its_own(rest) {
            return true;
        }
    }
    false
}

/// Codes of currencies that are words or names too.
fn is_word_of_its_own(text: &str) -> bool {
    ["ALL", "TOP", "MAD", "BAM", "CUP", "SOS", "MOP", "LAK", "ANG", "ETB", "GIP", "MUR", "XXX"]
        .iter()
        .any(|word| text.starts_with(word))
}
