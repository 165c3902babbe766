//! Whether the words of a table are of a language that writes a decimal comma.

use super::{LEXICON, words};

/// Languages of countries where a comma stands before the decimals, with hardly an exception.
const COMMA: [&str; 19] =
    ["de", "fr", "es", "pt", "it", "nl", "sv", "da", "no", "fi", "pl", "cs", "hu", "ro", "tr", "el", "ru", "id", "vi"];

/// Whether words of these names are of such languages, and none is of another.
pub(in crate::read) fn uses_decimal_comma<'a>(names: impl Iterator<Item = &'a str>) -> bool {
    let known: Vec<&Vec<&str>> = names.flat_map(words).filter_map(|word| LEXICON.languages.get(&word)).collect();
    let has = |languages: &[&str], is_comma: bool| languages.iter().any(|language| COMMA.contains(language) == is_comma);
    // `Total` is of many languages, and shows none.
    let shows = |languages: &&&Vec<&str>| has(languages, true) != has(languages, false);
    let mut telling = known.iter().filter(shows).peekable();
    telling.peek().is_some() && telling.all(|languages| has(languages, true))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_show_their_language() {
        let of = |names: &[&'static str]| uses_decimal_comma(names.iter().copied());
        assert!(of(&["Conto economico", "1) ricavi delle vendite e delle prestazioni"]));
        assert!(of(&["Jahr", "Umsatzerlöse", "Total"]));
        for names in [&["Year", "Revenue"][..], &["Jahr", "Revenue"], &["年度", "売上高"], &["Total", "2024"]] {
            assert!(!of(names), "{names:?}");
        }
    }
}
