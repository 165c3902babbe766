//! The words and signs of units: `units.txt`, read once.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::money::Currency;
use crate::read::cell::sign::{Shared, Sign};

const UNITS: &str = include_str!("units.txt");

/// What a word says.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::read::cell) enum Meaning {
    /// A power of ten.
    Scale(i32),
    /// A currency.
    Currency(Sign),
    /// A currency, if a scale stands beside it.
    Weak(Sign),
    /// A power of ten and a currency.
    Unit(i32, Sign),
    /// A thousand in Spanish and Portuguese, a million in English and Czech.
    Mil,
    /// Nothing, beside a unit.
    Filler,
    /// Nothing, and no unit by itself.
    Harmless,
    /// Its language, in a name.
    Language,
}

/// A word with its meaning.
#[derive(Debug)]
pub(in crate::read::cell) struct Entry {
    pub(in crate::read::cell) word: &'static str,
    pub(in crate::read::cell) meaning: Meaning,
    pub(in crate::read::cell) language: &'static str,
    /// Whether it has capital letters, and is met only as it is written.
    cased: bool,
}

impl Entry {
    /// What follows the word, if `text` begins with it.
    pub(in crate::read::cell) fn start_of<'t>(&self, text: &'t str) -> Option<&'t str> {
        if self.cased {
            return text.strip_prefix(self.word);
        }
        let mut chars = text.chars();
        for expected in self.word.chars() {
            if lower(chars.next()?) != expected {
                return None;
            }
        }
        Some(chars.as_str())
    }

    /// Whether the word goes on into `rest`, so that it is the beginning of another one.
    pub(in crate::read::cell) fn goes_on(&self, rest: &str) -> bool {
        self.word.ends_with(is_letter) && rest.starts_with(is_letter)
    }
}

/// A letter of a script that parts words by spaces.
pub(in crate::read::cell) fn is_letter(c: char) -> bool {
    c.is_alphabetic() && u32::from(c) < 0x2e80
}

/// One character in small letters.
pub(in crate::read::cell) fn lower(c: char) -> char {
    if c.is_ascii() { c.to_ascii_lowercase() } else { c.to_lowercase().next().unwrap_or(c) }
}

/// Words by their first letter in lower case, the longest first.
static BY_FIRST: LazyLock<HashMap<char, Vec<Entry>>> = LazyLock::new(|| {
    let mut all: Vec<Entry> = entries(UNITS).collect();
    all.sort_by_key(|entry| std::cmp::Reverse(entry.word.chars().count()));
    let mut by_first: HashMap<char, Vec<Entry>> = HashMap::new();
    for entry in all {
        let Some(first) = entry.word.chars().next() else { continue };
        by_first.entry(lower(first)).or_default().push(entry);
    }
    by_first
});

/// The words that `text` begins with, the longest first, each with what follows it.
pub(in crate::read::cell) fn at_start(text: &str) -> impl Iterator<Item = (&'static Entry, &str)> {
    let first = text.chars().next().map(lower);
    let entries = first.and_then(|first| BY_FIRST.get(&first)).map_or(&[][..], Vec::as_slice);
    entries.iter().filter_map(move |entry| Some((entry, entry.start_of(text)?)))
}

/// The language that the words of a name show.
pub(in crate::read::cell) fn language_of(name: &str) -> Option<&'static str> {
    let words = name.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty());
    words
        .flat_map(at_start)
        .find_map(|(entry, rest)| (entry.meaning == Meaning::Language && rest.is_empty()).then_some(entry.language))
}

/// The entries of a file of words. A line that is none of the rules that its head explains is passed over; a test sees to it
/// that there is none.
fn entries(file: &'static str) -> impl Iterator<Item = Entry> {
    file.lines().filter(|line| !line.starts_with('#')).filter_map(rule).flat_map(|(meaning, language, words)| {
        words.split(", ").map(move |word| {
            let word = word.trim();
            Entry { word, meaning, language, cased: word.contains(char::is_uppercase) }
        })
    })
}

/// The meaning of a line, its language, and its words.
fn rule(line: &'static str) -> Option<(Meaning, &'static str, &'static str)> {
    let (head, words) = line.split_once(": ")?;
    let head: Vec<&str> = head.split(' ').collect();
    let power = |text: &str| text.parse::<i32>().ok();
    let (meaning, language) = match head.as_slice() {
        ["scale", scale, language] => (Meaning::Scale(power(scale)?), language),
        ["currency", code, language] => (Meaning::Currency(sign(code)?), language),
        ["weak", code, language] => (Meaning::Weak(sign(code)?), language),
        ["unit", scale, code, language] => (Meaning::Unit(power(scale)?, sign(code)?), language),
        ["mil", language] => (Meaning::Mil, language),
        ["filler", language] => (Meaning::Filler, language),
        ["harmless", language] => (Meaning::Harmless, language),
        ["language", language] => (Meaning::Language, language),
        _ => return None,
    };
    Some((meaning, language, words))
}

fn sign(code: &str) -> Option<Sign> {
    let shared = match code {
        "dollar" => Shared::Dollar,
        "yen" => Shared::Yen,
        "yuan" => Shared::Yuan,
        "crown" => Shared::Crown,
        "peso" => Shared::Peso,
        code => return Currency::from_code(code).map(Sign::Of),
    };
    Some(Sign::Shared(shared))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::cell::unit::{Said, said};

    #[test]
    fn every_line_is_a_rule() {
        for line in UNITS.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
            assert!(rule(line).is_some(), "{line}");
        }
    }

    #[test]
    fn every_word_stands_once() {
        let mut words: Vec<&str> =
            entries(UNITS).filter(|entry| entry.meaning != Meaning::Language).map(|entry| entry.word).collect();
        words.sort_unstable();
        for pair in words.windows(2) {
            assert_ne!(pair[0], pair[1]);
        }
    }

    #[test]
    fn every_word_is_met() {
        for Entry { word, meaning, .. } in entries(UNITS) {
            let unit = |text: &str| match said(text, "") {
                Said::Unit(unit) => Some((unit.power, unit.sign)),
                _ => None,
            };
            let usd = Some(Sign::Of(Currency::USD));
            match meaning {
                Meaning::Scale(power) => assert_eq!(unit(word), Some((power, None)), "{word}"),
                Meaning::Currency(sign) => assert_eq!(unit(word), Some((0, Some(sign))), "{word}"),
                Meaning::Unit(power, sign) => assert_eq!(unit(word), Some((power, Some(sign))), "{word}"),
                Meaning::Weak(sign) => {
                    assert_eq!(unit(word), None, "{word}");
                    assert_eq!(unit(&format!("{word} million")), Some((6, Some(sign))), "{word}");
                }
                Meaning::Mil => assert_eq!(said(word, ""), Said::Unclear, "{word}"),
                Meaning::Filler | Meaning::Harmless => {
                    assert_eq!(said(word, ""), Said::Nothing, "{word}");
                    assert_eq!(unit(&format!("{word} USD")), Some((0, usd)), "{word}");
                }
                Meaning::Language => assert!(language_of(&format!("{word} (mil)")).is_some(), "{word}"),
            }
        }
    }
}
