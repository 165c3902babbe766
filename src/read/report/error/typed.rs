//! What is wrong with a figure that was typed as text.

use std::fmt;

/// What is wrong with a figure that was typed as text: `OpenAI: $10B run-rate June 2025`.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum FigureFault {
    /// No series is named.
    NoName,
    /// There is no amount.
    NoAmount,
    /// There is no period.
    NoPeriod,
    /// The amount has no currency, and may have lost it with its first digit.
    NoCurrency,
    /// It is one of two figures.
    Unclear {
        /// The two: amount and period of each.
        readings: [String; 2],
    },
    /// Another amount.
    Second,
    /// Words that are neither an amount, a period nor a kind, or one too many of them.
    NotUnderstood,
}

impl FigureFault {
    pub(in crate::read::report::error) fn message(&self, f: &mut fmt::Formatter<'_>, found: &str) -> fmt::Result {
        match self {
            Self::NoName => write!(f, "{found:?} has no name in front of it"),
            Self::NoAmount => write!(f, "{found:?} has no amount"),
            Self::NoPeriod => write!(f, "{found:?} has no period"),
            Self::NoCurrency => write!(f, "{found:?} has no currency"),
            Self::Unclear { readings: [one, other] } => write!(f, "{found:?} can be read as {one}, or as {other}"),
            Self::Second => write!(f, "{found:?} belongs to a second figure"),
            Self::NotUnderstood => write!(f, "{found:?} is not understood"),
        }
    }

    pub(in crate::read::report::error) fn hint(&self) -> &'static str {
        match self {
            Self::NoName => "write a name, a colon and a space before the figures: 'OpenAI: $10B run-rate June 2025'",
            Self::NoAmount => {
                "write an amount and its period, in single quotes: 'Google Cloud: $43B 2024'; in double quotes a shell may \
                 take $43B for a variable"
            }
            Self::NoPeriod => "say when it was: 2024, Q3 2024, June 2025 or 2025-06",
            Self::NoCurrency => {
                "write $43B or EUR 43M, in single quotes: in double quotes a shell makes 3B of $43B; --currency says that of plain numbers"
            }
            Self::Unclear { .. } => "write the amount with its currency, such as $2024 or EUR 2024",
            Self::Second => "put a ; between figures: 'Google Cloud: $33B 2023; $43B 2024'",
            Self::NotUnderstood => {
                "a figure is an amount, a period and perhaps a kind: revenue, run-rate, target, contract or event"
            }
        }
    }
}
