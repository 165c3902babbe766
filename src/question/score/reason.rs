//! Why a figure is not an outcome of a projection.

use std::fmt;

use crate::calendar::{Month, Step};
use crate::money::Currency;
use crate::series::Measure;

/// Why a figure is not an outcome.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Reason {
    /// A target, a contract or an event.
    NotRevenue(&'static str),
    /// Another figure for the period stands.
    Superseded {
        /// Its line, where that is known.
        line: Option<u32>,
    },
    /// It speaks of nothing after the projection's origin.
    Known {
        /// The origin.
        origin: Month,
    },
    /// It lies beyond the projection.
    Beyond {
        /// The last projected month.
        last: Month,
    },
    /// The projection has no row for its period.
    NoRow {
        /// What it measures.
        measure: Measure,
        /// The step whose rows would have the period, if there is one.
        step: Option<Step>,
    },
    /// It is part of a scored sum.
    InSum {
        /// The period of the sum, named.
        period: String,
    },
    /// It is in another currency than the projection.
    Currency {
        /// The figure's.
        given: Currency,
        /// The projection's.
        projected: Currency,
    },
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotRevenue("target") => f.write_str("a target is a goal, not a result"),
            Self::NotRevenue("contract") => f.write_str("a contract is a commitment, not revenue"),
            Self::NotRevenue(_) => f.write_str("an event is a date, not revenue"),
            Self::Superseded { line: Some(line) } => {
                write!(f, "another figure for the same period is used instead (line {line})")
            }
            Self::Superseded { line: None } => f.write_str("another figure for the same period is used instead"),
            Self::Known { origin } => {
                write!(f, "not later than {} {}, the projection's last figure", origin.long_name(), origin.year())
            }
            Self::Beyond { last } => write!(f, "after {} {}, where the projection ends", last.long_name(), last.year()),
            Self::NoRow { measure, step } => {
                let of = if *measure == Measure::RunRate { "run-rate in that month" } else { "revenue of that period" };
                write!(f, "the projection has no {of}")?;
                match step {
                    Some(step) => write!(f, "; project with --step {} too", step_name(*step)),
                    None => Ok(()),
                }
            }
            Self::InSum { period } => write!(f, "counted in the revenue of {period}"),
            Self::Currency { given, projected } => {
                write!(f, "in {given}, and the projection is in {projected}; read it with --currency and --rates")
            }
        }
    }
}

fn step_name(step: Step) -> &'static str {
    match step {
        Step::Month => "month",
        Step::Quarter => "quarter",
        Step::Half => "half",
        Step::Year => "year",
    }
}
