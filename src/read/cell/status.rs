//! What a cell says of its row: that its amount was never earned, or was given back. The words live in `status.txt`.

use std::collections::HashMap;
use std::sync::LazyLock;

/// Why a row's amount is not revenue, as a cell beside it says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::read) enum Unearned {
    /// It was never earned: cancelled, void, a draft.
    Never,
    /// It is what was given back: a refund, a chargeback.
    Back,
}

static WORDS: LazyLock<HashMap<&str, Unearned>> = LazyLock::new(|| entries(include_str!("status.txt")).collect());

fn entries(text: &'static str) -> impl Iterator<Item = (&'static str, Unearned)> {
    text.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once(": ")).flat_map(|(head, words)| {
        let what = if head.starts_with("back") { Unearned::Back } else { Unearned::Never };
        words.split(", ").map(move |word| (word, what))
    })
}

/// What a cell says of a row that is no revenue; `None` if it says nothing of that.
pub(in crate::read) fn unearned(cell: &str) -> Option<Unearned> {
    WORDS.get(cell.trim().to_lowercase().as_str()).copied()
}

/// What a cell of several words says: one of a few that a column has, `Shipped - Returned to seller`, `Cancelled by customer`.
pub(in crate::read) fn unearned_in_words(cell: &str) -> Option<Unearned> {
    /// Words behind which it is said by whom, to whom or when.
    const GOES_ON: [&str; 16] =
        ["by", "to", "in", "on", "at", "from", "after", "am", "durch", "par", "por", "da", "door", "av", "przez", "("];
    let lower = cell.trim().to_lowercase();
    let parts = lower.split([':', ',', ';', '/', '|', '–', '—', '(', ')']).flat_map(|part| part.split(" - ")).map(str::trim);
    let begins = |part: &str| {
        let (first, rest) = part.split_once(' ')?;
        let goes_on = rest.split(' ').next().is_some_and(|next| GOES_ON.contains(&next));
        WORDS.get(first).copied().filter(|what| goes_on && *what == Unearned::Never && !is_movement(first))
    };
    let mut said = parts.filter_map(|part| WORDS.get(part).copied().or_else(|| begins(part)));
    WORDS.get(lower.as_str()).copied().or_else(|| said.next())
}

/// Nouns that go on as the names of payments do: `Transfer from Jones`, `Fee on order 12`.
fn is_movement(word: &str) -> bool {
    ["transfer", "fee", "fees", "payout", "cost", "reserve", "withdrawal", "expense", "draft"].contains(&word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_not_earned() {
        for cell in ["Cancelled", "storniert", "Entwurf", "Bozza", "annulée"] {
            assert_eq!(unearned(cell), Some(Unearned::Never), "{cell}");
        }
        for cell in ["Shipped - Returned to Seller", "Rejected by buyer", "Closed (lost)", "Cancelled", "Abgelehnt durch Kunde"]
        {
            assert_eq!(unearned_in_words(cell), Some(Unearned::Never), "{cell}");
        }
        assert_eq!(unearned_in_words("Invoice / credit note"), Some(Unearned::Back));
        for cell in [
            "Shipped - Delivered to Buyer",
            "paid",
            "Not cancelled",
            "Partially refunded",
            "Transfer from Jones",
            "Lost Boys Ltd",
        ] {
            assert_eq!(unearned_in_words(cell), None, "{cell}");
        }
    }

    #[test]
    fn every_word_stands_once() {
        let all: Vec<&str> = entries(include_str!("status.txt")).map(|(word, _)| word).collect();
        for word in &all {
            assert!(!word.is_empty() && *word == word.to_lowercase(), "{word}");
        }
    }
}
