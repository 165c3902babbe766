//! What a run has to say before it projects anything.

use std::fmt;

use crate::money::Currency;
use crate::project::coherent::CoherentNotice;
use crate::run::MOST_CHARTS;
use crate::series::{Place, Series};

/// Something about a run for the reader to know.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Notice {
    /// A series has nothing to project from and is left out.
    LeftOut {
        /// Name of the series.
        series: String,
        /// Kinds of the figures that it has.
        kinds: Vec<&'static str>,
        /// Where its first figure stood.
        place: Option<Place>,
    },
    /// A whole or a part was made from the others.
    Made(CoherentNotice),
    /// Series are named like parts of something that has no figures, and are projected by themselves.
    LikeParts {
        /// The name of the whole.
        whole: String,
        /// How many series are named like its parts.
        parts: usize,
        /// How many such wholes there are besides.
        more: usize,
    },
    /// There are scenarios, so that parts and wholes are projected apart.
    ApartUnderScenarios,
    /// There are more series than get charts.
    TooManyForCharts {
        /// How many series are shown.
        series: usize,
    },
    /// The size of a company, which the growth model looks at, is not known in dollars.
    UnknownRate {
        /// Name of the series.
        series: String,
        /// Its currency.
        currency: Currency,
        /// Where its first figure stood.
        place: Option<Place>,
    },
}

impl Notice {
    pub(super) fn left_out(series: &Series) -> Self {
        let mut kinds: Vec<&str> = series.figures().iter().map(|figure| figure.fact.kind()).collect();
        kinds.sort_unstable();
        kinds.dedup();
        Self::LeftOut { series: series.name().to_owned(), kinds, place: first_place(series) }
    }

    pub(super) fn unknown_rate(series: &Series) -> Option<Self> {
        let currency = series.currency();
        let place = first_place(series);
        currency.rough_usd().is_none().then(|| Self::UnknownRate { series: series.name().to_owned(), currency, place })
    }

    /// Where the figure in question stood.
    pub fn place(&self) -> Option<&Place> {
        match self {
            Self::LeftOut { place, .. } | Self::UnknownRate { place, .. } => place.as_ref(),
            Self::Made(notice) => notice.place(),
            Self::LikeParts { .. } | Self::ApartUnderScenarios | Self::TooManyForCharts { .. } => None,
        }
    }

    /// Whether it is a warning; else a note for those who want to know all.
    pub fn is_warning(&self) -> bool {
        !matches!(self, Self::LikeParts { .. })
    }
}

fn first_place(series: &Series) -> Option<Place> {
    series.figures().first().and_then(|figure| figure.place.clone())
}

impl fmt::Display for Notice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::LeftOut { series, kinds, .. } => {
                write!(f, "{series} is not projected: it has no revenue and no run-rate (only {})", kinds.join(", "))
            }
            Self::Made(notice) => notice.fmt(f),
            Self::LikeParts { whole, parts, more } => {
                write!(f, "{parts} series are named like parts of {whole}, which has no figures")?;
                if *more > 0 {
                    write!(f, ", and so on for {more} more")?;
                }
                f.write_str("; --segments names adds them up")
            }
            Self::ApartUnderScenarios => {
                f.write_str("under scenarios every series is projected separately, so parts do not add up")
            }
            Self::TooManyForCharts { series } => {
                write!(f, "{series} series are too many for charts; choose up to {MOST_CHARTS} with --series")
            }
            Self::UnknownRate { series, currency, .. } => {
                write!(
                    f,
                    "{series}: no dollar exchange rate is known for {currency}; to judge its size, 1 {currency} is treated \
                     as 1 dollar"
                )
            }
        }
    }
}
