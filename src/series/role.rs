//! What part each figure of a series plays: what is fitted, what another figure replaces, what only checks others.

use crate::money::Amount;

use super::figure::{Fact, Figure};

/// What part a figure plays in its series.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Role {
    /// An observation that the methods fit.
    Fitted,
    /// A target, a contract or an event: never fitted.
    NotRevenue,
    /// An observation that the user leaves out of the fit.
    Excluded,
    /// Another figure states the same for the same period and takes its place.
    Superseded {
        /// Index of the figure that replaces it, in [`Series::figures`](super::Series::figures).
        by: usize,
        /// Whether an `as_of` date orders the two; else it is the row that decides.
        dated: bool,
    },
    /// A total whose months are all covered by finer totals: it checks them and is not fitted.
    Check {
        /// What the finer totals come to, or `None` where they overlap, so that they cannot be added.
        sum: Option<f64>,
        /// Whether the total and the sum agree to within their rounding.
        agrees: bool,
    },
}

impl Role {
    /// The name in files: `observation`, `not revenue`, `excluded`, `superseded` or `check`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Fitted => "observation",
            Self::NotRevenue => "not revenue",
            Self::Excluded => "excluded",
            Self::Superseded { .. } => "superseded",
            Self::Check { .. } => "check",
        }
    }
}

/// Marks figures that another of the same statement and period replaces.
pub(super) fn supersede(figures: &[Figure], roles: &mut [Role]) {
    let mut start = 0;
    // The last of each statement for the period: there are few statements, however many figures.
    let mut last: Vec<usize> = Vec::new();
    for of_period in figures.chunk_by(|one, next| one.period == next.period) {
        let indices = start..start + of_period.len();
        start = indices.end;
        if of_period.len() == 1 {
            continue;
        }
        last.clear();
        for index in indices.clone() {
            match last.iter_mut().find(|last| figures[index].fact.restates(&figures[**last].fact)) {
                Some(last) if figures[*last].as_of <= figures[index].as_of => *last = index,
                Some(_) => {}
                None => last.push(index),
            }
        }
        for index in indices {
            let by = last.iter().copied().find(|last| figures[index].fact.restates(&figures[*last].fact));
            if let Some(by) = by.filter(|by| *by != index) {
                roles[index] = Role::Superseded { by, dated: figures[by].as_of > figures[index].as_of };
            }
        }
    }
}

/// Marks totals whose months finer totals cover, from the shortest up, so that each check rests on fitted figures alone.
pub(super) fn check_totals(figures: &[Figure], roles: &mut [Role]) {
    let fitted = |i: &usize| roles[*i] == Role::Fitted && matches!(figures[*i].fact, Fact::Revenue(_));
    let mut lengths = (0..figures.len()).filter(fitted).map(|i| figures[i].period.months());
    let first = lengths.next();
    if lengths.all(|length| Some(length) == first) {
        return;
    }
    let mut totals: Vec<usize> = (0..figures.len()).filter(fitted).collect();
    totals.sort_by_key(|i| figures[*i].period.months());
    for index in totals.clone() {
        let whole = &figures[index];
        let parts: Vec<&Figure> = totals
            .iter()
            .filter(|part| roles[**part] == Role::Fitted)
            .map(|part| &figures[*part])
            .filter(|part| part.period.months() < whole.period.months() && whole.period.covers(part.period))
            .collect();
        let first = whole.period.first();
        let covered = (0..whole.period.months()).all(|month| {
            let month = first.plus(i32::try_from(month).unwrap_or(0));
            parts.iter().any(|part| part.period.contains(month))
        });
        if !covered {
            continue;
        }
        let disjoint = parts.iter().map(|part| part.period.months()).sum::<u32>() == whole.period.months();
        let amounts = || parts.iter().filter_map(|part| part.fact.amount());
        let sum = disjoint.then(|| amounts().map(Amount::value).sum::<f64>());
        let stated = whole.fact.amount().unwrap_or_else(|| unreachable!("a total has an amount"));
        // Half a unit of the last digit for each figure; the last term is for adding in binary.
        let rounding = (stated.unit() + amounts().map(Amount::unit).sum::<f64>()) / 2.0 + 1e-9 * stated.value().abs();
        let agrees = sum.is_none_or(|sum| (sum - stated.value()).abs() <= rounding);
        roles[index] = Role::Check { sum, agrees };
    }
}
