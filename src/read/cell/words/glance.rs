//! What a name cannot mean, told without taking it apart.

use std::sync::LazyLock;

use crate::read::cell::words::{LEXICON, SHORTEST_ENDING, Sense};

/// The last words of phrases for a total, by their first letter; of names in ASCII, which have no other letters.
static TOTALS: LazyLock<[Vec<&'static [u8]>; 26]> = LazyLock::new(|| {
    let mut totals: [Vec<&[u8]>; 26] = Default::default();
    let phrases = LEXICON.phrases.values().flatten().filter(|(_, sense)| *sense == Sense::Total);
    for last in phrases.filter_map(|(words, _)| words.last()) {
        if let Some(letter) = last.bytes().next().filter(u8::is_ascii_lowercase) {
            let of_letter = &mut totals[usize::from(letter - b'a')];
            if !of_letter.contains(&last.as_bytes()) {
                of_letter.push(last.as_bytes());
            }
        }
    }
    totals
});

/// Whether a name may hold a word for a total, at a glance: every series is asked.
pub(in crate::read) fn may_hold_total(name: &str) -> bool {
    let bytes = name.as_bytes();
    let begins = |at: usize| {
        // A word begins behind what is not a letter and at a capital letter; the last part of a compound, which is not so short,
        // anywhere.
        let starts = at == 0 || !bytes[at - 1].is_ascii_alphabetic() || bytes[at].is_ascii_uppercase();
        let letter = bytes[at].to_ascii_lowercase();
        let words = letter.is_ascii_lowercase().then(|| &TOTALS[usize::from(letter - b'a')]);
        words.into_iter().flatten().any(|word| {
            (starts || word.len() >= SHORTEST_ENDING)
                && bytes[at..].get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word))
        })
    };
    !name.is_ascii() || (0..bytes.len()).any(begins)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::cell::words::{Meaning, entries};

    #[test]
    fn no_name_that_means_a_total_is_passed_over() {
        for (.., word) in entries(include_str!("../words.txt")).filter(|(sense, ..)| *sense == Sense::Total) {
            let mut capital = word.to_owned();
            let first = capital.chars().next().map_or(0, char::len_utf8);
            capital[..first].make_ascii_uppercase();
            for name in [word.to_owned(), word.to_uppercase(), format!("net{capital}"), format!("North 7{word}")] {
                assert!(Meaning::of(&name).has(Sense::Total) <= may_hold_total(&name), "{name}");
            }
            assert!(may_hold_total(word), "{word}");
        }
        assert!(may_hold_total("Umsatzsumme") && Meaning::of("Umsatzsumme").has(Sense::Total));
        assert!(!may_hold_total("Company of the North 000001 Ltd"));
    }
}
