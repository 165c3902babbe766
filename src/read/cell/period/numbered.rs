//! Periods that are numbered within a year, as shops with years of 52 weeks and books of account number them: `P01`, `Period 3`,
//! `FY22 P13`. They may be months, or spans of four or five weeks; a cell alone does not say which.

use crate::read::cell::period::whole_float;
use crate::read::cell::words::Mark;

/// The most periods that a year has: thirteen of four weeks.
const MOST: u32 = 13;

/// The number of such a period without its year: `1`, `P01`, `Period 3`.
pub(in crate::read) fn by_number(text: &str) -> Option<u32> {
    let text = text.trim();
    let digits = text.trim_start_matches(|c: char| !c.is_ascii_digit());
    let word = text[..text.len() - digits.len()].trim();
    let is_word = || word.eq_ignore_ascii_case("p") || Mark::NumberedPeriod.is(&word.to_lowercase());
    let digits = whole_float(digits);
    if digits.is_empty() || digits.len() > 3 || !(word.is_empty() || is_word()) {
        return None;
    }
    digits.parse().ok().filter(|number| (1..=MOST).contains(number))
}

/// Whether a text names such a period, with its year or without: `P01 FY22`, `2022-P01`, `Period 1`, `FY2022 Period 12`.
pub(in crate::read::cell::period) fn is_by_number(text: &str) -> bool {
    // Most texts have no number behind a word that begins so.
    let begins = |pair: &[u8]| matches!(pair[0] | 0x20, b'p' | b'o' | b'f' | b'b') && pair[0].is_ascii_alphabetic();
    let mut words = text.as_bytes().windows(2).enumerate();
    let may_be = words.any(|(at, pair)| {
        begins(pair)
            && (at == 0 || !text.as_bytes()[at - 1].is_ascii_alphabetic())
            && (pair[1].is_ascii_digit() || pair[0] | 0x20 != b'f')
    });
    if text.len() > 24 || !may_be {
        return false;
    }
    let mut pieces: Vec<&str> = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let is_digit = first.is_ascii_digit();
        let same = |c: char| if is_digit { c.is_ascii_digit() } else { c.is_alphabetic() };
        let end = rest.find(|c: char| !same(c)).unwrap_or(rest.len()).max(first.len_utf8());
        if first.is_alphanumeric() {
            pieces.push(&rest[..end]);
        }
        rest = &rest[end..];
        if pieces.len() > 4 {
            return false;
        }
    }
    let is_number = |piece: &str| piece.len() <= 3 && piece.parse().is_ok_and(|number: u32| (1..=MOST).contains(&number));
    let is_word = |piece: &str| piece.eq_ignore_ascii_case("p") || Mark::NumberedPeriod.is(&piece.to_lowercase());
    let Some(word) = pieces.iter().position(|piece| is_word(piece)) else { return false };
    if !pieces.get(word + 1).is_some_and(|piece| is_number(piece)) {
        return false;
    }
    let is_of_year = |piece: &str| {
        let is_year = matches!(piece.len(), 2 | 4) && piece.bytes().all(|byte| byte.is_ascii_digit());
        is_year || piece.eq_ignore_ascii_case("fy")
    };
    pieces.iter().enumerate().all(|(at, piece)| at == word || at == word + 1 || is_of_year(piece))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::cell::period::{PeriodFault, parse};

    #[test]
    fn periods_by_their_number_are_told_from_others() {
        for (text, number) in [("1", 1), ("P01", 1), ("Period 13", 13), ("3.0", 3), ("Periode 2", 2)] {
            assert_eq!(by_number(text), Some(number), "{text}");
        }
        for text in ["14", "0", "Q1", "P", "Plan 1", "1.5", ""] {
            assert_eq!(by_number(text), None, "{text}");
        }
        for text in ["P01 FY22", "FY22 P1", "2022P01", "2022-P13", "Period 1", "Period 12 FY2022", "P3"] {
            assert_eq!(parse(text), Err(PeriodFault::ByNumber), "{text}");
        }
        for text in ["P14 FY22", "P2022", "Product 1"] {
            assert_eq!(parse(text), Err(PeriodFault::NotAPeriod), "{text}");
        }
    }
}
