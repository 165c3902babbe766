//! Why series do not add up, and what was made of those that do.

use std::fmt;

use crate::money::{Currency, short};
use crate::percent;
use crate::series::Place;

/// Why series cannot be projected as parts and wholes.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum CoherentError {
    /// A series is a part of itself by way of others.
    #[error("{} is a part of itself: {}", names[0], circle(names))]
    Circle {
        /// Each a part of the next, and the last of the first.
        names: Vec<String>,
    },
    /// A whole within a whole within a whole, and on.
    #[error("{name} is more than {limit} levels below its topmost whole")]
    TooDeep {
        /// Name of the series.
        name: String,
        /// The most levels.
        limit: usize,
    },
    /// A family of more series than can be held.
    #[error("{whole} and all its parts are {members} series; at most {limit} can be projected together")]
    TooMany {
        /// Name of the whole.
        whole: String,
        /// How many there are.
        members: usize,
        /// The most.
        limit: usize,
    },
    /// Amounts of two currencies.
    #[error("{part} is a part of {whole}, but is in {other}, not in {currency}")]
    Currencies {
        /// Name of the whole.
        whole: String,
        /// Name of the part.
        part: String,
        /// Currency of the whole.
        currency: Currency,
        /// Currency of the part.
        other: Currency,
    },
    /// Fiscal years that end in different months.
    #[error("{part} is a part of {whole}, but its fiscal years end in another month")]
    FiscalYears {
        /// Name of the whole.
        whole: String,
        /// Name of the part.
        part: String,
    },
    /// A whole that is to be the sum of its parts, of which one has nothing to add.
    #[error("{whole} has no figures of its own and cannot be added up, because its part {part} has no figures")]
    Unknown {
        /// Name of the whole.
        whole: String,
        /// Name of the part.
        part: String,
    },
    /// No period that all have figures for.
    #[error("{}", nothing_shared(whole, *stated))]
    NothingShared {
        /// Name of the whole.
        whole: String,
        /// Whether the whole has figures of its own.
        stated: bool,
        /// Where the first figure of a part stood.
        place: Option<Place>,
    },
    /// Figures that do not add up.
    #[error("{}", disagreement(whole, *currency, *over, periods, *of))]
    Disagree {
        /// Name of the whole.
        whole: String,
        /// Currency of all amounts.
        currency: Currency,
        /// Whether the parts come to more than the whole; else they leave something of it, but not in every period.
        over: bool,
        /// The periods in which it is so.
        periods: Vec<Difference>,
        /// How many periods the whole and its parts have in common.
        of: usize,
        /// Where the first such figure of the whole stood.
        place: Option<Place>,
    },
}

/// A period in which the parts do not come to their whole.
#[derive(Clone, Debug, PartialEq)]
pub struct Difference {
    /// The period, named.
    pub period: String,
    /// What is stated of the whole.
    pub whole: f64,
    /// What the parts come to.
    pub parts: f64,
}

impl CoherentError {
    /// Where the figure in question stood.
    pub fn place(&self) -> Option<&Place> {
        match self {
            Self::NothingShared { place, .. } | Self::Disagree { place, .. } => place.as_ref(),
            _ => None,
        }
    }

    /// What to do about it.
    pub fn hint(&self) -> &'static str {
        match self {
            Self::Circle { .. } => "leave the parent of one of them empty",
            Self::TooDeep { .. } => "name the topmost whole as the parent, or project the series apart",
            Self::TooMany { .. } => "add up the smallest parts, or project every series separately",
            Self::Currencies { .. } => "give --rates and --currency to read both in one currency",
            Self::FiscalYears { .. } => "give both the same fiscal_year_end, or state the figures by months",
            Self::Unknown { .. } => "add a revenue or a run-rate of the part, or a figure of the whole",
            Self::NothingShared { stated: true, .. } => "give the parts' figures for a period that the whole has",
            Self::NothingShared { .. } => "give figures for the same periods, or a figure of the whole",
            Self::Disagree { over: true, .. } => {
                "check the figures; sales between parts can be a separate part only where they are above zero"
            }
            Self::Disagree { .. } => "add what is missing as a separate part, or leave out the periods before it",
        }
    }
}

/// `A, of B, of C, of A`.
fn circle(names: &[String]) -> String {
    let all: Vec<&str> = names.iter().chain(names.first()).map(String::as_str).collect();
    all.join(", of ")
}

fn nothing_shared(whole: &str, stated: bool) -> String {
    if stated {
        format!("{whole} and its parts have no period in common, so nothing shows whether the parts make up all of it")
    } else {
        format!("the parts of {whole} have no period in common, so they cannot be added up")
    }
}

/// Periods that a message names one by one.
const NAMED: usize = 6;

fn disagreement(whole: &str, currency: Currency, over: bool, periods: &[Difference], of: usize) -> String {
    let amount = |value: f64| short(value, currency);
    let one = |d: &Difference| format!("{} ({} of {})", d.period, amount(d.parts), amount(d.whole));
    let mut named: Vec<String> = periods.iter().take(NAMED).map(one).collect();
    if periods.len() > NAMED {
        named.push(format!("{} more", periods.len() - NAMED));
    }
    let list = match named.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, rest)) => format!("{} and {last}", rest.join(", ")),
        None => String::new(),
    };
    if over {
        format!("the parts of {whole} add up to more than it in {list}")
    } else {
        format!("the parts of {whole} fall short of it in {list}, but not in all {of} periods that they have in common")
    }
}

/// What the reader of the figures should know about a family.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum CoherentNotice {
    /// A whole was made.
    Sum {
        /// Name of the whole.
        whole: String,
        /// Number of its parts.
        parts: usize,
        /// Number of periods that all parts have.
        periods: usize,
        /// The first of them, named.
        first: String,
        /// The last.
        last: String,
        /// Where the whole is spoken of, if it is.
        place: Option<Place>,
    },
    /// A part was made of what the others leave.
    Rest {
        /// Name of the whole.
        whole: String,
        /// Name of the part.
        part: String,
        /// The last period that all have, named.
        period: String,
        /// What the parts left of the whole in it.
        share: f64,
        /// Where the whole's figure stood.
        place: Option<Place>,
    },
}

impl CoherentNotice {
    /// Name of the whole.
    pub fn whole(&self) -> &str {
        match self {
            Self::Sum { whole, .. } | Self::Rest { whole, .. } => whole,
        }
    }

    /// Where the figure in question stood.
    pub fn place(&self) -> Option<&Place> {
        match self {
            Self::Sum { place, .. } | Self::Rest { place, .. } => place.as_ref(),
        }
    }
}

impl fmt::Display for CoherentNotice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Sum { whole, parts, periods, first, last, .. } => {
                let over = if periods == &1 { first.clone() } else { format!("{periods} periods, {first} to {last}") };
                write!(f, "{whole} has no figures of its own: it is the sum of its {parts} parts over {over}")
            }
            Self::Rest { whole, part, period, share, .. } => {
                let percent = percent::share(*share);
                write!(
                    f,
                    "the parts of {whole} leave {percent} of it unexplained in {period}; the rest becomes a separate part, \
                     {part}"
                )
            }
        }
    }
}
