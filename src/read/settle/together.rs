//! Rows of one period that belong together: parts by store, customer or invoice, whose amounts add up.
//!
//! A row is a restatement of another only if it says when it became known, or if it says the same in everything but the
//! amount. Rows that differ in anything else are parts of one total.

use std::collections::{HashMap, HashSet};

use crate::read::cell::amount::{DecimalMark, Number};
use crate::read::cell::kind::Kind;
use crate::read::cell::period::When;
use crate::read::claim::Claim;

/// What came of adding up.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::read) struct Together {
    /// How many rows went into sums.
    pub(in crate::read) rows: u64,
    /// How many sums there are.
    pub(in crate::read) sums: u64,
}

/// Adds up the claims of one series and period that other columns tell apart; each sum stands where its first row did.
pub(in crate::read) fn add_up(claims: &mut Vec<Claim>) -> Together {
    let is_part =
        |claim: &Claim| claim.apart != 0 && claim.as_of().is_none() && matches!(claim.kind, Kind::Revenue | Kind::RunRate);
    if !claims.iter().any(is_part) {
        return Together::default();
    }
    let mut together = Together::default();
    // By kind and period: where the sum stands, and what the rows in it say else.
    let mut sums: HashMap<(Kind, When), (usize, HashSet<u64>)> = HashMap::new();
    let mut kept: Vec<Claim> = Vec::with_capacity(claims.len());
    for claim in claims.drain(..) {
        if !is_part(&claim) {
            kept.push(claim);
            continue;
        }
        let (at, apart) = sums.entry((claim.kind, claim.when)).or_insert_with(|| (kept.len(), HashSet::new()));
        let before = apart.len();
        // The same in everything but the amount is a restatement, and stays a row of its own.
        if !apart.insert(claim.apart) || before == 0 {
            kept.push(claim);
            continue;
        }
        together.sums += u64::from(before == 1);
        together.rows += 1 + u64::from(before == 1);
        let sum = &mut kept[*at];
        let amount = |number: Option<Number>| number.and_then(|number| number.amount(DecimalMark::Point));
        let (Some(one), Some(other)) = (amount(sum.number), amount(claim.number)) else { continue };
        sum.number = Some(Number::plain(one.value() + other.value(), one.unit().max(other.unit())));
        sum.currency = sum.currency.or(claim.currency);
    }
    *claims = kept;
    together
}
