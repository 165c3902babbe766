//! Totals that stand among figures: rows, columns and series that add up others.

use crate::read::cell::words::{Meaning, Sense, is_total_name, may_hold_total};

use super::header::Measure;

/// Whether a label says that its row or column adds up others, and nothing else.
pub(in crate::read) fn is_total(label: &str) -> bool {
    // SAP marks its totals by asterisks.
    if label.starts_with('*') {
        return label.bytes().all(|byte| byte == b'*');
    }
    // `Grand Totals (8 records)`
    let counted = label.strip_suffix(')').and_then(|label| label.split_once(" ("));
    if let Some((label, _)) = counted.filter(|(_, inner)| inner.starts_with(|c: char| c.is_ascii_digit())) {
        return is_total(label);
    }
    // Nearly all cells hold a digit, and no word for a total does.
    !label.bytes().any(|byte| byte.is_ascii_digit()) && is_total_name(label)
}

/// Whether the label of a row of periods says that it adds up those of one: `Q1 2023 Total`, `Total 2023`.
pub(in crate::read) fn is_total_of_period(label: &str) -> bool {
    // Of nearly all periods the first character or the length tells at once.
    if label.len() < "Sum 2024".len() || !label.bytes().any(|byte| matches!(byte, b'o' | b'O' | b'u' | b'U' | b'a' | b'A')) {
        return false;
    }
    let lower = label.to_lowercase();
    let rest = ["subtotal", "sub-total", "total", "sum", "summe", "gesamt"]
        .iter()
        .find_map(|word| lower.strip_prefix(word).or_else(|| lower.strip_suffix(word)));
    rest.is_some_and(|rest| crate::read::cell::period::is_name(rest.trim_matches([' ', ':', '-'])))
}

/// What a label says that its row or series adds up: `North` of `North Total`, `Total North`.
pub(in crate::read) fn total_of(label: &str) -> Option<&str> {
    if !may_hold_total(label) {
        return None;
    }
    let words = ["subtotal", "sub-total", "grand total", "total", "sum", "summe", "gesamt", "totaal", "totale", "razem"];
    let edge = [' ', ':', '-', ',', '(', ')'];
    let without = |word: &str| {
        let (first, last) = (label.get(..word.len()), label.len().checked_sub(word.len()).and_then(|at| label.get(at..)));
        let is = |part: Option<&str>| part.is_some_and(|part| part.eq_ignore_ascii_case(word));
        match (is(first), is(last)) {
            (_, true) => Some(&label[..label.len() - word.len()]),
            (true, _) => Some(&label[word.len()..]),
            _ => None,
        }
    };
    let rest = words.into_iter().find_map(without)?;
    Some(rest.trim_matches(edge)).filter(|rest| !rest.is_empty())
}

/// Whether a label says that its row or series adds up all of something: `All products`, `Total regions`.
pub(in crate::read) fn is_all_of(label: &str) -> bool {
    if !may_hold_total(label) {
        return false;
    }
    let meaning = Meaning::of(label);
    meaning.has(Sense::Total)
        && meaning.unknown == 0
        && meaning.senses.iter().all(|sense| matches!(sense, Sense::Total | Sense::Part | Sense::Entity))
}

/// Whether a label says that its row or series adds up the revenue of others.
pub(in crate::read) fn is_total_revenue(label: &str) -> bool {
    if label.starts_with(|c: char| c.is_ascii_digit()) || !may_hold_total(label) {
        return false;
    }
    let meaning = Meaning::of(label);
    meaning.has(Sense::Total) && meaning.unknown == 0 && Measure::of_meaning(&meaning).rank().is_some()
}
