//! What a cell says of its row: that its amount was never earned, was given back, or is not earned yet.

use crate::read::cell::words::Mark;

/// Why a row's amount is not revenue, as a cell beside it says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::read) enum Unearned {
    /// It was never earned: cancelled, void, a draft.
    Never,
    /// It is what was given back: a refund, a chargeback.
    Back,
    /// It is a forecast, a budget or a plan.
    Planned,
    /// It is of a deal that is not won.
    Open,
}

/// What a cell says of the deal of its row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::read) enum Deal {
    /// It was won.
    Won,
    /// It was won, and what follows has begun: `Invoiced`.
    Earned,
    /// It is still open: `Negotiation`.
    Open,
    /// It is closed, and the word does not say how.
    Closed,
}

/// What a cell says of a deal, if it is one of the words for that, a number or a share beside it or not: `6 - Closed Won`,
/// `Proposal (40%)`.
pub(in crate::read) fn deal(cell: &str) -> Option<Deal> {
    const MARKS: [Mark; 3] = [Mark::Won, Mark::EarnedDeal, Mark::OpenDeal];
    let edges = |c: char| !c.is_alphabetic();
    let known = |part: &str| {
        let part = part.trim_matches(edges);
        Mark::first_of(&MARKS, part).map_or_else(
            || part.eq_ignore_ascii_case("closed").then_some(Deal::Closed),
            |mark| {
                Some(match mark {
                    Mark::Won => Deal::Won,
                    Mark::EarnedDeal => Deal::Earned,
                    _ => Deal::Open,
                })
            },
        )
    };
    let parts = || cell.split(['(', ')', ':', ';', '|', '–', '—', '/', '>']).flat_map(|part| part.split(" - "));
    let said = |wanted: Deal| parts().any(|part| known(part) == Some(wanted));
    known(cell).or_else(|| [Deal::Won, Deal::Open, Deal::Earned, Deal::Closed].into_iter().find(|deal| said(*deal)))
}

/// What a cell says of a row that is not revenue; `None` if it says nothing of that.
pub(in crate::read) fn unearned(cell: &str) -> Option<Unearned> {
    Mark::first_of(&[Mark::NeverEarned, Mark::GivenBack], cell.trim()).map(|mark| match mark {
        Mark::NeverEarned => Unearned::Never,
        _ => Unearned::Back,
    })
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
        unearned(first).filter(|what| goes_on && *what == Unearned::Never && !is_movement(first))
    };
    let mut said = parts.filter_map(|part| unearned(part).or_else(|| begins(part)));
    unearned(&lower).or_else(|| said.next())
}

/// Nouns that go on as the names of payments do: `Transfer from Jones`, `Fee on order 12`.
fn is_movement(word: &str) -> bool {
    ["transfer", "fee", "fees", "payout", "cost", "reserve", "withdrawal", "expense", "draft"].contains(&word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_became_of_a_deal() {
        for cell in ["Closed Won", "closedwon", "6 - Closed Won", "Won (100%)", "Closed (won)", "Gewonnen", "受注", "Deal: won"]
        {
            assert_eq!(deal(cell), Some(Deal::Won), "{cell}");
        }
        for cell in ["Negotiation/Review", "3. Proposal", "Proposal (40%)", "Angebot", "Demo scheduled - 2nd"] {
            assert_eq!(deal(cell), Some(Deal::Open), "{cell}");
        }
        for cell in ["Kim Won", "Won't proceed", "Wonderland", "2023", ""] {
            assert_eq!(deal(cell), None, "{cell}");
        }
        assert_eq!(deal("Closed"), Some(Deal::Closed));
    }

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
}
