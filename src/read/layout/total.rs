//! Totals that stand among figures: rows, columns and series that add up others.

use crate::read::cell::words::{Meaning, Sense, is_total_name, may_hold_total};

use super::header::Measure;

/// Whether a label says that its row or column adds up others, and nothing else.
pub(in crate::read) fn is_total(label: &str) -> bool {
    // Nearly all cells hold a digit, and no word for a total does.
    !label.bytes().any(|byte| byte.is_ascii_digit()) && is_total_name(label)
}

/// Whether a label says that its row or series adds up the revenue of others.
pub(in crate::read) fn is_total_revenue(label: &str) -> bool {
    if label.starts_with(|c: char| c.is_ascii_digit()) || !may_hold_total(label) {
        return false;
    }
    let meaning = Meaning::of(label);
    meaning.has(Sense::Total) && meaning.unknown == 0 && Measure::of_meaning(&meaning).rank().is_some()
}
