//! What the reader of a series should know of how its figures were used.

use std::fmt;

use crate::money::{Amount, Currency, short};

use super::figure::{Figure, Place};

/// Something about a series that its reader should know.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum SeriesNotice {
    /// One of two figures for one period and kind was left out, by the order of the rows.
    Replaced {
        /// The figure left out.
        old: Figure,
        /// The figure that stands.
        new: Figure,
        /// The period, named.
        period: String,
        /// Currency of both.
        currency: Currency,
    },
    /// A total differs from the sum of the finer totals that cover it.
    Disagrees {
        /// The total.
        total: Figure,
        /// What the finer totals come to.
        sum: f64,
        /// The period, named.
        period: String,
        /// Currency of both.
        currency: Currency,
    },
}

impl SeriesNotice {
    /// Where the figure in question stood.
    pub fn place(&self) -> Option<&Place> {
        match self {
            Self::Replaced { old, .. } => old.place.as_ref(),
            Self::Disagrees { total, .. } => total.place.as_ref(),
        }
    }
}

impl fmt::Display for SeriesNotice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Replaced { old, new, period, currency } => {
                write!(f, "two figures for the {} of {period}: ", old.fact.kind())?;
                write!(f, "{} is left out for {}", amount_of(old, *currency), amount_of(new, *currency))?;
                if let Some(place) = &new.place {
                    write!(f, ", given later (line {})", place.line)?;
                }
                write!(f, "; add an as_of column if the row order should not decide")
            }
            Self::Disagrees { total, sum, period, currency } => {
                let stated = total.fact.amount().map_or(0.0, Amount::value);
                let difference = (sum / stated - 1.0) * 100.0;
                write!(
                    f,
                    "{period} is given as {}, but the figures within it come to {} ",
                    short(stated, *currency),
                    short(*sum, *currency)
                )?;
                write!(f, "({difference:+.2}%); the finer figures are used")
            }
        }
    }
}

fn amount_of(figure: &Figure, currency: Currency) -> String {
    figure.fact.amount().map_or_else(|| "no amount".to_owned(), |amount| short(amount.value(), currency))
}
