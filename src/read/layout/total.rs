//! Totals that stand among figures: rows, columns and series that add up others.

use crate::read::cell::words::{Meaning, Sense, is_total_name, may_hold_total};

use super::header::Measure;

/// Whether a label says that its row or column adds up others, and nothing else.
pub(in crate::read) fn is_total(label: &str) -> bool {
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

/// Whether a label says that its row or series adds up the revenue of others.
pub(in crate::read) fn is_total_revenue(label: &str) -> bool {
    if label.starts_with(|c: char| c.is_ascii_digit()) || !may_hold_total(label) {
        return false;
    }
    let meaning = Meaning::of(label);
    meaning.has(Sense::Total) && meaning.unknown == 0 && Measure::of_meaning(&meaning).rank().is_some()
}
